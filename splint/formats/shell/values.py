"""What a script says itself of its variables and files, where a curl command only names its body.

A text counts if it is the only one that the script gives the variable or file, stands above the command, and nothing
else in the script may change it: no command that is not known to leave it as it is names it, none that runs other text
follows, and nothing reads it before.
"""

import posixpath
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cached_property
from operator import itemgetter

from splint.formats.shell.arrays import Arrays
from splint.formats.shell.branches import runs_until, surely_ran
from splint.formats.shell.curl import (
    Body,
    FromFile,
    Unknown,
    input_of,
    opens_json,
)
from splint.formats.shell.effects import (
    DECLARES,
    SETS,
    Given,
    files_named_by,
    runs_other_text,
    set_by,
    tells,
    written_by,
)
from splint.formats.shell.keys import LONE, file_key, filled_pattern, folder_of, key_of, matching, named_key, pattern_of
from splint.formats.shell.programs import only_reads
from splint.formats.shell.runs import Runs
from splint.formats.shell.words import Command, Word, assigns, begins_function, named_so, without_openings
from splint.formats.shell.written import Written

_USE = re.compile(r"\$(?:([A-Za-z_]\w*)|\{[#!]?([A-Za-z_]\w*)(:?=)?)")
_HELD = re.compile(r"\$\{?[#!]?(\w+|[@*])")
"""A variable or argument in an expansion."""
_ARGUMENTS = frozenset("123456789@*")
_NAME = re.compile(r"[A-Za-z_]\w*")
_ENDING = re.compile(r"\.[A-Za-z]+\Z")
_AT_END = re.compile(r"(?:SIG)?(?:EXIT|INT|TERM|HUP|QUIT)|0")
"""The signals of a `trap` whose text runs after all else."""
_HARMLESS = frozenset(
    {"set", "exit", "return", "cd", "mkdir", "sleep", "shift", "true", "false", "wait", "trap"}
    | {"}", "fi", "done", "esac", ")"}
)
"""Commands that write no file that a variable in their environment names."""
_MOST_CALLS = 4
"""The most calls of a function that are looked at."""
_BETWEEN_FILES = re.compile(r"[\s=:,;'\"()<>|&]+")


class Values:
    """The values of variables and files, by the commands of a script; those in substitutions may change some."""

    def __init__(self, commands: Iterable[Command] | Callable[[Callable[[Command], None]], object]) -> None:
        """`commands` may be a function that calls another one with each of them, where they are too many to keep."""
        self._commands = commands
        self._found: dict[str, Body] = {}
        """What has been found so far in the place of a variable or file."""
        self.sent: set[tuple[int, str, str]] = set()
        """The values that requests have sent so far, by where they begin, with their text and the URL."""

    def of(self, body: Body, request: Command, is_there: Callable[[FromFile], bool], start: int | None = None) -> Body:
        """A body; in the place of a variable or file that the script gives one text above its `start`, this text.

        Where it may not have run, a file that `is_there` stays the body.
        """
        passed = list[str]()
        while (use := _use_of(body := self._named(body, request, is_there))) is not None:
            key, start = use[0], use[1] if start is None else start
            given = self._script.only(key)
            if given is None or given.start >= start:
                break
            if isinstance(body, FromFile) and not self._script.surely(given, request) and is_there(body):
                break
            if key in self._found:
                body = self._found[key]
                break
            passed.append(key)
            body, start = given.body, given.start
        self._found.update(dict.fromkeys(passed, body))
        return body

    def _named(self, body: Body, request: Command, is_there: Callable[[FromFile], bool]) -> Body:
        """A body; in the place of a file whose name a variable has, the file of this name where the script tells it."""
        if not (isinstance(body, Unknown) and body.is_name and key_of(body.word, body.directory).startswith("$")):
            return body
        name = self.of(Unknown(body.word), request, is_there)
        if not isinstance(name, Word) or name.has_expansion or opens_json(name):
            return body
        return FromFile(named_so(body.word, name.text), body.directory)

    @property
    def arrays(self) -> Arrays:
        """The options of curl that the script holds."""
        return self._script.arrays

    def change_of(self, file: FromFile, request: Command, place: int | None = None) -> int | None:
        """Where a command that runs before a request may write the file that it sends; None for nowhere.

        `place` is where the request stands, if this is a part of another text.
        """
        before = max(runs_until(request), -1 if place is None else place)
        return self._script.change_of(file_key(file.name.text, file.directory), before)

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


