"""Campaign creation."""

from collections.abc import Iterator

from splint.payloads.nodes import Campaign, Finding
from splint.reporting.wording import term
from splint.rules.guard import is_other
from splint.rules.rule import GONE, bad, good, rule


@rule(
    "SPL101",
    "objective-not-web-conversions",
    on=Campaign,
    level="error",
    section="Campaign creation",
    basis="stated",
    since="0.1.0",
    guard=is_other("Campaign.objective_type", "WEB_CONVERSIONS"),
    examples=lambda: [
        bad("another objective", {"/campaign/objective_type": "LEAD_GENERATION"}, at=["/campaign/objective_type"]),
        good("the objective", {"/campaign/objective_type": "WEB_CONVERSIONS"}),
        good("no objective at all is a missing field", {"/campaign/objective_type": GONE}),
    ],
)
def objective_not_web_conversions(campaign: Campaign) -> Iterator[Finding]:
    """The objective is WEB_CONVERSIONS.

    The rules that only make sense for web conversions stay silent in this campaign's tree.
    """
    objective = term(campaign.raw["objective_type"])
    yield campaign.finding(
        "objective_type",
        f"objective_type {objective} is not WEB_CONVERSIONS, the objective that these constraints are for",
        "set objective_type to WEB_CONVERSIONS, or leave other campaigns out",
    )


RULES = (objective_not_web_conversions,)
