"""The C escapes in $'...'."""

import re

from splint.formats.shell.words import Word
from splint.formats.source_map import Quote

_QUOTED = re.compile(r"\$'((?:[^'\\]++|\\.)*+)'", re.DOTALL)
_ESCAPE = re.compile(
    r"(?P<bytes>(?:\\x[0-9a-fA-F]{1,2}|\\[0-7]{1,3})+)"
    r"|\\u(?P<short>[0-9a-fA-F]{1,4})|\\U(?P<long>[0-9a-fA-F]{1,8})|\\(?P<letter>[abeEfnrtv\\'\"?])"
)
_BYTE = re.compile(r"\\x([0-9a-fA-F]{1,2})|\\([0-7]{1,3})")
_LETTERS = dict(zip("abeEfnrtv", "\a\b\x1b\x1b\f\n\r\t\v", strict=True))


def add_ansi(word: Word, text: str, start: int, limit: int, quote: Quote) -> int | None:
    """Append the $'...' at `start` to a word; the index behind it, or None where no quote before `limit` closes it."""
    match = _QUOTED.match(text, start, limit)
    if match is None:
        return None
    at, end = match.span(1)
    word.add(at, at, quote)
    for escape in _ESCAPE.finditer(text, at, end):
        word.add(at, escape.start(), quote)
        word.add_escape(*escape.span(), _text_of(escape), quote)
        at = escape.end()
    word.add(at, end, quote)
    return match.end()


def _text_of(escape: re.Match[str]) -> str:
    if raw := escape["bytes"]:
        codes = (int(x, 16) if x else int(octal, 8) & 0xFF for x, octal in _BYTE.findall(raw))
        return bytes(codes).decode("utf-8", "replace")
    if letter := escape["letter"]:
        return _LETTERS.get(letter, letter)
    code = int(escape["short"] or escape["long"], 16)
    return "\ufffd" if 0xD800 <= code < 0xE000 or code > 0x10FFFF else chr(code)
