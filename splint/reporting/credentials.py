"""Collects the credentials in parsed values: values below keys that name one, and of pairs of name and value."""

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import lru_cache
from itertools import pairwise
from json.encoder import c_make_encoder as make_encoder  # type: ignore[attr-defined]
from typing import Any

from splint.reporting.credential_names import (
    IDENTITIES,
    STARTS,
    are_words,
    is_about,
    is_credential,
    is_stand_in,
    names_in,
)
from splint.reporting.masking import HINTS_OF_SHAPES, SHORT, Secrets, masked, spans
from splint.reporting.shapes import is_id

_NAMES = (
    "name",
    "key",
    "header",
    "header_name",
    "headerName",
    "field",
    "variable",
    "var",
    "env",
    "id",
    "option",
    "param",
)
"""Keys of a pair's name, such as `name` in {"name": ..., "value": ...}."""
_VALUES = frozenset(
    {"value", "values", "val", "default", "example", "content", "data", "current", "initial", "text", "argument", "raw"}
)
"""Keys of a pair's value."""
_LOGINS = ("-u", "-U", "--user", "--proxy-user")
"""Options in a list of arguments before a user's name and password."""
_PROXIES = (
    *("-x", "--proxy", "--preproxy", "--proxy1.0"),
    *("--socks4", "--socks4a", "--socks5", "--socks5-hostname"),
)
"""Options in a list of arguments before a proxy, which a login may begin."""
_COMMANDS = ("curl", "wget", "%s")
"""What makes other texts around it credentials, in lower case: commands with options, and printf with arguments."""
_NAME = re.compile(r"[\w.-]{1,80}(?: [\w.-]{1,40})?")
_SIMPLE = re.compile(r"[\w.+=-]*", re.ASCII)
_WORDS = re.compile(
    "|".join(map(re.escape, ("{", "[", "-u", "-x", "proxy", "socks", "key", *STARTS, *HINTS_OF_SHAPES)))
)
"""Every ASCII text that hints at a credential contains one of these, in lower case."""
REMEMBERED = 4096
DEEPEST = 8
"""The most levels of JSON in strings that are parsed."""


class _Marks(dict[str, str]):
    """What strings hint at: `!` a credential, `=` a value that a pair names, if it is a key, `@` one of IDENTITIES.

    Most hint at nothing. Those of short strings are remembered, at most REMEMBERED: most occur in many values.
    """

    def __missing__(self, text: str) -> str:
        mark = ""
        if text in IDENTITIES:
            mark = "@"
        elif (not text.isascii() or _WORDS.search(text.lower())) and _does_hint(text):
            mark = "!"
        elif text in _VALUES or text[:5].lower() == "value":
            mark = "="
        if len(self) >= REMEMBERED:
            self.clear()
        if len(text) <= SHORT:
            self[text] = mark
        return mark


_marks_of = make_encoder(None, lambda _: None, _Marks().__getitem__, None, ":", ",", False, False, True)
"""The standard library's encoder of JSON, with marks in the place of strings, as it takes a function that quotes them.

To walk through a value in Python takes a third longer."""


def scan(values: Iterable[Any], known: Secrets | None = None) -> tuple[Secrets, bool]:
    """The `known` credentials with those in some values, and whether one of these hints at any."""
    secrets, does_hint = Secrets() if known is None else known, False
    for value in values:
        if hints_at_credentials(value):
            does_hint = True
            secrets.update(credentials(value))
    return secrets, does_hint


def hints_at_credentials(value: Any) -> bool:
    """Whether a value may hold a credential, or a JSON text of it without backslashes may.

    For speed only: most values hint at none. Neither they nor their texts are searched, which takes ten times as long.
    """
    try:
        marks = "".join(_marks_of(value, 0))
    except (TypeError, ValueError, RecursionError):  # keys that JSON has not, more digits than Python writes, too deep
        return True
    # what IDENTITIES name sounds like a credential, whose names stand in lists or are keys
    return "!" in marks or "=:" in marks or marks.count("@") > marks.count(":@")


def _does_hint(text: str) -> bool:
    """Whether a string, or a text that it is part of, may hold a credential."""
    return (
        text in (*_LOGINS, *_PROXIES)
        or text.lstrip()[:1] in ("{", "[")  # JSON, which may have escapes
        or any(word in text.lower() for word in _COMMANDS)
        or any(name != "://" for name in names_in(text))
        or bool(spans(text, in_string=True))
    )


def credentials(value: Any, depth: int = 0) -> Iterator[str]:
    """The credentials in a value, each also as its words, since a text may break lines between them."""
    pending, texts = [value], set()
    secret: list[tuple[Any, str]] = []
    for current in pending:  # which grows
        if isinstance(current, str):
            texts.add(current)
        elif isinstance(current, dict):
            if _is_plain(current):
                pending += current.values()
                continue
            for _, inner, called, is_secret in _members(current, "", is_secret=False):
                if is_secret:
                    secret.append((inner, called))
                else:
                    pending.append(inner)
        elif isinstance(current, list):
            given = _given(current) if len(current) > 1 else []
            if given:
                secret += [(current[at], current[at - 1]) for at in given]
                current = [inner for at, inner in enumerate(current) if at not in given]
            pending += current
    while secret:
        current, name = secret.pop()
        if isinstance(current, str):
            yield from _whole(current, name)
        elif isinstance(current, dict):
            secret += [(inner, called) for _, inner, called, _ in _members(current, name, is_secret=True)]
        elif isinstance(current, list):
            given = _given(current)
            secret += [(inner, current[at - 1] if at in given else name) for at, inner in enumerate(current)]
        elif isinstance(current, int) and not isinstance(current, bool):
            yield str(current)
    for text in texts:  # most values of a payload occur many times
        if len(text) > SHORT or _says(text):
            yield from _within(text, depth)


