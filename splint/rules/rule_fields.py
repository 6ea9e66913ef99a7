"""Which fields a rule looks at: those that its guard names, that may have its faults, or that its examples flag."""

from collections.abc import Collection, Iterator, Sequence
from functools import cache
from io import BytesIO
from typing import Any

from splint.formats import Document, reference_tokens
from splint.payloads.bodies import Extracted
from splint.payloads.conditions import MODELS, Condition
from splint.payloads.extract import extract
from splint.payloads.faults import RepeatedRequestId
from splint.payloads.invalid_fields import (
    DisputedNumber,
    NotDecimal,
    NumericId,
    PlaceholderLeft,
    UnknownField,
    UnknownValue,
    WrongType,
)
from splint.payloads.validation import is_absent
from splint.rules.example import Example
from splint.rules.guard import conditions_of
from splint.rules.registry import load
from splint.rules.rule import GONE, Rule, Selection
from splint.rules.scope import model_of, shapes_in
from splint.schema.kinds import ID, INT64, Either, ListOf, Shape, Spec
from splint.schema.table import SHAPES
from splint.schema.vocabulary import AD_GROUP_LISTS, AD_LISTS, OWN_IDS

EVERYWHERE = (WrongType, DisputedNumber, UnknownField, PlaceholderLeft)
"""The faults that any field may have: a rule on these alone looks at every field."""
OF_FAULTS = (NumericId, NotDecimal, UnknownValue, RepeatedRequestId)
"""The faults that fields of one kind may have."""
OPENINGS = {"campaign": "Campaign", "facts": "Facts"} | dict.fromkeys(AD_GROUP_LISTS, "AdGroup")
OPENINGS |= dict.fromkeys(AD_LISTS, "Ad")
"""Keys of bundles and nested payloads, each with the model of what they hold."""
NOT_OF_WEB_CREATES = tuple(f"/{name}" for name in (*OWN_IDS.values(), "objective_type", "catalog_enabled"))
"""Edits with which an example is about an update, or a campaign of another kind."""
ROOTS = {"ad-group": "AdGroup", "ad": "Ad"}
"""The bases of examples that are no bundle, with their models."""


@cache
def specs() -> dict[str, Spec]:
    """The kind of each field, in the order of the table; an update's own fields after those of the create request."""
    models = dict.fromkeys(MODELS.get(model, model) for model in SHAPES)
    return {f"{model}.{name}": spec for model in models for name, spec in complete_shape(model).fields.items()}


def complete_shape(model: str) -> Shape:
    """The shape with all fields of a model: of a campaign, an ad group or an ad that of the update."""
    return SHAPES[f"{model}Update" if model in MODELS.values() else model]


def fields_of(rule: Rule, rules: Sequence[Selection]) -> list[str]:
    """The fields that a rule looks at, as guards name them; `rules` are those that may share its faults."""
    found = [f"Facts.{fact}" for fact in rule.facts]
    for condition in conditions_of(rule.guard):
        found += _named_by(condition)
    owned = {selection.rule.code: selection.rule.on for selection in rules if selection.rule.code in rule.supersedes}
    for fault in rule.on:
        if fault in OF_FAULTS and not any(fault in kinds for kinds in owned.values()):
            found += [field for field, spec in specs().items() if _may_have(fault, field, spec)]
    if not rule.on or not set(rule.on) <= {*EVERYWHERE, *OF_FAULTS}:
        found += [field for example in rule.examples() if example.at for field in _flagged(example)]
    known = specs()
    return [field for field in dict.fromkeys(found) if field in known]


def _named_by(condition: Condition) -> Iterator[str]:
    """The fields that a condition names."""
    if condition.test == "knows":
        yield f"Facts.{condition.model}"
    elif condition.field:
        yield f"{condition.model}.{condition.field}"
    if condition.test == "reaches":
        yield ".".join(condition.values)
    if condition.test == "repeats":
        for shape in shapes_in(specs()[f"{condition.model}.{condition.field}"]):
            yield f"{shape.name}.{condition.values[0]}"


def _may_have(fault: type, field: str, spec: Spec) -> bool:
    """Whether a field may have a fault of its kind."""
    if fault is RepeatedRequestId:
        return field.endswith(".request_id")
    scalars = list(scalars_of(spec))
    if fault is UnknownValue:
        return any(isinstance(one, frozenset) for one in scalars)
    return INT64 in scalars or (fault is NumericId and ID in scalars)


