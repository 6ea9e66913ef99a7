"""Requests to TikTok, one at a time and without retries or redirects; each answer is classified by kind."""

import json
import re
import socket
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, Any, Literal, NamedTuple
from urllib.parse import urlencode, urlsplit

import orjson

from splint import __version__
from splint.refusals.codes import Actor, certain
from splint.reporting.masking import masked, without_userinfo
from splint.reporting.wording import safe
from splint.submit.access import is_loopback
from splint.submit.echoes import Echoes
from splint.submit.errors import MisuseError

if TYPE_CHECKING:
    from pydantic import SecretStr
    from urllib3 import BaseHTTPResponse, PoolManager
    from urllib3.connection import HTTPConnection

    from splint.submit.transport import Pools

CONNECT_SECONDS = 5.0
MOST_APART = timedelta(hours=1)
"""How far the clock of this machine may be from that of the server."""
MAX_BYTES = 8 * 1024 * 1024
"""Longer answers are not read."""
Withheld = Callable[[], str | None]
"""Why a request is no longer to be sent, if so."""
Kind = Literal["ok", "unsent", "throttled", "unauthorized", "refused", "redirected", "unknown"]


class Answer(NamedTuple):
    """The outcome of a request."""

    kind: Kind
    message: str = ""
    """The reason: printable, without the token."""
    data: Mapping[str, Any] = {}
    """The answer's data if the code is 0."""
    code: int | None = None
    text: str = ""
    """The whole message of an answer with a code, without the token and other credentials."""
    request_id: str | None = None
    """By which TikTok's support finds the request."""

    @property
    def refusal(self) -> dict[str, Any] | None:
        """What the journal keeps of an answer that is no plain ok: code, message and request_id."""
        if self.code is None or self.kind == "ok":
            return None
        known = {"code": self.code, "message": self.text, "request_id": self.request_id}
        return {key: value for key, value in known.items() if value is not None}


