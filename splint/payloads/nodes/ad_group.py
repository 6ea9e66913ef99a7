"""Ad groups: the budget that governs them, their bids and their targeting."""

from splint.payloads.nodes.campaign import DAILY, Campaign
from splint.payloads.nodes.finding import Fix, RelatedLocation
from splint.payloads.nodes.node import Node
from splint.payloads.nodes.payload import Payload
from splint.payloads.nodes.scope import promotes_app, sells_in_app
from splint.payloads.validation import UNKNOWN
from splint.schema.kinds import cached_property
from splint.schema.table import AdGroupFields, TargetingFields
from splint.schema.vocabulary import NAME_FIELDS, OWN_IDS

LIFETIME = "BUDGET_MODE_TOTAL"
LANDING_PAGE_GOALS = frozenset({"LANDING_PAGE", "TRAFFIC_LANDING_PAGE_VIEW"})
PRICES = ("bid_price", "conversion_bid_price")


class Budget:
    """The budget mode that applies to an ad group, and the payload that holds it."""

    def __init__(self, mode: str | None, parent: Payload) -> None:
        self.mode = mode
        """The budget mode; None if unknown."""
        self.parent = parent
        """The campaign or the ad group that holds it."""

    @property
    def is_lifetime(self) -> bool:
        """Whether the budget is for the lifetime."""
        return self.mode == LIFETIME

    @property
    def is_daily(self) -> bool:
        """Whether the budget is for a day."""
        return self.mode in DAILY


