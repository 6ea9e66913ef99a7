"""Optimization: goal, billing, pixel, event and attribution."""

from collections.abc import Iterator

from splint_guide.deviations import deviations
from splint_guide.optimization import PIXEL_NAMES
from splint_guide.spelling import meant

from splint.payloads.nodes import LANDING_PAGE_GOALS, AdGroup, Finding, Fix, Tree
from splint.reporting.wording import either, term
from splint.rules.guard import any_of, given, holds, is_, is_other, lacks, varies
from splint.rules.rule import GONE, WEB_ONLY, bad, good, rule, times
from splint_reference.budget import WEB
from splint_reference.campaign import CREATE_AD_GROUP

SECTION = "Create an ad group"
EVENTS_PAGE = 1739361474981889
LANDING = "TRAFFIC_LANDING_PAGE_VIEW"
GOALS = ("CLICK", "CONVERT", LANDING, "VALUE")
BILLED = ("CPC", "OCPM")
EVENTS = frozenset(
    {
        "ADD_BILLING",
        "CONSULT",
        "DOWNLOAD_START",
        "FORM",
        "INITIATE_ORDER",
        "ON_WEB_ADD_TO_WISHLIST",
        "ON_WEB_CART",
        "ON_WEB_DETAIL",
        "ON_WEB_REGISTER",
        "ON_WEB_SEARCH",
        "ON_WEB_SUBSCRIBE",
        "SHOPPING",
    }
)
LANDED_ON = "LANDING_PAGE_VIEW"
"""The event of the goal LANDING, and of no other one."""
DEPRECATED = frozenset({"BUTTON", "ON_WEB_ORDER"})
CLICK_WINDOWS = ("OFF", "ONE_DAY", "SEVEN_DAYS", "FOURTEEN_DAYS", "TWENTY_EIGHT_DAYS")
VIEW_WINDOWS = ("OFF", "ONE_DAY", "SEVEN_DAYS")
MINIS_WINDOWS = {"MINI_GAME": ("THIRTY_DAYS",), "MINI_APP": ("THIRTY_TWO_DAYS", "ONE_HUNDRED_EIGHTY_DAYS")}
"""The click windows that mini games and mini series take beside the others."""
ATTRIBUTION = {
    "click_attribution_window": CLICK_WINDOWS,
    "view_attribution_window": VIEW_WINDOWS,
    "engaged_view_attribution_window": VIEW_WINDOWS,
    "attribution_event_count": ("UNSET", "EVERY", "ONCE"),
}
WITH_AN_APP = ("FOURTEEN_DAYS", "TWENTY_EIGHT_DAYS")
"""The engaged windows that a website with an app takes beside the others."""
WEB_WINDOWS = {**ATTRIBUTION, "engaged_view_attribution_window": (*VIEW_WINDOWS, *WITH_AN_APP)}
"""All that some ad groups of web campaigns take."""
GOAL, BILLING, PIXEL, EVENT = (
    f"/adgroups/0/{name}" for name in ("optimization_goal", "billing_event", "pixel_id", "optimization_event")
)
LANDED = {GOAL: LANDING, PIXEL: GONE, EVENT: GONE}


def goal_of(group: AdGroup) -> str | None:
    """The goal in the reference's spelling; None when absent, unknown or none that there is: nothing hangs on that."""
    goal: str | None = group.holds("optimization_goal")
    if goal == "LANDING_PAGE":
        return LANDING
    return goal if goal in GOALS else None


def _or_conversions(group: AdGroup) -> tuple[str, tuple[str, ...]]:
    """The way out of goal CLICK, and its offers, where all else says conversions: OCPM, a pixel and an event."""
    is_for_conversions = goal_of(group) == "CLICK" and group.billing_event == "OCPM"
    if not (is_for_conversions and group.has("pixel_id") and group.has("optimization_event")):
        return "", ()
    return ", or set optimization_goal to CONVERT", ("optimization_goal", "CONVERT")


