"""What ties files: the ids that payloads of several files name, the bodies that scripts send, logs of events."""

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping
from io import BytesIO

from splint.formats import Document, Reader
from splint.payloads.bodies import Steps
from splint.payloads.extract import extract
from splint.payloads.nodes import EventRecord, Payload
from splint.payloads.nodes.payload import is_self_contained

Key = tuple[str, str]
"""What ties files: an id, with the field that holds it; a file that a script sends; a log of events."""
Keys = frozenset[Key]
EVENTS: Key = ("events", "")
"""All logs of events of a run are judged together."""
_MARKS = (b"_id", b"event", b"\\")
"""What a file must hold to be tied to another one; a backslash may spell anything."""


def sent(path: str) -> Key:
    """What ties a file to the scripts that send it."""
    return "file", os.path.realpath(path)


def keys_of(payloads: Iterable[Payload], records: Iterable[EventRecord]) -> set[Key]:
    """What ties the payloads of a file to those of others."""
    keys = {key for payload in payloads if not payload.document.stands_alone for key in payload.ids.items()}
    return keys | ({EVENTS} if any(True for _ in records) else set())


def keys_in(data: bytes, shown: str, reader: Reader) -> set[Key]:
    """What ties a file to others, by its bytes, without judging it. Raises OSError for a table without payloads."""
    if reader.stays_within and not any(mark in data for mark in _MARKS):
        return set()
    payloads, records = list[Payload](), list[EventRecord]()
    sequence: Steps = {}
    sources = set[str]()
    for index, document in enumerate(reader.read(shown, BytesIO(data))):
        sources.add(document.source.path)
        if not isinstance(document, Document):
            continue
        sequence = sequence if document.sequential else {}
        found = extract(document, (shown, index), sequence)
        if not document.sequential and all(is_self_contained(payload) for payload in found.payloads):
            found.payloads.clear()
        payloads += found.payloads
        records += found.records
    return keys_of(payloads, records) | {sent(source) for source in sources - {shown}}


def tied(keys: Mapping[str, Iterable[Key]]) -> list[set[str]]:
    """The files, given what ties each, in groups of those that are tied to each other, by others or directly."""
    groups: dict[str, set[str]] = {}
    holders: defaultdict[Key, list[str]] = defaultdict(list)
    for file, own in keys.items():
        groups[file] = {file}
        for key in own:
            holders[key].append(file)
    for first, *others in holders.values():
        for other in others:
            if groups[other] is not groups[first]:
                groups[first] |= groups[other]
                groups.update(dict.fromkeys(groups[other], groups[first]))
    return list({id(group): group for group in groups.values()}.values())