def scalars_of(spec: Spec) -> Iterator[Spec]:
    """What a field, or an entry of its list, holds; objects aside."""
    if isinstance(spec, ListOf):
        yield from scalars_of(spec.item)
    elif isinstance(spec, Either):
        for part in spec:
            yield from scalars_of(part)
    elif not isinstance(spec, Shape):
        yield spec


def _flagged(example: Example) -> Iterator[str]:
    """The fields that an example's pointers flag; of a flagged object those that its edits leave absent."""
    bodies = [("", ROOTS.get(example.base, ""))] if example.text is None else list(_bodies(example))
    for pointer in example.at:
        yield from _field_at(pointer, bodies)
    for edited in _emptied(example):
        if edited.rpartition("/")[0] in example.at:
            yield from _field_at(edited, bodies)


def refused_as_texts(rule: Rule, values: Collection[str]) -> set[str]:
    """The fields of which bad examples flag a list of nothing but `values`, as texts: each is to be in an object."""
    return {
        field
        for example in rule.examples()
        for pointer in example.at
        if (texts := example.edits.get(pointer)) and isinstance(texts, list)
        if all(isinstance(one, str) and one in values for one in texts)
        for field in _field_at(pointer, [("", ROOTS.get(example.base, ""))])
    }


def left_out_of_web(example: Example) -> list[str]:
    """The fields that a good example leaves out of the create requests of a web campaign, and of other requests."""
    if example.at or example.is_template or any(edited.endswith(NOT_OF_WEB_CREATES) for edited in example.edits):
        return []
    if example.text is not None:
        payloads = [payload for extracted in _extracted(example) for payload in extracted.payloads]
        return [
            field
            for one in payloads
            if (model := model_of(one)) not in MODELS.values() and model in SHAPES
            for field in _left_out(SHAPES[model], one.written)
        ]
    bodies = [("", ROOTS.get(example.base, ""))]
    return [field for pointer in _emptied(example) for field in _field_at(pointer, bodies)]


def _left_out(spec: Spec, value: Any) -> Iterator[str]:
    """The fields that are absent in an object, and in those in it."""
    if isinstance(spec, ListOf) and isinstance(value, list):
        for entry in value:
            yield from _left_out(spec.item, entry)
    elif isinstance(spec, Shape) and isinstance(value, dict):
        for name, field in spec.fields.items():
            if is_absent(value.get(name)):
                yield f"{spec.name}.{name}"
            else:
                yield from _left_out(field, value[name])


def _emptied(example: Example) -> list[str]:
    """The pointers that the edits of an example leave absent."""
    return [pointer for pointer, value in example.edits.items() if value is GONE or is_absent(value) or value == []]


def _field_at(pointer: str, bodies: list[tuple[str, str]]) -> Iterator[str]:
    """The field at a pointer, in the innermost of the bodies around it; none where it leads to an object."""
    around = [body for body in bodies if pointer == body[0] or pointer.startswith(f"{body[0]}/")]
    if not around:
        return
    start, model = max(around, key=lambda body: len(body[0]))
    field = ""
    for step in reference_tokens(pointer[len(start) :]):
        if step.isdigit():
            continue
        spec = specs().get(f"{model}.{step}")
        field = f"{model}.{step}" if spec is not None else ""
        inner = [] if spec is None else [shape.name for shape in shapes_in(spec)]
        model = inner[0] if inner else OPENINGS.get(step, "")
    if field:
        yield field


def _bodies(example: Example) -> Iterator[tuple[str, str]]:
    """The pointers of the bodies in an example's document, with their models."""
    for extracted in _extracted(example):
        yield from ((payload.pointer, model_of(payload)) for payload in extracted.payloads)
        yield from ((record.pointer, "EventRecord") for record in extracted.records)
        yield from ((facts.pointer, "Facts") for facts in extracted.facts)


def _extracted(example: Example) -> Iterator[Extracted]:
    """What the documents of an example hold."""
    reader = load().reader_for(example.name)
    if reader is not None and example.text is not None:
        for document in reader.read(example.name, BytesIO(example.text.encode())):
            if isinstance(document, Document):
                yield extract(document, (example.name, 0), {})
