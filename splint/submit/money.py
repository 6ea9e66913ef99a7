"""The most that a plan can spend, computed from its budgets and schedules."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import NamedTuple

from splint.payloads.nodes import AdGroup, Tree
from splint.reporting.wording import amount

DYNAMIC_SHARE = Decimal("1.25")
"""The factor of a dynamic daily budget that a single day can spend."""

SPAN = 2
"""Days to add to the difference of a flight's dates in UTC: its last day, and one for the account's time zone."""


class Spend(NamedTuple):
    """The most that can be spent, in the account's currency; None if no budget limits it."""

    daily: Decimal | None
    total: Decimal | None

    def a_day(self, currency: str | None) -> str:
        """The most a day, in words that follow "can spend"."""
        if self.daily is None:
            return "more a day than any budget bounds"
        return f"at most {amount(self.daily)}{f' {currency}' if currency else ''} a day"


def most(tree: Tree, now: datetime) -> Spend:
    """The most that a campaign and its ad groups can spend once they are enabled.

    A lifetime budget limits the total and may be spent within one day. A daily budget limits the total too if each of
    its ad groups has an end.
    """
    campaign = tree.campaign
    assert campaign is not None
    days = [_days(group, now) for group in tree.ad_groups]
    own = _bound(campaign.effective_budget_mode, campaign.budget, None if None in days else _longest(tree, now))
    if campaign.cbo is not False:
        return own
    below = [_bound(group.budget_mode, group.budget, count) for group, count in zip(tree.ad_groups, days, strict=True)]
    return Spend(
        _least(own.daily, _sum(spend.daily for spend in below)), _least(own.total, _sum(spend.total for spend in below))
    )


def _bound(mode: str | None, budget: float | None, days: int | None) -> Spend:
    """The spend that a budget allows; `days` is its duration, None if it has no end."""
    if budget is None or mode is None or mode == "BUDGET_MODE_INFINITE":
        return Spend(None, None)
    amount = Decimal(str(budget))
    if mode == "BUDGET_MODE_TOTAL":
        return Spend(amount, amount)
    daily = amount * DYNAMIC_SHARE if mode == "BUDGET_MODE_DYNAMIC_DAILY_BUDGET" else amount
    return Spend(daily, None if days is None else daily * days)


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
    start, end = _day(group.schedule_start_time), _day(group.schedule_end_time)
    return start or now.astimezone(UTC).date(), None if group.schedule_type == "SCHEDULE_FROM_NOW" else end


def _day(text: str | None) -> date | None:
    try:
        return None if text is None else datetime.fromisoformat(text).date()
    except ValueError:
        return None


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    known = list(amounts)
    return None if None in known or not known else sum((amount for amount in known if amount is not None), Decimal(0))


def _least(*amounts: Decimal | None) -> Decimal | None:
    return min((amount for amount in amounts if amount is not None), default=None)
