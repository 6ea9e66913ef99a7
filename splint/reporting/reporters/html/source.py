"""The texts of the files: numbered lines, marked stretches, and the lines in between folded."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from splint.reporting.report import SEVERITIES, Diagnostic, Range
from splint.reporting.reporters.html.markup import LEVELS, Markup, badges, element, heading, joined, unseen
from splint.reporting.reporters.html.shown import RELATED, Numbered, more
from splint.reporting.reporters.terminal import counted

AROUND = 6
"""Lines shown before and after a finding."""
WHOLE = 2_000
"""A text of more lines comes without those that are far from every finding."""
ALL = 20_000
"""So do the texts after this many lines in one report, and lines beside a finding are left out after as many again."""
CHARACTERS = 4_000_000
"""So do the texts after this many code points, those of cut lines not counted."""
FILES = 2_000
"""So many texts a report shows, those with a finding first."""
TALL = 1_000
"""A mark covers no more lines than this."""
SAME = 50
"""A place to which more findings are related is marked for so many of them."""
LONG = 1_000
"""A line of more code points is cut around what is marked."""
BESIDE = 200
"""Code points kept on either side of what is marked in a line that is cut."""
GAP = -1
"""Stands for a mark where a part of a line is left out."""
FEW = 3
"""So few lines between two shown stretches are shown too."""
BREAK = re.compile(r"\r\n|\r|\n")
ORDER = (*SEVERITIES, "suppressed", "related")


class Span(NamedTuple):
    """A marked stretch of one line, in code points from 0."""

    start: int
    end: int
    mark: int
    """Which mark of the file."""


class Mark(NamedTuple):
    """A stretch of a file that a finding, or its related place, is about."""

    level: str
    range: Range
    number: int
    """Of the finding, from 1."""
    code: str
    severity: str

    @property
    def is_related(self) -> bool:
        """Whether it is only related to the finding."""
        return self.level == "related"


def split(text: str) -> list[str]:
    """The lines without their breaks; a break at the very end begins no line."""
    lines = BREAK.split(text)
    return lines[:-1] if len(lines) > 1 and not lines[-1] else lines


def segments(length: int, spans: Sequence[Span]) -> Iterator[tuple[int, int, tuple[Span, ...]]]:
    """A line cut where a span begins or ends: start, end and the spans that cover the piece.

    Pieces without length hold only spans without length.
    """
    cuts = sorted({0, length, *(span.start for span in spans), *(span.end for span in spans)})
    begun: dict[int, list[Span]] = defaultdict(list)
    for span in spans:
        begun[span.start].append(span)
    active: list[Span] = []
    for start, end in zip(cuts, [*cuts[1:], length], strict=True):
        active = [span for span in active if span.end > start]
        if empty := tuple(span for span in begun[start] if span.end == start):
            yield start, start, empty
        active += [span for span in begun[start] if span.end > start]
        if end > start:
            yield start, end, tuple(active)


class File:
    """One text, and which of its lines are shown."""

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
        """How many code points it holds where it is whole, those that are cut out of long lines not counted."""
        return sum(min(len(line), LONG) for line in self.lines)

    def holds(self, line: int) -> bool:
        """Whether a line is on the page, maybe folded."""
        return 1 <= line <= len(self.lines) and (self.is_whole or line in self.near)

    @property
    def stretches(self) -> Iterator[tuple[int, int, bool]]:
        """Runs of lines: first, last, and whether they are near a finding."""
        first = 1
        for line in range(2, len(self.lines) + 2):
            if line > len(self.lines) or (line in self.near) != (first in self.near):
                yield first, line - 1, first in self.near
                first = line

    def spans(self) -> Mapping[int, list[Span]]:
        """What is marked on each line that is shown."""
        found: dict[int, list[Span]] = defaultdict(list)
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
                    found[line].append(Span(start, end, number))
        return found


class Sources:
    """The texts of a report, those findings in them that are shown, and the places that links can go to."""

    def __init__(self, texts: Mapping[str, str], found: Iterable[Numbered]) -> None:
        marks = _marks(found)
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
        """The link to what a finding marks."""
        return f"#m{number}" if number in self._marked else None

    def line(self, path: str, where: Range | None) -> str | None:
        """The link to the line that a range begins on."""
        file = self.files.get(path)
        if file is None or where is None or not file.holds(where.start.line):
            return None
        return f"#t{file.number}-{where.start.line}"

    def render(self, found: Iterable[Diagnostic]) -> Markup:
        """The files, each with its text."""
        counts: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys((*SEVERITIES, "suppressed"), 0))
        for diagnostic in found:
            counts[diagnostic.path]["suppressed" if diagnostic.suppressed else diagnostic.severity] += 1
        files = (_file(file, counts[file.path]) for file in self.files.values())
        return joined((*files, more("file" for _ in range(self.left_out))))


def _marks(found: Iterable[Numbered]) -> dict[str, list[Mark]]:
    marks: dict[str, list[Mark]] = defaultdict(list)
    related: Counter[tuple[str, Range]] = Counter()
    for number, diagnostic in found:
        level = "suppressed" if diagnostic.suppressed else diagnostic.severity
        code, severity = diagnostic.code, diagnostic.severity
        if diagnostic.range:
            marks[diagnostic.path].append(Mark(level, diagnostic.range, number, code, severity))
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
    begun = [mark for mark in (file.marks[span.mark] for span in spans) if mark.range.start.line == number]
    return element(
        "div",
        element("span", str(number), class_="number"),
        element("code", *_pieces(file, number, text, spans), translate="no"),
        *(_tag(mark) for mark in begun if not mark.is_related),
        class_="line",
        id=f"t{file.number}-{number}",
    )


def _tag(mark: Mark) -> Markup:
    level = "suppressed " if mark.level == "suppressed" else ""
    return element(
        "a",
        mark.code,
        unseen(f", {level}{LEVELS.get(mark.severity, mark.severity).lower()}: to the finding"),
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
    """What is left out of a long line: all that is far from the beginning and the end of what is marked."""
    if length <= LONG:
        return
    reached = 0 if spans else LONG
    for at in sorted({edge for span in spans for edge in (span.start, span.end)}):
        if at - BESIDE > reached:
            yield Span(reached, at - BESIDE, GAP)
        reached = at + BESIDE
    if reached < length:
        yield Span(reached, length, GAP)
