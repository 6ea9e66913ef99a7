"""Edits of texts: replacements that do not overlap, mapped through source maps and verified by reading again."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from io import BytesIO
from itertools import pairwise
from typing import NamedTuple

from splint.formats.document import Document
from splint.formats.fault import SyntaxFault
from splint.formats.operations import OperationError
from splint.formats.source_map import SourceMap
from splint.formats.spans import Span

Read = Callable[[str, BytesIO], Iterator[Document | SyntaxFault]]
"""A reader: yields the documents and faults of a stream."""


class Change(NamedTuple):
    """A replacement of a range of a text; changes sort by position."""

    start: int
    """In code points, as `end` is."""
    end: int
    """Exclusive."""
    text: str


def applied(text: str, changes: Iterable[Change]) -> str:
    """The text after the changes, which must not overlap."""
    parts, index = list[str](), 0
    for change in sorted(changes):
        parts += text[index : change.start], change.text
        index = change.end
    return "".join([*parts, text[index:]])


def moved(changes: Iterable[Change], by: int) -> list[Change]:
    """The changes, shifted by `by` code points."""
    return [Change(start + by, end + by, text) for start, end, text in changes]


def merged(changes: Iterable[Change]) -> list[Change]:
    """The changes, sorted, with adjacent ones joined; insertions at one index keep their order.

    Raises OperationError if two changes overlap.
    """
    made: list[Change] = []
    for change in sorted(changes, key=lambda change: change[:2]):
        if made and change.start <= made[-1].end:
            last = made.pop()
            if change.start < last.end:
                raise OperationError
            change = Change(last.start, change.end, last.text + change.text)
        made.append(change)
    return [change for change in made if change.text or change.end > change.start]


def are_apart(changes: Sequence[Change]) -> bool:
    """Whether sorted changes do not overlap."""
    return all(before.end <= after.start for before, after in pairwise(changes))


def dropped(changes: Iterable[Change], comments: Sequence[Span]) -> list[Span]:
    """The comments, of those of a text, which are sorted, that changes delete at least a part of."""
    found = list[Span]()
    for change in changes:
        at = bisect_right(comments, change.start, key=lambda comment: comment.end)
        while at < len(comments) and comments[at].start < change.end:
            found.append(comments[at])
            at += 1
    return found


def joined(changes: Sequence[Change]) -> list[Change]:
    """Sorted changes with adjacent ones joined, so that no quote is closed and opened again between them."""
    made: list[Change] = []
    for change in changes:
        if made and made[-1].end == change.start:
            change = Change(made[-1].start, change.end, made.pop().text + change.text)
        made.append(change)
    return made


def mapped(changes: Iterable[Change], to_source: Callable[[Change], Change | None]) -> list[Change] | None:
    """Each change mapped by `to_source`; None if it returns None for one, or if mapped changes overlap."""
    made = []
    for change in changes:
        translated = to_source(change)
        if translated is None:
            return None
        made.append(translated)
    return made if are_apart(made) else None


# -- reading again -----------------------------------------------------------------------------------------------------


class Edit(NamedTuple):
    """Sorted changes of a mapped text, and those of its source that come to the same."""

    changes: list[Change]
    in_source: list[Change]


def proved(edits: Sequence[Edit | None], holds: Callable[[list[Edit]], bool]) -> list[list[Change] | None]:
    """The changes in the source of each edit that is right; None for the others.

    `holds` proves edits that do not touch, all at once; where it fails, their halves are proved.
    """
    right: set[int] = set()
    same: dict[tuple[Change, ...], int] = {}
    for at, edit in enumerate(edits):
        if edit is not None:
            same.setdefault(tuple(edit.changes), at)
    right.update(at for changes, at in same.items() if not changes)
    waiting = sorted((changes, at) for changes, at in same.items() if changes)
    while waiting:
        group, later, end = list[int](), list[tuple[tuple[Change, ...], int]](), -1
        for changes, at in waiting:
            if changes[0].start > end:
                group.append(at)
                end = changes[-1].end
            else:
                later.append((changes, at))
        groups = [group]
        for group in groups:  # which grows
            if holds([edit for edit in map(edits.__getitem__, group) if edit is not None]):
                right.update(group)
            elif len(group) > 1:
                groups += [group[: len(group) // 2], group[len(group) // 2 :]]
        waiting = later
    return [edit.in_source if edit is not None and same[tuple(edit.changes)] in right else None for edit in edits]


class Proof(NamedTuple):
    """Verifies edits of a mapped text: reads the changed lines of its source again and compares the result."""

    document: Document
    source_map: SourceMap
    """Of the document."""
    lines: Span
    """The range of the source that is read again."""
    readers: Sequence[Read]
    """The readers that produce the document from these lines."""
    head: str = ""
    """The line that they follow when they are read again, such as the opening line of their block."""

    def holds(self, edits: Iterable[Edit]) -> bool:
        """Whether the source after edits reads as the mapped text after them.

        Every reader must read the same text at the same range, with the same expansions.
        """
        path, by = self.document.source.path, len(self.head) - self.lines.start
        start, end = self.source_map.whole
        edits = list(edits)
        changes = [change for edit in edits for change in edit.changes]
        made = moved((change for edit in edits for change in edit.in_source), by)
        growth = sum(len(change.text) - (change.end - change.start) for change in made)
        whole = Span(start + by, end + by + growth)
        expected = applied(self.source_map.text, changes)
        after = applied(self.head + self.document.source.text[slice(*self.lines)], made)
        again = [source_map_at(whole.start, read, path, after) for read in self.readers]
        return bool(again) and all(
            other is not None
            and other.text == expected
            and other.whole == whole
            and _expansions(other) == _expansions(self.source_map)
            for other in again
        )


def source_map_at(start: int, read: Read, path: str, text: str) -> SourceMap | None:
    """The source map of the document that a reader finds at an index of a text."""
    return next((found for found in source_maps(read, path, text) if found.origin(0) == start), None)


def source_maps(read: Read, path: str, text: str) -> Iterator[SourceMap]:
    """The source maps of the documents that a reader finds in a text."""
    for item in read(path, BytesIO(text.encode("utf-8", "surrogatepass"))):
        if isinstance(item, Document) and item.written and item.written.source_map is not None:
            yield item.written.source_map


def _expansions(source_map: SourceMap) -> list[str]:
    return [segment.text for segment in source_map.segments if segment.quote == "expansion"]
