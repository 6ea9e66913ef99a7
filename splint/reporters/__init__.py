"""Output formats: a report in, text out."""

from collections.abc import Callable
from typing import NamedTuple

from splint.report import SEVERITIES, Report


class Style(NamedTuple):
    """How a reporter may write."""

    color: bool = False
    quiet: bool = False
    """Findings only, no summary."""
    fail_on: str = "error"
    """The mildest level that makes the exit status 1, or never."""

    def fails(self, severity: str) -> bool:
        """Whether a finding of a level makes the exit status 1."""
        return self.fail_on != "never" and SEVERITIES.index(severity) <= SEVERITIES.index(self.fail_on)


class Reporter(NamedTuple):
    """An output format."""

    name: str
    render: Callable[[Report, Style], str]
    """The whole output, with its last line feed; empty when there is nothing to say."""
    is_for_people: bool = False
    """Whether counts and advice may be mixed in: a machine's format holds the report alone."""
    needs: frozenset[str] = frozenset()
    """What a report holds on demand only: paths, outlines (and texts), fingerprints."""


def _made_by(module: str) -> Callable[[Report, Style], str]:
    """The `render` of a module, which is imported when its format is first asked for."""

    def render(report: Report, style: Style) -> str:
        from importlib import import_module

        found: str = import_module(f"splint.reporters.{module}").render(report, style)
        return found

    return render


def _for_people(module: str) -> Callable[[Report, Style], str]:
    """As `_made_by`; without findings there is nothing but the last line, and no module: 0.3 ms of a start."""
    made = _made_by(module)

    def render(report: Report, style: Style) -> str:
        if report.active:
            return made(report, style)
        from splint.reporters.terminal import closing

        return closing(report, style)

    return render


def _json(report: Report, style: Style) -> str:  # noqa: ARG001 - a reporter's signature
    return report.to_json(indent=True) + "\n"


FORMATS = (
    Reporter("full", _for_people("full"), is_for_people=True),
    Reporter("concise", _for_people("concise"), is_for_people=True),
    Reporter("json", _json),
    Reporter("json-lines", _made_by("json_lines")),
    Reporter("sarif", _made_by("sarif"), needs=frozenset({"fingerprints"})),
    Reporter("github", _made_by("github")),
    Reporter("gitlab", _made_by("gitlab"), needs=frozenset({"fingerprints"})),
    Reporter("junit", _made_by("junit"), needs=frozenset({"paths"})),
    Reporter("markdown", _made_by("markdown")),
    Reporter("html", _made_by("html"), needs=frozenset({"paths", "outlines"})),
)
"""The formats that come with splint."""
