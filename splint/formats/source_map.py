"""Text that stands in a source in pieces: quoted, escaped, indented. And the way from an index in it to the source."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from splint.formats.document import Document, NodeSpan, SyntaxFault, Written
from splint.formats.json.reader import parse
from splint.formats.source import Source, Span

Quote = Literal["plain", "lines", "bare", "single", "double", "ansi", "heredoc", "backtick", "hole"]
"""How a stretch is quoted: not at all, or as lines with margins, a shell's word without quotes, '...', "...", $'...', a
here-document that expands, anything within `...`; a hole is what only a run could fill."""


class Segment(NamedTuple):
    """A stretch of a fragment, and the stretch of its source that says it."""

    text: str
    start: int
    end: int
    is_verbatim: bool = True
    """Whether the source holds it letter by letter; else (an escape, a filled hole) it is one place as a whole."""
    quote: Quote = "plain"


class SourceMap:
    """A text made of segments, whose indexes lead back to the source, or to an `outer` fragment of it."""

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
        """The source's index for one of `text`; the end of `text` included."""
        if index >= len(self.text):
            found = self.segments[-1].end
        else:
            segment, ahead = self._at(index)
            found = segment.start + ahead if segment.is_verbatim else segment.start
        return self.outer.origin(found) if self.outer else found

    def span(self, start: int, end: int) -> Span:
        """The source's stretch for one of `text`: an escape belongs to it as a whole."""
        if end <= start:
            return Span(self.origin(start), self.origin(start))
        segment, ahead = self._at(start)
        last, behind = self._at(end - 1)
        first = segment.start + ahead if segment.is_verbatim else segment.start
        final = last.start + behind + 1 if last.is_verbatim else last.end
        return self.outer.span(first, final) if self.outer else Span(first, final)

    @property
    def whole(self) -> Span:
        """The source's stretch for all of it."""
        return self.span(0, len(self.text))

    def _at(self, index: int) -> tuple[Segment, int]:
        row = bisect_right(self._starts, index) - 1
        return self.segments[row], index - self._starts[row]


def parse_fragment(source: Source, fragment: SourceMap, text: str | None = None) -> Document | SyntaxFault:
    """Read a fragment as one JSON value, its places in the source; `text` where comments were blanked in it."""
    written = Written("json" if text is None else "jsonc", fragment=fragment)
    text = fragment.text if text is None else text
    read = parse(source, text)
    if isinstance(read, SyntaxFault):
        return read._replace(span=fragment.span(*read.span))

    def locate(pointers: Iterable[str]) -> Mapping[str, NodeSpan]:
        return {
            pointer: NodeSpan(
                fragment.span(*place.value), fragment.span(*place.opening), place.key and fragment.span(*place.key)
            )
            for pointer, place in read.locate(pointers).items()
        }

    duplicates = tuple(
        double._replace(span=fragment.span(*double.span), first=fragment.span(*double.first))
        for double in read.duplicates
    )
    return read._replace(locate=locate, duplicates=duplicates, written=written)
