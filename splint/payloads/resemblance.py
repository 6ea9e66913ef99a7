"""What means to be a payload, but is not recognized: a part of a bundle, fields misspelt, or fields without a mark."""

from collections import deque
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, NamedTuple

from splint.formats import escape
from splint.payloads.endpoints import read_endpoint, takes_body
from splint.payloads.evidence import count_of
from splint.payloads.keys import meant, written_for_value
from splint.payloads.known import fields, is_of_others
from splint.payloads.validation import is_absent, is_note
from splint.schema.envelopes import ENDPOINT_KEYS, begins_json, is_of_tool, is_passed_over, is_shown
from splint.schema.kinds import Spec, remembered
from splint.schema.nearest import letters_of, nearest, only_near, similarity, snake_case
from splint.schema.platforms import OF_ANYBODY
from splint.schema.table import SHAPES
from splint.schema.vocabulary import (
    AD_GROUP_LISTS,
    AD_LISTS,
    MODELS,
    OBJECT_LEVELS,
    OF_REQUESTS,
    ObjectLevel,
    level_of,
)

MOST_ENTRIES = 100
"""The most entries of a list that are looked at."""
MOST_OBJECTS = 1000
"""The most objects and lists below an object that are looked at."""
MOST_KEYS = 200
"""An object with more keys is no payload."""
PARTS: dict[str, ObjectLevel] = {
    "campaign": "campaign",
    **dict.fromkeys(AD_GROUP_LISTS, "adgroup"),
    **dict.fromkeys(AD_LISTS, "ad"),
}
"""The keys of a bundle that hold payloads, and of which level."""
_BY_LETTERS = {letters_of(name): name for name in reversed(PARTS)}  # `adgroups`, not `ad_groups`
MARKS = {"campaign": "objective_type", "adgroup": "adgroup_name", "ad": "creative_list"}
"""A field by which each level is recognized."""
STRONG: dict[str, type] = {"objective_type": str, "targeting_spec": dict, "creative_list": list}
"""Fields whose names others shorten (objective, targeting, creatives), with the type of what they hold."""
TIKTOKS = ("advertiser_id", "adgroup_id")
"""Ids that are called so at TikTok alone: beside one, a name that is close to a strong field's means that field."""
GENERIC = frozenset(
    {
        *("operation_status", "budget_mode", "min_budget", "max_budget", "bid_price", "campaign_type", "po_number"),
        *("catalog_enabled", "catalog_type", "schedule_type", "schedule_start_time", "schedule_end_time"),
        *("placement_type", "identity_type", "comment_disabled", "share_disabled", "product_source", "app_config"),
        *("phone_info", "page_list", "deeplink_list", "deeplink_type"),
    }
)
"""Fields of several words that others have too, so that they say little of what an object is; nor do ids and names."""
_OF_ANY = frozenset({"name", "type", "ads"}) | OF_ANYBODY
"""The keys of ad groups of any platform, though each is similar to a field of TikTok's, or the key of its ads."""
STEMS = ("campai", "objectiv", "adgrou", "adname", "creativ", "optimi", "promotiont", "targetin")
"""Letters of which one key at least has some, or none is taken for misspelt: strangers would cost thrice the time."""
LEAST_SIMILAR = 0.9
"""Of a field's name that is misspelt: about one letter of ten."""


Meant = Callable[[dict[str, Any], dict[str, Any]], bool]
"""Whether an object is meant as a payload: as it is written, and as it is with its keys as they are known."""


class Resemblance(NamedTuple):
    """A key that suggests a payload."""

    pointer: str
    """Of the key that is wrong, or of the part of a bundle without a field that is known."""
    key: str
    field: str
    """The field that it is nearest to, or that the part or object lacks."""
    part: str = ""
    """The key of the bundle's part around or at it."""
    level: ObjectLevel | None = None
    """What `key` is a field of where it is spelt right."""
    is_open: bool = False
    """Whether the object has the keys of a payload, but too few of its values; `field` is one of those, then."""
    is_in_text: bool = False
    """Whether `key` stands in a text at the pointer."""


