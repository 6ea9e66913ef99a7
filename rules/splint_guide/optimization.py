"""Optimization: promotion, goal, billing, pixel and event."""

from collections.abc import Iterator

from splint.payloads.nodes import FOREIGN_TO_AD_GROUPS, LANDING_PAGE_GOALS, AdGroup, Finding, Fix
from splint.reporting.wording import either, term
from splint.rules.guard import is_, is_other, lacks
from splint.rules.rule import GONE, WEB_ONLY, bad, good, rule
from splint.schema.vocabulary import WEB
from splint_guide.spelling import meant

SECTION = "Optimization"
GOALS = ("CONVERT", "LANDING_PAGE", "CLICK")
PIXEL_NAMES = {
    "ADD_PAYMENT_INFO": "ADD_BILLING",
    "ADD_TO_CART": "ON_WEB_CART",
    "ADD_TO_WISHLIST": "ON_WEB_ADD_TO_WISHLIST",
    "COMPLETE_PAYMENT": "SHOPPING",
    "COMPLETE_REGISTRATION": "ON_WEB_REGISTER",
    "CONTACT": "CONSULT",
    "DOWNLOAD": "DOWNLOAD_START",
    "INITIATE_CHECKOUT": "INITIATE_ORDER",
    "PURCHASE": "SHOPPING",
    "SEARCH": "ON_WEB_SEARCH",
    "SUBMIT_FORM": "FORM",
    "SUBSCRIBE": "ON_WEB_SUBSCRIBE",
    "VIEW_CONTENT": "ON_WEB_DETAIL",
}
"""The Pixel's own event names, as the guide writes them, with their names for ad creation."""


@rule(
    "SPL201",
    "promotion-type-not-website",
    on=AdGroup,
    level="error",
    section=SECTION,
    basis="stated",
    fix="unsafe",
    supersedes={"SPL402": "place"},
    since="0.1.0",
    guard=is_other("AdGroup.promotion_type", "WEBSITE"),
    campaigns={"web", "other"},
    examples=lambda: [
        bad(
            "an app promotion",
            {"/campaign/sales_destination": "WEBSITE", "/adgroups/0/promotion_type": "APP_ANDROID"},
            at=["/adgroups/0/promotion_type"],
            fixed={"/adgroups/0/promotion_type": "WEBSITE"},
        ),
        good("a website", {"/adgroups/0/promotion_type": "WEBSITE"}),
        bad(
            "an app promotion seen alone gets no fix: its campaign may be another one",
            {"/promotion_type": "APP_ANDROID"},
            base="ad-group",
            objectives=(WEB,),
            at=["/promotion_type"],
            fixed={},
        ),
        bad(
            "beside an app there is no fix",
            {"/adgroups/0/promotion_type": "APP_ANDROID", "/adgroups/0/app_id": "1"},
            at=["/adgroups/0/promotion_type"],
            fixed={},
        ),
        good(
            "another objective is the cause",
            {"/campaign/objective_type": "APP_PROMOTION", "/adgroups/0/promotion_type": "APP_ANDROID"},
        ),
        *(
            good(
                f"an app, and nobody knows where the campaign sells: {value}",
                {"/campaign/sales_destination": value, "/adgroups/0/promotion_type": "APP_ANDROID"},
            )
            for value in ("app", "{{destination}}", 1)
        ),
        bad(
            "a lead form, wherever the campaign sells",
            {"/campaign/sales_destination": "{{destination}}", "/adgroups/0/promotion_type": "LEAD_GENERATION"},
            at=["/adgroups/0/promotion_type"],
        ),
        good(
            "seen alone, and the settings list other objectives",
            {"/promotion_type": "APP_ANDROID"},
            base="ad-group",
            objectives=(WEB, "APP_PROMOTION"),
        ),
    ],
)
def promotion_type_not_website(group: AdGroup) -> Iterator[Finding]:
    """promotion_type is WEBSITE.

    Web Conversions sends people to a website and nowhere else. The fix is there under a web campaign of the run
    only. With the profile reference a campaign that does not say where it sells is none if an ad group of it promotes
    an app.
    """
    scope = group.tree.scope
    if scope.kind == "other" and (scope.is_of_campaign or group.run.objectives != (WEB,)):
        return
    fix, foreign = None, [name for name in FOREIGN_TO_AD_GROUPS if group.has(name)]
    is_of_app = group.promotes_app or group.says("app_id")
    may_be_of_app = (
        is_of_app and group.run.profile == "reference" and group.tree.may_be_of_app
    )  # the guide has no field
    if scope.is_of_campaign and not foreign and not may_be_of_app:
        fix = Fix("set promotion_type to WEBSITE", (group.put("promotion_type", "WEBSITE"),))
    yield group.finding(
        "promotion_type",
        f"promotion_type {group.promotion_type} is not WEBSITE, the only one for Web Conversions",
        "set it to WEBSITE"
        + (f" and remove {either(foreign, 'and')}" if foreign else "")
        + (", or add sales_destination APP or WEB_AND_APP to the campaign if it sells an app" if may_be_of_app else "")
        + ("" if scope.is_of_campaign else ", or list its objective in the setting objectives"),
        fix=fix,
        offers=("WEBSITE", *foreign, *(("sales_destination", "APP", "WEB_AND_APP") if may_be_of_app else ())),
    )


