"""Which files a run reads: what git ignores, what the settings include and exclude, and how paths are named."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from splint.files.streams import SMALL, opened_regular
from splint.run.discovery import Scope, find
from splint.settings.config import ConfigError
from splint.settings.globs import Globs, ignored_in
from splint.testing import BASES
from tests.command import Command
from tests.grids import diagonal, few

TREE = (
    "a.json",
    "b.yaml",
    "build/a.json",
    "build/keep.json",
    "deep/build/a.json",
    "deep/er/a.json",
    "deep/er/b.json",
    "deep/er/[x].json",
    "doc/frotz/a.json",
    "frotz/a.json",
    "ü.json",
    "üb/a.json",
    "sp ace .json",
    "#hash.json",
    "!bang.json",
)
GIT = {
    **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}


def make(root: Path, files: Sequence[str] = (), **texts: str) -> Path:
    for name in (*files, *texts):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(texts.get(name, json.dumps(BASES["cbo"])), newline="")
    return root


def git(root: Path, *arguments: str, stdin: str = "") -> str:
    done = subprocess.run(["git", *arguments], cwd=root, env=GIT, input=stdin.encode(), capture_output=True)
    assert done.returncode in (0, 1), done.stderr
    return os.fsdecode(done.stdout)


def not_ignored(root: Path, files: Sequence[str]) -> set[str]:
    """What git itself does not ignore of some files."""
    ignored = git(root, "check-ignore", "--no-index", "-z", "--stdin", stdin="\0".join(files))
    return set(files) - set(ignored.split("\0"))


def walked(*paths: str, scope: Scope | None = None, force: bool = False) -> set[str]:
    every = scope or Scope((".json", ".yaml"))
    return {file.shown for file in find(paths or (".",), lambda _: every, force=force)}


IGNORE_FILES: dict[str, dict[str, str]] = {
    "a name at any depth": {".gitignore": "a.json\n"},
    "an anchored name": {".gitignore": "/a.json\n"},
    "a directory at any depth": {".gitignore": "build/\n"},
    "an anchored directory": {".gitignore": "/build/\n"},
    "a directory pattern on a file": {".gitignore": "a.json/\n"},
    "a slash in the middle anchors": {".gitignore": "doc/frotz\n"},
    "a suffix": {".gitignore": "*.json\n"},
    "a later line takes back": {".gitignore": "*.json\n!a.json\n"},
    "an earlier line does not": {".gitignore": "!a.json\n*.json\n"},
    "nothing is taken back in a directory that is ignored": {".gitignore": "build/\n!build/keep.json\n"},
    "but is where only its entries are": {".gitignore": "/build/*\n!/build/keep.json\n"},
    "and where everything in it is": {".gitignore": "/build/**\n!/build/keep.json\n"},
    "two stars in front": {".gitignore": "**/er\n"},
    "two stars in the middle": {".gitignore": "deep/**/a.json\n"},
    "two stars in a name": {".gitignore": "d**p/er/*.json\n"},
    "one star stays in its directory": {".gitignore": "/deep/*.json\n"},
    "a question mark": {".gitignore": "?.json\n"},
    "a set": {".gitignore": "[ab].json\n"},
    "a set that is negated": {".gitignore": "[!a].json\n"},
    "a range": {".gitignore": "[a-c].*\n"},
    "a class": {".gitignore": "[[:alpha:]].json\n"},
    "a class that nobody knows": {".gitignore": "[[:nope:]].json\n"},
    "a set without an end": {".gitignore": "[ab.json\na.json\n"},
    "a bracket that is meant": {".gitignore": "\\[x\\].json\n"},
    "a backslash at the end": {".gitignore": "a.json\\\n"},
    "comments and blank lines": {".gitignore": "# a.json\n\n   \n#hash.json\nb.yaml\n"},
    "a hash that is meant": {".gitignore": "\\#hash.json\n"},
    "a bang that is meant": {".gitignore": "\\!bang.json\n"},
    "spaces at the end": {".gitignore": "a.json   \n"},
    "a tab at the end": {".gitignore": "a.json\t\n"},
    "a space that is meant": {".gitignore": "sp\\ ace\\ .json\n"},
    "CRLF": {".gitignore": "a.json\r\nbuild/\r\n"},
    "a lone CR": {".gitignore": "a.json\rb.yaml\n"},
    "a line separator of Unicode": {".gitignore": "a.json\u2028b.yaml\n"},
    "a BOM": {".gitignore": "\ufeffa.json\n"},
    "no newline at the end": {".gitignore": "a.json"},
    "more than ASCII": {".gitignore": "ü*\n"},
    "a byte is no character": {".gitignore": "?.json\n??.json\n"},
    "many stars in a name": {".gitignore": "f*o*z/*.*s*n\n*e*p/*r/*[bx]*.*\n"},
    "many stars that fit in two ways": {".gitignore": "*e*e*/e*r/?*.*n\n*d*d/\n"},
    "many times two stars": {".gitignore": "**/b*/**/a.*\n**/doc/**/*z/**\n**/d*/**/**/b.json\n"},
    "a slash alone": {".gitignore": "/\n!\n!/\n//\n"},
    "everything": {".gitignore": "*\n"},
    "everything but directories and one file": {".gitignore": "*\n!*/\n!b.json\n"},
    "nested": {".gitignore": "a.json\n", "deep/.gitignore": "!a.json\n", "deep/er/.gitignore": "b.json\n"},
    "nested and anchored": {"deep/.gitignore": "/er/a.json\n/build\n"},
    "nested speaks of what is below it": {"deep/.gitignore": "../a.json\ndeep/er\n"},
    "info/exclude": {".git/info/exclude": "build/\n"},
    "info/exclude yields to .gitignore": {".git/info/exclude": "a.json\n", "deep/.gitignore": "!a.json\n"},
}


@pytest.mark.parametrize("files", few([pytest.param(files, id=name) for name, files in IGNORE_FILES.items()], 15))
def test_a_walk_leaves_out_what_git_ignores(
    files: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A walk finds the files of which `git check-ignore` says nothing; so do named ones with --force-exclude."""
    monkeypatch.chdir(tmp_path)
    git(tmp_path, "init", "-q")
    make(tmp_path, TREE, **files)
    expected = not_ignored(tmp_path, TREE)
    assert walked() == expected
    assert walked(*TREE, force=True) == expected
    assert walked(*TREE) == set(TREE)


