"""Defers Ctrl-C while output is written."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def undisturbed() -> Iterator[None]:
    """Defer KeyboardInterrupt to the end of the block, so that writes in it are complete.

    A second Ctrl-C redirects standard output to /dev/null, in case the block hangs because nobody reads the output.
    """
    before = signal.getsignal(signal.SIGINT)
    if before is not signal.default_int_handler:
        yield
        return
    is_interrupted = False

    def handle(*_: Any) -> None:
        nonlocal is_interrupted
        if is_interrupted:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        is_interrupted = True

    signal.signal(signal.SIGINT, handle)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if is_interrupted:
        raise KeyboardInterrupt
