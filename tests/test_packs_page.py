"""docs/packs.md, followed as it stands: its files are written and used, its tables are those of the code."""

import inspect
import json
import os
import re
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path
from typing import get_args

import pytest
import splint_guide

import splint
from splint import NodeSpan, Span
from splint.payloads import nodes
from splint.rules import hooks, node_pages
from splint.rules.options import TAKES
from splint.rules.registry import load
from splint.rules.rule import Basis, rule
from tests.command import Command
from tests.test_declarations import written

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "packs.md").read_text()
FILES: dict[str, str] = dict(re.findall(r"^`([\w.]+)`:\n\n```\w+\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL))
SHOWN: list[tuple[str, str]] = re.findall(r"^```console\n\$ splint (.*?)\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
PATH = os.pathsep.join(str(Path(str(module.__file__)).parents[1]) for module in (splint, splint_guide))


@pytest.fixture
def acme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory with all files of the page."""
    assert set(FILES) == {
        *("acme.py", "splint.toml", "spring.yaml", "test_acme.py", "pyproject.toml"),
        *("formats.py", "lines.py", "autumn.lines"),
    }
    for name, text in FILES.items():
        (tmp_path / name).write_text(text)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_pack_finds_what_the_page_shows(acme: Path, command: Command) -> None:
    assert acme.is_dir()
    assert SHOWN
    for arguments, output in SHOWN:
        assert command(*arguments.split()).out == output


@pytest.mark.slow
def test_the_tests_of_the_pack_pass(acme: Path) -> None:
    """The page's own tests, run by pytest as it says: each example, and one by the library."""
    environment = {**os.environ, "PYTHONPATH": PATH, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "test_acme.py"],
        cwd=acme,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert re.match(r"8 passed", done.stdout.splitlines()[-1]), done.stdout


def test_the_reader_and_the_output_of_the_page_work(acme: Path, command: Command) -> None:
    """A TOML payload is read, one that is cut off is SPL001, and the output counts both."""
    (acme / "a.payload.toml").write_text('[campaign]\ncampaign_name = "x"\nobjective_type = "WEB_CONVERSIONS"\n')
    (acme / "b.payload.toml").write_text("campaign = ")
    files = ("a.payload.toml", "b.payload.toml")
    done = command("check", "--isolated", "--plugin", "formats.py", "--output-format", "counts", *files)
    assert (done.status, done.out) == (1, "SPL001 1\nSPL008 1\nSPL103 1\n")


def test_the_reader_with_lines_says_where_it_breaks_off(acme: Path, command: Command) -> None:
    (acme / "b.lines").write_text("budget = 5\nbudget = \n")
    done = command("check", "--isolated", "--plugin", "lines.py", "--output-format", "concise", "--quiet", "b.lines")
    assert done.out.startswith("b.lines:2:1: SPL001 the line is no name = value of JSON; ")


def test_the_page_names_the_parts_of_places() -> None:
    told = section("Hooks").partition("`NodeSpan(value, opening, key=None)` has a `Span` each:\n")[2]
    assert tuple(re.findall(r"^- `(\w+)` is ", told.partition("`Span(")[0], re.MULTILINE)) == NodeSpan._fields
    assert f"`Span({', '.join(Span._fields)})` counts" in told


def test_a_module_is_named_as_it_is_imported(acme: Path, command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(acme))
    done = command(
        "check", "--isolated", "--plugin", "acme", "--select", "ACME", "--output-format", "json", "spring.yaml"
    )
    assert [found["code"] for found in json.loads(done.out)["diagnostics"]] == ["ACME001"]
    assert tomllib.loads(FILES["pyproject.toml"])["tool"]["setuptools"]["py-modules"] == ["acme"]


def section(title: str) -> str:
    """The text below a heading, up to the next one."""
    return PAGE.split(f"\n## {title}\n")[1].split("\n## ")[0]


def first_cells(title: str) -> list[str]:
    """What stands in code in the first column of a section's tables."""
    rows = re.findall(r"^\|([^|]*)\|.*\|$", section(title), re.MULTILINE)
    return [word for row in rows for word in re.findall(r"`([^`]+)`", row)]


def test_the_page_names_every_argument_of_a_rule() -> None:
    told = {*first_cells("What a rule is"), "code", "name"} - {"@rule"}
    assert told == set(inspect.signature(rule).parameters)
    assert set(get_args(Basis)) <= set(re.findall(r"`(\w+)`", section("What a rule is")))


def arguments_shown() -> list[dict[str, str]]:
    """The values that the table of arguments shows, each as an argument of `@rule`."""
    wrapped = {"supersedes": '{{"SPL106": {}}}', "campaigns": "{{{}}}"}
    shown = []
    for name, cell in re.findall(r"^\| (?:`section`, )?`(\w+)` \| (.*) \|$", section("What a rule is"), re.MULTILINE):
        if name in ("level", "campaigns", "fix"):
            values = [f'"{word}"' for word in re.findall(r"`(error|warning|info|web|catalog|other|safe|unsafe)`", cell)]
        elif name == "basis":
            values = [f'"{word}"' for word in re.findall(r"`(\w+)`", cell)]
        else:
            values = [text for text in re.findall(r"`([^`]+)`", cell) if text[0] in "({\"'"]
        for value in values:
            is_whole = value.startswith("{") or name not in wrapped
            shown.append({name: value if is_whole else wrapped[name].format(value)})
    return shown


def test_every_value_of_the_table_of_arguments_is_one(tmp_path: Path) -> None:
    shown = arguments_shown()
    assert Counter(name for one in shown for name in one) == {
        "level": 3,
        "basis": 4,
        "documents": 1,
        "requests": 2,
        "campaigns": 3,
        "fix": 2,
        "supersedes": 6,
        "misses": 1,
    }
    path = tmp_path / "shown.py"
    path.write_text(written(*shown))
    codes = {rule.code for rule, _ in load((str(path),)).rules}
    assert codes.issuperset(f"ZED{number:03}" for number in range(1, len(shown) + 1))


def test_the_page_names_every_type_of_an_option() -> None:
    told = {cell.strip('"') for cell in first_cells("Options") if cell.startswith('"')}
    assert told == set(TAKES)


def test_the_page_names_every_hook() -> None:
    assert {cell.partition("(")[0] for cell in first_cells("Hooks")} == set(hooks.NAMES)


def test_the_reference_has_every_node() -> None:
    """Each class that splint.payloads.nodes gives has its section, and so has what rules may be called with."""
    classes = {name for name in nodes.__all__ if isinstance(getattr(nodes, name), type)}
    assert classes == {*node_pages.SHARED, *node_pages.CALLED, *node_pages.PARTS, *node_pages.MADE}
    called = {
        kind.__name__
        for selection in load().rules
        for kind in selection.rule.on
        if kind.__module__.startswith(nodes.__name__)
    }
    assert called <= set(node_pages.CALLED)


def test_a_member_without_a_docstring_stops_the_reference(monkeypatch: pytest.MonkeyPatch) -> None:
    class Bare(nodes.Node):
        """A node."""

        @property
        def unexplained(self) -> int:
            return 1

    source = "class Bare(Node):\n    '''A node.'''\n    @property\n    def unexplained(self): return 1"
    found = inspect.getsource
    monkeypatch.setattr(inspect, "getsource", lambda node: source if node is Bare else found(node))
    monkeypatch.setattr(nodes, "Tree", Bare)
    with pytest.raises(LookupError, match=r"Bare\.unexplained has no docstring"):
        node_pages.page()
