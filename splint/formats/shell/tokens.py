"""Access tokens in the headers of requests: written there, or in what the script gives variables and functions."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from splint.formats.shell.curl import Invocation
from splint.formats.shell.reaching import adds, place_of, reaching
from splint.formats.shell.values import Values
from splint.formats.shell.words import Command, Word
from splint.formats.source import Source
from splint.formats.source_map import SourceMap
from splint.formats.spans import Span
from splint.schema.placeholders import is_no_token

_HEADER = re.compile(r"\s*access-token[ \t]*:[ \t]*([^\r\n]*)", re.IGNORECASE)
_USE = re.compile(r"\$(?:(?P<bare>\w+)|\{(?P<held>\w+)(?P<other>:?[-+=?][^}]*)?\})")
"""A variable or an argument, with what it has where it has none: ${TOKEN:-abc}."""
_CONTINUED = re.compile(r"\\\r?\n[ \t]*([^\s\\]+)")
"""What follows on the next line where single quotes keep the backslash at the end of a line."""
_MOST = 8
"""The most variables within each other, and texts of one, that are looked at."""


class Token(NamedTuple):
    """What an Access-Token header may have behind its name."""

    span: Span
    is_secret: bool
    """Whether it is written out: no variable, and no placeholder."""


def tokens_of(request: Invocation, values: Values, source: Source, outer: SourceMap | None) -> list[Token]:
    """The tokens of a request; those that are written out are recorded as secrets."""
    found = list[Token]()
    for header in request.headers:
        for word in _values_of(header, request.command, values):
            if not (text := word.text.rstrip(" \t\\")):
                continue
            is_secret = not word.has_expansion and not is_no_token(text)
            source.secrets.update((text, *_CONTINUED.findall(header.text)) if is_secret else ())
            found.append(Token(word.source_map(outer).span(0, len(text)), is_secret))
    return found


def _values_of(header: Word, command: Command, values: Values) -> Iterator[Word]:
    """What an Access-Token header may have behind its name, also one that a variable holds: first as it is written."""
    for word in _texts_of(header, command, values) if header.text[:1] == "$" else [header]:
        if match := _HEADER.match(word.text):
            value = word.after(match.start(1)).before(len(match[1]))
            yield value
            yield from _texts_of(value, command, values)


def _texts_of(word: Word, command: Command, values: Values, depth: int = _MOST) -> Iterator[Word]:
    """The texts that the script gives the variable, or argument, that a word is, also through other ones."""
    use = _USE.fullmatch(word.text) if word.has_expansion else None
    if use is None or not depth:
        return
    name, other = use["bare"] or use["held"], use["other"] or ""
    if other.lstrip(":")[:1] in ("-", "=") and "$" not in other and "`" not in other:
        default, end = Word(word.source, word.pieces[0].start), word.pieces[0].end - 1
        default.add(end - len(other.lstrip(":")) + 1, end)
        yield default
    function = command.branch.of_function
    if name.isdigit():
        calls = values.steps.calls.get(function, []) if function else []
        called = [(call.words, call) for call in calls[:_MOST]]
        held = [
            (words[at], call) for words, call in called if (at := _called(words, function) + int(name)) < len(words)
        ]
    elif re.search(rf"\b{name}=(?![\"']?(?:\$\(|`))", word.source):  # most scripts read a token from elsewhere
        held = _held(name, command, values)
    else:
        held = []
    for text, place in held:
        if text.has_expansion:
            yield from (text, *_texts_of(text, place, values, depth - 1))
        else:
            yield text


def _held(variable: str, command: Command, values: Values) -> list[tuple[Word, Command]]:
    """What a variable is given that a command may have, and where; also what that is added to."""
    held, pending = list[tuple[Word, Command]](), [command]
    while pending and len(held) < _MOST:
        for one in reaching(variable, pending.pop(), values.steps)[0]:
            place = place_of(one, command.words[0].source)
            held += [(one.word, place)] if one.word is not None else []
            pending += [place] if adds(one, command.words[0].source) else []
    return held[:_MOST]


def _called(words: list[Word], function: str) -> int:
    return next((at for at, word in enumerate(words) if word.text == function), len(words))
