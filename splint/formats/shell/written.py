"""What the commands of a script may write, where only a run tells all of the names: see `writers`."""

import re
import sys
from collections.abc import Callable, Iterator

from splint.formats.shell.curl import Unknown
from splint.formats.shell.directories import is_unknown, joined
from splint.formats.shell.effects import Given
from splint.formats.shell.keys import LONE, matching
from splint.formats.shell.words import Command, Word, follows
from splint.formats.shell.writers import Target, targets

_HERE = re.compile(r"(?:\$PWD|\$\{PWD\}|\$\(pwd\)|`pwd`)(?=/|$)")
_TEMPORARY = re.compile(r"\$\(\s*mktemp\b|`\s*mktemp\b|\$\{?\w*te?mp", re.IGNORECASE)
"""What begins the name of a directory that is made for a while: no body is there but what the script writes."""
_REMOTE = re.compile(r"[\w.@+${}-]+:")
"""What begins the name of a file on another machine, or a URL."""
_LONGEST = 255
"""The longest text that is put in the place of a variable."""

_Place = tuple[str | None, bool, bool]
"""A directory, whether those within it count too, and whether names in it are patterns."""


class Written:
    """What the commands of a script may write, by the directories of files."""

    def __init__(self) -> None:
        self._first: dict[_Place, dict[str, int]] = {}
        """Where each name or pattern is first written in a directory, and in those below it."""
        self._last: dict[_Place, dict[str, int]] = {}
        """Where it is last written, below zero."""
        self.pipe: list[Word] = []
        """The words of the first command of the pipe so far."""
        self._read = set[str]()
        """The variables that `read` sets."""
        self._commands: list[tuple[list[str], list[str], str, int, int]] = []
        """The texts of commands that write and of what begins their pipes, where they run, and their places."""

    def begin(self, command: Command) -> list[Word]:
        """Note that a command begins; the result is `pipe` behind the commands in it."""
        self.pipe = self.pipe if follows(command, "|") else command.words
        return self.pipe

    def note(self, words: list[Word], command: Command) -> None:
        """Note a command that may write files."""
        if words and words[0].text == "read":
            self._read.update(word.text for word in words[1:])
        texts, lister = [word.text for word in words], [word.text for word in self.pipe]
        if next(targets(texts, lister), None) is not None:
            last = sys.maxsize if command.is_of_function else command.place
            self._commands.append((texts, lister, command.directory, command.place, last))

    def note_output(self, key: str, command: Command) -> None:
        """Note that the file whose name a variable has is written."""
        if key[:1] == "$":
            name = f"${key[1:].partition('/')[0]}"
            self._commands.append((["sed", "-i", name], [], command.directory, command.place, -1))

    def settle(self, only: Callable[[str], Given | None]) -> None:
        """Work out what all commands write; `only` is what alone gives a variable its text."""
        for words, lister, where, first, last in self._commands:
            texts = ([_filled(word, only, first) for word in one] for one in (words, lister))
            for target in targets(*texts):
                name = LONE.fullmatch(target.pattern)
                if name is None:
                    self._note(target, _folder(target.folder, where), first, last)
                elif (name[1] or name[2]) in self._read:
                    self._note(Target("*"), None, first, last)
        self._commands.clear()

    def _note(self, target: Target, folder: str | None, first: int, last: int) -> None:
        """Note what a command at a place writes in a directory; the last place is another one for a function."""
        place = folder, target.is_below, "*" in target.pattern or "?" in target.pattern
        for places, start in ((self._first, first), (self._last, -last)):
            known = places.setdefault(place, {})
            known[target.pattern] = min(start, known.get(target.pattern, start))

    def first_of(self, key: str, before: int) -> int | None:
        """Where a file may be written before a place, if anywhere."""
        return self._found(self._first, key, before)

    def may_write_behind(self, key: str, after: int) -> bool:
        """Whether it may be written behind a place."""
        return self._found(self._last, key, -after) is not None

    def _found(self, places: dict[_Place, dict[str, int]], key: str, before: int) -> int | None:
        if not places or key[:1] != "@":
            return None
        folder, _, name = key[1:].rpartition("/")
        found = [before]
        made = [("\0", False), ("\0", True)] if "$" in folder else []
        for place in ((None, False), (None, True), *made, (folder, False), *((one, True) for one in _around(folder))):
            found.append(places.get((*place, False), {}).get(name, before))
            if (start := matching(name, places.get((*place, True), {}), before)) is not None:
                found.append(min(start, before - 1))
        return min(found) if min(found) < before else None


def _around(folder: str) -> Iterator[str]:
    """A directory and those that it is in."""
    yield folder
    while folder:
        folder = folder.rpartition("/")[0]
        yield folder


def _filled(text: str, only: Callable[[str], Given | None], before: int) -> str:
    """A text with the texts of variables that the script gives one alone, above a place."""

    def value(use: re.Match[str]) -> str:
        given = only(use[1] or use[2])
        body = given.body if given is not None and given.start < before else None
        text = body.word.text if isinstance(body, Unknown) else body.text if isinstance(body, Word) else ""
        return text if text and len(text) <= _LONGEST else use[0]

    return LONE.sub(value, text) if "$" in text else text


def _folder(name: str | None, where: str) -> str | None:
    """The directory of a name; None where it may be any."""
    if name is None or _TEMPORARY.match(name):
        return name and "\0"
    if _REMOTE.match(name):
        return "\0remote"
    name = _HERE.sub(".", name)
    path = joined(where, name).removesuffix("/.")
    if "$" in name or "`" in name or is_unknown(path):
        return None
    return "" if path == "." else path
