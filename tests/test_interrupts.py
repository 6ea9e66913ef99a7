"""Runs that end before their time: Ctrl-C, and a reader that has read enough. With real processes and signals."""

import contextlib
import fcntl
import json
import os
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

import pytest

from splint.reporting.reporters import FORMATS
from splint.testing import BASES
from tests.grids import diagonal, few
from tests.test_cli import PATH

WAITING = '''
import os, time
from pathlib import Path
from splint import Pack, hookimpl, rule
from splint.payloads.nodes import Campaign

@rule("SLOW001", "slow", on=Campaign, level="error", section="Ours", basis="sanity")
def slow(campaign):
    """Every campaign takes its time."""
    if campaign.raw.get("campaign_name") == "wait":
        Path(f"waiting-{os.getpid()}").touch()
        while not Path("go").exists():
            time.sleep(0.01)
    yield from ()

@hookimpl
def splint_rules():
    return Pack("slow", "SLOW", "Ours", None, (slow,))
'''
ERROR = json.dumps({"campaign": {**BASES["cbo"]["campaign"], "budget": 0}})
WAIT = json.dumps({"campaign": {**BASES["cbo"]["campaign"], "campaign_name": "wait"}})
PEOPLE = ("full", "concise")
STREAMED = (*PEOPLE, "json-lines")
LONG = 20
"""Seconds after which a test has failed."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Files with an error each, one that takes until there is a file `go`, and others after it."""
    (tmp_path / "slow.py").write_text(WAITING)
    for at in range(8):
        (tmp_path / f"a{at}.json").write_text(ERROR)
        (tmp_path / f"z{at}.json").write_text(ERROR)
    (tmp_path / "m.json").write_text(WAIT)
    return tmp_path


@contextlib.contextmanager
def running(
    folder: Path, *arguments: str, stdout: "int | IO[bytes]" = subprocess.PIPE
) -> "Iterator[subprocess.Popen[bytes]]":
    """`splint check`, leader of its group as a shell would start it."""
    command = [sys.executable, "-c", "from splint.cli import main; main()", "check", "--plugin", "slow.py", *arguments]
    started = subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": PATH},
        stdout=stdout,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        yield started
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(started.pid, signal.SIGKILL)
        started.communicate()


def until_waiting(folder: Path) -> int:
    """The process that works on the file that takes its time."""
    end = time.monotonic() + LONG
    while not (marks := list(folder.glob("waiting-*"))):
        assert time.monotonic() < end
        time.sleep(0.01)
    return int(marks[0].name.partition("-")[2])


def interrupted(folder: Path, *arguments: str) -> tuple[int, str, str]:
    """The status and the output of a run that hears Ctrl-C, as all its processes do, in the middle of a file."""
    with running(folder, *arguments) as process:
        worker = until_waiting(folder)
        os.killpg(process.pid, signal.SIGINT)
        began = time.monotonic()
        out, err = process.communicate(timeout=LONG)
        assert time.monotonic() - began < LONG / 4
        with pytest.raises(ProcessLookupError):
            os.kill(worker, 0)
        return process.returncode, out.decode(), err.decode()


def report_on(folder: Path, names: Sequence[str], *arguments: str) -> str:
    """What a run over some files says."""
    (folder / "go").touch()
    with running(folder, *names, *arguments) as process:
        return process.communicate(timeout=LONG)[0].decode()


@pytest.mark.parametrize(("form", "jobs"), few(diagonal([reporter.name for reporter in FORMATS], ["1", "2"]), 2))
def test_ctrl_c_shows_what_was_found_so_far(folder: Path, form: str, jobs: str) -> None:
    """In the format asked for, as the report of the files that were read; what is on the screen is not repeated."""
    options = ("--output-format", form, "--jobs", jobs)
    status, out, err = interrupted(folder, ".", *options)
    assert (status, err.count("\n")) == (130, 1)
    assert err.startswith("splint: interrupted: ")
    assert err.endswith(" of 17 files checked, the report is incomplete\n")
    read = int(err.split()[2])
    assert 0 <= read <= 8
    names = [f"a{at}.json" for at in range(read)]
    if jobs == "1":
        assert read == 8
        if form not in ("html", "sarif"):
            assert out == report_on(folder, names, *options)
    elif form == "json-lines":
        assert [json.loads(line)["path"] for line in out.splitlines()[:-1]] == names


@pytest.mark.parametrize("jobs", few(["2", "1"], 1))
def test_ctrl_c_writes_every_format_and_no_baseline(folder: Path, jobs: str) -> None:
    formats = ("--output-format", "concise", "--output-format", "json=report.json")
    status, out, err = interrupted(folder, ".", "--write-baseline", *formats, "--jobs", jobs)
    assert (status, "interrupted" in err) == (130, True)
    report = json.loads((folder / "report.json").read_text())
    assert len(report["diagnostics"]) == out.count(" SPL106 ") == report["summary"]["errors"]
    assert not (folder / ".splint-baseline.json").exists()


def test_ctrl_c_leaves_a_baseline_as_it_was(folder: Path) -> None:
    """What is in it does not count in the incomplete report either."""
    (folder / "go").touch()
    with running(folder, "a0.json", "a1.json", "--write-baseline") as process:
        process.communicate(timeout=LONG)
    (folder / "go").unlink()
    before = (folder / ".splint-baseline.json").read_bytes()
    (folder / "a1.json").write_text(WAIT.replace("wait", "clean"))
    status, out, _ = interrupted(folder, ".", "--prune-baseline", "--output-format", "concise", "--jobs", "1")
    assert status == 130
    assert "a0.json" not in out
    assert "(1 baselined)" in out
    assert "SPL009" not in out
    assert (folder / ".splint-baseline.json").read_bytes() == before


