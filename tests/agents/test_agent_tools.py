"""What each tool takes and answers, without a server."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

import splint
from splint.agents.catalogue import TOOLS, call
from splint.agents.parameters import ToolError
from splint.agents.roots import MOST_BYTES as MOST_PAYLOAD
from splint.agents.roots import OutsideError, Roots
from splint.agents.tools import MOST_LEFT_OUT, Tools
from splint.reporting.agent import MOST_BYTES
from splint.reporting.masking import public
from splint.reporting.wording import json_text
from splint.rules.fields import field_facts
from splint.rules.registry import load
from splint.rules.rule import GONE
from splint.schema.vocabulary import OBJECTIVES
from splint.submit import Submitter
from splint.submit.plan import digest
from splint.testing import base, edited
from tests.grids import few
from tests.reporters.test_agent_answer import BUNDLE, patched

FIXTURES = Path(__file__).parents[2] / "fixtures"
CLEAN: dict[str, Any] = json.loads((FIXTURES / "valid" / "cbo-daily.json").read_text())
AS_OF = "2026-04-01"


@pytest.fixture(scope="module")
def tools() -> Tools:
    """Tools that read the fixtures."""
    return Tools(Roots([str(FIXTURES)]))


def called(tools: Tools, name: str, **arguments: Any) -> dict[str, Any]:
    """A tool's answer, which fits into 8 KB and holds JSON."""
    answer = call(tools, name, arguments)
    assert len(json_text(answer).encode()) <= MOST_BYTES
    return answer


@pytest.mark.parametrize("form", [lambda value: value, json.dumps])
def test_check_answers_what_the_library_does(tools: Tools, form: Any) -> None:
    payload = form(BUNDLE)
    answer = called(tools, "check", payload=payload, as_of=AS_OF, limit=3)
    assert answer == splint.check(payload, as_of=AS_OF).to_agent(3)
    second = called(tools, "check", payload=payload, as_of=AS_OF, limit=3, after=answer["after"])
    assert second == splint.check(payload, as_of=AS_OF).to_agent(3, answer["after"])


def test_a_key_that_stands_twice_in_a_text_is_found_and_no_patch_is_made_of_it(tools: Tools) -> None:
    payload = json.dumps(base("cbo", "guide")).replace('"budget": 500', '"budget": 500, "budget": 70000')
    assert [one["code"] for one in called(tools, "check", payload=payload)["findings"]] == ["SPL005"]
    assert called(tools, "plan", payload=payload)["refused"] == "the bundle does not pass the checks: nothing was sent"
    for name, more in (("fix", {}), ("answer", {"answers": [{"at": "/campaign/budget", "value": 500}]})):
        with pytest.raises(ToolError, match="the payload has 'budget' twice, at /campaign/budget: a patch cannot"):
            call(tools, name, {"payload": payload, **more})


def test_a_text_may_begin_with_a_byte_order_mark(tools: Tools) -> None:
    payload = "\ufeff" + json.dumps(base("cbo", "guide"))
    assert all(called(tools, name, payload=payload)["ok"] for name in ("check", "plan"))
    fixed = called(tools, "fix", payload=payload)
    assert called(tools, "answer", payload=payload, answers=[])["sha256"] == fixed["sha256"]


def test_check_takes_profile_facts_and_objectives(tools: Tools) -> None:
    floor = called(tools, "check", payload=CLEAN, facts={"historical_cpa": 1e6}, as_of=AS_OF)
    assert "SPL107" in {one["code"] for one in floor["findings"]}
    reference = called(tools, "check", payload=CLEAN, profile="reference", as_of=AS_OF)
    assert {one["code"][:3] for one in reference["findings"]} == {"REF"}
    named = called(tools, "check", payload=CLEAN, objectives=["REACH"], as_of=AS_OF)
    assert "SPL101" in {one["code"] for one in named["findings"]}


@pytest.mark.parametrize(
    "path", ["valid/cbo-daily.json", "./valid//cbo-daily.json", str(FIXTURES / "valid/cost-cap.yaml")]
)
def test_check_reads_files_below_a_root(tools: Tools, path: str) -> None:
    assert called(tools, "check", path=path, as_of=AS_OF)["counts"]["payloads"] > 0


def test_fix_answers_the_patch_of_safe_fixes_and_the_hash_of_what_it_makes(tools: Tools) -> None:
    answer = called(tools, "fix", payload=BUNDLE)
    after = patched(BUNDLE, answer["patch"])
    assert after == splint.check(BUNDLE).fixed()
    assert answer["sha256"] == digest(after)
    assert answer["counts"]["errors"] == splint.check(after).to_agent()["counts"]["errors"]
    assert called(tools, "fix", payload=after)["patch"] == []


