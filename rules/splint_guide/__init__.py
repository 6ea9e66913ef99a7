"""The constraints of the guide to TikTok's Upgraded Smart+ Web Conversions API, one module a section."""

import os

from splint import Pack, hookimpl
from splint_guide import (
    access,
    ad_group_budget,
    bidding,
    budget,
    campaign,
    creation,
    creatives,
    destination,
    documents,
    fields,
    floors,
    identity,
    lifecycle,
    limits,
    optimization,
    placeholders,
    placements,
    schedule,
    signals,
    targeting,
    uniformity,
    urls,
    values,
)

PACK = Pack(
    name="guide",
    prefix="SPL",
    title="Guide to TikTok's Upgraded Smart+ Web Conversions API",
    url=None,
    rules=(
        *documents.RULES,
        *placeholders.RULES,
        *fields.RULES,
        *values.RULES,
        *creation.RULES,
        *campaign.RULES,
        *budget.RULES,
        *floors.RULES,
        *ad_group_budget.RULES,
        *optimization.RULES,
        *bidding.RULES,
        *schedule.RULES,
        *targeting.RULES,
        *placements.RULES,
        *limits.RULES,
        *creatives.RULES,
        *identity.RULES,
        *destination.RULES,
        *urls.RULES,
        *uniformity.RULES,
        *lifecycle.RULES,
        *signals.RULES,
        *access.RULES,
    ),
)


@hookimpl
def splint_rules() -> Pack:
    """The guide's pack."""
    return PACK


@hookimpl
def splint_refusals() -> str:
    """The refusals that rules of the guide's pack tell of, or none does."""
    return os.path.join(os.path.dirname(__file__), "refusals.toml")
