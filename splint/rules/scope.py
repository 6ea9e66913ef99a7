"""The scope of guards: which objects belong to a node."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from splint.payloads.conditions import ALONE, MODELS
from splint.payloads.faults import Unrecognized
from splint.payloads.invalid_fields import InvalidField
from splint.payloads.nodes import Ad, AdGroup, Creative, Finding, Payload, StatusUpdate, Tree
from splint.schema.kinds import Either, ListOf, Shape, Spec
from splint.schema.table import SHAPES

STATUS = {
    "campaign_ids": "CampaignStatusUpdate",
    "adgroup_ids": "AdGroupStatusUpdate",
    "smart_plus_ad_ids": "AdStatusUpdate",
}
"""The model of a status request, by its list of ids."""
Paths = tuple[tuple[str, ...], ...]
"""Ways into an object, by the fields on each."""


def model_of(payload: Payload) -> str:
    """The model of a payload, an update's that of the create request."""
    return STATUS[payload.ids_field] if isinstance(payload, StatusUpdate) else type(payload).__name__


def model_at(finding: Finding, node: object) -> str | None:
    """The model of the object that a rule's finding on `node` is on; empty if that is no payload's own object.

    None for a document that holds no payload: its objects have no model.
    """
    if isinstance(node, Unrecognized):
        return None
    document, pointer, part = finding.location
    if isinstance(node, InvalidField) and finding.location is node.location:
        holder = node.holder.rpartition("/")[0] if isinstance(node.around, list) else node.holder
        if holder == node.root:
            return MODELS.get(node.model, node.model)
    if isinstance(node, Payload) and part == "opening" and document is node.document and pointer == node.pointer:
        return model_of(node)
    return ""


def payloads_of(node: Any) -> list[Payload]:
    """The payloads whose objects belong to a node: a tree's, or it and those above it; not the ad of a creative."""
    if isinstance(node, Tree):
        return node.payloads
    payload: Payload | None = node.ad if isinstance(node, Creative) else node
    payloads: list[Payload] = [] if isinstance(node, Creative) else [node]
    if isinstance(payload, Ad) and payload.ad_group is not None:
        payloads.append(payload.ad_group)
    if isinstance(payload, (Ad, AdGroup)) and payload.tree.campaign is not None:
        payloads.append(payload.tree.campaign)
    while payload is not None and (payload := payload.parent) is not None:
        if payload not in payloads:
            payloads.append(payload)
    return payloads


def objects_of(node: Any, model: str) -> list[dict[str, Any]]:
    """The objects of a model that belong to a node, of an ad all but its other creatives; kept while it is asked."""
    tree: Tree = node.tree
    if tree.asked_last is not node:
        tree.asked_last, tree.objects = node, {}
    objects = tree.objects.get(model)
    if objects is None:
        root, paths = root_of(model)
        if type(node).__name__ == root:  # above it there is no payload of its own kind
            objects = objects_within(node.raw, paths)
        else:
            objects = []
            for payload in payloads_of(node):
                if paths := paths_to(model_of(payload), model):
                    objects += objects_within(payload.raw, paths)
        if isinstance(node, Creative):
            objects += objects_within(node.raw, paths_to("Creative", model))
            objects += objects_within(node.ad.raw, paths_to("Ad", model, "creative_list"))
        tree.objects[model] = objects
    return objects


def objects_within(raw: dict[str, Any], paths: Paths) -> list[dict[str, Any]]:
    """The objects that lie in an object at the end of some paths."""
    objects: list[dict[str, Any]] = []
    for path in paths:
        level = [raw]
        for key in path:
            inner: list[dict[str, Any]] = []
            for entry in level:
                value = entry.get(key)
                if isinstance(value, dict):
                    inner.append(value)
                elif isinstance(value, list):
                    for one in value:
                        if isinstance(one, dict):
                            inner.append(one)  # noqa: PERF401 - a comprehension of few entries takes twice as long
            level = inner
        objects += level
    return objects


@cache
def root_of(model: str) -> tuple[str, Paths]:
    """Which of campaigns, ad groups and ads the objects of a model lie in, or are, with the paths to them there.

    Empty unless it is one of the three. For speed only: it is for most models.
    """
    roots = [(root, paths) for root in ALONE if (paths := paths_to(root, model))]
    return roots[0] if len(roots) == 1 else ("", ())


@cache
def paths_to(root: str, model: str, but: str = "") -> Paths:
    """Through which fields of a model, `but` for one of them, objects of another one are reached."""
    paths: list[tuple[str, ...]] = [()] if root == model else []
    for field, spec in SHAPES[root].fields.items():
        for inner in shapes_in(spec):
            if inner.name in SHAPES and field != but:
                paths += [(field, *path) for path in paths_to(inner.name, model)]
    return tuple(paths)


def shapes_in(spec: Spec) -> Iterator[Shape]:
    """The shapes of the objects that a field holds, alone or in a list."""
    if isinstance(spec, Shape):
        yield spec
    for inner in (spec.item,) if isinstance(spec, ListOf) else spec if isinstance(spec, Either) else ():
        yield from shapes_in(inner)


def raws_of(node: Any) -> dict[str, list[dict[str, Any]]]:
    """The fields of a node's payloads and of what stands of them, by model."""
    raws: dict[str, list[dict[str, Any]]] = {}
    for payload in all_payloads_of(node):
        current: Payload | None = payload
        while current is not None:
            raws.setdefault(model_of(payload), []).append(current.raw)
            current = current.current
    return raws


def all_payloads_of(node: Any) -> list[Payload]:
    """The payloads of a node, the ad that holds a creative too."""
    return [*payloads_of(node), *([node.ad] if isinstance(node, Creative) else ())]


def payloads_of_model(node: Any, model: str) -> list[Payload]:
    """The payloads of a node that are campaigns, ad groups or ads, as `model` says."""
    if type(node).__name__ == model:  # as most that are asked: above it there is no payload of its own kind
        return [node]
    return [payload for payload in all_payloads_of(node) if type(payload).__name__ == model]


def is_known(fact: str, node: Any) -> bool:
    """Whether one of a node's payloads knows an account fact: mostly it does itself, and no other one is asked."""
    if isinstance(node, Payload) and node.fact(fact) is not None:
        return True
    return any(payload.fact(fact) is not None for payload in all_payloads_of(node))
