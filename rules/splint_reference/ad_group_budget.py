"""What budgets depend on: their automatic increase, spend bounds, and what the campaign's budget overrides."""

from collections.abc import Iterator

from splint_guide.ad_group_budget import AMOUNT_MOVED, MODE_MOVED, MOVED, ONE_FOR_ALL, OPENING

from splint.payloads.nodes import AdGroup, Campaign, Finding, Fix, RelatedLocation
from splint.reporting.wording import either
from splint.rules.guard import given, is_
from splint.rules.rule import GONE, bad, good, rule, times
from splint_reference.budget import BUDGETS, DYNAMIC, WEB
from splint_reference.campaign import CREATE_AD_GROUP, CREATE_CAMPAIGN, FIXED_DAILY

REFUSED = f'budget_mode {FIXED_DAILY} is refused on an ad group, whatever its campaign is ("Invalid budget type")'


GROWING = {
    "/adgroups/0/budget_auto_adjust_strategy": "AUTO_BUDGET_INCREASE",
    "/adgroups/0/optimization_goal": "VALUE",
    "/adgroups/0/deep_bid_type": "VO_MIN_ROAS",
    "/adgroups/0/vbo_window": "ZERO_DAY",
}
"""An ad group whose budget may grow."""
INFINITE = "BUDGET_MODE_INFINITE"
NO_BUDGETS = {"/campaign/budget": GONE, "/campaign/budget_mode": GONE}


@rule(
    "REF106",
    "automatic-budget-increase-not-available",
    on=(Campaign, AdGroup),
    level="error",
    section="Budget",
    basis="reference",
    documents=(CREATE_CAMPAIGN, WEB),
    since="0.1.0",
    guard=is_("Campaign.budget_auto_adjust_strategy", "AUTO_BUDGET_INCREASE")
    | is_("AdGroup.budget_auto_adjust_strategy", "AUTO_BUDGET_INCREASE"),
    examples=lambda: [
        bad(
            "a lifetime campaign",
            {
                "/campaign/budget_auto_adjust_strategy": "AUTO_BUDGET_INCREASE",
                "/campaign/budget_mode": "BUDGET_MODE_TOTAL",
            },
            at=["/campaign/budget_auto_adjust_strategy"],
        ),
        bad(
            "an ad group under CBO",
            {"/adgroups/0/budget_auto_adjust_strategy": "AUTO_BUDGET_INCREASE"},
            at=["/adgroups/0/budget_auto_adjust_strategy"],
        ),
        good("a dynamic daily campaign", {"/campaign/budget_auto_adjust_strategy": "AUTO_BUDGET_INCREASE"}),
        good(
            "an ad group that bids for value",
            GROWING,
            base="no-cbo",
        ),
        bad(
            "another goal",
            {**GROWING, "/adgroups/0/optimization_goal": "CONVERT"},
            base="no-cbo",
            at=["/adgroups/0/budget_auto_adjust_strategy"],
        ),
        bad(
            "another strategy",
            {**GROWING, "/adgroups/0/deep_bid_type": "VO_HIGHEST_VALUE"},
            base="no-cbo",
            at=["/adgroups/0/budget_auto_adjust_strategy"],
        ),
        bad(
            "no window",
            {**GROWING, "/adgroups/0/vbo_window": None},
            base="no-cbo",
            at=["/adgroups/0/budget_auto_adjust_strategy"],
        ),
        bad(
            "a lifetime ad group",
            {**GROWING, "/adgroups/0/budget_mode": "BUDGET_MODE_TOTAL"},
            base="no-cbo",
            at=["/adgroups/0/budget_auto_adjust_strategy"],
        ),
        bad(
            "a campaign without CBO",
            {"/campaign/budget_auto_adjust_strategy": "AUTO_BUDGET_INCREASE", "/campaign/budget_mode": GONE},
            base="no-cbo",
            at=["/campaign/budget_auto_adjust_strategy"],
        ),
        good(
            "a lead ad group with a Cost Cap",
            {
                "/promotion_type": "LEAD_GENERATION",
                "/bid_type": "BID_TYPE_CUSTOM",
                "/conversion_bid_price": 9,
                "/budget_mode": "BUDGET_MODE_DYNAMIC_DAILY_BUDGET",
                "/budget": 50,
                "/budget_auto_adjust_strategy": "AUTO_BUDGET_INCREASE",
            },
            base="ad-group",
        ),
        bad(
            "a lead ad group without one",
            {
                "/promotion_type": "LEAD_GENERATION",
                "/bid_type": "BID_TYPE_NO_BID",
                "/budget_mode": "BUDGET_MODE_DYNAMIC_DAILY_BUDGET",
                "/budget": 50,
                "/budget_auto_adjust_strategy": "AUTO_BUDGET_INCREASE",
            },
            base="ad-group",
            at=["/budget_auto_adjust_strategy"],
        ),
        good("a window to come", {**GROWING, "/adgroups/0/vbo_window": "{{window}}"}, base="no-cbo"),
        good(
            "an update says what changes",
            {**GROWING, "/adgroups/0/adgroup_id": "1", "/adgroups/0/vbo_window": None},
            base="no-cbo",
        ),
        good(
            "a campaign's mode to come",
            {"/campaign/budget_auto_adjust_strategy": "AUTO_BUDGET_INCREASE", "/campaign/budget_mode": "{{mode}}"},
        ),
    ],
)
def automatic_budget_increase_not_available(payload: Campaign | AdGroup) -> Iterator[Finding]:
    """AUTO_BUDGET_INCREASE stands where the budget can grow.

    On a campaign with CBO and a dynamic daily budget; on an ad group without CBO that bids for value by Minimum ROAS,
    or for leads by a Cost Cap.
    """
    if payload.budget_auto_adjust_strategy != "AUTO_BUDGET_INCREASE":
        return
    if isinstance(payload, Campaign):
        failing = ["CBO on"] if payload.cbo is False else []
        if payload.effective_budget_mode not in (None, DYNAMIC):
            failing.append(f"budget_mode {DYNAMIC}")
    else:
        failing = ["CBO off"] if payload.cbo else []
        wanted = {"optimization_goal": "VALUE", "deep_bid_type": "VO_MIN_ROAS", "vbo_window": "ZERO_DAY"}
        if (payload.holds("promotion_type") or "").startswith("LEAD_GEN"):
            wanted = {"bid_type": "BID_TYPE_CUSTOM"}
        if payload.cbo is not True:
            wanted["budget_mode"] = DYNAMIC
        for name, value in wanted.items():
            held = payload.holds(name)
            if held != value and (held is not None or (payload.is_create and not payload.says(name))):
                failing.append(f"{name} {value}")
    if failing:
        what = f"AUTO_BUDGET_INCREASE is not available on this {payload.noun}: it needs {either(failing, 'and')}"
        cause = failing[0].partition(" ")[0]
        is_alone = len(failing) == 1 and payload.has(cause)
        places = (payload.place(cause, f"{cause} is {payload.holds(cause)} here"),) if is_alone else ()
        yield payload.finding("budget_auto_adjust_strategy", what, "remove it, or meet the conditions", *places)


