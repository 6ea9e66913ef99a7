"""An object of a campaign that stands a step too deep, under a name of such objects or any other key."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from splint import check
from splint.testing import AS_OF, base
from tests.command import Command
from tests.grids import few
from tests.reporters.test_agent_answer import patched

BUNDLE = base("cbo", "reference")
CAMPAIGN = BUNDLE["campaign"]
AD = BUNDLE["adgroups"][0]["ads"][0]
GROUP = {key: value for key, value in BUNDLE["adgroups"][0].items() if key != "ads"}
SENT = {"advertiser_id": CAMPAIGN["advertiser_id"]}
OBJECTS = {
    "campaign": CAMPAIGN,
    "adgroup": {**SENT, "campaign_id": "1800000000000000001", **GROUP},
    "ad": {**SENT, "adgroup_id": "1800000000000000002", **AD},
}
"""An object of each level as a create request has it."""
BODIES = {
    "its name": ("campaign", {"campaign": CAMPAIGN}),
    "a whole bundle": ("campaign", {"campaign": CAMPAIGN, "_groups": BUNDLE["adgroups"]}),
    "any other key": ("campaign", {"new_campaign": CAMPAIGN}),
    "a string of JSON": ("campaign", {"campaign": json.dumps(CAMPAIGN)}),
    "a list of one campaign": ("campaign", {"campaigns": [CAMPAIGN]}),
    "a part of the fields": ("campaign", {**SENT, "campaign": {k: v for k, v in CAMPAIGN.items() if k not in SENT}}),
    "fields that stand in both": ("campaign", {**SENT, "campaign": CAMPAIGN}),
    "an ad group": ("adgroup", {"adgroup": OBJECTS["adgroup"]}),
    "an ad group by another name": ("adgroup", {"ad_group": OBJECTS["adgroup"]}),
    "a list of one ad group": ("adgroup", {"adgroups": [OBJECTS["adgroup"]]}),
    "an ad": ("ad", {"ad": OBJECTS["ad"]}),
    "a list of one ad": ("ad", {"ads": [OBJECTS["ad"]]}),
}


def request(level: str, body: Any) -> dict[str, Any]:
    return {"endpoint": f"/open_api/v1.3/smart_plus/{level}/create/", "body": body}


def agent(payload: Any) -> dict[str, Any]:
    return check(payload, profile="reference", as_of=AS_OF).to_agent()


@pytest.mark.parametrize(("level", "body"), few(list(BODIES.values()), 4))
@pytest.mark.parametrize("is_tool", [False, True])
def test_an_object_a_step_too_deep_moves_up_and_nothing_in_it_is_asked_for_again(
    level: str, body: Any, *, is_tool: bool
) -> None:
    payload = {"name": f"smart_plus_{level}_create", "arguments": body} if is_tool else request(level, body)
    key, at = next(key for key in body if key not in SENT), "/arguments" if is_tool else "/body"
    answer = agent(payload)
    assert [(one["code"], one["level"], one["at"]) for one in answer["findings"]] == [
        ("SPL004", "error", f"{at}/{key}")
    ]
    [question] = answer["needs_input"]
    assert (question["kind"], "removable" in question) == ("text", False)
    assert question["help"].endswith("; the patch in unsafe_fixes does so")
    [fix] = answer["unsafe_fixes"]
    made = patched(payload, fix["patch"])[at[1:]]
    notes = {key: value for key, value in body.items() if key.startswith("_")}
    assert made == {**OBJECTS[level], **notes}
    assert agent(request(level, made))["ok"]


def test_what_is_wrong_in_the_object_is_found_once_it_moved() -> None:
    payload = request("campaign", {"campaign": {**CAMPAIGN, "budget": -5}})
    answer = agent(payload)
    assert [one["code"] for one in answer["findings"]] == ["SPL004"]
    [fix] = answer["unsafe_fixes"]
    assert [one["at"] for one in agent(patched(payload, fix["patch"]))["findings"]] == ["/body/budget"]


def test_what_the_object_lacks_is_asked_for_where_it_belongs() -> None:
    lacking = {key: value for key, value in CAMPAIGN.items() if key != "campaign_name"}
    asked = {one["at"] for one in agent(request("campaign", {"campaign": lacking}))["needs_input"]}
    assert asked == {"/body/campaign", "/body/campaign_name"}


def test_an_object_with_another_value_than_around_it_stays_and_is_not_said_to_go() -> None:
    answer = agent(request("campaign", {"advertiser_id": "7000000000000000009", "campaign": CAMPAIGN}))
    [question] = answer["needs_input"]
    assert "unsafe_fixes" not in answer
    assert (question["kind"], "removable" in question) == ("text", False)
    choose = "the object around it has another value of advertiser_id: choose one, and keep it there, not here"
    assert choose in question["help"]
    assert question["help"].endswith("; only a change of the payload itself does so")


def test_an_object_that_stands_around_itself_too_is_left_out() -> None:
    answer = agent(request("campaign", {**CAMPAIGN, "campaign": CAMPAIGN}))
    [finding], [question] = answer["findings"], answer["needs_input"]
    assert (finding["code"], finding["level"], question["removable"]) == ("SPL004", "warning", True)
    assert question["help"] == "remove campaign: the object around it has what it holds"


@pytest.mark.parametrize(("level", "key"), [("adgroup", "adgroups"), ("ad", "ads")])
def test_several_objects_are_several_requests_and_none_is_said_to_go(level: str, key: str) -> None:
    answer = agent(request(level, {key: [OBJECTS[level], OBJECTS[level]]}))
    [question] = answer["needs_input"]
    assert "unsafe_fixes" not in answer
    assert (question["kind"], "removable" in question) == ("text", False)
    assert f"right into a request of its own, without {key}" in question["help"]


def test_the_object_of_an_update_is_an_error_though_nothing_is_missed() -> None:
    body = {**SENT, "campaign_id": "1800000000000000001", "campaign": {"campaign_name": "Spring"}}
    payload = {"endpoint": "/open_api/v1.3/smart_plus/campaign/update/", "body": body}
    answer = agent(payload)
    assert [(one["code"], one["level"]) for one in answer["findings"]] == [("SPL004", "error")]
    assert patched(payload, answer["unsafe_fixes"][0]["patch"])["body"] == {
        **SENT,
        "campaign_id": "1800000000000000001",
        "campaign_name": "Spring",
    }


def test_what_holds_no_object_is_no_object_of_its_own_kind() -> None:
    for key, value in (("campaign", [5]), ("campaign", []), ("campaign", [{}]), ("campaign", "Spring")):
        answer = agent(request("campaign", {**CAMPAIGN, key: value}))
        assert [one["message"] for one in answer["findings"]] == ["campaign is no field that is known here"]


NOT_PLAIN = {
    "two of its name, one with a note": lambda fields: {"campaign": fields, "_note": "x"},
    "keys in camel case": lambda _: {"campaignName": "Spring", "dailyBudget": 50},
    "a list with null": lambda fields: [fields, None],
    "a broken string of JSON": lambda _: '{"budget": 50',
    "objects by their names": lambda fields: {"Spring": fields},
    "an object without a known field": lambda _: {"id": 5},
}
"""What stands under the name of a campaign, an ad group or an ad in one, made of an object's fields."""


