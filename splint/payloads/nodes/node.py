"""What all nodes have in common: an object of a payload, its place, and what is known of its fields."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Literal, NamedTuple

from splint.formats import Document
from splint.payloads.signature import Signature
from splint.payloads.validation import UNKNOWN
from splint.schema.table import FactsFields, StatusUpdateFields

if TYPE_CHECKING:
    from splint.payloads.nodes.tree import Tree

Kind = Literal["create", "update", "status", "row"]
Chunk = Literal["value", "key", "opening", "url", "method", "token", "fault"]


class Location(NamedTuple):
    """A place in a document, by pointer."""

    document: Document
    pointer: str
    part: Chunk = "value"


class RelatedLocation(NamedTuple):
    """A second place that a finding speaks of."""

    location: Location
    message: str


class Operation(NamedTuple):
    """A change of a document at one place; RFC 6902 knows all but the last as add or replace, remove, move, replace."""

    kind: Literal["put", "remove", "rename", "quote", "comment"]
    """put a value, remove a member or element, rename a member, write a number's digits as a string, a comment anew."""
    location: Location
    value: Any = None
    """What to put, the new name, the comment's new text (empty: it goes)."""


class Fix(NamedTuple):
    """How a finding can be made to go away without a person."""

    title: str
    """As an order, in one line: "set billing_event to OCPM"."""
    operations: tuple[Operation, ...]
    is_safe: bool = False
    """Whether it keeps what the payload means, or sets the only value that the API takes.

    Never where it touches budget, bid, schedule, targeting, promotion or status.
    """


class Finding(NamedTuple):
    """What a rule has to say: where as a spot, what in words. The engine adds code, level and lines."""

    location: Location
    message: str
    """The value found, the limit, the reason."""
    help: str
    """What to do, as an order: "set budget to 100 or more"."""
    related: tuple[RelatedLocation, ...] = ()
    level: str | None = None
    """Only where it differs from the rule's own."""
    about: str = ""
    """The one field that is missing, where a rule of another profile may speak of the same."""
    fix: Fix | None = None


class Run(NamedTuple):
    """What holds for all files with the same settings."""

    as_of: datetime
    """Now, in UTC, for every rule that looks at the clock."""
    options: dict[str, Any]
    """Facts from options or keywords: they win over all others."""
    settings: dict[str, Any]
    """Facts from the settings: the last to be asked."""


def known(raw: dict[str, Any]) -> dict[str, Any]:
    """The fields of an object of which something can be said."""
    return {key: value for key, value in raw.items() if value is not UNKNOWN}


class Node:
    """An object of a payload."""

    document: Document
    is_clean = False
    """Whether for sure nothing in the payload around it is unknown."""

    parent: "Node | None"
    raw: dict[str, Any]
    """The fields that are present; what nobody can judge as UNKNOWN."""

    def __init__(self, raw: dict[str, Any], parent: "Node", step: str) -> None:
        self.document = parent.document
        self.is_clean = parent.is_clean
        self.raw = raw
        self.parent = parent
        self.step = step
        vars(self).update(raw if self.is_clean else known(raw))

    def stand(self, raw: dict[str, Any], document: Document, pointer: str) -> None:
        """Be an object that lies in no other one."""
        self.document = document
        self.raw = raw
        self.parent = None
        self.step = pointer
        vars(self).update(known(raw))

    @property
    def pointer(self) -> str:
        """The RFC 6901 pointer from the document's root."""
        return f"{self.parent.pointer}/{self.step}" if self.parent is not None else self.step

    def lacks(self, name: str) -> bool:
        """Whether a field is absent for sure: not merely unknown."""
        return name not in self.raw

    def location(self, name: str = "") -> Location:
        """The place of a field (`call_to_action_list/3` for what is deeper), or of the node itself."""
        return Location(self.document, f"{self.pointer}/{name}" if name else self.pointer)

    def finding(
        self,
        name: str,
        message: str,
        help: str,
        *related: RelatedLocation,
        level: str | None = None,
        fix: Fix | None = None,
    ) -> Finding:
        """A finding at a field of this node."""
        return Finding(self.location(name), message, help, related, level, fix=fix)

    def missing(self, message: str, help: str, *related: RelatedLocation, fix: Fix | None = None) -> Finding:
        """A finding about something that this node lacks."""
        return Finding(self.location()._replace(part="opening"), message, help, related, fix=fix)

    def put(self, name: str, value: Any) -> Operation:
        """In a fix: set a field of this node, or add it."""
        return Operation("put", self.location(name), value)

    def remove(self, name: str) -> Operation:
        """In a fix: take a field of this node away."""
        return Operation("remove", self.location(name))

    def rename(self, name: str, new: str) -> Operation:
        """In a fix: keep a field's value under another name."""
        return Operation("rename", self.location(name), new)

    def place(self, name: str, message: str) -> RelatedLocation:
        """A field of this node as the related place of a finding."""
        return RelatedLocation(self.location(name), message)

    def children(self, name: str) -> "list[Node]":
        """The object entries of a list field; unknown entries are left out, indexes stay."""
        entries = self.raw.get(name)
        if not isinstance(entries, list):
            return []
        return [Node(entry, self, f"{name}/{index}") for index, entry in enumerate(entries) if isinstance(entry, dict)]


