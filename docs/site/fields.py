"""The page of fields: what splint knows of each field, and which rules look at it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from splint.payloads.conditions import MODELS, REGISTERED, Condition
from splint.rules.registry import Selection
from splint.rules.rule import Rule
from splint.schema.generate import base_of, collect
from splint.schema.kinds import BOOLEAN, ID, INT64, INTEGER, NUMBER, OBJECT, TEXT, Either, ListOf, Shape, Spec
from splint.schema.table import SHAPES
from splint.schema.values import VALUES
from splint.schema.vocabulary import AD_GROUP_LISTS, AD_LISTS

TYPES: dict[Spec, str] = {
    TEXT: "text",
    ID: "id, as text",
    INT64: "id, as text",
    NUMBER: "number",
    INTEGER: "whole number",
    BOOLEAN: "true or false",
    OBJECT: "object",
}
FORMS = {
    **dict.fromkeys(("schedule_start_time", "schedule_end_time"), "a moment as `YYYY-MM-DD HH:MM:SS`, in UTC"),
    "landing_page_url": "an http(s) URL",
    **dict.fromkeys(("ad_name", "adgroup_name", "campaign_name"), "at most 512 characters"),
}
"""The usual forms of splint.schema.usual in words."""
ORDER = ("Campaign", "AdGroup", "Targeting", "Ad", "AdConfiguration", "Creative", "CreativeInfo")
"""The objects that come first; the others follow by name."""
NESTED = {"campaign": "Campaign", **dict.fromkeys(AD_GROUP_LISTS, "AdGroup"), **dict.fromkeys(AD_LISTS, "Ad")}
"""The objects of a bundle, by the key that they stand under."""
FEW = 12
"""So many values stand open in a row of the page; more of them fold."""


class Field(NamedTuple):
    """A field of an object, for a row of the page."""

    kind: str
    """The object that holds it, by its model."""
    name: str
    type: str
    """The type of its values, in words and Markdown."""
    about: str
    values: tuple[str, ...]
    """Those of an enumeration; none where any value of the type may stand."""
    limits: tuple[str, ...]
    rules: tuple[str, ...]
    """The codes of the rules that look at it, sorted."""

    @property
    def anchor(self) -> str:
        """The fragment of its row on the page."""
        return f"{self.kind}.{self.name}"


def fields(rules: Sequence[Selection]) -> list[Field]:
    """All fields that an object of a payload may have; of an update those that its create request lacks."""
    looking, limits = rules_by_field(rules), limits_by_field(rules)
    rows = []
    for model, shape in sorted(collect().items(), key=lambda item: _place(item[1].name)):
        base = base_of(model)
        for name, spec in shape.fields.items():
            if base is not None and name in base.model_fields:
                continue
            key = f"{shape.name}.{name}"
            about = (model.model_fields[name].description or "").replace("\n", " ")
            stated = (FORMS[name], *limits[key]) if name in FORMS else tuple(limits[key])
            values = _values(spec, f"{MODELS.get(shape.name, shape.name)}.{name}")
            rows.append(Field(shape.name, name, _type(spec), about, values, stated, tuple(sorted(looking[key]))))
    return rows


def page(rules: Sequence[Selection]) -> str:
    """The page in Markdown, with links to `rules/CODE.md`."""
    about = {shape.name: (model.__doc__ or "").strip().partition("\n")[0] for model, shape in collect().items()}
    lines = ["# Fields", "", *INTRODUCTION]
    kind = None
    for field in fields(rules):
        if field.kind != kind:
            kind = field.kind
            lines += ["", f"## {kind}", "", about[kind], "", *HEAD]
        codes = ", ".join(f"[{code}](rules/{code}.md)" for code in field.rules)
        lines.append(f'| <span id="{field.anchor}"></span>`{field.name}` | {field.type} | {_cell(field)} | {codes} |')
    return "\n".join(lines) + "\n"


HEAD = ("| field | type | values and limits | rules |", "|---|---|---|---|")
INTRODUCTION = (
    "What splint knows of the fields of TikTok's Smart+ endpoints, object by object; `splint schema KIND` gives the",
    "same as a JSON Schema. An update takes the fields of its create request, and those under its own heading.",
    "Values are those of TikTok's own SDK where the documents list none.",
    "Rules are those whose condition names the field, or that mark it in one of their examples.",
)


def rules_by_field(rules: Sequence[Selection]) -> defaultdict[str, set[str]]:
    """The codes of the rules that look at each field, by its anchor: by their guards, facts and examples."""
    anchors = _anchors()
    looking: defaultdict[str, set[str]] = defaultdict(set)
    for rule, _ in rules:
        for field in (*_guarded(rule), *_flagged(rule), *(f"Facts.{fact}" for fact in rule.facts)):
            looking[anchors[field]].add(rule.code)
    return looking


def limits_by_field(rules: Sequence[Selection]) -> defaultdict[str, list[str]]:
    """The limits that guards name, each with its rule, by the anchor of the field."""
    anchors = _anchors()
    limits: defaultdict[str, list[str]] = defaultdict(list)
    for rule, _ in rules:
        for condition in _conditions(rule):
            key, link = f"{condition.model}.{condition.field}", f"([{rule.code}](rules/{rule.code}.md))"
            if condition.test == "longer":
                [most] = condition.values
                limits[anchors[key]].append(f"at most {most:,} {'entry' if most == 1 else 'entries'} {link}")
            elif condition.test == "later":
                limits[anchors[key]].append(f"not after {condition.values[0]} {link}")
    return limits


def _anchors() -> dict[str, str]:
    """The anchors of fields by the names that rules know them by: of their own model, or of the create request."""
    anchors: dict[str, str] = {}
    for model, shape in collect().items():
        for name in shape.fields:
            holder = model
            while (base := base_of(holder)) is not None and name in base.model_fields:
                holder = base
            for known in (shape.name, MODELS.get(shape.name, shape.name)):
                anchors.setdefault(f"{known}.{name}", f"{holder.__name__}.{name}")
    return anchors


def _place(name: str) -> tuple[int, str]:
    """Where an object stands on the page."""
    return (ORDER.index(name) if name in ORDER else len(ORDER), name)


def _type(spec: Spec) -> str:
    """The type of a field's values in words; objects are links to their headings."""
    if isinstance(spec, ListOf):
        return f"list of {_type(spec.item)}"
    if isinstance(spec, Either):
        return f"{_type(spec.first)} or {_type(spec.second)}"
    if isinstance(spec, frozenset):
        return "text"
    return TYPES.get(spec) or f"[{spec.name}](#{spec.name.lower()})"


