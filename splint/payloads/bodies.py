"""Reads request bodies of known kinds: payloads with the payloads nested in them, account facts and event records."""

from collections import defaultdict
from collections.abc import Callable
from itertools import count, repeat
from typing import Any

from splint.formats import Document
from splint.payloads.faults import Fault
from splint.payloads.invalid_fields import UnknownField, UnknownValue, fault_for, misfits
from splint.payloads.keys import ASIDE, TARGETS_ASIDE
from splint.payloads.layout import bits_of_groups, bits_of_objects
from splint.payloads.nodes import Ad, AdGroup, Campaign, EventRecord, Facts, Kind, Payload, Request
from splint.payloads.rows import is_shown
from splint.payloads.signature import signature_of
from splint.payloads.validation import Violation, examine, holds_unknown, is_absent, placed, unusable_facts
from splint.schema.kinds import Shape
from splint.schema.placeholders import OwnList, OwnMapping, is_placeholder, is_reference
from splint.schema.table import SHAPES
from splint.schema.usual import id_as_compared
from splint.schema.vocabulary import (
    AD_GROUP_LISTS,
    AD_LISTS,
    MODELS,
    OWN_IDS,
    PARENT_FIELDS,
    PARENTS,
    ROW_MARKS,
    ObjectLevel,
)

NODES: dict[ObjectLevel, type[Campaign | AdGroup | Ad]] = {"campaign": Campaign, "adgroup": AdGroup, "ad": Ad}
CREATES = {level: SHAPES[model] for level, model in MODELS.items()}
"""The shape of what creates an object, by its level."""
UPDATES = {level: SHAPES[f"{model}Update"] for level, model in MODELS.items()}
"""The shape of what updates an object, and of its row, by its level."""
MOST_AROUND = 5
"""An entry of fewer keys may be an object around an ad group or ad, with its ads and notes beside it."""
OWN_ID_FIELDS = tuple(OWN_IDS.values())


class Extracted:
    """What a document contains, in document order."""

    def __init__(self) -> None:
        self.payloads: list[Payload] = []
        self.requests: list[Request] = []
        self.records: list[EventRecord] = []
        self.has_misfit = False
        """Whether what stands for an event record, or for the parts of a bundle, is no object."""
        self.foreign = 0
        """The number of requests to other ad APIs."""
        self.facts: list[Facts] = []
        self.faults: list[Fault] = []
        """Violations and other faults of the document, each reported by one rule."""
        self.strangers: list[tuple[str, Any]] = []
        """What is at the top of the document, or in a list there, and holds nothing of these: the first, by pointer."""
        self.doubts: list[tuple[Document, str, Any]] = []
        """What may be a payload: its document, its pointer, and the Resemblance that says what it lacks."""
        self.left_over: list[tuple[Document, str, Any, bool]] = []
        """What holds none of these beside what does: its document, pointer and value, and whether a bundle has it."""
        self.texts: list[Any] = []
        """What the strings of JSON hold that were read."""
        self.named_files: set[str] = set()
        """The names of files in requests written as data that may be sent to Smart+ and hold no payload themselves."""
        self.copies: Any = None  # what splint.payloads.copies keeps here

    def __bool__(self) -> bool:
        return bool(self.payloads or self.requests or self.records or self.has_misfit)


Steps = dict[ObjectLevel, Payload]
"""The latest create request of a program by level; placeholder ids refer to it."""
Current = tuple[object, Document, str] | None
"""The `current` member of an envelope, the object's state at TikTok: its value, where it stands, its pointer there."""


def ignore(_violation: Violation) -> None:
    """Discard a violation: the state at TikTok is not reported on."""


