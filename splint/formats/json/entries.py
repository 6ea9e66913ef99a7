"""The members of an object and the elements of an array, with their places, for edits of a JSON text."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from splint.formats.edits import Change
from splint.formats.spans import Span


class Window(NamedTuple):
    """A range of a text, and the brackets to put before and after it so that it is a value."""

    before: str
    span: Span
    after: str


class Entry(NamedTuple):
    """A member of an object or an element of an array."""

    step: str
    first: int
    """The start of its key, or of an element's value."""
    key_end: int
    start: int
    """The start of its value."""
    end: int
    comma: int | None
    """The index of the comma after it."""
    lead: int
    """The index after the comma or bracket before it."""

    @property
    def end_with_comma(self) -> int:
        return self.end if self.comma is None else self.comma + 1


class Container(NamedTuple):
    """An object or an array."""

    opening: int
    """The index of its opening bracket."""
    closing: int
    entries: list[Entry]
    places: dict[str, list[int]]
    """The indexes of entries by key, or by index as text."""
    is_broken: bool
    """Whether a line break precedes an entry."""
    is_object: bool

    def window(self, edits: Sequence[Change], whole: Window) -> Window:
        """A range that is JSON after sorted edits if all of the container is, which is `whole`.

        It begins with the entry before the edits and ends with the one after them, which do not change.
        """
        first = bisect_right(self.entries, edits[0].start, key=lambda entry: entry.end) - 1
        last = bisect_left(self.entries, edits[-1].end, key=lambda entry: entry.first)
        opening, closing = "{}" if self.is_object else "[]"
        before, start = ("", whole.span.start) if first < 0 else (opening, self.entries[first].first)
        after, end = ("", whole.span.end) if last == len(self.entries) else (closing, self.entries[last].end)
        return Window(before, Span(start, end), after)