@pytest.mark.parametrize("jobs", few(["1", "2"], 1))
def test_ctrl_c_fixes_nothing(folder: Path, jobs: str) -> None:
    (folder / "a0.json").write_text(ERROR.replace('"7000000000000000001"', "7000000000000000001"))
    before = {path.name: path.read_bytes() for path in folder.glob("*.json")}
    status, out, err = interrupted(folder, ".", "--fix", "--unsafe-fixes", "--jobs", jobs)
    assert (status, out, err.strip()) == (130, "", "splint: interrupted")
    assert {path.name: path.read_bytes() for path in folder.glob("*.json")} == before


@pytest.mark.parametrize("jobs", few(["2", "1"], 1))
def test_ctrl_c_while_the_rest_is_judged_shows_what_was_found(folder: Path, jobs: str) -> None:
    """What waited for the rest of the run is left out."""
    held = {**BASES["cbo"]["campaign"], "campaign_id": "1", "campaign_name": "wait", "budget": 0}
    (folder / "m.json").write_text(json.dumps(held))
    status, out, err = interrupted(folder, ".", "--output-format", "concise", "--jobs", jobs)
    assert (status, out.count(" SPL106 ")) == (130, 16)
    assert err == "splint: interrupted: 17 of 17 files checked, the report is incomplete\n"


@pytest.mark.parametrize("jobs", few(["1", "2"], 1))
def test_a_second_ctrl_c_ends_it_where_nobody_reads(folder: Path, jobs: str) -> None:
    """The first waits for a write to end, so that no finding is shown in half or twice. Other formats are written."""
    for at in range(8):
        (folder / f"a{at}.ndjson").write_text(f"{ERROR}\n" * 400)
    formats = ("--output-format", "full", "--output-format", "json=report.json")
    with running(folder, ".", *formats, "--jobs", jobs) as process:
        assert process.stdout is not None
        end = time.monotonic() + LONG
        while int.from_bytes(fcntl.ioctl(process.stdout, termios.FIONREAD, bytes(4)), sys.byteorder) < 1 << 15:
            assert time.monotonic() < end
            time.sleep(0.02)
        time.sleep(0.1)
        os.killpg(process.pid, signal.SIGINT)
        time.sleep(0.1)
        assert process.poll() is None
        while process.poll() is None:
            assert time.monotonic() < end
            os.killpg(process.pid, signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):  # two at once were one to a process that was busy
                process.wait(timeout=LONG / 4)
        assert process.returncode == 130
        assert process.communicate()[1].startswith(b"splint: interrupted: ")
    assert json.loads((folder / "report.json").read_text())["diagnostics"]


@pytest.mark.parametrize(("form", "jobs"), few(diagonal(STREAMED, ["1", "2"]), 2))
def test_findings_are_shown_as_they_come(folder: Path, form: str, jobs: str) -> None:
    """While another file still takes its time; the whole is what it would be in one piece."""
    (folder / "go").touch()
    options = ("--output-format", form, "--jobs", jobs)
    with running(folder, ".", *options, "--output-file", "whole") as process:
        process.communicate(timeout=LONG)
    whole = (folder / "whole").read_bytes()
    (folder / "go").unlink()
    with running(folder, ".", *options) as process:
        until_waiting(folder)
        assert process.stdout is not None
        first = os.read(process.stdout.fileno(), 1 << 16)
        assert first.count(b"a0.json")
        (folder / "go").touch()
        assert first + process.communicate(timeout=LONG)[0] == whole
        assert process.returncode == 1


@pytest.mark.parametrize(("form", "jobs"), few(diagonal(STREAMED, ["1", "2"]), 2))
def test_a_reader_that_has_read_enough_ends_the_run(folder: Path, form: str, jobs: str) -> None:
    """At once, though a file would take its time; quietly, as it always did."""
    reading, writing = os.pipe()
    os.close(reading)
    with running(folder, ".", "--output-format", form, "--jobs", jobs, stdout=writing) as process:
        os.close(writing)
        began = time.monotonic()
        assert process.communicate(timeout=LONG)[1] == b""
        assert process.returncode == 1
        assert time.monotonic() - began < LONG / 4
        for path in folder.glob("waiting-*"):
            with pytest.raises(ProcessLookupError):
                os.kill(int(path.name.partition("-")[2]), 0)


def test_processes_end_when_their_parent_is_killed(folder: Path) -> None:
    with running(folder, ".", "--jobs", "2") as process:
        worker = until_waiting(folder)
        assert worker != process.pid
        process.kill()
        (folder / "go").touch()
        process.communicate(timeout=LONG)  # as long as somebody could still write


def test_a_process_that_is_killed_ends_the_run(folder: Path) -> None:
    """It says so, and waits for nobody."""
    with running(folder, ".", "--jobs", "2") as process:
        os.kill(until_waiting(folder), signal.SIGKILL)
        _, err = process.communicate(timeout=LONG)
        assert (process.returncode, b"ended before its work was done" in err) == (2, True)


def test_a_second_interrupt_while_the_first_is_told_changes_no_status() -> None:
    """As where nobody reads standard error: the process ends, and by itself."""
    program = """
import signal
from splint.cli import group

def interrupted(*_, **__):
    signal.raise_signal(signal.SIGINT)

group.cli.main = group.notify = interrupted
group.run()
"""
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert (ended.returncode, ended.stderr) == (130, "")
