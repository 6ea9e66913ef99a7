"""Ads and their creatives: formats, identities, calls to action and destinations."""

from typing import TYPE_CHECKING, Any

from splint.payloads.nodes.ad_group import AdGroup
from splint.payloads.nodes.node import Node
from splint.payloads.nodes.payload import Payload
from splint.payloads.validation import MISPLACED, UNKNOWN, Unknown, is_absent
from splint.schema.kinds import cached_property
from splint.schema.table import AdConfigurationFields, AdFields, CreativeInfoFields
from splint.schema.vocabulary import NAME_FIELDS, OWN_IDS

if TYPE_CHECKING:
    from splint.payloads.nodes.tree import Tree

CAROUSELS = frozenset({"CAROUSEL", "CAROUSEL_ADS", "CATALOG_CAROUSEL"})
PAGES = ("landing_page_url_list", "page_list")
SPARK_IDENTITIES = frozenset({"AUTH_CODE", "TT_USER", "BC_AUTH_TT"})


class Identity:
    """The account under which a creative is shown."""

    __slots__ = ("id", "node", "type")

    def __init__(self, type: str | None, id: str | None, node: "CreativeInfo | AdConfiguration") -> None:
        self.type = type
        """None when absent or unknown."""
        self.id = id
        """None when absent or unknown."""
        self.node = node
        """The object that contains it."""


class Ad(Payload, AdFields):
    """An ad."""

    own_id = OWN_IDS["ad"]
    name_field = NAME_FIELDS["ad"]
    noun = "ad"

    ad_group: AdGroup | None = None
    """The ad's ad group, if it is in the run."""

    @property
    def own_key(self) -> str | None:
        """The ad's id at TikTok if it has a literal one, else that of a manual ad in a report, else None."""
        own = super().own_key
        manual = self.written.get("ad_id") if own is None and self.kind == "row" else None
        return str(manual) if manual else own

    @property
    def is_of_web_campaign(self) -> bool:
        """Whether it is known to belong to a regular web campaign, and its ad group promotes no other thing."""
        return self.tree.scope.is_certain and (self.ad_group is None or self.ad_group.is_for_website)

    @property
    def may_lead_to_app(self) -> bool:
        """Whether its campaign or ad group promotes an app, or neither is known and its deeplink waits for one."""
        scope = self.tree.scope
        if scope.is_of_app or (self.ad_group is not None and self.ad_group.promotes_app):
            return True
        kinds = (link.raw.get("deeplink_type") for link in self.deeplinks)
        return not scope.is_certain and any(kind == "DEFERRED_DEEPLINK" for kind in kinds)

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
            if not isinstance(entry, Unknown)
        ]

    @property
    def homes(self) -> "list[Node]":
        """The objects that may hold call to action and deeplink fields: the ad and its ad_configuration."""
        return [self, self.configuration] if self.configuration is not None else [self]

    @cached_property
    def call_to_action_lists(self) -> "list[tuple[Node, list[Any]]]":
        """Each call_to_action_list with its object; an unknown list is given as an empty one."""
        return [
            (home, value if isinstance(value := home.raw["call_to_action_list"], list) else [])
            for home in self.homes
            if home.has("call_to_action_list")
        ]

    @property
    def call_to_action_id(self) -> "Node | None":
        """The object with a call_to_action_id; in the ad itself the field is unknown, but counts here."""
        config = self.configuration
        is_told = config is not None and config.call_to_action_id is not None
        if not is_told and not is_absent(self.written.get("call_to_action_id")):
            return self
        return config if config is not None and config.has("call_to_action_id") else None

    @property
    def deeplinks(self) -> "list[Node]":
        """All objects that are or have a deeplink."""
        if not self.has_deeplink:
            return []
        return [*self.children("deeplink_list"), *(home for home in self.homes if home.has("deeplink"))]

    @property
    def has_deeplink(self) -> bool:
        """Whether the ad has a deeplink in any place."""
        return self.has("deeplink_list") or any(home.has("deeplink") for home in self.homes)

    @property
    def destinations(self) -> list[str]:
        """The names of the destinations that the ad has."""
        names = [name for name in PAGES if self.has(name)]
        return [*names, "deeplink"] if self.has_deeplink else names

    @property
    def lacks_destination(self) -> bool:
        """Whether the ad surely has no destination: none seems to stand in a wrong object either."""
        fields = (*PAGES, "deeplink_list")
        return all(map(self.lacks, fields)) and all(home.lacks("deeplink") for home in self.homes)

    @property
    def has_page(self) -> bool:
        """Whether the ad leads to a page, under a misspelt key perhaps; a deeplink alone may be an app's."""
        return any(name in self.raw for name in PAGES)

    @property
    def has_call_to_action(self) -> bool:
        """Whether the ad has a call to action of either kind in any place."""
        return bool(self.call_to_action_lists) or self.call_to_action_id is not None

    @property
    def has_misplaced_call_to_action(self) -> bool:
        """Whether a call to action of either kind seems to stand in a wrong object of the campaign."""
        homes = [(home, name) for home in self.homes for name in ("call_to_action_list", "call_to_action_id")]
        return any(home.raw.get(name) is MISPLACED for home, name in homes)

    @property
    def lacks_call_to_action(self) -> bool:
        """Whether the ad surely has no call to action."""
        return not self.has_call_to_action and not self.has_misplaced_call_to_action


