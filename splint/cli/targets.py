"""Keeps apart what a run reads and the files that reports are written to."""

import os
import stat
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import click

from splint.files import STDIN, File, opened
from splint.files.trust import current
from splint.run.linter import Linter
from splint.run.worker import LinterAt

Identity = tuple[int, int] | str
"""The device and inode of a file, which all its links share; the real path of one that does not exist."""


def without_targets(
    files: Sequence[File], targets: Sequence[str], linter_at: LinterAt, *, stdin_name: str | None, baseline: str
) -> list[File]:
    """The files of a run without the reports of earlier ones that this one writes anew.

    Raises UsageError for a target that is another one too, that the command line names as a file to check, that holds a
    payload, or that the run reads for any other reason: a report would take its place.
    """
    written: dict[Identity, str] = {}
    for target in targets:
        if (other := written.setdefault(_identity(target), target)) is not target:
            raise click.UsageError(f"{other} and {target} are one file, and the last report would win: name another")
    kept = []
    for file in files:
        same = written.get(_identity(file.path)) if file.path != STDIN else None
        if same is None:
            kept.append(file)
        elif file.named or linter_at(os.getcwd()).check(Path(file.path)).payloads:
            raise _overwritten(same, "is checked")
    others = _others(kept, linter_at, stdin_name, baseline, with_bodies=any(map(os.path.isfile, targets)))
    for path, what in others:
        if (overwritten := written.get(_identity(path))) is not None:
            raise _overwritten(overwritten, what)
    return kept


def _others(
    files: Sequence[File], linter_at: LinterAt, stdin_name: str | None, baseline: str, *, with_bodies: bool
) -> Iterator[tuple[str, str]]:
    """What a run reads besides its files, each with what it is."""
    directories = {os.getcwd(), *(os.path.dirname(os.path.abspath(file.path)) for file in files)}
    linters = [linter_at(directory) for directory in directories]  # which reads their settings
    if stdin_name is not None:
        yield stdin_name, "is checked as --stdin-filename"
    yield baseline, "is the baseline"
    yield from ((path, "holds settings of this run") for path in current().settings_read)
    yield from ((path, "is a plugin of this run") for path in _plugins(linters))
    if with_bodies:
        yield from ((path, f"is a body that {file.shown} sends") for file in files for path in _bodies(file, linter_at))


def _overwritten(target: str, what: str) -> click.UsageError:
    return click.UsageError(f"{target} {what}, and a report would overwrite it: name another file for that")


def _identity(path: str) -> Identity:
    """What tells a file from others; a terminal or null device, to which more than one may write, by its path."""
    try:
        status = os.stat(path)
    except OSError:
        return os.path.realpath(path)
    return os.path.realpath(path) if stat.S_ISCHR(status.st_mode) else (status.st_dev, status.st_ino)


def _plugins(linters: Sequence[Linter]) -> Iterator[str]:
    """The files of the plugins that the settings and options name."""
    for word in {plugin for linter in linters for plugin in linter.config.plugins if isinstance(plugin, str)}:
        path = word if word.endswith(".py") else getattr(sys.modules.get(word), "__file__", None)
        if path is not None:
            yield path


def _bodies(file: File, linter_at: LinterAt) -> Iterator[str]:
    """The files that a script sends as bodies of requests."""
    reader = linter_at(os.path.dirname(os.path.abspath(file.path))).registry.reader_for(file.path)
    if reader is None or reader.stays_within or file.path == STDIN or not os.path.isfile(file.path):
        return
    with suppress(OSError), opened(file) as stream:  # the run tells of a file that cannot be read
        for document in reader.read(file.path, stream):
            if document.source.path != file.path:
                yield document.source.path