@rule(
    "REF213",
    "max-budget-unknown-to-the-api",
    on=AdGroup,
    level="warning",
    section="Create an ad group",
    basis="reference",
    documents=(CREATE_AD_GROUP,),
    since="0.1.0",
    guard=given("AdGroup.max_budget"),
    examples=lambda: [
        bad("a ceiling", {"/adgroups/0/max_budget": 90}, at=["/adgroups/0/max_budget"]),
        bad(
            "no money is SPL106 too",
            {"/adgroups/0/max_budget": 0},
            at=["/adgroups/0/max_budget"],
            beside=("SPL106",),
        ),
        bad(
            "less than no money, beside a Cost Cap",
            {
                "/adgroups/0/max_budget": -5,
                "/adgroups/0/bid_type": "BID_TYPE_CUSTOM",
                "/adgroups/0/conversion_bid_price": 10,
            },
            at=["/adgroups/0/max_budget"],
            beside=("SPL106",),
        ),
        good("a floor", {"/adgroups/0/min_budget": 90}),
    ],
)
def max_budget_unknown_to_the_api(group: AdGroup) -> Iterator[Finding]:
    """No max_budget is given: it is documented for the budget update only."""
    what = "max_budget is documented for /smart_plus/adgroup/budget/update/ only"
    yield group.finding("max_budget", what, "remove it")


