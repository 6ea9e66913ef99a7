"""Duplicate keys. Few files have any."""

from typing import NamedTuple

from splint.formats.spans import Span


class DuplicateKey(NamedTuple):
    """A key that occurs twice in one object (SPL005)."""

    pointer: str
    """Of the member, from the document's root."""
    key: str
    span: Span
    """The later key."""
    first: Span
    """The first key."""
