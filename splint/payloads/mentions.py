"""Endpoints that are named where nothing is sent to them: in logs, configuration and stubs, and as directories."""

from collections.abc import Iterator
from typing import Any

from splint.formats import Document, reference_tokens, value_at
from splint.payloads.carried import is_answered
from splint.payloads.endpoints import Endpoint
from splint.payloads.rows import is_of_response
from splint.schema.vocabulary import AROUND_REQUESTS, BODY_KEYS, TEXT_KEYS

_MATCHERS = frozenset(
    {"bodyPatterns", "multipartPatterns", "urlPattern", "urlPath", "urlPathPattern", "urlPathTemplate"}
)
"""Keys of what WireMock matches requests with."""
_HEADER_MATCHERS = frozenset({"equalTo", "contains", "matches", "doesNotMatch", "absent"})
"""Those of one of its headers."""
_SENDING = TEXT_KEYS | {"method", "postData", "headers", "header"}
"""Keys beside an endpoint that only requests have."""
_STATUSES = ("status", "statusCode", "status_code")
"""Keys of the status of an answer."""
_OF_LOGS = frozenset({"level", "severity", "error", "latency_ms", "duration_ms", "elapsed_ms"})
"""Keys of a record of what was done."""
_MOST_STEPS = 3
"""The most steps from an object with an answer to its request: to `equals` in the `predicates` of Mountebank."""


def is_no_request(endpoint: Endpoint, value: dict[str, Any], pointer: str, *, has_body: bool) -> bool:
    """Whether an object that has an endpoint, and no body or the key of a response, is no request to TikTok.

    It is the response itself, which recorders give its URL, names a directory, by a path alone beside which nothing is
    sent, or says which requests a mock server answers.
    """
    if not endpoint.is_tiktok:
        return not has_body
    if is_of_response(pointer) and not (has_body and value.keys().isdisjoint(_STATUSES)):
        return True
    if has_body:
        return False
    if endpoint.is_bare and not _is_sent(value):
        return True
    headers = value.get("headers")
    tests = headers.values() if isinstance(headers, dict) else ()
    return not _MATCHERS.isdisjoint(value) or any(
        isinstance(test, dict) and not _HEADER_MATCHERS.isdisjoint(test) for test in tests
    )


def is_mention(endpoint: Endpoint, key: str, value: dict[str, Any], document: Document, pointer: str) -> bool:
    """Whether an object without a body, at a pointer of a document, may only name the endpoint under its `key`.

    So does configuration, which has neither method nor body, or the path of a route alone. So do logs and stubs, which
    have an answer.
    """
    if not _is_sent(value) or (key == "path" and endpoint.is_bare) or any(map(value.get, _OF_LOGS)):
        return True
    if any(is_answered(value[key]) for key in BODY_KEYS if key in value):
        return True
    code = value.get("code")
    if type(code) is int or (isinstance(code, str) and code.isdigit()) or any(map(_is_status, _statuses(value))):
        return True
    return any(map(_has_answer, _around(value, document, pointer)))


def _is_sent(value: dict[str, Any]) -> bool:
    """Whether a method, headers or the key of a body stand beside an endpoint, or in what has its request's options."""
    inner = (value.get(key) for key in AROUND_REQUESTS)
    return any(isinstance(one, dict) and not _SENDING.isdisjoint(one) for one in (value, *inner))


def _statuses(value: dict[str, Any]) -> Iterator[object]:
    return (value[key] for key in _STATUSES if key in value)


def _is_status(status: object) -> bool:
    """Whether a value is the status of an answer of HTTP."""
    number = int(status) if isinstance(status, str) and len(status) == 3 and status.isdecimal() else status
    return type(number) is int and 100 <= number < 600


def _around(value: dict[str, Any], document: Document, pointer: str) -> Iterator[dict[str, Any]]:
    """An object at a pointer, and those that are the next around it."""
    yield value
    tokens = reference_tokens(pointer)
    for steps in range(1, min(_MOST_STEPS, len(tokens)) + 1):
        around = value_at(document.value, tokens[:-steps])
        if isinstance(around, dict):
            yield around


def _has_answer(value: dict[str, Any]) -> bool:
    """Whether an object holds an answer, or several; a list under `response` are the examples of Postman."""
    return any(
        is_of_response(key) and bool(entry) and isinstance(entry, dict | list | str)
        for key, entry in value.items()
        if not (key == "response" and isinstance(entry, list))
    )
