"""The values of enumerated fields by TikTok's own SDK. Made from splint.models, not by hand.

`scripts/generate` rewrites this file.
"""

from typing import Final


class Values:
    """The values of a field; a plain class, as it is imported at each start."""

    __slots__ = ("invalid", "only_new", "valid")

    def __init__(self, valid: tuple[str, ...], invalid: tuple[str, ...] = (), only_new: tuple[str, ...] = ()) -> None:
        self.valid = valid
        self.invalid = invalid
        """Known ones that the endpoint refuses."""
        self.only_new = only_new
        """Valid ones that an update refuses."""

    def taken(self, *, is_new: bool) -> tuple[str, ...]:
        """The values that a create request takes, or an update."""
        if is_new or not self.only_new:
            return self.valid
        return tuple([value for value in self.valid if value not in self.only_new])


ACTION_ACTION_SCENE = Values(
    (
        "CREATOR_RELATED",
        "HASHTAG_RELATED",
        "VIDEO_RELATED",
    ),
)
ACTION_VIDEO_USER_ACTIONS = Values(
    (
        "COMMENTED",
        "FOLLOWING",
        "LIKED",
        "SHARED",
        "VIEW_HASHTAG",
        "VIEW_HOMEPAGE",
        "WATCHED_TO_END",
    ),
)
CREATIVE_INFO_AIGC_DISCLOSURE_TYPE = Values(
    (
        "NOT_DECLARED",
        "SELF_DISCLOSURE",
        "UNSET",
    ),
    only_new=("UNSET",),
)
CALL_TO_ACTION_CALL_TO_ACTION = Values(
    (
        "APPLY_NOW",
        "BOOK_NOW",
        "CALL_NOW",
        "CHECK_AVAILABILITY",
        "CONTACT_US",
        "DOWNLOAD_NOW",
        "EXPERIENCE_NOW",
        "GET_QUOTE",
        "GET_SHOWTIMES",
        "GET_TICKETS_NOW",
        "INSTALL_NOW",
        "INTERESTED",
        "JOIN_THIS_HASHTAG",
        "LEARN_MORE",
        "LISTEN_NOW",
        "ORDER_NOW",
        "PLAY_GAME",
        "PREORDER_NOW",
        "READ_MORE",
        "SEND_MESSAGE",
        "SHOOT_WITH_THIS_EFFECT",
        "SHOP_NOW",
        "SIGN_UP",
        "SUBSCRIBE",
        "VIEW_NOW",
        "VIEW_PROFILE",
        "VIEW_VIDEO_WITH_THIS_EFFECT",
        "VISIT_STORE",
        "WATCH_LIVE",
        "WATCH_NOW",
    ),
)
DEEPLINK_DEEPLINK_TYPE = Values(
    (
        "DEFERRED_DEEPLINK",
        "NORMAL",
    ),
)
AD_CONFIGURATION_DARK_POST_STATUS = Values(
    (
        "OFF",
        "ON",
    ),
    invalid=("Partly",),
)
AD_CONFIGURATION_END_CARD_CTA = Values(
    (
        "BOOK_NOW",
        "CONTACT_US",
        "LEARN_MORE",
        "ORDER_NOW",
        "READ_MORE",
        "SEARCH_INVENTORY",
        "SEND_MESSAGE",
        "SHOP_NOW",
        "SIGN_UP",
        "VIEW_MORE",
    ),
)
AD_CONFIGURATION_FALLBACK_TYPE = Values(
    (
        "APP_INSTALL",
        "UNSET",
        "WEBSITE",
    ),
)
AD_CONFIGURATION_CREATIVE_AUTO_ENHANCEMENT_STRATEGY_LIST = Values(
    (
        "IMAGE_QUALITY",
        "IMAGE_RESIZE",
        "MUSIC_REFRESH",
        "TRANSLATE_AND_DUB",
        "VIDEO_QUALITY",
    ),
)
AD_CONFIGURATION_AUTO_DISCLAIMER_TYPES = Values(
    (
        "DISCOUNT",
        "EMISSION",
    ),
)
AD_CONFIGURATION_PRODUCT_SPECIFIC_TYPE = Values(
    (
        "ALL",
        "CUSTOMIZED_PRODUCTS",
        "PRODUCT_SET",
    ),
    invalid=("UNSET",),
)
AD_CONFIGURATION_PRODUCT_DISPLAY_FIELD_LIST = Values(
    (
        "ADDRESS_CITY",
        "DEALER_NAME",
        "EXTERIOR_COLOR",
        "MAKE",
        "MILEAGE",
        "MODEL",
        "PRICE",
        "SALE_PRICE",
        "TRIM",
        "VEHICLE_STATE",
        "YEAR",
    ),
    invalid=(
        "AREA_SIZE",
        "ESTATE_PRICE",
        "NUM_BED_AND_BATH",
        "PROPERTY_TYPE",
        "REAL_ESTATE_TITLE",
        "YEAR_BUILT",
    ),
)
TARGETING_SPC_AUDIENCE_AGE = Values(
    (
        "18+",
        "25+",
        "ALL",
        "OVER_EIGHTEEN",
        "OVER_TWENTY_FIVE",
    ),
    invalid=("UNSET",),
)
TARGETING_HOUSEHOLD_INCOME = Values(
    (
        "TOP10",
        "TOP10_25",
        "TOP25_50",
        "TOP5",
    ),
    invalid=("Default",),
)
TARGETING_SPENDING_POWER = Values(
    (
        "ALL",
        "HIGH",
    ),
)
TARGETING_OPERATING_SYSTEMS = Values(
    (
        "ANDROID",
        "IOS",
    ),
)
TARGETING_NETWORK_TYPES = Values(
    (
        "2G",
        "3G",
        "4G",
        "5G",
        "WIFI",
    ),
)
TARGETING_APP_TARGETING_TYPE = Values(
    (
        "PROSPECT",
        "RETARGETING",
    ),
)
AD_GROUP_PROMOTION_TARGET_TYPE = Values(
    (
        "EXTERNAL_WEBSITE",
        "INSTANT_PAGE",
        "UNSET",
    ),
)
AD_GROUP_PROMOTION_WEBSITE_TYPE = Values(
    (
        "TIKTOK_NATIVE_PAGE",
        "UNSET",
    ),
)
AD_GROUP_OPTIMIZATION_GOAL = Values(
    (
        "ANCHOR_CLICK",
        "ANCHOR_CLICK_PURCHASE",
        "AUTOMATED_VALUE",
        "CLICK",
        "CONVERSATION",
        "CONVERSION_LEADS",
        "CONVERT",
        "DESTINATION_VISIT",
        "ENGAGED_VIEW",
        "ENGAGED_VIEW_FIFTEEM",
        "ENGAGED_VIEW_FIFTEEN",
        "ENGAGEMENT_SESSION",
        "FOLLOWERS",
        "INSTALL",
        "IN_APP_EVENT",
        "LEADS",
        "LEAD_GENERATION",
        "MESSAGE",
        "MT_LIVE_FOLLOW",
        "MT_LIVE_ROOM",
        "MT_LIVE_SHOPPING",
        "PAGE_VISIT",
        "POST_ENGAGEMNT",
        "PREFERRED_LEAD",
        "PRODUCT_CLICK_IN_LIVE",
        "PROFILE_VIEWS",
        "REACH",
        "SHOW",
        "TRAFFIC_LANDING_PAGE_VIEW",
        "VALUE",
        "VIDEO_VIEW",
    ),
)
AD_GROUP_OPTIMIZATION_EVENT = Values(
    (
        "ACTIVE",
        "ACTIVE_PAY",
        "ACTIVE_REGISTER",
        "ADD_BILLING",
        "ADD_BOOKSHELF",
        "ADD_PAYMENT_INFO",
        "ADD_TO_WISHLIST",
        "AD_REVENUE_VALUE",
        "ANCHOR_CLICK",
        "APPLET_DEAL",
        "APPLICATION_APPROVAL",
        "APPOINTMENT_DOWNLOAD_BUTTON",
        "ASCRIPTION_PHONE",
        "AUTHORIZATION",
        "BANKCARD_INFORMATION",
        "BOOST",
        "BUTTON",
        "CERTIFICATION_INFORMATION",
        "CLICK_CALL_DY",
        "CLICK_DOWNLOAD",
        "CLICK_LANDING_PAGE",
        "CLICK_SHOPWINDow",
        "CLICK_WEBSITE",
        "CLUE_CONFIRM",
        "CLUE_HIGH_INTENTION",
        "CLUE_INTERFLOW",
        "CLUE_PAY_SUCCEED",
        "COMMENT_ACTION",
        "COMMODITY_CLICK",
        "COMPLETE_TUTORIAL",
        "CONSULT",
        "CONSULT_CLUE",
        "CONSULT_EFFECTIVE",
        "CONVERSION_LEADS",
        "COUPON",
        "CREATE_GAMEROLE",
        "CREATE_GROUP",
        "CUSTOMER_EFFECTIVE",
        "CUSTOMIZE_PRODUCT",
        "DEEP_PURCHASE",
        "DESTINATION_VISIT",
        "DIALBACK",
        "DIALBACK_CONFIRM",
        "DIALBACK_CONNECT",
        "DOWNLOAD_BUTTON",
        "DOWNLOAD_DETAIL",
        "DOWNLOAD_FINISH",
        "DOWNLOAD_START",
        "EC_CLICK_BUY",
        "EC_CLICK_PRODUCT",
        "EC_CONFRIM_DEAL",
        "EC_LIVE_CART",
        "EC_LIVE_CLICK_PRODUCT_ACTION",
        "EC_LIVE_COMMENT_ACTION",
        "EC_LIVE_ENTER_ACTION",
        "EC_LIVE_FOLLOW_ACTION",
        "EC_LIVE_GIFT_ACTION",
        "EC_LIVE_NATIVE_ACTION",
        "EC_LIVE_ORDER",
        "EC_LIVE_REDIRECT_TO_STORE_ACTION",
        "EC_LIVE_SLIDECART_CLICK_ACTION",
        "EC_SUBMIT_ORDER",
        "EFFECTIVE_COPY",
        "ENGAGED_SESSION",
        "ENGAGED_VIEW",
        "ENGAGED_VIEW_FIFTEEN",
        "ENTER_HOMEPAGE",
        "FEED_LIVE_HOMEPAGE",
        "FIND_LOCATION",
        "FOLLOW_ACTION",
        "FOLLOW_LIVE_ENTER",
        "FOLLOW_VIDEO_PLAY_FINISH",
        "FORM",
        "FORM_ANSWER",
        "FORM_BUTTON",
        "FORM_CONNECT",
        "FORM_DEEP",
        "FORM_DETAIL",
        "GAME_ADDICTION",
        "HIGHVALUE_CLUE",
        "IDCARD_INFORMATION",
        "IMPRESSION_LEVEL_AD_REVENUE",
        "INITIATE_ORDER",
        "INSTALL_FINISH",
        "INTENTION_CLUE",
        "INVALID_CLUE",
        "IN_APP_AD_CLICK",
        "JOIN_GROUP",
        "IN_APP_AD_IMPR",
        "IN_APP_CART",
        "IN_APP_DETAIL_UV",
        "IN_APP_ORDER",
        "IN_APP_PAY",
        "IN_APP_UV",
        "LANDING_PAGE_VIEW",
        "LAUNCH_APP",
        "LIKE_ACTION",
        "LINK_ACTION",
        "LIVE_APPOINTMENT",
        "LIVE_CARD_CLICK",
        "LIVE_CLICK_PRODUCT_ACTION",
        "LIVE_COMMENT_ACTION",
        "LIVE_ENTER_ACTION",
        "LIVE_FOLLOW_ACTION",
        "LIVE_GIFT_ACTION",
        "LIVE_HOMEPAGE",
        "LIVE_JOIN_GROUP",
        "LIVE_NATIVE_ACTION",
        "LIVE_REDIRECT_TO_STORE_ACTION",
        "LIVE_ROOM_ACTION",
        "LIVE_SLIDECART_CLICK_ACTION",
        "LIVE_STAY_TIME",
        "LIVE_SUCCESSORDER_ACTION",
        "LIVE_SUCESSORDER_PAY",
        "LOAN",
        "LOAN_APPLY",
        "LOAN_COMPLETION",
        "LOAN_CREDIT",
        "LOCATION_ACTION",
        "LOGIN",
        "LOGIN_ACTION",
        "LONGTERM_CUSTOMER",
        "LOTTERY",
        "LT_ROI",
        "MAP_SEARCH",
        "MESSAGE",
        "MESSAGE_ACTION",
        "MESSAGE_CLICK",
        "MESSAGE_CLUE",
        "MESSAGE_JOIN_GROUP",
        "MESSAGE_SELF_SERVICE",
        "MESSAGE_SEND",
        "MULTIPLE",
        "MULTI_NATIVE_ACTION",
        "NATIVE_ACTION",
        "NAV_BAR",
        "NEW_FOLLOW_ACTION",
        "NEXT_DAY_OPEN",
        "NOVEL_CHAPTER",
        "ON_WEB_ADD_TO_WISHLIST",
        "ON_WEB_CART",
        "ON_WEB_DETAIL",
        "ON_WEB_ORDER",
        "ON_WEB_REGISTER",
        "ON_WEB_SEARCH",
        "ON_WEB_SUBSCRIBE",
        "OTHER",
        "OTO_PAY",
        "OTO_STAY_TIME",
        "PAGE_VIEW",
        "PAGE_VISIT",
        "PAID_CLUE",
        "PAY_ACTION",
        "PERSONAL_INFORMATION",
        "PHONE",
        "PHONE_BUTTON",
        "PHONE_CONFIRM",
        "PHONE_CONNECT",
        "PHONE_DETAIL",
        "PHONE_EFFECTIVE",
        "PREFERRED_LEAD",
        "PREMIUM_PAYMENT",
        "PRE_LOAN_CREDIT",
        "PURCHASE_OF_GOODS",
        "PURCHASE_ROI",
        "QQ",
        "RATE",
        "READING_TIME",
        "REDIRECT",
        "REDIRECT_TO_SHOP",
        "REDIRECT_TO_STORE",
        "REGISTER_ACTION",
        "RESERVATION",
        "RSS",
        "SALES_LEAD",
        "SCHEDULE",
        "SEARCH",
        "SEVEN_DAY_OPEN",
        "SHARE_ACTION",
        "SHOPPING",
        "SHOPPING_ACTION",
        "SHOPPING_CART",
        "SPEND_CREDITS",
        "START_TRIAL",
        "STAY_TIME",
        "SUBMIT_APPLICATION",
        "SUBSCRIBE",
        "SUCCESSORDER_ACTION",
        "SUCCESSORDER_PAY",
        "UG_EFFECTIVE_ACTION",
        "UG_EFFECTIVE_DEAL",
        "UG_EFFECTIVE_SHARE",
        "UG_EFFECTIVE_SPEECH",
        "UG_ROI",
        "UNLOCK_ACHIEVEMENT",
        "UPDATE_LEVEL",
        "VIEW",
        "VOTE",
        "XPATH",
    ),
)
AD_GROUP_DEEP_FUNNEL_OPTIMIZATION_STATUS = Values(
    (
        "OFF",
        "ON",
        "UNSET",
    ),
)
AD_GROUP_DEEP_FUNNEL_EVENT_SOURCE = Values(
    (
        "CRM",
        "OFFLINE",
        "PIXEL",
    ),
)
AD_GROUP_BILLING_EVENT = Values(
    (
        "CPA",
        "CPC",
        "CPM",
        "CPV",
        "GD",
        "OCPM",
    ),
)
AD_GROUP_BID_TYPE = Values(
    (
        "BID_TYPE_CUSTOM",
        "BID_TYPE_MAX_CONVERSION",
        "BID_TYPE_NO_BID",
    ),
)
AD_GROUP_DEEP_BID_TYPE = Values(
    (
        "AEO",
        "DEFAULT",
        "MIN",
        "PACING",
        "VO_HIGHEST_VALUE",
        "VO_MIN",
        "VO_MIN_ROAS",
    ),
)
AD_GROUP_VBO_WINDOW = Values(
    (
        "SEVEN_DAYS",
        "ZERO_DAY",
    ),
)
AD_GROUP_BUDGET_MODE = Values(
    (
        "BUDGET_MODE_DAY",
        "BUDGET_MODE_DYNAMIC_DAILY_BUDGET",
        "BUDGET_MODE_INFINITE",
        "BUDGET_MODE_TOTAL",
    ),
)
AD_GROUP_ATTRIBUTION_EVENT_COUNT = Values(
    (
        "EVERY",
        "ONCE",
        "UNSET",
    ),
)
AD_GROUP_CLICK_ATTRIBUTION_WINDOW = Values(
    (
        "FOURTEEN_DAYS",
        "OFF",
        "ONE_DAY",
        "ONE_HUNDRED_EIGHTY_DAYS",
        "SEVEN_DAYS",
        "THIRTY_DAYS",
        "THIRTY_TWO_DAYS",
        "TWENTY_EIGHT_DAYS",
        "UNSET",
    ),
)
AD_GROUP_PRODUCT_SOURCE = Values(
    (
        "CATALOG",
        "SHOWCASE",
        "STORE",
        "UNSET",
    ),
)
AD_GROUP_MESSAGING_APP_TYPE = Values(
    (
        "IM_URL",
        "LINE",
        "MESSENGER",
        "WHATSAPP",
        "ZALO",
    ),
    invalid=("TikTok",),
)
AD_GROUP_ZALO_ID_TYPE = Values(
    (
        "ZALO_OFFICIAL_ACCOUNT",
        "ZALO_PHONE_ACCOUNT",
    ),
)
AD_GROUP_UPDATE_PACING = Values(
    (
        "PACING_MODE_FAST",
        "PACING_MODE_SMOOTH",
    ),
)
CAMPAIGN_OBJECTIVE_TYPE = Values(
    (
        "APP_PROMOTION",
        "LEAD_GENERATION",
        "WEB_CONVERSIONS",
    ),
    invalid=(
        "APP_INSTALL",
        "BRAND_AD",
        "CATALOG_SALES",
        "CONVERSIONS",
        "ENGAGEMENT",
        "EST_AD",
        "NONE_TYPE",
        "PRODUCT_SALES",
        "REACH",
        "RF_APP_INSTALL",
        "RF_ENGAGEMENT",
        "RF_REACH",
        "RF_TRAFFIC",
        "RF_VIDEO_VIEW",
        "SHOP",
        "SS_HTC_AD",
        "TOPVIEW_REACH",
        "TRAFFIC",
        "VIDEO_VIEWS",
    ),
)
CAMPAIGN_SALES_DESTINATION = Values(
    (
        "APP",
        "WEBSITE",
        "WEB_AND_APP",
    ),
    invalid=("TIKTOK_SHOP",),
)
CAMPAIGN_CAMPAIGN_TYPE = Values(
    (
        "IOS14_CAMPAIGN",
        "REGULAR_CAMPAIGN",
    ),
)
CAMPAIGN_SPECIAL_INDUSTRIES = Values(
    (
        "CREDIT",
        "EMPLOYMENT",
        "HOUSING",
    ),
)
CAMPAIGN_BUDGET_MODE = Values(
    (
        "BUDGET_MODE_DYNAMIC_DAILY_BUDGET",
        "BUDGET_MODE_TOTAL",
    ),
    invalid=(
        "BUDGET_MODE_DAY",
        "BUDGET_MODE_INFINITE",
    ),
)
CAMPAIGN_CATALOG_TYPE = Values(
    (
        "ECOMMERCE",
        "MINI_SERIES",
        "TRAVEL_ENTERTAINMENT",
    ),
)
CAMPAIGN_APP_PROMOTION_TYPE = Values(
    (
        "APP_INSTALL",
        "APP_RETARGETING",
        "MINIS",
    ),
    invalid=(
        "APP_PREREGISTRATION",
        "PAID_CONTENT",
        "UNSET",
    ),
)
CAMPAIGN_CAMPAIGN_APP_PROFILE_PAGE_STATE = Values(
    (
        "OFF",
        "ON",
    ),
    invalid=(
        "INVALID",
        "UNSET",
    ),
)
CAMPAIGN_BID_ALIGN_TYPE = Values(
    (
        "SAN",
        "SKAN",
        "UNSET",
    ),
)
CAMPAIGN_POSTBACK_WINDOW_MODE = Values(
    (
        "POSTBACK_WINDOW_MODE1",
        "POSTBACK_WINDOW_MODE2",
        "POSTBACK_WINDOW_MODE3",
    ),
    invalid=("UNSET",),
)

