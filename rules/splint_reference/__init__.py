"""What TikTok's own API reference demands of regular web campaigns beyond or against the guide, a module a section."""

import os

from splint import Pack, hookimpl
from splint.rules.deferred import deferred_rules
from splint_reference.index import CONDITIONS, RULES

PACK = Pack(
    name="reference",
    prefix="REF",
    title="TikTok API for Business reference, v1.3 Upgraded Smart+",
    url=None,
    rules=deferred_rules(__name__, CONDITIONS, RULES),
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
