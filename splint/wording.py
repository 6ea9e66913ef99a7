"""Words that messages have in common."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that a misspelt one most likely means, None when nothing is close."""
    return _nearest(word, tuple(known))


@lru_cache(maxsize=1024)
def _nearest(word: str, known: tuple[str, ...]) -> str | None:
    """Kept, as it takes 20 to 120 microseconds: what is misspelt in one object often is in the next, too."""
    from difflib import get_close_matches

    by_folded = {name.lower(): name for name in sorted(known)}
    found = get_close_matches(word.lower(), by_folded, n=1, cutoff=0.7)
    return by_folded[found[0]] if found else None


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
