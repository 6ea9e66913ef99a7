"""Which objects may stand around a cursor: the shapes of payloads, of bundles and of requests, by the keys around it.

What is not decided yet stays open: several shapes may stand there, and their fields are those of all of them.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from splint.payloads.conditions import MODELS
from splint.payloads.endpoints import path_of_tool, read_endpoint
from splint.rules.scope import STATUS
from splint.schema.envelopes import HELD_KEYS, NAMING_KEYS, TOOL_KEYS
from splint.schema.kinds import OBJECT, Either, ListOf, Shape, Spec
from splint.schema.table import SHAPES
from splint.schema.vocabulary import (
    AD_GROUP_LISTS,
    AD_LISTS,
    NESTS,
    NOUNS,
    OBJECT_LEVELS,
    OWN_IDS,
    SMART_PLUS,
    level_of,
)
from splint.schema.vocabulary import MODELS as OF_LEVELS
from splint.server.flow import Cursor, Frame

CALLED = {**NOUNS, "Bundle": "bundle", "Facts": "account facts"}
"""What shapes are called."""
ABOUT = {
    "campaign": "The campaign of the bundle.",
    "facts": "Account facts that no payload tells.",
    **dict.fromkeys(AD_GROUP_LISTS, "The ad groups of the campaign."),
    **dict.fromkeys(AD_LISTS, "The ads of the ad group."),
}
"""Keys that hold other payloads, and are no fields of an endpoint."""


class Slot(NamedTuple):
    """What may stand at a place."""

    spec: Spec | None
    """None for anything."""
    field: str = ""
    """The field that holds it, as guards name it; empty for none."""
    is_update: bool = False
    """Whether its endpoint changes an object that stands."""


ANYTHING = Slot(None)


@cache
def _shape(name: str) -> Shape:
    """A shape with the payloads that it may nest: those of bundles, and of campaigns and ad groups by the models."""
    facts: dict[str, Spec] = {"facts": SHAPES["Facts"]}
    if name == "Bundle":
        groups = dict.fromkeys(AD_GROUP_LISTS, ListOf(_shape("AdGroupUpdate")))
        return Shape(name, {"campaign": _shape("CampaignUpdate"), **groups, **facts}, open=True)
    nested: dict[str, Spec] = {}
    if (model := MODELS.get(name, name)) in NESTS:
        lists, inner = NESTS[model]
        nested = {**(dict.fromkeys(lists, ListOf(_shape(f"{inner}Update"))) if lists else {}), **facts}
    shape = SHAPES[name]
    return Shape(name, {**shape.fields, **nested}, shape.open) if nested else shape


BODIES = ("CampaignUpdate", "AdGroupUpdate", "AdUpdate", "Bundle")
"""The shapes of an object of which nothing is known."""
CHANGES = (*STATUS.values(), "AdGroupBudgetUpdate", "AdMaterialStatusUpdate", "AdAppeal", "Facts", "EventBatch")
"""The shapes that also fit, where a key of theirs says so."""


def model_of(shape: Shape) -> str:
    """The model of a shape as guards name it, an update's that of the create request."""
    return MODELS.get(shape.name, shape.name)


def noun_of(shape: Shape) -> str:
    """What a shape is called."""
    return CALLED.get(model_of(shape), model_of(shape))


class Objects(NamedTuple):
    """What may stand around a cursor and at it."""

    shapes: tuple[Shape, ...]
    """The shapes of the innermost object; none where it is a list, or no payload's."""
    slots: tuple[Slot, ...]
    """What may be typed as a value there."""
    is_update: bool = False
    """Whether the object stands already, or is part of one that does: nothing is required."""