class AdConfiguration(Node, AdConfigurationFields):
    """An ad's ad_configuration."""


class CreativeInfo(Node, CreativeInfoFields):
    """A creative's creative_info."""


class Creative(Node):
    """An entry of an ad's creative_list."""

    def __init__(self, raw: dict[str, Any], parent: Ad, step: str) -> None:
        super().__init__(raw, parent, step)
        self.ad = parent
        """The ad that holds it."""

    @property
    def tree(self) -> "Tree":
        """The campaign tree that its ad is part of."""
        return self.ad.tree

    @cached_property
    def info(self) -> CreativeInfo | None:
        """The creative_info, None when absent or unknown."""
        raw = self.raw.get("creative_info")
        return CreativeInfo(raw, self, "creative_info") if isinstance(raw, dict) else None

    @property
    def is_post(self) -> bool:
        """Whether it is a TikTok post."""
        return self.info is not None and self.info.has("tiktok_item_id")

    @property
    def names_post(self) -> bool:
        """Whether it has a tiktok_item_id, be it a placeholder, that is no value of a wrong type."""
        pointer = f"{self.pointer}/creative_info/tiktok_item_id"
        return self.info is not None and (self.info.tiktok_item_id is not None or pointer not in self.ad.misfits)

    @cached_property
    def identity(self) -> Identity | None:
        """The identity in creative_info, else that in the ad's ad_configuration; None if neither has one."""
        if isinstance(self.raw.get("creative_info"), Unknown):
            return None
        for node in (self.info, self.ad.configuration):
            if node is not None and not node.lacks("identity_type"):
                return Identity(node.identity_type, node.identity_id, node)
        for node in (self.info, self.ad.configuration):
            if node is not None and not node.lacks("identity_id"):
                return Identity(None, node.identity_id, node)
        return None

    @property
    def names_identity_type(self) -> bool:
        """Whether creative_info or the ad's ad_configuration has an identity_type, or is unknown as a whole."""
        if any(
            isinstance(raw, Unknown) for raw in (self.raw.get("creative_info"), self.ad.raw.get("ad_configuration"))
        ):
            return True
        return any(node is not None and not node.lacks("identity_type") for node in (self.info, self.ad.configuration))

    @cached_property
    def is_spark(self) -> bool | None:
        """Whether it is a Spark creative; None if unknown."""
        if self.is_post:
            return True
        kind = self.identity.type if self.identity is not None else None
        if kind in SPARK_IDENTITIES:
            return True
        return False if kind == "CUSTOMIZED_USER" else None

    def entries(self, name: str) -> list[Any] | None:
        """A field of creative_info that is one object or a list, as a list; None if absent or unknown."""
        value = self.info.raw.get(name, UNKNOWN) if self.info is not None else UNKNOWN
        return None if isinstance(value, Unknown) else value if isinstance(value, list) else [value]
