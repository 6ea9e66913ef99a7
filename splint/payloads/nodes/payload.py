"""The base class of payloads: bodies of requests, and what is known of objects at TikTok."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from splint.formats import Document
from splint.payloads.nodes.node import Facts, Node, Run
from splint.payloads.signature import Signature
from splint.payloads.validation import known
from splint.schema.kinds import Shape
from splint.schema.table import SHAPES

if TYPE_CHECKING:
    from splint.payloads.nodes.tree import Tree

Kind = Literal["create", "update", "status", "row"]


class Bundle:
    """The object that nests the payloads of one campaign."""

    __slots__ = ("asked", "campaign_is_unknown")

    def __init__(self, campaign_is_unknown: bool, asked: "Payload | None") -> None:
        self.campaign_is_unknown = campaign_is_unknown
        """Whether it has a campaign that cannot be read."""
        self.asked = asked
        """The first of several ad groups, which is asked for the advertiser that none of them names; else None."""


class Payload(Node):
    """The body of a request, or the current state of an object at TikTok."""

    own_id: ClassVar[str]
    """The field with the object's own id: campaign_id, adgroup_id, smart_plus_ad_id."""
    name_field: ClassVar[str]
    """The field with its name: campaign_name, adgroup_name, ad_name."""
    noun: ClassVar[str]
    """What messages call it: campaign, ad group, ad."""
    advertiser_id: str | None
    """As written here; None when absent or unknown."""

    signature: Signature | None = None
    """The conditions that it and the other payloads of its document meet; None where that is not known."""
    bundle: Bundle | None = None
    """The bundle that nests this payload without a campaign object."""
    misfits: Mapping[str, type] = {}
    """Its values of a wrong type, which no rule knows, and its ids that are none: their faults by pointer."""
    shape: Shape  # what its fields are validated against
    strays: Sequence[Any] = ()  # unknown fields written for others, which a payload lacks: judged with its tree
    unknown_values: Sequence[Any] = ()  # fields with one: judged with its tree by the rules for its kind of campaign
    is_part = False
    """Whether a request holds it besides: an envelope's `current`, or the ad group of an entry of a budget update."""
    refers_to: "Payload | None" = None
    """The earlier create request that a placeholder in the parent id refers to."""
    ids: Mapping[str, str] = {}
    """The literal ids, by field, that may connect this payload with others of the run."""
    current: "Payload | None" = None
    """The current state of the object that an update changes."""
    has_current = False
    """Whether `current` came with the update's own envelope."""
    facts_around: tuple[Facts, ...] = ()
    """The facts objects around this payload, the innermost first."""
    is_template = False
    """Whether it is in a template file, whose ids are filled in later."""
    run: Run
    """The date and facts for all payloads of its file."""
    tree: "Tree"
    """The campaign tree that it is part of."""

    def __init__(
        self,
        written: dict[str, Any],
        document: Document,
        pointer: str,
        kind: Kind,
        order: tuple[Any, ...],
        parent: "Payload | None" = None,
    ) -> None:
        self.document = document
        self.written = written
        """The body as written, unknown fields included."""
        self.parent = parent
        """The payload that this one is nested in."""
        self.root: int = parent.root if parent is not None else id(self)
        """The id() of the last one in the chain of parents; its own id() where it has no parent."""
        self.step = pointer
        self.kind: Kind = kind
        """create, update, status, or row: what an export shows of an object at TikTok."""
        self.order = order
        """A sort key: by path, document, and place in the document."""

    def set_fields(self, raw: dict[str, Any]) -> None:
        """Set the fields as validated: values that cannot be checked are UNKNOWN."""
        self.raw = raw
        vars(self).update(raw if self.is_clean else known(raw))

    @property
    def is_row(self) -> bool:
        """Whether this is a row: what stands at TikTok, and no request."""
        return self.kind == "row"

    @property
    def is_create(self) -> bool:
        """Whether this is a create request, which alone requires fields."""
        return self.kind == "create"

    def holds(self, name: str) -> Any:
        """A field's value, for an update without it the current one; None if absent or unknown."""
        if name in self.raw:
            return getattr(self, name)
        return self.current.holds(name) if self.current is not None else None

    def says(self, name: str) -> bool:
        """Whether a field is present here or in `current`, known or not, or may be: one that is misplaced."""
        return name in self.raw or (self.current is not None and self.current.says(name))

    def stands(self, name: str) -> bool:
        """Whether a field is surely present here or in `current`, known or not."""
        return self.has(name) or (self.current is not None and self.current.stands(name))

    def fact(self, name: str) -> Any:
        """An account fact, from the first that has it: options, `facts` objects around, the campaign's, settings.

        Raises ValueError for a name that no fact has.
        """
        if (value := self.run.options.get(name)) is not None:
            return value
        around: tuple[Facts, ...] = self.facts_around
        campaign = self.tree.campaign
        if campaign is not None and campaign is not self:
            around += campaign.facts_around
        for facts in around:
            if name in facts.raw:
                return getattr(facts, name)
        if name not in SHAPES["Facts"].fields:
            raise ValueError(f"{name!r} is no account fact: those are {', '.join(SHAPES['Facts'].fields)}")
        return self.run.settings.get(name)

    @property
    def leaves_advertiser_to_parent(self) -> bool:
        """Whether a payload around this one has an advertiser_id, or is a request of the same kind and needs one.

        Of the ad groups of a bundle without a campaign, none of which has one, the first needs it for all.
        """
        parent = self.parent
        while parent is not None:
            if parent.kind == self.kind or not parent.lacks("advertiser_id"):
                return True
            parent = parent.parent
        if (bundle := self.bundle) is None or bundle.campaign_is_unknown:
            return bundle is not None
        return bundle.asked is not None and bundle.asked.kind == self.kind and not self.is_asked_for_all

    @property
    def is_asked_for_all(self) -> bool:
        """Whether it is the ad group that is asked for the advertiser of all in its bundle."""
        return self.bundle is not None and self.bundle.asked is self

    @property
    def own_key(self) -> str | None:
        """The object's id at TikTok if it has a literal one, else None."""
        return getattr(self, self.own_id, None)


def is_self_contained(payload: Payload) -> bool:
    """Whether no payload of another document can belong to its tree, so that the tree can be checked at once."""
    return not payload.ids or payload.document.stands_alone
