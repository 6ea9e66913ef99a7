"""Endpoints without a body: mere mentions, as in logs and stubs, or those of cases, batches and bodies beside them."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, cast

from splint.formats import Document, escape, reference_tokens, value_at
from splint.payloads.addresses import endpoint_in
from splint.payloads.carried import is_answered, is_body_of, is_plainly_smart_plus
from splint.payloads.endpoints import (
    Endpoint,
    first_present,
    may_take_body,
    read_endpoint,
    takes_body,
    tool_call,
)
from splint.payloads.faults import RepeatedRequestId
from splint.payloads.keys import ASIDE
from splint.payloads.other_places import calls_tiktok, certain
from splint.payloads.others import names_tiktok, without
from splint.payloads.texts import content_of
from splint.payloads.validation import is_absent
from splint.schema.envelopes import (
    BODY_KEYS,
    GATEWAY_KEY,
    NAMING_KEYS,
    PARTS,
    QUERY_KEYS,
    SENT_KEYS,
    STATUS_KEYS,
    TEXT_KEYS,
    holds_answer,
    is_not_sent,
    is_of_response,
    is_question,
    is_record,
    is_sent,
    is_stub,
)
from splint.schema.vocabulary import LEGACY, SMART_PLUS, level_of

if TYPE_CHECKING:
    from splint.payloads.extract import Extractor
    from splint.payloads.nodes import Payload

_MOST_STEPS = 3
"""The most steps from an object with an answer to its request: to `equals` in the `predicates` of Mountebank."""


def is_no_request(endpoint: Endpoint, value: dict[str, Any], pointer: str, *, has_body: bool, is_empty: bool) -> bool:
    """Whether an object that has an endpoint, and no or an empty body or a response's key, is no request to TikTok.

    It is the response itself, which recorders give its URL, names a directory, by a path alone beside which nothing is
    sent, says which requests a mock server answers, is the question of a browser before a request, or what a gateway
    says of one whose body stands elsewhere.
    """
    if not endpoint.is_tiktok:
        return not has_body
    if (is_empty and is_question(value, takes=takes_body(endpoint.path))) or (
        not has_body and GATEWAY_KEY in pointer.split("/")[-2:]
    ):
        return True
    if is_of_response(pointer) and not (has_body and STATUS_KEYS.isdisjoint(value)):
        return True
    if has_body:
        return False
    return (endpoint.is_bare and not is_sent(value)) or is_stub(value)


def is_mention(endpoint: Endpoint, key: str, value: dict[str, Any], document: Document, pointer: str) -> bool:
    """Whether an object without a body, at a pointer of a document, may only name the endpoint under its `key`.

    So do configuration and registers of endpoints, which have no headers and no key of a body, or the path of a route
    alone. So do logs and stubs, which have an answer; that of Caddy stands around the request.
    """
    if not is_sent(value, PARTS) or (key == "path" and endpoint.is_bare):
        return True
    if any(is_answered(value[key]) for key in BODY_KEYS if key in value):
        return True
    around = list(_around(value, document, pointer))
    return any(map(is_record, around[:2])) or any(map(holds_answer, around))


def is_around_body(value: dict[str, Any]) -> bool:
    """Whether an object has an endpoint of TikTok's or a tool that calls one, and a body, whatever stands beside it."""
    step, written = endpoint_in(value)
    if step and read_endpoint(written).is_tiktok:
        key = first_present(BODY_KEYS, value)
    else:
        key = call[2] if (call := tool_call(value)) is not None else None
    return key is not None and isinstance(content_of(value[key]), dict) and not is_absent(value[key])


def read_beside(
    reader: "Extractor",
    endpoint: Endpoint,
    value: dict[str, Any],
    step: str,
    pointer: str,
    in_list: bool,
    has_payload: bool,
) -> bool:
    """Read the payloads and requests beside an endpoint and its body, which is at `step` if there is one.

    What an endpoint of Smart+ takes is read as its body where no field says what it is, as an update of a budget alone:
    beside a body with a payload only under keys of bodies, as which of two is sent is not known. A copy of such a body,
    as logs have one, is none. Beside an endpoint that reads, what has its id is a row. Returns False if there is
    nothing.
    """
    rest = _rest(endpoint, value, step)
    if step and level_of(rest) is not None:  # fields of the body, which are noted
        rest = {key: entry for key, entry in rest.items() if key not in ASIDE}
    if has_payload:
        sent = content_of(value_at(value, reference_tokens(step)))
        rest = {key: entry for key, entry in rest.items() if content_of(entry) != sent}
    found, before, first, requests = (
        reader.found,
        reader.recognized,
        len(reader.extracted.payloads),
        len(reader.extracted.requests),
    )
    reader.search(rest, pointer, in_list=in_list)
    if has_payload and reader.found == found:
        reader.leave_over((f"{pointer}/{escape(key)}", entry) for key, entry in rest.items())
    if _is_read(endpoint):
        sent_to = tuple(f"{request.pointer}/" for request in reader.extracted.requests[requests:])
        for payload in reader.extracted.payloads[first:]:
            if payload.kind == "update" and not payload.step.startswith(sent_to):
                payload.kind = "row"
    if endpoint.is_tiktok and takes_body(endpoint.path):
        fields = {
            key: entry for key, entry in rest.items() if key in TEXT_KEYS or (key != "method" and not has_payload)
        }
        bodies = [(pointer, fields)] if is_body_of(fields, alone=True) else _bodies(fields, pointer)
        for at, body in bodies:
            reader.body(endpoint, body, at, None, in_list=True)
    return reader.recognized > before


