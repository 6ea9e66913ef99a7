"""Credentials as asterisks: no output shows one."""

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

_STAND_IN = r"\$\w+|\$\{\w+\}|\$\([^()\n]*\)|<[^<>\n]*>|\{\{[^{}\n]*\}\}|[A-Z]{2,}(?:_[A-Z0-9]+)*"
"""What holds the place of a credential: placeholders and variables."""
_KEY = (
    r"token|secret|passw(?:or)?d|passphrase|\bpwd\b|authori[sz]ation|credential|cookie"
    r"|(?:api|access|private|signing|encryption)[-_ ]?key"
)
"""What keys, headers and variables of credentials have in their names."""
_HINTS = ("token", "secret", "passw", "passphrase", "pwd", "authoriza", "authorisa", "credential", "cookie")
_HINTS_OF_KEYS = ("_key", "-key", " key", "ikey", "skey", "ekey", "gkey", "nkey")
"""One of these stands in every text in which a name speaks of a credential: letters that payloads rarely hold."""
_AROUND = 60
"""So many letters a name may have on either side of its telling part."""
_SCHEME = r"(?:bearer|basic|digest|token|negotiate)"

SHORTEST = 8
"""A shorter credential is masked where it is called one, and not wherever its letters occur."""


FEW = 8
"""So many secrets are looked for one after the other; more of them all at once."""


class Secrets(set[str]):
    """Access tokens that were found, and where each may begin."""

    def __init__(self, found: Iterable[str] = ()) -> None:
        super().__init__()
        self.heads: dict[str, set[int]] = {}
        """From the first letters of secrets to the lengths of those that begin with them."""
        self.update(found)

    def add(self, secret: str) -> None:
        super().add(secret)
        if len(secret) >= SHORTEST:
            self.heads.setdefault(secret[:SHORTEST], set()).add(len(secret))

    def update(self, *others: Iterable[str]) -> None:
        for found in others:
            for secret in found:
                self.add(secret)

    def __ior__(self, others: Iterable[str]) -> "Secrets":  # type: ignore[override,misc]
        self.update(others)
        return self

    def hidden(self, text: str) -> str:
        """`text` with each of them as asterisks, in one pass however many they are."""
        heads, parts, shown, end = self.heads, list[str](), 0, 0
        for at in range(len(text) - SHORTEST + 1):
            lengths = heads.get(text[at : at + SHORTEST])
            if lengths is None:
                continue
            longest = max((len(word) for length in lengths if (word := text[at : at + length]) in self), default=0)
            if at + longest <= end:
                continue
            parts += text[shown:at], "*" * (at + longest - max(at, end))
            shown = end = at + longest
        return "".join((*parts, text[shown:])) if parts else text


class _Patterns(NamedTuple):
    """Credentials in headers, members, parameters and blocks of YAML: rather too much is masked than too little.

    Each is tried at one place of the text, so that the time it takes is that of what it finds.
    """

    name: re.Pattern[str]
    """Where a name speaks of a credential, or a URL begins that may hold one."""
    rest: re.Pattern[str]
    """From there to the end of the whole name, and the mark that a value follows."""
    inside: re.Pattern[str]
    """From a quote before the name: 'Access-Token: ...', together with what a shell joins to it."""
    quoted: re.Pattern[str]
    """From the name: "Access-Token": "...", and {"key": "Access-Token", "value": "..."}."""
    above: re.Pattern[str]
    """From the name to the end of a line that leaves the value to those below."""
    bare: re.Pattern[str]
    """From the name: Access-Token: ..., ?access_token=..."""
    line: re.Pattern[str]
    """From a name that begins its line: all of the line."""
    header: re.Pattern[str]
    """From the name of a header whose value has several words."""
    login: re.Pattern[str]
    """From the :// of a URL: its password."""
    stand_in: re.Pattern[str]
    """A value that is no credential."""


def masked(text: str, *known: Iterable[str]) -> str:
    """`text` with every credential as asterisks of the same length: the `known` ones, and whatever is called one."""
    for secrets in known:
        words = secrets if isinstance(secrets, Secrets) else Secrets(secrets)
        if len(words) > FEW:
            text = words.hidden(text)
            continue
        for secret in words:
            if len(secret) >= SHORTEST:
                text = text.replace(secret, "*" * len(secret))
    # Lowering 13 KB takes 4 microseconds, but 50 where a letter is not ASCII.
    lowered = text.lower()
    if not any(hint in lowered for hint in (*_HINTS, *_HINTS_OF_KEYS)) and not ("://" in lowered and "@" in lowered):
        return text
    patterns = _patterns()
    parts, at, behind = list[str](), 0, 0
    for name in patterns.name.finditer(text):
        start = name.start()
        if start < behind:  # in a value, or in a name that has been looked at
            continue
        rest = patterns.rest.match(text, start)
        found = _found(patterns, text, name, at) if rest is None or rest["mark"] else None
        behind = rest.end("name") if rest is not None else name.end()
        if found is not None:
            start, behind = found.span("value")
            parts += text[at:start], _hidden(found["value"])
            at = behind
    return "".join([*parts, text[at:]])


