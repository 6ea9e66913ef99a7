"""Answers go where they are asked for: into strings of JSON, to keys that are no fields, and to entries of lists."""

import copy
import json
from typing import Any

import pytest

from splint import check as lint_value
from splint.agents.catalogue import call
from splint.agents.parameters import ToolError
from splint.agents.roots import Roots
from splint.agents.tools import Tools
from splint.formats import reference_tokens, value_at
from splint.reporting.agent import MOST_BYTES
from splint.reporting.wording import json_text
from splint.rules.rule import GONE, times
from splint.testing import AS_OF, base, edited
from tests.reporters.test_agent_answer import patched

TOOLS = Tools(Roots([]))
AD, CONFIGURATION = "/adgroups/0/ads/0", "/adgroups/0/ads/0/ad_configuration"
IN_WORDS = "write what it says with a field that is known here, or begin its name with _ where it is a note"


def called(name: str, payload: Any, profile: str = "guide", **arguments: Any) -> dict[str, Any]:
    """A tool's answer, which fits into 8 KB."""
    answer = call(TOOLS, name, {"payload": payload, "profile": profile, "as_of": AS_OF, **arguments})
    assert len(json_text(answer).encode()) <= MOST_BYTES
    return answer


def asked(payload: Any, profile: str = "guide") -> dict[str, dict[str, Any]]:
    """The questions about a payload by their place."""
    return {one["at"]: one for one in called("check", payload, profile)["needs_input"]}


def answered(payload: Any, answers: dict[str, Any], profile: str = "guide") -> tuple[Any, dict[str, Any]]:
    """The payload after answers by place, and what the tool says of it."""
    given = [{"at": at, "value": value} for at, value in answers.items()]
    answer = called("answer", payload, profile, answers=given)
    return patched(payload, answer["patch"]), answer["check"]


def of(edits: dict[str, Any], profile: str = "guide") -> Any:
    """The clean bundle after edits."""
    return edited(base("cbo", profile), edits)


def many(count: int, profile: str = "guide") -> Any:
    """A bundle with so many ad groups (guide), or ads in one of them (reference)."""
    value = base("cbo", profile)
    objects = value["adgroups"] if profile == "guide" else value["adgroups"][0]["ads"]
    [one] = objects
    name = "adgroup_name" if profile == "guide" else "ad_name"
    objects[:] = [{**copy.deepcopy(one), name: f"n{at}", "request_id": f"77{at}"} for at in range(count)]
    return value


# -- strings of JSON ---------------------------------------------------------------------------------------------------


def test_a_payload_that_is_encoded_twice_takes_an_answer() -> None:
    campaign = {key: value for key, value in of({})["campaign"].items() if key != "budget"}
    answer = called("answer", json.dumps(json.dumps(campaign)), answers=[{"at": "/budget", "value": 500}])
    assert [json.loads(one["value"]) for one in answer["patch"]] == [{**campaign, "budget": 500}]


def campaign_of_a_tool(**changes: Any) -> dict[str, Any]:
    """The arguments of a tool call, a string of a campaign."""
    campaign = {**base("cbo", "guide")["campaign"], **changes}
    return {"name": "smart_plus_campaign_create", "arguments": json.dumps(campaign, indent=2)}


def test_a_question_about_a_string_of_json_goes_on_into_it() -> None:
    call = campaign_of_a_tool(budget_mode="BUDGET_MODE_DAY", budget=-5, budegt=-5)
    questions = asked(call)
    assert {*questions} == {"/arguments/budget_mode", "/arguments/budget", "/arguments/budegt"}
    modes = ["BUDGET_MODE_DYNAMIC_DAILY_BUDGET", "BUDGET_MODE_TOTAL"]
    assert questions["/arguments/budget_mode"]["choices"] == modes
    assert questions["/arguments/budget"]["kind"] == "money"


@pytest.mark.parametrize("before", ["", " ="])
def test_answers_within_a_string_of_json_change_nothing_else_in_it(before: str) -> None:
    call = campaign_of_a_tool(budget_mode="BUDGET_MODE_DAY", budget=-5, budegt=-5)
    call["arguments"] = before + call["arguments"]
    answers = {"/arguments/budget_mode": "BUDGET_MODE_TOTAL", "/arguments/budget": 700, "/arguments/budegt": None}
    after, check = answered(call, answers)
    assert check["counts"]["errors"] == check["counts"]["warnings"] == 0
    expected = campaign_of_a_tool(budget_mode="BUDGET_MODE_TOTAL", budget=700)
    assert after == {**expected, "arguments": before + expected["arguments"]}


