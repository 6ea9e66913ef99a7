"""Comments that speak to splint: what they say, and which lines they speak of.

A reader passes comments over, so each is looked for again, by what the reader itself uses to tell it from text: YAML's
tokens, the shell's scanner, the notes of JSON. All of it happens only for a file that holds `splint:`.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from splint.formats.document import Comment
from splint.formats.source import Source, Span
from splint.formats.source_map import SourceMap

MARK = "splint:"

_CONTENT = re.compile(r"\S")
_LINE_BREAK = re.compile(r"[\r\n]")
_MARKS = (("#", ""), ("//", ""), ("/*", "*/"), ("<!--", "-->"))


class _Gap(NamedTuple):
    """A stretch between what a file says: a comment with what belongs to it, or a line that holds nothing."""

    start: int
    end: int
    comment: Span | None = None


def _line_comment(start: int, comment: int, end: int, text: str) -> _Gap:
    """A comment to the end of its line, without the white space there; the gap begins at `start`."""
    end = comment + len(text[comment:end].rstrip())
    return _Gap(start, end, Span(comment, end))


# -- what a comment speaks of ------------------------------------------------------------------------------------------


def _speaking(
    source: Source,
    text: str,
    gaps: Iterable[_Gap],
    units: Iterable[Span] = (),
    fragment: SourceMap | None = None,
    *,
    is_first: bool = True,
) -> Iterator[Comment]:
    """The comments among the gaps of a text that speak to splint.

    `units` are stretches that a comment speaks of as a whole, nested in one another or apart; `fragment` leads from
    the text to its source; `is_first` says whether the text is the beginning of its file.
    """
    gaps = sorted(gaps)
    find = _Units(units).innermost

    def line(index: int) -> int:
        return source.position(fragment.origin(index) if fragment else index).line

    at, is_alone, is_on_top = 0, True, is_first
    for gap, ahead in zip(gaps, _contents_behind(text, gaps), strict=True):
        between = text[at : gap.start]
        is_blank = not between.strip()
        is_on_top = is_on_top and is_blank
        if is_blank:
            is_alone = is_alone or _LINE_BREAK.search(between) is not None
        else:
            tail = between[max(between.rfind("\n"), between.rfind("\r")) + 1 :]
            is_alone = len(tail) < len(between) and not tail.strip()
        if gap.comment and (said := _said(text[slice(*gap.comment)])).startswith(MARK):
            target, lines = ahead if is_alone else gap.comment.start, None
            if target is not None:
                unit = find(target) or Span(target, target)
                lines = line(unit.start), line(max(unit.end - 1, unit.start))
            yield Comment(said, fragment.span(*gap.comment) if fragment else gap.comment, lines, is_on_top)
        is_alone = is_alone or _LINE_BREAK.search(text, gap.start, gap.end) is not None
        at = gap.end


def _contents_behind(text: str, gaps: list[_Gap]) -> list[int | None]:
    """For each gap the index of the first thing behind it that is in no gap."""
    found: list[int | None] = []
    ahead, limit = None, len(text)
    for gap in reversed(gaps):
        content = _CONTENT.search(text, gap.end, limit)
        ahead, limit = content.start() if content else ahead, gap.start
        found.append(ahead)
    return found[::-1]


class _Units:
    """Stretches within stretches, asked for from a text's beginning to its end."""

    def __init__(self, units: Iterable[Span]) -> None:
        self._ahead = sorted(
            (unit for unit in units if unit.start < unit.end), key=lambda unit: (-unit.start, unit.end)
        )
        self._open: list[Span] = []

    def innermost(self, index: int) -> Span | None:
        """The smallest one around an index, which is not less than that of the last question."""
        while self._ahead and self._ahead[-1].start <= index:
            unit = self._ahead.pop()
            self._close(unit.start)
            self._open.append(unit)
        self._close(index)
        return self._open[-1] if self._open else None

    def _close(self, index: int) -> None:
        while self._open and self._open[-1].end <= index:
            self._open.pop()


