"""What is known of each field: what it is, its values and limits, and the rules that look at it.

All of it is worked out from the table of fields, the models' docstrings and the rules: their guards name fields, and so
do the pointers that their examples flag. Schemas, pages and editors show it; no check imports it.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from splint.payloads.conditions import MODELS, Condition
from splint.payloads.invalid_fields import UnknownValue
from splint.payloads.nodes import Tree
from splint.payloads.nodes.campaign import MODES_WITH_CBO, MODES_WITHOUT_CBO
from splint.reporting.knowledge import FieldKnowledge
from splint.reporting.wording import either
from splint.rules import engine_codes
from splint.rules.guard import conditions_of
from splint.rules.pages import profiles
from splint.rules.registry import load
from splint.rules.rule import Rule, Selection
from splint.rules.rule_fields import (
    EVERYWHERE,
    complete_shape,
    fields_of,
    left_out_of_web,
    refused_as_texts,
    scalars_of,
    specs,
)
from splint.rules.scope import shapes_in
from splint.schema.kinds import BOOLEAN, ID, INT64, NUMBER, TEXT, Either, ListOf, Spec
from splint.schema.table import SHAPES
from splint.schema.usual import FORMS_OF_FACTS
from splint.schema.values import VALUES
from splint.schema.vocabulary import OBJECTIVES, WEB

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
SOMETIMES = {
    "Campaign.objective_type": OBJECTIVES,
    "Campaign.budget_mode": tuple(sorted(MODES_WITH_CBO | MODES_WITHOUT_CBO)),
}
"""Values that some campaigns take, and that TikTok's own SDK does not list."""


TOLD_BY_ABSENCE = re.compile(
    "operation_status|(.*_)?budget|budget_(mode|optimize_on)|.*bid|.*bid_(price|type)|schedule_.*|dayparting|"
    "targeting_.*|placement_type|.*placements|special_industries"
)
"""Fields that pause, end, cap or narrow, as all of targeting: without them what is created is active and has no end."""
IRREVERSIBLE = ("DELETE",)
"""Values of what cannot be undone: they stand last among the choices."""


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
    """Whether every create request for web conversions, or every other request of its kind, needs it."""
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


def rules_of_every_field() -> tuple[str, ...]:
    """The codes of the rules that look at each field of every payload."""
    return tuple(rule.code for rule, _ in load().rules if rule.on and set(rule.on) <= set(EVERYWHERE))


@cache
def _table(profile: str | None) -> dict[str, FieldFacts]:
    rules = _rules(profile)
    every = load().rules
    by_field: dict[str, list[str]] = {}
    for rule, _ in rules:
        for field in fields_of(rule, every):
            by_field.setdefault(field, []).append(rule.code)
    conditions = _by_field(rules)
    held = [_rules(one) for one in (("guide", "reference") if profile is None else (profile,))]
    apart = [*map(_by_field, held)]
    table = {}
    for field, spec in specs().items():
        model, _, name = field.partition(".")
        values = dict.fromkeys(value for one in apart for value in _values(field, spec, one.get(field, ())))
        choices = dict.fromkeys(value for one in apart for value in _choices(field, spec, one.get(field, ())))
        form = FORMS_OF_FACTS.get(name) if model == "Facts" else None
        forms = [Limit(form[1], engine_codes.FACT)] if form is not None else []
        told = (limit for of in conditions.get(field, ()) for limit in _limits(field, spec, of))
        limits = dict.fromkeys((*forms, *told))
        table[field] = FieldFacts(
            *(model, name, spec, _about(model, name)),
            all(_is_required(field, of, one.get(field, ())) for of, one in zip(held, apart, strict=True)),
            *(tuple(values), tuple(choices), tuple(limits), tuple(by_field.get(field, ()))),
        )
    return table


def _rules(profile: str | None) -> list[Selection]:
    every = load().rules
    held = profiles(every)
    return [selection for selection in every if profile is None or profile in held[selection.rule.code]]


