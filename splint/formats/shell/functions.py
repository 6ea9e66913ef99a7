"""Functions and aliases of a script as curl commands, into which the arguments of a call are put."""

import re
from collections.abc import Iterator
from copy import copy
from functools import cached_property
from itertools import takewhile

from splint.formats.shell.curl import Invocation, Unknown, Unread, invocations
from splint.formats.shell.directories import ELSEWHERE, OF_CALLS, unknown_at
from splint.formats.shell.effects import runs_other_text, tells
from splint.formats.shell.others import placed
from splint.formats.shell.programs import DECLARES, HARMLESS, PRINTS, SETS, TOOLS
from splint.formats.shell.runners import among_elsewhere, arguments, behind, runs_words, whole
from splint.formats.shell.templates import ASSIGNED, Template, Variables, filled, size_of
from splint.formats.shell.words import OPENINGS, Command, Word, assigns, begins_function, follows, without_openings

BEGINS, _ENDS = frozenset({"if", "while", "until", "for", "select", "case"}), frozenset({"fi", "done", "esac"})
PREFIX = 8
"""How many words may stand before the name of a function, as in `retry 3 api`, and this name."""
_OPTIONS = re.compile(r"set [-+]\w+(?<!o)|set [-+]\w*o \w+")
"""A `set` that leaves the arguments as they are."""
_READS_NOTHING = HARMLESS | PRINTS | BEGINS | {"unset", "date", "mktemp", "basename", "dirname"}
"""Commands that leave their standard input to those behind them."""
_WORDS, _AS_GIVEN = re.compile(r"\$[@*]|\$\{[@*].*\}", re.DOTALL), re.compile(r"\$@|\$\{@(?::\d+)?\}")
"""The words of a call, and those that are not changed."""
ARGUMENT = re.compile(r"\$\{?[1-9@*]")
_LARGE, _MANY = 200, 32
"""The most words of a curl command that a function may have, and the most that is put into them."""


