"""Markdown and plain text: curl commands and fenced payloads, each an example of its own."""

import re
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from splint.documents.curl import URL, Invocation, invocations, opens_json
from splint.documents.document import Document, Reader, SyntaxFault, decode
from splint.documents.fragment import Fragment, Segment, parse_fragment
from splint.documents.nesting import Lines
from splint.documents.scanner import Scanner
from splint.documents.shell import PAYLOAD_NAMES, Script, read_requests
from splint.documents.source import Source, Span

_SHELL_TAGS = frozenset({"", "sh", "bash", "shell", "console", "zsh", "text", "curl", "http"})
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_FENCE = re.compile(
    r"(?P<quotes>(?:[ \t]*+(?:(?:[-*+]|\d{1,9}[.)])[ \t]++)?+>)*+)"
    r"(?P<indent>[ \t]*+(?:(?:[-*+]|\d{1,9}[.)])[ \t]++)*+)"
    r"(?P<fence>`{3,}(?=[^`\n]*$)|~{3,})[ \t]*+\{?[ \t]*+\.?(?P<tag>[\w+#-]*)",
    re.MULTILINE,
)
_COMMAND = re.compile(
    r"^[ \t]*+(?:[$%][ \t]++|>[ \t]*+)*+"
    r"(?P<command>curl(?=[ \t\\])|(?:export[ \t]++)?+[A-Za-z_]\w*+=\"?\$\([ \t]*+curl(?=[ \t\\])|cat[ \t]*+<<[^\n|]*+\|[ \t]*+curl(?=[ \t\\]))",
    re.MULTILINE,
)
_PROMPT = re.compile(r"[ \t]*+\$[ \t]")
_QUOTED = re.compile(r"[ \t]*+(?:>[ \t]?+)++")
_TYPOGRAPHIC = "‘’“”\"'"


class _Block(NamedTuple):
    """A fenced block, or the text between two; its lines without what a list or a quotation puts before them."""

    tag: str | None
    """What the fence says of its language; None for text."""
    lines: list[Span]


def read_markdown(path: str, stream: BinaryIO) -> Iterator[Document | SyntaxFault]:
    """A document for each curl command of interest and for each JSON or YAML block."""
    source = Source(path, stream.read())
    text = decode(source)
    if not isinstance(text, str):
        yield text
        return
    for block in _blocks(text):
        if block.tag is None or block.tag in _SHELL_TAGS:
            yield from _read_commands(source, text, block.lines)
        elif block.tag in ("json", "jsonc", "yaml", "yml"):
            yield from _read_payload(source, block.tag, _fragment(text, block.lines))


def read_text(path: str, stream: BinaryIO) -> Iterator[Document | SyntaxFault]:
    """A document for each curl command of interest."""
    source = Source(path, stream.read())
    text = decode(source)
    if not isinstance(text, str):
        yield text
    else:
        yield from _read_commands(source, text, [Span(*line.span()) for line in _LINE.finditer(text)])


# -- blocks ------------------------------------------------------------------------------------------------------------


def _blocks(text: str) -> Iterator[_Block]:
    block = _Block(None, [])
    fence, quotes, indent = "", 0, 0
    for found in _LINE.finditer(text):
        line = Span(*found.span())
        if fence:
            inside = re.compile(r"(?:[ \t]*+>){%d}" % quotes).match(text, *line) if quotes else None
            start = inside.end() if inside else line.start
            ends = re.compile(r"[ \t]*+%s{%d,}[ \t\r]*+$" % (fence[0], len(fence)), re.MULTILINE).match(
                text, start, line.end
            )
            if not ends and (inside or not quotes):
                margin = re.compile(r"[ \t]{0,%d}" % indent).match(text, start, line.end)
                block.lines.append(Span(margin.end() if margin else start, line.end))
                continue
            yield block
            block, fence = _Block(None, []), ""
            if ends:
                continue
        opens = _FENCE.match(text, *line)
        if opens:
            yield block
            block = _Block(opens["tag"].lower(), [])
            fence, quotes, indent = opens["fence"], opens["quotes"].count(">"), len(opens["indent"])
        else:
            block.lines.append(line)
    yield block