def test_a_missing_field_and_a_key_to_rename_are_answered_within_a_string() -> None:
    campaign = base("cbo", "guide")["campaign"]
    name = campaign.pop("campaign_name")
    campaign["objectve_type"] = campaign.pop("objective_type")
    value = {"endpoint": "/smart_plus/campaign/create/", "body": json.dumps(campaign)}
    after, check = answered(value, {"/body/campaign_name": name, "/body/objectve_type": "objective_type"})
    assert check["ok"]
    assert json.loads(after["body"]) == base("cbo", "guide")["campaign"]


def test_the_whole_string_is_no_place_for_an_answer() -> None:
    call = campaign_of_a_tool(budget_mode="BUDGET_MODE_DAY")
    with pytest.raises(ToolError, match="no question is asked at '/arguments'"):
        answered(call, {"/arguments": "BUDGET_MODE_TOTAL"})


@pytest.mark.parametrize(
    "at", ["/campaign", "/adgroups", "/adgroups/0", AD, CONFIGURATION, "/adgroups/0/targeting_spec"]
)
def test_the_object_that_is_meant_goes_in_place_of_a_string_of_it(at: str) -> None:
    content = value_at(of({}), reference_tokens(at))
    value = of({at: json.dumps(content)})
    after, check = answered(value, {at: content})
    assert (check["ok"], after) == (True, of({}))
    with pytest.raises(ToolError, match=r"is an object|is a list"):
        answered(value, {at: json.dumps(content)})


def test_both_parts_of_a_bundle_may_be_strings_of_json() -> None:
    whole = of({})
    value = {key: json.dumps(content) for key, content in whole.items()}
    assert {*asked(value)} == {"/campaign", "/adgroups"}
    assert [one.code for one in lint_value(value).active] == ["SPL003", "SPL003"]
    after, check = answered(value, {f"/{key}": content for key, content in whole.items()})
    assert (check["ok"], after) == (True, whole)
    others = {"campaign": "{spring}", "adgroups": "[1, 2]"}
    assert [one.code for one in lint_value(others).active] == ["SPL002"]


def test_what_a_string_of_json_is_may_be_another_string_of_json() -> None:
    call = {"name": "smart_plus_campaign_create", "arguments": "[1]"}
    campaign = {**base("cbo", "guide")["campaign"]}
    for content in (campaign, json.dumps(campaign)):
        assert answered(call, {"/arguments": content})[1]["ok"]
    with pytest.raises(ToolError, match="the value is an object, a list, or a string of JSON"):
        answered(call, {"/arguments": "x"})


# -- keys that are no fields -------------------------------------------------------------------------------------------


def misspelt() -> Any:
    """The clean bundle with a budget under a misspelt key."""
    value = of({"/campaign/budegt": 700})
    del value["campaign"]["budget"]
    return value


def test_an_answer_to_a_misspelt_key_renames_it() -> None:
    question = asked(value := misspelt())["/campaign/budegt"]
    assert (question["kind"], question["choices"], question["renames"]) == ("choice", ["budget"], True)
    assert "removable" not in question
    assert question["question"] == "which of the choices is the name that is meant by this key?"
    after, check = answered(value, {"/campaign/budegt": "budget"})
    assert check["ok"]
    assert after == of({"/campaign/budget": 700})


@pytest.mark.parametrize("value", ["budegt", 700, True, "name"])
def test_an_answer_to_a_misspelt_key_is_one_of_its_names(value: Any) -> None:
    with pytest.raises(ToolError, match="/campaign/budegt: the value is the name that this key gets, budget"):
        answered(misspelt(), {"/campaign/budegt": value})


@pytest.mark.parametrize(
    ("holder", "name", "key"),
    [("/adgroups/0", "targeting_spec", "targeting_specc"), (AD, "creative_list", "creative_lists")],
)
def test_a_misspelt_key_of_an_object_or_a_list_is_renamed(holder: str, name: str, key: str) -> None:
    value = of({f"{holder}/{name}": GONE, f"{holder}/{key}": value_at(of({}), reference_tokens(f"{holder}/{name}"))})
    question = asked(value)[f"{holder}/{key}"]
    assert (question["choices"], question["renames"], "removable" in question) == ([name], True, False)
    after, check = answered(value, {f"{holder}/{key}": name})
    assert (check["ok"], after) == (True, of({}))


