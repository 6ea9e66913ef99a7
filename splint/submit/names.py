"""Whether a name that a server lists may be another one as the server spelt it."""

import html
import unicodedata
from typing import Any


def is_near(name: str, other: Any) -> bool:
    """Whether two names are equal but for case, Unicode form, HTML escapes and blanks, or `other` is one cut off.

    An ellipsis at the end of `other` shows that it was cut off, and does not count.
    """
    ours, theirs = (_folded(each) for each in (name, str(other)))
    start = theirs.removesuffix("...").rstrip()  # NFKC spells the one character so
    is_cut = len(start) * 2 >= len(ours) and ours.startswith(start)
    return bool(start) and (ours == theirs or is_cut)


def _folded(name: str) -> str:
    unescaped = html.unescape(html.unescape(name))
    return " ".join(unicodedata.normalize("NFKC", unescaped).casefold().split())
