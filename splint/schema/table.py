"""The shapes of all payloads, and the fields of the plan's nodes. Made from splint.models, not by hand.

`scripts/generate` rewrites this file.
"""

from __future__ import annotations

from typing import Any

from splint.schema.kinds import BOOLEAN, ID, INT64, INTEGER, NUMBER, OBJECT, TEXT, Either, ListOf, Shape

ACTION = Shape(
    "Action",
    {
        "action_scene": TEXT,
        "action_period": INTEGER,
        "action_category_ids": ListOf(INT64),
        "video_user_actions": ListOf(TEXT),
    },
)
VIDEO_INFO = Shape(
    "VideoInfo",
    {
        "video_id": ID,
        "file_name": TEXT,
    },
)
IMAGE_INFO = Shape(
    "ImageInfo",
    {
        "web_uri": TEXT,
    },
)
MUSIC_INFO = Shape(
    "MusicInfo",
    {
        "music_id": INT64,
    },
)
CREATIVE_INFO = Shape(
    "CreativeInfo",
    {
        "ad_format": frozenset({"CAROUSEL", "CAROUSEL_ADS", "CATALOG_CAROUSEL", "SINGLE_VIDEO"}),
        "material_name": TEXT,
        "identity_type": frozenset({"AUTH_CODE", "BC_AUTH_TT", "CUSTOMIZED_USER", "TT_USER"}),
        "identity_id": ID,
        "identity_authorized_bc_id": INT64,
        "tiktok_item_id": INT64,
        "video_info": VIDEO_INFO,
        "image_info": Either(ListOf(IMAGE_INFO), IMAGE_INFO),
        "music_info": Either(MUSIC_INFO, ListOf(MUSIC_INFO)),
        "aigc_disclosure_type": TEXT,
    },
)
CREATIVE = Shape(
    "Creative",
    {
        "creative_info": CREATIVE_INFO,
    },
)
AD_TEXT = Shape(
    "AdText",
    {
        "ad_text": TEXT,
    },
)
CALL_TO_ACTION = Shape(
    "CallToAction",
    {
        "call_to_action": TEXT,
    },
)
LANDING_PAGE_URL = Shape(
    "LandingPageUrl",
    {
        "landing_page_url": TEXT,
    },
)
PAGE = Shape(
    "Page",
    {
        "page_id": INT64,
    },
)
CUSTOM_PRODUCT_PAGE = Shape(
    "CustomProductPage",
    {
        "custom_product_page_url": TEXT,
    },
)
DEEPLINK = Shape(
    "Deeplink",
    {
        "deeplink": TEXT,
        "deeplink_type": TEXT,
    },
)
UTM_PARAM = Shape(
    "UtmParam",
    {
        "key": TEXT,
        "value": TEXT,
    },
)
PHONE_INFO = Shape(
    "PhoneInfo",
    {
        "phone_number": TEXT,
        "phone_region_calling_code": TEXT,
        "phone_region_code": TEXT,
    },
)
TRACKING_INFO = Shape(
    "TrackingInfo",
    {
        "tracking_pixel_id": ID,
        "tracking_app_id": INT64,
        "tracking_offline_event_set_ids": ListOf(ID),
        "tracking_message_event_set_id": INT64,
        "impression_tracking_url": TEXT,
        "click_tracking_url": TEXT,
        "brand_safety_postbid_partner": TEXT,
        "brand_safety_vast_url": TEXT,
        "viewability_postbid_partner": TEXT,
        "viewability_vast_url": TEXT,
    },
)
CATALOG_CREATIVE_INFO = Shape(
    "CatalogCreativeInfo",
    {
        "catalog_media_settings": ListOf(TEXT),
        "catalog_template_video_id": ID,
    },
)
PRODUCT_IMAGE = Shape(
    "ProductImage",
    {
        "web_uri": TEXT,
    },
)
PROMO_INFO = Shape(
    "PromoInfo",
    {
        "promo_code": TEXT,
        "discount_type": TEXT,
        "discount_value": NUMBER,
        "discount_currency": TEXT,
        "minimum_purchase_type": TEXT,
        "minimum_purchase_value": NUMBER,
        "minimum_purchase_currency": TEXT,
        "valid_start_time": TEXT,
        "valid_end_time": TEXT,
    },
)
PRODUCT_INFO = Shape(
    "ProductInfo",
    {
        "product_titles": ListOf(TEXT),
        "product_image_list": ListOf(PRODUCT_IMAGE),
        "selling_points": ListOf(TEXT),
        "promo_info_list": ListOf(PROMO_INFO),
        "catalog_tag_list": ListOf(TEXT),
    },
)
AD_CONFIGURATION = Shape(
    "AdConfiguration",
    {
        "identity_type": frozenset({"AUTH_CODE", "BC_AUTH_TT", "CUSTOMIZED_USER", "TT_USER"}),
        "identity_id": ID,
        "identity_authorized_bc_id": ID,
        "dark_post_status": TEXT,
        "call_to_action_id": INT64,
        "call_to_action_list": ListOf(Either(CALL_TO_ACTION, TEXT)),
        "end_card_cta": TEXT,
        "deeplink": TEXT,
        "deeplink_type": TEXT,
        "deeplink_utm_params": ListOf(UTM_PARAM),
        "utm_params": ListOf(UTM_PARAM),
        "fallback_type": TEXT,
        "phone_info": PHONE_INFO,
        "tracking_info": TRACKING_INFO,
        "creative_auto_add_toggle": BOOLEAN,
        "creative_auto_enhancement_strategy_list": ListOf(TEXT),
        "auto_disclaimer_types": ListOf(TEXT),
        "catalog_creative_toggle": BOOLEAN,
        "catalog_creative_info": CATALOG_CREATIVE_INFO,
        "product_specific_type": TEXT,
        "product_set_id": INT64,
        "product_ids": ListOf(INT64),
        "product_display_field_list": ListOf(TEXT),
        "product_info_enabled": TEXT,
        "product_info": PRODUCT_INFO,
    },
)
AUTO_MESSAGE = Shape(
    "AutoMessage",
    {
        "auto_message_id": INT64,
    },
)
INTERACTIVE_ADD_ON = Shape(
    "InteractiveAddOn",
    {
        "card_id": INT64,
    },
)
PLAYABLE = Shape(
    "Playable",
    {
        "playable_url": TEXT,
    },
)
DISCLAIMER_TEXT = Shape(
    "DisclaimerText",
    {
        "text": TEXT,
    },
)
DISCLAIMER_CLICKABLE_TEXT = Shape(
    "DisclaimerClickableText",
    {
        "text": TEXT,
        "url": TEXT,
    },
)
DISCLAIMER = Shape(
    "Disclaimer",
    {
        "disclaimer_type": TEXT,
        "disclaimer_text": DISCLAIMER_TEXT,
        "disclaimer_clickable_texts": ListOf(DISCLAIMER_CLICKABLE_TEXT),
    },
)
AD = Shape(
    "Ad",
    {
        "advertiser_id": INT64,
        "adgroup_id": INT64,
        "request_id": ID,
        "ad_name": TEXT,
        "operation_status": frozenset({"DISABLE", "ENABLE"}),
        "creative_list": ListOf(CREATIVE),
        "ad_text_list": ListOf(AD_TEXT),
        "call_to_action_list": ListOf(Either(CALL_TO_ACTION, TEXT)),
        "landing_page_url_list": ListOf(LANDING_PAGE_URL),
        "page_list": ListOf(PAGE),
        "custom_product_page_list": ListOf(CUSTOM_PRODUCT_PAGE),
        "deeplink_list": ListOf(DEEPLINK),
        "deeplink": TEXT,
        "deeplink_type": TEXT,
        "ad_configuration": AD_CONFIGURATION,
        "auto_message_list": ListOf(AUTO_MESSAGE),
        "interactive_add_on_list": ListOf(INTERACTIVE_ADD_ON),
        "playable_list": ListOf(PLAYABLE),
        "disclaimer": DISCLAIMER,
    },
)
AD_APPEAL = Shape(
    "AdAppeal",
    {
        "advertiser_id": INT64,
        "smart_plus_ad_id": INT64,
        "appeal_reason": TEXT,
        "attachment_list": ListOf(TEXT),
    },
)
CUSTOM_ACTION = Shape(
    "CustomAction",
    {
        "code": TEXT,
        "days": INTEGER,
    },
)
TARGETING = Shape(
    "Targeting",
    {
        "location_ids": ListOf(INT64),
        "zipcode_ids": ListOf(INT64),
        "languages": ListOf(TEXT),
        "gender": frozenset({"GENDER_FEMALE", "GENDER_MALE", "GENDER_UNLIMITED"}),
        "age_groups": ListOf(
            frozenset({"AGE_13_17", "AGE_18_24", "AGE_25_34", "AGE_35_44", "AGE_45_54", "AGE_55_100"})
        ),
        "spc_audience_age": TEXT,
        "household_income": ListOf(TEXT),
        "spending_power": TEXT,
        "saved_audience_id": INT64,
        "audience_ids": ListOf(INT64),
        "excluded_audience_ids": ListOf(INT64),
        "smart_audience_enabled": BOOLEAN,
        "smart_interest_behavior_enabled": BOOLEAN,
        "interest_category_ids": ListOf(INT64),
        "interest_keyword_ids": ListOf(INT64),
        "purchase_intention_keyword_ids": ListOf(INT64),
        "actions": ListOf(ACTION),
        "operating_systems": ListOf(TEXT),
        "min_android_version": TEXT,
        "min_ios_version": TEXT,
        "device_model_ids": ListOf(INT64),
        "device_price_ranges": ListOf(INTEGER),
        "network_types": ListOf(TEXT),
        "carrier_ids": ListOf(INT64),
        "isp_ids": ListOf(ID),
        "app_targeting_type": TEXT,
        "blocked_pangle_app_ids": ListOf(INT64),
        "included_pangle_audience_package_ids": ListOf(INT64),
        "excluded_pangle_audience_package_ids": ListOf(INT64),
        "shopping_ads_retargeting_type": TEXT,
        "shopping_ads_retargeting_actions_days": NUMBER,
        "shopping_ads_retargeting_custom_audience_relation": TEXT,
        "included_custom_actions": ListOf(CUSTOM_ACTION),
        "excluded_custom_actions": ListOf(CUSTOM_ACTION),
    },
)
APP_CONFIG = Shape(
    "AppConfig",
    {
        "app_id": ID,
    },
)
AD_GROUP = Shape(
    "AdGroup",
    {
        "advertiser_id": INT64,
        "campaign_id": INT64,
        "request_id": ID,
        "adgroup_name": TEXT,
        "operation_status": frozenset({"DISABLE", "ENABLE"}),
        "promotion_type": frozenset(
            {
                "AEO_APK",
                "APP_ANDROID",
                "APP_IOS",
                "LEAD_GENERATION",
                "LEAD_GEN_CLICK_TO_CALL",
                "LEAD_GEN_CLICK_TO_SOCIAL_MEDIA_APP_MESSAGE",
                "LEAD_GEN_CLICK_TO_TT_DIRECT_MESSAGE",
                "LIVE_SHOPPING",
                "MINI_APP",
                "MINI_GAME",
                "PRODUCT_SHOPPING",
                "TIKTOK_SHOP",
                "VIDEO_SHOPPING",
                "WEBSITE",
                "WEBSITE_OR_DISPLAY",
            }
        ),
        "promotion_target_type": TEXT,
        "promotion_website_type": TEXT,
        "optimization_goal": TEXT,
        "optimization_event": TEXT,
        "custom_conversion_id": INT64,
        "pixel_id": INT64,
        "deep_funnel_optimization_status": TEXT,
        "deep_funnel_event_source": TEXT,
        "deep_funnel_event_source_id": ID,
        "deep_funnel_optimization_event": TEXT,
        "billing_event": TEXT,
        "bid_type": TEXT,
        "bid_price": NUMBER,
        "conversion_bid_price": NUMBER,
        "deep_bid_type": TEXT,
        "deep_cpabid": NUMBER,
        "roas_bid": NUMBER,
        "vbo_window": TEXT,
        "budget_mode": TEXT,
        "budget": NUMBER,
        "min_budget": NUMBER,
        "max_budget": NUMBER,
        "budget_auto_adjust_strategy": TEXT,
        "schedule_type": frozenset({"SCHEDULE_FROM_NOW", "SCHEDULE_START_END"}),
        "schedule_start_time": TEXT,
        "schedule_end_time": TEXT,
        "dayparting": TEXT,
        "attribution_event_count": TEXT,
        "click_attribution_window": TEXT,
        "engaged_view_attribution_window": TEXT,
        "view_attribution_window": TEXT,
        "placement_type": frozenset({"PLACEMENT_TYPE_AUTOMATIC", "PLACEMENT_TYPE_NORMAL"}),
        "placements": ListOf(frozenset({"PLACEMENT_GLOBAL_APP_BUNDLE", "PLACEMENT_PANGLE", "PLACEMENT_TIKTOK"})),
        "tiktok_subplacements": ListOf(TEXT),
        "comment_disabled": BOOLEAN,
        "share_disabled": BOOLEAN,
        "video_download_disabled": BOOLEAN,
        "targeting_optimization_mode": frozenset({"AUTOMATIC", "MANUAL"}),
        "targeting_spec": TARGETING,
        "suggestion_audience_enabled": BOOLEAN,
        "is_hfss": BOOLEAN,
        "is_lhf_compliance": BOOLEAN,
        "identity_type": frozenset({"AUTH_CODE", "BC_AUTH_TT", "CUSTOMIZED_USER", "TT_USER"}),
        "identity_id": ID,
        "identity_authorized_bc_id": INT64,
        "catalog_id": INT64,
        "catalog_authorized_bc_id": INT64,
        "product_source": TEXT,
        "app_id": INT64,
        "app_config": ListOf(APP_CONFIG),
        "minis_id": ID,
        "gaming_ad_compliance_agreement": TEXT,
        "phone_info": PHONE_INFO,
        "messaging_app_type": TEXT,
        "messaging_app_account_id": ID,
        "message_event_set_id": INT64,
        "zalo_id_type": TEXT,
        "movie_premiere_date": TEXT,
        "open_api_partner": TEXT,
    },
)
AD_GROUP_BUDGET = Shape(
    "AdGroupBudget",
    {
        "adgroup_id": INT64,
        "budget": NUMBER,
        "max_budget": NUMBER,
    },
)
AD_GROUP_SCHEDULED_BUDGET = Shape(
    "AdGroupScheduledBudget",
    {
        "adgroup_id": INT64,
        "scheduled_budget": NUMBER,
    },
)
AD_GROUP_BUDGET_UPDATE = Shape(
    "AdGroupBudgetUpdate",
    {
        "advertiser_id": INT64,
        "adgroup_ids": ListOf(INT64),
        "budget": ListOf(AD_GROUP_BUDGET),
        "scheduled_budget": ListOf(AD_GROUP_SCHEDULED_BUDGET),
    },
)
STATUS_UPDATE = Shape(
    "StatusUpdate",
    {
        "advertiser_id": INT64,
        "operation_status": frozenset({"DELETE", "DISABLE", "ENABLE"}),
    },
)
AD_GROUP_STATUS_UPDATE = Shape(
    "AdGroupStatusUpdate",
    {
        **STATUS_UPDATE.fields,
        "adgroup_ids": ListOf(INT64),
    },
)
AD_GROUP_UPDATE = Shape(
    "AdGroupUpdate",
    {
        **AD_GROUP.fields,
        "adgroup_id": INT64,
        "pacing": TEXT,
    },
)
AD_MATERIAL_STATUS_UPDATE = Shape(
    "AdMaterialStatusUpdate",
    {
        "advertiser_id": INT64,
        "smart_plus_ad_id": INT64,
        "ad_material_ids": ListOf(INT64),
        "operation_status": frozenset({"DISABLE", "ENABLE"}),
    },
)
AD_STATUS_UPDATE = Shape(
    "AdStatusUpdate",
    {
        **STATUS_UPDATE.fields,
        "smart_plus_ad_ids": ListOf(INT64),
    },
)
AD_UPDATE = Shape(
    "AdUpdate",
    {
        **AD.fields,
        "smart_plus_ad_id": INT64,
    },
)
CAMPAIGN = Shape(
    "Campaign",
    {
        "advertiser_id": INT64,
        "request_id": ID,
        "campaign_name": TEXT,
        "operation_status": frozenset({"DISABLE", "ENABLE"}),
        "objective_type": TEXT,
        "sales_destination": TEXT,
        "campaign_type": TEXT,
        "special_industries": ListOf(TEXT),
        "budget_optimize_on": BOOLEAN,
        "budget_mode": TEXT,
        "budget": NUMBER,
        "budget_auto_adjust_strategy": TEXT,
        "catalog_enabled": BOOLEAN,
        "catalog_type": TEXT,
        "app_id": INT64,
        "app_promotion_type": TEXT,
        "campaign_app_profile_page_state": TEXT,
        "disable_skan_campaign": BOOLEAN,
        "is_advanced_dedicated_campaign": BOOLEAN,
        "bid_align_type": TEXT,
        "postback_window_mode": TEXT,
        "gaming_ad_compliance_agreement": TEXT,
        "is_promotional_campaign": BOOLEAN,
        "is_search_campaign": BOOLEAN,
        "open_api_partner": TEXT,
        "po_number": TEXT,
        "rta_id": ID,
        "rta_bid_enabled": BOOLEAN,
        "rta_product_selection_enabled": BOOLEAN,
    },
)
CAMPAIGN_STATUS_UPDATE = Shape(
    "CampaignStatusUpdate",
    {
        **STATUS_UPDATE.fields,
        "campaign_ids": ListOf(INT64),
        "postback_window_mode": TEXT,
    },
)
CAMPAIGN_UPDATE = Shape(
    "CampaignUpdate",
    {
        **CAMPAIGN.fields,
        "campaign_id": INT64,
    },
)
EVENT_RECORD = Shape(
    "EventRecord",
    {
        "event": TEXT,
        "event_time": Either(NUMBER, TEXT),
        "event_id": ID,
        "user": OBJECT,
        "properties": OBJECT,
        "page": OBJECT,
    },
    open=True,
)
EVENT_BATCH = Shape(
    "EventBatch",
    {
        "event_source": TEXT,
        "event_source_id": ID,
        "data": ListOf(EVENT_RECORD),
        "test_event_code": TEXT,
        "partner_name": TEXT,
    },
    open=True,
)
FACTS = Shape(
    "Facts",
    {
        "event_sources": ListOf(frozenset({"events_api", "pixel"})),
        "historical_cpa": NUMBER,
        "currency": TEXT,
        "scopes": ListOf(TEXT),
        "delivery_start": TEXT,
        "last_bid_change": TEXT,
    },
)
PIXEL_RECORD = Shape(
    "PixelRecord",
    {
        "source": TEXT,
        "event": TEXT,
        "event_id": ID,
        "event_time": Either(NUMBER, TEXT),
    },
    open=True,
)

