"""Files: their names, opening them under the current trust, and replacing them atomically.

It imports nothing else of splint. May be imported by every package but `models`.
"""

import io
import os
import stat
import sys
from collections.abc import Container, Iterable, Mapping
from typing import Any, BinaryIO

from splint.files.trust import current, lies_in

STDIN = "-"


class File:
    """A file to read."""

    def __init__(
        self, path: str, shown: str, named: bool, real: str | None = None, *, is_regular: bool = False
    ) -> None:
        self.path = path
        """The path for opening it; `-` for standard input."""
        self.shown = shown
        """The path for display: relative to the working directory, with forward slashes."""
        self.named = named
        """Whether it was named on the command line rather than found by a directory walk."""
        self.real = real
        """Its real path, where `path` leads to it through a symlink."""
        self.is_regular = is_regular
        """Whether a walk saw that a regular file stands at `path`: it is opened without another look."""


def opened(file: File) -> BinaryIO:
    """A stream of a file's bytes, or of what stands for them. Raises OSError."""
    if file.path != STDIN:
        return current().opened(file.path, is_regular=file.is_regular)
    if (data := current().overlay.get(STDIN)) is not None:
        return io.BytesIO(data)
    if sys.stdin is None:
        raise OSError("standard input is closed")
    return io.BytesIO(current().checked(sys.stdin.buffer.read()))


def names_of(payloads: Iterable[Any]) -> dict[str, str]:
    """The first path of each file among payloads, as reports show it, by its real path."""
    paths = [os.fspath(one) for one in payloads if isinstance(one, os.PathLike)]
    return {os.path.realpath(path): path.replace(os.sep, "/") for path in reversed(paths) if "\0" not in path}


def readable(path: str) -> str:
    r"""A path as text: a byte that is not UTF-8 is written as `\xff`, and then a backslash as two.

    So are the backslashes of a path that looks like one written so: no two paths become one.
    """
    if path.isascii() and "\\x" not in path:
        return path
    import re  # few paths come here

    if not re.search(r"[\udc80-\udcff]|\\x[89a-f][0-9a-f]", path):
        return path
    path = path.replace("\\", "\\\\")
    return re.sub(r"[\udc80-\udcff]", lambda match: f"\\x{ord(match[0]) - 0xDC00:02x}", path)


def from_here(path: str) -> str:
    """A path that names the working directory, and those above it, as the system does: through no symlink.

    Other symlinks on its way keep their names, but for those before a `..`. A `$PWD` may hold a symlink, so that
    an absolute path made of it would be another name of the same file.
    """
    if not os.path.isabs(path) and os.pardir not in path:  # as most are: no look at the disk
        return path
    here = os.getcwd()
    if lies_in(path, (here,)) and os.pardir not in path:
        return path
    place, top, below = os.sep, os.sep, list[str]()
    for step in os.path.join(here, path).split(os.sep):
        if step in ("", os.curdir):
            continue
        place = os.path.dirname(place) if step == os.pardir else os.path.realpath(os.path.join(place, step))
        below.append(step)
        if step == os.pardir or lies_in(here, (place,)):
            top, below = place, []
    full = os.path.join(top, *below)
    return path if full == os.path.normpath(path) else os.path.relpath(full)


def spelled(path: str, script: str, names: Mapping[str, str]) -> str:
    """The path for display of a file that a script sends: the one that a run reads it by, whoever reads it.

    `script` is the script's path for display; `names` are paths for display by real path, where links are on the way.
    """
    real = os.path.realpath(path)
    if real in names:
        return names[real]
    beside = os.path.dirname(script)
    if real == os.path.abspath(path):
        found = path if not os.path.isabs(path) or os.path.isabs(beside) else os.path.relpath(path)
    elif lies_in(real, (top := os.path.realpath(beside or "."),)):
        found = os.path.join(beside, os.path.relpath(real, top))
    else:
        found = os.path.relpath(real)
    return found.replace(os.sep, "/")


def regular_in(directory: str) -> Container[str]:
    """The names of the regular files in a directory: to ask for each of them takes four times as long."""
    try:
        with os.scandir(directory) as entries:
            return {entry.name for entry in entries if entry.is_file(follow_symlinks=False)}
    except OSError:  # it is gone by now
        return ()


def is_special(path: str) -> bool:
    """Whether a path is a pipe, a socket or a device, which a walk skips."""
    try:
        return not stat.S_ISREG(os.stat(path).st_mode)
    except OSError:
        return False


class NoFormatError(OSError):
    """Raised for a file whose suffix no reader takes; its message is that of `has_no_format`."""


INPUT = "<input>"
"""The path of findings in a value that is no file."""
NO_FILE = "Is a directory: give its files, one or a list, or run splint check on it"
"""Of a directory among payloads, which the library does not walk."""


def cannot_be_read(path: str, error: OSError) -> str:
    """What is said of a file that cannot be read."""
    if isinstance(error, NoFormatError):
        return str(error.strerror)
    return f"{path}: cannot be read: {error.strerror or error}"


def has_no_format(path: str, suffixes: Iterable[str] = ()) -> str:
    """What is said of a file whose suffix is none of those that readers take."""
    return f"{path}: no document format has this suffix" + (f" ({' '.join(suffixes)})" if suffixes else "")


def size_of(file: File) -> int:
    """The size of a file in bytes; 0 if it is not a regular file or does not exist."""
    try:
        status = os.stat(file.path)
    except OSError:
        return 0
    return status.st_size if stat.S_ISREG(status.st_mode) else 0
