"""What the value of a field says of the object around it: that it is a payload, or a table with the names of fields."""

import re
from functools import cache
from typing import Any, Final, NamedTuple

from splint.payloads.keys import word_of
from splint.payloads.known import IDS, LITTLE, MANY, SHARED, fields, foreign_keys, has_slip, is_given, is_of_others
from splint.payloads.validation import is_absent
from splint.schema.kinds import BOOLEAN, ID, INT64, INTEGER, NUMBER, TEXT, Either, ListOf, Shape, Spec
from splint.schema.nearest import letters_of, near_values, snake_case
from splint.schema.placeholders import OwnList, OwnMapping, is_placeholder, is_reference
from splint.schema.platforms import AD_SETS, OF_AD_SETS, OTHER_FIELDS, OTHER_TARGETS
from splint.schema.table import SHAPES
from splint.schema.values import VALUES
from splint.schema.vocabulary import MODELS, NAME_FIELDS, OBJECTIVES, OWN_IDS, level_of

_OF_FIELDS: Final = frozenset(
    {
        *("string", "str", "text", "varchar", "number", "int", "integer", "float", "double", "decimal", "boolean"),
        *("bool", "object", "array", "list", "enum", "any", "required", "optional", "hidden", "name", "asc", "desc"),
        *("bigint", "numeric", "example", "description", "label", "title", "old", "new", "from", "to", "gte", "lte"),
        *("gt", "lt", "eq", "ne", "in"),
    }
)
"""What a table of fields says of one, by its letters: its type, its order, or whether it has to be there."""
_OF_MESSAGES: Final = frozenset({"is", "must", "required", "invalid", "valid", "should", "not", "please", "this"})
"""Words of messages and sentences, and of no value."""
_OF_DRAFTS: Final = frozenset({"tbd", "tba", "todo", "na", "n/a", "?", "pending", "xxx", ""})
"""The letters of what stands in a draft for a value that is not known yet."""
_TRUTHS: Final = frozenset({"true", "false", "on", "off", "yes", "no", "enabled", "disabled", "1", "0"})
_AROUND_VALUES: Final = frozenset({"type", "value", "values", "code", "key", "id"})
"""The letters of keys under which programs put the value of a field."""
_BEGINNING: Final = 5
"""The letters that two forms of a word have in common."""
_MOST_WORDS: Final = 3
"""The most words of what is written for a value."""
_AMOUNT: Final = (
    r"(?:[A-Z]{3}\s|[^\w\s\"'(.#/-]{1,2}\s?)?\d[\d.,]*[kK%]?\s?"
    r"(?:[^\W\d_]{1,8}|[^\w\s])?(?:[\s/](?:per |a )?(?:day|week|month))?"
)
"""What is written for a number: `$500`, `50 USD per day`."""
_CODE: Final = r"[|\[\]{}=<>\\]|\w\(|[A-Za-z_]\.[A-Za-z_]|^[.#/$:]"
"""What paths, patterns, and expressions of programs have."""
_OF_A_FORM: Final = r"(?:please )?(?:enter|select|choose|pick)\s"
"""How a form asks for a choice."""
_OF_A_DESCRIPTION: Final = r"(?:the|one of|required|optional|must)\b"
"""How a sentence begins that tells what a choice is for."""
_OF_TEXTS: Final = frozenset({"creative_list", "ad_text_list", "landing_page_url_list", "call_to_action_list"})
"""The lists of ads that people write texts in."""
NUMBERS: Final = (ID, INT64, NUMBER, INTEGER)
_TIKTOKS: Final = frozenset({"OCPM", "CONVERT", "WEBSITE"})
"""The values of one word that only TikTok has."""
OF_OTHERS: Final = frozenset({"LEAD_GENERATION", "VIDEO_VIEWS", "LANDING_PAGE_VIEW", "PAGE_VISIT", "APP_INSTALL"})
"""Those of several words that other platforms have, too."""
_TABLES: Final = frozenset(
    {
        *("labels", "errors", "messages", "translations", "columns", "headers", "titles", "placeholders", "tooltips"),
        *("helptexts", "fieldlabels", "columnnames", "headernames", "rename", "renames", "mapping", "fieldmap"),
        *("term", "match", "sort", "stream"),
    }
)
"""The keys of tables of fields, and of queries and records by fields, by their letters."""
_CHOICE: Final = r"[A-Za-z]+(?:[ _-][A-Za-z]+)*"
"""A text of words alone, as what is written for a choice."""
_KEYS: Final = frozenset(
    {
        *("budget_optimize_on", "sales_destination", "targeting_optimization_mode"),
        *("conversion_bid_price", "creative_list", "landing_page_url_list"),
    }
)
"""Fields that are called so at TikTok alone: with one of these keys of others say nothing."""
FOR, HINT, UNKNOWN, NOTHING, DOUBT, AGAINST = 3, 2, 1, 0, -1, -2
"""What a value says: a hint does not count, but keeps an object from being passed over without a word; an unknown one
counts against beside keys of others; a doubt is a word written for a value."""


