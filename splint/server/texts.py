"""Texts of an editor: lines, positions in the client's encoding, and the changes that come as somebody types."""

import os
import re
from bisect import bisect_left, bisect_right
from functools import cached_property
from itertools import accumulate
from typing import Literal, NamedTuple
from urllib.parse import quote

Encoding = Literal["utf-8", "utf-16"]
"""What the characters of a position count: bytes, or units of two bytes."""
_LINE_END = re.compile(r"\r\n|\n|\r")
_WIDTHS: dict[Encoding, tuple[str, int]] = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2)}


class Place(NamedTuple):
    """A position as the protocol counts: line and character from 0."""

    line: int
    character: int


class Text:
    """A text, with the lines that the protocol knows: they end in LF, CRLF or CR."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def starts(self) -> list[int]:
        """The index at which each line begins."""
        if "\r" in self.text:
            return [0, *(match.end() for match in _LINE_END.finditer(self.text))]
        sizes = map(len, self.text.split("\n")[:-1])  # five times as fast, with each change of a large text
        return [0, *accumulate(map((1).__add__, sizes))]

    @cached_property
    def data(self) -> bytes:
        """The text as a file would hold it."""
        return self.text.encode("utf-8", "surrogatepass")

    def line(self, number: int) -> str:
        """A line, from 0, without its end; empty beyond the last one."""
        if not 0 <= number < len(self.starts):
            return ""
        end = self.starts[number + 1] if number + 1 < len(self.starts) else len(self.text)
        return self.text[self.starts[number] : end].rstrip("\r\n")

    def index(self, place: Place, encoding: Encoding) -> int:
        """The index of a position; one outside of the text, or within a character, becomes the closest before it."""
        number, character = place
        if number < 0:
            return 0
        if number >= len(self.starts):
            return len(self.text)
        line = self.line(number)
        start = self.starts[number]
        if line.isascii():
            return start + min(max(character, 0), len(line))
        return start + _length_of(line[: max(character, 0)], max(character, 0), encoding)

    def place(self, index: int, encoding: Encoding) -> Place:
        """The position of an index, which is clamped to the text."""
        index = min(max(index, 0), len(self.text))
        number = bisect_right(self.starts, index) - 1
        before = self.text[self.starts[number] : index]
        return Place(number, _units(before, encoding))

    def at(self, line: int, column: int) -> int:
        """The index of a line and a column in code points, both from 1; of a file, whose columns count no BOM."""
        number = min(max(line - 1, 0), len(self.starts) - 1)
        marked = number == 0 and self.text.startswith("\ufeff")
        return min(self.starts[number] + column - 1 + marked, len(self.text))

    def changed(self, start: Place, end: Place, new: str, encoding: Encoding) -> "Text":
        """The text with a range replaced."""
        first, last = self.index(start, encoding), self.index(end, encoding)
        return Text(f"{self.text[:first]}{new}{self.text[max(first, last) :]}")


class Moved:
    """Where the offsets of a text went when one stretch of it was typed anew: those within it to its start."""

    def __init__(self, old: str, new: str) -> None:
        self._start = alike(old, new)
        self._end = len(old) - alike_at_the_end(old, new, min(len(old), len(new)) - self._start)
        self._by = len(new) - len(old)

    def __call__(self, offset: int) -> int:
        if offset < self._end:
            return min(offset, self._start)
        return offset + self._by


def alike(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    sizes = range(min(len(one), len(other)) + 1)
    return bisect_left(sizes, x=True, lo=1, key=lambda size: one[:size] != other[:size]) - 1


def alike_at_the_end(one: str, other: str, most: int) -> int:
    """How many characters, at most `most`, two texts end in alike."""
    return alike(one[: -most - 1 : -1], other[: -most - 1 : -1]) if most else 0


def _units(text: str, encoding: Encoding) -> int:
    if text.isascii():
        return len(text)
    name, width = _WIDTHS[encoding]
    return len(text.encode(name, "surrogatepass")) // width


def _length_of(text: str, units: int, encoding: Encoding) -> int:
    """How many code points of a text the first units hold; one that they hold in part is left out."""
    name, width = _WIDTHS[encoding]
    data = text.encode(name, "surrogatepass")
    if len(data) <= units * width:
        return len(text)
    data = data[: units * width]
    while True:
        try:
            held = len(data.decode(name, "surrogatepass"))
        except UnicodeDecodeError:
            data = data[:-width]
            continue
        return held if text[:held].encode(name, "surrogatepass") == data else held - 1


class Buffer:
    """A document that is open in the editor; each change makes another one."""

    def __init__(self, uri: str, path: str, language: str, version: int, text: Text) -> None:
        self.uri = uri
        self.path = path
        """The path of the file; of an untitled document one that no file has, with its language's suffix."""
        self.language = language
        """The editor's name for it."""
        self.version = version
        self.text = text

    @property
    def is_untitled(self) -> bool:
        """Whether no file stands behind it."""
        return self.uri.startswith("untitled:")

    def at(self, version: int, text: Text) -> "Buffer":
        """The document after a change."""
        return Buffer(self.uri, self.path, self.language, version, text)


SUFFIXES = {
    "json": ".json",
    "jsonc": ".jsonc",
    "ndjson": ".ndjson",
    "jsonl": ".ndjson",
    "jsonlines": ".ndjson",
    "yaml": ".yaml",
    "yml": ".yaml",
    "shellscript": ".sh",
    "shell": ".sh",
    "sh": ".sh",
    "bash": ".sh",
    "zsh": ".sh",
    "markdown": ".md",
    "plaintext": ".txt",
    "text": ".txt",
}
"""The suffix of the format that is meant, by what editors call a language."""


def path_of_untitled(uri: str, language: str, directory: str) -> str:
    """The path that stands for an untitled document: no file is called so, and its language gives the format."""
    return os.path.join(directory, f"{quote(uri, safe='')[:200]}{SUFFIXES.get(language.lower(), '')}")


def place_of(path: str) -> str:
    """A path as a walk of the working directory finds it: its directory without symlinks, its own name as it is."""
    directory, name = os.path.split(os.path.abspath(path))
    return os.path.join(os.path.realpath(directory), name)
