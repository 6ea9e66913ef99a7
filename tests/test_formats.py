"""Every output format says the same: one exit status, the same bytes each time, and files where they were asked for."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import splint_guide

import splint
from splint.reporters import FORMATS

ROOT = Path(__file__).parent.parent
PATH = os.pathsep.join(str(Path(str(module.__file__)).parents[1]) for module in (splint, splint_guide))
NAMES = [reporter.name for reporter in FORMATS]
SETTINGS = """
as-of = 2026-04-01
[per-file-ignores]
"SPL103*" = ["SPL103"]
"""


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invalid fixtures with settings, a suppressed finding and a baseline beside them."""
    top = tmp_path_factory.mktemp("tree")
    shutil.copytree(ROOT / "fixtures" / "invalid", top / "payloads", ignore=shutil.ignore_patterns("*.findings"))
    (top / "splint.toml").write_text(SETTINGS)
    run(top, "payloads/autumn", "--write-baseline")
    return top


def run(where: Path, *arguments: str, **variables: str) -> "subprocess.CompletedProcess[bytes]":
    environment = {**os.environ, "PYTHONPATH": PATH, **variables}
    command = [sys.executable, "-c", "from splint.cli import main; main()", "check", *arguments]
    return subprocess.run(command, cwd=where, env=environment, capture_output=True)


@pytest.mark.parametrize("name", NAMES)
def test_a_format_is_the_same_each_time_and_with_any_jobs(tree: Path, name: str) -> None:
    """Two runs, hash seeds apart, and two processes give the same bytes and the same exit status."""
    runs = [
        run(tree, "--output-format", name, PYTHONHASHSEED="1"),
        run(tree, "--output-format", name, PYTHONHASHSEED="2"),
        run(tree, "--output-format", name, "--jobs", "2", PYTHONHASHSEED="3"),
    ]
    assert len({done.stdout for done in runs}) == 1
    assert runs[0].stdout
    assert [done.returncode for done in runs] == [1, 1, 1], runs[0].stderr


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["payloads", "--fail-on", "never"], 0),
        (["payloads/SPL103-budget-of-null.jsonc"], 0),
        (["payloads", "--exit-zero"], 0),
        (["payloads", "--no-ignores"], 1),
        (["payloads", "--fail-on", "info"], 1),
        (["splint.toml"], 2),
        (["--plugin", "none_such"], 2),
        (["payloads", "--config", "select=['SPL2']", "--exclude", "*"], 3),
    ],
    ids=str,
)
def test_the_format_never_changes_the_exit_status(
    tree: Path, tmp_path: Path, arguments: list[str], status: int
) -> None:
    """All formats at once end as the usual one does."""
    alone = run(tree, *arguments)
    formats = [word for name in NAMES for word in ("--output-format", f"{name}={tmp_path / name}")]
    together = run(tree, *arguments, *formats)
    assert (alone.returncode, together.returncode) == (status, status), alone.stderr + together.stderr


def test_several_formats_come_from_one_run(tree: Path, tmp_path: Path) -> None:
    """Each goes to its file, one to standard output, and each says what it says alone."""
    formats = [word for name in NAMES[1:] for word in ("--output-format", f"{name}={tmp_path / name}")]
    done = run(tree, "--output-format", NAMES[0], *formats)
    assert done.stdout == run(tree, "--output-format", NAMES[0]).stdout
    for name in NAMES[1:]:
        assert (tmp_path / name).read_bytes() == run(tree, "--output-format", name).stdout, name


def test_what_does_not_count_still_stands_in_json_and_sarif(tree: Path) -> None:
    """Suppressed and baselined findings are marked there, and counted."""
    found = json.loads(run(tree, "--output-format", "json").stdout)
    kinds = [entry["suppressed"]["kind"] for entry in found["diagnostics"] if entry["suppressed"]]
    assert set(kinds) == {"per-file-ignore", "baseline"}
    assert found["summary"]["baselined"] == kinds.count("baseline")
    assert found["summary"]["suppressed"] == kinds.count("per-file-ignore")
    [sarif] = json.loads(run(tree, "--output-format", "sarif").stdout)["runs"]
    assert len(sarif["results"]) == len(found["diagnostics"])
    assert sum(bool(result["suppressions"]) for result in sarif["results"]) == len(kinds)
    assert sum(result.get("baselineState") == "unchanged" for result in sarif["results"]) == kinds.count("baseline")


def test_a_job_summary_is_appended_where_the_environment_names_a_file(tree: Path, tmp_path: Path) -> None:
    """Only with the format github, and behind what other steps have written."""
    summary = tmp_path / "summary.md"
    summary.write_text("before\n")
    run(tree, "--output-format", "json", GITHUB_STEP_SUMMARY=str(summary))
    assert summary.read_text() == "before\n"
    run(tree, "--output-format", "github", GITHUB_STEP_SUMMARY=str(summary))
    assert summary.read_text().startswith("before\n")
    assert "SPL210" in summary.read_text()


def test_junit_has_a_case_for_each_file_and_rule_that_ran(tree: Path) -> None:
    """So many cases, whatever was found."""
    from xml.etree import ElementTree

    files = ["payloads/SPL103-budget-of-null.jsonc", "payloads/SPL210-cost-cap-on-lifetime-budget.yaml"]
    done = run(tree, *files, "--select", "SPL1", "--output-format", "junit")
    cases = ElementTree.fromstring(done.stdout).findall(".//testcase")
    rules = [rule for rule in splint_guide.PACK.rules if rule.code.startswith("SPL1")]
    assert len(cases) == len(files) * len(rules)


def test_html_shows_the_tree_of_a_campaign(tree: Path) -> None:
    """Names, budgets and findings of a bundle stand in the page."""
    text = run(tree, "payloads/SPL210-cost-cap-on-lifetime-budget.yaml", "--output-format", "html").stdout.decode()
    for word in (
        "Spring lamps US - April flight",
        "12000 in all",
        "US broad",
        "Workshop film",
        "Cost Cap 28",
        "SPL210",
    ):
        assert word in text
