"""Questions offer what a trial shows to resolve the finding, and nothing else."""

import copy
import itertools
import json
import pickle
from pathlib import Path
from typing import Any

import pytest

import splint
from splint.agents.answers import patch_of
from splint.agents.parameters import ToolError
from splint.formats.operations import apply_patch
from splint.reporting.places import places_of
from splint.reporting.questions import MOST_CHOICES
from splint.reporting.report import Report
from splint.rules.registry import load
from splint.rules.rule import GONE, times
from splint.run import trials
from splint.testing import AS_OF, base, edited
from tests.command import Command
from tests.grids import few

START, END = "2026-04-06 06:00:00", "2026-05-03 21:59:59"
GROUP, INFO, AD = "/adgroups/0", "/adgroups/0/ads/0/creative_list/0/creative_info", "/adgroups/0/ads/0"


def questions(value: Any, profile: str, **options: Any) -> dict[tuple[str, str], dict[str, Any]]:
    """The questions about a value by rule and place."""
    report = splint.check(value, profile=profile, as_of=AS_OF, **options)
    return {(one["rule"], one["at"]): one for one in report.to_agent(100)["needs_input"]}


def of(profile: str, edits: dict[str, Any], of_base: str = "") -> Any:
    """A base of the rules' examples after edits."""
    return edited(base(of_base or "cbo", profile), edits)


def answered(value: Any, report: Report, at: str, content: Any) -> Any:
    """A value after an answer."""
    value = copy.deepcopy(value)
    apply_patch(value, patch_of(value, report, [{"at": at, "value": content}]))
    return value


def found(report: Report) -> set[tuple[str, str]]:
    """All that is found, by code and the places that are asked for."""
    return {(one.code, place.at) for one in report.active for place in places_of(one)}


def after(value: Any, at: str, content: Any, profile: str) -> set[tuple[str, str]]:
    """What is found after an answer."""
    report = splint.check(value, profile=profile, as_of=AS_OF)
    return found(splint.check(answered(value, report, at, content), profile=profile, as_of=AS_OF))


CBO_OFF = {"/campaign/budget_optimize_on": False, "/campaign/budget": 500}
CLICK = {
    f"{GROUP}/optimization_goal": "CLICK",
    f"{GROUP}/billing_event": "CPC",
    f"{GROUP}/optimization_event": "SHOPPING",
}
CAPPED = {f"{GROUP}/bid_type": "BID_TYPE_CUSTOM", f"{GROUP}/conversion_bid_price": 5}
SPEC = f"{GROUP}/targeting_spec"
SPEC_AGES = f"{SPEC}/age_groups"
MODE, SWITCH, NO_BID = "/campaign/budget_mode", "/campaign/budget_optimize_on", "BID_TYPE_NO_BID"
REMOVABLE: list[tuple[str, dict[str, Any], str, str]] = [
    ("reference", CLICK, "REF204", f"{GROUP}/optimization_event"),
    ("reference", CLICK, "REF203", f"{GROUP}/pixel_id"),
    ("reference", {f"{GROUP}/roas_bid": 2}, "REF205", f"{GROUP}/roas_bid"),
    ("reference", {f"{GROUP}/budget_mode": "BUDGET_MODE_TOTAL"}, "REF215", f"{GROUP}/budget_mode"),
    ("guide", {f"{GROUP}/budget_mode": "BUDGET_MODE_TOTAL"}, "SPL213", f"{GROUP}/budget_mode"),
    ("guide", {f"{GROUP}/budget": "{{budget}}"}, "SPL213", f"{GROUP}/budget"),
    ("guide", {f"{SPEC}/device_model_ids": ["202311271"]}, "SPL221", f"{SPEC}/device_model_ids"),
    ("guide", {f"{SPEC}/household_income": ["TOP5"]}, "SPL221", f"{SPEC}/household_income"),
]


def test_where_no_value_resolves_a_finding_only_leaving_the_field_out_is_offered() -> None:
    for profile, edits, code, at in REMOVABLE:
        value = of(profile, edits)
        question = questions(value, profile)[code, at]
        assert question.items() >= {"kind": "choice", "choices": [], "removable": True}.items(), (code, at)
        assert not {"limit", "list"} & {*question}, (code, at)
        assert question["question"] == f"is {at.rpartition('/')[2]} left out, as no value resolves this?"
        assert "remove it" in question["help"]
        assert (code, at) not in after(value, at, None, profile)


def test_where_a_value_may_resolve_a_finding_one_is_asked_for() -> None:
    """Though leaving it out does, too, and though the trials' own values do not."""
    for profile, edits, code, at, kind in (
        ("guide", {f"{GROUP}/pixel_id": "{{pixel}}"}, "SPL010", f"{GROUP}/pixel_id", "id"),
        ("guide", {f"{AD}/ad_name": "{{name}}"}, "SPL010", f"{AD}/ad_name", "text"),
        ("guide", {"/campaign/budget": -1}, "SPL106", "/campaign/budget", "money"),
        ("reference", {f"{GROUP}/schedule_start_time": "2026-01-01 00:00:00"}, "REF206", "", "date"),
        (
            "reference",
            {f"{AD}/ad_text_list": [{"ad_text": one} for one in "abcdef"]},
            "SPL302",
            f"{AD}/ad_text_list",
            "object",
        ),
    ):
        asked = questions(of(profile, edits), profile)
        question = asked[code, at or f"{GROUP}/schedule_start_time"]
        assert (question["kind"], "choices" in question) == (kind, False), (code, at)
        assert question["question"].startswith("w"), question


def test_dates_are_tried_up_to_the_last_one() -> None:
    value = of("guide", {f"{GROUP}/schedule_start_time": "Spring"})
    [asked] = splint.check(value, profile="guide", as_of="9995-01-01T00:00:00Z").to_agent()["needs_input"]
    assert (asked["at"], asked["kind"]) == (f"{GROUP}/schedule_start_time", "date")


def test_a_list_that_another_finding_keeps_gives_way_to_the_one_beside_it() -> None:
    """A deeplink needs the landing page; without one either list may go."""
    pages = {f"{AD}/page_list": [{"page_id": "1"}]}
    deeplinks = {f"{AD}/deeplink_list": [{"deeplink": "a://x", "deeplink_type": "NORMAL"}]}
    value = of("guide", pages | deeplinks)
    [question] = questions(value, "guide").values()
    assert (question["at"], question["choices"], question["removable"]) == (f"{AD}/page_list", [], True)
    assert after(value, f"{AD}/page_list", None, "guide") == set()
    [question] = questions(of("guide", pages), "guide").values()
    assert question["question"] == "is landing_page_url_list or page_list left out, as no value resolves this?"
    [instead] = question["instead"]
    assert instead == {"at": f"{AD}/page_list", "kind": "choice", "choices": [], "removable": True}


