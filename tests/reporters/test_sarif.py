"""SARIF: the members that the standard requires, what they hold, and whether a reader of others' making reads it."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from splint.reporting.citation import Citation
from splint.reporting.location import Position
from splint.reporting.report import Anchor, Diagnostic, Excerpt, Range, Report, Tool
from splint.reporting.reporters import Style
from splint.reporting.reporters.sarif import plain, render
from tests.grids import few
from tests.reporters.builders import (
    SOURCE,
    diagnostic,
    notification,
    numbered,
    related,
    report,
    rule_info,
    stretch,
    suppression,
)

REPORTS: dict[str, Report] = {
    "nothing": report(rules=()),
    "findings": report(
        diagnostic(related=(related(), related(path="<run>", range=None), related(path="other.json", document=2))),
        diagnostic(severity="warning", code="REF101", name="request-id-missing", range=stretch(length=0)),
        diagnostic(severity="info", document=2, pointer="", range=None),
    ),
    "what does not count": report(
        diagnostic(suppressed=suppression(reason="on {purpose}")),
        diagnostic(suppressed=suppression("per-file-ignore")),
        diagnostic(suppressed=suppression("override")),
        diagnostic(suppressed=suppression("baseline")),
        diagnostic(),
    ),
    "notifications": report(
        errors=[
            notification(),
            notification(kind="crashed-rule", path=None, code="SPL210"),
            notification(kind="crashed-rule", path="a b.json", code="X1"),
            notification(path="-"),
        ]
    ),
    "no files": report(
        diagnostic(path="-", suppressed=suppression(path="-")),
        diagnostic(path="-", range=stretch(9)),
        diagnostic(path="<input>", range=None),
        diagnostic(path="<run>", range=None, pointer=""),
    ),
    "a source with an address": report(
        rules=(rule_info(source=Citation("API [v1.3]", "Ads", "reference", "https://ads.example/docs?id=5")),)
    ),
}

SHAPES: dict[str, dict[str, Any]] = {
    "log": {"$schema!": "uri", "version!": "text", "runs!": ["run"]},
    "run": {
        "tool!": "tool",
        "automationDetails!": "details",
        "invocations!": ["invocation"],
        "artifacts": ["artifact"],
        "columnKind!": "text",
        "results!": ["result"],
        "properties!": "bag",
    },
    "tool": {"driver!": "driver"},
    "driver": {
        "name!": "text",
        "version!": "text",
        "semanticVersion": "text",
        "rules!": ["rule"],
        "notifications": ["kind"],
    },
    "details": {"id!": "text"},
    "kind": {"id!": "text"},
    "rule": {
        "id!": "text",
        "name!": "text",
        "shortDescription!": "words",
        "fullDescription!": "words",
        "help!": "words",
        "helpUri": "uri",
        "defaultConfiguration!": "configuration",
        "properties!": "bag",
    },
    "words": {"text!": "text", "markdown": "text"},
    "configuration": {"level!": "level"},
    "invocation": {"executionSuccessful!": "flag", "toolExecutionNotifications": ["notification"]},
    "notification": {
        "descriptor!": "reference",
        "level!": "level",
        "message!": "words",
        "associatedRule": "reference",
        "locations": ["location"],
    },
    "reference": {"id!": "text", "index": "count"},
    "artifact": {"description!": "words", "location!": "file"},
    "result": {
        "ruleId!": "text",
        "ruleIndex!": "count",
        "kind!": "text",
        "level!": "level",
        "message!": "words",
        "locations!": ["location"],
        "relatedLocations": ["location"],
        "partialFingerprints!": "bag",
        "suppressions!": ["suppression"],
        "baselineState": "text",
    },
    "suppression": {"kind!": "text", "justification!": "text", "location!": "location"},
    "location": {"id": "place", "physicalLocation": "physical", "logicalLocations": ["logical"], "message": "words"},
    "physical": {"artifactLocation!": "file", "region": "region", "contextRegion": "region"},
    "logical": {"name!": "text", "fullyQualifiedName!": "text"},
    "file": {"uri": "uri", "uriBaseId": "text", "index": "count"},
    "region": {
        "startLine!": "place",
        "startColumn": "place",
        "endLine": "place",
        "endColumn": "place",
        "byteOffset": "count",
        "byteLength": "count",
        "snippet": "words",
    },
}
"""The objects that a log is made of; a member with `!` is always there."""

VALUES: dict[str, Any] = {
    "text": lambda value: isinstance(value, str) and value != "",
    "uri": lambda value: (
        isinstance(value, str) and value != "" and value.isascii() and not set(value) & set(' "<>\\^{|}')
    ),
    "flag": lambda value: isinstance(value, bool),
    "count": lambda value: type(value) is int and value >= 0,
    "place": lambda value: type(value) is int and value >= 1,
    "level": lambda value: value in ("error", "warning", "note"),
    "bag": lambda value: isinstance(value, dict),
}


def violations(value: Any, shape: Any, where: str = "log") -> list[str]:
    """Where a value is not of a shape."""
    if isinstance(shape, list):
        if not isinstance(value, list):
            return [f"{where}: no array"]
        return [
            violation
            for number, entry in enumerate(value)
            for violation in violations(entry, shape[0], f"{where}/{number}")
        ]
    if shape in VALUES:
        return [] if VALUES[shape](value) else [f"{where}: {value!r} is no {shape}"]
    if not isinstance(value, dict):
        return [f"{where}: no object"]
    members = {name.rstrip("!"): held for name, held in SHAPES[shape].items()}
    problems = [f"{where}: no {name[:-1]}" for name in SHAPES[shape] if name.endswith("!") and name[:-1] not in value]
    problems += [f"{where}: {name} is unknown" for name in value.keys() - members.keys()]
    for name in value.keys() & members.keys():
        problems += violations(value[name], members[name], f"{where}/{name}")
    return problems


def run_of(sample: Report) -> dict[str, Any]:
    run: dict[str, Any] = json.loads(render(sample, Style()))["runs"][0]
    return run


def results(*diagnostics: Diagnostic, **options: Any) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = run_of(report(*diagnostics, **options))["results"]
    return entries


def physical(item: Diagnostic) -> dict[str, Any]:
    """The physical location of a report's only finding."""
    (result,) = results(item)
    place: dict[str, Any] = result["locations"][0]["physicalLocation"]
    return place


