"""Names the field that a finding is on, as guards do (`AdGroup.bid_type`), by what stands around it in the document."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from splint.formats import member, reference_tokens
from splint.payloads.conditions import MODELS
from splint.payloads.nodes.finding import Finding, Location
from splint.payloads.validation import is_absent
from splint.schema.table import SHAPES

_WORD = re.compile(r"[a-z][a-z0-9_]+")


def field_of(finding: Finding, model: str | None) -> str:
    """The field that a finding flags or misses; empty for what is no field, and in JSON within a string.

    What an object lacks is the field that the finding is `about`, else the first one that its words name; `model` is
    that of the object, empty where it is not known, and None for a document that holds no payload.
    """
    document, pointer, part = finding.location
    if part != "opening":
        return field_at(finding.location)
    if document.within is not None or model is None:
        return ""
    holder, name = _holder(document.value, reference_tokens(pointer))
    target = holder.get(name) if name and isinstance(holder, dict) else holder
    words = [finding.about] if finding.about else _WORD.findall(f"{finding.message} {finding.help}")
    return next((field for field in _missing(target, words, model) if field), "")


def field_at(location: Location) -> str:
    """The field that stands at a place; empty for what is no field, and in JSON within a string."""
    document, pointer, part = location
    if document.within is not None or part not in ("value", "key"):
        return ""
    holder, name = _holder(document.value, reference_tokens(pointer))
    return _field(holder, name) if name else ""


def _holder(value: Any, tokens: Iterable[str]) -> tuple[Any, str]:
    """The innermost object around a place, and its key there; the place's own object and no key for an entry."""
    holder, name = value, ""
    for token in tokens:
        if isinstance(value, list):
            value = member(value, token)
            if isinstance(value, dict):
                holder, name = value, ""
        elif isinstance(value, dict):
            holder, name = value, token
            value = member(value, token)
    return holder, name


def _missing(target: Any, words: Iterable[str], model: str) -> Iterable[str]:
    """The fields of these names that an object does not have; `model` is its model, empty where that is not known."""
    return (_field(target, word, model) for word in words if isinstance(target, dict) and is_absent(target.get(word)))


def _field(holder: Any, name: str, model: str = "") -> str:
    """A field of an object by its name; empty for an unknown one."""
    if model and name in SHAPES[model].fields:
        return f"{model}.{name}"
    return _known(name, tuple(holder) if isinstance(holder, dict) else ())


@lru_cache(maxsize=1024)
def _known(name: str, keys: tuple[str, ...]) -> str:
    """The field of the model that knows most of an object's keys; cached, as the objects of a file are alike."""
    known = [(len(shape.fields.keys() & keys), model) for model, shape in SHAPES.items() if name in shape.fields]
    if not known:
        return ""
    _, model = max(known, key=lambda one: one[0])
    return f"{MODELS.get(model, model)}.{name}"