SHAPES: dict[str, Shape] = {
    "Action": ACTION,
    "VideoInfo": VIDEO_INFO,
    "ImageInfo": IMAGE_INFO,
    "MusicInfo": MUSIC_INFO,
    "CreativeInfo": CREATIVE_INFO,
    "Creative": CREATIVE,
    "AdText": AD_TEXT,
    "CallToAction": CALL_TO_ACTION,
    "LandingPageUrl": LANDING_PAGE_URL,
    "Page": PAGE,
    "CustomProductPage": CUSTOM_PRODUCT_PAGE,
    "Deeplink": DEEPLINK,
    "UtmParam": UTM_PARAM,
    "PhoneInfo": PHONE_INFO,
    "TrackingInfo": TRACKING_INFO,
    "CatalogCreativeInfo": CATALOG_CREATIVE_INFO,
    "ProductImage": PRODUCT_IMAGE,
    "PromoInfo": PROMO_INFO,
    "ProductInfo": PRODUCT_INFO,
    "AdConfiguration": AD_CONFIGURATION,
    "AutoMessage": AUTO_MESSAGE,
    "InteractiveAddOn": INTERACTIVE_ADD_ON,
    "Playable": PLAYABLE,
    "DisclaimerText": DISCLAIMER_TEXT,
    "DisclaimerClickableText": DISCLAIMER_CLICKABLE_TEXT,
    "Disclaimer": DISCLAIMER,
    "Ad": AD,
    "AdAppeal": AD_APPEAL,
    "CustomAction": CUSTOM_ACTION,
    "Targeting": TARGETING,
    "AppConfig": APP_CONFIG,
    "AdGroup": AD_GROUP,
    "AdGroupBudget": AD_GROUP_BUDGET,
    "AdGroupScheduledBudget": AD_GROUP_SCHEDULED_BUDGET,
    "AdGroupBudgetUpdate": AD_GROUP_BUDGET_UPDATE,
    "StatusUpdate": STATUS_UPDATE,
    "AdGroupStatusUpdate": AD_GROUP_STATUS_UPDATE,
    "AdGroupUpdate": AD_GROUP_UPDATE,
    "AdMaterialStatusUpdate": AD_MATERIAL_STATUS_UPDATE,
    "AdStatusUpdate": AD_STATUS_UPDATE,
    "AdUpdate": AD_UPDATE,
    "Campaign": CAMPAIGN,
    "CampaignStatusUpdate": CAMPAIGN_STATUS_UPDATE,
    "CampaignUpdate": CAMPAIGN_UPDATE,
    "EventRecord": EVENT_RECORD,
    "EventBatch": EVENT_BATCH,
    "Facts": FACTS,
    "PixelRecord": PIXEL_RECORD,
}


