"""Reads YAML 1.2: one loop over libyaml's events builds the values; `positions` computes positions on demand.

This module expands aliases within a budget, merges `<<` keys, and continues after a syntax error with the next
document of the stream. `scalars` determines the values of scalars.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import Any, BinaryIO, NamedTuple

import yaml
from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
)

from splint.formats.document import MAX_DEPTH, Document, Origin, Written, identity
from splint.formats.duplicates import DuplicateKey
from splint.formats.fault import SyntaxFault, decode
from splint.formats.source import Source
from splint.formats.source_map import SourceMap
from splint.formats.spans import NodeSpan, Span
from splint.formats.yaml import scalars
from splint.formats.yaml.errors import TOO_DEEP, Fault, at, bad_escape, collection_as_key, explain, forbidden, old_break
from splint.formats.yaml.parser import BREAK, events
from splint.formats.yaml.scalars import NUMERIC, STR, WORDS, ScalarError, Tagged, leave_unfilled, misfit, plain, tagged

ALIAS_BUDGET = 100_000
"""The most events that all aliases of a text together may expand to; bounds alias bombs."""


class _Read(NamedTuple):
    """A parsed document."""

    value: Any
    start: int
    end: int
    """The end of the document's text; `start` to `end` is a YAML document by itself."""
    doubled: bool
    """Whether a key occurs twice in one mapping."""


class _Anchor:
    """An anchored value."""

    __slots__ = ("height", "size", "text", "value")

    def __init__(self, value: Any, text: str | None = None) -> None:
        self.value = value
        self.text = text
        """The text of a scalar, for use as a key; None for a collection."""
        self.size = 0 if text is None else 1
        """The number of events with aliases expanded; 0 while the collection is open."""
        self.height = 0


class _Merge:
    """The key `<<` while its mapping is open; a quoted "<<" is an ordinary key."""

    __slots__ = ("event",)

    def __init__(self, event: Any) -> None:
        self.event = event


def read_yaml(path: str, stream: BinaryIO) -> Iterator[Document | SyntaxFault]:
    """The documents of a file; numbered if it has several."""
    source = Source(path, stream.read())
    text = decode(source)
    if isinstance(text, str):
        yield from parse_yaml(source, text)
    else:
        yield text


def parse_yaml(
    source: Source, text: str, origin: Origin = identity, source_map: SourceMap | None = None
) -> Iterator[Document | SyntaxFault]:
    """The documents of a YAML text; an empty text is one document with the value None."""
    documents = _stream(text)
    first: _Read | Fault = next(documents, _Read(None, 0, 0, False))
    ahead = [first, *islice(documents, 1)]
    for count, item in enumerate(chain(ahead, documents), start=1):
        numbered = count if len(ahead) > 1 else None
        if isinstance(item, Fault):
            yield _syntax_fault(source, item, origin, numbered)
        else:
            written = Written("yaml", item.start, item.end, source_map)
            yield _document(source, text, item, origin, numbered)._replace(written=written)


def _document(source: Source, text: str, item: _Read, origin: Origin, numbered: int | None) -> Document:
    def from_start(index: int) -> int:
        return origin(item.start + index)

    def locate(pointers: Iterable[str]) -> Mapping[str, NodeSpan]:
        from splint.formats.yaml.positions import places  # a clean file has no places

        stretch = text[item.start : item.end]
        return places(stretch, pointers, from_start)

    twice: tuple[DuplicateKey, ...] = ()
    if item.doubled:
        from splint.formats.yaml.positions import duplicates  # few mappings name a key twice

        stretch = text[item.start : item.end]
        twice = tuple(duplicates(stretch, from_start))
    source.values.append(item.value)
    return Document(source, item.value, locate, numbered, twice)


def _syntax_fault(source: Source, fault: Fault, origin: Origin, numbered: int | None) -> SyntaxFault:
    message, start = fault.message, origin(fault.start)
    if fault.opened:
        what, index = fault.opened
        message += f" ({what} that starts on line {source.position(origin(index)).line})"
    end = origin(fault.end - 1) + 1 if fault.end > fault.start else start
    return SyntaxFault(source, message, Span(start, max(start, end)), numbered, fault.help)


