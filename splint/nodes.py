"""The objects of a campaign tree as rules see them: typed fields, and what follows from several of them.

A field is None when it is absent or unknown; `lacks` says absent for sure. What more than one rule needs to know (the
governing budget, Spark or not, effective values) is worked out here, once.
"""

from datetime import UTC, datetime
from functools import cached_property
from typing import Any, ClassVar, Literal, NamedTuple

from splint.documents import Document
from splint.gate import UNKNOWN
from splint.shapes import (
    AdConfigurationFields,
    AdFields,
    AdGroupFields,
    CampaignFields,
    CreativeInfoFields,
    EventRecordFields,
    FactsFields,
    StatusUpdateFields,
    TargetingFields,
)

Kind = Literal["create", "update", "status", "row"]
Part = Literal["value", "key", "opening", "url", "method", "token", "fault"]

DAILY = frozenset({"BUDGET_MODE_DAY", "BUDGET_MODE_DYNAMIC_DAILY_BUDGET"})
LIFETIME = "BUDGET_MODE_TOTAL"
MODES_WITH_CBO = frozenset({"BUDGET_MODE_TOTAL", "BUDGET_MODE_DYNAMIC_DAILY_BUDGET"})
MODES_WITHOUT_CBO = frozenset({"BUDGET_MODE_INFINITE", "BUDGET_MODE_DAY", "BUDGET_MODE_TOTAL"})
CAROUSELS = frozenset({"CAROUSEL", "CAROUSEL_ADS", "CATALOG_CAROUSEL"})
SPARK_IDENTITIES = frozenset({"AUTH_CODE", "TT_USER", "BC_AUTH_TT"})
LANDING_PAGE_GOALS = frozenset({"LANDING_PAGE", "TRAFFIC_LANDING_PAGE_VIEW"})
PRICES = ("bid_price", "conversion_bid_price")


class Spot(NamedTuple):
    """A place in a document, by pointer."""

    document: Document
    pointer: str
    part: Part = "value"


class Related(NamedTuple):
    """A second place that a finding speaks of."""

    spot: Spot
    message: str


class Finding(NamedTuple):
    """What a rule has to say: where as a spot, what in words. The engine adds code, level and lines."""

    spot: Spot
    message: str
    """The value found, the limit, the reason."""
    way_out: str
    """What to do, as an order: "set budget to 100 or more"."""
    related: tuple[Related, ...] = ()
    level: str | None = None
    """Only where it differs from the rule's own."""


class Run(NamedTuple):
    """What holds for a whole run."""

    as_of: datetime
    """Now, in UTC, for every rule that looks at the clock."""
    options: dict[str, Any]
    """Facts from options or keywords: they win over all others."""
    settings: dict[str, Any]
    """Facts from the settings: the last to be asked."""


class Node:
    """An object of a payload."""

    document: Document
    root: "Payload"

    def __init__(self, raw: dict[str, Any], parent: "Node | None", step: str) -> None:
        if parent is not None:
            self.document = parent.document
            self.root = parent.root
        if parent is None or self.root.is_clean:
            vars(self).update(raw)
        else:
            vars(self).update((key, value) for key, value in raw.items() if value is not UNKNOWN)
        self.raw = raw
        """The fields that are present; what nobody can judge as UNKNOWN."""
        self.parent = parent
        self.step = step

    @property
    def pointer(self) -> str:
        """The RFC 6901 pointer from the document's root."""
        return f"{self.parent.pointer}/{self.step}" if self.parent is not None else self.step

    def lacks(self, name: str) -> bool:
        """Whether a field is absent for sure: not merely unknown."""
        return name not in self.raw

    def spot(self, name: str = "") -> Spot:
        """The place of a field (`call_to_action_list/3` for what is deeper), or of the node itself."""
        return Spot(self.document, f"{self.pointer}/{name}" if name else self.pointer)

    def finding(self, name: str, message: str, way_out: str, *related: Related, level: str | None = None) -> Finding:
        """A finding at a field of this node."""
        return Finding(self.spot(name), message, way_out, related, level)

    def missing(self, message: str, way_out: str, *related: Related) -> Finding:
        """A finding about something that this node lacks."""
        return Finding(self.spot()._replace(part="opening"), message, way_out, related)

    def place(self, name: str, message: str) -> Related:
        """A field of this node as the related place of a finding."""
        return Related(self.spot(name), message)

    def children(self, name: str) -> "list[Node]":
        """The object entries of a list field; unknown entries are left out, indexes stay."""
        entries = self.raw.get(name)
        if not isinstance(entries, list):
            return []
        return [Node(entry, self, f"{name}/{index}") for index, entry in enumerate(entries) if isinstance(entry, dict)]


