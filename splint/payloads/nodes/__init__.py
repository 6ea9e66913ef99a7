"""The nodes of a campaign tree that rules check: typed fields, and properties that are computed from several of them.

A field is None if it is absent or unknown; `lacks` tells whether it is absent for sure. Properties that several rules
need (the governing budget, Spark or not, effective values) are computed here, once per node.
"""

from splint.payloads.nodes.ad import (
    CAROUSELS,
    SPARK_IDENTITIES,
    Ad,
    AdConfiguration,
    Creative,
    CreativeInfo,
    Identity,
)
from splint.payloads.nodes.ad_group import LANDING_PAGE_GOALS, LIFETIME, PRICES, AdGroup, Budget, Targeting
from splint.payloads.nodes.campaign import DAILY, MODES_WITH_CBO, Campaign
from splint.payloads.nodes.events import EventLog, EventRecord
from splint.payloads.nodes.finding import Finding, Fix, Location, MarkedPart, Operation, RelatedLocation
from splint.payloads.nodes.node import Facts, Node, Run
from splint.payloads.nodes.payload import Bundle, Kind, Payload
from splint.payloads.nodes.request import (
    AdAppeal,
    AdGroupBudgetUpdate,
    AdMaterialStatusUpdate,
    Request,
    StatusUpdate,
)
from splint.payloads.nodes.scope import CAMPAIGN_KINDS, FOREIGN_TO_AD_GROUPS, FOREIGN_TO_ADS, CampaignKind, Scope
from splint.payloads.nodes.tree import Tree

__all__ = [
    "CAMPAIGN_KINDS",
    "CAROUSELS",
    "DAILY",
    "FOREIGN_TO_ADS",
    "FOREIGN_TO_AD_GROUPS",
    "LANDING_PAGE_GOALS",
    "LIFETIME",
    "MODES_WITH_CBO",
    "PRICES",
    "SPARK_IDENTITIES",
    "Ad",
    "AdAppeal",
    "AdConfiguration",
    "AdGroup",
    "AdGroupBudgetUpdate",
    "AdMaterialStatusUpdate",
    "Budget",
    "Bundle",
    "Campaign",
    "CampaignKind",
    "Creative",
    "CreativeInfo",
    "EventLog",
    "EventRecord",
    "Facts",
    "Finding",
    "Fix",
    "Identity",
    "Kind",
    "Location",
    "MarkedPart",
    "Node",
    "Operation",
    "Payload",
    "RelatedLocation",
    "Request",
    "Run",
    "Scope",
    "StatusUpdate",
    "Targeting",
    "Tree",
]
