"""A run over files: one after the other, or shared out among processes."""

import errno
import io
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from splint.documents.json import JSON
from splint.engine import Engine
from splint.files import STDIN, File
from splint.library import Linter
from splint.registry import Ruleset
from splint.report import Diagnostic, Report, Trouble

if TYPE_CHECKING:
    from splint.baseline import Baseline
    from splint.overview import Overview
    from splint.suppress import Coverage, Use

FILES_PER_JOB = 2000
"""From how many files on a further process pays for its start (measured: below that, one is quicker)."""

LinterAt = Callable[[str], Linter]
"""From an absolute directory to the linter with the settings of its files."""


class Order(NamedTuple):
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
    covered: "Coverage | Sequence[str]" = ()
    """What is read: the absolute paths of files and whole directories."""


class Share(NamedTuple):
    """What a process brings home from its share of the files."""

    diagnostics: list[Diagnostic]
    troubles: list[Trouble]
    files: int
    payloads: int
    skipped: int
    used: "set[Use]"
    broken: set[str]
    cut_off: set[str]
    overview: "Overview | None"
    whole_run: list[File]
    """Files that can only be judged beside others: the parent reads them again."""


def run(order: Order, files: Sequence[File], *, jobs: int | None, progress: Callable[[int], None]) -> Report:
    """Lint files. The report is the same whatever `jobs` is."""
    one = _One(order)
    one.adopt(files)
    is_asked = one.engine.has_policies or order.baseline is not None or not isinstance(order.covered, Sequence)
    coverage = _coverage(order, files) if is_asked else None
    jobs = min(jobs or max(1, min(os.cpu_count() or 1, len(files) // FILES_PER_JOB)), max(len(files), 1))
    if jobs > 1 and hasattr(os, "fork"):
        files = _shared_out(one, files, jobs, progress)
    for count, file in enumerate(files, start=1):
        one.read(file)
        progress(count)
    return one.engine.finish(order.main.tool, once=True, coverage=coverage, baseline=order.baseline)


def _coverage(order: Order, files: Sequence[File]) -> "Coverage":
    """What the run reads, for whatever there is to silence findings."""
    from splint.suppress import Coverage

    return Coverage.of(order.covered, [file.path for file in files])


class _One:
    """A process that reads files."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self._rulesets: dict[int, Ruleset] = {}
        self.engine = Engine(self._ruleset(order.main), anchored=order.anchored, overview=order.overview)

    def _ruleset(self, linter: Linter) -> Ruleset:
        """A linter's rules for this run."""
        if id(linter) not in self._rulesets:
            self._rulesets[id(linter)] = linter.ruleset(self.order.now)
        return self._rulesets[id(linter)]

    def adopt(self, files: Iterable[File]) -> None:
        """Make the settings of all files part of the run, whoever reads them."""
        names = ((self.order.stdin_name or "") if file.path == STDIN else file.path for file in files)
        for directory in dict.fromkeys(map(os.path.dirname, names)):
            self.engine.adopted(self._ruleset(self.order.linter_at(os.path.abspath(directory))))

    def read(self, file: File) -> None:
        """Lint a file; what keeps it from being read is a trouble."""
        order, engine = self.order, self.engine
        path = (order.stdin_name or STDIN) if file.path == STDIN else file.path
        linter = order.linter_at(os.path.dirname(os.path.abspath(path)))
        reader = linter.registry.reader_for(path)
        if reader is None and path == STDIN:
            reader = JSON
        shown = path if file.path == STDIN else file.shown
        try:
            if reader is None and file.path != STDIN and not os.path.lexists(path):
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
            if reader is None:
                suffixes = " ".join(suffix for reader in linter.registry.readers for suffix in reader.suffixes)
                message = f"{shown}: no document format has this suffix ({suffixes}); pipe it in with --stdin-filename"
                engine.troubles.append(Trouble("unreadable-file", message, shown))
                return
            with opened(file, order.overlay) as stream:
                if order.overview is not None and order.overview.wants_texts:
                    data = stream.read()
                    order.overview.read(shown, data)
                    engine.read(shown, io.BytesIO(data), reader, named=file.named, ruleset=self._ruleset(linter))
                else:
                    engine.read(shown, stream, reader, named=file.named, ruleset=self._ruleset(linter))
        except OSError as error:
            message = f"{shown}: cannot be read: {error.strerror or error}"
            engine.troubles.append(Trouble("unreadable-file", message, shown))

    def read_alone(self, files: Iterable[File]) -> Share:
        """Lint all files that can be judged alone; the others are given back."""
        engine, whole_run = self.engine, []
        for file in files:
            before = (len(engine.diagnostics), len(engine.troubles), engine.files, engine.payloads, engine.skipped)
            self.read(file)
            if engine.needs_the_run:
                engine.forget_held()
                del engine.diagnostics[before[0] :], engine.troubles[before[1] :]
                engine.files, engine.payloads, engine.skipped = before[2:]
                whole_run.append(file)
        counts = engine.files, engine.payloads, engine.skipped
        known = engine.used, engine.broken, engine.cut_off
        return Share(engine.diagnostics, engine.troubles, *counts, *known, self.order.overview, whole_run)


def opened(file: File, overlay: Mapping[str, bytes] = {}) -> BinaryIO:
    """A file's bytes, or what stands in for them. Raises OSError."""
    if overlay:
        data = overlay.get(STDIN if file.path == STDIN else os.path.realpath(file.path))
        if data is not None:
            return io.BytesIO(data)
    if file.path != STDIN:
        return open(file.path, "rb")
    if sys.stdin is None:
        raise OSError("standard input is closed")
    return io.BytesIO(sys.stdin.buffer.read())


def _shared_out(one: _One, files: Sequence[File], jobs: int, progress: Callable[[int], None]) -> list[File]:
    """Lint in `jobs` processes all files that can be judged alone; the others are given back."""
    import multiprocessing

    left = [file for file in files if file.path == STDIN]
    rest = [file for file in files if file.path != STDIN]
    size = max(1, min(256, -(-len(rest) // (jobs * 4))))
    chunks = [rest[start : start + size] for start in range(0, len(rest), size)]
    engine, overview, done = one.engine, one.order.overview, 0
    with multiprocessing.get_context("fork").Pool(jobs, _adopt, (one.order,)) as pool:
        for chunk, share in zip(chunks, pool.imap(_share, chunks), strict=True):
            engine.diagnostics += share.diagnostics
            engine.troubles += share.troubles
            engine.files += share.files
            engine.payloads += share.payloads
            engine.skipped += share.skipped
            engine.used |= share.used
            engine.broken |= share.broken
            engine.cut_off |= share.cut_off
            if overview is not None and share.overview is not None:
                overview.merge(share.overview)
            left = left + share.whole_run
            done += len(chunk)
            progress(done)
    return left


_adopted: list[Order] = []


def _adopt(order: Order) -> None:
    """In a new process: what its parent was asked, handed over by the fork."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears Ctrl-C, and ends its processes
    _adopted[:] = [order]


def _share(files: list[File]) -> Share:
    [order] = _adopted
    overview = order.overview.anew() if order.overview is not None else None
    return _One(order._replace(overview=overview)).read_alone(files)
