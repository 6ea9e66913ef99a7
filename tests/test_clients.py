"""Guarded clients, as they are installed, against a server on loopback: what is refused, and what passes as it is."""

import asyncio
import copy
import gc
import io
import json
import pickle
import re
import subprocess
import sys
import warnings
from collections.abc import AsyncIterator, Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple

import httpx
import pytest
import requests

import splint
from splint import ConfigError, PayloadError, PayloadWarning
from splint.testing import AS_OF, BASES

CLEAN: dict[str, Any] = BASES["cbo"]["campaign"]
BROKEN = {**CLEAN, "budget": 0}
CREATE = "/open_api/v1.3/smart_plus/campaign/create/"
TOKEN = "canary-token-of-the-tests"


PAGE = (Path(__file__).parent.parent / "docs" / "guard.md").read_text()


class Received(NamedTuple):
    """A request as it came in."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def _answer(self) -> None:
        if self.headers.get("Transfer-Encoding") == "chunked":
            body = b""
            while size := int(self.rfile.readline(), 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
        else:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        received: list[Received] = self.server.received  # type: ignore[attr-defined]
        received.append(Received(self.command, self.path, dict(self.headers), body))
        is_elsewhere = self.path == "/elsewhere"
        answer = (
            b"" if is_elsewhere else b'{"code": 0, "message": "OK", "request_id": "7", "data": {"campaign_id": "1"}}'
        )
        self.send_response(307 if is_elsewhere else 200)
        if is_elsewhere:
            self.send_header("Location", CREATE)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    do_POST = do_GET = do_PUT = _answer  # noqa: N815 - what http.server calls

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


class Api:
    """The server, and what it received."""

    def __init__(self) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self._server.daemon_threads = True
        self.received: list[Received] = []
        self._server.received = self.received  # type: ignore[attr-defined]
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    def stop(self) -> None:
        """End the server."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def bodies(self) -> list[bytes]:
        """The bodies that came in."""
        return [request.body for request in self.received]


@pytest.fixture
def api() -> Iterator[Api]:
    """A server that takes everything."""
    server = Api()
    yield server
    server.stop()


class Post(NamedTuple):
    """A client: `post` sends with it, `guard` guards it."""

    post: Callable[..., Any]
    guard: Callable[..., Any]


@pytest.fixture(params=["requests", "httpx", "httpx-async"])
def client(request: pytest.FixtureRequest) -> Iterator[Post]:
    """Each of the clients, not yet guarded. `post(url, json=)`, or `text=` for a body as it is."""
    if request.param == "httpx-async":
        with asyncio.Runner() as runner:
            other = httpx.AsyncClient(trust_env=False)

            async def sent(url: str, text: Any = None, **arguments: Any) -> Any:
                return await other.post(url, **({} if text is None else {"content": text}), **arguments)

            def post_and_wait(url: str, **arguments: Any) -> Any:
                return runner.run(sent(url, **arguments))

            yield Post(post_and_wait, lambda **options: splint.guard(other, **options))
            runner.run(other.aclose())
        return
    with requests.Session() if request.param == "requests" else httpx.Client(trust_env=False) as used:
        name = "data" if request.param == "requests" else "content"

        def post(url: str, *, text: Any = None, **arguments: Any) -> Any:
            return used.post(url, **({} if text is None else {name: text}), **arguments)

        yield Post(post, lambda **options: splint.guard(used, **options))


def test_a_payload_with_errors_does_not_leave(client: Post, api: Api) -> None:
    client.guard(as_of=AS_OF)
    with pytest.raises(PayloadError, match="SPL106 at /budget: budget is 0") as raised:
        client.post(api.url + CREATE, json=BROKEN)
    assert [diagnostic.code for diagnostic in raised.value.report.diagnostics] == ["SPL106"]
    assert api.received == []
    assert client.post(api.url + CREATE, json=CLEAN).json()["code"] == 0
    assert [json.loads(body) for body in api.bodies] == [CLEAN]


def test_a_warning_names_the_line_that_sent(client: Post, api: Api) -> None:
    client.guard(on="warn", as_of=AS_OF)
    with pytest.warns(PayloadWarning, match="SPL106 at /budget") as caught:
        client.post(api.url + CREATE, json=BROKEN)
    [warning] = caught
    assert isinstance(warning.message, PayloadWarning)
    assert not warning.message.report.ok
    assert warning.filename == __file__
    assert [json.loads(body) for body in api.bodies] == [BROKEN]


