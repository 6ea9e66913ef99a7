"""Unknown keys: which field each is written for, or which object it belongs to."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, Final

from splint.schema.kinds import LONG, OBJECT, STRUCTURE, TEXT, Shape, remembered
from splint.schema.table import SHAPES
from splint.schema.values import VALUES
from splint.schema.vocabulary import AD_GROUP_LISTS, ID_LISTS, LEVEL_OF, MODELS, OF_REQUESTS, OWN_IDS, ObjectLevel

if TYPE_CHECKING:
    from splint.schema.platforms import Word

BUNDLE = Shape("Bundle", dict.fromkeys(("campaign", *AD_GROUP_LISTS, "facts"), OBJECT))
"""The keys of a bundle. A similar key counts as a misspelling; any other key is searched for payloads."""
OF_CAMPAIGNS: Final = frozenset(
    name
    for model in ("Campaign", "AdGroup", "Targeting", "Ad", "AdConfiguration", "Creative", "CreativeInfo")
    for name in SHAPES[model].fields
)
"""The fields of the objects of a campaign that have many."""
OF_BUDGETS: Final = frozenset({"budget", "budget_mode", "budget_auto_adjust_strategy"})
"""The fields of a budget, which the campaign holds with CBO, and each ad group without it."""
ASIDE: Final = frozenset(
    name for name in OF_CAMPAIGNS if "_" in name or any(name in SHAPES[model].fields for model in MODELS.values())
) - {*OF_REQUESTS, *OWN_IDS.values()}
"""Those that are no keys of anybody's own beside such objects; ids are, which say what a file is about."""
TARGETS_ASIDE: Final = SHAPES["Targeting"].fields.keys() - ASIDE
"""Those of targeting_spec that may be anybody's own: they are not beside others of it, nor with a choice of theirs."""


@remembered
def word_of(key: str, shape: Shape) -> "Word | None":
    """What an unknown key of an object is here if another ad platform calls a field so; None if none does."""
    from splint.schema.nearest import snake_case  # most objects have no unknown key
    from splint.schema.platforms import WORDS

    words = WORDS.get(shape.name) or WORDS.get(shape.name.removesuffix("Update"))
    return words.get(snake_case(key)) if words else None


@remembered
def meant(key: str, shape: Shape) -> str | None:
    """The name that an unknown key of an object is most similar to, among its fields and what nests in it.

    None for what is rather its own id, which a create does not take.
    """
    from splint.schema.envelopes import AROUND_REQUESTS  # most objects have no unknown key
    from splint.schema.nearest import ending_in, is_near_as_whole, is_small_part, letters_of, nearest  # as above
    from splint.schema.other_words import is_other, without_own_name  # as above
    from splint.schema.platforms import AD_SETS  # as above

    nested = STRUCTURE.get(shape.name, frozenset())
    if word := word_of(key, shape):
        return word.field or None
    if key in AROUND_REQUESTS:
        return None  # `config` says nothing of what it holds
    if letters_of(key) in ("creatives", "adlist", "adslist") and "ads" in nested:
        return "ads"
    if letters_of(key) in AD_SETS and (shape is BUNDLE or "adgroups" in nested):
        return "adgroups"
    known, own = (*shape.fields, *nested), own_id(shape)
    bare = letters_of(without_own_name(key, shape))
    near = next((one for one in known if letters_of(one) == bare), None)
    near = near or nearest(key, known if own is None else (*known, own))
    if near is not None and letters_of(near) != bare and not is_near_as_whole(key, near):
        near = None
    if own is not None and near == own:
        return None
    name = near or ending_in(key, known)
    if name is None or (len(shape.fields) > 1 and is_small_part(key, name)):
        return None
    return None if is_other(key, name, shape) else name


def own_id(shape: Shape) -> str | None:
    """The id of the object that a body of this shape creates, which only TikTok gives; None for any other shape."""
    return next((OWN_IDS[level] for level in MODELS if MODELS[level] == shape.name), None)


def level_below(key: str, shape: Shape) -> ObjectLevel | None:
    """The level below an object of this shape whose own id a key is, if it is one: `adgroup_id` for a campaign."""
    levels = [*OWN_IDS]
    own = LEVEL_OF.get(shape.name.removesuffix("Update"))
    below = levels[levels.index(own) + 1 :] if own is not None else ()
    return next((level for level in below if OWN_IDS[level] == key), None)


@remembered
def may_be_of_others(key: str, name: str, shape: Shape) -> bool:
    """Whether an unknown key of an object may be a field of another one, `name` being what it is written for here.

    It is none where it is only spelled otherwise, and no object's own id.
    """
    from splint.schema.nearest import is_respelled  # most objects have no unknown key

    is_here = is_respelled(key, name) or is_last_word(key, name)
    return not is_here and key != own_id(shape) and level_below(key, shape) is None


