"""Credentials as asterisks: no output shows one."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from string import ascii_letters, digits
from typing import NamedTuple

_STAND_IN = (
    r"\$\w+|\$\{\w+(?::?\?)?\}|\$\((?![^()\n]*(?:<<<|\b(?:echo|printf)\b))[^()\n]*\)"
    r"|`(?![^`\n]*(?:<<<|\b(?:echo|printf)\b))[^`\n]*`"
    r"|<[^<>\n]*>|\{\{[^{}\n]*\}\}|[A-Z]{2,}(?:_[A-Z0-9]+)*"
)
"""What holds the place of a credential: placeholders, variables and what other commands than echo print."""
_KEY = (
    r"token|secret|passw(?:or)?d|passphrase|authori[sz]ation|credential|cookie"
    r"|(?:api|access|private|signing|encryption)[-_ ]?key|session[-_ ]?(?:id|key)"
    r"|auth(?![a-z])|auth[-_ ]?(?:code|key|header)|(?<![a-z])(?:pass|pwd|pat|jwt|sid|bearer)(?![a-z])"
    r"|(?-i:(?<=[a-z])(?:Pass|Pwd|Pat|Jwt)(?![a-z]))"
)
"""What keys, headers and variables of credentials have in their names."""
_HINTS = ("token", "secret", "pass", "pwd", "auth", "credential", "cookie", "jwt", "session", "pat", "sid", "bearer")
_HINTS_OF_KEYS = ("_key", "-key", " key", "ikey", "skey", "ekey", "gkey", "nkey")
"""One of these stands in every text in which a name speaks of a credential."""
_AROUND = 60
"""So many letters a name may have on either side of its telling part."""
_OF_NAMES = ascii_letters + digits + "-_."
_SCHEME = r"(?:bearer|basic|digest|token|negotiate)"
_HINTS_OF_SHAPES = ("gh", "glpat-", "xox", "eyj", "akia", "sk_", "bearer", "-----begin", "curl", "wget", "@", "|", "%s")
"""One of these stands in every text that holds a credential that is told by its shape."""
_MILD = re.compile(r"tokens?|secrets?|cookies?|pass|pat", re.IGNORECASE)
"""Names that are words of texts too."""
_SENTENCE = re.compile(r"[^\r\n\"\\]{0,200}")
_ABOUT = re.compile(
    r"[-_ ]?(?:name|type|rotation|status|mode|policy|description|label|ref)$|item_authori[sz]ation$", re.IGNORECASE
)
"""How names end that tell something about a credential; in them, words are no credential."""

SHORTEST = 8
"""A shorter credential is masked where it is called one, and not wherever its letters occur."""


FEW = 8
"""So many secrets are looked for one after the other; more of them all at once."""


class Secrets(set[str]):
    """Access tokens that were found, and where each may begin."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__()
        self.heads: dict[str, set[int]] = {}
        """From the first letters of secrets to the lengths of those that begin with them."""
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
    opening: re.Pattern[str]
    """From the name to the bracket that a list or an object of values begins with."""
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
    parts, shown = list[str](), 0
    for start, end in spans(text):
        start = max(start, shown)
        if start < end and not is_stand_in(text[start:end]):
            parts += text[shown:start], _hidden(text[start:end])
            shown = end
    return "".join((*parts, text[shown:])) if parts else text


def spans(text: str, *, in_string: bool = False) -> list[tuple[int, int]]:
    """Where a text holds what is called a credential or looks like one, in order; some lie in others.

    `in_string` says that it is all of a string, so that a name at its beginning is no key.
    """
    # Lowering 13 KB takes 4 microseconds, but 50 where a letter is not ASCII.
    lowered = text.lower()
    ranges = list[tuple[int, int]]()
    if any(hint in lowered for hint in (*_HINTS, *_HINTS_OF_KEYS, "://")):
        ranges += _named(text, in_string=in_string)
    if any(hint in lowered for hint in _HINTS_OF_SHAPES):
        from splint.reporting.shapes import shapes

        ranges += shapes(text, lowered)
    return sorted(ranges)