@pytest.mark.parametrize("held", NOT_PLAIN.values(), ids=NOT_PLAIN)
@pytest.mark.parametrize("key", ["campaign", "campaigns", "Campaign"])
def test_what_stands_under_the_kinds_own_name_is_an_error_that_nothing_removes(held: Any, key: str) -> None:
    body = {**SENT, "campaign_id": "1800000000000000001", key: held({"budget": 50})}
    answer = check(
        {"endpoint": "/v1.3/smart_plus/campaign/update/", "body": body}, profile="guide", as_of=AS_OF
    ).to_agent()
    assert [(one["code"], one["level"], one["at"]) for one in answer["findings"]] == [
        ("SPL004", "error", f"/body/{key}")
    ]
    assert "unsafe_fixes" not in answer
    assert not any("removable" in question for question in answer["needs_input"])


def test_nothing_is_asked_for_again_that_stands_below_a_name_of_its_own() -> None:
    answer = agent(request("campaign", {"campaign": {"Spring": CAMPAIGN}}))
    at = "/body/campaign"
    assert [(one["code"], one["level"], one["at"]) for one in answer["findings"]] == [("SPL004", "error", at)]
    [question] = answer["needs_input"]
    assert (question["at"], "removable" in question, "unsafe_fixes" in answer) == (at, False, False)
    assert question["help"].endswith("; only a change of the payload itself does so")


STATUS = {"advertiser_id": "7", "campaign_ids": ["2"], "operation_status": "DISABLE"}
BUDGETS = {"advertiser_id": "7", "budget": [{"adgroup_id": "2", "budget": 50}]}
MATERIALS = {"advertiser_id": "7", "smart_plus_ad_id": "3", "ad_material_ids": ["2"], "operation_status": "DISABLE"}


@pytest.mark.parametrize(
    ("path", "key", "held"),
    [
        ("campaign/status", "campaign", STATUS),
        ("campaign/status", "campaigns", [STATUS]),
        ("campaign/status", "status", STATUS),
        ("campaign/status", "request", STATUS),
        ("campaign/status", "campaign", json.dumps(STATUS)),
        ("adgroup/budget", "adgroup", BUDGETS),
        ("ad/material_status", "ad", MATERIALS),
    ],
)
@pytest.mark.parametrize("profile", ["guide", "reference"])
def test_the_body_of_another_request_moves_up_and_gets_no_other_name(
    path: str, key: str, held: Any, profile: str
) -> None:
    payload = {"endpoint": f"/open_api/v1.3/smart_plus/{path}/update/", "body": {key: held}}
    answer = check(payload, profile=profile, as_of=AS_OF).to_agent()
    assert [(one["code"], one["level"]) for one in answer["findings"]] == [("SPL004", "error")]
    [question] = answer["needs_input"]
    assert not {"removable", "renames", "choices"} & question.keys()
    body = {"adgroup/budget": BUDGETS, "ad/material_status": MATERIALS}.get(path, STATUS)
    assert patched(payload, answer["unsafe_fixes"][0]["patch"])["body"] == body


