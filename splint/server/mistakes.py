"""Mistakes in settings files and baselines, as diagnostics of these files."""

import os
import re
from typing import NamedTuple

from splint.reporting.masking import masked
from splint.settings.toml import NAMES

_PLACE = re.compile(r"(?P<path>[^\n]+?):(?P<line>\d+)(?::(?P<column>\d+))?: (?P<message>.*)", re.DOTALL)


class Mistake(NamedTuple):
    """What is wrong, and on which line."""

    message: str
    line: int
    """From 1."""
    column: int | None = None
    """From 1; None for the whole line."""


def mistakes_of(error: Exception, directory: str) -> list[tuple[str, Mistake]]:
    """The mistakes that an error on the settings of an absolute directory says, each with the path of its file.

    One without a place is on the first line of the closest settings file.
    """
    return [_mistake(str(words), directory) for words in error.args]


def _mistake(words: str, directory: str) -> tuple[str, Mistake]:
    match = _PLACE.match(words)
    if match is not None and os.path.isfile(match["path"]):
        column = int(match["column"]) if match["column"] else None
        return os.path.abspath(match["path"]), Mistake(masked(match["message"]), int(match["line"]), column)
    path, colon, message = words.partition(": ")
    if colon and os.path.isfile(path):
        return os.path.abspath(path), Mistake(masked(message), 1)
    return closest_settings(directory) or os.path.join(directory, NAMES[0]), Mistake(masked(words), 1)


def is_settings(path: str) -> bool:
    """Whether a path is that of a settings file."""
    return os.path.basename(path) in NAMES


def closest_settings(directory: str) -> str | None:
    """The closest settings file upwards from an absolute directory; None if there is none."""
    while True:
        for name in NAMES:
            path = os.path.join(directory, name)
            if os.path.isfile(path) and (name == NAMES[0] or _is_for_splint(path)):
                return path
        parent = os.path.dirname(directory)
        if parent == directory:
            return None
        directory = parent


def _is_for_splint(path: str) -> bool:
    try:
        with open(path, "rb") as stream:
            return b"tool.splint" in stream.read()
    except OSError:
        return False
