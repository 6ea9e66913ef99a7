"""Bidding for value."""

from collections.abc import Iterator

from splint_guide.spelling import meant

from splint.payloads.nodes import AdGroup, Finding
from splint.reporting.wording import amount, either, term
from splint.rules.guard import given, holds, is_other
from splint.rules.rule import WEB_ONLY, bad, good, rule
from splint_reference.budget import DYNAMIC, WEB
from splint_reference.campaign import CREATE_AD_GROUP
from splint_reference.optimization import goal_of

SECTION = "Create an ad group"
STRATEGIES = ("VO_HIGHEST_VALUE", "VO_MIN_ROAS")
DEFAULT = "DEFAULT"
"""The strategy of any other goal."""
WINDOWS = ("SEVEN_DAYS", "ZERO_DAY")
BID_TYPE = "/adgroups/0/bid_type"
VALUE = {"/adgroups/0/optimization_goal": "VALUE", "/adgroups/0/deep_bid_type": "VO_HIGHEST_VALUE"}
ROAS = {
    **VALUE,
    "/adgroups/0/deep_bid_type": "VO_MIN_ROAS",
    "/adgroups/0/roas_bid": 2,
    "/adgroups/0/vbo_window": "ZERO_DAY",
}


@rule(
    "REF205",
    "value-bidding",
    on=AdGroup,
    level="error",
    section=SECTION,
    basis="reference",
    documents=(WEB, CREATE_AD_GROUP),
    supersedes={
        **dict.fromkeys(("REF002", "REF312", "SPL007", "SPL106", "SPL204", "SPL209", "SPL210"), "place"),
        **dict.fromkeys(("SPL402", "SPL403"), "place"),
        "REF106": "related",
    },
    fix="unsafe",
    since="0.1.0",
    guard=given("AdGroup.deep_bid_type", "AdGroup.roas_bid")
    | holds("AdGroup.optimization_goal", "VALUE")
    | is_other("AdGroup.deep_bid_type", *STRATEGIES, DEFAULT),
    misses=("AdGroup.deep_bid_type", "AdGroup.roas_bid"),
    campaigns=WEB_ONLY,
    examples=lambda: [
        bad(
            "a strategy that is none",
            {**VALUE, "/adgroups/0/deep_bid_type": "DEFAULT"},
            at=["/adgroups/0/deep_bid_type"],
        ),
        bad("a Cost Cap", {**VALUE, BID_TYPE: "BID_TYPE_CUSTOM"}, at=[BID_TYPE], fixed={}),
        bad(
            "maximum delivery in small letters",
            {**VALUE, BID_TYPE: "bid_type_no_bid"},
            at=[BID_TYPE],
            fixed={BID_TYPE: "BID_TYPE_NO_BID"},
        ),
        bad("a bid price", {**VALUE, "/adgroups/0/bid_price": 2}, at=["/adgroups/0/bid_price"]),
        bad("a ROAS out of range", {**ROAS, "/adgroups/0/roas_bid": 1000.01}, at=["/adgroups/0/roas_bid"]),
        bad("a ROAS for conversions", {"/adgroups/0/roas_bid": 2}, at=["/adgroups/0/roas_bid"]),
        bad(
            "a strategy for conversions", {"/adgroups/0/deep_bid_type": "VO_MIN_ROAS"}, at=["/adgroups/0/deep_bid_type"]
        ),
        bad("a window that is none", {**ROAS, "/adgroups/0/vbo_window": "TWO_DAYS"}, at=["/adgroups/0/vbo_window"]),
        bad(
            "a misspelt window",
            {**ROAS, "/adgroups/0/vbo_window": "ZERO_DAYS"},
            at=["/adgroups/0/vbo_window"],
            fixed={"/adgroups/0/vbo_window": "ZERO_DAY"},
        ),
        bad(
            "a misspelt strategy",
            {**VALUE, "/adgroups/0/deep_bid_type": "voHighestValue"},
            at=["/adgroups/0/deep_bid_type"],
            fixed={"/adgroups/0/deep_bid_type": "VO_HIGHEST_VALUE"},
        ),
        bad(
            "the default strategy in small letters",
            {"/adgroups/0/deep_bid_type": "default"},
            at=["/adgroups/0/deep_bid_type"],
            fixed={"/adgroups/0/deep_bid_type": "DEFAULT"},
        ),
        bad("a minimum ROAS of nothing", {**ROAS, "/adgroups/0/roas_bid": None}, at=["/adgroups/0"]),
        bad("no strategy", {"/adgroups/0/optimization_goal": "VALUE"}, at=["/adgroups/0"]),
        good("no strategy in an update", {"/adgroups/0/optimization_goal": "VALUE", "/adgroups/0/adgroup_id": "1"}),
        bad(
            "minimum ROAS of a lifetime budget",
            {**ROAS, "/campaign/budget_mode": "BUDGET_MODE_TOTAL"},
            at=["/adgroups/0/deep_bid_type"],
        ),
        good("highest value", VALUE),
        good("minimum ROAS", ROAS),
        good("the biggest ROAS", {**ROAS, "/adgroups/0/roas_bid": 1000}),
        bad(
            "a strategy for conversions", {"/adgroups/0/deep_bid_type": "VO_MIN_ROAS"}, at=["/adgroups/0/deep_bid_type"]
        ),
        bad("a window that is none", {**ROAS, "/adgroups/0/vbo_window": "ONE_DAY"}, at=["/adgroups/0/vbo_window"]),
        bad("minimum ROAS without one", {**ROAS, "/adgroups/0/roas_bid": None}, at=["/adgroups/0"]),
        bad(
            "a lifetime budget",
            {**ROAS, "/campaign/budget_mode": "BUDGET_MODE_TOTAL"},
            at=["/adgroups/0/deep_bid_type"],
        ),
        bad("a ROAS of nothing", {**ROAS, "/adgroups/0/roas_bid": 0.009}, at=["/adgroups/0/roas_bid"]),
        good("the smallest ROAS", {**ROAS, "/adgroups/0/roas_bid": 0.01}),
        good("a ROAS to come", {**ROAS, "/adgroups/0/roas_bid": "{{roas}}"}),
        good("a budget mode to come", {**ROAS, "/campaign/budget_mode": "{{mode}}"}),
        good("a strategy to come", {**VALUE, "/adgroups/0/deep_bid_type": "{{strategy}}"}),
        good("the default strategy for conversions", {"/adgroups/0/deep_bid_type": "DEFAULT"}),
        good("a goal that is misspelt is REF201", {**ROAS, "/adgroups/0/optimization_goal": "Value"}),
        good("an unknown goal", {"/adgroups/0/optimization_goal": "{{goal}}", "/adgroups/0/roas_bid": 2}),
        good("another objective is the cause", {"/adgroups/0/roas_bid": 2, "/campaign/objective_type": "REACH"}),
        good("an update says what changes", {**ROAS, "/adgroups/0/adgroup_id": "1", "/adgroups/0/roas_bid": None}),
    ],
)
def value_bidding(group: AdGroup) -> Iterator[Finding]:
    """Goal VALUE bids by a value strategy and no price, any other goal by neither strategy nor ROAS."""
    goal, strategy = goal_of(group), group.deep_bid_type
    if goal is None or not group.is_for_website:
        return
    if goal != "VALUE":
        yield from _for_value_alone(group, goal)
        return
    if group.is_create and group.lacks("deep_bid_type"):
        what = "deep_bid_type is missing: goal VALUE bids by a value strategy"
        help = f"add deep_bid_type: {either(STRATEGIES)}"
        yield group.missing(what, help, about="deep_bid_type", offers=STRATEGIES)
    elif strategy is not None and strategy not in STRATEGIES:
        what = f"deep_bid_type {term(strategy)} does not go with goal VALUE"
        help, fix, offers = meant(group, "deep_bid_type", strategy, STRATEGIES)
        yield group.finding("deep_bid_type", what, help, fix=fix, offers=offers)
    if group.bid_type not in (None, "BID_TYPE_NO_BID"):
        what = f"bid_type {term(group.bid_type)} does not go with goal VALUE"
        _, fix, _ = meant(group, "bid_type", group.bid_type, ("BID_TYPE_NO_BID",))
        yield group.finding("bid_type", what, "set it to BID_TYPE_NO_BID", fix=fix, offers=("BID_TYPE_NO_BID",))
    for name in ("bid_price", "conversion_bid_price"):
        if group.has(name):
            yield group.finding(name, f"{name} does not go with goal VALUE", "remove it")
    yield from _roas(group)


