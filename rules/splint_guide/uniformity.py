"""Uniformity across a campaign's tree."""

from collections.abc import Iterator

from splint.payloads.nodes import Finding, Payload, Tree
from splint.rules.guard import several_advertisers, varies
from splint.rules.rule import GONE, bad, good, rule, times
from splint_guide.ad_group_budget import DYNAMIC
from splint_guide.deviations import deviations

SECTION = "Uniformity"
UNDER_CBO = (
    "promotion_type",
    "optimization_goal",
    "optimization_event",
    "billing_event",
    "bid_type",
    "bid_price",
    "conversion_bid_price",
    "deep_bid_type",
    "vbo_window",
    "roas_bid",
)
ALWAYS = ("bid_type", "deep_bid_type", "vbo_window")
TWO = {"/adgroups/0": times(2)}
CLICKS = {"/adgroups/0/optimization_goal": "CLICK", "/adgroups/0/pixel_id": GONE}
WHOSE = [f"{at}/advertiser_id" for at in ("/campaign", "/adgroups/0", "/adgroups/0/ads/0")]
ROW = {"/adgroups/0/adgroup_id": "1", "/adgroups/0/create_time": "2026-01-01 00:00:00"}
CAPPED = {"/adgroups/0/bid_type": "BID_TYPE_CUSTOM", "/adgroups/0/conversion_bid_price": 15}
MISNAMED = {**CAPPED, **TWO, "/adgroups/1/conversion_bid_price": GONE, "/adgroups/1/bid_price": 15}


