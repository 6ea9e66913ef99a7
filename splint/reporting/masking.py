"""Replaces credentials by asterisks in all output."""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from string import ascii_letters, digits

from splint.reporting.credential_names import (
    AROUND,
    STARTS,
    STARTS_OF_KEYS,
    are_words,
    is_about,
    is_identity,
    is_stand_in,
    patterns,
)
from splint.reporting.wording import safe, without_commands

_HINTS = (
    *("token", "secret", "pass", "pwd", "auth", "credential", "cookie"),
    *("jwt", "session", "pat", "sid", "bearer", "proxy"),
)
_HINTS_OF_KEYS = ("_key", "-key", " key", "ikey", "skey", "ekey", "gkey", "nkey")
"""Every text with a name of a credential contains one of these, in lower case."""
_OF_NAMES = ascii_letters + digits + "-_."
HINTS_OF_SHAPES = ("gh", "glpat-", "xox", "eyj", "akia", "sk_", "bearer", "-----begin", "curl", "wget", "@", "|", "%s")
"""Every text with a credential that is recognized by its shape contains one of these, in lower case."""
_BREAK = re.compile(r"\\\r?\n[ \t]*+")
"""A line break within a word of a shell, or within a double-quoted text of YAML."""
_MILD = re.compile(r"tokens?|secrets?|cookies?|pass|pat", re.IGNORECASE)
"""Names that are ordinary words too."""
_SENTENCE = re.compile(r"[^\r\n\"\\]{0,200}")
_OF_FILE = re.compile(r"(?<=\w)\.(?:json|jsonl|ndjson|ya?ml|toml|sh|md|py)(?::\d{1,7}){0,2}:(?= (\S+))")
"""The end of a file's name in a message, with line and column, and the first word on what is wrong there."""
_COLON = "\udfff"
"""What stands for a colon behind it while a message is masked: half of a surrogate pair, which no message has."""
SHORT = 256
"""The usual length of a payload's strings: longer texts are searched in another way."""
SHORTEST = 8
"""A known credential with fewer characters is masked after its name only, not wherever it occurs."""


FEW = 8
"""Up to this number, secrets are replaced one by one; more of them in one pass."""


class Secrets(set[str]):
    """A set of known credentials, with an index by their first characters."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__()
        self.heads: dict[str, set[int]] = {}
        """The lengths of secrets by their first SHORTEST characters."""
        self.update(secrets)

    def add(self, secret: str) -> None:
        super().add(secret)
        if len(secret) >= SHORTEST:
            self.heads.setdefault(secret[:SHORTEST], set()).add(len(secret))

    def update(self, *others: Iterable[str]) -> None:
        for secrets in others:
            for secret in secrets:
                self.add(secret)

    def __ior__(self, others: Iterable[str]) -> "Secrets":  # type: ignore[override,misc]
        self.update(others)
        return self

    def hidden(self, text: str) -> str:
        """`text` with each of the secrets replaced by asterisks, in one pass."""
        heads, shown, end = self.heads, 0, 0
        parts: list[str] = []
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


def masked(text: str, *known: Iterable[str]) -> str:
    """`text` with credentials replaced by asterisks of the same length: the `known` ones and all recognized ones."""
    for secrets in known:
        words = secrets if isinstance(secrets, Secrets) else Secrets(secrets)
        if words:
            text = _without(text, words)
            if "\\" in text and _BREAK.search(text):
                text = _without_broken(text, words)
    ranges = _spans_of_short(text) if len(text) <= SHORT else spans(text)
    if not ranges:  # as in most texts
        return text
    parts: list[str] = []  # list[str]() takes ten times as long
    shown = 0
    for start, end in ranges:
        start = max(start, shown)
        if start < end and not is_stand_in(text[start:end]):
            parts += text[shown:start], _hidden(text[start:end])
            shown = end
    return "".join((*parts, text[shown:])) if parts else text


def public(message: str) -> str:
    """A message as it leaves splint: credentials masked, what does not print escaped, no command to a CI runner."""
    return without_commands(safe(masked(_OF_FILE.sub(_without_colons, message)).replace(_COLON, ":")))


def _without_colons(match: re.Match[str]) -> str:
    """The end of a file's name before words, so that a file called like a credential is no key with a value."""
    return match[0].replace(":", _COLON) if are_words(match[1]) else match[0]


