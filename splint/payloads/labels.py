"""Objects with the field names of a payload that are none: tables of labels, types or messages, and Meta's ad sets."""

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from splint.schema.kinds import BOOLEAN, ID, INT64, INTEGER, NUMBER, TEXT, Either, ListOf, Shape, Spec
from splint.schema.nearest import letters_of, near_values
from splint.schema.placeholders import OwnList, OwnMapping, is_placeholder, is_reference
from splint.schema.table import SHAPES
from splint.schema.values import VALUES
from splint.schema.vocabulary import MODELS, NESTED, PAYLOAD_NAMES, ObjectLevel

if TYPE_CHECKING:
    from splint.payloads.bodies import BodyReader

_OF_FIELDS: Final = frozenset(
    {
        *("string", "str", "text", "varchar", "number", "int", "integer", "float", "double", "decimal", "boolean"),
        *("bool", "object", "array", "list", "enum", "any", "required", "optional", "hidden", "name"),
    }
)
"""What a table of fields says of one, by its letters: its type, or whether it has to be there."""
_TABLES: Final = frozenset(
    {
        *("labels", "errors", "messages", "translations", "columns", "headers", "titles", "placeholders", "tooltips"),
        *("helptexts", "fieldlabels", "columnnames", "headernames", "rename", "renames", "mapping", "fieldmap"),
    }
)
"""The keys of tables in which a name is a label too, by their letters."""
_BEGINNING: Final = 5
"""The letters that two forms of a word have in common."""
_METAS: Final = frozenset(
    {
        *("daily_budget", "lifetime_budget", "targeting", "bid_amount", "bid_strategy", "promoted_object", "status"),
        *("attribution_spec", "effective_status", "start_time", "end_time", "pacing_type", "account_id", "adset_id"),
    }
)
"""Fields of Meta's ad sets that TikTok's ad groups have not."""
_AD_SETS: Final = frozenset({"adset", "adsets"})
"""The letters of keys of such ad sets."""
_CHOICES_OF_BOTH: Final = ("optimization_goal", "billing_event")
"""Their choices that both call so."""


def level_by_values(
    reader: "BodyReader", level: ObjectLevel, value: dict[str, Any], pointer: str
) -> ObjectLevel | None:
    """The level of an object that is `level` by its keys; None for what is none by what it holds, in a file."""
    if not reader.document.source.data:
        return level
    if level == "adgroup" and _is_of_meta(value, pointer):
        reader.extracted.foreign += 1
        return None
    return None if _are_labels(value, pointer) else level


def _is_of_meta(value: dict[str, Any], pointer: str) -> bool:
    """Whether an object is an ad set of Meta's: it has two of its fields, a choice that is not TikTok's, and no more.

    What both have besides is the campaign's id. Below the key of ad sets no field has to be Meta's.
    """
    if not _fields().keys() & value.keys() <= {*_CHOICES_OF_BOTH, "campaign_id"}:
        return False
    if len(_METAS.intersection(value)) < 2 and all(letters_of(step) not in _AD_SETS for step in pointer.split("/")):
        return False
    chosen = [(value.get(key), _choices()[key]) for key in _CHOICES_OF_BOTH]
    return any(isinstance(choice, str) and choice and choice.upper() not in known for choice, known in chosen)


def _are_labels(value: dict[str, Any], pointer: str) -> bool:
    """Whether an object at a pointer that is recognized as a payload by its keys is none by what they hold.

    No field holds what it may take, and one by which payloads are recognized what it never takes: a choice an object, a
    list, a truth or other words; an id or a number words; a name no text. A text for a name says that it is a payload,
    but in a table that is called so, and where of two other fields that hold none one has its key's own words.
    """
    if not NESTED.isdisjoint(value):
        return False
    is_printed = any(map(_is_quoted, value.values()))
    in_table = any(letters_of(step) in _TABLES for step in pointer.rsplit("/", 2)[1:])
    names: list[str] = []
    wrong: list[str] = []
    for key, entry in value.items():
        spec = _fields().get(key)
        if spec is None or entry is None or entry == "":
            continue
        fits = _fits(key, spec, entry, is_printed=is_printed, in_table=in_table)
        if fits:
            return False
        if fits is False:
            wrong.append(key)
        elif isinstance(entry, str) and spec is TEXT:
            names.append(key)
    if all(key not in PAYLOAD_NAMES for key in wrong):
        return False
    if not names or in_table:
        return True
    return len(wrong) > 1 and any(_is_label(key, value[key]) for key in wrong)


