"""Values: what TikTok's own SDK takes in ids and enumerated fields."""

from collections.abc import Iterator
from typing import Any

from splint_guide.optimization import PIXEL_NAMES
from splint_guide.spelling import GUIDES, enumerated, meant

from splint.payloads.invalid_fields import NotDecimal, PlaceholderLeft
from splint.payloads.nodes import Ad, AdGroup, Campaign, Finding, Payload
from splint.reporting.wording import counted, spelled, term
from splint.rules.example import Example
from splint.rules.guard import is_, undocumented
from splint.rules.rule import bad, good, rule, times
from splint.schema.kinds import INT64
from splint.schema.placeholders import is_bare_word
from splint.schema.values import VALUES
from splint.schema.vocabulary import WEB
from splint_reference.campaign import CREATE_AD, CREATE_AD_GROUP
from splint_reference.creatives import FORMATS
from splint_reference.optimization import ATTRIBUTION

SECTION = "Values"
OF_OTHER_RULES = frozenset(
    {
        *("Campaign.objective_type", "Campaign.budget_mode", "Campaign.campaign_type", "Campaign.catalog_type"),
        *("Campaign.special_industries", "Action.action_scene", "Deeplink.deeplink_type"),
        *("Targeting.household_income", "Targeting.operating_systems", "Targeting.spc_audience_age"),
        *("Targeting.spending_power", *(f"AdGroup.{name}" for name in ATTRIBUTION)),
    }
)
"""Fields with a rule of their own, whether or not it is selected."""
OF_OTHER_RULES_ON_THE_WEB = frozenset(
    {
        *("Campaign.campaign_app_profile_page_state", "AdGroup.optimization_goal", "AdGroup.optimization_event"),
        *("AdGroup.bid_type", "AdGroup.billing_event", "AdGroup.deep_bid_type", "AdGroup.promotion_target_type"),
    }
)
"""Fields with one in web campaigns."""
JUDGED = {field: values for field, values in VALUES.items() if field not in OF_OTHER_RULES}
GROUP, AD = "/adgroups/0", "/adgroups/0/ads/0"
SPEC, CONFIG = f"{GROUP}/targeting_spec", f"{AD}/ad_configuration"
LABELS, FORMAT = f"{AD}/call_to_action_list", f"{AD}/creative_list/0/creative_info/ad_format"
GROUP_FIELDS = """
    deep_funnel_event_source deep_funnel_optimization_event deep_funnel_optimization_status messaging_app_type
    product_source promotion_website_type vbo_window zalo_id_type targeting_spec/actions/0/video_user_actions/0
    targeting_spec/app_targeting_type targeting_spec/network_types/0
"""
AD_FIELDS = """
    ad_configuration/auto_disclaimer_types/0 ad_configuration/creative_auto_enhancement_strategy_list/0
    ad_configuration/dark_post_status ad_configuration/end_card_cta ad_configuration/fallback_type
    ad_configuration/product_display_field_list/0 ad_configuration/product_specific_type
    call_to_action_list/0/call_to_action creative_list/0/creative_info/aigc_disclosure_type
"""
CAMPAIGN_FIELDS = """
    app_promotion_type bid_align_type postback_window_mode
"""
"""Where the judged fields of a campaign lie, one an example of REF002."""
GROUP_FIELDS_OFF_THE_WEB = "billing_event deep_bid_type optimization_event optimization_goal promotion_target_type"
LEAD = {"/campaign/objective_type": "LEAD_GENERATION", f"{GROUP}/promotion_type": "LEAD_GENERATION"}


def _holding(path: str) -> Any:
    """An object with a value at a path that its field does not take."""
    held: Any = "NONE_OF_THEM"
    for step in reversed(path.split("/")):
        held = [held] if step == "0" else {step: held}
    return held


def _each(what: str, home: str, fields: str, **beside: str) -> Example:
    """An example of objects that each have another field's value wrong: a guard without that field is noticed."""
    paths = fields.split()
    places = [f"{home}/{index}/{path}" for index, path in enumerate(paths)]
    return bad(f"each field of {what}", {home: [{**_holding(path), **beside} for path in paths]}, at=places)