class BodyReader:
    """Reads the bodies of one document and appends what they contain to `extracted`."""

    def __init__(self, document: Document, order: tuple[Any, ...], sequence: Steps) -> None:
        self.document = document
        self.order = order
        self.orders = zip(repeat(order), count(), strict=False)
        """The sort keys of its payloads and event records: each takes the next one."""
        self.sequence = sequence
        self.extracted = Extracted()
        self.around: tuple[Facts, ...] = ()
        self.in_shell = document.call is not None and document.call.expansion != "none"
        self.is_sent = document.call is not None
        """Whether what is read is in the body of a request, or in a bundle: only its marks make it a row."""
        self.is_elsewhere = False
        """Whether that request goes to a URL which is known, and none of TikTok's: it says nothing of what it sends."""
        self.is_named = True
        """Whether the file is named: one known field among others then calls an object a payload."""
        self.aside: list[UnknownField] = []
        """The fields beside payloads that take them, which are settled with the unknown ones of these."""
        self.pending: defaultdict[Shape, list[Payload]] = defaultdict(list)
        """The payloads that are not validated yet: those of a document are validated together."""

    @property
    def size(self) -> int:
        """The number of payloads and event records found so far."""
        return len(self.extracted.payloads) + len(self.extracted.records)

    @property
    def recognized(self) -> int:
        """The number of payloads, event records and requests found so far, those to other ad APIs included."""
        return self.size + len(self.extracted.requests) + self.extracted.foreign

    def note(self, fault: Fault) -> None:
        self.extracted.faults.append(fault)

    def misplaced(self, pointer: str, value: object, takes: str, document: Document | None = None) -> None:
        """Record a placeholder or a value of a wrong type where a payload belongs."""
        holds = isinstance(value, OwnList | OwnMapping) or (isinstance(value, dict) and is_reference(value))
        holds = holds or (isinstance(value, str) and is_placeholder(value, in_shell=self.in_shell))
        violation = Violation("placeholder" if holds else "wrong-type", "", value, takes)
        self.note(fault_for(violation, document or self.document, pointer))

    def noting(self, pointer: str, model: str = "") -> Callable[[Violation], None]:
        return lambda violation: self.note(fault_for(violation, self.document, pointer, model))

    def kind_by_keys(self, level: ObjectLevel, value: dict[str, Any], pointer: str) -> Kind:
        """The kind of a body without an endpoint: an object with an id of its own exists already."""
        own = value.get(OWN_IDS[level])
        kind: Kind = "create"
        if own is not None and own != "":
            kind = "row" if any(not is_absent(value.get(mark)) for mark in ROW_MARKS) else "update"
        return "row" if not self.is_sent and is_shown(level, value, self.document, pointer) else kind

    def payload(
        self,
        level: ObjectLevel,
        value: dict[str, Any],
        pointer: str,
        kind: Kind | None,
        parent: Payload | None,
        *,
        in_list: bool,
    ) -> Payload:
        """Read a body and the payloads nested in it; they are validated later, all together.

        Its keys tell the kind where that is None.
        """
        kind = kind or self.kind_by_keys(level, value, pointer)
        outer = self.around
        if "facts" in value:
            self.facts(value["facts"], f"{pointer}/facts")
        payload = NODES[level](value, self.document, pointer, kind, next(self.orders), parent)
        self.add(payload, CREATES[level] if kind == "create" else UPDATES[level])
        if in_list or not value.keys().isdisjoint(OWN_ID_FIELDS):
            self.link(payload, level, value, in_list)
        if level == "adgroup":
            self.nested(value, pointer, "ad", payload, in_list, AD_LISTS)
        elif level == "campaign":
            self.nested(value, pointer, "adgroup", payload, in_list, AD_GROUP_LISTS)
        self.around = outer
        return payload

    def compare_request_ids(self) -> None:
        """Note each literal request_id of a create request that an earlier one of the document has."""
        first: dict[str, Payload] = {}
        for payload in self.extracted.payloads:
            if payload.noun == "ad" or payload.kind != "create":
                continue
            if text := id_as_compared(payload.written.get("request_id")):
                earlier = first.setdefault(text, payload)
                if earlier is not payload and not is_placeholder(text, in_id=True, in_shell=self.in_shell):
                    from splint.payloads.beside import repeated_id  # few documents have an id twice

                    self.extracted.faults += repeated_id(earlier, payload, text)

    def link(self, payload: Payload, level: ObjectLevel, value: dict[str, Any], in_list: bool) -> None:
        """Record the ids of a payload, and the earlier request of the program that it refers to."""
        for name in OWN_ID_FIELDS:
            written = value.get(name)
            if written is None or written == "" or type(written) not in (str, int):  # true is no id
                continue
            text = str(written)
            if text.isdigit() or not is_placeholder(text, in_id=True, in_shell=self.in_shell):
                linked = f"{text} in block {self.order}" if self.document.stands_alone else text
                payload.ids = {**payload.ids, name: linked}
        if not in_list:
            return
        if level in PARENTS and payload.parent is None and self.is_unfilled(value.get(PARENT_FIELDS[level])):
            payload.refers_to = self.sequence.get(PARENTS[level])
        if payload.is_create:
            self.sequence[level] = payload
        elif payload.kind == "update" and self.is_unfilled(value.get(OWN_IDS[level])):
            payload.current = self.sequence.get(level)

    def is_unfilled(self, value: object) -> bool:
        """Whether an id is a placeholder."""
        return isinstance(value, str) and is_placeholder(value, in_id=True, in_shell=self.in_shell)

    def add(self, payload: Payload, shape: Shape) -> None:
        if self.around:
            payload.facts_around = self.around
        payload.shape = shape
        self.extracted.payloads.append(payload)
        self.pending[shape].append(payload)

    def fields_aside(self, value: dict[str, Any], pointer: str, first: int, body: str = "") -> None:
        """Note the fields in a bundle, or an envelope with a `body`, of the payloads within: from the `first` on."""
        if not (ASIDE.isdisjoint(value) and TARGETS_ASIDE.isdisjoint(value)):
            from splint.payloads.aside import note_fields  # few objects have such keys

            note_fields(self, value, pointer, first, body)

    def validate_pending(self) -> None:
        """Validate the pending payloads: those of a shape together, one by one where one of them has a violation."""
        pending, self.pending = self.pending, defaultdict(list)
        first = len(self.extracted.faults)
        groups = [(shape, [payload.written for payload in payloads]) for shape, payloads in pending.items()]
        bits: int | None = 0
        found_bits = bits_of_groups(groups, in_shell=self.in_shell)
        for found, (shape, payloads) in zip(found_bits, pending.items(), strict=True):
            if found is None:
                found = self.examined(shape, payloads)
            else:
                for payload in payloads:
                    payload.is_clean = True
            bits = bits | found if bits is not None and found is not None else None
        faults, self.aside = [*self.aside, *self.extracted.faults[first:]], []
        if faults and (strays := [fault for fault in faults if isinstance(fault, UnknownField)]):
            import splint.payloads.strays  # most documents have no unknown field

            splint.payloads.strays.settle(pending, strays)
        if bits is not None and pending:
            signature = signature_of(bits, pending.values(), self.extracted.facts)
            for payloads in pending.values():
                for payload in payloads:
                    payload.signature = signature

    def examined(self, shape: Shape, payloads: list[Payload]) -> int | None:
        """Validate payloads one by one. Returns the bits of the conditions that their known fields meet."""
        bits: int | None = 0
        for payload in payloads:
            found = bits_of_objects(shape, [payload.written], in_shell=self.in_shell)
            payload.is_clean = found is not None
            if found is None:
                note = ignore if payload.kind == "row" else self.noting(payload.step, shape.name)
                first = len(self.extracted.faults)
                payload.set_fields(examine(shape, payload.written, note, in_shell=self.in_shell))
                faults = self.extracted.faults[first:]
                payload.misfits = misfits(faults)
                payload.unknown_values = [fault for fault in faults if isinstance(fault, UnknownValue)]
                # a misplaced field meets no condition beyond those of an absent one
                has_strays = any(isinstance(fault, UnknownField) for fault in faults)
                raw = placed(payload.raw) if has_strays else payload.raw
                found = bits_of_objects(shape, [raw], is_examined=True)
            bits = bits | found if bits is not None and found is not None else None
        return bits

    def validated(self, shape: Shape, value: dict[str, Any], pointer: str) -> dict[str, Any]:
        """An object with known values only."""
        if bits_of_objects(shape, [value], in_shell=self.in_shell) is not None:
            return value
        return examine(shape, value, self.noting(pointer), in_shell=self.in_shell)

    def add_current(self, update: Payload, level: ObjectLevel, current: Current) -> None:
        """Read an envelope's `current` as a row, and set it as the current state of the updated object if it is its."""
        value, document, pointer = current or (None, update.document, "")
        if not isinstance(value, dict):
            if update.kind == "update" and not is_absent(value):
                self.misplaced(pointer, value, "an object", document)
            return
        self.validate_pending()
        if not value.keys() <= UPDATES[level].fields.keys():
            from splint.payloads.drafts import respelled_fields  # few have other keys

            self.extracted.doubts += respelled_fields(value, level, document, pointer)
        raw = examine(UPDATES[level], value, ignore, in_shell=self.in_shell)
        own, given = OWN_IDS[level], update.written if update.is_clean else update.raw
        if own not in raw and own in given:
            raw[own] = given[own]
        row = NODES[level](raw, document, pointer, "row", next(self.orders))
        if own not in given or holds_unknown([raw[own], given[own]]) or raw[own] == given[own]:
            update.current, update.has_current = row, True
        self.add_part(row, level, update)

    def add_part(self, part: Payload, level: ObjectLevel, request: Payload) -> None:
        """Add what a request holds of an object: a payload that is no request of its own."""
        part.set_fields(part.written)
        part.facts_around = request.facts_around
        bits = bits_of_objects(UPDATES[level], [part.raw], is_examined=True)
        part.signature = signature_of(bits, [[part]], self.extracted.facts) if bits is not None else None
        self.link(part, level, part.raw, in_list=False)
        self.extracted.payloads.append(part)
        part.is_part = True

    def nested(
        self,
        value: dict[str, Any],
        pointer: str,
        level: ObjectLevel,
        parent: Payload | None,
        in_list: bool,
        keys: tuple[str, ...],
    ) -> None:
        """The ad groups of a campaign or bundle, or the ads of an ad group, in the lists at `keys`."""
        outer, self.is_sent = self.is_sent, True
        for key in filter(value.__contains__, keys):
            entries, around = value[key], f"{pointer}/{key}"
            if not isinstance(entries, list):
                if not is_absent(entries):
                    self.misplaced(around, entries, "a list of objects")
                continue
            for index, entry in enumerate(entries):
                at = f"{around}/{index}"
                if not isinstance(entry, dict) or is_reference(entry):
                    self.misplaced(at, entry, "an object")
                    continue
                if len(entry) < MOST_AROUND:
                    from splint.payloads.nesting import read_wrapped  # most entries have more keys

                    if read_wrapped(self, level, entry, at, parent, in_list):
                        continue
                self.payload(level, entry, at, None, parent, in_list=in_list)
        self.is_sent = outer

    # -- facts and events ------------------------------------------------------------------------------------------

    def facts(self, value: object, pointer: str) -> None:
        """Read a facts object, which becomes the innermost one."""
        if isinstance(value, dict):
            raw = self.validated(SHAPES["Facts"], value, pointer)
            empty: dict[str, Any] = {name: [] for name in ("event_sources", "scopes") if value.get(name) == []}
            odd = unusable_facts(raw, self.noting(pointer))
            facts = Facts({**raw, **empty, **odd}, self.document, pointer)  # here an empty list says: there is none
            self.extracted.facts.append(facts)
            self.around = (facts, *self.around)
        elif not is_absent(value):
            self.misplaced(pointer, value, "an object")

    def events(self, value: dict[str, Any], pointer: str) -> bool:
        """Read `value` as event records. Returns False if it holds none."""
        is_batch = isinstance(value.get("data"), list) and "event_source" in value
        if not is_batch and not (value.get("source") == "pixel" and "event" in value):
            return False
        from splint.payloads.event_records import read_records  # few documents hold events

        read_records(self, value, pointer, is_batch=is_batch)
        return True
