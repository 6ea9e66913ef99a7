"""What is nested otherwise, or under other keys, than in bundles: read where it stands, with a fault that says so."""

from typing import TYPE_CHECKING, Any

from splint.formats import escape, reference_tokens, value_at
from splint.payloads.copies import copies_of
from splint.payloads.drafts import means_level
from splint.payloads.invalid_fields import UnknownField
from splint.payloads.keys import BUNDLE, meant
from splint.payloads.nodes import Bundle, Location, Payload
from splint.payloads.texts import content_of, lays_out_payloads
from splint.payloads.validation import is_absent, is_note
from splint.schema.envelopes import begins_json
from splint.schema.table import SHAPES
from splint.schema.vocabulary import (
    AD_GROUP_LISTS,
    AD_LISTS,
    MODELS,
    OWN_IDS,
    ObjectLevel,
    are_stray,
    level_of,
)

if TYPE_CHECKING:
    from splint.payloads.bodies import BodyReader
    from splint.payloads.extract import Extractor


def stray_ads(reader: "BodyReader", value: dict[str, Any], pointer: str, in_list: bool) -> tuple[str, ...]:
    """Read the ads of a bundle that stand beside its ad groups and name none of them. Returns their keys.

    What is no list of objects is read once it is one in an ad group.
    """
    keys = tuple(key for key in AD_LISTS if are_stray(value.get(key)))
    for key in keys:
        _note(reader, "ad", UnknownField(_key(reader, pointer, key), value[key], SHAPES["Campaign"], pointer))
        first = len(reader.extracted.payloads)
        if isinstance(value[key], list) and all(isinstance(entry, dict) for entry in value[key]):
            reader.nested(value, pointer, "ad", None, in_list, (key,))
        for payload in reader.extracted.payloads[first:]:
            payload.bundle = Bundle(campaign_is_unknown=True, asked=None)
    return keys


def is_in_group(fault: UnknownField) -> bool:
    """Whether a key stands in an ad group."""
    return fault.model.removesuffix("Update") == "AdGroup"


def groups_beside(fault: UnknownField) -> dict[str, dict[str, Any]]:
    """The ad groups beside a key of a bundle or its campaign, else the one that has it, by their pointers."""
    if is_in_group(fault):
        return {fault.root: value_at(fault.location.document.value, reference_tokens(fault.root))}
    bundle, _, part = fault.holder.rpartition("/")
    groups: dict[str, dict[str, Any]] = {}
    for at in (fault.holder, bundle) if part == "campaign" else (fault.holder,):
        around = value_at(fault.location.document.value, reference_tokens(at))
        for key in AD_GROUP_LISTS:
            entries = around.get(key)
            for index, group in enumerate(entries if isinstance(entries, list) else ()):
                if isinstance(group, dict):
                    groups[f"{at}/{key}/{index}"] = group
    return groups


def _are_lists(value: dict[str, Any], unknown: list[str]) -> bool:
    """Whether an object with ad groups lists campaigns beside them, and is no bundle whose campaign is misspelt.

    That is one campaign without an id, in a list, where no ad group has one either.
    """
    return is_absent(value.get("campaign")) and any(
        meant(key, BUNDLE) == "campaign" and _lists_campaigns(value, value[key]) for key in unknown
    )


def _lists_campaigns(value: dict[str, Any], entry: Any) -> bool:
    entries: list[Any] = entry if isinstance(entry, list) else []
    if is_mapping := isinstance(entry, dict) and level_of(entry) is None:
        entries = [*entry.values()]
    objects = [one for one in entries if isinstance(one, dict)]
    own = OWN_IDS["campaign"]
    if not any(level_of(one) == "campaign" or not is_absent(one.get(own)) for one in objects):
        return False
    held = [value[key] for key in AD_GROUP_LISTS if isinstance(value.get(key), list)]
    groups = [one for listed in held for one in listed if isinstance(one, dict)]
    return is_mapping or len(entries) > 1 or any(not is_absent(one.get(own)) for one in (*objects, *groups))


def read_lists(reader: "Extractor", value: dict[str, Any], unknown: list[str], pointer: str, in_list: bool) -> bool:
    """Read lists of campaigns, ad groups and ads: each object for itself, as in a list of requests.

    Returns False for any other object.
    """
    if not _are_lists(value, unknown):
        return False
    ads = stray_ads(reader, value, pointer, in_list)
    for key, entry in value.items():
        if key in AD_GROUP_LISTS:
            reader.nested(value, pointer, "adgroup", None, True, (key,))
        elif key not in ads and key != "facts":
            reader.search(entry, f"{pointer}/{escape(key)}", in_list=in_list)
    return True


