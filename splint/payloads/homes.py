"""Where a field belongs that is unknown at its place: elsewhere in the same request body, and how it gets there."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from splint.formats import escape, reference_tokens, value_at
from splint.payloads.keys import word_of
from splint.payloads.nodes import Location, Operation, Payload
from splint.payloads.validation import Violation, examine, is_absent, is_empty
from splint.schema.kinds import Either, ListOf, Shape, Spec, remembered
from splint.schema.nearest import NEARLY, only_near, similarity, snake_case
from splint.schema.other_words import is_other
from splint.schema.table import SHAPES
from splint.schema.vocabulary import NESTED_MODELS, NESTS, NOUNS

ENTRY = "[]"
"""The step of a way from a list to its entries."""
Way = tuple[str, ...]
_LISTS_OF_PAYLOADS = {(key,) for key in NESTED_MODELS}
Double = Literal["same", "other", ""]
"""How a value stands to those where its field belongs: the same is there, another one, or nothing."""


class Home(NamedTuple):
    """The places of a body that know a field."""

    name: str
    """The field's name there."""
    up: int
    """The number of steps from the object that holds the field up to the one from which `ways` lead."""
    ways: tuple[Way, ...]
    spec: Spec
    around: Shape
    """The shape of the object from which `ways` lead."""
    shown: str
    """The places in words."""

    def only(self, way: Way) -> "Home":
        """The place at the end of one of its ways, which lead from the object that holds the field."""
        return self._replace(ways=(way,), shown=shown_of(way))

    def takes(self, value: Any) -> bool:
        """Whether the field may hold a value."""
        violations: list[Violation] = []
        examine(Shape("", {self.name: self.spec}), {self.name: value}, violations.append)
        return all(violation.kind == "placeholder" for violation in violations)


def double_of(value: Any, held: Sequence[Any]) -> Double:
    """How a value stands to those that all objects where its field belongs hold, None for one without it."""
    if held and all(one == value for one in held):
        return "same"
    if not held or any(map(is_empty, held)):
        return ""
    return "same" if is_empty(value) else "other"


def double_in(home: Home, location: Location, value: Any, holders: Mapping[str, Double]) -> Double:
    """How the value of a member of the object at `location` stands to what is in its home.

    In one of several places it is no other one, but the same where all objects there have that.
    `holders` says that of the objects of other payloads, by their models. What holds the member itself is no other one.
    """
    if is_within(home, location):
        return ""
    if len(home.ways) > 1:
        held = [one for way in home.ways for one in held_on(_start_of(home, location), way, home.name)]
        return "same" if double_of(value, held) == "same" else ""
    way = home.ways[0] if len(home.ways) == 1 else ()
    below = holders.get(NESTED_MODELS.get(way[0], "")) if way[1:] == (ENTRY,) else None
    return below or double_of(value, _held_in(home, location))


def is_within(home: Home, location: Location) -> bool:
    """Whether the object at `location` stands in what its body has under the name of a member in its one home."""
    steps = [*reference_tokens(location.pointer)]
    place = [*steps[: len(steps) - home.up], *home.ways[0], home.name]
    return len(home.ways) == 1 and home.up > 0 and steps[: len(place)] == place


def _held_in(home: Home, location: Location) -> list[Any]:
    """What all objects in the one place where a member of the object at `location` belongs hold of it.

    Nothing for a list right around it, as that of the texts of an ad: what is moved there is one more entry.
    """
    if len(home.ways) != 1 or home.ways[0][-1:] == (ENTRY,):
        return []
    return held_on(_start_of(home, location), home.ways[0], home.name)


def _start_of(home: Home, location: Location) -> Any:
    """The object from which the ways of a home lead, of a member of the object at `location`."""
    steps = reference_tokens(location.pointer)
    return value_at(location.document.value, steps[: len(steps) - home.up])


def held_on(value: Any, way: Way, name: str) -> list[Any]:
    """What the objects at the end of a way from an object hold of a field, None for one without it."""
    held = [value]
    for step in (*way, name):
        if step == ENTRY:
            held = [entry for one in held if isinstance(one, list) for entry in one]
        else:
            held = [one.get(step) if isinstance(one, dict) else None for one in held]
    return held


