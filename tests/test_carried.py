"""Requests whose body has another key than in an envelope: what tools export, and lines of logs."""

import json
import time
from pathlib import Path
from typing import Any

import pytest

from splint import Report, check
from splint.testing import AS_OF, base
from tests.command import Command
from tests.grids import few

BASE = "https://business-api.tiktok.com/open_api/v1.3/smart_plus"
CREATE = f"{BASE}/campaign/create/"
BODY = {**base("cbo", "guide")["campaign"], "advertiser_id": "7", "budget_mode": "BUDGET_MODE_DAY"}
SCHEMA = {"budget": {"type": "string"}, "objective_type": {"type": "string"}}
UPDATE = {"advertiser_id": "7", "campaign_id": "1800000000000001", "budgets": 60}
TEXT = json.dumps(BODY)
ANSWER = {"code": 0, "message": "OK", "data": {**BODY, "campaign_id": "1800000000000001"}}


def found(value: Any) -> tuple[list[tuple[str, str]], int]:
    report: Report = check(value, as_of=AS_OF)
    return [(one.code, one.pointer) for one in report.active if one.severity == "error"], report.payloads


WHERE: dict[str, tuple[Any, str]] = {
    "Postman, with a text for the URL": (
        {"request": {"method": "POST", "url": CREATE, "body": {"mode": "raw", "raw": TEXT}}},
        "/request/body/raw",
    ),
    "Postman, with the parts of the URL": (
        {"item": [{"request": {"url": {"raw": CREATE, "host": ["a"]}, "body": {"mode": "raw", "raw": TEXT}}}]},
        "/item/0/request/body/raw",
    ),
    "Insomnia": (
        {"resources": [{"url": CREATE, "body": {"mimeType": "application/json", "text": TEXT}}]},
        "/resources/0/body/text",
    ),
    "HAR": (
        {"request": {"method": "POST", "url": CREATE, "postData": {"mimeType": "application/json", "text": TEXT}}},
        "/request/postData/text",
    ),
    "a log": ({"endpoint": CREATE, "request_body": BODY, "response": ANSWER}, "/request_body"),
    "a log of texts": ({"endpoint": CREATE, "reply": json.dumps(ANSWER), "request_body": TEXT}, "/request_body"),
    "a log with a request": ({"url": CREATE, "request": {"request_id": "a", "body": BODY}}, "/request/body"),
    "parameters": ({"endpoint": CREATE, "params": BODY}, "/params"),
    "fetch": ({"url": CREATE, "options": {"method": "POST", "body": TEXT}}, "/options/body"),
    "n8n": ({"parameters": {"url": CREATE, "jsonBody": TEXT}}, "/parameters/jsonBody"),
    "n8n, as an expression": ({"parameters": {"url": CREATE, "jsonBody": f"={TEXT}"}}, "/parameters/jsonBody"),
    "n8n, as an expression of JSON": (
        {"parameters": {"url": CREATE, "sendBody": True, "specifyBody": "json", "jsonBody": f"=\n {TEXT}"}},
        "/parameters/jsonBody",
    ),
    "Thunder Client": (
        {"requests": [{"url": CREATE, "method": "POST", "body": {"type": "json", "raw": TEXT, "form": []}}]},
        "/requests/0/body/raw",
    ),
    "an object for the text": ({"url": CREATE, "body": {"raw": BODY}}, "/body/raw"),
    "an empty body beside it": ({"url": CREATE, "data": "", "params": BODY}, "/params"),
    "a key that no tool has": ({"url": CREATE, "result": ANSWER, "a/b": {"c": BODY}}, "/a~1b/c"),
    "a misspelt key beside a query": ({"endpoint": CREATE, "params": {"advertiser_id": "7"}, "Body": BODY}, "/Body"),
    "a key in snake case beside a query": (
        {"url": CREATE, "method": "POST", "params": {"advertiser_id": "7", "campaign_id": "1"}, "json_body": BODY},
        "/json_body",
    ),
    "beside an option": ({"endpoint": CREATE, "options": {"budget": 1}, "record": BODY}, "/record"),
    "a text beside an option": ({"endpoint": CREATE, "config": {"budget": 5}, "bodyText": TEXT}, "/bodyText"),
    "beside a text of a log": ({"url": CREATE, "text": '{"level": "info"}', "fields": BODY}, "/fields"),
    "beside a broken text": ({"url": CREATE, "raw": "{not json", "sent": BODY}, "/sent"),
    "in what has a field itself": ({"url": CREATE, "request": {"campaign_id": "1", "body": BODY}}, "/request/body"),
    "a text under a key that no tool has": ({"url": CREATE, "result": json.dumps(ANSWER), "sent": TEXT}, "/sent"),
}


