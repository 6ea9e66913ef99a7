"""What is known of each field: what it is, its values and limits, and the rules that look at it.

All of it is worked out from the table of fields, the models' docstrings and the rules: their guards name fields, and so
do the pointers that their examples flag. Schemas, pages and editors show it; no check imports it.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from io import BytesIO
from typing import NamedTuple

from splint.formats import Document, reference_tokens
from splint.payloads.conditions import MODELS, Condition
from splint.payloads.extract import extract
from splint.payloads.faults import (
    NotDecimal,
    NumericId,
    PlaceholderLeft,
    RepeatedRequestId,
    UnknownField,
    UnknownValue,
    WrongType,
)
from splint.payloads.nodes import Tree
from splint.payloads.nodes.campaign import MODES_WITH_CBO, MODES_WITHOUT_CBO
from splint.payloads.validation import is_absent
from splint.reporting.knowledge import FieldKnowledge
from splint.rules.example import Example
from splint.rules.guard import All, AnyOf, Guard, OfPayloads, OnField
from splint.rules.pages import profiles
from splint.rules.registry import Selection, load
from splint.rules.rule import GONE, Rule
from splint.rules.scope import model_of, shapes_in
from splint.schema.kinds import BOOLEAN, ID, INT64, NUMBER, TEXT, Either, ListOf, Shape, Spec
from splint.schema.table import SHAPES
from splint.schema.values import VALUES
from splint.schema.vocabulary import AD_GROUP_LISTS, AD_LISTS, OBJECTIVES, REQUIRED

KINDS: dict[str, tuple[str, ...]] = {
    "campaign": ("CampaignUpdate",),
    "adgroup": ("AdGroupUpdate",),
    "ad": ("AdUpdate",),
    "status": ("CampaignStatusUpdate", "AdGroupStatusUpdate", "AdStatusUpdate"),
    "budgets": ("AdGroupBudgetUpdate",),
    "materials": ("AdMaterialStatusUpdate",),
    "appeal": ("AdAppeal",),
    "events": ("EventBatch", "PixelRecord"),
    "facts": ("Facts",),
}
"""The kinds of payload, each with the models of its bodies; an update has all fields of the create request too."""
EVERYWHERE = (WrongType, UnknownField, PlaceholderLeft)
"""The faults that any field may have: a rule on these alone looks at every field."""
OF_FAULTS = (NumericId, NotDecimal, UnknownValue, RepeatedRequestId)
"""The faults that fields of one kind may have."""
SOMETIMES = {
    "Campaign.objective_type": OBJECTIVES,
    "Campaign.budget_mode": tuple(sorted(MODES_WITH_CBO | MODES_WITHOUT_CBO)),
}
"""Values that some campaigns take, and that TikTok's own SDK does not list."""
OPENINGS = {"campaign": "Campaign", "facts": "Facts"} | dict.fromkeys(AD_GROUP_LISTS, "AdGroup")
OPENINGS |= dict.fromkeys(AD_LISTS, "Ad")
"""Keys of bundles and nested payloads, each with the model of what they hold."""
ROOTS = {"ad-group": "AdGroup", "ad": "Ad"}
"""The bases of examples that are no bundle, with their models."""


class Limit(NamedTuple):
    """A limit of a field, and the rule that holds it."""

    words: str
    code: str


class OfRule(NamedTuple):
    """A condition of a rule's guard."""

    rule: Rule
    condition: Condition


class FieldFacts(NamedTuple):
    """What is known of one field."""

    model: str
    """The model of the object that holds it; of an update that of the create request."""
    name: str
    spec: Spec
    about: str
    """What it is, by its model; empty where the name says it."""
    is_required: bool
    """Whether a create request for web conversions needs it."""
    values: tuple[str, ...]
    """Its values, where it is enumerated; a list's, those of its entries."""
    choices: tuple[str, ...]
    """Those among them that no rule refuses in every web campaign."""
    limits: tuple[Limit, ...]
    rules: tuple[str, ...]
    """The codes of the rules that look at it, but for those that look at every field (`rules_of_every_field`)."""

    @property
    def field(self) -> str:
        """The field as guards name it: `Campaign.budget`."""
        return f"{self.model}.{self.name}"

    @property
    def is_of_updates(self) -> bool:
        """Whether only an update takes it."""
        return self.name not in SHAPES[self.model].fields


