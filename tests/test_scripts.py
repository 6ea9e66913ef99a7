"""Scripts that write parts of the tree: what is generated, and the skeleton of a rule."""

import json
import runpy
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from splint import __version__
from splint.rules.registry import load
from splint.testing import BASES

ROOT = Path(__file__).parent.parent
CODES = {selection.rule.code for selection in load().rules}
PARTS = ("docs/examples.md", "docs/nodes.md", "docs/rules", "rules", "scripts", "splint", "pyproject.toml")


def free(code: str) -> str:
    """The first code that no rule has, from this one on."""
    return next(f"{code[:3]}{n}" for n in range(int(code[3:]), 1000) if f"{code[:3]}{n}" not in CODES)


NEW = free("SPL222")


def run(tree: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """A Python script of a tree, with the tree as working directory."""
    return subprocess.run([sys.executable, *command], cwd=tree, capture_output=True, text=True, encoding="utf-8")


def copied(tmp_path: Path) -> Path:
    """A copy of what the scripts read and write."""
    for name in PARTS:
        source, target = ROOT / name, tmp_path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(source, target)
    return tmp_path


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return copied(tmp_path)


class Added(NamedTuple):
    """A tree with a new rule, and what the script that wrote it said."""

    tree: Path
    done: subprocess.CompletedProcess[str]


def added(tree: Path, code: str, *options: str) -> Added:
    return Added(tree, run(tree, "scripts/add-rule", code, "made-for-a-test", *options))


@pytest.fixture(scope="module")
def one_more(tmp_path_factory: pytest.TempPathFactory) -> Added:
    """A tree with the rule NEW, for tests that write nothing else."""
    return added(copied(tmp_path_factory.mktemp("tree")), NEW)


def test_what_is_generated_is_current() -> None:
    """The table of fields is what the models make of it, the pages of rules what the rules say."""
    done = run(ROOT, "scripts/generate", "--check")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.slow
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
    assert not (tree / "docs/rules/SPL999.md").exists()


ADDED = """
from splint.rules.registry import load
from splint.testing import cases
for selection in load().rules:
    if selection.rule.code == "{code}":
        mine = [case for case in cases(selection.pack) if case.rule.code == selection.rule.code]
        for case in mine:
            case.verify()
        print(len(mine), selection.pack.name, selection.rule.on[0].__name__, selection.rule.section)
"""


@pytest.mark.slow
def test_a_rule_is_added_where_its_neighbour_is(one_more: Added) -> None:
    """The skeleton runs, passes its own examples and lint, and has its page in a catalogue that is current."""
    assert_added(one_more, NEW, "splint_guide/targeting.py", "guide AdGroup Targeting")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "module", "rule"),
    [
        (
            f"{free('REF108')} --module bidding --on Ad",
            "splint_reference/bidding.py",
            "reference Ad Create a campaign",
        ),
        (free("SPL199"), "splint_guide/floors.py", "guide Campaign Budget floors"),
    ],
)
def test_a_rule_is_added_where_the_options_say(tree: Path, words: str, module: str, rule: str) -> None:
    code, *options = words.split()
    assert_added(added(tree, code, *options), code, module, rule)


def assert_added(one: Added, code: str, module: str, rule: str) -> None:
    tree, done = one
    assert done.returncode == 0, done.stderr
    assert f"rules/{module} has {code}" in done.stdout
    environment = "import sys; sys.path[:0] = ['.', 'rules']\n"
    assert run(tree, "-c", environment + ADDED.format(code=code)).stdout == f"2 {rule}\n"
    assert f"# {code} made-for-a-test" in (tree / f"docs/rules/{code}.md").read_text()
    assert f"({code}.md)" in (tree / "docs/rules/README.md").read_text()
    text = (tree / f"rules/{module}").read_text()
    skeleton = text[text.index(f'"{code}"') : text.index("def made_for_a_test")]
    assert f'since="{__version__}"' in skeleton
    assert f'guard=is_("{rule.split()[1]}.' in skeleton
    assert f'basis="{"stated" if code.startswith("SPL") else "reference"}"' in skeleton
    for command in (["check"], ["format", "--check"]):
        linted = run(tree, "-m", "ruff", *command, "--no-cache", f"rules/{module}")
        assert linted.returncode == 0, linted.stdout


@pytest.mark.slow
def test_the_steps_that_are_printed_are_those_of_the_page_in_its_order(one_more: Added) -> None:
    steps = (
        "scripts/mutate",
        "scripts/generate",
        "fixtures/invalid/",
        ".findings",
        "--update-snapshots",
        "CHANGELOG.md",
    )
    page = (ROOT / "CONTRIBUTING.md").read_text()
    listed = page[page.index("1. `scripts/add-rule") : page.index("[docs/packs.md](docs/packs.md) tells")]
    for text in (listed, one_more.done.stdout.partition("then: ")[2]):
        places = [text.find(step) for step in steps]
        assert -1 not in places
        assert places == sorted(places)


def test_a_clean_file_does_not_meet_the_guard_of_a_skeleton(one_more: Added, tmp_path: Path) -> None:
    """Such a rule would be called for every clean file: a start would import more, and be slower."""
    clean = tmp_path / "clean.json"
    clean.write_text(json.dumps(BASES["cbo"]))
    start = "import sys; sys.path[:0] = ['.', 'rules']; from splint.cli import main; main()"
    done = run(one_more.tree, "-c", start, "check", str(clean), "--isolated", "--select", NEW, "--profile-rules")
    assert (done.returncode, "1 rule not called" in done.stderr) == (0, True)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("SPL210 some-name", "SPL210 cost-cap-needs-daily-budget is there already"),
        (f"{NEW} cost-cap-needs-daily-budget", "SPL210 cost-cap-needs-daily-budget is there already"),
        ("ABC001 some-name", "'ABC001' is no code of a pack: give REF or SPL and three digits"),
        ("SPL22 some-name", "'SPL22' is no code of a pack"),
        (f"{NEW} Some_Name", "'Some_Name' is no rule's name"),
        (
            f"{free('SPL606')} some-name",
            r"SPL6\d\d .* with EventLog, .*: give --on Campaign, AdGroup, Ad, or copy SPL6\d\d within .*signals\.py",
        ),
        (f"{NEW} some-name deviations", "splint_guide.deviations has no tuple RULES"),
        (f"{NEW} some-name nowhere", "the pack guide has no module 'nowhere'"),
        (f"{NEW} is-deeplink urls", "splint_guide.urls has is_deeplink already"),
    ],
)
def test_a_rule_that_cannot_be_is_refused(words: str, why: str) -> None:
    """The message names what is wrong, before anything is written."""
    code, name, module = [*words.split(), None][:3]
    with pytest.raises(ValueError, match=why):
        runpy.run_path(str(ROOT / "scripts" / "add-rule"))["add"](code, name, module, None)


def test_a_refusal_is_a_usage_error() -> None:
    """The command exits with 2 and a message, without a traceback."""
    done = run(ROOT, "scripts/add-rule", "SPL210", "some-name")
    assert (done.returncode, done.stdout, "Traceback" in done.stderr) == (2, "", False)
    assert "add-rule: error: SPL210 cost-cap-needs-daily-budget is there already" in done.stderr
