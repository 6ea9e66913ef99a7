"""Operations on values: which exclude each other, what they make of a value, and their RFC 6902 patches."""

import copy
from typing import Any

import pytest

from splint.formats.operations import Action, OperationError, apply, apply_patch, patch_step, same, touched, validate

VALUE: dict[str, Any] = {"a": {"b": 1, "c": [10, 11, 12]}, "~/": None}
DONE: list[tuple[list[Action], Any]] = [
    ([], VALUE),
    ([Action("put", "", 7)], 7),
    ([Action("put", "/a/b", 2), Action("rename", "/a/b", "z")], {**VALUE, "a": {"z": 2, "c": [10, 11, 12]}}),
    ([Action("rename", "/a", "x"), Action("put", "/a/b", 2)], {"x": {"b": 2, "c": [10, 11, 12]}, "~/": None}),
    ([Action("remove", "/a/c/0"), Action("remove", "/a/c/2")], {**VALUE, "a": {"b": 1, "c": [11]}}),
    ([Action("put", "/a/new", [1]), Action("remove", "/~0~1")], {"a": {**VALUE["a"], "new": [1]}}),
]
REFUSED: list[list[Action]] = [
    [Action("put", "a", 1)],
    [Action("remove", "")],
    [Action("rename", "", "b")],
    [Action("rename", "/a", 1)],
    [Action("put", "/a", {1: 2})],
    [Action("put", "/a", float("nan"))],
    [Action("put", "/a", 1), Action("quote", "/a")],
    [Action("put", "/a", {}), Action("put", "/a/b", 1)],
    [Action("put", "/a/b", 1), Action("remove", "/a")],
    [Action("rename", "/a", "b"), Action("rename", "/a", "c")],
    [Action("rename", "/a", "b"), Action("remove", "/a")],
    [Action("remove", "/a"), Action("rename", "/a", "b")],
]
STEPS: list[tuple[Action, dict[str, Any], list[str]]] = [
    (Action("put", "/a/b", 2), {"op": "replace", "path": "/a/b", "value": 2}, ["/a/b"]),
    (Action("put", "", {"b": 1}), {"op": "replace", "path": "", "value": {"b": 1}}, [""]),
    (Action("put", "/a/x", 2), {"op": "add", "path": "/a/x", "value": 2}, ["/a/x"]),
    (Action("quote", "/a/c/1", "11"), {"op": "replace", "path": "/a/c/1", "value": "11"}, ["/a/c/1"]),
    (Action("remove", "/a/c/1"), {"op": "remove", "path": "/a/c/1"}, ["/a/c"]),
    (Action("rename", "/a/b", "x/y"), {"op": "move", "from": "/a/b", "path": "/a/x~1y"}, ["/a/x~1y", "/a/b"]),
]


@pytest.mark.parametrize(("actions", "expected"), DONE)
def test_all_pointers_are_of_the_value_as_it_was(actions: list[Action], expected: Any) -> None:
    """What comes out is a copy, and members that get another key keep their place."""
    before = copy.deepcopy(VALUE)
    validate(actions)
    after = apply(VALUE, actions)
    assert same(after, expected)
    assert list(after) == list(expected) if isinstance(expected, dict) else True
    assert before == VALUE


@pytest.mark.parametrize("actions", REFUSED)
def test_what_excludes_each_other_is_refused(actions: list[Action]) -> None:
    """Two actions at one value, anything below what is replaced, and values that are no JSON."""
    with pytest.raises(OperationError):
        validate(actions)


def test_a_member_never_takes_the_key_of_another() -> None:
    """A rename to a key that is there is refused when it is done."""
    with pytest.raises(OperationError):
        apply(VALUE, [Action("rename", "/a/b", "c")])


@pytest.mark.parametrize(("action", "step", "places"), STEPS)
def test_a_patch_says_what_an_action_does(action: Action, step: dict[str, Any], places: list[str]) -> None:
    """A step of RFC 6902 leaves what the action leaves, `quote` given as its digits."""
    assert patch_step(VALUE, action.kind, action.pointer, action.value) == step
    patched = apply_patch(copy.deepcopy(VALUE), (step,))
    put = action._replace(kind="put") if action.kind == "quote" else action
    assert same(patched, apply(VALUE, [put]))
    assert touched((step,)) == places


def test_what_an_alias_shared_is_apart_afterwards() -> None:
    """A change reaches one of two places that held one object."""
    shared = {"b": 1}
    assert apply([shared, shared], [Action("put", "/0/b", 2)]) == [{"b": 2}, {"b": 1}]


@pytest.mark.parametrize(("one", "other"), [(1, 1.0), (1, True), ([1], [True]), ({"a": 0}, {"a": False}), (None, 0)])
def test_values_of_different_types_are_never_the_same(one: Any, other: Any) -> None:
    """Python's equality takes 1, 1.0 and true for one value."""
    assert not same(one, other)
