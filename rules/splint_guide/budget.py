"""Campaign budget, ad group budget and budget floors."""

from collections.abc import Iterator

from splint.nodes import DAILY, AdGroup, Campaign, Finding, Payload
from splint.rules import GONE, bad, good, rule
from splint.wording import amount, either, exact

CAMPAIGN = "Campaign budget"
GROUP = "Ad group budget"
FLOORS = "Budget floors"
DYNAMIC = "BUDGET_MODE_DYNAMIC_DAILY_BUDGET"
MONEY: dict[type[Payload], tuple[str, ...]] = {
    Campaign: ("budget",),
    AdGroup: ("budget", "min_budget", "max_budget", "bid_price", "conversion_bid_price", "roas_bid"),
}
CPA = {"historical_cpa": 10}
NO_CBO = {"/campaign/budget_optimize_on": False, "/campaign/budget": GONE}


@rule(
    "SPL102",
    "campaign-budget-mode-not-allowed",
    on=Campaign,
    level="error",
    section=CAMPAIGN,
    basis="stated",
    examples=lambda: [
        bad(
            "a fixed daily budget with CBO", {"/campaign/budget_mode": "BUDGET_MODE_DAY"}, at=["/campaign/budget_mode"]
        ),
        bad(
            "CBO by default, and no limit",
            {"/campaign/budget_optimize_on": GONE, "/campaign/budget_mode": "BUDGET_MODE_INFINITE"},
            at=["/campaign/budget_mode"],
        ),
        bad("a dynamic daily budget without CBO", NO_CBO, at=["/campaign/budget_mode"]),
        bad("a mode that is none", {"/campaign/budget_mode": "BUDGET_MODE_WEEK"}, at=["/campaign/budget_mode"]),
        good("a lifetime budget with CBO", {"/campaign/budget_mode": "BUDGET_MODE_TOTAL"}),
        good("no mode at all gets the default", {"/campaign/budget_mode": GONE}),
        good(
            "a daily budget without CBO",
            {"/campaign/budget_mode": "BUDGET_MODE_DAY", "/campaign/budget": 900},
            base="no-cbo",
        ),
    ],
)
def campaign_budget_mode_not_allowed(campaign: Campaign) -> Iterator[Finding]:
    """The campaign's budget mode goes with its CBO setting.

    With CBO on: BUDGET_MODE_TOTAL or BUDGET_MODE_DYNAMIC_DAILY_BUDGET. With CBO off: BUDGET_MODE_INFINITE,
    BUDGET_MODE_DAY or BUDGET_MODE_TOTAL. Rules that depend on the budget strategy stay silent until it is clear.
    """
    if campaign.has_refused_mode and not campaign.lacks("budget_mode"):
        allowed = either(sorted(campaign.allowed_budget_modes))
        state = {True: " with CBO on", False: " with CBO off", None: ""}[campaign.cbo]
        yield campaign.finding(
            "budget_mode",
            f"budget_mode {campaign.budget_mode} is not allowed on a campaign{state}",
            f"set it to {allowed}",
        )


@rule(
    "SPL103",
    "cbo-budget-missing",
    on=Campaign,
    level="error",
    section=CAMPAIGN,
    basis="stated",
    examples=lambda: [
        bad("CBO and no budget", {"/campaign/budget": GONE}, at=["/campaign"]),
        bad(
            "CBO by default and no budget",
            {"/campaign/budget": GONE, "/campaign/budget_optimize_on": GONE},
            at=["/campaign"],
        ),
        good("a placeholder is a budget to come", {"/campaign/budget": "{{budget}}"}),
        good("no CBO", {}, base="no-cbo"),
    ],
)
def cbo_budget_missing(campaign: Campaign) -> Iterator[Finding]:
    """With CBO on the campaign has a budget.

    All ad groups share it: without one there is nothing to spend.
    """
    if campaign.is_create and campaign.cbo and campaign.lacks("budget") and not campaign.has_refused_mode:
        why = "is on by default" if campaign.lacks("budget_optimize_on") else "is on"
        yield campaign.missing(
            f"budget is missing: CBO {why}, so the campaign holds the budget",
            "add budget, or set budget_optimize_on to false",
        )


