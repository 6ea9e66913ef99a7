"""Requests that switch campaigns, ad groups or ads on or off, or delete them."""

from typing import Annotated

from splint.models.fields import INT64, Model, OneOf


class StatusUpdate(Model):
    """The fields of every status request beside its list of ids."""

    advertiser_id: INT64 | None = None
    operation_status: Annotated[str, OneOf("ENABLE", "DISABLE", "DELETE")] | None = None


class CampaignStatusUpdate(StatusUpdate):
    """The body that sets the status of campaigns."""

    campaign_ids: list[INT64] | None = None


class AdGroupStatusUpdate(StatusUpdate):
    """The body that sets the status of ad groups."""

    adgroup_ids: list[INT64] | None = None


class AdStatusUpdate(StatusUpdate):
    """The body that sets the status of ads."""

    smart_plus_ad_ids: list[INT64] | None = None
