"""Payloads to campaign trees: nesting, equal ids and a program's placeholders tie them, and nothing is guessed."""

from collections import defaultdict
from collections.abc import Iterable

from splint.payloads.nodes import Ad, AdGroup, Payload, Tree
from splint.rules.registry import NONE_APPLICABLE, Ruleset


def is_self_contained(payload: Payload) -> bool:
    """Whether nothing elsewhere in the run can be tied to a payload: then its tree can be judged at once."""
    return not payload.ids or payload.document.stands_alone


def has_no_applicable_rule(payloads: list[Payload], ruleset: Ruleset) -> bool:
    """Whether payloads are whole campaigns with no applicable rule: nobody need look further.

    So are most that are clean: a third of what one costs is saved by that.
    """
    signature = payloads[0].signature if payloads else None
    if signature is None or ruleset.applicable(signature) is not NONE_APPLICABLE:
        return False
    for payload in payloads:
        if (
            payload.signature is not signature
            or payload.ids
            or payload.before is not None
            or payload.current is not None
        ):
            return False
    return True


def lacks_its_parent(payload: Payload) -> bool:
    """Whether a payload names a parent that the run does not hold: rules may stay silent for that alone."""
    if isinstance(payload, Ad) and payload.ad_group is None:
        return True
    return isinstance(payload, AdGroup | Ad) and payload.tree.campaign is None


def plan(payloads: Iterable[Payload]) -> list[Tree]:
    """The campaign trees of `payloads`, in order."""
    union = _Union()
    members: list[Payload] = list(payloads)
    for payload in members:
        union.add(payload)
    trees = [Tree(tied) for tied in union.sets(members)]
    for tree in trees:
        _connect(tree)
    return sorted(trees, key=lambda tree: tree.payloads[0].order)


class _Union:
    """Disjoint sets of payloads, joined through the keys they share."""

    def __init__(self) -> None:
        self.parents: dict[object, object] = {}

    def find(self, key: object) -> object:
        parents = self.parents
        while (above := parents.setdefault(key, key)) is not key:
            parents[key] = parents[above]
            key = above
        return key

    def join(self, one: object, other: object) -> None:
        self.parents[self.find(one)] = self.find(other)

    def add(self, payload: Payload) -> None:
        """Join a payload with whatever ties it, what it is nested in aside."""
        for other in (payload.before, payload.current):
            if other is not None:
                self.join(payload.root, other.root)
        if payload.bundle is not None:
            self.join(payload.root, id(payload.bundle))
        for tie in payload.ids.items():
            self.join(payload.root, tie)

    def sets(self, members: list[Payload]) -> list[list[Payload]]:
        """The sets, each in the order of `members`."""
        found: defaultdict[object, list[Payload]] = defaultdict(list)
        for payload in members:
            found[self.find(payload.root) if self.parents else payload.root].append(payload)
        return list(found.values())


def _connect(tree: Tree) -> None:
    """Give ads their ad group, and updates the row of what they change."""
    rows: dict[tuple[type[Payload], str], Payload] = {}
    groups: dict[str, AdGroup] = {}
    for payload in tree.payloads:
        own = payload.ids.get(payload.own_id) if payload.ids else None
        if own is not None and payload.kind == "row":
            rows.setdefault((type(payload), own), payload)
    for group in tree.ad_groups:
        own = group.ids.get("adgroup_id") if group.ids else None
        if own is not None and (own not in groups or groups[own].kind == "row"):
            groups[own] = group
    for payload in tree.payloads if rows else ():
        if payload.kind == "update" and payload.current is None:
            payload.current = rows.get((type(payload), payload.ids.get(payload.own_id, "")))
    for ad in tree.ads:
        above = ad.holder or ad.before
        ad.ad_group = above if isinstance(above, AdGroup) else groups.get(ad.ids.get("adgroup_id", ""))