VALUES: Final[dict[str, Values]] = {
    "Action.action_scene": ACTION_ACTION_SCENE,
    "Action.video_user_actions": ACTION_VIDEO_USER_ACTIONS,
    "CreativeInfo.aigc_disclosure_type": CREATIVE_INFO_AIGC_DISCLOSURE_TYPE,
    "CallToAction.call_to_action": CALL_TO_ACTION_CALL_TO_ACTION,
    "Deeplink.deeplink_type": DEEPLINK_DEEPLINK_TYPE,
    "AdConfiguration.dark_post_status": AD_CONFIGURATION_DARK_POST_STATUS,
    "AdConfiguration.end_card_cta": AD_CONFIGURATION_END_CARD_CTA,
    "AdConfiguration.deeplink_type": DEEPLINK_DEEPLINK_TYPE,
    "AdConfiguration.fallback_type": AD_CONFIGURATION_FALLBACK_TYPE,
    "AdConfiguration.creative_auto_enhancement_strategy_list": AD_CONFIGURATION_CREATIVE_AUTO_ENHANCEMENT_STRATEGY_LIST,
    "AdConfiguration.auto_disclaimer_types": AD_CONFIGURATION_AUTO_DISCLAIMER_TYPES,
    "AdConfiguration.product_specific_type": AD_CONFIGURATION_PRODUCT_SPECIFIC_TYPE,
    "AdConfiguration.product_display_field_list": AD_CONFIGURATION_PRODUCT_DISPLAY_FIELD_LIST,
    "Ad.deeplink_type": DEEPLINK_DEEPLINK_TYPE,
    "Targeting.spc_audience_age": TARGETING_SPC_AUDIENCE_AGE,
    "Targeting.household_income": TARGETING_HOUSEHOLD_INCOME,
    "Targeting.spending_power": TARGETING_SPENDING_POWER,
    "Targeting.operating_systems": TARGETING_OPERATING_SYSTEMS,
    "Targeting.network_types": TARGETING_NETWORK_TYPES,
    "Targeting.app_targeting_type": TARGETING_APP_TARGETING_TYPE,
    "AdGroup.promotion_target_type": AD_GROUP_PROMOTION_TARGET_TYPE,
    "AdGroup.promotion_website_type": AD_GROUP_PROMOTION_WEBSITE_TYPE,
    "AdGroup.optimization_goal": AD_GROUP_OPTIMIZATION_GOAL,
    "AdGroup.optimization_event": AD_GROUP_OPTIMIZATION_EVENT,
    "AdGroup.deep_funnel_optimization_status": AD_GROUP_DEEP_FUNNEL_OPTIMIZATION_STATUS,
    "AdGroup.deep_funnel_event_source": AD_GROUP_DEEP_FUNNEL_EVENT_SOURCE,
    "AdGroup.deep_funnel_optimization_event": AD_GROUP_OPTIMIZATION_EVENT,
    "AdGroup.billing_event": AD_GROUP_BILLING_EVENT,
    "AdGroup.bid_type": AD_GROUP_BID_TYPE,
    "AdGroup.deep_bid_type": AD_GROUP_DEEP_BID_TYPE,
    "AdGroup.vbo_window": AD_GROUP_VBO_WINDOW,
    "AdGroup.budget_mode": AD_GROUP_BUDGET_MODE,
    "AdGroup.attribution_event_count": AD_GROUP_ATTRIBUTION_EVENT_COUNT,
    "AdGroup.click_attribution_window": AD_GROUP_CLICK_ATTRIBUTION_WINDOW,
    "AdGroup.engaged_view_attribution_window": AD_GROUP_CLICK_ATTRIBUTION_WINDOW,
    "AdGroup.view_attribution_window": AD_GROUP_CLICK_ATTRIBUTION_WINDOW,
    "AdGroup.product_source": AD_GROUP_PRODUCT_SOURCE,
    "AdGroup.messaging_app_type": AD_GROUP_MESSAGING_APP_TYPE,
    "AdGroup.zalo_id_type": AD_GROUP_ZALO_ID_TYPE,
    "AdGroup.pacing": AD_GROUP_UPDATE_PACING,
    "Campaign.objective_type": CAMPAIGN_OBJECTIVE_TYPE,
    "Campaign.sales_destination": CAMPAIGN_SALES_DESTINATION,
    "Campaign.campaign_type": CAMPAIGN_CAMPAIGN_TYPE,
    "Campaign.special_industries": CAMPAIGN_SPECIAL_INDUSTRIES,
    "Campaign.budget_mode": CAMPAIGN_BUDGET_MODE,
    "Campaign.catalog_type": CAMPAIGN_CATALOG_TYPE,
    "Campaign.app_promotion_type": CAMPAIGN_APP_PROMOTION_TYPE,
    "Campaign.campaign_app_profile_page_state": CAMPAIGN_CAMPAIGN_APP_PROFILE_PAGE_STATE,
    "Campaign.bid_align_type": CAMPAIGN_BID_ALIGN_TYPE,
    "Campaign.postback_window_mode": CAMPAIGN_POSTBACK_WINDOW_MODE,
}
