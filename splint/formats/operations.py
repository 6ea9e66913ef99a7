"""Operations on values, of which automatic fixes consist, for all formats and for RFC 6902 patches.

All pointers refer to the value before any operation: removing an element does not shift the indexes of others.
`rename` changes a member's key; `put`, `remove` and `quote` change its value.
"""

import copy
from collections.abc import Iterable, Sequence
from typing import Any, Literal, NamedTuple

import orjson

from splint.formats.pointer import escape, reference_tokens, value_at

Patch = tuple[dict[str, Any], ...]
"""An RFC 6902 patch; its steps are applied in order."""


class Action(NamedTuple):
    """One operation of a document's value, at an RFC 6901 pointer from its root."""

    kind: Literal["put", "remove", "rename", "quote"]
    """`put` sets a member or an element, or adds a member; `remove` removes one; `rename` changes a member's key to
    `value` and keeps its position; `quote` turns a number into the string of its characters as written."""
    pointer: str
    value: Any = None


class OperationError(Exception):
    """Raised for operations that contradict each other or cannot be applied unambiguously."""


class Branch:
    """The operations at a pointer and below it."""

    def __init__(self) -> None:
        self.action: Action | None = None
        """The operation on the value: put, remove or quote."""
        self.rename: str | None = None
        """The new key of its member."""
        self.below: dict[str, Branch] = {}
        """The branches of members or elements, by reference token."""

    @property
    def kind(self) -> str:
        """The kind of the value's action; empty without one."""
        return self.action.kind if self.action else ""


def validate(actions: Iterable[Action]) -> Branch:
    """The actions as a tree. Raises OperationError if two contradict each other or a value is not JSON.

    No action may be below one that puts, removes or quotes; a renamed member may also be put or quoted.
    """
    root = Branch()
    for action in actions:
        if action.pointer[:1] not in ("", "/") or (not action.pointer and action.kind in ("remove", "rename")):
            raise OperationError
        if action.kind in ("put", "rename") and not is_json(action.value):
            raise OperationError
        branch = root
        for token in reference_tokens(action.pointer):
            if branch.action:
                raise OperationError
            branch = branch.below.setdefault(token, Branch())
        if action.kind == "rename":
            if not isinstance(action.value, str) or branch.rename is not None or branch.kind == "remove":
                raise OperationError
            branch.rename = action.value
        elif branch.action or branch.below or (branch.rename is not None and action.kind == "remove"):
            raise OperationError
        else:
            branch.action = action
    return root


def home_of(branch: Branch) -> tuple[list[str], Branch]:
    """The pointer, as reference tokens, of the innermost container of all operations, and its branch."""
    way = []
    while branch.action is None and len(branch.below) == 1:
        [(token, below)] = branch.below.items()
        if below.action is not None or below.rename is not None:
            break
        way.append(token)
        branch = below
    return way, branch


def is_json(value: Any) -> bool:
    """Whether the value equals itself after a JSON round trip."""
    try:
        return bool(orjson.loads(orjson.dumps(value)) == value)
    except (ValueError, TypeError):
        return False


# -- values ------------------------------------------------------------------------------------------------------------


def apply(value: Any, actions: Iterable[Action]) -> Any:
    """A copy of a value after valid actions; a `quote` must be given as the `put` of its string.

    Raises OperationError if a member would get the key of another member.
    """
    root = [_unshared(value)]
    later: list[tuple[int, int, list[str], Action]] = []
    for action in actions:
        tokens = ["0", *reference_tokens(action.pointer)]
        if action.kind == "put":
            _do(root, "put", tokens, _unshared(action.value))
        else:
            later.append((len(tokens), int(tokens[-1]) if tokens[-1].isdecimal() else 0, tokens, action))
    for _, _, tokens, action in sorted(later, key=lambda one: one[:2], reverse=True):  # the last elements go first
        if action.kind == "rename" and action.value in _target(root, tokens)[0]:
            raise OperationError
        _do(root, action.kind, tokens, action.value)
    return root[0]


def same(one: Any, other: Any) -> bool:
    """Whether two values are equal, where 1, 1.0 and true differ and the order of members does not matter."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(value, other[key]) for key, value in one.items())
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    return repr(one) == repr(other)


def _unshared(value: Any) -> Any:
    """A deep copy; values that YAML aliases share become separate ones."""
    if isinstance(value, dict):
        return {key: _unshared(inner) for key, inner in value.items()}
    return [_unshared(inner) for inner in value] if isinstance(value, list) else value


def _target(value: Any, tokens: Sequence[str]) -> tuple[Any, Any]:
    """The object or array that contains the target, and its key or index there."""
    *way, last = tokens
    value = value_at(value, way)
    return value, int(last) if isinstance(value, list) else last


def _do(root: Any, kind: str, tokens: Sequence[str], value: Any) -> None:
    """Put, remove or rename in place; the kind is `put`, `remove` or `rename`."""
    holder, last = _target(root, tokens)
    if kind == "put":
        holder[last] = value
    elif kind == "remove":
        del holder[last]
    else:
        members = list(holder.items())
        holder.clear()
        holder.update((value if key == last else key, entry) for key, entry in members if key != value)


# -- RFC 6902 ----------------------------------------------------------------------------------------------------------


def patch_step(value: Any, kind: str, pointer: str, operand: Any) -> dict[str, Any]:
    """An action as a step of an RFC 6902 patch of `value`; `operand` is the value, the new key or the digits."""
    if kind == "remove":
        return {"op": "remove", "path": pointer}
    if kind == "rename":
        return {"op": "move", "from": pointer, "path": f"{pointer.rpartition('/')[0]}/{escape(operand)}"}
    if kind == "quote":
        return {"op": "replace", "path": pointer, "value": operand}
    if not pointer:
        return {"op": "replace", "path": "", "value": operand}
    holder, last = _target(value, reference_tokens(pointer))
    there = not isinstance(holder, dict) or last in holder
    return {"op": "replace" if there else "add", "path": pointer, "value": operand}


def action_of(step: dict[str, Any]) -> Action:
    """The action that a step of `patch_step` does."""
    if step["op"] == "move":
        return Action("rename", step["from"], reference_tokens(step["path"])[-1])
    return Action("remove", step["path"]) if step["op"] == "remove" else Action("put", step["path"], step["value"])


def apply_patch(value: Any, patch: Patch) -> Any:
    """Apply a patch made by `patch_step` in place; a renamed member keeps its position.

    Returns the value: another one if a step puts the whole.
    """
    for step in patch:
        if step["op"] == "move":
            _do(value, "rename", reference_tokens(step["from"]), reference_tokens(step["path"])[-1])
        elif step["op"] == "remove":
            _do(value, "remove", reference_tokens(step["path"]), None)
        elif not step["path"]:
            value = copy.deepcopy(step["value"])
        else:
            _do(value, "put", reference_tokens(step["path"]), copy.deepcopy(step["value"]))
    return value


def touched(patch: Patch) -> list[str]:
    """The pointers of the changed values; the list's own if an element is removed, since this shifts others."""
    pointers = []
    for step in patch:
        path = step["path"]
        is_element = step["op"] == "remove" and path.rpartition("/")[2].isdigit()
        pointers.append(path.rpartition("/")[0] if is_element else path)
        pointers += [step["from"]] if "from" in step else []
    return pointers
