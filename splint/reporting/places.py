"""The fields that findings are on, and which errors a change only reveals: those that what it resolves hid."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from splint.reporting.diagnostic import Diagnostic


class Place(NamedTuple):
    """A field that a finding is on, or that it misses."""

    field: str
    """As guards name it; empty where it is not known."""
    at: str
    """Its pointer, or that of the finding where no field is known."""
    is_there: bool

    @property
    def name(self) -> str:
        """The field's name."""
        return self.field.rpartition(".")[2]


def places_of(one: "Diagnostic") -> "Iterator[Place]":
    """The fields that a finding is on or misses."""
    pointer, holder = one.inmost or (one.pointer, one.holder)
    for field, key in one.keys:
        yield Place(field, f"{pointer}/{key}", is_there=True)
    if one.lacks:
        yield Place(f"Envelope.{one.lacks.rpartition('/')[2]}", f"{holder}{one.lacks}", is_there=False)
    if one.keys or one.lacks:
        return
    name = one.field.rpartition(".")[2]
    is_there = not name or pointer != holder  # what an object lacks is found on the object
    yield Place(one.field, pointer if is_there else f"{pointer}/{name}", is_there)
    for field in one.also:  # of a key that gets another name, what is to be said beside that
        yield Place(field, f"{holder if one.becomes else pointer}/{field.rpartition('.')[2]}", is_there=False)


def is_revealed(error: "Diagnostic", resolved: "Iterable[Diagnostic]") -> bool:
    """Whether one of the findings that are resolved hid an error: its rule owns such ones in the whole campaign.

    That is its document, and others in which nothing else is resolved. An error that is on the place of one of them, or
    names it as a related one, is said of the new value there, as is what a rule owns within a smaller reach: what is
    resolved in other campaigns reveals it no more.
    """
    resolved = list(resolved)
    named = {(error.path, error.pointer), *((place.path, place.pointer) for place in error.related)}
    others = {_document(one) for one in resolved if error.code not in one.hides}
    hiding = [
        one
        for one in resolved
        if error.code in one.hides and (_document(one) == _document(error) or _document(error) not in others)
    ]
    return bool(hiding) and named.isdisjoint((one.path, one.pointer) for one in hiding)


def _document(one: "Diagnostic") -> tuple[Any, ...]:
    return one.path, one.document, one.body
