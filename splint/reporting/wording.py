"""The wording of messages: numbers, lists, values, and suggestions for misspelt words."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import re
    from decimal import Decimal

CLOSE = 0.7
"""The least similarity of two words for a suggestion; 1 is equality."""
AHEAD = 0.1
"""By how much a word is more similar than all others where it alone is close."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that is most similar to a misspelt one; None if none is similar enough.

    One that differs in case, `_` and `-` only comes first.
    """
    return _nearest(word, tuple(known))[0]


def only_near(word: str, known: Iterable[str]) -> str | None:
    """The known word that alone is similar to a misspelt one; None if none is, or another one nearly as much."""
    similar, is_alone = _nearest(word, tuple(known))
    return similar if is_alone else None


@lru_cache(maxsize=1024)
def _nearest(word: str, known: tuple[str, ...]) -> tuple[str | None, bool]:
    """Cached, as misspellings repeat within a file."""
    return _vocabulary(known).nearest(word)


def is_respelled(word: str, known: str) -> bool:
    """Whether two words differ in case, `_`, `-`, `.` and blanks only: `campaignName` is `campaign_name`."""
    return letters_of(word) == letters_of(known)


def letters_of(word: str) -> str:
    """A word in lower case, without `_`, `-`, `.` and blanks."""
    return word.translate(_NO_SEPARATORS).lower()


def snake_case(key: str) -> str:
    """A key as TikTok would spell it: `locationIds` and `Location-Ids` are `location_ids`."""
    import re

    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|[- ]", "_", key).lower()


_NO_SEPARATORS = str.maketrans("", "", "_-. ")
_TURNS = {
    **dict.fromkeys(("exclude", "excluded", "disable", "disabled", "off", "of"), "not"),
    **dict.fromkeys(("min", "minimum"), "least"),
    **dict.fromkeys(("max", "maximum"), "most"),
}
"""Words that turn what a name says, and into what."""
_TURNING = (*_TURNS, "include", "included", "enable", "enabled", "on")
"""The same with their opposites, which names are without as well: `catalog` says what `catalog_enabled` does."""


class _Sense(NamedTuple):
    """What a name says apart from its letters: two names mean the same thing only where they are turned alike."""

    turned: frozenset[str]
    rest: str
    """Its other letters."""

    def is_like(self, other: "_Sense") -> bool:
        """Whether neither name says the opposite of the other, nor is like it by the turning word alone."""
        return self.turned == other.turned and (not self.turned or similarity(self.rest, other.rest) >= CLOSE)


@lru_cache(maxsize=4096)
def _sense(name: str) -> _Sense:
    """The sense of a name; a turning word counts with a slip in it if it is long, or at an end of a single word."""
    import re

    words = snake_case(name).split("_")
    if len(words) == 1:
        starts, ends = r"(?:excluded?|disabled?|(?:min|max)(?=.{4}))", "(?:off|disabled?)"
        words = re.findall(rf"^{starts}|.+?(?={ends}$|$)|{ends}$", words[0])
    near = {word: (*near_values(word, _TURNING)[:1], word)[0] if len(word) > 4 else word for word in words}
    turned = frozenset(_TURNS[near[word]] for word in words if near[word] in _TURNS)
    return _Sense(turned, "".join(word for word in words if near[word] not in _TURNING))


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
                from difflib import SequenceMatcher

                matcher = SequenceMatcher()
                matcher.set_seq2(word)
            matcher.set_seq1(folded)
            ratio = matcher.ratio()
            if (ratio, folded) > (best, closest):
                second = best if closest else 0.0
                best, closest = ratio, folded
            else:
                second = max(second, ratio)
        return (self._by_folded[closest], best - second >= AHEAD) if closest else (None, False)


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


@lru_cache(maxsize=1024)
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
    if not word or any(name.lower().startswith(f"{end}_") for name in known):
        return None
    ends = [name for name in known if name.lower().endswith(f"_{end}")]
    ends = [name for name in ends if _sense(name).turned == _sense(word).turned]
    return ends[0] if len(ends) == 1 else None


def similarity(word: str, other: str) -> float:
    """How similar two words are, as `difflib` measures it; 1 is equality."""
    from difflib import SequenceMatcher

    return SequenceMatcher(None, other, word).ratio()


def suggestion(word: str, known: Iterable[str]) -> str:
    """`: did you mean X?` if a known word is similar, else an empty text."""
    similar = nearest(word, known)
    return f": did you mean {similar}?" if similar else ""


def at(pointer: str) -> str:
    """A pointer as messages show it; that of the whole document, which is empty, in words."""
    return pointer or "(root)"


def either(words: Sequence[str], last: str = "or") -> str:
    """`a, b or c`."""
    return f"{', '.join(words[:-1])} {last} {words[-1]}" if len(words) > 1 else "".join(words)


def exact(value: float) -> "Decimal":
    """A number as an exact decimal: 0.1 is a tenth."""
    return _decimal()(str(value))


@cache
def _decimal() -> "type[Decimal]":
    """The type of exact decimals: most runs need none, and to import it takes longer than to make one."""
    from decimal import Decimal

    return Decimal


def amount(value: "float | Decimal") -> str:
    """A number without trailing zeros and exponent: 15.0 is 15."""
    exact = _decimal()(str(value))
    if not exact.is_finite():
        return str(value)
    text = f"{exact:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def spelled(value: object, most: int | None = 60) -> str:
    """A value as JSON, cut to `most` characters, whole if None.

    An integer of more than 64 bits is the double that JSON reads it as.
    """
    import orjson

    try:
        text = orjson.dumps(value).decode()
    except TypeError:
        text = str(float(value) if isinstance(value, int) else value)
    return text if most is None or len(text) <= most else f"{text[: most - 3]}..."


def term(value: str) -> str:
    """A value of an enumerated field: bare if it is an identifier, else as JSON."""
    return value if value.isidentifier() and len(value) <= 60 else spelled(value)


def counted(count: int, noun: str) -> str:
    """A count with its noun: 1 error, 2 errors."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def safe(text: str) -> str:
    """`text` with control and bidirectional characters escaped, so that a payload cannot control the terminal."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() or char == "\t" else _spelled(char) for char in text)


def without_commands(text: str) -> str:
    """`text` with a character spelled out of what the log of GitHub or Azure would take for a command to the runner.

    For GitHub it begins with `::` and a letter at the start of a line, for Azure with `##vso[` or `##[` anywhere, which
    GitHub reads too.
    """
    if "::" not in text and "##" not in text:
        return text
    return _commands().sub(lambda match: f"{match[0][:-1]}{_spelled(match[0][-1])}", text)


@cache
def _commands() -> "re.Pattern[str]":
    import re

    return re.compile(r"(?<![^\r\n])[^\S\r\n]*+:(?=:[a-z])|#(?=#(?:vso)?\[)", re.IGNORECASE)


def _spelled(char: str) -> str:
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def json_text(value: object, *, indent: bool = False) -> str:
    """A value as JSON text. What does not print is escaped, and what a CI runner would take for a command."""
    import orjson

    try:
        text = orjson.dumps(value, option=orjson.OPT_INDENT_2 if indent else 0).decode()
    except TypeError:  # a lone surrogate, in the name of a file or in a value given to the library
        import json

        text = json.dumps(value, indent=2 if indent else None)
    if not text.isascii() or "\x7f" in text:
        for char in sorted(set(text)):
            if not char.isprintable() and char != "\n":
                text = text.replace(char, _as_json(char))
    return _commands().sub(lambda match: _as_json(match[0]), text) if "##" in text else text


def _as_json(char: str) -> str:
    data = char.encode("utf-16-be").hex()
    return "".join(f"\\u{data[at : at + 4]}" for at in range(0, len(data), 4))


def install(extra: str) -> str:
    """The command that brings an extra, of a release and in a checkout."""
    return f"pip install 'splint-smartplus[{extra}]' (in a checkout: pip install '.[{extra}]')"
