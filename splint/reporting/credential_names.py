"""Recognizes the names of credentials and the values that follow them."""

import re
from functools import cache, lru_cache
from typing import NamedTuple

_STAND_IN = (
    r"\$\w+|\$\{\w+(?::?\?)?\}|\$\((?![^()\n]*(?:<<<|\b(?:echo|printf)\b))[^()\n]*\)"
    r"|`(?![^`\n]*(?:<<<|\b(?:echo|printf)\b))[^`\n]*`"
    r"|<[^<>\n]*>|\{\{[^{}\n]*\}\}|[A-Z]{2,}(?:_[A-Z0-9]+)*"
)
"""A value in place of a credential: a placeholder, a variable, or the output of a command other than echo or printf."""
_KEY = (
    r"token|secret|passw(?:or)?d|passphrase|authori[sz]ation|credential|cookie"
    r"|(?:api|access|private|signing|encryption)[-_ ]?key|session[-_ ]?(?:id|key)"
    r"|auth(?![a-z])|auth[-_ ]?(?:code|key|header)|(?<![a-z])(?:pass|pwd|pat|jwt|sid|bearer)(?![a-z])"
    r"|(?-i:(?<=[a-z])(?:Pass|Pwd|Pat|Jwt)(?![a-z]))"
    r"|userpwd|proxy[-_ ]?user(?![a-z]|[-_ ]?(?:agent|id|name))"
)
"""Parts of the names of keys, headers and variables that hold credentials."""
STARTS = (
    *("token", "secret", "pass", "auth", "credential", "cookie"),
    *("session", "pwd", "pat", "jwt", "sid", "bearer", "userpwd", "proxy", "://"),
)
"""What the parts start with, in lower case, and the :// of a URL."""
STARTS_OF_KEYS = ("api", "access", "private", "signing", "encryption")
"""What those parts start with that end in `key`."""
LONGEST = 100
"""The most characters of an ordinary word, its hyphens included."""
AROUND = 60
"""The most characters of a name before and after the part that matches."""
_SCHEME = r"(?:bearer|basic|digest|token|negotiate)"
_ABOUT = re.compile(
    r"[-_ ]?(?:name|type|rotation|status|mode|policy|description|label|ref)$|item_authori[sz]ation$", re.IGNORECASE
)
"""Endings of names that describe a credential, such as token_type; words as their values are not masked."""

IDENTITIES = ("BC_AUTH_TT", "AUTH_CODE")
"""The values of identity_type that contain a part of a credential's name."""
_IDENTITY = re.compile(r"\d+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
"""An identity_id: digits, or a UUID."""


class Patterns(NamedTuple):
    """Patterns of credentials in headers, members, parameters and YAML blocks; in doubt they match.

    Each is matched at one index of the text, never searched, so that its time depends on the match only.
    """

    name: re.Pattern[str]
    """A part of a name of a credential, or the :// of a URL."""
    rest: re.Pattern[str]
    """From there to the end of the name, and the character that separates it from a value: a comma, where the word
    `value` follows."""
    inside: re.Pattern[str]
    """From a quote before the name: 'Access-Token: ...', with text that a shell joins to it."""
    quoted: re.Pattern[str]
    """From the name: "Access-Token": "...", and {"key": "Access-Token", "value": "..."}."""
    opening: re.Pattern[str]
    """From the name to the opening bracket of a list or an object of values."""
    above: re.Pattern[str]
    """From the name to the end of its line, if the value is on the lines below."""
    bare: re.Pattern[str]
    """From the name: Access-Token: ..., ?access_token=..."""
    line: re.Pattern[str]
    """From a name at the start of its line: the rest of the line."""
    header: re.Pattern[str]
    """From the name of a header whose value has several words."""
    login: re.Pattern[str]
    """From the :// of a URL: its password."""
    stand_in: re.Pattern[str]
    """A value that is not a credential."""


def is_credential(name: str) -> bool:
    """Whether a header, a key or a variable of this name holds a credential."""
    return patterns().name.search(name) is not None and "://" not in name


def names_in(text: str) -> list[str]:
    """The parts of a text that make names of credentials, and each :// of a URL."""
    return [match[0] for match in patterns().name.finditer(text)]


def is_stand_in(value: str) -> bool:
    """Whether a value is a placeholder, a variable or a constant rather than a credential."""
    return patterns().stand_in.fullmatch(value.strip()) is not None


def is_about(name: str) -> bool:
    """Whether a name describes a credential, as `token_type` does."""
    return _ABOUT.search(name) is not None


def is_identity(name: str, value: str) -> bool:
    """Whether a name is a type of identity whose words sound like a credential's, and the value behind it is an id."""
    return name in IDENTITIES and _IDENTITY.fullmatch(value) is not None


def are_words(value: str, *, least: int = 1) -> bool:
    """Whether a value consists of at least `least` ordinary words, which no credential does."""
    words = [word.strip(".,:;!?()|&+-\u2013\u2014'\"\u2019") for word in value.split()]
    plain = [word for word in words if word]
    schemes = ("bearer", "basic", "digest", "negotiate")
    return (
        len(plain) >= least
        and plain[0].lower() not in schemes
        and all(len(word) <= LONGEST and _is_word(word) for word in plain)
    )


@lru_cache(maxsize=4096)
def _is_word(word: str) -> bool:
    """Cached: in a text with many names of credentials the same words are looked at after each of them."""
    letters = word.replace("'", "").replace("\u2019", "").replace("-", "")
    if word.isdecimal():
        return len(word) <= 3
    return letters.isalpha() and len(word) <= 14 and (letters[1:].islower() or len(letters) <= 4)


@cache
def patterns() -> Patterns:
    """The compiled patterns; cached, since a run without findings does not need them."""
    quote, rest, space = r"\\*+[\"']", rf"[\w.-]{{0,{AROUND}}}", r"[ \t]*+"
    key = rf"(?:{_KEY}){rest}+"
    quoted = r"(?:(?!(?P=quote))(?:\\.|.)|(?P=quote){2}(?=[^\s,}\])]))*+"
    blank = r"(?:[ \t]|\\[ \t]|\\\r?\n)"
    texts = {
        "name": rf"(?=[abcejpstu:])(?:{_KEY}|://)",
        "rest": rf"(?P<name>{key})(?:{quote})?\s*+(?P<mark>[:=]|,(?=\s*+(?:{quote})?value)|)",
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
    return Patterns(**{name: re.compile(text, re.IGNORECASE) for name, text in texts.items()})
