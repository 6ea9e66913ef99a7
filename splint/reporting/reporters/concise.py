"""One line per finding: `path:line:column: CODE message`."""

from splint.reporting.report import Diagnostic
from splint.reporting.reporters import Style
from splint.reporting.reporters.terminal import paint
from splint.reporting.wording import safe


def place(diagnostic: Diagnostic) -> str:
    """The place of a finding as `path:line:column`, which editors and terminals recognize."""
    if diagnostic.marked is None:
        return f"{diagnostic.path}{diagnostic.pointer}" if diagnostic.pointer else diagnostic.path
    return f"{diagnostic.path}:{diagnostic.marked.start.line}:{diagnostic.marked.start.column}"


def finding(diagnostic: Diagnostic, style: Style) -> str:
    """An active finding in a line."""
    if diagnostic.suppressed is not None:
        return ""
    return (
        f"{safe(place(diagnostic))}: {paint(diagnostic.code, diagnostic.severity, style)} {safe(diagnostic.message)}\n"
    )