def _named(text: str, *, in_string: bool) -> Iterator[tuple[int, int]]:
    """The values that names stand before."""
    from splint.reporting.shapes import items, said

    patterns = _patterns()
    at, behind = 0, 0
    for name in patterns.name.finditer(text):
        start = name.start()
        if start < behind:  # in a value, or in a name that has been looked at
            continue
        rest = patterns.rest.match(text, start)
        if rest is not None and (opening := patterns.opening.match(text, start)) and not _is_inside(text, rest, at):
            at = behind = yield from items(text, opening.end())
            continue
        if rest is not None and (stretch := said(text, rest.end("name"))):
            at = behind = stretch[1]
            yield stretch
            continue
        match = _value_match(patterns, text, name, at) if rest is None or rest["mark"] else None
        behind = rest.end("name") if rest is not None else name.end()
        if match is None:
            continue
        value = match.span("value")
        if rest is None or not _is_text(text, rest.span("name"), value, at, in_string=in_string):
            at = behind = value[1]
            yield value


def _is_inside(text: str, rest: re.Match[str], least: int) -> bool:
    """Whether a name and its value stand in one pair of quotes."""
    before = _back(text, _first(text, rest.start(), least), least, " \t")
    return text[max(before - 1, 0)] in "\"'" and text[rest.end("name")] not in "\"'\\"


def _is_text(text: str, name: tuple[int, int], value: tuple[int, int], least: int, *, in_string: bool) -> bool:
    """Whether a value is words, below a name that tells something else or within a sentence."""
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


def is_about(name: str) -> bool:
    """Whether a name tells something about a credential, as `token_type` does."""
    return _ABOUT.search(name) is not None


def are_words(value: str, *, least: int = 1) -> bool:
    """Whether a value is words that people read, such as no credential is made of."""
    words = [word.strip(".,:;!?()|&+-\u2013\u2014'\"\u2019") for word in value.split()]
    plain = [word for word in words if word]
    schemes = ("bearer", "basic", "digest", "negotiate")
    return len(plain) >= least and plain[0].lower() not in schemes and all(map(_is_word, plain))


def _is_word(word: str) -> bool:
    letters = re.sub(r"['\u2019-]", "", word)
    if word.isdecimal():
        return len(word) <= 3
    return letters.isalpha() and len(word) <= 14 and (letters[1:].islower() or len(letters) <= 4)


def masked_bytes(data: bytes, secrets: Iterable[str] = ()) -> bytes:
    """The same for a file's bytes, whatever they are."""
    return masked(data.decode("utf-8", "surrogateescape"), secrets).encode("utf-8", "surrogateescape")


def is_credential(name: str) -> bool:
    """Whether a header, a key or a variable of this name holds a credential."""
    return _patterns().name.search(name) is not None and "://" not in name


def _value_match(patterns: _Patterns, text: str, name: re.Match[str], least: int) -> re.Match[str] | None:
    """The value that belongs to a name; nothing before `least` is looked at, which has been shown."""
    start = name.start()
    if name[0] == "://":
        return patterns.login.match(text, start)
    first = _first(text, start, least)
    before = _back(text, first, least, " \t")
    if before > least and text[before - 1] in "\"'":
        match = patterns.inside.match(text, _back(text, before - 1, least, "\\"))
        if match:
            return match
    if match := patterns.quoted.match(text, start):
        return match
    margin = _margin(text, _back(text, first, least, "\"'\\"), least)
    if margin is not None and (above := patterns.above.match(text, start)):
        below = rf"(?P<value>(?:{re.escape(margin)}(?:[ \t]+\S|-[ \t]).*(?:\n|\Z)|[ \t]*\r?\n)+)"
        if match := re.compile(below).match(text, above.end()):
            return match
    match = patterns.bare.match(text, start)
    if match and _hidden(match["value"]) == match["value"]:
        return match
    if margin is not None and (whole := patterns.line.match(text, start)):
        return whole
    is_header = name[0][0] in "aAcC" and name[0][-1] in "nNeE" and text[max(first - 1, 0)] not in "?&"
    return (patterns.header.match(text, start) if is_header else None) or match


