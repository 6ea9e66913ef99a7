"""The command line: exit codes, options, output, and what a start costs."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

import orjson
import pytest
import splint_guide

import splint as package
from splint.reporting.report import SEVERITIES
from splint.testing import BASES
from tests.command import Command, Outcome
from tests.grids import diagonal, few

CLEAN = json.dumps(BASES["cbo"])
ERROR = json.dumps({**BASES["cbo"], "campaign": {**BASES["cbo"]["campaign"], "budget": 0}})
WARNING = json.dumps({**BASES["cbo"], "campaign": {**BASES["cbo"]["campaign"], "made_up": 1}})
INFO = json.dumps({**BASES["cbo"], "campaign": {**BASES["cbo"]["campaign"], "campaign_name": "{{name}}"}})
FILES = {
    "clean.json": CLEAN,
    "error.json": ERROR,
    "warning.json": WARNING,
    "info.json": INFO,
    "none.json": '{"a": 1}',
    "broken.json": '{"budget_mode": ',
    "foreign.json": '{"a": ',
    "twice.json": '{"a": 1, "a": 2}',
    "notes.toml": CLEAN,
    "empty/none.yaml": "a: 1\n",
    "empty/foreign.yml": "a: [1\n",
    "tree/clean.yaml": CLEAN,
    "tree/none.json": "[]",
    "tree/foreign.json": "{",
    "tree/deep/error.json": ERROR,
    "node_modules/error.json": ERROR,
}
PATH = os.pathsep.join(str(Path(str(module.__file__)).parents[1]) for module in (package, splint_guide))


@pytest.fixture
def files(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / name).write_text(text)
    (tmp_path / "gone.json").symlink_to("nowhere.json")
    return tmp_path


@pytest.fixture
def splint(files: Path, command: Command, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Run the command in a directory that holds `FILES`."""
    monkeypatch.chdir(files)
    return command


def process(*arguments: str, cwd: Path, **options: Any) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-c", "from splint.cli import main; main()", *arguments]
    environment = {**os.environ, "PYTHONPATH": PATH}
    return subprocess.run(command, cwd=cwd, env=environment, check=False, **{"capture_output": True, **options})


STATUSES: dict[str, tuple[str, int]] = {
    "a clean file": ("clean.json", 0),
    "an error": ("error.json", 1),
    "a warning": ("warning.json", 0),
    "an info": ("info.json", 0),
    "a file that does not parse": ("broken.json", 1),
    "a file that does not parse and is none of our business, named": ("foreign.json", 1),
    "a file without a payload": ("none.json", 3),
    "two files without a payload": ("none.json empty/none.yaml", 3),
    "a file without a payload beside one with": ("none.json clean.json", 1),
    "a file without a payload beside one with, not selected": ("none.json clean.json --ignore SPL002", 0),
    "no payload, and nobody asked": ("none.json --ignore SPL002", 3),
    "no payload, whatever fails": ("none.json --fail-on never", 3),
    "a directory": ("tree", 1),
    "a directory without a payload": ("empty", 3),
    "a directory and a file within it": ("tree/deep tree/deep/error.json --ignore SPL106", 0),
    "an excluded part": ("tree --exclude deep", 0),
    "an excluded pattern": ("tree --exclude tree/*/error.json,x", 0),
    "what is named is not excluded": ("error.json --exclude error.json", 1),
    "what nobody walks into": ("node_modules/error.json", 1),
    "--force-exclude of a pattern": ("error.json --exclude *.json --force-exclude", 0),
    "--force-exclude without a payload": ("none.json --force-exclude", 0),
    "--force-exclude of a foreign file that does not parse": ("foreign.json --force-exclude", 0),
    "--force-exclude of one that may be a payload": ("broken.json --force-exclude", 1),
    "--force-exclude of a directory without a payload": ("empty --force-exclude", 0),
    "--force-exclude with an error": ("none.json error.json --force-exclude", 1),
    "--force-exclude of a format that nobody knows": ("notes.toml clean.json --force-exclude", 0),
    "--force-exclude of what nobody walks into": ("node_modules/error.json --force-exclude", 0),
    "--force-exclude of an unreadable file": ("gone.json --force-exclude", 2),
    "--exit-zero": ("error.json broken.json --exit-zero", 0),
    "--exit-zero and an unreadable file": ("gone.json --exit-zero", 2),
    "--exit-zero without a payload": ("none.json --exit-zero", 3),
    "--fail-on error": ("error.json --fail-on error", 1),
    "--fail-on error, a warning": ("warning.json --fail-on error", 0),
    "--fail-on warning": ("warning.json --fail-on warning", 1),
    "--fail-on warning, an error": ("error.json --fail-on warning", 1),
    "--fail-on warning, an info": ("info.json --fail-on warning", 0),
    "--fail-on info": ("info.json --fail-on info", 1),
    "--fail-on info, clean": ("clean.json --fail-on info", 0),
    "--fail-on never": ("error.json --fail-on never", 0),
    "an unreadable file": ("gone.json", 2),
    "an unreadable file comes before findings": ("error.json gone.json", 2),
    "an unreadable file in a directory": (". --exclude *.yaml", 2),
    "a format that nobody knows": ("notes.toml", 2),
    "a path that is not there": ("clean.json nowhere.json", 2),
    "a rule that is not there": ("clean.json --select SPL999", 2),
    "a rule that is selected": ("error.json --select SPL106", 1),
    "a rule that is not selected": ("error.json --select SPL1,SPL2 --ignore SPL106", 0),
    "a rule by name": ("error.json --select money-not-positive", 1),
    "a rule ignored by name": ("error.json --ignore money-not-positive", 0),
    "a fact without a value": ("clean.json --fact currency", 2),
    "a fact that is not known": ("clean.json --fact currenzy=USD", 2),
    "a fact with a wrong value": ("clean.json --fact historical_cpa=cheap", 2),
    "a list with a wrong value": ("clean.json --fact event_sources=pixel,events", 2),
    "a fact that counts": ("clean.json --fact event_sources=", 1),
    "a moment that is none": ("clean.json --as-of soon", 2),
    "a moment before all moments in UTC": ("clean.json --as-of 0001-01-01T00:00:00+10:00", 2),
    "a moment": ("clean.json --as-of 2026-04-01T12:00:00+02:00", 0),
    "an output format that is not there": ("clean.json --output-format jsn", 2),
    "two formats to one place": ("clean.json --output-format json --output-format full", 2),
    "two formats to two places": ("clean.json --output-format json=a.txt --output-format full", 0),
    "an output file that nothing goes to": ("clean.json --output-format json=a.txt --output-file b.txt", 2),
    "an output file that cannot be written": ("clean.json --output-file nowhere/a.txt", 2),
    "no jobs": ("clean.json --jobs 0", 2),
    "two jobs": ("clean.json error.json --jobs 2", 1),
    "a plugin that is not there": ("clean.json --plugin nowhere.py", 2),
    "an option that is not there": ("clean.json --selct SPL1", 2),
    "one file by two names": ("clean.json ./clean.json", 0),
}