_DOCUMENT = re.compile(
    rf"(?<![^{BREAK}])(?:\.\.\.[ \t]*(?:#[^{BREAK}]*)?[{BREAK}]+((?:[%#][^{BREAK}]*[{BREAK}]+)+---)|(---))"
    rf"(?=[ \t{BREAK}]|\Z)"
)
"""The start of a document: its directives, which must follow `...`, or its `---`."""
_PROLOGUE = re.compile(rf"(?:[ \t{BREAK}]|[#%][^{BREAK}]*+)*+")
_ENDS = re.compile(rf"(?:[ \t{BREAK}]*+\.\.\.(?=[ \t{BREAK}]|\Z))*")


def _stream(text: str) -> Iterator[_Read | Fault]:
    """The documents of a text. From the first syntax error on, each document is parsed separately."""
    done = len(text) - len(text.lstrip("\ufeff"))  # uncounted by libyaml, and there only where a file has two
    budget = [ALIAS_BUDGET]
    try:
        for document in _documents(text, done, len(text), budget):
            yield document
            done = document.end
    except Fault:
        pass
    else:
        return
    for start, end in stretches(text, done):
        try:
            yield from _documents(text, start, end, budget)
        except Fault as fault:
            yield fault.moved(start)


def stretches(text: str, start: int) -> Iterator[tuple[int, int]]:
    """The ranges of documents from `start` on, determined by document markers only."""
    if ends := _ENDS.match(text, start):
        start = ends.end()
    for match in _DOCUMENT.finditer(text, start):
        index = match.start(match.lastindex or 0)
        if index > start and not _PROLOGUE.fullmatch(text, start, index):
            yield start, index
            start = index
    yield start, len(text)


def _documents(whole: str, base: int, limit: int, budget: list[int]) -> Iterator[_Read]:
    """The documents between two indexes, each once it is complete. Raises Fault with indexes relative to `base`."""
    text = whole[base:limit]
    pending: _Read | None = None
    event: Any = None
    if fault := old_break(text):
        raise fault
    try:
        numbered = enumerate(events(text))
        for _, event in numbered:
            if pending:
                yield pending
                pending = None
            if isinstance(event, DocumentStartEvent):
                begin: Any = event.start_mark
                start = base + begin.index if event.explicit else base
                value, end, doubled = _value(text, numbered, budget)
                pending = _Read(value, start, base + end.end_mark.index, doubled)
                if end.explicit:
                    yield pending
                    pending = None
    except yaml.MarkedYAMLError as error:
        raise explain(text, error) from None
    except (yaml.reader.ReaderError, UnicodeEncodeError):
        raise forbidden(text) from None
    except (
        ValueError,
        OverflowError,
    ):  # of PyYAML's own parser about "\U00110000", of the other about the tag !%ED%A0%80
        raise bad_escape(text, event.start_mark.index) from None


