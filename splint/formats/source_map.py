"""Source maps: map indexes in an embedded text (quoted, escaped or indented in its source) to the source."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from splint.formats.causes import Place
from splint.formats.document import Document, Parse, Written
from splint.formats.fault import SyntaxFault
from splint.formats.source import Source
from splint.formats.spans import NodeSpan, Span

Quote = Literal["plain", "lines", "bare", "single", "double", "ansi", "heredoc", "backtick", "expansion"]
"""How a segment is quoted: not at all (plain), as lines with margins, as a shell word without quotes (bare), in '...',
"...", $'...', an expanding here-document, or within `...`; an expansion is a variable or a substitution, whose value is
known only when the script runs."""


class Segment(NamedTuple):
    """A part of the map's text, and the range of the source that it comes from."""

    text: str
    start: int
    end: int
    is_verbatim: bool = True
    """Whether the source has the same characters; if not (an escape, an expansion), the range is indivisible."""
    quote: Quote = "plain"


class SourceMap:
    """A text made of segments, whose indexes are the source's, or those of the text of an `outer` map."""

    def __init__(self, segments: Iterable[Segment], outer: "SourceMap | None" = None) -> None:
        self.segments = list(segments) or [Segment("", 0, 0)]
        self.outer = outer
        self.text = "".join(segment.text for segment in self.segments)
        self._starts = []
        at = 0
        for segment in self.segments:
            self._starts.append(at)
            at += len(segment.text)

    def origin(self, index: int) -> int:
        """The source's index for an index of `text`; `len(text)` is allowed."""
        if index >= len(self.text):
            outer_index = self.segments[-1].end
        else:
            segment, ahead = self._at(index)
            outer_index = segment.start + ahead if segment.is_verbatim else segment.start
        return self.outer.origin(outer_index) if self.outer else outer_index

    def span(self, start: int, end: int) -> Span:
        """The source's range for a range of `text`, extended to whole escapes."""
        if end <= start:
            return Span(self.origin(start), self.origin(start))
        segment, ahead = self._at(start)
        last, behind = self._at(end - 1)
        first = segment.start + ahead if segment.is_verbatim else segment.start
        final = last.start + behind + 1 if last.is_verbatim else last.end
        return self.outer.span(first, final) if self.outer else Span(first, final)

    def index_of(self, origin: int) -> int:
        """The index of `text` for one of the source, in a map of lines in order without an outer map."""
        row = max(bisect_right(self.segments, origin, key=lambda segment: segment.start) - 1, 0)
        return self._starts[row] + origin - self.segments[row].start

    @property
    def whole(self) -> Span:
        """The source's range for the whole text."""
        return self.span(0, len(self.text))

    def _at(self, index: int) -> tuple[Segment, int]:
        row = bisect_right(self._starts, index) - 1
        return self.segments[row], index - self._starts[row]


def parse_mapped(
    source: Source, parse: Parse, source_map: SourceMap, place: Place, text: str | None = None
) -> Document | SyntaxFault:
    """Parse the map's text as one JSON value; all indexes in the result are the source's.

    For JSON with comments, `text` is the map's text with its comments replaced by spaces, and is parsed instead.
    """
    written = Written("json" if text is None else "jsonc", source_map=source_map)
    read = parse(source, source_map.text if text is None else text, place)
    if isinstance(read, SyntaxFault):
        return read._replace(span=source_map.span(*read.span))

    def locate(pointers: Iterable[str]) -> Mapping[str, NodeSpan]:
        return {
            pointer: NodeSpan(
                source_map.span(*place.value),
                source_map.span(*place.opening),
                place.key and source_map.span(*place.key),
            )
            for pointer, place in read.locate(pointers).items()
        }

    duplicates = tuple(
        duplicate._replace(span=source_map.span(*duplicate.span), first=source_map.span(*duplicate.first))
        for duplicate in read.duplicates
    )
    return read._replace(locate=locate, duplicates=duplicates, written=written)