def _said(written: str) -> str:
    """What a comment says."""
    for mark, end in _MARKS:
        if written.startswith(mark):
            return written[len(mark) :].removesuffix(end).strip()
    return ""


# -- YAML and JSON -----------------------------------------------------------------------------------------------------


def _yaml(source: Source) -> list[Comment]:
    return list(_speaking(source, source.text, _yaml_gaps(source.text)))


def _yaml_gaps(text: str) -> list[_Gap]:
    """Comments, document markers and directives; behind an error by lines, up to the stream's next document."""
    from splint.formats.yaml.reader import stretches

    start = len(text) - len(text.lstrip("\ufeff"))
    found, is_whole = _scanned_yaml(text, start, len(text))
    if not is_whole:
        found = [gap for stretch in stretches(text, start) for gap in _scanned_yaml(text, *stretch)[0]]
    return [_Gap(0, start), *found]


def _scanned_yaml(text: str, start: int, end: int) -> tuple[list[_Gap], bool]:
    """The gaps of a stretch, and whether all of it was readable."""
    from yaml import DirectiveToken, DocumentEndToken, DocumentStartToken, ScalarToken, YAMLError

    from splint.formats.yaml.positions import BREAK
    from splint.formats.yaml.reader import tokens

    comment = re.compile(rf"#[^{BREAK}]*+")
    header = re.compile(rf"[|>][-+0-9]*+[ \t]++(#[^{BREAK}]*+)")
    alone = re.compile(rf"(?<![^{BREAK}])[ \t]*+(#[^{BREAK}]*+)")
    found: list[_Gap] = []
    at = start
    try:
        for token in tokens(text[start:end]):
            first, last = start + token.start_mark.index, start + token.end_mark.index
            if first > at:
                found += (_line_comment(note.start(), *note.span(), text) for note in comment.finditer(text, at, first))
            at = max(at, last)
            if isinstance(token, ScalarToken):
                if token.style in ("|", ">") and (note := header.match(text, first, last)):
                    found.append(_line_comment(note.start(1), *note.span(1), text))
            elif isinstance(token, DocumentStartToken | DocumentEndToken | DirectiveToken):
                found.append(_Gap(first, last))
    except (YAMLError, ValueError, OverflowError):  # as in the reader: of characters and escapes that are none
        found += (_line_comment(note.start(1), *note.span(1), text) for note in alone.finditer(text, at, end))
        return found, False
    return found, True


def _jsonc(source: Source) -> list[Comment]:
    return list(_speaking(source, source.text, _jsonc_gaps(source.text)))


def _jsonc_gaps(text: str) -> list[_Gap]:
    from splint.formats.json.errors import comments

    return [_line_comment(note.start, *note, text) for note in comments(text)]


# -- shell -------------------------------------------------------------------------------------------------------------


def _shell(source: Source) -> list[Comment]:
    from splint.formats.shell.reader import scans

    text, start = source.text, 0
    gaps: list[_Gap] = []
    lines: list[Span] = []
    for scanner, end in scans(text):
        gaps += _within(scanner.comments, start, end, text)
        lines += _clipped(scanner.logical_lines, end)
        start = end
    return list(_speaking(source, text, gaps, lines))


def _within(comments: Iterable[Span], start: int, end: int, text: str) -> Iterator[_Gap]:
    return (_line_comment(note.start, *note, text) for note in comments if start <= note.start < end)


def _clipped(lines: Iterable[Span], end: int) -> Iterator[Span]:
    """What of logical lines was not read anew."""
    return (Span(line.start, min(line.end, end)) for line in lines)


# -- prose -------------------------------------------------------------------------------------------------------------

_PROMPTS = r"(?:[$%][ \t]++|>[ \t]*+)*+"
_OWN_LINE = rf"[ \t]*+{_PROMPTS}(#[^\n]*+)"
_INDENTED = rf"(?: {{4}}|\t){_OWN_LINE}"
"""In Markdown a # with less before it makes a heading."""
_HTML = (
    r"^(?:[ \t]*+(?:[-*+]|\d{1,9}[.)])[ \t]++|[ \t]*+>)*+[ \t]*+(?P<first><!--)"
    r"|(?<=-->)[ \t]*+(?P<next><!--)"
    r"|^(?:[ \t]*+>)++[ \t\r]*+$"
)
"""A comment that begins a line, or stands behind one that does; an empty line of a quotation."""


