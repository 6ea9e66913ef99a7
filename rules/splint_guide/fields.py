"""Fields: each is known where it stands."""

from collections.abc import Iterator

from splint.payloads.invalid_fields import UnknownField
from splint.payloads.nodes import Finding
from splint.rules.rule import GONE, bad, good, rule, times
from splint_guide.strays import aside, id_given, object_for_text, several_in_one, stray, stray_ads, unknown, wrapped

SECTION = "Documents"
ENTRY = "/adgroups/0/ads/0/creative_list/0"
INFO = f"{ENTRY}/creative_info"
A_POST = {"ad_format": "SINGLE_VIDEO", "tiktok_item_id": "7", "identity_type": "TT_USER", "identity_id": "7"}
PARTNERS = {"/campaign/open_api_partner": "A", "/adgroups/0/open_api_partner": "B"}
A_SPARK_AD, ITS_AD = (
    {
        "ad_name": name,
        "creative_list": [{"creative_info": A_POST}],
        "landing_page_url_list": [{"landing_page_url": "https://www.example.com"}],
        "ad_configuration": {"call_to_action_id": "7400000000000000001"},
    }
    for name in ("Summer", "Spring")
)


@rule(
    "SPL004",
    "unknown-field",
    on=UnknownField,
    level="warning",
    section=SECTION,
    basis="sanity",
    fix="unsafe",
    since="0.1.0",
    examples=lambda: [
        *(
            bad(
                f"{field} where it stands in its place too",
                {f"/adgroups/0/{path}": value},
                at=[f"/adgroups/0/{path}"],
                fixed={},
            )
            for field, path, value in (
                ("location_ids", "location_ids", ["6252001"]),
                ("identity_id", "ads/0/creative_list/0/identity_id", "7200000000000000001"),
            )
        ),
        bad(
            "location_ids where another list stands in its place",
            {"/adgroups/0/location_ids": ["6251999"]},
            at=["/adgroups/0/location_ids"],
            fixed={},
        ),
        bad(
            "location_ids where an empty list stands in its place",
            {"/adgroups/0/targeting_spec/location_ids": [], "/adgroups/0/location_ids": ["6252001"]},
            at=["/adgroups/0/location_ids"],
            fixed={"/adgroups/0/location_ids": GONE, "/adgroups/0/targeting_spec/location_ids": ["6252001"]},
        ),
        bad(
            "two fields, one of which stands in its place too",
            {"/adgroups/0/location_ids": ["6252001"], "/adgroups/0/languages": ["en"]},
            at=["/adgroups/0"],
            fixed={},
        ),
        bad(
            "two fields, of which others stand in their place",
            {"/targeting_spec/languages": ["en"], "/languages": ["de"], "/location_ids": ["6251999"]},
            base="ad-group",
            at=[""],
            fixed={},
        ),
        bad(
            "a misspelt budget",
            {"/campaign/budget": GONE, "/campaign/budegt": 100},
            at=["/campaign/budegt"],
            fixed={"/campaign/budegt": GONE, "/campaign/budget": 100},
        ),
        bad("one without effect", {"/adgroups/0/budegt": 1}, at=["/adgroups/0/budegt"], level="warning", fixed={}),
        bad(
            "a misspelt field",
            {"/campaign/campaign_name": GONE, "/campaign/campaign_nam": "Spring"},
            at=["/campaign/campaign_nam"],
            fixed={"/campaign/campaign_nam": GONE, "/campaign/campaign_name": "Spring"},
        ),
        bad("beside the field that it may mean", {"/campaign/budget_mod": "x"}, at=["/campaign/budget_mod"]),
        bad(
            "a value that the field does not take",
            {"/campaign/budget": GONE, "/campaign/budgett": "500"},
            at=["/campaign/budgett"],
        ),
        bad(
            "a field of the campaign beside it",
            {"/campaign/campaign_name": GONE, "/campaign_name": "Spring"},
            at=["/campaign_name"],
            fixed={"/campaign_name": GONE, "/campaign/campaign_name": "Spring"},
        ),
        bad("a budget beside the campaign that has another", {"/budget": 900}, at=["/budget"], fixed={}),
        bad(
            "a switch beside the campaign that has it",
            {"/budget_optimize_on": True},
            at=["/budget_optimize_on"],
            fixed={},
        ),
        bad(
            "a budget beside the body",
            text='{"endpoint": "/v1.3/smart_plus/campaign/update/", "body": {"advertiser_id": "1", "campaign_id": '
            '"2"}, "budget": 600}',
            at=["/budget"],
            fixed='{"endpoint": "/v1.3/smart_plus/campaign/update/", "body": {"advertiser_id": "1", "campaign_id": '
            '"2", "budget": 600}}',
        ),
        good("keys of nobody's beside a campaign", {"/owner": "growth", "/campaign_id": "1", "/request_id": "7"}),
        bad("a field of another object", {"/adgroups/0/ads/0/budget": 5}, at=["/adgroups/0/ads/0/budget"]),
        bad(
            "a field in camel case",
            {"/campaign/campaign_name": GONE, "/campaign/campaignName": "Spring"},
            at=["/campaign/campaignName"],
            fixed={"/campaign/campaignName": GONE, "/campaign/campaign_name": "Spring"},
        ),
        bad(
            "targeting beside targeting_spec",
            {"/languages": ["en"]},
            base="ad-group",
            at=["/languages"],
            fixed={"/languages": GONE, "/targeting_spec/languages": ["en"]},
        ),
        bad(
            "in an update",
            {"/adgroup_id": "1", "/campaign_id": GONE, "/languages": ["en"]},
            base="ad-group",
            at=["/languages"],
            fixed={"/languages": GONE, "/targeting_spec/languages": ["en"]},
        ),
        *(
            bad(
                f"a list of an ad in {title} without ads",
                {**edits, "/landing_page_url_list": [{"landing_page_url": "https://www.example.com"}]},
                base="ad-group",
                at=["/landing_page_url_list"],
                beside=("SPL315",),  # no rule of ads sees what is in it
                level=level,
                fixed={},
            )
            for title, edits, level in (
                ("an ad group", {}, "error"),
                ("the update of an ad group", {"/adgroup_id": "1", "/campaign_id": GONE}, None),
            )
        ),
        bad(
            "languages where targeting_spec has others",
            {"/targeting_spec/languages": ["en"], "/languages": ["de"]},
            base="ad-group",
            at=["/languages"],
        ),
        bad(
            "a value that targeting_spec does not take",
            {"/languages": "en"},
            base="ad-group",
            at=["/languages"],
        ),
        bad(
            "a creative without creative_info",
            {
                "/creative_list/0/creative_info": GONE,
                "/creative_list/0/ad_format": "SINGLE_VIDEO",
                "/creative_list/0/video_info": {"video_id": "v1"},
            },
            base="ad",
            at=["/creative_list/0"],
            fixed={
                "/creative_list/0/ad_format": GONE,
                "/creative_list/0/video_info": GONE,
                "/creative_list/0/creative_info": {"ad_format": "SINGLE_VIDEO", "video_info": {"video_id": "v1"}},
            },
        ),
        bad(
            "a creative without creative_list",
            {"/creative_list": GONE, **{f"/{key}": value for key, value in A_POST.items()}},
            base="ad",
            at=[""],
            fixed={**{f"/{key}": GONE for key in A_POST}, "/creative_list": [{"creative_info": A_POST}]},
        ),
        bad(
            "a field of an ad group in a campaign",
            {"/campaign/optimization_goal": "CLICK", "/adgroups": GONE},
            at=["/campaign/optimization_goal"],
            fixed={},
        ),
        bad(
            "a Cost Cap by another platform's word",
            {"/adgroups/0/bid_type": "BID_TYPE_CUSTOM", "/adgroups/0/target_cpa": 12},
            at=["/adgroups/0/target_cpa"],
            fixed={"/adgroups/0/target_cpa": GONE, "/adgroups/0/conversion_bid_price": 12},
        ),
        bad(
            "a Cost Cap for clicks",
            {
                "/adgroups/0/bid_type": "BID_TYPE_CUSTOM",
                "/adgroups/0/optimization_goal": "CLICK",
                "/adgroups/0/bid": 12,
            },
            at=["/adgroups/0/bid"],
            fixed={"/adgroups/0/bid": GONE, "/adgroups/0/bid_price": 12},
        ),
        bad(
            "two words for one price",
            {"/bid_type": "BID_TYPE_CUSTOM", "/bid": 12, "/cost_cap": 13},
            base="ad-group",
            at=["/bid", "/cost_cap"],
            fixed={},
        ),
        bad("a bid of maximum delivery", {"/adgroups/0/bid": 12}, at=["/adgroups/0/bid"], fixed={}),
        bad("a day's budget", {"/campaign/daily_budget": 50}, at=["/campaign/daily_budget"], fixed={}),
        bad("a day's budget of an ad group", {"/dailyBudget": 50}, base="ad-group", at=["/dailyBudget"], fixed={}),
        bad(
            "a day's budget of an ad group with CBO",
            {"/adgroups/0/daily_budget": 20},
            at=["/adgroups/0/daily_budget"],
            fixed={},
        ),
        bad(
            "a day's budget without CBO",
            {"/campaign/daily_budget": 50},
            base="no-cbo",
            at=["/campaign/daily_budget"],
            fixed={},
        ),
        bad(
            "CBO by its abbreviation",
            {"/campaign/budget_optimize_on": GONE, "/campaign/cbo": True},
            at=["/campaign/cbo"],
            fixed={"/campaign/cbo": GONE, "/campaign/budget_optimize_on": True},
        ),
        bad(
            "an ad's field at its ad group",
            {"/landing_page": "https://www.example.com"},
            base="ad-group",
            at=["/landing_page"],
        ),
        bad(
            "countries",
            {"/countries": ["US"], "/targeting_spec/ages": [25]},
            base="ad-group",
            at=["/targeting_spec/ages", "/countries"],
        ),
        bad(
            "the Business Center as refusals of the API call it, beside the identity",
            {f"{INFO}/identity_authorized_bc_id": GONE, f"{INFO}/identity_bc_id": "7"},
            at=[f"{INFO}/identity_bc_id"],
            fixed={},
        ),
        bad("a post by its usual name", {f"{INFO}/post_id": "7"}, at=[f"{INFO}/post_id"], fixed={}),
        bad(
            "an image by its address",
            {f"{INFO}/image_info/0": {"url": "https://www.example.com/a.png"}},
            at=[f"{INFO}/image_info/0/url"],
            fixed={},
        ),
        bad(
            "a text by another platform's word",
            {"/adgroups/0/ads/0/ad_text_list/0": {"title": "Shop now"}},
            at=["/adgroups/0/ads/0/ad_text_list/0/title"],
            fixed={"/adgroups/0/ads/0/ad_text_list/0": {"ad_text": "Shop now"}},
        ),
        bad("a list by another name", {"/creative_list": GONE, "/creatives": [{"a": 1}]}, base="ad", at=["/creatives"]),
        bad("a field of the ad group", {"/adgroups/0/ads/0/pixel_id": "7"}, at=["/adgroups/0/ads/0/pixel_id"]),
        bad(
            "a field of the ad group that is close to one of the ad",
            {"/adgroups/0/ads/0/deep_bid_type": "VO_MIN_ROAS"},
            at=["/adgroups/0/ads/0/deep_bid_type"],
            fixed={"/adgroups/0/ads/0/deep_bid_type": GONE, "/adgroups/0/deep_bid_type": "VO_MIN_ROAS"},
        ),
        bad(
            "the campaign's name beside its id",
            {"/campaign_name": "Spring"},
            base="ad-group",
            at=["/campaign_name"],
            fixed={},
        ),
        bad(
            "a field of the ad group in one of its ads",
            {"/adgroups/0/ads/0": times(2), "/adgroups/0/ads/1/dayparting": "1" * 336},
            at=["/adgroups/0/ads/1/dayparting"],
            fixed={},
        ),
        bad(
            "what is not to be bought, in an ad",
            {"/adgroups/0/ads/0/excludedAudienceIds": ["7500000000000000001"]},
            at=["/adgroups/0/ads/0/excludedAudienceIds"],
            fixed={
                "/adgroups/0/ads/0/excludedAudienceIds": GONE,
                "/adgroups/0/targeting_spec/excluded_audience_ids": ["7500000000000000001"],
            },
        ),
        bad("places, for an ad", {"/adgroups/0/ads/0/location_ids": ["1"]}, at=["/adgroups/0/ads/0/location_ids"]),
        bad(
            "an object around an ad group",
            text='{"adgroups": [{"adgroup": {"adgroup_name": "A"}}]}',
            at=["/adgroups/0/adgroup"],
            fixed='{"adgroups": [{"adgroup_name": "A"}]}',
        ),
        bad(
            "an object around a campaign",
            text='{"endpoint": "/v1.3/smart_plus/campaign/update/", "body": {"campaign": {"campaign_id": "1"}}}',
            at=["/body/campaign"],
            fixed='{"endpoint": "/v1.3/smart_plus/campaign/update/", "body": {"campaign_id": "1"}}',
        ),
        bad("a text beside the list of texts", {"/ad_text": "Shop now"}, base="ad", at=["/ad_text"]),
        bad(
            "misspelt, and beside targeting_spec",
            {"/gendr": "GENDER_MALE"},
            base="ad-group",
            at=["/gendr"],
            fixed={"/gendr": GONE, "/targeting_spec/gender": "GENDER_MALE"},
        ),
        bad(
            "the end of a name",
            {"/campaign/campaign_name": GONE, "/campaign/name": "Spring"},
            at=["/campaign/name"],
            fixed={"/campaign/name": GONE, "/campaign/campaign_name": "Spring"},
        ),
        *(
            bad(
                f"ads beside the only ad group, {words}",
                {"/adgroups/0/ads": held, "/ads": [A_SPARK_AD]},
                at=["/ads"],
                fixed=fixed,
            )
            for words, held, fixed in (
                ("which has none", GONE, {"/ads": GONE, "/adgroups/0/ads": [A_SPARK_AD]}),
                ("which has another", [ITS_AD], {"/ads": GONE, "/adgroups/0/ads": [ITS_AD, A_SPARK_AD]}),
                ("which has the same", [A_SPARK_AD], {}),
            )
        ),
        bad(
            "ads beside several ad groups",
            {"/adgroups/0": times(2), "/ads": [A_SPARK_AD]},
            at=["/ads"],
            fixed={},
        ),
        bad(
            "ads in the campaign of the only ad group",
            {"/adgroups/0/ads": GONE, "/campaign/ads": [A_SPARK_AD]},
            at=["/campaign/ads"],
            level="error",
            beside=("SPL315",),
            fixed={"/campaign/ads": GONE, "/adgroups/0/ads": [A_SPARK_AD]},
        ),
        bad(
            "one ad beside the only ad group, in no list",
            {"/adgroups/0/ads": GONE, "/ads": {"ad_name": "Summer"}},
            at=["/ads"],
            fixed={"/ads": GONE, "/adgroups/0/ads": [{"ad_name": "Summer"}]},
        ),
        *(
            bad(f"{words} for ads beside the only ad group", {"/ads": ads}, at=["/ads"], fixed={})
            for words, ads in (
                ("a list with null", [ITS_AD, None]),
                ("a list with an empty object", [ITS_AD, {}]),
                ("a list with a name", [ITS_AD, "Summer"]),
                ("a text", "Summer"),
                ("an object of ads by their names", {"Summer": {"ad_text_list": []}}),
            )
        ),
        bad(
            "another id, which is not renamed",
            text='{"endpoint": "/v1.3/smart_plus/ad/update/", "body": {"advertiser_id": "1", "ad_id": "2"}}',
            at=["/body/ad_id"],
        ),
        *(
            bad(
                f"the id of {what} that is created",
                text=f'{{"endpoint": "/v1.3/smart_plus/{level}/create/", "body": {{"{own}": "2"}}}}',
                at=[f"/body/{own}"],
                fixed={},
            )
            for level, own, what in (
                ("campaign", "campaign_id", "a campaign"),
                ("adgroup", "adgroup_id", "an ad group"),
                ("ad", "smart_plus_ad_id", "an ad"),
            )
        ),
        *(
            bad(words, {**gone, at: value}, at=[at], fixed={})
            for words, at, value, gone in (
                ("the id of an ad group at its campaign", "/campaign/adgroup_id", "5", {}),
                ("the id of an ad at its ad group", "/adgroups/0/smart_plus_ad_id", "5", {}),
                ("a campaign in itself", "/campaign/campaign", {"campaign_name": "Spring sale"}, {}),
                ("two campaigns in one", "/campaign/campaign", [{"campaign_name": "A"}, {"campaign_name": "B"}], {}),
                ("two ad groups in one", "/adgroups/0/adgroup", [{"adgroup_name": "A"}, {"adgroup_name": "B"}], {}),
                ("two creatives in one", f"{INFO}/creative_info", [{"identity_id": "7"}, {"identity_id": "8"}], {}),
                ("an ad for ads", "/adgroups/0/adss", {"ad_name": "A"}, {"/adgroups/0/ads": GONE}),
                ("an ad group for ad groups", "/adgroupss", {"adgroup_name": "A"}, {"/adgroups": GONE}),
                ("two images in one", f"{INFO}/image_info/0/image_info", [{"web_uri": "a/b"}, {"web_uri": "c/d"}], {}),
                ("an object for a choice", "/campaign/budgetMode", {"a": 1}, {"/campaign/budget_mode": GONE}),
                ("an object beside the budget", "/campaign/budgett", {"a": 1}, {}),
                ("the id of a campaign at an ad", "/adgroups/0/ads/0/campaign_id", "5", {}),
                ("creatives at an ad group", "/adgroups/0/creatives", [{"creative_info": {}}], {}),
                ("creatives by their names", "/adgroups/0/creatives", {"a": 1}, {"/adgroups/0/ads": GONE}),
                ("the Business Center where it is in its place", f"{ENTRY}/identity_bc_id", "7300000000000000001", {}),
                ("the Business Center where another is in its place", f"{ENTRY}/identity_bc_id", "8", {}),
                ("a partner where both have one", "/adgroups/0/ads/0/open_api_partner", "A", PARTNERS),
                ("a partner where both have others", "/open_api_partner", "C", PARTNERS),
            )
        ),
        bad(
            "a bound in a budget update",
            text='{"endpoint": "/v1.3/smart_plus/adgroup/budget/update/", "body": {"advertiser_id": "1", "budget": '
            '[{"adgroup_id": "2", "budget": 50, "min_budget": 5}]}}',
            at=["/body/budget/0/min_budget"],
            fixed={},
        ),
        bad(
            "budgets by their ad groups",
            text='{"endpoint": "/v1.3/smart_plus/adgroup/budget/update/", "body": {"advertiser_id": "1", "adgroups": '
            '[{"adgroup_id": "2", "budget": 50}]}}',
            at=["/body/adgroups"],
            fixed='{"endpoint": "/v1.3/smart_plus/adgroup/budget/update/", "body": {"advertiser_id": "1", "budget": '
            '[{"adgroup_id": "2", "budget": 50}]}}',
        ),
        bad(
            "one object for a list of budgets",
            text='{"endpoint": "/v1.3/smart_plus/adgroup/budget/update/", "body": {"advertiser_id": "1", "adgroup": '
            '{"adgroup_id": "2", "budget": 50}}}',
            at=["/body/adgroup"],
            fixed={},
        ),
        bad(
            "objects of another level in a status request",
            text='{"endpoint": "/v1.3/smart_plus/adgroup/status/update/", "body": {"campaign_ids": ["2"]}}',
            at=["/body/campaign_ids"],
            fixed={},
        ),
        bad(
            "a choice by the name of its endpoint",
            text='{"endpoint": "/v1.3/smart_plus/ad/material_status/update/", "body": {"material_status": "ENABLE"}}',
            at=["/body/material_status"],
            fixed='{"endpoint": "/v1.3/smart_plus/ad/material_status/update/", "body": {"operation_status": "ENABLE"}}',
        ),
        bad(
            "a campaign and its ad group in one object",
            {"/campaign_id": GONE, "/campaign_name": "A", "/objective_type": "WEB_CONVERSIONS", "/budget": 500},
            base="ad-group",
            at=[""],
            beside=("SPL103",),  # no rule of campaigns sees what is in it
            level="error",
            fixed={},
        ),
        good("no ads beside ad groups", {"/ads": [None]}),
        good(
            "a window that the request for a campaign's status takes",
            text='{"endpoint": "/v1.3/smart_plus/campaign/status/update/", "body": {"advertiser_id": "1", '
            '"campaign_ids": ["2"], "operation_status": "ENABLE", "postback_window_mode": "UNSET"}}',
        ),
        good(
            "keys that begin with _, $, // or x- are notes",
            {
                "/campaign/_note": "x",
                "/campaign/$schema": "x",
                "/campaign/~1~1": 1,
                "/campaign/x-owner": {"budget": "5"},
            },
        ),
    ],
)
def unknown_field(violation: UnknownField) -> Iterator[Finding]:
    """A field is one that the guide or the API reference knows at that place of that kind of request.

    The API drops what it does not know without a word, or refuses the request. What is known elsewhere in the same
    request belongs there: removing it would lose what it says, such as the countries of an ad group. It is to be
    removed where the same stands there too; where another value does, one of the two is to be chosen. What is like no
    field is to be removed where its words are those of a note, as `owner` or `created_at`, or it holds nothing;
    anything else may say who is left out, or when and for how much it runs, and is to be said with a field that is
    known. The field that a misspelt key is written for counts as unknown, so that no other rule misses it; where one
    would, this is an error. So is a misspelt list of ad groups or ads, and an object, or a part of one, in another one
    of its kind, whatever it holds where the kind's own name stands above it, since no rule sees what is in it. A
    campaign or ad group that a bundle has under a misspelt key is judged there all the same: the key is a warning. An
    object that is to be created, has no id, and has most of the required fields of its own kind and of another one, or
    the names with other fields, is several in one: an error.
    """
    if (found := _of_objects(violation)) is not None:
        yield found
    elif violation.does_follow or (violation.home is not None and violation.word is None):
        yield from stray(violation)
    else:
        yield unknown(violation)


def _of_objects(violation: UnknownField) -> Finding | None:
    """The finding on a key that is told by what it holds, or stands beside, and by no similar name; else None."""
    if violation.does_follow:
        return None
    found = several_in_one(violation) or aside(violation) or id_given(violation) or wrapped(violation)
    return found or stray_ads(violation) or object_for_text(violation)


RULES = (unknown_field,)
