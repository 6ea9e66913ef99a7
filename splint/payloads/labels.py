"""Whether an object that only its keys call a payload is one: by the evidence of what its fields hold.

It is one where a value stands under its field that only TikTok has, or more counts for it than against: against it
count, beside values that no field takes, twice each key that only other platforms have where nothing is named as at
TikTok, and thrice the key of a table or a query around it. It is none where nothing counts for it beside what counts
against, where such a table stands around it, where what counts for it stands beside keys of others, which have it too,
or where its one field fits nothing and three keys are written for no field. What is between the two
is a doubt, and a bundle is what the surest of its parts is, but no less than a doubt where its ad groups have names.
"""

from typing import TYPE_CHECKING, Any, Final

from splint.files import INPUT
from splint.formats import escape
from splint.payloads.bundles import is_bundle
from splint.payloads.evidence import (
    AGAINST,
    DOUBT,
    FOR,
    HINT,
    NUMBERS,
    UNKNOWN,
    choices_of,
    count_of,
    fields,
    said_by,
    said_by_text,
)
from splint.payloads.keys import word_of, written_for_value
from splint.payloads.resemblance import Resemblance
from splint.payloads.validation import is_note
from splint.schema.kinds import ID, TEXT
from splint.schema.nearest import letters_of, snake_case
from splint.schema.platforms import AD_SETS, OF_AD_SETS, OTHER_FIELDS, OTHER_TARGETS
from splint.schema.table import SHAPES
from splint.schema.vocabulary import (
    AD_GROUP_LISTS,
    MODELS,
    NAME_FIELDS,
    OWN_IDS,
    PAYLOAD_NAMES,
    ObjectLevel,
    level_of,
)

if TYPE_CHECKING:
    from splint.payloads.bodies import BodyReader

_TABLES: Final = frozenset(
    {
        *("labels", "errors", "messages", "translations", "columns", "headers", "titles", "placeholders", "tooltips"),
        *("helptexts", "fieldlabels", "columnnames", "headernames", "rename", "renames", "mapping", "fieldmap"),
        *("term", "match", "sort", "stream"),
    }
)
"""The keys of tables of fields, and of queries and records by fields, by their letters."""
_SHARED: Final = frozenset({"campaign_id", "pixel_id"})
"""Ids that other platforms call so too."""
_TELLING: Final = ("campaign", *PAYLOAD_NAMES)
_MARKS: Final = {"campaign": "objective_type", "adgroup": "optimization_goal", "ad": "operation_status"}
"""A field of each level that takes one of some values."""


def judged(
    reader: "BodyReader", value: dict[str, Any], pointer: str, level: ObjectLevel | None
) -> tuple[ObjectLevel | None, bool]:
    """The level of an object that is a payload or a bundle by its keys, and whether it is a bundle, by what it holds.

    What may be one is noted. What a program gives always counts, and so does a bundle with facts beside a known field.
    """
    if reader.document.source.path == INPUT:
        return level, is_bundle(value, level)
    said = _says(reader, value, pointer) if level else -1
    told = level if said > 0 else None
    if is_bundle(value, told):
        lists = [value[key] or [{}] for key in AD_GROUP_LISTS if key in value]
        groups = [one for entries in lists if isinstance(entries, list) for one in entries]
        parts = [one for one in (value.get("campaign"), *groups) if isinstance(one, dict)]
        held = [entry for one in parts for entries in one.values() for entry in _entries(entries)]
        known = [one for one in (*parts, *held) if not fields().keys().isdisjoint(map(snake_case, one))]
        saying = [_says(reader, one, pointer) for one in known if one in parts or level_of(one)]
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


def _doubt(reader: "BodyReader", value: dict[str, Any], pointer: str, level: ObjectLevel) -> None:
    """Note what may be a payload; what stands in such an object is no other one."""
    document, doubts = reader.document, reader.extracted.doubts
    if not any(one is document and f"{pointer}/".startswith(f"{root}/") for one, root, _ in doubts):
        key = next((key for key in value if key in choices_of()), next(key for key in value if key in _TELLING))
        mark = choices_of().get(key, choices_of()[_MARKS[level]])[0]
        doubts.append(
            (document, pointer, Resemblance(f"{pointer}/{escape(key)}", key, mark, level=level, is_open=True))
        )


def _entries(value: Any) -> list[dict[str, Any]]:
    return [one for one in (value if isinstance(value, list) else (value,)) if isinstance(one, dict)]


def _says(reader: "BodyReader", value: dict[str, Any], pointer: str) -> int:
    """What the fields of an object that has the keys of a payload say: 1 that it is one, 0 that it may be, or -1."""
    steps, level = pointer.split("/"), level_of(value)
    own = OWN_IDS[level] if level else ""
    names = [name for name in NAME_FIELDS.values() if isinstance(value.get(name), str)]
    others = 2 * len(OTHER_FIELDS.intersection(value)) + 2 * any(letters_of(step) in AD_SETS for step in steps)
    others += 2 * (level == "adgroup" and len(OF_AD_SETS.intersection(value)) > 1)
    others += 2 * (isinstance(spec := value.get("targeting_spec"), dict) and not OTHER_TARGETS.isdisjoint(spec))
    is_table = not steps[-1].isdigit() and any(letters_of(step) in _TABLES for step in steps[-2:])
    is_table |= any(isinstance(one, str) and len(one) > 1 and one[0] == one[-1] == "'" for one in value.values())
    held = {key: value[key] for key in (fields().keys() & value.keys()) - (_SHARED - {own})}
    count = {key: count_of(key, fields()[key], entry) for key, entry in held.items()}
    said = [said_by(key, fields()[key], entry) for key, entry in held.items() if not count[key]]
    numbers = [key for key, entry in held.items() if type(entry) in (int, float)]
    if any(fields()[key] not in NUMBERS for key in numbers):  # as the columns of a table, or their sizes
        said = [said_by(key, fields()[key], entry) for key, entry in held.items() if key not in numbers]
        said += [AGAINST] * len(numbers)
    if not others and any(isinstance(value.get(key), str) and value[key].isdigit() for key in _SHARED):
        said.append(HINT)
    if own in value and said_by(own, ID, value[own]) == FOR:
        said += [FOR, FOR]
    if others and not names:
        said += [AGAINST] * others + [DOUBT] * said.count(UNKNOWN)
    said += [AGAINST] * (3 * is_table + (len(names) == len(NAME_FIELDS)))
    exact, against, is_certain = sum(count.values()), sum(one < 0 for one in said), AGAINST in said
    favour = exact + said.count(FOR)
    if level and not exact + favour and len(held) == 1 and _unlike_fields(value, level) > 2:
        return -1  # one key that other objects have, too
    is_none = against >= favour + 2 + (bool(names) and not is_certain) or (is_certain and not favour)
    if exact > is_table or not is_none:
        return 1
    reader.extracted.foreign += others > 0 and not names
    return 0 if (favour or HINT in said) and not (is_table or (others and not names)) else -1


def _unlike_fields(value: dict[str, Any], level: ObjectLevel) -> int:
    """How many keys of an object are no notes, and written for no field of its level."""
    shape = SHAPES[MODELS[level]]
    return sum(
        not (key in fields() or is_note(key) or word_of(key, shape) or written_for_value(key, entry, shape))
        for key, entry in value.items()
    )
