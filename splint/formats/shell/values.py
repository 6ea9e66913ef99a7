"""What a script says itself of its variables and files, where a curl command only names its body.

A text counts if it is the only one that the script gives the variable or file, stands above the command, and nothing
else in the script may change it: no command that is not known to leave it as it is names it, none that runs other text
follows, and nothing reads it before.
"""

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, partial
from itertools import takewhile

from splint.formats.shell.arrays import decides, decides_behind_curl, forget, is_value, may_decide, open_words, spread
from splint.formats.shell.branches import is_set_for, runs_until, shares_shell, surely_ran
from splint.formats.shell.curl import ARRAY, Body, FromFile, Invocation, Unknown
from splint.formats.shell.directories import is_unknown
from splint.formats.shell.effects import Given, use_of
from splint.formats.shell.keys import file_key
from splint.formats.shell.steps import Steps
from splint.formats.shell.words import LONE, Command, Word, has_blank, lone, text_word, with_braces

_NAMES = re.compile(r"\$\{?([A-Za-z_]\w*)")
_USE = re.compile(
    r"\$(?:\{(?=.*\}$))?(?P<name>\w++)(?:\[[@*]\])?(?:(?P<operator>:?[-+=])(?P<other>[^}]*)|(?P<change>[^}\[:=+-].*|:.*))?\}?",
    re.DOTALL,
)
"""A variable, with what it has where it has none, or what changes it: ${M:-POST}, ${M^^}."""
_MADE = re.compile(r"\$\((?!\s*mktemp)|`(?!\s*mktemp)|\$\{(?![@*#])")
"""The output of a command, an element, or what another variable names."""
_ARGUMENTS = re.compile(r"\$[@*]|\$\{[@*].*\}")
_ARGUMENT = re.compile(r"\$\{?[!\d@*]")
"""An argument in a text, or a variable that is named by another one."""
_MOST = 8
"""The most variables within each other that are looked at."""
_LONGEST = 10_000
"""The most characters that variables put into a body."""


