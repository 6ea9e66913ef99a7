"""RFC 6901 JSON pointers."""

from collections.abc import Iterable
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
    is_index = isinstance(value, list) and token.isascii() and token.isdigit() and len(token) < 10
    return value[int(token)] if is_index and int(token) < len(value) else absent


def value_at(value: Any, tokens: Iterable[str]) -> Any:
    """The value that reference tokens lead to. Raises LookupError, ValueError or TypeError if there is none."""
    for token in tokens:
        value = value[int(token) if isinstance(value, list) else token]
    return value
