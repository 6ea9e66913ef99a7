"""The syntax tree of a YAML document with positions, built from libyaml's tokens; for locating and editing."""

import re
from typing import Any

from yaml import tokens as kinds

from splint.formats.yaml.parser import BREAK, tokens
from splint.formats.yaml.scalars import CORE, STR

_BLOCK_HEADER = re.compile(r"[|>][-+0-9]*")
_BLOCK_SCALAR = re.compile(rf"[|>][-+0-9]*(?:.*[^ \t{BREAK}][^{BREAK}]*)?", re.DOTALL)
_WHITE = " \t\r\n\x85\u2028\u2029"
_PROLOGUE = (kinds.StreamStartToken, kinds.DirectiveToken, kinds.DocumentStartToken)
_FLOW_ENDS = (kinds.FlowSequenceEndToken, kinds.FlowMappingEndToken)
_ENDS = frozenset({kinds.BlockEndToken, *_FLOW_ENDS})
_MEMBERS = frozenset({kinds.KeyToken, kinds.ValueToken})


Wanted = dict[str, Any]
"""The members of a value that are asked for, by reference token; each has a `Wanted` of its own."""
_NONE: list["Item"] = []
"""The items of scalars: a shared list, as one per scalar would take a tenth of the time for a tree."""


class Node:
    """A value in the text."""

    __slots__ = ("_children", "_target", "anchor", "end", "items", "kind", "start", "stop", "style", "tag", "text")

    def __init__(self, kind: str, start: int, end: int) -> None:
        self.kind = kind
        """`empty`, `scalar`, `alias`; `mapping` or `list`, or these with brackets: `flow mapping`, `flow list`; `pair`
        for the mapping without braces in `[key: value]`."""
        self.start, self.end = start, end
        """The range without anchor and tag, and without blank lines after a block collection or block scalar."""
        self.stop = end
        """As `end`, but for a block scalar always the end of its last line that is not blank."""
        self.anchor: str | None = None
        self.tag: str | None = None
        """The full tag: `tag:yaml.org,2002:str` for `!!str`."""
        self.style: str | None = None
        """The quote or block indicator of a scalar; None for a plain one."""
        self.text = ""
        self._target: Node | None = None
        self.items: list[Item] = _NONE
        self._children: dict[str, tuple[Node, Node | None]] | None = None

    @property
    def target(self) -> "Node":
        """The node that an alias refers to; for any other node the node itself."""
        return self._target or self

    @target.setter
    def target(self, node: "Node") -> None:
        self._target = node

    @property
    def is_mapping(self) -> bool:
        """Whether it is a block or flow mapping."""
        return self.kind.endswith("mapping")

    @property
    def is_list(self) -> bool:
        """Whether it is a block or flow list."""
        return self.kind.endswith("list")

    @property
    def is_flow(self) -> bool:
        """Whether it has brackets."""
        return self.kind.startswith("flow")

    @property
    def extent(self) -> int:
        """The end of the value; a block collection ends with its last value."""
        node = self
        while node.items and not node.is_flow:
            node = node.items[-1].value
        return node.end if node.is_flow else node.stop

    @property
    def children(self) -> dict[str, tuple["Node", "Node | None"]]:
        """The values by reference token, aliases resolved, with the member's key; of equal keys the last.

        Members that `<<` merges come after the mapping's own: the later `<<` and its earlier mapping win.
        """
        if self._children is None:
            self._children = {}
            if self.is_list:
                self._children.update((str(at), (item.value.target, None)) for at, item in enumerate(self.items))
            else:
                own = ((item.name, (item.value.target, item.key)) for item in self.items if not item.merges)
                self._children.update((name or "", member) for name, member in own)
            for merged in [item.value.target for item in reversed(self.items) if item.merges]:
                for mapping in [child for child, _ in merged.children.values()] if merged.is_list else [merged]:
                    for name, member in mapping.children.items():
                        self._children.setdefault(name, member)
        return self._children


class Item:
    """A member of a mapping, or an element of a list."""

    __slots__ = ("comma", "end", "has_odd_key", "is_explicit", "key", "mark", "merges", "name", "start", "value")

    def __init__(self, start: int) -> None:
        self.start, self.end = start, start
        """The range from its key or dash to the end of its value, without comments and comma."""
        self.key: Node | None = None
        self.name: str | None = None
        """The text of its key; None for an element."""
        self.merges = False
        """Whether its key is `<<`, which merges other mappings into this one."""
        self.mark: int | None = None
        """The index after its colon or dash; None without one."""
        self.value: Node
        self.comma: int | None = None
        """The index of the comma after it."""
        self.has_odd_key = False
        """Whether its key is no plain scalar: anchored, tagged, an alias, a collection or missing."""
        self.is_explicit = False
        """Whether `?` stands before its key."""


