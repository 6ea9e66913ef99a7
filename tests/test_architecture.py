"""The house keeps its shape: layers, sizes, generated pages, public names."""

import ast
import re
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import click
import grimp
import pytest

from tests.command import Command

ROOT = Path(__file__).parent.parent
MODULES = sorted([*(ROOT / "splint").rglob("*.py"), *(ROOT / "rules").rglob("*.py")])
MADE = {
    *("splint/schema/table.py", "splint/schema/values.py"),
    *("rules/splint_guide/index.py", "rules/splint_reference/index.py"),
}


def test_modules_import_each_other_in_no_circle() -> None:
    """No import is part of a circle, within a function or not."""
    graph = grimp.build_graph("splint", exclude_type_checking_imports=True, cache_dir=None)
    edges = [(module, other) for module in graph.modules for other in graph.find_modules_directly_imported_by(module)]
    assert len(edges) > len(graph.modules)
    assert {edge for edge in edges if graph.chain_exists(importer=edge[1], imported=edge[0])} == set()


PACKAGES = sorted(path.parent.name for path in (ROOT / "splint").glob("*/__init__.py"))
PACKS = ("splint_guide", "splint_reference")
DOCS = sorted(path.name for path in (ROOT / "docs").glob("*.md"))


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


@cache
def package_imports() -> set[tuple[str, str]]:
    """Which package, pack or module at the top imports which when it runs."""
    graph = grimp.build_graph("splint", *PACKS, exclude_type_checking_imports=True, cache_dir=None)
    return {
        (within(module), within(other))
        for module in graph.modules
        for other in graph.find_modules_directly_imported_by(module)
    }


def within(module: str) -> str:
    """The package of splint that a module is in, or its pack."""
    first, *rest = module.split(".")
    return rest[0] if first == "splint" and rest else first


def uncommented(text: str) -> Iterator[str]:
    """The imports within functions that have no comment: on their line, the line above, or the import right above."""
    if not re.search(r"^[ \t]+(?:import|from) ", text, re.MULTILINE):
        return  # most modules, which need not be parsed
    inside = (one for one in ast.walk(ast.parse(text)) if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef))
    nodes = {
        node for function in inside for node in ast.walk(function) if isinstance(node, ast.Import | ast.ImportFrom)
    }
    commented = {at for at, line in enumerate(text.splitlines(), 1) if re.search(r"#(?! noqa)", line)}
    for node in sorted(nodes, key=lambda node: node.lineno):
        if commented.isdisjoint(range(node.lineno - 1, (node.end_lineno or 0) + 1)):
            yield f"{node.lineno}: {ast.unparse(node)}"
        else:
            commented.add(node.end_lineno or 0)


def test_an_import_within_a_function_says_why() -> None:
    """It is there for start time, or for what is not always installed, and a comment says which."""
    found = [f"{path.relative_to(ROOT)}:{one}" for path in MODULES for one in uncommented(path.read_text())]
    assert found == []


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("import a", 1),
        ("import a  # few need it", 0),
        ("# few need it\n    import a\n    import b", 0),
        ("import a\n    import b  # few need it", 1),
        ("import a  # noqa: E402", 1),
        ("if x:\n        from a import (\n            b,  # few need it\n        )", 0),
    ],
)
def test_the_reason_stands_beside_the_import(body: str, count: int) -> None:
    """At the top of a module an import needs none."""
    assert len(list(uncommented(f"import sys\ndef f():\n    {body}\n"))) == count


