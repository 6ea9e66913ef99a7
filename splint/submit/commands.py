"""The commands that sentences name."""

import shlex
from pathlib import Path

from splint.submit.access import default_directory
from splint.submit.errors import MisuseError


def command(directory: Path, *words: str) -> str:
    """A command on a run of a directory, which it names unless it is the default one: else it would find no run."""
    try:
        is_default = directory == default_directory().resolve()
    except MisuseError:  # nothing is the default
        is_default = False
    return shlex.join(("splint", *words, *(() if is_default else ("--run-dir", str(directory)))))
