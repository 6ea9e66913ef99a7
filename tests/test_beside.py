"""What stands beside an endpoint without one clear body, and answers that are none."""

import base64
import json
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from splint import check
from splint.testing import AS_OF
from tests.command import Command
from tests.strategies import found
from tests.test_strangers_files import API, CAMPAIGN, CREATE, walked

HOST = "https://business-api.tiktok.com"
BARE = CREATE.removeprefix(HOST)
UPDATE = CREATE.replace("create", "update")
STATUS = CREATE.replace("create", "status/update")
GOOD = {**CAMPAIGN, "budget": 5000, "sales_destination": "WEBSITE"}
CHANGE = {"advertiser_id": "7477436657581081641", "campaign_id": "1784000000000001", "budget": -5}
TEXT = json.dumps(CAMPAIGN)
ANSWER = {"code": 0, "message": "OK", "request_id": "2026", "data": {"campaign_id": "1784000000000001"}}


@pytest.fixture(autouse=True)
def _tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


ENDPOINTS: list[Any] = [
    *({key: written} for key in ("endpoint", "url", "uri", "path") for written in (BARE, CREATE)),
    *({key: f"{HOST}{rest}"} for key in ("url", "uri") for rest in ("", "/", ":443", "/open_api/v1.3", "/portal/x")),
    {"endpoint": "https://sandbox-ads.tiktok.com"},
    {"path": HOST},
]
AROUND: list[Any] = [{}, {"status": 200}, {"code": 0, "message": "x"}, {"response": ANSWER}, {"method": "POST"}]
HOLDERS: list[Callable[[Any], Any]] = [
    lambda body: {"cases": [{"name": "low", "body": body}]},
    lambda body: {"campaigns": [body, body]},
    lambda body: {"tests": [{"request": body, "response": ANSWER}]},
    lambda body: {"bundles": [{"campaign": body, "adgroups": []}]},
    lambda body: {"pair": {"before": body, "after": body}},
    lambda body: {"children": [{"path": BARE, "children": [{"method": "POST", "url": CREATE, "body": body}]}]},
    lambda body: {"requests": [{"body": body, "code": 0}]},
    lambda body: {"requests": [{"method": "POST", "path": BARE, "body": json.dumps(body)}]},
    lambda body: {"batch": {"events": [body, {**body, "request_id": "2"}]}},
]


def spoken_of(command: Command, rows: list[tuple[Any, ...]]) -> None:
    """Write a file of each row, an endpoint, what is around and what holds the body, and walk over them."""
    for number, (endpoint, around, holder) in enumerate(rows):
        Path(f"{number}.json").write_text(json.dumps({**endpoint, **around, **holder(CAMPAIGN)}))
    report = command("check", "--untrusted", ".", "--output-format=json").report
    codes: dict[str, set[str]] = {}
    for one in report["diagnostics"]:
        codes.setdefault(one["path"], set()).add(one["code"])
    for number, row in enumerate(rows):
        spoken = codes.get(f"{number}.json", set())
        assert {"SPL106", "SPL008"} & spoken == {"SPL106"}, (row[:2], row[2](CAMPAIGN))


def test_a_wrong_body_speaks_wherever_it_stands_beside_an_endpoint(command: Command) -> None:
    most = max(len(ENDPOINTS), len(HOLDERS))
    axes = (ENDPOINTS, AROUND, HOLDERS)
    spoken_of(command, [tuple(axis[at % len(axis)] for axis in axes) for at in range(most)])


@pytest.mark.slow
def test_a_wrong_body_speaks_with_each_endpoint_in_each_holder(command: Command) -> None:
    spoken_of(command, [*product(ENDPOINTS, AROUND, HOLDERS)])


