"""Runs splint as a process that may be killed."""

import json
import os
import re
import shlex
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NamedTuple

import pytest

from splint.submit.access import VARIABLE
from tests.submit.properties import journal_lines, make_bundle
from tests.submit.server import Act, Fault, Level, TikTok

KILLED = Path(__file__).with_name("killed.py")
FAST = ("--settle", "0.06", "--rate", "1000", "--throttle-wait", "0.05")
PIPE = subprocess.PIPE
Popen = subprocess.Popen[str]
Sink = int | IO[str]


@contextmanager
def failing(how: str | None) -> Iterator[Sink]:
    """An output stream that fails: a pipe without a reader or a full disk; with None a working one."""
    if how is None:
        yield PIPE
    elif how == "a full disk" and not Path("/dev/full").exists():
        pytest.skip("there is no device that is full")
    elif how == "a full disk":
        with Path("/dev/full").open("w") as stream:
            yield stream
    else:
        end, sink = os.pipe()
        os.close(end)
        yield sink
        os.close(sink)


FAILING = ("a closed pipe", "a full disk")


class Ended(NamedTuple):
    """How a process ended."""

    status: int
    out: str
    err: str

    @property
    def next(self) -> list[str]:
        """The words of the next command that it prints."""
        (line,) = re.findall(r"^next: splint (.*)$", self.out + self.err, re.MULTILINE)
        return shlex.split(line)


class Shell:
    """Runs splint as a process, with one server and one directory of journals."""

    options: Sequence[str] = FAST

    def __init__(self, tiktok: TikTok, place: Path) -> None:
        self.tiktok = tiktok
        self.place = place
        self.runs = place / "runs"
        self.printed = ""
        """The output of all commands."""
        (place / "bundle.json").write_text(json.dumps(make_bundle()))

    def line(self, words: str | list[str]) -> list[str]:
        """The arguments of a command."""
        given = shlex.split(words) if isinstance(words, str) else words
        where = [] if "--run-dir" in given else ["--base-url", self.tiktok.origin, "--run-dir", str(self.runs)]
        return [*given, *where, *self.options, *([] if given[0] == "runs" else ["--yes"])]

    def start(self, words: str | list[str], kill_point: str = "never 0", out: Sink = PIPE, err: Sink = PIPE) -> Popen:
        """Start a command; `kill_point` is a point, a count and a signal, as for killed.py."""
        return subprocess.Popen(
            [sys.executable, "-W", "error", str(KILLED), *kill_point.split(), "--", *self.line(words)],
            cwd=self.place,
            env={**os.environ, VARIABLE: self.tiktok.token},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            text=True,
        )

    def end(self, process: Popen) -> Ended:
        """Wait for the end of a command."""
        out, err = (text or "" for text in process.communicate(timeout=60))
        self.printed += out + err
        assert "Traceback" not in out + err
        return Ended(process.returncode, out, err)

    def run(self, words: str | list[str], kill_point: str = "never 0", out: Sink = PIPE, err: Sink = PIPE) -> Ended:
        """Run a command to its end."""
        return self.end(self.start(words, kill_point, out, err))

    @contextmanager
    def hung(self, words: str, act: Act, level: Level, delay: float = 30) -> Iterator[Popen]:
        """Start a command whose request of a kind hangs; it is killed at the end of the block."""
        self.tiktok.on(act, level, fault=Fault(delay=delay))
        process = self.start(words)
        try:
            until(lambda: self.tiktok.carried_out(act, level), process)
            yield process
        finally:
            process.kill()
            process.communicate()

    @property
    def only(self) -> str:
        """The name of the only run."""
        (path,) = self.runs.glob("*.jsonl")
        return path.stem

    def is_finished(self) -> bool:
        """Whether the last event is FINISHED."""
        lines = journal_lines(self.runs)
        return bool(lines) and lines[-1]["event"] == "FINISHED"


def until(holds: Callable[[], object], process: Popen) -> None:
    """Poll a condition while a process runs, for at most 20 seconds."""
    deadline = time.monotonic() + 20
    while not holds():
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.005)
