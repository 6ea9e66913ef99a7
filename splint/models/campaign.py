"""The campaign: objective and, under campaign budget optimization, the budget."""

from splint.models import values
from splint.models.fields import ID, INT64, Model, Money, OperationStatus


class Campaign(Model):
    """The body that creates a campaign."""

    advertiser_id: INT64 | None = None
    request_id: ID | None = None
    """One id a request; TikTok takes a repeated one for the same request."""
    campaign_name: str | None = None
    operation_status: OperationStatus | None = None
    objective_type: values.ObjectiveType | None = None
    """WEB_CONVERSIONS."""
    sales_destination: values.SalesDestination | None = None
    campaign_type: values.CampaignType | None = None
    special_industries: list[values.SpecialIndustry] | None = None
    budget_optimize_on: bool | None = None
    """Campaign budget optimization (CBO): the campaign holds the budget of all its ad groups. True when left out."""
    budget_mode: values.CampaignBudgetMode | None = None
    """What budget is: a daily or a lifetime one, or, without CBO, none at all."""
    budget: Money | None = None
    """In the account's currency, a day or for the lifetime as budget_mode says."""
    budget_auto_adjust_strategy: str | None = None
    catalog_enabled: bool | None = None
    catalog_type: values.CatalogType | None = None
    app_id: INT64 | None = None
    app_promotion_type: values.AppPromotionType | None = None
    campaign_app_profile_page_state: values.CampaignAppProfilePageState | None = None
    disable_skan_campaign: bool | None = None
    is_advanced_dedicated_campaign: bool | None = None
    bid_align_type: values.BidAlignType | None = None
    postback_window_mode: values.PostbackWindowMode | None = None
    gaming_ad_compliance_agreement: str | None = None
    is_promotional_campaign: bool | None = None
    is_search_campaign: bool | None = None
    open_api_partner: str | None = None
    po_number: str | None = None
    """The purchase order that invoices name."""
    rta_id: ID | None = None
    rta_bid_enabled: bool | None = None
    rta_product_selection_enabled: bool | None = None


class CampaignUpdate(Campaign):
    """The body that updates a campaign: what changes, and the campaign's id."""

    campaign_id: INT64 | None = None
