"""What is said of fields that no object knows where they stand, or that belong in another one (SPL004)."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from splint.payloads.invalid_fields import UnknownField
from splint.payloads.keys import OF_BUDGETS, level_below, level_listed, list_of_ids, own_id
from splint.payloads.nodes import Finding, Fix, Location, Operation
from splint.payloads.validation import is_absent, is_empty
from splint.reporting.wording import either, term, with_article
from splint.schema.kinds import takes_objects
from splint.schema.table import SHAPES
from splint.schema.vocabulary import AD_GROUP_LISTS, AD_LISTS, LEVEL_OF, MODELS, NOUNS, OWN_IDS, level_of

if TYPE_CHECKING:
    from splint.payloads.homes import Double
    from splint.schema.platforms import Word

KEEP = "keep one of the two: {} is there too"
IN_CAMPAIGN = "the campaign's budget holds for all its ad groups"
ABOVE = "of the campaign, whose budget holds for all its ad groups"
INFINITE = "BUDGET_MODE_INFINITE"
LATER = "; what is in it is judged only then"
OBJECT_NAMES = {
    "Campaign": "the campaign",
    "AdGroup": "the ad group",
    "Ad": "the ad",
    "Targeting": "targeting_spec of the ad group",
    "AdConfiguration": "ad_configuration of the ad",
    "CreativeInfo": "creative_info of a creative",
}
"""The objects of a campaign whose fields get lost in others, in words."""
BUNDLE_OF_ALL = '{"campaign": {...}, "adgroups": [{..., "ads": [{...}]}]}'
"""How a campaign is written with what is in it."""
BUDGETS = ("AdGroupBudget", "AdGroupScheduledBudget")
"""The entries of a budget update, in whose body no ad group takes further fields."""
LISTS_OF_BUDGETS = ("budget", "scheduled_budget")
"""The lists of a budget update."""
AD = SHAPES["Ad"].fields.keys()
"""What an ad holds; none of it is a creative's."""
LISTS = {"Campaign": AD_GROUP_LISTS, "AdGroup": AD_LISTS}
"""The lists of other objects in them."""


def unknown(violation: UnknownField) -> Finding:
    """The finding on a key that is known nowhere, or is written for a field of its object."""
    from splint.payloads.similar import near_names  # only where there are findings

    field, close, word, fix = violation.field, violation.nearest, violation.word, None
    message, names = f"{term(field)} is no field that is known here", near_names(violation)
    double = next((name for name in names if not is_empty(violation.around.get(name))), "")
    becomes = names[0] if names and not double else ""
    if violation.is_of_no_cbo:
        lacked = either(violation.lacked_above, "and")
        help, becomes = f"say it with {lacked} {ABOVE}" if lacked else f"remove it: {IN_CAMPAIGN}", ""
    elif word is not None and word.help and not double:
        is_open = word.of_no_cbo and violation.cbo is None
        help = f"with CBO remove it, {IN_CAMPAIGN}; without CBO {word.help}" if is_open else word.help
    elif (listed := level_listed(field, violation.takes)) is not None:
        message = f"{term(field)} is no field here: this request takes {list_of_ids(violation.takes)}"
        endpoint, becomes = f"/smart_plus/{listed}/status/update/", ""  # the key says of what level its ids are
        help = f"send it to {endpoint}, or give it {list_of_ids(violation.takes)} instead"
    elif close is None and violation.belongs_elsewhere and (takers := takers_of(violation)):
        return of_another(violation, takers)
    elif violation.has_several_ids:
        help, becomes = f"send each of these ids in a request of its own, as {becomes}", ""
    elif way := to_list(violation, becomes):
        help, becomes = way
    else:
        help = f"write {either(names)}" if becomes else KEEP.format(double) if double else unknown_help(violation)
        fix = _renaming(violation, *names) if len(names) == 1 else None
    help += LATER if violation.holds_objects and close else ""
    found = violation.finding(message, help, fix, _others(violation, double))
    found = found._replace(becomes=becomes, may_be=names[1:])
    return named(found, violation, word) if becomes and word is not None else found