@pytest.mark.parametrize("sample", REPORTS.values(), ids=REPORTS)
def test_a_log_is_made_of_the_members_of_the_standard(sample: Report) -> None:
    text = render(sample, Style())
    assert text.endswith("}\n")
    log = json.loads(text)
    assert violations(log, "log") == []
    assert (log["version"], len(log["runs"])) == ("2.1.0", 1)
    assert render(sample, Style(color=True, quiet=True)) == text


def test_the_walker_sees_what_is_missing_unknown_or_of_another_kind() -> None:
    log = json.loads(render(REPORTS["findings"], Style()))
    result = log["runs"][0]["results"][0]
    del result["message"]
    result |= {"level": "info", "rank": 1}
    assert sorted(violations(log, "log")) == [
        "log/runs/0/results/0/level: 'info' is no level",
        "log/runs/0/results/0: no message",
        "log/runs/0/results/0: rank is unknown",
    ]


@pytest.mark.parametrize("sample", REPORTS.values(), ids=REPORTS)
def test_every_index_refers_to_what_it_should(sample: Report) -> None:
    run = run_of(sample)
    driver = run["tool"]["driver"]
    rules = [rule["id"] for rule in driver["rules"]]
    assert [rules[result["ruleIndex"]] for result in run["results"]] == [entry.code for entry in sample.diagnostics]
    assert len(set(rules)) == len(rules)
    for entry in run["invocations"][0].get("toolExecutionNotifications", []):
        descriptor = entry["descriptor"]
        assert driver["notifications"][descriptor["index"]]["id"] == descriptor["id"]
        rule = entry.get("associatedRule", {})
        assert "index" not in rule or rules[rule["index"]] == rule["id"]
    for result in run["results"]:
        ids = [place["id"] for place in result.get("relatedLocations", [])]
        assert ids == list(range(1, len(ids) + 1))
    for index, artifact in enumerate(run.get("artifacts", [])):
        assert artifact["location"] == {"index": index}