class Request:
    """The request line around a body: an envelope's or a curl command's."""

    def __init__(
        self, document: Document, pointer: str, endpoint: str, method: str | None, spots: dict[str, Spot]
    ) -> None:
        self.document = document
        self.pointer = pointer
        self.endpoint = endpoint
        """As written."""
        self.method = method
        """In capitals; None where nothing says."""
        self.spots = spots
        self.path, self.version = "", None

    path: str
    """The endpoint's path without scheme, host, /open_api and version, with a slash at both ends."""
    version: str | None
    """As in v1.3; None where the endpoint names none."""

    run: Run

    def finding(self, message: str, way_out: str, at: str = "endpoint", level: str | None = None) -> Finding:
        """A finding at the endpoint or the method."""
        return Finding(self.spots[at], message, way_out, (), level)


class Facts(Node, FactsFields):
    """A `facts` object of a document, or (without a document) what options and settings say."""

    def __init__(self, raw: dict[str, Any], document: Document, pointer: str) -> None:
        self.document = document
        super().__init__({k: v for k, v in raw.items() if v is not UNKNOWN}, None, pointer)
        self.raw = raw


class Payload(Node):
    """The body of a request, or what already stands at TikTok."""

    own_id: ClassVar[str]
    name_field: ClassVar[str]
    noun: ClassVar[str]
    advertiser_id: str | None

    def __init__(
        self,
        raw: dict[str, Any],
        document: Document,
        pointer: str,
        kind: Kind,
        *,
        is_clean: bool,
        order: tuple[Any, ...],
    ) -> None:
        self.document = document
        self.is_clean = is_clean
        known = raw if is_clean else {key: value for key, value in raw.items() if value is not UNKNOWN}
        super().__init__(known, None, pointer)
        self.root = self
        self.raw = raw
        self.kind: Kind = kind
        self.order = order
        """Sorts as the documents' paths and the places in them do."""
        self.holder: Payload | None = None
        """The payload that this one is nested in."""
        self.before: Payload | None = None
        """The create request that a placeholder parent id refers back to."""
        self.ids: dict[str, str] = {}
        """The literal ids that may tie this payload to others of the run, by field."""
        self.standing: Payload | None = None
        """What already stands at TikTok of the object that an update changes."""
        self.has_current = False
        """Whether `standing` came with the update's own envelope."""
        self.facts_around: tuple[Facts, ...] = ()
        """The facts objects around this payload, the innermost first."""
        self.tree: Tree

    @property
    def is_create(self) -> bool:
        """Whether this is a create request: only then is anything asked for that a create needs."""
        return self.kind == "create"

    @property
    def run(self) -> Run:
        """What holds for the whole run."""
        return self.tree.run

    def holds(self, name: str) -> Any:
        """A field's value, of an update also what stands where it does not say; None when absent or unknown."""
        if name in self.raw:
            return getattr(self, name)
        return self.standing.holds(name) if self.standing is not None else None

    def says(self, name: str) -> bool:
        """Whether a field is present here or in what stands, known or not."""
        return name in self.raw or (self.standing is not None and self.standing.says(name))

    def fact(self, name: str) -> Any:
        """An account fact: from options, the objects around, the campaign, the settings, whichever knows first."""
        if (value := self.run.options.get(name)) is not None:
            return value
        around: tuple[Facts, ...] = self.facts_around
        campaign = self.tree.campaign
        if campaign is not None and campaign is not self:
            around += campaign.facts_around
        for facts in around:
            if name in facts.raw:
                return getattr(facts, name)
        return self.run.settings.get(name)

    @property
    def inherits_advertiser(self) -> bool:
        """Whether a payload around this one names the advertiser."""
        holder = self.holder
        while holder is not None:
            if not holder.lacks("advertiser_id"):
                return True
            holder = holder.holder
        return False

    @property
    def own_key(self) -> str | None:
        """The object's own id at TikTok, where it has a literal one."""
        return getattr(self, self.own_id, None)

    @property
    def is_for_web_conversions(self) -> bool:
        """False where SPL101 owns the cause: the campaign has another objective."""
        return not self.tree.has_other_objective


