"""The directories that a server may read, and the files below them, which no symlink leads to."""

import os
import stat
from collections.abc import Iterable
from pathlib import Path

from splint.files.trust import is_of_git

MOST_BYTES = 4 << 20
"""The most bytes of a payload, in a file or as an argument."""


class OutsideError(Exception):
    """Raised for a path that is not read; the message names it and says why."""


class Roots:
    """The directories below which files are read, by their real paths. Raises OutsideError for one that is none."""

    def __init__(self, directories: Iterable[str]) -> None:
        self.directories = tuple(dict.fromkeys(os.path.realpath(directory) for directory in directories))
        for directory in self.directories:
            if not Path(directory).is_dir():
                raise OutsideError(f"{directory}: is no directory")

    def read(self, path: str) -> tuple[str, bytes]:
        """The absolute path and the bytes of a file, given from a root or absolutely. Raises OutsideError."""
        if not self.directories:
            raise OutsideError(f"{path[:200]} is not read: the server was started without --root")
        fault = OutsideError(f"{path[:200]} lies below no --root")
        for root in self.directories:
            relative = os.path.relpath(path, root) if Path(path).is_absolute() else path
            steps = [step for step in relative.split("/") if step not in ("", ".")]
            if not steps or ".." in steps or "\0" in path:
                continue
            try:
                return str(Path(root, *steps)), _read(root, steps)
            except FileNotFoundError:
                fault = OutsideError(f"{path[:200]} is no file below any --root")
            except OSError as error:
                raise OutsideError(f"{path[:200]} cannot be read: {error.strerror or error}") from error
        raise fault


def _read(root: str, steps: list[str]) -> bytes:
    """The bytes of a file below a directory. Each step is opened from the one above, and none may be a symlink."""
    if any(map(is_of_git, steps)):
        raise PermissionError(None, "what git keeps for itself is no payload")
    handle = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
    try:
        for number, step in enumerate(steps, start=1):
            kind = os.O_DIRECTORY if number < len(steps) else os.O_NONBLOCK
            below = _opened(step, os.O_RDONLY | os.O_NOFOLLOW | kind, handle)
            os.close(handle)
            handle = below
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise PermissionError(None, "it is no plain file")
        with open(handle, "rb", closefd=False) as stream:
            data = stream.read(MOST_BYTES + 1)
    finally:
        os.close(handle)
    if len(data) > MOST_BYTES:
        raise PermissionError(None, f"it is larger than {MOST_BYTES >> 20} MB")
    return data


def _opened(step: str, flags: int, directory: int) -> int:
    try:
        return os.open(step, flags, dir_fd=directory)
    except FileNotFoundError:
        raise
    except OSError as error:
        if stat.S_ISLNK(os.stat(step, dir_fd=directory, follow_symlinks=False).st_mode):
            raise PermissionError(None, f"{step} is a symlink, and none is followed") from error
        raise
