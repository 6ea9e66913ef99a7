"""Ad group budget."""

from collections.abc import Iterator

from splint.payloads.nodes import AdGroup, Finding, Fix
from splint.reporting.wording import amount, either, term
from splint.rules.guard import given, holds, lacks, reaches
from splint.rules.rule import GONE, bad, good, rule, times
from splint_guide.spelling import meant

GROUP = "Ad group budget"
FIXED_DAILY, INFINITE = "BUDGET_MODE_DAY", "BUDGET_MODE_INFINITE"
DYNAMIC = "BUDGET_MODE_DYNAMIC_DAILY_BUDGET"
OPENING = {"budget_optimize_on": "true", "budget_mode": DYNAMIC, "bid_type": "BID_TYPE_NO_BID"}
"""With what min_budget and max_budget are available, by the field that must have it."""
NO_BUDGETS = {"/campaign/budget": GONE, "/campaign/budget_mode": GONE}
NONE_BELOW = {"/adgroups/0/budget": GONE, "/adgroups/0/budget_mode": GONE}
AMOUNT_MOVED = {**NONE_BELOW, "/campaign/budget": 50}
MODE_MOVED = {**NONE_BELOW, "/campaign/budget_mode": DYNAMIC}
MOVED = {**AMOUNT_MOVED, **MODE_MOVED}
"""What is left of the budget of the only ad group where its campaign lacks one."""
ONE_FOR_ALL = "give the campaign one for all of its ad groups"
"""What becomes of budgets that several ad groups of a campaign without one hold."""


@rule(
    "SPL211",
    "ad-group-budget-mode-not-allowed",
    on=AdGroup,
    level="error",
    section=GROUP,
    basis="stated",
    supersedes={"REF106": "related", "REF205": "related"},
    fix="unsafe",
    since="0.1.0",
    guard=given("AdGroup.budget_mode") & holds("Campaign.budget_optimize_on", False),
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
        bad(
            "a misspelt mode",
            {"/adgroups/0/budget_mode": "BUDGET_MODE_TOTL"},
            base="no-cbo",
            at=["/adgroups/0/budget_mode"],
            fixed={"/adgroups/0/budget_mode": "BUDGET_MODE_TOTAL"},
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
        bad(
            "a mode that no ad group takes, the campaign's unknown",
            {"/campaign/budget_mode": "{{mode}}", "/adgroups/0/budget_mode": "BUDGET_MODE_DAY"},
            base="no-cbo",
            at=["/adgroups/0/budget_mode"],
        ),
        good(
            "a lifetime one, the campaign's unknown",
            {"/campaign/budget_mode": "{{mode}}", "/adgroups/0/budget_mode": "BUDGET_MODE_TOTAL"},
            base="no-cbo",
        ),
        good("a dynamic one, the campaign's unknown", {"/campaign/budget_mode": "{{mode}}"}, base="no-cbo"),
        good("a dynamic one under an unlimited campaign", {}, base="no-cbo"),
        good("no campaign in the run", {"/budget_mode": "BUDGET_MODE_DAY"}, base="ad-group"),
        good("under CBO it is SPL213", {"/adgroups/0/budget_mode": "BUDGET_MODE_DAY"}),
        good(
            "a campaign's mode that SPL102 refuses",
            {"/campaign/budget_mode": DYNAMIC, "/adgroups/0/budget_mode": "BUDGET_MODE_DAY"},
            base="no-cbo",
            beside=("SPL102",),
        ),
        good("no mode is SPL212", {"/adgroups/0/budget_mode": GONE}, base="no-cbo"),
    ],
)
def ad_group_budget_mode_not_allowed(group: AdGroup) -> Iterator[Finding]:
    """Without CBO an ad group's budget mode goes with the campaign's.

    Under BUDGET_MODE_INFINITE or BUDGET_MODE_TOTAL: BUDGET_MODE_TOTAL or BUDGET_MODE_DYNAMIC_DAILY_BUDGET; under
    BUDGET_MODE_DAY only BUDGET_MODE_DYNAMIC_DAILY_BUDGET.
    """
    campaign, mode = group.campaign, group.budget_mode
    if campaign is None or mode is None:
        return
    above = campaign.effective_budget_mode
    allowed = (DYNAMIC,) if above == "BUDGET_MODE_DAY" else ("BUDGET_MODE_TOTAL", DYNAMIC)
    certain = above is not None or mode not in ("BUDGET_MODE_TOTAL", DYNAMIC)
    whose = f"a {above} campaign" if above else "a campaign without CBO"
    if certain and mode not in allowed:
        help, fix, offers = meant(group, "budget_mode", mode, allowed)
        places = (
            () if campaign.lacks("budget_mode") else (campaign.place("budget_mode", f"the campaign's is {above} here"),)
        )
        yield group.finding(
            "budget_mode",
            f"budget_mode {term(mode)} is not allowed on an ad group of {whose}",
            help,
            *places,
            fix=fix,
            offers=offers,
        )


