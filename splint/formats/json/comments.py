"""Comments in JSON with comments."""

import re
from collections.abc import Iterator

import orjson

from splint.formats.comments import Comment, Gap, directives, line_comment
from splint.formats.source import Source
from splint.formats.spans import Span

_NOTES = re.compile(r'"(?:[^"\\\n]|\\.)*"?|//[^\n\r]*|/\*.*?(?:\*/|\Z)', re.DOTALL)
_TRAILING = re.compile(r'"(?:[^"\\\n]|\\.)*"?|,(?=[ \t\n\r]*[}\]])', re.DOTALL)


def comment_spans(text: str) -> Iterator[Span]:
    """The spans of the comments in JSON with comments; an unclosed one extends to the end."""
    for match in _NOTES.finditer(text):
        if text[match.start()] == "/":
            yield Span(*match.span())


def without_comments(text: str) -> str:
    """The text with comments and trailing commas replaced by spaces: JSON of the same length."""
    return _TRAILING.sub(_blank, blanked_comments(text))


def blanked_comments(text: str) -> str:
    """The text with comments alone replaced by spaces."""
    return _NOTES.sub(_blank, text)


def _blank(match: re.Match[str]) -> str:
    token = match.group()
    return token if token[0] == '"' else re.sub(r"[^\n\r]", " ", token)


def comments(source: Source) -> list[Comment]:
    """The directives of a file, in order."""
    return list(directives(source, source.text, gaps(source.text)))


def gaps(text: str) -> list[Gap]:
    """The comments of a text as gaps, in order."""
    return [line_comment(note.start, *note, text) for note in comment_spans(text)]


def is_read(text: str) -> bool:
    """Whether a text is JSON, or JSON with comments."""
    for make in (str, without_comments):  # plain JSON first: it is much faster
        try:
            orjson.dumps(orjson.loads(make(text).encode("utf-8", "surrogatepass")))
        except (ValueError, TypeError):
            continue
        return True
    return False
