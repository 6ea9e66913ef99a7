"""Campaign trees."""

from collections.abc import Mapping
from operator import attrgetter
from typing import Any

from splint.payloads.nodes.ad import Ad, Creative
from splint.payloads.nodes.ad_group import AdGroup
from splint.payloads.nodes.campaign import Campaign
from splint.payloads.nodes.payload import Payload
from splint.payloads.nodes.scope import Scope, may_be_of_app, scope_of, tells
from splint.payloads.signature import Signature, together
from splint.schema.kinds import cached_property
from splint.schema.placeholders import is_placeholder
from splint.schema.vocabulary import is_deleted


class Tree:
    """A campaign, its ad groups and their ads, as far as they are in the run."""

    def __init__(self, payloads: list[Payload]) -> None:
        self.payloads = sorted(payloads, key=attrgetter("order"))
        """All payloads of the campaign, in the order of files and places."""
        self.campaigns: list[Campaign] = []
        """Its requests and rows of the campaign; `campaign` is the one that counts."""
        self.ad_groups: list[AdGroup] = []
        """Those of ad groups, of one ad group perhaps several."""
        self.ads: list[Ad] = []
        """Those of ads, of one ad perhaps several."""
        for payload in self.payloads:
            payload.tree = self
            if isinstance(payload, Ad):
                self.ads.append(payload)
            elif isinstance(payload, AdGroup):
                self.ad_groups.append(payload)
            elif isinstance(payload, Campaign):
                self.campaigns.append(payload)
        requests = [node for node in self.campaigns if node.kind != "row"]
        self.campaign = next(iter(requests or self.campaigns), None)
        """The campaign's request if there is one, else its row."""
        self.objections: Mapping[tuple[int, str, str], int] = {}
        """How severe what rules find on its payloads is, by document, pointer and missing field."""
        self.respellings: Mapping[tuple[int, str, str], str] = {}
        """The values that misspelt ones count as, by the same: no rule has any other objection to those."""
        self.asked_last: Any = None
        """The node that guards were asked about last."""
        self.objects: dict[str, list[dict[str, Any]]] = {}
        """Its objects by their model (splint.rules.scope): those of all nodes would take as much memory as the tree."""
        self.signature = _signature_of(self.payloads)
        """The conditions that its payloads meet; None where that is not known of all of them."""
        self.bits = -1 if self.signature is None else self.signature.bits
        """The conditions that one of its payloads may meet, as bits: all where that is not known of each."""

    def release(self) -> None:
        """Clear the payloads after checking, to break their reference cycles with the tree and their nodes.

        This spares the garbage collector, which took a fifth of a run over clean files.
        """
        self.asked_last = None
        for payload in self.payloads:
            fields = vars(payload)
            if "creatives" in fields:
                for creative in fields["creatives"]:
                    vars(creative).clear()
            fields.clear()

    def objection(self, node: Payload, name: str) -> int:
        """How severe what rules find at a field of a payload is, or at its absence: 3 is an error, 0 nothing."""
        at = node.location() if node.lacks(name) else node.location(name)
        return self.objections.get((id(at.document), at.pointer, name if node.lacks(name) else ""), 0)

    def value_of(self, node: Payload, name: str) -> Any:
        """A field of a payload that is there, in the spelling that a rule finds to be the right one."""
        at = node.location(name)
        return self.respellings.get((id(at.document), at.pointer, ""), node.raw[name])

    @property
    def tree(self) -> "Tree":
        """Itself: each node has the tree that it belongs to."""
        return self

    @cached_property
    def scope(self) -> Scope:
        """The kind of campaign that it belongs to, and what decided it."""
        return scope_of(self)

    @cached_property
    def distinct_ad_groups(self) -> list[AdGroup]:
        """Each ad group once but deleted ones, rows first; an update only if there is no row and no create request.

        Equal create requests of one request_id, as a log has of a request that was tried again, are of one. A row
        without an id, as one of a report may be, is of an ad group that nobody knows.
        """
        requested: dict[str, list[AdGroup]] = {}
        distinct = []
        for group in self._requested_ad_groups:
            same = requested.setdefault(request_id, []) if (request_id := _request_id(group)) else []
            if not any(group.written == other.written for other in same):
                distinct.append(group)
                same.append(group)
        return distinct

    @cached_property
    def _requested_ad_groups(self) -> list[AdGroup]:
        """The same with each create request, however often it is sent."""
        by_id: dict[object, AdGroup] = {}
        without_row = [
            node
            for node in self.ad_groups
            if node.current is None  # else the row is used
            and not (node.kind == "row" and (is_deleted(node.written) or node.own_key is None))
        ]
        for kind in ("row", "create", "update"):
            for group in without_row:
                if group.kind == kind:
                    by_id.setdefault(group.own_key or id(group), group)
        distinct = sorted(by_id.values(), key=attrgetter("order"))
        return sorted(distinct, key=lambda node: node.kind != "row")

    @cached_property
    def compared_ad_groups(self) -> list[AdGroup]:
        """The ad groups that must be uniform: create requests and rows, in order."""
        compared = [node for node in self._requested_ad_groups if node.kind in ("create", "row")]
        return sorted(compared, key=attrgetter("order"))

    @cached_property
    def may_be_of_app(self) -> bool:
        """Whether its new campaign does not say where it sells, while one of its ad groups promotes an app."""
        return may_be_of_app(self)

    @cached_property
    def budgets(self) -> int:
        """How many requests and rows of ad groups hold a budget."""
        return sum(group.has("budget") and not group.is_part for group in self.ad_groups)

    @cached_property
    def names_catalog(self) -> bool:
        """Whether a payload names a catalog."""
        return any(tells(payload.written.get("catalog_id")) for payload in self.payloads)

    @cached_property
    def misfits(self) -> dict[tuple[int, str], set[type]]:
        """The faults of values of a wrong type, and of ids that are none, by the `id` of the document and pointer."""
        misfits: dict[tuple[int, str], set[type]] = {}
        for payload in self.payloads:
            for pointer, fault in payload.misfits.items():
                misfits.setdefault((id(payload.document), pointer), set()).add(fault)
        return misfits

    @cached_property
    def current_ads(self) -> list[Ad]:
        """Each ad once: an update with creatives replaces its row."""
        replaced = {ad.own_key for ad in self.ads if ad.kind == "update" and not ad.lacks("creative_list")} - {None}
        return [ad for ad in self.ads if not (ad.kind == "row" and ad.own_key in replaced)]

    @cached_property
    def creatives(self) -> list[Creative]:
        """All creatives of all ads, in order."""
        return [creative for ad in self.current_ads for creative in ad.creatives]


def _request_id(group: AdGroup) -> str:
    """The request_id of a create request, which then makes one ad group however often it is sent; empty for none."""
    given = group.written.get("request_id") if group.kind == "create" else None
    text = str(given) if isinstance(given, str | int) else ""
    return "" if is_placeholder(text, in_id=True, in_shell=True) else text


def _signature_of(payloads: list[Payload]) -> Signature | None:
    signatures = {payload.signature for payload in payloads}
    if len(signatures) == 1:
        return signatures.pop()
    known = [signature for signature in signatures if signature is not None]
    return together(known) if len(known) == len(signatures) else None