@rule(
    "REF201",
    "optimization-goal",
    on=AdGroup,
    level="error",
    section=SECTION,
    basis="reference",
    documents=(WEB,),
    replaces=("SPL202",),
    fix="safe",
    supersedes={**dict.fromkeys(("SPL007", "SPL402"), "place"), "REF106": "related"},
    since="0.1.0",
    guard=is_other("AdGroup.optimization_goal", *GOALS),
    campaigns=WEB_ONLY,
    examples=lambda: [
        bad(
            "the guide's spelling",
            {**LANDED, GOAL: "LANDING_PAGE"},
            at=[GOAL],
            fixed={GOAL: LANDING},
            is_safe=True,
        ),
        bad(
            "the guide's spelling, and another goal elsewhere",
            {
                "/adgroups/0": times(2),
                "/adgroups/1/optimization_goal": "LANDING_PAGE",
                "/adgroups/1/pixel_id": GONE,
                "/adgroups/1/optimization_event": GONE,
            },
            at=["/adgroups/1/optimization_goal"],
            fixed={"/adgroups/1/optimization_goal": LANDING},
            is_safe=True,
            beside=("SPL402",),
        ),
        bad("installs", {GOAL: "INSTALL"}, at=[GOAL]),
        bad("a goal in lower case", {GOAL: "convert"}, at=[GOAL], fixed={GOAL: "CONVERT"}),
        good("value", {GOAL: "VALUE"}),
        good("landing page views", LANDED),
        good("another objective is the cause", {GOAL: "INSTALL", "/campaign/objective_type": "REACH"}),
    ],
)
def optimization_goal(group: AdGroup) -> Iterator[Finding]:
    """optimization_goal is CLICK, CONVERT, TRAFFIC_LANDING_PAGE_VIEW or VALUE."""
    goal = group.optimization_goal
    if group.is_for_website:
        if goal == "LANDING_PAGE":
            what = (
                "optimization_goal LANDING_PAGE is the guide's spelling: the profile guide takes it, the API does not"
            )
            put = group.put("optimization_goal", LANDING)
            fix: Fix | None = Fix(f"set optimization_goal to {LANDING}", (put,), is_safe=True)
            found = group.finding("optimization_goal", what, f"write {LANDING}", fix=fix, offers=(LANDING,))
            yield found._replace(counts_as=LANDING)
        else:
            what = f"optimization_goal {term(goal or '')} is none of {either(GOALS)}"
            goals = ("CONVERT", *GOALS) if group.has("optimization_event") else GOALS  # no click takes an event
            help, fix, offers = meant(group, "optimization_goal", goal or "", dict.fromkeys(goals))
            yield group.finding("optimization_goal", what, help, fix=fix, offers=offers)


