"""What the commands of a script do to its variables and files."""

import posixpath
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable
from copy import copy

from splint.formats.shell import effects, programs
from splint.formats.shell.branches import is_behind
from splint.formats.shell.curl import input_of
from splint.formats.shell.functions import PREFIX
from splint.formats.shell.holds import Holds
from splint.formats.shell.keys import file_key, filled_pattern, key_of, named_key, pattern_of
from splint.formats.shell.names import BETWEEN_FILES, Names, defaults, shown
from splint.formats.shell.once import Once
from splint.formats.shell.runners import runs_words
from splint.formats.shell.words import (
    LONE,
    Command,
    Word,
    assigns,
    begins_function,
    lone,
    with_braces,
    without_openings,
)
from splint.formats.shell.writers import printed_in
from splint.formats.shell.written import is_remote

_USE = re.compile(r"\$(?:([A-Za-z_]\w*)|\{[#!]?([A-Za-z_]\w*)(?:(?:\[[^]]*\])?(:?=)([^{}\s]*))?)")
_COUNTS = re.compile(r"\+\+|--|(?<![=!<>])=(?!=)")
"""What sets a variable in arithmetic."""
_COUNTED = re.compile(r"\$?\(\(|\$\{\w+(?:\[|:(?![-=+?]))")
"""What begins with arithmetic, or has some: an index, or where a part of a text begins."""
_NAME = re.compile(r"[A-Za-z_]\w*")
_UNPLAIN = re.compile(r"[*?{\[$]")
"""What makes several names of one."""
_PROGRAM = re.compile(r"[\w./-]*[A-Za-z_][\w./+-]*")
_INTO = programs.INTO_DIRECTORIES - {"ln"}
_MOST_CALLS = 4
"""The most calls of a function that are looked at."""