def test_what_is_sent_is_the_same_with_and_without_a_guard(client: Post, api: Api) -> None:
    """To the byte, headers included, for texts that are laid out as nobody would."""
    text = json.dumps(CLEAN, indent=7, ensure_ascii=False).encode() + b"\n \n"
    headers = {"Access-Token": TOKEN, "X-Odd": "a  b"}
    for _ in range(2):
        client.post(api.url + CREATE, text=text, headers=headers)
        client.post(api.url + CREATE, json=CLEAN, headers=headers)
        client.guard(as_of=AS_OF)
    assert api.received[:2] == api.received[2:]
    assert api.received[0].body == text


OTHERS = [
    "/open_api/v1.3/campaign/create/",
    "/open_api/v1.3/smart_plus_material/report/",
    "/smart_plus",
    "/x?next=/smart_plus/campaign/create/",
]


@pytest.mark.parametrize("path", OTHERS)
def test_other_paths_pass(client: Post, api: Api, path: str) -> None:
    client.guard(as_of=AS_OF)
    client.post(api.url + path, json=BROKEN)
    assert [json.loads(body) for body in api.bodies] == [BROKEN]


def chunks() -> Iterator[bytes]:
    """A body in two pieces."""
    yield b'{"budget": '
    yield b"0}"


async def chunks_of_async() -> AsyncIterator[bytes]:
    """The same for AsyncClient."""
    for piece in chunks():
        yield piece


def streams(client: Post) -> list[Any]:
    """Bodies that the client reads only when it sends: a generator, and a file where it takes one."""
    is_async = client.post.__name__ == "post_and_wait"
    return [chunks_of_async()] if is_async else [chunks(), io.BytesIO(b'{"budget": 0}')]


def test_a_body_that_can_be_read_only_once_is_refused_unread(client: Post, api: Api) -> None:
    client.guard(as_of=AS_OF)
    for body in streams(client):
        with pytest.raises(PayloadError, match=f"POST {CREATE} can be read only once, so it is not judged: pass json"):
            client.post(api.url + CREATE, text=body)
        assert api.received == []
        client.post(api.url + "/elsewhere/", text=body)
        assert api.bodies == [b'{"budget": 0}']
        api.received.clear()


def test_a_multipart_form_is_refused(client: Post, api: Api) -> None:
    """Also the one that requests makes bytes of: it is no JSON with a mistake in it."""
    client.guard(as_of=AS_OF)
    for form in ({"files": {"a": b"{}"}}, {"files": {"a": ("b.json", b"{}")}, "data": {"budget": "5"}}):
        with pytest.raises(PayloadError, match=f"POST {CREATE} can be read only once, so it is not judged: pass json"):
            client.post(api.url + CREATE, **form)
    assert api.received == []


def test_with_warnings_such_a_body_passes_whole(client: Post, api: Api) -> None:
    client.guard(on="warn")
    for body in streams(client):
        with pytest.warns(PayloadWarning, match="can be read only once"):
            client.post(api.url + CREATE, text=body)
    assert set(api.bodies) == {b'{"budget": 0}'}


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        (CREATE, {}, "SPL008"),
        (CREATE.rstrip("/"), BROKEN, "SPL106"),
        (f"/gateway{CREATE}?debug=1", BROKEN, "SPL106"),
        ("/v1.3/smart_plus/campaign/create/", BROKEN, "SPL106"),
        ("/tiktok/smart_plus/campaign/create/", BROKEN, "SPL106"),
        ("/open_api/v1.3/smart%5Fplus/campaign/create/", BROKEN, "SPL106"),
        ("/open_api/v1.3/smart_plus/adgroup/create/", CLEAN, "SPL008"),
        ("/open_api/v1.3/smart_plus/", BROKEN, "SPL106"),
        ("/Smart_Plus/campaign/create/", BROKEN, "SPL106"),
        ("/gateway/SMART_PLUS/campaign/create/", BROKEN, "SPL106"),
        ("/gateway/smart_plus%2Fcampaign%2Fcreate/", BROKEN, "SPL106"),
        ("/open_api/v1.3/x/../smart_plus/campaign/create/", BROKEN, "SPL106"),
        (
            "/open_api/v1.3/smart_plus/campaign/status/update/",
            {"advertiser_id": "7", "campaign_ids": ["1"], "operation_status": "ENABEL"},
            "SPL007",
        ),
    ],
)
def test_the_path_says_what_the_body_is(client: Post, api: Api, path: str, body: Any, code: str) -> None:
    client.guard(as_of=AS_OF)
    with pytest.raises(PayloadError, match=code):
        client.post(api.url + path, json=body)
    assert api.received == []


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (None, r"SPL008 at \(root\): the body is missing: /smart_plus/campaign/create/ does nothing .*; add a body"),
        (" \n", "SPL008.*the body is missing"),
        ("null", "SPL008.*the body is missing"),
        (b'{"budget": 0,}', "SPL001"),
        (b"budget=0", "SPL001.*a form of name=value, not JSON"),
        ("[]", r"SPL003 at \(root\): the body is .., but takes an object"),
        (json.dumps(json.dumps(CLEAN)), r"SPL003 at \(root\): the body is .*, but takes an object, encoded once"),
        (b"\xff\xfe", "SPL001.*UTF-16"),
        (b'{"budget": 0, "budget": 5}', "SPL005"),
    ],
)
def test_a_body_that_is_no_payload_is_refused(client: Post, api: Api, body: Any, said: str) -> None:
    client.guard(as_of=AS_OF)
    with pytest.raises(PayloadError, match=said):
        client.post(api.url + CREATE, text=body)
    assert api.received == []