def of_another(violation: UnknownField, takers: dict[str, str]) -> Finding:
    """The finding on a field of other objects of its campaign, which moves into the only one there that takes it."""
    from splint.payloads.aside import moves_to  # only where there are findings

    place, name = either([*takers.values()]), violation.belongs_elsewhere or ""
    as_name = f" as {name}" if name != violation.field else ""
    message = f"{term(violation.field)} is no field here: it belongs in {place}{as_name}"
    holders = {words: violation.holders[model] for model, words in takers.items() if model in violation.holders}
    if holders:
        same = [words for words, double in holders.items() if double == "same"]
        double: Double = "same" if same else "other"
        offers = [] if same else _keys([violation])
        return violation.finding(
            message, doubled([term(violation.field)], same or [*holders], double, as_name[4:]), None, offers
        )
    idle = violation.idle_model
    others, fix = [one for one in violation.elsewhere if one.shape.name.removesuffix("Update") != idle], None
    if (
        len(others) == 1
        and not (violation.is_of_budget and len(takers) > 1)
        and (operations := moves_to({violation: others[0]}))
    ):
        fix = Fix(f"move {term(violation.field)} to {place}{as_name}", operations)
    return violation.finding(message, f"move it to {place}{as_name}", fix, _keys([violation]))


def _renaming(violation: UnknownField, name: str) -> Fix | None:
    """The fix that gives a key the one name that may be meant, where that is certain enough.

    None for a field of a budget where it would have no effect: what it says would be removed next.
    """
    if not violation.may_be(name) or (name in OF_BUDGETS and _is_idle_as(violation, name)):
        return None
    return Fix(f"rename {term(violation.field)} to {name}", (Operation("rename", violation.location, name),))


def _is_idle_as(violation: UnknownField, name: str) -> bool:
    """Whether a field of a budget has no effect: an ad group's with CBO, an amount of a campaign without a limit."""
    if violation.takes.name.startswith("AdGroup"):
        return violation.cbo is True
    return violation.cbo is False and name == "budget" and violation.around.get("budget_mode") in (None, INFINITE)


def _others(violation: UnknownField, double: str) -> list[str]:
    """The other field that a finding on one offers, and itself where it may not be left out.

    The other one is of another object, or stands beside it.
    """
    from splint.payloads.similar import is_lost  # only where there are findings

    word = violation.word
    other = double or (word.elsewhere if word is not None else "")
    misses = violation.double != "same" if other and not double else is_lost(violation)
    return [*([other] if other else []), *(_keys([violation]) if misses else kept([violation]))]


def stray(violation: UnknownField) -> Iterator[Finding]:
    """One finding for the fields of an object that belong in the same other one; for several it is on their object."""
    if violation.does_follow:
        return
    if violation.is_of_campaign:
        yield of_another(violation, takers_of(violation))
        return
    strays = (violation, *violation.followers)
    words = either([term(one.field) for one in strays], "and")
    place = either(list(dict.fromkeys(one.home.shown for one in strays if one.home is not None)), "and")
    moved = [one for one in strays if not one.double]
    parts = [f"{either(names, 'and')} to {shown}" for shown, names in _by_place(moved).items()]
    fix = Fix(f"move {', '.join(parts)}", operations) if (operations := violation.moves) else None
    later = LATER if any(one.objects for one in moved) else ""
    way = f"them to {place}" if parts == [f"{words} to {place}"] else ", ".join(parts)
    way = way if len(strays) > 1 else f"it to {place}{_renamed(violation)}"
    help = "; ".join([*([f"move {way}{later}"] if moved else []), *_doubles(strays)])
    if len(strays) > 1:
        message = f"{words} are no fields here: they belong in {place}"
        found = violation.finding_on_object(message, help, fix, about=_lacked(violation))
        found = found._replace(keys=tuple(_keys(strays)))
    else:
        found = violation.finding(f"{words} is no field here: it belongs in {place}", help, fix)
    differing = [one for one in strays if one.double != "same"]
    names = [*kept(strays), *_keys(differing), *(name for one in strays for name in _named(one))]
    yield found._replace(offers=tuple(dict.fromkeys(names)))


