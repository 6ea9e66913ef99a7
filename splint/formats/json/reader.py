"""JSON, JSON with comments and NDJSON.

orjson parses the value. Positions and error messages are computed by modules of their own, which a run without
findings does not import.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO

import orjson

from splint.formats.document import Chunk, Document, Reader, Written, has_directives
from splint.formats.source import Source

if TYPE_CHECKING:
    from splint.formats.causes import Place
    from splint.formats.comments import Comment
    from splint.formats.duplicates import DuplicateKey
    from splint.formats.fault import SyntaxFault
    from splint.formats.spans import NodeSpan

WRITTEN = Written("json")
"""The document is the source's whole text."""
PART = 1 << 19
"""The bytes of NDJSON per chunk: 7 ms of work, of which 0.2 ms are for handing it to a worker."""


def read_json(path: str, stream: BinaryIO) -> "Iterator[Document | SyntaxFault]":
    """One document, the whole file."""
    yield parse(Source(path, stream.read()))


def read_ndjson(path: str, stream: BinaryIO) -> "Iterator[Document | SyntaxFault]":
    """One document per line, read lazily; empty lines are skipped."""
    return read_lines(path, stream, Chunk())


def read_lines(path: str, stream: BinaryIO, part: Chunk) -> "Iterator[Document | SyntaxFault]":
    """The documents of a chunk of NDJSON."""
    offset, line, number = part.offset, part.line, part.documents
    lines, is_first, tries = iter(stream), offset == 0, _TRIES
    ahead = deque[bytes]()
    """Lines that are read, but not taken yet."""
    read_to = offset
    while data := ahead.popleft() if ahead else next(lines, b""):
        read_to = max(read_to, offset + len(data))
        if not data.isspace():
            number += 1
            read = parse(Source(path, data, line=line, offset=offset), number=number)
            if not isinstance(read, Document) and tries and data.lstrip()[:1] in b"{[":
                while read_to < offset + PART and (following := next(lines, b"")):
                    ahead.append(following)
                    read_to += len(following)
                is_rest = is_first and _are_values(data, b"".join(ahead))
                count = len(ahead) if is_rest else 0
                for many in (*_FEW, len(ahead)):
                    count = count or _lines_of(data, b"".join(islice(ahead, many)))
                if count:
                    from splint.formats.spans import Span  # only what is wrong needs it

                    rest = [ahead.popleft() for _ in range(count)]
                    data = b"".join([data, *rest])
                    whole = Source(path, data, line=line, offset=offset)  # its fields say whether it matters
                    span = Span(opening := len(data) - len(data.lstrip()), opening + 1)
                    read = read._replace(source=whole, span=span, message=_OVER_LINES[0], help=_OVER_LINES[1])
                    number += sum(not one.isspace() for one in rest)
                    line += count
                else:
                    tries -= 1
            yield read
            is_first = False
        line += 1 + _returns(data)
        offset += len(data)


_OVER_LINES = (
    "a value over several lines: a file of NDJSON holds a whole one on each",
    "write each value on one line, or name a file of one value .json",
)
_FEW = (16, 256)
"""How many lines are looked at first, so that many values over several lines take no more than linear time."""
_TRIES = 20
"""How many lines of a chunk that begin no value are looked beyond, which takes as long as to read what follows."""


def _are_values(first: bytes, beyond: bytes) -> bool:
    """Whether a text is JSON whose first value goes on behind its first line."""
    from splint.formats.json.errors import are_values  # only what is wrong needs it

    line, rest = first.decode("utf-8-sig", "replace"), beyond.decode("utf-8", "replace")
    return not are_values(line) and are_values(line + rest)


def _lines_of(first: bytes, beyond: bytes) -> int:
    """On how many lines behind its first one a value goes on; 0 for none."""
    from splint.formats.json.errors import end_of_value  # only what is wrong needs it

    text = (first + beyond).decode("utf-8-sig", "replace")
    end = end_of_value(text)
    return text.count("\n", 0, end) if end is not None and not text[end:].partition("\n")[0].strip() else 0


