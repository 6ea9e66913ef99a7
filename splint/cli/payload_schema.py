"""JSON Schemas of payloads: closed objects with the values, limits and rules of each field, as editors show them.

A schema is made of the table of fields (splint.rules.fields). It asks for what a create request for web conversions
needs; an object that holds its own id is an update, which is asked for nothing. Where the linter is milder, as with an
empty text for an enumeration, the schema is the stricter one.
"""

from functools import cache
from typing import Any, Final

from splint.payloads.keys import ASIDE
from splint.rules.fields import FieldFacts, fields, rules_of_every_field
from splint.rules.registry import load
from splint.rules.scope import shapes_in
from splint.schema.envelopes import ENDPOINT_KEYS, HELD_KEYS, NAMING_KEYS, TOOL_KEYS
from splint.schema.kinds import BOOLEAN, INTEGER, NUMBER, OBJECT, Either, ListOf, Shape, Spec
from splint.schema.table import SHAPES
from splint.schema.vocabulary import (
    AD_GROUP_LISTS,
    AD_LISTS,
    MODELS,
    OBJECT_LEVELS,
    OWN_IDS,
    REQUIRED,
    SMART_PLUS,
    Act,
    ObjectLevel,
)

Schema = dict[str, Any]
NOTES: Final = {"^(?:_|\\$|//|x-)": True}
"""Keys that are notes of their author, as patternProperties."""
TYPES: Final = {NUMBER: "number", INTEGER: "integer", BOOLEAN: "boolean"}
TEXT: Final[Schema] = {"type": "string"}
OF_SOMEBODY: Final[Schema] = {
    "required": ["advertiser_id"],
    "properties": {"advertiser_id": {"type": "string", "minLength": 1}},
}
"""A body that names its advertiser."""


def alone(level: ObjectLevel) -> Schema:
    """The schema of a campaign, an ad group or an ad with the payloads nested in it."""
    model = MODELS[level]
    definitions = _definitions()
    return {
        "title": level,
        "description": definitions[model]["description"],
        "allOf": [{"$ref": f"#/$defs/{model}"}, _unless_update(level, OF_SOMEBODY)],
        "$defs": definitions,
    }


def bundle() -> Schema:
    """A campaign with its ad groups and their ads in one document; beside them keys that are none of their fields."""
    groups = _listed("AdGroup", "The ad groups of the campaign.")
    return {
        "title": "bundle",
        "description": "A campaign with its ad groups and their ads.",
        "type": "object",
        "properties": {
            "campaign": {"allOf": [{"$ref": "#/$defs/Campaign"}, _unless_update("campaign", OF_SOMEBODY)]},
            **dict.fromkeys(AD_GROUP_LISTS, groups),
            "facts": {"$ref": "#/$defs/Facts"},
        },
        "propertyNames": {"not": {"enum": sorted(ASIDE)}},
        "anyOf": [{"required": [key]} for key in ("campaign", *AD_GROUP_LISTS)],
        "$defs": _definitions(),
    }


def envelope() -> Schema:
    """A request with its endpoint, or a tool call; the endpoint says what its body is."""
    body = {
        "description": "The request's body: a payload, or its JSON as a string.",
        "type": ["object", "array", "string", "null"],
    }
    words = {"description": "An endpoint's path or whole URL.", **TEXT}
    tool = {"description": "A tool such as smart_plus_adgroup_create.", **TEXT}
    properties: Schema = dict.fromkeys(ENDPOINT_KEYS, words) | dict.fromkeys(HELD_KEYS, body)
    properties |= dict.fromkeys(TOOL_KEYS, tool)
    properties |= {
        "method": {"description": "The request method.", **TEXT},
        "current": {"description": "What stands at TikTok of the object that the request changes.", "type": "object"},
        "headers": {"description": "Header names and values; never an Access-Token.", "type": ["object", "array"]},
        "facts": {"$ref": "#/$defs/Facts"},
    }
    return {
        "title": "envelope",
        "description": "A request with its endpoint, or a tool call.",
        "type": "object",
        "properties": properties,
        "anyOf": [{"required": [key]} for key in NAMING_KEYS],
        "allOf": [
            {
                "if": _sent_to(path),
                "then": {"properties": dict.fromkeys(HELD_KEYS, _if_object(held))},
            }
            for path, (level, act) in SMART_PLUS.items()
            if (held := _body_of(level, act)) is not None
        ],
        "$defs": _definitions() | _status_definitions(),
    }


