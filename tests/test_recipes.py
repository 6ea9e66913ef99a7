"""The recipes of docs/ci.md and the scripts of action.yml, run as they stand."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

import pytest
import splint_guide
import yaml
from markdown_it import MarkdownIt

import splint
from splint.cli.group import COMMANDS
from splint.reporting.report import SEVERITIES
from splint.rules.registry import PROFILES
from splint.testing import BASES
from tests.grids import diagonal, few

ROOT = Path(__file__).parent.parent
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text())
HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
CLEAN = json.dumps(BASES["cbo"])
ERROR = json.dumps({**BASES["cbo"], "campaign": {**BASES["cbo"]["campaign"], "budget": 0}})
WARNING = json.dumps({**BASES["cbo"], "campaign": {**BASES["cbo"]["campaign"], "made_up": 1}})
PATH = os.pathsep.join(str(Path(str(module.__file__)).parents[1]) for module in (splint, splint_guide))
HOSTILE = ("$(touch pwned); x", "'; touch pwned; '", '"; `touch pwned`; "', "a\ntouch pwned", "a[$(touch pwned)]")


class Block(NamedTuple):
    section: str
    language: str
    text: str


def _blocks() -> list[Block]:
    blocks, section = [], ""
    tokens = MarkdownIt("commonmark").parse((ROOT / "docs" / "ci.md").read_text())
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        if token.type == "heading_open" and following is not None:
            section = following.content
        if token.type in ("fence", "code_block"):
            blocks.append(Block(section, token.info, token.content))
    return blocks


BLOCKS = _blocks()
TRIED = [
    ("pre-commit", "yaml"),
    ("pre-commit", "yaml"),
    ("GitHub", "yaml"),
    ("GitLab", "yaml"),
    ("Shell", "sh"),
    ("Makefile", "make"),
    ("Completion", "bash"),
    ("Completion", "zsh"),
    ("Completion", "fish"),
]


def texts(section: str, language: str = "yaml") -> list[str]:
    return [block.text for block in BLOCKS if (block.section, block.language) == (section, language)]


def executable(path: Path, script: str) -> None:
    path.parent.mkdir(exist_ok=True, parents=True)
    path.write_text(f"#!/bin/sh\n{script}")
    path.chmod(0o755)


WRAPPER = f"exec {shlex.quote(sys.executable)} -c 'from splint.cli import main; main()' \"$@\"\n"
FAKE_PYTHON = r"""
printf '%s\n' "$@" >> "$CALLS"
if [ "$3" = venv ]; then
    for directory; do :; done
    mkdir -p "$directory/bin" && cp "$0" "$directory/bin/python" && cp "$BIN/splint" "$directory/bin/splint"
