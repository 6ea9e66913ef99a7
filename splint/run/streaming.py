"""Streams findings during a run: each is passed on once no later finding can sort before it."""

from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter
from typing import TYPE_CHECKING

from splint.reporting.report import Diagnostic
from splint.run.result import FileResult, FileState
from splint.run.worker import Sink, WorkUnit

if TYPE_CHECKING:
    from splint.suppression.anchors import Numbering


class Streaming:
    """Passes the findings of a run to a sink, in the order of the report. `names` are the paths of its sorted files.

    `total` is the result so far; `reaching` is the index of the last file whose documents may stand in other files, -1
    if there is none: until it is checked, nothing is passed on.
    """

    def __init__(self, sink: Sink, total: FileResult, names: Sequence[str], reaching: int) -> None:
        self._sink = sink
        self._total = total
        self._names = names
        self._reaching = reaching
        self._taken = 0
        """The number of findings of `total` already taken."""
        self._pending: list[Diagnostic] = []
        """The findings taken but not passed on."""
        self._numbering: Numbering | None = None

    def after(self, unit: WorkUnit, state: FileState) -> None:
        """Pass findings on after a unit was checked; for a chunk, `state` is the state of its file.

        Nothing is passed on while something is held: it may still add findings to files that have been read.
        """
        if not self._pending and len(self._total.diagnostics) == self._taken:
            return
        if self._total.sent is not None and self._total.sent.passed_on:
            return  # a file that is still to be read may name one of those, which is judged then
        at, offset = unit.end, -1
        if unit.chunk is not None and unit.chunk.size:
            at, offset = unit.first, unit.chunk.offset + unit.chunk.size
            if state.faults or not (state.has_payload or state.has_faults):
                return  # faults before this place may still become findings
        if self._reaching < at < len(self._names) and not self._total.held:
            self._flush(self._names[at], offset)

    def _flush(self, path: str, offset: int) -> None:
        """Pass on all findings that sort before a path and offset."""
        self._pending += self._total.diagnostics[self._taken :]
        self._taken = len(self._total.diagnostics)
        if self._pending:
            pending = sorted(dict.fromkeys(self._pending), key=attrgetter("sort_key"))
            count = bisect_left(pending, (path, offset), key=lambda diagnostic: (diagnostic.path, diagnostic.offset))
            self._pending = pending[count:]
            if count:
                self._sink(self._numbered(self._distinct(pending[:count])))

    def _distinct(self, diagnostics: list[Diagnostic]) -> list[Diagnostic]:
        """The findings as the report has them: a file that scripts alone send has no fixes."""
        if self._total.sent is None:
            return diagnostics
        from splint.run.sent import distinct  # few runs read scripts that send files

        return sorted(distinct(diagnostics, self._total), key=attrgetter("sort_key"))

    def _numbered(self, diagnostics: list[Diagnostic]) -> list[Diagnostic]:
        """The findings with the ordinals of their anchors, if they have anchors."""
        if diagnostics[0].anchor is None:
            return diagnostics
        from splint.suppression.anchors import Numbering  # only where fingerprints are wanted

        self._numbering = self._numbering or Numbering()
        return self._numbering.numbered(diagnostics)
