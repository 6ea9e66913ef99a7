"""Finds answers of TikTok in what people have of them: JSON, lines of logs and journals, bare messages."""

import json
import re
from ast import literal_eval
from collections.abc import Iterator
from typing import Any, NamedTuple

from splint.payloads.endpoints import read_endpoint
from splint.schema.vocabulary import ENDPOINT_KEYS

MOST = 1000
"""So many answers of one input are read."""
MOST_CHARS = 4_000
"""The rest of a longer line that is no JSON is not read."""
_ATTEMPTS = 200
"""So many braces of a text that begin no JSON are tried."""
_DEPTH = 12
_MESSAGE_KEYS = ("message", "msg", "error_message", "why")
_CODED = re.compile(r"""[\\"']*\bcode[\\"']*\s*[:=]\s*[\\"']*(?P<code>-?\d{1,6})\b""", re.IGNORECASE)
"""The code of an answer that is cut off or is no JSON: `"code": 40002`, `\\"code\\":40002`, `code=40002`."""
_TOLD = re.compile(
    r"""[\\"']*\b(?:message|msg)[\\"']*\s*[:=]\s*(?P<quote>\\*["'])?"""
    r"""(?P<text>(?(quote)(?:(?!(?P=quote)).)*|[^,;}]*))""",
    re.IGNORECASE | re.DOTALL,
)
_PREFIX = re.compile(
    r"^.*?(?:\b(?:error\s+)?code\s*[:=#]?\s*|\berror\s*[:=#]?\s*\(?|^\W*)\b(?P<code>[2456]\d{4})\b[\s:,;\-\])]*",
    re.IGNORECASE,
)
"""What stands before a message: `TikTok API error 40002: `, `[40002] `, `(40002) `, `code 40002: `."""
_APART = re.compile(r"\s*[\[(][^\[\]()]*\bcode\b\W*(?P<code>[2456]\d{4})\b[^\[\]()]*[\])]\W*", re.IGNORECASE)
"""A code in brackets, behind a message or before it: `(code: 40002, request_id: 2026...)`."""
_ALONE = re.compile(r"[2456]\d{4}")
"""A code of TikTok's that marks an answer without a message too."""
_SPOKEN = re.compile(r"\bcode\W{0,6}[2456]\d{4}\b", re.IGNORECASE)
_REQUEST = re.compile(r"""\b(?:request_id|log_?id)[\\"']*\s*[:=]\s*[\\"']*(?P<id>[0-9A-Za-z-]{6,})""", re.IGNORECASE)
_REQUEST_TAIL = re.compile(r"[\s,;(\[]*\b(?:request_id|log_?id)\b\W*[0-9A-Za-z-]{6,}\W*$", re.IGNORECASE)
_PATH = re.compile(r"(?:/?open_api)?(?:/?v\d\.\d)?/?\bsmart_plus(?:/[a-z_]+)+/?|/?open_api/v\d\.\d(?:/[a-z_]+)+/?")
_STAMP = re.compile(
    r"^\s*(?:\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?\]?\s*)?"
    r"(?:\[?(?:DEBUG|INFO|WARN(?:ING)?|ERROR|CRITICAL|FATAL)\]?\b:?\s*)?(?:[\w.]+\s+-\s+)?"
)


class Answer(NamedTuple):
    """An answer of TikTok, as far as it is known."""

    message: str
    code: int | None = None
    request_id: str | None = None
    endpoint: str | None = None
    """The path that was asked, as `Endpoint.path`."""
    object: str | None = None
    """The pointer of the object in the bundle, of a journal's line."""
    is_logged: bool = False
    """Whether it is a line of a log without anything that marks an answer."""


def answers(given: Any) -> list[Answer]:
    """The answers in a value, a text or bytes, in their order; beside refusals none that is plainly ok."""
    if isinstance(given, bytes | bytearray):
        given = bytes(given).decode("utf-8-sig", "replace")
    found = list(_in_text(given) if isinstance(given, str) else _in_value(given))[:MOST]
    return [answer for answer in found if answer.code != 0] or found[:1]


def path_of(endpoint: str) -> str:
    """The path of an endpoint, however it is spelled: `/smart_plus/ad/create/`."""
    return read_endpoint(endpoint).path


def _in_value(value: Any) -> Iterator[Answer]:
    """The answers in a JSON value: those with a code, else bare messages."""
    coded = list(_coded(value, None, 0))
    yield from coded or _bare(value, None, 0)