def test_the_values_of_a_misspelt_one_are_offered_though_each_brings_in_an_error_in_its_place() -> None:
    apart = {f"{GROUP}/placement_type": "PLACEMENT_TYPE_NORMAL", f"{GROUP}/placements": ["PLACEMENT_PANGLE"]}
    at = f"{INFO}/identity_type"
    value = of("reference", {**apart, at: "BC_AUTH"})
    question = questions(value, "reference")["SPL007", at]
    assert question["choices"] == ["BC_AUTH_TT", "AUTH_CODE", "CUSTOMIZED_USER", "TT_USER"]
    for choice in question["choices"]:
        codes = {code for code, where in after(value, at, choice, "reference") if where == at}
        assert codes
        assert "SPL007" not in codes
    group = base("cbo", "reference")["adgroups"][0]
    other = {**group, "adgroup_name": "B", "request_id": "77", "optimization_goal": "TRAFFIC_LANDING_PAGE_VIEW"}
    event = "/adgroups/1/optimization_event"
    value = of("reference", {"/adgroups/-": {**other, "optimization_event": "LANDING_PAGE_VIEW"}})
    assert "choices" not in questions(value, "reference")["SPL402", event]  # REF204 would ask to put it back


def test_what_a_missing_list_holds_is_asked_for_where_it_goes() -> None:
    for profile, field, name, code, content in (
        ("reference", "landing_page_url_list", "landing_page_url", "REF313", "https://a.com"),
        ("guide", "landing_page_url_list", "landing_page_url", "SPL315", "https://a.com"),
        ("reference", "ad_text_list", "ad_text", "REF307", "Hello"),
    ):
        at, asks = f"{AD}/{field}/0/{name}", f"what goes into {name}"
        for there in (GONE, [], None):
            value = of(profile, {f"{AD}/{field}": there})
            question = questions(value, profile).get((code, at))
            if question is None:
                assert there is not GONE
                continue
            assert question["kind"] == "text"
            assert question["question"] in (f"{asks}?", f"{asks}, or is call_to_action_id left out?")
            assert "list" not in question
            report = splint.check(value, profile=profile, as_of=AS_OF)
            result = answered(value, report, at, content)
            assert result["adgroups"][0]["ads"][0][field] == [{name: content}]
            assert found(splint.check(result, profile=profile, as_of=AS_OF)) == set()


def test_a_key_that_is_no_field_there_asks_for_no_value_of_it() -> None:
    at = f"{AD}/landing_page_url_list"
    question = questions(of("guide", {at: [{"url": "https://a.com"}]}), "guide")["SPL004", f"{at}/0/url"]
    assert (question["choices"], question["renames"]) == (["landing_page_url"], True)


def test_a_choice_that_the_next_round_would_refuse_is_not_offered() -> None:
    """Without CBO TikTok takes BUDGET_MODE_DAY in no new campaign, of which another rule warns."""
    [question] = questions(of("reference", CBO_OFF), "reference").values()
    assert question["choices"] == ["BUDGET_MODE_INFINITE", "BUDGET_MODE_TOTAL"]
    group = of("reference", {f"{GROUP}/deep_bid_type": "VO_MIN_ROAS"})
    assert questions(group, "reference")["REF205", f"{GROUP}/deep_bid_type"]["choices"] == ["DEFAULT"]


def test_a_way_that_brings_in_an_error_is_not_offered_beside_one_that_brings_none() -> None:
    """Of all places of one question: each ad group could take the other one's mode, but one has no end for it."""
    [first] = base("cbo", "guide")["adgroups"]
    first = {**first, "budget_mode": "BUDGET_MODE_DYNAMIC_DAILY_BUDGET", "budget": 150}
    ends = {"schedule_type": "SCHEDULE_START_END", "schedule_start_time": START, "schedule_end_time": END}
    second = {
        **first,
        **ends,
        "adgroup_name": "B",
        "request_id": "77",
        "budget_mode": "BUDGET_MODE_TOTAL",
        "budget": 9000,
    }
    campaign = {**base("cbo", "guide")["campaign"], "budget_optimize_on": False, "budget_mode": "BUDGET_MODE_INFINITE"}
    del campaign["budget"]
    value = {"campaign": campaign, "adgroups": [first, second]}
    question = questions(value, "guide")["SPL403", "/adgroups/1/budget_mode"]
    assert (question["choices"], "instead" in question) == (["BUDGET_MODE_DYNAMIC_DAILY_BUDGET"], False)
    shifts = {**value, "adgroups": [{**first, "budget_mode": "BUDGET_MODE_TOTAL"}, second]}
    assert "SPL216" in {one.code for one in splint.check(shifts, as_of=AS_OF).active}
    apart = {f"{GROUP}/placements": ["PLACEMENT_PANGLE"], f"{GROUP}/placement_type": "PLACEMENT_TYPE_AUTOMATIC"}
    question = questions(of("reference", apart), "reference")["REF210", f"{GROUP}/placements"]
    assert (question["removable"], "instead" in question) == (True, False)


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


def test_a_field_whose_values_resolve_nothing_gives_way_to_another() -> None:
    """Any other bid type would differ from that of the other ad groups: the budget's mode alone is asked for."""
    handover = json.loads(Path("fixtures/invalid/agency-handover.json").read_text())
    at = "/adgroups/1/budget_mode"
    question = questions(handover, "reference", select=["SPL210", "SPL403", "SPL008"])["SPL210", at]
    assert [one.pointer for one in splint.check(handover, select=["SPL210"]).active] == ["/adgroups/1/bid_type"]
    assert question["question"] == "which of the choices, if any, goes into budget_mode?"
    assert (question["kind"], "instead" in question, "help" in question) == ("choice", False, False)
    assert "BUDGET_MODE_DYNAMIC_DAILY_BUDGET" in question["choices"]
    assert ("SPL210", at) not in after(handover, at, question["choices"][0], "reference")


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
            {f"{INFO}/tiktok_item_id": "7"},
            "REF307",
            f"{INFO}/video_info",
            {"at": f"{INFO}/tiktok_item_id", "kind": "choice", "choices": [], "removable": True},
        ),
        (
            {f"{GROUP}/schedule_end_time": END},
            "REF206",
            f"{GROUP}/schedule_end_time",
            {"at": f"{GROUP}/schedule_type", "kind": "choice", "choices": ["SCHEDULE_START_END"]},
        ),
        (
            {f"{SPEC}/gender": "GENDER_FEMALE"},
            "REF210",
            f"{SPEC}/gender",
            {"at": f"{GROUP}/targeting_optimization_mode", "kind": "choice", "choices": ["MANUAL"]},
        ),
        (
            {f"{GROUP}/conversion_bid_price": 15},
            "SPL209",
            f"{GROUP}/conversion_bid_price",
            {"at": f"{GROUP}/bid_type", "kind": "choice", "choices": ["BID_TYPE_CUSTOM"]},
        ),
    ],
    ids=["a window that is missing", "another object", "a field to remove", "a schedule", "a target", "a price"],
)
def test_another_field_that_the_help_names_is_offered_where_it_resolves_the_finding(
    edits: dict[str, Any], code: str, at: str, instead: dict[str, Any]
) -> None:
    value = of("reference", edits)
    asked = [one for one in questions(value, "reference").values() if one["rule"] == code]
    places = [place for one in asked for place in (one, *one.get("instead", ()))]
    assert any(instead.items() <= place.items() for place in places)
    content = None if "removable" in instead else instead["choices"][0]
    content = [content] if "list" in instead else content
    assert (code, at) not in after(value, instead["at"], content, "reference")


