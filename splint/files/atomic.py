"""Writes files atomically."""

import errno
import os
import tempfile
from contextlib import suppress

_OPEN_FILES = ("/dev/stdout", "/dev/stderr", "/dev/fd/", "/proc/")
"""How names of open files begin: who opened one goes on writing to it."""


def write(path: str, data: bytes) -> None:
    """Replace a file: write a temporary file in its directory, sync it, and rename it. Mode and owner are kept.

    Of a symlink the target is replaced; a pipe, a device and what stands for an open file, as /dev/stdout, are written
    to. Raises OSError, also for a read-only file; the file is unchanged then.
    """
    target = os.path.realpath(path)
    if (os.path.exists(path) and not os.path.isfile(path)) or os.path.abspath(path).startswith(_OPEN_FILES):
        with open(path, "wb") as stream:
            stream.write(data)
        return
    if os.path.exists(target) and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
    handle, beside = tempfile.mkstemp(prefix=".splint-", dir=os.path.dirname(target))
    try:
        with open(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            _copy_mode_and_owner(stream.fileno(), target)
            os.fsync(stream.fileno())
        os.replace(beside, target)
    except BaseException:
        with suppress(FileNotFoundError):  # it was renamed already
            os.unlink(beside)
        raise
    _sync_directory(os.path.dirname(target))


def _copy_mode_and_owner(descriptor: int, target: str) -> None:
    """Give the new file the mode and, if permitted, the owner of the old one, or the default mode without one."""
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
        except PermissionError:  # only root may change owners
            with suppress(PermissionError):
                os.fchown(descriptor, -1, there.st_gid)
    os.fchmod(descriptor, there.st_mode & 0o7777)


def _sync_directory(directory: str) -> None:
    """Sync a directory, so that a rename is on disk. Errors are ignored: the rename itself has succeeded."""
    with suppress(OSError):
        descriptor = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
