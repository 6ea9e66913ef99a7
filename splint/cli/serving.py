"""The standard streams of the commands that serve another program, and their end."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedWriter, FileIO
from typing import Any, BinaryIO, TextIO

import click

from splint.cli.output import notify
from splint.cli.streams import standard
from splint.reporting.exit_statuses import INTERRUPTED, UNANSWERED


def asked() -> TextIO:
    """The standard input. Raises UsageError where it is closed."""
    if sys.stdin is None:
        raise click.UsageError("standard input is closed: nothing can be asked")
    return sys.stdin


def taken() -> tuple[FileIO, BinaryIO]:
    """The standard streams, for the protocol alone: what plugins, and what they start, read and print goes elsewhere.

    Where the client does not read any more, the process ends with the next answer. Raises UsageError for a stream that
    is closed.
    """
    asked()
    if standard() is None:
        raise click.UsageError("standard output is closed: nothing can be answered")
    reading, writing = FileIO(os.dup(0)), BufferedWriter(_Answers(os.dup(1), "wb"))
    with open(os.devnull, "rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return reading, writing


class _Answers(FileIO):
    """What the client reads."""

    def write(self, data: Any, /) -> int:
        try:
            return super().write(data)
        except BrokenPipeError:
            os._exit(UNANSWERED)  # any other end waits for the thread that reads until the client writes


@contextmanager
def ending_at_once() -> Iterator[None]:
    """A block in which Ctrl-C ends the process at once: any other end waits for a thread until the client writes."""
    before = signal.getsignal(signal.SIGINT)
    if before is signal.default_int_handler:
        signal.signal(signal.SIGINT, _end)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _end(*_: Any) -> None:
    try:
        notify("splint: interrupted")
    finally:
        os._exit(INTERRUPTED)