def _fits(key: str, spec: Spec, entry: Any, *, is_printed: bool, in_table: bool) -> bool | None:
    """Whether a field may hold a value; None for one that says nothing of that, as any text under a name."""
    if isinstance(spec, Either):
        either = {_fits(key, one, entry, is_printed=is_printed, in_table=in_table) for one in spec}
        return True if True in either else None if None in either else False
    if isinstance(entry, dict):
        if isinstance(spec, Shape):
            return None if not entry else not spec.fields.keys().isdisjoint(entry)
        return isinstance(entry, OwnMapping) or is_reference(entry)
    if isinstance(entry, list):
        if not isinstance(spec, ListOf):
            return isinstance(entry, OwnList)
        return None if not entry else not any(isinstance(one, str) and " " in one for one in entry)
    if isinstance(entry, bool):
        return None if spec is BOOLEAN else False
    if isinstance(entry, int | float):
        return None if isinstance(spec, frozenset) or key in _choices() else not isinstance(spec, ListOf | Shape)
    return _fits_text(key, spec, entry, is_printed=is_printed, in_table=in_table)


def _fits_text(key: str, spec: Spec, text: str, *, is_printed: bool, in_table: bool) -> bool | None:
    """The same of a text."""
    if is_placeholder(text, in_id=spec in (ID, INT64)):
        return True
    if _is_quoted(text) or _is_label(key, text):
        return False
    if spec in (ID, INT64):
        return any(map(str.isdigit, text)) and " " not in text
    if spec in (NUMBER, INTEGER):
        is_number = text.strip().lstrip("-").replace(".", "", 1).isdigit()
        return None if is_number and is_printed else is_number
    if spec is BOOLEAN or isinstance(spec, ListOf | Shape):
        return text.lstrip().startswith(("{", "[")) or text.lower() in ("true", "false")
    values = spec if isinstance(spec, frozenset) else _choices().get(key)
    return None if values is None else text == text.upper() or _is_like(text, values, key if in_table else "")


def _is_like(text: str, values: frozenset[str], key: str) -> bool:
    """Whether a text is written for one of some values, or has a word of one that is no word of a key."""
    if near_values(text, values):
        return True
    words = {word for value in values for word in value.lower().split("_")}.difference(key.split("_"))
    begun = {word[:_BEGINNING] for word in words if len(word) >= _BEGINNING}
    return any(word[:_BEGINNING] in begun for word in text.lower().replace("_", " ").split())


def _is_label(key: str, entry: object) -> bool:
    """Whether a text says what a field is: in the words of its key, all of them, or by its type."""
    if not isinstance(entry, str):
        return False
    letters = letters_of(entry)
    return letters in _OF_FIELDS or letters_of(key) in letters


def _is_quoted(entry: object) -> bool:
    """Whether a text is one as a program prints it, in quotes."""
    return isinstance(entry, str) and len(entry) > 1 and entry[0] == entry[-1] == "'"


@cache
def _fields() -> dict[str, Spec]:
    """The fields of campaigns, ad groups and ads."""
    return {name: spec for model in MODELS.values() for name, spec in SHAPES[f"{model}Update"].fields.items()}


@cache
def _choices() -> dict[str, frozenset[str]]:
    """The usual values of their fields that take a text, and mostly one of some."""
    known = [(name.partition(".")[::2], values.valid) for name, values in VALUES.items()]
    return {name: frozenset(valid) for (model, name), valid in known if model in MODELS.values()}
