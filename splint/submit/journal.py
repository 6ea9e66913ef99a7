"""The journal of a run: an event on disk before each request, and another after its answer."""

import errno
import hashlib
import json
import os
import re
import secrets
import sys
from codecs import BOM_UTF8
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from splint.submit.commands import command
from splint.submit.errors import OvertakenError, StoppedError, UnusableError, UnwritableError
from splint.submit.plain_files import plain_bytes

SUFFIX = ".jsonl"
BUNDLE = ".bundle.json"
"""The end of the name of the bundle that a run began with."""
NOW = ".now"
"""Marks the name of an additional journal, written by `rollback --now` while another process holds the lock."""
OVERTAKEN = "another process wrote to it meanwhile, and may be sending the run: end that process first"
_RUN = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]{8}")
_CHECK = re.compile(rb'(?P<text>.*),"check":"(?P<check>[0-9a-f]{16})"\}')


class Event(NamedTuple):
    """One line of a journal."""

    number: int
    """The number of the line, from 1."""
    time: str
    """An ISO 8601 time in UTC."""
    name: str
    """START, BUNDLE, APPROVED, ACCEPTED, LIMITS, ROLLBACK, EXCEEDING or FINISHED for the run; else of an object."""
    fields: dict[str, Any]


class Journal:
    """An append-only file of events; `append` returns once the line is on disk."""

    def __init__(self, path: Path, events: list[Event], size: int = 0) -> None:
        self.path = path
        self.events = events
        self.damaged = 0
        """The number of lines that are damaged, of a journal that is read as far as it can be; at least 1 there."""
        self.written: list[str] = []
        """The names of the events that this process wrote."""
        self.is_broken = False
        """Whether a line could not be written: then none is any more."""
        self._size = size
        """The size of the file as this process knows it."""

    @property
    def directory(self) -> Path:
        """The directory of journals that it is in."""
        return self.path.parent

    @property
    def run(self) -> str:
        """The run's name."""
        return self.path.name.removesuffix(SUFFIX).partition(NOW)[0]

    @property
    def is_now(self) -> bool:
        """Whether `rollback --now` wrote it beside the run's own."""
        return NOW in self.path.stem

    @property
    def loss(self) -> str:
        """What became of it where it has no whole line."""
        if self.is_gone:
            return "gone"
        return "without a whole line" if self.path.stat().st_size else "empty"

    @property
    def is_gone(self) -> bool:
        """Whether the file is not there."""
        return not self.path.exists()

    def create(self) -> None:
        """Create the file, empty, and sync its directory. Raises UnwritableError if that fails."""
        try:
            os.close(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            sync_directory(self.path.parent)
        except OSError as error:
            raise UnwritableError(
                f"{self.path}: the journal cannot be made: {error.strerror or error}; nothing was sent"
            ) from error

    @classmethod
    def open(cls, path: Path) -> "Journal":
        """Open a journal for writing. An incomplete last line is truncated.

        Raises MisuseError for any other damage.
        """
        journal = cls.peek(path)
        try:
            if path.stat().st_size > journal._size:
                with path.open("r+b") as stream:
                    stream.truncate(journal._size)
                    _sync(stream.fileno())
        except OSError as error:
            raise UnwritableError(f"{path}: its torn last line cannot be dropped: {error.strerror or error}") from error
        return journal

    @classmethod
    def peek(cls, path: Path) -> "Journal":
        """Read a journal that another process may be writing; nothing is changed. Raises MisuseError for damage."""
        whole = _whole(path, _read(path))
        events = [_event(path, number, line) for number, line in enumerate(whole.split(b"\n")[:-1], start=1)]
        return cls(path, events, len(whole))

    @classmethod
    def intact(cls, path: Path) -> "Journal":
        """The lines of a journal that are not damaged, but for what an editor did to all; nothing is changed."""
        try:
            lines = plain_bytes(path).removeprefix(BOM_UTF8).replace(b"\r\n", b"\n").split(b"\n")
        except OSError:
            lines = []
        events = [_intact(line) for line in lines]
        journal = cls(path, [event for event in events if event is not None])
        journal.damaged = max(events[:-1].count(None), 1)
        return journal

    def append(self, event: str, **fields: Any) -> Event:
        """Write an event to disk. Raises UnwritableError if that fails; then nothing may be sent any more.

        It is an OvertakenError where another process wrote to the file.
        """
        if self.is_broken:
            raise UnwritableError(f"{self.path}: the journal could not be written before")
        now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        present = {key: value for key, value in fields.items() if value is not None}
        entry = Event(len(self.events) + 1, now, event, present)
        text = json.dumps(
            {"seq": entry.number, "time": entry.time, "event": entry.name, **entry.fields}, separators=(",", ":")
        )
        line, stays = f'{text[:-1]},"check":"{_checksum(text[:-1].encode())}"}}\n'.encode(), ""
        try:
            descriptor = os.open(self.path, os.O_WRONLY | os.O_APPEND)
            try:
                if os.fstat(descriptor).st_size != self._size:
                    self.is_broken = True
                    raise OvertakenError(f"{self.path}: the journal cannot be written: {OVERTAKEN}")
                if os.write(descriptor, line) < len(line):
                    raise OSError("No space left on device")
                try:
                    _sync(descriptor)
                except OSError:
                    stays = self._cut_back(descriptor, len(line), "action" not in fields) if event == "ARMED" else ""
                    raise
            finally:
                os.close(descriptor)
        except OSError as error:
            self.is_broken = True
            why = f"{self.path}: the journal cannot be written: {error.strerror or error}{stays}"
            raise UnwritableError(why) from error
        self.events.append(entry)
        self.written.append(event)
        self._size += len(line)
        return entry

    def _cut_back(self, descriptor: int, length: int, is_create: bool) -> str:
        """Cut the last line off, which is not on disk and says that a request is sent: it is not.

        Returns what is to be said if that fails.
        """
        try:
            if os.fstat(descriptor).st_size == self._size + length:
                os.ftruncate(descriptor, self._size)
        except OSError:
            way = ", and --resend-absent sends it" if is_create else ""
            return f"; its last line stays, and says that a request was sent: it was not{way}"
        return ""


def _read(path: Path) -> bytes:
    try:
        return plain_bytes(path)
    except OSError as error:
        if isinstance(error, FileNotFoundError) and not path.is_symlink() and path in journals(path.parent):
            return b""
        raise UnusableError(f"{path}: the journal cannot be read: {error.strerror or error}") from error


def _whole(path: Path, data: bytes) -> bytes:
    """The complete lines. Raises UnusableError if the rest is more than the beginning of a line."""
    whole = data[: data.rfind(b"\n") + 1]
    torn = data[len(whole) :]
    match = _CHECK.match(torn)
    if match is not None and match.end() < len(torn):
        raise _damage(path, whole.count(b"\n") + 1)
    return whole


def _event(path: Path, number: int, line: bytes) -> Event:
    event = _intact(line)
    if event is None or event.number != number:
        how = ", as its lines end with CRLF" if line.endswith(b"\r") else ""
        raise _damage(path, number, ", as a byte order mark begins it" if line.startswith(BOM_UTF8) else how)
    return event


def _intact(line: bytes) -> Event | None:
    """The event of a line; None if the line is damaged."""
    match = _CHECK.fullmatch(line)
    if match is None or _checksum(match["text"]) != match["check"].decode():
        return None
    try:
        fields = json.loads(line)
        del fields["check"]
        event = Event(fields.pop("seq"), fields.pop("time"), fields.pop("event"), fields)
    except (ValueError, LookupError):
        return None
    return event if _is_fit(event.name, fields) else None


def _is_fit(name: str, fields: Mapping[str, Any]) -> bool:
    """Whether an event has the fields by which it is applied."""
    if name == "EXCEEDING":
        older = dict.fromkeys(("values", "kinds"), fields.get("fields"))  # have neither
        lists: list[Any] = [{**older, **fields}.get(each) for each in ("fields", "shown", *older)]
        return all(isinstance(one, list) for one in lists) and len({*map(len, lists)}) == 1
    if name == "RUNNING":
        return isinstance(fields.get("shown"), bool)
    if name == "ACCEPTED":
        kept = fields.get("accepted")
        return isinstance(kept, dict) and all(isinstance(values, dict) for values in kept.values())
    if name in ("START", "BUNDLE", "APPROVED", "LIMITS", "ROLLBACK"):
        return True
    if name == "FINISHED":
        return "outcome" in fields and isinstance(fields.get("notes", []), list)
    return "object" in fields and (name != "ARMED" or "action" in fields or "body" in fields)


def _damage(path: Path, number: int, how: str = "") -> UnusableError:
    way = (
        "what was sent can no longer be told from it; compare the account with what the other lines name, then restore "
        "the file from a copy, or move it elsewhere with its bundle"
    )
    if NOW in path.stem:
        run = path.stem.partition(NOW)[0]
        way = "it tells only what a rollback --now did; moving this file elsewhere is enough, then "
        way += command(path.parent, "rollback", run)
    return UnusableError(f"{path}:{number}: this line of the journal is damaged{how}: {way}")


def _checksum(text: bytes) -> str:
    return hashlib.sha256(text).hexdigest()[:16]


def _sync(descriptor: int) -> None:
    """Flush a file to disk, on macOS through the disk's cache too where the file system can: SMB and NFS cannot."""
    if sys.platform == "darwin":
        import fcntl  # only macOS flushes so

        try:
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
        except OSError as error:
            if error.errno not in (errno.ENOTSUP, errno.EINVAL, errno.ENOTTY):
                raise
        else:
            return
    os.fsync(descriptor)


def sync_directory(directory: Path) -> None:
    """Flush the entries of a directory to disk."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def new_run() -> str:
    """A name for a run that begins now."""
    return f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(4)}"


def kept_bundle(directory: Path, run: str) -> Path:
    """The path of the bundle that a run began with."""
    return directory / f"{run}{BUNDLE}"


def keep(path: Path, data: bytes) -> None:
    """Write a file that only its owner can read, and sync it. Raises StoppedError if that fails."""
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            _sync(stream.fileno())
        sync_directory(path.parent)
    except OSError as error:
        raise StoppedError(f"{path}: the bundle cannot be kept: {error.strerror or error}; nothing was sent") from error


def journals(directory: Path) -> list[Path]:
    """The paths of the runs' journals, without those of `rollback --now`, and of those that are gone and left a bundle.

    Not of one that bears another name now, by its first line, and not where a bundle has no name as `new_run` gives.
    """
    there = [path for path in _found(directory, f"*{SUFFIX}") if NOW not in path.stem]
    bundles = _found(directory, f"*{BUNDLE}")
    kept = {path.name: path.with_name(path.name.removesuffix(BUNDLE) + SUFFIX) for path in bundles}
    gone = {name: path for name, path in kept.items() if path not in there and _RUN.fullmatch(path.stem)}
    for path in there if gone else ():
        for event in Journal.intact(path).events[:1]:
            gone.pop(str(event.fields.get("file")), None)
    return [*there, *gone.values()]


def journals_now(directory: Path, run: str) -> list[Path]:
    """The journals that `rollback --now` wrote for a run, the earliest first."""
    return sorted(_found(directory, f"{run}{NOW}-*{SUFFIX}"), key=lambda path: (len(path.name), path.name))


def _found(directory: Path, pattern: str) -> list[Path]:
    """The files of a directory by a pattern of names; none where it cannot be read, which `private` tells."""
    try:
        return list(directory.glob(pattern))
    except OSError:
        return []


def in_order(all_of_run: list[Journal]) -> list[Event]:
    """The events of all journals of a run: those of `--now` after as many of the run's own as it had read (`after`).

    No clock tells: it may have been set back since.
    """
    keyed = [((event.number, 0, 0), event) for each in all_of_run if not each.is_now for event in each.events]
    for index, each in enumerate((each for each in all_of_run if each.is_now and each.events), start=1):
        after = each.events[0].fields.get("after", len(keyed))
        keyed += [((after, index, event.number), event) for event in each.events]
    return [event for _, event in sorted(keyed, key=lambda pair: pair[0])]
