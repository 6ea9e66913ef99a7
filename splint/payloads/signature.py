"""The signature of payloads: the conditions of guards that they meet.

It selects the applicable rules (`splint.rules.ruleset`): calling all rules took two thirds of a clean check.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from splint.payloads.conditions import ALONE, REGISTERED, REQUESTS, Condition, bits_of
from splint.payloads.validation import UNKNOWN, Unknown, is_absent

if TYPE_CHECKING:
    from splint.payloads.nodes import Facts, Payload

Objects = Sequence[dict[str, Any]]
REQUEST_BITS: dict[str, int] = {kind: condition.bit for kind, condition in REQUESTS.items()}
ALONE_BITS = {model: condition.bit for model, condition in ALONE.items()}


LAST = "9999"
"""A text that sorts after every time."""


class Signature:
    """The conditions that payloads meet: on one of their objects, and on all payloads together."""

    __slots__ = ("bits", "earliest")

    def __init__(self, bits: int, earliest: str = LAST) -> None:
        self.bits = bits
        self.earliest = earliest
        """The least text, in sort order, of the fields with a `past` condition; LAST if there is none."""


def signature_of(bits: int, groups: "Iterable[Sequence[Payload]]", facts: "Sequence[Facts]") -> Signature:
    """The signature of the validated payloads of a document, those of one class and shape a group.

    `bits` are those of the conditions on their fields.
    """
    raws: dict[str, list[dict[str, Any]]] = {}
    advertisers: set[Any] = {UNKNOWN}
    for payloads in groups:
        if not payloads:
            continue
        model = type(payloads[0]).__name__
        objects = raws.setdefault(model, [])
        for payload in payloads:
            raw = payload.written
            if not payload.is_clean:
                raw, bits = payload.raw, bits | bits_of(_strays_in(raw, model))
            objects.append(raw)
            advertisers.add(raw.get("advertiser_id", UNKNOWN))
            bits |= REQUEST_BITS.get(payload.kind, 0)
            if payload.parent is None:
                bits |= ALONE_BITS.get(model, 0)
    of_all = REGISTERED.of_all
    if facts:
        known = {name for one in facts for name in one.raw}
        bits |= bits_of([condition for condition in of_all["knows"] if condition.model in known])
    for condition in of_all["many"]:
        if len(raws.get(condition.model, ())) > condition.values[0]:
            bits |= condition.bit
    for model, by_field in REGISTERED.varying.items():
        if len(compared := raws.get(model, ())) > 1:
            first, *others = [[*map(raw.get, by_field)] for raw in compared]
            if others.count(first) < len(others):
                columns = zip(by_field.values(), zip(first, *others, strict=True), strict=True)
                bits |= bits_of([condition for condition, values in columns if _do_differ(values)])
    for condition, both_given in REGISTERED.reaching:
        if bits & both_given == both_given and does_reach(condition, raws):
            bits |= condition.bit
    if len(advertisers) > 2:  # two that are known
        bits |= bits_of(of_all["advertisers"])
    earliest = LAST
    for condition in of_all["past"]:
        for raw in raws.get(condition.model, ()):
            text = raw.get(condition.field)
            if isinstance(text, str) and text < earliest:
                earliest = text
    return Signature(bits, earliest)


def _strays_in(written: dict[str, Any], model: str) -> list[Condition]:
    """The `stray` conditions that a payload meets: one that is clean has no field that only others know."""
    return [one for one in REGISTERED.of_all["stray"] if one.model == model and does_stray(one, written)]


def does_stray(condition: Condition, written: dict[str, Any]) -> bool:
    """Whether a payload holds the field of a `stray` condition."""
    return not is_absent(written.get(condition.values[0]))


def does_reach(condition: Condition, raws: Mapping[str, Objects]) -> bool:
    """Whether a number in the condition's field is at least one in its other field, in any objects."""
    model, field = condition.values
    limits = [limit for raw in raws.get(model, ()) if not isinstance(limit := raw.get(field, UNKNOWN), Unknown)]
    for raw in raws.get(condition.model, ()) if limits else ():
        number = raw.get(condition.field, UNKNOWN)
        if not isinstance(number, Unknown):
            for limit in limits:
                if number >= limit:
                    return True
    return False


def does_vary(objects: Objects, field: str) -> bool:
    """Whether a field is not the same in all objects; what is unknown or misplaced in one is not compared."""
    return _do_differ([raw.get(field) for raw in objects])


def _do_differ(values: Sequence[Any]) -> bool:
    if values.count(values[0]) == len(values):
        return False
    known = [value for value in values if not isinstance(value, Unknown)]
    return bool(known) and known.count(known[0]) < len(known)


def has_several(values: Iterable[Any]) -> bool:
    """Whether there are two different values; unknown ones are ignored."""
    known = iter([value for value in values if not isinstance(value, Unknown)])
    first = next(known, None)
    return any(value != first for value in known)


def together(signatures: Iterable[Signature]) -> Signature:
    """The signature of payloads in several documents; every condition on a whole tree counts as met."""
    bits, earliest = REGISTERED.tree_bits, LAST
    for signature in signatures:
        bits, earliest = bits | signature.bits, min(earliest, signature.earliest)
    return Signature(bits, earliest)