@pytest.mark.parametrize(
    ("version", "semantic"),
    few([("0.1.0", True), ("1.2.3-rc.1+build.5", True), ("0.1.0.dev1", False), ("1.0", False), ("01.0.0", False)], 2),
)
def test_a_version_is_called_semantic_only_when_it_is(version: str, semantic: bool) -> None:
    driver = run_of(report(tool=Tool(version, "guide", "2026-03-01")))["tool"]["driver"]
    assert driver["version"] == version
    assert driver.get("semanticVersion") == (version if semantic else None)


@pytest.mark.parametrize("page", ["https://splint.example/rules/SPL210/", None])
def test_a_rule_is_described_with_its_source_and_its_page(page: str | None) -> None:
    address = "https://ads.example/docs?id=5"
    info = rule_info(level="info", source=Citation("API [v1.3]", "Ads", "reference", page, address))
    (rule,) = run_of(report(rules=(info,)))["tool"]["driver"]["rules"]
    about = f"[SPL210](<{page}>)" if page else "`splint rules SPL210`"
    assert rule == {
        "id": "SPL210",
        "name": "BudgetTooSmall",
        "shortDescription": {"text": "A budget is at least the minimum of its currency."},
        "fullDescription": {"text": f"{info.summary}\n\n{info.explanation}"},
        "helpUri": page or address,
        "help": {
            "text": f"{info.explanation}\n\nSource: API [v1.3], Ads (basis: reference)\n\n{address}\n\n"
            f"Rule: {page or 'splint rules SPL210'}",
            "markdown": f"# SPL210 budget-too-small\n\n{info.summary}\n\n{info.explanation}\n\n"
            f"Source: [API \\[v1.3\\], Ads](<{address}>) (basis: reference)\n\nRule: {about}",
        },
        "defaultConfiguration": {"level": "note"},
        "properties": {"tags": ["reference"], "basis": "reference", "section": "Ads"},
    }


def test_a_rule_without_an_explanation_or_an_address_still_has_help() -> None:
    (rule,) = run_of(report(rules=(rule_info(explanation=""),)))["tool"]["driver"]["rules"]
    assert rule["help"]["text"].startswith("A budget is at least")
    assert "helpUri" not in rule


def test_help_holds_no_html() -> None:
    info = rule_info(explanation="Write `<id>`, not <script>.")
    (rule,) = run_of(report(rules=(info,)))["tool"]["driver"]["rules"]
    assert "Write `<id>`, not \\<script>." in rule["help"]["markdown"]


def test_a_finding_of_a_rule_that_is_not_described_brings_one() -> None:
    foreign = diagnostic(code="REF101", name="request-id-missing", severity="warning")
    run = run_of(report(diagnostic(code="REF102", path="a.json"), foreign, diagnostic()))
    own, other, last = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in (own, other, last)] == ["SPL210", "REF101", "REF102"]
    assert other["name"] == "RequestIdMissing"
    assert other["shortDescription"] == {"text": "request id missing"}
    assert other["defaultConfiguration"] == {"level": "warning"}


@pytest.mark.parametrize(("severity", "level"), few([("error", "error"), ("warning", "warning"), ("info", "note")], 2))
def test_a_severity_is_a_level(severity: str, level: str) -> None:
    (result,) = results(diagnostic(severity=severity))
    assert (result["level"], result["kind"]) == (level, "fail")