STEPS = st.sampled_from(["a", "b", "ab", "*", "?", "a*", "*b", "**", "[ab]", "[!a]", "[a-b]x", "\\a", "ax", "*a*"])
LINES = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["", "", "!"]),
    st.sampled_from(["", "", "/"]),
    st.lists(STEPS, min_size=1, max_size=3).map("/".join),
    st.sampled_from(["", "", "/"]),
)
NAMES = [f"{one}/{two}/{three}" for one in ("a", "b", "ax") for two in ("a", "ab") for three in ("b", "ax", "x")]
NAMES += ["b.d", "ab", "x"]


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("repository")
    git(root, "init", "-q")
    return make(root, NAMES)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(outer=st.lists(LINES, min_size=1, max_size=4), inner=st.lists(LINES, max_size=2))
def test_any_patterns_mean_what_git_says(repository: Path, outer: list[str], inner: list[str]) -> None:
    """Whatever stands in two ignore files, a walk leaves out what git does."""
    (repository / ".gitignore").write_text("\n".join(outer))
    (repository / "a" / ".gitignore").write_text("\n".join(inner))
    top = str(repository)
    files = walked(top, scope=Scope(("",)))
    assert {os.path.relpath(name, top) for name in files if ".git" not in name} == not_ignored(repository, NAMES)


def test_outside_of_a_repository_nothing_is_ignored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A .gitignore counts in a repository only, and not where settings say so."""
    monkeypatch.chdir(make(tmp_path, ("a.json",), **{".gitignore": "a.json"}))
    assert walked() == {"a.json"}
    git(tmp_path, "init", "-q")
    assert walked() == set()
    assert walked(scope=Scope((".json",), respect_gitignore=False)) == {"a.json"}


def test_a_repository_within_another_begins_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the outer repository ignores says nothing of the files of an inner one."""
    monkeypatch.chdir(tmp_path)
    make(tmp_path, ("a.json", "sub/a.json", "sub/b.json"), **{".gitignore": "a.json", "sub/.gitignore": "b.json"})
    git(tmp_path, "init", "-q")
    assert walked() == set()
    git(tmp_path / "sub", "init", "-q")
    assert walked() == walked("sub") == {"sub/a.json"}


