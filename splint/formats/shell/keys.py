"""Keys of the files that a script names, by which they are told apart from each other and from variables."""

import re
from fnmatch import fnmatchcase
from itertools import islice

from splint.formats.shell.directories import joined
from splint.formats.shell.words import Word, lone

_MOST_PATTERNS = 64
"""With more of them any file may be changed: to match each with all files would take quadratic time."""
_BRACES = re.compile(r"\{[^{}\s]*,[^{}\s]*\}")
_FILLED = re.compile(r"\$\{[^{}]*\}|\$\([^()]*\)|`[^`]*`|\$\w+")


def file_key(name: str, directory: str) -> str:
    """The key of a file, which no variable has."""
    return f"@{joined(directory, name)}"


def key_of(name: Word, directory: str) -> str:
    """The key of a file by its name; behind a dollar sign that of the variable, where one has all of the name."""
    variable = lone(name)
    return named_key(variable, directory) if variable else file_key(name.text, directory)


def named_key(variable: str, directory: str) -> str:
    """The key of a file whose name a variable has: the variable, and where the name is looked for."""
    return f"${variable}/{directory}" if directory else f"${variable}"


def folder_of(key: str) -> tuple[str, str]:
    """Of the key of a file, a directory that only a run tells, empty for any other, and the last part of its name."""
    folder, _, last = key[1:].rpartition("/")
    return folder if any(mark in folder for mark in "\0$`") else "", last


def pattern_of(name: str) -> str | None:
    """The last part of a name as a pattern, where the shell may make several of it; None for any other."""
    pattern = _BRACES.sub("*", name.removeprefix("@")).rpartition("/")[2]
    return pattern if "*" in pattern or "?" in pattern else None


def filled_pattern(key: str) -> str | None:
    """The last part of the name of a file as a pattern, where only a run tells a part of that; None for any other."""
    pattern = _FILLED.sub("*", key[1:]).rpartition("/")[2] if key.startswith("@") and ("$" in key or "`" in key) else ""
    return pattern if "*" in pattern and pattern.strip("*") else None


def matching(name: str, patterns: dict[str, int], before: int) -> int | None:
    """Where a pattern before a place stands that may mean the last part of the name of a file; None for nowhere."""
    few = islice(patterns.items(), _MOST_PATTERNS + 1)
    starts = (
        start
        for at, (pattern, start) in enumerate(few)
        if at == _MOST_PATTERNS or (start < before and fnmatchcase(name, pattern))
    )
    return next(starts, None)
