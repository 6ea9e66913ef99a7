"""What TikTok's own API reference demands of regular web campaigns beyond or against the guide, a module a section."""

import os

from splint import Pack, hookimpl
from splint_reference import (
    ad_group_budget,
    ads,
    bidding,
    budget,
    calls_to_action,
    campaign,
    creatives,
    identity,
    lifecycle,
    locations,
    optimization,
    schedule,
    targeting,
    values,
)

PACK = Pack(
    name="reference",
    prefix="REF",
    title="TikTok API for Business reference, v1.3 Upgraded Smart+",
    url=None,
    rules=(
        *values.RULES,
        *campaign.RULES,
        *budget.RULES,
        *ad_group_budget.RULES,
        *optimization.RULES,
        *bidding.RULES,
        *schedule.RULES,
        *locations.RULES,
        *targeting.RULES,
        *creatives.RULES,
        *identity.RULES,
        *ads.RULES,
        *calls_to_action.RULES,
        *lifecycle.RULES,
    ),
    profile="reference",
)


@hookimpl
def splint_rules() -> Pack:
    """The reference's pack."""
    return PACK


@hookimpl
def splint_refusals() -> str:
    """The refusals that rules of the reference's pack tell of, or none does."""
    return os.path.join(os.path.dirname(__file__), "refusals.toml")
