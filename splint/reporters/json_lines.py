"""JSON Lines: an object a line, for tools that read a report as a stream."""

from splint.report import Report, json_text
from splint.reporters import Style


def render(report: Report, style: Style) -> str:  # noqa: ARG001 - a reporter's signature
    """The JSON report in lines: its diagnostics, its errors, and last its summary; `type` says which."""
    found = report.model_dump()
    lines = [{"type": "diagnostic", **diagnostic} for diagnostic in found.pop("diagnostics")]
    lines += [{"type": "error", "error": error} for error in found.pop("errors")]
    return "".join(f"{json_text(line)}\n" for line in [*lines, {"type": "summary", **found}])
