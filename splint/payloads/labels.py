"""Whether an object is a payload that only its keys call one: by the evidence of what its fields hold.

For it counts each field that holds what it may take, or nearly: one of its values or a word of one, a number, digits,
an object with fields that are known; a text where any may stand, as a name, says nothing, and its own id counts thrice.
Against it counts each that holds what it never takes (a label in the words of its key, a type, a sentence, a message,
another word), twice each key that only other platforms have, where nothing is named as at TikTok, with their values,
and thrice the key of a table or a query around it. It is none where nothing counts for it and more than other words
against it, or where two more count against it than for it, three of other words beside a name: in doubt it is one.
"""

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from splint.payloads.bundles import is_bundle
from splint.schema.kinds import BOOLEAN, ID, INT64, INTEGER, NUMBER, TEXT, Either, ListOf, Shape, Spec
from splint.schema.nearest import letters_of, near_values, snake_case
from splint.schema.placeholders import OwnList, OwnMapping, is_placeholder, is_reference
from splint.schema.platforms import AD_SETS, OF_AD_SETS, OTHER_FIELDS
from splint.schema.table import SHAPES
from splint.schema.values import VALUES
from splint.schema.vocabulary import AD_GROUP_LISTS, MODELS, NAME_FIELDS, OBJECTIVES, OWN_IDS, ObjectLevel, level_of

if TYPE_CHECKING:
    from splint.payloads.bodies import BodyReader

_OF_FIELDS: Final = frozenset(
    {
        *("string", "str", "text", "varchar", "number", "int", "integer", "float", "double", "decimal", "boolean"),
        *("bool", "object", "array", "list", "enum", "any", "required", "optional", "hidden", "name", "asc", "desc"),
    }
)
"""What a table of fields says of one, by its letters: its type, its order, or whether it has to be there."""
_OF_MESSAGES: Final = frozenset({"is", "must", "required", "invalid", "valid", "should", "not", "please", "this"})
"""Words of messages and sentences, and of no value."""
_TABLES: Final = frozenset(
    {
        *("labels", "errors", "messages", "translations", "columns", "headers", "titles", "placeholders", "tooltips"),
        *("helptexts", "fieldlabels", "columnnames", "headernames", "rename", "renames", "mapping", "fieldmap"),
        *("term", "match", "sort", "stream"),
    }
)
"""The keys of tables of fields, and of queries and records by fields, by their letters."""
_SHARED: Final = frozenset({"campaign_id", "pixel_id"})
"""Ids that other platforms call so too."""
_TRUTHS: Final = frozenset({"true", "false", "on", "off", "yes", "no", "enabled", "disabled", "1", "0"})
_BEGINNING: Final = 5
"""The letters that two forms of a word have in common."""
_MOST_WORDS: Final = 3
"""The most words of what is written for a value."""
_FOR, _UNKNOWN, _NOTHING, _DOUBT, _AGAINST = 2, 1, 0, -1, -2
"""What a value says: an unknown one counts against beside keys of others, a doubt is a word written for a value."""


def judged(
    reader: "BodyReader", value: dict[str, Any], pointer: str, level: ObjectLevel | None
) -> tuple[ObjectLevel | None, bool]:
    """The level of an object that is a payload or a bundle by its keys, and whether it is a bundle, by what it holds.

    A bundle is none if no part of it is a payload, and no facts stand beside them. What a program gives always counts.
    """
    if not reader.document.source.data:
        return level, is_bundle(value, level)
    level = level if level and _is_payload(reader, value, pointer) else None
    if not is_bundle(value, level):
        return level, False
    lists = [value[key] or [{}] for key in AD_GROUP_LISTS if key in value]
    groups = [one for entries in lists if isinstance(entries, list) for one in entries]
    parts = [one for one in (value.get("campaign"), *groups) if isinstance(one, dict)]
    is_certain = not (parts and {"facts", "ads"}.isdisjoint(value))
    return level, is_certain or any(_is_payload(reader, one, pointer) for one in parts)


def _is_payload(reader: "BodyReader", value: dict[str, Any], pointer: str) -> bool:
    """Whether an object that has the keys of a payload is one by what it holds."""
    steps, level = pointer.split("/"), level_of(value)
    own = OWN_IDS[level] if level else ""
    is_named = any(isinstance(value.get(name), str) for name in NAME_FIELDS.values())
    others = 2 * len(OTHER_FIELDS.intersection(value)) + 2 * any(letters_of(step) in AD_SETS for step in steps)
    others += 2 * (level == "adgroup" and len(OF_AD_SETS.intersection(value)) > 1)
    is_table = not steps[-1].isdigit() and any(letters_of(step) in _TABLES for step in steps[-2:])
    said = [_of_value(key, _fields()[key], value[key]) for key in (_fields().keys() & value.keys()) - (_SHARED - {own})]
    if own in value and _of_value(own, ID, value[own]) == _FOR:
        said += [_FOR, _FOR]
    if others and not is_named:
        said += [_AGAINST] * others + [_DOUBT] * said.count(_UNKNOWN)
    said += [_AGAINST] * 3 * is_table
    favour, against, is_certain = said.count(_FOR), sum(one < 0 for one in said), _AGAINST in said
    is_none = against >= favour + 2 + (is_named and not is_certain) or (is_certain and not favour)
    reader.extracted.foreign += is_none and others > 0 and not is_named
    return not is_none


