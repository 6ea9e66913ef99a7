"""What a process of a run with several finds by itself, and brings home."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from splint.payloads.faults import FileState
from splint.reporting.report import Diagnostic, ToolNotification
from splint.run.chunks import read_chunk
from splint.run.files import STDIN, File, is_special
from splint.run.pipeline import RunRequest, Worker, WorkUnit

if TYPE_CHECKING:
    from splint.run.overview import Overview
    from splint.run.timing import Times
    from splint.suppression.policy import Use


class WorkerResult(NamedTuple):
    """What a process brings home from a unit."""

    again: Sequence[int]
    """Files that can only be judged beside others, by number: the parent reads them, or their part, again."""
    times: "Times | None"
    diagnostics: Sequence[Diagnostic] = ()
    notifications: Sequence[ToolNotification] = ()
    files: int = 0
    payloads: int = 0
    skipped: int = 0
    used: "frozenset[Use] | set[Use]" = frozenset()
    broken: frozenset[str] | set[str] = frozenset()
    incomplete: frozenset[str] | set[str] = frozenset()
    overview: "Overview | None" = None
    file_state: FileState | None = None
    """What stands in a part; None for whole files, and for what is to be read again."""

    def merge(self, one: Worker, file_state: FileState | None = None) -> None:
        """Take it in; `met` is what stands in the file of which it is a part."""
        engine, order = one.engine, one.order
        engine.diagnostics += self.diagnostics
        engine.files += self.files
        engine.payloads += self.payloads
        engine.skipped += self.skipped
        engine.used |= self.used
        engine.broken |= self.broken
        engine.incomplete |= self.incomplete
        engine.notifications += self.notifications
        if order.overview is not None and self.overview is not None:
            order.overview.merge(self.overview)
        if order.times is not None and self.times is not None:
            order.times.merge(self.times)
        if file_state is not None and self.file_state is not None:
            file_state.join(self.file_state)


def read_alone(order: RunRequest, files: Sequence[File], unit: WorkUnit) -> WorkerResult:
    """Lint of a unit what can be judged alone; the others are given back."""
    overview = order.overview.anew() if order.overview is not None else None
    times = order.times.anew() if order.times is not None else None
    one = Worker(order._replace(overview=overview, times=times))
    return _files(one, files, unit) if unit.part is None else _part(one, files[unit.first], unit)


def _files(one: Worker, files: Sequence[File], unit: WorkUnit) -> WorkerResult:
    engine, again = one.engine, []
    for at in range(unit.first, unit.end):
        before = (len(engine.diagnostics), len(engine.notifications), engine.files, engine.payloads, engine.skipped)
        times = one.order.times.noted() if one.order.times is not None else None
        if files[at].path == STDIN or is_special(files[at].path):  # it can be read once
            again.append(at)
            continue
        one.read(files[at])
        if engine.needs_the_run:
            if one.order.times is not None and times is not None:
                one.order.times.go_back(times)
            engine.forget_held()
            del engine.diagnostics[before[0] :], engine.notifications[before[1] :]
            engine.files, engine.payloads, engine.skipped = before[2:]
            again.append(at)
    return _share(one, again)


def _part(one: Worker, file: File, unit: WorkUnit) -> WorkerResult:
    assert unit.part is not None
    file_state = FileState(one.shown(file), named=file.named)
    read_chunk(one, file, unit.part, file_state, alone=True)
    if one.engine.needs_the_run or file_state.faults:  # nobody knows here whether these faults matter
        return WorkerResult([unit.first], None)
    file_state.first = None  # no process sends documents home
    return _share(one, (), file_state)


def _share(one: Worker, again: Sequence[int], file_state: FileState | None = None) -> WorkerResult:
    engine, order = one.engine, one.order
    counts = engine.files, engine.payloads, engine.skipped
    known = engine.used, engine.broken, engine.incomplete
    return WorkerResult(
        again, order.times, engine.diagnostics, engine.notifications, *counts, *known, order.overview, file_state
    )