@rule(
    "SPL212",
    "ad-group-budget-missing",
    on=AdGroup,
    level="error",
    section=GROUP,
    basis="stated",
    since="0.1.0",
    requests={"create"},
    guard=holds("Campaign.budget_optimize_on", False) & lacks("AdGroup.budget", "AdGroup.budget_mode"),
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
        good("an update says what changes", {"/adgroups/0/adgroup_id": "1", "/adgroups/0/budget": GONE}, base="no-cbo"),
        good(
            "a campaign's mode that SPL102 refuses",
            {"/campaign/budget_mode": DYNAMIC, "/adgroups/0/budget": GONE},
            base="no-cbo",
            beside=("SPL102",),
        ),
    ],
)
def ad_group_budget_missing(group: AdGroup) -> Iterator[Finding]:
    """Without CBO every ad group has a budget and a budget mode.

    The campaign holds none that ad groups could share.
    """
    absent = [name for name in ("budget", "budget_mode") if group.lacks(name)]
    verb = "is" if len(absent) == 1 else "are"
    yield group.missing(
        f"{either(absent, 'and')} {verb} missing: CBO is off, so each ad group holds its own",
        f"add {either(absent, 'and')}",
        about=absent[0],
        also=absent[1:],
    )


@rule(
    "SPL213",
    "ad-group-budget-under-cbo",
    on=AdGroup,
    level="error",
    section=GROUP,
    basis="stated",
    fix="unsafe",
    supersedes={"SPL106": "place"},
    since="0.1.0",
    guard=given("AdGroup.budget", "AdGroup.budget_mode"),
    examples=lambda: [
        bad(
            "a budget of its own",
            {"/adgroups/0/budget": 50, "/adgroups/0/budget_mode": DYNAMIC},
            at=["/adgroups/0/budget", "/adgroups/0/budget_mode"],
            fixed={"/adgroups/0/budget": GONE, "/adgroups/0/budget_mode": GONE},
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
                ("a budget with another mode", 50, FIXED_DAILY, {}, AMOUNT_MOVED),
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
            "a lifetime mode that the campaign of the budget lacks",
            {"/campaign/budget_mode": GONE, "/adgroups/0/budget_mode": "BUDGET_MODE_TOTAL"},
            at=["/adgroups/0/budget_mode"],
            fixed={"/campaign/budget_mode": "BUDGET_MODE_TOTAL", "/adgroups/0/budget_mode": GONE},
        ),
        good("none", {}),
        good("no CBO", {}, base="no-cbo"),
        good(
            "a campaign's mode that SPL102 refuses",
            {"/campaign/budget_mode": "BUDGET_MODE_DAY", "/adgroups/0/budget": 50},
            beside=("SPL102",),
        ),
        bad(
            "an amount alone", {"/adgroups/0/budget": 50}, at=["/adgroups/0/budget"], fixed={"/adgroups/0/budget": GONE}
        ),
        bad(
            "an amount under CBO by default",
            {"/campaign/budget_optimize_on": GONE, "/adgroups/0/budget": 50},
            at=["/adgroups/0/budget"],
            fixed={"/adgroups/0/budget": GONE},
        ),
        bad(
            "an amount below the update of a campaign, whose budget stands",
            {"/campaign/campaign_id": "1", "/campaign/budget": GONE, "/adgroups/0/budget": 50},
            at=["/adgroups/0/budget"],
            fixed={"/adgroups/0/budget": GONE},
        ),
    ],
)
def ad_group_budget_under_cbo(group: AdGroup) -> Iterator[Finding]:
    """With CBO on no ad group carries budget or budget_mode.

    The campaign's budget is shared by all of them. What is right in a campaign that lacks a budget, and stands in one
    ad group alone, is to be moved there, which the fix does for the only ad group. What a budget update or `current`
    holds, and what several hold that the campaign lacks, has no fix.
    """
    for name in group.budget_fields_under_cbo:
        campaign = group.campaign
        is_moved = group.is_meant_for_campaign(name)
        is_kept = group.is_told_here_alone(name)
        above = "move it to the campaign" if is_moved else ONE_FOR_ALL if is_kept else "remove it"
        what = "leave the ad group out" if group.is_part else above
        fix = group.to_campaign(name) if is_moved else Fix(f"remove {name}", (group.remove(name),))
        ways = [what]
        if campaign is None or not campaign.is_row:  # else CBO stays as it is
            ways.append("set the campaign's budget_optimize_on to false")
        yield group.finding(
            name,
            f"{name} is not supported on an ad group while CBO is on",
            ", or ".join(reversed(ways) if group.is_one_of_several_budgets else ways),
            *group.cbo_place,
            fix=None if group.is_open(name) else fix,
            offers=("budget_optimize_on", "false") if len(ways) > 1 else (),
        )._replace(is_kept=is_kept)


