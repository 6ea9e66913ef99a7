"""Words that messages have in common."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

CLOSE = 0.7
"""How alike two words are, at least, for one to be taken for the other; 1 is the same."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that a misspelt one most likely means, None when nothing is close."""
    return _nearest(word, tuple(known))


@lru_cache(maxsize=1024)
def _nearest(word: str, known: tuple[str, ...]) -> str | None:
    """Kept: what is misspelt in one object often is in the next, too."""
    return _vocabulary(known).nearest(word.lower())


@lru_cache(maxsize=256)
def _vocabulary(known: tuple[str, ...]) -> "_Vocabulary":
    return _Vocabulary(known)


class _Vocabulary:
    """Words to compare with, as `difflib.get_close_matches` does, which takes ten times as long.

    Most words are ruled out by the letters that they share with another: each letter, by how often it has occurred, is
    a bit.
    """

    def __init__(self, known: Iterable[str]) -> None:
        self._by_folded = {name.lower(): name for name in sorted(known)}
        self._bits: dict[tuple[str, int], int] = {}
        for folded in self._by_folded:
            for letter in _letters(folded):
                self._bits.setdefault(letter, 1 << len(self._bits))
        self._masks = [(folded, len(folded), self._mask(folded)) for folded in self._by_folded]
        self._longest = max(map(len, self._by_folded), default=0)

    def _mask(self, word: str) -> int:
        mask = 0
        for letter in _letters(word):
            mask |= self._bits.get(letter, 0)
        return mask

    def nearest(self, word: str) -> str | None:
        size, best, found = len(word), CLOSE, ""
        if not size or 2 * self._longest / (size + self._longest) < CLOSE:
            return None
        mask, matcher = self._mask(word), None
        for folded, length, other in self._masks:
            total = size + length
            if 2 * (mask & other).bit_count() / total < best:
                continue
            if matcher is None:
                from difflib import SequenceMatcher

                matcher = SequenceMatcher()
                matcher.set_seq2(word)
            matcher.set_seq1(folded)
            best, found = max((best, found), (matcher.ratio(), folded))
        return self._by_folded[found] if found else None


def _letters(word: str) -> Iterator[tuple[str, int]]:
    """The letters of a word, each with how often it has occurred before."""
    seen: dict[str, int] = {}
    for letter in word:
        count = seen.get(letter, 0)
        seen[letter] = count + 1
        yield letter, count


def suggestion(word: str, known: Iterable[str]) -> str:
    """`: did you mean X?` where something is close, else nothing."""
    found = nearest(word, known)
    return f": did you mean {found}?" if found else ""


def either(words: Sequence[str], last: str = "or") -> str:
    """`a, b or c`."""
    return f"{', '.join(words[:-1])} {last} {words[-1]}" if len(words) > 1 else "".join(words)


def exact(value: float) -> "Decimal":
    """A number as it is written, for sums that must not round: 0.1 is a tenth."""
    from decimal import Decimal

    return Decimal(str(value))


def amount(value: "float | Decimal") -> str:
    """A number as people write it: 15.0 is 15, and nothing comes with an exponent."""
    from decimal import Decimal

    exact = Decimal(str(value))
    if not exact.is_finite():
        return str(value)
    text = f"{exact:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def spelled(value: object) -> str:
    """A value as JSON shows it, cut where it is long."""
    import orjson

    try:
        text = orjson.dumps(value).decode()
    except TypeError:
        text = str(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def term(value: str) -> str:
    """A value of an enumerated field: as it is where it could be one, else as JSON shows it."""
    return value if value.isidentifier() and len(value) <= 60 else spelled(value)


def counted(count: int, noun: str) -> str:
    """A count with its noun: 1 error, 2 errors."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def json_text(value: object, *, indent: bool = False) -> str:
    """A value as JSON, lone surrogates as escapes."""
    import orjson

    try:
        return orjson.dumps(value, option=orjson.OPT_INDENT_2 if indent else 0).decode()
    except TypeError:  # a lone surrogate, in the name of a file or in a value given to the library
        import json

        return json.dumps(value, indent=2 if indent else None)
