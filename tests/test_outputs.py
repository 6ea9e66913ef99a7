"""Where reports go: never over what a run reads, whole or not at all, and each whatever becomes of the others."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from splint.testing import BASES
from tests.command import Command

ERROR = json.dumps({**BASES["cbo"], "campaign": {**BASES["cbo"]["campaign"], "budget": 0}})
URL = "https://business-api.tiktok.com/open_api/v1.3/smart_plus/campaign/create/"
PACK = "from splint import hookimpl\n\n\n@hookimpl\ndef splint_reporters():\n    return []\n"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: Command) -> Command:
    """`splint check` in a directory with a payload that has errors."""
    monkeypatch.chdir(tmp_path)
    Path("bad.json").write_text(ERROR)
    return lambda *arguments, stdin="": command("check", *arguments, stdin=stdin)


READ: dict[str, tuple[dict[str, str], str, str, str]] = {
    "a baseline that is there": (
        {"bl": '{"version": 1, "findings": []}'},
        "--baseline bl --output-file bl bad.json",
        "bl",
        "is the baseline",
    ),
    "a baseline that is written": (
        {},
        "--write-baseline --output-format json=.splint-baseline.json bad.json",
        ".splint-baseline.json",
        "is the baseline",
    ),
    "settings": ({"splint.toml": ""}, "--output-file splint.toml bad.json", "splint.toml", "holds settings"),
    "settings of a project": (
        {"pyproject.toml": "[tool.splint]\n"},
        "--output-file ./pyproject.toml .",
        "pyproject.toml",
        "holds settings",
    ),
    "settings that the command line names": (
        {"house.cfg": 'profile = "guide"'},
        "--config house.cfg --output-file house.cfg bad.json",
        "house.cfg",
        "holds settings",
    ),
    "settings that are extended": (
        {"splint.toml": 'extend = "base.toml"', "base.toml": ""},
        "--output-file base.toml bad.json",
        "base.toml",
        "holds settings",
    ),
    "settings of a directory below": (
        {"sub/splint.toml": "", "sub/bad.json": ERROR},
        "--output-file sub/splint.toml sub/bad.json",
        "sub/splint.toml",
        "holds settings",
    ),
    "a plugin": ({"p.py": PACK}, "--plugin ./p.py --output-file p.py bad.json", "p.py", "is a plugin"),
    "a plugin of the settings": (
        {"p.py": PACK, "splint.toml": 'plugins = ["./p.py"]'},
        "--output-file p.py bad.json",
        "p.py",
        "is a plugin",
    ),
    "a body": (
        {"c.sh": f"curl {URL} -d @body.json\n", "body.json": ERROR},
        "--output-file body.json c.sh",
        "body.json",
        "is a body that c.sh sends",
    ),
    "what standard input stands for": (
        {},
        "--stdin-filename bad.json --output-file bad.json -",
        "bad.json",
        "is checked as --stdin-filename",
    ),
}


@pytest.mark.parametrize("case", READ)
def test_a_report_takes_the_place_of_nothing_that_the_run_reads(run: Command, case: str) -> None:
    files, arguments, target, what = READ[case]
    for name, text in files.items():
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text(text)
    before = {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()}
    outcome = run(*arguments.split(), stdin=ERROR)
    assert outcome.status == 2
    assert f"{target} {what}" in outcome.err
    assert "and a report would overwrite it: name another file for that" in outcome.err
    assert {path: path.read_bytes() for path in Path().rglob("*.*") if path.is_file()} | before == before


@pytest.mark.parametrize("paths", ["bad.json", "."])
@pytest.mark.parametrize("link", [os.link, os.symlink])
def test_a_report_goes_to_no_link_of_a_file_that_is_checked(run: Command, paths: str, link: Any) -> None:
    link("bad.json", "other.txt")
    outcome = run("--output-file", "other.txt", paths)
    assert (outcome.status, Path("bad.json").read_text()) == (2, ERROR)
    assert "other.txt is checked, and a report would overwrite it" in outcome.err


def test_two_reports_go_to_no_links_of_one_file(run: Command) -> None:
    Path("a.html").touch()
    Path("b.html").hardlink_to("a.html")
    outcome = run("--output-format", "json=a.html", "--output-format", "html=b.html", "bad.json")
    assert (outcome.status, Path("a.html").read_text()) == (2, "")
    assert "a.html and b.html are one file, and the last report would win: name another" in outcome.err
