"""Creation: what campaigns, ad groups and ads need."""

from collections.abc import Iterator

from splint.payloads.nodes import PRICES, Ad, AdGroup, Campaign, Finding, Payload, Request, StatusUpdate
from splint.reporting.wording import with_article
from splint.rules.guard import lacks, stands_alone
from splint.rules.rule import GONE, bad, good, rule
from splint.schema.vocabulary import REQUIRED, SMART_PLUS

SECTION = "Campaign, ad group and ad creation"
ENTRIES = {"ad_text_list": "AdText", "landing_page_url_list": "LandingPageUrl", "page_list": "Page"}
"""Lists of an ad, each with the model of its entries."""
LABEL_LIST = "/adgroups/0/ads/0/call_to_action_list"
AD_TEXT = "/adgroups/0/ads/0/ad_text_list"
INFO = "/adgroups/0/ads/0/creative_list/0/creative_info"
OF_CATALOG = {f"{INFO}/ad_format": GONE, "/adgroups/0/ads/0/ad_configuration/catalog_creative_toggle": True}
CREATE_URL = "https://business-api.tiktok.com/open_api/v1.3/smart_plus/campaign/create/"
ENABLE = '"operation_status": "ENABLE"'
ID_LIST = (
    '{"endpoint": "/v1.3/smart_plus/ad/status/update/", "body": {"advertiser_id": "7", "operation_status": "ENABLE"}}'
)


AMISS = '"advertiser_id": "7"'
NOUNS = {"campaign": "a campaign", "adgroup": "an ad group", "ad": "an ad"}


def _status(level: str, held: str) -> str:
    """A status request that holds an advertiser and one other field."""
    return f'{{"endpoint": "/v1.3/smart_plus/{level}/status/update/", "body": {{"advertiser_id": "7", {held}}}}}'


