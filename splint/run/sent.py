"""Files that scripts send: what stands in one is one payload, however many scripts and walks read it."""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from splint.payloads.nodes import EventRecord, Payload

if TYPE_CHECKING:
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


def once_each(nodes: list[Read], sent: Collection[Sent]) -> list[Read]:
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


def settle(total: "FileResult") -> None:
    """Remove duplicate payloads of files that scripts send, and count those that no directly read file contains."""
    held, sent = total.held, total.sent
    held.payloads, held.records = once_each(held.payloads, sent), once_each(held.records, sent)
    read = set(total.counted)
    bodies = {one.of_document if one.kind == "event" else one for one in sent if one.kind != "part"}
    total.payloads += len(bodies) - len({one.place for one in bodies if one.place.path in read})


def distinct(diagnostics: "list[Diagnostic]", total: "FileResult") -> "list[Diagnostic]":
    """Diagnostics without the duplicates in files that scripts send; a file that is only sent has no fixes."""
    read = set(total.counted)
    others = [one for one in diagnostics if one.path not in total.sent_paths]
    found = (one for one in diagnostics if one.path in total.sent_paths)
    return [*others, *dict.fromkeys(one if one.path in read else one._replace(fix=None) for one in found)]
