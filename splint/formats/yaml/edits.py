"""Edits of a YAML document. All other characters stay the same; an edit that is not certain to be right is refused."""

import re
from collections.abc import Sequence, Set
from math import isfinite
from typing import Any, NamedTuple

import yaml

from splint.formats.edits import Change
from splint.formats.operations import Action, OperationError, validate
from splint.formats.pointer import escape, reference_tokens
from splint.formats.yaml.collections import Group, Insert, reshape
from splint.formats.yaml.moving import Moving
from splint.formats.yaml.proof import is_verified
from splint.formats.yaml.scalars import plain
from splint.formats.yaml.text import Text, read
from splint.formats.yaml.tree import Item, Node
from splint.formats.yaml.written import Quotes, string, written

_END = re.compile(r"(?:(?:\r\n|\n|\r)[ \t]*)+\Z")


def changes(text: str, actions: Sequence[Action]) -> list[Change] | None:
    """The changes of a text of one document that do all actions; None if one of them is not certain to be right.

    All pointers refer to the unchanged document.
    """
    try:
        validate(actions)
    except OperationError:
        return None
    made, is_final = _attempt(text, actions, keeps_blocks=True)
    return made if is_final else _attempt(text, actions, keeps_blocks=False)[0]


def _attempt(text: str, actions: Sequence[Action], *, keeps_blocks: bool) -> tuple[list[Change] | None, bool]:
    """The changes, and whether it makes no difference to write anew the block collections that move."""
    edit = None
    try:
        edit = _Edit(read(text), keeps_blocks=keeps_blocks)
        made = edit.changes(actions)
        if is_verified(edit.read, edit.applied_actions, made):
            return made, True
    except (OperationError, yaml.YAMLError, ValueError, RecursionError):
        pass
    moving = edit.moving if edit is not None else None
    return None, moving is None or moving.is_opened or not moving.count


class _Location(NamedTuple):
    """The target of a pointer."""

    parents: list[Node]
    item: Item | None
    """None for the root, and for a member that does not exist."""
    position: int
    parent_value: Any
    """The value of the innermost parent."""