@rule(
    "SPL104",
    "campaign-budget-missing",
    on=Campaign,
    level="error",
    section=CAMPAIGN,
    basis="implied",
    examples=lambda: [
        bad(
            "a daily mode without an amount",
            {"/campaign/budget_mode": "BUDGET_MODE_DAY"},
            base="no-cbo",
            at=["/campaign"],
        ),
        bad(
            "a lifetime mode without an amount",
            {"/campaign/budget_mode": "BUDGET_MODE_TOTAL"},
            base="no-cbo",
            at=["/campaign"],
        ),
        good("no limit needs no amount", {}, base="no-cbo"),
        good("no mode defaults to no limit", {"/campaign/budget_mode": GONE}, base="no-cbo"),
    ],
)
def campaign_budget_missing(campaign: Campaign) -> Iterator[Finding]:
    """Without CBO a campaign with a daily or lifetime mode has a budget.

    BUDGET_MODE_INFINITE needs none.
    """
    mode = campaign.effective_budget_mode
    if (
        campaign.is_create
        and campaign.cbo is False
        and mode in ("BUDGET_MODE_DAY", "BUDGET_MODE_TOTAL")
        and campaign.lacks("budget")
    ):
        yield campaign.missing(
            f"budget is missing: budget_mode is {mode}", "add budget, or set budget_mode to BUDGET_MODE_INFINITE"
        )


@rule(
    "SPL105",
    "budget-with-infinite-mode",
    on=Campaign,
    level="warning",
    section=CAMPAIGN,
    basis="stated",
    examples=lambda: [
        bad("an amount without a limit", {"/campaign/budget": 500}, base="no-cbo", at=["/campaign/budget"]),
        bad(
            "an amount without a mode",
            {"/campaign/budget": 500, "/campaign/budget_mode": GONE},
            base="no-cbo",
            at=["/campaign/budget"],
        ),
        good(
            "a lifetime budget", {"/campaign/budget": 500, "/campaign/budget_mode": "BUDGET_MODE_TOTAL"}, base="no-cbo"
        ),
    ],
)
def budget_with_infinite_mode(campaign: Campaign) -> Iterator[Finding]:
    """With BUDGET_MODE_INFINITE no budget is given.

    The ad groups hold the budgets; what stands here has no effect.
    """
    if campaign.has_idle_budget:
        defaults = " by default" if campaign.lacks("budget_mode") else ""
        yield campaign.finding(
            "budget",
            f"budget has no effect: budget_mode is BUDGET_MODE_INFINITE{defaults}",
            "remove it, or set budget_mode to a daily or lifetime one",
        )


@rule(
    "SPL106",
    "money-not-positive",
    on=(Campaign, AdGroup),
    level="error",
    section=CAMPAIGN,
    basis="sanity",
    examples=lambda: [
        bad("no money", {"/campaign/budget": 0}, at=["/campaign/budget"]),
        bad("a negative bid", {"/adgroups/0/roas_bid": -0.5}, at=["/adgroups/0/roas_bid"]),
        bad(
            "infinite, as YAML can write it",
            text="objective_type: WEB_CONVERSIONS\nbudget: .inf\n",
            name="a.yaml",
            at=["/budget"],
        ),
        good("the smallest amount", {"/campaign/budget": 0.01}),
        good("zero where SPL209 says that no price belongs", {"/adgroups/0/bid_price": 0}),
    ],
)
def money_not_positive(payload: Campaign | AdGroup) -> Iterator[Finding]:
    """Money is more than nothing.

    Fields that another rule says have no place are left to it.
    """
    for name in MONEY[type(payload)]:
        value = getattr(payload, name)
        if value is not None and not 0 < value < float("inf") and name not in payload.misplaced_money:
            why = f"{name} is {amount(value)}, but money is above zero and finite"
            yield payload.finding(name, why, "set an amount above zero")


@rule(
    "SPL107",
    "budget-below-cpa-floor",
    on=(Campaign, AdGroup),
    level="warning",
    section=FLOORS,
    basis="stated",
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
    ],
)
def budget_below_cpa_floor(payload: Campaign | AdGroup) -> Iterator[Finding]:
    """A daily budget is at least 10 times the historical CPA.

    Below that a Target CPA or Minimum ROAS strategy typically underdelivers: it sees too few conversions to learn from.
    """
    if isinstance(payload, Campaign):
        mode = payload.effective_budget_mode
        judged = mode in DAILY if payload.cbo else mode == "BUDGET_MODE_DAY"
    else:
        judged = (
            payload.governing_budget.holder is payload
            and payload.governing_budget.is_daily
            and payload.strategy is not None
        )
    budget, cpa = payload.budget, payload.fact("historical_cpa") if judged else None
    if budget is None or cpa is None or not budget > 0 or not 0 < cpa < float("inf"):
        return
    floor = 10 * exact(cpa)
    if exact(budget) < floor:
        yield payload.finding(
            "budget",
            f"budget {amount(budget)} is below {amount(floor)}, the floor of 10 x the historical CPA of {amount(cpa)}",
            f"set budget to {amount(floor)} or more",
        )


