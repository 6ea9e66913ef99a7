"""Files written whole or not at all."""

import os
import tempfile


def write(path: str, data: bytes) -> None:
    """Put `data` in place of a file: beside it first, on disk, then by a rename; mode and owner stay as they were.

    A symlink stays one: its target is replaced. What is no file (a pipe, a terminal) is written to. Raises OSError;
    the file is then what it was.
    """
    target = os.path.realpath(path)
    if os.path.exists(target) and not os.path.isfile(target):
        with open(target, "wb") as stream:
            stream.write(data)
        return
    handle, beside = tempfile.mkstemp(prefix=f".{os.path.basename(target)}.", dir=os.path.dirname(target))
    try:
        with open(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            _dress(stream.fileno(), target)
            os.fsync(stream.fileno())
        os.replace(beside, target)
    except BaseException:
        os.unlink(beside)
        raise
    _sync_directory(os.path.dirname(target))


def _dress(descriptor: int, target: str) -> None:
    """Give the new file the mode and owner of the old one, or the mode that any new file has."""
    try:
        there = os.stat(target)
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        os.fchmod(descriptor, 0o666 & ~mask)
        return
    here = os.fstat(descriptor)
    if (here.st_uid, here.st_gid) != (there.st_uid, there.st_gid):
        os.fchown(descriptor, there.st_uid, there.st_gid)
    os.fchmod(descriptor, there.st_mode & 0o7777)


def _sync_directory(directory: str) -> None:
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
