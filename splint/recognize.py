"""Documents to payloads: what in a document is the body of a request, and what is nested in what."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from splint.documents import Document, SyntaxFault, escape
from splint.documents.json import parse
from splint.documents.source import Source
from splint.endpoints import SMART_PLUS, Endpoint, Level, path_of_tool, read_endpoint
from splint.faults import DuplicateMember, Fault, TokenInFile, fault_for, wrong_type
from splint.gate import Slip, examine, is_absent, is_clean
from splint.kinds import Shape
from splint.nodes import Ad, AdGroup, Bundle, Campaign, EventRecord, Facts, Kind, Payload, Request, Spot, StatusUpdate
from splint.placeholders import is_placeholder
from splint.shapes import SHAPES

ENDPOINT_KEYS = ("endpoint", "url", "path")
BODY_KEYS = ("body", "payload", "json", "data")
TOOL_KEYS = ("tool_name", "tool", "name")
PARAMETER_KEYS = ("params", "arguments", "input")
ROW_MARKS = frozenset({"create_time", "modify_time", "secondary_status", "operation_status"})
PAYLOAD_KEYS = frozenset(
    [
        "objective_type",
        "campaign_name",
        "budget_mode",
        "budget_optimize_on",
        "advertiser_id",
        "adgroup_name",
        "optimization_goal",
        "promotion_type",
        "targeting_spec",
        "creative_list",
        "ad_name",
        "adgroup_id",
        "event_source",
    ]
)
"""The field names by which payloads are recognized: a broken file without any of them is none of our business."""

NODES: dict[Level, type[Campaign] | type[AdGroup] | type[Ad]] = {"campaign": Campaign, "adgroup": AdGroup, "ad": Ad}
MODELS: dict[Level, str] = {"campaign": "Campaign", "adgroup": "AdGroup", "ad": "Ad"}
ID_FIELDS = ("campaign_id", "adgroup_id", "smart_plus_ad_id")
MAX_DEPTH_AROUND_TEXT = 16
"""How deep a string of JSON may lie to be read: each one nests as deep as a document of its own."""
IDS: dict[Level, str] = {"campaign": "campaign_ids", "adgroup": "adgroup_ids", "ad": "smart_plus_ad_ids"}


class Found(NamedTuple):
    """What a document holds."""

    payloads: list[Payload]
    requests: list[Request]
    records: list[EventRecord]
    facts: list[Facts]
    faults: list[Fault]
    """What the gate and the envelopes object to."""

    def __bool__(self) -> bool:
        return bool(self.payloads or self.requests or self.records)


def level_of(value: dict[str, Any]) -> Level | None:
    """What kind of body an object is, by its keys: ad before ad group before campaign."""
    if "creative_list" in value or ("ad_name" in value and "adgroup_id" in value):
        return "ad"
    if (
        "adgroup_name" in value
        or "optimization_goal" in value
        or "promotion_type" in value
        or "targeting_spec" in value
    ):
        return "adgroup"
    if "objective_type" in value or (
        "campaign_name" in value
        and ("advertiser_id" in value or "budget_mode" in value or "budget_optimize_on" in value)
    ):
        return "campaign"
    return None


Sequence = dict[Level, Payload]
"""The create requests that came last in a program, by level: what placeholder ids refer back to."""


def recognize(document: Document, order: tuple[Any, ...], sequence: Sequence) -> Found:
    """All payloads of a document. `order` sorts as the documents' paths and places do."""
    finder = _Finder(document, order, sequence)
    if document.call is not None:
        finder.curl()
    else:
        finder.search(document.value, "", in_list=False)
    return finder.found


def _unheard(_slip: Slip) -> None:
    """What stands at TikTok is never reported on."""


class Current(NamedTuple):
    """What an envelope says of the object that its request changes."""

    value: object
    document: Document
    pointer: str


def _first_present(keys: tuple[str, ...], value: dict[str, Any]) -> str | None:
    """The first of `keys` that holds something; else the first that is there at all."""
    there = [key for key in keys if key in value]
    return next((key for key in there if not is_absent(value[key])), there[0] if there else None)


