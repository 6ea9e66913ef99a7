"""Findings told of while the run goes on: each as soon as nothing that sorts before it can be found any more."""

from bisect import bisect_left
from collections.abc import Sequence

from splint.payloads.faults import FileState
from splint.reporting.report import Diagnostic
from splint.run.engine import Engine
from splint.run.pipeline import Sink, WorkUnit


class Streaming:
    """Tells a sink of the findings of a run whose files, in the order of the report, are called `names`.

    `reaching` is the last file whose documents may stand in any other file.
    """

    def __init__(self, sink: Sink, engine: Engine, names: Sequence[str], reaching: int) -> None:
        self._sink = sink
        self._engine = engine
        self._names = names
        self._reaching = reaching
        self._taken = 0
        self._waiting: list[Diagnostic] = []
        """Findings that the sink has not heard of, but for those that came last."""

    def after(self, unit: WorkUnit, file_state: FileState) -> None:
        """Tell what is certain once a unit is read, and with a part of a file `met` in that.

        What waits for the rest of the run has its findings in files that have been read: then nothing is certain.
        """
        if not self._waiting and len(self._engine.diagnostics) == self._taken:
            return
        at, offset = unit.end, -1
        if unit.part is not None and unit.part.size:
            at, offset = unit.first, unit.part.offset + unit.part.size
            if file_state.faults or not (file_state.has_payload or file_state.has_faults):
                return  # something may still come to light that makes findings of what has been read
        if self._reaching < at < len(self._names) and not self._engine.needs_the_run:
            self._tell(self._names[at], offset)

    def _tell(self, path: str, offset: int) -> None:
        """Tell of all findings that sort before a place."""
        self._waiting += self._engine.diagnostics[self._taken :]
        self._taken = len(self._engine.diagnostics)
        if self._waiting:
            found = sorted(dict.fromkeys(self._waiting), key=lambda found: found.sort_key)
            count = bisect_left(found, (path, offset), key=lambda found: (found.path, found.offset))
            self._waiting = found[count:]
            if count:
                self._sink(found[:count])
