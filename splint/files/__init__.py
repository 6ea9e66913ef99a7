"""Files: what one is called, how it is opened under the trust in force, and how it is replaced whole.

It imports nothing else of splint. May be imported by every package but `models`.
"""

import io
import os
import stat
import sys
from collections.abc import Mapping
from typing import BinaryIO, NamedTuple

from splint.files.trust import current

STDIN = "-"


class File(NamedTuple):
    """A file to read."""

    path: str
    """To open it by; `-` for standard input."""
    shown: str
    """Relative to the working directory, with forward slashes."""
    named: bool
    """Whether somebody named it, or a walk came across it."""


def opened(file: File, overlay: Mapping[str, bytes] = {}) -> BinaryIO:
    """A file's bytes, or those that `overlay` has for its real path (`-` for standard input). Raises OSError."""
    if overlay:
        data = overlay.get(STDIN if file.path == STDIN else os.path.realpath(file.path))
        if data is not None:
            return io.BytesIO(data)
    if file.path != STDIN:
        return current().opened(file.path)
    if sys.stdin is None:
        raise OSError("standard input is closed")
    return io.BytesIO(current().checked(sys.stdin.buffer.read()))


def is_special(path: str) -> bool:
    """Whether a path is a pipe, a socket or a device: nothing that a walk should wait for."""
    try:
        return not stat.S_ISREG(os.stat(path).st_mode)
    except OSError:
        return False


def size_of(file: File) -> int:
    """A file's size in bytes; 0 for what is no plain file, or is not there."""
    try:
        status = os.stat(file.path)
    except OSError:
        return 0
    return status.st_size if stat.S_ISREG(status.st_mode) else 0
