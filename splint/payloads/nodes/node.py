"""The base classes of nodes: objects of a payload with their locations and known fields."""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import Any, ClassVar

from splint.formats import Document
from splint.payloads.nodes.finding import Finding, Fix, Location, Operation, RelatedLocation, field_names, has_place
from splint.payloads.validation import MISPLACED, UNKNOWN, Blank, known
from splint.schema.table import FactsFields


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
