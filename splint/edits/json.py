"""From actions to changes of a JSON text, or one with comments and trailing commas; all else stays as it was.

The members of an object that loses or gains some are looked at together: which commas go depends on all of them.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from json import dumps
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any, NamedTuple

import orjson

from splint.documents.json_faults import comments, without_comments
from splint.documents.json_places import scan
from splint.edits.change import Action, Branch, Change, ImpossibleError, applied, merged, tree

_BLANKS = re.compile(r"[ \t]*")
_BREAK = re.compile(r"\r\n|\n|\r")
_TOKEN = re.compile(
    r'"(?:[^"\\]|\\.)*"|(?P<colon>[ \t]*:[ \t]*)|,(?P<gap>[ \t]*)(?=[^ \t\r\n])|\{(?P<pad>[ \t]*)(?=")'
    r"|[{\[](?=\s*[\r\n])"
)
_ESCAPED = re.compile(r"(?<!\\)(?:\\\\)*\\u(?!00[0-7])")


def changes(text: str, actions: Sequence[Action]) -> list[Change] | None:
    """What `actions` change in a document's text, by place and without overlap; None where one cannot be done.

    All pointers are of the text as it stands: a removed element moves no other.
    """
    try:
        branch = tree(actions)
        if not _is_read(text):
            return None
        found = merged(_Writer(text).changes(branch))
    except ImpossibleError:
        return None
    return found if _is_read(applied(text, found)) else None


class _Entry(NamedTuple):
    """A member of an object or an element of an array."""

    step: str
    first: int
    """Where it begins: its key, or the value of an element."""
    key_end: int
    start: int
    """Where its value begins."""
    end: int
    comma: int | None
    """Where the comma behind it stands."""
    lead: int
    """Behind the comma or bracket before it."""

    @property
    def over(self) -> int:
        return self.end if self.comma is None else self.comma + 1


class _Box(NamedTuple):
    """An object or an array."""

    opening: int
    closing: int
    entries: list[_Entry]


def _is_read(text: str) -> bool:
    try:
        orjson.dumps(orjson.loads(without_comments(text).encode("utf-8", "surrogatepass")))
    except (ValueError, TypeError):
        return False
    return True


class _Style:
    """How a text is written, as far as it shows."""

    def __init__(self, text: str, plain: str) -> None:
        found = _BREAK.search(text)
        self.newline = found.group() if found else "\n"
        self.ascii = plain.isascii() and bool(_ESCAPED.search(plain))
        colon = gap = pad = unit = None
        for token in _TOKEN.finditer(plain):
            if token.group() != text[slice(*token.span())]:
                continue
            kind = token.lastgroup
            if kind == "colon" and colon is None:
                colon = token.group()
            elif kind == "gap" and gap is None:
                gap = token["gap"]
            elif kind == "pad" and pad is None:
                pad = token["pad"]
            elif kind is None and token.group() in "{[" and not unit:
                inner = re.compile(r"\s*").match(plain, token.end())
                if inner and plain[inner.end()] not in "}]":
                    outer, deeper = _indent(text, token.start()), _indent(text, inner.end())
                    unit = deeper.removeprefix(outer) if deeper.startswith(outer) else unit
        self.colon = colon if colon is not None else ":" if gap == "" else ": "
        self.gap = gap if gap is not None else " " if self.colon[-1] != ":" else ""
        self.pad = pad or ""
        self.unit = "  " if unit is None else unit

    def string(self, value: str) -> str:
        """A string with its quotes."""
        return dumps(value, ensure_ascii=self.ascii)

    def value(self, value: Any, indent: str | None) -> str:
        """A value that begins on a line with that indent; in one line where the indent is None."""
        if not value or not isinstance(value, dict | list):
            return dumps(value, ensure_ascii=self.ascii)
        deeper = None if indent is None else indent + self.unit
        if isinstance(value, dict):
            opening, closing = "{}"
            parts = [self.string(key) + self.colon + self.value(inner, deeper) for key, inner in value.items()]
        else:
            opening, closing = "[]"
            parts = [self.value(inner, deeper) for inner in value]
        if indent is None:
            pad = self.pad if opening == "{" else ""
            return opening + pad + f",{self.gap}".join(parts) + pad + closing
        line = f"{self.newline}{deeper}"
        return opening + line + f",{line}".join(parts) + self.newline + indent + closing


def _line(text: str, index: int) -> int:
    """Where the line of an index begins."""
    return max(text.rfind("\n", 0, index), text.rfind("\r", 0, index)) + 1


def _indent(text: str, index: int) -> str:
    found = _BLANKS.match(text, _line(text, index))
    return found.group() if found else ""


class _Writer:
    """One text that is changed."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.plain = without_comments(text)
        self.notes = {span.start: span.end for span in comments(text)}
        self.slashes = {self.back(end) for start, end in self.notes.items() if text.startswith("//", start)}
        """Where comments end, white space aside, that hold up to the end of their line."""

    @cached_property
    def style(self) -> _Style:
        return _Style(self.text, self.plain)

    def changes(self, branch: Branch) -> Iterator[Change]:
        start = self.skip(0)
        end = scan(self.plain, start)[1]
        return self.at(branch, start, end, is_broken=self.breaks(start, end))

    def skip(self, index: int) -> int:
        while self.plain[index] in " \t\r\n":
            index += 1
        return index

    def blanks(self, index: int) -> int:
        while self.text[index] in " \t":
            index += 1
        return index

    def back(self, index: int) -> int:
        return len(self.text[:index].rstrip(" \t\r\n"))

    def breaks(self, start: int, end: int) -> bool:
        return _BREAK.search(self.text, start, end) is not None

    def is_blank(self, start: int, end: int) -> bool:
        return not self.text[start:end].strip(" \t\r\n")

    def at(self, branch: Branch, start: int, end: int, *, is_broken: bool) -> Iterator[Change]:
        """What changes in a value, whose surroundings are broken into lines or not."""
        old, action = self.text[start:end], branch.action
        if action and action.kind == "put":
            if old[0] in "{[" and self.skip(start + 1) != end - 1:
                is_broken = self.breaks(start, end)
            yield Change(start, end, self.style.value(action.value, _indent(self.text, start) if is_broken else None))
        elif action and action.kind == "quote":
            if old[0] not in "-0123456789":
                raise ImpossibleError
            yield Change(start, end, f'"{old}"')
        elif branch.below:
            yield from self.inside(branch, self.box(start))

    def box(self, opening: int) -> _Box:
        if self.plain[opening] not in "{[":
            raise ImpossibleError
        entries: list[_Entry] = []
        closing = "}" if self.plain[opening] == "{" else "]"
        lead = opening + 1
        index = self.skip(lead)
        while self.plain[index] != closing:
            first, step, key_end = index, str(len(entries)), index
            if closing == "}":
                step, key_end = scanstring(self.plain, index + 1)
                index = self.skip(self.skip(key_end) + 1)
            end = scan(self.plain, index)[1]
            after = self.skip(end)
            comma = after if self.plain[after] == "," else self.trailing(end, after)
            entries.append(_Entry(step, first, key_end, index, end, comma, lead))
            lead = after + 1
            index = self.skip(lead) if self.plain[after] == "," else after
        if not entries and self.trailing(opening + 1, index) is not None:
            raise ImpossibleError
        return _Box(opening, index, entries)

    def trailing(self, start: int, end: int) -> int | None:
        """A comma that only a text with comments may have."""
        while start < end:
            if start in self.notes:
                start = self.notes[start]
            elif self.text[start] == ",":
                return start
            else:
                start += 1
        return None

    def inside(self, branch: Branch, box: _Box) -> Iterator[Change]:
        is_object, entries = self.text[box.opening] == "{", box.entries
        names = [entry.step for entry in entries]
        new, made = list[Action](), list[str]()
        for step, below in branch.below.items():
            if is_object and step not in names and below.action and below.kind == "put":
                new.append(below.action._replace(pointer=step))
                made.append(step)
            elif names.count(step) != 1 or (below.kind == "rename" and not is_object):
                raise ImpossibleError
            elif below.action and below.kind == "rename":
                made.append(below.action.value)
        if len({*names, *made}) < len(set(names)) + len(made):
            raise ImpossibleError
        is_broken = any(self.breaks(entry.lead, entry.first) for entry in entries)
        gone = set[int]()
        for index, entry in enumerate(entries):
            below = branch.below.get(entry.step, Branch())
            yield from self.at(below, entry.start, entry.end, is_broken=is_broken)
            if below.kind == "remove":
                gone.add(index)
            elif below.action and below.kind == "rename":
                yield Change(entry.first + 1, entry.key_end - 1, self.style.string(below.action.value)[1:-1])
        if new and not entries:
            yield self.filled(box, new)
        elif new:
            yield from self.added(box, new, gone)
        yield from self.removed(box, gone, keeps_commas=bool(new))

    def tail(self, box: _Box, entry: _Entry) -> int:
        """Where an entry ends with its comma and the comments behind it on its line, if they are the last there."""
        end, is_last = entry.over, entry is box.entries[-1]
        while (start := self.blanks(end)) in self.notes:
            end = self.notes[start]
        return end if self.text[start] in "\r\n" or (is_last and start == box.closing) else entry.over

    def members(self, box: _Box, new: list[Action], indent: str | None) -> list[str]:
        spaces = (self.text[entry.key_end : entry.start] for entry in reversed(box.entries))
        colon = next((space for space in spaces if not space.strip(": \t")), self.style.colon)
        return [self.style.string(action.pointer) + colon + self.style.value(action.value, indent) for action in new]

    def filled(self, box: _Box, new: list[Action]) -> Change:
        """Members put into an object that has none."""
        style, pad = self.style, self.style.pad
        place = max(self.back(box.closing), *(end for end in self.notes.values() if end <= box.closing), 0)
        rest = self.text[place : box.closing]
        if found := _BREAK.search(rest):
            indent = _indent(self.text, box.closing) + style.unit
            line = found.group() + indent
            return Change(place, place, line + f",{line}".join(self.members(box, new, indent)))
        before, after = (rest or " ", "") if place > box.opening + 1 else (rest, "") if rest else (pad, pad)
        return Change(place, place, before + f",{style.gap}".join(self.members(box, new, None)) + after)

    def added(self, box: _Box, new: list[Action], gone: set[int]) -> Iterator[Change]:
        """Members put behind the last that stays; where none does, in the place of the last, which then is not gone."""
        entries = box.entries
        index = max(set(range(len(entries))) - gone, default=len(entries) - 1)
        entry = entries[index]
        tail, indent = self.tail(box, entry), _indent(self.text, entry.first)
        space = self.text[entry.lead : entry.first]
        if found := _BREAK.search(space):
            glue, members = found.group() + indent, self.members(box, new, indent)
        else:
            glue, members = self.style.gap if index == 0 or space.strip() else space, self.members(box, new, None)
            if self.back(tail) in self.slashes and index not in gone:
                glue = self.style.newline + indent + self.style.unit
        body = f",{glue}".join(members)
        if index in gone:
            gone.remove(index)
            yield Change(entry.first, entry.end if self.is_odd(entry) else entry.over - (entry.comma is not None), body)
            yield Change(entry.over, tail, "")
        elif entry.comma is None:
            yield Change(entry.end, entry.end, ",")
            yield Change(tail, tail, glue + body)
        else:
            yield Change(tail, tail, glue + body + ("," if entries[-1].comma is not None else ""))

    def is_odd(self, entry: _Entry) -> bool:
        """Whether a comment on a line of its own stands between an entry and its comma."""
        between = range(entry.end, entry.over)
        return any(start in between and self.breaks(entry.end, start) for start in self.notes)

    def removed(self, box: _Box, gone: set[int], *, keeps_commas: bool) -> Iterator[Change]:
        entries, run = box.entries, list[int]()
        for index in sorted(gone):
            entry = entries[index]
            if self.is_odd(entry) and entry.comma is not None:
                yield Change(entry.first, entry.end, "")
                yield Change(entry.comma, entry.comma + 1, "")
                continue
            run.append(index)
            follows = entries[index + 1] if index + 1 in gone else None
            if follows and not self.is_odd(follows) and self.is_blank(self.tail(box, entry), follows.first):
                continue
            yield Change(*self.cut(box, run[0], index), "")
            run.clear()
        last = max(set(range(len(entries))) - gone, default=None)
        if last is None or last == len(entries) - 1 or keeps_commas or entries[-1].comma is not None:
            return
        comma = entries[last].over - 1
        start = self.back(comma)
        is_first = start not in self.slashes and self.breaks(start, comma)
        is_alone = is_first and self.is_blank(comma + 1, entries[last + 1].first)
        yield Change(start if is_alone else comma, comma + 1, "")

    def cut(self, box: _Box, first: int, last: int) -> tuple[int, int]:
        """What goes with neighbours that are removed: their lines, if nothing else stands there."""
        start, end = box.entries[first].first, self.tail(box, box.entries[last])
        line, before, rest = _line(self.text, start), self.back(start), self.blanks(end)
        if found := _BREAK.match(self.text, rest):
            if self.is_blank(line, start):
                return line, found.end()
            follower = box.entries[last + 1].first if last + 1 < len(box.entries) else rest
            if before == box.opening + 1 and follower > rest and self.is_blank(rest, follower):
                return start, follower
            return before, rest
        if rest == box.closing:
            if before in self.slashes:
                return start, end
            return before, rest if before == box.opening + 1 else end
        return start, rest
