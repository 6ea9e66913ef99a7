"""Outlines of campaign trees, for the formats that show them."""

from typing import NamedTuple

from splint.reporting.location import Range


class Trait(NamedTuple):
    """What a payload says of budget, bid, schedule or the like."""

    label: str
    text: str
    """In words, or the value as written."""
    value: str = ""
    """The API's own value, if the text says it in words."""


class Outline(NamedTuple):
    """A summary of a payload and its children, for formats that show the campaign tree."""

    kind: str
    """campaign, adgroup, ad, creative, status or events."""
    request: str
    """create, update, status or row; a row is the current state of an object at TikTok."""
    name: str
    """The name as written; empty without one."""
    path: str
    pointer: str
    document: int | None
    range: Range | None
    traits: tuple[Trait, ...] = ()
    """Budget, bid, schedule, identity."""
    children: "tuple[Outline, ...]" = ()
    body: int = 0
    """As in `Diagnostic`."""