@rule(
    "SPL202",
    "optimization-goal-not-supported",
    on=AdGroup,
    level="error",
    section=SECTION,
    basis="stated",
    fix="unsafe",
    supersedes=dict.fromkeys(("SPL007", "SPL402"), "place"),
    since="0.1.0",
    guard=is_other("AdGroup.optimization_goal", *GOALS, "TRAFFIC_LANDING_PAGE_VIEW"),
    campaigns=WEB_ONLY,
    examples=lambda: [
        bad("installs", {"/adgroups/0/optimization_goal": "INSTALL"}, at=["/adgroups/0/optimization_goal"]),
        bad("value", {"/adgroups/0/optimization_goal": "VALUE"}, at=["/adgroups/0/optimization_goal"]),
        bad(
            "a goal in lower case",
            {"/adgroups/0/optimization_goal": "convert"},
            at=["/adgroups/0/optimization_goal"],
            fixed={"/adgroups/0/optimization_goal": "CONVERT"},
        ),
        good("clicks", {"/adgroups/0/optimization_goal": "CLICK"}),
        good("the API's own spelling of LANDING_PAGE", {"/adgroups/0/optimization_goal": "TRAFFIC_LANDING_PAGE_VIEW"}),
        good(
            "another objective is the cause",
            {"/campaign/objective_type": "REACH", "/adgroups/0/optimization_goal": "INSTALL"},
        ),
        good("no goal is SPL008", {"/adgroups/0/optimization_goal": GONE}),
    ],
)
def optimization_goal_not_supported(group: AdGroup) -> Iterator[Finding]:
    """optimization_goal is CONVERT, LANDING_PAGE or CLICK.

    TRAFFIC_LANDING_PAGE_VIEW, as the API itself spells it, is LANDING_PAGE.
    """
    goal = group.optimization_goal or ""
    help, fix, offers = meant(group, "optimization_goal", goal, (*GOALS, "TRAFFIC_LANDING_PAGE_VIEW"))
    yield group.finding(
        "optimization_goal",
        f"optimization_goal {term(goal)} is not supported for Web Conversions"
        + (" (the profile reference takes it)" if goal == "VALUE" else ""),
        help,
        fix=fix,
        offers=offers,
    )


