"""Validates many objects at once, and evaluates the conditions of guards on them.

Objects of one shape mostly have the same keys. Those are validated together, field by field: this takes 40 us for a
bundle of 80 objects instead of 110 us object by object.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import partial
from itertools import chain
from operator import ge, itemgetter
from typing import Any

from splint.payloads.collected import Collected
from splint.payloads.conditions import INFINITE, MODELS, OF_VALUES, REGISTERED, Condition, bits_of
from splint.payloads.validation import TYPES, UNKNOWN, Blank, Unknown
from splint.schema.kinds import ID, INT64, STRUCTURE, TEXT, Either, ListOf, Shape, Spec
from splint.schema.usual import USUAL

Objects = Sequence[dict[str, Any]]

OBJECTS = frozenset({dict})
LISTS = frozenset({list})
MAX_CACHED_LAYOUTS = 256
"""The most layouts cached per shape, and the most choices cached per layout; bounds the memory for hostile input."""
MAX_CACHED_CHARACTERS = 4096
"""The most characters of keys, or of choices, in a cached entry; longer ones are computed each time."""

Judge = Callable[[list[Any], Collected], bool]
OnValues = tuple[Callable[[Iterable[Any]], bool], int]


class _Field:
    """How a field of a shape is checked."""

    __slots__ = ("given", "is_chosen", "judge", "lacks", "name", "spec", "tested", "valued")

    def __init__(self, name: str, spec: Spec, conditions: list[Condition]) -> None:
        self.name = name
        self.spec = spec
        self.given = bits_of([condition for condition in conditions if condition.test == "given"])
        """The bits of the conditions that hold if the field is present."""
        self.lacks = bits_of([condition for condition in conditions if condition.test == "lacks"])
        """The bits of the conditions that hold if it is absent."""
        self.valued = [
            (frozenset(one.values), one.test == "is", one.bit) for one in conditions if one.test in OF_VALUES
        ]
        """The conditions on its value: values, whether it is to be one of them, and the bit."""
        get = itemgetter(name)
        self.tested = [
            (get, USUAL[name] if condition.test == "unusual" else partial(ge, condition.values[0]), condition.bit)
            for condition in conditions
            if condition.test == "later" or (condition.test == "unusual" and name in USUAL)
        ]
        """Predicates of usual texts, each with the bit that is set for a text that does not satisfy it."""
        self.is_chosen = isinstance(spec, frozenset) or (spec is TEXT and bool(self.valued))
        """Whether its values are few, so that what follows from them is cached."""
        self.judge = None if self.is_chosen or spec in (TEXT, ID, INT64) else (get, _judge_of(spec, conditions))
        """Checks values that are neither texts, ids nor enumerated."""


def _fields_of(shape: Shape) -> tuple[dict[str, _Field], int]:
    """The fields of a shape, and the bits of an object with none; cached until further conditions are registered."""
    known = _FIELDS.get(shape.name)
    if known is None or known[0] is not shape or known[1] != len(REGISTERED.by_key):
        conditions = defaultdict[str, list[Condition]](list)
        for condition in REGISTERED.on_fields.get(MODELS.get(shape.name, shape.name), []):
            conditions[condition.field].append(condition)
        fields = {name: _Field(name, spec, conditions[name]) for name, spec in shape.fields.items()}
        lacks = sum(field.lacks for field in fields.values())
        known = _FIELDS[shape.name] = (shape, len(REGISTERED.by_key), (fields, lacks))
    return known[2]


_FIELDS: dict[str, tuple[Shape, int, tuple[dict[str, _Field], int]]] = {}


class Layout:
    """How objects of one shape with the same keys in the same order are checked."""

    def __init__(self, shape: Shape, keys: tuple[str, ...]) -> None:
        fields, self.bits = _fields_of(shape)
        self.choices: list[_Field] = []
        self.tested: list[tuple[Callable[[Any], Any], Callable[[Any], bool], int]] = []
        self.others: list[tuple[Callable[[Any], Any], Judge]] = []
        named: dict[Spec, list[str]] = {TEXT: [], ID: [], INT64: []}
        for name in keys:
            field = fields.get(name)
            if field is None:
                self.others.append((itemgetter(name), _any))
                continue
            self.bits ^= field.lacks | field.given  # no other field has these bits
            self.tested += field.tested
            if field.judge is not None:
                self.others.append(field.judge)
            elif field.spec in named:
                named[field.spec].append(name)
            if field.is_chosen:
                self.choices.append(field)
        self.chosen = itemgetter(*[field.name for field in self.choices]) if self.choices else None
        self.known: dict[Hashable, int] = {}
        """Cache: the bits by tuple of values of the enumerated fields; holds valid tuples only."""
        self.texts, self.ids, self.numbers = map(_all_of, named.values())

    def bits_of_choice(self, chosen: Any) -> int | None:
        """The bits for a tuple of values of the enumerated fields; None if one is not documented."""
        found = 0
        for value, field in zip(chosen if len(self.choices) > 1 else (chosen,), self.choices, strict=True):
            if isinstance(value, Unknown):
                continue
            if isinstance(field.spec, frozenset) and value not in field.spec:
                return None
            for values, is_among, bit in field.valued:
                if (value in values) is is_among:
                    found |= bit
        if len(self.known) > MAX_CACHED_LAYOUTS:  # not without end, where a text may be anything
            self.known.clear()
        if len(repr(chosen)) <= MAX_CACHED_CHARACTERS:
            self.known[chosen] = found
        return found


def _all_of(names: list[str]) -> Callable[[Objects], Iterable[Any]] | None:
    """A function from objects to the values of these fields in all of them; None without fields."""
    if not names:
        return None
    get = itemgetter(*names)
    if len(names) == 1:
        return partial(map, get)
    return lambda objects: get(objects[0]) if len(objects) == 1 else chain.from_iterable(map(get, objects))


def _judge_of(spec: Spec, conditions: list[Condition]) -> "Judge":
    """A function that checks the kind of a field's values; values to check later are added to its second argument."""
    match spec:
        case ListOf(item):
            longer = sorted((one.values[0], one.bit) for one in conditions if one.test == "longer")
            repeats = [condition for condition in conditions if condition.test == "repeats"]
            lacks = bits_of([condition for condition in conditions if condition.test == "lacks"])
            return _judge_of_lists(_judge_of(item, conditions), longer, repeats, lacks)
        case Either(first, second):
            return _judge_of_either(_judge_of(first, conditions), _judge_of(second, conditions))
        case Shape():
            return partial(_objects, spec)
    valued = [(condition.unmet_by(), condition.bit) for condition in conditions if condition.test in OF_VALUES]
    if isinstance(spec, frozenset):
        return lambda values, collected: (
            (not valued or _set_bits(valued, values, collected)) and (collected.is_examined or spec.issuperset(values))
        )
    types = TYPES.get(spec)
    if types is None:
        return _judge_of_texts(valued) if spec is TEXT else _ids if spec is ID else _numbers
    unusual = bits_of([condition for condition in conditions if condition.test == "unusual"])

    def scalars(values: list[Any], collected: Collected) -> bool:
        if collected.is_examined:
            values = _known(values)
        for value in values:
            if type(value) not in types:
                return False
            if not 0 < value < INFINITE:  # nor is a NaN
                if not (collected.is_examined or abs(value) < INFINITE):
                    return False
                collected.bits |= unusual
        return not valued or _set_bits(valued, values, collected)

    return scalars


