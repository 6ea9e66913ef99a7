"""Edits of a JSON text, which may hold comments and trailing commas. They change no other character.

The members of an object that loses or gains some are looked at together: which commas go depends on all of them.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import NamedTuple

import orjson

from splint.formats.document import NodeSpan
from splint.formats.edits import Change, applied, merged
from splint.formats.json.comments import notes, without_comments
from splint.formats.json.positions import ELEMENT, MEMBER, scan, skip
from splint.formats.json.style import BREAK, Style, indent_at, line_start
from splint.formats.operations import Action, Branch, OperationError, home_of, validate
from splint.formats.pointer import escape

_NUMERIC = "-0123456789"
"""What a number begins with."""


def changes(
    text: str, actions: Sequence[Action], places: Mapping[str, NodeSpan] | None = None, *, is_json: bool = False
) -> list[Change] | None:
    """What `actions` change in a document's text, by place and without overlap; None where one cannot be done.

    All pointers are of the text as it stands: a removed element moves no other. `places` are those in it that are known
    already: of a number to quote, or of what all is done in. `is_json` says that it has been read without comments.
    """
    places = places or {}
    if len(actions) == 1 and actions[0].kind == "quote" and actions[0].pointer in places:
        start, end = places[actions[0].pointer].value
        return [Change(start, end, f'"{text[start:end]}"')] if text[start] in _NUMERIC else None
    try:
        writer = _writer(text, is_json)
        around, branch = writer.innermost(validate(actions), places)
        edits = merged(writer.changes(around, branch))
    except OperationError:
        return None
    start, end, depth = around
    changed = applied(text[start:end], [Change(first - start, last - start, new) for first, last, new in edits])
    return edits if _is_read("[" * depth + changed + "]" * depth) else None


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
    places: dict[str, list[int]]
    """By step the indexes of its entries."""
    is_broken: bool
    """Whether an entry begins on a line of its own."""


class _Part(NamedTuple):
    """A stretch of a text that changes stay within: one value, or all of the text."""

    start: int
    end: int
    depth: int
    """How many objects and arrays the value lies in."""


def _is_read(text: str) -> bool:
    for make in (str, without_comments):  # JSON as it should be is told much sooner
        try:
            orjson.dumps(orjson.loads(make(text).encode("utf-8", "surrogatepass")))
        except (ValueError, TypeError):
            continue
        return True
    return False


class _Writer:
    """One text that is changed."""

    def __init__(self, text: str, *, is_json: bool) -> None:
        self.text = text
        self.plain = text if is_json else without_comments(text)
        self.notes = {} if is_json else {span.start: span.end for span in notes(text)}
        self.slashes = {self.back(end) for start, end in self.notes.items() if text.startswith("//", start)}
        """Where comments end, white space aside, that hold up to the end of their line."""
        self.boxes: dict[int, _Box] = {}
        """Those looked into so far, by where they open."""

    @cached_property
    def style(self) -> Style:
        return Style(self.text, self.plain)

    @cached_property
    def root(self) -> tuple[int, int]:
        """Where the whole value stands."""
        start = skip(self.plain, 0)
        return start, scan(self.plain, start)[1]

    def innermost(self, branch: Branch, places: Mapping[str, NodeSpan]) -> tuple[_Part, Branch]:
        """The smallest value that all is done within, and what is to be done there."""
        way, branch = home_of(branch)
        place = places.get("".join(f"/{escape(step)}" for step in way)) if way else None
        if place is not None:
            return _Part(*place.value, len(way)), branch
        around, start = _Part(0, len(self.text), 0), self.root[0]
        for step in way:
            box = self.box(start)
            if len(box.places.get(step, ())) != 1:
                raise OperationError
            entry = box.entries[box.places[step][0]]
            around, start = _Part(entry.start, entry.end, around.depth + 1), entry.start
        return around, branch

    def changes(self, around: _Part, branch: Branch) -> Iterator[Change]:
        start, end = around[:2] if around.depth else self.root
        return self.at(branch, start, end, is_broken=self.breaks(start, end))

    def blanks(self, index: int) -> int:
        while self.text[index] in " \t":
            index += 1
        return index

    def back(self, index: int) -> int:
        while index and self.text[index - 1] in " \t\r\n":
            index -= 1
        return index

    def breaks(self, start: int, end: int) -> bool:
        return BREAK.search(self.text, start, end) is not None

    def is_blank(self, start: int, end: int) -> bool:
        return not self.text[start:end].strip(" \t\r\n")

    def at(self, branch: Branch, start: int, end: int, *, is_broken: bool) -> Iterator[Change]:
        """What changes in a value, whose surroundings are broken into lines or not."""
        old, action = self.text[start:end], branch.action
        if action and action.kind == "put":
            if old[0] in "{[" and skip(self.plain, start + 1) != end - 1:
                is_broken = self.breaks(start, end)
            yield Change(start, end, self.style.value(action.value, indent_at(self.text, start) if is_broken else None))
        elif action and action.kind == "quote":
            if old[0] not in _NUMERIC:
                raise OperationError
            yield Change(start, end, f'"{old}"')
        elif branch.below:
            yield from self.inside(branch, self.box(start))

    def box(self, opening: int) -> _Box:
        if opening not in self.boxes:
            self.boxes[opening] = self.opened(opening)
        return self.boxes[opening]

    def opened(self, opening: int) -> _Box:
        if self.plain[opening] not in "{[":
            raise OperationError
        entries: list[_Entry] = []
        is_object = self.plain[opening] == "{"
        pattern = MEMBER if is_object else ELEMENT
        lead = index = opening + 1
        while match := pattern.match(self.plain, index):
            start = match.end()
            if is_object:
                first, key_end = match.start(1) - 1, match.end(1) + 1
                step = match[1] if "\\" not in match[1] else scanstring(self.plain, first + 1)[0]
            else:
                first, key_end, step = start, start, str(len(entries))
            if is_object and match[2]:
                start, end = match.span(2)
            else:
                end = scan(self.plain, start)[1]
            index = end if self.plain[end] == "," else skip(self.plain, end)
            comma = index if self.plain[index] == "," else self.trailing(end, index)
            entries.append(_Entry(step, first, key_end, start, end, comma, lead))
            lead = index + 1
        index = skip(self.plain, index)
        if not entries and self.trailing(opening + 1, index) is not None:
            raise OperationError
        places: dict[str, list[int]] = {}
        for at, entry in enumerate(entries):
            places.setdefault(entry.step, []).append(at)
        is_broken = any(self.breaks(entry.lead, entry.first) for entry in entries)
        return _Box(opening, index, entries, places, is_broken)

    def trailing(self, start: int, end: int) -> int | None:
        """A comma that only a text with comments may have."""
        while "," in self.text[start:end]:
            if start in self.notes:
                start = self.notes[start]
            elif self.text[start] == ",":
                return start
            else:
                start += 1
        return None

    def inside(self, branch: Branch, box: _Box) -> Iterator[Change]:
        is_object, entries = self.text[box.opening] == "{", box.entries
        new, made, there = list[Action](), list[str](), list[tuple[int, Branch]]()
        for step, below in branch.below.items():
            entries_of = box.places.get(step, [])
            if is_object and not entries_of and below.action and below.kind == "put" and below.rename is None:
                new.append(below.action._replace(pointer=step))
                made.append(step)
            elif len(entries_of) != 1 or (below.rename is not None and not is_object):
                raise OperationError
            else:
                there.append((entries_of[0], below))
                made += [] if below.rename is None else [below.rename]
        if len(set(made)) < len(made) or not box.places.keys().isdisjoint(made):
            raise OperationError
        gone = set[int]()
        for index, below in sorted(there, key=lambda one: one[0]):
            entry = entries[index]
            yield from self.at(below, entry.start, entry.end, is_broken=box.is_broken)
            if below.kind == "remove":
                gone.add(index)
            elif below.rename is not None:
                yield Change(entry.first + 1, entry.key_end - 1, self.style.string(below.rename)[1:-1])
        if new and not entries:
            yield self.filled(box, new)
        elif new:
            yield from self.added(box, new, gone)
        if gone:
            yield from self.removed(box, gone, keeps_commas=bool(new))

    def tail(self, box: _Box, entry: _Entry) -> int:
        """Where an entry ends with its comma and the comments behind it on its line, if they are the last there."""
        end, is_last = entry.over, entry is box.entries[-1]
        while (start := self.blanks(end)) in self.notes:
            end = self.notes[start]
        return end if self.text[start] in "\r\n" or (is_last and start == box.closing) else entry.over

    def members(self, box: _Box, new: list[Action], indent: str | None) -> list[str]:
        spaces = (self.text[entry.key_end : entry.start] for entry in reversed(box.entries))
        colon = next((space for space in spaces if not space.strip(": \t")), "") or self.style.spaces.colon
        return [self.style.string(action.pointer) + colon + self.style.value(action.value, indent) for action in new]

    def filled(self, box: _Box, new: list[Action]) -> Change:
        """Members put into an object that has none."""
        style, pad = self.style, self.style.spaces.pad
        place = max(self.back(box.closing), *(end for end in self.notes.values() if end <= box.closing), 0)
        rest = self.text[place : box.closing]
        if match := BREAK.search(rest):
            indent = indent_at(self.text, box.closing) + style.spaces.unit
            line = match.group() + indent
            return Change(place, place, line + f",{line}".join(self.members(box, new, indent)))
        before, after = (rest or " ", "") if place > box.opening + 1 else (rest, "") if rest else (pad, pad)
        return Change(place, place, before + f",{style.spaces.gap}".join(self.members(box, new, None)) + after)

    def added(self, box: _Box, new: list[Action], gone: set[int]) -> Iterator[Change]:
        """Members put behind the last that stays; where none does, in the place of the last, which then is not gone."""
        entries = box.entries
        index = max(set(range(len(entries))) - gone, default=len(entries) - 1)
        entry = entries[index]
        tail, indent = self.tail(box, entry), indent_at(self.text, entry.first)
        space = self.text[entry.lead : entry.first]
        if match := BREAK.search(space):
            glue, members = match.group() + indent, self.members(box, new, indent)
        else:
            glue = self.style.spaces.gap if index == 0 or space.strip() else space
            members = self.members(box, new, None)
            if self.back(tail) in self.slashes and index not in gone:
                glue = self.style.newline + indent + self.style.spaces.unit
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
        line, before, rest = line_start(self.text, start), self.back(start), self.blanks(end)
        if match := BREAK.match(self.text, rest):
            if self.is_blank(line, start):
                return line, match.end()
            follower = box.entries[last + 1].first if last + 1 < len(box.entries) else rest
            if before == box.opening + 1 and follower > rest and self.is_blank(rest, follower):
                return start, follower
            return before, rest
        if rest == box.closing:
            if before in self.slashes:
                return start, end
            return before, rest if before == box.opening + 1 else end
        return start, rest


@lru_cache(maxsize=1)
def _writer(text: str, is_json: bool) -> _Writer:
    """The one writer for all fixes of a document, which come one after the other."""
    if not is_json and not _is_read(text):
        raise OperationError
    return _Writer(text, is_json=is_json)
