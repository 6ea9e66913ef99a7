"""A YAML document's text as a tree of what stands where, from libyaml's tokens: an edit needs each colon and comma."""

import re
from bisect import bisect_right
from typing import Any

from yaml import tokens as kinds

from splint.formats.yaml.positions import BREAK
from splint.formats.yaml.reader import tokens

_BLOCK_HEADER = re.compile(r"[|>][-+0-9]*")
_WHITE = " \t\r\n\x85\u2028\u2029"
_BREAKS = re.compile(rf"\r\n|[{BREAK}]")
_ENDS = (kinds.FlowEntryToken, kinds.FlowSequenceEndToken, kinds.FlowMappingEndToken)


class Node:
    """A value as it is written."""

    __slots__ = ("anchor", "end", "items", "kind", "start", "style", "tagged", "text")

    def __init__(self, kind: str, start: int, end: int) -> None:
        self.kind = kind
        """`empty`, `scalar`, `alias`; `mapping` or `list`, or these with brackets: `flow mapping`, `flow list`; `pair`
        for the mapping without braces in `[key: value]`."""
        self.start, self.end = start, end
        """Without anchor and tag."""
        self.anchor: str | None = None
        self.tagged = False
        self.style: str | None = None
        """Of a scalar: the quote or block indicator that it begins with, None for a plain one."""
        self.text = ""
        self.items: list[Item] = []

    @property
    def is_mapping(self) -> bool:
        """Whether it has members."""
        return self.kind.endswith("mapping")

    @property
    def is_flow(self) -> bool:
        """Whether it has brackets."""
        return self.kind.startswith("flow")


class Item:
    """A member of a mapping, or an element of a list."""

    __slots__ = ("comma", "end", "key", "mark", "name", "odd", "start", "value")

    def __init__(self, start: int) -> None:
        self.start, self.end = start, start
        """From its key or dash up to its last character, comments and the comma aside."""
        self.key: Node | None = None
        self.name: str | None = None
        """What its key says; None for an element and for a merge."""
        self.mark: int | None = None
        """The index behind its colon or dash, where it has one."""
        self.value = Node("empty", start, start)
        self.comma: int | None = None
        """The index of the comma behind it."""
        self.odd = False
        """Whether its key is more than a scalar by itself: explicit, anchored, tagged, an alias, a collection, none."""


