"""What is wrong with a document before any constraint is asked: each kind is a node that one rule speaks for."""

from typing import Any, NamedTuple

from splint.documents import Document, DuplicateKey, Source, Span, nowhere
from splint.gate import Slip
from splint.kinds import Shape
from splint.nodes import Finding, Related, Spot


class Unreadable(NamedTuple):
    """A stretch of a source that is not readable as its format."""

    source: Source
    message: str
    span: Span
    number: int | None

    def finding(self, message: str, way_out: str) -> Finding:
        """A finding at the fault."""
        found = Document(self.source, None, nowhere, self.number, spans={"fault": self.span})
        return Finding(Spot(found, "", "fault"), message, way_out)


class Unrecognized(NamedTuple):
    """A file named on the command line that holds no payload."""

    document: Document

    def finding(self, message: str, way_out: str) -> Finding:
        """A finding at the file's start."""
        return Finding(Spot(self.document, "", "opening"), message, way_out)


class DuplicateMember(NamedTuple):
    """A key that stands twice in one object."""

    document: Document
    duplicate: DuplicateKey

    def finding(self, message: str, way_out: str, related: str) -> Finding:
        """A finding at the later key, the first one related."""
        later = self.document._replace(spans={"fault": self.duplicate.span})
        first = self.document._replace(spans={"fault": self.duplicate.first})
        pointer = self.duplicate.pointer
        return Finding(
            Spot(later, pointer, "fault"), message, way_out, (Related(Spot(first, pointer, "fault"), related),)
        )


class Slipped(NamedTuple):
    """A field that departs from its shape."""

    spot: Spot
    value: Any
    takes: Any

    @property
    def field(self) -> str:
        """The field's name; of an entry the list's name with its index."""
        *_, before, last = ("", *self.spot.pointer.split("/"))
        return f"{before}/{last}" if last.isdigit() and before else last.replace("~1", "/").replace("~0", "~")

    def finding(self, message: str, way_out: str) -> Finding:
        """A finding at the field."""
        return Finding(self.spot, message, way_out)


class WrongType(Slipped):
    """A field that holds a JSON type which the endpoint does not take."""


class UnknownField(Slipped):
    """A field that nobody knows at that place; `takes` is the shape of the object that holds it."""

    takes: Shape


class NumericId(Slipped):
    """An ID written as a JSON number."""


class UnknownValue(Slipped):
    """An enumerated field that holds a value outside its set, `takes`."""


class PlaceholderLeft(Slipped):
    """A value that is still a template placeholder."""


class TokenInFile(NamedTuple):
    """An Access-Token header that holds a secret."""

    spot: Spot

    def finding(self, message: str, way_out: str) -> Finding:
        """A finding at the header's value."""
        return Finding(self.spot, message, way_out)


class UnusedSuppression(NamedTuple):
    """What is there to silence findings, and silences none."""

    document: Document
    """A file, its span `fault` the place."""
    pointer: str
    message: str
    way_out: str

    def finding(self) -> Finding:
        """A finding at the place."""
        return Finding(Spot(self.document, self.pointer, "fault"), self.message, self.way_out)


Fault = Unreadable | Unrecognized | DuplicateMember | Slipped | TokenInFile

_KINDS: dict[str, type[Slipped]] = {
    "wrong-type": WrongType,
    "unknown-field": UnknownField,
    "id-not-a-string": NumericId,
    "unknown-value": UnknownValue,
    "placeholder": PlaceholderLeft,
}


def fault_for(slip: Slip, document: Document, pointer: str) -> Slipped:
    """A slip of the object at `pointer` as a node."""
    spot = Spot(document, pointer + slip.pointer, "key" if slip.kind == "unknown-field" else "value")
    return _KINDS[slip.kind](spot, slip.value, slip.takes)
