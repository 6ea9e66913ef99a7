"""What a finding is about, in words that stay the same when lines move and siblings come and go."""

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
"""The nearest first: what stands at TikTok carries its parents' names too."""
HOLDERS = (*BODY_KEYS, *PARAMETER_KEYS, "campaign")
"""The keys under which a request or a bundle, which has no name of its own, holds the object that has one."""


def anchor(location: Location) -> Anchor:
    """The anchor of a spot that is its file's own.

    In the pointer an object's name stands for its index, and for the number of a document among several. Access
    tokens are not hashed, and masked where they are part of the pointer.
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
    """What an object is called, or what it is there to hold."""
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
    """A value however its numbers are written: 15.0 is 15."""
    if isinstance(value, dict):
        return {key: _plain(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [_plain(entry) for entry in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value
