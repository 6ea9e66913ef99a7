"""What the commands of a script may write, where only a run tells all of the names: see `writers`."""

import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping

from splint.formats.shell.directories import is_unknown, joined
from splint.formats.shell.keys import folder_of, matching
from splint.formats.shell.programs import INTO_DIRECTORIES
from splint.formats.shell.words import LONE, Command, Word, follows, lone
from splint.formats.shell.writers import Target, file_of, is_of_tree, targets

_HERE = re.compile(r"(?:\$PWD|\$\{PWD\}|\$\(pwd\)|`pwd`)(?=/|$)")
_TEMPORARY = re.compile(r"\$\(\s*mktemp\b|`\s*mktemp\b|\$\{?\w*te?mp", re.IGNORECASE)
"""What begins the name of a directory that is made for a while: no body is there but what the script writes."""
_REMOTE = re.compile(r"[\w.@+${}-]+:")
"""What begins the name of a file on another machine, or a URL."""

_Place = tuple[str | None, bool, bool]
"""A directory, whether those within it count too, and whether names in it are patterns."""


class Written:
    """What the commands of a script may write, by the directories of files."""

    def __init__(self) -> None:
        self._first: dict[_Place, dict[str, int]] = {}
        """Where each name or pattern is first written in a directory, and in those below it."""
        self._last: dict[_Place, dict[str, int]] = {}
        """Where it is last written, below zero."""
        self._files: dict[str, int] = {}
        """Where a file is first given a text, named or removed."""
        self._trees: dict[str, int] = {}
        """The same of those that are named or removed, as directories may be."""
        self._folders: defaultdict[str, dict[str, int]] = defaultdict(dict)
        """The directories of such files, by the last part of their names, and where: see `keys`."""
        self.pipe: list[Word] = []
        """The words of the first command of the pipe so far."""
        self._commands: list[tuple[list[str], list[str], str, int, int]] = []
        """The texts of commands that write and of what begins their pipes, where they run, and their places."""

    def begin(self, command: Command) -> list[Word]:
        """Note that a command begins; the result is `pipe` behind the commands in it."""
        self.pipe = self.pipe if follows(command, "|") else command.words
        return self.pipe

    def note(self, words: list[Word], command: Command, environment: Callable[[], list[str]]) -> None:
        """Note a command that may write files which it does not name; `environment` is what it is told besides."""
        texts, lister = [word.text for word in words], [word.text for word in self.pipe]
        own = command.words[command.curl :] if command.curl is not None else []
        if own:
            texts = [own[0].text if lone(own[0]) else "curl", *(word.text for word in own[1:])]
        has_options = any(lone(word) and not word.is_quoted for word in own)
        if is_of_tree(texts):
            texts += environment()
        elif not has_options and texts[0] not in INTO_DIRECTORIES and next(targets(texts, lister), None) is None:
            return
        self._commands.append((texts, lister, command.directory, command.place, command.last))

    def note_name(self, name: str, where: str, first: int, last: int) -> None:
        """Note that a file may be written of whose name only a run tells a part."""
        target = file_of(name)
        self._note(target, _folder(target.folder, where), first, last)

    def settle(self, filled: Callable[[str, int], str], may_name_remote: Callable[[str], bool]) -> None:
        """Work out what all commands write; `filled` puts the texts of variables above a place into a text.

        `may_name_remote` tells whether one of which only a run tells all may have curl write the file of its URL.
        """
        for words, lister, where, first, last in self._commands:
            texts = [filled(word, first) for word in words]
            if LONE.fullmatch(words[0]) or words[0] == "curl":  # a variable may have several options, and curl itself
                uses = [LONE.fullmatch(text) for text, word in zip(texts, words, strict=True) if text == word]
                held = zip(texts, words, strict=True)
                texts = [part for text, word in held for part in (text.split() if LONE.fullmatch(word) else [text])]
                texts += ["-O"] if any(use is not None and may_name_remote(use["name"]) for use in uses) else []
            for target in targets(texts, [filled(word, first) for word in lister]):
                self._note(target, _folder(target.folder, where), first, last)
        self._commands.clear()

    def _note(self, target: Target, folder: str | None, first: int, last: int) -> None:
        """Note what a command at a place writes in a directory; the last place is another one for a function."""
        place = folder, target.is_below, "*" in target.pattern or "?" in target.pattern
        for places, start in ((self._first, first), (self._last, -last)):
            known = places.setdefault(place, {})
            known[target.pattern] = min(start, known.get(target.pattern, start))

    def note_pattern(self, pattern: str, first: int, last: int = sys.maxsize) -> None:
        """Note that files whose names match may be written."""
        self._note(Target(pattern), None, first, last)

    def note_files(self, files: Mapping[str, int], *, is_tree: bool = True, is_removed: bool = False) -> None:
        """Note files by their keys, and where they may be written: with all that is in them where they are trees."""
        for key, start in files.items():
            if not key.startswith("@"):
                continue
            folder, last = folder_of(key)
            self._files[key] = min(start, self._files.get(key, start))
            for tree in (key, f"@$/{last}")[: 2 if folder else 1] if is_tree else ():
                self._trees[tree] = min(start, self._trees.get(tree, start))
            if not is_removed:
                folders = self._folders[last]
                folders[folder] = min(start, folders.get(folder, start))
                if len(folders) > 2:  # another one than a given one is among the first two
                    del folders[max(folders, key=lambda one: folders[one])]

    def change_of(self, key: str, before: int) -> int | None:
        """Where anything before a place may write or remove a file, or put another one in its place, if anywhere."""
        found = [self._files.get(key, sys.maxsize)]
        for folder in _around(key[1:].rpartition("/")[0]) if key[:1] == "@" else ():
            last = folder.rpartition("/")[2]
            if last not in ("", ".", ".."):
                found += [self._trees.get(f"@{folder}", sys.maxsize), self._trees.get(f"@$/{last}", sys.maxsize)]
        if min(found) <= before:
            return min(found)
        meant = self.meant_by(key, before)
        return self._found(self._first, key, before) if meant is None else meant

    def meant_by(self, key: str, before: int = sys.maxsize) -> int | None:
        """Where a name whose directory only a run tells may be that of a file, and this be changed: "$PWD/f.json"."""
        if not key.startswith("@"):
            return None
        folder, last = folder_of(key)
        start = min((at for other, at in self._folders.get(last, {}).items() if other != folder), default=before)
        return start if start < before else None

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


def is_remote(name: str) -> bool:
    """Whether a name is that of a file on another machine, or a URL."""
    return _REMOTE.match(name) is not None


def _folder(name: str | None, where: str) -> str | None:
    """The directory of a name; None where it may be any."""
    if name is None or _TEMPORARY.match(name):
        return name and "\0"
    if is_remote(name):
        return "\0remote"
    name = _HERE.sub(".", name)
    path = joined(where, name).removesuffix("/.")
    if "$" in name or "`" in name or is_unknown(path):
        return None
    return "" if path == "." else path