@pytest.mark.parametrize(
    ("of_base", "edits", "code", "at", "instead", "content"),
    [
        (
            "cbo",
            {f"{GROUP}/max_budget": 500, "/campaign/budget_mode": "BUDGET_MODE_TOTAL"},
            "SPL214",
            f"{GROUP}/max_budget",
            "/campaign/budget_mode",
            "BUDGET_MODE_DYNAMIC_DAILY_BUDGET",
        ),
        (
            "cbo",
            {**CAPPED, f"{GROUP}/max_budget": 500},
            *("SPL214", f"{GROUP}/max_budget", f"{GROUP}/bid_type"),
            NO_BID,
        ),
        ("no-cbo", {"/campaign/budget_optimize_on": True, MODE: "BUDGET_MODE_INFINITE"}, "SPL102", MODE, SWITCH, False),
        ("cbo", {"/campaign/budget_optimize_on": False}, "SPL102", MODE, SWITCH, True),
        ("no-cbo", {SWITCH: GONE, MODE: GONE}, "SPL213", f"{GROUP}/budget", SWITCH, False),
        ("no-cbo", {SWITCH: GONE, MODE: GONE}, "SPL213", f"{GROUP}/budget_mode", SWITCH, False),
    ],
    ids=[
        *("limits and a mode", "limits and a bid", "budgets of ad groups", "no budget of an ad group"),
        *("CBO by default", "CBO by default and a mode"),
    ],
)
def test_where_a_budget_goes_may_change_in_place_of_the_budgets(
    of_base: str, edits: dict[str, Any], code: str, at: str, instead: str, content: Any
) -> None:
    value = of("guide", edits, of_base)
    question = questions(value, "guide")[code, at]
    [other] = question["instead"]
    assert (other["at"], other["choices"]) == (instead, [content])
    assert not after(value, instead, content, "guide") & {(code, at)}


def test_a_question_about_a_missing_field_offers_the_other_one_that_the_help_names() -> None:
    normal = "PLACEMENT_TYPE_NORMAL"
    calls = f"{AD}/call_to_action_list"
    for of_base, edits, code, at, instead, content in (
        (
            "cbo",
            {f"{GROUP}/bid_type": "BID_TYPE_CUSTOM"},
            "SPL208",
            "conversion_bid_price",
            f"{GROUP}/bid_type",
            NO_BID,
        ),
        ("no-cbo", {MODE: "BUDGET_MODE_TOTAL"}, "SPL104", "budget", MODE, "BUDGET_MODE_INFINITE"),
        ("no-cbo", {SWITCH: GONE, MODE: GONE}, "SPL103", "budget", SWITCH, False),
        (
            "cbo",
            {f"{GROUP}/placements": GONE, f"{GROUP}/placement_type": normal},
            *("SPL220", "placements", f"{GROUP}/placement_type", "PLACEMENT_TYPE_AUTOMATIC"),
        ),
        (
            "cbo",
            {f"{AD}/landing_page_url_list": GONE},
            *("SPL315", "landing_page_url_list/0/landing_page_url", f"{AD}/ad_configuration/call_to_action_id", None),
        ),
        (
            "cbo",
            {
                f"{AD}/landing_page_url_list": GONE,
                f"{AD}/ad_configuration": GONE,
                calls: [{"call_to_action": "BUY_NOW"}],
            },
            *("SPL315", "landing_page_url_list/0/landing_page_url", calls, None),
        ),
    ):
        value = of("guide", edits, of_base)
        [question] = [one for (rule, _), one in questions(value, "guide").items() if rule == code]
        assert question["at"].endswith(f"/{at}")
        [other] = question["instead"]
        first, second = at.rpartition("/")[2], instead.rpartition("/")[2]
        is_to_go = other["choices"] == []
        asks = f"{first}, or is {second} left out?" if is_to_go else f"{first}, or is {second} changed instead?"
        assert question["question"].endswith(f" goes into {asks}")
        assert other["at"] == instead
        assert other["removable"] if content is None else other["choices"] == [content]
        assert after(value, instead, content, "guide") == set()


def test_an_entry_that_the_help_would_drop_may_be_left_out() -> None:
    texts = f"{AD}/ad_text_list"
    for profile, entry, code in (("guide", {}, "SPL008"), ("reference", {"ad_text": "Hello"}, "REF311")):
        value = of(profile, {texts: [{"ad_text": "Hello"}, entry]})
        question = questions(value, profile)[code, f"{texts}/1/ad_text"]
        assert question["question"].endswith("goes into ad_text, or is ad_text_list/1 left out?")
        assert question["instead"] == [{"at": f"{texts}/1", "kind": "choice", "choices": [], "removable": True}]
        assert after(value, f"{texts}/1", None, profile) == set()
    deeplinks = f"{AD}/deeplink_list"
    [first, second] = questions(of("guide", {deeplinks: [{}]}), "guide").values()
    assert [[one["at"] for one in asked["instead"]] for asked in (first, second)] == [[f"{deeplinks}/0"]] * 2


def test_limits_of_ad_groups_with_budgets_are_left_out_alone() -> None:
    """With CBO on each budget would have to go."""
    value = of("guide", {f"{GROUP}/max_budget": 500}, "no-cbo")
    question = questions(value, "guide")["SPL214", f"{GROUP}/max_budget"]
    assert (question["removable"], "instead" in question) == (True, False)


@pytest.mark.slow
@pytest.mark.parametrize("profile", ["guide", "reference"])
def test_no_answer_that_is_offered_leaves_the_finding(profile: str) -> None:
    """Of an example of each rule, judged by all rules of the profile; nothing that is left out is asked for then."""
    linter, offered = splint.Linter(profile=profile, as_of=AS_OF), 0
    for selection in load().rules:
        if (profile == "guide") != selection.rule.code.startswith("SPL"):
            continue
        for example in [one for one in selection.rule.examples() if one.at and one.text is None][:2]:
            value = edited(base(example.base, profile), example.edits)
            report = linter.check(value)
            errors = {one.code for one in report.active if one.severity == "error"}
            for question in report.to_agent(100)["needs_input"]:
                assert question["kind"] != "choice" or question["choices"] or question["removable"], question
                for place in (question, *question.get("instead", ())):
                    for choice in [*place.get("choices", ())[:3], *([None] if "removable" in place else ())]:
                        content = [choice] if place.get("list") and choice is not None else choice
                        again = linter.check(answered(value, report, place["at"], content))
                        assert (question["rule"], question["at"]) not in found(again), (question, choice)
                        if choice is None:
                            assert {one.code for one in again.active if one.severity == "error"} <= errors, question
                        offered += 1
    assert offered > 50


