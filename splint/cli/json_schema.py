"""JSON Schemas (draft 2020-12) of payloads, settings and reports, for editors and other programs."""

from collections.abc import Callable
from typing import Any

from splint.reporting.report import SEVERITIES

Schema = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"
TEXT: Schema = {"type": "string"}
COUNT: Schema = {"type": "integer", "minimum": 0}
ORDINAL: Schema = {"type": "integer", "minimum": 1}


def schema(kind: str) -> Schema:
    """The schema of one of `KINDS`."""
    return {"$schema": DIALECT, **KINDS[kind]()}


def _model(name: str, **nested: Schema) -> Schema:
    """The schema of a payload: every field with its type; rules check which are required and their values."""
    from splint import models  # pydantic: 60 ms

    model_schema: Schema = getattr(models, name).model_json_schema(ref_template=f"#/$defs/{name}/$defs/{{model}}")
    model_schema["properties"] |= nested
    return model_schema


def _alone(name: str, model: str) -> Schema:
    """The schema of a payload with the payloads nested in it."""
    defs = _defs()
    return {"title": name, "description": defs[model]["description"], "$ref": f"#/$defs/{model}", "$defs": defs}


def _defs() -> Schema:
    ads: Schema = {"type": "array", "items": {"$ref": "#/$defs/Ad"}}
    groups: Schema = {"type": "array", "items": {"$ref": "#/$defs/AdGroup"}}
    facts: Schema = {"$ref": "#/$defs/Facts"}
    return {
        "Campaign": _model("Campaign", adgroups=groups, facts=facts),
        "AdGroup": _model("AdGroup", ads=ads, facts=facts),
        "Ad": _model("Ad", facts=facts),
        "Facts": _model("Facts"),
    }


def bundle() -> Schema:
    """A campaign with its ad groups and their ads in one document."""
    groups = {"type": "array", "items": {"$ref": "#/$defs/AdGroup"}}
    properties = {"campaign": {"$ref": "#/$defs/Campaign"}, "adgroups": groups, "ad_groups": groups}
    properties["facts"] = {"$ref": "#/$defs/Facts"}
    return {
        "title": "bundle",
        "description": "A campaign with its ad groups and their ads.",
        "type": "object",
        "properties": properties,
        "anyOf": [{"required": ["campaign"]}, {"required": ["adgroups"]}, {"required": ["ad_groups"]}],
        "$defs": _defs(),
    }


def envelope() -> Schema:
    """A request with its endpoint, or a tool call."""
    from splint.schema.vocabulary import BODY_KEYS, ENDPOINT_KEYS, PARAMETER_KEYS, TOOL_KEYS

    body = {
        "description": "The request's body: a payload, or its JSON as a string.",
        "type": ["object", "array", "string", "null"],
    }
    words = {"description": "An endpoint's path or whole URL.", **TEXT}
    properties: Schema = dict.fromkeys(ENDPOINT_KEYS, words)
    properties |= dict.fromkeys((*BODY_KEYS, *PARAMETER_KEYS), body)
    tool = {"description": "A tool such as smart_plus_adgroup_create.", **TEXT}
    properties |= dict.fromkeys(TOOL_KEYS, tool)
    properties |= {
        "method": {"description": "The request method.", **TEXT},
        "current": {"description": "What stands at TikTok of the object that the request changes.", "type": "object"},
        "headers": {"description": "Header names and values; never an Access-Token.", "type": ["object", "array"]},
        "facts": {"$ref": "#/$defs/Facts"},
    }
    wanted = [{"required": [key]} for key in (*ENDPOINT_KEYS, *TOOL_KEYS)]
    return {
        "title": "envelope",
        "description": "A request with its endpoint, or a tool call.",
        "type": "object",
        "properties": properties,
        "anyOf": wanted,
        "$defs": {"Facts": _model("Facts")},
    }


def config() -> Schema:
    """The settings: splint.toml, or [tool.splint] of pyproject.toml."""
    from splint.settings.keys import KEYS

    return {
        "title": "splint.toml",
        "description": "The settings of splint, in splint.toml or in [tool.splint] of pyproject.toml.",
        "type": "object",
        "properties": {name: {"description": key.about, **key.schema} for name, key in KEYS.items()},
        "additionalProperties": False,
    }


def report() -> Schema:
    """The report that `--output-format json` prints, version 1; keys may be added to its objects."""
    place = _object(line=ORDINAL, column=ORDINAL, offset=COUNT)
    stretch = {"anyOf": [_object(start=place, end=place), {"type": "null"}]}
    where = {"path": TEXT, "pointer": TEXT, "range": stretch}
    document = {"document": ORDINAL}
    edit = _object(range=_object(start=place, end=place), content=TEXT)
    patch = {"type": "object", "required": ["op", "path"], "properties": {"op": TEXT, "path": TEXT}}
    fix = _object(
        title=TEXT,
        applicability={"enum": ["safe", "unsafe"]},
        edits={"type": "array", "items": edit},
        patch={"type": "array", "items": patch},
    )
    suppressed = _object(
        kind={"enum": ["comment", "per-file-ignore", "override", "baseline"]}, path=TEXT, line=ORDINAL, reason=TEXT
    )
    address = {"type": ["string", "null"]}
    source = _object(title=TEXT, section=TEXT, basis=TEXT, url=address, document=address)
    related = {"type": "array", "items": _object(message=TEXT, **where, optional=document)}
    finding = _object(
        id={"type": "string", "pattern": "^[0-9a-f]{32}$"},
        code=TEXT,
        name=TEXT,
        severity={"enum": list(SEVERITIES)},
        message=TEXT,
        **where,
        related=related,
        fix={"anyOf": [fix, {"type": "null"}]},
        source=source,
        suppressed={"anyOf": [suppressed, {"type": "null"}]},
        optional=document,
    )
    notification = _object(kind=TEXT, message=TEXT, optional={"path": TEXT, "code": TEXT})
    counts = ("files", "payloads", "errors", "warnings", "infos", "suppressed", "baselined", "fixable", "left_out")
    return {
        "title": "report",
        "description": "What splint found, version 1.",
        **_object(
            version={"const": 1},
            tool=_object(name=TEXT, version=TEXT, profile=TEXT, as_of=TEXT),
            summary=_object(**dict.fromkeys(counts, COUNT)),
            diagnostics={"type": "array", "items": finding},
            errors={"type": "array", "items": notification},
        ),
    }


def _object(*, optional: Schema | None = None, **needed: Schema) -> Schema:
    """The schema of an object with all `needed` members, and `optional` ones."""
    return {"type": "object", "properties": {**needed, **(optional or {})}, "required": list(needed)}


KINDS: dict[str, Callable[[], Schema]] = {
    "campaign": lambda: _alone("campaign", "Campaign"),
    "adgroup": lambda: _alone("adgroup", "AdGroup"),
    "ad": lambda: _alone("ad", "Ad"),
    "bundle": bundle,
    "envelope": envelope,
    "config": config,
    "report": report,
}
"""The kinds of schemas."""
