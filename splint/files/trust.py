"""Trust: which settings of a tree count, and which files are read and written."""

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import BinaryIO

MOST_OF_STRANGERS = 64 << 20
"""The most bytes of an untrusted file."""
MOST_OF_BODIES = 10 << 20
"""The most bytes of the file of a request's body."""
NEVER = frozenset(
    {
        "plugins",
        "output-format",
        "output-file",
        "fix",
        "unsafe-fixes",
        "extend",
        "include",
        "exclude",
        "respect-gitignore",
        "force-exclude",
        "jobs",
        "statistics",
    }
)
"""Keys of settings that run code, name files, or say what is read and shown: in an untrusted tree they never count."""
IGNORES = frozenset(
    {
        "select",
        "ignore",
        "severity",
        "per-file-ignores",
        "overrides",
        "templates",
        "baseline",
        "as-of",
        "fail-on",
        "objectives",
        "exit-zero",
    }
)
"""Keys by which findings may come not to count: in an untrusted tree they count with `--allow-ignores`."""
OF_A_PROJECT = ("fix", "unsafe_fixes", "output_format", "output_file")
"""Fields of Config that change files: they count from the settings of the working directory only."""
_SYSTEM = ("/proc", "/sys", "/dev")
"""What no body lies in, wherever a script is run."""


class RefusedError(OSError):
    """A path that is not read, or not written; the message says why, and the way out."""


class Trust:
    """Which settings of the tree a run accepts, and where it may read and write.

    By default the tree is the user's own: the working directory, and what the command line names. `untrusted` says
    that somebody else may have written it.
    """

    def __init__(
        self,
        *,
        untrusted: bool = False,
        allow_ignores: bool = False,
        tell: Callable[[str], None] | None = None,
    ) -> None:
        self.untrusted = untrusted
        self.accepts_ignores = allow_ignores or not untrusted
        self.tell = tell or (lambda _message: None)
        """Receives the messages that a user should see."""
        self._told: set[str] = set()
        self.passed: list[str] = []
        """Symlinks that a walk passed over, since they lead out of the tree."""
        self._roots: list[str] = []

    def add(self, path: str) -> None:
        """Make a path of the command line part of the tree; of a file, its directory."""
        self._roots.append(os.path.realpath(path if os.path.isdir(path) else os.path.dirname(path) or "."))

    @property
    def tree(self) -> tuple[str, ...]:
        """The real paths of the directories that may be read and written; in an untrusted tree those that are named."""
        return tuple(self._roots) if self.untrusted else (os.path.realpath("."), *self._roots)

    # -- settings --------------------------------------------------------------------------------------------------

    def accepts(self, key: str) -> bool:
        """Whether a key counts in a settings file that stands in the tree."""
        return not self.untrusted or (key not in NEVER and (self.accepts_ignores or key not in IGNORES))

    def is_strange(self, path: str) -> bool:
        """Whether a settings file that the command line names lies in an untrusted tree."""
        return self.untrusted and lies_in(os.path.realpath(path), self.tree)

    def looks_into(self, directory: str) -> bool:
        """Whether settings are looked for in an absolute directory."""
        return not self.untrusted or lies_in(os.path.realpath(directory), (*self.tree, os.path.realpath(".")))

    def check_settings(self, path: str) -> None:
        """Raise RefusedError for a settings file that a symlink in an untrusted tree leads to, or that is too large."""
        if self.untrusted:
            self._judge(path, (*self.tree, os.path.realpath(".")))

    def announce(self, plugin: str, settings: str) -> None:
        """Say once that a settings file brings in code."""
        message = f"plugin {plugin} of {settings}"
        if message not in self._told:
            self._told.add(message)
            self.tell(f"splint: {message}")

    # -- files -----------------------------------------------------------------------------------------------------

    def vouch(self, path: str) -> None:
        """Raise RefusedError where a symlink in an untrusted tree decides what a path of the command line means.

        What seems to lie in the working directory has to; of other paths the last step may lead no further.
        """
        if not self.untrusted:
            return
        absolute = os.path.abspath(path)
        around = os.getcwd() if lies_in(absolute, (os.getcwd(),)) else os.path.dirname(absolute)
        if not lies_in(os.path.realpath(path), (os.path.realpath(around),)):
            raise RefusedError(f"it is, or lies behind, a symlink that leads out of {around}: name the place itself")

    def follows(self, path: str) -> bool:
        """Whether a walk reads a symlink; notes one that it passes over. In an untrusted tree `opened` refuses it."""
        if self.untrusted or not os.path.exists(path) or lies_in(os.path.realpath(path), self.tree):
            return True
        self.passed.append(path)
        return False

    def opened(self, path: str) -> BinaryIO:
        """A file's bytes. Raises OSError."""
        return open(self._judge(path, self.tree) if self.untrusted else path, "rb")

    def checked(self, data: bytes) -> bytes:
        """What standard input holds. Raises RefusedError."""
        if self.untrusted and len(data) > MOST_OF_STRANGERS:
            raise RefusedError(_too_large(MOST_OF_STRANGERS))
        return data

    def body(self, path: str, script: str | None) -> bytes:
        """The file that a script (None for standard input) sends as the body of a request. Raises OSError."""
        real = os.path.realpath(path)
        near = {os.path.realpath(directory or ".") for directory in ("", os.path.dirname(script or ""))}
        if lies_in(real, _SYSTEM) or not lies_in(real, near):
            raise RefusedError("it lies below neither the script's directory nor the working directory")
        if _is_of_git(real):
            raise RefusedError("what git keeps for itself is no body")
        if self.untrusted and not lies_in(real, self.tree):
            raise RefusedError("it lies outside of what is checked, and --untrusted reads nothing there")
        if not os.path.isfile(real):
            raise FileNotFoundError
        with open(real, "rb") as stream:
            data = stream.read(MOST_OF_BODIES + 1)
        if len(data) > MOST_OF_BODIES:
            raise RefusedError(_too_large(MOST_OF_BODIES))
        return data

    def _judge(self, path: str, tree: Iterable[str]) -> str:
        """The real path of a file in an untrusted tree. Raises RefusedError, OSError for one that is not there."""
        real = os.path.realpath(path)
        if not lies_in(real, tree) or _is_of_git(real):
            raise RefusedError("it leads out of what is checked, and --untrusted reads nothing there")
        status = os.stat(real)
        if not stat.S_ISREG(status.st_mode):
            raise RefusedError("it is no plain file, and --untrusted reads no other")
        if status.st_size > MOST_OF_STRANGERS:
            raise RefusedError(_too_large(MOST_OF_STRANGERS))
        return real


def lies_in(path: str, directories: Iterable[str]) -> bool:
    """Whether a path is one of some directories, or below one; all of them absolute."""
    return any(path == top or path.startswith(f"{top.rstrip(os.sep)}{os.sep}") for top in directories)


def _is_of_git(path: str) -> bool:
    """Whether a path lies in what git keeps for itself, credentials among it."""
    return ".git" in path.split(os.sep)


def _too_large(most: int) -> str:
    return f"it is larger than {most >> 20} MB, and is not read"


_HELD: list[Trust] = []
"""Only commands hold any, and a process runs one at a time."""


def current() -> Trust:
    """The trust in force: of the command that runs, else that in one's own files."""
    return _HELD[-1] if _HELD else Trust()


@contextmanager
def held(trust: Trust) -> Iterator[None]:
    """Put a trust in force."""
    _HELD.append(trust)
    try:
        yield
    finally:
        _HELD.pop()
