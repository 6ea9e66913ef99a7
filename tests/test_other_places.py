"""Endpoints under no usual key: under any other one beside a body, in an object beside it, or as its key."""

import json
from pathlib import Path
from typing import Any

import pytest

from splint.payloads.addresses import may_tell
from splint.run.linter import Linter
from splint.schema.platforms import HOSTS as OF_OTHERS
from splint.schema.vocabulary import HOSTS

API = "https://business-api.tiktok.com/open_api/v1.3"
UPDATE = f"{API}/smart_plus/campaign/update/"
CREATE = f"{API}/smart_plus/campaign/create/"
MANUAL = f"{API}/campaign/create/"
PINTEREST = "https://api.pinterest.com/v5/ad_accounts/1/campaigns"
U = {"advertiser_id": "7477436657581081641", "campaign_id": "1860000000000001", "budget": "abc"}
M = {
    "advertiser_id": "7477436657581081641",
    "campaign_name": "Spring",
    "objective_type": "WEB_CONVERSIONS",
    "budget_mode": "BUDGET_MODE_DAY",
    "budget": 500,
}
P = {"campaign_name": "x", "objective_type": "WEB_CONVERSION", "budget_mode": "DAILY"}
BY_KEYS = ["REF101", "REF102", "SPL102"]
"""What M has as one of Smart+."""
LINTER = Linter(profile="reference", as_of="2026-12-01")


def codes(value: Any, tree: Path) -> list[str]:
    """The codes of a file that a walk comes across."""
    (tree / "a.json").write_text(json.dumps(value), encoding="utf-8")
    return [found.code for found in LINTER.check(tree / "a.json").diagnostics]


def requests(endpoint: str, body: object) -> list[Any]:
    """A request with its endpoint and body at other places."""
    path = endpoint.partition("tiktok.com")[2] or endpoint
    text = json.dumps(body)
    keys = [
        *(("request_url", "request_body"), ("requestUrl", "requestBody"), ("ApiEndpoint", "RequestBody")),
        *(("http.url", "http.request.body"), ("href", "body"), ("target", "json"), ("api_url", "payload")),
        *(("Url", "Body"), ("URL", "BODY"), ("Uri", "Body"), ("post", "json"), ("POST", "body")),
    ]
    parts: list[dict[str, Any]] = [
        *({"url": endpoint, "method": "POST", "headers": {}} for _ in range(1)),
        *({key: endpoint} for key in ("endpoint", "uri", "requestUrl")),
        {"hostname": "business-api.tiktok.com", "path": path, "method": "POST"} if path != endpoint else {"url": path},
    ]
    return [
        *({url: endpoint, "method": "POST", key: one} for url, key in keys for one in (body, text)),
        {"attributes": {"http.url": endpoint, "http.request.body": text}},
        {"request_line": f"POST {path} HTTP/1.1", "body": body}
        if path != endpoint
        else {"href": endpoint, "body": body},
        {"path": f"POST {path} HTTP/1.1", "body": body} if path != endpoint else {"href": endpoint, "body": body},
        *(
            {around: part, key: body}
            for part in parts
            for around in ("endpoint", "operation", "config", "meta")
            for key in ("body", "data", "requestBody")
        ),
        {"http": {"request": parts[0]}, "body": text},
        {"endpoint": parts[0], "sent": body},
        {"request": parts[0], "requestBody": body, "response": {"status": 200}},
        {"httpRequest": {"requestUrl": endpoint, "status": 200}, "jsonPayload": body},
        *(
            {key: endpoint, around: {"method": "POST", "body": one}}
            for key, around in (("href", "init"), ("resource", "options"), ("input", "init"), ("requestUrl", "request"))
            for one in (body, text)
        ),
        {
            "attributes": [
                {"key": "http.request.method", "value": {"stringValue": "POST"}},
                {"key": "url.full", "value": {"stringValue": endpoint}},
                {"key": "http.request.body", "value": {"stringValue": text}},
            ]
        },
        {"tags": [{"key": "http.url", "type": "string", "value": endpoint}, {"key": "http.body", "value": text}]},
        {"ApiUrl": endpoint, "HttpMethod": "POST", "Request": {"Headers": {}, "Content": body}},
        [endpoint, {"method": "POST", "body": text}],
        {"fetch": [endpoint, {"headers": {}, "body": text}]},
        {"calls": [{"args": [endpoint, {"method": "POST", "body": text}]}]},
        {"target": {"url": endpoint, "method": "POST"}, "message": {"payload": body}},
        {"request": {"url": endpoint, "method": "POST"}, "event": {"data": body}},
        {endpoint: body},
        {f"POST {path}": body} if path != endpoint else {endpoint: body},
    ]