@rule(
    "REF214",
    "spend-floor-conditions",
    on=AdGroup,
    level="error",
    section="Create an ad group",
    basis="reference",
    documents=(CREATE_AD_GROUP, WEB),
    replaces=("SPL214",),
    fix="unsafe",
    supersedes={"SPL106": "place"},
    since="0.1.0",
    guard=given("AdGroup.min_budget"),
    examples=lambda: [
        bad(
            "without CBO",
            {"/adgroups/0/min_budget": 50},
            base="no-cbo",
            at=["/adgroups/0/min_budget"],
            fixed={"/adgroups/0/min_budget": GONE},
        ),
        bad(
            "a lifetime campaign",
            {"/adgroups/0/min_budget": 50, "/campaign/budget_mode": "BUDGET_MODE_TOTAL"},
            at=["/adgroups/0/min_budget"],
            level="warning",
        ),
        bad(
            "a Cost Cap",
            {"/adgroups/0/min_budget": 50, "/adgroups/0/bid_type": "BID_TYPE_CUSTOM"},
            at=["/adgroups/0/min_budget"],
            level="warning",
        ),
        bad(
            "a lifetime campaign and a Cost Cap",
            {
                "/adgroups/0/min_budget": 50,
                "/adgroups/0/bid_type": "BID_TYPE_CUSTOM",
                "/campaign/budget_mode": "BUDGET_MODE_TOTAL",
            },
            at=["/adgroups/0/min_budget"],
            level="warning",
        ),
        good("CBO, daily, no bid", {"/adgroups/0/min_budget": 50}),
        good("the campaign unknown", {"/min_budget": 50, "/bid_type": "BID_TYPE_CUSTOM"}, base="ad-group"),
        good(
            "a bid type that is none",
            {"/adgroups/0/min_budget": 50, "/adgroups/0/bid_type": "NO_BID"},
            beside=("SPL204",),
        ),
        good("none", {}, base="no-cbo"),
        good(
            "nobody knows of CBO",
            {"/campaign/budget_optimize_on": "{{cbo}}", "/adgroups/0/min_budget": 50},
            base="no-cbo",
        ),
    ],
)
def spend_floor_conditions(group: AdGroup) -> Iterator[Finding]:
    """min_budget needs CBO; with a lifetime budget or a bid the reference's pages disagree."""
    if group.cbo is None or group.campaign is None:
        return
    if not group.cbo:
        fix = Fix("remove min_budget", (group.remove("min_budget"),))
        what = "min_budget is given while CBO is off"
        yield group.finding("min_budget", what, "remove it, or switch CBO on", fix=fix)
        return
    mode, bid_type = group.campaign.effective_budget_mode, group.holds("bid_type")
    doubts = [f"the campaign's budget_mode is {mode}"] if mode not in (None, DYNAMIC) else []
    doubts += [f"bid_type is {bid_type}"] if bid_type == "BID_TYPE_CUSTOM" else []
    if doubts:
        what = f"min_budget may be refused: {either(doubts, 'and')}, and the reference's pages disagree on that"
        way, places, offers = _ways_to_floor(group, len(doubts))
        yield group.finding("min_budget", what, f"{way}, or remove it", *places, level="warning", offers=offers)


def _ways_to_floor(group: AdGroup, doubts: int) -> tuple[str, tuple[RelatedLocation, ...], tuple[str, ...]]:
    """The change after which min_budget is sure, the place of the one field to change, and what it takes."""
    closing = group.closes_bounds
    if closing is None or doubts > 1 or closing[0].is_row or closing[0].lacks(closing[1]):
        return f"use {DYNAMIC} and BID_TYPE_NO_BID", (), ()
    holder, name, value = closing
    field = name if holder is group else f"the campaign's {name}"
    places = (holder.place(name, f"{name} is {value} here"),) if holder is not group else ()
    return f"set {field} to {OPENING[name]}", places, (name, OPENING[name])


