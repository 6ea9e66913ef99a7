"""Hashes of values: what a fingerprint knows of what a finding is on."""

import json
from hashlib import blake2b
from typing import Any

import orjson


def hash_of(value: Any) -> str:
    """A short hash of a JSON value, whatever the order of its members."""
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