def test_a_missing_field_has_its_place_though_its_holder_has_the_same_name() -> None:
    body = {"advertiser_id": "1", "budget": [{"adgroup_id": "2"}]}
    value = {"endpoint": "/v1.3/smart_plus/adgroup/budget/update/", "body": body}
    question = questions(value, "reference")["REF004", "/body/budget/0/budget"]
    assert question["question"] == "what amount goes into budget?"
    assert "removable" not in question
    assert after(value, "/body/budget/0/budget", 50, "reference") == set()


@pytest.mark.parametrize("field", ["deeplink_list", "call_to_action_list"])
@pytest.mark.parametrize("entry", few([None, "", 7], 2))
def test_an_entry_that_is_no_object_is_asked_about(field: str, entry: Any) -> None:
    for profile in ("guide", "reference"):
        asked = [at for _, at in questions(of(profile, {f"{AD}/{field}": [entry]}), profile)]
        assert any(at.startswith(f"{AD}/{field}") for at in asked), profile


@pytest.mark.parametrize(
    ("edits", "code", "at"),
    few(
        [
            ({f"{GROUP}/placements": ["PLACEMENT_WRONG"]}, "SPL007", f"{GROUP}/placements/0"),
            (
                {f"{INFO}/image_info": [{"web_uri": "http://a"}], f"{INFO}/video_info": GONE},
                "REF309",
                f"{INFO}/image_info/0/web_uri",
            ),
            (
                {
                    f"{GROUP}/placement_type": "PLACEMENT_TYPE_NORMAL",
                    f"{GROUP}/placements": ["PLACEMENT_PANGLE"],
                    f"{AD}/ad_configuration": GONE,
                    f"{AD}/call_to_action_list": ["SHOP_NOW"],
                },
                "REF308",
                f"{AD}/call_to_action_list",
            ),
        ],
        2,
    ),
)
def test_what_is_missed_once_it_is_left_out_is_not_removable(edits: dict[str, Any], code: str, at: str) -> None:
    profile = "guide" if code.startswith("SPL") else "reference"
    value = of(profile, edits)
    before = splint.check(value, profile=profile, as_of=AS_OF)
    assert "removable" not in questions(value, profile)[code, at]
    gone = edited(value, {at: GONE})
    assert found(splint.check(gone, profile=profile, as_of=AS_OF)) - found(before)


def test_what_makes_a_warning_an_error_once_it_is_left_out_is_not_removable() -> None:
    """The stray key is all that says which pixel it is, once the placeholder is gone."""
    value = of("guide", {f"{GROUP}/pixel_id": "PIXEL_ID", "/campaign/pixel_id": "7123456789012345678"})
    asked = questions(value, "guide")
    assert "removable" not in asked["SPL010", f"{GROUP}/pixel_id"]
    assert "removable" not in asked["SPL004", "/campaign/pixel_id"]


def test_a_list_that_stands_in_the_wrong_object_is_moved_or_left_out() -> None:
    """No value of it is one there, though some make the finding milder."""
    value = of("guide", {"/call_to_action_list": [{"call_to_action": "LEARN_MORE"}]}, "ad-group")
    question = questions(value, "guide")["SPL004", "/call_to_action_list"]
    assert question["help"].startswith("move it to ads[]")
    assert not {"list", "limit"} & {*question}


def test_a_field_of_the_object_around_is_offered_where_the_help_names_it() -> None:
    value = of("reference", {f"{GROUP}/suggestion_audience_enabled": False, f"{SPEC}/age_groups": ["AGE_25_34"]})
    [question] = questions(value, "reference").values()
    at = f"{GROUP}/suggestion_audience_enabled"
    assert question["instead"][-1] == {"at": at, "kind": "choice", "choices": [True]}
    assert after(value, at, True, "reference") == set()


def test_a_question_tells_the_limit_that_was_found_broken() -> None:
    """In its limit, or with the message where that tells other limits alone."""
    for profile, facts, edits, told in (
        ("reference", {"currency": "USD"}, {"/campaign/budget": 30}, "is below 50 USD, the minimum; set a budget"),
        ("guide", {"historical_cpa": 80}, {"/campaign/budget": 130}, "is below 800, the floor"),
        ("guide", {}, {"/campaign/budget": -1}, ""),
        ("guide", {}, {"/facts": {"currency": "Dollar"}}, ""),
    ):
        [question] = questions(of(profile, edits), profile, facts=facts).values()
        assert told in question.get("help", ""), question
        assert ("help" in question) == bool(told), question
        assert question["limit"].startswith("the code of a currency" if "/facts" in edits else "above"), question


@pytest.mark.parametrize("field", ["roas_bid", "conversion_bid_price", "bid_price"])
def test_a_missing_amount_that_another_object_holds_is_told_with_it(field: str) -> None:
    goal = {f"{GROUP}/optimization_goal": "CLICK", f"{GROUP}/pixel_id": GONE} if field == "bid_price" else {}
    edits = {
        GROUP: times(2),
        **{f"{GROUP[:-1]}{at}/bid_type": "BID_TYPE_CUSTOM" for at in (0, 1)},
        f"{GROUP}/{field}": 7,
    }
    value = of("guide", {**goal, **edits})
    question = questions(value, "guide", select=["SPL402"])["SPL402", f"/adgroups/1/{field}"]
    assert question["help"].endswith(f"set {field} to 7")
    missing = questions(of("guide", {"/campaign/budget": GONE}), "guide")["SPL103", "/campaign/budget"]
    assert "help" not in missing