@rule(
    "REF215",
    "ad-group-budget-ignored-under-cbo",
    on=AdGroup,
    level="warning",
    section="Create an ad group",
    basis="reference",
    documents=(CREATE_AD_GROUP, BUDGETS),
    replaces=("SPL213",),
    fix="unsafe",
    supersedes=dict.fromkeys(("SPL007", "SPL106", "SPL211"), "place"),
    since="0.1.0",
    guard=given("AdGroup.budget", "AdGroup.budget_mode"),
    examples=lambda: [
        bad(
            "a budget of its own",
            {"/adgroups/0/budget": 50},
            at=["/adgroups/0/budget"],
            fixed={"/adgroups/0/budget": GONE},
        ),
        bad(
            "a mode of its own",
            {"/adgroups/0/budget_mode": DYNAMIC},
            at=["/adgroups/0/budget_mode"],
            fixed={"/adgroups/0/budget_mode": GONE},
        ),
        bad(
            "a mode that is refused",
            {"/adgroups/0/budget_mode": FIXED_DAILY},
            at=["/adgroups/0/budget_mode"],
            fixed={"/adgroups/0/budget_mode": GONE},
            level="error",
        ),
        bad(
            "a mode that is refused, without CBO",
            {"/adgroups/0/budget_mode": FIXED_DAILY},
            base="no-cbo",
            at=["/adgroups/0/budget_mode"],
            fixed={},
            level="error",
        ),
        bad(
            "a mode that is refused, the campaign unknown",
            {"/budget_mode": FIXED_DAILY},
            base="ad-group",
            at=["/budget_mode"],
            fixed={},
            level="error",
        ),
        bad(
            "a mode that is refused, in an update",
            {"/budget_mode": FIXED_DAILY, "/adgroup_id": "1"},
            base="ad-group",
            at=["/budget_mode"],
            fixed={},
            level="error",
        ),
        *(
            bad(
                f"{title} that the campaign lacks",
                {**NO_BUDGETS, "/adgroups/0/budget": amount, "/adgroups/0/budget_mode": mode, **edits},
                at=["/adgroups/0/budget", "/adgroups/0/budget_mode"],
                fixed=fixed,
                beside=("SPL103",),
            )
            for title, amount, mode, edits, fixed in (
                ("a budget and its mode", 50, DYNAMIC, {}, MOVED),
                ("a budget without an end", 50, INFINITE, {}, AMOUNT_MOVED),
                ("a budget", 50, DYNAMIC, {"/campaign/budget_mode": DYNAMIC}, AMOUNT_MOVED),
                ("no budget and its mode", 0, DYNAMIC, {}, MODE_MOVED),
            )
        ),
        bad(
            "budgets of two ad groups, one of which the campaign lacks",
            {**NO_BUDGETS, "/adgroups/0": times(2), "/adgroups/0/budget": 50, "/adgroups/1/budget": 60},
            at=["/adgroups/0/budget", "/adgroups/1/budget"],
            fixed={},
            beside=("SPL103",),
        ),
        bad(
            "a mode that is refused, in a campaign whose mode SPL102 refuses",
            {"/campaign/budget_mode": FIXED_DAILY, "/adgroups/0/budget_mode": FIXED_DAILY, "/adgroups/0/budget": 50},
            at=["/adgroups/0/budget_mode"],
            fixed={"/adgroups/0/budget_mode": GONE},
            level="error",
            beside=("SPL102",),
        ),
        bad(
            "a lifetime mode that the campaign of the budget lacks",
            {"/campaign/budget_mode": GONE, "/adgroups/0/budget_mode": "BUDGET_MODE_TOTAL"},
            at=["/adgroups/0/budget_mode"],
            fixed={"/campaign/budget_mode": "BUDGET_MODE_TOTAL", "/adgroups/0/budget_mode": GONE},
        ),
        good("none", {}),
        good("no CBO", {}, base="no-cbo"),
    ],
)
def ad_group_budget_ignored_under_cbo(group: AdGroup) -> Iterator[Finding]:
    """With CBO on no ad group carries budget or budget_mode: the API ignores them.

    BUDGET_MODE_DAY is refused on an ad group of any campaign ("Invalid budget type"). What is right in a campaign that
    lacks a budget, or its mode, and stands in one ad group alone, is to be moved there, which the fix does for the
    only ad group. What a budget update or `current` holds, and what several hold that the campaign lacks, has no fix.
    """
    names = group.budget_fields_under_cbo
    for name in names:
        refused = name == "budget_mode" and group.budget_mode == FIXED_DAILY
        what = f"{name} is ignored on an ad group while CBO is on: the campaign's budget rules"
        is_moved = group.is_meant_for_campaign(name)
        fix = group.to_campaign(name) if is_moved else Fix(f"remove {name}", (group.remove(name),))
        fix = None if group.is_open(name) else fix
        is_kept = group.is_told_here_alone(name)
        above = "move it to the campaign" if is_moved else ONE_FOR_ALL if is_kept else "remove it"
        remove = "leave the ad group out" if group.is_part else above
        offers: tuple[str, ...] = ()
        if group.is_one_of_several_budgets:
            own = f" and this to {DYNAMIC}" if refused else ""
            remove = f"set the campaign's budget_optimize_on to false{own}, or {remove}"
            offers = ("budget_optimize_on", "false")
        what, level = (REFUSED, "error") if refused else (what, None)
        found = group.finding(name, what, remove, *group.cbo_place, level=level, fix=fix, offers=offers)
        yield found._replace(is_kept=is_kept)
    if not names and group.budget_mode == FIXED_DAILY:
        yield group.finding("budget_mode", REFUSED, f"set it to {DYNAMIC}", level="error", offers=(DYNAMIC,))


RULES = (
    automatic_budget_increase_not_available,
    max_budget_unknown_to_the_api,
    spend_floor_conditions,
    ad_group_budget_ignored_under_cbo,
)
