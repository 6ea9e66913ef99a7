"""Misspelt values: which one was meant, and the fix that writes it."""

from collections.abc import Iterable

from splint.payloads.faults import UnknownValue
from splint.payloads.nodes import Fix, Node, Operation
from splint.reporting.wording import either, nearest, only_near
from splint.schema.values import VALUES

MOST_LISTED = 30
"""The most values that a help lists."""


def meant(node: Node, path: str, value: str, values: Iterable[str]) -> tuple[str, Fix | None]:
    """The help on a value that is none of those of a field, and an unsafe fix where one alone is close.

    A value that the API knows in the field is none that is misspelt.
    """
    known = tuple(values)
    name = next(part for part in reversed(path.split("/")) if not part.isdigit())
    elsewhere = VALUES.get(f"{type(node).__name__}.{name}")
    is_misspelt = elsewhere is None or value not in (*elsewhere.valid, *elsewhere.invalid)
    close = nearest(value, known) if is_misspelt else None
    if close is None:
        listed = f"write {either(known)}" if len(known) <= MOST_LISTED else f"write one of its {len(known)} values"
        return listed, None
    alone = only_near(value, known)
    return f"write {close}", Fix(f"set {name} to {alone}", (node.put(path, alone),)) if alone else None


def meant_instead(violation: UnknownValue, values: Iterable[str]) -> tuple[str, Fix | None]:
    """The same for a value that the table of fields does not know; never a value that its list holds already."""
    known = tuple(values)
    close, alone = nearest(violation.value, known), only_near(violation.value, known)
    fix = None
    if alone is not None and violation.may_be(alone):
        fix = Fix(f"set {violation.field} to {alone}", (Operation("put", violation.location, alone),))
    return f"write {close or either(known)}", fix
