"""URLs of which variables are a part: with the texts that the script gives these."""

import re
from collections.abc import Iterator
from itertools import product
from math import prod

from splint.formats.shell.curl import URL, Invocation, opens_json
from splint.formats.shell.effects import Given
from splint.formats.shell.endpoints import OUTPUT, is_of_interest, without_output
from splint.formats.shell.reaching import adds, listed, place_of, reaching
from splint.formats.shell.steps import Steps
from splint.formats.shell.values import Values
from splint.formats.shell.words import Command, Piece, Word

_USE = re.compile(
    r"\$(?:(?P<bare>\w+)|\{(?P<name>\w+)(?:%%?(?P<cut>/)|:?\?.*|:?[-=](?P<default>.*))?\})",
    re.DOTALL,
)
"""A variable, without a slash at its end, or with what it has where it has none: ${BASE%/}, ${BASE:-https://...}."""
_NAMED = re.compile(r"\s*[{\[]+\s*\w+\s*[}\]]")
"""What stands in braces or brackets to be filled in."""
_ELEMENT = re.compile(r"\$\{(?P<name>\w+)\[(?P<key>[^\[\]]*)\]\}")
"""An element of an array, or all of them."""
_KEYED = re.compile(r"\[(?P<key>[^\[\]]*)\]=")
"""The key before an element."""
_LISTED = re.compile(r"\"([^\"]*)\"|'([^']*)'|([^\s\"'`]+)")
"""The texts that a variable has in a loop."""
_SETS = re.compile(r"\$\{[A-Za-z_]\w*:?=[^{}]*\}")
"""An expansion that sets its variable where this has no text."""
_PRINTS = re.compile(
    r"printf\s+-v\s*\w+\s+(?P<quote>[\"']?)(?P<before>[^\s\"'%\\$`]*)%s(?P<behind>[^\s\"'%\\$`]*)(?P=quote)"
    r"\s+(?P<mark>\"?)(?P<text>[^\s\"'`;&|()]+)(?P=mark)(?=\s*(?:[\n;&|]|\Z))"
)
"""A `printf` that sets a variable to a text with another one in it."""
_NAME = re.compile(r"\$\{[#!]?(\w+)")
_SLASH = re.compile(r"/(?=\}?\Z)")
"""The slash at the end of a text, or of a variable."""
_MARKS = re.compile(r"\$\w+|\$[{(]|[{}()]")
"""A variable in a text, or what an expansion in it begins or ends with."""
_MOST = 8
"""The most texts that a URL may have."""
_MOST_USES = 32
"""The most variables that are looked at for one, each as often as it stands in the texts of others."""
_LONGEST = 1000
"""The most characters of one."""


def settle(request: Invocation, values: Values) -> Invocation:
    """A request whose URLs have the texts of variables that the script gives them."""
    for at, word in enumerate(request.urls):
        if not word.has_expansion:
            continue
        texts = _Reading(values.steps, request.command).texts(without_output(word))
        told = next(filter(is_of_interest, texts), texts[0])
        url = _with_text(word, told)
        is_url = told[:1] != "-" and (is_of_interest(told) or ("/" in told and URL.match(told) is not None))
        is_divided = any(piece.is_divided for piece in word.pieces) and any(map(values.divides, texts))
        if told != word.text and is_url and not (is_divided or (opens_json(url) and not _NAMED.match(told))):
            request.urls[at] = url
            if len(texts) > 1:
                request.texts[told] = tuple(texts)
            others = [one for one in request.unknown_options if one is not word]
            is_open = len(others) < len(request.unknown_options) and any(one[:1] in ("$", "`") for one in texts)
            request.unknown_options = [*others, url] if is_open else others
    return request


def _with_text(word: Word, text: str) -> Word:
    """A word in its place with another text."""
    first, last = word.pieces[0].start, word.pieces[-1].end
    return word.made_of([Piece(first, last, text, is_expansion="$" in text or "`" in text)])


