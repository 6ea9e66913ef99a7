"""The campaigns, ad groups and ads of a buffer, tied as a run ties them, with their places in its text."""

from collections.abc import Iterable
from functools import lru_cache
from io import BytesIO
from typing import NamedTuple

from splint.formats import Document, escape
from splint.formats.fault import SyntaxFault
from splint.formats.spans import NodeSpan, Span
from splint.payloads.extract import extract
from splint.payloads.nodes import Ad, AdGroup, Campaign, Payload, Tree
from splint.payloads.trees import trees_of
from splint.rules.registry import load
from splint.schema.vocabulary import ObjectLevel
from splint.server.view import View

SUFFIXES = {"shell": ".sh", "markdown": ".md"}
"""The suffixes of languages whose suffix is not their name."""


class Found(NamedTuple):
    """What a buffer holds."""

    documents: list[Document]
    trees: list[Tree]
    starts: dict[int, int]
    """Where the sources of documents begin: offsets in the buffer by offsets in its bytes."""
    is_whole: bool
    """Whether all of the text could be read."""

    def located(self, document: Document, pointers: Iterable[str]) -> dict[str, NodeSpan]:
        """The places of pointers of a document, in offsets of the buffer."""
        shift = self.starts[document.source.offset]
        return {
            pointer: NodeSpan(_shifted(place.value, shift), _shifted(place.opening, shift))
            for pointer, place in document.locate(pointers).items()
        }


def _shifted(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def found_in(view: View) -> Found:
    """The documents of a buffer and the campaign trees of their payloads; what stands at TikTok of one is left out.

    Outline, lenses and ids are asked for in turn, so the last texts are not read again. One thread alone asks.
    """
    return _read(view.text, view.language)


@lru_cache(maxsize=4)
def _read(text: str, language: str) -> Found:
    read = _documents(text, language)
    documents = [one for one in read if not isinstance(one, SyntaxFault)]
    payloads: list[Payload] = []
    sequence: dict[ObjectLevel, Payload] = {}
    for number, document in enumerate(documents):
        sequence = sequence if document.sequential else {}
        for payload in extract(document, ("", number), sequence).payloads:
            if payload.is_clean:  # the others have their fields as they were validated
                payload.set_fields(payload.written)
            if isinstance(payload, Campaign | AdGroup | Ad) and not payload.is_part:
                payloads.append(payload)
    return Found(documents, trees_of(payloads), _starts(text, documents), len(documents) == len(read))


def _documents(text: str, language: str) -> list[Document | SyntaxFault]:
    """The documents in a text, in order, and where it breaks off; none that a script sends from another file."""
    path = f"buffer{SUFFIXES.get(language, f'.{language}')}"
    reader = load().reader_for(path)
    read = reader.read(path, BytesIO(text.encode("utf-8", "surrogatepass"))) if reader is not None else ()
    return [one for one in read if one.source.path == path]


def _starts(text: str, documents: Iterable[Document]) -> dict[int, int]:
    """Where the sources of documents begin, behind a byte-order mark or in a line of NDJSON."""
    data, starts, at = text.encode("utf-8", "surrogatepass"), {0: 0}, 0
    for offset in sorted({document.source.offset for document in documents} - {0}):
        starts[offset] = starts[at] + len(data[at:offset].decode("utf-8", "surrogatepass"))
        at = offset
    return starts


class Spans:
    """The places of payloads, found document by document."""

    def __init__(self, found: Found, payloads: Iterable[Payload]) -> None:
        wanted: dict[int, tuple[Document, list[str]]] = {}
        for payload in payloads:
            document, pointer, _ = _outermost(payload)
            pointers = wanted.setdefault(id(document), (document, []))[1]
            pointers += [pointer, f"{pointer}/{escape(payload.name_field)}"]
        self._located = {key: found.located(document, pointers) for key, (document, pointers) in wanted.items()}

    def whole(self, payload: Payload) -> Span | None:
        """The object; of one in a string of JSON the string."""
        document, pointer, _ = _outermost(payload)
        place = self._located[id(document)].get(pointer)
        return place and place.value

    def name(self, payload: Payload) -> Span | None:
        """The object's name, or else its opening; within the object."""
        document, pointer, is_inside = _outermost(payload)
        located = self._located[id(document)]
        place = located.get(f"{pointer}/{escape(payload.name_field)}") if not is_inside else None
        if place is not None:
            return place.value
        whole = located.get(pointer)
        return whole and whole.opening


def _outermost(payload: Payload) -> tuple[Document, str, bool]:
    """The document and pointer that stand in the text, and whether they are those of a string of JSON around it."""
    document, pointer, is_inside = payload.document, payload.pointer, False
    while document.within is not None:
        (document, pointer), is_inside = document.within, True
    return document, pointer, is_inside
