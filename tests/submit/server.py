"""A test double of the Smart+ API on loopback that records requests and injects faults."""

import json
import re
import struct
import sys
import time
import uuid
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import SHUT_RDWR, SO_LINGER, SOL_SOCKET, socket
from threading import Event, RLock, Thread
from typing import Any, Literal, NamedTuple, Self
from urllib.parse import parse_qsl, urlsplit

Level = Literal["campaign", "adgroup", "ad"]
Act = Literal["create", "get", "status", "account"]
Row = dict[str, Any]

LEVELS: tuple[Level, ...] = ("campaign", "adgroup", "ad")
PARENTS: dict[Level, Level] = {"adgroup": "campaign", "ad": "adgroup"}
ID_KEYS: dict[Level, str] = {"campaign": "campaign_id", "adgroup": "adgroup_id", "ad": "smart_plus_ad_id"}
FIRST_IDS: dict[Level, int] = {"campaign": 18433128528007001, "adgroup": 18433148879303001, "ad": 18433173900595001}
MOST_CHILDREN, MOST_IDS, DEFAULT_PAGE = 30, 20, 10
LARGEST_PAGE: dict[Level, int] = {"campaign": 1000, "adgroup": 1000, "ad": 100}
ADVERTISER_INFO = "/open_api/v1.3/advertiser/info/"
"""The endpoint of the act `account`, which is of no level."""
ACTS: dict[tuple[str, str], Act] = {
    ("POST", "create"): "create",
    ("GET", "get"): "get",
    ("POST", "status/update"): "status",
}
ENDPOINTS: dict[tuple[str, str], tuple[Level, Act]] = {
    (method, f"/open_api/v1.3/smart_plus/{level}/{tail}/"): (level, act)
    for level in LEVELS
    for (method, tail), act in ACTS.items()
}


@dataclass
class Stored:
    """A created object; it is listed from `visible_at` on, and `body` is that of its request."""

    level: Level
    id: str
    parent: str | None
    name: str
    body: Row
    status: str
    made_at: float
    visible_at: float

    @property
    def sent_name(self) -> str:
        """The name in the request."""
        return str(self.body[f"{self.level}_name"])


@dataclass
class Request:
    """A request and the code of its answer; None if there was none."""

    method: str
    path: str
    level: Level | None
    act: Act | None
    headers: Message
    query: dict[str, str]
    body: Any = None
    code: int | None = None
    is_carried_out: bool = False
    """Whether it has had its effect, which may be some time after its arrival."""
    time: float = field(default_factory=lambda: time.monotonic())  # by the clock of the test


class Answer(NamedTuple):
    """A response; `announces` is what Content-Length says: the length, more than is sent, or nothing at all.

    `head_drip` and `body_drip` are the seconds before each of its bytes, all of them at once where they are 0.
    """

    body: bytes
    code: int | None = None
    status: int = 200
    headers: Mapping[str, str] = {"Content-Type": "application/json"}
    announces: Literal["length", "more", "nothing"] = "length"
    head_drip: float = 0.0
    body_drip: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Fault:
    """A fault of a request; with the defaults nothing is wrong."""

    commit: bool = True  # whether it is carried out; if not, the answer is made from code 0 with empty data
    visible_after: float = 0.0  # seconds until what is created is listed
    delay: float = 0.0  # seconds between carrying out and answering
    ending: Literal["answer", "close", "reset"] = "answer"  # without a commit, a reset comes before the body is read
    answer: Callable[[Answer], Answer] = lambda whole: whole  # makes what is sent from the right answer
    unfiltered: bool = False  # whether a list holds the objects of all advertisers, whatever the filter
    lists: Callable[[Row], list[Row]] = lambda row: [row]  # makes what is listed in place of a right row
    page_size: int | None = None  # the size of pages, whatever was asked for


def envelope(code: int = 0, message: str = "OK", data: Row | None = None) -> Answer:
    """An answer in the usual form."""
    whole = {"code": code, "message": message, "request_id": uuid.uuid4().hex, "data": data or {}}
    return Answer(json.dumps(whole).encode(), code)


def answers(code: int, message: str = "OK", data: Row | None = None, *, commit: bool) -> Fault:
    """The answer has this code, message and data."""
    return Fault(commit=commit, answer=lambda _: envelope(code, message, data))


def raw(body: bytes, *, commit: bool, status: int = 200, content_type: str = "application/json") -> Fault:
    """The answer is these bytes."""
    return Fault(commit=commit, answer=lambda _: Answer(body, None, status, {"Content-Type": content_type}))


def html(*, commit: bool, status: int = 502) -> Fault:
    """The answer is the HTML page of a gateway."""
    return raw(b"<html><h1>Bad Gateway</h1></html>", commit=commit, status=status, content_type="text/html")


