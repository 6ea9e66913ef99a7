"""The codes of rules in a settings file: where one is or may be written, however unfinished the TOML is."""

import re
from typing import NamedTuple

from splint.formats.spans import Span
from splint.server.view import View

LISTS = frozenset({"select", "extend-select", "ignore"})
"""Keys whose values are words for rules."""
_HEADER = re.compile(r"^[ \t]*\[{1,2}([^\[\]\n]*)(\]{0,2})", re.MULTILINE)
_KEY = r"(?:[\w-]+|\"[^\"\n]*\"|'[^'\n]*')"
_DOTTED = rf"{_KEY}(?:[ \t]*\.[ \t]*{_KEY})*"
_STATEMENT = re.compile(rf"^[ \t]*({_DOTTED})[ \t]*=", re.MULTILINE)
_INLINE = re.compile(rf"({_DOTTED})[ \t]*=[ \t]*[^={{}}]*\Z")
_STRING = re.compile(
    r"\"(?P<double>[^\"\n]*)(?:\"|(?=\n|\Z))|'(?P<single>[^'\n]*)(?:'|(?=\n|\Z))|#[^\n]*|(?P<bare>[\w-]+)"
)


class SettingsWord(NamedTuple):
    """A word for rules in a settings file, or the place for one."""

    text: str
    span: Span
    """Without its quotes."""
    quote: str
    """Its quote; empty for none."""
    is_closed: bool
    """Whether a quote that opens it is closed."""
    is_key: bool
    """Whether it stands for a key, which needs no quotes."""
    words: frozenset[str]
    """The words that stand beside it."""


def settings_word(view: View, offset: int) -> SettingsWord | None:
    """The word for rules at an offset; None where the settings take none."""
    offset = view.clamped(offset)
    text = view.text
    line, stop = text.rfind("\n", 0, offset) + 1, text.find("\n", offset)
    stop = len(text) if stop < 0 else stop
    header = next((one for one in reversed(list(_HEADER.finditer(text, 0, offset))) if _is_header(text, one)), None)
    table = _parts(header[1]) if header else []
    if header and header.start(1) <= offset <= header.end(1):
        return _in_header(text, header, offset)
    start = header.end() if header else 0
    statement = next(iter([*_STATEMENT.finditer(text, start, offset)][-1:]), None)
    if statement is not None and offset > statement.end() - 1 and not _is_over(text, statement.end(), line):
        path = [*table, *_parts(statement[1])]
        inline = _INLINE.search(text, statement.end(), offset)
        if inline:
            path += _parts(inline[1])
        return _in_value(text, statement.end(), offset, stop) if _takes_rules(_own(path)) else None
    if _own(table)[:1] == ["severity"] and not text[line:offset].strip(" \t\"'").count("="):
        token = _string_at(text, line, offset, stop)
        used = {key for one in _STATEMENT.finditer(text, start) for key in _parts(one[1])}
        return _word(token, offset, frozenset(used), is_key=True)
    return None


def _is_header(text: str, match: re.Match[str]) -> bool:
    """Whether a line in brackets is a table's header, and not a line of a list."""
    before = text[: match.start()].rstrip()
    return not before.endswith(("=", ",", "["))


def _own(path: list[str]) -> list[str]:
    """A path without the table that holds splint's settings in pyproject.toml."""
    return path[2:] if path[:2] == ["tool", "splint"] else path


def _takes_rules(path: list[str]) -> bool:
    return bool(path) and (path[-1] in LISTS or (path[0] == "per-file-ignores" and len(path) > 1))


def _parts(dotted: str) -> list[str]:
    return [part.strip("\"'") for part in re.findall(_KEY, dotted)]


def _is_over(text: str, value: int, line: int) -> bool:
    """Whether the value that begins at an index ends before the line that begins at another."""
    if line <= value:
        return False
    plain = re.sub(r"\"[^\"\n]*\"?|'[^'\n]*'?|#[^\n]*", "", text[value:line])
    return sum(map(plain.count, "[{")) <= sum(map(plain.count, "]}"))


def _in_header(text: str, header: re.Match[str], offset: int) -> SettingsWord | None:
    """The code in a header such as [rules.SPL210]."""
    parts = list(re.finditer(r"[^.]+|(?<=\.)\Z", header[1]))
    names = _own([part.group().strip() for part in parts])
    index = len(parts) - len(names) + 1
    if names[:1] not in (["rules"], ["severity"]) or len(names) < 2 or index >= len(parts):
        return None
    start, end = (header.start(1) + at for at in parts[index].span())
    if not start <= offset <= end:
        return None
    return SettingsWord(text[start:end], Span(start, end), "", True, True, frozenset())


def _in_value(text: str, start: int, offset: int, stop: int) -> SettingsWord | None:
    """The word in a list of words, or alone."""
    token = _string_at(text, start, offset, stop)
    if token is not None and token.group()[0] == "#":
        return None
    opening = max(text.rfind("[", start, offset), start)
    beside = {one["double"] or one["single"] for one in _STRING.finditer(text, opening, stop) if one != token}
    return _word(token, offset, frozenset(word for word in beside if word), is_key=False)


def _string_at(text: str, start: int, offset: int, stop: int) -> re.Match[str] | None:
    """The string, the word or the comment that an offset stands in."""
    for one in _STRING.finditer(text, start, stop):
        if one.start() <= offset <= one.end():
            is_outside = one.lastgroup in ("double", "single") and not one.start() < offset <= one.end(one.lastgroup)
            if not is_outside:
                return one
    return None


def _word(token: re.Match[str] | None, offset: int, words: frozenset[str], *, is_key: bool) -> SettingsWord:
    if token is None or token.lastgroup is None:
        return SettingsWord("", Span(offset, offset), "", True, is_key, words)
    text = token.group(token.lastgroup)
    quote = "" if token.lastgroup == "bare" else token.group()[0]
    is_closed = not quote or token.end() > token.end(token.lastgroup)
    return SettingsWord(text, Span(*token.span(token.lastgroup)), quote, is_closed, is_key, words - {text})