def test_fix_applies_the_fixes_that_are_named_the_unsafe_ones_too(tools: Tools) -> None:
    [unsafe] = splint.check(BUNDLE).to_agent()["unsafe_fixes"][:1]
    answer = called(tools, "fix", payload=BUNDLE, ids=[unsafe["id"]])
    assert answer["patch"] == unsafe["patch"]
    assert called(tools, "fix", payload=BUNDLE, ids=[])["patch"] == []
    with pytest.raises(ToolError, match="no finding of this payload with a fix has the id 'nothing'"):
        called(tools, "fix", payload=BUNDLE, ids=["nothing"])


def test_fix_applies_no_unsafe_fix_of_a_finding_that_is_alike(tools: Tools) -> None:
    """Once one is fixed, the next has its id, and in a list its place: neither makes it the one that was named."""
    group = {**base("no-cbo", "guide")["adgroups"][0], "min_budget": 20}
    value = {**base("no-cbo", "guide"), "adgroups": [{**group, "request_id": f"7{at}"} for at in range(3)]}
    texts = base("cbo", "reference")
    texts["adgroups"][0]["ads"][0]["ad_text_list"] = [{"ad_text": "a"}] * 4
    for payload, profile, code in ((value, "guide", "SPL214"), (texts, "reference", "REF311")):
        checked = called(tools, "check", payload=payload, profile=profile, as_of=AS_OF)
        of_code = {one["id"] for one in checked["findings"] if one["code"] == code}
        alike = [one for one in checked["unsafe_fixes"] if one["id"] in of_code]
        assert len(alike) == 3
        for one in alike:
            answer = called(tools, "fix", payload=payload, ids=[one["id"]], profile=profile, as_of=AS_OF)
            assert (answer["patch"], "left_out" in answer) == (one["patch"], False)
        later = [one["id"] for one in alike[1:]]
        answer = called(tools, "fix", payload=payload, ids=later, profile=profile, as_of=AS_OF)
        after = patched(payload, answer["patch"])
        left = called(tools, "check", payload=after, profile=profile, as_of=AS_OF)["findings"]
        assert [one["at"] for one in left if one["code"] == code] == [
            one["at"] for one in checked["findings"] if one["id"] == alike[0]["id"]
        ]


def test_fix_names_the_fixes_that_it_leaves_out(tools: Tools) -> None:
    campaign = {
        "advertiser_id": "7000000000000000001",
        "campaign_name": "x",
        "objective_type": "WEB_CONVERSIONS",
        "budgetMode": "BUDGET_MODE_DAY",
        "budget": 500,
    }
    [unsafe] = called(tools, "check", payload=campaign)["unsafe_fixes"]
    answer = called(tools, "fix", payload=campaign, ids=[unsafe["id"]])
    why = "would bring in SPL102 at /budget_mode"
    assert answer["patch"] == []
    assert answer["left_out"] == [{"id": unsafe["id"], "at": "/budgetMode", "changes": unsafe["changes"], "why": why}]
    assert not {"left_out", "more_left_out"} & {*called(tools, "fix", payload=campaign)}
    many = [{**campaign, "campaign_name": f"C{at}"} for at in range(MOST_LEFT_OUT + 2)]
    ids = [one["id"] for one in called(tools, "check", payload=many, limit=50)["unsafe_fixes"]]
    answer = called(tools, "fix", payload=many, ids=ids)
    assert (len(answer["left_out"]), answer["more_left_out"]) == (MOST_LEFT_OUT, 2)


def test_fix_leaves_off_what_no_answer_holds(tools: Tools) -> None:
    groups = [{**BUNDLE["adgroups"][0], "adgroup_name": f"group {number}"} for number in range(150)]
    value, seen = {**BUNDLE, "adgroups": groups}, 0
    while True:
        answer = called(tools, "fix", payload=value)
        value = patched(value, answer["patch"])
        assert digest(value) == answer["sha256"]
        seen += 1
        if not answer["left_off"]:
            break
    assert seen > 1
    assert all(isinstance(group["pixel_id"], str) for group in value["adgroups"])


ANSWERS = {
    "/campaign/advertiser_id": "7123456789012345678",
    "/campaign/objective_type": "WEB_CONVERSIONS",
    "/campaign/budget_mode": "BUDGET_MODE_DYNAMIC_DAILY_BUDGET",
    "/campaign/budget": 500,
    "/adgroups/0/bid_type": "BID_TYPE_NO_BID",
    "/adgroups/0/schedule_end_time": "2027-04-01 00:00:00",
}


