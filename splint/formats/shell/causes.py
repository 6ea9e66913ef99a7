"""Why a body in a curl command is no JSON where the shell is the cause: what it does with quotes and options."""

import re

from splint.formats.causes import Cause
from splint.formats.shell.words import Word


def cause_in_shell(body: Word) -> Cause | None:
    """The cause for a body that is not JSON, if it is a matter of the shell."""
    return _option(body) or apostrophe(body) or _quotes(body)


def apostrophe(word: Word) -> Cause | None:
    """The cause if an apostrophe within a word in single quotes ends it."""
    for piece, after in zip(word.pieces, word.pieces[1:], strict=False):
        is_closed = piece.quote == "single" and after.quote == "bare" and after.start == piece.end + 1
        around = word.source[piece.end - 1 : piece.end] + word.source[after.start : after.start + 1]
        if is_closed and word.source[piece.end] == "'" and around.isalpha():
            help = r"write '\'' or \u0027 for an apostrophe within single quotes"
            return Cause("this apostrophe ends the body, which is in single quotes", help, piece.end, piece.end + 1)
    return None


def cause_of_misread(text: str, start: int, end: int, *, is_prose: bool) -> Cause | None:
    """What a shell reads otherwise than it is meant; None for cmd's ^ in prose, which may be meant for Windows."""
    if text[start] == "\\":
        message = "a blank follows this backslash: to the shell the command ends here, without what is below"
        return Cause(message, f"remove the blank{' and the comment' * ('#' in text[start:end])}", start, end)
    if text[start] == "#":
        message = "this comment ends the command: to the shell what is below is another one"
        return Cause(message, "move the comment above the command", start, end)
    if is_prose:
        return None
    what = "quotes" if text.startswith('^"', start) else "continues a line"
    then = "the ^ is sent" if what == "quotes" else "the command ends here, without what is below"
    help = "write \\ for ^ at the end of a line, and quote as the shell does (browsers copy as cURL for bash)"
    return Cause(f"^ {what} on Windows: to the shell {then}", help, start, end)


def _option(body: Word) -> Cause | None:
    """The cause if the next option stands where the body should."""
    if body.is_quoted or not re.match(r"--?[A-Za-z]", body.text):
        return None
    message = "this option stands where the body should: the option before it has no value"
    return Cause(message, "write the body before it", body.start, body.end)


def _quotes(body: Word) -> Cause | None:
    """The cause if the shell takes away all double quotes of a body."""
    written = body.source[body.start : body.end]
    if body.text[:1] not in ("{", "[") or '"' in body.text or written.strip('"').count('"') < 2:
        return None
    help = "put the whole body in single quotes"
    return Cause("the shell takes away the double quotes of the body", help, body.start, body.end)
