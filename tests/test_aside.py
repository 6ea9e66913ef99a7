"""A field of the objects in a bundle or an envelope that stands beside them is none of anybody's own keys."""

import json
from typing import Any

import pytest

from splint import check
from splint.testing import AS_OF, base

UPDATE: dict[str, Any] = {
    "endpoint": "/v1.3/smart_plus/campaign/update/",
    "body": {"advertiser_id": "7", "campaign_id": "18"},
}


def told(value: Any, profile: str = "reference") -> list[tuple[str, str, str, str | None]]:
    found = check(value, profile=profile, as_of=AS_OF).diagnostics
    return [(one.pointer, one.severity, one.help, one.fix.title if one.fix else None) for one in found]


@pytest.mark.parametrize("profile", ["guide", "reference"])
@pytest.mark.parametrize(
    ("key", "value", "help"),
    [
        ("budget", 900, "the campaign has another value of budget: choose one, and keep it there, not here"),
        ("budget", 500, "remove budget here: the campaign has it"),
        ("schedule_end_time", "2027-05-01 00:00:00", "move it to the ad group"),
        ("operation_status", "DISABLE", "move it to the campaign, the ad group or the ad"),
        (
            "targeting_spec",
            5,
            "the ad group has another value of targeting_spec: choose one, and keep it there, not here",
        ),
        (
            "location_ids",
            ["1"],
            "targeting_spec of the ad group has another value of location_ids: choose one, and keep it there, not here",
        ),
    ],
)
def test_a_field_right_in_a_bundle_belongs_in_the_objects_that_take_it(
    key: str, value: Any, help: str, profile: str
) -> None:
    bundle = {**base("cbo", profile), key: value}
    assert [one[:3] for one in told(bundle, profile)] == [(f"/{key}", "warning", help)]


def test_what_would_be_missed_is_an_error_and_moves_into_the_only_object_that_takes_it() -> None:
    bundle = base("cbo", "reference")
    bundle["objective_type"] = bundle["campaign"].pop("objective_type")
    assert told(bundle) == [
        ("/objective_type", "error", "move it to the campaign", "move objective_type to the campaign")
    ]


def test_a_field_that_several_ad_groups_take_moves_into_none() -> None:
    bundle = base("cbo", "reference")
    bundle["adgroups"] = [{**group, "request_id": str(number)} for number, group in enumerate(bundle["adgroups"] * 2)]
    bundle["max_budget"] = 900
    assert ("/max_budget", "warning", "move it to the ad group", None) in told(bundle)


def test_a_wrong_type_beside_an_ad_group_moves_nowhere() -> None:
    bundle = base("cbo", "reference")
    bundle["adgroups"][0].pop("targeting_spec")
    bundle["targeting_spec"] = 5
    assert [one for one in told(bundle) if one[0] == "/targeting_spec"] == [
        ("/targeting_spec", "error", "move it to the ad group", None)
    ]


@pytest.mark.parametrize(
    "key",
    ["owner", "advertiser_id", "campaign_id", "request_id", "_budget", "x-budget", "Budget", "gender", "languages"],
)
def test_keys_that_no_object_of_a_bundle_has_and_ids_stay_its_own(key: str) -> None:
    assert told({**base("cbo", "reference"), key: "7000000000000000001"}) == []


@pytest.mark.parametrize(
    "request_",
    [
        UPDATE,
        {**UPDATE, "body": json.dumps(UPDATE["body"])},
        {"name": "smart_plus_campaign_update", "arguments": UPDATE["body"]},
        {"method": "tools/call", "params": {"name": "smart_plus_campaign_update", "arguments": UPDATE["body"]}},
    ],
    ids=["body", "text", "tool", "MCP"],
)
def test_a_field_beside_the_body_of_a_request_belongs_in_it(request_: dict[str, Any]) -> None:
    inner = request_.get("params", request_)
    value = {**request_, "params": {**inner, "budget": 700}} if "params" in request_ else {**inner, "budget": 700}
    at = "/params/budget" if "params" in request_ else "/budget"
    fix = None if isinstance(request_.get("body"), str) else "move budget to the campaign"
    assert [one for one in told(value) if one[0] == at] == [(at, "warning", "move it to the campaign", fix)]


