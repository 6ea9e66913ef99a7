"""Where the body of a request stands that has no key of its own: in what tools export, and in logs."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from splint.formats import Document, Source, escape
from splint.formats.json.reader import parse
from splint.payloads.keys import meant
from splint.payloads.validation import Violation
from splint.schema.kinds import OBJECT, Shape
from splint.schema.table import SHAPES
from splint.schema.vocabulary import BODY_KEYS, ENDPOINT_KEYS, PARAMETER_KEYS, level_of

_KEYS = (
    *BODY_KEYS,
    *("request_body", "requestBody", "jsonBody", "postData", "request", "options", "init", "config"),
    *PARAMETER_KEYS,
    *("text", "raw"),
)
"""Keys beside an endpoint, or in an object there, that hold a body, or an object with one.

n8n writes jsonBody, HAR postData with `text` in it, Postman `raw`; `options` and `init` are arguments of fetch.
"""
_NOT_SENT = frozenset({"headers", "header", "response", "facts", "current"})
"""Keys beside an endpoint below which no body is looked for."""
_MOST_STEPS = 8
"""The most steps from an envelope to its body."""
ENVELOPE = Shape(
    "Envelope", dict.fromkeys((*BODY_KEYS, *ENDPOINT_KEYS, "method", "headers", "current", "facts"), OBJECT)
)
"""The keys of an envelope. A similar key with an object counts as a misspelt one of its body."""
Carried = tuple[str, Any]
"""The pointer of a body from its envelope, and its value."""


def unwrapped(step: str, body: dict[str, Any]) -> Carried:
    """The body in an object at `step` that says with Postman's `mode` or Insomnia's `mimeType` what it holds."""
    inner = "raw" if "mode" in body else "text"
    return (f"{step}/{inner}", body[inner]) if isinstance(body.get(inner), str) else (step, body)


def body_in(envelope: dict[str, Any], *, takes: bool) -> tuple[Carried | None, Violation | None]:
    """The body of an envelope without one under the usual keys, and the violation where it is under a misspelt one.

    Where the endpoint `takes` an object of a campaign, what is recognized by its fields counts too.
    """
    if (found := _named(envelope)) is not None or not takes:
        return found, None
    for key, entry in envelope.items():
        if key not in ENVELOPE.fields and isinstance(entry, dict) and meant(key, ENVELOPE) in BODY_KEYS:
            at = f"/{escape(key)}"
            return (at, entry), Violation("unknown-field", at, entry, ENVELOPE)
    payloads = list(_payloads(envelope, _MOST_STEPS))
    return payloads[0] if len(payloads) == 1 else None, None


def _named(envelope: dict[str, Any], steps: int = _MOST_STEPS) -> Carried | None:
    """The body under a key of `_KEYS`, in an object there, or in one below that."""
    for key in _KEYS:
        entry = envelope.get(key)
        if key in PARAMETER_KEYS and _is_get(envelope):
            continue
        if isinstance(entry, str) and entry.lstrip("= \t\r\n").startswith("{"):
            return f"/{key}", entry
        if isinstance(entry, dict):
            if not _fields().isdisjoint(entry):
                return f"/{key}", entry
            if steps and (below := _named(entry, steps - 1)) is not None:
                return f"/{key}{below[0]}", below[1]
    return None


def _payloads(value: dict[str, Any], steps: int) -> Iterator[Carried]:
    """The objects below an envelope that are payloads by their fields, and the strings of such objects."""
    for key, entry in value.items():
        if key in _NOT_SENT or (key in PARAMETER_KEYS and _is_get(value)):
            continue
        read = _read(entry) if isinstance(entry, str) else entry
        if not isinstance(read, dict) or "code" in read:  # an answer of the API has one
            continue
        if level_of(read) is not None:
            yield f"/{escape(key)}", entry
        elif steps and read is entry:
            yield from ((f"/{escape(key)}{below}", body) for below, body in _payloads(entry, steps - 1))


def _is_get(request: dict[str, Any]) -> bool:
    """Whether what stands under `params` is the query of a URL."""
    return str(request.get("method")).strip().upper() == "GET"


def _read(text: str) -> object:
    """The value of a string of JSON; None for any other string."""
    if not text.lstrip().startswith("{"):
        return None
    read = parse(Source("", text.encode("utf-8", "surrogatepass")))
    return read.value if isinstance(read, Document) else None


@cache
def _fields() -> frozenset[str]:
    """Fields by which an object is a body: those of all requests, but for an id that logs have too."""
    shapes = [shape for shape in SHAPES.values() if "advertiser_id" in shape.fields]
    return frozenset({"event_source", *(name for shape in shapes for name in shape.fields)} - {"request_id"})