@pytest.mark.parametrize("name", PACKAGES)
def test_a_package_says_what_may_import_it(name: str) -> None:
    """A package's docstring ends with the packages that may import it: each of them does, and no other one."""
    docstring = ast.get_docstring(ast.parse((ROOT / "splint" / name / "__init__.py").read_text())) or ""
    _, said, listed = docstring.rpartition("May be imported by ")
    assert said, "its docstring does not say what may import it"
    importers = {importer.removesuffix(".py") for importer, imported in package_imports() if imported == name} - {name}
    listed = listed.split(";")[0]
    allowed = {*re.findall(r"`(\w+)`", listed), *(PACKS if "the packs" in " ".join(docstring.split()) else ())}
    if "every package but `models`" in listed:
        assert importers <= {*PACKAGES, *PACKS, "__main__"} - {"models"}
    else:
        assert importers == allowed


PRINTING = {
    "splint/server/protocol.py": {"print"},
    "splint/run/parallel.py": {"_exit"},
    "splint/rules/contained.py": {"print_exception"},
    "splint/fixes/rounds.py": {"print_exception"},
    "splint/arrow/judging.py": {"print_exception"},
}
"""What prints or exits beside the command line, which docs/architecture.md names."""


def test_nothing_but_the_command_line_and_what_the_page_names_prints_or_exits() -> None:
    calls = {"print", "exit", "_exit", "abort", "print_exc", "print_exception"}
    found: dict[str, set[str]] = {}
    for path in MODULES:
        name = path.relative_to(ROOT).as_posix()
        if name.startswith("splint/cli/") or not re.search(r"print|exit|abort", path.read_text()):
            continue
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Call) and (called := ast.unparse(node.func).rpartition(".")[2]) in calls:
                found.setdefault(name, set()).add(called)
    assert found == PRINTING
    page = (ROOT / "docs" / "architecture.md").read_text()
    assert all(word in page for word in ("`SPLINT_TRACEBACK=1`", "`server/protocol.py`", "`run/parallel.py`"))


WRITTEN_DOWN = {"splint/rules/engine_codes.py", "splint/rules/removed.py"}
"""The modules that name codes of rules."""


def test_exit_statuses_and_the_codes_of_rules_are_written_down_once() -> None:
    """The engine takes them by their names from `reporting/exit_statuses.py` and `rules/engine_codes.py`."""
    found = []
    for path in MODULES:
        name = path.relative_to(ROOT).as_posix()
        if not name.startswith("splint/") or name in {*MADE, *WRITTEN_DOWN}:
            continue
        if not re.search(r"(?:SPL|REF)\d{3}|exit|status", path.read_text()):
            continue
        for node in ast.walk(parsed(path)):
            match node:
                case ast.Constant(value=str(text)) if re.fullmatch(r"(?:SPL|REF)\d{3}", text):
                    found.append(f"{name}: {text}")
                case (
                    ast.Call(func=ast.Attribute(attr="exit" | "_exit"), args=[ast.Constant(value=int(status))])
                    | ast.Assign(targets=[ast.Name(id="status")], value=ast.Constant(value=int(status)))
                ):
                    found.append(f"{name}: {status}")
    assert found == ["splint/run/parallel.py: 0"], "only a fork, whose status nobody asks for, ends with a number"


def test_modules_stay_readable() -> None:
    """A hand-written module of the engine has at most 350 lines, of a pack (examples included) 500."""
    lines = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in MODULES}
    too_long = {name for name, count in lines.items() if count > (500 if name.startswith("rules/") else 350)}
    assert len(lines) > 300
    assert too_long <= set(MADE)


def test_public_names_have_docstrings() -> None:
    """Modules, public classes and public functions say what they are."""
    lacking = []
    for name in (str(path.relative_to(ROOT)) for path in MODULES):
        tree = parsed(ROOT / name)
        public = (
            node
            for node in tree.body
            if isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_") and name not in MADE
        )
        lacking += [name] * (not ast.get_docstring(tree))
        lacking += [f"{name}: {node.name}" for node in public if not ast.get_docstring(node)]
    assert not lacking


