"""The payload's vocabulary: field names and paths by which payloads are recognized, tied together and sent."""

from collections.abc import Mapping
from typing import Any, Final, Literal

ObjectLevel = Literal["campaign", "adgroup", "ad"]
Act = Literal["create", "update", "status", "budgets", "materials", "appeal", "other"]

UNSET: Final = "UNSET"
"""What answers of the API hold where a choice is not made."""
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
DESTINATIONS: Final = ("WEBSITE", "APP", "WEB_AND_APP")
"""Where a campaign for web conversions may sell."""

# -- objects -----------------------------------------------------------------------------------------------------------

OBJECT_LEVELS: Final[tuple[ObjectLevel, ...]] = ("campaign", "adgroup", "ad")
MODELS: Final[dict[ObjectLevel, str]] = {"campaign": "Campaign", "adgroup": "AdGroup", "ad": "Ad"}
"""The models of what creates an object."""
LEVEL_OF: Final[dict[str, ObjectLevel]] = {model: level for level, model in MODELS.items()}
"""The level of an object by its model."""
NOUNS: Final[dict[str, str]] = {"Campaign": "campaign", "AdGroup": "ad group", "Ad": "ad"}
"""What objects are called, by their models."""
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
ROW_MARKS: Final = frozenset({"create_time", "modify_time", "secondary_status", "operation_status"})
"""Fields that TikTok's responses have: with one of these, an object with its own id is a row, not an update.

`operation_status` is a field of requests too. A create has no id of its own; a bare update that holds it is a row.
"""

METRICS: Final = frozenset(
    {
        *("spend", "impressions", "clicks", "ctr", "cpc", "cpm", "conversion", "conversion_rate"),
        *("cost_per_conversion", "cost_per_result", "stat_time_day", "stat_time_hour"),
    }
)
"""Columns of reports: what is no plan is a row with one beside an id of its own, or with two."""
OF_PLANS: Final = frozenset(
    {
        *("request_id", "budget", "budget_mode", "budget_optimize_on", "bid_price", "bid_type", "conversion_bid_price"),
        *("targeting_spec", "schedule_type", "schedule_start_time", "schedule_end_time", "creative_list"),
        *("ad_text_list", "landing_page_url_list", "call_to_action_list", "page_list", "deeplink_list"),
        *("ad_configuration", "facts", "adgroups", "ad_groups", "ads"),
    }
)
"""Keys of what somebody means to send: reports and exports of manual ads have none of them."""
SMART_PLUS_ALONE: Final = frozenset({"targeting_spec", "creative_list"})
"""Fields that the manual endpoints do not take, and all ad groups and ads of Smart+ have."""
OF_SMART_PLUS: Final = SMART_PLUS_ALONE | {
    *("request_id", "sales_destination", "budget_auto_adjust_strategy", OWN_IDS["ad"], ID_LISTS["ad"])
}
"""Fields by which a body whose endpoint is not known is one of Smart+."""

AD_GROUP_LISTS: Final = ("adgroups", "ad_groups")
"""Keys under which a campaign or a bundle nests its ad groups."""
AD_LISTS: Final = ("ads",)
NESTS: Final[dict[str, tuple[tuple[str, ...], str]]] = {
    "Campaign": (AD_GROUP_LISTS, "AdGroup"),
    "AdGroup": (AD_LISTS, "Ad"),
    "Ad": ((), ""),
}
"""The keys under which an object nests those below it, with their model, by its own; any may hold `facts` too."""
NESTED_MODELS: Final = {key: model for keys, model in NESTS.values() for key in keys}
"""The models of what an object nests, by the key of its list."""
NESTED: Final = frozenset({*AD_GROUP_LISTS, *AD_LISTS, "facts"})
"""Keys of a body that contain nested payloads or facts, and are not fields of an endpoint."""