class Facts(Node, FactsFields):
    """A `facts` object of a document, or (without a document) what options and settings say."""

    def __init__(self, raw: dict[str, Any], document: Document, pointer: str) -> None:
        self.stand(raw, document, pointer)

    def give_way(self, options: Collection[str]) -> None:
        """Forget what an option or keyword says instead."""
        for name in self.raw.keys() & set(options):
            del self.raw[name]
            vars(self).pop(name, None)


class Bundle(NamedTuple):
    """What nests payloads that belong to one campaign."""

    campaign_is_unknown: bool
    """Whether something stands for the campaign that nobody can judge."""


class Payload(Node):
    """The body of a request, or what already stands at TikTok."""

    own_id: ClassVar[str]
    name_field: ClassVar[str]
    noun: ClassVar[str]
    advertiser_id: str | None

    signature: Signature | None = None
    """The conditions that it and the other payloads of its document meet; None where that is not known."""
    bundle: Bundle | None = None
    """The bundle that nests this payload without a campaign object."""
    is_current = False
    """Whether this is an envelope's `current`."""
    before: "Payload | None" = None
    """The create request that a placeholder parent id refers back to."""
    ids: Mapping[str, str] = {}
    """The literal ids that may tie this payload to others of the run, by field."""
    current: "Payload | None" = None
    """What already stands at TikTok of the object that an update changes."""
    has_current = False
    """Whether `standing` came with the update's own envelope."""
    facts_around: tuple[Facts, ...] = ()
    """The facts objects around this payload, the innermost first."""
    is_template = False
    """Whether it stands in a template file: code fills its ids in later."""
    run: Run
    """What holds for all payloads of its file."""
    tree: "Tree"

    def __init__(
        self,
        written: dict[str, Any],
        document: Document,
        pointer: str,
        kind: Kind,
        *,
        order: tuple[Any, ...],
        holder: "Payload | None" = None,
    ) -> None:
        self.document = document
        self.written = written
        """The body as it was written, fields that nobody knows included."""
        self.holder = holder
        """The payload that this one is nested in."""
        self.root: int = holder.root if holder is not None else id(self)
        """The id() of the outermost payload around this one, or its own."""
        self.parent = None
        self.step = pointer
        self.kind: Kind = kind
        self.order = order
        """Sorts as the documents' paths and the places in them do."""

    def hold(self, raw: dict[str, Any]) -> None:
        """Take the fields on, as the gate leaves them."""
        self.raw = raw
        vars(self).update(raw if self.is_clean else known(raw))

    @property
    def is_create(self) -> bool:
        """Whether this is a create request: only then is anything asked for that a create needs."""
        return self.kind == "create"

    def holds(self, name: str) -> Any:
        """A field's value, of an update also what stands where it does not say; None when absent or unknown."""
        if name in self.raw:
            return getattr(self, name)
        return self.current.holds(name) if self.current is not None else None

    def says(self, name: str) -> bool:
        """Whether a field is present here or in what stands, known or not."""
        return name in self.raw or (self.current is not None and self.current.says(name))

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
        return self.bundle is not None and self.bundle.campaign_is_unknown

    @property
    def own_key(self) -> str | None:
        """The object's own id at TikTok, where it has a literal one."""
        return getattr(self, self.own_id, None)

    @property
    def is_for_web_conversions(self) -> bool:
        """False where the campaign has another objective."""
        return not self.tree.has_other_objective


class StatusUpdate(Payload, StatusUpdateFields):
    """A request that enables, disables or deletes objects."""

    own_id = "status"
    noun = "status request"
    ids_field: str
    """The list of ids that this endpoint takes."""
