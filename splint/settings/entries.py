"""What the tables `per-file-ignores` and `overrides` of a settings file hold, an entry each."""

from collections.abc import Mapping
from typing import NamedTuple

from splint.settings.globs import Globs
from splint.settings.toml import File, Path


class PerFileIgnore(NamedTuple):
    """Rules whose findings do not count in some files."""

    files: Globs
    ignore: tuple[str, ...]
    file: File
    path: Path
    """The way to the entry in its settings file."""


class Override(NamedTuple):
    """Other levels, or no findings, for some files and places."""

    files: Globs | None
    """All files when None."""
    pointers: tuple[str, ...]
    """Each covers what is below it; `*` stands for one step."""
    severity: Mapping[str, str]
    ignore: tuple[str, ...]
    file: File
    path: Path
    """The way to the entry in its settings file."""
