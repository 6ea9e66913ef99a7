"""Ad groups and ads that are nested otherwise than in bundles: read where they stand, with a fault that says so."""

from typing import TYPE_CHECKING, Any

from splint.formats import escape
from splint.payloads.faults import UnknownField
from splint.payloads.nodes import Bundle, Location, Payload
from splint.payloads.validation import is_note
from splint.schema.table import SHAPES
from splint.schema.vocabulary import AD_LISTS, MODELS, ObjectLevel, are_stray, level_of

if TYPE_CHECKING:
    from splint.payloads.bodies import BodyReader


def stray_ads(reader: "BodyReader", value: dict[str, Any], pointer: str, in_list: bool) -> tuple[str, ...]:
    """Read the ads of a bundle that stand beside its ad groups and name none of them. Returns the lists' keys."""
    keys = tuple(key for key in AD_LISTS if isinstance(value.get(key), list) and are_stray(value[key]))
    for key in keys:
        _note(reader, "ad", UnknownField(_key(reader, pointer, key), value[key], SHAPES["Campaign"], pointer))
        first = len(reader.extracted.payloads)
        reader.nested(value, pointer, "ad", None, in_list, (key,))
        for payload in reader.extracted.payloads[first:]:
            payload.bundle = Bundle(campaign_is_unknown=True, asked=None)
    return keys


def read_wrapped(
    reader: "BodyReader", level: ObjectLevel, entry: dict[str, Any], pointer: str, parent: Payload | None, in_list: bool
) -> bool:
    """Read an entry that has its ad group or ad under the name of such an object. Returns False if it is none."""
    lists = [key for key in AD_LISTS if key in entry and level == "adgroup"]
    key, *others = [name for name in entry if name not in lists and not is_note(name)] or [""]
    inner = entry.get(key)
    if others or not isinstance(inner, dict) or level_of(inner) != level:
        return False
    _note(reader, level, UnknownField(_key(reader, pointer, key), inner, SHAPES[MODELS[level]], pointer))
    at = f"{pointer}/{escape(key)}"
    payload = reader.payload(level, inner, at, reader.kind_by_keys(level, inner), parent, in_list=in_list)
    reader.nested(entry, pointer, "ad", payload, in_list, tuple(lists))
    return True


def _key(reader: "BodyReader", pointer: str, key: str) -> Location:
    return Location(reader.document, f"{pointer}/{escape(key)}", "key")


def _note(reader: "BodyReader", level: ObjectLevel, fault: UnknownField) -> None:
    """Note a fault that is an error where rules judge what stands below the key."""
    fault.unseen = MODELS[level]
    reader.note(fault)
