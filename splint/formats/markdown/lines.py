"""Lines of Markdown and plain text without their margins: of quotations, lists and prompts."""

import re
from collections.abc import Iterable, Iterator

from splint.formats.source_map import Segment, SourceMap
from splint.formats.spans import Span

LINE = re.compile(r"[^\n]*\n|[^\n]+")
_UNIX = (
    r"(?:\([\w.-]{1,40}\)[ ]?)?+"
    r"(?:\[?[\w.-]{1,40}@[^\n$%\#>'\"]{1,80}[$%\#]|[~/][\w./-]{0,80}[ ]?\$|\w{0,4}sh-[\d.]+\$|[$%])[ \t]++"
)
_WINDOWS = r"(?:PS[ \t]+)?+[A-Za-z]:\\[^\n>'\"|]{0,100}>[ \t]*+"
PROMPT = f"(?:{_UNIX}|{_WINDOWS})"
"""What a shell writes before a command: `$`, `%`, `user@host:~$`, `(venv) $`, `bash-5.2$`, `C:\\>`, `PS C:\\>`."""
_PROMPT = re.compile(rf"[ \t]*+{PROMPT}")
_QUOTED = re.compile(r"[ \t]*+(?:>[ \t]?+)++")


def source_map_of(text: str, lines: Iterable[Span]) -> SourceMap:
    """The source map of lines as one text; adjacent lines form one segment."""
    segments: list[Segment] = []
    start = end = 0
    for line in lines:
        if line.start != end:
            segments.append(Segment(text[start:end], start, end, quote="lines"))
            start = line.start
        end = line.end
    segments.append(Segment(text[start:end], start, end, quote="lines"))
    return SourceMap(segment for segment in segments if segment.text)


def each_line(text: str, lines: Iterable[Span]) -> Iterator[Span]:
    """The single lines in spans of whole lines."""
    return (Span(*line.span()) for span in lines for line in LINE.finditer(text, *span))


def unquoted(text: str, lines: list[Span]) -> Iterator[Span]:
    """The lines without the > of a quotation or of a continuation prompt; a > that redirects output stays."""
    is_within, is_continued = False, False
    for line in each_line(text, lines):
        quoted = _QUOTED.match(text, *line)
        if quoted and (is_within or not is_continued):
            is_within, line = True, Span(quoted.end(), line.end)
        else:
            is_within = bool(_PROMPT.match(text, *line))
        is_continued = text[line.start : line.end].rstrip().endswith(("\\", "^"))
        yield line
