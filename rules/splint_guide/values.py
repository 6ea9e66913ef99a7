"""Documents: the values of fields that take one of several."""

from collections.abc import Iterator

from splint.payloads.invalid_fields import UnknownValue
from splint.payloads.nodes import Ad, AdGroup, Campaign, Finding
from splint.reporting.wording import either, term
from splint.rules.guard import any_of, is_other, undocumented
from splint.rules.rule import GONE, bad, good, rule
from splint.schema.values import VALUES
from splint_guide.documents import SECTION
from splint_guide.optimization import PIXEL_NAMES
from splint_guide.spelling import GUIDES, enumerated, meant, meant_instead

GROUP_MODES = ("BUDGET_MODE_TOTAL", "BUDGET_MODE_DYNAMIC_DAILY_BUDGET", "BUDGET_MODE_INFINITE")
EVENTS = (*PIXEL_NAMES, *VALUES["AdGroup.optimization_event"].valid)
LABELS = VALUES["CallToAction.call_to_action"].valid
WHOLLY_JUDGED = frozenset(
    {
        *("Campaign.objective_type", "Campaign.budget_mode"),
        *("AdGroup.budget_mode", "AdGroup.optimization_event", "CallToAction.call_to_action"),
    }
)
"""Fields of TikTok's own SDK whose unknown values are all reported, by this rule or others, not near misses alone."""
KNOWN = {
    field: (*values.valid, *values.invalid, *GUIDES.get(field, ()))
    for field, values in VALUES.items()
    if field not in WHOLLY_JUDGED
}
"""The known values of the other ones."""
LABEL_LIST = "/adgroups/0/ads/0/call_to_action_list"