def _without(text: str, secrets: Secrets) -> str:
    """`text` with known credentials replaced."""
    if len(secrets) > FEW:
        return secrets.hidden(text)
    for secret in sorted(secrets, key=len, reverse=True):  # a part of one may be a credential of its own
        if len(secret) >= SHORTEST:
            text = text.replace(secret, "*" * len(secret))
    return text


def _without_broken(text: str, secrets: Secrets) -> str:
    """`text` with known credentials replaced that a backslash breaks over lines."""
    lines, breaks = _BREAK.split(text), _BREAK.findall(text)
    hidden, at = _without("".join(lines), secrets), 0
    parts: list[str] = []
    for line, between in zip(lines, [*breaks, ""], strict=True):
        parts += hidden[at : at + len(line)], between
        at += len(line)
    return "".join(parts)


def spans(text: str, *, in_string: bool = False) -> list[tuple[int, int]]:
    """The ranges of a text that are credentials by name or by shape, sorted; ranges may be nested.

    `in_string` says that the text is the whole of a string value, so that a name at its start is not a key.
    """
    # str.lower takes 4 microseconds for 13 KB, 50 if it is not ASCII.
    lowered = text.lower()
    ranges: list[tuple[int, int]] = []
    if len(text) > SHORT or _has_one(lowered, (*_HINTS, *_HINTS_OF_KEYS, "://")):
        ranges += _named(text, lowered, in_string=in_string)
    if _has_one(lowered, HINTS_OF_SHAPES):
        from splint.reporting.shapes import shapes  # few texts hint at credentials

        ranges += shapes(text, lowered)
    return sorted(ranges)


@lru_cache(maxsize=1024)
def _spans_of_short(text: str) -> list[tuple[int, int]]:
    """`spans`, remembered: most messages and help texts occur many times."""
    return spans(text)


def _has_one(text: str, hints: tuple[str, ...]) -> bool:
    """Whether a text contains one of several hints. One pattern takes a third of the time in a short text."""
    if len(text) <= SHORT:
        return _one_of(hints).search(text) is not None
    return any(hint in text for hint in hints)


@cache
def _one_of(hints: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, hints)))


def _starts(text: str, lowered: str) -> Iterable[int]:
    """Where names of credentials may start, in order; in a long text, wherever a word stands that they start with."""
    if len(text) <= SHORT or len(text) != len(lowered):
        return (match.start() for match in patterns().name.finditer(text))
    starts = []
    for word in (*STARTS, *STARTS_OF_KEYS) if "key" in lowered else STARTS:
        at = lowered.find(word)
        while at >= 0:
            starts.append(at)
            at = lowered.find(word, at + 1)
    return sorted(starts)


def _named(text: str, lowered: str, *, in_string: bool) -> Iterator[tuple[int, int]]:
    """The ranges of values that follow a name of a credential."""
    from splint.reporting.shapes import in_sentence, items  # few texts hint at credentials

    at, behind = 0, 0
    for start in _starts(text, lowered):
        if start < behind:  # in a value, or in a name that has been looked at
            continue
        if text.startswith("://", start):
            if login := patterns().login.match(text, start):
                at = behind = login.end("value")
                yield login.span("value")
            continue
        rest = patterns().rest.match(text, start)
        if rest is None:
            continue
        takes_value = rest["mark"] in (":", "=")
        if takes_value and (opening := patterns().opening.match(text, start)) and not _is_inside(text, rest, at):
            at = behind = yield from items(text, opening.end())
            continue
        if stretch := in_sentence(text, rest.end("name")):
            called, at = text[_first(text, start, at) : rest.end("name")], stretch[1]
            behind = at
            if not is_identity(called, text[slice(*stretch)]):
                yield stretch
            continue
        behind = rest.end("name")
        match = _value_match(text, start, rest["mark"], at) if rest["mark"] else None
        if match is not None and not _is_text(text, rest.span("name"), match.span("value"), at, in_string=in_string):
            at = behind = match.end("value")
            yield match.span("value")


