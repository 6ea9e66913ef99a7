"""Objects of one kind beside each other, each of which would move into the object around them."""

from functools import lru_cache
from typing import Any

from splint.formats import escape, reference_tokens, value_at
from splint.payloads.invalid_fields import UnknownField
from splint.payloads.nodes import Location
from splint.payloads.similar import ById
from splint.payloads.validation import is_empty, is_note
from splint.payloads.wrapping import Wrapping, wrapping_of
from splint.schema.kinds import Shape


def rivals_of(wraps: Wrapping) -> dict[str, list[str]]:
    """The keys beside such an object that hold others of its kind, each with the fields of which they say otherwise."""
    fault, rivals = wraps.fault, dict[str, list[str]]()
    document = ById(fault.location.document)
    values = _values_beside(document, fault.holder, fault.takes, fault.root, fault.model)
    for entry in wraps.entries[:1]:
        for field, value in entry.items():
            if is_empty(value):
                continue
            other = next((key for key, said in values[field] if said != value), None)
            if other is not None:
                rivals.setdefault(other, []).append(field)
    return rivals


@lru_cache(maxsize=1)
def _values_beside(
    document: ById, holder: str, takes: Shape, root: str, model: str
) -> dict[str, list[tuple[str, Any]]]:
    """Of each field the first two values that objects of its kind below an object's keys give it, with these keys.

    Cached per object.
    """
    values: dict[str, list[tuple[str, Any]]] = {}
    for key, held in value_at(document.value.value, reference_tokens(holder)).items():
        location = Location(document.value, f"{holder}/{escape(key)}", "key")
        is_unknown = key not in takes.fields and not is_note(key)
        wraps = wrapping_of(UnknownField(location, held, takes, root, model)) if is_unknown else None
        for field, value in (pair for one in wraps.entries for pair in one.items()) if wraps is not None else ():
            said = values.setdefault(field, [])
            if len(said) < 2 and not is_empty(value) and all(value != one for _, one in said):
                said.append((key, value))
    return values
