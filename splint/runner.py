"""A run over files: one after the other, or shared out among processes."""

import io
import os
import sys
from collections.abc import Callable, Sequence
from typing import NamedTuple

from splint.documents import Reader
from splint.documents.json import JSON
from splint.engine import Engine
from splint.files import STDIN, File
from splint.library import Linter
from splint.report import Diagnostic, Report, Trouble

FILES_PER_JOB = 2000
"""From how many files on a further process pays for its start (measured: below that, one is quicker)."""


class Share(NamedTuple):
    """What a process brings home from its share of the files."""

    diagnostics: list[Diagnostic]
    troubles: list[Trouble]
    files: int
    payloads: int
    skipped: int
    whole_run: list[File]
    """Files that can only be judged beside others: the parent reads them again."""


def run(
    linter: Linter, files: Sequence[File], *, jobs: int | None, stdin_name: str | None, progress: Callable[[int], None]
) -> Report:
    """Lint files. The report is the same whatever `jobs` is."""
    engine = linter.engine()
    jobs = min(jobs or max(1, min(os.cpu_count() or 1, len(files) // FILES_PER_JOB)), max(len(files), 1))
    if jobs > 1 and hasattr(os, "fork"):
        files = _shared_out(linter, engine, files, jobs, progress)
    for count, file in enumerate(files, start=1):
        _read(linter, engine, file, stdin_name)
        progress(count)
    return engine.finish(linter.tool, once=True)


def _read(linter: Linter, engine: Engine, file: File, stdin_name: str | None) -> None:
    try:
        if file.path == STDIN:
            shown = stdin_name or STDIN
            if sys.stdin is None:
                raise OSError("standard input is closed")
            engine.read(shown, io.BytesIO(sys.stdin.buffer.read()), _reader(linter, shown) or JSON, named=file.named)
        elif (reader := _reader(linter, file.path)) is None:
            suffixes = " ".join(suffix for reader in linter.registry.readers for suffix in reader.suffixes)
            message = f"{file.shown}: no document format has this suffix ({suffixes}); pipe it in with --stdin-filename"
            engine.troubles.append(Trouble("unreadable-file", message, file.shown))
        else:
            with open(file.path, "rb") as stream:  # noqa: PTH123 - pathlib is not imported on the way of a check
                engine.read(file.shown, stream, reader, named=file.named)
    except OSError as error:
        message = f"{file.shown}: cannot be read: {error.strerror or error}"
        engine.troubles.append(Trouble("unreadable-file", message, file.shown))


def _reader(linter: Linter, path: str) -> Reader | None:
    return linter.registry.reader_for(path)


def _shared_out(
    linter: Linter, engine: Engine, files: Sequence[File], jobs: int, progress: Callable[[int], None]
) -> list[File]:
    """Lint in `jobs` processes all files that can be judged alone; the others are given back."""
    import multiprocessing

    stdin = [file for file in files if file.path == STDIN]
    rest = [file for file in files if file.path != STDIN]
    size = max(1, min(256, -(-len(rest) // (jobs * 4))))
    chunks = [rest[start : start + size] for start in range(0, len(rest), size)]
    left = stdin
    done = 0
    with multiprocessing.get_context("fork").Pool(jobs, _adopt, (linter,)) as pool:
        for chunk, share in zip(chunks, pool.imap(_share, chunks), strict=True):
            engine.diagnostics += share.diagnostics
            engine.troubles += share.troubles
            engine.files += share.files
            engine.payloads += share.payloads
            engine.skipped += share.skipped
            left = left + share.whole_run
            done += len(chunk)
            progress(done)
    return left


_adopted: list[Linter] = []


def _adopt(linter: Linter) -> None:
    """In a new process: the linter that its parent built, handed over by the fork."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears Ctrl-C, and ends its processes
    _adopted[:] = [linter]


def _share(files: list[File]) -> Share:
    [linter] = _adopted
    whole_run = []
    engine = linter.engine()
    for file in files:
        before = (len(engine.diagnostics), len(engine.troubles), engine.files, engine.payloads, engine.skipped)
        _read(linter, engine, file, None)
        if engine.needs_the_run:
            engine.forget_held()
            del engine.diagnostics[before[0] :], engine.troubles[before[1] :]
            engine.files, engine.payloads, engine.skipped = before[2:]
            whole_run.append(file)
    return Share(engine.diagnostics, engine.troubles, engine.files, engine.payloads, engine.skipped, whole_run)