@remembered
def written_for(key: str, shape: Shape) -> str | None:
    """The name that an unknown key of an object is written for: the most similar one, nested payloads included.

    None where nothing is similar, and for a field of other objects, unless what is similar begins with it:
    `landing_page_url` is written for `landing_page_url_list`, and `call_to_action_id` for no other field. An id and a
    list of some are written for each other, and `url` for `landing_page_url`. What lists the objects of another level
    in a status request is written for the list that it takes.
    """
    from splint.schema.nearest import is_respelled  # most objects have no unknown key

    if level_listed(key, shape):
        return list_of_ids(shape)
    name = meant(key, shape)
    if name is None or word_of(key, shape) or is_respelled(key, name) or name.startswith(f"{key}_"):
        return name
    if f"{key}s" == name or key == f"{name}s" or is_last_word(key, name):
        return name
    return None if any(key in other.fields for other in SHAPES.values()) else name


def list_of_ids(shape: Shape) -> str | None:
    """The list of objects that a status request of this shape takes; None for any other shape."""
    return next((ID_LISTS[level] for level in ID_LISTS if shape.name == f"{MODELS[level]}StatusUpdate"), None)


def level_listed(key: str, shape: Shape) -> ObjectLevel | None:
    """The level whose id or id list a key is, if a status request takes another level's."""
    own = list_of_ids(shape)
    if own is None:
        return None
    return next(
        (level for level in ID_LISTS if key in (ID_LISTS[level], OWN_IDS[level]) and ID_LISTS[level] != own), None
    )


def is_last_word(key: str, name: str) -> bool:
    """Whether a key is the one word that a name ends in."""
    return "_" not in key and name.endswith(f"_{key}")


def written_for_value(key: str, value: Any, takes: Shape) -> str | None:
    """The name that an unknown key is written for, as far as its value goes with it.

    `placement` with a value of `placement_type` is written for that, and `campaign_automation_type` not for
    `campaign_type`, which takes other values. A key that is like no field is written for the one that takes the value,
    one of a choice, and has the same last word: `material_status` ENABLE. No object is written for an id.
    """
    if not isinstance(value, str):
        name = written_for(key, takes)
        entries = value if isinstance(value, list) else (value,)
        return None if name and name.endswith("_id") and any(isinstance(one, dict) for one in entries) else name
    return _written_for_text(key, value, takes) if len(value) <= LONG else _of_text(key, value, takes)


def _of_text(key: str, value: str, takes: Shape) -> str | None:
    from splint.schema.nearest import NEARLY, near_values, similarity  # most objects have no unknown key
    from splint.schema.other_words import says_other  # as above
    from splint.schema.platforms import VALUE_WORDS

    name = written_for(key, takes)
    likes = [one for one in takes.fields if one.startswith(f"{key}_") and value in values_of(one, takes)]
    if name is None:
        ending, specs = f"_{key.rpartition('_')[2]}", takes.fields.items()
        likes = [one for one, spec in specs if one.endswith(ending) and isinstance(spec, frozenset) and value in spec]
        likes = [] if says_other(key) else likes
    if name is None or len(likes) == 1:
        return likes[0] if len(likes) == 1 else _named_by(value, key, takes)
    choices = values_of(name, takes)
    is_meant = not choices or value in choices or VALUE_WORDS.get(value.upper()) in choices
    is_meant = is_meant or name.startswith(f"{key}_") or is_last_word(key, name) or bool(near_values(value, choices))
    return name if is_meant or word_of(key, takes) or similarity(key.lower(), name) >= NEARLY else None


def _named_by(value: str, key: str, takes: Shape) -> str | None:
    """The field that a value names, one of a choice of its own: `mode` with BUDGET_MODE_TOTAL is a budget_mode.

    None where the key says another thing: `not_gender`.
    """
    from splint.schema.other_words import is_other  # most objects have no unknown key

    upper = value.upper()
    names = [one for one in takes.fields if upper.startswith(f"{one.upper()}_") and value in values_of(one, takes)]
    return names[0] if len(names) == 1 and not is_other(key, names[0], takes) else None


_written_for_text = remembered(_of_text)


def values_of(name: str, takes: Shape) -> Collection[str]:
    """The values of a field that takes one of several; none for any other field."""
    spec = takes.fields.get(name)
    if isinstance(spec, frozenset):
        return spec
    values = VALUES.get(f"{takes.name.removesuffix('Update')}.{name}") if spec is TEXT else None
    return values.valid if values is not None else ()
