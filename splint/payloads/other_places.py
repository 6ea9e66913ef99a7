"""Endpoints that stand under no usual key: under any other one beside a body, or in an object of their own there."""

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from splint.formats import escape, reference_tokens
from splint.payloads.addresses import endpoint_in
from splint.payloads.bundles import is_bundle
from splint.payloads.carried import is_answered, is_body_of, is_plainly_smart_plus
from splint.payloads.endpoints import Endpoint, read_endpoint, takes_body
from splint.payloads.others import names_tiktok
from splint.payloads.texts import content_of
from splint.payloads.validation import is_absent
from splint.schema.envelopes import (
    AROUND_REQUESTS,
    ENDPOINT_KEYS,
    GATEWAY_KEY,
    PARAMETER_KEYS,
    TEXT_KEYS,
    TOOL_KEYS,
    begins_json,
    has_status,
    is_answer,
    is_of_answer,
)
from splint.schema.nearest import letters_of, snake_case
from splint.schema.vocabulary import SMART_PLUS, level_of

if TYPE_CHECKING:
    from splint.payloads.extract import Extractor

_LINE: Final = re.compile(r"(?:(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)[ \t]+)?(\S{1,2000})(?:[ \t]+HTTP/[\d.]+)?")
"""A URL or path, alone or in the first line of a request."""
_COMMAND: Final = re.compile(r"\b(?:curl|fetch|GET|POST|PUT|PATCH)\b|[{;(]")
"""What a text with a request has, and hardly a sentence."""
_ASIDE: Final = frozenset(
    {
        *("referer", "referrer", "redirect", "callback", "webhook", "webhooks", "landing", "origin", "source", "home"),
        *("homepage", "doc", "docs", "documentation", "help", "see", "guide", "wiki", "schema"),
        *("id", "issue", "ticket"),
        *("comment", "comments", "note", "notes", "description", "example", "sample", "from", "replaces", "instead"),
        *("prev", "previous", "next", "not", "fallback", "default", "error", "errors", "response", "status"),
        *("legacy", "old", "former", "formerly", "deprecated", "manual", "migrate", "migrated", "moved", "replacement"),
        *("reference", "ref", "link", "links", "rel", "self", "parent", "html", "spec"),
        *("feed", "notify", "notification"),
        *("avatar", "picture", "image", "img", "photo", "icon", "logo", "pixel", "profile", "author", "login"),
    }
)
"""Words of a key that say that its URL is not the one that the body beside it is sent to."""
_MARKS: Final = ("://", "open_api/", "smart_plus/", "/v1.", "tiktok.com/")
"""What has one of them may be an endpoint."""
_BODIES: Final = frozenset(map(letters_of, TEXT_KEYS))
_ENDS_OF_BODIES: Final = ("body", "payload")
"""What the letters of the key of a body are, or end with: `Body`, `http.request.body`, `jsonPayload`."""
_IN_BODIES: Final = ("body", "payload", "json", "data", *PARAMETER_KEYS)
"""One of them is in each such key."""
_OF_REQUESTS: Final = ("method", "verb", "headers")
"""What the letters of the keys of the method and the headers end with."""
_DEEPEST: Final = 3
"""The most steps to an endpoint in an object beside the body."""


class Told(NamedTuple):
    """An endpoint that stands under no usual key, and what is sent there."""

    step: str
    """The pointer of the endpoint without its slash, from the object that has the body."""
    written: str
    body: str | None
    """The key of the body; None where its fields say which it is."""
    holder: dict[str, Any]
    """The object that has the endpoint, the method and the headers: that with the body, or one below."""
    endpoint: Endpoint
    depth: int
    """The steps to the object that has the endpoint."""

    @property
    def holder_step(self) -> str:
        """The pointer of that object, from the one that has the body."""
        steps = f"/{self.step}".split("/")
        return "/".join(steps[: self.depth + 1])

    @property
    def top(self) -> str:
        """The key of the endpoint in the object that has the body, or of what holds it."""
        return reference_tokens(f"/{self.step}")[0]


