"""Calls of functions and aliases of a script that run curl: what they send is read with their arguments.

Where a function is more than one curl command with its arguments, what it sends is not known: then a call that names an
endpoint has options that only a run tells.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import chain, takewhile
from typing import NamedTuple

from splint.formats.shell.curl import Invocation, invocations, is_of_interest, opens_json
from splint.formats.shell.repeated import arguments
from splint.formats.shell.scanner import Scanner
from splint.formats.shell.values import DECLARES, OPENINGS, begins_function, without_openings
from splint.formats.shell.words import Command, Piece, Word

DEFINES = re.compile(r"\balias[ \t]|\w[ \t]*\([ \t]*\)|\bfunction[ \t]")
"""What each script has that defines a function or an alias."""
_ASSIGNED = re.compile(r"(\w+)=")
_USE = re.compile(r"\$(?:(\w+|[@*])|\{(\w+|[@*])(?::?[-?+][^{}]*)?\})")
_REST = re.compile(r"\$\{[@*]:(\d+)\}")
_UNSURE = frozenset({"set", "eval", "source", ".", "getopts", "read", "mapfile", "readarray", "for"})
"""Commands behind which arguments and variables may be others."""
_LOOPS = frozenset({"while", "until", "case"})


class _Curl(NamedTuple):
    """A curl command of a wrapper."""

    command: Command
    shifted: int
    """How many arguments are gone by then."""


class _Wrapper:
    """A function or an alias."""

    def __init__(self) -> None:
        self.curls: list[_Curl] = []
        self.names: dict[str, tuple[Word, int]] = {}
        """What its variables are set to, as `local path="$1"`, and how many arguments are gone by then."""
        self.is_plain = True
        """Whether it is known which of its arguments stands where."""
        self._shifted = 0
        self._loops = False

    def note(self, command: Command) -> None:
        """Note the next command of a function, and those in its substitutions."""
        opening = list(takewhile(lambda word: word.text in OPENINGS, command.words))
        words = command.words[len(opening) :]
        first = words[0].text if words else ""
        self._loops |= first in _LOOPS or any(word.text in _LOOPS for word in opening)
        self.is_plain &= first not in _UNSURE
        if command.curl is not None:
            self.curls.append(_Curl(command, self._shifted))
        elif first == "shift":
            count = words[1].text if len(words) > 1 else "1"
            self.is_plain &= count.isdecimal() and not self._loops and not opening
            self._shifted += int(count) if self.is_plain else 0
        elif first in DECLARES or all(_ASSIGNED.match(word.text) for word in words):
            for word in words:
                if match := _ASSIGNED.match(word.text):
                    self.is_plain &= match[1] not in self.names
                    self.names[match[1]] = word.after(match.end()), self._shifted
        for inner in _inner(command):
            self.note(inner)

    def filled(self, word: Word, words: list[Word], shifted: int) -> list[Word]:
        """A word of a function as words of a call, which are `words`; variables in a body of JSON stay."""
        arguments = [words[0], *words[1 + shifted :]]
        if rest := _REST.fullmatch(word.text):
            return arguments[int(rest[1]) :]
        uses = [_USE.fullmatch(word.text_of(piece)) if piece.is_expansion else None for piece in word.pieces]
        if not any(uses) or opens_json(word):
            return [word]
        if len(uses) == 1 and uses[0]:
            use = uses[0][1] or uses[0][2]
            found = self._value(use, words, arguments)
            return arguments[1:] if use in ("@", "*") else [found or word]
        text, at, is_known = "", word, True
        for piece, match in zip(word.pieces, uses, strict=True):
            found = self._value(match[1] or match[2], words, arguments) if match else None
            text += word.text_of(piece) if found is None else found.text
            at = found if found is not None and at is word else at
            is_known &= not piece.is_expansion if found is None else not found.has_expansion
        if at is word:
            return [word]
        joined = Word(word.source, at.start)
        joined.end = at.end
        joined.pieces.append(Piece(at.start, at.end, text, is_expansion=not is_known))
        return [joined]

    def _value(self, name: str, words: list[Word], arguments: list[Word]) -> Word | None:
        """The argument that an expansion stands for, or that a variable is made of; None for any other."""
        if name.isdecimal() and name != "0":
            at = int(name)
            return arguments[at] if at < len(arguments) else Word(words[0].source, words[-1].end)
        if name not in self.names:
            return None
        value, shifted = self.names[name]
        found = self.filled(value, words, shifted) if f"${name}" not in value.text else []
        return found[0] if len(found) == 1 and found[0] is not value else None


class Wrappers:
    """The functions and aliases of a script that run curl, and where they are called."""

    def __init__(self) -> None:
        self._defined: dict[str, list[_Wrapper]] = {}
        self._calls: list[tuple[list[Word], Command]] = []
        self._open: _Wrapper | None = None
        self._depth = 0
        """Of the braces of the function that is open."""

    def note(self, command: Command) -> None:
        """Note the next command of a script outside of substitutions."""
        words = command.words
        first = words[0].text if words else ""
        if self._open is None and first == "function" and len(words) > 1:
            self._begin(words[1].text)
            words = words[2:]
        elif self._open is None and begins_function(command):
            self._begin(words[-1].text)
            return
        if self._open is not None and (words or self._depth):
            self._depth += sum(word.text == "{" for word in takewhile(lambda word: word.text in OPENINGS, words))
            self._depth -= bool(words) and words[0].text == "}"
            self._open.note(command)
            if self._depth <= 0:
                self._open = None
        for word in words[1:] if first == "alias" else ():
            self._note_alias(word)
        self._note_call(command)

    def _begin(self, name: str) -> None:
        self._open, self._depth = _Wrapper(), 0
        self._defined.setdefault(name, []).append(self._open)

    def _note_alias(self, word: Word) -> None:
        match = _ASSIGNED.match(word.text)
        pieces = word.after(match.end()).pieces if match else []
        if match is None or not pieces or any(piece.text is not None and not piece.is_expansion for piece in pieces):
            return
        inside = Scanner(word.source, pieces[0].start, notes=False)
        inside.end = pieces[-1].end
        alias = _Wrapper()
        for command in inside.scan().commands:
            rest = Word(word.source, word.end)
            rest.pieces.append(Piece(word.end, word.end, "$@", is_expansion=True))
            command.words.append(rest)
            alias.note(command)
        alias.is_plain = re.search(r"[|&;\n]", word.text) is None
        self._defined.setdefault(match[1], []).append(alias)

    def _note_call(self, command: Command) -> None:
        """Note what may be a call that names an endpoint or has a body, and those in substitutions."""
        words = without_openings(command)
        if command.curl is None and any(_is_endpoint(word) or opens_json(word) for word in words[1:]):
            self._calls.append((words, command))
        for inner in _inner(command):
            self._note_call(inner)

    def requests(self) -> Iterator[Invocation]:
        """The requests of all calls."""
        for words, command in self._calls:
            wrappers = self._defined.get(words[0].text, [])
            is_known = len(wrappers) == 1 and wrappers[0].is_plain
            yield from (list(_sent(wrappers[0], words, command)) if is_known else []) or _unread(wrappers, words)


def _is_endpoint(word: Word) -> bool:
    return is_of_interest(f"/{word.text}") and re.search(r"\s", word.text) is None


def _inner(command: Command) -> Iterator[Command]:
    """The commands in the substitutions of a command."""
    return (inner for word in command.words for piece in word.pieces for inner in piece.inner)


def _sent(wrapper: _Wrapper, words: list[Word], call: Command) -> Iterator[Invocation]:
    """The requests that a call sends, where its arguments tell more of them than the function does."""
    for curl, shifted in wrapper.curls:
        command = Command(curl.piped or call.piped)
        given = (wrapper.filled(word, words, shifted) for word in arguments(curl))
        command.words, command.curl = [words[0], *chain.from_iterable(given)], 0
        command.input, command.input_file = curl.input or call.input, curl.input_file or call.input_file
        command.broken = call.broken or curl.broken
        for request, own in zip(invocations(command), invocations(curl), strict=False):
            url, body = request.url, request.body
            is_told = own.url is not None and is_of_interest(own.url.text)
            has_body = isinstance(body, Word) and body is not own.body and opens_json(body)
            if url is not None and (has_body or (is_of_interest(url.text) and not is_told)):
                yield request


def _unread(wrappers: Sequence[_Wrapper], words: list[Word]) -> Iterator[Invocation]:
    """A request of a call that names an endpoint, of which nothing more is known."""
    own = [request.url for one in wrappers for curl in one.curls for request in invocations(curl.command)]
    url = next(filter(_is_endpoint, words[1:]), None)
    if url is not None and any(known is None or known.has_expansion for known in own):
        command = Command()
        command.words, command.curl = [words[0], url], 0
        request = next(invocations(command))
        request.unknown_options.append(words[0])
        yield request
