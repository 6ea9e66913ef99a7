"""Data that only some output formats need: the checked files, their texts, and outlines of the campaign trees."""

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from splint.files.repository import commit
from splint.formats import Document, Source
from splint.formats.spans import NodeSpan
from splint.payloads.bodies import NODES
from splint.payloads.nodes import (
    Ad,
    AdAppeal,
    AdGroup,
    AdGroupBudgetUpdate,
    AdMaterialStatusUpdate,
    Campaign,
    Creative,
    Node,
    Payload,
    StatusUpdate,
    Tree,
)
from splint.payloads.validation import Unknown
from splint.reporting.masking import masked
from splint.reporting.outline import Outline, Trait
from splint.reporting.report import Details, Range
from splint.reporting.terms import TERMS
from splint.reporting.wording import amount, either

KINDS: dict[type[Node], str] = {
    **{node: level for level, node in NODES.items()},
    StatusUpdate: "status",
    AdGroupBudgetUpdate: "budgets",
    AdMaterialStatusUpdate: "materials",
    AdAppeal: "appeal",
}
PERIODS = {
    "BUDGET_MODE_DAY": "a day",
    "BUDGET_MODE_DYNAMIC_DAILY_BUDGET": "a day on average",
    "BUDGET_MODE_TOTAL": "in all",
}
Pairs = Iterable[tuple[str, Any]]
"""Labels with a value, or with what `_budget` and `_bid` return."""


class Overview:
    """Collects the overview during a run: the paths of files and, with `trees`, their texts and outlines."""

    def __init__(self, *, trees: bool) -> None:
        self._wants_trees = trees
        self._paths: list[str] = []
        self._outlines: list[Outline] = []
        self._pending: list[Tree] = []
        """Trees not outlined yet; they are outlined together so that each of their documents is located once."""
        self._texts: dict[str, str] = {}
        self._secrets: dict[str, set[str]] = {}
        self._last: tuple[str, set[str]] = "", set()
        """The path and the secrets of the current document; secrets may be added to them while it is checked."""

    def read(self, path: str, data: bytes) -> None:
        """Record the text of a file."""
        self._texts[path] = Source(path, data).text

    def saw(self, path: str, source: Source) -> None:
        """Record that a document was read; outlines the trees of the documents before it."""
        if self._wants_trees:
            self._outline()
            self._last = path, source.secrets

    def file(self, path: str) -> None:
        """Record a file that contains a payload or has a finding."""
        self._paths.append(path)

    def leave_out(self, paths: Collection[str]) -> None:
        """Remove files, and the trees in them."""
        self._outline()
        self._paths = [path for path in self._paths if path not in paths]
        self._outlines = [outline for outline in self._outlines if outline.path not in paths]

    def add(self, tree: Tree) -> None:
        """Record a campaign tree that was checked."""
        if self._wants_trees:
            self._pending.append(tree)

    @property
    def wants_texts(self) -> bool:
        """Whether the texts of files are needed."""
        return self._wants_trees

    def anew(self) -> "Overview":
        """An empty overview with the same options."""
        return Overview(trees=self._wants_trees)

    def merge(self, other: "Overview") -> None:
        """Add the overview of another process."""
        other._outline()
        self._paths += other._paths
        self._outlines += other._outlines
        self._texts |= other._texts
        self._secrets |= other._secrets

    def __getstate__(self) -> dict[str, Any]:
        """Pickle outlines and paths; trees are outlined first, as documents cannot be pickled."""
        self._outline()
        return self.__dict__

    def _outline(self) -> None:
        """Outline the pending trees, and keep the secrets of the current document."""
        path, secrets = self._last
        if secrets:
            self._secrets.setdefault(path, set()).update(secrets)
        if self._pending:
            places = NodeSpans(self._pending)
            self._outlines += [outline for tree in self._pending for outline in _outlines(tree, places)]
            self._pending.clear()

    def details(self) -> Details:
        """The collected data, in an order that depends on the files only."""
        self._outline()
        paths = tuple(sorted(set(self._paths)))
        texts = {path: masked(self._texts[path], self._secrets.get(path, ())) for path in paths if path in self._texts}
        outlines = sorted(
            dict.fromkeys(self._outlines), key=lambda outline: (outline.path, outline.range or (), outline.pointer)
        )
        if not self._wants_trees:
            return Details(paths)
        return Details(paths, tuple(outlines), texts, f"{now():%Y-%m-%d %H:%M} UTC", commit(os.path.realpath(".")))


def now() -> datetime:
    """The time in UTC."""
    return datetime.now(UTC)


class NodeSpans:
    """The places of the payloads of trees and of their creatives; each document is located once."""

    def __init__(self, trees: Iterable[Tree]) -> None:
        wanted: dict[int, tuple[Document, set[str]]] = {}
        for tree in trees:
            for payload in tree.payloads:
                for node in (payload, *(payload.creatives if isinstance(payload, Ad) else ())):
                    document, pointer = _place_in_file(node)
                    wanted.setdefault(id(document.locate), (document, set()))[1].add(pointer)
        self._spans: dict[int, Mapping[str, NodeSpan]] = {key: {} for key in wanted}
        for key, (document, pointers) in wanted.items():
            with suppress(OSError):  # of a plugin's reader, which a finding in the document tells of
                self._spans[key] = document.locate(pointers)

    def of(self, document: Document, pointer: str) -> NodeSpan | None:
        """The place of a node, None if the document was given as a value; KeyError for a document of no tree."""
        return self._spans[id(document.locate)].get(pointer)