def test_a_rule_function_fits_a_screen() -> None:
    """A rule's function body, docstring aside, has at most 25 lines."""
    for path in (ROOT / "rules").rglob("*.py"):
        for node in parsed(path).body:
            if isinstance(node, ast.FunctionDef) and node.decorator_list and len(node.body) > 1:
                lines = (node.end_lineno or 0) - node.body[1].lineno + 1
                assert lines <= 25, f"{path.name}: {node.name} has {lines} lines"


def test_each_rule_says_which_field_is_missing() -> None:
    """The field of a finding is data (`about=`), not read out of its words."""
    calls = [
        (path, node)
        for path in (ROOT / "rules").rglob("*.py")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "missing"
    ]
    assert len(calls) >= 45
    silent = [(path, call) for path, call in calls if "about" not in {word.arg for word in call.keywords}]
    assert [f"{path.name}:{call.lineno}" for path, call in silent] == []


SAID = {"help", "message", "summary"}
"""What findings and faults say in words."""
OF_TIKTOK = {"answer.message"}
"""What TikTok says in words alone."""
COMPARED = {("splint/run/merging.py", "replace"), ("splint/payloads/meanings.py", "replace")}
"""What blanks words that are compared for equality, and what fills in a word of a table."""
SEARCHES = {
    *("partition", "rpartition", "split", "rsplit", "splitlines", "find", "rfind", "index", "rindex", "count"),
    *("startswith", "endswith", "removeprefix", "removesuffix", "replace", "translate"),
    *("search", "match", "fullmatch", "findall", "finditer", "sub"),
}


def test_no_data_is_read_out_of_words() -> None:
    """What a finding, a cause or a fault says with words it says with data, too: no help or message is searched."""
    found = []
    for path in (*ROOT.glob("splint/**/*.py"), *ROOT.glob("rules/**/*.py")):
        name = path.relative_to(ROOT).as_posix()
        for node in ast.walk(parsed(path)) if re.search(rf"\.\s*({'|'.join(SAID)})\b", path.read_text()) else ():
            looked = list[ast.expr]()
            if isinstance(node, ast.Compare) and any(isinstance(one, ast.In | ast.NotIn) for one in node.ops):
                looked = node.comparators
            called = node.func.attr if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) else ""
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and called in SEARCHES:
                looked = [node.func.value, *node.args]
            said = {ast.unparse(one) for one in looked if isinstance(one, ast.Attribute) and one.attr in SAID}
            if said - OF_TIKTOK and (name, called) not in COMPARED:
                found.append(f"{name}:{getattr(node, 'lineno', 0)}: {ast.unparse(node)}")
    assert found == []


