"""Output formats: each renders a report as text."""

from collections.abc import Callable, Collection, Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

from splint.reporting.report import SEVERITIES, Report

if TYPE_CHECKING:
    from splint.reporting.report import Diagnostic


MOST = 10_000
"""The most findings per file in a format that is rendered at once, unless --max-findings sets another number."""


NEEDS = ("fingerprints", "paths", "outlines", "repository", "bytes")
"""What a report holds only for a format that needs it.

`fingerprints` of findings, and their fields; `paths` and `outlines` (with texts) in `Report.details`; `repository`:
paths from the top of the repository, as CI shows them, in place of the working directory.
"""


class Style:
    """Options of a reporter."""

    def __init__(
        self,
        color: bool = False,
        quiet: bool = False,
        fail_on: str = "error",
        after: str | None = None,
    ) -> None:
        self.color = color
        self.quiet = quiet
        """Findings only, no summary."""
        self.fail_on = fail_on
        """The least severity that fails a check, or `never`."""
        self.after = after
        """The cursor behind which an answer in pages goes on."""

    def fails(self, severity: str) -> bool:
        """Whether a finding of a severity fails a check: the exit status is 1, but for --exit-zero."""
        return self.fail_on != "never" and SEVERITIES.index(severity) <= SEVERITIES.index(self.fail_on)


class Room:
    """Counts the findings written per file against a limit, and those that were left out."""

    def __init__(self, most: int | None) -> None:
        self.most = most
        """The most findings per file; None for the format's own limit."""
        self.written = 0
        """The number of findings, from the report's first, that were streamed already."""
        self._taken: dict[str, int] = {}
        self.left_out: dict[str, int] = {}
        """The number of findings left out, by path."""

    def takes(self, path: str) -> bool:
        """Whether another finding of a file is within the limit; counts it as written or left out."""
        taken = self._taken.get(path, 0)
        if self.most is None or taken < self.most:
            self._taken[path] = taken + 1
            return True
        self.left_out[path] = self.left_out.get(path, 0) + 1
        return False


class Pieces:
    """An output that can be streamed: a text per finding, then a closing text."""

    def __init__(
        self,
        finding: Callable[["Diagnostic", Style], str],
        closing: Callable[[Report, Style], str],
    ) -> None:
        self.finding = finding
        """Renders a finding; empty for one that is not shown."""
        self.closing = closing

    def render(self, report: Report, style: Style) -> str:
        """The whole output, with all findings."""
        return self.written(report.diagnostics, style, Room(None)) + self.closing(report, style)

    def written(self, findings: "Iterable[Diagnostic]", style: Style, room: Room) -> str:
        """The output of some findings, within the limit."""
        texts = ((one.path, self.finding(one, style)) for one in findings)
        return "".join([text for path, text in texts if text and room.takes(path)])


class Reporter:
    """An output format."""

    def __init__(
        self,
        name: str,
        render: Callable[[Report, Style], str],
        is_for_people: bool = False,
        needs: Collection[str] = ("fingerprints",),
        pieces: Pieces | None = None,
    ) -> None:
        self.name = name
        self.render = render
        """Renders the whole output with its last line feed; may be empty."""
        self.is_for_people = is_for_people
        """Whether counts and advice may be printed too; else the output holds the report alone."""
        self.needs = needs
        """What of NEEDS it asks for: most of these things cost time."""
        self.pieces = pieces
        """For the built-in formats that can be streamed."""

    def output(self, report: Report, style: Style, room: Room) -> str:
        """The output without the findings that were streamed already, within the limit."""
        if self.pieces is None:
            return self.render(report.at_most(room.most or MOST), style)
        text = self.pieces.written(report.diagnostics[room.written :], style, room)
        return text + self.pieces.closing(report.having(left_out=room.left_out) if room.left_out else report, style)


def _lazy(module: str, function: str = "render") -> Callable[[Any, Style], str]:
    """A function that imports its module on the first call."""

    def call(subject: Any, style: Style) -> str:
        return _imported(module, function)(subject, style)

    return call


@cache
def _imported(module: str, function: str) -> Callable[[Any, Style], str]:
    from importlib import import_module  # only once a report is written

    imported: Callable[[Any, Style], str] = getattr(import_module(f"splint.reporting.reporters.{module}"), function)
    return imported


def _streamable(name: str, module: str, *, is_for_people: bool = False, needs: Collection[str] = ()) -> Reporter:
    """The format of a module that can be streamed."""
    # what people read ends alike: saves importing the module, 0.3 ms, in a run without findings
    closing = _lazy("terminal", f"{module}_closing") if is_for_people else _lazy(module, "closing")
    pieces = Pieces(_lazy(module, "finding"), closing)
    return Reporter(name, pieces.render, is_for_people, needs, pieces)


def _json(report: Report, style: Style) -> str:  # noqa: ARG001 - a reporter's signature
    return report.to_json(indent=True) + "\n"


FORMATS = (
    _streamable("full", "full", is_for_people=True),
    _streamable("concise", "concise", is_for_people=True),
    Reporter("json", _json),
    _streamable("json-lines", "json_lines", needs=("fingerprints",)),
    Reporter("sarif", _lazy("sarif"), needs=("fingerprints", "repository", "bytes")),
    Reporter("github", _lazy("github"), needs=("repository",)),
    Reporter("gitlab", _lazy("gitlab"), needs=("fingerprints", "repository")),
    Reporter("junit", _lazy("junit"), needs=("paths", "repository")),
    Reporter("markdown", _lazy("markdown"), needs=()),
    Reporter("agent", _lazy("agent")),
    Reporter("html", _lazy("html"), needs=("paths", "outlines")),
)
"""The built-in formats."""
