"""Recordings of requests, and what only names an endpoint: cassettes, logs, configuration, stubs, directories."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from tests.command import Command
from tests.strategies import found, lint
from tests.test_strangers_files import API, CAMPAIGN, CREATE, walked

GOOD = {**CAMPAIGN, "budget": 5000, "sales_destination": "WEBSITE"}
BARE = "/open_api/v1.3/smart_plus/campaign/create/"
ACCOUNT = {"advertiser_id": "7"}
GET = f"{API}/smart_plus/campaign/get/"


@pytest.fixture(autouse=True)
def _tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_requests_of_cassettes_are_read_under_uri_and_scope() -> None:
    bad = json.dumps(CAMPAIGN)
    answer = {"status": {"code": 200}, "body": {"encoding": "UTF-8", "string": bad}}
    update = {"advertiser_id": "7477436657581081641", "campaign_id": "1784000000000001", "budget": -5}
    manual = {**CAMPAIGN, "objective_type": "TRAFFIC", "budget_mode": "BUDGET_MODE_DAY", "budget": 50}
    for value, expected in (
        ({"uri": CREATE.replace("create", "update"), "method": "POST", "body": update}, [("SPL106", "/body/budget")]),
        (
            {"interactions": [{"request": {"method": "POST", "uri": CREATE, "body": bad}, "response": answer}]},
            [("SPL106", "/interactions/0/request/body")],
        ),
        (
            {"http_interactions": [{"request": {"uri": CREATE, "body": answer["body"]}, "response": answer}]},
            [("SPL106", "/http_interactions/0/request/body/string")],
        ),
        ({"uri": f"{API}/campaign/create/", "method": "POST", "body": manual}, [("SPL503", "/uri")]),
        (
            {"scope": "https://business-api.tiktok.com:443", "path": BARE, "body": CAMPAIGN},
            [("SPL106", "/body/budget")],
        ),
    ):
        assert found(value) == expected


def collection(variables: object, url: object = "{{base}}/campaign/create/") -> dict[str, Any]:
    """A collection of Postman with a request, and variables of its own."""
    request = {"method": "POST", "url": {"raw": url}, "body": {"mode": "raw", "raw": json.dumps(CAMPAIGN)}}
    return {"info": {"name": "T"}, "item": [{"name": "Create", "request": request}], "variable": variables}


@pytest.mark.parametrize(
    ("variables", "code"),
    [
        ([{"key": "base", "value": f"{API}/smart_plus"}], "SPL106"),
        ([{"key": "api", "value": API}, {"key": "base", "value": "{{api}}/smart_plus"}], "SPL106"),
        ([{"key": "base", "value": API}], "SPL503"),
        ([{"key": "base", "value": API}, {"key": "base", "value": f"{API}/smart_plus", "disabled": True}], "SPL503"),
        ([{"key": "base", "value": API}, {"key": "base", "value": f"{API}/smart_plus"}], "SPL106"),
        ([{"key": "base", "value": ""}], "SPL106"),
        ([{"key": "base", "value": "{{base}}"}], "SPL106"),
        ([{"key": ["base"], "value": API}, "base", None], "SPL106"),
        (None, "SPL106"),
    ],
)
def test_the_variables_of_a_collection_say_where_a_request_goes(variables: object, code: str) -> None:
    assert [one for one, _ in found(collection(variables))] == [code]


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ({"baseURL": f"{API}/smart_plus", "url": "/campaign/create/"}, ["SPL106"]),
        ({"base_url": f"{API}/smart_plus/", "path": "campaign/create/"}, ["SPL106"]),
        ({"baseURL": API, "url": "/campaign/create/"}, ["SPL503"]),
        ({"baseURL": "https://business-api.tiktok.com", "url": BARE}, ["SPL106"]),
        ({"baseURL": f"{API}/smart_plus", "url": f"{API}/campaign/create/"}, ["SPL503"]),
        ({"baseURL": None, "url": "/campaign/create/"}, ["SPL106"]),
        ({"baseURL": "{{base}}", "url": "/campaign/create/"}, ["SPL106"]),
        ({"baseURL": "https://graph.facebook.com", "url": "/v21.0/act_1/adsets"}, ["SPL002"]),
        ({"url": "${BASE}/campaign/create/"}, ["SPL106"]),
        ({"url": "{{ base }}/campaign/create/"}, ["SPL106"]),
        ({"url": "<base>/campaign/create/", "method": "PUT"}, ["SPL106"]),
        ({"url": "{{base}}/v1.3/campaign/create/"}, ["SPL503"]),
        ({"url": "{{base}}/open_api/v1.3/campaign/create/"}, ["SPL503"]),
        ({"url": API + "/{{endpoint}}"}, ["SPL106"]),
        ({"url": "/campaign/create/"}, ["SPL503"]),
    ],
)
def test_a_base_that_is_not_known_says_neither_manual_nor_smart_plus(place: Any, expected: list[str]) -> None:
    assert [code for code, _ in found({"method": "POST", **place, "data": CAMPAIGN})] == expected


MANUAL = {
    **ACCOUNT,
    "campaign_name": "M",
    "objective_type": "TRAFFIC",
    "budget_mode": "BUDGET_MODE_DAY",
    "budget": 500,
}
CHANGE = {**ACCOUNT, "campaign_id": "1800000000000000001", "budget": -5}


@pytest.mark.parametrize(
    "base",
    [
        {"base_url": f"{API}/smart_plus"},
        {"axios": {"baseURL": f"{API}/smart_plus"}},
        {"host": "business-api.tiktok.com", "basePath": "/open_api/v1.3/smart_plus"},
    ],
)
def test_a_base_around_a_request_is_that_of_its_path(base: dict[str, Any]) -> None:
    request = {"path": "/campaign/update/", "method": "POST", "body": CHANGE}
    assert found({**base, "requests": [request]}) == [("SPL106", "/requests/0/body/budget")]
    assert found({**base, "all": {"requests": {"first": request}}}) == [("SPL106", "/all/requests/first/body/budget")]


def test_the_next_base_around_a_request_counts_and_only_one_that_stands_alone() -> None:
    request = {"path": "/campaign/create/", "method": "POST", "body": CAMPAIGN}
    two = {"live": {"base_url": f"{API}/smart_plus"}, "other": {"base_url": API}}
    assert [code for code, _ in found({**two, "requests": [request]})] == ["SPL503"]
    around = {"base_url": API, "all": {"base_url": f"{API}/smart_plus", "requests": [request]}}
    assert [code for code, _ in found(around)] == ["SPL106"]
    unknown = {"base_url": "${BASE}", "requests": [{**request, "body": MANUAL}]}
    assert found(unknown) == [("SPL010", "/requests/0/path")]


def test_a_host_of_others_in_variables_of_a_collection_counts() -> None:
    for path, host in (("campaigns", "api.pinterest.com/v5"), ("campaign/create/", "ads-api.reddit.com/api/v3")):
        variables = [{"key": "base", "value": f"https://{host}"}]
        assert [code for code, _ in found(collection(variables, f"{{{{base}}}}/{path}"))] == ["SPL002"]


def test_the_variables_of_a_folder_go_before_those_of_its_collection() -> None:
    for outer in (f"{API}/smart_plus", ""):
        whole = collection([{"key": "base", "value": outer}])
        whole["item"] = [{"name": "Folder", "item": whole["item"], "variable": [{"key": "base", "value": API}]}]
        assert [code for code, _ in found(whole)] == ["SPL503"]
    assert [code for code, _ in found(collection([{"id": "base", "value": API}]))] == ["SPL503"]


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ([{"key": "kind", "value": "campaign"}], "SPL106"),
        ([{"key": "kind", "value": "{{level}}"}], "SPL106"),
        ([{"key": "kind", "value": ""}], "SPL010"),
        (None, "SPL010"),
    ],
)
def test_the_variables_of_a_path_of_postman_count(variables: object, expected: str) -> None:
    whole = collection([{"key": "level", "value": "campaign"}])
    request = whole["item"][0]["request"]
    request["url"] = {"raw": f"{API}/smart_plus/:kind/update/", "variable": variables}
    request["body"]["raw"] = json.dumps(CHANGE)
    assert [code for code, _ in found(whole)] == [expected]


def test_a_bundle_and_a_list_are_judged_behind_a_variable_too() -> None:
    for body, at in (({"campaign": CAMPAIGN}, "/data/campaign/budget"), ([CAMPAIGN], "/data/0/budget")):
        assert ("SPL106", at) in found({"method": "POST", "url": "{{base}}/campaign/create/", "data": body})


def test_requests_to_meta_are_passed_over_under_any_key(command: Command) -> None:
    sets = {"name": "x", "campaign_id": 23842700000000001, "optimization_goal": "X", "billing_event": "IMPRESSIONS"}
    sent = {"method": "POST", "body": sets, "status": 200, "response": {"data": [sets]}}
    for place in (
        {"scope": "https://graph.facebook.com:443", "path": "/v21.0/adsets"},
        {"uri": "https://graph.facebook.com/v21.0/adsets"},
        {"scope": "https://gw.example/auth/x", "path": "/v21.0/act_1/adsets"},
        {"url": "{{graph}}/act_{{account}}/adsets"},
        {"url": "{{graph}}/{{version}}/act_{account}/campaigns"},
        {"url": "$GRAPH/act_%s/adsets"},
        {"path": "/v19.0/act_1"},
        {"url": "https://gw.example.com/v19.0/act_{{account}}/reachfrequencypredictions"},
    ):
        assert walked(command, "a.json", json.dumps([{**place, **sent}])) == []
    others = (
        "/v21.0/act_now/adsets",
        "/v1.3/act_1/x/",
        "fixtures/act_1/ads.json",
        "https://cms.example.com/act_2/",
        "gw.example/a/act_1/ads/",
    )
    for path in others:
        assert walked(command, "a.json", json.dumps({"path": path, "body": CAMPAIGN})) == ["SPL106"], path
    Path("a.json").unlink()
    for account in ("1", "$ACCOUNT", "${ACCOUNT}"):
        assert walked(command, "a.sh", f"curl -X POST \"$GRAPH/act_{account}/adsets\" -d '{json.dumps(sets)}'\n") == []


HEADERS: dict[str, Any] = {"headers": {"Content-Type": "application/json"}}
STUB = {"method": "POST", "path": BARE}
MENTIONS: list[Any] = [
    {"ts": 1, "url": CREATE, "response": {"code": 0}},
    {"url": CREATE, "method": "POST", "responseBody": {"data": {}}},
    {**STUB, "status": 200, "duration_ms": 88},
    {"message": "refused", "endpoint": BARE, "method": "POST", "code": 40002},
    {"endpoint": BARE, "qps": 10},
    {"services": [{"name": "x", "url": CREATE}]},
    {"paths": [{"path": BARE, "pathType": "Prefix"}]},
    {"handler": "a.b", "events": [{"http": {"path": "smart_plus/campaign/create", "method": "post"}}]},
    {"breadcrumbs": [{"data": {"url": CREATE, "method": "POST", "status_code": "200"}}]},
    {"request": {"method": "POST", "url": BARE}, "response": {"status": 200}},
    {"httpRequest": STUB, "httpResponse": {"statusCode": 200}},
    {"stubs": [{"predicates": [{"equals": STUB}], "responses": [{"is": {"statusCode": 200}}]}]},
    {"routes": [{"method": "post", "endpoint": BARE[1:], "responses": [{"statusCode": 200}]}]},
    {"endpoint": BARE, "method": "POST"},
    {"url": CREATE, "options": {"method": "POST"}},
    {"rules": [{"endpoint": BARE, "method": "POST", "roles": ["admin"]}]},
    {"a": {"responses": {"x": 1}, "b": {"c": {"d": {"e": {"endpoint": BARE, "method": "POST"}}}}}},
    {
        "request": {"method": "POST", "host": "business-api.tiktok.com", "uri": BARE, **HEADERS},
        "size": 3,
        "status": 200,
    },
    *(
        {"url": CREATE, "method": "POST", **HEADERS, key: 200}
        for key in (
            *("response_code", "http_status", "responseStatus", "upstream_status", "elapsed", "took", "time_ms"),
            *("latency", "request_time", "duration", "bytes_received"),
            *("durationMs", "took_ms", "response_time", "responseTime", "latencyMs", "bytes", "size"),
        )
    ),
]
"""Of these the first are records and stubs by what is in them or around them, others have no headers."""
BODILESS: list[Any] = [
    {"endpoint": BARE, **HEADERS},
    {"endpoint": BARE, "method": "POST", "status": "draft", **HEADERS},
    {"endpoint": BARE, "method": "POST", "status": 3, "code": None, **HEADERS},
    {"url": CREATE, "options": {"method": "POST", **HEADERS}},
    {"endpoint": BARE, "method": "POST", "payload": None},
    {"url": CREATE, "body": None, "response": {"code": 0}},
    {"url": CREATE, "body": {"contentType": None, "body": None}, "code": 0},
    {"url": CREATE, **HEADERS, "response": None},
    {"url": CREATE, **HEADERS, "responseType": "json", "response": 30},
    {"url": CREATE, **HEADERS, "response_pairs": {"a": 1}},
    {"item": [{"request": {"method": "POST", "header": [], "url": {"raw": CREATE}}, "response": [{"code": 200}]}]},
    {"a": {"responses": {"x": 1}, "b": {"c": {"d": {"e": {"endpoint": BARE, **HEADERS}}}}}},
    {"status": 200, "a": {"b": {"endpoint": BARE, **HEADERS}}},
]


def test_what_only_names_an_endpoint_lacks_no_body_in_a_walk(command: Command) -> None:
    """A request that lacks it is told of, and so are all in a named file."""
    for value in MENTIONS:
        assert walked(command, "a.json", json.dumps(value)) == [], value
        assert [code for code, _ in found(value)] == ["SPL008"], value
    for value in BODILESS:
        assert walked(command, "a.json", json.dumps(value)) == ["SPL008"], value
    Path("a.json").write_text(json.dumps(MENTIONS))
    assert "SPL008" in command("check", "--untrusted", "a.json").out
    assert walked(command, "a.json", json.dumps({"method": "GET", "path": BARE, "status": 405})) == ["SPL507"]


def test_a_path_alone_without_method_and_body_is_a_directory(command: Command) -> None:
    named: tuple[Any, ...] = (
        {"uses": "actions/upload-artifact@v4", "with": {"name": "x", "path": "smart_plus/dist"}},
        {"source": {"repoURL": "https://git.example/x", "path": "smart_plus/campaign"}},
        [{"path": path} for path in ("smart_plus", "/smart_plus/", "smart_plus/**", "smart_plus/ad/create")],
        {"path": "smart_plus/ad/update.py", "data": {"lines": [1]}},
        {"url": "${{ workspace }}/smart_plus/dist"},
    )
    for value in named:
        assert walked(command, "a.json", json.dumps(value)) == [], value
        assert command("check", "--untrusted", ".").status == 3, value
    secret = {"url": "{{base}}/smart_plus/campaign/get/?advertiser_id=1", "headers": {"Access-Token": "0123abcd" * 5}}
    for written in (secret, {"url": secret["url"], "config": {"headers": secret["headers"]}}):
        assert walked(command, "a.json", json.dumps(written)) == ["SPL012"], written
    written = {"url": CREATE, "init": {"method": "POST", "headers": secret["headers"], "body": json.dumps(GOOD)}}
    assert found(written) == [("SPL012", "/init/headers/Access-Token")]
    sent = [
        {"path": "smart_plus/x", "method": "GET"},
        {"path": "smart_plus/ad/y/", "params": {"a": 1}},
        {"path": "/v1.3/smart_plus/z/"},
    ]
    for value in sent:
        assert walked(command, "a.json", json.dumps(value)) == ["SPL506"], value


def test_a_body_that_a_tool_wraps_is_judged_within() -> None:
    for held, key in (
        ({"contentType": "application/json", "body": "%"}, "body"),
        ({"text": "%"}, "text"),
        ({"content": "%"}, "content"),
        ({"data": "%", "size": 3}, "data"),
        ({"encoding": "UTF-8", "string": "%"}, "string"),
    ):
        for sent, expected in ((GOOD, []), (CAMPAIGN, [("SPL106", f"/body/{key}")])):
            wrapped = {"url": CREATE, "method": "POST", "body": {**held, key: json.dumps(sent)}}
            assert found(wrapped) == expected
    request = {"url": CREATE, "method": "POST"}
    assert found({**request, "body": {"type": "JSON", "json": CAMPAIGN}}) == [("SPL106", "/body/json/budget")]
    within = {"campaign": CAMPAIGN}
    bodies: tuple[Any, ...]
    bodies = {"text": "Launch", **within}, {"text": "{}", **within}, {"contentType": "x", "data": "{}", **within}
    for body in bodies:
        assert found({"url": "https://gw.example/x", "body": body}) == [("SPL106", "/body/campaign/budget")]
    for key, body in (("json", {"json": GOOD}), ("data", {"type": "new", "data": GOOD})):  # which moves up
        assert ("SPL004", f"/body/{key}") in found({**request, "body": body})
    bodies = {"note": 1, "content": "x"}, {**ACCOUNT, "data": "{}"}
    for body in bodies:
        assert ("SPL008", "/body") in found({**request, "body": body})
    bodies = {"$ref": "bodies/c.json"}, {"encoding": "ASCII-8BIT", "base64_string": "e30="}
    for body in bodies:
        assert found({**request, "body": body}) == [("SPL010", "/body")]
    for named in ({"$file": "c.json"}, {"fixture": "c.json"}, "@bodies/c.json", "./bodies/c.json", "c.yaml"):
        assert found({**request, "body": named}) == [("SPL010", "/body")]
    for text in ("@concat('{', pipeline().parameters.x)", "@{variables('body')}"):
        assert found({**request, "body": text}) == [("SPL010", "/body")]
        assert found({**request, "body": {"value": text, "type": "Expression"}}) == [("SPL010", "/body/value")]
    assert found({**request, "body": {"value": json.dumps(GOOD), "type": "Expression"}}) == found(
        {**request, "body": GOOD}
    )
    assert ("SPL004", "/body/value") in found({**request, "body": {"value": GOOD, "type": "Expression"}})
    for text in ("c json", "@bodies/c json"):
        assert found({**request, "body": text}) == [("SPL003", "/body")]
    assert ("SPL004", "/body/foo") in found({**request, "body": {"$ref": "bodies/c.json", "foo": 1}})


def test_a_body_that_a_log_does_not_show_is_a_placeholder() -> None:
    begun = json.dumps(GOOD)[:60]
    shown: tuple[str, ...] = ("[REDACTED]", "<REDACTED>", "[Filtered]", "***", "(12 bytes omitted)", "redacted")
    shown = (*shown, "[binary data]", "[object Object]", "[Object]", "[object FormData]", "...", "{...}", "<Buffer 7b>")
    for text in (
        *shown,
        *(begun + end for end in ("...(truncated)", "... [TRUNCATED]", "[truncated 7 bytes]", "\u2026")),
    ):
        for key in ("body", "request_body", "request"):
            assert found({"url": CREATE, "method": "POST", key: text}) == [("SPL010", f"/{key}")], text
    for text in (begun, f"{begun} is truncated", "[a", "truncate", "not filtered"):
        assert found({"url": CREATE, "method": "POST", "body": text}) == [("SPL003", "/body")], text


def test_what_an_answer_shows_of_an_object_is_a_row(command: Command) -> None:
    """Nothing in it is a finding, and so nothing is rewritten."""
    shown = {**GOOD, "campaign_id": 1784000000000001, "budget": -5}
    del shown["request_id"]
    answer = {"code": 0, "message": "OK", "request_id": "202611", "data": shown}
    ad_group = {"adgroup_id": 1, "campaign_id": 2, "adgroup_name": "x", "targeting_spec": {}, "budget": -5}
    rows: tuple[Any, ...] = (
        answer,
        {**answer, "data": ad_group},
        {"request": {"method": "GET", "url": GET}, "response": answer},
        {"api_response_body": [shown]},
        {"interactions": [{"request": {"uri": GET, "method": "GET", "body": None}, "response": {"body": shown}}]},
    )
    for value in rows:
        assert walked(command, "a.json", json.dumps(value)) == [], value
    sent: tuple[Any, ...] = (
        {"url": CREATE.replace("create", "update"), "method": "POST", "body": shown, "response": answer},
        {"url": "https://gw.example/x", "code": 0, "message": "x", "data": shown},
        {"response": {"url": "https://gw.example/x", "body": shown}},
        {"response": {"campaign": shown, "adgroups": []}},
        {"code": 0, "message": "x", "data": {**shown, "adgroups": [{"adgroup_name": "x"}]}},
        {"code": 0, "data": shown},
        {"low_response_campaigns": [shown]},
        {"url": CREATE, "method": "POST", "low_response_campaign": CAMPAIGN},
        {"message": "x", "data": shown},
        {"code": 0, "message": "x", "data": CAMPAIGN},
        {"code": 0, "message": "x", "payload": shown},
    )
    for value in sent:
        assert "SPL106" in walked(command, "a.json", json.dumps(value)), value


def test_what_is_posted_to_a_path_of_reads_is_judged_by_its_keys(command: Command) -> None:
    for body in (CAMPAIGN, json.dumps(CAMPAIGN)):
        assert [code for code, _ in found({"url": GET, "method": "POST", "body": body})] == ["SPL106"]
        assert [code for code, _ in found({"url": GET, "method": "PUT", "body": body})] == ["SPL106"]
        assert found({"url": GET, "method": "GET", "body": body}) == []
    for bundle, pointer in (
        ({"campaign": CAMPAIGN, "adgroups": []}, "/body/campaign/budget"),
        ([CAMPAIGN], "/body/0/budget"),
    ):
        assert ("SPL106", pointer) in found({"url": GET, "method": "POST", "body": bundle})
    queries: tuple[tuple[str, dict[str, Any]], ...] = (
        (GET, {"advertiser_id": "7", "filtering": {"objective_type": "X"}}),
        (GET.replace("campaign", "ad"), {"advertiser_id": "7", "campaign_id": "1", "promotion_type": "X"}),
    )
    for url, query in queries:
        assert found({"url": url, "method": "POST", "body": query}) == []
    assert walked(command, "a.sh", f"curl '{GET}' -d '{json.dumps(CAMPAIGN)}'\n") == ["SPL106"]


def test_a_token_beside_the_base_url_is_found(command: Command) -> None:
    """The base is no request, but what stands beside it goes with all of them."""
    value = {"url": API, "headers": {"Access-Token": "0123abcd" * 5}, "requests": [{"path": BARE, "body": CAMPAIGN}]}
    assert {code for code, _ in found(value)} == {"SPL012", "SPL106"}


def test_the_question_before_a_request_and_what_a_gateway_says_of_one_are_none() -> None:
    """A browser asks with OPTIONS; AWS repeats the path beside the body."""
    sent = {"url": CREATE, "method": "POST", "body": CAMPAIGN}
    assert found([{"url": CREATE, "method": "OPTIONS", **HEADERS}, sent]) == [("SPL106", "/1/body/budget")]
    told = {"http": {"method": "POST", "path": BARE}}
    event = {"version": "2.0", "rawPath": BARE, "requestContext": told, "body": json.dumps(CAMPAIGN)}
    assert found(event) == [("SPL106", "/body")]
    assert found({"body": event["body"], "requestContext": told}) == [("SPL106", "/body")]
    assert found({"body": event["body"], "context": told}) == [("SPL106", "/body")]


def test_events_of_aws_are_requests_to_their_paths() -> None:
    """What they hold in base64 is not known, and none lacks a body where its method reads."""
    path = BARE.replace("create", "update")
    update = {**ACCOUNT, "campaign_id": "1784000000000001", "budget": -5}
    for method in ("POST", "OPTIONS", "HEAD", "GET"):
        told: dict[str, Any] = {"http": {"method": method, "path": path}}
        for event in (
            {"httpMethod": method, "path": path, **HEADERS, "isBase64Encoded": False},
            {"version": "2.0", "rawPath": path, **HEADERS, "requestContext": told, "isBase64Encoded": False},
        ):
            assert found({**event, "body": json.dumps(update)}) == [("SPL106", "/body")]
            encoded = base64.b64encode(json.dumps(update).encode()).decode()
            assert found({**event, "body": encoded, "isBase64Encoded": True}) == [("SPL010", "/body")]
            codes = {code for code, _ in found({**event, "body": None})}
            assert codes == ({"SPL008"} if method == "POST" else {"SPL002"})
    assert found({"path": path, "method": "OPTIONS", **HEADERS, "body": None}) == [("SPL002", "")]


@pytest.mark.parametrize("text", ["POST / HTTP/1.1\r\nHost: x\r\n\r\n{}", "sent {}"])
@pytest.mark.parametrize("key", ["request", "message", "raw"])
def test_a_body_that_is_a_part_of_a_text_is_not_known(command: Command, key: str, text: str) -> None:
    """Also in a walk, where a record of a log without a body only names the endpoint."""
    record = {"ts": 1, "url": CREATE, key: text.format('{"campaign_name": "x", "objective_type": "WEB_CONVERSIONS"}')}
    assert found(record) == [("SPL010", f"/{key}")]
    assert walked(command, "a.ndjson", json.dumps(record)) == ["SPL010"]
    answer = {**record, key: text.format('{"code": 0}')}
    assert walked(command, "a.ndjson", json.dumps(answer)) == []


def test_a_body_that_a_file_of_yaml_includes_is_not_known() -> None:
    """Tags of its own say so, or a function of Tavern's."""
    for body, code in (
        ("!include body.json", "SPL010"),
        ("!Ref Body", "SPL010"),
        ("!file 'x.json'", "SPL010"),
        ("!include {path: body.json}", "SPL010"),
        ("!Join\n  - a", "SPL010"),
        ("{$ext: {function: 'a:b'}}", "SPL010"),
        ("include", "SPL003"),
        ("!!str x", "SPL003"),
        ("'a: !x '", "SPL003"),
    ):
        report = lint({"a.yaml": f"url: {CREATE}\nmethod: POST\njson: {body}\n"})
        assert [one.code for one in report.active] == [code], body
        assert code != "SPL010" or "stands in another place" in report.active[0].message


