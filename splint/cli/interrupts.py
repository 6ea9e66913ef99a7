"""Ctrl-C at a moment when it must wait."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def undisturbed() -> Iterator[None]:
    """Let Ctrl-C wait for the end of what is written here, so that it is known what was written.

    A second one gives standard output up: nobody reads it, or the first one would have been heard.
    """
    before = signal.getsignal(signal.SIGINT)
    if before is not signal.default_int_handler:
        yield
        return
    heard = False

    def hear(*_: Any) -> None:
        nonlocal heard
        if heard:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        heard = True

    signal.signal(signal.SIGINT, hear)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if heard:
        raise KeyboardInterrupt