def test_nothing_general_is_named_after_nothing() -> None:
    """No module is called utils, helpers, base, common or misc."""
    assert not {path.stem for path in MODULES} & {"utils", "helpers", "base", "common", "misc"}


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "README.md", *(f"docs/{name}" for name in DOCS)])
def test_paths_and_links_on_a_page_lead_somewhere(page: str) -> None:
    """Each path of the tree that a page names is there, and so is each file that it links to."""
    text = (ROOT / page).read_text()
    named = re.findall(r"`((?:splint|rules|scripts|tests|requirements|benchmarks|\.ci|\.github)/[\w./-]*)`", text)
    linked = [(ROOT / page).parent / target for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", text)]
    assert [str(path) for path in [*(ROOT / name for name in named), *linked] if not path.exists()] == []


def test_help_in_the_readme_is_current() -> None:
    """Every option of `splint check` that the README names is one."""
    from splint.cli.check import check
    from splint.cli.explain import explain
    from splint.cli.resume import resume
    from splint.cli.rollback import rollback
    from splint.cli.submit import submit

    commands = (check, explain, submit, resume, rollback)
    known = {word for command in commands for parameter in command.params for word in parameter.opts}
    named = set(re.findall(r"`(--[a-z-]+)", (ROOT / "README.md").read_text()))
    assert named <= known | {"--version", "--help"}


def test_the_page_of_submitting_names_every_option() -> None:
    """docs/submit.md names no option that there is not, and the four commands have the same ones in common."""
    from splint.cli import group

    context = click.Context(group.cli)
    commands = {name: group.cli.get_command(context, name) for name in ("submit", "resume", "runs", "rollback")}
    options = {
        name: {word for parameter in command.params for word in parameter.opts}
        for name, command in commands.items()
        if command is not None
    }
    named = set(re.findall(r"`(--[a-z-]+)", (ROOT / "docs" / "submit.md").read_text()))
    assert named <= set.union(*options.values())
    shared = "base-url sandbox run-dir settle rate timeout throttle-wait proxy token-file output-format"
    assert all(words >= {f"--{word}" for word in shared.split()} for words in options.values())


def test_the_page_of_settings_names_every_key() -> None:
    """docs/settings.md has a row for each key, and for no other word."""
    from splint.settings.keys import KEYS

    rows = [
        line.split("|")[1] for line in (ROOT / "docs" / "settings.md").read_text().splitlines() if line[:3] == "| `"
    ]
    assert {word for row in rows for word in re.findall(r"`([\w-]+)`", row)} == set(KEYS)


@pytest.mark.parametrize("page", ["README.md", "docs/fixes.md", "docs/refusals.md", "docs/submit.md"])
def test_output_on_a_page_is_real(page: str, command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a page shows as splint's output is what splint prints, at the time when it was written."""
    text = (ROOT / page).read_text()
    shown = re.findall(r"```console\n\$ splint (.*)\n((?:.*\n)*?)```", text)
    assert shown
    monkeypatch.chdir(ROOT)
    then = datetime(2026, 12, 1, tzinfo=UTC)
    monkeypatch.setattr("splint.settings.config.clock", then.timestamp)
    for arguments, output in shown:
        assert command(*arguments.split()).out == output, arguments


REPLACED = {
    "adopt": "register, or take over",
    "heed": "follow; a comment is a directive",
    "hole": "placeholder, or expansion of a shell",
    "mend": "fix, or correct",
    "outrank": "supersede, or come before",
    "patience": "a timeout",
    "trouble": "a tool error, a usage, configuration or internal error",
    "way_out": "help",
}
"""Words of this project's own that the field has terms for, each with these."""
WORDS_IN_THEIR_PLACE = {
    "CHANGELOG.md": {"trouble", "mend", "hole"},
    "tests/test_architecture.py": {*REPLACED},
}
"""The words that may stand in some files."""


def test_words_that_the_field_has_terms_for_stay_away() -> None:
    """No code, comment or page has one of the words that were replaced; payloads in examples say what they like."""
    words = re.compile(rf"(?<![^\W_])({'|'.join(REPLACED)})(?:s|e?d|ing)?(?![^\W_])", re.IGNORECASE)
    found = []
    for name in tracked():
        if name.endswith((".py", ".md", ".toml", ".yml", ".ts", ".lua", ".el")) and not name.startswith("fixtures/"):
            for number, line in enumerate((ROOT / name).read_text().splitlines(), 1):
                for match in words.finditer(line):
                    word = match[1].lower()
                    if word not in WORDS_IN_THEIR_PLACE.get(name, set()):
                        found.append(f"{name}:{number}: {match[0]}: say {REPLACED[word]}")
    assert found == []


def tracked() -> list[str]:
    """The files of the repository."""
    files = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True).stdout.split("\0")
    return [name for name in files if name and (ROOT / name).is_file()]


def test_no_foreign_host_or_path_is_named() -> None:
    """The repository names no registry's host and no path of a machine."""
    banned = re.compile("|".join(("pypi" + r"\.org", "python" + "hosted", r"npm" + "js", "/ro" + "ot/", "/wo" + "rk/")))
    for name in tracked():
        match = banned.search((ROOT / name).read_text(errors="replace"))
        assert match is None, f"{name}: {match and match.group()}"
