"""`--max-findings`: how many findings of a file are shown, and what is said of the others."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from splint.cli.group import cli
from splint.reporting.reporters import MOST

KEYS = 30
FORMATS = {
    "full": "plan.json: 26 more findings left out: --max-findings says how many are shown\n",
    "concise": "plan.json: 26 more findings left out: --max-findings says how many are shown\n",
    "json": '"left_out": 26',
    "json-lines": '"left_out":26',
    "sarif": "plan.json: 26 more findings left out",
    "github": "plan.json: 26 more findings left out",
    "gitlab": "plan.json: 26 more findings left out",
    "junit": '<property name="left-out" value="26"/>',
    "markdown": "\n26 more findings left out here.\n",
    "html": "shows 5 of 31 findings",
}
"""What each says of them."""


def plan(keys: int) -> dict[str, Any]:
    """An update with as many unknown keys, and an error after them."""
    names = {f"key_{number}": number for number in range(keys)}
    return {"campaign": {**names, "campaign_name": "Primavera", "campaign_id": "7", "advertiser_id": 7}}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plan.json").write_text(json.dumps(plan(KEYS)))
    return tmp_path


def check(*options: str) -> Result:
    return CliRunner().invoke(
        cli, ["check", "plan.json", "--as-of", "2026-04-01", "--select", "SPL004,SPL006", *options]
    )


@pytest.mark.parametrize(("form", "said"), FORMATS.items())
def test_every_format_counts_what_it_leaves_out(form: str, said: str) -> None:
    """It holds so many findings, says how many more there are, and the exit status is that of all of them."""
    done = check("--output-format", form, "--max-findings", "5")
    assert (done.exit_code, said in done.stdout) == (1, True), done.stdout[-600:]
    assert said not in check("--output-format", form).stdout


def test_the_most_severe_findings_are_kept_and_all_are_counted() -> None:
    """A format that holds all findings keeps errors before others, in the order of the report."""
    whole, cut = (json.loads(check("--output-format", "json", *more).stdout) for more in ((), ("--max-findings", "1")))
    [kept] = cut["diagnostics"]
    assert kept == next(diagnostic for diagnostic in whole["diagnostics"] if diagnostic["severity"] == "error")
    assert cut["summary"] == {**whole["summary"], "left_out": len(whole["diagnostics"]) - 1}


@pytest.mark.slow
def test_by_default_formats_that_hold_all_findings_hold_ten_thousand_of_a_file(here: Path) -> None:
    """Others show each as it comes."""
    (here / "plan.json").write_text(json.dumps(plan(MOST + 1)))
    report = json.loads(check("--output-format", "json").stdout)
    assert (len(report["diagnostics"]), report["summary"]["left_out"]) == (MOST, 2)
    assert check("--output-format", "concise").stdout.count("\n") == MOST + 3


def test_findings_are_counted_by_file_while_they_are_written(here: Path) -> None:
    """Of each file the first ones, whichever of them is read when."""
    for name in ("a.json", "b.json"):
        (here / name).write_text(json.dumps(plan(KEYS)))
    lines = check("a.json", "b.json", "--output-format", "concise", "--max-findings", "2").stdout.splitlines()
    assert [line.partition(".")[0] for line in lines[:6]] == ["a", "a", "b", "b", "plan", "plan"]
    assert [line.partition(":")[2] for line in lines[6:9]] == [
        " 29 more findings left out: --max-findings says how many are shown"
    ] * 3


def test_the_setting_says_the_same(here: Path) -> None:
    """It holds where no option is given."""
    (here / "splint.toml").write_text("max-findings = 3\n")
    assert check("--output-format", "concise").stdout.count("plan.json:1:") == 3
    assert check("--output-format", "concise", "--max-findings", "4").stdout.count("plan.json:1:") == 4


def test_fixes_see_to_what_is_not_shown(here: Path) -> None:
    """`--fix` fixes every finding that it can."""
    assert check("--fix", "--select", "SPL004", "--max-findings", "1").exit_code in (0, 1)
    assert json.loads((here / "plan.json").read_text())["campaign"]["advertiser_id"] == "7"
