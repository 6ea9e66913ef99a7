"""Questions that only a person can answer: one for each field that a finding is on or misses.

A value is offered where a trial shows that it resolves the finding. What cannot be tried is offered where the help of
the finding names it; where that names none, all values that rules take in web campaigns.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from splint.reporting.hashing import hash_of
from splint.reporting.knowledge import FieldKnowledge
from splint.reporting.trial import LEFT_OUT, Outcome, Place, Trial, Trials, places_of
from splint.reporting.wording import cut

if TYPE_CHECKING:
    from splint.reporting.report import Diagnostic, RelatedPlace, Report

MOST_CHOICES = 40
MOST_ELSEWHERE = 10
"""The most values that are tried at another place than the finding's."""
MOST_PLACES = 4
"""The most other places where values are tried."""
LONGEST_AT = 400
LONGEST_HELP = 400
"""The most bytes of a pointer, and of a way out."""
_ANY = FieldKnowledge("text")
_ASKS = {"id": "which id", "money": "what amount", "date": "what moment", "choice": "which of the choices"}
Choice = str | bool


class Way(NamedTuple):
    """A field that may change to resolve a finding, and what may go into it."""

    place: Place
    known: FieldKnowledge
    choices: tuple[Choice, ...]
    """Those that the finding names come first, in its order."""
    left_off: int = 0
    """The number of further choices, which nobody tried."""
    is_removable: bool = False
    """Whether a trial showed that leaving it out resolves the finding."""

    @property
    def entry(self) -> dict[str, Any]:
        """What an answer says of it."""
        is_text = self.known.choices and not self.choices
        return {
            "at": cut(self.place.at, LONGEST_AT),
            "kind": "text" if is_text else self.known.kind,
            **({"list": True} if self.takes_list else {}),
            **({"choices": [*self.choices]} if self.choices else {}),
            **({"choices_left_off": self.left_off} if self.left_off else {}),
            **({"removable": True} if self.is_removable else {}),
        }

    @property
    def is_entry(self) -> bool:
        """Whether it is an entry of the field's list."""
        return self.known.is_list and self.place.at.rpartition("/")[2] != self.place.name

    @property
    def takes_list(self) -> bool:
        """Whether a list goes into it."""
        return self.known.is_list and not self.is_entry

    def outcomes(self, trial: Trial, asked: Place) -> list[Outcome]:
        """What each choice comes to for a question, and behind them leaving the field out: RESOLVES or REFUSED."""
        values = [[choice] if self.takes_list else choice for choice in self.choices]
        *of_choices, removed = (trial.outcome(asked, self.place.at, value) for value in (*values, LEFT_OUT))
        return [*of_choices, removed if removed is Outcome.RESOLVES else Outcome.REFUSED]

    def tried(self, outcomes: list[Outcome], least: Outcome) -> "Way":
        """The choices that come to the best here, which is at least so good, and whether the field may be left out."""
        *of_choices, removed = outcomes
        best = max(of_choices, default=Outcome.REFUSED)
        kept = [choice for choice, one in zip(self.choices, of_choices, strict=True) if one is best and best >= least]
        left_off = self.left_off if kept else 0
        return self._replace(choices=tuple(kept), left_off=left_off, is_removable=removed is Outcome.RESOLVES)


def places_asked(report: "Report", one: "Diagnostic") -> Iterator[dict[str, Any]]:
    """All places where an answer to the questions of a finding may go, with what goes there."""
    for place in places_of(one) if one.is_answerable else ():
        for way in (_way(report, one, place), *_elsewhere(report, one, place)):
            yield {"id": one.fingerprint, **way.entry}


def questions_of(report: "Report", one: "Diagnostic", trials: Trials | None) -> list[dict[str, Any]]:
    """The questions of a finding; none of what only tells what is so."""
    return [_question(report, one, place, trials) for place in places_of(one)] if one.is_answerable else []


def _question(report: "Report", one: "Diagnostic", place: Place, trials: Trials | None) -> dict[str, Any]:
    way, others = _way(report, one, place), list(_elsewhere(report, one, place))
    count = sum(len(each.choices) + 1 for each in (way, *others))
    is_triable = place.name and (place.is_there or way.choices)
    trial = trials.of(one, count) if trials is not None and is_triable else None
    way, *others = _untried(one, way, others) if trial is None else _tried(trial, place, [way, *others])
    entry = way.entry
    asks = f"{_ASKS.get(entry['kind'], 'what')}{', if any,' if way.place.is_there else ''} goes into "
    names = " or else into ".join(_told_apart([each.place for each in (way, *others)]))
    is_unresolved = trial is not None and not way.is_removable and not others
    needs_help = not place.name or (entry["kind"] == "text" and (is_unresolved or not way.known.is_text))
    return {
        "id": one.fingerprint,
        "at": entry.pop("at"),
        "kind": entry.pop("kind"),
        "question": f"{asks}{names}?" if place.name else "what is meant here?",
        **({"help": cut(one.help, LONGEST_HELP)} if needs_help and one.help else {}),
        **entry,
        **({"limit": way.known.limit} if way.known.limit and not way.is_entry else {}),
        **({"instead": [each.entry for each in others]} if others else {}),
        "rule": one.code,
    }


