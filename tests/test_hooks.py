"""What other repositories install from this one, for real: the hooks with pre-commit, and the action with pip."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from filelock import FileLock

from splint.run.linter import Linter
from splint.testing import BASES

ROOT = Path(__file__).parent.parent
HOOKS: dict[str, dict[str, Any]] = {
    hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
}
PLAIN, MORE_TYPES = [
    text
    for text in re.findall(r"^```yaml\n(.*?)^```", (ROOT / "docs" / "ci.md").read_text(), re.DOTALL | re.MULTILINE)
    if "repos:" in text
]
"""The configurations on the page."""
ID = "1816330700009802012"
CAMPAIGN = BASES["cbo"]["campaign"]
GROUP = {key: value for key, value in BASES["cbo"]["adgroups"][0].items() if key != "ads"} | {
    "advertiser_id": CAMPAIGN["advertiser_id"],
    "campaign_id": ID,
    "bid_type": "BID_TYPE_CUSTOM",
    "conversion_bid_price": 5,
    "schedule_type": "SCHEDULE_START_END",
    "schedule_start_time": "2090-01-01 00:00:00",
    "schedule_end_time": "2090-02-01 00:00:00",
}
CLEAN = json.dumps(BASES["cbo"])
ERROR = json.dumps({**BASES["cbo"], "campaign": {**CAMPAIGN, "budget": 0}}, indent=1)
LIFETIME_CAMPAIGN = json.dumps({**CAMPAIGN, "campaign_id": ID, "budget_mode": "BUDGET_MODE_TOTAL"}, indent=1)
COST_CAP_GROUP = json.dumps(GROUP, indent=1)


def test_the_manifest_is_one_that_pre_commit_takes() -> None:
    clientlib = pytest.importorskip("pre_commit.clientlib", reason="pre-commit is not installed")
    assert [hook["id"] for hook in clientlib.load_manifest(ROOT / ".pre-commit-hooks.yaml")] == [
        "splint",
        "splint-all",
        "splint-fix",
    ]


def test_each_event_of_the_page_starts_one_hook() -> None:
    """A commit and a push, both of which the page has pre-commit installed for, tell each finding once."""
    page = yaml.safe_load(PLAIN)
    [repo] = page["repos"]
    stages = [{**HOOKS[hook["id"]], **hook}.get("stages", page["default_install_hook_types"]) for hook in repo["hooks"]]
    assert sorted(stage for of_hook in stages for stage in of_hook) == sorted(page["default_install_hook_types"])


def test_the_hook_for_the_whole_tree_starts_with_every_format_and_with_the_settings() -> None:
    pattern = re.compile(HOOKS["splint-all"]["files"])
    names = [f"a/b{suffix}" for suffix in Linter().suffixes]
    assert ".ndjson" in Linter().suffixes
    for name in [*names, "A.JSON", "splint.toml", "a/pyproject.toml"]:
        assert pattern.search(name), name
    for name in ("a.py", "json", "a.json.findings", "poetry.toml", "mysplint.toml"):
        assert not pattern.search(name), name


def test_the_page_hands_over_every_format() -> None:
    [hook] = yaml.safe_load(MORE_TYPES)["repos"][0]["hooks"]
    for suffix in Linter().suffixes:
        assert re.search(hook["files"], f"a{suffix}"), suffix


def environment(home: Path) -> dict[str, str]:
    """That of this process, without what would make git and Python look elsewhere."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("GIT_", "PRE_COMMIT")) and name not in ("PYTHONPATH", "SKIP", "VIRTUAL_ENV")
    }
    who = {f"GIT_{role}_{what}": "a@example.com" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    return kept | who | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "PRE_COMMIT_HOME": str(home)}