class Tree:
    """A document's root, and the names that its aliases use."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.used: set[str] = set()
        self._end = 0
        self._tokens: list[Any] = list(tokens(text))
        self._index = 0
        while self._next_is(kinds.StreamStartToken, kinds.DirectiveToken, kinds.DocumentStartToken):
            self._take()
        self.root = self._node()

    def _next_is(self, *types: type) -> bool:
        return self._index < len(self._tokens) and isinstance(self._tokens[self._index], types)

    def _take(self) -> Any:
        token = self._tokens[self._index]
        self._index += 1
        start, end = token.start_mark.index, token.end_mark.index
        if end > start:
            self._end = end
        return token

    def _node(self, dashes: bool = False) -> Node:
        """The value that comes next; `dashes` where a list may stand without being indented."""
        anchor, tagged = None, False
        while self._next_is(kinds.AnchorToken, kinds.TagToken):
            token = self._take()
            if isinstance(token, kinds.AnchorToken):
                anchor = token.value
            else:
                tagged = True
        node = self._bare(dashes)
        node.anchor, node.tagged = anchor, tagged
        return node

    def _bare(self, dashes: bool) -> Node:
        if self._next_is(kinds.ScalarToken):
            return self._scalar(self._take())
        if self._next_is(kinds.AliasToken):
            token = self._take()
            self.used.add(token.value)
            return Node("alias", token.start_mark.index, token.end_mark.index)
        if self._next_is(kinds.BlockMappingStartToken):
            return self._block("mapping", kinds.BlockEndToken)
        if self._next_is(kinds.BlockSequenceStartToken):
            return self._block("list", kinds.BlockEndToken)
        if dashes and self._next_is(kinds.BlockEntryToken):
            return self._dashes(Node("list", self._here, self._here))
        if self._next_is(kinds.FlowMappingStartToken, kinds.FlowSequenceStartToken):
            return self._flow()
        return Node("empty", self._end, self._end)

    @property
    def _here(self) -> int:
        index: int = self._tokens[self._index].start_mark.index
        return index

    def _scalar(self, token: Any) -> Node:
        node = Node("scalar", token.start_mark.index, token.end_mark.index)
        node.text = token.value
        node.style = None if token.plain else token.style
        if token.style in ("|", ">") and (header := _BLOCK_HEADER.match(self.text, node.start)):
            if "+" not in header.group():
                held = self.text[node.start : node.end].rstrip(_WHITE) if token.value.strip(_WHITE) else ""
                node.end = max(header.end(), node.start + len(held))
            self._end = node.end
        return node

    def _block(self, kind: str, end: type) -> Node:
        self._take()
        node = Node(kind, self._here, self._here)
        if kind == "list":
            self._dashes(node)
        while self._next_is(kinds.KeyToken, kinds.ValueToken):
            node.items.append(self._member(dashes=True))
        if not self._next_is(end):
            raise ValueError("not a block")
        self._take()
        node.end = self._end
        return node

    def _dashes(self, node: Node) -> Node:
        while self._next_is(kinds.BlockEntryToken):
            item = Item(self._here)
            item.mark = self._take().end_mark.index
            item.value = (
                self._node() if not self._next_is(kinds.BlockEntryToken) else Node("empty", self._end, self._end)
            )
            item.end = self._end
            node.items.append(item)
        node.end = self._end
        return node

    def _flow(self) -> Node:
        opening = self._take()
        mapping = isinstance(opening, kinds.FlowMappingStartToken)
        node = Node("flow mapping" if mapping else "flow list", opening.start_mark.index, self._end)
        while not self._next_is(kinds.FlowMappingEndToken, kinds.FlowSequenceEndToken):
            if mapping or self._next_is(kinds.KeyToken, kinds.ValueToken):
                item = self._member(dashes=False)
                if not mapping:
                    pair, item = item, Item(item.start)
                    item.value = Node("pair", pair.start, pair.end)
                    item.value.items = [pair]
                    item.end = pair.end
            else:
                item = Item(self._here)
                item.value = self._node()
                item.end = self._end
            if self._next_is(kinds.FlowEntryToken):
                item.comma = self._take().start_mark.index
            elif not self._next_is(*_ENDS):
                raise ValueError("not a flow collection")
            node.items.append(item)
        self._take()
        node.end = self._end
        return node

    def _member(self, dashes: bool) -> Item:
        item, explicit = Item(self._here), False
        if self._next_is(kinds.KeyToken):
            token = self._take()
            explicit = token.end_mark.index > token.start_mark.index
        if not self._next_is(kinds.ValueToken):
            key = item.key = self._node(dashes)
            item.odd = explicit or key.kind != "scalar" or key.anchor is not None or key.tagged
            item.name = None if key.text == "<<" and key.style is None else key.text
        else:
            item.odd = True
        if self._next_is(kinds.ValueToken):
            item.mark = self._take().end_mark.index
            item.value = self._node(dashes)
        else:
            item.value = Node("empty", self._end, self._end)
        item.end = self._end
        return item


class Lines:
    """Where the lines of a text begin and end."""

    def __init__(self, text: str) -> None:
        self.text = text
        breaks = [found.span() for found in _BREAKS.finditer(text)]
        self._ends = [*(start for start, _ in breaks), len(text)]
        self._starts = [0, *(end for _, end in breaks)]

    def start(self, index: int) -> int:
        """The beginning of the line that holds an index."""
        return self._starts[bisect_right(self._starts, index) - 1]

    def end(self, index: int) -> int:
        """The end of the line, its break excluded."""
        return self._ends[bisect_right(self._starts, index) - 1]

    def after(self, index: int) -> int:
        """The beginning of the next line, or of this one where what ends at the index has taken its break along."""
        row = bisect_right(self._starts, index)
        if index and self._starts[row - 1] == index:
            return index
        return self._starts[row] if row < len(self._starts) else len(self.text)

    def newline(self, index: int) -> str:
        """What ends the line, or the text's first line where it is the last."""
        row = bisect_right(self._starts, index)
        row = row if row < len(self._starts) else 1
        return self.text[self._ends[row - 1] : self._starts[row]] if row < len(self._starts) else "\n"

    def leads(self, index: int) -> bool:
        """Whether nothing but white space stands before the index on its line."""
        return not self.text[self.start(index) : index].strip(" \t")