def _set_bits(conditions: list[OnValues], values: list[Any], collected: Collected) -> bool:
    """Set the bits of the conditions that one of the values meets. Always True, as the result of a `Judge`."""
    for unmet_by, bit in conditions:
        if not unmet_by(values):
            collected.bits |= bit
    return True


def _judge_of_either(one: "Judge", other: "Judge") -> "Judge":
    def either(values: list[Any], collected: Collected) -> bool:
        if collected.is_examined and len(values) > 1:  # what was examined may be of both kinds
            return False not in [either([value], collected) for value in values]
        try:
            if one(values, collected):
                return True
        except TypeError:
            pass
        return other(values, collected)

    return either


def _judge_of_lists(entries: "Judge", longer: list[tuple[int, int]], repeats: list[Condition], lacks: int) -> "Judge":
    def lists(values: list[Any], collected: Collected) -> bool:
        if collected.is_examined:
            values = _known(values)
            if Blank in map(type, values):
                collected.bits |= lacks
        if not all(values) or not (LISTS.issuperset(map(type, values)) or all(map(_is_list, values))):
            return False
        together = values[0] if len(values) == 1 else [*chain.from_iterable(values)]
        if longer and len(together) > longer[0][0]:
            for limit, bit in longer:
                if max(map(len, values)) > limit:
                    collected.bits |= bit
        if repeats:
            for condition in repeats:
                if any(map(condition.is_repeated_in, values)):
                    collected.bits |= condition.bit
        return entries(together, collected)

    return lists


def _is_list(value: object) -> bool:
    return isinstance(value, list)


def _known(values: Sequence[Any]) -> list[Any]:
    if len(values) == 1 and not isinstance(values[0], Unknown):  # as most: a comprehension takes three times as long
        return [values[0]]
    return [value for value in values if not isinstance(value, Unknown)]


def _judge_of_texts(conditions: list[OnValues]) -> "Judge":
    def texts(values: list[Any], collected: Collected) -> bool:
        collected.texts.extend(values)
        return not conditions or _set_bits(conditions, values, collected)

    return texts