@pytest.mark.parametrize(("value", "pointer"), WHERE.values(), ids=WHERE)
def test_the_body_of_a_request_is_judged_where_it_stands(value: Any, pointer: str) -> None:
    expected = pointer if value_at_is_text(value, pointer) else f"{pointer}/budget_mode"
    assert found(value) == ([("SPL102", expected)], 1)


def value_at_is_text(value: Any, pointer: str) -> bool:
    for step in pointer.split("/")[1:]:
        value = value[int(step) if isinstance(value, list) else step.replace("~1", "/")]
    return isinstance(value, str)


@pytest.mark.parametrize("key", ["request_body", "requestBody", "params", "request"])
def test_the_endpoint_decides_what_a_body_is_under_any_key(key: str) -> None:
    value = {"endpoint": f"{BASE}/campaign/update/", key: UPDATE}
    assert [(one.code, one.pointer) for one in check(value, as_of=AS_OF).active] == [("SPL004", f"/{key}/budgets")]


ACCOUNT = {"advertiser_id": "7"}
ALONE: dict[str, tuple[Any, str]] = {
    "HAR": ({"postData": {"mimeType": "application/json", "text": json.dumps(ACCOUNT)}}, "/postData/text"),
    "n8n": ({"jsonBody": f"={json.dumps(ACCOUNT)}"}, "/jsonBody"),
    "a log": ({"request_body": ACCOUNT}, "/request_body"),
    "a log of texts": ({"requestBody": json.dumps(ACCOUNT)}, "/requestBody"),
    "a log with a request": ({"request": {"body": ACCOUNT}}, "/request/body"),
}


@pytest.mark.parametrize(("request_parts", "pointer"), ALONE.values(), ids=ALONE)
def test_a_body_that_holds_no_more_than_the_account_is_there(request_parts: Any, pointer: str) -> None:
    """It is judged as it is in an envelope."""
    url = f"{BASE}/campaign/update/"
    for value, at in (({"body": ACCOUNT}, "/body"), (request_parts, pointer)):
        report = check({"url": url, "method": "POST", **value}, profile="reference", as_of=AS_OF)
        assert [(one.code, one.pointer) for one in report.active] == [("REF004", at)]


def test_placeholders_in_an_expression_of_n8n_are_those_of_its_fields() -> None:
    body = '={\n  "advertiser_id": "7",\n  "campaign_id": "{{ $json.id }}",\n  "budget": -5\n}'
    node = {"method": "POST", "url": f"{BASE}/campaign/update/", "specifyBody": "json", "jsonBody": body}
    report = check({"parameters": node}, as_of=AS_OF)
    shown = [(one.code, one.pointer, one.summary) for one in report.active]
    message = 'campaign_id is still the placeholder "{{ $json.id }}"'
    assert ("SPL010", "/parameters/jsonBody", message) in shown
    assert ("SPL106", "/parameters/jsonBody") in [pair[:2] for pair in shown]