@rule(
    "REF202",
    "billing-event-for-goal",
    on=AdGroup,
    level="error",
    section=SECTION,
    basis="reference",
    documents=(CREATE_AD_GROUP,),
    replaces=("SPL203",),
    fix="safe",
    supersedes=dict.fromkeys(("SPL007", "SPL402"), "place"),
    since="0.1.0",
    guard=given("AdGroup.billing_event") & holds("AdGroup.optimization_goal", "CLICK")
    | is_("AdGroup.billing_event", "CPC")
    | is_other("AdGroup.billing_event", *BILLED),
    campaigns=WEB_ONLY,
    examples=lambda: [
        bad(
            "clicks billed by impressions",
            {GOAL: "CLICK", PIXEL: GONE, EVENT: GONE},
            at=[BILLING],
            fixed={BILLING: "CPC"},
            is_safe=True,
        ),
        bad(
            "clicks where all else says conversions",
            {GOAL: "CLICK"},
            at=[BILLING],
            fixed={BILLING: "CPC"},
            is_safe=True,
            beside=("REF203", "REF204"),
        ),
        bad("conversions billed by clicks", {BILLING: "CPC"}, at=[BILLING], fixed={BILLING: "OCPM"}, is_safe=True),
        good("a goal that is misspelt is REF201", {GOAL: "CLICKS", BILLING: "CPC"}),
        bad("no billing event at all, the goal misspelt", {GOAL: "CLICKS", BILLING: "CPM"}, at=[BILLING]),
        bad(
            "a misspelt one, the goal unknown",
            {GOAL: "{{goal}}", BILLING: "ocpm"},
            at=[BILLING],
            fixed={BILLING: "OCPM"},
        ),
        bad("no billing event at all, the goal unknown", {GOAL: "{{goal}}", BILLING: "CPM"}, at=[BILLING]),
        good("clicks billed by clicks", {GOAL: "CLICK", PIXEL: GONE, EVENT: GONE, BILLING: "CPC"}),
        good("conversions billed by impressions", {}),
        good("an unknown goal takes one of the two", {GOAL: "{{goal}}", BILLING: "CPC"}),
        bad(
            "landing page views by their other name",
            {**LANDED, GOAL: "LANDING_PAGE", BILLING: "CPC"},
            at=[BILLING],
            fixed={BILLING: "OCPM"},
            is_safe=True,
        ),
        good("an unknown goal billed by impressions", {GOAL: "{{goal}}"}),
        good("no billing event is SPL008", {BILLING: GONE}),
        good("another objective is the cause", {BILLING: "CPC", "/campaign/objective_type": "REACH"}),
    ],
)
def billing_event_for_goal(group: AdGroup) -> Iterator[Finding]:
    """CLICK is billed by CPC, every other goal by OCPM."""
    goal, event = goal_of(group), group.billing_event
    if event is None or not group.is_for_website:
        return
    allowed = BILLED if goal is None else ("CPC",) if goal == "CLICK" else ("OCPM",)
    if event not in allowed:
        hint = " (OCPM is what the profile guide takes)" if goal == "CLICK" and event == "OCPM" else ""
        what = f"billing_event {event} does not go with goal {goal or 'unknown'}{hint}"
        help, fix, offers = meant(group, "billing_event", event, allowed)
        or_else, others = _or_conversions(group)
        if len(allowed) == 1:
            setting = (group.put("billing_event", allowed[0]),)
            fix = Fix(f"set billing_event to {allowed[0]}", setting, is_safe=True)
        yield group.finding("billing_event", what, help + or_else, fix=fix, offers=(*offers, *others))


@rule(
    "REF203",
    "pixel-for-goal",
    on=AdGroup,
    level="error",
    section=SECTION,
    basis="reference",
    documents=(CREATE_AD_GROUP,),
    replaces=("SPL205", "SPL206"),
    since="0.1.0",
    guard=lacks("AdGroup.pixel_id") & holds("AdGroup.optimization_goal", "CONVERT", "VALUE")
    | given("AdGroup.pixel_id") & holds("AdGroup.optimization_goal", "CLICK", *LANDING_PAGE_GOALS),
    campaigns=WEB_ONLY,
    examples=lambda: [
        bad("conversions without one", {PIXEL: GONE}, at=["/adgroups/0"]),
        bad("clicks with one", {GOAL: "CLICK", EVENT: GONE, BILLING: "CPC"}, at=[PIXEL]),
        bad("landing page views with one", {**LANDED, PIXEL: "7100000000000000001"}, at=[PIXEL]),
        good("landing page views without", LANDED),
        bad("value without one", {GOAL: "VALUE", PIXEL: GONE}, at=["/adgroups/0"]),
        good("conversions with one", {}),
        good("an update says what changes", {PIXEL: GONE, "/adgroups/0/adgroup_id": "1"}),
        good("another objective is the cause", {PIXEL: GONE, "/campaign/objective_type": "REACH"}),
    ],
)
def pixel_for_goal(group: AdGroup) -> Iterator[Finding]:
    """CONVERT and VALUE name a pixel, CLICK and TRAFFIC_LANDING_PAGE_VIEW none."""
    goal = goal_of(group)
    if not group.is_for_website:
        return
    if group.is_create and group.lacks("pixel_id"):
        what = (
            f"pixel_id is missing: {goal} needs it, and conversions sent through the Events API hang on a pixel_id too"
        )
        yield group.missing(what, "add pixel_id", about="pixel_id")
    elif group.has("pixel_id"):
        hint = " (the profile guide asks for it)" if goal == LANDING else ""
        what, (or_else, offers) = f"pixel_id is not supported with goal {goal}{hint}", _or_conversions(group)
        yield group.finding("pixel_id", what, f"remove it{or_else}", offers=offers)