def test_a_worktree_follows_the_excludes_of_its_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where .git is a file, info/exclude is found where it leads."""
    main_ = make(tmp_path / "main", ("x.txt",))
    git(main_, "init", "-q")
    git(main_, "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "--allow-empty", "-m", "a")
    git(main_, "worktree", "add", "-q", str(tmp_path / "tree"))
    make(main_, **{".git/info/exclude": "a.json"})
    monkeypatch.chdir(make(tmp_path / "tree", ("a.json", "b.json")))
    assert walked() == not_ignored(tmp_path / "tree", ("a.json", "b.json")) == {"b.json"}


def test_ignore_files_that_are_none_count_for_nothing(tmp_path: Path) -> None:
    """A .gitignore that is a directory, and one that is no UTF-8, stop nothing."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "one" / ".gitignore").mkdir(parents=True)
    (tmp_path / ".gitignore").write_bytes(b"\xff.json\n")
    rules = ignored_in(str(tmp_path / "one"))
    assert rules.fits(os.fsdecode(os.fsencode(tmp_path) + b"/one/\xff.json"), is_directory=False)
    assert not rules.fits(str(tmp_path / "one" / "y.json"), is_directory=False)


FITS: dict[str, tuple[list[str], dict[str, bool]]] = {
    "a name": (["a.json"], {"a.json": True, "x/a.json": True, "a.json/b": True, "aajson": False}),
    "a directory": (["drafts/"], {"drafts/a": True, "x/drafts/y/a": True, "drafts": False}),
    "a path": (["x/*.json"], {"x/a.json": True, "x/y/a.json": False, "z/x/a.json": False}),
    "taking back": (["x/", "!x/a.json"], {"x/a.json": False, "x/b.json": True}),
    "braces": (["*.{json,yaml}"], {"a.json": True, "b/a.yaml": True, "a.yml": False, "a.{json,yaml}": False}),
    "braces within braces": (["{a,b{c,d}}.json"], {"a.json": True, "bd.json": True, "b.json": False}),
    "a brace that is meant": (["\\{a,b}"], {"{a,b}": True, "a": False}),
    "a brace alone": (["{a}", "{b"], {"{a}": True, "{b": True, "a": False}),
    "from here": (["./a.json"], {"a.json": True, "x/a.json": False}),
    "not from here": (["*.json", "!./a.json"], {"a.json": False, "x/a.json": True}),
    "upper case": (["A.JSON"], {"a.json": False, "A.JSON": True}),
    "a newline": (["a*"], {"a\nb": True}),
    "none": ([], {"a": False}),
}


@pytest.mark.parametrize(("patterns", "expected"), FITS.values(), ids=FITS.keys())
def test_patterns_of_settings_fit_files(patterns: list[str], expected: dict[str, bool]) -> None:
    """A pattern fits a file, and what lies in a directory that it fits; nothing fits outside of its directory."""
    globs = Globs("/top/in", patterns)
    assert {name: globs.fits(f"/top/in/{name}") for name in expected} == expected
    assert not any(globs.fits(f"/top/{name}") for name in expected)


def test_a_whole_path_may_be_a_pattern() -> None:
    """An absolute path that leads into the patterns' directory fits what it names."""
    globs = Globs("/top/in", ["/top/in/drafts/*.json"])
    assert globs.fits("/top/in/drafts/a.json")
    assert not globs.fits("/top/in/x/drafts/a.json")


def test_braces_do_not_explode() -> None:
    """A pattern that would stand for a million others stands for itself."""
    assert not Globs("/", ["{a,b}" * 20]).fits("/" + "a" * 20)


# -- include, exclude ----------------------------------------------------------------------------------------------

