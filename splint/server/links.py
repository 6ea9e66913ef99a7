"""Where a buffer names campaigns and ad groups by their ids."""

from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from splint.formats import Document, escape
from splint.payloads.nodes import Payload
from splint.schema.envelopes import ANSWER_KEYS
from splint.schema.placeholders import is_placeholder
from splint.schema.vocabulary import ID_LISTS, OWN_IDS, ROW_MARKS
from splint.server.objects import found_in
from splint.server.view import View

FieldOfId = Literal["campaign_id", "adgroup_id"]
FIELDS: tuple[FieldOfId, ...] = ("campaign_id", "adgroup_id")
LISTS = {f"{name}s": name for name in FIELDS}
"""The fields that list such ids."""
MAX_DEPTH = 250
"""The most levels that are looked into."""


class IdUse(NamedTuple):
    """An id as it is written."""

    field: FieldOfId
    value: str
    start: int
    """The offset of the value, its quotes included."""
    end: int
    is_definition: bool
    """Whether the object is the campaign or the ad group itself; else it names the one that it is about."""


class _Named(NamedTuple):
    """An id with its pointer."""

    pointer: str
    field: FieldOfId
    value: str
    is_definition: bool


def ids(view: View) -> list[IdUse]:
    """The ids of campaigns and ad groups that a buffer names, in the order of the text."""
    found = found_in(view)
    payloads = {(id(one.document), one.pointer): one for tree in found.trees for one in tree.payloads}
    uses: list[IdUse] = []
    for document in found.documents:
        named = list(_named(document, document.value, "", payloads, is_answer=False, depth=0))
        places = found.located(document, [one.pointer for one in named]) if named else {}
        for pointer, field, value, is_definition in named:
            if pointer in places:
                uses.append(IdUse(field, value, *places[pointer].value, is_definition))
    return sorted(uses, key=lambda use: (use.start, use.end))


def _named(
    document: Document,
    value: Any,
    pointer: str,
    payloads: dict[tuple[int, str], Payload],
    *,
    is_answer: bool,
    depth: int,
) -> Iterator[_Named]:
    """The ids below a value; `is_answer`: it is what an answer of the API shows."""
    if depth > MAX_DEPTH:
        return
    if isinstance(value, list):
        for index, entry in enumerate(value):
            yield from _named(document, entry, f"{pointer}/{index}", payloads, is_answer=is_answer, depth=depth + 1)
    elif isinstance(value, dict):
        own = _own(value, payloads.get((id(document), pointer)), is_answer=is_answer)
        for key, entry in value.items():
            at = f"{pointer}/{escape(key)}"
            if key in FIELDS:
                yield from _id(at, key, entry, is_definition=key == own)
            elif key in LISTS:
                for index, one in enumerate(entry if isinstance(entry, list) else ()):
                    yield from _id(f"{at}/{index}", LISTS[key], one, is_definition=False)
            else:
                is_data = is_answer or (key == "data" and not ANSWER_KEYS.isdisjoint(value))
                yield from _named(document, entry, at, payloads, is_answer=is_data, depth=depth + 1)


def _own(value: dict[str, Any], payload: Payload | None, *, is_answer: bool) -> str | None:
    """The field with the id of the object itself; None for one that only speaks of others."""
    if payload is not None:
        return payload.own_id
    if not is_answer and ROW_MARKS.isdisjoint(value):
        return None
    if any(name in value for name in ID_LISTS.values()):
        return None
    return next((OWN_IDS[level] for level in ("ad", "adgroup", "campaign") if OWN_IDS[level] in value), None)


def _id(pointer: str, field: Any, value: Any, *, is_definition: bool) -> Iterator[_Named]:
    """An id, where it is one and no placeholder."""
    if type(value) not in (str, int) or value == "":
        return
    text = str(value)
    if text.isdigit() or not is_placeholder(text, in_id=True, in_shell=True):
        yield _Named(pointer, field, text, is_definition)
