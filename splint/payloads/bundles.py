"""Bundles, a campaign and its ad groups under keys of their own: whether an object is one, and what is read of it."""

from typing import TYPE_CHECKING, Any

from splint.formats import escape
from splint.payloads.keys import BUNDLE, meant
from splint.payloads.nodes import Bundle, Payload
from splint.payloads.validation import is_absent
from splint.schema.placeholders import is_reference
from splint.schema.vocabulary import (
    AD_GROUP_LISTS,
    OF_OTHER_REQUESTS,
    OWN_IDS,
    PAYLOAD_NAMES,
    ObjectLevel,
    is_logged,
    is_tiktoks_id,
    lead_of_campaign,
    level_of,
)

if TYPE_CHECKING:
    from splint.payloads.extract import Extractor

LEAST_ID = 1000
"""Numbers below are those of columns and fields, and no ids."""


def is_bundle(value: dict[str, Any], level: ObjectLevel | None) -> bool:
    """Whether an object, of a level by its own keys, has a campaign or ad groups as a bundle has them."""
    campaign, groups = value.get("campaign"), value.get("adgroups", value.get("ad_groups"))
    if isinstance(campaign, dict):
        if groups is not None or "facts" in value:
            return True
        told = level_of(campaign)
        return told == "campaign" or (told == "adgroup" and lead_of_campaign(campaign) >= 0)
    if isinstance(campaign, str) and isinstance(groups, str):
        return _are_texts(campaign, [groups], "[")
    if (
        isinstance(campaign, str)
        and isinstance(groups, list)
        and groups
        and all(isinstance(one, str) for one in groups)
    ):
        return _are_texts(campaign, groups, "{")
    if level is None and groups is None and "camp" in "".join(value).lower():
        return _is_misspelt_bundle(value)
    if level is not None or not isinstance(groups, list):
        return False
    if any(isinstance(group, dict) and level_of(group) is not None for group in groups):
        return True
    from splint.payloads.resemblance import are_ad_groups  # most ad groups have a field by which one is recognized

    return are_ad_groups(value, groups)


def _is_misspelt_bundle(value: dict[str, Any]) -> bool:
    """Whether a misspelt key has one campaign, and another one ad groups: `Campaign` beside `AdGroups`.

    One of them names its advertiser, or has a value that only TikTok has: else each is what its own fields say. So is
    each where the campaign is the one of a list (`campaigns`), and one of them has the id of a campaign.
    """
    parts: dict[str, list[Any]] = {"campaign": [], "adgroups": []}
    for key, entry in value.items():
        if isinstance(entry, dict | list) and (name := meant(key, BUNDLE)) in ("campaign", *AD_GROUP_LISTS):
            parts["campaign" if name == "campaign" else "adgroups"].append((key, entry))
    if "campaign" in value or len(parts["campaign"]) != 1:
        return False
    [(key, held)] = parts["campaign"]
    campaign, *others = (held or [None]) if isinstance(held, list) else [held]
    if others or not isinstance(campaign, dict) or level_of(campaign) != "campaign":
        return False
    groups = [one for _, entry in parts["adgroups"] for one in (entry if isinstance(entry, list) else [entry])]
    objects = [campaign, *(one for one in groups if isinstance(one, dict))]
    if not any(level_of(one) == "adgroup" for one in objects):
        return False
    is_listed = key == "campaigns" or isinstance(held, list)
    if is_listed and not all(is_absent(one.get(OWN_IDS["campaign"])) for one in objects):
        return False
    from splint.payloads.evidence import weighed  # few objects have such keys

    return any(names_advertiser(one) or weighed(one, "").is_certain for one in objects)


def _are_texts(campaign: str, groups: list[str], opening: str) -> bool:
    """Whether the parts of a bundle are strings of JSON, the ad groups in one or each, and one has a field of some."""
    if not (campaign.lstrip().startswith("{") and all(text.lstrip().startswith(opening) for text in groups)):
        return False
    return any(f'"{name}"' in text for name in PAYLOAD_NAMES for text in (campaign, *groups))


