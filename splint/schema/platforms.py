"""The words of other ad platforms for fields and values, and the hosts of their APIs.

Only findings need them, and documents with URLs of other sites, calls of tools or objects that may be no payloads.
"""

from typing import Final, NamedTuple


class Word(NamedTuple):
    """What a word that other ad platforms use for a field is here."""

    field: str
    """The field of the same object; empty where it is one of another object."""
    help: str = ""
    """What to write, where that is more than the field's name: such a word is not renamed."""
    elsewhere: str = ""
    """The field of another object that is meant."""
    of_no_cbo: bool = False
    """Whether it means this without CBO alone, and is left out with CBO."""
    beside: tuple[str, ...] = ()
    """The field beside it that says what the word says more than the field, and the values that do."""
    or_else: tuple[str, ...] = ()
    """The other fields of the same object that it may mean as well."""


_DAILY: Final = Word(
    "budget",
    "write budget, and say that it is a day's with budget_mode {mode}",
    beside=("budget_mode", "BUDGET_MODE_DYNAMIC_DAILY_BUDGET", "BUDGET_MODE_DAY"),
)
_LIFETIME: Final = Word(
    "budget",
    "write budget, and say that it is for all days with budget_mode BUDGET_MODE_TOTAL",
    beside=("budget_mode", "BUDGET_MODE_TOTAL"),
)
_OF_BUDGET: Final = {
    "daily_budget": _DAILY,
    **dict.fromkeys(("lifetime_budget", "total_budget"), _LIFETIME),
    **dict.fromkeys(
        ("budget_type", "budget_period", "budget_kind", "campaign_budget_type"),
        Word("budget_mode", "write budget_mode: BUDGET_MODE_TOTAL where the budget is for all days, else {mode}"),
    ),
}
_COST_CAP: Final = Word("conversion_bid_price")
_PLACES: Final = ("location_ids", "with the numeric ids of places")
_AGES: Final = ("age_groups", "with values such as AGE_25_34")
_PAGES: Final = ("landing_page_url_list", '[{"landing_page_url": "https://..."}]')
_TEXTS: Final = ("ad_text_list", '[{"ad_text": "..."}]')
_BUTTONS: Final = ("call_to_action_list", '[{"call_to_action": "SHOP_NOW"}]')
_OF_TARGETING: Final = {
    **dict.fromkeys(("country", "countries", "country_code", "country_codes", "location", "locations", "geo"), _PLACES),
    **dict.fromkeys(("age", "ages"), _AGES),
    "sex": ("gender", "with GENDER_FEMALE or GENDER_MALE"),
}
_AGE_LIMITS: Final = ("age_min", "age_max", "min_age", "max_age", "age_from", "age_to", "age_range")
_OF_AD: Final = {
    **dict.fromkeys(("landing_page", "landing_pages", "link", "links", "url", "urls", "final_url"), _PAGES),
    **dict.fromkeys(("text", "texts", "headline", "headlines", "primary_text", "caption"), _TEXTS),
    "cta": _BUTTONS,
}
_OF_IDENTITY: Final = {"identity_bc_id": Word("identity_authorized_bc_id")}
_OF_MATERIAL: Final = {
    "material_operation_status": Word(
        "", "send it as operation_status to /smart_plus/ad/material_status/update/", "material_operation_status"
    )
}
_OF_STATES: Final = {
    **dict.fromkeys(("state", "status", "configured_status", "effective_status"), Word("operation_status")),
    **dict.fromkeys(
        ("paused", "is_paused", "enabled", "is_enabled", "enable", "active", "is_active", "disabled", "is_disabled"),
        Word("", "write operation_status: DISABLE for what is not to run, ENABLE for what is"),
    ),
}
_TIME: Final = "as YYYY-MM-DD HH:MM:SS in UTC"
_OF_TIMES: Final = {
    **dict.fromkeys(("start_date", "start_time"), "schedule_start_time"),
    **dict.fromkeys(("end_date", "end_time", "stop_date", "stop_time"), "schedule_end_time"),
}
_OF_ZONES: Final = dict.fromkeys(
    ("timezone", "time_zone", "tz"),
    Word("", "write schedule_start_time and schedule_end_time in UTC, as they are read"),
)
OF_ANYBODY: Final = frozenset({*_OF_STATES, *_OF_TIMES, *_OF_ZONES})
"""Words for fields that things of any kind have: they say nothing of what an object is."""
WORDS: Final[dict[str, dict[str, Word]]] = {
    "Campaign": {
        **_OF_BUDGET,
        **_OF_STATES,
        "campaign_state": Word("operation_status"),
        **_OF_ZONES,
        **{word: Word("", f"write {field} in its ad groups, {_TIME}", field) for word, field in _OF_TIMES.items()},
        "cbo": Word("budget_optimize_on"),
        "campaign_budget_optimization": Word("budget_optimize_on"),
    },
    "AdGroup": {
        **{word: one._replace(of_no_cbo=True) for word, one in _OF_BUDGET.items()},
        **_OF_STATES,
        "adgroup_state": Word("operation_status"),
        **_OF_ZONES,
        **{word: Word(field, f"write {field}, {_TIME}") for word, field in _OF_TIMES.items()},
        **dict.fromkeys(("bid", "cost_cap", "target_cpa", "cpa_bid"), _COST_CAP),
        **_OF_IDENTITY,
        "event": Word("optimization_event"),
        **{
            word: Word("", f"write targeting_spec.{field}, {hint}", field)
            for word, (field, hint) in (_OF_TARGETING | dict.fromkeys(_AGE_LIMITS, _AGES)).items()
        },
        **{word: Word("", f"give its ads {field}, {hint}", field) for word, (field, hint) in _OF_AD.items()},
    },
    "Ad": {
        **{word: Word(field, f"write {field}, {hint}") for word, (field, hint) in _OF_AD.items()},
        **_OF_STATES,
        **_OF_MATERIAL,
    },
    "Creative": _OF_MATERIAL,
    "Targeting": {
        **{word: Word(field, f"write {field}, {hint}") for word, (field, hint) in _OF_TARGETING.items()},
        **dict.fromkeys(_AGE_LIMITS, Word("", f"write age_groups, {_AGES[1]}")),
        **dict.fromkeys(
            ("min_os_version", "min_version", "os_version", "minimum_os_version"),
            Word("min_ios_version", or_else=("min_android_version",)),
        ),
        **dict.fromkeys(("custom_audience_id", "custom_audience_ids"), Word("audience_ids")),
    },
    "CreativeInfo": {
        **dict.fromkeys(
            ("image_id", "image_ids", "images", "image"), Word("image_info", 'write image_info, [{"web_uri": "..."}]')
        ),
        **_OF_IDENTITY,
        "post_id": Word("tiktok_item_id"),
    },
    "AdConfiguration": _OF_IDENTITY,
    "ImageInfo": dict.fromkeys(("image_id", "image_uri", "image_url", "uri", "url"), Word("web_uri", "write web_uri")),
    "AdText": dict.fromkeys(("headline", "primary_text", "title"), Word("ad_text")),
    "AdGroupBudgetUpdate": dict.fromkeys(
        ("adgroup", "adgroups", "ad_group", "ad_groups", "adgroup_list", "group", "groups", "budgets"), Word("budget")
    ),
}
"""The words of other ad platforms and of refusals for fields, in snake case, by the model of the object around them."""
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
WORDS_OF_VALUES: Final[dict[str, tuple[str, ...]]] = {
    "lifetime": ("total",),
    "1": ("one",),
    "7": ("seven",),
    "14": ("fourteen",),
    "28": ("twenty", "eight"),
    **dict.fromkeys(("day", "daily"), ("day", "daily")),
    **dict.fromkeys(("unlimited", "all", "any", "both", "everyone"), ("unlimited",)),
    **dict.fromkeys(("man", "men"), ("male",)),
    **dict.fromkeys(("woman", "women"), ("female",)),
    **dict.fromkeys(("conversion", "conversions"), ("convert",)),
}
"""What words in values of their own, and of people, are in those here."""
OTHER_FIELDS: Final = frozenset(
    {
        *("promoted_object", "bid_amount", "attribution_spec", "effective_status", "account_id", "adset_id"),
        *("ad_account_id", "lifetime_spend_cap", "daily_spend_cap", "budget_in_micro_currency", "billable_event"),
        *("bid_in_micro_currency", "bid_strategy_type", "placement_group", "goal_type", "goal_value"),
        *("configured_status", "cost_type", "bid_micro", "daily_budget_micro", "lifetime_budget_micro"),
        *("auto_targeting_enabled", "pacing_delivery_type", "resourceName", "advertisingChannelType"),
    }
)
"""Fields of campaigns and ad groups of Meta, Pinterest, Reddit, Snapchat, LinkedIn and Google that are none here."""
OTHER_TARGETS: Final = frozenset(
    {"geo_locations", "flexible_spec", "GEO", "GENDER", "LOCALE", "AGE_BUCKET", "LOCATION"}
)
"""Keys of the `targeting_spec` of Meta and Pinterest."""
OF_AD_SETS: Final = frozenset(
    {
        *("daily_budget", "lifetime_budget", "targeting", "bid_strategy", "status", "start_time", "end_time"),
        "pacing_type",
    }
)
"""Fields of Meta's ad sets; one alone may be written for one of TikTok's."""
AD_SETS: Final = frozenset({"adset", "adsets", "adsquad", "adsquads"})
"""The letters of keys around ad groups of Meta and Snapchat."""
HOSTS: Final = frozenset(
    {
        *("graph.facebook.com", "graph.instagram.com", "googleads.googleapis.com", "adsapi.snapchat.com"),
        *("api.pinterest.com", "api.linkedin.com", "ads-api.twitter.com", "ads-api.x.com", "ads-api.reddit.com"),
        *("advertising-api.amazon.com", "advertising-api-eu.amazon.com", "advertising-api-fe.amazon.com"),
        *("campaign.api.bingads.microsoft.com", "api.bingads.microsoft.com", "bulk.api.bingads.microsoft.com"),
        *("ad.oceanengine.com", "api.oceanengine.com", "ad.e.kuaishou.com", "api.e.qq.com", "api.baidu.com"),
        *("backstage.taboola.com", "api.outbrain.com", "api.quora.com", "api.criteo.com", "api.thetradedesk.com"),
    }
)
"""The hosts of their APIs; those of OceanEngine, TikTok's sister, have `/open_api/` as well."""
OF_PATHS: Final = frozenset(
    {
        *("campaign", "campaigns", "adset", "adsets", "adgroup", "adgroups", "ad", "ads", "adsquad", "adsquads"),
        *("adcampaign", "adcampaigns", "adcampaigngroups", "lineitems", "adgroupads", "productads", "campaignbudgets"),
        *("project", "promotion", "unit"),
    }
)
"""The letters of the steps of paths of campaigns, ad groups and ads there."""
TOOL_WORDS: Final = frozenset(
    {
        *("facebook", "fb", "meta", "instagram", "google", "adwords", "snapchat", "snap", "pinterest", "linkedin"),
        *("twitter", "amazon", "reddit", "microsoft", "bing"),
    }
)
"""The words of the names of tools that call them."""
TOOL_VERBS: Final = frozenset(
    {"create", "update", "add", "edit", "set", "delete", "remove", "copy", "duplicate", "pause", "get", "list"}
)
"""Those for what such a tool does, beside one for the platform."""
TOOL_LEVELS: Final = frozenset(
    {
        *("campaign", "campaigns", "adset", "adsets", "adgroup", "adgroups", "ad", "adsquad", "adsquads"),
        *("lineitem", "creative"),
    }
)
"""Those for what it does it to; `ads` is a part of the names of platforms."""
