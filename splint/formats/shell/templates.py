"""Words of a function as templates, into which the arguments of its calls are put.

Variables are resolved once, as the function sets them: a variable has the value that stands above, so that none is made
of itself. Whatever is not plainly an argument or such a variable stays as it is written, an expansion.
"""

import re
from collections import defaultdict
from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from splint.formats.shell.curl import opens_json
from splint.formats.shell.programs import LOCALS
from splint.formats.shell.scanner import Scanner
from splint.formats.shell.words import Command, Piece, Word, text_word

ASSIGNED = re.compile(r"(\w+)(\+?=|\[)")
_USE = re.compile(r"\$(?:(\w+)|\{(\w+)(?::?\?[^{}]*|(:?[-+])(.*))?\})", re.ASCII | re.DOTALL)
_PLAIN, _QUOTED = re.compile(r"[^{}`\\#;|&<>()\n]*"), re.compile(r'(?:[^"`\\]|\\.)*', re.DOTALL)
"""What another word may be in `${1:-...}`, and what it may be between double quotes."""
_ARGUMENT = re.compile(r"[1-9]\d{0,3}", re.ASCII)
_BARE = re.compile(r"[^\s\"'\\$`{}]*")
"""What another word may be in `${1:-...}` within a text."""
_ALL = re.compile(r"\$@|\$\{@\}|\$\{@:([1-9]\d{0,3})\}", re.ASCII)
_BLANK = re.compile(r"\s")
_QUOTES_OR_BLANKS = re.compile(r"[\s'\"]")
_LARGE = 16
"""The most parts that a word may be put together of."""
_LONG = 2000
"""The most characters of them."""


class _Use(NamedTuple):
    """An argument in a word."""

    at: int
    sign: str | None = None
    """`-` or `+`: it has another word where the argument is not given, or is given; behind `:` an empty one is none."""
    words: "tuple[Template, ...]" = ()
    is_split: bool = False
    """Whether no quotes keep it one word."""


class _Rest(NamedTuple):
    """All arguments from one on, as words."""

    start: int
    is_split: bool


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
        self._starts: defaultdict[str, list[int]] = defaultdict(list)
        """Where each is set."""
        self.used: dict[str, list[int]] = {}
        """Those whose values are put into words: `holds` tells whether anything else may set them."""
        self._shifts: list[tuple[int, int]] = []
        """Where arguments go, and how many."""

    @property
    def shifted(self) -> int:
        """How many arguments are gone: where there are fewer, none is."""
        return sum(count for _, count in self._shifts)

    def shift(self, words: list[Word]) -> bool:
        """Shift the arguments; False if it is not known by how many."""
        count = words[1].text if len(words) > 1 else "1"
        if _ARGUMENT.fullmatch(count) is None:
            return False
        self._shifts.append((words[0].start, int(count)))
        return True

    def set(self, words: list[Word], *, is_sure: bool) -> None:
        """Set variables to what words such as `path="$1"` say; to what is not known if that may not run.

        `local` and the like set all at once: no value is made of another one beside it.
        """
        values = dict[str, _Parts | Word | None]()
        is_declared = not all(ASSIGNED.match(word.text) for word in words)
        for word in words:
            if match := ASSIGNED.match(word.text):
                is_list = word.source.startswith("(", word.end)
                is_known = is_sure and match[2] == "=" and not is_list
                self._starts[match[1]].append(word.start)
                made = self.template(word.after(match.end()), is_value=True) if is_known else None
                values[match[1]] = None if made is None else _as_value(made)
                if not is_declared:
                    self._values.update(values)
            elif words[0].text in LOCALS and word.text.isidentifier():
                values[word.text] = None
        self._values.update(values)

    def has(self, text: str) -> bool:
        """Whether a text is one of the variables that the function sets."""
        use = _USE.fullmatch(text)
        return use is not None and (use[1] or use[2]) in self._values

    def hands_on(self, text: str) -> bool:
        """Whether a text is a variable that the function surely sets to what it is given."""
        use = _USE.fullmatch(text)
        value = self._values.get(use[1] or use[2]) if use is not None else None
        return isinstance(value, tuple) and any(isinstance(part, _Use) for part in value)

    def filled_at(
        self, text: str, start: int, words: list[Word], is_as_set: Callable[[str, list[int]], bool]
    ) -> list[Piece | Word] | None:
        """What an expansion within quotes, at a place of the function, is in a call of these words.

        None where that is not known; `is_as_set` tells whether only what stands at some places may set a variable.
        """
        use = _USE.fullmatch(text)
        name = use[1] or use[2] if use else ""
        if use is None or (use[3] and not _BARE.fullmatch(use[4])):
            return None
        value: _Parts | Word | None = None
        if _ARGUMENT.fullmatch(name):
            at = int(name) + sum(count for place, count in self._shifts if place < start)
            value = (_Use(at, use[3], (text_word(use[4]),) if use[3] else ()),)
        elif not use[3] and len(starts := self._starts.get(name, [])) == 1 and starts[0] < start:
            value = self._values.get(name) if is_as_set(name, starts) else None
        parts = (value,) if isinstance(value, Word) else value or ()
        if any(isinstance(part, _Use) and not part.sign and part.at >= len(words) for part in parts):
            return None
        found: list[Piece | Word] = []
        for part in parts:
            found += _given(part, words) if isinstance(part, _Use) else _texts_of(part)
        return None if value is None else found

    def template(self, word: Word, *, is_value: bool = False) -> Template:
        """A word with its arguments and variables; variables in a body of JSON stay. No blank divides a value."""
        if len(word.pieces) > 2 * _LARGE or not word.has_expansion or opens_json(word):
            return word
        if len(word.pieces) == 1 and (rest := _ALL.fullmatch(word.text)):
            is_whole = is_value or _is_quoted(word, word.pieces[0])
            return _Rest(int(rest[1] or 1) + self.shifted, not is_whole)
        parts: list[Piece | _Use] = []
        is_lone, is_same = len(word.pieces) == 1, True
        for piece in word.pieces:
            text = word.text_of(piece)
            is_whole = is_value or _is_quoted(word, piece)
            value = self._value(word, piece, is_lone=is_lone, is_whole=is_whole) if piece.is_expansion else None
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

    def _value(self, word: Word, piece: Piece, *, is_lone: bool, is_whole: bool) -> _Parts | Word | None:
        """What an expansion in a word stands for; None if that is not known."""
        use = _USE.fullmatch(word.text_of(piece))
        name = use[1] or use[2] if use else ""
        if use is None or (use[3] and not _ARGUMENT.fullmatch(name)):
            return None
        if not _ARGUMENT.fullmatch(name):
            value = self._values.get(name)
            self.used |= {name: self._starts[name]} if value is not None else {}
            return value if is_whole else _split(value)
        at = int(name) + self.shifted
        if not use[3]:
            return (_Use(at, is_split=not is_whole),)
        start, end = piece.start + use.start(4), piece.end - 1
        if use[4] and _QUOTED.fullmatch(use[4]) and _is_quoted(word, piece):
            return (_Use(at, use[3], (self.template(_quoted(word.source, start, end)),)),)
        others = self._words(word.source, start, end) if _PLAIN.fullmatch(use[4]) else None
        is_divided = is_lone and not is_whole
        if others is None or (not is_divided and (len(others) > 1 or _QUOTES_OR_BLANKS.search(use[4]))):
            return None
        return (_Use(at, use[3], others, not is_whole),)

    def _words(self, source: str, start: int, end: int) -> tuple[Template, ...] | None:
        """The words within ${1:-...}; None if they are not plain."""
        commands: list[Command] = []
        inside = Scanner(source, start, notes=False, each=commands.append)
        inside.end = end
        is_broken = inside.scan().broken is not None
        if is_broken or len(commands) > 1:
            return None
        return tuple(self.template(word) for command in commands for word in command.words)


