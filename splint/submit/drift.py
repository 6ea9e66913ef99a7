"""Compares the rows that TikTok lists with the objects that were sent."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, NamedTuple

from splint.reporting.masking import Secrets
from splint.reporting.wording import spelled
from splint.schema.vocabulary import NAME_FIELDS
from splint.submit.money import END, day_of, number_of
from splint.submit.names import is_near
from splint.submit.plan import Plan, Step
from splint.submit.rows import Row

PARENTS = ("advertiser_id", "campaign_id", "adgroup_id")
"""Fields that say where an object stands."""
IDENTITY = (*PARENTS, *NAME_FIELDS.values())
"""Fields in which a difference says that the row is of another object."""
MONEY = ("operation_status", "budget_mode", "budget", "bid_type", "bid_price", "conversion_bid_price", "roas_bid")
UNCHANGEABLE = ("objective_type", "budget_mode", "budget_optimize_on")
"""The fields of a campaign that no update changes; an empty one is not shown."""
KINDS = ("budget_mode", "budget_optimize_on")
"""The fields that say what kind of budget there is, and whose: no limit on what a day may cost holds for another."""
GRAVE = (*MONEY, *IDENTITY)
"""Fields in which a difference stops the run."""
COSTS = (*MONEY[1:], "budget_optimize_on", "min_budget", "max_budget")
"""The fields that say what may be spent."""
AMOUNTS = ("budget", "bid_price", "conversion_bid_price", "roas_bid", "min_budget", "max_budget")
"""Fields that hold money, or what it is worth: nothing may stand in them that was not sent."""
DRIFT = (
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


NO_END = "none"
"""What stands for the end of a schedule that a row shows without one."""
UNSENT = (*AMOUNTS, "budget_mode", "bid_type")
"""Fields that are compared although they were not sent."""
Weight = Literal["grave", "drift", "note"]


class Difference(NamedTuple):
    """A field whose listed value is not the one of the plan."""

    path: str
    field: str
    sent: Any
    shown: Any
    weight: Weight
    """`grave` stops the run, `drift` keeps the campaign from being enabled, `note` is only reported."""
    was_sent: bool = True
    """Whether the plan's value was sent; not where the object was made before its bundle was corrected."""
    was_accepted: bool = False
    """Whether `sent` is what a person accepted in place of what was sent."""
    kind: Any = None
    """What stands of `KINDS` for the object, where that is otherwise than it was sent."""

    def __str__(self) -> str:
        from splint.reporting.credentials import without_credentials  # only a difference needs it

        given, shown = (without_credentials(value, Secrets()) for value in (self.sent, self.shown))  # before it is cut
        sent = "none" if given is None else spelled(given)
        how = "accepted" if self.was_accepted else "sent"
        what = f"{sent} was {how}" if self.was_sent else f"the corrected bundle has {sent}, which was not sent"
        return f"{self.path}: {self.field} is {spelled(shown)}, and {what}"

    @property
    def name(self) -> str:
        """The field as `--accept-drift` takes it."""
        return self.field.rpartition("/")[2]

    @property
    def may_spend_more(self) -> bool:
        """Whether what is shown may allow more a day: a higher budget, none or no amount, or another kind of it."""
        if self.field != "budget":
            return self.field in KINDS
        sent, shown = number_of(self.sent), number_of(self.shown)
        return sent is None or shown is None or not 0 < shown <= sent

    def is_within(self, approved: Any) -> bool:
        """Whether an approved value covers what is shown: itself, and of amounts those by which no more may be spent.

        That is a lower budget or bid, a higher return, no least budget, and any highest one where there was none; of
        the end of a schedule an earlier day.
        """
        if is_same(approved, self.shown) or (self.field == END and approved == NO_END):
            return True
        if self.field == END:
            ends = day_of(self.shown), day_of(approved)
            return ends[0] is not None and ends[1] is not None and ends[0] <= ends[1]
        if self.field not in AMOUNTS:
            return False
        is_unset, is_none = approved is None, _is_nothing(self.shown)
        if (is_none and (is_unset or self.field == "min_budget")) or (is_unset and self.field == "max_budget"):
            return True
        most, shown = (self.shown, approved) if self.field == "roas_bid" else (approved, self.shown)
        return not self._replace(field="budget", sent=most, shown=shown).may_spend_more

    def more(self, one: Any, other: Any) -> Any:
        """Of two approved values the one that covers the other; where neither does, the other."""
        return one if self._replace(shown=other).is_within(one) else other


