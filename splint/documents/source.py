"""The text of a file, or of a stretch of one, and the way from an index in it to a line, a column and a byte offset."""

import re
from typing import NamedTuple

from splint.position import Position

BOM = b"\xef\xbb\xbf"
BLOCK = 4096
"""How many code points are counted at once on the way to a byte offset."""


class Span(NamedTuple):
    """A stretch of a source's text: indexes in code points, the end exclusive."""

    start: int
    end: int


class Source:
    """The bytes of a file, or (for NDJSON) of one line of it, decoded when somebody asks.

    `line` and `offset` say where these bytes start in their file. Indexes into `text` count code points and leave a
    byte-order mark out. Line ends are LF, CRLF and CR.
    """

    def __init__(self, path: str, data: bytes, *, line: int = 1, offset: int = 0) -> None:
        self.path = path
        if data.startswith(BOM):
            data = data[3:]
            offset += 3
        self.data = data
        self.line = line
        self.offset = offset
        self.secrets: set[str] = set()
        """Access tokens found in the text: never to be shown."""
        self._text: str | None = None
        self._starts: list[int] | None = None
        self._blocks = [0]

    @property
    def text(self) -> str:
        """The decoded text; each byte that is not UTF-8, which a reader has refused before, becomes a U+FFFD."""
        if self._text is None:
            try:
                self._text = self.data.decode("utf-8")
            except UnicodeDecodeError:
                self._text = "".join("\ufffd" if "\udc80" <= char <= "\udcff" else char for char in self._escaped)
        return self._text

    @property
    def _escaped(self) -> str:
        """The text with bytes that are not UTF-8 as lone surrogates: it gives every byte back."""
        return self.data.decode("utf-8", "surrogateescape")

    @property
    def _line_starts(self) -> list[int]:
        if self._starts is None:
            self._starts = [0, *(end.end() for end in re.finditer(r"\r\n?|\n", self.text))]
        return self._starts

    def position(self, index: int) -> Position:
        """Line, column and byte offset of a code point index of `text`."""
        from bisect import bisect_right

        starts = self._line_starts
        row = bisect_right(starts, index) - 1
        return Position(self.line + row, index - starts[row] + 1, self.offset + self._size(index))

    def _size(self, index: int) -> int:
        """How many bytes stand before an index; counted from the block's start, however long the text is."""
        if len(self.data) == len(self.text):
            return index
        text = self._escaped if "\ufffd" in self.text else self.text  # it may stand for a byte that is not UTF-8
        while len(self._blocks) <= index // BLOCK:
            done = (len(self._blocks) - 1) * BLOCK
            size = len(text[done : done + BLOCK].encode("utf-8", "surrogateescape"))
            self._blocks.append(self._blocks[-1] + size)
        block = index // BLOCK
        return self._blocks[block] + len(text[block * BLOCK : index].encode("utf-8", "surrogateescape"))

    def line_at(self, line: int) -> tuple[int, str]:
        """The index in `text` at which a line of the file begins, and what it holds."""
        [(_, text)] = self.lines(line, line)
        return self._line_starts[line - self.line], text

    def lines(self, first: int, last: int, text: str | None = None) -> list[tuple[int, str]]:
        """The lines `first` to `last` (numbers in the file, both included) without their ends, those that are here.

        Out of `text` where another one of the same length is to be shown.
        """
        starts, text = self._line_starts, self.text if text is None else text
        found = []
        for row in range(max(first - self.line, 0), min(last - self.line + 1, len(starts))):
            end = starts[row + 1] if row + 1 < len(starts) else len(text)
            found.append((self.line + row, text[starts[row] : end].rstrip("\r\n")))
        return found