def resemblance_of(value: dict[str, Any] | str, base: str, *, in_prose: bool) -> Resemblance | None:
    """The first sign that an object at the top of a document means to be a payload, but holds none; None without any.

    A part of a bundle counts if it is an object or a list of objects: what is called `campaign` elsewhere is mostly a
    text. One that is empty counts where it is all that there is. Other spellings count where the object, or one a step
    below it, would be recognized without them and has a second field, or where it has three fields of one level:
    `appId` or `promotionType` alone says nothing. Fields that are spelt right count if there are three of one level,
    and one that only TikTok has. Examples in prose are often parts: there only spellings count.
    """
    if isinstance(value, str):
        return in_text(value, base) if begins_json(value) else None
    if len(value) > MOST_KEYS or level_of(value) is not None:  # of labels, and the like
        return None
    if resemblance := respelled(value, base, is_loose=not in_prose) or _in_capitals(value, base):
        return resemblance
    if not in_prose:
        resemblance = (
            next(_parts(value, base), None)
            or _empty(value, base)
            or _shortened(value, base)
            or _unmarked(value, base)
            or next(_listed(value, base), None)
        )
    return resemblance or next(below(value, base), None)


def is_passed_for_one(value: object) -> bool:
    """Whether an entry of a list of payloads is nothing, no object, or an object with a field of some.

    An answer of the API is none, nor does an id say so that others beside payloads carry.
    """
    if not isinstance(value, dict) or not value:
        return True
    is_answer = "code" in value and not value.keys().isdisjoint(("message", "data"))
    return not is_answer and not (_names() - OF_REQUESTS).isdisjoint(value)


def are_ad_groups(around: dict[str, Any], entries: list[Any]) -> bool:
    """Whether an object of the list under the key of ad groups has a key that is or means a field of TikTok's.

    All are TikTok's beside facts or an id that is. Among the ads of such an object may be one of TikTok's too, and an
    object around an ad group is as good.
    """
    groups = [one for one in entries if isinstance(one, dict)]
    if groups and not around.keys().isdisjoint((*TIKTOKS, "request_id", "campaign_id", "facts")):
        return True
    return any(any(map(_is_tiktoks, group, group.values())) or _has_tiktoks_ads(group.get("ads")) for group in groups)


def _is_tiktoks(key: str, value: Any) -> bool:
    """Whether a key of an ad group is a field of TikTok's, or written for one that other platforms' have not."""
    if key in _fields_of("adgroup") or (isinstance(value, dict) and level_of(value) is not None):
        return True
    name = None if snake_case(key) in _OF_ANY else written_for_value(key, value, SHAPES["AdGroup"])
    return name is not None and name not in (*TIKTOKS, "campaign_id")


def _has_tiktoks_ads(ads: object) -> bool:
    """Whether a list of ads has one with a field, whatever its spelling, that others have not."""
    objects = [one for one in ads if isinstance(one, dict)] if isinstance(ads, list) else []
    return any(is_telling(field_like(key, is_near=True)) for one in objects for key in one)


def respelled(
    value: dict[str, Any], base: str, *, is_loose: bool = False, is_meant: Meant | None = None
) -> Resemblance | None:
    """The first key of an object that is a field of a payload but for its spelling, if the object resembles one.

    `is_loose` lets three fields be enough; else those that are known may have to say that it is one. What describes
    fields has objects where payloads have texts and numbers.
    """
    if is_meant is not None and len(value) > MOST_KEYS:
        return None
    letters = letters_of("\n".join(value))
    is_near = any(stem in letters for stem in STEMS)
    if not is_near and _fields().keys().isdisjoint(letters.split("\n")):
        return None
    names = {key: field_like(key, is_near=is_near) for key in value}
    changed = [key for key, name in names.items() if name and name != key]
    if all(isinstance(value[key], dict) for key in changed):
        return None
    as_known = {name or key: value[key] for key, name in names.items()}
    level = level_of(as_known)
    for other in OBJECT_LEVELS:
        count = len(as_known.keys() & _fields_of(other).keys())
        telling = sum(is_telling(names[key]) for key in changed)
        is_one = other == level and count >= 2 and (is_meant is None or (telling >= 2 and is_meant(value, as_known)))
        if is_one or (is_loose and count >= 3 and telling >= 2):
            key = max(changed, key=lambda key: names[key] in MARKS.values() or names[key].endswith("_name"))
            return Resemblance(f"{base}/{escape(key)}", key, names[key])
    return None


