"""A YAML text to edit, parsed."""

from bisect import bisect_left
from functools import lru_cache
from typing import Any

from splint.formats.document import Document
from splint.formats.operations import OperationError
from splint.formats.source import Source
from splint.formats.yaml.lines import Lines
from splint.formats.yaml.reader import parse_yaml
from splint.formats.yaml.tree import Node, Tree


def value_of(text: str) -> Any:
    """The value of a text of one document. Raises OperationError for any other text."""
    documents = list(parse_yaml(Source("", b""), text))
    if len(documents) != 1 or not isinstance(documents[0], Document) or text.startswith("\ufeff"):
        raise OperationError
    return documents[0].value


class Text:
    """A text of one document, with its value, tree and lines."""

    def __init__(self, text: str) -> None:
        self.text, self.value = text, value_of(text)
        self.tree, self.lines = Tree(text), Lines(text)
        self._members: dict[Node, dict[str | None, int]] = {}
        self._ties = [index for index, name in self.tree.ties if name in self.tree.used]

    def is_tied(self, start: int, end: int) -> bool:
        """Whether an alias, or an anchor that one refers to, is in a range."""
        return bisect_left(self._ties, start) < bisect_left(self._ties, end)

    def members(self, node: Node) -> dict[str | None, int]:
        """The index of each member of a mapping by key. Raises OperationError for duplicate keys, and for odd ones."""
        if node not in self._members:
            positions = {None if item.merges else item.name: at for at, item in enumerate(node.items)}
            if any(item.has_odd_key for item in node.items) or len(positions) < len(node.items):
                raise OperationError
            self._members[node] = positions
        return self._members[node]


@lru_cache(maxsize=1)
def read(text: str) -> Text:
    """Parse a text; cached since the fixes of a document are computed one after the other."""
    return Text(text)
