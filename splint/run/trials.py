"""Trials: the documents of a run with another value at one place, judged again by the settings of their file.

An answer for agents offers a value only where a trial shows that it resolves the finding. Documents are read again,
since a report holds none.
"""

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import orjson

from splint.files import STDIN, File, is_special, opened
from splint.formats import Document, Reader, nowhere, reference_tokens, value_at
from splint.reporting.report import Diagnostic, Report
from splint.reporting.trial import LEFT_OUT, Trial
from splint.run.pipeline import SourceFile

if TYPE_CHECKING:
    from splint.run.linter import Linter
    from splint.run.worker import Worker

MOST = 200
"""The most trials of one answer: 2 ms each for a bundle of 3 KB with a few findings."""
MOST_WORK = 1 << 20
"""The most bytes of JSON that the trials of one answer judge together."""
MOST_BYTES = 4 << 20
"""The size of a file from which it is not read again."""
LARGE = 1 << 14
"""The bytes of JSON from which a trial judges the finding's document alone, or the entry of its list."""

Sources = Callable[[str], Iterable[SourceFile]]
"""Opens what the run read under a path of the report anew; nothing for what cannot be read twice."""


class Trials:
    """The trials of one answer. `check` judges a file by the settings that the run judged it with."""

    def __init__(self, sources: Sources, check: Callable[[SourceFile], Report]) -> None:
        self._sources = sources
        self._check = check
        self._left = MOST
        self._work_left = MOST_WORK
        self._files: dict[str, list[Document]] = {}
        self._stages: dict[tuple[str, int, str | None], _Stage] = {}
        """What is tried on, by file, document and the entry of a list that is judged alone; None for all documents."""

    def of(self, one: Diagnostic, count: int) -> Trial | None:
        """What `count` trials of a finding need; None where it can be tried on nothing, or too few are left."""
        if one.path not in self._files:
            self._files[one.path] = self._documents(one.path)
        documents = self._files[one.path]
        places = ((each.number, each.body) for each in documents)
        at = next((at for at, place in enumerate(places) if place == (one.document, one.body)), -1)
        for entry in self._entries(one, documents, at) if at >= 0 else ():
            stage = self._stages.setdefault((one.path, at, entry), _Stage(self._check, one.path, documents, at, entry))
            here = stage.counterpart(one)
            if here is not None:
                return Trial(here, stage.before, stage.moved, stage.after) if self._pays(count, stage.size) else None
        return None

    def _documents(self, path: str) -> list[Document]:
        """The documents of a file, as the run read them, without what only places and comments need."""
        documents: list[Document] = []
        try:
            for source in self._sources(path):
                if source.stream.seek(0, io.SEEK_END) > MOST_BYTES:
                    return []
                source.stream.seek(0)
                for body, read in enumerate(source.documents()):
                    if not isinstance(read, Document) or read.source.path != path:
                        return []  # a syntax error, or a file that a script sends
                    body = read.body if read.number is not None else body
                    documents.append(read._replace(locate=nowhere, body=body))
        except OSError:
            return []
        return documents

    def _entries(self, one: Diagnostic, documents: list[Document], at: int) -> Iterator[str | None]:
        """What may be judged alone, the least first: a large file's document, or the entry of its list."""
        value = documents[at].value
        if not documents[at].sequential and sum(map(_size, documents)) > LARGE:
            yield "/".join(one.pointer.split("/", 2)[:2]) if isinstance(value, list) else ""
        yield None

    def _pays(self, count: int, size: int) -> bool:
        """Take trials from what is left; False, and nothing taken, where that is too little."""
        if self._left < count or self._work_left < count * size:
            return False
        self._left -= count
        self._work_left -= count * size
        return True


def trials_of(linter: "Linter", sources: Callable[[], Iterable[SourceFile | OSError]]) -> Trials:
    """The trials of a report that a linter made of sources, which can be opened again."""

    def named(path: str) -> Iterator[SourceFile]:
        return (source for source in sources() if isinstance(source, SourceFile) and source.path == path)

    return Trials(named, lambda source: linter.lint([source]))


def trials_of_files(worker: "Worker", files: Iterable[File]) -> Trials:
    """The trials of a report on files. Standard input, pipes and devices cannot be read twice."""
    by_path = {worker.shown(file): file for file in files if file.path != STDIN and not is_special(file.path)}

    def named(path: str) -> Iterator[SourceFile]:
        file = by_path.get(path)
        reader = worker.reader(file) if file is not None else None
        if file is not None and reader is not None:
            with opened(file, worker.request.overlay) as stream:
                yield SourceFile(path, stream, reader)

    return Trials(named, lambda source: worker.settings(by_path[source.path])[0].lint([source]))


class _Stage:
    """What is judged in a trial: all documents of a file, one of them, or an entry of its list alone."""

    def __init__(
        self, check: Callable[[SourceFile], Report], path: str, documents: list[Document], at: int, entry: str | None
    ) -> None:
        self._check = check
        self._path = path
        self._entry = entry or ""
        document = documents[at]
        if entry:
            endpoints = {"/0": document.endpoints[entry]} if entry in document.endpoints else {}
            document = document._replace(value=[value_at(document.value, [entry[1:]])], endpoints=endpoints)
        self._documents, self._at = (documents, at) if entry is None else ([document], 0)

    @cached_property
    def size(self) -> int:
        """The bytes of JSON."""
        return sum(map(_size, self._documents))

    @cached_property
    def before(self) -> tuple[Diagnostic, ...]:
        """The findings without another value."""
        return self._judged(self._documents[self._at].value)

    def counterpart(self, one: Diagnostic) -> Diagnostic | None:
        """The finding as it is found here; None where it needs something else."""
        pointer = self.moved(one.pointer)
        return next(
            (
                each
                for each in self.before
                if (each.code, each.pointer, each.summary) == (one.code, pointer, one.summary)
            ),
            None,
        )

    def moved(self, pointer: str) -> str:
        """A pointer of the document, as it is here."""
        return f"/0{pointer[len(self._entry) :]}" if self._entry else pointer

    def after(self, place: str, value: Any) -> tuple[Diagnostic, ...] | None:
        """The findings with a value at a place, or without what stands there; None where nothing can be put there."""
        try:
            changed = _with(self._documents[self._at].value, reference_tokens(place), value)
        except (LookupError, ValueError, TypeError):
            return None
        return self._judged(changed)

    def _judged(self, value: Any) -> tuple[Diagnostic, ...]:
        documents = list(self._documents)
        documents[self._at] = documents[self._at]._replace(value=value)
        reader = Reader("value", (), lambda _path, _stream: documents)
        return self._check(SourceFile(self._path, io.BytesIO(), reader)).active


def _size(document: Document) -> int:
    return len(orjson.dumps(document.value))


def _with(value: Any, tokens: Sequence[str], new: Any) -> Any:
    """A copy of a value with another one at a place, or without it; what is beside the way there is shared."""
    if not tokens:
        return new
    step, *below = tokens
    key = int(step) if isinstance(value, list) else step
    changed = value.copy()
    if below:
        changed[key] = _with(value[key], below, new)
    elif new is LEFT_OUT:
        del changed[key]
    else:
        changed[key] = new
    return changed
