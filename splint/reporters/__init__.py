"""Output formats: a report in, text out."""

from collections.abc import Callable
from typing import NamedTuple

from splint.report import Report


class Style(NamedTuple):
    """How a reporter may write."""

    color: bool = False
    quiet: bool = False
    """Findings only, no summary."""


class Reporter(NamedTuple):
    """An output format."""

    name: str
    render: Callable[[Report, Style], str]
    """The whole output, with its last line feed; empty when there is nothing to say."""
    is_for_people: bool = False
    """Whether counts and advice may be mixed in: a machine's format holds the report alone."""
    needs: frozenset[str] = frozenset()
    """What a report holds on demand only: paths, outlines (and texts), fingerprints."""


def _full(report: Report, style: Style) -> str:
    from splint.reporters.full import render

    return render(report, style)


def _concise(report: Report, style: Style) -> str:
    from splint.reporters.concise import render

    return render(report, style)


def _json(report: Report, style: Style) -> str:  # noqa: ARG001 - a reporter's signature
    return report.to_json(indent=True) + "\n"


FULL = Reporter("full", _full, is_for_people=True)
CONCISE = Reporter("concise", _concise, is_for_people=True)
JSON_REPORT = Reporter("json", _json)