def told(value: dict[str, Any]) -> Told | None:
    """The endpoint beside a body under any key, or in an object of its own; None without one.

    Two that disagree say nothing, nor does one whose key says that it is for something else.
    """
    body = _key_of_body(value)
    likely = (
        [] if body is not None else [one for key, one in value.items() if _may_be_body(one) and not is_of_answer(key)]
    )
    carrier, is_whole = None, False
    if body is None and not likely:
        if (carried := _carrier(value)) is None:
            return None
        carrier, is_whole = carried
    found, depth = [one for one in endpoints_in(value) if one[0] != body], 0
    if len({(endpoint.path, endpoint.is_foreign) for _, _, endpoint in found}) == 1 and (is_whole or carrier is None):
        key, written, endpoint = found[0]
        holder, step = value, escape(key)
    elif not found and not (has_status(value) or is_answer(value)) and (below := _below(value, body or carrier, 1)):
        step, written, holder, depth = below
        if carrier is not None and not _is_request(holder):
            return None
        endpoint = read_endpoint(written)
    else:
        return None
    around = value if carrier is None else value[carrier]
    at = body if carrier is None else _key_of_body(around)
    likely = [*around.values()] if at is None and carrier is not None else likely
    if not (any(is_body(one, endpoint) for one in likely) if at is None else _is_sent(around[at], endpoint)):
        return None
    body = carrier if endpoint.is_foreign and carrier is not None else body
    return Told(step, written, body, holder, endpoint, depth)


def pass_over(reader: "Extractor", value: dict[str, Any], told: Told, pointer: str, in_list: bool) -> None:
    """Pass over what is sent to another ad API, and read the rest."""
    reader.extracted.foreign += 1
    reader.headers_of(told.holder, pointer + told.holder_step)
    kept = {
        key: entry
        for key, entry in value.items()
        if key != told.top and (names_tiktok(entry) or not (key == told.body or is_body(entry, told.endpoint)))
    }
    reader.search(kept, pointer, in_list=in_list)


def search_holder(reader: "Extractor", told: Told, pointer: str) -> None:
    """Read the headers of an object that has the endpoint of a body beside it, and search what else it has."""
    at = pointer + told.holder_step
    reader.headers_of(told.holder, at)
    key = reference_tokens(f"/{told.step}")[told.depth]
    rest = {name: entry for name, entry in told.holder.items() if name not in (key, *ENDPOINT_KEYS)}
    reader.search(rest, at, in_list=True)


def certain(text: str) -> Endpoint | None:
    """The endpoint of TikTok's or another ad API that a text is, by its host, /open_api/ or a path of Smart+'s.

    Of another ad API it is one of campaigns, ad groups or ads: pictures and events of anything have its host.
    """
    if not any(mark in text for mark in _MARKS) or (line := _LINE.fullmatch(text.strip())) is None:
        return None
    endpoint = read_endpoint(line[1])
    if not (endpoint.is_tiktok or endpoint.is_foreign) or endpoint.is_page:
        return None
    if endpoint.is_foreign:
        from splint.schema.platforms import OF_PATHS  # few documents have URLs of other sites

        return endpoint if any(letters_of(step) in OF_PATHS for step in re.split("[/:]", endpoint.path)) else None
    return None if endpoint.is_bare and endpoint.path not in SMART_PLUS else endpoint


def is_body(value: object, endpoint: Endpoint) -> bool:
    """Whether a value under any key is a body by its fields, of the level of the endpoint where that is TikTok's."""
    if not isinstance(value, dict | str) or not isinstance(content := content_of(value), dict) or is_answered(content):
        return False
    if level_of(content) is None:
        return takes_body(endpoint.path) and is_body_of(content)
    return _is_sent(content, endpoint)


def _is_sent(value: object, endpoint: Endpoint) -> bool:
    """Whether what stands under the key of a body is plainly sent to an endpoint beside it.

    A payload by its keys is, where that is of its level, one of Smart+, or another ad API's; a bundle is many requests.
    What has a field of Smart+ alone is sent nowhere else by an endpoint that stands under no usual key.
    """
    content = content_of(value)
    if not endpoint.is_smart_plus and is_plainly_smart_plus(content):
        return False
    level = level_of(content) if isinstance(content, dict) else None
    if isinstance(content, dict) and is_bundle(content, level):
        return False
    if level is None or endpoint.is_smart_plus or endpoint.is_foreign:
        return True
    return f"/{level}/" in endpoint.path and not endpoint.path.endswith("/get/")


