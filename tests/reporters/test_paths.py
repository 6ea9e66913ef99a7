"""Formats that CI reads name files from the repository's top, and findings by what no working directory changes."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

import splint
from splint.files import from_here
from splint.files.repository import commit, lasting_path, path_in_repository
from tests.command import Command
from tests.grids import few

FIELDS = {"campaign_name": "Spring", "objective_type": "WEB_CONVERSIONS", "budget_mode": "SOMETIMES"}
FORMATS = ("sarif", "github", "gitlab", "junit")
COMMIT = "0123456789abcdef0123456789abcdef01234567"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with a payload in `plans/spring` and a file that cannot be parsed beside it."""
    (tmp_path / ".git").mkdir()
    plans = tmp_path / "plans" / "spring"
    plans.mkdir(parents=True)
    (plans / "a.json").write_text(json.dumps({"campaign": FIELDS}))
    (plans / "broken.json").write_text('{"campaign_name": ')
    return tmp_path


def texts(command: Command, *paths: str) -> dict[str, str]:
    """What each format writes of the same files."""
    return {name: command("check", *paths, "--isolated", "--output-format", name).out for name in FORMATS}


def shown(outputs: dict[str, str]) -> dict[str, set[str]]:
    """The paths in each format's output."""
    sarif: Any = json.loads(outputs["sarif"])["runs"][0]
    return {
        "sarif": {
            place["physicalLocation"]["artifactLocation"]["uri"]
            for result in sarif["results"]
            for place in result["locations"]
        },
        "github": {
            part.removeprefix("file=")
            for line in outputs["github"].splitlines()
            for part in line.split("::")[1].split(" ", 1)[1].split(",")
            if part.startswith("file=")
        },
        "gitlab": {entry["location"]["path"] for entry in json.loads(outputs["gitlab"])},
        "junit": {suite.attrib["name"] for suite in ElementTree.fromstring(outputs["junit"])},
    }


@pytest.mark.parametrize(
    ("directory", "arguments"),
    few(
        [(".", ["."]), ("plans", ["."]), ("plans/spring", ["a.json", "broken.json"]), ("plans", ["../plans/spring"])], 2
    ),
)
def test_no_working_directory_changes_what_ci_reads(
    repository: Path, command: Command, monkeypatch: pytest.MonkeyPatch, directory: str, arguments: list[str]
) -> None:
    """Each format says the same, its fingerprints too, from wherever in the repository it runs."""
    monkeypatch.chdir(repository)
    expected = texts(command, "plans")
    assert {name: {"plans/spring/a.json", "plans/spring/broken.json"} for name in FORMATS} == shown(expected)
    monkeypatch.chdir(repository / directory)
    assert texts(command, *arguments) == expected