def home_of(field: str, takes: Shape, steps: Sequence[str]) -> Home | None:
    """Where a field belongs that `takes`, the shape of the object at `steps` of a body, does not know.

    The closest places count: those below the object, else those in or below the object around it.
    """
    generic = tuple(ENTRY if step.isdigit() else step for step in steps)
    return _home(field, takes, generic) or _home(snake_case(field), takes, generic)


def with_rivals(home: Home, root: Shape, body: Any, steps: Sequence[str]) -> Home:
    """A home in a new list below the object at `steps` of a body, with the other places of the field that lack it.

    `web_uri` in an ad_configuration may be a product's image as well as that of a creative which has none.
    """
    if not steps or home.up or len(home.ways) != 1 or ENTRY not in home.ways[0]:
        return home  # so are most
    here = (*(ENTRY if step.isdigit() else step for step in steps), *home.ways[0])
    ways = [way for way in ways_to(home.name, root) if way != here]
    lists = {way[:-1] for way in ways if way[-1:] == (ENTRY,)}  # beside each an object may stand in its place
    given = {way for way in ways if not all(map(is_empty, held_on(body, way, home.name)))}
    lacking = [way for way in ways if way not in lists and given.isdisjoint((way, way[:-1]))]
    if not lacking or any(not is_empty(one) for one in held_on(body, here, home.name)):
        return home
    shown = " or ".join(map(shown_of, (here, *lacking)))
    return Home(home.name, len(steps), (here, *lacking), home.spec, root, shown)


@remembered
def misspelt_below(field: str, takes: Shape) -> str | None:
    """The one name of the fields of objects right below `takes` that a field nearly is, or is a word for.

    `genders` in an ad group, `identity_bc_id` in an ad.
    """
    below = [spec for spec in takes.fields.values() if isinstance(spec, Shape)]
    if words := {word.field for shape in below if (word := word_of(field, shape))}:
        return words.pop() if len(words) == 1 else None
    known = {name: shape for shape in below for name in shape.fields}
    name = only_near(field, known)
    is_near = name is not None and similarity(field.lower(), name) >= NEARLY
    return name if name and is_near and not is_other(field, name, known[name]) else None


@remembered
def _home(name: str, takes: Shape, steps: Way) -> Home | None:
    shapes = _shapes_on(takes, steps)
    for up, shape in enumerate(reversed(shapes)):
        places = dict(_places(shape, name)) if shape is not None else {}
        if places and shape is not None:
            from_root = () if up == 0 else steps[: len(steps) - up]
            words = [shown_of((*from_root, *way)) for way in places]
            shown = " or ".join(words) or f"the {NOUNS.get(shape.name.removesuffix('Update'), 'object around it')}"
            return Home(name, up, tuple(places), next(iter(places.values())), shape, shown)
    return None


def shown_of(way: Way) -> str:
    """The place at the end of a way, as messages show it."""
    return ".".join(way).replace(f".{ENTRY}", ENTRY)


def _shapes_on(takes: Shape, steps: Way) -> list[Shape | None]:
    """The shapes from a body to the object at `steps`, None for lists; empty if no body leads to `takes`."""
    for root in SHAPES.values():
        specs: list[Spec | None] = [root]
        for step in steps:
            specs.append(next(_below(specs[-1], step), None))
        if specs[-1] is takes:
            return [spec if isinstance(spec, Shape) else None for spec in specs]
    return []


def _below(spec: Spec | None, step: str) -> Iterator[Spec]:
    if isinstance(spec, Either):
        yield from _below(spec.first, step)
        yield from _below(spec.second, step)
    elif isinstance(spec, ListOf) and step == ENTRY:
        yield spec.item
    elif isinstance(spec, Shape) and step in spec.fields:
        yield spec.fields[step]


@remembered
def ways_to(name: str, shape: Shape) -> tuple[Way, ...]:
    """The ways from an object to those in it that know a field."""
    return tuple(dict(_places(shape, name)))


def _places(spec: Spec, name: str, way: Way = ()) -> Iterator[tuple[Way, Spec]]:
    """The ways to the objects that know a field, with what it takes there; a name of one word is sought in no list."""
    if isinstance(spec, Either):
        yield from _places(spec.first, name, way)
        yield from _places(spec.second, name, way)
    elif isinstance(spec, ListOf) and "_" in name:
        yield from _places(spec.item, name, (*way, ENTRY))
    elif isinstance(spec, Shape):
        if name in spec.fields:
            yield way, spec.fields[name]
            return
        for field, below in spec.fields.items():
            yield from _places(below, name, (*way, field))
        lists, entries = NESTS.get(spec.name.removesuffix("Update"), ((), ""))
        if lists and not way and "_" in name and name in SHAPES[entries].fields:
            yield (lists[0], ENTRY), SHAPES[entries].fields[name]


