"""Finds answers of TikTok in what people have of them: JSON, lines of logs and journals, bare messages."""

import json
import re
from ast import literal_eval
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from splint.payloads.endpoints import read_endpoint
from splint.refusals.codes import CODES
from splint.schema.envelopes import ENDPOINT_KEYS

MOST_CHARS = 4_000
"""The rest of a longer line that is no JSON is not read."""
_ATTEMPTS = 200
"""So many braces of a line that begin no JSON are tried."""
_JOINED = 20_000_000
"""So many characters are read in vain to find where JSON of several lines ends."""
_DEPTH = 12
_MESSAGE_KEYS = ("message", "msg", "error_message", "why")
_CODED = re.compile(r"""[\\"']*\bcode[\\"']*\s*[:=]\s*[\\"']*(?P<code>0|[2456]\d{4})\b""", re.IGNORECASE)
"""The code of an answer that is cut off or is no JSON: `"code": 40002`, `\\"code\\":40002`, `code=40002`."""
_TOLD = re.compile(
    r"""[\\"']*\b(?:message|msg)[\\"']*\s*[:=]\s*(?P<quote>\\*["'])?"""
    r"""(?P<text>(?(quote)(?:(?!(?P=quote)).)*|(?:(?!\s+(?:request_id|log_?id|at|path|url|endpoint)=)[^,;}])*))""",
    re.IGNORECASE | re.DOTALL,
)
"""Its message; without quotes it ends before the log's own keys (`message=... request_id=... at=...`)."""
_CODE = r"(?P<code>[2456]\d{4})\b"
_KNOWN = rf"(?P<known>{'|'.join(str(code) for code in CODES if code)})\b(?!\]\s*\[(?-i:TRACE|DEBUG|INFO)\b)"
"""A code that the table has; before a level it is the id of a process (`[40002] [INFO] started`)."""
_PREFIX = re.compile(
    rf"(?:(?:\bcode\s*[:=#]?\s*|(?:error|exception)\s*[:=#]?\s*\(?){_CODE}|(?:(?<!\w)\[(?=\d+\])|^\W*){_KNOWN})"
    r"[\s:,;\-\])]*",
    re.IGNORECASE,
)
"""What stands before a message: `TikTok API error 40002: `, `code 40002: `, `12:00 ERROR [40002] `, `(40002) `."""
_OPENED = re.compile(r"(?P<openings>[('\"]*?)(?:\b(?:error|code)\s*[:=#]?\s*)?[\[(]?\Z", re.IGNORECASE)
"""What opens before a prefix and closes behind the message: `TikTokError('[40002] ...')`."""
_QUOTED = re.compile(r"(?P<quote>['\"])(?P<text>(?:(?!(?P=quote)).)*)(?P=quote)\)?")
"""A message in quotes behind its code: `TikTokError(40002, '...')`."""
_APART = re.compile(r"\s*[\[(](?!['\"])[^\[\]()]*\bcode\b\W*(?P<code>[2456]\d{4})\b[^\[\]()]*[\])]\W*", re.IGNORECASE)
"""A code in brackets, behind a message or before it: `(code: 40002, request_id: 2026...)`."""
_ALONE = re.compile(r"[2456]\d{4}")
"""A code of TikTok's that marks an answer without a message too."""
_SPOKEN = re.compile(rf"\bcode\W{{0,6}}[2456]\d{{4}}\b|(?<!\w)\[{_KNOWN}\]", re.IGNORECASE)
_QUIET = re.compile(r"\b(?:TRACE|DEBUG|INFO)\b")
"""The levels of lines of a log that tell of no refusal unless a code does."""
_REQUEST = re.compile(r"""\b(?:request_id|log_?id)[\\"']*\s*[:=]\s*[\\"']*(?P<id>[0-9A-Za-z-]{6,})""", re.IGNORECASE)
_REQUEST_TAIL = re.compile(r"[\s,;(\[]*\b(?:request_id|log_?id)\b\W*[0-9A-Za-z-]{6,}\W*$", re.IGNORECASE)
_PATH = re.compile(r"(?:/?open_api)?(?:/?v\d\.\d)?/?\bsmart_plus(?:/[a-z_]+)+/?|/?open_api/v\d\.\d(?:/[a-z_]+)+/?")
_COLOUR = re.compile(r"\x1b\[[\d;]*m")
_STAMP = re.compile(
    r"^\s*(?:\[?(?:\d{4}-\d\d-\d\d[T ])?\d\d:\d\d(?::\d\d)?(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?\]?\s*)?"
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
    """The answers in a value, a text or bytes, in their order."""
    if isinstance(given, bytes | bytearray):
        given = bytes(given).decode("utf-8-sig", "replace")
    return list(_in_text(given) if isinstance(given, str) else _in_value(given, 0))


def without_ok(found: Sequence[Answer]) -> Sequence[Answer]:
    """Answers without those that are plainly ok; of nothing but such the first."""
    return [answer for answer in found if answer.code != 0] or found[:1]


def path_of(endpoint: str) -> str:
    """The path of an endpoint, however it is spelled: `/smart_plus/ad/create/`."""
    return read_endpoint(endpoint).path


def _in_value(value: Any, depth: int) -> Iterator[Answer]:
    """The answers in a JSON value: those with a code, else bare messages; of a list in each entry."""
    if isinstance(value, list) and depth <= _DEPTH:
        yield from _side_by_side(("", _in_value(entry, depth + 1)) for entry in value)
        return
    coded = list(_coded(value, None, depth))
    yield from coded or _bare(value, None, depth)


def _side_by_side(parts: Iterable[tuple[str, Iterable[Answer]]]) -> list[Answer]:
    """The answers of lines or entries; beside a code, what has none may be any line of a log."""
    found = [(line, answer) for line, answers in parts for answer in answers]
    if all(answer.code is None for _, answer in found):
        return [answer for _, answer in found]
    return [
        answer if answer.code is not None else answer._replace(is_logged=True)
        for line, answer in found
        if answer.code is not None or not _QUIET.search(line)
    ]


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


def _in_text(text: str) -> list[Answer]:
    """The answers in a text: of JSON, or of each line, of which JSON may take several."""
    text = _COLOUR.sub("", text)
    value = _loaded(text)
    if value is not None:
        return list(_in_value(value, 0))
    return _side_by_side((line[:MOST_CHARS], _in_line(line, 0)) for line in _lines(text) if line.strip())


def _loaded(text: str) -> Any:
    """The object or list that a text is; None for any other."""
    try:
        value = json.loads(text) if "{" in text or '"' in text else None
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict | list) else None


