"""What a script says itself of its variables and files, where a curl command only names its body.

A text counts if it is the only one that the script gives the variable or file, stands above the command, and nothing
else in the script may change it: no command that is not known to leave it as it is names it, none that runs other text
follows, and nothing reads it before.
"""

import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from fnmatch import fnmatchcase
from functools import cached_property
from typing import NamedTuple

from splint.formats.shell.arrays import Arrays
from splint.formats.shell.curl import (
    Body,
    FromFile,
    Unknown,
    input_of,
    invocations,
    known,
    opens_json,
    output_of,
)
from splint.formats.shell.keys import LONE, file_key, folder_of, key_of, named_key
from splint.formats.shell.words import RUNS, Command, Piece, Word, assigns, begins_function, without_openings

DECLARES = frozenset({"export", "local", "readonly", "declare", "typeset"})
"""Commands that take assignments."""
_SETS = frozenset({"read", "for", "select", "unset", "mapfile", "readarray", "getopts", "printf"})
"""Commands that set the variables that they name."""
_LOOKS = frozenset({"cat", "jq", "test", "[", "[["})
"""Commands that leave variables as they are, and the files that they name."""
_READS = _LOOKS | {"echo", "rm"}
"""Those that leave variables and files as they are, or remove these; what they name need not be there."""
_USE = re.compile(r"\$(?:([A-Za-z_]\w*)|\{[#!]?([A-Za-z_]\w*)(:?=)?)")
_NAME = re.compile(r"[A-Za-z_]\w*")
_MOST_PATTERNS = 64
"""With more of them any file may be changed: to match each with all files would take quadratic time."""
_BRACES = re.compile(r"\{[^{}\s]*,[^{}\s]*\}")
_BETWEEN_FILES = re.compile(r"[\s=:,;'\"()<>|&]+")


class _Given(NamedTuple):
    """What a command gives a variable or a file."""

    start: int
    """The index of the command."""
    body: Body
    """None for what is not written there as it is."""


class Values:
    """The values of variables and files, by the commands of a script; those in substitutions may change some."""

    def __init__(self, commands: Iterable[Command] | Callable[[Callable[[Command], None]], object]) -> None:
        """`commands` may be a function that calls another one with each of them, where they are too many to keep."""
        self._commands = commands
        self._found: dict[str, Body] = {}
        """What has been found so far in the place of a variable or file."""
        self.sent: set[tuple[int, str, str]] = set()
        """The values that requests have sent so far, by where they begin, with their text and the URL."""

    def of(self, body: Body) -> Body:
        """A body; in the place of a variable or file that the script gives one text, this text."""
        passed = list[str]()
        start: int | None = None
        while (use := _use_of(body := self._named(body))) is not None:
            key, start = use[0], use[1] if start is None else start
            given = self._script.only(key)
            if given is None or given.start >= start:
                break
            if key in self._found:
                body = self._found[key]
                break
            passed.append(key)
            body, start = given.body, given.start
        self._found.update(dict.fromkeys(passed, body))
        return body

    def _named(self, body: Body) -> Body:
        """A body; in the place of a file whose name a variable has, the file of this name where the script tells it."""
        if not (isinstance(body, Unknown) and body.is_name and key_of(body.word, body.directory).startswith("$")):
            return body
        name = self.of(Unknown(body.word))
        if not isinstance(name, Word) or name.has_expansion or opens_json(name):
            return body
        word = Word(body.word.source, body.word.start)
        word.end = body.word.end
        word.pieces.append(Piece(body.word.pieces[0].start, body.word.pieces[-1].end, name.text))
        return FromFile(word, body.directory)

    def gives(self, file: FromFile) -> bool:
        """Whether a command writes a file."""
        key = file_key(file.name.text, file.directory)
        return key in self._script.given or self._script.may_mean(key)

    @property
    def arrays(self) -> Arrays:
        """The options of curl that the script holds."""
        return self._script.arrays

    def may_make(self, file: FromFile) -> bool:
        """Whether a command of the script may write a file, so that it need not be there."""
        key, start = file_key(file.name.text, file.directory), file.name.start
        return key in self._script.given or self._script.named.get(key, start) < start or self._script.may_mean(key)

    @cached_property
    def _script(self) -> "_Script":
        return _Script(self._commands)


def _use_of(body: Body) -> tuple[str, int] | None:
    """The key of the variable or file that stands for a body, and where; None for any other body."""
    if isinstance(body, Unknown) and body.is_name:
        return key_of(body.word, body.directory), body.word.start
    if isinstance(body, Unknown) and (lone := LONE.fullmatch(body.word.text.strip())):
        return lone[1] or lone[2], body.word.start
    return (file_key(body.name.text, body.directory), body.name.start) if isinstance(body, FromFile) else None