_AD_GROUP_KEYS: Final = ("adgroup_name", "optimization_goal", "promotion_type", "targeting_spec")
"""Each marks an ad group."""
_CAMPAIGN_KEYS: Final = ("objective_type", "budget_optimize_on")
"""Each marks a campaign beside its name, though one field of an ad group is there too."""
_OF_CAMPAIGNS: Final = {"campaign_name", "campaign_id", *_CAMPAIGN_KEYS}
_OF_AD_GROUPS: Final = {*_AD_GROUP_KEYS, *REQUIRED["AdGroup"]}
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


_TELLING: Final[dict[ObjectLevel | None, tuple[str, ...]]] = {
    "ad": ("creative_list", "ad_name", "adgroup_id"),
    "adgroup": _AD_GROUP_KEYS,
}
"""The keys that tell an ad, and an ad group."""
OF_ADS_ALONE: Final = frozenset(
    {
        *("ad_text_list", "landing_page_url_list", "page_list", "call_to_action_list", "ad_configuration", "deeplink"),
        *("deeplink_list", "deeplink_type", "playable_list", "auto_message_list", "interactive_add_on_list"),
        *("custom_product_page_list", "disclaimer"),
    }
)
"""The other fields that neither ad groups nor campaigns have."""
OF_OTHER_REQUESTS: Final = frozenset({"shopping_ads_type", "store_id", "store_authorized_bc_id", "search_type"})
"""Fields of what TikTok takes for GMV Max, shops and the search of places, and Smart+ does not."""
OF_REQUESTS: Final = frozenset({"advertiser_id", "request_id"})
"""Fields of all requests, by which alone nothing is a body."""
_DIGITS: Final = range(16, 21)
"""How many digits ids at TikTok have."""
_ABSENT: Final[tuple[Any, ...]] = (None, "", [])


def level_of(value: dict[str, Any]) -> ObjectLevel | None:
    """The level of a body by its keys; None if it is not a payload. An ad is recognized first, a campaign last.

    A key without a value (null, "" or []) tells only where no other one does.
    """
    level = _level_by_keys(value)
    for key in _TELLING.get(level, ()):  # a campaign is what nothing else told otherwise
        if key in value and value[key] in _ABSENT:
            return _level_by_values(value, level)
    return level


def _level_by_values(value: dict[str, Any], level: ObjectLevel | None) -> ObjectLevel | None:
    """The level of a body whose keys tell `level`, one of them without a value.

    Its own id, or what only ads have, keeps it from being taken for what is above it.
    """
    given = {key: entry for key, entry in value.items() if entry not in _ABSENT}
    told = _level_by_keys(given)
    if told == level:
        return level
    if OWN_IDS["ad"] in given or (level == "ad" and not OF_ADS_ALONE.isdisjoint(given)):
        return "ad"
    if OWN_IDS["adgroup"] in given and told != "adgroup":
        return "adgroup" if not value.keys().isdisjoint(_AD_GROUP_KEYS) else level
    return told or level


def _level_by_keys(value: dict[str, Any]) -> ObjectLevel | None:
    if "creative_list" in value or ("ad_name" in value and "adgroup_id" in value):
        return "ad"
    for key in _AD_GROUP_KEYS:
        if key in value:
            is_campaign = "campaign_name" in value and not value.keys().isdisjoint(("campaign_id", *_CAMPAIGN_KEYS))
            return "campaign" if is_campaign and lead_of_campaign(value) > 0 else "adgroup"
    if "objective_type" in value or (
        "campaign_name" in value
        and ("advertiser_id" in value or "budget_mode" in value or "budget_optimize_on" in value)
    ):
        return "campaign"
    return None


def is_of_smart_plus(body: object, fields: frozenset[str] = SMART_PLUS_ALONE) -> bool:
    """Whether a field that only Smart+ takes is in a body, at any depth of it or of its text."""
    if isinstance(body, str):
        return any(f'"{name}"' in body for name in fields)
    if isinstance(body, dict):
        return not fields.isdisjoint(body) or any(is_of_smart_plus(one, fields) for one in body.values())
    return isinstance(body, list) and any(is_of_smart_plus(one, fields) for one in body)