class Client:
    """Sends requests to one host with one token, at most `rate` of them a second.

    `timeout` is in seconds and bounds a whole exchange: connecting, headers and body. Environment variables and netrc
    are ignored: the only proxy is `proxy`, and TLS is always verified, by `ca_file` or the system's certificates.
    With `checks_clock` a GET raises MisuseError where the first answer that tells its time, before any POST, was given
    more than MOST_APART from the time of this machine. `note` is called with each line that is to be noted.
    """

    def __init__(
        self,
        origin: str,
        token: "SecretStr",
        *,
        rate: float = 2.0,
        timeout: float = 60.0,
        proxy: str | None = None,
        ca_file: str | None = None,
        checks_clock: bool = False,
        note: Callable[[str], None] = lambda _line: None,
    ) -> None:
        self.origin = origin
        self._token = token
        self._timeout = timeout
        self._proxy = proxy
        self._ca_file = ca_file
        self._hidden = Echoes(token.get_secret_value()).hidden  # compiled once: answers hold thousands of texts
        self._bucket = _Bucket(rate)
        self._checks_clock = checks_clock
        self._note = note
        self._pools: Pools | None = None

    def post(self, path: str, body: Mapping[str, Any], withheld: Withheld = lambda: None) -> Answer:
        """Send a POST request with a JSON body, unless `withheld`, asked directly before, tells why it is not sent."""
        return self._send("POST", path, json.dumps(body).encode(), withheld)

    def get(self, path: str, query: Mapping[str, str]) -> Answer:
        """Send a GET request."""
        return self._send("GET", f"{path}?{urlencode(query)}", None)

    def _send(self, method: str, target: str, body: bytes | None, withheld: Withheld = lambda: None) -> Answer:
        """One exchange, in a thread of its own so that the timeout holds for slow answers too.

        It has a pool of its own: no connection that a server keeps open is there for a thread that comes late.
        """
        exchange = _Exchange()
        pool = self._pool(exchange)
        self._bucket.take()
        if method == "POST":
            if (why := withheld()) is not None:
                return Answer("unsent", why)
            self._checks_clock = False
        ends: list[Answer | BaseException] = []

        def work() -> None:
            try:
                ends.append(self._exchanged(pool, method, target, body, exchange))
            except BaseException as error:
                ends.append(error)
            exchange.ended.set()

        Thread(target=work, daemon=True).start()
        if not exchange.ended.wait(self._timeout):
            is_open = exchange.expire()
            why = f"no whole answer within {self._timeout:g} s"
            return Answer("unknown", why) if is_open else Answer("unsent", f"no connection within {self._timeout:g} s")
        [ended] = ends
        if isinstance(ended, BaseException):
            raise ended
        if self._checks_clock and (date := _read_time(exchange.date)) is not None:
            self._refuse_clock(date)
        return ended

    def _refuse_clock(self, date: datetime) -> None:
        """Raise MisuseError if an answer, of a time by its Date, says that the clock of this machine is wrong.

        For a server on loopback, as a mock whose Date never changes, it is only noted.
        """
        now = datetime.now(UTC)
        self._checks_clock = False
        if abs(now - date) <= MOST_APART:
            return
        why = (
            f"the clock of this machine says {now:%Y-%m-%d %H:%M} UTC, and {self.origin} answers at "
            f"{date:%Y-%m-%d %H:%M} UTC: what a run made is told from what stood before by its time"
        )
        if is_loopback(urlsplit(self.origin).hostname or ""):
            self._note(f"note: {why}")
            return
        self._checks_clock = True
        raise MisuseError(
            f"{why}; nothing was sent now; set the clock, then go on; where it is right, that of the server, or of a "
            "proxy before it, is wrong"
        )

    def _exchanged(
        self, pool: "PoolManager", method: str, target: str, body: bytes | None, exchange: "_Exchange"
    ) -> Answer:
        from urllib3 import Timeout  # of the extra `submit`
        from urllib3.exceptions import HTTPError

        headers = {
            "Access-Token": self._token.get_secret_value(),
            "Accept": "application/json",
            "Accept-Encoding": "identity",
            "Connection": "close",
            "User-Agent": f"splint/{__version__}",
            **({"Content-Type": "application/json"} if body is not None else {}),
        }
        try:
            response = pool.request(
                method,
                self.origin + target,
                body=body,
                headers=headers,
                retries=False,
                redirect=False,
                preload_content=False,
                decode_content=False,
                timeout=Timeout(connect=min(CONNECT_SECONDS, self._timeout), read=self._timeout),
            )
            exchange.date = response.headers.get("Date")
            try:
                return self._answer(response)
            finally:
                response.close()
                pool.clear()  # a connection that the server keeps open is closed
        except (HTTPError, OSError, ValueError, RecursionError) as error:
            return Answer("unknown" if exchange.is_open else "unsent", self._clean(_reason(error)))

    def _pool(self, exchange: "_Exchange") -> "PoolManager":
        if self._pools is None:
            from splint.submit.transport import pools  # of the extra `submit`

            self._pools = pools(self.origin, self._proxy, self._ca_file)
        return self._pools(exchange.open)

    def _answer(self, response: "BaseHTTPResponse") -> Answer:
        status = response.status
        if 300 <= status < 400:
            place = self._clean(response.headers.get("Location", "nowhere"))
            return Answer("redirected", f"HTTP {status} to {place}: redirects are never followed")
        encoding = response.headers.get("Content-Encoding", "").strip()
        if encoding.lower() not in ("", "identity"):  # a small compressed body may fill the memory
            return Answer("unknown", f"HTTP {status} with Content-Encoding {self._clean(encoding)}, not asked for")
        data = _read(response)
        if data is None:
            return Answer("unknown", f"HTTP {status} with more than {MAX_BYTES // 1024 // 1024} MiB")
        if status >= 500:
            return Answer("unknown", f"HTTP {status}")
        try:
            envelope = _changed(orjson.loads(data), self._hidden)
        except ValueError:
            return Answer("unknown", f"HTTP {status} without readable JSON")
        code = envelope.get("code") if isinstance(envelope, dict) else None
        if not isinstance(code, int) or isinstance(code, bool):
            return Answer("unknown", f"HTTP {status} with JSON that has no code")
        text = without_userinfo(masked(str(envelope.get("message") or "")))
        message = f"code {code}: {self._clean(text or 'without a message')}"
        request_id = envelope.get("request_id")
        named = self._clean(str(request_id)) if isinstance(request_id, str | int) else None
        inner = envelope.get("data")
        if code == 0 and status >= 400:
            return Answer("unknown", f"HTTP {status} with {message}")
        if code == 0:
            return Answer("ok", message, inner if isinstance(inner, dict) else {}, code, text, named)
        return Answer(_kind(code), message, {}, code, text, named)

    def _clean(self, text: str) -> str:
        """A text of the server, printable, credentials masked, at most 500 characters."""
        return safe(without_userinfo(masked(self._hidden(text))))[:500]


