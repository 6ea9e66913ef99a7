"""Every output format says the same: one exit status, the same bytes each time, and files where they were asked for."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from functools import partial
from pathlib import Path

import pytest
import splint_guide

import splint
from splint.reporting.reporters import FORMATS
from tests.command import Command

ROOT = Path(__file__).parent.parent
PATH = os.pathsep.join(str(Path(str(module.__file__)).parents[1]) for module in (splint, splint_guide))
NAMES = [reporter.name for reporter in FORMATS]
PART = [
    "payloads/black-friday",
    "payloads/autumn",
    "payloads/SPL103-budget-of-null.jsonc",
    "payloads/SPL210-cost-cap-on-lifetime-budget.yaml",
]
"""What holds findings that count, baselined ones and such that the settings ignore."""
SETTINGS = """
as-of = 2026-04-01
[per-file-ignores]
"SPL103*" = ["SPL103"]
"""


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A part of the invalid fixtures with settings, a suppressed finding and a baseline beside them."""
    top = tmp_path_factory.mktemp("tree")
    names = sorted(path.name for path in (ROOT / "fixtures" / "invalid").iterdir() if path.suffix != ".findings")
    (top / "payloads").mkdir()
    for name in {*names[::4], *(Path(one).name for one in PART)}:
        source, target = ROOT / "fixtures" / "invalid" / name, top / "payloads" / name
        (shutil.copytree if source.is_dir() else shutil.copyfile)(source, target)
    (top / "splint.toml").write_text(SETTINGS)
    run(top, "payloads/autumn", "--write-baseline")
    return top


def run(where: Path, *arguments: str, **variables: str) -> "subprocess.CompletedProcess[bytes]":
    environment = {**os.environ, "PYTHONPATH": PATH, **variables}
    command = [sys.executable, "-c", "from splint.cli import main; main()", "check", *arguments]
    return subprocess.run(command, cwd=where, env=environment, capture_output=True)


@pytest.fixture
def check(tree: Path, command: Command, monkeypatch: pytest.MonkeyPatch) -> Command:
    """`splint check` in the tree, in this process."""
    monkeypatch.chdir(tree)
    return partial(command, "check")


def to_files(directory: Path, names: Iterable[str]) -> list[str]:
    """Options that write each format to a file of its name."""
    return [word for name in names for word in ("--output-format", f"{name}={directory / name}")]


def timeless(text: str) -> str:
    """An output without the minute of its run, which a page shows."""
    return re.sub(r"\d\d:\d\d UTC", "", text)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["concise", "full", "json-lines"])
def test_a_format_is_the_same_each_time_and_with_any_jobs(tree: Path, name: str) -> None:
    """One process and two, hash seeds apart, show the same bytes as they come, and end alike."""
    runs = [run(tree, "--output-format", name, "--jobs", jobs, PYTHONHASHSEED=jobs) for jobs in ("1", "2")]
    assert len({done.stdout for done in runs}) == 1
    assert runs[0].stdout
    assert [done.returncode for done in runs] == [1, 1], runs[0].stderr


@pytest.mark.slow
def test_files_of_all_formats_are_the_same_each_time_and_with_any_jobs(tree: Path, tmp_path: Path) -> None:
    """One process and two, hash seeds apart, write the same bytes."""
    for directory, seed, jobs in (("a", "1", "1"), ("b", "2", "2")):
        (tmp_path / directory).mkdir()
        done = run(tree, *to_files(tmp_path / directory, NAMES), "--jobs", jobs, PYTHONHASHSEED=seed)
        assert done.returncode == 1, done.stderr
    for name in NAMES:
        [written] = {timeless((tmp_path / directory / name).read_text("utf-8")) for directory in "ab"}
        assert written, name


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["payloads/black-friday", "--fail-on", "never"], 0),
        (["payloads/SPL103-budget-of-null.jsonc"], 0),
        (["payloads/black-friday", "--exit-zero"], 0),
        (["payloads/black-friday", "--no-ignores"], 1),
        (["payloads/black-friday", "--fail-on", "info"], 1),
        (["splint.toml"], 2),
        (["--plugin", "none_such"], 2),
        (["payloads/black-friday", "--config", "select=['SPL2']", "--exclude", "*"], 3),
    ],
    ids=str,
)
def test_the_format_never_changes_the_exit_status(
    check: Command, tmp_path: Path, arguments: list[str], status: int
) -> None:
    """All formats at once end as the usual one does."""
    alone = check(*arguments)
    together = check(*arguments, *to_files(tmp_path, NAMES))
    assert (alone.status, together.status) == (status, status), alone.err + together.err


def test_several_formats_come_from_one_run(check: Command, tmp_path: Path) -> None:
    """Each goes to its file, one to standard output, and each says what it says alone."""
    done = check(*PART, "--output-format", NAMES[0], *to_files(tmp_path, NAMES[1:]))
    assert done.out == check(*PART, "--output-format", NAMES[0]).out
    for name in NAMES[1:]:
        alone = check(*PART, "--output-format", name).out
        assert timeless((tmp_path / name).read_text("utf-8")) == timeless(alone), name


