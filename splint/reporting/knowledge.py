"""What is known of a field that a finding is on."""

from typing import NamedTuple


class FieldKnowledge(NamedTuple):
    """What is known of a field that a finding is on."""

    kind: str
    """What a value of it is: id, money, date, choice, text or object."""
    choices: tuple[str | bool, ...] = ()
    """Its values, where it is enumerated."""
    limit: str = ""
    """Its limits in words."""
    untold: frozenset[str] = frozenset()
    """The codes of the rules that look at it and of which `limit` tells nothing."""
    is_list: bool = False
    """Whether it takes a list of such values, and no single one."""
    is_text: bool = True
    """Whether a value of kind text is a text, and not a number or an object."""
    holds: tuple[str, ...] = ()
    """The fields of the object that goes into it, or of those in its list, as guards name them."""
    around: tuple[tuple[str, int], ...] = ()
    """The models of the objects around its own, the innermost first, and how many steps of a pointer up each is."""
    is_told_by_absence: bool = False
    """Whether leaving it out says something of its own: an amount is a day's, nobody is excluded, nothing ends."""
