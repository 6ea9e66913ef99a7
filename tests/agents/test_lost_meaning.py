"""No answers, in any order, leave out what alone says how much is spent, until when, on whom, and whether at all."""

import json
from typing import Any

import pytest

from splint.agents.parameters import ToolError
from splint.formats import reference_tokens, value_at
from splint.rules.rule import GONE, times
from tests.agents.test_agent_answers import answered, asked, called, of
from tests.reporters.test_agent_answer import patched

PROFILES = ("guide", "reference")
TOTAL, DAILY = "BUDGET_MODE_TOTAL", "BUDGET_MODE_DYNAMIC_DAILY_BUDGET"
GROUP = "/adgroups/0"
MODE = f"{GROUP}/budget_mode"


# -- the mode of a budget ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize(
    "edits",
    [
        {f"{GROUP}/budget": 500, MODE: TOTAL},
        {MODE: "LIFETIME"},
        {"/budget_mode": TOTAL, MODE: TOTAL},
        {
            GROUP: times(2),
            f"{GROUP}/budget": 100,
            MODE: TOTAL,
            "/adgroups/1/budget": 200,
            "/adgroups/1/budget_mode": TOTAL,
        },
        {
            "/campaign/budget": GONE,
            GROUP: times(2),
            f"{GROUP}/budget": 100,
            MODE: TOTAL,
            "/adgroups/1/budget": 200,
            "/adgroups/1/budget_mode": TOTAL,
        },
    ],
)
def test_the_only_word_that_a_budget_is_for_all_days_does_not_go(edits: dict[str, Any], profile: str) -> None:
    questions = asked(of({"/campaign/budget_mode": GONE, **edits}, profile), profile)
    modes = [at for at in questions if at.startswith("/adgroups") and at.endswith("budget_mode")]
    assert modes
    assert [(questions[at]["kind"], questions[at].get("removable")) for at in modes] == [("text", None)] * len(modes)


def test_a_mode_that_the_campaign_says_as_well_goes() -> None:
    for above, mode in ((TOTAL, TOTAL), (GONE, DAILY), (GONE, "BUDGET_MODE_DAY")):
        edits = {"/campaign/budget_mode": above, f"{GROUP}/budget": 50, MODE: mode}
        assert asked(of(edits))[MODE]["removable"], (above, mode)


# -- what stands beside the objects that take it -----------------------------------------------------------------------


BESIDE = [
    ("schedule_end_time", "2026-04-15 00:00:00", f"{GROUP}/schedule_end_time", "2026-04-30 00:00:00"),
    ("operation_status", "DISABLE", f"{GROUP}/operation_status", "ENABLE"),
    ("dayparting", "01" * 168, f"{GROUP}/dayparting", "1" * 336),
    ("budget", 300, "/campaign/budget", 500),
    ("budget_mode", TOTAL, "/campaign/budget_mode", DAILY),
    ("targeting_spec", {"location_ids": ["123"]}, f"{GROUP}/targeting_spec", {"location_ids": ["6252001"]}),
]


@pytest.mark.parametrize(("name", "here", "there", "other"), BESIDE)
def test_what_stands_beside_its_objects_goes_only_where_they_say_the_same(
    name: str, here: Any, there: str, other: Any
) -> None:
    edits = {f"{GROUP}/schedule_type": "SCHEDULE_START_END", f"{GROUP}/schedule_end_time": "2026-04-30 00:00:00"}
    differs = asked(of({**edits, f"/{name}": here, there: other}, "reference"), "reference")[f"/{name}"]
    assert (differs["kind"], differs.get("removable")) == ("text", None)
    assert "only a change of the payload itself does so" in differs["help"]
    assert asked(of({**edits, f"/{name}": other, there: other}, "reference"), "reference")[f"/{name}"]["removable"]


