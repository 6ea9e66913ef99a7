"""JSON Lines: an object per line, for tools that read a report as a stream.

The lines are the diagnostics, the errors and last the summary of the JSON report; `type` tells them apart.
"""

from typing import Any

from splint.reporting.report import Diagnostic, Report, json_text
from splint.reporting.reporters import Style


def finding(diagnostic: Diagnostic, style: Style) -> str:  # noqa: ARG001 - a reporter's signature
    """A diagnostic as a line."""
    return _line("diagnostic", diagnostic.model_dump())


def closing(report: Report, style: Style) -> str:  # noqa: ARG001 - a reporter's signature
    """The errors and the summary, a line each."""
    members = report.having(diagnostics=()).model_dump()
    errors = [_line("error", {"error": error}) for error in members.pop("errors")]
    del members["diagnostics"]
    return "".join([*errors, _line("summary", {**members, "summary": dict(report.summary)})])


def _line(kind: str, value: dict[str, Any]) -> str:
    return f"{json_text({'type': kind, **value})}\n"
