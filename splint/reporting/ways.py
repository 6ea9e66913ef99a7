"""Ways out of a finding: a field that may change, what goes into it, and what trials of that show."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple

from splint.reporting.knowledge import FieldKnowledge
from splint.reporting.places import Place
from splint.reporting.trial import LEFT_OUT, Outcome, Trial
from splint.reporting.wording import cut, either

LONGEST_AT = 400
"""The most bytes of a pointer."""
MOST_NAMED = 12
"""The most fields of an entry that a limit names."""
PLACEHOLDER: Final = "{{value}}"
"""In place of a value that is not known: no value resolves what is found in spite of it."""
SAMPLES: Final[Mapping[str, tuple[Any, ...]]] = {
    "id": ("7000000000000000001",),
    "money": (100,),
    "text": ("x",),
    "object": ({},),
}
"""Values of each kind to try, which no answer shows."""
MOST_OF_NO_FIELD: Final = 7
"""The most trials of what stands at a place that is no field."""
DAYS: Final = (1, 30, 365, 3650)
"""How long after the report the dates lie that are tried."""
FORMS: Final = {
    "id": "[0-9]+",
    "date": "[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}",
    "dayparting": "[01]{336}",
}
"""How texts are written that can be read, by what a value is, or by the field."""
_LATER: Final = {Outcome.MEETS: -1, Outcome.UNSETTLES: 1, Outcome.KEEPS: 2}
"""Outcomes of choices that stand before or behind the others, those that leave another finding in their place last."""
Choice = str | bool


class Way(NamedTuple):
    """A field that may change to resolve a finding, and what may go into it."""

    place: Place
    known: FieldKnowledge
    choices: tuple[Choice, ...]
    """Those that the finding offers come first, in its order."""
    left_off: int = 0
    """The number of further choices, which nobody tried."""
    is_removable: bool = False
    """Whether a trial showed that leaving it out resolves the finding."""
    is_open: bool = True
    """Whether a value that is none of the choices may resolve it: no trial showed that none does."""
    is_new: bool = False
    """Whether it is missing, or what is there is none of its values: then no later question offers that again."""
    missing: str = ""
    """The pointer of the object or list that is missing, where it goes into that, or into the first entry of that."""

    is_first_of_many: bool = False
    """Whether more than itself has to be left out, of which the next question asks."""
    is_name: bool = False
    """Whether its choices are names for its key, which is none that is known."""

    @property
    def entry(self) -> dict[str, Any]:
        """What an answer says of it."""
        at, is_text = cut(self.place.at, LONGEST_AT), self.known.choices and not self.choices
        if self.is_to_go:
            return {"at": at, "kind": "choice", "choices": [], **({"removable": True} if self.is_removable else {})}
        if self.is_closed:
            return {"at": at, "kind": "text", **({"list": True} if self.takes_list else {})}
        return {
            "at": at,
            "kind": ("object" if self.is_of_objects else "text") if is_text else self.known.kind,
            **({"list": True} if self.takes_list else {}),
            **({"choices": [*self.choices]} if self.choices else {}),
            **({"choices_left_off": self.left_off} if self.left_off else {}),
            **({"renames": True} if self.is_name else {}),
            **({"removable": True} if self.is_removable else {}),
        }

    @property
    def limit(self) -> str:
        """Its limits in words; of an entry that is an object which fields it has."""
        if self.is_entry and not self.known.is_text and not self.is_closed:
            names = [field.rpartition(".")[2] for field in self.known.holds]
            return f"an object with {either(names, 'and')}" if 0 < len(names) <= MOST_NAMED else ""
        return "" if self.is_entry or self.is_closed else self.known.limit

    @property
    def is_entry(self) -> bool:
        """Whether it is an entry of the field's list."""
        return self.known.is_list and self.place.name not in ("", self.place.at.rpartition("/")[2])

    @property
    def takes_list(self) -> bool:
        """Whether a list goes into it."""
        return self.known.is_list and not self.is_entry

    @property
    def is_of_objects(self) -> bool:
        """Whether a list goes into it of objects with one field, and no texts: its choices are that field's."""
        return self.takes_list and len(self.known.holds) == 1 and not self.known.is_text

    @property
    def is_closed(self) -> bool:
        """Whether no value that goes into it resolves the finding."""
        return not self.choices and not self.is_open

    @property
    def is_to_go(self) -> bool:
        """Whether only leaving it out does, alone or with others."""
        return self.is_closed and (self.is_removable or self.is_first_of_many)

    @property
    def is_settled(self) -> bool:
        """Whether the choices are all that may go into it."""
        return bool(self.known.choices) and not self.left_off and not self.takes_list

    def can_read(self, value: Any) -> bool:
        """Whether what stands there is of the field's type and form, or one of its values; nothing says nothing."""
        if is_nothing(value):
            return True
        if self.takes_list:
            return isinstance(value, list) and all(map(self._can_read_one, value))
        return self._can_read_one(value)

    def _can_read_one(self, value: Any) -> bool:
        known = self.known
        if known.choices:
            return any(value is choice or (isinstance(value, str) and value == choice) for choice in known.choices)
        if known.kind == "object":
            return isinstance(value, dict)
        if known.kind == "money" or (known.kind == "text" and not known.is_text):
            return isinstance(value, int | float) and not isinstance(value, bool) and value >= 0
        form = FORMS.get(self.place.name, FORMS.get(known.kind, ".*"))
        is_in_form = isinstance(value, str) and re.fullmatch(form, value, re.DOTALL) is not None
        return is_in_form and (known.kind != "date" or _is_moment(value))

    def most_trials(self) -> int:
        """The most trials that it takes."""
        if not (self.place.name or self.is_name):
            return MOST_OF_NO_FIELD
        return len(self.choices) + 1 + (0 if self.is_settled else 1 + len(self._samples("2000-01-01")))

    def put(self, value: Any) -> tuple[str, Any]:
        """Where a value is put, and what: a list of one where a list goes in, the list around it that is missing."""
        if self.takes_list:
            value = [{self.known.holds[0].rpartition(".")[2]: value} if self.is_of_objects else value]
        return (self.missing, around(self.missing, self.place.at, value)) if self.missing else (self.place.at, value)

    def outcomes(self, trial: Trial, asked: Place) -> list[Outcome]:
        """What each choice comes to for a question, and behind them leaving the field out: RESOLVES or REFUSED."""
        if self.is_name:  # what is found under that name is asked next; without the key what it holds would be lost
            is_empty = trial.at(self.place.at) in ([], {})
            removed = trial.outcome(asked, self.place.at, LEFT_OUT) if is_empty else Outcome.REFUSED
            return [*(Outcome.RESOLVES for _ in self.choices), _resolved(removed)]
        steps = [*map(self.put, self.choices), (self.place.at, LEFT_OUT)]
        *of_choices, removed = (trial.outcome(asked, at, value) for at, value in steps)
        if not self.is_new:
            of_choices = [Outcome.REFUSED if one is Outcome.TRADES else _resolved(one) for one in of_choices]
            removed = _resolved(removed)
        return [*of_choices, removed if removed is Outcome.RESOLVES else Outcome.REFUSED]

    def resists(self, trial: Trial, asked: Place, as_of: str) -> bool:
        """Whether no value resolves the finding, where no choice does.

        Then it is found with each sample, and with a placeholder, of which rules that read the value say nothing. Some
        rules read dates first, and say nothing of a placeholder either: there the same words for each sample suffice.
        """
        if self.is_settled:
            return True
        found = [trial.again(asked, *self.put(sample)) for sample in self._samples(as_of)]
        if not all(found):
            return False
        if self.known.kind == "date" and found and all(one and one.summary == trial.finding.summary for one in found):
            return True
        return trial.again(asked, *self.put(PLACEHOLDER)) is not None

    def _samples(self, as_of: str) -> Sequence[Any]:
        """Values that may go into it where there are no choices."""
        if self.known.choices:
            return ()  # they were tried
        if self.known.kind == "date":
            today = date.fromisoformat(as_of[:10])
            return [f"{today + timedelta(days)} 00:00:00" for days in DAYS if days <= (date.max - today).days]
        if self.known.holds and not self.known.is_text:
            return [{self.known.holds[0].rpartition(".")[2]: "x"}]
        if self.known.kind == "text" and not self.known.is_text:
            return 1, {}
        return SAMPLES[self.known.kind]

    def tried(self, outcomes: list[Outcome], least: Outcome, plain: Sequence[Choice]) -> "Way":
        """The choices that come to the best here, which is at least so good, and whether the field may be left out.

        Those that are `plain` only have to resolve the finding in their place.
        """
        *of_choices, removed = outcomes
        best = max(of_choices, default=Outcome.REFUSED)
        kept = [
            (choice, one)
            for choice, one in zip(self.choices, of_choices, strict=True)
            if (_resolved(one) is _resolved(best) and best >= least) or (choice in plain and one >= Outcome.KEEPS)
        ]
        kept.sort(key=lambda told: _LATER.get(told[1], 0))
        left_off = self.left_off if kept else 0
        choices = tuple(choice for choice, _ in kept)
        return self._replace(choices=choices, left_off=left_off, is_removable=removed is Outcome.RESOLVES)