class Weighed(NamedTuple):
    """What the fields of an object that has the keys of a payload say."""

    says: int
    """1 that it is a payload, 0 that it may be, or -1."""
    exact: int = 0
    """The values that only TikTok has."""
    is_of_others: bool = False
    """Whether it is an object of another platform."""
    is_certain: bool = False
    """Whether a value stands in it that only TikTok has, or such a value but for a slip."""
    is_unlike: bool = False
    """Whether something speaks against it, and nothing for it."""


def weighed(value: dict[str, Any], pointer: str, weak: frozenset[str] = frozenset()) -> Weighed:
    """What the fields of an object at a pointer say that has the keys of a payload; what is absent says nothing.

    What `weak` names are ids that may be anybody's.
    """
    level = level_of({key: entry for key, entry in value.items() if not is_absent(entry)})
    if level is None and level_of(value):
        return Weighed(-1)
    written, value = value, {key: entry for key, entry in value.items() if is_given(entry)}
    if not value:
        return Weighed(int(level is not None))
    steps = pointer.split("/")
    own = OWN_IDS[level] if level else ""
    is_table = not steps[-1].isdigit() and any(letters_of(step) in _TABLES for step in steps[-2:])
    is_table |= any(isinstance(one, str) and len(one) > 1 and one[0] == one[-1] == "'" for one in value.values())
    shared = (SHARED - {own}) | weak
    held = {key: value[key] for key in (fields().keys() & value.keys()) - shared}
    count = {key: count_of(key, fields()[key], entry) for key, entry in held.items()}
    names = [name for name in NAME_FIELDS.values() if isinstance(value.get(name), str)]
    if not (exact := sum(count.values())) and is_of_others(written) and not names and (IDS | _KEYS).isdisjoint(value):
        return Weighed(-1, is_of_others=True)  # WEB_CONVERSION is a value of Pinterest's
    if exact > is_table or (not is_table and any(_is_slip(*one) for one in held.items())):
        return Weighed(1, exact, is_certain=True)
    others = 2 * len(OTHER_FIELDS.intersection(value)) + 2 * any(letters_of(step) in AD_SETS for step in steps)
    others += 2 * (level == "adgroup" and len(OF_AD_SETS.intersection(value)) > 1)
    others += 2 * (isinstance(spec := value.get("targeting_spec"), dict) and not OTHER_TARGETS.isdisjoint(spec))
    numbers = [key for key, entry in held.items() if type(entry) in (int, float)]
    if all(fields()[key] in NUMBERS for key in numbers):
        numbers = []  # else they are the columns of a table, or their sizes
    said = [said_by(key, fields()[key], entry) for key, entry in held.items() if not count[key] and key not in numbers]
    said += [AGAINST] * len(numbers)
    ids = [key for key in ({*IDS, own} & value.keys()) - weak if said_by(key, ID, value[key]) == FOR]
    said += [FOR] * (2 * (own in ids))
    if others and not names:
        said += [AGAINST] * others + [DOUBT] * said.count(UNKNOWN)
    is_form = any(re.match(_OF_A_FORM, str(value[key]), re.IGNORECASE) for key in choices_of().keys() & held.keys())
    said += [AGAINST] * (3 * is_table + 2 * is_form)
    is_little = len(held) - len(names) <= LITTLE and _KEYS.isdisjoint(written)
    unlike = foreign_keys(written, level) if is_little and not ids else 0
    unlike = unlike if unlike >= MANY else 0
    texts = {key for key in SHARED if isinstance(value.get(key), str)}
    has_digits = any(str(value.get(key)).isdigit() for key in texts | weak)
    is_hint = has_digits and (not (others or unlike) or (weak & IDS and len(held) > len(names)))
    if is_hint or (unlike and has_slip(written, level)):
        said.append(HINT)
    favour, against, is_certain = exact + said.count(FOR), sum(one < 0 for one in said), AGAINST in said
    most = favour if unlike else favour + 1 + (bool(names) and not is_certain)
    says_some, is_unlike = favour > 0 or HINT in said, against > 0 and favour == 0
    if (
        against + unlike <= most
        and (favour or not is_certain)
        and (says_some or len(names) < 2 or len(held) > len(names))
    ):
        return Weighed(1, exact, is_unlike=is_unlike)
    has_theirs = others > 0 and not names
    return Weighed(0 if says_some and not (is_table or has_theirs) else -1, exact, has_theirs)


