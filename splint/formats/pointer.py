"""RFC 6901 JSON pointers."""

from collections.abc import Iterable, Sequence
from typing import Any


def escape(key: str) -> str:
    """A key as a reference token of a pointer."""
    return key.replace("~", "~0").replace("/", "~1") if "~" in key or "/" in key else key


def reference_tokens(pointer: str) -> list[str]:
    """The reference tokens of a pointer, unescaped; none for the whole document."""
    tokens = pointer.split("/")[1:]
    return [token.replace("~1", "/").replace("~0", "~") for token in tokens] if "~" in pointer else tokens


def member(value: Any, token: str, absent: Any = None) -> Any:
    """What an object or a list holds under a reference token; `absent` where it holds nothing there."""
    if isinstance(value, dict):
        return value.get(token, absent)
    if isinstance(value, list) and token.isascii() and token.isdigit() and len(token) < 10:
        index = int(token)
        return value[index] if index < len(value) else absent
    return absent


def values_along(value: Any, tokens: Iterable[str]) -> list[Any]:
    """A value, and what stands in it under each of the tokens in turn; None from where there is nothing."""
    values = [value]
    for token in tokens:
        value = value.get(token) if isinstance(value, dict) else member(value, token)
        values.append(value)
    return values


def depth_of_holder(values: Sequence[Any], is_opened: bool = True) -> int:
    """Where among the values along a pointer the innermost object around its end is.

    An entry of a list that is one counts where it `is_opened`, and does not where it stands for a value.
    """
    last = len(values) - 1
    if is_opened and last and isinstance(values[last], dict) and isinstance(values[last - 1], list):
        return last
    at = last - 1
    while at > 0 and not isinstance(values[at], dict):
        at -= 1
    return max(at, 0)


def value_at(value: Any, tokens: Iterable[str]) -> Any:
    """The value that reference tokens lead to. Raises LookupError, ValueError or TypeError if there is none."""
    for token in tokens:
        value = value[int(token) if isinstance(value, list) else token]
    return value
