"""Streaming: findings are handed on while the run goes on, as soon as nothing that sorts before them can follow."""

from bisect import bisect_left
from collections.abc import Sequence

from splint.reporting.report import Diagnostic
from splint.run.result import FileResult, FileState
from splint.run.worker import Sink, WorkUnit


class Streaming:
    """Gives a sink the findings of a run whose files, in the order of the report, are called `names`.

    `total` is the result so far; `reaching` is the number of the last file whose documents may stand in any other file.
    """

    def __init__(self, sink: Sink, total: FileResult, names: Sequence[str], reaching: int) -> None:
        self._sink = sink
        self._total = total
        self._names = names
        self._reaching = reaching
        self._taken = 0
        """How many findings of `total` have been looked at."""
        self._pending: list[Diagnostic] = []
        """Those among them that the sink has not been given."""

    def after(self, unit: WorkUnit, state: FileState) -> None:
        """Hand on what is certain once a unit is checked; `state` is that of the file of which it is a chunk.

        Nothing is certain while something is held: its findings are in files that have been read.
        """
        if not self._pending and len(self._total.diagnostics) == self._taken:
            return
        at, offset = unit.end, -1
        if unit.chunk is not None and unit.chunk.size:
            at, offset = unit.first, unit.chunk.offset + unit.chunk.size
            if state.faults or not (state.has_payload or state.has_faults):
                return  # the rest of the file may make findings of faults that stand before this place
        if self._reaching < at < len(self._names) and not self._total.held:
            self._flush(self._names[at], offset)

    def _flush(self, path: str, offset: int) -> None:
        """Hand on all findings that sort before a place."""
        self._pending += self._total.diagnostics[self._taken :]
        self._taken = len(self._total.diagnostics)
        if self._pending:
            pending = sorted(dict.fromkeys(self._pending), key=lambda diagnostic: diagnostic.sort_key)
            count = bisect_left(pending, (path, offset), key=lambda diagnostic: (diagnostic.path, diagnostic.offset))
            self._pending = pending[count:]
            if count:
                self._sink(pending[:count])
