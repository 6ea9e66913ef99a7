"""Comments in Markdown and plain text: HTML comments, and those of the commands and payloads in the text."""

import re
from collections.abc import Iterator

from splint.formats.comments import Comment, Gap, directives, line_comment
from splint.formats.markdown.commands import SHELL_TAGS, bare, passages
from splint.formats.markdown.lines import PROMPT, source_map_of, unquoted
from splint.formats.markdown.reader import blocks
from splint.formats.shell.comments import clipped, in_script, within
from splint.formats.source import Source
from splint.formats.spans import Span

_PROMPTS = rf"(?:{PROMPT}|>[ \t]*+)*+"
_OWN_LINE = rf"[ \t]*+{_PROMPTS}(#[^\n]*+)"
_INDENTED = rf"(?: {{4}}|\t){_OWN_LINE}"
"""In Markdown a # with less indentation is a heading."""
_HTML = (
    r"^(?:[ \t]*+(?:[-*+]|\d{1,9}[.)])[ \t]++|[ \t]*+>)*+[ \t]*+(?P<first><!--)"
    r"|(?<=-->)[ \t]*+(?P<next><!--)"
    r"|^(?:[ \t]*+>)++[ \t\r]*+$"
)
"""A comment at the start of a line or directly after another comment; an empty line of a quotation."""

_FRONT_MATTER = r"\ufeff?---[ \t]*+\r?\n(?s:.*?\n)??(?:---|\.\.\.)[ \t]*+(?:\r?\n|\Z)"


def comments_in_markdown(source: Source) -> list[Comment]:
    """The directives of a Markdown file, in order."""
    text = source.text
    comments: list[Comment] = []
    gaps: list[Gap] = []
    units: list[Span] = []
    at = 0
    if front := re.match(_FRONT_MATTER, text):
        at = front.end()
        gaps.append(Gap(0, at))
    for block in blocks(text):
        commands: list[Span] = []
        lines: list[Span] = []
        if block.tag is None or block.tag in SHELL_TAGS:
            source_map = source_map_of(text, unquoted(text, block.lines))
            content = source_map.text
            if block.tag is None:
                inside, commands, lines = _prose(content, _INDENTED)
            else:
                content = bare(content, block.tag)
                inside, lines = in_script(content)
        else:
            source_map, inside = source_map_of(text, block.lines), []
            content = source_map.text
            if block.tag in ("yaml", "yml"):
                from splint.formats.yaml.comments import gaps as gaps_in_yaml  # few blocks are YAML

                inside = gaps_in_yaml(content)
            elif block.tag == "jsonc":
                from splint.formats.json.comments import gaps as gaps_in_json  # few blocks are JSONC

                inside = gaps_in_json(content)
        comments += directives(source, content, inside, commands + lines, source_map, is_first=False)
        if block.fences:
            units.append(Span(block.fences[0].start, max(line.end for line in block.fences + block.lines[-1:])))
            if not block.is_loose:
                gaps += _html_gaps(text, at, units[-1].start)
                at = max(at, units[-1].end)
        elif block.lines:
            spans = (source_map.span(*command) for command in commands)
            units += (Span(text.rfind("\n", 0, start) + 1, end) for start, end in spans)
    gaps += _html_gaps(text, at, len(text))
    comments += directives(source, text, gaps, units)
    return sorted(comments, key=lambda comment: comment.span)


def _html_gaps(text: str, start: int, end: int) -> Iterator[Gap]:
    pattern = re.compile(_HTML, re.MULTILINE)
    while match := pattern.search(text, start, end):
        start = match.end()
        if mark := match.lastgroup:
            opening, close = match.start(mark), text.find("-->", start, end)
            if close < 0:
                break
            start = close + 3
            yield Gap(match.start(), start, Span(opening, start))
        else:
            yield Gap(*match.span())


def comments_in_text(source: Source) -> list[Comment]:
    """The directives of a plain text, in order."""
    source_map = source_map_of(source.text, unquoted(source.text, [Span(0, len(source.text))]))
    gaps, commands, lines = _prose(source_map.text, _OWN_LINE)
    return list(directives(source, source_map.text, gaps, commands + lines, source_map))


def _prose(text: str, own_line: str) -> tuple[list[Gap], list[Span], list[Span]]:
    """The comments in commands and on lines of their own, the spans of commands, and those of their logical lines."""
    pattern, at = re.compile(f"^{own_line}", re.MULTILINE), 0
    gaps: list[Gap] = []
    commands: list[Span] = []
    lines: list[Span] = []

    def own(start: int, end: int) -> Iterator[Gap]:
        return (line_comment(note.start(), *note.span(1), text) for note in pattern.finditer(text, start, end))

    for passage in passages(text):
        gaps += own(at, passage.start)
        gaps += within(passage.scanner.comments, passage.start, passage.end, text)
        broken = passage.scanner.broken
        end = max(passage.end, broken.end if broken else 0)
        lines += clipped(passage.scanner.logical_lines, end)
        commands.append(Span(passage.start, end))
        at = passage.end
    gaps += own(at, len(text))
    return gaps, commands, lines
