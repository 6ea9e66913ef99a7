"""Which known word a misspelt one is meant for: fields, values, and the words of settings and commands."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from splint.schema.kinds import remembered

CLOSE = 0.7
"""The least similarity of two words for a suggestion; 1 is equality."""
NEARLY = 0.85
"""The least similarity of two names where nothing else says that one is written for the other."""
ALIKE = 0.65
"""The least similarity of the one word in which two names differ: `store_id` is not written for `catalog_id`."""
ROOT = 4
"""With how many equal letters words begin that are forms of one: `optimise_goal` is written for `optimization_goal`."""
AHEAD = 0.1
"""The least lead in similarity over the second-best word."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that is most similar to a misspelt one; None if none is similar enough.

    One that differs in case, `_` and `-` only comes first.
    """
    return _nearest(word, _vocabulary(tuple(known)))[0]


def only_near(word: str, known: Iterable[str]) -> str | None:
    """The known word that alone is similar to a misspelt one; None if none is, or another one nearly as much."""
    similar, is_alone = _nearest(word, _vocabulary(tuple(known)))
    return similar if is_alone else None


@remembered
def _nearest(word: str, vocabulary: "_Vocabulary") -> tuple[str | None, bool]:
    """Cached, as misspellings repeat within a file."""
    return vocabulary.nearest(word)


def is_respelled(word: str, known: str) -> bool:
    """Whether two words differ in case, `_`, `-`, `.` and blanks only: `campaignName` is `campaign_name`."""
    return letters_of(word) == letters_of(known)


def letters_of(word: str) -> str:
    """A word in lower case, without `_`, `-`, `.` and blanks."""
    return word.translate(_NO_SEPARATORS).lower()


def snake_case(key: str) -> str:
    """A key as TikTok would spell it: `locationIds` and `Location-Ids` are `location_ids`."""
    if key.islower() and key.isidentifier():  # as most are: for speed only
        return key
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|[- ]", "_", key).lower()


_NO_SEPARATORS = str.maketrans("", "", "_-. ")
EXCLUDING = (
    *("exclude", "excluded", "excludes", "excluding", "exclusion", "exclusions", "ex", "exc", "excl"),
    *("not", "no", "non", "un", "without", "anti", "dis"),
)
"""Words with which a name says the opposite, or who is left out."""
_TURNS = {
    **dict.fromkeys((*EXCLUDING, "disable", "disabled", "off", "of"), "not"),
    **dict.fromkeys(("min", "minimum"), "least"),
    **dict.fromkeys(("max", "maximum"), "most"),
}
"""Words that turn what a name says, and into what."""
TURNING = (*_TURNS, "include", "included", "enable", "enabled", "on")
"""Words that are ignored when the letters of two names are compared: `catalog` says what `catalog_enabled` does."""


_KINDS = frozenset({"type", "types", "state", "mode", "enabled", "value"})
"""Words that say of what kind a field is, not which one."""


class _Sense(NamedTuple):
    """What a name says apart from its letters: two names mean the same thing only where they are turned alike."""

    turned: tuple[str, ...]
    rest: str
    """Its other letters."""

    def is_like(self, other: "_Sense") -> bool:
        """Whether neither name says the opposite of the other, nor is like it by the turning word alone."""
        return self.turned == other.turned and (not self.turned or similarity(self.rest, other.rest) >= CLOSE)


@remembered
def _sense(name: str) -> _Sense:
    """The sense of a name; a turning word counts with a slip in it if it is long, or at an end of a single word."""
    words = snake_case(name).split("_")
    if len(words) == 1:
        starts, ends = r"(?:excluded?|disabled?|(?:min|max)(?=.{4}))", "(?:off|disabled?)"
        words = re.findall(rf"^{starts}|.+?(?={ends}$|$)|{ends}$", words[0])
    near = {word: (*near_values(word, TURNING)[:1], word)[0] if len(word) > 4 else word for word in words}
    turned = tuple(sorted(_TURNS[near[word]] for word in words if near[word] in _TURNS))
    return _Sense(turned, "".join(word for word in words if near[word] not in TURNING))


def are_turned_alike(name: str, known: str) -> bool:
    """Whether neither of two names says the opposite of the other, be it with one slip."""
    return _sense(name).turned == _sense(known).turned or bool(near_values(name, (known,)))


def has_other_word(name: str, known: str) -> bool:
    """Whether two names of as many words, several, differ in one word alone, which is no misspelling of the other's.

    One edit makes no other word, be it of the first letter or in a word of two: `nudget_mode` is `budget_mode`.
    """
    words, others = snake_case(name).split("_"), snake_case(known).split("_")
    if len(words) != len(others) or len(words) == 1:
        return False
    differing = [(word, other) for word, other in zip(words, others, strict=True) if word != other]
    if len(differing) != 1:
        return False
    [(word, other)] = differing
    if _shared(word, other) >= ROOT or is_one_edit(word, other):
        return False
    return word[:1] != other[:1] or similarity(word, other) < ALIKE


def is_near_as_whole(name: str, known: str) -> bool:
    """Whether two names are near by the whole of them: each word of the one that has fewer is like one of the other's.

    They are in the same order. One shared word is not enough: `conversion_window` is no custom_conversion_id.
    """
    told = ([word for word in snake_case(one).split("_") if word not in TURNING] for one in (name, known))
    words, others = sorted(told, key=len)
    rest = iter(others)
    return all(any(is_like(word, other) for other in rest) for word in words) or similarity(name, known) >= NEARLY


def is_small_part(name: str, known: str) -> bool:
    """Whether a name has too few words of another one to be written for it.

    One that says only of what kind the field is, one of three or more, or some with two others between them: `type`
    is no deeplink_type, `enabled` no suggestion_audience_enabled, `budget_strategy` no budget_auto_adjust_strategy.
    """
    words, others = snake_case(name).split("_"), known.removeprefix("smart_plus_").split("_")
    if len(words) == 1:
        return words[0] in others and (len(others) > 2 or (words[0] in _KINDS and len(others) > 1))
    is_part = len(others) - len(words) > 1 and {*words} < {*others}
    return is_part and f"_{'_'.join(words)}_" not in f"_{known}_"


def is_like(word: str, other: str) -> bool:
    """Whether two words are the same but for a misspelling, or forms of one."""
    return word == other or _shared(word, other) >= ROOT or similarity(word, other) >= ALIKE


def as_near(name: str, nearest: str, known: Iterable[str]) -> tuple[str, ...]:
    """The names that have all words of one that has fewer, and are as near to it as the nearest one, that first."""
    if len(name) >= len(nearest) or not (words := {*snake_case(name).split("_")}) < {*nearest.split("_")}:
        return (nearest,)  # so are most
    likes = [one for one in known if one != nearest and words < {*one.split("_")}]
    least = max(similarity(name, nearest) - AHEAD, CLOSE) if likes else CLOSE
    return nearest, *(one for one in likes if similarity(name, one) >= least)


def is_one_edit(one: str, other: str) -> bool:
    """Whether two words differ by one letter that is missing, added or another, or by two that are swapped."""
    start = _shared(one, other)
    left, right = one[start:], other[start:]
    return left[1:] == right[1:] or left[1:] == right or left == right[1:] or left == right[1::-1] + right[2:]


@lru_cache(maxsize=256)
def _vocabulary(known: tuple[str, ...]) -> "_Vocabulary":
    return _Vocabulary(known)


class _Vocabulary:
    """Known words, compared as by `difflib.get_close_matches`, in a tenth of its time; none says the opposite.

    Most words are ruled out by the number of letters that they share: each word has a bit mask of its letters, with
    one bit for each occurrence.
    """

    def __init__(self, known: Iterable[str]) -> None:
        self._by_folded = {name.lower(): name for name in sorted(known)}
        self._by_letters = {letters_of(name): folded for folded, name in self._by_folded.items()}
        self._by_sense = {_sense(name): folded for folded, name in self._by_folded.items()}
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

    def nearest(self, word: str) -> tuple[str | None, bool]:
        """The most similar word, and whether no other is nearly as similar."""
        sense = _sense(word)
        same = word if word in self._by_folded else self._by_letters.get(letters_of(word))
        same = same or (self._by_sense.get(sense) if sense.rest else None)
        if same:
            return self._by_folded[same], True
        word = word.lower()
        size, best, closest, second = len(word), CLOSE, "", 0.0
        if not size or 2 * self._longest / (size + self._longest) < CLOSE:
            return None, False
        mask, matcher = self._mask(word), None
        for folded, length, other in self._masks:
            total = size + length
            if 2 * (mask & other).bit_count() / total < best - AHEAD:
                continue
            if not (_sense(folded).is_like(sense) or near_values(word, (folded,))):
                continue
            if matcher is None:
                from difflib import SequenceMatcher  # 1 ms: only where no word is the same but for its spelling

                matcher = SequenceMatcher()
                matcher.set_seq2(word)
            matcher.set_seq1(folded)
            ratio = matcher.ratio()
            if (ratio, folded) > (best, closest):
                second = best if closest else 0.0
                best, closest = ratio, folded
            else:
                second = max(second, ratio)
        if not closest or has_other_word(word, closest):
            return None, False
        return self._by_folded[closest], best - second >= AHEAD


def _letters(word: str) -> Iterator[tuple[str, int]]:
    """The letters of a word, each with the number of its earlier occurrences."""
    seen: dict[str, int] = {}
    for letter in word:
        count = seen.get(letter, 0)
        seen[letter] = count + 1
        yield letter, count


def near_values(value: str, known: Iterable[str]) -> tuple[str, ...]:
    """The values of an enumeration that one is written for: the same letters, else all that are one slip away.

    Stricter than `nearest`: values mean money and people, and one that shares most letters may mean the opposite.
    """
    return _near_values(value, tuple(known))


@remembered
def _near_values(value: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """Cached, as misspellings repeat within a file."""
    written = letters_of(value)
    letters = [_letters_of_known(one) for one in known]
    if written in letters:
        return (known[letters.index(written)],)
    return tuple(one for one, right in zip(known, letters, strict=True) if _is_slip(written, right, one))


_letters_of_known = lru_cache(maxsize=4096)(letters_of)


def _is_slip(written: str, right: str, known: str) -> bool:
    """Whether one letter is missing, added or another, or two are swapped, and what comes of it may be no other word.

    No digit differs; another letter is not the first of a word, as in UNABLE for ENABLE, nor in a short one.
    """
    if abs(len(written) - len(right)) > 1 or min(len(written), len(right)) < 2:
        return False
    if written[0] != right[0] and written[-1] != right[-1] and len(written) + len(right) > 4:
        return False  # so are most: no single slip is at both ends
    start = _shared(written, right)
    end = min(_shared(written[::-1], right[::-1]), len(written) - start, len(right) - start)
    one, other = written[start : len(written) - end], right[start : len(right) - end]
    if any(letter.isdigit() for letter in one + other):
        return False
    if len(one) + len(other) == 1 or (len(one) == 2 and one == other[::-1]):
        return True
    first = 0
    for word in map(letters_of, known.split("_")):
        if first <= start < first + len(word):
            return len(one) == len(other) == 1 and start > first and len(word) > 4
        first += len(word)
    return False


def _shared(one: str, other: str) -> int:
    """With how many equal letters two words begin."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((index for index, (letter, its) in pairs if letter != its), min(len(one), len(other)))


