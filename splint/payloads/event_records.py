"""Event records: a batch of the Events API, or what a pixel sends."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from splint.payloads.nodes import EventRecord
from splint.schema.table import SHAPES

if TYPE_CHECKING:
    from splint.payloads.bodies import BodyReader


def read_records(reader: "BodyReader", value: dict[str, Any], pointer: str, *, is_batch: bool) -> None:
    """Read the records of a batch, or the one of a pixel."""
    entries: Iterable[tuple[Any, str]] = [(value, pointer)]
    source, shape, is_web = "pixel", SHAPES["PixelRecord"], True
    if is_batch:
        source, shape, is_web = "events_api", SHAPES["EventRecord"], value["event_source"] == "web"
        reader.validated(SHAPES["EventBatch"], {key: entry for key, entry in value.items() if key != "data"}, pointer)
        entries = [(entry, f"{pointer}/data/{index}") for index, entry in enumerate(value["data"])]
    for entry, at in entries:
        if not isinstance(entry, dict):
            reader.extracted.has_misfit = True
            reader.misplaced(at, entry, "an object")
            continue
        raw = reader.validated(shape, entry, at)
        record = EventRecord(raw, reader.document, at, source, next(reader.orders), reader.around)
        record.is_web = is_web
        reader.extracted.records.append(record)