INCLUDES: dict[str, tuple[str, str, str]] = {
    "a directory": ('include = ["p"]', ".", "p/a.json p/d/b.json p/d/c.yaml"),
    "a file": ('include = ["p/a.json"]', ".", "p/a.json"),
    "a suffix at any depth": ('include = ["*.yaml"]', ".", "p/d/c.yaml q/c.yaml"),
    "a suffix here": ('include = ["./*.json"]', ".", "a.json"),
    "a suffix in a directory": ('include = ["p/*.json"]', ".", "p/a.json"),
    "a suffix below a directory": ('include = ["p/**/*.json"]', ".", "p/a.json p/d/b.json"),
    "two suffixes": ('include = ["p/**/*.{json,yaml}"]', ".", "p/a.json p/d/b.json p/d/c.yaml"),
    "a wildcard of directories": ('include = ["*/d"]', ".", "p/d/b.json p/d/c.yaml"),
    "what is taken back": ('include = ["p", "!p/d"]', ".", "p/a.json"),
    "what another directory has": ('include = ["p/../q"]', ".", "q/c.yaml"),
    "what is excluded": ('include = ["p", "q"]\nexclude = ["p/d/"]', ".", "p/a.json q/c.yaml"),
    "what is excluded itself": ('include = ["p/d", "q"]\nexclude = ["p/d"]', ".", "q/c.yaml"),
    "what lies in what is excluded": ('include = ["p/d/*.json", "q"]\nexclude = ["/p"]', ".", "q/c.yaml"),
    "from a subdirectory": ('include = ["p/*.json"]', "q", "../p/a.json"),
    "the same twice": ('include = ["p/*.json", "p"]', ".", "p/a.json p/d/b.json p/d/c.yaml"),
    "nothing": ("include = []", "p", "a.json d/b.json d/c.yaml"),
    "no file that fits": ('include = ["nowhere/*.json", "q"]', ".", "q/c.yaml"),
    "exclude a suffix": ('exclude = ["*.json"]', ".", "p/d/c.yaml q/c.yaml"),
    "exclude and take back": ('exclude = ["*.json", "!b.json"]', ".", "p/d/b.json p/d/c.yaml q/c.yaml"),
    "exclude from a subdirectory": ('exclude = ["p/d"]', "p", "a.json"),
    "exclude with ./": ('exclude = ["./p", "./q"]', ".", "a.json"),
}

Check = Callable[..., tuple[int, set[str], str]]


@pytest.fixture
def check(command: Command) -> Check:
    """Run `check` and name the files that it spoke of, by a rule that always speaks."""

    def run(*arguments: str) -> tuple[int, set[str], str]:
        ended = command("check", "--output-format", "concise", *arguments)
        names = {line.split(":")[0] for line in ended.out.splitlines() if ":" in line}
        return ended.status, names, ended.err

    return run


BAD = json.dumps({**BASES["cbo"], "campaign": {**BASES["cbo"]["campaign"], "budget": 0}})


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    names = ("a.json", "p/a.json", "p/d/b.json", "p/d/c.yaml", "q/c.yaml")
    make(tmp_path, **dict.fromkeys(names, BAD))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(("text", "where", "expected"), INCLUDES.values(), ids=INCLUDES.keys())
