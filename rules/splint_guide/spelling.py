"""Misspelt values: where enumerated fields lie, which value was meant, and the fix that writes it."""

from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Any

from splint.payloads.conditions import MODELS
from splint.payloads.faults import UnknownValue
from splint.payloads.nodes import Fix, Node, Operation, Payload
from splint.reporting.wording import either
from splint.schema.kinds import Either, ListOf, Shape, Spec
from splint.schema.table import SHAPES
from splint.schema.values import VALUES
from splint.schema.vocabulary import LEVEL_OF

MOST_LISTED = 30
"""The most values that a help lists."""
GUIDES = {"AdGroup.optimization_goal": ("LANDING_PAGE",)}
"""The guide's own spellings of values that the SDK takes by another name."""
FEW = 6
"""Of so many values one is meant by its end alone, as SINGLE_VIDEO by VIDEO."""
DOCUMENTED = {
    "optimization_goal": (
        *("CLICK", "CONVERSATION", "CONVERT", "INSTALL", "IN_APP_EVENT", "LEAD_GENERATION"),
        *("TRAFFIC_LANDING_PAGE_VIEW", "VALUE"),
    )
}
"""The values of fields that the reference's page lists, where the SDK knows more: one of these is rather meant."""
WORDS: dict[str, dict[str, str]] = {
    "optimization_goal": {
        **dict.fromkeys(("LEAD", "LEADS"), "LEAD_GENERATION"),
        **dict.fromkeys(("MESSAGE", "MESSAGES", "MESSAGING"), "CONVERSATION"),
    }
}
"""Words for documented values of fields."""
OF_KINDS = frozenset({"objective_type", "promotion_type", "sales_destination"})
"""Fields that say which kind of campaign it is: SALES is not taken there for PRODUCT_SALES, which ends in it."""


def meant(
    node: Node, path: str, value: str, values: Iterable[str], words: Mapping[str, str] = {}
) -> tuple[str, Fix | None]:
    """The help on a value that is none of those of a field, and an unsafe fix where one alone is close.

    A value that the API knows in the field is none that is misspelt. `words` are others for some of the values. Values
    that the reference documents go before those that the SDK alone knows.
    """
    known = tuple(values)
    name = next(part for part in reversed(path.split("/")) if not part.isdigit())
    first = tuple([one for one in DOCUMENTED.get(name, ()) if one in known])
    elsewhere = VALUES.get(f"{type(node).__name__}.{name}")
    is_misspelt = elsewhere is None or value not in (*elsewhere.valid, *elsewhere.invalid)
    close: tuple[str, ...] = ()
    if is_misspelt:
        its = {word: one for word, one in WORDS.get(name, {}).items() if one in known}
        close = (first and _near(value, first, {**its, **words}, name)) or _near(value, known, words, name)
    if not close:
        known = first if first and len(known) > MOST_LISTED else known
        kind = LEVEL_OF.get(type(node).__name__, "bundle")
        listed = f"write one of those that `splint schema {kind}` lists under {name}"
        return f"write {either(known)}" if len(known) <= MOST_LISTED else listed, None
    alone = close[0] if len(close) == 1 else None
    return f"write {either(close)}", Fix(f"set {name} to {alone}", (node.put(path, alone),)) if alone else None


def meant_instead(
    violation: UnknownValue, values: Iterable[str], words: Mapping[str, str] = {}
) -> tuple[str, Fix | None]:
    """The same for a value that the table of fields does not know, where the message lists the known ones.

    The fix writes no value that its list holds already.
    """
    known = tuple(values)
    close, fix = _near(violation.value, known, words, violation.field), None
    if len(close) == 1 and violation.may_be(close[0]):
        fix = Fix(f"set {violation.field} to {close[0]}", (Operation("put", violation.location, close[0]),))
    return f"write {either(close) if close else 'one of these'}", fix


def _near(value: str, known: tuple[str, ...], words: Mapping[str, str], name: str) -> tuple[str, ...]:
    """The known values that one in the field `name` stands for, those that `words` are for among them."""
    return tuple(dict.fromkeys(words.get(one, one) for one in _written_for(value, (*known, *words), name)))


def _written_for(value: str, known: tuple[str, ...], name: str) -> tuple[str, ...]:
    """The known values that one is written for: as another platform's word, by a slip, or as the end of it.

    Of many values half begin with what stands before it: TIKTOK is PLACEMENT_TIKTOK, and PURCHASE no DEEP_PURCHASE.
    """
    from splint.schema.nearest import ending_in, near_values  # few values are misspelt
    from splint.schema.platforms import VALUE_WORDS  # only findings need them

    word = VALUE_WORDS.get(value.upper())
    if word in known:
        return (word,)
    ending = ending_in(value, known) if name not in OF_KINDS else None
    if ending is not None and len(known) > FEW:
        before = ending[: -len(value)].upper()
        ending = ending if 2 * sum(one.upper().startswith(before) for one in known) >= len(known) else None
    return near_values(value, known) or ((ending,) if ending else ())


def enumerated(payload: Payload, fields: Container[str]) -> Iterator[tuple[str, str, str]]:
    """The path, the model's field and the value of each of the enumerated `fields` in a payload and what lies in it."""
    return _enumerated(SHAPES[f"{type(payload).__name__}Update"], payload.raw, "", fields)


def _enumerated(shape: Shape, raw: dict[str, Any], path: str, fields: Container[str]) -> Iterator[tuple[str, str, str]]:
    for name, value in raw.items():
        spec = shape.fields.get(name)
        if spec is not None:
            field = f"{MODELS.get(shape.name, shape.name)}.{name}"
            yield from _within(spec, value, f"{path}{name}", field, fields)


def _within(spec: Spec, value: Any, path: str, field: str, fields: Container[str]) -> Iterator[tuple[str, str, str]]:
    if isinstance(value, str) and field in fields:
        yield path, field, value
    elif isinstance(value, list):
        for item in [one.item for one in _alternatives(spec) if isinstance(one, ListOf)][:1]:
            for index, entry in enumerate(value):
                yield from _within(item, entry, f"{path}/{index}", field, fields)
    elif isinstance(value, dict):
        for shape in [one for one in _alternatives(spec) if isinstance(one, Shape)][:1]:
            yield from _enumerated(shape, value, f"{path}/", fields)


def _alternatives(spec: Spec) -> tuple[Spec, ...]:
    return tuple(spec) if isinstance(spec, Either) else (spec,)
