"""What only some formats ask for: which files were read, their texts, and the campaign trees at a glance."""

from collections.abc import Iterable, Iterator
from typing import Any

from splint.documents import Source
from splint.gate import UNKNOWN
from splint.masking import masked
from splint.nodes import Ad, AdGroup, Campaign, Creative, Node, Payload, StatusUpdate, Tree
from splint.report import Details, Outline, Range
from splint.wording import amount

KINDS = {Campaign: "campaign", AdGroup: "adgroup", Ad: "ad", StatusUpdate: "status"}
PERIODS = {
    "BUDGET_MODE_DAY": "a day",
    "BUDGET_MODE_DYNAMIC_DAILY_BUDGET": "a day on average",
    "BUDGET_MODE_TOTAL": "in all",
}
BIDS = {"BID_TYPE_NO_BID": "no bid", "BID_TYPE_CUSTOM": "Cost Cap"}
Traits = tuple[tuple[str, str], ...]


class Overview:
    """Gathers it while a run goes on. `trees` asks for outlines and texts too, not only for paths."""

    def __init__(self, *, trees: bool) -> None:
        self._wants_trees = trees
        self._paths: list[str] = []
        self._outlines: list[Outline] = []
        self._texts: dict[str, str] = {}
        self._secrets: dict[str, set[str]] = {}

    def read(self, path: str, data: bytes) -> None:
        """A file's bytes."""
        self._texts[path] = Source(path, data).text

    def saw(self, path: str, source: Source) -> None:
        """A document of a file has been read."""
        if self._wants_trees:
            self._secrets.setdefault(path, set()).update(source.secrets)

    def file(self, path: str) -> None:
        """A file holds a payload or a finding."""
        self._paths.append(path)

    def add(self, tree: Tree) -> None:
        """A campaign tree has been judged."""
        if self._wants_trees:
            self._outlines += _outlines(tree)

    @property
    def wants_texts(self) -> bool:
        """Whether the texts of files are asked for."""
        return self._wants_trees

    def anew(self) -> "Overview":
        """An empty one that gathers the same."""
        return Overview(trees=self._wants_trees)

    def merge(self, other: "Overview") -> None:
        """Take in what another process gathered."""
        self._paths += other._paths
        self._outlines += other._outlines
        self._texts |= other._texts
        self._secrets |= other._secrets

    def details(self) -> Details:
        """What was gathered, in an order that depends on nothing but the files."""
        paths = tuple(sorted(set(self._paths)))
        texts = {path: masked(self._texts[path], self._secrets.get(path, ())) for path in paths if path in self._texts}
        outlines = sorted(
            dict.fromkeys(self._outlines), key=lambda found: (found.path, found.range or (), found.pointer)
        )
        return Details(paths, tuple(outlines), texts)


def _outlines(tree: Tree) -> Iterator[Outline]:
    """The tops of a tree, with what belongs to them below."""
    below: dict[int, list[Payload]] = {}
    tops: list[Payload] = []
    for payload in tree.payloads:
        above = _parent(payload, tree)
        if above is None:
            tops.append(payload)
        else:
            below.setdefault(id(above), []).append(payload)
    return (_outline(top, below) for top in tops)


def _parent(payload: Payload, tree: Tree) -> Payload | None:
    if isinstance(payload, Ad) and payload.ad_group is not None:
        return payload.ad_group
    if isinstance(payload, AdGroup | Ad) and tree.campaign is not None:
        return tree.campaign
    return None


def _outline(payload: Payload, below: dict[int, list[Payload]]) -> Outline:
    children = [_outline(child, below) for child in below.get(id(payload), ())]
    if isinstance(payload, Ad):
        children += [_creative(creative, payload) for creative in payload.creatives]
    name = getattr(payload, payload.name_field, None) if not isinstance(payload, StatusUpdate) else None
    return _made(payload, KINDS[type(payload)], payload, name or "", _traits(payload), children)


def _creative(creative: Creative, ad: Ad) -> Outline:
    info, identity = creative.info, creative.identity
    found = [("Format", info.ad_format if info is not None else None)]
    if identity is not None:
        found.append(("Identity", " ".join(filter(None, (identity.type, identity.id)))))
    if info is not None:
        found.append(("TikTok post", info.tiktok_item_id))
    name = _text(info.raw.get("material_name")) if info is not None else ""
    return _made(ad, "creative", creative, name, _written(found), ())


def _made(payload: Payload, kind: str, node: Node, name: str, traits: Traits, children: Iterable[Outline]) -> Outline:
    document, pointer = node.document, node.pointer
    while document.within is not None:
        document, pointer = document.within
    place = document.locate([pointer]).get(pointer)
    where = None
    if place is not None:
        source = document.source
        where = Range(source.position(place.value.start), source.position(place.value.end))
    secrets = document.source.secrets
    return Outline(
        kind,
        payload.kind,
        masked(name, secrets),
        document.source.path,
        pointer,
        document.number,
        where,
        tuple((label, masked(text, secrets)) for label, text in traits),
        tuple(children),
    )


def _traits(payload: Payload) -> Traits:
    if isinstance(payload, Campaign):
        cbo = {True: "by the campaign (CBO)", False: "by its ad groups", None: None}[payload.cbo]
        found: list[tuple[str, Any]] = [
            ("Objective", payload.objective_type),
            ("Budget", _budget(payload, payload.effective_budget_mode)),
            ("Budget held", cbo),
        ]
    elif isinstance(payload, AdGroup):
        found = [
            ("Goal", payload.optimization_goal),
            ("Event", payload.optimization_event),
            ("Bid", _bid(payload)),
            ("Budget", _budget(payload, payload.budget_mode)),
            ("Schedule", _schedule(payload)),
        ]
    elif isinstance(payload, Ad):
        links = [_text(entry.raw.get("landing_page_url")) for entry in payload.children("landing_page_url_list")]
        found = [("Destination", ", ".join(filter(None, links))), ("Creatives", len(payload.creatives) or None)]
    else:
        ids = payload.raw.get(getattr(payload, "ids_field", ""))
        found = [
            ("Sets", payload.raw.get("operation_status")),
            ("Objects", len(ids) if isinstance(ids, list) else None),
        ]
        return _written(found)
    return _written([*found, ("Status", payload.raw.get("operation_status"))])


def _budget(payload: Campaign | AdGroup, mode: str | None) -> str | None:
    if payload.budget is None:
        return None
    currency = payload.fact("currency")
    return " ".join(filter(None, (amount(payload.budget), currency, PERIODS.get(mode or ""))))


def _bid(group: AdGroup) -> str | None:
    kind = BIDS.get(group.bid_type or "", group.bid_type)
    prices = [amount(price) for price in (group.conversion_bid_price, group.bid_price) if price is not None]
    roas = [f"at least {amount(group.roas_bid)} ROAS"] if group.roas_bid is not None else []
    return " ".join(filter(None, (kind, *prices, *roas))) or None


def _schedule(group: AdGroup) -> str | None:
    start = group.schedule_start_time or ("now" if group.schedule_type == "SCHEDULE_FROM_NOW" else None)
    if start is None and group.schedule_end_time is None:
        return None
    return f"{start or 'now'} to {group.schedule_end_time or 'open end'}"


def _written(found: Iterable[tuple[str, Any]]) -> Traits:
    return tuple((label, _text(value)) for label, value in found if _text(value))


def _text(value: Any) -> str:
    return "" if value is None or value is UNKNOWN or isinstance(value, dict | list) else str(value)
