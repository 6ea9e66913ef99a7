"""Where the constraint of a rule comes from."""

from typing import NamedTuple


class Citation(NamedTuple):
    """The source of a rule, and its basis."""

    title: str
    section: str
    basis: str
    url: str | None
