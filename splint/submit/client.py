"""Requests to TikTok: one at a time, never repeated or redirected by themselves, each with a kind of answer."""

import json
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Literal, NamedTuple
from urllib.parse import urlencode

import orjson

from splint import __version__
from splint.masking import SHORTEST, masked
from splint.reporters.terminal import safe

if TYPE_CHECKING:
    from pydantic import SecretStr
    from urllib3 import BaseHTTPResponse, PoolManager

CONNECT_SECONDS = 5.0
MAX_BYTES = 8 * 1024 * 1024
"""Longer answers are not read."""
THROTTLED = frozenset({40016, 40100, 40132, 40133})
UNAUTHORIZED = frozenset({40001, *range(40102, 40108), 40125})
REFUSED = frozenset({40002, 40007})
"""The codes that say for sure that nothing was done; of any other code but 0 nobody knows."""

Kind = Literal["ok", "unsent", "throttled", "unauthorized", "refused", "redirected", "unknown"]


class Answer(NamedTuple):
    """What became of a request."""

    kind: Kind
    message: str = ""
    """Why, fit for a terminal, without the token."""
    data: Mapping[str, Any] = {}
    """The answer's data, where the code is 0."""
    code: int | None = None


class Client:
    """Sends requests to one host with one token, at most `rate` of them a second.

    Nothing of the environment counts: no proxy but `proxy`, no netrc. TLS is always verified.
    """

    def __init__(
        self, origin: str, token: "SecretStr", *, rate: float = 2.0, timeout: float = 60.0, proxy: str | None = None
    ) -> None:
        self.origin = origin
        self._token = token
        self._timeout = timeout
        self._proxy = proxy
        self._bucket = _Bucket(rate)
        self._manager: PoolManager | None = None
        self._is_through = False

    def post(self, path: str, body: Mapping[str, Any]) -> Answer:
        """Send a JSON body."""
        return self._send("POST", path, json.dumps(body).encode())

    def get(self, path: str, query: Mapping[str, str]) -> Answer:
        """Ask for something."""
        return self._send("GET", f"{path}?{urlencode(query)}", None)

    def _send(self, method: str, target: str, body: bytes | None) -> Answer:
        from urllib3 import Timeout
        from urllib3.exceptions import HTTPError

        self._bucket.take()
        headers = {
            "Access-Token": self._token.get_secret_value(),
            "Accept": "application/json",
            "Accept-Encoding": "identity",
            "Connection": "close",
            "User-Agent": f"splint/{__version__}",
            **({"Content-Type": "application/json"} if body is not None else {}),
        }
        self._is_through = False
        self._pool().clear()  # a connection of its own for each request, whatever the server keeps open
        timeout = Timeout(connect=min(CONNECT_SECONDS, self._timeout), read=self._timeout)
        try:
            response = self._pool().request(
                method,
                self.origin + target,
                body=body,
                headers=headers,
                retries=False,
                redirect=False,
                preload_content=False,
                timeout=timeout,
            )
            try:
                return self._answer(response)
            finally:
                response.close()
        except (HTTPError, OSError, ValueError, RecursionError) as error:
            return Answer("unknown" if self._is_through else "unsent", self._clean(_reason(error)))

    def _pool(self) -> "PoolManager":
        if self._manager is None:
            self._manager = _manager(self._proxy, self._through)
        return self._manager

    def _through(self) -> None:
        """Note that a connection stands: from here on the request may have been read."""
        self._is_through = True

    def _answer(self, response: "BaseHTTPResponse") -> Answer:
        status = response.status
        if 300 <= status < 400:
            place = self._clean(response.headers.get("Location", "nowhere"))
            return Answer("redirected", f"HTTP {status} to {place}: redirects are never followed")
        data = self._read(response)
        if data is None:
            return Answer("unknown", f"HTTP {status} with more than {MAX_BYTES // 1024 // 1024} MiB")
        if status >= 500:
            return Answer("unknown", f"HTTP {status}")
        try:
            found = _without(orjson.loads(data), self._token.get_secret_value())
        except ValueError:
            return Answer("unknown", f"HTTP {status} without readable JSON")
        code = found.get("code") if isinstance(found, dict) else None
        if not isinstance(code, int) or isinstance(code, bool):
            return Answer("unknown", f"HTTP {status} with JSON that has no code")
        message = f"code {code}: {self._clean(str(found.get('message') or 'without a message'))}"
        inner = found.get("data")
        if code == 0:
            return Answer("ok", message, inner if isinstance(inner, dict) else {}, code)
        return Answer(_kind(code), message, {}, code)

    def _read(self, response: "BaseHTTPResponse") -> bytes | None:
        """The body; None when it is too long. Raises TimeoutError when it takes too long."""
        parts, size, deadline = [], 0, time.monotonic() + self._timeout
        while chunk := response.read(65536):
            parts.append(chunk)
            size += len(chunk)
            if size > MAX_BYTES:
                return None
            if time.monotonic() > deadline:
                raise TimeoutError("the answer took too long")
        return b"".join(parts)

    def _clean(self, text: str) -> str:
        """What a server says, fit for a terminal and a journal."""
        return safe(masked(text, [self._token.get_secret_value()]))[:500]


def _without(value: Any, token: str) -> Any:
    """A value of an answer, the token itself as asterisks where it is echoed; names that speak of tokens stay."""
    if isinstance(value, str):
        return value.replace(token, "*" * len(token)) if len(token) >= SHORTEST else value
    if isinstance(value, list):
        return [_without(entry, token) for entry in value]
    if isinstance(value, dict):
        return {_without(key, token): _without(entry, token) for key, entry in value.items()}
    return value


def _kind(code: int) -> Kind:
    if code in THROTTLED:
        return "throttled"
    if code in UNAUTHORIZED:
        return "unauthorized"
    return "refused" if code in REFUSED else "unknown"


def _reason(error: Exception) -> str:
    """What a network error says, in one line, without the objects that urllib3 names."""
    text = str(error).rsplit(">: ", 1)[-1]
    return f"{type(error).__name__}: {text}"


def _manager(proxy: str | None, note: Callable[[], None]) -> "PoolManager":
    """A pool whose connections call `note` once they stand, TLS and a proxy's tunnel included."""
    from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager, ProxyManager
    from urllib3.connection import HTTPConnection, HTTPSConnection

    class Plain(HTTPConnection):
        def connect(self) -> None:
            super().connect()
            note()

    class Secure(HTTPSConnection):
        def connect(self) -> None:
            super().connect()
            note()

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    manager = PoolManager() if proxy is None else ProxyManager(proxy)
    manager.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}
    return manager


class _Bucket:
    """A token bucket: `rate` requests a second, as many at once after a pause."""

    def __init__(self, rate: float) -> None:
        self._rate = rate
        self._size = max(1.0, rate)
        self._filled = self._size
        self._at = time.monotonic()

    def take(self) -> None:
        """Wait for the next request to be allowed."""
        now = time.monotonic()
        self._filled = min(self._size, self._filled + (now - self._at) * self._rate)
        self._at = now
        if self._filled < 1:
            time.sleep((1 - self._filled) / self._rate)
            self._filled, self._at = 1.0, time.monotonic()
        self._filled -= 1
