"""The request for a run, and the worker that checks its files, in any process."""

import errno
import io
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, BinaryIO

from splint.files import STDIN, File, cannot_be_read, has_no_format, is_special, opened
from splint.formats import Chunk, Document, Reader, UnfitFileError
from splint.formats.json.reader import JSON, read_json
from splint.rules.ruleset import Ruleset
from splint.run.linter import Linter
from splint.run.pipeline import SourceFile, check_file, conclude_chunk
from splint.run.result import FileResult, FileState

if TYPE_CHECKING:
    from splint.formats.fault import SyntaxFault
    from splint.reporting.report import Diagnostic
    from splint.run.overview import Overview
    from splint.run.timing import Times
    from splint.suppression.baseline import Baseline

LinterAt = Callable[[str], Linter]
"""Maps an absolute directory to the linter with the settings in force there."""
Sink = Callable[["list[Diagnostic]"], None]
"""Receives findings during the run: in the order of the report, each once."""
OTHERS = "where it is no JSON, add --stdin-filename NAME.yaml"
"""What is said of standard input without a name that is not readable as JSON."""
LOST = Chunk(offset=-1)
"""Stands for the rest of a file that cannot be read."""


def _read_input(path: str, stream: BinaryIO) -> "Iterator[Document | SyntaxFault]":
    """Read standard input that has no name as JSON; a fault says how another format is named."""
    for read in read_json(path, stream):
        if not isinstance(read, Document):
            of_another = f"add --stdin-filename NAME{read.suffix}" if read.suffix else f"{read.help}; {OTHERS}"
            read = read._replace(help=of_another)
        yield read


INPUT = Reader(JSON.name, JSON.suffixes, _read_input, stays_within=True)
"""The reader of standard input without a name."""


class RunRequest:
    """The parameters of a run, but for the list of its files."""

    def __init__(
        self,
        linter_at: LinterAt,
        now: datetime,
        main: Linter,
        stdin_name: str | None = None,
        anchored: bool = False,
        overview: "Overview | None" = None,
        baseline: "Baseline | None" = None,
        tops: Sequence[str] = (),
        times: "Times | None" = None,
        names: Mapping[str, str] = {},
    ) -> None:
        self.linter_at = linter_at
        self.now = now
        """The current time for rules, unless the settings have an `as-of`."""
        self.main = main
        """The linter of the working directory, for findings that belong to no file, and for the report."""
        self.stdin_name = stdin_name
        self.anchored = anchored
        """Whether diagnostics get anchors."""
        self.overview = overview
        """Collects files, texts and campaign trees; None if no output format needs them."""
        self.baseline = baseline
        self.tops = tops
        """The absolute paths of the files and whole directories that are read."""
        self.times = times
        """Measures the time that rules take; None without `--profile-rules`."""
        self.names = names
        """The paths that reports show, by real path, of files that are read through symlinks."""


class WorkUnit:
    """A task for a worker: the files with indices from `first` up to, excluding, `end`, or a chunk of one file."""

    def __init__(self, first: int, end: int, chunk: Chunk | None = None) -> None:
        self.first = first
        self.end = end
        self.chunk = chunk


