"""The most that a plan can spend, computed from its budgets and schedules."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from splint.payloads.nodes import AdGroup, Tree
from splint.reporting.wording import amount, spelled

DYNAMIC_SHARE = Decimal("1.25")
"""The factor of a dynamic daily budget that a single day can spend."""

SPAN = 2
"""Days to add to the difference of a flight's dates in UTC: its last day, and one for the account's time zone."""

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?")
END = "schedule_end_time"
"""The field that says until when an ad group spends."""
CBO = "budget_optimize_on"
"""The field that says whether the campaign's budget is shared out to its ad groups."""


class Spend(NamedTuple):
    """The most that can be spent, in the account's currency; None if no budget limits it."""

    daily: Decimal | None
    total: Decimal | None

    def a_day(self, currency: str | None) -> str:
        """The most a day, in words that follow "can spend"."""
        if self.daily is None:
            return "more a day than any budget bounds"
        return f"at most {amount(self.daily)}{f' {currency}' if currency else ''} a day"


class Budget(NamedTuple):
    """The budget of an object, and how long it is spent."""

    mode: str | None
    amount: Any
    days: int | None
    """The most calendar days, in any time zone; None without an end."""
    last: date | None = None
    """The last of them, where there is an end."""

    @property
    def spend(self) -> Spend:
        """The spend that it allows."""
        amount = number_of(self.amount)
        if amount is None or self.mode is None or self.mode == "BUDGET_MODE_INFINITE":
            return Spend(None, None)
        if self.mode == "BUDGET_MODE_TOTAL":
            return Spend(amount, amount)
        daily = amount * DYNAMIC_SHARE if self.mode == "BUDGET_MODE_DYNAMIC_DAILY_BUDGET" else amount
        return Spend(daily, None if self.days is None else daily * self.days)

    def until(self, end: Any) -> "Budget":
        """The budget with an end that was accepted: as it is where that is no later."""
        if self.days is None or self.last is None or (day := day_of(end)) is None:
            return self._replace(days=None)
        return self._replace(days=self.days + max((day - self.last).days, 0))


class Budgets(NamedTuple):
    """The budgets by which a campaign spends: those that each object may have, by its path, the campaign's first."""

    of: Mapping[str, Sequence[Budget]]
    is_cbo: Sequence[bool]
    """Whether the campaign's alone counts; both where each may hold."""

    @property
    def ended(self) -> list[str]:
        """The paths of the ad groups whose ends, as they are sent, bound what can be spent in all."""
        endless = {path: [budget._replace(days=None) for budget in budgets] for path, budgets in self.of.items()}
        if self._replace(of=endless).spend.total == self.spend.total:
            return []
        sent = [(path, budgets[0]) for path, budgets in self.of.items()][1:]
        spends = ((path, one) for path, one in sent if self.is_cbo[0] or one.mode != "BUDGET_MODE_TOTAL")
        return [path for path, one in spends if one.last is not None]

    @property
    def spend(self) -> Spend:
        """The most that can be spent once the campaign is enabled, by whichever of them."""
        own, *below = (_highest(budget.spend for budget in budgets) for budgets in self.of.values())
        groups = Spend(_sum(each.daily for each in below), _sum(each.total for each in below))
        apart = Spend(_least(own.daily, groups.daily), _least(own.total, groups.total))
        apart = groups if self.is_cbo[0] else apart  # what CBO was to share out is no bound of the ad groups' own
        return _highest(own if is_cbo else apart for is_cbo in self.is_cbo)

    def with_accepted(self, accepted: Iterable["Accepted"]) -> "Budgets":
        """With the values that were accepted in place of what was sent, which holds, too, where any budget was."""
        values = [one for one in accepted if one.path in self.of]
        campaign, of = next(iter(self.of)), dict[str, Sequence[Budget]]()
        for path, (sent, *_) in self.of.items():
            of_object = [one for one in values if one.path == path]
            modes = [one.value for one in of_object if one.field == "budget_mode"]
            amounts = [budget for one in of_object if one.field == "budget" for budget in one.budgets(sent, modes)]
            is_unset = sent.amount is None and path != campaign and bool(amounts)
            found = amounts if is_unset else [sent, *(sent._replace(mode=mode) for mode in modes), *amounts]
            ends = [one.value for one in values if one.field == END and path in (one.path, campaign)]
            of[path] = [*found, *(budget.until(end) for budget in found for end in ends)]  # CBO: spent until the last
        return Budgets(of, [*self.is_cbo, *(one.value is not False for one in values if one.field == CBO)])


