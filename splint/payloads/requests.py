"""Reads requests: curl commands, envelopes, calls of tools, and the bodies that they send to an endpoint."""

from typing import TYPE_CHECKING, Any

from splint.formats import escape
from splint.payloads.addresses import endpoint_of, may_tell
from splint.payloads.bodies import Current
from splint.payloads.bundles import is_bundle
from splint.payloads.endpoints import (
    SOMEWHERE,
    Endpoint,
    endpoint_among,
    first_present,
    level_sent,
    may_take_body,
    names_tool_alone,
    read_endpoint,
    takes_body,
    tool_call,
)
from splint.payloads.faults import tokens_sent
from splint.payloads.invalid_fields import PlaceholderLeft, fault_in_place
from splint.payloads.nodes import Location, Request
from splint.payloads.validation import is_absent
from splint.schema.envelopes import BESIDE_BODIES, BODY_KEYS, CALL_KEYS, may_be_elsewhere
from splint.schema.placeholders import is_placeholder
from splint.schema.vocabulary import SMART_PLUS, ObjectLevel, level_of

if TYPE_CHECKING:
    from splint.payloads.extract import Extractor


def read_call(reader: "Extractor") -> None:
    """Read a curl command: its URL names the endpoint, the document's value is its body."""
    call = reader.document.call
    assert call is not None
    locations = {"endpoint": Location(reader.document, "", "url"), "method": Location(reader.document, "", "method")}
    endpoint = (endpoint_among(call.texts) if call.texts else read_endpoint(call.url)).given(reader.document.value)
    for token in tokens_sent(reader.document, call):
        reader.note(token)
    if endpoint.is_foreign:
        from splint.payloads.others import goes_there  # few documents hold requests to other ad APIs

        if goes_there(call.urls, reader.document.value):
            reader.extracted.foreign += 1
            return
    size = reader.size
    method = None if call.method is None or is_placeholder(call.method, in_shell=True) else call.method.upper()
    sent = read_body(
        reader, endpoint, reader.document.value, "", None, method or "", in_list=reader.document.sequential
    )
    is_base = endpoint.path == "/smart_plus/" and method == "GET"
    if endpoint.is_tiktok and not is_base and (not call.is_unread or endpoint.is_smart_plus):
        is_null = reader.document.written is not None and reader.document.value is None
        if (instead := call.stand_in) and (takes_body if instead.kind == "form" else may_take_body)(endpoint.path):
            reader.note(fault_in_place(instead, Location(reader.document, "", "body")))
        lacks_body = call.posts_nothing or is_null
        request = _noted(reader, endpoint, call.url, method, "", locations, size, sent=sent, lacks_body=lacks_body)
        _note_open(reader, endpoint, reader.document.value, request)
    elif call.stand_in is not None and call.stand_in.kind == "many":
        reader.note(fault_in_place(call.stand_in, Location(reader.document, "", "body")))


def read_request_body(reader: "Extractor", written: str, value: object, pointer: str) -> None:
    """Read a value as the body of a request to an endpoint, whose findings are at the body."""
    endpoint, at, size = read_endpoint(written).given(value), Location(reader.document, pointer), reader.size
    sent = read_body(reader, endpoint, value, pointer, None, in_list=bool(pointer))
    if endpoint.is_tiktok:
        marked = {"endpoint": at, "method": at}
        request = _noted(reader, endpoint, written, None, pointer, marked, size, sent=sent, lacks_body=value is None)
        _note_open(reader, endpoint, value, request)


def _note_open(reader: "Extractor", endpoint: Endpoint, body: object, request: Request) -> None:
    """Note that only a run tells whether a body is one of Smart+, which is not judged for that."""
    if endpoint.open and not request.has_payload and endpoint.leaves_open(body):
        reader.note(PlaceholderLeft(request.locations["endpoint"], request.endpoint, f"endpoint:{endpoint.open}"))


