"""Budgets."""

from collections.abc import Iterator
from math import ceil

from splint.payloads.nodes import PRICES, AdGroup, Campaign, Finding, Tree
from splint.reporting.wording import amount, exact
from splint.rules.guard import any_of, given, holds, knows, reaches
from splint.rules.rule import GONE, bad, good, rule
from splint.schema.usual import moment
from splint_reference.currencies import currencies

BUDGETS, CURRENCIES, BIDS, WEB = 1739381246298114, 1737585839634433, 1745292444424193, 1847302878676994
CAMPAIGN_MINIMUM, AD_GROUP_MINIMUM, MAXIMUM = 50, 20, 10_000_000
DYNAMIC = "BUDGET_MODE_DYNAMIC_DAILY_BUDGET"
USD, JPY = {"currency": "USD"}, {"currency": "JPY"}
DAY = 24 * 3600
PATH = "/v1.3/smart_plus/"


def _range_fault(budget: float, minimum: int, code: str, *, days: int = 1, lowest_only: bool = False) -> str | None:
    """What is wrong with a budget in a currency; None when nothing is, or the currency has no rules.

    `minimum` is that of one of its `days`.
    """
    currency = currencies().get(code)
    if currency is None or not budget > 0:
        return None
    value = exact(budget)
    low, high = minimum * currency.ratio, MAXIMUM * currency.ratio
    if value >= high:  # before its decimals: more than 28 digits cannot be rounded
        return None if lowest_only else f"is not below {high} {code}, the maximum"
    if value != round(value, currency.decimals):
        kept = f"{currency.decimals} decimals" if currency.decimals else "no decimals"
        return f"has more decimals than {code} takes ({kept})"
    if value < low * days:
        return f"is below {low * days} {code}, the minimum{f' of {low} a day for {days} days' if days > 1 else ''}"
    return None


def _updated(entry: dict[str, object], *, is_tied: bool = True, as_ad_group: bool = False) -> str:
    """A budget update with an entry, or an update of the ad group itself, as lines of NDJSON.

    Where it `is_tied`, what stands is before it: a campaign without CBO and an ad group with a daily budget, which
    bids 15.
    """
    from json import dumps  # a check needs no examples

    campaign = {"campaign_id": "2", "objective_type": "WEB_CONVERSIONS", "budget_optimize_on": False}
    group = {"campaign_id": "2", "adgroup_id": "3", "adgroup_name": "a", "budget_mode": DYNAMIC, "budget": 100}
    bids = {"bid_type": "BID_TYPE_CUSTOM", "conversion_bid_price": 15}
    entry = {"adgroup_id": "3", **entry}
    rows = [{**row, "create_time": "2026-01-01 00:00:00"} for row in (campaign, {**group, **bids})]
    path = "adgroup/update/" if as_ad_group else "adgroup/budget/update/"
    body = {"advertiser_id": "7", **(entry if as_ad_group else {"budget": [entry]})}
    lines = [*(rows if is_tied else ()), {"endpoint": f"{PATH}{path}", "body": body}]
    return "".join(f"{dumps(line)}\n" for line in lines)


