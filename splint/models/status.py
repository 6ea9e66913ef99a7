"""Requests that change one thing of objects that stand, a status or a budget, or appeal against a rejection."""

from typing import Annotated

from splint.models.fields import INT64, Model, Money, OneOf, OperationStatus


class StatusUpdate(Model):
    """The fields of every status request beside its list of ids."""

    advertiser_id: INT64 | None = None
    operation_status: Annotated[str, OneOf("ENABLE", "DISABLE", "DELETE")] | None = None


class CampaignStatusUpdate(StatusUpdate):
    """The body that sets the status of campaigns."""

    campaign_ids: list[INT64] | None = None
    postback_window_mode: str | None = None
    """POSTBACK_WINDOW_MODE1 to POSTBACK_WINDOW_MODE3, or UNSET."""


class AdGroupStatusUpdate(StatusUpdate):
    """The body that sets the status of ad groups."""

    adgroup_ids: list[INT64] | None = None


class AdStatusUpdate(StatusUpdate):
    """The body that sets the status of ads."""

    smart_plus_ad_ids: list[INT64] | None = None


class AdGroupBudget(Model):
    """The budget that one ad group gets."""

    adgroup_id: INT64 | None = None
    budget: Money | None = None
    """In the account's currency."""
    max_budget: Money | None = None
    """The most to spend a day, in the account's currency."""


class AdGroupScheduledBudget(Model):
    """The budget that one ad group gets from the next day on."""

    adgroup_id: INT64 | None = None
    scheduled_budget: Money | None = None
    """In the account's currency; under campaign budget optimization the most to spend a day."""


class AdGroupBudgetUpdate(Model):
    """The body that sets the budgets of ad groups."""

    advertiser_id: INT64 | None = None
    adgroup_ids: list[INT64] | None = None
    budget: list[AdGroupBudget] | None = None
    """From 1 to 20 ad groups."""
    scheduled_budget: list[AdGroupScheduledBudget] | None = None
    """From 1 to 20 ad groups."""


class AdMaterialStatusUpdate(Model):
    """The body that switches the materials of an ad on or off."""

    advertiser_id: INT64 | None = None
    smart_plus_ad_id: INT64 | None = None
    ad_material_ids: list[INT64] | None = None
    operation_status: OperationStatus | None = None


class AdAppeal(Model):
    """The body that appeals against the rejection of an ad."""

    advertiser_id: INT64 | None = None
    smart_plus_ad_id: INT64 | None = None
    appeal_reason: str | None = None
    attachment_list: list[str] | None = None
