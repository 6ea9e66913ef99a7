"""Campaigns, and what campaigns and ad groups have in common: request ids, names, values."""

import re
from collections.abc import Iterator
from functools import cache

from splint_guide.spelling import meant

from splint.payloads.nodes import Ad, AdGroup, Campaign, Finding, Fix, Payload
from splint.reporting.wording import either, spelled, term, with_article
from splint.rules.guard import any_of, given, holds, is_, is_other, lacks, unusual
from splint.rules.rule import GONE, bad, good, rule
from splint.schema.usual import NAME_LENGTH, is_int64
from splint.schema.vocabulary import DESTINATIONS

SECTION = "Create a campaign"
CREATE_CAMPAIGN, CREATE_AD_GROUP, CREATE_AD = 1843312852800706, 1843314887930946, 1843317390059522
VALUES = {
    "campaign_type": ("REGULAR_CAMPAIGN", "IOS14_CAMPAIGN"),
    "catalog_type": ("ECOMMERCE", "TRAVEL_ENTERTAINMENT", "MINI_SERIES"),
}
FIXED_DAILY = "BUDGET_MODE_DAY"
UPDATE = "/v1.3/smart_plus/campaign/update/"
OWN = '"advertiser_id": "7", "campaign_id": "2"'
ROW_OF_WEB = (
    f'{{{OWN}, "objective_type": "WEB_CONVERSIONS", "sales_destination": "WEBSITE", '
    '"create_time": "2026-01-01 00:00:00"}'
)
INDUSTRIES = ("HOUSING", "EMPLOYMENT", "CREDIT")
EMOJI = (
    "\u231a-\u231b\u23e9-\u23ec\u23f0\u23f3\u25fd-\u25fe\u2614-\u2615\u2648-\u2653\u267f\u2693\u26a1\u26aa-\u26ab"
    "\u26bd-\u26be\u26c4-\u26c5\u26ce\u26d4\u26ea\u26f2-\u26f3\u26f5\u26fa\u26fd\u2705\u270a-\u270b\u2728\u274c\u274e"
    "\u2753-\u2755\u2757\u2795-\u2797\u27b0\u27bf\u2b1b-\u2b1c\u2b50\u2b55\U0001f004\U0001f0cf\U0001f18e"
    "\U0001f191-\U0001f19a\U0001f1e6-\U0001f1ff\U0001f201\U0001f21a\U0001f22f\U0001f232-\U0001f236"
    "\U0001f238-\U0001f23a\U0001f250-\U0001f251\U0001f300-\U0001f320\U0001f32d-\U0001f335\U0001f337-\U0001f37c"
    "\U0001f37e-\U0001f393\U0001f3a0-\U0001f3ca\U0001f3cf-\U0001f3d3\U0001f3e0-\U0001f3f0\U0001f3f4"
    "\U0001f3f8-\U0001f43e\U0001f440\U0001f442-\U0001f4fc\U0001f4ff-\U0001f53d\U0001f54b-\U0001f54e"
    "\U0001f550-\U0001f567\U0001f57a\U0001f595-\U0001f596\U0001f5a4\U0001f5fb-\U0001f64f\U0001f680-\U0001f6c5"
    "\U0001f6cc\U0001f6d0-\U0001f6d2\U0001f6d5-\U0001f6d9\U0001f6dc-\U0001f6df\U0001f6eb-\U0001f6ec"
    "\U0001f6f4-\U0001f6fc\U0001f7e0-\U0001f7eb\U0001f7f0\U0001f90c-\U0001f93a\U0001f93c-\U0001f945"
    "\U0001f947-\U0001f9ff\U0001fa70-\U0001fa7c\U0001fa80-\U0001fac6\U0001fac8\U0001facc-\U0001fadd"
    "\U0001fadf-\U0001faeb\U0001faef-\U0001fafa"
)
"""The characters with the Unicode property Emoji_Presentation (Unicode 17), flags' letters among them."""


@cache
def emoji() -> re.Pattern[str]:
    """A character with emoji presentation, a keycap, or any character followed by U+FE0F: all that is shown as one.

    That is both letters of a flag, the skin tone, and what U+200D joins, as in a family.
    """
    flag = "[\U0001f1e6-\U0001f1ff]{2}|\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f"
    tone = "[\U0001f3fb-\U0001f3ff]"
    one = rf"(?:{flag}|[0-9#*]\ufe0f?\u20e3|(?:[{EMOJI}]|.(?=\ufe0f)|[^\w\s](?={tone}))\ufe0f?{tone}?)"
    return re.compile(rf"{one}(?:\u200d(?:{one}|[^\w\s]))*", re.DOTALL)


