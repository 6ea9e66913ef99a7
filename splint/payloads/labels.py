"""Whether an object that only its keys call a payload is one: by the evidence of what its fields hold.

It is one where a value stands under its field that only TikTok has, or more counts for it than against: against it
count, beside values that no field takes, twice each key that only other platforms have where nothing is named as at
TikTok, thrice the key of a table or a query around it, and where it has no id each of three keys or more that are
written for no field. It is none where nothing counts for it beside what counts against or but names, where such a table
stands around it, or where what counts for it, a slip included, stands beside keys of others, which have it too. What is
between the two is a doubt, and a bundle is what the surest of its parts is, but no less than a doubt where its ad
groups have names.

In a walk foreign keys beside it make more a doubt at most, unless such a value or slip is there: one known field alone,
names and ids with other digits than TikTok's, which count for nothing there, and what counts against it where nothing
does for it.
"""

from typing import TYPE_CHECKING, Any, Final

from splint.files import INPUT
from splint.formats import escape, member, reference_tokens
from splint.payloads.bundles import is_bundle, names_advertiser
from splint.payloads.endpoints import read_endpoint
from splint.payloads.evidence import choices_of, said_by_text, weighed
from splint.payloads.known import (
    IDS,
    LITTLE,
    MANY,
    SHARED,
    fields,
    fields_in,
    foreign_beside_names,
    has_foreign,
    has_others,
    is_given,
    known_in,
    only_logs,
    weak_ids,
)
from splint.payloads.resemblance import Resemblance
from splint.schema.kinds import TEXT
from splint.schema.nearest import snake_case
from splint.schema.vocabulary import (
    AD_GROUP_LISTS,
    NAME_FIELDS,
    NESTED,
    OF_OTHER_REQUESTS,
    OF_REQUESTS,
    OWN_IDS,
    PAYLOAD_NAMES,
    ObjectLevel,
    is_tiktoks_id,
    level_of,
)

if TYPE_CHECKING:
    from splint.payloads.bodies import BodyReader

_TELLING: Final = ("campaign", *AD_GROUP_LISTS, *PAYLOAD_NAMES)
_OF_EXAMPLES: Final = ("default", "example", "examples")
_OF_SCHEMAS: Final = frozenset({"type", "properties", "$schema"})
"""The keys of schemas, and those of their examples."""
_OF_DEFAULTS: Final = frozenset({"default", "defaults", "template"})
"""Words of the keys under which programs keep what objects have that say nothing else."""
_NEAR: Final = 2
"""The steps of a pointer in which they count: `defaults`, and `campaign` in it."""
_IN_REQUESTS: Final = OF_REQUESTS.union(NAME_FIELDS.values(), OWN_IDS.values())
"""What no defaults have: the fields of one object alone."""
_USUAL: Final = {"objective_type": "WEB_CONVERSIONS", "promotion_type": "WEBSITE", "optimization_goal": "CONVERT"}
"""The values that web campaigns have of fields that take one of some."""


def judged(
    reader: "BodyReader", value: dict[str, Any], pointer: str, level: ObjectLevel | None
) -> tuple[ObjectLevel | None, bool]:
    """The level of an object that is a payload or a bundle by its keys, and whether it is a bundle, by what it holds.

    What may be one is noted. What a program gives always counts, and so does a bundle with facts beside a known field.
    """
    own = value if level else value.get("campaign")
    is_told = isinstance(own, dict) and names_advertiser(own) and (reader.is_named or not _is_open(own, value))
    if is_told or reader.document.source.path == INPUT:
        return level, is_bundle(value, level)
    said = _says(reader, value, pointer, known=known_in(value)) if level else -1
    told = level if said > 0 else None
    if is_bundle(value, told):
        lists = [value[key] or [{}] for key in AD_GROUP_LISTS if key in value]
        groups = [one for entries in lists if isinstance(entries, list) for one in entries]
        parts = [one for one in (value.get("campaign"), *groups) if isinstance(one, dict)]
        held = [entry for one in parts for entries in one.values() for entry in _entries(entries)]
        known = [
            one for one in (*parts, *held) if any(snake_case(key) in fields() and is_given(one[key]) for key in one)
        ]
        count = len(lists) + sum(map(known_in, known))
        saying = [_says(reader, one, pointer, known=count) for one in known if one in parts or level_of(one)]
        if (
            (not isinstance(value.get("campaign"), dict) and not saying)  # as `is_bundle` tells
            or "facts" in value
            or (known and [] in map(value.get, AD_GROUP_LISTS))
            or max(saying, default=-1) > 0
        ):
            return told, True
        names = [one.get("adgroup_name") for one in groups if isinstance(one, dict)]
        is_built = any(
            isinstance(name, str) and said_by_text("adgroup_name", TEXT, name) >= 0 for name in names if name
        )
        said, level = (0, "campaign") if is_built or 0 in saying else (-1, None)
    if level and said == 0:
        _doubt(reader, value, pointer, level)
    return told, False


