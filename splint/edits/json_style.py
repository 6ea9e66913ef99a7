"""How a JSON text is written, for what comes into it to be written alike."""

import re
from json import dumps
from typing import Any

_BLANKS = re.compile(r"[ \t]*")
BREAK = re.compile(r"\r\n|\n|\r")
_TOKEN = re.compile(
    r'"(?:[^"\\]|\\.)*"|(?P<colon>[ \t]*:[ \t]*)|,(?P<gap>[ \t]*)(?=[^ \t\r\n])|\{(?P<pad>[ \t]*)(?=")'
    r"|[{\[](?=\s*[\r\n])"
)
_ESCAPED = re.compile(r"(?<!\\)(?:\\\\)*\\u(?!00[0-7])")


class Style:
    """How a text is written, as far as it shows."""

    def __init__(self, text: str, plain: str) -> None:
        found = BREAK.search(text)
        self.newline = found.group() if found else "\n"
        self.ascii = plain.isascii() and bool(_ESCAPED.search(plain))
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
        self.colon = colon if colon is not None else ":" if gap == "" else ": "
        self.gap = gap if gap is not None else " " if self.colon[-1] != ":" else ""
        self.pad = pad or ""
        self.unit = "  " if unit is None else unit

    def string(self, value: str) -> str:
        """A string with its quotes."""
        return dumps(value, ensure_ascii=self.ascii)

    def value(self, value: Any, indent: str | None) -> str:
        """A value that begins on a line with that indent; in one line where the indent is None."""
        if not value or not isinstance(value, dict | list):
            return dumps(value, ensure_ascii=self.ascii)
        deeper = None if indent is None else indent + self.unit
        if isinstance(value, dict):
            opening, closing = "{}"
            parts = [self.string(key) + self.colon + self.value(inner, deeper) for key, inner in value.items()]
        else:
            opening, closing = "[]"
            parts = [self.value(inner, deeper) for inner in value]
        if indent is None:
            pad = self.pad if opening == "{" else ""
            return opening + pad + f",{self.gap}".join(parts) + pad + closing
        line = f"{self.newline}{deeper}"
        return opening + line + f",{line}".join(parts) + self.newline + indent + closing


def line_start(text: str, index: int) -> int:
    """Where the line of an index begins."""
    return max(text.rfind("\n", 0, index), text.rfind("\r", 0, index)) + 1


def indent_at(text: str, index: int) -> str:
    """The blanks that the line of an index begins with."""
    found = _BLANKS.match(text, line_start(text, index))
    return found.group() if found else ""