def test_only_a_misspelt_key_of_nothing_may_go_too() -> None:
    bare = {"/adgroups/0/targeting_spec": GONE}
    for name, content, may_go in (("dayparting", "0" * 336, False), ("targeting_spec", {}, True)):
        at = f"/adgroups/0/{name}_"
        value = of({**bare, at: content})
        question = asked(value)[at]
        assert (question["choices"], question.get("removable", False)) == ([name], may_go)
        if may_go:
            assert answered(value, {at: None})[0] == of(bare)
        else:
            with pytest.raises(ToolError, match=f"no removable: answer with {name}, the name that this key"):
                answered(value, {at: None})


@pytest.mark.parametrize(
    ("at", "content"),
    [
        ("/campaign/status", "PAUSED"),
        ("/campaign/mode", "BUDGET_MODE_TOTAL"),
        ("/campaign/budget_mode", ["BUDGET_MODE_TOTAL"]),
        ("/adgroups/0/end_time", "2027-04-01 00:00:00"),
        ("/adgroups/0/targeting_spec/sex", "female"),
        ("/adgroups/0/targeting_spec/excluded_audience_ids", "123"),
        ("/adgroups/0/targeting_spec/exclude_audience_ids", ["1"]),
    ],
)
def test_null_is_taken_only_where_the_question_says_that_the_field_may_go(at: str, content: Any) -> None:
    edits = {"/adgroups/0/targeting_optimization_mode": "MANUAL", "/campaign/budget_mode": GONE, at: content}
    value = of(edits, "reference")
    assert "removable" not in asked(value, "reference")[at]
    with pytest.raises(ToolError, match=f"{at}: what it holds would be lost, and the question has no removable"):
        answered(value, {at: None}, "reference")


@pytest.mark.parametrize(
    ("at", "content", "nothing"),
    [
        ("/campaign/operation_status", "PAUSED", [""]),
        ("/campaign/budget_mode", "LIFETIME", [""]),
        ("/adgroups/0/dayparting", "x", [""]),
        ("/adgroups/0/targeting_spec/gender", "F", [""]),
        ("/adgroups/0/targeting_spec/age_groups", "18-24", [[], [""], [None]]),
        ("/adgroups/0/targeting_spec", "US", [{}, {"location_ids": []}]),
    ],
)
def test_what_counts_as_absent_is_refused_as_null_is(at: str, content: Any, nothing: list[Any]) -> None:
    value = of({"/adgroups/0/targeting_optimization_mode": "MANUAL", at: content}, "reference")
    for given in nothing:
        with pytest.raises(ToolError, match=f"{at}: what it holds would be lost, and the question has no removable"):
            answered(value, {at: given}, "reference")


def test_null_is_taken_for_what_a_question_has_instead() -> None:
    value = of({"/adgroups/0/schedule_end_time": "2027-04-01 00:00:00"}, "reference")
    question = asked(value, "reference")["/adgroups/0/schedule_end_time"]
    assert answered(value, {"/adgroups/0/schedule_end_time": None}, "reference")[1]["ok"] is question["removable"]
    [instead] = question["instead"]
    assert "removable" not in instead
    with pytest.raises(ToolError, match="schedule_type: what it holds would be lost"):
        answered(value, {instead["at"]: None}, "reference")


@pytest.mark.parametrize(
    ("at", "name", "content"),
    [
        ("/adgroups/0/targeting_spec/location_idss", "location_ids", ["6252001"]),
        ("/adgroups/0/pixel_idd", "pixel_id", "7"),
        ("/campaign/advertiser_i", "advertiser_id", "7"),
        ("/campaign/budegt", "budget", "many"),
    ],
)
def test_a_misspelt_key_is_renamed_also_where_no_fix_does(at: str, name: str, content: Any) -> None:
    """What is found under its name is asked next."""
    meant = f"{at.rpartition('/')[0]}/{name}"
    value = of({meant: GONE, at: content})
    question = asked(value)[at]
    assert (question["choices"], question["renames"], "removable" in question) == ([name], True, False)
    assert answered(value, {at: name})[0] == of({meant: content})


def test_of_two_keys_that_are_written_for_one_field_one_gets_its_name() -> None:
    value = of({"/campaign/budget": GONE, "/campaign/budegt": 600, "/campaign/bugdet": 600})
    with pytest.raises(ToolError, match="/campaign/budget: two keys cannot get one name: rename one, and check again"):
        answered(value, {"/campaign/budegt": "budget", "/campaign/bugdet": "budget"})
    after, check = answered(value, {"/campaign/budegt": "budget"})
    assert (check["needs_input"][0]["at"], check["needs_input"][0]["removable"]) == ("/campaign/bugdet", True)
    assert answered(after, {"/campaign/bugdet": None})[0] == of({"/campaign/budget": 600})


