"""What conditions of guards are made of: fields, values and limits that there are.

Anything else is refused with the file and line of the rule whose guard names it.
"""

import sys
from functools import cache
from typing import Any

from splint.payloads.conditions import ALONE, MODELS, Condition, spec_of
from splint.rules.scope import STATUS
from splint.schema.kinds import BOOLEAN, INTEGER, TEXT, Either, ListOf, Spec
from splint.schema.table import SHAPES
from splint.schema.usual import MOMENTS, moment

UNASKED = frozenset({*MODELS, "EventBatch", "EventRecord", "Facts", "PixelRecord"})
"""Models that no condition names: updates have the name of the create request, nodes of the others are not asked."""
CHOICES: dict[Any, type] = {TEXT: str, BOOLEAN: bool, INTEGER: int}
"""The types of the values of what holds a choice."""


@cache
def named(field: str) -> tuple[tuple[str, str], ...]:
    """The model and the name of a field, of a StatusUpdate each model that has it; a KeyError if there is none."""
    model, _, name = field.partition(".")
    models = STATUS.values() if model == "StatusUpdate" else () if model in UNASKED else (model,)
    shapes = [(one, SHAPES.get(f"{one}Update", SHAPES[one])) for one in models if one in SHAPES]
    found = tuple([(one, name) for one, shape in shapes if name in shape.fields])
    if not found:
        raise refused(KeyError(f"{field} is no field of a payload"))
    return found


def of_payload(field: str) -> tuple[str, str]:
    """The model and the name of a field of a payload itself; a TypeError for one of an object in it."""
    [(model, name), *_] = named(field)
    if model not in ALONE:
        raise refused(TypeError(f"{field} is no field of a payload itself"))
    return model, name


def only_others_know(field: str) -> tuple[str, str]:
    """The model and the name of a field that payloads of other models have; a TypeError for any other."""
    model, _, name = field.partition(".")
    alone(model)
    shapes = {other: SHAPES[f"{other}Update"].fields.keys() | SHAPES[other].fields.keys() for other in ALONE}
    if name in shapes[model] or not any(name in fields for fields in shapes.values()):
        raise refused(TypeError(f"{field} is no field that only payloads of other models have"))
    return model, name


def items_of(field: str) -> list[Spec]:
    """What may stand in a list; a TypeError for a field that is none."""
    spec = spec_of(*named(field)[0])
    if not (items := [one.item for one in (spec if isinstance(spec, Either) else (spec,)) if isinstance(one, ListOf)]):
        raise refused(TypeError(f"{field} is no list"))
    return items


def check_values(field: str, values: tuple[str | bool, ...]) -> None:
    """Raise TypeError unless a field may hold these values, and there is one."""
    spec = spec_of(*named(field)[0])
    while isinstance(spec, ListOf):
        spec = spec.item
    if isinstance(spec, Either):  # an object or a text: the text
        spec = spec.second
    kind = str if isinstance(spec, frozenset) else CHOICES.get(spec)
    if kind is None:
        raise refused(TypeError(f"{field} holds no choice"))
    if not values:
        raise refused(TypeError(f"{field}: no value is named"))
    for value in values:
        if not isinstance(value, kind) or isinstance(value, bool) is not (kind is bool):
            raise refused(TypeError(f"{field} takes no {value!r:.80}"))
        if isinstance(spec, frozenset) and value not in spec:
            raise refused(TypeError(f"{field} takes no {value!r:.80}: it takes {', '.join(sorted(map(str, spec)))}"))


def alone(model: str) -> Condition:
    """Whether a payload of a model is nested in no other one; a KeyError for a model that is no payload."""
    if model not in ALONE:
        raise refused(KeyError(f"{model} is no payload"))
    return ALONE[model]


def whole(limit: Any) -> int:
    """A limit of entries or payloads; a TypeError for anything but a whole number from 0 on."""
    if type(limit) is not int or limit < 0:
        raise refused(TypeError(f"a limit is a whole number from 0 on, not {limit!r:.80}"))
    return limit


def text_limit(field: str, limit: Any) -> str:
    """A limit of a text, of a moment one; a TypeError for any other, and for a field that is no text."""
    [(model, name), *_] = named(field)
    if spec_of(model, name) is not TEXT:
        raise refused(TypeError(f"{field} is no text"))
    if not isinstance(limit, str) or (name in MOMENTS and moment(limit) is None):
        form = "a moment as YYYY-MM-DD HH:MM:SS" if name in MOMENTS else "a text"
        raise refused(TypeError(f"the limit of {field} is {form}, not {limit!r:.80}"))
    return limit


def refused(error: KeyError | TypeError) -> KeyError | TypeError:
    """The error with the file and line of the rule whose guard is wrong."""
    frame = sys._getframe(1)
    while frame.f_back is not None and frame.f_globals["__name__"] in (__name__, "splint.rules.guard"):
        frame = frame.f_back
    return type(error)(f"{frame.f_code.co_filename}:{frame.f_lineno}: guard: {error.args[0]}")