def git(directory: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=directory, env=environment(directory), check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


class Source(NamedTuple):
    """A repository that holds the working tree of this one, uncommitted changes included, in one commit."""

    path: Path
    rev: str


@pytest.fixture(scope="module")
def source(shared: Path) -> Source:
    """It is made once for all processes that run tests, and so is what pre-commit installs of it."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("this is no git checkout whose files could be listed")
    path = shared / "source" / "splint"
    with FileLock(shared / "source.lock"):
        if not path.exists():
            commit_tree(path, shared / "index")
    return Source(path, git(path, "rev-parse", "HEAD"))


def commit_tree(path: Path, index: Path) -> None:
    """Make the repository; skip the test where what pre-commit is going to install cannot be had."""
    download = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest"]
    reached = subprocess.run([*download, index, "hatchling"], capture_output=True, text=True, check=False)
    if reached.returncode:
        pytest.skip(f"the package index cannot be reached: {reached.stderr.strip().splitlines()[-1:]}")
    for name in git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0"):
        if name and (ROOT / name).is_file():
            (path / name).parent.mkdir(exist_ok=True, parents=True)
            shutil.copy(ROOT / name, path / name)
    git(path, "init", "--quiet")
    git(path, "add", "--all", "--force")
    git(path, "commit", "--quiet", "--message", "all")


class Ran(NamedTuple):
    status: int
    out: str


class Repository:
    """A throwaway repository with the configuration of pre-commit that docs/ci.md shows."""

    def __init__(self, path: Path, source: Source, home: Path, configuration: str) -> None:
        self.path = path
        self.home = home
        text = re.sub(r"repo: \S+", f"repo: {source.path}", configuration)
        self.write(".pre-commit-config.yaml", re.sub(r"rev: \S+", f"rev: {source.rev}", text))
        git(path, "init", "--quiet")
        self.commit()

    def write(self, name: str, text: str) -> None:
        (self.path / name).parent.mkdir(exist_ok=True, parents=True)
        (self.path / name).write_text(text)

    def commit(self) -> None:
        """Commit all, unchecked."""
        git(self.path, "add", "--all")
        git(self.path, "commit", "--quiet", "--no-verify", "--message", "some")

    def stage(self, **files: str) -> None:
        for name, text in files.items():
            self.write(name, text)
        git(self.path, "add", "--", *files)

    def run(self, *arguments: str, **variables: str) -> Ran:
        command = [sys.executable, "-m", "pre_commit", "run", "--color", "never", *arguments]
        own = environment(self.home) | variables
        done = subprocess.run(command, cwd=self.path, env=own, check=False, capture_output=True, text=True)
        return Ran(done.returncode, done.stdout + done.stderr)


Make = Callable[..., Repository]


@pytest.fixture(scope="module")
def home(shared: Path) -> Path:
    """Where pre-commit, which locks it, keeps what it installs: once for all tests here."""
    pytest.importorskip("pre_commit", reason="pre-commit is not installed")
    return shared / "pre-commit"


@pytest.fixture
def make(tmp_path: Path, source: Source, home: Path) -> Make:
    return lambda configuration=PLAIN: Repository(tmp_path, source, home, configuration)


def verdicts(ran: Ran) -> dict[str, str]:
    """What pre-commit says of each hook that it runs."""
    return dict(re.findall(r"^(splint.*?)\.{3,}(?:\(.*\))?(\w+)$", ran.out, re.MULTILINE))


ALL = "splint, the whole tree"


@pytest.mark.slow
def test_a_staged_payload_with_an_error_stops_the_commit_and_shows_where(make: Make) -> None:
    repository = make()
    repository.stage(**{"payloads/bad.json": ERROR, "clean.yaml": CLEAN, "package.json": '{"a": 1}'})
    ran = repository.run()
    assert (ran.status, verdicts(ran)) == (1, {"splint": "Failed"}), ran
    assert "error[SPL106]" in ran.out
    assert "--> payloads/bad.json:8:" in ran.out
    assert "clean.yaml" not in ran.out
    assert "package.json" not in ran.out


@pytest.mark.slow
def test_a_git_commit_is_refused_once_the_hook_is_installed(make: Make) -> None:
    repository = make()
    command = [sys.executable, "-m", "pre_commit", "install"]
    done = subprocess.run(
        command, cwd=repository.path, env=environment(repository.home), check=True, capture_output=True
    )
    assert b"pre-push" in done.stdout
    repository.stage(**{"bad.json": ERROR})
    with pytest.raises(subprocess.CalledProcessError) as refused:
        git(repository.path, "commit", "--message", "bad")
    assert "SPL106" in refused.value.stdout + refused.value.stderr
    repository.stage(**{"bad.json": CLEAN})
    git(repository.path, "commit", "--message", "good")


@pytest.mark.slow
@pytest.mark.parametrize(
    "files",
    [
        {"payloads/a.json": CLEAN, "payloads/b.yaml": CLEAN},
        {"package.json": '{"name": "a"}', "workflow.yml": "on: [push]\n"},
        {"tsconfig.json": '{"a": 1, // of another format\n}'},
    ],
    ids=["clean payloads", "no payload", "no payload, does not parse"],
)
def test_what_is_clean_or_holds_no_payload_passes(make: Make, files: dict[str, str]) -> None:
    repository = make()
    repository.stage(**files)
    for arguments, hook in ((["--verbose"], "splint"), (["--verbose", "--hook-stage", "pre-push", "--all-files"], ALL)):
        ran = repository.run(*arguments)
        assert ran.status == 0, ran
        assert verdicts(ran)[hook] == "Passed"
        assert "no payload" not in ran.out


@pytest.mark.slow
def test_what_the_settings_exclude_is_not_linted_although_it_is_handed_over(make: Make) -> None:
    repository = make()
    repository.stage(**{"drafts/bad.json": ERROR})
    for settings, verdict in (('exclude = ["drafts"]', "Passed"), ("exclude = []", "Failed")):
        repository.stage(**{"splint.toml": f"{settings}\n"})
        for arguments, hook in (([], "splint"), (["--hook-stage", "pre-push", "--all-files"], ALL)):
            ran = repository.run(*arguments)
            assert verdicts(ran)[hook] == verdict, ran
            assert ("--> drafts/bad.json:8:" in ran.out) is (verdict == "Failed")


@pytest.mark.slow
def test_in_ci_the_settings_of_the_tree_exclude_nothing(make: Make) -> None:
    """There the tree is taken for a stranger's, which must not silence what is found in it."""
    repository = make()
    repository.stage(**{"drafts/bad.json": ERROR, "splint.toml": 'exclude = ["drafts"]\n'})
    for arguments, hook in (([], "splint"), (["--hook-stage", "pre-push", "--all-files"], ALL)):
        ran = repository.run(*arguments, CI="true")
        assert verdicts(ran)[hook] == "Failed", ran
        assert "--> drafts/bad.json:8:" in ran.out


@pytest.mark.slow
def test_the_hook_for_the_whole_tree_finds_what_only_reaches_across_files(make: Make) -> None:
    """The campaign is committed, the ad group staged: each is clean by itself."""
    repository = make()
    repository.write("campaigns/one.json", LIFETIME_CAMPAIGN)
    repository.commit()
    repository.stage(**{"groups/one.json": COST_CAP_GROUP})
    assert verdicts(repository.run()) == {"splint": "Passed"}
    ran = repository.run("--hook-stage", "pre-push", "splint-all")
    assert (ran.status, verdicts(ran)) == (1, {ALL: "Failed"})
    assert "error[SPL210]" in ran.out
    assert "--> groups/one.json:8:" in ran.out
    assert "campaigns/one.json" in ran.out


@pytest.mark.slow
def test_files_that_are_staged_together_are_judged_together(make: Make) -> None:
    """However many there are and however many processors: one process sees them all."""
    repository = make()
    ids = [str(int(ID) + number) for number in range(30)]
    campaigns = {f"campaigns/{name}.json": LIFETIME_CAMPAIGN.replace(ID, name) for name in ids}
    repository.stage(**campaigns, **{f"groups/{name}.json": COST_CAP_GROUP.replace(ID, name) for name in ids})
    assert repository.run().out.count("error[SPL210]") == len(ids)


@pytest.mark.slow
def test_the_hook_for_the_whole_tree_rests_while_neither_payloads_nor_settings_change(make: Make) -> None:
    repository = make()
    repository.write("bad.json", ERROR)
    repository.commit()
    repository.stage(**{"code.py": "pass\n"})
    assert verdicts(repository.run("--hook-stage", "pre-push", "splint-all")) == {ALL: "Skipped"}
    git(repository.path, "rm", "--quiet", "--cached", "bad.json")
    assert verdicts(repository.run("--hook-stage", "pre-push", "splint-all")) == {ALL: "Skipped"}
    repository.stage(**{"splint.toml": "ignore = []\n"})
    assert verdicts(repository.run("--hook-stage", "pre-push", "splint-all")) == {ALL: "Failed"}


@pytest.mark.slow
def test_the_second_configuration_of_the_page_lints_all_formats_with_its_own_options(make: Make) -> None:
    repository = make(MORE_TYPES)
    line = json.dumps(json.loads(ERROR))
    repository.stage(
        **{"a.ndjson": f"{line}\n", "b.jsonl": f"{line}\n", "c.jsonc": f"// a note\n{ERROR}", "d.py": "1\n"}
    )
    ran = repository.run()
    assert (ran.status, set(re.findall(r"--> (\w\.\w+):", ran.out))) == (1, {"a.ndjson", "b.jsonl", "c.jsonc"})
    assert "REF" in ran.out


@pytest.mark.slow
@pytest.mark.long
def test_the_action_installs_its_checkout_and_lints_with_it(source: Source, tmp_path: Path) -> None:
    """Modules of the repository that is linted are not taken for pip's and Python's own."""
    work = tmp_path / "work"
    work.mkdir()
    for name in ("venv", "pip", "splint", "click"):
        (work / f"{name}.py").write_text("raise SystemExit('taken from the repository')\n")
    (work / "bad.json").write_text(ERROR)
    own = {
        "RUNNER_TEMP": str(tmp_path),
        "GITHUB_ACTION_PATH": str(source.path),
        "GITHUB_OUTPUT": str(tmp_path / "output"),
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
        "SPLINT_PYTHON": sys.executable,
        "SPLINT_VERSION": "",
        "SPLINT_PATHS": "bad.json",
        "SPLINT_ARGS": "",
        "SPLINT_SARIF": "splint.sarif",
    }
    steps: Sequence[dict[str, Any]] = yaml.safe_load((source.path / "action.yml").read_text())["runs"]["steps"]
    scripts = [step["run"] for step in steps if "run" in step]
    done = [
        subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
            cwd=work,
            env=environment(tmp_path) | own,
            check=False,
            capture_output=True,
            text=True,
        )
        for script in scripts
    ]
    assert [step.returncode for step in done] == [0, 1], done
    assert done[1].stdout.startswith("::error file=bad.json,line=8,")
    assert "SPL106" in (tmp_path / "summary.md").read_text()
    assert json.loads((work / "splint.sarif").read_text())["runs"][0]["results"]
    installed = subprocess.run(
        [tmp_path / "splint" / "bin" / "python", "-I", "-c", "import splint; print(splint.__file__)"],
        check=True,
        capture_output=True,
        text=True,
    )
    assert installed.stdout.startswith(str(tmp_path / "splint"))


@pytest.mark.slow
def test_the_fixing_hook_fixes_what_is_safe_and_lets_the_second_try_pass(make: Make) -> None:
    """pre-commit stops a commit whose files a hook has changed; staged again, they pass."""
    repository = make()
    configuration = (repository.path / ".pre-commit-config.yaml").read_text()
    repository.write(".pre-commit-config.yaml", configuration.replace("id: splint\n", "id: splint-fix\n"))
    repository.commit()
    numeric = re.sub(r'"advertiser_id": "(\d+)"', r'"advertiser_id": \1', CLEAN, count=1)
    assert numeric != CLEAN
    repository.stage(**{"a.json": numeric})
    ran = repository.run()
    assert verdicts(ran) == {"splint, safe fixes": "Failed"}, ran
    assert "fixed 1 finding in 1 file" in ran.out
    assert (repository.path / "a.json").read_text() == CLEAN
    git(repository.path, "add", "--all")
    assert verdicts(repository.run()) == {"splint, safe fixes": "Passed"}
