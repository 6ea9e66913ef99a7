"""Two findings at one place: what resolves both is offered first, and the place takes one answer."""

from typing import Any

import pytest

import splint
from splint.agents.parameters import ToolError
from splint.agents.roots import Roots
from splint.agents.tools import Tools
from splint.rules.rule import GONE
from splint.testing import AS_OF, base, edited
from tests.reporters.test_agent_answer import patched
from tests.reporters.test_agent_trials import GROUP, questions

EVENT = "/adgroups/1/optimization_event"


def two_groups() -> Any:
    bundle = base("cbo", "reference")
    other = {**bundle["adgroups"][0], "request_id": "1770000000000000009", "adgroup_name": "Other"}
    bundle["adgroups"].append({**other, "optimization_event": "ADD_TO_CART"})
    return bundle


def answered(value: Any, *answers: dict[str, Any]) -> Any:
    given = {"payload": value, "answers": [*answers], "as_of": AS_OF, "profile": "reference"}
    return patched(value, Tools(Roots([])).answer(given)["patch"])


def test_a_choice_with_which_another_rule_finds_something_there_is_not_offered() -> None:
    """Nor is null, after which that rule misses the field; before, it found something else there."""
    asked = questions(two_groups(), "reference")
    assert asked["SPL402", EVENT]["choices"] == ["SHOPPING"]
    assert "removable" not in asked["SPL402", EVENT]
    [instead] = asked["SPL402", EVENT]["instead"]
    assert (instead["choices"], "removable" in instead) == (["ON_WEB_CART"], False)


def test_the_choice_that_resolves_both_findings_comes_first() -> None:
    """Before the only one that the help names, which leaves the other finding."""
    value = two_groups()
    asked = questions(value, "reference")
    assert asked["REF204", EVENT]["choices"] == ["SHOPPING", "ON_WEB_CART"]
    both = [{"at": EVENT, "value": asked[rule, EVENT]["choices"][0]} for rule in ("REF204", "SPL402")]
    assert splint.check(answered(value, *both), as_of=AS_OF, profile="reference").ok


def test_what_a_word_says_counts_where_the_field_beside_it_is_missed_too() -> None:
    edits = {f"{GROUP}/budget": GONE, f"{GROUP}/budget_mode": GONE, f"{GROUP}/lifetime_budget": 700}
    asked = questions(edited(base("no-cbo", "guide"), edits), "guide")
    for rule in "SPL004", "SPL212":
        assert asked[rule, f"{GROUP}/budget_mode"]["choices"] == ["BUDGET_MODE_TOTAL"], rule


def test_of_two_answers_for_one_place_the_error_says_that_it_takes_one() -> None:
    at = f"{GROUP}/targeting_spec/gender"
    value = edited(base("cbo", "reference"), {at: "MALE"})
    asked = questions(value, "reference")
    assert asked["SPL007", at]["choices"][0] == "GENDER_MALE"
    assert [asked[rule, at].get("removable", False) for rule in ("SPL007", "REF210")] == [False, True]
    answers = [{"at": at, "value": one} for one in ("GENDER_MALE", None)]
    with pytest.raises(ToolError, match="which takes one: answer one of its questions, and the next check asks again"):
        answered(value, *answers)
    after = answered(value, answers[0])
    assert {one["at"] for (rule, _), one in questions(after, "reference").items() if rule == "REF210"} == {at}


@pytest.mark.parametrize("key", ["end_time", "stop_time", "scheduleEndTime"])
@pytest.mark.parametrize("kind", [GONE, "UNTIL_END"])
def test_a_key_that_becomes_an_end_is_one_for_the_type_of_the_schedule(key: str, kind: Any) -> None:
    """From now on it would run for ever, and the end would have to go."""
    value = edited(base("cbo", "reference"), {f"{GROUP}/schedule_type": kind, f"{GROUP}/{key}": "2027-04-01 00:00:00"})
    asked = {at: one for (_, at), one in questions(value, "reference").items()}
    answers = {at: one["choices"] for at, one in asked.items()}
    assert answers[f"{GROUP}/{key}"] == ["schedule_end_time"]
    first, *others = answers[f"{GROUP}/schedule_type"]
    assert (first, others) == ("SCHEDULE_START_END", [] if kind is GONE else others)
    after = answered(value, *({"at": at, "value": choices[0]} for at, choices in answers.items()))
    assert not questions(after, "reference")
    assert after["adgroups"][0]["schedule_end_time"] == "2027-04-01 00:00:00"