@pytest.mark.parametrize(
    ("text", "message", "help"),
    [
        ('{\n  "budget": 5 // a day\n}', "a comment (line 2, column 15 of the text)", "remove it"),
        ('// a day\n{"budget": 5}', "a comment (line 1, column 1 of the text)", "remove it"),
        ('{\n  # a day\n  "budget": 5}', "a comment with # (line 2, column 3 of the text)", "remove it"),
        (
            '{"campaign_name": "{{name}}", "budget": 5,}',
            "a trailing comma: no further value follows (line 1, column 42 of the text)",
            "remove it",
        ),
        (
            '{"campaign_name": "{{\n$json["name"]\n}}",\n"budget": 5,}',
            "a trailing comma: no further value follows (line 4, column 12 of the text)",
            "remove it",
        ),
        (
            '={\n"budget": 5,\n}',
            "a trailing comma: no further value follows (line 2, column 12 of the text)",
            "remove it",
        ),
        (
            '{"budget": 5',
            "the document ends too early: a { is never closed (line 1, column 13 of the text)",
            "add }, or what was cut off",
        ),
    ],
)
def test_a_text_that_is_no_json_is_told_so_with_the_place_in_it(text: str, message: str, help: str) -> None:
    for carried, pointer in (
        ({"body": {"mode": "raw", "raw": text}}, "/body/raw"),
        ({"body": text}, "/body"),
        ({"postData": {"mimeType": "application/json", "text": text}}, "/postData/text"),
    ):
        report = check({"url": CREATE, "method": "POST", **carried}, as_of=AS_OF)
        told = f"{pointer.rpartition('/')[2]} is a text that is no JSON: {message}"
        assert [(one.code, one.pointer, one.summary, one.help) for one in report.active] == [
            ("SPL003", pointer, told, help)
        ]


@pytest.mark.parametrize(
    "text",
    [
        "{{body}}",
        '={{ JSON.stringify({"a": $json}) }}',
        '{"campaign_name": "{{ $json["name"] }}"}',
        '{"budget": ${BUDGET}}',
        '{"budget": YOUR_BUDGET}',
        "{ {{fields}} }",
        '{"budget": {{amount}}{{zeros}}}',
        '{"budget": 1 {{#if name}}, "campaign_name": "{{name}}" {{/if}}}',
        '{"budget": {{\n$json["budget"]\n}}, "operation_status": {{status}},}',
        '{"campaign_name": "{{\n$json["name"]\n}}"}',
    ],
)
def test_a_text_that_is_json_once_it_is_filled_in_is_a_placeholder(text: str) -> None:
    report = check({"url": CREATE, "body": {"mode": "raw", "raw": text}}, as_of=AS_OF)
    assert [(one.code, one.pointer) for one in report.active] == [("SPL010", "/body/raw")]


UNQUOTED = {
    "a number": ('{"advertiser_id": "{{a}}", "campaign_id": "{{c}}", "budget": {{b}}, "campaign_name": 5}', "/budget"),
    "behind a comment": (
        '{"advertiser_id": "{{a}}", "campaign_id": "{{c}}", "budget": {{b}}, // a day\n "campaign_name": 5}',
        "/budget",
    ),
    "beside one in quotes": (
        '{"advertiser_id": "{{a}}", "campaign_id": "{{x}}: {{y}}, ", "campaign_name": 5, "budget":{{ b }}}',
        "/budget",
    ),
    "an expression of n8n": (
        '={"advertiser_id": "7", "campaign_id": {{ $json["id"] }}, "campaign_name": 5}',
        "/campaign_id",
    ),
}


@pytest.mark.parametrize(("text", "at"), UNQUOTED.values(), ids=UNQUOTED)
def test_a_value_of_a_template_is_not_filled_in_and_what_stands_beside_it_is_judged(text: str, at: str) -> None:
    """A number cannot be written otherwise; no fix is offered, as the text is no JSON before it is filled in."""
    body = {"mode": "raw", "raw": text, "options": {"raw": {"language": "json"}}}
    url = CREATE.replace("create", "update")
    found = check({"url": url, "method": "POST", "body": body}, as_of=AS_OF).active
    assert [one.summary for one in found if one.code == "SPL003"] == ["campaign_name is 5, but takes a string"]
    assert any(one.code == "SPL010" and one.summary.startswith(f"{at[1:]} is still") for one in found)
    assert {one.code for one in found} == {"SPL003", "SPL010"}
    assert not any(one.fix for one in found)


def test_a_manual_body_with_a_value_of_a_template_is_not_judged() -> None:
    text = json.dumps({**BODY, "advertiser_id": "7"}).replace("500", "{{budget}}")
    for url, expected in (("{{base}}/campaign/create/", ["SPL010"]), (CREATE.replace("/smart_plus", ""), ["SPL503"])):
        report = check({"url": url, "method": "POST", "body": {"mode": "raw", "raw": text}}, as_of=AS_OF)
        assert [one.code for one in report.active] == expected


