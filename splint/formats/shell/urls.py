"""URLs of which variables are a part: with the texts that the script gives these."""

import re
from collections.abc import Iterator
from itertools import islice, product, takewhile

from splint.formats.shell.branches import shares_shell, surely_ran
from splint.formats.shell.curl import URL, Invocation, Unknown, opens_json
from splint.formats.shell.effects import Given
from splint.formats.shell.steps import Steps
from splint.formats.shell.values import Values
from splint.formats.shell.words import LONE, Command, Piece, Word

_TELLING = re.compile(r"(?:open_api|v1\.\d|smart_plus)/")
"""What says behind all variables of a URL which endpoint it is."""
_USE = re.compile(
    r"\$(?:(?P<bare>[A-Za-z_]\w*)|\{(?P<name>[A-Za-z_]\w*)(?:%%?(?P<cut>/)|:?\?[^{}]*|:?[-=](?P<default>.*))?\})",
    re.DOTALL,
)
"""A variable, without a slash at its end, or with what it has where it has none: ${BASE%/}, ${BASE:-https://...}."""
_SLASH = re.compile(r"/(?=\}?\Z)")
"""The slash at the end of a text, or of what a variable has where it has none."""
_MOST = 8
"""The most texts that a URL may have."""
_MOST_USES = 32
"""The most variables that are looked at for one, each as often as it stands in the texts of others."""
_LONGEST = 1000
"""The most characters of one."""


def settle(request: Invocation, values: Values) -> Invocation:
    """A request whose URLs have the texts of variables that the script gives them."""
    for at, word in enumerate(request.urls):
        if not word.has_expansion or _TELLING.search(_end_of(word)):
            continue
        url = _Reading(values.steps, request.command).url(word)
        if url is not word and URL.match(url.text) and not (opens_json(url) or values.divides(url.text)):
            request.urls[at] = url
            others = [one for one in request.unknown_options if one is not word]
            is_open = len(others) < len(request.unknown_options) and url.text[:1] in ("$", "`")
            request.unknown_options = [*others, url] if is_open else others
    return request


class _Reading:
    """The texts of variables at one request."""

    def __init__(self, steps: Steps, request: Command) -> None:
        self.steps, self.request = steps, request
        self._left = _MOST_USES

    def url(self, word: Word) -> Word:
        """A URL with the texts of its variables; of several that lead to one path the first.

        What its query has stays as it is written: it may be a token.
        """
        at = next((at for at, piece in enumerate(word.pieces) if _asks(word, piece)), len(word.pieces))
        _, mark, query = "".join(map(word.text_of, word.pieces[at:])).partition("?")
        path = "".join(map(word.text_of, word.pieces[at : at + 1])).partition("?")[0]
        texts = [f"{one}{path}{mark}{query}" for one in self._of_word(word.made_of(word.pieces[:at]), len(word.source))]
        text = texts[0]
        is_one = len(texts) == 1 or len(set(map(_path_of, texts))) == 1
        if not is_one or text == word.text or len(text) > _LONGEST:
            return word
        first, last = word.pieces[0].start, word.pieces[-1].end
        return word.made_of([Piece(first, last, text, is_expansion="$" in text or "`" in text)])

    def _of_word(self, word: Word, before: int) -> list[str]:
        """All texts that a word above a place may be, with the variables that are not known as they are written."""
        parts = [
            self._of_use(word.text_of(piece), min(piece.start, before)) if piece.is_expansion else [word.text_of(piece)]
            for piece in word.pieces
        ]
        return _joined(parts) or [word.text]

    def _of_use(self, text: str, before: int) -> list[str]:
        """All texts that an expansion at a place may be; it as it is written where that is not known."""
        use = _USE.fullmatch(text)
        self._left -= 1
        if use is None or self._left < 0:
            return [text]
        given, is_sure = self._given(use["bare"] or use["name"], before)
        found = [one.partition("?")[0] for word, start in given for one in self._of_word(word, start)]
        if use["default"] is not None and not (is_sure and all(found)):
            start, end = use.start("default"), use.end("default")
            if not found:
                return [text[:start] + one + text[end:] for one in self._of_text(use["default"], before)]
            found += self._of_text(use["default"], before)
        found = [_SLASH.sub("", one) if use["cut"] else one for one in dict.fromkeys(found)]
        return found if 0 < len(found) <= _MOST else [text]

    def _of_text(self, text: str, before: int) -> list[str]:
        """All texts that the default of a variable may be."""
        parts, at = list[list[str]](), 0
        for use in LONE.finditer(text):
            parts += [[text[at : use.start()]], self._of_use(use[0], before)]
            at = use.end()
        return _joined([*parts, [text[at:]]]) or [text]

    def _given(self, variable: str, before: int) -> tuple[list[tuple[Word, int]], bool]:
        """What a variable may be given that a place has, each with where, and whether it surely is.

        It is none where anything else may give it a text, or it is one that may not be given.
        """
        only = self.steps.only(variable)
        given = [only] if only is not None else self.steps.all_given(variable, self.request) or []
        words = [(word, one.start) for one in given for word in _word_of(one)]
        is_sure = any(one.start < before and self._is_set(one) for one in given)
        is_known = len(words) == len(given) and (is_sure or len(given) > 1)
        is_above = all(one.start < before and shares_shell(one.branch, self.request) for one in given)
        return (words, is_sure) if is_known and is_above else ([], False)

    def _is_set(self, given: Given) -> bool:
        return surely_ran(given.branch, self.request, self.steps.calls)


def _asks(word: Word, piece: Piece) -> bool:
    """Whether a query begins in a part of a URL."""
    return not piece.is_expansion and "?" in word.text_of(piece)


def _end_of(word: Word) -> str:
    """What a URL has behind its last variable."""
    behind = takewhile(lambda piece: not piece.is_expansion, reversed(word.pieces))
    return "".join(reversed([*map(word.text_of, behind)]))


def _path_of(url: str) -> str:
    """What a URL has behind the host, or from the directory of Smart+ on."""
    _, directory, path = url.partition("smart_plus/")
    return path if directory else url.partition("://")[2].partition("/")[2] or url


def _word_of(given: Given) -> Iterator[Word]:
    """The text that an assignment gives, as it is written; none where it adds to another, or is of an array."""
    word = given.body.word if isinstance(given.body, Unknown) else given.body
    if isinstance(word, Word):
        yield word


def _joined(parts: list[list[str]]) -> list[str]:
    """All texts that parts make up, each of which may be several; none of too many."""
    made = ["".join(one) for one in islice(product(*parts), _MOST + 1)]
    return made if len(made) <= _MOST else []