class Wrapper:
    """A function or an alias."""

    def __init__(self) -> None:
        self.curl: Command | None = None
        """Its first curl command."""
        self.url: Template | None = None
        """The URL of it, where it is the only one, whatever else the function does."""
        self.words: list[Template] = []
        """The words of it, what it reads, and the words of the command that is piped to it."""
        self.input: list[Template] = []
        self.piped: list[Template] = []
        self.is_plain = True
        """Whether it is one curl command, and known which argument stands where in it."""
        self.leads = False
        """Whether a call may tell it where to send something."""
        self.runs: bool | None = None
        """Whether it runs the words of its calls as they stand, and where these do; None for one that runs none."""
        self.directory: str | None = None
        """Where it stands as it begins."""
        self.reader: Word | None = None
        """The first command above its curl that may read what a call gives it as input."""
        self.variables = Variables()
        self.start = self.end = -1
        """Where its first command begins, and its last one ends."""
        self.put_together = 0
        """How many characters its calls have put into bodies so far."""
        self.is_left_off = False
        """Whether its calls are too large to be read any further."""
        self.told: set[str] = set()
        """The URLs of which that is told."""
        self._blocks = 0
        self._is_counted = True
        """Whether its arguments are those of its calls, or the ones behind some that are surely gone."""

    def note(self, command: Command, *, is_sure: bool = True, is_inner: bool = False) -> None:
        """Note the next command of a function, and those in its substitutions; `is_sure` if it surely runs once."""
        words, opening = without_openings(command), takewhile(lambda word: word.text in OPENINGS, command.words)
        first = words[0].text if words else ""
        self.directory = command.directory if self.directory is None else self.directory
        self.start = command.place if self.start < 0 else self.start
        self.end = max(self.end, *(word.end for word in (*command.words, command.input) if word is not None))
        if self.runs is not False:
            runs = _runs_as_given(words, command, self.directory)
            self.runs = self.runs if runs is None else runs
        is_sure = is_sure and not self._blocks and not follows(command, "&&", "||")
        self._blocks += sum(word.text in BEGINS for word in opening) + (first in BEGINS) - (first in _ENDS)
        is_option = first == "set" and _OPTIONS.fullmatch(" ".join(word.text for word in words[:4])) is not None
        is_kept = first != "set" or is_option
        if first == "shift":
            is_kept = is_sure and not is_inner and self.variables.shift(words)
        self._is_counted &= is_kept
        self.is_plain &= command.broken is None and is_kept
        self.is_plain &= not runs_other_text(words) and not begins_function(command)
        if command.curl is not None:
            self._note_curl(command, is_sure=is_sure)
        elif first in DECLARES or all(ASSIGNED.match(word.text) for word in words):
            around = takewhile(lambda branch: not branch.function, command.branch.chain())
            is_apart = is_inner or any(branch.is_list for branch in around)
            self.variables.set(words, is_sure=is_sure and not is_apart)
        elif self.reader is None and self.curl is None and _may_read(words, command):
            self.reader = words[0]
        for one in inner(command):
            self.note(one, is_sure=is_sure, is_inner=True)

    def _note_curl(self, command: Command, *, is_sure: bool) -> None:
        urls = [request.url for request in invocations(command)]
        self.leads |= any(url is None or url.has_expansion for url in urls)
        is_only = self.curl is None and len(urls) == 1 and urls[0] is not None and self._is_counted
        self.url = self.variables.template(urls[0]) if is_only and urls[0] is not None else None
        words = command.words[(command.curl or 0) + 1 :]
        is_known = command.piped is not None or not follows(command, "|")
        self.is_plain &= (
            self.curl is None and not command.calls_function and is_sure and is_known and arguments(command) == words
        )
        self.curl = command
        if not self.is_plain or len(words) > _LARGE:
            self.is_plain = False
            return
        self.words = [self.variables.template(word) for word in words]
        self.input = [self.variables.template(word) for word in (command.input, command.input_file) if word]
        self.piped = [self.variables.template(word) for word in (command.piped.words if command.piped else ())]
        self.is_plain = sum(map(size_of, (*self.words, *self.input, *self.piped))) <= _MANY

    def url_of(self, words: list[Word]) -> Word | None:
        """The URL that a call of these words has curl call; None where that is not known."""
        is_given = self.url is not None and self.variables.shifted < len(words)
        return next(iter(filled(self.url, words)), None) if is_given and self.url is not None else None

    @cached_property
    def own(self) -> Invocation | None:
        """What its curl command sends by itself; None without one, or where a function stands in its place."""
        return next(invocations(self.curl)) if self.curl is not None and not self.curl.calls_function else None

    @cached_property
    def is_given(self) -> bool:
        """Whether the body of that is what its calls give it."""
        return self.own is not None and self.gives(self.own)

    def gives(self, request: Invocation) -> bool:
        """Whether the body of a request in it is what its calls give it, and no header is."""
        if not isinstance(request.body, Unknown | Unread) or any(ARGUMENT.search(one.text) for one in request.headers):
            return False
        text, command = request.body.word.text, request.command
        is_input = text in ("-", "@-") and not (command.piped or command.input or command.input_file)
        is_input |= self.reader is not None and self.reader.text == "cat" and self.variables.has(text)
        return is_input or ARGUMENT.search(text) is not None or self.variables.hands_on(text)

    def request_of(self, words: list[Word], call: Command) -> Command:
        """The curl command that a call of these words is."""
        curl = self.curl
        assert curl is not None
        command = Command(curl.piped or (call.piped if self.reader is None else None))
        if curl.piped is not None:
            command.piped = copy(curl.piped)
            command.piped.words = [word for one in self.piped for word in filled(one, words)]
            command.piped.directory = self._directory_in(call, curl)
        before = [placed(word, words[0]) for word in among_elsewhere(curl.words[: curl.curl])]
        command.words = [*before, words[0], *(word for one in self.words for word in filled(one, words))]
        command.curl = len(before)
        own = [next(iter(filled(one, words)), None) for one in self.input]
        command.input = own.pop(0) if curl.input is not None else None
        command.input_file = own.pop(0) if curl.input_file is not None else None
        if command.input is None and command.input_file is None and curl.piped is None:
            given = (call.input, call.input_file) if self.reader is None else (whole(self.reader), None)
            command.input, command.input_file = given
        command.broken, command.directory = call.broken, self._directory_in(call, curl)
        command.branch, command.arrays = call.branch, curl.arrays
        command.origin, command.call = curl.words[curl.curl or 0], (words[0].start, words[-1].end)
        return command

    def _directory_in(self, call: Command, curl: Command) -> str:
        """Where its curl command runs in a call: there, or where it leads from where it stands as it begins."""
        if curl.directory in (self.directory, OF_CALLS):
            return call.directory
        return curl.directory if call.directory == self.directory else unknown_at(call.place)


def _runs_as_given(words: list[Word], command: Command, directory: str) -> bool | None:
    """Whether a command runs the words that its function is given, with nothing else; None for one that runs none."""
    run = behind(words)
    name = run[0].text if run else ""
    is_told = tells(run) or name in (SETS | _READS_NOTHING) - {"set"} or TOOLS.fullmatch(name)
    is_passed = not is_told and command.curl is None and any(_WORDS.fullmatch(word.text) for word in run[1:])
    if all(map(assigns, words)) or not (is_passed or runs_words(run)):
        return None
    is_alone = len(run) == 1 and run[0].is_quoted and _AS_GIVEN.fullmatch(name) is not None
    is_alone &= not any(assigns(word) or ELSEWHERE.fullmatch(word.text) for word in command.words)
    is_here = command.directory in (directory, OF_CALLS)
    return is_alone and is_here and not (command.input or command.input_file or follows(command, "|"))


def _may_read(words: list[Word], command: Command) -> bool:
    """Whether a command may read the standard input of the function that it is in."""
    name = words[0].text
    has_own = command.input is not None or command.input_file is not None or follows(command, "|")
    return not (has_own or name in _READS_NOTHING or name[:2] == "((" or tells(words))


def inner(command: Command) -> Iterator[Command]:
    """The commands in the substitutions of a command."""
    return (one for word in command.words for piece in word.pieces for one in piece.inner)
