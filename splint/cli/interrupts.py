"""Defers Ctrl-C while output is written, and lets a run tell its end."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EINTR
from typing import IO, Any

from splint.cli.streams import standard

SIGNALS = (signal.SIGINT, signal.SIGTERM)
MOMENT = 2.0
"""The seconds in which a run tells its end: no signal interrupts it."""


class Interrupts:
    """The handler of SIGINT and SIGTERM while a run is sent: raises KeyboardInterrupt.

    From the first one until the end of the run is told signals are ignored: a second one would hide what stands. While
    the end is told it raises nothing: after a moment, a signal gives up the stream that nobody reads.
    """

    def __init__(self) -> None:
        self._held_until = 0.0
        """The time until which nothing is given up while the end of a run is told."""
        self._was_raised = False
        self._is_reporting_end = False
        self._stream: IO[Any] | None = None
        """What is written to while the end of a run is told."""

    def install(self) -> None:
        """Handle the signals of this process, but no SIGINT that is ignored."""
        self._held_until, self._was_raised, self._is_reporting_end = 0.0, False, False
        for number in SIGNALS:
            if number is signal.SIGTERM or signal.getsignal(number) is signal.default_int_handler:
                signal.signal(number, self._handle)

    @contextmanager
    def reporting_end(self) -> Iterator[None]:
        """A block that tells the end of a run. Signals are ignored from its end on: the status stands.

        The shutdown of the interpreter would give other handlers back their default.
        """
        self._held_until = time.monotonic() + MOMENT
        self._is_reporting_end = True
        yield
        for number in SIGNALS:
            signal.signal(number, signal.SIG_IGN)

    @contextmanager
    def writing(self, stream: IO[Any]) -> Iterator[None]:
        """A block that writes to a stream. Raises OSError if a signal gave it up."""
        self._stream = stream
        try:
            yield
            if self._stream is None:
                raise OSError(EINTR, os.strerror(EINTR))
        finally:
            self._stream = None

    def _handle(self, *_: Any) -> None:
        if self._is_reporting_end:
            if self._stream is not None and time.monotonic() >= self._held_until:
                _discard(self._stream)
                self._stream = None
        elif not self._was_raised or sys.exception() is None:  # none on its way: the first one was lost, as in __del__
            self._was_raised = True
            raise KeyboardInterrupt


of_runs = Interrupts()


def _discard(stream: IO[Any]) -> None:
    """Redirect a stream to /dev/null: a write that hangs, because nobody reads it, ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


class Block:
    """A block of statements, to be entered many times, at whose end a Ctrl-C within it raises KeyboardInterrupt.

    A second Ctrl-C redirects standard output to /dev/null, in case the block hangs because nobody reads the output.
    """

    def __init__(self) -> None:
        self._output = standard()
        self._is_entered = False
        self._is_interrupted = False

    def handle(self, *_: Any) -> None:
        """The handler of SIGINT."""
        if not self._is_entered:
            raise KeyboardInterrupt
        if self._is_interrupted and self._output is not None:
            _discard(self._output)
        self._is_interrupted = True

    def __enter__(self) -> None:
        self._is_entered = True

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._is_entered = False
        if self._is_interrupted and kind is None:
            raise KeyboardInterrupt


@contextmanager
def interrupts_deferred() -> Iterator[Block]:
    """Set the handler of a block, once for all times that it is entered: setting it takes 10 us."""
    before = signal.getsignal(signal.SIGINT)
    block = Block()
    if before is not signal.default_int_handler:
        yield block
        return
    signal.signal(signal.SIGINT, block.handle)
    try:
        yield block
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Defer KeyboardInterrupt to the end of the block, so that writes in it are complete."""
    with interrupts_deferred() as block, block:
        yield
