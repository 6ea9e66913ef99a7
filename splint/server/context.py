"""What is known of an offset of a view: the document, the keys around it, what is typed, and what may stand there."""

import re
from typing import Literal, NamedTuple

from splint.formats.spans import Span
from splint.schema.kinds import Shape
from splint.server.block import cursor_in_document
from splint.server.flow import Cursor, Token, cursor_in
from splint.server.regions import Region, region_at
from splint.server.shapes import Slot, objects_at
from splint.server.view import View

Path = tuple[str | None, ...]


class Context(NamedTuple):
    """Where an offset stands."""

    region: Region
    cursor: Cursor
    path: Path
    """From the document's root to the object or list around the offset: keys, and None for entries of lists."""
    shapes: tuple[Shape, ...]
    """What the object around it may be; several where that is open."""
    slots: tuple[Slot, ...]
    """What may be typed as a value there."""
    is_update: bool
    """Whether the object stands at TikTok already: nothing is required of it."""

    @property
    def document(self) -> int:
        """The number of its document, from 0; see Region.number."""
        return self.region.number

    @property
    def role(self) -> Literal["key", "value", "either"]:
        """Whether a key or a value is typed; either where a line of YAML may become one or the other."""
        return self.cursor.role

    @property
    def keys(self) -> frozenset[str]:
        """The keys that the object has already, but for the one that is typed."""
        return frozenset(self.cursor.frames[-1].keys)

    @property
    def typed(self) -> Token:
        """What is typed, with the indices of the region's text."""
        return self.cursor.token

    @property
    def span(self) -> Span:
        """The range of what is typed in the buffer, without its quotes."""
        return self.region.span(self.typed.start, self.typed.end)


def context_at(view: View, offset: int) -> Context | None:
    """Where an offset stands; None in a comment, outside of all documents and in a settings file."""
    region = region_at(view, offset)
    if region is None:
        return None
    if region.language == "yaml":
        cursor = cursor_in_document(region.text, region.at, region.start, region.stop)
    else:
        dialect: Literal["json", "jsonc"] = "jsonc" if region.language == "jsonc" else "json"
        cursor = cursor_in(region.text, region.at, dialect, region.start, region.stop)
    if cursor is None:
        return None
    path = tuple(frame.key for frame in cursor.frames[1:])
    return Context(region, cursor, path, *objects_at(cursor, region.url))


class CodeContext(NamedTuple):
    """A word that names rules: its code, a prefix or its name, where one is or may be typed."""

    text: str
    span: Span
    """In the buffer."""
    words: frozenset[str]
    """The words that stand beside it in the same list."""


_DIRECTIVE = re.compile(r"\bsplint[ \t]*:[ \t]*[\w-]*[ \t]*\[([^\]\n]*)")
_MARKS = ("#", "//", "/*", "<!--")
REACH = 4096
"""The most code points before and behind an offset in which a comment is looked for."""
_CODE_WORD = re.compile(r"[^\s,\[\]]+")


def code_in_comment(view: View, offset: int) -> CodeContext | None:
    """The code that an offset stands at within the brackets of a suppression comment."""
    offset = view.clamped(offset)
    text = view.text
    first, last = max(offset - REACH, 0), min(offset + REACH, len(text))
    start, end = max(text.rfind("\n", first, offset) + 1, first), text.find("\n", offset, last)
    for match in _DIRECTIVE.finditer(text, start, last if end < 0 else end):
        is_note = any(mark in text[start : match.start()] for mark in _MARKS)
        if is_note and match.start(1) <= offset <= match.end(1):
            words = list(_CODE_WORD.finditer(text, *match.span(1)))
            at = next((word for word in words if word.start() <= offset <= word.end()), None)
            span = Span(*at.span()) if at else Span(offset, offset)
            return CodeContext(text[slice(*span)], span, frozenset(word.group() for word in words if word is not at))
    return None