@rule(
    "SPL108",
    "budget-below-recommended-start",
    on=Campaign,
    level="info",
    section=FLOORS,
    basis="stated",
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
    ],
)
def budget_below_recommended_start(campaign: Campaign) -> Iterator[Finding]:
    """A daily campaign budget for Target CPA or Minimum ROAS starts at 30 times the historical CPA.

    That is TikTok's recommendation; from 10 times on delivery works.
    """
    if not campaign.cbo or campaign.effective_budget_mode not in DAILY or campaign.budget is None:
        return
    group = next((group for group in campaign.tree.ad_groups if group.strategy is not None), None)
    cpa = campaign.fact("historical_cpa")
    if group is None or cpa is None or not campaign.budget > 0 or not 0 < cpa < float("inf"):
        return
    budget, unit = exact(campaign.budget), exact(cpa)
    if 10 * unit <= budget < 30 * unit:
        yield campaign.finding(
            "budget",
            f"budget {amount(budget)} is below {amount(30 * unit)}, the recommended start of 30 x the historical CPA "
            f"of {amount(cpa)} for {group.strategy}",
            f"start with {amount(30 * unit)} or more",
        )


@rule(
    "SPL211",
    "ad-group-budget-mode-not-allowed",
    on=AdGroup,
    level="error",
    section=GROUP,
    basis="stated",
    examples=lambda: [
        bad(
            "a fixed daily budget",
            {"/adgroups/0/budget_mode": "BUDGET_MODE_DAY"},
            base="no-cbo",
            at=["/adgroups/0/budget_mode"],
        ),
        bad(
            "a lifetime budget under a daily campaign",
            {
                "/campaign/budget_mode": "BUDGET_MODE_DAY",
                "/campaign/budget": 900,
                "/adgroups/0/budget_mode": "BUDGET_MODE_TOTAL",
            },
            base="no-cbo",
            at=["/adgroups/0/budget_mode"],
        ),
        good(
            "a lifetime budget under an unlimited campaign",
            {"/adgroups/0/budget_mode": "BUDGET_MODE_TOTAL"},
            base="no-cbo",
        ),
        good(
            "a dynamic one under a daily campaign",
            {"/campaign/budget_mode": "BUDGET_MODE_DAY", "/campaign/budget": 900},
            base="no-cbo",
        ),
    ],
)
def ad_group_budget_mode_not_allowed(group: AdGroup) -> Iterator[Finding]:
    """Without CBO an ad group's budget mode goes with the campaign's.

    Under BUDGET_MODE_INFINITE or BUDGET_MODE_TOTAL: BUDGET_MODE_TOTAL or BUDGET_MODE_DYNAMIC_DAILY_BUDGET; under
    BUDGET_MODE_DAY only BUDGET_MODE_DYNAMIC_DAILY_BUDGET.
    """
    campaign, mode = group.campaign, group.budget_mode
    if campaign is None or campaign.cbo is not False or group.strategy_is_refused or mode is None:
        return
    above = campaign.effective_budget_mode
    allowed = (DYNAMIC,) if above == "BUDGET_MODE_DAY" else ("BUDGET_MODE_TOTAL", DYNAMIC)
    certain = above is not None or mode not in ("BUDGET_MODE_TOTAL", DYNAMIC)
    whose = f"a {above} campaign" if above else "a campaign without CBO"
    if certain and mode not in allowed:
        places = (
            () if campaign.lacks("budget_mode") else (campaign.place("budget_mode", f"the campaign's is {above} here"),)
        )
        yield group.finding(
            "budget_mode",
            f"budget_mode {mode} is not allowed on an ad group of {whose}",
            f"set it to {either(allowed)}",
            *places,
        )


@rule(
    "SPL212",
    "ad-group-budget-missing",
    on=AdGroup,
    level="error",
    section=GROUP,
    basis="stated",
    examples=lambda: [
        bad(
            "neither mode nor amount",
            {"/adgroups/0/budget": GONE, "/adgroups/0/budget_mode": GONE},
            base="no-cbo",
            at=["/adgroups/0"],
        ),
        bad("no amount", {"/adgroups/0/budget": None}, base="no-cbo", at=["/adgroups/0"]),
        good("both", {}, base="no-cbo"),
        good("CBO", {}),
        good("the campaign is not known", {}, base="ad-group"),
    ],
)
def ad_group_budget_missing(group: AdGroup) -> Iterator[Finding]:
    """Without CBO every ad group has a budget and a budget mode.

    The campaign holds none that ad groups could share.
    """
    if group.is_create and group.cbo is False and not group.strategy_is_refused:
        absent = [name for name in ("budget", "budget_mode") if group.lacks(name)]
        if absent:
            verb = "is" if len(absent) == 1 else "are"
            yield group.missing(
                f"{either(absent, 'and')} {verb} missing: CBO is off, so each ad group holds its own",
                f"add {either(absent, 'and')}",
            )


