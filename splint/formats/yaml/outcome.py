"""The value that actions are to make of a document's, by which their changes in the text are checked."""

from collections.abc import Sequence
from math import isfinite
from typing import Any

from splint.formats.document import steps
from splint.formats.operations import Action
from splint.formats.yaml.written import Refused


def intended(value: Any, actions: Sequence[Action]) -> Any:
    """The value after all actions but `quote`, whose pointers are those of the value before; raises Refused."""
    _compatible(actions)
    root: Any = [_copied(value)]
    later = list[tuple[int, int, list[str], Action]]()
    for action in actions:
        path = ["0", *steps(action.pointer)]
        parent = _parent(root, path)
        index = int(path[-1]) if isinstance(parent, list) else 0
        if action.kind == "put":
            parent[index if isinstance(parent, list) else path[-1]] = _copied(action.value)
        else:
            later.append((len(path), index, path, action))
    for _, index, path, action in sorted(later, key=lambda other: other[:2], reverse=True):
        parent = _parent(root, path)
        if isinstance(parent, list):
            del parent[index]
        elif action.kind == "remove":
            del parent[path[-1]]
        elif action.value in parent:
            raise Refused
        else:
            parent[action.value] = parent.pop(path[-1])
    return root[0]


def same(one: Any, other: Any) -> bool:
    """Equal, with 1, 1.0 and true told apart; the order of members aside."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(value, other[key]) for key, value in one.items())
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    return repr(one) == repr(other)


def is_number(value: Any) -> bool:
    """Whether a value is a number that JSON can write."""
    return type(value) is int or (type(value) is float and isfinite(value))


def _compatible(actions: Sequence[Action]) -> None:
    """Refuse what is done twice at one place, or within what is replaced or taken away."""
    done = dict[tuple[str, ...], set[str]]()
    for action in actions:
        kinds = done.setdefault(tuple(steps(action.pointer)), set())
        if action.kind in kinds or (kinds and "remove" in {action.kind, *kinds}):
            raise Refused
        kinds.add(action.kind)
    for path in done:
        for length in range(len(path)):
            if done.get(path[:length], set()) & {"put", "remove"}:
                raise Refused


def _parent(root: Any, path: Sequence[str]) -> Any:
    for step in path[:-1]:
        root = root[int(step) if isinstance(root, list) else step]
    return root


def _copied(value: Any) -> Any:
    """A copy in which nothing is shared, as aliases share it."""
    if isinstance(value, dict):
        return {key: _copied(inner) for key, inner in value.items()}
    return [_copied(inner) for inner in value] if isinstance(value, list) else value