class _Script:
    """What the commands of a script do to its variables and files, each by its key."""

    def __init__(self, commands: Iterable[Command] | Callable[[Callable[[Command], None]], object]) -> None:
        self.given: defaultdict[str, list[_Given]] = defaultdict(list)
        self.named: dict[str, int] = {}
        """Where a command that may change it first names it."""
        self.read: dict[str, int] = {}
        """Where the script first reads it."""
        self._folders: defaultdict[str, set[str]] = defaultdict(set)
        """The directories of files that may be changed, by the last part of their names: see `keys`."""
        self._patterns: set[str] = set()
        """The same last parts where the shell makes several names of them."""
        self.arrays = Arrays()
        self._values: list[tuple[str, str, int]] = []
        """The variables that are set to what may be the name of a file, the key of this one, and where."""
        self.last_run = -1
        """The index of the last command that runs other text; past all where that may be a function's."""
        self._has_functions = False
        if callable(commands):
            commands(self._note_step)
        else:
            for command in commands:
                self._note_step(command)
        if self._has_functions and self.last_run >= 0:
            self.last_run = sys.maxsize
        for variable, file, start in self._values:
            if self.only(variable) is None:
                self.named[file] = min(start, self.named.get(file, start))
        for key in [key for key in {**self.given, **self.named, **self.read} if key.startswith("$")]:
            self._note_name(key)
        for folder, last in (folder_of(key) for key in {**self.given, **self.named} if key.startswith("@")):
            self._folders[last].add(folder)

    def _note_name(self, key: str) -> None:
        """Note what is done to a file whose name a variable has as done to the one of this name, where it is known."""
        variable, _, directory = key[1:].partition("/")
        name = self.only(variable)
        if name is None or not isinstance(name.body, Word) or name.body.has_expansion:
            return
        file = file_key(name.body.text, directory)
        if key in self.given:
            self.given[file] += self.given.pop(key)
        for places in (self.named, self.read):
            if key in places:
                places[file] = min(places.pop(key), places.get(file, sys.maxsize))

    def _note_step(self, command: Command) -> None:
        self.arrays.note(command)
        self._note(command, is_step=True)
        self._has_functions = self._has_functions or begins_function(command)

    def only(self, key: str) -> _Given | None:
        """What alone gives a variable or file its text; None where something else may."""
        given = self.given.get(key, ())
        if len(given) != 1 or given[0].body is None or key in self.named or self.may_mean(key):
            return None
        start = given[0].start
        if key.startswith("$") and ((name := self.only(key[1:].partition("/")[0])) is None or name.start >= start):
            return None
        return given[0] if self.last_run < start <= self.read.get(key, start) else None

    def may_mean(self, key: str) -> bool:
        """Whether a name of which only a run tells a part may be that of a file that may be changed: "$PWD/f.json"."""
        if not key.startswith("@"):
            return False
        folder, last = folder_of(key)
        is_in_another = not self._folders.get(last, set()) <= {folder}
        return (
            is_in_another
            or len(self._patterns) > _MOST_PATTERNS
            or any(fnmatchcase(last, pattern) for pattern in self._patterns)
        )

    def _note(self, command: Command, *, is_step: bool) -> None:
        """Note a command and those in its substitutions, which give nothing that is known outside of them."""
        for key, given in (*_set_by(command), *_written_by(command)):
            self.given[key].append(given if is_step else given._replace(body=None))
        words = without_openings(command)
        self._note_names(words, command)
        others = (command.input, command.input_file, command.output, *command.others)
        for word in (*command.words, *filter(None, others)):
            for piece in word.pieces:
                if piece.is_expansion:
                    self._note_uses(word.text_of(piece), piece.start)
                for inner in piece.inner:
                    self._note(inner, is_step=False)
        if command.input_file is not None:
            self.read.setdefault(key_of(command.input_file, command.directory), command.input_file.start)

    def _note_uses(self, expansion: str, start: int) -> None:
        """Note the variables in an expansion, which ${BODY:=text} changes."""
        for use in _USE.finditer(expansion):
            names = self.named if use[3] else self.read
            names.setdefault(use[1] or use[2], start)

    def _note_names(self, words: list[Word], command: Command) -> None:
        """Note what a command names that it may change, and whether it may change anything."""
        name = words[0].text if words else ""
        if _runs_other_text(words):
            self.last_run = max(self.last_run, command.place)
        if name in _READS or (name == "tee" and len(words) == 2):
            for word in words if name in _LOOKS else ():
                self.read.setdefault(key_of(word, command.directory), word.start)
            return
        is_nameref = name in DECLARES and any(re.match(r"-\w*n", word.text) for word in words)
        sets = not is_nameref and (name in DECLARES or name in _SETS or all(map(assigns, words)))
        if name == "export" or (name in DECLARES and any(re.match(r"-\w*x", word.text) for word in words)):
            for found in filter(None, (_NAME.match(word.text) for word in words[1:])):
                self.named.setdefault(f"${found[0]}", command.place)  # other programs may write a file of this name
        where, curl = command.directory, len(command.words) - (command.curl or 0)
        sent = {body.end for body in _sent_by(command)}
        for at, word in enumerate(words):
            if word.end in sent:
                continue
            if not sets and (command.curl is None or len(words) - at > curl):
                for piece in word.pieces:
                    for found in () if piece.is_expansion else _NAME.findall(word.text_of(piece)):
                        self.named.setdefault(found, word.start)
            if at or assigns(word):
                for lone in (LONE.fullmatch(word.text_of(piece)) for piece in word.pieces if piece.is_expansion):
                    self.named.setdefault(named_key(lone[1] or lone[2], where) if lone else "", word.start)
                written = "".join("$/" if piece.inner else word.text_of(piece) for piece in word.pieces)
                if not sets and any(piece.quote == "bare" for piece in word.pieces):
                    pattern = _BRACES.sub("*", written).rpartition("/")[2]
                    self._patterns.update({pattern} if "*" in pattern or "?" in pattern else ())
                if set_to := assigns(word):
                    is_lone = sets and set_to[2] == "=" and _BETWEEN_FILES.search(written, set_to.end()) is None
                    self._values += (
                        [(set_to[1], file_key(written[set_to.end() :], where), word.start)] if is_lone else []
                    )
                    written = "" if is_lone else written
                for found in filter(None, _BETWEEN_FILES.split(written)):
                    self.named.setdefault(file_key(found, where), word.start)
                    if found[:1] == "-" and found[2:]:
                        self.named.setdefault(file_key(found[2:], where), word.start)


