"""The constraints of the guide to TikTok's Upgraded Smart+ Web Conversions API, one module a section."""

import os

from splint import Pack, hookimpl
from splint.rules.deferred import deferred_rules
from splint_guide.index import CONDITIONS, RULES

PACK = Pack(
    name="guide",
    prefix="SPL",
    title="Guide to TikTok's Upgraded Smart+ Web Conversions API",
    url=None,
    rules=deferred_rules(__name__, CONDITIONS, RULES),
)


@hookimpl
def splint_rules() -> Pack:
    """The guide's pack."""
    return PACK


@hookimpl
def splint_refusals() -> str:
    """The refusals that rules of the guide's pack tell of, or none does."""
    return os.path.join(os.path.dirname(__file__), "refusals.toml")