class CreativeInfoFields:
    """Fields of CreativeInfo: None when absent or unknown."""

    ad_format: str | None = None
    material_name: str | None = None
    identity_type: str | None = None
    identity_id: str | None = None
    identity_authorized_bc_id: str | None = None
    tiktok_item_id: str | None = None
    video_info: dict[str, Any] | None = None
    image_info: Any = None
    music_info: Any = None
    aigc_disclosure_type: str | None = None


class AdConfigurationFields:
    """Fields of AdConfiguration: None when absent or unknown."""

    identity_type: str | None = None
    identity_id: str | None = None
    identity_authorized_bc_id: str | None = None
    dark_post_status: str | None = None
    call_to_action_id: str | None = None
    call_to_action_list: list[Any] | None = None
    end_card_cta: str | None = None
    deeplink: str | None = None
    deeplink_type: str | None = None
    deeplink_utm_params: list[Any] | None = None
    utm_params: list[Any] | None = None
    fallback_type: str | None = None
    phone_info: dict[str, Any] | None = None
    tracking_info: dict[str, Any] | None = None
    creative_auto_add_toggle: bool | None = None
    creative_auto_enhancement_strategy_list: list[str] | None = None
    auto_disclaimer_types: list[str] | None = None
    catalog_creative_toggle: bool | None = None
    catalog_creative_info: dict[str, Any] | None = None
    product_specific_type: str | None = None
    product_set_id: str | None = None
    product_ids: list[str] | None = None
    product_display_field_list: list[str] | None = None
    product_info_enabled: str | None = None
    product_info: dict[str, Any] | None = None


