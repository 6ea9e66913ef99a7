"""Conversion events, as the Pixel and the Events API report them."""

from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from splint.formats import Document
from splint.payloads.nodes.node import Facts, Node, Run
from splint.schema.table import EventRecordFields


class EventRecord(Node, EventRecordFields):
    """A conversion as the Pixel or the Events API reports it."""

    def __init__(
        self,
        raw: dict[str, Any],
        document: Document,
        pointer: str,
        source: str,
        order: tuple[Any, ...],
        facts: tuple[Facts, ...],
    ) -> None:
        self.stand(raw, document, pointer)
        self.source = source
        """pixel or events_api."""
        self.order = order
        self.facts_around = facts
        self.is_web = True
        """Whether it is a website's: the Pixel reports no others."""
        self.run: Run
        """What holds for all records of its file."""

    @cached_property
    def moment(self) -> float | None:
        """event_time in Unix seconds; None when absent, unknown or no moment."""
        return moment_of(self.raw.get("event_time"))


class EventLog:
    """All web event records of the run, in order."""

    def __init__(self, records: list[EventRecord]) -> None:
        self.records = sorted(records, key=lambda record: record.order)

    def both_in_use(self, record: EventRecord) -> bool:
        """Whether Pixel and Events API are both in use: both stand in the run, or the record's facts name both."""
        named = record.run.options.get("event_sources")
        if named is None:
            around = (facts.event_sources for facts in record.facts_around if "event_sources" in facts.raw)
            named = next(around, record.run.settings.get("event_sources"))
        both = {"pixel", "events_api"}
        return self.sources_in_run == both or both <= {source for source in named or () if isinstance(source, str)}

    @cached_property
    def sources_in_run(self) -> frozenset[str]:
        """The sources that records of the run come from."""
        return frozenset(record.source for record in self.records)


def moment_of(value: object) -> float | None:
    """A moment in Unix seconds from seconds, milliseconds or ISO 8601 (UTC when it names no zone)."""
    if isinstance(value, str):
        text = value.strip()
        try:
            value = float(text)
        except ValueError:
            try:
                moment = datetime.fromisoformat(text)
            except ValueError:
                return None
            return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    if not isinstance(value, int | float) or isinstance(value, bool) or not abs(value) < 1e17:
        return None
    return value / 1000 if abs(value) >= 1e11 else float(value)
