"""Which files a campaign spans: an index from ids to the files and buffers that hold them."""

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import NamedTuple

from splint.files.trust import current
from splint.formats import Document, Reader
from splint.payloads.bodies import Sequence as Steps
from splint.payloads.extract import extract
from splint.payloads.nodes import EventRecord, Payload
from splint.payloads.nodes.node import is_self_contained

Key = tuple[str, str]
"""What ties files: an id, with the field that holds it; a file that a script sends; a log of events."""
Keys = frozenset[Key]
EVENTS: Key = ("events", "")
"""All logs of events of a run are judged together."""
_MARKS = (b"_id", b"event", b"\\")
"""What a file must hold to be tied to another one; a backslash may spell anything."""


class Stamp(NamedTuple):
    """When a file was last seen to change."""

    modified: int
    size: int

    @classmethod
    def of(cls, path: str) -> "Stamp | None":
        """The stamp of a file; None if there is none."""
        try:
            status = os.stat(path)
        except OSError:
            return None
        return cls(status.st_mtime_ns, status.st_size)


def sent(path: str) -> Key:
    """What ties a file to the scripts that send it."""
    return "file", os.path.realpath(path)


def keys_of(payloads: Iterable[Payload], records: Iterable[EventRecord]) -> set[Key]:
    """What ties the payloads of a file to those of others."""
    keys = {key for payload in payloads if not payload.document.stands_alone for key in payload.ids.items()}
    return keys | ({EVENTS} if any(True for _ in records) else set())


def keys_in(path: str, shown: str, reader: Reader) -> set[Key]:
    """What ties a file to others, without judging it. Raises OSError."""
    with current().opened(path) as stream:
        data = stream.read()
    if reader.stays_within and not any(mark in data for mark in _MARKS):
        return set()
    payloads, records = list[Payload](), list[EventRecord]()
    sequence: Steps = {}
    sources = set[str]()
    for index, document in enumerate(reader.read(shown, BytesIO(data))):
        sources.add(document.source.path)
        if not isinstance(document, Document):
            continue
        sequence = sequence if document.sequential else {}
        found = extract(document, (shown, index), sequence)
        if not document.sequential and all(is_self_contained(payload) for payload in found.payloads):
            found.payloads.clear()
        payloads += found.payloads
        records += found.records
    return keys_of(payloads, records) | {sent(source) for source in sources - {shown}}


class Index:
    """The keys of files, and the files of keys."""

    def __init__(self) -> None:
        self._keys: dict[str, Keys] = {}
        self._stamps: dict[str, Stamp | None] = {}
        self._paths: defaultdict[Key, set[str]] = defaultdict(set)

    def put(self, path: str, keys: Iterable[Key], stamp: Stamp | None = None) -> None:
        """Note what ties a file; without a stamp it is looked at again once it is asked for."""
        keys = frozenset(keys) | {sent(path)}
        for key in self._keys.get(path, frozenset()) - keys:
            self._paths[key].discard(path)
            if not self._paths[key]:
                del self._paths[key]
        for key in keys:
            self._paths[key].add(path)
        self._keys[path] = keys
        self._stamps[path] = stamp

    def drop(self, path: str) -> None:
        """Forget a file."""
        if path in self._keys:
            self.put(path, ())
            self._paths[sent(path)].discard(path)
            del self._keys[path], self._stamps[path]

    def is_fresh(self, path: str) -> bool:
        """Whether a file is as it was when its keys were noted."""
        stamp = self._stamps.get(path)
        return stamp is not None and stamp == Stamp.of(path)

    def related(self, path: str) -> set[str]:
        """The files that are tied to a file, itself among them."""
        keys = self._keys.get(path, frozenset())
        return {path}.union(*(self._paths[key] for key in keys if key in self._paths))

    def holding(self, key: Key) -> list[str]:
        """The files that hold a key, sorted."""
        return sorted(self._paths.get(key, ()))

    def __iter__(self) -> Iterator[str]:
        return iter(list(self._keys))