class _Finder:
    def __init__(self, document: Document, order: tuple[Any, ...], sequence: Sequence) -> None:
        self.document = document
        self.order = order
        self.sequence = sequence
        self.found = Found([], [], [], [], [])
        self.around: tuple[Facts, ...] = ()
        self.in_shell = document.call is not None

    def next_order(self) -> tuple[Any, ...]:
        return (*self.order, len(self.found.payloads) + len(self.found.records))

    def note(self, fault: Fault) -> None:
        self.found.faults.append(fault)

    def misplaced(self, pointer: str, value: object, takes: str) -> None:
        """Note what stands where payloads nest and is none: a placeholder, or a wrong type."""
        holds = isinstance(value, str) and is_placeholder(value, in_shell=self.in_shell)
        slip = Slip("placeholder" if holds else "wrong-type", "", value, takes)
        self.note(fault_for(slip, self.document, pointer))

    def noting(self, pointer: str) -> Callable[[Slip], None]:
        return lambda slip: self.note(fault_for(slip, self.document, pointer))

    # -- requests --------------------------------------------------------------------------------------------------

    def curl(self) -> None:
        """A curl command: its URL decides, its body is the document's value."""
        call = self.document.call
        assert call is not None
        spots = {part: Spot(self.document, "", part) for part in ("url", "method", "token")}
        endpoint = read_endpoint(call.url)
        if call.token is not None and not is_placeholder(call.token, in_id=True, in_shell=True):
            self.note(TokenInFile(spots["token"]))
        size = self.size
        self.body(endpoint, self.document.value, "", None, in_list=self.document.sequential)
        if endpoint.is_tiktok:
            places = {"endpoint": spots["url"], "method": spots["method"]}
            method = None if is_placeholder(call.method, in_shell=True) else call.method.upper()
            self.request(endpoint, call.url, method, "", places, has_payload=self.size > size)

    @property
    def size(self) -> int:
        """How many payloads and event records have been found."""
        return len(self.found.payloads) + len(self.found.records)

    def request(
        self,
        endpoint: Endpoint,
        written: str,
        method: str | None,
        pointer: str,
        spots: dict[str, Spot],
        *,
        has_payload: bool,
    ) -> None:
        request = Request(self.document, pointer, written, method, spots)
        request.path, request.version, request.has_payload = endpoint.path, endpoint.version, has_payload
        self.found.requests.append(request)

    def envelope(self, value: dict[str, Any], pointer: str, in_list: bool) -> bool:
        """Read `value` as a request envelope or a tool call; False when it is neither."""
        key = next((key for key in ENDPOINT_KEYS if isinstance(value.get(key), str)), None)
        if key is not None:
            endpoint = read_endpoint(value[key])
            body_key = _first_present(BODY_KEYS, value)
            if body_key is None and not endpoint.is_tiktok:
                return False
        else:
            key = next((key for key in TOOL_KEYS if isinstance(value.get(key), str)), None)
            body_key = _first_present(PARAMETER_KEYS, value)
            path = path_of_tool(value[key]) if key is not None else None
            if path is None or body_key is None:
                return False
            endpoint = Endpoint(path, None, is_tiktok=True)
        assert key is not None
        outer = self.around
        self.facts(value.get("facts"), f"{pointer}/facts")
        self.headers(value.get("headers"), f"{pointer}/headers")
        size = self.size
        if body_key is not None:
            self.body(
                endpoint,
                value[body_key],
                f"{pointer}/{escape(body_key)}",
                Current(value.get("current"), self.document, f"{pointer}/current"),
                in_list=in_list,
            )
        if endpoint.is_tiktok:
            method = value.get("method")
            spots = {
                "endpoint": Spot(self.document, f"{pointer}/{key}"),
                "method": Spot(self.document, f"{pointer}/method"),
            }
            named = method.strip().upper() if isinstance(method, str) and not is_placeholder(method) else None
            self.request(endpoint, value[key], named or None, pointer, spots, has_payload=self.size > size)
        self.around = outer
        return True

    def headers(self, headers: object, pointer: str) -> None:
        """An Access-Token header that holds a secret, in an object of headers or a list of names and values."""
        for key, value in headers.items() if isinstance(headers, dict) else ():
            self.header(key, value, f"{pointer}/{escape(key)}")
        for index, entry in enumerate(headers if isinstance(headers, list) else ()):
            if isinstance(entry, dict):
                self.header(entry.get("name", entry.get("key")), entry.get("value"), f"{pointer}/{index}/value")

    def header(self, name: object, value: object, pointer: str) -> None:
        """Note a header when it is an Access-Token that holds a secret."""
        if isinstance(name, str) and name.lower() == "access-token" and isinstance(value, str) and value.strip():
            if not is_placeholder(value, in_id=True, in_shell=True):
                self.document.source.secrets.add(value)
                self.note(TokenInFile(Spot(self.document, pointer)))

    def body(
        self, endpoint: Endpoint, value: object, pointer: str, current: "Current | None", *, in_list: bool
    ) -> None:
        """The body of a request to `endpoint`; the keys decide where the endpoint is none of TikTok's."""
        known = SMART_PLUS.get(endpoint.path)
        if isinstance(value, str) and (inner := self.inside(value, pointer)) is not None:
            with_inner, outer = _Finder(inner, self.order, self.sequence), self.found
            with_inner.found, with_inner.around = outer, self.around
            with_inner.body(endpoint, inner.value, "", current, in_list=in_list)
        elif known is None:
            level = level_of(value) if isinstance(value, dict) and not endpoint.is_tiktok else None
            if level is not None and isinstance(value, dict) and current is not None:
                payload = self.payload(level, value, pointer, self.kind_by_keys(level, value), None, in_list=in_list)
                self.stands(payload, level, current)
            elif not endpoint.is_tiktok or endpoint.path.startswith("/smart_plus/"):
                self.search(value, pointer, in_list=in_list)
            elif isinstance(value, dict):
                self.events(value, pointer)
        elif known[1] == "other" or is_absent(value):
            return
        elif not isinstance(value, dict):
            self.misplaced(pointer, value, "an object")
        elif known[1] == "status":
            self.status(known[0], value, pointer)
        else:
            payload = self.payload(known[0], value, pointer, known[1], None, in_list=in_list)
            self.stands(payload, known[0], current)

    def inside(self, text: str, pointer: str) -> Document | None:
        """The document in a string of JSON, whose every place is the string's; None for any other string."""
        if not text.lstrip().startswith(("{", "[")) or self.depth_of(pointer) > MAX_DEPTH_AROUND_TEXT:
            return None
        source = Source(self.document.source.path, text.encode("utf-8", "surrogatepass"))
        source.secrets = self.document.source.secrets
        inner = parse(source)
        if isinstance(inner, SyntaxFault):
            return None
        found = inner._replace(within=(self.document, pointer))
        for duplicate in inner.duplicates:
            self.note(DuplicateMember(found, duplicate))
        return found

    def depth_of(self, pointer: str) -> int:
        """How deep a place lies in its file, strings of JSON around it included."""
        depth, around = pointer.count("/"), self.document.within
        while around is not None:
            depth, around = depth + around[1].count("/"), around[0].within
        return depth

    # -- the search ------------------------------------------------------------------------------------------------

    def search(self, value: object, pointer: str, *, in_list: bool) -> None:
        """Payloads in `value`, however deep."""
        if isinstance(value, list):
            for index, entry in enumerate(value):
                self.search(entry, f"{pointer}/{index}", in_list=True)
        elif isinstance(value, dict):
            level = level_of(value)
            if level is not None and not self.is_bundle(value, level):
                self.payload(level, value, pointer, self.kind_by_keys(level, value), None, in_list=in_list)
            elif self.is_bundle(value, level):
                self.bundle(value, pointer, in_list)
            elif not self.events(value, pointer) and not self.envelope(value, pointer, in_list):
                for key, entry in value.items():
                    self.search(entry, f"{pointer}/{escape(key)}", in_list=in_list)

    @staticmethod
    def kind_by_keys(level: Level, value: dict[str, Any]) -> Kind:
        """Create, update or row, where no endpoint says: an object with its own id exists already."""
        if is_absent(value.get(NODES[level].own_id)):
            return "create"
        return "row" if any(not is_absent(value.get(mark)) for mark in ROW_MARKS) else "update"

    @staticmethod
    def is_bundle(value: dict[str, Any], level: Level | None) -> bool:
        """Whether an object nests a campaign and its ad groups under keys of their own."""
        campaign, groups = value.get("campaign"), value.get("adgroups", value.get("ad_groups"))
        if isinstance(campaign, dict):
            return groups is not None or "facts" in value or level_of(campaign) == "campaign"
        return level is None and isinstance(groups, list) and any(isinstance(group, dict) for group in groups)

    def bundle(self, value: dict[str, Any], pointer: str, in_list: bool) -> None:
        outer = self.around
        self.facts(value.get("facts"), f"{pointer}/facts")
        campaign: Payload | None = None
        raw = value.get("campaign")
        if isinstance(raw, dict):
            kind = self.kind_by_keys("campaign", raw)
            campaign = self.payload("campaign", raw, f"{pointer}/campaign", kind, None, in_list=in_list)
        elif not is_absent(raw):
            self.misplaced(f"{pointer}/campaign", raw, "an object")
        first = len(self.found.payloads)
        self.nested(value, pointer, "adgroup", campaign, in_list)
        bundle = Bundle(campaign_is_unknown=not isinstance(raw, dict) and not is_absent(raw))
        for payload in self.found.payloads[first:]:
            payload.bundle = bundle
        self.around = outer
        for key, entry in value.items():
            if key not in ("campaign", "adgroups", "ad_groups", "facts"):
                self.search(entry, f"{pointer}/{escape(key)}", in_list=in_list)

    def nested(self, value: dict[str, Any], pointer: str, level: Level, holder: Payload | None, in_list: bool) -> None:
        """The ad groups of a campaign or bundle, or the ads of an ad group."""
        for key in ("adgroups", "ad_groups") if level == "adgroup" else ("ads",):
            entries = value.get(key)
            if is_absent(entries):
                continue
            if not isinstance(entries, list):
                self.misplaced(f"{pointer}/{key}", entries, "a list of objects")
                continue
            for index, entry in enumerate(entries):
                at = f"{pointer}/{key}/{index}"
                if isinstance(entry, dict):
                    self.payload(level, entry, at, self.kind_by_keys(level, entry), holder, in_list=in_list)
                elif entry is not None:
                    self.misplaced(at, entry, "an object")

    # -- bodies ----------------------------------------------------------------------------------------------------

    def payload(
        self, level: Level, value: dict[str, Any], pointer: str, kind: Kind, holder: Payload | None, *, in_list: bool
    ) -> Payload:
        """A body of a known kind, through the gate, with what is nested in it."""
        outer = self.around
        if "facts" in value:
            self.facts(value["facts"], f"{pointer}/facts")
        model = MODELS[level] if kind == "create" else f"{MODELS[level]}Update"
        order = self.next_order()
        clean, raw = self.gate(SHAPES[model], value, pointer, silent=kind == "row")
        payload = NODES[level](raw, self.document, pointer, kind, is_clean=clean, order=order)
        payload.written, payload.holder, payload.facts_around = value, holder, self.around
        self.found.payloads.append(payload)
        self.tie(payload, level, value, in_list)
        if level != "ad":
            below: Level = "ad" if level == "adgroup" else "adgroup"
            self.nested(value, pointer, below, payload, in_list)
        self.around = outer
        return payload

    def tie(self, payload: Payload, level: Level, value: dict[str, Any], in_list: bool) -> None:
        """Note what may tie a payload to others: its ids, and in a program the request before that it refers to."""
        for name in ID_FIELDS:
            written = value.get(name)
            if isinstance(written, int | str) and not is_absent(written) and not isinstance(written, bool):
                text = str(written)
                if text.isdigit() or not is_placeholder(text, in_id=True, in_shell=self.in_shell):
                    payload.ids[name] = f"{text} in block {self.order}" if self.document.stands_alone else text
        if not in_list:
            return
        if level != "campaign" and payload.holder is None:
            above: Level = "campaign" if level == "adgroup" else "adgroup"
            if self.is_hole(value.get(f"{above}_id")):
                payload.before = self.sequence.get(above)
        if payload.is_create:
            self.sequence[level] = payload
        elif payload.kind == "update" and self.is_hole(value.get(NODES[level].own_id)):
            payload.standing = self.sequence.get(level)

    def is_hole(self, value: object) -> bool:
        """Whether an id is a placeholder."""
        return isinstance(value, str) and is_placeholder(value, in_id=True, in_shell=self.in_shell)

    def gate(
        self, shape: Shape, value: dict[str, Any], pointer: str, *, silent: bool = False
    ) -> tuple[bool, dict[str, Any]]:
        if is_clean(shape, value, in_shell=self.in_shell):
            return True, value
        note = _unheard if silent else self.noting(pointer)
        return False, examine(shape, value, note, in_shell=self.in_shell)

    def stands(self, update: Payload, level: Level, current: "Current | None") -> None:
        """Read an envelope's `current`: what stands of the object that the request changes."""
        if current is None or not isinstance(current.value, dict):
            return
        raw = examine(SHAPES[f"{MODELS[level]}Update"], current.value, _unheard, in_shell=self.in_shell)
        own = NODES[level].own_id
        if own not in raw and own in update.raw:
            raw[own] = update.raw[own]
        row = NODES[level](raw, current.document, current.pointer, "row", is_clean=False, order=self.next_order())
        row.facts_around = update.facts_around
        self.tie(row, level, raw, in_list=False)
        self.found.payloads.append(row)
        row.is_current = update.has_current = True
        update.standing = row

    def status(self, level: Level, value: dict[str, Any], pointer: str) -> None:
        clean, raw = self.gate(SHAPES[f"{MODELS[level]}StatusUpdate"], value, pointer)
        payload = StatusUpdate(raw, self.document, pointer, "status", is_clean=clean, order=self.next_order())
        payload.ids_field, payload.facts_around = IDS[level], self.around
        self.found.payloads.append(payload)

    # -- facts and events ------------------------------------------------------------------------------------------

    def facts(self, value: object, pointer: str) -> None:
        """A facts object: from here on the innermost one."""
        if isinstance(value, dict):
            raw = self.gate(SHAPES["Facts"], value, pointer)[1]
            empty = {name: [] for name in ("event_sources", "scopes") if value.get(name) == []}
            facts = Facts({**raw, **empty}, self.document, pointer)  # here an empty list says that there is none
            self.found.facts.append(facts)
            self.around = (facts, *self.around)
        elif not is_absent(value):
            self.misplaced(pointer, value, "an object")

    def events(self, value: dict[str, Any], pointer: str) -> bool:
        """Read `value` as event records; False when it is none."""
        records: Iterator[tuple[dict[str, Any], str]]
        if isinstance(value.get("data"), list) and "event_source" in value:
            source, shape, is_web = "events_api", SHAPES["EventRecord"], value["event_source"] == "web"
            self.gate(SHAPES["EventBatch"], {key: entry for key, entry in value.items() if key != "data"}, pointer)
            for index, entry in enumerate(value["data"]):
                if not isinstance(entry, dict) and entry is not None:
                    self.note(wrong_type(Spot(self.document, f"{pointer}/data/{index}"), entry, "an object"))
            records = ((e, f"{pointer}/data/{i}") for i, e in enumerate(value["data"]) if isinstance(e, dict))
        elif value.get("source") == "pixel" and "event" in value:
            source, shape, is_web = "pixel", SHAPES["PixelRecord"], True
            records = iter([(value, pointer)])
        else:
            return False
        for entry, at in records:
            raw = self.gate(shape, entry, at)[1]
            record = EventRecord(raw, self.document, at, source, self.next_order(), self.around)
            record.is_web = is_web
            self.found.records.append(record)
        return True
