"""Budget floors."""

from collections.abc import Iterator

from splint.payloads.nodes import DAILY, AdGroup, Campaign, Finding
from splint.reporting.wording import amount, exact
from splint.rules.guard import given, knows
from splint.rules.rule import GONE, bad, good, rule
from splint_guide.ad_group_budget import DYNAMIC

FLOORS = "Budget floors"
CPA = {"historical_cpa": 10}


def _budget_update(*rows: str) -> str:
    """Rows, and an update of an ad group's budget to 99, as a document."""
    body = '{"advertiser_id": "7", "budget": [{"adgroup_id": "1", "budget": 99}]}'
    update = f'{{"endpoint": "/v1.3/smart_plus/adgroup/budget/update/", "body": {body}}}'
    return f"[{', '.join((*rows, update))}]"


CAMPAIGN = (
    '{"campaign_id": "2", "objective_type": "WEB_CONVERSIONS", "budget_optimize_on": false, "create_time": "2026"}'
)
GROUP = f'''{{"campaign_id": "2", "adgroup_id": "1", "adgroup_name": "a", "budget_mode": "{DYNAMIC}",
    "bid_type": "BID_TYPE_CUSTOM", "create_time": "1"}}'''
"""What stands of an ad group that bids by Target CPA, and above it of its campaign."""


@rule(
    "SPL107",
    "budget-below-cpa-floor",
    on=(Campaign, AdGroup),
    level="warning",
    section=FLOORS,
    basis="stated",
    facts=("historical_cpa",),
    since="0.1.0",
    guard=knows("historical_cpa") & given("Campaign.budget", "AdGroup.budget"),
    examples=lambda: [
        bad("just below ten times", {"/campaign/budget": 99.99}, facts=CPA, at=["/campaign/budget"]),
        bad(
            "an ad group that bids by Target CPA",
            {"/adgroups/0/budget": 99, "/adgroups/0/bid_type": "BID_TYPE_CUSTOM"},
            base="no-cbo",
            facts=CPA,
            at=["/adgroups/0/budget"],
        ),
        good("ten times", {"/campaign/budget": 100}, facts=CPA),
        good("nobody knows the CPA", {"/campaign/budget": 1}),
        good("a lifetime budget", {"/campaign/budget": 50, "/campaign/budget_mode": "BUDGET_MODE_TOTAL"}, facts=CPA),
        good("an ad group that bids for maximum delivery", {"/adgroups/0/budget": 99}, base="no-cbo", facts=CPA),
        bad(
            "a daily campaign without CBO",
            {"/campaign/budget_mode": "BUDGET_MODE_DAY", "/campaign/budget": 99},
            base="no-cbo",
            facts=CPA,
            at=["/campaign/budget"],
        ),
        bad("amounts below one", {"/campaign/budget": 0.5}, facts={"historical_cpa": 0.06}, at=["/campaign/budget"]),
        good("no money is SPL106", {"/campaign/budget": 0}, facts=CPA),
        good(
            "the campaign's budget governs",
            {"/adgroups/0/budget": 99, "/adgroups/0/bid_type": "BID_TYPE_CUSTOM"},
            facts=CPA,
        ),
        good(
            "a budget update of an ad group that nobody knows",
            text=_budget_update(),
            facts=CPA,
        ),
        bad(
            "a budget update of an ad group that bids by Target CPA",
            text=_budget_update(CAMPAIGN, GROUP),
            facts=CPA,
            at=["/2/body/budget/0/budget"],
        ),
        good(
            "an ad group's lifetime budget",
            {
                "/adgroups/0/budget": 99,
                "/adgroups/0/budget_mode": "BUDGET_MODE_TOTAL",
                "/adgroups/0/bid_type": "BID_TYPE_CUSTOM",
            },
            base="no-cbo",
            facts=CPA,
        ),
    ],
)
def budget_below_cpa_floor(payload: Campaign | AdGroup) -> Iterator[Finding]:
    """A daily budget is at least 10 times the historical CPA.

    Below that a Target CPA or Minimum ROAS strategy typically underdelivers: it sees too few conversions to learn from.
    """
    budget, cpa = payload.budget, payload.fact("historical_cpa")
    if budget is None or cpa is None or not budget > 0 or not 0 < cpa < float("inf"):
        return
    if isinstance(payload, Campaign):
        mode = payload.effective_budget_mode
        judged = mode in DAILY if payload.cbo else mode == "BUDGET_MODE_DAY"
    else:
        judged = (
            payload.governing_budget.parent is payload
            and payload.governing_budget.is_daily
            and payload.strategy is not None
        )
    floor = 10 * exact(cpa)
    if judged and exact(budget) < floor:
        least = amount(floor)
        yield payload.finding(
            "budget",
            f"budget {amount(budget)} is below {least}, the floor of 10 x the historical CPA of {amount(cpa)}",
            f"set budget to {least} or more",
        )


