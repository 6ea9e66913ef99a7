"""The fenced blocks of a Markdown text, by the block structure of CommonMark, which markdown-it-py knows.

What looks like a fence in HTML, in a comment or behind four spaces is none, and a fence ends with the list item or the
quotation that it stands in. Of what they leave, `loose_fences` finds those that are meant all the same.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from typing import Literal, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.parser_block import RuleFuncBlockType
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from splint.formats.spans import Span

DEPTH = 20
"""How many lists, and how many quotations, may stand in each other: each level takes time for every line."""
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
_SPACES = re.compile(r"[^\S \t\v\f\r\n]")
"""No spaces in CommonMark; markdown-it-py takes `<pre` for a tag before them too, and all behind it for HTML."""
_LOOSE = re.compile(
    r"""^(?P<quotes>(?:[ \t]*+(?:(?:[-*+]|\d{1,9}[.)])[ \t]++)?+>)*+)
    (?P<indent>[ \t]*+(?P<item>(?:[-*+]|\d{1,9}[.)])[ \t]++)*+)
    (?P<fence>`{3,}+(?=[^`\n]*+$)|~{3,}+|:{3,}+(?=\{(?:code|code-block|sourcecode)\}|[ \t]*+\r?$))
    (?P<info>[^\n]*+)\n?""",
    re.MULTILINE | re.VERBOSE,
)


_MARKS = {
    "fence": "`~",
    "blockquote": ">",
    "hr": "*-_",
    "list": "*+-0123456789",
    "html_block": "<",
    "heading": "#",
}
"""What a line begins with that a rule of the parser looks for. It is asked of no other, which halves the time."""


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
    """The fenced blocks of a text, in order."""
    lines = _LINE.findall(_SPACES.sub("\ufffd", text))
    ends = list(accumulate(map(len, lines)))
    starts, written = [0, *ends], [line.rstrip("\r\n") for line in lines]
    tokens, too_deep = _tokens("".join(f"{line}\n" for line in written))
    for token in tokens:
        first, last = token.map or (0, 0)
        inner = slice(first + 1, last)
        contents = token.content.split("\n")[:-1]
        inside = [
            Span(start if line == content else start + _margin(line, content), end)
            for start, end, line, content in zip(starts[inner], ends[inner], written[inner], contents, strict=False)
        ]
        closing = Span(starts[last - 1], ends[last - 1]) if inner.start + len(inside) < last else None
        yield Fence(token.info, inside, Span(starts[first], ends[first]), closing)
    if too_deep is not None:
        raise TooDeepError(Span(starts[too_deep], ends[too_deep]))


def _margin(line: str, content: str) -> int:
    """How many characters stand before the content of a line, with a tab that is a margin in part."""
    while not line.endswith(content):
        content = content[1:]
    return len(line) - len(content)


def loose_fences(text: str, start: int, end: int) -> Iterator[Fence]:
    """The fenced blocks of a range of whole lines, as a reader without CommonMark's structure sees them.

    They are opened with a word, at any indentation, and closed; with colons they are directives of MyST. Nothing that
    is not closed hides one that is: a line that opens another one ends it.
    """
    opens: re.Match[str] | None = None
    for match in _LOOSE.finditer(text, start, end):
        if match["info"].strip():
            opens = match
        elif opens and opens["fence"] in match["fence"] and not match["item"]:
            quotes = opens["quotes"].count(">")
            lines = _inside(text, opens, match, quotes) if match["quotes"].count(">") == quotes else None
            if lines is not None:
                yield Fence(opens["info"], lines, Span(*opens.span()), Span(*match.span()))
            opens = None


def _inside(text: str, opens: re.Match[str], closes: re.Match[str], quotes: int) -> list[Span] | None:
    """The lines between two, without the margin of the first one; None if one is not part of its quotation."""
    margin = re.compile(rf"(?:[ \t]*+>){{{quotes}}}[ \t]{{0,{len(opens['indent'])}}}+")
    lines: list[Span] = []
    for line in re.compile(r"[^\n]*\n").finditer(text, opens.end(), closes.start()):
        before = margin.match(text, *line.span())
        if before is None:
            return None
        lines.append(Span(before.end(), line.end()))
    return lines


# -- the parser --------------------------------------------------------------------------------------------------------


@cache
def _parser() -> MarkdownIt:
    """Without definitions of links, which take time, and before which HTML is one more thing than elsewhere."""
    parser = MarkdownIt("commonmark", {"maxNesting": 4 * DEPTH}).disable("reference")
    for name, marks in _MARKS.items():
        [rule] = [rule for rule in parser.block.ruler.__rules__ if rule.name == name]
        parser.block.ruler.at(name, _marked(rule.fn, marks), {"alt": rule.alt})
    parser.block.ruler.getRules("")  # fills its lists here: a second thread would meet them half filled
    return parser


def _marked(rule: RuleFuncBlockType, marks: str) -> RuleFuncBlockType:
    """A rule that is asked of lines with one of the marks alone."""

    def asked(state: StateBlock, line: int, end: int, silent: bool) -> bool:
        return state.src[state.bMarks[line] + state.tShift[line]] in marks and rule(state, line, end, silent)

    return asked


class _NestedError(Exception):
    """Something is nested deeper than DEPTH."""


class _State(StateBlock):
    """A run of the parser that keeps the tokens of fences alone: all of them take 500 times the text's memory."""

    lists = 0
    quotations = 0

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        token = super().push(ttype, tag, nesting)
        if ttype != "fence":
            self.tokens.pop()
        if tag == "li":
            self.lists += nesting
        elif tag == "blockquote":
            self.quotations += nesting
        if self.lists > DEPTH or self.quotations > DEPTH:
            raise _NestedError
        return token


def _tokens(text: str) -> tuple[list[Token], int | None]:
    """The tokens of fences, and the number of the line that is nested too deeply, which ends the search."""
    parser = _parser()
    state = _State(text, parser, {}, [])
    try:
        parser.block.tokenize(state, 0, state.lineMax)
    except _NestedError:
        return state.tokens, state.line
    return state.tokens, None