@pytest.mark.parametrize("file", [{"src": "a.json"}, {}])
def test_a_file_of_postman_stands_in_another_place(file: Any) -> None:
    """Its bytes are sent, which may be JSON."""
    body = {"mode": "file", "file": file}
    report = check({"method": "POST", "url": {"raw": CREATE}, "body": body}, as_of=AS_OF)
    assert [(one.code, one.pointer, one.severity) for one in report.active] == [("SPL010", "/body", "info")]


def test_a_query_of_graphql_is_sent_as_an_object() -> None:
    body = {"mode": "graphql", "graphql": {"query": "{a}", "variables": ""}}
    report = check({"method": "POST", "url": {"raw": CREATE}, "body": body}, as_of=AS_OF)
    assert {one.pointer for one in report.active if one.code == "SPL004"} >= {"/body/graphql/query"}
    assert not any(one.pointer == "/body/mode" for one in report.active)
    assert any(one.code == "SPL008" for one in report.active)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"// a day\n{TEXT[:-1]} /* a */ }}", "SPL102"),
        ('{"campaign_name": "{{name}}", // of the season\n {{fields}}\n}', "SPL010"),
        (f"{TEXT[:-1]}, // a day\n}}", "SPL003"),
        (f"# a day\n{TEXT}", "SPL003"),
    ],
)
def test_comments_that_postman_removes_are_no_error(text: str, expected: str) -> None:
    """Where it knows a raw body to be JSON. What else is wrong there is told with its place in the text."""
    body = {"mode": "raw", "raw": text, "options": {"raw": {"language": "json"}}}
    report = check({"url": CREATE, "method": "POST", "body": body}, as_of=AS_OF)
    assert [(one.code, one.pointer) for one in report.active] == [(expected, "/body/raw")]
    told = "a trailing comma: no further value follows (line 1, column "
    assert (told in report.active[0].message) == text.endswith(", // a day\n}")
    body["options"] = {"raw": {"language": "text"}}
    assert ("SPL102", "/body/raw") not in found({"url": CREATE, "method": "POST", "body": body})[0]


def test_a_quote_that_is_not_closed_is_looked_for_once() -> None:
    """The text behind it is passed over once, not again from each quote in it."""

    def seconds(size: int) -> float:
        envelope = {"url": CREATE, "body": {"mode": "raw", "raw": '{"campaign_name": "' + '\\"' * size}}
        began = time.process_time()
        assert [one.code for one in check(envelope, as_of=AS_OF).active] == ["SPL003"]
        return time.process_time() - began

    small, large = (min(seconds(size) for _ in range(3)) for size in (1_000, 8_000))
    assert large < 16 * small