def test_an_endpoint_says_what_a_body_is_wherever_it_stands_beside_it(tmp_path: Path) -> None:
    for endpoint, body, expected in ((UPDATE, U, ["SPL003"]), (MANUAL, M, ["SPL503"]), (PINTEREST, P, ["SPL002"])):
        for value in requests(endpoint, body):
            assert codes(value, tmp_path) == expected, value


def test_one_request_is_counted_once(tmp_path: Path) -> None:
    """In place of a request without a body, beside a payload without a request."""
    for value in requests(MANUAL, M):
        (tmp_path / "a.json").write_text(json.dumps(value), encoding="utf-8")
        assert LINTER.check(tmp_path / "a.json").payloads == 1, value


@pytest.mark.parametrize(
    "beside",
    [
        *({key: MANUAL} for key in ("docs", "apiDocsUrl", "callback_url", "see", "referer", "redirect", "responseUrl")),
        {"request_url": MANUAL, "other": CREATE},
        {"tiktok_url": MANUAL, "meta_url": PINTEREST},
        {"token_url": f"{API}/oauth2/access_token/"},
        {"report": f"{API}/report/integrated/get/"},
        {"adgroups_of": f"{API}/adgroup/create/"},
        {"api": f"{API}/"},
        {"source": {"url": PINTEREST}},
        {"response": {"url": MANUAL}},
        {"a": {"href": CREATE}, "b": {"href": MANUAL}},
        {"api": "https://gw.example.com/campaign/create/"},
    ],
)
def test_what_is_no_endpoint_of_a_body_leaves_it_to_its_keys(beside: dict[str, Any], tmp_path: Path) -> None:
    assert codes({**beside, "body": M}, tmp_path) == BY_KEYS


PICTURE = "https://graph.facebook.com/123/picture"
EVENTS = "https://graph.facebook.com/v19.0/123/events"
FULL = {**M, "request_id": "1", "sales_destination": "WEBSITE", "budget": "abc"}
GROUP = {"advertiser_id": "7477436657581081641", "adgroup_name": "G", "targeting_spec": {}, "budget": "abc"}


@pytest.mark.parametrize("body", [FULL, json.dumps(FULL), {"campaign": FULL}, GROUP])
@pytest.mark.parametrize(
    "beside",
    [
        {"picture": PICTURE},
        {"by": {"name": "Ann", "avatar_url": PICTURE}},
        {"capi": {"url": EVENTS, "method": "POST"}},
        {"x": PINTEREST},
        {"request": {"url": PINTEREST, "method": "POST"}},
        *({key: MANUAL} for key in ("legacy_url", "old_endpoint", "reference", "request_url", "href")),
        {"request": {"url": MANUAL, "method": "POST"}},
    ],
)
def test_what_has_a_field_of_smart_plus_alone_is_sent_nowhere_else(
    beside: dict[str, Any], body: Any, tmp_path: Path
) -> None:
    """By no endpoint but one under a usual key."""
    alone = codes({"payload": body}, tmp_path)
    assert "SPL003" in alone
    for key in ("payload", "message"):
        found = codes({**beside, key: body}, tmp_path)
        assert [one for one in found if one != "SPL503"] == codes({key: body}, tmp_path)
    assert codes({"requestUrl": MANUAL, "body": M, "message": FULL}, tmp_path)[1:] == codes(FULL, tmp_path)
    assert codes({MANUAL: FULL}, tmp_path) == codes(FULL, tmp_path)
    assert codes(openapi("/open_api/v1.3/campaign/create/", {"example": FULL}), tmp_path) == codes(FULL, tmp_path)


