"""Words of a function as templates, into which the arguments of its calls are put.

Variables are resolved once, as the function sets them: a variable has the value that stands above, so that none is made
of itself. Whatever is not plainly an argument or such a variable stays as it is written, an expansion.
"""

import re
from typing import NamedTuple, TypeAlias

from splint.formats.shell.curl import opens_json
from splint.formats.shell.scanner import Scanner
from splint.formats.shell.words import Command, Piece, Word

ASSIGNED = re.compile(r"(\w+)(\+?=|\[)")
_USE = re.compile(r"\$(?:(\w+)|\{(\w+)(?::([-+])([^{}`\\#;|&<>()\n]*))?\})", re.ASCII)
_ARGUMENT = re.compile(r"[1-9]\d{0,3}", re.ASCII)
_ALL = re.compile(r"\$@|\$\{@\}|\$\{@:([1-9]\d{0,3})\}", re.ASCII)
_QUOTES_OR_BLANKS = re.compile(r"[\s'\"]")
_LARGE = 16
"""The most parts that a word may be put together of."""
_LONG = 2000
"""The most characters of them."""


class _Use(NamedTuple):
    """An argument in a word."""

    at: int
    sign: str | None = None
    """`-` or `+`: it has another word where the argument is not given, or is given."""
    words: "tuple[Template, ...]" = ()


class _Rest(NamedTuple):
    """All arguments from one on, as words."""

    start: int


_Parts: TypeAlias = tuple[Piece | _Use, ...]
Template: TypeAlias = Word | _Rest | _Parts
"""A word that is the same for each call, the words of arguments, or parts to join."""


def size_of(template: Template) -> int:
    """How many arguments and texts are put into a word."""
    if isinstance(template, Word | _Rest):
        return int(isinstance(template, _Rest))
    return sum(1 + sum(map(size_of, part.words)) if isinstance(part, _Use) else 1 for part in template)


class Variables:
    """The arguments and variables of a function, at the command that is read."""

    def __init__(self) -> None:
        self._values: dict[str, _Parts | Word | None] = {}
        """None for what is not known."""
        self._shifted = 0

    def shift(self, words: list[Word]) -> bool:
        """Shift the arguments; False if it is not known by how many."""
        count = words[1].text if len(words) > 1 else "1"
        if _ARGUMENT.fullmatch(count) is None:
            return False
        self._shifted += int(count)
        return True

    def set(self, words: list[Word], *, is_sure: bool) -> None:
        """Set variables to what words such as `path="$1"` say; to what is not known if that may not run."""
        for word in words:
            if match := ASSIGNED.match(word.text):
                is_list = word.source.startswith("(", word.end)
                is_known = is_sure and match[2] == "=" and not is_list
                value = self.template(word.after(match.end())) if is_known else None
                self._values[match[1]] = None if value is None else _as_value(value)

    def has(self, text: str) -> bool:
        """Whether a text is one of the variables that the function sets."""
        use = _USE.fullmatch(text)
        return use is not None and (use[1] or use[2]) in self._values

    def template(self, word: Word) -> Template:
        """A word with its arguments and variables; variables in a body of JSON stay."""
        if not word.has_expansion or opens_json(word):
            return word
        if len(word.pieces) == 1 and (rest := _ALL.fullmatch(word.text)):
            return _Rest(int(rest[1] or 1) + self._shifted)
        parts: list[Piece | _Use] = []
        is_lone, is_same = len(word.pieces) == 1, True
        for piece in word.pieces:
            text = word.text_of(piece)
            value = self._value(word, piece, is_lone=is_lone) if piece.is_expansion else None
            if isinstance(value, Word) and is_lone:
                return value
            is_same = is_same and value is None
            if isinstance(value, Word):
                parts += (_part(value.text_of(one), is_known=not one.is_expansion) for one in value.pieces)
            else:
                parts += [_part(text, is_known=not piece.is_expansion)] if value is None else value
        made = tuple(parts)
        length = sum(len(part.text or "") for part in made if isinstance(part, Piece))
        return word if is_same or size_of(made) > _LARGE or length > _LONG else made

    def _value(self, word: Word, piece: Piece, *, is_lone: bool) -> _Parts | Word | None:
        """What an expansion in a word stands for; None if that is not known."""
        use = _USE.fullmatch(word.text_of(piece))
        name = use[1] or use[2] if use else ""
        if use is None or (use[3] and not _ARGUMENT.fullmatch(name)):
            return None
        if not _ARGUMENT.fullmatch(name):
            value = self._values.get(name)
            return value if word.is_quoted or not _is_split(value) else None
        at = int(name) + self._shifted
        if not use[3]:
            return (_Use(at),)
        others = self._words(word.source, piece.start + use.start(4), piece.end - 1)
        is_one = is_lone and not word.is_quoted
        if others is None or (not is_one and (len(others) > 1 or _QUOTES_OR_BLANKS.search(use[4]))):
            return None
        return (_Use(at, use[3], others),)

    def _words(self, source: str, start: int, end: int) -> tuple[Template, ...] | None:
        """The words within ${1:-...}; None if they are not plain."""
        commands: list[Command] = []
        inside = Scanner(source, start, notes=False, each=commands.append)
        inside.end = end
        is_broken = inside.scan().broken is not None
        if is_broken or len(commands) > 1:
            return None
        return tuple(self.template(word) for command in commands for word in command.words)


