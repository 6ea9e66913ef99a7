"""Validates an object against the shape that its endpoint takes.

`splint.payloads.layout` decides quickly that objects have no violation. For any other object, `examine` reports each
violation with its pointer, and returns a copy without absent fields and with `UNKNOWN` for values that cannot be
checked. If `layout` accepts an object, `examine` reports no violation of it.
"""

from collections.abc import Callable, Container
from math import isfinite
from typing import Any, Final

from splint.formats import escape
from splint.payloads.keys import written_for_value
from splint.schema.kinds import (
    BOOLEAN,
    ID,
    INT64,
    INTEGER,
    NUMBER,
    STRUCTURE,
    TEXT,
    Either,
    ListOf,
    Shape,
    Spec,
)
from splint.schema.placeholders import OwnList, OwnMapping, is_placeholder, is_reference, is_templated, may_match
from splint.schema.usual import FINITE_BY_RULES, FORMS_OF_FACTS, DisputedInteger, is_int64

TYPES: dict[Spec, frozenset[type]] = {
    NUMBER: frozenset({int, float}),
    INTEGER: frozenset({int}),
    BOOLEAN: frozenset({bool}),
}
"""The types of values of the kinds that are no texts."""


class Unknown:
    """The type of what replaces a value that cannot be checked."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __repr__(self) -> str:
        return self._name


UNKNOWN: Final = Unknown("UNKNOWN")
"""A field that is there, with a value that cannot be checked, such as a placeholder."""
MISPLACED: Final = Unknown("MISPLACED")
"""A field that seems to stand under another name, or in a wrong object of the campaign: where it belongs it is neither
given nor missed."""


class Blank(list[Any]):
    """A list with absent entries alone: it is given, and lacks what a create needs in it."""


class Violation:
    """One way in which a field departs from its shape."""

    __slots__ = ("kind", "pointer", "takes", "value")

    def __init__(self, kind: str, pointer: str, value: Any, takes: Any) -> None:
        self.kind = kind
        """wrong-type, unknown-field, id-not-a-string, id-not-decimal, disputed-integer, unknown-value or
        placeholder."""
        self.pointer = pointer
        """From the object that was examined."""
        self.value = value
        self.takes = takes
        """What belongs there: words for a wrong type, the known names or values for an unknown one."""


def is_absent(value: Any) -> bool:
    """Whether a field with this value counts as missing (an empty list only where a list belongs)."""
    return value is None or (isinstance(value, str) and value == "")


def is_empty(value: Any) -> bool:
    """Whether a value says nothing of its field: it is absent, `{}`, or a list without entries that are there."""
    return (
        is_absent(value)
        or value == {}
        or (isinstance(value, list) and (isinstance(value, Blank) or all(map(is_absent, value))))
    )


def holds_unknown(value: Any) -> bool:
    """Whether a value is or contains an unknown one."""
    if isinstance(value, dict):
        return any(holds_unknown(entry) for entry in value.values())
    return any(map(holds_unknown, value)) if isinstance(value, list) else isinstance(value, Unknown)


def placed(raw: dict[str, Any], names: Container[str] | None = None) -> dict[str, Any]:
    """An object without the fields, or those of some names, that are misplaced, in it or in objects within."""
    kept = {
        name: value for name, value in raw.items() if value is not MISPLACED or not (names is None or name in names)
    }
    for name, value in kept.items():
        if isinstance(value, dict):
            kept[name] = placed(value, names)
        elif isinstance(value, list) and dict in map(type, value):
            kept[name] = [placed(entry, names) if isinstance(entry, dict) else entry for entry in value]
    return kept


def known(raw: dict[str, Any]) -> dict[str, Any]:
    """The fields of an object whose values are not unknown."""
    return {key: value for key, value in raw.items() if not isinstance(value, Unknown)}


def is_note(key: str) -> bool:
    """Whether a key is a comment of the author: it begins with `_`, `$`, `//` or `x-`."""
    return key.startswith(("_", "$", "//", "x-"))


def examine(
    shape: Shape, raw: dict[str, Any], note: Callable[[Violation], None], *, in_shell: bool = False, pointer: str = ""
) -> dict[str, Any]:
    """A copy of `raw` without absent fields, its invalid values replaced by UNKNOWN; `note` gets each violation.

    An absent field that an unknown key is written for is MISPLACED: the key's violation says what is wrong.
    """
    out: dict[str, Any] = {}
    unknown: list[str] = []
    fields = shape.fields
    for key, value in raw.items():
        spec = fields.get(key)
        if spec is not None:
            if _is_plain(spec, value, in_shell):
                out[key] = value
            elif not is_absent(value) and not (value == [] and _takes_list(spec)):
                out[key] = _judge(spec, value, f"{pointer}/{escape(key)}", note, in_shell)
        elif key in STRUCTURE.get(shape.name, ()) or is_note(key):
            continue
        elif shape.open:
            out[key] = _without_placeholders(value, f"{pointer}/{escape(key)}", note, in_shell)
        elif not is_absent(value):
            at = f"{pointer}/{escape(key)}"
            note(Violation("unknown-field", at, value, shape))
            _without_placeholders(value, at, note, in_shell)
            unknown.append(key)
    for key in unknown:
        if (name := written_for_value(key, raw[key], shape)) in shape.fields:
            out.setdefault(name, MISPLACED)
    return out


def unusable_facts(raw: dict[str, Any], note: Callable[[Violation], None]) -> dict[str, Any]:
    """The account facts of a document that no rule can use, as UNKNOWN; `note` gets a violation of each."""
    odd: dict[str, Any] = {}
    for name, (is_usable, takes) in FORMS_OF_FACTS.items():
        value = raw.get(name)
        if not is_absent(value) and not isinstance(value, Unknown) and not is_usable(value):
            note(Violation("wrong-type", f"/{name}", value, takes))
            odd[name] = UNKNOWN
    return odd


def _is_plain(spec: Spec, value: Any, in_shell: bool) -> bool:
    """Whether a value is one that `spec` takes, at a glance; for speed only, as `_judge` says the same of most."""
    if isinstance(value, str):
        if isinstance(spec, frozenset):
            return value in spec
        if spec is TEXT:
            return value != "" and not may_match(value, in_shell)
        return value.isdigit() if spec is ID else spec is INT64 and is_int64(value)
    if isinstance(value, list):
        if not value or not isinstance(spec, ListOf):
            return False
        for entry in value:  # noqa: SIM110 - a generator takes several times as long
            if not _is_plain(spec.item, entry, in_shell):
                return False
        return True
    return type(value) in TYPES.get(spec, ()) and (type(value) is not float or isfinite(value))


def _judge(spec: Spec, value: Any, at: str, note: Callable[[Violation], None], in_shell: bool) -> Any:
    if isinstance(value, str) and is_placeholder(value, in_id=_takes_id(spec), in_shell=in_shell):
        note(Violation("placeholder", at, value, spec))
        return UNKNOWN
    is_filled_in = isinstance(value, str) and (spec in TYPES or isinstance(spec, frozenset)) and is_templated(value)
    if is_filled_in or (isinstance(value, dict) and is_reference(value)):
        note(Violation("placeholder", at, value, spec))
        return UNKNOWN
    whole = spec
    if isinstance(spec, Either):
        spec = spec.second if _fits(spec.second, value) and not _fits(spec.first, value) else spec.first
    if isinstance(spec, Shape) and isinstance(value, dict):
        return examine(spec, value, note, in_shell=in_shell, pointer=at)
    if isinstance(spec, ListOf) and isinstance(value, list):
        if all(map(is_absent, value)) and not _fits(spec.item, {}):  # an absent object lacks all that it needs
            return Blank([UNKNOWN] * len(value))
        item = spec.item
        if isinstance(item, frozenset) and all(isinstance(entry, str) and entry in item for entry in value):
            return list(value)
        return [
            entry if _is_plain(item, entry, in_shell) else _judge_entry(item, entry, f"{at}/{index}", note, in_shell)
            for index, entry in enumerate(value)
        ]
    if isinstance(spec, frozenset) and isinstance(value, str):
        note(Violation("unknown-value", at, value, spec))
        return UNKNOWN
    if spec in (ID, INT64) and isinstance(value, (int, float)) and not isinstance(value, bool):
        note(Violation("id-not-a-string", at, value, spec))
        return str(int(value)) if value == value and abs(value) < 1e300 and int(value) == value else str(value)
    if (
        spec is NUMBER
        and isinstance(value, float)
        and not isfinite(value)
        and at.rpartition("/")[2] not in FINITE_BY_RULES
    ):
        note(Violation("wrong-type", at, value, "a finite number"))
        return UNKNOWN
    if _fits(spec, value):
        if spec is INT64 and not is_int64(value):
            note(Violation("id-not-decimal", at, value, spec))
        if isinstance(value, DisputedInteger):
            note(Violation("disputed-integer", at, value, words_for(whole)))
            return int(value)
        return value
    is_made = isinstance(value, OwnList | OwnMapping)
    note(Violation("placeholder", at, value, spec) if is_made else Violation("wrong-type", at, value, words_for(whole)))
    return UNKNOWN


def _judge_entry(spec: Spec, value: Any, at: str, note: Callable[[Violation], None], in_shell: bool) -> Any:
    """An entry of a list. It keeps its index: what is absent becomes {} where an object belongs, else UNKNOWN."""
    if is_absent(value):
        return {} if _fits(spec, {}) else UNKNOWN
    return _judge(spec, value, at, note, in_shell)


def _fits(spec: Spec, value: Any) -> bool:
    """Whether a value's outermost JSON type is one that `spec` takes."""
    if isinstance(spec, Either):
        return _fits(spec.first, value) or _fits(spec.second, value)
    if isinstance(spec, Shape):
        return isinstance(value, dict)
    if isinstance(spec, ListOf):
        return isinstance(value, list)
    if spec is BOOLEAN:
        return isinstance(value, bool)
    if spec is NUMBER:
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    if spec is INTEGER:
        return (isinstance(value, int) and not isinstance(value, bool)) or (
            isinstance(value, float) and value.is_integer()
        )
    return isinstance(value, str)