def test_a_key_gets_its_name_though_null_stands_there() -> None:
    value = of({"/campaign/budget": GONE, "/campaign/budegt": 600})
    value["campaign"]["budget"] = None
    assert answered(value, {"/campaign/budegt": "budget"})[0] == of({"/campaign/budget": 600})


def test_keys_that_a_fix_moves_are_not_said_to_go() -> None:
    """Without all of them the creative would be empty, or the ad group would run in all places."""
    creative = f"{AD}/creative_list/0"
    value = of(
        {f"{creative}/creative_info": GONE, f"{creative}/ad_format": "SINGLE_VIDEO", f"{creative}/identity_id": "7"}
    )
    for key in ("ad_format", "identity_id"):
        question = asked(value)[f"{creative}/{key}"]
        assert (question["kind"], question["question"], "removable" in question) == (
            "text",
            "what is meant here?",
            False,
        )
        assert question["help"].startswith("move them to creative_info")
        assert question["help"].endswith("; the patch in unsafe_fixes does so")
    with pytest.raises(ToolError, match=f"{creative}/ad_format: no value goes under a key that is no field"):
        answered(value, {f"{creative}/ad_format": "SINGLE_VIDEO"})
    lost = of({"/adgroups/0/targeting_spec": {}, "/adgroups/0/location_ids": ["1"], "/adgroups/0/languages": ["en"]})
    assert not any("removable" in question for question in asked(lost).values())


@pytest.mark.parametrize("place", ["", "/campaign"])
def test_ads_beside_ad_groups_are_not_said_to_go_and_only_a_fix_that_there_is_is_named(place: str) -> None:
    at, value = f"{place}/ads", of({})
    [ad] = value["adgroups"][0]["ads"]
    other = {**ad, "ad_name": "another"}
    for groups in (1, 2):
        stray = edited(value, {"/adgroups/0": times(groups), at: [other]})
        answer = called("check", stray)
        [question], has_fix = answer["needs_input"], groups == 1
        assert (question["at"], question["kind"], "removable" in question) == (at, "text", False)
        assert question["help"].startswith("move it to the ad group" if has_fix else "move each of its entries to ads")
        assert ("unsafe_fixes" in question["help"], "unsafe_fixes" in answer) == (has_fix, has_fix)
        with pytest.raises(ToolError, match="no value goes under a key that is no field") as told:
            answered(stray, {at: [ad]})
        assert ("unsafe_fixes" in str(told.value)) == has_fix
        with pytest.raises(ToolError, match=f"{at}: what it holds would be lost"):
            answered(stray, {at: None})
        if has_fix:
            moved = patched(stray, answer["unsafe_fixes"][0]["patch"])
            assert moved == edited(value, {"/adgroups/0/ads": [ad, other]})


@pytest.mark.parametrize("key", ["campaign", "landing_page_url"])
def test_what_would_be_lost_is_not_left_out_where_the_question_does_not_say_so(key: str) -> None:
    value, at = of({"/campaign": {"campaign": base("cbo", "guide")["campaign"]}}), "/campaign/campaign"
    if key == "landing_page_url":
        at = f"{AD}/{key}"
        value = of({f"{AD}/landing_page_url_list": GONE, at: "https://www.example.com"})
    question = asked(value)[at]
    assert (question["kind"], "removable" in question) == ("text", False)
    with pytest.raises(ToolError, match=f"{at}: what it holds would be lost, and the question has no removable"):
        answered(value, {at: None})


def test_a_question_that_takes_a_list_says_so_where_no_value_is_known_to_resolve_it() -> None:
    calls = [{"call_to_action": "SHOP_NOW"}]
    value = base("cbo", "reference")
    [ad] = value["adgroups"][0]["ads"]
    ad["call_to_action_list"] = ad["ad_configuration"]["call_to_action_list"] = calls
    question = asked(value, "reference")[f"{AD}/call_to_action_list"]
    assert question.items() >= {"rule": "REF305", "kind": "text", "list": True}.items()


HOLDERS = ("/campaign", "/adgroups/0", "/adgroups/0/targeting_spec", AD, f"{AD}/creative_list/0/creative_info")
NOTES = (
    "note comments internal_note campaign_description label tags owner ownerEmail ticket_id metadata version "
    "api_version source created_at createdBy updated_by last_modified_at note_2"
)
MEANT = (
    "exclusions excluded_connections except blocklist exclude_locations removed_customers spend_cap max_spend bid_cap "
    "daily_spend_cap frequency_cap is_lifetime run_until duration_days draft launch regions interests keywords "
    "locales segments publisher_platforms purchasers foo data value list name_of_nobody source_audience "
    "comments_on metadata_filter audience_source budget_note"
)