def split_lines(stream: BinaryIO, size: int = PART) -> Iterator[Chunk]:
    """The chunks of NDJSON, each of `size` bytes and the rest of its last line; an empty one last.

    Lines and documents before each chunk are counted, which takes 0.2 % of the time for reading, so that positions
    are right without correction.
    """
    part = Chunk()
    while data := stream.read(size):
        data += stream.readline()
        part.size = len(data)
        full = [not line.isspace() for line in BytesIO(data)]
        rest = Chunk(part.offset + len(data), 0, part.line + len(full) + _returns(data), part.documents + sum(full))
        del data  # whoever takes the chunk reads it again
        yield part
        part = rest
    yield part


def _returns(data: bytes) -> int:
    """The number of carriage returns without a line feed after them."""
    return data.count(b"\r") - data.count(b"\r\n") if b"\r" in data else 0


def read_jsonc(path: str, stream: BinaryIO) -> "Iterator[Document | SyntaxFault]":
    """One document with // and /* */ comments and trailing commas."""
    source = Source(path, stream.read())
    from splint.formats.fault import decode  # only where JSONC is read
    from splint.formats.json.comments import without_comments

    text = decode(source)
    read = parse(source, without_comments(text)) if isinstance(text, str) else text
    yield read._replace(written=Written("jsonc")) if isinstance(read, Document) else read


def parse(
    source: Source, text: str | None = None, place: "Place" = "file", number: int | None = None
) -> "Document | SyntaxFault":
    """Parse `text` (None: the source's own) as one JSON value; `place` is what the text is."""
    data = source.data if text is None else text.encode("utf-8", "surrogatepass")
    try:
        value = orjson.loads(data)
        is_indented = _is_indented(data, value)
        is_whole = is_indented or _holds_every_member(data, value)
    except (ValueError, TypeError):  # orjson raises no others: unreadable, or nested deeper than it serializes
        return _fault(source, text, place, number)

    def locate(pointers: "Iterable[str]") -> "Mapping[str, NodeSpan]":  # unquoted, evaluated for each text
        import splint.formats.json.positions

        shown = source.text if text is None else text
        return splint.formats.json.positions.places(shown, pointers, to_the_end=bool(twice), is_indented=is_indented)

    twice: tuple[DuplicateKey, ...] = ()
    written = WRITTEN if text is None else None
    if not is_whole:
        from splint.formats.json.positions import duplicates  # most files name no key twice

        twice = tuple(duplicates(source.text if text is None else text))
    source.values.append(value)
    source.is_json = text is None and is_whole
    return Document(source, value, locate, number, twice, written=written)


def _is_indented(data: bytes, value: object) -> bool:
    """Whether orjson writes the value as the same text, indented, which names no key twice either."""
    return data[1:4] == b"\n  " and orjson.dumps(value, option=orjson.OPT_INDENT_2) == data.rstrip()


def _holds_every_member(data: bytes, value: object) -> bool:
    """Whether the text certainly has no duplicate keys, of which orjson keeps the last only.

    That is so if orjson writes the value as the same text (4 us for a bundle), or with as many colons (11 us), provided
    that the text has no colon as an escape. Parsing in Python instead takes hundreds of microseconds.
    """
    written = orjson.dumps(value)
    return written == data.rstrip() or (data.count(b":") == written.count(b":") and b"\\u003" not in data)


def _fault(source: Source, text: str | None, place: "Place", number: int | None) -> "SyntaxFault":
    from splint.formats.fault import SyntaxFault, decode  # most files can be parsed
    from splint.formats.json.errors import diagnose
    from splint.formats.spans import Span

    if text is None:
        decoded = decode(source, number)
        if not isinstance(decoded, str):
            return decoded
        text = decoded
    message, help, start, end, suffix = diagnose(text, place, is_line=number is not None)
    if end < 0:
        end = start if text[start : start + 1] in ("", "\r", "\n") else start + 1
    return SyntaxFault(source, message, Span(start, end), number, help, suffix=suffix)


def _comments(source: Source) -> "list[Comment]":
    if not has_directives(source):
        return []
    from splint.formats.json.comments import comments  # few files have directives

    return comments(source)


JSON = Reader("json", (".json",), read_json, stays_within=True)
JSONC = Reader("jsonc", (".jsonc",), read_jsonc, _comments, stays_within=True)
NDJSON = Reader(
    "ndjson", (".ndjson", ".jsonl"), read_ndjson, split=split_lines, read_chunk=read_lines, stays_within=True
)
