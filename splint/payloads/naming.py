"""Names the field that a finding is on, as guards do (`AdGroup.bid_type`), by what stands around it in the document."""

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Any

from splint.formats import reference_tokens
from splint.payloads.conditions import MODELS
from splint.payloads.nodes.finding import Finding, Location, field_names
from splint.schema.table import SHAPES


def field_of(finding: Finding, tokens: Sequence[str], values: Sequence[Any], depth: int, model: str | None) -> str:
    """The field that a finding flags or misses; empty for what is no field.

    `values` are those along the `tokens` of its pointer, `depth` is that of their holder. What an object lacks is the
    field that the finding is `about`, and none where it says nothing. `model` is that of the object, empty where it is
    not known, and None for a document that holds no payload.
    """
    if finding.location.part != "opening":
        return field_at(finding.location, tokens, values, depth, model or "")
    if model is None or not finding.about:
        return ""
    return _field(values[-1], finding.about, model)


def fields_beside(finding: Finding, values: Sequence[Any], field: str) -> tuple[str, ...]:
    """The fields that are missing beside `field`, which is that of the finding; beside the name that a key gets."""
    if finding.becomes:
        return tuple(filter(None, (_field(values[-2], name) for name in finding.also)))
    model = field.partition(".")[0]
    return tuple(_field(values[-1], name, model) for name in finding.also) if model else ()


def fields_of_keys(finding: Finding, values: Sequence[Any]) -> Iterator[tuple[str, str]]:
    """The keys that a finding on several of an object is on, each with its field; empty for what is no field."""
    for key in finding.keys:
        yield _field(values[-1], reference_tokens(f"/{key}")[-1]), key


def field_at(location: Location, tokens: Sequence[str], values: Sequence[Any], depth: int, model: str = "") -> str:
    """The field that stands at a place; empty for what is no field.

    `model` is that of the object around it, empty where it is not known.
    """
    if location.part not in ("value", "key"):
        return ""
    return _field(values[depth], tokens[depth], model) if depth < len(tokens) else ""


def _field(holder: Any, name: str, model: str = "") -> str:
    """A field of an object by its name; empty for an unknown one. `model` is the object's, empty if it is not known."""
    if model and name in SHAPES[model].fields:
        return f"{model}.{name}"
    if name not in field_names():
        return ""  # an object may have tens of thousands of unknown keys, which are not looked at once for each
    if (only := _only(name)) is not None:
        return only
    return _known(name, field_names().intersection(holder) if isinstance(holder, dict) else frozenset())


@cache
def _only(name: str) -> str | None:
    """A field that objects of one model alone have, by its name; None for any other."""
    fields = {f"{MODELS.get(model, model)}.{name}" for model, shape in SHAPES.items() if name in shape.fields}
    return fields.pop() if len(fields) == 1 else None


@lru_cache(maxsize=1024)
def _known(name: str, keys: frozenset[str]) -> str:
    """A known field, of the model that knows most of an object's known keys; empty for a list of nested payloads.

    Cached, as the objects of a file are alike.
    """
    known = [(len(shape.fields.keys() & keys), model) for model, shape in SHAPES.items() if name in shape.fields]
    _, model = max(known, key=lambda one: one[0], default=(0, ""))
    return f"{MODELS.get(model, model)}.{name}" if model else ""