class AdGroup(Payload, AdGroupFields):
    """An ad group."""

    own_id = OWN_IDS["adgroup"]
    name_field = NAME_FIELDS["adgroup"]
    noun = "ad group"

    @property
    def campaign(self) -> Campaign | None:
        """The ad group's campaign, if it is in the run."""
        return self.tree.campaign

    @property
    def cbo(self) -> bool | None:
        """Whether the campaign has CBO; None if the campaign or its setting is unknown."""
        return self.campaign.cbo if self.campaign is not None else None

    @property
    def campaign_is_known(self) -> bool:
        """Whether the run has the campaign and its CBO setting, even if its value is unknown."""
        return self.campaign is not None and self.campaign.strategy_is_known

    @property
    def promotes_app(self) -> bool:
        """Whether it promotes an app, by its promotion_type or by what its campaign sells; one in a catalog too."""
        return promotes_app(self)

    @property
    def sells_in_app(self) -> bool:
        """Whether its campaign sells in an app, which takes a catalog."""
        return sells_in_app(self.campaign)

    @property
    def is_of_app_catalog(self) -> bool:
        """Whether it promotes an app in which products of a catalog are sold."""
        is_in_catalog = self.tree.scope.kind == "catalog" or self.has("catalog_id")
        return self.sells_in_app or (is_in_catalog and self.promotes_app)

    @cached_property
    def governing_budget(self) -> Budget:
        """The campaign's budget mode with CBO, else the ad group's own; the mode is None if unknown."""
        campaign = self.campaign
        if campaign is not None and campaign.strategy_is_known and campaign.cbo is not False:
            return Budget(campaign.effective_budget_mode if campaign.cbo else None, campaign)
        return Budget(self.holds("budget_mode"), self)

    @property
    def governing_place(self) -> tuple[RelatedLocation, ...]:
        """The related location of the governing budget mode; empty if it is not written."""
        mode, parent = self.governing_budget.mode, self.governing_budget.parent
        if mode is None or parent.lacks("budget_mode"):
            return ()
        return (parent.place("budget_mode", f"the budget is {mode} here"),)

    @property
    def is_on_landing_page_goal(self) -> bool:
        """Whether the goal is landing page views, in either spelling."""
        return self.holds("optimization_goal") in LANDING_PAGE_GOALS

    @property
    def price_for_goal(self) -> str | None:
        """The price field of a Cost Cap with this goal; None for an undocumented goal."""
        goal = self.holds("optimization_goal")
        if goal == "CONVERT" or self.is_on_landing_page_goal:
            return "conversion_bid_price"
        return "bid_price" if goal == "CLICK" else None

    @property
    def idle_prices(self) -> list[str]:
        """The bid prices given that have no effect."""
        given = [name for name in PRICES if self.has(name)]
        bid_type = self.holds("bid_type")
        if bid_type == "BID_TYPE_NO_BID":
            return given
        wanted = self.price_for_goal
        if bid_type == "BID_TYPE_CUSTOM" and wanted is not None and self.stands(wanted):
            return [name for name in given if name != wanted]
        return []

    @property
    def budget_fields_under_cbo(self) -> list[str]:
        """budget and budget_mode, if given although the campaign has the budget."""
        if self.cbo is not True:
            return []
        return [name for name in ("budget", "budget_mode") if self.has(name)]

    @property
    def cbo_place(self) -> tuple[RelatedLocation, ...]:
        """Where its campaign says that CBO is on, or would say it; empty where that is not known."""
        campaign = self.campaign
        if campaign is not None and not campaign.lacks("budget_optimize_on"):
            return (campaign.place("budget_optimize_on", "CBO is on here"),)
        if campaign is not None and campaign.is_create:
            return (campaign.place("", "CBO is on by default here", "Campaign.budget_optimize_on"),)
        return ()

    def is_meant_for_campaign(self, name: str) -> bool:
        """Whether its budget, or its budget_mode, is right in its campaign, which is created without that.

        Its mode is that of the campaign's budget where it has none itself, or is for all days, as nothing else says.
        """
        campaign = self.campaign
        if campaign is None or not campaign.is_create or not campaign.lacks(name) or self.is_one_of_several_budgets:
            return False
        if name == "budget":
            return self.budget is not None and self.budget > 0
        is_told = campaign.is_without_budget or not self.has("budget") or self.budget_mode == LIFETIME
        return is_told and self.budget_mode in campaign.allowed_budget_modes

    def is_told_here_alone(self, name: str) -> bool:
        """Whether its campaign, which is created, lacks what it says: how much that is for all, or for how long.

        The campaign's may stand elsewhere. A mode that cannot be read may be for all days, and that of one of several
        budgets says what the amount is.
        """
        campaign = self.campaign
        if campaign is None or name not in campaign.untold_of_budget:
            return False
        if name == "budget":
            return self.budget is not None and self.budget > 0
        is_of_amount = self.is_one_of_several_budgets and self.has("budget")
        is_lost = is_of_amount or self.budget_mode not in (*DAILY, "BUDGET_MODE_INFINITE")
        return is_lost or self.is_meant_for_campaign(name)

    def is_open(self, name: str) -> bool:
        """Whether nobody knows yet which budget rules, so that no fix removes its own.

        Several ad groups hold what their campaign lacks, the campaign's stands under a wrong key or elsewhere, or what
        cannot be read may be meant for it.
        """
        campaign = self.campaign
        is_misplaced = campaign is not None and not (campaign.has(name) or campaign.lacks(name))
        is_lost = self.is_told_here_alone(name) and not self.is_meant_for_campaign(name)
        return self.is_part or is_misplaced or is_lost or self.is_one_of_several_budgets

    def to_campaign(self, name: str) -> Fix | None:
        """The fix that moves a field to its campaign, of which it is the only ad group; None where that is unclear."""
        campaign = self.campaign
        if campaign is None or campaign.document is not self.document or self.tree.ad_groups != [self]:
            return None
        return Fix(f"move {name} to the campaign", (campaign.put(name, self.written[name]), self.remove(name)))

    @property
    def is_one_of_several_budgets(self) -> bool:
        """Whether several ad groups of its campaign, which is created without a budget, hold one."""
        if self.campaign is None or not self.campaign.is_without_budget:
            return False
        return self.tree.budgets > 1

    @property
    def closes_bounds(self) -> tuple[Payload, str, str] | None:
        """The field that closes min_budget and max_budget: what holds it, its name and its value; None where none does.

        They need CBO, a daily campaign budget and BID_TYPE_NO_BID.
        """
        campaign = self.campaign
        if campaign is not None and campaign.cbo is False:
            return campaign, "budget_optimize_on", "false"
        mode = campaign.effective_budget_mode if campaign is not None else None
        if campaign is not None and mode is not None and mode not in DAILY:
            return campaign, "budget_mode", mode
        return (self, "bid_type", "BID_TYPE_CUSTOM") if self.holds("bid_type") == "BID_TYPE_CUSTOM" else None

    @property
    def is_for_website(self) -> bool:
        """Whether it promotes a website: it says so, or no known other thing. Asked of web campaigns alone."""
        return self.holds("promotion_type") in ("WEBSITE", None)

    @property
    def delivers_to_tiktok(self) -> bool | None:
        """Whether the placements include TikTok; None if unknown."""
        if self.holds("placement_type") == "PLACEMENT_TYPE_AUTOMATIC":
            return True
        placements = self.holds("placements")
        if placements is not None:
            certain = UNKNOWN not in placements and (self.holds("placement_type") or not self.says("placement_type"))
            return "PLACEMENT_TIKTOK" in placements or (False if certain else None)
        return True if self.is_create and self.lacks("placements") and self.lacks("placement_type") else None

    @property
    def effective_targeting_mode(self) -> str | None:
        """targeting_optimization_mode, or AUTOMATIC for a create request without one; None if unknown."""
        if self.is_create and self.lacks("targeting_optimization_mode"):
            return "AUTOMATIC"
        if isinstance(self.current, AdGroup) and self.lacks("targeting_optimization_mode"):
            return self.current.effective_targeting_mode
        return self.targeting_optimization_mode

    @cached_property
    def targeting(self) -> "Targeting | None":
        """The targeting_spec, None when absent or unknown."""
        return Targeting(self.targeting_spec, self, "targeting_spec") if self.targeting_spec is not None else None

    @property
    def strategy(self) -> str | None:
        """Target CPA or Minimum ROAS if the ad group bids by one of them, else None."""
        if self.holds("bid_type") == "BID_TYPE_CUSTOM":
            return "Target CPA"
        if self.holds("roas_bid") is not None or self.holds("deep_bid_type") == "VO_MIN_ROAS":
            return "Minimum ROAS"
        return None


class Targeting(Node, TargetingFields):
    """An ad group's targeting_spec."""
