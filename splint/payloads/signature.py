"""Many objects, looked at together: are they clean, and which fields and choices are there at all?

Objects of one shape mostly have the same keys. Those that have are judged as one, column by column: 40 us for a bundle
of 80 objects, where each value in its turn took 110. What is seen on the way is a `Look`, and by that most rules are
known to be of no concern before they are called (`splint.rules.seen`): calling them took two thirds of a clean check.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import chain
from operator import itemgetter
from typing import Any

from splint.payloads.validation import UNKNOWN
from splint.schema.kinds import BOOLEAN, ID, INTEGER, NUMBER, STRUCTURE, TEXT, Either, ListOf, Shape, Spec
from splint.schema.placeholders import may_hold_placeholder
from splint.schema.usual import USUAL

Signature = tuple[Hashable, ...]
"""By turns a Layout or Column and the choices in it, a set: equal for objects with the same fields and choices."""
Objects = Sequence[dict[str, Any]]

TYPES: dict[Spec, frozenset[type]] = {
    NUMBER: frozenset({int, float}),
    INTEGER: frozenset({int}),
    BOOLEAN: frozenset({bool}),
}
LIST = frozenset({list})
YES: frozenset[Hashable] = frozenset({True})
NO: frozenset[Hashable] = frozenset({False})
INFINITE = float("inf")
NOTHING: frozenset[Hashable] = frozenset()
UNMET: Any = object()
ABOUT = "about"
"""In a look, before words about all payloads together: see `splint.payloads.bodies.about`."""
MANY = 30
"""More payloads of one kind are many: no rule allows fewer."""
COMPARED = frozenset({"optimization_event"})
"""Texts of which rules ask whether all are the same."""
LISTS = frozenset({"ad_text_list", "creative_list"})
"""Lists of which is noted whether one of them is long."""
SHORT = 5
"""Longer lists are long: no rule allows less."""
VARIOUS = "various"
"""What is noted of a number or text that is not the same in all objects."""
MOST_LAYOUTS = 128
"""So many are remembered of a shape, and as many choices of each: a team's come in few, a forger's in any number."""
LARGEST = 4096
"""So many characters of keys, or of choices, are remembered: what is longer is looked at anew each time."""
CODES = frozenset(
    [
        "bid_type",
        "billing_event",
        "budget_mode",
        "deep_bid_type",
        "objective_type",
        "optimization_goal",
        "promotion_type",
        "vbo_window",
    ]
)
"""Texts that are choices too: rules, not the shape, say which they may be."""


class Column:
    """A field, or the entries of one, of whose values something is noted."""

    def __init__(self, shape: Shape, name: str) -> None:
        self.shape = shape
        self.name = name


class _Found:
    """What is gathered on the way, to be judged at the end."""

    __slots__ = ("ids", "is_examined", "marks", "texts")

    def __init__(self, *, is_examined: bool) -> None:
        self.marks: list[Hashable] = []
        self.texts: list[str] = []
        self.ids: list[str] = []
        self.is_examined = is_examined
        """Whether the gate has been through them, and anything may be UNKNOWN."""


Judge = Callable[[list[Any], _Found], bool]


class Layout:
    """What is to be looked at in objects of one shape that have the same keys, in the same order."""

    def __init__(self, shape: Shape, keys: tuple[str, ...]) -> None:
        self.shape = shape
        self.keys = frozenset(keys)
        fields = {key: shape.fields[key] for key in keys if key in shape.fields}
        self.choices = [
            (name, spec if isinstance(spec, frozenset) else None)
            for name, spec in fields.items()
            if isinstance(spec, frozenset) or name in CODES
        ]
        self.chosen = itemgetter(*(name for name, _ in self.choices)) if self.choices else None
        self.known: set[Hashable] = set()
        """The choices met so far that are all documented, or texts that rules judge."""
        self.texts = _all_of([name for name, spec in fields.items() if spec is TEXT])
        self.ids = _all_of([name for name, spec in fields.items() if spec is ID])
        self.usual = [(itemgetter(name), Column(shape, name)) for name in fields if name in USUAL]
        self.compared = [(itemgetter(name), Column(shape, name)) for name in fields if name in COMPARED]
        self.others = [
            (itemgetter(name), _judge_of(spec, Column(shape, name)))
            for name, spec in fields.items()
            if spec not in (TEXT, ID) and not isinstance(spec, frozenset)
        ]

    def learn(self, chosen: frozenset[Hashable]) -> None:
        """Keep choices that are fine; not without end, where a text may be anything."""
        if len(self.known) > MOST_LAYOUTS:
            self.known.clear()
        if is_small(chosen):
            self.known |= chosen

    def takes(self, chosen: Any) -> bool:
        """Whether the values of the enumerated fields are all documented."""
        values = chosen if len(self.choices) > 1 else (chosen,)
        return all(spec is None or value in spec for value, (_, spec) in zip(values, self.choices, strict=True))


def _all_of(names: list[str]) -> Callable[[Objects], Iterable[Any]] | None:
    """From objects to the values of these fields in all of them."""
    if not names:
        return None
    get = itemgetter(*names)
    if len(names) == 1:
        return lambda objects: map(get, objects)
    return lambda objects: chain.from_iterable(map(get, objects))


def _judge_of(spec: Spec, column: Column) -> "Judge":
    """Whether values of a field, or the entries of one, are of its kind; what is to be judged later goes to `found`."""
    match spec:
        case ListOf(item):
            return _judge_of_lists(_judge_of(item, column), column)
        case Either(first, second):
            return _judge_of_either(_judge_of(first, column), _judge_of(second, column))
        case Shape():
            return lambda values, found: _objects(spec, _known(values) if found.is_examined else values, found)
        case frozenset():
            return lambda values, found: _note(column, frozenset(values), found) <= spec or found.is_examined
    types = TYPES.get(spec)
    if types is None:
        return _texts if spec is TEXT else _ids
    traits = _traits if spec is NUMBER else frozenset

    def scalars(values: list[Any], found: _Found) -> bool:
        known = _known(values) if found.is_examined else values
        if not types.issuperset(map(type, known)):
            return False
        _note(column, traits(known) if len(known) == len(values) else traits(known) | {UNKNOWN}, found)
        return True

    return scalars


def _judge_of_either(one: "Judge", other: "Judge") -> "Judge":
    def either(values: list[Any], found: _Found) -> bool:
        try:
            if one(values, found):
                return True
        except TypeError:
            pass
        return other(values, found)

    return either


def _judge_of_lists(entries: "Judge", column: Column) -> "Judge":
    length = Column(column.shape, length_of(column.name)) if column.name in LISTS else None

    def lists(values: list[Any], found: _Found) -> bool:
        if found.is_examined:
            values = _known(values)
        if not LIST.issuperset(map(type, values)) or not all(values):
            return False
        if length is not None:
            _note(length, YES if max(map(len, values), default=0) > SHORT else NO, found)
        return entries(list(chain.from_iterable(values)), found)

    return lists


def length_of(name: str) -> str:
    """What the column is called that says whether a list is long."""
    return f"length of {name}"


def _known(values: list[Any]) -> list[Any]:
    return [value for value in values if value is not UNKNOWN]


def _traits(numbers: list[float]) -> frozenset[Hashable]:
    """What rules ask of numbers: whether they are amounts above zero and finite, and whether all are the same."""
    if not numbers:
        return NOTHING
    usual = YES if min(numbers) > 0 and sum(numbers) < INFINITE else NO  # a NaN makes the sum one
    return usual if numbers.count(numbers[0]) == len(numbers) else usual | {VARIOUS}


def _texts(values: list[Any], found: _Found) -> bool:
    found.texts.extend(values)
    return True


def _ids(values: list[Any], found: _Found) -> bool:
    found.ids.extend(values)
    return True


def _note(column: Column, chosen: frozenset[Hashable], found: _Found) -> frozenset[Hashable]:
    """Make what stands in a field part of the look."""
    found.marks.extend((column, chosen))
    return chosen


def signature_of(
    shape: Shape, objects: Objects, *, in_shell: bool = False, is_examined: bool = False
) -> Signature | None:
    """What objects look like together; None unless all their fields are known, present and of their kind, no value a
    placeholder. What has been examined may hold what is UNKNOWN too."""
    found = _Found(is_examined=is_examined)
    try:
        if not _objects(shape, objects, found):
            return None
        return tuple(found.marks) if is_examined or _are_clean(found.texts, found.ids, in_shell) else None
    except (TypeError, OverflowError):  # a list where a choice belongs, a number where a text does, one beyond floats
        return None


def _objects(shape: Shape, objects: Objects, found: _Found) -> bool:
    """Whether all objects are clean as far as each value tells."""
    kinds = set(map(tuple, map(dict.keys, objects)))  # a TypeError for what is no object
    for keys in kinds:
        layout = shape.layouts.get(keys, UNMET)
        if layout is UNMET:
            layout = _learn(shape, keys)
        if layout is None:
            return False
        alike = objects if len(kinds) == 1 else [entry for entry in objects if tuple(entry) == keys]
        chosen: frozenset[Hashable] = NOTHING
        if layout.chosen is not None:
            chosen = frozenset(map(layout.chosen, alike))
            if not chosen <= layout.known and not found.is_examined:
                if not all(map(layout.takes, chosen)):
                    return False
                layout.learn(chosen)
        found.marks.extend((layout, chosen))
        for get, column in layout.usual:
            texts = list(map(get, alike))
            usual = all(map(USUAL[column.name], _known(texts) if found.is_examined else texts))
            _note(column, YES if usual else NO, found)
        for get, column in layout.compared:
            texts = list(map(get, alike))
            _note(column, NOTHING if texts.count(texts[0]) == len(texts) else frozenset({VARIOUS}), found)
        if layout.texts is not None:
            found.texts.extend(layout.texts(alike))
        if layout.ids is not None:
            found.ids.extend(layout.ids(alike))
        for get, judge in layout.others:
            if not judge(list(map(get, alike)), found):
                return False
    return True


def _are_clean(texts: list[str], ids: list[str], in_shell: bool) -> bool:
    """Whether all texts are texts, none is empty, and none a placeholder."""
    return (
        all(texts)
        and all(ids)
        and not may_hold_placeholder(texts, in_id=False, in_shell=in_shell)
        and not may_hold_placeholder(ids, in_id=True, in_shell=in_shell)
    )


def _learn(shape: Shape, keys: tuple[str, ...]) -> Layout | None:
    """The layout of objects with these keys; None when one of them is no field."""
    if len(shape.layouts) >= MOST_LAYOUTS:
        shape.layouts.clear()
    known = {*shape.fields, *STRUCTURE.get(shape.name, ())}
    layout = Layout(shape, keys) if known.issuperset(keys) and not shape.open else None
    if is_small(keys):
        shape.layouts[keys] = layout
    return layout


def is_small(words: Iterable[Hashable]) -> bool:
    """Whether keys or choices are few and short enough to be remembered."""
    return len(repr(words)) <= LARGEST


def together(looks: Iterable[Signature]) -> Signature:
    """The look of payloads in several documents, of which nobody knows how many there are, and of whom."""
    return (*chain.from_iterable(looks), ABOUT, frozenset({"several documents"}))
