"""The payloads that a library call takes, as files to check: values, texts and paths."""

import errno
import io
import os
from collections.abc import Iterator, Mapping
from functools import cache, partial
from typing import Any, BinaryIO

from splint.files import INPUT, NO_FILE, NoFormatError, has_no_format, names_of
from splint.formats import Document, Documents, Reader, Source, nowhere
from splint.formats.json.reader import JSON
from splint.rules.registry import Registry
from splint.run.pipeline import SourceFile
from splint.run.values import endpoints_of as endpoints_of
from splint.run.values import json_value as json_value

NO_BYTES, VALUE = io.BytesIO(), Reader("value", (), lambda _path, _stream: ())
"""The stream and reader of a value, which nobody reads: to make and drop a stream took 2 % of a small call."""


def files_of(
    payloads: Any, registry: Registry, suffixes: tuple[str, ...], only: str | None = None
) -> Iterator[SourceFile | OSError]:
    """Yield payloads, as `splint.check` takes them, as files; each file is closed when the next one is requested.

    A file that cannot be opened, or has no format, is an error in its place; `only` yields those of a path. Raises
    TypeError as `splint.check` does.
    """
    several = payloads if isinstance(payloads, (list, tuple)) and are_several(payloads) else [payloads]
    is_one = len(several) == 1  # to make a cache takes as long as to open a file
    names = partial(names_of, several) if is_one else cache(partial(names_of, several))
    seen: set[tuple[int, int]] = set()
    for number, payload in enumerate(several, 1):
        shown = os.fspath(payload).replace(os.sep, "/") if isinstance(payload, os.PathLike) else INPUT
        if only not in (None, shown):
            continue
        if not isinstance(payload, os.PathLike):
            yield source_of(json_value(payload, suffixes), endpoints_of(payload), None if is_one else number)
            continue
        path = os.fspath(payload)
        if "\0" in path:
            yield OSError(errno.EINVAL, "no path holds a NUL", path)
            continue
        reader = registry.reader_for(path)
        try:
            if reader is None and os.stat(path) and not os.path.isdir(path):
                raise NoFormatError(errno.EINVAL, has_no_format(path, suffixes), path)
            with open(path, "rb") as stream:
                assert reader is not None  # opening a directory fails
                status = os.fstat(stream.fileno())
                if (file := (status.st_dev, status.st_ino)) not in seen:
                    seen.add(file)
                    yield SourceFile(shown, stream, reader, names=names)
        except IsADirectoryError as error:
            yield IsADirectoryError(error.errno, NO_FILE, path)
        except OSError as error:
            yield error


def are_several(payloads: Any) -> bool:
    """Whether it is a path, or a list with paths or texts, each a document of its own."""
    if isinstance(payloads, (list, tuple)):
        return any(isinstance(entry, os.PathLike | str | bytes) for entry in payloads)
    return not isinstance(payloads, dict) and isinstance(payloads, os.PathLike)  # to ask the latter takes 1 us


def source_of(value: Any, endpoints: Mapping[str, str] = {}, number: int | None = None) -> SourceFile:
    """A text or a JSON value as a file to check; `endpoints` are those of the document, `number` is its own, from 1."""
    if isinstance(value, (str, bytes)):
        data = value.encode("utf-8", "surrogatepass") if isinstance(value, str) else value
        return SourceFile(INPUT, io.BytesIO(data), _body_reader(endpoints, number) if endpoints or number else JSON)
    document = Document(Source(INPUT, b""), value, nowhere, number, endpoints=endpoints)
    return SourceFile(INPUT, NO_BYTES, VALUE, document=document)


def _body_reader(endpoints: Mapping[str, str], number: int | None) -> Reader:
    """The reader of the JSON text of a request's body, or of one of several texts."""

    def read(path: str, stream: BinaryIO) -> Documents:
        for read in JSON.read(path, stream):
            read = read._replace(number=number)
            yield read._replace(endpoints=endpoints) if isinstance(read, Document) else read

    return Reader(JSON.name, JSON.suffixes, read, stays_within=True)
