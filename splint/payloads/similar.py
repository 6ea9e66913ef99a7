"""Which known names the keys of an object, or the entries of a list, resemble."""

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from splint.formats import Source
from splint.formats.json.reader import parse
from splint.formats.operations import same
from splint.payloads.keys import word_of
from splint.payloads.nodes import PRICES
from splint.payloads.validation import Violation, examine, is_empty, is_note
from splint.schema.envelopes import begins_json
from splint.schema.kinds import OBJECT, ListOf, Shape
from splint.schema.nearest import as_near, ending_in, is_respelled, nearest
from splint.schema.other_words import JUDGED_UNDER_NEAR_KEYS, is_harmless, says_bound, says_other, without_own_name
from splint.schema.table import SHAPES
from splint.schema.usual import moment
from splint.schema.vocabulary import AD_LISTS, MODELS, NESTED_MODELS, OWN_IDS, level_of

if TYPE_CHECKING:
    from splint.payloads.invalid_fields import UnknownField


_TOLD: Final = ("Campaign", "Targeting")
"""The shapes for whose fields other words are known that say for how much, when, whether and to whom something runs."""


class ById:
    """A value as a dictionary key, compared by identity."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ById) and self.value is other.value

    def __hash__(self) -> int:
        return id(self.value)


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


def near_names(fault: "UnknownField") -> tuple[str, ...]:
    """The known names that an unknown field is written for, as near to it as the nearest, which is the first.

    None for `old_campaign`: what is in it is judged as a campaign, but not to be sent as the one that is meant.
    """
    if (name := fault.nearest) is None or (fault.takes.name in JUDGED_UNDER_NEAR_KEYS and says_other(fault.field)):
        return ()
    if fault.word is not None:
        return fault.word.field, *fault.word.or_else
    return as_near(fault.field, name, (*fault.takes.fields,))


def is_lost(fault: "UnknownField") -> bool:
    """Whether leaving out an unknown field may change what its object means: all but a note, and what holds nothing.

    What is true or false under the name of a note is a switch: `comments: false`, and an object there may hold words
    for what a campaign has: `metadata: {"paused": true}`. What is written for a field gets its name; where that stands
    there too, it may go where it says the very same, a slip of the name as another word. So may a budget of an ad group
    with CBO where its campaign says as much.
    """
    if is_empty(fault.value) or fault.is_of_no_cbo:
        return bool(fault.lacked_above)
    if any(names := near_names(fault)):
        others = [held for held in map(fault.around.get, names) if not is_empty(held)]
        return bool(others) and not any(_says_same(fault, held) for held in others)
    return not is_harmless(fault.field) or isinstance(fault.value, bool) or _holds_words(fault.value)


def _holds_words(value: Any) -> bool:
    """Whether an object or a list holds a key that says something of money, time, state or audience, however deep."""
    inner = [value]
    for one in inner:
        if isinstance(one, dict):
            held = [key for key, content in one.items() if not is_empty(content)]
            if any(says_bound(key) or any(word_of(key, SHAPES[name]) for name in _TOLD) for key in held):
                return True
            inner += one.values()
        elif isinstance(one, list):
            inner += one
    return False


def _says_same(fault: "UnknownField", held: Any) -> bool:
    """Whether an unknown field says no more than a value of the field that it is written for, which stands there too.

    An equal amount does not where the key says for which days it is, and the budget's mode does not say so.
    """
    name, *values = fault.word.beside if fault.word is not None and fault.word.beside else ("",)
    is_of_kind = not name or fault.around.get(name) in values
    is_moment = (at := moment(fault.value)) is not None and at == moment(held)
    is_listed = fault.field in OWN_IDS.values() and isinstance(held, list)  # campaign_id beside campaign_ids
    return is_of_kind and (is_moment or same([fault.value] if is_listed else fault.value, held))


def may_rename(fault: "UnknownField", name: str) -> bool:
    """Whether an unknown field may be renamed: its object lacks `name`, no other key resembles it, its type fits."""
    field, fields, around = fault.field, fault.takes.fields, fault.around
    if name in PRICES and (around.get("bid_type") != "BID_TYPE_CUSTOM" or any(price in around for price in PRICES)):
        return False  # without a Cost Cap, or beside a price, nobody knows what an amount is for
    if not is_respelled(field, name) and field.endswith(("_id", "_ids")) != name.endswith(("_id", "_ids")):
        return False  # an id is never renamed to another field, nor the reverse
    is_own = without_own_name(field, fault.takes) == name
    if name.endswith(("_id", "_ids")) and not is_own and nearest(field, fields) != name:
        return False  # ad_id is another id than smart_plus_ad_id
    if name in around or similar_fields(ById(around), fault.takes)[name] > (likely(field, fault.takes) == name):
        return False
    spec = fields.get(name, OBJECT if name == "facts" else ListOf(OBJECT))
    if name in AD_LISTS and not holds_ads(fault):
        return False
    violations: list[Violation] = []
    examine(Shape(fault.takes.name, {name: spec}), {name: fault.value}, violations.append)
    return all(violation.kind == "placeholder" for violation in violations)


def holds_ads(fault: "UnknownField") -> bool:
    """Whether the value of a field is a list of ads."""
    entries = fault.value if isinstance(fault.value, list) else ()
    return bool(entries) and all(isinstance(entry, dict) and level_of(entry) == "ad" for entry in entries)


def objects_in_text(fault: "UnknownField") -> list[dict[str, Any]]:
    """The ad groups or ads in a string of JSON whose key is a misspelt one of such a list."""
    model = NESTED_MODELS.get(fault.nearest or "") if begins_json(fault.value) else None
    if model is None:
        return []
    content = getattr(parse(Source("", fault.value.encode("utf-8", "surrogatepass")), place="string"), "value", None)
    entries = content if isinstance(content, list) else [content]
    return [one for one in entries if isinstance(one, dict) and MODELS.get(level_of(one) or "campaign") == model]