def test_answers_go_where_the_questions_ask_and_the_result_is_checked(tools: Tools) -> None:
    questions = called(tools, "check", payload=BUNDLE, as_of=AS_OF)["needs_input"]
    given = [{"id": one["id"], "at": one["at"], "value": ANSWERS[one["at"]]} for one in questions]
    answer = called(tools, "answer", payload=BUNDLE, answers=given, as_of=AS_OF)
    after = patched(BUNDLE, answer["patch"])
    assert answer["sha256"] == digest(after)
    assert after["campaign"]["budget"] == 500
    assert answer["check"] == splint.check(after, as_of=AS_OF).to_agent(
        most=MOST_BYTES - len(json_text(answer["patch"]))
    )
    assert answer["check"]["counts"]["errors"] == 1  # the pixel id, which has a safe fix
    assert answer["check"]["needs_input"] == []


def test_null_leaves_a_field_out(tools: Tools) -> None:
    value = edited(base("cbo", "reference"), {"/adgroups/0/roas_bid": 2})
    answers = [{"at": "/adgroups/0/roas_bid", "value": None}]
    answer = called(tools, "answer", payload=value, answers=answers, profile="reference")
    assert answer["patch"] == [{"op": "remove", "path": "/adgroups/0/roas_bid"}]
    nothing = called(tools, "answer", payload=BUNDLE, answers=[{"at": "/adgroups/0/bid_type", "value": None}])
    assert nothing["patch"] == []


def test_no_text_is_taken_where_objects_go(tools: Tools) -> None:
    value = json.loads(json.dumps(CLEAN))
    value["adgroups"][0]["ads"][0]["ad_text_list"] = [{"ad_text": "Shop now"}] * 6
    at = "/adgroups/0/ads/0/ad_text_list"
    [question] = called(tools, "check", payload=value, as_of=AS_OF)["needs_input"]
    assert (question["at"], question["list"]) == (at, True)
    assert question["limit"] == "entries are objects with ad_text; at most 5 entries"
    with pytest.raises(ToolError, match=f"{at}: each entry is an object with ad_text"):
        called(tools, "answer", payload=value, answers=[{"at": at, "value": ["Shop now"]}])
    answers = [{"at": at, "value": [{"ad_text": "Shop now"}]}]
    assert called(tools, "answer", payload=value, answers=answers, as_of=AS_OF)["check"]["needs_input"] == []


def test_each_of_several_keys_in_a_wrong_object_is_asked_about_and_none_takes_the_object_along(tools: Tools) -> None:
    value = json.loads(json.dumps(CLEAN))
    strays = {name: value["adgroups"][0][name] for name in ("schedule_type", "placement_type")}
    spec = value["adgroups"][0]["targeting_spec"] = {"location_ids": ["6252001"], **strays}
    at = "/adgroups/0/targeting_spec"
    asked = called(tools, "check", payload=value, as_of=AS_OF)["needs_input"]
    assert [(one["at"], one["choices"], one["removable"]) for one in asked] == [
        (f"{at}/{name}", [], True) for name in strays
    ]
    assert len({one["id"] for one in asked}) == 1
    with pytest.raises(ToolError, match=f"no question is asked at '{at}'"):
        called(tools, "answer", payload=value, answers=[{"at": at, "value": None}])
    answers = [{"at": one["at"], "value": None} for one in asked]
    answer = called(tools, "answer", payload=value, answers=answers, as_of=AS_OF)
    assert patched(value, answer["patch"])["adgroups"][0]["targeting_spec"] == {"location_ids": spec["location_ids"]}
    assert answer["check"]["findings"] == []


def test_a_budget_update_asks_for_the_list_of_its_own_request(tools: Tools) -> None:
    body = {"advertiser_id": "7000000000000000001", "budget": 130}
    value = {"endpoint": "/v1.3/smart_plus/adgroup/budget/update/", "method": "POST", "body": body}
    [question] = called(tools, "check", payload=value, as_of=AS_OF)["needs_input"]
    assert (question["at"], question["kind"], question["list"]) == ("/body/budget", "object", True)
    assert question["limit"] == "entries are objects with adgroup_id, budget and max_budget"
    answers = [{"at": "/body/budget", "value": [{"adgroup_id": "1820600253931711716", "budget": 60}]}]
    assert called(tools, "answer", payload=value, answers=answers, as_of=AS_OF)["check"]["findings"] == []