def _in_capitals(value: dict[str, Any], base: str) -> Resemblance | None:
    """The key of an endpoint in capitals, as `Url`, of a request to Smart+: its body is read nowhere."""
    for key in value:
        if key.lower() in ENDPOINT_KEYS and key.lower() not in value and isinstance(value[key], str):
            endpoint = read_endpoint(value[key])
            if endpoint.is_tiktok and not endpoint.is_bare and takes_body(endpoint.path):
                return Resemblance(f"{base}/{escape(key)}", key, key.lower())
    return None


def below(value: dict[str, Any] | list[Any], base: str, *, is_meant: Meant | None = None) -> Iterator[Resemblance]:
    """The misspelt fields of objects below an object, the nearest first, and at the key of what a text there holds."""
    pending: deque[tuple[str, Any]] = deque([(base, value)])
    for _ in range(MOST_OBJECTS):
        if not pending:
            return
        around, within = pending.popleft()
        entries = enumerate(within[:MOST_ENTRIES]) if isinstance(within, list) else within.items()
        for key, entry in entries:
            pointer = f"{around}/{escape(str(key))}"
            if isinstance(key, str) and (is_note(key) or is_passed_over(key, entry)):
                continue
            if isinstance(key, str) and (is_meant or isinstance(entry, str)) and is_shown(key):
                continue
            if isinstance(entry, str):
                near = in_text(entry, pointer, is_meant=is_meant) if begins_json(entry) else None
            else:
                is_object = isinstance(entry, dict) and len(entry) <= MOST_KEYS
                near = respelled(entry, pointer, is_meant=is_meant) if is_object else None
            if near is not None:
                yield near
            if isinstance(entry, list | dict) and len(entry) <= MOST_KEYS and not (is_meant and is_of_tool(entry)):
                pending.append((pointer, entry))


def in_text(text: str, pointer: str, *, is_meant: Meant | None = None) -> Resemblance | None:
    """The first misspelt field of what a text of JSON holds, at the text."""
    letters = letters_of(text)
    if not any(stem in letters for stem in STEMS):
        return None
    from splint.payloads.texts import read  # few objects have such a text

    inner = getattr(read(text), "value", None)
    near = next(below([inner], "", is_meant=is_meant), None) if isinstance(inner, dict | list) else None
    return None if near is None else near._replace(pointer=pointer, is_in_text=True)


def _shortened(value: dict[str, Any], base: str) -> Resemblance | None:
    """A short name of a strong field beside an id of TikTok's, or a value that only TikTok has."""
    known = fields().keys() & value.keys()
    if value.keys().isdisjoint(TIKTOKS) and not any(count_of(key, fields()[key], value[key]) for key in known):
        return None
    for key, entry in value.items():
        field = nearest(key, STRONG) if isinstance(entry, str | dict | list) else None
        if field is not None and isinstance(entry, STRONG[field]):
            return Resemblance(f"{base}/{escape(key)}", key, field)
    return None


def _unmarked(value: dict[str, Any], base: str) -> Resemblance | None:
    """A field of a payload in an object that has three of one level, but none by which it is recognized."""
    counted = {level: [key for key in value if key in _fields_of(level)] for level in OBJECT_LEVELS}
    level = max(OBJECT_LEVELS, key=lambda level: len(counted[level]))
    telling = [key for key in counted[level] if is_telling(key) and key not in GENERIC]
    if len(counted[level]) < 3 or not telling:
        return None
    return Resemblance(f"{base}/{escape(telling[0])}", telling[0], MARKS[level], level=level)


