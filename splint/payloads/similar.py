"""Which known names the keys of an object, or the entries of a list, resemble."""

from collections import Counter
from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import Any

from splint.payloads.validation import is_last_word, is_note, word_of, written_for
from splint.schema.kinds import TEXT, Shape
from splint.schema.nearest import ending_in, near_values, nearest, similarity
from splint.schema.platforms import VALUE_WORDS
from splint.schema.values import VALUES

NEARLY = 0.85
"""The least similarity of a misspelt key and a field, where nothing else says that it is meant."""


class ById:
    """A value as a dictionary key, compared by identity."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ById) and self.value is other.value

    def __hash__(self) -> int:
        return id(self.value)


def written_for_value(key: str, value: Any, takes: Shape) -> str | None:
    """The name that an unknown key is written for, as far as its value goes with it.

    `placement` with a value of `placement_type` is written for that, and `campaign_automation_type` not for
    `campaign_type`, which takes other values. A key that is like no field is written for the one that takes the value,
    one of a choice, and has the same last word: `material_status` ENABLE.
    """
    name = written_for(key, takes)
    if not isinstance(value, str):
        return name
    likes = [one for one in takes.fields if one.startswith(f"{key}_") and value in _choices(one, takes)]
    if name is None:
        ending, specs = f"_{key.rpartition('_')[2]}", takes.fields.items()
        likes = [one for one, spec in specs if one.endswith(ending) and isinstance(spec, frozenset) and value in spec]
    if name is None or len(likes) == 1:
        return likes[0] if len(likes) == 1 else None
    choices = _choices(name, takes)
    is_meant = not choices or value in choices or VALUE_WORDS.get(value.upper()) in choices
    is_meant = is_meant or name.startswith(f"{key}_") or is_last_word(key, name) or bool(near_values(value, choices))
    return name if is_meant or word_of(key, takes) or similarity(key.lower(), name) >= NEARLY else None


def _choices(name: str, takes: Shape) -> Collection[str]:
    """The values of a field that takes one of several; none for any other field."""
    spec = takes.fields.get(name)
    if isinstance(spec, frozenset):
        return spec
    values = VALUES.get(f"{takes.name.removesuffix('Update')}.{name}") if spec is TEXT else None
    return values.valid if values is not None else ()


def closest(key: str, fields: Iterable[str]) -> str | None:
    """The known field or value that is most similar to an unknown one, else the one that ends in it."""
    known = tuple(fields)
    return nearest(key, known) or ending_in(key, known)


@lru_cache(maxsize=1)
def similar_fields(around: ById, takes: Shape) -> Counter[str | None]:
    """The known fields that the unknown keys of an object resemble, counted; cached per object."""
    return Counter(likely(key, takes) for key in around.value if key not in takes.fields and not is_note(key))


def likely(key: str, takes: Shape) -> str | None:
    """The known field that a key resembles most, or that it is as another platform's word."""
    word = word_of(key, takes)
    return closest(key, takes.fields) if word is None else word.field


@lru_cache(maxsize=1)
def first_indices(around: ById, takes: frozenset[str]) -> tuple[dict[str, int], dict[str | None, int]]:
    """The first index of each text of a list, and of each known value that an entry resembles; cached per list."""
    written: dict[str, int] = {}
    resembled: dict[str | None, int] = {}
    for index, entry in enumerate(around.value):
        if isinstance(entry, str) and entry not in written:
            written[entry] = index
            resembled.setdefault(closest(entry, takes), index)
    return written, resembled
