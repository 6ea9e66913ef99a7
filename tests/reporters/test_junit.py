"""JUnit XML: as parsers and viewers take it."""

from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from junitparser import JUnitXml

from splint.reporting.report import Details, Report
from splint.reporting.reporters import Style
from splint.reporting.reporters.junit import render
from splint.reporting.wording import without_commands
from tests.reporters.builders import diagnostic, notification, report, rule_info, suppression

TEXTS = st.text() | st.text("<>]&\"']\r\n\t\x00\x1b\x85\ud800\udfff\ufffe\uffff\U0001ffff a")
PATHS = Details(paths=("a.json", "b.json"))
RULES = (rule_info("SPL101", name="one"), rule_info("SPL102", name="two"))


def parsed(sample: Report) -> ElementTree.Element:
    """As the standard library reads it, once the counts are those of the content."""
    text = render(sample, Style())
    assert text.endswith("\n")
    root = ElementTree.fromstring(text.encode())
    for element in (root, *root.iter("testsuite")):
        counts = {
            "tests": len(list(element.iter("testcase"))),
            "failures": len(list(element.iter("failure"))),
            "errors": len(list(element.iter("error"))),
            "skipped": len(list(element.iter("skipped"))),
        }
        assert {key: int(element.attrib[key]) for key in counts} == counts
    return root


def spelled(text: str) -> str:
    """With what does not print as Python would escape it, and no command to a CI runner."""
    shown = "".join(char if char.isprintable() or char in "\t\n\r" else ascii(char)[1:-1] for char in text)
    return without_commands(shown)


def outcomes(root: ElementTree.Element) -> dict[tuple[str, str], str]:
    return {
        (case.attrib["classname"], case.attrib["name"]): " ".join(child.tag for child in case)
        for case in root.iter("testcase")
    }


@given(TEXTS, TEXTS, TEXTS)
@example("]]>", "]]>", "<![CDATA[")
def test_any_text_parses_and_comes_back(path: str, summary: str, help: str) -> None:
    item = diagnostic(path=path, summary=summary, help=help, code="SPL101", name="one")
    root = parsed(report(item, rules=RULES, errors=[notification(message=summary, path=help)]))
    case, _ = root[0]
    assert root[0].attrib["name"] == case.attrib["classname"] == spelled(path)
    assert case[0].attrib["message"] == spelled(f"{summary}; {help}")
    assert case[0].text == spelled(f"{path}:3:13: error: {summary}\n  help: {help}\n  rule: splint rules SPL101\n")
    assert root[1][0][0].attrib["message"] == spelled(summary)
    mild = parsed(report(item._replace(severity="info"), rules=RULES))
    assert mild[0][0][0].text == spelled(f"{path}:3:13: info: {summary}\n  help: {help}\n  rule: splint rules SPL101\n")


@given(
    st.lists(
        st.builds(
            diagnostic,
            path=st.sampled_from(["a.json", "b.json", "c.json", "<run>"]),
            code=st.sampled_from(["SPL101", "SPL102", "SPL999"]),
            severity=st.sampled_from(["error", "warning", "info"]),
            suppressed=st.none() | st.builds(suppression, st.sampled_from(["comment", "baseline"])),
        )
    ),
    st.lists(st.builds(notification, path=st.sampled_from(["x", "y", None]))),
)
def test_counts_are_those_of_the_cases_and_cases_fail_as_the_report_does(
    diagnostics: list[Any], notifications: list[Any]
) -> None:
    whole = report(*diagnostics, errors=notifications, rules=RULES, details=PATHS)
    root = parsed(whole)
    assert (root.attrib["failures"] == root.attrib["errors"] == "0") is whole.ok
    places = {(one.path, one.code) for one in diagnostics} | {
        (path, rule.code) for path in PATHS.paths for rule in RULES
    }
    told = [(case.attrib["classname"], case.attrib["name"].split()[0]) for case in root.iter("testcase")]
    assert {place for place in told if place[0] != "splint"} >= places
    assert len(set(told) - {("splint", "unreadable-file")}) == len(told) - len(notifications)
    said = "".join(element.text or "" for tag in ("failure", "system-out") for element in root.iter(tag))
    assert said.count("\n  help: ") == len(whole.active)