@rule(
    "REF204",
    "optimization-event",
    on=AdGroup,
    level="error",
    section=SECTION,
    basis="reference",
    documents=(EVENTS_PAGE, WEB),
    replaces=("SPL207",),
    fix="unsafe",
    supersedes=dict.fromkeys(("SPL007", "SPL402"), "place"),
    since="0.1.0",
    guard=lacks("AdGroup.optimization_event") & holds("AdGroup.optimization_goal", "CONVERT", "VALUE")
    | given("AdGroup.optimization_event") & holds("AdGroup.optimization_goal", "CLICK", "VALUE", *LANDING_PAGE_GOALS)
    | is_("AdGroup.optimization_event", LANDED_ON)
    | is_other("AdGroup.optimization_event", *sorted(EVENTS), LANDED_ON),
    campaigns=WEB_ONLY,
    examples=lambda: [
        bad("none", {EVENT: GONE}, at=["/adgroups/0"]),
        bad("the Pixel's own name", {EVENT: "COMPLETE_PAYMENT"}, at=[EVENT], fixed={EVENT: "SHOPPING"}),
        bad(
            "the Pixel's own name of a purchase, with goal VALUE",
            {GOAL: "VALUE", EVENT: "COMPLETE_PAYMENT"},
            at=[EVENT],
            fixed={EVENT: "SHOPPING"},
        ),
        bad(
            "the Pixel's own name, and another event elsewhere",
            {"/adgroups/0": times(2), EVENT: "COMPLETE_PAYMENT", "/adgroups/1/optimization_event": "FORM"},
            at=[EVENT],
            fixed={EVENT: "SHOPPING"},
            beside=("SPL402",),
        ),
        bad("a misspelt one", {EVENT: "SHOPING"}, at=[EVENT], fixed={EVENT: "SHOPPING"}),
        bad("the Pixel's own name, misspelt", {EVENT: "COMPLETE_PAYMNET"}, at=[EVENT], fixed={EVENT: "SHOPPING"}),
        bad("the Pixel's own name in camelCase", {EVENT: "CompletePayment"}, at=[EVENT], fixed={EVENT: "SHOPPING"}),
        bad("an event that is none", {EVENT: "SOLD"}, at=[EVENT]),
        bad("with clicks", {GOAL: "CLICK", PIXEL: GONE, BILLING: "CPC"}, at=[EVENT]),
        bad("value of something else", {GOAL: "VALUE", EVENT: "FORM"}, at=[EVENT]),
        bad("a deprecated one", {EVENT: "BUTTON"}, at=[EVENT], level="warning"),
        good("landing page views", {**LANDED, EVENT: "LANDING_PAGE_VIEW"}),
        good("value of purchases", {GOAL: "VALUE"}),
        bad("value without one", {GOAL: "VALUE", EVENT: GONE}, at=["/adgroups/0"]),
        bad("landing page views of something else", {**LANDED, EVENT: "SHOPPING"}, at=[EVENT], fixed={}),
        bad("an event that is none, the goal unknown", {GOAL: "{{goal}}", EVENT: "SOLD"}, at=[EVENT]),
        bad("landing page views as the event of conversions", {EVENT: "LANDING_PAGE_VIEW"}, at=[EVENT]),
        good("landing page views, the goal unknown", {GOAL: "{{goal}}", EVENT: "LANDING_PAGE_VIEW"}),
        good("landing page views without", LANDED),
        good("clicks without", {GOAL: "CLICK", PIXEL: GONE, EVENT: GONE, BILLING: "CPC"}),
        good("an update says what changes", {EVENT: GONE, "/adgroups/0/adgroup_id": "1"}),
        good("another objective is the cause", {EVENT: GONE, "/campaign/objective_type": "REACH"}),
    ],
)
def optimization_event(group: AdGroup) -> Iterator[Finding]:
    """optimization_event is one that the goal takes, in its name for ad creation."""
    goal, event = goal_of(group), group.optimization_event
    if not group.is_for_website:
        return
    if goal in ("CONVERT", "VALUE") and group.is_create and group.lacks("optimization_event"):
        what = f"optimization_event is missing: {goal} optimizes for one"
        yield group.missing(what, "add one, such as SHOPPING", about="optimization_event", offers=("SHOPPING",))
    elif goal == "CLICK" and group.has("optimization_event"):
        what, (or_else, offers) = "optimization_event is not taken with goal CLICK", _or_conversions(group)
        yield group.finding("optimization_event", what, f"remove it{or_else}", offers=offers)
    elif event is not None:
        yield from _event_fault(group, goal, event)