@rule(
    "SPL214",
    "spend-bounds-not-available",
    on=AdGroup,
    level="error",
    section=GROUP,
    basis="stated",
    fix="unsafe",
    supersedes={"SPL106": "place"},
    since="0.1.0",
    guard=given("AdGroup.min_budget", "AdGroup.max_budget"),
    examples=lambda: [
        bad(
            "no CBO",
            {"/adgroups/0/min_budget": 50},
            base="no-cbo",
            at=["/adgroups/0/min_budget"],
            fixed={"/adgroups/0/min_budget": GONE},
        ),
        bad(
            "a lifetime campaign",
            {"/campaign/budget_mode": "BUDGET_MODE_TOTAL", "/adgroups/0/max_budget": 90},
            at=["/adgroups/0/max_budget"],
            fixed={"/adgroups/0/max_budget": GONE},
        ),
        bad(
            "a Cost Cap, the campaign unknown",
            {"/bid_type": "BID_TYPE_CUSTOM", "/min_budget": 5},
            base="ad-group",
            at=["/min_budget"],
            fixed={"/min_budget": GONE},
        ),
        bad(
            "a Cost Cap",
            {
                "/adgroups/0/bid_type": "BID_TYPE_CUSTOM",
                "/adgroups/0/conversion_bid_price": 12,
                "/adgroups/0/min_budget": 50,
            },
            at=["/adgroups/0/min_budget"],
            fixed={"/adgroups/0/min_budget": GONE},
        ),
        good("CBO, daily, no bid", {"/adgroups/0/min_budget": 50, "/adgroups/0/max_budget": 90}),
        good(
            "a bid type that SPL204 refuses",
            {"/adgroups/0/bid_type": "LOWEST_COST", "/adgroups/0/min_budget": 50, "/adgroups/0/max_budget": 90},
            beside=("SPL204",),
        ),
        good(
            "a campaign's mode that SPL102 refuses",
            {"/campaign/budget_mode": "BUDGET_MODE_INFINITE", "/adgroups/0/min_budget": 50},
            beside=("SPL102",),
        ),
    ],
)
def spend_bounds_not_available(group: AdGroup) -> Iterator[Finding]:
    """min_budget and max_budget need CBO, a daily campaign budget and BID_TYPE_NO_BID.

    Elsewhere an ad group has no daily floor or ceiling.
    """
    closing = group.closes_bounds
    if closing is None:
        return
    holder, what, value = closing
    can_change = not (holder.is_row or holder.lacks(what))
    field = what if holder is group else f"the campaign's {what}"
    way = f", or set {field} to {OPENING[what]}" if can_change else ""
    places = (holder.place(what, f"{what} is {value} here"),) if can_change and holder is not group else ()
    for name in ("min_budget", "max_budget"):
        if group.has(name):
            yield group.finding(
                name,
                f"{name} is not available: {field} is {value}",
                f"remove it{way}: {name} needs CBO on, a daily campaign budget and BID_TYPE_NO_BID",
                *places,
                fix=Fix(f"remove {name}", (group.remove(name),)),
                offers=(what, OPENING[what]) if can_change else (),
            )


@rule(
    "SPL215",
    "spend-bounds-inverted",
    on=AdGroup,
    level="error",
    section=GROUP,
    basis="sanity",
    since="0.1.0",
    guard=reaches("AdGroup.min_budget", "AdGroup.max_budget"),
    examples=lambda: [
        bad(
            "a floor above the ceiling",
            {"/adgroups/0/min_budget": 91, "/adgroups/0/max_budget": 90},
            at=["/adgroups/0/min_budget"],
        ),
        good("both the same", {"/adgroups/0/min_budget": 90, "/adgroups/0/max_budget": 90.0}),
        good("a ceiling alone", {"/adgroups/0/max_budget": 90}),
        good("a floor alone", {"/adgroups/0/min_budget": 90}),
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
    ad_group_budget_mode_not_allowed,
    ad_group_budget_missing,
    ad_group_budget_under_cbo,
    spend_bounds_not_available,
    spend_bounds_inverted,
)
