"""Edits of a JSON body in a shell script; new text is quoted like the text around it.

Each end of a change maps to one or two indexes in the script, each with its kind of quotes. If both ends have the same
kind, the new text replaces the range between them, quoted in that way. Then the script is read again, and the edit is
refused unless the body is the changed one.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from splint.formats.document import Document
from splint.formats.edits import Change, Edit, Proof, Read, joined, mapped, proved, source_map_at
from splint.formats.shell.scans import CURL_LINE
from splint.formats.source_map import Quote, Segment, SourceMap
from splint.formats.spans import Span

_BARE = re.compile(r"[A-Za-z0-9_.:@%+/-]*")
_ANSI = str.maketrans({"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def changes_in_script(
    document: Document, source_map: SourceMap, wanted: Sequence[Sequence[Change]], read: Read
) -> list[list[Change] | None]:
    """The changes of the script that result in the sorted changes of the document's text; None if impossible.

    Each of `wanted` is by itself. `read` is the reader of scripts, by which the result is verified.
    """
    if source_map.segments[0].quote == "lines":
        return [None] * len(wanted)  # the document is a fenced block of Markdown
    pieces, edits = Pieces(source_map), list[Edit | None]()
    for changes in map(joined, wanted):
        in_source = mapped(changes, pieces.change)
        edits.append(Edit(changes, in_source) if in_source is not None else None)
    if not any(edits):
        return [None] * len(wanted)
    return proved(edits, Proof(document, source_map, _command_around(document, source_map, read), [read]).holds)


def _bare(text: str) -> str | None:
    return text if _BARE.fullmatch(text) else None


_QUOTED: Mapping[Quote, Callable[[str], str | None]] = {
    "plain": lambda text: text,
    "single": lambda text: text.replace("'", r"'\''"),
    "double": lambda text: re.sub(r'(["\\$`])', r"\\\1", text),
    "ansi": lambda text: text.translate(_ANSI),
    "heredoc": lambda text: re.sub(r"([\\$`])", r"\\\1", text),
    "bare": _bare,
    "backtick": _bare,
}
"""Functions that quote a text, by kind of quotes; they return None if it cannot be quoted."""


class _Anchor(NamedTuple):
    """An index in the surrounding text, and the kind of quotes for text inserted there."""

    quote: Quote
    at: int


class Pieces:
    """Maps changes in the text of a shell word or here-document to changes in the surrounding text."""

    def __init__(self, source_map: SourceMap) -> None:
        self._pieces: list[tuple[int, int, Segment]] = []
        at = 0
        for segment in source_map.segments:
            self._pieces.append((at, at + len(segment.text), segment))
            at += len(segment.text)

    def _between(self, start: int, end: int) -> list[tuple[int, int, Segment]]:
        """The pieces that begin at `end` or before and end at `start` or behind."""
        first = bisect_left(self._pieces, start, key=lambda piece: piece[1])
        return self._pieces[first : bisect_right(self._pieces, end, key=lambda piece: piece[0])]

    def change(self, change: Change) -> Change | None:
        """The change in the surrounding text; None if its ends have different quotes or an expansion is within it."""
        start, end, text = change
        between = self._between(start, end)
        if any(s.quote == "expansion" for first, last, s in between if first < end and start < last):
            return None
        pairs = [
            (into.quote in ("bare", "backtick"), out.at - into.at, into, out)
            for into in self._anchors(start)
            for out in self._anchors(end)
            if into.quote == out.quote and into.at <= out.at
        ]
        for _, _, into, out in sorted(pairs):
            quoted = _QUOTED[into.quote](text)
            if quoted is not None:
                return Change(into.at, out.at, quoted)
        return None

    def _anchors(self, index: int) -> Iterator[_Anchor]:
        """The indexes that an index maps to: two between segments, none within an escape or an expansion."""
        for first, last, segment in self._between(index, index):
            if segment.quote == "expansion":
                continue
            if index == first:
                yield _Anchor(segment.quote, segment.start)
            if index == last:
                yield _Anchor(segment.quote, segment.end)
            elif first < index and segment.is_verbatim:
                yield _Anchor(segment.quote, segment.start + index - first)


def _command_around(document: Document, source_map: SourceMap, read: Read) -> Span:
    """The lines of the document's command if they are read the same by themselves, else the whole script.

    This saves reading a script with many requests again for each of them.
    """
    text, (at, end) = document.source.text, source_map.whole
    everything = Span(0, len(text))
    is_command, start = False, at
    while not is_command and (at := text.rfind("curl", 0, at)) >= 0:
        start = text.rfind("\n", 0, at) + 1
        is_command = CURL_LINE.match(text, start) is not None
    if not is_command:
        return everything
    following = CURL_LINE.search(text, end)
    lines = Span(start, following.start() if following else len(text))
    alone = source_map_at(source_map.whole.start - start, read, document.source.path, text[slice(*lines)])
    if alone is None or alone.outer is not None:
        return everything
    segments = [one._replace(start=one.start + start, end=one.end + start) for one in alone.segments]
    return lines if segments == source_map.segments else everything