def _values(spec: Spec, key: str) -> tuple[str, ...]:
    """The values that a field, or an entry of its list, may have."""
    if key in VALUES:
        return VALUES[key].valid
    entry = _entry(spec)
    return tuple(sorted(entry)) if isinstance(entry, frozenset) else ()


def _cell(field: Field) -> str:
    """What a field holds, its limits and values; many values fold."""
    texts = [field.about.replace("|", "\\|")] if field.about else []
    texts += [f"{limit[0].upper()}{limit[1:]}." for limit in field.limits]
    values = " ".join(f"`{value}`" for value in field.values)
    if len(field.values) > FEW:
        values = f"<details><summary>{len(field.values)} values</summary>{values}</details>"
    return " ".join([*texts, *([values] if values else [])])


def _conditions(rule: Rule) -> list[Condition]:
    """The conditions that a rule's guard is made of."""
    bits = 0
    for mask in rule.guard.masks if rule.guard is not None else ():
        bits |= mask
    return [condition for condition in REGISTERED.by_key.values() if condition.bit & bits]


def _guarded(rule: Rule) -> Iterator[str]:
    """The fields that a rule's guard names."""
    for condition in _conditions(rule):
        if condition.test == "knows":
            yield f"Facts.{condition.model}"
        elif condition.field:
            yield f"{condition.model}.{condition.field}"
        if condition.test == "reaches":
            yield ".".join(condition.values)
        elif condition.test == "repeats":
            entry = _entry(SHAPES[condition.model].fields[condition.field])
            yield f"{getattr(entry, 'name', '')}.{condition.values[0]}"


def _flagged(rule: Rule) -> Iterator[str]:
    """The fields that a rule marks in examples made of a clean payload."""
    for example in rule.examples():
        for pointer in example.at if example.text is None else ():
            yield from filter(None, [_field_at(pointer, example.base)])


def _field_at(pointer: str, base: str) -> str | None:
    """The known field that a pointer into a clean payload leads to, as `Model.field`."""
    shape: Spec | None = {"ad-group": SHAPES["AdGroup"], "ad": SHAPES["Ad"]}.get(base)
    key = None
    for step in pointer.split("/")[1:]:
        if step.isdigit():
            continue
        if isinstance(shape, Shape) and step in shape.fields:
            key = f"{MODELS.get(shape.name, shape.name)}.{step}"
            shape = _entry(shape.fields[step])
        elif step in NESTED:
            key, shape = None, SHAPES[NESTED[step]]
        else:
            return None
    return key


def _entry(spec: Spec) -> Spec:
    """What may stand in a field, or in the lists that it holds; of two kinds the usual one."""
    while isinstance(spec, ListOf | Either):
        spec = spec.item if isinstance(spec, ListOf) else spec.first
    return spec
