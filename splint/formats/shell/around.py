"""What blocks of commands say to each other, and the lines that change what others send."""

from typing import NamedTuple

from splint.formats.shell.curl import FromFile
from splint.formats.shell.values import Values
from splint.formats.shell.words import Command
from splint.formats.source_map import SourceMap
from splint.formats.spans import Span

_LONGEST = 500
"""The most characters of a line that are looked at on each side: many requests may stand on one."""


class Around(NamedTuple):
    """The blocks of commands of a text as one script."""

    values: Values
    seen: set[int]
    """Where the requests stand that a block has by itself."""
    source_map: SourceMap

    def change_of(self, file: FromFile, request: Command, place: int) -> Span | None:
        """The line of a block above a request, at a place of the source, that may change the file that it sends."""
        at = self.values.change_of(file, request, self.source_map.index_of(place))
        return None if at is None else self.source_map.span(*line_at(self.source_map.text, at))


def line_at(text: str, at: int) -> Span:
    """The line of a text at an index, without the blanks around it."""
    first, last = max(at - _LONGEST, 0), min(at + _LONGEST, len(text))
    start, end = text.rfind("\n", first, at) + 1 or first, text.find("\n", at, last)
    line = text[start : last if end < 0 else end]
    return Span(start + len(line) - len(line.lstrip()), start + len(line.rstrip()))
