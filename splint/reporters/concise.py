"""One line a finding: `path:line:column: CODE message`."""

from splint.report import Diagnostic, Report
from splint.reporters import Style
from splint.reporters.terminal import closing, paint, safe


def place(found: Diagnostic) -> str:
    """Where a finding stands, as editors and terminals read it."""
    if found.range is None:
        return f"{found.path}{found.pointer}" if found.pointer else found.path
    return f"{found.path}:{found.range.start.line}:{found.range.start.column}"


def render(report: Report, style: Style) -> str:
    """The report, a line a finding."""
    lines = [
        f"{safe(place(found))}: {paint(found.code, found.severity, style)} {safe(found.message)}\n"
        for found in report.active
    ]
    return "".join(lines) + closing(report, style)