def _is_filled_file(word: Word) -> bool:
    """Whether a name of which only a run tells a part is one of a file, by its ending: "old-$(date +%F).json"."""
    return word.has_expansion and not word.pieces[-1].is_expansion and _ENDING.search(word.text) is not None


class _Script:
    """What the commands of a script do to its variables and files, each by its key."""

    def __init__(self, commands: Iterable[Command] | Callable[[Callable[[Command], None]], object]) -> None:
        self.given: defaultdict[str, list[Given]] = defaultdict(list)
        self.named: dict[str, int] = {}
        """Where a command that may change it first names it."""
        self.read: dict[str, int] = {}
        """Where the script first reads it."""
        self.removed: dict[str, int] = {}
        """Where it first removes it."""
        self._first: dict[str, int] = {}
        """Where a file is first given a text or named so."""
        self._folders: defaultdict[str, dict[str, int]] = defaultdict(dict)
        """The directories of files that may be changed, by the last part of their names, and where: see `keys`."""
        self._patterns: dict[str, int] = {}
        """The same last parts where the shell makes several names of them, and where."""
        self._filled: dict[str, int] = {}
        """Those of files that are written and of whose names only a run tells a part, and where."""
        self._written = Written()
        self.arrays = Arrays()
        self._values: list[tuple[str, str, int]] = []
        """The variables that are set to what may be the name of a file, the key of this one, and where."""
        self._exported: set[str] = set()
        """The variables that are exported to programs, none of which is unknown so far."""
        self._runs = Runs(self.given)
        self.last_run = -1
        """The index of the last command that runs other text; past all where that may be a function's."""
        self._calls: defaultdict[str, list[Command]] = defaultdict(list)
        """Commands by the names of functions that they may call."""
        self._functions: set[str] = set()
        """The functions that it defines, as far as it is read."""
        self._holds: defaultdict[str, set[str]] = defaultdict(set)
        """The variables and arguments of functions that are a part of what a variable is set to, so far."""
        self._used: set[str] = set()
        """Those that stand, by themselves or in others, in commands that may change what they name."""
        if callable(commands):
            commands(self._note_step)
        else:
            for command in commands:
                self._note_step(command)
        if self._functions and self.last_run >= 0:
            self.last_run = sys.maxsize
        self._written.settle(self.only)
        for variable, file, start in self._values:
            if (variable in self._used or variable in self.named) and self.only(variable) is None:
                pattern = pattern_of(file)
                places, name = (self.named, file) if pattern is None else (self._patterns, pattern)
                places[name] = min(start, places.get(name, start))
        for key in [key for key in {**self.given, **self.named, **self.read, **self.removed} if key[:1] == "$"]:
            self._note_name(key)
        for key in (key for key in {**self.given, **self.named} if key.startswith("@")):
            folder, last = folder_of(key)
            start = min([self.named.get(key, sys.maxsize), *(given.start for given in self.given.get(key, ()))])
            self._first[key] = start
            self._folders[last][folder] = min(start, self._folders[last].get(folder, start))
        for last, folders in self._folders.items():  # another one than a given one is among the first two
            self._folders[last] = dict(sorted(folders.items(), key=itemgetter(1))[:2])

    def _note_name(self, key: str) -> None:
        """Note what is done to a file whose name a variable has as done to the one of this name, where it is known."""
        variable, _, directory = key[1:].partition("/")
        name = self.only(variable)
        if name is None or not isinstance(name.body, Word) or name.body.has_expansion:
            return
        file = file_key(name.body.text, directory)
        if key in self.given:
            self.given[file] += self.given.pop(key)
        for places in (self.named, self.read, self.removed):
            if key in places:
                places[file] = min(places.pop(key), places.get(file, sys.maxsize))

    def _note_step(self, command: Command) -> None:
        self.arrays.note(command)
        self._note(command, is_step=True)
        if begins_function(command):
            is_named_next = command.words[0].text == "function" and len(command.words) > 1
            self._functions.add(command.words[1 if is_named_next else -1].text)

    def only(self, key: str) -> Given | None:
        """What alone gives a variable or file its text; None where something else may."""
        given = self.given.get(key, ())
        if len(given) != 1 or given[0].body is None or key in self.named or self.meant_by(key) is not None:
            return None
        start = given[0].start
        if self._written.may_write_behind(key, start):
            return None
        if key.startswith("$") and ((name := self.only(key[1:].partition("/")[0])) is None or name.start >= start):
            return None
        return given[0] if self.last_run < start <= self.read.get(key, start) else None

    def surely(self, given: Given, request: Command) -> bool:
        """Whether what gives a file its text surely ran before a request."""
        return surely_ran(given.branch, request, self._calls)

    def change_of(self, key: str, before: int) -> int | None:
        """Where anything before a place may write or remove a file, or put another one in its place, if anywhere."""
        first = min(self._first.get(key, sys.maxsize), self.removed.get(key, sys.maxsize))
        if first <= before:
            return first
        meant = self.meant_by(key, before)
        if meant is None:
            meant = matching(folder_of(key)[1], self._filled, before)
        return self._written.first_of(key, before) if meant is None else meant

    def meant_by(self, key: str, before: int = sys.maxsize) -> int | None:
        """Where a name of which only a run tells a part may be that of a file, and this be changed: "$PWD/f.json"."""
        if not key.startswith("@"):
            return None
        folder, last = folder_of(key)
        start = min((at for other, at in self._folders.get(last, {}).items() if other != folder), default=before)
        return start if start < before else matching(last, self._patterns, before)

    def _note(self, command: Command, *, is_step: bool) -> None:
        """Note a command and those in its substitutions, which give nothing that is known outside of them."""
        pipe = self._written.begin(command)
        for key, given in (*set_by(command), *written_by(command)):
            self.given[key].append(given if is_step else given._replace(body=None))
            if (pattern := filled_pattern(key)) is not None:
                self._filled.setdefault(pattern, given.start)
            self._written.note_output(key, command)
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
        self._written.pipe = pipe

    def _note_uses(self, expansion: str, start: int) -> None:
        """Note the variables in an expansion, which ${BODY:=text} changes."""
        for use in _USE.finditer(expansion):
            names = self.named if use[3] else self.read
            names.setdefault(use[1] or use[2], start)

    def _note_names(self, words: list[Word], command: Command) -> None:
        """Note what a command names that it may change, and whether it may change anything."""
        name, where = words[0].text if words else "", command.directory
        if runs_other_text(words):
            self.last_run = max(self.last_run, command.place)
        self._note_used(filter(None, (command.output, *command.others)))
        run, changed = self._runs.behind(words), None
        if name == "trap" and len(words) > 2 and all(_AT_END.fullmatch(word.text) for word in words[2:]):
            return
        if run and not begins_function(command) and len(calls := self._calls[run[0].text]) < _MOST_CALLS:
            calls.append(command)
        changes = self._runs.changed_by(run, command)
        if command.curl is None and not tells(run) and changes != []:
            self._written.note(run, command)
        if run and run[0].text in self._functions:
            is_option = self._runs.may_pass_on(run, command)
            if not is_option and not self._used.intersection(_ARGUMENTS):
                return
        elif tells(run) or (name == "tee" and len(words) == 2):
            places = self.removed if run[0].text == "rm" else {}
            for word in run:
                places.setdefault(key_of(word, where), word.start)
            self._note_used(words if name == "tee" else ())
            return
        elif (changed := changes) is not None:
            for word in run:
                if word not in changed:
                    self.read.setdefault(key_of(word, where), word.start)
            if not changed:
                return
        is_nameref = name in DECLARES and any(re.match(r"-\w*n", word.text) for word in words)
        sets = not is_nameref and (name in DECLARES or name in SETS or all(map(assigns, words)))
        if name == "export" or (name in DECLARES and any(re.match(r"-\w*x", word.text) for word in words)):
            self._exported.update(found[0] for found in (_NAME.match(word.text) for word in words[1:]) if found)
        elif changed is None and not sets and command.curl is None and name not in _HARMLESS:
            for exported in self._exported:  # an unknown program may write a file of this name
                self.named.setdefault(f"${exported}", command.place)
            self._exported.clear()
        loop = words[1].text if name in ("for", "select") and len(words) > 1 else ""
        self._runs.loops.add(loop)
        for word in files_named_by(command, words) if changed is None else changed:
            for piece in word.pieces if not sets else ():
                for found in () if piece.is_expansion else _NAME.findall(word.text_of(piece)):
                    self.named.setdefault(found, word.start)
            if word is not words[0] or assigns(word):
                self._note_name_of(word, loop if word is not words[0] else "", where, sets=sets)
        text = input_of(command)
        is_run = isinstance(text, Word) and not (name.startswith("python") and only_reads(text.text))
        if changed is None and not sets and isinstance(text, Word) and is_run and command.curl is None:
            self._note_files(text.text, text.start, where)
            self._note_used([text])

    def _note_name_of(self, word: Word, loop: str, where: str, *, sets: bool) -> None:
        """Note what a word of a command names, or what the variable of a loop may be."""
        set_to = None if loop else assigns(word)
        holder = set_to[1] if set_to is not None and sets else loop
        if holder:
            uses = {use for piece in word.pieces if piece.is_expansion for use in _HELD.findall(word.text_of(piece))}
            self._holds[holder] |= uses
            self._note_variables(uses if holder in self._used else ())
        else:
            self._note_used([word])
            for lone in (LONE.fullmatch(word.text_of(piece)) for piece in word.pieces if piece.is_expansion):
                self.named.setdefault(named_key(lone[1] or lone[2], where) if lone else "", word.start)
        written = "".join("$/" if piece.inner else word.text_of(piece) for piece in word.pieces)
        is_bare = not sets and any(piece.quote == "bare" for piece in word.pieces)
        if is_bare and (pattern := pattern_of(written)) is not None:
            self._patterns.setdefault(pattern, word.start)
        at = set_to.end() if set_to else 0
        if holder and (not set_to or set_to[2] == "=") and _BETWEEN_FILES.search(written, at) is None:
            self._values.append((holder, file_key(written[at:], where), word.start))
            written = ""
        self._note_files(written, word.start, where)

    def _note_files(self, text: str, start: int, where: str) -> None:
        """Note all that may be the name of a file in a text."""
        for found in filter(None, _BETWEEN_FILES.split(text)):
            self.named.setdefault(file_key(found, where), start)
            if found[:1] == "-" and found[2:]:
                self.named.setdefault(file_key(found[2:], where), start)
            if found[:2] == "//":
                self.named.setdefault(file_key(posixpath.basename(found), where), start)  # of a URL

    def _note_used(self, words: Iterable[Word]) -> None:
        """Note the variables in what a command may change."""
        for piece in (piece for word in words for piece in word.pieces if piece.is_expansion):
            self._note_variables(_HELD.findall(piece.text or ""))

    def _note_variables(self, names: Iterable[str]) -> None:
        """Note variables as used, and those that are a part of what they are set to."""
        pending = [*names]
        while pending:
            if (name := pending.pop()) not in self._used:
                self._used.add(name)
                pending += self._holds[name]
