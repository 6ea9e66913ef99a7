"""The default format: each finding with its marked source lines, related places, help and fix."""

from splint.reporting.report import Diagnostic, Excerpt, Range, RelatedPlace
from splint.reporting.reporters import Style
from splint.reporting.reporters.concise import numbered, place
from splint.reporting.reporters.terminal import paint
from splint.reporting.wording import safe, without_commands

TAB = "    "


def finding(diagnostic: Diagnostic, style: Style) -> str:
    """An active finding in a paragraph."""
    if diagnostic.suppressed is not None:
        return ""
    head = paint(f"{diagnostic.severity}[{diagnostic.code}]", diagnostic.severity, style)
    lines = [f"{head}{paint(f': {safe(diagnostic.summary)}', 'bold', style)}"]
    marks = [_Mark(place.path, place.range, place.excerpt, safe(place.message), place) for place in diagnostic.related]
    marks.append(_Mark(diagnostic.path, diagnostic.marked, diagnostic.excerpt, "", None))
    gutter = max((len(str(mark.excerpt.line)) for mark in marks if mark.excerpt), default=1)
    bar = " " * gutter + paint(" |", "frame", style)
    number = f" ({numbered(diagnostic)})" if diagnostic.document and diagnostic.marked else ""
    where = f"{safe(place(diagnostic))}{number}"
    lines.append(f"{' ' * gutter}{paint('-->', 'frame', style)} {where}")
    shown = [mark for mark in marks if mark.excerpt is not None]
    if shown:
        lines.append(bar)
        lines += _snippets(shown, diagnostic, gutter, bar, style)
        lines.append(bar)
    equals = " " * gutter + paint(" =", "frame", style)
    lines.append(f"{equals} {paint('help', 'help', style)}: {safe(diagnostic.help)}")
    if diagnostic.fix is not None:
        lines.append(
            f"{equals} {paint('fix', 'help', style)}: {safe(diagnostic.fix.title)} ({diagnostic.fix.applicability})"
        )
    for mark in marks:
        if mark.excerpt is None and mark.related is not None:
            lines.append(f"{equals} note: {safe(f'{mark.path} {mark.related.pointer}'.rstrip())}: {mark.label}")
    cited = f"{diagnostic.name}, {diagnostic.source.section} ({diagnostic.source.basis})"
    lines.append(f"{equals} {paint(cited, 'dim', style)}")
    if diagnostic.source.url:
        lines.append(f"{equals} {paint(safe(diagnostic.source.url), 'dim', style)}")
    return without_commands("\n".join(lines)) + "\n\n"


class _Mark:
    """A marked range of a line, with its label."""

    def __init__(
        self, path: str, where: Range | None, excerpt: Excerpt | None, label: str, related: RelatedPlace | None
    ) -> None:
        self.path, self.where, self.excerpt, self.label, self.related = path, where, excerpt, label, related


def _snippets(marks: list[_Mark], diagnostic: Diagnostic, gutter: int, bar: str, style: Style) -> list[str]:
    """The marked lines in file order; those of other files follow, below a line with their path."""
    here = sorted(
        (mark for mark in marks if mark.path == diagnostic.path), key=lambda mark: (mark.excerpt or _NONE).line
    )
    lines: list[str] = []
    before: int | None = None
    text = ""
    for mark in [*here, *(mark for mark in marks if mark.path != diagnostic.path)]:
        excerpt = mark.excerpt or _NONE
        if mark.path != diagnostic.path:
            row = mark.where.start if mark.where else None
            at = f":{row.line}:{row.column}" if row else ""
            lines.append(f"{' ' * gutter}{paint(':::', 'frame', style)} {safe(mark.path)}{at}")
            before = None
        elif before is not None and excerpt.line > before + 1:
            lines.append(paint("...", "frame", style))
        if excerpt.line != before or excerpt.text != text or mark.path != diagnostic.path:
            number = paint(f"{excerpt.line:>{gutter}} |", "frame", style)
            lines.append(f"{number} {_expanded(excerpt.text)}".rstrip())
        ahead = _width(_expanded(excerpt.text[: excerpt.start]))
        length = max(_width(_expanded(excerpt.text[excerpt.start : excerpt.start + excerpt.length])), 1)
        line = "^" if mark.related is None else "-"
        color = diagnostic.severity if mark.related is None else "frame"
        label = f" {mark.label}" if mark.label else ""
        lines.append(f"{bar} {' ' * ahead}{paint(line * length + label, color, style)}")
        before, text = excerpt.line, excerpt.text
    return lines


_NONE = Excerpt(0, "", 0, 1)


def _expanded(text: str) -> str:
    return safe(text).replace("\t", TAB)


def _width(text: str) -> int:
    """The width of a text in terminal columns: East Asian wide characters take two, combining ones none."""
    if text.isascii():
        return len(text)
    from unicodedata import category, east_asian_width  # most texts are ASCII

    return sum(0 if category(char) in ("Mn", "Me") else 2 if east_asian_width(char) in "WF" else 1 for char in text)
