"""Files written whole or not at all."""

import errno
import os
import tempfile
from contextlib import suppress


def write(path: str, data: bytes) -> None:
    """Put `data` in place of a file: beside it first, on disk, then by a rename; mode and owner stay as they were.

    A symlink stays one: its target is replaced. What is no file (a pipe, a terminal) is written to. Raises OSError,
    for a file that may not be written too; the file is then what it was.
    """
    target = os.path.realpath(path)
    if os.path.exists(target) and not os.path.isfile(target):
        with open(target, "wb") as stream:
            stream.write(data)
        return
    if os.path.exists(target) and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
    handle, beside = tempfile.mkstemp(prefix=".splint-", dir=os.path.dirname(target))
    try:
        with open(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            _dress(stream.fileno(), target)
            os.fsync(stream.fileno())
        os.replace(beside, target)
    except BaseException:
        with suppress(FileNotFoundError):  # it was renamed already
            os.unlink(beside)
        raise
    _sync_directory(os.path.dirname(target))


def _dress(descriptor: int, target: str) -> None:
    """Give the new file the mode and, as far as one may, the owner of the old one; or the mode of any new file."""
    try:
        there = os.stat(target)
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        os.fchmod(descriptor, 0o666 & ~mask)
        return
    here = os.fstat(descriptor)
    if (here.st_uid, here.st_gid) != (there.st_uid, there.st_gid):
        try:
            os.fchown(descriptor, there.st_uid, there.st_gid)
        except PermissionError:  # only root gives files away
            with suppress(PermissionError):
                os.fchown(descriptor, -1, there.st_gid)
    os.fchmod(descriptor, there.st_mode & 0o7777)


def _sync_directory(directory: str) -> None:
    """Put a rename on disk, where the directory may be read and its file system can do that: it has happened anyway."""
    with suppress(OSError):
        descriptor = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
