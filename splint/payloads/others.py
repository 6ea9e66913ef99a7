"""Requests to other ad APIs: what is sent there is no payload, but all that stands beside it may be one."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from splint.payloads.addresses import endpoint_in, endpoint_of
from splint.payloads.endpoints import JOINTS, read_endpoint, tool_in
from splint.schema.envelopes import (
    AROUND_REQUESTS,
    BASE_URL_KEYS,
    BATCH_KEY,
    ENDPOINT_KEYS,
    NAMING_KEYS,
    PARAMETER_KEYS,
    SENT_KEYS,
)
from splint.schema.platforms import TOOL_LEVELS, TOOL_VERBS, TOOL_WORDS
from splint.schema.vocabulary import HOSTS

if TYPE_CHECKING:
    from splint.payloads.extract import Extractor

_EXCHANGED = SENT_KEYS | {"response"}
"""Keys beside an endpoint that hold what is sent to it, and what it answers."""
_TIKTOKS = (*HOSTS, "/open_api/", "smart_plus/")
"""What only a request to TikTok has in it."""


def pass_over(reader: "Extractor", value: dict[str, Any], pointer: str, in_list: bool) -> bool:
    """Pass over what an envelope or a call sends to another ad API, and read the rest; returns False if nothing."""
    if (rest := _beside_sent(value, reader.document.value, pointer)) is None:
        return False
    reader.extracted.foreign += 1
    reader.headers_of(rest, pointer)
    reader.search(rest, pointer, in_list=in_list)
    return True


def _beside_sent(value: dict[str, Any], document: object, pointer: str) -> dict[str, Any] | None:
    """What stands beside what an envelope or a call of a tool sends to another ad API; None if it sends nothing there.

    An envelope does if one of its endpoints is there, and none is TikTok's, or as one of a batch of Meta's Graph API.
    """
    beside = {key: value[key] for key in (*BASE_URL_KEYS, "scope", "host", "basePath") if key in value}
    given = [{key: value[key], **beside} for key in ENDPOINT_KEYS if key in value]
    written = [endpoint_of(one, document, pointer)[1] for one in given]
    endpoints = [read_endpoint(one) for one in written if one]
    if any(one.is_foreign for one in endpoints):
        return None if any(one.is_tiktok for one in endpoints) else without(value, _EXCHANGED)
    if not endpoints and isinstance(value.get(BATCH_KEY), str):
        return without({key: entry for key, entry in value.items() if key != BATCH_KEY}, _EXCHANGED)
    return without(value, PARAMETER_KEYS) if _is_call(value) else None


def _is_call(value: dict[str, Any]) -> bool:
    """Whether an object is a call of a tool for another ad API: its name has a word for that, a level and a verb."""
    _, name = tool_in(value)
    words = {*name.lower().translate(JOINTS).split("_")}
    if "tiktok" in words or " " in name:
        return False
    return not any(words.isdisjoint(some) for some in (TOOL_WORDS, TOOL_LEVELS, TOOL_VERBS))


def without(value: dict[str, Any], sent: Collection[str]) -> dict[str, Any]:
    """An envelope or a call without endpoint and name, and without what it has under the keys `sent`.

    What names an endpoint of TikTok's stays there too.
    """
    kept = {}
    for key, entry in value.items():
        if key in AROUND_REQUESTS and isinstance(entry, dict) and not endpoint_in(entry)[0]:
            kept[key] = without(entry, sent)
        elif key not in NAMING_KEYS and (key not in sent or names_tiktok(entry)):
            kept[key] = entry
    return kept


def goes_there(urls: tuple[str, ...], body: object) -> bool:
    """Whether all URLs of a curl command are those of other ad APIs, and no text of its body is one of TikTok's."""
    return bool(urls) and all(read_endpoint(url).is_foreign for url in urls) and not names_tiktok(body)


def names_tiktok(value: object) -> bool:
    """Whether a text in a value, at any depth, names an endpoint of TikTok's."""
    if isinstance(value, str):
        text = value.lower().replace("\\/", "/")
        return any(one in text for one in _TIKTOKS)
    below = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return any(map(names_tiktok, below))
