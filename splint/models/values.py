"""The values that TikTok's own SDK takes in enumerated fields for which the reference pages list none."""

from typing import Annotated, TypeAlias

from splint.models.fields import Values

_EVENTS = """
ACTIVE ACTIVE_PAY ACTIVE_REGISTER ADD_BILLING ADD_BOOKSHELF ADD_PAYMENT_INFO ADD_TO_WISHLIST
AD_REVENUE_VALUE ANCHOR_CLICK
APPLET_DEAL APPLICATION_APPROVAL APPOINTMENT_DOWNLOAD_BUTTON ASCRIPTION_PHONE AUTHORIZATION BANKCARD_INFORMATION
BOOST BUTTON CERTIFICATION_INFORMATION CLICK_CALL_DY CLICK_DOWNLOAD CLICK_LANDING_PAGE CLICK_SHOPWINDow
CLICK_WEBSITE CLUE_CONFIRM CLUE_HIGH_INTENTION CLUE_INTERFLOW CLUE_PAY_SUCCEED COMMENT_ACTION COMMODITY_CLICK
COMPLETE_TUTORIAL CONSULT CONSULT_CLUE CONSULT_EFFECTIVE CONVERSION_LEADS COUPON CREATE_GAMEROLE CREATE_GROUP
CUSTOMER_EFFECTIVE CUSTOMIZE_PRODUCT DEEP_PURCHASE DESTINATION_VISIT DIALBACK DIALBACK_CONFIRM DIALBACK_CONNECT
DOWNLOAD_BUTTON DOWNLOAD_DETAIL DOWNLOAD_FINISH DOWNLOAD_START EC_CLICK_BUY EC_CLICK_PRODUCT EC_CONFRIM_DEAL
EC_LIVE_CART EC_LIVE_CLICK_PRODUCT_ACTION EC_LIVE_COMMENT_ACTION EC_LIVE_ENTER_ACTION EC_LIVE_FOLLOW_ACTION
EC_LIVE_GIFT_ACTION EC_LIVE_NATIVE_ACTION EC_LIVE_ORDER EC_LIVE_REDIRECT_TO_STORE_ACTION
EC_LIVE_SLIDECART_CLICK_ACTION EC_SUBMIT_ORDER EFFECTIVE_COPY ENGAGED_SESSION ENGAGED_VIEW ENGAGED_VIEW_FIFTEEN
ENTER_HOMEPAGE FEED_LIVE_HOMEPAGE FIND_LOCATION FOLLOW_ACTION FOLLOW_LIVE_ENTER FOLLOW_VIDEO_PLAY_FINISH FORM
FORM_ANSWER FORM_BUTTON FORM_CONNECT FORM_DEEP FORM_DETAIL GAME_ADDICTION HIGHVALUE_CLUE IDCARD_INFORMATION
IMPRESSION_LEVEL_AD_REVENUE INITIATE_ORDER INSTALL_FINISH INTENTION_CLUE INVALID_CLUE IN_APP_AD_CLICK JOIN_GROUP
IN_APP_AD_IMPR IN_APP_CART IN_APP_DETAIL_UV IN_APP_ORDER IN_APP_PAY IN_APP_UV LANDING_PAGE_VIEW LAUNCH_APP
LIKE_ACTION LINK_ACTION LIVE_APPOINTMENT LIVE_CARD_CLICK LIVE_CLICK_PRODUCT_ACTION LIVE_COMMENT_ACTION
LIVE_ENTER_ACTION LIVE_FOLLOW_ACTION LIVE_GIFT_ACTION LIVE_HOMEPAGE LIVE_JOIN_GROUP LIVE_NATIVE_ACTION
LIVE_REDIRECT_TO_STORE_ACTION LIVE_ROOM_ACTION LIVE_SLIDECART_CLICK_ACTION LIVE_STAY_TIME
LIVE_SUCCESSORDER_ACTION LIVE_SUCESSORDER_PAY LOAN LOAN_APPLY LOAN_COMPLETION LOAN_CREDIT LOCATION_ACTION LOGIN
LOGIN_ACTION LONGTERM_CUSTOMER LOTTERY LT_ROI MAP_SEARCH MESSAGE MESSAGE_ACTION MESSAGE_CLICK MESSAGE_CLUE
MESSAGE_JOIN_GROUP MESSAGE_SELF_SERVICE MESSAGE_SEND MULTIPLE MULTI_NATIVE_ACTION NATIVE_ACTION NAV_BAR
NEW_FOLLOW_ACTION NEXT_DAY_OPEN NOVEL_CHAPTER ON_WEB_ADD_TO_WISHLIST ON_WEB_CART ON_WEB_DETAIL ON_WEB_ORDER
ON_WEB_REGISTER ON_WEB_SEARCH ON_WEB_SUBSCRIBE OTHER OTO_PAY OTO_STAY_TIME PAGE_VIEW PAGE_VISIT PAID_CLUE
PAY_ACTION PERSONAL_INFORMATION PHONE PHONE_BUTTON PHONE_CONFIRM PHONE_CONNECT PHONE_DETAIL PHONE_EFFECTIVE
PREFERRED_LEAD PREMIUM_PAYMENT PRE_LOAN_CREDIT PURCHASE_OF_GOODS PURCHASE_ROI QQ RATE READING_TIME REDIRECT
REDIRECT_TO_SHOP REDIRECT_TO_STORE REGISTER_ACTION RESERVATION RSS SALES_LEAD SCHEDULE SEARCH SEVEN_DAY_OPEN
SHARE_ACTION SHOPPING SHOPPING_ACTION SHOPPING_CART SPEND_CREDITS START_TRIAL STAY_TIME SUBMIT_APPLICATION SUBSCRIBE
SUCCESSORDER_ACTION SUCCESSORDER_PAY UG_EFFECTIVE_ACTION UG_EFFECTIVE_DEAL UG_EFFECTIVE_SHARE
UG_EFFECTIVE_SPEECH UG_ROI UNLOCK_ACHIEVEMENT UPDATE_LEVEL VIEW VOTE XPATH
"""