class Values:
    """The values of variables and files, by the commands of a script; those in substitutions may change some."""

    def __init__(self, commands: Iterable[Command] | Callable[[Callable[[Command], None]], object]) -> None:
        """`commands` may be a function that calls another one with each of them, where they are too many to keep."""
        self._commands = commands
        self._found: dict[tuple[str, int], Body] = {}
        """What has been found so far in the place of a variable or file that is given a text at an index."""
        self.sent: set[tuple[int, str, str]] = set()
        """The values that requests have sent so far, by where they begin, with their text and the URL."""
        self._tokens: set[int] = set()
        """Where the tokens begin that requests have had so far."""

    def is_new_token(self, start: int) -> bool:
        """Whether no request had the token that begins at an index so far: one that several have is told of once."""
        is_new = start not in self._tokens
        self._tokens.add(start)
        return is_new

    def of(self, body: Body, request: Command, is_there: Callable[[FromFile], bool], start: int | None = None) -> Body:
        """A body; in the place of a variable or file that the script gives one text above its `start`, this text.

        Where it may not have run, a file that may be there before stays the body.
        """
        passed = list[tuple[str, int]]()
        while (use := use_of(body := self._named(body))) is not None:
            key, start = use[0], use[1] if start is None else start
            given = self.steps.only_for(key, start, request)
            if given is None or given.start >= start:
                break
            found_at = key, given.start
            is_file = key[:1] in ("@", "$")
            if not is_file and not shares_shell(given.branch, request):
                break
            is_sure = not is_file or surely_ran(given.branch, request, self.steps.calls)
            if not is_sure and self._may_be(body, key, given, is_there):
                break
            if found_at in self._found:
                body = self._found[found_at]
                break
            passed.append(found_at)
            body, start = given.body, given.start
        self._found.update(dict.fromkeys(passed, body))
        return body

    def _may_be(self, body: Body, key: str, given: Given, is_there: Callable[[FromFile], bool]) -> bool:
        """Whether a file may be there before what gives it a text: by another command, or before the script runs."""
        if not isinstance(body, FromFile | Unknown) or self.steps.written.change_of(key, given.start - 1) is not None:
            return True
        name = (body.name if isinstance(body, FromFile) else body.word).text
        if isinstance(body, FromFile) and (name[:1] == "/" or not is_unknown(body.directory)):
            return is_there(body)
        return not self.steps.is_new(name, body.directory)

    def _named(self, body: Body) -> Body:
        """A body; in the place of a file of whose name variables are a part, the file that the script sets them to."""
        if isinstance(body, Unknown) and body.is_name:
            return self.steps.file_of(body.word, body.directory) or body
        if isinstance(body, FromFile) and body.directory:
            return self.steps.file_of(body.name, body.directory) or body
        return body

    def spread(self, request: Invocation) -> Invocation:
        """A request; with the words of variables that hold options of curl, where the script gives them one text."""
        command, method = request.command, request.request
        has_braces = method is not None and "{" in method.text
        if not (command.arrays or open_words(request) or has_braces):
            return request  # so that no other commands are looked at
        if "IFS" not in self.steps.given:
            request = spread(request, lambda name, start: self.steps.text_at(name, start, command))
        method = request.request
        if method is not None and method.has_expansion and isinstance(made := self.put_into(method, command), Word):
            request.request = made
        if request.command.broken is None and (doubt := next(self._doubts(request), None)) is not None:
            forget(request, doubt)
        return request

    def _doubts(self, request: Invocation) -> Iterator[Word]:
        """The words of a request that the script sets to what may decide what is sent, but not surely here."""
        arrays = self.steps.arrays
        for use, at in request.command.arrays:
            if self.steps.last_run >= arrays.begins(use) or not arrays.is_settled(use, at, self.steps.within):
                yield use
        command, url = request.command, request.url
        for word in request.unknown_options:
            if not request.data and word.text.startswith(("$(", "`")):
                continue  # what it sends is not known in any case
            array, is_curl = ARRAY.fullmatch(word.text), word is request.curl
            words = arrays.words_of(array[1] if array else lone(word))
            words = arrays.arguments_of(command) if _ARGUMENTS.fullmatch(word.text) else words
            pieces = takewhile(lambda piece: not piece.is_expansion, word.pieces)
            option = "".join(map(word.text_of, pieces))
            judge = decides_behind_curl if is_curl else partial(_decides_in, option) if option else decides
            judge = _is_no_url if word is url and judge is decides else judge
            is_open = self._is_open(word, command, judge, or_unknown=word is not url and not is_curl)
            if is_open or (may_decide(words) and not is_curl):
                yield word
        method = request.request
        if method is not None:
            is_set = _ARGUMENT.match(method.text) is not None and arrays.arguments_of(command) != []
            is_several = len(with_braces([method])) > 1
            if is_set or is_several or self._is_open(method, command, _is_other_method):
                yield method

    def _is_open(
        self,
        word: Word,
        request: Command,
        decides: Callable[[Word, bool], bool],
        *,
        or_unknown: bool = True,
        seen: set[str] | None = None,
    ) -> bool:
        """Whether the variables in a word of a request may have a text that decides what is sent.

        `decides` tells that of one, and is told whether it is the only one; `or_unknown` is whether texts do that only
        a run tells.
        """
        is_inner, seen = seen is not None, set() if seen is None else seen
        for text in _outside_of_schemes(word):
            use = _USE.fullmatch(text)
            has_default = use is not None and (use["operator"] or "")[-1:] in ("-", "=") and use["name"].isidentifier()
            if has_default and decides is _is_other_method and self.steps.taken_in:
                return True  # a file that is taken in may set it
            if use is None and or_unknown and (_MADE.match(text) or decides(text_word(text), True)):
                return True
            if use is None or use["name"] in seen:
                continue
            seen.add(use["name"])
            if use["other"] and "$" not in use["other"] and decides(text_word(use["other"]), False):
                return True
            given = [] if (use["operator"] or "")[-1:] == "+" else self.steps.all_given(use["name"], request)
            is_set = given != [] or use["name"].isdigit()
            if given is None or (is_set and (use["change"] or len(seen) > _MOST)):
                if or_unknown:
                    return True
                continue
            is_one = len(given) == 1 and given[0].start < request.place and is_set_for(given[0].branch, request)
            for one in filter(None, (one.word for one in given)):
                if (or_unknown and not is_one and _ARGUMENT.search(one.text)) or (
                    decides(one, is_one) and not (is_inner and is_value(one))
                ):
                    return True
                if one.has_expansion and self._is_open(one, request, decides, or_unknown=or_unknown, seen=seen):
                    return True
        return False

    def put_into(self, body: Body, request: Command) -> Body:
        """A body with the texts of variables in it that the script surely sets to one alone."""
        if not isinstance(body, Word) or not body.has_expansion:
            return body
        made, size = body.made_of([]), 0
        for piece in body.pieces:
            use = LONE.fullmatch(body.text_of(piece)) if piece.is_expansion else None
            text = self.steps.text_at(use["name"], piece.start, request) if use else None
            if text is not None and piece.is_divided and self.divides(text.text):
                return Unknown(body)
            text = text if text is not None and (size := size + len(text.text)) <= _LONGEST else None
            made.pieces.append(piece if text is None else piece._replace(text=text.text, is_expansion=False))
        return made

    def divides(self, text: str) -> bool:
        """Whether the shell divides a text without quotes: by blanks, or what the script sets IFS to."""
        marks = [given.word for given in self.steps.given.get("IFS", ())[:_MOST]]
        return has_blank(text) or any(word is None or not set(word.text).isdisjoint(text) for word in marks)

    def setter_of(self, word: Word) -> str:
        """The function by which the text of a variable is not known; empty where that is not why."""
        return self.steps.setter_of(lone(word)) if lone(word) else ""

    def sets(self, body: Word) -> tuple[str, ...]:
        """The variables in a body that the script sets."""
        names = (name for piece in body.pieces if piece.is_expansion for name in _NAMES.findall(body.text_of(piece)))
        return tuple(name for name in dict.fromkeys(names) if self.steps.given.get(name))

    def change_of(self, file: FromFile, request: Command, place: int | None = None) -> int | None:
        """Where a command that runs before a request may write the file that it sends; None for nowhere.

        `place` is where the request stands, if this is a part of another text.
        """
        once = self.steps.once
        if self.steps.has_jobs:
            return self.steps.written.change_of(file_key(file.name.text, file.directory), sys.maxsize - 1)
        until = once.end if request.branch.of_function in once.functions else runs_until(request)
        before = max(until, -1 if place is None else place)
        return self.steps.written.change_of(file_key(file.name.text, file.directory), before)

    def writes(self, file: FromFile, change: int) -> bool:
        """Whether the command at an index has a file as its output."""
        return (file_key(file.name.text, file.directory), change) in self.steps.outputs

    @cached_property
    def steps(self) -> Steps:
        """What the commands do to variables and files, and what these hold."""
        return Steps(self._commands)


def _outside_of_schemes(word: Word) -> list[str]:
    """The variables and substitutions in a word, but for that of a URL's scheme: ${SCHEME:-https}://."""
    texts = [*map(word.text_of, word.pieces)]
    behind = [*texts[1:], ""]
    pieces = zip(word.pieces, texts, behind, strict=True)
    return [text for piece, text, rest in pieces if piece.is_expansion and not rest.startswith("://")]


def _decides_in(option: str, text: Word, is_one: bool) -> bool:
    """Whether a text behind the beginning of an option decides what is sent, also with the next word."""
    return decides(text_word(f"{option}{text.text} https://"), is_one)


def _is_no_url(text: Word, is_one: bool) -> bool:
    """Whether a text at the beginning of a URL decides what is sent: it is several words, or an option."""
    return not is_value(text) and decides(text, is_one)


def _is_other_method(method: Word, is_one: bool) -> bool:
    """Whether a method may be another one than POST; `is_one` where it is the only one, as of an argument."""
    return method.text != "POST" and not (is_one and method.has_expansion)