def _place_in_file(node: Node) -> tuple[Document, str]:
    """The document and pointer of a node in its file; for JSON embedded in a string, those of the string."""
    document, pointer = node.document, node.pointer
    while document.within is not None:
        document, pointer = document.within
    return document, pointer


def _outlines(tree: Tree, places: NodeSpans) -> Iterator[Outline]:
    """The outlines of the payloads of a tree that have no parent in it, with their children."""
    below: dict[int, list[Payload]] = {}
    tops: list[Payload] = []
    for payload in tree.payloads:
        above = _parent(payload, tree)
        if above is None:
            tops.append(payload)
        else:
            below.setdefault(id(above), []).append(payload)
    return (_outline(top, below, places) for top in tops)


def _parent(payload: Payload, tree: Tree) -> Payload | None:
    if isinstance(payload, Ad) and payload.ad_group is not None:
        return payload.ad_group
    if isinstance(payload, AdGroup | Ad) and tree.campaign is not None:
        return tree.campaign
    return None


def _outline(payload: Payload, below: dict[int, list[Payload]], places: NodeSpans) -> Outline:
    children = [_outline(child, below, places) for child in below.get(id(payload), ())]
    if isinstance(payload, Ad):
        children += [_creative(creative, payload, places) for creative in payload.creatives]
    name = getattr(payload, payload.name_field, None) if isinstance(payload, Campaign | AdGroup | Ad) else None
    return _made(payload, payload, name or "", traits(payload), children, places)


def _creative(creative: Creative, ad: Ad, places: NodeSpans) -> Outline:
    info, identity = creative.info, creative.identity
    pairs = [("Format", info.ad_format if info is not None else None)]
    if identity is not None:
        pairs.append(("Identity", " ".join(filter(None, (identity.type, identity.id)))))
    if info is not None:
        pairs.append(("TikTok post", info.tiktok_item_id))
    name = _text(info.raw.get("material_name")) if info is not None else ""
    return _made(ad, creative, name, _written(pairs), (), places)


def _made(
    payload: Payload, node: Node, name: str, traits: tuple[Trait, ...], children: Iterable[Outline], places: NodeSpans
) -> Outline:
    document, pointer = _place_in_file(node)
    place = places.of(document, pointer)
    where = None
    if place is not None:
        source = document.source
        where = Range(source.position(place.value.start), source.position(place.value.end))
    secrets = document.source.secrets
    return Outline(
        KINDS.get(type(node), "creative"),
        payload.kind,
        masked(name, secrets),
        document.source.path,
        pointer,
        document.number,
        where,
        tuple(Trait(*(masked(text, secrets) for text in trait)) for trait in traits),
        tuple(children),
        document.body,
    )


def traits(payload: Payload) -> tuple[Trait, ...]:
    """What summarizes a payload: budget, bid, schedule, status, destination."""
    if isinstance(payload, Campaign):
        cbo = {True: "by the campaign (CBO)", False: "by its ad groups", None: None}[payload.cbo]
        pairs: list[tuple[str, Any]] = [
            ("Objective", payload.objective_type),
            ("Budget", _budget(payload, payload.effective_budget_mode)),
            ("Budget held", cbo),
        ]
    elif isinstance(payload, AdGroup):
        pairs = [
            ("Goal", payload.optimization_goal),
            ("Event", payload.optimization_event),
            ("Bid", _bid(payload)),
            ("Budget", _budget(payload, payload.budget_mode)),
            ("Schedule", _schedule(payload)),
        ]
    elif isinstance(payload, Ad):
        links = [_text(entry.raw.get("landing_page_url")) for entry in payload.children("landing_page_url_list")]
        pairs = [("Destination", ", ".join(filter(None, links))), ("Creatives", len(payload.creatives) or None)]
    else:
        ids = payload.raw.get(getattr(payload, "ids_field", ""))
        pairs = [
            ("Sets", payload.raw.get("operation_status")),
            ("Objects", len(ids) if isinstance(ids, list) else None),
        ]
        return _written(pairs)
    return _written([*pairs, ("Status", payload.raw.get("operation_status"))])


def _budget(payload: Campaign | AdGroup, mode: str | None) -> tuple[str, str] | None:
    if payload.budget is None:
        return None
    currency, period = payload.fact("currency"), PERIODS.get(mode or "")
    return " ".join(filter(None, (amount(payload.budget), currency, period))), str(mode) if period else ""


def _bid(group: AdGroup) -> tuple[str, str] | None:
    kind = TERMS.get(group.bid_type or "", group.bid_type)
    prices = [amount(price) for price in (group.conversion_bid_price, group.bid_price) if price is not None]
    roas = [f"at least {amount(group.roas_bid)} ROAS"] if group.roas_bid is not None else []
    if group.bid_type == "BID_TYPE_NO_BID" and prices:
        prices = [f"({either(prices, 'and')} without effect)"]
    text = " ".join(filter(None, (kind, *prices, *roas)))
    return (text, str(group.bid_type) if kind != group.bid_type else "") if text else None


def _schedule(group: AdGroup) -> str | None:
    start = group.schedule_start_time or ("now" if group.schedule_type == "SCHEDULE_FROM_NOW" else None)
    if start is None and group.schedule_end_time is None:
        return None
    return f"{start or 'now'} to {group.schedule_end_time or 'open end'}"


def _written(pairs: Pairs) -> tuple[Trait, ...]:
    traits = (
        Trait(label, *value) if isinstance(value, tuple) else Trait(label, _text(value)) for label, value in pairs
    )
    return tuple(trait for trait in traits if trait.text)


def _text(value: Any) -> str:
    return "" if value is None or isinstance(value, Unknown | dict | list) else str(value)