def _is_slip(key: str, entry: Any) -> bool:
    """Whether a text is a value that only TikTok has but for its case, a sign between its words or a letter."""
    if not isinstance(entry, str) or re.fullmatch(_CHOICE, entry.strip()) is None:
        return False
    return any(count_of(key, fields()[key], near) for near in near_values(entry, choices_of().get(key, ())))


def count_of(key: str, spec: Spec, entry: Any, *, model: str = "", in_list: bool = False) -> int:
    """How many values that only TikTok has stand in a field; ids and texts count in its lists."""
    if isinstance(spec, Either):
        return max(count_of(key, one, entry, model=model, in_list=in_list) for one in spec)
    if isinstance(spec, Shape) and isinstance(entry, dict):
        known = spec.fields.keys() & entry.keys()
        return sum(count_of(name, spec.fields[name], entry[name], model=spec.name, in_list=in_list) for name in known)
    if isinstance(spec, ListOf) and isinstance(entry, list):
        return sum(count_of(key, spec.item, one, model=model, in_list=True) for one in entry)
    if not isinstance(entry, str) or not entry:
        return 0
    values = VALUES.get(f"{model}.{key}") if model else None
    choices = (
        spec if isinstance(spec, frozenset) else values.valid if values else () if model else choices_of().get(key)
    )
    if choices:
        return entry in choices and (entry in _TIKTOKS or ("_" in entry and entry not in OF_OTHERS))
    if not in_list or not model or letters_of(key) in letters_of(entry):
        return in_list and spec in (ID, INT64) and entry.isdigit()
    return entry.isdigit() if spec in (ID, INT64) else spec is TEXT and letters_of(entry) not in _OF_FIELDS


def said_by(key: str, spec: Spec, entry: Any) -> int:
    """What a value says under the key of a field."""
    if not is_given(entry):
        return NOTHING
    if isinstance(spec, Either):
        return max(said_by(key, one, entry) for one in spec)
    if isinstance(entry, OwnList | OwnMapping) or (isinstance(entry, dict) and is_reference(entry)):
        return FOR
    if isinstance(entry, dict):
        if not _OF_FIELDS.isdisjoint(map(letters_of, entry)):
            return AGAINST
        if isinstance(spec, Shape) and not spec.fields.keys().isdisjoint(map(snake_case, entry)):
            return FOR
        if isinstance(spec, ListOf) and any(count_of(key, spec, one) for one in ([entry], [*entry.values()])):
            return FOR if isinstance(spec.item, Shape) or _is_around_value(key, entry) else AGAINST
        if isinstance(spec, ListOf | Shape):
            return HINT if any(word_of(one, SHAPES["Targeting"]) for one in entry) else DOUBT
        is_amount = spec in NUMBERS and any(type(one) in (int, float) for one in entry.values())
        is_choice = not set(choices_of().get(key, ())).isdisjoint(map(str, entry.values()))
        return HINT if is_amount or (is_choice and _is_around_value(key, entry)) else AGAINST
    if isinstance(entry, list):
        if isinstance(spec, ListOf):
            if all(isinstance(one, str) for one in entry):
                return NOTHING if key in _OF_TEXTS else AGAINST if any(" " in one for one in entry) else FOR
            return FOR
        return AGAINST if len(entry) > 1 else min(NOTHING, said_by(key, spec, entry[0]))
    if isinstance(entry, bool):
        return NOTHING if spec is BOOLEAN else AGAINST
    if isinstance(entry, int | float):
        return FOR if spec in NUMBERS else AGAINST
    return said_by_text(key, spec, str(entry))