class Tree:
    """The root node of a text with one valid document, and the anchors that its aliases use.

    With `wanted`, only values on the way to these are built: the others are passed over, and have the kind `skipped`,
    unless they have an anchor. That takes half the time of a whole tree, most of it for libyaml's tokens.

    Raises ValueError if the tokens do not form a document.
    """

    def __init__(self, text: str, wanted: Wanted | None = None) -> None:
        self.text = text
        self.used: set[str] = set()
        self.ties: list[tuple[int, str]] = []
        """The indexes and names of all anchors and aliases."""
        self._anchors: dict[str, Node] = {}
        self._tag_prefixes = {"!": "!", "!!": CORE}
        self._end = 0
        """The end of the last token that is not empty."""
        self._next = tokens(text).__next__
        self._token = self._next()
        self._kind: type[kinds.Token] = type(self._token)
        while self._kind in _PROLOGUE:
            token = self._take()
            if isinstance(token, kinds.DirectiveToken) and token.name == "TAG":
                self._tag_prefixes[token.value[0]] = token.value[1]
        here = self._here
        self.root = self._node(wanted, dashes=False)
        if self.root.kind == "empty" and self.root.anchor is None and self.root.tag is None:
            self.root.start = self.root.end = self.root.stop = here

    @property
    def _here(self) -> int:
        index: int = self._token.start_mark.index
        return index

    def _take(self) -> Any:
        token = self._token
        end = token.end_mark.index
        if end > token.start_mark.index:
            self._end = end
        self._token = self._next()
        self._kind = type(self._token)
        return token

    def _wanted(self, wanted: Wanted | None, name: str, *, dashes: bool) -> Node:
        """Parse the next value, a member of a collection; pass over it if it is not wanted."""
        if wanted is None or name in wanted:
            return self._node(wanted and wanted[name], dashes=dashes)
        return self._skipped(dashes=dashes)

    def _skipped(self, *, dashes: bool) -> Node:
        """Pass over the next value, but build what has an anchor in it: an alias may refer to it."""
        is_list = dashes and self._kind is kinds.BlockEntryToken
        if not is_list and self._kind not in _COLLECTIONS:
            return self._node(dashes=dashes)
        node, depth, last, before = Node("skipped", self._here, self._here), 0, None, self._kind
        while True:
            kind = self._kind
            if kind in _COLLECTIONS:
                depth += 1
            elif depth == 0 and (kind in _MEMBERS or kind in _ENDS):
                break  # of the mapping around a list without indentation
            elif kind in _ENDS:
                depth -= 1
            elif kind is kinds.AnchorToken:
                last, before = self._node(dashes=before in _MEMBERS), kind
                continue
            if kind is not kinds.BlockEndToken:
                last = self._token
            before, self._token = kind, self._next()
            self._kind = type(self._token)
            if depth == 0 and not is_list:
                break
        node.stop = self._passed(last)
        node.end = self._end
        return node

    def _passed(self, last: Any) -> int:
        """The end of the value that a skipped collection ends with: a token, or a value that was built."""
        if type(last) is Node:
            return last.extent
        self._end = end = last.end_mark.index
        return self._scalar(last).stop if type(last) is kinds.ScalarToken else end

    def _node(self, wanted: Wanted | None = None, *, dashes: bool) -> Node:
        """Parse the next value; `dashes` says whether a list may begin without indentation."""
        if self._kind is kinds.ScalarToken:
            return self._scalar(self._take())
        anchor = tag = None
        while (kind := self._kind) is kinds.AnchorToken or kind is kinds.TagToken:
            token = self._take()
            if kind is kinds.AnchorToken:
                anchor = token.value
                self.ties.append((token.start_mark.index, anchor))
            else:
                handle, suffix = token.value
                tag = self._tag_prefixes.get(handle, handle) + suffix if handle else suffix
        if kind is kinds.ScalarToken:
            node = self._scalar(self._take())
        elif kind is kinds.AliasToken:
            token = self._take()
            node = Node("alias", token.start_mark.index, token.end_mark.index)
            self.used.add(token.value)
            self.ties.append((node.start, token.value))
            node.target = self._anchors[token.value]
            return node
        else:
            name = _COLLECTIONS.get(kind) or ("dashes" if dashes and kind is kinds.BlockEntryToken else "empty")
            start = self._end
            if name in ("mapping", "list"):
                self._take()
            if name != "empty":
                start = self._here
            node = Node(name if name != "dashes" else "list", start, start)
            node.items = []
        node.anchor, node.tag = anchor, tag
        if anchor is not None:
            self._anchors[anchor], wanted = node, None
        if node.is_flow:
            self._fill_flow(node, wanted)
        elif node.kind == "mapping" or node.kind == "list":
            self._fill_block(node, wanted, has_end=kind is not kinds.BlockEntryToken)
        return node

    def _scalar(self, token: Any) -> Node:
        node = Node("scalar", token.start_mark.index, token.end_mark.index)
        node.text = token.value
        node.style = None if token.plain else token.style
        if token.style in ("|", ">") and (header := _BLOCK_HEADER.match(self.text, node.start)):
            shape = _BLOCK_SCALAR if token.value.strip(_WHITE) else _BLOCK_HEADER
            if match := shape.match(self.text, node.start, node.end):
                node.stop = match.end()
            if "+" not in header.group():
                content = self.text[node.start : node.end].rstrip(_WHITE) if token.value.strip(_WHITE) else ""
                node.end = max(header.end(), node.start + len(content))
            self._end = node.end
        return node

    def _fill_block(self, node: Node, wanted: Wanted | None, *, has_end: bool) -> None:
        while node.kind == "list" and self._kind is kinds.BlockEntryToken:
            item = Item(self._here)
            item.mark = self._take().end_mark.index
            item.value = self._wanted(wanted, str(len(node.items)), dashes=False)
            item.end = self._end
            node.items.append(item)
        while node.kind == "mapping" and (self._kind is kinds.KeyToken or self._kind is kinds.ValueToken):
            node.items.append(self._member(wanted, dashes=True))
        if has_end:
            if self._kind is not kinds.BlockEndToken:
                raise ValueError("not a block")
            self._take()
        self._close(node)

    def _fill_flow(self, node: Node, wanted: Wanted | None) -> None:
        self._take()
        while self._kind not in _FLOW_ENDS:
            if self._kind is kinds.KeyToken or self._kind is kinds.ValueToken:
                item = self._member(None if node.kind == "flow list" else wanted, dashes=False)
                if node.kind == "flow list":
                    pair, item = item, Item(item.start)
                    item.value = Node("pair", pair.start, pair.end)
                    item.value.items = [pair]
                    self._close(item.value)
                    item.end = pair.end
            elif node.kind == "flow mapping":
                item = self._member(wanted, dashes=False)
            else:
                item = Item(self._here)
                item.value = self._wanted(wanted, str(len(node.items)), dashes=False)
                item.end = self._end
            if self._kind is kinds.FlowEntryToken:
                item.comma = self._take().start_mark.index
            elif self._kind not in _FLOW_ENDS:
                raise ValueError("not a flow collection")
            node.items.append(item)
        self._take()
        self._close(node)

    def _close(self, node: Node) -> None:
        """End a collection. Its merged members are resolved now, so that a chain of merges needs no recursion."""
        node.end = self._end
        if any(item.merges for item in node.items):
            _ = node.children

    def _member(self, wanted: Wanted | None, *, dashes: bool) -> Item:
        item = Item(self._here)
        if self._kind is kinds.KeyToken:
            token = self._take()
            item.is_explicit = token.end_mark.index > token.start_mark.index
        if self._kind is not kinds.ValueToken:
            key = item.key = self._node(dashes=dashes)
            item.has_odd_key = key.kind != "scalar" or key.anchor is not None or key.tag is not None
            item.name = key.target.text
            item.merges = key.text == "<<" and key.style is None and key.tag != STR
        else:
            item.has_odd_key = True
            item.key, item.name = Node("empty", self._end, self._end), ""
        if self._kind is kinds.ValueToken:
            item.mark = self._take().end_mark.index
            item.value = self._wanted(None if item.merges else wanted, item.name, dashes=dashes)
        else:
            stop = item.key.stop if item.key else self._end
            item.value = Node("empty", stop, stop)
        item.end = self._end
        return item


_COLLECTIONS = {
    kinds.BlockMappingStartToken: "mapping",
    kinds.BlockSequenceStartToken: "list",
    kinds.FlowMappingStartToken: "flow mapping",
    kinds.FlowSequenceStartToken: "flow list",
}