def objects_at(cursor: Cursor, url: str = "") -> Objects:
    """What may stand around a cursor and at it; `url` is where a curl command sends the document."""
    slots: tuple[Slot, ...] = (ANYTHING,)
    if url and (sent := _sent_to(read_endpoint(url).path)) is not None:
        slots = sent
    shapes: tuple[Shape, ...] = ()
    holder: Frame | None = None
    is_update = False
    for frame in cursor.frames:
        if holder is not None and holder.kind == "{":
            slots = _member(shapes, slots, holder, frame.key)
        elif holder is not None:
            slots = _entry(slots)
        shapes = _shapes(slots, frame) if frame.kind == "{" else ()
        if any(model_of(shape) in NESTS for shape in shapes):
            own = [OWN_IDS[level] for level in OBJECT_LEVELS if _is_of(shapes, OF_LEVELS[level])]
            is_update = any(slot.is_update for slot in slots) or any(name in frame.keys for name in own)
        holder = frame
    if cursor.role == "key":
        return Objects(shapes, (), is_update)
    if cursor.role == "either":  # the object that a line begins, or the scalar that it is
        return Objects(shapes, slots, is_update)
    if holder is None or holder.kind != "{":
        return Objects(shapes, _entry(slots), is_update)
    return Objects(shapes, _member(shapes, slots, holder, cursor.member), is_update)


def _is_of(shapes: Sequence[Shape], model: str) -> bool:
    return len(shapes) == 1 and model_of(shapes[0]) == model


def _entry(slots: Sequence[Slot]) -> tuple[Slot, ...]:
    """What an entry of a list may be."""
    found: list[Slot] = []
    for slot in slots:
        if slot.spec is None:
            found.append(slot)
        found += [slot._replace(spec=part.item) for part in _parts(slot.spec) if isinstance(part, ListOf)]
    return tuple(found)


def _parts(spec: Spec | None) -> Iterator[Spec]:
    if isinstance(spec, Either):
        yield from _parts(spec.first)
        yield from _parts(spec.second)
    elif spec is not None:
        yield spec


def _member(shapes: Sequence[Shape], slots: Sequence[Slot], frame: Frame, key: str | None) -> tuple[Slot, ...]:
    """What a member of an object may be."""
    is_anything = any(slot.spec is None for slot in slots)
    if key is None:
        return ()
    if is_anything and key in (*HELD_KEYS, "current") and (sent := _body(frame)) is not None:
        return sent
    found = []
    for shape in shapes:
        if key in shape.fields:
            field = "" if key in ABOUT else f"{model_of(shape)}.{key}"
            found.append(Slot(shape.fields[key], field))
    return tuple(found) or ((ANYTHING,) if is_anything or any(shape.open for shape in shapes) else ())


def _shapes(slots: Sequence[Slot], frame: Frame) -> tuple[Shape, ...]:
    """The shapes that an object may have."""
    found: list[Shape] = []
    for slot in slots:
        for part in _parts(slot.spec):
            found += [part] if isinstance(part, Shape) and part is not OBJECT else []
    if found or not any(slot.spec is None for slot in slots):
        return tuple(dict.fromkeys(found))
    return _by_keys(frame.keys)


def _by_keys(keys: dict[str, str | None]) -> tuple[Shape, ...]:
    """The shapes of an object of which only the keys are known: those that know most of them."""
    level = level_of(dict.fromkeys(keys, True))
    if level is not None:
        return (_shape(f"{OF_LEVELS[level]}Update"),)
    if any(key in keys for key in ("campaign", *AD_GROUP_LISTS)):
        return (_shape("Bundle"),)
    shapes = [_shape(name) for name in (*BODIES, *CHANGES)]
    counts = [sum(key in shape.fields for key in keys) for shape in shapes]
    most = max(counts)
    if not most:
        return () if keys else tuple(shapes[: len(BODIES)])
    return tuple(shape for shape, count in zip(shapes, counts, strict=True) if count == most)


def _body(frame: Frame) -> tuple[Slot, ...] | None:
    """What the body that an envelope sends may be; None where it names no endpoint of TikTok's."""
    for key in NAMING_KEYS:
        written = frame.keys.get(key)
        if written:
            path = path_of_tool(written) if key in TOOL_KEYS else read_endpoint(written).path
            if path is not None and (sent := _sent_to(path)) is not None:
                return sent
    return None


def _sent_to(path: str) -> tuple[Slot, ...] | None:
    """What an endpoint takes; None for one that is not known."""
    level, act = SMART_PLUS.get(path, (None, "other"))
    if level is None:
        return None
    model = OF_LEVELS[level]
    names = {"create": model, "update": f"{model}Update", "status": f"{model}StatusUpdate"}
    names |= {"budgets": "AdGroupBudgetUpdate", "materials": "AdMaterialStatusUpdate", "appeal": "AdAppeal"}
    return (Slot(_shape(names[act]), is_update=act == "update"),) if act in names else ()