def _noted(
    reader: "Extractor",
    endpoint: Endpoint,
    written: str,
    method: str | None,
    pointer: str,
    locations: dict[str, Location],
    size: int,
    *,
    sent: ObjectLevel | None,
    lacks_body: bool,
) -> Request:
    """Note a request; `size` payloads were before those of its body, `sent` is the level that `body` returned."""
    request = Request(reader.document, pointer, written, method, locations)
    request.path, request.written_path, request.version = endpoint.path, endpoint.written, endpoint.version
    request.has_payload, request.sent = reader.size > size, sent
    request.lacks_body = lacks_body and takes_body(endpoint.path)
    reader.extracted.requests.append(request)
    return request


def read_envelope(reader: "Extractor", value: dict[str, Any], pointer: str, in_list: bool) -> bool:
    """Read `value` as a request envelope or a tool call; returns False if it is neither."""
    (step, written), may_name_only = endpoint_of(value, reader.document.value, pointer), False
    key, holder, at_holder, other = first_present(BODY_KEYS, value) if step else None, value, pointer, None
    if not step and may_tell(value, pointer):
        from splint.payloads import keyed, other_places  # few objects have an endpoint under no usual key

        if keyed.read_keyed(reader, value, pointer, in_list):
            return True
        if (other := other_places.told(value)) is not None:
            if other.endpoint.is_foreign:
                other_places.pass_over(reader, value, other, pointer, in_list)
                return True
            step, written, key, holder, at_holder = *other[:4], pointer + other.holder_step
            value = {name: entry for name, entry in value.items() if name != other.top}
    if step:
        endpoint = read_endpoint(written)
        if endpoint.is_foreign and _is_of_others(reader, value, pointer, in_list):
            return True
        if endpoint.is_page:
            reader.headers_of(value, pointer)
            written_at = step.split("/", 1)[0]
            reader.search({at: entry for at, entry in value.items() if at != written_at}, pointer, in_list=in_list)
            return True
        if key is None and not endpoint.is_tiktok:
            return False
        body_step, body = (f"/{escape(key)}", value[key]) if key is not None else ("", None)
        takes = endpoint.is_tiktok and may_take_body(endpoint.path)
        if may_be_elsewhere(body) or (takes and (is_absent(body) or (key == "data" and "code" in value))):
            from splint.payloads.carried import body_of  # most requests have a body under the usual key

            body_step, body = body_of(reader, endpoint, (body_step, body), value, pointer)
        has_body = bool(body_step) or not is_absent(body)
        if is_absent(body) or pointer.endswith("esponse"):
            from splint.payloads.beside import is_mention, is_no_request  # most requests have a body

            if is_no_request(endpoint, value, pointer, has_body=has_body, is_empty=is_absent(body)):
                return False
            may_name_only = not has_body and is_mention(endpoint, step, value, reader.document, pointer)
    else:
        if value.keys().isdisjoint(CALL_KEYS) and not names_tool_alone(value):
            return False
        if (call := tool_call(value)) is None:
            return _is_of_others(reader, value, pointer, in_list)
        step, path, key = call
        endpoint, written = Endpoint(path, None, is_tiktok=True, is_bare=True, is_tool=True), value[step]
        body_step, body = (f"/{key}", value[key]) if key is not None else ("", None)
        may_name_only = key is None
        from splint.payloads.carried import lacks_argument  # few documents are calls of tools
    endpoint, method = endpoint.given(body), holder.get("method")
    method_name = method.strip().upper() if isinstance(method, str) and not is_placeholder(method) else None
    reader.headers_of(value, pointer)
    if other is not None and other.depth:
        other_places.search_holder(reader, other, pointer)
    outer, size, first, request, sent = reader.around, reader.size, len(reader.extracted.payloads), None, None
    reader.facts(value.get("facts"), f"{pointer}/facts")
    if body_step:
        current = value.get("current"), reader.document, f"{pointer}/current"
        was_sent, reader.is_sent = reader.is_sent, True
        sent = read_body(reader, endpoint, body, pointer + body_step, current, method_name or "", in_list=in_list)
        reader.is_sent = was_sent
    if endpoint.is_tiktok:
        lacks_body = is_absent(body) or (endpoint.is_tool and lacks_argument(body))
        places = {"endpoint": f"{pointer}/{step}", "method": f"{at_holder}/method"}
        locations = {part: Location(reader.document, place) for part, place in places.items()}
        line = endpoint, written, method_name or None, pointer, locations, size
        request = _noted(reader, *line, sent=sent, lacks_body=lacks_body)
        request.is_mention = may_name_only
    has_payload = reader.size > size
    if not has_payload or len(value.keys() - BESIDE_BODIES) > 1:
        from splint.payloads.beside import read_beside  # most requests have one body, with a payload

        if read_beside(reader, endpoint, value, body_step, pointer, in_list, has_payload) and request is not None:
            request.has_payload, request.lacks_body = True, False
    if not has_payload and (endpoint.is_smart_plus or endpoint.open or not endpoint.is_tiktok):
        from splint.payloads.carried import files_named  # most requests have a payload

        reader.extracted.named_files.update(files_named(value))
    if request is not None:
        _note_open(reader, endpoint, body, request)
    if body_step and endpoint.is_tiktok:
        reader.fields_aside(value, pointer, first, pointer + body_step)
    reader.around = outer
    return True


