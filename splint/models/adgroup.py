"""The ad group: optimization, bid, schedule, placements and audience."""

from typing import Annotated, TypeAlias

from splint.models import values
from splint.models.fields import ID, INT64, IdentityType, Model, Money, Number, OneOf, OperationStatus
from splint.models.targeting import Targeting

PromotionType: TypeAlias = Annotated[
    str,
    OneOf(
        "AEO_APK",
        "APP_ANDROID",
        "APP_IOS",
        "LEAD_GENERATION",
        "LEAD_GEN_CLICK_TO_CALL",
        "LEAD_GEN_CLICK_TO_SOCIAL_MEDIA_APP_MESSAGE",
        "LEAD_GEN_CLICK_TO_TT_DIRECT_MESSAGE",
        "LIVE_SHOPPING",
        "MINI_APP",
        "MINI_GAME",  # of the reference's example for mini games, which the API took; the SDK does not list it
        "PRODUCT_SHOPPING",
        "TIKTOK_SHOP",
        "VIDEO_SHOPPING",
        "WEBSITE",
        "WEBSITE_OR_DISPLAY",
    ),
]


class AppConfig(Model):
    """An app that an ad group promotes."""

    app_id: ID | None = None


class PhoneInfo(Model):
    """A phone number that people may call."""

    phone_number: str | None = None
    phone_region_calling_code: str | None = None
    """The country calling code, such as +1."""
    phone_region_code: str | None = None
    """The region, such as US."""


class AdGroup(Model):
    """The body that creates an ad group."""

    advertiser_id: INT64 | None = None
    campaign_id: INT64 | None = None
    request_id: ID | None = None
    """One id a request; TikTok takes a repeated one for the same request."""
    adgroup_name: str | None = None
    operation_status: OperationStatus | None = None

    promotion_type: PromotionType | None = None
    """WEBSITE for web campaigns."""
    promotion_target_type: values.PromotionTargetType | None = None
    promotion_website_type: values.PromotionWebsiteType | None = None
    optimization_goal: values.OptimizationGoal | None = None
    """CONVERT, CLICK, or LANDING_PAGE (in the API's own spelling TRAFFIC_LANDING_PAGE_VIEW)."""
    optimization_event: values.OptimizationEvent | None = None
    """The conversion event that CONVERT optimizes for."""
    custom_conversion_id: INT64 | None = None
    pixel_id: INT64 | None = None
    """The pixel that events come in by, those of the Events API too."""
    deep_funnel_optimization_status: values.DeepFunnelOptimizationStatus | None = None
    deep_funnel_event_source: values.DeepFunnelEventSource | None = None
    deep_funnel_event_source_id: ID | None = None
    deep_funnel_optimization_event: values.OptimizationEvent | None = None

    billing_event: values.BillingEvent | None = None
    """OCPM."""
    bid_type: values.BidType | None = None
    """BID_TYPE_NO_BID (maximum delivery) or BID_TYPE_CUSTOM (a price)."""
    bid_price: Money | None = None
    """A click's target price, in the account's currency."""
    conversion_bid_price: Money | None = None
    """A conversion's target price, in the account's currency."""
    deep_bid_type: values.DeepBidType | None = None
    deep_cpabid: Number | None = None
    roas_bid: Money | None = None
    """The return on ad spend to reach, as a ratio."""
    vbo_window: values.VboWindow | None = None
    budget_mode: values.BudgetMode | None = None
    """What budget is: a daily or a lifetime one. Only without campaign budget optimization."""
    budget: Money | None = None
    """In the account's currency. Only without campaign budget optimization."""
    min_budget: Money | None = None
    """The least to spend a day, in the account's currency."""
    max_budget: Money | None = None
    """The most to spend a day, in the account's currency."""
    budget_auto_adjust_strategy: str | None = None

    schedule_type: Annotated[str, OneOf("SCHEDULE_FROM_NOW", "SCHEDULE_START_END")] | None = None
    schedule_start_time: str | None = None
    """YYYY-MM-DD HH:MM:SS, in UTC."""
    schedule_end_time: str | None = None
    """YYYY-MM-DD HH:MM:SS, in UTC."""
    dayparting: str | None = None
    """The half hours of a week, one digit each: 1 runs, 0 rests."""
    attribution_event_count: values.AttributionEventCount | None = None
    click_attribution_window: values.AttributionWindow | None = None
    engaged_view_attribution_window: values.AttributionWindow | None = None
    view_attribution_window: values.AttributionWindow | None = None

    placement_type: Annotated[str, OneOf("PLACEMENT_TYPE_NORMAL", "PLACEMENT_TYPE_AUTOMATIC")] | None = None
    placements: (
        list[Annotated[str, OneOf("PLACEMENT_TIKTOK", "PLACEMENT_PANGLE", "PLACEMENT_GLOBAL_APP_BUNDLE")]] | None
    ) = None
    tiktok_subplacements: list[str] | None = None
    comment_disabled: bool | None = None
    share_disabled: bool | None = None
    video_download_disabled: bool | None = None

    targeting_optimization_mode: Annotated[str, OneOf("AUTOMATIC", "MANUAL")] | None = None
    """AUTOMATIC when left out."""
    targeting_spec: Targeting | None = None
    suggestion_audience_enabled: bool | None = None
    is_hfss: bool | None = None
    """Whether food or drink high in fat, salt or sugar is promoted."""
    is_lhf_compliance: bool | None = None

    identity_type: IdentityType | None = None
    identity_id: ID | None = None
    identity_authorized_bc_id: INT64 | None = None

    catalog_id: INT64 | None = None
    catalog_authorized_bc_id: INT64 | None = None
    product_source: values.ProductSource | None = None
    app_id: INT64 | None = None
    app_config: list[AppConfig] | None = None
    minis_id: ID | None = None
    gaming_ad_compliance_agreement: str | None = None
    phone_info: PhoneInfo | None = None
    messaging_app_type: values.MessagingAppType | None = None
    messaging_app_account_id: ID | None = None
    message_event_set_id: INT64 | None = None
    zalo_id_type: values.ZaloIdType | None = None
    movie_premiere_date: str | None = None
    open_api_partner: str | None = None


class AdGroupUpdate(AdGroup):
    """The body that updates an ad group: what changes, and the ad group's id."""

    adgroup_id: INT64 | None = None
    pacing: values.Pacing | None = None
