"""The texts of the files: numbered lines with marks; other lines are folded or left out."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from splint.reporting.report import SEVERITIES, Diagnostic, Range
from splint.reporting.reporters.html.markup import TITLES, Markup, badges, element, heading, joined, unseen
from splint.reporting.reporters.html.shown import RELATED, Numbered, more
from splint.reporting.wording import counted

AROUND = 6
"""The number of lines shown before and after a finding."""
WHOLE = 2_000
"""A longer text, in lines, is shown only near its findings."""
ALL = 20_000
"""Texts after this many lines of a report are shown only near findings; after as many again only marked lines are."""
CHARACTERS = 4_000_000
"""Texts after this many code points of a report are shown only near findings."""
FILES = 2_000
"""The most texts in a report, those with a finding first."""
TALL = 1_000
"""The most lines of a mark."""
SAME = 50
"""The most findings for which one related place is marked."""
LONG = 1_000
"""A longer line, in code points, is cut around its marks."""
BESIDE = 200
"""The code points kept on either side of a mark in a line that is cut."""
GAP = -1
"""The mark number of a part of a line that is left out."""
FEW = 3
"""Gaps of at most this many lines between shown lines are shown too."""
BREAK = re.compile(r"\r\n|\r|\n")
ORDER = (*SEVERITIES, "suppressed", "related")


class Span(NamedTuple):
    """A marked range of one line, in code points from 0."""

    start: int
    end: int
    mark: int
    """The index of the mark in its file."""


class Mark(NamedTuple):
    """The range of a finding or of a related place."""

    level: str
    range: Range
    number: int
    """The number of the finding, from 1."""
    code: str
    severity: str

    @property
    def is_related(self) -> bool:
        """Whether it is a related place."""
        return self.level == "related"


def split(text: str) -> list[str]:
    """The lines of a text without line breaks; a final line break begins no line."""
    lines = BREAK.split(text)
    return lines[:-1] if len(lines) > 1 and not lines[-1] else lines


def segments(length: int, spans: Sequence[Span]) -> Iterator[tuple[int, int, tuple[Span, ...]]]:
    """A line cut wherever a span begins or ends: start, end and the spans that cover the segment.

    An empty segment holds only empty spans.
    """
    cuts = sorted({0, length, *(span.start for span in spans), *(span.end for span in spans)})
    starting: dict[int, list[Span]] = defaultdict(list)
    for span in spans:
        starting[span.start].append(span)
    active: list[Span] = []
    for start, end in zip(cuts, [*cuts[1:], length], strict=True):
        active = [span for span in active if span.end > start]
        if empty := tuple(span for span in starting[start] if span.end == start):
            yield start, start, empty
        active += [span for span in starting[start] if span.end > start]
        if end > start:
            yield start, end, tuple(active)


class File:
    """A text, its marks, and the lines to show."""

    def __init__(self, path: str, text: str, marks: Sequence[Mark], number: int, around: int = AROUND) -> None:
        self.path, self.number, self.lines = path, number, split(text)
        self.marks = [mark for mark in marks if 1 <= mark.range.start.line <= len(self.lines)]
        self.is_whole = len(self.lines) <= WHOLE
        near: set[int] = set()
        for mark in self.marks:
            start, end = mark.range.start.line, mark.range.end.line
            near.update(range(start - around, min(end, start + around) + around + 1))
        self.near = self._joined_up(near)

    def _joined_up(self, near: set[int]) -> set[int]:
        last = 0
        for line in sorted(line for line in near if 1 <= line <= len(self.lines)):
            if 1 < line - last <= FEW + 1:
                near.update(range(last + 1, line))
            last = line
        if last and len(self.lines) - last <= FEW:
            near.update(range(last + 1, len(self.lines) + 1))
        return near

    @property
    def size(self) -> int:
        """The number of code points of the whole text, with long lines cut."""
        return sum(min(len(line), LONG) for line in self.lines)

    def holds(self, line: int) -> bool:
        """Whether a line is on the page, folded or not."""
        return 1 <= line <= len(self.lines) and (self.is_whole or line in self.near)

    @property
    def stretches(self) -> Iterator[tuple[int, int, bool]]:
        """Runs of lines: the first, the last, and whether they are near a finding."""
        first = 1
        for line in range(2, len(self.lines) + 2):
            if line > len(self.lines) or (line in self.near) != (first in self.near):
                yield first, line - 1, first in self.near
                first = line

    def spans(self) -> Mapping[int, list[Span]]:
        """The spans of the marks, by line, for the lines on the page."""
        by_line: dict[int, list[Span]] = defaultdict(list)
        for number, mark in enumerate(self.marks):
            (first, column, _), (last, until, _) = mark.range
            for line in range(first, min(max(last, first), first + TALL - 1, len(self.lines)) + 1):
                if not self.holds(line):
                    continue
                text = self.lines[line - 1]
                start = column - 1 if line == first else len(text) - len(text.lstrip())
                end = until - 1 if line == last else len(text)
                start = min(max(start, 0), len(text))
                end = min(max(end, start + (line == first)), len(text))
                if end > start or line == first:
                    by_line[line].append(Span(start, end, number))
        return by_line


class Sources:
    """The texts of a report with the marks of the shown findings, and links to them."""

    def __init__(self, texts: Mapping[str, str], findings: Iterable[Numbered]) -> None:
        marks = _marks(findings)
        ranked = sorted(texts, key=lambda path: (path not in marks, path))
        self.files: dict[str, File] = {}
        self.left_out = len(ranked[FILES:])
        lines = characters = beside = 0
        for number, path in enumerate(sorted(ranked[:FILES]), start=1):
            file = File(path, texts[path], marks.get(path, ()), number)
            if file.is_whole and lines + len(file.lines) <= ALL and characters + (size := file.size) <= CHARACTERS:
                lines, characters = lines + len(file.lines), characters + size
            elif beside + len(file.near) <= ALL:
                file.is_whole, beside = False, beside + len(file.near)
            else:
                file = File(path, texts[path], marks.get(path, ()), number, around=0)
                file.is_whole = False
            self.files[path] = file
        self._marked = {mark.number for file in self.files.values() for mark in file.marks if not mark.is_related}

    def mark(self, number: int) -> str | None:
        """The link to the mark of a finding; None without one."""
        return f"#m{number}" if number in self._marked else None

    def line(self, path: str, where: Range | None) -> str | None:
        """The link to the first line of a range; None if it is not on the page."""
        file = self.files.get(path)
        if file is None or where is None or not file.holds(where.start.line):
            return None
        return f"#t{file.number}-{where.start.line}"

    def render(self, findings: Iterable[Diagnostic]) -> Markup:
        """The texts of all files."""
        counts: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys((*SEVERITIES, "suppressed"), 0))
        for diagnostic in findings:
            counts[diagnostic.path]["suppressed" if diagnostic.suppressed else diagnostic.severity] += 1
        files = (_file(file, counts[file.path]) for file in self.files.values())
        return joined((*files, more("file" for _ in range(self.left_out))))


def _marks(findings: Iterable[Numbered]) -> dict[str, list[Mark]]:
    marks: dict[str, list[Mark]] = defaultdict(list)
    related: Counter[tuple[str, Range]] = Counter()
    for number, diagnostic in findings:
        level = "suppressed" if diagnostic.suppressed else diagnostic.severity
        code, severity = diagnostic.code, diagnostic.severity
        if diagnostic.marked:
            marks[diagnostic.path].append(Mark(level, diagnostic.marked, number, code, severity))
        for place in diagnostic.related[:RELATED]:
            if place.range:
                related[place.path, place.range] += 1
                if related[place.path, place.range] <= SAME:
                    marks[place.path].append(Mark("related", place.range, number, code, severity))
    return marks


def _file(file: File, counts: dict[str, int]) -> Markup:
    has_findings = any(counts.values()) or bool(file.marks)
    spans = file.spans()
    width = "wide" if len(file.lines) > 9_999 else "narrow" if len(file.lines) <= 99 else None
    return element(
        "details",
        element(
            "summary",
            heading(3, element("bdi", file.path)),
            badges(counts),
            element("span", counted(len(file.lines), "line"), class_="aside"),
        ),
        _left_out(file),
        element(
            "div",
            *(_stretch(file, spans, *stretch) for stretch in file.stretches),
            class_=f"code {width}" if width else "code",
            role="region",
            aria_label=f"Text of {file.path}",
            tabindex="0",
        ),
        class_="file" if has_findings else "file clean",
        open=has_findings,
        id=f"t{file.number}",
    )


def _left_out(file: File) -> Markup:
    left_out = sum(last - first + 1 for first, last, near in file.stretches if not near)
    if file.is_whole or not left_out:
        return Markup()
    return element(
        "p",
        f"This report holds only the lines around findings; {counted(left_out, 'line')} of this file are left out.",
        class_="note",
    )


def _stretch(file: File, spans: Mapping[int, list[Span]], first: int, last: int, near: bool) -> Markup:
    if not (near or file.is_whole):
        return element("p", f"{_lines(first, last)} left out", class_="fold")
    lines = joined(_line(file, number, spans.get(number, [])) for number in range(first, last + 1))
    if near or not file.marks:
        return lines
    return element("details", element("summary", _lines(first, last)), lines, class_="fold")


def _lines(first: int, last: int) -> str:
    return f"Line {first}" if first == last else f"Lines {first} to {last}"


def _line(file: File, number: int, spans: Sequence[Span]) -> Markup:
    text = file.lines[number - 1]
    starting = [mark for mark in (file.marks[span.mark] for span in spans) if mark.range.start.line == number]
    return element(
        "div",
        element("span", str(number), class_="number"),
        element("code", *_pieces(file, number, text, spans), translate="no"),
        *(_tag(mark) for mark in starting if not mark.is_related),
        class_="line",
        id=f"t{file.number}-{number}",
    )


def _tag(mark: Mark) -> Markup:
    level = "suppressed " if mark.level == "suppressed" else ""
    return element(
        "a",
        mark.code,
        unseen(f", {level}{TITLES.get(mark.severity, mark.severity).lower()}: to the finding"),
        class_=f"tag {mark.level}",
        href=f"#f{mark.number}",
        data_for=str(mark.number),
    )


def _pieces(file: File, number: int, text: str, spans: Sequence[Span]) -> Iterator[Markup]:
    named: set[int] = set()
    for start, end, covering in segments(len(text), [*spans, *_gaps(len(text), spans)]):
        marks = [file.marks[span.mark] for span in covering if span.mark != GAP]
        content = _left(end - start) if len(marks) < len(covering) else joined((text[start:end],))
        if not marks:
            yield content
            continue
        level = min((mark.level for mark in marks), key=ORDER.index)
        ids = [
            f"m{mark.number}"
            for mark in marks
            if not mark.is_related and mark.range.start.line == number and mark.number not in named
        ]
        named |= {mark.number for mark in marks if not mark.is_related}
        numbers = dict.fromkeys(str(mark.number) for mark in marks)
        yield element(
            "mark",
            *(element("span", id=name, tabindex="-1") for name in ids[1:]),
            content,
            class_=level,
            id=ids[0] if ids else None,
            tabindex="-1" if ids else None,
            data_for=" ".join(numbers),
        )


def _left(count: int) -> Markup:
    return element("span", f"… {counted(count, 'character')} left out …", class_="cut")


def _gaps(length: int, spans: Sequence[Span]) -> Iterator[Span]:
    """The gaps of a long line: the ranges that are far from both ends of every span."""
    if length <= LONG:
        return
    reached = 0 if spans else LONG
    for at in sorted({edge for span in spans for edge in (span.start, span.end)}):
        if at - BESIDE > reached:
            yield Span(reached, at - BESIDE, GAP)
        reached = at + BESIDE
    if reached < length:
        yield Span(reached, length, GAP)
