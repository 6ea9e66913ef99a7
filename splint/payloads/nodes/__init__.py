"""The objects of a campaign tree as rules see them: typed fields, and what follows from several of them.

A field is None when it is absent or unknown; `lacks` says absent for sure. What more than one rule needs to know (the
governing budget, Spark or not, effective values) is worked out here, once.
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
from splint.payloads.nodes.node import (
    Bundle,
    Facts,
    Finding,
    Fix,
    Kind,
    Location,
    MarkedPart,
    Node,
    Operation,
    Payload,
    RelatedLocation,
    Run,
    StatusUpdate,
)
from splint.payloads.nodes.request import Request
from splint.payloads.nodes.tree import Tree

__all__ = [
    "CAROUSELS",
    "DAILY",
    "LANDING_PAGE_GOALS",
    "LIFETIME",
    "MODES_WITH_CBO",
    "PRICES",
    "SPARK_IDENTITIES",
    "Ad",
    "AdConfiguration",
    "AdGroup",
    "Budget",
    "Bundle",
    "Campaign",
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
    "StatusUpdate",
    "Targeting",
    "Tree",
]