def _tried(trial: Trial, asked: Place, ways: list[Way]) -> list[Way]:
    """The first way, and the others that resolve the finding, with what trials show to do so.

    Where no value of the first one's field does, the others stand alone.
    """
    outcomes = [way.outcomes(trial, asked) for way in ways]
    is_without_error = any(outcome > Outcome.SHIFTS for of_way in outcomes for outcome in of_way)
    least = Outcome.SOFTENS if is_without_error else Outcome.SHIFTS
    first, *others = (way.tried(of_way, least) for way, of_way in zip(ways, outcomes, strict=True))
    others = [way for way in others if way.choices or way.is_removable]
    is_useless = first.known.choices and not first.choices and not first.is_removable
    return others if is_useless and others else [first, *others]


def _untried(one: "Diagnostic", first: Way, others: list[Way]) -> list[Way]:
    """A way, and the others at related places, with the choices that the help names: what there is without trials."""
    related = {place.pointer for place in one.related}
    named = [_named_alone(one, way) for way in others if way.place.at in related]
    return [_named_alone(one, first) or first, *(way for way in named if way is not None)]


def _way(report: "Report", one: "Diagnostic", place: Place) -> Way:
    """The field that a question is about, with all its choices but the value that is there."""
    known = _known(report, place.field) or _ANY
    way = Way(place, known, known.choices)
    if one.anchor is not None and place.is_there and not way.takes_list:  # in a list it is another value
        way = way._replace(choices=tuple(choice for choice in known.choices if hash_of(choice) != one.anchor.value))
    return _with_first(one, way, MOST_CHOICES)


def _elsewhere(report: "Report", one: "Diagnostic", asked: Place) -> Iterator[Way]:
    """The other fields that the help names, at a related place of the document or in the same object.

    An update takes not all fields of its object, so that none is offered which it does not hold.
    """
    if not asked.is_there or not asked.name:
        return
    model = one.field.partition(".")[0]
    places = [(place.field, place.pointer) for place in one.related if _is_near(one, place)]
    if not one.is_of_update:
        places += ((f"{model}.{name}", f"{one.holder}/{name}") for name in re.findall(r"[a-z]+(?:_[a-z]+)+", one.help))
    found = dict[str, Way]()
    for field, at in places:
        place, known = Place(field, at, is_there=True), _known(report, field)
        if known is not None and at != asked.at and _names(one.help, place.name):
            found.setdefault(at, _with_first(one, Way(place, known, known.choices), MOST_ELSEWHERE))
    yield from [*found.values()][:MOST_PLACES]


def _with_first(one: "Diagnostic", way: Way, most: int) -> Way:
    """A field with the first of its choices alone: those that the help names, as it orders them, then the message's."""
    choices = sorted(way.choices, key=lambda choice: (_index(one.help, choice), _index(one.summary, choice)))
    return way._replace(choices=tuple(choices[:most]), left_off=max(len(choices) - most, 0))


def _is_near(one: "Diagnostic", place: "RelatedPlace") -> bool:
    return (place.path, place.document) == (one.path, one.document)


def _told_apart(places: list[Place]) -> list[str]:
    """The names of fields, and the pointers where two have the same name."""
    names = [place.name for place in places]
    return names if len({*names}) == len(names) else [cut(place.at, LONGEST_AT) for place in places]


def _named_alone(one: "Diagnostic", way: Way) -> Way | None:
    """A field that is there with the choices alone that the help names; None where it names none."""
    named = tuple(choice for choice in way.choices if _names(one.help, choice))
    return way._replace(choices=named, left_off=0) if named and way.place.is_there else None


def _known(report: "Report", field: str) -> FieldKnowledge | None:
    """What is known of a field; None for one that there is not."""
    if not field or report.field_facts is None:
        return None
    try:
        return report.field_facts(field, report.tool.profile)
    except KeyError:
        return None


def _names(text: str, word: Choice) -> bool:
    """Whether a text names a value as a word of its own."""
    return _index(text, word) < len(text)


def _index(text: str, word: Choice) -> int:
    """Where a text names a value as a word of its own; its end where it does not."""
    written = word if isinstance(word, str) else str(word).lower()
    match = re.search(rf"(?<!\w){re.escape(written)}(?!\w)", text)
    return match.start() if match else len(text)
