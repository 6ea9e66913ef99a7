"""Comments in YAML."""

import re

from yaml import (
    BlockEntryToken,
    BlockMappingStartToken,
    DirectiveToken,
    DocumentEndToken,
    DocumentStartToken,
    FlowMappingStartToken,
    FlowSequenceStartToken,
    ScalarToken,
    YAMLError,
)

from splint.formats.comments import Comment, Gap, directives, line_comment
from splint.formats.source import Source
from splint.formats.yaml.parser import BREAK, tokens
from splint.formats.yaml.reader import stretches

_CONTENTS = (BlockMappingStartToken, FlowMappingStartToken, FlowSequenceStartToken, ScalarToken)
"""What an entry of a list begins with, but for a list of its own."""


def comments(source: Source) -> list[Comment]:
    """The directives of a file, in order."""
    return list(directives(source, source.text, gaps(source.text)))


def gaps(text: str) -> list[Gap]:
    """Comments, document markers, YAML directives, and dashes above their entries.

    After a syntax error, comments on lines of their own only.
    """
    start = len(text) - len(text.lstrip("\ufeff"))
    gaps, is_whole = _scanned(text, start, len(text))
    if not is_whole:
        gaps = [gap for stretch in stretches(text, start) for gap in _scanned(text, *stretch)[0]]
    return [Gap(0, start), *gaps]


def _scanned(text: str, start: int, end: int) -> tuple[list[Gap], bool]:
    """The gaps of a range, and whether it has no syntax error."""
    comment = re.compile(rf"#[^{BREAK}]*+")
    header = re.compile(rf"[|>][-+0-9]*+[ \t]++(#[^{BREAK}]*+)")
    alone = re.compile(rf"(?<![^{BREAK}])[ \t]*+(#[^{BREAK}]*+)")
    below = re.compile(f"[{BREAK}]")
    gaps: list[Gap] = []
    at, dash = start, -1
    try:
        for token in tokens(text[start:end]):
            first, last = start + token.start_mark.index, start + token.end_mark.index
            if first > at:
                gaps += (line_comment(note.start(), *note.span(), text) for note in comment.finditer(text, at, first))
            if dash >= 0 and isinstance(token, _CONTENTS) and below.search(text, dash, first):
                gaps.append(Gap(dash, dash + 1))
            dash = first if isinstance(token, BlockEntryToken) else -1
            at = max(at, last)
            if isinstance(token, ScalarToken):
                if token.style in ("|", ">") and (note := header.match(text, first, last)):
                    gaps.append(line_comment(note.start(1), *note.span(1), text))
            elif isinstance(token, DocumentStartToken | DocumentEndToken | DirectiveToken):
                gaps.append(Gap(first, last))
    except (YAMLError, ValueError, OverflowError):  # as in the reader: of characters and escapes that are none
        gaps += (line_comment(note.start(1), *note.span(1), text) for note in alone.finditer(text, at, end))
        return gaps, False
    return gaps, True
