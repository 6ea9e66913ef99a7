"""What is wrong with a document before any constraint is asked: each kind is a node that one rule speaks for."""

from collections import Counter
from functools import lru_cache
from typing import Any, NamedTuple

from splint.formats import Document, DuplicateKey, Source, Span, nowhere, steps
from splint.payloads.nodes import Finding, Fix, Location, RelatedLocation
from splint.payloads.validation import Violation, examine, is_note
from splint.reporting.wording import nearest
from splint.schema.kinds import Shape

NOWHERE = Document(Source("<run>", b""), None, nowhere)
"""Where findings about the run itself stand."""


class Unreadable(NamedTuple):
    """A stretch of a source that is not readable as its format."""

    source: Source
    message: str
    span: Span
    number: int | None

    def finding(self, message: str, help: str) -> Finding:
        """A finding at the fault."""
        found = Document(self.source, None, nowhere, self.number, spans={"fault": self.span})
        return Finding(Location(found, "", "fault"), message, help)


class Unrecognized(NamedTuple):
    """A file named on the command line that holds no payload."""

    document: Document

    def finding(self, message: str, help: str) -> Finding:
        """A finding at the file's start."""
        return Finding(Location(self.document, "", "opening"), message, help)


class DuplicateMember(NamedTuple):
    """A key that stands twice in one object."""

    document: Document
    duplicate: DuplicateKey

    def finding(self, message: str, help: str, related: str) -> Finding:
        """A finding at the later key, the first one related."""
        later = self.document._replace(spans={"fault": self.duplicate.span})
        first = self.document._replace(spans={"fault": self.duplicate.first})
        pointer = self.duplicate.pointer
        return Finding(
            Location(later, pointer, "fault"),
            message,
            help,
            (RelatedLocation(Location(first, pointer, "fault"), related),),
        )


class Slipped(NamedTuple):
    """A field that departs from its shape."""

    location: Location
    value: Any
    takes: Any

    @property
    def field(self) -> str:
        """The field's name; of an entry the list's name with its index."""
        *_, before, last = ("", *self.location.pointer.split("/"))
        return f"{before}/{last}" if last.isdigit() and before else last.replace("~1", "/").replace("~0", "~")

    @property
    def around(self) -> Any:
        """The object or list that the field stands in, as it is written."""
        value = self.location.document.value
        for step in steps(self.location.pointer)[:-1]:
            value = value[int(step) if isinstance(value, list) else step]
        return value

    def finding(self, message: str, help: str, fix: Fix | None = None) -> Finding:
        """A finding at the field."""
        return Finding(self.location, message, help, fix=fix)


class WrongType(Slipped):
    """A field that holds a JSON type which the endpoint does not take."""


class UnknownField(Slipped):
    """A field that nobody knows at that place; `takes` is the shape of the object that holds it."""

    takes: Shape

    def may_be(self, name: str) -> bool:
        """Whether the object lacks that field, nothing else in it may mean the same, and the field takes the value."""
        field, fields, around, violations = self.field, self.takes.fields, self.around, list[Violation]()
        if field.endswith(("_id", "_ids")) != name.endswith(("_id", "_ids")):
            return False  # an ID is nothing else
        if name in around or _meanings(_Same(around), self.takes)[name] > (nearest(field, fields) == name):
            return False
        examine(Shape(self.takes.name, {name: fields[name]}), {name: self.value}, violations.append)
        return all(violation.kind == "placeholder" for violation in violations)


class NumericId(Slipped):
    """An ID written as a JSON number."""


class UnknownValue(Slipped):
    """An enumerated field that holds a value outside its set, `takes`."""

    def may_be(self, name: str) -> bool:
        """Whether the value, in a list, would not stand there twice: as it is, or as what an earlier one means."""
        if not isinstance(self.around, list):
            return True
        written, meant = _firsts(_Same(self.around), self.takes)
        return name not in written and meant.get(name, written[self.value]) >= written[self.value]


class _Same:
    """A value as a key, by identity."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.value is other.value

    def __hash__(self) -> int:
        return id(self.value)


@lru_cache(maxsize=1)
def _meanings(around: _Same, takes: Shape) -> Counter[str | None]:
    """What the unknown keys of an object may mean, for all of them once."""
    fields = takes.fields
    return Counter(nearest(key, fields) for key in around.value if key not in fields and not is_note(key))


@lru_cache(maxsize=1)
def _firsts(around: _Same, takes: frozenset[str]) -> tuple[dict[str, int], dict[str | None, int]]:
    """Where in a list each text stands first, and what a text may mean."""
    written: dict[str, int] = {}
    meant: dict[str | None, int] = {}
    for index, entry in enumerate(around.value):
        if isinstance(entry, str) and entry not in written:
            written[entry] = index
            meant.setdefault(nearest(entry, takes), index)
    return written, meant


class PlaceholderLeft(Slipped):
    """A value that is still a template placeholder."""


class TokenInFile(NamedTuple):
    """An Access-Token header that holds a secret."""

    location: Location

    def finding(self, message: str, help: str) -> Finding:
        """A finding at the header's value."""
        return Finding(self.location, message, help)


class UnusedSuppression(NamedTuple):
    """What is there to silence findings, and silences none."""

    document: Document
    """A file, its span `fault` the place."""
    pointer: str
    message: str
    help: str
    fix: Fix | None = None

    def finding(self) -> Finding:
        """A finding at the place."""
        return Finding(Location(self.document, self.pointer, "fault"), self.message, self.help, fix=self.fix)


Fault = Unreadable | Unrecognized | DuplicateMember | Slipped | TokenInFile

_KINDS: dict[str, type[Slipped]] = {
    "wrong-type": WrongType,
    "unknown-field": UnknownField,
    "id-not-a-string": NumericId,
    "unknown-value": UnknownValue,
    "placeholder": PlaceholderLeft,
}


def fault_for(violation: Violation, document: Document, pointer: str) -> Slipped:
    """A slip of the object at `pointer` as a node."""
    location = Location(document, pointer + violation.pointer, "key" if violation.kind == "unknown-field" else "value")
    return _KINDS[violation.kind](location, violation.value, violation.takes)
