"""From the paths somebody names to the files that are read."""

import os
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatch
from typing import NamedTuple

from splint.config import ConfigError

STDIN = "-"
ALWAYS_EXCLUDED = frozenset(
    [
        ".bzr",
        ".direnv",
        ".eggs",
        ".git",
        ".git-rewrite",
        ".hg",
        ".ipynb_checkpoints",
        ".mypy_cache",
        ".nox",
        ".pants.d",
        ".pyenv",
        ".pytest_cache",
        ".pytype",
        ".ruff_cache",
        ".svn",
        ".tox",
        ".venv",
        ".vscode",
        "__pypackages__",
        "_build",
        "buck-out",
        "dist",
        "node_modules",
        "site-packages",
        "venv",
    ]
)
"""Directories that no walk enters."""


class File(NamedTuple):
    """A file to read."""

    path: str
    """To open it by."""
    shown: str
    """Relative to the working directory, with forward slashes."""
    named: bool
    """Whether somebody named it, or a walk came across it."""


def find(
    paths: Sequence[str],
    suffixes: tuple[str, ...],
    exclude: Sequence[str],
    *,
    force: bool,
    stdin_name: str | None = None,
) -> Iterator[File]:
    """The files that `paths` name or hold, each once, directories walked in the order of their names.

    With `force`, named files are treated as walked ones: excluded by pattern, and skipped when they hold no payload.
    Raises ConfigError for a path that does not exist.
    """
    seen: set[str] = set()
    for path in sorted(dict.fromkeys(paths), key=os.path.isdir):  # a file that is named stays so, walked over or not
        if path == STDIN:
            if not force or _would_be_walked(stdin_name or "stdin.json", suffixes, exclude):
                yield File(STDIN, STDIN, named=not force)
            continue
        if os.path.isdir(path):  # noqa: PTH112 - pathlib is not imported on the way of a check
            found: Iterable[File] = _walk(path, suffixes, exclude)
        elif os.path.lexists(path):
            shown = _shown(path)
            left_out = force and not _would_be_walked(shown, suffixes, exclude)
            found = () if left_out else (File(path, shown, named=not force),)
        else:
            raise ConfigError(f"{path}: no such file or directory")
        for file in found:
            if file.shown not in seen:
                seen.add(file.shown)
                yield file


def _walk(top: str, suffixes: tuple[str, ...], exclude: Sequence[str]) -> Iterator[File]:
    for directory, below, names in os.walk(top):
        here = _shown(directory)
        below[:] = sorted(
            name for name in below if name not in ALWAYS_EXCLUDED and not _is_excluded(_joined(here, name), exclude)
        )
        for name in sorted(names):
            shown = _joined(here, name)
            path = os.path.join(directory, name)  # noqa: PTH118 - pathlib is not imported on the way of a check
            if name.lower().endswith(suffixes) and not _is_excluded(shown, exclude) and not _is_special(path):
                yield File(path, shown, named=False)


def _is_special(path: str) -> bool:
    """Whether a path is a pipe, a socket or a device: nothing that a walk should wait for."""
    return os.path.exists(path) and not os.path.isfile(path)  # noqa: PTH110, PTH113


def _would_be_walked(shown: str, suffixes: tuple[str, ...], exclude: Sequence[str]) -> bool:
    """Whether a walk from the top would come across a file."""
    *directories, _ = shown.split("/")
    hidden = not ALWAYS_EXCLUDED.isdisjoint(directories)
    return shown.lower().endswith(suffixes) and not hidden and not _is_excluded(shown, exclude)


def _joined(directory: str, name: str) -> str:
    return name if directory == "." else f"{directory}/{name}"


def _shown(path: str) -> str:
    try:
        return os.path.relpath(path).replace(os.sep, "/")
    except ValueError:  # another drive
        return os.path.abspath(path).replace(os.sep, "/")  # noqa: PTH100


def _is_excluded(shown: str, exclude: Sequence[str]) -> bool:
    """Whether a pattern fits the path, one of its parents or one of its names."""
    if not exclude:
        return False
    parts = shown.split("/")
    heads = ["/".join(parts[: end + 1]) for end in range(len(parts))]
    return any(fnmatch(text, pattern.rstrip("/")) for pattern in exclude for text in (*heads, *parts))