@rule(
    "REF001",
    "id-not-decimal",
    on=(NotDecimal, PlaceholderLeft),
    level="error",
    section=SECTION,
    basis="reference",
    documents=(CREATE_AD_GROUP, CREATE_AD),
    supersedes=dict.fromkeys(("SPL010", "SPL405", "REF203"), "place"),
    since="0.1.0",
    examples=lambda: [
        bad("a Pixel's code", {f"{GROUP}/pixel_id": "C4A1B2D3E4F5"}, at=[f"{GROUP}/pixel_id"]),
        bad("a country's name", {f"{SPEC}/location_ids": ["6252001", "France"]}, at=[f"{SPEC}/location_ids/1"]),
        bad(
            "a country's code, which is no placeholder", {f"{SPEC}/location_ids/0": "US"}, at=[f"{SPEC}/location_ids/0"]
        ),
        bad("an id with blanks", {"/campaign/advertiser_id": "7000 1"}, at=["/campaign/advertiser_id"]),
        bad("zero", {f"{GROUP}/pixel_id": "0"}, at=[f"{GROUP}/pixel_id"]),
        bad("beyond 64 bits", {f"{GROUP}/pixel_id": "9223372036854775808"}, at=[f"{GROUP}/pixel_id"]),
        good("the last of 64 bits", {f"{GROUP}/pixel_id": "9223372036854775807"}),
        good("zeros before its digits", {f"{GROUP}/pixel_id": "007100000000000000001"}),
        bad("an update", {"/campaign_id": "spring"}, base="ad-group", at=["/campaign_id"]),
        bad(
            "the ids of a status request",
            text='{"endpoint": "/v1.3/smart_plus/adgroup/status/update/", "body": {"adgroup_ids": ["1", "two"]}}',
            at=["/body/adgroup_ids/1"],
        ),
        bad(
            "the ad of an appeal",
            text='{"endpoint": "/v1.3/smart_plus/ad/appeal/", "body": {"smart_plus_ad_id": "abc"}}',
            at=["/body/smart_plus_ad_id"],
        ),
        good("a placeholder", {f"{GROUP}/pixel_id": "{{pixel_id}}"}),
        good("a placeholder of a template", {f"{GROUP}/pixel_id": "{pixel_id}"}),
        good("a placeholder of capitals", {f"{GROUP}/pixel_id": "YOUR_PIXEL_ID"}),
        good("what CloudFormation fills in", {f"{GROUP}/pixel_id": {"Ref": "Pixel"}}),
        good("a placeholder that is no id", {"/campaign/campaign_name": "{{name}}"}),
        good("an identity is named by any text", {f"{CONFIG}": {"identity_id": "an-identity"}}),
    ],
)
def id_not_decimal(violation: NotDecimal | PlaceholderLeft) -> Iterator[Finding]:
    """An id that TikTok takes as a number holds the decimal digits of a signed 64-bit integer above zero.

    TikTok's own SDK refuses another one before it is sent: a Pixel's code, a country's name, an id with blanks.
    """
    value = violation.value
    if isinstance(violation, PlaceholderLeft) and not (
        violation.takes is INT64 and isinstance(value, str) and is_bare_word(value)
    ):
        return
    why = "no decimal digits of a 64-bit number"
    if value.isascii() and value.isdigit():
        why = "more than a signed 64-bit number holds" if value.strip("0") else "which is not above zero"
    yield violation.finding(f"{violation.field} is {spelled(value)}, {why}", "write the id, in digits")


