"""Where a cursor stands in JSON, JSON with comments, or a flow collection of YAML, however unfinished the text is.

The text is read forward from the closest checkpoint: states of the reader that were kept while the last text was read,
and that count as far as the new one begins with the same characters. Offsets are indices of the text.
"""

import re
from bisect import bisect_right
from functools import cache
from typing import Literal, NamedTuple

from splint.formats import MAX_DEPTH
from splint.server.texts import alike

Dialect = Literal["json", "jsonc", "flow"]
Role = Literal["key", "value", "either"]

STEP = 1 << 15
"""The code points between two checkpoints, at least."""
AHEAD = 1 << 15
"""The most code points that are read behind a cursor, for the keys that follow."""
NESTED = 8
"""The levels of nesting that are passed over at once."""


class Frame:
    """An object or a list around a cursor."""

    __slots__ = ("key", "keys", "kind", "last", "member", "start", "state")

    def __init__(self, kind: str, key: str | None, start: int) -> None:
        self.kind = kind
        """{ or [."""
        self.key = key
        """The member of the object around it that holds it; None for an entry of a list, or a root."""
        self.start = start
        """The offset of its bracket; of a block collection that of its first line that was seen."""
        self.keys: dict[str, str | None] = {}
        """An object's keys, with the texts that they hold; None for any other value."""
        self.member: str | None = None
        """The key whose value is being read."""
        self.state = "key"
        """What comes next in an object: key, colon, value, or comma."""
        self.last: Token | None = None
        """The last token that may be a key."""

    def copy(self) -> "Frame":
        """A copy that does not change with it."""
        frame = Frame(self.kind, self.key, self.start)
        frame.keys, frame.member, frame.state, frame.last = dict(self.keys), self.member, self.state, self.last
        return frame


class Token(NamedTuple):
    """A scalar as it is written."""

    start: int
    """The offset of its first character behind the opening quote."""
    end: int
    """The offset of its closing quote, or its end."""
    text: str
    quote: str = ""
    """Its quote; empty for a bare one."""
    is_closed: bool = True
    """Whether the quote that opens it is closed."""

    @property
    def whole(self) -> tuple[int, int]:
        """The range with the quotes."""
        return self.start - len(self.quote), self.end + len(self.quote) * self.is_closed


class Cursor(NamedTuple):
    """Where a cursor stands among keys and values."""

    frames: tuple[Frame, ...]
    """The objects and lists around it, outermost first; the innermost one has the keys behind the cursor too."""
    role: Role
    """What is typed there; either where a line of YAML may become one or the other."""
    member: str | None
    """The key whose value it is; None for an entry of a list, or a key."""
    token: Token
    """What is typed; empty where nothing is."""
    has_colon: bool = False
    """Whether a key is followed by its colon."""
    syntax: Literal["json", "block", "flow"] = "json"
    """How members are written there."""


@cache
def _tokens(dialect: Dialect) -> re.Pattern[str]:
    """The tokens of a dialect; a string ends at the end of its line at the latest."""
    string = r'"(?P<double>(?:[^"\\\n\r]++|\\[^\n\r])*+\\?)"?'
    brackets = r"(?P<mark>[{}\[\],:])"
    space = r"[ \t\r\n]++"
    if dialect == "flow":
        single = r"(?<![\w.)'-])'(?P<single>(?:[^'\n\r]|'')*+)'?"
        note = r"(?P<note>(?<!\S)#[^\n]*+)"
        inside = r":(?![\s,\[\]{}]|\Z)"  # a colon that ends no key
        first, more = r"[^\s,\[\]{}\"':]", r"[^\n\r,\[\]{}:# ]|(?<!\s)#|[ ](?=[^\s,\[\]{}#:])"
        bare = rf"(?P<bare>(?:{first}|{inside})(?:{more}|{inside})*+)"
        return re.compile(f"{space}|{note}|{string}|{single}|{brackets}|{bare}|.")
    note = r"(?P<note>//[^\n]*+|/\*(?s:.*?)(?:\*/|\Z))|" if dialect == "jsonc" else ""
    return re.compile(rf"{space}|{note}{string}|{brackets}|(?P<bare>[^\s,:\[\]{{}}\"]++)")


