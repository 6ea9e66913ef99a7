"""The base classes of nodes: objects of a payload with their locations and known fields."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from splint.formats import Document
from splint.payloads.nodes.finding import Finding, Fix, Location, Operation, RelatedLocation, field_names, has_place
from splint.payloads.signature import Signature
from splint.payloads.validation import MISPLACED, UNKNOWN, Blank, known
from splint.schema.kinds import Shape
from splint.schema.table import SHAPES, FactsFields

if TYPE_CHECKING:
    from splint.payloads.nodes.tree import Tree

Kind = Literal["create", "update", "status", "row"]


class Run:
    """The date and the facts for all files with the same settings."""

    __slots__ = ("as_of", "objectives", "options", "profile", "settings")

    def __init__(
        self,
        as_of: datetime,
        options: dict[str, Any],
        settings: dict[str, Any],
        objectives: tuple[str, ...],
        profile: str,
    ) -> None:
        self.as_of = as_of
        """The time in UTC that rules take as now."""
        self.options = options
        """Facts from options or keywords, which override all others."""
        self.settings = settings
        """Facts from the settings, which all others override."""
        self.objectives = objectives
        """The objectives that campaigns of these files may have."""
        self.profile = profile
        """The profile that these files are judged with: what is a way out in one may be refused in another."""


class Node:
    """An object of a payload."""

    document: Document
    """The document that it stands in."""
    is_clean = False
    """Whether the payload around it is known to have no unknown values."""

    name_field: ClassVar[str] = ""
    """The field that holds the object's name; empty for what has none."""
    container: "Node | None" = None
    """The node of the same payload that contains this one; None for a payload."""
    raw: dict[str, Any]
    """The fields that are present; values that cannot be checked are UNKNOWN."""

    def __init__(self, raw: dict[str, Any], container: "Node", step: str) -> None:
        self.document = container.document
        self.is_clean = container.is_clean
        self.raw = raw
        self.container = container
        self.step = step
        vars(self).update(raw if self.is_clean else known(raw))

    def init_root(self, raw: dict[str, Any], document: Document, pointer: str) -> None:
        """Initialize a node without a container."""
        self.document = document
        self.raw = raw
        self.step = pointer
        vars(self).update(known(raw))

    @property
    def pointer(self) -> str:
        """The RFC 6901 pointer from the document's root."""
        return f"{self.container.pointer}/{self.step}" if self.container is not None else self.step

    @property
    def known_by(self) -> str:
        """The field that holds the object's name; empty without one."""
        return self.name_field if self.name_field in self.raw else ""

    @property
    def is_row(self) -> bool:
        """Whether it is, or is in, a row: what stands at TikTok, and no request."""
        return self.container is not None and self.container.is_row

    def lacks(self, name: str) -> bool:
        """Whether a field is absent, or a list of nothing, not merely unknown or misplaced."""
        return name not in self.raw or isinstance(self.raw[name], Blank)

    def has(self, name: str) -> bool:
        """Whether a field is present, known or not; one that is misplaced is neither present nor absent."""
        return self.raw.get(name, MISPLACED) is not MISPLACED

    def location(self, name: str = "") -> Location:
        """The location of a field, of a path of fields such as `call_to_action_list/3`, or of the node itself."""
        return Location(self.document, f"{self.pointer}/{name}" if name else self.pointer)

    def finding(
        self,
        name: str,
        message: str,
        help: str,
        *related: RelatedLocation,
        level: str | None = None,
        fix: Fix | None = None,
        offers: Iterable[str] = (),
    ) -> Finding:
        """A finding at a field of this node; at its opening, as of `missing`, where it has no such field.

        `offers` are the values and fields that the help names as ways out.
        """
        words, places = self._source(name)
        if words:
            message, related = f"{message} ({words})", (*related, *places)
        location = self.location(name)
        is_there = not name or name in self.raw or has_place(self.raw, f"/{name}", UNKNOWN)
        if not is_there and not location.is_written:
            about = name if name in field_names() else ""
            return self.missing(message, help, *related, about=about, fix=fix, offers=offers)._replace(level=level)
        return Finding(location, message, help, related, level, fix=fix, offers=_listed(offers))

    def _source(self, name: str) -> tuple[str, tuple[RelatedLocation, ...]]:  # noqa: ARG002 - for what is in no document
        """What findings on a field add on where it comes from: words and places."""
        return "", ()

    def missing(
        self,
        message: str,
        help: str,
        *related: RelatedLocation,
        about: str = "",
        also: Iterable[str] = (),
        mark: str = "",
        fix: Fix | None = None,
        offers: Iterable[str] = (),
    ) -> Finding:
        """A finding that this node lacks something, at its opening.

        `about` is the name of the missing field, `also` are further ones; `mark` is a field to mark, else its name is.
        """
        opening, mark = Location(self.document, self.pointer, "opening"), mark or self.known_by
        names = _listed(also)
        offered = _listed(offers)
        return Finding(opening, message, help, related, about=about, mark=mark, fix=fix, also=names, offers=offered)

    def put(self, name: str, value: Any) -> Operation:
        """The operation that sets or adds a field of this node."""
        return Operation("put", self.location(name), value)

    def remove(self, name: str) -> Operation:
        """The operation that removes a field of this node."""
        return Operation("remove", self.location(name))

    def rename(self, name: str, new: str) -> Operation:
        """The operation that renames a field of this node."""
        return Operation("rename", self.location(name), new)

    def place(self, name: str, message: str, lacking: str = "") -> RelatedLocation:
        """A field of this node, or the node itself as one to add `lacking` to, as a related location of a finding."""
        return RelatedLocation(self.location(name), message, "" if name else self.known_by, self.is_row, lacking)

    def children(self, name: str) -> "list[Node]":
        """The entries of a list field that are objects, with their own indices; unknown entries are left out."""
        entries = enumerate(listed if isinstance(listed := self.raw.get(name), list) else ())
        return [Node(entry, self, f"{name}/{index}") for index, entry in entries if isinstance(entry, dict)]


def _listed(names: Iterable[str]) -> tuple[str, ...]:
    """Names as a finding has them; one text, which splint.run.sound refuses, as it is."""
    return names if isinstance(names, str) else tuple(names)  # type: ignore[return-value]


class Facts(Node, FactsFields):
    """A `facts` object of a document, or the account facts of options or settings."""

    def __init__(
        self,
        raw: dict[str, Any],
        document: Document,
        pointer: str,
        source_of: Callable[[str], tuple[str, tuple[RelatedLocation, ...]]] | None = None,
    ) -> None:
        self.init_root(raw, document, pointer)
        self._source_of = source_of

    def _source(self, name: str) -> tuple[str, tuple[RelatedLocation, ...]]:
        """Of a fact that no document holds, which option or line of the settings does."""
        return ("", ()) if self._source_of is None else self._source_of(name)

    def give_way(self, options: Collection[str]) -> None:
        """Remove the facts that options override."""
        for name in self.raw.keys() & set(options):
            del self.raw[name]
            vars(self).pop(name, None)


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
