"""Questions about places where only an object or a list of objects goes, and about keys of what is no payload yet."""

from typing import Any

import pytest

from splint import check
from splint.agents.catalogue import call
from splint.agents.parameters import ToolError
from splint.agents.roots import Roots
from splint.agents.tools import Tools
from splint.rules.rule import GONE
from splint.testing import AS_OF, base, edited
from tests.grids import few
from tests.reporters.test_agent_answer import patched

TOOLS = Tools(Roots([]))
CREATE = "/open_api/v1.3/smart_plus/campaign/create/"
BUNDLE = base("cbo", "reference")
GROUP = BUNDLE["adgroups"][0]
INFO = "/adgroups/0/ads/0/creative_list/0/creative_info"
WRONG: list[tuple[str, Any, bool]] = [
    ("/campaign", 5, False),
    ("/campaign", [BUNDLE["campaign"]], False),
    ("/adgroups", GROUP, True),
    ("/adgroups", {"US": GROUP}, True),
    ("/adgroups", "US", True),
    ("/adgroups/0/ads", "x", True),
    ("/adgroups/0", None, False),
    ("/adgroups/0/targeting_spec", "US", False),
    ("/adgroups/0/targeting_spec", [{}], False),
    ("/adgroups/0/ads/0/creative_list", "x", True),
    ("/adgroups/0/ads/0/creative_list/0", "x", False),
    (INFO, "x", False),
]
"""A place of a bundle, another value there, and whether a list belongs there."""


def asked(payload: Any) -> list[dict[str, Any]]:
    questions: list[dict[str, Any]] = call(TOOLS, "check", _arguments(payload))["needs_input"]
    return questions


def answered(payload: Any, at: str, value: Any) -> tuple[Any, bool]:
    """What an answer makes of a payload, and whether it is right then."""
    answer = call(TOOLS, "answer", {**_arguments(payload), "answers": [{"at": at, "value": value}]})
    return patched(payload, answer["patch"]), answer["check"]["ok"]


def _arguments(payload: Any) -> dict[str, Any]:
    return {"payload": payload, "profile": "reference", "as_of": AS_OF}


@pytest.mark.parametrize(("at", "wrong", "is_list"), few(WRONG, 6))
def test_where_objects_go_they_are_asked_for_and_no_other_answer_is_taken(
    at: str, wrong: Any, *, is_list: bool
) -> None:
    payload = edited(BUNDLE, {at: wrong})
    [question] = [one for one in asked(payload) if one["at"] == at]
    assert (question["rule"], question["kind"], "list" in question) == ("SPL003", "object", is_list)
    for refused in ("x", 5, *([{}] if is_list else [[{}]])):
        with pytest.raises(ToolError, match="the value is a list" if is_list else "the value is an object"):
            answered(payload, at, refused)
    right = BUNDLE
    for step in at.split("/")[1:]:
        right = right[int(step) if step.isdigit() else step]
    assert answered(payload, at, right) == (BUNDLE, True)


def test_a_text_in_the_place_of_a_body_is_answered_by_an_object() -> None:
    payload = {"endpoint": CREATE, "body": "hello"}
    [question] = asked(payload)
    assert (question["rule"], question["at"], question["kind"]) == ("SPL003", "/body", "object")
    body = BUNDLE["campaign"]
    assert answered(payload, "/body", body) == ({"endpoint": CREATE, "body": body}, True)
    with pytest.raises(ToolError, match="the value is an object"):
        answered(payload, "/body", "x")


@pytest.mark.parametrize(
    ("payload", "is_list"), [({"campaign": None, "_note": "later"}, False), ({"adgroups": []}, True)]
)
def test_a_part_of_a_bundle_that_says_nothing_is_asked_for(payload: Any, *, is_list: bool) -> None:
    [question] = asked(payload)
    assert (question["rule"], question["kind"], "list" in question) == ("SPL002", "object", is_list)


def test_objects_by_their_names_become_a_list_without_those() -> None:
    [question] = [one for one in asked({**BUNDLE, "adgroups": {"US": GROUP}}) if one["at"] == "/adgroups"]
    assert question["help"] == "write the objects without their names in a list, [{...}]"
    [question] = [one for one in asked({**BUNDLE, "adgroups": GROUP}) if one["at"] == "/adgroups"]
    assert question["help"] == "write the object in a list, [{...}]"


def test_a_payload_that_is_spelled_otherwise_is_renamed_key_by_key_and_keeps_its_values() -> None:
    right = BUNDLE["campaign"]
    payload = {
        "".join(part.title() if at else part for at, part in enumerate(key.split("_"))): right[key] for key in right
    }
    for _ in right:
        names = [one for one in asked(payload) if one.get("renames")]
        if not names:
            break
        payload, _ok = answered(payload, names[0]["at"], names[0]["choices"][0])
    assert payload == right


