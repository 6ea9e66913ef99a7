"""Which keys of an object are fields of campaigns, ad groups and ads, and which are somebody else's."""

import re
from functools import cache
from typing import Any, Final

from splint.payloads.keys import word_of, written_for_value
from splint.payloads.validation import is_empty, is_note
from splint.schema.kinds import ListOf, Shape, Spec
from splint.schema.nearest import near_values, nearest, snake_case
from splint.schema.placeholders import is_placeholder, is_reference
from splint.schema.platforms import OF_ANYBODY, OTHER_FIELDS
from splint.schema.table import SHAPES
from splint.schema.vocabulary import MODELS, NAME_FIELDS, NESTED, ObjectLevel, is_logged, is_tiktoks_id, level_of

_PARTS: Final = ("Targeting", "CreativeInfo", "AdConfiguration")
"""Objects of ad groups and ads whose fields people write right into these."""
IDS: Final = frozenset({"advertiser_id", "adgroup_id", "smart_plus_ad_id"})
"""Ids that are called so at TikTok, and at some other ad platforms."""
SHARED: Final = frozenset({"campaign_id", "pixel_id"})
"""Ids that anybody calls so."""
MANUAL: Final = "ad_id"
"""The id of a manual ad: no field here, but TikTok's."""
_NAMES_AND_IDS: Final = frozenset({*NAME_FIELDS.values(), *IDS, *SHARED, MANUAL})
LITTLE: Final = 2
"""The most fields but names of an object in which keys of others tell that it is theirs."""
MANY: Final = 3
"""The fewest keys written for no field that speak against an object: one or two may be somebody's own."""


def is_given(entry: Any) -> bool:
    """Whether a value says something of its field: the state of an empty form has zeros, too."""
    if isinstance(entry, str):
        return re.fullmatch(r"0+(?:\.0*)?", entry) is None and not is_empty(entry)
    return not is_empty(entry) and (type(entry) not in (int, float) or entry != 0)


def is_of_others(value: Any) -> bool:
    """Whether an object has two fields that only other platforms have."""
    return isinstance(value, dict) and len(OTHER_FIELDS.intersection(value)) > 1


def known_in(value: dict[str, Any]) -> int:
    """How many keys of an object, and of those in its fields, are known, at least: fields, lists of payloads, slips.

    They are whatever they hold: an empty form has them, too.
    """
    known = {key for key in value if key in _written_here() or key in NESTED}
    if len(known) > 1:
        return len(known)
    inner = sum(_holds_known(fields().get(key), entry) for key, entry in value.items())
    return len(known) + inner + sum(_is_written_for_one(key) for key in value if key not in known)


def has_others(value: dict[str, Any]) -> bool:
    """Whether an object has keys that are neither fields here nor notes."""
    return any(not (key in _written_here() or key in NESTED or is_note(key)) for key in value)


def has_foreign(value: dict[str, Any]) -> bool:
    """Whether an object has a key that is written for no field of any level."""
    others = {key: entry for key, entry in value.items() if key != MANUAL}
    return has_others(others) and foreign_keys(others, None) > 0


def foreign_keys(value: dict[str, Any], level: ObjectLevel | None) -> int:
    """How many keys of an object are no notes, and written for no field of its level, or of any."""
    shapes = [SHAPES[MODELS[one]] for one in ((level,) if level else MODELS)]

    def is_like(key: str, entry: Any) -> bool:
        if snake_case(key) in OF_ANYBODY:
            return False
        return any(word_of(key, shape) or written_for_value(key, entry, shape) for shape in shapes)

    return sum(not (key in _written_here() or is_note(key) or is_like(key, entry)) for key, entry in value.items())


def has_slip(value: dict[str, Any], level: ObjectLevel | None) -> bool:
    """Whether a key of an object is a field of its level but for a slip: no name, no id, and more than a plural."""
    names = fields().keys() if level is None else SHAPES[f"{MODELS[level]}Update"].fields.keys()
    known = tuple(name for name in names if name not in _NAMES_AND_IDS)
    unknown = [key for key in value if key not in _written_here() and not is_note(key)]
    return any(near.rstrip("s") != key.rstrip("s") for key in unknown for near in near_values(key, known))


def only_logs(value: dict[str, Any]) -> bool:
    """Whether an object is a line of a log that has the names of objects, and no id but their advertiser's."""
    is_bare = (IDS | SHARED).intersection(value) == {"advertiser_id"} and is_logged(value)
    return is_bare and fields_in(value) == 0 and not has_slip(value, None)


def weak_ids(value: dict[str, Any]) -> frozenset[str]:
    """The ids of an object with other digits than TikTok's, as those of any other platform have."""
    ids = ((IDS | SHARED) & value.keys()) - {key for key, entry in value.items() if is_tiktoks_id(entry)}
    return frozenset(key for key in ids if not _is_open(value[key]))


def fields_in(value: dict[str, Any]) -> int:
    """How many fields and lists of payloads of an object have a value, but for names and ids."""
    return sum(
        (key in _written_here() or key in NESTED) and is_given(entry) for key, entry in _but_names(value).items()
    )


def foreign_beside_names(value: dict[str, Any]) -> tuple[int, int]:
    """How many keys of an object are written for no field, and how many are, or are fields, but for names and ids."""
    others = {key: entry for key, entry in _but_names(value).items() if not is_note(key) and is_given(entry)}
    foreign = 0 if fields_in(others) else foreign_keys(others, None)
    return foreign, len(others) - foreign


def _but_names(value: dict[str, Any]) -> dict[str, Any]:
    return {key: entry for key, entry in value.items() if key not in _NAMES_AND_IDS}


def _is_open(entry: Any) -> bool:
    """Whether an id is still to come, or only a tool knows it."""
    if isinstance(entry, dict):
        return is_reference(entry)
    return isinstance(entry, str) and is_placeholder(entry, in_id=True)


def _is_written_for_one(key: str) -> bool:
    """Whether a key of several words is written for a field: one word is anybody's."""
    if is_note(key) or "_" not in (name := snake_case(key)):
        return False
    return nearest(name, fields()) is not None or any(word_of(name, SHAPES[model]) for model in MODELS.values())


def _holds_known(spec: Spec | None, entry: Any) -> bool:
    """Whether an object, or one of a list, is a payload by its keys, or has a field of what stands under its key."""
    shape = spec.item if isinstance(spec, ListOf) else spec
    known = shape.fields.keys() if isinstance(shape, Shape) else ()
    objects = [one for one in (entry if isinstance(entry, list) else [entry]) if isinstance(one, dict)]
    return any(level_of(one) or any(snake_case(key) in known for key in one) for one in objects)


@cache
def fields() -> dict[str, Spec]:
    """The fields of campaigns, ad groups and ads."""
    return {name: spec for model in MODELS.values() for name, spec in SHAPES[f"{model}Update"].fields.items()}


@cache
def _written_here() -> frozenset[str]:
    """These fields, and those that people write right into their objects."""
    return frozenset(fields()).union(*(SHAPES[part].fields for part in _PARTS))
