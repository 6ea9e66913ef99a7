"""Places in files, as readers count them."""

from typing import NamedTuple


class Position(NamedTuple):
    """A place in a file as readers count it."""

    line: int
    """From 1."""
    column: int
    """From 1, in Unicode code points."""
    offset: int
    """In bytes of the file, from 0; a byte-order mark counts."""
