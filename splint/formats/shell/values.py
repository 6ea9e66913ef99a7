"""What a script says itself of its variables and files, where a curl command only names its body.

A text counts if it is the only one that the script gives the variable or file, and stands above the command.
"""

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from splint.formats.shell.curl import Body, FromFile, Unknown, input_of, known, output_of
from splint.formats.shell.words import Command, Word

_OPENINGS = frozenset({"do", "then", "else", "elif", "if", "while", "until", "{", "!"})
"""Words before a command."""
_DECLARES = frozenset({"export", "local", "readonly", "declare", "typeset"})
"""Commands that take assignments."""
_SETS = frozenset({"read", "for", "select", "unset", "mapfile", "readarray", "getopts", "printf", "let"})
"""Commands that set the variables that they name."""
_READS = frozenset({"cat", "jq", "echo", "rm", "test", "[", "[["})
"""Commands that leave the files that they name as they are, or remove them."""
_ASSIGNMENT = re.compile(r"([A-Za-z_]\w*)(=|\+=|\[)")
_LONE = re.compile(r"\$(?:(\w+)|\{(\w+)\})")


class _Given(NamedTuple):
    """What a command gives a variable or a file."""

    start: int
    """The index of the command."""
    body: Body
    """None for what is not written there as it is."""


class Values:
    """The values of variables and files, by the commands of a script outside of substitutions."""

    def __init__(self, commands: Iterable[Command]) -> None:
        self._commands = commands
        self.sent: set[tuple[int, str]] = set()
        """The values that requests have sent so far, by where they begin, with the URL."""

    def of(self, body: Body) -> Body:
        """A body; in the place of a variable or file that the script gives one text, this text."""
        used = list[_Given]()
        while True:
            if isinstance(body, Unknown) and (lone := _LONE.fullmatch(body.word.text.strip())):
                given, start = self._variables.get(lone[1] or lone[2], ()), body.word.start
            elif isinstance(body, FromFile):
                given, start = self._files.get(posixpath.normpath(body.name.text), ()), body.name.start
            else:
                return body
            if len(given) != 1 or given[0].body is None or given[0].start >= start or given[0] in used:
                return body
            used.append(given[0])
            body = given[0].body

    @cached_property
    def _variables(self) -> dict[str, list[_Given]]:
        variables: defaultdict[str, list[_Given]] = defaultdict(list)
        for command in self._commands:
            for name, given in _set_by(command):
                variables[name].append(given)
        return variables

    @cached_property
    def _files(self) -> dict[str, list[_Given]]:
        files: defaultdict[str, list[_Given]] = defaultdict(list)
        for command in self._commands:
            words = _without_openings(command)
            name = words[0].text if words else ""
            is_tee = name == "tee" and len(words) == 2
            into = words[1] if is_tee else command.output
            if into is not None:
                body = input_of(command) if is_tee else output_of(command)
                is_plain = isinstance(body, Word) and not into.has_expansion and command.broken is None
                files[posixpath.normpath(into.text)].append(_Given(command.words[0].start, body if is_plain else None))
            for word in () if is_tee or name in _READS else words[1:]:
                files[posixpath.normpath(word.text)].append(_Given(word.start, None))
        return files


def _set_by(command: Command) -> Iterator[tuple[str, _Given]]:
    """The variables that a command sets."""
    words = _without_openings(command)
    name = words[0].text if words else ""
    if name in _SETS:
        text = _read_whole(words, command)
        for word in words[1:]:
            yield word.text, _Given(command.words[0].start, text if word is words[-1] else None)
    elif name in _DECLARES or all(map(_match, words)):
        for word in words:
            if match := _match(word):
                is_plain = match[2] == "=" and command.broken is None
                yield match[1], _Given(word.start, known(word.after(match.end())) if is_plain else None)


def _match(word: Word) -> re.Match[str] | None:
    return _ASSIGNMENT.match(word.text)


def _read_whole(words: list[Word], command: Command) -> Body:
    """The text that `read -r -d ''` sets its variable to; without -r, one that has no backslashes."""
    options = [word.text for word in words[1:-1]]
    if words[0].text != "read" or "" not in options or command.broken is not None:
        return None
    text = input_of(command)
    is_raw = any(option.startswith("-") and "r" in option for option in options)
    return text if is_raw or (isinstance(text, Word) and "\\" not in text.text) else None


def _without_openings(command: Command) -> list[Word]:
    """The words of a command without those before it, such as `do`, and variables for it alone."""
    words = command.words
    first = next((at for at, word in enumerate(words) if word.text not in _OPENINGS), len(words))
    named = next((at for at in range(first, len(words)) if not _match(words[at])), first)
    return words[named:]