def test_an_object_that_is_asked_for_is_told_with_its_shape() -> None:
    value = of("guide", {f"{AD}/ad_text_list": ["Hello"]})
    question = questions(value, "guide")["SPL003", f"{AD}/ad_text_list/0"]
    assert question["help"] == 'write {"ad_text":"Hello"}'
    assert question["limit"] == "an object with ad_text"
    assert ("SPL003", f"{AD}/ad_text_list/0") not in after(value, f"{AD}/ad_text_list/0", {"ad_text": "Hello"}, "guide")
    entries = {
        '{"ad_text": "Hello"}': 'the object itself, {"ad_text":"Hello"}',
        **dict.fromkeys((" ", "{}", '{"ad_text": Hello', '[{"ad_text": "Hello"}]'), "an object with ad_text"),
        "[New] Hello": '{"ad_text":"[New] Hello"}',
        "50": '{"ad_text":"50"}',
    }
    for entry, meant in entries.items():
        value = of("guide", {f"{AD}/ad_text_list": [entry]})
        question = questions(value, "guide")["SPL003", f"{AD}/ad_text_list/0"]
        assert question["help"] == f"write {meant}"
        assert after(value, question["at"], {"ad_text": "Hello"}, "guide") == set()
    value = of("guide", {f"{GROUP}/targeting_spec/device_price_ranges": ["50"]})
    asked = questions(value, "guide")["SPL003", f"{GROUP}/targeting_spec/device_price_ranges/0"]
    assert asked["help"] == "write a whole number"


