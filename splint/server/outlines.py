"""What stands in a document as a whole: while somebody types, the last text that could be read to its end."""

from collections.abc import Callable
from typing import NamedTuple

from lsprotocol import types

from splint.server.diagnostics import Places
from splint.server.objects import found_in
from splint.server.texts import Moved, Text
from splint.server.view import View


class Outline(NamedTuple):
    """A document, whose campaigns and ids stand where its last whole text had them."""

    view: View
    """Of the text that is read."""
    text: Text
    """The text that the editor shows."""
    moved: Callable[[int], int]
    """From offsets of the one to those of the other."""
    places: Places

    def range(self, start: int, end: int) -> types.Range:
        """A range of the text that is read, where the editor shows it."""
        return self.places.range(self.text, self.moved(start), self.moved(end))


def outline(view: View, text: Text, whole: str | None, places: Places) -> Outline:
    """The outline of a text; `whole` is the last one that could be read to its end."""
    if whole is None or found_in(view).is_whole:
        return Outline(view, text, int, places)
    return Outline(view._replace(text=whole), text, Moved(whole, text.text), places)