@pytest.mark.parametrize(
    ("text", "shown"),
    few(
        [
            ("budget 5", "budget 5"),
            ("{0} is left", "{{0}} is left"),
            ("{{name}}", "{{{{name}}}}"),
            ("see [a](b)", "see \\[a\\](b)"),
            ("see [a b](1) and [c](2)", "see \\[a b\\](1) and \\[c\\](2)"),
            ("[a\\]b](1)", "\\[a\\]b\\](1)"),
            ("[a\\\nb](1)", "\\[a\\\nb\\](1)"),
            ("[0] and [1] (two)", "[0] and [1] (two)"),
            ("a\\b [c]", "a\\b [c]"),
        ],
        3,
    ),
)
def test_a_message_holds_neither_placeholders_nor_links(text: str, shown: str) -> None:
    assert plain(text) == shown
    item = diagnostic(summary=text, help=text, related=(related(message=text),))
    (result,) = results(item)
    assert result["message"] == {"text": f"{shown}; {shown}"}
    assert result["relatedLocations"][0]["message"] == {"text": shown}


@pytest.mark.parametrize(
    ("path", "uri"),
    few(
        [
            ("payloads/autumn.json", "payloads/autumn.json"),
            ("../up.json", "../up.json"),
            ("a b%20.json", "a%20b%2520.json"),
            ("a#b?c.json", "a%23b%3Fc.json"),
            ("ü/😀.json", "%C3%BC/%F0%9F%98%80.json"),
            ("a\\b.json", "a%5Cb.json"),
            ("c:d.json", "c%3Ad.json"),
            ("[a]{b}|^.json", "%5Ba%5D%7Bb%7D%7C%5E.json"),
            ("a\nb.json", "a%0Ab.json"),
            ("\udcff.json", "%FF.json"),
            ("\ud800.json", "%ED%A0%80.json"),
        ],
        4,
    ),
)
def test_a_path_is_a_relative_reference(path: str, uri: str) -> None:
    assert physical(diagnostic(path=path))["artifactLocation"] == {"uri": uri, "uriBaseId": "%SRCROOT%"}
    parts = urlsplit(uri)
    assert (parts.scheme, parts.netloc, parts.query, parts.fragment) == ("", "", "", "")
    assert unquote(uri, errors="surrogateescape") == path or "\ud800" in path


def test_an_absolute_path_is_an_absolute_uri_without_a_base() -> None:
    assert physical(diagnostic(path="/a b/c.json"))["artifactLocation"] == {"uri": "file:///a%20b/c.json"}


def test_what_is_no_file_has_no_uri() -> None:
    run = run_of(REPORTS["no files"])
    assert run["artifacts"] == [{"description": {"text": "Standard input"}, "location": {"index": 0}}]
    first, second, value, nothing = run["results"]
    for result in (first, second):
        assert result["locations"][0]["physicalLocation"]["artifactLocation"] == {"index": 0}
    assert first["suppressions"][0]["location"]["physicalLocation"]["artifactLocation"] == {"index": 0}
    pointer = "/campaign/budget"
    assert value["locations"] == [{"logicalLocations": [{"name": pointer, "fullyQualifiedName": pointer}]}]
    assert nothing["locations"] == []


def test_a_range_is_a_region_with_its_text_and_its_line() -> None:
    assert physical(diagnostic()) == {
        "artifactLocation": {"uri": "campaign.json", "uriBaseId": "%SRCROOT%"},
        "region": {
            "startLine": 3,
            "startColumn": 13,
            "endLine": 3,
            "endColumn": 14,
            "byteOffset": 52,
            "byteLength": 1,
            "snippet": {"text": "5"},
        },
        "contextRegion": {"startLine": 3, "snippet": {"text": '  "budget": 5,'}},
    }


