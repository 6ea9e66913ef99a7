"""Trust: which settings of a tree count, and which files are read and written."""

import io
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import BinaryIO

from splint.files.streams import RefusedError, may_be_endless, opened_pipe, opened_regular

MAX_UNTRUSTED_BYTES = 64 << 20
"""The most bytes of an untrusted file."""
MAX_BODY_BYTES = 10 << 20
"""The most bytes of a file that a script sends as a request body."""
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
        "lsp",
        "statistics",
        "max-findings",
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
        "rules",
        "templates",
        "baseline",
        "as-of",
        "fail-on",
        "objectives",
        "exit-zero",
    }
)
"""Keys by which findings may come not to count: in an untrusted tree they count with `--allow-ignores`."""
BRINGING_RULES = ("extend", "plugins")
"""Keys that say which rules there are."""
ALLOW = "--allow-ignores of splint check lets what silences findings count"
"""What to do where something of IGNORES, or a baseline, is left out."""
OF_A_PROJECT = ("fix", "unsafe_fixes", "output_format", "output_file")
"""Fields of Config that change files: they count from the settings of the working directory only."""
_IGNORED = dict.fromkeys((*range(0x200C, 0x2010), *range(0x202A, 0x202F), *range(0x206A, 0x2070), 0xFEFF))
"""The characters that HFS+ ignores in a name."""
_SYSTEM = ("/proc", "/sys", "/dev")
"""Directories from which no request body is read."""