MISSING: dict[str, Any] = {
    "an empty text": {"url": CREATE, "method": "POST", "body": {"mode": "raw", "raw": ""}},
    "the query of a GET": {"url": CREATE, "method": "GET", "params": BODY},
    "an answer": {"url": CREATE, "response": {"text": TEXT}, "answer": ANSWER, "headers": {"a": BODY}},
    "options without one": {"url": CREATE, "options": {"method": "POST"}, "postData": {"mimeType": "text/plain"}},
    "two with a field": {"url": CREATE, "params": {"budget": 1}, "request_body": {"budget": 1}},
    "an option": {"url": CREATE, "options": {"budget": 1}},
    "the account of a query": {"url": CREATE, "method": "POST", "params": {"advertiser_id": "7"}},
    "responseBody": {"url": CREATE, "method": "POST", "responseBody": BODY},
    "apiResponse": {"url": CREATE, "apiResponse": {"message": "OK", "data": BODY}},
    "resp": {"url": CREATE, "resp": {"message": "OK", "data": BODY}},
    "result": {"url": CREATE, "result": BODY},
    "expected": {"url": CREATE, "expected": BODY},
    "defaults": {"url": CREATE, "defaults": BODY},
    "an empty postData": {"url": CREATE, "postData": {"mimeType": "application/json", "text": ""}},
    "two with the account alone": {"url": CREATE, "request_body": ACCOUNT, "requestBody": ACCOUNT},
    "a text of a log": {"url": CREATE, "text": '{"level": "info"}'},
    "a comment in a text of a log": {"url": CREATE, "log": "x", "text": "// {error}"},
    "an empty text of Thunder Client": {"url": CREATE, "body": {"type": "json", "raw": "", "form": []}},
    "nothing but a comment for Postman": {
        "url": CREATE,
        "body": {"mode": "raw", "raw": "// none", "options": {"raw": {"language": "json"}}},
    },
    "a schema of an OpenAPI file": {
        "url": CREATE,
        "requestBody": {"content": {"application/json": {"schema": {"type": "object", "properties": SCHEMA}}}},
    },
    "a reference to a schema": {"url": CREATE, "requestBody": {"$ref": "#/components/x"}},
    "a schema as the body of a log": {"url": CREATE, "request_body": {"type": "object", "properties": SCHEMA}},
    "a parameter of Swagger": {
        "url": CREATE,
        "params": {"body": {"name": "body", "type": "object", "required": True}},
    },
    "data of a client": {"url": CREATE, "config": {"data": {"timeout": 3}}},
    "data of an option": {"url": CREATE, "options": {"data": {"retries": 3}}},
    "a schema": {"url": CREATE, "input_schema": {"type": "object", "properties": SCHEMA}},
    "a schema under a known key": {"url": CREATE, "input": {"type": "object", "properties": SCHEMA}},
    "a schema under a misspelt key": {"url": CREATE, "Body": {"type": "object", "properties": SCHEMA}},
}


@pytest.mark.parametrize("value", MISSING.values(), ids=MISSING)
def test_a_body_that_is_nowhere_for_sure_is_missing(value: Any) -> None:
    assert [pair for pair in found(value)[0] if pair[0] != "SPL507"] == [("SPL008", "/url")]


FORMS: dict[str, tuple[Any, tuple[str, str]]] = {
    "a form": ({"mode": "urlencoded", "urlencoded": [{"key": "budget"}]}, ("SPL003", "/body/urlencoded")),
    "an empty form": ({"mode": "urlencoded", "urlencoded": []}, ("SPL003", "/body/urlencoded")),
    "a form of parts": ({"mode": "formdata", "formdata": [{"key": "budget"}]}, ("SPL003", "/body/formdata")),
    "a form of Thunder Client": (
        {"type": "formencoded", "raw": "", "form": [{"name": "budget"}]},
        ("SPL003", "/body/form"),
    ),
    "an empty form of Thunder Client": (
        {"type": "formencoded", "raw": "", "form": []},
        ("SPL003", "/body/form"),
    ),
    "a form beside a text that is not sent": (
        {"type": "formdata", "raw": TEXT, "form": [{"name": "budget"}]},
        ("SPL003", "/body/form"),
    ),
    "a form of Insomnia": (
        {"mimeType": "application/x-www-form-urlencoded", "params": [{"name": "budget"}]},
        ("SPL003", "/body/params"),
    ),
}


@pytest.mark.parametrize(("body", "expected"), FORMS.values(), ids=FORMS)
def test_a_body_that_is_no_text_is_one_error(body: Any, expected: tuple[str, str]) -> None:
    assert found({"method": "POST", "url": {"raw": CREATE}, "body": body}) == ([expected], 1)