@rule(
    "SPL108",
    "budget-below-recommended-start",
    on=Campaign,
    level="info",
    section=FLOORS,
    basis="stated",
    facts=("historical_cpa",),
    since="0.1.0",
    guard=knows("historical_cpa") & given("Campaign.budget"),
    examples=lambda: [
        bad(
            "Target CPA at ten times",
            {"/campaign/budget": 100, "/adgroups/0/bid_type": "BID_TYPE_CUSTOM"},
            facts=CPA,
            at=["/campaign/budget"],
        ),
        bad(
            "Minimum ROAS just below thirty times",
            {"/campaign/budget": 299.99, "/adgroups/0/roas_bid": 2},
            facts=CPA,
            at=["/campaign/budget"],
        ),
        good("thirty times", {"/campaign/budget": 300, "/adgroups/0/bid_type": "BID_TYPE_CUSTOM"}, facts=CPA),
        good(
            "below ten times is a warning of its own",
            {"/campaign/budget": 99, "/adgroups/0/bid_type": "BID_TYPE_CUSTOM"},
            facts=CPA,
        ),
        good("maximum delivery", {"/campaign/budget": 100}, facts=CPA),
        bad(
            "amounts below one",
            {"/campaign/budget": 0.5, "/adgroups/0/bid_type": "BID_TYPE_CUSTOM"},
            facts={"historical_cpa": 0.04},
            at=["/campaign/budget"],
        ),
        good(
            "no CBO",
            {
                "/campaign/budget_mode": "BUDGET_MODE_DAY",
                "/campaign/budget": 100,
                "/adgroups/0/bid_type": "BID_TYPE_CUSTOM",
            },
            base="no-cbo",
            facts=CPA,
        ),
        good(
            "a lifetime budget",
            {
                "/campaign/budget_mode": "BUDGET_MODE_TOTAL",
                "/campaign/budget": 100,
                "/adgroups/0/bid_type": "BID_TYPE_CUSTOM",
            },
            facts=CPA,
        ),
        good("no budget is SPL103", {"/campaign/budget": GONE, "/adgroups/0/bid_type": "BID_TYPE_CUSTOM"}, facts=CPA),
        good("nobody knows the CPA", {"/campaign/budget": 100, "/adgroups/0/bid_type": "BID_TYPE_CUSTOM"}),
    ],
)
def budget_below_recommended_start(campaign: Campaign) -> Iterator[Finding]:
    """A daily campaign budget for Target CPA or Minimum ROAS starts at 30 times the historical CPA.

    That is TikTok's recommendation; from 10 times on delivery works.
    """
    cpa = campaign.fact("historical_cpa")
    if cpa is None or not campaign.cbo or campaign.effective_budget_mode not in DAILY or campaign.budget is None:
        return
    group = next((group for group in campaign.tree.ad_groups if group.strategy is not None), None)
    if group is None or not campaign.budget > 0 or not 0 < cpa < float("inf"):
        return
    budget, unit = exact(campaign.budget), exact(cpa)
    if 10 * unit <= budget < 30 * unit:
        yield campaign.finding(
            "budget",
            f"budget {amount(budget)} is below {amount(30 * unit)}, the recommended start of 30 x the historical CPA "
            f"of {amount(cpa)} for {group.strategy}",
            f"start with {amount(30 * unit)} or more",
        )


RULES = (budget_below_cpa_floor, budget_below_recommended_start)
