"""Payload files as users have them: each gives the findings that are written beside it, no more and no fewer.

Beside `NAME` stands `NAME.findings`, a line a finding in the report's order: `CODE pointer`, with the document's number
between the two where a file holds several. Its first lines may say how to run: `# as-of: DATE`,
`# fact: NAME=VALUE`, `# profile: NAME`.
A directory's `together.findings` (`CODE path pointer`) is what its files give in one run.
"""

import gc
import json
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner
from splint_guide import PACK

from splint import Diagnostic, Linter
from splint.cli.group import cli

ROOT = Path(__file__).parent.parent
FIXTURES = ROOT / "fixtures"
SUFFIX = ".findings"
AS_OF = "2026-04-01"

PRESENT = sorted(path for kind in ("guide", "valid", "invalid", "live") for path in (FIXTURES / kind).rglob("*.*"))
FILES = [path for path in PRESENT if path.suffix != SUFFIX]
TOGETHER = [path for path in PRESENT if path.name == f"together{SUFFIX}"]


class Expected(NamedTuple):
    """What a fixture is to give, and how to run it."""

    findings: list[str]
    as_of: str
    facts: dict[str, str]
    profile: str

    def linter(self) -> Linter:
        return Linter(as_of=self.as_of, facts=self.facts, profile=self.profile)


def beside(path: Path) -> Path:
    return path.with_name(path.name + SUFFIX)


def expected(path: Path) -> Expected:
    lines = path.read_text(encoding="utf-8").splitlines()
    as_of = [line.removeprefix("# as-of: ") for line in lines if line.startswith("# as-of: ")]
    facts = [line.removeprefix("# fact: ").partition("=") for line in lines if line.startswith("# fact: ")]
    profile = [line.removeprefix("# profile: ") for line in lines if line.startswith("# profile: ")]
    findings = [line for line in lines if not line.startswith("#")]
    given = {name: value for name, _, value in facts}
    return Expected(findings, (as_of or [AS_OF])[0], given, (profile or ["guide"])[0])


def line(code: str, path: str, document: int | None, pointer: str) -> str:
    """A finding as a line; the root's pointer is empty and leaves nothing."""
    return " ".join(part for part in (code, path, str(document or ""), pointer) if part)


def lines(diagnostics: Iterable[Diagnostic], *, with_path: bool = False) -> list[str]:
    return [
        line(diagnostic.code, diagnostic.path if with_path else "", diagnostic.document, diagnostic.pointer)
        for diagnostic in diagnostics
    ]


def shown(path: Path) -> str:
    return path.relative_to(FIXTURES).as_posix()


@pytest.mark.parametrize("path", FILES, ids=shown)
def test_a_file_gives_the_findings_written_beside_it(path: Path) -> None:
    want = expected(beside(path))
    report = want.linter().check(path)
    assert lines(report.diagnostics) == want.findings
    assert report.errors == ()


@pytest.mark.parametrize("path", TOGETHER, ids=shown)
def test_files_that_share_ids_are_one_campaign(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(path.parent)
    want = expected(path)
    report = want.linter().check([Path(file.name) for file in FILES if file.parent == path.parent])
    assert lines(report.diagnostics, with_path=True) == want.findings


def test_the_order_of_tied_files_makes_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FIXTURES / "invalid" / "autumn")
    want = expected(Path(f"together{SUFFIX}"))
    files = [Path(file.name) for file in reversed(FILES) if file.parent == Path.cwd()]
    assert lines(want.linter().check(files).diagnostics, with_path=True) == want.findings


def test_every_fixture_has_its_findings_and_the_reverse() -> None:
    written = {path for path in PRESENT if path.suffix == SUFFIX} - set(TOGETHER)
    assert {beside(path) for path in FILES} == written


def test_every_rule_is_broken_by_an_invalid_fixture() -> None:
    written = [path for path in PRESENT if path.suffix == SUFFIX and path.is_relative_to(FIXTURES / "invalid")]
    broken = {finding.split()[0] for path in written for finding in expected(path).findings}
    assert {rule.code for rule in PACK.rules} <= broken


def test_a_fixture_named_after_a_rule_breaks_it() -> None:
    for path in FILES:
        if path.name.startswith("SPL"):
            assert path.name[:6] in {finding.split()[0] for finding in expected(beside(path)).findings}, path


@pytest.mark.parametrize("kind", ["guide", "valid"])
def test_clean_files_walked_as_one_run_give_what_is_written_beside_them(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No payload is tied to one of another file, and none of the findings is an error or a warning."""
    monkeypatch.chdir(FIXTURES)
    command = ["check", kind, "--isolated", "--as-of", AS_OF, "--fail-on", "warning", "--output-format", "json"]
    done = CliRunner().invoke(cli, command)
    report = json.loads(done.stdout)
    lines = [line(d["code"], d["path"], d.get("document"), d["pointer"]) for d in report["diagnostics"]]
    files = [path for path in FILES if path.is_relative_to(FIXTURES / kind)]
    want = [
        f"{finding[:6]} {shown(path)}{finding[6:]}" for path in files for finding in expected(beside(path)).findings
    ]
    assert sorted(lines) == sorted(want)
    assert (done.exit_code, report["errors"]) == (0, [])
    assert {d["severity"] for d in report["diagnostics"]} <= {"info"}


@pytest.mark.slow
@pytest.mark.parametrize("profile", ["guide", "reference"])
def test_a_check_leaves_nothing_to_the_garbage_collector(profile: str) -> None:
    """What waits for it keeps a whole file in memory: a service would touch new memory with each call."""
    linter = Linter(profile=profile)

    def are_left_by(paths: Iterable[Path]) -> bool:
        gc.collect()
        for path in paths:
            linter.check(path)
        return gc.collect() > 0

    gc.disable()
    try:
        are_left_by(FILES)  # the first files of a kind import modules, which leave something
        left = [path.name for path in FILES if are_left_by([path])] if are_left_by(FILES) else []
    finally:
        gc.enable()
    assert left == []
