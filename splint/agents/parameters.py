"""The arguments that tools take, as JSON Schema, and the check of what a client gives."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from splint.agents.roots import MOST_BYTES
from splint.formats import Document, Source
from splint.formats.fault import SyntaxFault
from splint.formats.json.reader import parse
from splint.reporting.wording import either, safe
from splint.rules.fields import KINDS
from splint.rules.registry import PROFILES
from splint.schema.nearest import suggestion

Schema = Mapping[str, Any]


class ToolError(Exception):
    """Raised for arguments that a tool cannot take; the message says what it takes."""


TEXT: Schema = {"type": "string"}
COUNT: Schema = {"type": "integer", "minimum": 1}
FLAG: Schema = {"type": "boolean"}
PAYLOAD: Schema = {"type": ["object", "array", "string"], "description": "JSON, or its text"}
PATH: Schema = {"type": "string", "description": "a file below a --root, instead of payload"}
IDS: Schema = {"type": "array", "items": TEXT, "description": "of findings; default: all safe fixes"}
ANSWERS: Schema = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {"id": TEXT, "at": TEXT, "value": {}},
        "required": ["at", "value"],
    },
    "description": "at is that of the question; value null leaves the field out; a list where the question has list",
}
REFUSAL: Schema = {"type": ["object", "array", "string"], "description": "TikTok's answer, a log line or a message"}
KIND: Schema = {"enum": list(KINDS)}
CHECKING: Mapping[str, Schema] = {
    "profile": {"enum": list(PROFILES)},
    "facts": {"type": "object", "description": "of the account: currency, historical_cpa"},
    "as_of": {"type": "string", "description": "date or moment, UTC"},
    "objectives": {"type": "array", "items": TEXT},
}
"""Options of every check."""
_TYPES: Mapping[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "boolean": (bool,),
}


def taken(tool: str, schema: Schema, given: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of a call. Raises ToolError for what the tool's schema does not take."""
    known: Mapping[str, Schema] = schema["properties"]
    for name in given:
        if name not in known:
            near = suggestion(name[:80], known)
            raise ToolError(f"{tool} takes no argument {safe(name[:80])!r}{near}; it takes {', '.join(known)}")
    for name in schema.get("required", ()):
        if name not in given:
            raise ToolError(f"{tool} needs the argument {name}")
    for name, value in given.items():
        _hold(f"argument {name} of {tool}", known[name], value)
    return dict(given)


def _hold(what: str, schema: Schema, value: Any) -> None:
    """Raise ToolError for a value that a schema does not take."""
    if "enum" in schema and value not in schema["enum"]:
        raise ToolError(f"{what} is one of {', '.join(schema['enum'])}")
    kinds: Sequence[str] = [schema["type"]] if isinstance(schema.get("type"), str) else schema.get("type", ())
    types = tuple(one for kind in kinds for one in _TYPES[kind])
    if types and (not isinstance(value, types) or (isinstance(value, bool) and bool not in types)):
        raise ToolError(f"{what} is a JSON {either(kinds)}, not {_kind(value)}")
    if "minimum" in schema and value < schema["minimum"]:
        raise ToolError(f"{what} is {schema['minimum']} or more")
    if isinstance(value, list) and "items" in schema:
        for index, entry in enumerate(value):
            _hold(f"{what}, entry {index},", schema["items"], entry)
    if isinstance(value, dict) and "properties" in schema:
        taken(what, schema, value)


def _kind(value: Any) -> str:
    """What a value is in JSON."""
    if isinstance(value, bool) or value is None:
        return json.dumps(value)
    return next((kind for kind, types in _TYPES.items() if isinstance(value, types)), "a number")


def held(given: Any) -> Any:
    """A payload as it is given, a value or a text. Raises ToolError for one that is too long."""
    text = given if isinstance(given, str) else json.dumps(given)
    if len(text) > MOST_BYTES:
        raise ToolError(f"the payload has {len(text) / (1 << 20):.1f} MB: {MOST_BYTES >> 20} MB are the most")
    return given


def value_of(given: Any) -> Any:
    """A payload as a JSON value, which a patch changes.

    Raises ToolError for one that is too long, for a text that is no JSON, and for one with a key that stands twice,
    which a patch cannot tell apart.
    """
    if not isinstance(held(given), str):
        return given
    document = document_of(given)
    for twice in document.duplicates[:1]:
        why = "a patch cannot tell the two apart: remove one in the text"
        raise ToolError(f"the payload has {safe(twice.key[:80])!r} twice, at {safe(twice.pointer[:200])}: {why}")
    return document.value


def document_of(text: str) -> Document:
    """What a payload given as a text holds. Raises ToolError for one that is no JSON."""
    document = parse(Source("<payload>", text.encode("utf-8", "surrogatepass")))
    if isinstance(document, SyntaxFault):
        at = document.source.position(document.span.start)
        where = f"line {at.line}, column {at.column}"
        raise ToolError(f"the payload is a text that is no JSON: {where}: {document.message}; {document.help}")
    return document
