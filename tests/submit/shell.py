"""Splint as a process that may be killed."""

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

from splint.submit.access import VARIABLE
from tests.submit.properties import make_bundle, written
from tests.submit.server import Act, Fault, Level, TikTok

KILLED = Path(__file__).with_name("killed.py")
FAST = ("--settle", "0.3", "--rate", "1000", "--throttle-wait", "0.05")
PIPE = subprocess.PIPE
Popen = subprocess.Popen[str]
Sink = int | IO[str]


@contextmanager
def failing(how: str | None) -> Iterator[Sink]:
    """Where output can go that fails: a pipe that nobody reads, a full disk; where it does not, with None."""
    if how is None:
        yield PIPE
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
        """The words of the command that it says to call next."""
        (line,) = re.findall(r"^next: splint (.*)$", self.out + self.err, re.MULTILINE)
        return shlex.split(line)


class Shell:
    """Calls splint as a process, for one server and one directory of journals."""

    options: Sequence[str] = FAST

    def __init__(self, tiktok: TikTok, place: Path) -> None:
        self.tiktok = tiktok
        self.place = place
        self.runs = place / "runs"
        self.told = ""
        """All that was printed."""
        (place / "bundle.json").write_text(json.dumps(make_bundle()))

    def line(self, words: str | list[str]) -> list[str]:
        """The arguments of a command."""
        given = shlex.split(words) if isinstance(words, str) else words
        where = [] if "--run-dir" in given else ["--base-url", self.tiktok.origin, "--run-dir", str(self.runs)]
        return [*given, *where, *self.options, *([] if given[0] == "runs" else ["--yes"])]

    def start(self, words: str | list[str], blow: str = "never 0", out: Sink = PIPE, err: Sink = PIPE) -> Popen:
        """Begin a command; `blow` is what kills it: a point, a count and a signal."""
        return subprocess.Popen(
            [sys.executable, "-W", "error", str(KILLED), *blow.split(), "--", *self.line(words)],
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
        self.told += out + err
        assert "Traceback" not in out + err
        return Ended(process.returncode, out, err)

    def run(self, words: str | list[str], blow: str = "never 0", out: Sink = PIPE, err: Sink = PIPE) -> Ended:
        """Call a command to its end."""
        return self.end(self.start(words, blow, out, err))

    @contextmanager
    def hung(self, words: str, act: Act, level: Level, delay: float = 30) -> Iterator[Popen]:
        """A command whose request of a kind is not answered; it is killed in the end, if it is still there."""
        self.tiktok.on(act, level, fault=Fault(delay=delay))
        process = self.start(words)
        try:
            until(lambda: self.tiktok.requests_of(act, level), process)
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
        """Whether the last line says so."""
        lines = written(self.runs)
        return bool(lines) and lines[-1]["event"] == "FINISHED"


def until(holds: Callable[[], object], process: Popen) -> None:
    """Wait for something to hold while a process goes on."""
    deadline = time.monotonic() + 20
    while not holds():
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.005)
