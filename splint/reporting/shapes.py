"""Recognizes credentials by their shape, or by the command that receives them."""

import re
from collections.abc import Generator, Iterator

from splint.reporting.credential_names import is_credential, is_stand_in

Stretch = tuple[int, int]

_WORD = r"(?:\"(?:\\.|[^\"\\])*+\"|'[^']*+'|\$\((?:[^()\n]|\([^()\n]*\))*+\)|`[^`\n]*+`|\\.|[^\s\"'\\;|&<>()`])++"
"""A shell word."""
_PREFIXED = re.compile(
    r"(?<![A-Za-z0-9])(?:gh[pousr]_\w{8,}|github_pat_\w{8,}|glpat-[\w-]{8,}|AKIA[A-Z0-9]{12,}|sk_(?:live|test)_\w{8,}|xox[a-z]-[\w-]{8,}"
    r"|eyJ[\w-]{8,}(?:\.[\w-]*+)*+)"
)
_BEARER = re.compile(r"\bbearer(?:\s|\\[nt])++(?P<value>[^\s\"'\\,;)}\]`]{8,})", re.IGNORECASE)
_BEGIN = re.compile(r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY[A-Z ]{0,20}-----")
_BASE64 = re.compile(r"[A-Za-z0-9+/=\s\\]*+")
_OPTION = re.compile(
    r"(?<![\w-])(?:(?P<pair>-[A-Za-z#]*[uUE]|--(?:proxy-)?(?:user|cert))|(?P<jar>-[A-Za-z#]*b|--cookie)"
    r"|--(?:oauth2-bearer|(?:[a-z0-9]+-)*(?:pass|tlspassword|password|token|secret|passphrase|api-key))"
    r"|(?P<proxy>-[A-Za-z#]*x|--(?:(?:pre)?proxy|proxy1\.0|socks(?:4a?|5(?:-hostname)?))(?![\w.-])))"
    rf"(?:=|\s|\\\r?\n)*+(?P<value>{_WORD})",
    re.DOTALL,
)
_PRINTED = re.compile(r"[:=][ \t]*+(?:[A-Za-z]+[ \t]++)?%s[^\"'\n]{0,40}[\"'](?P<value>[^\n;|]{0,4000})")
_STATED = re.compile(
    r"s?(?:[ \t](?:key|code|value|token)s?)?"
    r"(?:[ \t]{1,8}(?:is|are|was)[ \t:]{1,8}|[ \t]{1,8}(?:[-=>:<\u2013\u2014]{1,3}[ \t]{1,8})?"
    r"|(?:</?\w{1,10}>|[ \t:*]){0,8}(?:[`*>]|</?\w{1,10}>)[ \t:*`]{0,8})"
    r"(?P<quote>[`\"'*]{0,3})(?!-)(?P<value>[^\s`\"'*<>]{8,})",
    re.IGNORECASE,
)
_ROW = re.compile(r"^[ \t#/*>]*+\|[ \t]*+(?P<name>[^|\r\n]{1,80})\|(?P<rest>[^\r\n]*+)", re.MULTILINE)
_CELL = re.compile(r"[^|]+")
_ID = re.compile(r"(?<!session)_ids?$|^type$", re.IGNORECASE)
_ITEM = re.compile(
    r"(?P<quote>\\*[\"'])(?P<text>(?:(?!(?P=quote))(?:\\.|.))*+)(?:(?P=quote))?|(?P<bare>[^\s,:\[\]{}\"'\\]+)|(?P<mark>[\[\]{}])"
)
_COLON = re.compile(r"\s{0,20}:")
_MOST = 20_000
"""The most characters of a list, an object or a private key."""
_LOGIN = re.compile(
    r"(?<![^\s\"'=(,])(?!mailto:)[^\s:/@\"'?#=,]{0,80}:(?P<value>[^\s/\"'?#]{1,200})@(?!sha\d)[^\s/\"'?#@:]{1,255}(?P<port>:\d)?"
)
"""A login before a host without a scheme, as curl takes it for a URL or a proxy."""
_USER = re.compile(r"://(?P<value>[^\s/:@\"'?#]{16,})@")


def shapes(text: str, lowered: str) -> Iterator[Stretch]:
    """The ranges of credentials in a text, unsorted; `lowered` is the text in lower case."""
    yield from (match.span() for match in _PREFIXED.finditer(text))
    if "-----begin" in lowered:
        yield from _blocks(text)
    if "bearer" in lowered:
        yield from (match.span("value") for match in _BEARER.finditer(text) if _looks_random(match["value"]))
    if "curl" in lowered or "wget" in lowered:
        yield from _options(text)
    if "%s" in text:
        yield from _printed(text)
    if "|" in text:
        yield from _rows(text)
    if "@" in text:
        yield from (match.span("value") for match in _USER.finditer(text) if _looks_random(match["value"]))
        does_connect = any(word in lowered for word in ("curl", "wget", "proxy", "socks", "-x"))
        yield from (match.span("value") for match in _LOGIN.finditer(text) if does_connect or match["port"])


def is_id(key: str) -> bool:
    """Whether the value of a key beside credentials is an identifier rather than a credential."""
    return _ID.search(key) is not None and not is_credential(key)


def items(text: str, start: int) -> Generator[Stretch, None, int]:
    """The ranges of the values in a list or object from its opening bracket on, at any depth; returns its end."""
    depth, key = 1, ""
    for item in _ITEM.finditer(text, start, min(start + _MOST, len(text))):
        start = item.end()
        if item["mark"]:
            depth += 1 if item["mark"] in "[{" else -1
            if not depth:
                break
            continue
        kind = "bare" if item["bare"] else "text"
        if _COLON.match(text, start):
            key = item[kind]
        elif not (is_stand_in(item[kind]) or is_id(key)):
            yield item.span(kind)
    return start


def _blocks(text: str) -> Iterator[Stretch]:
    """Private keys in PEM; one without an END line extends as far as its base64 text."""
    end = closing = 0
    for match in _BEGIN.finditer(text):
        if match.start() < end:
            continue
        if closing < match.end():
            closing = text.find("-----END", match.end())
            closing = closing if closing >= 0 else len(text) + _MOST
        if closing <= match.end() + _MOST:
            end = closing
        else:
            base64 = _BASE64.match(text, match.end())
            end = base64.end() if base64 else match.end()
        yield match.end(), end


def _options(text: str) -> Iterator[Stretch]:
    """Values of options of curl and wget that are credentials."""
    for match in _OPTION.finditer(text):
        value = match["value"]
        if match["proxy"]:
            login = value.rpartition("@")[0]
            password = login.partition("://")[2] or login
            password = password.partition(":")[2]
            if password and not is_stand_in(password.strip("\"'")):
                end = match.start("value") + len(login)
                yield end - len(password), end
            continue
        if (match["pair"] and ":" not in value) or (match["jar"] and "=" not in value):
            continue  # without a password; a file of cookies
        parts = re.split(r"[:=;]\s*", value.strip("\"'"))
        if not all(is_stand_in(part) for part in parts[1:] or parts):
            yield match.span("value")


def _printed(text: str) -> Iterator[Stretch]:
    """Arguments of printf for the value of a credential in a header or an assignment."""
    for match in _PRINTED.finditer(text):
        if is_credential(text[max(match.start() - 60, 0) : match.start()].rpartition("\n")[2]):
            start = match.start("value")
            for word in re.finditer(_WORD, match["value"]):
                if not is_stand_in(word[0].strip("\"'")):
                    yield start + word.start(), start + word.end()


def _rows(text: str) -> Iterator[Stretch]:
    """Table cells in a row whose first cell names a credential."""
    for row in _ROW.finditer(text):
        name = row["name"].strip(' \t`*"')
        if not is_credential(name) or len(name.split()) > 3:
            continue
        for cell in _CELL.finditer(row["rest"]):
            for word in re.finditer(r"[^\s`*\"]+", cell[0]):
                if _looks_random(word[0]):
                    start = row.start("rest") + cell.start()
                    yield start + word.start(), start + word.end()


def in_sentence(text: str, at: int) -> Stretch | None:
    """The credential in a sentence such as `The token is ...`, whose name ends at `at`; None without one."""
    match = _STATED.match(text, at)
    if match is None:
        return None
    value = match["value"].rstrip(".,;:!?)")
    is_quoted = "`" in text[at : match.start("value")] and not (value.isalpha() and value.islower())
    return match.span("value") if not is_stand_in(value) and (is_quoted or _looks_random(value)) else None


def _looks_random(value: str) -> bool:
    """Whether a value looks random: it has digits, capitals within a word, or at least 16 characters."""
    value = value.strip(".,;:!?()")
    if len(value) < 8 or is_stand_in(value) or "://" in value:
        return False
    return len(value) >= 16 or (not value[1:].islower() if value.isalpha() else any(map(str.isdigit, value)))