@pytest.mark.parametrize("body", [dict, json.dumps])
def test_what_stands_beside_a_body_goes_only_where_that_says_the_same(body: Any) -> None:
    campaign = of({"/campaign/budget": 500})["campaign"]
    for amount, may_go in ((300, None), (500, True)):
        value = {"endpoint": "/smart_plus/campaign/create/", "budget": amount, "body": body(campaign)}
        assert asked(value)["/budget"].get("removable") is may_go


@pytest.mark.parametrize(
    ("name", "content", "edits", "to"),
    [
        ("budget", 500, {}, "/campaign"),
        ("budget", 500, {"/campaign/budget_optimize_on": GONE}, "/campaign"),
        ("budget", 500, {f"{GROUP}/budget": 500}, "/campaign"),
        ("budget_mode", DAILY, {}, "/campaign"),
        (
            "budget",
            500,
            {"/campaign/budget_optimize_on": False, "/campaign/budget_mode": GONE, f"{GROUP}/budget_mode": DAILY},
            GROUP,
        ),
    ],
)
def test_a_field_of_a_budget_beside_its_objects_moves_where_it_has_effect(
    name: str, content: Any, edits: dict[str, Any], to: str
) -> None:
    value = of({f"/campaign/{name}": GONE, f"/{name}": content, **edits})
    question = asked(value)[f"/{name}"]
    place = "campaign" if to == "/campaign" else "ad group"
    assert question["help"] == f"move it to the {place}; the patch in unsafe_fixes does so"
    page = called("check", value)
    [fix] = [one for one in page["unsafe_fixes"] if one["id"] == question["id"]]
    after = patched(value, called("fix", value, ids=[fix["id"]])["patch"])
    assert value_at(after, reference_tokens(f"{to}/{name}")) == content
    assert f"/{name}" not in asked(after)


def test_an_amount_that_no_ad_group_may_have_stays_until_the_campaign_has_one() -> None:
    value = of({"/campaign/budget": GONE, "/budget": 300, f"{GROUP}/budget": 500})
    assert asked(value)[f"{GROUP}/budget"].get("removable") is None


# -- budgets of other platforms' names below a campaign ----------------------------------------------------------------


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize(
    ("key", "above", "lacked"),
    [
        ("lifetime_budget", {}, "budget_mode"),
        ("total_budget", {}, "budget_mode"),
        ("budget_type", {}, "budget_mode"),
        ("lifetime_budget", {"/campaign/budget": GONE}, "budget and budget_mode"),
        ("daily_budget", {"/campaign/budget": GONE}, "budget"),
        ("daily_budget", {}, ""),
        ("lifetime_budget", {"/campaign/budget_mode": TOTAL}, ""),
    ],
)
def test_a_budget_of_another_name_goes_only_where_the_campaign_says_as_much(
    key: str, above: dict[str, Any], lacked: str, profile: str
) -> None:
    content = "LIFETIME" if key == "budget_type" else 500
    value = of({"/campaign/budget_mode": GONE, **above, f"{GROUP}/{key}": content}, profile)
    question = asked(value, profile)[f"{GROUP}/{key}"]
    assert question.get("removable") is (None if lacked else True)
    assert question["help"].startswith(f"say it with {lacked} of the campaign" if lacked else "remove it")


# -- two things in one answer ------------------------------------------------------------------------------------------

END = "2026-04-30 00:00:00"


@pytest.mark.parametrize("is_text", [False, True])
@pytest.mark.parametrize(
    ("at", "other", "edits"),
    [
        (f"{GROUP}/schedule_end_time", "/campaign/schedule_end_time", {}),
        (f"{GROUP}/schedule_end_time", "/schedule_end_time", {}),
        (f"{GROUP}/schedule_end_time", f"{GROUP}/stop_time", {}),
        (f"{GROUP}/targeting_spec/gender", f"{GROUP}/gender", {}),
        (f"{GROUP}/conversion_bid_price", "/conversion_bid_price", {f"{GROUP}/bid_type": "BID_TYPE_NO_BID"}),
    ],
)
def test_one_answer_does_not_leave_out_both_of_two_that_may_go_because_of_the_other(
    at: str, other: str, edits: dict[str, Any], *, is_text: bool
) -> None:
    content = {"schedule_end_time": END, "gender": "GENDER_FEMALE"}.get(at.rpartition("/")[2], 15)
    value = of({at: content, other: content, **edits}, "reference")
    if is_text:
        value, at, other = {"name": "create", "arguments": json.dumps(value)}, f"/arguments{at}", f"/arguments{other}"
    questions = asked(value, "reference")
    assert questions[at]["removable"]
    assert questions[other]["removable"]
    with pytest.raises(ToolError, match=r"it may go only because .* stands, which is left out too: leave out one"):
        answered(value, {at: None, other: None}, "reference")
    for one in (at, other):
        answered(value, {one: None}, "reference")


