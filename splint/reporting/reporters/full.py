"""For people: each finding with its source lines, the spot marked, related places and the way out."""

from splint.reporting.report import Diagnostic, Excerpt, Range, RelatedPlace
from splint.reporting.reporters import Style
from splint.reporting.reporters.concise import place
from splint.reporting.reporters.terminal import paint, safe

TAB = "    "


def finding(found: Diagnostic, style: Style) -> str:
    """A finding that counts, in a paragraph."""
    if found.suppressed is not None:
        return ""
    head = paint(f"{found.severity}[{found.code}]", found.severity, style)
    lines = [f"{head}{paint(f': {safe(found.summary)}', 'bold', style)}"]
    marks = [_Mark(place.path, place.range, place.excerpt, safe(place.message), place) for place in found.related]
    marks.append(_Mark(found.path, found.range, found.excerpt, "", None))
    gutter = max((len(str(mark.excerpt.line)) for mark in marks if mark.excerpt), default=1)
    bar = " " * gutter + paint(" |", "frame", style)
    where = f"{safe(place(found))}{f' (document {found.document})' if found.document else ''}"
    lines.append(f"{' ' * gutter}{paint('-->', 'frame', style)} {where}")
    shown = [mark for mark in marks if mark.excerpt is not None]
    if shown:
        lines.append(bar)
        lines += _snippets(shown, found, gutter, bar, style)
        lines.append(bar)
    equals = " " * gutter + paint(" =", "frame", style)
    lines.append(f"{equals} {paint('help', 'help', style)}: {safe(found.help)}")
    if found.fix is not None:
        lines.append(f"{equals} {paint('fix', 'help', style)}: {safe(found.fix.title)} ({found.fix.applicability})")
    for mark in marks:
        if mark.excerpt is None and mark.related is not None:
            lines.append(f"{equals} note: {safe(mark.path)}{safe(mark.related.pointer)}: {mark.label}")
    lines.append(f"{equals} {paint(f'{found.name}, {found.source.section} ({found.source.basis})', 'dim', style)}")
    return "\n".join(lines) + "\n\n"


class _Mark:
    """A marked stretch of a line."""

    def __init__(
        self, path: str, where: Range | None, excerpt: Excerpt | None, label: str, related: RelatedPlace | None
    ) -> None:
        self.path, self.where, self.excerpt, self.label, self.related = path, where, excerpt, label, related


def _snippets(marks: list[_Mark], found: Diagnostic, gutter: int, bar: str, style: Style) -> list[str]:
    """The marked lines in the order of the file; places in other files come under a line that names them."""
    here = sorted((mark for mark in marks if mark.path == found.path), key=lambda mark: (mark.excerpt or _NONE).line)
    lines: list[str] = []
    before: int | None = None
    text = ""
    for mark in [*here, *(mark for mark in marks if mark.path != found.path)]:
        excerpt = mark.excerpt or _NONE
        if mark.path != found.path:
            row = mark.where.start if mark.where else None
            at = f":{row.line}:{row.column}" if row else ""
            lines.append(f"{' ' * gutter}{paint(':::', 'frame', style)} {safe(mark.path)}{at}")
            before = None
        elif before is not None and excerpt.line > before + 1:
            lines.append(paint("...", "frame", style))
        if excerpt.line != before or excerpt.text != text or mark.path != found.path:
            number = paint(f"{excerpt.line:>{gutter}} |", "frame", style)
            lines.append(f"{number} {_expanded(excerpt.text)}".rstrip())
        ahead = _width(_expanded(excerpt.text[: excerpt.start]))
        length = max(_width(_expanded(excerpt.text[excerpt.start : excerpt.start + excerpt.length])), 1)
        line = "^" if mark.related is None else "-"
        color = found.severity if mark.related is None else "frame"
        label = f" {mark.label}" if mark.label else ""
        lines.append(f"{bar} {' ' * ahead}{paint(line * length + label, color, style)}")
        before, text = excerpt.line, excerpt.text
    return lines


_NONE = Excerpt(0, "", 0, 1)


def _expanded(text: str) -> str:
    return safe(text).replace("\t", TAB)


def _width(text: str) -> int:
    """Columns of a terminal: East Asian wide characters take two, combining ones none."""
    if text.isascii():
        return len(text)
    from unicodedata import category, east_asian_width

    return sum(0 if category(char) in ("Mn", "Me") else 2 if east_asian_width(char) in "WF" else 1 for char in text)
