"""Documents: what a reader makes of a source. Values are read at once, positions only when they are asked for."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, BinaryIO, Literal, NamedTuple

from splint.formats.source import Source, Span

if TYPE_CHECKING:
    from splint.formats.source_map import SourceMap

MAX_DEPTH = 254
"""The most levels of nesting in a document: orjson serializes no more."""


class NodeSpan(NamedTuple):
    """Where a value stands in its source's text."""

    value: Span
    """The whole value; of a YAML block collection up to the end of its last child."""
    opening: Span
    """Where a finding about a missing member points: the opening bracket, or a block mapping's first key."""
    key: Span | None = None
    """The member's key, quotes included; None for an element or a root."""


class SyntaxFault(NamedTuple):
    """A syntax error in a source, and where it is (SPL001)."""

    source: Source
    message: str
    span: Span
    number: int | None = None


class DuplicateKey(NamedTuple):
    """A key that occurs twice in one object (SPL005)."""

    pointer: str
    """Of the member, from the document's root."""
    key: str
    span: Span
    """The later key."""
    first: Span
    """The first key."""


class Call(NamedTuple):
    """The request of a curl command, without its body."""

    url: str
    url_span: Span
    method: str
    method_span: Span
    """Of the -X value; of the word `curl` where the method is implied."""
    token: str | None = None
    """The value of an Access-Token header, as written."""
    token_span: Span | None = None
    source: Source | None = None
    """The script with the command, if the body is in a file of its own."""


Locate = Callable[[Iterable[str]], Mapping[str, NodeSpan]]
"""Maps RFC 6901 pointers to positions in the source's text; pointers that lead nowhere are left out."""


class Written(NamedTuple):
    """The text that a document is edited in: its syntax, and where in the source it stands."""

    syntax: Literal["json", "jsonc", "yaml"]
    start: int = 0
    """Where the document's text begins and ends in the text of the source, or of the source map."""
    end: int | None = None
    source_map: "SourceMap | None" = None
    """Maps the document's text to the source, if the source quotes, escapes or indents it; else None."""


class Document(NamedTuple):
    """One value of a source, and what is known about it besides the value."""

    source: Source
    value: Any
    locate: Locate
    number: int | None = None
    """Counts from 1 where a file may hold several documents (NDJSON, a YAML stream), else None."""
    duplicates: tuple[DuplicateKey, ...] = ()
    call: Call | None = None
    """The curl command whose body this is."""
    sequential: bool = False
    """Whether it is a step of a program (a shell script): placeholders then refer to earlier steps."""
    stands_alone: bool = False
    """Whether it is never related to other documents: the examples in a text are alternatives."""
    within: "tuple[Document, str] | None" = None
    """The document and pointer of the string that holds this one as text: all its positions are that string's."""
    spans: Mapping[str, Span] = {}
    """Positions that no pointer leads to (`url`, `method`, `fault`), by name."""
    written: Written | None = None
    """How to edit it; None if it has no text, or none that can be edited."""


Origin = Callable[[int], int]
"""From an index in a document's text to the index in its source's text."""


def identity(index: int) -> int:
    """The origin where the document's text is the source's."""
    return index


class Comment(NamedTuple):
    """A comment that speaks to splint: what it says begins with `splint:`."""

    text: str
    """What it says, without its mark (#, //, /*, <!--) and the white space around."""
    span: Span
    """All of it, its mark included."""
    lines: tuple[int, int] | None
    """The first and the last line, both included, that it speaks of; None where nothing follows it.

    Behind something on its line that is this line, else the next below that holds anything but comments. In a shell
    script and in prose it is all of the command that stands there, its here-documents included; a comment above a
    fenced block speaks of the block.
    """
    is_on_top: bool
    """Whether nothing but comments stands before it in its file."""


Documents = Iterable[Document | SyntaxFault]
"""What a reader makes of a file, in its order."""
Parse = Callable[[Source, str | None], Document | SyntaxFault]
"""Reads a text (None: the source's own) as one JSON value; indexes are those of the text that was read."""


class Chunk(NamedTuple):
    """A stretch of a file that is read by itself, and what stands before it."""

    offset: int = 0
    """In bytes."""
    size: int = 0
    """In bytes; 0 at the end of the file."""
    line: int = 1
    """The number of its first line."""
    documents: int = 0
    """How many documents, faulty ones too, stand before it."""


class Reader(NamedTuple):
    """A document format: which suffixes it reads, and how."""

    name: str
    suffixes: tuple[str, ...]
    read: "Callable[[str, BinaryIO], Documents]"
    """From a path to show and a binary stream to documents and faults, in the file's order; raises OSError only."""
    comments: "Callable[[Source], list[Comment]] | None" = None
    """The comments of a file that speak to splint, in its order; None for a format without comments."""
    split: "Callable[[BinaryIO], Iterable[Chunk]] | None" = None
    """Where a file can be taken apart, an empty part last; None for a format that is read whole, or has comments."""
    read_chunk: "Callable[[str, BinaryIO, Chunk], Documents] | None" = None
    """As `read`, of a part: the stream holds nothing but its bytes."""
    stays_within: bool = False
    """Whether all documents stand in the file that is read: a script's may be files of their own."""


def has_directives(source: Source) -> bool:
    """Whether a file may hold comments that speak to splint: only then are its comments looked for."""
    return b"splint:" in source.data


def nowhere(_pointers: Iterable[str]) -> Mapping[str, NodeSpan]:
    """The `locate` of a value that is no text's."""
    return {}


def decode(source: Source, number: int | None = None) -> str | SyntaxFault:
    """The source's text, or the fault that it is not UTF-8, naming the encoding where the first bytes tell it."""
    data = source.data
    for mark, name in (
        (b"\xff\xfe\0\0", "UTF-32"),
        (b"\0\0\xfe\xff", "UTF-32"),
        (b"\xff\xfe", "UTF-16"),
        (b"\xfe\xff", "UTF-16"),
    ):
        if data.startswith(mark):
            return SyntaxFault(
                source, f"the file is encoded as {name}, not UTF-8: save it as UTF-8", Span(0, 1), number
            )
    try:
        source._text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        head, near = data[: error.start].decode("utf-8", "replace"), data[:4]
        guess = "UTF-16" if near.count(0) in (1, 2) else "Latin-1 or Windows-1252"
        message = f"byte 0x{data[error.start]:02x} is not UTF-8 (the file looks like {guess}): save it as UTF-8"
        return SyntaxFault(source, message, Span(len(head), len(head) + 1), number)
    text = source.text
    if text[1:2] == "\0" or text[:1] == "\0":
        return SyntaxFault(
            source, "the file is encoded as UTF-16 or UTF-32, not UTF-8: save it as UTF-8", Span(0, 1), number
        )
    return text
