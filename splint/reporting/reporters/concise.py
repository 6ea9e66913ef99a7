"""One line per finding: `path:line:column: CODE message`."""

from splint.reporting.report import Diagnostic, RelatedPlace
from splint.reporting.reporters import Style
from splint.reporting.reporters.terminal import paint
from splint.reporting.wording import safe, without_commands


def place(diagnostic: Diagnostic) -> str:
    """The place of a finding as `path:line:column`, which editors and terminals recognize."""
    if diagnostic.marked is None and diagnostic.document is not None:
        return f"{diagnostic.path} {numbered(diagnostic)} {diagnostic.pointer}".rstrip()
    if diagnostic.marked is None:
        return f"{diagnostic.path} {diagnostic.pointer}".rstrip()
    return f"{diagnostic.path}:{diagnostic.marked.start.line}:{diagnostic.marked.start.column}"


def numbered(place: Diagnostic | RelatedPlace) -> str:
    """`document 3` of a file of several, or `record 3` of a table, which has no lines; empty for other files."""
    if place.document is None:
        return ""
    return f"{'record' if place.marked is None else 'document'} {place.document}"


def in_table(diagnostic: Diagnostic) -> str:
    """What a message begins with where a format has no place for records: `record 3 /budget: `; else empty."""
    if diagnostic.marked is not None or diagnostic.document is None:
        return ""
    return f"{f'{numbered(diagnostic)} {diagnostic.pointer}'.rstrip()}: "


def finding(diagnostic: Diagnostic, style: Style) -> str:
    """An active finding in a line."""
    if diagnostic.suppressed is not None:
        return ""
    code = paint(diagnostic.code, diagnostic.severity, style)
    return without_commands(f"{safe(place(diagnostic))}: {code} {safe(diagnostic.message)}\n")
