"""The places of a YAML document that has been read before, from the same events that made its value."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from splint.formats.document import DuplicateKey, NodeSpan, Origin
from splint.formats.pointer import escape, reference_tokens
from splint.formats.source import Span
from splint.formats.yaml.scalars import STR

BREAK = r"\r\n\x85\u2028\u2029"
_PROPERTIES = re.compile(
    rf"(?:(?:&[\w-]+|!<[^>]*>|![^ \t{BREAK},\[\]]*)(?:[ \t{BREAK}]|(?<=[ \t{BREAK}])#[^{BREAK}]*)*)+"
)
"""Anchor and tag with the space and comments behind them, none of which is part of the value."""
_BLOCK_SCALAR = re.compile(rf"[|>][-+0-9]*(?:.*[^ \t{BREAK}][^{BREAK}]*)?", re.DOTALL)
_BLOCK_HEADER = re.compile(r"[|>][-+0-9]*")


Chunk = tuple[int, int]
"""A span before it is one of the source: indexes of the document's own text."""


class _Node:
    """Where a value stands, and what is in it by the step that leads there."""

    __slots__ = ("children", "end", "listed", "opening", "start")

    def __init__(self, start: int, end: int, opening: Chunk, listed: bool) -> None:
        self.start, self.end, self.opening, self.listed = start, end, opening, listed
        self.children: dict[str, tuple[_Node, Chunk | None]] = {}


class _Frame:
    """A collection while its events come in."""

    __slots__ = ("bracketed", "key", "merges", "merging", "node", "part", "seen", "step")

    def __init__(self, node: _Node, step: str, bracketed: bool) -> None:
        self.node, self.step, self.bracketed = node, step, bracketed
        self.key: str | None = None
        self.part: Chunk | None = None
        self.merging = False
        self.merges: list[_Node] = []
        self.seen: dict[tuple[str, bool], Chunk] = {}

    def begin(self, key: str, part: Chunk, merging: bool) -> Chunk:
        """Take a key, whose value comes next; returns the first place of the same key."""
        if not self.seen and not self.bracketed:
            self.node.opening = part
        self.key, self.part, self.merging = key, part, merging
        self.node.end = part[1]
        return self.seen.setdefault((key, merging), part)

    def put(self, node: _Node, end: int) -> str:
        """Take a value; returns the step that leads to it."""
        step = str(len(self.node.children)) if self.key is None else self.key
        if self.merging:
            self.merges.append(node)
        else:
            self.node.children[step] = (node, self.part)
        self.key, self.part, self.merging = None, None, False
        self.node.end = end
        return step

    def close(self, end: int) -> int:
        """Take the collection's end, and bring in what is merged, in the reader's order; returns the end it has."""
        if self.bracketed:
            self.node.end = end
        children = self.node.children
        for held in reversed(self.merges):
            for mapping in [child for child, _ in held.children.values()] if held.listed else [held]:
                for step, member in mapping.children.items():
                    children.setdefault(step, member)
        return self.node.end


def places(events: Iterator[Any], text: str, pointers: Iterable[str], origin: Origin) -> dict[str, NodeSpan]:
    """The places of those `pointers` that lead somewhere."""
    root, found = _tree(events, text, []), dict[str, NodeSpan]()
    for pointer in pointers:
        node, key = root, None
        for step in reference_tokens(pointer):
            if step not in node.children:
                break
            node, key = node.children[step]
        else:
            value, opening = _moved((node.start, node.end), origin), _moved(node.opening, origin)
            found[pointer] = NodeSpan(value, opening, _moved(key, origin) if key else None)
    return found


def duplicates(events: Iterator[Any], text: str, origin: Origin) -> Iterator[DuplicateKey]:
    """The keys that stand twice in one mapping, in the text's order."""
    doubled: list[tuple[str, str, Chunk, Chunk]] = []
    _tree(events, text, doubled)
    for pointer, key, later, first in doubled:
        yield DuplicateKey(pointer, key, _moved(later, origin), _moved(first, origin))


def _moved(part: Chunk, origin: Origin) -> Span:
    start = origin(part[0])
    return Span(start, origin(part[1] - 1) + 1 if part[1] > part[0] else start)


def _tree(events: Iterator[Any], text: str, doubled: list[tuple[str, str, Chunk, Chunk]]) -> _Node:
    root = _Node(0, 0, (0, 0), False)
    stack: list[_Frame] = []
    above: _Frame | None = None
    anchors: dict[str, tuple[_Node, str]] = {}
    name, step = "", ""
    for event in events:
        kind = type(event)
        if kind is ScalarEvent:
            node, name = _scalar(event, text, above.part if above else None), event.value
            part = node.opening
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            node, part = _collection(event, text, kind is SequenceStartEvent), (0, 0)
        elif kind is AliasEvent:
            node, name = anchors[event.anchor]
            part = event.start_mark.index, event.end_mark.index
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            end = stack.pop().close(event.end_mark.index)
            above = stack[-1] if stack else None
            if above:
                above.node.end = end
            continue
        elif kind is DocumentEndEvent:
            break
        else:
            continue
        if kind is not AliasEvent and event.anchor is not None:
            anchors[event.anchor] = node, name
        if above is None:
            root = node
        elif above.key is None and not above.node.listed:
            merging = name == "<<" and kind is ScalarEvent and not event.style and event.tag != STR
            first = above.begin(name, part, merging)
            if first is not part:
                pointer = "".join(f"/{escape(step)}" for step in [frame.step for frame in stack[1:]] + [name])
                doubled.append((pointer, name, part, first))
            continue
        else:
            step = above.put(node, part[1])
        if kind is MappingStartEvent or kind is SequenceStartEvent:
            above = _Frame(node, step, _bracketed(event, text))
            stack.append(above)
    return root


def _bracketed(event: Any, text: str) -> bool:
    """Whether a collection has brackets: a block has none, and neither has the pair in `[key: value]`."""
    end: int = event.end_mark.index
    return bool(event.flow_style) and end > event.start_mark.index and text[end - 1] in "[{"


def _collection(event: Any, text: str, listed: bool) -> _Node:
    """One that has begun: the marks include anchor and tag, and end before the first key or behind the bracket."""
    start, end = event.start_mark.index, event.end_mark.index
    if _bracketed(event, text):
        start = end - 1
    elif event.anchor is not None or event.tag is not None:
        found = _PROPERTIES.match(text, start)
        start = found.end() if listed and found else end
    return _Node(start, start + 1, (start, start + 1), listed)


def _scalar(event: Any, text: str, key: Chunk | None) -> _Node:
    """One without the anchor and tag that its marks include; `key` is what it is the value of."""
    start, end = event.start_mark.index, event.end_mark.index
    if end == start:
        if key:  # libyaml marks nothing at the next token, which may be far away
            start = end = key[1] + text[key[1] : start].find(":") + 1
    elif text[start] in "&!" and (found := _PROPERTIES.match(text, start, end)):
        start = found.end()
    if event.style in ("|", ">"):
        shape = _BLOCK_SCALAR if event.value.strip(" \t\r\n\x85\u2028\u2029") else _BLOCK_HEADER
        if found := shape.match(text, start, end):
            end = found.end()
    return _Node(start, end, (start, end), False)
