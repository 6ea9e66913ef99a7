"""Files of strangers: what a tree may have done to whoever lints it, by default and with --untrusted."""

import json
import os
import re
import time
from collections.abc import Callable
from pathlib import Path

import click
import pytest
import yaml

from splint.agents.roots import OutsideError, Roots
from splint.cli.group import COMMANDS, _Commands
from splint.files.trust import IGNORES, NEVER, in_force, is_of_git
from splint.server.workspace import Workspace
from splint.settings.keys import KEYS
from splint.testing import BASES
from tests.command import Command
from tests.grids import few

CANARY = "cAnArY0123456789"
CAMPAIGN = {**BASES["cbo"]["campaign"], "budget": 0}
BAD = json.dumps({**BASES["cbo"], "campaign": CAMPAIGN}, indent=1)
"""A bundle with one error, SPL106."""
FIXABLE = json.dumps({**BASES["cbo"], "campaign": {**BASES["cbo"]["campaign"], "advertiser_id": 7000000000000000001}})
URL = "https://business-api.tiktok.com/open_api/v1.3/smart_plus/campaign/create/"
Run = Command


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: Command) -> Run:
    """`splint check` in the tree of a stranger, beside which something lies that is none of its business."""
    (tmp_path / "tree").mkdir()
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.json").write_text(json.dumps({**CAMPAIGN, "campaign_name": CANARY}))
    monkeypatch.chdir(tmp_path / "tree")
    Path("bad.json").write_text(BAD)
    return lambda *arguments, stdin="": command("check", *arguments, stdin=stdin)


def plugin() -> Path:
    """Write a plugin that leaves a mark when it runs; gives the mark."""
    mark = Path("ran").absolute()
    Path("p.py").write_text(
        f"from pathlib import Path\nPath({str(mark)!r}).write_text('ran')\nfrom splint import hookimpl\n\n"
        "@hookimpl\ndef splint_reporters():\n    return []\n"
    )
    return mark


def names(directory: str) -> list[str]:
    """What a directory holds."""
    return sorted(path.name for path in Path(directory).iterdir())


def codes(run: Run, *arguments: str) -> set[str]:
    """The findings that count."""
    report = run("--output-format", "json", *arguments).report
    return {diagnostic["code"] for diagnostic in report["diagnostics"] if diagnostic["suppressed"] is None}


def test_a_plugin_of_the_settings_is_named_before_it_runs(run: Run) -> None:
    mark = plugin()
    Path("splint.toml").write_text('plugins = ["./p.py"]')
    outcome = run()
    assert (mark.exists(), outcome.status) == (True, 1)
    assert outcome.err.splitlines().count("splint: plugin ./p.py of splint.toml") == 1


