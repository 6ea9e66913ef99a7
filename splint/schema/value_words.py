"""What the words of a misspelt value say: which of the known values has them."""

import re
from collections.abc import Iterable

from splint.schema.nearest import EXCLUDING, ROOT, snake_case
from splint.schema.platforms import WORDS_OF_VALUES

_HALF = 0.5
"""The least share of the words of a value by which it is told."""


def by_words(value: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """Known values, those first of which one that is none of them has the most words, or other platforms' for these.

    What all of them have tells none. A word that negates, and that none of them has, says something else.
    """
    words = {*filter(None, re.split(r"[^a-z0-9]+", snake_case(value)))}
    own = [{*one.lower().split("_")} for one in known]
    if not own or words & {*EXCLUDING}.difference(*own):
        return known
    words |= {other for word in words for other in WORDS_OF_VALUES.get(word, ())}
    shared = set.intersection(*own)
    shares = [len([one for one in its - shared if _is_told(one, words)]) / max(len(its - shared), 1) for its in own]
    ranks = {one: -share if share >= _HALF else 0 for one, share in zip(known, shares, strict=True)}
    return tuple(sorted(known, key=ranks.__getitem__))


def _is_told(one: str, words: Iterable[str]) -> bool:
    """Whether a word is among others, or one of them but for an ending: CUSTOMIZED tells CUSTOM."""
    return any(word == one or (min(len(word), len(one)) >= ROOT and word.startswith(one)) for word in words)
