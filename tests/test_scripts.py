"""Scripts that write parts of the tree: what is generated, and the skeleton of a rule."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PARTS = ("docs/rules", "rules", "scripts", "splint", "pyproject.toml")


def run(tree: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """A Python script of a tree, with the tree as working directory."""
    return subprocess.run([sys.executable, *command], cwd=tree, capture_output=True, text=True, encoding="utf-8")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of what the scripts read and write."""
    for name in PARTS:
        source, target = ROOT / name, tmp_path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(source, target)
    return tmp_path


def test_what_is_generated_is_current() -> None:
    """The table of fields is what the models make of it, the pages of rules what the rules say."""
    done = run(ROOT, "scripts/generate", "--check")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_check_names_what_is_stale_and_writes_nothing(tree: Path) -> None:
    """A file that differs, one that is missing and one of no rule are told apart from all others, and made good."""
    page, index, table = tree / "docs/rules/SPL210.md", tree / "docs/rules/README.md", tree / "splint/schema/table.py"
    made = {path: path.read_bytes() for path in (page, index, table)}
    page.unlink()
    for path in (index, table):
        path.write_bytes(made[path] + b"\n")
    (tree / "docs/rules/SPL999.md").touch()
    done = run(tree, "scripts/generate", "--check")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.splitlines() == [
        "splint/schema/table.py is stale: run scripts/generate",
        "docs/rules/README.md is stale: run scripts/generate",
        "docs/rules/SPL210.md is stale: run scripts/generate",
        "docs/rules/SPL999.md is of no rule: run scripts/generate",
    ]
    assert not page.exists()
    assert run(tree, "scripts/generate").returncode == 0
    assert {path: path.read_bytes() for path in made} == made
    assert run(tree, "scripts/generate", "--check").stdout == ""
