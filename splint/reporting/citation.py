"""Where the constraint of a rule comes from."""

from typing import NamedTuple


class Citation(NamedTuple):
    """The source of a rule, and its basis."""

    title: str
    section: str
    basis: str
    url: str | None
    """The address of the rule's page; None where it has none."""
    document: str | None = None
    """The address of the source's page that says so."""


MEANINGS = {
    "stated": "the source says so",
    "implied": "it follows from what the source says",
    "reference": "TikTok's API reference says so",
    "sanity": "no source needed",
}
"""How far to trust a rule, and what each of these words means."""
