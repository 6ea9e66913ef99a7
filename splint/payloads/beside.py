"""What stands beside an endpoint that has no body: cases, batches, histories of requests, and bodies without a mark."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, cast

from splint.formats import escape
from splint.payloads.carried import content_of, is_body_of, is_not_sent
from splint.payloads.endpoints import Endpoint, endpoint_in, may_take_body, takes_body
from splint.payloads.others import names_tiktok, without
from splint.schema.vocabulary import ENDPOINT_KEYS, LEGACY, SMART_PLUS, TEXT_KEYS, TOOL_KEYS, level_of

if TYPE_CHECKING:
    from splint.payloads.extract import Extractor

_SENT = TEXT_KEYS | {"postData", "query", "qs", "queryString", "filtering"}
"""Keys beside an endpoint that hold what is sent to it: of what reads, nothing in it is a payload."""


def read_beside(
    reader: "Extractor", endpoint: Endpoint, value: dict[str, Any], step: str, pointer: str, in_list: bool
) -> bool:
    """Read the payloads and requests beside an endpoint whose body, at `step` if there is one, holds none.

    What an endpoint of Smart+ takes is read as its body where no field says what it is, as an update of a budget alone.
    Beside one that reads, what has its id is a row. Returns False if there is nothing.
    """
    rest = _rest(endpoint, value, step)
    before, first, requests = reader.recognized, len(reader.extracted.payloads), len(reader.extracted.requests)
    reader.search(rest, pointer, in_list=in_list)
    if _is_read(endpoint):
        sent = tuple(f"{request.pointer}/" for request in reader.extracted.requests[requests:])
        for payload in reader.extracted.payloads[first:]:
            if payload.kind == "update" and not payload.step.startswith(sent):
                payload.kind = "row"
    if endpoint.is_tiktok and takes_body(endpoint.path):
        fields = {key: entry for key, entry in rest.items() if key != "method"}
        bodies = [(pointer, fields)] if is_body_of(fields, alone=True) else _bodies(rest, pointer)
        for at, body in bodies:
            reader.body(endpoint, body, at, None, in_list=True)
        reader.sent = None
    return reader.recognized > before


def _rest(endpoint: Endpoint, value: dict[str, Any], step: str) -> dict[str, Any]:
    """What beside an endpoint may be, or hold, a request: no answer, unless it names an endpoint of TikTok's itself."""
    read = step.split("/", 2)[1] if step else ""
    left_out = {read, *ENDPOINT_KEYS, *TOOL_KEYS}
    rest = {key: entry for key, entry in value.items() if key not in left_out}
    rest = {key: entry for key, entry in rest.items() if not is_not_sent(key, value) or names_tiktok(entry)}
    if not endpoint.is_tiktok:
        return rest
    if endpoint.path in LEGACY:
        return {key: entry for key, entry in rest.items() if names_tiktok(entry)}
    return without(rest, _SENT) if _is_read(endpoint) else rest


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
