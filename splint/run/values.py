"""Converts values of Python to values of JSON, and finds the models of request bodies among them."""

import os
from collections.abc import Iterable, Mapping
from typing import Any

import orjson

from splint.formats import MAX_DEPTH
from splint.payloads.endpoints import may_take_body, read_endpoint
from splint.reporting.wording import at, spelled
from splint.schema import vocabulary
from splint.schema.vocabulary import MODELS, SMART_PLUS
from splint.settings.config import ConfigError

PLAIN = orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_SUBCLASS
"""Options that make orjson raise TypeError for anything but plain JSON values; `_plain` converts the others."""
TOO_BIG = 2**1024
"""Integers from here on do not fit into a double; they are rejected in values as in files."""
LONGEST_ERROR = 200
"""The most characters of the error of a model's serializer that is told."""
BODIES = {
    **{model: vocabulary.endpoint(level, "create") for level, model in MODELS.items()},
    **{f"{model}Update": vocabulary.endpoint(level, "update") for level, model in MODELS.items()},
    **{f"{model}StatusUpdate": vocabulary.endpoint(level, "status/update") for level, model in MODELS.items()},
    "AdGroupBudgetUpdate": vocabulary.endpoint("adgroup", "budget/update"),
    "AdMaterialStatusUpdate": vocabulary.endpoint("ad", "material_status/update"),
    "AdAppeal": vocabulary.endpoint("ad", "appeal"),
}
"""The models of `splint.models` that are bodies of requests, with the endpoints that take them."""


def endpoints_of(payloads: Any, endpoint: str | None = None) -> dict[str, str]:
    """The endpoints of payloads by pointer: the one that is given, or those of the models among them.

    Raises ConfigError as `known_endpoint`.
    """
    if endpoint is not None:
        return {"": known_endpoint(endpoint)}
    if isinstance(payloads, dict):  # no model, as most payloads
        return {}
    if isinstance(payloads, (list, tuple)):
        entries = {f"/{index}": payload for index, payload in enumerate(payloads)}
    else:
        entries = {"": payloads}
    found = {pointer: _endpoint_of(type(payload)) for pointer, payload in entries.items()}
    return {pointer: endpoint for pointer, endpoint in found.items() if endpoint is not None}


def known_endpoint(endpoint: str) -> str:
    """An endpoint, or a URL, as it is. Raises ConfigError for one that says nothing of a body: it is not TikTok's.

    A placeholder in its path may stand for any.
    """
    read = read_endpoint(endpoint)
    if read.is_tiktok or may_take_body(read.path) or read.open:
        return endpoint
    from splint.schema.nearest import suggestion  # few endpoints are misspelt

    close = suggestion(read.path, SMART_PLUS) or ": give a path such as /smart_plus/campaign/create/"
    raise ConfigError(f"endpoint: {spelled(endpoint)} is no endpoint of TikTok's API{close}")


def _endpoint_of(kind: type) -> str | None:
    """The endpoint that takes objects of a class as bodies; None if it is no model of a body, nor derived from one."""
    ours = (one.__name__ for one in kind.__mro__ if one.__module__.startswith("splint.models."))
    return next((BODIES[name] for name in ours if name in BODIES), None)


def json_value(payload: Any, suffixes: tuple[str, ...]) -> Any:
    """A payload given as a value: text and bytes unchanged, anything else as JSON values.

    Raises TypeError for what JSON cannot represent, and for a text that is no JSON but the path of a file, with one of
    the `suffixes`.
    """
    if isinstance(payload, str):
        if "\n" not in payload and payload.lower().endswith(suffixes) and payload.strip()[:1] not in '{["':
            raise TypeError(f"{payload[:200]!r} is a path, not JSON: pass pathlib.Path({payload[:200]!r})")
        return payload
    if type(payload) is not dict and isinstance(payload, os.PathLike):  # without an endpoint it is a file
        raise TypeError(f"endpoint takes no path, but the body of one request: pass {payload!r}.read_bytes()")
    return bytes(payload) if isinstance(payload, (bytes, bytearray)) else copied(payload)


