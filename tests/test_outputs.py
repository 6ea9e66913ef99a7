"""Where reports go: never over what a run reads, whole or not at all, and each whatever becomes of the others."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from splint.testing import BASES
from tests.command import Command
from tests.grids import diagonal, few

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
    assert {path: path.read_bytes() for path in before} == before
    assert {path for path in Path().rglob("*") if path.is_file() and path.suffix != ".pyc"} == {*before}


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


FULL = pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is full")


def test_a_report_that_cannot_be_written_leaves_the_old_one_and_takes_none_along(
    run: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a full disk: r.html is what it was, nothing lies beside it, and the other reports are written."""
    Path("r.html").write_text("the old one")
    write = os.fsync

    def full(descriptor: int) -> None:
        if os.fstat(descriptor).st_size > 10_000:
            raise OSError(28, "No space left on device")
        write(descriptor)

    monkeypatch.setattr("os.fsync", full)
    formats = ("html=r.html", "html=more.html", "json=r.json", "concise")
    outcome = run(*(word for form in formats for word in ("--output-format", form)), "bad.json")
    assert (outcome.status, Path("r.html").read_text()) == (2, "the old one")
    assert json.loads(Path("r.json").read_text())["summary"]["errors"] == 1
    assert outcome.out.startswith("bad.json:1:")
    assert [line for line in outcome.err.splitlines() if line.startswith("Error")] == [
        f"Error: {name}: cannot be written: No space left on device" for name in ("r.html", "more.html")
    ]
    assert sorted(path.name for path in Path().iterdir()) == ["bad.json", "r.html", "r.json"]


@FULL
def test_a_full_device_takes_no_other_report_along(run: Command) -> None:
    outcome = run("--output-format", "json=/dev/full", "--output-format", "sarif=r.sarif", "bad.json")
    assert (outcome.status, json.loads(Path("r.sarif").read_text())["version"]) == (2, "2.1.0")
    assert "/dev/full: cannot be written: No space left on device" in outcome.err


def test_a_report_goes_through_a_link_and_keeps_the_mode_of_its_file(run: Command) -> None:
    Path("kept").mkdir()
    Path("kept/r.json").touch(mode=0o640)
    Path("r.json").symlink_to("kept/r.json")
    assert run("--output-format", "json=r.json", "bad.json").status == 1
    assert Path("r.json").is_symlink()
    assert Path("kept/r.json").stat().st_mode & 0o777 == 0o640
    assert json.loads(Path("kept/r.json").read_text())["summary"]["errors"] == 1


def test_a_report_to_an_open_file_is_written_behind_its_name(tmp_path: Path) -> None:
    """A shell redirects to a file, and writes more to it: no other file takes its place."""
    (tmp_path / "bad.json").write_text(ERROR)
    words = ["check", "--quiet", "--output-format", "concise", "--output-file", "/dev/stdout", "bad.json"]
    with (tmp_path / "out").open("wb") as out:
        subprocess.run([*SPLINT, *words], cwd=tmp_path, stdout=out, check=False)
        out.seek(0, os.SEEK_END)
        out.write(b"more\n")
    lines = (tmp_path / "out").read_text().splitlines()
    assert (lines[0].partition(":")[0], lines[-1]) == ("bad.json", "more")


SPLINT = (sys.executable, "-m", "splint")


@pytest.mark.parametrize(
    ("words", "status"),
    few(
        [
            ("check --output-format json bad.json again.json", 1),
            ("check --fix --stdin-filename bad.json -", 1),
            ("check --bogus", 2),
        ],
        2,
    ),
)
def test_standard_output_is_the_same_where_standard_error_is_closed(tmp_path: Path, words: str, status: int) -> None:
    """The numbers of the descriptors are those that a shell leaves: the next file opened would have that of errors."""
    for name in ("bad.json", "again.json"):
        (tmp_path / name).write_text(ERROR)
    command = [*SPLINT, *words.split()]
    heard = subprocess.run(command, cwd=tmp_path, input=ERROR.encode(), capture_output=True)
    closed = subprocess.run(
        ["/bin/sh", "-c", 'exec "$@" 2>&-', "sh", *command], cwd=tmp_path, input=ERROR.encode(), stdout=subprocess.PIPE
    )
    assert (closed.returncode, closed.stdout) == (heard.returncode, heard.stdout)
    assert heard.returncode == status


@pytest.mark.parametrize("form", few(["full", "concise", "json", "json-lines"], 2))
def test_files_are_written_whoever_stops_reading_standard_output(tmp_path: Path, form: str) -> None:
    (tmp_path / "bad.json").write_text(ERROR)
    reading, writing = os.pipe()
    os.close(reading)
    words = f"check --write-baseline --output-format {form} --output-format sarif=r.sarif bad.json".split()
    done = subprocess.run([*SPLINT, *words], cwd=tmp_path, stdout=writing, stderr=subprocess.PIPE)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"splint: 1 finding in .splint-baseline.json\n")
    assert len(json.loads((tmp_path / "r.sarif").read_text())["runs"][0]["results"]) == 1
    assert (tmp_path / ".splint-baseline.json").exists()


@FULL
@pytest.mark.parametrize(
    ("case", "unbuffered"),
    few(
        diagonal(
            [
                ("check clean.json", "/dev/full", 2),
                ("check --exit-zero clean.json", "/dev/full", 2),
                ("check --output-file /dev/full bad.json", "/dev/null", 2),
                ("check --no-such-option", "/dev/null", 2),
                ("", "/dev/null", 2),
                ("check --verbose --profile-rules bad.json", "/dev/null", 1),
                ("check --verbose --statistics --output-format json clean.json", "/dev/null", 0),
            ],
            ["", "1"],
        ),
        3,
    ),
)
def test_a_full_standard_error_changes_no_exit_status(
    tmp_path: Path, case: tuple[str, str, int], unbuffered: str
) -> None:
    words, out, status = case
    (tmp_path / "bad.json").write_text(ERROR)
    (tmp_path / "clean.json").write_text(json.dumps(BASES["cbo"]))
    with Path(out).open("wb") as stream, Path("/dev/full").open("wb") as full:
        environment = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
        done = subprocess.run([*SPLINT, *words.split()], cwd=tmp_path, stdout=stream, stderr=full, env=environment)
    assert done.returncode == status


def test_a_call_without_arguments_prints_the_help(command: Command) -> None:
    helped = command("--help")
    outcome = command()
    assert (outcome.status, outcome.out, outcome.err.split()) == (2, "", helped.out.split())
    assert len(outcome.err.splitlines()) > 10
