"""Which findings are reported of a tree's: the causes of the others are owned by findings of other rules.

Rules declare what they own (`supersedes`); nothing else keeps a rule silent because another one speaks.
"""

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING

from splint.payloads.nodes import Creative

if TYPE_CHECKING:
    from splint.run.judge import RuleFinding


def reported(findings: "Sequence[RuleFinding]") -> "Sequence[RuleFinding]":
    """The findings of a tree, or of a node that is in none, whose cause no other one of them owns.

    What is owned in a whole tree is as if its rule had not run. What is owned at a node or place owns in turn: its
    owner stands there in its stead. Comments and settings come later, so a suppressed finding owns its cause too.
    """
    owners = [one for one in findings if one.selection.rule.supersedes]
    if not owners:
        return findings
    in_tree = {code for one in owners for code, reach in one.selection.rule.supersedes.items() if reach == "tree"}
    owned = {
        (code, _where(one, reach))
        for one in owners
        if one.selection.rule.code not in in_tree
        for code, reach in one.selection.rule.supersedes.items()
    }
    return [
        one
        for one in findings
        if (code := one.selection.rule.code) not in in_tree
        and (code, _where(one, "node")) not in owned
        and (code, _where(one, "place")) not in owned
    ]


def _where(one: "RuleFinding", reach: str) -> Hashable:
    """What a finding has in common with those that it owns: the payload, or the place and the field missing there."""
    if reach == "node":
        return id(one.node.ad if isinstance(one.node, Creative) else one.node)
    at = one.finding.location
    return id(at.document), at.pointer, one.finding.about