def repeated_id(earlier: "Payload", payload: "Payload", text: str) -> Iterator[RepeatedRequestId]:
    """The fault of a payload whose `request_id`, as text, an earlier one has; none where one of the two is sent.

    Those are two bodies beside each other under keys of bodies.
    """
    steps = [(one.document.within[1] if one.document.within else "") + one.step for one in (earlier, payload)]
    (around, _, key), (beside, _, other) = (step.rpartition("/") for step in steps)
    if around == beside and key != other and {key, other} <= TEXT_KEYS:
        return
    here, there, written = payload.location("request_id"), earlier.location("request_id"), payload.written["request_id"]
    yield RepeatedRequestId(here, there, written if isinstance(written, str) else text)


def _rest(endpoint: Endpoint, value: dict[str, Any], step: str) -> dict[str, Any]:
    """What beside an endpoint may be, or hold, a request: no answer, unless it names an endpoint of TikTok's itself.

    Beside a manual one only what may call TikTok, and what is plainly of Smart+ where the endpoint stands under no
    usual key.
    """
    left_out = {*reference_tokens(step)[:1], *NAMING_KEYS}
    rest = {key: entry for key, entry in value.items() if key not in left_out}
    rest = {key: entry for key, entry in rest.items() if not is_not_sent(key, value) or names_tiktok(entry)}
    rest = {key: one for key, one in rest.items() if not isinstance(one, str) or certain(one) is None}
    if not endpoint.is_tiktok:
        return rest
    if endpoint.path in LEGACY:
        is_told = endpoint.is_tool or endpoint_in(value)[0] != ""
        sent = content_of(value_at(value, reference_tokens(step))) if step else None
        return {
            key: one
            for key, one in rest.items()
            if calls_tiktok(one) or not (is_told or content_of(one) == sent or not is_plainly_smart_plus(one))
        }
    return without(rest, SENT_KEYS | QUERY_KEYS) if _is_read(endpoint) else rest


def _is_read(endpoint: Endpoint) -> bool:
    """Whether an endpoint is one of TikTok's that takes no payload: not one that is no known one of Smart+."""
    is_known = endpoint.path in SMART_PLUS or not endpoint.path.startswith("/smart_plus/")
    return endpoint.is_tiktok and is_known and endpoint.path not in LEGACY and not may_take_body(endpoint.path)


def _bodies(value: object, pointer: str) -> Iterator[tuple[str, object]]:
    """What is a body by an account and a field, or as a text, where the search finds none, at any depth."""
    if isinstance(value, list):
        entries: Iterable[tuple[object, object]] = enumerate(value)
    elif isinstance(value, dict) and level_of(value) is None and not endpoint_in(value)[0]:
        entries = ((key, entry) for key, entry in value.items() if not is_not_sent(key, value))
    else:
        return
    for key, entry in entries:
        at, content = f"{pointer}/{escape(str(key))}", content_of(entry)
        if isinstance(content, dict) and (level_of(content) is not None or is_body_of(content)):
            is_searched = content is entry or (key in TEXT_KEYS and "code" not in cast("dict[str, Any]", value))
            if level_of(content) is None or not is_searched:
                yield at, entry
        elif content is entry:
            yield from _bodies(entry, at)


def _around(value: dict[str, Any], document: Document, pointer: str) -> Iterator[dict[str, Any]]:
    """An object at a pointer, and those that are the next around it."""
    yield value
    tokens = reference_tokens(pointer)
    for steps in range(1, min(_MOST_STEPS, len(tokens)) + 1):
        around = value_at(document.value, tokens[:-steps])
        if isinstance(around, dict):
            yield around
