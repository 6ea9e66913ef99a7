"""The examples of rules: tests and pages need them, checks do not."""

from collections.abc import Mapping
from typing import Any, NamedTuple

AS_OF = "2026-03-01"
"""The date that examples take as now, unless they have their own."""


class Example(NamedTuple):
    """A payload that a rule accepts or objects to.

    Edits of one of the clean bases of `splint.testing` (`cbo`, `no-cbo`, `ad-group`, `ad`): a pointer to its new
    value, to `GONE` or to `times(n)`. Or the text of a whole document.
    """

    title: str
    edits: Mapping[str, Any]
    at: tuple[str, ...] = ()
    """The pointers that the rule flags, in order; none in a good example."""
    base: str = "cbo"
    text: str | None = None
    """In place of base and edits: the document itself."""
    name: str = "example.json"
    """The document's file name: its suffix is its format."""
    facts: Mapping[str, Any] = {}
    as_of: str | None = None
    """A date or moment in UTC; `AS_OF` when None."""
    objectives: tuple[str, ...] | None = None
    """The setting `objectives`; its default when None."""
    is_template: bool = False
    """Whether the file is one whose ids code fills in later."""
    beside: tuple[str, ...] = ()
    """Other rules that run beside the one that the example is about."""
    fixed: Mapping[str, Any] | str | None = None
    """What the rule's fixes leave: edits of the flagged payload, or the whole text; None where it has no fix."""
    is_safe: bool = False
    """Whether `fixed` comes about by safe fixes alone; else unsafe ones are asked for."""
    options: Mapping[str, Any] = {}
    """Options of the rule, by name, where they are not the defaults."""
    level: str | None = None
    """The level of its findings, where it is not the rule's."""