def _of_value(key: str, spec: Spec, entry: Any) -> int:
    """What a value says under the key of a field."""
    if entry is None or entry in ("", [], {}):
        return _NOTHING
    if isinstance(spec, Either):
        return max(_of_value(key, one, entry) for one in spec)
    if isinstance(entry, OwnList | OwnMapping) or (isinstance(entry, dict) and is_reference(entry)):
        return _FOR
    if isinstance(entry, dict):
        if isinstance(spec, Shape) and not spec.fields.keys().isdisjoint(map(snake_case, entry)):
            return _FOR
        if isinstance(spec, ListOf | Shape):
            return _DOUBT if _OF_FIELDS.isdisjoint(map(letters_of, entry)) else _AGAINST
        is_amount = spec in (NUMBER, INTEGER) and any(type(one) in (int, float) for one in entry.values())
        return _NOTHING if is_amount else _AGAINST
    if isinstance(entry, list):
        if isinstance(spec, ListOf):
            return _AGAINST if any(isinstance(one, str) and " " in one for one in entry) else _FOR
        return _AGAINST if len(entry) > 1 else min(_NOTHING, _of_value(key, spec, entry[0]))
    if isinstance(entry, bool):
        return _FOR if spec is BOOLEAN else _AGAINST
    if isinstance(entry, int | float):
        return _FOR if spec in (ID, INT64, NUMBER, INTEGER) else _AGAINST if isinstance(spec, Shape) else _NOTHING
    return _of_text(key, spec, str(entry))


def _of_text(key: str, spec: Spec, text: str) -> int:
    """What a text says."""
    values, letters, words = _choices().get(key, ()), letters_of(text), text.lower().replace("_", " ").split()
    if is_placeholder(text, in_id=spec in (ID, INT64)) or near_values(text, values):
        return _FOR
    is_label = letters in _OF_FIELDS or (letters_of(key) in letters and text != text.upper())
    if is_label or text[0] == text[-1] == "'":
        return _AGAINST
    if spec in (ID, INT64, NUMBER, INTEGER) and len(words) <= _MOST_WORDS:
        return _FOR if any(map(str.isdigit, text)) else _DOUBT if text.isascii() else _AGAINST
    if spec is BOOLEAN:
        return _FOR if letters in _TRUTHS else _AGAINST
    if isinstance(spec, ListOf | Shape) and (text.lstrip().startswith(("{", "[")) or text.isdigit()):
        return _FOR
    if spec is TEXT and not values:
        return _NOTHING
    if text == text.upper() and text.isascii():
        return _UNKNOWN
    own = {word for value in values for word in value.lower().split("_")}
    begun = {word[:_BEGINNING] for word in own.difference(key.split("_")) if len(word) >= _BEGINNING}
    is_like = not (own | _words()).difference(key.split("_")).isdisjoint(words)
    if not _OF_MESSAGES.isdisjoint(words):
        return _AGAINST
    if is_like or any(word[:_BEGINNING] in begun for word in words):
        return _FOR if len(words) <= _MOST_WORDS else _NOTHING
    return _DOUBT if len(words) == 1 and words[0] not in key.split("_") else _AGAINST


@cache
def _fields() -> dict[str, Spec]:
    """The fields of campaigns, ad groups and ads."""
    return {name: spec for model in MODELS.values() for name, spec in SHAPES[f"{model}Update"].fields.items()}


@cache
def _choices() -> dict[str, tuple[str, ...]]:
    """The values of their fields that take one of some."""
    choices = {name: tuple(spec) for name, spec in _fields().items() if isinstance(spec, frozenset)}
    for path, values in VALUES.items():
        model, _, name = path.partition(".")
        if model in MODELS.values():
            choices[name] = (*choices.get(name, ()), *values.valid)
    return {**choices, "objective_type": OBJECTIVES}


@cache
def _words() -> frozenset[str]:
    """The words of all their values, but for the last ones of the names of fields, as `type`."""
    words = {word for values in _choices().values() for value in values for word in value.lower().split("_")}
    return frozenset(words.difference(name.rpartition("_")[2] for name in _fields()))
