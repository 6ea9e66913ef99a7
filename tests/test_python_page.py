"""docs/python.md names every option of a check, and all that reports and findings have."""

import re
from pathlib import Path
from typing import Any

import pytest

import splint
from splint.reporting.report import Diagnostic, Report
from splint.run.linter import LinterOptions
from tests.command import Command

PAGE = (Path(__file__).parent.parent / "docs" / "python.md").read_text(encoding="utf-8")
INTERNAL = {"apply_fixes", "at_most", "counts", "details", "field_facts", "having", "left_out", "skipped", "trials"}
"""What a report has for reporters and commands alone."""


def named(section: str) -> set[str]:
    """The names in the first column of a section's table."""
    text = PAGE.partition(f"## {section}\n")[2].partition("\n## ")[0]
    firsts = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `")]
    return {name for first in firsts for name in re.findall(r"`(\w+)", first)}


def public(kind: type) -> set[str]:
    """The public attributes that a class defines itself, without what a NamedTuple brings."""
    names = {*dir(kind), *kind.__annotations__}
    return {name for name in names if not name.startswith("_")} - set(dir(tuple))


@pytest.mark.parametrize(
    ("section", "names"),
    [
        ("Options", set(LinterOptions.__annotations__)),
        ("A report", public(Report) - INTERNAL),
        ("A finding", public(Diagnostic)),
    ],
)
def test_the_page_names_what_there_is(section: str, names: set[str]) -> None:
    assert named(section) == names


def test_the_example_of_the_page_runs(capsys: pytest.CaptureFixture[str]) -> None:
    [code] = re.findall(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    names: dict[str, Any] = {}
    with pytest.raises(splint.PayloadError):
        exec(code, names)
    assert "SPL008 /campaign " in capsys.readouterr().out


def test_of_settings_the_levels_count_and_the_baseline_does_not(
    tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For the command both do."""
    monkeypatch.chdir(tmp_path)
    Path("a.json").write_text('{"advertiser_id": "7", "campaign_name": "x", "owner_team": 7, "budgett": 7}')
    Path("splint.toml").write_text('baseline = "b.json"\n[severity]\nSPL004 = "info"\n')
    command("check", "a.json", "--write-baseline")
    assert command("check", "a.json", "--output-format", "concise", "--quiet").out == ""
    levels = {one.code: one.severity for one in splint.check(Path("a.json"), config="splint.toml").active}
    assert levels["SPL004"] == "info"