def test_one_answer_leaves_out_two_copies_of_what_stands_at_its_place() -> None:
    edits = {"schedule_type": "SCHEDULE_START_END", "schedule_end_time": END, "stop_time": END, "end_time": END}
    value = of({f"{GROUP}/{name}": content for name, content in edits.items()}, "reference")
    after, check = answered(value, {f"{GROUP}/stop_time": None, f"{GROUP}/end_time": None}, "reference")
    assert (check["ok"], after["adgroups"][0]["schedule_end_time"]) == (True, END)


# -- moves that the help names -----------------------------------------------------------------------------------------


def in_call(value: Any) -> Any:
    return {"type": "function", "function": {"name": "create_bundle", "arguments": json.dumps(value)}}


@pytest.mark.parametrize("form", [lambda value: value, in_call, lambda value: {"body": json.dumps(value)}])
@pytest.mark.parametrize(
    ("at", "content", "edits"),
    [
        ("/schedule_end_time", "2026-04-15 00:00:00", {}),
        (f"{GROUP}/ads/0/schedule_end_time", "2026-04-15 00:00:00", {}),
        ("/budget_mode", TOTAL, {"/campaign/budget_mode": GONE, f"{GROUP}/bid_type": "BID_TYPE_NO_BID"}),
    ],
)
def test_a_move_that_the_help_names_is_made_though_it_shows_what_the_field_does_not_go_with(
    at: str, content: Any, edits: dict[str, Any], form: Any
) -> None:
    free = {f"{GROUP}/schedule_type": "SCHEDULE_FROM_NOW"}
    value = form(of({**free, **edits, at: content}, "reference"))
    page = called("check", value, "reference")
    [question] = [one for one in page["needs_input"] if one["at"].endswith(at)]
    assert question["help"].endswith("; the patch in unsafe_fixes does so")
    fixed = called("fix", value, "reference", ids=[question["id"]])
    assert "left_out" not in fixed
    errors = called("check", patched(value, fixed["patch"]), "reference")["counts"]["errors"]
    assert errors == page["counts"]["errors"] + 1


def test_a_mode_that_only_an_ad_group_says_moves_though_it_does_not_go_with_the_schedule() -> None:
    free = {f"{GROUP}/schedule_type": "SCHEDULE_FROM_NOW"}
    edits = {"/campaign/budget_mode": GONE, MODE: TOTAL, f"{GROUP}/budget": 500, f"{GROUP}/bid_type": "BID_TYPE_NO_BID"}
    value = of({**free, **edits}, "reference")
    fixed = called("fix", value, "reference", ids=[asked(value, "reference")[MODE]["id"]])
    after = patched(value, fixed["patch"])
    assert ("left_out" in fixed, after["campaign"]["budget_mode"]) == (False, TOTAL)
    assert f"{GROUP}/schedule_type" in asked(after, "reference")