def _event_fault(group: AdGroup, goal: str | None, event: str) -> Iterator[Finding]:
    wanted = {LANDING: LANDED_ON, "VALUE": "SHOPPING"}.get(goal or "")
    known = (*sorted(EVENTS), *PIXEL_NAMES)
    from splint.schema.nearest import near_values  # few values are misspelt

    close = tuple(dict.fromkeys(PIXEL_NAMES.get(one, one) for one in near_values(event, known)))
    name = PIXEL_NAMES.get(event)
    new = close[0] if len(close) == 1 else None
    fix = Fix(f"set optimization_event to {new}", (group.put("optimization_event", new),)) if new else None
    if wanted is not None:
        if event != wanted:
            what = f"optimization_event {event} does not go with goal {goal}"
            fix = fix if new == wanted else None
            found = group.finding("optimization_event", what, f"set it to {wanted}", fix=fix, offers=(wanted,))
            yield found._replace(counts_as=name if name == wanted else None)
    elif event in DEPRECATED:
        what = f"optimization_event {event} is deprecated"
        yield group.finding("optimization_event", what, "use another event", level="warning")
    elif event not in EVENTS and not (goal is None and event == LANDED_ON):
        hint = ": it is the Pixel's own name, which the profile guide takes" if name else ""
        help = f"write {either(close)}" if close else f"use one of {', '.join(sorted(EVENTS))}"
        what = f"optimization_event {term(event)} is no event for ad creation{hint}"
        offers = close or sorted(EVENTS)
        yield group.finding("optimization_event", what, help, fix=fix, offers=offers)._replace(counts_as=name)