@pytest.mark.parametrize("holder", HOLDERS)
def test_a_key_that_is_no_field_is_left_out_only_as_a_note(holder: str) -> None:
    """Wherever it stands; of any other one it is asked in words what it means, and null is refused."""
    for key in NOTES.split():
        at = f"{holder}/{key}"
        for content in (5, "x", {"a": 1}, [1]):
            value = of({at: content})
            question = asked(value)[at]
            assert question.items() >= {"kind": "choice", "choices": [], "removable": True}.items(), (key, content)
            assert question["question"] == f"is {at} left out, as no value resolves this?"
        assert answered(value, {at: None})[0] == of({})
    for key in MEANT.split():
        question = asked(of({f"{holder}/{key}": "x"}))[f"{holder}/{key}"]
        assert question.keys().isdisjoint({"removable", "choices"}), key
        assert (question["kind"], question["help"]) == (
            "text",
            f"{IN_WORDS}; only a change of the payload itself does so",
        )
        with pytest.raises(ToolError, match="what it holds would be lost, and the question has no removable"):
            answered(of({f"{holder}/{key}": "x"}), {f"{holder}/{key}": None})


def test_a_key_that_holds_nothing_is_left_out() -> None:
    contents: list[Any] = [[], {}, 0, False]
    for content in contents:
        question = asked(of({"/campaign/foo": content}))["/campaign/foo"]
        assert question.get("removable", False) is (content not in (0, False)), content


def test_a_switch_under_the_name_of_a_note_is_none() -> None:
    for content in (True, False):
        assert "removable" not in asked(of({"/adgroups/0/comments": content}))["/adgroups/0/comments"]


@pytest.mark.parametrize(
    ("key", "content"),
    [
        ("metadata", {"spend_cap": 100}),
        ("metadata", {"end_date": "2027-04-01"}),
        ("metadata", {"inner": [{"paused": True}]}),
        ("metadata", {"excluded": ["7"]}),
        ("tags", {"status": "PAUSED"}),
        ("description", [{"countries": ["US"]}]),
    ],
)
def test_a_note_that_holds_words_for_what_a_campaign_has_is_none(key: str, content: Any) -> None:
    question = asked(of({f"/campaign/{key}": content}))[f"/campaign/{key}"]
    assert (question["kind"], "removable" in question) == ("text", False)


def test_a_note_may_hold_notes_and_words_that_say_nothing() -> None:
    contents: list[Any] = [{"author": "x", "jira": "A-1", "reviewed": True, "team": ["growth"]}, {"paused": []}]
    for content in contents:
        assert asked(of({"/campaign/metadata": content}))["/campaign/metadata"]["removable"]


# -- entries of lists --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("profile", "at"), [("guide", "/adgroups/30"), ("reference", f"{AD.removesuffix('0')}30")])
def test_an_object_too_many_is_only_left_out(profile: str, at: str) -> None:
    """It is `removable` where the finding is gone without it, not where others have to go, too."""
    for count, left, why in ((31, 0, "no value resolves this"), (32, 1, "one of several too many")):
        question = asked(many(count, profile), profile)[at]
        assert question.items() >= {"kind": "choice", "choices": []}.items(), count
        assert ("removable" in question) == (left == 0), count
        assert question["question"] == f"is {at} left out, as {why}?"
        assert question["help"].startswith(f"drop {count - 30}"), count
        check = answered(many(count, profile), {at: None}, profile)[1]
        assert check["counts"]["errors"] == left
    with pytest.raises(ToolError, match="the value is an object or a list, as what is there; null leaves it out"):
        answered(many(31, profile), {at: "x"}, profile)


def test_an_object_that_may_be_fixed_is_not_said_to_go() -> None:
    value = base("cbo", "guide")
    value["adgroups"] = value["adgroups"][0]
    question = asked(value)["/adgroups"]
    assert (question["kind"], "removable" in question) == ("object", False)
    assert answered(value, {"/adgroups": [value["adgroups"]]})[1]["ok"]