# -- requests ----------------------------------------------------------------------------------------------------------


def _sent_to(path: str) -> Schema:
    """Holds of an envelope of a Smart+ path, by its endpoint or its tool."""
    tool = path.strip("/").replace("/", "_")
    by_endpoint = {"type": "string", "pattern": f"{path.rstrip('/')}/?(?:[?#].*)?$"}
    by_tool = {"type": "string", "pattern": f"{tool}$"}
    keys = {**dict.fromkeys(ENDPOINT_KEYS, by_endpoint), **dict.fromkeys(TOOL_KEYS, by_tool)}
    return {"anyOf": [{"required": [key], "properties": {key: held}} for key, held in keys.items()]}


def _body_of(level: ObjectLevel, act: Act) -> Schema | None:
    """What a request holds; None where it is no payload."""
    model = MODELS[level]
    if act == "create":
        new = {"properties": {OWN_IDS[level]: False}}
        return {"allOf": [{"$ref": f"#/$defs/{model}Fields"}, {"$ref": f"#/$defs/{model}Needs"}, OF_SOMEBODY, new]}
    names = {"update": f"{model}Fields", "status": f"{model}StatusUpdate"}
    names |= {"budgets": "AdGroupBudgetUpdate", "materials": "AdMaterialStatusUpdate", "appeal": "AdAppeal"}
    return {"$ref": f"#/$defs/{names[act]}"} if act in names else None


def _if_object(held: Schema) -> Schema:
    """A schema for objects alone: a body may be a string of JSON."""
    return {"if": {"type": "object"}, "then": held}


def _unless_update(level: ObjectLevel, needs: Schema) -> Schema:
    """A schema for bodies without an id of their own."""
    own = OWN_IDS[level]
    return {"if": {"required": [own], "properties": {own: {"type": "string", "minLength": 1}}}, "else": needs}


# -- objects -----------------------------------------------------------------------------------------------------------


def _definitions() -> dict[str, Schema]:
    """The schemas of all objects by their models; of payloads also what any request holds, and what a create needs."""
    facts = _facts_of(*OBJECT_LEVELS, "facts")
    nested = {level: {"facts": {"$ref": "#/$defs/Facts"}} for level in OBJECT_LEVELS}
    nested["campaign"] |= dict.fromkeys(AD_GROUP_LISTS, _listed("AdGroup", "The ad groups of the campaign."))
    nested["adgroup"] |= dict.fromkeys(AD_LISTS, _listed("Ad", "The ads of the ad group."))
    definitions: dict[str, Schema] = {}
    for level in OBJECT_LEVELS:
        model = MODELS[level]
        needs = {"$ref": f"#/$defs/{model}Needs"}
        definitions[model] = {
            "description": _doc(model),
            "allOf": [{"$ref": f"#/$defs/{model}Fields"}, _unless_update(level, needs)],
        }
        definitions[f"{model}Fields"] = _object(f"{model}Update", facts, nested[level])
        needed = _needs(SHAPES[model])
        for one in facts[model].values():
            if one.is_of_updates and one.name != OWN_IDS[level]:
                needed["properties"] = needed.get("properties", {}) | {one.name: False}
        definitions[f"{model}Needs"] = needed
    return definitions | {name: _object(name, facts) for name in facts if name not in MODELS.values()}


def _status_definitions() -> dict[str, Schema]:
    """The schemas of requests that change one thing of objects that stand."""
    facts = _facts_of("status", "budgets", "materials", "appeal")
    return {
        name: {**_object(name, facts), **({"required": list(REQUIRED[name])} if name in REQUIRED else {})}
        for name in facts
    }