def aside(violation: UnknownField) -> Finding | None:
    """The finding on a field beside the objects that take it, in a bundle or an envelope; None for any other field.

    It moves into one that alone takes it and has none.
    """
    if not violation.takers:
        return None
    from splint.payloads.aside import differing, doubles_of, moves_aside  # only where there are findings

    fields, doubles = [one.field for one in (violation, *violation.followers)], doubles_of(violation)
    words, place, fix, offers = either(fields, "and"), either([*doubles]), None, list[str]()
    double: Double = "other" if "other" in doubles.values() else "same" if "same" in doubles.values() else ""
    if double:
        help = doubled(fields, [shown for shown, one in doubles.items() if one == double], double)
        offers = differing(fields, double)
    else:
        help, offers = f"move {'them' if violation.followers else 'it'} to {place}", fields
        if operations := moves_aside(violation):
            fix = Fix(f"move {words} to {place}", operations)
    if not violation.followers:
        return violation.finding(f"{words} is no field here: it belongs in {place}", help, fix, offers)
    message = f"{words} are no fields here: they belong in {place}"
    return violation.finding_on_object(message, help, fix, "")._replace(keys=tuple(fields), offers=tuple(offers))


def stray_ads(violation: UnknownField) -> Finding | None:
    """The finding on ads beside ad groups, or in a part of one, which moves them to the only one; else None."""
    from splint.payloads.nesting import groups_beside  # only where there are findings
    from splint.payloads.strays import are_stray_ads  # as above

    if not are_stray_ads(violation):
        return None
    field, value = violation.field, violation.value
    groups, fix = groups_beside(violation), None
    ads = value if isinstance(value, list) else [value] if _is_ad(value) else []
    is_plain = bool(ads) and all(isinstance(ad, dict) and ad for ad in ads)
    message, help = f"{field} is no field here: it belongs in the ad group", "move it to the ad group"
    if len(groups) > 1:
        help = f"move each of its entries to {field} of the ad group that it is for"
    elif not is_plain or isinstance(value, dict):
        help += ", as a list of ads, each an object"
    for at, group in groups.items() if len(groups) == 1 and is_plain else ():
        held = group.get(field)
        if isinstance(held, list) and all(ad in held for ad in ads):
            return violation.finding(message, doubled([field], ["the ad group"], "same"))
        if level_of(group) == "adgroup" and (is_absent(held) or isinstance(held, list)):
            there = Location(violation.location.document, f"{at}/{field}")
            moves = Operation("put", there, [*(held or ()), *ads]), Operation("remove", violation.location)
            fix = Fix(f"move {field} to the ad group", moves)
    return violation.finding(message, help, fix, [field])


def several_in_one(violation: UnknownField) -> Finding | None:
    """The finding on an object that is a campaign, an ad group and an ad at once, or two of these; else None."""
    if not violation.models:
        return None
    own = violation.takes.name
    nouns = [with_article(noun) for model, noun in NOUNS.items() if model in (own, *violation.models)]
    message = f"this object is {either(nouns, 'and')} in one: no request creates these together"
    help = f"write each as an object of its own, as a bundle has them: {BUNDLE_OF_ALL}"
    found = violation.finding_on_object(message, help, None, "")
    return found._replace(mark="", offers=(violation.holder.rpartition("/")[2],))