@rule(
    "REF211",
    "attribution-windows",
    on=AdGroup,
    level="error",
    section=SECTION,
    basis="reference",
    documents=(CREATE_AD_GROUP,),
    supersedes={"SPL007": "place"},
    fix="unsafe",
    since="0.1.0",
    guard=given(*(f"AdGroup.{name}" for name in ATTRIBUTION))
    | any_of(is_other(f"AdGroup.{name}", *values) for name, values in WEB_WINDOWS.items()),
    misses=("AdGroup.click_attribution_window", "AdGroup.view_attribution_window"),
    examples=lambda: [
        bad(
            "a click window alone",
            {"/adgroups/0/click_attribution_window": "ONE_DAY"},
            at=["/adgroups/0/click_attribution_window"],
        ),
        bad(
            "a view window that is none",
            {"/adgroups/0/click_attribution_window": "OFF", "/adgroups/0/view_attribution_window": "FOURTEEN_DAYS"},
            at=["/adgroups/0/view_attribution_window"],
        ),
        bad(
            "an engaged window alone",
            {"/adgroups/0/engaged_view_attribution_window": "OFF"},
            at=["/adgroups/0/engaged_view_attribution_window"],
        ),
        good(
            "both",
            {"/adgroups/0/click_attribution_window": "SEVEN_DAYS", "/adgroups/0/view_attribution_window": "ONE_DAY"},
        ),
        bad(
            "an engaged window, the click window alone beside it",
            {"/adgroups/0/click_attribution_window": "OFF", "/adgroups/0/engaged_view_attribution_window": "OFF"},
            at=["/adgroups/0/click_attribution_window"],
        ),
        good("a count alone", {"/adgroups/0/attribution_event_count": "ONCE"}),
        bad(
            "a count that is none",
            {"/adgroups/0/attribution_event_count": "TWICE"},
            at=["/adgroups/0/attribution_event_count"],
        ),
        bad(
            "a view window alone",
            {"/adgroups/0/view_attribution_window": "ONE_DAY"},
            at=["/adgroups/0/view_attribution_window"],
        ),
        bad(
            "a mini game's window",
            {"/adgroups/0/click_attribution_window": "THIRTY_DAYS", "/adgroups/0/view_attribution_window": "OFF"},
            at=["/adgroups/0/click_attribution_window"],
        ),
        good(
            "on a mini game",
            {
                "/promotion_type": "MINI_GAME",
                "/click_attribution_window": "THIRTY_DAYS",
                "/view_attribution_window": "OFF",
            },
            base="ad-group",
        ),
        good(
            "on a mini series",
            {
                "/promotion_type": "MINI_APP",
                "/click_attribution_window": "ONE_HUNDRED_EIGHTY_DAYS",
                "/view_attribution_window": "OFF",
            },
            base="ad-group",
        ),
        good(
            "a website with an app",
            {
                "/adgroups/0/app_config": [{"app_id": "7"}],
                "/adgroups/0/click_attribution_window": "SEVEN_DAYS",
                "/adgroups/0/view_attribution_window": "ONE_DAY",
                "/adgroups/0/engaged_view_attribution_window": "TWENTY_EIGHT_DAYS",
            },
        ),
    ],
)
def attribution_windows(group: AdGroup) -> Iterator[Finding]:
    """Click and view windows stand together, and hold documented values.

    Mini games and mini series have longer click windows, a website with an app longer engaged ones.
    """
    more = {"click_attribution_window": MINIS_WINDOWS.get(group.holds("promotion_type") or "", ())}
    if group.has("app_config"):
        more["engaged_view_attribution_window"] = WITH_AN_APP
    for name, documented in ATTRIBUTION.items():
        values = (*documented, *more.get(name, ()))
        value = getattr(group, name)
        if value is not None and value not in values:
            help, fix, offers = meant(group, name, value, values)
            yield group.finding(name, f"{name} {term(value)} is none of {either(values)}", help, fix=fix, offers=offers)
    names = list(ATTRIBUTION)[:3]
    given = [name for name in names if group.says(name)]
    own = [name for name in given if group.has(name)]
    if own and not {*names[:2]} <= {*given}:
        absent = [name for name in names[:2] if name not in given]
        missing = either(absent, "and")
        yield group.finding(own[0], f"{own[0]} stands without {missing}", f"add {missing}, or remove it", offers=absent)


@rule(
    "REF401",
    "custom-conversion-not-uniform",
    on=Tree,
    level="error",
    section="Web Campaigns",
    basis="reference",
    documents=(WEB,),
    since="0.1.0",
    guard=varies("AdGroup.custom_conversion_id"),
    examples=lambda: [
        bad(
            "another",
            {"/adgroups/0/custom_conversion_id": "1", "/adgroups/0": times(2), "/adgroups/1/custom_conversion_id": "2"},
            at=["/adgroups/1/custom_conversion_id"],
        ),
        bad(
            "present against absent",
            {"/adgroups/0": times(2), "/adgroups/0/custom_conversion_id": "1"},
            at=["/adgroups/1"],
        ),
        good("the same", {"/adgroups/0/custom_conversion_id": "1", "/adgroups/0": times(2)}),
        good("no CBO", {"/adgroups/0": times(2), "/adgroups/0/custom_conversion_id": "1"}, base="no-cbo"),
    ],
)
def custom_conversion_not_uniform(tree: Tree) -> Iterator[Finding]:
    """With CBO on all ad groups of a campaign hold the same custom_conversion_id."""
    if tree.campaign is not None and tree.campaign.cbo:
        for finding in deviations(tree, ["custom_conversion_id"], "with CBO on it must be the same in all of them"):
            yield finding._replace(fix=None)  # an ID belongs to what it stands in


RULES = (
    optimization_goal,
    billing_event_for_goal,
    pixel_for_goal,
    optimization_event,
    attribution_windows,
    custom_conversion_not_uniform,
)
