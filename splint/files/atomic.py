"""Writes files atomically, where a stranger's tree does not say what is overwritten."""

import errno
import os
import tempfile
from contextlib import suppress

from splint.files import is_special
from splint.files.links import resolved
from splint.files.repository import checkout_of
from splint.files.streams import RefusedError
from splint.files.trust import current, is_of_git, leads_into_git, lies_in


def write(path: str, data: bytes) -> None:
    """Write a text of splint's own, as `rewrite` does: a program whose place it takes leaves it no right to be run.

    Of a symlink the target is replaced; a pipe, a device and what stands for an open file, as /dev/stdout, are written
    to. Raises OSError, and RefusedError as `target_of`.
    """
    target = target_of(path)
    if is_open(path) or (os.path.exists(target) and not os.path.isfile(target)):
        with open(path if is_open(path) else target, "wb") as stream:
            stream.write(data)
        return
    _replace(path, target, data, 0o666)


def rewrite(path: str, data: bytes) -> None:
    """Replace a file: write a temporary file in its directory, sync it, and rename it. Mode and owner are kept.

    Of a symlink the target is replaced. Raises OSError, also for a read-only file; the file is unchanged then.
    """
    _replace(path, os.path.realpath(path), data, 0o7777)


def is_open(path: str) -> bool:
    """Whether a path names a file that is open, as /dev/stdout does: who opened it goes on writing to it."""
    directory, name = os.path.split(os.path.abspath(path))
    if directory == "/dev":
        return name in ("stdout", "stderr")
    return directory == "/dev/fd" or (directory.startswith("/proc/") and directory.endswith("/fd"))


def target_of(path: str) -> str:
    """The real path of a file to write. Raises RefusedError for one that a tree, not the user, would choose.

    No symlink leads into a `.git`. In an untrusted tree, up to the top of its checkout, none is on the way at all,
    no pipe or device at its end, and nothing is written below a `.git`.
    """
    target, links = resolved(path)
    if is_open(path):
        return target
    if not current().untrusted:
        if links and leads_into_git(path, target):
            raise RefusedError(f"it leads through the symlink {_shown(links[-1])} into .git: name the place itself")
        return target
    here = os.path.realpath(".")
    tree = {top for place in (here, *current().tree) for top in (place, checkout_of(place) or place)}
    for link in links:
        if lies_in(os.path.dirname(link), tree):
            raise RefusedError(
                f"it leads through the symlink {_shown(link)} of the tree, and --untrusted writes through none: "
                "name another place, or remove the symlink"
            )
    if is_of_git(target):
        raise RefusedError("it lies below .git, and --untrusted writes nothing there: name another place")
    if lies_in(target, tree) and is_special(target) and not os.path.isdir(target):  # of that, writing tells
        raise RefusedError("it is no plain file, and --untrusted writes to no other in the tree")
    return target


def _shown(link: str) -> str:
    return os.path.relpath(link) if lies_in(link, (os.path.realpath("."),)) else link


def _replace(path: str, target: str, data: bytes, kept: int) -> None:
    """Replace a file by its real path, with the bits of its mode that are among `kept`. Raises OSError."""
    if os.path.exists(target) and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
    handle, beside = tempfile.mkstemp(prefix=".splint-", dir=os.path.dirname(target))
    try:
        with open(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            _copy_mode_and_owner(stream.fileno(), target, kept)
            os.fsync(stream.fileno())
        os.replace(beside, target)
    except BaseException:
        with suppress(FileNotFoundError):  # it was renamed already
            os.unlink(beside)
        raise
    _sync_directory(os.path.dirname(target))


def _copy_mode_and_owner(descriptor: int, target: str, kept: int) -> None:
    """Give the new file what is `kept` of the old one's mode, and, if permitted, its owner; or the default mode."""
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
    os.fchmod(descriptor, there.st_mode & kept)


def _sync_directory(directory: str) -> None:
    """Sync a directory, so that a rename is on disk. Errors are ignored: the rename itself has succeeded."""
    with suppress(OSError):
        descriptor = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