@rule(
    "SPL008",
    "missing-field",
    on=(Campaign, AdGroup, Ad, StatusUpdate, Request),
    level="error",
    section=SECTION,
    basis="stated",
    since="0.1.0",
    requests={"create"},
    supersedes=dict.fromkeys(("SPL402", "SPL403"), "place"),
    guard=lacks("Campaign.advertiser_id")
    | stands_alone("AdGroup") & lacks("AdGroup.advertiser_id")
    | stands_alone("Ad") & lacks("Ad.advertiser_id")
    | lacks(*(f"{model}.{name}" for model, names in REQUIRED.items() for name in names)),
    misses=("CampaignUpdate.advertiser_id",),  # of the new ad groups below
    examples=lambda: [
        bad("a campaign without a name", {"/campaign/campaign_name": GONE}, at=["/campaign"]),
        bad("an ad group without bid_type", {"/adgroups/0/bid_type": ""}, at=["/adgroups/0"]),
        bad("an ad without creatives", {"/adgroups/0/ads/0/creative_list": []}, at=["/adgroups/0/ads/0"]),
        bad("a text entry without its text", {AD_TEXT: [{}]}, at=[f"{AD_TEXT}/0"]),
        *(
            bad(f"a call to action that is {title}", {LABEL_LIST: [entry]}, at=[f"{LABEL_LIST}/0"])
            for title, entry in (("empty", ""), ("null", None), ("{}", {}), ("empty in {}", {"call_to_action": ""}))
        ),
        bad("nobody names the advertiser", {"/campaign/advertiser_id": GONE}, at=["/campaign"]),
        bad(
            "nobody names the advertiser of a new ad group in an update",
            {"/campaign/advertiser_id": GONE, "/campaign/campaign_id": "1"},
            at=["/adgroups/0"],
        ),
        bad("a status request without ids", text=ID_LIST, at=["/body"]),
        *(
            bad(
                f"a status request of {title} for an id",
                text=ID_LIST.replace('"operation_status"', f'"smart_plus_ad_ids": [{entry}], "operation_status"'),
                at=["/body"],
            )
            for title, entry in (("an empty text", '""'), ("null", "null"))
        ),
        bad(
            "an empty text for a creative",
            {"/adgroups/0/ads/0/creative_list": [""]},
            at=["/adgroups/0/ads/0/creative_list/0"],
        ),
        bad(
            "an entry without creative_info",
            {"/adgroups/0/ads/0/creative_list/0": {}},
            at=["/adgroups/0/ads/0/creative_list/0"],
        ),
        bad(
            "a creative without ad_format",
            {"/adgroups/0/ads/0/creative_list/0/creative_info/ad_format": GONE},
            at=["/adgroups/0/ads/0/creative_list/0/creative_info"],
        ),
        bad("an ad of nobody", {"/advertiser_id": GONE}, base="ad", at=[""]),
        good("the advertiser once, at the campaign", {}),
        good(
            "an ad of a catalog without creatives",
            {"/campaign/catalog_enabled": True, "/adgroups/0/ads/0/creative_list": GONE},
        ),
        good(
            "a price without a bid_type in a lead campaign",
            {
                "/campaign/objective_type": "LEAD_GENERATION",
                "/adgroups/0/bid_type": GONE,
                "/adgroups/0/conversion_bid_price": 5,
            },
        ),
        bad(
            "neither a price nor a bid_type in a lead campaign",
            {"/campaign/objective_type": "LEAD_GENERATION", "/adgroups/0/bid_type": GONE},
            at=["/adgroups/0"],
        ),
        bad(
            "a price without a bid_type in a web campaign",
            {"/adgroups/0/bid_type": GONE, "/adgroups/0/conversion_bid_price": 5},
            at=["/adgroups/0"],
        ),
        bad(
            "an ad of a lead campaign without creatives",
            {"/campaign/objective_type": "LEAD_GENERATION", "/adgroups/0/ads/0/creative_list": GONE},
            at=["/adgroups/0/ads/0"],
        ),
        good("a template file without it", {"/advertiser_id": GONE}, base="ad-group", is_template=True),
        good("an update", text='{"endpoint": "/v1.3/smart_plus/campaign/update/", "body": {"campaign_id": "1"}}'),
        bad("an ad group of its own without an advertiser", {"/advertiser_id": GONE}, base="ad-group", at=[""]),
        bad("an empty creative", {"/adgroups/0/ads/0/creative_list/0": {}}, at=["/adgroups/0/ads/0/creative_list/0"]),
        bad("a creative without a format", {f"{INFO}/ad_format": GONE}, at=[INFO]),
        good(
            "the music of creatives that a catalog brings",
            {
                "/adgroups/0/ads/0/creative_list": [{"creative_info": {"music_info": {"music_id": "1"}}}],
                "/adgroups/0/ads/0/ad_configuration/catalog_creative_toggle": True,
                "/campaign/catalog_enabled": True,
            },
        ),
        bad("creatives of a catalog in a campaign without one", OF_CATALOG, at=[INFO]),
        good(
            "creatives of a catalog in the update of a campaign, which does not say whether it has one",
            {**OF_CATALOG, "/campaign/campaign_id": "1", "/campaign/objective_type": GONE},
        ),
        good(
            "creatives of a catalog in a campaign that may have one",
            {**OF_CATALOG, "/campaign/objective_type": "{{objective}}"},
            beside=("SPL010",),
        ),
        bad(
            "other creatives there",
            {f"{INFO}/ad_format": GONE, "/campaign/objective_type": "{{objective}}"},
            at=[INFO],
            beside=("SPL010",),
        ),
        bad(
            "a status request without an advertiser",
            text=ID_LIST.replace('"advertiser_id": "7"', '"smart_plus_ad_ids": ["1"]'),
            at=["/body"],
        ),
        *(
            bad(f"a request with {title}", text=f'{{"endpoint": "/v1.3/smart_plus/{path}/"{body}}}', at=["/endpoint"])
            for title, path, body in (
                ("no body", "campaign/create", ""),
                ("null for a body", "adgroup/create", ', "body": null'),
                ("no body to update", "ad/update", ', "foo": {"ad_name": "A"}'),
            )
        ),
        *(
            bad(f"a call of a tool {how}", text=f'{{"{key}": "smart_plus_campaign_create"{held}}}', at=[f"/{key}"])
            for how, key, held in (
                ("without arguments", "tool_name", ""),
                ("with null for arguments", "name", ', "input": null'),
            )
        ),
        *(
            bad(f"a command {how} a body", text=f"curl -X POST {CREATE_URL}{data}\n", name="a.sh", at=[""])
            for how, data in (("without", ""), ("with null for", " -d null"))
        ),
        *(
            good(f"a body that only {what} knows", text=f"curl -X POST {CREATE_URL} {word}\n", name="a.sh")
            for what, word in (("the shell", '-d "$BODY"'), ("an array of options", '"${OPTIONS[@]}"'))
        ),
        *(
            bad(
                f"{noun} sent to the endpoint of another",
                text=f'{{"endpoint": "/v1.3/smart_plus/{path}/", "body": {{{AMISS}, {held}}}}}',
                at=["/endpoint"],
            )
            for noun, path, held in (
                (
                    "an ad group",
                    "campaign/update",
                    '"adgroup_id": "2", "targeting_spec": {"location_ids": ["6252001"]}',
                ),
                ("an ad", "adgroup/update", '"smart_plus_ad_id": "2", "creative_list": [{}]'),
                ("a campaign", "ad/update", '"campaign_id": "2", "objective_type": "WEB_CONVERSIONS"'),
            )
        ),
        good(
            "a field of an ad group in a campaign is SPL004",
            text=f'{{"endpoint": "/v1.3/smart_plus/campaign/update/", "body": {{{AMISS}, "campaign_id": "1", '
            '"campaign_name": "A", "adgroup_name": "B"}}',
        ),
        good("a request that takes no body", text='{"endpoint": "/v1.3/smart_plus/ad/get/", "method": "GET"}'),
        *(bad(f"no {name}", {f"/adgroups/0/{name}": GONE}, at=["/adgroups/0"]) for name in REQUIRED["AdGroup"]),
        *(
            bad(f"a status request for {level} without ids", text=_status(level, ENABLE), at=["/body"])
            for level in ("campaign", "adgroup")
        ),
        *(
            bad(f"a status request for {level} without a status", text=_status(level, f'"{ids}": ["1"]'), at=["/body"])
            for level, ids in (("campaign", "campaign_ids"), ("adgroup", "adgroup_ids"), ("ad", "smart_plus_ad_ids"))
        ),
        good(
            "a status request", text=ID_LIST.replace('"advertiser_id"', '"smart_plus_ad_ids": ["1"], "advertiser_id"')
        ),
        bad("a campaign without an objective", {"/campaign/objective_type": GONE}, at=["/campaign"]),
        *(
            bad(
                f"an entry of {name} without {field}",
                {f"/adgroups/0/ads/0/{name}": [{}]},
                at=[f"/adgroups/0/ads/0/{name}/0"],
            )
            for name, model in ENTRIES.items()
            for field in REQUIRED[model]
        ),
        *(
            bad(
                f"a status request for {level} of nobody",
                text=_status(level, f'"{ids}": ["1"], {ENABLE}').replace('"advertiser_id": "7", ', ""),
                at=["/body"],
            )
            for level, ids in (("campaign", "campaign_ids"), ("adgroup", "adgroup_ids"))
        ),
    ],
)
def missing_field(payload: Payload | Request) -> Iterator[Finding]:
    """A required field is there.

    In a bundle advertiser_id may stand once, at the campaign, and is missed there alone; without a campaign it is
    missed once where no ad group has it. In a template file (setting `templates`) code may fill it in. An ad of a
    catalog may do without creative_list; the API has taken ad groups of other objectives with a bid price and no
    bid_type. An update is asked for none of this, but no request goes without
    a body.
    """
    if isinstance(payload, Request):
        yield from _without_its_body(payload)
        return
    if payload.kind == "status" and isinstance(payload, StatusUpdate):
        needed: tuple[str, ...] = (payload.ids_field, "operation_status")
        needed = needed if payload.is_template else ("advertiser_id", *needed)
    else:
        inherits = payload.leaves_advertiser_to_parent or payload.is_template
        advertiser = () if inherits else ("advertiser_id",)
        needed = (*advertiser, *(name for name in REQUIRED[type(payload).__name__] if not _may_lack(payload, name)))
    for name in needed:
        if payload.lacks(name):
            what = f"{name} is missing: {with_article(payload.noun)} needs it"
            whole = " to every ad group" if name == "advertiser_id" and payload.is_asked_for_all else ""
            yield payload.missing(what, f"add {name}{whole}", about=name)
    if isinstance(payload, Ad):
        yield from _incomplete_entries(payload)