@given(st.lists(st.sampled_from(["error", "warning", "info"])))
def test_junitparser_counts_the_same(severities: list[str]) -> None:
    diagnostics = (
        diagnostic(severity=severity, path=f"{number % 2}.json") for number, severity in enumerate(severities)
    )
    silent = diagnostic(path="s.json", suppressed=suppression())
    read: Any = JUnitXml.fromstring(render(report(*diagnostics, silent, errors=[notification()]), Style()).encode())
    suites = list(read)
    before = [(suite.name, suite.tests, suite.failures, suite.errors, suite.skipped) for suite in suites]
    total = (read.tests, read.failures, read.errors, read.skipped)
    read.update_statistics()
    for suite in suites:
        suite.update_statistics()
    assert [(suite.name, suite.tests, suite.failures, suite.errors, suite.skipped) for suite in suites] == before
    assert (read.tests, read.failures, read.errors, read.skipped) == total
    assert sum(1 for suite in suites for case in suite if case.is_passed) == total[0] - sum(total[1:])


def test_every_rule_that_ran_is_a_case_of_every_file() -> None:
    root = parsed(report(rules=RULES, details=PATHS))
    assert [suite.attrib["name"] for suite in root] == ["a.json", "b.json"]
    assert outcomes(root) == {(path, name): "" for path in PATHS.paths for name in ("SPL101 one", "SPL102 two")}


def test_a_finding_of_an_unknown_rule_or_file_is_a_case_too() -> None:
    stray = diagnostic(path="<run>", code="SPL100", name="stray")
    root = parsed(report(stray, rules=RULES, details=PATHS))
    assert [suite.attrib["name"] for suite in root] == ["<run>", "a.json", "b.json"]
    assert [case.attrib["name"] for case in root[0]] == ["SPL100 stray", "SPL101 one", "SPL102 two"]
    assert [child.tag for child in root[0][0]] == ["failure"]


@pytest.mark.parametrize(
    ("severities", "suppressed", "outcome", "message"),
    [
        (["error"], [], "failure", "budget 5 is below the minimum of 50; raise it to 50 or more"),
        (
            ["warning", "error"],
            [],
            "failure",
            "budget 5 is below the minimum of 50; raise it to 50 or more (and 1 more)",
        ),
        (["warning"], [], "system-out", None),
        (["info", "warning"], ["error"], "system-out", None),
        ([], ["error"], "skipped", "1 finding suppressed: agreed"),
        ([], ["error", "info"], "skipped", "2 findings suppressed: agreed"),
        (["error"], ["error"], "failure", "budget 5 is below the minimum of 50; raise it to 50 or more"),
    ],
)
def test_only_an_error_that_counts_fails_a_case(
    severities: list[str], suppressed: list[str], outcome: str, message: str | None
) -> None:
    loud = (diagnostic(severity=severity) for severity in severities)
    silent = (diagnostic(severity=severity, suppressed=suppression(reason="agreed")) for severity in suppressed)
    ((case,),) = parsed(report(*loud, *silent))
    (child,) = case
    assert (child.tag, child.attrib.get("message")) == (outcome, message)
    assert (child.text or "").count("campaign.json:3:13: ") == len(severities)


def test_what_the_baseline_holds_is_skipped_without_a_reason() -> None:
    ((case,),) = parsed(report(diagnostic(suppressed=suppression("baseline"))))
    assert case[0].attrib == {"message": "1 finding suppressed"}


def test_tool_errors_are_errors_of_a_suite_of_their_own() -> None:
    crash = notification(kind="crashed-rule", message="SPL101 crashed", path="a.json", code="SPL101")
    (suite,) = parsed(report(errors=[notification(), crash]))
    assert suite.attrib["name"] == "splint"
    assert outcomes(suite) == {
        ("splint", "crashed-rule SPL101 a.json"): "error",
        ("splint", "unreadable-file gone.json"): "error",
    }
    assert [case[0].attrib for case in suite] == [
        {"type": "crashed-rule", "message": "SPL101 crashed"},
        {"type": "unreadable-file", "message": "gone.json: cannot be read: No such file or directory"},
    ]


def test_a_report_of_nothing_is_a_document_too() -> None:
    assert len(parsed(report())) == 0


@pytest.mark.parametrize(
    ("fail_on", "failures"), [("error", 1), ("warning", 2), ("info", 3), ("never", 0)], ids=lambda value: str(value)
)
def test_what_makes_the_exit_status_1_fails_its_case(fail_on: str, failures: int) -> None:
    diagnostics = [
        diagnostic(code=f"SPL10{at}", severity=level) for at, level in enumerate(("error", "warning", "info"))
    ]
    root = ElementTree.fromstring(render(report(*diagnostics), Style(fail_on=fail_on)))
    assert root.get("failures") == str(failures)