def _runs_other_text(words: list[Word]) -> bool:
    """Whether a command runs text that is not a part of the script, or sets variables whose names it works out."""
    name = words[0].text if words else ""
    if name in ("command", "builtin", "time", "function") and len(words) > 1:
        return any(word.text in RUNS for word in words)
    if name == "printf":
        return len(words) > 2 and words[1].text == "-v" and words[2].has_expansion
    if name in DECLARES or name == "read":
        return any(word.has_expansion and not assigns(word) for word in words)
    return name in RUNS


def _sent_by(command: Command) -> Iterator[Word]:
    """The values of the options with which curl sends a body: files that they name stay as they are."""
    for request in invocations(command) if command.curl is not None else ():
        yield from (word for _, word in request.data)


def _written_by(command: Command) -> Iterator[tuple[str, _Given]]:
    """The files that redirections of a command and `tee` write."""
    words = without_openings(command)
    is_tee = bool(words) and words[0].text == "tee" and len(words) == 2
    into = words[1] if is_tee else command.output
    if into is not None:
        body = input_of(command) if is_tee else output_of(command)
        key = key_of(into, command.directory)
        is_plain = isinstance(body, Word) and not (into.has_expansion and key[0] == "@") and command.broken is None
        yield key, _Given(command.place, body if is_plain else None)
    for other in command.others if not is_tee or command.output is None else (command.output, *command.others):
        yield key_of(other, command.directory), _Given(command.place, None)


def _set_by(command: Command) -> Iterator[tuple[str, _Given]]:
    """The variables that a command sets."""
    words = without_openings(command)
    name = words[0].text if words else ""
    if name in _SETS:
        text = _read_whole(words, command)
        for word in words[1:]:
            yield word.text, _Given(command.place, text if word is words[-1] else None)
    elif name in DECLARES or all(map(assigns, words)):
        for word in words:
            if match := assigns(word):
                is_plain = match[2] == "=" and command.broken is None
                yield match[1], _Given(word.start, known(word.after(match.end())) if is_plain else None)


def _read_whole(words: list[Word], command: Command) -> Body:
    """The text that `read -r -d ''` sets its variable to; without -r, one that has no backslashes."""
    options = [word.text for word in words[1:-1]]
    if words[0].text != "read" or "" not in options or command.broken is not None:
        return None
    text = input_of(command)
    is_raw = any(option.startswith("-") and "r" in option for option in options)
    return text if is_raw or (isinstance(text, Word) and "\\" not in text.text) else None