@rule(
    "SPL402",
    "not-uniform-under-cbo",
    on=Tree,
    level="error",
    section=SECTION,
    basis="stated",
    fix="unsafe",
    since="0.1.0",
    supersedes={"SPL007": "place"},
    guard=varies(*(f"AdGroup.{name}" for name in UNDER_CBO)),
    examples=lambda: [
        bad(
            "another event",
            {**TWO, "/adgroups/1/optimization_event": "ADD_TO_CART"},
            at=["/adgroups/1/optimization_event"],
            fixed={"/adgroups/1/optimization_event": "COMPLETE_PAYMENT"},
        ),
        bad(
            "present against absent",
            {**TWO, "/adgroups/0/vbo_window": "SEVEN_DAYS"},
            at=["/adgroups/1"],
            fixed={"/adgroups/1/vbo_window": "SEVEN_DAYS"},
        ),
        bad(
            "two against one",
            {"/adgroups/0": times(3), "/adgroups/0/bid_price": 15},
            at=["/adgroups/0/bid_price"],
            fixed={"/adgroups/0/bid_price": GONE},
        ),
        bad(
            "a Cost Cap and its price",
            {"/adgroups/0": times(2), **CAPPED},
            at=["/adgroups/1", "/adgroups/1/bid_type"],
            fixed={"/adgroups/1/bid_type": "BID_TYPE_CUSTOM", "/adgroups/1/conversion_bid_price": 15},
        ),
        bad(
            "where SPL106 refuses what most hold, they deviate from what it takes",
            {
                "/adgroups/0": times(4),
                "/adgroups/0/bid_price": -1,
                "/adgroups/1/bid_price": -1,
                "/adgroups/2/bid_price": 5,
                "/adgroups/3/bid_price": 6,
            },
            beside=("SPL106",),
            at=["/adgroups/3/bid_price"],
            fixed={"/adgroups/3/bid_price": 5},
        ),
        good("what SPL106 refuses is its own", {**TWO, "/adgroups/0/bid_price": -1}, beside=("SPL106",)),
        bad(
            "what SPL007 warns of is followed by none",
            {"/adgroups/0": times(4), **{f"/adgroups/{at}/optimization_event": "SALE" for at in (0, 2, 3)}},
            beside=("SPL007",),
            at=[f"/adgroups/{at}/optimization_event" for at in (0, 2, 3)],
            fixed={f"/adgroups/{at}/optimization_event": "COMPLETE_PAYMENT" for at in (0, 2, 3)},
        ),
        bad(
            "where it warns of all, the first one counts",
            {**TWO, "/adgroups/0/optimization_event": "SALE", "/adgroups/1/optimization_event": "SOLD"},
            beside=("SPL007",),
            at=["/adgroups/1/optimization_event"],
            fixed={"/adgroups/1/optimization_event": "SALE"},
        ),
        good("15 equals 15.00", {**TWO, "/adgroups/0/bid_price": 15, "/adgroups/1/bid_price": 15.00}),
        good("a placeholder is nothing to compare", {**TWO, "/adgroups/1/optimization_event": "{{event}}"}),
        good("names differ as they like", {**TWO, "/adgroups/1/adgroup_name": "Others"}),
        bad(
            "a landing page goal, clicks elsewhere",
            {**TWO, "/adgroups/0/optimization_goal": "LANDING_PAGE", "/adgroups/1/optimization_goal": "CLICK"},
            at=["/adgroups/1/optimization_goal"],
            fixed={"/adgroups/1/optimization_goal": "LANDING_PAGE"},
        ),
        bad(
            "another goal than conversions",
            {**TWO, "/adgroups/1/optimization_goal": "CLICK"},
            at=["/adgroups/1/optimization_goal"],
            fixed={"/adgroups/1/optimization_goal": "CONVERT"},
        ),
        bad(
            "conversions elsewhere, and no pixel here",
            {**TWO, "/adgroups/0/pixel_id": GONE, "/adgroups/1/optimization_goal": "CLICK"},
            at=["/adgroups/1/optimization_goal"],
            fixed={},
        ),
        bad(
            "conversions elsewhere, and no event in either",
            {"/adgroups/0/optimization_event": GONE, **TWO, "/adgroups/1/optimization_goal": "CLICK"},
            at=["/adgroups/1/optimization_goal"],
            fixed={},
        ),
        bad(
            "clicks without a pixel elsewhere",
            {**TWO, **CLICKS},
            at=["/adgroups/1/optimization_goal"],
            fixed={},
        ),
        bad(
            "clicks elsewhere",
            {**CLICKS, **TWO, "/adgroups/1/optimization_goal": "CONVERT"},
            at=["/adgroups/1/optimization_goal"],
            fixed={"/adgroups/1/optimization_goal": "CLICK"},
        ),
        bad(
            "a goal that nobody knows elsewhere",
            {**TWO, "/adgroups/0/optimization_goal": "INSTALL"},
            at=["/adgroups/1/optimization_goal"],
            fixed={},
        ),
        bad(
            "another goal and another strategy",
            {**TWO, "/adgroups/1/optimization_goal": "CLICK", "/adgroups/1/deep_bid_type": "DEFAULT"},
            at=["/adgroups/1/optimization_goal", "/adgroups/1/deep_bid_type"],
            fixed={},
        ),
        bad(
            "another goal and no event",
            {
                "/adgroups/0/optimization_goal": "CLICK",
                **TWO,
                "/adgroups/1/optimization_goal": "CONVERT",
                "/adgroups/1/optimization_event": GONE,
            },
            at=["/adgroups/1", "/adgroups/1/optimization_goal"],
            fixed={},
        ),
        bad(
            "an event that conversions need",
            {**TWO, "/adgroups/0/optimization_event": GONE},
            at=["/adgroups/0"],
            fixed={"/adgroups/0/optimization_event": "COMPLETE_PAYMENT"},
        ),
        bad(
            "an event that value needs",
            {"/adgroups/0/optimization_goal": "VALUE", **TWO, "/adgroups/0/optimization_event": GONE},
            at=["/adgroups/0"],
            fixed={"/adgroups/0/optimization_event": "COMPLETE_PAYMENT"},
        ),
        bad(
            "no event under clicks",
            {"/adgroups/0/optimization_goal": "CLICK", **TWO, "/adgroups/0/optimization_event": GONE},
            at=["/adgroups/1/optimization_event"],
            fixed={"/adgroups/1/optimization_event": GONE},
        ),
        bad(
            "an event under clicks",
            {"/adgroups/0/optimization_goal": "CLICK", **TWO, "/adgroups/1/optimization_event": GONE},
            at=["/adgroups/1"],
            fixed={},
        ),
        bad(
            "a promotion",
            {**TWO, "/adgroups/1/promotion_type": "APP_ANDROID"},
            at=["/adgroups/1/promotion_type"],
            fixed={"/adgroups/1/promotion_type": "WEBSITE"},
        ),
        bad(
            "most promote what SPL201 refuses",
            {"/adgroups/0/promotion_type": "APP_ANDROID", **TWO, "/adgroups/1/promotion_type": "WEBSITE"},
            at=["/adgroups/1/promotion_type"],
            fixed={},
        ),
        bad(
            "a billing event",
            {**TWO, "/adgroups/1/billing_event": "CPC"},
            at=["/adgroups/1/billing_event"],
            fixed={"/adgroups/1/billing_event": "OCPM"},
        ),
        bad(
            "most bill what SPL203 refuses",
            {"/adgroups/0/billing_event": "CPC", **TWO, "/adgroups/1/billing_event": "OCPM"},
            at=["/adgroups/1/billing_event"],
            fixed={},
        ),
        bad(
            "a billing event of clicks, on which the profiles do not agree",
            {"/adgroups/0/optimization_goal": "CLICK", **TWO, "/adgroups/1/billing_event": "CPC"},
            at=["/adgroups/1/billing_event"],
            fixed={},
        ),
        bad(
            "a price of nothing elsewhere",
            {**TWO, "/adgroups/0/bid_price": 0, "/adgroups/1/bid_price": 15},
            at=["/adgroups/1/bid_price"],
            fixed={},
        ),
        bad(
            "a price below one elsewhere",
            {**TWO, "/adgroups/0/bid_price": 0.5, "/adgroups/1/bid_price": 15},
            at=["/adgroups/1/bid_price"],
            fixed={"/adgroups/1/bid_price": 0.5},
        ),
        bad(
            "a price that another one is renamed to",
            MISNAMED,
            at=["/adgroups/1", "/adgroups/1/bid_price"],
            fixed={},
        ),
        good("a price that SPL208 renames", MISNAMED, beside=("SPL208",)),
        bad(
            "a price that the goal takes",
            {"/adgroups/0/bid_type": "BID_TYPE_CUSTOM", **TWO, "/adgroups/1/conversion_bid_price": 15},
            at=["/adgroups/0"],
            fixed={"/adgroups/0/conversion_bid_price": 15},
        ),
        bad(
            "a price that maximum delivery does not use",
            {**TWO, "/adgroups/1/conversion_bid_price": 15},
            at=["/adgroups/1/conversion_bid_price"],
            fixed={"/adgroups/1/conversion_bid_price": GONE},
        ),
        bad(
            "a Cost Cap without a price elsewhere",
            {"/adgroups/0/bid_type": "BID_TYPE_CUSTOM", **TWO, "/adgroups/1/bid_type": "BID_TYPE_NO_BID"},
            at=["/adgroups/1/bid_type"],
            fixed={},
        ),
        bad(
            "a Cost Cap for no money elsewhere",
            {"/adgroups/0": times(2), **CAPPED, "/adgroups/0/conversion_bid_price": 0},
            at=["/adgroups/1", "/adgroups/1/bid_type"],
            fixed={},
        ),
        bad(
            "a Cost Cap below one elsewhere",
            {"/adgroups/0": times(2), **CAPPED, "/adgroups/0/conversion_bid_price": 0.5},
            at=["/adgroups/1", "/adgroups/1/bid_type"],
            fixed={"/adgroups/1/bid_type": "BID_TYPE_CUSTOM", "/adgroups/1/conversion_bid_price": 0.5},
        ),
        bad(
            "a Cost Cap elsewhere, a floor here",
            {"/adgroups/0": times(2), **CAPPED, "/adgroups/1/min_budget": 50},
            at=["/adgroups/1", "/adgroups/1/bid_type"],
            fixed={},
        ),
        bad(
            "a Cost Cap elsewhere, a lifetime budget",
            {"/adgroups/0": times(2), **CAPPED, "/campaign/budget_mode": "BUDGET_MODE_TOTAL"},
            at=["/adgroups/1", "/adgroups/1/bid_type"],
            fixed={},
        ),
        bad(
            "prices that nothing uses",
            {**TWO, "/adgroups/0/bid_price": 5, "/adgroups/1/bid_price": 6},
            beside=("SPL209",),
            at=["/adgroups/1/bid_price"],
            fixed={},
        ),
        bad(
            "a ROAS",
            {**TWO, "/adgroups/1/roas_bid": 2},
            at=["/adgroups/1/roas_bid"],
            fixed={"/adgroups/1/roas_bid": GONE},
        ),
        bad(
            "a ROAS elsewhere",
            {**TWO, "/adgroups/0/roas_bid": 2},
            at=["/adgroups/1"],
            fixed={"/adgroups/1/roas_bid": 2},
        ),
        bad(
            "a ROAS that its strategy takes",
            {"/adgroups/0/deep_bid_type": "VO_MIN_ROAS", **TWO, "/adgroups/1/roas_bid": 2},
            at=["/adgroups/0"],
            fixed={"/adgroups/0/roas_bid": 2},
        ),
        bad(
            "Minimum ROAS elsewhere", {**TWO, "/adgroups/0/deep_bid_type": "VO_MIN_ROAS"}, at=["/adgroups/1"], fixed={}
        ),
        bad(
            "Minimum ROAS elsewhere, a ROAS in both",
            {"/adgroups/0/roas_bid": 2, **TWO, "/adgroups/0/deep_bid_type": "VO_MIN_ROAS"},
            at=["/adgroups/1"],
            fixed={"/adgroups/1/deep_bid_type": "VO_MIN_ROAS"},
        ),
        good(
            "two spellings of one goal",
            {
                **TWO,
                "/adgroups/0/optimization_goal": "LANDING_PAGE",
                "/adgroups/1/optimization_goal": "TRAFFIC_LANDING_PAGE_VIEW",
            },
        ),
        good(
            "an update says what changes",
            {**TWO, "/adgroups/1/adgroup_id": "1", "/adgroups/1/optimization_event": GONE},
        ),
        good(
            "a row is what stands, and is not judged",
            {
                **TWO,
                "/adgroups/1/optimization_event": "ADD_TO_CART",
                "/adgroups/1/adgroup_id": "1",
                "/adgroups/1/create_time": "2026-01-01 00:00:00",
            },
        ),
        good("without CBO it is SPL403", {**TWO, "/adgroups/1/optimization_event": "ADD_TO_CART"}, base="no-cbo"),
        good("a deleted row", {**TWO, **ROW, "/adgroups/0/operation_status": "DELETE", "/adgroups/0/bid_price": 5}),
        good("a row may not show all", {**TWO, **ROW, "/adgroups/0/optimization_event": GONE}),
    ],
)
def not_uniform_under_cbo(tree: Tree) -> Iterator[Finding]:
    """With CBO on all ad groups of a campaign hold the same goal, event, billing and bid.

    The API refuses the ad group that deviates; every field listed must match exactly, present or absent.
    """
    if tree.campaign is not None and tree.campaign.cbo:
        yield from deviations(tree, UNDER_CBO, "with CBO on it must be the same in all of them")


