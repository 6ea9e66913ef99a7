"""Workflow commands, which GitHub shows as annotations, and the summary of a job.

GitHub shows the first ten errors, warnings and notices of a step, so the most severe come first.
"""

import re

from splint.reporting.report import Diagnostic, Report
from splint.reporting.reporters import Style
from splint.reporting.reporters.concise import in_table
from splint.reporting.reporters.markdown import by_severity, page
from splint.reporting.reporters.terminal import left_out
from splint.reporting.wording import safe

SUMMARY_LIMIT = 1_048_576
"""The maximum size of a step's summary in bytes."""
ANNOTATIONS = {"error": "error", "warning": "warning", "info": "notice"}

_NO_FILES = ("<run>", "<input>", "-")
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = {**_DATA, **str.maketrans({":": "%3A", ",": "%2C"})}
_UNSAFE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)  # controls, line separators, marks of direction and byte order, lone surrogates; the rest is kept so that paths match


def render(report: Report, style: Style) -> str:  # noqa: ARG001 - a reporter's signature
    """The report, a command per finding."""
    lines = [command("error", notification.message, title=report.tool.name) for notification in report.errors]
    lines += [_annotation(diagnostic) for diagnostic in by_severity(report)]
    lines += [command("notice", words, title=report.tool.name) for words in left_out(report)]
    return "".join(lines)


def job_summary(report: Report) -> str:
    """The report as Markdown, to be appended to the file that GITHUB_STEP_SUMMARY names."""
    return page(report, SUMMARY_LIMIT)


def command(name: str, message: str, **properties: str | int) -> str:
    """A workflow command, its message and properties escaped."""
    escaped = ",".join(f"{key}={_plain(str(value)).translate(_PROPERTY)}" for key, value in properties.items())
    return f"::{name} {escaped}::{_plain(message).translate(_DATA)}\n"


def _plain(text: str) -> str:
    return _UNSAFE.sub(lambda match: safe(match[0]), text)


def _annotation(diagnostic: Diagnostic) -> str:
    properties: dict[str, str | int] = {}
    if diagnostic.path not in _NO_FILES:
        # the runner drops leading equals signs of a value
        properties["file"] = f"./{diagnostic.path}" if diagnostic.path.startswith("=") else diagnostic.path
        if diagnostic.marked is not None:
            start, end = diagnostic.marked
            properties |= {"line": start.line, "endLine": end.line}
            if start.line == end.line:  # else the runner drops both
                properties |= {"col": start.column, "endColumn": end.column}
    title = f"{diagnostic.code} {diagnostic.name}"
    message = f"{in_table(diagnostic)}{diagnostic.message}\nRule: {diagnostic.page}"
    return command(ANNOTATIONS.get(diagnostic.severity, "notice"), message, **properties, title=title)
