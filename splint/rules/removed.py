"""Rules that are gone: their pages stay, and neither code nor name is given to another rule."""

from typing import NamedTuple


class Removed(NamedTuple):
    """A rule that was removed."""

    code: str
    name: str
    version: str
    """The first version of splint without it."""
    reason: str
    """Why, and what to do in its place: whole sentences in Markdown."""


REMOVED: tuple[Removed, ...] = ()
"""All of them, sorted by code; a removed rule moves here in the change that removes it."""


def markdown_page(rule: Removed) -> str:
    """The page of a removed rule in Markdown."""
    return f"# {rule.code} {rule.name}\n\nThis rule was removed in splint {rule.version}.\n\n{rule.reason}\n"


def markdown_table(rules: tuple[Removed, ...]) -> str:
    """The section of the index of rules that links to their pages; an empty text where there is none."""
    rows = [f"| [{rule.code}]({rule.code}.md) | {rule.name} | {rule.version} |" for rule in rules]
    head = ["", "## Removed rules", "", "| code | name | removed in |", "|---|---|---|"]
    return "\n".join([*head, *rows]) + "\n" if rows else ""