@pytest.mark.parametrize("name", ["budget", "scheduled_budget"])
@pytest.mark.parametrize("wrong", [12, [{"adgroup_id": "1820600253931711716", "budget": 60}], "sixty"])
def test_a_wrong_entry_of_a_list_is_no_field_of_the_same_name(tools: Tools, name: str, wrong: Any) -> None:
    entry = {"adgroup_id": "1820600253931711716", name: 60}
    body = {"advertiser_id": "7000000000000000001", name: [entry, wrong]}
    value = {"endpoint": "/v1.3/smart_plus/adgroup/budget/update/", "method": "POST", "body": body}
    at = f"/body/{name}/1"
    [question] = called(tools, "check", payload=value, as_of=AS_OF)["needs_input"]
    assert (question["at"], question["kind"]) == (at, "object")
    assert question["limit"].startswith("an object with adgroup_id")
    with pytest.raises(ToolError, match=f"{at}: the value is an object with adgroup_id"):
        called(tools, "answer", payload=value, answers=[{"at": at, "value": 60}])
    answers = [{"at": at, "value": {**entry, "adgroup_id": "1820600253931711717"}}]
    assert called(tools, "answer", payload=value, answers=answers, as_of=AS_OF)["check"]["findings"] == []


def test_what_is_missing_in_a_missing_object_is_asked_for_there_and_several_answers_make_one(tools: Tools) -> None:
    info = "/adgroups/0/ads/0/creative_list/0/creative_info"
    contents = {f"{info}/video_info/video_id": "v1", f"{info}/image_info/0/web_uri": "i1"}
    for video, image in ((GONE, GONE), ({"file_name": "a.mp4"}, [{"web_uri": ""}])):
        value = edited(base("cbo", "guide"), {f"{info}/video_info": video, f"{info}/image_info": image})
        asked = called(tools, "check", payload=value, as_of=AS_OF)["needs_input"]
        assert {one["at"] for one in asked} == {*contents}
        answers = [{"at": at, "value": content} for at, content in contents.items()]
        answer = called(tools, "answer", payload=value, answers=answers, as_of=AS_OF)
        assert answer["check"]["findings"] == []
        made = patched(value, answer["patch"])["adgroups"][0]["ads"][0]["creative_list"][0]["creative_info"]
        assert made["video_info"] == {**(video if isinstance(video, dict) else {}), "video_id": "v1"}
        assert made["image_info"] == [{"web_uri": "i1"}]
    value = edited(base("cbo", "guide"), {f"{info}/video_info": "v1"})
    with pytest.raises(ToolError, match="the value is an object with video_id and file_name"):
        called(tools, "answer", payload=value, answers=[{"at": f"{info}/video_info", "value": "v1"}])


def test_answers_that_leave_entries_out_shift_no_other(tools: Tools) -> None:
    """Patches apply step by step: the last entry of a list goes first."""
    value = edited(base("cbo", "reference"), {"/campaign/special_industries": [{}, [], "C1"]})
    at = [one["at"] for one in called(tools, "check", payload=value, profile="reference", as_of=AS_OF)["needs_input"]]
    assert sorted(at) == [f"/campaign/special_industries/{index}" for index in range(3)]
    answers = [{"at": one, "value": None} for one in sorted(at)[:2]]
    patch = called(tools, "answer", payload=value, answers=answers, profile="reference", as_of=AS_OF)["patch"]
    assert patched(value, patch)["campaign"]["special_industries"] == ["C1"]


@pytest.mark.parametrize(
    ("answers", "said"),
    few(
        [
            ([{"at": "/campaign/campaign_name", "value": "x"}], "no question is asked at '/campaign/campaign_name'"),
            (
                [{"at": "/campaign/budget", "value": 1, "id": "0" * 32}],
                "the id '0{32}' is not that of the question at '/campaign/budget': check the payload again",
            ),
            ([{"at": "/campaign/campaign_name", "value": "x", "id": "0" * 32}], "no question is asked at"),
            ([{"at": "/campaign/budget", "value": one} for one in (1, 2)], "two answers for one place"),
            ([{"at": "/campaign/budget", "value": "500"}], "the value is a number, as its kind is money"),
            ([{"at": "/campaign/advertiser_id", "value": 7}], "the value is a string of its digits"),
            ([{"at": "/campaign/advertiser_id", "value": True}], "the value is a string of its digits"),
            ([{"at": "/campaign/budget"}], "needs the argument value"),
            ([{"at": "/adgroups/0/bid_type", "value": "x" * 9000}], "longer than 6 KB together"),
            (["x"], "is a JSON object, not string"),
        ],
        4,
    ),
)
def test_answers_that_fit_no_question_are_refused(tools: Tools, answers: Any, said: str) -> None:
    with pytest.raises(ToolError, match=said):
        called(tools, "answer", payload=BUNDLE, answers=answers)