@rule(
    "REF104",
    "budget-out-of-range",
    on=(Campaign, AdGroup),
    level="error",
    section="Budget",
    basis="reference",
    documents=(BUDGETS, CURRENCIES),
    facts=("currency",),
    since="0.1.0",
    guard=knows("currency") & given("Campaign.budget", "AdGroup.budget"),
    examples=lambda: [
        bad("a campaign below 50", {"/campaign/budget": 49.99}, facts=USD, at=["/campaign/budget"]),
        bad("a campaign at the maximum", {"/campaign/budget": 10000000}, facts=USD, at=["/campaign/budget"]),
        bad("a campaign far beyond it", {"/campaign/budget": 1e30}, facts=USD, at=["/campaign/budget"]),
        bad("an ad group below 20", {"/adgroups/0/budget": 19.99}, base="no-cbo", facts=USD, at=["/adgroups/0/budget"]),
        bad("a fraction of a yen", {"/campaign/budget": 5000.5}, facts=JPY, at=["/campaign/budget"]),
        bad(
            "a lifetime budget for 30 days",
            {"/adgroups/0/budget": 599, "/adgroups/0/budget_mode": "BUDGET_MODE_TOTAL"},
            base="no-cbo",
            facts=USD,
            at=["/adgroups/0/budget"],
        ),
        bad(
            "a lifetime budget of yen for 30 days",
            {"/adgroups/0/budget": 59999, "/adgroups/0/budget_mode": "BUDGET_MODE_TOTAL"},
            base="no-cbo",
            facts=JPY,
            at=["/adgroups/0/budget"],
        ),
        bad(
            "a fraction of a cent in a budget update",
            text=_updated({"budget": 50.123}, is_tied=False),
            name="a.ndjson",
            facts=USD,
            at=["/body/budget/0/budget"],
        ),
        bad(
            "a budget update to less than 20 a day",
            text=_updated({"budget": 19.99}),
            name="a.ndjson",
            facts=USD,
            at=["/body/budget/0/budget"],
        ),
        good("a budget update to 20 a day", text=_updated({"budget": 20}), name="a.ndjson", facts=USD),
        bad(
            "a budget update to too little for a day, of an ad group that nobody knows",
            text=_updated({"budget": 19.99}, is_tied=False),
            name="a.ndjson",
            facts=USD,
            at=["/body/budget/0/budget"],
        ),
        bad(
            "an update to too little for a day, of an ad group that nobody knows",
            text=_updated({"budget": 5}, is_tied=False, as_ad_group=True),
            name="a.ndjson",
            facts=USD,
            at=["/body/budget"],
        ),
        good(
            "a budget update of an ad group that nobody knows, enough for a day or any lifetime",
            text=_updated({"budget": 10000000}, is_tied=False),
            name="a.ndjson",
            facts=USD,
        ),
        bad("a fraction of a cent", {"/campaign/budget": 500.001}, facts=USD, at=["/campaign/budget"]),
        good("a campaign at 50", {"/campaign/budget": 50}, facts=USD),
        good("an ad group at 20", {"/adgroups/0/budget": 20}, base="no-cbo", facts=USD),
        good(
            "20 for each of 30 days",
            {"/adgroups/0/budget": 600, "/adgroups/0/budget_mode": "BUDGET_MODE_TOTAL"},
            base="no-cbo",
            facts=USD,
        ),
        good("nobody knows the currency", {"/campaign/budget": 1}),
        bad("less than one", {"/campaign/budget": 0.5}, facts=USD, at=["/campaign/budget"]),
        bad(
            "a lifetime budget below 20 for the day",
            {
                "/adgroups/0/budget": 19,
                "/adgroups/0/budget_mode": "BUDGET_MODE_TOTAL",
                "/adgroups/0/schedule_end_time": "2026-04-02 00:00:00",
            },
            base="no-cbo",
            facts=USD,
            at=["/adgroups/0/budget"],
        ),
        bad(
            "a lifetime budget below 20 for a day and a second",
            {
                "/adgroups/0/budget": 39,
                "/adgroups/0/budget_mode": "BUDGET_MODE_TOTAL",
                "/adgroups/0/schedule_end_time": "2026-04-02 00:00:01",
            },
            base="no-cbo",
            facts=USD,
            at=["/adgroups/0/budget"],
        ),
        good(
            "20 for the day",
            {
                "/adgroups/0/budget": 20,
                "/adgroups/0/budget_mode": "BUDGET_MODE_TOTAL",
                "/adgroups/0/schedule_end_time": "2026-04-02 00:00:00",
            },
            base="no-cbo",
            facts=USD,
        ),
        good(
            "no end to count days to",
            {
                "/adgroups/0/budget": 5,
                "/adgroups/0/budget_mode": "BUDGET_MODE_TOTAL",
                "/adgroups/0/schedule_end_time": GONE,
            },
            base="no-cbo",
            facts=USD,
        ),
        good(
            "no start to count days from",
            {
                "/adgroups/0/budget": 5,
                "/adgroups/0/budget_mode": "BUDGET_MODE_TOTAL",
                "/adgroups/0/schedule_start_time": GONE,
            },
            base="no-cbo",
            facts=USD,
        ),
        good(
            "a lifetime budget has no maximum",
            {"/adgroups/0/budget": 10000000, "/adgroups/0/budget_mode": "BUDGET_MODE_TOTAL"},
            base="no-cbo",
            facts=USD,
        ),
        bad(
            "an ad group whose mode nobody knows, below 20",
            {"/adgroups/0/budget": 19, "/adgroups/0/budget_mode": "{{mode}}"},
            base="no-cbo",
            facts=USD,
            at=["/adgroups/0/budget"],
        ),
        good(
            "an ad group that has no limit",
            {"/adgroups/0/budget": 5, "/adgroups/0/budget_mode": "BUDGET_MODE_INFINITE"},
            base="no-cbo",
            facts=USD,
            beside=("SPL211",),
        ),
        good("the campaign's budget governs", {"/adgroups/0/budget": 5}, facts=USD),
        good(
            "an amount that SPL105 says has no effect",
            {"/campaign/budget": 5},
            base="no-cbo",
            facts=USD,
            beside=("SPL105",),
        ),
        good("no money is SPL106", {"/campaign/budget": 0}, facts=USD),
        good("a currency without rules", {"/campaign/budget": 5}, facts={"currency": "BGN"}),
    ],
)
def budget_out_of_range(payload: Campaign | AdGroup) -> Iterator[Finding]:
    """A budget lies in its currency's range and has no more decimals than it takes.

    From 50 for campaigns and 20 a day for ad groups to below 10,000,000, each times the currency's ratio. What is too
    little for a day is too little for a lifetime, so that it is told where nobody knows which of the two it is.
    """
    budget, code = payload.budget, payload.fact("currency")
    if budget is None or not isinstance(code, str):
        return
    if isinstance(payload, Campaign):
        fault = _range_fault(budget, CAMPAIGN_MINIMUM, code)
    elif payload.governing_budget.parent is not payload:
        return
    elif payload.governing_budget.is_lifetime:
        start, end = moment(payload.holds("schedule_start_time")), moment(payload.holds("schedule_end_time"))
        days = ceil((end - start).total_seconds() / DAY) if start and end and end > start else 0
        fault = _range_fault(budget, AD_GROUP_MINIMUM, code, days=days, lowest_only=True)
    else:
        mode, is_daily = payload.governing_budget.mode, payload.governing_budget.is_daily
        minimum = AD_GROUP_MINIMUM if is_daily or mode is None else 0  # a lifetime has a day at least
        fault = _range_fault(budget, minimum, code, lowest_only=not is_daily)
    if fault:
        yield payload.finding("budget", f"budget {amount(budget)} {fault}", "set a budget that the currency takes")


