"""Where a cursor stands in a YAML document: by the indentation of the lines around it, however unfinished they are.

From the cursor's line it goes up through the lines that are indented less, so that nothing else of the document is
read; a flow collection is read from the line in which it opens. Offsets are indices of the text.
"""

import re
from typing import NamedTuple

from splint.server.flow import AHEAD, Cursor, Frame, Role, Token, cursor_in

_OPENING = re.compile(r"(?:\s++|#[^\n]*+|[&!][^\s{\[]*+)*+(?=[{\[])")
"""What may stand in a document before a collection that is all of it."""
_ROW = re.compile(
    r"(?P<dashes>(?:-[ ]++|-(?=[ ]*+$))*+)"
    r"(?P<content>(?:[&!]\S*+[ ]++)*+"
    r"(?P<key>\"(?:[^\"\\]|\\.)*+\"|'(?:[^']|'')*+'|(?:[^\s#'\"\[\]{},&*!|>%@`-]|-(?=\S))(?:[^:#]|:(?=\S)|(?<=\S)#)*?)"
    r"[ \t]*+:(?=[ \t]|$)(?P<space>[ \t]*+(?:[&!]\S*+(?:[ \t]++|$))*+))?"
    r"(?P<rest>.*+)"
)
_PROPERTIES = re.compile(r"[ \t]*+(?:[&!]\S*+(?:[ \t]++|$))*+")
_SCALAR = re.compile(r"[|>][-+0-9]*+(?:[ \t]|$)")
_QUOTED = re.compile(r"\"(?P<double>(?:[^\"\\]|\\.)*+)\"?|'(?P<single>(?:[^']|'')*+)'?")
_NOTE = re.compile(r"(?:^|[ \t])[ \t]*#")


class _Row(NamedTuple):
    """A line of a block collection."""

    start: int
    """The offset of its first character, the indentation included."""
    indent: int
    dashes: tuple[int, ...]
    """The columns of the dashes that open entries of lists in it."""
    column: int
    """Of what stands behind the indentation and the dashes."""
    key: str | None
    key_token: Token | None
    value: int
    """The offset of the value, or of all content where there is no key."""
    rest: str
    """The value as it is written, without a comment."""
    end: int

    @property
    def holds_text(self) -> str | None:
        """The value where it is a scalar on this line."""
        quoted = _QUOTED.match(self.rest)
        if quoted:
            return quoted["double"] if quoted["double"] is not None else quoted["single"]
        return self.rest if self.rest and self.rest[0] not in "{[*|>" else None


def _lead(rest: str) -> int:
    """How much of a value its anchor and tag take."""
    match = _PROPERTIES.match(rest)
    return match.end() if match else 0


def _row(text: str, start: int, end: int) -> _Row | None:
    """The line that begins at an offset; None for a blank one, and for a comment."""
    line = text[start:end].rstrip("\r")
    content = line.lstrip(" ")
    if not content or content.isspace() or content[0] == "#":
        return None
    indent = len(line) - len(content)
    match = _ROW.match(content)
    assert match  # it fits any line
    at = start + indent
    dashes = tuple(indent + index for index, char in enumerate(match["dashes"]) if char == "-")
    key, token = match["key"], None
    if key is not None:
        first, last = match.span("key")
        quote = key[0] if key[0] in "\"'" else ""
        token = Token(at + first + len(quote), at + last - len(quote), key[len(quote) : len(key) - len(quote)], quote)
    rest = match["rest"]
    if key is None:
        lead = len(rest) - len(rest.lstrip())
        column, lead = indent + match.start("rest") + lead, _lead(rest)
        value, rest = at + match.start("rest") + lead, rest[lead:]
    else:
        column, value = indent + match.start("content"), at + match.start("rest")
    quoted = _QUOTED.match(rest)
    note = _NOTE.search(rest, quoted.end() if quoted else 0)
    rest = (rest[: note.start()] if note else rest).rstrip()
    return _Row(start, indent, dashes, column, token.text if token else None, token, value, rest, end)


def cursor_in_document(text: str, offset: int, start: int, end: int) -> Cursor | None:
    """Where an offset stands in the document between two others; None in a comment or the text of a block scalar."""
    opening = _OPENING.match(text, start, end)
    if opening:
        return cursor_in(text, offset, "flow", opening.end(), end)
    first = max(text.rfind("\n", start, offset) + 1, start)
    last = text.find("\n", offset, end)
    last = end if last < 0 else last
    row = _row(text, first, last)
    if row is None:
        if text[first:offset].strip(" "):
            return None
        row = _Row(first, offset - first, (), offset - first, None, None, offset, "", last)
    own = _own(text, row, offset, end)
    if own is None:
        return None
    above = _Above(text, start, offset, end)
    frames = above.frames(row, is_map=True)
    if frames is None:
        return above.flow
    role, member, token, has_colon, flow = own
    if flow is not None:
        return flow._replace(frames=(*frames, *flow.frames))
    _add_below(text, row.end + 1, min(end, offset + AHEAD), above.columns)
    return Cursor(tuple(frames), role, member, token, has_colon, "block")


class _Own(NamedTuple):
    """What stands on the cursor's own line."""

    role: Role
    member: str | None
    token: Token
    has_colon: bool = False
    flow: Cursor | None = None


