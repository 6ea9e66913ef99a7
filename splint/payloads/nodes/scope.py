"""The kind of campaign that a tree belongs to: it decides which rules judge the tree.

TikTok's Smart+ endpoints serve campaigns of several objectives; most rules are those of regular web campaigns.
"""

from typing import TYPE_CHECKING, Any, Final, Literal

from splint.payloads.nodes.finding import Location
from splint.payloads.nodes.payload import Payload
from splint.payloads.validation import MISPLACED, is_absent
from splint.schema.vocabulary import DESTINATIONS, OBJECTIVES, UNSET, WEB

if TYPE_CHECKING:
    from splint.payloads.nodes.ad import Ad
    from splint.payloads.nodes.ad_group import AdGroup
    from splint.payloads.nodes.campaign import Campaign
    from splint.payloads.nodes.tree import Tree

CampaignKind = Literal["web", "catalog", "other"]
CAMPAIGN_KINDS: Final[tuple[CampaignKind, ...]] = ("web", "catalog", "other")

APP, CATALOG, LEAD = "app campaign", "catalog campaign", "lead generation campaign"
NOUNS: Final = {
    "APP_PROMOTION": APP,
    "LEAD_GENERATION": LEAD,
    "TRAFFIC": "traffic campaign",
    "PRODUCT_SALES": "product sales campaign",
    "ENGAGEMENT": "engagement campaign",
    "VIDEO_VIEWS": "video views campaign",
    "REACH": "reach campaign",
}
"""What a campaign of another objective is called."""
PROMOTION_TYPES: Final = {
    "APP_ANDROID": APP,
    "APP_IOS": APP,
    "LEAD_GENERATION": LEAD,
    "LEAD_GEN_CLICK_TO_CALL": LEAD,
    "LEAD_GEN_CLICK_TO_SOCIAL_MEDIA_APP_MESSAGE": LEAD,
    "LEAD_GEN_CLICK_TO_TT_DIRECT_MESSAGE": LEAD,
    "MINI_APP": "mini app campaign",
    "MINI_GAME": "mini app campaign",
}
"""What the campaign of an ad group of this promotion type is called."""
FOREIGN_TO_AD_GROUPS: Final = ("app_id", "minis_id", "promotion_target_type", "messaging_app_type")
"""Fields that only ad groups of other than web campaigns have."""
FOREIGN_TO_ADS: Final = ("playable_list", "auto_message_list", "custom_product_page_list")
OTHER = "campaign of another objective"


class Scope:
    """The kind of a campaign tree, and what decided it."""

    __slots__ = ("is_assumed", "is_certain", "is_open", "kind", "location", "noun", "objective")

    def __init__(
        self,
        kind: CampaignKind,
        noun: str = "web campaign",
        location: Location | None = None,
        objective: str | None = None,
        is_certain: bool = True,
        is_assumed: bool = False,
        is_open: bool = False,
    ) -> None:
        self.kind = kind
        """web, catalog or other."""
        self.noun = noun
        """What messages call it."""
        self.location = location
        """The field that decided; None where nothing says that it is not a web campaign."""
        self.objective = objective
        """The campaign's objective, None where the run does not have it."""
        self.is_certain = is_certain
        """False for an ad without a page to lead to whose ad group and campaign are not in the run."""
        self.is_assumed = is_assumed
        """Whether nothing tells the kind, as of an update that is alone: web is then only the most likely one."""
        self.is_open = is_open
        """Whether its new campaign is still to be given an objective."""

    @property
    def is_of_promotion_type(self) -> bool:
        """Whether the promotion type of an ad group decided, whose campaign is not known."""
        return (
            not self.is_of_campaign and self.location is not None and self.location.pointer.endswith("/promotion_type")
        )

    @property
    def is_of_app(self) -> bool:
        """Whether it is known to be an app campaign."""
        return self.noun == APP

    @property
    def is_web_by_objective(self) -> bool:
        """Whether it is a web campaign by its objective, or has still to be given one: nothing says of another kind."""
        return self.kind == "web" and (self.objective == WEB or self.is_open)

    @property
    def is_of_campaign(self) -> bool:
        """Whether the campaign's own objective decided."""
        return self.objective is not None


def scope_of(tree: "Tree") -> Scope:
    """The scope of a tree: by its campaign, else by its ad groups, else by its ads."""
    campaign, is_open = tree.campaign, False
    if campaign is not None:
        objective = campaign.holds("objective_type")
        if objective is not None:
            return _of_campaign(campaign, objective, tree.ad_groups)
        is_open = campaign.is_create and campaign.lacks("objective_type")
    decided = False
    for group in tree.ad_groups:
        scope = _of_ad_group(group)
        if scope is not None:
            return scope
        decided = decided or group.is_create or group.says("promotion_type")
    if decided:
        return Scope("web", is_open=is_open)
    for ad in tree.ads:
        scope = _of_ad(ad)
        if scope is not None:
            return scope
    is_certain = campaign is not None or bool(tree.ad_groups) or any(ad.has_page for ad in tree.ads)
    return Scope("web", is_certain=is_certain, is_assumed=True, is_open=is_open)