def _for_value_alone(group: AdGroup, goal: str) -> Iterator[Finding]:
    strategy = group.deep_bid_type
    if strategy not in (None, DEFAULT):
        _, fix, _ = meant(group, "deep_bid_type", strategy, (DEFAULT,))
        what = f"deep_bid_type {term(strategy)} is for goal VALUE, not {goal}"
        if strategy not in STRATEGIES:
            what = f"deep_bid_type {term(strategy)} is none that is known here, and goal {goal} takes DEFAULT alone"
        if fix:
            what = f"deep_bid_type {term(strategy)} is not DEFAULT, the only one that goes with goal {goal}"
        help, offers = ("write DEFAULT", (DEFAULT,)) if fix else ("remove it", ())
        yield group.finding("deep_bid_type", what, help, fix=fix, offers=offers)
    if group.has("roas_bid"):
        yield group.finding("roas_bid", f"roas_bid is for goal VALUE, not {goal}", "remove it")


def _roas(group: AdGroup) -> Iterator[Finding]:
    if group.vbo_window is not None and group.vbo_window not in WINDOWS:
        help, fix, offers = meant(group, "vbo_window", group.vbo_window, WINDOWS)
        what = f"vbo_window {term(group.vbo_window)} is none of {either(WINDOWS)}"
        yield group.finding("vbo_window", what, help, fix=fix, offers=offers)
    if group.holds("deep_bid_type") != "VO_MIN_ROAS":
        return
    mode, roas = group.governing_budget.mode, group.roas_bid
    if group.is_create and group.lacks("roas_bid"):
        what = "roas_bid is missing: VO_MIN_ROAS bids by it"
        yield group.missing(what, "add roas_bid, from 0.01 to 1000", about="roas_bid")
    elif roas is not None and not 0.01 <= roas <= 1000:
        yield group.finding("roas_bid", f"roas_bid {amount(roas)} is not from 0.01 to 1000", "set one that is")
    if mode not in (None, DYNAMIC) and group.has("deep_bid_type"):
        what = f"deep_bid_type VO_MIN_ROAS needs {DYNAMIC}, but the governing budget_mode is {mode}"
        yield group.finding("deep_bid_type", what, f"use {DYNAMIC}", *group.governing_place, offers=(DYNAMIC,))


