"""Questions that only a person can answer: one for each field that a finding is on or misses.

A value is offered where a trial shows that it resolves the finding. What cannot be tried is offered where the finding
offers it; where that offers none, all values that rules take in web campaigns.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from splint.reporting.hashing import hash_of
from splint.reporting.knowledge import FieldKnowledge
from splint.reporting.places import Place, places_of
from splint.reporting.trial import Outcome, Trial, Trials
from splint.reporting.ways import LONGEST_AT, Choice, Way, only_goes
from splint.reporting.wording import cut, either

if TYPE_CHECKING:
    from splint.reporting.report import Diagnostic, RelatedPlace, Report

MOST_CHOICES = 40
MOST_ELSEWHERE = 10
"""The most values that are tried at another place than the finding's."""
MOST_PLACES = 4
"""The most other places where values are tried."""
LONGEST_HELP = 400
"""The most bytes of a way out."""
BY_PATCH = "; the patch in unsafe_fixes does so"
BY_HAND = "; only a change of the payload itself does so"
"""How a finding is resolved that no answer resolves."""
_ANY = FieldKnowledge("text")
_OBJECTS = {
    "an object": FieldKnowledge("object", is_text=False),
    "a list of objects": FieldKnowledge("object", is_text=False, is_list=True),
}
"""What is known of a place that is no field, by what goes into it."""
_ASKS = {"id": "which id", "money": "what amount", "date": "what moment", "choice": "which of the choices"}


def places_asked(report: "Report", one: "Diagnostic") -> Iterator[dict[str, Any]]:
    """All places where an answer to the questions of a finding may go, with what goes there."""
    for place in _places(one):
        for way in (_way(report, one, place), *_elsewhere(report, one, place)):
            known = {"holds": way.known.holds, "is_text": way.known.is_text, "field": way.place.field}
            known["is_no_field"], known["has_fix"] = one.becomes is not None and not place.field, one.fix is not None
            known["is_kept"] = _is_kept(one, way)
            known["is_beside_name"] = bool(one.becomes and place.field)
            known["is_inner"] = one.inmost is not None and one.inmost[0] == one.pointer
            names = way.choices if way.is_name else ()
            yield {"id": one.fingerprint, **way.entry, **known, "missing": way.missing, "names": names}


def questions_of(report: "Report", one: "Diagnostic", trials: Trials | None) -> list[dict[str, Any]]:
    """The questions of a finding; none of what only tells what is so."""
    return [_question(report, one, place, trials) for place in _places(one)]


def _places(one: "Diagnostic") -> Iterator[Place]:
    """The places that a finding is asked about, of a key that is no field without one; none of what only tells."""
    for place in places_of(one) if one.is_answerable else ():
        yield place if one.becomes is None or place.field in one.also else place._replace(field="")


def _question(report: "Report", one: "Diagnostic", place: Place, trials: Trials | None) -> dict[str, Any]:
    way, others = _way(report, one, place), list(_elsewhere(report, one, place))
    count = sum(each.most_trials() for each in (way, *others))
    is_triable = place.at and (place.is_there or way.choices or others)
    is_in_string = one.inmost is not None
    trial = trials.of(one, count) if trials is not None and (is_triable or is_in_string) else None
    is_sealed = trial is not None and is_in_string and not trial.can_edit(place.at)
    trial = trial if is_triable else None
    if is_sealed:
        way, others = way._replace(choices=(), is_open=False, is_name=False), []
    elif trial is not None and not (place.name or way.is_name):
        goes, is_first = only_goes(trial, place)
        goes = goes and place.at.rpartition("/")[2] not in one.offers  # the help says in which object it belongs
        is_open = one.fix is not None or not goes
        way = way._replace(is_open=is_open, is_removable=goes and not is_first, is_first_of_many=is_first)
    elif trial is not None:
        way, *others = _tried(trial, place, [way, *others], report.tool.as_of)
        way, *others = [each._replace(is_removable=_may_go(trial, each, others)) for each in (way, *others)]
    elif not way.is_name:
        way, *others = _untried(one, way, others)
    entry = way.entry
    is_unresolved = trial is not None and not way.is_removable and not others
    needs_help = (
        not (place.name or way.is_name)
        or way.is_closed
        or (way.is_name and one.help != f"write {either([one.becomes or '', *one.may_be])}")
        or (entry["kind"] in ("text", "object") and (is_unresolved or not way.known.is_text))
    )
    help = one.help if needs_help else one.message if _is_limit_untold(one, place, way) else ""
    is_kept = one.becomes == "" or _is_kept(one, way) or is_sealed
    if needs_help and is_kept and not (way.is_removable or way.is_first_of_many):
        help += BY_PATCH if one.fix is not None else BY_HAND if not others else ""
    return {
        "id": one.fingerprint,
        "at": entry.pop("at"),
        "kind": entry.pop("kind"),
        "question": _asked(way, others),
        **({"help": cut(help, LONGEST_HELP)} if help else {}),
        **entry,
        **({"limit": way.limit} if way.limit else {}),
        **({"instead": [each.entry for each in others]} if others else {}),
        "rule": one.code,
    }


