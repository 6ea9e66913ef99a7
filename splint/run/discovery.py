"""File discovery: expands the paths of the command line and the settings to the files to check."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from splint.files import STDIN, File, is_special, regular_in
from splint.files.trust import current, is_of_git, leads_into_git, lies_in
from splint.settings.config import ConfigError

if TYPE_CHECKING:
    from splint.run.worker import LinterAt
    from splint.settings.globs import Globs, Ignored

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
"""Directories that a walk of a trusted tree does not enter, nor through a symlink."""
OF_GIT = frozenset([".git"])
"""Those of an untrusted tree, in which a stranger may use any other name."""
WILDCARDS = "*?[{\\"


class Scope:
    """Which files of a directory a walk includes."""

    def __init__(
        self,
        suffixes: tuple[str, ...],
        exclude: tuple["Globs", ...] = (),
        respect_gitignore: bool = True,
    ) -> None:
        self.suffixes = suffixes
        self.exclude = exclude
        self.respect_gitignore = respect_gitignore
        self.excluded = OF_GIT if current().untrusted else ALWAYS_EXCLUDED
        """Names of directories."""


ScopeAt = Callable[[str], Scope]
"""Maps an absolute directory to its Scope."""


def scopes(linter_at: "LinterAt") -> ScopeAt:
    """The function that returns what a walk takes of a directory, by its linter."""

    def scope_at(directory: str) -> Scope:
        linter = linter_at(directory)
        return Scope(linter.suffixes, linter.config.exclude, linter.config.respect_gitignore)

    return scope_at


def find(
    paths: Sequence[str],
    scope_at: ScopeAt,
    *,
    force: bool,
    stdin_name: str | None = None,
    include: "Sequence[Globs]" = (),
) -> Iterator[File]:
    """Yield the files that `paths` name, those in the directories that they name, and those that match `include`.

    Each file is yielded once: by its own path, in the order of the names in its directory, or through a symlink, after
    all others. With `force`, named files are treated as walked ones: patterns exclude them, and they are skipped if
    they contain no payload. A path that does not exist is yielded too, so that the report says that it cannot be read.
    Raises ConfigError for a directory that cannot be listed and for an `include` that does not exist.
    """
    seen: set[str] = set()
    named = sorted(dict.fromkeys(paths), key=os.path.islink)
    tops = dict.fromkeys(path for path in named if path != STDIN and os.path.isdir(path))
    for path in (path for path in named if path not in tops):  # a named file counts as one, be it walked to or not
        if path == STDIN:
            if not force or would_be_walked(os.path.abspath(stdin_name or "stdin.json"), scope_at):
                yield File(STDIN, STDIN, named=not force)
            continue
        if not (force and os.path.lexists(path)) or would_be_walked(os.path.abspath(path), scope_at):
            yield from _unseen([_named(path, named=not force)], seen)
    walks = (*(_Walk(top, scope_at).files() for top in tops), *(_included(globs, scope_at) for globs in include))
    yield from _unseen((file for walk in walks for file in walk), seen)


def _unseen(files: Iterable[File], seen: set[str]) -> Iterator[File]:
    """Yield the files that are not among those `seen`, the ones behind a symlink last, and note them."""
    links = list[File]()
    for file in files:
        if file.real is not None:
            links.append(file)
        elif file.shown not in seen:
            seen.add(file.shown)
            yield file
    for file in links:
        if _shown(file.real or file.path) not in seen:
            seen.add(_shown(file.real or file.path))
            yield file


def _named(path: str, *, named: bool) -> File:
    """A file by a path that need not be its own."""
    real = os.path.realpath(path)
    behind_link = real != os.path.abspath(path) and os.path.isfile(real)
    return File(path, _shown(path), named, real if behind_link else None)


class _Walk:
    """A walk of a directory: the files in it that are not excluded; exclusions do not apply to the directory itself.

    What symlinks to directories lead to comes last, by their names, where it lies in the tree but neither below nor
    above the top. What is below has a path of its own, by which it is found or left out.
    """

    def __init__(self, top: str, scope_at: ScopeAt) -> None:
        self._top = os.path.realpath(top)
        self._scope_at = scope_at
        self._pending = [(top, self._top)]
        """The directories to walk, by a path and the real one: the top, and what symlinks lead to."""
        self._targets = {self._top}
        """Their real paths."""
        self._entered = set[str]()
        """The real paths of the directories that were entered: none is a second time."""

    def files(self) -> Iterator[File]:
        """Yield the files. Raises ConfigError for a directory that cannot be listed."""
        for path, real in self._pending:  # which grows
            yield from self._below(path, real)

    def _below(self, top: str, real_top: str) -> Iterator[File]:
        """Yield the files below a directory but for what symlinks to directories lead to.

        What is excluded by its own path is left out as well. A symlink to a directory outside of an untrusted tree is
        yielded itself, and refused when it is opened.
        """
        from splint.settings.globs import Ignored, ignored_in  # a run that names files walks nothing

        ignored: dict[str, Ignored] = {}
        beginning, scope_at, trust = os.path.abspath(top), self._scope_at, current()
        for directory, below, names in os.walk(top, onerror=_refuse):
            absolute = os.path.abspath(directory)
            real = f"{real_top}{absolute[len(beginning) :]}"
            if real in self._entered:
                below.clear()
                continue
            self._entered.add(real)
            here = _shown(directory)
            scope = scope_at(absolute)
            suffixes, respect = scope.suffixes, scope.respect_gitignore
            if respect and absolute not in ignored:
                ignored[absolute] = ignored_in(absolute)
            rules = ignored.pop(absolute, Ignored())
            start, opened = os.path.join(absolute, ""), os.path.join(directory, "")
            is_linked = real != absolute
            views = [(start, scope, rules)]
            if is_linked:
                views.append((os.path.join(real, ""), scope_at(real), ignored_in(real) if respect else Ignored()))
            is_picky = any(its.exclude or found.files for _, its, found in views)
            kept = []
            for name in sorted(below):
                path = f"{start}{name}"
                if any(_leaves_out(its, found, f"{at}{name}", is_directory=True) for at, its, found in views):
                    continue
                if os.path.islink(path):
                    target, path = os.path.realpath(path), f"{opened}{name}"
                    if is_of_git(target) or lies_in(target, (self._top,)) or not trust.follows(path):
                        continue
                    if not trust.holds(target):
                        yield File(path, _joined(here, name), False)
                    elif self._is_to_come(target):
                        self._targets.add(target)
                        self._pending.append((path, target))
                    continue
                kept.append(name)
                if respect:
                    ignored[path] = rules.within(path)
            below[:] = kept
            fitting = [name for name in sorted(names) if name.lower().endswith(suffixes)]
            regular = regular_in(directory) if fitting else ()
            for name in fitting:
                if is_picky and any(
                    _leaves_out(its, found, f"{at}{name}", is_directory=False) for at, its, found in views
                ):
                    continue
                path = f"{opened}{name}"
                if name in regular:
                    yield File(
                        path, _joined(here, name), False, os.path.realpath(path) if is_linked else None, is_regular=True
                    )
                    continue
                if (is_link := os.path.islink(path)) and (_is_kept_by_git(path) or not trust.follows(path)):
                    continue
                if is_special(path) and (not is_link or trust.holds(os.path.realpath(path))):
                    continue
                yield File(path, _joined(here, name), False, os.path.realpath(path) if is_link or is_linked else None)

    def _is_to_come(self, target: str) -> bool:
        """Whether a real directory is still to be walked: its own path does not leave it out, and it holds no top."""
        is_above = lies_in(self._top, (target,))
        return not (is_above or target in self._targets or _is_left_out(target, self._scope_at))


def _refuse(error: OSError) -> None:
    """Raise ConfigError for a directory that cannot be listed, so that its files are not skipped silently."""
    message = f"{_shown(error.filename)}: cannot be read: {error.strerror or error}; --exclude leaves it out"
    raise ConfigError(message) from None


def _leaves_out(scope: Scope, rules: "Ignored", path: str, *, is_directory: bool) -> bool:
    """Whether a scope or ignore files exclude an absolute path; its parents are not considered."""
    if is_directory and os.path.basename(path) in scope.excluded:
        return True
    if scope.exclude and _fits_exclude(scope, path, is_directory=is_directory):
        return True
    return bool(rules.files) and rules.fits(path, is_directory=is_directory)


def _fits_exclude(scope: Scope, path: str, *, is_directory: bool) -> bool:
    """Whether patterns of `exclude` leave out an absolute path, which an untrusted run says."""
    if not any(globs.judge(path, is_directory=is_directory) for globs in scope.exclude):
        return False
    if current().untrusted:
        current().excluded[_shown(path)] = None
    return True


def _included(globs: "Globs", scope_at: ScopeAt) -> Iterator[File]:
    """Yield the files that match patterns of `include`; a walk begins at the last directory before the wildcards."""
    for pattern, root, steps, only, back in _including(globs):
        plain = next((at for at, step in enumerate(steps) if any(char in step for char in WILDCARDS)), len(steps))
        top = os.path.relpath(os.path.join(root, *steps[:plain]))
        if plain == len(steps) and not os.path.exists(top):
            where = globs.place(pattern)
            raise ConfigError(f"{where}include: {pattern!r} is no file or directory in {_shown(globs.root)}")
        if not os.path.exists(top) or _is_excluded(os.path.abspath(top), globs.root, scope_at):
            continue
        one = () if _is_kept_by_git(top) else (_named(top, named=False),)
        files = _Walk(top, scope_at).files() if os.path.isdir(top) else iter(one)
        for file in files:
            path = os.path.abspath(file.path)
            if (plain == len(steps) or only.fits(path)) and not back.fits(path):
                yield file


def included_by(include: "Sequence[Globs]") -> Callable[[str], bool]:
    """A function that tells of an absolute path whether patterns of `include` cover it; without any they cover all."""
    covering = [(only, back) for globs in include for _, _, _, only, back in _including(globs)]
    return lambda path: not covering or any(only.fits(path) and not back.fits(path) for only, back in covering)


def _including(globs: "Globs") -> "Iterator[tuple[str, str, list[str], Globs, Globs]]":
    """Yield each pattern that includes, its directory and steps, what it matches, and what later ones take back."""
    from splint.settings.globs import Globs  # only for `include`

    for at, pattern in enumerate(globs.patterns):
        if not pattern.startswith("!"):
            root, steps = _steps(globs.root, pattern)
            is_anchored = "/" in pattern or not any(char in pattern for char in WILDCARDS)
            only = Globs(root, ("/".join(("", *steps)) if is_anchored and steps else pattern if steps else "*",))
            back = Globs(globs.root, (word[1:] for word in globs.patterns[at:] if word.startswith("!")))
            yield pattern, root, steps, only, back


def _steps(root: str, pattern: str) -> tuple[str, list[str]]:
    """Resolve `.` and `..` in a pattern: the directory that it is relative to, and its steps from there."""
    if pattern.startswith(f"{root.rstrip(os.sep)}{os.sep}"):
        pattern = pattern[len(root) :]
    steps: list[str] = []
    for step in pattern.split("/"):
        if step == ".." and steps:
            steps.pop()
        elif step == "..":
            root = os.path.dirname(root)
        elif step not in ("", "."):
            steps.append(step)
    return root, steps


def would_be_walked(path: str, scope_at: ScopeAt) -> bool:
    """Whether a walk from the working directory would yield a file, given its absolute path."""
    if _is_kept_by_git(path) or not path.lower().endswith(scope_at(os.path.dirname(path)).suffixes):
        return False
    return not _is_left_out(path, scope_at)


def _is_kept_by_git(path: str) -> bool:
    """Whether a file is passed over, as symlinks lead to it into a .git. In an untrusted tree `opened` refuses it."""
    return not current().untrusted and leads_into_git(path, os.path.realpath(path))


def _is_left_out(path: str, scope_at: ScopeAt) -> bool:
    """Whether a walk from the working directory leaves out an absolute path, or one of its parents."""
    if not scope_at(os.path.dirname(path)).excluded.isdisjoint(_shown(path).split("/")):
        return True
    return _is_excluded(path, "", scope_at)


def _is_excluded(path: str, top: str, scope_at: ScopeAt) -> bool:
    """Whether an absolute path, or one of its parents below `top`, is excluded or ignored by git."""
    from splint.settings.globs import ignored_in  # for --force-exclude, `include`, symlinks and the server

    is_directory = os.path.isdir(path)
    while path != top and path != (directory := os.path.dirname(path)):
        scope = scope_at(directory)
        if scope.exclude and _fits_exclude(scope, path, is_directory=is_directory):
            return True
        if scope.respect_gitignore and ignored_in(directory).fits(path, is_directory=is_directory):
            return True
        path, is_directory = directory, True
    return False


def _joined(directory: str, name: str) -> str:
    return name if directory == "." else f"{directory}/{name}"


def _shown(path: str) -> str:
    try:
        return os.path.relpath(path).replace(os.sep, "/")
    except ValueError:  # another drive
        return os.path.abspath(path).replace(os.sep, "/")
