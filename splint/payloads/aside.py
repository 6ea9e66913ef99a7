"""Fields of a campaign's objects that stand right in the bundle around these, or beside the body of an envelope."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from splint.formats import Document, escape
from splint.payloads.homes import ENTRY, Double, Way, double_of, held_on, puts_into, shown_of, ways_to
from splint.payloads.invalid_fields import UnknownField
from splint.payloads.keys import ASIDE, BUNDLE, TARGETS_ASIDE, meant
from splint.payloads.nodes import Location, Operation, Payload
from splint.payloads.texts import on_string
from splint.payloads.validation import is_absent, is_empty
from splint.schema.envelopes import ENVELOPE, TEXT_KEYS
from splint.schema.kinds import Shape, Spec
from splint.schema.table import SHAPES

if TYPE_CHECKING:
    from splint.payloads.bodies import BodyReader


class Taker(NamedTuple):
    """An object that takes a field which stands beside it."""

    payload: Payload
    shape: Shape
    name: str
    ways: tuple[Way, ...]
    """The ways from the object to those in it that know the field."""

    @property
    def shown(self) -> Iterator[str]:
        """The places in words."""
        noun = "the body" if self.payload.kind == "status" else f"the {self.payload.noun}"
        for way in self.ways:
            yield f"{shown_of(way)} of {noun}" if way else noun

    @property
    def held(self) -> Iterator[list[Any]]:
        """What stands at each place, None for an object without the field."""
        for way in self.ways:
            yield held_on(self.payload.written, way, self.name)


def doubles_of(fault: UnknownField) -> dict[str, Double]:
    """How the value of a field stands to what the objects beside it have, by their places in words.

    One of several at a place that has another value is enough for that.
    """
    held = dict[str, list[Any]]()
    for taker in fault.places:
        for shown, values in zip(taker.shown, taker.held, strict=True):
            held.setdefault(shown, []).extend(values)
    return {shown: _double(fault.value, values) for shown, values in held.items()}


def differing(fields: list[str], double: Double) -> list[str]:
    """The keys among some fields that would be lost: those that do not stand where they belong with the same value."""
    return [] if double == "same" else fields


def _double(value: Any, values: list[Any]) -> Double:
    given = [one for one in values if not is_empty(one)]
    return "other" if double_of(value, given) == "other" else double_of(value, values)


def note_fields(reader: "BodyReader", value: dict[str, Any], pointer: str, first: int, body: str) -> None:
    """Note the fields beside the payloads from the `first` on that a bundle holds, or an envelope as its bodies.

    One of these is at the pointer `body`, which is empty for a bundle; others are under usual keys. The fields are
    those that one of the payloads takes, and that are no keys of the bundle or the envelope.
    """
    around = ENVELOPE if body else BUNDLE
    requests = [one for one in reader.extracted.payloads[first:] if one.kind != "row" and not one.is_part]
    if body:
        bodies = (body, *(f"{pointer}/{key}" for key in TEXT_KEYS if key in value))
        requests = [one for one in requests if _stands_in(one, reader.document, bodies)]
    for key, entry in value.items():
        if not _is_field(key, value) or key in around.fields or is_absent(entry):
            continue
        if isinstance(entry, (dict, list)) and meant(key, around):
            continue  # it is noted as a misspelt key
        takers = tuple(taker for one in requests if (taker := taker_of(one, key)) is not None)
        if takers:
            fault = UnknownField(Location(reader.document, f"{pointer}/{escape(key)}", "key"), entry, around, pointer)
            fault.takers = takers
            reader.note(fault)
            reader.aside.append(fault)


def _is_field(key: str, value: dict[str, Any]) -> bool:
    """Whether a key of a bundle or an envelope is a field of an object there, and no key of anybody's own."""
    if key not in TARGETS_ASIDE:
        return key in ASIDE
    fields = SHAPES["Targeting"].fields
    return any(one in ASIDE or _is_choice(value[one], spec) for one, spec in fields.items() if one in value)


def _is_choice(value: Any, spec: Spec) -> bool:
    return isinstance(spec, frozenset) and isinstance(value, str) and value in spec


def _stands_in(payload: Payload, document: Document, bodies: Iterable[str]) -> bool:
    """Whether a payload is one of some bodies of a document, or in one: in a string of JSON, too."""
    inner, at = payload.document, payload.step
    while inner is not document and inner.within is not None:
        inner, step = inner.within
        at = step + at
    return any(f"{at}/".startswith(f"{body}/") for body in bodies)


def taker_of(payload: Payload, name: str) -> Taker | None:
    """A payload as an object that takes a field; None for one that does not. What is nested in it stands for itself."""
    shape = payload.shape
    ways = tuple(way for way in ways_to(name, shape) if not way or way[0] in shape.fields)
    return Taker(payload, shape, name, ways) if ways else None


def new_place_of(fault: UnknownField) -> Hashable:
    """What fields have in common that go into the same new object of the one that alone takes them; else None."""
    taker, *others = fault.takers
    way = taker.ways[0]
    if others or len(taker.ways) != 1 or not way or not is_absent(taker.payload.written.get(way[0])):
        return None
    return fault.holder, taker.payload.document.within, taker.payload.step, way[0]


def moves_aside(fault: UnknownField) -> tuple[Operation, ...]:
    """The operations that move a field, and those together with it, into the one object beside it that takes it.

    None where that is unclear.
    """
    return moves_to({one: one.places[0] for one in (fault, *fault.followers)}) if len(fault.places) == 1 else ()


def moves_to(members: Mapping[UnknownField, Taker]) -> tuple[Operation, ...]:
    """The operations that move fields of one object, each into the same payload that takes it; none where unclear."""
    taker, document = next(iter(members.values())), next(iter(members)).location.document
    if taker.payload.document is not document:
        return ()
    if any(len(one.ways) != 1 or ENTRY in one.ways[0] for one in members.values()):
        return ()
    named = {one.name: (one.ways[0], fault.value) for fault, one in members.items()}
    puts = puts_into(taker.shape, named, taker.payload)
    moved = tuple(Operation("put", Location(document, at), value) for at, value in puts)
    operations = (*moved, *(Operation("remove", one.location) for one in members)) if moved else ()
    return operations if document.within is None else on_string(document, operations)