def test_a_run_without_paths_reads_what_the_settings_say(
    text: str, where: str, expected: str, tree: Path, check: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Include and exclude are patterns of the settings file's directory, wherever the run begins."""
    make(tree, **{"splint.toml": text})
    monkeypatch.chdir(tree / where)
    assert check() == (1, set(expected.split()), "")


def test_include_names_what_is_there(tree: Path, check: Check) -> None:
    """A path under `include` that does not exist is an error."""
    make(tree, **{"splint.toml": 'include = [\n  # pp\n  "p",\n  "pp"]'})
    status, _, told = check()
    assert status == 2
    assert "Error: splint.toml:4: include: 'pp' is no file or directory in .\n" in told


NAMED: dict[str, tuple[str, str]] = {
    "a directory that is excluded, named": ("p --config exclude=p", "p/a.json p/d/b.json p/d/c.yaml"),
    "a directory that is excluded, walked to": (". --config exclude=p", "a.json q/c.yaml"),
    "a file that is excluded, named": ("p/a.json --config exclude=p", "p/a.json"),
    "a file in what is excluded, forced": ("p/a.json q/c.yaml --config exclude=p --force-exclude", "q/c.yaml"),
    "the option adds to the setting": (". --config exclude=p --exclude q", "a.json"),
    "the option in a subdirectory": ("p --exclude p/d", "p/a.json"),
    "a path with steps up": ("p/../q", "q/c.yaml"),
    "one file by two ways": ("q ./q/c.yaml", "q/c.yaml"),
}


@pytest.mark.parametrize(("arguments", "expected"), NAMED.values(), ids=NAMED.keys())
def test_what_is_named_is_read(arguments: str, expected: str, tree: Path, check: Check) -> None:
    """Patterns leave out what a walk comes to; with --force-exclude what is named, too."""
    assert check(*arguments.split()) == (1, set(expected.split()), "")


def test_absolute_paths_are_named_as_relative_ones(tree: Path, check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    """A report names files as seen from the working directory, also outside of it; their own settings count."""
    make(tree, **{"q/splint.toml": 'ignore = ["ALL"]', "splint.toml": 'exclude = ["d"]'})
    monkeypatch.chdir(tree / "q")
    assert check(str(tree / "p"), "c.yaml") == (1, {"../p/a.json"}, "")
    assert check("--exclude", str(tree / "q"), "..")[1] == {"../a.json", "../p/a.json"}


BEHIND = "q/c.yaml q/link/a.json q/link/d/b.json q/link/d/c.yaml"
LINKS: dict[str, tuple[dict[str, str], str, str]] = {
    "to what is walked too": ({"p/link": "../q"}, ".", "a.json p/a.json p/d/b.json p/d/c.yaml q/c.yaml"),
    "to what is walked earlier": ({"q/link": "../p"}, ".", "a.json p/a.json p/d/b.json p/d/c.yaml q/c.yaml"),
    "to what is named too": ({"p/link": "../q"}, "p q", "p/a.json p/d/b.json p/d/c.yaml q/c.yaml"),
    "to what is not walked": ({"q/link": "../p"}, "q", BEHIND),
    "to what is excluded": ({"q/link": "../p"}, ". --exclude /p", "a.json q/c.yaml"),
    "to a part of what is excluded": ({"q/link": "../p/d"}, ". --exclude /p", "a.json q/c.yaml"),
    "to what holds something excluded": ({"a": "p"}, ". --exclude /p/d --exclude /p/*.json", "a.json q/c.yaml"),
    "to a name that no walk enters": (
        {"q/link": "../node_modules"},
        ".",
        "a.json p/a.json p/d/b.json p/d/c.yaml q/c.yaml",
    ),
    "to such a name beside the walk": ({"q/link": "../node_modules"}, "q", "q/c.yaml"),
    "to what git ignores beside the walk": ({"q/link": "../z_real"}, "q", "q/c.yaml"),
    "to what git ignores": ({"a": "z_real"}, ".", "a.json p/a.json p/d/b.json p/d/c.yaml q/c.yaml"),
    "to what holds something ignored": ({"a": "kept"}, ".", "a.json p/a.json p/d/b.json p/d/c.yaml q/c.yaml"),
    "to a directory below": ({"q/link": "../p", "p/d/up": "../d"}, "q", BEHIND),
    "two": ({"q/link": "../p", "q/other": "../p"}, "q", BEHIND),
    "one that is excluded": ({"q/link": "../p"}, "q --exclude link", "q/c.yaml"),
    "to what is above the walk": ({"q/up": "..", "p/d/up": "../.."}, "p q", "p/a.json p/d/b.json p/d/c.yaml q/c.yaml"),
    "a loop beside the walk": ({"q/link": "../p", "p/d/up": ".."}, "q", BEHIND),
    "each in the other": ({"p/q": "../q", "q/p": "../p"}, ".", "a.json p/a.json p/d/b.json p/d/c.yaml q/c.yaml"),
    "named": ({"q/link": "../p"}, "q/link", "q/link/a.json q/link/d/b.json q/link/d/c.yaml"),
    "to what git keeps": ({"q/link": "../.git/p"}, "q", "q/c.yaml"),
    "to nothing": ({"q/link": "../nothing"}, "q", "q/c.yaml"),
}


@pytest.mark.parametrize(("links", "arguments", "expected"), LINKS.values(), ids=LINKS.keys())
def test_a_walk_enters_a_symlink_within_the_tree(
    links: dict[str, str], arguments: str, expected: str, tree: Path, check: Check
) -> None:
    """What is reached in two ways is read once, by its own path; what that path leaves out no symlink leads to."""
    hidden = (".git/p/a.json", "node_modules/pack/a.json", "z_real/a.json", "kept/x/a.json", "kept/x.json")
    make(tree, **dict.fromkeys(hidden, BAD), **{".gitignore": "/z_real/\n", "kept/.gitignore": "/x*\n"})
    for name, target in links.items():
        (tree / name).symlink_to(target)
    assert check(*arguments.split()) == (1, set(expected.split()), "")


def test_no_directory_is_listed_twice(tmp_path: Path, check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many symlinks lead to it, or to those above it."""
    monkeypatch.chdir(make(tmp_path, **{f"deep/{'d/' * 20}a.json": BAD, "top/b.json": BAD}))
    for depth in range(20):
        (tmp_path / "top" / f"link{depth}").symlink_to(tmp_path / "deep" / ("d/" * depth))
        (tmp_path / "deep" / f"link{depth}").symlink_to(tmp_path / "deep" / ("d/" * depth))
    listed: list[str] = []
    scandir = os.scandir

    def noting(path: str) -> object:
        listed.append(os.path.realpath(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", noting)
    assert check("top")[1] == {"top/b.json", f"top/link0/{'d/' * 20}a.json"}
    of_deep = [path for path in listed if "/deep" in path]
    assert len(set(of_deep)) == 21
    assert len(of_deep) <= 2 * 21  # a symlink into what was walked is looked into once


def test_settings_are_looked_for_on_the_way_that_is_named(tree: Path, check: Check) -> None:
    """A linked directory has the settings of where the link lies, not of where it leads."""
    make(tree, **{"p/splint.toml": 'ignore = ["ALL"]'})
    (tree / "q" / "link").symlink_to(tree / "p" / "d")
    assert check("p/d")[0] == 0
    assert check("q/link")[1] == {"q/link/b.json", "q/link/c.yaml"}


def test_a_directory_that_cannot_be_listed_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A walk does not pass over a directory that it cannot read: what is in there would seem clean."""
    monkeypatch.chdir(make(tmp_path, ("sub/a.json",)))
    listed = os.scandir

    def scandir(path: str) -> object:
        if path.endswith("sub"):
            raise PermissionError(13, "Permission denied", path)
        return listed(path)

    monkeypatch.setattr(os, "scandir", scandir)
    with pytest.raises(ConfigError, match="sub: cannot be read: Permission denied; --exclude leaves it out"):
        walked()
    assert walked(scope=Scope((".json",), (Globs(str(tmp_path), ["sub"]),))) == set()


@pytest.mark.parametrize(
    ("pattern", "path"),
    few(
        [
            ("*a*a*a*a*a*ab", "a" * 100),
            (f"*{'a*' * 50}b", "a" * 255),
            ("**/a/**/a/**/a/**/a/**/b", "/".join("a" * 2_000)),
            ("**/a*a*/**/a*a*a*/**/x", "/".join(["a" * 50] * 60)),
        ],
        2,
    ),
)
def test_a_pattern_never_tries_all_ways(pattern: str, path: str) -> None:
    """A pattern of many wildcards says within a moment that a long name does not fit."""
    start = process_time()
    globs = Globs("/top", (pattern,))
    assert not globs.fits(f"/top/{path}")
    assert globs.judge(f"/top/{path}", is_directory=True) is None
    assert process_time() - start < 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is full")
@pytest.mark.parametrize(
    ("words", "unbuffered"),
    few(
        diagonal(
            [
                "check --isolated .",
                "rules",
                "rules SPL106",
                "schema bundle",
                "schema",
                "config",
                "--help",
                "init --dry-run",
            ],
            ["", "1"],
        ),
        3,
    ),
)
def test_a_full_disk_is_told_as_what_it_is(tmp_path: Path, words: str, unbuffered: str) -> None:
    """In a line, without the usage of the command, which is no cause of it; also at the end of the process."""
    make(tmp_path, ("a.json",), **{"b.json": "{"})
    with Path("/dev/full").open("wb") as full:
        command, environment = [sys.executable, "-m", "splint", *words.split()], {"PYTHONUNBUFFERED": unbuffered}
        done = subprocess.run(
            command, cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, env={**os.environ, **environment}
        )
    said = done.stderr.decode().splitlines()
    assert (done.returncode, said[-1]) == (2, "Error: standard output: cannot be written: No space left on device")
    assert not [line for line in said if line.startswith(("Usage", "Traceback", "Exception"))]


@pytest.mark.parametrize("size", [0, 1, SMALL - 1, SMALL, SMALL + 1, 3 * SMALL])
def test_a_regular_file_is_read_to_its_end(tmp_path: Path, size: int) -> None:
    file, data = tmp_path / "a.json", bytes(at % 251 for at in range(size))
    file.write_bytes(data)
    with opened_regular(str(file)) as stream:
        assert stream.read() == data


def test_a_regular_file_is_read_to_its_end_where_the_system_answers_with_less(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, read = tmp_path / "a.json", os.read
    file.write_bytes(b"0123456789")
    monkeypatch.setattr(os, "read", lambda descriptor, size: read(descriptor, min(size, 4)))
    with opened_regular(str(file)) as stream:
        assert stream.read() == b"0123456789"


def test_what_is_no_regular_file_any_more_leaves_no_descriptor_open(tmp_path: Path) -> None:
    before = {*Path("/dev/fd").iterdir()}
    with pytest.raises(IsADirectoryError):
        opened_regular(str(tmp_path))
    assert {*Path("/dev/fd").iterdir()} == before
