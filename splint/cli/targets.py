"""Keeps apart the files that are checked and those that reports are written to."""

import os
from collections.abc import Sequence
from pathlib import Path

import click

from splint.files import STDIN, File
from splint.run.linter import Linter


def without_targets(files: Sequence[File], targets: Sequence[str], linter: Linter) -> list[File]:
    """The files of a run without the reports of earlier ones that this one writes anew.

    Raises UsageError for a target that the command line names as a file to check, or that holds a payload: a report
    would take its place.
    """
    real = {os.path.realpath(target): target for target in targets}
    names = {os.path.basename(path) for path in real}
    kept = []
    for file in files:
        path = file.real or file.path
        if path == STDIN or os.path.basename(path) not in names or os.path.realpath(path) not in real:
            kept.append(file)
        elif file.named or linter.check(Path(path)).payloads:
            target = real[os.path.realpath(path)]
            raise click.UsageError(f"{target} is checked, and a report would overwrite it: name another file for that")
    return kept