def test_other_methods_pass() -> None:
    api = Api()
    with requests.Session() as session, httpx.Client(trust_env=False) as other:
        for client in (splint.guard(session), splint.guard(other)):
            client.get(api.url + CREATE)
            client.put(api.url + CREATE, json=BROKEN)
    api.stop()
    assert [request.method for request in api.received] == ["GET", "PUT"] * 2


def test_a_redirect_of_requests_is_judged_where_it_leads(api: Api) -> None:
    with splint.guard(requests.Session(), as_of=AS_OF) as session:
        with pytest.raises(PayloadError):
            session.post(f"{api.url}/elsewhere", json=BROKEN)
        session.post(f"{api.url}/elsewhere", json=CLEAN)
    assert [request.path for request in api.received] == ["/elsewhere", "/elsewhere", CREATE]


def test_a_guard_is_taken_away_and_replaced(api: Api) -> None:
    """The client is then as it was before; a patch of somebody else stays."""
    for client in (requests.Session(), httpx.Client(trust_env=False)):
        with client:
            before = dict(vars(client))
            assert splint.guard(client, as_of=AS_OF) is client
            splint.guard(client, select=["SPL101"], as_of=AS_OF)
            client.post(api.url + CREATE, json=BROKEN)
            splint.guard(client, as_of=AS_OF)
            with pytest.raises(PayloadError):
                client.post(api.url + CREATE, json=BROKEN)
            assert splint.guard(client, on="off") is client
            assert splint.guard(client, on="off") is client
            assert vars(client) == before
            client.post(api.url + CREATE, json=BROKEN)
    calls: list[Any] = []
    with requests.Session() as session:
        patch = session.send = lambda request, **options: calls.append(request.url)  # type: ignore[method-assign,assignment]
        splint.guard(session, as_of=AS_OF).post(api.url + CREATE, json=CLEAN)
        assert len(calls) == 1
        assert vars(splint.guard(session, on="off"))["send"] is patch


def test_a_session_is_copied_and_pickled_as_before() -> None:
    """A guard is of one client: copies of a Session have none."""
    with splint.guard(requests.Session()) as session:
        for other in (copy.copy(session), pickle.loads(pickle.dumps(session))):
            assert "send" not in vars(other)
    warned = pickle.loads(pickle.dumps(PayloadWarning(splint.check(BROKEN, as_of=AS_OF))))
    assert "SPL106" in str(warned)


def test_subclasses_are_guarded(api: Api) -> None:
    class Own(requests.Session):
        """Somebody's own session."""

    with splint.guard(Own(), as_of=AS_OF) as session, pytest.raises(PayloadError):
        session.post(api.url + CREATE, json=BROKEN)


@pytest.mark.parametrize("client", [requests, httpx, object(), None, requests.Session, "https://example.com"])
def test_anything_else_is_no_client(client: Any) -> None:
    with pytest.raises(TypeError, match=r"pass a requests\.Session, an httpx\.Client or AsyncClient, or the ApiClient"):
        splint.guard(client)


