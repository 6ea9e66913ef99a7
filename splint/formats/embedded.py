"""From changes in a document's own text to changes in its source's: quoted anew where it stands in quotes.

Each end of a change is looked for in the source as a place and how that place is quoted. Where both ends are quoted
alike, whatever stands between them gives way to the new text, quoted like that. In the end the source is read again: a
change that makes it say anything else than the changed text is none.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from io import BytesIO
from itertools import pairwise
from typing import NamedTuple

from splint.formats.document import Document, SyntaxFault
from splint.formats.markdown.reader import read_markdown, read_text
from splint.formats.operations import Change, applied
from splint.formats.shell.reader import CURL_LINE, read_shell
from splint.formats.source import Span
from splint.formats.source_map import Quote, Segment, SourceMap

_BARE = re.compile(r"[A-Za-z0-9_.:@%+/-]*")
_BLANK = re.compile(r"[ \t\r]*(?:\n|\Z)")
_PROMPT = re.compile(r"[ \t]*[$%#][ \t]")
_ANSI = str.maketrans({"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def changes_in_source(document: Document, changes: Sequence[Change]) -> list[Change] | None:
    """The replacements in the source's text that make these in the document's own: sorted, none overlaps another.

    None where no replacement does exactly that: in a variable's value, at ends that are quoted differently, in a string
    of JSON.
    """
    written = document.written
    if written is None or document.within is not None:
        return None
    moved = [Change(written.start + start, written.start + end, text) for start, end, text in sorted(changes)]
    fragment = written.fragment
    if not _are_apart(moved):
        return None
    if fragment is None or not moved:
        return moved
    joined = _joined(moved)
    found = _through(fragment, document.source.text, joined)
    return found if found is not None and _reads_back(document, fragment, joined, found) else None


def _are_apart(changes: Sequence[Change]) -> bool:
    return all(before.end <= after.start for before, after in pairwise(changes))


def _joined(changes: Sequence[Change]) -> list[Change]:
    """The changes with those made one that touch: at such a place a quote would have to be closed and opened."""
    joined: list[Change] = []
    for change in changes:
        if joined and joined[-1].end == change.start:
            change = Change(joined[-1].start, change.end, joined.pop().text + change.text)
        joined.append(change)
    return joined


def _through(fragment: SourceMap, text: str, changes: list[Change]) -> list[Change] | None:
    """The changes as changes in the source's text, out of one fragment after the other."""
    level: SourceMap | None = fragment
    extent = Span(0, len(fragment.text))
    while level is not None:
        if level.segments[0].quote == "lines":
            change_out = _Lines(level, text, extent).change
        else:
            change_out = _Pieces(level).change
        found = []
        for change in changes:
            out = change_out(change)
            if out is None:
                return None
            found.append(out)
        if not _are_apart(found):
            return None
        changes, extent = found, Span(level.segments[0].start, level.segments[-1].end)
        level = level.outer
    return changes


# -- quotes ------------------------------------------------------------------------------------------------------------


def _bare(text: str) -> str | None:
    return text if _BARE.fullmatch(text) else None


QUOTED: Mapping[Quote, Callable[[str], str | None]] = {
    "plain": lambda text: text,
    "single": lambda text: text.replace("'", r"'\''"),
    "double": lambda text: re.sub(r'(["\\$`])', r"\\\1", text),
    "ansi": lambda text: text.translate(_ANSI),
    "heredoc": lambda text: re.sub(r"([\\$`])", r"\\\1", text),
    "bare": _bare,
    "backtick": _bare,
}
"""What stands within each kind of quotes to say a text; None for what cannot be said there."""


class _Door(NamedTuple):
    """A place in a text, and how what is put there is quoted."""

    quote: Quote
    at: int


class _Pieces:
    """The way out of text in quotes."""

    def __init__(self, fragment: SourceMap) -> None:
        self._pieces: list[tuple[int, int, Segment]] = []
        at = 0
        for segment in fragment.segments:
            self._pieces.append((at, at + len(segment.text), segment))
            at += len(segment.text)

    def change(self, change: Change) -> Change | None:
        """A change in the text that the quotes hold as one in the text around it."""
        start, end, text = change
        if any(s.quote == "hole" for first, last, s in self._pieces if first < end and start < last):
            return None
        pairs = [
            (into.quote in ("bare", "backtick"), out.at - into.at, into, out)
            for into in self._doors(start)
            for out in self._doors(end)
            if into.quote == out.quote and into.at <= out.at
        ]
        for _, _, into, out in sorted(pairs):
            quoted = QUOTED[into.quote](text)
            if quoted is not None:
                return Change(into.at, out.at, quoted)
        return None

    def _doors(self, index: int) -> Iterator[_Door]:
        """The places that stand for an index: two where it lies between pieces, none within an escape or a hole."""
        for first, last, segment in self._pieces:
            if not first <= index <= last or segment.quote == "hole":
                continue
            if index == first:
                yield _Door(segment.quote, segment.start)
            if index == last:
                yield _Door(segment.quote, segment.end)
            elif first < index and segment.is_verbatim:
                yield _Door(segment.quote, segment.start + index - first)


# -- lines -------------------------------------------------------------------------------------------------------------


