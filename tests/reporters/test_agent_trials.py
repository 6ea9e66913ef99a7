"""Questions offer what a trial shows to resolve the finding, and nothing else."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest

import splint
from splint.agents.answers import patch_of
from splint.formats.operations import apply_patch
from splint.reporting.questions import MOST_CHOICES
from splint.rules.registry import load
from splint.rules.rule import GONE
from splint.run import trials
from splint.testing import AS_OF, base, edited
from tests.command import Command

GROUP, INFO, AD = "/adgroups/0", "/adgroups/0/ads/0/creative_list/0/creative_info", "/adgroups/0/ads/0"


def questions(value: Any, profile: str, **options: Any) -> dict[tuple[str, str], dict[str, Any]]:
    """The questions about a value by rule and place."""
    report = splint.check(value, profile=profile, as_of=AS_OF, **options)
    return {(one["rule"], one["at"]): one for one in report.to_agent(100)["needs_input"]}


def of(profile: str, edits: dict[str, Any], of_base: str = "") -> Any:
    """A base of the rules' examples after edits."""
    return edited(base(of_base or "cbo", profile), edits)


def after(value: Any, at: str, content: Any, profile: str) -> set[tuple[str, str]]:
    """The errors after an answer, by code and place."""
    report = splint.check(value, profile=profile, as_of=AS_OF)
    value = copy.deepcopy(value)
    apply_patch(value, patch_of(value, report, [{"at": at, "value": content}]))
    again = splint.check(value, profile=profile, as_of=AS_OF)
    return {(one.code, one.pointer) for one in again.active if one.severity == "error"}


CBO_OFF = {"/campaign/budget_optimize_on": False, "/campaign/budget": 500}
CLICK = {
    f"{GROUP}/optimization_goal": "CLICK",
    f"{GROUP}/billing_event": "CPC",
    f"{GROUP}/optimization_event": "SHOPPING",
}
REMOVABLE = {
    "an event that the goal does not take": ("reference", CLICK, "REF204", f"{GROUP}/optimization_event"),
    "a budget mode beside the campaign's": (
        "reference",
        {f"{GROUP}/budget_mode": "BUDGET_MODE_TOTAL"},
        "REF215",
        f"{GROUP}/budget_mode",
    ),
    "a target of another promotion": (
        "reference",
        {f"{GROUP}/promotion_target_type": "INSTANT_PAGE"},
        "REF310",
        f"{GROUP}/promotion_target_type",
    ),
    "a budget mode under CBO": (
        "guide",
        {f"{GROUP}/budget_mode": "BUDGET_MODE_TOTAL"},
        "SPL213",
        f"{GROUP}/budget_mode",
    ),
}


@pytest.mark.parametrize("case", REMOVABLE)
def test_where_no_value_resolves_a_finding_none_is_offered_and_removal_is_told(case: str) -> None:
    profile, edits, code, at = REMOVABLE[case]
    value = of(profile, edits)
    question = questions(value, profile)[code, at]
    assert "choices" not in question
    assert (question["kind"], question["removable"]) == ("text", True)
    assert (code, at) not in after(value, at, None, profile)


def test_a_choice_that_the_next_round_would_refuse_is_not_offered() -> None:
    """Without CBO TikTok takes BUDGET_MODE_DAY in no new campaign, of which another rule warns."""
    [question] = questions(of("reference", CBO_OFF), "reference").values()
    assert question["choices"] == ["BUDGET_MODE_INFINITE", "BUDGET_MODE_TOTAL"]
    group = of("reference", {f"{GROUP}/deep_bid_type": "VO_MIN_ROAS"})
    assert questions(group, "reference")["REF205", f"{GROUP}/deep_bid_type"]["choices"] == ["DEFAULT"]


def test_of_two_ad_groups_each_may_take_the_other_ones_value() -> None:
    group = base("cbo", "reference")["adgroups"][0]
    value = of(
        "reference",
        {"/adgroups/-": {**group, "adgroup_name": "B", "request_id": "77", "optimization_event": "ON_WEB_CART"}},
    )
    question = questions(value, "reference", select=["SPL402"])["SPL402", "/adgroups/1/optimization_event"]
    there = value["adgroups"][0]["optimization_event"]
    assert question["choices"] == [there]
    [instead] = question["instead"]
    assert (instead["at"], instead["choices"]) == ("/adgroups/0/optimization_event", ["ON_WEB_CART"])


@pytest.mark.parametrize(
    ("edits", "code", "at", "instead"),
    [
        (
            {f"{GROUP}/click_attribution_window": "ONE_DAY"},
            "REF211",
            f"{GROUP}/click_attribution_window",
            {"at": f"{GROUP}/view_attribution_window", "kind": "choice", "choices": ["OFF", "ONE_DAY", "SEVEN_DAYS"]},
        ),
        (
            {f"{GROUP}/placement_type": "PLACEMENT_TYPE_NORMAL", f"{GROUP}/placements": ["PLACEMENT_PANGLE"]},
            "REF316",
            f"{INFO}/identity_type",
            {"at": f"{GROUP}/placements", "kind": "choice", "list": True, "choices": ["PLACEMENT_TIKTOK"]},
        ),
        (
            {f"{INFO}/tiktok_item_id": "7", f"{AD}/ad_text_list": GONE},
            "REF307",
            f"{INFO}/video_info",
            {"at": f"{INFO}/tiktok_item_id", "kind": "id", "removable": True},
        ),
    ],
    ids=["a window that is missing", "another object", "a field to remove"],
)
def test_another_field_that_the_help_names_is_offered_where_it_resolves_the_finding(
    edits: dict[str, Any], code: str, at: str, instead: dict[str, Any]
) -> None:
    value = of("reference", edits)
    assert instead in questions(value, "reference")[code, at]["instead"]
    content = None if "removable" in instead else instead["choices"][0]
    content = [content] if "list" in instead else content
    assert (code, at) not in after(value, instead["at"], content, "reference")