@pytest.mark.parametrize("key", ["legacy_url", "oldEndpoint", "manual_url", "deprecated", "self", "avatar", "spec"])
def test_a_key_may_say_that_its_url_is_for_something_else(key: str, tmp_path: Path) -> None:
    assert codes({key: MANUAL, "payload": M}, tmp_path) == BY_KEYS


@pytest.mark.parametrize("url", [PICTURE, EVENTS, "https://api.pinterest.com/v5/pins/1"])
def test_a_url_of_another_ad_api_is_one_of_campaigns(url: str, tmp_path: Path) -> None:
    assert codes({"x": url, "payload": M}, tmp_path) == BY_KEYS
    assert codes({"request_url": UPDATE, "x": url, "payload": U}, tmp_path) == ["SPL003"]


def test_a_bundle_beside_an_endpoint_is_many_requests(tmp_path: Path) -> None:
    for key in ("api", "create_url"):
        assert codes({key: MANUAL, "payload": {"campaign": M, "adgroups": []}}, tmp_path) == BY_KEYS


def test_of_several_bodies_below_an_object_none_is_that_of_its_endpoint(tmp_path: Path) -> None:
    """Nor is one below that has neither a method nor headers beside it, or an endpoint of its own."""
    request = {"method": "POST", "body": M}
    for value in (
        {"href": MANUAL, "a": request, "b": {"body": U}},
        {"href": MANUAL, "a": {"body": M}},
        {"href": MANUAL, "a": {**request, "url": CREATE}},
        {"a": {"url": MANUAL}, "b": {"body": M}},
    ):
        assert [one for one in codes(value, tmp_path) if one != "SPL503"] == BY_KEYS, value


def test_of_several_endpoints_the_one_with_the_method_is_that_of_the_body(tmp_path: Path) -> None:
    page = {"context": {"page": {"url": f"{API}/adgroup/create/"}}}
    for endpoint, body, expected in ((UPDATE, U, ["SPL003"]), (MANUAL, M, ["SPL503"])):
        for target in ({"url": endpoint, "method": "POST"}, {"href": endpoint, "headers": {}}):
            assert codes({"target": target, **page, "payload": body}, tmp_path) == expected


@pytest.mark.parametrize("request_", [*requests(UPDATE, U)[:3], {"endpoint": UPDATE, "method": "POST", "body": U}])
def test_a_request_to_smart_plus_may_stand_as_a_text(request_: dict[str, Any], tmp_path: Path) -> None:
    """As logs and queues have it; no second time beside the request itself, and not where it was answered."""
    text = json.dumps(request_)
    for around in (
        {"log": f"{text}\n", "stream": "stdout"},
        {"Records": [{"body": text}]},
        {"Message": text},
        {"Target": {"Input": text}},
        {"x": json.dumps({"y": text})},
    ):
        assert codes(around, tmp_path) == ["SPL003"], around
    assert codes({"sent": request_, "log": text}, tmp_path) == ["SPL003"]
    for key in ("stdout", "response", "expected"):
        assert codes({key: text}, tmp_path) == ["SPL002"]
    manual = text.replace(UPDATE, f"{API}/campaign/update/")
    assert codes({"log": manual}, tmp_path) == ["SPL002"], "which has no rules"