class AdFields:
    """Fields of every Ad: None when absent or unknown."""

    advertiser_id: str | None = None
    adgroup_id: str | None = None
    request_id: str | None = None
    ad_name: str | None = None
    operation_status: str | None = None
    creative_list: list[Any] | None = None
    ad_text_list: list[Any] | None = None
    call_to_action_list: list[Any] | None = None
    landing_page_url_list: list[Any] | None = None
    page_list: list[Any] | None = None
    custom_product_page_list: list[Any] | None = None
    deeplink_list: list[Any] | None = None
    deeplink: str | None = None
    deeplink_type: str | None = None
    ad_configuration: dict[str, Any] | None = None
    auto_message_list: list[Any] | None = None
    interactive_add_on_list: list[Any] | None = None
    playable_list: list[Any] | None = None
    disclaimer: dict[str, Any] | None = None
    smart_plus_ad_id: str | None = None


class AdAppealFields:
    """Fields of AdAppeal: None when absent or unknown."""

    advertiser_id: str | None = None
    smart_plus_ad_id: str | None = None
    appeal_reason: str | None = None
    attachment_list: list[str] | None = None


class TargetingFields:
    """Fields of Targeting: None when absent or unknown."""

    location_ids: list[str] | None = None
    zipcode_ids: list[str] | None = None
    languages: list[str] | None = None
    gender: str | None = None
    age_groups: list[str] | None = None
    spc_audience_age: str | None = None
    household_income: list[str] | None = None
    spending_power: str | None = None
    saved_audience_id: str | None = None
    audience_ids: list[str] | None = None
    excluded_audience_ids: list[str] | None = None
    smart_audience_enabled: bool | None = None
    smart_interest_behavior_enabled: bool | None = None
    interest_category_ids: list[str] | None = None
    interest_keyword_ids: list[str] | None = None
    purchase_intention_keyword_ids: list[str] | None = None
    actions: list[Any] | None = None
    operating_systems: list[str] | None = None
    min_android_version: str | None = None
    min_ios_version: str | None = None
    device_model_ids: list[str] | None = None
    device_price_ranges: list[int] | None = None
    network_types: list[str] | None = None
    carrier_ids: list[str] | None = None
    isp_ids: list[str] | None = None
    app_targeting_type: str | None = None
    blocked_pangle_app_ids: list[str] | None = None
    included_pangle_audience_package_ids: list[str] | None = None
    excluded_pangle_audience_package_ids: list[str] | None = None
    shopping_ads_retargeting_type: str | None = None
    shopping_ads_retargeting_actions_days: float | None = None
    shopping_ads_retargeting_custom_audience_relation: str | None = None
    included_custom_actions: list[Any] | None = None
    excluded_custom_actions: list[Any] | None = None


