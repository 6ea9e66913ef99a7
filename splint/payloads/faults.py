"""The faults of a document that extraction and validation find; each kind is a node that one rule reports."""

from collections import Counter
from functools import lru_cache
from typing import Any, NamedTuple

from splint.formats import Document, DuplicateKey, Source, Span, nowhere, reference_tokens
from splint.payloads.nodes import Finding, Fix, Location, RelatedLocation
from splint.payloads.validation import Violation, examine, is_note
from splint.reporting.wording import nearest
from splint.schema.kinds import Shape

NOWHERE = Document(Source("<run>", b""), None, nowhere)
"""The document of findings about the run itself."""


class Unreadable(NamedTuple):
    """A part of a source that cannot be read as its format."""

    source: Source
    message: str
    span: Span
    number: int | None

    def finding(self, message: str, help: str) -> Finding:
        """A finding at the fault."""
        document = Document(self.source, None, nowhere, self.number, spans={"fault": self.span})
        return Finding(Location(document, "", "fault"), message, help)


class Unrecognized(NamedTuple):
    """A file named on the command line that holds no payload."""

    document: Document

    def finding(self, message: str, help: str) -> Finding:
        """A finding at the file's start."""
        return Finding(Location(self.document, "", "opening"), message, help)


class DuplicateMember(NamedTuple):
    """A key that occurs twice in one object."""

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


class InvalidField(NamedTuple):
    """A field that violates its shape."""

    location: Location
    value: Any
    takes: Any

    @property
    def field(self) -> str:
        """The field's name; for a list entry the list's name with the index."""
        *_, before, last = ("", *self.location.pointer.split("/"))
        return f"{before}/{last}" if last.isdigit() and before else last.replace("~1", "/").replace("~0", "~")

    @property
    def around(self) -> Any:
        """The object or list that contains the field, as written."""
        value = self.location.document.value
        for step in reference_tokens(self.location.pointer)[:-1]:
            value = value[int(step) if isinstance(value, list) else step]
        return value

    def finding(self, message: str, help: str, fix: Fix | None = None) -> Finding:
        """A finding at the field."""
        return Finding(self.location, message, help, fix=fix)


class WrongType(InvalidField):
    """A field of a JSON type that the endpoint does not take."""


class UnknownField(InvalidField):
    """An unknown field; `takes` is the shape of the object that contains it."""

    takes: Shape

    def may_be(self, name: str) -> bool:
        """Whether renaming to a field is unambiguous: the object lacks it, no other key resembles it, its type fits."""
        field, fields, around, violations = self.field, self.takes.fields, self.around, list[Violation]()
        if field.endswith(("_id", "_ids")) != name.endswith(("_id", "_ids")):
            return False  # an id is never renamed to another field, nor the reverse
        if name in around or _similar_fields(_ById(around), self.takes)[name] > (nearest(field, fields) == name):
            return False
        examine(Shape(self.takes.name, {name: fields[name]}), {name: self.value}, violations.append)
        return all(violation.kind == "placeholder" for violation in violations)


class NumericId(InvalidField):
    """An ID written as a JSON number."""


class NotDecimal(InvalidField):
    """An ID that TikTok takes as a 64-bit number, and whose text is none."""


class UnknownValue(InvalidField):
    """An enumerated field with a value outside of `takes`."""

    def may_be(self, name: str) -> bool:
        """Whether changing the value to `name` would not duplicate another entry of its list."""
        if not isinstance(self.around, list):
            return True
        written, resembled = _first_indices(_ById(self.around), self.takes)
        return name not in written and resembled.get(name, written[self.value]) >= written[self.value]


class _ById:
    """A value as a dictionary key, compared by identity."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ById) and self.value is other.value

    def __hash__(self) -> int:
        return id(self.value)


@lru_cache(maxsize=1)
def _similar_fields(around: _ById, takes: Shape) -> Counter[str | None]:
    """The known fields that the unknown keys of an object resemble, counted; cached per object."""
    fields = takes.fields
    return Counter(nearest(key, fields) for key in around.value if key not in fields and not is_note(key))


@lru_cache(maxsize=1)
def _first_indices(around: _ById, takes: frozenset[str]) -> tuple[dict[str, int], dict[str | None, int]]:
    """The first index of each text of a list, and of each known value that an entry resembles; cached per list."""
    written: dict[str, int] = {}
    resembled: dict[str | None, int] = {}
    for index, entry in enumerate(around.value):
        if isinstance(entry, str) and entry not in written:
            written[entry] = index
            resembled.setdefault(nearest(entry, takes), index)
    return written, resembled


class PlaceholderLeft(InvalidField):
    """A value that is a template placeholder; `takes` is what the field takes, None for a field of no shape."""


class TokenInFile(NamedTuple):
    """An Access-Token header that holds a secret."""

    location: Location

    def finding(self, message: str, help: str) -> Finding:
        """A finding at the header's value."""
        return Finding(self.location, message, help)


Fault = Unreadable | Unrecognized | DuplicateMember | InvalidField | TokenInFile

_KINDS: dict[str, type[InvalidField]] = {
    "wrong-type": WrongType,
    "unknown-field": UnknownField,
    "id-not-a-string": NumericId,
    "id-not-decimal": NotDecimal,
    "unknown-value": UnknownValue,
    "placeholder": PlaceholderLeft,
}


def fault_for(violation: Violation, document: Document, pointer: str) -> InvalidField:
    """The node of a violation; its pointer is relative to `pointer`."""
    location = Location(document, pointer + violation.pointer, "key" if violation.kind == "unknown-field" else "value")
    return _KINDS[violation.kind](location, violation.value, violation.takes)
