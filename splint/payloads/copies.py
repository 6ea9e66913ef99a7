"""What a document holds a second time: logs and exports show what was read out of a string, or sent, beside it."""

from collections.abc import Hashable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from splint.formats import Document
    from splint.payloads.bodies import Extracted


class Copies:
    """The objects and lists of a file, and of the strings of JSON that were read in it, to be found by their value."""

    def __init__(self, texts: list[Any]) -> None:
        self._objects: set[Hashable] = set()
        self._in_texts: set[Hashable] = set()
        self._texts = texts
        """What was read, and is not in the set yet."""

    def has(self, value: Any, document: "Document", *, in_texts: bool) -> bool:
        """Whether the file of a document holds an equal object or list, or if `in_texts`, a string that was read."""
        if not self._objects:
            while document.within is not None:
                document = document.within[0]
            _add(document.value, self._objects)
        while in_texts and self._texts:
            _add(self._texts.pop(), self._in_texts)
        own = _add(value, set[Hashable]())
        return own in self._objects or (in_texts and own in self._in_texts)


def copies_of(extracted: "Extracted") -> Copies:
    """Those of a document; a document without strings of JSON needs none."""
    if extracted.copies is None:
        extracted.copies = Copies(extracted.texts)
    copies: Copies = extracted.copies
    return copies


def _add(value: Any, known: set[Hashable]) -> Hashable:
    """Add each object and list in a value to the known ones, as what is equal to it alone. Returns the value so."""
    own: Hashable
    if isinstance(value, dict):
        own = frozenset([(key, _add(entry, known)) for key, entry in value.items()])
    elif isinstance(value, list):
        own = tuple([_add(entry, known) for entry in value])
    else:
        return type(value), value
    known.add(own)
    return own
