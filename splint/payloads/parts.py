"""Requests that change a part of objects: their status, budgets of ad groups, materials of an ad; appeals for one."""

from typing import Any

from splint.payloads.bodies import BodyReader, ignore
from splint.payloads.nodes import AdAppeal, AdGroup, AdGroupBudgetUpdate, AdMaterialStatusUpdate, Payload, StatusUpdate
from splint.payloads.validation import examine, is_absent
from splint.schema.table import SHAPES
from splint.schema.vocabulary import ID_LISTS, MODELS, ObjectLevel

_NODES: dict[str, type[Payload]] = {
    "budgets": AdGroupBudgetUpdate,
    "materials": AdMaterialStatusUpdate,
    "appeal": AdAppeal,
}


def read_part_update(reader: BodyReader, level: ObjectLevel, act: str, value: dict[str, Any], pointer: str) -> None:
    """Read a request that sets the status of objects, budgets of ad groups or the status of an ad's materials.

    Or one that appeals for an ad.
    """
    if act == "status":
        status = StatusUpdate(value, reader.document, pointer, "status", next(reader.orders))
        status.ids_field = ID_LISTS[level]
        reader.add(status, SHAPES[f"{MODELS[level]}StatusUpdate"])
        return
    node = _NODES[act]
    payload = node(value, reader.document, pointer, "update", next(reader.orders))
    reader.add(payload, SHAPES[node.__name__])
    for index, entry in enumerate(value["budget"] if isinstance(value.get("budget"), list) else ()):
        if isinstance(entry, dict) and not is_absent(entry.get("adgroup_id")):
            held = {name: entry[name] for name in ("adgroup_id", "budget") if name in entry}
            raw = examine(SHAPES["AdGroupUpdate"], held, ignore, in_shell=reader.in_shell)
            at = f"{pointer}/budget/{index}"
            group = AdGroup(raw, reader.document, at, "update", next(reader.orders))
            reader.add_part(group, "adgroup", payload)
