"""The payload's vocabulary: field names and paths by which payloads are recognized, tied together and sent."""

from typing import Any, Final, Literal, NamedTuple

ObjectLevel = Literal["campaign", "adgroup", "ad"]
Act = Literal["create", "update", "status", "budgets", "materials", "other"]

WEB: Final = "WEB_CONVERSIONS"
OBJECTIVES: Final = (
    WEB,
    "APP_PROMOTION",
    "LEAD_GENERATION",
    "TRAFFIC",
    "PRODUCT_SALES",
    "ENGAGEMENT",
    "VIDEO_VIEWS",
    "REACH",
)
"""The objectives that campaigns at TikTok may have."""

# -- objects -----------------------------------------------------------------------------------------------------------

LEVELS: Final[tuple[ObjectLevel, ...]] = ("campaign", "adgroup", "ad")
MODELS: Final[dict[ObjectLevel, str]] = {"campaign": "Campaign", "adgroup": "AdGroup", "ad": "Ad"}
"""The models of what creates an object."""
OWN_IDS: Final[dict[ObjectLevel, str]] = {"campaign": "campaign_id", "adgroup": "adgroup_id", "ad": "smart_plus_ad_id"}
"""The field that holds an object's own id."""
ID_LISTS: Final[dict[ObjectLevel, str]] = {level: f"{name}s" for level, name in OWN_IDS.items()}
"""The field of a status update that lists the objects."""
NAME_FIELDS: Final[dict[ObjectLevel, str]] = {"campaign": "campaign_name", "adgroup": "adgroup_name", "ad": "ad_name"}
PARENTS: Final[dict[ObjectLevel, ObjectLevel]] = {"adgroup": "campaign", "ad": "adgroup"}
PARENT_FIELDS: Final[dict[ObjectLevel, str]] = {level: OWN_IDS[parent] for level, parent in PARENTS.items()}
"""The field that names an object's parent."""
REQUIRED: Final[dict[str, tuple[str, ...]]] = {
    "Campaign": ("campaign_name", "objective_type"),
    "AdGroup": ("adgroup_name", "promotion_type", "optimization_goal", "billing_event", "bid_type", "schedule_type"),
    "Ad": ("creative_list",),
    "Creative": ("creative_info",),
    "CreativeInfo": ("ad_format",),
    "AdText": ("ad_text",),
    "LandingPageUrl": ("landing_page_url",),
    "Page": ("page_id",),
    "CallToAction": ("call_to_action",),
    "CampaignStatusUpdate": ("advertiser_id", "campaign_ids", "operation_status"),
    "AdGroupStatusUpdate": ("advertiser_id", "adgroup_ids", "operation_status"),
    "AdStatusUpdate": ("advertiser_id", "smart_plus_ad_ids", "operation_status"),
}
"""The fields that an object of a create or status request for web conversions needs, by its model (SPL008).

The advertiser of an object that is created may stand at one around it.
"""


class Word(NamedTuple):
    """What a word that other ad platforms use for a field is here."""

    field: str
    """The field of the same object; empty where it is one of another object."""
    help: str = ""
    """What to write, where that is more than the field's name: such a word is not renamed."""
    elsewhere: str = ""
    """The field of another object that is meant."""


_DAILY: Final = Word("budget", "write budget, and say that it is a day's with budget_mode {mode}")
_LIFETIME: Final = Word("budget", "write budget, and say that it is for all days with budget_mode BUDGET_MODE_TOTAL")
_COST_CAP: Final = Word("conversion_bid_price")
_PLACES: Final = "location_ids, with the numeric ids of places"
_AGES: Final = "age_groups, with values such as AGE_25_34"
_PAGES: Final = 'landing_page_url_list, [{"landing_page_url": "https://..."}]'
_TEXTS: Final = 'ad_text_list, [{"ad_text": "..."}]'
_BUTTONS: Final = 'call_to_action_list, [{"call_to_action": "SHOP_NOW"}]'
_OF_TARGETING: Final = {
    **dict.fromkeys(("country", "countries", "country_code", "country_codes", "location", "locations", "geo"), _PLACES),
    **dict.fromkeys(("age", "ages"), _AGES),
}
_OF_AD: Final = {
    **dict.fromkeys(("landing_page", "landing_pages", "link", "links", "url", "urls", "final_url"), _PAGES),
    **dict.fromkeys(("text", "texts", "headline", "headlines", "primary_text", "caption"), _TEXTS),
    "cta": _BUTTONS,
}
_BUDGETS: Final = {"daily_budget": _DAILY, **dict.fromkeys(("lifetime_budget", "total_budget"), _LIFETIME)}
WORDS: Final[dict[str, dict[str, Word]]] = {
    "Campaign": {
        **_BUDGETS,
        "cbo": Word("budget_optimize_on"),
        "campaign_budget_optimization": Word("budget_optimize_on"),
    },
    "AdGroup": {
        **_BUDGETS,
        **dict.fromkeys(("bid", "cost_cap", "target_cpa", "cpa_bid"), _COST_CAP),
        "event": Word("optimization_event"),
        **{
            word: Word("", f"write targeting_spec.{text}", text.partition(",")[0])
            for word, text in _OF_TARGETING.items()
        },
        **{word: Word("", f"give its ads {text}", text.partition(",")[0]) for word, text in _OF_AD.items()},
    },
    "Ad": {word: Word(text.partition(",")[0], f"write {text}") for word, text in _OF_AD.items()},
    "Targeting": {word: Word(text.partition(",")[0], f"write {text}") for word, text in _OF_TARGETING.items()},
    "CreativeInfo": dict.fromkeys(
        ("image_id", "image_ids", "images", "image"), Word("image_info", 'write image_info, [{"web_uri": "..."}]')
    ),
}
"""The words of other ad platforms for fields, in snake case, by the model of the object that holds them."""
VALUE_WORDS: Final = {
    **dict.fromkeys(("PAUSE", "PAUSED", "DISABLED", "INACTIVE"), "DISABLE"),
    **dict.fromkeys(("ACTIVE", "ENABLED", "ACTIVATE"), "ENABLE"),
    **dict.fromkeys(("DELETED", "REMOVE", "REMOVED"), "DELETE"),
    "WEB": "WEBSITE",
    **dict.fromkeys(("CONVERSION", "CONVERSIONS"), "CONVERT"),
    **dict.fromkeys(("CLICKS", "LINK_CLICKS"), "CLICK"),
    **dict.fromkeys(("COST_CAP", "BID_TYPE_COST_CAP"), "BID_TYPE_CUSTOM"),
    **dict.fromkeys(("LOWEST_COST", "MAXIMUM_DELIVERY", "NO_BID"), "BID_TYPE_NO_BID"),
}
"""Their words for values; each counts in the fields that know the value."""
ROW_MARKS: Final = frozenset({"create_time", "modify_time", "secondary_status", "operation_status"})
"""Fields of TikTok's responses only: with one of these, an object with its own id is a row, not a request."""

