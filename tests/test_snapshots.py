"""What splint says, letter by letter: the words of every finding, and of every format that is text.

`tests/snapshots/` holds it, a file a module of rules with what `full` shows of each bad example, and a file a format
with its output for the same few fixtures; and the public names. `pytest --update-snapshots` writes them anew: their
diff is to be read.
"""

import difflib
import types
from collections.abc import Iterator
from pathlib import Path

import pytest
import splint_guide
import splint_reference

import splint
from splint.reporting.reporters import FORMATS, Style
from splint.testing import Case, cases, report
from tests.command import Command

ROOT = Path(__file__).parent
SNAPSHOTS = ROOT / "snapshots"
BROKEN = [case for pack in (splint_guide.PACK, splint_reference.PACK) for case in cases(pack) if case.example.at]
REPORTERS = {reporter.name: reporter for reporter in FORMATS}
INPUTS = (
    "invalid/black-friday",
    "invalid/SPL001-trailing-comma-in-a-script.sh",
    "invalid/SPL009-comment-for-a-rule-that-holds.yaml",
    "invalid/SPL012-token-in-a-script.sh",
    "invalid/SPL103-budget-of-null.jsonc",
    "invalid/SPL210-cost-cap-on-lifetime-budget.yaml",
    "no-such-file.json",
    "-",
)
"""Files tied, documents of one file, fixes, comments, a mask, a text that breaks off, a file that is not there."""
SILENCED = """{
  // splint: ignore[SPL101] leads come in spring
  "objective_type": "LEAD_GENERATION",
  "campaign_name": "Leads"
}
"""
"""On standard input: a finding that does not count."""
SELECT = "SPL001,SPL009,SPL012,SPL101,SPL103,SPL106,SPL203,SPL210,SPL403"
"""The rules that run: some formats describe them all, and another rule's words are no change of a format."""


def snapshot_of(case: Case) -> str:
    """The snapshot that holds an example: one for the module of its rule."""
    return f"{case.rule.examples.__module__.replace('.', '/')}.txt"


MODULES = sorted({snapshot_of(case) for case in BROKEN})
OUTPUTS = {f"formats/{name}.txt": name for name in REPORTERS if name != "html"}
PUBLIC_NAMES = "public-names.txt"
REQUESTS = "requests.txt"
"""Written by tests/test_requests.py."""
REFUSALS = "refusals.txt"
"""Written by tests/test_refusals.py."""


def compared(name: str, text: str, request: pytest.FixtureRequest) -> None:
    """Hold a text against its snapshot, or make it the snapshot where the command line says so."""
    path = SNAPSHOTS / name
    if request.config.getoption("update_snapshots"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    held = path.read_bytes().decode() if path.exists() else ""
    if held != text:
        changes = difflib.unified_diff(held.split("\n"), text.split("\n"), f"snapshots/{name}", "now", lineterm="")
        pytest.fail("\n".join([*changes, "where this is as meant: pytest --update-snapshots"]), pytrace=False)


@pytest.mark.parametrize("name", MODULES)
def test_a_module_of_rules_says_what_its_snapshot_holds(name: str, request: pytest.FixtureRequest) -> None:
    compared(name, "".join(shown(case) for case in BROKEN if snapshot_of(case) == name), request)


def shown(case: Case) -> str:
    """What the rule says of its example: message, marked lines, related places, help and fix."""
    whole = report(case)
    own = whole.having(diagnostics=[diagnostic for diagnostic in whole.active if diagnostic.code == case.rule.code])
    return f"## {case}\n\n{REPORTERS['full'].render(own, Style(quiet=True))}"


@pytest.mark.parametrize("name", OUTPUTS)
def test_a_format_writes_what_its_snapshot_holds(
    name: str, command: Command, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT.parent / "fixtures")
    monkeypatch.setenv(
        "GITHUB_WORKSPACE", str(ROOT.parent / "fixtures")
    )  # whether the tests stand in a repository or not
    options = ("--isolated", "--as-of", "2026-04-01", "--select", SELECT, "--output-format", OUTPUTS[name])
    done = command("check", *INPUTS, "--stdin-filename", "leads.jsonc", *options, stdin=SILENCED)
    compared(name, done.out.replace(splint.__version__, "VERSION"), request)


def kind(value: object) -> str:
    """What a public name stands for."""
    if isinstance(value, type):
        return "exception" if issubclass(value, Exception) else "class"
    return "function" if isinstance(value, types.FunctionType) else "value"


def test_the_public_names_are_those_of_the_snapshot(request: pytest.FixtureRequest) -> None:
    """A name that comes, goes or becomes something else is a change of the contract."""
    lines = [f"{name}: {kind(getattr(splint, name))}\n" for name in splint.__all__]
    compared(PUBLIC_NAMES, "".join(lines), request)


def test_no_snapshot_is_of_something_that_is_gone(request: pytest.FixtureRequest) -> None:
    orphans = sorted(set(held()) - {*MODULES, *OUTPUTS, PUBLIC_NAMES, REQUESTS, REFUSALS})
    if request.config.getoption("update_snapshots"):
        for name in orphans:
            (SNAPSHOTS / name).unlink()
        return
    assert orphans == [], "pytest --update-snapshots removes them"


def held() -> Iterator[str]:
    """The snapshots that are there."""
    return (path.relative_to(SNAPSHOTS).as_posix() for path in SNAPSHOTS.rglob("*") if path.is_file())
