"""Sources: the text of a file or of a part of it, and the line, column and byte offset of an index in it."""

from functools import cache
from typing import TYPE_CHECKING, Any

from splint.schema.kinds import cached_property

if TYPE_CHECKING:
    from splint.reporting.location import Position, Range
    from splint.reporting.masking import Secrets


BOM = b"\xef\xbb\xbf"
BLOCK = 4096
"""The code points per block; line and byte counts are cached at block boundaries."""


Mark = tuple[int, int, int]
"""The cached counts at the start of a block: the line ends before it, the index at which its line begins, and the bytes
before it."""
TOP: Mark = (0, 0, 0)


_new = tuple.__new__
"""What positions and ranges, as NamedTuples, call to make one, in half the time."""


@cache
def _kinds() -> "tuple[type[Position], type[Range]]":
    """Positions and ranges: a run without findings needs neither, and to import them takes as long as to find one."""
    from splint.reporting.location import Position, Range  # a clean file has no places

    return Position, Range


class Source:
    """The bytes of a file, or of one line of NDJSON, decoded on demand.

    `line` and `offset` are the position of these bytes in their file. Indexes into `text` are in code points; a
    byte-order mark is not part of the text. Line ends are LF, CRLF and CR. Without `has_lines` they stand nowhere in
    their file, as the record of a table: what is found in them has no lines either.
    """

    _text: str | None = None
    _secrets: "Secrets | None" = None
    _masked: "tuple[int, str] | None" = None
    """The text without so many secrets. Secrets are only ever added: their number tells whether it is still right."""
    is_json = False
    """Whether the text is the JSON of one of `values` and nothing else."""
    _hints = False
    """Whether a value hinted at credentials."""

    def __init__(self, path: str, data: bytes, *, line: int = 1, offset: int = 0, has_lines: bool = True) -> None:
        self.path = path
        self.has_lines = has_lines
        if data.startswith(BOM):
            data = data[3:]
            offset += 3
        self.data = data
        self.line = line
        self.offset = offset
        self.values: list[Any] = []
        """The parsed values that are not scanned for secrets yet; `secrets` scans them."""
        self._marks = [TOP]
        """The marks of the blocks so far: computing a position scans one block only, which takes a microsecond."""
        self._last = (0, *TOP)
        """The last index whose position was asked for, with the counts there: the next one is often close behind."""

    @property
    def secrets(self) -> "Secrets":
        """The credentials in the text and in the values parsed from it; output masks them."""
        if self._secrets is None or self.values:
            self._secrets = self._with_scanned(self._secrets)
        return self._secrets

    @secrets.setter
    def secrets(self, secrets: "Secrets") -> None:
        self._secrets = secrets

    def _with_scanned(self, secrets: "Secrets | None") -> "Secrets":
        """The secrets so far with those in the values that are not scanned yet."""
        import splint.reporting.credentials  # only what is shown is masked

        values, self.values = self.values, []
        secrets, does_hint = splint.reporting.credentials.scan(values, secrets)
        self._hints |= does_hint
        return secrets

    @cached_property
    def _has_escapes(self) -> bool:
        """Whether a backslash stands in the text: each finding asks, and a long text is searched once."""
        return "\\" in self.text

    @property
    def needs_masking(self) -> bool:
        """Whether the text may show a credential; for speed only, since to look for them takes longest of a finding."""
        return bool(self.secrets) or self._hints or not self.is_json or self._has_escapes

    @property
    def shown(self) -> str:
        """The text with its credentials masked."""
        if not self.needs_masking:
            return self.text
        from splint.reporting.masking import masked  # only what is shown is masked

        secrets = self.secrets
        if self._masked is None or self._masked[0] != len(secrets):
            self._masked = len(secrets), masked(self.text, secrets)
        return self._masked[1]

    @property
    def text(self) -> str:
        """The decoded text; a byte that is not UTF-8 becomes U+FFFD (readers refuse such a source)."""
        if self._text is None:
            try:
                self._text = self.data.decode("utf-8")
            except UnicodeDecodeError:
                self._text = "".join("\ufffd" if "\udc80" <= char <= "\udcff" else char for char in self._escaped)
        return self._text

    @cached_property
    def _lines(self) -> str:
        """The text with each line end replaced by one LF, at its last code point; the length stays the same."""
        text = self.text
        return text.replace("\r\n", " \n").replace("\r", "\n") if "\r" in text else text

    @property
    def _escaped(self) -> str:
        """The text with bytes that are not UTF-8 as lone surrogates; encoding it restores every byte."""
        return self.data.decode("utf-8", "surrogateescape")

    @cached_property
    def _sized(self) -> str | None:
        """The text for counting bytes; None if each code point is one byte."""
        if len(self.data) == len(self.text):
            return None
        return self._escaped if "\ufffd" in self.text else self.text  # it may stand for a byte that is not UTF-8

    def _size(self, start: int, end: int) -> int:
        """The number of bytes of a range."""
        return end - start if self._sized is None else len(self._sized[start:end].encode("utf-8", "surrogateescape"))

    def _mark(self, block: int) -> Mark:
        while len(self._marks) <= block:
            row, start, size = self._marks[-1]
            at = (len(self._marks) - 1) * BLOCK
            end = at + BLOCK
            start = self._lines.rfind("\n", at, end) + 1 or start
            self._marks.append((row + self._lines.count("\n", at, end), start, size + self._size(at, end)))
        return self._marks[block]

    def position(self, index: int) -> "Position":
        """The line, column and byte offset of an index of `text`."""
        at, row, start, size = self._last
        if not at <= index < at + BLOCK:
            row, start, size = self._mark(index // BLOCK)
            at = index - index % BLOCK
        lines = self._lines
        start = lines.rfind("\n", at, index) + 1 or start
        row += lines.count("\n", at, index)
        size += self._size(at, index)
        self._last = index, row, start, size
        return _new(_kinds()[0], (self.line + row, index - start + 1, self.offset + size))

    def range(self, start: int, end: int) -> "Range":
        """The range between two indexes of `text`, with lines, columns and byte offsets."""
        position, stretch = _kinds()
        first = self.position(start)
        if end - start > BLOCK or self._lines.find("\n", start, end) >= 0:
            return _new(stretch, (first, self.position(end)))
        line, column, offset = first
        last = _new(position, (line, column + end - start, offset + self._size(start, end)))
        return _new(stretch, (first, last))

    def line_end(self, index: int, most: int) -> int:
        """The index at which the next line begins, but at most `index + most`, or the end of the text."""
        last = min(index + most, len(self.text))
        return self._lines.find("\n", index, last) + 1 or last

    def line_at(self, line: int) -> tuple[int, str]:
        """The index in `text` at which a line of the file begins, and the line without its end."""
        row, end = line - self.line, len(self.text)
        while self._marks[-1][0] <= row and len(self._marks) * BLOCK <= end:
            self._mark(len(self._marks))
        from bisect import bisect_right  # only where places are asked for

        before, start, _ = self._marks[bisect_right(self._marks, row, key=lambda mark: mark[0]) - 1]
        for _ in range(row - before):
            start = self._lines.index("\n", start) + 1
        return start, self.text[start : self.line_end(start, end)].rstrip("\r\n")
