"""JSON Lines: what stands on which line."""

import json
from typing import Any

import pytest

from splint.reporting.report import Report
from splint.reporting.reporters import FORMATS, Style
from tests.reporters.builders import diagnostic, notification, related, report, stretch, suppression

(render,) = (reporter.render for reporter in FORMATS if reporter.name == "json-lines")
REPORTS: dict[str, Report] = {
    "nothing": report(),
    "findings": report(
        diagnostic(range=stretch(9)),
        diagnostic(related=(related(),)),
        diagnostic(range=None, path="<run>", severity="info"),
    ),
    "what does not count": report(
        diagnostic(suppressed=suppression(reason="on purpose")), diagnostic(suppressed=suppression("baseline"))
    ),
    "notifications": report(errors=[notification(), notification(kind="crashed-rule", path=None, code="SPL210")]),
    "line separators": report(diagnostic(summary="a\nb\r\u2028\u0085c", path="a\nb.json")),
    "half of a pair": report(diagnostic(path="\udcff.json")),
}


def lines(sample: Report) -> list[dict[str, Any]]:
    text = render(sample, Style())
    assert text.endswith("\n")
    return [json.loads(line) for line in text.split("\n")[:-1]]


@pytest.mark.parametrize("sample", REPORTS.values(), ids=REPORTS)
def test_the_lines_hold_what_the_json_report_holds(sample: Report) -> None:
    whole = json.loads(sample.to_json())
    *entries, summary = lines(sample)
    assert [{**entry, "type": None} for entry in entries if entry["type"] == "diagnostic"] == [
        {**entry, "type": None} for entry in whole["diagnostics"]
    ]
    assert [entry["error"] for entry in entries if entry["type"] == "error"] == whole["errors"]
    assert summary == {"type": "summary", **{key: whole[key] for key in ("version", "tool", "summary")}}


@pytest.mark.parametrize("sample", REPORTS.values(), ids=REPORTS)
def test_each_line_begins_with_its_type_and_the_summary_comes_last(sample: Report) -> None:
    entries = lines(sample)
    assert {next(iter(entry)) for entry in entries} == {"type"}
    kinds = [entry["type"] for entry in entries]
    assert kinds == ["diagnostic"] * len(sample.diagnostics) + ["error"] * len(sample.errors) + ["summary"]


def test_a_diagnostic_is_written_as_its_own_json_is() -> None:
    item = diagnostic(document=2, related=(related(document=2),))
    (line, _) = render(report(item), Style()).splitlines()
    assert line == '{"type":"diagnostic",' + item.to_json()[1:]


def test_quiet_and_color_change_nothing() -> None:
    sample = REPORTS["findings"]
    assert render(sample, Style(color=True, quiet=True)) == render(sample, Style())
