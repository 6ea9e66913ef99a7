"""What a log of CI reads: no payload gives its runner a command, and no output has characters that do not print."""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import orjson
import pytest

from splint.reporting.wording import json_text, without_commands
from splint.settings.toml import toml_text
from splint.testing import BASES
from tests.command import Command

VALUES = ("##[error]pwned", "##vso[task.setvariable variable=x]y", "::error file=x::pwned")
ODD = "\x7f\x9b31m\u202e\u2066\u2028\U000e0001"
FORMATS = ("full", "concise", "markdown", "junit", "json", "json-lines", "sarif", "gitlab", "agent")


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: Command) -> Command:
    """`splint check` in an empty directory."""
    monkeypatch.chdir(tmp_path)
    return lambda *arguments, stdin="": command("check", *arguments, stdin=stdin)


def commands(text: str) -> Iterator[str]:
    """The lines that the runner of GitHub or Azure would take for commands: blanks before do not count."""
    for line in re.split(r"\r\n|\r|\n", text):
        stripped = line.lstrip()
        command = re.match(r"::([\w-]+)[^:]*::", stripped)
        if command or "##[" in line or "##vso[" in line:
            yield line


@pytest.mark.parametrize("form", FORMATS)
def test_no_value_is_a_command_to_a_runner(run: Command, form: str) -> None:
    campaign = {**BASES["cbo"]["campaign"], "objective_type": VALUES[0], "budget_mode": VALUES[1], VALUES[2]: 1}
    Path("::error::pwned.json").write_text(json.dumps({"campaign": campaign}))
    Path("##vso[x]y.json").write_text("{")
    outcome = run("::error::pwned.json", "##vso[x]y.json", VALUES[2], "--output-format", form)
    assert "pwned" in outcome.out
    assert not [*commands(outcome.out), *commands(outcome.err)]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("::error::x", r"\x3a:error::x"),
        ("a\n \t::error::x", "a\n \t\\x3a:error::x"),
        ("a\r\u3000::error::x", "a\r\u3000\\x3a:error::x"),
        ("##[error]x ##VSO[y]", r"\x23#[error]x \x23#VSO[y]"),
        ("###[x]", r"#\x23#[x]"),
        ("a ::error::x", "a ::error::x"),
        ("  ::: b.json:1:2", "  ::: b.json:1:2"),
        ("## Title ##", "## Title ##"),
    ],
)
def test_what_a_runner_would_take_is_spelled_out_and_nothing_else(text: str, shown: str) -> None:
    assert without_commands(text) == shown


BLOCK = """\
campaign:
  advertiser_id: 7000000000000000001
  campaign_name: |
    ::stop-commands::abc
    ::error file=x::pwned
    ##vso[task.complete]
"""


@pytest.mark.parametrize("variable", ["", "CI", "TF_BUILD"])
def test_a_diff_in_a_log_gives_no_command_and_applies_elsewhere(
    run: Command, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    Path("a.yaml").write_text(BLOCK)
    if variable:
        monkeypatch.setenv(variable, "True")
    outcome = run("--diff", "a.yaml")
    is_told = "spells out what CI would take for commands, and does not apply as it is: use --fix" in outcome.err
    assert (outcome.status, is_told) == (1, bool(variable))
    assert "error file=x::pwned" in outcome.out
    if variable:
        assert not [*commands(outcome.out)]
    else:
        subprocess.run(["git", "apply", "-"], input=outcome.out.encode(), check=True)
        assert Path("a.yaml").read_text() == BLOCK.replace("7000000000000000001", '"7000000000000000001"')


def test_a_diff_without_a_command_is_whole_in_ci(run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    Path("a.yaml").write_text(BLOCK.replace("::", ":").replace("##", "#"))
    outcome = run("--diff", "a.yaml")
    assert "does not apply" not in outcome.err
    subprocess.run(["git", "apply", "-"], input=outcome.out.encode(), check=True)


@pytest.mark.parametrize("form", FORMATS)
def test_no_format_writes_characters_that_do_not_print(run: Command, form: str) -> None:
    payload = {"campaign": {**BASES["cbo"]["campaign"], "objective_type": f"{ODD}RED", f"{ODD}x": 1}}
    Path("odd.json").write_text(json.dumps(payload))
    outcome = run("odd.json", "--output-format", form)
    assert "RED" in outcome.out
    assert not [char for char in outcome.out if not char.isprintable() and char != "\n"]
    if form == "json":
        assert any(found["pointer"].endswith(f"/{ODD}x") for found in outcome.report["diagnostics"])
    if form == "junit":
        ElementTree.fromstring(outcome.out)


@pytest.mark.parametrize("value", [ODD, {ODD: [ODD, "é😀\t\n", "##[x]"]}, "plain"])
@pytest.mark.parametrize("indent", [False, True])
def test_json_with_characters_escaped_is_equal(value: Any, indent: bool) -> None:
    text = json_text(value, indent=indent)
    assert json.loads(text) == value
    assert text.replace("\n", "").isprintable()
    assert "##[" not in text


def test_half_of_a_surrogate_pair_is_spelled_out_in_json() -> None:
    """Strict readers refuse its escape, and with that the whole text."""
    assert orjson.loads(json_text(["\ud800\x9b😀", "\udcff"])) == ["\\ud800\x9b😀", r"\xff"]


def test_what_is_escaped_in_toml_is_equal() -> None:
    import tomllib

    text = f"a = {toml_text(ODD)}"
    assert text.isprintable()
    assert tomllib.loads(text) == {"a": ODD}
