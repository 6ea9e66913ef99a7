"""What is installed for a check in CI, and for the tests of splint itself, is pinned to the byte."""

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parent.parent
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
EXTRAS: dict[str, list[str]] = PROJECT["optional-dependencies"]
PROJECTS = ["action", "ci", "docs", "lowest", "test"]
"""The files that hold what splint depends on."""
FILES = [*PROJECTS, "pip"]
HASH = re.compile(r" --hash=sha256:[0-9a-f]{64}")


def text(name: str) -> str:
    return (ROOT / "requirements" / f"{name}.txt").read_text()


def entries(name: str) -> list[str]:
    """The entries of a file, each in one line."""
    lines = text(name).replace("\\\n", " ").splitlines()
    return [re.sub(" +", " ", line) for line in lines if not line.startswith("#")]


def pins(name: str) -> dict[str, set[str]]:
    """The versions of each package; several where it depends on the Python."""
    specifiers: dict[str, set[str]] = {}
    for entry in entries(name):
        requirement = Requirement(HASH.sub("", entry))
        specifiers.setdefault(canonicalize_name(requirement.name), set()).add(str(requirement.specifier))
    return specifiers


def declared(*lists: list[str]) -> list[Requirement]:
    """Requirements of pyproject.toml, other than splint itself."""
    requirements = [Requirement(line) for lines in lists for line in lines]
    return [requirement for requirement in requirements if requirement.name != PROJECT["name"]]


@pytest.mark.parametrize("name", FILES)
def test_each_entry_is_one_version_with_hashes_and_nothing_says_where_from(name: str) -> None:
    assert entries(name)
    for entry in entries(name):
        assert re.fullmatch(rf"[a-z0-9-]+==[\w.]+( ; [^\\]+?)?({HASH.pattern})+", entry), entry
    assert not re.search(r"//|@|^ *-(?!-hash)|--(index|extra|find|trusted)", text(name), re.MULTILINE)


@pytest.mark.parametrize("name", PROJECTS)
def test_what_has_a_wheel_for_each_platform_is_pinned_with_all_of_them(name: str) -> None:
    """Three Pythons on Linux and on macOS, each on two processors, and the source: more than a dozen files."""
    native = ("orjson", "pydantic-core", "pyyaml")
    counts = [len(HASH.findall(entry)) for entry in entries(name) if entry.startswith(native)]
    assert len(counts) == len(native)
    assert min(counts) > 12


def test_there_is_a_pin_within_the_bounds_for_each_requirement() -> None:
    tested = [*EXTRAS["arrow"], *EXTRAS["submit"], *EXTRAS["lsp"], *EXTRAS["mcp"], *EXTRAS["dev"]]
    for name, requirements in (
        ("ci", declared(PROJECT["dependencies"], tested, EXTRAS["slow"])),
        ("docs", declared(PROJECT["dependencies"], EXTRAS["docs"])),
        ("test", declared(PROJECT["dependencies"], tested)),
        ("action", declared(PROJECT["dependencies"])),
    ):
        pinned = pins(name)
        for requirement in requirements:
            versions = {pin.removeprefix("==") for pin in pinned[canonicalize_name(requirement.name)]}
            assert all(requirement.specifier.contains(version) for version in versions), (name, requirement)


@pytest.mark.parametrize("name", ["action", "docs", "pip", "test"])
def test_one_package_has_one_version_wherever_it_is_pinned(name: str) -> None:
    every = pins("ci")
    assert {package: pin for package, pin in pins(name).items() if every.get(package, pin) != pin} == {}
    assert name == "docs" or pins(name).keys() <= every.keys()


def test_the_lowest_versions_are_those_that_pyproject_declares() -> None:
    pinned = pins("lowest")
    for requirement in declared(PROJECT["dependencies"], EXTRAS["arrow"], EXTRAS["submit"], EXTRAS["dev"]):
        [bound], pin = requirement.specifier, pinned[canonicalize_name(requirement.name)]
        assert bound.operator == ">=", requirement
        low, [version] = Version(bound.version).release, pin
        assert Version(version.removeprefix("==")).release[: len(low)] == low, requirement  # 2.0 is the first 2.0.x


def test_urllib3_limits_how_often_an_answer_may_be_packed() -> None:
    """Chains of encodings are limited from 2.6.0 on, in redirected answers from 2.6.3 on."""
    [urllib3] = [requirement for requirement in declared(EXTRAS["submit"]) if requirement.name == "urllib3"]
    assert not any(urllib3.specifier.contains(version) for version in ("2.2.0", "2.5.0", "2.6.0", "2.6.2"))


@pytest.mark.parametrize("script", [".ci/run", ".ci/test", "scripts/docs"])
def test_scripts_of_ci_install_nothing_that_is_not_pinned(script: str) -> None:
    calls = re.findall(r"pip install .*", (ROOT / script).read_text().replace("\\\n", " "))
    assert calls
    for call in calls:
        assert "--require-hashes" in call or (
            "--no-deps" in call and call.endswith("--no-build-isolation --editable .")
        )


CLEAN = {"name": "click", "version": "8.5.1", "vulns": []}
BAD = {"name": "click", "version": "8.5.1", "vulns": [{"id": "CVE-1-2"}]}
UNKNOWN = {"name": "click", "skip_reason": "not found"}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("answer", "status", "said"),
    [
        (json.dumps({"dependencies": [CLEAN]}), 0, "no known vulnerability in 1 packages"),
        (json.dumps({"dependencies": [CLEAN, BAD]}), 1, "audit: click 8.5.1: CVE-1-2"),
        (json.dumps({"dependencies": [UNKNOWN]}), 0, "audit skipped: .* not found"),
        (json.dumps({"dependencies": [CLEAN, UNKNOWN]}), 1, "audit: not found"),
        (json.dumps({"dependencies": []}), 1, "audit failed: no package"),
        ("requests.exceptions.ConnectionError: no route", 0, "audit skipped: .* does not answer: .*no route"),
        ("usage: pip-audit", 1, "audit failed: usage"),
        ("", 1, "audit failed: no word of why"),
    ],
    ids=["clean", "vulnerable", "none known", "some not known", "none", "no answer", "another failure", "silence"],
)
def test_an_audit_fails_or_says_why_it_is_passed_over(tmp_path: Path, answer: str, status: int, said: str) -> None:
    stream = "stdout" if answer.startswith("{") else "stderr"
    (tmp_path / "pip_audit.py").write_text(f"import sys\nsys.{stream}.write({answer!r})\nsys.exit(1)\n")
    done = subprocess.run(
        [sys.executable, ROOT / "requirements" / "audit.py"],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == status, done
    assert re.search(said, done.stdout + done.stderr)