def _any(_values: list[Any], _collected: Collected) -> bool:
    """The `Judge` of the payloads nested in a body: they are validated by themselves."""
    return True


def _ids(values: list[Any], collected: Collected) -> bool:
    collected.ids.extend(values)
    return True


def _numbers(values: list[Any], collected: Collected) -> bool:
    collected.numbers.extend(values)
    return True


def bits_of_objects(shape: Shape, objects: Objects, *, in_shell: bool = False, is_examined: bool = False) -> int | None:
    """The bits of the conditions on fields that at least one of the objects meets.

    None if an object may have a violation: an unknown field, an absent value, one of a wrong type, or a placeholder.
    With `is_examined` the objects come from `examine`, and may contain unknown values.
    """
    collected = Collected(is_examined=is_examined)
    is_valid = _collect(shape, objects, collected) and (is_examined or collected.are_clean(in_shell))
    return collected.bits if is_valid else None


def bits_of_groups(groups: Sequence[tuple[Shape, Objects]], *, in_shell: bool) -> list[int | None]:
    """`bits_of_objects` of the objects of several shapes: their texts are looked through once, together.

    Texts of objects with a violation are among them: where those are unclean, each shape is looked at by itself.
    """
    collected = Collected()
    bits: list[int | None] = []  # list[int | None]() takes ten times as long
    for shape, objects in groups:
        collected.bits = 0
        bits.append(collected.bits if _collect(shape, objects, collected) else None)
    return bits if collected.are_clean(in_shell) else [bits_of_objects(*one, in_shell=in_shell) for one in groups]


def _collect(shape: Shape, objects: Objects, collected: Collected) -> bool:
    """`_objects`; False for values of types that no field takes, too."""
    try:
        return _objects(shape, objects, collected)
    except (AttributeError, TypeError, OverflowError):  # a list or number where a text belongs, one beyond floats
        return False


def _objects(shape: Shape, objects: Objects, collected: Collected) -> bool:
    """Whether no object has a violation, texts and ids aside, which are collected for `Collected.are_clean`."""
    if collected.is_examined:
        objects = _known(objects)
    if len(objects) == 1 or len({*map(len, objects)}) == 1:
        try:  # the keys of the first may be those of all: to compare them takes a sixth of the time
            return _alike(shape, tuple(objects[0]), objects, collected)
        except KeyError:  # what is collected by now is of these objects, too
            pass
    different = {*map(tuple, objects)}
    for keys in different:
        if shape.layouts.get(keys, keys) is None:  # some have an unknown key: no others need to be looked at
            return False
    for keys in different:
        if not _alike(shape, keys, [entry for entry in objects if tuple(entry) == keys], collected):
            return False
    return True


def _alike(shape: Shape, keys: tuple[str, ...], objects: Objects, collected: Collected) -> bool:
    """`_objects` of objects of as many keys. Raises KeyError if one has others than these.

    Each key is looked up in each object. A list or text of such names is a TypeError there.
    """
    try:
        layout = shape.layouts[keys]
    except KeyError:
        if not keys and not OBJECTS.issuperset(map(type, objects)):  # an empty list or text
            return False
        layout = _layout_for(shape, keys)
    if layout is None:
        return False
    is_one = len(objects) == 1  # as most are: each step then takes half the time
    collected.bits |= layout.bits
    if layout.chosen is not None:
        for chosen in (layout.chosen(objects[0]),) if is_one else {*map(layout.chosen, objects)}:
            bits = layout.known.get(chosen)
            if bits is None:
                bits = layout.bits_of_choice(chosen)
                if bits is None:
                    return False
            collected.bits |= bits
    if layout.tested:
        for get, is_usual, bit in layout.tested:
            for text in [get(objects[0])] if is_one else map(get, objects):
                if text is not UNKNOWN and not is_usual(text):
                    collected.bits |= bit
    if layout.texts is not None:
        collected.texts.extend(layout.texts(objects))
    if layout.ids is not None:
        collected.ids.extend(layout.ids(objects))
    if layout.numbers is not None:
        collected.numbers.extend(layout.numbers(objects))
    if layout.others:
        for get, judge in layout.others:
            if not judge([get(objects[0])] if is_one else [*map(get, objects)], collected):
                return False
    return True


def _layout_for(shape: Shape, keys: tuple[str, ...]) -> Layout | None:
    """The layout of objects with these keys, which is cached; None if a key is not a field."""
    if len(shape.layouts) >= MAX_CACHED_LAYOUTS:
        shape.layouts.clear()
    nested = STRUCTURE.get(shape.name, ())
    is_known = not shape.open and all(key in shape.fields or key in nested for key in keys)
    layout = Layout(shape, keys) if is_known else None
    if keys and len(repr(keys)) <= MAX_CACHED_CHARACTERS:  # not that of {}: what else is empty has no keys either
        shape.layouts[keys] = layout
    return layout
