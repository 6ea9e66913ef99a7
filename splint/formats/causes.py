"""Causes of syntax errors that all formats share: what tools and editors leave in a text."""

import re
import unicodedata
from typing import Literal, NamedTuple

from splint.schema.placeholders import TAG

_CONFLICT = re.compile(r"(?:^|(?<=\r))(?:<{7}|={7}|>{7}|\|{7})(?=[ \r\n]|\Z)[^\r\n]*", re.MULTILINE)
IN_QUOTES = 'put it in double quotes (")'
Place = Literal["file", "block", "part", "string"]
"""What the broken text is: a file, a block of Markdown, another part of one, as the body of a command, or a string."""
IN_JSONC: dict[Place, str] = {
    "file": ", or write it as // or /* */ in a file named .jsonc",
    "block": ", or write it as // or /* */ in a block marked jsonc",
    "part": "",
    "string": "",
}
IN_LINES: dict[Place, str] = {
    "file": ", or a value on each line of a file named .ndjson",
    "block": ", or each into a block of its own",
    "part": "",
    "string": "",
}
"""The end of what the help says of comments, and of several values: another name is no way out for a part of a file."""
_PAGE = re.compile(r"\s*<(?:!doctype|\?xml|!--|[a-z][\w:.-]*[\s/>])", re.IGNORECASE)


class Cause(NamedTuple):
    """Why a text cannot be read, what to write instead, and where: indexes in the text."""

    message: str
    help: str
    start: int
    end: int = -1
    """-1 for one character."""
    suffix: str = ""
    """That of files of the format that the text has, where this is another one."""


def cause_at(text: str, index: int) -> Cause | None:
    """The cause of a syntax error at an index, if it is one of no format; None otherwise."""
    if conflict := conflict_in(text, index, index):
        return conflict
    tags = re.compile(TAG)
    for start in (index, max(index - 1, 0)):
        if tag := tags.match(text, start):
            return template(tag.group(), tag.start())
    return invisible(text, index)


def conflict_in(text: str, start: int, end: int) -> Cause | None:
    """The cause if a line from that of `start` to that of `end` is a mark of an unresolved merge."""
    line = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    stop = min(at for at in (text.find("\n", end), text.find("\r", end), len(text)) if at >= 0)
    conflict = _CONFLICT.search(text, line, stop)
    if conflict is None:
        return None
    message = f"a mark of an unresolved merge: {conflict.group()[:40].rstrip()}"
    return Cause(message, "decide which side is right, and remove the lines of marks", *conflict.span())


def template(written: str, start: int) -> Cause:
    """The cause for the part of a template that stands in a text without quotes."""
    shown = written if len(written) <= 40 else f"{written[:40]}..."
    if written.startswith(("<%", "{%")):
        what = f"{written[:2]} {written[-2:]} of a template"
        message, help = f"{what}: this is no payload yet", "lint the file after it is filled in"
    else:
        message = f"unquoted placeholder {shown}"
        help = f'quote it ("{shown}"), or lint the file after it is filled in'
    return Cause(message, help, start, start + len(written))


def page(text: str, index: int) -> Cause | None:
    """The cause if a text is a page or another answer in HTML or XML, which begins at an index."""
    if text[index : index + 1] != "<" or text[:index].strip() or not _PAGE.match(text, index):
        return None
    return Cause("this is HTML or XML, not a payload", "save the payload that the link leads to, not the page", index)


def fence(text: str, index: int) -> Cause | None:
    """The cause if a mark of a fenced block of Markdown stands at an index."""
    if not text.startswith("```", index):
        return None
    help = "remove the lines with ```, or name a file of Markdown .md"
    return Cause("a fence of Markdown around the payload", help, index, index + 3)


def invisible(text: str, index: int) -> Cause | None:
    """The cause for a character that cannot be seen, or looks like a space."""
    character = text[index : index + 1]
    if character == "\ufeff":
        return Cause(
            "a byte order mark (U+FEFF) within the text, as where files are joined", "remove the character", index
        )
    if character.isascii() or unicodedata.category(character) not in ("Cf", "Zs", "Zl", "Zp"):
        return None
    name = unicodedata.name(character, "").lower()
    help = "remove it" if unicodedata.category(character) == "Cf" else "write a plain space or line break for it"
    return Cause(f"the character U+{ord(character):04X} ({name}) between values", help, index)
