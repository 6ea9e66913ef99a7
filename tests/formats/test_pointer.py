"""JSON pointers: the walk along one."""

from typing import Any

import pytest

from splint.formats import member, reference_tokens, value_at

VALUE: dict[str, Any] = {"a": [{"b/c": 1}, None], "1": {"": "x"}}


@pytest.mark.parametrize(
    ("value", "token", "there"),
    [
        ({"1": 2}, "1", 2),
        ({"1": None}, "1", None),
        ({}, "1", "absent"),
        ([1, 2], "1", 2),
        ([1, 2], "2", "absent"),
        ([1, 2], "-1", "absent"),
        ([1, 2], "-", "absent"),
        ([1, 2], "²", "absent"),
        ([1, 2], "١", "absent"),
        ([1, 2], "1" * 5000, "absent"),
        ("text", "1", "absent"),
        (None, "a", "absent"),
    ],
)
def test_a_member_is_there_or_absent(value: Any, token: str, there: Any) -> None:
    """No token, whatever it is, raises: digits of other scripts and numbers longer than Python reads are no index."""
    assert member(value, token, "absent") == there


def test_a_value_stands_at_its_pointer() -> None:
    assert value_at(VALUE, reference_tokens("/a/0/b~1c")) == 1
    assert value_at(VALUE, reference_tokens("/1/")) == "x"
    for gone in ("/b", "/a/2", "/a/x", "/a/1/b"):
        with pytest.raises((LookupError, ValueError, TypeError)):
            value_at(VALUE, reference_tokens(gone))