def fields(kind: str, profile: str | None = None) -> list[FieldFacts]:
    """The fields of a kind of payload (`KINDS`) and of the objects in it, by the rules of a profile, or of all of them.

    Raises KeyError for a kind that there is not.
    """
    models = dict.fromkeys(model for root in KINDS[kind] for model in _models_in(root))
    table = _table(profile).values()
    return [facts for model in models for facts in table if facts.model == model]


def field_facts(field: str, profile: str | None = None) -> FieldFacts:
    """What is known of one field, `Campaign.budget`. Raises KeyError for a field that there is not."""
    return _table(profile)[field]


def rules_of_every_field(profile: str | None = None) -> tuple[str, ...]:
    """The codes of the rules that look at each field of every payload."""
    return tuple(rule.code for rule, _ in _rules(profile) if rule.on and set(rule.on) <= set(EVERYWHERE))


@cache
def _table(profile: str | None) -> dict[str, FieldFacts]:
    rules = _rules(profile)
    every = load().rules
    by_field: dict[str, list[str]] = {}
    for rule, _ in rules:
        for field in fields_of(rule, every):
            by_field.setdefault(field, []).append(rule.code)
    conditions = _by_field(rules)
    apart = [_by_field(_rules(one)) for one in (("guide", "reference") if profile is None else (profile,))]
    table = {}
    for field, spec in _specs().items():
        model, _, name = field.partition(".")
        values = dict.fromkeys(value for one in apart for value in _values(field, spec, one.get(field, ())))
        choices = dict.fromkeys(value for one in apart for value in _choices(field, spec, one.get(field, ())))
        limits = dict.fromkeys(limit for of in conditions.get(field, ()) for limit in _limits(spec, of))
        table[field] = FieldFacts(
            *(model, name, spec, _about(model, name), name in REQUIRED.get(model, ())),
            *(tuple(values), tuple(choices), tuple(limits), tuple(by_field.get(field, ()))),
        )
    return table


def _rules(profile: str | None) -> list[Selection]:
    every = load().rules
    held = profiles(every)
    return [selection for selection in every if profile is None or profile in held[selection.rule.code]]


@cache
def _specs() -> dict[str, Spec]:
    """The kind of each field, in the order of the table; an update's own fields after those of the create request."""
    models = dict.fromkeys(MODELS.get(model, model) for model in SHAPES)
    return {f"{model}.{name}": spec for model in models for name, spec in _complete(model).fields.items()}


def _complete(model: str) -> Shape:
    """The shape with all fields of a model: of a campaign, an ad group or an ad that of the update."""
    return SHAPES[f"{model}Update" if model in MODELS.values() else model]


@cache
def _models_in(root: str) -> tuple[str, ...]:
    """A model and those of the objects that its fields hold, an update's under the name of the create request."""
    models = [MODELS.get(root, root)]
    for spec in SHAPES[root].fields.values():
        models += [model for shape in shapes_in(spec) if shape.name in SHAPES for model in _models_in(shape.name)]
    return tuple(dict.fromkeys(models))


def _about(model: str, name: str) -> str:
    from splint import models  # pydantic: 60 ms

    holder = getattr(models, _complete(model).name)
    return " ".join((holder.model_fields[name].description or "").split())


# -- which fields a rule looks at --------------------------------------------------------------------------------------


