"""Real editors with the configurations that docs/editors.md gives: Neovim's own client, and Eglot in Emacs."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pygls")

from tests.test_formats import PATH, run

HERE = Path(__file__).parent
GUIDE = HERE.parents[1] / "docs" / "editors.md"
DOCS = "https://docs.example"
FINDING = (
    '{"campaign_name": "😀 lamps", "advertiser_id": 7000000000000000001, "objective_type": "WEB_CONVERSIONS", '
    '"budget_mode": "BUDGET_MODE_DYNAMIC_DAILY_BUDGET", "budget": 500}\n'
)
"""A campaign whose id is a number (SPL006), with an emoji in front of it."""
SECOND = (
    "campaign_name: 😀 first\nadvertiser_id: '7000000000000000001'\n---\n"
    "campaign_name: 😀 second\nadvertiser_id: 7000000000000000001\nobjective_type: WEB_CONVERSIONS\n"
)
TYPED = "campaign:\n  campaign_name: first\n---\ncampaign:\n  campaign_name: 😀 second\n  budg\n"
FILES = {"finding.json": FINDING, "all.json": FINDING, "second.yaml": SECOND, "typed.yaml": TYPED, "splint.toml": ""}
PUBLISHED = f"""\
from splint.rules import links

links.DOCS_URL = {DOCS!r}
from splint.cli import start

start()
"""
"""Starts splint as if the pages of its rules stood somewhere."""
Said = dict[str, Any]


def configuration(editor: str) -> str:
    """What the docs give for an editor."""
    found = re.search(rf"^#### {editor}\n.*?^```\w+\n(.*?)^```", GUIDE.read_text(), re.MULTILINE | re.DOTALL)
    assert found is not None
    return found[1]


def told(workspace: Path, command: list[str]) -> Said:
    """What an editor was shown, and did, in a workspace of its own."""
    home, tools = workspace / "home", workspace / "bin"
    work = workspace / "work"
    for directory in (home, tools, work):
        directory.mkdir()
    splint = tools / "splint"
    splint.write_text(f"#!{sys.executable}\nimport sys\n\nsys.path[:0] = {PATH.split(os.pathsep)}\n{PUBLISHED}")
    splint.chmod(0o755)
    for name, text in FILES.items():
        (work / name).write_text(text)
    said = workspace / "said.json"
    environment = {
        "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(home),
        "SAID": str(said),
        "LC_ALL": "C.UTF-8",
    }
    done = subprocess.run(command, cwd=work, env=environment, capture_output=True, text=True, timeout=240)
    assert said.exists(), done.stdout + done.stderr
    answer: Said = json.loads(said.read_text())
    assert "failure" not in answer, (answer["failure"], done.stderr)
    return answer


def neovim(workspace: Path) -> Said:
    settings = workspace / "init.lua"
    settings.write_text(configuration("Neovim"))
    return told(workspace, ["nvim", "--headless", "--clean", "-u", str(settings), "-c", f"luafile {HERE}/neovim.lua"])


def emacs(workspace: Path) -> Said:
    settings = workspace / "init.el"
    settings.write_text(configuration("Emacs"))
    batch = ["emacs", "--batch", "--funcall", "package-initialize"]
    knows_yaml = subprocess.run([*batch, "--eval", "(kill-emacs (if (fboundp 'yaml-mode) 0 1))"], check=False)
    if knows_yaml.returncode:
        pytest.skip("no yaml-mode for Emacs: apt-get install elpa-yaml-mode")
    return told(workspace, [*batch, "--load", str(settings), "--load", str(HERE / "emacs.el")])


def missing(command: str, package: str) -> pytest.MarkDecorator:
    reason = f"no {command} on the path: apt-get install {package}"
    return pytest.mark.skipif(shutil.which(command) is None, reason=reason)


EDITORS = [
    pytest.param(neovim, id="neovim", marks=missing("nvim", "neovim")),
    pytest.param(emacs, id="emacs", marks=missing("emacs", "emacs-nox")),
]


@pytest.mark.slow
@pytest.mark.parametrize("editor", EDITORS)
def test_an_editor_shows_and_does_what_the_server_says(editor: Callable[[Path], Said], tmp_path: Path) -> None:
    said = editor(tmp_path)
    [found] = [one for one in said["findings"] if "SPL006" in json.dumps(one)]
    assert found["marked"] == "7000000000000000001"
    assert found["href"] == f"{DOCS}/rules/SPL006/"
    assert "BUDGET_MODE_DYNAMIC_DAILY_BUDGET" in said["hover"]
    for one in said["second"]:
        assert one["marked"] not in ("😀 first", "'7000000000000000001'")
    [second] = [one for one in said["second"] if "SPL006" in json.dumps(one)]
    assert second["marked"] == "7000000000000000001"
    assert "WEB_CONVERSIONS" in said["second_hover"]
    assert "budget_mode" in map(str.strip, said["completion"]["offered"])
    assert "campaign_name" not in map(str.strip, said["completion"]["offered"])
    assert said["completion"]["text"].startswith(TYPED.removesuffix("budg\n") + "budget_mode:")
    assert '"7000000000000000001"' in said["fixed"]
    assert not said.get("renamed", False)
    (tmp_path / "all.json").write_text(FINDING)
    assert run(tmp_path, "all.json", "--fix").returncode in (0, 1)
    assert said["fixed_all"].rstrip("\n") == (tmp_path / "all.json").read_text().rstrip("\n")
