"""Output formats: a report in, text out."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from splint.reporting.report import SEVERITIES, Report

if TYPE_CHECKING:
    from splint.reporting.report import Diagnostic


MOST = 10_000
"""So many findings of a file are in an output that holds all of them, where nobody says how many."""


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


class Room:
    """How many findings of each file are still to be written, and how many were not."""

    def __init__(self, most: int | None) -> None:
        self.most = most
        """As many as a format likes when None."""
        self.written = 0
        """How many findings have been seen to: the first ones of the report."""
        self._taken: dict[str, int] = {}
        self.left_out: dict[str, int] = {}
        """By path."""

    def takes(self, path: str) -> bool:
        """Whether there is room for one more of a file; notes what becomes of it."""
        taken = self._taken.get(path, 0)
        if self.most is None or taken < self.most:
            self._taken[path] = taken + 1
            return True
        self.left_out[path] = self.left_out.get(path, 0) + 1
        return False


class Pieces(NamedTuple):
    """An output that is made of findings, one after the other, and something that follows them."""

    finding: "Callable[[Diagnostic, Style], str]"
    """Empty for one that is not shown."""
    closing: Callable[[Report, Style], str]

    def render(self, report: Report, style: Style) -> str:
        """The whole output, of all findings."""
        return self.written(report.diagnostics, style, Room(None)) + self.closing(report, style)

    def written(self, findings: "Iterable[Diagnostic]", style: Style, room: Room) -> str:
        """The output for some findings, as far as there is room for them."""
        texts = ((one.path, self.finding(one, style)) for one in findings)
        return "".join([text for path, text in texts if text and room.takes(path)])


class Reporter(NamedTuple):
    """An output format."""

    name: str
    render: Callable[[Report, Style], str]
    """The whole output, with its last line feed; empty when there is nothing to say."""
    is_for_people: bool = False
    """Whether counts and advice may be mixed in: a machine's format holds the report alone."""
    needs: frozenset[str] = frozenset()
    """What a report holds on demand only: paths, outlines (and texts), fingerprints."""
    pieces: Pieces | None = None
    """What the output is made of, where it can be written while the run goes on."""

    def output(self, report: Report, style: Style, room: Room) -> str:
        """The output, or what of it is still to be written, with as many findings as there is room for."""
        if self.pieces is None:
            return self.render(report.at_most(room.most or MOST), style)
        text = self.pieces.written(report.diagnostics[room.written :], style, room)
        return text + self.pieces.closing(report.having(left_out=room.left_out) if room.left_out else report, style)


def _made_by(module: str, function: str = "render") -> Callable[[Any, Style], str]:
    """A function of a module, which is imported when its format is first asked for."""

    def made(found: Any, style: Style) -> str:
        return _imported(module, function)(found, style)

    return made


@cache
def _imported(module: str, function: str) -> Callable[[Any, Style], str]:
    from importlib import import_module

    found: Callable[[Any, Style], str] = getattr(import_module(f"splint.reporting.reporters.{module}"), function)
    return found


def _in_pieces(name: str, module: str, *, is_for_people: bool = False) -> Reporter:
    """The format of a module that renders findings one by one."""
    closing = "terminal" if is_for_people else module  # without findings it is all there is: 0.3 ms of a start
    pieces = Pieces(_made_by(module, "finding"), _made_by(closing, "closing"))
    return Reporter(name, pieces.render, is_for_people, pieces=pieces)


def _json(report: Report, style: Style) -> str:  # noqa: ARG001 - a reporter's signature
    return report.to_json(indent=True) + "\n"


FORMATS = (
    _in_pieces("full", "full", is_for_people=True),
    _in_pieces("concise", "concise", is_for_people=True),
    Reporter("json", _json),
    _in_pieces("json-lines", "json_lines"),
    Reporter("sarif", _made_by("sarif"), needs=frozenset({"fingerprints"})),
    Reporter("github", _made_by("github")),
    Reporter("gitlab", _made_by("gitlab"), needs=frozenset({"fingerprints"})),
    Reporter("junit", _made_by("junit"), needs=frozenset({"paths"})),
    Reporter("markdown", _made_by("markdown")),
    Reporter("html", _made_by("html"), needs=frozenset({"paths", "outlines"})),
)
"""The formats that come with splint."""