def test_an_answer_is_sent_nowhere(tmp_path: Path) -> None:
    answer = {"code": 0, "message": "OK", "request_id": "1", "data": {"campaign_id": "1"}}
    for value in (
        {"requestUrl": MANUAL, "status": 200, "data": answer},
        {"status": 200, "config": {"url": MANUAL, "method": "post"}, "data": answer},
        {CREATE: answer},
    ):
        assert not set(codes(value, tmp_path)) - {"SPL002", "SPL503"}, value


def test_what_else_stands_in_the_object_of_an_endpoint_is_read(tmp_path: Path) -> None:
    """Its headers for secrets, once, and what has a payload."""
    request = {"url": UPDATE, "method": "POST", "headers": {"Access-Token": "abcdefabcdef0123456789abcdef"}}
    assert codes({"endpoint": request, "body": U}, tmp_path) == ["SPL012", "SPL003"]
    assert codes({"endpoint": {"url": UPDATE, "cases": [{"lower": M}]}, "body": U}, tmp_path) == [*BY_KEYS, "SPL003"]
    assert codes({"config": {"url": UPDATE, "data": json.dumps(U)}, "data": M}, tmp_path) == ["SPL003", *BY_KEYS]


def openapi(path: str, body: object, **more: object) -> dict[str, Any]:
    answer = {"code": 0, "message": "OK", "request_id": "1", "data": {"campaign_id": "1"}}
    return {
        "openapi": "3.0.0",
        **more,
        "paths": {
            path: {
                "post": {
                    "requestBody": {"content": {"application/json": body}},
                    "responses": {"200": {"content": {"application/json": {"example": answer}}}},
                }
            }
        },
    }


def test_a_path_of_openapi_says_what_is_below(tmp_path: Path) -> None:
    servers = [{"url": API}]
    for body, endpoint, expected in (
        (U, "/smart_plus/campaign/update/", ["SPL003"]),
        (M, "/campaign/create/", ["SPL002"]),
        (M, "/smart_plus/campaign/create/", BY_KEYS),
    ):
        for shown in ({"example": body}, {"examples": {"a": {"summary": "a", "value": body}}}):
            assert codes(openapi(f"/open_api/v1.3{endpoint}", shown), tmp_path) == expected
            assert codes(openapi(endpoint, shown, servers=servers), tmp_path) == expected
    schema = {"schema": {"type": "object", "example": {**P, "budget": "abc"}}}
    part = codes(openapi("/open_api/v1.3/smart_plus/campaign/create/", schema), tmp_path)
    assert part == ["SPL101", "SPL102", "SPL003"], "a schema shows a part: nothing is missing"
    assert codes(openapi("/open_api/v1.3/campaign/create/", schema), tmp_path) == ["SPL002"]
    assert codes(
        openapi("/campaigns", {"example": P}, servers=[{"url": "https://api.pinterest.com/v5"}]), tmp_path
    ) == ["SPL002"]
    operation = {"post": {"parameters": [{"in": "body", "name": "body", "schema": {"example": M}}]}}
    swagger = {"swagger": "2.0", "host": "business-api.tiktok.com", "basePath": "/open_api/v1.3"}
    assert codes({**swagger, "paths": {"/campaign/create/": operation}}, tmp_path) == ["SPL002"]


@pytest.mark.parametrize("prefix", ["tiktok", "tiktok/v1.3", "v1.3", "a/b", "tiktok/v1"])
def test_a_known_path_of_smart_plus_counts_behind_the_path_of_a_gateway(prefix: str, tmp_path: Path) -> None:
    """With a body beside it: a page alone is none, nor a path that is not known, nor a manual one."""
    gateway = f"https://gw.example.com/{prefix}"
    assert codes({"url": f"{gateway}/smart_plus/campaign/update/", "body": U}, tmp_path) == ["SPL003"]
    assert codes({"url": f"{gateway}/campaign/create/", "body": M}, tmp_path) == BY_KEYS
    if prefix != "v1.3":  # which is TikTok's own
        assert codes({"url": f"{gateway}/smart_plus/images/", "body": U}, tmp_path) == ["SPL002"]
        assert codes({"url": f"{gateway}/smart_plus/campaign/update/"}, tmp_path) == ["SPL002"]
    for base in (f"BASE={gateway}\n", f'BASE="${{BASE:-{gateway}}}"\n'):
        curl = f"curl -X POST \"$BASE/smart_plus/campaign/update/\" -d '{json.dumps(U)}'\n"
        (tmp_path / "a.sh").write_text(base + curl, encoding="utf-8")
        assert [found.code for found in LINTER.check(tmp_path / "a.sh").diagnostics] == ["SPL003"]


