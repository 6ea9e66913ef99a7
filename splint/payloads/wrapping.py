"""Objects that hold their own fields too deep, under the name of such an object, of a list of some, or any other."""

from collections.abc import Container, Iterator
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from splint.formats import Document, escape, reference_tokens, value_at
from splint.payloads.keys import OF_CAMPAIGNS, written_for_value
from splint.payloads.nodes import Location, Operation
from splint.payloads.texts import is_doubled, on_string, read
from splint.payloads.validation import Violation, examine, is_empty, is_note
from splint.schema.envelopes import AROUND_REQUESTS, HELD_KEYS
from splint.schema.kinds import STRUCTURE, Either, ListOf, Shape
from splint.schema.nearest import letters_of
from splint.schema.other_words import says_other
from splint.schema.placeholders import is_placeholder
from splint.schema.table import SHAPES
from splint.schema.vocabulary import LEVEL_OF, NOUNS, OF_REQUESTS, ObjectLevel, level_of

if TYPE_CHECKING:
    from splint.payloads.invalid_fields import UnknownField

_NAMES: Final[dict[ObjectLevel, tuple[str, ...]]] = {level: (level, f"{level}s") for level in LEVEL_OF.values()}
"""What objects of a level and lists of them are called, in letters alone."""
_ENVELOPES: Final = frozenset(
    {
        *("content", "entries", "entry", "fields", "group", "groups", "item", "items", "list", "object", "objects"),
        *(
            "record",
            "records",
            "result",
            "results",
            "rows",
            "value",
            "values",
            "smartplusad",
            "smartpluscampaign",
            "smartplusadgroup",
        ),
        *(letters_of(key) for key in (*HELD_KEYS, *AROUND_REQUESTS)),
        *(name for names in _NAMES.values() for name in names),
    }
)
"""Names, in letters alone, that say nothing of what they hold: what is in an object's own kind may stand below some."""
_OF_BODIES: Final[dict[str, tuple[str, ...]]] = {
    **{f"{model}StatusUpdate": (*_NAMES[level], "status") for model, level in LEVEL_OF.items()},
    "AdGroupBudgetUpdate": (*_NAMES["adgroup"], "budgets"),
    "AdMaterialStatusUpdate": (*_NAMES["ad"], "status", "materialstatus"),
    "AdAppeal": (*_NAMES["ad"], "appeal"),
}
"""What the body of a request that changes a part of objects may be called in itself, by its shape."""
_KNOWN: Final = frozenset(name for shape in SHAPES.values() for name in shape.fields)
"""The fields of all objects."""
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
        """The model of the objects; REQUEST for the body of a request that changes a part of some.

        Of a part of an object it is the model of that.
        """
        name = self.fault.takes.name
        return REQUEST if name in _OF_BODIES else (self.fault.model if self.is_part else name).removesuffix("Update")

    @property
    def noun(self) -> str:
        """What one of the objects is called; a part of an object as its field."""
        if not self.is_part:
            return NOUNS.get(self.model, "body")
        name = _own_name(self.fault)
        return f"entry of {name}" if self.is_entry else name

    @property
    def is_entry(self) -> bool:
        """Whether the object that has the key is an entry of a list."""
        return self.fault.holder.rpartition("/")[2].isdigit()

    @property
    def is_part(self) -> bool:
        """Whether they are parts of an object, and no object that a request creates or changes."""
        return not _is_whole(self.fault.takes.name)

    @property
    def may_be_list(self) -> bool:
        """Whether a list of such objects may stand in the place of the object that has the key."""
        if self.is_entry or not self.is_part:
            return False
        specs = [shape.fields.get(_own_name(self.fault)) for shape in SHAPES.values()]
        kinds = [one for spec in specs for one in (spec if isinstance(spec, Either) else (spec,))]
        return any(isinstance(one, ListOf) and one.item is self.fault.takes for one in kinds)

    @property
    def fields(self) -> Iterator[str]:
        """The names of the fields that the objects hold, however deep and spelt."""
        return fields_in(self.fault.value, self.fault.takes)

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

    def moves(self) -> tuple[Operation, ...]:
        """The operations that move what the objects hold into the object around them; none where that is unclear.

        Several objects take the place of an entry that has nothing else.
        """
        document, holder = self.fault.location.document, self.fault.holder
        same, other = self.doubles()
        if other or not self.entries or self.fault.field in self.entries[0] or is_doubled(self.fault.value):
            return ()
        operations: tuple[Operation, ...]
        if len(self.entries) > 1:
            if not (self.is_entry or self.may_be_list) or len(self.fault.around) > 1:
                return ()
            at, _, index = holder.rpartition("/") if self.is_entry else (holder, "", "0")
            entries = value_at(document.value, reference_tokens(at)) if self.is_entry else [{}]
            there = Location(document, at)
            operations = (Operation("put", there, [*entries[: int(index)], *self.entries, *entries[int(index) + 1 :]]),)
        else:
            moved = {key: value for key, value in self.entries[0].items() if key not in same}
            puts = (Operation("put", Location(document, f"{holder}/{escape(key)}"), moved[key]) for key in moved)
            operations = (*puts, Operation("remove", self.fault.location))
        return operations if document.within is None else on_string(document, operations)


