"""Reads Markdown and plain text: curl commands and fenced payloads, which are independent examples."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import dropwhile
from operator import attrgetter
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from splint.formats.document import Document
from splint.formats.fault import SyntaxFault, decode, of_prose
from splint.formats.json.reader import parse
from splint.formats.markdown.commands import SHELL_TAGS, read_commands, read_together
from splint.formats.markdown.lines import PROMPT, each_line, source_map_of
from splint.formats.shell.reader import means_payload
from splint.formats.source import Source
from splint.formats.source_map import SourceMap, parse_mapped
from splint.formats.spans import Span

if TYPE_CHECKING:
    from splint.formats.markdown.fences import Fence

PAYLOAD_TAGS = frozenset({"json", "jsonc", "yaml", "yml"})
LOOSE_TAGS = PAYLOAD_TAGS | (SHELL_TAGS - {""})
"""Those of blocks that are read where CommonMark has text only."""
_OF_CMD = frozenset({"cmd", "bat", "batch", "dos"})
OTHER_SHELLS = _OF_CMD | {"powershell", "pwsh", "ps1"}
"""What curl, quotes and line ends mean in these is for others to say."""
_OTHERWISE_IN_CMD = re.compile(r"'|\"\"")
"""The quotes that cmd reads in another way than a shell."""
_TAG = re.compile(r"[ \t]*+(?P<directive>\{(?:code|code-block|sourcecode)\}[ \t]*+)?+\{?[ \t]*+\.?(?P<tag>[\w+#-]*)")
"""The language of a fence, behind a directive of MyST too."""
_MARKDOWN = re.compile(
    r"[ \t]*+(?:\{(?!code\}|code-block\}|sourcecode\})[\w:-]+\}|(?:markdown|md|myst)\b)", re.IGNORECASE
)
"""What a fence says that has Markdown in it: its language, or another directive of MyST, as {admonition}."""
_MARKS = ("```", "~~~", ":::{")
"""What opens a fence; with colons one of MyST."""
_OPTION = re.compile(r":[\w-]+:")
"""What the lines of such a directive begin with that are options."""
_END = re.compile(r"^\.\.\.[ \t]*+\r?$", re.MULTILINE)
"""The line that ends a document of YAML, which leaves nothing out."""
_MARKER = re.compile(r"[ \t]*+(?:\([a-z]++(?:[ \t]++[\w+#-]++)*+\)[ \t]*+)?\r?$", re.MULTILINE)
"""A line without text, or with a mark such as `(code curl http)`, which TikTok's documentation has in its fences."""
_FIRST = re.compile(rf"[ \t]*+(?:{PROMPT})?+curl(?:\.exe)?+(?=[ \t\\])")
_start, _end = attrgetter("start"), attrgetter("end")


class Block(NamedTuple):
    """A fenced block or the text between two; its lines without the margin of a list or a quotation."""

    tag: str | None
    """The info string's first word in lower case, `curl` where the first word inside is that; None for text."""
    lines: list[Span]
    """Those that follow each other without a margin are one span: `each_line` splits them."""
    fences: list[Span]
    """The lines that open and close it: none for text; only the first if the block is not closed."""
    is_loose: bool = False
    """Whether it stands in what CommonMark takes for text, as in an HTML comment."""
    too_deep: Span | None = None
    """Of the last text: its first line, if lists and quotations are nested too deeply there to know of fences in it."""


def read_markdown(path: str, stream: BinaryIO) -> Iterator[Document | SyntaxFault]:
    """A document for each curl command of interest and for each JSON or YAML block."""
    source = Source(path, stream.read())
    text = decode(source)
    if not isinstance(text, str):
        yield text
        return
    parts: list[Iterable[Document | SyntaxFault]] = []
    commands = [(block.tag, block.lines) for block in blocks(text) if block.tag in SHELL_TAGS and block.tag is not None]
    around, together = read_together(source, text, commands) if len(commands) > 1 else (None, iter(()))
    for block in blocks(text):
        if block.tag is None or block.tag in SHELL_TAGS:
            parts.append(read_commands(source, text, block.lines, block.tag, None if block.tag is None else around))
        elif block.tag in PAYLOAD_TAGS:
            parts.append(_read_payload(source, block.tag, source_map_of(text, block.lines)))
        if block.too_deep:
            help = "nest them less deeply, or put what follows into another file: no block from here on is read"
            parts.append([SyntaxFault(source, "lists or quotations are nested too deeply", block.too_deep, help=help)])
    for part in [*parts, together]:
        yield from map(_alone, part)


def read_text(path: str, stream: BinaryIO) -> Iterator[Document | SyntaxFault]:
    """A document for each curl command of interest."""
    source = Source(path, stream.read())
    text = decode(source)
    if not isinstance(text, str):
        yield text
    else:
        yield from map(_alone, read_commands(source, text, [Span(0, len(text))]))


def _alone(document: Document | SyntaxFault) -> Document | SyntaxFault:
    """Mark a document as unrelated to others, as examples in prose are."""
    return document._replace(stands_alone=True) if isinstance(document, Document) else document


# -- blocks ------------------------------------------------------------------------------------------------------------


def blocks(text: str) -> tuple[Block, ...]:
    """The fenced blocks of a Markdown text, and the text between them.

    Those of 1 MB take half a second or more, and comments, fixes and editors ask for them again: the last ones of a
    large text are kept. The short texts that prove a fix, of which there are many, do not take their place.
    """
    if not any(mark in text for mark in _MARKS):
        return (_prose(0, len(text)),)
    return _kept(text) if len(text) > 10_000 else tuple(_blocks(text))