@rule(
    "REF312",
    "seven-day-roas-window",
    on=AdGroup,
    level="warning",
    section=SECTION,
    basis="reference",
    since="0.1.0",
    guard=holds("AdGroup.optimization_goal", "VALUE") & holds("AdGroup.deep_bid_type", "VO_MIN_ROAS"),
    campaigns=WEB_ONLY,
    examples=lambda: [
        bad("seven days", {**ROAS, "/adgroups/0/vbo_window": "SEVEN_DAYS"}, at=["/adgroups/0/vbo_window"]),
        bad("seven days by default", {**ROAS, "/adgroups/0/vbo_window": None}, at=["/adgroups/0"]),
        good("the day itself", ROAS),
        good("a window that is none is REF205", {**ROAS, "/adgroups/0/vbo_window": "TWO_DAYS"}),
        good("no minimum", VALUE),
        good("an update says what changes", {**ROAS, "/adgroups/0/adgroup_id": "1", "/adgroups/0/vbo_window": None}),
        good("conversions", {"/adgroups/0/deep_bid_type": "VO_MIN_ROAS"}),
        good(
            "another objective is the cause",
            {**ROAS, "/adgroups/0/vbo_window": None, "/campaign/objective_type": "REACH"},
        ),
    ],
)
def seven_day_roas_window(group: AdGroup) -> Iterator[Finding]:
    """Minimum ROAS is measured on the day itself.

    Accounts have been refused in 2026 with "the day 7 target ROAS bidding strategy is no longer available"; the
    reference still lists the window of seven days, its default.
    """
    if not group.is_for_website:
        return
    refused = "accounts have been refused with it in 2026"
    if group.vbo_window == "SEVEN_DAYS":
        yield group.finding(
            "vbo_window",
            f"vbo_window {group.vbo_window} may be refused: {refused}",
            "set it to ZERO_DAY",
            offers=("ZERO_DAY",),
        )
    elif group.is_create and group.lacks("vbo_window"):
        yield group.missing(
            f"vbo_window is SEVEN_DAYS by default, which may be refused: {refused}",
            "add vbo_window ZERO_DAY",
            about="vbo_window",
            offers=("ZERO_DAY",),
        )


RULES = (value_bidding, seven_day_roas_window)