ActionScene: TypeAlias = Annotated[str, Values("CREATOR_RELATED", "HASHTAG_RELATED", "VIDEO_RELATED")]
AigcDisclosureType: TypeAlias = Annotated[str, Values("NOT_DECLARED", "SELF_DISCLOSURE", "UNSET", only_new=("UNSET",))]
AppPromotionType: TypeAlias = Annotated[
    str,
    Values(
        "APP_INSTALL",
        "APP_RETARGETING",
        "MINIS",
        invalid=(
            "APP_PREREGISTRATION",
            "PAID_CONTENT",
            "UNSET",
        ),
    ),
]
AppTargetingType: TypeAlias = Annotated[str, Values("PROSPECT", "RETARGETING")]
AttributionEventCount: TypeAlias = Annotated[str, Values("EVERY", "ONCE", "UNSET")]
AutoDisclaimerType: TypeAlias = Annotated[str, Values("DISCOUNT", "EMISSION")]
BidAlignType: TypeAlias = Annotated[str, Values("SAN", "SKAN", "UNSET")]
BidType: TypeAlias = Annotated[str, Values("BID_TYPE_CUSTOM", "BID_TYPE_MAX_CONVERSION", "BID_TYPE_NO_BID")]
BillingEvent: TypeAlias = Annotated[str, Values("CPA", "CPC", "CPM", "CPV", "GD", "OCPM")]
BudgetMode: TypeAlias = Annotated[
    str, Values("BUDGET_MODE_DAY", "BUDGET_MODE_DYNAMIC_DAILY_BUDGET", "BUDGET_MODE_INFINITE", "BUDGET_MODE_TOTAL")
]
CallToAction: TypeAlias = Annotated[
    str,
    Values(
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
]
CampaignAppProfilePageState: TypeAlias = Annotated[
    str,
    Values(
        "OFF",
        "ON",
        invalid=(
            "INVALID",
            "UNSET",
        ),
    ),
]
CampaignBudgetMode: TypeAlias = Annotated[
    str,
    Values(
        "BUDGET_MODE_DYNAMIC_DAILY_BUDGET",
        "BUDGET_MODE_TOTAL",
        invalid=(
            "BUDGET_MODE_DAY",
            "BUDGET_MODE_INFINITE",
        ),
    ),
]
CampaignType: TypeAlias = Annotated[str, Values("IOS14_CAMPAIGN", "REGULAR_CAMPAIGN")]
CatalogType: TypeAlias = Annotated[str, Values("ECOMMERCE", "MINI_SERIES", "TRAVEL_ENTERTAINMENT")]
AttributionWindow: TypeAlias = Annotated[
    str,
    Values(
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
]
CreativeEnhancement: TypeAlias = Annotated[
    str, Values("IMAGE_QUALITY", "IMAGE_RESIZE", "MUSIC_REFRESH", "TRANSLATE_AND_DUB", "VIDEO_QUALITY")
]
DarkPostStatus: TypeAlias = Annotated[str, Values("OFF", "ON", invalid=("Partly",))]
DeepBidType: TypeAlias = Annotated[
    str, Values("AEO", "DEFAULT", "MIN", "PACING", "VO_HIGHEST_VALUE", "VO_MIN", "VO_MIN_ROAS")
]
DeepFunnelEventSource: TypeAlias = Annotated[str, Values("CRM", "OFFLINE", "PIXEL")]
OptimizationEvent: TypeAlias = Annotated[str, Values(*_EVENTS.split())]
DeepFunnelOptimizationStatus: TypeAlias = Annotated[str, Values("OFF", "ON", "UNSET")]
DeeplinkType: TypeAlias = Annotated[str, Values("DEFERRED_DEEPLINK", "NORMAL")]
EndCardCta: TypeAlias = Annotated[
    str,
    Values(
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
]
FallbackType: TypeAlias = Annotated[str, Values("APP_INSTALL", "UNSET", "WEBSITE")]
HouseholdIncome: TypeAlias = Annotated[str, Values("TOP10", "TOP10_25", "TOP25_50", "TOP5", invalid=("Default",))]
MessagingAppType: TypeAlias = Annotated[
    str, Values("IM_URL", "LINE", "MESSENGER", "WHATSAPP", "ZALO", invalid=("TikTok",))
]
NetworkType: TypeAlias = Annotated[str, Values("2G", "3G", "4G", "5G", "WIFI")]
ObjectiveType: TypeAlias = Annotated[
    str,
    Values(
        "APP_PROMOTION",
        "LEAD_GENERATION",
        "WEB_CONVERSIONS",
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
    ),
]
OperatingSystem: TypeAlias = Annotated[str, Values("ANDROID", "IOS")]
OptimizationGoal: TypeAlias = Annotated[
    str,
    Values(
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
        "ENGAGEMENT_SESSION",  # of traffic campaigns, as the API answers it; in neither the SDK nor the reference
        "FOLLOWERS",
        "INSTALL",
        "IN_APP_EVENT",
        "LEADS",  # of instant forms, as the API answers it; in neither the SDK nor the reference
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
]
Pacing: TypeAlias = Annotated[str, Values("PACING_MODE_FAST", "PACING_MODE_SMOOTH")]
PostbackWindowMode: TypeAlias = Annotated[
    str, Values("POSTBACK_WINDOW_MODE1", "POSTBACK_WINDOW_MODE2", "POSTBACK_WINDOW_MODE3", invalid=("UNSET",))
]
ProductDisplayField: TypeAlias = Annotated[
    str,
    Values(
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
        invalid=(
            "AREA_SIZE",
            "ESTATE_PRICE",
            "NUM_BED_AND_BATH",
            "PROPERTY_TYPE",
            "REAL_ESTATE_TITLE",
            "YEAR_BUILT",
        ),
    ),
]
ProductSource: TypeAlias = Annotated[str, Values("CATALOG", "SHOWCASE", "STORE", "UNSET")]
ProductSpecificType: TypeAlias = Annotated[str, Values("ALL", "CUSTOMIZED_PRODUCTS", "PRODUCT_SET", invalid=("UNSET",))]
PromotionTargetType: TypeAlias = Annotated[str, Values("EXTERNAL_WEBSITE", "INSTANT_PAGE", "UNSET")]
PromotionWebsiteType: TypeAlias = Annotated[str, Values("TIKTOK_NATIVE_PAGE", "UNSET")]
SalesDestination: TypeAlias = Annotated[
    str,
    Values(
        "APP",
        "WEBSITE",
        "WEB_AND_APP",
        invalid=("TIKTOK_SHOP",),
    ),
]
SpcAudienceAge: TypeAlias = Annotated[
    str, Values("18+", "25+", "ALL", "OVER_EIGHTEEN", "OVER_TWENTY_FIVE", invalid=("UNSET",))
]
SpecialIndustry: TypeAlias = Annotated[str, Values("CREDIT", "EMPLOYMENT", "HOUSING")]
SpendingPower: TypeAlias = Annotated[str, Values("ALL", "HIGH")]
VboWindow: TypeAlias = Annotated[str, Values("SEVEN_DAYS", "ZERO_DAY")]
VideoUserAction: TypeAlias = Annotated[
    str, Values("COMMENTED", "FOLLOWING", "LIKED", "SHARED", "VIEW_HASHTAG", "VIEW_HOMEPAGE", "WATCHED_TO_END")
]
ZaloIdType: TypeAlias = Annotated[str, Values("ZALO_OFFICIAL_ACCOUNT", "ZALO_PHONE_ACCOUNT")]
