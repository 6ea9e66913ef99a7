"""What the commands print: messages, the progress of a run, and reports."""

import os
import sys
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING

import click

from splint.cli.streams import standard
from splint.files import readable
from splint.reporting.wording import without_commands

if TYPE_CHECKING:
    from typing import TextIO

    from splint.reporting.report import Diagnostic, Report
    from splint.reporting.reporters import Pieces, Room, Style


def notify(message: str) -> None:
    """Print a message on a line of standard error."""
    from splint.reporting.masking import public  # a clean run says nothing

    tell(f"{public(message)}\n")


def tell(text: str) -> None:
    """Print a text on standard error as it is."""
    with unheard():
        click.echo(text, nl=False, err=True)


@contextmanager
def unheard() -> Iterator[None]:
    """Give standard error up if it cannot be written: that changes no exit status."""
    try:
        yield
    except OSError:
        sys.stderr = None


def progress(total: int, quiet: bool) -> Callable[[int], None]:
    """A callback that shows the number of checked files on a terminal, once a run takes longer than a second."""
    if quiet or total < 2 or sys.stderr is None or not sys.stderr.isatty():
        return lambda _count: None
    shown = began = time.monotonic()

    def show(count: int) -> None:
        nonlocal shown
        now = time.monotonic()
        if count == total and shown != began:
            tell("\r\x1b[K")
        elif now - began > 1 and now - shown > 0.1:
            shown = now
            tell(f"\r\x1b[Kchecked {count} of {total} files")

    return show


class OutputError(click.ClickException):
    """Output that cannot be written, where to and why."""


def echo(text: str) -> None:
    """Write a text and a line feed to standard output, without commands to a CI runner. Raises OutputError."""
    write(f"{without_commands(text)}\n", None)


def write(text: str, path: str | None, *, append: bool = False, beside_input: bool = False) -> bool:
    """Write a report to a file, or to standard output if `path` is None. Raises OutputError if that fails.

    The file is replaced as a whole. With `beside_input` it is standard error instead of standard output. Returns False
    where nobody reads any more: nothing is written from then on, and that alone changes no exit status.
    """
    return write_bytes(text.encode("utf-8", "backslashreplace"), path, append=append, beside_input=beside_input)


def write_bytes(data: bytes, path: str | None, *, append: bool = False, beside_input: bool = False) -> bool:
    """As `write`."""
    stream = sys.stderr if beside_input else standard()
    try:
        if path is not None:
            if not append:
                from splint.files import atomic  # most reports go to standard output

                atomic.write(path, data)
                return True
            with open(path, "ab") as file:
                file.write(data)
            return True
        if stream is None:
            raise OSError("it is closed")
        left = memoryview(data)
        while left:  # with PYTHONUNBUFFERED a signal may interrupt a write
            left = left[stream.buffer.write(left) :]
        stream.buffer.flush()
        return True
    except BrokenPipeError:
        if path is None and stream is not None:
            drop(stream)
        return False
    except OSError as error:
        raise OutputError(f"{path or 'standard output'}: cannot be written: {error.strerror or error}") from error


def drop(stream: "TextIO") -> None:
    """Drop what is left to write to a stream that nobody reads, now and at the end of the process."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, stream.fileno())
    os.close(null)


class Failures:
    """What failed of several outputs; each is written whatever becomes of the others."""

    def __init__(self) -> None:
        self._errors: list[OutputError] = []

    @contextmanager
    def noted(self) -> Iterator[None]:
        """Note the error of an output that cannot be written."""
        try:
            yield
        except OutputError as error:
            self._errors.append(error)

    def tell(self) -> None:
        """Raise the last error, the others printed."""
        for error in self._errors[:-1]:
            notify(f"Error: {error.message}")
        for last in self._errors[-1:]:
            raise last

    def __bool__(self) -> bool:
        return bool(self._errors)


class Stream:
    """Writes findings to standard output during the run; `before` is called before each write.

    Where something else `follows` that the run writes, an output that fails ends as an entry of `failures`, and a
    reader that stops early ends nothing; else either ends the run.
    """

    def __init__(
        self, pieces: "Pieces", style: "Style", room: "Room", before: Callable[[], None], *, follows: bool
    ) -> None:
        self.failures = Failures()
        self._follows = follows
        self._pieces = pieces
        self._style = style
        self.room = room
        self._before = before

    def write(self, diagnostics: "Sequence[Diagnostic]") -> None:
        """Write the findings that are shown, within the limit."""
        from splint.cli.interrupts import undisturbed  # only where findings are streamed

        text = self._pieces.written(diagnostics, self._style, self.room)
        with undisturbed():
            if text and not self.failures:
                self._before()
                with self.failures.noted() if self._follows else nullcontext():
                    is_read = write(text, None)
                    if not (is_read or self._follows):
                        raise BrokenPipeError
            self.room.written += len(diagnostics)


def named(report: "Report", needs: Collection[str], made: dict[tuple[bool, bool], "Report"]) -> "Report":
    """A report with the paths that a format needs: from the repository's top or from here, as text or as bytes.

    `made` holds those of other formats.
    """
    in_repository, as_text = "repository" in needs, "bytes" not in needs and any(map(is_odd, _paths_of(report)))
    if not (in_repository or as_text):
        return report
    if (in_repository, as_text) not in made:
        from splint.files.repository import path_in_repository  # only for the formats that CI reads, and odd names
        from splint.reporting.moving import moved

        first = moved(report, path_in_repository) if in_repository else report
        made[in_repository, as_text] = moved(first, readable) if as_text else first
    return made[in_repository, as_text]


def _paths_of(report: "Report") -> Iterator[str]:
    """The paths in a report, some of them several times."""
    yield from report.details.paths
    yield from (one.path for one in report.diagnostics)
    yield from (one.path for one in report.errors if one.path is not None)


def is_odd(path: str) -> bool:
    """Whether reports spell a path otherwise than the file system does."""
    return readable(path) != path
