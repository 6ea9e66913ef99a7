"""What moves within a YAML text as a block: its lines and comments go along, indented for their new place."""

from collections.abc import Sequence
from typing import Any

from splint.formats.operations import same
from splint.formats.yaml.lines import Lines
from splint.formats.yaml.tree import Item
from splint.formats.yaml.written import Quotes, member, string

_UNIT = "  "
"""The indentation of members in an object that is added around what moves."""


class Moving:
    """The members that are removed from a text and can be put elsewhere as they are written."""

    def __init__(self, text: str, lines: Lines) -> None:
        self._text, self._lines = text, lines
        self._waiting: list[tuple[Item, Any]] = []
        self.is_opened = False
        """Whether members of a block mapping move by themselves, which are never written anew."""
        self.count = 0
        """The number of members put elsewhere as they are written."""

    def add(self, item: Item, value: Any, *, is_in_block: bool = False) -> None:
        """Take note of a member that is removed, with its value: a block collection, or any in a block mapping."""
        if item.key is not None and item.mark is not None and (is_in_block or item.value.kind in ("mapping", "list")):
            self._waiting.append((item, value))

    def members(self, added: Sequence[tuple[str, Any]], quotes: Quotes, indent: str) -> list[str]:
        """Members of a block mapping, without the indentation of their first lines."""
        return [self._member(key, value, quotes, indent) for key, value in added]

    def _member(self, key: str, value: Any, quotes: Quotes, indent: str) -> str:
        item = self._taken(key, value)
        if item is not None:
            self.count += 1
            return string(key, quotes.key, flow=False) + self._lines_of(item, indent)
        if isinstance(value, dict) and any(self._holds(one) for one in value.values()):
            deeper = indent + _UNIT
            inner = (self._lines.newline(0) + deeper + one for one in self.members([*value.items()], quotes, deeper))
            return f"{string(key, quotes.key, flow=False)}:{''.join(inner)}"
        return member(key, value, quotes, flow=False)

    def _holds(self, value: Any) -> bool:
        """Whether a value is that of a member that waits, or holds one."""
        if any(same(value, other) for _, other in self._waiting):
            return True
        return isinstance(value, dict) and any(map(self._holds, value.values()))

    def _taken(self, key: str, value: Any) -> Item | None:
        """The member with a value, one of the same name first; it waits no longer."""
        equal = [one for one in self._waiting if same(one[1], value)]
        if not equal:
            return None
        taken = min(equal, key=lambda one: one[0].name != key)
        self._waiting.remove(taken)
        return taken[0]

    def _lines_of(self, item: Item, indent: str) -> str:
        """What follows a member's key, to the end of its last line, with the lines indented for a key at `indent`."""
        start = item.key.end if item.key else item.start
        old = item.start - self._lines.start(item.start)
        first, *lines = self._text[start : self._lines.after(item.end)].splitlines(keepends=True)
        moved = (line if not line.strip() else indent + _dedented(line, old) for line in lines)
        return "".join([first, *moved]).rstrip("\r\n")


def _dedented(line: str, width: int) -> str:
    """A line without its first blanks, at most so many."""
    return line[min(width, len(line) - len(line.lstrip(" "))) :]