def _is_quoted(word: Word, piece: Piece) -> bool:
    """Whether a piece is within double quotes, as the arguments of an alias are, which are no part of the text."""
    return word.start == word.end or word.source.count('"', word.start, piece.start) % 2 == 1


def _quoted(source: str, start: int, end: int) -> Word:
    """A part of a text as a word that is within double quotes."""
    word, inside = Word(source, start, end), Scanner(source, start, notes=False)
    inside.end = end
    inside.open('"', start, 0, word)
    inside.scan()
    return word


def _as_value(made: Template) -> _Parts | Word | None:
    """What a variable is set to; None if it is not known."""
    if isinstance(made, Word):
        return made if opens_json(made) or not made.has_expansion else None
    return None if isinstance(made, _Rest) else made


def _split(value: _Parts | Word | None) -> _Parts | Word | None:
    """A value without quotes around it; None if it is several words."""
    if value is None or isinstance(value, Word):
        return value if value is not None and not _BLANK.search(value.text) else None
    if any(isinstance(part, Piece) and _BLANK.search(part.text or "") for part in value):
        return None
    return tuple(part._replace(is_split=True) if isinstance(part, _Use) else part for part in value)


def _texts_of(part: Piece | Word) -> list[Piece]:
    """The texts and expansions that a part of a value is."""
    if isinstance(part, Piece):
        return [part]
    return [_part(part.text_of(one), is_known=not one.is_expansion) for one in part.pieces]


def _part(text: str, *, is_known: bool) -> Piece:
    return Piece(0, 0, text, is_expansion=not is_known)


def filled(template: Template, words: list[Word]) -> list[Word]:
    """A word of a function as words of a call, which are `words`, the name of the function first."""
    if isinstance(template, Word):
        return [template]
    if isinstance(template, _Rest):
        return [_whole(word) if template.is_split else word for word in words[template.start :]]
    if len(template) == 1 and isinstance(template[0], _Use):
        return _given(template[0], words)
    found: list[Piece | Word] = []
    for part in template:
        found += [part] if isinstance(part, Piece) else _given(part, words)
    return [joined(found, words[0])]


def _given(use: _Use, words: list[Word]) -> list[Word]:
    """The words that an argument is."""
    given = words[use.at] if use.at < len(words) else None
    sign = use.sign or ""
    is_given = given is not None and not (given.text == "" and sign[:1] == ":")
    if sign and is_given == (sign[-1] == "+"):
        return [word for one in use.words for word in filled(one, words)]
    if sign[-1:] == "+":
        return []
    if given is None:
        at = words[-1].end
        given = Word(words[0].source, at, at, [Piece(at, at)])
    return [_whole(given) if use.is_split else given]


def _whole(word: Word) -> Word:
    """An argument that no quotes keep one word: it is not known where blanks divide it."""
    if not _BLANK.search(word.text):
        return word
    piece = Piece(word.start, word.end, word.text, is_expansion=True, quote="expansion")
    return Word(word.source, word.start, word.end, [piece])


def joined(found: list[Piece | Word], name: Word) -> Word:
    """One word of several and of texts; it stands where the first of the words does."""
    first = next((one for one in found if isinstance(one, Word)), name)
    word = Word(first.source, first.start, first.end, is_quoted=True)
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