def ending_in(word: str, known: Iterable[str]) -> str | None:
    """The one known word that ends in a word and has more before it, as PLACEMENT_TIKTOK in TikTok; None if not one.

    What is before it does not turn it: `budget` is not written for `max_budget`. None where another one begins with
    the word: APP may be APP_IOS as well as MINI_APP.
    """
    end, known = word.lower().replace("-", "_").replace(" ", "_"), tuple(known)
    if f"_{end}\n" not in _endings(known):  # so it is for most words
        return None
    if not word or any(name.lower().startswith(f"{end}_") for name in known):
        return None
    ends = [name for name in known if name.lower().endswith(f"_{end}")]
    ends = [name for name in ends if _sense(name).turned == _sense(word).turned]
    return ends[0] if len(ends) == 1 else None


@lru_cache(maxsize=256)
def _endings(known: tuple[str, ...]) -> str:
    """Known words in lower case, each with the end of a line behind it."""
    return "".join(f"{name.lower()}\n" for name in known)


def similarity(word: str, other: str) -> float:
    """How similar two words are, as `difflib` measures it; 1 is equality."""
    from difflib import SequenceMatcher  # 1 ms: only where no word is the same but for its spelling

    return SequenceMatcher(None, other, word).ratio()


def suggestion(word: object, known: Iterable[str]) -> str:
    """`: did you mean X?` if a known word is similar, else an empty text, as for what is no text."""
    similar = nearest(word, known) if isinstance(word, str) else None
    return f": did you mean {similar}?" if similar else ""