def fields_of(rule: Rule, rules: Sequence[Selection]) -> list[str]:
    """The fields that a rule looks at, as guards name them; `rules` are those that may share its faults."""
    found = [f"Facts.{fact}" for fact in rule.facts]
    for condition in conditions_of(rule.guard):
        found += _named_by(condition)
    owned = {selection.rule.code: selection.rule.on for selection in rules if selection.rule.code in rule.supersedes}
    for fault in rule.on:
        if fault in OF_FAULTS and not any(fault in kinds for kinds in owned.values()):
            found += [field for field, spec in _specs().items() if _may_have(fault, field, spec)]
    if not rule.on or not set(rule.on) <= {*EVERYWHERE, *OF_FAULTS}:
        found += [field for example in rule.examples() if example.at for field in _flagged(example)]
    known = _specs()
    return [field for field in dict.fromkeys(found) if field in known]


def conditions_of(guard: Guard | None) -> Iterator[Condition]:
    """The conditions that a guard is made of."""
    if isinstance(guard, All | AnyOf):
        for part in guard.parts:
            yield from conditions_of(part)
    elif isinstance(guard, OnField | OfPayloads):
        yield guard.condition


def _named_by(condition: Condition) -> Iterator[str]:
    """The fields that a condition names."""
    if condition.test == "knows":
        yield f"Facts.{condition.model}"
    elif condition.field:
        yield f"{condition.model}.{condition.field}"
    if condition.test == "reaches":
        yield ".".join(condition.values)
    if condition.test == "repeats":
        for shape in shapes_in(_specs()[f"{condition.model}.{condition.field}"]):
            yield f"{shape.name}.{condition.values[0]}"


def _may_have(fault: type, field: str, spec: Spec) -> bool:
    """Whether a field may have a fault of its kind."""
    if fault is RepeatedRequestId:
        return field.endswith(".request_id")
    scalars = list(_scalars(spec))
    if fault is UnknownValue:
        return any(isinstance(one, frozenset) for one in scalars)
    return INT64 in scalars or (fault is NumericId and ID in scalars)


def _scalars(spec: Spec) -> Iterator[Spec]:
    """What a field, or an entry of its list, holds; objects aside."""
    if isinstance(spec, ListOf):
        yield from _scalars(spec.item)
    elif isinstance(spec, Either):
        for part in spec:
            yield from _scalars(part)
    elif not isinstance(spec, Shape):
        yield spec


def _flagged(example: Example) -> Iterator[str]:
    """The fields that an example's pointers flag; of a flagged object those that its edits leave absent."""
    bodies = [("", ROOTS.get(example.base, ""))] if example.text is None else list(_bodies(example))
    for pointer in example.at:
        yield from _field_at(pointer, bodies)
    for edited, value in example.edits.items():
        if (value is GONE or is_absent(value) or value == []) and edited.rpartition("/")[0] in example.at:
            yield from _field_at(edited, bodies)


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
        spec = _specs().get(f"{model}.{step}")
        field = f"{model}.{step}" if spec is not None else ""
        inner = [] if spec is None else [shape.name for shape in shapes_in(spec)]
        model = inner[0] if inner else OPENINGS.get(step, "")
    if field:
        yield field


def _bodies(example: Example) -> Iterator[tuple[str, str]]:
    """The pointers of the bodies in an example's document, with their models."""
    reader = load().reader_for(example.name)
    if reader is None or example.text is None:
        return
    for document in reader.read(example.name, BytesIO(example.text.encode())):
        if isinstance(document, Document):
            extracted = extract(document, (example.name, 0), {})
            yield from ((payload.pointer, model_of(payload)) for payload in extracted.payloads)
            yield from ((record.pointer, "EventRecord") for record in extracted.records)
            yield from ((facts.pointer, "Facts") for facts in extracted.facts)


# -- values and limits -------------------------------------------------------------------------------------------------


def _by_field(rules: Sequence[Selection]) -> dict[str, list[OfRule]]:
    """The conditions of the guards of rules, by the field that each is on."""
    conditions: dict[str, list[OfRule]] = {}
    for rule, _ in rules:
        for condition in conditions_of(rule.guard):
            conditions.setdefault(f"{condition.model}.{condition.field}", []).append(OfRule(rule, condition))
    return conditions