@cache
def _wide() -> re.Pattern[str]:
    """Han, Hiragana and Katakana, half-width forms included."""
    return re.compile(
        "[\u2e80-\u2fd5\u3005\u3007\u3021-\u3029\u3038-\u303b\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fd-\u30ff"
        "\u31f0-\u31ff\u32d0-\u32fe\u3300-\u3357\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufad9\uff66-\uff6f\uff71-\uff9d"
        "\U0001b000-\U0001b122\U00020000-\U000323af]"
    )


def unless(finding: Finding, node: Payload, known: str) -> Finding:
    """A finding that holds unless a known thing is so: a warning where nothing says of which kind the campaign is."""
    if not node.tree.scope.is_assumed:
        return finding
    return finding._replace(help=f"{finding.help}, unless {known}: nothing here says so", level="warning")


@rule(
    "REF101",
    "request-id-missing",
    on=(Campaign, AdGroup),
    level="error",
    section=SECTION,
    basis="reference",
    documents=(CREATE_CAMPAIGN, CREATE_AD_GROUP),
    since="0.1.0",
    requests={"create"},
    guard=lacks("Campaign.request_id", "AdGroup.request_id") | unusual("Campaign.request_id", "AdGroup.request_id"),
    examples=lambda: [
        bad("no request_id", {"/campaign/request_id": GONE}, at=["/campaign"]),
        bad("not a number", {"/adgroups/0/request_id": "a1"}, at=["/adgroups/0/request_id"]),
        bad("zero", {"/campaign/request_id": "0"}, at=["/campaign/request_id"]),
        bad("too big for 64 bits", {"/campaign/request_id": "9223372036854775808"}, at=["/campaign/request_id"]),
        good("the biggest", {"/campaign/request_id": "9223372036854775807"}),
        good("a placeholder", {"/campaign/request_id": "{{request_id}}"}),
        good("a template file without it", {"/request_id": GONE}, base="ad-group", is_template=True),
        bad("other digits", {"/campaign/request_id": "\u0661"}, at=["/campaign/request_id"]),
        good("zeros before its digits", {"/campaign/request_id": "01770000000000000001"}),
        good("the smallest", {"/campaign/request_id": "1"}),
        good("an update takes none", {"/campaign/campaign_id": "1", "/campaign/request_id": GONE}),
    ],
)
def request_id_missing(payload: Campaign | AdGroup) -> Iterator[Finding]:
    """A campaign or ad group create request has a request_id.

    The decimal string of a signed 64-bit integer above zero: of several requests with one id only one succeeds.
    """
    help = "use the decimal string of a 64-bit integer above zero"
    text = payload.request_id
    if payload.lacks("request_id") and not payload.is_template:
        yield payload.missing(
            f"request_id is missing: creating {with_article(payload.noun)} takes one",
            help,
            about="request_id",
        )
    elif text is not None and not is_int64(text):
        yield payload.finding("request_id", f"request_id {spelled(text)} is no signed 64-bit integer above zero", help)


