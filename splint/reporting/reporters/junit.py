"""JUnit XML: a test suite per file, a test case per rule.

A case fails if it has a finding at or above `fail-on`, whatever the exit status (`exit-zero`). Less severe findings are
in the output of a passed case.
"""

import re
from collections.abc import Sequence

from splint.reporting.report import Diagnostic, Report, ToolNotification
from splint.reporting.reporters import Style
from splint.reporting.reporters.concise import place
from splint.reporting.wording import counted, safe, without_commands

_COUNTS = ("tests", "failures", "errors", "skipped")
_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_ATTRIBUTE = {**_TEXT, **str.maketrans({'"': "&quot;", "\n": "&#10;", "\t": "&#9;"})}
_UNUSUAL = re.compile("[^\t\n\r -~]+")


def render(report: Report, style: Style) -> str:
    """The report, rules without findings included."""
    by_path: dict[str, dict[str, list[Diagnostic]]] = {path: {} for path in report.details.paths}
    for diagnostic in report.diagnostics:
        by_path.setdefault(diagnostic.path, {}).setdefault(diagnostic.code, []).append(diagnostic)
    rules = {rule.code: _attribute(f"{rule.code} {rule.name}") for rule in report.rules}
    suites = [_suite(path, rules, by_path[path], style, report.left_out.get(path, 0)) for path in sorted(by_path)]
    if report.errors:
        cases = [_notification_case(report.tool.name, notification) for notification in report.errors]
        suites.append(_Suite(report.tool.name, cases, {"tests": len(cases), "errors": len(cases)}))
    total = {key: sum(suite.counts.get(key, 0) for suite in suites) for key in _COUNTS}
    head = f"<testsuites name={_attribute(report.tool.name)}{_counts(total)}>\n"
    parts = ['<?xml version="1.0" encoding="UTF-8"?>\n', head]
    for suite in suites:
        parts.append(f"  <testsuite name={_attribute(suite.name)}{_counts(suite.counts)}>\n")
        if suite.left_out:
            parts.append(f"    <properties>{_property('left-out', suite.left_out)}</properties>\n")
        parts += suite.cases
        parts.append("  </testsuite>\n")
    return "".join([*parts, "</testsuites>\n"])


class _Suite:
    """The cases of a file as text, and their counts."""

    def __init__(self, name: str, cases: list[str], counts: dict[str, int], left_out: int = 0) -> None:
        self.name, self.cases, self.counts, self.left_out = name, cases, counts, left_out


def _suite(
    path: str, rules: dict[str, str], by_code: dict[str, list[Diagnostic]], style: Style, left_out: int
) -> _Suite:
    names = rules
    if not by_code.keys() <= rules.keys():
        others = {
            code: _attribute(f"{code} {diagnostics[0].name}")
            for code, diagnostics in by_code.items()
            if code not in rules
        }
        names = dict(sorted({**rules, **others}.items()))
    counts = {"tests": len(names)}
    case = f"    <testcase classname={_attribute(path)} name="
    cases = []
    for code, name in names.items():
        if code not in by_code:
            cases.append(f"{case}{name}/>\n")
            continue
        key, outcome = _outcome(by_code[code], style)
        counts[key] = counts.get(key, 0) + 1
        cases.append(f"{case}{name}>\n{outcome}    </testcase>\n")
    return _Suite(path, cases, counts, left_out)


def _property(name: str, value: int) -> str:
    return f'<property name="{name}" value="{value}"/>'


def _outcome(diagnostics: Sequence[Diagnostic], style: Style) -> tuple[str, str]:
    """The count that a case with findings adds to, and its content."""
    active = [one for one in diagnostics if one.suppressed is None]
    if not active:
        reasons = {one.suppressed.reason: None for one in diagnostics if one.suppressed and one.suppressed.reason}
        why = ": ".join([f"{counted(len(diagnostics), 'finding')} suppressed", *filter(None, ["; ".join(reasons)])])
        return "skipped", f"      <skipped message={_attribute(why)}/>\n"
    output = _text("".join(_paragraph(one) for one in active))
    failing = [one for one in active if style.fails(one.severity)]
    if not failing:
        return "passed", f"      <system-out>{output}</system-out>\n"
    more = f" (and {len(active) - 1} more)" if len(active) > 1 else ""
    kind, message = _attribute(failing[0].severity), _attribute(failing[0].message + more)
    return "failures", f"      <failure type={kind} message={message}>{output}</failure>\n"


def _paragraph(diagnostic: Diagnostic) -> str:
    what = f"{place(diagnostic)}: {diagnostic.severity}: {diagnostic.summary}"
    return f"{what}\n  help: {diagnostic.help}\n  rule: {diagnostic.page}\n"


def _notification_case(tool: str, notification: ToolNotification) -> str:
    name = " ".join(filter(None, (notification.kind, notification.code, notification.path)))
    case = f"    <testcase classname={_attribute(tool)} name={_attribute(name)}>\n"
    kind, message = _attribute(notification.kind), _attribute(notification.message)
    return f"{case}      <error type={kind} message={message}/>\n    </testcase>\n"


def _counts(counts: dict[str, int]) -> str:
    return "".join(f' {key}="{counts.get(key, 0)}"' for key in _COUNTS)


def _attribute(text: str) -> str:
    return f'"{_escaped(text).translate(_ATTRIBUTE)}"'


def _text(text: str) -> str:
    return _escaped(text).translate(_TEXT)


def _escaped(text: str) -> str:
    """`text` without commands to a CI runner, and with what does not print escaped, which XML 1.0 partly forbids."""
    return without_commands(_UNUSUAL.sub(lambda match: safe(match[0]), text))