def _is_moment(text: str) -> bool:
    """Whether there is a moment that a text in the form of one says."""
    try:
        datetime.strptime(text, "%Y-%m-%d %H:%M:%S")  # in which newer Pythons read no hour 24 either
    except ValueError:
        return False
    return True


def _resolved(outcome: Outcome) -> Outcome:
    """An outcome, whatever is warned of elsewhere."""
    return Outcome.RESOLVES if outcome is Outcome.UNSETTLES else outcome


def only_goes(trial: Trial, place: Place) -> tuple[bool, bool]:
    """Whether only leaving out what stands at a place, which is no field, resolves the finding.

    It stays with values of all types; of objects in a list with an empty one, and with what the first entry holds, of
    which nothing is found. Where the list is too long, one entry less counts: then more have to go, which is told too.
    """
    standing, samples = trial.at(place.at), [{}, [], *SAMPLES["text"], PLACEHOLDER]
    holder, _, index = place.at.rpartition("/")
    if isinstance(standing, dict) and index.isdigit():
        first = f"{holder}/0"
        another = trial.at(first)
        if isinstance(another, dict):  # with the same request_id it would be the first one once more
            another = {key: value for key, value in another.items() if key != "request_id"}
        samples = [{}, another]
        if (trial.finding.code, first) in trial.known:
            return False, False
    elif isinstance(standing, dict | list):
        samples += standing[:1] if isinstance(standing, list) else [[standing]]
    if not all(trial.again(place, place.at, sample) for sample in samples):
        return False, False
    if _resolved(trial.outcome(place, place.at, LEFT_OUT)) is Outcome.RESOLVES:
        return True, False
    is_first = trial.shortens(place.at)
    return is_first, is_first


def is_nothing(value: Any) -> bool:
    """Whether a value says nothing: it counts as absent, or is an object or a list of such values alone."""
    if isinstance(value, dict | list):
        return all(map(is_nothing, value.values() if isinstance(value, dict) else value))
    return value is None or value == ""


def around(missing: str, at: str, value: Any) -> Any:
    """A value within the object, or the list of one, that is missing around its place."""
    entry = {at.rpartition("/")[2]: value}
    return [entry] if at.startswith(f"{missing}/0/") else entry
