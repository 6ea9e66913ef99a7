"""Places within strings of JSON: what these hold, and patches of it as steps that put whole strings."""

import copy
from collections.abc import Sequence
from typing import Any

from splint.agents.parameters import ToolError
from splint.formats import Document, reference_tokens, value_at
from splint.formats.operations import Patch, action_of, apply_patch
from splint.payloads.texts import edited, read
from splint.reporting.wording import safe


def string_on(value: Any, pointer: str) -> str | None:
    """The pointer of the outermost string on the way to a place within it; None where none is, or an empty one."""
    tokens = pointer.split("/")
    for end in range(1, len(tokens)):
        try:
            one = value_at(value, reference_tokens(around := "/".join(tokens[:end])))
        except (LookupError, ValueError, TypeError):
            return None
        if isinstance(one, str):
            return around if one else None
    return None


def opened_at(value: Any, places: Sequence[str]) -> Any:
    """A copy of a value with what strings of JSON hold in their place, where places are within them."""
    value = copy.deepcopy(value)
    for place in places:
        while (at := string_on(value, place)) is not None and isinstance(inner := _read(value, at), Document):
            apply_patch(root := [value], ({"op": "replace", "path": f"/0{at}", "value": inner.value},))
            [value] = root
    return value


def _read(value: Any, at: str) -> Document | object:
    return read(value_at(value, reference_tokens(at)))


def closed(value: Any, patch: Patch) -> Patch:
    """A patch of what `opened_at` makes as one of the value: what it changes in a string is a step that puts that."""
    steps = list[dict[str, Any]]()
    within: dict[str, list[dict[str, Any]]] = {}
    for step in patch:
        if (at := string_on(value, step["path"])) is None:
            steps.append(step)
        else:
            moved = {key: of[len(at) :] if key in ("path", "from") else of for key, of in step.items()}
            within.setdefault(at, []).append(moved)
    for at, inner in within.items():
        text = value_at(value, reference_tokens(at))
        content = read(text)
        actions = closed(content.value, tuple(inner)) if isinstance(content, Document) else ()
        if not actions or (new := edited(text, [*map(action_of, actions)])) is None:
            raise cannot_edit(at)
        steps.insert(0, {"op": "replace", "path": at, "value": new})
    return tuple(steps)


def cannot_edit(at: str) -> ToolError:
    """Why nothing goes into a string of JSON."""
    return ToolError(f"{safe(at[:200])}: the string of JSON cannot be edited: change the payload itself")
