"""Extracts the payloads of a document: request bodies, in envelopes, bundles or on their own, and their nesting."""

from collections.abc import Iterable
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any, cast

from splint.formats import Document, escape
from splint.payloads.bodies import BodyReader, Current, Extracted, Steps
from splint.payloads.bundles import is_bundle, is_respelled_bundle, is_surely_tiktoks, read_bundle
from splint.payloads.faults import DuplicateMember
from splint.payloads.keys import BUNDLE
from splint.schema.envelopes import HELD_KEYS, TEXT_KEYS, WITH_HEADERS, begins_json, is_passed_over
from splint.schema.vocabulary import ObjectLevel, level_of

if TYPE_CHECKING:
    from splint.payloads.endpoints import Endpoint

_IN_BUNDLE = ([], *([key] for key in BUNDLE.fields))
"""The first steps of payloads that are a document's own: none, or a key of a bundle."""
MOST_STRANGERS = 100
"""The most objects without a payload that are looked at for what they may mean, in a file."""


def extract(document: Document, order: tuple[Any, ...], sequence: Steps, *, is_named: bool = True) -> Extracted:
    """All payloads of a document. `order` is a sort key: the path and number of the document.

    `is_named` is False for a file that a walk found: it may be anybody's.
    """
    extractor = Extractor(document, order, sequence)
    extractor.is_named = is_named
    if document.call is not None:
        _requests().read_call(extractor)
    else:
        extractor.search_document()
        if document.written is not None and document.written.syntax == "yaml":
            extractor.leave_out_bases()
    extractor.compare_request_ids()
    extractor.validate_pending()
    return extractor.extracted


@cache
def _requests() -> Any:
    """What reads requests: most files hold bundles, and to import it takes 2 us each time."""
    from splint.payloads import requests  # with the first object that is no payload

    return requests


def _is_pair(value: list[Any]) -> bool:
    """Whether a list may be the arguments of `fetch`: a URL, and an object."""
    return len(value) == 2 and isinstance(value[0], str) and isinstance(value[1], dict) and "://" in value[0]