@rule(
    "REF002",
    "value-not-in-the-api",
    on=(Campaign, AdGroup, Ad),
    level="error",
    section=SECTION,
    basis="reference",
    documents=(CREATE_AD_GROUP, CREATE_AD),
    supersedes=dict.fromkeys(("SPL007", "SPL402", "SPL403"), "place"),
    fix="unsafe",
    since="0.1.0",
    guard=undocumented(*JUDGED) | is_("CreativeInfo.ad_format", "CAROUSEL"),
    examples=lambda: [
        bad(
            "a misspelt call to action",
            {LABELS: [{"call_to_action": "SHOP_NWO"}]},
            at=[f"{LABELS}/0/call_to_action"],
            fixed={LABELS: [{"call_to_action": "SHOP_NOW"}]},
        ),
        bad(
            "a call to action in camelCase",
            {LABELS: [{"call_to_action": "LEARN_MORE"}, {"call_to_action": "shopNow"}]},
            at=[f"{LABELS}/1/call_to_action"],
            fixed={f"{LABELS}/1/call_to_action": "SHOP_NOW"},
        ),
        bad("a label that is none", {LABELS: [{"call_to_action": "Buy!"}]}, at=[f"{LABELS}/0/call_to_action"]),
        *(
            bad(
                f"a lead campaign's goal {goal}",
                {**LEAD, f"{GROUP}/optimization_goal": goal},
                at=[f"{GROUP}/optimization_goal"],
                fixed={f"{GROUP}/optimization_goal": fixed} if fixed else {},
            )
            for goal, fixed in (("PURCHASE", ""), ("FOLLOW", ""), ("LEAD", "LEAD_GENERATION"))
        ),
        *(
            bad(
                f"a lead campaign's bid type {kind}",
                {**LEAD, f"{GROUP}/bid_type": kind},
                at=[f"{GROUP}/bid_type"],
                fixed={f"{GROUP}/bid_type": fixed} if fixed else {},
            )
            for kind, fixed in (("LOWEST_COST", "BID_TYPE_NO_BID"), ("COST_CAP", "BID_TYPE_CUSTOM"), ("FOO", ""))
        ),
        bad(
            "a lead campaign's bid type, and another one elsewhere",
            {**LEAD, f"{GROUP}/bid_type": "LOWEST_COST", GROUP: times(2), "/adgroups/1/bid_type": "COST_CAP"},
            at=[f"{GROUP}/bid_type", "/adgroups/1/bid_type"],
            fixed={f"{GROUP}/bid_type": "BID_TYPE_NO_BID", "/adgroups/1/bid_type": "BID_TYPE_CUSTOM"},
            beside=("SPL402",),
        ),
        good(
            "a bid type of a web campaign, whatever it promotes",
            {f"{GROUP}/promotion_type": "APP_IOS", f"{GROUP}/bid_type": "FOO"},
            beside=("SPL201", "SPL204"),
        ),
        bad(
            "an end card's",
            {f"{CONFIG}": {"end_card_cta": "SHOP-NOW"}},
            at=[f"{CONFIG}/end_card_cta"],
            fixed={f"{CONFIG}/end_card_cta": "SHOP_NOW"},
        ),
        bad(
            "the Pixel's own name of an event, for what is no website",
            {f"{GROUP}/promotion_type": "APP_IOS", f"{GROUP}/optimization_event": "CompletePayment"},
            at=[f"{GROUP}/optimization_event"],
            fixed={f"{GROUP}/optimization_event": "SHOPPING"},
            beside=("SPL201",),
        ),
        *(
            bad(
                f"the Pixel's own name {name} of an event, in {kind}",
                {**edits, f"{GROUP}/optimization_event": name},
                at=[f"{GROUP}/optimization_event"],
                fixed={f"{GROUP}/optimization_event": fixed} if fixed else {},
            )
            for kind, edits, name, fixed in (
                ("a lead campaign", LEAD, "COMPLETE_REGISTRATION", "ON_WEB_REGISTER"),
                ("a catalog campaign", {"/campaign/catalog_enabled": True}, "COMPLETE_PAYMENT", "SHOPPING"),
                ("an app campaign", {"/campaign/objective_type": "APP_PROMOTION"}, "COMPLETE_PAYMENT", ""),
            )
        ),
        bad(
            "a value that the endpoint refuses",
            {f"{GROUP}/messaging_app_type": "TikTok"},
            at=[f"{GROUP}/messaging_app_type"],
            level="warning",
        ),
        *(
            bad(
                f"a {kind} campaign's carousel in the guide's spelling",
                {**edits, FORMAT: "CAROUSEL"},
                at=[FORMAT],
                fixed={FORMAT: "CAROUSEL_ADS"},
                level="warning",
                beside=("REF303",),
            )
            for kind, edits in (("lead", LEAD), ("catalog", {"/campaign/catalog_enabled": True}))
        ),
        good("the guide's spelling on the web is REF302", {FORMAT: "CAROUSEL"}, beside=("REF302", "REF303")),
        bad(
            "an entry of a list",
            {f"{SPEC}/network_types": ["WIFI", "6G"], f"{GROUP}/targeting_optimization_mode": "MANUAL"},
            at=[f"{SPEC}/network_types/1"],
        ),
        bad(
            "the pace of an update",
            {"/adgroup_id": "1", "/pacing": "PACING_MODE_SLOW"},
            base="ad-group",
            at=["/pacing"],
        ),
        bad(
            "an enhancement",
            {f"{CONFIG}": {"creative_auto_enhancement_strategy_list": ["IMAGE_QUALITY", "SOUND"]}},
            at=[f"{CONFIG}/creative_auto_enhancement_strategy_list/1"],
        ),
        _each("an ad group", "/adgroups", GROUP_FIELDS),
        _each("an ad group for leads", "/adgroups", GROUP_FIELDS_OFF_THE_WEB, promotion_type="LEAD_GENERATION"),
        *(
            bad(f"a lead campaign's {field}", {**LEAD, f"/campaign/{field}": "NONE"}, at=[f"/campaign/{field}"])
            for field in ("sales_destination", "campaign_app_profile_page_state")
        ),
        bad(
            "a budget mode, nobody knows of CBO",
            {"/campaign/budget_optimize_on": "{{cbo}}", f"{GROUP}/budget_mode": "BUDGET_MODE_WEEK"},
            at=[f"{GROUP}/budget_mode"],
        ),
        good("a budget mode alone is SPL007", {"/budget_mode": "budget_mode_day"}, base="ad-group", beside=("SPL007",)),
        _each("an ad", f"{GROUP}/ads", AD_FIELDS),
        *(
            bad(f"a campaign's {field}", {"/campaign": _holding(field)}, at=[f"/campaign/{field}"])
            for field in CAMPAIGN_FIELDS.split()
        ),
        good(
            "values that are documented", {LABELS: [{"call_to_action": "SHOP_NOW"}, {"call_to_action": "LEARN_MORE"}]}
        ),
        good("an objective's other destination", {"/campaign/sales_destination": "WEB_AND_APP"}),
        good(
            "a campaign for TikTok Minis",
            {"/campaign/objective_type": "APP_PROMOTION", "/campaign/app_promotion_type": "MINIS"},
        ),
        good(
            "the value of ads in an app",
            {
                "/promotion_type": "MINI_GAME",
                "/optimization_event": "AD_REVENUE_VALUE",
            },
            base="ad-group",
        ),
        good(
            "an app's event that only the reference lists",
            {"/promotion_type": "APP_IOS", "/app_id": "7", "/optimization_event": "SPEND_CREDITS"},
            base="ad-group",
        ),
        good("an age that the reference spells so", {f"{SPEC}/spc_audience_age": "18+"}),
        good("no word on AI, of a new ad", {f"{AD}/creative_list/0/creative_info/aigc_disclosure_type": "UNSET"}),
        bad(
            "no word on AI, of an ad that is updated",
            {"/smart_plus_ad_id": "1", "/creative_list/0/creative_info/aigc_disclosure_type": "UNSET"},
            base="ad",
            at=["/creative_list/0/creative_info/aigc_disclosure_type"],
            level="warning",
        ),
        good("a placeholder", {LABELS: [{"call_to_action": "{{label}}"}]}),
        good("another rule's field", {f"{GROUP}/optimization_goal": "CONVERTS"}, beside=("REF201",)),
        good("the guide's spelling", {"/optimization_goal": "LANDING_PAGE", "/app_id": "1"}, base="ad-group"),
    ],
)
def value_not_in_the_api(payload: Payload) -> Iterator[Finding]:
    """An enumerated field holds a value that TikTok's own SDK takes.

    A value that the SDK knows, and that it says the endpoint refuses, is a warning. Fields with a rule of their own are
    left to it. The ad groups of a campaign are compared by the one value that a misspelt one stands for.
    """
    for path, field, value in enumerated(payload, JUDGED):
        values = JUDGED[field]
        taken = values.taken(is_new=payload.is_create)
        if value in taken or value in GUIDES.get(field, ()) or _is_of_other_rule(payload, field):
            continue
        of = field.partition(".")[2]
        if value in values.invalid or value in values.only_new:
            what, level = f"{of} {term(value)} is a value that the API knows, and does not take here", "warning"
        else:
            what, level = f"{of} {term(value)} is none of the API's {counted(len(taken), 'value')}", None
        words = PIXEL_NAMES if of == "optimization_event" and _is_of_pixel(payload) else {}
        help, fix, offers = meant(payload, path, value, taken, words)
        found = payload.finding(path, what, help, level=level, fix=fix, offers=offers)
        yield found._replace(counts_as=fix.operations[0].value if fix else None)
    if isinstance(payload, Ad) and payload.tree.scope.kind != "web":  # there it is REF302
        yield from _carousels(payload)


