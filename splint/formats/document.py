"""Documents: the values that readers parse from a source. Positions are computed on demand only."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, BinaryIO, Literal, NamedTuple

from splint.formats.source import Source

if TYPE_CHECKING:
    from splint.formats.causes import Place
    from splint.formats.comments import Comment
    from splint.formats.duplicates import DuplicateKey
    from splint.formats.fault import SyntaxFault
    from splint.formats.shell.call import Call
    from splint.formats.source_map import SourceMap
    from splint.formats.spans import NodeSpan, Span

MAX_DEPTH = 254
"""The most levels of nesting in a document: orjson serializes no more."""


Locate = Callable[[Iterable[str]], Mapping[str, "NodeSpan"]]
"""Maps RFC 6901 pointers to positions in the source's text; pointers without a value are left out."""


class Written:
    """The text in which a document is edited: its syntax and its position in the source."""

    def __init__(
        self,
        syntax: Literal["json", "jsonc", "yaml"],
        start: int = 0,
        end: int | None = None,
        source_map: "SourceMap | None" = None,
    ) -> None:
        self.syntax = syntax
        self.start = start
        """The range of the document's text in the text of the source or source map: from `start` to `end` (None: all).
        """
        self.end = end
        self.source_map = source_map
        """Maps the document's text to the source, if the source quotes, escapes or indents it; else None."""


class Document(NamedTuple):
    """One value of a source, with its metadata."""

    source: Source
    value: Any
    locate: Locate
    number: int | None = None
    """The number of the document in a file of several (NDJSON, a YAML stream), from 1; else None."""
    duplicates: tuple["DuplicateKey", ...] = ()
    call: "Call | None" = None
    """The curl command whose body this is."""
    endpoints: Mapping[str, str] = {}
    """The endpoints of it, or of entries of its list, as bodies of requests, by pointer: the caller knows them."""
    sequential: bool = False
    """Whether it is a step of a program (a shell script), whose placeholders refer to earlier steps."""
    stands_alone: bool = False
    """Whether it is unrelated to all other documents, as examples in prose are."""
    within: tuple["Document", str] | None = None
    """The document and pointer of the string that contains this document; all its positions are that string's."""
    spans: Mapping[str, "Span"] = {}
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


Documents = Iterable["Document | SyntaxFault"]
"""The documents and syntax errors of a file, in order."""
Parse = Callable[[Source, str | None, "Place"], "Document | SyntaxFault"]
"""Parses a text (None: the source's own) as one JSON value; indexes in the result are the text's."""


class Chunk:
    """A part of a file that is read independently, with the counts of what precedes it."""

    def __init__(self, offset: int = 0, size: int = 0, line: int = 1, documents: int = 0) -> None:
        self.offset = offset
        """In bytes."""
        self.size = size
        """In bytes; 0 at the end of the file."""
        self.line = line
        """The number of its first line."""
        self.documents = documents
        """The number of documents before it, those with syntax errors included."""


class Reader:
    """A document format: which suffixes it reads, and how."""

    def __init__(
        self,
        name: str,
        suffixes: tuple[str, ...],
        read: Callable[[str, BinaryIO], Documents],
        comments: Callable[[Source], "list[Comment]"] | None = None,
        split: Callable[[BinaryIO], Iterable[Chunk]] | None = None,
        read_chunk: Callable[[str, BinaryIO, Chunk], Documents] | None = None,
        stays_within: bool = False,
        with_column: Callable[[str], "Reader"] | None = None,
    ) -> None:
        self.name = name
        self.suffixes = suffixes
        self.read = read
        """Reads a binary stream; the path is for display. Yields documents and faults in order; raises OSError only."""
        self.comments = comments
        """The directives of a file, in order; None for a format without comments."""
        self.split = split
        """Splits a file into chunks, an empty one last; None for a format that is read whole."""
        self.read_chunk = read_chunk
        """As `read` for one chunk; the stream contains only its bytes."""
        self.stays_within = stays_within
        """Whether all documents are in the file itself; a script may send other files."""
        self.with_column = with_column
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


def nowhere(_pointers: Iterable[str]) -> "Mapping[str, NodeSpan]":
    """The `locate` of a value without a text."""
    return {}