def test_what_has_no_mark_is_the_body_of_the_endpoint_beside_it() -> None:
    """Clients have keys of their own for it."""
    text = json.dumps(CHANGE)
    line = {"url": UPDATE, "method": "post"}
    values: tuple[tuple[Any, str], ...]
    values = (
        *(({**line, key: text}, f"/{key}") for key in ("jsonStringBodyContent", "rawModeData", "example")),
        ({**line, "bodyParametersJson": f"={text}"}, "/bodyParametersJson"),
        *(({**line, key: CHANGE}, f"/{key}/budget") for key in ("sent", "args")),
        ({**line, **CHANGE}, "/budget"),
        ({"url": UPDATE, "cases": [{"body": GOOD}, {"body": CHANGE}]}, "/cases/1/body/budget"),
        ({"url": CREATE, "requests": [{"body": TEXT, "code": 0}]}, "/requests/0/body"),
        ({"url": CREATE, "requests": [TEXT]}, "/requests/0"),
        ({"url": CREATE, "requests": [{"rawModeData": TEXT}]}, "/requests/0/rawModeData"),
    )
    for value, at in values:
        assert ("SPL106", at) in found(value), value
        assert "SPL008" not in dict(found(value)), value
    wrong = {"advertiser_id": "7", "campaign_ids": ["1"], "operation_status": "X"}
    assert found({"url": STATUS, "method": "POST", "rawModeData": json.dumps(wrong)}) == [("SPL007", "/rawModeData")]
    shown = {"url": UPDATE, "method": "POST", "context": {"advertiser_id": "7", "campaign_id": "1"}}
    assert found(shown) == [("SPL008", "/url")]


def test_an_answer_is_no_body(command: Command) -> None:
    """Neither the data in a record of a log, nor what is under the key of a body, nor a response with its URL."""
    line = {"method": "POST", "url": CREATE}
    answered = json.dumps(ANSWER)
    recorded = {"status": {"code": 200}, "url": CREATE, "method": "POST", "body": {"string": answered}}
    silent: tuple[Any, ...] = (
        *(
            {**line, **around, key: answer}
            for around, key, answer in product(({}, {"status": 200}), ("body", "data"), (ANSWER, answered))
        ),
        {**line, "request": GOOD, **ANSWER},
        {"http_interactions": [{"request": {**line, "body": GOOD}, "response": recorded}]},
        {"responses": [{"response": {**line, "status": 200, "body": answered}}]},
    )
    for value in silent:
        assert walked(command, "a.json", json.dumps(value)) == [], value
    assert command("check", "--untrusted", "a.json").status == 3
    change = {"url": UPDATE, "method": "POST"}
    for key, answer in product(("request", "request_body"), (ANSWER, {**ANSWER, "code": 40002, "data": {}})):
        assert found({**change, key: CHANGE, **answer}) == [("SPL106", f"/{key}/budget")]
    assert found({**change, "requestBody": CHANGE, "body": ANSWER}) == [("SPL106", "/requestBody/budget")]
    assert found({"response": {**change, "body": CHANGE}}) == [("SPL106", "/response/body/budget")]
    assert ("SPL106", "/body/budget") in found({**line, "body": {**CAMPAIGN, **ANSWER}})
    assert found({**line, "body": {"text": answered}, "response": 1}) == [("SPL008", "/url")]
    assert walked(command, "a.json", json.dumps({**line, "latency_ms": 120})) == []


def test_what_a_log_does_not_show_hides_nothing_beside_it() -> None:
    line = {"url": CREATE, "method": "POST"}
    for body in ("[REDACTED]", TEXT[:60] + "...(truncated)"):
        assert found({**line, "body": body, "payload": CAMPAIGN}) == [("SPL106", "/payload/budget")]
        assert found({**line, "body": body, "request": {"body": CAMPAIGN}}) == [("SPL106", "/request/body/budget")]
    for text in ("[REDACTED]", "<body>", "YOUR_BODY"):
        assert found({**line, "postData": {"text": text}}) == [("SPL010", "/postData/text")], text
    assert ("SPL010", "/body") in found({**line, "body": "<body>", "payload": CAMPAIGN})
    encoded = {"encoding": "base64", "text": base64.b64encode(TEXT.encode()).decode()}
    assert found({**line, "postData": {"mimeType": "application/json", **encoded}}) == [("SPL010", "/postData")]
    assert found({**line, "body": encoded}) == [("SPL010", "/body")]
    gateway = {"url": "https://gw.example/x", "body": {"a": 1}, "requests": [CAMPAIGN]}
    assert found(gateway) == [("SPL106", "/requests/0/budget")]


