"""Reports by hand, for the tests of the output formats."""

from typing import Any

from splint.reporting.citation import Citation
from splint.reporting.location import Position
from splint.reporting.report import (
    Anchor,
    Diagnostic,
    Excerpt,
    Range,
    RelatedPlace,
    Report,
    RuleInfo,
    Suppression,
    Tool,
    ToolNotification,
)
from splint.suppression.anchors import Numbering

SOURCE = Citation("Guide to the Smart+ API", "Budgets", "stated", None)
TOOL = Tool("1.2.3", "default", "2026-03-01")
LINE = '  "budget": 5,'
"""The third line of the file that `diagnostic()` speaks of."""


def stretch(line: int = 3, column: int = 13, length: int = 1, offset: int | None = None) -> Range:
    """A range on one line; the offset counts lines of 20 bytes unless given."""
    first = (line - 1) * 20 + column - 1 if offset is None else offset
    return Range(Position(line, column, first), Position(line, column + length, first + length))


def diagnostic(**changes: Any) -> Diagnostic:
    """An error of SPL210 at `/campaign/budget` of campaign.json, line 3, column 13; its offset is its range's."""
    where: Range | None = changes.get("range", stretch())
    values: dict[str, Any] = {
        "path": "campaign.json",
        "offset": where.start.offset if where else -1,
        "code": "SPL210",
        "pointer": "/campaign/budget",
        "document": None,
        "name": "budget-too-small",
        "severity": "error",
        "summary": "budget 5 is below the minimum of 50",
        "help": "raise it to 50 or more",
        "range": where,
        "related": (),
        "source": SOURCE,
        "anchor": Anchor(changes.get("pointer", "/campaign/budget"), None),
        "excerpt": Excerpt(where.start.line, LINE, 12, 1) if where else None,
    }
    return Diagnostic(**{**values, **changes})


def numbered(*diagnostics: Diagnostic) -> list[Diagnostic]:
    """Findings with the ordinals that a run gives those that are alike."""
    return Numbering().numbered(sorted(diagnostics, key=lambda finding: finding.sort_key))


def related(**changes: Any) -> RelatedPlace:
    """A second place: line 9, column 5 of campaign.json."""
    values: dict[str, Any] = {
        "message": "the mode is set here",
        "path": "campaign.json",
        "pointer": "/campaign/budget_mode",
        "range": stretch(9, 5, 4),
        "excerpt": Excerpt(9, "    true", 4, 4),
        "document": None,
    }
    return RelatedPlace(**{**values, **changes})


def suppression(kind: str = "comment", **changes: Any) -> Suppression:
    """A reason why a finding does not count; for a comment, one on line 2 of campaign.json."""
    path = {"comment": "campaign.json", "baseline": "splint-baseline.json"}.get(kind, "splint.toml")
    values: dict[str, Any] = {"kind": kind, "path": path, "line": 2, "reason": ""}
    return Suppression(**{**values, **changes})


def rule_info(code: str = "SPL210", **changes: Any) -> RuleInfo:
    """SPL210 as reports describe it."""
    values: dict[str, Any] = {
        "code": code,
        "name": "budget-too-small",
        "level": "error",
        "summary": "A budget is at least the minimum of its currency.",
        "explanation": "TikTok refuses smaller ones.\nRaise the budget.",
        "source": SOURCE,
    }
    return RuleInfo(**{**values, **changes})


def notification(**changes: Any) -> ToolNotification:
    """A file that could not be read."""
    values: dict[str, Any] = {
        "kind": "unreadable-file",
        "message": "gone.json: cannot be read: No such file or directory",
        "path": "gone.json",
    }
    return ToolNotification(**{**values, **changes})


def report(*diagnostics: Diagnostic, **options: Any) -> Report:
    """A report of those findings; the rule of `rule_info()` ran and one file with one payload was read."""
    values: dict[str, Any] = {"tool": TOOL, "files": 1, "payloads": 1, "rules": (rule_info(),)}
    return Report(**{**values, **options}, diagnostics=diagnostics)