def cut(*, commit: bool, announces: Literal["length", "more", "nothing"] = "length") -> Fault:
    """The answer lacks its last five bytes, for a create request with the end of the id."""
    return Fault(commit=commit, answer=lambda whole: Answer(whole.body[:-5], announces=announces))


def huge(*, commit: bool, announces: Literal["length", "nothing"] = "length") -> Fault:
    """The answer is the right one, followed by 8 MiB of spaces."""
    padding = b" " * (8 << 20)
    return Fault(commit=commit, answer=lambda whole: whole._replace(body=whole.body + padding, announces=announces))


def redirects(url: str, status: int = 307, *, commit: bool = False) -> Fault:
    """The answer is a redirect."""
    return Fault(commit=commit, answer=lambda _: Answer(b"", None, status, {"Location": url}))


def twins(rename: Callable[[str], str] = str, *, page_size: int | None = None) -> Fault:
    """Each row is preceded by one with another id and the name that `rename` returns, by default the same."""

    def pair(row: Row) -> list[Row]:
        level = next(level for level in reversed(LEVELS) if ID_KEYS[level] in row)
        id_key, name_key = ID_KEYS[level], f"{level}_name"
        return [{**row, id_key: str(int(row[id_key]) + 500_000), name_key: rename(row[name_key])}, row]

    return Fault(lists=pair, page_size=page_size)


class _RefusedError(Exception):
    """A request is answered with a code other than 0."""

    def __init__(self, message: str, code: int = 40002) -> None:
        super().__init__(message)
        self.answer = envelope(code, message)


def _require(holds: object, message: str, code: int = 40002) -> None:
    if not holds:
        raise _RefusedError(message, code)