def names_advertiser(value: object) -> bool:
    """Whether an object has the id of its advertiser: then more than its keys says that it is a payload."""
    own = value.get("advertiser_id") if isinstance(value, dict) else None
    return own.isdigit() if isinstance(own, str) else isinstance(own, int) and own >= LEAST_ID


def is_surely_tiktoks(value: object) -> bool:
    """Whether an object names an advertiser of TikTok's, has no key of its other requests, and is no line of a log."""
    if not isinstance(value, dict) or not is_tiktoks_id(value.get("advertiser_id")):
        return False
    return value.keys().isdisjoint(OF_OTHER_REQUESTS) and not is_logged(value)


def is_respelled_bundle(value: dict[str, Any]) -> bool:
    """Whether an object would be a bundle if its keys were not spelt otherwise: those of its parts and their fields."""
    key = next((key for key in value if key != "campaign" and key.lower() == "campaign"), None)
    if key is None or "campaign" in value or not isinstance(value[key], dict):
        return False
    if any(other != key and isinstance(one, dict) and level_of(one) == "campaign" for other, one in value.items()):
        return False  # which of them the ad groups are for is not known: each is judged by itself
    from splint.schema.nearest import letters_of  # most objects have no such key

    groups = [value[other] for other in value if letters_of(other) == "adgroups" and other not in AD_GROUP_LISTS]
    return any(isinstance(one, list) for one in groups) and not _is_misspelt_bundle(value)


def read_bundle(reader: "Extractor", value: dict[str, Any], pointer: str, in_list: bool) -> None:
    """Read a campaign and its ad groups; what else stands beside them is searched."""
    outer = reader.around
    reader.facts(value.get("facts"), f"{pointer}/facts")
    campaign: Payload | None = None
    unknown = [other for other in value if other not in BUNDLE.fields]
    misspelt: dict[str, str] = {}
    told: dict[str, Any] = {}
    if unknown:
        from splint.payloads import nesting  # few have others

        if nesting.read_lists(reader, value, unknown, pointer, in_list):
            reader.around = outer
            return
        misspelt, told = nesting.misspelt_parts(reader, value, unknown, pointer)
    first, key, at, raw = len(reader.extracted.payloads), "campaign", f"{pointer}/campaign", value.get("campaign")
    if misspelt and is_absent(raw):
        key, at, raw = nesting.campaign_in(value, misspelt, pointer)
    was_sent, reader.is_sent = reader.is_sent, True
    if isinstance(raw, dict) and not is_reference(raw):
        campaign = reader.payload("campaign", raw, at, None, None, in_list=in_list)
    elif not is_absent(raw):
        reader.extracted.has_misfit = True
        reader.misplaced(at, raw, "an object")
    reader.nested(value, pointer, "adgroup", campaign, in_list, AD_GROUP_LISTS)
    groups = nesting.read_groups(reader, value, misspelt, pointer, campaign, in_list) if misspelt else ()
    reader.is_sent = was_sent
    if campaign is None:
        payloads = reader.extracted.payloads[first:]
        tops = [payload for payload in payloads if payload.parent is None]
        nobody = len(tops) > 1 and all(is_absent(top.written.get("advertiser_id")) for top in tops)
        bundle = Bundle(not is_absent(raw), tops[0] if nobody else None)
        for payload in payloads:
            payload.bundle = bundle
    if unknown:
        from splint.payloads.drafts import respelled_campaign  # few have others

        if campaign is None and is_absent(raw) and (near := respelled_campaign(value, pointer)):
            reader.extracted.doubts.append((reader.document, pointer, near))
        else:
            reader.fields_aside(value, pointer, first)
    others = (key, *groups, *nesting.stray_ads(reader, value, pointer, in_list)) if unknown else ()
    reader.around = outer
    rest = {other: value[other] for other in unknown if other not in others and not isinstance(told.get(other), str)}
    if rest and (left := reader.search_each(rest, pointer, in_list=in_list)):
        pointers = {f"{pointer}/{escape(other)}" for other in told}
        is_whole = campaign is not None and any(value.get(listed) for listed in AD_GROUP_LISTS)
        reader.leave_over((one for one in left if one[0] not in pointers), is_own=is_whole)