@rule(
    "REF102",
    "sales-destination",
    on=Campaign,
    level="error",
    section=SECTION,
    basis="reference",
    documents=(CREATE_CAMPAIGN,),
    fix="unsafe",
    supersedes={"SPL007": "place"},
    since="0.1.0",
    guard=holds("Campaign.objective_type", "WEB_CONVERSIONS")
    & (lacks("Campaign.sales_destination") | is_other("Campaign.sales_destination", *DESTINATIONS)),
    examples=lambda: [
        bad(
            "none",
            {"/campaign/sales_destination": GONE},
            at=["/campaign"],
            fixed={"/campaign/sales_destination": "WEBSITE"},
        ),
        bad(
            "another",
            {"/campaign/sales_destination": "SHOP"},
            at=["/campaign/sales_destination"],
            fixed={},
        ),
        bad(
            "none, above an ad group of an app",
            {"/campaign/sales_destination": GONE, "/adgroups/0/promotion_type": "APP_IOS"},
            at=["/campaign"],
            fixed={},
        ),
        bad(
            "none, above an ad group that names an app",
            {"/campaign/sales_destination": GONE, "/adgroups/0/promotion_type": GONE, "/adgroups/0/app_id": "1"},
            at=["/campaign"],
            fixed={},
        ),
        bad(
            "none, on a campaign that names an app",
            {"/campaign/sales_destination": GONE, "/campaign/app_id": "1"},
            at=["/campaign"],
            fixed={},
            beside=("SPL101",),
        ),
        bad(
            "none, above an ad group of leads",
            {"/campaign/sales_destination": GONE, "/adgroups/0/promotion_type": "LEAD_GENERATION"},
            at=["/campaign"],
            fixed={"/campaign/sales_destination": "WEBSITE"},
            beside=("SPL201",),
        ),
        bad(
            "a misspelt one",
            {"/campaign/sales_destination": "WEB_AND_APPS"},
            at=["/campaign/sales_destination"],
            fixed={"/campaign/sales_destination": "WEB_AND_APP"},
        ),
        bad(
            "a misspelt website, on a campaign that names an app",
            {"/campaign/sales_destination": "WEBSITES", "/campaign/app_id": "1"},
            at=["/campaign/sales_destination"],
            fixed={},
        ),
        good("an app", {"/campaign/sales_destination": "APP"}),
        good("another objective", {"/campaign/sales_destination": GONE, "/campaign/objective_type": "REACH"}),
        good("an update says what changes", {"/campaign/campaign_id": "1", "/campaign/sales_destination": GONE}),
        good("a destination to come", {"/campaign/sales_destination": "{{destination}}"}),
    ],
)
def sales_destination(campaign: Campaign) -> Iterator[Finding]:
    """A WEB_CONVERSIONS campaign says where it sells.

    WEBSITE is the one that fits promotion_type WEBSITE. The fix adds it where neither the campaign nor an ad group
    promotes an app, and takes no misspelt destination for it where the campaign names one.
    """
    value = campaign.sales_destination
    is_of_app = campaign.tree.scope.is_of_app or campaign.says("app_id")
    taken = tuple(one for one in DESTINATIONS if one != "WEBSITE" or not is_of_app)
    if campaign.is_create and campaign.lacks("sales_destination"):
        what = "sales_destination is missing: WEB_CONVERSIONS needs it"
        fix = None
        if taken == DESTINATIONS and not campaign.tree.may_be_of_app:
            fix = Fix("set sales_destination to WEBSITE", (campaign.put("sales_destination", "WEBSITE"),))
        help = "add sales_destination WEBSITE"
        if fix is None:
            help = "add sales_destination APP, or WEB_AND_APP to sell on a website too"
        named = ("APP", "WEB_AND_APP") if fix is None else ("WEBSITE",)
        yield campaign.missing(what, help, about="sales_destination", fix=fix, offers=named)
    elif value is not None:
        help, fix, offers = meant(campaign, "sales_destination", value, taken)
        what = f"sales_destination {term(value)} is none of {either(DESTINATIONS)}"
        yield campaign.finding("sales_destination", what, help, fix=fix, offers=offers)


@rule(
    "REF103",
    "name-not-acceptable",
    on=(Campaign, AdGroup, Ad),
    level="error",
    section=SECTION,
    basis="reference",
    documents=(CREATE_CAMPAIGN, CREATE_AD_GROUP, CREATE_AD),
    since="0.1.0",
    guard=unusual("Campaign.campaign_name", "AdGroup.adgroup_name", "Ad.ad_name"),
    examples=lambda: [
        bad("513 characters", {"/campaign/campaign_name": "a" * 513}, at=["/campaign/campaign_name"]),
        bad("257 Han characters", {"/campaign/campaign_name": "春" * 257}, at=["/campaign/campaign_name"]),
        bad("an emoji", {"/adgroups/0/adgroup_name": "Sale \U0001f525"}, at=["/adgroups/0/adgroup_name"]),
        bad("a keycap", {"/adgroups/0/ads/0/ad_name": "1\ufe0f\u20e3"}, at=["/adgroups/0/ads/0/ad_name"]),
        bad(
            "511 characters and a Han one",
            {"/campaign/campaign_name": "a" * 511 + "春"},
            at=["/campaign/campaign_name"],
        ),
        good("512 characters", {"/campaign/campaign_name": "a" * 512}),
        good("257 Han characters on an ad group", {"/adgroups/0/adgroup_name": "春" * 257}),
        good("signs that are no emoji", {"/campaign/campaign_name": "Sale © ™ ®"}),
    ],
)
def name_not_acceptable(payload: Payload) -> Iterator[Finding]:
    """A name has at most 512 characters and no emoji.

    In the names of campaigns and ads each Han, Hiragana or Katakana character counts two.
    """
    name = getattr(payload, payload.name_field)
    if name is None:
        return
    length = len(name)
    if not name.isascii():
        if not isinstance(payload, AdGroup):
            length += len(_wide().findall(name))
        if match := emoji().search(name):
            what = f"{payload.name_field} contains the emoji {match.group()}"
            yield payload.finding(payload.name_field, what, "write the name without it")
            return
    if length > NAME_LENGTH:
        what = f"{payload.name_field} counts {length} characters, more than {NAME_LENGTH}"
        yield payload.finding(payload.name_field, what, f"shorten it by {length - NAME_LENGTH}")


