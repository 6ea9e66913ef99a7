"""What an editor shows of one buffer: the text and what is known of it. All features are functions of a view.

Offsets are indices of the text (code points), and ranges are half open.
"""

from typing import NamedTuple

from splint.reporting.diagnostic import Diagnostic
from splint.rules.rule import Selection
from splint.rules.ruleset import Ruleset

LANGUAGES = ("json", "jsonc", "ndjson", "yaml", "shell", "markdown", "toml")
"""The languages of views; toml is a settings file."""


class View(NamedTuple):
    """A buffer and what is known of it."""

    text: str
    language: str
    """One of LANGUAGES."""
    profile: str
    """The profile in force: guide or reference."""
    ruleset: Ruleset
    """The rules in force, with what the settings say to them."""
    diagnostics: tuple[Diagnostic, ...] = ()
    """The last findings on this text; their columns and lines are one-based, columns in code points."""

    @property
    def rules(self) -> tuple[Selection, ...]:
        """The rules in force, sorted by code."""
        return self.ruleset.rules

    @property
    def objectives(self) -> tuple[str, ...]:
        """The objectives that campaigns may have by the settings."""
        return self.ruleset.run.objectives

    def clamped(self, offset: int) -> int:
        """The closest offset that lies in the text."""
        return min(max(offset, 0), len(self.text))