def _is_around_value(key: str, entry: dict[str, Any]) -> bool:
    """Whether an object is one around a value, as `{"type": ...}`: a map has names of somebody's own for its values."""
    return all(one.isdigit() or letters_of(one) in (*_AROUND_VALUES, *key.split("_")) for one in entry)


def said_by_text(key: str, spec: Spec, text: str) -> int:
    """What a text says."""
    values, letters, words = choices_of().get(key, ()), letters_of(text), text.lower().replace("_", " ").split()
    if letters.rstrip("0123456789") in _OF_FIELDS and re.fullmatch(r"[\w(), ]+", text):
        return AGAINST
    if is_placeholder(text, in_id=spec in (ID, INT64)) or near_values(text, values):
        return NOTHING if spec is TEXT and not values else FOR
    if values and len(words) > _MOST_WORDS and re.match(_OF_A_DESCRIPTION, text, re.IGNORECASE):
        return AGAINST
    if not set(values).isdisjoint(text.split()):
        return HINT
    if (
        text[0] == text[-1] == "'"
        or re.fullmatch(r"\^.*\$", text)  # a whole pattern, also in place of a name
        or (letters_of(key) in letters and (text != text.upper() or letters == letters_of(key)))
    ):
        return AGAINST
    if letters in _OF_DRAFTS:
        return HINT
    if spec is TEXT and not values:
        return NOTHING
    if isinstance(spec, ListOf | Shape):
        if text.lstrip().startswith(("{", "[")) or text.isdigit():
            return FOR
        if key == "creative_list" and text.replace(" ", "").isalpha():
            return AGAINST  # it is a title
        if key in _OF_TEXTS:
            return NOTHING
    if spec in NUMBERS and re.fullmatch(_AMOUNT, text.strip()):
        return FOR
    if re.search(_CODE, text) or (spec in (NUMBER, INTEGER) and any(map(str.isdigit, text))):
        return AGAINST
    if spec in NUMBERS:
        return DOUBT if len(words) <= _MOST_WORDS and text.isascii() else AGAINST
    if spec is BOOLEAN:
        return FOR if letters in _TRUTHS else AGAINST
    if text == text.upper() and text.isascii():
        return UNKNOWN
    own = {word for value in values for word in value.lower().split("_")}
    begun = {word[:_BEGINNING] for word in own.difference(key.split("_")) if len(word) >= _BEGINNING}
    is_like = not (own | _words()).difference(key.split("_")).isdisjoint(words)
    if not _OF_MESSAGES.isdisjoint(words) or (values and any(map(str.isalpha, re.sub(r"[\0-\x7f]", "", text)))):
        return AGAINST
    if is_like or any(word[:_BEGINNING] in begun for word in words):
        return FOR if len(words) <= _MOST_WORDS else NOTHING
    return DOUBT if len(words) == 1 and words[0] not in key.split("_") else AGAINST


@cache
def choices_of() -> dict[str, tuple[str, ...]]:
    """The values of their fields that take one of some."""
    choices = {name: tuple(spec) for name, spec in fields().items() if isinstance(spec, frozenset)}
    for path, values in VALUES.items():
        model, _, name = path.partition(".")
        if model in MODELS.values():
            choices[name] = (*choices.get(name, ()), *values.valid)
    return {**choices, "objective_type": OBJECTIVES}


@cache
def _words() -> frozenset[str]:
    """The words of all their values, but for the last ones of the names of fields, as `type`."""
    words = {word for values in choices_of().values() for value in values for word in value.lower().split("_")}
    return frozenset(words.difference(name.rpartition("_")[2] for name in fields()))
