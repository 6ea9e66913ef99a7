"""Payloads in the strings of JSON that a search of a document comes across."""

from typing import TYPE_CHECKING, Any

from splint.formats import reference_tokens
from splint.formats.pointer import values_along
from splint.payloads.addresses import endpoint_in, may_tell
from splint.payloads.bundles import is_bundle
from splint.payloads.carried import fields_of_requests, is_answered
from splint.payloads.copies import copies_of
from splint.payloads.endpoints import SOMEWHERE, first_present, takes_body, tool_in
from splint.payloads.evidence import weighed
from splint.payloads.other_places import certain, told
from splint.payloads.texts import ENCODED_ONCE, content_of, names_payloads
from splint.schema.envelopes import BODY_KEYS, PARAMETER_KEYS, TEXT_KEYS, has_status, is_of_tool, is_shown
from splint.schema.vocabulary import level_of

if TYPE_CHECKING:
    from splint.payloads.extract import Extractor

_OF_OTHERS = frozenset({"optimization_goal", "billing_event"})
"""Fields of several words that other ad APIs call so too."""


def search_text(
    reader: "Extractor", text: str, key: str, around: dict[str, Any], pointer: str, *, in_list: bool
) -> None:
    """Read a string of JSON that holds a payload: under a key of TEXT_KEYS as a body, else as what stands there itself.

    A whole document is to be encoded once.
    """
    is_named = key in TEXT_KEYS and bool(around)
    if "code" in around or not names_payloads(text) or _is_shown(reader, key, around, pointer, is_named=is_named):
        return
    is_body = (is_named and not has_status(around)) or (not around and not pointer.strip("/0123456789"))
    if not _holds_payload(reader, text, is_body=is_body):
        return
    if is_named:
        reader.body(SOMEWHERE, text, pointer, None, in_list=in_list)
        return
    inner, found = reader.inside(text, pointer), reader.found
    if inner is not None:
        within = reader.within(inner, is_sent=reader.is_sent)
        within.search(inner.value, "", in_list=in_list)
        within.validate_pending()
    if not pointer and reader.document.within is None and reader.found != found:
        reader.misplaced(pointer, text, ENCODED_ONCE)


def _is_shown(reader: "Extractor", key: str, around: dict[str, Any], pointer: str, *, is_named: bool) -> bool:
    """Whether what stands at a pointer was answered: by an API, a program or a tool, or a test takes it for an answer.

    What a model calls a tool with is none, though the call stands in the model's answer.
    """
    if key in PARAMETER_KEYS and tool_in(around)[0]:
        return False
    steps = reference_tokens(pointer)
    if any(map(is_shown, steps)) or (has_status(around) and not is_named):
        return True
    return any(map(is_of_tool, values_along(reader.document.value, steps)))


def _holds_payload(reader: "Extractor", text: str, *, is_body: bool) -> bool:
    """Whether what a string holds is, or has in it, a payload that is no copy of another one in the file.

    Where it is no body by its place, only TikTok has a value in it. A request with an endpoint of Smart+ holds one.
    """
    pending, copies, may_send = [content_of(text)], copies_of(reader.extracted), "smart_plus" in text
    while pending:
        value = pending.pop()
        if isinstance(value, list):
            pending += value
        elif isinstance(value, dict):
            is_payload = level_of(value) is not None and _is_tiktoks(value, is_body=is_body)
            is_payload |= isinstance(value.get("campaign"), str) and is_bundle(value, None)
            sent = value if is_payload else _sent_to_smart_plus(value) if may_send else None
            if sent is not None and not copies.has(sent, reader.document, in_texts=not is_body):
                return True
            if "code" not in value and not is_of_tool(value):
                below = [(key, entry) for key, entry in value.items() if not is_shown(key)]
                pending += (entry for _, entry in below if not isinstance(entry, str))
                texts = [(key, entry) for key, entry in below if isinstance(entry, str) and names_payloads(entry)]
                if any(_holds_payload(reader, text, is_body=key in TEXT_KEYS) for key, text in texts):
                    return True
    return False


def _sent_to_smart_plus(value: dict[str, Any]) -> dict[str, Any] | None:
    """The body that an object sends to an endpoint of Smart+ that takes it, as TikTok's by its host or /open_api/."""
    step, written = endpoint_in(value)
    if step:
        endpoint, key = certain(written), first_present(BODY_KEYS, value)
    elif may_tell(value, "") and (found := told(value)) is not None:
        endpoint, key = found.endpoint, found.body
    else:
        return None
    if endpoint is None or endpoint.is_bare or not takes_body(endpoint.path):
        return None
    body = content_of(value[key]) if key is not None else None
    return body if isinstance(body, dict) and body and not is_answered(body) else None


def _is_tiktoks(value: dict[str, Any], *, is_body: bool) -> bool:
    """Whether an object without an endpoint beside it is a payload of TikTok's API, and not of another ad API.

    In a body it has `advertiser_id`; or more than half of its keys are fields of TikTok's requests, at least two of
    them distinctive: a name of several words, neither an id nor one of _OF_OTHERS, which other ad APIs have too.
    """
    if not is_body and not weighed(value, "").exact:
        return False
    if "advertiser_id" in value:
        return True
    known = fields_of_requests().intersection(value)
    distinctive = [key for key in known - _OF_OTHERS if "_" in key and not key.endswith("_id")]
    return len(distinctive) >= 2 and 2 * len(known) > len(value)