def misspelt_parts(
    reader: "BodyReader", value: dict[str, Any], unknown: list[str], pointer: str
) -> tuple[dict[str, str], dict[str, Any]]:
    """The `unknown` keys of a bundle that hold what belongs under a known one, with that one, and all that are told of.

    A fault is noted for each unknown key that resembles a known one, an error where what belongs there is not judged:
    fields in another spelling, or a string, which counts only where it holds such an object, or has keys of one
    and is no JSON.
    """
    parts: dict[str, str] = {}
    told: dict[str, Any] = {}
    for key in unknown:
        entry = value[key]
        if not (
            isinstance(entry, dict | list)
            or (isinstance(entry, str) and (begins_json(entry) or lays_out_payloads(entry)))
        ):
            continue
        if (name := meant(key, BUNDLE)) is None:
            continue
        level: ObjectLevel = "campaign" if name == "campaign" else "adgroup"
        text = entry if isinstance(entry, str) else ""
        content = content_of(entry)
        entries = content if isinstance(content, list) else [content]
        is_known = not text and any(isinstance(one, dict) and level_of(one) == level for one in entries)
        is_meant = not is_known and any(
            means_level(one, level, reader.document, copies_of(reader.extracted), in_text=bool(text)) for one in entries
        )
        is_missing = name != "facts" and is_absent(value.get(name))
        if text and not (is_meant or (not isinstance(content, dict | list) and lays_out_payloads(text))):
            continue
        fault = UnknownField(_key(reader, pointer, key), entry, BUNDLE, pointer)
        reader.note(fault)
        told[key] = entry
        if is_known:
            parts[key] = name
        elif text or is_meant or is_missing:
            fault.unseen = MODELS[level]
    return parts, told


def campaign_in(value: dict[str, Any], misspelt: dict[str, str], pointer: str) -> tuple[str, str, Any]:
    """The key, the pointer and the value of a bundle's campaign under a misspelt key; of a list the one in it."""
    key = next((other for other, name in misspelt.items() if name == "campaign"), "campaign")
    at, raw = f"{pointer}/{escape(key)}", value.get(key)
    return (key, f"{at}/0", raw[0]) if isinstance(raw, list) else (key, at, raw)


def read_groups(
    reader: "BodyReader",
    value: dict[str, Any],
    misspelt: dict[str, str],
    pointer: str,
    campaign: Payload | None,
    in_list: bool,
) -> list[str]:
    """Read the ad groups of a bundle under misspelt keys. Returns these keys."""
    keys = [key for key, name in misspelt.items() if name in AD_GROUP_LISTS]
    for key in keys:
        if isinstance(group := value[key], dict):
            reader.payload("adgroup", group, f"{pointer}/{escape(key)}", None, campaign, in_list=in_list)
        else:
            reader.nested(value, pointer, "adgroup", campaign, in_list, (key,))
    return keys


def read_wrapped(
    reader: "BodyReader", level: ObjectLevel, entry: dict[str, Any], pointer: str, parent: Payload | None, in_list: bool
) -> bool:
    """Read an entry that has its ad group or ad under the name of such an object. Returns False if it is none."""
    lists = [key for key in AD_LISTS if key in entry and level == "adgroup"]
    key, *others = [name for name in entry if name not in lists and not is_note(name)] or [""]
    inner = entry.get(key)
    if others or key in SHAPES[MODELS[level]].fields or not isinstance(inner, dict) or level_of(inner) != level:
        return False
    _note(reader, level, UnknownField(_key(reader, pointer, key), inner, SHAPES[MODELS[level]], pointer))
    at = f"{pointer}/{escape(key)}"
    payload = reader.payload(level, inner, at, None, parent, in_list=in_list)
    reader.nested(entry, pointer, "ad", payload, in_list, tuple(lists))
    return True


def _key(reader: "BodyReader", pointer: str, key: str) -> Location:
    return Location(reader.document, f"{pointer}/{escape(key)}", "key")


def _note(reader: "BodyReader", level: ObjectLevel, fault: UnknownField) -> None:
    """Note a fault that is an error where rules judge what stands below the key."""
    fault.unseen = MODELS[level]
    reader.note(fault)