@rule(
    "SPL203",
    "billing-event-not-ocpm",
    on=AdGroup,
    level="error",
    section=SECTION,
    basis="stated",
    fix="safe",
    supersedes=dict.fromkeys(("SPL007", "SPL402"), "place"),
    since="0.1.0",
    guard=is_other("AdGroup.billing_event", "OCPM"),
    campaigns=WEB_ONLY,
    examples=lambda: [
        bad(
            "a price per click",
            {"/adgroups/0/billing_event": "CPC"},
            at=["/adgroups/0/billing_event"],
            fixed={"/adgroups/0/billing_event": "OCPM"},
            is_safe=True,
        ),
        bad(
            "a price per click, and clicks as the goal",
            {"/adgroups/0/billing_event": "CPC", "/adgroups/0/optimization_goal": "CLICK"},
            at=["/adgroups/0/billing_event"],
            fixed={"/adgroups/0/billing_event": "OCPM"},
        ),
        good("OCPM", {"/adgroups/0/billing_event": "OCPM"}),
        good(
            "another objective is the cause", {"/campaign/objective_type": "REACH", "/adgroups/0/billing_event": "CPC"}
        ),
    ],
)
def billing_event_not_ocpm(group: AdGroup) -> Iterator[Finding]:
    """billing_event is OCPM.

    It is the only billing event of Web Conversions. The fix is safe with a conversion or landing page goal only: the
    reference takes CPC for clicks.
    """
    is_safe = group.holds("optimization_goal") in ("CONVERT", *LANDING_PAGE_GOALS)
    yield group.finding(
        "billing_event",
        f"billing_event {group.billing_event} is not OCPM, the only one for Web Conversions"
        + (" (the profile reference takes CPC with goal CLICK)" if group.billing_event == "CPC" else ""),
        "set it to OCPM",
        fix=Fix("set billing_event to OCPM", (group.put("billing_event", "OCPM"),), is_safe),
        offers=("OCPM",),
    )


@rule(
    "SPL205",
    "pixel-missing",
    on=AdGroup,
    level="error",
    section=SECTION,
    basis="stated",
    since="0.1.0",
    requests={"create"},
    guard=is_("AdGroup.optimization_goal", "CONVERT") & lacks("AdGroup.pixel_id"),
    campaigns=WEB_ONLY,
    examples=lambda: [
        bad("conversions without a pixel", {"/adgroups/0/pixel_id": GONE}, at=["/adgroups/0"]),
        good("a placeholder is a pixel to come", {"/adgroups/0/pixel_id": "YOUR_PIXEL_ID"}),
        good("clicks need none", {"/adgroups/0/pixel_id": GONE, "/adgroups/0/optimization_goal": "CLICK"}),
        good("an update says what changes", {"/adgroups/0/adgroup_id": "1", "/adgroups/0/pixel_id": GONE}),
        good("another objective is the cause", {"/campaign/objective_type": "REACH", "/adgroups/0/pixel_id": GONE}),
    ],
)
def pixel_missing(group: AdGroup) -> Iterator[Finding]:
    """An ad group that optimizes for conversions names its pixel.

    Conversions sent through the Events API hang on a pixel_id too.
    """
    yield group.missing(
        "pixel_id is missing: CONVERT needs it, and conversions sent through the Events API hang on a pixel_id too",
        "add pixel_id",
        about="pixel_id",
    )