def _may_go(trial: Trial, way: Way, others: list[Way]) -> bool:
    """Whether a field that trials show to be removable says nothing that would be lost.

    What pauses, ends, caps or narrows is lost where it cannot be read, or one of its values resolves the finding, as a
    daily mode says of a budget what its absence leaves open; and where an amount alone is wrong.
    """
    if not way.is_removable or _is_kept(trial.finding, way):
        return False
    if way.is_closed or not way.known.is_told_by_absence:
        return True
    is_amount_alone = way.known.kind == "money" and not (others or trial.finding.related)
    return not (way.choices or is_amount_alone) and way.can_read(trial.at(way.place.at))


def _is_kept(one: "Diagnostic", way: Way) -> bool:
    """Whether a way is the field of the finding itself, and what that holds belongs in another object."""
    return one.is_kept and way.place.at == (one.inmost[0] if one.inmost is not None else one.pointer)


def _is_limit_untold(one: "Diagnostic", asked: Place, way: Way) -> bool:
    """Whether a value is asked for whose limit only the message tells.

    It is another one than what breaks a rule, or a missing one, of which the finding names the same field elsewhere.
    """
    is_untold = way.place.at == asked.at and not way.known.choices and one.code in way.known.untold
    return is_untold and (asked.is_there or asked.field in [place.field for place in one.related])


def _asked(way: Way, others: list[Way]) -> str:
    """A question in words."""
    first, *names = _told_apart([way, *others])
    if way.is_to_go:
        gone = [first, *(name for name, each in zip(names, others, strict=True) if each.is_to_go)]
        kept = [name for name in names if name not in gone]
        or_else = f", or else what goes into {either(kept)}" if kept else ""
        why = "one of several too many" if way.is_first_of_many else "no value resolves this"
        return f"is {either(gone)} left out, as {why}{or_else}?"
    if way.is_name:
        return "which of the choices is the name that is meant by this key?"
    asks = f"{_ASKS.get(way.entry['kind'], 'what')}{', if any,' if way.place.is_there else ''} goes into {first}"
    asks = "what is meant here" if way.is_closed or not way.place.name else asks
    gone = [name for name, each in zip(names, others, strict=True) if each.is_to_go]
    or_gone = f", or is {either(gone)} left out" if gone else ""
    kept = [name for name in names if name not in gone]
    or_other = f", or is {either(kept)} changed instead" if kept else ""
    return f"{asks}{or_other}{or_gone}?"


def _tried(trial: Trial, asked: Place, ways: list[Way], as_of: str) -> list[Way]:
    """The first way, and the others that resolve the finding, with what trials show to do so.

    In place of what is no value of the field, those that the finding offers stay among the choices, though they bring
    in errors elsewhere: it hid these. Where the field is missing, only one stays that it offers alone. Where no value
    of the first one's field resolves the finding, the others stand alone.
    """
    outcomes = [way.outcomes(trial, asked) for way in ways]
    is_kept = _is_kept(trial.finding, ways[0])
    if is_kept and trial.finding.fix is None:  # else that keeps what leaving it out loses
        outcomes[0][-1] = Outcome.REFUSED
    best = max(outcome for of_way in outcomes for outcome in of_way)
    is_untried = not asked.is_there and not ways[0].choices  # what goes in may bring in nothing
    least = Outcome.SOFTENS if best > Outcome.SHIFTS or is_untried else max(best, Outcome.TRADES)
    tried = []
    for way, of_way in zip(ways, outcomes, strict=True):
        may_be = way.choices if way is ways[0] and way.is_new else ()
        plain = [choice for choice in may_be if _offers(trial.finding, choice)]
        kept = way.tried(of_way, least, plain if asked.is_there or len(plain) == 1 else [])
        if way is ways[0] or kept.choices or kept.is_removable:
            is_missing = way is ways[0] and not asked.is_there
            is_around = asked.at.startswith(f"{way.place.at}/")  # what is within it is asked for
            is_open = bool(kept.choices) or is_missing or not (is_around or way.resists(trial, asked, as_of))
            tried.append(kept._replace(is_open=is_open))
    first, *others = tried
    is_useless = (first.known.choices or first.is_closed) and not first.choices and not first.is_removable
    return others if is_useless and others and not is_kept else [first, *others]


def _untried(one: "Diagnostic", first: Way, others: list[Way]) -> list[Way]:
    """A way, and the others at related places, with the choices that are offered: what there is without trials."""
    related = {place.pointer for place in one.related}
    named = [_named_alone(one, way) for way in others if way.place.at in related]
    return [_named_alone(one, first) or first, *(way for way in named if way is not None)]