@cache
def _models_in(root: str) -> tuple[str, ...]:
    """A model and those of the objects that its fields hold, an update's under the name of the create request."""
    models = [MODELS.get(root, root)]
    for spec in SHAPES[root].fields.values():
        models += [model for shape in shapes_in(spec) if shape.name in SHAPES for model in _models_in(shape.name)]
    return tuple(dict.fromkeys(models))


def _about(model: str, name: str) -> str:
    from splint import models  # pydantic: 60 ms

    holder = getattr(models, complete_shape(model).name)
    return " ".join((holder.model_fields[name].description or "").split())


# -- values and limits -------------------------------------------------------------------------------------------------


def _by_field(rules: Sequence[Selection]) -> dict[str, list[OfRule]]:
    """The conditions of the guards of rules, by the field that each is on, and by that which it compares it with."""
    conditions: dict[str, list[OfRule]] = {}
    for rule, _ in rules:
        for condition in conditions_of(rule.guard):
            compared = [condition.values] if condition.test == "reaches" else []
            for model, name in ((condition.model, condition.field), *compared):
                conditions.setdefault(f"{model}.{name}", []).append(OfRule(rule, condition))
    return conditions


def _values(field: str, spec: Spec, conditions: Sequence[OfRule]) -> list[str]:
    """The values of an enumerated field: the documented ones, else those of the SDK and of the rules that list others.

    A rule of unknown values that lists the field's, whatever else the payload says, has the last word.
    """
    for scalar in scalars_of(spec):
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


def _is_required(field: str, rules: Sequence[Selection], conditions: Sequence[OfRule]) -> bool:
    """Whether a rule objects to each web campaign, or other request, that lacks the field: no good example lacks it."""
    asking = [of.rule for of in conditions if of.condition.test == "lacks" and _holds_for_the_web(of)]
    if field.partition(".")[0] not in _of_creates():
        asking += [rule for rule, _ in rules if rule.level == "error" and field in rule.misses]
    return any(field not in _left_out_by(rule) for rule in asking)


@cache
def _left_out_by(rule: Rule) -> frozenset[str]:
    """The fields that good examples of a rule leave out; they are read once, not for each field."""
    return frozenset(field for example in rule.examples() for field in left_out_of_web(example))


@cache
def _of_creates() -> frozenset[str]:
    """The models of the objects in create requests."""
    return frozenset(model for root in MODELS for model in _models_in(root))


def _holds_for_the_web(of: OfRule) -> bool:
    """Whether a condition alone calls its rule on a create request for web conversions, and what it finds is an error.

    What a whole campaign says (SPL101) decides its kind, and is left out.
    """
    rule, condition = of
    if rule.guard is None or rule.level != "error" or "web" not in rule.campaigns or Tree in rule.on:
        return False
    met = [
        one.bit
        for one in conditions_of(rule.guard)
        if one.field == "objective_type" and one.test == "is" and WEB in one.values
    ]
    return any(mask in (condition.bit, *(condition.bit | bit for bit in met)) for mask in rule.guard.masks)


def _choices(field: str, spec: Spec, conditions: Sequence[OfRule]) -> list[str]:
    """The values of an enumerated field less those that a rule refuses in every web campaign.

    Such a rule lists what it takes, and runs on any other value, whatever else the payload says.
    """
    taken = [of.condition.values for of in conditions if of.condition.test == "other" and _holds_for_the_web(of)]
    values = _values(field, spec, conditions)
    return [value for value in values if all(value in listed for listed in taken)] or values


def _limits(field: str, spec: Spec, of: OfRule) -> Iterator[Limit]:
    """The limit of a field that a condition of a rule's guard tells."""
    rule, condition = of
    if condition.test == "longer":
        [most] = condition.values
        yield Limit(f"at most {most} {'entry' if most == 1 else 'entries'}", rule.code)
    elif condition.test == "past":
        yield Limit("not in the past", rule.code)
    elif condition.test == "unusual" and spec is NUMBER:
        yield Limit("above zero", rule.code)
    elif condition.test == "repeats":
        yield Limit(f"no {condition.values[0]} twice", rule.code)
    elif condition.test == "reaches" and field == f"{condition.model}.{condition.field}":
        yield Limit(f"{'below' if spec is NUMBER else 'before'} {condition.values[1]}", rule.code)
    elif condition.test == "reaches":
        yield Limit(f"{'above' if spec is NUMBER else 'after'} {condition.field}", rule.code)