def _coded(value: Any, path: str | None, depth: int) -> Iterator[Answer]:
    if depth > _DEPTH:
        return
    if isinstance(value, dict):
        path = _path_in(value) or path
        code = _code(value.get("code"))
        message = next((value[key] for key in _MESSAGE_KEYS if isinstance(value.get(key), str)), None)
        inner = [one for key, entry in value.items() if key != "why" for one in _coded(entry, path, depth + 1)]
        at = value.get("object")
        if inner:
            yield from (answer._replace(object=at) if isinstance(at, str) else answer for answer in inner)
        elif code is not None and (message is not None or _ALONE.fullmatch(str(code))):
            message = message or ""
            if "why" in value and "message" not in value:
                message = re.sub(r"^code -?\d+: ", "", message)
            request_id = value.get("request_id") or value.get("log_id")
            named = str(request_id) if isinstance(request_id, str | int) and "why" not in value else None
            yield Answer(message, code, named, path, at if isinstance(at, str) else None)
    elif isinstance(value, list):
        for entry in value:
            yield from _coded(entry, path, depth + 1)
    elif isinstance(value, str) and (_SPOKEN.search(value) or ("{" in value and "code" in value)):
        for answer in _in_line(value, depth + 1):
            if answer.code is not None:
                yield answer._replace(endpoint=answer.endpoint or path)


def _bare(value: Any, path: str | None, depth: int) -> Iterator[Answer]:
    """Messages without a code: of answers that somebody wrote down."""
    if depth > _DEPTH:
        return
    if isinstance(value, dict):
        path = _path_in(value) or path
        message = next((value[key] for key in _MESSAGE_KEYS if isinstance(value.get(key), str)), None)
        if message is not None and message.strip():
            for answer in _in_line(message, depth + 1):
                yield answer._replace(endpoint=answer.endpoint or path)
            return
    for entry in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _bare(entry, path, depth + 1)


def _in_text(text: str) -> Iterator[Answer]:
    """The answers in a text: of JSON, of each line, or of several lines together."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        value = None
    if isinstance(value, dict | list):
        yield from _in_value(value)
        return
    whole = list(_parsed(text, 0)) if "{" in text else []
    if whole:
        yield from whole
        return
    lines = [answer for line in text.splitlines() if line.strip() for answer in _in_line(line, 0)]
    coded = [answer for answer in lines if answer.code is not None]
    yield from coded or lines


def _in_line(line: str, depth: int) -> Iterator[Answer]:
    """The answers in a line, else the line as the message of one."""
    parsed = list(_parsed(line, depth))
    if parsed:
        yield from parsed
        return
    line = line[:MOST_CHARS]
    path = _path(line)
    request = _REQUEST.search(line)
    request_id = request["id"] if request else None
    coded, told = _CODED.search(line), _TOLD.search(line)
    if coded and told:
        yield Answer(_unescaped(told["text"]).strip(), int(coded["code"]), request_id, path)
        return
    stamp = _STAMP.match(line)
    rest = line[stamp.end() :] if stamp else line
    if apart := _APART.search(rest):
        yield Answer((rest[apart.end() :] or rest[: apart.start()]).strip(), int(apart["code"]), request_id, path)
        return
    rest = _REQUEST_TAIL.sub("", rest).strip()
    is_logged = len(rest) < len(line.strip()) and coded is None
    if before := _PREFIX.search(rest):
        message = _unescaped(told["text"]) if told else rest[before.end() :]
        yield Answer(message.strip(), int(before["code"]), request_id, path)
        return
    if rest.strip(" \"'{}[](),;:\ufffd"):
        is_quoted = rest[0] == rest[-1] and rest[0] in "\"'" and rest[0] not in rest[1:-1]
        yield Answer(rest[1:-1] if is_quoted else rest, None, request_id, path, is_logged=is_logged)


def _parsed(text: str, depth: int) -> Iterator[Answer]:
    """The answers of the JSON objects in a text, escaped or not, and of the dicts of Python."""
    if "{" not in text or depth > _DEPTH:
        return
    decoder, at, path, found, failed = json.JSONDecoder(), 0, _path(text[:MOST_CHARS]), False, 0
    while failed < _ATTEMPTS and (at := text.find("{", at)) >= 0:
        try:
            value, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            at, failed = at + 1, failed + 1
            continue
        for answer in _coded(value, path, depth + 1):
            found = True
            yield answer
        at = end
    if found:
        return
    if '\\"' in text:
        yield from _parsed(_unescaped(text), depth + 1)
        return
    for match in re.finditer(r"\{[^{}]*'code'[^{}]*(?:\{[^{}]*\}[^{}]*)*\}", text[:MOST_CHARS]):
        try:
            yield from _coded(literal_eval(match[0]), path, depth + 1)
        except (ValueError, SyntaxError, RecursionError):
            continue


def _unescaped(text: str) -> str:
    """A text with one level of JSON's escapes of quotes and backslashes taken off."""
    return re.sub(r'\\(["\\/])', r"\1", text)


def _code(value: Any) -> int | None:
    """A code, written as a number or as its digits."""
    if isinstance(value, bool):
        return None
    if isinstance(value, str) and re.fullmatch(r"-?\d{1,6}", value):
        return int(value)
    return value if isinstance(value, int) else None


def _path_in(value: dict[str, Any]) -> str | None:
    for key in ENDPOINT_KEYS:
        if isinstance(text := value.get(key), str) and (path := _path(text)):
            return path
    return None


def _path(text: str) -> str | None:
    """The endpoint that a text names, as a path; None where it names none."""
    match = _PATH.search(text)
    return read_endpoint(match[0]).path if match else None
