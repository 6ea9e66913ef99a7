"""The journal of a run: what was about to be sent, and what came of it, on disk before and after each send."""

import hashlib
import json
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from splint.submit.errors import MisuseError, StoppedError

SUFFIX = ".jsonl"
NOW = ".now"
"""In the name of a journal beside a run's own: of who disabled the campaign while another held the lock."""
_CHECK = re.compile(rb'(?P<text>.*),"check":"(?P<check>[0-9a-f]{16})"\}')


class Event(NamedTuple):
    """One line of a journal."""

    number: int
    """Counts from 1."""
    time: str
    """UTC."""
    name: str
    """START, BUNDLE, APPROVED, ROLLBACK and FINISHED of the run; DONE and the states of objects of these."""
    fields: dict[str, Any]


class Journal:
    """A file of events that is only ever appended to, each line on disk before anything goes on."""

    def __init__(self, path: Path, events: list[Event]) -> None:
        self.path = path
        self.events = events
        self._broken = False

    @property
    def run(self) -> str:
        """The run's name."""
        return self.path.name.removesuffix(SUFFIX).partition(NOW)[0]

    @classmethod
    def create(cls, directory: Path, run: str) -> "Journal":
        """A new journal, its name on disk. Raises StoppedError when that cannot be."""
        path = directory / f"{run}{SUFFIX}"
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            sync_directory(directory)
        except OSError as error:
            raise StoppedError(
                f"{path}: the journal cannot be made: {error.strerror or error}; nothing was sent"
            ) from error
        return cls(path, [])

    @classmethod
    def open(cls, path: Path) -> "Journal":
        """A journal with its events. A last line without its end was never finished: it is dropped.

        Raises MisuseError for any other damage.
        """
        data = _read(path)
        whole = _whole(path, data)
        events = [_event(path, number, line) for number, line in enumerate(whole.split(b"\n")[:-1], start=1)]
        if len(whole) < len(data):
            try:
                with path.open("r+b") as stream:
                    stream.truncate(len(whole))
                    _sync(stream.fileno())
            except OSError as error:
                raise StoppedError(
                    f"{path}: its torn last line cannot be dropped: {error.strerror or error}"
                ) from error
        return cls(path, events)

    @classmethod
    def peek(cls, path: Path) -> "Journal":
        """A journal to look at: nothing is written, whoever may be writing it. Raises MisuseError for damage."""
        whole = _whole(path, _read(path))
        return cls(path, [_event(path, number, line) for number, line in enumerate(whole.split(b"\n")[:-1], start=1)])

    def append(self, event: str, **fields: Any) -> Event:
        """Put an event on disk. Raises StoppedError when that fails: then nothing may be sent any more."""
        if self._broken:
            raise StoppedError(f"{self.path}: the journal could not be written before")
        now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        given = {key: value for key, value in fields.items() if value is not None}
        made = Event(len(self.events) + 1, now, event, given)
        text = json.dumps(
            {"seq": made.number, "time": made.time, "event": made.name, **made.fields}, separators=(",", ":")
        )
        line = f'{text[:-1]},"check":"{_checksum(text[:-1].encode())}"}}\n'.encode()
        try:
            descriptor = os.open(self.path, os.O_WRONLY | os.O_APPEND)
            try:
                if os.write(descriptor, line) < len(line):
                    raise OSError("No space left on device")
                _sync(descriptor)
            finally:
                os.close(descriptor)
        except OSError as error:
            self._broken = True
            raise StoppedError(f"{self.path}: the journal cannot be written: {error.strerror or error}") from error
        self.events.append(made)
        return made


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise MisuseError(f"{path}: the journal cannot be read: {error.strerror or error}") from error


def _whole(path: Path, data: bytes) -> bytes:
    """The lines that have an end; a torn one behind them is the beginning of a line, and nothing else."""
    whole = data[: data.rfind(b"\n") + 1]
    torn = data[len(whole) :]
    found = _CHECK.match(torn)
    if found is not None and found.end() < len(torn):
        raise _damage(path, whole.count(b"\n") + 1)
    return whole


def _event(path: Path, number: int, line: bytes) -> Event:
    found = _CHECK.fullmatch(line)
    if found is not None and _checksum(found["text"]) == found["check"].decode():
        fields = json.loads(line)
        if fields.pop("seq", None) == number:
            del fields["check"]
            return Event(number, fields.pop("time"), fields.pop("event"), fields)
    raise _damage(path, number)


def _damage(path: Path, number: int) -> MisuseError:
    return MisuseError(
        f"{path}:{number}: this line of the journal is damaged: what was sent can no longer be told from it; "
        "compare the account with what the other lines name, then restore the file from a copy or move it elsewhere"
    )


def _checksum(text: bytes) -> str:
    return hashlib.sha256(text).hexdigest()[:16]


def _sync(descriptor: int) -> None:
    """Have a file on disk, and on macOS through the disk's own cache too."""
    if sys.platform == "darwin":
        import fcntl

        fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
    else:
        os.fsync(descriptor)


def sync_directory(directory: Path) -> None:
    """Have the names in a directory on disk."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def keep(path: Path, data: bytes) -> None:
    """Write a file beside the journal, for its owner alone. Raises StoppedError when that fails."""
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            _sync(stream.fileno())
        sync_directory(path.parent)
    except OSError as error:
        raise StoppedError(f"{path}: the bundle cannot be kept: {error.strerror or error}; nothing was sent") from error


def prepared(directory: Path) -> Path:
    """The directory of journals, made where it is not there. Raises MisuseError where others may look into it."""
    try:
        made = [each for each in (directory, *directory.parents) if not each.exists()]
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        for each in reversed(made):
            sync_directory(each.parent)  # its name is on disk before a journal in it is trusted
        mode = directory.stat().st_mode & 0o777
    except OSError as error:
        raise MisuseError(f"{directory}: cannot hold journals: {error.strerror or error}") from error
    if mode & 0o077:
        raise MisuseError(
            f"{directory}: others may look into it (mode {mode:o}): chmod 700 it, or name another --run-dir"
        )
    return directory.resolve()


@contextmanager
def locked(directory: Path, advertiser_id: str) -> Iterator[None]:
    """Be the only one who sends for an advertiser out of a directory. Raises MisuseError where another process is."""
    from filelock import FileLock, Timeout

    name = re.sub(r"[^0-9A-Za-z]", "_", advertiser_id)
    lock, holder = FileLock(directory / f"{name}.lock", mode=0o600), directory / f"{name}.holder"
    try:
        lock.acquire(timeout=0)
        now = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        holder.write_text(f"process {os.getpid()}, which began at {now},")
    except Timeout as error:
        try:
            who = holder.read_text() or "another process"
        except OSError:
            who = "another process"
        raise MisuseError(
            f"{who} is sending for advertiser {advertiser_id}: wait for it, or, where it hangs, "
            "disable the campaign past it with splint rollback RUN --now"
        ) from error
    except OSError as error:
        raise MisuseError(f"{lock.lock_file}: cannot be locked: {error.strerror or error}") from error
    try:
        yield
    finally:
        with suppress(OSError):
            holder.unlink()
        with suppress(OSError):
            lock.release()


def journals(directory: Path) -> list[Path]:
    """The journals of runs."""
    return [path for path in directory.glob(f"*{SUFFIX}") if NOW not in path.stem]


def journals_now(directory: Path, run: str) -> list[Path]:
    """The journals beside a run's own, the earliest first."""
    return sorted(directory.glob(f"{run}{NOW}-*{SUFFIX}"))