class Trust:
    """Which settings of the tree a run accepts, and where it may read and write files.

    The tree consists of the working directory and the paths on the command line. `untrusted` says that its files may
    come from somebody else.
    """

    def __init__(
        self,
        *,
        untrusted: bool = False,
        allow_ignores: bool = False,
        notify: Callable[[str], None] | None = None,
        help: str = "only PATHS and options of the command line say this",
    ) -> None:
        self.untrusted = untrusted
        self.accepts_ignores = allow_ignores or not untrusted
        self.notify = notify or (lambda _message: None)
        """Receives the messages that a user should see."""
        self._help = help
        """What to do where something of NEVER is left out."""
        self.overlay: Mapping[str, bytes] = {}
        """What stands for files, by real path, `-` for standard input: open buffers of an editor, what fixes leave."""
        self.settings_read: set[str] = set()
        """The paths of the settings files that the run has read."""
        self._notified: set[str] = set()
        self.passed: list[str] = []
        """Symlinks that a walk skipped, since they lead out of the tree."""
        self.excluded: dict[str, None] = {}
        """What `exclude` leaves out of an untrusted tree, in order."""
        self._roots: list[str] = []

    def add(self, path: str) -> None:
        """Add a path of the command line to the tree; of a file, its directory."""
        self._roots.append(os.path.realpath(path if os.path.isdir(path) else os.path.dirname(path) or "."))

    @property
    def tree(self) -> tuple[str, ...]:
        """The real paths of the directories that may be read and written; in an untrusted tree those that are named."""
        return tuple(self._roots) if self.untrusted else (os.path.realpath("."), *self._roots)

    # -- settings --------------------------------------------------------------------------------------------------

    def accepts(self, key: str) -> bool:
        """Whether a key counts in a settings file of the tree."""
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
        """Notify the user, once, that a settings file loads a plugin."""
        self._notify_once(f"splint: plugin {plugin} of {settings}")

    def announce_left_out(self, words: Iterable[str]) -> None:
        """Notify the user, once, of the plugins and files to extend that an untrusted tree names: none is read."""
        named = ", ".join(words)
        what = "rules that only they bring do not run, and their codes are passed over"
        self._notify_once(f"splint: left out, as the tree is untrusted: {named}; {what}")

    def announce_passed_over(self, keys: Iterable[str], settings: str) -> None:
        """Notify the user, once for each reason, of the keys of an untrusted settings file that do not count.

        Those that bring rules are announced where rules are selected.
        """
        passed = {key for key in keys if key not in BRINGING_RULES and not self.accepts(key)}
        for named, help in (
            (passed & NEVER, self._help),
            (passed & IGNORES, ALLOW),
        ):
            if named:
                words = f"{', '.join(sorted(named))} of {settings}"
                self._notify_once(f"splint: left out, as the tree is untrusted: {words}; {help}")

    def announce_baseline(self, path: str) -> None:
        """Notify the user that the baseline of an untrusted tree does not count."""
        self._notify_once(f"splint: left out, as the tree is untrusted: the baseline {path}; {ALLOW}")

    def _notify_once(self, message: str) -> None:
        if message not in self._notified:
            self._notified.add(message)
            self.notify(message)

    # -- files -----------------------------------------------------------------------------------------------------

    def vouch(self, path: str, *, is_named: bool = True) -> None:
        """Raise RefusedError if a path of the command line leads out of an untrusted tree through a symlink.

        A symlink below the working directory, or below a path that is named, must lead to what lies there too. What is
        named to be checked or written must lie in its own directory as well.
        """
        if not self.untrusted:
            return
        around = _left(path, (os.path.realpath("."), *self._roots))
        if around is None and is_named:
            own = os.path.dirname(os.path.abspath(path))
            around = None if lies_in(os.path.realpath(path), (os.path.realpath("."), os.path.realpath(own))) else own
        if around is not None:
            raise RefusedError(f"it is, or lies behind, a symlink that leads out of {around}: name the place itself")

    def follows(self, path: str) -> bool:
        """Whether a walk follows a symlink; records it in `passed` if not. In an untrusted tree `opened` refuses it."""
        if self.untrusted or not os.path.exists(path) or self.holds(os.path.realpath(path)):
            return True
        self.passed.append(path)
        return False

    def holds(self, real: str) -> bool:
        """Whether a real path lies in the tree."""
        return lies_in(real, self.tree)

    def opened(self, path: str, *, is_regular: bool = False) -> BinaryIO:
        """A stream of a file's bytes. Raises OSError, also for what has no end, as no file that `is_regular`."""
        if self.overlay and (data := self.overlay.get(os.path.realpath(path))) is not None:
            return io.BytesIO(data)
        if self.untrusted:
            return open(self._judge(path, self.tree), "rb")
        if is_regular:
            return opened_regular(path)
        mode = os.stat(path).st_mode
        if stat.S_ISFIFO(mode) and not lies_in(os.path.realpath(path), _SYSTEM):
            return opened_pipe(path)
        if (stat.S_ISCHR(mode) or stat.S_ISBLK(mode)) and may_be_endless(path):
            raise RefusedError("it is a device, which may have no end: pipe in what is to be checked")
        return open(path, "rb")

    def checked(self, data: bytes) -> bytes:
        """The bytes of standard input. Raises RefusedError if they are too many for an untrusted run."""
        if self.untrusted and len(data) > MAX_UNTRUSTED_BYTES:
            raise RefusedError(_too_large(MAX_UNTRUSTED_BYTES))
        return data

    def settings(self, path: str) -> bytes:
        """The bytes of a settings file. Raises OSError."""
        self.settings_read.add(path)
        if self.overlay and (data := self.overlay.get(os.path.realpath(path))) is not None:
            return data
        with open(path, "rb") as stream:
            return stream.read()

    def body(self, path: str, script: str | None) -> bytes:
        """The bytes of a file that a script (None: standard input) sends as a request body. Raises OSError."""
        from splint.files.links import resolved  # most scripts send no file

        real = os.path.realpath(path)
        near = {os.path.realpath(directory or ".") for directory in ("", os.path.dirname(script or ""))}
        if any(lies_in(place, _SYSTEM) for place in (os.path.abspath(path), *resolved(path)[1], real)):
            raise RefusedError(f"it is, or leads through, what the system keeps in {', '.join(_SYSTEM)}")
        if not lies_in(real, near):
            link = "it is, or lies behind, a symlink that leads out of the script's directory and the working directory"
            elsewhere = "it lies below neither the script's directory nor the working directory"
            raise RefusedError(link if _left(path, near) else elsewhere)
        if is_of_git(real):
            raise RefusedError("what git keeps for itself is no body")
        if self.untrusted and not self.holds(real):
            raise RefusedError("it lies outside of what is checked, and --untrusted reads nothing there")
        data = self.overlay.get(real)
        if data is None:
            if not os.path.isfile(real):
                raise RefusedError("it is no regular file") if os.path.exists(real) else FileNotFoundError
            with open(real, "rb") as stream:
                data = stream.read(MAX_BODY_BYTES + 1)
        if len(data) > MAX_BODY_BYTES:
            raise RefusedError(_too_large(MAX_BODY_BYTES))
        return data

    def _judge(self, path: str, tree: Iterable[str]) -> str:
        """The real path of a file in an untrusted tree. Raises RefusedError, and OSError if it does not exist."""
        real = os.path.realpath(path)
        if not lies_in(real, tree):
            raise RefusedError("it leads out of what is checked, and --untrusted reads nothing there")
        if is_of_git(real):
            raise RefusedError("--untrusted reads nothing of what git keeps for itself")
        status = os.stat(real)
        if not stat.S_ISREG(status.st_mode):
            raise RefusedError("it is no plain file, and --untrusted reads no other")
        if status.st_size > MAX_UNTRUSTED_BYTES:
            raise RefusedError(_too_large(MAX_UNTRUSTED_BYTES))
        return real


