"""JSON, JSON with comments and NDJSON.

orjson reads the value; what it refuses, and what it would silently drop (a doubled key), is looked up again with the
standard library's scanner, which knows places.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from json import JSONDecodeError
from json.decoder import scanstring  # type: ignore[attr-defined]
from json.scanner import make_scanner
from typing import Any, BinaryIO

import orjson

from splint.documents.document import (
    MAX_DEPTH,
    Document,
    DuplicateKey,
    Place,
    Reader,
    SyntaxFault,
    decode,
    escape,
    steps,
)
from splint.documents.source import Source, Span

Origin = Callable[[int], int]
"""From an index of a fragment's text to the index of its source's text."""

SPACE = re.compile(r"[ \t\n\r]*")
_NON_FINITE = re.compile(r"-?(?:NaN|Infinity)")
_HOLE = re.compile(r"[:\[,]\s*(\{\{[^{}]*\}\}|\$\{[^{}]*\}|\$[A-Za-z_]\w*|<[A-Za-z_][\w ]*>)")


def same(index: int) -> int:
    """The origin of a text that is its source's own."""
    return index


def read_json(path: str, stream: BinaryIO) -> Iterator[Document | SyntaxFault]:
    """One document, the whole file."""
    yield parse(Source(path, stream.read()))


def read_ndjson(path: str, stream: BinaryIO) -> Iterator[Document | SyntaxFault]:
    """A document a line; empty lines are passed over. The lines are read as they are asked for."""
    offset, number = 0, 0
    for line, data in enumerate(stream, start=1):
        if data.strip():
            number += 1
            yield parse(Source(path, data, line=line, offset=offset), number=number)
        offset += len(data)


def read_jsonc(path: str, stream: BinaryIO) -> Iterator[Document | SyntaxFault]:
    """One document with // and /* */ comments and trailing commas."""
    source = Source(path, stream.read())
    text = decode(source)
    yield parse(source, without_comments(text)) if isinstance(text, str) else text


def parse(
    source: Source, text: str | None = None, origin: Origin = same, number: int | None = None
) -> Document | SyntaxFault:
    """Read `text` (by default the source's own) as one JSON value."""
    data = source.data if text is None else text.encode("utf-8", "surrogatepass")
    try:
        value = orjson.loads(data)
        colons = orjson.dumps(value).count(b":")
    except (ValueError, TypeError):  # orjson raises no others: unreadable, or nested deeper than it serializes
        return _fault(source, text, origin, number)

    def locate(pointers: Iterable[str]) -> Mapping[str, Place]:
        return places(source.text if text is None else text, pointers, origin)

    duplicates: tuple[DuplicateKey, ...] = ()
    # Strings hold the same colons in the text and in the value, unless the text writes one as an escape: a surplus is
    # a member that was dropped. Ten microseconds, where parsing twice costs hundreds.
    if data.count(b":") != colons or b"\\u003" in data:
        duplicates = tuple(_duplicates(source.text if text is None else text, origin))
    return Document(source, value, locate, number, duplicates)


def _fault(source: Source, text: str | None, origin: Origin, number: int | None) -> SyntaxFault:
    if text is None:
        decoded = decode(source, number)
        if not isinstance(decoded, str):
            return decoded
        text = decoded
    message, index = _diagnose(text)
    end = min(index + 1, len(text))
    return SyntaxFault(source, message, Span(origin(index), max(origin(end), origin(index))), number)


def _diagnose(text: str) -> tuple[str, int]:
    """Why `text` is no JSON, and at which index."""
    if not text.strip(" \t\r\n"):
        return "the document is empty: expected a JSON value", 0
    try:
        deep = _too_deep(text)
        orjson.loads(text.encode("utf-8", "surrogatepass"))
    except orjson.JSONDecodeError as error:
        index = min(error.pos, len(text))
        said = error.msg.split(":")[0]
    else:
        return f"more than {MAX_DEPTH} levels of nesting", deep if deep is not None else 0
    if deep is not None and deep <= index:
        return f"more than {MAX_DEPTH} levels of nesting", deep
    for hole in _HOLE.finditer(text):
        if hole.start(1) <= index <= hole.end(1):
            found = hole.group(1)
            return (
                f'unquoted template hole {found}: quote it ("{found}"), or lint the file after it is filled in',
                hole.start(1),
            )
    if found := _NON_FINITE.match(text, max(index - 1, 0)) or _NON_FINITE.match(text, index):
        return f"{found.group()} is no JSON number", found.start()
    try:
        _scan(text, 0)
    except (JSONDecodeError, StopIteration, RecursionError):
        pass
    else:
        if number := re.compile(r"-?\d[\d.eE+-]*").match(
            text, max(text.rfind(c, 0, index + 1) for c in " \t\n\r:[,") + 1
        ):
            return f"the number {number.group()[:40]} is too big for a double", number.start()
    if index >= len(text.rstrip(" \t\r\n")):
        return "the document ends too early: a bracket, a quote or a value is missing", min(index, len(text))
    return f"not JSON: {said}", index