@pytest.mark.parametrize(
    ("edits", "of_base", "code", "places"),
    few(
        [
            ({f"{GROUP}/budget": GONE, f"{GROUP}/budget_mode": GONE}, "no-cbo", "SPL212", ["budget", "budget_mode"]),
            ({f"{INFO}/video_info": GONE, f"{INFO}/image_info": GONE}, "", "SPL305", ["video_id", "web_uri"]),
            (
                {f"{GROUP}/schedule_start_time": GONE, f"{GROUP}/schedule_end_time": GONE},
                "no-cbo",
                "SPL217",
                ["schedule_start_time", "schedule_end_time"],
            ),
        ],
        2,
    ),
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


@pytest.mark.parametrize(
    ("at", "value", "first"),
    few(
        [
            (f"{GROUP}/placements", "PLACEMENT_TIKTOK", ["PLACEMENT_TIKTOK"]),
            (f"{GROUP}/targeting_spec/age_groups", "AGE_35_44", ["AGE_35_44"]),
            (f"{GROUP}/targeting_spec/gender", ["GENDER_MALE"], ["GENDER_MALE"]),
            (f"{GROUP}/comment_disabled", "no", [False, True]),
            (f"{GROUP}/bid_type", "BID_TYPE_MAX_CONVERSION", ["BID_TYPE_NO_BID", "BID_TYPE_CUSTOM"]),
        ],
        2,
    ),
)
@pytest.mark.parametrize("profile", ["guide", "reference"])
def test_what_the_finding_says_to_write_is_the_first_choice(profile: str, at: str, value: Any, first: Any) -> None:
    """Also where it is what stands there, but within a list; and several in the order in which it names them."""
    edits = {at: value, f"{GROUP}/placement_type": "PLACEMENT_TYPE_NORMAL"} if "placements" in at else {at: value}
    [(code, question)] = [
        (rule, one) for (rule, where), one in questions(of(profile, edits), profile).items() if where == at
    ]
    assert question["choices"][: len(first)] == first
    content = [first[0]] if question.get("list") else first[0]
    assert (code, at) not in after(of(profile, edits), at, content, profile)


def test_a_question_without_a_choice_that_resolves_is_no_choice() -> None:
    """The first ad group has no event, which only leaving the other one out resolves: 167 events were not tried."""
    clicks = {"optimization_goal": "CLICK", "billing_event": "CPC"}
    group = {**base("cbo", "guide")["adgroups"][0], **clicks}
    first = {name: field for name, field in group.items() if name != "optimization_event"}
    value = {**base("cbo", "guide"), "adgroups": [first, {**group, "adgroup_name": "B"}]}
    question = questions(value, "guide")["SPL402", "/adgroups/1/optimization_event"]
    assert (question["kind"], question["removable"]) == ("text", True)
    assert not {"choices", "choices_left_off"} & {*question}


def of_events(*events: str) -> Any:
    """A campaign whose ad groups optimize for these events."""
    group = base("cbo", "guide")["adgroups"][0]
    groups = [
        {**group, "adgroup_name": f"G{at}", "request_id": f"9{at}", "optimization_event": event}
        for at, event in enumerate(events)
    ]
    return {**base("cbo", "guide"), "adgroups": groups}


def test_a_question_tells_two_fields_of_one_name_apart() -> None:
    asked = questions(of_events("COMPLETE_PAYMENT", "ADD_TO_CART"), "guide")
    [question] = asked.values()
    first, second = ("/adgroups/0/optimization_event", "/adgroups/1/optimization_event")
    assert question["question"] == f"which of the choices, if any, goes into {second}, or is {first} changed instead?"


def test_an_answer_with_which_the_finding_moves_is_not_offered() -> None:
    """Where the first of three ad groups takes the value of the third, the second is the one that differs."""
    asked = questions(of_events("COMPLETE_PAYMENT", "COMPLETE_PAYMENT", "ADD_TO_CART"), "guide")
    [question] = asked.values()
    assert (question["at"], question["choices"]) == ("/adgroups/2/optimization_event", ["COMPLETE_PAYMENT"])
    assert "instead" not in question


def test_trials_are_made_at_the_time_of_the_report(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds, times = itertools.count(1_800_000_000), list[Any]()
    monkeypatch.setattr("splint.settings.config.clock", lambda: next(seconds))
    ruleset = splint.Linter.ruleset

    def noted(linter: Any, now: Any = None) -> Any:
        made = ruleset(linter, now)
        times.append(made.run.as_of)
        return made

    monkeypatch.setattr(splint.Linter, "ruleset", noted)
    value = of("guide", {"/campaign/budget_mode": "WRONG"})
    splint.check(value).to_agent()
    assert len(times) > 2
    assert len({*times}) == 1
    times.clear()
    monkeypatch.chdir(tmp_path)
    Path("a.json").write_text(json.dumps(value))
    command("check", "a.json", "--output-format", "agent")
    assert len(times) > 2
    assert len({*times}) == 1


def test_a_finding_whose_message_holds_the_time_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    days = itertools.count()
    monkeypatch.setattr("splint.settings.config.clock", lambda: 1_800_000_000 + 86_400 * next(days))
    at = f"{GROUP}/schedule_start_time"
    report = splint.check(of("reference", {at: "2027-01-15 07:00:00"}), profile="reference")
    [one] = [one for one in report.active if one.pointer == at]
    assert one.summary.endswith("lies before 2027-01-15 08:00:00")
    assert report.trials is not None
    trial = report.trials().of(one, 1)
    assert trial is not None
    again = trial.after([at], "2027-01-15 09:00:00")
    assert again is not None
    assert at not in [one.pointer for one in again]


TWO = {"a.ndjson": "{}\n{}\n", "a.yaml": "{}\n---\n{}\n", "a.md": "```json\n{}\n```\n\n```json\n{}\n```\n"}


@pytest.mark.parametrize("name", TWO)
def test_the_documents_of_a_file_are_tried_apart(name: str, tmp_path: Path) -> None:
    wrong = of("guide", {f"{GROUP}/budget_mode": "BUDGET_MODE_TOTAL"})
    other = of("guide", {"/campaign/budget_mode": "BUDGET_MODE_TOTAL"})
    [expected] = questions(wrong, "guide").values()
    assert expected["removable"]
    for second in (wrong, other):
        texts = [json.dumps(wrong), json.dumps(second)]
        (tmp_path / name).write_text(TWO[name].format(*texts))
        for given in (tmp_path / name, texts):
            asked = splint.check(given, as_of=AS_OF).to_agent()["needs_input"]
            of_wrong = [one["removable"] for one in asked if one["rule"] == "SPL213"]
            assert of_wrong == [True] * (2 if second is wrong else 1), given


def counted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The bytes of JSON that each check of a trial judges from here on."""
    sizes: list[int] = []
    judged = trials._Stage._judged

    def counting(stage: Any, value: Any) -> Any:
        sizes.append(len(json.dumps(value)))
        return judged(stage, value)

    monkeypatch.setattr(trials._Stage, "_judged", counting)
    return sizes


@pytest.mark.slow
@pytest.mark.parametrize("name", few(["a.ndjson", "a.yaml"], 1))
def test_the_trials_of_many_documents_are_bounded(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents of which each is found wrong: what is there before an answer counts among the checks."""
    wrong = json.dumps(of("guide", {f"{GROUP}/bid_type": "WRONG", "/campaign/budget_mode": "WRONG"}))
    between = "\n---\n" if name == "a.yaml" else "\n"
    (tmp_path / name).write_text(between.join([wrong] * 250))
    sizes = counted(monkeypatch)
    splint.check(tmp_path / name, as_of=AS_OF).to_agent(500, most=1 << 20)
    assert 50 < len(sizes) <= trials.MOST
    assert sum(sizes) < trials.MOST_WORK * 2
    assert max(sizes) < 2 * len(wrong)


def test_a_script_and_what_is_too_large_are_not_tried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = counted(monkeypatch)
    campaign = {**base("cbo", "guide")["campaign"], "budget_mode": "WRONG"}
    url = "https://business-api.tiktok.com/open_api/v1.3/smart_plus/campaign/create/"
    (tmp_path / "a.sh").write_text(f"curl {url} -d '{json.dumps(campaign)}'\n")
    large = of("guide", {"/campaign/budget_mode": "WRONG", "/campaign/_note": "x" * trials.MOST_BYTES})
    (tmp_path / "a.json").write_text(json.dumps(large))
    for given in (tmp_path / "a.sh", tmp_path / "a.json", large, json.dumps(large), [json.dumps(large)]):
        asked = splint.check(given, as_of=AS_OF).to_agent()["needs_input"]
        assert [one["rule"] for one in asked] == ["SPL102"]
        assert len(asked[0]["choices"]) > 1
    assert not sizes
    splint.check(of("guide", {"/campaign/budget_mode": "WRONG"}), as_of=AS_OF).to_agent()
    assert sizes


def test_of_choices_that_are_not_tried_those_are_offered_that_the_finding_names(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of a field that is missing all are offered: there it names an example."""
    monkeypatch.setattr(trials, "MOST", 0)
    event = f"{GROUP}/optimization_event"
    offered: dict[Any, list[str]] = {}
    for content in ("COMPLETE_PAYMENT", "LANDING_PAGE_VIEW", GONE):
        question = questions(of("reference", {event: content}), "reference")["REF204", event]
        offered[content] = question["choices"]
        assert "choices_left_off" not in question
    assert offered["COMPLETE_PAYMENT"] == ["SHOPPING"]
    assert {"SHOPPING", "FORM"} < {*offered["LANDING_PAGE_VIEW"]}
    assert {*offered[GONE]} == {*offered["LANDING_PAGE_VIEW"], "LANDING_PAGE_VIEW"}


def test_a_copied_report_offers_what_the_finding_names_and_its_docstring_says_so() -> None:
    report = splint.check(of("reference", CLICK), profile="reference", as_of=AS_OF)
    for other in (copy.copy(report), copy.deepcopy(report), pickle.loads(pickle.dumps(report))):
        answers = [one.to_agent()["needs_input"] for one in (report, other)]
        tried, named = ([one for one in answer if one["rule"] == "REF204"] for answer in answers)
        assert [one.get("removable") for one in tried] == [True]
        assert [one.get("removable") for one in named] == [None]
    assert "A copy or a pickled report holds no payload to try choices on" in (Report.to_agent.__doc__ or "")


def test_what_raises_in_a_trial_is_not_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    value = of("reference", CBO_OFF)
    judged = splint.Linter.lint

    def raising(linter: Any, sources: Any, **options: Any) -> Report:
        [source] = sources
        if source.document.value["campaign"].get("budget_mode") == "BUDGET_MODE_INFINITE":
            raise RuntimeError("a trial")
        return judged(linter, [source], **options)

    monkeypatch.setattr(splint.Linter, "lint", raising)
    [question] = questions(value, "reference").values()
    assert question["choices"] == ["BUDGET_MODE_TOTAL"]


def test_an_entry_of_a_large_list_is_tried_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    value = of("reference", CBO_OFF)
    many = [*([base("cbo", "reference")] * 30), value]
    sizes = counted(monkeypatch)
    [question] = questions(many, "reference", select=["SPL102", "REF217"]).values()
    assert question["at"] == "/30/campaign/budget_mode"
    assert question["choices"] == ["BUDGET_MODE_INFINITE", "BUDGET_MODE_TOTAL"]
    assert max(sizes) < 2 * len(json.dumps(value))


def test_the_trials_of_one_large_document_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    group = base("cbo", "reference")["adgroups"][0]
    groups = [{**group, "adgroup_name": f"G{number}", "bid_type": "WRONG"} for number in range(60)]
    sizes = counted(monkeypatch)
    report = splint.check({**base("cbo", "reference"), "adgroups": groups}, profile="reference", as_of=AS_OF)
    report.to_agent(500, most=1 << 20)
    assert 0 < len(sizes) <= trials.MOST
    assert sum(sizes) < trials.MOST_WORK * 2


STANDING = {"/campaign/campaign_id": "1", "/campaign/create_time": "2026-01-01 00:00:00"}
LIFETIME = {"/campaign/budget_mode": "BUDGET_MODE_TOTAL"}


@pytest.mark.parametrize(
    ("edits", "rule", "at", "help"),
    few(
        [
            (
                {**LIFETIME, **CAPPED},
                "SPL210",
                f"{GROUP}/bid_type",
                "use a campaign with a daily budget, or set bid_type to BID_TYPE_NO_BID",
            ),
            (
                {**LIFETIME, f"{GROUP}/schedule_type": "SCHEDULE_FROM_NOW"},
                "SPL216",
                f"{GROUP}/schedule_type",
                "use a campaign with a daily budget, or use SCHEDULE_START_END with both times",
            ),
            ({f"{GROUP}/budget": 50}, "SPL213", f"{GROUP}/budget", "remove it"),
        ],
        2,
    ),
)
def test_nothing_of_a_row_is_offered_nor_told_to_be_changed(
    edits: dict[str, Any], rule: str, at: str, help: str
) -> None:
    """A row is what stands at TikTok: to edit it in the file changes nothing there."""
    value = of("guide", {**edits, **STANDING})
    report = splint.check(value, as_of=AS_OF)
    assert [one.help for one in report.active if (one.code, one.pointer) == (rule, at)] == [help]
    assert "instead" not in questions(value, "guide")[rule, at]


def test_a_field_that_an_update_does_not_hold_is_not_offered_in_place_of_the_one_that_it_holds() -> None:
    """Updates of ad groups take no budget_mode; `current` shows what stands."""
    body = {"advertiser_id": "7", "adgroup_id": "1", "schedule_type": "SCHEDULE_FROM_NOW"}
    current = {"adgroup_id": "1", "budget_mode": "BUDGET_MODE_TOTAL"}
    value = {"endpoint": "/v1.3/smart_plus/adgroup/update/", "body": body, "current": current}
    [finding] = splint.check(value, as_of=AS_OF).active
    assert (finding.code, finding.help) == ("SPL216", "use SCHEDULE_START_END with both times")
    assert "instead" not in questions(value, "guide")["SPL216", "/body/schedule_type"]


@pytest.mark.parametrize("edits", [{"/campaign/sales_destination": GONE}, {"/campaign/sales_destination": "UNSET"}])
def test_an_app_campaign_is_offered_all_destinations_that_an_app_has(edits: dict[str, Any]) -> None:
    """That only the rules for every objective ran is told before as after, at another place."""
    asked = questions(of("reference", {**edits, "/campaign/app_id": "7"}), "reference")
    assert asked["REF102", "/campaign/sales_destination"]["choices"] == ["APP", "WEB_AND_APP"]


BY_PATCH, BY_HAND = "the patch in unsafe_fixes does so", "only a change of the payload itself does so"
TWO_ADS = {AD: times(2)}


@pytest.mark.parametrize(
    ("edits", "at", "way"),
    [
        ({"/campaign/budget_mode": GONE, f"{AD}/budget_mode": "BUDGET_MODE_TOTAL"}, f"{AD}/budget_mode", BY_PATCH),
        ({SWITCH: GONE, f"{GROUP}/budget_optimize_on": False}, f"{GROUP}/budget_optimize_on", BY_PATCH),
        ({f"{AD}/excludedAudienceIds": ["75000"]}, f"{AD}/excludedAudienceIds", BY_PATCH),
        ({"/campaign/gender": "GENDER_FEMALE"}, "/campaign/gender", BY_PATCH),
        ({GROUP: times(2), "/campaign/gender": "GENDER_FEMALE"}, "/campaign/gender", BY_HAND),
        ({**TWO_ADS, f"{AD}/spending_power": "HIGH"}, f"{AD}/spending_power", BY_HAND),
        ({f"{GROUP}/ages": ["AGE_25_34"]}, f"{GROUP}/ages", BY_HAND),
        ({GROUP: times(2), "/ads": [{"adgroup_name": "CA"}]}, "/ads/0/adgroup_name", BY_HAND),
    ],
)
def test_a_field_of_another_object_that_lacks_it_may_not_be_left_out(edits: dict[str, Any], at: str, way: str) -> None:
    """Without it the money is for each day, and what is excluded is bought."""
    value = of("reference", edits)
    question = questions(value, "reference")["SPL004", at]
    assert (question["kind"], "removable" in question, question["help"].endswith(way)) == ("text", False, True)
    report = splint.check(value, profile="reference", as_of=AS_OF)
    fixes = [one.fix.patch for one in report.active if one.code == "SPL004" and one.fix is not None]
    assert [patch[-1]["path"] for patch in fixes] == ([at] if way is BY_PATCH else [])


def test_of_several_ad_groups_with_budgets_each_question_offers_to_switch_cbo_off() -> None:
    """It alone keeps what they are to spend."""
    budget = {f"{GROUP}/budget": 100, f"{GROUP}/budget_mode": "BUDGET_MODE_DYNAMIC_DAILY_BUDGET"}
    groups = [
        of("reference", budget)["adgroups"][0],
        of("reference", {**budget, f"{GROUP}/budget": 300})["adgroups"][0],
    ]
    gone = {SWITCH: GONE, "/campaign/budget": GONE, MODE: GONE}
    value = of("reference", {**gone, "/adgroups": [groups[0], {**groups[1], "adgroup_name": "CA", "request_id": "9"}]})
    asked = [one for (code, _), one in questions(value, "reference").items() if code == "REF215"]
    assert len(asked) == 4
    for question in asked:
        assert [(one["at"], one["choices"]) for one in question["instead"]] == [(SWITCH, [False])]
        assert "removable" not in question
    report = splint.check(value, profile="reference", as_of=AS_OF)
    with pytest.raises(ToolError, match=r"/budget: what it holds would be lost"):
        patch_of(value, report, [{"at": f"/adgroups/{index}/budget", "value": None} for index in range(2)])
    assert after(value, SWITCH, False, "reference") == set()


@pytest.mark.parametrize(
    ("mode", "choices"),
    [
        ("TOTAL", ["BUDGET_MODE_TOTAL", "BUDGET_MODE_DYNAMIC_DAILY_BUDGET"]),
        ("BUDGET_MODE_LIFETIME", ["BUDGET_MODE_TOTAL", "BUDGET_MODE_DYNAMIC_DAILY_BUDGET"]),
    ],
)
def test_what_a_misspelt_value_hid_keeps_no_choice_away(mode: str, choices: list[str]) -> None:
    """The schedule has no end, which the next answer asks for; with the other mode the budget is for each day."""
    value = of("reference", {MODE: mode})
    assert questions(value, "reference")["SPL102", MODE]["choices"] == choices
    assert "SPL216" in {code for code, _ in after(value, MODE, "BUDGET_MODE_TOTAL", "reference")}


@pytest.mark.parametrize(
    ("at", "value", "first", "more"),
    [
        (MODE, "LIFETIME", "BUDGET_MODE_TOTAL", {}),
        (MODE, "BUDGET_MODE_TOTAL_BUDGET", "BUDGET_MODE_TOTAL", {}),
        (MODE, "BUDGET_MODE_DYNAMIC_LIFETIME_BUDGET", "BUDGET_MODE_TOTAL", {}),
        (MODE, {"value": "BUDGET_MODE_TOTAL"}, "BUDGET_MODE_TOTAL", {}),
        (f"{GROUP}/bid_type", "TARGET_CPA", "BID_TYPE_CUSTOM", {f"{GROUP}/conversion_bid_price": 15}),
        (f"{GROUP}/bid_type", "MANUAL", "BID_TYPE_CUSTOM", {f"{GROUP}/conversion_bid_price": 15}),
        (f"{GROUP}/bid_type", "MANUAL", "BID_TYPE_NO_BID", {}),
        (f"{GROUP}/targeting_optimization_mode", "CUSTOM", "MANUAL", {SPEC_AGES: ["AGE_25_34"]}),
        (f"{GROUP}/targeting_optimization_mode", {"value": "MANUAL"}, "MANUAL", {SPEC_AGES: ["AGE_25_34"]}),
        (SPEC_AGES, ["AGE_55_PLUS"], "AGE_55_100", {}),
        (SPEC_AGES, ["55+"], "AGE_55_100", {}),
        (SPEC_AGES, '["AGE_25_34"]', "AGE_25_34", {}),
        (f"{SPEC}/gender", "ALL", "GENDER_UNLIMITED", {}),
        (f"{SPEC}/gender", "Males", "GENDER_MALE", {}),
        (f"{SPEC}/gender", "NOT_MALE", "GENDER_FEMALE", {}),
        (f"{GROUP}/optimization_goal", "PURCHASE", "CONVERT", {}),
    ],
)
def test_the_first_choice_is_what_the_words_of_a_value_say_or_what_keeps_what_stands_beside_it(
    at: str, value: Any, first: str, more: dict[str, Any]
) -> None:
    manual = {f"{GROUP}/targeting_optimization_mode": "MANUAL"} if at.startswith(SPEC) else {}
    [question] = questions(of("reference", {**manual, **more, at: value}), "reference").values()
    assert (question["kind"], question["choices"][0]) == ("choice", first)
    lossy = (MODE, f"{GROUP}/targeting_optimization_mode")
    assert "removable" not in question or question["at"] not in lossy


def test_a_list_for_exclusions_of_a_wrong_type_may_not_be_left_out() -> None:
    at = f"{SPEC}/excluded_audience_ids"
    manual = {f"{GROUP}/targeting_optimization_mode": "MANUAL"}
    for value in ("123456789", 123456789, '["123456789"]'):
        report = splint.check(of("reference", {**manual, at: value}), profile="reference", as_of=AS_OF).to_agent()
        [question], [fix] = report["needs_input"], report["unsafe_fixes"]
        assert (question["at"], question["kind"], "removable" in question) == (at, "id", False)
        assert fix["patch"] == [{"op": "replace", "path": at, "value": ["123456789"]}]


@pytest.mark.parametrize(
    ("at", "values"),
    [
        *((f"{holder}/operation_status", ("off", False, {"value": "DISABLE"})) for holder in ("/campaign", GROUP, AD)),
        (f"{GROUP}/schedule_end_time", ("2027-04-01", "{{end}}", 5, "2027-02-30 00:00:00", "2027-04-30 24:00:00")),
        (f"{GROUP}/max_budget", ("100 USD", "100", [100])),
        (f"{GROUP}/min_budget", ("100 USD", -5)),
        (f"{GROUP}/dayparting", ("weekdays", "{{days}}", 5, ["0" * 336], "2" * 336)),
        (f"{GROUP}/roas_bid", ("2 x",)),
        (f"{GROUP}/placement_type", ("TIKTOK",)),
        (f"{SPEC}/gender", (["GENDER_FEMALE"], 2)),
        (f"{SPEC}/age_groups", ("25-44", ["25+"], ["AGE_25_34", "35"])),
        (f"{SPEC}/languages", ("en", {"a": 1})),
        (f"{SPEC}/audience_ids", ("123", ["a b"], [{"id": "123"}])),
        (f"{SPEC}/excluded_audience_ids", ([{"id": "123", "name": "buyers"}],)),
        ("/campaign/special_industries", ("HOUSING", ["housing"], ["FINANCIAL_PRODUCTS_SERVICES"])),
        (f"{SPEC}/operating_systems", ("iOS", ["Symbian"])),
        (f"{SPEC}/location_ids", ("US",)),
    ],
)
def test_what_pauses_ends_caps_or_narrows_and_cannot_be_read_may_not_be_left_out(at: str, values: Any) -> None:
    manual = {f"{GROUP}/targeting_optimization_mode": "MANUAL"}
    for value in values:
        bundle = of("reference", {**manual, at: value})
        for payload, place in (bundle, at), ({"name": "x", "arguments": json.dumps(bundle)}, f"/arguments{at}"):
            agent = splint.check(payload, profile="reference", as_of=AS_OF).to_agent()
            told = [one for one in agent["needs_input"] if one["at"].startswith(place)]
            assert told, value
            assert all(one.get("choices") == [] for one in told if "removable" in one), value  # another rule wants none


@pytest.mark.parametrize("amount", [0, 50.555, 1e30])
def test_an_amount_that_alone_is_wrong_may_not_be_left_out(amount: float) -> None:
    body = {"advertiser_id": "7000000000000000001", "campaign_id": "1", "campaign_name": "x", "budget": amount}
    update = {"endpoint": "/smart_plus/campaign/update/", "body": body}
    [question] = questions(update, "reference", facts={"currency": "USD"}).values()
    assert (question["at"], question["kind"], "removable" in question) == ("/body/budget", "money", False)


@pytest.mark.parametrize(
    ("at", "value"), [(f"{GROUP}/schedule_end_time", "2025-01-01 00:00:00"), (f"{GROUP}/dayparting", "0" * 336)]
)
def test_what_is_wrong_and_can_be_read_may_be_left_out(at: str, value: Any) -> None:
    agent = splint.check(of("reference", {at: value}), profile="reference", as_of=AS_OF).to_agent()
    assert [one["removable"] for one in agent["needs_input"] if one["at"] == at]


@pytest.mark.parametrize("text", ["[1.5]", "[true]", '[["en"]]', "[en]", "[]", '["en"', "en fr"])
def test_a_text_that_is_no_list_of_texts_is_written_as_none(text: str) -> None:
    value = of("reference", {f"{SPEC}/languages": text})
    report = splint.check(value, profile="reference", as_of=AS_OF).to_agent()
    assert "unsafe_fixes" not in report
    [finding] = splint.check(value, profile="reference", as_of=AS_OF).diagnostics
    assert finding.help == ('write ["en fr"]' if text == "en fr" else "write a list of strings")


def test_a_missing_type_of_identity_goes_with_the_business_center_that_authorized_it() -> None:
    question = questions(of("reference", {f"{INFO}/identity_type": GONE}), "reference")
    [first, *_] = question["SPL308", f"{INFO}/identity_type"]["choices"]
    assert first == "BC_AUTH_TT"