fi
"""
"""Writes down what it is called with; a virtual environment that it makes holds itself and `splint`."""


class NodeSpan:
    """A directory with payloads, and an environment with `splint` and a `pip` that only writes down its calls."""

    def __init__(self, tmp_path: Path) -> None:
        self.at = tmp_path / "work"
        self.outside = tmp_path
        self.at.mkdir()
        binaries = tmp_path / "bin"
        executable(binaries / "splint", WRAPPER)
        executable(binaries / "pip", 'printf "%s\\n" "$@" >> "$CALLS"\n')
        executable(binaries / "python", FAKE_PYTHON)
        kept = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
        self.environment = {
            **kept,
            "PATH": f"{binaries}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": PATH,
            "HOME": str(tmp_path),
            "BIN": str(binaries),
            "CALLS": str(tmp_path / "calls"),
        }

    def write(self, name: str, text: str) -> None:
        (self.at / name).parent.mkdir(exist_ok=True, parents=True)
        (self.at / name).write_text(text)

    def calls(self) -> list[str]:
        """The words that pip, or Python in its place, is called with."""
        path = self.outside / "calls"
        return path.read_text().splitlines() if path.exists() else []

    def run(self, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            cwd=self.at,
            env=self.environment | environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def place(tmp_path: Path) -> NodeSpan:
    return NodeSpan(tmp_path)


def test_every_block_of_the_page_is_tried_here() -> None:
    assert [(block.section, block.language) for block in BLOCKS] == TRIED


def test_every_yaml_block_parses_as_the_json_of_other_tools() -> None:
    for block in BLOCKS:
        if block.language == "yaml":
            assert isinstance(yaml.safe_load(block.text), dict), block


def test_versions_on_the_page_are_this_one() -> None:
    page = (ROOT / "docs" / "ci.md").read_text()
    assert re.findall(r"(?:rev: |splint@)v([0-9.]+)", page) == [splint.__version__] * 3


# Shell, Makefile


@pytest.mark.parametrize(("payload", "status"), few([(CLEAN, 0), (ERROR, 1), ('{"a": 1}', 3)], 2))
def test_the_shell_goes_on_with_clean_payloads_alone(place: NodeSpan, payload: str, status: int) -> None:
    [script] = texts("Shell", "sh")
    place.write("payloads/a.json", payload)
    done = place.run("sh", "-c", script)
    assert done.returncode == status, done.stderr
    assert ("payloads may be sent" in done.stdout) is (status == 0)


@pytest.mark.skipif(shutil.which("make") is None, reason="no make on the path")
@pytest.mark.parametrize("payload", [CLEAN, ERROR], ids=["clean", "error"])
def test_the_target_fails_with_findings_and_is_never_up_to_date(place: NodeSpan, payload: str) -> None:
    [makefile] = texts("Makefile", "make")
    place.write("Makefile", makefile)
    place.write("payloads/a.json", payload)
    done = place.run("make", "payloads")
    assert ("payloads/a.json:1:" in done.stdout, "SPL106" in done.stdout, done.returncode != 0) == (
        (payload == ERROR,) * 3
    ), done


# GitLab


@pytest.mark.parametrize(("payload", "status"), [(CLEAN, 0), (ERROR, 1)])
def test_the_job_of_gitlab_leaves_the_artifacts_that_it_promises(place: NodeSpan, payload: str, status: int) -> None:
    [[job]] = [yaml.safe_load(text).values() for text in texts("GitLab")]
    place.write("payloads/a.json", payload)
    done = place.run("bash", "-eo", "pipefail", "-c", "\n".join(job["script"]))
    assert done.returncode == status, done.stderr
    assert place.calls() == ["install", "splint-smartplus"]
    reports = job["artifacts"]["reports"]
    assert job["artifacts"]["when"] == "always"
    quality = json.loads((place.at / reports.pop("codequality")).read_text())
    assert [entry["check_name"] for entry in quality] == ["SPL106"] * status
    suites = ElementTree.parse(place.at / reports.pop("junit"))
    assert len(suites.findall(".//failure")) == status
    assert reports == {}
    assert ("SPL106" in done.stdout) is bool(status)


# pre-commit; tests/test_hooks.py runs it


@pytest.mark.parametrize("text", texts("pre-commit"), ids=["both", "more types"])
def test_the_configuration_of_pre_commit_names_hooks_that_there_are(tmp_path: Path, text: str) -> None:
    clientlib = pytest.importorskip("pre_commit.clientlib", reason="pre-commit is not installed")
    (tmp_path / "config.yaml").write_text(text)
    [repository] = clientlib.load_config(tmp_path / "config.yaml")["repos"]
    assert {hook["id"] for hook in repository["hooks"]} <= {hook["id"] for hook in HOOKS}


# The action


OWN = ["push", "schedule", "workflow_dispatch", "release"]
STRANGE = f"${{{{ inputs.untrusted || !contains(fromJSON('{json.dumps(OWN)}'), github.event_name) }}}}"


def _value(expression: str, inputs: Mapping[str, str], event: str) -> str:
    """The value of an expression of action.yml, of the few forms that stand there."""
    if expression == STRANGE:
        return inputs["untrusted"] or str(event not in OWN).lower()
    match = re.fullmatch(
        r"\$\{\{ (?:inputs\.([\w-]+)|steps\.python\.outputs\.python-path \|\| 'python3') \}\}", expression
    )
    assert match, expression
    return inputs[match[1]] if match[1] else "python"


class Ran(NamedTuple):
    status: int
    out: str
    err: str
    outputs: dict[str, str]
    summary: str


Act = Callable[..., Ran]


@pytest.fixture
def act(place: NodeSpan) -> Act:
    """Run the scripts of the action in turn, until one fails, as a runner does."""
    temporary = place.outside / "temp of the runner"
    temporary.mkdir()
    for name in ("output", "summary"):
        (temporary / name).touch()

    def run(given: Mapping[str, str] | None = None, event: str = "push") -> Ran:
        inputs = {name: str(entry["default"]) for name, entry in ACTION["inputs"].items()} | dict(given or {})
        environment = {
            "GITHUB_ACTION_PATH": "/a checkout/of the action",
            "GITHUB_OUTPUT": str(temporary / "output"),
            "GITHUB_STEP_SUMMARY": str(temporary / "summary"),
            "RUNNER_TEMP": str(temporary),
        }
        out = err = ""
        status = 0
        for step in ACTION["runs"]["steps"]:
            if "run" in step and status == 0:
                own = {name: _value(text, inputs, event) for name, text in step["env"].items()}
                script = temporary / "script.sh"
                script.write_text(step["run"])
                done = place.run("bash", "--noprofile", "--norc", "-eo", "pipefail", str(script), **environment, **own)
                out, err, status = out + done.stdout, err + done.stderr, done.returncode
        outputs = dict(line.split("=", 1) for line in (temporary / "output").read_text().splitlines())
        return Ran(status, out, err, outputs, (temporary / "summary").read_text())

    return run


def test_the_action_is_composite_and_its_scripts_hold_no_expression() -> None:
    assert ACTION["runs"]["using"] == "composite"
    for step in ACTION["runs"]["steps"]:
        if "run" in step:
            assert step["shell"] == "bash"
            assert "${{" not in step["run"]
        else:
            assert re.fullmatch(r"[\w-]+(/[\w-]+)+@[0-9a-f]{40}", step["uses"])


def test_the_action_uploads_what_it_wrote_even_when_there_are_findings() -> None:
    check, upload = ACTION["runs"]["steps"][-2:]
    assert upload["if"].split(" && ") == [
        "always()",
        "inputs.upload-sarif == 'true'",
        "steps.check.outputs.sarif != ''",
    ]
    assert (check["id"], upload["with"]["sarif_file"]) == ("check", "${{ steps.check.outputs.sarif }}")


def test_the_page_lists_the_inputs_of_the_action_with_their_defaults() -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \| (?:`(.*?)`)? ?\| \S", (ROOT / "docs" / "ci.md").read_text(), re.MULTILINE)
    listed = dict(rows)
    assert {name: listed.get(name) for name in ACTION["inputs"]} == {
        name: entry["default"] for name, entry in ACTION["inputs"].items()
    }


def test_the_workflow_on_the_page_runs_the_action(place: NodeSpan, act: Act) -> None:
    [workflow] = [yaml.safe_load(text) for text in texts("GitHub")]
    checkout, step = workflow["jobs"]["splint"]["steps"]
    assert checkout["uses"].startswith("actions/checkout@v")
    assert workflow["permissions"]["security-events"] == "write"
    assert step["with"].keys() <= ACTION["inputs"].keys()
    assert step["with"]["upload-sarif"] is True  # which a runner hands over as 'true'
    place.write("payloads/a.json", WARNING)
    place.write("launch plan.json", CLEAN)
    for name in ("elsewhere.json", "payloads/drafts/a.json"):
        place.write(name, ERROR)
    ran = act({name: str(value) for name, value in step["with"].items()})
    assert ran.outputs == {"exit-status": "1", "sarif": uploaded(place)}, ran
    assert re.search(r"^::warning file=payloads/a\.json,.*SPL004", ran.out, re.MULTILINE)
    assert re.search(r"^::error file=launch plan\.json,.*REF\d", ran.out, re.MULTILINE)
    assert set(re.findall(r" file=(.*?),", ran.out)) == {"payloads/a.json", "launch plan.json"}


def uploaded(place: NodeSpan) -> str:
    """What the action hands over for upload: no path of the checkout."""
    return str(place.outside / "temp of the runner" / "splint" / "findings.sarif")


def sarif(place: NodeSpan, name: str = "splint.sarif") -> dict[str, Any]:
    run: dict[str, Any] = json.loads((place.at / name).read_text())["runs"][0]
    return run


@pytest.mark.parametrize(
    ("payload", "args", "status"),
    few(
        [
            (CLEAN, "", 0),
            (ERROR, "", 1),
            (ERROR, "--exit-zero", 0),
            (ERROR, "--ignore SPL106\n  --fail-on info", 0),
            ('{"a": 1}', "", 3),
        ],
        3,
    ),
    ids=["clean", "error", "exit zero", "two lines of options", "no payload"],
)
def test_the_action_annotates_sums_up_and_passes_on_the_exit_status(
    place: NodeSpan, act: Act, payload: str, args: str, status: int
) -> None:
    place.write("a.json", payload)
    ran = act({"args": args})
    assert (ran.status, ran.outputs) == (status, {"exit-status": str(status), "sarif": uploaded(place)}), ran
    is_found = payload == ERROR and "--ignore" not in args
    assert ran.out.startswith("::error file=a.json,line=1,") is is_found
    assert ("SPL106" in ran.summary) is is_found
    assert ran.summary
    assert [result["ruleId"] for result in sarif(place)["results"]] == ["SPL106"] * is_found
    assert Path(uploaded(place)).read_bytes() == (place.at / "splint.sarif").read_bytes()


@pytest.mark.slow
@pytest.mark.parametrize("args", ["--", "--fail-on warning --"])
@pytest.mark.parametrize("paths", ["", "payloads"])
def test_the_end_of_options_in_the_arguments_is_no_path(place: NodeSpan, act: Act, args: str, paths: str) -> None:
    """The script ends them itself."""
    place.write("payloads/a.json", WARNING)
    ran = act({"args": args, "paths": paths})
    assert ran.status == (0 if args == "--" else 1), ran.err
    assert "cannot be read" not in ran.out + ran.err


def test_an_error_of_a_call_leaves_no_sarif_of_an_earlier_run_to_upload(place: NodeSpan, act: Act) -> None:
    """Neither one in the directory of the runner nor one in the checkout, which a pull request may commit."""
    place.write("a.json", CLEAN)
    place.write("splint.sarif", "of an earlier run")
    Path(uploaded(place)).parent.mkdir()
    Path(uploaded(place)).write_text("of an earlier run")
    ran = act({"args": "--fial-on info"})
    assert (ran.status, ran.outputs) == (2, {"exit-status": "2"})
    assert "--fail-on" in ran.err


def test_the_action_removes_and_uploads_nothing_behind_a_symlink_of_a_pull_request(place: NodeSpan, act: Act) -> None:
    place.write("a.json", ERROR)
    outside = place.outside / "splint.sarif"
    outside.write_text("of somebody else")
    (place.at / "reports").symlink_to(place.outside)
    ran = act({"sarif-file": "reports/splint.sarif"}, "pull_request")
    assert (ran.status, ran.outputs) == (2, {"exit-status": "2"})
    assert "symlink that leads out" in ran.err
    assert outside.read_text() == "of somebody else"


def test_the_action_writes_through_no_symlink_of_a_pull_request(place: NodeSpan, act: Act) -> None:
    """Its own name for the report may be one that leads to a hook, which a shell would run with the findings in it."""
    place.write("a.json", ERROR)
    place.write(".git/hooks/pre-commit", "exit 0")
    (place.at / "splint.sarif").symlink_to(".git/hooks/pre-commit")
    ran = act(event="pull_request")
    assert (ran.status, ran.outputs) == (2, {"exit-status": "2"})
    assert "splint.sarif: it leads through the symlink splint.sarif of the tree" in ran.err
    assert (place.at / ".git/hooks/pre-commit").read_text() == "exit 0"


def test_a_directory_in_the_place_of_the_sarif_is_an_error_beside_the_findings(place: NodeSpan, act: Act) -> None:
    place.write("a.json", ERROR)
    place.write("splint.sarif/a.txt", "")
    ran = act(event="pull_request")
    assert (ran.status, ran.outputs) == (2, {"exit-status": "2", "sarif": uploaded(place)})
    assert ran.out.startswith("::error file=a.json,line=1,")
    assert "splint.sarif: cannot be written" in ran.err


@pytest.mark.parametrize(
    ("version", "requirement"), [("", "/a checkout/of the action"), ("0.1.0", "splint-smartplus==0.1.0")]
)
def test_the_action_installs_itself_or_a_release_apart_from_all_else(
    place: NodeSpan, act: Act, version: str, requirement: str
) -> None:
    place.write("a.json", CLEAN)
    assert act({"version": version}).status == 0
    environment = str(place.outside / "temp of the runner" / "splint")
    pip = ["-I", "-m", "pip", "--quiet", "--disable-pip-version-check"]
    pinned = ["install", "--require-hashes", "--requirement", "/a checkout/of the action/requirements/action.txt"]
    alone = ["install", "--no-deps", "--no-build-isolation", requirement]
    calls = [["-I", "-m", "venv", "--clear", environment], [*pip, *pinned], [*pip, *alone], [*pip, "check"]]
    assert place.calls() == [word for call in calls for word in call]


@pytest.mark.parametrize(("text", "name"), few(diagonal(HOSTILE, ["paths", "args", "version", "sarif-file"]), 2))
def test_an_input_runs_nothing(place: NodeSpan, act: Act, name: str, text: str) -> None:
    place.write("a.json", CLEAN)
    before = {path.name for path in place.at.iterdir()}
    ran = act({name: text})
    assert not list(place.outside.rglob("pwned"))
    assert ran.outputs.keys() <= {"exit-status", "sarif"}
    after = {path.name for path in place.at.iterdir()}
    if name in ("paths", "args"):
        assert (ran.status, ran.outputs["exit-status"], after - {"splint.sarif"}) == (2, "2", before)
        assert "No such file" in ran.err or "No such option" in ran.err
    elif name == "sarif-file":
        assert (ran.status, after) == (0, before | {text})
    else:
        assert f"\n--no-build-isolation\nsplint-smartplus=={text}\n-I\n" in "\n".join(place.calls())


def test_words_of_args_are_not_expanded(place: NodeSpan, act: Act) -> None:
    """A glob reaches splint as it is written."""
    for name in ("a.json", "b.json"):
        place.write(name, ERROR)
    ran = act({"args": "--exclude *.json"})
    assert (ran.status, ran.outputs["exit-status"]) == (3, "3"), ran


def test_a_path_is_taken_as_it_is_written(place: NodeSpan, act: Act) -> None:
    """It may look like an option, and holds backslashes, spaces and globs that mean nothing."""
    names = ["-q.json", "a\\b.json", "c  d.json", "*.json"]
    for name in names:
        place.write(name, ERROR)
    place.write("e.json", ERROR)
    assert set(re.findall(r" file=(.*?),", act({"paths": "\n\n".join(names)}).out)) == set(names)


@pytest.mark.parametrize(
    ("event", "untrusted", "runs"),
    few(
        [
            ("push", "", True),
            ("pull_request", "", False),
            ("pull_request_target", "", False),
            ("workflow_run", "", False),
            ("issue_comment", "", False),
            ("schedule", "", True),
            ("pull_request", "false", True),
            ("push", "true", False),
        ],
        2,
    ),
)
def test_the_action_runs_no_code_of_a_pull_request(
    place: NodeSpan, act: Act, event: str, untrusted: str, runs: bool
) -> None:
    place.write("p.py", "open('ran', 'w').close()\nimport splint\nsplint_reporters = splint.hookimpl(lambda: [])\n")
    place.write("splint.toml", 'plugins = ["./p.py"]')
    place.write("a.json", ERROR)
    assert "SPL106" in act({"untrusted": untrusted}, event).out
    assert (place.at / "ran").exists() == runs


# Completion


def complete(place: NodeSpan, words: str) -> list[str]:
    """What bash offers for the last of the words."""
    count = str(len(words.split(" ")) - 1)
    done = place.run("splint", _SPLINT_COMPLETE="bash_complete", COMP_WORDS=words, COMP_CWORD=count)
    assert (done.returncode, done.stderr) == (0, "")
    return [line.removeprefix("plain,") for line in done.stdout.splitlines() if line]


@pytest.mark.parametrize(
    ("words", "offered"),
    few(
        [
            ("splint ", list(COMMANDS)),
            ("splint che", ["check"]),
            ("splint check --out", ["--output-format", "--output-file"]),
            ("splint check --fail-on ", [*SEVERITIES, "never"]),
            ("splint check a.json --profile ", list(PROFILES)),
            ("splint check --profile r", ["reference"]),
        ],
        3,
    ),
)
def test_completion_offers_commands_options_and_their_values(place: NodeSpan, words: str, offered: list[str]) -> None:
    assert complete(place, words) == offered


ASKING = {
    "bash": (
        "COMP_WORDS=(splint check --out); COMP_CWORD=2; _splint_completion splint\n"
        'printf "%s\\n" "${COMPREPLY[@]}"; complete -p splint'
    ),
    "zsh": (
        "_describe() { print -l -- $completions_with_descriptions }\n"
        "words=(splint check --out); CURRENT=3; $_comps[splint]; print -- $_comps[splint]"
    ),
    "fish": "complete -C 'splint check --out'; echo _splint_completion",
}
PLAIN = {"bash": ["--noprofile", "--norc"], "zsh": ["-f"], "fish": ["--no-config"]}


@pytest.mark.parametrize("shell", ASKING)
def test_a_shell_takes_the_lines_of_the_page_and_completes(place: NodeSpan, shell: str) -> None:
    """In the shell itself, the function that the lines define is registered and offers the option."""
    if shutil.which(shell) is None:
        pytest.skip(f"no {shell} on the path: apt-get install {shell}")
    if shell == "bash" and place.run("bash", "-c", "((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] >= 404))").returncode:
        pytest.skip("this bash is older than 4.4")
    [lines] = texts("Completion", shell)
    done = place.run(shell, *PLAIN[shell], "-c", f"{lines}\n{ASKING[shell]}")
    assert (done.returncode, done.stderr) == (0, ""), done
    assert re.search(r"^--output-format\b", done.stdout, re.MULTILINE)
    assert re.search(r"^--output-file\b", done.stdout, re.MULTILINE)
    assert "_splint_completion" in done.stdout
    assert "--profile" not in done.stdout


@pytest.mark.parametrize("shell", ASKING)
def test_the_script_of_a_shell_is_one_that_it_parses(place: NodeSpan, shell: str) -> None:
    done = place.run("splint", _SPLINT_COMPLETE=f"{shell}_source")
    assert (done.returncode, done.stderr) == (0, "")
    assert "_splint_completion" in done.stdout
    if shutil.which(shell) is None:
        pytest.skip(f"no {shell} on the path: apt-get install {shell}")
    place.write("script", done.stdout)
    parsed = place.run(shell, "-n", "script")
    assert (parsed.returncode, parsed.stderr) == (0, "")


def test_what_the_page_on_editors_shows_is_a_payload_without_findings() -> None:
    report = splint.check(ROOT / "docs" / "editors.md")
    assert (report.payloads, report.diagnostics) == (2, ())
