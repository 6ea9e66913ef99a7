"""Proves edits of a YAML text: parses again what they change, and compares the values."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from splint.formats.edits import Change, applied, moved
from splint.formats.operations import Action, OperationError, apply, same
from splint.formats.pointer import escape, reference_tokens
from splint.formats.yaml.text import Text, value_of
from splint.formats.yaml.tree import Node


def is_verified(read: Text, actions: Sequence[Action], made: Sequence[Change]) -> bool:
    """Whether a text has the expected value after changes; a `quote` must be given as the `put` of its string.

    Only the innermost items with all changes are parsed again, unless they have to do with aliases.
    """
    by_way = [(reference_tokens(action.pointer), action) for action in actions]
    whole = Part(0, len(read.text), read.tree.root, read.value, by_way, list(made))
    parts = list(_parts(read, whole)) if made else [whole]
    if any(read.is_tied(part.start, part.end) for part in parts):
        parts = [whole]
    return all(part.holds(read.text) for part in parts)


class Part(NamedTuple):
    """A range that is a YAML document by itself, with the actions and changes in it."""

    start: int
    end: int
    node: Node
    """The innermost value that contains all changes."""
    value: Any
    """Of the node."""
    actions: list[tuple[list[str], Action]]
    """With their reference tokens from the node."""
    changes: list[Change]
    step: str | None = None
    """The key or index of the node; None for the root."""
    brackets: str = ""
    """What an item of a flow collection needs around it."""

    def holds(self, text: str) -> bool:
        """Whether the changed range has the expected value."""
        after = applied(text[self.start : self.end], moved(self.changes, -self.start))
        if not self.brackets and self.end < len(text) and after[-1:] not in ("\n", "\r"):
            raise OperationError
        way: list[str] = [] if self.step is None else [self.step]
        before = self.value if self.step is None else {self.step: self.value}
        actions = [
            action._replace(pointer="".join(f"/{escape(token)}" for token in (*way, *tokens)))
            for tokens, action in self.actions
        ]
        read = value_of(self.brackets[:1] + after + self.brackets[1:])
        if isinstance(read, list) and self.step is not None:
            read = {self.step: read[0]} if len(read) == 1 else None
        return same(read, apply(before, actions))


def _parts(read: Text, part: Part) -> Iterator[Part]:
    """The innermost parts that together contain all changes of one."""
    inner = _items(read, part)
    if inner is None:
        yield _narrowed(read, part)
        return
    for item in inner:
        yield from _parts(read, item)


def _narrowed(read: Text, part: Part) -> Part:
    """The part of a collection that changes: its items with actions, and one on either side that stays as it is.

    The part itself where a new member joins it, where all items change, or where the items are no lines of their own.
    """
    node, lines = part.node, read.lines
    found = [_position(read, node, tokens) for tokens, _ in part.actions]
    at = [position for position in found if position is not None]
    if not at or len(at) < len(found):
        return part
    first, last = max(min(at) - 1, 0), min(max(at) + 1, len(node.items) - 1)
    items, behind = node.items[first : last + 1], node.items[last + 1 : last + 2]
    if len(items) == len(node.items):
        return part
    start, end, brackets = items[0].start, items[-1].end, "{}" if node.is_mapping else "[]"
    if not node.is_flow:
        if not all(lines.leads(item.start) for item in (items[0], *behind)):
            return part
        start, end, brackets = lines.start(start), lines.start(behind[0].start) if behind else part.end, ""
    if any(change.start < start or change.end > end for change in part.changes):
        return part
    if node.is_mapping:
        value = {item.name: part.value[item.name] for item in items}
        return part._replace(start=start, end=end, value=value, step=None, brackets=brackets)
    moved_up = [([str(int(tokens[0]) - first), *tokens[1:]], action) for tokens, action in part.actions]
    value = part.value[first : last + 1]
    return Part(start, end, node, value, moved_up, part.changes, brackets=brackets)


def _position(read: Text, node: Node, tokens: Sequence[str]) -> int | None:
    """The index of the item that tokens lead to or through; None for a new one, and for what `<<` may hide."""
    if not tokens or not (node.is_list or node.is_mapping):
        return None
    if node.is_list:
        return int(tokens[0])
    members = read.members(node)
    return None if None in members else members.get(tokens[0])


def _items(read: Text, part: Part) -> list[Part] | None:
    """The items of a part's collection that contain its actions and changes; None if others are affected too."""
    by_step: dict[str, list[tuple[list[str], Action]]] = {}
    for tokens, action in part.actions:
        if len(tokens) <= (action.kind == "remove"):
            return None
        by_step.setdefault(tokens[0], []).append((tokens[1:], action))
    if len(by_step) > 1 and any(len(tokens) == 1 and action.kind == "rename" for tokens, action in part.actions):
        return None  # two members could get one key
    parts = [_item(read, part, step, actions) for step, actions in by_step.items()]
    known = sorted((item for item in parts if item is not None), key=lambda item: item.start)
    return known if len(known) == len(parts) and _share_out(part.changes, known) else None


def _item(read: Text, part: Part, step: str, actions: list[tuple[list[str], Action]]) -> Part | None:
    """An item: its lines in a block, if it leads them, or what is between the commas of a flow collection."""
    node, lines = part.node, read.lines
    at = read.members(node).get(step) if node.is_mapping else int(step) if node.is_list else None
    if at is None or at >= len(node.items):
        return None
    item, behind = node.items[at], node.items[at + 1 : at + 2]
    value = part.value[at if node.is_list else step]
    if node.is_flow:
        brackets = "{}" if node.is_mapping else "[]"
        return Part(item.start, item.end, item.value, value, actions, [], step, brackets)
    if not lines.leads(item.start):
        return None
    end = lines.start(behind[0].start) if behind else part.end
    return Part(lines.start(item.start), end, item.value, value, actions, [], step)


def _share_out(changes: Sequence[Change], parts: Sequence[Part]) -> bool:
    """Give each change to the part that contains it; returns whether all are given, and each part has some.

    What is inserted where a part begins belongs to what is before it.
    """
    starts = [part.start for part in parts]
    for change in changes:
        at = bisect_right(starts, change.start) - 1
        at -= at >= 0 and change.start == change.end == starts[at]
        if at < 0 or change.end > parts[at].end:
            return False
        parts[at].changes.append(change)
    return all(part.changes for part in parts)
