"""Files that a script takes in by `source` or `.`, whose `cd` is one of the script."""

from collections.abc import Callable
from functools import lru_cache

from splint.formats.fault import decode
from splint.formats.shell.curl import FromFile, file_named
from splint.formats.shell.directories import is_of_script
from splint.formats.shell.files import opened, roots_of
from splint.formats.shell.scans import scans
from splint.formats.shell.values import Values
from splint.formats.shell.words import Command, without_openings

_MOST = 8
"""The most files that are looked at."""


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