@rule(
    "REF107",
    "campaign-value-not-documented",
    on=Campaign,
    level="error",
    section=SECTION,
    basis="reference",
    documents=(CREATE_CAMPAIGN,),
    supersedes={"SPL007": "place"},
    fix="unsafe",
    since="0.1.0",
    guard=any_of(is_other(f"Campaign.{name}", *values) for name, values in VALUES.items())
    | is_other("Campaign.special_industries", *INDUSTRIES)
    | given("Campaign.app_id", "Campaign.campaign_app_profile_page_state")
    | is_("Campaign.campaign_type", "IOS14_CAMPAIGN"),
    examples=lambda: [
        bad("a type that is none", {"/campaign/campaign_type": "SMART"}, at=["/campaign/campaign_type"]),
        bad(
            "an industry that is none",
            {"/campaign/special_industries": ["CREDIT", "CARS"]},
            at=["/campaign/special_industries/1"],
        ),
        bad(
            "a misspelt industry",
            {"/campaign/special_industries": ["HOUSNG"]},
            at=["/campaign/special_industries/0"],
            fixed={"/campaign/special_industries": ["HOUSING"]},
        ),
        bad(
            "a misspelt type",
            {"/campaign/campaign_type": "REGULAR_CAMPAING"},
            at=["/campaign/campaign_type"],
            fixed={"/campaign/campaign_type": "REGULAR_CAMPAIGN"},
        ),
        bad("an app on a web campaign", {"/campaign/app_id": "7"}, at=["/campaign/app_id"]),
        good("an app on a campaign that sells in it", {"/campaign/app_id": "7", "/campaign/sales_destination": "APP"}),
        good(
            "an app on a campaign whose objective nobody knows",
            {"/campaign/app_id": "7", "/campaign/objective_type": "CONVERSIONS"},
            beside=("SPL101",),
        ),
        bad(
            "an app on a campaign without an objective",
            {"/campaign/app_id": "7", "/campaign/objective_type": GONE},
            at=["/campaign/app_id"],
            beside=("SPL008",),
        ),
        good(
            "an app on a campaign whose objective is to come",
            {"/campaign/app_id": "7", "/campaign/objective_type": "{{objective}}"},
        ),
        bad(
            "an app in the update of a web campaign",
            text=f'[{ROW_OF_WEB}, {{"endpoint": "{UPDATE}", "body": {{{OWN}, "app_id": "7"}}}}]',
            at=["/1/body/app_id"],
        ),
        bad(
            "an app's page in the update of what stands as a web campaign",
            text=f'{{"endpoint": "{UPDATE}", "body": {{{OWN}, "campaign_app_profile_page_state": "ON"}}, '
            '"current": {"objective_type": "WEB_CONVERSIONS"}}',
            at=["/body/campaign_app_profile_page_state"],
        ),
        good(
            "an app in the update of a campaign that is not in the run",
            text=f'{{"endpoint": "{UPDATE}", "body": {{{OWN}, "app_id": "7"}}}}',
        ),
        good(
            "a regular campaign",
            {"/campaign/campaign_type": "REGULAR_CAMPAIGN", "/campaign/special_industries": ["HOUSING"]},
        ),
        bad(
            "a campaign type beyond this pack",
            {"/campaign/campaign_type": "IOS14_CAMPAIGN"},
            at=["/campaign/campaign_type"],
            level="warning",
        ),
        good(
            "a campaign type of apps, of an app campaign",
            {"/campaign/campaign_type": "IOS14_CAMPAIGN", "/campaign/objective_type": "APP_PROMOTION"},
        ),
        good("an industry to come", {"/campaign/special_industries": ["{{industry}}"]}),
        bad("a catalog that is none", {"/campaign/catalog_type": "SHOES"}, at=["/campaign/catalog_type"]),
        bad(
            "an app's page on a web campaign",
            {"/campaign/campaign_app_profile_page_state": "ON"},
            at=["/campaign/campaign_app_profile_page_state"],
        ),
    ],
)
def campaign_value_not_documented(campaign: Campaign) -> Iterator[Finding]:
    """Campaign type, special industries and catalog type hold documented values.

    An app has no place on a web campaign, nor is one for iOS 14 judged by its rules.
    """
    for name, values in VALUES.items():
        value = getattr(campaign, name)
        if value is not None and value not in values:
            help, fix, offers = meant(campaign, name, value, values)
            yield campaign.finding(
                name, f"{name} {term(value)} is none of {either(values)}", help, fix=fix, offers=offers
            )
    for index, industry in enumerate(campaign.special_industries or ()):
        if isinstance(industry, str) and industry not in INDUSTRIES:
            what = f"special industry {term(industry)} is none of {either(INDUSTRIES)}"
            help, fix, offers = meant(campaign, f"special_industries/{index}", industry, INDUSTRIES)
            yield campaign.finding(f"special_industries/{index}", what, help, fix=fix, offers=offers)
    scope = campaign.tree.scope
    if scope.kind != "web":
        return
    for name in ("app_id", "campaign_app_profile_page_state") if scope.is_web_by_objective else ():
        if campaign.has(name):
            yield campaign.finding(name, f"{name} is given on a web campaign", "remove it")
    if campaign.campaign_type == "IOS14_CAMPAIGN":
        what = "campaign_type is IOS14_CAMPAIGN: these rules are for regular campaigns"
        yield campaign.finding("campaign_type", what, "check it against the API reference", level="warning")


