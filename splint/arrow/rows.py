"""The functions over batches of rows: what they take, and the rows that they make."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple, Unpack

import pyarrow as pa
from pyarrow import types

from splint.arrow.judging import Judge, Judged, now
from splint.arrow.schemas import FINDINGS, STATUS
from splint.formats.arrow.columns import TEXTS, Column, ColumnError, plain, type_of
from splint.reporting.report import SEVERITIES
from splint.reporting.wording import json_text
from splint.run.linter import LinterOptions
from splint.settings.config import ConfigError

IDS = (*TEXTS[:3], types.is_integer, types.is_null)
"""What the column of ids may be."""
Batches = Iterator[pa.RecordBatch]


class _Rows(NamedTuple):
    """The rows that a function makes of judged ones."""

    schema: pa.Schema
    made: "Callable[[Iterable[Judged], int], tuple[Sequence[int], dict[str, list[Any]]]]"
    """Of judged rows and the number of the rows before them: which row each one is of, and the columns but `id`."""
    has_fingerprints: bool
    about: str


class RowFunction:
    """A function from batches of payloads to batches of rows.

    It can be pickled, as engines do to hand it to their workers, and takes the moment at which it judges along: the
    first call, or the pickling, fixes that for all of a job. `as_of` says another one.
    """

    def __init__(self, name: str, as_of: datetime | None = None) -> None:
        self.__name__ = name
        self.__doc__ = _ROWS[name].about
        self._as_of = as_of

    def __call__(
        self,
        batches: Iterable[pa.RecordBatch],
        column: str = "payload",
        id_column: str | None = None,
        **options: Unpack[LinterOptions],
    ) -> Batches:
        """The rows of the payloads in `column`, as an iterator of batches, at least one for each of `batches`.

        `id_column` names a column of texts or integers whose values come back as `id`. `options` are those of `Linter`.
        Raises ConfigError and PluginError for invalid options at once, ConfigError for a column that is not there or of
        another type with the first batch, before any row.
        """
        if isinstance(batches, pa.RecordBatch | pa.Table):
            kind = type(batches).__name__
            raise TypeError(f"{self.__name__} takes an iterator of batches, not a {kind}: pass table.to_batches()")
        for name, word in (("column", column), ("id_column", id_column)):
            if not isinstance(word, str) and (word is not None or name == "column"):
                raise ConfigError(f"{name}: {word!r} is no name of a column")
        rows = _ROWS[self.__name__]
        judge = Judge(options, self._moment, anchored=rows.has_fingerprints)
        return _made(batches, rows, judge, column, id_column)

    @property
    def _moment(self) -> datetime:
        return now() if self._as_of is None else self._as_of

    def __reduce__(self) -> tuple[Any, ...]:
        return RowFunction, (self.__name__, self._moment)

    def __repr__(self) -> str:
        return f"splint.arrow.{self.__name__}"


def _made(batches: Iterable[pa.RecordBatch], rows: _Rows, judge: Judge, column: str, id_column: str | None) -> Batches:
    before = 0
    for batch in batches:
        if not isinstance(batch, pa.RecordBatch):
            raise TypeError(f"a batch is a {type(batch).__name__}, not a pyarrow.RecordBatch")
        payloads = _column(batch.schema, column, id_column)
        ids = None if id_column is None else plain(batch.column(id_column)).cast(pa.string())
        places, columns = rows.made(map(judge.judge, payloads.cells(batch)), before)
        yield _batch(rows.schema, ids, [place - before for place in places], columns)
        before += batch.num_rows


def _column(schema: pa.Schema, column: str, id_column: str | None) -> Column:
    try:
        if id_column is not None:
            type = type_of(schema, id_column, "id_column")
            bare = type.value_type if types.is_dictionary(type) else type
            if not any(kind(bare) for kind in IDS):
                raise ColumnError(f"the column {id_column!r} is {type}, but ids are texts or integers: cast it before")
        return Column(schema, column, "column")
    except ColumnError as error:
        raise ConfigError(str(error)) from None


def _batch(
    schema: pa.Schema, ids: pa.Array | None, places: list[int], columns: Mapping[str, list[Any]]
) -> pa.RecordBatch:
    nulls = pa.nulls(len(places), pa.string())
    arrays = [nulls if ids is None else ids.take(pa.array(places, pa.int64()))]
    arrays += [_array(columns[field.name], field.type) for field in schema if field.name != "id"]
    return pa.record_batch(arrays, schema=schema)


def _array(values: list[Any], type: pa.DataType) -> pa.Array:
    try:
        return pa.array(values, type)
    except UnicodeEncodeError:  # a lone surrogate in the words of a plugin's rule
        return pa.array([value and value.encode("utf-8", "replace").decode() for value in values], type)


def _findings(judged: Iterable[Judged], before: int) -> tuple[list[int], dict[str, list[Any]]]:
    columns: dict[str, list[Any]] = {name: [] for name in FINDINGS.names[1:]}
    for place, (_, report) in enumerate(judged, before):
        for found in report.active if report is not None and report.diagnostics else ():
            fix = found.fix
            columns["row"].append(place + 1)
            columns["code"].append(found.code)
            columns["severity"].append(found.severity)
            columns["pointer"].append(found.pointer)
            columns["message"].append(found.message)
            columns["fingerprint"].append(found.fingerprint)
            columns["fix_safe"].append(None if fix is None else fix.applicability == "safe")
            columns["patch"].append(None if fix is None else json_text(list(fix.patch)))
    return [row - 1 for row in columns["row"]], columns


def _status(judged: Iterable[Judged], before: int) -> tuple[range, dict[str, list[Any]]]:
    columns: dict[str, list[Any]] = {name: [] for name in STATUS.names[1:]}
    for status, report in judged:
        found = report.active if report is not None and report.diagnostics else ()
        severities = [one.severity for one in found]
        codes = {one.code for one in found}
        if report is not None:
            codes.update(one.code for one in report.errors if one.code is not None)
        columns["status"].append(status)
        for severity in SEVERITIES:
            columns[f"{severity}s"].append(severities.count(severity))
        columns["codes"].append(sorted(codes))
    return range(before, before + len(columns["status"])), columns


_ROWS = {
    "findings": _Rows(FINDINGS, _findings, True, "A row for each finding that counts: see FINDINGS."),
    "status": _Rows(
        STATUS,
        _status,
        False,
        """A row for each input row: see STATUS.

        `status` is ok, findings (of any severity), unreadable (no JSON), not_a_payload, null, or crashed: a rule
        raised, whose code is among `codes`, and its findings are missing.
        """,
    ),
}
findings = RowFunction("findings")
status = RowFunction("status")
