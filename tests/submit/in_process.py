"""Runs splint within the test's process, faster than a process of its own."""

import gc
import signal
import sys
import time
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import IO

import pytest

from splint.cli import main
from splint.submit.access import VARIABLE
from tests.command import signals_restored
from tests.submit.killed import KillPoint, shorten_pauses
from tests.submit.shell import PIPE, Ended, Shell, Sink

KILLED = -signal.SIGKILL


class Killed(BaseException):
    """Raised in place of SIGKILL."""


class InProcessShell(Shell):
    """Runs splint in this process; a kill raises `Killed`, which no handler catches."""

    def run(self, words: str | list[str], kill_point: str = "never 0", out: Sink = PIPE, err: Sink = PIPE) -> Ended:
        """Run a command to its end, or until it is killed."""
        point, number = kill_point.split()
        was_killed = False

        def kill() -> None:
            nonlocal was_killed
            was_killed = True
            raise Killed

        names = [self.place / "out", self.place / "err"]
        status = KILLED
        with ExitStack() as stack:
            stack.enter_context(signals_restored())
            patch = stack.enter_context(pytest.MonkeyPatch.context())
            shorten_pauses(patch.setattr)
            KillPoint(point, int(number), kill).install(patch.setattr)
            patch.setenv(VARIABLE, self.tiktok.token)
            patch.chdir(self.place)
            patch.setattr(sys, "argv", ["splint", *self.line(words)])
            patch.setattr(sys, "stdin", None)
            for name, sink, path in zip(("stdout", "stderr"), (out, err), names, strict=True):
                path.touch()
                stream = _stream(path if sink == PIPE else sink)
                stack.callback(_close, stream)
                patch.setattr(sys, name, stream)
            with suppress(Killed):
                try:
                    main()
                except SystemExit as ended:
                    status = ended.code if isinstance(ended.code, int) else 1
        gc.enable()
        if was_killed:
            time.sleep(0.02)  # for requests in flight to arrive
        shown = [path.read_text() for path in names]
        self.printed += "".join(shown)
        for path in names:
            path.unlink()
        return Ended(KILLED if was_killed else status, *shown)


def _stream(sink: Path | int | IO[str]) -> IO[str]:
    if isinstance(sink, Path):
        return sink.open("w")
    return open(sink if isinstance(sink, int) else sink.fileno(), "w", closefd=False)


def _close(stream: IO[str]) -> None:
    with suppress(OSError):
        stream.close()