# -- what a fix reveals ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("objective", ["web_conversions", "WEB_CONVERSION"])
def test_a_fix_brings_in_no_error_that_its_finding_hid(objective: str) -> None:
    group = {"/adgroups/0/billing_event": "CPM", "/adgroups/0/bid_type": "X"}
    value = of({"/campaign/objective_type": objective, **group})
    checked = called("check", value)
    assert [one["code"] for one in checked["findings"]] == ["SPL101"]
    fixed = called("fix", value, ids=[checked["unsafe_fixes"][0]["id"]])
    assert ("left_out" in fixed, fixed["counts"]["errors"]) == (False, 2)
    assert patched(value, fixed["patch"]) == of(group)
    [question] = checked["needs_input"]
    assert question["choices"] == ["WEB_CONVERSIONS"]


# -- lists of texts, or of objects -------------------------------------------------------------------------------------

LIST = f"{CONFIGURATION}/call_to_action_list"
OBJECT = {"call_to_action": "SHOP_NOW"}


def labels(*entries: Any, profile: str = "guide") -> Any:
    """The clean bundle with these labels."""
    return of({CONFIGURATION: {"call_to_action_list": [*entries]}}, profile)


def test_an_entry_is_a_text_where_the_others_are_texts() -> None:
    value = labels("SHOP_NOW", "X")
    question = asked(value)[f"{LIST}/1"]
    assert question["kind"] == "choice"
    assert {"LEARN_MORE", "BOOK_NOW"} <= {*question["choices"]}
    after, check = answered(value, {f"{LIST}/1": "LEARN_MORE"})
    assert (check["ok"], after) == (True, labels("SHOP_NOW", "LEARN_MORE"))
    with pytest.raises(ToolError, match="the value is a text, as the other entries are"):
        answered(value, {f"{LIST}/1": OBJECT})


def test_a_text_becomes_an_object_where_the_others_are_objects() -> None:
    value = labels(OBJECT, "X")
    assert answered(value, {f"{LIST}/1": "LEARN_MORE"})[0] == labels(OBJECT, {"call_to_action": "LEARN_MORE"})


def test_a_list_of_texts_or_of_objects_is_not_mixed() -> None:
    value = labels("SHOP_NOW", "LEARN_MORE", "BOOK_NOW", "SIGN_UP")
    question = asked(value)[LIST]
    assert (question["rule"], question["limit"]) == (
        "SPL313",
        "entries are texts, or objects with call_to_action; at most 3 entries",
    )
    after, check = answered(value, {LIST: ["SHOP_NOW", "BOOK_NOW"]})
    assert (check["ok"], after) == (True, labels("SHOP_NOW", "BOOK_NOW"))
    with pytest.raises(ToolError, match="the entries are all texts, or all objects with call_to_action"):
        answered(value, {LIST: ["BOOK_NOW", OBJECT]})
    with pytest.raises(ToolError, match="each entry is an object with call_to_action, or a text"):
        answered(value, {LIST: [7]})


def test_entries_of_a_list_that_is_asked_for_are_left_out_by_null() -> None:
    """Also where the list that is left would be longer than an answer."""
    [entry] = base("cbo", "guide")["adgroups"][0]["ads"][0]["creative_list"]
    value = of({f"{AD}/creative_list": [entry] * 52})
    [question] = called("check", value)["needs_input"]
    assert (question["rule"], question["at"], question["list"]) == ("SPL301", f"{AD}/creative_list", True)
    after, check = answered(value, {f"{AD}/creative_list/3": None, f"{AD}/creative_list/51": None})
    assert check["ok"]
    assert after == of({f"{AD}/creative_list": [entry] * 50})
    with pytest.raises(ToolError, match="longer than 6 KB together: null at an entry of a list leaves that out"):
        answered(value, {f"{AD}/creative_list": [entry] * 50})
    with pytest.raises(ToolError, match="no question is asked at"):
        answered(value, {f"{AD}/creative_list/3": entry})
    assert called("answer", value, answers=[{"at": f"{AD}/creative_list/99", "value": None}])["patch"] == []


@pytest.mark.parametrize("index", ["050", "٥٠", "-1", "+1"])
def test_an_entry_is_left_out_by_its_index_as_pointers_have_it(index: str) -> None:
    [entry] = base("cbo", "guide")["adgroups"][0]["ads"][0]["creative_list"]
    with pytest.raises(ToolError, match="no question is asked at"):
        answered(of({f"{AD}/creative_list": [entry] * 52}), {f"{AD}/creative_list/{index}": None})


def test_a_field_of_an_entry_that_is_null_goes_into_an_object() -> None:
    after, check = answered(labels(None), {f"{LIST}/0/call_to_action": "SHOP_NOW"})
    assert (check["ok"], after) == (True, labels(OBJECT))