def test_a_status_beside_the_body_of_a_status_request_belongs_in_that() -> None:
    body = {"advertiser_id": "7", "campaign_ids": ["18"], "operation_status": "ENABLE"}
    value = {"endpoint": "/v1.3/smart_plus/campaign/status/update/", "body": body, "operation_status": "DISABLE"}
    assert [one[:3] for one in told(value)] == [
        (
            "/operation_status",
            "warning",
            "the body has another value of operation_status: choose one, and keep it there, not here",
        )
    ]


def test_an_answer_of_an_agent_drops_no_field_that_has_to_move() -> None:
    answer = check({**UPDATE, "budget": 700}, profile="reference", as_of=AS_OF).to_agent()
    [question] = answer["needs_input"]
    assert not question.get("removable")
    assert question["help"].startswith("move it to the campaign")
    assert answer["unsafe_fixes"]


@pytest.mark.parametrize("value", [{"data": {"budget": 50}}, {"data": json.dumps({**UPDATE["body"], "budget": 50})}])
def test_a_field_beside_two_bodies_moves_into_none_and_is_compared_with_both(value: dict[str, Any]) -> None:
    data = value["data"] if isinstance(value["data"], str) else {**UPDATE["body"], **value["data"]}
    request_ = {"endpoint": UPDATE["endpoint"], "json": UPDATE["body"], "data": data, "budget": 900}
    help = "the campaign has another value of budget: choose one, and keep it there, not here"
    assert told(request_) == [("/budget", "warning", help, None)]
    request_["data"] = {**UPDATE["body"], "campaign_name": "Spring"}
    assert told(request_) == [("/budget", "warning", "move it to the campaign", None)]


def test_a_status_beside_two_bodies_moves_into_none() -> None:
    body = {"advertiser_id": "7", "campaign_ids": ["18"]}
    request_ = {"endpoint": "/v1.3/smart_plus/campaign/status/update/", "operation_status": "DISABLE", "json": body}
    request_["data"] = {**body, "operation_status": "ENABLE"}
    help = "the body has another value of operation_status: choose one, and keep it there, not here"
    assert [one[2:] for one in told(request_) if one[0] == "/operation_status"] == [(help, None)]


def test_a_field_beside_a_body_is_not_compared_with_what_is_no_body() -> None:
    before = {"campaign_id": "18", "advertiser_id": "7", "campaign_name": "Spring", "budget": 50}
    assert ("/budget", "warning", "move it to the campaign", "move budget to the campaign") in told(
        {**UPDATE, "before": before, "budget": 900}
    )


def test_what_one_object_has_otherwise_counts_more_than_what_another_one_has_too() -> None:
    bundle = base("cbo", "reference")
    bundle["campaign"]["operation_status"] = "ENABLE"
    bundle["adgroups"][0]["operation_status"] = bundle["operation_status"] = "DISABLE"
    help = "the campaign has another value of operation_status: choose one, and keep it there, not here"
    assert [one[2:] for one in told(bundle)] == [(help, None)]


def test_fields_of_targeting_beside_others_of_it_are_nobodys_own_and_move_together() -> None:
    bundle = base("cbo", "reference")
    spec = bundle["adgroups"][0].pop("targeting_spec")
    report = check({**bundle, **spec, "gender": "x", "languages": ["en"]}, profile="reference", as_of=AS_OF)
    words = "location_ids, gender and languages"
    assert report.diagnostics[0].summary == f"{words} are no fields here: they belong in targeting_spec of the ad group"
    report = check({**bundle, **spec, "gender": "GENDER_MALE", "languages": ["en"]}, profile="reference", as_of=AS_OF)
    [fix] = [one.fix for one in report.diagnostics if one.fix]
    assert fix.title == f"move {words} to targeting_spec of the ad group"
    fixed: Any = report.fixed(unsafe=True)
    assert fixed["adgroups"][0]["targeting_spec"] == {**spec, "gender": "GENDER_MALE", "languages": ["en"]}
    assert fixed.keys() == bundle.keys()


@pytest.mark.parametrize("value", ["GENDER_MALE", ["GENDER_MALE"], "x"])
def test_a_choice_of_targeting_in_a_bundle_is_nobodys_own(value: Any) -> None:
    found = told({**base("cbo", "reference"), "gender": value})
    assert [one[0] for one in found] == (["/gender"] if value == "GENDER_MALE" else [])