def _carousels(ad: Ad) -> Iterator[Finding]:
    """The guide's spelling of a format, which is documented, and which the API knows and does not take."""
    for creative in ad.creatives:
        if (info := creative.info) is not None and info.ad_format == "CAROUSEL":
            help, fix, offers = meant(info, "ad_format", "CAROUSEL", FORMATS, {"CAROUSEL": "CAROUSEL_ADS"})
            what = "ad_format CAROUSEL is a value that the API knows, and does not take here"
            yield info.finding("ad_format", what, help, level="warning", fix=fix, offers=offers)


def _is_of_pixel(payload: Payload) -> bool:
    """Whether an ad group's events are those of a Pixel: it is of a web campaign, or promotes no app."""
    is_of_app = isinstance(payload, AdGroup) and (payload.promotes_app or payload.has("minis_id"))
    return payload.tree.scope.kind == "web" or not (is_of_app or payload.tree.scope.is_of_app)


def _is_of_other_rule(payload: Payload, field: str) -> bool:
    """Whether a field has a rule of its own in a payload's campaign."""
    if field == "Campaign.sales_destination":
        return bool(payload.holds("objective_type") == WEB)
    is_of_web = payload.tree.scope.kind == "web" and field in OF_OTHER_RULES_ON_THE_WEB
    if not isinstance(payload, AdGroup) or field == "AdGroup.bid_type":
        return is_of_web
    if field == "AdGroup.budget_mode":
        return not payload.campaign_is_known or payload.cbo is not None
    return is_of_web and payload.is_for_website


RULES = (id_not_decimal, value_not_in_the_api)
