"""Bodies that functions make of their arguments, as each call fills them in.

A filled body stands at its call: what is a whole value at the argument, all else at the name of the function. It has no
fix, as a change of the function is one for all calls.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from splint.formats.shell.curl import Body, FromFile
from splint.formats.shell.functions import Wrapper
from splint.formats.shell.values import Values
from splint.formats.shell.words import Command, Piece, Word, lone

_MOST = 1 << 20
"""The most characters that the calls of a function put together."""
_BEFORE, _BEHIND = re.compile(r"[:,\[]\s*(\"?)\Z"), re.compile(r"\s*[,\]}]")
"""What stands around a value."""
_STRUCTURE = re.compile(r"[\"\\{}\[\]]")


class _Part(NamedTuple):
    text: str
    is_expansion: bool
    argument: Word | None = None


def filled_body(body: Body, wrapper: Wrapper, words: list[Word], call: Command, values: Values) -> Word | None:
    """The body of a function's curl command in a call of these words; None where these tell nothing more of it."""
    curl = wrapper.curl
    assert curl is not None
    if isinstance(body, FromFile) or body is None:
        return None
    text = values.of(body, curl, lambda _: True)
    if not isinstance(text, Word) or not text.has_expansion:
        return None
    wrapper.put_together += len(text.text)
    if wrapper.put_together > _MOST:
        return None

    def is_plain(word: Word) -> bool:
        return not word.has_expansion or values.steps.text_at(lone(word), word.start, call) is not None

    parts = _parts(text, wrapper, words, lambda name, starts: values.steps.is_as_set(name, words[0].text, starts))
    is_told = any(part.argument is not None and is_plain(part.argument) for part in parts)
    return _placed(parts, words[0]) if is_told else None


def _parts(body: Word, wrapper: Wrapper, words: list[Word], is_as_set: Callable[[str, list[int]], bool]) -> list[_Part]:
    """The texts, arguments and expansions of a body; texts that stand side by side are one."""
    parts = [_Part("", False)]
    for piece in body.pieces:
        text = body.text_of(piece)
        is_own = piece.is_expansion and not piece.is_divided and wrapper.start <= piece.start < wrapper.end
        value = wrapper.variables.filled_at(text, piece.start, words, is_as_set) if is_own else None
        found = [_Part(text, piece.is_expansion)]
        if value is not None:
            found = [
                _Part(one.text, one.has_expansion, one if one.source else None)
                if isinstance(one, Word)
                else _Part(one.text or "", one.is_expansion)
                for one in value
            ]
        for part in found:
            is_text = not part.is_expansion and part.argument is None
            if is_text and not parts[-1].is_expansion and parts[-1].argument is None:
                parts[-1] = _Part(parts[-1].text + part.text, False)
            else:
                parts.append(part)
    return parts


def _placed(parts: list[_Part], name: Word) -> Word:
    """A body of these parts, in the place of a call."""
    made, opened = Word(name.source, name.start, name.end, is_quoted=True), 0
    for at, (text, is_expansion, argument) in enumerate(parts):
        text, opened, place = text[opened:], 0, name
        behind = parts[at + 1].text if at + 1 < len(parts) else ""
        before = _BEFORE.search(parts[at - 1].text) if argument is not None else None
        if argument is not None and before is not None and not _STRUCTURE.search(text):
            is_string = before[1] != "" and behind[:1] == '"'
            place = argument if is_string or (not before[1] and _BEHIND.match(behind)) else name
            opened = int(is_string)
        quote = '"' * opened
        if opened:
            last = made.pieces.pop()
            made.pieces.append(last._replace(text=(last.text or "")[:-1]))
        for one, is_open in ((quote, False), (text, is_expansion), (quote, False)):
            if one:
                made.pieces.append(Piece(place.start, place.end, one, is_expansion=is_open, quote="expansion"))
    return made
