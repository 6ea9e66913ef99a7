"""What splint says of real requests, held against what the live API answered.

`fixtures/requests/` has a request a file; its `_answer`, a note to splint, has the outcome (accepted, rejected or
unknown), the API's message where it is known, and the moment by which the request is judged. docs/live-api.md tells of
each request where splint and the API part: a request comes to such a list, or leaves it, by changing the page.
"""

import json
import re
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from splint.run.linter import Linter
from tests.test_snapshots import REQUESTS, compared

ROOT = Path(__file__).parent.parent
FILES = {path.stem: path for path in sorted((ROOT / "fixtures" / "requests").glob("*.json"))}
PAGE = (ROOT / "docs" / "live-api.md").read_text(encoding="utf-8")
MOST = 3
"""So many accepted requests with an error are borne."""


class Verdict(NamedTuple):
    """What splint finds in a request, with the reference profile."""

    outcome: str
    errors: tuple[str, ...]
    others: tuple[str, ...]
    """The warnings and infos."""


def verdict(path: Path) -> Verdict:
    """Judge a request as of the day it was sent."""
    answer: dict[str, Any] = json.loads(path.read_bytes())["_answer"]
    report = Linter(profile="reference", as_of=answer["as_of"]).check(path)
    assert not report.errors, report.errors
    errors = {diagnostic.code for diagnostic in report.diagnostics if diagnostic.severity == "error"}
    others = {diagnostic.code for diagnostic in report.diagnostics} - errors
    return Verdict(answer["outcome"], tuple(sorted(errors)), tuple(sorted(others)))


@pytest.fixture(scope="module")
def verdicts() -> dict[str, Verdict]:
    return {name: verdict(path) for name, path in FILES.items()}


def told(heading: str) -> dict[str, list[str]]:
    """The requests in the table under a heading of the page, each with the cells beside it."""
    _, _, rest = PAGE.partition(f"## {heading}\n")
    section, _, _ = rest.partition("\n## ")
    rows = re.findall(r"^\| \[([\w.-]+)\]\(\.\./fixtures/requests/\1\.json\) \| (.+) \|$", section, re.MULTILINE)
    return {name: cells.split(" | ") for name, cells in rows}


def test_requests_that_the_api_took_have_no_error(verdicts: dict[str, Verdict]) -> None:
    """But those that the page tells of, with their codes."""
    wrong = {
        name: " ".join(found.errors) for name, found in verdicts.items() if found.outcome == "accepted" and found.errors
    }
    assert wrong == {name: cells[0] for name, cells in told("Accepted, and an error all the same").items()}
    assert len(wrong) <= MOST


def test_requests_that_the_api_refused_have_an_error(verdicts: dict[str, Verdict]) -> None:
    """But those whose cause nobody could see in the request: the page tells why."""
    missed = {name for name, found in verdicts.items() if found.outcome == "rejected" and not found.errors}
    assert missed == set(told("Refused, and nothing to be seen"))


def test_verdicts_are_those_of_before(verdicts: dict[str, Verdict], request: pytest.FixtureRequest) -> None:
    """The codes of every request, as a snapshot: what a changed rule makes of real requests is to be read."""
    lines = [
        f"{found.outcome:<8}  {name}: {' '.join(found.errors) or 'clean'}"
        + (f" ({' '.join(found.others)})" if found.others else "")
        for name, found in sorted(verdicts.items(), key=lambda item: (item[1].outcome, item[0]))
    ]
    compared(REQUESTS, "\n".join(lines) + "\n", request)


@pytest.mark.parametrize("profile", ["guide", "reference"])
def test_no_fix_makes_a_request_for_another_objective_one_for_the_web(profile: str) -> None:
    """What the API took as an app's or a form's stays one, even with unsafe fixes."""
    from splint.fixes.application import applicable, applied

    seen = 0
    for path in FILES.values():
        document = json.loads(path.read_bytes())
        promotion = document.get("body", {}).get("promotion_type")
        if document["_answer"]["outcome"] != "accepted" or promotion in (None, "WEBSITE"):
            continue
        seen += 1
        report = Linter(profile=profile, as_of=document["_answer"]["as_of"]).check(path)
        fixes = [found.fix for found in applicable(report.diagnostics, unsafe=True) if found.fix is not None]
        fixed, _ = applied(path.read_bytes(), fixes)
        assert json.loads(fixed)["body"]["promotion_type"] != "WEBSITE", path.name
    assert seen > 10
