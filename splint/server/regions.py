"""Which stretch of a buffer is the document around a cursor: all of it, a line, a YAML document, a block, a body.

Offsets are indices of the buffer's text; indices are those of the stretch's own text, which has no quotes of a shell
and no margins of a list or a quotation.
"""

import re
from typing import NamedTuple

from splint.formats.markdown.commands import SHELL_TAGS
from splint.formats.markdown.lines import source_map_of, unquoted
from splint.formats.markdown.reader import blocks
from splint.formats.shell.curl import Invocation, invocations
from splint.formats.shell.scanner import Scanner
from splint.formats.shell.words import Word
from splint.formats.source_map import SourceMap
from splint.formats.spans import Span
from splint.server.view import View

_MARKER = re.compile(r"^(?:---|\.\.\.)(?=\s|\Z)", re.MULTILINE)
_PIPED = re.compile(r"cat[ \t]*+<<")
_BEFORE_CURL = re.compile(r"[^\n'\"#{]*\Z")
TAGS = {"json": "json", "jsonc": "jsonc", "yaml": "yaml", "yml": "yaml"}
"""The languages of fenced blocks."""


class Region(NamedTuple):
    """A document of a buffer, or what is left of one."""

    text: str
    """The text that holds it."""
    language: str
    """json, jsonc or yaml."""
    at: int
    """The cursor's, in `text`."""
    start: int = 0
    end: int | None = None
    """Where it stands in `text`; None for its end."""
    number: int = 0
    """Its number among the documents of the file, from 0; of Markdown the number of its block, of a script that of its
    command in the stretch that was read."""
    source_map: SourceMap | None = None
    """Leads from `text` to the buffer; None where they are the same."""
    url: str = ""
    """Where a curl command sends it."""

    def span(self, start: int, end: int) -> Span:
        """The range in the buffer of a range of `text`."""
        if self.source_map is None:
            return Span(start, end)
        if end <= start:
            at = _outside(self.source_map, start)
            return Span(at, at)
        return self.source_map.span(start, end)

    @property
    def stop(self) -> int:
        """Where it ends in `text`."""
        return len(self.text) if self.end is None else self.end

    def escaped(self, insert: str, at: int) -> str:
        """A text as it is written at an index: within double quotes of a shell its quotes are escaped."""
        quote = _quote_at(self.source_map, at) if self.source_map is not None else ""
        if quote == "double":
            return re.sub(r'(["\\$`])', r"\\\1", insert)
        return insert.replace("'", "'\\''") if quote == "single" else insert


def region_at(view: View, offset: int) -> Region | None:
    """The document around an offset; None where there is none."""
    offset = view.clamped(offset)
    text = view.text
    if view.language in ("json", "jsonc"):
        return Region(text, view.language, offset)
    if view.language == "ndjson":
        start = text.rfind("\n", 0, offset) + 1
        end = text.find("\n", offset)
        return Region(text, "json", offset, start, len(text) if end < 0 else end, text.count("\n", 0, start))
    if view.language == "yaml":
        return _in_stream(Region(text, "yaml", offset))
    if view.language == "markdown":
        return _in_markdown(text, offset)
    return _in_shell(text, offset, None) if view.language == "shell" else None


def _in_stream(region: Region) -> Region:
    """The document of a YAML stream around the cursor."""
    start, number = 0, 0
    for marker in _MARKER.finditer(region.text):
        if marker.end() > region.at:
            return region._replace(start=start, end=marker.start(), number=number)
        number += bool(start or region.text[: marker.start()].strip())
        start = marker.end()
    return region._replace(start=start, number=number)


def _in_markdown(text: str, offset: int) -> Region | None:
    """The fenced block, or the command between blocks, around an offset."""
    number = 0
    for block in blocks(text):
        lines = block.lines
        end = max((line.end for line in block.fences + lines[-1:]), default=0)
        if end <= offset and end < len(text):
            number += block.tag is not None
            continue
        if block.tag in TAGS:
            source_map = source_map_of(text, lines)
            index = _inside(source_map, offset)
            region = Region(source_map.text, TAGS[block.tag], index or 0, number=number, source_map=source_map)
            if index is None:
                return None
            return _in_stream(region)._replace(number=number) if region.language == "yaml" else region
        if block.tag is None or block.tag in SHELL_TAGS:
            source_map = source_map_of(text, unquoted(text, lines))
            index = _inside(source_map, offset)
            found = None if index is None else _in_shell(source_map.text, index, source_map)
            return found and found._replace(number=number)
        return None
    return None


def _in_shell(text: str, offset: int, outer: SourceMap | None) -> Region | None:
    """The body of the curl command around an offset."""
    at = text.rfind("curl", 0, offset)
    while at >= 0:
        line = text.rfind("\n", 0, at) + 1
        if text[at + 4 : at + 5] in (" ", "\t", "\\") and _BEFORE_CURL.fullmatch(text, line, at):
            break
        at = text.rfind("curl", 0, at)
    if at < 0:
        return None
    piped = _PIPED.search(text, text.rfind("\n", 0, at) + 1, at)
    scanner = Scanner(text, piped.start() if piped else at, one_line=True).scan()
    requests = [request for command in scanner.commands for request in invocations(command)]
    for number, request in enumerate(requests):
        body = _body_at(request, offset)
        if body is not None:
            source_map = body.source_map(outer)
            index = _inside(source_map, offset if outer is None else _outside(outer, offset))
            url = max((word.text for word in request.urls), key=len, default="")
            return (
                None
                if index is None
                else Region(source_map.text, "json", index, number=number, source_map=source_map, url=url)
            )
    return None


def _body_at(request: Invocation, offset: int) -> Word | None:
    """The body of a request that an offset stands in."""
    body = request.body
    words = [word for _, word in request.data] + ([body] if isinstance(body, Word) else [])
    for word in words:
        if word.pieces and word.pieces[0].start <= offset <= word.pieces[-1].end:
            return word
    return None


def _inside(source_map: SourceMap, offset: int) -> int | None:
    """The index in a source map's text of an offset outside of it; None where none leads there."""
    at: int | None = offset
    if source_map.outer is not None:
        at = _inside(source_map.outer, offset)
    if at is None:
        return None
    index = 0
    for segment in source_map.segments:
        if segment.start <= at <= segment.end and (segment.is_verbatim or at in (segment.start, segment.end)):
            return index + (
                min(at - segment.start, len(segment.text))
                if segment.is_verbatim
                else (len(segment.text) if at == segment.end else 0)
            )
        if at < segment.start:
            return None
        index += len(segment.text)
    return None


def _outside(source_map: SourceMap, index: int) -> int:
    """The offset that an index leads to; at the end of a segment that segment's end, not the next one's start."""
    at = 0
    for segment in source_map.segments:
        size = len(segment.text)
        if index <= at + size and segment.is_verbatim:
            found = segment.start + index - at
            return _outside(source_map.outer, found) if source_map.outer else found
        if index < at + size:
            break
        at += size
    return source_map.origin(index)


def _quote_at(source_map: SourceMap, index: int) -> str:
    """How the segment at an index is quoted."""
    at = 0
    for segment in source_map.segments:
        at += len(segment.text)
        if index <= at:
            return segment.quote
    return source_map.segments[-1].quote