def _is_inside(text: str, rest: re.Match[str], least: int) -> bool:
    """Whether a name and its value are within one pair of quotes."""
    before = _back(text, _first(text, rest.start(), least), least, " \t")
    return text[max(before - 1, 0)] in "\"'" and text[rest.end("name")] not in "\"'\\"


def _is_text(text: str, name: tuple[int, int], value: tuple[int, int], least: int, *, in_string: bool) -> bool:
    """Whether a value is ordinary words: after a name that describes a credential, or within a sentence."""
    first = _first(text, name[0], least)
    called, says = text[first : name[1]], text[slice(*value)]
    if is_about(called):
        return are_words(says)
    if not _MILD.fullmatch(called) or text[value[0] - 1] == "=":
        return False
    is_key = text[name[1]] in "\"'\\" or (not in_string and _margin(text, first, least) is not None)
    if is_key:
        return False
    sentence = _SENTENCE.match(text, value[0])
    return sentence is not None and are_words(says) and are_words(sentence[0], least=2)


def masked_bytes(data: bytes, secrets: Iterable[str] = ()) -> bytes:
    """`masked` for the bytes of a file in any encoding."""
    return masked(data.decode("utf-8", "surrogateescape"), secrets).encode("utf-8", "surrogateescape")


def _value_match(text: str, start: int, mark: str, least: int) -> re.Match[str] | None:
    """The match with the value of a name that starts at `start` as group `value`; None without one.

    `mark` is the character that separates the name from what follows. Text before `least` is not considered.
    """
    if mark == ",":  # after a comma, the value of a pair; most often an enumerated value such as BC_AUTH_TT
        return patterns().quoted.match(text, start)
    first = _first(text, start, least)
    before = _back(text, first, least, " \t")
    if before > least and text[before - 1] in "\"'":
        match = patterns().inside.match(text, _back(text, before - 1, least, "\\"))
        if match:
            return match
    if match := patterns().quoted.match(text, start):
        return match
    margin = _margin(text, _back(text, first, least, "\"'\\"), least)
    if margin is not None and (above := patterns().above.match(text, start)):
        below = rf"(?P<value>(?:{re.escape(margin)}(?:[ \t]+\S|-[ \t]).*(?:\n|\Z)|[ \t]*\r?\n)+)"
        if match := re.compile(below).match(text, above.end()):
            return match
    match = patterns().bare.match(text, start)
    if match and _hidden(match["value"]) == match["value"]:
        return match
    if margin is not None and (whole := patterns().line.match(text, start)):
        return whole
    name = patterns().name.match(text, start)
    is_header = (
        name is not None and name[0][0] in "aAcC" and name[0][-1] in "nNeE" and text[max(first - 1, 0)] not in "?&"
    )
    return (patterns().header.match(text, start) if is_header else None) or match


def _first(text: str, start: int, least: int) -> int:
    """The start of the name whose matching part begins at `start`."""
    before = text[max(least, start - AROUND) : start]
    return start - len(before) + len(before.rstrip(_OF_NAMES))


def _margin(text: str, at: int, least: int) -> str | None:
    """The white space before a key or a list entry at the start of its line; None if it is not at the start."""
    at -= 2 if text[max(at - 2, least) : at] == "- " else 0
    start = _back(text, at, least, " \t")
    return text[start:at] if start == 0 or text[start - 1] in "\r\n" else None


def _back(text: str, at: int, least: int, chars: str) -> int:
    """The start of the run of characters from `chars` that ends at `at`."""
    while at > least and text[at - 1] in chars:
        at -= 1
    return at


def _hidden(value: str) -> str:
    if is_stand_in(value):
        return value
    return re.sub(r"\S", "*", value)


def without_userinfo(text: str) -> str:
    """`text` with user names and passwords in URLs replaced by asterisks."""
    return re.sub(r"(?<=://)[^/@\s]+(?=@)", "***", text)