@pytest.mark.parametrize("entry", ["", None])
def test_a_field_of_an_entry_that_is_empty_goes_into_an_object(entry: Any) -> None:
    texts = f"{AD}/ad_text_list"
    value = of({texts: [{"ad_text": "One"}, entry]})
    assert [*asked(value)] == [f"{texts}/1/ad_text"]
    after, check = answered(value, {f"{texts}/1/ad_text": "Two"})
    assert (check["ok"], after) == (True, of({texts: [{"ad_text": "One"}, {"ad_text": "Two"}]}))


@pytest.mark.parametrize(
    ("field", "content"),
    [
        ("targeting_spec/languages", "en"),
        ("targeting_spec/age_groups", "AGE_25_34"),
        ("targeting_spec/location_ids", "6252001"),
        ("placements", "PLACEMENT_TIKTOK"),
    ],
)
def test_an_object_in_a_list_of_texts_gives_way_to_a_text(field: str, content: str) -> None:
    at = f"/adgroups/0/{field}"
    value = of({at: [{"code": content}]})
    question = asked(value)[f"{at}/0"]
    assert (question["rule"], content in question.get("choices", [content])) == ("SPL003", True)
    after, check = answered(value, {f"{at}/0": content})
    assert (check["ok"], after) == (True, of({at: [content]}))


def test_a_long_string_of_json_takes_answers() -> None:
    """Only what is answered counts: the patch holds the whole string."""
    value = many(1)
    value["campaign"]["budget"] = -5
    value["adgroups"][0]["ads"] = [{**value["adgroups"][0]["ads"][0], "ad_name": f"n{at}"} for at in range(20)]
    call_of = {"name": "create_bundle", "arguments": json.dumps(value)}
    given = {"payload": call_of, "answers": [{"at": "/arguments/campaign/budget", "value": 700}], "as_of": AS_OF}
    answer = call(TOOLS, "answer", given)
    assert json.loads(patched(call_of, answer["patch"])["arguments"])["campaign"]["budget"] == 700
    assert answer["check"]["counts"]["errors"] == 0


def test_a_key_that_stands_twice_in_a_string_of_json_asks_no_question() -> None:
    twice = campaign_of_a_tool()
    twice["arguments"] = twice["arguments"].rstrip()[:-1] + ', "budget": 700}'
    answer = called("check", twice)
    assert ([one["code"] for one in answer["findings"]], answer["needs_input"]) == (["SPL005"], [])


# -- what is offered ---------------------------------------------------------------------------------------------------


def test_the_plain_reading_of_a_value_of_a_wrong_type_is_offered() -> None:
    """Also where other fields then have to change, which true does not need."""
    for name, value, meant in (("cbo", "false", False), ("cbo", 0, False), ("cbo", "0", False), ("no-cbo", "1", True)):
        bundle = base(name, "guide")
        bundle["campaign"]["budget_optimize_on"] = value
        question = asked(bundle)["/campaign/budget_optimize_on"]
        assert question["choices"] == [meant, not meant], value
        after = answered(bundle, {"/campaign/budget_optimize_on": meant})[0]
        assert after["campaign"]["budget_optimize_on"] is meant


def test_either_of_two_kinds_of_call_to_action_may_go() -> None:
    value = of({LIST: ["Shop Now"]})
    [question] = called("check", value)["needs_input"]
    assert (question["rule"], question["at"], question["choices"]) == ("SPL314", LIST, [])
    [instead] = question["instead"]
    assert instead == {"at": f"{CONFIGURATION}/call_to_action_id", "kind": "choice", "choices": [], "removable": True}
    assert answered(value, {instead["at"]: None})[0] == labels("Shop Now")


@pytest.mark.parametrize("profile", ["guide", "reference"])
def test_the_values_of_any_deeplink_type_are_known(profile: str) -> None:
    for holder, field in ((AD, "Ad.deeplink_type"), (CONFIGURATION, "AdConfiguration.deeplink_type")):
        value = of({f"{holder}/deeplink": "shop://a", f"{holder}/deeplink_type": "X"}, profile)
        question = asked(value, profile)[f"{holder}/deeplink_type"]
        taken = ["NORMAL", *(["DEFERRED_DEEPLINK"] if profile == "reference" else [])]
        assert (question["kind"], question["choices"]) == ("choice", taken)
        [described] = call(TOOLS, "describe", {"kind": "ad", "field": field, "profile": profile})["fields"]
        assert described["values"] == ["DEFERRED_DEEPLINK", "NORMAL"]
        assert question["rule"] in described["rules"]