def test_an_answer_within_the_place_of_another_is_dropped(tools: Tools) -> None:
    value = json.loads(json.dumps(CLEAN))
    ad = value["adgroups"][0]["ads"][0]
    ad["call_to_action_list"] = [1.5]
    at = "/adgroups/0/ads/0/call_to_action_list"
    asked = {one["at"] for one in called(tools, "check", payload=value)["needs_input"]}
    assert {at, f"{at}/0"} <= asked
    inner, outer = {"at": f"{at}/0", "value": {"call_to_action": "SHOP_NOW"}}, {"at": at, "value": None}
    for answers in ([inner, outer], [outer, inner]):
        assert called(tools, "answer", payload=value, answers=answers)["patch"] == [{"op": "remove", "path": at}]
    whole = [{"call_to_action": "SHOP_NOW"}]
    answer = called(tools, "answer", payload=value, answers=[inner, {"at": at, "value": whole}])
    assert answer["patch"] == [{"op": "replace", "path": at, "value": whole}]


def test_one_answer_to_two_questions_is_given_once(tools: Tools) -> None:
    campaign = {**CLEAN["campaign"], "budget_mode": "BUDGET_MODE_TOTAL"}
    group = {**CLEAN["adgroups"][0], "bid_type": "BID_TYPE_CUSTOM", "conversion_bid_price": 5}
    value = {"campaign": campaign, "adgroups": [{**group, "schedule_type": "SCHEDULE_FROM_NOW"}]}
    at, daily = "/campaign/budget_mode", "BUDGET_MODE_DYNAMIC_DAILY_BUDGET"
    questions = called(tools, "check", payload=value, as_of=AS_OF)["needs_input"]
    both = [one for one in questions if at in {place["at"] for place in one.get("instead", ())}]
    assert [one["rule"] for one in both] == ["SPL210", "SPL216"]
    answers = [{"id": one["id"], "at": at, "value": daily} for one in both]
    answer = called(tools, "answer", payload=value, answers=answers, as_of=AS_OF)
    assert answer["patch"] == [{"op": "replace", "path": at, "value": daily}]


def test_a_file_below_a_root_is_tried_as_a_payload_is(tools: Tools, tmp_path: Path) -> None:
    value = {**CLEAN, "adgroups": [{**CLEAN["adgroups"][0], "promotion_type": "WEBSITES"}]}
    (tmp_path / "a.json").write_text(json.dumps(value))
    of_file = called(Tools(Roots([str(tmp_path)])), "check", path="a.json", as_of=AS_OF)
    of_value = called(tools, "check", payload=value, as_of=AS_OF)
    keys = ("at", "kind", "choices", "removable", "instead")
    for one, other in zip(of_file["needs_input"], of_value["needs_input"], strict=True):
        assert {key: one.get(key) for key in keys} == {key: other.get(key) for key in keys}


def test_windows_that_only_mini_games_have_are_none_of_web_campaigns(tools: Tools) -> None:
    given = {"kind": "adgroup", "field": "click_attribution_window", "profile": "reference"}
    [told] = called(tools, "describe", **given)["fields"]
    assert "THIRTY_DAYS" not in told["values"]
    assert {"THIRTY_DAYS", "THIRTY_TWO_DAYS", "ONE_HUNDRED_EIGHTY_DAYS"} <= {*told["refused_in_web_campaigns"]}


def test_a_list_is_asked_for_as_one_and_answered_with_one(tools: Tools) -> None:
    group = {**BUNDLE["adgroups"][0], "placement_type": "PLACEMENT_TYPE_NORMAL"}
    value = {**BUNDLE, "adgroups": [group]}
    at = "/adgroups/0/placements"
    [question] = [one for one in called(tools, "check", payload=value)["needs_input"] if one["at"] == at]
    assert (question["kind"], question["list"]) == ("choice", True)
    with pytest.raises(ToolError, match="the value is a list, also of one entry"):
        called(tools, "answer", payload=value, answers=[{"at": at, "value": "PLACEMENT_TIKTOK"}])
    answer = called(tools, "answer", payload=value, answers=[{"at": at, "value": ["PLACEMENT_TIKTOK"]}])
    assert at not in {one["at"] for one in (*answer["check"]["findings"], *answer["check"]["needs_input"])}
    [told] = called(tools, "describe", kind="adgroup", field="placements")["fields"]
    assert told["list"] is True


