"""The faults of a document that extraction and validation find; each kind is a node that one rule reports."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Literal

from splint.formats import Document, Source, nowhere, reference_tokens, value_at
from splint.payloads.invalid_fields import InvalidField
from splint.payloads.nodes import Finding, Location, RelatedLocation
from splint.schema.vocabulary import ID_LISTS, OWN_IDS

if TYPE_CHECKING:
    from splint.formats.duplicates import DuplicateKey
    from splint.formats.shell.call import Call
    from splint.formats.spans import Span
    from splint.payloads.resemblance import Resemblance

NOWHERE = Document(Source("<run>", b""), None, nowhere)
"""The document of findings about the run itself."""


class Unreadable:
    """A part of a source that cannot be read as its format."""

    def __init__(self, source: Source, message: str, span: "Span", number: int | None, help: str) -> None:
        self.source = source
        self.message = message
        self.span = span
        self.number = number
        self.help = help

    def finding(self, message: str, help: str) -> Finding:
        """A finding at the fault."""
        document = Document(self.source, None, nowhere, self.number, spans={"fault": self.span}, body=-1)
        return Finding(Location(document, "", "fault"), message, help)


class Unrecognized:
    """A file that should hold a payload, or a document that means to be one, without any."""

    def __init__(
        self,
        document: Document,
        expected: Literal["named", "required", "walked"] = "named",
        resemblance: "Resemblance | None" = None,
        pointer: str = "",
        goes_elsewhere: bool = False,
    ) -> None:
        self.document = document
        self.goes_elsewhere = goes_elsewhere
        """Whether what it sends goes to another ad API."""
        self.expected = expected
        """Why one is expected: the command line names the file, settings require one, or it only resembles one."""
        self.resemblance = resemblance
        self.pointer = pointer
        """Of the entry of a list that should be a payload; else that of the document."""

    @property
    def has_id(self) -> bool:
        """Whether the object that is no payload has the id of an object, or a list of some, as updates have."""
        around = self.around
        return isinstance(around, dict) and not around.keys().isdisjoint((*OWN_IDS.values(), *ID_LISTS.values()))

    @property
    def around(self) -> Any:
        """The object that is no payload."""
        steps = reference_tokens(self.pointer if (near := self.resemblance) is None else near.pointer)
        return value_at(self.document.value, steps if near is None else steps[:-1])

    def finding(self, message: str, help: str) -> Finding:
        """A finding at what resembles a payload, else at the start; a warning where nobody says that there is one."""
        near = self.resemblance
        location = Location(self.document, self.pointer, "opening")
        location = location if near is None else location._replace(pointer=near.pointer, part="key")
        return Finding(location, message, help, level="warning" if self.expected == "walked" else None)


class DuplicateMember:
    """A key that occurs twice in one object."""

    def __init__(self, document: Document, duplicate: "DuplicateKey") -> None:
        self.document = document
        self.duplicate = duplicate

    def finding(self, message: str, help: str, related: str) -> Finding:
        """A finding at the later key, the first one related."""
        spans = self.duplicate.first, self.duplicate.span
        documents = [self.document._replace(spans={"fault": span}) for span in spans]
        there, here = (Location(one, self.duplicate.pointer, "fault") for one in documents)
        is_answerable = self.document.within is None  # no answer goes to either of the two in a string of JSON
        return Finding(here, message, help, (RelatedLocation(there, related),), is_answerable=is_answerable)


class RepeatedRequestId:
    """A create request's request_id that an earlier create request of the document holds too."""

    def __init__(self, location: Location, first: Location, value: str) -> None:
        self.location = location
        self.first = first
        self.value = value

    def finding(self, message: str, help: str, related: str) -> Finding:
        """A finding at the later one, the first one related."""
        return Finding(self.location, message, help, (RelatedLocation(self.first, related),))


class TokenInFile:
    """An Access-Token header that holds a secret, or what a script puts into one."""

    def __init__(self, location: Location) -> None:
        self.location = location

    def finding(self, message: str, help: str) -> Finding:
        """A finding at the header's value."""
        return Finding(self.location, message, help)


def tokens_sent(document: Document, call: "Call") -> Iterator[TokenInFile]:
    """The tokens of the request of a curl command."""
    for span in call.tokens:
        yield TokenInFile(Location(document._replace(call=call._replace(tokens=(span,))), "", "token"))


Fault = Unreadable | Unrecognized | DuplicateMember | InvalidField | RepeatedRequestId | TokenInFile