def _first(text: str, start: int, least: int) -> int:
    """Where a name begins whose telling part begins at `start`."""
    before = text[max(least, start - _AROUND) : start]
    return start - len(before) + len(before.rstrip(_OF_NAMES))


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


def is_stand_in(value: str) -> bool:
    """Whether a value is a placeholder, a variable or a constant, and no credential."""
    return _patterns().stand_in.fullmatch(value.strip()) is not None


def _hidden(value: str) -> str:
    if is_stand_in(value):
        return value
    return re.sub(r"\S", "*", value)


@cache
def _patterns() -> _Patterns:
    quote, rest, space = r"\\*+[\"']", rf"[\w.-]{{0,{_AROUND}}}", r"[ \t]*+"
    key = rf"(?:{_KEY}){rest}+"
    quoted = r"(?:(?!(?P=quote))(?:\\.|.)|(?P=quote){2}(?=[^\s,}\])]))*+"
    blank = r"(?:[ \t]|\\[ \t]|\\\r?\n)"
    texts = {
        "name": rf"(?=[abcejpst:])(?:{_KEY}|://)",
        "rest": rf"(?P<name>{key})(?:{quote})?\s*+(?P<mark>[:=,]?)",
        "inside": rf"(?P<quote>\\*[\"']){space}{rest}{key}{space}[:=]{space}"
        rf"(?P<value>{quoted}(?:(?P=quote)[^\s,}}\])]+)?)",
        "quoted": rf"{key}(?:{quote}\s*+,\s*+(?:{quote})?value)?(?:{quote})?\s*+[:=]\s*+(?:\[\s*+)?"
        rf"(?P<quote>\\*[\"'])(?P<value>{quoted}(?:(?P=quote)(?=[\"'\w])[^\s,}}\])]+)?)",
        "opening": rf"{key}(?:{quote})?\s*+[:=]\s*+(?:\[|\{{(?!\{{))",
        "above": rf"{key}(?:{quote})?{space}:{space}(?:[|>][-+\d]*+)?{space}(?:\#.*)?\r?\n",
        "bare": rf"{key}(?:{quote})?{space}[:=]{blank}*+(?![\s\"'\\\[])(?P<value>(?:{_SCHEME}{blank}++)?"
        rf"(?-i:{_STAND_IN}(?![\w-])|`[^`\n]*`|\$\((?:[^()\n]|\([^()\n]*\))*+\)|(?!\{{)(?:\\\r?\n|[^\s\"',}}\]&])+(?:[\"'][^\s,}}\]]+)?))",
        "line": rf"{key}(?:{quote})?{space}:[ \t]++(?![\s\"'\[{{])(?P<value>[^\r\n]+)",
        "header": rf"{key}(?:{quote})?{space}[:=]{blank}*+(?![\s\"'\[{{])(?P<value>[^\r\n\"'\[\]{{}}]+)",
        "login": r"://[^\s/:@\"'?#]*+:(?P<value>[^\s/\"'?#]+)@",
        "stand_in": rf"(?:{_SCHEME}{blank}+)?(?-i:{_STAND_IN}|%s|null|true|false)",
    }
    return _Patterns(**{name: re.compile(text, re.IGNORECASE) for name, text in texts.items()})


def without_userinfo(text: str) -> str:
    """`text` with the user names and passwords of its URLs as asterisks."""
    return re.sub(r"(?<=://)[^/@\s]+(?=@)", "***", text)