def differences(plan: Plan, step: Step, row: Row, ids: Mapping[str, str]) -> Iterator[Difference]:
    """The fields in which a row differs from what was sent; fields that the row lacks are not compared."""
    sent, row = {"campaign_id": ids[plan.campaign.path], **_sent(step, ids)}, _with_end(plan, step, row)
    yield from compared(step.path, sent, row)
    creatives, there = sent.get("creative_list"), row.get("creative_list")
    if isinstance(creatives, list) and isinstance(there, list) and len(creatives) != len(there):
        sizes = f"{len(creatives)} entries", f"{len(there)} entries"
        yield Difference(step.path, "creative_list", *sizes, "drift")
    name = row.get(NAME_FIELDS[step.level])
    if name not in (None, "", step.name):
        is_altered = _is_altered(plan, step, name)
        yield Difference(step.path, NAME_FIELDS[step.level], step.name, name, "note" if is_altered else "grave")


def compared(path: str, sent: Mapping[str, Any], row: Row) -> Iterator[Difference]:
    """The fields, but for names and numbers of entries, in which a row differs from the body of an object's request."""
    for field in (*GRAVE, *DRIFT):
        was, shown = _at(sent, field), listed(row, field)
        if shown is None or field in NAME_FIELDS.values():
            continue
        weight: Weight = "grave" if field in GRAVE else "drift"
        if was is not None and not is_same(was, shown):
            yield Difference(path, field, was, shown, weight)
        elif was is None and field in UNSENT and not _is_nothing(shown):
            yield Difference(path, field, None, shown, weight if field in AMOUNTS else "note")


def kind_of(path: str, differing: Iterable[Difference]) -> list[Any] | None:
    """What stands of `KINDS` for an object, its own and the campaign's, by all in which rows differ; None as sent."""
    kinds = (one for one in differing if one.field in KINDS and one.weight != "note")
    return [one.shown for one in kinds if one.path == path or one.field == "budget_optimize_on"] or None


def _is_altered(plan: Plan, step: Step, name: Any) -> bool:
    """Whether a name may be a step's as a server spelt it, and that of no other object under its parent."""
    siblings = (one for one in plan.steps if one.path != step.path and one.parent == step.parent)
    return is_near(step.name, name) and not any(is_near(one.name, name) for one in siblings)


def _is_nothing(shown: Any) -> bool:
    """Whether a value stands for a budget or a bid that is not set."""
    return shown in ("", "BUDGET_MODE_INFINITE", "BID_TYPE_NO_BID") or (
        not isinstance(shown, bool) and is_same(0, shown)
    )


def unseen(plan: Plan, step: Step, row: Row, ids: Mapping[str, str]) -> list[str]:
    """The compared fields that were sent and that a row does not show."""
    sent, row = _sent(step, ids), _with_end(plan, step, row)
    return [field for field in FIELDS if _at(sent, field) is not None and listed(row, field) is None]


def is_endless(row: Row) -> bool:
    """Whether a row shows a schedule without an end: by its type, or by an end that is empty."""
    return row.get("schedule_type") == "SCHEDULE_FROM_NOW" or (END in row and row[END] in (None, ""))


def _with_end(plan: Plan, step: Step, row: Row) -> Row:
    """A row that has NO_END where it shows none and the end that was sent bounds what can be spent in all."""
    return {**row, END: NO_END} if is_endless(row) and step.path in plan.budgets.ended else row


def listed(row: Row, field: str) -> Any:
    """What a row shows in a field; None where it does not show it."""
    return None if field in UNCHANGEABLE and _at(row, field) == "" else _at(row, field)


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


def is_same(was: Any, shown: Any) -> bool:
    """Whether two values of a field are equal: amounts by their numbers, lists in any order."""
    if isinstance(was, list) and isinstance(shown, list):
        return sorted(map(str, was)) == sorted(map(str, shown))
    amounts = number_of(was), number_of(shown)
    return amounts[0] == amounts[1] if None not in amounts else bool(was == shown)