def test_an_entry_of_a_list_is_asked_for_by_itself(tools: Tools) -> None:
    group = {**BUNDLE["adgroups"][0], "placement_type": "PLACEMENT_TYPE_NORMAL", "placements": ["PLACEMENT_TIKTOC"]}
    questions = called(tools, "check", payload={**BUNDLE, "adgroups": [group]})["needs_input"]
    assert [one.get("list") for one in questions if one["at"] == "/adgroups/0/placements/0"] == [None]


@pytest.mark.parametrize(
    ("field", "kind", "limit"),
    [("roas_bid", "money", "above zero"), ("schedule_start_time", "date", "not in the past")],
)
def test_numbers_and_moments_are_described_as_such(tools: Tools, field: str, kind: str, limit: str) -> None:
    [told] = called(tools, "describe", kind="adgroup", field=field, profile="reference")["fields"]
    assert told["is"] == kind
    assert limit in {one["words"] for one in told["limits"]}


def test_plan_answers_what_a_dry_run_does_and_the_command_for_a_person(tools: Tools, tmp_path: Path) -> None:
    answer = called(tools, "plan", payload=CLEAN, facts={"currency": "USD"}, enable=True)
    plan = Submitter(config=splint.Config(facts={"currency": "USD"})).draft(CLEAN, enable=True).plan
    assert answer["ok"] is True
    assert answer["sha256"] == plan.sha256
    assert [one["object"] for one in answer["requests"]] == [step.path for step in plan.steps]
    assert answer["command"] == (f"splint submit BUNDLE.json --expect-plan {plan.sha256} --enable --fact currency=USD")
    of_file = called(tools, "plan", path="valid/cbo-daily.json", sandbox=True, profile="guide")
    path = FIXTURES / "valid" / "cbo-daily.json"
    assert of_file["command"] == f"splint submit {path} --expect-plan {of_file['sha256']} --sandbox --profile guide"
    assert of_file["sha256"] != plan.sha256


def test_a_plan_that_is_refused_says_why(tools: Tools) -> None:
    answer = called(tools, "plan", payload=BUNDLE)
    assert answer["ok"] is False
    assert "does not pass the checks" in answer["refused"]
    assert {one["id"] for one in answer["check"]["findings"]} == {
        one["id"] for one in splint.check(BUNDLE).to_agent()["findings"] if one["code"] != "SPL009"
    }
    nothing = called(tools, "plan", payload={"x": 1})
    assert nothing["ok"] is False
    assert "one bundle is sent at a time" in nothing["refused"]


