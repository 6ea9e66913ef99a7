"""Where an envelope has its endpoint: in one text, in parts, or behind a base that stands elsewhere."""

import re
from collections.abc import Iterator
from typing import Any

from splint.formats import reference_tokens
from splint.formats.pointer import member
from splint.schema.envelopes import BASE_URL_KEYS, ENDPOINT_KEYS, TEXT_KEYS
from splint.schema.placeholders import UNKNOWN

_VARIABLE = re.compile(r"\{\{\s*([^{}\s]+)\s*\}\}")
"""A variable of Postman."""
_STEP = re.compile(r"(?<=/):([A-Za-z_]\w*)(?=[/?#]|\Z)")
"""A step of a path that is a variable of a URL of Postman's."""
_OF_OBJECTS = re.compile(r"/?(?:campaign|adgroup|ad)/")
"""What a path of campaigns, ad groups or ads begins with where its base stands elsewhere."""
_KEYS = frozenset(ENDPOINT_KEYS)
_OF_HOSTS = ("api", "graph.", "tiktok", "://ad.", "://backstage.")
"""What the URLs of TikTok and of all other ad APIs have one of."""
_MOST_BESIDE = 32
"""The most objects beside each other of which one may have a base."""
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
            return key, at_base(value, written) if _has_base(value) else written
        if isinstance(written, dict):
            for whole in ("raw", "full"):
                if isinstance(written.get(whole), str):
                    return f"{key}/{whole}", _with_steps(written[whole], written)
            if url := _joined(written):
                return key, _with_steps(url, written)
    return "", ""


def may_tell(value: dict[str, Any], pointer: str) -> bool:
    """Whether an object without a usual key of an endpoint may have one elsewhere, beside a body: a cheap test."""
    has_body, has_url, has_object = not TEXT_KEYS.isdisjoint(value), False, False
    for key, entry in value.items():
        if isinstance(entry, str):
            has_url = has_url or ("/" in entry and _may_be_url(entry))
            has_body = has_body or entry[:1] == "{"
        elif isinstance(entry, dict):
            has_object, has_body = True, has_body or key[-4:].lower() in ("body", "load")
            has_url = has_url or not _KEYS.isdisjoint(entry)
            if "/" in key and _may_be_url(key):
                return True
    return (has_object and (has_url or has_body)) or (has_url and has_body) or pointer == "/paths"


def _may_be_url(text: str) -> bool:
    """Whether a text may be a URL of TikTok's or another ad API."""
    if "://" in text and any(word in text for word in _OF_HOSTS):
        return True
    return "open_api/" in text or "smart_plus/" in text or "/v1." in text


def endpoint_of(value: dict[str, Any], document: object, pointer: str) -> tuple[str, str]:
    """The same of an envelope at a pointer of a document, with what this has elsewhere.

    That is the texts that a collection of Postman, or a folder in it, gives its variables, and the base of a path of
    campaigns, ad groups or ads in an object around, or beside that.
    """
    step, written = endpoint_in(value)
    if pointer and _OF_OBJECTS.match(written) and not _has_base(value) and "scope" not in value:
        written = next((at_base(one, written) for one in _with_bases(document, pointer)), written)
    return step, _filled(written, document, pointer) if "{{" in written else written


def _around(document: object, pointer: str) -> list[Any]:
    """What is around the value at a pointer, from the next one on to the document."""
    around = [document]
    for token in reference_tokens(pointer)[:-1]:
        around.append(member(around[-1], token))
    return around[::-1]


def _with_bases(document: object, pointer: str) -> Iterator[dict[str, Any]]:
    """The objects with a base around the value at a pointer, or alone beside one of these, the next ones first."""
    for around in _around(document, pointer):
        if isinstance(around, dict):
            entries = around.values() if len(around) <= _MOST_BESIDE else ()
            beside = [one for one in entries if isinstance(one, dict) and _has_base(one)]
            yield from [around] if _has_base(around) else beside if len(beside) == 1 else ()


def _with_steps(url: str, parts: dict[str, Any]) -> str:
    """A URL of Postman with the values of the steps of its path that are variables, or with other variables."""
    variables = parts.get("variable")
    if not isinstance(variables, list) or "/:" not in url:
        return _STEP.sub(r"${\1}", url) if "/:" in url else url
    texts = _texts_of(variables)
    return _STEP.sub(lambda step: _only(texts.get(step[1])) or f"${{{step[1]}}}", url)


def _joined(parts: dict[str, Any]) -> str:
    """The URL of a host and a path, each a text or a list of its parts; empty without them."""
    host, path = _of_parts(parts.get("host"), "."), _of_parts(parts.get("path"), "/")
    scheme = "" if _begins_open(host) else "https://"
    return f"{scheme}{host.rstrip('/')}/{path.lstrip('/')}" if host and path else ""


def _begins_open(written: str) -> bool:
    """Whether what a host or a path begins with is not known."""
    from splint.payloads.open_endpoints import with_marks  # few documents have endpoints in parts

    return with_marks(written).startswith(UNKNOWN)


def _of_parts(written: object, joint: str) -> str:
    """A text, or the one that a list of texts makes up; empty for anything else."""
    parts = written if isinstance(written, list) else [written]
    texts = [part for part in parts if isinstance(part, str)]
    return joint.join(texts) if len(texts) == len(parts) else ""


def _at_host(scope: object, written: str) -> str:
    """A path behind the scheme and host that stand as a scope beside it; any other endpoint as it is."""
    is_host = isinstance(scope, str) and re.fullmatch(r"https?://[^/\s]+/?", scope) is not None
    return f"{scope}".rstrip("/") + written if is_host and written.startswith("/") else written


def _has_base(value: dict[str, Any]) -> bool:
    """Whether an object has what stands before a path; Swagger has a host and its `basePath`."""
    return not BASE_URL_KEYS.isdisjoint(value) or ("basePath" in value and isinstance(value.get("host"), str))


def at_base(value: dict[str, Any], written: str) -> str:
    """A path behind the base that an object has, or behind a variable where that is no text; a URL as it is."""
    if "://" in written or _begins_open(written):
        return written
    base = next((value[key] for key in value if key in BASE_URL_KEYS), None)
    if base is None and "basePath" in value:
        base = _joined({"host": value["host"], "path": value["basePath"]})
    told = base.strip().rstrip("/") if isinstance(base, str) else ""
    return f"{told or '${base}'}/{written.lstrip('/')}"


def _filled(written: str, document: object, pointer: str) -> str:
    """An endpoint with the texts of the variables of a collection, and of its folders: the next ones count."""
    texts = dict[str, set[str]]()
    for around in _around(document, f"{pointer}/"):
        variables = around.get("variable") if isinstance(around, dict) else None
        if isinstance(variables, list):
            texts = {**_texts_of(variables), **texts}

    for _ in range(_DEEPEST):
        made = _VARIABLE.sub(lambda use: _only(texts.get(use[1])) or use[0], written)
        if made == written or len(made) > _LONGEST:
            break
        written = made
    return written


def _texts_of(variables: list[Any]) -> dict[str, set[str]]:
    """The texts of variables of Postman by their keys, or ids."""
    texts = dict[str, set[str]]()
    for one in variables:
        name = (one.get("key") or one.get("id")) if isinstance(one, dict) else None
        if isinstance(name, str) and not one.get("disabled"):
            texts.setdefault(name, set()).add(f"{one.get('value') or ''}")
    return texts


def _only(texts: set[str] | None) -> str:
    """The text of a variable that has one; empty for any other."""
    return next(iter(texts)) if texts is not None and len(texts) == 1 else ""
