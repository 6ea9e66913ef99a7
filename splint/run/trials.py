"""Trials: one document of a run with another value at one place, judged again at the run's time.

An answer for agents offers a value only where a trial shows that it resolves the finding. Documents are read again,
since a report holds none. A trial judges the finding's document alone, or an entry of its list.
"""

import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import orjson

from splint.files import STDIN, File, is_special, opened
from splint.formats import Document, Reader, nowhere, reference_tokens, value_at
from splint.formats.pointer import member
from splint.payloads.texts import can_edit, read
from splint.reporting.places import places_of
from splint.reporting.report import Diagnostic, Report
from splint.reporting.trial import GRAVITY, LEFT_OUT, Trial
from splint.run.pipeline import SourceFile

if TYPE_CHECKING:
    from datetime import datetime

    from splint.run.linter import Linter
    from splint.run.worker import Worker

MOST = 200
"""The most checks of one answer: 2 ms each for a bundle of 3 KB with a few findings."""
MOST_WORK = 1 << 20
"""The most bytes of JSON that the checks of one answer judge together."""
MOST_BYTES = 1 << 20
"""The most bytes that one answer reads again."""
LARGE = 1 << 14
"""The bytes of JSON from which an entry of a list is judged alone."""

Sources = Callable[[str], Iterable[SourceFile]]
"""Opens what the run read under a path of the report anew; nothing for what cannot be read twice."""


class Trials:
    """The trials of one answer. `check` judges a file by the settings and at the time that the run judged it with."""

    def __init__(self, sources: Sources, check: Callable[[SourceFile], Report]) -> None:
        self._sources = sources
        self._check = check
        self._left = MOST
        self._work_left = MOST_WORK
        self._bytes_left = MOST_BYTES
        self._documents: dict[str, dict[tuple[int | None, int], tuple[Document, int]]] = {}
        """The documents of a file with their sizes, by number and body."""
        self._stages: dict[tuple[str, int | None, int, str], _Stage | None] = {}
        """What is tried on, by file, document, body and entry; None where nothing can be."""

    def of(self, one: Diagnostic, count: int) -> Trial | None:
        """What `count` trials of a finding need; None where it can be tried on nothing, or too few are left."""
        if self._left < count:
            return None
        stage = self._stage(one)
        if stage is None or not stage.finds(one) or not self._pays(count, stage.size):
            return None
        return Trial(one, stage.known, stage.after, stage.at, stage.can_edit)

    def _stage(self, one: Diagnostic) -> "_Stage | None":
        if one.path not in self._documents:
            self._documents[one.path] = dict(self._read(one.path))
        document, size = self._documents[one.path].get((one.document, one.body), (None, 0))
        if document is None:
            return None
        is_large_list = size > LARGE and isinstance(document.value, list)
        entry = "/".join(one.pointer.split("/", 2)[:2]) if is_large_list else ""
        key = (one.path, one.document, one.body, entry)
        if key not in self._stages:
            stage = _Stage(self._check, document, entry)
            self._stages[key] = stage if self._pays(1, stage.size) and stage.judge() else None
        return self._stages[key]

    def _read(self, path: str) -> Iterator[tuple[tuple[int | None, int], tuple[Document, int]]]:
        """The documents of a file, as the run read them, without what only places and comments need.

        Left out are the steps of a script, which refer to each other, and files that a script sends.
        """
        try:
            for source in self._sources(path):
                size = _size(source.document.value) if source.document else source.stream.seek(0, io.SEEK_END)
                if size > self._bytes_left:
                    return
                self._bytes_left -= size
                source.stream.seek(0)
                for index, read in enumerate(source.documents()):
                    if isinstance(read, Document) and read.source.path == path and not read.sequential:
                        body = index if index and read.number is None else read.body
                        document = read._replace(locate=nowhere, body=body)
                        yield (read.number, body), (document, _size(read.value))
        except OSError:
            return

    def _pays(self, count: int, size: int) -> bool:
        """Take checks from what is left; False, and nothing taken, where that is too little."""
        if self._left < count or self._work_left < count * size:
            return False
        self._left -= count
        self._work_left -= count * size
        return True


def trials_of(linter: "Linter", sources: Callable[[str], Iterable[SourceFile | OSError]], now: "datetime") -> Trials:
    """The trials of a report that a linter made at a time, of sources that can be opened again by their path."""

    def named(path: str) -> Iterator[SourceFile]:
        return (source for source in sources(path) if isinstance(source, SourceFile) and source.path == path)

    return Trials(named, lambda source: linter.lint([source], now=now))


