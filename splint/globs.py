"""Patterns of paths, as gitignore writes them."""

import os
from collections.abc import Iterable
from functools import cached_property
from typing import Any, NamedTuple


class Globs:
    """Patterns in gitignore's language, of paths below a directory.

    A pattern without a slash fits at any depth, one that fits a directory fits all that is in it, `**` crosses
    directories, and a later `!pattern` takes back.
    """

    def __init__(self, root: str, patterns: Iterable[str]) -> None:
        self.root = root
        """Absolute."""
        self.patterns = tuple(patterns)

    def __bool__(self) -> bool:
        return bool(self.patterns)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Globs) and (self.root, self.patterns) == (other.root, other.patterns)

    def __hash__(self) -> int:
        return hash((self.root, self.patterns))

    @cached_property
    def _spec(self) -> Any:
        from pathspec import GitIgnoreSpec  # 20 ms: a run without patterns does without it

        return GitIgnoreSpec.from_lines(self.patterns)

    def judge(self, path: str) -> bool | None:
        """Whether an absolute path (a directory's ends with a slash) fits; None when no pattern speaks of it."""
        below = self.below(path)
        if below is None or not self.patterns:
            return None
        found: bool | None = self._spec.check_file(below).include
        return found

    def fits(self, path: str) -> bool:
        """Whether an absolute path fits."""
        return self.judge(path) is True

    def below(self, path: str) -> str | None:
        """A path as seen from the patterns' directory, with forward slashes; None when it is not in there."""
        root = self.root if self.root.endswith(os.sep) else self.root + os.sep
        return path[len(root) :].replace(os.sep, "/") if path.startswith(root) else None


class Ignored(NamedTuple):
    """The ignore files of a repository that govern a directory, the outermost first."""

    files: tuple[Globs, ...] = ()

    def fits(self, path: str) -> bool:
        """Whether git ignores an absolute path of that directory: the innermost file that speaks of it decides."""
        return next((found for globs in reversed(self.files) if (found := globs.judge(path)) is not None), False)

    def within(self, directory: str) -> "Ignored":
        """What governs a directory one step further down: its own .gitignore comes in."""
        found = _patterns(os.path.join(directory, ".gitignore"))
        return Ignored((*self.files, Globs(directory, found))) if found else self


def ignored_in(directory: str) -> Ignored:
    """What git ignores in an absolute directory: nothing where there is no repository around it."""
    above = [directory]
    while not os.path.lexists(os.path.join(above[-1], ".git")):
        parent = os.path.dirname(above[-1])
        if parent == above[-1]:
            return Ignored()
        above.append(parent)
    top = above[-1]
    found = _patterns(os.path.join(top, ".git", "info", "exclude"))
    ignored = Ignored((Globs(top, found),) if found else ())
    for step in reversed(above):
        ignored = ignored.within(step)
    return ignored


def _patterns(path: str) -> tuple[str, ...]:
    """The patterns of an ignore file; none where it is missing, is no file or cannot be read, as for git."""
    try:
        with open(path, encoding="utf-8", errors="surrogateescape") as stream:
            lines = stream.read().splitlines()
    except OSError:
        return ()
    return tuple(line for line in lines if line.strip() and not line.startswith("#"))