class AdGroupFields:
    """Fields of every AdGroup: None when absent or unknown."""

    advertiser_id: str | None = None
    campaign_id: str | None = None
    request_id: str | None = None
    adgroup_name: str | None = None
    operation_status: str | None = None
    promotion_type: str | None = None
    promotion_target_type: str | None = None
    promotion_website_type: str | None = None
    optimization_goal: str | None = None
    optimization_event: str | None = None
    custom_conversion_id: str | None = None
    pixel_id: str | None = None
    deep_funnel_optimization_status: str | None = None
    deep_funnel_event_source: str | None = None
    deep_funnel_event_source_id: str | None = None
    deep_funnel_optimization_event: str | None = None
    billing_event: str | None = None
    bid_type: str | None = None
    bid_price: float | None = None
    conversion_bid_price: float | None = None
    deep_bid_type: str | None = None
    deep_cpabid: float | None = None
    roas_bid: float | None = None
    vbo_window: str | None = None
    budget_mode: str | None = None
    budget: float | None = None
    min_budget: float | None = None
    max_budget: float | None = None
    budget_auto_adjust_strategy: str | None = None
    schedule_type: str | None = None
    schedule_start_time: str | None = None
    schedule_end_time: str | None = None
    dayparting: str | None = None
    attribution_event_count: str | None = None
    click_attribution_window: str | None = None
    engaged_view_attribution_window: str | None = None
    view_attribution_window: str | None = None
    placement_type: str | None = None
    placements: list[str] | None = None
    tiktok_subplacements: list[str] | None = None
    comment_disabled: bool | None = None
    share_disabled: bool | None = None
    video_download_disabled: bool | None = None
    targeting_optimization_mode: str | None = None
    targeting_spec: dict[str, Any] | None = None
    suggestion_audience_enabled: bool | None = None
    is_hfss: bool | None = None
    is_lhf_compliance: bool | None = None
    identity_type: str | None = None
    identity_id: str | None = None
    identity_authorized_bc_id: str | None = None
    catalog_id: str | None = None
    catalog_authorized_bc_id: str | None = None
    product_source: str | None = None
    app_id: str | None = None
    app_config: list[Any] | None = None
    minis_id: str | None = None
    gaming_ad_compliance_agreement: str | None = None
    phone_info: dict[str, Any] | None = None
    messaging_app_type: str | None = None
    messaging_app_account_id: str | None = None
    message_event_set_id: str | None = None
    zalo_id_type: str | None = None
    movie_premiere_date: str | None = None
    open_api_partner: str | None = None
    adgroup_id: str | None = None
    pacing: str | None = None


