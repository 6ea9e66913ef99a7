"""What is known of a field that a finding is on."""

from collections.abc import Mapping
from typing import NamedTuple


class FieldKnowledge(NamedTuple):
    """What is known of a field that a finding is on."""

    kind: str
    """What a value of it is: id, money, date, choice or text."""
    choices: tuple[str | bool, ...] = ()
    """Its values, where it is enumerated."""
    limit: str = ""
    """Its limits in words."""
    taken: Mapping[str, tuple[str | bool, ...]] = {}
    """The values beside which a rule runs, by the rule's code."""
    is_list: bool = False
    """Whether it takes a list of such values, and no single one."""