def _takes_list(spec: Spec) -> bool:
    return isinstance(spec, ListOf) or (
        isinstance(spec, Either) and (_takes_list(spec.first) or _takes_list(spec.second))
    )


def _takes_id(spec: Spec) -> bool:
    return spec in (ID, INT64) or (isinstance(spec, Either) and (_takes_id(spec.first) or _takes_id(spec.second)))


def words_for(spec: Spec) -> str:
    """The JSON type that a field takes, in words."""
    if isinstance(spec, Either):
        first, second = words_for(spec.first), words_for(spec.second)
        return first if first == second else f"{first} or {second}"
    if isinstance(spec, Shape):
        return "an object"
    if isinstance(spec, ListOf):
        return f"a list of {_plural(spec.item)}"
    return {NUMBER: "a number", INTEGER: "a whole number", BOOLEAN: "true or false"}.get(spec, "a string")  # type: ignore[arg-type]


def _plural(spec: Spec) -> str:
    if isinstance(spec, Either):
        return f"{_plural(spec.first)} or {_plural(spec.second)}"
    if isinstance(spec, Shape):
        return "objects"
    return "whole numbers" if spec is INTEGER else "numbers" if spec is NUMBER else "strings"


def _without_placeholders(value: Any, at: str, note: Callable[[Violation], None], in_shell: bool) -> Any:
    """A value that no shape describes, with each placeholder reported and replaced by UNKNOWN."""
    if isinstance(value, str):
        if not is_placeholder(value, in_shell=in_shell):
            return value
        note(Violation("placeholder", at, value, None))
        return UNKNOWN
    if isinstance(value, dict):
        return {
            key: entry if is_note(key) else _without_placeholders(entry, f"{at}/{escape(key)}", note, in_shell)
            for key, entry in value.items()
        }
    if isinstance(value, list):
        return [_without_placeholders(entry, f"{at}/{index}", note, in_shell) for index, entry in enumerate(value)]
    return value