def wrapped(violation: UnknownField) -> Finding | None:
    """The finding on an object, or a list of some, of the kind that the object around it is; None for any other field.

    Its fields move into that object where one stands there alone and nothing says otherwise.
    """
    from splint.payloads.wrapping import wrapping_of  # only where there are findings

    if (wraps := wrapping_of(violation)) is None:
        return None
    from splint.payloads.rivals import rivals_of  # only where an object stands in its own kind

    later = LATER if violation.owned or not wraps.entries else ""
    field, noun = term(violation.field), wraps.noun
    message = f"{field} is no field here: this object is the {noun} itself"
    moves = wraps.moves()
    if len(wraps.entries) > 1:
        fix = Fix(f"make each {noun} of {field} an entry of its own", moves) if moves else None
        if wraps.may_be_list:
            help = f"write this list in the place of the object around it, without {field}"
        elif wraps.is_part:
            help = f"write the fields of one {noun} right into the object around it, without {field}"
        else:
            own = "an entry of its own" if wraps.is_entry else "a request of its own"
            help = f"write the fields of each {noun} right into {own}, without {field}"
        return violation.finding(message, help + later, fix, offers=[violation.field])._replace(conceals=True)
    holder = "the entry of the list" if wraps.is_entry else "the object around it"
    if not wraps.entries:
        message = f"{field} is no field here, and no rule sees what is in it"
    if wraps.is_told:
        return violation.finding(message, f"remove {field}: {holder} has what it holds")
    help = f"write the fields of this {noun} right into {holder}, without {field}"
    if other := wraps.doubles()[1]:
        help += f"; {doubled([*map(term, other)], [holder], 'other')}"
    for key, names in rivals_of(wraps).items():
        help, moves = help + f"; {term(key)} has another value of {either([*map(term, names)], 'and')}: choose one", ()
    fix = Fix(f"move the fields of {field} into {holder}", moves) if moves else None
    return violation.finding(message, help + later, fix, offers=[violation.field])._replace(conceals=True)


def object_for_text(violation: UnknownField) -> Finding | None:
    """The finding on an object under a key that is written for a field which takes none; None for any other field.

    Under the field's name it would only be written over.
    """
    close = violation.nearest
    if close is None or violation.home is not None or not violation.objects:
        return None
    spec = violation.takes.fields.get(close)
    if spec is None or takes_objects(spec) or not is_absent(violation.around.get(close)):
        return None
    message = f"{term(violation.field)} is no field that is known here"
    return violation.finding(message, f"write {close}, which takes no object", offers=[violation.field])


def _is_ad(value: object) -> bool:
    """Whether an object is an ad by one of its fields."""
    return isinstance(value, dict) and not value.keys().isdisjoint(SHAPES["Ad"].fields)


def unknown_help(violation: UnknownField) -> str:
    """What to do with a key that is known nowhere."""
    from splint.payloads.similar import is_lost  # only where there are findings

    way = "write what it says with a field that is known here" if is_lost(violation) else "remove it"
    way = "write what it holds where that belongs" if kept([violation]) else way
    return f"{way}, or begin its name with _ where it is a note"


def named(found: Finding, violation: UnknownField, word: "Word") -> Finding:
    """The finding on another platform's word, with the field that has to say then what the word says more."""
    name, *values = word.beside or ("",)
    if not name or violation.around.get(name) in values:
        return found
    return found._replace(also=(name,), offers=(*found.offers, *values))


def kept(violations: Iterable[UnknownField]) -> list[str]:
    """The keys of some violations with which fields of a campaign's objects would be lost."""
    from splint.payloads.wrapping import holds_alone  # only where there are findings

    return _keys(one for one in violations if holds_alone(one))


def _keys(violations: Iterable[UnknownField]) -> list[str]:
    return [one.location.pointer.rpartition("/")[2] for one in violations]


def _named(violation: UnknownField) -> Iterator[str]:
    """The fields that a stray one goes into or becomes."""
    if (home := violation.home) is not None:
        yield from home.ways[0][:1]
        if home.name != violation.field:
            yield home.name


def _by_place(strays: Iterable[UnknownField]) -> dict[str, list[str]]:
    """Stray fields, each with its name where it belongs, by that place."""
    by_place: dict[str, list[str]] = {}
    for one in strays:
        if one.home is not None:
            by_place.setdefault(one.home.shown, []).append(term(one.field) + _renamed(one))
    return by_place


