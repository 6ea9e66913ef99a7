"""Where a field belongs that is unknown at its place: elsewhere in the same request body, and how it gets there."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from splint.formats import escape, reference_tokens
from splint.payloads.nodes import Location, Operation
from splint.payloads.validation import Violation, examine, is_absent
from splint.reporting.wording import only_near, similarity, snake_case
from splint.schema.kinds import Either, ListOf, Shape, Spec
from splint.schema.table import SHAPES

NEARLY = 0.85
"""The least similarity of a misspelt field and one of another object; closer than within an object."""
ENTRY = "[]"
"""The step of a way from a list to its entries."""
NOUNS = {"Campaign": "the campaign", "AdGroup": "the ad group", "Ad": "the ad"}
NESTED = {"AdGroup": ("ads", "Ad"), "Campaign": ("adgroups", "AdGroup")}
"""The lists in which bodies nest others, with the shape of their entries."""
Way = tuple[str, ...]


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

    def takes(self, value: Any) -> bool:
        """Whether the field may hold a value."""
        violations: list[Violation] = []
        examine(Shape("", {self.name: self.spec}), {self.name: value}, violations.append)
        return all(violation.kind == "placeholder" for violation in violations)


def home_of(field: str, takes: Shape, steps: Sequence[str]) -> Home | None:
    """Where a field belongs that `takes`, the shape of the object at `steps` of a body, does not know.

    The closest places count: those below the object, else those in or below the object around it.
    """
    generic = tuple(ENTRY if step.isdigit() else step for step in steps)
    return _home(field, takes, generic) or _home(snake_case(field), takes, generic)


def misspelt_below(field: str, takes: Shape) -> str | None:
    """The one name of the fields of objects right below `takes` that a field nearly is: `genders` in an ad group."""
    known = {name for spec in takes.fields.values() if isinstance(spec, Shape) for name in spec.fields}
    name = only_near(field, known)
    return name if name and similarity(field.lower(), name) >= NEARLY else None


@lru_cache(maxsize=1024)
def _home(name: str, takes: Shape, steps: Way) -> Home | None:
    shapes = _shapes_on(takes, steps)
    for up, shape in enumerate(reversed(shapes)):
        places = dict(_places(shape, name)) if shape is not None else {}
        if places and shape is not None:
            from_root = () if up == 0 else steps[: len(steps) - up]
            words = [".".join((*from_root, *way)).replace(f".{ENTRY}", ENTRY) for way in places]
            shown = " or ".join(words) or NOUNS.get(shape.name.removesuffix("Update"), "the object around it")
            return Home(name, up, tuple(places), next(iter(places.values())), shape, shown)
    return None


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


def ways_to(shape: Shape, name: str) -> tuple[Way, ...]:
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
        nested, entries = NESTED.get(spec.name.removesuffix("Update"), ("", ""))
        if nested and not way and "_" in name and name in SHAPES[entries].fields:
            yield (nested, ENTRY), SHAPES[entries].fields[name]


def moves(keys: Sequence[str], home: Home, location: Location, takes: Shape, root: str) -> tuple[Operation, ...]:
    """The operations that move members of the object at `location` to the home of them all; none where it is unclear.

    `root` is the pointer of the body.
    """
    steps, value = reference_tokens(location.pointer), location.document.value
    around = _at(value, steps)
    start = steps[: len(steps) - home.up]
    inner = [_at(value, steps[:end]) for end in range(len(start), len(steps))]
    if len(home.ways) != 1 or ENTRY in home.ways[0] or any(isinstance(one, list) and len(one) > 1 for one in inner):
        return ()  # what one entry of several says need not hold for all
    holder, way, missing = _at(value, start), start, list(home.ways[0])
    while missing and isinstance(holder, dict) and not is_absent(holder.get(missing[0])):
        holder, way, missing = holder[missing[0]], [*way, missing[0]], missing[1:]
    if not isinstance(holder, dict):
        return ()
    content: dict[str, Any] = {}
    for key in keys:
        own = home_of(key, takes, steps[len(reference_tokens(root)) :]) or home
        if own.name in content or not own.takes(around[key]) or not (missing or own.name not in holder):
            return ()
        content[own.name] = around[key]
    for step in reversed(missing):
        content = {step: content}
    base = "".join(f"/{escape(step)}" for step in way)
    return (
        *(Operation("put", Location(location.document, f"{base}/{escape(k)}"), entry) for k, entry in content.items()),
        *(Operation("remove", Location(location.document, f"{location.pointer}/{escape(key)}")) for key in keys),
    )


def _at(value: Any, steps: Sequence[str]) -> Any:
    for step in steps:
        value = value[int(step) if isinstance(value, list) else step]
    return value