@rule(
    "SPL007",
    "unknown-value",
    on=(UnknownValue, Campaign, AdGroup, Ad),
    level="error",
    section=SECTION,
    basis="sanity",
    supersedes=dict.fromkeys(("REF106", "REF205"), "related"),
    fix="unsafe",
    since="0.1.0",
    guard=is_other("AdGroup.budget_mode", *GROUP_MODES)
    | is_other("AdGroup.optimization_event", *EVENTS)
    | is_other("CallToAction.call_to_action", *LABELS)
    | is_other("Ad.call_to_action_list", *LABELS)
    | is_other("AdConfiguration.call_to_action_list", *LABELS)
    | any_of(
        undocumented(field) if values == VALUES[field].valid else is_other(field, *values)
        for field, values in KNOWN.items()
    ),
    examples=lambda: [
        bad(
            "a misspelt placement",
            {"/adgroups/0/placements/0": "PLACEMENT_TIKTOC"},
            at=["/adgroups/0/placements/0"],
            fixed={"/adgroups/0/placements/0": "PLACEMENT_TIKTOK"},
        ),
        bad(
            "a status by another platform's word",
            text='{"endpoint": "/v1.3/smart_plus/adgroup/status/update/", "body": {"operation_status": "PAUSED"}}',
            at=["/body/operation_status"],
            fixed='{"endpoint": "/v1.3/smart_plus/adgroup/status/update/", "body": {"operation_status": "DISABLE"}}',
        ),
        bad(
            "a promotion by a shorter word",
            {"/adgroups/0/promotion_type": "WEB"},
            at=["/adgroups/0/promotion_type"],
            fixed={"/adgroups/0/promotion_type": "WEBSITE"},
        ),
        bad(
            "beside the right one",
            {"/adgroups/0/placements": ["PLACEMENT_TIKTOK", "PLACEMENT_TIKTOC"]},
            at=["/adgroups/0/placements/1"],
        ),
        bad(
            "the end of a placement",
            {"/adgroups/0/placements/0": "TikTok"},
            at=["/adgroups/0/placements/0"],
            fixed={"/adgroups/0/placements/0": "PLACEMENT_TIKTOK"},
        ),
        bad(
            "an age group that is none",
            {"/targeting_spec/age_groups": ["EVERYBODY"]},
            base="ad-group",
            at=["/targeting_spec/age_groups/0"],
        ),
        bad("a budget mode alone", {"/budget_mode": "BUDGET_MODE_DAY"}, base="ad-group", at=["/budget_mode"]),
        good("a budget mode that ad groups take", {"/budget_mode": "BUDGET_MODE_TOTAL"}, base="ad-group"),
        good(
            "AUTOMATIC placements",
            {"/adgroups/0/placement_type": "PLACEMENT_TYPE_AUTOMATIC", "/adgroups/0/placements": GONE},
        ),
        good("no budget mode", {}, base="ad-group"),
        good("the mode that TikTok answers under CBO", {"/budget_mode": "BUDGET_MODE_INFINITE"}, base="ad-group"),
        bad(
            "a budget mode in camelCase",
            {"/budget_mode": "budgetModeTotal"},
            base="ad-group",
            at=["/budget_mode"],
            fixed={"/budget_mode": "BUDGET_MODE_TOTAL"},
        ),
        bad(
            "an age group with a hyphen",
            {"/targeting_spec/age_groups": ["AGE_25-34"]},
            base="ad-group",
            at=["/targeting_spec/age_groups/0"],
            fixed={"/targeting_spec/age_groups/0": "AGE_25_34"},
        ),
        bad(
            "one of two age groups",
            {"/targeting_spec/age_groups": ["AGE_25_44"]},
            base="ad-group",
            at=["/targeting_spec/age_groups/0"],
            fixed={},
        ),
        bad(
            "a misspelt event",
            {"/adgroups/0/optimization_event": "COMPLETE_PAYMNET"},
            at=["/adgroups/0/optimization_event"],
            fixed={"/adgroups/0/optimization_event": "COMPLETE_PAYMENT"},
            level="warning",
        ),
        *(
            bad(
                f"a misspelt {name}",
                {f"/adgroups/0/{name}": misspelt},
                at=[f"/adgroups/0/{name}"],
                fixed={f"/adgroups/0/{name}": meant},
                level="warning",
            )
            for name, misspelt, meant in (
                ("vbo_window", "SEVEN_DASY", "SEVEN_DAYS"),
                ("product_source", "CATALGO", "CATALOG"),
                ("zalo_id_type", "ZALO_PHONE_ACOUNT", "ZALO_PHONE_ACCOUNT"),
                ("deep_funnel_optimization_status", "OFFX", "OFF"),
                ("promotion_website_type", "TIKTOK_NATIVE_PAEG", "TIKTOK_NATIVE_PAGE"),
                ("attribution_event_count", "EVREY", "EVERY"),
                ("view_attribution_window", "SEVEN_DAY", "SEVEN_DAYS"),
                ("engaged_view_attribution_window", "ONE_DYA", "ONE_DAY"),
            )
        ),
        bad(
            "a misspelt label",
            {LABEL_LIST: [{"call_to_action": "SHOP_NWO"}]},
            at=[f"{LABEL_LIST}/0/call_to_action"],
            fixed={LABEL_LIST: [{"call_to_action": "SHOP_NOW"}]},
        ),
        bad(
            "a label that is none", {LABEL_LIST: [{"call_to_action": "Grab it"}]}, at=[f"{LABEL_LIST}/0/call_to_action"]
        ),
        bad("a constant that is none", {LABEL_LIST: ["Shop Now", "GRAB_IT"]}, at=[f"{LABEL_LIST}/1"]),
        bad(
            "a misspelt label beside an object",
            {LABEL_LIST: [{"call_to_action": "SHOP_NOW"}, "LERN_MORE"]},
            at=[f"{LABEL_LIST}/1"],
            fixed={f"{LABEL_LIST}/1": "LEARN_MORE"},
        ),
        good("labels as the guide writes them", {LABEL_LIST: ["Shop Now", "Découvrir"]}),
        good("a budget mode beside a campaign is SPL211", {"/adgroups/0/budget_mode": "BUDGET_MODE_DAY"}),
        good("labels in another language's capitals", {LABEL_LIST: ["DÉCOUVRIR", "JETZT KAUFEN", "Entdecken"]}),
        bad("misspelt words", {LABEL_LIST: ["Shop Nwo"]}, at=[f"{LABEL_LIST}/0"]),
        bad(
            "a constant of all creatives",
            {"/adgroups/0/ads/0/ad_configuration/call_to_action_list": ["GRAB_IT"]},
            at=["/adgroups/0/ads/0/ad_configuration/call_to_action_list/0"],
        ),
        bad(
            "a label to come beside one that is none",
            {LABEL_LIST: [{"call_to_action": "{{label}}"}, {"call_to_action": "GRAB_IT"}]},
            at=[f"{LABEL_LIST}/1/call_to_action"],
        ),
        bad(
            "a near miss of a window that only the SDK lists",
            {"/adgroups/0/click_attribution_window": "SEVEN_DAY"},
            at=["/adgroups/0/click_attribution_window"],
            fixed={"/adgroups/0/click_attribution_window": "SEVEN_DAYS"},
            level="warning",
        ),
        bad(
            "one in a list, in small letters",
            {"/adgroups/0/targeting_spec/network_types": ["WIFI", "4g"]},
            at=["/adgroups/0/targeting_spec/network_types/1"],
            fixed={"/adgroups/0/targeting_spec/network_types/1": "4G"},
            level="warning",
        ),
        bad(
            "a campaign's",
            {"/campaign/catalog_type": "eCommerce"},
            at=["/campaign/catalog_type"],
            fixed={"/campaign/catalog_type": "ECOMMERCE"},
            level="warning",
        ),
        bad(
            "an ad's, in an update",
            {"/ad_configuration/dark_post_status": "on", "/smart_plus_ad_id": "1"},
            base="ad",
            at=["/ad_configuration/dark_post_status"],
            fixed={"/ad_configuration/dark_post_status": "ON"},
            level="warning",
        ),
        good(
            "what is near no value of the SDK: the guide says nothing of it",
            {"/adgroups/0/click_attribution_window": "A_FORTNIGHT", "/campaign/catalog_type": "SHOES"},
        ),
        bad(
            "close to a value that no update takes",
            {"/smart_plus_ad_id": "1", "/creative_list/0/creative_info/aigc_disclosure_type": "unset"},
            base="ad",
            at=["/creative_list/0/creative_info/aigc_disclosure_type"],
            level="warning",
            fixed={},
        ),
        good("what the SDK knows and refuses", {"/adgroups/0/messaging_app_type": "TikTok"}),
        bad(
            "a label in small letters",
            {LABEL_LIST: [{"call_to_action": "subscribe"}]},
            at=[f"{LABEL_LIST}/0/call_to_action"],
            fixed={LABEL_LIST: [{"call_to_action": "SUBSCRIBE"}]},
        ),
        bad(
            "an event beside a right budget mode",
            {"/budget_mode": "BUDGET_MODE_TOTAL", "/optimization_event": "COMPLETE_PAYMNET"},
            base="ad-group",
            at=["/optimization_event"],
            level="warning",
        ),
    ],
)
def unknown_value(node: UnknownValue | Campaign | AdGroup | Ad) -> Iterator[Finding]:
    """An enumerated field holds one of its documented values.

    Fields with a rule of their own (objective_type, budget_mode, optimization_goal ...) are left to it. An
    optimization_event that neither the Pixel nor the API knows is a warning. So is the near miss of a value that only
    TikTok's own SDK lists, as those of attribution windows.
    """
    if isinstance(node, AdGroup):
        yield from _unknown_in(node)
    elif isinstance(node, Ad):
        yield from _unknown_labels(node)
    if not isinstance(node, UnknownValue):
        yield from _near_misses(node)
    else:
        values = sorted(node.takes)
        help, fix, offers = meant_instead(node, values)
        what = f"{node.field} {term(node.value)} is none of its {len(values)} values ({', '.join(values)})"
        yield node.finding(what, help, fix, offers=offers)