# -- what a person is asked --------------------------------------------------------------------------------------------

MONEY = re.compile(r"budget|bid_price|cpabid|roas_bid|historical_cpa|minimum_purchase_value")
"""Numbers that are amounts, or the factor of one, by their names."""
MOST_TOLD = 12
"""Of an object with more fields its limit does not tell which there are."""
MOMENT = re.compile(r"_(time|date)\Z")


def knowledge(field: str, profile: str, objectives: Collection[str] = ()) -> FieldKnowledge:
    """What a person who is asked for the value of a field has to know, by the rules of a profile.

    The choices are those that no rule refuses in every web campaign; of objectives those of `objectives`, if any.
    """
    facts = field_facts(field, profile)
    scalars = set(scalars_of(facts.spec)) - ({TEXT} if _is_refused_as_text(facts, profile) else set())
    usual = facts.spec.first if isinstance(facts.spec, Either) else facts.spec
    is_list = isinstance(usual, ListOf)
    holds = [shape for shape in shapes_in(usual) if (is_list or shape is usual) and shape.name in SHAPES]
    of_entries = "entries are texts, or objects" if TEXT in scalars else "entries are objects"
    what = of_entries if is_list else "an object"
    limits = [f"{what} with {either([*shape.fields], 'and')}" for shape in holds if len(shape.fields) <= MOST_TOLD]
    limit = "; ".join(dict.fromkeys([*limits, *(limit.words for limit in facts.limits)]))
    untold = frozenset(facts.rules) - {limit.code for limit in facts.limits}
    kind = "object" if holds and not scalars else "text"
    known = FieldKnowledge(kind, (), limit, untold, is_list=is_list, is_text=TEXT in scalars)
    held = tuple(f"{shape.name}.{name}" for shape in holds for name in shape.fields)
    around = _around(facts.model)
    is_told = TOLD_BY_ABSENCE.fullmatch(facts.name) or "Targeting" in (facts.model, *(model for model, _ in around))
    known = known._replace(holds=held, around=around, is_told_by_absence=bool(is_told))
    if facts.values:
        listed = objectives if field == "Campaign.objective_type" else ()
        choices = sorted(value for value in facts.choices if not listed or value in listed)
        choices.sort(key=IRREVERSIBLE.__contains__)
        return known._replace(kind="choice", choices=tuple(choices))
    if BOOLEAN in scalars:
        return known._replace(kind="choice", choices=(True, False))
    if scalars & {ID, INT64}:
        return known._replace(kind="id")
    if NUMBER in scalars and MONEY.search(facts.name):
        return known._replace(kind="money")
    return known._replace(kind="date") if TEXT in scalars and MOMENT.search(facts.name) else known


def _is_refused_as_text(facts: FieldFacts, profile: str) -> bool:
    """Whether a rule of the profile refuses texts in a list that takes them, or objects with one enumerated field."""
    inner = [f"{shape.name}.{name}" for shape in shapes_in(facts.spec) for name in shape.fields]
    values = field_facts(inner[0], profile).values if len(inner) == 1 and TEXT in scalars_of(facts.spec) else ()
    looking = (rule for rule, _ in _rules(profile) if rule.code in facts.rules)
    return bool(values) and any(facts.field in refused_as_texts(rule, values) for rule in looking)


@cache
def _around(model: str) -> tuple[tuple[str, int], ...]:
    """The models of the objects that hold one of a model, the innermost first, with the steps of a pointer up to each.

    Up to one that several fields may hold.
    """
    around, up = list[tuple[str, int]](), 0
    while len(holders := [(field, spec) for field, spec in specs().items() if _holds(spec, model)]) == 1:
        [(field, spec)] = holders
        up += 1 + isinstance(spec, ListOf)
        model = field.partition(".")[0]
        around.append((model, up))
    return tuple(around)


def _holds(spec: Spec, model: str) -> bool:
    """Whether a field holds an object of a model, or a list of such."""
    return any(shape.name == model for shape in shapes_in(spec))
