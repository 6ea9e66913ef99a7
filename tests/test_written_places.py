"""Where splint writes: a stranger's tree does not say what is overwritten."""

import json
import os
from pathlib import Path

import pytest

from splint.files import atomic
from splint.files.streams import RefusedError
from splint.files.trust import Trust, in_force
from splint.testing import BASES
from tests.command import Command
from tests.grids import few

BAD = json.dumps({**BASES["cbo"]["campaign"], "budget": -5})
HOOK = "#!/bin/sh\nexit 0\n"


@pytest.fixture(autouse=True)
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with a payload, a hook, and a program that git ignores."""
    tree = tmp_path / "tree"
    for program in (".git/hooks/pre-commit", ".venv/bin/activate"):
        (tree / program).parent.mkdir(parents=True)
        (tree / program).write_text(HOOK)
        (tree / program).chmod(0o755)
    (tree / "bad.json").write_text(BAD)
    monkeypatch.chdir(tree)
    for name in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        monkeypatch.delenv(name, raising=False)
    return tree


def contents(top: Path) -> dict[str, tuple[int, bytes]]:
    """The mode and the bytes of all files."""
    files = (path for path in top.rglob("*") if path.is_file() and not path.is_symlink())
    return {str(path): (path.stat().st_mode, path.read_bytes()) for path in files}


LINKS = {
    "splint.sarif": ".git/hooks/pre-commit",
    "activate.sarif": ".venv/bin/activate",
    "plain.sarif": "reports/of-somebody.sarif",
    "new.sarif": ".git/hooks/post-commit",
    "second.sarif": "first.sarif",
    "out": ".git",
}
"""Symlinks that a pull request may add."""
WRITING = (
    "--output-file {}",
    "--output-format=json=good.json --output-format=sarif={}",
    "--output-format=gitlab={}",
    "--output-format=full={}",
    "--write-baseline --baseline={}",
)


@pytest.mark.parametrize("words", few(WRITING, 2))
@pytest.mark.parametrize("path", [*LINKS, "out/splint.sarif"])
def test_an_untrusted_tree_leads_no_report_and_no_baseline_through_a_symlink(
    tree: Path, command: Command, path: str, words: str
) -> None:
    """Nor does any other report of the run come to be, and the program is what it was."""
    Path("first.sarif").symlink_to(".git/config")
    for name, target in LINKS.items():
        Path(name).symlink_to(target)
    before = contents(tree)
    for named in (path, str(tree / path)):
        arguments = words.format(named).split()
        outcome = command("check", "--untrusted", *arguments, "bad.json")
        assert (outcome.status, contents(tree)) == (2, before), outcome
        said = f"{named}: it leads through the symlink {path.partition('/')[0]} of the tree"
        assert f"{said}, and --untrusted writes through none: name another place" in outcome.err


def test_a_symlink_anywhere_in_the_checkout_is_the_strangers(tree: Path, command: Command) -> None:
    """Also above the working directory: the repository, or what CI checks out, is one tree."""
    Path("up.sarif").symlink_to(".venv/bin/activate")
    Path("sub").mkdir()
    Path("sub/bad.json").write_text(BAD)
    before = contents(tree)
    os.chdir("sub")
    outcome = command("check", "--untrusted", "--output-file=../up.sarif", ".")
    assert (outcome.status, contents(tree)) == (2, before)
    assert f"../up.sarif: it leads through the symlink {tree}/up.sarif of the tree" in outcome.err


def test_what_ci_checks_out_is_a_tree_without_git_too(
    tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "checkout" / "sub"
    place.mkdir(parents=True)
    (place / "bad.json").write_text(BAD)
    (place.parent / "run.sh").write_text(HOOK)
    (place.parent / "up.sarif").symlink_to("run.sh")
    monkeypatch.chdir(place)
    monkeypatch.setenv("GITHUB_WORKSPACE", str(place.parent))
    assert command("check", "--untrusted", "--output-file=../up.sarif", ".").status == 2
    assert (place.parent / "run.sh").read_text() == HOOK


@pytest.mark.parametrize("path", few([".git/x.sarif", ".GIT/hooks/pre-commit", "sub/.git/x", ".git"], 2))
def test_nothing_of_an_untrusted_run_is_written_below_git(tree: Path, command: Command, path: str) -> None:
    before = contents(tree)
    outcome = command("check", "--untrusted", f"--output-file={path}", "bad.json")
    assert (outcome.status, contents(tree)) == (2, before)
    assert f"{path}: it lies below .git, and --untrusted writes nothing there: name another place" in outcome.err


@pytest.mark.parametrize("words", few(WRITING, 2))
@pytest.mark.parametrize("path", ["splint.sarif", "new.sarif", "out/splint.sarif"])
def test_no_symlink_of_a_trusted_tree_leads_into_git_either(
    tree: Path, command: Command, path: str, words: str
) -> None:
    for name, target in LINKS.items():
        Path(name).symlink_to(target)
    before = contents(tree)
    outcome = command("check", *words.format(path).split(), "bad.json")
    assert (outcome.status, contents(tree)) == (2, before)
    link = path.partition("/")[0]
    assert f"{path}: it leads through the symlink {link} into .git: name the place itself" in outcome.err


def test_a_user_may_write_into_git_and_through_the_symlinks_of_a_tree_of_his_own(tree: Path, command: Command) -> None:
    """By a plain path; and what takes the place of a program is none."""
    Path("activate.sarif").symlink_to(".venv/bin/activate")
    for path, place in ((".git/splint.sarif",) * 2, ("activate.sarif", ".venv/bin/activate")):
        assert command("check", f"--output-format=sarif={path}", "bad.json").status == 1
        assert json.loads(Path(place).read_text())["version"] == "2.1.0"
        assert Path(place).stat().st_mode & 0o111 == 0
    assert Path("activate.sarif").is_symlink()


def test_a_report_in_the_place_of_a_program_may_not_be_run(tree: Path, command: Command) -> None:
    Path("splint.sarif").write_text(HOOK)
    Path("splint.sarif").chmod(0o755)
    assert command("check", "--untrusted", "--output-format=sarif=splint.sarif", "bad.json").status == 1
    assert Path("splint.sarif").stat().st_mode & 0o777 == 0o644


def test_a_fix_leaves_a_script_what_it_is(tree: Path, command: Command) -> None:
    text = json.dumps({**BASES["cbo"]["campaign"], "advertiser_id": 7000000000000000001})
    url = "https://business-api.tiktok.com/open_api/v1.3/smart_plus/campaign/create/"
    Path("send.sh").write_text(f"curl -X POST {url} -d '{text}'\n")
    Path("send.sh").chmod(0o755)
    command("check", "--untrusted", "--fix", "send.sh")
    assert '"7000000000000000001"' in Path("send.sh").read_text()
    assert Path("send.sh").stat().st_mode & 0o777 == 0o755


def test_a_symlink_above_the_tree_is_the_callers(
    tree: Path, tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As that of a home directory, or of macOS' /tmp; and one elsewhere, as to the newest report."""
    (tmp_path / "home").symlink_to(tmp_path)
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "newest").symlink_to("today.sarif")
    monkeypatch.chdir(tmp_path / "home" / "tree")
    written = (tree / "a.sarif", tmp_path / "b.sarif", tmp_path / "reports" / "today.sarif")
    named = (f"{tmp_path}/home/tree/a.sarif", f"{tmp_path}/home/b.sarif", "../reports/newest")
    for path, place in zip(named, written, strict=True):
        assert command("check", "--untrusted", f"--output-format=sarif={path}", "bad.json").status == 1
        assert json.loads(place.read_text())["version"] == "2.1.0"
    assert (tmp_path / "reports" / "newest").is_symlink()