@pytest.mark.parametrize(
    "kind", ["application/x-www-form-urlencoded; charset=utf-8", "multipart/form-data; boundary=x"]
)
@pytest.mark.parametrize(
    ("form", "at"),
    few(
        [
            ({"params": [{"name": "budget", "value": "1"}]}, "params"),
            ({"text": "budget=1", "params": []}, "text"),
            ({"text": "--x\r\nContent-Disposition: form-data; name=budget\r\n\r\n1\r\n--x--"}, "text"),
            ({"text": "budget=1", "params": [{"name": "budget", "value": "1"}]}, "params"),
        ],
        2,
    ),
)
def test_a_form_of_a_har_file_is_one_error(
    form: Any, at: str, kind: str, command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a walk too, beside an answer."""
    monkeypatch.chdir(tmp_path)
    request = {"method": "POST", "url": CREATE, "postData": {"mimeType": kind, **form}}
    assert found(request) == ([("SPL003", f"/postData/{at}")], 1)
    entry = {"request": request, "response": {"status": 200, "content": {"mimeType": "application/json", "text": "{}"}}}
    Path("a.json").write_text(json.dumps({"log": {"entries": [entry]}}))
    [told] = command("check", ".", "--output-format=json").report["diagnostics"]
    assert told["message"] == "the body is a form, but takes an object; send it as JSON"


def test_json_that_a_har_file_calls_a_form_is_read() -> None:
    """curl names it so where nothing else is said."""
    posted = {"mimeType": "application/x-www-form-urlencoded", "text": TEXT}
    assert found({"method": "POST", "url": CREATE, "postData": posted})[1] == 1


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        ({}, ("SPL010", "/parameters/bodyParameters/parameters")),
        ({"contentType": "json"}, ("SPL010", "/parameters/bodyParameters/parameters")),
        ({"contentType": "form-urlencoded"}, ("SPL003", "/parameters/bodyParameters/parameters")),
        ({"sendBody": False}, ("SPL008", "/parameters/url")),
        ({"bodyParameters": {"parameters": []}}, ("SPL008", "/parameters/url")),
        ({"specifyBody": "keypair"}, ("SPL010", "/parameters/bodyParameters/parameters")),
        ({"specifyBody": "json"}, ("SPL008", "/parameters/url")),
        ({"specifyBody": "json", "jsonBody": '[{"name": "A"}]'}, ("SPL003", "/parameters/jsonBody")),
        ({"specifyBody": "json", "jsonBody": ["A"]}, ("SPL003", "/parameters/jsonBody")),
        ({"specifyBody": "json", "jsonBody": "={{ $json.body }}"}, ("SPL010", "/parameters/jsonBody")),
    ],
)
def test_a_body_of_n8n_made_of_pairs_is_known_only_when_it_runs(
    edits: dict[str, Any], expected: tuple[str, str]
) -> None:
    pairs = [{"name": "campaign_name", "value": "A"}, {"name": "budget", "value": "={{ 100 }}"}]
    node = {"method": "POST", "url": CREATE, "sendBody": True, "bodyParameters": {"parameters": pairs}, **edits}
    report = check({"parameters": node, "type": "n8n-nodes-base.httpRequest"}, as_of=AS_OF)
    assert [(one.code, one.pointer) for one in report.active] == [expected]


def test_a_payload_may_have_a_mode() -> None:
    """Its fields say that it is none of an API client's bodies."""
    for mode in ("raw", ["raw"]):
        assert ("SPL102", "/body/budget_mode") in found({"url": CREATE, "body": {**BODY, "mode": mode, "raw": "a"}})[0]
    assert found({"url": CREATE, "body": {"mode": ["raw"]}})[1] == 1


def test_an_object_within_the_body_is_no_body() -> None:
    """It is what would be sent."""
    assert found({"url": CREATE, "body": {"data": BODY}})[0] == [("SPL004", "/body/data")]


def test_what_does_not_go_to_tiktok_is_read_by_its_fields() -> None:
    value = {"url": {"raw": "https://www.example.com/a"}, "body": {"mode": "raw", "raw": TEXT}}
    assert found(value) == ([("SPL102", "/body/raw")], 1)
    value["body"] = {"mode": "raw", "raw": "{}"}
    assert found(value) == ([("SPL002", "")], 0)


def test_the_copy_of_a_request_beside_its_answer_is_no_second_one() -> None:
    request = {"url": {"raw": CREATE}, "body": {"mode": "raw", "raw": TEXT}}
    saved = {"name": "ok", "originalRequest": request, "body": json.dumps(ANSWER)}
    assert found({"item": [{"request": request, "response": [saved]}]}) == ([("SPL102", "/item/0/request/body/raw")], 1)


def test_a_token_in_a_collection_is_found() -> None:
    header = [{"key": "Access-Token", "value": "canary"}]
    value = {"url": {"raw": CREATE}, "header": header, "body": {"mode": "raw", "raw": TEXT}}
    assert ("SPL012", "/header/0/value") in [(one.code, one.pointer) for one in check(value, as_of=AS_OF).active]
