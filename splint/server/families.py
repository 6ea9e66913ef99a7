"""Which files a campaign spans: an index from ids to the files and buffers that hold them."""

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from splint.payloads.ties import Key, Keys, sent


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
