"""A run over files: one after the other, or shared out among processes."""

import errno
import io
import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from splint.formats import Chunk, Reader
from splint.formats.json.reader import JSON
from splint.payloads.faults import FileState
from splint.reporting.report import Report, ToolNotification
from splint.rules.registry import Ruleset
from splint.run.engine import Engine
from splint.run.files import STDIN, File
from splint.run.linter import Linter
from splint.settings.trust import current

if TYPE_CHECKING:
    from splint.reporting.report import Diagnostic
    from splint.run.overview import Overview
    from splint.run.result import WorkerResult
    from splint.run.streaming import Streaming
    from splint.run.timing import Times
    from splint.suppression.baseline import Baseline
    from splint.suppression.policy import RunScope

BYTES_PER_JOB = 500_000
"""The bytes that are worth a process. Measured: two read 1 MB in 35 ms where one takes 53; at 260 KB both take 14."""
BYTES_TO_OPEN = 2_000
"""As how many bytes opening a file counts."""
LARGE = 1 << 20
"""From how many bytes on a file is taken apart, where its format allows it."""
FILES_AT_ONCE = 64
"""How many files a process is given at most in one go."""

LinterAt = Callable[[str], Linter]
"""From an absolute directory to the linter with the settings of its files."""
Sink = Callable[["list[Diagnostic]"], None]
"""What hears of findings before the run is over: in the order of the report, each once, all those before them told."""


class RunRequest(NamedTuple):
    """What is asked of a run, apart from its files."""

    linter_at: LinterAt
    now: datetime
    """For every rule that looks at the clock, where the settings say no other."""
    main: Linter
    """With the settings of the working directory: they hold for what is no file's."""
    stdin_name: str | None = None
    anchored: bool = False
    """Whether findings get their anchors."""
    overview: "Overview | None" = None
    """What gathers files, texts and campaign trees, where a format asks for them."""
    baseline: "Baseline | None" = None
    overlay: Mapping[str, bytes] = {}
    """What files hold instead of what is on disk, by the file itself (`os.path.realpath`), `-` for standard input."""
    covered: "RunScope | Sequence[str]" = ()
    """What is read: the absolute paths of files and whole directories."""
    times: "Times | None" = None
    """What counts the time that rules take, where somebody asks."""


class Interrupted(KeyboardInterrupt):
    """Ctrl-C while files were read; `report` is what had been found, in `done` of the files."""

    def __init__(self, report: Report, done: int) -> None:
        super().__init__()
        self.report = report
        self.done = done


class WorkUnit(NamedTuple):
    """What is read in one go: files, by their numbers, or a part of one."""

    first: int
    end: int
    part: Chunk | None = None


def run(
    order: RunRequest,
    files: Sequence[File],
    *,
    jobs: int | None,
    progress: Callable[[int], None],
    sink: Sink | None = None,
) -> Report:
    """Lint files. The report, and what `sink` hears before it, are the same whatever `jobs` is.

    Raises Interrupted on Ctrl-C.
    """
    going = _Run(order, files, sink)
    engine, finish = going.one.engine, partial(going.one.engine.finish, order.main.tool, once=True)
    has_policies = any(ruleset.policy is not None for ruleset in going.one.rulesets.values())
    is_asked = has_policies or order.baseline is not None or not isinstance(order.covered, Sequence)
    try:
        going.read(jobs, progress)
        coverage = _coverage(order, going.files) if is_asked else None
        return finish(coverage=coverage, baseline=order.baseline)
    except KeyboardInterrupt:
        engine.payloads = going.payloads
        raise Interrupted(finish(baseline=order.baseline, is_whole=False), going.done) from None


def _coverage(order: RunRequest, files: Sequence[File]) -> "RunScope":
    """What the run reads, for whatever there is to silence findings."""
    from splint.suppression.policy import RunScope

    return RunScope.of(order.covered, [file.path for file in files])


