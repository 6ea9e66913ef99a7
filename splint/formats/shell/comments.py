"""Comments in shell scripts."""

import re
from collections.abc import Iterable, Iterator

from splint.formats.comments import Comment, Gap, directives, line_comment
from splint.formats.shell.scans import scans, unclosed_above
from splint.formats.source import Source
from splint.formats.spans import Span

_OWN_LINE = re.compile(r"^[ \t]*+(#[^\n]*+)", re.MULTILINE)
"""A comment within a quote that is never closed, above the next command: whoever wrote it means the command."""


def comments(source: Source) -> list[Comment]:
    """The directives of a script, in order."""
    gaps, lines = in_script(source.text)
    return list(directives(source, source.text, gaps, lines))


def in_script(text: str) -> tuple[list[Gap], list[Span]]:
    """The comments of the text of a script, and its logical lines."""
    gaps: list[Gap] = []
    lines: list[Span] = []
    start = 0
    for scanner, end in scans(text, notes=True):
        gaps += within(scanner.comments, start, end, text)
        lines += clipped(scanner.logical_lines, end)
        runaway = unclosed_above(scanner)
        if (broken := runaway[0] if runaway else scanner.broken) is not None:
            hidden = _OWN_LINE.finditer(text, broken.end, end)
            gaps += within((Span(*note.span(1)) for note in hidden), start, end, text)
        start = end
    return sorted(set(gaps)), lines


def within(comments: Iterable[Span], start: int, end: int, text: str) -> Iterator[Gap]:
    """The comments that begin between two indexes, as gaps."""
    return (line_comment(note.start, *note, text) for note in comments if start <= note.start < end)


def clipped(lines: Iterable[Span], end: int) -> Iterator[Span]:
    """Logical lines, cut at `end`: the text after it was scanned again."""
    return (Span(line.start, min(line.end, end)) for line in lines)