def sells_in_app(campaign: "Campaign | None") -> bool:
    """Whether a campaign sells in an app."""
    return campaign is not None and campaign.holds("sales_destination") == "APP"


def promotes_app(group: "AdGroup") -> bool:
    """Whether an ad group promotes an app, by its promotion_type or by what its campaign sells."""
    return sells_in_app(group.campaign) or PROMOTION_TYPES.get(group.holds("promotion_type") or "") == APP


def may_be_of_app(tree: "Tree") -> bool:
    """Whether a new campaign does not say where it sells, while one of its ad groups promotes an app."""
    campaign = tree.campaign
    if campaign is None or not (campaign.is_create and campaign.lacks("sales_destination")):
        return False
    return any(promotes_app(group) or group.says("app_id") for group in tree.ad_groups)


def _of_campaign(campaign: "Campaign", objective: str, groups: "list[AdGroup]") -> Scope:
    """The scope by a campaign's objective; where it sells, an ad group of an app says as long as that is unknown."""
    if objective == WEB:
        if campaign.holds("catalog_enabled") is True:
            return _at("catalog", CATALOG, campaign, "catalog_enabled", objective)
        for payload in (campaign, *groups):
            if tells(payload.written.get("catalog_id")) or _has(payload, "catalog_id"):
                return _at("catalog", CATALOG, payload, "catalog_id", objective)
        destination = campaign.holds("sales_destination")
        if sells_in_app(campaign):
            return _at("other", APP, campaign, "sales_destination", objective)
        if destination in (None, "WEB_AND_APP", UNSET) and _has(campaign, "app_id"):
            return _at("other", APP, campaign, "app_id", objective)
        if campaign.stands("sales_destination") and destination not in DESTINATIONS:
            for group in groups:
                scope = _of_ad_group(group) if group.holds("promotion_type") != "WEBSITE" else None
                if scope is not None and scope.is_of_app:
                    return Scope(scope.kind, scope.noun, scope.location, objective)
    elif objective in OBJECTIVES:
        return _at("other", NOUNS[objective], campaign, "objective_type", objective)
    return Scope("web", objective=objective)


def _of_ad_group(group: "AdGroup") -> Scope | None:
    promotion = group.holds("promotion_type")
    if promotion is not None and promotion != "WEBSITE":
        return _at("other", PROMOTION_TYPES.get(promotion, OTHER), group, "promotion_type")
    for name in FOREIGN_TO_AD_GROUPS:
        if _has(group, name):
            return _at("other", APP if name == "app_id" else OTHER, group, name)
    return _at("catalog", CATALOG, group, "catalog_id") if _has(group, "catalog_id") else None


def _of_ad(ad: "Ad") -> Scope | None:
    for name in FOREIGN_TO_ADS:
        if _has(ad, name):
            return _at("other", OTHER, ad, name)
    if _has(ad, "page_list") and not ad.says("landing_page_url_list"):
        return _at("other", OTHER, ad, "page_list")
    configuration = ad.configuration
    if configuration is not None:
        if tells(configuration.raw.get("phone_info")):
            return Scope("other", OTHER, configuration.location("phone_info"))
        if tells(configuration.raw.get("product_specific_type")):
            return Scope("catalog", CATALOG, configuration.location("product_specific_type"))
        if configuration.catalog_creative_toggle is True:
            return Scope("catalog", CATALOG, configuration.location("catalog_creative_toggle"))
    for creative in ad.creatives:
        if creative.info is not None and creative.info.ad_format == "CATALOG_CAROUSEL":
            return Scope("catalog", CATALOG, creative.info.location("ad_format"))
    return None


def tells(value: Any) -> bool:
    """Whether a field with this value says anything: it is not UNSET, nor empty with all that is in it."""
    if isinstance(value, dict | list):
        return any(map(tells, value.values() if isinstance(value, dict) else value))
    return not is_absent(value) and value != UNSET and value is not MISPLACED


def _has(payload: Payload, name: str) -> bool:
    """Whether a field says anything here or in what stands."""
    return tells(payload.raw.get(name)) or (payload.current is not None and _has(payload.current, name))


def _at(kind: CampaignKind, noun: str, payload: Payload, name: str, objective: str | None = None) -> Scope:
    """The scope that a field of a payload, or of what stands of it, decides."""
    holder: Any = payload
    while not tells(holder.written.get(name)) and holder.current is not None:
        holder = holder.current
    return Scope(kind, noun, holder.location(name), objective)