class AdGroupBudgetUpdateFields:
    """Fields of AdGroupBudgetUpdate: None when absent or unknown."""

    advertiser_id: str | None = None
    adgroup_ids: list[str] | None = None
    budget: list[Any] | None = None
    scheduled_budget: list[Any] | None = None


class StatusUpdateFields:
    """Fields of every StatusUpdate: None when absent or unknown."""

    advertiser_id: str | None = None
    operation_status: str | None = None
    adgroup_ids: list[str] | None = None
    smart_plus_ad_ids: list[str] | None = None
    campaign_ids: list[str] | None = None
    postback_window_mode: str | None = None


class AdMaterialStatusUpdateFields:
    """Fields of AdMaterialStatusUpdate: None when absent or unknown."""

    advertiser_id: str | None = None
    smart_plus_ad_id: str | None = None
    ad_material_ids: list[str] | None = None
    operation_status: str | None = None


class CampaignFields:
    """Fields of every Campaign: None when absent or unknown."""

    advertiser_id: str | None = None
    request_id: str | None = None
    campaign_name: str | None = None
    operation_status: str | None = None
    objective_type: str | None = None
    sales_destination: str | None = None
    campaign_type: str | None = None
    special_industries: list[str] | None = None
    budget_optimize_on: bool | None = None
    budget_mode: str | None = None
    budget: float | None = None
    budget_auto_adjust_strategy: str | None = None
    catalog_enabled: bool | None = None
    catalog_type: str | None = None
    app_id: str | None = None
    app_promotion_type: str | None = None
    campaign_app_profile_page_state: str | None = None
    disable_skan_campaign: bool | None = None
    is_advanced_dedicated_campaign: bool | None = None
    bid_align_type: str | None = None
    postback_window_mode: str | None = None
    gaming_ad_compliance_agreement: str | None = None
    is_promotional_campaign: bool | None = None
    is_search_campaign: bool | None = None
    open_api_partner: str | None = None
    po_number: str | None = None
    rta_id: str | None = None
    rta_bid_enabled: bool | None = None
    rta_product_selection_enabled: bool | None = None
    campaign_id: str | None = None


class EventRecordFields:
    """Fields of EventRecord: None when absent or unknown."""

    event: str | None = None
    event_time: Any = None
    event_id: str | None = None
    user: dict[str, Any] | None = None
    properties: dict[str, Any] | None = None
    page: dict[str, Any] | None = None


class FactsFields:
    """Fields of Facts: None when absent or unknown."""

    event_sources: list[str] | None = None
    historical_cpa: float | None = None
    currency: str | None = None
    scopes: list[str] | None = None
    delivery_start: str | None = None
    last_bid_change: str | None = None