@rule(
    "REF217",
    "campaign-daily-budget-without-cbo",
    on=Campaign,
    level="warning",
    section=SECTION,
    basis="reference",
    documents=(CREATE_CAMPAIGN,),
    since="0.1.0",
    guard=holds("Campaign.budget_optimize_on", False) & is_("Campaign.budget_mode", FIXED_DAILY),
    examples=lambda: [
        bad("a daily budget", {"/campaign/budget_mode": FIXED_DAILY}, base="no-cbo", at=["/campaign/budget_mode"]),
        bad(
            "a daily budget in an update",
            {"/campaign/budget_mode": FIXED_DAILY, "/campaign/campaign_id": "1"},
            base="no-cbo",
            at=["/campaign/budget_mode"],
        ),
        good("with CBO it is SPL102", {"/campaign/budget_mode": FIXED_DAILY}),
        good("no limit", {}, base="no-cbo"),
        good(
            "nobody knows of CBO",
            {"/campaign/budget_mode": FIXED_DAILY, "/campaign/budget_optimize_on": "{{cbo}}"},
            base="no-cbo",
        ),
    ],
)
def campaign_daily_budget_without_cbo(campaign: Campaign) -> Iterator[Finding]:
    """Without CBO no campaign has the mode BUDGET_MODE_DAY.

    It is documented, and has been refused on 2026-09-17 with "Budget mode is invalid".
    """
    what = f"budget_mode {FIXED_DAILY} without CBO may be refused: documented, and refused on 2026-09-17"
    ways = "use BUDGET_MODE_TOTAL, or BUDGET_MODE_INFINITE and no budget, or switch CBO on with"
    modes = ("BUDGET_MODE_TOTAL", "BUDGET_MODE_INFINITE", "BUDGET_MODE_DYNAMIC_DAILY_BUDGET")
    yield campaign.finding("budget_mode", what, f"{ways} BUDGET_MODE_DYNAMIC_DAILY_BUDGET", offers=modes)


RULES = (
    request_id_missing,
    sales_destination,
    name_not_acceptable,
    campaign_value_not_documented,
    campaign_daily_budget_without_cbo,
)
