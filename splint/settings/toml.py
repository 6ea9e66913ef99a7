"""Settings files: what TOML says, and on which line it says it."""

import tomllib
from collections.abc import Sequence
from typing import Any, NamedTuple

from splint.config import ConfigError

NAMES = ("splint.toml", "pyproject.toml")
"""In the order in which they are looked for in a directory."""
Path = Sequence[str | int]
"""The steps from the top of the settings to a value."""


class File(NamedTuple):
    """A settings file that has been read."""

    path: str
    """Absolute, or `--config` for what an option says."""
    shown: str
    text: str
    table: tuple[str, ...]
    """Where the settings begin: ("tool", "splint") in pyproject.toml."""
    values: dict[str, Any]

    def line(self, path: Path) -> int:
        """The line, from 1, that a value is said on; the closest one that is known."""
        return _line(self.text, (*self.table, *path))

    def at(self, path: Path) -> str:
        """`FILE:LINE` of a value."""
        return f"{self.shown}:{self.line(path)}" if self.text else self.shown

    def error(self, path: Path, message: str) -> ConfigError:
        """What is wrong with a value, as an error that names file and line."""
        return ConfigError(f"{self.at(path)}: {message}")


class Origin(NamedTuple):
    """Where a setting comes from."""

    option: str = ""
    """An option, which adds to the file or takes its place."""
    file: File | None = None
    path: tuple[str | int, ...] = ()

    def place(self, *path: str) -> str:
        """`FILE:LINE` of the setting, or of a value in it; empty where no file says that."""
        if self.file is None or not _has(self.file.values, (*self.path, *path)):
            return ""
        return self.file.at((*self.path, *path))

    def __str__(self) -> str:
        return ", ".join(filter(None, (self.place(), self.option))) or "default"


def read(path: str, shown: str) -> File | None:
    """Read a settings file; None for a pyproject.toml without [tool.splint]. Raises ConfigError."""
    try:
        with open(path, "rb") as stream:
            text = stream.read().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = (error.strerror or str(error)) if isinstance(error, OSError) else f"it is not UTF-8 ({error})"
        raise ConfigError(f"{shown}: cannot be read: {why}") from None
    in_project = path.endswith(NAMES[1])
    if in_project and "tool" not in text:
        return None
    try:
        values: Any = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        if in_project and "splint" not in text:
            return None
        line, column, why = _place(text, str(error))
        raise ConfigError(f"{shown}:{line}:{column}: not TOML: {why}") from None
    if in_project:
        tool = values.get("tool")
        values = tool.get("splint") if isinstance(tool, dict) else None
        if values is None:
            return None
        if not isinstance(values, dict):
            raise ConfigError(f"{shown}:{_line(text, ('tool', 'splint'))}: tool.splint is no table")
    return File(path, shown, text, ("tool", "splint") if in_project else (), values)


def read_inline(text: str) -> File:
    """What `--config KEY=VALUE` says; a value that is no TOML is a text. Raises ConfigError."""
    key, _, value = text.partition("=")
    for spelled in (text, f'{key}="{value}"'):
        try:
            return File("--config", "--config", "", (), tomllib.loads(spelled))
        except (tomllib.TOMLDecodeError, RecursionError):
            pass
    raise ConfigError(f"--config {text!r} is neither a file nor KEY=VALUE: write select=['SPL2'] or fail-on=warning")


def _place(text: str, message: str) -> tuple[int, int, str]:
    """Line, column and words of what tomllib says."""
    why, _, where = message.rpartition(" (at ")
    numbers = [int(word) for word in where.rstrip(")").replace(",", " ").split() if word.isdigit()]
    if len(numbers) == 2:
        return numbers[0], numbers[1], why[:1].lower() + why[1:]
    return text.count("\n") + 1, 1, (why or message).lower()


def _line(text: str, path: tuple[str | int, ...]) -> int:
    """The line of the statement that brings a value in: the first after which the text above holds it.

    tomllib keeps no places, so it reads the text again up to the lines on which the value's last words stand.
    """
    lines = text.split("\n")
    for size in range(len(path), 0, -1):
        word = next((step for step in reversed(path[:size]) if isinstance(step, str)), "")
        for start, line in enumerate(lines):
            if word in line and _holds(lines, start, path[:size]):
                return start + 1
    return 1


def _holds(lines: list[str], start: int, path: tuple[str | int, ...]) -> bool:
    """Whether the statement on a line completes a value: it may go on over the lines below."""
    for end in range(start + 1, len(lines) + 1):
        try:
            value: Any = tomllib.loads("\n".join(lines[:end]))
        except tomllib.TOMLDecodeError:
            continue
        return _has(value, path)
    return False


def _has(value: Any, path: Path) -> bool:
    for step in path:
        if isinstance(value, dict) and step in value:
            value = value[step]
        elif isinstance(value, list) and isinstance(step, int):
            if step >= len(value):
                return False
            value = value[step]
        elif isinstance(value, list) and step in value:
            value = step
        elif value != step:
            return False
    return True
