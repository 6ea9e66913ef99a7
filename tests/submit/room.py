"""Splint called in this process, as quick as a story needs it."""

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
from tests.submit.killed import Blow, hurry
from tests.submit.shell import PIPE, Ended, Shell, Sink

KILLED = -signal.SIGKILL


class Killed(BaseException):
    """The end of a process."""


class Room(Shell):
    """Calls splint in this process; who is killed there ends with an exception that nobody heeds."""

    def run(self, words: str | list[str], blow: str = "never 0", out: Sink = PIPE, err: Sink = PIPE) -> Ended:
        """Call a command to its end."""
        point, number = blow.split()
        was_killed = False

        def kill() -> None:
            nonlocal was_killed
            was_killed = True
            raise Killed

        names = [self.place / "out", self.place / "err"]
        terminated = signal.getsignal(signal.SIGTERM)
        status = KILLED
        with ExitStack() as stack:
            patch = stack.enter_context(pytest.MonkeyPatch.context())
            hurry(patch.setattr)
            Blow(point, int(number), kill).aim(patch.setattr)
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
        signal.signal(signal.SIGTERM, terminated)
        gc.enable()
        if was_killed:
            time.sleep(0.02)  # what was sent arrives
        shown = [path.read_text() for path in names]
        self.told += "".join(shown)
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
