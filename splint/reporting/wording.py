"""The wording of messages: severities, numbers, lists, values, JSON, and texts that no terminal obeys."""

from collections.abc import Sequence
from functools import cache
from math import isfinite
from typing import TYPE_CHECKING, Literal

import orjson

if TYPE_CHECKING:
    import re  # few texts have one of them
    from decimal import Decimal

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
"""From the most to the least severe."""


def at(pointer: str) -> str:
    """A pointer as messages show it; that of the whole document, which is empty, in words."""
    return pointer or "(root)"


def either(words: Sequence[str], last: str = "or") -> str:
    """`a, b or c`."""
    return f"{', '.join(words[:-1])} {last} {words[-1]}" if len(words) > 1 else "".join(words)


def exact(value: float) -> "Decimal":
    """A number as an exact decimal: 0.1 is a tenth."""
    return _decimal()(str(value))


@cache
def _decimal() -> "type[Decimal]":
    """The type of exact decimals: most runs need none, and to import it takes longer than to make one."""
    from decimal import Decimal  # a clean run needs none

    return Decimal


def amount(value: "float | Decimal") -> str:
    """A number without trailing zeros and exponent: 15.0 is 15."""
    if type(value) is int:
        return str(value)
    exact = _decimal()(str(value))
    if not exact.is_finite():
        return str(value)
    text = f"{exact:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def spelled(value: object, most: int | None = 60) -> str:
    """A value as JSON, cut to `most` characters, whole if None.

    An integer of more than 64 bits is the double that JSON reads it as, however deep it stands; what is beyond a double
    is said in words. A number alone that JSON does not have, as NaN, is told as Python writes it.
    """
    if isinstance(value, float) and not isfinite(value):
        return str(value)
    try:
        text = orjson.dumps(value).decode()
    except TypeError:
        try:
            text = orjson.dumps(_with_doubles(value)).decode()
        except TypeError:  # no JSON
            text = str(value)
    return text if most is None or len(text) <= most else f"{text[: most - 3]}..."


def _with_doubles(value: object) -> object:
    """A value of JSON with its integers of more than 64 bits as doubles."""
    if isinstance(value, dict):
        return {key: _with_doubles(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [*map(_with_doubles, value)]
    if not isinstance(value, int) or -(2**63) <= value < 2**64:
        return value
    try:
        return float(value)
    except OverflowError:
        return orjson.Fragment("a number above 1e308" if value > 0 else "a number below -1e308")


def term(value: str) -> str:
    """A value of an enumerated field: bare if it is an identifier, else as JSON."""
    return value if value.isidentifier() and len(value) <= 60 else spelled(value)


def with_article(noun: str) -> str:
    """A noun with its article: a campaign, an ad."""
    return f"{'an' if noun[0] in 'aeio' else 'a'} {noun}"


def counted(count: int, noun: str) -> str:
    """A count with its noun: 1 error, 2 errors."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def safe(text: str) -> str:
    """`text` with control and bidirectional characters escaped, so that a payload cannot control the terminal."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() or char == "\t" else _spelled(char) for char in text)


def cut(text: str, most: int) -> str:
    """A text as `safe` has it, cut to its most bytes: then it ends in `…`."""
    text = safe(text)
    data = text.encode("utf-8", "replace")
    return text if len(data) <= most else data[: most - 3].decode("utf-8", "ignore") + "…"


def without_commands(text: str) -> str:
    """`text` with a character spelled out of what the log of GitHub or Azure would take for a command to the runner.

    For GitHub it begins with `::` and a letter at the start of a line, for Azure with `##vso[` or `##[` anywhere, which
    GitHub reads too.
    """
    if "::" not in text and "##" not in text:
        return text
    return _commands().sub(lambda match: f"{match[0][:-1]}{_spelled(match[0][-1])}", text)


@cache
def _commands() -> "re.Pattern[str]":
    import re  # few texts have one of them

    return re.compile(r"(?<![^\r\n])[^\S\r\n]*+:(?=:[a-z])|#(?=#(?:vso)?\[)", re.IGNORECASE)


def _spelled(char: str) -> str:
    code = ord(char)
    if 0xDC80 <= code <= 0xDCFF:  # a byte of a file's name that is not UTF-8
        code -= 0xDC00
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def json_text(value: object, *, indent: bool = False) -> str:
    """A value as JSON text. What does not print is escaped, and what a CI runner would take for a command.

    Half of a surrogate pair, which a byte in the name of a file is that is not UTF-8, is spelled out (`\\\\xff`).
    """
    try:
        text = orjson.dumps(value, option=orjson.OPT_INDENT_2 if indent else 0).decode()
    except TypeError:  # a lone surrogate, in the name of a file or in a value given to the library
        import json

        text = json.dumps(value, indent=2 if indent else None, ensure_ascii=False)
    if not text.isascii() or "\x7f" in text:
        for char in sorted(set(text)):
            if not char.isprintable() and char != "\n":
                text = text.replace(char, _as_json(char))
    return _commands().sub(lambda match: _as_json(match[0]), text) if "##" in text else text


def _as_json(char: str) -> str:
    if "\ud800" <= char <= "\udfff":  # strict readers refuse its escape
        return f"\\{_spelled(char)}"
    data = char.encode("utf-16-be").hex()
    return "".join(f"\\u{data[at : at + 4]}" for at in range(0, len(data), 4))


def install(extra: str) -> str:
    """The command that brings an extra, of a release and in a checkout."""
    return f"pip install 'splint-smartplus[{extra}]' (in a checkout: pip install '.[{extra}]')"
