"""Comments that are directives to splint (`splint: ...`) or meant as such, and the lines that each applies to.

Readers skip comments. Each format scans for them in its own `comments` module, and only in a file that contains the
beginning of one. This module holds what the formats share.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from splint.formats.document import ALIKE
from splint.formats.source import Source
from splint.formats.source_map import SourceMap
from splint.formats.spans import Span

_CONTENT = re.compile(r"\S")
_LINE_BREAK = re.compile(r"[\r\n]")
_FURTHER = re.compile(r"(?<=[ \t])(?:#|//)[ \t]*+splint:")
"""The beginning of a directive behind other words in a comment."""
BEHIND = re.compile(
    r"[,;.|)-][ \t]++(?=splint:[ \t]*+ignore(?:-file)?[ \t]*+\[[^\]\r\n]*+\][ \t]*+(?:[\r\n:-]|\Z))", re.IGNORECASE
)
"""What stands before a directive behind other words of a comment that itself begins with other words.

Nothing stands behind it but a reason after a colon or a dash: other words there are prose about it.
"""
_MARKS = (("#", ""), ("//", ""), ("/*", "*/"), ("<!--", "-->"))


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


class Gap(NamedTuple):
    """A range without content: a comment with the white space around it, or an empty line."""

    start: int
    end: int
    comment: Span | None = None


def line_comment(start: int, comment: int, end: int, text: str) -> Gap:
    """The gap of a comment that runs to the end of its line; trailing white space is excluded.

    All arguments are indexes in `text`: the gap begins at `start`, the comment at `comment`, the line ends at `end`.
    """
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
    """The directives among the gaps of a text, in order.

    A directive at a unit applies to all lines of the unit; units are nested or disjoint. `source_map` maps the text to
    its source (None: it is the source's text). `is_first` says whether the text begins its file.
    """
    gaps = sorted(gaps)
    find = _Units(units).innermost

    def line(index: int) -> int:
        return source.position(source_map.origin(index) if source_map else index).line

    at, is_alone, is_on_top = 0, True, is_first
    for gap, ahead in zip(gaps, _next_contents(text, gaps), strict=True):
        between = text[at : gap.start]
        is_blank = not between.strip()
        is_on_top = is_on_top and is_blank
        if is_blank:
            is_alone = is_alone or _LINE_BREAK.search(between) is not None
        else:
            tail = between[max(between.rfind("\n"), between.rfind("\r")) + 1 :]
            is_alone = len(tail) < len(between) and not tail.strip()
        if gap.comment and (found := list(_directives_in(text, gap.comment))):
            target, lines = ahead if is_alone else gap.comment.start, None
            if target is not None:
                unit = find(target) or Span(target, target)
                lines = line(unit.start), line(max(unit.end - 1, unit.start))
            for directive, span in found:
                yield Comment(directive, source_map.span(*span) if source_map else span, lines, is_on_top)
        is_alone = is_alone or _LINE_BREAK.search(text, gap.start, gap.end) is not None
        at = gap.end


def _directives_in(text: str, comment: Span) -> Iterator[tuple[str, Span]]:
    """The directives of a comment with their spans: it may be one, others may follow as in `# why # splint: ...`."""
    begins = [match.start() for match in _FURTHER.finditer(text, comment.start + 1, comment.end)]
    for start, end in zip((comment.start, *begins), (*begins, comment.end), strict=True):
        written = text[start:end].rstrip()
        if re.match(ALIKE, directive := _comment_text(written), re.IGNORECASE) or BEHIND.search(directive):
            yield directive, Span(start, start + len(written))


def _next_contents(text: str, gaps: list[Gap]) -> list[int | None]:
    """For each gap the index of the first content after it that is in no gap; None if there is none."""
    contents: list[int | None] = []
    ahead, limit = None, len(text)
    for gap in reversed(gaps):
        content = _CONTENT.search(text, gap.end, limit)
        ahead, limit = content.start() if content else ahead, gap.start
        contents.append(ahead)
    return contents[::-1]


class _Units:
    """Nested ranges, looked up by increasing index."""

    def __init__(self, units: Iterable[Span]) -> None:
        self._ahead = sorted(
            (unit for unit in units if unit.start < unit.end), key=lambda unit: (-unit.start, unit.end)
        )
        self._open: list[Span] = []

    def innermost(self, index: int) -> Span | None:
        """The smallest unit that contains an index. Indexes must not decrease from call to call."""
        while self._ahead and self._ahead[-1].start <= index:
            unit = self._ahead.pop()
            self._close(unit.start)
            self._open.append(unit)
        self._close(index)
        return self._open[-1] if self._open else None

    def _close(self, index: int) -> None:
        while self._open and self._open[-1].end <= index:
            self._open.pop()


def _comment_text(written: str) -> str:
    """The text of a comment without its markers; empty if `written` is not a comment."""
    for mark, end in _MARKS:
        if written.startswith(mark):
            return written[len(mark) :].removesuffix(end).strip()
    return ""