class TikTok:
    """The server; its objects and requests may be read and its settings changed at any time."""

    origin: str

    def __init__(self, token: str = "token", *, request_id_window: float = 10.0) -> None:
        self.token = token
        self.request_id_window = request_id_window
        self.lists_deleted = False
        self.list_cache = 0.0
        """Seconds for which lists are cached."""
        self.stores: Callable[[str], str] = str
        """Alters the names of created objects."""
        self.currency: str | None = None
        self.objects: list[Stored] = []
        self.requests: list[Request] = []
        self._faults: list[tuple[Act, Level | None, range, Fault]] = []
        self._lists: dict[tuple[Any, ...], tuple[float, Row]] = {}
        self._lock = RLock()

    def __enter__(self) -> Self:
        self._server = _Server(self)
        self._thread = Thread(target=self._server.serve_forever, args=(0.005,))
        self._thread.start()
        self.origin = f"http://127.0.0.1:{self._server.server_port}"
        return self

    def __exit__(self, *_: object) -> None:
        self._server.stop()
        self._thread.join()
        if self._server.errors:
            raise ExceptionGroup("the server failed without an order", self._server.errors)

    def on(self, act: Act, level: Level | None = None, nth: int = 1, times: int | None = 1, *, fault: Fault) -> None:
        """Inject a fault into matching requests from the nth from now on; the latest call takes precedence."""
        with self._lock:
            first = len(self.requests_of(act, level)) + nth
            self._faults.insert(0, (act, level, range(first, sys.maxsize if times is None else first + times), fault))

    def heal(self) -> None:
        """Remove all faults."""
        with self._lock:
            self._faults.clear()

    def add(self, level: Level, **body: Any) -> str:
        """Create an object without a request. Returns its id."""
        with self._lock:
            return self._create(level, body, 0.0).id

    def alive(self, level: Level | None = None) -> list[Stored]:
        """The objects that are not deleted."""
        with self._lock:
            return [one for one in self.objects if level in (None, one.level) and one.status != "DELETE"]

    def requests_of(self, act: Act, level: Level | None = None) -> list[Request]:
        """The requests of one kind, in the order of their arrival."""
        with self._lock:
            return [one for one in self.requests if one.act == act and level in (None, one.level)]

    def carried_out(self, act: Act, level: Level | None = None) -> list[Request]:
        """Those of one kind that have had their effect, whether or not they are answered."""
        return [one for one in self.requests_of(act, level) if one.is_carried_out]

    def receive(self, method: str, target: str, headers: Message) -> tuple[Request, Fault]:
        """Record a request and find its fault."""
        url = urlsplit(target)
        other: tuple[Level | None, Act | None] = (None, "account" if url.path == ADVERTISER_INFO else None)
        level, act = ENDPOINTS.get((method, url.path), other)
        request = Request(method, url.path, level, act, headers, dict(parse_qsl(url.query)))
        with self._lock:
            self.requests.append(request)
            for its_act, its_level, numbers, fault in self._faults:
                matches = its_act == act and its_level in (None, level)
                if matches and len(self.requests_of(its_act, its_level)) in numbers:
                    return request, fault
        return request, Fault()

    def carry_out(self, request: Request, fault: Fault) -> Answer:
        """Carry out a request, unless its fault prevents it. Returns the answer as altered by the fault."""
        if not fault.commit:
            return fault.answer(envelope())
        try:
            with self._lock:
                return fault.answer(envelope(data=self._data(request, fault)))
        except _RefusedError as refused:
            return fault.answer(refused.answer)

    def _data(self, request: Request, fault: Fault) -> Row:
        _require(request.headers["Access-Token"] == self.token, "the access token is not valid", 40105)
        level, parameters = request.level, request.query if request.act == "get" else request.body
        if request.path == ADVERTISER_INFO and self.currency is not None:
            wanted = json.loads(request.query["advertiser_ids"])
            return {"list": [{"advertiser_id": each, "currency": self.currency} for each in wanted]}
        if level is None:
            raise _RefusedError("no such endpoint", 40007)
        if not isinstance(parameters, dict):
            raise _RefusedError("the body is not a JSON object")
        if request.act == "create":
            return {ID_KEYS[level]: self._create(level, parameters, fault.visible_after).id}
        return self._cached(level, parameters, fault) if request.act == "get" else self._update(level, parameters)

    def _create(self, level: Level, body: Row, visible_after: float) -> Stored:
        now, name, status = time.monotonic(), body.get(f"{level}_name"), body.get("operation_status", "ENABLE")
        _require(body.get("advertiser_id"), "advertiser_id: missing")
        _require(isinstance(name, str) and name, f"{level}_name: missing")
        _require(status in ("ENABLE", "DISABLE"), "operation_status: unknown value")
        parent = None
        if level in PARENTS:
            parent = body.get(ID_KEYS[PARENTS[level]])
            _require(self._find(PARENTS[level], parent, body["advertiser_id"]), f"{PARENTS[level]} does not exist")
            siblings = [one for one in self.alive(level) if one.parent == parent]
            _require(len(siblings) < MOST_CHILDREN, f"{PARENTS[level]} is full")
        if level != "ad" and "request_id" in body:
            given = body["request_id"]
            decimal = isinstance(given, str) and re.fullmatch("[0-9]{1,20}", given) and int(given) < 1 << 64
            _require(decimal, "request_id: not a 64-bit integer")
            recent = [one for one in self.objects if one.level != "ad" and now - one.made_at < self.request_id_window]
            _require(all(one.body.get("request_id") != given for one in recent), "duplicate request")
        number = FIRST_IDS[level] + sum(one.level == level for one in self.objects)
        made = Stored(level, str(number), parent, self.stores(str(name)), body, status, now, now + visible_after)
        self.objects.append(made)
        return made

    def _find(self, level: Level, given: object, advertiser: object) -> Stored | None:
        """The object of this id, unless it is deleted or another advertiser's."""
        fitting = (one for one in self.alive(level) if one.id == given and one.body["advertiser_id"] == advertiser)
        return next(fitting, None)

    def _row(self, one: Stored) -> Row:
        """The row of an object: its body with the stored name and the ids of the object and its parents."""
        ids = {f"{one.level}_name": one.name, ID_KEYS[one.level]: one.id}
        above = one
        while above.parent:
            above = next(each for each in self.objects if each.id == above.parent)
            ids[ID_KEYS[above.level]] = above.id
        sent = {key: value for key, value in one.body.items() if key != "request_id"}
        return {**sent, **ids, "operation_status": one.status}

    def _cached(self, level: Level, query: dict[str, str], fault: Fault) -> Row:
        key, now = (level, *sorted(query.items())), time.monotonic()
        kept, data = self._lists.get(key, (0.0, {}))
        if not data or now - kept >= self.list_cache:
            data = self._list(level, query, fault)
            self._lists[key] = now, data
        return data

    def _list(self, level: Level, query: dict[str, str], fault: Fault) -> Row:
        advertiser, now = query.get("advertiser_id"), time.monotonic()
        _require(advertiser, "advertiser_id: missing")
        try:
            filtering = json.loads(query.get("filtering", "{}"))
            page, size = int(query.get("page", 1)), int(query.get("page_size", DEFAULT_PAGE))
        except ValueError as error:
            raise _RefusedError("filtering, page or page_size: malformed") from error
        _require(page >= 1 and 1 <= size <= LARGEST_PAGE[level], "page or page_size: out of bounds")
        fits = _filter(level, filtering)
        visible = [one for one in self.objects if one.level == level and one.visible_at <= now]
        right = [self._row(one) for one in visible if self.lists_deleted or one.status != "DELETE"]
        if not fault.unfiltered:
            right = [row for row in right if row["advertiser_id"] == advertiser and fits(row)]
        listed, size = [each for row in right for each in fault.lists(row)], fault.page_size or size
        total, pages = len(listed), -(-len(listed) // size)
        info = {"page": page, "page_size": size, "total_number": total, "total_page": pages}
        return {"list": listed[(page - 1) * size : page * size], "page_info": info}

    def _update(self, level: Level, body: Row) -> Row:
        key = f"{ID_KEYS[level]}s"
        given, status = body.get(key), body.get("operation_status")
        _require(body.get("advertiser_id"), "advertiser_id: missing")
        _require(status in ("ENABLE", "DISABLE", "DELETE"), "operation_status: unknown value")
        if not isinstance(given, list) or not 1 <= len(given) <= MOST_IDS:
            raise _RefusedError(f"{key}: not a list of 1 to {MOST_IDS} ids")
        rows = {each: self._find(level, each, body["advertiser_id"]) for each in map(str, given)}
        for one in filter(None, rows.values()):
            one.status = str(status)
            if status == "DELETE":
                self._delete_below(one)
        lost = [{ID_KEYS[level]: each, "error_message": "does not exist"} for each in rows if not rows[each]]
        return {key: [each for each in rows if rows[each]], "status": status, "error_list": lost}

    def _delete_below(self, above: Stored) -> None:
        for one in self.alive():
            if one.parent == above.id:
                one.status = "DELETE"
                self._delete_below(one)


def _filter(level: Level, filtering: object) -> Callable[[Row], bool]:
    """The predicate of a filter: names contain the text in any case, ids are in the list."""
    types: dict[str, type] = {f"{ID_KEYS[each]}s": list for each in LEVELS[: LEVELS.index(level) + 1]}
    if level != "ad":
        types[f"{level}_name"] = str
    if not isinstance(filtering, dict) or any(type(filtering[key]) is not types.get(key) for key in filtering):
        raise _RefusedError("filtering: unknown filter or wrong type")

    def fits(row: Row, key: str, value: Any) -> bool:
        return value.lower() in row[key].lower() if types[key] is str else row[key[:-1]] in value

    return lambda row: all(fits(row, key, value) for key, value in filtering.items())


class _Server(ThreadingHTTPServer):
    """Serves one TikTok; it ends all threads and connections on `stop`."""

    daemon_threads = False
    request_queue_size = 64

    def __init__(self, tiktok: TikTok) -> None:
        self.tiktok = tiktok
        self.stopping = Event()
        self.errors: list[Exception] = []
        self._connections: set[socket] = set()
        super().__init__(("127.0.0.1", 0), _Handler)

    def stop(self) -> None:
        """End all delays and connections, then wait for their threads."""
        self.shutdown()
        self.stopping.set()
        for connection in tuple(self._connections):
            with suppress(OSError):
                connection.shutdown(SHUT_RDWR)
        self.server_close()

    def process_request(self, request: Any, client_address: Any) -> None:
        self._connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._connections.discard(request)
        request.close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        error = sys.exception()
        if isinstance(error, Exception) and not isinstance(error, OSError):
            self.errors.append(error)


class _Handler(BaseHTTPRequestHandler):
    """Passes requests to the TikTok and sends the answers."""

    server: _Server
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    _headers_buffer: list[bytes]
    _head_drip = 0.0

    def _respond(self) -> None:
        request, fault = self.server.tiktok.receive(self.command, self.path, self.headers)
        self.close_connection = self.close_connection or fault.ending != "answer"
        if fault.ending == "reset":
            self.connection.setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))
            if not fault.commit:
                return
        with suppress(ValueError):
            request.body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))))
        answer = self.server.tiktok.carry_out(request, fault)
        request.is_carried_out = True
        self.server.stopping.wait(fault.delay)
        if fault.ending == "answer":
            request.code = answer.code
            self._send(answer)

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self._head_drip = answer.head_drip
        if answer.announces == "nothing":
            self.send_header("Connection", "close")
        else:
            missing = 5 if answer.announces == "more" else 0
            self.close_connection = self.close_connection or missing > 0
            self.send_header("Content-Length", str(len(answer.body) + missing))
        self.end_headers()
        self._write(answer.body, answer.body_drip)

    def flush_headers(self) -> None:
        """Send the status line and the headers."""
        head = b"".join(self._headers_buffer)
        self._headers_buffer.clear()
        self._write(head, self._head_drip)

    def _write(self, data: bytes, drip: float) -> None:
        pieces = [data] if drip == 0 else (data[place : place + 1] for place in range(len(data)))
        for piece in pieces:
            if self.server.stopping.wait(drip):
                return
            self.wfile.write(piece)

    do_GET = do_POST = _respond  # noqa: N815

    def log_message(self, format: str, *args: Any) -> None:
        """Log nothing."""