def test_options_are_refused_where_the_client_is_guarded() -> None:
    """Not when it sends; an earlier guard stays."""
    with splint.guard(requests.Session()) as session:
        before = dict(vars(session))
        with pytest.raises(ConfigError, match="profile"):
            splint.guard(session, profile="gide")
        with pytest.raises(ValueError, match="on is 'log', but takes"):
            splint.guard(session, on="log")  # type: ignore[arg-type]
        assert vars(session) == before


def test_no_client_is_imported() -> None:
    """Neither by splint nor by `guard`."""
    code = (
        "import sys, splint\n"
        "try: splint.guard(object())\n"
        "except TypeError: print(*{'requests', 'httpx', 'urllib3', 'business_api_client', 'pydantic'} & {*sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("\n", "")


# -- TikTok's own SDK ------------------------------------------------------------------------------------------------


@pytest.fixture
def sdk(api: Api) -> Iterator[Any]:
    """The ApiClient of tiktok-business-api-sdk-official."""
    import business_api_client

    configuration = business_api_client.Configuration()
    configuration.host = api.url
    client = business_api_client.ApiClient(configuration)
    yield client
    client.rest_client.pool_manager.clear()
    del client
    gc.collect()


def sdk_body(**fields: Any) -> Any:
    """A body as the SDK's model of it."""
    from business_api_client import SmartPlusCampaignCreateBody

    return SmartPlusCampaignCreateBody(**{**CLEAN, "request_id": "1", **fields})


def test_the_sdk_is_guarded(api: Api, sdk: Any) -> None:
    from business_api_client import CampaignCreationApi

    campaigns = CampaignCreationApi(splint.guard(sdk, as_of=AS_OF))
    with pytest.raises(PayloadError, match="SPL106 at /budget"):
        campaigns.smart_plus_campaign_create(TOKEN, body=sdk_body(budget=0))
    with pytest.raises(PayloadError, match="SPL008"):
        campaigns.smart_plus_campaign_create(TOKEN)
    thread = campaigns.smart_plus_campaign_create(TOKEN, body=sdk_body(budget=0), async_req=True)
    with pytest.raises(PayloadError, match="SPL106 at /budget"):
        thread.get()
    with pytest.raises(PayloadError, match="SPL106 at /budget"):
        sdk.request("POST", api.url + CREATE, None, {}, None, BROKEN)
    assert api.received == []
    for _ in range(2):
        answer = campaigns.smart_plus_campaign_create(TOKEN, body=sdk_body())
        assert answer == {"data": {"campaign_id": "1"}, "request_id": "7"}
        splint.guard(sdk, on="off")
    assert api.received[0] == api.received[1]
    campaigns.smart_plus_campaign_create(TOKEN, body=sdk_body(budget=0))
    assert len(api.received) == 3


def test_the_sdk_warns_at_the_line_that_sends(api: Api, sdk: Any) -> None:
    from business_api_client import CampaignCreationApi

    campaigns = CampaignCreationApi(splint.guard(sdk, on="warn", as_of=AS_OF))
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        campaigns.smart_plus_campaign_create(TOKEN, body=sdk_body(budget=0))
    assert [(warning.category, warning.filename) for warning in caught] == [(PayloadWarning, __file__)]
    assert TOKEN not in str(caught[0].message)
    assert len(api.received) == 1


def test_the_example_of_the_page_is_sent_and_refused_once_it_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    """It runs as it stands, but for the network: its campaign passes, and is refused with another budget."""
    [program] = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    sent: list[requests.PreparedRequest] = []

    def send(_: object, request: requests.PreparedRequest, **_options: object) -> requests.Response:
        sent.append(request)
        response = requests.Response()
        response.status_code, response.request, response.url = 200, request, str(request.url)
        response.raw = io.BytesIO()
        return response

    monkeypatch.setattr(requests.adapters.HTTPAdapter, "send", send)
    monkeypatch.setenv("TIKTOK_ACCESS_TOKEN", TOKEN)
    exec(program, {})
    assert [request.headers["Access-Token"] for request in sent] == [TOKEN]
    assert program.count('"budget": 500') == 1
    with pytest.raises(PayloadError):
        exec(program.replace('"budget": 500', '"budget": 0'), {})
    assert len(sent) == 1