class Worker:
    """A process that reads files."""

    def __init__(self, order: RunRequest) -> None:
        self.order = order
        self.rulesets: dict[int, Ruleset] = {}
        self._linters: dict[str, Linter] = {}
        """By directory, as files name it."""
        self.engine = Engine(self.ruleset(order.main), anchored=order.anchored, overview=order.overview)

    def ruleset(self, linter: Linter) -> Ruleset:
        """A linter's rules for this run."""
        if id(linter) not in self.rulesets:
            ruleset = linter.ruleset(self.order.now)
            self.rulesets[id(linter)] = ruleset if self.order.times is None else self.order.times.timed(ruleset)
        return self.rulesets[id(linter)]

    def register(self, files: Iterable[File]) -> list[Linter]:
        """Make the settings of all files part of the run, whoever reads them; gives the linters with them."""
        names = ((self.order.stdin_name or "") if file.path == STDIN else file.path for file in files)
        directories = dict.fromkeys(map(os.path.dirname, names))
        linters = {id(linter): linter for linter in map(self.order.linter_at, map(os.path.abspath, directories))}
        for linter in linters.values():
            self.engine.registered(self.ruleset(linter))
        return list(linters.values())

    def shown(self, file: File) -> str:
        """What a file is called in the report."""
        return (self.order.stdin_name or STDIN) if file.path == STDIN else file.shown

    def means(self, file: File) -> tuple[Linter, Reader | None]:
        """The linter and the reader for a file; None for one of no known format."""
        path = (self.order.stdin_name or STDIN) if file.path == STDIN else file.path
        directory = os.path.dirname(path)
        linter = self._linters.get(directory)
        if linter is None:
            linter = self._linters[directory] = self.order.linter_at(os.path.abspath(directory))
        reader = linter.registry.reader_for(path)
        return linter, JSON if reader is None and path == STDIN else reader

    def read(self, file: File) -> None:
        """Lint a file; what keeps it from being read is a trouble."""
        order, engine, shown = self.order, self.engine, self.shown(file)
        linter, reader = self.means(file)
        try:
            if reader is None and file.path != STDIN and not os.path.lexists(file.path):
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
            if reader is None:
                suffixes = " ".join(suffix for reader in linter.registry.readers for suffix in reader.suffixes)
                message = f"{shown}: no document format has this suffix ({suffixes}); pipe it in with --stdin-filename"
                engine.notifications.append(ToolNotification("unreadable-file", message, shown))
                return
            with opened(file, order.overlay) as stream:
                if order.overview is not None and order.overview.wants_texts:
                    data = stream.read()
                    order.overview.read(shown, data)
                    engine.read(shown, io.BytesIO(data), reader, named=file.named, ruleset=self.ruleset(linter))
                else:
                    engine.read(shown, stream, reader, named=file.named, ruleset=self.ruleset(linter))
        except OSError as error:
            self.failed(file, error)

    def failed(self, file: File, error: OSError) -> None:
        """Note that a file cannot be read."""
        message = f"{self.shown(file)}: cannot be read: {error.strerror or error}"
        self.engine.notifications.append(ToolNotification("unreadable-file", message, self.shown(file)))


def opened(file: File, overlay: Mapping[str, bytes] = {}) -> BinaryIO:
    """A file's bytes, or what stands in for them. Raises OSError."""
    if overlay:
        data = overlay.get(STDIN if file.path == STDIN else os.path.realpath(file.path))
        if data is not None:
            return io.BytesIO(data)
    if file.path != STDIN:
        return current().opened(file.path)
    if sys.stdin is None:
        raise OSError("standard input is closed")
    return io.BytesIO(current().checked(sys.stdin.buffer.read()))