def _changed(value: Any, change: Callable[[str], str]) -> Any:
    """A JSON value with each of its texts, keys too, changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [_changed(entry, change) for entry in value]
    if isinstance(value, dict):
        return {change(key): _changed(entry, change) for key, entry in value.items()}
    return value


_KINDS: dict[Actor | None, Kind] = {
    "wait": "throttled",
    "token": "unauthorized",
    "scope": "unauthorized",
    "payload": "refused",
}


def _kind(code: int) -> Kind:
    """The kind of an answer with a code: unknown unless the code says for certain that nothing was carried out.

    After a duplicate (40050) an earlier request may stand.
    """
    known = certain(code)
    return "unknown" if known is None else _KINDS[known.actor]


def _reason(error: Exception) -> str:
    """The message of a network error in one line, without the representations of urllib3's objects."""
    text = re.sub(r"^(?:\w+\(host=[^)]*\)|.*>): ", "", str(error))
    return f"{type(error).__name__}: {text}"


def _read(response: "BaseHTTPResponse") -> bytes | None:
    """The body of a response; None if it is longer than MAX_BYTES."""
    parts, size = [], 0
    while chunk := response.read(65536, decode_content=False):
        parts.append(chunk)
        size += len(chunk)
        if size > MAX_BYTES:
            return None
    return b"".join(parts)


def _read_time(date: str | None) -> datetime | None:
    """The time of a header Date in UTC; None if it is missing or cannot be read."""
    from email.utils import parsedate_to_datetime  # only an answer has a time

    try:
        time = parsedate_to_datetime(date or "")
        return time.astimezone(UTC) if time.tzinfo else time.replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


class _Exchange:
    """The connection of a request in flight; after `expire` it carries nothing more."""

    def __init__(self) -> None:
        self.ended = Event()
        self.date: str | None = None
        """The header Date of the answer."""
        self.is_open = False
        """Whether a connection was established, so that the server may have read the request."""
        self._is_late = False
        self._lock = Lock()
        self._socket: socket.socket | None = None

    def open(self, connection: "HTTPConnection") -> None:
        """Record an established connection. Raises TimeoutError after the timeout, so that nothing is sent over it."""
        with self._lock:
            if self._is_late:
                connection.close()
                raise TimeoutError("the connection came too late")
            self.is_open = True
            self._socket = connection.sock

    def expire(self) -> bool:
        """Shut the connection down. Returns whether the server may have read the request."""
        with self._lock:
            self._is_late = True
            if self._socket is not None:
                with suppress(OSError):
                    self._socket.shutdown(socket.SHUT_RDWR)
            return self.is_open


class _Bucket:
    """A token bucket: `rate` requests per second, with bursts of as many."""

    def __init__(self, rate: float) -> None:
        self._rate = rate
        self._size = max(1.0, rate)
        self._filled = self._size
        self._at = time.monotonic()

    def take(self) -> None:
        """Wait until the next request is allowed."""
        now = time.monotonic()
        self._filled = min(self._size, self._filled + (now - self._at) * self._rate)
        self._at = now
        if self._filled < 1:
            time.sleep((1 - self._filled) / self._rate)
            self._filled, self._at = 1.0, time.monotonic()
        self._filled -= 1