def shows_part(reader: "BodyReader", value: dict[str, Any], pointer: str) -> bool:
    """Whether an object is an example or a default of a schema, or an example of an API that is not TikTok's.

    It shows a part of an object: what is missing in it, and its ids, say nothing. One with ad groups or ads is whole.
    In a walk so do a program's own defaults for objects that get their names elsewhere.
    """
    if not NESTED.isdisjoint(value):
        return False
    if not reader.is_named and _IN_REQUESTS.isdisjoint(value):
        steps = [snake_case(step) for step in reference_tokens(pointer)[-_NEAR:]]
        if any(not _OF_DEFAULTS.isdisjoint(step.split("_")) for step in steps):
            return True
    if not any(f"/{key}" in pointer for key in _OF_EXAMPLES):
        return False
    around, path, is_of_others = reader.document.value, "", False
    for token in reference_tokens(pointer):
        if path == "paths" and token.startswith("/"):
            is_of_others = not read_endpoint(token).is_tiktok
        if token in _OF_EXAMPLES and (
            is_of_others or (isinstance(around, dict) and not _OF_SCHEMAS.isdisjoint(around))
        ):
            return True
        around, path = member(around, token), token
    return False


def _doubt(reader: "BodyReader", value: dict[str, Any], pointer: str, level: ObjectLevel) -> None:
    """Note what may be a payload; what stands in such an object is no other one, and of a list the first is told."""
    document, doubts = reader.document, reader.extracted.doubts
    tops = [root for one, root, _ in doubts if one is document]
    if not any(f"{pointer}/".startswith(f"{root}/") or _are_of_one_list(root, pointer) for root in tops):
        key = next((key for key in value if key in choices_of()), next(key for key in value if key in _TELLING))
        mark = _USUAL.get(key) or next(iter(choices_of().get(key, ())), "")
        doubts.append(
            (document, pointer, Resemblance(f"{pointer}/{escape(key)}", key, mark, level=level, is_open=True))
        )


def _are_of_one_list(one: str, other: str) -> bool:
    (around, _, index), (others, _, last) = one.rpartition("/"), other.rpartition("/")
    return around == others and index.isdigit() and last.isdigit()


def _entries(value: Any) -> list[dict[str, Any]]:
    return [one for one in (value if isinstance(value, list) else (value,)) if isinstance(one, dict)]


def _says(reader: "BodyReader", value: dict[str, Any], pointer: str, *, known: int) -> int:
    """What the fields of an object say: 1 that it is a payload, 0 that it may be, or -1.

    In a walk keys of others beside one known field alone, as anybody's `objective_type`, beside names and ids that may
    be anybody's, or beside what is like no value of its field, leave a doubt at most, and nothing of one field alone
    whose value fits none. So do keys of TikTok's other requests, and those of a line of a log.
    """
    if not reader.is_named and only_logs(value):
        return 0
    is_others, level = not reader.is_named and has_others(value), level_of(value)
    is_row = is_others and level is not None and reader.kind_by_keys(level, value, pointer) == "row"
    weak = weak_ids(value) if is_others and not is_row else frozenset[str]()
    told = weighed(value, pointer, weak if weak and has_foreign(value) else frozenset())
    reader.extracted.foreign += told.is_of_others
    if not reader.is_named and _is_of_other_request(value):
        return min(told.says, 0)
    if told.is_certain or not is_others:
        return told.says
    if known <= 1:
        return min(told.says, -1 if told.is_unlike else 0)
    is_doubtful = not is_row and (told.is_unlike or _may_be_anybodys(value, weak)) and has_foreign(value)
    return min(told.says, 0) if is_doubtful else told.says


def _is_open(own: dict[str, Any], value: dict[str, Any]) -> bool:
    """Whether an object in a walk may be somebody else's, though it has the digits of an advertiser.

    A foreign key says so beside few fields where they are not as many as at TikTok, and nothing is nested in `value`.
    """
    if is_tiktoks_id(own["advertiser_id"]) or any(isinstance(value.get(key), list | dict) for key in NESTED):
        return _is_of_other_request(own) or only_logs(own)
    return fields_in(own) <= LITTLE and has_foreign(own)


def _may_be_anybodys(value: dict[str, Any], weak: frozenset[str]) -> bool:
    """Whether names and ids are all fields of an object, and most of its other keys are foreign.

    Where an id is not `weak`, all of them are, and many; with the id of an advertiser at TikTok it is TikTok's.
    """
    ids = (IDS | SHARED) & value.keys()
    if not ids or "advertiser_id" in ids - weak:
        return False
    foreign, others = foreign_beside_names(value)
    return foreign >= max(others, 1) if weak == ids else foreign >= MANY and not others


def _is_of_other_request(value: dict[str, Any]) -> bool:
    """Whether an object mixes fields of a campaign and an ad group, names no ad group, and has a key of others."""
    if value.keys().isdisjoint(OF_OTHER_REQUESTS) or level_of(value) != "adgroup":
        return False
    is_mixed = not value.keys().isdisjoint(("campaign_name", "objective_type"))
    return is_mixed and value.keys().isdisjoint(("adgroup_name", "adgroup_id", "targeting_spec", "request_id", *NESTED))