@pytest.mark.parametrize(("case", "form"), diagonal(STATUSES, ["full", "concise", "json"]))
def test_the_exit_status_is_that_of_the_contract_in_every_format(splint: Command, case: str, form: str) -> None:
    arguments, status = STATUSES[case]
    options = [] if "--output-format" in arguments else ["--output-format", form]
    outcome = splint("check", *arguments.split(), *options)
    assert outcome.status == status, outcome
    assert "Traceback" not in outcome.out + outcome.err
    assert "internal error" not in outcome.err
    if status == 2:
        assert outcome.err or outcome.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    few(
        [
            ("nowhere.json --output-format json", "nowhere.json: cannot be read: No such file or directory"),
            ("clean.json --select SPL21O", "did you mean SPL210?"),
            ("clean.json --select spl210", "did you mean SPL210?"),
            ("clean.json --select SPL2100", "did you mean SPL210?"),
            ("clean.json --ignore SPL109", "'SPL109' is no rule's code, prefix or name: splint rules lists them\n"),
            ("clean.json --ignore mony-not-positive", "did you mean money-not-positive?"),
            ("clean.json --fact currenzy=USD", "did you mean currency?"),
            ("clean.json --output-format jsno", "did you mean json?"),
            ("clean.json --as-of 2026-13-01", "2026-04-01"),
            ("clean.json --as-of 0001-01-01T00:00:00+10:00", "as-of"),
            ("clean.json --fail-on warn", "'warning'"),
            ("none.json", "no payload in none.json"),
            (
                "none.json --select SPL102",
                "none.json: SPL001, which tells of files that cannot be parsed, does not run",
            ),
            ("--force-excluded clean.json", "--force-exclude"),
        ],
        4,
    ),
)
def test_what_is_wrong_with_a_call_is_said_on_stderr_with_what_to_do(
    splint: Command, arguments: str, said: str
) -> None:
    assert said in splint("check", *arguments.split()).err