@pytest.mark.parametrize(("key", "name"), [("campaigns", "campaign_ids"), ("status", "operation_status")])
def test_an_object_gets_no_name_of_a_field_that_takes_none(key: str, name: str) -> None:
    body = {field: value for field, value in STATUS.items() if field != name}
    payload = {"endpoint": "/v1.3/smart_plus/campaign/status/update/", "body": {**body, key: {"Spring": 1}}}
    answer = check(payload, profile="guide", as_of=AS_OF).to_agent()
    assert [(one["code"], one["level"]) for one in answer["findings"]] == [("SPL004", "error")]
    [question] = answer["needs_input"]
    assert question["help"].startswith(f"write {name}, which takes no object; ")
    assert not {"removable", "renames", "choices"} & question.keys()


HEAD = 'endpoint: /v1.3/smart_plus/campaign/update/\nbody:\n  advertiser_id: "7"\n  campaign_id: "1"\n'


@pytest.fixture
def unwrapped(tmp_path: Path, command: Command) -> Callable[[str, str], str]:
    """A file of some name and text after its unsafe fixes."""

    def fixed(name: str, text: str) -> str:
        path = tmp_path / name
        path.write_text(text)
        command("check", str(path), "--fix", "--unsafe-fixes")
        return path.read_text()

    return fixed


def test_fields_of_yaml_move_up_with_their_comments_as_they_are_spelt(unwrapped: Callable[[str, str], str]) -> None:
    lines = [
        "budget: 500.00  # agreed",
        "note_a: 0x1F4",
        "note_b: 12345678901234567.89",
        "note_c: >",
        "  two",
        "  lines",
        "note_d:",
        "- 1  # the first",
        "- ['a', 0x2]",
        "campaign_name: 'Spring'",
    ]
    text = HEAD + "  campaign:\n" + "".join(f"    {line}\n" for line in lines)
    assert unwrapped("a.yaml", text) == HEAD + "".join(f"  {line}\n" for line in lines)


@pytest.mark.parametrize(
    ("name", "held"),
    [
        ("a.yaml", "  campaign:  # lost\n    budget: 500\n"),
        ("b.yaml", "  campaign:\n    # lost\n    budget: 500\n"),
        ("c.yaml", "  campaign: {budget: 500.00}\n"),
        ("d.yaml", "  campaign: '{\"budget\": 500.00}'\n"),
        ("e.yaml", "  campaign:\n    budget: 500\n    budget: 600\n"),
        ("f.yaml", "  campaign:\n    budget: 500\n    note: {a: 1, a: 2}\n"),
        ("g.json", '{"budget": 500, "budget": 600}'),
        ("h.json", '{"budget": 500, "note": [{"a": 1, "a": 2}]}'),
        ("i.json", '[{"budget": 500, "budget": 600}]'),
        ("j.json", json.dumps('{"budget": 500, "budget": 600}')),
        ("k.json", json.dumps('{"budget": 500.00}')),
        ("l.json", '{"budget": 500.00}'),
        ("m.json", '{"budget": 12345678901234567.89}'),
        ("o.jsonc", '{"budget": 500 /* lost */}'),
        ("p.jsonc", '{ // lost\n"budget": 500}'),
    ],
)
def test_an_object_stays_of_which_a_move_would_lose_or_respell_a_part(
    unwrapped: Callable[[str, str], str], name: str, held: str
) -> None:
    head = '{"endpoint":"/v1.3/smart_plus/campaign/update/","body":{"advertiser_id":"7","campaign_id":"1","campaign":'
    text = HEAD + held if name.endswith("yaml") else f"{head}{held}}}}}"
    assert unwrapped(name, text) == text


def test_ads_stay_beside_their_ad_group_where_one_holds_a_key_twice(unwrapped: Callable[[str, str], str]) -> None:
    text = json.dumps({**BUNDLE, "adgroups": [GROUP], "ads": [AD]})
    assert unwrapped("a.json", text) != text
    twice = text.replace('"ad_name": ', '"ad_name": "Other", "ad_name": ')
    assert twice != text
    assert unwrapped("b.json", twice) == twice


def test_a_comment_in_what_no_rule_sees_is_not_said_to_silence_nothing(unwrapped: Callable[[str, str], str]) -> None:
    inner = "    budget_mode: BUDGET_MODE_DAY  # splint: ignore[SPL102] agreed\n    # lost\n    budget: 50\n"
    text = f"{HEAD}  campaign:\n{inner}"
    assert unwrapped("a.yaml", text) == text
    beside = f"{HEAD}  budget: 50  # splint: ignore[SPL102]\n  campaign:\n    # lost\n    campaign_name: A\n"
    assert unwrapped("b.yaml", beside) == beside.replace("  # splint: ignore[SPL102]", "")
