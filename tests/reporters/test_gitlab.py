"""GitLab Code Quality: entries, and fingerprints that are unique and stay."""

import json
from typing import Any

import pytest

from splint.reporting.report import Anchor, Report
from splint.reporting.reporters import Style
from splint.reporting.reporters.gitlab import render
from tests.reporters.builders import diagnostic, notification, numbered, report, stretch, suppression

ANCHOR = Anchor("/adgroups/spring/budget", "c0ffee")


def entries(sample: Report) -> list[dict[str, Any]]:
    text = render(sample, Style())
    assert text.endswith("\n")
    read = json.loads(text)
    assert isinstance(read, list)
    return read


def fingerprints(*lines: int, **changes: Any) -> list[str]:
    """The fingerprints of findings that are equal but for their lines."""
    sample = report(*numbered(*(diagnostic(range=stretch(line), anchor=ANCHOR, **changes) for line in lines)))
    return [entry["fingerprint"] for entry in entries(sample)]


def test_a_finding_is_an_entry_with_the_members_that_gitlab_reads() -> None:
    (entry,) = entries(report(diagnostic(path="a b/ü.json")))
    fingerprint = entry.pop("fingerprint")
    assert len(fingerprint) == 64
    assert entry == {
        "description": "SPL210: budget 5 is below the minimum of 50; raise it to 50 or more (splint rules SPL210)",
        "check_name": "SPL210",
        "severity": "major",
        "location": {"path": "a b/ü.json", "lines": {"begin": 3}},
    }


@pytest.mark.parametrize(("severity", "shown"), [("error", "major"), ("warning", "minor"), ("info", "info")])
def test_a_severity_is_one_of_gitlab(severity: str, shown: str) -> None:
    (entry,) = entries(report(diagnostic(severity=severity)))
    assert entry["severity"] == shown


def test_a_finding_without_a_place_stands_on_line_1() -> None:
    (entry,) = entries(report(diagnostic(range=None, path="<run>")))
    assert entry["location"] == {"path": "<run>", "lines": {"begin": 1}}


@pytest.mark.parametrize("kind", ["comment", "per-file-ignore", "override", "baseline"])
def test_what_does_not_count_is_left_out(kind: str) -> None:
    assert render(report(diagnostic(suppressed=suppression(kind))), Style()) == "[]\n"


def test_nothing_is_an_empty_array() -> None:
    assert render(report(), Style()) == "[]\n"


def test_tool_errors_are_blockers_of_their_own() -> None:
    crash = notification(kind="crashed-rule", message="SPL210 crashed", path=None, code="SPL210")
    issues = entries(report(errors=[notification(), crash, crash]))
    assert [(entry["severity"], entry["check_name"], entry["location"]["path"]) for entry in issues] == [
        ("blocker", "SPL210", "<run>"),
        ("blocker", "SPL210", "<run>"),
        ("blocker", "unreadable-file", "gone.json"),
    ]
    assert issues[2]["description"] == "unreadable-file: gone.json: cannot be read: No such file or directory"
    assert len({entry["fingerprint"] for entry in issues}) == 3


def test_equal_findings_have_fingerprints_of_their_own() -> None:
    issues = entries(report(*numbered(*[diagnostic(anchor=ANCHOR)] * 3, diagnostic(anchor=ANCHOR, range=stretch(9)))))
    assert len({entry["fingerprint"] for entry in issues}) == 4


@pytest.mark.parametrize("lines", [(3,), (3, 5), (3, 3, 9)])
def test_fingerprints_stay_when_a_line_is_inserted_above(lines: tuple[int, ...]) -> None:
    assert fingerprints(*(line + 1 for line in lines)) == fingerprints(*lines)


def test_fingerprints_stay_when_words_and_level_change() -> None:
    assert fingerprints(3, summary="too small", severity="info") == fingerprints(3)


@pytest.mark.parametrize("change", [{"code": "SPL211"}, {"path": "other.json"}], ids=["another rule", "another file"])
def test_fingerprints_tell_findings_apart(change: dict[str, str]) -> None:
    assert fingerprints(3, **change) != fingerprints(3)


def test_another_value_has_another_fingerprint() -> None:
    first, second = (entries(report(diagnostic(anchor=Anchor("/a", value))))[0] for value in ("1", "2"))
    assert first["fingerprint"] != second["fingerprint"]


def test_suppressing_a_finding_leaves_the_fingerprints_of_its_equals() -> None:
    silent = diagnostic(anchor=ANCHOR, suppressed=suppression())
    second = diagnostic(anchor=ANCHOR, range=stretch(9))
    (entry,) = entries(report(*numbered(silent, second)))
    assert entry["fingerprint"] == fingerprints(3, 9)[1]


def test_a_byte_that_is_not_utf8_is_spelled_out() -> None:
    (entry,) = entries(report(diagnostic(path="\udcff.json")))
    assert entry["location"]["path"] == r"\xff.json"
