"""Groups payloads into campaign trees by nesting, equal ids, and placeholders that refer to earlier requests."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from splint.payloads.nodes import AdGroup, Payload, Tree


def without_parent(tree: Tree) -> Sequence[Payload]:
    """The payloads whose parent, or the campaign above it, is not in the run: rules that need it find nothing."""
    if tree.campaign is None:
        return [*tree.ad_groups, *tree.ads]
    return [ad for ad in tree.ads if ad.ad_group is None]


def trees_of(payloads: Iterable[Payload]) -> list[Tree]:
    """Group payloads into campaign trees, sorted by their first payloads."""
    union = _Union()
    members: list[Payload] = list(payloads)
    for payload in members:
        union.add(payload)
    trees = [Tree(members_of_tree) for members_of_tree in union.sets(members)]
    for tree in trees:
        _connect(tree)
    return sorted(trees, key=lambda tree: tree.payloads[0].order)


class _Union:
    """Disjoint sets of payloads, joined by the keys that they share (union-find)."""

    def __init__(self) -> None:
        self.parents: dict[object, object] = {}

    def find(self, key: object) -> object:
        parents = self.parents
        while (parent := parents.setdefault(key, key)) is not key:
            parents[key] = parents[parent]
            key = parent
        return key

    def join(self, one: object, other: object) -> None:
        self.parents[self.find(one)] = self.find(other)

    def add(self, payload: Payload) -> None:
        """Join a payload with the payloads, the bundle and the ids that it refers to."""
        if payload.refers_to is not None:
            self.join(payload.root, payload.refers_to.root)
        if payload.current is not None:
            self.join(payload.root, payload.current.root)
        if payload.bundle is not None:
            self.join(payload.root, id(payload.bundle))
        if payload.ids:
            for linked_id in payload.ids.items():
                self.join(payload.root, linked_id)

    def sets(self, members: list[Payload]) -> list[list[Payload]]:
        """The sets, each in the order of `members`."""
        sets: defaultdict[object, list[Payload]] = defaultdict(list)
        for payload in members:
            sets[self.find(payload.root) if self.parents else payload.root].append(payload)
        return list(sets.values())


def _connect(tree: Tree) -> None:
    """Set the ad group of each ad and the `current` row of each update."""
    rows: dict[tuple[type[Payload], str], Payload] = {}
    groups: dict[str, AdGroup] = {}
    for payload in tree.payloads:
        if payload.kind == "row" and (own := payload.ids.get(payload.own_id)) is not None:
            rows.setdefault((type(payload), own), payload)
    for group in tree.ad_groups:
        own = group.ids.get("adgroup_id")
        if own is not None and (own not in groups or groups[own].kind == "row"):
            groups[own] = group
    for payload in tree.payloads if rows else ():
        if payload.kind == "update" and payload.current is None:
            payload.current = rows.get((type(payload), payload.ids.get(payload.own_id, "")))
    for ad in tree.ads:
        parent = ad.parent or ad.refers_to
        ad.ad_group = parent if isinstance(parent, AdGroup) else groups.get(ad.ids.get("adgroup_id", ""))