class Campaign(Payload, CampaignFields):
    """A campaign."""

    own_id = "campaign_id"
    name_field = "campaign_name"
    noun = "campaign"

    @cached_property
    def cbo(self) -> bool | None:
        """Whether Campaign Budget Optimization is on; a create's default is on; None when unknown."""
        if self.is_create and self.lacks("budget_optimize_on"):
            return True
        value: bool | None = self.holds("budget_optimize_on")
        return value

    @property
    def strategy_is_known(self) -> bool:
        """Whether the run says anything of the campaign's CBO: an update alone often does not."""
        return self.cbo is not None or self.says("budget_optimize_on")

    @cached_property
    def effective_budget_mode(self) -> str | None:
        """budget_mode, or what a create without one gets; None when unknown."""
        if self.is_create and self.lacks("budget_mode"):
            if self.cbo is None:
                return None
            return "BUDGET_MODE_DYNAMIC_DAILY_BUDGET" if self.cbo else "BUDGET_MODE_INFINITE"
        value: str | None = self.holds("budget_mode")
        return value

    @cached_property
    def allowed_budget_modes(self) -> frozenset[str]:
        """The budget modes that the campaign's CBO setting takes (all, where that is unknown)."""
        if self.cbo is None:
            return MODES_WITH_CBO | MODES_WITHOUT_CBO
        return MODES_WITH_CBO if self.cbo else MODES_WITHOUT_CBO

    @cached_property
    def has_refused_mode(self) -> bool:
        """Whether SPL102 owns the cause: the budget mode does not go with CBO."""
        mode = self.effective_budget_mode
        return mode is not None and mode not in self.allowed_budget_modes

    @property
    def has_idle_budget(self) -> bool:
        """Whether a budget is given where BUDGET_MODE_INFINITE needs none."""
        return self.cbo is False and self.effective_budget_mode == "BUDGET_MODE_INFINITE" and not self.lacks("budget")

    @property
    def misplaced_money(self) -> frozenset[str]:
        """Money fields that another rule says have no place here."""
        return frozenset({"budget"}) if self.has_idle_budget else frozenset()


class Budget(NamedTuple):
    """The budget mode that governs an ad group, and who holds it."""

    mode: str | None
    holder: Payload

    @property
    def is_lifetime(self) -> bool:
        """Whether the money is for the whole flight."""
        return self.mode == LIFETIME

    @property
    def is_daily(self) -> bool:
        """Whether the money is for a day."""
        return self.mode in DAILY