@cache
def _balanced(dialect: Dialect) -> re.Pattern[str]:
    """A collection with at most NESTED levels of others in it."""
    parts = [r'"(?:[^"\\\n\r]++|\\[^\n\r])*+"']
    plain = '{}[]"'
    if dialect == "jsonc":
        parts += [r"//[^\n]*+\n", r"/\*(?s:.*?)\*/", r"/(?![/*])"]
        plain += "/"
    elif dialect == "flow":
        parts += [r"(?<![\w.)'-])'[^'\n\r]*+'", r"(?<=[\w.)'-])'", r"(?<!\S)#[^\n]*+\n", r"(?<=\S)#"]
        plain += "'#"
    others = "|".join((rf"[^{re.escape(plain)}]++", *parts))
    pattern = rf"(?>[{{\[](?:{others})*+[\]}}])"
    for _ in range(NESTED):
        pattern = rf"(?>[{{\[](?:{others}|{pattern})*+[\]}}])"
    return re.compile(pattern)


def _is_paired(text: str) -> bool:
    """Whether a collection closes as many brackets of each kind as it opens; the pattern takes one kind for another."""
    is_closed = text[-1] == ("}" if text[0] == "{" else "]")
    return is_closed and text.count("{") == text.count("}") and text.count("[") == text.count("]")


class _Reader:
    """Reads tokens and keeps the collections that are open."""

    def __init__(self, text: str, dialect: Dialect, at: int, frames: list[Frame]) -> None:
        self.text = text
        self.at = at
        self.frames = frames
        self._match = _tokens(dialect).match
        self._balanced = _balanced(dialect).match
        self.is_note = False
        """Whether the last token was a comment."""

    def step(self, end: int, limit: int) -> Token | None:
        """Read one token; the token where it is a scalar. No collection that reaches beyond `limit` is passed over."""
        passed = self._balanced(self.text, self.at, limit) if self.text[self.at] in "{[" else None
        if passed is not None and _is_paired(passed.group()):
            self._value(None)
            self.at, self.is_note = passed.end(), False
            return None
        match = self._match(self.text, self.at, end)
        if match is None:  # pragma: no cover (each character is some token)
            self.at += 1
            return None
        kind, self.at = match.lastgroup, match.end()
        self.is_note = kind == "note"
        if kind == "mark":
            self._mark(match.group(), match.start())
        elif kind in ("double", "single"):
            start, stop = match.span(kind)
            return Token(start, stop, match.group(kind), match.group()[0], match.end() > stop)
        elif kind == "bare":
            return Token(*match.span(), match.group())
        return None

    def scalar(self, token: Token) -> None:
        """Take a scalar for a key or a value, whichever is due."""
        frame = self.frames[-1] if self.frames else None
        if frame is None or frame.kind == "[":
            return
        if frame.state == "value":
            frame.last = token
            self._value(token.text if token.quote or token.text else None)
        else:
            frame.state, frame.last, frame.member = "colon", token, None

    def _value(self, text: str | None) -> None:
        frame = self.frames[-1] if self.frames else None
        if frame is not None and frame.kind == "{":
            if frame.member is not None:
                frame.keys[frame.member] = text
            frame.state = "comma"

    def _mark(self, mark: str, at: int) -> None:
        frame = self.frames[-1] if self.frames else None
        if mark in "{[":
            key = frame.member if frame is not None and frame.kind == "{" and frame.state == "value" else None
            self._value(None)
            if len(self.frames) <= MAX_DEPTH:  # deeper ones are no document's
                self.frames.append(Frame(mark, key, at))
        elif frame is None:
            return
        elif mark in "]}":
            self._close("[" if mark == "]" else "{")
        elif mark == ",":
            if frame.state == "colon" and frame.last is not None:
                frame.keys.setdefault(frame.last.text, None)
            frame.state, frame.member, frame.last = "key", None, None
        elif frame.kind == "{" and frame.last is not None and frame.state in ("colon", "comma"):
            # behind a missing value, or a missing comma, what looked like a value is the next key
            frame.state, frame.member = "value", frame.last.text
            frame.keys.setdefault(frame.member, None)
            frame.last = None

    def _close(self, kind: str) -> None:
        """Close the innermost collection of a kind, and those in it that are not closed; none where there is none."""
        for index in range(len(self.frames) - 1, -1, -1):
            if self.frames[index].kind == kind:
                del self.frames[index:]
                return


class _Kept(NamedTuple):
    """The checkpoints of a text."""

    text: str
    dialect: Dialect
    start: int
    offsets: list[int]
    frames: list[list[Frame]]


