"""Files that fixes changed: written, or shown as a diff."""

import os
from collections.abc import Sequence
from typing import NamedTuple

from splint.files import STDIN, atomic
from splint.files.repository import top_of
from splint.files.trust import lies_in
from splint.fixes.hunks import header_name, unified
from splint.reporting.masking import masked_bytes
from splint.reporting.report import ToolNotification


class Changed(NamedTuple):
    """A file that fixes changed."""

    path: str
    """The path that reports show."""
    target: str
    """The real path of the file, symlinks resolved; `-` for standard input."""
    before: bytes
    after: bytes
    fixes: int
    """The number of fixes applied."""
    secrets: frozenset[str] = frozenset()
    """Credentials in the file, which diffs mask."""


def write(changed: Sequence[Changed]) -> list[ToolNotification]:
    """Write the files, each atomically. Returns a notification for each one that cannot be written."""
    notifications = []
    for file in changed:
        try:
            with open(file.target, "rb") as stream:
                if stream.read() != file.before:
                    raise OSError("it has changed since it was read: run splint again")
            atomic.rewrite(file.target, file.after)
        except OSError as error:
            message = f"{file.path}: the fixes cannot be written: {error.strerror or error}"
            notifications.append(ToolNotification("unwritable-file", message, file.path))
    return notifications


def diff(changed: Sequence[Changed], *, masking: bool = True) -> bytes:
    """The changes as a unified diff. `git apply` accepts it unless a credential in it is masked."""
    parts, top = [], diff_directory(changed)
    for file in changed:
        old, new = (header_name(f"{side}/{_own_path(file, top)}") for side in "ab")
        if file.target != STDIN:  # this line makes git take paths relative to the repository
            parts.append(b"diff --git %s %s\n" % (old.rstrip(b"\t"), new.rstrip(b"\t")))
        texts = (file.before, file.after)
        before, after = (_lines(masked_bytes(data, file.secrets) if masking else data) for data in texts)
        lines = unified(before, after, old, new)
        parts += [line if line.endswith(b"\n") else line + b"\n\\ No newline at end of file\n" for line in lines]
    return b"".join(parts)


def diff_directory(changed: Sequence[Changed]) -> str:
    """The directory in which a diff is applied: the top of the repository, or the working directory without one.

    Where a file lies outside of it, it is the closest directory of all the files, or the top of its repository.
    """
    top, targets = _top(os.path.realpath(".")), [file.target for file in changed if file.target != STDIN]
    if all(lies_in(target, (top,)) for target in targets):
        return top
    return _top(os.path.commonpath([os.path.dirname(target) for target in targets]))


def _top(directory: str) -> str:
    return top_of(directory) or directory


def _own_path(file: Changed, top: str) -> str:
    """The real path of a file relative to a directory: git does not patch through symlinks."""
    return file.path if file.target == STDIN else os.path.relpath(file.target, top).replace(os.sep, "/")


def _lines(data: bytes) -> list[bytes]:
    """Split data into lines at line feeds only, as git does."""
    return [line + b"\n" for line in data.split(b"\n")[:-1]] + [line for line in data.split(b"\n")[-1:] if line]