def endpoints_in(value: dict[str, Any]) -> list[tuple[str, str, Endpoint]]:
    """The endpoints in an object that are plainly TikTok's or another ad API's, with their keys."""
    read = [(key, entry, certain(entry)) for key, entry in value.items() if isinstance(entry, str)]
    return [
        (key, entry, endpoint)
        for key, entry, endpoint in read
        if endpoint and key not in TOOL_KEYS and not _is_aside(key) and not endpoint.path.startswith("/oauth2/")
    ]


def calls_tiktok(value: object) -> bool:
    """Whether a value has what may be a request to TikTok's, at any depth: mentions in headers and sentences are none.

    Nor is a URL under a key that says that it is for something else.
    """
    content = content_of(value) if isinstance(value, str) and begins_json(value) else value
    if isinstance(value, str) and not isinstance(content, dict | list):
        return names_tiktok(value) and (" " not in value.strip() or _COMMAND.search(value) is not None)
    if isinstance(content, list):
        return any(map(calls_tiktok, content))
    entries = content.items() if isinstance(content, dict) else ()
    return any(
        names_tiktok(key) or calls_tiktok(entry)
        for key, entry in entries
        if not (letters_of(key).endswith("headers") or (isinstance(entry, str) and _is_aside(key)))
    )


def _is_aside(key: str) -> bool:
    """Whether a key says that its URL is not the one that the body beside it is sent to."""
    return is_of_answer(key) or not _ASIDE.isdisjoint(re.split(r"[^a-z0-9]+", snake_case(key)))


def _may_be_body(value: object) -> bool:
    """Whether a value may be a body by its fields."""
    content = content_of(value) if isinstance(value, dict) or (isinstance(value, str) and begins_json(value)) else None
    return isinstance(content, dict) and ("advertiser_id" in content or level_of(content) is not None)


def _below(value: dict[str, Any], body: str | None, depth: int) -> tuple[str, str, dict[str, Any], int] | None:
    """The endpoint without a body below an object, if it is one: its pointer without the slash, it, where, how deep."""
    found = []
    for key, entry in value.items():
        if key in (body, GATEWAY_KEY) or not isinstance(entry, dict) or _is_aside(key):
            continue
        if _key_of_body(entry) is not None or any(map(_may_be_body, entry.values())):
            continue
        step, written = endpoint_in(entry)
        lines = [] if step else endpoints_in(entry)
        if lines:
            step, written = escape(lines[0][0]), lines[0][1]
        below = None
        if len(lines) > 1 or (step and certain(written) is None):
            continue
        if step:
            is_whole = any(one in entry for one in AROUND_REQUESTS)
            below = None if is_whole else (step, written, entry, depth)
        elif depth < _DEEPEST and sum(isinstance(one, dict | list) for one in entry.values()) == 1:
            below = _below(entry, None, depth + 1)
        if below is not None:
            found.append((f"{escape(key)}/{below[0]}", *below[1:]))
    if len(found) > 1:  # others may be of a page, or of what was done before
        found = [one for one in found if _is_request(one[2])]
    return found[0] if len(found) == 1 else None


def _is_request(value: dict[str, Any]) -> bool:
    """Whether an object has the method or the headers of a request."""
    return any(letters_of(key).endswith(_OF_REQUESTS) for key in value)


def _carrier(value: dict[str, Any]) -> tuple[str, bool] | None:
    """The key of the only object below one that has a body and no endpoint, and whether it has a method or headers."""
    found = []
    for key, entry in value.items():
        if not isinstance(entry, dict) or _is_aside(key):
            continue
        is_whole = _is_request(entry)
        if not (is_whole or _key_of_body(entry)) or not any(map(_may_be_body, entry.values())):
            continue
        if not (endpoint_in(entry)[0] or endpoints_in(entry)):
            found.append((key, is_whole))
    return found[0] if len(found) == 1 else None


def _key_of_body(value: dict[str, Any]) -> str | None:
    """The key of a body in an object, by the letters of such keys; None without one that may be."""
    joined = "\n".join(value).lower()
    if not any(one in joined for one in _IN_BODIES):
        return None
    keys = [key for key in value if letters_of(key) in _BODIES or letters_of(key).endswith(_ENDS_OF_BODIES)]
    for key in sorted(keys, key=lambda key: key in PARAMETER_KEYS):
        entry = value[key]
        if is_of_answer(key) or is_absent(entry) or is_answered(entry):
            continue
        is_text = isinstance(entry, str) and letters_of(key).endswith(_ENDS_OF_BODIES)
        if is_text or isinstance(content_of(entry), dict):
            return key
    return None