def _too_deep(text: str) -> int | None:
    """The index of the bracket that opens one level too many, if any."""
    depth = 0
    for token in re.compile(r'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]', re.DOTALL).finditer(text):
        if token.group() in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                return token.start()
        elif token.group() in "]}":
            depth -= 1
    return None


class _Context:
    """What the standard library's scanner asks of its decoder."""

    strict = True
    object_hook = None
    object_pairs_hook = None
    parse_float = float
    parse_int = int
    parse_constant = float
    memo: dict[str, str] = {}


_scan: Callable[[str, int], tuple[Any, int]] = make_scanner(_Context())  # type: ignore[arg-type]


def _skip(text: str, index: int) -> int:
    found = SPACE.match(text, index)
    assert found  # the pattern matches the empty string
    return found.end()


Tree = dict[str, "Tree"]


def _tree(pointers: Iterable[str]) -> Tree:
    tree: Tree = {}
    for pointer in pointers:
        branch = tree
        for step in steps(pointer):
            branch = branch.setdefault(step, {})
    return tree


def places(text: str, pointers: Iterable[str], origin: Origin = same) -> dict[str, Place]:
    """The places of `pointers` in JSON text that has been read before; descends only where they lead."""
    found: dict[str, Place] = {}

    def span(start: int, end: int) -> Span:
        return Span(origin(start), origin(end - 1) + 1)

    def visit(index: int, tree: Tree, pointer: str, key: Span | None) -> int:
        if not tree or text[index] not in "{[":
            end = _scan(text, index)[1]
        elif text[index] == "{":
            end = visit_members(index, tree, pointer)
        else:
            end = visit_elements(index, tree, pointer)
        opening = span(index, index + 1) if text[index] in "{[" else span(index, end)
        found[pointer] = Place(span(index, end), opening, key)
        return end

    def visit_members(index: int, tree: Tree, pointer: str) -> int:
        index = _skip(text, index + 1)
        while text[index] != "}":
            start = index
            key, index = scanstring(text, index + 1)
            name = span(start, index)
            index = _skip(text, _skip(text, index) + 1)
            if key in tree:
                index = visit(index, tree[key], f"{pointer}/{escape(key)}", name)
            else:
                index = _scan(text, index)[1]
            index = _skip(text, index)
            if text[index] == ",":
                index = _skip(text, index + 1)
        return index + 1

    def visit_elements(index: int, tree: Tree, pointer: str) -> int:
        index, count = _skip(text, index + 1), 0
        while text[index] != "]":
            branch = tree.get(str(count))
            index = _scan(text, index)[1] if branch is None else visit(index, branch, f"{pointer}/{count}", None)
            index, count = _skip(text, index), count + 1
            if text[index] == ",":
                index = _skip(text, index + 1)
        return index + 1

    visit(_skip(text, 0), _tree(pointers), "", None)
    return found


def _duplicates(text: str, origin: Origin) -> list[DuplicateKey]:
    found: list[DuplicateKey] = []

    def walk(index: int, pointer: str) -> int:
        if text[index] not in "{[":
            return _scan(text, index)[1]
        closing, seen, count = "}" if text[index] == "{" else "]", dict[str, Span](), 0
        index = _skip(text, index + 1)
        while text[index] != closing:
            step = str(count)
            if closing == "}":
                start = index
                step, index = scanstring(text, index + 1)
                name = Span(origin(start), origin(index - 1) + 1)
                if step in seen:
                    found.append(DuplicateKey(f"{pointer}/{escape(step)}", step, name, seen[step]))
                seen.setdefault(step, name)
                index = _skip(text, _skip(text, index) + 1)
            index, count = _skip(text, walk(index, f"{pointer}/{escape(step)}")), count + 1
            if text[index] == ",":
                index = _skip(text, index + 1)
        return index + 1

    walk(_skip(text, 0), "")
    return found


_NOTES = re.compile(r'"(?:[^"\\\n]|\\.)*"|//[^\n\r]*|/\*.*?(?:\*/|\Z)', re.DOTALL)
_TRAILING = re.compile(r'"(?:[^"\\\n]|\\.)*"|,(?=[ \t\n\r]*[}\]])', re.DOTALL)


def without_comments(text: str) -> str:
    """JSON with comments as JSON of the same length: comments and trailing commas become spaces."""

    def blank(found: re.Match[str]) -> str:
        token = found.group()
        return token if token[0] == '"' else re.sub(r"[^\n\r]", " ", token)

    return _TRAILING.sub(blank, _NOTES.sub(blank, text))


JSON = Reader("json", (".json",), read_json)
JSONC = Reader("jsonc", (".jsonc",), read_jsonc)
NDJSON = Reader("ndjson", (".ndjson", ".jsonl"), read_ndjson)
