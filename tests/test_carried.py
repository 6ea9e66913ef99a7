"""Requests whose body has another key than in an envelope: what tools export, and lines of logs."""

import json
from typing import Any

import pytest

from splint import Report, check
from splint.testing import AS_OF, base

BASE = "https://business-api.tiktok.com/open_api/v1.3/smart_plus"
CREATE = f"{BASE}/campaign/create/"
BODY = {**base("cbo", "guide")["campaign"], "advertiser_id": "7", "budget_mode": "BUDGET_MODE_DAY"}
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
    "a log with a request": ({"path": CREATE, "request": {"request_id": "a", "body": BODY}}, "/request/body"),
    "parameters": ({"endpoint": CREATE, "params": BODY}, "/params"),
    "fetch": ({"url": CREATE, "options": {"method": "POST", "body": TEXT}}, "/options/body"),
    "n8n": ({"parameters": {"url": CREATE, "jsonBody": TEXT}}, "/parameters/jsonBody"),
    "an empty body beside it": ({"url": CREATE, "data": "", "params": BODY}, "/params"),
    "a key that no tool has": ({"url": CREATE, "result": ANSWER, "a/b": {"c": BODY}}, "/a~1b/c"),
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


MISSING: dict[str, Any] = {
    "an empty text": {"url": CREATE, "method": "POST", "body": {"mode": "raw", "raw": ""}},
    "the query of a GET": {"url": CREATE, "method": "GET", "params": BODY},
    "an answer": {"url": CREATE, "response": {"text": TEXT}, "answer": ANSWER, "headers": {"a": BODY}},
    "two that may be it": {"url": CREATE, "before": BODY, "after": BODY},
    "options without one": {"url": CREATE, "options": {"method": "POST"}, "postData": {"mimeType": "text/plain"}},
}


@pytest.mark.parametrize("value", MISSING.values(), ids=MISSING)
def test_a_body_that_is_nowhere_for_sure_is_missing(value: Any) -> None:
    codes = {code for code, _ in found(value)[0]}
    assert "SPL008" in codes
    assert "SPL102" not in codes


def test_an_object_within_the_body_is_no_body() -> None:
    """It is what would be sent."""
    codes = [pair for pair in found({"url": CREATE, "body": {"data": BODY}})[0] if pair[1] == "/body"]
    assert codes


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
