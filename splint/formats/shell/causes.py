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