def _without_its_body(request: Request) -> Iterator[Finding]:
    """A finding on a request without a body, or with the body of an object of another level."""
    level, act = SMART_PLUS.get(request.path, ("campaign", "other"))
    if request.lacks_body:
        from splint.payloads.carried import place_of_body  # only where there are findings

        at = place_of_body(request)
        help = f"add a body under {at.rpartition('/')[2]}" if request.is_tool else "add a body"
        message = f"the body is missing: {request.path} does nothing without it"
        yield request.finding(message, help)._replace(lacks=at)
    elif request.sent not in (None, level):
        what = (
            f"{request.path} takes the fields of {NOUNS[level]}, and the body has those of {NOUNS[request.sent]} alone"
        )
        yield request.finding(what, f"send it to /smart_plus/{request.sent}/{act}/")


def _may_lack(payload: Payload, name: str) -> bool:
    """Whether a field that web campaigns need is not needed in another kind of campaign."""
    kind = payload.tree.scope.kind
    if name == "creative_list":
        return kind == "catalog"
    return name == "bid_type" and kind == "other" and not all(map(payload.lacks, PRICES))


def _may_have_catalog(ad: Ad) -> bool:
    """Whether the campaign of an ad is not known to have no catalog."""
    campaign = ad.tree.campaign
    if campaign is None or ad.tree.scope.kind != "web":
        return True
    decides = ("objective_type", "catalog_enabled")
    is_known = all(
        campaign.holds(name) is not None or (campaign.is_create and campaign.lacks(name)) for name in decides
    )
    return not is_known or ad.tree.names_catalog


def _incomplete_entries(ad: Ad) -> Iterator[Finding]:
    shows_catalog = ad.configuration is not None and ad.configuration.catalog_creative_toggle is True
    takes_catalog = shows_catalog and _may_have_catalog(ad)
    for creative in ad.creatives:
        if creative.lacks("creative_info"):
            yield creative.missing(
                "creative_info is missing: an entry of creative_list is nothing without it",
                "add creative_info",
                about="creative_info",
            )
        elif creative.info is not None and creative.info.lacks("ad_format") and not takes_catalog:
            yield creative.info.missing("ad_format is missing: a creative needs it", "add ad_format", about="ad_format")
    entries = [(name, model, entry) for name, model in ENTRIES.items() for entry in ad.children(name)]
    calls = "call_to_action_list"
    entries += [(calls, "CallToAction", entry) for home in ad.homes for entry in home.children(calls)]
    for name, model, entry in entries:
        [field] = REQUIRED[model]
        if entry.lacks(field):
            yield entry.missing(
                f"{field} is missing: an entry of {name} is nothing without it",
                f"add {field}, or drop the entry",
                about=field,
                offers=(name,),
            )


RULES = (missing_field,)
