"""One line a finding: `path:line:column: CODE message`."""

from splint.reporting.report import Diagnostic
from splint.reporting.reporters import Style
from splint.reporting.reporters.terminal import paint, safe


def place(found: Diagnostic) -> str:
    """Where a finding stands, as editors and terminals read it."""
    if found.range is None:
        return f"{found.path}{found.pointer}" if found.pointer else found.path
    return f"{found.path}:{found.range.start.line}:{found.range.start.column}"


def finding(found: Diagnostic, style: Style) -> str:
    """A finding that counts, in a line."""
    if found.suppressed is not None:
        return ""
    return f"{safe(place(found))}: {paint(found.code, found.severity, style)} {safe(found.message)}\n"
