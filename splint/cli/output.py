"""What the commands print: messages, the progress of a run, and reports."""

import sys
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import click

from splint.cli.streams import standard
from splint.reporting.wording import safe

if TYPE_CHECKING:
    from splint.reporting.report import Diagnostic
    from splint.reporting.reporters import Pieces, Room, Style


def notify(message: str) -> None:
    """Print a line on standard error, with control characters escaped."""
    click.echo(safe(message), err=True)


def progress(total: int, quiet: bool) -> Callable[[int], None]:
    """A callback that shows the number of checked files on a terminal, once a run takes longer than a second."""
    if quiet or total < 2 or not sys.stderr.isatty():
        return lambda _count: None
    shown = began = time.monotonic()

    def show(count: int) -> None:
        nonlocal shown
        now = time.monotonic()
        if count == total and shown != began:
            click.echo("\r\x1b[K", nl=False, err=True)
        elif now - began > 1 and now - shown > 0.1:
            shown = now
            click.echo(f"\r\x1b[Kchecked {count} of {total} files", nl=False, err=True)

    return show


class OutputError(click.ClickException):
    """Output that cannot be written, where to and why."""


def echo(text: str) -> None:
    """Write a text and a line feed to standard output. Raises OutputError."""
    write(f"{text}\n", None)


def write(text: str, path: str | None, *, append: bool = False, beside_input: bool = False) -> None:
    """Write a report to a file, or to standard output if `path` is None. Raises OutputError if that fails.

    With `beside_input` it is standard error instead.
    """
    write_bytes(text.encode("utf-8", "backslashreplace"), path, append=append, beside_input=beside_input)


def write_bytes(data: bytes, path: str | None, *, append: bool = False, beside_input: bool = False) -> None:
    """As `write`."""
    try:
        if path is not None:
            with open(path, "ab" if append else "wb") as file:
                file.write(data)
            return
        stream = sys.stderr if beside_input else standard()
        if stream is None:
            raise OSError("it is closed")
        left = memoryview(data)
        while left:  # with PYTHONUNBUFFERED a signal may interrupt a write
            left = left[stream.buffer.write(left) :]
        stream.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(f"{path or 'standard output'}: cannot be written: {error.strerror or error}") from error


class Stream:
    """Writes findings to standard output during the run; `before` is called before each write."""

    def __init__(self, pieces: "Pieces", style: "Style", room: "Room", before: Callable[[], None]) -> None:
        self._pieces = pieces
        self._style = style
        self.room = room
        self._before = before

    def write(self, diagnostics: "Sequence[Diagnostic]") -> None:
        """Write the findings that are shown, within the limit."""
        from splint.cli.interrupts import undisturbed  # only where findings are streamed

        text = self._pieces.written(diagnostics, self._style, self.room)
        with undisturbed():
            if text:
                self._before()
                write(text, None)
            self.room.written += len(diagnostics)