@pytest.mark.parametrize(
    "options", few(["", "--statistics", "--quiet", "--output-format json", "--output-file a.txt"], 2)
)
@pytest.mark.parametrize(("path", "said"), [("gone.json", "cannot be read"), ("notes.toml", "no document format")])
def test_a_notification_is_reported_once_on_a_stream_and_in_the_report(
    splint: Command, path: str, said: str, options: str
) -> None:
    outcome = splint("check", path, *options.split())
    assert (outcome.out if options == "--quiet" or not options else outcome.err).count(f"{path}: {said}") == 1
    if "json" in options:
        (notification,) = json.loads(outcome.out)["errors"]
        assert (notification["kind"], notification["path"]) == ("unreadable-file", path)


def report(outcome: Outcome) -> dict[str, Any]:
    parsed: dict[str, Any] = json.loads(outcome.out)
    return parsed


def test_files_found_by_walking_are_passed_over_without_a_payload(splint: Command) -> None:
    outcome = splint("check", "tree", "empty", "--output-format", "json", "--verbose")
    parsed = report(outcome)
    assert {entry["path"] for entry in parsed["diagnostics"]} == {"tree/deep/error.json"}
    assert (parsed["summary"]["files"], parsed["summary"]["payloads"]) == (2, 6)
    assert "6 files read, 4 without a payload skipped" in outcome.err
    assert "1 file read, 0 without a payload skipped" in splint("check", "tree/none.json", "--verbose").err


@pytest.mark.parametrize("paths", few(["tree tree/none.json", "tree/none.json tree", ". tree/none.json"], 2))
def test_a_file_that_is_named_and_walked_over_counts_as_named(splint: Command, paths: str) -> None:
    parsed = report(splint("check", *paths.split(), "--output-format", "json"))
    assert [entry["code"] for entry in parsed["diagnostics"] if entry["path"] == "tree/none.json"] == ["SPL002"]


@pytest.mark.parametrize(
    "paths", few(["clean.json ./clean.json", "tree/clean.yaml tree/../tree", "tree tree/ ./tree"], 2)
)
def test_a_file_is_read_once_however_often_it_is_named(splint: Command, paths: str) -> None:
    parsed = report(splint("check", *paths.split(), "--exclude", "deep", "--output-format", "json"))
    assert (parsed["summary"]["files"], parsed["summary"]["payloads"]) == (1, 3)


