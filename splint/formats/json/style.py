"""The style of a JSON text: new members are written like those that are there."""

import re
from functools import cached_property
from json import dumps
from typing import Any, NamedTuple

_BLANKS = re.compile(r"[ \t]*")
BREAK = re.compile(r"\r\n|\n|\r")
_TOKEN = re.compile(
    r'"(?:[^"\\]|\\.)*"|(?P<colon>[ \t]*:[ \t]*)|,(?P<gap>[ \t]*)(?=[^ \t\r\n])|\{(?P<pad>[ \t]*)(?=")'
    r"|[{\[](?=\s*[\r\n])"
)
_ESCAPED = re.compile(r"(?<!\\)(?:\\\\)*\\u(?!00[0-7])")


class Spaces(NamedTuple):
    """The white space of a text."""

    colon: str
    """What stands between a key and its value."""
    gap: str
    """What stands behind a comma within a line."""
    pad: str
    """What stands within the braces of an object in one line."""
    unit: str
    """What a line is indented more than the one that it lies in."""


class Style:
    """How a text is written, as far as it shows."""

    def __init__(self, text: str, plain: str) -> None:
        self._text = text
        self._plain = plain

    @cached_property
    def newline(self) -> str:
        """How lines end."""
        match = BREAK.search(self._text)
        return match.group() if match else "\n"

    @cached_property
    def ascii(self) -> bool:
        """Whether whatever is not ASCII is escaped."""
        return "\\u" in self._plain and self._plain.isascii() and bool(_ESCAPED.search(self._plain))

    @cached_property
    def spaces(self) -> Spaces:
        """The first of each kind that shows: half a millisecond for 13 KB, so only for who asks."""
        text, plain = self._text, self._plain
        colon = gap = pad = unit = None
        for token in _TOKEN.finditer(plain):
            if token.group() != text[slice(*token.span())]:
                continue
            kind = token.lastgroup
            if kind == "colon" and colon is None:
                colon = token.group()
            elif kind == "gap" and gap is None:
                gap = token["gap"]
            elif kind == "pad" and pad is None:
                pad = token["pad"]
            elif kind is None and token.group() in "{[" and not unit:
                inner = re.compile(r"\s*").match(plain, token.end())
                if inner and plain[inner.end()] not in "}]":
                    outer, deeper = indent_at(text, token.start()), indent_at(text, inner.end())
                    unit = deeper.removeprefix(outer) if deeper.startswith(outer) else unit
        colon = colon if colon is not None else ":" if gap == "" else ": "
        gap = gap if gap is not None else " " if colon[-1] != ":" else ""
        return Spaces(colon, gap, pad or "", "  " if unit is None else unit)

    def string(self, value: str) -> str:
        """A string with its quotes."""
        return dumps(value, ensure_ascii=self.ascii)

    def value(self, value: Any, indent: str | None) -> str:
        """A value that begins on a line with that indent; in one line where the indent is None."""
        if not value or not isinstance(value, dict | list):
            return dumps(value, ensure_ascii=self.ascii)
        deeper = None if indent is None else indent + self.spaces.unit
        if isinstance(value, dict):
            opening, closing = "{}"
            parts = [self.string(key) + self.spaces.colon + self.value(inner, deeper) for key, inner in value.items()]
        else:
            opening, closing = "[]"
            parts = [self.value(inner, deeper) for inner in value]
        if indent is None:
            pad = self.spaces.pad if opening == "{" else ""
            return opening + pad + f",{self.spaces.gap}".join(parts) + pad + closing
        line = f"{self.newline}{deeper}"
        return opening + line + f",{line}".join(parts) + self.newline + indent + closing


def line_start(text: str, index: int) -> int:
    """Where the line of an index begins."""
    start = text.rfind("\n", 0, index) + 1
    return text.rfind("\r", start, index) + 1 or start


def indent_at(text: str, index: int) -> str:
    """The blanks that the line of an index begins with."""
    match = _BLANKS.match(text, line_start(text, index))
    return match.group() if match else ""
