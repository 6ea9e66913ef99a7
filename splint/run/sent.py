"""Files that scripts send: what stands in one is one payload, however many scripts and walks read it.

One that all requests of the run send to manual endpoints or to other ad APIs is the body of these, and no payload,
unless it has a field of Smart+ alone.
"""

import posixpath
from collections.abc import Iterable, Set
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from splint.files.trust import current
from splint.formats import Document
from splint.payloads.carried import is_plainly_smart_plus
from splint.payloads.endpoints import endpoint_among, read_endpoint
from splint.payloads.nodes import EventRecord, Payload
from splint.rules.engine_codes import WITHOUT_PAYLOAD
from splint.schema.vocabulary import SMART_PLUS

if TYPE_CHECKING:
    from splint.payloads.bodies import Extracted
    from splint.reporting.report import Diagnostic
    from splint.run.result import FileResult

Read = TypeVar("Read", Payload, EventRecord)


class Place(NamedTuple):
    """Where a payload stands, whoever reads it."""

    path: str
    offset: int
    number: int | None
    body: int
    within: str | None
    """The pointer of the string that its document stands in."""
    pointer: str


class Sent(NamedTuple):
    """What one kind of request makes of a place in a file that it sends."""

    place: Place
    type: str
    kind: str

    @classmethod
    def of(cls, node: Payload | EventRecord) -> "Sent":
        """What a node is."""
        document = node.document
        within = document.within[1] if document.within is not None else None
        place = Place(
            document.source.path, document.source.offset, document.number, document.body, within, node.pointer
        )
        kind = "event" if not isinstance(node, Payload) else "part" if node.is_part else node.kind
        return cls(place, type(node).__name__, kind)

    @property
    def of_document(self) -> "Sent":
        """The whole document: a request with events is one payload."""
        return self._replace(place=self.place._replace(pointer=""))


class SentFiles:
    """What requests of scripts send of files, and where to."""

    def __init__(self) -> None:
        self.bodies: set[Sent] = set()
        """What stands in them."""
        self.paths: set[str] = set()
        self.passed_on: set[str] = set()
        """The paths of those that a request to a manual endpoint or to another ad API sends."""
        self.taken: set[str] = set()
        """The paths of those that any other request sends, or that have a payload with a field of Smart+ alone, and the
        names of files that such a request may send.
        """

    def added_to(self, total: "SentFiles | None") -> "SentFiles":
        """The sum of several results with this one; a new object where that is None."""
        total = total or SentFiles()
        total.bodies |= self.bodies
        total.paths |= self.paths
        total.passed_on |= self.passed_on
        total.taken |= self.taken
        return total


def sent_in(result: "FileResult") -> SentFiles:
    """What a result knows of files that scripts send, to be added to."""
    if result.sent is None:
        result.sent = SentFiles()
    return result.sent


def once_each(nodes: list[Read], sent: Set[Sent]) -> list[Read]:
    """The nodes without those that stand in the place of another: one for each kind of request that sends a place.

    A request that sends a file says more of it than a walk that reads it, so that reading is the one left out.
    """
    if not sent:
        return nodes
    places = {one.place for one in sent}
    kept: dict[Sent, Read] = {}
    instead: dict[int, Read] = {}
    result = list[Read]()
    for node in nodes:
        key = Sent.of(node)
        if key.place in places:
            if not node.document.is_sent:
                continue
            if key in kept:
                instead[id(node)] = kept[key]
                continue
            kept[key] = node
        result.append(node)
    if instead:
        _refer_to_kept(result, instead)
    return result


def _refer_to_kept(nodes: Iterable[Payload | EventRecord], instead: dict[int, Read]) -> None:
    for node in nodes:
        if isinstance(node, Payload):
            for name in ("refers_to", "current"):
                other = instead.get(id(getattr(node, name)))
                if other is not None:
                    setattr(node, name, other)