def test_what_is_read_or_manual_brings_no_payload_of_its_own() -> None:
    query = {"filtering": {"objective_type": "X"}}
    get = {"url": f"{API}/smart_plus/campaign/get/", "method": "GET"}
    for sent in ({"params": query}, query, {"config": {"params": query}}, {"qs": query}):
        assert found({**get, **sent}) == []
    assert found({**get, "cases": [CAMPAIGN]}) == [("SPL106", "/cases/0/budget")]
    assert found({"url": CREATE, "method": "GET", "params": CAMPAIGN, "sent": []}) == [
        ("SPL008", "/url"),
        ("SPL507", "/method"),
    ]
    assert found({**get, "rows": [CHANGE | {"objective_type": "X"}]}) == []
    nested = {"cases": [{"url": UPDATE, "body": CHANGE}]}
    assert found({**get, **nested}) == [("SPL106", "/cases/0/body/budget")]
    manual = {"url": f"{API}/campaign/create/", "cases": [CAMPAIGN]}
    assert "SPL106" not in dict(found(manual))
    assert ("SPL106", "/log/0/body/budget") in found({**manual, "log": [{"url": CREATE, "body": CAMPAIGN}]})


def test_a_url_is_put_together_of_its_parts(command: Command) -> None:
    path = BARE.strip("/").split("/")
    urls: tuple[Any, ...] = (
        {"protocol": "https", "host": ["business-api", "tiktok", "com"], "path": [*path, ""]},
        {"host": "business-api.tiktok.com", "path": BARE},
        {"host": ["{{baseUrl}}"], "path": path},
        {"full": CREATE},
    )
    for url in urls:
        request = {"method": "POST", "url": url, "body": {"mode": "raw", "raw": TEXT}}
        report = check({"item": [{"request": request}]}, as_of=AS_OF)
        assert [(one.code, one.pointer) for one in report.active] == [("SPL106", "/item/0/request/body/raw")]
        assert report.payloads == 1
    logged = {"http": {"request": {"method": "POST", "body": {"content": TEXT}}}, "url": {"full": CREATE}}
    assert found(logged) == [("SPL106", "/http/request/body/content")]
    assert found({"url": {"host": "gw.example", "path": ["x", 1]}, "body": CAMPAIGN}) == [("SPL106", "/body/budget")]
    matched = {"method": "POST", "url": BARE, "bodyPatterns": [{"equalToJson": TEXT}]}
    assert walked(command, "a.json", json.dumps({"request": matched, "response": {"status": 200}})) == ["SPL106"]


def test_a_batch_of_metas_is_passed_over(command: Command) -> None:
    sets = {"name": "x", "campaign_id": "1", "optimization_goal": "LINK_CLICKS", "billing_event": "IMPRESSIONS"}
    batch = {"batch": [{"method": "POST", "relative_url": "act_1/adsets", "body": sets}]}
    assert walked(command, "a.json", json.dumps(batch)) == []
    tiktoks = [{"relative_url": "act_1/adsets", "body": sets, "note": {"url": CREATE, "body": CAMPAIGN}}]
    assert found(tiktoks) == [("SPL106", "/0/note/body/budget")]


@pytest.mark.parametrize(
    ("one", "other"), [("data", "json"), ("json", "data"), ("body", "payload"), ("payload", "body")]
)
def test_each_of_two_bodies_beside_an_endpoint_is_judged(one: str, other: str) -> None:
    wrong = {**GOOD, "budget": "x"}
    line = {"url": CREATE, "method": "POST"}
    assert found({**line, one: GOOD, other: wrong}) == [("SPL003", f"/{other}/budget")]
    assert found({**line, one: wrong, other: GOOD}) == [("SPL003", f"/{one}/budget")]
    assert found({**line, one: GOOD, "next": {"campaign": wrong}}) == [("SPL003", "/next/campaign/budget")]
    assert check({**line, one: GOOD, other: json.dumps(GOOD)}).payloads == 1


def test_two_bodies_of_a_request_may_have_its_id_and_two_requests_not() -> None:
    """Which of two is sent, the file does not say."""

    def codes(beside: dict[str, Any]) -> list[str]:
        return [
            one.code
            for one in check({"url": CREATE, "method": "POST", "body": GOOD, **beside}, profile="reference").active
        ]

    twice = {**GOOD, "campaign_name": "Other"}
    assert codes({"payload": twice}) == codes({"payload": json.dumps(twice)}) == codes({})
    assert codes({"next": twice}) == ["REF003", *codes({})]
