"""Large files, read in parts: in one process one after the other, in several side by side."""

import io
from collections.abc import Iterator

from splint.formats import Chunk, Document, Documents, SyntaxFault
from splint.payloads.faults import FileState
from splint.run.engine import Engine
from splint.run.files import File
from splint.run.pipeline import Worker, opened

LOST = Chunk(offset=-1)
"""The rest of a file that cannot be read any further."""


def parts(one: Worker, file: File) -> Iterator[Chunk]:
    """The parts of a file, the last one empty; `LOST` in place of what cannot be read."""
    _, reader = one.means(file)
    assert reader is not None
    assert reader.split is not None
    try:
        with opened(file) as stream:
            yield from reader.split(stream)
    except OSError as error:
        one.failed(file, error)
        yield LOST


def read_chunk(one: Worker, file: File, part: Chunk, file_state: FileState, *, alone: bool = False) -> None:
    """Lint a part of a file; `alone` leaves off as soon as there is something that others have to judge."""
    if part == LOST:
        file_state.has_failed = True
        return
    linter, reader = one.means(file)
    assert reader is not None
    assert reader.read_chunk is not None
    try:
        with opened(file) as stream:
            stream.seek(part.offset)
            data = stream.read(part.size)
    except OSError as error:
        one.failed(file, error)
        file_state.has_failed = True
        return
    documents = reader.read_chunk(file_state.path, io.BytesIO(data), part)
    if alone:
        documents = _until_held(one.engine, documents)
    one.engine.read_on(file_state, documents, reader, one.ruleset(linter), part.documents)


def _until_held(engine: Engine, documents: Documents) -> Iterator[Document | SyntaxFault]:
    for document in documents:
        yield document
        if engine.needs_the_run:
            return


def conclude(one: Worker, file: File, file_state: FileState) -> None:
    """Say what there is to say of a file whose parts have been read."""
    linter, reader = one.means(file)
    if (
        file_state.is_unrecognized and file_state.first is None and reader is not None
    ):  # no process sends documents home
        with opened(file) as stream:
            documents = reader.read(file_state.path, stream)
            file_state.first = next((found for found in documents if isinstance(found, Document)), None)
    one.engine.conclude(file_state, one.ruleset(linter))