def _lines(text: str) -> Iterator[str]:
    """The lines of a text, those that an object of JSON stands on together."""
    lines = text.splitlines(keepends=True)
    begin, left = 0, _JOINED
    while begin < len(lines):
        joined, size, at, failed = lines[begin], 1, 0, 0
        while failed < _ATTEMPTS and (at := joined.find("{", at)) >= 0:
            more, end = size, _end_of_object(joined, at)
            while end is None and begin + more < len(lines) and left > 0:
                more *= 2
                longer = "".join(lines[begin : begin + more])
                left -= len(longer)
                end = _end_of_object(longer, at)
                if end is None and begin + more >= len(lines):
                    end = len(longer)  # it is cut off
            while end and len(joined) < end:
                joined += lines[begin + size]
                size += 1
            at, failed = (end, failed) if end else (at + 1, failed + 1)
        yield joined
        begin += size


def _end_of_object(text: str, at: int) -> int | None:
    """Where the object ends that begins at a brace; 0 where it is none, None where the text ends before it."""
    try:
        return json.JSONDecoder().raw_decode(text, at)[1]
    except json.JSONDecodeError as error:
        return 0 if text[error.pos :].strip() else None
    except (ValueError, RecursionError):
        return 0


def _in_line(line: str, depth: int) -> Iterator[Answer]:
    """The answers in a line, else the line as the message of one."""
    value = _loaded(line)
    if value is not None:
        yield from _in_value(value, depth + 1)
        return
    parsed = list(_parsed(line, depth))
    yield from parsed
    told = _spoken(_outside(line) if parsed else line)
    codes = {answer.code for answer in parsed}
    if told is not None and (not parsed or (told.code is not None and told.code not in codes)):
        yield told


def _spoken(line: str) -> Answer | None:
    """The answer that a line tells in words, else the line as the message of one."""
    line = line[:MOST_CHARS]
    path = _path(line)
    request = _REQUEST.search(line)
    request_id = request["id"] if request else None
    coded, told = _CODED.search(line), _TOLD.search(line)
    if coded and told:
        return Answer(_unescaped(told["text"]).strip(), int(coded["code"]), request_id, path)
    stamp = _STAMP.match(line)
    rest = line[stamp.end() :] if stamp else line
    if apart := _APART.search(rest):
        return Answer((rest[apart.end() :] or rest[: apart.start()]).strip(), int(apart["code"]), request_id, path)
    rest = _REQUEST_TAIL.sub("", rest).strip()
    is_logged = len(rest) < len(line.strip()) and coded is None
    if before := _PREFIX.search(rest):
        message = _unescaped(told["text"]) if told else _behind(before)
        return Answer(message.strip(), int(before["code"] or before["known"]), request_id, path)
    if rest.strip(" \"'{}[](),;:\ufffd"):
        is_quoted = rest[0] == rest[-1] and rest[0] in "\"'" and rest[0] not in rest[1:-1]
        return Answer(rest[1:-1] if is_quoted else rest, None, request_id, path, is_logged=is_logged)
    return None


def _behind(prefix: re.Match[str]) -> str:
    """The message after a prefix, without the closing quotes and brackets of openings before it.

    If nothing follows a code in brackets, the text before it.
    """
    text = prefix.string
    opened = _OPENED.search(text, 0, prefix.start("code") if prefix["code"] else prefix.start("known"))
    message = text[prefix.end() :].strip()
    for opening in opened["openings"] if opened else "":
        message = message.removesuffix(")" if opening == "(" else opening)
    if quoted := _QUOTED.fullmatch(message):
        return quoted["text"]
    return message if message or prefix["code"] else text[: prefix.start()]


def _objects(text: str) -> Iterator[tuple[int, int, Any]]:
    """The JSON objects in a text: where each begins and ends, and its value."""
    decoder, at, failed = json.JSONDecoder(), 0, 0
    while failed < _ATTEMPTS and (at := text.find("{", at)) >= 0:
        try:
            value, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            at, failed = at + 1, failed + 1
            continue
        yield at, end, value
        at = end


def _outside(text: str) -> str:
    """A text without the JSON objects in it."""
    begin, parts = 0, []
    for start, end, _ in _objects(text):
        parts.append(text[begin:start])
        begin = end
    return " ".join([*parts, text[begin:]])


def _parsed(text: str, depth: int) -> Iterator[Answer]:
    """The answers of the JSON objects in a text, escaped or not, and of the dicts of Python."""
    if "{" not in text or depth > _DEPTH:
        return
    path, found = _path(text[:MOST_CHARS]), False
    for _, _, value in _objects(text):
        for answer in _coded(value, path, depth + 1):
            found = True
            yield answer
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