_KEPT: list[_Kept] = []
"""The checkpoints of the text that was read last."""


def _checkpoints(text: str, dialect: Dialect, start: int) -> _Kept:
    """The checkpoints that count for a text: those of the last one, as far as both begin alike."""
    kept = _KEPT[-1] if _KEPT else None
    if kept is not None and (kept.dialect, kept.start) == (dialect, start):
        if kept.text == text:
            return kept
        common = alike(kept.text, text)
        count = bisect_right(kept.offsets, common - 2)  # a token may look one character ahead
        if count:
            return _Kept(text, dialect, start, kept.offsets[:count], kept.frames[:count])
    return _Kept(text, dialect, start, [start], [[]])


def cursor_in(text: str, offset: int, dialect: Dialect, start: int = 0, end: int | None = None) -> Cursor | None:
    """Where an offset stands in the collection that begins at `start`; None in a comment, or outside of all."""
    end = len(text) if end is None else end
    kept = _checkpoints(text, dialect, start)
    index = max(bisect_right(kept.offsets, offset) - 1, 0)
    reader = _Reader(text, dialect, kept.offsets[index], [frame.copy() for frame in kept.frames[index]])
    is_last, following = index == len(kept.offsets) - 1, reader.at + STEP
    typed: Token | None = None
    while reader.at < end and reader.at <= offset:
        before = reader.at
        if is_last and before >= following:
            kept.offsets.append(before)
            kept.frames.append([frame.copy() for frame in reader.frames])
            following = before + STEP
        if before == offset and (text[before] in "{}[],:" or text[before].isspace()):
            break
        token = reader.step(end, offset)
        if reader.is_note and before < offset and _is_within(text, before, offset, reader.at):
            _KEPT[:] = [kept]
            return None
        if token is not None:
            if reader.at >= offset and token.whole[0] <= offset:
                typed = _typed(token, offset, text)
                reader.at = max(typed.whole[1], before + 1)
                break
            reader.scalar(token)
    _KEPT[:] = [kept]
    if not reader.frames or (typed is None and reader.frames[-1].state == "colon"):
        return None
    return _cursor(reader, typed or Token(offset, offset, ""), offset, end, dialect)


def _is_within(text: str, start: int, offset: int, end: int) -> bool:
    """Whether what is typed at an offset behind the start of a comment is part of it."""
    is_closed = text.startswith("/*", start) and text.endswith("*/", start + 4, end)
    return offset < end or (offset == end and not is_closed)


_WORD = re.compile(r"[\w.+-]*")


def _typed(token: Token, offset: int, text: str) -> Token:
    """The token that a cursor touches, ended behind its word where its quote was closed by the next string's."""
    if not token.quote:
        return token
    word = _WORD.match(text, token.start, token.end)
    stop = word.end() if word else token.start
    if stop >= token.end or offset > stop:
        return token
    rest = text[stop : token.end].lstrip()
    is_open = not token.is_closed or (
        rest[:1] in ",:}]" and text[token.end + 1 : token.end + 2].strip(" \t\r\n,:}]") != ""
    )
    return Token(token.start, stop, text[token.start : stop], token.quote, False) if is_open else token


def _cursor(reader: _Reader, token: Token, offset: int, end: int, dialect: Dialect) -> Cursor:
    """The cursor at the token, with the keys that follow it in the collections around it."""
    frame = reader.frames[-1]
    around = tuple(reader.frames)
    colon = re.compile(r"[ \t]*:").match(reader.text, reader.at, end) if token.text or token.quote else None
    role: Role = "value"
    if frame.kind == "{" and (frame.state != "value" or colon):
        role = "key"
    member = frame.member if frame.kind == "{" and role == "value" else None
    if role == "key":
        frame.state, frame.member, frame.last = "value" if colon else "comma", None, None
        if colon:
            reader.at = colon.end()
    elif token.text or token.quote:
        reader.scalar(token)
    _read_on(reader, min(end, offset + AHEAD))
    return Cursor(around, role, member, token, bool(colon), "flow" if dialect == "flow" else "json")


def _read_on(reader: _Reader, end: int) -> None:
    """Read on until the outermost collection is closed, or the end."""
    outermost = reader.frames[0]
    while reader.at < end and reader.frames and reader.frames[0] is outermost:
        token = reader.step(end, end)
        if token is not None:
            reader.scalar(token)