class _Lines:
    """The way out of lines that have a list's or a quotation's margin, or a prompt, before them."""

    def __init__(self, fragment: SourceMap, text: str, extent: Span) -> None:
        self._fragment = fragment
        self._text = text
        self._extent = extent

    def change(self, change: Change) -> Change | None:
        """A change in the lines as one in the text that they stand in with their margins."""
        start, end, text = change
        margin = self._margin() if "\n" in text else ""
        if margin is None:
            return None
        is_lines = text.endswith("\n") or not text
        if is_lines and self._is_line_start(start) and self._is_line_start(end):
            put = re.sub(r"^(?=.|\n)", lambda _: margin, text, flags=re.MULTILINE)
            return Change(self._line_start(start), self._line_start(end), put)
        if self._is_end(start):
            return None
        first, put = self._fragment.origin(start), text.replace("\n", "\n" + margin)
        if self._is_end(end) and text.endswith("\n"):
            put = put.removesuffix(margin)
        if self._is_line_start(start) and self._is_blank(start):
            before = self._margin()
            if before is None:
                return None
            first, put = self._line_start(start), before + put
        return Change(first, self._fragment.origin(end), put)

    def _is_end(self, index: int) -> bool:
        """Whether an index is behind the last line's end."""
        return index == len(self._fragment.text) and self._is_line_start(index)

    def _is_line_start(self, index: int) -> bool:
        return index == 0 or self._fragment.text[index - 1] == "\n"

    def _is_blank(self, start: int) -> bool:
        """Whether the line that begins at an index holds nothing, and so may lack the margin too."""
        return _BLANK.match(self._fragment.text, start) is not None

    def _line_start(self, index: int) -> int:
        """Where the line of an index begins in the text around: before its margin."""
        return self._text.rfind("\n", 0, self._fragment.origin(index)) + 1

    def _margin(self) -> str | None:
        """What stands before each line of the document, for new ones to have it too; None if that is not clear."""
        lines = self._fragment.text
        first, end = self._extent
        starts = [first] if self._is_line_start(first) else []
        starts += [found.end() for found in re.compile(r"\n").finditer(lines, first, max(end - 1, first))]
        margins = {self._margin_of(start) for start in starts if not self._is_blank(start)}
        if not margins:
            start = lines.rfind("\n", 0, first) + 1
            return None if _PROMPT.match(lines, start) else self._margin_of(start)
        return margins.pop() if len(margins) == 1 else None

    def _margin_of(self, start: int) -> str:
        return self._text[self._line_start(start) : self._fragment.origin(start)]


# -- reading again -----------------------------------------------------------------------------------------------------

_Read = Callable[[str, BytesIO], Iterator[Document | SyntaxFault]]


def _reads_back(document: Document, fragment: SourceMap, changes: list[Change], found: list[Change]) -> bool:
    """Whether the changed source says the changed text, at its place and to its end, with its variables as they were.

    Two readers read prose: each that would have made this document has to agree.
    """
    path, text = document.source.path, document.source.text
    start, end = fragment.whole
    first, last = _command_around(document, fragment)
    start, end, text = start - first, end - first, text[first:last]
    whole = Span(start, end + sum(len(change.text) - (change.end - change.start) for change in found))
    expected = applied(fragment.text, changes)
    after = applied(text, [Change(change.start - first, change.end - first, change.text) for change in found])
    readers: list[_Read] = [read_shell]
    if not document.sequential:
        readers = [read for read in (read_markdown, read_text) if _is_reader(read, path, text, fragment)]
    again = [_fragment_at(start, read, path, after) for read in readers]
    return bool(again) and all(
        other is not None and other.text == expected and other.whole == whole and _holes(other) == _holes(fragment)
        for other in again
    )


def _command_around(document: Document, fragment: SourceMap) -> Span:
    """The lines of a script's command as far as the next one, if they say by themselves what they say in it; else all.

    A script that sends many requests is not read again as a whole for each.
    """
    text, (at, end) = document.source.text, fragment.whole
    everything = Span(0, len(text))
    if not document.sequential or fragment.outer is not None:
        return everything
    is_command, start = False, at
    while not is_command and (at := text.rfind("curl", 0, at)) >= 0:
        start = text.rfind("\n", 0, at) + 1
        is_command = CURL_LINE.match(text, start) is not None
    if not is_command:
        return everything
    following = CURL_LINE.search(text, end)
    lines = Span(start, following.start() if following else len(text))
    alone = _fragment_at(fragment.whole.start - start, read_shell, document.source.path, text[slice(*lines)])
    if alone is None or alone.outer is not None:
        return everything
    moved = [one._replace(start=one.start + start, end=one.end + start) for one in alone.segments]
    return lines if moved == fragment.segments else everything


def _is_reader(read: _Read, path: str, text: str, fragment: SourceMap) -> bool:
    """Whether a reader makes this fragment, out of the same lines."""
    other = _fragment_at(fragment.whole.start, read, path, text)
    if other is None or other.text != fragment.text:
        return False
    return (other.outer and other.outer.text) == (fragment.outer and fragment.outer.text)


def _fragment_at(start: int, read: _Read, path: str, text: str) -> SourceMap | None:
    """What a reader finds that begins at a place."""
    for item in read(path, BytesIO(text.encode("utf-8", "surrogatepass"))):
        fragment = item.written.fragment if isinstance(item, Document) and item.written else None
        if fragment is not None and fragment.origin(0) == start:
            return fragment
    return None


def _holes(fragment: SourceMap) -> list[str]:
    return [segment.text for segment in fragment.segments if segment.quote == "hole"]