@rule(
    "SPL206",
    "landing-page-needs-pixel",
    on=AdGroup,
    level="error",
    section="Common errors: LANDING_PAGE goal without Pixel",
    basis="stated",
    facts=("event_sources",),
    since="0.1.0",
    guard=is_("AdGroup.optimization_goal", *LANDING_PAGE_GOALS),
    misses=["AdGroup.pixel_id"],
    campaigns=WEB_ONLY,
    examples=lambda: [
        bad(
            "no pixel",
            {"/adgroups/0/optimization_goal": "LANDING_PAGE", "/adgroups/0/pixel_id": GONE},
            at=["/adgroups/0/optimization_goal"],
        ),
        bad(
            "Events API alone",
            {"/adgroups/0/optimization_goal": "LANDING_PAGE"},
            facts={"event_sources": ["events_api"]},
            at=["/adgroups/0/optimization_goal"],
        ),
        bad(
            "Events API alone, and no pixel",
            {"/adgroups/0/optimization_goal": "LANDING_PAGE", "/adgroups/0/pixel_id": GONE},
            facts={"event_sources": ["events_api"]},
            at=["/adgroups/0/optimization_goal"],
        ),
        good(
            "a pixel",
            {"/adgroups/0/optimization_goal": "LANDING_PAGE"},
            facts={"event_sources": ["pixel", "events_api"]},
        ),
        good(
            "no source at all is SPL601", {"/adgroups/0/optimization_goal": "LANDING_PAGE"}, facts={"event_sources": []}
        ),
        good(
            "an update says what changes",
            {
                "/adgroups/0/adgroup_id": "1",
                "/adgroups/0/optimization_goal": "LANDING_PAGE",
                "/adgroups/0/pixel_id": GONE,
            },
        ),
        good(
            "another objective is the cause",
            {
                "/campaign/objective_type": "REACH",
                "/adgroups/0/optimization_goal": "LANDING_PAGE",
                "/adgroups/0/pixel_id": GONE,
            },
        ),
        good("conversions", {"/adgroups/0/pixel_id": GONE}),
    ],
)
def landing_page_needs_pixel(group: AdGroup) -> Iterator[Finding]:
    """The goal LANDING_PAGE has a Pixel as event source.

    An Events-API-only setup does not see landing page views.
    """
    goal, sources = group.optimization_goal, group.fact("event_sources")
    if sources and "pixel" not in sources and all(isinstance(source, str) for source in sources):
        yield group.finding(
            "optimization_goal",
            f"optimization_goal {goal} needs a Pixel, and the only event source is the Events API",
            "set up a Pixel, or use CONVERT or CLICK",
            offers=("CONVERT", "CLICK"),
        )
    elif group.is_create and group.lacks("pixel_id"):
        yield group.finding(
            "optimization_goal",
            f"optimization_goal {goal} needs a Pixel, and pixel_id is missing",
            "add pixel_id, or use CONVERT or CLICK",
            offers=("pixel_id", "CONVERT", "CLICK"),
        )


@rule(
    "SPL207",
    "optimization-event-missing",
    on=AdGroup,
    level="error",
    section=SECTION,
    basis="stated",
    supersedes={"SPL402": "place"},
    since="0.1.0",
    requests={"create"},
    guard=is_("AdGroup.optimization_goal", "CONVERT") & lacks("AdGroup.optimization_event"),
    campaigns=WEB_ONLY,
    examples=lambda: [
        bad("conversions of which event?", {"/adgroups/0/optimization_event": ""}, at=["/adgroups/0"]),
        good("clicks need none", {"/adgroups/0/optimization_event": GONE, "/adgroups/0/optimization_goal": "CLICK"}),
        good("an update says what changes", {"/adgroups/0/adgroup_id": "1", "/adgroups/0/optimization_event": GONE}),
        good(
            "another objective is the cause",
            {"/campaign/objective_type": "REACH", "/adgroups/0/optimization_event": GONE},
        ),
        good("an event", {}),
    ],
)
def optimization_event_missing(group: AdGroup) -> Iterator[Finding]:
    """An ad group that optimizes for conversions says for which event.

    Such as COMPLETE_PAYMENT or INITIATE_CHECKOUT.
    """
    yield group.missing(
        "optimization_event is missing: CONVERT optimizes for one",
        "add the Pixel event to optimize for, such as COMPLETE_PAYMENT",
        about="optimization_event",
        offers=("COMPLETE_PAYMENT",),
    )


RULES = (
    promotion_type_not_website,
    optimization_goal_not_supported,
    billing_event_not_ocpm,
    pixel_missing,
    landing_page_needs_pixel,
    optimization_event_missing,
)
