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

    @property
    def link(self) -> str | None:
        """The rule's page, else the source's."""
        return self.url or self.document

    def page_of(self, code: str) -> str:
        """The address of the page of the rule `code`, or without one the command that shows it."""
        return self.url or f"splint rules {code}"


MEANINGS = {
    "stated": "the source says so",
    "implied": "it follows from what the source says",
    "reference": "TikTok's API reference says so",
    "sanity": "no source needed",
}
"""How far to trust a rule, and what each of these words means."""
