"""Campaign creation: whose campaign it is."""

from collections.abc import Iterator

from splint.payloads.nodes import FOREIGN_TO_AD_GROUPS, FOREIGN_TO_ADS, Finding, Tree
from splint.reporting.wording import either, term
from splint.rules.guard import given, is_, is_other, strays, web_is_unlisted
from splint.rules.rule import GONE, bad, good, rule
from splint.schema.vocabulary import OBJECTIVES, WEB
from splint_guide.spelling import meant

FIELDS_OF_ENTRIES = ("playable_url", "auto_message_id", "custom_product_page_url")
SEVERAL = (WEB, "APP_PROMOTION", "LEAD_GENERATION")
OF_WEB_CAMPAIGNS = (
    *("SPL201", "SPL202", "SPL203", "SPL204", "SPL205", "SPL206", "SPL207", "SPL312", "SPL315", "SPL404"),
    *("REF201", "REF202", "REF203", "REF204", "REF205", "REF302", "REF305", "REF306", "REF307", "REF308"),
    *("REF310", "REF312", "REF313"),
)
"""The rules of web campaigns: what they ask is not clear until the objective is."""


@rule(
    "SPL101",
    "objective-not-web-conversions",
    on=Tree,
    level="error",
    section="Campaign creation",
    basis="stated",
    supersedes=dict.fromkeys(OF_WEB_CAMPAIGNS, "tree"),
    fix="unsafe",
    since="0.1.0",
    guard=is_other("Campaign.objective_type", WEB)
    | web_is_unlisted()
    | is_("Campaign.catalog_enabled", True)
    | is_("Campaign.sales_destination", "APP")
    | is_other("AdGroup.promotion_type", "WEBSITE")
    | strays("Campaign.catalog_id")
    | given("Campaign.app_id", "AdGroup.catalog_id", *(f"AdGroup.{name}" for name in FOREIGN_TO_AD_GROUPS))
    | given("Ad.page_list", "AdConfiguration.phone_info", "AdConfiguration.product_specific_type")
    | given(*(f"Ad.{name}" for name in FOREIGN_TO_ADS))
    | is_("AdConfiguration.catalog_creative_toggle", True)
    | is_("CreativeInfo.ad_format", "CATALOG_CAROUSEL"),
    examples=lambda: [
        bad(
            "another objective",
            {"/campaign/objective_type": "LEAD_GENERATION"},
            at=["/campaign/objective_type"],
            objectives=(WEB,),
        ),
        bad(
            "a misspelt one",
            {"/campaign/objective_type": "WEB_CONVERSION"},
            at=["/campaign/objective_type"],
            fixed={"/campaign/objective_type": "WEB_CONVERSIONS"},
        ),
        bad(
            "one that is close to an objective that is not listed",
            {"/campaign/objective_type": "LEAD_GENERATIONS"},
            at=["/campaign/objective_type"],
            objectives=(WEB,),
        ),
        *(
            bad(
                f"{word} is no misspelling of an objective that ends in it",
                {"/campaign/objective_type": word},
                at=["/campaign/objective_type"],
                objectives=tuple(OBJECTIVES),
                fixed={},
            )
            for word in ("SALES", "VIEWS", "GENERATION")
        ),
        bad(
            "a listed objective is told, not judged",
            {"/campaign/objective_type": "LEAD_GENERATION"},
            at=["/campaign/objective_type"],
            objectives=SEVERAL,
            level="info",
        ),
        *(
            bad(
                f"a campaign whose kind {name} decides",
                {f"/campaign/{name}": value},
                at=[f"/campaign/{name}"],
                level="info",
            )
            for name, value in (("catalog_enabled", True), ("sales_destination", "APP"))
        ),
        bad(
            "a campaign that is an app's",
            {"/campaign/app_id": "1", "/campaign/sales_destination": None},
            at=["/campaign/app_id"],
            level="info",
        ),
        bad(
            "a campaign that sells on a website and in an app",
            {"/campaign/app_id": "1", "/campaign/sales_destination": "WEB_AND_APP"},
            at=["/campaign/app_id"],
            level="info",
        ),
        good(
            "a campaign for a website that names an app",
            {"/campaign/app_id": "1", "/campaign/sales_destination": "WEBSITE"},
        ),
        bad(
            "a campaign that names the catalog itself, where it is no field",
            {"/campaign/catalog_id": "1"},
            at=["/campaign/catalog_id"],
            level="info",
        ),
        bad("a campaign with a catalog", {"/adgroups/0/catalog_id": "1"}, at=["/adgroups/0/catalog_id"], level="info"),
        *(
            bad(
                f"an ad group alone with {name}",
                {f"/{name}": value},
                base="ad-group",
                at=[f"/{name}"],
                objectives=(WEB,),
                level="info",
            )
            for name, value in (
                ("catalog_id", "1"),
                ("app_id", "1"),
                ("minis_id", "1"),
                ("promotion_target_type", "INSTANT_PAGE"),
                ("messaging_app_type", "WHATSAPP"),
            )
        ),
        *(
            bad(f"an ad alone with {name}", {f"/{name}": [{field: "1"}]}, base="ad", at=[f"/{name}"], level="info")
            for name, field in zip(FOREIGN_TO_ADS, FIELDS_OF_ENTRIES, strict=True)
        ),
        bad(
            "an ad alone that leads to an instant page",
            {"/page_list": [{"page_id": "1"}], "/landing_page_url_list": GONE},
            base="ad",
            at=["/page_list"],
            level="info",
        ),
        *(
            bad(
                f"an ad alone with {name}",
                {f"/ad_configuration/{name}": value},
                base="ad",
                at=[f"/ad_configuration/{name}"],
                level="info",
            )
            for name, value in (("product_specific_type", "ALL"), ("catalog_creative_toggle", True))
        ),
        bad(
            "an ad alone with a carousel of a catalog",
            {"/creative_list/0/creative_info/ad_format": "CATALOG_CAROUSEL"},
            base="ad",
            at=["/creative_list/0/creative_info/ad_format"],
            level="info",
        ),
        bad(
            "an ad group alone that promotes an app, where the settings list its objective",
            {"/promotion_type": "APP_IOS"},
            base="ad-group",
            at=["/promotion_type"],
            objectives=SEVERAL,
            level="info",
        ),
        bad(
            "an update of an ad group that stands as one of an app",
            text='{"endpoint": "/open_api/v1.3/smart_plus/adgroup/update/", "body": {"adgroup_id": "1", "budget": 50},'
            ' "current": {"promotion_type": "APP_IOS"}}',
            at=["/current/promotion_type"],
            objectives=(WEB,),
            level="info",
        ),
        bad(
            "an ad alone that calls",
            {"/ad_configuration/phone_info": {"phone_number": "1"}},
            base="ad",
            at=["/ad_configuration/phone_info"],
            level="info",
        ),
        bad(
            "web conversions where the settings list other objectives",
            {},
            at=["/campaign/objective_type"],
            objectives=("LEAD_GENERATION",),
        ),
        good(
            "an ad group alone that promotes an app is SPL201",
            {"/promotion_type": "APP_IOS"},
            base="ad-group",
            objectives=(WEB,),
        ),
        good("the objective", {"/campaign/objective_type": "WEB_CONVERSIONS"}),
        good("no objective at all is a missing field", {"/campaign/objective_type": GONE}),
    ],
)
def objective_not_web_conversions(tree: Tree) -> Iterator[Finding]:
    """The objective is WEB_CONVERSIONS, or one that the setting `objectives` lists.

    Campaigns of other objectives, misspelt ones included, and catalog campaigns are judged only by the rules that hold
    for every objective. Where their objective is listed, one info says so.
    """
    is_unlisted = False
    for campaign in tree.campaigns:
        objective = campaign.objective_type
        if campaign.kind != "row" and objective is not None and objective not in campaign.run.objectives:
            is_unlisted = True
            _, fix, _ = meant(campaign, "objective_type", objective, campaign.run.objectives)
            what, help, offers = _unlisted(objective, campaign.run.objectives)
            yield campaign.finding("objective_type", what, help, fix=fix, offers=offers)
    scope = tree.scope
    if is_unlisted or scope.location is None or all(payload.kind == "row" for payload in tree.payloads):
        return
    asked = [group.location("promotion_type") for group in tree.ad_groups if not group.is_row]
    is_asked = scope.is_of_promotion_type and scope.location in asked and tree.payloads[0].run.objectives == (WEB,)
    if not is_asked:  # else it is SPL201
        yield Finding(
            scope.location,
            f"{scope.noun}: only the rules for every objective ran",
            "check what only this kind of campaign has against the API reference",
            level="info",
            is_answerable=False,
        )


def _unlisted(objective: str, listed: tuple[str, ...]) -> tuple[str, str, tuple[str, ...]]:
    """The message and the help on an objective that the setting `objectives` does not list."""
    setting = f"set objective_type to {either(listed)}"
    if objective not in OBJECTIVES:
        message = f"objective_type {term(objective)} is no objective that is known here"
        from splint.schema.nearest import near_values  # few values are misspelt

        near = near_values(objective, OBJECTIVES)
        close = either(near)
        if close in listed:
            return message, f"write {close}", near
        help = f"{setting}, or write {close} and list it in the setting objectives" if close else setting
        return message, help, (*listed, *near)
    whose = "the objective that these constraints are for" if listed == (WEB,) else "as the setting objectives has it"
    return (
        f"objective_type {objective} is not {either(listed)}, {whose}",
        f"{setting}, or list {objective} in the setting objectives",
        listed,
    )


RULES = (objective_not_web_conversions,)