def moves(members: Mapping[str, tuple[Home, Any]], location: Location) -> tuple[Operation, ...]:
    """The operations that move members of the object at `location`, each with its home and value; none where unclear.

    The homes are as many steps up. A member takes the place of what holds it, where that has nothing else.
    """
    steps, document = reference_tokens(location.pointer), location.document
    start = steps[: len(steps) - next(iter(members.values()))[0].up]
    inner = [value_at(document.value, steps[:end]) for end in range(len(start), len(steps))]
    tree = _grown(members.values())
    if tree is None or any(isinstance(one, list) and len(one) > 1 for one in inner):
        return ()  # what one entry of several says need not hold for all
    are_within = any(is_within(home, location) for home, _ in members.values())
    if are_within and (len(value_at(document.value, steps)) > len(members) or any(len(one) > 1 for one in inner[1:])):
        return ()  # it would be lost
    base, around = "".join(f"/{escape(step)}" for step in start), location.pointer if are_within else ""
    puts = _grafted(tree, value_at(document.value, start), base, around)
    if puts is None or are_within:
        return tuple(Operation("put", Location(document, pointer), value) for pointer, value in puts or ())
    return (
        *(Operation("put", Location(document, pointer), value) for pointer, value in puts),
        *(Operation("remove", Location(document, f"{location.pointer}/{escape(key)}")) for key in members),
    )


def puts_into(shape: Shape, members: Mapping[str, tuple[Way, Any]], payload: Payload) -> list[tuple[str, Any]]:
    """What to put, by pointer, for objects of a payload on ways to hold fields; none where that is unclear."""
    homes = (
        (Home(name, 0, (way,), dict(_places(shape, name))[way], shape, ""), value)
        for name, (way, value) in members.items()
    )
    tree = _grown(homes)
    return (_grafted(tree, payload.written, payload.step, "") if tree is not None else None) or []


class _Leaf(NamedTuple):
    """A value that is moved."""

    value: Any


def _grown(members: Iterable[tuple[Home, Any]]) -> dict[str, Any] | None:
    """The objects that values make up at their homes, the values as leaves; None where one has no certain place.

    In a list that is one entry, which is no payload of its own.
    """
    tree: dict[str, Any] = {}
    for home, value in sorted(members, key=lambda member: len(member[0].ways[0])):  # an object, then what goes into it
        if len(home.ways) != 1 or home.ways[0][:1] in _LISTS_OF_PAYLOADS or not home.takes(value):
            return None
        branch: Any = tree
        for step in home.ways[0]:
            if isinstance(leaf := branch.get(step), _Leaf):
                if not isinstance(leaf.value, dict):
                    return None
                branch[step] = {key: _Leaf(inner) for key, inner in leaf.value.items()}
            branch = branch.setdefault(step, {})
        if home.name in branch:
            return None
        branch[home.name] = _Leaf(value)
    return tree


def _grafted(tree: dict[str, Any], holder: Any, base: str, within: str) -> list[tuple[str, Any]] | None:
    """The values to put, by pointer, for a tree to grow on an object; None where something else stands there.

    What holds the object at `within`, if it is given, gives way.
    """
    puts: list[tuple[str, Any]] = []
    if not isinstance(holder, dict):
        return None
    for step, branch in tree.items():
        pointer = f"{base}/{escape(step)}"
        is_new = isinstance(branch, _Leaf) or ENTRY in branch
        gives_way = isinstance(branch, _Leaf) and within.startswith(f"{pointer}/")
        if gives_way or (is_empty if is_new else is_absent)(holder.get(step)):
            puts.append((pointer, _plain(branch)))
        elif isinstance(branch, _Leaf) or (below := _grafted(branch, holder[step], pointer, within)) is None:
            return None
        else:
            puts += below
    return puts


def _plain(branch: Any) -> Any:
    if isinstance(branch, _Leaf):
        return branch.value
    return [_plain(branch[ENTRY])] if ENTRY in branch else {step: _plain(below) for step, below in branch.items()}