def _way(report: "Report", one: "Diagnostic", place: Place) -> Way:
    """The field that a question is about, with all its choices but the value that is there."""
    if one.becomes and not place.field:
        names = one.becomes, *one.may_be
        return Way(place, FieldKnowledge("choice", names), names, is_name=True)
    is_inner = one.inmost is not None and one.inmost[0] == one.pointer  # a string of JSON may go in too
    of_place = _OBJECTS.get("an object" if one.lacks else "" if is_inner else one.takes, _ANY)
    known = _known(report, place.field) or of_place
    way = Way(place, known, known.choices)
    if way.is_entry and known.is_text and len(known.holds) == 1 and (inner := _known(report, known.holds[0])):
        known = known._replace(kind=inner.kind, choices=inner.choices)
        way = Way(place, known, known.choices)
    if way.is_of_objects and place.is_there and (inner := _known(report, known.holds[0])) and inner.choices:
        known = known._replace(kind="choice", choices=inner.choices)
        way = Way(place, known, known.choices)
    fields = known.holds if len(known.holds) == 1 else [held for held in known.holds if _offers_field(one, place, held)]
    if len(fields) == 1 and not place.is_there:
        inner = _known(report, fields[0])
        if inner is not None and (inner.is_text or inner.kind not in ("text", "object")):
            entry = f"{place.at}/0" if known.is_list else place.at
            within = Place(fields[0], f"{entry}/{fields[0].rpartition('.')[2]}", is_there=False)
            way = Way(within, inner, inner.choices, missing=place.at)
    if one.anchor is not None and place.is_there and not way.takes_list:  # in a list it is another value
        way = way._replace(choices=tuple(choice for choice in known.choices if hash_of(choice) != one.anchor.value))
    way = way._replace(is_new=len(way.choices) == len(way.known.choices) and not way.takes_list)
    return _with_first(one, way, MOST_CHOICES)


def _elsewhere(report: "Report", one: "Diagnostic", asked: Place) -> Iterator[Way]:
    """The other fields that the finding offers, at a related place of the document, in the same object or around it.

    An update takes not all fields of its object, so that none is offered which it does not hold.
    """
    if not asked.name:
        return
    known = _known(report, one.field)
    holders = [(one.field.partition(".")[0], 0), *(known.around if known is not None else ())]
    places = [_field_of(place) for place in one.related if _is_near(one, place)]
    holder = one.inmost[1] if one.inmost is not None else one.holder
    if not one.is_of_update:
        places += ((f"{model}.{name}", _at(holder, up, name)) for model, up in holders for name in one.offers)
    found = dict[str, Way]()
    for field, at in places:
        place, known = Place(field, at, is_there=True), _known(report, field)
        if known is not None and at != asked.at and _offers(one, place.name):
            found.setdefault(at, _with_first(one, Way(place, known, known.choices), MOST_ELSEWHERE))
    yield from [*found.values()][:MOST_PLACES]


def _field_of(place: "RelatedPlace") -> tuple[str, str]:
    """The field of a related place, and its pointer, of one that the object there lacks, too."""
    name = place.field.rpartition(".")[2]
    return place.field, f"{place.pointer}/{name}" if place.lacks_field else place.pointer


def _at(holder: str, steps: int, name: str) -> str:
    """The pointer of a field of what is so many steps above an object; of a list around that object its entry there."""
    at = f"{holder.rsplit('/', steps)[0] if steps else holder}/{name}"
    return holder if holder.rpartition("/")[0] == at else at


def _with_first(one: "Diagnostic", way: Way, most: int) -> Way:
    """A field with the first of its choices alone: those that the finding offers, in its order, then the others."""
    ranks = {offer: rank for rank, offer in enumerate(one.offers)}
    choices = sorted(way.choices, key=lambda choice: ranks.get(_written(choice), len(ranks)))
    return way._replace(choices=tuple(choices[:most]), left_off=max(len(choices) - most, 0))


def _is_near(one: "Diagnostic", place: "RelatedPlace") -> bool:
    return (place.path, place.document) == (one.path, one.document)


def _told_apart(ways: list[Way]) -> list[str]:
    """The names of fields, an entry's with its index; pointers where two have the same name, or one has none."""
    first, *others = ways
    names = [first.place.name]
    names += (
        f"{way.place.name}/{way.place.at.rpartition('/')[2]}" if way.is_entry else way.place.name for way in others
    )
    is_plain = all(way.place.name for way in ways) and len({*names}) == len(names)
    return names if is_plain else [cut(way.place.at, LONGEST_AT) for way in ways]


def _offers_field(one: "Diagnostic", place: Place, field: str) -> bool:
    """Whether a finding offers a field of the object that is missing at a place."""
    name = field.rpartition(".")[2]
    return name != place.name and _offers(one, name)


def _named_alone(one: "Diagnostic", way: Way) -> Way | None:
    """A field that is there with the choices alone that the finding offers; None where it offers none."""
    named = tuple(choice for choice in way.choices if _offers(one, choice))
    return way._replace(choices=named, left_off=0) if named and way.place.is_there else None


def _known(report: "Report", field: str) -> FieldKnowledge | None:
    """What is known of a field; None for one that there is not."""
    if not field or report.field_facts is None:
        return None
    try:
        return report.field_facts(field, report.tool.profile)
    except KeyError:
        return None


def _offers(one: "Diagnostic", choice: Choice) -> bool:
    """Whether a finding offers a value or a field as a way out."""
    return _written(choice) in one.offers


def _written(choice: Choice) -> str:
    """A choice as findings offer it."""
    return choice if isinstance(choice, str) else str(choice).lower()
