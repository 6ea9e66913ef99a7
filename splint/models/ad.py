"""The ad: creatives, texts, call to action and destination."""

from splint.models import values
from splint.models.adgroup import PhoneInfo
from splint.models.creative import Creative
from splint.models.fields import ID, INT64, IdentityType, Model, Number, OperationStatus


class AdText(Model):
    """An entry of ad_text_list."""

    ad_text: str | None = None


class CallToAction(Model):
    """An entry of call_to_action_list."""

    call_to_action: values.CallToAction | None = None


class LandingPageUrl(Model):
    """An entry of landing_page_url_list."""

    landing_page_url: str | None = None


class Page(Model):
    """An entry of page_list: a TikTok Instant Page."""

    page_id: INT64 | None = None


class CustomProductPage(Model):
    """An entry of custom_product_page_list."""

    custom_product_page_url: str | None = None


class Deeplink(Model):
    """An entry of deeplink_list: a link into an app."""

    deeplink: str | None = None
    deeplink_type: values.DeeplinkType | None = None


class AutoMessage(Model):
    """An entry of auto_message_list."""

    auto_message_id: INT64 | None = None


class InteractiveAddOn(Model):
    """An entry of interactive_add_on_list."""

    card_id: INT64 | None = None


class Playable(Model):
    """An entry of playable_list."""

    playable_url: str | None = None


class DisclaimerText(Model):
    """A disclaimer in plain words."""

    text: str | None = None


class DisclaimerClickableText(Model):
    """A part of a disclaimer that links somewhere."""

    text: str | None = None
    url: str | None = None


class Disclaimer(Model):
    """The disclaimer that an ad shows."""

    disclaimer_type: str | None = None
    disclaimer_text: DisclaimerText | None = None
    disclaimer_clickable_texts: list[DisclaimerClickableText] | None = None


class UtmParam(Model):
    """A query parameter that is added to a destination."""

    key: str | None = None
    value: str | None = None


class TrackingInfo(Model):
    """Who measures the ad."""

    tracking_pixel_id: ID | None = None
    tracking_app_id: INT64 | None = None
    tracking_offline_event_set_ids: list[ID] | None = None
    tracking_message_event_set_id: INT64 | None = None
    impression_tracking_url: str | None = None
    click_tracking_url: str | None = None
    brand_safety_postbid_partner: str | None = None
    brand_safety_vast_url: str | None = None
    viewability_postbid_partner: str | None = None
    viewability_vast_url: str | None = None


class CatalogCreativeInfo(Model):
    """How a catalog's media become creatives."""

    catalog_media_settings: list[str] | None = None
    catalog_template_video_id: ID | None = None


class ProductImage(Model):
    """An entry of product_image_list."""

    web_uri: str | None = None


class PromoInfo(Model):
    """A discount on a product."""

    promo_code: str | None = None
    discount_type: str | None = None
    discount_value: Number | None = None
    discount_currency: str | None = None
    minimum_purchase_type: str | None = None
    minimum_purchase_value: Number | None = None
    minimum_purchase_currency: str | None = None
    valid_start_time: str | None = None
    valid_end_time: str | None = None


class ProductInfo(Model):
    """Product information in an ad."""

    product_titles: list[str] | None = None
    product_image_list: list[ProductImage] | None = None
    selling_points: list[str] | None = None
    promo_info_list: list[PromoInfo] | None = None
    catalog_tag_list: list[str] | None = None


class AdConfiguration(Model):
    """Settings for all creatives of an ad."""

    identity_type: IdentityType | None = None
    """The identity of every creative that names none of its own."""
    identity_id: ID | None = None
    identity_authorized_bc_id: ID | None = None
    """The Business Center through which a BC_AUTH_TT identity was authorized."""
    dark_post_status: values.DarkPostStatus | None = None

    call_to_action_id: INT64 | None = None
    """A portfolio of dynamic calls to action."""
    call_to_action_list: list[CallToAction | str] | None = None
    end_card_cta: values.EndCardCta | None = None
    deeplink: str | None = None
    deeplink_type: values.DeeplinkType | None = None
    deeplink_utm_params: list[UtmParam] | None = None
    utm_params: list[UtmParam] | None = None
    fallback_type: values.FallbackType | None = None
    phone_info: PhoneInfo | None = None
    tracking_info: TrackingInfo | None = None

    creative_auto_add_toggle: bool | None = None
    creative_auto_enhancement_strategy_list: list[values.CreativeEnhancement] | None = None
    auto_disclaimer_types: list[values.AutoDisclaimerType] | None = None

    catalog_creative_toggle: bool | None = None
    catalog_creative_info: CatalogCreativeInfo | None = None
    product_specific_type: values.ProductSpecificType | None = None
    product_set_id: INT64 | None = None
    product_ids: list[INT64] | None = None
    product_display_field_list: list[values.ProductDisplayField] | None = None
    product_info_enabled: str | None = None
    product_info: ProductInfo | None = None


class Ad(Model):
    """The body that creates an ad."""

    advertiser_id: INT64 | None = None
    adgroup_id: INT64 | None = None
    request_id: ID | None = None
    """One id a request; TikTok takes a repeated one for the same request."""
    ad_name: str | None = None
    operation_status: OperationStatus | None = None
    creative_list: list[Creative] | None = None
    ad_text_list: list[AdText] | None = None
    call_to_action_list: list[CallToAction | str] | None = None
    landing_page_url_list: list[LandingPageUrl] | None = None
    page_list: list[Page] | None = None
    custom_product_page_list: list[CustomProductPage] | None = None
    deeplink_list: list[Deeplink] | None = None
    deeplink: str | None = None
    deeplink_type: values.DeeplinkType | None = None
    ad_configuration: AdConfiguration | None = None
    auto_message_list: list[AutoMessage] | None = None
    interactive_add_on_list: list[InteractiveAddOn] | None = None
    playable_list: list[Playable] | None = None
    disclaimer: Disclaimer | None = None


class AdUpdate(Ad):
    """The body that updates an ad: what changes, and the ad's id."""

    smart_plus_ad_id: INT64 | None = None
