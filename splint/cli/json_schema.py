"""JSON Schemas (draft 2020-12) of payloads, settings and reports, for editors and other programs."""

from collections.abc import Callable
from typing import Any

from splint.cli import payload_schema
from splint.reporting.report import SEVERITIES

Schema = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"
TEXT: Schema = {"type": "string"}
COUNT: Schema = {"type": "integer", "minimum": 0}
ORDINAL: Schema = {"type": "integer", "minimum": 1}


def schema(kind: str) -> Schema:
    """The schema of one of `KINDS`."""
    return {"$schema": DIALECT, **KINDS[kind]()}


def config() -> Schema:
    """The settings: splint.toml, or [tool.splint] of pyproject.toml."""
    from splint.settings.keys import KEYS, properties  # only the schema of the settings

    return {
        "title": "splint.toml",
        "description": "The settings of splint, in splint.toml or in [tool.splint] of pyproject.toml.",
        "type": "object",
        "properties": properties(KEYS),
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
    "campaign": lambda: payload_schema.alone("campaign"),
    "adgroup": lambda: payload_schema.alone("adgroup"),
    "ad": lambda: payload_schema.alone("ad"),
    "bundle": payload_schema.bundle,
    "envelope": payload_schema.envelope,
    "config": config,
    "report": report,
}
"""The kinds of schemas."""