@pytest.mark.parametrize(
    ("where", "excerpt", "snippet", "context"),
    [
        (stretch(column=1, length=4), Excerpt(3, "true", 0, 4), "true", None),
        (stretch(column=2, length=2), Excerpt(3, "😀äb😀", 1, 2), "äb", "😀äb😀"),
        (stretch(column=3, length=0), Excerpt(3, "{}", 1, 1), None, "{}"),
        (stretch(column=300, length=2), Excerpt(3, "…  ab", 3, 2), "ab", None),
        (stretch(column=2, length=9), Excerpt(3, " 12345…", 1, 6), None, None),
        (Range(Position(3, 2, 9), Position(5, 1, 30)), Excerpt(3, " {", 1, 1), None, None),
        (stretch(), None, None, None),
    ],
    ids=["all of the line", "beyond ASCII", "nothing", "cut before", "cut behind", "several lines", "no excerpt"],
)
def test_text_stands_in_a_region_only_where_the_excerpt_holds_all_of_it(
    where: Range, excerpt: Excerpt | None, snippet: str | None, context: str | None
) -> None:
    place = physical(diagnostic(range=where, excerpt=excerpt))
    assert place["region"].get("snippet", {}).get("text") == snippet
    assert place.get("contextRegion", {}).get("snippet", {}).get("text") == context
    assert place["region"]["byteLength"] == where.end.offset - where.start.offset


@pytest.mark.parametrize("end", [Position(3, 13, 52), Position(3, 12, 51), Position(2, 20, 39)])
def test_a_region_never_ends_before_it_begins(end: Position) -> None:
    region = physical(diagnostic(range=Range(Position(3, 13, 52), end)))["region"]
    assert (region["endLine"], region["endColumn"], region["byteLength"]) == (3, 13, 0)


def test_a_finding_without_a_range_is_about_the_whole_file() -> None:
    place = physical(diagnostic(range=None))
    assert place == {"artifactLocation": {"uri": "campaign.json", "uriBaseId": "%SRCROOT%"}}


@pytest.mark.parametrize(
    ("document", "pointer", "name"),
    few([(None, "/a~1b/0", "/a~1b/0"), (2, "/a", "document 2/a"), (2, "", "document 2"), (None, "", None)], 2),
)
def test_a_pointer_is_a_logical_location(document: int | None, pointer: str, name: str | None) -> None:
    (result,) = results(diagnostic(document=document, pointer=pointer))
    locations = result["locations"][0].get("logicalLocations")
    assert locations == (None if name is None else [{"name": name, "fullyQualifiedName": name}])


def test_related_places_come_with_their_message() -> None:
    (result,) = results(diagnostic(related=(related(), related(message="and here", range=None, path="b c.json"))))
    first, second = result["relatedLocations"]
    assert first["message"] == {"text": "the mode is set here"}
    assert first["physicalLocation"]["region"]["snippet"] == {"text": "true"}
    assert (second["id"], second["message"]) == (2, {"text": "and here"})
    assert second["physicalLocation"] == {"artifactLocation": {"uri": "b%20c.json", "uriBaseId": "%SRCROOT%"}}


def test_fingerprints_are_unique_and_stay_when_lines_move() -> None:
    anchor = Anchor("/adgroups/spring/budget", "c0ffee")

    def prints(*lines: int) -> list[str]:
        entries = results(*numbered(*(diagnostic(anchor=anchor, range=stretch(line)) for line in lines)))
        return [result["partialFingerprints"]["splint/v1"] for result in entries]

    assert prints(3, 3, 9) == prints(4, 4, 10)
    assert len(set(prints(3, 3, 9))) == 3
    assert prints(3)[0] == diagnostic(anchor=anchor).fingerprint == prints(3, 3, 9)[0]