class AdGroup(Payload, AdGroupFields):
    """An ad group."""

    own_id = "adgroup_id"
    name_field = "adgroup_name"
    noun = "ad group"

    @property
    def campaign(self) -> Campaign | None:
        """The ad group's campaign, when it is in the run."""
        return self.tree.campaign

    @property
    def cbo(self) -> bool | None:
        """The campaign's CBO; None when the campaign or its setting is not known."""
        return self.campaign.cbo if self.campaign is not None else None

    @property
    def campaign_is_known(self) -> bool:
        """Whether the campaign's budget strategy is in the run, be it readable or not."""
        return self.campaign is not None and self.campaign.strategy_is_known

    @property
    def strategy_is_refused(self) -> bool:
        """Whether SPL102 owns the cause of whatever is wrong with the budgets."""
        return self.campaign is not None and self.campaign.has_refused_mode

    @cached_property
    def governing_budget(self) -> Budget:
        """The campaign's budget mode with CBO on, else the ad group's own; its mode is None when unknown."""
        campaign = self.campaign
        if campaign is not None and campaign.strategy_is_known and campaign.cbo is not False:
            return Budget(campaign.effective_budget_mode if campaign.cbo else None, campaign)
        return Budget(self.holds("budget_mode"), self)

    @property
    def governing_place(self) -> tuple[Related, ...]:
        """Where the governing budget mode is written, as a related place; empty when nowhere."""
        mode, holder = self.governing_budget
        if mode is None or holder.lacks("budget_mode"):
            return ()
        return (holder.place("budget_mode", f"the budget is {mode} here"),)

    @property
    def is_on_landing_page_goal(self) -> bool:
        """Whether the goal is landing page views, in either spelling."""
        return self.holds("optimization_goal") in LANDING_PAGE_GOALS

    @property
    def price_for_goal(self) -> str | None:
        """The price field that a Cost Cap takes with this goal; None for a goal that nobody documents."""
        goal = self.holds("optimization_goal")
        if goal == "CONVERT" or self.is_on_landing_page_goal:
            return "conversion_bid_price"
        return "bid_price" if goal == "CLICK" else None

    @property
    def idle_prices(self) -> list[str]:
        """The bid prices given that have no effect (SPL209)."""
        given = [name for name in PRICES if not self.lacks(name)]
        bid_type = self.holds("bid_type")
        if bid_type == "BID_TYPE_NO_BID":
            return given
        wanted = self.price_for_goal
        if bid_type == "BID_TYPE_CUSTOM" and wanted is not None and self.says(wanted):
            return [name for name in given if name != wanted]
        return []

    @property
    def budget_fields_under_cbo(self) -> list[str]:
        """budget and budget_mode, where given although the campaign holds the budget (SPL213)."""
        if self.cbo is not True or self.strategy_is_refused:
            return []
        return [name for name in ("budget", "budget_mode") if not self.lacks(name)]

    @property
    def closed_bounds(self) -> dict[str, str]:
        """min_budget and max_budget where they are not available (SPL214), with the condition that fails."""
        given = [name for name in ("min_budget", "max_budget") if not self.lacks(name)]
        if not given or self.strategy_is_refused:
            return {}
        reason = self._closing_reason()
        return dict.fromkeys(given, reason) if reason else {}

    def _closing_reason(self) -> str | None:
        campaign, bid_type = self.campaign, self.holds("bid_type")
        if campaign is not None and campaign.cbo is False:
            return "budget_optimize_on is false"
        mode = self.governing_budget.mode
        if campaign is not None and campaign.cbo and mode is not None and mode not in DAILY:
            return f"the campaign's budget_mode is {mode}"
        if bid_type is not None and bid_type != "BID_TYPE_NO_BID":
            return f"bid_type is {bid_type}"
        return None

    @property
    def misplaced_money(self) -> frozenset[str]:
        """Money fields that another rule says have no place here."""
        return frozenset((*self.idle_prices, *self.budget_fields_under_cbo, *self.closed_bounds))

    @property
    def effective_targeting_mode(self) -> str | None:
        """targeting_optimization_mode, AUTOMATIC where a create has none; None when unknown."""
        if self.is_create and self.lacks("targeting_optimization_mode"):
            return "AUTOMATIC"
        value: str | None = self.holds("targeting_optimization_mode")
        return value

    @cached_property
    def targeting(self) -> "Targeting | None":
        """The targeting_spec, None when absent or unknown."""
        return Targeting(self.targeting_spec, self, "targeting_spec") if self.targeting_spec is not None else None

    @property
    def strategy(self) -> str | None:
        """Target CPA or Minimum ROAS, where the ad group bids by one of them."""
        if self.holds("bid_type") == "BID_TYPE_CUSTOM":
            return "Target CPA"
        if self.holds("roas_bid") is not None or self.holds("deep_bid_type") == "VO_MIN_ROAS":
            return "Minimum ROAS"
        return None


class Targeting(Node, TargetingFields):
    """An ad group's targeting_spec."""


class Identity(NamedTuple):
    """Whose account a creative is shown under."""

    type: str | None
    """None when absent or unknown."""
    id: str | None
    node: "CreativeInfo | AdConfiguration"
    """The object in which it stands."""