def test_a_symlink_that_comes_to_be_during_the_run_is_not_followed(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before it is written a path is judged once more; a symlink made after that is replaced."""
    link, hook = Path("late.sarif"), Path(".git/hooks/pre-commit")
    trust = Trust(untrusted=True)
    trust.add(".")
    with in_force(trust):
        assert atomic.target_of("late.sarif") == str(tree / "late.sarif")
        link.symlink_to(hook)
        with pytest.raises(RefusedError, match=r"through the symlink late\.sarif of the tree"):
            atomic.write("late.sarif", b"new")
        link.unlink()
        judged = atomic.target_of

        def slow(path: str) -> str:
            place = judged(path)
            link.symlink_to(hook)
            return place

        monkeypatch.setattr(atomic, "target_of", slow)
        atomic.write("late.sarif", b"new")
    assert (link.is_symlink(), link.read_text(), hook.read_text()) == (False, "new", HOOK)


@pytest.mark.parametrize("there", [True, False])
def test_settings_of_an_untrusted_tree_send_no_baseline_out_of_it(tree: Path, command: Command, there: bool) -> None:
    """Whether its file is there or not, and though --allow-ignores lets them name it."""
    Path("splint.toml").write_text('baseline = "../ours.json"')
    ours = tree.parent / "ours.json"
    if there:
        ours.write_text("ours")
    outcome = command("check", "--untrusted", "--allow-ignores", "--write-baseline", ".")
    assert (outcome.status, ours.read_text() if ours.exists() else None) == (2, "ours" if there else None)
    assert "../ours.json: it leads out of what is checked" in outcome.err


def test_journals_of_an_untrusted_tree_go_through_no_symlink(
    tree: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPLINT_UNTRUSTED", "1")
    Path("runs").symlink_to(".venv")
    outcome = command("runs", "--run-dir", "runs")
    assert outcome.status == 2
    assert "runs: it leads through the symlink runs of the tree" in outcome.err


@pytest.mark.parametrize("name", ["splint.toml", ".splint", ".pre-commit-config.yaml"])
@pytest.mark.parametrize(("target", "untrusted"), [(".git/hooks/post-commit", "0"), ("other", "1")])
def test_init_writes_through_no_symlink_either(
    tree: Path, command: Command, monkeypatch: pytest.MonkeyPatch, name: str, target: str, untrusted: str
) -> None:
    """And not half of its work: all that it would write is judged first."""
    monkeypatch.setenv("SPLINT_UNTRUSTED", untrusted)
    Path(name).symlink_to(target)
    before = contents(tree)
    for options in ([], ["--dry-run"]):
        outcome = command("init", *options)
        assert (outcome.status, contents(tree)) == (2, before)
        assert "it leads through the symlink " in outcome.err


SENDING = "curl -X POST https://business-api.tiktok.com/open_api/v1.3/smart_plus/campaign/create/ -d '{}'\n"


@pytest.fixture
def hook(tree: Path) -> Path:
    """A hook that sends a payload with a fix, and symlinks to it and to the directory that it is in."""
    hook = tree / ".git/hooks/pre-commit.sh"
    payload = {**BASES["cbo"]["campaign"], "advertiser_id": 7000000000000000001}
    hook.write_text(SENDING.format(json.dumps(payload)))
    Path("x.sh").symlink_to(hook)
    Path("out").symlink_to(".git/hooks")
    Path("bad.json").unlink()
    return hook


@pytest.mark.parametrize("words", [".", "--force-exclude x.sh out/pre-commit.sh", "--config include=['x.sh']"])
def test_a_walk_passes_over_a_file_to_which_a_symlink_leads_into_git(hook: Path, command: Command, words: str) -> None:
    Path("good.json").write_text(json.dumps(BASES["cbo"]["campaign"]))
    before = hook.read_bytes()
    outcome = command("check", "--fix", "--output-format=concise", *words.split())
    assert (hook.read_bytes(), "x.sh" in outcome.out, "SPL" in outcome.out) == (before, False, False), outcome


@pytest.mark.parametrize("path", ["x.sh", "out/pre-commit.sh"])
def test_no_symlink_leads_a_fix_into_git(hook: Path, command: Command, path: str) -> None:
    """Neither do the findings go: the exit status is theirs. The place itself may be named."""
    before = hook.read_bytes()
    outcome = command("check", "--fix", path)
    assert (outcome.status, hook.read_bytes()) == (1, before)
    said = f"{path}: left as it was: it leads through a symlink into .git: name the place itself"
    assert said in outcome.err
    command("check", "--fix", ".git/hooks/pre-commit.sh")
    assert hook.read_bytes() != before


def test_a_file_that_a_fix_leaves_is_no_error_of_the_run(tree: Path, command: Command) -> None:
    """Its findings make the exit status: none of a file without any."""
    text = json.dumps({**BASES["cbo"]["campaign"], "advertiser_id": 7000000000000000001})
    other = tree.parent / "other.json"
    other.write_text(text)
    Path("a.json").symlink_to("../other.json")
    for options, status in (["--fix"], 1), (["--fix", "--exit-zero"], 0):
        outcome = command("check", *options, "a.json")
        assert (outcome.status, other.read_text()) == (status, text)
        assert f"a.json: left as it was: {other} lies outside of the tree that is fixed" in outcome.err
