"""Sources: the text of a file or of a part of it, and the line, column and byte offset of an index in it."""

from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from splint.reporting.location import Position, Range
    from splint.reporting.masking import Secrets


BOM = b"\xef\xbb\xbf"
BLOCK = 4096
"""How many code points are counted at once on the way to a line and a byte offset."""


class Span(NamedTuple):
    """A range of a source's text: indexes in code points, the end exclusive."""

    start: int
    end: int


class _Mark(NamedTuple):
    """The position at which a block begins."""

    row: int
    """How many lines end before it."""
    start: int
    """Where its line begins."""
    size: int
    """How many bytes stand before it."""


TOP = _Mark(0, 0, 0)


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
        self._text: str | None = None
        self._secrets: Secrets | None = None
        self.values: list[Any] = []
        """What was read of it and not looked through for secrets yet: that is done when something is shown."""
        self._marks = [TOP]
        """Of the blocks so far: a position is counted within its block only, which takes a microsecond."""

    @property
    def secrets(self) -> "Secrets":
        """Credentials found in the text and in the values that were read from it: never to be shown."""
        if self._secrets is None:
            from splint.reporting.masking import Secrets

            self._secrets = Secrets()
        if self.values:
            from splint.reporting.credentials import credentials

            values, self.values = self.values, []
            for value in values:
                self._secrets.update(credentials(value))
        return self._secrets

    @secrets.setter
    def secrets(self, secrets: "Secrets") -> None:
        self._secrets = secrets

    @property
    def text(self) -> str:
        """The decoded text; each byte that is not UTF-8, which a reader has refused before, becomes a U+FFFD."""
        if self._text is None:
            try:
                self._text = self.data.decode("utf-8")
            except UnicodeDecodeError:
                self._text = "".join("\ufffd" if "\udc80" <= char <= "\udcff" else char for char in self._escaped)
        return self._text

    @cached_property
    def _lines(self) -> str:
        """The text with each line end as one LF, at its last code point."""
        text = self.text
        return text.replace("\r\n", " \n").replace("\r", "\n") if "\r" in text else text

    @property
    def _escaped(self) -> str:
        """The text with bytes that are not UTF-8 as lone surrogates: it gives every byte back."""
        return self.data.decode("utf-8", "surrogateescape")

    @cached_property
    def _sized(self) -> str | None:
        """The text that gives every byte back; None where each code point is a byte."""
        if len(self.data) == len(self.text):
            return None
        return self._escaped if "\ufffd" in self.text else self.text  # it may stand for a byte that is not UTF-8

    def _size(self, start: int, end: int) -> int:
        """How many bytes a stretch takes."""
        return end - start if self._sized is None else len(self._sized[start:end].encode("utf-8", "surrogateescape"))

    def _mark(self, block: int) -> _Mark:
        while len(self._marks) <= block:
            row, start, size = self._marks[-1]
            at = (len(self._marks) - 1) * BLOCK
            end = at + BLOCK
            start = self._lines.rfind("\n", at, end) + 1 or start
            self._marks.append(_Mark(row + self._lines.count("\n", at, end), start, size + self._size(at, end)))
        return self._marks[block]

    def position(self, index: int) -> "Position":
        """Line, column and byte offset of a code point index of `text`."""
        from splint.reporting.location import Position

        row, start, size = self._mark(index // BLOCK)
        at = index - index % BLOCK
        start = self._lines.rfind("\n", at, index) + 1 or start
        row += self._lines.count("\n", at, index)
        return Position(self.line + row, index - start + 1, self.offset + size + self._size(at, index))

    def range(self, start: int, end: int) -> "Range":
        """A stretch of `text`: most lie in one line, where the end is as far on as they are long."""
        from splint.reporting.location import Position, Range

        first = self.position(start)
        if end - start > BLOCK or self._lines.find("\n", start, end) >= 0:
            return Range(first, self.position(end))
        line, column, offset = first
        return Range(first, Position(line, column + end - start, offset + self._size(start, end)))

    def line_end(self, index: int, most: int) -> int:
        """Where the next line begins; at the latest `most` code points on, or where the text ends."""
        last = min(index + most, len(self.text))
        return self._lines.find("\n", index, last) + 1 or last

    def line_at(self, line: int) -> tuple[int, str]:
        """The index in `text` at which a line of the file begins, and what it holds."""
        row, end = line - self.line, len(self.text)
        while self._marks[-1].row <= row and len(self._marks) * BLOCK <= end:
            self._mark(len(self._marks))
        from bisect import bisect_right

        closest = self._marks[bisect_right(self._marks, row, key=lambda mark: mark.row) - 1]
        start = closest.start
        for _ in range(row - closest.row):
            start = self._lines.index("\n", start) + 1
        return start, self.text[start : self.line_end(start, end)].rstrip("\r\n")
