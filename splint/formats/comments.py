"""Comments that speak to splint: what each says, and which lines it speaks of.

Readers skip comments. Each format finds them again in its own `comments` module, and only in a file that holds
`splint:`; what the formats share is here.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from splint.formats.document import Comment
from splint.formats.source import Source, Span
from splint.formats.source_map import SourceMap

MARK = "splint:"

_CONTENT = re.compile(r"\S")
_LINE_BREAK = re.compile(r"[\r\n]")
_MARKS = (("#", ""), ("//", ""), ("/*", "*/"), ("<!--", "-->"))


class Gap(NamedTuple):
    """A stretch without content: a comment with the white space that belongs to it, or a line that holds nothing."""

    start: int
    end: int
    comment: Span | None = None


def line_comment(start: int, comment: int, end: int, text: str) -> Gap:
    """The gap of a comment that ends its line, the white space behind it left out; the gap begins at `start`."""
    end = comment + len(text[comment:end].rstrip())
    return Gap(start, end, Span(comment, end))


def directives(
    source: Source,
    text: str,
    gaps: Iterable[Gap],
    units: Iterable[Span] = (),
    source_map: SourceMap | None = None,
    *,
    is_first: bool = True,
) -> Iterator[Comment]:
    """The comments among the gaps of a text that speak to splint.

    `units` are stretches that a comment speaks of as a whole, nested in one another or apart; `source_map` maps the
    text to its source (None: the text is the source's); `is_first` says whether the text begins its file.
    """
    gaps = sorted(gaps)
    find = _Units(units).innermost

    def line(index: int) -> int:
        return source.position(source_map.origin(index) if source_map else index).line

    at, is_alone, is_on_top = 0, True, is_first
    for gap, ahead in zip(gaps, _contents_behind(text, gaps), strict=True):
        between = text[at : gap.start]
        is_blank = not between.strip()
        is_on_top = is_on_top and is_blank
        if is_blank:
            is_alone = is_alone or _LINE_BREAK.search(between) is not None
        else:
            tail = between[max(between.rfind("\n"), between.rfind("\r")) + 1 :]
            is_alone = len(tail) < len(between) and not tail.strip()
        if gap.comment and (said := _said(text[slice(*gap.comment)])).startswith(MARK):
            target, lines = ahead if is_alone else gap.comment.start, None
            if target is not None:
                unit = find(target) or Span(target, target)
                lines = line(unit.start), line(max(unit.end - 1, unit.start))
            yield Comment(said, source_map.span(*gap.comment) if source_map else gap.comment, lines, is_on_top)
        is_alone = is_alone or _LINE_BREAK.search(text, gap.start, gap.end) is not None
        at = gap.end


def _contents_behind(text: str, gaps: list[Gap]) -> list[int | None]:
    """For each gap the index of the first thing behind it that is in no gap."""
    contents: list[int | None] = []
    ahead, limit = None, len(text)
    for gap in reversed(gaps):
        content = _CONTENT.search(text, gap.end, limit)
        ahead, limit = content.start() if content else ahead, gap.start
        contents.append(ahead)
    return contents[::-1]


class _Units:
    """Stretches within stretches, asked for from a text's beginning to its end."""

    def __init__(self, units: Iterable[Span]) -> None:
        self._ahead = sorted(
            (unit for unit in units if unit.start < unit.end), key=lambda unit: (-unit.start, unit.end)
        )
        self._open: list[Span] = []

    def innermost(self, index: int) -> Span | None:
        """The smallest one around an index, which is not less than that of the last question."""
        while self._ahead and self._ahead[-1].start <= index:
            unit = self._ahead.pop()
            self._close(unit.start)
            self._open.append(unit)
        self._close(index)
        return self._open[-1] if self._open else None

    def _close(self, index: int) -> None:
        while self._open and self._open[-1].end <= index:
            self._open.pop()


def _said(written: str) -> str:
    """What a comment says."""
    for mark, end in _MARKS:
        if written.startswith(mark):
            return written[len(mark) :].removesuffix(end).strip()
    return ""