def wrapping_of(fault: "UnknownField") -> Wrapping | None:
    """The objects of its own kind that a key holds in an object of a campaign, or in a part of one; None for any other.

    They are recognized by the key's name, whatever they hold, or by their fields. They may stand in a string of JSON,
    and below keys that say nothing of them, but not under one that says that they are left out, or others of their kind
    (`exclude`, `old`).
    """
    value = fault.value
    if not isinstance(value, (dict, list)):  # as of most keys; `|` would make a type each time
        value = _read(value)
        if not isinstance(value, (dict, list)):
            return None
    if says_other(fault.field):
        return None
    name = fault.takes.name
    level = LEVEL_OF.get(name.removesuffix("Update"))
    names = _names(fault)
    entries = _entries(value, {*names, letters_of(fault.field)}, fault.takes)
    if name in _OF_BODIES:
        return _wrapped_body(fault, entries)
    if level is None:
        return _wrapped_part(fault, entries, names) if fault.model.removesuffix("Update") in LEVEL_OF else None
    are_objects = all(isinstance(one, dict) for one in entries)
    if letters_of(fault.field) in _NAMES[level]:
        if not _holds_objects(value):
            return None
        levels = (
            {level_of(one) for one in entries if not one.keys().isdisjoint(fault.takes.fields)} if are_objects else ()
        )
        return Wrapping(fault, entries if levels and levels <= {None, level} else ())
    if not are_objects:
        return None
    is_own = {*map(level_of, entries)} == {level} or _hold_own(fault, entries, names)
    if is_own and level_of(fault.around) != level:
        return Wrapping(fault, entries)
    is_meant = is_own or letters_of(fault.field) in _ENVELOPES
    return Wrapping(fault, entries) if is_meant and _are_plain(fault, entries, least=2, may_differ=True) else None


def holds_alone(fault: "UnknownField") -> bool:
    """Whether a key holds objects with fields of a campaign's objects that do not stand where it belongs too."""
    return _holds_fields(fault.value, fault.takes) and fault.double != "same"


def _holds_fields(value: Any, shape: Shape, depth: int = 0) -> bool:
    """Whether a value holds an object with a field that a shape, or objects of campaigns have, however deep."""
    value = _read(value)
    known = (key for key in value if key in OF_CAMPAIGNS or key in shape.fields) if isinstance(value, dict) else ()
    if any(not is_empty(value[key]) for key in known):
        return True
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return depth > _DEEP or any(
        _holds_fields(one, shape, depth + 1) for one in inner if isinstance(one, (dict, list, str))
    )


