"""Extracts the payloads of a document: request bodies, in envelopes, bundles or on their own, and their nesting."""

from collections.abc import Iterable
from itertools import islice
from typing import Any, cast

from splint.formats import Document, escape
from splint.payloads.addresses import endpoint_of
from splint.payloads.bodies import BodyReader, Current, Extracted, Steps
from splint.payloads.bundles import is_bundle, is_respelled_bundle, names_advertiser, read_bundle
from splint.payloads.endpoints import (
    Endpoint,
    first_present,
    level_sent,
    may_take_body,
    names_tool_alone,
    read_endpoint,
    takes_body,
    tool_call,
)
from splint.payloads.faults import DuplicateMember, tokens_sent
from splint.payloads.invalid_fields import fault_in_place
from splint.payloads.keys import BUNDLE
from splint.payloads.nodes import Location, Request
from splint.payloads.validation import is_absent
from splint.schema.envelopes import (
    BESIDE_BODIES,
    BODY_KEYS,
    CALL_KEYS,
    HELD_KEYS,
    TEXT_KEYS,
    WITH_HEADERS,
    begins_json,
    is_passed_over,
    may_be_elsewhere,
)
from splint.schema.placeholders import is_placeholder
from splint.schema.vocabulary import SMART_PLUS, ObjectLevel, level_of

_IN_BUNDLE = ([], *([key] for key in BUNDLE.fields))
"""The first steps of payloads that are a document's own: none, or a key of a bundle."""
MOST_STRANGERS = 100
"""The most objects without a payload that are looked at for what they may mean, in a file."""


def extract(document: Document, order: tuple[Any, ...], sequence: Steps) -> Extracted:
    """All payloads of a document. `order` is a sort key: the path and number of the document."""
    extractor = Extractor(document, order, sequence)
    if document.call is not None:
        extractor.curl()
    else:
        extractor.search_document()
        if document.written is not None and document.written.syntax == "yaml":
            extractor.leave_out_bases()
    extractor.compare_request_ids()
    extractor.validate_pending()
    return extractor.extracted


