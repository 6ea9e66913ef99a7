"""Anchors: identify a finding independently of line numbers and of the indices of list entries."""

import json
from hashlib import blake2b
from typing import Any

import orjson

from splint.formats import escape, reference_tokens
from splint.payloads.nodes import Location
from splint.reporting.masking import masked
from splint.reporting.report import Anchor
from splint.schema.vocabulary import BODY_KEYS, NAME_FIELDS, PARAMETER_KEYS

NAMES = tuple(reversed(NAME_FIELDS.values()))
"""The name fields, the lowest level first: objects exported from TikTok have the names of their parents too."""
HOLDERS = (*BODY_KEYS, *PARAMETER_KEYS, "campaign")
"""The keys of requests and bundles, which have no name themselves, whose value is the named object."""


def anchor(location: Location) -> Anchor:
    """The anchor of a location in a document of a file, as `resolve` returns it.

    In its pointer the name of an object replaces its index, or its document's number. Secrets are masked in the pointer
    and not hashed.
    """
    document, pointer, part = location
    value = document.value
    way = []
    if document.number is not None or document.call is not None:
        way.append(_named(value) or str(document.number or ""))
    for step in reference_tokens(pointer):
        if isinstance(value, list):
            value = value[int(step)] if step.isdigit() and int(step) < len(value) else None
            way.append(_named(value) or step)
        else:
            value = value.get(step) if isinstance(value, dict) else None
            way.append(step)
    secrets = document.source.secrets
    text = "".join(f"/{escape(step)}" for step in way)
    text = masked(text, secrets) if secrets else text
    if part not in ("value", "key"):
        return Anchor(text if part in ("opening", "fault") else f"{text}#{part}", None)
    return Anchor(text, None if isinstance(value, str) and value in secrets else _hash(value))


def _named(value: Any) -> str | None:
    """The name of an object, or of the object that it wraps; None if neither has one."""
    if not isinstance(value, dict):
        return None
    inner = (value[key] for key in HOLDERS if isinstance(value.get(key), dict))
    return next((name for holder in (value, *inner) if (name := _name(holder))), None)


def _name(value: dict[str, Any]) -> str | None:
    return next((f"{key}={value[key]}" for key in NAMES if isinstance(value.get(key), str) and value[key]), None)


def _hash(value: Any) -> str:
    value = _plain(value)
    try:
        data = orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    except TypeError:  # a lone surrogate, or a number of more than 64 bits
        data = json.dumps(value, sort_keys=True).encode()
    return blake2b(data, digest_size=8).hexdigest()


def _plain(value: Any) -> Any:
    """A value with whole floats as integers, so that 15.0 and 15 have the same hash."""
    if isinstance(value, dict):
        return {key: _plain(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [_plain(entry) for entry in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value