def _facts_of(*kinds: str) -> dict[str, dict[str, FieldFacts]]:
    """What is known of the fields of kinds of payload, by model and name."""
    by_model: dict[str, dict[str, FieldFacts]] = {}
    for kind in kinds:
        for facts in fields(kind):
            by_model.setdefault(facts.model, {})[facts.name] = facts
    return by_model


def _object(model: str, facts: dict[str, dict[str, FieldFacts]], nested: Schema | None = None) -> Schema:
    """The schema of an object: closed but for notes, unless its model is open."""
    name = model.removesuffix("Update") if nested is not None else model
    shape: Schema = {
        "title": name,
        "description": f"{_doc(name)}\n\nRules of every field: {', '.join(rules_of_every_field())}.",
        "type": "object",
        "properties": {one.name: _field(one) for one in facts[name].values()} | (nested or {}),
    }
    return shape if SHAPES[model].open else {**shape, "patternProperties": NOTES, "additionalProperties": False}


def _field(facts: FieldFacts) -> Schema:
    """The schema of a field: its type, its values, and what is known of it. One that is null counts as left out."""
    held = _held(facts.spec, facts.values)
    if facts.name in REQUIRED.get(facts.model, ()):
        held |= {"minItems": 1} if "items" in held else {"minLength": 1} if held.get("type") == "string" else {}
    elif "type" in held:
        held = {**held, "type": [held["type"], "null"]}
        if "enum" in held:
            held["enum"] = [*held["enum"], None]
    else:
        held = {"anyOf": [held, {"type": "null"}]}
    return {"title": facts.field, **({"description": text} if (text := _description(facts)) else {}), **held}


def _held(spec: Spec, values: tuple[str, ...]) -> Schema:
    """The schema of a value of a kind; an enumeration's values are those of its texts."""
    if isinstance(spec, ListOf):
        return {"type": "array", "items": _held(spec.item, values)}
    if isinstance(spec, Either):
        return {"anyOf": [_held(part, ()) for part in spec]}
    if isinstance(spec, Shape):
        return {"type": "object"} if spec is OBJECT else {"$ref": f"#/$defs/{spec.name}"}
    if spec in TYPES:
        return {"type": TYPES[spec]}
    return {"type": "string", **({"enum": list(values)} if values else {})}


def _needs(shape: Shape) -> Schema:
    """What an object of a create request needs, and the objects in it."""
    properties: Schema = {}
    for name, spec in shape.fields.items():
        for needs in filter(None, map(_needs, shapes_in(spec))):
            is_list = any(isinstance(part, ListOf) for part in (spec if isinstance(spec, Either) else (spec,)))
            properties[name] = {"items": needs} if is_list else needs
    required: Schema = {"required": list(REQUIRED[shape.name])} if shape.name in REQUIRED else {}
    return required | ({"properties": properties} if properties else {})


def _listed(model: str, about: str) -> Schema:
    return {"description": about, "type": ["array", "null"], "items": {"$ref": f"#/$defs/{model}"}}


def _description(facts: FieldFacts) -> str:
    """What a field is, its limits, what web campaigns take, and the rules that look at it, a paragraph each."""
    names = _names()
    limits = "; ".join(f"{limit.words} ({limit.code})" for limit in facts.limits)
    rules = ", ".join(f"{code} {names[code]}" for code in facts.rules)
    taken = "" if facts.choices == facts.values else f"Web campaigns take {', '.join(facts.choices)}."
    parts = (facts.about, taken, limits and f"{limits[0].upper()}{limits[1:]}.", rules and f"Rules: {rules}.")
    return "\n\n".join(part for part in parts if part)


@cache
def _names() -> dict[str, str]:
    """The names of rules by their codes."""
    return {rule.code: rule.name for rule, _ in load().rules}


def _doc(model: str) -> str:
    from splint import models  # pydantic: 60 ms

    return " ".join((getattr(models, model).__doc__ or "").split())