def test_plan_never_reads_the_token(tools: Tools, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIKTOK_ACCESS_TOKEN", "canary-token-1234567890")
    answer = called(tools, "plan", payload=CLEAN)
    assert "canary" not in json_text(answer)
    assert os.environ["TIKTOK_ACCESS_TOKEN"] == "canary-token-1234567890"


def test_rules_are_explained_by_code_and_by_name(tools: Tools) -> None:
    by_code = called(tools, "explain_rule", code="spl210")
    assert by_code == called(tools, "explain_rule", code="cost-cap-needs-daily-budget")
    assert "A Cost Cap bids only against a daily budget." in by_code["page"]
    for selection in load().rules:
        called(tools, "explain_rule", code=selection.rule.code)
    with pytest.raises(ToolError, match="no rule has the code or name 'SPL999'"):
        called(tools, "explain_rule", code="SPL999")


def test_refusals_are_explained(tools: Tools) -> None:
    refusal = {"code": 40002, "message": "budget_mode: Missing data for required field."}
    answer = called(tools, "explain_refusal", answer=refusal, payload=BUNDLE)
    assert answer["explanations"] == [one.to_dict() for one in splint.explain(refusal, BUNDLE)]
    with pytest.raises(ToolError, match="no answer of TikTok's API"):
        called(tools, "explain_refusal", answer="")


def test_a_long_refusal_is_explained_in_one_answer(tools: Tools) -> None:
    refusal = {"code": 40002, "message": "budget_mode: Missing data for required field. " + "x\x1b" * 20_000}
    [one] = called(tools, "explain_refusal", answer=refusal)["explanations"]
    assert one["meaning"]["fields"] == ["budget_mode"]
    assert one["message"].endswith("…")
    many = [{"code": 40000 + number, "message": "budget: " + "y" * 900} for number in range(60)]
    answer = called(tools, "explain_refusal", answer=many, payload=BUNDLE)
    assert answer["left_off"] == 60 - len(answer["explanations"])


def test_fields_are_described_for_every_kind(tools: Tools) -> None:
    for kind in TOOLS["describe"].schema["properties"]["kind"]["enum"]:
        names, after = list[str](), None
        while True:
            page = called(tools, "describe", kind=kind, **({"after": after} if after else {}))
            names += (one["field"] for one in page["fields"])
            after = page.get("after")
            if after is None:
                break
        assert len(names) == len(set(names)) > 0
        for name in names:
            [one] = called(tools, "describe", kind=kind, field=name)["fields"]
            assert one["field"] == name
    [budget] = called(tools, "describe", kind="campaign", field="budget")["fields"]
    assert budget["is"] == "money"
    assert {"words": "above zero", "code": "SPL106"} in budget["limits"]
    with pytest.raises(ToolError, match="campaign has no field 'budgets': did you mean"):
        called(tools, "describe", kind="campaign", field="budgets")


@pytest.mark.parametrize("text", few(["{bad", "spring.json", "", "[" * 3000, "NaN"], 2))
def test_a_text_that_is_no_json_is_a_finding(tools: Tools, text: str) -> None:
    """As in a file."""
    assert "SPL001" in {one["code"] for one in called(tools, "check", payload=text)["findings"]}


@pytest.mark.parametrize("profile", ["guide", "reference"])
def test_the_values_of_a_field_are_those_that_rules_take(tools: Tools, profile: str) -> None:
    """What a rule refuses in every web campaign stands apart, however many values there are."""
    for name in ("promotion_type", "optimization_goal", "optimization_event", "billing_event", "bid_type"):
        [told] = called(tools, "describe", kind="adgroup", field=name, profile=profile)["fields"]
        facts = field_facts(f"AdGroup.{name}", profile)
        whole = sorted(facts.choices)
        assert told["values"] == whole or (told["values"][-1] == "…" and {*told["values"][:-1]} < {*whole})
        refused = [one for one in told["refused_in_web_campaigns"] if one != "…"]
        assert {*refused} <= {*facts.values} - {*facts.choices}
        assert bool(refused) == (facts.choices != facts.values)
    for objectives in (None, ["WEB_CONVERSIONS", "REACH"]):
        given = {} if objectives is None else {"objectives": objectives}
        [told] = called(tools, "describe", kind="campaign", field="objective_type", profile=profile, **given)["fields"]
        listed = objectives or (["WEB_CONVERSIONS"] if profile == "guide" else OBJECTIVES)
        assert told["values"] == sorted(listed)
        assert told["refused_in_web_campaigns"] == sorted({*OBJECTIVES} - {*listed})
    destination = {"kind": "campaign", "field": "sales_destination", "profile": profile}
    [told] = called(tools, "describe", **destination)["fields"]
    assert ("TIKTOK_SHOP" in told["refused_in_web_campaigns"]) == (profile == "reference") == told["required"]
    [told] = called(tools, "describe", kind="adgroup", field="bid_type", profile=profile)["fields"]
    assert told["values"] == ["BID_TYPE_CUSTOM", "BID_TYPE_NO_BID"]
    assert told["refused_in_web_campaigns"] == ["BID_TYPE_MAX_CONVERSION"]


@pytest.mark.parametrize(
    ("name", "arguments", "said"),
    few(
        [
            ("check", {}, "one of the arguments payload and path"),
            ("check", {"payload": {}, "path": "x"}, "one of the arguments payload and path"),
            ("check", {"payload": 7}, "argument payload of check is a JSON object, array or string, not integer"),
            ("check", {"payload": {}, "limit": 0}, "argument limit of check is 1 or more"),
            ("check", {"payload": {}, "limit": True}, "is a JSON integer, not true"),
            ("check", {"payload": {}, "profil": "guide"}, "takes no argument 'profil': did you mean profile"),
            ("check", {"payload": {}, "profile": "strict"}, "is one of "),
            ("check", {"payload": {}, "as_of": "soon"}, "soon"),
            ("check", {"payload": {}, "facts": {"x": 1}}, "x"),
            ("check", {"payload": {}, "objectives": [7]}, "entry 0, is a JSON string"),
            ("check", {"payload": {}, "after": "nothing"}, "is no cursor of this report"),
            ("fix", {"payload": "{bad"}, "is no JSON: line 1, column 2: "),
            ("plan", {"payload": '{"a": 1,}'}, "is no JSON: line 1, column 8: a trailing comma"),
            ("check", {"payload": "x" * (MOST_PAYLOAD + 1)}, "the payload has 4.0 MB: 4 MB are the most"),
            ("check", {"payload": [["x" * (MOST_PAYLOAD + 1)]]}, "4 MB are the most"),
            ("fix", {}, "fix needs the argument payload"),
            ("describe", {"kind": "pixel"}, "argument kind of describe is one of campaign"),
        ],
        6,
    ),
)
def test_wrong_arguments_are_refused_in_words(tools: Tools, name: str, arguments: dict[str, Any], said: str) -> None:
    with pytest.raises(ToolError, match=said) as refused:
        called(tools, name, **arguments)
    assert len(str(refused.value)) < 700


def test_a_payload_that_nests_without_end_is_refused(tools: Tools) -> None:
    deep: Any = 1
    for _ in range(3000):
        deep = [deep]
    with pytest.raises(ToolError):
        called(tools, "fix", payload=deep)
    with pytest.raises(ToolError):
        called(tools, "fix", payload="[" * 100_000)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A root, with a payload beside it, and symlinks that lead there and elsewhere."""
    root = tmp_path / "tree"
    (root / "sub" / ".git").mkdir(parents=True)
    text = json.dumps(CLEAN)
    for path in (
        root / "ok.json",
        root / "sub" / "ok.json",
        tmp_path / "secret.json",
        root / "sub" / ".git" / "x.json",
    ):
        path.write_text(text)
    (root / "notes.bin").write_text(text)
    (root / "link.json").symlink_to(tmp_path / "secret.json")
    (root / "inner.json").symlink_to(root / "ok.json")
    (root / "up").symlink_to(tmp_path)
    (root / "big.json").write_bytes(b" " * (MOST_PAYLOAD + 1))
    os.mkfifo(root / "pipe.json")
    return root


@pytest.mark.parametrize(
    ("path", "said"),
    few(
        [
            ("../secret.json", "lies below no --root"),
            ("sub/../../secret.json", "lies below no --root"),
            ("{top}/secret.json", "lies below no --root"),
            ("/etc/passwd", "lies below no --root"),
            ("ok.json\0", "lies below no --root"),
            ("", "lies below no --root"),
            ("link.json", "link.json is a symlink"),
            ("inner.json", "inner.json is a symlink"),
            ("up/secret.json", "up is a symlink"),
            ("up/tree/ok.json", "up is a symlink"),
            ("gone.json", "is no file below any --root"),
            ("sub", "it is no plain file"),
            ("ok.json/x.json", "Not a directory"),
            ("pipe.json", "it is no plain file"),
            ("big.json", "it is larger than 4 MB"),
            ("sub/.git/x.json", "what git keeps for itself"),
            ("notes.bin", "no document format has this suffix"),
        ],
        6,
    ),
)
@pytest.mark.parametrize("name", ["check", "plan"])
def test_nothing_outside_the_roots_is_read(tree: Path, name: str, path: str, said: str) -> None:
    with pytest.raises(ToolError, match=said):
        call(Tools(Roots([str(tree)])), name, {"path": path.replace("{top}", str(tree.parent))})


def test_without_a_root_no_file_is_read(tree: Path) -> None:
    with pytest.raises(ToolError, match="started without --root"):
        call(Tools(Roots([])), "check", {"path": str(tree / "ok.json")})
    with pytest.raises(OutsideError, match="is no directory"):
        Roots([str(tree / "ok.json")])


def test_why_a_file_is_not_read_is_told_though_it_is_called_like_a_credential(tmp_path: Path) -> None:
    """The words behind `passwd:` would be masked."""
    (tmp_path / "token").mkdir()
    for roots, path, said in (
        ([], "/etc/passwd", "/etc/passwd is not read: the server was started without --root"),
        ([str(tmp_path)], "/etc/passwd", "/etc/passwd lies below no --root"),
        ([str(tmp_path)], "passwd", "passwd is no file below any --root"),
        ([str(tmp_path)], "token", "token cannot be read: it is no plain file"),
    ):
        with pytest.raises(ToolError) as raised:
            call(Tools(Roots(roots)), "check", {"path": path})
        assert public(str(raised.value)).startswith(said)


def test_the_first_root_that_has_a_file_is_read(tree: Path) -> None:
    both = Roots([str(tree / "sub" / ".git"), str(tree)])
    assert both.read("ok.json")[0] == str(tree.resolve() / "ok.json")
    assert both.read(str(tree / "sub" / "ok.json"))[1] == json.dumps(CLEAN).encode()
