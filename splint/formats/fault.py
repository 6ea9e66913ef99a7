"""Syntax errors: what a reader yields in the place of a document that it cannot parse. A clean file imports none."""

from typing import NamedTuple

from splint.formats.source import Source
from splint.formats.spans import Span

LOOK = "look at what stands right before this: nothing of this document is checked until it can be read"
"""The help on a syntax error whose cause is not known."""


class SyntaxFault(NamedTuple):
    """A syntax error in a source, with its position (SPL001)."""

    source: Source
    message: str
    span: Span
    number: int | None = None
    help: str = LOOK
    """The way out."""
    is_sketch: bool = False
    """Whether it is in a text of prose that leaves something out, and that a walk passes over."""
    suffix: str = ""
    """That of files of the format that the text has, where this is another one."""


SAVE = "encode it as UTF-8"


def of_prose(fault: SyntaxFault) -> SyntaxFault:
    """A fault in a text of prose: a sketch where it is an ellipsis, or a comment with one, that breaks the text."""
    import re  # few texts of prose have errors

    ellipsis = re.compile(r"\s*(?:(?://|/\*|#)[ \t]*)?(?:\.\.\.|…)").match(fault.source.text, fault.span.start)
    return fault._replace(is_sketch=ellipsis is not None)


def unescaped(text: str) -> str:
    r"""A text in which names are found that are written with escapes, such as \u0061, of JSON or YAML."""
    if "\\" not in text:
        return text
    import re  # few texts with errors have a backslash

    return re.sub(r"(?<!\\)\\++(?:u00|x|U000000)([0-7][0-9a-fA-F])", lambda escape: chr(int(escape[1], 16)), text)


def decode(source: Source, number: int | None = None) -> str | SyntaxFault:
    """The source's text, or a fault if it is not UTF-8, which names the encoding that its first bytes suggest."""
    data = source.data
    for mark, name in (
        (b"\xff\xfe\0\0", "UTF-32"),
        (b"\0\0\xfe\xff", "UTF-32"),
        (b"\xff\xfe", "UTF-16"),
        (b"\xfe\xff", "UTF-16"),
    ):
        if data.startswith(mark):
            return SyntaxFault(source, f"it is encoded as {name}, not UTF-8", Span(0, 1), number, SAVE)
    try:
        source._text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        head, near = data[: error.start].decode("utf-8", "replace"), data[:4]
        guess = "UTF-16" if near.count(0) in (1, 2) else "Latin-1 or Windows-1252"
        if b"\xed\xa0" <= data[error.start : error.start + 2] <= b"\xed\xbf":
            guess = "half of a character: a surrogate"
        message = f"byte 0x{data[error.start]:02x} is not UTF-8 (it looks like {guess})"
        return SyntaxFault(source, message, Span(len(head), len(head) + 1), number, SAVE)
    text = source.text
    if text[1:2] == "\0" or text[:1] == "\0":
        return SyntaxFault(source, "it is encoded as UTF-16 or UTF-32, not UTF-8", Span(0, 1), number, SAVE)
    return text