def test_an_endpoint_in_capitals_without_a_body_is_close_to_one(command: Command) -> None:
    value = {"Url": CREATE, "Method": "POST", "RequestBody": json.dumps(CAMPAIGN)}
    assert found(value) == found({**value, "Url": "https://example.com/"}) == [("SPL106", "/RequestBody")]
    del value["RequestBody"]
    assert found(value) == [("SPL002", "/Url")]
    Path("a.json").write_text(json.dumps(value))
    assert "Url is close to url" in command("check", "a.json").out
    assert walked(command, "a.json", json.dumps(value)) == ["SPL002"]
    assert walked(command, "a.json", json.dumps({**value, "Url": "https://example.com/"})) == []


def test_a_request_that_is_tried_again_makes_one_ad_group(command: Command) -> None:
    """Its request_id says so, where all else is equal too; a placeholder is an id of its own each time."""
    group = {"advertiser_id": "7", "campaign_id": "1784000000000001", "adgroup_name": "x", "request_id": "1"}
    url = f"{API}/smart_plus/adgroup/create/"

    def told(bodies: list[dict[str, Any]]) -> bool:
        lines = [json.dumps({"url": url, "method": "POST", "body": body, "status": 503}) for body in bodies]
        return "SPL401" in walked(command, "a.ndjson", "\n".join(lines))

    assert not told([group] * 31)
    goals = [("1", "CONVERT"), ("2", "CONVERT"), ("3", "CLICK"), ("3", "CLICK")]
    campaign = {**CAMPAIGN, "campaign_id": group["campaign_id"], "budget_optimize_on": True}
    groups = [{**group, "request_id": own, "optimization_goal": goal} for own, goal in goals]
    differ = [place for code, place in found([campaign, *groups]) if code == "SPL402"]
    assert differ == ["/3/optimization_goal", "/4/optimization_goal"]  # each is judged
    assert told([{**group, "request_id": str(at)} for at in range(1, 32)])
    assert told([{**group, "adgroup_name": f"x {at}"} for at in range(31)])
    assert told([{**group, "request_id": "{{id}}"}] * 31)


def test_the_language_of_a_fence_of_myst_stands_behind_its_directive(command: Command) -> None:
    """Its options are none of the text."""
    body = json.dumps(CAMPAIGN)
    for info, text in (("json", f":caption: a\n\n{body}"), ("bash", f"curl -X POST {CREATE} -d '{body}'")):
        for directive in ("code-block", "code"):
            written = f"```{{{directive}}} {info}\n{text}\n```\n"
            assert walked(command, "a.md", written) == ["SPL106"], written