def _unknown_in(group: AdGroup) -> Iterator[Finding]:
    mode, event = group.budget_mode, group.optimization_event
    if mode is not None and mode not in GROUP_MODES and not group.campaign_is_known:
        help, fix, offers = meant(group, "budget_mode", mode, GROUP_MODES)
        yield group.finding(
            "budget_mode", f"budget_mode {term(mode)} is no mode of an ad group", help, fix=fix, offers=offers
        )
    if event is not None and event not in EVENTS:
        help, fix, offers = meant(group, "optimization_event", event, EVENTS)
        what = f"optimization_event {term(event)} is no event that is known here"
        yield group.finding("optimization_event", what, help, level="warning", fix=fix, offers=offers)


def _unknown_labels(ad: Ad) -> Iterator[Finding]:
    from splint.schema.nearest import near_values  # few values are misspelt

    for home, entries in ad.call_to_action_lists:
        for index, entry in enumerate(entries):
            path, label = f"call_to_action_list/{index}", entry
            if isinstance(entry, dict):
                path, label = f"{path}/call_to_action", entry.get("call_to_action")
            if not isinstance(label, str) or label in LABELS:
                continue
            if (" " in label or label.istitle()) and label.upper().replace(
                " ", "_"
            ) in LABELS:  # as the guide: Shop Now
                continue
            is_constant = label.isascii() and label.isidentifier() and label.isupper()
            if isinstance(entry, dict) or is_constant or near_values(label, LABELS):  # else words in another language
                help, fix, offers = meant(home, path, label, LABELS)
                yield home.finding(
                    path, f"call to action {term(label)} is no label that is known here", help, fix=fix, offers=offers
                )


def _near_misses(payload: Campaign | AdGroup | Ad) -> Iterator[Finding]:
    from splint.schema.nearest import near_values, nearest  # few values are misspelt

    for path, field, value in enumerated(payload, KNOWN):
        taken = VALUES[field].taken(is_new=payload.is_create)
        if value not in KNOWN[field] and nearest(value, VALUES[field].valid):
            close = near_values(value, taken)
            help, fix, offers = meant(payload, path, value, taken)
            what = f"{field.partition('.')[2]} {term(value)} is no value that is known here"
            what += f", but close to {either(close)}" if close else ""
            yield payload.finding(path, what, help, level="warning", fix=fix, offers=offers)


RULES = (unknown_value,)