def _as_value(made: Template) -> _Parts | Word | None:
    """What a variable is set to; None if it is not known, or may be several words."""
    if isinstance(made, Word):
        return made if opens_json(made) or not made.has_expansion else None
    if isinstance(made, _Rest) or any(isinstance(part, _Use) and len(part.words) > 1 for part in made):
        return None
    return made


def _is_split(value: _Parts | Word | None) -> bool:
    """Whether a value without quotes around it is several words."""
    parts = value.pieces if isinstance(value, Word) else value or ()
    texts = [value.text] if isinstance(value, Word) else [one.text for one in parts if isinstance(one, Piece)]
    return any(text and re.search(r"\s", text) for text in texts)


def _part(text: str, *, is_known: bool) -> Piece:
    return Piece(0, 0, text, is_expansion=not is_known)


def filled(template: Template, words: list[Word]) -> list[Word]:
    """A word of a function as words of a call, which are `words`, the name of the function first."""
    if isinstance(template, Word):
        return [template]
    if isinstance(template, _Rest):
        return words[template.start :]
    if len(template) == 1 and isinstance(template[0], _Use):
        return _given(template[0], words)
    found: list[Piece | Word] = []
    for part in template:
        found += [part] if isinstance(part, Piece) else _given(part, words)
    return [_joined(found, words[0])]


def _given(use: _Use, words: list[Word]) -> list[Word]:
    """The words that an argument is."""
    given = words[use.at] if use.at < len(words) else None
    is_given = given is not None and given.text != ""
    if use.sign is not None and is_given == (use.sign == "+"):
        return [word for one in use.words for word in filled(one, words)]
    if use.sign == "+":
        return []
    if given is None:
        given = Word(words[0].source, words[-1].end)
        given.pieces.append(Piece(given.start, given.end))
    return [given]


def _joined(found: list[Piece | Word], name: Word) -> Word:
    """One word of several and of texts; it stands where the first of the words does."""
    first = next((one for one in found if isinstance(one, Word)), name)
    word = Word(first.source, first.start)
    word.end, word.is_quoted = first.end, True
    at = first.pieces[0].start
    for one in found:
        if one is first:
            word.pieces += first.pieces
            at = first.pieces[-1].end
        elif isinstance(one, Piece):
            word.pieces.append(one._replace(start=at, end=at))
        else:
            word.pieces.append(Piece(at, at, one.text, is_expansion=one.has_expansion))
    return word
