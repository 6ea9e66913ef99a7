"""The scope of guards: which objects belong to a node."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from splint.payloads.faults import Unrecognized
from splint.payloads.nodes import Ad, AdGroup, Creative, Finding, Payload, StatusUpdate, Tree
from splint.schema.kinds import Either, ListOf, Shape, Spec
from splint.schema.table import SHAPES

STATUS = {
    "campaign_ids": "CampaignStatusUpdate",
    "adgroup_ids": "AdGroupStatusUpdate",
    "smart_plus_ad_ids": "AdStatusUpdate",
}
"""The model of a status request, by its list of ids."""


Body = tuple[str, dict[str, Any], dict[str, Any]]
"""An object that guards are asked about: its model, its fields, and what lies in it and belongs to the node: in the ad
of a creative, all but the other creatives."""


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


def objects_within(root: str, raw: dict[str, Any], model: str) -> list[dict[str, Any]]:
    """The objects of a model that lie in an object, or are it."""
    objects: list[dict[str, Any]] = []  # in most of what is asked there are none: no generator is made for these
    for path in paths_to(root, model):
        level: list[Any] = [raw]
        for key in path:
            inner: list[Any] = []
            for entry in level:
                value = entry.get(key)
                if isinstance(value, list):
                    inner += [one for one in value if isinstance(one, dict)]
                elif isinstance(value, dict):
                    inner.append(value)
            level = inner
        objects += level
    return objects


def bodies_of(node: Any) -> list[Body]:
    """The payloads that belong to a node, and a creative with its ad; the tree keeps them for its guards."""
    kept = tree_of(node).bodies
    bodies = kept.get(id(node))
    if bodies is None:
        bodies = kept[id(node)] = [(model_of(one), one.raw, one.raw) for one in payloads_of(node)]
        if isinstance(node, Creative):
            rest = {key: value for key, value in node.ad.raw.items() if key != "creative_list"}
            bodies += [("Creative", node.raw, node.raw), ("Ad", node.ad.raw, rest)]
    return bodies


@cache
def paths_to(root: str, model: str) -> tuple[tuple[str, ...], ...]:
    """Through which fields of a model objects of another one are reached."""
    paths: list[tuple[str, ...]] = [()] if root == model else []
    for field, spec in SHAPES[root].fields.items():
        for inner in shapes_in(spec):
            if inner.name in SHAPES:
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


def is_known(fact: str, node: Any) -> bool:
    """Whether one of a node's payloads knows an account fact: mostly it does itself, and no other one is asked."""
    if isinstance(node, Payload) and node.fact(fact) is not None:
        return True
    return any(payload.fact(fact) is not None for payload in all_payloads_of(node))


def tree_of(node: Any) -> Tree:
    """The tree that a node belongs to."""
    if isinstance(node, Tree):
        return node
    payload: Payload = node.ad if isinstance(node, Creative) else node
    return payload.tree