class _Run:
    """A run in the process that reports: it reads files, or takes in what others read, in the order of the report."""

    def __init__(self, order: RunRequest, files: Sequence[File], sink: Sink | None) -> None:
        self.order = order
        self.one = Worker(order)
        self.files = sorted(files, key=self.one.shown)
        self._names = list(map(self.one.shown, self.files))
        self.done = 0
        """How many files have been read."""
        self.payloads = 0
        """How many payloads they hold, and the parts of the next one."""
        linters = self.one.register(self.files)
        self.one.engine.judge_account()
        self._readers = [reader for linter in linters for reader in linter.registry.readers]
        self._sizes = self._large()
        self._met = FileState("", named=False)
        """What stands in the file that is being read in parts."""
        self._telling = self._told(sink) if sink is not None and len(files) + len(self._sizes) > 1 else None

    def _told(self, sink: Sink) -> "Streaming | None":
        """What tells of findings before the run is over; None where some that sort first may come last."""
        policies = [ruleset.policy for ruleset in self.one.rulesets.values()]
        if self.order.baseline is not None or any(policy is not None and policy.silences for policy in policies):
            return None
        if len(set(self._names)) < len(self._names):  # standard input may be called like a file
            return None
        from splint.run.streaming import Streaming

        suffixes = tuple(word for reader in self._readers if not reader.stays_within for word in reader.suffixes)
        return Streaming(sink, self.one.engine, self._names, next(self._fitting(suffixes), -1))

    def _fitting(self, suffixes: tuple[str, ...]) -> Iterator[int]:
        """The numbers of files with one of these suffixes, from the last on."""
        return (at for at in range(len(self._names) - 1, -1, -1) if self._names[at].lower().endswith(suffixes))

    def _large(self) -> dict[int, int]:
        """The sizes of the files that are read in parts, by number."""
        order, found = self.order, dict[int, int]()
        if order.overlay or (order.overview is not None and order.overview.wants_texts):
            return found
        for at in self._fitting(tuple(word for reader in self._readers if reader.split for word in reader.suffixes)):
            file = self.files[at]
            _, reader = self.one.means(file)
            if file.path == STDIN or reader is None or reader.split is None:
                continue
            if (size := _size(file)) >= LARGE:
                found[at] = size
        return found

    def read(self, jobs: int | None, progress: Callable[[int], None]) -> None:
        """Read all files."""
        parts = sum(size // LARGE for size in self._sizes.values())
        jobs = (
            min(jobs or paying(self.files, self._sizes, _cores()), max(len(self.files) + parts, 1))
            if hasattr(os, "fork")
            else 1
        )
        if jobs > 1:
            from splint.run.result import read_alone
            from splint.run.workers import in_order

            at_once = max(1, min(FILES_AT_ONCE, -(-len(self.files) // (jobs * 8))))
            shares = in_order(partial(read_alone, self.order, self.files), self._units(at_once), jobs)
            with closing(shares):
                for unit, share in shares:
                    self._take(unit, share, progress)
        else:
            for unit in self._units(1):
                self._take(unit, None, progress)

    def _units(self, at_once: int) -> Iterator[WorkUnit]:
        start = 0
        for at in (*sorted(self._sizes), len(self.files)):
            for first in range(start, at, at_once):
                yield WorkUnit(first, min(first + at_once, at))
            if at < len(self.files):
                from splint.run.chunks import parts

                yield from (WorkUnit(at, at + 1, part) for part in parts(self.one, self.files[at]))
            start = at + 1

    def _take(self, unit: WorkUnit, share: "WorkerResult | None", progress: Callable[[int], None]) -> None:
        """Take in a unit: what another process read of it, and read the rest."""
        if unit.part is not None:
            self._take_part(unit, unit.part, share)
        else:
            if share is not None:
                share.merge(self.one)
            for at in range(unit.first, unit.end) if share is None else share.again:
                self.one.read(self.files[at])
        if unit.part is None or not unit.part.size:
            self.done = unit.end
            progress(self.done)
        self.payloads = self.one.engine.payloads
        if self._telling is not None:
            self._telling.after(unit, self._met)

    def _take_part(self, unit: WorkUnit, part: Chunk, share: "WorkerResult | None") -> None:
        from splint.run.chunks import conclude, read_chunk

        file = self.files[unit.first]
        if part.offset <= 0:
            self._met = FileState(self.one.shown(file), named=file.named)
        if self._met.has_failed:
            return
        if share is not None:
            share.merge(self.one, self._met)
        if share is None or share.again:
            read_chunk(self.one, file, part, self._met)
        if not part.size and not self._met.has_failed:
            conclude(self.one, file, self._met)


def paying(files: Iterable[File], sizes: Mapping[int, int], cores: int) -> int:
    """How many processes the work is worth; files are asked for their size only until that is clear.

    `sizes` are those that are known, by number.
    """
    work = sum(sizes.values())
    for file in files if cores > 1 else ():
        if work >= cores * BYTES_PER_JOB:
            break
        work += BYTES_TO_OPEN + (_size(file) if file.path != STDIN else 0)
    return max(1, min(cores, work // BYTES_PER_JOB))


def _cores() -> int:
    """How many processes can run at a time."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _size(file: File) -> int:
    """A file's size; 0 for what is no plain file, or is not there."""
    try:
        status = os.stat(file.path)
    except OSError:
        return 0
    return status.st_size if stat.S_ISREG(status.st_mode) else 0
