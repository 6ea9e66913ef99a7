"""What the words of a call name: an endpoint, a base of endpoints, a body."""

import re

from splint.formats.shell.curl import opens_json
from splint.formats.shell.endpoints import is_of_interest
from splint.formats.shell.templates import joined
from splint.formats.shell.words import Piece, Word, lone

SMART_PLUS = re.compile(r"(?:\S*/)?smart_plus/\w+/\w+(?:/\w+)*/?")
_BASE = re.compile(r"tiktok\.com/?\Z|/(?:open_api|v1\.\d|smart_plus)/?\Z")
"""The end of what stands before the path of an endpoint."""
_PATH = re.compile(r"/?[a-z_]+(?:/[a-z_]+)*/?")
_MENTIONS = frozenset(
    {
        *("builtin", "case", "complete", "declare", "hash", "man", "mapfile"),
        *("read", "readarray", "type", "typeset", "unset", "which"),
    }
)
"""Commands whose words call no function, whatever they name."""
_LISTS = frozenset({"bash", "exec", "for", "select", "sh"})
"""Those that list names which a variable may call, or run a file of that name."""
ARRAY = re.compile(r"\b\w+\+?=\([^()]*\)")
"""A variable that is set to an array."""


def only_mentions(words: list[Word]) -> bool:
    """Whether a command calls no function that its words name."""
    is_asked = [word.text for word in words[:2]] in (["command", "-v"], ["command", "-V"])
    return is_asked or (words != [] and words[0].text in _MENTIONS)


def only_lists(words: list[Word]) -> bool:
    """Whether a command itself calls no function that its words name, but may have a variable for it."""
    return words != [] and (words[0].text in _LISTS or "/" in words[0].text)


def is_base(word: Word) -> bool:
    """Whether a word is the base of endpoints."""
    return _BASE.search(word.text) is not None


def is_endpoint(word: Word) -> bool:
    """Whether a word is the path or the URL of an endpoint."""
    return is_of_interest(f"/{word.text}") and not is_base(word) and re.search(r"\s", word.text) is None


def is_body(word: Word) -> bool:
    """Whether a word is a body, or the name of a file with one."""
    return opens_json(word) or word.text.endswith(".json")


def has_all(words: list[Word]) -> bool:
    """Whether among the words of a call are those that a function is given, however many they are."""
    firsts = ((word, piece) for word in words for piece in word.pieces[:1] if piece.is_expansion)
    return any(re.search(r"[@*]", word.text_of(piece)) for word, piece in firsts)


def named_by(words: list[Word]) -> Word | None:
    """The URL that the words of a call name: one of them, or a base and the path beside it."""
    named = (at for at, word in enumerate(words) if is_base(word) or is_endpoint(word))
    at = next(named, len(words))
    if at == len(words):
        return None
    word, before, behind = words[at], words[max(at - 1, 0) : at], words[at + 1 : at + 2]
    if is_base(word):
        is_path = behind != [] and _PATH.fullmatch(behind[0].text) is not None
        path = behind[0] if is_path else Piece(0, 0, "$1", is_expansion=True)
        return _put_together(word, path) if is_path or any(map(is_body, words)) else None
    if _PATH.fullmatch(word.text) is None or SMART_PLUS.fullmatch(word.text):
        return word
    bases = [one for one in before if lone(one)] + [one for one in behind if is_base(one)]
    return _put_together(bases[0] if bases else Piece(0, 0, "$1", is_expansion=True), word)


def _put_together(base: Word | Piece, path: Word | Piece) -> Word:
    """A base of URLs and a path as one word, with one slash between them; one of them is a word."""
    first = base if isinstance(base, Word) else path
    assert isinstance(first, Word)
    base = base.before(len(base.text.rstrip("/"))) if isinstance(base, Word) and base.text.endswith("/") else base
    path = path.after(1) if isinstance(path, Word) and path.text.startswith("/") else path
    return joined([base, Piece(0, 0, "/"), path], first)