def trials_of_files(worker: "Worker", files: Iterable[File]) -> Trials:
    """The trials of a report on files. Standard input, pipes and devices cannot be read twice."""
    by_path = {worker.shown(file): file for file in files if file.path != STDIN and not is_special(file.path)}
    now = worker.request.now

    def named(path: str) -> Iterator[SourceFile]:
        file = by_path.get(path)
        reader = worker.reader(file) if file is not None else None
        if file is not None and reader is not None:
            with opened(file) as stream:
                yield SourceFile(path, stream, reader)

    return Trials(named, lambda source: worker.settings(by_path[source.path])[0].lint([source], now=now))


class _Stage:
    """What is judged in a trial: a document, or an entry of its list alone. Places are those of the whole document."""

    def __init__(self, check: Callable[[SourceFile], Report], document: Document, entry: str) -> None:
        self._check = check
        self._entry = entry
        if entry:
            endpoints = {"/0": document.endpoints[entry]} if entry in document.endpoints else {}
            document = document._replace(value=[value_at(document.value, [entry[1:]])], endpoints=endpoints)
        self._document = document
        self.size = _size(document.value)
        """The bytes of JSON."""
        self._before: Sequence[Diagnostic] = ()
        """The findings without another value."""
        self.known: dict[tuple[str, str], str] = {}
        """Their codes and places, each with how severe it is."""

    def judge(self) -> bool:
        """Find what there is without another value; False where that fails."""
        before = self._judged(self._document.value)
        self._before = before or ()
        graver_last = sorted(self._before, key=lambda one: GRAVITY[one.severity])
        self.known = {(one.code, place.at): one.severity for one in graver_last for place in places_of(one)}
        return before is not None

    def finds(self, one: Diagnostic) -> bool:
        """Whether the finding is found here too; False where it needs something else."""
        return any(
            (each.code, each.pointer, each.summary) == (one.code, one.pointer, one.summary) for each in self._before
        )

    def at(self, place: str) -> Any:
        """What stands at a place, within strings of JSON too; None for nothing."""
        value = self._document.value
        for token in reference_tokens(self._here(place)):
            inner = read(value) if isinstance(value, str) else None
            value = member(inner.value if isinstance(inner, Document) else value, token)
        return value

    def can_edit(self, place: str) -> bool:
        """Whether something can be put at a place: each string of JSON around it can be edited."""
        return can_edit(self._document.value, reference_tokens(self._here(place)))

    def _here(self, place: str) -> str:
        """A place of the whole document in what is tried on."""
        return f"/0{place[len(self._entry) :]}" if self._entry else place

    def after(self, places: Sequence[str], value: Any) -> Sequence[Diagnostic] | None:
        """The findings with a value at places, or without what stands there; None where nothing can be put there."""
        changed = self._document.value
        for place in places:
            if not f"{place}/".startswith(f"{self._entry}/"):
                return None
            try:
                changed = _with(changed, reference_tokens(self._here(place)), value)
            except (LookupError, ValueError, TypeError):
                return None
        return self._judged(changed)

    def _judged(self, value: Any) -> Sequence[Diagnostic] | None:
        """What is found on a value; None where anything fails."""
        document = self._document._replace(value=value)
        source = SourceFile(document.source.path, io.BytesIO(), NO_READER, document=document)
        try:
            report = self._check(source)
        except Exception:  # what cannot be judged shows nothing, and the report is sound without it
            return None
        return None if report.errors else [self._whole(one) for one in report.active]

    def _whole(self, one: Diagnostic) -> Diagnostic:
        """A finding by its place in the whole document."""
        if not self._entry or not one.pointer:
            return one
        inmost = (self._placed(one.inmost[0]), self._placed(one.inmost[1])) if one.inmost is not None else None
        return one._replace(pointer=self._placed(one.pointer), holder=self._placed(one.holder), inmost=inmost)

    def _placed(self, pointer: str) -> str:
        """A pointer from the entry that is tried on, by its place in the whole document."""
        return f"{self._entry}{pointer[2:]}"


NO_READER = Reader("value", (), lambda _path, _stream: ())


def _size(value: Any) -> int:
    """The bytes of a value as JSON."""
    try:
        return len(orjson.dumps(value))
    except TypeError:  # a lone surrogate, or a number of more than 64 bits
        return len(json.dumps(value))


def _with(value: Any, tokens: Sequence[str], new: Any) -> Any:
    """A copy of a value with another one at a place, or without it; what is beside the way there is shared.

    The way may lead into strings of JSON.

    Raises LookupError, ValueError or TypeError where nothing can be put there.
    """
    if not tokens:
        return new
    if isinstance(value, str) and isinstance(inner := read(value), Document):
        return json.dumps(_with(inner.value, tokens, new))
    if not isinstance(value, dict | list):
        raise TypeError(f"{value!r:.40} holds nothing")
    step, *below = tokens
    key: Any = int(step) if isinstance(value, list) else step
    changed: Any = value.copy()
    if below:
        changed[key] = _with(value[key], below, new)
    elif new is LEFT_OUT:
        del changed[key]
    else:
        changed[key] = new
    return changed