def _parts(value: dict[str, Any], base: str) -> Iterator[Resemblance]:
    """The parts of a bundle that an object holds, unless one is another platform's."""
    for key, entry in () if any(map(is_of_others, value.values())) else value.items():
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
        if key == part:  # what is recognized by its keys, and was read as no payload, is a table of labels
            objects = [(at, one) for at, one in objects if level_of(one) is None]
        if not objects:
            continue
        if key != part:
            yield Resemblance(pointer, key, part)
            return
        fields = _fields_of(PARTS[part])
        for at, one in objects:
            for name in one:
                close = nearest(name, fields)
                if close is not None and close.endswith("_id") and not name.lower().endswith("id"):
                    close = meant(name, SHAPES[MODELS[PARTS[part]]])  # `campaignBudget` is no id
                if close is not None and name not in fields:
                    yield Resemblance(f"{at}/{escape(name)}", name, close, part)
                    return
        level = PARTS[part]
        known = ((at, name) for at, one in objects for name in one if name in fields and name not in GENERIC)
        at, name = next(known, ("", ""))
        if name:
            yield Resemblance(f"{at}/{escape(name)}", name, MARKS[level], level=level)
            return
        yield Resemblance(pointer, key, MARKS[level], part)


def _empty(value: dict[str, Any], base: str) -> Resemblance | None:
    """A part of a bundle that holds nothing, where nothing else is: `adgroups` is called so in bundles alone."""
    keys = [key for key in value if not is_note(key)]
    blank = [key for key in PARTS if key in keys and _is_blank(value[key])]
    key = next((key for key in blank if key in AD_GROUP_LISTS or len(blank) == len(keys)), None)
    if key is None:
        return None
    return Resemblance(f"{base}/{escape(key)}", key, MARKS[PARTS[key]], part=key)


def _is_blank(value: Any) -> bool:
    return all(map(_is_blank, value)) if isinstance(value, list) else value == {} or is_absent(value)


def _listed(value: dict[str, Any], base: str) -> Iterator[Resemblance]:
    """A short name of a strong field beside a budget, in a list of campaigns: a bundle has one campaign."""
    for key, entry in value.items():
        if letters_of(key) == "campaigns" and isinstance(entry, list):
            for at, one in enumerate(entry[:MOST_ENTRIES]):
                if isinstance(one, dict) and any("budget" in name.lower() for name in one):
                    for name in one:
                        field = nearest(name, STRONG) if isinstance(one[name], str | dict | list) else None
                        if field is not None and isinstance(one[name], STRONG[field]):
                            yield Resemblance(f"{base}/{escape(key)}/{at}/{escape(name)}", name, field)


def _is_of_analytics(value: dict[str, Any]) -> bool:
    """Whether an object says where visitors come from, which analytics call a campaign too."""
    return any(key.lower() in ("source", "medium") or key.lower().startswith("utm") for key in value)


def is_telling(name: str) -> bool:
    """Whether the name of a field says that an object is a payload: it has several words, and is no id."""
    return "_" in name and not name.endswith(("_id", "_ids"))


def field_like(key: str, *, is_near: bool) -> str:
    """The field that a key is, whatever its spelling, or if `is_near`, but for a letter or two; empty if it is none."""
    if is_note(key):
        return ""
    return _fields().get(letters_of(key)) or (_misspelt(key) if is_near else "")


@remembered
def _misspelt(key: str) -> str:
    """The field of several words that a key is but for a letter or two; empty if it is none."""
    field = only_near(key, tuple(_fields().values())) if len(key) > len("campaign") else None
    if field is None or not is_telling(field):
        return ""
    return field if similarity(key.lower(), field) >= LEAST_SIMILAR else ""


def _fields_of(level: ObjectLevel) -> dict[str, Spec]:
    return SHAPES[f"{MODELS[level]}Update"].fields


@cache
def _names() -> frozenset[str]:
    return frozenset(_fields().values())


@cache
def _fields() -> dict[str, str]:
    return {letters_of(name): name for level in OBJECT_LEVELS for name in _fields_of(level)}
