"""The lock that lets one process at a time send for an advertiser out of a directory of journals."""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from splint.submit.commands import command
from splint.submit.errors import HeldError, UnusableError

Lost = Callable[[], str | None]
"""Why a lock no longer keeps other processes from sending, if so."""


@contextmanager
def locked(directory: Path, advertiser_id: str, run: str) -> Iterator[Lost]:
    """Hold the lock of an advertiser in a directory for a run. Yields what tells whether it was lost since.

    Raises HeldError if another process holds it, UnusableError if it cannot be taken.
    """
    from filelock import FileLock, Timeout  # of the extra `submit`

    name = re.sub(r"[^0-9A-Za-z]", "_", advertiser_id)
    lock, holder = FileLock(directory / f"{name}.lock", mode=0o600), directory / f"{name}.holder"
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        try:
            who, _, its_run = holder.read_text().partition("\n")
        except OSError:
            who = its_run = ""
        past = command(directory, "rollback", its_run or "RUN", "--now")
        raise HeldError(
            f"{who or 'another process'} is sending for advertiser {advertiser_id}: wait for it, or, where it hangs, "
            f"disable the campaign past it with {past}",
            its_run,
        ) from error
    except OSError as error:
        raise UnusableError(f"{lock.lock_file}: cannot be locked: {error.strerror or error}") from error
    now = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    path = Path(lock.lock_file)
    held = _inode(path)

    def lost() -> str | None:
        is_held = held is not None and (held[1] == 0 or _inode(path) == held)  # 0 where there are no inodes
        return None if is_held else f"{path} was removed or replaced: another process may be sending"

    try:
        with suppress(OSError):  # a full disk: it only tells others who holds the lock
            holder.write_text(f"process {os.getpid()}, which began at {now},\n{run}")
        yield lost
    finally:
        with suppress(OSError):
            holder.unlink()
        with suppress(OSError):
            lock.release()


def _inode(path: Path) -> tuple[int, int] | None:
    """The device and inode of a file; None if there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
