"""The directory of the journals: made for its owner alone, and refused where others may look into it."""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from splint.submit.errors import MisuseError, UnusableError
from splint.submit.journal import SUFFIX, journals, journals_now, sync_directory


def located(directory: Path) -> Path:
    """The resolved path of a directory of journals, whoever may look into it."""
    return Path(os.path.realpath(directory))


def prepared(directory: Path) -> Path:
    """A directory of journals, created if missing. Raises MisuseError as `private`."""
    with _of_journals(directory):
        missing = [each for each in (directory, *directory.parents) if not each.exists()]
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        for each in reversed(missing):
            sync_directory(each.parent)  # its entry is on disk before a journal is written in it
    return private(directory)


def private(directory: Path, rolled_back: str | None = None) -> Path:
    """The resolved directory of journals, which may be missing. Raises MisuseError if others can look into it.

    It is an UnusableError if they can write to it, or own it: what its journals say may be theirs. To roll a run back
    it is enough that neither is so of it and of the journals of that run, which is `rolled_back`. So it is if the
    directory cannot be read.
    """
    mode = readable(directory)
    if mode is None:
        return located(directory)
    with _of_journals(directory):
        if mode & 0o077:
            own = [] if rolled_back is None else journals_now(directory, rolled_back)
            own += [] if rolled_back is None else [directory / f"{rolled_back}{SUFFIX}"]
            for path in (directory, *(each for each in own if each.exists())):
                _refuse_writable(path, path.stat())
            if rolled_back is None:
                way = "" if journals(directory) else ", or name another --run-dir"
                raise MisuseError(f"{directory}: others may look into it (mode {mode & 0o777:o}): chmod 700 it{way}")
    return located(directory)


def readable(directory: Path) -> int | None:
    """The mode of a directory of journals, None if it is missing. Raises UnusableError if it cannot be read."""
    with _of_journals(directory):
        try:
            mode = directory.stat().st_mode
        except (FileNotFoundError, NotADirectoryError):
            return None
        if not stat.S_ISDIR(mode):
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
        os.scandir(directory).close()
        os.stat(f"{directory}{os.sep}.")  # noqa: PTH116 - a Path drops the dot, by which it must be entered
        return mode


def _refuse_writable(path: Path, status: os.stat_result) -> None:
    mode, owner = status.st_mode, status.st_uid
    is_anothers = owner not in (0, os.geteuid())  # to what is root's, root may write anyway
    if mode & 0o022 or is_anothers:
        owned, chown = (f", owned by user {owner}", "chown and ") if is_anothers else ("", "")
        private_mode = 700 if stat.S_ISDIR(mode) else 600
        raise UnusableError(
            f"{path}: others may write to it (mode {mode & 0o777:o}{owned}), and what is journalled may be theirs: "
            f"where nobody did, {chown}chmod {private_mode} it, then call the same command again"
        )


@contextmanager
def _of_journals(directory: Path) -> Iterator[None]:
    """Have an error of the file system say that the directory cannot hold journals.

    It is an UnusableError where there may be some, which cannot be read.
    """
    try:
        yield
    except OSError as error:
        why = f"{directory}: cannot hold journals: {error.strerror or error}"
        if isinstance(error, PermissionError):
            way = "let it be read, or name another --run-dir; what a run in it enabled can be disabled by hand"
            raise UnusableError(f"{why}: {way}") from error
        raise MisuseError(why) from error