class Extractor(BodyReader):
    """Finds the bodies of one document at any depth."""

    def body(
        self, endpoint: "Endpoint", value: object, pointer: str, current: Current, method: str = "", *, in_list: bool
    ) -> ObjectLevel | None:
        """Read the body of a request to `endpoint`, else by its keys; returns the level that a known one writes."""
        level: ObjectLevel | None = _requests().read_body(
            self, endpoint, value, pointer, current, method, in_list=in_list
        )
        return level

    def request_body(self, written: str, value: object, pointer: str) -> None:
        """Read a value as the body of a request to an endpoint that stands beside no part of it."""
        _requests().read_request_body(self, written, value, pointer)

    def told_by(self, value: list[Any], pointer: str) -> bool:
        """Read a list that is a request: the arguments of a function, or attributes; returns False for any other."""
        if _is_pair(value):
            is_read: bool = _requests().read_envelope(self, {"0": value[0], "1": value[1]}, pointer, in_list=True)
            return is_read
        first = value[0]
        if isinstance(first, dict) and "key" in first and "value" in first:
            from splint.payloads.keyed import read_attributes  # few documents have attributes in lists

            return read_attributes(self, value, pointer)
        return False

    def headers_of(self, value: dict[str, Any], pointer: str) -> None:
        """Read the headers of an envelope, or among the arguments of a tool, for secrets."""
        if not WITH_HEADERS.isdisjoint(value):
            from splint.payloads.headers import read_headers  # few documents have headers

            read_headers(self, value, pointer)

    def inside(self, text: str, pointer: str) -> Document | None:
        """The document in a string of JSON; None for any other string."""
        from splint.payloads.texts import document_in  # few documents hold strings of JSON

        document = document_in(text, self.document, pointer)
        for duplicate in document.duplicates if document is not None else ():
            self.note(DuplicateMember(cast("Document", document), duplicate))
        return document

    def within(self, document: Document, *, is_sent: bool) -> "Extractor":
        """The extractor of a document in a string of this one, which adds to the same payloads."""
        self.extracted.texts.append(document.value)
        within = Extractor(document, self.order, self.sequence)
        within.extracted, within.orders, within.around = self.extracted, self.orders, self.around
        within.is_sent, within.is_elsewhere = is_sent, self.is_elsewhere
        within.is_named = self.is_named
        return within

    @property
    def found(self) -> int:
        """The number of payloads, records and requests found so far, and of what may be a payload."""
        extracted = self.extracted  # `recognized`, which is asked for each value
        known = len(extracted.payloads) + len(extracted.records) + len(extracted.requests)
        return known + extracted.foreign + len(extracted.doubts)

    # -- the search ------------------------------------------------------------------------------------------------

    def search_document(self) -> None:
        """Find the payloads of the document, and the strangers at its top."""
        value, strangers, endpoints = self.document.value, self.extracted.strangers, self.document.endpoints
        is_list = isinstance(value, list) and "" not in endpoints and not _is_pair(value)
        is_passed = is_list and not self.document.source.data  # in a file only objects may mean to be payloads
        for index, entry in enumerate(value if is_list else (value,)):
            pointer, before = f"/{index}" if is_list else "", self.found
            if pointer in endpoints:
                self.request_body(endpoints[pointer], entry, pointer)
                continue
            if self.document.stands_alone or not (isinstance(entry, dict) and is_respelled_bundle(entry)):
                self.search(entry, pointer, in_list=is_list)
            if isinstance(entry, str) and begins_json(entry):
                from splint.payloads.searched_texts import search_text  # few documents are strings

                search_text(self, entry, "", {}, pointer, in_list=is_list)
            if self.found == before and (
                is_passed or (isinstance(entry, dict | str) and len(strangers) < MOST_STRANGERS)
            ):
                strangers.append((pointer, entry))

    def search(self, value: object, pointer: str, *, in_list: bool) -> None:
        """Find the payloads in `value` at any depth; schemas hold none, nor Postman's copies of answered requests."""
        if isinstance(value, list):
            if not (value and self.told_by(value, pointer)):
                self.search_within(value, pointer, in_list=True)
        elif isinstance(value, dict):
            level = level_of(value)
            has_parts, is_part = is_bundle(value, level), False
            if (level or has_parts) and not value.keys().isdisjoint(HELD_KEYS):
                from splint.payloads.beside import is_around_body  # few payloads have such a key

                level, has_parts = (None, False) if is_around_body(value) else (level, has_parts)
            if (level or has_parts) and not (
                (self.is_sent and (self.is_named or not self.is_elsewhere))
                or is_surely_tiktoks(value if level else value.get("campaign"))
            ):
                from splint.payloads.labels import judged, shows_part  # most payloads name their advertiser

                level, has_parts = judged(self, value, pointer, level)
                is_part = level is not None and shows_part(self, value, pointer)
            if has_parts:
                read_bundle(self, value, pointer, in_list)
            elif level is not None:
                kind = self.kind_by_keys(level, value, pointer)
                kind = "update" if is_part and kind == "create" else kind  # nothing is missing in what updates
                self.payload(level, value, pointer, kind, None, in_list=in_list).is_template = is_part
            elif not self.events(value, pointer) and not _requests().read_envelope(self, value, pointer, in_list):
                self.search_within(value, pointer, in_list=in_list)

    def search_within(self, value: dict[str, Any] | list[Any], pointer: str, *, in_list: bool) -> None:
        """Find the payloads in what is none itself, and note what stands beside them."""
        before = self.found
        left = self.search_each(value, pointer, in_list=in_list)
        if self.found == before:
            return
        if isinstance(value, dict) and not ((keys := "".join(value)).islower() and keys.isidentifier()):
            from splint.payloads.drafts import note_around  # few have keys in other spellings

            note_around(self, value, pointer)
        if left:
            self.leave_over(left)

    def search_each(self, value: dict[str, Any] | list[Any], pointer: str, *, in_list: bool) -> list[tuple[str, Any]]:
        """Find the payloads in what stands beside each other. Returns what has none, texts of JSON too, by pointer."""
        left: list[tuple[str, Any]] = []  # to call the type takes ten times as long
        around: dict[str, Any] = value if isinstance(value, dict) else {}
        for name, entry in around.items() or enumerate(value):
            if not isinstance(entry, list | dict | str):
                continue
            key = str(name)
            if isinstance(entry, str) and not (key in TEXT_KEYS and around) and not begins_json(entry):
                continue
            if not is_passed_over(key, entry):
                at, before = f"{pointer}/{escape(key)}", self.found
                if isinstance(entry, str):
                    from splint.payloads.searched_texts import search_text  # few objects have such a text

                    search_text(self, entry, key, around, at, in_list=in_list)
                else:
                    self.search(entry, at, in_list=in_list)
                if entry and self.found == before:
                    left.append((at, entry))
        return left

    def leave_over(self, left: Iterable[tuple[str, Any]], *, is_own: bool = False) -> None:
        """Note what stands beside payloads and holds none, but may mean to be one."""
        noted, held = self.extracted.left_over, (one for one in left if isinstance(one[1], dict | list | str))
        noted += [(self.document, *one, is_own) for one in islice(held, max(0, MOST_STRANGERS - len(noted)))]

    def leave_out_bases(self) -> None:
        """Leave out what is no payload, but is merged into some."""
        if all(payload.step.split("/", 2)[1:2] in _IN_BUNDLE for payload in self.extracted.payloads):
            return
        from splint.payloads.bases import leave_out  # few documents have anchors

        leave_out(self.document, self.extracted, self.pending.values())