class Accepted(NamedTuple):
    """A value that a person accepted of a field that costs."""

    path: str
    field: str
    value: Any
    kind: Any
    """What stood of `KINDS` then, where that was otherwise than it was sent."""

    def __str__(self) -> str:
        return f"{self.path}: {self.field} {spelled(self.value)}"

    def budgets(self, sent: Budget, modes: Sequence[Any]) -> list[Budget]:
        """The budget with an accepted amount, under the mode that stood with it, or that was sent.

        Where there is neither, under each of the accepted `modes`; without one nothing bounds it.
        """
        stood = [each for each in self.kind or () if isinstance(each, str)][:1]
        modes = stood or ([sent.mode] if sent.mode is not None else modes or [None])
        amount = number_of(self.value) or None  # 0 stands for none
        return [sent._replace(mode=mode, amount=amount) for mode in modes]


def budgets_of(tree: Tree, now: datetime) -> Budgets:
    """The budgets of a campaign and its ad groups as they are sent.

    A lifetime budget limits the total and may be spent within one day. A daily budget limits the total too if each of
    its ad groups has an end.
    """
    campaign = tree.campaign
    assert campaign is not None
    days = [_days(group, now) for group in tree.ad_groups]
    lasts = [_flight(group, now)[1] for group in tree.ad_groups]
    last = max((each for each in lasts if each is not None), default=None)
    own = Budget(campaign.effective_budget_mode, campaign.budget, None if None in days else _longest(tree, now), last)
    below = {
        group.pointer: [Budget(group.budget_mode, group.budget, count, end)]
        for group, count, end in zip(tree.ad_groups, days, lasts, strict=True)
    }
    return Budgets({campaign.pointer: [own], **below}, [campaign.cbo is not False])


def most(tree: Tree, now: datetime) -> Spend:
    """The most that a campaign and its ad groups can spend once they are enabled."""
    return budgets_of(tree, now).spend


def _highest(spends: Iterable[Spend]) -> Spend:
    """The highest of each; None, which nothing limits, is higher than any."""
    daily, total = zip(*spends, strict=True)
    return Spend(*(None if None in each else max(each) for each in (daily, total)))


def _days(group: AdGroup, now: datetime) -> int | None:
    """The most calendar days, in any time zone, on which an ad group can run; None if it has no end."""
    first, last = _flight(group, now)
    return None if last is None else max((last - first).days + SPAN, 0)


def _longest(tree: Tree, now: datetime) -> int | None:
    """The most calendar days, in any time zone, from the first start to the last end; None without any end."""
    flights = [_flight(group, now) for group in tree.ad_groups]
    ends = [last for _, last in flights if last is not None]
    return (max(ends) - min(first for first, _ in flights)).days + SPAN if ends else None


def _flight(group: AdGroup, now: datetime) -> tuple[date, date | None]:
    start, end = day_of(group.schedule_start_time), day_of(group.schedule_end_time)
    return start or now.astimezone(UTC).date(), None if group.schedule_type == "SCHEDULE_FROM_NOW" else end


def number_of(value: Any) -> Decimal | None:
    """The number of a value, or of a text as TikTok writes one; None of any other, whatever Python reads in it."""
    return Decimal(text) if _NUMBER.fullmatch(text := str(value)) else None


def day_of(text: Any) -> date | None:
    """The day of a time as TikTok writes it; None of anything else."""
    try:
        return datetime.fromisoformat(text).date()
    except (TypeError, ValueError):
        return None


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    known = list(amounts)
    return None if None in known or not known else sum((amount for amount in known if amount is not None), Decimal(0))


def _least(*amounts: Decimal | None) -> Decimal | None:
    return min((amount for amount in amounts if amount is not None), default=None)
