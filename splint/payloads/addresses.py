"""Where an envelope has its endpoint: in one text, in parts, or behind a base that stands elsewhere."""

import re
from typing import Any

from splint.schema.envelopes import BASE_URL_KEYS, ENDPOINT_KEYS
from splint.schema.placeholders import STARTS

_VARIABLE = re.compile(r"\{\{\s*([^{}\s]+)\s*\}\}")
"""A variable of Postman."""
_DEEPEST = 4
"""How often the text of a variable may have others."""
_LONGEST = 1000
"""The most characters of a URL with the texts of variables."""


def endpoint_in(value: dict[str, Any]) -> tuple[str, str]:
    """The pointer, from an envelope, of its endpoint without the slash, and the endpoint; empty without any.

    Postman has an object of a URL and its parts, or of the parts alone, nock the host under `scope`, axios a base
    under `baseURL`.
    """
    for key in ENDPOINT_KEYS:
        written = value.get(key)
        if isinstance(written, str):
            written = _at_host(value.get("scope"), written) if "scope" in value else written
            return key, written if BASE_URL_KEYS.isdisjoint(value) else _at_base(value, written)
        if isinstance(written, dict):
            for whole in ("raw", "full"):
                if isinstance(written.get(whole), str):
                    return f"{key}/{whole}", written[whole]
            if url := _joined(written):
                return key, url
    return "", ""


def endpoint_of(value: dict[str, Any], document: object) -> tuple[str, str]:
    """The same with the texts that a collection of Postman, which the document is, gives its variables."""
    step, written = endpoint_in(value)
    return step, _filled(written, document) if "{{" in written else written


def _joined(parts: dict[str, Any]) -> str:
    """The URL of a host and a path, each a text or a list of its parts; empty without them."""
    host, path = _of_parts(parts.get("host"), "."), _of_parts(parts.get("path"), "/")
    scheme = "" if host.startswith(STARTS) else "https://"
    return f"{scheme}{host.rstrip('/')}/{path.lstrip('/')}" if host and path else ""


def _of_parts(written: object, joint: str) -> str:
    """A text, or the one that a list of texts makes up; empty for anything else."""
    parts = written if isinstance(written, list) else [written]
    texts = [part for part in parts if isinstance(part, str)]
    return joint.join(texts) if len(texts) == len(parts) else ""


def _at_host(scope: object, written: str) -> str:
    """A path behind the scheme and host that stand as a scope beside it; any other endpoint as it is."""
    is_host = isinstance(scope, str) and re.fullmatch(r"https?://[^/\s]+/?", scope) is not None
    return f"{scope}".rstrip("/") + written if is_host and written.startswith("/") else written


def _at_base(value: dict[str, Any], written: str) -> str:
    """A path behind the base that stands beside it, or behind a variable where that is no text; a URL as it is."""
    base = next(value[key] for key in value if key in BASE_URL_KEYS)
    if "://" in written or written.startswith(STARTS):
        return written
    is_told = isinstance(base, str) and base.strip()
    return f"{base.strip().rstrip('/') if is_told else '${base}'}/{written.lstrip('/')}"


def _filled(written: str, document: object) -> str:
    """An endpoint with the texts of a collection's variables."""
    variables = document.get("variable") if isinstance(document, dict) else None
    if not isinstance(variables, list):
        return written
    texts = dict[str, set[str]]()
    for one in variables:
        if isinstance(one, dict) and isinstance(one.get("key"), str) and not one.get("disabled"):
            texts.setdefault(one["key"], set()).add(f"{one.get('value') or ''}")

    def text_of(use: re.Match[str]) -> str:
        told = texts.get(use[1], set())
        return next(iter(told)) or use[0] if len(told) == 1 else use[0]

    for _ in range(_DEEPEST):
        made = _VARIABLE.sub(text_of, written)
        if made == written or len(made) > _LONGEST:
            break
        written = made
    return written
