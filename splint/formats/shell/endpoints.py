"""What in a script names an endpoint of TikTok's API: a URL, or a text with a curl command."""

import re

from splint.formats.shell.words import Piece, Word
from splint.schema.placeholders import variable

CURL = r"(?:[^\s$`]*/)?curl(?:\.exe)?"
"""The name of curl in a text."""
OUTPUT = "$(...)"
"""What stands in a URL for the output of a command, of which only a run tells."""
_TIKTOK = ("/open_api/", "/smart_plus/", "/campaign/", "/adgroup/", "/ad/", "/v1.")
_BRACES = re.compile(r"(?<![^/])[^/\s?{}]*(?<![\\$])\{[^{}\s?]*,[^{}\s?]*\}[^/\s?{}]*")
"""A step of a path with some texts, of which each is put into a URL of its own."""
_ENDPOINT = re.compile(r"(?<![^\s'\"\\=])[^\s'\"\\=]*?(?:tiktok\.com|/open_api/|smart_plus/)[^\s'\"\\]*")
_COMMAND = re.compile(
    r"(?:\A|[;&|(){}\n]|(?<![^\s;&|(){}])(?:do|then|else|exec|time|sudo)[ \t])[ \t]*+"
    r"(?:\w++=[^\s;&|]*+[ \t]++)*+(?:[^\s$`;&|(){}]*/)?curl(?:\.exe)?\s"
)
"""A text that is a command of curl, or has one."""


def is_of_interest(url: str) -> bool:
    """Whether a URL looks like TikTok's API."""
    return "tiktok.com" in url.lower() or any(part in url for part in _TIKTOK)


def with_open_braces(url: str) -> str:
    """A URL with a variable in the place of a step such as {campaign,ad}, of which the shell or curl makes several."""
    return _BRACES.sub(variable("STEP"), url) if "{" in url and "," in url else url


def without_output(word: Word) -> Word:
    """A word without the texts of its substitutions, which say nothing of what these print."""
    if not any(piece.is_expansion and word.text_of(piece).startswith(("$(", "`")) for piece in word.pieces):
        return word
    return word.made_of(
        piece._replace(text=OUTPUT, inner=()) if word.text_of(piece).startswith(("$(", "`")) else piece
        for piece in word.pieces
    )


def endpoint_in(text: Word) -> Word | None:
    """The first endpoint in a text, as a word; None without one."""
    text = without_output(text)
    found = _ENDPOINT.search(text.text)
    if found is None or not is_of_interest(found[0]):
        return None
    start, end = text.source_map(None).span(*found.span())
    return Word(text.source, text.start, end, [Piece(start, end, found[0])])


def holds_command(word: Word) -> bool:
    """Whether a word is the text of a curl command, which what it is given to may run."""
    if "curl" not in word.text:
        return False
    text = "".join("$" if piece.inner else word.text_of(piece) for piece in word.pieces)
    return _COMMAND.search(text) is not None
