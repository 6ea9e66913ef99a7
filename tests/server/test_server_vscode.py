"""The extension for VS Code: what its manifest says, that it is built from what is locked, and what it does."""

import json
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest

from splint import __version__
from splint.server.texts import SUFFIXES

ROOT = Path(__file__).parents[2]
EXTENSION = ROOT / "editors" / "vscode"
MANIFEST: dict[str, Any] = json.loads((EXTENSION / "package.json").read_text())
SETTINGS = MANIFEST["contributes"]["configuration"]["properties"]


def test_the_manifest_says_what_an_untrusted_workspace_may() -> None:
    untrusted = MANIFEST["capabilities"]["untrustedWorkspaces"]
    assert (untrusted["supported"], untrusted["restrictedConfigurations"]) == ("limited", ["splint.path"])
    assert SETTINGS["splint.path"]["scope"] == "machine-overridable"
    assert (MANIFEST["license"], MANIFEST["publisher"], MANIFEST["version"]) == ("Apache-2.0", "OWNER", __version__)


def test_settings_and_languages_are_those_of_the_source() -> None:
    source = "".join(path.read_text() for path in sorted((EXTENSION / "src").glob("*.ts")))
    assert {f"splint.{key}" for key in re.findall(r'\.get\("(\w+)"', source)} == SETTINGS.keys()
    [listed] = re.findall(r"LANGUAGES = \[(.*?)\]", source)
    languages = re.findall(r'"(\w+)"', listed)
    begun = {event.removeprefix("onLanguage:") for event in MANIFEST["activationEvents"] if event.startswith("onL")}
    assert begun == set(languages)
    assert begun <= SUFFIXES.keys()
    readme = (EXTENSION / "README.md").read_text()
    assert all(f"`{setting}`" in readme for setting in SETTINGS)


def test_the_lock_file_holds_hashes_and_no_address() -> None:
    text = (EXTENSION / "package-lock.json").read_text()
    assert "://" not in text
    lock = json.loads(text)["packages"]
    assert lock.pop("")["dependencies"] == MANIFEST["dependencies"]
    assert all(one["integrity"].startswith("sha512-") for one in lock.values())


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.skipif(shutil.which("npm") is None, reason="no npm on the path: apt-get install npm")
def test_the_extension_is_built_and_starts_the_server(tmp_path: Path) -> None:
    work = tmp_path / "editors" / "vscode"
    shutil.copytree(EXTENSION, work, ignore=shutil.ignore_patterns("node_modules", "dist", "*.vsix"))
    shutil.copy(ROOT / "LICENSE", tmp_path)
    for command in (["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], ["npm", "run", "package"]):
        done = subprocess.run(command, cwd=work, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
    with zipfile.ZipFile(work / "splint.vsix") as archive:
        archive.extractall(tmp_path / "vsix")
    unpacked = tmp_path / "vsix" / "extension"
    names = {path.relative_to(unpacked).as_posix() for path in unpacked.rglob("*") if path.is_file()}
    assert {"package.json", "dist/extension.js", "dist/options.js", "LICENSE.txt", "readme.md"} <= names
    assert not any(name.endswith((".ts", ".map")) or name.startswith("src/") for name in names)
    parts = [name.rpartition("node_modules/")[2].split("/") for name in names if "node_modules/" in name]
    packages = {part[0] for part in parts}
    assert packages == {part[0] for part in parts if "license" in part[-1].lower()}
    assert {"vscode-languageclient", "vscode-jsonrpc", "minimatch"} <= packages
    script = [Path(__file__).with_name("vscode.js"), unpacked / "dist" / "extension.js"]
    done = subprocess.run(["node", *map(str, script)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    first, trusted, missing, last = said["clients"]
    server = {"command": ".venv/bin/splint", "args": ["server"], "options": {"cwd": "/folder"}}
    assert (first["server"], first["trusted"], first["steps"]) == (
        server,
        {"trusted": False},
        ["start", "trace verbose", "dispose"],
    )
    assert (trusted["trusted"], trusted["steps"][-2:]) == ({"trusted": True}, ["trace off", "dispose"])
    assert missing["steps"] == []
    [told] = said["errors"]
    assert "splint.path" in told
    assert last["server"]["command"] == "splint"
    assert {"scheme": "untitled", "language": "yaml"} in last["documents"]
    assert said["client"] == "function"
