"""The campaigns, ad groups and ads of a buffer, tied as a run ties them, with their places in its text."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from splint.formats import Document, NodeSpan, Span, escape
from splint.payloads.extract import extract
from splint.payloads.nodes import Ad, AdGroup, Campaign, Payload, Tree
from splint.payloads.trees import plan
from splint.schema.vocabulary import ObjectLevel
from splint.server.view import View


class Found(NamedTuple):
    """What a buffer holds."""

    documents: list[Document]
    trees: list[Tree]
    lines: tuple[int, ...]
    """The offsets of the lines, where each is a text of its own; else empty."""

    def located(self, document: Document, pointers: Iterable[str]) -> dict[str, NodeSpan]:
        """The places of pointers of a document, in offsets of the buffer."""
        shift = self.lines[document.source.line - 1] if self.lines else 0
        return {
            pointer: NodeSpan(_shifted(place.value, shift), _shifted(place.opening, shift))
            for pointer, place in document.locate(pointers).items()
        }


def _shifted(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def found_in(view: View) -> Found:
    """The documents of a buffer and the campaign trees of their payloads; what stands at TikTok of one is left out."""
    documents = view.documents()
    payloads: list[Payload] = []
    sequence: dict[ObjectLevel, Payload] = {}
    for number, document in enumerate(documents):
        sequence = sequence if document.sequential else {}
        for payload in extract(document, ("", number), sequence).payloads:
            if payload.is_clean:  # the others have their fields as they were validated
                payload.set_fields(payload.written)
            if isinstance(payload, Campaign | AdGroup | Ad) and not payload.is_current:
                payloads.append(payload)
    lines = (0, *(match.end() for match in re.finditer("\n", view.text))) if view.language == "ndjson" else ()
    return Found(documents, plan(payloads), lines)


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
