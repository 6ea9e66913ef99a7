"""Spans: ranges of a source's text, and where in it a value is written. Runs without findings import none."""

from typing import NamedTuple


class Span(NamedTuple):
    """A range of a source's text: indexes in code points, the end exclusive."""

    start: int
    end: int


class NodeSpan(NamedTuple):
    """The position of a value in its source's text."""

    value: Span
    """The whole value; of a YAML block collection up to the end of its last child."""
    opening: Span
    """The position for a finding about a missing member: the opening bracket, or a block mapping's first key."""
    key: Span | None = None
    """The member's key, quotes included; None for an element or a root."""
