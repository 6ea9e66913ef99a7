"""The most that a plan can spend, as far as its budgets bound it."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import NamedTuple

from splint.payloads.nodes import AdGroup, Tree

DYNAMIC_SHARE = Decimal("1.25")
"""Of a dynamic daily budget, what a single day can spend."""

SPAN = 2
"""Days that a flight touches beyond those between its dates in UTC: the last, and one for the account's time zone."""


class Spend(NamedTuple):
    """The most that can be spent, in the account's currency; None where no budget bounds it."""

    daily: Decimal | None
    total: Decimal | None


def most(tree: Tree, now: datetime) -> Spend:
    """The most that a campaign and its ad groups can spend once they are enabled.

    A lifetime budget bounds the total, and may all go in one day. A daily one bounds the total where every ad group
    that it is for has an end.
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
    """What a budget bounds, where it is for so many days."""
    if budget is None or mode is None or mode == "BUDGET_MODE_INFINITE":
        return Spend(None, None)
    amount = Decimal(str(budget))
    if mode == "BUDGET_MODE_TOTAL":
        return Spend(amount, amount)
    daily = amount * DYNAMIC_SHARE if mode == "BUDGET_MODE_DYNAMIC_DAILY_BUDGET" else amount
    return Spend(daily, None if days is None else daily * days)


def _days(group: AdGroup, now: datetime) -> int | None:
    """How many calendar days of any time zone an ad group runs on at most; None without an end."""
    first, last = _flight(group, now)
    return None if last is None else max((last - first).days + SPAN, 0)


def _longest(tree: Tree, now: datetime) -> int | None:
    """The calendar days of any time zone from the first start to the last end."""
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
