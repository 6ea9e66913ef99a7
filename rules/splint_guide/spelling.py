"""Misspelt values: where enumerated fields lie, which value was meant, and the fix that writes it."""

from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Any

from splint.payloads.conditions import MODELS
from splint.payloads.invalid_fields import UnknownValue
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
WHOLE = frozenset(
    {
        *("objective_type", "promotion_type", "sales_destination"),
        *("click_attribution_window", "engaged_view_attribution_window", "view_attribution_window"),
    }
)
"""Fields whose values are not told by their ends: SALES is not taken for PRODUCT_SALES, which makes another kind of
campaign, nor TWO_DAYS for THIRTY_TWO_DAYS."""


def meant(
    node: Node, path: str, value: str, values: Iterable[str], words: Mapping[str, str] = {}
) -> tuple[str, Fix | None, tuple[str, ...]]:
    """The help on a value that is none of those of a field, an unsafe fix where one alone is close, and what it offers.

    A value that the API knows in the field is none that is misspelt. `words` are others for some of the values.
    """
    known = tuple(values)
    name = next(part for part in reversed(path.split("/")) if not part.isdigit())
    elsewhere = VALUES.get(f"{type(node).__name__}.{name}")
    is_misspelt = elsewhere is None or value not in (*elsewhere.valid, *elsewhere.invalid)
    close = _near(value, known, words, name) if is_misspelt else ()
    if not close:
        from splint.schema.value_words import by_words  # few values are misspelt

        first = _documented(known, name)
        known = first if first and len(known) > MOST_LISTED else known
        known = by_words(value, known) if is_misspelt else known
        kind = LEVEL_OF.get(type(node).__name__, "bundle")
        listed = f"write one of those that `splint schema {kind}` lists under {name}"
        return (f"write {either(known)}", None, known) if len(known) <= MOST_LISTED else (listed, None, ())
    alone = close[0] if len(close) == 1 else None
    fix = Fix(f"set {name} to {alone}", (node.put(path, alone),), respells=True) if alone else None
    return f"write {either(close)}", fix, close


def meant_instead(
    violation: UnknownValue, values: Iterable[str], words: Mapping[str, str] = {}
) -> tuple[str, Fix | None, tuple[str, ...]]:
    """The same for a value that the table of fields does not know, where the message lists the known ones.

    The fix writes no value that its list holds already.
    """
    known = tuple(values)
    close, fix = _near(violation.value, known, words, violation.field), None
    if len(close) == 1 and violation.may_be(close[0]):
        put = Operation("put", violation.location, close[0])
        fix = Fix(f"set {violation.field} to {close[0]}", (put,), respells=True)
    if not close:
        from splint.schema.value_words import by_words  # few values are misspelt

        ordered = by_words(violation.value, known)
        return "write one of these", None, ordered if ordered != known else ()
    return f"write {either(close)}", fix, close


def _documented(known: tuple[str, ...], name: str) -> tuple[str, ...]:
    """The known values of the field `name` that `DOCUMENTED` lists."""
    return tuple([one for one in DOCUMENTED.get(name, ()) if one in known])


def _near(value: str, known: tuple[str, ...], words: Mapping[str, str], name: str) -> tuple[str, ...]:
    """The known values that one in the field `name` stands for, those that `words` are for among them.

    Those that the reference documents go before those that the SDK alone knows, and only they are told by their ends.
    """
    from splint.schema.nearest import ending_in  # few values are misspelt

    first, its = _documented(known, name), {word: one for word, one in WORDS.get(name, {}).items() if one in known}
    close = _written_for(value, (*first, *its, *words)) if first else ()
    close = close or _written_for(value, (*known, *words))
    if not close and name not in WHOLE and (ending := ending_in(value, (*known, *words))):
        close = (ending,) if not first or words.get(ending, ending) in first else ()
    its.update(words)
    return tuple(dict.fromkeys(its.get(one, one) for one in close))


def _written_for(value: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """The known values that one is written for: as another platform's word, or by a slip."""
    from splint.schema.nearest import near_values  # few values are misspelt
    from splint.schema.platforms import VALUE_WORDS  # only findings need them

    word = VALUE_WORDS.get(value.upper())
    return (word,) if word in known else near_values(value, known)


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