def test_json_and_sarif_have_suppressed_findings_too(check: Command) -> None:
    """Suppressed and baselined findings are marked there, and counted."""
    parsed = json.loads(check(*PART, "--output-format", "json").out)
    kinds = [entry["suppressed"]["kind"] for entry in parsed["diagnostics"] if entry["suppressed"]]
    assert set(kinds) == {"per-file-ignore", "baseline"}
    assert parsed["summary"]["baselined"] == kinds.count("baseline")
    assert parsed["summary"]["suppressed"] == kinds.count("per-file-ignore")
    [sarif] = json.loads(check(*PART, "--output-format", "sarif").out)["runs"]
    assert len(sarif["results"]) == len(parsed["diagnostics"])
    assert sum(bool(result["suppressions"]) for result in sarif["results"]) == len(kinds)
    assert sum(result.get("baselineState") == "unchanged" for result in sarif["results"]) == kinds.count("baseline")


def test_a_job_summary_is_appended_where_the_environment_names_a_file(
    check: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only with the format github, and behind what other steps have written."""
    summary = tmp_path / "summary.md"
    summary.write_text("before\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    check(*PART, "--output-format", "json")
    assert summary.read_text() == "before\n"
    check(*PART, "--output-format", "github")
    assert summary.read_text().startswith("before\n")
    assert "SPL210" in summary.read_text()


def test_junit_has_a_case_for_each_file_and_rule_that_ran(check: Command) -> None:
    """So many cases, whatever was found."""
    from xml.etree import ElementTree

    files = ["payloads/SPL103-budget-of-null.jsonc", "payloads/SPL210-cost-cap-on-lifetime-budget.yaml"]
    done = check(*files, "--select", "SPL1", "--output-format", "junit")
    cases = ElementTree.fromstring(done.out).findall(".//testcase")
    rules = [rule for rule in splint_guide.PACK.rules if rule.code.startswith("SPL1")]
    assert len(cases) == len(files) * len(rules)


def test_exit_zero_changes_the_exit_status_alone(check: Command) -> None:
    """Failures of JUnit follow `--fail-on`."""
    path = "payloads/SPL210-cost-cap-on-lifetime-budget.yaml"
    for form in "junit", "full":
        plain, zero = (check(path, *more, "--output-format", form) for more in ([], ["--exit-zero"]))
        assert (plain.status, zero.status) == (1, 0)
        assert plain.out == zero.out
    assert ' failures="1"' in check(path, "--exit-zero", "--output-format", "junit").out
    assert ' failures="0"' in check(path, "--fail-on", "never", "--output-format", "junit").out


def test_html_shows_the_tree_of_a_campaign(check: Command) -> None:
    """Names, budgets and findings of a bundle stand in the page."""
    text = check("payloads/SPL210-cost-cap-on-lifetime-budget.yaml", "--output-format", "html").out
    for word in (
        "Spring lamps US - April flight",
        "12000 in all",
        "US broad",
        "Workshop film",
        "Cost Cap 28",
        "SPL210",
    ):
        assert word in text


@pytest.mark.slow
def test_a_python_that_drops_docstrings_finds_the_same(tmp_path: Path) -> None:
    """The words of the rules themselves, which are docstrings, are said to be dropped."""
    (tmp_path / "a.json").write_text('{"campaign_name": "x", "advertiser_id": 7}')
    usual, dropped = (
        run(tmp_path, "--as-of", "2026-04-01", "--output-format", "json", "a.json", PYTHONOPTIMIZE=level)
        for level in ("0", "2")
    )
    assert b"SPL006" in usual.stdout
    assert (dropped.stdout, dropped.stderr, dropped.returncode) == (usual.stdout, usual.stderr, 1)
    for form in (reporter.name for reporter in FORMATS):
        whole, lacking = (
            run(tmp_path, "--as-of", "2026-04-01", "--output-format", form, "a.json", PYTHONOPTIMIZE=level).stdout
            for level in ("0", "2")
        )
        assert (b"python -OO dropped the text of this rule" in lacking) == (form in ("sarif", "html")), form
        assert form in ("sarif", "html") or lacking == whole
    page = " ".join((ROOT / "docs" / "python.md").read_text().split())
    assert "pages of rules, and what the formats `sarif` and `html` say of rules, lack their texts" in page


@pytest.mark.slow
def test_a_python_that_drops_docstrings_leaves_out_what_the_page_says(tmp_path: Path) -> None:
    """The help of a command keeps its options, a schema the descriptions of fields."""
    page = " ".join((ROOT / "docs" / "python.md").read_text().split())
    assert "`--help` lacks what commands do, and schemas of payloads lack what their objects are" in page
    environment = {**os.environ, "PYTHONPATH": PATH, "PYTHONOPTIMIZE": "2"}

    def shown(*arguments: str) -> str:
        command = [sys.executable, "-m", "splint", *arguments]
        return subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True, text=True).stdout

    help = shown("check", "--help")
    assert "Lint payload files" not in help
    assert "--select RULES " in help
    schema = json.loads(shown("schema", "campaign"))
    assert schema["description"] == ""
    assert schema["$defs"]["Campaign"]["description"] == ""
    named = schema["$defs"]["CampaignFields"]["properties"]["campaign_name"]
    assert "SPL008 missing-field" in named["description"]