class _Reading:
    """The texts of variables at one request."""

    def __init__(self, steps: Steps, request: Command) -> None:
        self.steps, self.request = steps, request
        self._left = _MOST_USES

    def texts(self, word: Word) -> list[str]:
        """All texts that a URL may have, with variables alone for what is not known.

        What its query has stays as it is written: it may be a token. What begins with a path has no text for its base.
        """
        at = next((at for at, piece in enumerate(word.pieces) if _asks(word, piece)), len(word.pieces))
        above, behind = word.made_of(word.pieces[:at]), "".join(map(word.text_of, word.pieces[at:]))
        if not above.has_expansion:
            return [word.text]
        base = _lone(word.text_of(word.pieces[0])) if word.pieces[0].is_expansion else ""
        made = [f"{base if one[:1] == '/' else ''}{one}" for one in self._of_word(above, self.request)]
        made = made if all(len(one) <= _LONGEST for one in made) else [_bare(above)]
        return [*dict.fromkeys(f"{one}{behind}" for one in made)]

    def _of_word(self, word: Word, at: Command) -> list[str]:
        """All texts that a word at a place may be, with variables where these are not known."""
        parts = list[tuple[list[str], str]]()
        for piece in word.pieces:
            text, start = word.text_of(piece), max(piece.start, at.place) if at is self.request else at.place
            parts.append((self._of_use(text, at, start), _lone(text)) if piece.is_expansion else ([text], ""))
        return _joined(parts)

    def _of_use(self, text: str, at: Command, start: int | None = None) -> list[str]:
        """All texts that an expansion of a command may be; a variable alone where that is not known."""
        self._left -= 1
        if self._left >= 0 and (element := _ELEMENT.fullmatch(text)) is not None:
            return [*self._of_element(element, at), _lone(text)]
        use = _USE.fullmatch(text)
        if use is None or self._left < 0:
            return [_lone(text)]
        variable = use["bare"] or use["name"]
        given, is_sure = reaching(variable, at, self.steps, start)
        found = [text for one in given for text in self._of_given(one, variable, at)]
        if use["default"] is not None:
            told = [one for one in found if one and not _MARKS.match(one)]
            found = told if is_sure and len(told) == len(found) else [*told, *self._of_text(use["default"], at, start)]
            is_sure = True
        found = [_SLASH.sub("", one) if use["cut"] else one for one in dict.fromkeys(found)]
        found += [] if is_sure else [_lone(text)]
        return found if len(found) <= _MOST else [_lone(text)]

    def _of_given(self, given: Given, variable: str, at: Command) -> Iterator[str]:
        """All texts that a variable has by what gives it one, but for their queries; itself where only a run tells."""
        source = at.words[0].source
        place = place_of(given, source)
        word, sets = _word_of(given), _SETS.match(source, given.start)
        if word is None and (printed := _PRINTS.match(source, given.start)) is not None:
            yield from (f"{printed['before']}{one}{printed['behind']}" for one in self._of_text(printed["text"], place))
            return
        if word is None and (line := listed(given, source)) is not None:
            end = next((at for at, char in enumerate(line) if char in ";&|"), len(line))
            texts = (found[1] or found[2] or found[3] or "" for found in _LISTED.finditer(line, 0, end))
            yield from (one for text in texts for one in self._of_text(text, place))
            return
        if word is None:
            yield from self._of_use(sets[0], place) if sets else [f"${variable}"]
            return
        before = self._of_use(f"${variable}", place) if adds(given, source) else [""]
        made = self._of_word(without_output(word), place)
        yield from (one.partition("?")[0] for one in _joined([(before, f"${variable}"), (made, _bare(word))]))

    def _of_element(self, use: re.Match[str], at: Command) -> list[str]:
        """All texts that are put into an array, or into its element of that key."""
        words = self.steps.arrays.words_of(use["name"])[:_MOST]
        keyed = [(_KEYED.match(word.text), word) for word in words]
        own = [(key, word) for key, word in keyed if key is not None and key["key"] == use["key"]]
        texts = [word.text[key.end() if key else 0 :] for key, word in own or keyed]
        return [one for text in texts for one in self._of_text(text, at)]

    def _of_text(self, text: str, at: Command, start: int | None = None) -> list[str]:
        """All texts that the default of a variable may be."""
        parts = [self._of_use(part, at, start) if is_use else [part] for part, is_use in _parts(text.replace('"', ""))]
        return _joined([(one, "${base}") for one in parts]) if "`" not in text else ["${base}"]


def _asks(word: Word, piece: Piece) -> bool:
    """Whether a query begins in a part of a URL."""
    return not piece.is_expansion and "?" in word.text_of(piece)


def _bare(word: Word) -> str:
    """A word with variables alone for its expansions."""
    return "".join(_lone(word.text_of(piece)) if piece.is_expansion else word.text_of(piece) for piece in word.pieces)


def _lone(text: str) -> str:
    """The variable of an expansion, or what stands for the output of a command."""
    if (named := _NAME.match(text)) is not None:
        return f"${{{named[1]}}}"
    return OUTPUT if text[:2] == "$(" else text


def _word_of(given: Given) -> Word | None:
    """The text that is given, as it is written; None where only a run tells it, or it is of an array."""
    word = given.word if given.word is not None else given.body
    is_array = isinstance(word, Word) and not word.text and word.source[word.end : word.end + 1] == "("
    return word if isinstance(word, Word) and not is_array else None


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """The parts of a text, each with whether it is an expansion."""
    at = start = depth = 0
    for mark in _MARKS.finditer(text):
        if depth == 0 and mark[0][0] == "$":
            yield text[at : mark.start()], False
            at = start = mark.start()
        is_within = depth > 0
        depth += (mark[0][-1] in "{(") - (mark[0] in ("}", ")"))
        if depth <= 0 and (is_within or (start == mark.start() and mark[0][0] == "$")):
            yield text[start : mark.end()], True
            at = mark.end()
        depth = max(depth, 0)
    yield text[at:], False


def _joined(parts: list[tuple[list[str], str]]) -> list[str]:
    """All texts that parts make up, each of which may be several; of too many it is the variable alone."""
    texts = [one for one, _ in parts]
    while prod(map(len, texts)) > _MOST:
        widest = max(range(len(texts)), key=lambda at: len(texts[at]))
        texts[widest] = [parts[widest][1]]
    return ["".join(one) for one in product(*texts)]
