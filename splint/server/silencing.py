"""The edits that silence one finding: a comment where the format has comments, else an entry in the settings."""

import os
import re
import tomllib
from bisect import bisect_left
from io import BytesIO
from typing import NamedTuple

from splint.formats import Document, Reader, Source
from splint.formats.comments import Comment
from splint.reporting.diagnostic import Diagnostic
from splint.server.mistakes import closest_settings
from splint.server.texts import Text
from splint.settings.toml import NAMES, toml_text

MARKS = {"jsonc": ("// ", ""), "markdown": ("<!-- ", " -->")}
"""What stands around a comment on a line of its own, by format; `# ` where none is named."""
MOST_LINES = 200
"""The most lines above a finding on which its comment may stand."""
_CODES = re.compile(r"splint:[ \t]*ignore[ \t]*\[[^\]\n]*?(?=[ \t]*\])")


class Insertion(NamedTuple):
    """A text to insert at an index."""

    at: int
    text: str


def comment_for(found: Diagnostic, text: Text, reader: Reader) -> Insertion | None:
    """The comment that silences a finding in a text; None if the format has none, or none does so.

    A comment that is there already and reaches the finding takes the code in. Another one stands on a line of its own
    above the finding, or above the command or block that it is in, where nothing else changes by it.
    """
    if reader.comments is None or found.marked is None:
        return None
    line = found.marked.start.line
    source = Source("buffer", text.data)
    for comment in reader.comments(source):
        match = _CODES.search(source.text, *comment.span)
        if match is not None and comment.lines is not None and comment.lines[0] <= line <= comment.lines[1]:
            return Insertion(match.end() + text.text.startswith("\ufeff"), f", {found.code}")
    before, begin, end = _values(text.text, reader), *MARKS.get(reader.name, ("# ", ""))
    written = f"{begin}splint: ignore[{found.code}]{end}"
    ending = "\r\n" if "\r\n" in text.text else "\n"
    for number in range(line - 1, max(line - 1 - MOST_LINES, -1), -1):
        content = text.line(number)
        indent = content[: len(content) - len(content.lstrip())]
        made = Insertion(text.starts[number], f"{indent}{written}{ending}")
        after = f"{text.text[: made.at]}{made.text}{text.text[made.at :]}"
        if _reaches(after, number + 1, line + 1, reader) and _values(after, reader) == before:
            return made
    return None


def _reaches(text: str, own: int, line: int, reader: Reader) -> bool:
    """Whether the comment on a line, from 1, silences what is on another one."""
    source = Source("buffer", text.encode("utf-8", "surrogatepass"))
    comments: list[Comment] = reader.comments(source) if reader.comments is not None else []
    at = bisect_left([source.position(comment.span.start).line for comment in comments], own)
    if at == len(comments) or source.position(comments[at].span.start).line != own:
        return False
    lines = comments[at].lines
    return lines is not None and lines[0] <= line <= lines[1]


def _values(text: str, reader: Reader) -> list[object]:
    stream = BytesIO(text.encode("utf-8", "surrogatepass"))
    return [item.value if isinstance(item, Document) else item.message for item in reader.read("buffer", stream)]


class Entry(NamedTuple):
    """The text of an entry in the settings, and where it goes."""

    path: str
    text: str
    is_new: bool
    """Whether the settings file has yet to be made."""


def settings_for(path: str, top: str) -> tuple[str, bool]:
    """The settings file that an entry on a file goes to, and whether it has yet to be made: in `top`."""
    closest = closest_settings(os.path.dirname(path))
    return (closest, False) if closest is not None else (os.path.join(top, NAMES[0]), True)


def entry_for(found: Diagnostic, path: str, settings: str, text: str, *, is_new: bool) -> Entry | None:
    """The override that silences a finding in a file, for the end of a settings file with a text.

    None where the file cannot take one: it is no TOML, or has its overrides in a list.
    """
    name = os.path.relpath(path, os.path.dirname(settings)).replace(os.sep, "/")
    if name.startswith("../"):
        return None
    table = "tool.splint.overrides" if os.path.basename(settings) == NAMES[1] else "overrides"
    files = re.sub(r"([\\*?\[\]{}!#])", r"\\\1", name)
    lines = [f"[[{table}]]", f"files = [{toml_text(f'/{files}')}]"]
    if found.pointer:
        lines.append(f"pointers = [{toml_text(found.pointer)}]")
    lines.append(f'ignore = ["{found.code}"]')
    before = "" if not text or text.endswith("\n\n") else "\n" if text.endswith("\n") else "\n\n"
    ending = "\r\n" if "\r\n" in text else "\n"
    made = (before + "\n".join(lines) + "\n").replace("\n", ending)
    try:
        tomllib.loads(text + made)
    except (ValueError, RecursionError):
        return None
    return Entry(settings, made, is_new)