def _value(text: str, events: Iterator[tuple[int, Any]], budget: list[int]) -> tuple[Any, Any, bool]:
    """The value of the current document, the event that ends it, and whether it has a duplicate key."""
    event: Any = None
    value: Any
    root: list[Any] = []
    into: Any = root
    append: Any = root.append  # None where `into` is a mapping
    key: Any = ""  # None where a mapping's next key is due
    stack: list[tuple[Any, Any]] = []
    anchors: dict[str, _Anchor] = {}
    opened: list[tuple[int, _Anchor, int, int]] = []
    lists: list[Tagged] = []
    merges: dict[int, list[_Merge]] = {}
    deepest = spent = 0
    doubled = False
    for count, event in events:
        kind = type(event)
        if kind is ScalarEvent:
            value = event.value
            if key is None:
                key = value
                if event.tag is not None or event.anchor is not None or value == "<<":
                    resolved = _scalar(event)
                    if event.anchor is not None:
                        anchors[event.anchor] = _Anchor(resolved, value)
                    if value == "<<" and not event.style and event.tag != STR:
                        key = _Merge(event)
                        merges.setdefault(len(stack), []).append(key)
                        doubled = doubled or len(merges[len(stack)]) > 1
                if key in into:
                    doubled = True
                continue
            if event.tag is not None:
                value = _scalar(event)
            elif not event.style:
                if value in WORDS:
                    value = WORDS[value]
                elif value[0] in NUMERIC:
                    value = _scalar(event)
            if event.anchor is not None:
                anchors[event.anchor] = _Anchor(value, event.value)
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            depth = len(stack)
            if merges and kind is MappingEndEvent and depth in merges:
                _merge(into, merges.pop(depth))
            if opened and opened[-1][0] == depth:
                _, anchor, before, above = opened.pop()
                anchor.size, anchor.height = count + spent - before, deepest - depth + 1
                deepest = max(deepest, above)
            into, append = stack.pop()
            key = None if append is None else ""
            continue
        elif kind is AliasEvent:
            anchored = anchors.get(event.anchor)
            if anchored is None:
                raise at(
                    event,
                    f"undefined alias *{event.anchor}: no anchor &{event.anchor} stands before it",
                    f"anchor what is meant with &{event.anchor}, or put a text that begins with * in quotes",
                )
            if key is None:
                if anchored.text is None:
                    raise collection_as_key(text, event)
                key = anchored.text
                doubled = doubled or key in into
                continue
            if not anchored.size:
                raise at(
                    event,
                    f"recursive alias *{event.anchor}: it stands within its own anchor",
                    "write out what it stands for",
                )
            spent += anchored.size
            if spent > budget[0]:
                raise at(
                    event,
                    f"alias bomb: with *{event.anchor} aliases stand for more than {ALIAS_BUDGET:,} nodes",
                    "repeat less by aliases of aliases",
                )
            deepest = max(deepest, len(stack) + anchored.height)
            if deepest > MAX_DEPTH:
                raise at(event, *TOO_DEEP)
            value = anchored.value
        elif kind is DocumentEndEvent:
            break
        else:
            mapping = kind is MappingStartEvent
            if key is None:
                raise collection_as_key(text, event)
            if event.tag is not None and (why := misfit(event.tag, mapping)):
                raise at(event, why, "remove the tag")
            value = {} if mapping else []
            if event.tag is not None:  # as few have
                value = scalars.collection(event.tag, mapping)
                if not mapping:
                    lists.append(Tagged(into, key if append is None else len(into), event.tag))
            if append is None:
                into[key] = value
            else:
                append(value)
            stack.append((into, append))
            depth = len(stack)
            if depth > deepest:
                deepest = depth
                if depth > MAX_DEPTH:
                    raise at(event, *TOO_DEEP)
            if event.anchor is not None:
                anchors[event.anchor] = anchor = _Anchor(value)
                opened.append((depth, anchor, count + spent, deepest))
                deepest = depth
            into = value
            append, key = (None, None) if mapping else (value.append, "")
            continue
        if append is None:
            into[key] = value
            key = None
        else:
            append(value)
    budget[0] -= spent
    if lists:
        leave_unfilled(lists)
    return root[0], event, doubled


def _scalar(event: Any) -> Any:
    try:
        if event.tag is not None:
            return tagged(event.tag, event.value, bool(event.style))
        return event.value if event.style else plain(event.value)
    except ScalarError as error:
        raise at(event, *error.args) from None


def _merge(into: dict[Any, Any], keys: list[_Merge]) -> None:
    """Merge the values of `<<` keys. Precedence: explicit members, then later keys, then earlier mappings of a key."""
    for key in reversed(keys):
        merged = into.pop(key)
        for mapping in merged if isinstance(merged, list) else [merged]:
            if not isinstance(mapping, dict):
                raise at(
                    key.event,
                    "<< merges a mapping or a list of mappings: nothing else",
                    "give it the alias of a mapping",
                )
            for name, value in mapping.items():
                into.setdefault(name, value)
