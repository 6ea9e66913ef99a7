"""Options of curl that a script holds: arrays, the arguments that `set --` sets, and variables of several words."""

import re
import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from copy import copy
from itertools import islice
from typing import NamedTuple

from splint.formats.shell.branches import is_set_for, set_again_until
from splint.formats.shell.curl import ARRAY, URL, Invocation, invocations, opens_json
from splint.formats.shell.effects import changes_texts
from splint.formats.shell.endpoints import endpoint_in, is_of_interest
from splint.formats.shell.others import INDEXED, LONGEST_ARRAY
from splint.formats.shell.programs import LOCALS
from splint.formats.shell.words import Command, Word, assigns, lone, text_word, without_openings

_BEGUN = re.compile(r"(\w+)(\+?)=")
"""The word before the parenthesis of an array."""
_USE = re.compile(r"\$(?:(\w+|[@*])|\{(\w+|[@*])(?:\[[@*]\])?(?:[^\w\[\n][^\n]*)?\})")

_UNSPLIT = re.compile(r"[*?\[\]{}\"'\\~]")
"""What the shell would make other words of, or is meant to keep blanks in one, when it divides a text."""
_OPEN = re.compile(r"(?<!\S)-[^\s=]*[$`]")
"""An option that a variable is a part of."""
_CURL = re.compile(r"\A.*?curl\S*\s*", re.DOTALL | re.IGNORECASE)
_DEEPEST = 4
"""The most arrays within each other that are looked at."""
_MOST = 32
"""The most words of an array that are looked at as options."""
_LONGEST = 1000
"""The most characters of a text that is divided into options."""


class _Set(NamedTuple):
    """What a command puts into an array."""

    command: Command
    words: list[Word]
    is_added: bool = False
    is_plain: bool = True
    """Whether the array has these words then."""
    is_local: bool = False


class Arrays:
    """The options that a script holds, by the name of their variable: `@` for its arguments."""

    def __init__(self) -> None:
        self._sets: defaultdict[str, list[_Set]] = defaultdict(list)
        """What sets each array, in order."""
        self._texts: dict[str, Word] = {}
        """The last text with an endpoint among other words that a variable is set to."""
        self._urls: dict[str, Word | None] = {}
        """What has been found by `url_in`, once all commands are noted."""
        self._open: tuple[str, int] | None = None
        """The array whose words the commands are that follow, and where the last of them ends."""

    def note(self, command: Command) -> str:
        """Note what a command puts into an array: its lines are commands to the scanner, up to a parenthesis.

        The result is the name of the array whose words these are, empty for any other command.
        """
        words = command.words
        if not words:
            return ""
        last, held = words[-1], self._open
        if held is not None and ")" not in last.source[held[1] : words[0].start]:
            self._open = held[0], last.end
            self._sets[held[0]][-1].words.extend(words)
            return held[0]
        begun = _BEGUN.fullmatch(last.text) if last.source[last.end : last.end + 1] == "(" else None
        self._open = (begun[1], last.end) if begun else None
        if begun:
            is_local = without_openings(command)[0].text in LOCALS
            made = _Set(command, [], begun[2] == "+", not changes_texts(without_openings(command)), is_local)
            self._sets[begun[1]].append(made)
        if len(words) > 2 and words[0].text == "set" and words[1].text == "--":
            self._sets["@"] = [_Set(command, words[2:])]
        for word in words:
            match = assigns(word)
            if match and "/" in word.text and re.search(r"\s", word.text) and match[2] != "[":
                self._texts[match[1]] = word.after(match.end())
        return ""

    @property
    def is_open(self) -> bool:
        """Whether the last command is one that opens an array, or words of it."""
        return self._open is not None

    def texts_of(self, name: str) -> list[str] | None:
        """All that is put into an array so far; None where only a run tells that, and for no array."""
        words = self.words_of(name)[: _MOST + 1]
        is_known = 0 < len(words) <= _MOST and not any(word.has_expansion for word in words)
        return [word.text for word in words] if is_known else None

    def words_of(self, name: str) -> list[Word]:
        """The words that are put into an array; of more than are looked at, one more."""
        return [*islice((word for one in self._sets.get(name, ()) for word in one.words), LONGEST_ARRAY + 1)]

    def begins(self, use: Word) -> int:
        """Where a command sets first the array that stands in a word."""
        match = _USE.fullmatch(use.text)
        sets = self._sets.get(match[1] or match[2], ()) if match else ()
        return sets[0].command.place if sets else sys.maxsize

    def arguments_of(self, command: Command) -> list[Word]:
        """What `set --` has for the arguments of the function, or script, that a command is in."""
        function = command.branch.of_function
        return [word for one in self._sets["@"] if one.command.branch.of_function == function for word in one.words]

    def is_settled(self, use: Word, command: Command, within: Callable[[str], set[str]], depth: int = _DEEPEST) -> bool:
        """Whether an array surely has the words that the script puts into it above, where a command has them all.

        `within` tells which functions may run while one does.
        """
        match = _USE.fullmatch(use.text)
        name = match[1] or match[2] if match else ""
        all_sets, own = self._sets.get(name, []), [*command.branch.chain()]
        if len(all_sets) > LONGEST_ARRAY:  # to look at all of them for each request would take quadratic time
            is_repeated = any(around.function or around.is_loop for around in own)
            if is_repeated or all_sets[LONGEST_ARRAY].command.place < use.start:
                return False
        sets, others = list[_Set](), list[_Set]()
        for one in all_sets[: LONGEST_ARRAY + 1]:
            is_beside = all(around in own for around in one.command.branch.chain() if around.function)
            (sets if is_beside or not one.is_local else others).append(one)
        function, has_own = command.branch.of_function, any(one.is_local for one in sets)
        if function and others and not has_own:  # it is called by one of these, whose array it then has
            return False
        if has_own and function:
            sets = [one for one in sets if one.command.branch.of_function in within(function)]
            if any(one.command.branch.of_function != function for one in sets):
                return False
        above = [one for one in sets if one.command.place < use.start]
        first = next((at for at in reversed(range(len(above))) if not above[at].is_added), 0)
        if not above or not depth:
            return depth > 0
        until = set_again_until(above[first].command.branch, command)
        return (
            all(one.is_plain and is_set_for(one.command.branch, command) for one in above[first:])
            and not any(use.start < one.command.place < until for one in sets)
            and all(
                self.is_settled(word, one.command, within, depth - 1)
                for one in above[first:]
                for word in one.words
                if word.has_expansion and ARRAY.fullmatch(word.text)
            )
        )

    def url_in(self, use: Word) -> Word | None:
        """The URL among the options that a word stands for, as curl reads it; None of an array that is set twice."""
        match = _USE.fullmatch(use.text)
        name = match[1] or match[2] if match else ""
        if name not in self._urls:
            self._urls[name] = self._url_of(name)
        return self._urls[name]

    def _url_of(self, name: str) -> Word | None:
        words = self.words_of(name)
        if sum(not one.is_added for one in self._sets.get(name, ())) > 1 or not words:
            return endpoint_in(self._texts[name]) if name in self._texts and not opens_json(self._texts[name]) else None
        url = next(invocations(Command(words=[words[0], *words], curl=0))).url
        return url if url is not None and is_of_interest(url.text) else None