class Worker:
    """Checks the files of a request; the settings of each directory are resolved once."""

    def __init__(self, request: RunRequest) -> None:
        self.request = request
        self._by_directory: dict[str, tuple[Linter, Ruleset]] = {}
        """The settings by directory, as it is written in the paths of files."""
        self._included: dict[int, Callable[[str], bool]] = {}
        """By the `id` of a linter, whether its `include` covers an absolute path."""
        self._rulesets: dict[int, Ruleset] = {}
        """The rules by the `id` of their linter."""
        self.ruleset_of(request.main)

    @property
    def rulesets(self) -> list[Ruleset]:
        """The rules of all directories resolved so far, those of the working directory first."""
        return list(self._rulesets.values())

    def ruleset_of(self, linter: Linter) -> Ruleset:
        """A linter's rules for this run."""
        ruleset = self._rulesets.get(id(linter))
        if ruleset is None:
            ruleset, times = linter.ruleset(self.request.now), self.request.times
            ruleset = self._rulesets[id(linter)] = ruleset if times is None else times.timed(ruleset)
        return ruleset

    def register(self, files: Iterable[File]) -> list[Reader]:
        """Resolve the settings of all files, so that `rulesets` is complete; returns their readers."""
        linters = {id(linter): linter for linter, _ in map(self.settings, files)}
        return [reader for linter in linters.values() for reader in linter.registry.readers]

    def settings(self, file: File) -> tuple[Linter, Ruleset]:
        """The linter and the rules for a file."""
        path = self._path(file)
        beside = path[: path.rfind("/") + 1]  # os.path.dirname takes ten times as long, four times a file
        settings = self._by_directory.get(beside)
        if settings is None:
            linter = self.request.linter_at(os.path.abspath(os.path.dirname(path)))
            settings = self._by_directory[beside] = linter, self.ruleset_of(linter)
        return settings

    def requires(self, file: File) -> bool:
        """Whether the settings require that a file holds a payload."""
        linter, _ = self.settings(file)
        if not linter.config.require_payloads:
            return False
        included = self._included.get(id(linter))
        if included is None:
            from splint.run.discovery import included_by  # only for `require-payloads`

            included = self._included[id(linter)] = included_by(linter.config.include)
        return included(os.path.abspath(self._path(file)))

    def _path(self, file: File) -> str:
        return (self.request.stdin_name or "") if file.path == STDIN else file.path

    def shown(self, file: File) -> str:
        """The path of a file in the report."""
        return (self.request.stdin_name or STDIN) if file.path == STDIN else file.shown

    def reader(self, file: File) -> Reader | None:
        """The reader of a file; None if its suffix belongs to no format."""
        return self._reader(file, self.settings(file)[0])

    def _reader(self, file: File, linter: Linter) -> Reader | None:
        reader = linter.registry.reader_for(self._path(file))
        return INPUT if reader is None and file.path == STDIN else reader

    def check(
        self, file: File, overview: "Overview | None" = None, *, chunk: Chunk | None = None, alone: bool = False
    ) -> FileResult:
        """Check a file or a chunk of it, see `check_file`. If it cannot be read, the result has a notification."""
        linter, ruleset = self.settings(file)
        shown, reader = self.shown(file), self._reader(file, linter)
        try:
            if chunk is not None and chunk.offset < 0:  # LOST, or what another process got of it
                return _failed(FileState(shown, named=file.named))
            if reader is None and file.path != STDIN and not os.path.lexists(file.path):
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
            if reader is None and os.path.isdir(file.path):
                opened(file).close()  # it is refused: a symlink that leads out of an untrusted tree
            if reader is None:
                message = f"{has_no_format(shown, linter.suffixes)}; pipe it in with --stdin-filename"
                return _failed(FileState(shown, named=file.named), message)
            with opened(file) as stream:
                if chunk is not None:
                    stream.seek(chunk.offset)
                    stream = io.BytesIO(stream.read(chunk.size))
                elif overview is not None and overview.wants_texts and reader.with_column is None:
                    data = stream.read()
                    overview.read(shown, data)
                    stream = io.BytesIO(data)
                required, names = self.requires(file), self.request.names
                source = SourceFile(shown, stream, reader, file.named, chunk, required, lambda: names)
                return check_file(source, ruleset, anchored=self.request.anchored, overview=overview, alone=alone)
        except UnfitFileError as error:
            if file.named or self.requires(file):
                return self.unreadable(file, error)
            result = FileResult(FileState(shown, named=False))
            result.skipped.append(shown)
            return result
        except OSError as error:
            return self.unreadable(file, error)

    def unreadable(self, file: File, error: OSError) -> FileResult:
        """The result of a file that cannot be read."""
        shown = self.shown(file)
        return _failed(FileState(shown, named=file.named), cannot_be_read(shown, error))

    def chunks(self, file: File, total: FileResult) -> Iterator[Chunk]:
        """Yield the chunks of a file, the last one empty. On an error yield LOST and add a notification to `total`."""
        reader = self.reader(file)
        assert reader is not None
        assert reader.split is not None
        try:
            with opened(file) as stream:
                yield from reader.split(stream)
        except OSError as error:
            total.merge(self.unreadable(file, error))
            yield LOST

    def conclude(self, file: File, state: FileState, overview: "Overview | None", *, is_last: bool) -> FileResult:
        """The findings on a file read in chunks that follow from its state: see `conclude_chunk`."""
        reader = self.reader(file)
        if is_last and state.is_unrecognized and reader is not None:
            try:
                with opened(file) as stream:
                    documents = reader.read(state.path, stream)
                    state.first = next((document for document in documents if isinstance(document, Document)), None)
            except OSError as error:
                return self.unreadable(file, error)
        _, ruleset = self.settings(file)
        return conclude_chunk(state, ruleset, is_last=is_last, anchored=self.request.anchored, overview=overview)

    def check_unit(self, files: Sequence[File], unit: WorkUnit) -> tuple[FileResult, list[int]]:
        """Check a unit in a fork of this process: the merged result, and the indices of files left to this process.

        Those are standard input, special files such as pipes, and files whose result cannot be pickled.
        """
        times, again = self.request.times, list[int]()
        if times is not None:
            times.taken()  # what was counted before the fork
        total = FileResult(None, self._overview(), times.anew() if times is not None else None)
        for number in range(unit.first, unit.end):
            file = files[number]
            if file.path == STDIN or (unit.chunk is None and is_special(file.path)):
                again.append(number)
                continue
            result = self.check(file, self._overview(), chunk=unit.chunk, alone=True)
            result.times = times.taken() if times is not None else None
            if result.is_portable:
                total.merge(result)
                total.state = result.state if unit.chunk is not None else None
            else:
                again.append(number)
        return total, again

    def _overview(self) -> "Overview | None":
        """An empty overview for the results of a fork."""
        return self.request.overview.anew() if self.request.overview is not None else None


def _failed(state: FileState, message: str | None = None) -> FileResult:
    result = FileResult(state)
    state.has_failed = True
    if message is not None:
        from splint.reporting.diagnostic import ToolNotification  # most files can be read

        result.notifications.append(ToolNotification("unreadable-file", message, state.path))
    return result
