"""Places in files, as readers count them."""

from typing import Any, NamedTuple


class Position(NamedTuple):
    """A place in a file as readers count it."""

    line: int
    """From 1."""
    column: int
    """From 1, in Unicode code points."""
    offset: int
    """In bytes of the file, from 0; a byte-order mark counts."""


class Range(NamedTuple):
    """A stretch of a file, the end exclusive."""

    start: Position
    end: Position

    def model_dump(self) -> dict[str, dict[str, int]]:
        """As the JSON report writes it."""
        return {"start": self.start._asdict(), "end": self.end._asdict()}


class Excerpt(NamedTuple):
    """The source line that a range begins on, for reporters that show it; long lines are cut around the range."""

    line: int
    text: str
    start: int
    """Where the range begins in `text`, in code points from 0."""
    length: int
    """How many code points of the line it covers, at least 1."""


class Edit(NamedTuple):
    """A stretch of the file that is replaced; of no length where something comes in."""

    range: Range
    content: str

    def model_dump(self) -> dict[str, Any]:
        """As the JSON report writes it."""
        return {"range": self.range.model_dump(), "content": self.content}
