"""Words that are put together of texts, which stand in one place, and of arguments, which stand in others.

What is a whole value of JSON stands at its argument, all else at the word that is named. Nothing of it can be edited.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from splint.formats.shell.words import Piece, Word

_BEFORE, _BEHIND = re.compile(r"[:,\[]\s*(\"?)\Z"), re.compile(r"\s*[,\]}]")
"""What stands around a value."""
_CONVERSION = re.compile(r"%(.?)|\\(.?)", re.DOTALL)
_LINE_ENDS = re.compile(r"(?:\\n)+\Z")
"""What ends lines for `printf`."""
_ESCAPES = {"n": "\n", "t": "\t"}
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)")
_SEVERAL = re.compile(r"\$\{?[@*]|\[[@*]\]")
"""What may be several words, or none."""
_STRUCTURE = re.compile(r"[\"\\{}\[\]]")


class Part(NamedTuple):
    """A text, an expansion or an argument."""

    text: str
    is_expansion: bool
    argument: Word | None = None


def with_parts(parts: Iterable[Part]) -> list[Part]:
    """Parts, of which texts that stand side by side are one; the first is a text."""
    made = [Part("", False)]
    for part in parts:
        last, is_text = made[-1], not part.is_expansion and part.argument is None
        if is_text and not last.is_expansion and last.argument is None:
            made[-1] = Part(last.text + part.text, False)
        else:
            made.append(part)
    return made


def placed(parts: list[Part], name: Word) -> Word:
    """A body of these parts, in the place of a word."""
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


def formatted(words: list[Word]) -> Word | None:
    """What `printf` makes of a format and arguments, but for the ends of lines behind it; None where a run tells it."""
    format, *arguments = words
    size = len(_LINE_ENDS.sub("", format.text))
    is_plain = not format.has_expansion or (not arguments and not format.pieces[0].is_expansion)
    if not arguments and is_plain:
        return format.before(size) if _CONVERSION.search(format.text[:size]) is None else None
    parts, at, given = list[Part](), 0, iter(arguments)
    for mark in _CONVERSION.finditer(format.text, 0, size) if is_plain else ():
        parts.append(Part(format.text[at : mark.start()], False))
        at = mark.end()
        part = _converted(mark[1], given) if mark[1] else Part(_ESCAPES.get(mark[2] or "", ""), False)
        if part is None or not (part.text or part.argument):
            return None
        parts.append(part)
    if not parts or next(given, None) is not None:
        return None
    return placed(with_parts([*parts, Part(format.text[at:size], False)]), format)


def _converted(mark: str, arguments: Iterator[Word]) -> Part | None:
    """What stands for `%s` or the like in a text; None where a run tells it."""
    word = None if mark == "%" else next(arguments, None)
    if mark == "%":
        return Part("%", False)
    if word is None or mark not in "sdi" or _SEVERAL.search(word.text) or any(one.is_divided for one in word.pieces):
        return None
    is_kept = mark == "s" or (not word.has_expansion and _NUMBER.fullmatch(word.text) is not None)
    return Part(word.text, word.has_expansion, word) if is_kept else None
