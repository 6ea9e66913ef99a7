"""Curl by another name: variables that hold it, and texts with a curl command that another shell runs."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property

from splint.formats.shell.curl import ARRAY, Body, FromFile, Unknown, input_of, invocations, opens_json, output_of
from splint.formats.shell.endpoints import CURL, endpoint_in, holds_command, is_of_interest
from splint.formats.shell.programs import CURLS, LOCALS, PRINTS, READS, RUNS, TAKE_IN, TELLS, TOOLS, name_of
from splint.formats.shell.runners import among_elsewhere, behind, whole
from splint.formats.shell.words import Command, Piece, Word, without_openings

_SHELLS = frozenset(
    {"bash", "sh", "zsh", "dash", "ksh", "eval", "ssh", "su", "trap", "script", "watch", "env"}
    | {"at", "batch", "crontab"}
)
"""Commands that run a text, `env` with -S."""
_IMAGE = re.compile(r"(?:.*[/=])?curl(?:[:@].*)?", re.DOTALL)
_NAMES_CURL = re.compile(r"(?<![\w.-])curl(?:\.exe)?(?![\w.-])")
_FOUND = r"[$`]\(?\s*(?:which|command\s+-v|type\s+-[pP]+)\s+curl\b"
_FINDS = re.compile(rf"{_FOUND}[^|&;()`]*[)`]")
"""A substitution that is the path of curl."""
_HOLDS = re.compile(rf"(\w+)=(?:{CURL}(?:\s+-.*)?|{_FOUND}.*|\$\{{\w+:?[-=]{CURL}\}})", re.DOTALL)
"""What sets a variable to curl, with options or without."""
_ARRAY = re.compile(r"(\w+)(\+?)=")
INDEXED = re.compile(r"\[[^\]]+\]\+?=")
"""What begins a word of an array that says where in it its text stands."""
LONGEST_ARRAY = 200
"""The most words of an array that are put into a command: those of a longer one are not known."""
_VARIABLE = re.compile(r"\$(?:(\w+)|\{(\w+)(?:\[[@*]\])?\})")
_ELEMENTS = re.compile(r"\$\{?(\w+)(?:\[[^]]*\])?\}?")
_CHANGED = re.compile(r"\$\{(\w+)(?:\[[@*]\][^\w\[]|[-+]).*\}", re.DOTALL)
"""Words that are made of those of an array: "${cmd[@]:1}", "${cmd[@]/x/y}"."""
_MENTION = re.compile(
    r"""
    ^[ \t]*+(?:\#[^\n]*+|echo[ \t]++(?:"[^"\\$`\n]*+"|'[^'\n]*+')[ \t]*+$)
    | \$(?:\{[#!]?)?+\w++(?!(?:\[[^]\n]{0,80}+\])?:?=)
    | (?<![\w$-])(?:local|declare|typeset)(?:[ \t]++-[aAgrx]++)*+(?:[ \t]++\w++(?![\w=+\[]))+
    | (?<![\w$./-])(?P<name>[A-Za-z_]\w*+)(?![:.,!?%/@-])(?P<set>\+?=\()?
    """,
    re.MULTILINE | re.VERBOSE,
)
"""A name in a script, but where it is used, declared, or in a comment; with `set` where it is set as an array."""


class Array:
    """What a script puts into an array, whose words are a command where it stands in one."""

    def __init__(self, words: list[Word], block: object, *, is_plain: bool) -> None:
        self.words = words
        self.block = block
        """Where it is set: what is added to it elsewhere may not be there in a call."""
        self.is_plain = is_plain
        """Whether it has these words in each call."""
        self.curl: int | None = next((at for at, word in enumerate(words) if is_curl(word)), None)
        """The index of the word `curl`."""

    def unknown(self) -> "Array":
        """The array where only a run tells its words."""
        return Array(self.words, self.block, is_plain=False)

    def in_place_of(self, call: Word) -> tuple[list[Word], int]:
        """Its words in a call, with the index of `curl`: those up to this one stand where the call does.

        Where they are not known they are the call itself, as a curl of which only a run tells the options, with a URL
        and headers, which may hold a token.
        """
        assert self.curl is not None
        if not self.is_plain or len(self.words) > LONGEST_ARRAY:
            command = Command(words=self.words, curl=self.curl)
            headers = [header for request in invocations(command) for header in request.headers]
            urls = [word for word in self.words if is_of_interest(word.text) and not opens_json(word)]
            option = Word(call.source, call.start, call.start, [Piece(call.start, call.end, "-H")])
            return [call, *urls, *(word for header in headers for word in (option, header))], 0
        before = [placed(word, call) for word in self.words[: self.curl + 1]]
        return before + self.words[self.curl + 1 :], self.curl


def is_curl(word: Word) -> bool:
    """Whether a word is the name of curl, or a substitution that finds it."""
    return word.text.rpartition("/")[2] in CURLS or (word.has_expansion and _FINDS.fullmatch(word.text) is not None)


def placed(word: Word, call: Word) -> Word:
    """A word in the place of another one."""
    return Word(call.source, call.start, call.end, [Piece(call.start, call.end, word.text)])


def is_local(command: Command) -> bool:
    """Whether a command sets variables for the function alone in which it stands."""
    words = without_openings(command)
    return words != [] and words[0].text in LOCALS and command.is_of_function


class Mentions:
    """Where a script names its arrays otherwise than to use them."""

    def __init__(self, text: str) -> None:
        self.changed: set[str] = set()
        """The names that something may change."""
        self.places: dict[str, list[int]] = {}
        """Where each is set as an array."""
        for mention in _MENTION.finditer(text):
            if mention["set"]:
                self.places.setdefault(mention["name"], []).append(mention.start("name"))
            elif mention["name"]:
                self.changed.add(mention["name"])


class Held:
    """The variables of a script that are set to curl so far."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._texts: dict[str, Word] = {}
        self._given: dict[str, Word] = {}
        """Texts with a request that variables, arrays and files are given."""
        self._read = set[str]()
        """The variables that `read` sets."""
        self._may_run = False
        """Whether a command without such a text may run one."""
        self._runner: Word | None = None
        """The command of a loop that runs the text of one, which may stand behind the loop."""
        self._arrays: dict[str, Array] = {}
        self._noted: dict[str, int] = {}
        """How often each array has been set."""
        self._fresh: list[str] = []
        """The arrays that are set since a command ran text that may change any."""
        self._early: list[Word] = []
        """The commands that are all words of an array without curl so far."""
        self._last = -1
        """Where the last word begins that has curl in it: few commands are asked what they run."""

    def note(self, word: Word) -> None:
        """Note what a word of a command may set."""
        if word.source.find("curl", word.start, word.end) < 0:
            return
        self._last = word.start
        if (match := _HOLDS.fullmatch(word.text)) is not None:
            self._texts[match[1]] = word.after(match.end(1) + 1)

    def note_array(self, name: Word, words: list[Word], block: object, *, is_sure: bool, is_local: bool) -> None:
        """Note an array that has ended, with the word before its parenthesis; `is_local` is one of a function alone."""
        begun = _ARRAY.fullmatch(name.text)
        if begun is None:
            return
        self._give(begun[1], words)
        self._noted[begun[1]] = self._noted.get(begun[1], 0) + 1
        known = None if is_local and not begun[2] and is_sure else self._arrays.get(begun[1])
        inside: list[Word] = []
        is_plain = is_sure and known is not None and known.block is block if known or begun[2] else True
        for word in words:
            other = self._any_array_of(word, block)
            inside += other.words if other is not None else [word]
            is_plain &= (other is None or other.is_plain) and not INDEXED.match(word.text)
        if known is not None and (begun[2] or not is_plain):
            inside = [*known.words, *inside]
            is_plain &= known.is_plain
        is_plain &= len(inside) <= LONGEST_ARRAY
        self._arrays[begun[1]] = Array(inside[: LONGEST_ARRAY + 1], block, is_plain=is_plain)
        self._fresh.append(begun[1])

    def note_run(self, command: Command) -> None:
        """Note a command that has ended: one that runs other text may change all arrays, or be one itself."""
        first = command.words[0] if command.words else None
        if first is None or not (self._fresh or "]}" in first.source[first.start : first.end + 40]):
            return
        words = behind(without_openings(command))
        if command.curl is None and words and ARRAY.fullmatch(words[0].text):
            self._early.append(words[0])
        if words and words[0].text in RUNS:
            self._arrays.update((name, self._arrays[name].unknown()) for name in self._fresh)
            self._fresh.clear()

    def array_of(self, word: Word, block: object = None) -> Array | None:
        """The array with curl that a word in a block is all words of, or words made of them; None for any other word.

        It is known where nothing in the script may change it but what sets it, above.
        """
        array = self._any_array_of(word, block)
        return None if array is None or array.curl is None else array

    def options_of(self, word: Word, before: list[Word], block: object) -> list[Word]:
        """The words of the array that stand in the place of a word of curl; itself where they are not known."""
        is_whole = word.is_quoted and word.text.endswith("[@]}") and len(before) <= LONGEST_ARRAY
        array = self._any_array_of(word, block) if is_whole else None
        return [word] if array is None or not array.is_plain or array.curl is not None else array.words

    def _any_array_of(self, word: Word, block: object) -> Array | None:
        use = None
        if self._arrays and word.has_expansion:
            use = _VARIABLE.fullmatch(word.text) or _CHANGED.fullmatch(word.text)
        name = use[use.lastindex or 0] if use else ""
        array = self._arrays.get(name)
        if array is None:
            return None
        is_whole, is_beside = use is not None and use.re is _VARIABLE, block is array.block
        return array if is_whole and self._is_known(name, word.start, is_beside=is_beside) else array.unknown()

    def _is_known(self, name: str, at: int, *, is_beside: bool) -> bool:
        """Whether an array is what has been noted, at an index: beside what sets it, or in another block."""
        places = self._mentions.places.get(name, [])
        above = bisect_left(places, at)
        is_set = above == self._noted[name] and (is_beside or above == len(places))
        return is_set and name not in self._mentions.changed

    @cached_property
    def _mentions(self) -> "Mentions":
        return Mentions(self._text)

    def early(self) -> Iterator[Command]:
        """The calls of arrays that the script sets further below, as those of a function above them."""
        for word in self._early:
            if (array := self.array_of(word)) is not None:
                yield Command(None, *array.unknown().in_place_of(word))

    def is_curl(self, word: Word, before: list[Word]) -> bool:
        """Whether a word is curl, a variable or an array that has it, or an image of it behind `docker run`."""
        is_held = self.text_of(word) is not None or self.array_of(word) is not None
        return is_curl(word) or is_held or (_IMAGE.fullmatch(word.text) is not None and among_elsewhere(before) != [])

    def text_of(self, word: Word) -> Word | None:
        """What a variable is set to that holds curl; None for any other word."""
        use = _VARIABLE.fullmatch(word.text.strip()) if self._texts and word.has_expansion else None
        return None if use is None else self._texts.get(use[1] or use[2])

    def _give(self, name: str, texts: list[Word]) -> None:
        """Note that the first of some texts that names a request is given to a variable, an array or a file."""
        text = next((text for text in texts if "curl" in text.text and endpoint_in(text) is not None), None)
        if text is not None and not opens_json(text):
            self._given[name], self._may_run = text, True

    def _given_to(self, word: Word) -> Word | None:
        """The text that a variable, an array or the file of a name is given; None for any other word."""
        use = _ELEMENTS.fullmatch(word.text.strip())
        return (self._given.get(use[1]) if use else None) or self._given.get(name_of(word.text))

    def _held_by(self, body: Body) -> list[Word]:
        """The text that a command prints or reads, as the script gives it to the variable that it has alone."""
        word = body.word if isinstance(body, Unknown) else body.name if isinstance(body, FromFile) else body
        if not isinstance(word, Word):
            return []
        held = self.text_of(word) or self._given_to(word)
        return [held] if held is not None else [] if isinstance(body, Unknown) else [word]

    def _note_texts(self, words: list[Word], command: Command) -> None:
        """Note the texts that a command gives files, arrays and variables: another one may run them."""
        first = words[0].text if words else ""
        names = [word for word in (command.output, *command.others) if word is not None]
        names += words[1:] if first == "tee" else []
        text = output_of(command) or input_of(command) if names or first in READS else None
        given = [] if isinstance(text, FromFile) else self._held_by(text)
        for name in names if given else ():
            self._give(name_of(name.text), given)
        if first in READS:
            self._read.update(word.text for word in words[1:])
            self._give(words[-1].text, given)
        elif first == "for" and len(words) > 3:
            self._give(words[1].text, [text for text in map(self._given_to, words[3:]) if text is not None])

    def unread(self, command: Command) -> Command | None:
        """The curl command of a text that a command runs and that names an endpoint: its options are not read."""
        words = command.words
        is_lone = command.input is None and command.piped is None
        self._may_run = self._may_run or bool(self._texts) or any(word.text in READS for word in words[:3])
        if not words or (is_lone and not self._may_run and self._last < words[0].start):
            return None
        run = behind(without_openings(command))
        self._note_texts(run, command)
        runner, called = words[0], run[0] if run else words[0]
        at = next((at for at, word in enumerate(words) if word.text.rpartition("/")[2] in _SHELLS), None)
        at = 0 if runner.text in TAKE_IN else at
        if command.curl is not None:
            runner, texts = words[command.curl], words[command.curl : command.curl + 1]
        elif called.text in PRINTS:
            return None
        elif at is not None:
            runner, texts = words[at], [*words[at + 1 :], *self._held_by(input_of(command))]
            self._runner = runner if any(word.text.strip("${}") in self._read for word in texts) else self._runner
        elif run and (self._given_to(run[0]) or (runner.text == "done" and self._runner)):
            given = input_of(command) if runner.text == "done" else run[0]
            runner, texts = self._runner or run[0], [given] if isinstance(given, Word) else []
            self._runner = None
        else:
            is_known = TOOLS.fullmatch(called.text) or TELLS.search(called.text)
            is_name = re.search(r"\s", runner.text) is None  # of a quote that is not closed it would be a text
            is_loop = runner.text == "for"
            held = [self._given_to(word) if word.has_expansion and not is_loop else word for word in words[1:]]
            texts = [text for text in held if text and holds_command(text)] if is_name and not is_known else []
        texts = [self.text_of(word) or self._given_to(word) or word for word in texts]
        is_called = any(_NAMES_CURL.search(text.text) for text in texts)
        for text in texts:
            if (is_called or "curl" in text.text) and (url := endpoint_in(text)) is not None:
                return Command(words=[runner if runner.has_expansion else whole(runner), url], curl=0)
        return None