AD_GROUP_LISTS: Final = ("adgroups", "ad_groups")
"""Keys under which a campaign or a bundle nests its ad groups."""
AD_LISTS: Final = ("ads",)
NESTED: Final = frozenset({*AD_GROUP_LISTS, *AD_LISTS, "facts"})
"""Keys of a body that contain nested payloads or facts, and are not fields of an endpoint."""

_AD_GROUP_KEYS: Final = ("adgroup_name", "optimization_goal", "promotion_type", "targeting_spec")
PAYLOAD_NAMES: Final = (
    "objective_type",
    "campaign_name",
    "budget_mode",
    "budget_optimize_on",
    "advertiser_id",
    *_AD_GROUP_KEYS,
    "creative_list",
    "ad_name",
    "adgroup_id",
)
"""Field names that mark a text with a syntax error as a payload."""
PAYLOAD_KEYS: Final = frozenset({*PAYLOAD_NAMES, "event_source"})
"""Field names of payloads and event records; a file with a syntax error and none of these is not reported."""


def level_of(value: dict[str, Any]) -> ObjectLevel | None:
    """The level of a body by its keys; None if it is not a payload. An ad is recognized first, a campaign last."""
    if "creative_list" in value or ("ad_name" in value and "adgroup_id" in value):
        return "ad"
    if (
        "adgroup_name" in value
        or "optimization_goal" in value
        or "promotion_type" in value
        or "targeting_spec" in value
    ):
        return "adgroup"
    if "objective_type" in value or (
        "campaign_name" in value
        and ("advertiser_id" in value or "budget_mode" in value or "budget_optimize_on" in value)
    ):
        return "campaign"
    return None


# -- requests ----------------------------------------------------------------------------------------------------------

ENDPOINT_KEYS: Final = ("endpoint", "url", "path")
BODY_KEYS: Final = ("body", "payload", "json", "data")
TOOL_KEYS: Final = ("tool_name", "tool", "name")
PARAMETER_KEYS: Final = ("params", "arguments", "input")

SMART_PLUS_VERSION: Final = "v1.3"
_ACTS: Final[dict[str, Act]] = {
    "create": "create",
    "update": "update",
    "status/update": "status",
    "get": "other",
    "budget/update": "budgets",
    "material_status/update": "materials",
    "review_info": "other",
    "preview": "other",
    "appeal": "other",
    "copy/task/create": "other",
    "copy/task/check": "other",
}
_PATHS: Final[dict[ObjectLevel, tuple[str, ...]]] = {
    "campaign": ("create", "update", "status/update", "get", "copy/task/create", "copy/task/check"),
    "adgroup": ("create", "update", "status/update", "get", "budget/update"),
    "ad": ("create", "update", "status/update", "get", "material_status/update", "review_info", "preview", "appeal"),
}
SMART_PLUS: Final[dict[str, tuple[ObjectLevel, Act]]] = {
    f"/smart_plus/{level}/{act}/": (level, _ACTS[act]) for level, acts in _PATHS.items() for act in acts
} | {
    f"/smart_plus/{read}/": ("ad", "other")
    for read in ("material/review_info", "material_report/overview", "material_report/breakdown")
}
"""Every known Smart+ path with the level and the kind of request it takes."""
LEGACY: Final = frozenset(
    {"/campaign/spc/create/", "/campaign/spc/update/", "/campaign/status/update/", "/campaign/create/"}
)
"""The paths of older APIs that rules report."""
SCHEMA_KEYS = frozenset(
    {"$ref", "type", "enum", "const", "anyOf", "allOf", "oneOf", "items", "required", "properties", "minLength"}
)
"""Keywords of JSON Schema: one of them is in each schema of a field that is an object."""


def endpoint(level: ObjectLevel, act: str) -> str:
    """The path of a Smart+ request as it is sent: `endpoint("ad", "status/update")`."""
    return f"/open_api/{SMART_PLUS_VERSION}/smart_plus/{level}/{act}/"


def describes_fields(properties: object) -> bool:
    """Whether the value of `properties` is that of a JSON Schema: each field's is a schema."""
    return isinstance(properties, dict) and all(
        isinstance(field, bool) or (isinstance(field, dict) and not SCHEMA_KEYS.isdisjoint(field))
        for field in properties.values()
    )
