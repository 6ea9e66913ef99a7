"""Defers Ctrl-C while output is written, and lets a run tell its end."""

import atexit
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from splint.cli.streams import standard

SIGNALS = (signal.SIGINT, signal.SIGTERM)
MOMENT = 2.0
"""The seconds in which a run tells its end: no signal interrupts it."""


class Interrupts:
    """The handler of SIGINT and SIGTERM while a run is sent: raises KeyboardInterrupt.

    For a moment after it did, or after `hold`, it ignores signals: a second Ctrl-C would hide what stands.
    """

    def __init__(self) -> None:
        self._held_until = 0.0

    def install(self) -> None:
        """Handle the signals of this process, but no SIGINT that is ignored."""
        self._held_until = 0.0
        for number in SIGNALS:
            if number is signal.SIGTERM or signal.getsignal(number) is signal.default_int_handler:
                signal.signal(number, self._handle)

    def hold(self) -> None:
        """Ignore signals for a moment, and once the process exits: its status stands."""
        self._held_until = time.monotonic() + MOMENT
        atexit.register(_ignore)

    def _handle(self, *_: Any) -> None:
        if time.monotonic() >= self._held_until:
            self.hold()
            raise KeyboardInterrupt


of_runs = Interrupts()


def _ignore() -> None:
    """Ignore the signals from now on: the shutdown of the interpreter would give them back their default."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)


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
            os.dup2(os.open(os.devnull, os.O_WRONLY), self._output.fileno())
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