def copied(value: Any) -> Any:
    """A deep copy of a value as JSON values. Raises TypeError.

    A round trip through orjson takes 20 us for a bundle of dicts, `_plain` 95.
    """
    try:
        copy = orjson.loads(orjson.dumps(value, option=PLAIN))
        if copy == value:  # unequal if orjson converted something: a NaN, a tuple, a UUID
            return copy
    except (TypeError, ValueError):
        pass
    return _plain(value, "")


def _plain(value: Any, pointer: str, depth: int = 0) -> Any:
    """Convert a value to JSON values: enumerations to text, tuples to lists, pydantic's models to what is sent of them.

    Of a model that is all that is not None, defaults too, by the aliases that it is written with.
    Raises TypeError for anything else, for integers that do not fit into a double, and beyond MAX_DEPTH levels.
    """
    kind = type(value)
    if kind is str:
        return _text(value, f"the text at {at(pointer)}")
    if kind is bool or kind is float or value is None:
        return value
    if kind is int:
        if not -TOO_BIG < value < TOO_BIG:
            raise TypeError(f"the number at {at(pointer)} is too big for a double")
        return value
    if depth >= MAX_DEPTH and isinstance(value, Mapping | list | tuple):
        raise TypeError(f"the payload nests deeper than {MAX_DEPTH} levels (or holds itself) at {pointer[:80]}")
    if isinstance(value, Mapping):
        return {_key(key, pointer): _plain(entry, f"{pointer}/{key}", depth + 1) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(entry, f"{pointer}/{index}", depth + 1) for index, entry in enumerate(value)]
    if isinstance(value, str):
        text = str(value.value) if hasattr(value, "value") else str.__str__(value)
        return _text(text, f"the text at {at(pointer)}")
    if isinstance(value, int | float):
        return _plain(int(value) if isinstance(value, int) else float(value), pointer)
    if hasattr(kind, "__pydantic_fields__") and hasattr(kind, "model_dump"):  # its dataclasses cannot be dumped
        return _plain(_dumped(value, pointer), pointer, depth + 1)
    if isinstance(value, type):
        raise TypeError(f"the class {value.__name__} at {at(pointer)} is no payload: make an object of it first")
    raise _inexpressible(kind, pointer)


def _dumped(model: Any, pointer: str) -> Any:
    """What is sent of a model of pydantic. Raises TypeError, with the place of what cannot be dumped."""
    try:
        return model.model_dump(mode="json", by_alias=True, exclude_none=True)
    except ValueError as error:  # that of pydantic too
        try:
            found = _undumped(model.model_dump(by_alias=True, exclude_none=True), pointer)
        except (ValueError, RecursionError):  # a serializer of the model itself fails, or it holds itself
            found = None
        if found is None:
            raise _inexpressible(type(model), pointer, str(error)[:LONGEST_ERROR]) from error
        raise _inexpressible(*found) from error


def _undumped(value: Any, pointer: str) -> tuple[type, str] | None:
    """The type and the place of the first value that pydantic makes no JSON of; None where it does of all."""
    from pydantic_core import to_jsonable_python  # a check of what is no model needs no pydantic

    if isinstance(value, Mapping):
        entries: Iterable[tuple[Any, Any]] = value.items()
    elif isinstance(value, list | tuple):
        entries = enumerate(value)
    else:
        try:
            to_jsonable_python(value)
        except ValueError:
            return type(value), pointer
        return None
    found = (_undumped(entry, f"{pointer}/{key}") for key, entry in entries)
    return next((one for one in found if one is not None), None)


def _inexpressible(kind: type, pointer: str, why: str = "convert it first") -> TypeError:
    module = "" if kind.__module__ == "builtins" else f"{kind.__module__}."  # of numpy one is called bool
    return TypeError(f"{module}{kind.__name__} at {at(pointer)} is nothing that JSON can express: {why}")


def _key(key: Any, pointer: str) -> str:
    if not isinstance(key, str):
        raise TypeError(f"the key {key!r} at {at(pointer)} is no string")
    return _text(str(key.value) if hasattr(key, "value") else key, f"a key at {at(pointer)}")


def _text(text: str, what: str) -> str:
    """A text as it is. Raises TypeError for one with half of a surrogate pair, which no file of UTF-8 can hold."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        half = f"U+{ord(text[error.start]):04X}"
        raise TypeError(f"{what} holds {half}, half of a surrogate pair, which is no character: remove it") from None
    return text
