"""What means to be a payload, but is not recognized: a part of a bundle, or fields in another spelling."""

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from splint.formats import escape
from splint.payloads.validation import is_note
from splint.reporting.wording import letters_of, nearest
from splint.schema.table import SHAPES
from splint.schema.vocabulary import AD_GROUP_LISTS, AD_LISTS, LEVELS, MODELS, ObjectLevel, level_of

MOST_ENTRIES = 100
"""The most entries of a list at the top that are looked at."""
PARTS: dict[str, ObjectLevel] = {
    "campaign": "campaign",
    **dict.fromkeys(AD_GROUP_LISTS, "adgroup"),
    **dict.fromkeys(AD_LISTS, "ad"),
}
"""The keys of a bundle that hold payloads, and of which level."""
_BY_LETTERS = {letters_of(name): name for name in PARTS}
MARKS = {"campaign": "objective_type", "adgroup": "adgroup_name", "ad": "creative_list"}
"""A field by which each level is recognized."""


class Resemblance(NamedTuple):
    """A key that suggests a payload."""

    pointer: str
    """Of the key that is wrong, or of the part of a bundle without a field that is known."""
    key: str
    field: str
    """The field that it is nearest to, or that the part lacks."""
    part: str = ""
    """The key of the bundle's part around or at it."""


def resemblance_of(value: Any) -> Resemblance | None:
    """The first sign that the top of a document, which holds no payload, means to be one; None without any.

    A part of a bundle counts if it is an object or a list of objects: what is called `campaign` elsewhere is mostly a
    text. Other spellings count where the object would be recognized without them and has a second field, or has three
    fields of one level: `appId` or `promotionType` alone says nothing.
    """
    entries = enumerate(value[:MOST_ENTRIES]) if isinstance(value, list) else [("", value)]
    for at, entry in entries:
        if isinstance(entry, dict) and not _words().isdisjoint(letters_of("\n".join(entry)).split("\n")):
            base = f"/{at}" if isinstance(value, list) else ""
            if resemblance := _respelled(entry, base) or next(_parts(entry, base), None):
                return resemblance
    return None


def _respelled(value: dict[str, Any], base: str) -> Resemblance | None:
    """The first key of an object that is a field of a payload but for its spelling, if the object resembles one."""
    names = {key: _field_like(key) for key in value}
    changed = [key for key, name in names.items() if name and name != key]
    if not changed:
        return None
    as_known = {name or key: value[key] for key, name in names.items()}
    level = level_of(as_known)
    for other in LEVELS:
        count = len(as_known.keys() & SHAPES[f"{MODELS[other]}Update"].fields.keys())
        compound = sum("_" in names[key] for key in changed)
        if (other == level and count >= 2) or (count >= 3 and compound >= 2):
            key = max(changed, key=lambda key: names[key] in MARKS.values() or names[key].endswith("_name"))
            return Resemblance(f"{base}/{escape(key)}", key, names[key])
    return None


def _parts(value: dict[str, Any], base: str) -> Iterator[Resemblance]:
    """The parts of a bundle that an object holds."""
    for key, entry in value.items():
        if not isinstance(entry, dict | list):
            continue
        part = key if key in PARTS else _BY_LETTERS.get(letters_of(key))
        if part is None or is_note(key):
            continue
        pointer = f"{base}/{escape(key)}"
        within = [(pointer, entry)] if part == "campaign" else []
        if part != "campaign" and isinstance(entry, list):
            within = [(f"{pointer}/{at}", one) for at, one in enumerate(entry[:MOST_ENTRIES])]
        objects = [(at, one) for at, one in within if isinstance(one, dict) and one and not _is_of_analytics(one)]
        if not objects:
            continue
        if key != part:
            yield Resemblance(pointer, key, part)
            return
        fields = SHAPES[f"{MODELS[PARTS[part]]}Update"].fields
        for at, one in objects:
            for name in one:
                close = nearest(name, fields)
                if close is not None and name not in fields:
                    yield Resemblance(f"{at}/{escape(name)}", name, close, part)
                    return
        yield Resemblance(pointer, key, MARKS[PARTS[part]], part)


def _is_of_analytics(value: dict[str, Any]) -> bool:
    """Whether an object says where visitors come from, which analytics call a campaign too."""
    return any(key.lower() in ("source", "medium") or key.lower().startswith("utm") for key in value)


def _field_like(key: str) -> str:
    """The field that a key is, whatever its spelling; empty if it is none."""
    return "" if is_note(key) else _fields().get(letters_of(key), "")


@cache
def _fields() -> dict[str, str]:
    return {letters_of(name): name for level in LEVELS for name in SHAPES[f"{MODELS[level]}Update"].fields}


@cache
def _words() -> frozenset[str]:
    """All that is sought, so that most strangers are passed over at once."""
    return frozenset((*_fields(), *_BY_LETTERS))