class Extractor(BodyReader):
    """Finds the bodies of one document at any depth."""

    def curl(self) -> None:
        """Read a curl command: its URL names the endpoint, the document's value is its body."""
        call = self.document.call
        assert call is not None
        locations = {"endpoint": Location(self.document, "", "url"), "method": Location(self.document, "", "method")}
        endpoint = read_endpoint(call.url).given(self.document.value)
        for token in tokens_sent(self.document, call):
            self.note(token)
        if endpoint.is_foreign:
            from splint.payloads.others import goes_there  # few documents hold requests to other ad APIs

            if goes_there(call.urls, self.document.value):
                self.extracted.foreign += 1
                return
        size = self.size
        method = None if call.method is None or is_placeholder(call.method, in_shell=True) else call.method.upper()
        sent = self.body(endpoint, self.document.value, "", None, method or "", in_list=self.document.sequential)
        if endpoint.is_tiktok and (not call.is_unread or endpoint.path.startswith("/smart_plus/")):
            is_null = self.document.written is not None and self.document.value is None
            if (instead := call.stand_in) and (takes_body if instead.kind == "form" else may_take_body)(endpoint.path):
                self.note(fault_in_place(instead, Location(self.document, "", "body")))
            lacks_body = call.posts_nothing or is_null
            self.request(endpoint, call.url, method, "", locations, size, sent=sent, lacks_body=lacks_body)

    def request_body(self, written: str, value: object, pointer: str) -> None:
        """Read a value as the body of a request to an endpoint, whose findings are at the body."""
        endpoint, at, size = read_endpoint(written).given(value), Location(self.document, pointer), self.size
        sent = self.body(endpoint, value, pointer, None, in_list=bool(pointer))
        if endpoint.is_tiktok:
            marked = {"endpoint": at, "method": at}
            self.request(endpoint, written, None, pointer, marked, size, sent=sent, lacks_body=value is None)

    def request(
        self,
        endpoint: Endpoint,
        written: str,
        method: str | None,
        pointer: str,
        locations: dict[str, Location],
        size: int,
        *,
        sent: ObjectLevel | None,
        lacks_body: bool,
    ) -> Request:
        """Note a request; `size` payloads were before those of its body, `sent` is the level that `body` returned."""
        request = Request(self.document, pointer, written, method, locations)
        request.path, request.written_path, request.version = endpoint.path, endpoint.written, endpoint.version
        request.has_payload, request.sent = self.size > size, sent
        request.lacks_body = lacks_body and takes_body(endpoint.path)
        self.extracted.requests.append(request)
        return request

    def envelope(self, value: dict[str, Any], pointer: str, in_list: bool) -> bool:
        """Read `value` as a request envelope or a tool call; returns False if it is neither."""
        (step, written), may_name_only = endpoint_of(value, self.document.value), False
        if step:
            endpoint = read_endpoint(written)
            key = first_present(BODY_KEYS, value)
            if endpoint.is_foreign and self.is_of_others(value, pointer, in_list):
                return True
            if endpoint.is_page:
                self.headers_of(value, pointer)
                written_at = step.split("/", 1)[0]
                self.search({at: entry for at, entry in value.items() if at != written_at}, pointer, in_list=in_list)
                return True
            if key is None and not endpoint.is_tiktok:
                return False
            body_step, body = (f"/{key}", value[key]) if key is not None else ("", None)
            takes = endpoint.is_tiktok and may_take_body(endpoint.path)
            if may_be_elsewhere(body) or (takes and (is_absent(body) or (key == "data" and "code" in value))):
                from splint.payloads.carried import body_of  # most requests have a body under the usual key

                body_step, body = body_of(self, endpoint, (body_step, body), value, pointer)
            has_body = bool(body_step) or not is_absent(body)
            if is_absent(body) or pointer.endswith("esponse"):
                from splint.payloads.beside import is_mention, is_no_request  # most requests have a body

                if is_no_request(endpoint, value, pointer, has_body=has_body, is_empty=is_absent(body)):
                    return False
                may_name_only = not has_body and is_mention(endpoint, step, value, self.document, pointer)
        else:
            if value.keys().isdisjoint(CALL_KEYS) and not names_tool_alone(value):
                return False
            if (call := tool_call(value)) is None:
                return self.is_of_others(value, pointer, in_list)
            step, path, key = call
            endpoint, written = Endpoint(path, None, is_tiktok=True, is_bare=True, is_tool=True), value[step]
            body_step, body = (f"/{key}", value[key]) if key is not None else ("", None)
            may_name_only = key is None
            from splint.payloads.carried import lacks_argument  # few documents are calls of tools
        endpoint, method = endpoint.given(body), value.get("method")
        method_name = method.strip().upper() if isinstance(method, str) and not is_placeholder(method) else None
        self.headers_of(value, pointer)
        outer, size, first, request, sent = self.around, self.size, len(self.extracted.payloads), None, None
        self.facts(value.get("facts"), f"{pointer}/facts")
        if body_step:
            current = value.get("current"), self.document, f"{pointer}/current"
            was_sent, self.is_sent = self.is_sent, True
            sent = self.body(endpoint, body, pointer + body_step, current, method_name or "", in_list=in_list)
            self.is_sent = was_sent
        if endpoint.is_tiktok:
            lacks_body = is_absent(body) or (endpoint.is_tool and lacks_argument(body))
            steps = {"endpoint": step, "method": "method"}
            locations = {part: Location(self.document, f"{pointer}/{step}") for part, step in steps.items()}
            line = endpoint, written, method_name or None, pointer, locations, size
            request = self.request(*line, sent=sent, lacks_body=lacks_body)
            request.is_mention = may_name_only
        has_payload = self.size > size
        if not has_payload or len(value.keys() - BESIDE_BODIES) > 1:
            from splint.payloads.beside import read_beside  # most requests have one body, with a payload

            if read_beside(self, endpoint, value, body_step, pointer, in_list, has_payload) and request is not None:
                request.has_payload, request.lacks_body = True, False
        if body_step and endpoint.is_tiktok:
            self.fields_aside(value, pointer, first, pointer + body_step)
        self.around = outer
        return True

    def is_of_others(self, value: dict[str, Any], pointer: str, in_list: bool) -> bool:
        """Pass over what an envelope or a call sends to another ad API, and read the rest; returns False if nothing."""
        from splint.payloads.others import pass_over  # few documents hold such requests, or other calls of tools

        return pass_over(self, value, pointer, in_list)

    def headers_of(self, value: dict[str, Any], pointer: str) -> None:
        """Read the headers of an envelope, or among the arguments of a tool, for secrets."""
        if not WITH_HEADERS.isdisjoint(value):
            from splint.payloads.headers import read_headers  # few documents have headers

            read_headers(self, value, pointer)

    def body(
        self, endpoint: Endpoint, value: object, pointer: str, current: Current, method: str = "", *, in_list: bool
    ) -> ObjectLevel | None:
        """Read the body of a request to `endpoint`, else by its keys; returns the level that a known one writes."""
        known = SMART_PLUS.get(endpoint.path)
        if endpoint.is_tool and isinstance(value, dict):
            from splint.payloads.carried import argument_of  # few documents are calls of tools

            self.headers_of(value, pointer)
            step, value = argument_of(value)
            pointer += step
        is_whole = not pointer and self.document.within is None and takes_body(endpoint.path)  # a string is sent as one
        if isinstance(value, str) and not is_whole and (inner := self.inside(value, pointer)) is not None:
            within = self.within(inner, is_sent=True)
            sent = within.body(endpoint, inner.value, "", current, method, in_list=in_list)
            within.validate_pending()
            return sent
        if known is None:
            level = level_of(value) if isinstance(value, dict) and not endpoint.is_tiktok else None
            if level is not None and isinstance(value, dict) and current and isinstance(current[0], dict):
                payload = self.payload(level, value, pointer, None, None, in_list=in_list)
                self.add_current(payload, level, current)
            elif endpoint.may_take(value):
                self.search(value, pointer, in_list=in_list)
            elif isinstance(value, dict):
                self.events(value, pointer)
        elif known[1] == "other" and endpoint.path.endswith("/get/") and method in ("POST", "PUT"):  # meant for another
            level = level_of(value) if isinstance(value, dict) else None
            holds_some = isinstance(value, list) or (isinstance(value, dict) and is_bundle(value, level))
            if holds_some or level == known[0]:
                self.search(value, pointer, in_list=in_list)
        elif known[1] == "other" or is_absent(value):
            pass
        elif not isinstance(value, dict):
            from splint.payloads.texts import note_no_object  # only what is wrong needs it

            note_no_object(self, value, pointer, is_whole=is_whole)
        elif known[1] == "status" or known[1] == "budgets" or known[1] == "materials" or known[1] == "appeal":
            from splint.payloads.parts import read_part_update  # few documents have such requests

            read_part_update(self, *known, value, pointer)
        else:
            level = level_sent(known[0], value)
            payload = self.payload(level, value, pointer, known[1], None, in_list=in_list)
            self.add_current(payload, level, current)
            return level
        return None

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
        within.extracted, within.around, within.is_sent = self.extracted, self.around, is_sent
        return within

    @property
    def found(self) -> int:
        """The number of payloads, records and requests found so far, and of what may be a payload."""
        return self.recognized + len(self.extracted.doubts)

    # -- the search ------------------------------------------------------------------------------------------------

    def search_document(self) -> None:
        """Find the payloads of the document, and the strangers at its top."""
        value, strangers, endpoints = self.document.value, self.extracted.strangers, self.document.endpoints
        is_list = isinstance(value, list) and "" not in endpoints
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
        before, left = self.found, list[tuple[str, Any]]()
        if isinstance(value, list):
            left = self.search_each(value, pointer, in_list=True)
        elif isinstance(value, dict):
            level = level_of(value)
            has_parts = is_bundle(value, level)
            if (level or has_parts) and not value.keys().isdisjoint(HELD_KEYS):
                from splint.payloads.beside import is_around_body  # few payloads have such a key

                level, has_parts = (None, False) if is_around_body(value) else (level, has_parts)
            if (level or has_parts) and not (
                self.is_sent or names_advertiser(value if level else value.get("campaign"))
            ):
                from splint.payloads.labels import judged  # most payloads name their advertiser

                level, has_parts = judged(self, value, pointer, level)
            if has_parts:
                read_bundle(self, value, pointer, in_list)
            elif level is not None:
                self.payload(level, value, pointer, None, None, in_list=in_list)
            elif not self.events(value, pointer) and not self.envelope(value, pointer, in_list):
                left = self.search_each(value, pointer, in_list=in_list)
                if self.found != before and not ((keys := "".join(value)).islower() and keys.isidentifier()):
                    from splint.payloads.drafts import note_around  # few have keys in other spellings

                    note_around(self, value, pointer)
        if left and self.found != before:
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
