"""Positions and ranges in files."""

from typing import Any, NamedTuple


class Position(NamedTuple):
    """A position in a file."""

    line: int
    """From 1."""
    column: int
    """From 1, in Unicode code points."""
    offset: int
    """In bytes of the file, from 0; a byte-order mark counts."""


class Range(NamedTuple):
    """A range of a file; the end is exclusive."""

    start: Position
    end: Position

    def model_dump(self) -> dict[str, dict[str, int]]:
        """As the JSON report writes it."""
        return {"start": self.start._asdict(), "end": self.end._asdict()}


class Excerpt(NamedTuple):
    """The source line on which a range begins; long lines are cut around the range."""

    line: int
    text: str
    start: int
    """The start of the range in `text`, in code points from 0."""
    length: int
    """The length of the range on this line in code points, at least 1."""


class Edit(NamedTuple):
    """A replacement of a range of a file; the range is empty for an insertion."""

    range: Range
    content: str

    def model_dump(self) -> dict[str, Any]:
        """As the JSON report writes it."""
        return {"range": self.range.model_dump(), "content": self.content}
