"""Documents: the values that readers parse from a source. Positions are computed on demand only."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, BinaryIO, Literal, NamedTuple

from splint.formats.source import Source, Span

if TYPE_CHECKING:
    from splint.formats.source_map import SourceMap

MAX_DEPTH = 254
"""The most levels of nesting in a document: orjson serializes no more."""


class NodeSpan(NamedTuple):
    """The position of a value in its source's text."""

    value: Span
    """The whole value; of a YAML block collection up to the end of its last child."""
    opening: Span
    """The position for a finding about a missing member: the opening bracket, or a block mapping's first key."""
    key: Span | None = None
    """The member's key, quotes included; None for an element or a root."""


LOOK = "look at what stands right before this: nothing of this document is checked until it can be read"
"""The help on a syntax error whose cause is not known."""


class SyntaxFault(NamedTuple):
    """A syntax error in a source, with its position (SPL001)."""

    source: Source
    message: str
    span: Span
    number: int | None = None
    help: str = LOOK
    """The way out."""


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
    posts_nothing: bool = False
    """Whether it is a POST that surely has no body."""


Locate = Callable[[Iterable[str]], Mapping[str, NodeSpan]]
"""Maps RFC 6901 pointers to positions in the source's text; pointers without a value are left out."""


class Written(NamedTuple):
    """The text in which a document is edited: its syntax and its position in the source."""

    syntax: Literal["json", "jsonc", "yaml"]
    start: int = 0
    """The range of the document's text in the text of the source or source map: from `start` to `end` (None: all)."""
    end: int | None = None
    source_map: "SourceMap | None" = None
    """Maps the document's text to the source, if the source quotes, escapes or indents it; else None."""


class Document(NamedTuple):
    """One value of a source, with its metadata."""

    source: Source
    value: Any
    locate: Locate
    number: int | None = None
    """The number of the document in a file of several (NDJSON, a YAML stream), from 1; else None."""
    duplicates: tuple[DuplicateKey, ...] = ()
    call: Call | None = None
    """The curl command whose body this is."""
    endpoints: Mapping[str, str] = {}
    """The endpoints of it, or of entries of its list, as bodies of requests, by pointer: the caller knows them."""
    sequential: bool = False
    """Whether it is a step of a program (a shell script), whose placeholders refer to earlier steps."""
    stands_alone: bool = False
    """Whether it is unrelated to all other documents, as examples in prose are."""
    within: tuple["Document", str] | None = None
    """The document and pointer of the string that contains this document; all its positions are that string's."""
    spans: Mapping[str, Span] = {}
    """Positions that have no pointer, by name: `url`, `method`, `fault`."""
    written: Written | None = None
    """How to edit it; None if it cannot be edited."""
    body: int = 0
    """The position, from 0, of a curl command or fenced block among those of its file; -1 for none of them."""

    @property
    def is_sent(self) -> bool:
        """Whether it is a file of its own, which a script sends."""
        return self.call is not None and self.call.source is not None and self.call.source is not self.source


class UnfitFileError(OSError):
    """Raised by a reader for a file of its suffix that it cannot take payloads from; the message says what to do.

    Who names the file is told; a walk passes over it.
    """


Origin = Callable[[int], int]
"""Maps an index in a document's text to the index in its source's text."""


def identity(index: int) -> int:
    """The `Origin` of a document whose text is the source's."""
    return index


class Comment(NamedTuple):
    """A directive: a comment whose text begins with `splint:`, or one that is meant as such (`Splint: Ignore`)."""

    text: str
    """Its text without the comment markers (#, //, /*, <!--) and surrounding white space."""
    span: Span
    """The whole comment, markers included."""
    lines: tuple[int, int] | None
    """The first and the last line that it applies to, both included; None if no content follows it.

    A comment after content on its line applies to that line, any other to the next line with content. In shell scripts
    and prose it applies to the whole command there, here-documents included; above a fenced block, to the block.
    """
    is_on_top: bool
    """Whether only comments precede it in its file."""


Documents = Iterable[Document | SyntaxFault]
"""The documents and syntax errors of a file, in order."""
Parse = Callable[[Source, str | None], Document | SyntaxFault]
"""Parses a text (None: the source's own) as one JSON value; indexes in the result are the text's."""


class Chunk(NamedTuple):
    """A part of a file that is read independently, with the counts of what precedes it."""

    offset: int = 0
    """In bytes."""
    size: int = 0
    """In bytes; 0 at the end of the file."""
    line: int = 1
    """The number of its first line."""
    documents: int = 0
    """The number of documents before it, those with syntax errors included."""


class Reader(NamedTuple):
    """A document format: which suffixes it reads, and how."""

    name: str
    suffixes: tuple[str, ...]
    read: Callable[[str, BinaryIO], Documents]
    """Reads a binary stream; the path is for display. Yields documents and faults in order; raises OSError only."""
    comments: Callable[[Source], list[Comment]] | None = None
    """The directives of a file, in order; None for a format without comments."""
    split: Callable[[BinaryIO], Iterable[Chunk]] | None = None
    """Splits a file into chunks, an empty one last; None for a format that is read whole."""
    read_chunk: Callable[[str, BinaryIO, Chunk], Documents] | None = None
    """As `read` for one chunk; the stream contains only its bytes."""
    stays_within: bool = False
    """Whether all documents are in the file itself; a script may send other files."""
    with_column: Callable[[str], "Reader"] | None = None
    """For a format of tables: the reader of the payloads in the column of a name; None for a format of texts."""


ALIKE = r"splint[ \t]*:|splint[ \t]+(?:ignore|disable|noqa|skip)\b|noqa[ \t]*:"
"""The beginning, in lower case, of comments that are directives or meant as such."""


def has_directives(source: Source) -> bool:
    """Whether a file may contain directives or comments meant as such, so that its comments must be scanned."""
    data = source.data
    if b"splint:" in data:
        return True
    data = data.lower()
    return (b"splint" in data or b"noqa" in data) and re.search(ALIKE.encode(), data) is not None


def nowhere(_pointers: Iterable[str]) -> Mapping[str, NodeSpan]:
    """The `locate` of a value without a text."""
    return {}


SAVE = "encode it as UTF-8"


def decode(source: Source, number: int | None = None) -> str | SyntaxFault:
    """The source's text, or a fault if it is not UTF-8, which names the encoding that its first bytes suggest."""
    data = source.data
    for mark, name in (
        (b"\xff\xfe\0\0", "UTF-32"),
        (b"\0\0\xfe\xff", "UTF-32"),
        (b"\xff\xfe", "UTF-16"),
        (b"\xfe\xff", "UTF-16"),
    ):
        if data.startswith(mark):
            return SyntaxFault(source, f"it is encoded as {name}, not UTF-8", Span(0, 1), number, SAVE)
    try:
        source._text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        head, near = data[: error.start].decode("utf-8", "replace"), data[:4]
        guess = "UTF-16" if near.count(0) in (1, 2) else "Latin-1 or Windows-1252"
        message = f"byte 0x{data[error.start]:02x} is not UTF-8 (it looks like {guess})"
        return SyntaxFault(source, message, Span(len(head), len(head) + 1), number, SAVE)
    text = source.text
    if text[1:2] == "\0" or text[:1] == "\0":
        return SyntaxFault(source, "it is encoded as UTF-16 or UTF-32, not UTF-8", Span(0, 1), number, SAVE)
    return text
