"""What is said of fields that belong in another object of their campaign (SPL004)."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from splint.payloads.faults import UnknownField
from splint.payloads.nodes import Finding, Fix, Location, Operation
from splint.payloads.validation import is_absent
from splint.reporting.wording import either, term
from splint.schema.kinds import takes_objects
from splint.schema.table import SHAPES
from splint.schema.vocabulary import level_of

if TYPE_CHECKING:
    from splint.payloads.homes import Double

LATER = "; what is in it is judged only then"


def stray(violation: UnknownField) -> Iterator[Finding]:
    """One finding for the fields of an object that belong in the same other one; for several it is on their object."""
    if violation.does_follow:
        return
    strays = (violation, *violation.followers)
    words = either([term(one.field) for one in strays], "and")
    place = either(list(dict.fromkeys(one.home.shown for one in strays if one.home is not None)), "and")
    moved = [one for one in strays if not one.double]
    parts = [f"{either(names, 'and')} to {shown}" for shown, names in _by_place(moved).items()]
    fix = Fix(f"move {', '.join(parts)}", operations) if (operations := violation.moves) else None
    later = LATER if violation.holds_objects and any(one.objects for one in moved) else ""
    way = f"them to {place}" if parts == [f"{words} to {place}"] else ", ".join(parts)
    way = way if len(strays) > 1 else f"it to {place}{_renamed(violation)}"
    help = "; ".join([*([f"move {way}{later}"] if moved else []), *_doubles(strays)])
    if len(strays) > 1:
        message = f"{words} are no fields here: they belong in {place}"
        found = violation.finding_on_object(message, help, fix, about=_lacked(violation))
        found = found._replace(keys=tuple(one.location.pointer.rpartition("/")[2] for one in strays))
    else:
        found = violation.finding(f"{words} is no field here: it belongs in {place}", help, fix)
    names = [*kept(strays), *(name for one in strays for name in _named(one))]
    yield found._replace(offers=tuple(dict.fromkeys(names)))


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
        return violation.finding(message, help + later, fix, offers=[violation.field])
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
    return violation.finding(message, help + later, fix, offers=[violation.field])


def object_for_text(violation: UnknownField) -> Finding | None:
    """The finding on an object under a key that is written for a field which takes none; None for any other field.

    Under the field's name it would only be written over.
    """
    close = violation.nearest
    spec = violation.takes.fields.get(close or "")
    if close is None or spec is None or violation.home is not None or not violation.objects or takes_objects(spec):
        return None
    if not is_absent(violation.around.get(close)):
        return None
    message = f"{term(violation.field)} is no field that is known here"
    return violation.finding(message, f"write {close}, which takes no object", offers=[violation.field])


def _is_ad(value: object) -> bool:
    """Whether an object is an ad by one of its fields."""
    return isinstance(value, dict) and not value.keys().isdisjoint(SHAPES["Ad"].fields)


def help_on_unknown(violation: UnknownField) -> str:
    """What to do with a key that is known nowhere."""
    way = "write what it holds where that belongs" if kept([violation]) else "remove it"
    return f"{way}, or begin its name with _ where it is a note"


def kept(violations: Iterable[UnknownField]) -> list[str]:
    """The keys of some violations with which fields of a campaign's objects would be lost."""
    from splint.payloads.wrapping import holds_alone  # only where there are findings

    return [one.location.pointer.rpartition("/")[2] for one in filter(holds_alone, violations)]


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