def masked_bytes(data: bytes, secrets: Iterable[str] = ()) -> bytes:
    """The same for a file's bytes, whatever they are."""
    return masked(data.decode("utf-8", "surrogateescape"), secrets).encode("utf-8", "surrogateescape")


def is_credential(name: str) -> bool:
    """Whether a header, a key or a variable of this name holds a credential."""
    lowered = name.lower()
    return any(hint in lowered for hint in (*_HINTS, *_HINTS_OF_KEYS))


def _found(patterns: _Patterns, text: str, name: re.Match[str], least: int) -> re.Match[str] | None:
    """The value that belongs to a name; nothing before `least` is looked at, which has been shown."""
    start = name.start()
    if name[0] == "://":
        return patterns.login.match(text, start)
    first = start
    while first > least and start - first < _AROUND and (text[first - 1].isalnum() or text[first - 1] in "-_."):
        first -= 1
    before = _back(text, first, least, " \t")
    if before > least and text[before - 1] in "\"'":
        found = patterns.inside.match(text, _back(text, before - 1, least, "\\"))
        if found:
            return found
    if found := patterns.quoted.match(text, start):
        return found
    margin = _margin(text, _back(text, first, least, "\"'\\"), least)
    if margin is not None and (above := patterns.above.match(text, start)):
        below = rf"(?P<value>(?:{re.escape(margin)}[ \t]+\S.*(?:\n|\Z)|[ \t]*\r?\n)+)"
        if found := re.compile(below).match(text, above.end()):
            return found
    found = patterns.bare.match(text, start)
    if found and _hidden(found["value"]) == found["value"]:
        return found
    if margin is not None and (whole := patterns.line.match(text, start)):
        return whole
    is_header = name[0][0] in "aAcC" and name[0][-1] in "nNeE"
    return (patterns.header.match(text, start) if is_header else None) or found


def _margin(text: str, at: int, least: int) -> str | None:
    """The white space before a key that begins its line, or an entry of a list there; None where it does not."""
    at -= 2 if text[max(at - 2, least) : at] == "- " else 0
    start = _back(text, at, least, " \t")
    return text[start:at] if start == 0 or text[start - 1] in "\r\n" else None


def _back(text: str, at: int, least: int, chars: str) -> int:
    """Where a run of some characters begins that ends at a place."""
    while at > least and text[at - 1] in chars:
        at -= 1
    return at


def _hidden(value: str) -> str:
    if _patterns().stand_in.fullmatch(value.strip()):
        return value
    return re.sub(r"\S", "*", value)


@cache
def _patterns() -> _Patterns:
    quote, rest, space = r"\\*+[\"']", rf"[\w.-]{{0,{_AROUND}}}", r"[ \t]*+"
    key = rf"(?:{_KEY}){rest}+"
    quoted = r"(?:(?!(?P=quote))(?:\\.|.))*+"
    blank = r"(?:[ \t]|\\[ \t])"
    texts = {
        "name": rf"{_KEY}|://",
        "rest": rf"(?P<name>{key})(?:{quote})?\s*+(?P<mark>[:=,]?)",
        "inside": rf"(?P<quote>\\*[\"']){space}{rest}{key}{space}[:=]{space}"
        rf"(?P<value>{quoted}(?:(?P=quote)[^\s,}}\])]+)?)",
        "quoted": rf"{key}(?:{quote}\s*+,\s*+(?:{quote})?value)?(?:{quote})?\s*+[:=]\s*+(?:\[\s*+)?"
        rf"(?P<quote>\\*[\"'])(?P<value>{quoted})",
        "above": rf"{key}(?:{quote})?{space}:{space}(?:[|>][-+\d]*+)?{space}(?:\#.*)?\r?\n",
        "bare": rf"{key}(?:{quote})?{space}[:=]{blank}*+(?![\s\"'\\\[])(?P<value>(?:{_SCHEME}{blank}++)?"
        rf"(?-i:{_STAND_IN}(?![\w-])|(?!\{{)[^\s\"',}}\]&]+(?:[\"'][^\s,}}\]]+)?))",
        "line": rf"{key}(?:{quote})?{space}:[ \t]++(?![\s\"'\[{{])(?P<value>[^\r\n]+)",
        "header": rf"{key}(?:{quote})?{space}[:=]{blank}*+(?![\s\"'\[{{])(?P<value>[^\r\n\"'\[\]{{}}]+)",
        "login": r"://[^\s/:@\"'?#]*+:(?P<value>[^\s/@\"'?#]++)@",
        "stand_in": rf"(?:{_SCHEME}{blank}+)?(?-i:{_STAND_IN}|null|true|false)",
    }
    return _Patterns(**{name: re.compile(text, re.IGNORECASE) for name, text in texts.items()})


def without_userinfo(text: str) -> str:
    """`text` with the user names and passwords of its URLs as asterisks."""
    return re.sub(r"(?<=://)[^/@\s]+(?=@)", "***", text)