@rule(
    "SPL403",
    "not-uniform-without-cbo",
    on=Tree,
    level="error",
    section=SECTION,
    basis="stated",
    fix="unsafe",
    since="0.1.0",
    supersedes={"SPL007": "place"},
    guard=varies(*(f"AdGroup.{name}" for name in (*ALWAYS, "budget_mode"))),
    examples=lambda: [
        bad(
            "another budget mode",
            {**TWO, "/adgroups/1/budget_mode": "BUDGET_MODE_TOTAL"},
            base="no-cbo",
            at=["/adgroups/1/budget_mode"],
            fixed={"/adgroups/1/budget_mode": DYNAMIC},
        ),
        bad(
            "another bid type",
            {**TWO, "/adgroups/1/bid_type": "BID_TYPE_CUSTOM"},
            base="no-cbo",
            at=["/adgroups/1/bid_type"],
            fixed={"/adgroups/1/bid_type": "BID_TYPE_NO_BID"},
        ),
        bad(
            "a Cost Cap, whose price is missing here",
            {"/adgroups/0": times(2), "/adgroups/0/bid_type": "BID_TYPE_CUSTOM"},
            base="no-cbo",
            at=["/adgroups/1/bid_type"],
        ),
        good("another event", {**TWO, "/adgroups/1/optimization_event": "ADD_TO_CART"}, base="no-cbo"),
        good("no budget mode is SPL212", {**TWO, "/adgroups/1/budget_mode": GONE}, base="no-cbo"),
        bad(
            "a lifetime budget elsewhere",
            {"/adgroups/0/budget_mode": "BUDGET_MODE_TOTAL", **TWO, "/adgroups/1/budget_mode": DYNAMIC},
            base="no-cbo",
            at=["/adgroups/1/budget_mode"],
            fixed={"/adgroups/1/budget_mode": "BUDGET_MODE_TOTAL"},
        ),
        bad(
            "a lifetime budget elsewhere, a continuous schedule here",
            {
                "/adgroups/0/budget_mode": "BUDGET_MODE_TOTAL",
                **TWO,
                "/adgroups/1/budget_mode": DYNAMIC,
                "/adgroups/1/schedule_type": "SCHEDULE_FROM_NOW",
            },
            base="no-cbo",
            at=["/adgroups/1/budget_mode"],
            fixed={},
        ),
        bad(
            "a lifetime budget elsewhere, a Cost Cap in both",
            {**CAPPED, "/adgroups/0/budget_mode": "BUDGET_MODE_TOTAL", **TWO, "/adgroups/1/budget_mode": DYNAMIC},
            base="no-cbo",
            at=["/adgroups/1/budget_mode"],
            fixed={},
        ),
        bad(
            "a lifetime budget elsewhere, a daily campaign",
            {
                "/campaign/budget_mode": "BUDGET_MODE_DAY",
                "/adgroups/0/budget_mode": "BUDGET_MODE_TOTAL",
                **TWO,
                "/adgroups/1/budget_mode": DYNAMIC,
            },
            base="no-cbo",
            at=["/adgroups/1/budget_mode"],
            fixed={},
        ),
        bad(
            "a mode that SPL211 refuses elsewhere",
            {"/adgroups/0/budget_mode": "BUDGET_MODE_DAY", **TWO, "/adgroups/1/budget_mode": DYNAMIC},
            base="no-cbo",
            at=["/adgroups/1/budget_mode"],
            fixed={},
        ),
        bad(
            "a Cost Cap and its price elsewhere",
            {"/adgroups/0": times(2), **CAPPED},
            base="no-cbo",
            at=["/adgroups/1/bid_type"],
            fixed={},
        ),
    ],
)
def not_uniform_without_cbo(tree: Tree) -> Iterator[Finding]:
    """Without CBO all ad groups of a campaign hold the same bid type, deep bid type, window and budget mode.

    Where the campaign is not in the run, all but the budget mode must agree either way.
    """
    cbo = tree.campaign.cbo if tree.campaign is not None else None
    if cbo is not True:
        yield from deviations(tree, ALWAYS, "it must be the same in all of them")
    if cbo is False:
        yield from deviations(tree, ["budget_mode"], "without CBO it must be the same in all of them")