def lies_in(path: str, directories: Iterable[str]) -> bool:
    """Whether an absolute path is one of some absolute directories, or below one."""
    return any(path == top or path.startswith(f"{top.rstrip(os.sep)}{os.sep}") for top in directories)


def _left(path: str, tops: Iterable[str]) -> str | None:
    """Which of some real directories a path leads out of, through a symlink that lies in it; None if it does not.

    A symlink of any other place is followed: what it leads to may lie in one of the directories.
    """
    from splint.files.links import resolved  # few paths are asked about

    for link in resolved(path)[1]:
        around = [top for top in tops if lies_in(os.path.dirname(link), (top,))]
        if around and not lies_in(os.path.realpath(link), around):
            return around[0]
    return None


def is_of_git(path: str) -> bool:
    """Whether a path is within a .git directory, which may contain credentials, as any file system reads the name.

    Some of macOS and Windows ignore case and certain characters, and take `git~1` for it.
    """
    names = (step.partition(":")[0].translate(_IGNORED).casefold().rstrip(" .") for step in path.split(os.sep))
    return any(name in (".git", "git~1") for name in names)


def leads_into_git(path: str, real: str) -> bool:
    """Whether symlinks lead from a path, which is not within a .git directory, to its `real` path within one."""
    return is_of_git(real) and not is_of_git(os.path.abspath(path))


def _too_large(limit: int) -> str:
    return f"it is larger than {limit >> 20} MB, and is not read"


_IN_FORCE: list[Trust] = []
"""A stack of the trusts that commands set; a process runs one command at a time."""


def current() -> Trust:
    """The trust of the running command; without one the default."""
    return _IN_FORCE[-1] if _IN_FORCE else Trust()


@contextmanager
def in_force(trust: Trust) -> Iterator[None]:
    """Set the current trust within a `with` block."""
    _IN_FORCE.append(trust)
    try:
        yield
    finally:
        _IN_FORCE.pop()


@contextmanager
def standing_for(contents: Mapping[str, bytes]) -> Iterator[None]:
    """Let contents stand for files, as in `Trust.overlay`, within a `with` block; also for bodies that scripts send."""
    trust = current()
    before, trust.overlay = trust.overlay, {**trust.overlay, **contents}
    try:
        with in_force(trust):  # also where none was
            yield
    finally:
        trust.overlay = before