def _wrapped_part(fault: "UnknownField", entries: tuple[Any, ...], names: tuple[str, ...]) -> Wrapping | None:
    """The part of an object that a key holds in itself: under its own name, or one that no field has."""
    if letters_of(fault.field) in names:
        wraps = Wrapping(fault, entries)
        are_plain = bool(entries) and all(
            isinstance(one, dict) and not one.keys().isdisjoint(fault.takes.fields) for one in entries
        )
        return wraps if are_plain else wraps._replace(entries=()) if next(wraps.fields, "") else None
    if fault.field in _KNOWN and letters_of(fault.field) not in _ENVELOPES:
        return None
    is_own = fault.around.keys().isdisjoint(fault.takes.fields) and _hold_own(fault, entries, names)
    return Wrapping(fault, entries) if is_own or _are_plain(fault, entries, least=1) else None


def _hold_own(fault: "UnknownField", entries: tuple[Any, ...], names: tuple[str, ...]) -> bool:
    """Whether entries have no field of the kind around them, but an object of it under its own name, beside others."""
    return bool(entries) and all(
        isinstance(one, dict)
        and one.keys().isdisjoint(fault.takes.fields)
        and any(letters_of(key) in names and next(fields_in(one[key], fault.takes), "") for key in one)
        for one in entries
    )


def _are_plain(fault: "UnknownField", entries: tuple[Any, ...], least: int, *, may_differ: bool = False) -> bool:
    """Whether entries are objects of the kind around them by all of their keys, and that has no other value of one.

    It may have some where a whole object is meant: then one of the two is to be chosen.
    """
    known = fault.takes.fields.keys() | STRUCTURE.get(fault.takes.name, ())
    for one in entries:
        if not isinstance(one, dict):
            return False
        given = {key for key, value in one.items() if not (is_note(key) or is_empty(value))}
        if not given <= known or len(given - OF_REQUESTS) < least:
            return False
        others = () if may_differ else given
        if any(not is_empty(fault.around.get(key)) and fault.around[key] != one[key] for key in others):
            return False
    return bool(entries)


def _is_whole(name: str) -> bool:
    """Whether a shape is a body's, and no part of one."""
    return name in _OF_BODIES or name.removesuffix("Update") in LEVEL_OF


def _own_name(fault: "UnknownField") -> str:
    """The name of the field that holds the object with an unknown key, or the list around that."""
    names = [step for step in reference_tokens(fault.holder[len(fault.root) :]) if not step.isdigit()]
    return names[-1] if names else ""


def _names(fault: "UnknownField") -> tuple[str, ...]:
    """What the object with an unknown key is called itself, in letters alone; an entry as its list, or one of it."""
    name = fault.takes.name
    if level := LEVEL_OF.get(name.removesuffix("Update")):
        return _NAMES[level]
    own = letters_of(_own_name(fault))
    return _OF_BODIES.get(name) or (own, own.removesuffix("list"))


def _entries(value: Any, names: Container[str], shape: Shape) -> tuple[Any, ...]:
    """The object that is meant by a value, or the entries of a list of several, below keys that say nothing of it."""
    for _ in range(_DEEP):
        value = _read(value)
        inner = value
        if isinstance(value, list):
            if len(value) > 1 and all(isinstance(one, list) for one in value):
                value = [one for listed in value for one in listed]
                continue
            if len(value) != 1:
                return tuple(value)
            [inner] = value
        elif isinstance(value, dict) and len(value) == 1 and value.keys().isdisjoint(shape.fields):
            [(key, inner)] = value.items()
            inner = inner if letters_of(key) in _ENVELOPES or letters_of(key) in names else None
        else:
            break
        if not isinstance(_read(inner), (dict, list)):
            break
        value = inner
    return (value,)


def _wrapped_body(fault: "UnknownField", entries: tuple[Any, ...]) -> Wrapping | None:
    """The body that a key holds in itself: with one of its fields under a name that tells it, else with two."""
    known = fault.takes.fields
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


def fields_in(value: Any, shape: Shape, depth: int = 0) -> Iterator[str]:
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
            yield from fields_in(inner, shape, depth + 1)
