"""The standard output of a command, apart from what plugins print."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TextIO

_standard: list["TextIO | None"] = []


@contextmanager
def plugins_apart() -> Iterator[None]:
    """Let what plugins print go to standard error: standard output holds what the command writes, and nothing else."""
    _standard.append(sys.stdout)
    sys.stdout = sys.stderr
    try:
        yield
    finally:
        sys.stdout = _standard.pop()


def standard() -> "TextIO | None":
    """The standard output; while a command runs it is not sys.stdout."""
    return _standard[-1] if _standard else sys.stdout


def give_up() -> None:
    """Take standard output for closed: its buffer is not flushed again at exit."""
    if _standard:
        _standard[-1] = None
    else:
        sys.stdout = None