@pytest.mark.parametrize("profile", ["guide", "reference"])
def test_no_answer_that_is_offered_leaves_the_finding(profile: str) -> None:
    """Of the examples of some rules, judged by all rules of the profile."""
    offered = 0
    for selection in load().rules[::2]:
        example = next((one for one in selection.rule.examples() if one.at and one.text is None), None)
        if example is None or (profile == "guide") != selection.rule.code.startswith("SPL"):
            continue
        value = edited(base(example.base, profile), example.edits)
        report = splint.check(value, profile=profile, as_of=AS_OF)
        for question in report.to_agent(100)["needs_input"]:
            for place in (question, *question.get("instead", ())):
                for choice in [*place.get("choices", ())[:5], *([None] if "removable" in place else ())]:
                    content = [choice] if place.get("list") and choice is not None else choice
                    found = after(value, place["at"], content, profile)
                    assert (question["rule"], question["at"]) not in found, (question, choice)
                    offered += 1
    assert offered > 20


def test_an_object_that_is_asked_for_is_told_with_its_shape() -> None:
    value = of("guide", {f"{AD}/ad_text_list": ["Hello"]})
    question = questions(value, "guide")["SPL003", f"{AD}/ad_text_list/0"]
    assert question["help"] == 'write {"ad_text":"Hello"}'
    assert "limit" not in question
    assert ("SPL003", f"{AD}/ad_text_list/0") not in after(value, f"{AD}/ad_text_list/0", {"ad_text": "Hello"}, "guide")
    value = of("guide", {f"{GROUP}/targeting_spec/device_price_ranges": ["50"]})
    asked = questions(value, "guide")["SPL003", f"{GROUP}/targeting_spec/device_price_ranges/0"]
    assert asked["help"] == "write a whole number"


@pytest.mark.parametrize(
    ("edits", "of_base", "code", "places"),
    [
        ({f"{GROUP}/budget": GONE, f"{GROUP}/budget_mode": GONE}, "no-cbo", "SPL212", ["budget", "budget_mode"]),
        ({f"{INFO}/video_info": GONE, f"{INFO}/image_info": GONE}, "", "SPL305", ["video_info", "image_info"]),
        (
            {f"{GROUP}/schedule_start_time": GONE, f"{GROUP}/schedule_end_time": GONE},
            "no-cbo",
            "SPL217",
            ["schedule_start_time", "schedule_end_time"],
        ),
    ],
)
def test_each_field_that_one_finding_misses_has_a_question(
    edits: dict[str, Any], of_base: str, code: str, places: list[str]
) -> None:
    asked = [one for rule, one in questions(of("guide", edits, of_base), "guide") if rule == code]
    assert [at.rpartition("/")[2] for at in asked] == places


def test_of_many_choices_those_are_offered_that_were_tried() -> None:
    value = of("guide", {f"{GROUP}/optimization_event": GONE})
    question = questions(value, "guide")["SPL207", f"{GROUP}/optimization_event"]
    assert len(question["choices"]) <= MOST_CHOICES
    assert question["choices_left_off"] > 100


def test_files_and_texts_are_tried_as_values_are(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    value = of("reference", CBO_OFF)
    [question] = questions(value, "reference").values()
    [of_text] = questions(json.dumps(value), "reference").values()
    assert of_text == question
    monkeypatch.chdir(tmp_path)
    text = json.dumps(value)
    Path("a.json").write_text(text)
    Path("b.ndjson").write_text(f"{json.dumps(base('cbo', 'reference'))}\n{text}\n")
    for path in ("a.json", "b.ndjson"):
        options = ("--output-format", "agent", "--profile", "reference", "--as-of", AS_OF)
        [of_file] = command("check", path, *options).report["needs_input"]
        assert of_file["choices"] == question["choices"], path
    [of_path] = questions(Path("a.json"), "reference").values()
    assert of_path["choices"] == question["choices"]


def test_trials_are_bounded_and_a_large_document_is_tried_by_the_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    value = of("reference", CBO_OFF)
    many = [*([base("cbo", "reference")] * 30), value]
    [question] = questions(many, "reference", select=["SPL102", "REF217"]).values()
    assert question["at"] == "/30/campaign/budget_mode"
    assert question["choices"] == ["BUDGET_MODE_INFINITE", "BUDGET_MODE_TOTAL"]
    checks = 0
    whole = trials._Stage._judged

    def counted(stage: Any, value: Any) -> Any:
        nonlocal checks
        checks += 1
        return whole(stage, value)

    monkeypatch.setattr(trials._Stage, "_judged", counted)
    wrong = {f"/adgroups/{number}/bid_type": "WRONG" for number in range(60)}
    groups = {f"/adgroups/{number}": {**value["adgroups"][0], "adgroup_name": f"G{number}"} for number in range(60)}
    large = {**value, "adgroups": list(groups.values())}
    report = splint.check(edited(large, wrong), profile="reference", as_of=AS_OF)
    report.to_agent(500, most=1 << 20)
    assert 0 < checks <= trials.MOST + 2