@pytest.mark.parametrize("settings", few(["splint.toml", "pyproject.toml", "extended"], 2))
def test_no_plugin_of_the_tree_runs(run: Run, settings: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether the option or the variable says so, and in the other commands that load plugins too."""
    mark = plugin()
    text = 'plugins = ["./p.py"]'
    if settings == "extended":
        Path("base.toml").write_text(text)
        Path("splint.toml").write_text('extend = "base.toml"')
    else:
        Path(settings).write_text(f"[tool.splint]\n{text}" if settings == "pyproject.toml" else text)
    assert run("--untrusted").status == 1
    monkeypatch.setenv("SPLINT_UNTRUSTED", "1")
    assert run().status == 1
    assert not mark.exists()
    assert run("--untrusted", "--plugin", "p.py").status == 1
    assert mark.exists()


PACK = """
from splint import Pack, bad, hookimpl, rule
from splint.payloads.nodes import Campaign

@rule("ACME001", "campaign-name-is-short", on=Campaign, level="error", section="Names", basis="sanity",
      examples=lambda: [bad("long", {}, at=["/campaign/campaign_name"])])
def campaign_name_is_short(campaign):
    "A name is short."
    yield campaign.finding("campaign_name", "the name is long", "shorten it")

@hookimpl
def splint_rules():
    return Pack("acme", "ACME", "Acme's rules", None, (campaign_name_is_short,))
"""
OF_A_PACK = {
    "extend-select": 'extend-select = ["ACME"]',
    "ignore": 'ignore = ["ACME001"]',
    "severity": '[severity]\nACME001 = "info"',
    "per-file-ignores": '[per-file-ignores]\n"*.json" = ["ACME001", "campaign-name-is-short"]',
    "overrides": '[[overrides]]\nfiles = ["*.json"]\nignore = ["ACME"]\nseverity = {ACME001 = "info"}',
    "rules": "[rules.ACME001]\nmost = 3",
}


@pytest.mark.parametrize("text", OF_A_PACK.values(), ids=OF_A_PACK)
@pytest.mark.parametrize("origin", ['plugins = ["./acme.py"]', 'extend = "base.toml"'], ids=["plugins", "extend"])
def test_what_names_rules_of_a_pack_that_is_left_out_is_passed_over(run: Run, text: str, origin: str) -> None:
    """A pull request of a team with a pack of its own is checked by the other rules, and one line says so."""
    Path("acme.py").write_text(PACK)
    Path("base.toml").write_text('plugins = ["./acme.py"]')
    Path("splint.toml").write_text(f"{origin}\n{text}\n")
    named = "./acme.py" if "plugins" in origin else "base.toml"
    for options in ([], ["--allow-ignores"]):
        outcome = run("bad.json", "--untrusted", *options)
        assert outcome.status == 1
        assert "SPL106" in outcome.out
        assert outcome.err.count(f"left out, as the tree is untrusted: {named}; rules that only they bring") == 1


def test_a_pack_that_the_command_line_names_is_not_left_out(run: Run) -> None:
    Path("acme.py").write_text(PACK)
    Path("splint.toml").write_text('plugins = ["./acme.py"]\nextend-select = ["ACME"]')
    outcome = run("bad.json", "--untrusted", "--plugin", "./acme.py")
    assert "ACME001" in outcome.out
    assert "left out" not in outcome.err


@pytest.mark.parametrize("word", few(["SPL999", "cost-cap-needs-daily-budgets", "SPL10x", "spl101"], 2))
def test_a_misspelt_rule_of_a_loaded_pack_is_told_beside_one_that_is_left_out(run: Run, word: str) -> None:
    Path("splint.toml").write_text(f'plugins = ["./acme.py"]\nextend-select = ["{word}"]')
    outcome = run("bad.json", "--untrusted")
    assert outcome.status == 2
    assert f"'{word}' is no rule's code" in outcome.err


def test_a_selection_of_nothing_but_a_pack_that_is_left_out_is_refused(run: Run) -> None:
    """Else the run would look clean for want of rules."""
    Path("splint.toml").write_text('plugins = ["./acme.py"]\nselect = ["ACME"]')
    assert run("bad.json", "--untrusted", "--allow-ignores").status == 2


def test_a_comment_on_a_rule_of_a_pack_that_is_left_out_is_no_mistake(run: Run) -> None:
    Path("splint.toml").write_text('plugins = ["./acme.py"]')
    Path("a.yaml").write_text(
        yaml.safe_dump(BASES["cbo"]).replace("campaign_name", "# splint: ignore[ACME001]\n  campaign_name", 1)
    )
    assert "SPL009" not in run("a.yaml", "--untrusted", "--allow-ignores").out
    Path("a.yaml").write_text(Path("a.yaml").read_text().replace("ACME001", "SPL999"))
    assert (
        "SPL009 SPL999 is no rule's code"
        in run("a.yaml", "--untrusted", "--allow-ignores", "--output-format", "concise").out
    )


def test_comments_of_a_stranger_count_for_no_command(
    run: Run, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert command("config").out.count("no-ignores = false") == 1
    monkeypatch.setenv("SPLINT_UNTRUSTED", "1")
    assert command("config").out.count("no-ignores = true") == 1
    shown = {line.partition(" = ")[0]: line.partition("# ")[2] for line in command("config").out.splitlines()}
    for name in ("no-ignores", "respect-gitignore"):
        assert shown[name] == "untrusted (--untrusted or SPLINT_UNTRUSTED)"


@pytest.mark.parametrize("name", ["rules", "config"])
def test_the_variable_holds_for_other_commands(
    run: Run, command: Command, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    mark = plugin()
    Path("splint.toml").write_text('plugins = ["./p.py"]')
    monkeypatch.setenv("SPLINT_UNTRUSTED", "true")
    assert command(name).status == 0
    assert not mark.exists()


@pytest.mark.parametrize(
    "text",
    few(
        [
            'output-format = "json=out"',
            'output-file = "out"',
            'output-format = ["full", "sarif=../outside/out"]',
            'include = ["clean"]',
            'exclude = ["*.json"]',
            'extend = "../outside/secret.json"',
            'baseline = "nowhere.json"',
            'ignore = ["ALL"]',
            'select = ["SPL001"]',
            "exit-zero = true",
            'fail-on = "never"',
            'per-file-ignores = {"*" = ["ALL"]}',
            '[[overrides]]\nignore = ["ALL"]',
            '[severity]\nSPL106 = "info"',
            "respect-gitignore = true",
            "force-exclude = true",
            "jobs = 1000",
            "statistics = true",
        ],
        6,
    ),
)
def test_no_setting_of_the_tree_hides_or_writes_anything(run: Run, text: str) -> None:
    """Files, exit status and report are those without the setting."""
    before, files = run("--untrusted", "--as-of", "2026-01-01"), names(".")
    Path("splint.toml").write_text(text)
    Path(".gitignore").write_text("*.json")
    after = run("--untrusted", "--as-of", "2026-01-01")
    assert (after.status, after.out) == (before.status, before.out)
    assert names(".") == sorted([*files, ".gitignore", "splint.toml"])
    assert not Path("../outside/out").exists()


LEFT_OUT = "splint: left out, as the tree is untrusted: "
ALLOW = "--allow-ignores of splint check lets what silences findings count"


@pytest.mark.parametrize("options", [["--untrusted"], ["--untrusted-in-ci", "--force-exclude"]])
def test_what_settings_say_of_files_is_left_out_and_that_is_told(
    run: Run, options: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the same tree passes without a word where it is trusted, and fails where it is not."""
    Path("splint.toml").write_text('include = ["payloads"]\nexclude = ["bad.json"]\nprofile = "guide"')
    line = f"{LEFT_OUT}exclude, include of splint.toml; only PATHS and options of the command line say this"
    assert "left out" not in run("bad.json", "--force-exclude").err
    monkeypatch.setenv("CI", "true")
    for more in ([], ["--allow-ignores"]):
        outcome = run(*options, *more)
        assert (outcome.status, "SPL106" in outcome.out) == (1, True)
        assert [words for words in outcome.err.splitlines() if "left out" in words] == [line]


@pytest.mark.parametrize("trusted", [False, True])
def test_a_check_and_an_editor_walk_the_same_directories(run: Run, trusted: bool) -> None:
    """Of a stranger's tree all but .git, of one's own none that installed packages lie in."""
    for name in (".git", "node_modules", "dist/sub"):
        Path(name).mkdir(parents=True)
        Path(name, "a.json").write_text(BAD)
    report = run("--output-format", "json", *(() if trusted else ("--untrusted",))).report
    checked = {one["path"] for one in report["diagnostics"]}
    workspace = Workspace([str(Path.cwd())], trusted=trusted)
    with in_force(workspace.trust):
        assert {os.path.relpath(path) for path in workspace.find()} == checked
        assert {name for name in checked if workspace.is_walked(str(Path(name).absolute()))} == checked
    assert checked == ({"bad.json"} if trusted else {"bad.json", "node_modules/a.json", "dist/sub/a.json"})


def test_ignores_that_are_left_out_are_told_with_the_way_to_let_them_count(run: Run) -> None:
    Path("splint.toml").write_text('ignore = ["SPL106"]\n[severity]\nSPL107 = "info"')
    assert f"{LEFT_OUT}ignore, severity of splint.toml; {ALLOW}\n" in run("--untrusted").err
    assert "left out" not in run("--untrusted", "--allow-ignores").err


def test_a_baseline_that_is_left_out_is_told(run: Run) -> None:
    """Whether it merely lies there or the settings name it; nothing is told of one that is not there or not asked."""
    assert "left out" not in run("--untrusted").err
    run("--write-baseline")
    lying = run("--untrusted")
    assert (lying.status, lying.err.count(f"{LEFT_OUT}the baseline .splint-baseline.json; {ALLOW}\n")) == (1, 1)
    for options in (["--isolated"], ["--allow-ignores"], ["--baseline", ".splint-baseline.json"]):
        assert "left out" not in run("--untrusted", *options).err
    Path(".splint-baseline.json").rename("old.json")
    Path("splint.toml").write_text('baseline = "old.json"')
    assert f"{LEFT_OUT}baseline of splint.toml; {ALLOW}\n" in run("--untrusted").err


def test_what_an_option_leaves_out_of_a_strangers_tree_is_told(run: Run) -> None:
    """A pattern fits at any depth: what a stranger puts there is at least named. In one's own tree nothing is said."""
    for name in ("p/a.json", "p/drafts/b.json", "p/live/drafts/c.json", "p/live/drafts/d.json"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(BAD)
    told = "splint: left out by --exclude: "
    assert f"{told}p/drafts and 1 more\n" in run("--untrusted", "--exclude", "drafts", "p").err
    assert f"{told}p/drafts\n" in run("--untrusted", "--exclude", "./p/drafts", "p").err
    named = ("--force-exclude", "--exclude", "drafts", "p/a.json", "p/live/drafts/c.json")
    assert f"{told}p/live/drafts\n" in run("--untrusted", *named).err
    assert told not in run("--untrusted", "--exclude", "./drafts", "p").err
    assert told not in run("--exclude", "drafts", "p").err


def test_no_fix_of_the_settings_is_applied(run: Run) -> None:
    Path("a.json").write_text(FIXABLE)
    Path("splint.toml").write_text("fix = true\nunsafe-fixes = true")
    run("--untrusted")
    assert Path("a.json").read_text() == FIXABLE
    run("--untrusted", "--fix")
    assert Path("a.json").read_text() != FIXABLE


def test_what_says_nothing_of_files_and_findings_still_counts(run: Run) -> None:
    Path("splint.toml").write_text('profile = "reference"')
    assert run("--untrusted", "--output-format", "json").report["tool"]["profile"] == "reference"
    Path("splint.toml").write_text('proflie = "reference"')
    outcome = run("--untrusted")
    assert (outcome.status, "proflie" in outcome.err) == (2, True)
    assert not NEVER & IGNORES


@pytest.mark.parametrize(
    ("name", "text"),
    few(
        [
            ("splint.toml", 'ignore = ["SPL106"]'),
            ("splint.toml", '[per-file-ignores]\n"*" = ["SPL106"]'),
            ("splint.toml", '[[overrides]]\nignore = ["SPL106"]'),
            (".splint-baseline.json", None),
            ("bad.jsonc", f"// splint: ignore-file[SPL106]\n{BAD}"),
        ],
        2,
    ),
)
def test_ignores_count_when_somebody_allows_them(run: Run, name: str, text: str | None) -> None:
    if name == "bad.jsonc":
        Path("bad.json").unlink()
    if text is None:
        run("--write-baseline")
    else:
        Path(name).write_text(text)
    assert "SPL106" in codes(run, "--untrusted")
    assert "SPL106" not in codes(run, "--untrusted", "--allow-ignores")
    assert "SPL106" not in codes(run)


def test_a_baseline_that_the_command_line_names_counts(run: Run) -> None:
    run("--write-baseline", "--baseline", "../outside/base.json")
    assert "SPL106" not in codes(run, "--untrusted", "--baseline", "../outside/base.json")


@pytest.mark.parametrize("link", few(["a.json", "splint.toml", "a.ndjson"], 2))
def test_a_symlink_out_of_the_tree_is_refused(run: Run, link: str) -> None:
    Path(link).symlink_to("../outside/secret.json")
    outcome = run("--untrusted", "--no-ignores")
    assert (outcome.status, CANARY in outcome.out + outcome.err) == (2, False)
    assert f"{link}: " in outcome.err + outcome.out
    assert "leads out" in outcome.err + outcome.out


def test_a_symlink_to_what_is_no_file_is_refused_and_named(run: Run) -> None:
    """As other symlinks out of the tree, and nothing is opened; a pipe in the tree is passed over."""
    Path("bad.json").unlink()
    os.mkfifo("../outside/pipe")
    os.mkfifo("own.json")
    for name, target in (("device.json", "/dev/zero"), ("pipe.json", "../outside/pipe"), ("own2.json", "own.json")):
        Path(name).symlink_to(target)
    outcome = run("--untrusted", ".")
    assert outcome.status == 2
    assert re.findall(r"(\S+): cannot be read: it leads out", outcome.out + outcome.err) == ["device.json", "pipe.json"]
    assert "own" not in outcome.out + outcome.err
    trusted = run(".")
    assert trusted.status == 3
    assert "passed over symlinks that lead out of the tree: ./device.json, ./pipe.json:" in trusted.err


@pytest.mark.parametrize("option", ["--output-file=report", "--output-format=sarif=report"])
def test_a_report_is_written_to_no_pipe_of_the_tree(run: Run, option: str) -> None:
    """One that nobody reads would be waited for for ever."""
    os.mkfifo("report")
    outcome = run("--untrusted", option, ".")
    assert outcome.status == 2
    assert "report: it is no plain file, and --untrusted writes to no other in the tree" in outcome.err


@pytest.mark.parametrize("path", few(["/dev/null", "/dev/stdout", "/dev/fd/{fd}", "../outside/pipe"], 2))
def test_a_report_is_written_to_what_is_not_of_the_tree(run: Run, path: str) -> None:
    """What the system has, and a pipe elsewhere, are the caller's own."""
    os.mkfifo("../outside/pipe")
    reader = os.open("../outside/pipe", os.O_RDWR)
    try:
        assert run("--untrusted", f"--output-format=concise={path.format(fd=reader)}", ".").status == 1
    finally:
        os.close(reader)


def test_what_seems_to_lie_in_the_tree_has_to(run: Run) -> None:
    """PATHS, outputs and baselines of the command line lead nowhere else by a stranger's symlink."""
    Path("link").symlink_to("../outside")
    for arguments in (("link",), ("link/secret.json",), (".", "--output-file", "link/out"), ("--baseline", "link/b")):
        outcome = run("--untrusted", *arguments)
        assert (outcome.status, "symlink that leads out" in outcome.err) == (2, True), arguments
    assert names("../outside") == ["secret.json"]


PARAMETERS = [
    (name, parameter.name or "", parameter.opts[0])
    for name in COMMANDS
    if (command := _Commands().get_command(click.Context(click.Command("splint")), name)) is not None
    for parameter in command.params
    if isinstance(parameter.type, click.Path)
]
NEEDED = {"rollback": ["RUN"], "submit": ["FILE"]}
"""Arguments without which a command does not begin."""


def test_each_path_of_a_command_is_known() -> None:
    options = {option for _, _, option in PARAMETERS if option.startswith("-")}
    assert options == {
        *("--config", "--plugin", "--baseline", "--output-file", "--payload", "--run-dir", "--root", "--bundle"),
        *("--token-file", "--ca-file"),
    }
    arguments = {(command, name) for command, name, option in PARAMETERS if not option.startswith("-")}
    assert arguments == {
        *(("check", "paths"), ("config", "path"), ("explain", "file"), ("init", "directory"), ("submit", "file")),
    }


@pytest.mark.parametrize(("name", "parameter", "option"), PARAMETERS)
def test_no_path_of_a_command_follows_a_symlink_out_of_the_tree(
    run: Run, command: Command, monkeypatch: pytest.MonkeyPatch, name: str, parameter: str, option: str
) -> None:
    """Whichever parameter it is: code would run, a token or settings be read, a report be written."""
    mark = plugin()
    Path("p.py").rename("../outside/p.py")
    Path("link").symlink_to("../outside")
    Path("p.py").symlink_to("link/p.py")
    path = {"plugins": "p.py", "directory": "link"}.get(parameter, "link/secret.json")
    words = [option, path, *NEEDED.get(name, ())] if option.startswith("-") else [path]
    monkeypatch.setenv("SPLINT_UNTRUSTED", "1")
    outcome = command(name, *words)
    assert (outcome.status, mark.exists(), CANARY in outcome.out + outcome.err) == (2, False, False), outcome
    assert f"{path}: it is, or lies behind, a symlink that leads out" in outcome.err
    if name == "check":
        monkeypatch.delenv("SPLINT_UNTRUSTED")
        assert command(name, "--untrusted", *words).err == outcome.err
        assert not mark.exists()


def test_a_path_through_a_symlink_of_the_caller_lies_in_the_tree(run: Run, tmp_path: Path) -> None:
    """As that of a home directory, or of macOS' /tmp: the directory of a stranger's symlink counts by its real path."""
    mark = plugin()
    Path("p.py").rename("../outside/p.py")
    Path("../outside/s.toml").write_text('select = ["SPL105"]')
    Path("p.py").symlink_to("../outside/p.py")
    Path("link").symlink_to("../outside")
    Path("s.toml").symlink_to("link/s.toml")
    here = tmp_path / "here"
    here.symlink_to("tree")
    (tmp_path / "mine.toml").symlink_to("tree/s.toml")
    for arguments in (
        ("--plugin", f"{here}/p.py", "bad.json"),
        ("--config", f"{here}/s.toml", "bad.json"),
        ("--config", f"{tmp_path}/mine.toml", "bad.json"),
        ("--baseline", f"{here}/link/b", "bad.json"),
        ("--output-file", f"{here}/link/out", "bad.json"),
        (f"{here}/link/secret.json",),
    ):
        outcome = run("--untrusted", *arguments)
        assert (outcome.status, "symlink that leads out" in outcome.err) == (2, True), arguments
    assert (mark.exists(), names("../outside")) == (False, ["p.py", "s.toml", "secret.json"])
    assert codes(run, "--untrusted", "--config", f"{here}/../outside/s.toml", f"{here}/bad.json") == set()
    assert codes(run, "--untrusted", f"{here}/bad.json") == {"SPL106"}


def test_a_named_path_is_the_strangers_tree_too(
    run: Run, command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever the working directory is."""
    (tmp_path / "elsewhere").mkdir()
    Path("../elsewhere/s.toml").write_text('select = ["SPL105"]')
    Path("s.toml").symlink_to("../elsewhere/s.toml")
    monkeypatch.chdir(tmp_path / "elsewhere")
    for words in (("--untrusted", "../tree/bad.json"), ("../tree",)):
        if words[0] != "--untrusted":
            monkeypatch.setenv("SPLINT_UNTRUSTED", "1")
        outcome = command("check", "--config", "../tree/s.toml", *words)
        assert (outcome.status, "symlink that leads out of" in outcome.err) == (2, True), outcome


def test_a_path_of_an_option_elsewhere_may_be_a_symlink(run: Run) -> None:
    """It is none of the stranger's; a module is no path either."""
    Path("../outside/s.toml").write_text('select = ["SPL106"]')
    Path("../outside/link").symlink_to("../tree/bad.json")
    Path("json").symlink_to("../outside")
    assert codes(run, "--untrusted", "--config", "../outside/s.toml", "bad.json") == {"SPL106"}
    outcome = run("--untrusted", "--plugin", "json", "bad.json")
    assert "plugin json has no hook" in outcome.err


def test_a_walk_passes_over_a_symlink_out_of_the_tree_and_says_so(run: Run) -> None:
    Path("a.json").symlink_to("../outside/secret.json")
    Path("bad.copy").write_bytes(Path("bad.json").read_bytes())
    Path("b.json").symlink_to("bad.copy")
    report = run("--output-format", "json")
    assert {diagnostic["path"] for diagnostic in report.report["diagnostics"]} == {"bad.json", "b.json"}
    assert "passed over symlinks that lead out of the tree: ./a.json" in report.err
    assert CANARY in run("a.json", "--output-format", "html").out


def test_a_symlink_to_a_directory_leads_out_of_no_tree(run: Run) -> None:
    """A walk says which it passes over, and a stranger's is refused; what lies behind either is not even listed."""
    for name in ("spring", "spring.json"):
        Path(name).symlink_to("../outside")
    report = run("--output-format", "concise", ".")
    assert "passed over symlinks that lead out of the tree: ./spring, ./spring.json" in report.err
    assert (report.status, "secret" in report.out + report.err) == (1, False)
    report = run("--output-format", "concise", "--untrusted", ".")
    for name in ("spring", "spring.json"):
        assert f"{name}: cannot be read: it leads out of what is checked" in report.out + report.err
    assert (report.status, "secret" in report.out + report.err) == (2, False)
    assert CANARY in run("spring", "--output-format", "html").out


def test_a_stranger_hides_nothing_behind_a_symlink_in_the_tree(run: Run) -> None:
    """What a walk of the named directory would not reach is read where a symlink leads to it."""
    Path("hid").mkdir()
    Path("p").mkdir()
    Path("bad.json").rename("hid/bad.json")
    Path("p/spring").symlink_to("../hid")
    assert codes(run, "p") == {"SPL106"}
    assert codes(run, "--untrusted", "p", "hid") == {"SPL106"}
    assert run("--untrusted", "p").status == 2


@pytest.mark.parametrize("options", [("p",), ("--force-exclude", "p/dist/a.json", "p/node_modules/b/a.json")])
def test_a_stranger_hides_nothing_in_a_directory_that_no_walk_enters(run: Run, options: tuple[str, ...]) -> None:
    """Anybody may call a directory `dist`; what git keeps for itself nobody can commit."""
    for name in ("p/dist/a.json", "p/node_modules/b/a.json", "p/.git/a.json"):
        Path(name).parent.mkdir(parents=True)
        Path(name).write_text(BAD)
    found = run("--output-format", "json", "--untrusted", *options).report["diagnostics"]
    assert {one["path"] for one in found} == {"p/dist/a.json", "p/node_modules/b/a.json"}
    assert run("--output-format", "json", *options, "bad.json").report["summary"]["files"] == 1


@pytest.mark.parametrize(
    "name", few([".GIT", ".g\u200cit", ".Git\ufeff", "git~1", "GIT~1", ".git.", ".git ", ".git::$DATA"], 3)
)
def test_what_some_file_system_takes_for_git_is_read_nowhere(run: Run, tmp_path: Path, name: str) -> None:
    """Whatever the tree says: neither as a payload, nor as a script's body, nor for an agent."""
    Path(name).mkdir()
    Path(name, "config.json").write_text(json.dumps({**CAMPAIGN, "campaign_name": CANARY}))
    Path("a.sh").write_text(f"curl -X POST {URL} -d '@{name}/config.json'\n")
    outcomes = [run("--untrusted", f"{name}/config.json"), run("a.sh"), run("--untrusted", ".")]
    assert [outcome.status for outcome in outcomes] == [2, 1, 2]
    assert CANARY not in "".join(outcome.out + outcome.err for outcome in outcomes)
    with pytest.raises(OutsideError, match="what git keeps for itself"):
        Roots(["."]).read(f"{name}/config.json")
    assert not any(
        map(is_of_git, (".github/a.json", "p/.gitignore", "git/a.json", "git~10", "a.git/b", ".git-rewrite"))
    )


def test_why_what_git_keeps_is_not_read_is_told(run: Run) -> None:
    Path(".git").mkdir()
    Path(".git/a.json").write_text("{}")
    outcome = run("--untrusted", ".git/a.json")
    assert ".git/a.json: cannot be read: --untrusted reads nothing of what git keeps" in outcome.out + outcome.err


def test_a_directory_above_a_symlink_leads_no_script_out_of_the_tree(run: Run) -> None:
    Path("link").symlink_to("../outside")
    Path("a.sh").write_text(f"curl -X POST {URL} -d @link/../outside/secret.json\n")
    outcome = run("--untrusted", "a.sh")
    assert "a symlink that leads out of the script's directory" in outcome.out
    assert CANARY not in outcome.out + outcome.err


def test_a_large_file_of_a_stranger_is_refused(run: Run) -> None:
    for name in ("large.json", "large.ndjson"):
        with Path(name).open("wb") as stream:
            stream.truncate((64 << 20) + 1)
        outcome = run("--untrusted", name)
        assert (outcome.status, "larger than 64 MB" in outcome.err + outcome.out) == (2, True)


@pytest.mark.parametrize("untrusted", [(), ("--untrusted",)])
@pytest.mark.parametrize(
    "name",
    few(["/proc/self/environ", "link.json", "../outside/secret.json", "{outside}/secret.json", ".git/config"], 2),
)
def test_a_script_sends_no_file_from_elsewhere(
    run: Run, name: str, untrusted: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOME_VARIABLE", CANARY)
    Path("link.json").symlink_to("../outside/secret.json")
    Path(".git").mkdir()
    Path(".git/config").write_text(f"x {CANARY}")
    name = name.format(outside=tmp_path / "outside")
    Path("a.sh").write_text(f"curl -X POST {URL} -d @{name}\n")
    for form in ("full", "json", "html"):
        outcome = run(*untrusted, "a.sh", "--output-format", form)
        assert outcome.status in (1, 2)
        assert CANARY not in outcome.out + outcome.err
    said = run(*untrusted, "a.sh").out
    assert "is not readable: " in said
    assert ("it is, or lies behind, a symlink that leads out of the script's directory" in said) is (
        name == "link.json"
    )


@pytest.mark.parametrize("untrusted", [(), ("--untrusted",)])
def test_a_script_sends_nothing_through_what_the_system_keeps(run: Run, untrusted: tuple[str, ...]) -> None:
    """Though it leads back into the tree: an open file of splint's own may be any, and no other run has it."""
    Path("y.json").write_text(json.dumps(CAMPAIGN))
    Path("link.json").symlink_to("/proc/self/cwd/y.json")
    with Path("y.json").open("rb") as stream:
        for name in (f"/dev/fd/{stream.fileno()}", "/proc/self/cwd/y.json", "//proc/self/cwd/y.json", "link.json"):
            Path("a.sh").write_text(f"curl -X POST {URL} -d @{name}\n")
            said = " ".join(run(*untrusted, "a.sh").out.split())
            assert "it is, or leads through, what the system keeps in /proc, /sys, /dev" in said, name
            assert "SPL106" not in said


def test_a_body_beside_the_script_is_read(run: Run) -> None:
    """At most 10 MB of it."""
    Path("a.json").write_text(json.dumps(CAMPAIGN))
    Path("a.sh").write_text(f"curl -X POST {URL} -d @a.json\n")
    for untrusted in ((), ("--untrusted",)):
        assert "SPL106" in codes(run, *untrusted, "a.sh")
    Path("a.json").write_text(json.dumps(CAMPAIGN) + " " * (10 << 20))
    assert "larger than 10 MB" in run("a.sh").out


def test_a_fix_goes_through_no_symlink_out_of_the_tree(run: Run) -> None:
    target = Path("../outside/fixable.json")
    target.write_text(FIXABLE)
    Path("link.json").symlink_to(target)
    Path("inside.json").write_text(FIXABLE)
    Path("within.json").symlink_to("inside.json")
    outcome = run("link.json", "within.json", "--fix")
    assert (target.read_text(), Path("link.json").is_symlink()) == (FIXABLE, True)
    assert "link.json: left as it was" in outcome.err
    assert Path("inside.json").read_text() != FIXABLE
    run(str(target), "--fix")
    assert target.read_text() != FIXABLE


@pytest.mark.parametrize(
    ("text", "key"),
    few(
        [
            ('output-file = "../outside/out"', "output-file"),
            ('output-format = ["full", "sarif=../outside/out"]', "output-format"),
            ('output-file = "link"', "output-file"),
        ],
        2,
    ),
)
def test_an_output_of_the_settings_leads_out_of_no_project(run: Run, text: str, key: str) -> None:
    Path("link").symlink_to("../outside/out")
    Path("splint.toml").write_text(text)
    outcome = run()
    assert outcome.status == 2
    assert outcome.err.startswith(f"Error: splint.toml:1: {key}: ")
    assert not Path("../outside/out").exists()


def test_only_the_settings_of_the_working_directory_fix_and_write(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("sub").mkdir()
    Path("sub/splint.toml").write_text('fix = true\noutput-file = "out"')
    Path("sub/a.json").write_text(FIXABLE)
    run("sub")
    assert Path("sub/a.json").read_text() == FIXABLE
    assert not Path("sub/out").exists()
    Path("splint.toml").write_text("fix = true")
    Path("sub/splint.toml").unlink()
    other = Path("../outside/b.json")
    other.write_text(FIXABLE)
    outcome = run("sub", str(other))
    assert Path("sub/a.json").read_text() != FIXABLE
    assert (other.read_text(), "left as it was" in outcome.err) == (FIXABLE, True)


@pytest.mark.parametrize(
    ("environment", "arguments", "runs"),
    few(
        [
            ({}, ("--untrusted-in-ci",), True),
            ({"CI": "true"}, (), True),
            ({"CI": "true"}, ("--untrusted-in-ci",), False),
            ({"CI": "false"}, ("--untrusted-in-ci",), True),
            ({"CI": "1", "SPLINT_UNTRUSTED": "0"}, ("--untrusted-in-ci",), True),
            ({"SPLINT_UNTRUSTED": "0"}, ("--untrusted",), False),
            ({"SPLINT_UNTRUSTED": "1"}, (), False),
        ],
        3,
    ),
)
def test_the_environment_says_whose_tree_it_is(
    run: Run, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], arguments: tuple[str, ...], runs: bool
) -> None:
    mark = plugin()
    Path("splint.toml").write_text('plugins = ["./p.py"]')
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    run(*arguments)
    assert mark.exists() == runs


def test_a_variable_that_says_neither_is_an_error(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPLINT_UNTRUSTED", "maybe")
    outcome = run()
    assert (outcome.status, "SPLINT_UNTRUSTED is 'maybe'" in outcome.err) == (2, True)


SECRETS: dict[str, Callable[[str], str]] = {
    "a header": lambda c: f'{{"url": "{URL}", "headers": {{"Authorization": "Basic {c}"}}, "body": {{"budget": ""}}}}',
    "a pair": lambda c: (
        f'{{"url": "{URL}", "headers": [{{"value": "{c}", "name": "X-Api-Key"}}], "body": {{"budget": ""}}}}'
    ),
    "a member": lambda c: f'{{"objective_type": "LEADS", "client_secret": "{c}"}}',
    "a broken member": lambda c: f'{{"objective_type": 5, "api_key": "{c}" x}}',
    "a variable": lambda c: f"export GITHUB_TOKEN={c}; curl -X POST {URL} -d '{{'\n",
    "a login": lambda c: f"https_proxy=http://me:{c}@proxy:80 curl -X POST {URL} -d '{{'\n",
    "an option": lambda c: f"curl -X POST {URL} -H 'Cookie: a=b; c={c}' -d '{{\"objective_type\": 5}}'\n",
    "a password": lambda c: f"objective_type: LEADS\npassword: correct horse {c}\n",
    "a block": lambda c: f"objective_type: LEADS\nprivate_key: |\n  begin\n\n  {c}\n",
}


@pytest.mark.parametrize("secret", SECRETS)
def test_no_output_shows_a_credential(run: Run, secret: str) -> None:
    text = SECRETS[secret](CANARY)
    name = "a.sh" if "curl" in text else "a.json" if text.startswith("{") else "a.yaml"
    Path("bad.json").unlink()
    Path(name).write_text(text)
    for form in ("full", "concise", "json", "json-lines", "sarif", "github", "gitlab", "junit", "markdown", "html"):
        outcome = run(name, "--output-format", form)
        assert outcome.status in (1, 2), outcome
        assert CANARY not in outcome.out + outcome.err, form


def test_no_diff_shows_a_credential(run: Run) -> None:
    Path("bad.json").unlink()
    body = {"advertiser_id": 7000000000000000001}
    for headers in ({"X-Api-Key": CANARY}, [{"value": CANARY, "name": "X-Api-Key"}]):
        Path("a.json").write_text(json.dumps({"url": URL, "headers": headers, "body": body}))
        outcome = run("--diff")
        assert '"advertiser_id": "7000000000000000001"' in outcome.out
        assert CANARY not in outcome.out
        assert "does not apply as it is" in outcome.err


ROOT = Path(__file__).parent.parent


def test_every_hook_takes_the_tree_for_a_strangers_in_ci() -> None:
    entries = [hook["entry"].split() for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())]
    assert all("--untrusted-in-ci" in entry for entry in entries)


@pytest.mark.parametrize(
    "name", few(["--exclude=*.json", "--config=plugins=['./run.py']#.json", "-q.json", "--baseline=b.json"], 2)
)
def test_a_file_is_no_option_whatever_a_stranger_calls_it(name: str, run: Run) -> None:
    """Hooks end their options with `--`; where somebody's `args` leave that out, the name is refused."""
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("{}")
    Path("run.py").write_text("open('ran', 'w')")
    for options in ([], ["--untrusted"]):
        outcome = run(*options, "bad.json", name)
        assert outcome.status == 2
        assert f"{name}: there is a file of this name: write ./{name} for the file" in outcome.err
        assert run(*options, "--", "bad.json", name).status == 1
    assert not Path("ran").exists()


def test_every_hook_that_is_given_files_ends_its_options() -> None:
    for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text()):
        assert hook.get("pass_filenames") is False or hook["args"] == ["--"]


def test_the_page_names_every_key_that_a_stranger_has_no_say_in() -> None:
    rows = re.findall(r"^\|(.*?)\|.*\|(.*?)\|$", (ROOT / "docs" / "security.md").read_text(), re.MULTILINE)
    told = {last.strip(): set[str]() for _, last in rows}
    for first, last in rows:
        told[last.strip()] |= set(re.findall("`([a-z-]+)`", first))
    assert told["do not run"] | told["do not count"] == set(NEVER)
    assert told["count with `--allow-ignores` only"] == set(IGNORES)
    counting = told["count"] | {key for last, keys in told.items() if last.startswith("counts,") for key in keys}
    assert sorted([*counting, *NEVER, *IGNORES]) == sorted(KEYS)


def test_a_stranger_does_not_cut_the_report(run: Run) -> None:
    Path(".git").mkdir()  # as a pull request has: else the settings would be what fingerprints' paths begin at
    Path("bad.json").write_text(json.dumps([json.loads(BAD)] * 3))
    before = run("--untrusted", "--output-format", "sarif", "--as-of", "2026-01-01")
    Path("splint.toml").write_text("max-findings = 1")
    after = run("--untrusted", "--output-format", "sarif", "--as-of", "2026-01-01")
    assert after.out == before.out
    assert f"{LEFT_OUT}max-findings of splint.toml; only PATHS and options of the command line say this" in after.err
    assert run("--output-format", "sarif", "--as-of", "2026-01-01").out != before.out


def test_a_symlink_to_a_baseline_is_followed_out_of_a_trusted_directory_only(run: Run) -> None:
    """As it is when the baseline is read: its paths are relative to the directory of the symlink."""
    link, place, none = Path(".splint-baseline.json"), Path("../outside/new.json"), '{"version": 1, "findings": []}'
    place.write_text(none)
    link.symlink_to(place)
    assert (run("--untrusted", "--write-baseline", ".").status, place.read_text()) == (2, none)
    assert (run("--write-baseline", ".").status, run(".").status) == (0, 0)
    Path("bad.json").write_text(json.dumps(BASES["cbo"]))
    assert '"path": "bad.json"' in place.read_text()
    assert (run("--prune-baseline", ".").status, link.is_symlink()) == (0, True)
    assert json.loads(place.read_text())["findings"] == []


@pytest.mark.parametrize("arguments", [(), ("--untrusted",)])
def test_a_key_of_thousands_of_parts_is_not_read(run: Run, arguments: tuple[str, ...]) -> None:
    Path("splint.toml").write_text("# ours\n" + ".".join(["a"] * 200_000) + " = 1\n")
    outcome = run(*arguments, "bad.json")
    assert outcome.status == 2
    assert "splint.toml:2: a key of more than 32 parts is none of splint's" in outcome.err


@pytest.mark.slow
@pytest.mark.parametrize("text", ["# " + "x" * 400_000, f'a = "{"-" * 400_000}"', "\n" * 400_000 + "splint = "])
def test_a_long_word_in_settings_is_read_in_linear_time(run: Run, text: str) -> None:
    for name in ("splint.toml", "pyproject.toml"):
        Path(name).write_text(text + "\n# splint")
        start = time.process_time()
        run("--untrusted", "bad.json")
        assert time.process_time() - start < 5
        Path(name).unlink()


@pytest.mark.slow
def test_a_script_of_many_missing_bodies_is_read_in_linear_time(run: Run) -> None:
    """What a script writes itself is looked for once, not for each request."""
    lines = [f"curl {URL} -d @missing{number}.json" for number in range(4_000)]
    Path("many.sh").write_text("\n".join(lines))
    start = time.process_time()
    outcome = run("many.sh", "--output-format", "json")
    assert (outcome.status, time.process_time() - start < 10) == (1, True)