def may_decide(words: Sequence[Word]) -> bool:
    """Whether options that a script holds may decide what a request sends, as far as they are written there."""
    first, *others = invocations(Command(words=[text_word("curl"), *words], curl=0))
    is_other = first.request is not None and first.request.text != "POST"
    is_other = is_other or len(words) > LONGEST_ARRAY or any(INDEXED.match(word.text) for word in words)
    return is_other or bool(others or first.data or first.switches & {"get", "head"} or first.without_value)


def decides(text: Word, is_one: bool) -> bool:
    """Whether a text of options may decide what a request sends; `is_one` where no other text stands around it."""
    words = [text_word(one) for one in text.text[:_LONGEST].split()]
    if is_one or not words:
        return may_decide(words)
    last = next(invocations(Command(words=[text_word("curl"), *words, text_word("--get")], curl=0)))
    is_open = "get" not in last.switches or len(text.text) > _LONGEST or _OPEN.search(text.text) is not None
    return is_open or may_decide(words) or not all(URL.match(word.text) for word in last.urls)


def decides_behind_curl(text: Word, is_one: bool) -> bool:
    """The same of a text that begins with curl, or a command that runs it."""
    return decides(text_word(_CURL.sub("", text.text, 1)), is_one)


def is_value(text: Word) -> bool:
    """Whether a text is one word and no option."""
    return text.text[:1] != "-" and not re.search(r"\s", text.text)


def open_words(request: Invocation) -> list[Word]:
    """The options of a request, and its method, of which variables are a part."""
    method = request.request
    return [*request.unknown_options, *([method] if method is not None and method.has_expansion else [])]


def forget(request: Invocation, doubt: Word) -> None:
    """Take the method and the body of a request for unknown, since a word may decide them."""
    request.data, request.switches, request.request, request.unknown_options = [], set(), None, [doubt]
    request.held = doubt


def spread(request: Invocation, text_of: Callable[[str, int], Word | None]) -> Invocation:
    """A request with the words of variables without quotes around them, of whose texts `text_of` tells."""
    unknown = request.unknown_options[:_MOST]
    held = {id(word): _words_in(word, text_of) for word in unknown if word is not request.curl}
    if not any(held.values()):
        return request
    command = copy(request.command)
    command.words = [one for word in command.words for one in held.get(id(word)) or [word]]
    requests = list(invocations(command))
    return requests[0] if len(requests) == 1 else request


def _words_in(word: Word, text_of: Callable[[str, int], Word | None]) -> list[Word]:
    """The words of the text of a variable; none where they are not plain."""
    variable = lone(word) if not word.is_quoted else ""
    text = text_of(variable, word.start) if variable else None
    if text is None or len(text.text) > _LONGEST or _UNSPLIT.search(text.text):
        return []
    return [text.after(found.start()).before(len(found[0])) for found in re.finditer(r"\S+", text.text)]