# -- what may change instead of a budget's limits ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edits", "at", "choice"),
    [
        ({"/campaign/budget_mode": TOTAL, f"{GROUP}/bid_type": "BID_TYPE_NO_BID"}, "/campaign/budget_mode", DAILY),
        ({f"{GROUP}/bid_type": "BID_TYPE_CUSTOM"}, f"{GROUP}/bid_type", "BID_TYPE_NO_BID"),
    ],
)
def test_what_may_refuse_a_floor_may_change_in_its_place(edits: dict[str, Any], at: str, choice: str) -> None:
    schedule = {f"{GROUP}/schedule_type": "SCHEDULE_START_END", f"{GROUP}/schedule_end_time": END}
    value = of({**schedule, **edits, f"{GROUP}/min_budget": 50}, "reference")
    question = asked(value, "reference")[f"{GROUP}/min_budget"]
    assert question["help"].endswith(f"to {choice}, or remove it")
    assert [(one["at"], one["choices"]) for one in question["instead"]] == [(at, [choice])]
    assert f"{GROUP}/min_budget" not in asked(answered(value, {at: choice}, "reference")[0], "reference")


@pytest.mark.parametrize("profile", PROFILES)
def test_the_mode_of_one_of_several_amounts_stays_with_it(profile: str) -> None:
    groups = {GROUP: times(2), f"{GROUP}/budget": 100, MODE: "BUDGET_MODE_DAY", "/adgroups/1/budget": 200}
    value = of({"/campaign/budget": GONE, "/campaign/budget_mode": GONE, **groups}, profile)
    question = asked(value, profile)[MODE]
    assert (question["kind"], question.get("removable")) == ("text", None)
    after, _ = answered(value, {"/campaign/budget_optimize_on": False}, profile)
    assert DAILY in asked(after, profile)[MODE]["choices"]


# -- ids ---------------------------------------------------------------------------------------------------------------

ONE, OTHER = "1811479608507677535", "1811479608507677536"


def request(path: str, **body: Any) -> dict[str, Any]:
    return {"endpoint": f"/smart_plus/{path}/", "body": {"advertiser_id": "7000000000000000001", **body}}


@pytest.mark.parametrize(
    ("value", "key", "said"),
    [
        (request("campaign/update", adgroup_id=ONE, budget=50), "adgroup_id", "send what changes the ad group to"),
        (request("adgroup/update", adgroup_ids=[ONE, OTHER]), "adgroup_ids", "send each of these ids in a request of"),
    ],
)
def test_the_ids_that_a_request_is_for_do_not_go(value: dict[str, Any], key: str, said: str) -> None:
    question = asked(value, "reference")[f"/body/{key}"]
    assert (question["kind"], question.get("choices"), question.get("removable")) == ("text", None, None)
    assert question["help"].startswith(said)
    for content in (None, ONE, key.rstrip("s")):
        with pytest.raises(ToolError):
            answered(value, {f"/body/{key}": content}, "reference")


@pytest.mark.parametrize(
    ("value", "key"),
    [
        (request("campaign/update", campaign_id=OTHER, adgroup_id=ONE, budget=50), "adgroup_id"),
        (request("adgroup/budget/update", adgroup_id=ONE, budget=[{"adgroup_id": ONE, "budget": 50}]), "adgroup_id"),
        (
            request("campaign/status/update", campaign_id=ONE, campaign_ids=[ONE], operation_status="DISABLE"),
            "campaign_id",
        ),
    ],
)
def test_an_id_goes_where_the_request_has_it_at_its_place(value: dict[str, Any], key: str) -> None:
    assert asked(value, "reference")[f"/body/{key}"]["removable"]


@pytest.mark.parametrize(
    ("value", "key"),
    [
        (
            request(
                "adgroup/budget/update",
                adgroup_id=ONE,
                budget=[{"adgroup_id": ONE, "budget": 50}, {"adgroup_id": OTHER, "budget": 50}],
            ),
            "adgroup_id",
        ),
        (
            request("campaign/status/update", campaign_id=ONE, campaign_ids=[OTHER], operation_status="DISABLE"),
            "campaign_id",
        ),
    ],
)
def test_an_id_that_the_request_has_not_at_its_place_stays(value: dict[str, Any], key: str) -> None:
    assert asked(value, "reference")[f"/body/{key}"].get("removable") is None
