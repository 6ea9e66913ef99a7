"""Endpoints that are keys of what is sent there, or of what OpenAPI says of a path, or are in a list of attributes."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from splint.formats import escape
from splint.payloads.addresses import at_base, may_tell
from splint.payloads.carried import is_plainly_smart_plus
from splint.payloads.endpoints import Endpoint, may_take_body
from splint.payloads.other_places import certain, is_body, told

if TYPE_CHECKING:
    from splint.payloads.extract import Extractor

_METHODS: Final = ("post", "put", "patch", "delete", "get")
"""The keys of what OpenAPI says of a path that may take a body."""
_SHOWN: Final = ("example", "examples")
"""The keys of whole bodies that it shows; what a schema shows may be a part of one."""


def read_keyed(reader: "Extractor", value: dict[str, Any], pointer: str, in_list: bool) -> bool:
    """Read what stands under keys that are endpoints, and then under the others; returns False if no key is one."""
    is_paths, left = pointer == "/paths", dict(value)
    base = _base(reader.document.value) if is_paths else ""
    for key, entry in value.items():
        if not isinstance(entry, dict | str) or "/" not in key:
            continue
        written = f"{base.rstrip('/')}{key}" if is_paths and "open_api/" not in key else key
        if (endpoint := certain(written)) is None:
            continue
        at = f"{pointer}/{escape(key)}"
        if is_paths and isinstance(entry, dict):
            _read_path(reader, endpoint, entry, at)
        elif not is_body(entry, endpoint):
            continue
        elif endpoint.is_foreign:
            reader.extracted.foreign += 1
        else:
            reader.request_body(written, entry, at)
        del left[key]
    if len(left) == len(value):
        return False
    reader.search(left, pointer, in_list=in_list)
    return True


def read_attributes(reader: "Extractor", value: list[Any], pointer: str) -> bool:
    """Read attributes, objects of a key and a value as OpenTelemetry and Jaeger write them, as a request.

    The value is a text, or an object of one by its type. Returns False if there is none.
    """
    texts, places = dict[str, Any](), dict[str, str]()
    for index, entry in enumerate(value):
        if not isinstance(entry, dict) or not isinstance(key := entry.get("key"), str):
            return False
        text, at = entry.get("value"), "value"
        if isinstance(text, dict) and isinstance(text.get("stringValue"), str):
            text, at = text["stringValue"], "value/stringValue"
        texts[key], places[key] = text, f"{index}/{at}"
    found = told(texts) if may_tell(texts, "") else None
    if found is None or found.body is None or found.depth:
        return False
    at = places[found.body]
    if found.endpoint.is_foreign:
        reader.extracted.foreign += 1
    else:
        reader.request_body(found.written, texts[found.body], f"{pointer}/{at}")
    for index, entry in enumerate(value):
        if not at.startswith(f"{index}/"):
            reader.search(entry, f"{pointer}/{index}", in_list=True)
    return True


def _base(document: dict[str, Any]) -> str:
    """What stands before all paths by OpenAPI or Swagger; empty where that is not one text."""
    servers = document.get("servers")
    if isinstance(servers, list):
        urls = [one.get("url") for one in servers if isinstance(one, dict)]
        return urls[0] if len(urls) == 1 and isinstance(urls[0], str) else ""
    return at_base(document, "") if isinstance(document.get("host"), str) and "basePath" in document else ""


def _read_path(reader: "Extractor", endpoint: Endpoint, path: dict[str, Any], pointer: str) -> None:
    """Read the bodies that OpenAPI shows for a path, and search what else it says of that; others are passed over."""
    takes, left = not endpoint.is_foreign and may_take_body(endpoint.path), dict(path)
    for method in filter(path.__contains__, _METHODS):
        operation, at = path[method], f"{pointer}/{method}/requestBody/content"
        if not isinstance(operation, dict):
            continue
        if not takes:
            left[method] = {
                key: one
                for key, one in operation.items()
                if key not in ("requestBody", "parameters") or is_plainly_smart_plus(one)
            }
            continue
        body = operation.get("requestBody")
        content = body.get("content") if isinstance(body, dict) else None
        if not isinstance(body, dict) or not isinstance(content, dict):
            continue
        for step, shown in _shown(content):
            reader.body(endpoint, shown, at + step, None, in_list=True)
        kept = {kind: _without_shown(one) for kind, one in content.items()}
        left[method] = {**operation, "requestBody": {**body, "content": kept}}
    reader.search(left, pointer, in_list=True)


def _shown(content: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The bodies that OpenAPI shows by kinds of MIME, with their pointers."""
    for kind, media in content.items():
        at = f"/{escape(kind)}"
        if isinstance(media, dict) and isinstance(media.get("example"), dict):
            yield f"{at}/example", media["example"]
        examples = media.get("examples") if isinstance(media, dict) else None
        for name, one in examples.items() if isinstance(examples, dict) else ():
            if isinstance(one, dict) and isinstance(one.get("value"), dict):
                yield f"{at}/examples/{escape(name)}/value", one["value"]


def _without_shown(media: object) -> object:
    return {key: one for key, one in media.items() if key not in _SHOWN} if isinstance(media, dict) else media
