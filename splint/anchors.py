"""What a finding is about, in words that stay the same when lines move and siblings come and go."""

from hashlib import blake2b
from typing import Any

import orjson

from splint.documents import escape, steps
from splint.nodes import Spot
from splint.report import Anchor

NAMES = ("campaign_name", "adgroup_name", "ad_name")


def anchor(spot: Spot) -> Anchor:
    """The anchor of a spot that is its file's own.

    In the pointer an object's name stands for its index, and for the number of a document among several. Access
    tokens are not hashed.
    """
    document, pointer, part = spot
    value = document.value
    way = []
    if document.number is not None or document.call is not None:
        way.append(_named(value) or str(document.number or ""))
    for step in steps(pointer):
        if isinstance(value, list):
            value = value[int(step)] if step.isdigit() and int(step) < len(value) else None
            way.append(_named(value) or step)
        else:
            value = value.get(step) if isinstance(value, dict) else None
            way.append(step)
    text = "".join(f"/{escape(step)}" for step in way)
    if part not in ("value", "key"):
        return Anchor(text if part in ("opening", "fault") else f"{text}#{part}", None)
    return Anchor(text, None if isinstance(value, str) and value in document.source.secrets else _hash(value))


def _named(value: Any) -> str | None:
    if not isinstance(value, dict):
        return None
    return next((f"{key}={value[key]}" for key in NAMES if isinstance(value.get(key), str) and value[key]), None)


def _hash(value: Any) -> str:
    try:
        data = orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    except TypeError:  # a lone surrogate
        data = repr(value).encode()
    return blake2b(data, digest_size=8).hexdigest()
