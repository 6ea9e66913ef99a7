"""Bases: mappings of a YAML document that are there to be merged or aliased (`x-base: &base`).

A base is no payload, so no rule judges it; its fields are judged in the payloads that refer to it.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import reduce

from splint.formats import Document, member, reference_tokens
from splint.payloads.bodies import Extracted
from splint.payloads.invalid_fields import InvalidField
from splint.payloads.nodes import Payload
from splint.payloads.validation import is_absent, is_note
from splint.schema.envelopes import HELD_KEYS
from splint.schema.vocabulary import OBJECT_LEVELS, REQUIRED

_OF_A_BASE = re.compile(r"\b(?:anchors?|bases?|commons?|defaults?|definitions|shared|templates?)\b")
_PARTS = frozenset({*OBJECT_LEVELS, *(f"{level}s" for level in OBJECT_LEVELS), "ad_groups", *HELD_KEYS})
"""Keys that say of a mapping, or of the entries of a list, that they are payloads."""
_NEEDED = {
    "Campaign": ("advertiser_id", "request_id", "sales_destination"),
    "AdGroup": ("advertiser_id", "request_id", "campaign_id", "schedule_start_time", "targeting_spec"),
    "Ad": ("advertiser_id", "adgroup_id"),
}
"""What a create request by itself needs beside the `REQUIRED` fields, by one profile at least."""
References = Mapping[str, list[tuple[str, bool]]]
"""The places that refer to anchored values, by the pointers of these, each with whether it merges."""


def leave_out(document: Document, extracted: Extracted, pending: Iterable[list[Payload]]) -> None:
    """Leave the bases in a document out of what was found in it, and out of the payloads to validate."""
    bases = bases_of(document, {payload.pointer: payload for payload in extracted.payloads})
    if not bases:
        return
    for payloads in (extracted.payloads, *pending):
        payloads[:] = [payload for payload in payloads if not is_below(payload.pointer, bases)]
    extracted.faults[:] = [
        fault
        for fault in extracted.faults
        if not (isinstance(fault, InvalidField) and is_below(fault.location.pointer, bases))
    ]


def bases_of(document: Document, payloads: Mapping[str, Payload]) -> frozenset[str]:
    """The pointers of the bases in a document, given all that looks like a payload by its pointer.

    A base is a mapping with an anchor to which

    1. only payloads refer, by an alias or a merge, and which
    2. is, or is below, a top-level member with the name of a base (`x-base`, `.base`, `_base`, `defaults`), or is
       itself a top-level member that has no key of a payload (`campaign`, `body`) and that no other one merges: a
       complete campaign may lend its fields to the next; or
    3. has no such key, wherever it stands, and lacks a field that a create needs by some profile, and that all that
       merge it write.
    """
    written = document.written
    if written is None or not isinstance(document.value, dict) or "" in payloads:
        return frozenset()
    whole = document.source.text if written.source_map is None else written.source_map.text
    text = whole[written.start : written.end]
    if "&" not in text or "*" not in text:
        return frozenset()
    from splint.formats.yaml.references import references  # few documents have anchors

    around = {payload[:end] for payload in payloads for end in _ends(payload)}
    referred = references(text)
    return frozenset(
        pointer
        for pointer, places in referred.items()
        if pointer in around
        and pointer
        and (
            _is_named_base(pointer)
            or (_may_be_base(pointer, document.value) and not _lends(places))
            or (pointer in payloads and _is_incomplete(payloads[pointer], referred))
        )
        and all(place in around or is_below(place, payloads) for place, _ in places)
    )


def is_below(pointer: str, tops: Collection[str]) -> bool:
    """Whether a pointer is one of some others, or leads on from one."""
    return any(pointer[:end] in tops for end in _ends(pointer))


def _ends(pointer: str) -> Iterator[int]:
    """The ends of a pointer and of those of all values around it, the root's last."""
    end = len(pointer)
    while end > 0:
        yield end
        end = pointer.rfind("/", 0, end)
    yield 0


def _may_be_base(pointer: str, top: dict[str, object]) -> bool:
    """Whether a pointer is that of a mapping at the top, by a name that says nothing of what it is."""
    key, *rest = reference_tokens(pointer)
    return not rest and isinstance(top.get(key), dict) and key not in _PARTS


def _is_incomplete(payload: Payload, referred: References) -> bool:
    """Whether what looks like a create lacks a field that it needs, and that each payload which merges it writes."""
    if payload.kind != "create" or _key_of(payload.pointer) in _PARTS:
        return False
    top = payload.document.value
    model = type(payload).__name__
    needed = (*REQUIRED.get(model, ()), *_NEEDED.get(model, ()))
    if model == "Campaign" and payload.written.get("budget_optimize_on") is not False:
        needed = (*needed, "budget")
    return any(
        _lacks(top, payload.pointer, field) and _all_write(top, payload.pointer, field, referred) for field in needed
    )


def _all_write(top: object, pointer: str, field: str, referred: References) -> bool:
    """Whether all that a mapping arrives in merge it, and have a field that it lacks."""
    pending, seen = [pointer], {pointer}
    while pending:
        for place, merges in referred[pending.pop()]:
            if not merges or (_lacks(top, place, field) and place not in referred):
                return False
            if place not in seen and _lacks(top, place, field):
                seen.add(place)
                pending.append(place)
    return True


def _lacks(top: object, pointer: str, field: str) -> bool:
    """Whether a field is absent from the mapping that a pointer leads to."""
    return is_absent(member(reduce(member, reference_tokens(pointer), top), field))


def _key_of(pointer: str) -> str:
    """The key of a value, or of the list that it is an entry of."""
    return next((token for token in reversed(reference_tokens(pointer)) if not token.isdigit()), "")


def _lends(places: Iterable[tuple[str, bool]]) -> bool:
    """Whether a member of the top merges what the places refer to."""
    return any(merges and place.count("/") == 1 for place, merges in places)


def _is_named_base(pointer: str) -> bool:
    key = pointer.split("/")[1]
    return (
        is_note(key) or key.startswith(".") or bool(_OF_A_BASE.search(key.lower().replace("_", " ").replace("-", " ")))
    )