def test_an_endpoint_under_a_key_in_capitals_says_what_its_body_is() -> None:
    body = {"campaign_ids": ["7000000000000000002"], "operation_status": "DISABLE"}
    payload = {
        "ENDPOINT": "https://business-api.tiktok.com/open_api/v1.3/smart_plus/campaign/status/update/",
        "body": body,
    }
    [question] = asked(payload)
    assert (question["rule"], question["at"]) == ("SPL008", "/body/advertiser_id")
    made, ok = answered(payload, "/body/advertiser_id", "7000000000000000001")
    assert (made, ok) == ({**payload, "body": {**body, "advertiser_id": "7000000000000000001"}}, True)


def test_a_misspelt_key_beside_its_field_gets_no_value_and_no_name() -> None:
    payload = {"campaign_name": "A", "campaignName": "B", "budgetMode": "x"}
    [question] = asked(payload)
    by_hand = "only a change of the payload itself does so"
    assert question["help"] == f"keep one of the two: campaign_name is there too; {by_hand}"
    with pytest.raises(ToolError, match="no value goes under a key that is no field"):
        answered(payload, "/campaignName", "Spring")


def test_a_field_that_only_hints_at_an_update_is_not_overwritten() -> None:
    payload = {"advertiser_id": "1", "smart_plus_ad_id": "2", "ad_name": "Spring", "page_list": [], "ad_text_list": []}
    [question] = asked(payload)
    with pytest.raises(ToolError, match="no value goes under a key that is no field"):
        answered(payload, question["at"], "Summer")


def test_a_placeholder_in_the_place_of_an_object_is_answered_by_one() -> None:
    payload = {**BUNDLE, "campaign": "{{campaign}}"}
    [question] = [one for one in asked(payload) if one["at"] == "/campaign"]
    assert (question["rule"], question["kind"]) == ("SPL010", "object")
    assert answered(payload, "/campaign", BUNDLE["campaign"]) == (BUNDLE, True)


LABELS = "/adgroups/0/ads/0/call_to_action_list"


def labelled(labels: Any) -> Any:
    """The bundle with a list of calls to action off TikTok, where Spark needs no dynamic one."""
    edits = {"/adgroups/0/placement_type": "PLACEMENT_TYPE_NORMAL", "/adgroups/0/placements": ["PLACEMENT_PANGLE"]}
    return edited(BUNDLE, {**edits, "/adgroups/0/ads/0/ad_configuration": GONE, LABELS: labels})


@pytest.mark.parametrize(("wrong", "rule"), [(["Buy it"], "REF308"), ("SHOP_NOW", "SPL003")])
def test_where_a_profile_refuses_texts_the_values_of_the_objects_are_the_choices(wrong: Any, rule: str) -> None:
    [question] = [one for one in asked(labelled(wrong)) if one["at"] == LABELS]
    assert (question["rule"], question["kind"], question["list"], len(question["choices"])) == (
        rule,
        "choice",
        True,
        30,
    )
    assert question["limit"] == "entries are objects with call_to_action; at most 3 entries"
    for value in (["LEARN_MORE"], [{"call_to_action": "LEARN_MORE"}]):
        made, _ = answered(labelled(wrong), LABELS, value)
        assert made == labelled([{"call_to_action": "LEARN_MORE"}])
        assert not [one for one in asked(made) if one["at"].startswith(LABELS)]


def test_where_a_profile_takes_texts_they_are_asked_for_too() -> None:
    arguments = {"payload": labelled("SHOP_NOW"), "profile": "guide", "as_of": AS_OF}
    [question] = call(TOOLS, "check", arguments)["needs_input"]
    assert (question["kind"], question["limit"][:28]) == ("text", "entries are texts, or object")


def test_labels_at_the_top_of_the_ad_are_to_be_written_there_as_objects() -> None:
    report = check(labelled(["Buy it"]), profile="reference", as_of=AS_OF)
    [found] = [one for one in report.active if one.code == "REF308"]
    assert found.help == 'write objects such as {"call_to_action":"SHOP_NOW"}'


@pytest.mark.parametrize("status", [{}, {"operation_status": ""}, {"operation_status": "ON"}])
def test_what_cannot_be_undone_is_the_last_choice(status: dict[str, str]) -> None:
    body = {"advertiser_id": "7000000000000000001", "adgroup_ids": ["7100000000000000001"], **status}
    [question] = asked({"endpoint": "/open_api/v1.3/smart_plus/adgroup/status/update/", "body": body})
    assert question["choices"][-1] == "DELETE"


def test_a_list_of_objects_is_no_misspelt_id() -> None:
    body = {"advertiser_id": "7000000000000000001", "adgroup_id": "7100000000000000001", **GROUP["ads"][0]}
    payload = {"endpoint": "/open_api/v1.3/smart_plus/ad/create/", "body": {**body, "adgroups": [GROUP]}}
    [question] = asked(payload)
    by_hand = "only a change of the payload itself does so"
    assert (question["rule"], question["help"]) == ("SPL004", f"move it to the campaign; {by_hand}")