@lru_cache(maxsize=1)
def _kept(text: str) -> tuple[Block, ...]:
    return tuple(_blocks(text))


def _blocks(text: str) -> Iterator[Block]:
    from splint.formats.markdown.fences import TooDeepError, fences  # imports markdown-it-py

    at, too_deep = 0, None
    try:
        for fence in fences(text):
            start = max(at, text.rfind("\n", at, fence.opening.start) + 1)
            yield from _divided(text, _prose(at, start), at, start)
            block = _block(text, fence, start)
            at = max(line.end for line in block.fences + block.lines[-1:])
            is_payload, is_markdown = block.tag in PAYLOAD_TAGS, _MARKDOWN.match(fence.info) is not None
            yield from [block] if is_payload else _divided(text, block, fence.opening.end, at, is_markdown=is_markdown)
    except TooDeepError as error:
        too_deep = error.line
    end = max(at, too_deep.start) if too_deep else len(text)
    yield from _divided(text, _prose(at, end), at, end)
    if too_deep:
        yield _prose(end, len(text))._replace(too_deep=too_deep)


def _divided(text: str, block: Block, start: int, end: int, *, is_markdown: bool = False) -> Iterator[Block]:
    """A block of a range of lines, or what is before, in and behind the loose fences there that splint reads.

    One that is closed has none but what its closing line may be meant to close, unless what it holds is Markdown.
    """
    if all(text.find(mark, start, end) < 0 for mark in _MARKS):
        yield block
        return
    from splint.formats.markdown.fences import loose_fences  # imports markdown-it-py

    for fence in loose_fences(text, start, end):
        inner = _block(text, fence, fence.opening.start)
        is_shown = is_markdown or len(block.fences) < 2 or block.fences[1] == fence.closing
        if inner.tag in LOOSE_TAGS and is_shown:
            opens, closes = inner.fences
            yield block._replace(lines=_clipped(block.lines, start, opens.start), fences=block.fences[:1])
            yield inner._replace(is_loose=True)
            start, block = closes.end, Block(None, block.lines, [])
    yield block._replace(lines=_clipped(block.lines, start, end))


def _clipped(lines: list[Span], start: int, end: int) -> list[Span]:
    within = lines[bisect_right(lines, start, key=_end) : bisect_left(lines, end, key=_start)]
    return [Span(max(line.start, start), min(line.end, end)) for line in within]


def _prose(start: int, end: int) -> Block:
    return Block(None, [Span(start, end)] if start < end else [], [])


def _block(text: str, fence: "Fence", start: int) -> Block:
    """A fence as a block, which starts at an index."""
    tag, lines = _TAG.match(fence.info), fence.lines
    if tag and tag["directive"]:
        lines = _without_options(text, lines)
    ends = [Span(start, fence.opening.end), *([fence.closing] if fence.closing else ())]
    return _with_language(text, Block(tag["tag"].lower() if tag else "", _joined(lines), ends))


def _without_options(text: str, lines: list[Span]) -> list[Span]:
    """The lines of a directive behind its options: those that begin so, or a block of YAML between two rules."""
    rules = [at for at, line in enumerate(lines) if text[slice(*line)].strip() == "---"] if lines else []
    if len(rules) > 1 and rules[0] == 0:
        return lines[rules[1] + 1 :]
    return list(dropwhile(lambda line: _OPTION.match(text, *line), lines))


def _joined(lines: Iterable[Span]) -> list[Span]:
    """Lines, those right behind the last one joined with it: millions of spans would take too much memory."""
    joined: list[Span] = []
    for line in lines:
        joined.append(Span(joined.pop().start, line.end) if joined and joined[-1].end == line.start else line)
    return joined


def _with_language(text: str, block: Block) -> Block:
    """A block, as one of curl commands where it begins with one, whatever language its fence says.

    Of cmd it is one with a command in which no quotes mean something else to a shell.
    """
    if block.tag in _OF_CMD:
        written = "".join(text[line.start : line.end] for line in block.lines)
        is_read = "curl" in written and not _OTHERWISE_IN_CMD.search(written)
        return block._replace(tag="curl") if is_read else block
    if block.tag is None or block.tag in SHELL_TAGS or block.tag in OTHER_SHELLS:
        return block
    first = next((line for line in each_line(text, block.lines) if not _MARKER.match(text, *line)), None)
    return block._replace(tag="curl") if first is not None and _FIRST.match(text, *first) else block


def _read_payload(source: Source, tag: str, source_map: SourceMap) -> Iterator[Document | SyntaxFault]:
    """The documents of a JSON or YAML block; its syntax errors only if it has a field name of payloads."""
    if tag in ("yaml", "yml"):
        from splint.formats.yaml.reader import parse_yaml  # imports PyYAML

        read = parse_yaml(source, source_map.text, source_map.origin, source_map)
    elif tag == "jsonc":
        from splint.formats.json.comments import without_comments  # few blocks are JSONC

        read = iter([parse_mapped(source, parse, source_map, "block", without_comments(source_map.text))])
    else:
        read = iter([parse_mapped(source, parse, source_map, "block")])
    for document in read:
        if isinstance(document, Document):
            yield document
        elif means_payload(source_map.text):
            ends = _END.finditer(source_map.text) if tag in ("yaml", "yml") else ()
            is_end = any(source_map.origin(end.start()) == document.span.start for end in ends)
            yield document if is_end else of_prose(document)