def _doubles(strays: Iterable[UnknownField]) -> Iterator[str]:
    """What to say of the stray fields that stand where they belong too."""
    groups: dict[tuple[str, Double, str], list[str]] = {}
    for one in strays:
        if one.home is not None and one.double:
            other = one.home.name if one.home.name != one.field else ""
            groups.setdefault((one.home.shown, one.double, other), []).append(term(one.field))
    for (shown, double, other), names in groups.items():
        yield doubled(names, [shown], double, other)


def doubled(names: list[str], holders: list[str], double: "Double", other: str = "") -> str:
    """What to say of fields that the objects where they belong have: under their names, or another one."""
    has = f"{either(holders, 'and')} {'has' if len(holders) == 1 else 'have'}"
    is_one = len(names) == 1
    if double == "same":
        return f"remove {either(names, 'and')} here: {has} {other or ('it' if is_one else 'them')}"
    values = "another value" if is_one and len(holders) == 1 else "other values"
    chosen = "one, and keep it there" if is_one else "one of each, and keep it there"
    return f"{has} {values} of {other or either(names, 'and')}: choose {chosen}, not here"


def _renamed(violation: UnknownField) -> str:
    """What to call a field where it belongs, in words; empty where that is its name."""
    home = violation.home
    return "" if home is None or home.name == violation.field else f" as {home.name}"


def _lacked(violation: UnknownField) -> str:
    """The field of the object around a stray one that it belongs in, if the object has none; else empty."""
    home = violation.home
    name = home.ways[0][0] if home is not None and home.up == 0 else ""
    return name if is_absent(violation.around.get(name)) else ""


def to_list(violation: UnknownField, becomes: str) -> tuple[str, str] | None:
    """What to write for what stands under a misspelt list of objects, and is no list of them, and the name it gets."""
    from splint.payloads.similar import holds_ads, near_names  # only where there are findings

    close, value, model = next(iter(near_names(violation)), None), violation.value, violation.takes.name
    if isinstance(value, dict) and close in LISTS_OF_BUDGETS and model == "AdGroupBudgetUpdate":
        return f"write {close}, with this object in a list", becomes
    if isinstance(value, dict) and (close in AD_GROUP_LISTS or (close == "ads" and not AD.isdisjoint(value))):
        return f"write {close}, with this {'ad' if close == 'ads' else 'ad group'} in a list", becomes
    if close != "ads":
        return None
    return None if holds_ads(violation) else ("write ads, and these as the creative_list of one", becomes)


def id_given(violation: UnknownField) -> Finding | None:
    """The finding on the own id of an object that is to be created, or of one below it; None for any other field."""
    if violation.field not in OWN_IDS.values():
        return None
    model = violation.takes.name.removesuffix("Update")
    if (below := level_below(violation.field, violation.takes)) is not None:
        noun = NOUNS[MODELS[below]]
        message = f"{violation.field} is no field of {OBJECT_NAMES[model]}: it is the id of {with_article(noun)}"
        alone = violation.id_in_place
        way = f"send what changes the {noun} to /smart_plus/{below}/update/"
        return violation.finding(message, way if alone else f"remove it, or {way}", offers=alone)
    if violation.field != own_id(violation.takes):
        return None
    level = LEVEL_OF[model]
    message = f"{violation.field} is no field of a request that creates: TikTok gives what it creates an id"
    return violation.finding(message, f"remove it, or send it to /smart_plus/{level}/update/")


def takers_of(violation: UnknownField) -> dict[str, str]:
    """The models of the objects of a campaign that take a field by its name, each in words; of a budget where that is.

    None of what stands in a bundle or an envelope.
    """
    here = violation.takes.name.removesuffix("Update")
    if here not in SHAPES or here in BUDGETS:
        return {}
    known = {model: {*SHAPES[model].fields, *LISTS.get(model, ())} for model in OBJECT_NAMES}
    name, idle = violation.belongs_elsewhere, violation.idle_model
    return {model: words for model, words in OBJECT_NAMES.items() if name in known[model] and model != idle}