def note_sent(document: Document, extracted: "Extracted", result: "FileResult") -> None:
    """Note what a request of a script sends of a file, and where: of one that is not known the name alone."""
    call = document.call
    assert call is not None
    if not document.is_sent:
        if call.stand_in is not None and not _goes_elsewhere(document, extracted):
            sent_in(result).taken.add(posixpath.basename(call.stand_in.text))
        return
    path, sent = document.source.path, sent_in(result)
    if not _goes_elsewhere(document, extracted) or is_plainly_smart_plus(document.value):
        sent.taken.add(path)
    elif document.sequential:  # an example in prose may be older than the file
        sent.passed_on.add(path)
    sent.bodies |= {*map(Sent.of, extracted.payloads), *map(Sent.of, extracted.records)}


def note_named(names: Iterable[str], result: "FileResult") -> None:
    """Note the files that requests written as data name: any of them may be sent to Smart+."""
    sent_in(result).taken.update(map(posixpath.basename, names))


def _goes_elsewhere(document: Document, extracted: "Extracted") -> bool:
    """Whether a request surely goes to an endpoint of TikTok's that is none of Smart+, or to another ad API."""
    if extracted.payloads or extracted.records or extracted.has_misfit:
        return False
    call = document.call
    if call is None or extracted.foreign:
        return extracted.foreign > 0
    endpoint = (endpoint_among(call.texts) if call.texts else read_endpoint(call.url)).given(document.value)
    return endpoint.is_tiktok and not (endpoint.open or endpoint.is_smart_plus or endpoint.path in SMART_PLUS)


def elsewhere(total: "FileResult") -> frozenset[str]:
    """The paths of files that all requests send to manual endpoints or other ad APIs: no payloads stand in them.

    In an untrusted tree none, but with `--allow-ignores`: a script would hide what is in any file.
    """
    sent = total.sent
    if sent is None or not sent.passed_on or not current().accepts_ignores:
        return frozenset()
    taken = sent.taken
    return frozenset(one for one in sent.passed_on if one not in taken and posixpath.basename(one) not in taken)


def _pass_over(paths: Set[str], total: "FileResult") -> None:
    """Remove files from what was read; `distinct` removes what was found in them."""
    held = total.held
    held.payloads = [one for one in held.payloads if one.document.source.path not in paths]
    held.records = [one for one in held.records if one.document.source.path not in paths]
    for path in sorted(paths & total.counted.keys()):
        total.payloads -= total.counted.pop(path)
        total.files -= 1
        total.skipped.append(path)
    if total.overview is not None:
        total.overview.leave_out(paths)


def _with_payloads(total: "FileResult") -> set[str]:
    return {path for path, payloads in total.counted.items() if payloads}


def settle(total: "FileResult") -> None:
    """Remove duplicate payloads of files that scripts send, and count those that no directly read file contains."""
    if paths := elsewhere(total):
        _pass_over(paths, total)
    held, sent = total.held, sent_in(total).bodies
    held.payloads, held.records = once_each(held.payloads, sent), once_each(held.records, sent)
    read = _with_payloads(total)
    bodies = {one.of_document if one.kind == "event" else one for one in sent if one.kind != "part"}
    total.payloads += len(bodies) - len({one.place for one in bodies if one.place.path in read})


def distinct(diagnostics: "list[Diagnostic]", total: "FileResult") -> "list[Diagnostic]":
    """Diagnostics without the duplicates in files that scripts send; a file that is only sent has no fixes.

    Nor are there any in the files that go elsewhere. What a request makes a payload of is told of as one alone.
    """
    read, passed, paths = _with_payloads(total), elsewhere(total), sent_in(total).paths
    diagnostics = [one for one in diagnostics if one.path not in passed] if passed else diagnostics
    judged = {(one.place.path, one.place.pointer) for one in sent_in(total).bodies}
    diagnostics = [
        one
        for one in diagnostics
        if one.code != WITHOUT_PAYLOAD or (one.path, one.pointer.rpartition("/")[0]) not in judged
    ]
    others = [one for one in diagnostics if one.path not in paths]
    found = (one for one in diagnostics if one.path in paths)
    return [*others, *dict.fromkeys(one if one.path in read else one._replace(fix=None) for one in found)]