def _markdown(source: Source) -> list[Comment]:
    from splint.formats.markdown.reader import SHELL_TAGS, blocks, fragment_of, unquoted

    text = source.text
    found: list[Comment] = []
    gaps: list[_Gap] = []
    units: list[Span] = []
    for block in blocks(text):
        commands: list[Span] = []
        lines: list[Span] = []
        if block.tag is None or block.tag in SHELL_TAGS:
            fragment = fragment_of(text, list(unquoted(text, block.lines)))
            inside, commands, lines = _prose(fragment.text, _INDENTED if block.tag is None else _OWN_LINE)
        else:
            fragment, inside = fragment_of(text, block.lines), []
            if block.tag in ("yaml", "yml"):
                inside = _yaml_gaps(fragment.text)
            elif block.tag == "jsonc":
                inside = _jsonc_gaps(fragment.text)
        found += _speaking(source, fragment.text, inside, commands + lines, fragment, is_first=False)
        if block.fences:
            units.append(Span(block.fences[0].start, max(line.end for line in block.fences + block.lines[-1:])))
        elif block.lines:
            spans = (fragment.span(*command) for command in commands)
            units += (Span(text.rfind("\n", 0, start) + 1, end) for start, end in spans)
            gaps += _html_gaps(text, block.lines[0].start, block.lines[-1].end)
    found += _speaking(source, text, gaps, units)
    return sorted(found, key=lambda comment: comment.span)


def _html_gaps(text: str, start: int, end: int) -> Iterator[_Gap]:
    pattern = re.compile(_HTML, re.MULTILINE)
    while found := pattern.search(text, start, end):
        start = found.end()
        if mark := found.lastgroup:
            opening, close = found.start(mark), text.find("-->", start, end)
            if close < 0:
                break
            start = close + 3
            yield _Gap(found.start(), start, Span(opening, start))
        else:
            yield _Gap(*found.span())


def _text(source: Source) -> list[Comment]:
    from splint.formats.markdown.reader import LINE, fragment_of, unquoted

    lines = [Span(*line.span()) for line in LINE.finditer(source.text)]
    fragment = fragment_of(source.text, list(unquoted(source.text, lines)))
    gaps, commands, lines = _prose(fragment.text, _OWN_LINE)
    return list(_speaking(source, fragment.text, gaps, commands + lines, fragment))


def _prose(text: str, own_line: str) -> tuple[list[_Gap], list[Span], list[Span]]:
    """The comments of commands and on lines of their own between them; the commands; the logical lines in those."""
    from splint.formats.markdown.reader import passages

    pattern, at = re.compile(f"^{own_line}", re.MULTILINE), 0
    gaps: list[_Gap] = []
    commands: list[Span] = []
    lines: list[Span] = []

    def own(start: int, end: int) -> Iterator[_Gap]:
        return (_line_comment(note.start(), *note.span(1), text) for note in pattern.finditer(text, start, end))

    for passage in passages(text):
        gaps += own(at, passage.start)
        gaps += _within(passage.scanner.comments, passage.start, passage.end, text)
        broken = passage.scanner.broken
        end = max(passage.end, broken.end if broken else 0)
        lines += _clipped(passage.scanner.logical_lines, end)
        commands.append(Span(passage.start, end))
        at = passage.end
    gaps += own(at, len(text))
    return gaps, commands, lines


LANGUAGES: dict[str, Callable[[Source], list[Comment]]] = {
    "yaml": _yaml,
    "jsonc": _jsonc,
    "shell": _shell,
    "markdown": _markdown,
    "text": _text,
}
"""By the names of the readers: the comments of a file that speak to splint, in its order."""
