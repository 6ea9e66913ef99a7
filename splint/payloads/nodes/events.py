"""Conversion events of the pixel and the Events API."""

from datetime import UTC, datetime
from typing import Any

from splint.formats import Document
from splint.payloads.nodes.node import Facts, Node, Run
from splint.schema.kinds import cached_property
from splint.schema.table import EventRecordFields


class EventRecord(Node, EventRecordFields):
    """A conversion event of the pixel or the Events API."""

    def __init__(
        self,
        raw: dict[str, Any],
        document: Document,
        pointer: str,
        source: str,
        order: tuple[Any, ...],
        facts: tuple[Facts, ...],
    ) -> None:
        self.init_root(raw, document, pointer)
        self.source = source
        """pixel or events_api."""
        self.order = order
        """A sort key: by path, document, and place in the document."""
        self.facts_around = facts
        """The facts objects around it, the innermost first."""
        self.is_web = True
        """Whether it is a website's event, as every event of the pixel is."""
        self.run: Run
        """The settings for all records of its file."""

    @cached_property
    def moment(self) -> float | None:
        """event_time in Unix seconds; None if absent, unknown or malformed."""
        return moment_of(self.raw.get("event_time"))


class EventLog:
    """All web event records of the run, sorted."""

    def __init__(self, records: list[EventRecord]) -> None:
        self.records = sorted(records, key=lambda record: record.order)
        """In the order of files and places."""

    def both_in_use(self, record: EventRecord) -> bool:
        """Whether pixel and Events API are both in use: the run has records of both, or the facts name both."""
        named = record.run.options.get("event_sources")
        if named is None:
            around = (facts.event_sources for facts in record.facts_around if "event_sources" in facts.raw)
            named = next(around, record.run.settings.get("event_sources"))
        both = {"pixel", "events_api"}
        return self.sources_in_run == both or both <= {source for source in named or () if isinstance(source, str)}

    @cached_property
    def sources_in_run(self) -> frozenset[str]:
        """The sources of the run's records: pixel, events_api."""
        return frozenset(record.source for record in self.records)


def moment_of(value: object) -> float | None:
    """A time in Unix seconds, from seconds, milliseconds or ISO 8601 (UTC without a zone); None for anything else."""
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
