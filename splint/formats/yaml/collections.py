"""Adds members to YAML collections, and removes members and elements with their lines, commas and comments."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from splint.formats.operations import OperationError
from splint.formats.yaml.lines import Lines
from splint.formats.yaml.moving import Moving
from splint.formats.yaml.tree import Item, Node
from splint.formats.yaml.written import Quotes, member

_SPACE = re.compile(r"[ \t\r\n\x85\u2028\u2029]*")
_REST = re.compile(r"[ \t]*(?:[ \t]#.*)?", re.DOTALL)


class Insert(NamedTuple):
    """A change, and the depth of its collection."""

    start: int
    end: int
    text: str
    depth: int


class Group(NamedTuple):
    """The removals and additions in one collection."""

    node: Node
    depth: int
    removed: set[int]
    added: list[tuple[str, Any]]
    moving: Moving | None
    """What keeps the lines of block collections that are removed and added elsewhere; None to write these anew."""


def reshape(text: str, lines: Lines, group: Group) -> Iterator[Insert]:
    """The changes that remove and add items. Raises OperationError if the result would not be certain."""
    reshaper = (_Flow if group.node.is_flow else _Block)(text, lines, group)
    if isinstance(reshaper, _Block) and reshaper.is_replaced:
        yield reshaper.replace()
        return
    if group.removed:
        yield from reshaper.remove()
    if group.added:
        yield from reshaper.add()


class _Reshaper:
    """What block and flow collections have in common."""

    def __init__(self, text: str, lines: Lines, group: Group) -> None:
        self.text, self.lines, self.group = text, lines, group
        self.items = group.node.items
        kept = (at for at in range(len(self.items)) if at not in group.removed)
        self.first_kept = next(kept, len(self.items))
        """The index of the first item that stays; behind all items if none does."""
        kept = (at for at in reversed(range(len(self.items))) if at not in group.removed)
        self.last_kept = next(kept, -1)
        """The index of the last item that stays; -1 if none does."""

    def insert(self, start: int, end: int, text: str = "") -> Insert:
        return Insert(start, end, text, self.group.depth)

    @property
    def quotes(self) -> Quotes:
        """Those of the last key."""
        style = self.items[-1].key.style if self.items and self.items[-1].key else None
        return Quotes(style, style)

    def members(self, colon: str = ": ") -> list[str]:
        """The new members as text on one line each."""
        return [member(key, value, self.quotes, self.group.node.is_flow, colon) for key, value in self.group.added]

    def require_no_comment(self, start: int, end: int) -> None:
        """Raise OperationError if there is a comment between two indexes that have no value between them."""
        if "#" in self.text[start:end]:
            raise OperationError


class _Block(_Reshaper):
    """A block collection: its items are on lines of their own."""

    @property
    def is_replaced(self) -> bool:
        """Whether no item stays, and new ones have no line to join: there are none, or a dash is on the first line."""
        return self.last_kept < 0 and (not self.group.added or not self.lines.leads(self.items[0].start))

    def replace(self) -> Insert:
        """Write the new members in the place of all items; without any, empty brackets behind the key."""
        first, last = self.items[0], self.items[-1]
        for item, following in pairwise(self.items):
            self.require_no_comment(self.lines.after(item.end), following.start)
        start, end = first.start, len(self.text[: self.lines.after(last.end)].rstrip("\r\n"))
        if self.group.added:
            indent = self.indent()
            return self.insert(start, end, (self.lines.newline(start) + indent).join(self.new(indent)))
        start = len(self.text[:start].rstrip())
        if self.text[start - 1 : start] != ":":
            raise OperationError
        return self.insert(start, end, " []" if self.group.node.is_list else " {}")

    def remove(self) -> Iterator[Insert]:
        run = 0
        if not self.lines.leads(self.items[0].start):
            run = self.first_kept
        if run:
            yield self.move_up(run)
        removed = [self.items[at] for at in sorted(self.group.removed) if at >= run]
        yield from (self.insert(self.lines.start(item.start), self.lines.after(item.end)) for item in removed)

    def move_up(self, run: int) -> Insert:
        """Remove the first `run` items, which share a line with an outer dash; the next item moves up to it."""
        for at in range(run - 1):
            self.require_no_comment(self.lines.after(self.items[at].end), self.items[at + 1].start)
        match = _SPACE.match(self.text, self.lines.after(self.items[run - 1].end))
        return self.insert(self.items[0].start, match.end() if match else 0)

    def add(self) -> Iterator[Insert]:
        last = self.items[self.last_kept]
        at, indent, newline = self.lines.after(last.end), self.indent(), self.lines.newline(last.end)
        new = [indent + line for line in self.new(indent)]
        if at > self.lines.start(at) and self.last_kept >= 0:
            yield self.insert(at, at, "".join(newline + line for line in new))
        else:
            ending = newline if at == self.lines.start(at) else ""
            yield self.insert(at, at, newline.join(new) + ending)

    def new(self, indent: str) -> list[str]:
        """The new members, without the indentation of their first lines."""
        moving = self.group.moving
        return moving.members(self.group.added, self.quotes, indent) if moving is not None else self.members()

    def indent(self) -> str:
        for item in self.items:
            if self.lines.leads(item.start):
                return self.text[self.lines.start(item.start) : item.start]
        return " " * (self.items[0].start - self.lines.start(self.items[0].start))


class _Flow(_Reshaper):
    """A flow collection: a mapping or a list in brackets."""

    def remove(self) -> Iterator[Insert]:
        if self.last_kept < 0:
            yield self.empty()
            return
        behind = self.last_kept + 1
        for at in sorted(self.group.removed):
            if at < behind:
                yield self.cut(at)
        if behind < len(self.items):
            yield from self.shorten(behind)

    def empty(self) -> Insert:
        """Remove all items."""
        if self.group.added:
            raise OperationError
        start, end = self.group.node.start + 1, self.group.node.end - 1
        for item in self.items:
            self.require_no_comment(start, item.start)
            start = item.end
        self.require_no_comment(start, end)
        return self.insert(self.group.node.start + 1, end)

    def cut(self, at: int) -> Insert:
        """Remove an item that another one follows."""
        item, following = self.items[at], self.items[at + 1]
        if self.has_own_lines(item):
            return self.line(item)
        self.require_no_comment(item.end, following.start)
        joins = at + 1 in self.group.removed and self.has_own_lines(following)
        return self.insert(item.start, self.lines.start(following.start) if joins else following.start)

    def shorten(self, behind: int) -> Iterator[Insert]:
        """Remove the items from `behind` on, and the comma before them unless the last has a trailing one."""
        removed, end = self.items[behind:], self.items[behind - 1].end
        if all(self.has_own_lines(item) for item in removed):
            comma = self.items[behind - 1].comma
            if comma is not None and removed[-1].comma is None:
                yield self.insert(comma, comma + 1)
            yield from map(self.line, removed)
            return
        before = end
        for item in removed:
            self.require_no_comment(before, item.start)
            before = item.end
        yield self.insert(end, before)

    def line(self, item: Item) -> Insert:
        return self.insert(self.lines.start(item.start), self.lines.after(self.tail(item)))

    @staticmethod
    def tail(item: Item) -> int:
        return item.end if item.comma is None else item.comma + 1

    def has_own_lines(self, item: Item) -> bool:
        """Whether nothing else is on the lines of an item, except for its comma and a comment."""
        tail = self.tail(item)
        rest = self.text[tail : self.lines.end(tail)]
        return (
            self.lines.leads(item.start)
            and not self.text[item.end : tail].strip(" \t,")
            and bool(_REST.fullmatch(rest))
            and self.lines.end(tail) < len(self.text)
        )

    def add(self) -> Iterator[Insert]:
        if not self.items:
            yield self.fill_empty()
            return
        last = self.items[-1]
        if len(self.items) - 1 in self.group.removed:
            raise OperationError
        new = self.members(self.colon(last))
        if self.has_own_lines(last):
            indent = self.text[self.lines.start(last.start) : last.start]
            at = self.lines.end(self.tail(last))
            between = "," + self.lines.newline(at) + indent
            if last.comma is None:
                yield self.insert(last.end, last.end, ",")
            closing = "" if last.comma is None else ","
            yield self.insert(at, at, between[1:] + between.join(new) + closing)
            return
        first = self.items[0].comma
        narrow = (
            self.text[first + 1 : first + 2].strip() != ""
            if first is not None and len(self.items) > 1
            else (self.colon(last) == ":")
        )
        comma = "," if narrow else ", "
        if last.comma is None:
            yield self.insert(last.end, last.end, "".join(comma + line for line in new))
        else:
            yield self.insert(last.comma + 1, last.comma + 1, "".join(f"{comma[1:]}{line}," for line in new))

    def fill_empty(self) -> Insert:
        start, end = self.group.node.start + 1, self.group.node.end - 1
        inside = self.text[start:end]
        if inside.strip(" "):
            raise OperationError
        pad = inside[:1]
        return self.insert(start, end, pad + ", ".join(self.members()) + pad)

    def colon(self, last: Item) -> str:
        """`:` if the value follows a quoted key without a space, else `: `."""
        mark = last.mark
        tight = last.value.kind != "empty" and mark is not None and self.text[mark : mark + 1].strip() != ""
        return ":" if tight and last.key and last.key.style else ": "
