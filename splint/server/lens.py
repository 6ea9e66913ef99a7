"""What a campaign can spend, above it."""

from datetime import UTC, datetime
from typing import NamedTuple

from splint.payloads.nodes import Tree
from splint.server.objects import Spans, found_in
from splint.server.view import View
from splint.submit.money import most


class Lens(NamedTuple):
    """A line above a range of the text."""

    start: int
    end: int
    title: str


def lenses(view: View) -> list[Lens]:
    """The most that each campaign of a buffer can spend a day, as the dry run of `submit` says it."""
    found = found_in(view)
    trees = [tree for tree in found.trees if tree.campaign is not None]
    spans = Spans(found, (tree.campaign for tree in trees if tree.campaign is not None))
    lines = []
    for tree in trees:
        span = spans.name(tree.campaign) if tree.campaign is not None else None
        title = _title(tree)
        if span is not None and title:
            lines.append(Lens(*span, title))
    return sorted(lines)


def _title(tree: Tree) -> str:
    """What a campaign can spend a day; empty where the buffer does not say it."""
    campaign = tree.campaign
    assert campaign is not None
    spend = most(tree, datetime.now(UTC))  # a day's most depends on no date
    if spend.daily is None:
        if campaign.kind == "update":
            return ""
        if campaign.cbo is False and not tree.ad_groups:
            return "Its ad groups say what it can spend a day"
    currency = next((facts.currency for facts in campaign.facts_around if facts.currency), None)
    return f"Can spend {spend.a_day(currency)}"