def _values(field: str, spec: Spec, conditions: Sequence[OfRule]) -> list[str]:
    """The values of an enumerated field: the documented ones, else those of the SDK and of the rules that list others.

    A rule of unknown values that lists the field's, whatever else the payload says, has the last word.
    """
    for scalar in _scalars(spec):
        if isinstance(scalar, frozenset):
            return sorted(scalar)
    if field not in VALUES:
        return []
    listed = [of for of in conditions if of.condition.test == "other"]
    values = [
        *VALUES[field].valid,
        *SOMETIMES.get(field, ()),
        *(value for of in listed for value in of.condition.values),
    ]
    for rule, condition in listed:
        if UnknownValue in rule.on and rule.guard is not None and condition.bit in rule.guard.masks:
            values = [value for value in values if value in condition.values]
    return list(dict.fromkeys(values))


def _choices(field: str, spec: Spec, conditions: Sequence[OfRule]) -> list[str]:
    """The values of an enumerated field less those that a rule refuses in every web campaign.

    Such a rule lists what it takes, and runs on any other value, whatever else the payload says. What a whole campaign
    says (SPL101) decides its kind, and is left out.
    """
    taken = [
        condition.values
        for rule, condition in conditions
        if condition.test == "other"
        and rule.level == "error"
        and "web" in rule.campaigns
        and Tree not in rule.on
        and rule.guard is not None
        and condition.bit in rule.guard.masks
    ]
    values = _values(field, spec, conditions)
    return [value for value in values if all(value in listed for listed in taken)] or values


@cache
def _taken(field: str, profile: str) -> dict[str, tuple[str, ...]]:
    """The values of a field that rules list which run on any other, by the rule's code."""
    found = _by_field(_rules(profile)).get(field, ())
    return {rule.code: condition.values for rule, condition in found if condition.test == "other"}


def _limits(spec: Spec, of: OfRule) -> Iterator[Limit]:
    """The limit of a field that a condition of a rule's guard tells."""
    rule, condition = of
    if condition.test == "longer":
        [most] = condition.values
        yield Limit(f"at most {most} {'entry' if most == 1 else 'entries'}", rule.code)
    elif condition.test == "unusual" and spec is NUMBER:
        yield Limit("above zero", rule.code)
    elif condition.test == "repeats":
        yield Limit(f"no {condition.values[0]} twice", rule.code)
    elif condition.test == "reaches":
        yield Limit(f"{'below' if spec is NUMBER else 'before'} {condition.values[1]}", rule.code)


# -- what a person is asked --------------------------------------------------------------------------------------------

MONEY = re.compile(r"budget|bid_price|cpabid|historical_cpa|minimum_purchase_value")
"""Numbers that are amounts, by their names."""
MOMENT = re.compile(r"_(time|date)\Z")


def knowledge(field: str, profile: str, objectives: Collection[str] = ()) -> FieldKnowledge:
    """What a person who is asked for the value of a field has to know, by the rules of a profile.

    The choices are those that no rule refuses in every web campaign; of objectives those of `objectives`, if any.
    """
    facts = field_facts(field, profile)
    scalars = set(_scalars(facts.spec))
    limit = "; ".join(dict.fromkeys(limit.words for limit in facts.limits))
    if facts.values:
        listed = objectives if field == "Campaign.objective_type" else ()
        choices = sorted(value for value in facts.choices if not listed or value in listed)
        return FieldKnowledge("choice", tuple(choices), limit, _taken(field, profile))
    if BOOLEAN in scalars:
        return FieldKnowledge("choice", (True, False), limit)
    if scalars & {ID, INT64}:
        return FieldKnowledge("id", (), limit)
    if NUMBER in scalars and MONEY.search(facts.name):
        return FieldKnowledge("money", (), limit)
    return FieldKnowledge("date" if TEXT in scalars and MOMENT.search(facts.name) else "text", (), limit)
