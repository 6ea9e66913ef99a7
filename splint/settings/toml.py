"""Settings files: what TOML says, and on which line it says it."""

import os
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from splint.settings.config import ConfigError

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
        return _line(self.text, self.values, self.table, path)

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
    below: "Origin | None" = None
    """Where what it adds to comes from: an extended file."""

    def place(self, *path: str) -> str:
        """`FILE:LINE` of the setting, or of a value in it; empty where no file says that."""
        if self.file is not None and _found(self.file.values, (*self.path, *path)) is not None:
            return self.file.at((*self.path, *path))
        return self.below.place(*path) if self.below is not None else ""

    def over(self, below: "Origin") -> "Origin":
        """Where a setting comes from that adds to another."""
        return self._replace(below=below if self.below is None else self.below.over(below))

    def __str__(self) -> str:
        below = str(self.below) if self.below is not None else ""
        return ", ".join(filter(None, (self.file and self.place(), below, self.option))) or "default"


def read(path: str, shown: str) -> File | None:
    """Read a settings file; None for a pyproject.toml without [tool.splint]. Raises ConfigError."""
    in_project = os.path.basename(path) == NAMES[1]
    try:
        with open(path, "rb") as stream:
            data = stream.read()
        if in_project and b"splint" not in data:  # somebody else's: whether it is TOML is none of our business
            return None
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise ConfigError(f"{shown}:{line}: cannot be read: it is not UTF-8 ({error})") from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise ConfigError(f"{shown}: cannot be read: {why}") from None
    import tomllib  # here, since most runs meet no settings: 2 ms of a start

    if deep := re.search(r"(?:[\w\"'-]++[ \t]*+\.[ \t]*+){32}", text):  # the time to read such a key is quadratic
        line = text.count("\n", 0, deep.start()) + 1
        raise ConfigError(f"{shown}:{line}: a key of more than 32 parts is none of splint's: it is not read")
    try:
        values: Any = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        if in_project and not re.search(r"""tool\s*\.\s*["']?splint\b|^\s*splint\s*[.=]""", text, re.MULTILINE):
            return None
        where, why = _fault(text, error)
        raise ConfigError(f"{shown}{where}: not TOML: {why}") from None
    if in_project:
        tool = values.get("tool")
        project, values = values, tool.get("splint") if isinstance(tool, dict) else None
        if values is None:
            return None
        if not isinstance(values, dict):
            line = _line(text, project, (), ("tool", "splint"))
            raise ConfigError(f"{shown}:{line}: tool.splint is no table: write [tool.splint]")
    return File(path, shown, text, ("tool", "splint") if in_project else (), values)


def read_inline(text: str) -> File:
    """What `--config KEY=VALUE` says; a value that is no TOML is a text. Raises ConfigError."""
    import tomllib  # only where a settings file is read

    key, _, value = text.partition("=")
    quoted = value.strip().replace("\\", "\\\\").replace('"', '\\"')
    for spelled in (text, f'{key}="{quoted}"'):
        try:
            values = tomllib.loads(spelled)
        except (ValueError, RecursionError):
            continue
        if values:
            return File("--config", "--config", "", (), values)
    raise ConfigError(f"--config {text!r} is neither a file nor KEY=VALUE: write select=['SPL2'] or fail-on=warning")


def _fault(text: str, error: Exception) -> tuple[str, str]:
    """`:LINE:COLUMN` and words of what tomllib says."""
    import tomllib  # only where a settings file is read

    if isinstance(error, RecursionError):
        return "", "it nests too deep"
    why, _, where = str(error).rpartition(" (at ")
    numbers = [int(word) for word in where.rstrip(")").replace(",", " ").split() if word.isdigit()]
    if len(numbers) == 2:
        return f":{numbers[0]}:{numbers[1]}", why[:1].lower() + why[1:]
    if not isinstance(error, tomllib.TOMLDecodeError):
        return "", "a number in it is too big"
    lines = text.rstrip("\n").split("\n")
    return f":{len(lines)}:{len(lines[-1]) + 1}", f"{why[:1].lower()}{why[1:]} at the end of the file"


def _line(text: str, values: Any, table: tuple[str, ...], path: Path) -> int:
    """The line on which a value is said; the closest one around it that is known."""
    from splint.settings.places import places  # only for messages

    known = places(text)
    way: tuple[str | int, ...] = table
    line = known.get(way, 1)
    for step in path:
        at = _step(values, step)
        if at is None:
            break
        values = values[at]
        way = (*way, at)
        line = known.get(way, line)
    return line


def _found(value: Any, path: Path) -> Path | None:
    """The keys and indexes that lead to a value; None where it is not. A text stands for the entry that it is."""
    way: list[str | int] = []
    for step in path:
        if (at := _step(value, step)) is not None:
            value = value[at]
            way.append(at)
        elif value != step:
            return None
    return way


def _step(value: Any, step: str | int) -> str | int | None:
    """The key or index by which a step goes into a value."""
    if isinstance(value, dict):
        return step if step in value else None
    if isinstance(value, list):
        if isinstance(step, str):
            return value.index(step) if step in value else None
        return step if step < len(value) else None
    return None