def without_credentials(value: Any, known: Secrets, name: str = "", *, is_secret: bool = False) -> Any:
    """A copy of JSON values, masked: what its key names as a credential, however short, and in texts the `known` ones.

    A number, and a short text, is masked at the place of a credential only: an equal one elsewhere is no secret.
    """
    if isinstance(value, dict):
        named = {key: (called, secret) for key, _, called, secret in _members(value, name, is_secret=is_secret)}
        members = ((key, inner, *named.get(key, ("", False))) for key, inner in value.items())
        return {
            key: without_credentials(inner, known, called, is_secret=secret) for key, inner, called, secret in members
        }
    if isinstance(value, list):
        given = _given(value)
        return [
            without_credentials(
                inner, known, value[at - 1] if at in given else name, is_secret=is_secret or at in given
            )
            for at, inner in enumerate(value)
        ]
    is_number = isinstance(value, int) and not isinstance(value, bool)
    if is_secret and (is_number or (isinstance(value, str) and any(_whole(value, name)))):
        return "*" * len(str(value))
    return masked(value, known) if isinstance(value, str) else value


def _members(current: dict[Any, Any], name: str, *, is_secret: bool) -> Iterator[tuple[Any, Any, str, bool]]:
    """The keys and values of an object below the key `name`, with what a value is called and if it is a credential."""
    has_value = not _VALUES.isdisjoint(current)
    names = [inner for key in _NAMES if isinstance(inner := current.get(key), str)] if has_value else []
    about = next((one for one in names if _names_credential(one)), name)
    is_pair = any(_NAME.fullmatch(inner) and _names_credential(inner) for inner in names)
    for key, inner in current.items():
        called = key if isinstance(key, str) else ""
        if is_secret and (is_id(called) or (has_value and called in _NAMES)):
            continue
        if is_pair and called in _VALUES:
            yield key, inner, about, True
        elif _names_credential(called):
            yield key, inner, called, True
        else:
            yield key, inner, name, is_secret


def _is_plain(current: dict[Any, Any]) -> bool:
    """Whether an object holds no value whose name says that it is a credential."""
    return _VALUES.isdisjoint(current) and not any(isinstance(key, str) and _names_credential(key) for key in current)


@lru_cache(maxsize=4096)
def _says(text: str) -> bool:
    """Whether a short string holds a credential, or JSON."""
    return bool(spans(text, in_string=True)) or text.lstrip()[:1] in ("{", "[")


def _given(entries: list[Any]) -> list[int]:
    """The indexes of list entries that the one before names as a credential."""
    return [
        at
        for at, (name, value) in enumerate(pairwise(entries), 1)
        if isinstance(name, str) and _gives(name, value, is_pair=len(entries) == 2)
    ]


def _gives(name: str, value: object, *, is_pair: bool) -> bool:
    """Whether a list entry names the next one as a credential: a header in a pair, or a command-line option."""
    if name in _LOGINS:
        return isinstance(value, str) and ":" in value
    if name in _PROXIES:
        before, has_scheme, login = (value if isinstance(value, str) else "").rpartition("@")[0].partition("://")
        if not has_scheme:
            return ":" in before
        return ":" in login and " " in login  # without a blank its shape tells, as that of any URL
    is_option = name.startswith("-") and isinstance(value, str)
    return (
        (is_option or (is_pair and isinstance(value, str))) and bool(_NAME.fullmatch(name)) and _names_credential(name)
    )


def _whole(text: str, name: str) -> Iterator[str]:
    """A string that is a credential by its key `name`, unless it is a placeholder or a description."""
    if is_stand_in(text) or not text.strip() or (is_about(name) and are_words(text)):
        return
    yield text
    yield from _words(text)


def _within(text: str, depth: int) -> Iterator[str]:
    """The credentials within a string; a string of JSON is parsed."""
    if text.lstrip()[:1] in ("{", "[") and depth < DEEPEST:
        with suppress(ValueError, RecursionError):
            yield from credentials(json.loads(text), depth + 1)
    for start, end in spans(text, in_string=True):
        if not is_stand_in(text[start:end]):
            yield text[start:end]
            yield from _words(text[start:end])


def _words(text: str) -> Iterator[str]:
    """The words of a credential with several, and its spellings in JSON if it needs escapes."""
    if _SIMPLE.fullmatch(text):
        return
    parts = re.split(r"[\s\"'\\]+", text)
    if len(parts) > 1:
        yield from (part for part in parts if not is_stand_in(part))
    for escaped in (json.dumps(text)[1:-1], json.dumps(text, ensure_ascii=False)[1:-1]):
        yield from (escaped, escaped.replace("/", "\\/")) if "/" in text else (escaped,)


def _names_credential(name: str) -> bool:
    return is_credential(name) if len(name) > SHORT else _is_short_credential(name)


_is_short_credential = lru_cache(maxsize=REMEMBERED)(is_credential)