def _lowered(bid: float, budget: float, price: float | None = None) -> str:
    """Updates of a campaign's budget and perhaps of a bid, and the ad group that stands, as lines of NDJSON."""
    from json import dumps  # a check needs no examples

    stands = {"campaign_id": "2", "adgroup_id": "3", "create_time": "2026-01-01 00:00:00", "adgroup_name": "a"}
    bids = {"bid_type": "BID_TYPE_CUSTOM", "conversion_bid_price": bid}
    update = {"adgroup_id": "3", "conversion_bid_price": price}
    lines: list[dict[str, object]] = [
        {"endpoint": f"{PATH}campaign/update/", "body": {"campaign_id": "2", "budget": budget}},
        {**stands, **bids},
        {"endpoint": f"{PATH}adgroup/update/", "body": update},
    ]
    return "".join(f"{dumps(line)}\n" for line in lines if price is not None or line is not lines[-1])


@rule(
    "REF105",
    "bid-not-below-budget",
    on=(AdGroup, Tree),
    level="error",
    section="Bidding",
    basis="reference",
    documents=(BIDS,),
    since="0.1.0",
    guard=holds("AdGroup.bid_type", "BID_TYPE_CUSTOM")
    & any_of(reaches(f"AdGroup.{price}", f"{model}.budget") for price in PRICES for model in ("Campaign", "AdGroup")),
    examples=lambda: [
        bad(
            "a bid of the whole budget",
            {"/adgroups/0/bid_type": "BID_TYPE_CUSTOM", "/adgroups/0/conversion_bid_price": 500},
            at=["/adgroups/0/conversion_bid_price"],
        ),
        bad(
            "an update of the campaign's budget to no more than a bid that stands",
            text=_lowered(60, 60),
            name="a.ndjson",
            at=["/body/budget"],
        ),
        good("an update to a cent more", text=_lowered(59.99, 60), name="a.ndjson"),
        bad(
            "an update of the ad group's own budget to no more than its bid",
            text=_updated({"budget": 15}, as_ad_group=True),
            name="a.ndjson",
            at=["/body/budget"],
        ),
        good("an update of it to a cent more", text=_updated({"budget": 15.01}, as_ad_group=True), name="a.ndjson"),
        good("an update of something else", text=_updated({"adgroup_name": "b"}, as_ad_group=True), name="a.ndjson"),
        bad(
            "a budget update to no more than the bid",
            text=_updated({"budget": 15}),
            name="a.ndjson",
            at=["/body/budget/0/budget"],
        ),
        good("a budget update to a cent more", text=_updated({"budget": 15.01}), name="a.ndjson"),
        good(
            "an update of the bid beside it",
            text=_lowered(90, 60, 5),
            name="a.ndjson",
        ),
        good("a cent less", {"/adgroups/0/bid_type": "BID_TYPE_CUSTOM", "/adgroups/0/conversion_bid_price": 499.99}),
        good("no bid", {"/adgroups/0/conversion_bid_price": 500}),
        good(
            "no budget of its own, as TikTok answers under CBO",
            {
                "/bid_type": "BID_TYPE_CUSTOM",
                "/conversion_bid_price": 5,
                "/budget_mode": "BUDGET_MODE_INFINITE",
                "/budget": 0,
            },
            base="ad-group",
        ),
        good(
            "a budget that is no money is SPL106",
            {
                "/campaign/budget": -1,
                "/adgroups/0/bid_type": "BID_TYPE_CUSTOM",
                "/adgroups/0/conversion_bid_price": 5,
            },
        ),
        good(
            "a budget to come",
            {
                "/adgroups/0/bid_type": "BID_TYPE_CUSTOM",
                "/adgroups/0/conversion_bid_price": 500,
                "/campaign/budget": "{{budget}}",
            },
        ),
    ],
)
def bid_not_below_budget(node: AdGroup | Tree) -> Iterator[Finding]:
    """A bid is lower than the campaign's and the ad group's budget.

    A single result would take all of it. An update of a budget is held against the bids that stand.
    """
    if isinstance(node, AdGroup):
        yield from _high_bids(node)
    elif node.campaign is not None and node.campaign.kind == "update" and node.campaign.budget is not None:
        yield from _low_budget(node.campaign, node)


