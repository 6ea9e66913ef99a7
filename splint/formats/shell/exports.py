"""The variables that a script hands to programs, which may write the files that these name."""

import re
from collections.abc import Iterable, Iterator
from itertools import takewhile

from splint.formats.shell.programs import DECLARES
from splint.formats.shell.words import Command, Word, assigns

_NAME = re.compile(r"[A-Za-z_]\w*")
_ALL = re.compile(r"([-+])\w*(?:a\w*|o)")
"""An option of `set` that has each variable exported from there on, or no more."""
_OF_SYSTEM = frozenset(
    {"PATH", "PYTHONPATH", "NODE_PATH", "GOPATH", "LD_LIBRARY_PATH", "CDPATH", "IFS", "LC_ALL", "LANG"}
)
"""Variables that tell a program where its own parts are, and how it reads."""


def _before(run: list[Word], command: Command) -> Iterator[tuple[str, Word]]:
    """The variables that are set before the command that runs, for it alone."""
    for word in takewhile(lambda word: word is not run[0], command.words) if run else ():
        if prefix := assigns(word):
            yield prefix[1], word


def prefixes(run: list[Word], command: Command) -> list[tuple[str, int]]:
    """The variables that are set for a command alone, and where."""
    return [(name, word.start) for name, word in _before(run, command)]


def for_program(run: list[Word], command: Command) -> list[Word]:
    """The assignments before a command that may tell it a file."""
    return [word for name, word in _before(run, command) if name not in _OF_SYSTEM]


class Exports:
    """The variables that are exported so far and that no unknown program has seen."""

    def __init__(self) -> None:
        self._names: set[str] = set()
        self._of_tree: set[str] = set()
        """The same for programs of the tree."""
        self._is_all = False

    def note(self, words: list[Word]) -> None:
        """Note what a command exports."""
        name = words[0].text if words else ""
        options = [word.text for word in words[1:]]
        if name == "set":
            for option, value in zip(options, [*options[1:], ""], strict=True):
                if (found := _ALL.fullmatch(option)) and (option[-1] != "o" or value == "allexport"):
                    self._is_all = found[1] == "-"
        elif name == "export" or (name in DECLARES and any(re.match(r"-\w*x", option) for option in options)):
            self._note(found[0] for found in map(_NAME.match, options) if found)
        elif self._is_all:
            self._note(found[1] for found in map(assigns, words) if found)

    def _note(self, names: Iterable[str]) -> None:
        new = set(names) - _OF_SYSTEM
        self._names |= new
        self._of_tree |= new

    def seen(self) -> set[str]:
        """Those that an unknown program sees now, for the first time."""
        seen, self._names = self._names, set()
        return seen

    def given(self, run: list[Word], command: Command) -> list[str]:
        """What a program of the tree is told by its environment, of what none has seen: `OUT=.`, `ROOT=$ROOT`."""
        seen, self._of_tree = self._of_tree, set()
        return [*(word.text for word in for_program(run, command)), *(f"{name}=${name}" for name in sorted(seen))]
