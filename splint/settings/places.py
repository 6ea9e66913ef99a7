"""The line numbers of keys and entries in a TOML text, which tomllib does not keep."""

import re
import tomllib
from bisect import bisect_left
from functools import lru_cache

Path = tuple[str | int, ...]

BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
STRING = re.compile(
    r"""(?x) "{3} (?: [^"\\] | \\. | "(?!"") )* "{3,5}
    | '{3} (?: [^'] | '(?!'') )* '{3,5}
    | " (?: [^"\\\n] | \\. )* "
    | ' [^'\n]* '""",
    re.DOTALL,
)
BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
BARE_VALUE = re.compile(r"[^,\]}#\n]*")


@lru_cache(maxsize=16)
def places(text: str) -> dict[Path, int]:
    """Map the paths of keys and entries in a valid TOML text to the lines, from 1, on which they begin."""
    return _Scanner(text).scanned()


class _Scanner:
    """Scans a text once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines: dict[Path, int] = {}
        self._ends = [match.start() for match in re.finditer("\n", text)]
        self._lengths: dict[Path, int] = {}
        """The number of tables so far in each array of tables."""

    def scanned(self) -> dict[Path, int]:
        """Scan the text and return the lines by path."""
        table: Path = ()
        while self._next():
            if self.text[self.at] == "[":
                table = self._header()
            else:
                self._pair(table)
        return self.lines

    def _next(self) -> str:
        """Skip blanks and comments; return the next character, empty at the end."""
        match = BLANK.match(self.text, self.at)
        self.at = match.end() if match is not None else self.at
        return self.text[self.at : self.at + 1]

    def _note(self, path: Path, start: int) -> None:
        self.lines.setdefault(path, bisect_left(self._ends, start) + 1)

    def _header(self) -> Path:
        start = self.at
        doubled = self.text.startswith("[[", start)
        self.at += 1 + doubled
        *above, last = self._key()
        self.at = self.text.index("]", self.at) + 1 + doubled
        path: Path = ()
        for step in above:
            path = self._within((*path, step), start)
        path = (*path, last)
        if not doubled:
            self._note(path, start)
            return path
        self._lengths[path] = self._lengths.get(path, 0) + 1
        return self._within(path, start)

    def _within(self, path: Path, start: int) -> Path:
        """The path of the table that a header refers to: in an array of tables that of the last one."""
        self._note(path, start)
        if path in self._lengths:
            path = (*path, self._lengths[path] - 1)
            self._note(path, start)
        return path

    def _pair(self, table: Path) -> None:
        start = self.at
        path = table
        for step in self._key():
            path = (*path, step)
            self._note(path, start)
        self.at = self.text.index("=", self.at) + 1
        self._value(path)

    def _key(self) -> list[str]:
        """The steps of a dotted key."""
        steps = []
        while True:
            self._next()
            match = BARE_KEY.match(self.text, self.at)
            if match is not None:
                steps.append(match[0])
            else:
                match = STRING.match(self.text, self.at)
                if match is None:
                    raise ValueError(f"no key at {self.at}")
                steps.append(tomllib.loads(f"key = {match[0]}")["key"])
            self.at = match.end()
            if self._next() != ".":
                return steps
            self.at += 1

    def _value(self, path: Path) -> None:
        opening = self._next()
        if opening == "[":
            self.at += 1
            index = 0
            while self._next() != "]":
                self._note((*path, index), self.at)
                self._value((*path, index))
                index += 1
                self._comma()
            self.at += 1
        elif opening == "{":
            self.at += 1
            while self._next() != "}":
                self._pair(path)
                self._comma()
            self.at += 1
        else:
            match = STRING.match(self.text, self.at) or BARE_VALUE.match(self.text, self.at)
            self.at = match.end() if match is not None else self.at

    def _comma(self) -> None:
        if self._next() == ",":
            self.at += 1