def is_tiktoks_id(value: object) -> bool:
    """Whether a value has as many digits as ids at TikTok have: those of other ad platforms are mostly shorter."""
    digits = str(value) if isinstance(value, int) else value
    return isinstance(digits, str) and digits.isdigit() and len(digits) in _DIGITS


def is_logged(value: dict[str, Any]) -> bool:
    """Whether an object has a level and a message, as a line of a log."""
    level = value.get("level", value.get("severity"))
    return isinstance(level, str) and isinstance(value.get("msg", value.get("message")), str)


def lead_of_campaign(value: dict[str, Any]) -> int:
    """How many more fields that tell a campaign than such of an ad group an object with keys of an ad group has.

    Where it is positive, those of ad groups stand there by mistake. The name of an ad group counts as two. It is -1
    where an id, or the name of an ad, says otherwise.
    """
    if not value.keys().isdisjoint(("adgroup_id", "ad_name")):
        return -1
    given = {key for key, entry in value.items() if entry not in _ABSENT}
    return len(given & _OF_CAMPAIGNS) - len(given & _OF_AD_GROUPS) - ("adgroup_name" in given)


def are_stray(ads: object) -> bool:
    """Whether what is called ads beside ad groups belongs in one: not nothing, nor ads that all name one."""
    entries = [entry for entry in (ads if isinstance(ads, list) else [ads]) if entry not in (None, "", {})]
    ids = ("adgroup_id", OWN_IDS["ad"])
    return not all(isinstance(entry, dict) and not entry.keys().isdisjoint(ids) for entry in entries)


# -- requests ----------------------------------------------------------------------------------------------------------

SMART_PLUS_VERSION: Final = "v1.3"
HOSTS: Final = ("business-api.tiktok.com", "sandbox-ads.tiktok.com")
_ACTS: Final[dict[str, Act]] = {
    "create": "create",
    "update": "update",
    "status/update": "status",
    "get": "other",
    "budget/update": "budgets",
    "material_status/update": "materials",
    "review_info": "other",
    "preview": "other",
    "appeal": "appeal",
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
MANUAL: Final = frozenset(
    f"/{level}/{act}/" for level in OBJECT_LEVELS for act in ("create", "update", "status/update")
)
"""The paths that create and change manual campaigns and what is in them."""
LEGACY: Final = MANUAL | {"/campaign/spc/create/", "/campaign/spc/update/"}
"""The paths of older APIs."""
DIRECTORIES: Final = frozenset(
    {
        *("ad", "adgroup", "advertiser", "app", "asset", "audience", "bc", "blockedword", "brand_safety", "business"),
        *("campaign", "catalog", "changelog", "comment", "creative", "creative_asset", "discovery", "diagnostic"),
        *("dmp", "event", "event_source", "file", "gmv_max", "identity", "lead", "minis", "oauth2", "offline"),
        *("optimizer", "page", "pangle_audience_package", "pangle_block_list", "pixel", "playable", "portfolio"),
        *("product", "reach_frequency", "recommend", "report", "rf", "search", "search_ad", "showcase", "smart_plus"),
        *("spark_ad", "split_test", "store", "study", "subscription", "targeting", "tcm", "term", "tool", "tt_user"),
        *("tt_video", "tto", "user", "video"),
    }
)
"""The first steps of the paths of TikTok's API: what makes a version and a path alone one of its endpoints."""


def endpoint(level: ObjectLevel, act: str) -> str:
    """The path of a Smart+ request as it is sent: `endpoint("ad", "status/update")`."""
    return f"/open_api/{SMART_PLUS_VERSION}/smart_plus/{level}/{act}/"


def is_version(part: str) -> bool:
    """Whether a step of a path is a version, as v1.3."""
    return part[:1] == "v" and part[1:].replace(".", "", 1).isdigit()


def is_deleted(row: Mapping[str, Any]) -> bool:
    """Whether a row is of a deleted object: it no longer stands at TikTok."""
    status = str(row.get("secondary_status", ""))
    is_gone = status.endswith("_DELETE") and not status.endswith("_NOT_DELETE")
    return is_gone or row.get("operation_status") == "DELETE"
