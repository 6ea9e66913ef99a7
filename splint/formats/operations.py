"""What an automatic fix does to a document, and what that makes of its text."""

from collections.abc import Iterable
from typing import Any, Literal, NamedTuple

import orjson

from splint.formats.document import steps


class Action(NamedTuple):
    """One thing to do at an RFC 6901 pointer from the document's root."""

    kind: Literal["put", "remove", "rename", "quote"]
    """`put` sets a member or element, and adds a member that its object lacks; `remove` takes one away; `rename` keeps
    a member's place and value under the key `value`; `quote` makes a number the string of its characters as written."""
    pointer: str
    value: Any = None


class Change(NamedTuple):
    """A replacement in a text; changes sort by their place."""

    start: int
    """Counts code points, as `end` does."""
    end: int
    """Exclusive."""
    text: str


def applied(text: str, changes: Iterable[Change]) -> str:
    """The text with changes that do not overlap made in it."""
    parts, index = list[str](), 0
    for change in sorted(changes):
        parts += text[index : change.start], change.text
        index = change.end
    return "".join([*parts, text[index:]])


class ImpossibleError(Exception):
    """An action that cannot be done."""


class Branch:
    """What is to be done at a pointer and below it."""

    def __init__(self) -> None:
        self.action: Action | None = None
        self.below: dict[str, Branch] = {}
        """By step."""

    @property
    def kind(self) -> str:
        """The action's kind; empty without one."""
        return self.action.kind if self.action else ""


def tree(actions: Iterable[Action]) -> Branch:
    """Actions by the steps of their pointers; ImpossibleError where two meet or a value is no JSON.

    Below a member that is renamed other things may be done, below one that is put, removed or quoted nothing.
    """
    root = Branch()
    for action in actions:
        if action.pointer[:1] not in ("", "/") or (not action.pointer and action.kind in ("remove", "rename")):
            raise ImpossibleError
        if action.kind in ("put", "rename") and not is_json(action.value):
            raise ImpossibleError
        if action.kind == "rename" and not isinstance(action.value, str):
            raise ImpossibleError
        branch = root
        for step in steps(action.pointer):
            if branch.kind not in ("", "rename"):
                raise ImpossibleError
            branch = branch.below.setdefault(step, Branch())
        if branch.action or (branch.below and action.kind != "rename"):
            raise ImpossibleError
        branch.action = action
    return root


def home_of(branch: Branch) -> tuple[list[str], Branch]:
    """The way to the smallest object or array within which all is done, and what is to be done there."""
    way = []
    while branch.action is None and len(branch.below) == 1:
        [(step, below)] = branch.below.items()
        if below.action is not None:
            break
        way.append(step)
        branch = below
    return way, branch


def is_json(value: Any) -> bool:
    """Whether JSON can say exactly this value."""
    try:
        return bool(orjson.loads(orjson.dumps(value)) == value)
    except (ValueError, TypeError):
        return False


def merged(found: Iterable[Change]) -> list[Change]:
    """Sorted, with those that touch as one; at one place what is put in comes in the order found.

    ImpossibleError where two overlap.
    """
    made: list[Change] = []
    for change in sorted(found, key=lambda change: change[:2]):
        if made and change.start <= made[-1].end:
            last = made.pop()
            if change.start < last.end:
                raise ImpossibleError
            change = Change(last.start, change.end, last.text + change.text)
        made.append(change)
    return [change for change in made if change.text or change.end > change.start]