class Ad(Payload, AdFields):
    """An ad."""

    own_id = "smart_plus_ad_id"
    name_field = "ad_name"
    noun = "ad"

    ad_group: AdGroup | None = None
    """The ad's ad group, when it is in the run."""

    @cached_property
    def configuration(self) -> "AdConfiguration | None":
        """The ad_configuration, None when absent or unknown."""
        raw = self.ad_configuration
        return AdConfiguration(raw, self, "ad_configuration") if raw is not None else None

    @cached_property
    def creatives(self) -> "list[Creative]":
        """The entries of creative_list that are objects."""
        entries = self.raw.get("creative_list")
        if not isinstance(entries, list):
            return []
        return [
            Creative(entry, self, f"creative_list/{index}")
            for index, entry in enumerate(entries)
            if entry is not UNKNOWN
        ]

    @property
    def homes(self) -> "list[Node]":
        """Where call to action and deeplink fields may stand: the ad's top and its ad_configuration."""
        return [self, self.configuration] if self.configuration is not None else [self]

    @cached_property
    def call_to_action_lists(self) -> "list[tuple[Node, list[Any]]]":
        """Each call_to_action_list with the object that holds it; an unknown one as an empty list."""
        return [
            (home, value if isinstance(value := home.raw["call_to_action_list"], list) else [])
            for home in self.homes
            if not home.lacks("call_to_action_list")
        ]

    @property
    def call_to_action_id(self) -> "Node | None":
        """The object that holds a call_to_action_id."""
        return next((home for home in self.homes if not home.lacks("call_to_action_id")), None)

    @cached_property
    def deeplinks(self) -> "list[Node]":
        """Every object that is or holds a deeplink."""
        return [*self.children("deeplink_list"), *(home for home in self.homes if not home.lacks("deeplink"))]

    @property
    def has_deeplink(self) -> bool:
        """Whether a deeplink is given anywhere."""
        return not self.lacks("deeplink_list") or any(not home.lacks("deeplink") for home in self.homes)

    @property
    def destinations(self) -> list[str]:
        """The kinds of destination that the ad has."""
        found = [name for name in ("landing_page_url_list", "page_list") if not self.lacks(name)]
        return [*found, "deeplink"] if self.has_deeplink else found

    @property
    def has_call_to_action(self) -> bool:
        """Whether a call to action of either kind is given anywhere."""
        return bool(self.call_to_action_lists) or self.call_to_action_id is not None


class AdConfiguration(Node, AdConfigurationFields):
    """An ad's ad_configuration."""


class CreativeInfo(Node, CreativeInfoFields):
    """A creative's creative_info."""


class Creative(Node):
    """An entry of an ad's creative_list."""

    def __init__(self, raw: dict[str, Any], parent: Ad, step: str) -> None:
        super().__init__(raw, parent, step)
        self.ad = parent

    @cached_property
    def info(self) -> CreativeInfo | None:
        """The creative_info, None when absent or unknown."""
        raw = self.raw.get("creative_info")
        return CreativeInfo(raw, self, "creative_info") if isinstance(raw, dict) else None

    @property
    def is_post(self) -> bool:
        """Whether it is a TikTok Post."""
        return self.info is not None and not self.info.lacks("tiktok_item_id")

    @property
    def is_carousel(self) -> bool:
        """Whether its format is one of the carousels."""
        return self.info is not None and self.info.ad_format in CAROUSELS

    @cached_property
    def identity(self) -> Identity | None:
        """The identity in creative_info, else the one in the ad's ad_configuration; None when neither names one."""
        for node in (self.info, self.ad.configuration):
            if node is not None and not node.lacks("identity_type"):
                return Identity(node.identity_type, node.identity_id, node)
        for node in (self.info, self.ad.configuration):
            if node is not None and not node.lacks("identity_id"):
                return Identity(None, node.identity_id, node)
        return None

    @property
    def names_identity_type(self) -> bool:
        """Whether an identity_type stands in creative_info or the ad's ad_configuration, or may stand there unseen."""
        if self.raw.get("creative_info") is UNKNOWN or self.ad.raw.get("ad_configuration") is UNKNOWN:
            return True
        return any(node is not None and not node.lacks("identity_type") for node in (self.info, self.ad.configuration))

    @cached_property
    def is_spark(self) -> bool | None:
        """Whether it is a Spark creative; None when that is undecided."""
        if self.is_post:
            return True
        kind = self.identity.type if self.identity is not None else None
        if kind in SPARK_IDENTITIES:
            return True
        return False if kind == "CUSTOMIZED_USER" and self.info is not None else None

    def entries(self, name: str) -> list[Any] | None:
        """A field of creative_info that may be one object or a list, as a list; None when absent or unknown."""
        value = self.info.raw.get(name, UNKNOWN) if self.info is not None else UNKNOWN
        return None if value is UNKNOWN else value if isinstance(value, list) else [value]


class StatusUpdate(Payload, StatusUpdateFields):
    """A request that enables, disables or deletes objects."""

    own_id = "status"
    noun = "status request"
    ids_field: str
    """The list of ids that this endpoint takes."""


