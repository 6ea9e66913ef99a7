"""docs/python.md names every option of a check, and all that reports and findings have."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

import splint
from splint.reporting.report import Diagnostic, Report
from splint.run.linter import LinterOptions

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


def test_settings_that_hold_for_a_run_of_the_command_do_not_count(tmp_path: Path) -> None:
    """The levels of a file that `config` names do, its baseline does not."""
    found = splint.check({"campaign_name": "x", "advertiser_id": 7}).active[0]
    entry = {"path": found.path, "pointer": found.pointer, "code": found.code}
    (tmp_path / "b.json").write_text(json.dumps({"version": 1, "findings": [entry]}))
    settings = tmp_path / "splint.toml"
    settings.write_text(f'baseline = "b.json"\n[severity]\n{found.code} = "info"\n')
    again = splint.check({"campaign_name": "x", "advertiser_id": 7}, config=settings)
    assert (found.code, found.pointer, "info") in [(one.code, one.pointer, one.severity) for one in again.active]
