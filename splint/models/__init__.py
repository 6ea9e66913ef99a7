"""Pydantic models of what splint checks: build a payload from them, or read their JSON Schemas.

May be imported by `schema`, which makes plain tables of them, and by `rules` and `cli`, which tell what fields are; a
check reads the tables and never imports this package.
"""

from splint.models.ad import (
    Ad,
    AdConfiguration,
    AdText,
    AdUpdate,
    AutoMessage,
    CallToAction,
    CatalogCreativeInfo,
    CustomProductPage,
    Deeplink,
    Disclaimer,
    DisclaimerClickableText,
    DisclaimerText,
    InteractiveAddOn,
    LandingPageUrl,
    Page,
    Playable,
    ProductImage,
    ProductInfo,
    PromoInfo,
    TrackingInfo,
    UtmParam,
)
from splint.models.adgroup import AdGroup, AdGroupUpdate, AppConfig, PhoneInfo
from splint.models.campaign import Campaign, CampaignUpdate
from splint.models.creative import Creative, CreativeInfo, ImageInfo, MusicInfo, VideoInfo
from splint.models.event import EventBatch, EventRecord, PixelRecord
from splint.models.facts import Facts
from splint.models.status import (
    AdAppeal,
    AdGroupBudget,
    AdGroupBudgetUpdate,
    AdGroupScheduledBudget,
    AdGroupStatusUpdate,
    AdMaterialStatusUpdate,
    AdStatusUpdate,
    CampaignStatusUpdate,
    StatusUpdate,
)
from splint.models.targeting import Action, CustomAction, Targeting

__all__ = [
    "Action",
    "Ad",
    "AdAppeal",
    "AdConfiguration",
    "AdGroup",
    "AdGroupBudget",
    "AdGroupBudgetUpdate",
    "AdGroupScheduledBudget",
    "AdGroupStatusUpdate",
    "AdGroupUpdate",
    "AdMaterialStatusUpdate",
    "AdStatusUpdate",
    "AdText",
    "AdUpdate",
    "AppConfig",
    "AutoMessage",
    "CallToAction",
    "Campaign",
    "CampaignStatusUpdate",
    "CampaignUpdate",
    "CatalogCreativeInfo",
    "Creative",
    "CreativeInfo",
    "CustomAction",
    "CustomProductPage",
    "Deeplink",
    "Disclaimer",
    "DisclaimerClickableText",
    "DisclaimerText",
    "EventBatch",
    "EventRecord",
    "Facts",
    "ImageInfo",
    "InteractiveAddOn",
    "LandingPageUrl",
    "MusicInfo",
    "Page",
    "PhoneInfo",
    "PixelRecord",
    "Playable",
    "ProductImage",
    "ProductInfo",
    "PromoInfo",
    "StatusUpdate",
    "Targeting",
    "TrackingInfo",
    "UtmParam",
    "VideoInfo",
]