class Steps(Holds):
    """What the commands of a script do to its variables and files, each by its key."""

    def __init__(self, commands: Iterable[Command] | Callable[[Callable[[Command], None]], object]) -> None:
        super().__init__()
        self.outputs: set[tuple[str, int]] = set()
        """The files that are the output of commands, and where these stand."""
        self.removed: dict[str, int] = {}
        """Where it first removes it."""
        self._names = Names()
        self._exports = effects.Exports()
        self.taken_in: list[Command] = []
        """The commands that take in a file, whose commands run here."""
        self.calls: defaultdict[str, list[Command]] = defaultdict(list)
        """Commands by the names of functions that they may call."""
        self._prefixes: list[tuple[str, str, int]] = []
        """The variables that are set for one command, the name of this, and where."""
        self.runners: set[str] = set()
        """The functions that run words of their calls as a command."""
        self._setters: defaultdict[str, set[int]] = defaultdict(set)
        """The arguments by which calls of functions name the variables that these set, where nothing else sets any."""
        self.referred: set[str] = set()
        """The variables of which another one is a second name."""
        self.has_jobs = False
        """Whether anything runs in the background: what is below a request may then run before it."""
        self._unknown: dict[tuple[str, str], int] = {}
        """Where commands of no known name run last, by this and the function that they are in."""
        self.once = Once(() if callable(commands) else [*commands])
        if callable(commands):
            commands(self._note_step)
        else:
            for command in commands:
                self._note_step(command)
        for (name, function), last in self._unknown.items() if self.taken_in else ():
            if name not in self.called:  # it may be a function of a file that is taken in
                self.last_run = max(self.last_run, last)
                self.set_by.setdefault("", name)
                self.refers |= {function} - {""}
        for variable, function, start in self._prefixes:
            self.given[variable] += [effects.Given(start, None)] if function in self.called else []
        self.written.settle(self.filled, self.may_name_remote)
        self._names.settle(lambda *use: self.key_of(named_key(*use)) is not None, self.named, self._note_made)
        for key in [key for key in {**self.given, **self.named, **self.read, **self.removed} if "$" in key]:
            if (told := self.key_of(key)) is not None:
                self._note_name(key, told)
        for part in self._names.parts_of(key[1:].partition("/")[0] for key in self.named if key[:1] == "$"):
            self.named.setdefault(f"${part}", 0)  # what is in a directory may be changed by another name of it
        given = {key: min(one.start for one in given) for key, given in self.given.items() if given}
        self.written.note_files(self.named)
        self.written.note_files(self.removed, is_removed=True)
        self.written.note_files(given, is_tree=False)

    def _note_name(self, key: str, file: str) -> None:
        """Note what is done to a file of whose name variables are a part as done to the one that they tell."""
        if key in self.given:
            self.given[file] += self.given.pop(key)
        for places in (self.named, self.read, self.removed):
            if key in places:
                places[file] = min(places.pop(key), places.get(file, sys.maxsize))

    def _note_step(self, command: Command) -> None:
        self._names.function = function = command.branch.of_function
        if function:
            self.called[function].update(word.text for word in command.words[:PREFIX])
        self._names.note_listed(self.arrays.note(command), command.words)
        self._note(self.once.placed(command), is_step=True)
        if begins_function(command):
            is_named_next = command.words[0].text == "function" and len(command.words) > 1
            self.called[command.words[1 if is_named_next else -1].text] |= set()

    def _note(self, command: Command, *, is_step: bool) -> None:
        """Note a command and those in its substitutions, which give nothing that is known outside of them."""
        pipe = self.written.begin(command)
        for word in words[1:] if (words := without_openings(command)) and words[0].text in programs.READS else ():
            self._names.note_value(word.text, "$_/*", word.start)
        for word in words[1:] if words and words[0].text in programs.LOCALS and command.is_of_function else ():
            if _NAME.fullmatch(word.text):
                own = command.branch.of_function, word.text
                self.declared.setdefault(own, effects.Given(word.start, None, command.branch))
        written = [*effects.written_by(command)]
        self.outputs.update((key, given.start) for key, given in written)
        for key, given in (*effects.set_by(command), *written):
            self.given[key].append(given if is_step else given._replace(body=None))
            if (pattern := filled_pattern(key)) is not None:
                self.written.note_pattern(pattern, given.start, -1)
        self._note_names(words, command)
        others = (command.input, command.input_file, command.output, *command.others)
        for word in (*command.words, *filter(None, others)):
            if word.text[:2] == "((":
                self._note_uses(word.text, word.start, command)
            for piece in word.pieces:
                if piece.is_expansion:
                    self._note_uses(word.text_of(piece), piece.start, command)
                for inner in piece.inner:
                    self._note(inner, is_step=False)
        if command.input_file is not None:
            self.read.setdefault(key_of(command.input_file, command.directory), command.input_file.start)
        self.written.pipe = pipe

    def _note_uses(self, expansion: str, start: int, command: Command) -> None:
        """Note the variables in an expansion, which ${BODY:=text} changes."""
        if _COUNTED.match(expansion) and _COUNTS.search(expansion):
            for name in _NAME.findall(expansion):
                self.given[name].append(effects.Given(start, None, command.branch))
        for use in _USE.finditer(expansion):
            if use[3]:
                self.given[use[2]].append(effects.Given(start, None, command.branch))
                self._names.note_value(use[2], use[4], start)
            else:
                self.read.setdefault(use[1] or use[2], start)

    def _note_names(self, words: list[Word], command: Command) -> None:
        """Note what a command names that it may change, and whether it may change anything."""
        name, where = words[0].text if words else "", command.directory
        self._note_used(filter(None, (command.output, *command.others)), where, command.last, is_output=True)
        words = with_braces(words) if command.curl is None else words
        run, changed = self.behind(words), None
        self.has_jobs |= is_behind(command)
        if run and programs.may_be_function(run[0]) and not (self.arrays.is_open or effects.is_apart(command)):
            self._unknown[run[0].text, command.branch.of_function] = command.last
        is_other_text = effects.runs_other_text(words) or effects.runs_other_text(run)
        if is_other_text and not self._is_told_by_calls(effects.names_told_by_a_run(run), command):
            self._note_other_text(
                sys.maxsize if effects.is_nameref(words) else command.last, command.branch.of_function
            )
        if self._setters and any(word.text in self._setters for word in run[1:]):
            self._note_other_text(command.last, run[0].text)
        if name == "trap" and len(words) > 2 and all(effects.AT_END.fullmatch(word.text) for word in words[2:]):
            return
        self._prefixes += ((prefix, run[0].text, word.start) for prefix, word in effects.prefixes(run, command))
        if run and not begins_function(command) and len(calls := self.calls[run[0].text]) < _MOST_CALLS:
            calls.append(command)
        changes = self._changed_by(run, command)
        if run and (command.curl is not None or not effects.tells(run)):
            self.written.note(run, command, lambda: self._exports.given(run, command))
        if name in ("shift", "set"):
            self._names.shifted.add(self._names.function)
            if command.branch.is_repeated:
                self._names.looped.add(self._names.function)
        if is_other_name := effects.is_nameref(words):
            self.referred.update(word.text[set_to.end() :] for word in words if (set_to := assigns(word)))
        if is_other_name or is_other_text:
            self.refers |= {self._names.function} - {""}
        if runs_words(run):
            self.runners.add(self._names.function)
        if run and run[0].text in self.called and not begins_function(command):
            self._names.note_call(run[0].text, effects.files_named_by(command, run), command.place)
            if run[0].text in self.runners and command.curl is None:
                self._note_run(run, command)
            if run[0].text in self._setters:
                self._note_set(run, command)
                return
            if run[0].text not in self.refers and not any(w.text.startswith(("--fix", "--unsafe-fix")) for w in run):
                return
        elif effects.tells(run) or (name == "tee" and len(words) == 2):
            places = self.removed if run[0].text == "rm" else {}
            for word in run:
                places.setdefault(key_of(word, where), word.start)
            if name in ("tee", "rm"):
                self._note_used(words, where, command.last if name == "tee" else -1, is_output=True)
            return
        elif (changed := changes) is not None:
            for word in run:
                if word not in changed:
                    self.read.setdefault(key_of(word, where), word.start)
            if not changed:
                return
        sets = not is_other_name and (name in programs.DECLARES or name in programs.SETS or all(map(assigns, words)))
        self._exports.note(words)
        if changed is None and not sets and command.curl is None and name not in programs.HARMLESS:
            for exported in self._exports.seen():  # an unknown program may write a file of this name
                self.named.setdefault(f"${exported}", command.place)
            for word in effects.for_program(run, command):
                self._note_name_of(word, "", command, sets=False, is_into=False)
        loop = words[1].text if name in ("for", "select") and len(words) > 1 else ""
        self._loops.add(loop)
        is_file = command.curl is not None or (run != [] and programs.name_of(run[0].text) in ("ln", "sed", "gsed"))
        for word in effects.files_named_by(command, words) if changed is None else changed:
            if is_file and (printed := printed_in(word)):
                self.written.note_name(printed, where, word.start, command.last)
            for piece in word.pieces if not sets else ():
                for found in () if piece.is_expansion else _NAME.findall(word.text_of(piece)):
                    self.named.setdefault(found, word.start)
            if word is not words[0] or assigns(word):
                is_into = word is words[-1] and run != [] and programs.name_of(run[0].text) in _INTO
                self._note_name_of(word, loop if word is not words[0] else "", command, sets=sets, is_into=is_into)
        text = input_of(command)
        is_run = isinstance(text, Word) and not (name.startswith("python") and programs.only_reads(text.text))
        if changed is None and not sets and isinstance(text, Word) and is_run and command.curl is None:
            self._note_files(text.text, text.start, where)
            self._note_used([text], where, command.last)

    def _is_told_by_calls(self, names: list[Word], command: Command) -> bool:
        """Whether the calls of a function, all below, tell the variables that a command in it sets; this is noted."""
        function, told = command.branch.of_function, list[str]()
        for name in names:
            own = [one for one in self.given.get(lone(name), ()) if one.branch.of_function == function]
            told.append(lone(own[0].word if len(own) == 1 and own[0].is_local and own[0].word else name))
        is_moved = function in self._names.shifted or command.branch.is_repeated or self.calls.get(function)
        is_told = not is_moved and bool(names and function) and all(re.fullmatch("[1-9]", one) for one in told)
        if is_told and (function not in self.refers or function in self._setters):
            self._setters[function].update(map(int, told))
            return True
        self._setters.pop(function, None)
        return False

    def _note_set(self, run: list[Word], command: Command) -> None:
        """Note what a call of a function sets that is told the names of variables; any where it tells one by a run."""
        for word in (run[at] for at in self._setters[run[0].text] if at < len(run)):
            if (named := _NAME.match(word.text)) is None or word.has_expansion:
                self._note_other_text(command.last, run[0].text)
            else:
                self.given[named[0]].append(effects.Given(command.place, None, command.branch))
                self.set_by[named[0]] = run[0].text

    def _note_other_text(self, last: int, function: str) -> None:
        """Note that any variable may be set up to a place, by a function if it has a name."""
        self.last_run = max(self.last_run, last)
        if function in self.called:
            self.set_by.setdefault("", function)

    def _note_run(self, run: list[Word], command: Command) -> None:
        """Note the command that a function runs which runs words of its call: from the first that may be a name on."""
        inner, named = copy(command), (word for word in run[1:] if _PROGRAM.fullmatch(word.text) or runs_words([word]))
        first = next(named, None)
        inner.words, inner.output, inner.others = [] if first is None else run[run.index(first) :], None, []
        for key, given in (*effects.set_by(inner), *effects.written_by(inner)):
            self.given[key].append(given._replace(body=None, word=None))
        if first is not None:
            self._note_names(inner.words, inner)

    def _changed_by(self, run: list[Word], command: Command) -> list[Word] | None:
        """The words of a command that may name what it changes; None where any may."""
        if run and run[0].text in programs.TAKE_IN:
            self.taken_in.append(command)
        return None if programs.may_be_told_to_write(run, self.texts_of) else programs.changed_by(run)

    def _note_name_of(self, word: Word, loop: str, command: Command, *, sets: bool, is_into: bool) -> None:
        """Note what a word of a command names, or what the variable of a loop may be.

        What is written into a directory leaves other files there as they are.
        """
        where, last = command.directory, command.last
        if is_into and not is_remote(word.text):
            self.given[key_of(word, where)].append(effects.Given(word.start, None, command.branch))
        set_to = None if loop else assigns(word)
        holder = set_to[1] if set_to is not None and sets else loop
        if not holder:
            self._note_used([word], where, last, is_into=is_into)
        if not (holder or is_into):
            for use in (LONE.fullmatch(word.text_of(piece)) for piece in word.pieces if piece.is_expansion):
                self.named.setdefault(named_key(use["name"], where) if use else "", word.start)
        written = shown(word)
        is_bare = not sets and any(piece.quote == "bare" for piece in word.pieces)
        if is_bare and (pattern := pattern_of(written)) is not None:
            self.written.note_pattern(pattern, word.start)
        at, is_set = set_to.end() if set_to else 0, holder and (not set_to or set_to[2] == "=")
        for text in (written, *defaults(word)) if holder else [written]:
            if is_set and BETWEEN_FILES.search(text, at) is None:
                self._names.note_value(holder, text[at:], word.start)
            elif not is_into:
                self._note_files(text, word.start, where)
        if holder:
            self._names.note_made(holder, word.after(at))

    def _note_files(self, text: str, start: int, where: str, places: dict[str, int] | None = None) -> None:
        """Note all that may be the name of a file in a text."""
        places = self.named if places is None else places
        for found in filter(None, BETWEEN_FILES.split(text)):
            places.setdefault(file_key(found, where), start)
            if found[:1] == "-" and found[2:]:
                places.setdefault(file_key(found[2:], where), start)
            if found[:2] == "//":
                places.setdefault(file_key(posixpath.basename(found), where), start)  # of a URL

    def _note_used(
        self, words: Iterable[Word], where: str, last: int, *, is_output: bool = False, is_into: bool = False
    ) -> None:
        """Note the names that variables may be in what a command may change; `last` is -1 where it removes that."""
        is_into |= is_output and last >= 0
        for word in words:
            self._names.note_use(word, where, last, is_output=is_output, is_into=is_into)
            if is_into and (name := printed_in(word)):
                self.written.note_name(name, where, word.start, last)
            for text in defaults(word):
                self._note_files(text, word.start, where, self.named if last >= 0 else self.removed)

    def _note_made(self, name: str, where: str, start: int, last: int) -> None:
        """Note the name of a file that variables may make."""
        key = file_key(name, where)
        if _UNPLAIN.search(key.rpartition("/")[2]):
            self.written.note_name(name, where, start, last)
        else:
            places = self.named if last >= 0 else self.removed
            places[key] = min(start, places.get(key, start))