def _is_of_others(reader: "Extractor", value: dict[str, Any], pointer: str, in_list: bool) -> bool:
    """Pass over what an envelope or a call sends to another ad API, and read the rest; returns False if nothing."""
    from splint.payloads.others import pass_over  # few documents hold such requests, or other calls of tools

    return pass_over(reader, value, pointer, in_list)


def read_body(
    reader: "Extractor",
    endpoint: Endpoint,
    value: object,
    pointer: str,
    current: Current,
    method: str = "",
    *,
    in_list: bool,
) -> ObjectLevel | None:
    """Read the body of a request to `endpoint`, else by its keys; returns the level that a known one writes."""
    known = SMART_PLUS.get(endpoint.path)
    if endpoint.is_tool and isinstance(value, dict):
        from splint.payloads.carried import argument_of  # few documents are calls of tools

        reader.headers_of(value, pointer)
        step, value = argument_of(value)
        pointer += step
    is_whole = not pointer and reader.document.within is None and takes_body(endpoint.path)  # a string is sent as one
    if isinstance(value, str) and not is_whole and (inner := reader.inside(value, pointer)) is not None:
        within = reader.within(inner, is_sent=True)
        sent = within.body(endpoint, inner.value, "", current, method, in_list=in_list)
        within.validate_pending()
        return sent
    if known is None:
        level = level_of(value) if isinstance(value, dict) and not endpoint.is_tiktok else None
        if level is not None and isinstance(value, dict) and current and isinstance(current[0], dict):
            payload = reader.payload(level, value, pointer, None, None, in_list=in_list)
            reader.add_current(payload, level, current)
        elif endpoint.may_take(value):
            outer, is_known = reader.is_elsewhere, endpoint is not SOMEWHERE
            reader.is_elsewhere = not (endpoint.is_tiktok or endpoint.open) if is_known else outer
            reader.search(value, pointer, in_list=in_list)
            reader.is_elsewhere = outer
        elif isinstance(value, dict):
            reader.events(value, pointer)
    elif known[1] == "other" and endpoint.path.endswith("/get/") and method in ("POST", "PUT"):  # meant for another
        level = level_of(value) if isinstance(value, dict) else None
        holds_some = isinstance(value, list) or (isinstance(value, dict) and is_bundle(value, level))
        if holds_some or level == known[0]:
            reader.search(value, pointer, in_list=in_list)
    elif known[1] == "other" or is_absent(value):
        pass
    elif not isinstance(value, dict):
        from splint.payloads.texts import note_no_object  # only what is wrong needs it

        note_no_object(reader, value, pointer, is_whole=is_whole)
    elif known[1] == "status" or known[1] == "budgets" or known[1] == "materials" or known[1] == "appeal":
        from splint.payloads.parts import read_part_update  # few documents have such requests

        read_part_update(reader, *known, value, pointer)
    else:
        level = level_sent(known[0], value)
        payload = reader.payload(level, value, pointer, known[1], None, in_list=in_list)
        reader.add_current(payload, level, current)
        return level
    return None
