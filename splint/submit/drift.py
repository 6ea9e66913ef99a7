"""What stands at TikTok, compared with what was sent."""

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Literal, NamedTuple

from splint.reporting.wording import spelled
from splint.schema.vocabulary import NAME_FIELDS
from splint.submit.plan import Step
from splint.submit.reading import Row

GRAVE = ("operation_status", "budget_mode", "budget", "bid_type", "bid_price", "conversion_bid_price", "roas_bid")
"""Where what stands differs in one of these from what was sent, a run does not go on."""
TOLD = (
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
"""Where it differs in one of these, nothing is enabled."""
FIELDS = (*GRAVE, *TOLD, "creative_list")
"""All that is compared."""


class Difference(NamedTuple):
    """A field that stands otherwise than it was sent."""

    path: str
    field: str
    sent: Any
    shown: Any
    weight: Literal["grave", "drift", "told"]
    """Whether it stops a run, stops the enabling, or is told of."""

    def __str__(self) -> str:
        return f"{self.path}: {self.field} is {spelled(self.shown)}, and {spelled(self.sent)} was sent"


def differences(step: Step, row: Row, ids: Mapping[str, str]) -> Iterator[Difference]:
    """Where a row says otherwise than what was sent; what it does not show is not compared."""
    sent = _sent(step, ids)
    for field in (*GRAVE, *TOLD):
        was, shown = _at(sent, field), _at(row, field)
        if was is not None and shown is not None and not _same(was, shown):
            yield Difference(step.path, field, was, shown, "grave" if field in GRAVE else "drift")
    creatives, there = sent.get("creative_list"), row.get("creative_list")
    if isinstance(creatives, list) and isinstance(there, list) and len(creatives) != len(there):
        sizes = f"{len(creatives)} entries", f"{len(there)} entries"
        yield Difference(step.path, "creative_list", *sizes, "drift")
    name = row.get(NAME_FIELDS[step.level])
    if name is not None and name != step.name:
        yield Difference(step.path, NAME_FIELDS[step.level], step.name, name, "told")


def unseen(step: Step, row: Row, ids: Mapping[str, str]) -> list[str]:
    """The fields that were sent, that are compared, and that a row does not show."""
    sent = _sent(step, ids)
    return [field for field in FIELDS if _at(sent, field) is not None and _at(row, field) is None]


def _sent(step: Step, ids: Mapping[str, str]) -> Mapping[str, Any]:
    return {"operation_status": "ENABLE", **step.filled(ids, None)}


def _at(value: Any, path: str) -> Any:
    """What stands at a path of members; `*` is every entry of a list. None where there is nothing."""
    head, _, rest = path.partition("/")
    if head == "*":
        entries = [_at(entry, rest) for entry in value] if isinstance(value, list) else []
        return None if not entries or None in entries else entries
    found = value.get(head) if isinstance(value, Mapping) else None
    return _at(found, rest) if rest else found


def _same(was: Any, shown: Any) -> bool:
    if isinstance(was, list) and isinstance(shown, list):
        return sorted(map(str, was)) == sorted(map(str, shown))
    try:
        return Decimal(str(was)) == Decimal(str(shown))
    except InvalidOperation:
        return bool(was == shown)
