"""The files that a request may send: beside the script, or in the working directory, where the script may run."""

import posixpath
from pathlib import Path

from splint.files import from_here
from splint.files.trust import RefusedError, current
from splint.formats.shell.curl import FromFile
from splint.formats.shell.directories import is_of_script
from splint.formats.source import Source


def script_at(path: str) -> str | None:
    """The path of a script that is a file, beside which the names of others are looked for."""
    return path if Path(path).exists() else None


def roots_of(file: FromFile, script: str | None, *, is_prose: bool) -> list[str] | None:
    """The directories in which the directory of a file is looked for; None where none of them has it.

    A script without a path is one of standard input. What prose names is an example that stands beside it.
    """
    around = "" if script is None else posixpath.dirname(script)
    if file.name.text[:1] == "/":
        return [around]
    roots = [around] if is_prose or not around or is_of_script(file.directory) else [around, ""]
    is_there = not file.directory or any(Path(root, file.directory).is_dir() for root in roots)
    return roots if is_there else None


def opened(file: FromFile, roots: list[str], script: str | None) -> tuple[list[Source], str]:
    """What stands in the files that are there, and what to say where that is nothing."""
    found, failure = list[Source](), ""
    for root in roots:
        shown = path = posixpath.join(root, file.directory, file.name.text)
        try:
            shown = path if script is None else posixpath.normpath(from_here(path))
            found.append(Source(shown, current().body(path, script)))
        except (OSError, ValueError) as error:  # ValueError: a NUL in the name
            refusal = str(error) if isinstance(error, RefusedError) else ""
            why = refusal or (error.strerror if isinstance(error, OSError) else None) or "no such file"
            if not failure or (refusal and Path(path).exists()):
                failure = f"the body's file {shown} is not readable: {why}"
            if refusal:
                break
    return found, failure


def is_there(file: FromFile, script: str | None, *, is_prose: bool) -> bool:
    """Whether a file that a script may send is there before it runs, and may be read."""
    roots = roots_of(file, script, is_prose=is_prose)
    return roots is not None and bool(opened(file, roots, script)[0])
