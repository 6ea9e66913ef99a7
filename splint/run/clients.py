"""Guards of HTTP clients: payloads with errors do not leave. None of the clients' packages is imported."""

import json
import re
import sys
import warnings
from collections.abc import Callable
from typing import Any, Literal, NamedTuple, TypeVar, Unpack
from urllib.parse import urlsplit

from splint.files import INPUT
from splint.payloads.endpoints import read_endpoint
from splint.reporting.report import PayloadError, Report, ToolNotification
from splint.run.linter import Linter, LinterOptions

Client = TypeVar("Client")
SLASH = r"/|\\|%2f|%5c"
"""What parts the steps of a path, or resembles it."""

FORM = rb"--[^\r\n]++\r\nContent-Disposition: form-data"
"""How a multipart form begins that a client has put together already."""


class PayloadWarning(UserWarning):
    """What `guard(client, on="warn")` warns with for a payload with errors; `report` holds the findings."""

    def __init__(self, report: Report) -> None:
        self.report = report
        super().__init__(str(PayloadError(report)))

    def __reduce__(self) -> tuple[Any, ...]:
        return PayloadWarning, (self.report,)


class _Request(NamedTuple):
    """A request that is about to leave."""

    method: str | None
    url: str
    body: Callable[[], Any]
    """Returns the body: text or bytes, None without one, and anything else for one that can be read only once."""


class _Kind(NamedTuple):
    """A class of clients: where it is imported from, and its method that every request leaves by."""

    module: str
    name: str
    method: str
    request: Callable[..., _Request]
    """Takes what the method takes."""


def _of_requests(request: Any, **_: Any) -> _Request:
    return _Request(request.method, request.url or "", lambda: getattr(request, "body", None))


def _of_httpx(request: Any, **_: Any) -> _Request:
    def body() -> Any:
        try:
            return request.content
        except sys.modules["httpx"].RequestNotRead:
            return request.stream

    return _Request(request.method, str(request.url), body)


def _of_sdk(method: str, url: str, *rest: Any, body: Any = None, **_: Any) -> _Request:
    if len(rest) > 3:  # after query_params, headers and post_params
        body = rest[3]
    return _Request(method, url, lambda: json.dumps({} if body is None else body))  # as rest.py of the SDK writes it


KINDS = (
    _Kind("requests", "Session", "send", _of_requests),
    _Kind("httpx", "Client", "send", _of_httpx),
    _Kind("httpx", "AsyncClient", "send", _of_httpx),
    _Kind("business_api_client", "ApiClient", "request", _of_sdk),
)


class _Guard:
    """Stands in a client in the place of the method that sends: judges a request, then hands it on as it is."""

    def __init__(self, send: Callable[..., Any], earlier: object, kind: _Kind, linter: Linter, *, warns: bool) -> None:
        self._send = send
        self.earlier = earlier
        """What stood in the client itself before; None if that was its class's method."""
        self._kind = kind
        self._linter = linter
        self._warns = warns

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        report = self._report(self._kind.request(*arguments, **keywords))
        if report is not None and not report.ok:
            if not self._warns:
                raise PayloadError(report)
            warnings.warn(PayloadWarning(report), stacklevel=_callers_level())
        return self._send(*arguments, **keywords)

    def _report(self, request: _Request) -> Report | None:
        """The report on a request; None if it is not judged."""
        if (request.method or "").upper() != "POST":
            return None
        url = _of_smart_plus(request.url)
        if url is None:
            return None
        body = request.body()
        is_form = isinstance(body, bytes) and re.match(FORM, body)
        if not is_form and (body is None or isinstance(body, str | bytes | bytearray | memoryview)):
            text = body if isinstance(body, str) else bytes(body or b"")
            return self._linter.check_value(text if text.strip() else None, url)
        path = urlsplit(url).path
        message = f"the body of POST {path} can be read only once, so it is not judged: pass json=, or the whole text"
        return Report(self._linter.tool, errors=[ToolNotification("unreadable-file", message, INPUT)])


def _of_smart_plus(url: str) -> str | None:
    """The URL of a Smart+ endpoint, or of what resembles one, without a gateway's prefix; None for any other."""
    whole = urlsplit(url)
    for slash in re.finditer(SLASH, whole.path, re.IGNORECASE):
        without_prefix = f"{whole.scheme}://{whole.netloc}/{whole.path[slash.end() :]}"
        path = read_endpoint(without_prefix).path
        if path.startswith("/smart_plus/") and (path != "/smart_plus/" or whole.path.endswith("/")):
            return without_prefix
    return None


def guard(client: Client, *, on: Literal["raise", "warn", "off"] = "raise", **options: Unpack[LinterOptions]) -> Client:
    """Make a client judge the body of each POST to a /smart_plus/ path before it sends it. Returns the client.

    `client` is a requests.Session, an httpx.Client or AsyncClient, or the ApiClient of TikTok's SDK for Python. A body
    with errors, or one that can be read only once, is not sent: PayloadError is raised, with the report. With
    on="warn" it is sent, after a PayloadWarning. Every other request passes untouched; headers are not read, and no
    request is changed. on="off" takes the guard away, and a second call replaces it. `options` are those of `Linter`.
    Raises TypeError for any other client, ValueError for any other `on`, and what `Linter` raises.
    """
    if on not in ("raise", "warn", "off"):
        raise ValueError(f"on is {on!r}, but takes 'raise', 'warn' or 'off'")
    kind = next((kind for kind in KINDS if isinstance(client, _class_of(kind))), None)
    if kind is None:
        raise TypeError(
            f"{type(client).__name__} is no client that can be guarded: pass a requests.Session, an httpx.Client or "
            "AsyncClient, or the ApiClient of TikTok's SDK"
        )
    linter = Linter(**options)
    held = vars(client)
    if isinstance(guarded := held.get(kind.method), _Guard):
        del held[kind.method]
        if guarded.earlier is not None:
            held[kind.method] = guarded.earlier
    if on != "off":
        earlier, send = held.get(kind.method), getattr(client, kind.method)
        held[kind.method] = _Guard(send, earlier, kind, linter, warns=on == "warn")
    return client


def _class_of(kind: _Kind) -> type | tuple[()]:
    """The class of a kind of clients; no class if its package is not imported, so that there is no such client."""
    module = sys.modules.get(kind.module)
    return () if module is None else getattr(module, kind.name)


def _callers_level() -> int:
    """The `stacklevel` with which a warning names the line that calls the client."""
    within = ("splint", *(kind.module for kind in KINDS))
    level, frame = 1, sys._getframe(1)
    while frame.f_back is not None and frame.f_globals.get("__name__", "").partition(".")[0] in within:
        level, frame = level + 1, frame.f_back
    return level
