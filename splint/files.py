"""From the paths somebody names to the files that are read."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from splint.config import ConfigError

if TYPE_CHECKING:
    from splint.globs import Globs

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


class Scope(NamedTuple):
    """What a walk takes in a directory."""

    suffixes: tuple[str, ...]
    exclude: "tuple[Globs, ...]" = ()
    respect_gitignore: bool = True


ScopeAt = Callable[[str], Scope]
"""From an absolute directory to what a walk takes there."""


def find(
    paths: Sequence[str],
    scope_at: ScopeAt,
    *,
    force: bool,
    stdin_name: str | None = None,
    include: "Sequence[Globs]" = (),
) -> Iterator[File]:
    """The files that `paths` name or hold and those that fit `include`, each once, directories in order of their names.

    With `force`, named files are treated as walked ones: excluded by pattern, and skipped when they hold no payload.
    Raises ConfigError for a path that does not exist.
    """
    seen: set[str] = set()
    for path in sorted(dict.fromkeys(paths), key=os.path.isdir):  # a file that is named stays so, walked over or not
        if path == STDIN:
            if not force or _would_be_walked(os.path.abspath(stdin_name or "stdin.json"), scope_at):
                yield File(STDIN, STDIN, named=not force)
            continue
        if os.path.isdir(path):
            found: Iterable[File] = _walk(path, scope_at)
        elif os.path.lexists(path):
            left_out = force and not _would_be_walked(os.path.abspath(path), scope_at)
            found = () if left_out else (File(path, _shown(path), named=not force),)
        else:
            raise ConfigError(f"{path}: no such file or directory")
        for file in found:
            if file.shown not in seen:
                seen.add(file.shown)
                yield file
    for globs in include:
        for file in _included(globs, scope_at):
            if file.shown not in seen:
                seen.add(file.shown)
                yield file


def _walk(top: str, scope_at: ScopeAt) -> Iterator[File]:
    from splint.globs import Ignored, ignored_in

    ignored: dict[str, Ignored] = {}
    for directory, below, names in os.walk(top):
        absolute = os.path.abspath(directory)
        here = _shown(directory)
        suffixes, exclude, respect = scope_at(absolute)
        if respect and absolute not in ignored:
            ignored[absolute] = ignored_in(absolute)
        rules = ignored.pop(absolute, Ignored())
        kept = []
        for name in sorted(below):
            path = f"{absolute}{os.sep}{name}"
            if name not in ALWAYS_EXCLUDED and not _fits(exclude, f"{path}/") and not rules.fits(f"{path}/"):
                kept.append(name)
                if respect:
                    ignored[path] = rules.within(path)
        below[:] = kept
        for name in sorted(names):
            path = f"{absolute}{os.sep}{name}"
            if name.lower().endswith(suffixes) and not _fits(exclude, path) and not rules.fits(path):
                opened = os.path.join(directory, name)
                if not _is_special(opened):
                    yield File(opened, _joined(here, name), named=False)


def _fits(globs: "Iterable[Globs]", path: str) -> bool:
    return any(found.fits(path) for found in globs)


def _included(globs: "Globs", scope_at: ScopeAt) -> Iterator[File]:
    """The files of a walk that fit patterns; it begins where their wildcards do."""
    from splint.globs import Globs

    for pattern in globs.patterns:
        steps = pattern.strip("/").split("/")
        plain = next((at for at, step in enumerate(steps) if any(char in step for char in "*?[!")), len(steps))
        top = os.path.relpath(os.path.join(globs.root, *steps[:plain]))
        if plain == len(steps):
            if os.path.isdir(top):
                yield from _walk(top, scope_at)
            elif os.path.isfile(top):
                yield File(top, _shown(top), named=False)
            else:
                raise ConfigError(f"include: {pattern!r} is no file or directory in {_shown(globs.root)}")
        elif os.path.isdir(top):
            only = Globs(globs.root, (f"/{pattern.strip('/')}",))
            yield from (file for file in _walk(top, scope_at) if only.fits(os.path.abspath(file.path)))


def _is_special(path: str) -> bool:
    """Whether a path is a pipe, a socket or a device: nothing that a walk should wait for."""
    return os.path.exists(path) and not os.path.isfile(path)


def _would_be_walked(path: str, scope_at: ScopeAt) -> bool:
    """Whether a walk from the working directory would come across a file."""
    directory = os.path.dirname(path)
    suffixes, exclude, respect = scope_at(directory)
    *parents, _ = _shown(path).split("/")
    if not path.lower().endswith(suffixes) or not ALWAYS_EXCLUDED.isdisjoint(parents):
        return False
    return not _fits(exclude, path) and not (respect and _is_ignored(path))


def _is_ignored(path: str) -> bool:
    """Whether git ignores a file, or a directory around it."""
    from splint.globs import Ignored, ignored_in

    rules = ignored_in(os.path.dirname(path))
    while rules.files:
        if rules.fits(path):
            return True
        path = f"{os.path.dirname(path.rstrip(os.sep))}{os.sep}"
        rules = Ignored(tuple(globs for globs in rules.files if globs.below(path)))
    return False


def _joined(directory: str, name: str) -> str:
    return name if directory == "." else f"{directory}/{name}"


def _shown(path: str) -> str:
    try:
        return os.path.relpath(path).replace(os.sep, "/")
    except ValueError:  # another drive
        return os.path.abspath(path).replace(os.sep, "/")
