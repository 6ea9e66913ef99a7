"""The fenced blocks of a Markdown text, by the block structure of CommonMark, which markdown-it-py knows.

What looks like a fence in HTML, in a comment or behind four spaces is none, and a fence ends with the list item or the
quotation that it stands in.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from typing import Literal, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from splint.formats.spans import Span

DEPTH = 100
"""How deep lists, their items and quotations may stand in each other: each level takes time for every line."""
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
_SPACES = re.compile(r"[^\S \t\v\f\r\n]")
"""No spaces in CommonMark; markdown-it-py takes `<pre` for a tag before them too, and all behind it for HTML."""


class Fence(NamedTuple):
    """A fenced block."""

    info: str
    """What stands behind the characters that open it."""
    lines: list[Span]
    """Its lines without their margins, those of the fence left out."""
    opening: Span
    """The line that opens it."""
    closing: Span | None
    """The line that closes it; None where it ends with what it stands in."""


class TooDeepError(ValueError):
    """Lists and quotations stand in each other deeper than DEPTH. No fence from here on is known."""

    def __init__(self, line: Span) -> None:
        super().__init__()
        self.line = line


def fences(text: str) -> Iterator[Fence]:
    """The fenced blocks of a text, in order.

    Also those that are indented code as a whole: tabs and notes of some renderers are indented that far. Such a fence
    ends with the code at the latest.
    """
    lines = _LINE.findall(_SPACES.sub("\ufffd", text))
    ends = list(accumulate(map(len, lines)))
    return _fences([0, *ends], ends, [line.rstrip("\r\n") for line in lines], is_code=False)


def _fences(starts: list[int], ends: list[int], written: list[str], *, is_code: bool) -> Iterator[Fence]:
    """The fenced blocks of lines without their margins and ends, which start and end at the indexes."""
    tokens, too_deep = _tokens("".join(f"{line}\n" for line in written))
    for token in tokens:
        if token.type == "code_block" and (is_code or ("```" not in token.content and "~~~" not in token.content)):
            continue
        first, last = token.map or (0, 0)
        inner = slice(first + (token.type == "fence"), last)
        contents = token.content.split("\n")[:-1]
        inside = [
            Span(start if line == content else start + _margin(line, content), end)
            for start, end, line, content in zip(starts[inner], ends[inner], written[inner], contents, strict=False)
        ]
        if token.type == "fence":
            closing = Span(starts[last - 1], ends[last - 1]) if inner.start + len(inside) < last else None
            yield Fence(token.info, inside, Span(starts[first], ends[first]), closing)
        else:
            yield from _fences([line.start for line in inside], [line.end for line in inside], contents, is_code=True)
    if too_deep is not None:
        raise TooDeepError(Span(starts[too_deep], ends[too_deep]))


def _margin(line: str, content: str) -> int:
    """How many characters stand before the content of a line, with a tab that is a margin in part."""
    while not line.endswith(content):
        content = content[1:]
    return len(line) - len(content)


# -- the parser --------------------------------------------------------------------------------------------------------


@cache
def _parser() -> MarkdownIt:
    """Without definitions of links, which take time, and before which HTML is one more thing than elsewhere."""
    return MarkdownIt("commonmark", {"maxNesting": DEPTH + 1}).disable("reference")


class _NestedError(Exception):
    """Something is nested deeper than DEPTH."""


class _State(StateBlock):
    """A run of the parser that keeps the tokens of code alone: all of them take 500 times the text's memory."""

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        token = super().push(ttype, tag, nesting)
        if ttype not in ("fence", "code_block"):
            self.tokens.pop()
        if self.level > DEPTH:
            raise _NestedError
        return token


def _tokens(text: str) -> tuple[list[Token], int | None]:
    """The tokens of code, and the number of the line that is nested too deeply, which ends the search."""
    parser = _parser()
    state = _State(text, parser, {}, [])
    try:
        parser.block.tokenize(state, 0, state.lineMax)
    except _NestedError:
        return state.tokens, state.line
    return state.tokens, None