@rule(
    "SPL405",
    "advertiser-mismatch",
    on=Tree,
    level="error",
    section=SECTION,
    basis="sanity",
    since="0.1.0",
    guard=several_advertisers(),
    examples=lambda: [
        bad(
            "an ad group of another advertiser",
            {"/adgroups/0/advertiser_id": "7000000000000000002"},
            at=["/adgroups/0/advertiser_id"],
        ),
        bad("a campaign of another one than all else", dict.fromkeys(WHOSE[1:], "8"), at=WHOSE[:1]),
        bad("three advertisers", {WHOSE[1]: "8", WHOSE[2]: "9"}, at=[WHOSE[2], WHOSE[1]]),
        good("named twice", {"/adgroups/0/advertiser_id": "7000000000000000001"}),
        bad(
            "a row stands for its advertiser",
            {**ROW, "/adgroups/0/advertiser_id": "7000000000000000002"},
            at=["/campaign/advertiser_id"],
        ),
        good(
            "rows of two advertisers",
            {
                **TWO,
                **ROW,
                "/adgroups/0/advertiser_id": "7000000000000000001",
                "/adgroups/1/adgroup_id": "2",
                "/adgroups/1/create_time": "2026-01-01 00:00:00",
                "/adgroups/1/advertiser_id": "7000000000000000002",
            },
        ),
    ],
)
def advertiser_mismatch(tree: Tree) -> Iterator[Finding]:
    """A campaign, its ad groups and their ads belong to one advertiser.

    Where all else is of one advertiser, the campaign alone is flagged.
    """
    named = [payload for payload in tree.payloads if payload.advertiser_id is not None]
    named.sort(key=lambda payload: (payload.kind != "row", payload is not tree.campaign, payload.order))
    first: Payload = named[0]
    if first.kind != "row" and len(named) > 2 and len({payload.advertiser_id for payload in named[1:]}) == 1:
        first = named[1]
    for payload in sorted(named, key=lambda payload: payload.order):
        if payload.advertiser_id != first.advertiser_id and payload.kind != "row":
            place = first.place("advertiser_id", f"the {first.noun}'s advertiser")
            yield payload.finding(
                "advertiser_id",
                f"advertiser_id {payload.advertiser_id} is not {first.advertiser_id}, the {first.noun}'s",
                "use one advertiser for the whole campaign",
                place,
            )


RULES = (not_uniform_under_cbo, not_uniform_without_cbo, advertiser_mismatch)
