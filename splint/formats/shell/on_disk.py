"""Files of bodies on disk, beside the script that sends them."""

import posixpath
from pathlib import Path

from splint.files.trust import current
from splint.formats.shell.curl import FromFile


def script_at(path: str) -> str | None:
    """The path of a script that is a file, beside which the names of others are looked for."""
    return path if Path(path).exists() else None


def is_there(file: FromFile, path: str) -> bool:
    """Whether a file that a script at a path may send is there before it runs, and may be read."""
    script = script_at(path)
    try:
        current().body(posixpath.join(posixpath.dirname(script or ""), file.directory, file.name.text), script)
    except (OSError, ValueError):  # ValueError: a NUL in the name
        return False
    return True