@rule(
    "SPL213",
    "ad-group-budget-under-cbo",
    on=AdGroup,
    level="error",
    section=GROUP,
    basis="stated",
    examples=lambda: [
        bad(
            "a budget of its own",
            {"/adgroups/0/budget": 50, "/adgroups/0/budget_mode": DYNAMIC},
            at=["/adgroups/0/budget", "/adgroups/0/budget_mode"],
        ),
        good("none", {}),
        good("no CBO", {}, base="no-cbo"),
    ],
)
def ad_group_budget_under_cbo(group: AdGroup) -> Iterator[Finding]:
    """With CBO on no ad group carries budget or budget_mode.

    The campaign's budget is shared by all of them.
    """
    for name in group.budget_fields_under_cbo:
        campaign = group.campaign
        places = (
            ()
            if campaign is None or campaign.lacks("budget_optimize_on")
            else (campaign.place("budget_optimize_on", "CBO is on here"),)
        )
        yield group.finding(
            name,
            f"{name} is not supported on an ad group while CBO is on",
            "remove it, or set the campaign's budget_optimize_on to false",
            *places,
        )


@rule(
    "SPL214",
    "spend-bounds-not-available",
    on=AdGroup,
    level="error",
    section=GROUP,
    basis="stated",
    examples=lambda: [
        bad("no CBO", {"/adgroups/0/min_budget": 50}, base="no-cbo", at=["/adgroups/0/min_budget"]),
        bad(
            "a lifetime campaign",
            {"/campaign/budget_mode": "BUDGET_MODE_TOTAL", "/adgroups/0/max_budget": 90},
            at=["/adgroups/0/max_budget"],
        ),
        bad(
            "a Cost Cap, the campaign unknown",
            {"/bid_type": "BID_TYPE_CUSTOM", "/min_budget": 5},
            base="ad-group",
            at=["/min_budget"],
        ),
        good("CBO, daily, no bid", {"/adgroups/0/min_budget": 50, "/adgroups/0/max_budget": 90}),
    ],
)
def spend_bounds_not_available(group: AdGroup) -> Iterator[Finding]:
    """min_budget and max_budget need CBO, a daily campaign budget and BID_TYPE_NO_BID.

    Elsewhere an ad group has no daily floor or ceiling.
    """
    for name, reason in group.closed_bounds.items():
        yield group.finding(
            name,
            f"{name} is not available: {reason}",
            "remove it: it needs CBO on, a daily campaign budget and BID_TYPE_NO_BID",
        )


@rule(
    "SPL215",
    "spend-bounds-inverted",
    on=AdGroup,
    level="error",
    section=GROUP,
    basis="sanity",
    examples=lambda: [
        bad(
            "a floor above the ceiling",
            {"/adgroups/0/min_budget": 91, "/adgroups/0/max_budget": 90},
            at=["/adgroups/0/min_budget"],
        ),
        good("both the same", {"/adgroups/0/min_budget": 90, "/adgroups/0/max_budget": 90.0}),
    ],
)
def spend_bounds_inverted(group: AdGroup) -> Iterator[Finding]:
    """min_budget is not above max_budget.

    No spend lies between the two.
    """
    low, high = group.holds("min_budget"), group.holds("max_budget")
    own = [name for name in ("min_budget", "max_budget") if getattr(group, name) is not None]
    if own and low is not None and high is not None and low > high:
        places = [group.place("max_budget", "the ceiling")] if len(own) == 2 else []
        what = f"min_budget {amount(low)} is above max_budget {amount(high)}"
        yield group.finding(own[0], what, "swap them, or lower min_budget", *places)


RULES = (
    campaign_budget_mode_not_allowed,
    cbo_budget_missing,
    campaign_budget_missing,
    budget_with_infinite_mode,
    money_not_positive,
    budget_below_cpa_floor,
    budget_below_recommended_start,
    ad_group_budget_mode_not_allowed,
    ad_group_budget_missing,
    ad_group_budget_under_cbo,
    spend_bounds_not_available,
    spend_bounds_inverted,
)
