"""Reads settings files: TOML values with their line numbers."""

import os
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from splint.files.trust import current
from splint.reporting.wording import json_text
from splint.settings.config import ConfigError

NAMES = ("splint.toml", "pyproject.toml")
"""The names of settings files, in the order in which a directory is searched for them."""
_LONG_KEY = r"(?<![\w\"'-])(?:[\w\"'-]++[ \t]*+\.[ \t]*+){32}"
"""A key of more than 32 parts. It is looked for at the beginning of words alone: a long word is read once."""
Path = Sequence[str | int]
"""The steps from the top of the settings to a value."""


class File(NamedTuple):
    """The content of a settings file."""

    path: str
    """The absolute path, or `--config` for the setting of an option."""
    shown: str
    text: str
    table: tuple[str, ...]
    """The table that contains the settings: ("tool", "splint") in pyproject.toml."""
    values: dict[str, Any]

    def line(self, path: Path) -> int:
        """The line, from 1, of a value; if it is unknown, that of the closest parent."""
        return _line(self.text, self.values, self.table, path)

    def at(self, path: Path) -> str:
        """`FILE:LINE` of a value."""
        return f"{self.shown}:{self.line(path)}" if self.text else self.shown

    def error(self, path: Path, message: str) -> ConfigError:
        """The error on a value, with its file and line."""
        return ConfigError(f"{self.at(path)}: {message}")


class Origin(NamedTuple):
    """The origin of a setting."""

    option: str = ""
    """The option that gives it or adds to it; empty if there is none."""
    file: File | None = None
    path: tuple[str | int, ...] = ()
    below: "Origin | None" = None
    """The origin of the value that it adds to, in an extended file."""

    def place(self, *path: str) -> str:
        """`FILE:LINE` of the setting, or of a value in it; empty if no file contains it."""
        held = self.holder(*path)
        return held[0].at(held[1]) if held is not None else ""

    def holder(self, *path: str) -> tuple[File, Path] | None:
        """The file that contains the setting, or a value in it, and the path there; None if no file does."""
        if self.file is not None and _found(self.file.values, (*self.path, *path)) is not None:
            return self.file, (*self.path, *path)
        return self.below.holder(*path) if self.below is not None else None

    def over(self, below: "Origin") -> "Origin":
        """The origin of a setting that adds to one with the origin `below`."""
        return self._replace(below=below if self.below is None else self.below.over(below))

    def __str__(self) -> str:
        below = str(self.below) if self.below is not None else ""
        return ", ".join(filter(None, (self.file and self.place(), below, self.option))) or "default"


def read(path: str, shown: str) -> File | None:
    """Read a settings file; None for a pyproject.toml without [tool.splint]. Raises ConfigError if it is invalid."""
    in_project = os.path.basename(path) == NAMES[1]
    try:
        data = current().settings(path)
        if in_project and b"splint" not in data.replace(b"\0", b""):  # not for splint: it is not parsed
            return None
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise ConfigError(f"{shown}:{line}: cannot be read: it is not UTF-8 ({error})") from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise ConfigError(f"{shown}: cannot be read: {why}") from None
    import tomllib  # 2 ms of start time: most runs read no settings file

    if deep := re.search(_LONG_KEY, text):  # the time to read such a key is quadratic
        line = text.count("\n", 0, deep.start()) + 1
        raise ConfigError(f"{shown}:{line}: a key of more than 32 parts is none of splint's: it is not read")
    try:
        values: Any = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        bare = text.replace("\0", "")
        if in_project and not re.search(r"""tool\s*\.\s*["']?splint\b|^[ \t]*splint\s*[.=]""", bare, re.MULTILINE):
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
    """Parse the KEY=VALUE of `--config`; a value that is not TOML is taken as a text. Raises ConfigError."""
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


def toml_text(value: object) -> str:
    """A text, number or boolean as TOML: as JSON, but for what JSON escapes by two halves."""
    return re.sub(
        r"\\u(d[89ab]..)\\u(d[c-f]..)",
        lambda match: f"\\U{ord(bytes.fromhex(match[1] + match[2]).decode('utf-16-be')):08x}",
        json_text(value),
    )


def _fault(text: str, error: Exception) -> tuple[str, str]:
    """The place of a tomllib error as `:LINE:COLUMN`, empty if unknown, and its message."""
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
    """The line, from 1, of a value; if it is unknown, that of the closest parent."""
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
    """The keys and indices of a value; None if there is none. In lists a text selects the entry equal to it."""
    way: list[str | int] = []
    for step in path:
        if (at := _step(value, step)) is not None:
            value = value[at]
            way.append(at)
        elif value != step:
            return None
    return way


def _step(value: Any, step: str | int) -> str | int | None:
    """The key or index that a step selects in a value; None if there is none."""
    if isinstance(value, dict):
        return step if step in value else None
    if isinstance(value, list):
        if isinstance(step, str):
            return value.index(step) if step in value else None
        return step if step < len(value) else None
    return None