def test_the_current_directory_is_the_default(splint: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir("tree")
    assert {entry["path"] for entry in report(splint("check", "--output-format", "json"))["diagnostics"]} == {
        "deep/error.json"
    }
    outcome = splint("check", "../error.json", "../tree/deep", "--output-format", "json")
    assert [entry["path"] for entry in report(outcome)["diagnostics"]] == ["../error.json", "deep/error.json"]


@pytest.mark.parametrize(
    ("options", "text", "path", "code"),
    few(
        [
            ("-", ERROR, "-", "SPL106"),
            ("- --stdin-filename a/b.json", ERROR, "a/b.json", "SPL106"),
            ("- --stdin-filename a.yaml", "objective_type: X\n", "a.yaml", "SPL101"),
            ("- --stdin-filename A.NDJSON", '{"a": 1}\n{"b": \n', "A.NDJSON", "SPL001"),
            ("- --stdin-filename a.jsonc", "// a\n[]", "a.jsonc", "SPL002"),
            ("- --jobs 2 --stdin-filename a.json clean.json", ERROR, "a.json", "SPL106"),
            ("-", "\udcff", "-", "SPL001"),
        ],
        3,
    ),
)
def test_standard_input_is_read_as_what_its_name_says(
    splint: Command, options: str, text: str, path: str, code: str
) -> None:
    parsed = report(splint("check", "--output-format", "json", *options.split(), stdin=text))
    assert (path, code) in {(entry["path"], entry["code"]) for entry in parsed["diagnostics"]}


@pytest.mark.parametrize(("word", "said"), [("chek", "'chek': did you mean check?"), ("xyz", "'xyz'.")])
def test_a_misspelt_command_is_refused_with_the_close_one(splint: Command, word: str, said: str) -> None:
    done = splint(word)
    assert (done.status, f"No such command {said}\n" in done.err) == (2, True)


def test_standard_input_that_is_no_json_hints_at_the_option_for_its_name(splint: Command) -> None:
    """Only where it has no name: one that has a name has a format too."""
    said = splint("check", "-", "--output-format", "concise", stdin="campaign:\n  budget: 5\n").out
    assert "; add --stdin-filename NAME.yaml\n" in said
    other = splint("check", "-", "--output-format", "concise", stdin='{"campaign": {"budget": }}').out
    assert "; where it is no JSON, add --stdin-filename NAME.yaml\n" in other
    named = splint("check", "-", "--stdin-filename", "a.json", "--output-format", "concise", stdin="campaign:\n").out
    assert "SPL001" in named
    assert "--stdin-filename" not in named


def test_formats_go_where_they_are_sent(splint: Command, files: Path) -> None:
    plain = splint("check", "error.json").out
    concise = splint("check", "error.json", "--output-format", "concise").out
    assert concise.startswith("error.json:1:")
    assert " SPL106 " in concise
    outcome = splint(
        *("check", "error.json", "--output-format", "json=a.json.out", "--output-format", "concise"),
        *("--output-format", "full=b.txt", "--output-file", "c.txt"),
    )
    assert (outcome.status, outcome.out) == (1, "")
    assert (files / "b.txt").read_text() == plain
    assert (files / "c.txt").read_text() == concise
    assert json.loads((files / "a.json.out").read_text())["summary"]["errors"] == 1


@pytest.mark.parametrize("paths", few(["error.json", ".", "--force-exclude error.json", "link.json"], 2))
@pytest.mark.parametrize("output", ["--output-file error.json", "--output-format html=./error.json --fix"])
def test_a_report_never_takes_the_place_of_what_is_checked(splint: Command, paths: str, output: str) -> None:
    Path("gone.json").unlink()
    Path("link.json").symlink_to("error.json")
    before = Path("error.json").read_bytes()
    outcome = splint("check", *paths.split(), *output.split())
    assert (outcome.status, Path("error.json").read_bytes()) == (2, before)
    assert "error.json is checked, and a report would overwrite it: name another file for that" in outcome.err


def test_the_report_of_the_last_run_is_not_checked(splint: Command) -> None:
    settings = 'require-payloads = true\ninclude = ["*.json"]\noutput-format = ["json=report.json", "concise"]\n'
    Path("gone.json").unlink()
    Path("splint.toml").write_text(settings)
    first, second = (splint("check") for _ in range(2))
    assert first == second
    assert "report.json" not in first.out


def test_statistics_replace_findings_or_accompany_a_machine_readable_report(splint: Command) -> None:
    Path("many.json").write_text('[{"objective_type": "X"}, {"objective_type": "X", "made_up": 1, "other": 2}]')
    codes = ("--select", "SPL001,SPL004,SPL008,SPL101")
    table = "4  SPL008  missing-field\n2  SPL004  unknown-field\n2  SPL101  objective-not-web-conversions\n"
    assert splint("check", "many.json", "--statistics", *codes) == (1, table, "")
    outcome = splint("check", "many.json", "--statistics", "--output-format", "json", *codes)
    assert (outcome.err, report(outcome)["summary"]["errors"]) == (table, 6)
    wide = "10  SPL101  objective-not-web-conversions\n 1  SPL001  syntax-error\n"
    Path("wide.ndjson").write_text('{"objective_type": "X"}\n' * 10 + "{")
    assert splint("check", "wide.ndjson", "--statistics", "--ignore", "SPL008,SPL103").out == wide
    nothing = "no findings in 3 payloads of 1 file\n"
    assert splint("check", "clean.json", "--statistics") == (0, nothing, "")
    assert splint("check", "clean.json", "--statistics", "--output-format", "json").err == nothing
    assert splint("check", "clean.json", "--statistics", "--quiet") == (0, "", "")


def test_quiet_prints_findings_and_nothing_else(splint: Command) -> None:
    assert splint("check", "clean.json", "--quiet") == (0, "", "")
    assert splint("check", "clean.json") == (0, "no findings in 3 payloads of 1 file\n", "")
    outcome = splint("check", "error.json", "--quiet", "--output-format", "concise")
    assert outcome.out.count("\n") == 1
    assert splint("check", "none.json", "--quiet").err == ""


@pytest.mark.parametrize(
    ("environment", "options", "colored"),
    few(
        [
            ({}, "", False),
            ({}, "--color auto", False),
            ({}, "--color always", True),
            ({"FORCE_COLOR": "1"}, "", True),
            ({"FORCE_COLOR": "1"}, "--color never", False),
            ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, "", False),
            ({"NO_COLOR": "1"}, "--color always", True),
            ({"NO_COLOR": "", "FORCE_COLOR": "1"}, "", True),
            ({"FORCE_COLOR": "1"}, "--output-file a.txt", False),
        ],
        3,
    ),
)
@pytest.mark.parametrize("form", ["full", "concise"])
def test_colours_are_shown_where_they_are_wanted(
    splint: Command,
    monkeypatch: pytest.MonkeyPatch,
    environment: dict[str, str],
    options: str,
    colored: bool,
    form: str,
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    outcome = splint("check", "error.json", "--output-format", form, *options.split())
    written = Path("a.txt").read_text() if "--output-file" in options else outcome.out
    assert written
    assert ("\x1b[" in written) is colored


def test_a_report_for_machines_is_never_coloured(splint: Command) -> None:
    report(splint("check", "error.json", "--output-format", "json", "--color", "always"))


def test_a_payload_does_not_steer_the_terminal(splint: Command) -> None:
    evil = "\x1b[2J\u202e\x07\u2028\x9b"
    Path("evil.json").write_text(json.dumps({"objective_type": evil, evil: 1}, ensure_ascii=False))
    Path("evil.yaml").write_text('objective_type: "\\e[2J\\u202e"\n? "\\x9b"\n: 1\n')
    Path(f"{evil[:5]}.json").write_text(ERROR)
    for form in ("full", "concise"):
        out = splint("check", "evil.json", "evil.yaml", f"{evil[:5]}.json", "--output-format", form).out
        assert out.replace("\n", "").isprintable()


NOT_UTF8 = {
    b"\xff.json": r"\xff.json",
    rb"\xff.json": r"\\xff.json",
    b"\\\xff.json": r"\\\xff.json",
    rb"\x.json": r"\x.json",
}
"""Names of files, and how reports write them."""


@pytest.fixture
def odd_names() -> list[str]:
    """Files with an error whose names are not UTF-8, or look as reports write such a name."""
    try:
        for name in NOT_UTF8:
            Path(os.fsdecode(name)).write_text(ERROR)
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    return [*map(os.fsdecode, NOT_UTF8)]


@pytest.mark.parametrize(
    "form", few(["full", "concise", "json", "json-lines", "gitlab", "github", "junit", "markdown", "html"], 3)
)
def test_a_name_that_is_not_utf8_is_text_in_every_format(splint: Command, odd_names: list[str], form: str) -> None:
    """No two names become one, and what is JSON is so for readers that refuse half of a surrogate pair."""
    outcome = splint("check", *odd_names, "--output-format", form)
    assert (outcome.status, outcome.err) == (1, "")
    if form in ("json", "gitlab"):
        orjson.loads(outcome.out)
    for line in outcome.out.splitlines() if form == "json-lines" else ():
        orjson.loads(line)
    text = outcome.out
    assert "udcff" not in text
    for name in sorted(NOT_UTF8.values(), key=len, reverse=True):  # a longer one ends in a shorter one
        written = json.dumps(name)[1:-1] if form in ("json", "json-lines", "gitlab") else name
        assert written in text
        text = text.replace(written, "")


def test_sarif_has_the_bytes_of_a_name(splint: Command, odd_names: list[str]) -> None:
    """Its address of a file holds any byte."""
    [run] = json.loads(splint("check", *odd_names, "--output-format", "sarif").out)["runs"]
    found = {one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in run["results"]}
    assert found == {quote(name) for name in NOT_UTF8}


def test_a_name_that_is_not_utf8_is_fixed_and_known_to_the_baseline(splint: Command, odd_names: list[str]) -> None:
    assert splint("check", *odd_names, "--write-baseline").status == 0
    assert splint("check", *odd_names).status == 0
    Path(".splint-baseline.json").unlink()
    Path(odd_names[0]).write_text(
        json.dumps({**BASES["cbo"], "campaign": {**BASES["cbo"]["campaign"], "advertiser_id": 7}})
    )
    splint("check", odd_names[0], "--fix")
    assert '"7"' in Path(odd_names[0]).read_text()


def test_severities_are_those_of_the_options(splint: Command) -> None:
    said = splint("check", "--help").out
    assert f"[{'|'.join(SEVERITIES)}|never]" in said


@pytest.mark.parametrize("arguments", few(["--version", "--help", "-h", "check --help"], 2))
def test_help_and_version_are_no_failure(splint: Command, arguments: str) -> None:
    outcome = splint(*arguments.split())
    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.out


@pytest.mark.parametrize(
    ("option", "nothing"),
    diagonal(["--select", "--objectives", "--extend-select", "--ignore", "--exclude"], ["", ", "]),
)
def test_a_list_that_names_nothing_is_a_usage_error(splint: Command, option: str, nothing: str) -> None:
    for others in ((), (option, "SPL")):
        outcome = splint("check", "clean.json", *others, option, nothing)
        assert (outcome.status, outcome.out) == (2, "")
        assert outcome.err.endswith(f"Error: {option} is empty: leave it out, or give it a value\n")


def test_a_command_that_is_not_there_is_a_usage_error(splint: Command) -> None:
    outcome = splint("chekc")
    assert (outcome.status, outcome.out) == (2, "")
    assert "chekc" in outcome.err


@pytest.mark.parametrize(
    ("command", "status"),
    few(
        [
            ("check error.json", 1),
            ("schema adgroup", 0),
            ("check clean.json", 0),
            ("--help", 0),
            ("check warning.json --output-format concise", 0),
            ("check clean.json error.json --output-format json", 1),
            ("rules --output-format json", 0),
            ("config", 0),
            ("schema --help", 0),
            ("--version", 0),
        ],
        4,
    ),
)
def test_a_reader_that_stops_early_changes_no_status(files: Path, command: str, status: int) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = process(*command.split(), cwd=files, capture_output=False, stdout=writing, stderr=subprocess.PIPE)
    os.close(writing)
    assert (done.returncode, done.stderr) == (status, b"")


@pytest.mark.parametrize("word", few(["check", "rules", "config"], 2))
def test_a_working_directory_that_is_gone_is_said(
    splint: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, word: str
) -> None:
    """It is no internal error: somebody deleted it in another terminal."""
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    outcome = splint(word)
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err == "Error: the working directory does not exist any more: cd to one that does\n"


HEAVY = (
    *(
        "pydantic",
        "yaml",
        "markdown_it",
        "rich",
        "importlib.metadata",
        "concurrent",
        "concurrent.futures",
        "http",
        "multiprocessing",
    ),
    *(
        "asyncio",
        "anyio",
        "mcp",
        "pygls",
        "lsprotocol",
        "mcp_types",
        "email",
        "zipfile",
        "decimal",
        "difflib",
        "splint.models",
        "splint.formats.yaml.reader",
        "splint.cli.rules",
    ),
)


STARTS_WITH = [
    "cli",
    "cli.check",
    "cli.checking",
    "cli.group",
    "cli.options",
    "cli.output",
    "cli.statuses",
    "cli.streams",
    "cli.trusting",
    "files",
    "files.streams",
    "files.trust",
    "formats",
    "formats.document",
    "formats.json",
    "formats.json.reader",
    "formats.pointer",
    "formats.source",
    "payloads",
    "payloads.bodies",
    "payloads.bundles",
    "payloads.collected",
    "payloads.conditions",
    "payloads.extract",
    "payloads.faults",
    "payloads.invalid_fields",
    "payloads.keys",
    "payloads.layout",
    "payloads.nodes",
    "payloads.nodes.ad",
    "payloads.nodes.ad_group",
    "payloads.nodes.campaign",
    "payloads.nodes.events",
    "payloads.nodes.finding",
    "payloads.nodes.node",
    "payloads.nodes.payload",
    "payloads.nodes.request",
    "payloads.nodes.scope",
    "payloads.nodes.tree",
    "payloads.rows",
    "payloads.signature",
    "payloads.validation",
    "reporting",
    "reporting.exit_statuses",
    "reporting.report",
    "reporting.reporters",
    "reporting.reporters.terminal",
    "reporting.wording",
    "rules",
    "rules.deferred",
    "rules.engine_codes",
    "rules.hooks",
    "rules.registry",
    "rules.rule",
    "rules.ruleset",
    "rules.scope",
    "run",
    "run.discovery",
    "run.file_check",
    "run.judge",
    "run.linter",
    "run.pipeline",
    "run.result",
    "run.runner",
    "run.worker",
    "schema",
    "schema.envelopes",
    "schema.kinds",
    "schema.placeholders",
    "schema.table",
    "schema.usual",
    "schema.values",
    "schema.vocabulary",
    "settings",
    "settings.config",
    "settings.selection",
]
"""All of splint that `check one.json --isolated` imports: whoever adds to it makes every start slower."""


def test_a_start_imports_what_it_always_did(files: Path) -> None:
    """Neither splint's modules nor others that a start without settings imports have grown in number."""
    code = """
import sys, click, orjson, pluggy
before = set(sys.modules)
sys.argv = ["splint", "check", "clean.json", "--isolated"]
from splint.cli import main
try:
    main()
except SystemExit:
    print(*sorted(set(sys.modules) - before))
"""
    environment = {**os.environ, "PYTHONPATH": PATH}
    done = subprocess.run([sys.executable, "-c", code], cwd=files, env=environment, capture_output=True, check=True)
    imported = set(done.stdout.decode().splitlines()[-1].split())
    ours = {"splint", *(f"splint.{name}" for name in STARTS_WITH)}
    more = sorted({name for name in imported if name.partition(".")[0] == "splint"} - ours)
    assert more == [], "a start imports more: a new import at a module's top"
    rules = {name for name in imported if name.startswith("splint_")}
    assert rules == {"splint_guide", "splint_guide.index"}, "a clean file is asked for what no index says of a rule"
    others = {name.partition(".")[0].strip("_") for name in imported} - {"splint", "splint_guide"}
    assert others <= {"gc", "importlib", "locale", "math", "platform", "uuid"}  # math: up to 3.12 click does it


def test_the_collector_is_disabled_before_the_imports() -> None:
    """What disables it imports nothing else: typing alone would have it run a dozen times."""
    code = "import sys; before = set(sys.modules); import splint.cli; print(*sorted(set(sys.modules) - before))"
    environment = {**os.environ, "PYTHONPATH": PATH}
    done = subprocess.run([sys.executable, "-S", "-c", code], env=environment, capture_output=True, check=True)
    assert set(done.stdout.decode().split()) <= {"gc", "splint", "splint.cli"}


def test_a_start_imports_nothing_heavy(files: Path) -> None:
    code = f"""
import sys, click
pathlib = "pathlib" in sys.modules
sys.argv = ["splint", "check", "clean.json"]
from splint.cli import main
try:
    main()
except SystemExit as ended:
    heavy = [name for name in {HEAVY} if name in sys.modules]
    print(ended.code, heavy, pathlib or "pathlib" not in sys.modules)
"""
    environment = {**os.environ, "PYTHONPATH": PATH}
    done = subprocess.run([sys.executable, "-c", code], cwd=files, env=environment, capture_output=True, check=True)
    assert done.stdout.decode().splitlines()[-1] == "0 [] True"


HOSTILE = "no\n::error::pwned\x1b[31m"


@pytest.mark.parametrize("name", few(["full", "json", "github", "junit"], 2))
def test_no_name_of_a_file_steers_a_terminal_or_a_log(splint: Command, name: str) -> None:
    """Line feeds and escapes in names are spelled out on both streams."""
    for arguments in (f"{HOSTILE}.json", f"{HOSTILE}/"):
        outcome = splint("check", arguments, "clean.json", "--output-format", name)
        assert outcome.status == 2
        for stream in (outcome.out, outcome.err):
            assert "\x1b" not in stream
            assert not any(line.startswith("::error::pwned") for line in stream.splitlines())
    assert "\n::" not in splint("check", "clean.json", "--fact", f"{HOSTILE}=1").err


def test_a_missing_file_stops_no_other(splint: Command) -> None:
    """It is a tool error of the report, and the rest is checked."""
    parsed = json.loads(splint("check", "nowhere.json", "error.json", "--output-format", "json").out)
    assert [(entry["kind"], entry["path"]) for entry in parsed["errors"]] == [("unreadable-file", "nowhere.json")]
    assert [entry["path"] for entry in parsed["diagnostics"]] == ["error.json"]
    for options in ("--output-format=full", "--output-format=concise", "--statistics"):
        last = splint("check", "nowhere.json", "clean.json", options).out.splitlines()[-1]
        assert last == "1 tool error, no findings in 3 payloads of 1 file"


@pytest.mark.parametrize(
    ("arguments", "said"),
    few(
        [
            ("--output-format json=a --output-format sarif=./a", "two formats go to one file"),
            ("--output-format json=", "names no file"),
            ("--fact currency=EURO", "ISO 4217"),
        ],
        2,
    ),
)
def test_what_would_be_lost_is_refused(splint: Command, arguments: str, said: str) -> None:
    outcome = splint("check", "clean.json", *arguments.split())
    assert outcome.status == 2
    assert said in outcome.err


def test_a_stale_suppression_makes_no_payload_of_none(splint: Command, files: Path) -> None:
    """Exit 3 says that nothing was linted, whatever the settings say."""
    (files / "empty" / "splint.toml").write_text('[per-file-ignores]\n"*.yaml" = ["SPL210"]\n')
    assert splint("check", "empty").status == 3


def test_a_walk_reports_a_payload_in_another_encoding(splint: Command, files: Path) -> None:
    """What PowerShell writes is not passed over."""
    (files / "tree" / "utf16.json").write_bytes(ERROR.encode("utf-16"))
    assert "tree/utf16.json:1:1: SPL001" in splint("check", "tree", "--output-format", "concise").out


def test_a_message_stays_short_whatever_it_quotes(splint: Command, files: Path) -> None:
    """A value of a megabyte is cut."""
    value = {**BASES["cbo"], "campaign": {**BASES["cbo"]["campaign"], "objective_type": "x" * 1_000_000}}
    (files / "long.json").write_text(json.dumps(value))
    assert len(splint("check", "long.json", "--output-format", "concise").out) < 3000


ENDS: dict[str, tuple[str, int, bytes]] = {
    "what is printed is flushed": ("print('told', end='')", 0, b"told"),
    "a status is kept": ("sys.exit(3)", 3, b""),
    "no status is none": ("sys.exit()", 0, b""),
    "a text is a failure": ("sys.exit('no')", 1, b""),
    "who asked is told": ("atexit.register(print, 'told', end='')", 0, b"told"),
    "a thread is waited for": (
        "threading.Thread(target=lambda: [time.sleep(0.2), print('told', end='')]).start()",
        0,
        b"told",
    ),
}


@pytest.mark.parametrize(("does", "status", "out"), ENDS.values(), ids=ENDS)
def test_the_end_is_quick_and_leaves_nothing_undone(does: str, status: int, out: bytes) -> None:
    """Whatever a run, or a plugin in it, has begun."""
    code = f"""
import atexit, sys, threading, time
from splint import cli
def main():
    {does}
    sys.exit(0)
cli.main = main
cli.start()
"""
    done = subprocess.run([sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": PATH}, capture_output=True)
    assert (done.returncode, done.stdout) == (status, out)


def test_the_quick_end_frees_nothing() -> None:
    """What a process holds is the system's to free."""
    code = """
import sys
from splint import cli
class Held:
    def __del__(self): print("freed")
held = Held()
cli.main = lambda: sys.exit(0)
cli.start()
"""
    done = subprocess.run([sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": PATH}, capture_output=True)
    assert (done.returncode, done.stdout) == (0, b"")


def test_an_empty_text_is_no_path(splint: Command) -> None:
    outcome = splint("check", "clean.json", "")
    assert (outcome.status, outcome.out) == (2, "")
    assert "an empty text is no path: leave it out, or write . for this directory" in outcome.err


@pytest.mark.parametrize(
    "words",
    few(
        [
            "check --output-file",
            "check --column",
            "check --stdin-filename",
            "check --plugin",
            "check --config",
            "check --fact",
            "check --baseline",
            "explain --payload",
            "explain --endpoint",
            "mcp --root",
            "submit bundle.json --token-file",
        ],
        4,
    ),
)
def test_an_option_that_is_empty_is_a_usage_error(splint: Command, words: str) -> None:
    """An unset variable of a script is nobody's choice of the default."""
    outcome = splint(*words.split(), "")
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err.endswith(f"Error: {words.split()[-1]} is empty: leave it out, or give it a value\n")


@pytest.mark.parametrize(
    ("word", "said"),
    few(
        [
            ("explain", "path: leave it out"),
            ("submit", "path"),
            ("rollback", "RUN"),
            ("resume", "RUN: leave it out"),
            ("rules", "RULES: leave it out"),
            ("runs", "RUN: leave it out"),
        ],
        2,
    ),
)
def test_an_argument_that_is_empty_is_a_usage_error(splint: Command, word: str, said: str) -> None:
    """To leave it out is a way where it may be left out."""
    outcome = splint(word, "")
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err.endswith(f"Error: an empty text is no {said}\n")


def test_a_baseline_that_is_not_there_is_not_pruned_in_silence(splint: Command) -> None:
    outcome = splint("check", "clean.json", "--prune-baseline")
    assert (outcome.status, outcome.err) == (0, "splint: nothing to prune: there is no .splint-baseline.json\n")
    isolated = splint("check", "clean.json", "--prune-baseline", "--isolated")
    assert (isolated.status, isolated.err) == (0, "splint: nothing to prune: --isolated reads none\n")
    splint("check", "clean.json", "--write-baseline")
    untrusted = splint("check", "clean.json", "--prune-baseline", "--untrusted")
    assert (untrusted.status, untrusted.err.splitlines()[-1]) == (
        0,
        "splint: nothing to prune: .splint-baseline.json is left out",
    )


def test_what_the_readme_says_of_exit_status_3_holds(splint: Command) -> None:
    [row] = [line for line in (Path(__file__).parents[1] / "README.md").read_text().splitlines() if "| 3 |" in line]
    assert row == "| 3 | no payload in the whole run, no finding but SPL002 and SPL009 (never with `--force-exclude`) |"
    outcome = splint("check", "none.json", "--output-format", "json")
    assert (outcome.status, [one["code"] for one in outcome.report["diagnostics"]]) == (3, ["SPL002"])


def test_a_file_that_a_plugin_leaves_open_is_written(files: Path) -> None:
    (files / "noting.py").write_text(
        "from splint import Pack, hookimpl\nNOTES = open('notes.txt', 'w')\nNOTES.write('noted')\n"
        "@hookimpl\ndef splint_rules():\n    return Pack('noting', 'NOTE', 'Notes', None, ())\n"
    )
    (files / "one.json").write_text(json.dumps(BASES["cbo"]))
    code = "import sys; from splint.cli import start; sys.argv = ['splint', *sys.argv[1:]]; start()"
    command = [sys.executable, "-c", code, "check", "--isolated", "--plugin", "noting.py", "one.json"]
    done = subprocess.run(command, cwd=files, env={**os.environ, "PYTHONPATH": PATH}, capture_output=True)
    assert done.returncode == 0, done.stderr
    assert (files / "notes.txt").read_text() == "noted"