class _Edit:
    """Computes the changes of one text for several actions."""

    def __init__(self, read: Text, *, keeps_blocks: bool) -> None:
        self.read, self.text, self.value = read, read.text, read.value
        self.tree, self.lines = read.tree, read.lines
        self.moving = Moving(self.text, self.lines) if keeps_blocks else None
        self.groups: dict[int, Group] = {}
        self.inserts: list[Insert] = []
        self.applied_actions: list[Action] = []
        """The actions done, each `quote` as the `put` of its string."""

    def changes(self, actions: Sequence[Action]) -> list[Change]:
        puts = {action.pointer for action in actions if action.kind == "put"}
        for action in actions:
            location = self._find(action.pointer)
            self.applied_actions.append(self._quote(location, action) if action.kind == "quote" else action)
            if action.kind == "rename":
                self._rename(location, action.value)
            elif action.kind == "remove":
                self._remove(location)
                self._open(location, puts, action.pointer.rpartition("/")[0])
            elif action.kind == "put" and location.parents and location.item is None:
                self._group(location).added.append((reference_tokens(action.pointer)[-1], action.value))
            elif action.kind == "put":
                self._put(location, action.value)
        for group in self.groups.values():
            self.inserts += reshape(self.text, self.lines, group)
        return self._ordered()

    def _ordered(self) -> list[Change]:
        """The changes sorted; of insertions at one index the one in the deeper collection comes first."""
        made = list[Change]()
        for start, end, text, _ in sorted(self.inserts, key=lambda insert: (*insert[:2], -insert.depth)):
            if self.text[start:end] == text:
                continue
            if made and start < made[-1].end:
                raise OperationError
            if made and start == end == made[-1].start == made[-1].end:
                made[-1] = Change(start, end, made[-1].text + text)
            else:
                made.append(Change(start, end, text))
        return self._to_the_end(made)

    def _to_the_end(self, made: list[Change]) -> list[Change]:
        """The changes; where they take an unterminated last line away, the line before it has no line end either."""
        text = self.text
        if not made or made[-1].end < len(text) or text.endswith(("\n", "\r")):
            return made
        start, end, new = made.pop()
        is_open = True
        while is_open:
            while made and made[-1].end == start:
                before = made.pop()
                start, new = before.start, before.text + new
            new = _END.sub("", new)
            blank = None if new else _END.search(text, made[-1].end if made else 0, start)
            start = blank.start() if blank else start
            is_open = bool(blank and made and made[-1].end == start)
        if self.lines.start(start) == start:
            new = new.removeprefix(self.lines.newline(start - 1) if start else "")
        return [*made, Change(start, end, new)]

    def _find(self, pointer: str) -> _Location:
        node, parents, value = self.tree.root, list[Node](), self.value
        item: Item | None = None
        if pointer[:1] not in ("", "/"):
            raise OperationError
        position, parent_value = 0, None
        for step in reference_tokens(pointer):
            if parents and item is None:
                raise OperationError
            if node.tag is not None or node.anchor in self.tree.used or node.kind == "pair":
                raise OperationError
            parents.append(node)
            parent_value = value
            if node.is_mapping:
                position, item = self._member(node, step)
                if (item is not None) != (step in value):
                    raise OperationError
                value = value.get(step)
            elif node.is_list and step.isdecimal() and step == str(int(step)) and int(step) < len(value):
                position, item = int(step), node.items[int(step)]
                value = value[position]
            else:
                raise OperationError
            node = item.value if item else node
        return _Location(parents, item, position, parent_value)

    def _member(self, node: Node, step: str) -> tuple[int, Item | None]:
        """A member, and its position; one with an explicit key is left as it is, and so is what is in it."""
        at = self.read.members(node).get(step)
        if at is not None and node.items[at].is_explicit:
            raise OperationError
        return (len(node.items), None) if at is None else (at, node.items[at])

    def _group(self, location: _Location) -> Group:
        node = location.parents[-1]
        return self.groups.setdefault(id(node), Group(node, len(location.parents) - 1, set(), [], self.moving))

    def _rename(self, location: _Location, key: Any) -> None:
        item = location.item
        if item is None or item.key is None or not isinstance(key, str) or key in location.parent_value:
            raise OperationError
        name = string(key, item.key.style, location.parents[-1].is_flow)
        self.inserts.append(Insert(item.key.start, item.key.end, name, len(location.parents)))

    def _remove(self, location: _Location) -> None:
        if location.item is None or location.item.value.anchor in self.tree.used:
            raise OperationError
        self._group(location).removed.add(location.position)
        if self.moving is not None and location.item.name is not None:
            self.moving.add(location.item, location.parent_value[location.item.name])

    def _open(self, location: _Location, puts: Set[str], holder: str) -> None:
        """Note the members of a block mapping that is removed, if some are put into the object that held it."""
        if self.moving is None or location.item is None or location.item.name is None:
            return
        node, value = location.item.value, location.parent_value[location.item.name]
        while node.kind == "list" and len(node.items) == 1:
            node, value = node.items[0].value, value[0]
        if node.kind == "mapping" and any(f"{holder}/{escape(name)}" in puts for name in value):
            self.moving.is_opened = True
            for item in node.items:
                if item.name in value:
                    self.moving.add(item, value[item.name], is_in_block=True)

    def _target(self, location: _Location) -> Node:
        node = location.item.value if location.item else self.tree.root
        if node.tag is not None or node.anchor in self.tree.used:
            raise OperationError
        return node

    def _quote(self, location: _Location, action: Action) -> Action:
        node = self._target(location)
        digits = self.text[node.start : node.end]
        if node.kind != "scalar" or node.style is not None or not _may_be_quoted(plain(digits), action):
            raise OperationError
        self.inserts.append(Insert(node.start, node.end, f'"{digits}"', len(location.parents)))
        return Action("put", action.pointer, digits)

    def _put(self, location: _Location, value: Any) -> None:
        node = self._target(location)
        flow = any(parent.is_flow for parent in location.parents)
        if node.kind == "empty":
            self._fill(location, node, written(value, Quotes(), flow))
            return
        if (node.kind != "scalar" and not node.is_flow) or node.style in ("|", ">"):
            raise OperationError
        quotes = Quotes(node.style, node.style) if node.kind == "scalar" else _quotes_in(node)
        self.inserts.append(Insert(node.start, node.end, written(value, quotes, flow), len(location.parents)))

    def _fill(self, location: _Location, node: Node, text: str) -> None:
        """Insert a value after a colon or dash without one."""
        item = location.item
        if item is None or node.anchor is not None:
            raise OperationError
        at = item.end
        rest = self.text[at : self.lines.end(at)]
        if item.mark is None:
            text = f": {text}"
        elif rest.startswith(" ") and rest.strip(" \t")[:1] in ("", ",", "}"):
            at += 1
        else:
            text = f" {text}"
        self.inserts.append(Insert(at, at, text, len(location.parents)))


def _may_be_quoted(value: Any, action: Action) -> bool:
    """Whether a value is a number that JSON can write, or any number or truth where the action is for all scalars."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)
    return is_number or (action.value is True and isinstance(value, int | float))


def _quotes_in(node: Node) -> Quotes:
    """The quotes that the strings and the first key of a flow collection have."""
    texts, keys = set[str](), list[str | None]()

    def look(inner: Node) -> None:
        if inner.kind == "scalar" and inner.style:
            texts.add(inner.style)
        for item in inner.items:
            if item.key:
                keys.append(item.key.style)
            look(item.value)

    look(node)
    text = texts.pop() if len(texts) == 1 else '"' if texts else None
    return Quotes(text, keys[0] if keys else text)