@pytest.mark.parametrize(
    "url",
    [
        "https://ad.oceanengine.com/open_api/2/campaign/create/",
        "https://api.oceanengine.com/open_api/v3.0/project/create/",
        "https://ad.e.kuaishou.com/rest/openapi/v1/campaign/create",
        "https://backstage.taboola.com/backstage/api/1.0/acme/campaigns/",
        "https://api.quora.com/ads/v0/campaigns",
    ],
)
def test_what_apis_with_the_same_names_of_fields_take_is_passed_over(url: str, tmp_path: Path) -> None:
    body = {**M, "advertiser_id": 1700000000000001, "landing_type": "LINK"}
    (tmp_path / "b.json").write_text(json.dumps(body))
    for name, text in (("a.sh", f"curl -X POST {url} -d '{json.dumps(body)}'\n"), ("b.sh", f"curl {url} -d @b.json\n")):
        (tmp_path / name).write_text(text)
    report = LINTER.check(tmp_path)
    assert (report.payloads, report.diagnostics) == (0, ())
    for value in ({"url": url, "method": "POST", "body": body}, {"requestUrl": url, "payload": json.dumps(body)}):
        assert codes(value, tmp_path) == ["SPL002"]


@pytest.mark.parametrize("key", ["request", "options", "http"])
@pytest.mark.parametrize(
    "mention",
    [
        *({key: CREATE} for key in ("referrer", "docs", "callback", "next")),
        *({"headers": one} for one in ({"Referer": CREATE}, [{"name": "Referer", "value": CREATE}])),
        {"note": f"see {CREATE}"},
    ],
)
def test_what_the_object_around_a_body_mentions_is_not_what_is_called(
    mention: dict[str, Any], key: str, tmp_path: Path
) -> None:
    for body in (M, json.dumps(M)):
        assert codes({"url": MANUAL, key: {"method": "POST", "body": body, **mention}}, tmp_path) == ["SPL503"]
    assert codes({"url": UPDATE, key: {"method": "POST", "body": U, **mention}}, tmp_path) == ["SPL003"]
    for beside in ({"url": UPDATE, "body": U}, [{"endpoint": UPDATE, "body": U}], {"note": mention, UPDATE: U}):
        assert codes({"url": MANUAL, "body": M, "next": beside}, tmp_path) == ["SPL503", "SPL003"]


@pytest.mark.parametrize("host", ["business-api.tiktok.com", "gw.example.com"])
def test_a_version_that_is_a_number_is_one_of_tiktoks_api(host: str, tmp_path: Path) -> None:
    """As in a curl command, but for a path of Smart+."""
    assert codes({"url": f"https://{host}/open_api/2/campaign/create/", "method": "POST", "body": M}, tmp_path) == []
    smart_plus = f"https://{host}/open_api/2/smart_plus/campaign/create/"
    assert codes({"url": smart_plus, "method": "POST", "body": M}, tmp_path) == BY_KEYS


@pytest.mark.parametrize("host", [*HOSTS, *sorted(OF_OTHERS)])
def test_the_cheap_test_finds_all_hosts(host: str) -> None:
    assert may_tell({"x": f"https://{host}/a", "body": "{}"}, "")
    assert not may_tell({"x": "https://registry.example.com/a", "y": "1"}, "")
