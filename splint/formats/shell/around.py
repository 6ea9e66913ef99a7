"""What blocks of commands say to each other, and the lines that change what others send."""

from pathlib import Path
from posixpath import dirname
from typing import NamedTuple

from splint.formats.shell.arrays import forget, open_words
from splint.formats.shell.curl import FromFile, Invocation, Unknown, Unread
from splint.formats.shell.directories import is_unknown
from splint.formats.shell.values import Values
from splint.formats.shell.words import Command
from splint.formats.source_map import SourceMap
from splint.formats.spans import Span

_LONGEST = 500
"""The most characters of a line that are looked at on each side: many requests may stand on one."""


class Around(NamedTuple):
    """The blocks of commands of a text as one script."""

    values: Values
    seen: set[int]
    """Where the requests stand that a block has by itself."""
    source_map: SourceMap
    directories: dict[int, str]
    """Where requests run that the blocks above lead to another directory."""
    outlines: dict[int, tuple[str, bool, int]]
    """What options say of requests that variables are a part of, with what all blocks set these to."""

    def doubt(self, request: Invocation, place: int) -> None:
        """Take a request at a place of the source for unknown where other blocks have its options say otherwise."""
        words = open_words(request)
        if words and self.outlines.get(place, own := outline(request)) != own:
            forget(request, words[0])

    def of(self, file: FromFile, request: Command, place: int, script: str | None) -> FromFile | Unknown | Unread:
        """The file that a request at a place of the source sends, which blocks above may change or lead away from.

        They lead to a directory that is there, or that only a run tells: one that is not there may be where the text
        itself lies, as that of a repository to clone.
        """
        at = self.values.change_of(file, request, self.source_map.index_of(place))
        if at is not None:
            return Unknown(file.name, changed=self.source_map.span(*line_at(self.source_map.text, at)))
        directory = self.directories.get(place, file.directory)
        if directory == file.directory or is_unknown(file.directory) or file.name.text[:1] == "/":
            return file
        is_left = is_unknown(directory) or Path(dirname(script or ""), directory).is_dir()
        return Unread(file.name, "directory") if is_left else file


def outline(request: Invocation) -> tuple[str, bool, int]:
    """What options say of a request beside their texts: a method that is not known is as good as POST."""
    method = request.request
    is_known = method is not None and not method.has_expansion
    return method.text if method and is_known else "POST", bool(request.switches & {"get", "head"}), len(request.data)


def line_at(text: str, at: int) -> Span:
    """The line of a text at an index, without the blanks around it."""
    first, last = max(at - _LONGEST, 0), min(at + _LONGEST, len(text))
    start, end = text.rfind("\n", first, at) + 1 or first, text.find("\n", at, last)
    line = text[start : last if end < 0 else end]
    return Span(start + len(line) - len(line.lstrip()), start + len(line.rstrip()))
