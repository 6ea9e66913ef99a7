"""The entries of `per-file-ignores` and `overrides` in a settings file."""

from collections.abc import Mapping
from typing import NamedTuple

from splint.settings.globs import Globs
from splint.settings.toml import File, Path


class PerFileIgnore(NamedTuple):
    """Suppresses the findings of rules in some files."""

    files: Globs
    ignore: tuple[str, ...]
    file: File
    path: Path
    """The path of the entry in its settings file."""


class Override(NamedTuple):
    """Changes the levels of findings, or suppresses them, in some files or below some pointers."""

    files: Globs | None
    """The files that it applies to; None for all."""
    pointers: tuple[str, ...]
    """Pointers that it applies to, with everything below them; `*` matches one step."""
    severity: Mapping[str, str]
    ignore: tuple[str, ...]
    file: File
    path: Path
    """The path of the entry in its settings file."""