# -- fixes after which the next question is asked ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "content", "name", "choices"),
    [
        ("/adgroups/0/schedule_end_time", "2026-04-30T00:00:00Z", "schedule_end_time", ["SCHEDULE_START_END"]),
        ("/adgroups/0/schedule_start_time", "2025-04-01T00:00:00Z", "schedule_start_time", None),
        ("/schedule_end_time", "2026-04-30 00:00:00", "schedule_end_time", ["SCHEDULE_START_END"]),
    ],
)
def test_a_fix_of_a_time_is_made_and_what_that_hid_is_asked_next(
    at: str, content: str, name: str, choices: list[str] | None
) -> None:
    value = of({at: content}, "reference")
    page = called("check", value, "reference")
    ids = [one["id"] for one in page["findings"]]
    fixed = called("fix", value, "reference", ids=ids)
    assert "left_out" not in fixed
    after = patched(value, fixed["patch"])
    assert after["adgroups"][0][name] == content.replace("T", " ").replace("Z", "")
    question = asked(after, "reference")[f"/adgroups/0/{name}"]
    assert [one["choices"] for one in question.get("instead", [])] == ([choices] if choices else [])


# -- questions that take no answer -------------------------------------------------------------------------------------


IDLE = {"/campaign/budget_optimize_on": False, "/campaign/budget_mode": "BUDGET_MODE_INFINITE"}


@pytest.mark.parametrize("content", [None, 700])
@pytest.mark.parametrize("is_text", [False, True])
@pytest.mark.parametrize(
    ("at", "edits"),
    [("/adgroups/0/budget", {"/campaign/budget": GONE, "/adgroups/0/budget": 500}), ("/campaign/budget", IDLE)],
)
def test_an_amount_in_the_wrong_object_is_neither_left_out_nor_changed(
    at: str, edits: dict[str, Any], content: Any, is_text: bool
) -> None:
    value = of(edits, "reference")
    if is_text:
        value, at = {"name": "create", "arguments": json.dumps(value)}, f"/arguments{at}"
    question = asked(value, "reference")[at]
    assert (question["kind"], "removable" in question) == ("text", False)
    with pytest.raises(ToolError, match=f"{at}: (what it holds would be lost|it belongs in another object)"):
        answered(value, {at: content}, "reference")


# -- strings of JSON that cannot be edited -----------------------------------------------------------------------------


def postman(raw: str) -> dict[str, Any]:
    """A request of a Postman collection, with a text that Postman knows to be JSON."""
    url = "https://business-api.tiktok.com/open_api/v1.3/smart_plus/campaign/create/"
    body = {"mode": "raw", "raw": raw, "options": {"raw": {"language": "json"}}}
    return {"item": [{"name": "create", "request": {"method": "POST", "url": url, "body": body}}]}


@pytest.mark.parametrize("edits", [{"budget_mode": "LIFETIME"}, {"budget": None}, {"objectve_type": "x"}])
@pytest.mark.parametrize("form", ["comment", "placeholder", "call", "both"])
def test_what_stands_in_a_string_that_cannot_be_edited_is_asked_about_in_words(
    edits: dict[str, Any], form: str
) -> None:
    campaign = {**base("cbo", "guide")["campaign"], **edits}
    text = json.dumps(campaign | ({} if form == "comment" else {"campaign_name": "{{name}}"}))
    text = text.replace('"{{name}}"', "{{name}}")
    value: Any = postman(f"// of spring\n{text}" if form == "comment" else text)
    if form == "call":
        value = {"name": "smart_plus_campaign_create", "arguments": text}
    elif form == "both":
        value = {"endpoint": "/smart_plus/campaign/create/", "body": text}
    questions = asked(value)
    [name] = edits
    [at] = [at for at in questions if at.endswith(f"/{name}")]
    question = questions[at]
    assert question["help"].endswith("; only a change of the payload itself does so")
    assert (question["kind"], question.get("choices"), question.get("removable")) == ("text", None, None)
    for content in ("BUDGET_MODE_TOTAL", 500, "objective_type", None):
        with pytest.raises(ToolError):
            answered(value, {at: content})


def test_an_answer_that_changes_nothing_is_refused() -> None:
    value = of({"/campaign/budget_mode": "BUDGET_MODE_DAY"})
    with pytest.raises(ToolError, match="the answers change nothing"):
        answered(value, {"/campaign/budget_mode": "BUDGET_MODE_DAY"})
