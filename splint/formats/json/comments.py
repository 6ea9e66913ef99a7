"""Comments in JSON with comments."""

import re
from collections.abc import Iterator

from splint.formats.comments import Gap, directives, line_comment
from splint.formats.document import Comment
from splint.formats.source import Source, Span

_NOTES = re.compile(r'"(?:[^"\\\n]|\\.)*"?|//[^\n\r]*|/\*.*?(?:\*/|\Z)', re.DOTALL)
_TRAILING = re.compile(r'"(?:[^"\\\n]|\\.)*"?|,(?=[ \t\n\r]*[}\]])', re.DOTALL)


def notes(text: str) -> Iterator[Span]:
    """Where the comments of JSON with comments stand; one that is never closed runs to the end."""
    for match in _NOTES.finditer(text):
        if text[match.start()] == "/":
            yield Span(*match.span())


def without_comments(text: str) -> str:
    """JSON with comments as JSON of the same length: comments and trailing commas become spaces."""

    def blank(match: re.Match[str]) -> str:
        token = match.group()
        return token if token[0] == '"' else re.sub(r"[^\n\r]", " ", token)

    return _TRAILING.sub(blank, _NOTES.sub(blank, text))


def comments(source: Source) -> list[Comment]:
    """The comments that speak to splint, in the file's order."""
    return list(directives(source, source.text, gaps(source.text)))


def gaps(text: str) -> list[Gap]:
    """The comments of JSON with comments, in its order."""
    return [line_comment(note.start, *note, text) for note in notes(text)]
