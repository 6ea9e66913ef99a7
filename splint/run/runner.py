"""Runs a check over files, in this process or in several worker processes."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from copy import copy
from functools import partial
from typing import TYPE_CHECKING

from splint.files import STDIN, File, size_of
from splint.files.trust import current
from splint.formats import Chunk
from splint.reporting.report import Report
from splint.run.pipeline import check_facts, report_of
from splint.run.result import FileResult, FileState
from splint.run.worker import RunRequest, Sink, Worker, WorkUnit

if TYPE_CHECKING:
    from splint.run.streaming import Streaming
    from splint.run.trials import Trials
    from splint.suppression.scope import RunScope

BYTES_PER_JOB = 500_000
"""The bytes of input per worker process. Measured: two take 35 ms for 1 MB, one takes 53; for 260 KB both take 14."""
BYTES_TO_OPEN = 2_000
"""The cost of opening a file, in bytes of input."""
LARGE = 1 << 20
"""The size in bytes from which a file is read in chunks, if its format allows it."""
FILES_AT_ONCE = 64
"""The most files in a work unit."""


class Interrupted(KeyboardInterrupt):
    """Raised on Ctrl-C while files are read; `report` covers the first `done` files."""

    def __init__(self, report: Report, done: int) -> None:
        super().__init__()
        self.report = report
        self.done = done


def run(
    request: RunRequest,
    files: Sequence[File],
    *,
    jobs: int | None,
    progress: Callable[[int], None],
    sink: Sink | None = None,
) -> Report:
    """Check files and return the report.

    `jobs` is the number of processes, by default chosen by the size of the input; it changes no finding. `progress` is
    called with the number of files checked so far; `sink` receives findings during the run. Raises Interrupted on
    Ctrl-C.
    """
    runner = _Runner(request, files, sink)
    report = partial(
        report_of,
        runner.total,
        runner.worker.rulesets,
        request.main.tool,
        anchored=request.anchored,
        once=True,
        trials=runner.trials,
    )
    try:
        runner.check(jobs, progress)
        return report(baseline=request.baseline, scope=runner.scope)
    except KeyboardInterrupt:
        raise Interrupted(report(baseline=request.baseline, is_whole=False), runner.done) from None


class _Runner:
    """Checks the files of a run, or merges the results of worker processes, in the order of the report."""

    def __init__(self, request: RunRequest, files: Sequence[File], sink: Sink | None) -> None:
        self.request = request = copy(request)
        request.names = {file.real: file.shown for file in files if file.real is not None}
        self.worker = Worker(request)
        self.files = sorted(files, key=self.worker.shown)
        self._names = list(map(self.worker.shown, self.files))
        self.done = 0
        """The number of files checked so far."""
        self._readers = self.worker.register(self.files)
        self.total = FileResult(None, request.overview, request.times)
        check_facts(self.total, self.worker.rulesets, anchored=request.anchored)
        self._sizes = self._large()
        self._state = FileState("", named=False)
        """The state of the file that is being read in chunks."""
        self._streaming = self._stream(sink) if sink is not None and len(files) + len(self._sizes) > 1 else None

    def scope(self) -> "RunScope":
        """What the run read, and what it could not know: asked once all is judged."""
        from splint.suppression.scope import RunScope  # only where something silences findings

        paths, rulesets, total = [file.path for file in self.files], self.worker.rulesets, self.total
        return RunScope(self.request.tops, paths, rulesets, broken=total.broken, incomplete=total.incomplete)

    def trials(self) -> "Trials":
        """The trials of an answer to an agent, on files that are read again."""
        from splint.run.trials import trials_of_files  # only for answers to agents

        return trials_of_files(self.worker, self.files)

    def _stream(self, sink: Sink) -> "Streaming | None":
        """The stream of findings during the run; None if a finding made last may have to be reported first."""
        policies = [ruleset.policy for ruleset in self.worker.rulesets]
        if self.request.baseline is not None or any(policy is not None and policy.silences for policy in policies):
            return None
        if len(set(self._names)) < len(self._names):  # standard input may be called like a file
            return None
        from splint.run.streaming import Streaming  # one file is never streamed

        suffixes = tuple(word for reader in self._readers if not reader.stays_within for word in reader.suffixes)
        return Streaming(sink, self.total, self._names, next(self._fitting(suffixes), -1))

    def _fitting(self, suffixes: tuple[str, ...]) -> Iterator[int]:
        """The indices of files with one of these suffixes, the last first."""
        return (at for at in range(len(self._names) - 1, -1, -1) if self._names[at].lower().endswith(suffixes))

    def _large(self) -> dict[int, int]:
        """The sizes in bytes of the files to read in chunks, by index."""
        request, sizes = self.request, dict[int, int]()
        if current().overlay or (request.overview is not None and request.overview.wants_texts):
            return sizes
        for at in self._fitting(tuple(word for reader in self._readers if reader.split for word in reader.suffixes)):
            file = self.files[at]
            reader = self.worker.reader(file)
            if file.path == STDIN or reader is None or reader.split is None:
                continue
            if (size := size_of(file)) >= LARGE:
                sizes[at] = size
        return sizes

    def check(self, jobs: int | None, progress: Callable[[int], None]) -> None:
        """Check all files."""
        chunks = sum(size // LARGE for size in self._sizes.values())
        jobs = min(jobs or jobs_for(self.files, self._sizes, _cores()), max(len(self.files) + chunks, 1))
        if jobs == 1 or not hasattr(os, "fork"):
            for unit in self._units(1):
                self._add(unit, None, range(unit.first, unit.end), progress)
            return
        from splint.run.parallel import in_order  # most runs take one process

        at_once = max(1, min(FILES_AT_ONCE, -(-len(self.files) // (jobs * 8))))
        results = in_order(partial(self.worker.check_unit, self.files), self._units(at_once), jobs)
        with closing(results):
            for unit, (result, again) in results:
                self._add(unit, result, again, progress)

    def _units(self, at_once: int) -> Iterator[WorkUnit]:
        start = 0
        for at in (*sorted(self._sizes), len(self.files)):
            for first in range(start, at, at_once):
                yield WorkUnit(first, min(first + at_once, at))
            if at < len(self.files):
                for chunk in self.worker.chunks(self.files[at], self.total):
                    yield WorkUnit(at, at + 1, chunk)
            start = at + 1

    def _add(
        self, unit: WorkUnit, result: FileResult | None, again: Iterable[int], progress: Callable[[int], None]
    ) -> None:
        """Merge the result of a unit, None if no worker checked it, and check the files `again` in this process."""
        if unit.chunk is not None:
            self._add_chunk(self.files[unit.first], unit.chunk, None if again else result)
        else:
            if result is not None:
                self.total.merge(result)
            for at in again:
                self.total.merge(self.worker.check(self.files[at], self.request.overview))
        if unit.chunk is None or not unit.chunk.size:
            self.done = unit.end
            progress(self.done)
        if self._streaming is not None:
            self._streaming.after(unit, self._state)

    def _add_chunk(self, file: File, chunk: Chunk, result: FileResult | None) -> None:
        """Merge the result of the next chunk of a file; if it is None, check the chunk in this process."""
        overview = self.request.overview
        if chunk.offset <= 0:
            self._state = FileState(self.worker.shown(file), named=file.named, required=self.worker.requires(file))
        state = self._state
        if state.has_failed:
            return
        if result is None:
            result = self.worker.check(file, overview, chunk=chunk)
        self.total.merge(result)
        if result.state is not None:
            state.join(result.state)
        if not state.has_failed and (state.faults or not chunk.size):
            self.total.merge(self.worker.conclude(file, state, overview, is_last=not chunk.size))


def jobs_for(files: Iterable[File], sizes: Mapping[int, int], cores: int) -> int:
    """The number of processes to use for files, at most `cores`. `sizes` are known sizes in bytes, by index.

    File sizes are only read until they justify `cores` processes.
    """
    work = sum(sizes.values())
    for file in files if cores > 1 else ():
        if work >= cores * BYTES_PER_JOB:
            break
        work += BYTES_TO_OPEN + (size_of(file) if file.path != STDIN else 0)
    return max(1, min(cores, work // BYTES_PER_JOB))


def _cores() -> int:
    """The number of CPU cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
