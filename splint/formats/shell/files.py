"""The files that a request may send: beside the script, in the working directory, or where a file taken in leads."""

import posixpath
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from splint.files import from_here
from splint.files.streams import RefusedError
from splint.files.trust import current
from splint.formats.fault import decode
from splint.formats.shell.curl import FromFile, file_named
from splint.formats.shell.directories import is_of_script
from splint.formats.shell.scans import scans
from splint.formats.shell.values import Values
from splint.formats.shell.words import Command, without_openings
from splint.formats.source import Source

_MOST = 8
"""The most files that are looked at."""


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


def is_led_away(
    file: FromFile, request: Command, values: Values, script: str | None, is_there: Callable[[FromFile], bool]
) -> bool:
    """Whether a file that is taken in above a request leads to another directory than that of a body's file.

    A name that begins with the whole path of the script's directory is the same everywhere.
    """
    if script is None or file.name.text[:1] == "/" or (file.is_made and is_of_script(file.directory)):
        return False
    above = [command for command in values.steps.taken_in if command.place < request.place]
    for words, command in ((without_openings(command), command) for command in above[:_MOST]):
        named = file_named(words[1], command) if len(words) > 1 else None
        other = values.of(named, request, is_there)
        roots = roots_of(other, script, is_prose=False) if isinstance(other, FromFile) else None
        if isinstance(other, FromFile) and roots is not None:
            texts = [decode(source) for source in opened(other, roots, script)[0]]
            if any(isinstance(text, str) and _leads_away(text) for text in texts):
                return True
    return False


@lru_cache(16)
def _leads_away(text: str) -> bool:
    """Whether a script ends in another directory than it begins in."""
    if "cd" not in text and "pushd" not in text:
        return False
    steps = list[Command]()
    for _ in scans(f"{text}\n:\n", each=steps.append):
        pass
    return bool(steps) and steps[-1].directory != ""