def _low_budget(campaign: Campaign, tree: Tree) -> Iterator[Finding]:
    """The finding on an updated budget that is not above the highest bid that stands and is not updated too."""
    updated = _updated_prices(tree)
    standing = [
        (price, name, group)
        for group in tree.ad_groups
        if group.kind == "row" and group.bid_type == "BID_TYPE_CUSTOM"
        for name in PRICES
        if (price := getattr(group, name)) is not None and (group.own_key, name) not in updated
    ]
    price, name, group = max(standing, key=lambda one: one[0], default=(0, "", None))
    budget = campaign.budget
    if group is not None and budget is not None and price >= budget > 0:
        what = f"budget {amount(budget)} is not above the {name} of {amount(price)} that stands on an ad group"
        yield campaign.finding("budget", what, "raise the budget, or bid less first", group.place(name, "the bid"))


def _updated_prices(tree: Tree) -> set[tuple[str | None, str]]:
    """The bids that updates of the run write, each by the id of its ad group and its field."""
    updates = [group for group in tree.ad_groups if group.kind == "update"]
    return {(group.own_key, name) for group in updates for name in PRICES if name in group.written}


def _high_bids(group: AdGroup) -> Iterator[Finding]:
    holders = [node for node in (group.campaign, group) if node is not None]
    for name in PRICES:
        price = getattr(group, name)
        for parent in holders:
            budget = parent.holds("budget")
            if price is not None and budget is not None and price >= budget > 0:
                what = f"{name} {amount(price)} is not lower than the {parent.noun}'s budget of {amount(budget)}"
                places = () if parent.lacks("budget") else (parent.place("budget", "the budget"),)
                yield group.finding(name, what, "bid less, or raise the budget", *places, offers=("budget",))
                break
    updated = _updated_prices(group.tree)
    left = [name for name in PRICES if group.lacks(name) and (group.own_key, name) not in updated]
    price, name = max([(price, name) for name in left if (price := group.holds(name)) is not None], default=(0, ""))
    if group.budget is not None and price >= group.budget > 0:
        what = f"budget {amount(group.budget)} is not above the {name} of {amount(price)} that stands"
        yield group.finding("budget", what, f"raise the budget, or bid less {'first' if group.is_part else 'with it'}")


RULES = (
    budget_out_of_range,
    bid_not_below_budget,
)