def test_the_name_of_standard_input_through_a_symlink_above_the_working_directory(
    repository: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is that of the file from here, to which the settings of the file apply."""
    (repository / "link").symlink_to("plans")
    (repository / "plans" / "splint.toml").write_text('[per-file-ignores]\n"./spring/a.json" = ["SPL102"]\n')
    monkeypatch.chdir(repository / "plans")
    text = (repository / "plans/spring/a.json").read_text()
    outputs = [
        command("check", "-", "--stdin-filename", name, "--output-format", "json", stdin=text).out
        for name in ("spring/a.json", f"{repository}/link/spring/a.json")
    ]
    assert outputs[0] == outputs[1]
    assert json.loads(outputs[0])["diagnostics"]


def test_an_unreadable_file_has_one_fingerprint(
    repository: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The errors of splint itself too are known again, though their messages show paths as they were given."""

    def entry(directory: Path, path: str) -> Any:
        monkeypatch.chdir(directory)
        [found] = json.loads(command("check", path, "--isolated", "--output-format", "gitlab").out)
        return found

    (repository / "plans" / "gone.json").symlink_to("nowhere.json")
    first, second = entry(repository, "plans/gone.json"), entry(repository / "plans", "gone.json")
    assert first["location"] == second["location"] == {"path": "plans/gone.json", "lines": {"begin": 1}}
    assert first["fingerprint"] == second["fingerprint"]


def test_an_id_is_the_fingerprint_of_sarif_wherever_it_is_made(
    repository: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In both JSON formats and the library's report, from any directory."""

    def ids(directory: Path, path: str) -> list[list[str]]:
        monkeypatch.chdir(directory)

        def out(name: str) -> str:
            return command("check", path, "--isolated", "--output-format", name).out

        [run] = json.loads(out("sarif"))["runs"]
        lines = map(json.loads, out("json-lines").splitlines())
        return [
            [result["partialFingerprints"]["splint/v1"] for result in run["results"]],
            [finding["id"] for finding in json.loads(out("json"))["diagnostics"]],
            [line["id"] for line in lines if line["type"] == "diagnostic"],
            [finding["id"] for finding in splint.check(Path(path)).model_dump()["diagnostics"]],
        ]

    (repository / "plans" / "spring" / "a.json").write_text(json.dumps({"campaign": FIELDS | {"budget": 0, "u": 1}}))
    first = ids(repository, "plans/spring/a.json")
    assert len(set(first[0])) > 1
    assert first == [first[0]] * 4 == ids(repository / "plans", "spring/a.json")


def test_findings_that_are_alike_have_ids_of_their_own(
    tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In every format the same ones, whatever else the file holds; the first keeps the id that it had alone."""
    monkeypatch.chdir(tmp_path)
    block = f"```json\n{json.dumps(FIELDS | {'budget': 0})}\n```\n\n"

    def ids(text: str) -> list[str]:
        Path("a.md").write_text(text)
        report = splint.check(Path("a.md"), select=["SPL102"]).model_dump()
        out = command("check", "a.md", "--isolated", "--select", "SPL102", "--output-format", "json-lines").out
        streamed = [line["id"] for line in map(json.loads, out.splitlines()) if line["type"] == "diagnostic"]
        assert streamed == [finding["id"] for finding in report["diagnostics"]]
        return streamed

    [alone] = ids(block)
    first, second, third = ids(block * 3)
    assert first == alone
    assert len({first, second, third}) == 3
    assert ids(block.replace("SOMETIMES", "BUDGET_MODE_TOTAL") + block * 3) == [first, second, third]


def test_what_people_read_keeps_the_paths_of_the_working_directory(
    repository: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A path that is shown can be opened from where splint was called."""
    monkeypatch.chdir(repository / "plans")
    for name in ("concise", "json"):
        assert "plans/spring" not in command("check", ".", "--isolated", "--output-format", name).out


def test_a_baseline_holds_wherever_it_is_used(
    repository: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its entries are relative to itself, and what SARIF says of them is found again."""
    monkeypatch.chdir(repository)
    baseline = "--baseline=.splint-baseline.json"
    command("check", "plans", "--isolated", baseline, "--write-baseline")
    monkeypatch.chdir(repository / "plans")
    above = "--baseline=../.splint-baseline.json"
    [run] = json.loads(command("check", ".", "--isolated", above, "--output-format", "sarif").out)["runs"]
    assert {result["baselineState"] for result in run["results"]} == {"unchanged"}
    assert {
        one["location"]["physicalLocation"]["artifactLocation"]["uri"]
        for result in run["results"]
        for one in result["suppressions"]
    } == {".splint-baseline.json"}


@pytest.fixture
def linked(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository by a path through a symlink above it, as a shell's `$PWD` may be."""
    link = tmp_path_factory.mktemp("above") / "link"
    link.symlink_to(repository.parent)
    return link / repository.name


@pytest.mark.parametrize("directory", few([".", "plans", "plans/spring"], 2))
def test_a_symlink_above_the_working_directory_gives_no_file_another_name(
    repository: Path, linked: Path, command: Command, monkeypatch: pytest.MonkeyPatch, directory: str
) -> None:
    """Neither in what CI reads, nor where people read, nor in the library's ids; and settings fit the file."""
    (repository / "splint.toml").write_text('per-file-ignores = {"plans/spring/a.json" = ["SPL102"]}\n')
    monkeypatch.chdir(repository)
    expected = texts(command, "plans")
    ids = [one["id"] for one in splint.check(Path("plans/spring/a.json")).model_dump()["diagnostics"]]
    monkeypatch.chdir(repository / directory)
    assert texts(command, str(linked / "plans")) == expected
    of_library = splint.check(linked / "plans/spring/a.json").model_dump()["diagnostics"]
    assert [one["id"] for one in of_library] == ids
    plain = [command("check", str(top / "plans"), "--output-format", "json").out for top in (repository, linked)]
    assert plain[0] == plain[1]
    assert json.loads(plain[0])["summary"]["suppressed"] == 1
    linter = splint.Linter(config=linked / "splint.toml")
    for path in (Path("spring/a.json"), linked / "plans/spring/a.json"):
        monkeypatch.chdir(repository / "plans")
        assert linter.check(path).summary["suppressed"] == 1
    monkeypatch.chdir(repository / directory)
    with_config = command("check", str(linked / "plans"), "--config", str(linked / "splint.toml"))
    assert "suppressed" in with_config.out


@pytest.mark.parametrize(
    ("path", "named"),
    few(
        [
            ("other/loose.json", "other/loose.json"),  # symlinks below keep their names
            ("away/a.json", "away/a.json"),
            ("away/../spring/a.json", "plans/spring/a.json"),
            ("plans/../plans/spring", "plans/spring"),
            ("", "."),
        ],
        2,
    ),
)
def test_symlinks_below_the_working_directory_keep_their_names(
    repository: Path, linked: Path, monkeypatch: pytest.MonkeyPatch, path: str, named: str
) -> None:
    """But for one before a `..`, which leads elsewhere than the words say."""
    (repository / "other").mkdir()
    (repository / "other" / "loose.json").symlink_to("../plans/spring/a.json")
    (repository / "away").symlink_to("plans/spring")
    monkeypatch.chdir(repository)
    assert from_here(f"{linked}/{path}") == named
    assert path_in_repository(f"{linked}/{path}") == named


def test_a_baseline_of_one_way_to_the_directory_holds_for_the_others(
    repository: Path, linked: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Written by the path through a symlink, it is the one that a run without it writes, and marks its findings."""
    monkeypatch.chdir(repository)
    name = ".splint-baseline.json"
    written = list[str]()
    for path, baseline in (("plans", name), (str(linked / "plans"), name), ("plans", str(linked / name))):
        command("check", path, "--baseline", baseline, "--write-baseline")
        written.append((repository / name).read_text())
        (repository / name).unlink()
    assert written == [written[0]] * 3
    assert '"plans/spring/a.json"' in written[0]
    (repository / name).write_text(written[0])
    assert command("check", str(linked / "plans" / "spring" / "a.json")).status == 0


@pytest.mark.parametrize("name", ["GITHUB_WORKSPACE", "CI_PROJECT_DIR"])
def test_ci_says_what_paths_are_relative_to(
    repository: Path, command: Command, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Its directory counts before the repository's, which may be checked out below it."""
    monkeypatch.setenv(name, str(repository.parent))
    monkeypatch.chdir(repository / "plans")
    expected = {f"{repository.name}/plans/spring/{file}.json" for file in ("a", "broken")}
    assert shown(texts(command, ".")) == dict.fromkeys(FORMATS, expected)


def test_a_directory_of_ci_that_the_run_is_not_in_counts_for_nothing(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor does one that is no directory, or that is empty."""
    monkeypatch.chdir(repository / "plans")
    for elsewhere in (str(repository / "plans" / "spring"), "/nowhere", ""):
        monkeypatch.setenv("GITHUB_WORKSPACE", elsewhere)
        assert path_in_repository("spring/a.json") == "plans/spring/a.json"


def test_outside_of_a_repository_the_working_directory_counts(
    tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As every path did before."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.json").write_text(json.dumps({"campaign": FIELDS}))
    assert shown(texts(command, "a.json")) == {name: {"a.json"} for name in FORMATS}


@pytest.mark.parametrize("is_repository", [True, False])
def test_no_working_directory_changes_an_id(
    tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch, is_repository: bool
) -> None:
    """Neither within the file's repository, nor in another one, nor where there is none."""
    far, near = tmp_path / "far", tmp_path / "near"
    (far / ".git").mkdir(parents=True)
    (near / "plans").mkdir(parents=True)
    if is_repository:
        (near / ".git").mkdir()
    for name in ("a.json", "b.json"):  # which are no one file
        (near / "plans" / name).write_text(json.dumps({"campaign": FIELDS}))
    ids = []
    for directory in (near / "plans", near, tmp_path, far, far / ".git"):
        monkeypatch.chdir(directory)
        for path in (os.path.relpath(near / "plans"), str(near / "plans")):
            report, of_gitlab = [
                json.loads(command("check", path, "--isolated", "--output-format", name).out)
                for name in ("json", "gitlab")
            ]
            ids.append([one["id"] for one in report["diagnostics"]] + [one["fingerprint"] for one in of_gitlab])
    assert ids == ids[:1] * 10
    assert len(set(ids[0])) == len(ids[0]) == 8


@pytest.mark.parametrize("path", few(["-", "<input>", "<run>", "/elsewhere/a.json"], 2))
def test_what_is_no_file_of_the_repository_keeps_its_name(
    repository: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    """Standard input, a value, and an absolute path that leads elsewhere."""
    monkeypatch.chdir(repository)
    assert path_in_repository(path) == path


@pytest.mark.parametrize("name", few(["<x.json", "<stdin>.json", "<input>.json", "-.json"], 2))
def test_a_file_of_a_name_like_that_of_none_is_named_from_the_top(
    command: Command, repository: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (repository / "plans" / name).write_text(json.dumps({"campaign": FIELDS}))
    monkeypatch.chdir(repository / "plans")
    found = json.loads(command("check", f"./{name}", "--isolated", "--output-format", "gitlab").out)
    assert {one["location"]["path"] for one in found} == {f"plans/{name}"}
    assert lasting_path(name) == f"plans/{name}"


@pytest.mark.parametrize("name", ["splint.toml", "pyproject.toml"])
def test_a_tree_without_its_git_has_the_ids_of_the_repository(tmp_path: Path, command: Command, name: str) -> None:
    """As in a container: from its settings or its project file on."""
    ids = []
    for place, mark in (("checkout", ".git"), ("app", name)):
        (tmp_path / place / "plans").mkdir(parents=True)
        (tmp_path / place / mark).write_text("")
        (tmp_path / place / "plans" / "a.json").write_text(json.dumps({"campaign": FIELDS}))
        report = command("check", str(tmp_path / place / "plans"), "--isolated", "--output-format", "json").out
        ids.append([one["id"] for one in json.loads(report)["diagnostics"]])
    assert ids[0] == ids[1] != []


@pytest.mark.parametrize("path", few(["-", "<input>", "<run>"], 2))
def test_what_is_no_file_has_its_name_in_fingerprints(path: str) -> None:
    """Standard input and values."""
    assert lasting_path(path) == path


def _git(directory: Path, *arguments: str) -> str:
    options = ("-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false")
    done = subprocess.run(["git", *options, *arguments], cwd=directory, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def test_the_commit_is_the_one_that_git_says(tmp_path: Path) -> None:
    """On a branch, packed, in a worktree, with a detached head; none before the first commit or outside of one."""
    top = tmp_path / "top"
    top.mkdir()
    assert commit(str(top)) is None
    _git(top, "init", "-q", "-b", "main/line")
    assert commit(str(top)) is None
    _git(top, "commit", "-q", "--allow-empty", "-m", "first")
    (top / "below").mkdir()
    assert commit(str(top / "below")) == _git(top, "rev-parse", "HEAD")
    _git(top, "pack-refs", "--all")
    assert not (top / ".git" / "refs" / "heads" / "main" / "line").exists()
    assert commit(str(top)) == _git(top, "rev-parse", "HEAD")
    _git(top, "worktree", "add", "-q", "-b", "other", "../other")
    _git(tmp_path / "other", "commit", "-q", "--allow-empty", "-m", "second")
    assert commit(str(tmp_path / "other")) == _git(tmp_path / "other", "rev-parse", "HEAD") != commit(str(top))
    _git(top, "checkout", "-q", "--detach")
    assert commit(str(top)) == _git(top, "rev-parse", "HEAD")


@pytest.mark.parametrize(
    "head",
    few(
        [
            "",
            "ref: refs/../../secret",
            "ref: refs/heads/gone",
            "\0",
            "no commit",
            f"{COMMIT}\nmore",
            "ref: refs/heads/\0",
        ],
        3,
    ),
)
def test_a_strange_head_is_no_commit(tmp_path: Path, head: str) -> None:
    """A tree that is not trusted cannot make a report show anything but a commit's digits."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "secret").write_text(COMMIT)
    (tmp_path / ".git" / "HEAD").write_text(head)
    assert commit(str(tmp_path)) is None
