"""Objects that hold their own fields one step too deep, under the name of such an object or of a list of some."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from splint.formats import Document, escape
from splint.payloads.nodes import Location, Operation
from splint.payloads.texts import read
from splint.payloads.validation import is_empty
from splint.schema.nearest import letters_of
from splint.schema.vocabulary import LEVEL_OF, ObjectLevel, level_of

if TYPE_CHECKING:
    from splint.payloads.faults import UnknownField

_NAMES: Final[dict[ObjectLevel, tuple[str, ...]]] = {level: (level, f"{level}s") for level in LEVEL_OF.values()}
"""What objects of a level and lists of them are called, in letters alone."""


class Wrapping(NamedTuple):
    """The objects under an unknown key whose fields belong in the object that has the key."""

    fault: "UnknownField"
    entries: tuple[dict[str, Any], ...]
    """The object, or those of the list."""

    @property
    def model(self) -> str:
        """The model of the objects."""
        return self.fault.takes.name.removesuffix("Update")

    @property
    def fields(self) -> Iterator[str]:
        """The names of the fields that the objects hold."""
        shape = self.fault.takes
        for entry in self.entries:
            yield from (key for key, value in entry.items() if key in shape.fields and not is_empty(value))

    def doubles(self) -> tuple[list[str], list[str]]:
        """The keys of the one object that stand around it too: those with the same value, and those with another."""
        around = self.fault.around
        same, other = list[str](), list[str]()
        for key, value in self.entries[0].items():
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
        if other or len(self.entries) > 1 or self.fault.field in self.entries[0] or self._is_doubled():
            return ()
        document, holder = self.fault.location.document, self.fault.holder
        moved = {key: value for key, value in self.entries[0].items() if key not in same}
        return (
            *(Operation("put", Location(document, f"{holder}/{escape(key)}"), value) for key, value in moved.items()),
            Operation("remove", self.fault.location),
        )


def wrapping_of(fault: "UnknownField") -> Wrapping | None:
    """The objects of its own kind that a key holds in an object of a campaign; None for any other key.

    They are recognized by their fields, or by the key's name and a field. They may stand in a string of JSON.
    """
    level, value = LEVEL_OF.get(fault.takes.name.removesuffix("Update")), fault.value
    if level is None or not isinstance(value, dict | list | str):
        return None
    if isinstance(value, str):
        inner = read(value)
        value = inner.value if isinstance(inner, Document) else None
    entries = tuple(value) if isinstance(value, list) else (value,)
    if not entries or not all(isinstance(one, dict) for one in entries):
        return None
    if letters_of(fault.field) in _NAMES[level]:
        levels = {level_of(one) for one in entries if not one.keys().isdisjoint(fault.takes.fields)}
        is_own = bool(levels) and levels <= {None, level}
    else:
        is_own = isinstance(value, dict) and level == level_of(value) != level_of(fault.around)
    return Wrapping(fault, entries) if is_own else None
