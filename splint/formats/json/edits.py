"""Edits of a JSON text, which may have comments and trailing commas; all other characters stay the same.

All operations within one container are carried out together, since they determine which commas are removed.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import NamedTuple

from splint.formats.edits import Change, applied, merged
from splint.formats.json.comments import comment_spans, is_read, without_comments
from splint.formats.json.entries import Container, Entry, Window
from splint.formats.json.positions import ELEMENT, member_pattern, scan, skip
from splint.formats.json.style import BREAK, Style, indent_at, line_start, skip_back, skip_blanks
from splint.formats.operations import Action, Branch, OperationError, home_of, validate
from splint.formats.pointer import escape, reference_tokens
from splint.formats.spans import NodeSpan, Span

_NUMERIC = "-0123456789"
"""The characters that a number may begin with."""


def changes(
    text: str, actions: Sequence[Action], places: Mapping[str, NodeSpan] | None = None, *, is_json: bool = False
) -> list[Change] | None:
    """The changes of a document's text that do `actions`, sorted, without overlap; None if one cannot be done.

    All pointers refer to the unchanged text. `places` are positions that are known already, which saves a search.
    `is_json` says that the text is JSON without comments.
    """
    places = places or {}
    try:
        if len(actions) == 1 and actions[0].kind == "quote":
            place = places.get(actions[0].pointer)
            start, end = (
                place.value if place else _writer(text, is_json).value(reference_tokens(actions[0].pointer))[:2]
            )
            return [Change(start, end, f'"{text[start:end]}"')] if text[start] in _NUMERIC else None
        writer = _writer(text, is_json)
        around, branch = writer.innermost(validate(actions), places)
        edits = merged(writer.changes(around, branch))
    except OperationError:
        return None
    container = writer.containers.get(around.start if around.depth else writer.root[0])
    whole = Window("", Span(around.start, around.end), "")
    before, (start, end), after = container.window(edits, whole) if container is not None and edits else whole
    changed = applied(text[start:end], [Change(first - start, last - start, new) for first, last, new in edits])
    depth = around.depth
    return edits if is_read(f"{'[' * depth}{before}{changed}{after}{']' * depth}") else None


class _Part(NamedTuple):
    """The range of a text that contains all changes: one value, or the whole text."""

    start: int
    end: int
    depth: int
    """The number of containers around the value."""


class _Writer:
    """Computes the changes of one text."""

    def __init__(self, text: str, *, is_json: bool) -> None:
        self.text = text
        self.plain = text if is_json else without_comments(text)
        self.comments = {} if is_json else {span.start: span.end for span in comment_spans(text)}
        self.line_comment_ends = {
            skip_back(self.text, end) for start, end in self.comments.items() if text.startswith("//", start)
        }
        """The ends of // comments, trailing white space excluded: no comma may be inserted there."""
        self.containers: dict[int, Container] = {}
        """Cache: the containers by the index of their opening bracket."""

    @cached_property
    def style(self) -> Style:
        return Style(self.text, self.plain)

    @cached_property
    def root(self) -> tuple[int, int]:
        """The range of the document's value."""
        start = skip(self.plain, 0)
        return start, scan(self.plain, start)[1]

    def innermost(self, branch: Branch, places: Mapping[str, NodeSpan]) -> tuple[_Part, Branch]:
        """The innermost value that contains all operations, with its branch. Raises OperationError for duplicates."""
        way, branch = home_of(branch)
        place = places.get("".join(f"/{escape(step)}" for step in way)) if way else None
        if place is not None:
            return _Part(*place.value, len(way)), branch
        return self.value(way) if way else _Part(0, len(self.text), 0), branch

    def value(self, way: Sequence[str]) -> _Part:
        """The value that reference tokens lead to, none to the root. Raises OperationError for duplicates."""
        around = _Part(*self.root, 0)
        for step in way:
            container = self.container(around.start)
            if len(container.places.get(step, ())) != 1:
                raise OperationError
            entry = container.entries[container.places[step][0]]
            around = _Part(entry.start, entry.end, around.depth + 1)
        return around

    def changes(self, around: _Part, branch: Branch) -> Iterator[Change]:
        start, end = around[:2] if around.depth else self.root
        is_broken = branch.action is not None and self.has_line_break(start, end)
        return self.value_changes(branch, start, end, is_broken=is_broken)

    def has_line_break(self, start: int, end: int) -> bool:
        return BREAK.search(self.text, start, end) is not None

    def is_blank(self, start: int, end: int) -> bool:
        return not self.text[start:end].strip(" \t\r\n")

    def value_changes(self, branch: Branch, start: int, end: int, *, is_broken: bool) -> Iterator[Change]:
        """The changes of a value; `is_broken` says whether its container has its entries on lines of their own."""
        old, action = self.text[start:end], branch.action
        if action and action.kind == "put":
            if old[0] in "{[" and skip(self.plain, start + 1) != end - 1:
                is_broken = self.has_line_break(start, end)
            yield Change(start, end, self.style.value(action.value, indent_at(self.text, start) if is_broken else None))
        elif action and action.kind == "quote":
            if old[0] not in _NUMERIC:
                raise OperationError
            yield Change(start, end, f'"{old}"')
        elif branch.below:
            yield from self.container_changes(branch, self.container(start))

    def container(self, opening: int) -> Container:
        if opening not in self.containers:
            self.containers[opening] = self.parsed(opening)
        return self.containers[opening]

    def parsed(self, opening: int) -> Container:
        if self.plain[opening] not in "{[":
            raise OperationError
        entries: list[Entry] = []
        is_object = self.plain[opening] == "{"
        pattern = member_pattern(has_escapes=True) if is_object else ELEMENT
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
            entries.append(Entry(step, first, key_end, start, end, comma, lead))
            lead = index + 1
        index = skip(self.plain, index)
        if not entries and self.trailing(opening + 1, index) is not None:
            raise OperationError
        places: dict[str, list[int]] = {}
        for at, entry in enumerate(entries):
            places.setdefault(entry.step, []).append(at)
        is_broken = any(self.has_line_break(entry.lead, entry.first) for entry in entries)
        return Container(opening, index, entries, places, is_broken, is_object)

    def trailing(self, start: int, end: int) -> int | None:
        """The index of a trailing comma between two indexes; None without one."""
        while "," in self.text[start:end]:
            if start in self.comments:
                start = self.comments[start]
            elif self.text[start] == ",":
                return start
            else:
                start += 1
        return None

    def container_changes(self, branch: Branch, container: Container) -> Iterator[Change]:
        is_object, entries = self.text[container.opening] == "{", container.entries
        new, new_keys, existing = list[Action](), list[str](), list[tuple[int, Branch]]()
        for step, below in branch.below.items():
            entries_of = container.places.get(step, [])
            if is_object and not entries_of and below.action and below.kind == "put" and below.rename is None:
                new.append(below.action._replace(pointer=step))
                new_keys.append(step)
            elif len(entries_of) != 1 or (below.rename is not None and not is_object):
                raise OperationError
            else:
                existing.append((entries_of[0], below))
                new_keys += [] if below.rename is None else [below.rename]
        if len(set(new_keys)) < len(new_keys) or not container.places.keys().isdisjoint(new_keys):
            raise OperationError
        removed = set[int]()
        for index, below in sorted(existing, key=lambda one: one[0]):
            entry = entries[index]
            yield from self.value_changes(below, entry.start, entry.end, is_broken=container.is_broken)
            if below.kind == "remove":
                removed.add(index)
            elif below.rename is not None:
                yield Change(entry.first + 1, entry.key_end - 1, self.style.string(below.rename)[1:-1])
        if new and not entries:
            yield self.filled(container, new)
        elif new:
            yield from self.added(container, new, removed)
        if removed:
            yield from self.removed(container, removed, keeps_commas=bool(new))

    def tail(self, container: Container, entry: Entry) -> int:
        """The end of an entry with its comma, and with the comments after it if nothing else follows on the line."""
        end, is_last = entry.end_with_comma, entry is container.entries[-1]
        while (start := skip_blanks(self.text, end)) in self.comments:
            end = self.comments[start]
        return end if self.text[start] in "\r\n" or (is_last and start == container.closing) else entry.end_with_comma

    def members(self, container: Container, new: list[Action], indent: str | None) -> list[str]:
        spaces = (self.text[entry.key_end : entry.start] for entry in reversed(container.entries))
        colon = next((space for space in spaces if not space.strip(": \t")), "") or self.style.spaces.colon
        return [self.style.string(action.pointer) + colon + self.style.value(action.value, indent) for action in new]

    def filled(self, container: Container, new: list[Action]) -> Change:
        """The change that adds members to an empty object."""
        style, pad = self.style, self.style.spaces.pad
        place = max(
            skip_back(self.text, container.closing),
            *(end for end in self.comments.values() if end <= container.closing),
            0,
        )
        rest = self.text[place : container.closing]
        if match := BREAK.search(rest):
            indent = indent_at(self.text, container.closing) + style.spaces.unit
            line = match.group() + indent
            return Change(place, place, line + f",{line}".join(self.members(container, new, indent)))
        before, after = (rest or " ", "") if place > container.opening + 1 else (rest, "") if rest else (pad, pad)
        return Change(place, place, before + f",{style.spaces.gap}".join(self.members(container, new, None)) + after)

    def added(self, container: Container, new: list[Action], removed: set[int]) -> Iterator[Change]:
        """The changes that add members after the last that remains, or else in its place (it leaves `removed`)."""
        entries = container.entries
        kept = _last_kept(len(entries), removed)
        index = len(entries) - 1 if kept is None else kept
        entry = entries[index]
        tail, indent = self.tail(container, entry), indent_at(self.text, entry.first)
        space = self.text[entry.lead : entry.first]
        if match := BREAK.search(space):
            glue, members = match.group() + indent, self.members(container, new, indent)
        else:
            glue = self.style.spaces.gap if index == 0 or space.strip() else space
            members = self.members(container, new, None)
            if skip_back(self.text, tail) in self.line_comment_ends and index not in removed:
                glue = self.style.newline + indent + self.style.spaces.unit
        body = f",{glue}".join(members)
        if index in removed:
            removed.remove(index)
            yield Change(
                entry.first,
                entry.end if self.has_comment(entry) else entry.end_with_comma - (entry.comma is not None),
                body,
            )
            yield Change(entry.end_with_comma, tail, "")
        elif entry.comma is None:
            yield Change(entry.end, entry.end, ",")
            yield Change(tail, tail, glue + body)
        else:
            yield Change(tail, tail, glue + body + ("," if entries[-1].comma is not None else ""))

    def has_comment(self, entry: Entry) -> bool:
        """Whether a comment on a line of its own is between an entry and its comma."""
        between = range(entry.end, entry.end_with_comma)
        return any(start in self.comments and self.has_line_break(entry.end, start) for start in between)

    def removed(self, container: Container, removed: set[int], *, keeps_commas: bool) -> Iterator[Change]:
        entries, run = container.entries, list[int]()
        for index in sorted(removed):
            entry = entries[index]
            if self.has_comment(entry) and entry.comma is not None:
                yield Change(entry.first, entry.end, "")
                yield Change(entry.comma, entry.comma + 1, "")
                continue
            run.append(index)
            follows = entries[index + 1] if index + 1 in removed else None
            if follows and not self.has_comment(follows) and self.is_blank(self.tail(container, entry), follows.first):
                continue
            yield Change(*self.cut(container, run[0], index), "")
            run.clear()
        last = _last_kept(len(entries), removed)
        if last is None or last == len(entries) - 1 or keeps_commas or entries[-1].comma is not None:
            return
        comma = entries[last].end_with_comma - 1
        start = skip_back(self.text, comma)
        is_first = start not in self.line_comment_ends and self.has_line_break(start, comma)
        is_alone = is_first and self.is_blank(comma + 1, entries[last + 1].first)
        yield Change(start if is_alone else comma, comma + 1, "")

    def cut(self, container: Container, first: int, last: int) -> tuple[int, int]:
        """The range to delete for a run of removed entries: whole lines if nothing else is on them."""
        start, end = container.entries[first].first, self.tail(container, container.entries[last])
        line, before, rest = line_start(self.text, start), skip_back(self.text, start), skip_blanks(self.text, end)
        if match := BREAK.match(self.text, rest):
            if self.is_blank(line, start):
                return line, match.end()
            follower = container.entries[last + 1].first if last + 1 < len(container.entries) else rest
            if before == container.opening + 1 and follower > rest and self.is_blank(rest, follower):
                return start, follower
            return before, rest
        if rest == container.closing:
            if before in self.line_comment_ends:
                return start, end
            return before, rest if before == container.opening + 1 else end
        return start, rest


@lru_cache(maxsize=1)
def _writer(text: str, is_json: bool) -> _Writer:
    """The writer of a text, cached since the fixes of a document are computed one after the other."""
    if not is_json and not is_read(text):
        raise OperationError
    return _Writer(text, is_json=is_json)


def _last_kept(count: int, removed: set[int]) -> int | None:
    """The last of the indexes below `count` that is not removed."""
    return next((index for index in range(count - 1, -1, -1) if index not in removed), None)