class Tree:
    """What is tied together: a campaign, its ad groups and their ads, as far as they are in the run."""

    def __init__(self, run: Run, payloads: list[Payload]) -> None:
        self.run = run
        self.payloads = sorted(payloads, key=lambda payload: payload.order)
        for payload in payloads:
            payload.tree = self
        self.campaigns = [node for node in self.payloads if isinstance(node, Campaign)]
        self.ad_groups = [node for node in self.payloads if isinstance(node, AdGroup)]
        self.ads = [node for node in self.payloads if isinstance(node, Ad)]

    @cached_property
    def campaign(self) -> Campaign | None:
        """The campaign: a request for it rather than the row that stands."""
        return min(self.campaigns, key=lambda node: (node.kind == "row", node.order), default=None)

    @cached_property
    def has_other_objective(self) -> bool:
        """Whether the campaign's objective is known and not WEB_CONVERSIONS (SPL101)."""
        return any(node.holds("objective_type") not in (None, "WEB_CONVERSIONS") for node in self.campaigns)

    @cached_property
    def distinct_ad_groups(self) -> list[AdGroup]:
        """Each ad group once, what already stands first; updates stand for an ad group that nothing else shows."""
        found: dict[object, AdGroup] = {}
        for group in sorted(
            self.ad_groups, key=lambda node: (("row", "create", "update").index(node.kind), node.order)
        ):
            found.setdefault(group.own_key or id(group), group)
        return sorted(found.values(), key=lambda node: (node.kind != "row", node.order))

    @cached_property
    def compared_ad_groups(self) -> list[AdGroup]:
        """The ad groups that must be uniform: created ones and those that stand, in order."""
        return sorted(
            (node for node in self.distinct_ad_groups if node.kind in ("create", "row")), key=lambda n: n.order
        )

    @cached_property
    def current_ads(self) -> list[Ad]:
        """Each ad once: an update that brings creatives in place of what stands."""
        replaced = {ad.own_key for ad in self.ads if ad.kind == "update" and not ad.lacks("creative_list")} - {None}
        return [ad for ad in self.ads if not (ad.kind == "row" and ad.own_key in replaced)]

    @cached_property
    def creatives(self) -> list[Creative]:
        """All creatives of all ads, in order."""
        return [creative for ad in self.current_ads for creative in ad.creatives]


class EventRecord(Node, EventRecordFields):
    """A conversion as the Pixel or the Events API reports it."""

    def __init__(
        self,
        raw: dict[str, Any],
        document: Document,
        pointer: str,
        source: str,
        order: tuple[Any, ...],
        facts: tuple[Facts, ...],
    ) -> None:
        self.document = document
        super().__init__({key: value for key, value in raw.items() if value is not UNKNOWN}, None, pointer)
        self.raw = raw
        self.source = source
        """pixel or events_api."""
        self.order = order
        self.facts_around = facts
        self.is_web = True
        """Whether it is a website's: the Pixel reports no others."""

    @cached_property
    def moment(self) -> float | None:
        """event_time in Unix seconds; None when absent, unknown or no moment."""
        return moment_of(self.raw.get("event_time"))


class EventLog:
    """All web event records of the run, in order."""

    def __init__(self, run: Run, records: list[EventRecord]) -> None:
        self.run = run
        self.records = sorted(records, key=lambda record: record.order)

    def sources_of(self, record: EventRecord) -> frozenset[str]:
        """The sources in use as far as a record can tell: those in the run and those that the facts name."""
        named = self.run.options.get("event_sources")
        if named is None:
            around = (facts.event_sources for facts in record.facts_around if "event_sources" in facts.raw)
            named = next(around, self.run.settings.get("event_sources"))
        return self.sources_in_run | frozenset(named or ())

    @cached_property
    def sources_in_run(self) -> frozenset[str]:
        """The sources that records of the run come from."""
        return frozenset(record.source for record in self.records)


def moment_of(value: object) -> float | None:
    """A moment in Unix seconds from seconds, milliseconds or ISO 8601 (UTC when it names no zone)."""
    if isinstance(value, str):
        text = value.strip()
        try:
            value = float(text)
        except ValueError:
            try:
                moment = datetime.fromisoformat(text)
            except ValueError:
                return None
            return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    if not isinstance(value, int | float) or isinstance(value, bool) or not abs(value) < 1e17:
        return None
    return value / 1000 if abs(value) >= 1e11 else float(value)
