"""JSON Lines: an object a line, for tools that read a report as a stream.

The JSON report in lines: its diagnostics, its errors, and last its summary; `type` says which.
"""

from typing import Any

from splint.reporting.report import Diagnostic, Report, json_text
from splint.reporting.reporters import Style


def finding(found: Diagnostic, style: Style) -> str:  # noqa: ARG001 - a reporter's signature
    """A diagnostic."""
    return _line("diagnostic", found.model_dump())


def closing(report: Report, style: Style) -> str:  # noqa: ARG001 - a reporter's signature
    """The errors and the summary."""
    found = report.having(diagnostics=()).model_dump()
    errors = [_line("error", {"error": error}) for error in found.pop("errors")]
    del found["diagnostics"]
    return "".join([*errors, _line("summary", {**found, "summary": dict(report.summary)})])


def _line(kind: str, value: dict[str, Any]) -> str:
    return f"{json_text({'type': kind, **value})}\n"
