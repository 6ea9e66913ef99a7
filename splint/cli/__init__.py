"""The command line: commands, options, exit statuses. The only layer that prints or exits.

May be imported by nothing but `__main__` and the installed command.
"""

import gc
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TextIO

    from splint.reporting.report import Diagnostic
    from splint.reporting.reporters import Pieces, Room, Style


def tell(message: str) -> None:
    """A line on standard error, whatever names and values it quotes: none of them steers a terminal or a CI's log."""
    import click

    from splint.reporting.reporters.terminal import safe

    click.echo(safe(message), err=True)


def progress(total: int, quiet: bool) -> Callable[[int], None]:
    """Counts on stderr, where that is a terminal and the run takes longer than a second."""
    import sys
    import time

    import click

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


def write(text: str, path: str | None, standard: "TextIO | None", *, append: bool = False) -> None:
    """Write a report in one go."""
    data = text.encode("utf-8", "backslashreplace")
    try:
        if path is None:
            if standard is None:
                raise OSError("it is closed")
            left = memoryview(data)
            while left:  # with PYTHONUNBUFFERED a signal leaves a write half done
                left = left[standard.buffer.write(left) :]
            standard.buffer.flush()
            return
        with open(path, "ab" if append else "wb") as stream:
            stream.write(data)
    except BrokenPipeError:
        raise
    except OSError as error:
        from click import UsageError

        raise UsageError(f"{path or 'standard output'}: cannot be written: {error.strerror or error}") from error


class Stream:
    """Writes findings on standard output while the run goes on; `before` is done before anything is written."""

    def __init__(self, pieces: "Pieces", style: "Style", room: "Room", before: Callable[[], None]) -> None:
        self._pieces = pieces
        self._style = style
        self.room = room
        self._before = before

    def write(self, found: "Sequence[Diagnostic]") -> None:
        """Write findings."""
        import sys

        from splint.cli.interrupts import undisturbed

        text = self._pieces.written(found, self._style, self.room)
        with undisturbed():
            if text:
                self._before()
                write(text, None, sys.stdout)
            self.room.written += len(found)


def start() -> None:
    """The `splint` command as it is installed: `main` in a process of its own, which ends at once.

    Taking an interpreter down frees what the system frees anyway: 3 % of `check one.json`. Threads, and whoever asked
    `atexit` to be told (process pools, temporary directories, coverage), get the usual end.
    """
    try:
        main()
    except SystemExit as ended:
        import atexit
        import os
        import sys
        import threading

        if isinstance(ended.code, int) and threading.active_count() == 1 and not atexit._ncallbacks():
            with suppress(OSError):  # the usual end says so
                for stream in (sys.stdout, sys.stderr):
                    if stream is not None:
                        stream.flush()
                os._exit(ended.code)
        raise


def main() -> None:
    """The `splint` command."""
    gc.disable()  # a start makes next to no garbage: 4 % of `check one.json`; `check` turns it on before it reads files
    try:
        from splint.cli.group import run
    except KeyboardInterrupt:
        import sys

        sys.stderr.write("splint: interrupted\n")
        sys.exit(130)
    run()