def _own(text: str, row: _Row, offset: int, end: int) -> _Own | None:
    """What is typed on a line; None in its indentation, behind its value, and in a comment."""
    key = row.key_token
    if key is not None and key.whole[0] <= offset <= key.whole[1]:
        return _Own("key", None, key, True)
    if offset < row.start + row.column or (key is not None and offset < key.whole[1] + 1):
        return None
    if offset < row.value or not row.rest:
        note = _NOTE.search(text, row.value, row.end)
        if (note and offset >= note.end()) or text[max(row.value, row.start) : offset].strip():
            return None
        return _Own("value" if row.key else "either", row.key, Token(offset, offset, ""))
    if row.rest[0] in "{[":
        flow = cursor_in(text, offset, "flow", row.value, end)
        if flow is None or row.key is None or flow.frames[0].key is not None:
            return _Own("value", None, Token(offset, offset, ""), flow=flow) if flow else None
        flow.frames[0].key = row.key
        return _Own("value", None, Token(offset, offset, ""), flow=flow)
    if _SCALAR.match(row.rest) or offset > row.value + len(row.rest):
        return None
    quoted = _QUOTED.match(row.rest)
    if quoted:
        name = "double" if row.rest[0] == '"' else "single"
        first, last = (row.value + index for index in quoted.span(name))
        token = Token(first, last, quoted[name], row.rest[0], quoted.end() > quoted.end(name))
    else:
        token = Token(row.value, row.value + len(row.rest), row.rest)
    return _Own("value" if row.key else "either", row.key, token)


class _Above:
    """Goes up from a line to the document's first one."""

    def __init__(self, text: str, start: int, offset: int, end: int) -> None:
        self.text = text
        self.start = start
        self.offset = offset
        self.end = end
        self.at = offset
        """Up to where lines are read."""
        self.columns: list[tuple[int, Frame]] = []
        """The objects around the line with the columns of their keys, innermost first."""
        self.owner: str | None = None
        """The key that holds what stands alone on the line, and is no block collection."""
        self.flow: Cursor | None = None
        """The cursor, where the line turns out to lie in a flow collection."""

    def frames(self, row: _Row, *, is_map: bool) -> list[Frame] | None:
        """The collections around a line, outermost first; None where they are no block collections."""
        inner: list[Frame] = []
        self._open_row(row, inner, is_map=is_map)
        column, is_map = (row.dashes[0], False) if row.dashes else (row.column, is_map)
        self.at = row.start
        while above := self._next(column):
            if is_map and above.indent == column and not above.dashes:
                if self._opens_flow(above):
                    return self._within_flow(above)
                self._note(inner[-1], above)
            elif is_map and above.indent < column and above.column == column:
                self._note(inner[-1], above)
                self._lists(above, inner)
                column, is_map = above.dashes[0] if above.dashes else column, not above.dashes
            elif above.indent < column or (not is_map and not above.dashes):
                if self._opens_flow(above):
                    return self._within_flow(above)
                if above.column > column or above.rest:
                    return None
                self._own_by(above, inner)
                column, is_map = (above.dashes[0], False) if above.dashes else (above.column, True)
        return inner[::-1]

    def _opens_flow(self, row: _Row) -> bool:
        """Whether a line opens a flow collection that is not closed before the cursor."""
        if row.rest[:1] in ("{", "["):
            self.flow = cursor_in(self.text, self.offset, "flow", row.value, self.end)
        return self.flow is not None

    def _within_flow(self, row: _Row) -> list[Frame] | None:
        """The flow collection that a line opens, with the collections around the line."""
        flow, self.flow = self.flow, None
        above = _Above(self.text, self.start, self.offset, self.end)
        around = above.frames(row, is_map=row.key is not None)
        if flow is not None and around is not None:
            flow.frames[0].key = row.key or above.owner
            self.flow = flow._replace(frames=(*around, *flow.frames))
        return None

    def _next(self, column: int) -> _Row | None:
        """The closest line above that is indented as far as a column, or less."""
        text, start, at = self.text, self.start, self.at
        deeper = " " * (column + 1)
        while at > start:
            end = at - 1
            at = max(text.rfind("\n", start, end) + 1, start)
            if not text.startswith(deeper, at) and (row := _row(text, at, end)):
                self.at = at
                return row
        self.at = at
        return None

    def _open_row(self, row: _Row, inner: list[Frame], *, is_map: bool) -> None:
        """Open the collections that begin on the line itself."""
        if is_map:
            frame = Frame("{", None, row.start)
            inner.append(frame)
            self.columns.append((row.column, frame))
            if row.key is not None and not (
                row.key_token and row.key_token.whole[0] <= self.offset <= row.key_token.whole[1]
            ):
                self._note(frame, row)
        self._lists(row, inner)

    @staticmethod
    def _note(frame: Frame, row: _Row) -> None:
        if row.key is not None:
            frame.keys.setdefault(row.key, row.holds_text)

    @staticmethod
    def _lists(row: _Row, inner: list[Frame]) -> None:
        inner.extend(Frame("[", None, row.start) for _ in row.dashes)

    def _own_by(self, row: _Row, inner: list[Frame]) -> None:
        """Take the collections so far for the value of a line, and open those that it is in."""
        if row.key is not None:
            if inner:
                inner[-1].key = row.key
            else:
                self.owner = row.key
            frame = Frame("{", None, row.start)
            self._note(frame, row)
            inner.append(frame)
            self.columns.append((row.column, frame))
        self._lists(row, inner)


def _add_below(text: str, at: int, end: int, columns: list[tuple[int, Frame]]) -> None:
    """Add the keys that follow the line, of the objects around it."""
    around = list(columns)
    while at < end and around:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        row = None if text.startswith(" " * (around[0][0] + 1), at) else _row(text, at, stop)
        at = stop + 1
        if row is None:
            continue
        while around and row.indent < around[0][0]:
            del around[0]
        if around and row.indent == around[0][0] and not row.dashes and row.key is not None:
            around[0][1].keys.setdefault(row.key, row.holds_text)
