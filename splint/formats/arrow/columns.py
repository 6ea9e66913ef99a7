"""Columns of payloads: the types that they may have, and their cells as JSON texts or values."""

import datetime
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, Final

import pyarrow as pa
from pyarrow import types

from splint.schema.nearest import nearest

ROWS = 1024
"""The rows whose cells become Python objects at once."""
MOST_NAMES = 20
"""The most columns that a message lists."""
UNREADABLE: Final = object()
"""Stands for a cell that is no value, such as a text that is not UTF-8 in a struct."""
TEXTS = (
    types.is_string,
    types.is_large_string,
    types.is_string_view,
    types.is_binary,
    types.is_large_binary,
    types.is_binary_view,
)
LISTS = (types.is_list, types.is_large_list, types.is_fixed_size_list)
VALUES = (
    *TEXTS[:3],
    types.is_null,
    types.is_boolean,
    types.is_integer,
    types.is_floating,
    types.is_decimal,
    types.is_date,
    types.is_timestamp,
)
"""What a field of a struct may be, besides structs and lists."""


class ColumnError(ValueError):
    """Raised for a column that is not there, or whose type holds no payloads; the message says what to do."""


class Column:
    """A column of payloads in tables of one schema."""

    def __init__(self, schema: pa.Schema, name: str, option: str) -> None:
        """Raises ColumnError, whose message names `option` as the way to choose another column."""
        self.name = name
        self._type = _bare(type_of(schema, name, option))
        if not (_is(self._type, TEXTS) or _is_list_of_texts(self._type) or _is_value(self._type, is_top=True)):
            raise ColumnError(
                f"the column {name!r} is {_shown(self._type)}, but payloads are JSON texts (string or binary), structs "
                f"or lists of these: cast it in the table, or name another column with {option}"
            )

    def cells(self, batch: pa.RecordBatch) -> Iterator[Any]:
        """The payloads of a batch: JSON text as bytes, a value of JSON's types, UNREADABLE, or None for a null."""
        column = plain(batch.column(self.name))
        read: Callable[[pa.Array], list[Any]] = _values
        if _is(self._type, TEXTS):
            read = _texts
        elif _is_list_of_texts(self._type):
            read = _joined
        for start in range(0, len(column), ROWS):
            yield from read(column.slice(start, ROWS))


def type_of(schema: pa.Schema, name: str, option: str) -> pa.DataType:
    """The type of a column. Raises ColumnError where there is none of this name, or more than one."""
    places = schema.get_all_field_indices(name)
    if len(places) > 1:
        other = f"rename all but one in the table, or name another column with {option}"
        raise ColumnError(f"there are {len(places)} columns {name!r}: {other}")
    if not places:
        names = [repr(one) for one in dict.fromkeys(schema.names)]
        listed = ", ".join(names[:MOST_NAMES]) + (f" and {len(names) - MOST_NAMES} more" if names[MOST_NAMES:] else "")
        why = f"the columns are {listed}" if names else "the table has none"
        near = nearest(name, schema.names)
        meant = "another" if near is None else f"{near!r}, or another,"
        raise ColumnError(f"there is no column {name!r}: {why}; name {meant} with {option}")
    return schema.field(places[0]).type


def plain(column: pa.Array) -> pa.Array:
    """A column without what its values are stored by: dictionaries, and extension types such as JSON."""
    while True:
        if isinstance(column, pa.ExtensionArray):
            column = column.storage
        elif isinstance(column, pa.DictionaryArray):
            column = column.dictionary_decode()
        else:
            return column


def _bare(type: pa.DataType) -> pa.DataType:
    """The type of a `plain` column."""
    while True:
        if isinstance(type, pa.BaseExtensionType):
            type = type.storage_type
        elif types.is_dictionary(type):
            type = type.value_type
        else:
            return type


def _is(type: pa.DataType, kinds: tuple[Callable[[pa.DataType], bool], ...]) -> bool:
    return any(kind(type) for kind in kinds)


def _is_list_of_texts(type: pa.DataType) -> bool:
    return _is(type, LISTS) and _is(type.value_type, TEXTS)


def _is_value(type: pa.DataType, *, is_top: bool = False) -> bool:
    """Whether each value of a type can be written as JSON; at the top it is an object, a list of these, or null."""
    type = _bare(type)
    if types.is_struct(type):
        return all(_is_value(type.field(at).type) for at in range(type.num_fields))
    if _is(type, LISTS):
        return _is_value(type.value_type, is_top=is_top)
    return _is(type, VALUES) if not is_top else types.is_null(type)


def _shown(type: pa.DataType) -> str:
    text = str(type)
    return text if len(text) <= 200 else f"{text[:199]}…"


def _texts(column: pa.Array) -> list[bytes | None]:
    """JSON texts as bytes: a text that is not UTF-8 is the reader's to find."""
    texts: list[bytes | None] = column.cast(pa.large_binary()).to_pylist()
    return texts


def _joined(column: pa.Array) -> list[bytes | None]:
    """Lists of JSON texts, each as the text of one list; a null in it is JSON's."""
    lists = column.cast(pa.large_list(pa.large_binary())).to_pylist()
    return [
        None if texts is None else b"[" + b",".join(b"null" if text is None else text for text in texts) + b"]"
        for texts in lists
    ]


def _values(column: pa.Array) -> list[Any]:
    """Structs and lists of them as JSON values. Where one of them is no value, the others are still read."""
    try:
        return [_json(value) for value in column.to_pylist()]
    except (ValueError, OverflowError, ArithmeticError, pa.ArrowException):
        if len(column) == 1:
            return [UNREADABLE]
        return [value for at in range(len(column)) for value in _values(column.slice(at, 1))]


def _json(value: Any) -> Any:
    """A value as JSON has it: a null member of a struct is none, a moment is the text that the API takes, in UTC."""
    if isinstance(value, dict):
        return {name: _json(member) for name, member in value.items() if member is not None}
    if isinstance(value, list):
        return [_json(entry) for entry in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, datetime.datetime):
        value = value.astimezone(datetime.UTC).replace(tzinfo=None) if value.tzinfo else value
        return value.isoformat(sep=" ", timespec="seconds")
    return value.isoformat() if isinstance(value, datetime.date) else value
