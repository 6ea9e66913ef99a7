"""Edits of a payload in Markdown or plain text: fenced blocks and commands, in lists and quotations.

The text is read again afterwards; the edit is refused unless the payload is the changed one.
"""

import re
from collections.abc import Callable, Sequence
from functools import cached_property

from splint.formats.document import Document
from splint.formats.edits import Change, Edit, Proof, Read, joined, mapped, proved, source_map_at
from splint.formats.markdown.reader import read_markdown, read_text
from splint.formats.shell.edits import Pieces
from splint.formats.source import Span
from splint.formats.source_map import SourceMap

_BLANK = re.compile(r"[ \t\r]*(?:\n|\Z)")
_PROMPT = re.compile(r"[ \t]*[$%#][ \t]")


def changes_in_prose(
    document: Document, source_map: SourceMap, wanted: Sequence[Sequence[Change]]
) -> list[list[Change] | None]:
    """The changes of the file that result in the sorted changes of the document's text; None if impossible.

    Each of `wanted` is by itself. Both readers of prose that produce the document verify the result.
    """
    path, text = document.source.path, document.source.text
    levels, edits = _levels(source_map, text), list[Edit | None]()
    for changes in map(joined, wanted):
        translated: list[Change] | None = changes
        for to_outer in levels:
            translated = mapped(translated, to_outer) if translated is not None else None
        edits.append(Edit(changes, translated) if translated is not None else None)
    if not any(edits):
        return [None] * len(wanted)
    readers: list[Read] = [read for read in (read_markdown, read_text) if _is_reader(read, path, text, source_map)]
    return proved(edits, Proof(document, source_map, Span(0, len(text)), readers).holds)


def _levels(source_map: SourceMap, text: str) -> list[Callable[[Change], Change | None]]:
    """What maps changes to the text around them, for each source map from the innermost to the file."""
    level: SourceMap | None = source_map
    extent, levels = Span(0, len(source_map.text)), list[Callable[[Change], Change | None]]()
    while level is not None:
        is_lines = level.segments[0].quote == "lines"
        levels.append((_Lines(level, text, extent) if is_lines else Pieces(level)).change)
        extent = Span(level.segments[0].start, level.segments[-1].end)
        level = level.outer
    return levels


def _is_reader(read: Read, path: str, text: str, source_map: SourceMap) -> bool:
    """Whether a reader produces the same source map."""
    other = source_map_at(source_map.whole.start, read, path, text)
    if other is None or other.text != source_map.text:
        return False
    return (other.outer and other.outer.text) == (source_map.outer and source_map.outer.text)


class _Lines:
    """Maps changes in lines to the text in which each line has a margin: of a list, a quotation or a prompt."""

    def __init__(self, source_map: SourceMap, text: str, extent: Span) -> None:
        self._source_map = source_map
        self._text = text
        self._extent = extent

    def change(self, change: Change) -> Change | None:
        """The change in the text with margins; None if the margin of new lines is ambiguous."""
        start, end, text = change
        margin = self._margin if "\n" in text else ""
        if margin is None:
            return None
        is_lines = text.endswith("\n") or not text
        if is_lines and self._is_line_start(start) and self._is_line_start(end):
            put = re.sub(r"^(?=.|\n)", lambda _: margin, text, flags=re.MULTILINE)
            return Change(self._line_start(start), self._line_start(end), put)
        if self._is_end(start):
            return None
        first, put = self._source_map.origin(start), text.replace("\n", "\n" + margin)
        if self._is_end(end) and text.endswith("\n"):
            put = put.removesuffix(margin)
        if self._is_line_start(start) and self._is_blank(start):
            before = self._margin
            if before is None:
                return None
            first, put = self._line_start(start), before + put
        return Change(first, self._source_map.origin(end), put)

    def _is_end(self, index: int) -> bool:
        """Whether an index is after the end of the last line."""
        return index == len(self._source_map.text) and self._is_line_start(index)

    def _is_line_start(self, index: int) -> bool:
        return index == 0 or self._source_map.text[index - 1] == "\n"

    def _is_blank(self, start: int) -> bool:
        """Whether the line that begins at an index is empty, so that it may lack the margin."""
        return _BLANK.match(self._source_map.text, start) is not None

    def _line_start(self, index: int) -> int:
        """The start of the line of an index in the surrounding text, before its margin."""
        return self._text.rfind("\n", 0, self._source_map.origin(index)) + 1

    @cached_property
    def _margin(self) -> str | None:
        """The common margin of the document's lines, for new lines; None if they have different ones."""
        lines = self._source_map.text
        first, end = self._extent
        starts = [first] if self._is_line_start(first) else []
        starts += [match.end() for match in re.compile(r"\n").finditer(lines, first, max(end - 1, first))]
        margins = {self._margin_of(start) for start in starts if not self._is_blank(start)}
        if not margins:
            start = lines.rfind("\n", 0, first) + 1
            return None if _PROMPT.match(lines, start) else self._margin_of(start)
        return margins.pop() if len(margins) == 1 else None

    def _margin_of(self, start: int) -> str:
        return self._text[self._line_start(start) : self._source_map.origin(start)]
