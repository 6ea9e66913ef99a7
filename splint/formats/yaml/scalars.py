"""Values of YAML scalars by the core schema of YAML 1.2, in which NO, 12:30 and 1_000 are strings."""

import re
from math import inf, isinf, nan
from types import NoneType
from typing import Any, NamedTuple

from splint.schema.placeholders import OwnList, OwnMapping
from splint.schema.usual import DisputedInteger

CORE = "tag:yaml.org,2002:"
STR = CORE + "str"

WORDS: dict[str, Any] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((sign + name for sign in ("", "+") for name in (".inf", ".Inf", ".INF")), inf),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), -inf),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), nan),
}
"""The values of plain scalars that are neither strings nor numbers in digits."""

NUMERIC = frozenset("+-.0123456789")
"""The characters that a number may begin with."""

_INTEGER = re.compile(r"[-+]?[0-9]+")
_OTHER_BASE = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_SAFE = 256
"""Integers with fewer characters always fit into a double."""

_TYPES: dict[str, tuple[type, str]] = {
    "int": (int, "an integer"),
    "float": (float, "a number"),
    "bool": (bool, "true or false"),
    "null": (NoneType, "null"),
}
_COLLECTIONS = ("map", "seq")
_KINDS = frozenset(f"!{name}" for name in ("str", *_TYPES, *_COLLECTIONS))
_LITERAL = _KINDS | {"!Sub"}
"""Local tags before what is meant as it is written: a text with placeholders of its own, and values of plain kinds."""
UNFILLED = "${!"
"""What the placeholder of a value with a local tag begins with."""
_LONGEST = 60
"""Of longer texts behind a local tag only the tag is shown."""


class ScalarError(ValueError):
    """Raised for a scalar that has no value, with a message and a help for users."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message, help)


def number(text: str) -> int | float | str:
    """The number of a plain scalar, or its text if it is not one. Raises ScalarError if it is too big for a double."""
    if _INTEGER.fullmatch(text):
        if len(text) < _SAFE:
            return int(text) if text[0] not in "+-0" else _with_zeros(text)
        digits = text.lstrip("+-0") or "0"
        _double(digits, text)  # also keeps within the digits that int() takes
        return int(digits) * (-1 if text[0] == "-" else 1)
    if _FLOAT.fullmatch(text):
        return _double(text, text)
    if _OTHER_BASE.fullmatch(text):
        value = int(text, 0)
        try:
            float(value)
        except OverflowError:
            raise _too_big(text) from None
        return value if text[1] == "x" else DisputedInteger(value)
    return text


def _with_zeros(text: str) -> int:
    """The value of an integer that may have zeros before its digits, which YAML 1.1 takes for the mark of base 8."""
    value, digits = int(text), text.lstrip("+-")
    if digits[0] != "0" or value == 0:
        return value
    if digits.strip("01234567") != "":
        return DisputedInteger(value)
    old = int(text, 8)
    return value if old == value else DisputedInteger(value).read_before_as(old)


def plain(text: str) -> Any:
    """The value of a plain scalar."""
    if text in WORDS:
        return WORDS[text]
    return number(text) if text[0] in NUMERIC else text


def tagged(tag: str, text: str, quoted: bool) -> Any:
    """The value of a scalar with a tag; global tags but for the core's change none. Raises ScalarError if one misfits.

    A local one, such as !Ref, belongs to the application that reads the file.
    """
    name = tag[len(CORE) :] if tag.startswith(CORE) else ""
    if name == "str" or tag == "!":
        return text
    if name in _COLLECTIONS:
        raise ScalarError(f"a scalar is not what its tag !!{name} says", "remove the tag")
    if name not in _TYPES:
        if tag.startswith("!") and tag not in _LITERAL and not _is_sent_as_it_is(text):
            return _unfilled(tag, text)
        return text if quoted else plain(text)
    kind, words = _TYPES[name]
    value = plain(text)
    if name == "float" and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        shown = text if len(text) <= 40 else text[:40] + "…"
        raise ScalarError(
            f'"{shown}" is not {words}, as its tag !!{name} says', "remove the tag, or write another value"
        )
    return value


def collection(tag: str, mapping: bool) -> dict[str, Any] | list[Any]:
    """An empty mapping or list with a tag."""
    if tag == "!" or not tag.startswith("!") or tag in _KINDS:
        return {} if mapping else []
    value = OwnMapping() if mapping else OwnList()
    value.tag = tag
    return value


class Tagged(NamedTuple):
    """A list with a local tag: what holds it, and where there."""

    around: Any
    key: Any
    tag: str


def leave_unfilled(lists: list[Tagged]) -> None:
    """Put a placeholder in the place of each list with a local tag that has no collection in it: !Join, !GetAtt."""
    for around, key, tag in reversed(lists):
        held = around[key] if isinstance(key, int) else around.get(key)  # a key that merges is not there, any more
        if isinstance(held, OwnList) and tag != "!Sub" and not any(isinstance(one, dict | list) for one in held):
            around[key] = _unfilled(tag)


def _unfilled(tag: str, text: str = "") -> str:
    """What stands for a value that only the application of a local tag knows: a placeholder, ${!Ref Name}."""
    is_shown = text != "" and len(text) <= _LONGEST and text.isprintable() and "}" not in text
    shown = f" {text}" if is_shown else ""
    return f"{UNFILLED}{tag[1:]}{shown}}}"


def _is_sent_as_it_is(text: str) -> bool:
    """Whether a text is a URL, an endpoint or JSON, which a tag before it leaves what it is."""
    return "://" in text or "smart_plus/" in text or text.lstrip().startswith(("{", "["))


def misfit(tag: str, mapping: bool) -> str | None:
    """The error message if a mapping (or else a list) may not have a tag; None if it may."""
    name = tag[len(CORE) :] if tag.startswith(CORE) else ""
    if name == ("map" if mapping else "seq") or name not in ("str", *_TYPES, *_COLLECTIONS):
        return None
    return f"a {'mapping' if mapping else 'list'} is not what its tag !!{name} says"


def _double(digits: str, text: str) -> float:
    value = float(digits)
    if isinf(value):
        raise _too_big(text)
    return value


def _too_big(text: str) -> ScalarError:
    return ScalarError(
        f"the number {text[:40]} is too big for a double", "write the number that is meant; an id goes in quotes"
    )