def _fragment(text: str, lines: list[Span]) -> Fragment:
    """The lines as one text; those that lie end to end are one segment."""
    segments: list[Segment] = []
    start = end = 0
    for line in lines:
        if line.start != end:
            segments.append(Segment(text[start:end], start, end))
            start = line.start
        end = line.end
    segments.append(Segment(text[start:end], start, end))
    return Fragment(segment for segment in segments if segment.text)


def _read_payload(source: Source, tag: str, fragment: Fragment) -> Iterator[Document | SyntaxFault]:
    """What a JSON or YAML block says; that it is broken only if it seems to be meant as a payload."""
    if tag in ("yaml", "yml"):
        from splint.documents.yaml import parse_yaml

        read = parse_yaml(source, fragment.text, fragment.origin)
    elif tag == "jsonc":
        from splint.documents.json_faults import without_comments

        read = iter([parse_fragment(source, fragment, without_comments(fragment.text))])
    else:
        read = iter([parse_fragment(source, fragment)])
    is_meant = PAYLOAD_NAMES.search(fragment.text) is not None
    yield from (found for found in read if is_meant or isinstance(found, Document))


# -- commands ----------------------------------------------------------------------------------------------------------


def _read_commands(source: Source, text: str, lines: list[Span]) -> Iterator[Document | SyntaxFault]:
    fragment = _fragment(text, list(_unquoted(text, lines)))
    if "curl" in fragment.text:
        yield from read_requests(_requests(fragment.text), Script(source, fragment, is_prose=True))


def _unquoted(text: str, lines: list[Span]) -> Iterator[Span]:
    """The lines without the > of a quotation or of a shell that asks for more; one that redirects output stays."""
    is_within, is_continued = False, False
    for line in lines:
        quoted = _QUOTED.match(text, *line)
        if quoted and (is_within or not is_continued):
            is_within, line = True, Span(quoted.end(), line.end)
        else:
            is_within = bool(_PROMPT.match(text, *line))
        is_continued = text[line.start : line.end].rstrip("\r\n").endswith("\\")
        yield line


def _requests(text: str) -> Iterator[Invocation]:
    """The requests of all commands that begin a line.

    A line that only seems to be one may have taken others for a part of itself: the next line is looked at then, as
    long as that does not come to reading the whole text again and again.
    """
    lines, at, allowance = Lines(text), 0, 4 * len(text)
    while found := _COMMAND.search(text, at):
        start = found.start("command")
        scanner = Scanner(text, start, one_line=True, lines=lines).scan()
        requests = [request for command in scanner.commands for request in invocations(command)]
        meant = [request for request in requests if not _is_sentence(text, request)]
        yield from meant
        at = scanner.at
        if scanner.broken or len(meant) < len(requests):
            allowance -= at - start
            if allowance > 0:
                following = text.find("\n", start)
                at = following + 1 if following >= 0 else len(text)


def _is_sentence(text: str, request: Invocation) -> bool:
    """Whether a line that begins with the word curl speaks of it: some words stand where no URL does."""
    if any(word.text.lstrip(_TYPOGRAPHIC)[:1] in ("{", "[") or opens_json(word) for _, word in request.data):
        return False
    broken = request.command.broken
    if broken and text[broken.start] == "'" and text[broken.start - 1].isalpha():
        word = text[text.rfind(" ", 0, broken.start) + 1 : broken.start]
        if word.isalpha():
            return True
    return any(not URL.match(word.text) for word in request.urls if not request.is_broken(word))


MARKDOWN = Reader("markdown", (".md",), read_markdown)
TEXT = Reader("text", (".txt",), read_text)
