"""Objects that hold their own fields one step too deep, under the name of such an object or of a list of some."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from splint.formats import Document, escape
from splint.payloads.keys import written_for_value
from splint.payloads.nodes import Location, Operation
from splint.payloads.texts import read
from splint.payloads.validation import Violation, examine, is_empty, is_note
from splint.schema.kinds import Shape
from splint.schema.nearest import letters_of
from splint.schema.placeholders import is_placeholder
from splint.schema.vocabulary import LEVEL_OF, OF_REQUESTS, ObjectLevel, level_of

if TYPE_CHECKING:
    from splint.payloads.faults import UnknownField

_NAMES: Final[dict[ObjectLevel, tuple[str, ...]]] = {level: (level, f"{level}s") for level in LEVEL_OF.values()}
"""What objects of a level and lists of them are called, in letters alone."""
_OF_BODIES: Final[dict[str, tuple[str, ...]]] = {
    **{f"{model}StatusUpdate": (*_NAMES[level], "status") for model, level in LEVEL_OF.items()},
    "AdGroupBudgetUpdate": (*_NAMES["adgroup"], "budgets"),
    "AdMaterialStatusUpdate": (*_NAMES["ad"], "status", "materialstatus"),
    "AdAppeal": (*_NAMES["ad"], "appeal"),
}
"""What the body of a request that changes a part of objects may be called in itself, by its shape."""
REQUEST: Final = "Request"
"""In place of the model of such a body."""
_DEEP: Final = 8
"""The most steps to what is looked for in such objects."""
_BROKEN: Final = {"": None}
"""In place of what a broken string of JSON holds."""


class Wrapping(NamedTuple):
    """The objects under an unknown key whose fields belong in the object that has the key."""

    fault: "UnknownField"
    entries: tuple[dict[str, Any], ...]
    """The object, or those of the list; none where they are not plainly such objects."""

    @property
    def model(self) -> str:
        """The model of the objects; REQUEST for the body of a request that changes a part of some."""
        name = self.fault.takes.name
        return REQUEST if name in _OF_BODIES else name.removesuffix("Update")

    @property
    def fields(self) -> Iterator[str]:
        """The names of the fields that the objects hold, however deep and spelt."""
        return _fields_in(self.fault.value, self.fault.takes)

    def doubles(self) -> tuple[list[str], list[str]]:
        """The keys of the one object that stand around it too: those with the same value, and those with another."""
        around = self.fault.around
        same, other = list[str](), list[str]()
        for key, value in self.entries[0].items() if self.entries else ():
            if key != self.fault.field and not is_empty(around.get(key)):
                (same if around[key] == value or is_empty(value) else other).append(key)
        return same, other

    @property
    def is_told(self) -> bool:
        """Whether the object around the objects has all that they hold."""
        return len(self.entries) == 1 and len(self.doubles()[0]) == len(self.entries[0])

    def _is_doubled(self) -> bool:
        """Whether a string of JSON has an object that holds a key twice; of the text around it the edits know."""
        inner = read(self.fault.value) if isinstance(self.fault.value, str) else None
        return isinstance(inner, Document) and bool(inner.duplicates)

    def moves(self) -> tuple[Operation, ...]:
        """The operations that move what the one object holds into the object around it; none where that is unclear."""
        same, other = self.doubles()
        if other or len(self.entries) != 1 or self.fault.field in self.entries[0] or self._is_doubled():
            return ()
        document, holder = self.fault.location.document, self.fault.holder
        moved = {key: value for key, value in self.entries[0].items() if key not in same}
        return (
            *(Operation("put", Location(document, f"{holder}/{escape(key)}"), value) for key, value in moved.items()),
            Operation("remove", self.fault.location),
        )


def wrapping_of(fault: "UnknownField") -> Wrapping | None:
    """The objects of its own kind that a key holds in an object of a campaign; None for any other key.

    They are recognized by the key's name, whatever they hold, or by their fields. They may stand in a string of JSON.
    """
    name, value = fault.takes.name, fault.value
    level = LEVEL_OF.get(name.removesuffix("Update"))
    if level is None and name not in _OF_BODIES:
        return None
    value = _read(value)
    if not isinstance(value, (dict, list)):  # as of most keys; `|` would make a type each time
        return None
    if level is None:
        return _wrapped_body(fault, value)
    entries = tuple(value) if isinstance(value, list) else (value,)
    are_objects = all(isinstance(one, dict) for one in entries)
    if letters_of(fault.field) in _NAMES[level]:
        if not _holds_objects(value):
            return None
        levels = (
            {level_of(one) for one in entries if not one.keys().isdisjoint(fault.takes.fields)} if are_objects else ()
        )
        return Wrapping(fault, entries if levels and levels <= {None, level} else ())
    is_own = isinstance(value, dict) and level == level_of(value) != level_of(fault.around)
    return Wrapping(fault, entries) if is_own else None


def _wrapped_body(fault: "UnknownField", value: Any) -> Wrapping | None:
    """The body that a key holds in itself: with one of its fields under a name that tells it, else with two."""
    known, entries = fault.takes.fields, tuple(value) if isinstance(value, list) else (value,)
    if not entries or not all(isinstance(one, dict) for one in entries):
        return None
    least = 1 if letters_of(fault.field) in _OF_BODIES[fault.takes.name] else 2
    for one in entries:
        faults: list[Violation] = []
        given = {key: held for key, held in one.items() if key in known and not is_empty(held)}
        examine(fault.takes, given, faults.append)
        wrong = {fault.pointer.split("/")[1] for fault in faults if fault.kind == "wrong-type"}
        if len(given) < least or given.keys() <= wrong | OF_REQUESTS:
            return None
    return Wrapping(fault, entries)


def _read(value: Any) -> Any:
    """A value; of a string of JSON what is in it, and of one that is broken an object without a known field."""
    if not isinstance(value, str) or (inner := read(value)) is None or is_placeholder(value):
        return value
    return inner.value if isinstance(inner, Document) else _BROKEN


def _holds_objects(value: Any, depth: int = 0) -> bool:
    """Whether a value is an object that is not empty, or a list with one; what is too deep to tell counts as one."""
    value = _read(value)
    if not isinstance(value, list):
        return isinstance(value, dict) and value != {}
    return depth > _DEEP or any(_holds_objects(one, depth + 1) for one in value)


def _fields_in(value: Any, shape: Shape, depth: int = 0) -> Iterator[str]:
    """The fields of a shape that the objects in a value have, below unknown keys and lists too."""
    value = _read(value)
    members = (
        value.items() if isinstance(value, dict) else [("", one) for one in value] if isinstance(value, list) else ()
    )
    for key, inner in members if depth <= _DEEP else ():
        name = key if key in shape.fields else key and written_for_value(key, inner, shape)
        if name in shape.fields and not is_empty(inner):
            yield name
        elif not is_note(key):
            yield from _fields_in(inner, shape, depth + 1)