@pytest.mark.parametrize(
    ("kind", "shown", "said", "uri"),
    few(
        [
            ("comment", "inSource", "comment in campaign.json, line 2", "campaign.json"),
            ("per-file-ignore", "external", "per-file-ignore in splint.toml, line 2", "splint.toml"),
            ("override", "external", "override in splint.toml, line 2", "splint.toml"),
            ("baseline", "external", "baseline in splint-baseline.json, line 2", "splint-baseline.json"),
        ],
        2,
    ),
)
@pytest.mark.parametrize("reason", ["", "on {purpose}"], ids=["no reason", "reason"])
def test_what_is_suppressed_says_why_and_where(kind: str, shown: str, said: str, uri: str, reason: str) -> None:
    (result,) = results(diagnostic(suppressed=suppression(kind, reason=reason)))
    (entry,) = result["suppressions"]
    assert (entry["kind"], entry["justification"]) == (shown, reason or said)
    place = entry["location"]["physicalLocation"]
    assert (place["artifactLocation"]["uri"], place["region"]) == (uri, {"startLine": 2})


def test_either_all_results_speak_of_suppressions_or_none() -> None:
    silent, active = results(diagnostic(suppressed=suppression()), diagnostic(range=stretch(9)))
    assert (len(silent["suppressions"]), active["suppressions"]) == (1, [])


def test_results_have_a_state_only_when_one_is_in_the_baseline() -> None:
    old = diagnostic(suppressed=suppression("baseline"))
    later = diagnostic(range=stretch(9))
    assert [result.get("baselineState") for result in results(old, later)] == ["unchanged", "new"]
    silent = diagnostic(suppressed=suppression())
    assert [result.get("baselineState") for result in results(silent, later)] == [None, None]


def test_tool_errors_are_notifications_of_an_execution_that_failed() -> None:
    (invocation,) = run_of(REPORTS["notifications"])["invocations"]
    assert invocation["executionSuccessful"] is False
    notifications = invocation["toolExecutionNotifications"]
    assert [
        (
            entry["descriptor"]["id"],
            entry.get("associatedRule"),
            [place["physicalLocation"]["artifactLocation"]["uri"] for place in entry.get("locations", [])],
        )
        for entry in notifications
    ] == [
        ("crashed-rule", {"id": "SPL210", "index": 0}, []),
        ("unreadable-file", None, []),
        ("crashed-rule", {"id": "X1"}, ["a%20b.json"]),
        ("unreadable-file", None, ["gone.json"]),
    ]
    assert {entry["level"] for entry in notifications} == {"error"}
    assert notifications[3]["message"] == {"text": "gone.json: cannot be read: No such file or directory"}


def test_a_run_without_tool_errors_was_successful() -> None:
    assert run_of(report(diagnostic()))["invocations"] == [{"executionSuccessful": True}]


def test_a_run_says_what_made_it() -> None:
    run = run_of(report())
    assert (run["tool"]["driver"]["name"], run["tool"]["driver"]["version"]) == ("splint", "1.2.3")
    assert run["automationDetails"] == {"id": "splint/"}
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["properties"] == {"profile": "default", "asOf": "2026-03-01"}


@pytest.mark.slow
def test_another_programs_reader_reads_it(tmp_path: Path) -> None:
    loader = pytest.importorskip("sarif.loader", reason="sarif-tools is not installed")
    path = tmp_path / "splint.sarif"
    sample = report(
        diagnostic(),
        diagnostic(code="REF101", name="request-id-missing", severity="warning", path="ü b.json", source=SOURCE),
        diagnostic(severity="info", path="<run>", range=None),
        errors=[notification()],
    )
    path.write_text(render(sample, Style()), encoding="utf-8")
    log = loader.load_sarif_file(str(path))
    assert log.get_distinct_tool_names() == ["splint"]
    assert log.get_result_count() == 3
    message = "budget 5 is below the minimum of 50; raise it to 50 or more"
    assert [tuple(record[key] for key in ("Code", "Severity", "Location", "Line")) for record in log.get_records()] == [
        ("SPL210", "note", "/campaign/budget", "1"),
        ("SPL210", "error", "campaign.json", 3),
        ("REF101", "warning", "%C3%BC%20b.json", 3),
    ]
    assert {record["Description"] for record in log.get_records()} == {message}
    assert log.get_report().any_none_severities() is False
