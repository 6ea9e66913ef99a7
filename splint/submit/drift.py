"""Compares the rows that TikTok lists with the objects that were sent."""

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Literal, NamedTuple

from splint.reporting.wording import spelled
from splint.schema.vocabulary import NAME_FIELDS
from splint.submit.plan import Step
from splint.submit.reading import Row

GRAVE = ("operation_status", "budget_mode", "budget", "bid_type", "bid_price", "conversion_bid_price", "roas_bid")
"""Fields in which a difference stops the run."""
DRIFT = (
    "campaign_id",
    "adgroup_id",
    "objective_type",
    "budget_optimize_on",
    "min_budget",
    "max_budget",
    "promotion_type",
    "optimization_goal",
    "optimization_event",
    "pixel_id",
    "billing_event",
    "deep_bid_type",
    "schedule_type",
    "schedule_start_time",
    "schedule_end_time",
    "targeting_spec/location_ids",
    "landing_page_url_list/*/landing_page_url",
)
"""Fields in which a difference keeps the campaign from being enabled."""
FIELDS = (*GRAVE, *DRIFT, "creative_list")
"""All fields that are compared."""


class Difference(NamedTuple):
    """A field whose listed value is not the one that was sent."""

    path: str
    field: str
    sent: Any
    shown: Any
    weight: Literal["grave", "drift", "note"]
    """`grave` stops the run, `drift` keeps the campaign from being enabled, `note` is only reported."""

    def __str__(self) -> str:
        return f"{self.path}: {self.field} is {spelled(self.shown)}, and {spelled(self.sent)} was sent"


def differences(step: Step, row: Row, ids: Mapping[str, str]) -> Iterator[Difference]:
    """The fields in which a row differs from what was sent; fields that the row lacks are not compared."""
    sent = _sent(step, ids)
    for field in (*GRAVE, *DRIFT):
        was, shown = _at(sent, field), _at(row, field)
        if was is not None and shown is not None and not _same(was, shown):
            yield Difference(step.path, field, was, shown, "grave" if field in GRAVE else "drift")
    creatives, there = sent.get("creative_list"), row.get("creative_list")
    if isinstance(creatives, list) and isinstance(there, list) and len(creatives) != len(there):
        sizes = f"{len(creatives)} entries", f"{len(there)} entries"
        yield Difference(step.path, "creative_list", *sizes, "drift")
    name = row.get(NAME_FIELDS[step.level])
    if name is not None and name != step.name:
        yield Difference(step.path, NAME_FIELDS[step.level], step.name, name, "note")


def unseen(step: Step, row: Row, ids: Mapping[str, str]) -> list[str]:
    """The compared fields that were sent and that a row does not show."""
    sent = _sent(step, ids)
    return [field for field in FIELDS if _at(sent, field) is not None and _at(row, field) is None]


def _sent(step: Step, ids: Mapping[str, str]) -> Mapping[str, Any]:
    return {"operation_status": "ENABLE", **step.filled(ids, None)}


def _at(value: Any, path: str) -> Any:
    """The value at a path of member names, `*` for every entry of a list. None if there is none."""
    head, _, rest = path.partition("/")
    if head == "*":
        entries = [_at(entry, rest) for entry in value] if isinstance(value, list) else []
        return None if not entries or None in entries else entries
    member = value.get(head) if isinstance(value, Mapping) else None
    return _at(member, rest) if rest else member


def _same(was: Any, shown: Any) -> bool:
    if isinstance(was, list) and isinstance(shown, list):
        return sorted(map(str, was)) == sorted(map(str, shown))
    try:
        return Decimal(str(was)) == Decimal(str(shown))
    except InvalidOperation:
        return bool(was == shown)
