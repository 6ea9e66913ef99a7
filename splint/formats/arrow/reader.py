"""Reads Parquet and Arrow files batch by batch: a document a row, with its number and without a line."""

from collections.abc import Iterator
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from splint.formats.arrow.columns import ROWS, UNREADABLE, Column, ColumnError
from splint.formats.document import Document, Parse, UnfitFileError, nowhere
from splint.formats.fault import SyntaxFault
from splint.formats.source import Source
from splint.formats.spans import Span

BUFFER = 1 << 20
"""The bytes of a Parquet file that are read ahead."""
Batches = Iterator[pa.RecordBatch]


def read_parquet(path: str, stream: BinaryIO, column: str, parse: Parse) -> Iterator[Document | SyntaxFault]:
    """The payloads in a column of a Parquet file. Raises UnfitFileError before the first one, OSError after it."""
    try:
        table = pq.ParquetFile(stream, buffer_size=BUFFER)
        schema = table.schema_arrow
    except (pa.ArrowException, OSError, ValueError) as error:
        raise UnfitFileError(f"it is no Parquet file: {_reason(error)}") from None
    return _documents(path, schema, table.iter_batches(ROWS, columns=[column], use_threads=False), column, parse)


def read_arrow(path: str, stream: BinaryIO, column: str, parse: Parse) -> Iterator[Document | SyntaxFault]:
    """The payloads in a column of an Arrow IPC file, or of a stream saved as one. Raises as `read_parquet` does."""
    try:
        table, batches = _opened(stream)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise UnfitFileError(f"it is no Arrow IPC file or stream: {_reason(error)}") from None
    return _documents(path, table.schema, batches, column, parse)


def _opened(stream: BinaryIO) -> tuple[Any, Batches]:
    try:
        file = pa.ipc.open_file(stream)
    except pa.ArrowInvalid:
        stream.seek(0)
        reader = pa.ipc.open_stream(stream)
        return reader, iter(reader)
    return file, (file.get_batch(at) for at in range(file.num_record_batches))


def _documents(
    path: str, schema: pa.Schema, batches: Batches, name: str, parse: Parse
) -> Iterator[Document | SyntaxFault]:
    try:
        column = Column(schema, name, "--column")
    except ColumnError as error:
        raise UnfitFileError(str(error)) from None
    return _rows(path, batches, column, parse)


def _rows(path: str, batches: Batches, column: Column, parse: Parse) -> Iterator[Document | SyntaxFault]:
    number = 0
    while True:
        try:
            batch = next(batches, None)
        except (pa.ArrowException, OSError, ValueError) as error:
            raise OSError(f"it breaks off after record {number}: {_reason(error)}") from None
        if batch is None:
            return
        for cell in column.cells(batch):
            number += 1
            if cell is not None:
                yield _document(path, cell, number, parse)


def _document(path: str, cell: Any, number: int, parse: Parse) -> Document | SyntaxFault:
    if not isinstance(cell, bytes):
        source = Source(path, b"", has_lines=False)
        if cell is UNREADABLE:
            return SyntaxFault(source, "the record holds what is no JSON value", Span(0, 0), number)
        return Document(source, cell, nowhere, number)
    source = Source(path, cell, has_lines=False)
    read = parse(source, None, "file")
    if isinstance(read, SyntaxFault):
        where = f"character {read.span.start + 1} of the record"
        return read._replace(message=f"{read.message}, at {where}", number=number)
    return read._replace(locate=nowhere, number=number, written=None)


def _reason(error: Exception) -> str:
    """The first line of an error of Arrow's."""
    return (str(error).splitlines() or [type(error).__name__])[0][:200]
