"""Objects of a campaign below several keys that say nothing of them, and parts of objects in their own kind."""

import json
from pathlib import Path
from typing import Any

import pytest

from splint import check
from splint.agents.parameters import ToolError
from splint.testing import AS_OF, base
from tests.agents.test_agent_answers import called
from tests.command import Command
from tests.grids import few
from tests.reporters.test_agent_answer import patched

BUNDLE = base("cbo", "reference")
CAMPAIGN = BUNDLE["campaign"]
GROUP = BUNDLE["adgroups"][0]
AD = GROUP["ads"][0]
CREATIVE = AD["creative_list"][0]
INFO = CREATIVE["creative_info"]
SECOND = {**GROUP, "adgroup_name": "Second", "request_id": "1770000000000000009"}
SENT = {"advertiser_id": CAMPAIGN["advertiser_id"]}
FOR_ITSELF = {**SENT, "adgroup_id": "1800000000000000002", **AD}


def of_groups(*groups: Any) -> dict[str, Any]:
    return {**BUNDLE, "adgroups": [*groups]}


def of_ads(*ads: Any) -> dict[str, Any]:
    return of_groups({**GROUP, "ads": [*ads]})


def of_info(**fields: Any) -> dict[str, Any]:
    return of_ads({**AD, "creative_list": [{"creative_info": {**INFO, **fields}}]})


def tool(level: str, arguments: Any) -> dict[str, Any]:
    return {"name": f"smart_plus_{level}_create", "arguments": arguments}


def sent(level: str, body: Any) -> dict[str, Any]:
    return {"endpoint": f"/open_api/v1.3/smart_plus/{level}/create/", "body": body}


def agent(payload: Any, profile: str = "reference") -> dict[str, Any]:
    return check(payload, profile=profile, as_of=AS_OF).to_agent()


TARGETED = of_groups({**GROUP, "targeting_spec": {"targeting_spec": GROUP["targeting_spec"]}})
PARTS = {
    "creative_info": of_ads({**AD, "creative_list": [{"creative_info": {"creative_info": INFO}}]}),
    "creative_info as data": of_ads({**AD, "creative_list": [{"creative_info": {"data": INFO}}]}),
    "a creative": of_ads({**AD, "creative_list": [{"creative": CREATIVE}]}),
    "a creative as data": of_ads({**AD, "creative_list": [{"data": CREATIVE}]}),
    "a list of one creative": of_ads({**AD, "creative_list": [{"creative_list": [CREATIVE]}]}),
    "two creatives": of_ads({**AD, "creative_list": [{"data": [CREATIVE, {"creative_info": {**INFO, "_note": "2"}}]}]}),
    "video_info": of_info(video_info={"video_info": INFO["video_info"]}),
    "video_info twice": of_info(video_info={"video_info": {"video_info": INFO["video_info"]}}),
    "image_info": of_info(image_info={"image_info": INFO["image_info"]}),
    "image_info with two": of_info(image_info={"image_info": [{"web_uri": "a"}, {"web_uri": "b"}]}),
    "lists of image_info": of_info(image_info={"items": [[{"web_uri": "a/b"}], [{"web_uri": "c/d"}]]}),
    "image_info in itself below data": of_info(image_info={"data": {"image_info": [{"web_uri": "a/b"}]}}),
    "an entry of image_info below data": of_info(image_info=[{"data": {"image_info": {"web_uri": "a/b"}}}]),
    "creative_info in itself below data": of_ads(
        {**AD, "creative_list": [{"creative_info": {"data": {"creative_info": INFO}}}]}
    ),
    "creative_info as a value": of_ads({**AD, "creative_list": [{"creative_info": {"value": INFO}}]}),
    "a creative below data and its name": of_ads({**AD, "creative_list": [{"data": {"creative": CREATIVE}}]}),
    "video_info in itself below data": of_info(video_info={"data": {"video_info": INFO["video_info"]}}),
    "a landing page below data and its list": of_ads(
        {**AD, "landing_page_url_list": [{"data": {"landing_page_url_list": AD["landing_page_url_list"]}}]}
    ),
    "targeting_spec below data and its name": of_groups(
        {**GROUP, "targeting_spec": {"data": {"targeting_spec": GROUP["targeting_spec"]}}}
    ),
    "targeting_spec as a value": of_groups({**GROUP, "targeting_spec": {"value": GROUP["targeting_spec"]}}),
    "targeting_spec": TARGETED,
    "targeting_spec as targeting": of_groups({**GROUP, "targeting_spec": {"targeting": GROUP["targeting_spec"]}}),
    "ad_configuration": of_ads({**AD, "ad_configuration": {"ad_configuration": AD["ad_configuration"]}}),
}
WHOLE = {
    "a campaign twice below data": {**BUNDLE, "campaign": {"data": {"data": CAMPAIGN}}},
    "a campaign below body and payload": {**BUNDLE, "campaign": {"body": {"payload": CAMPAIGN}}},
    "a campaign twice in itself": {**BUNDLE, "campaign": {"campaign": {"campaign": CAMPAIGN}}},
    "a campaign in lists": {**BUNDLE, "campaign": {"campaign": [[CAMPAIGN]]}},
    "an ad group twice below data": of_groups({"data": {"data": GROUP}}),
    "an ad group twice below group": of_groups({"group": {"group": GROUP}}),
    "an ad group twice in itself": of_groups({"adgroup": {"adgroup": GROUP}}),
    "a list of one ad group": of_groups({"items": [GROUP]}),
    "two ad groups": of_groups({"data": [GROUP, SECOND]}),
    "two ad groups by their name": of_groups({"adgroup": [GROUP, SECOND]}),
    "an ad twice below data": of_ads({"data": {"data": AD}}),
    "a list of one ad": of_ads({"data": [AD]}),
    "an ad twice in itself": of_ads({"ad": {"ad": AD}}),
    "an ad of a tool": tool("ad", {"smart_plus_ad": {"smart_plus_ad": FOR_ITSELF}}),
    "an ad below params": tool("ad", {"params": {"params": FOR_ITSELF}}),
    "a part of a campaign": sent(
        "campaign",
        {
            "campaign_name": "Spring",
            **SENT,
            "smart_plus_campaign": {key: CAMPAIGN[key] for key in CAMPAIGN if key not in ("campaign_name", *SENT)},
        },
    ),
    "an ad group of a request": sent("adgroup", {"data": {"data": {**SENT, "campaign_id": "18", **GROUP}}}),
    "a string": tool("ad", json.dumps({"smart_plus_ad": FOR_ITSELF})),
    "a string within a string": tool("ad", json.dumps({"params": json.dumps({"request": FOR_ITSELF})})),
}


def leaves(value: Any) -> list[str]:
    if isinstance(value, str) and value.startswith("{"):
        value = json.loads(value)
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return [repr(value)] if inner is None else sorted(leaf for one in inner for leaf in leaves(one))


@pytest.mark.parametrize("payload", few([*PARTS.values(), *WHOLE.values()], 8))
@pytest.mark.parametrize("profile", ["guide", "reference"])
def test_what_stands_in_its_own_kind_is_an_error_and_the_patch_moves_it_up(payload: Any, profile: str) -> None:
    answer = agent(payload, profile)
    [finding], [question], [fix] = answer["findings"], answer["needs_input"], answer["unsafe_fixes"]
    assert (finding["code"], finding["level"]) == ("SPL004", "error")
    assert "is no field here: this object is the " in finding["message"]
    assert not {"removable", "choices", "renames"} & question.keys()
    assert question["help"].endswith("; the patch in unsafe_fixes does so")
    made = patched(payload, fix["patch"])
    assert leaves(made) == leaves(payload)
    assert agent(made, profile)["ok"]


@pytest.mark.parametrize(
    "payload",
    [
        {**BUNDLE, "campaign": {"data": {"campaign": CAMPAIGN, "note": "v"}}},
        of_groups({**GROUP, "targeting_spec": {"data": {"targeting_spec": GROUP["targeting_spec"], "note": "v"}}}),
    ],
)
def test_what_stands_beside_the_own_name_below_an_envelope_comes_along(payload: Any) -> None:
    [finding] = agent(payload)["findings"]
    assert (finding["code"], finding["level"]) == ("SPL004", "error")
    for _ in range(2):
        [fix] = agent(payload)["unsafe_fixes"]
        moved = patched(payload, fix["patch"])
        assert leaves(moved) == leaves(payload)
        payload = moved
    [question] = agent(payload)["needs_input"]
    assert (question["at"].rpartition("/")[2], question["removable"]) == ("note", True)


PLAIN = {key: value for key, value in GROUP.items() if key != "ads"}
IN_PARTS = {
    "an ad group in its targeting_spec": of_groups({"targeting_spec": PLAIN}),
    "an ad group and its ads in its targeting_spec": of_groups({"targeting_spec": GROUP}),
    "an ad group in its targeting_spec beside ads": of_groups({"targeting_spec": PLAIN, "ads": [AD]}),
    "ads in a targeting_spec": of_groups({**PLAIN, "targeting_spec": {**GROUP["targeting_spec"], "ads": GROUP["ads"]}}),
    "an ad in its ad_configuration": of_ads({"ad_configuration": AD}),
}


@pytest.mark.parametrize("payload", IN_PARTS.values(), ids=IN_PARTS)
@pytest.mark.parametrize("profile", ["guide", "reference"])
def test_an_object_in_a_field_of_its_own_moves_up_step_by_step(payload: Any, profile: str) -> None:
    found = agent(payload, profile)["findings"]
    assert {(one["code"], one["level"]) for one in found} == {("SPL004", "error")}
    made = check(payload, profile=profile, as_of=AS_OF).fixed(unsafe=True)
    assert leaves(made) == leaves(payload)
    assert not agent(made, profile)["findings"]


WITHIN = {"creative_info": AD}


@pytest.mark.parametrize(
    "payload",
    [of_ads({"creative_list": [WITHIN]}), sent("ad", {**SENT, "adgroup_id": "19", "creative_list": [WITHIN]})],
)
@pytest.mark.parametrize("profile", ["guide", "reference"])
def test_an_ad_in_its_own_creative_takes_the_place_of_the_list_around_it(payload: Any, profile: str) -> None:
    answer = agent(payload, profile)
    [finding], [fix] = answer["findings"], answer["unsafe_fixes"]
    assert finding["code"] == "SPL004"
    assert all("another value" not in question["help"] for question in answer["needs_input"])
    made = patched(payload, fix["patch"])
    assert leaves(made) == leaves(payload)
    assert agent(made, profile)["ok"]


@pytest.mark.parametrize(
    "creatives",
    [[WITHIN, CREATIVE], [{**WITHIN, "note": 1}], [{"creative_info": {**AD, "ad_format": "CAROUSEL_ADS"}}]],
)
def test_an_ad_in_its_own_creative_stays_where_the_list_around_it_has_more(creatives: list[Any]) -> None:
    answer = agent(of_ads({"creative_list": creatives}))
    assert {one["level"] for one in answer["findings"] if one["code"] == "SPL004"} >= {"error"}
    assert "unsafe_fixes" not in answer


def test_a_key_that_holds_a_field_of_the_part_around_it_is_not_left_out() -> None:
    questions = agent(of_info(image_info={"kept": {"it": {"web_uri": "a/b"}}}))["needs_input"]
    [question] = [one for one in questions if one["rule"] == "SPL004"]
    assert (question["kind"], "removable" in question) == ("text", False)


OTHER_THINGS = (
    "exclude excluded exclusions excluded_targeting not without negative blocked suppress lookalike narrow old oldOne"
)


@pytest.mark.parametrize("key", few(OTHER_THINGS.split(), 4))
@pytest.mark.parametrize("profile", ["guide", "reference"])
def test_what_is_under_a_key_that_says_another_thing_is_not_moved_out_of_it(key: str, profile: str) -> None:
    """As those who are left out are none to be targeted; nor may it be left out."""
    bundle = base("cbo", profile)
    bundle["adgroups"][0]["targeting_optimization_mode"] = "MANUAL"
    bundle["adgroups"][0]["targeting_spec"][key] = {"audience_ids": ["7500000000000000001"]}
    told = agent(bundle, profile)
    [finding], [question] = told["findings"], told["needs_input"]
    assert (finding["code"], finding["message"]) == ("SPL004", f"{key} is no field that is known here")
    assert (question["kind"], "removable" in question, "unsafe_fixes" in told) == ("text", False, False)
    assert question["help"].startswith("write what it holds where that belongs")


def test_an_old_campaign_in_the_place_of_one_is_not_moved_up() -> None:
    told = agent({**BUNDLE, "campaign": {"old": CAMPAIGN}})
    assert not told["ok"]
    assert "unsafe_fixes" not in told


def test_the_message_names_the_part_that_the_object_is() -> None:
    [finding], [question] = agent(PARTS["video_info"])["findings"], agent(PARTS["video_info"])["needs_input"]
    assert finding["message"] == "video_info is no field here: this object is the video_info itself"
    assert question["help"].startswith("write the fields of this video_info right into the object around it")


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        (of_info(video_info={"video_info": "v1"}), "SPL305"),
        (of_info(video_info={"video_info": {"note": 1}}), "SPL305"),
        (of_info(video_info={"video_info": []}), "SPL305"),
        (of_ads({**AD, "creative_list": [{"creative_info": {"creative_info": "x"}}]}), "SPL308"),
        (of_groups({**GROUP, "targeting_spec": {"targeting_spec": {"note": 1}}}), "REF207"),
    ],
)
def test_a_part_that_holds_nothing_but_its_own_name_lacks_what_it_needs(payload: Any, code: str) -> None:
    levels = {one["code"]: one["level"] for one in agent(payload)["findings"]}
    assert (levels[code], levels["SPL004"]) == ("error", "warning")


KEPT = {
    "a campaign that was": {**BUNDLE, "campaign": {**CAMPAIGN, "previous": {**CAMPAIGN, "campaign_name": "Old"}}},
    "a string of JSON": {**BUNDLE, "campaign": {**CAMPAIGN, "previous": json.dumps({**CAMPAIGN, "budget": 1})}},
    "below names of their own": of_groups({"wrapper": {"stuff": GROUP}}),
    "beside a note": of_groups({"data": {"data": GROUP, "_note": "x"}}),
    "another targeting_spec": {**BUNDLE, "campaign": {**CAMPAIGN, "targeting_spec": {"location_ids": ["1"]}}},
    "another creative_list": of_info(creative_list=[{"creative_info": {"ad_format": "CAROUSEL_ADS"}}]),
    "two ad groups beside ads": of_groups({"adgroup": [GROUP, SECOND], "ads": [AD]}),
    "two targeting_specs": of_groups({**GROUP, "targeting_spec": {"targeting_spec": [GROUP["targeting_spec"]] * 2}}),
    "two creative_infos": of_ads({**AD, "creative_list": [{"creative_info": {"creative_info": [INFO, INFO]}}]}),
    "an ad in a request": sent("adgroup", {**SENT, "campaign_id": "18", **GROUP, "kept": {"ad": AD}}),
    "in a string": tool("campaign", json.dumps({**CAMPAIGN, "previous": {**CAMPAIGN, "campaign_name": "Old"}})),
    "what may not be alone": sent("adgroup", {"data": {"tracking": {"x": 1}}}),
}


@pytest.mark.parametrize("payload", KEPT.values(), ids=KEPT)
def test_where_no_answer_resolves_it_the_question_says_so_and_none_is_taken(payload: Any) -> None:
    answer = agent(payload)
    [question] = [one for one in answer["needs_input"] if one["rule"] == "SPL004"]
    assert "unsafe_fixes" not in answer
    assert (question["kind"], question["question"]) == ("text", "what is meant here?")
    assert not {"removable", "choices", "renames"} & question.keys()
    assert question["help"].endswith("; only a change of the payload itself does so")
    for value in (None, "x", {"campaign_name": "x"}):
        to = {"at": question["at"], "value": value, "id": question["id"]}
        with pytest.raises(ToolError):
            called("answer", payload, "reference", answers=[to])


def test_a_note_may_go_within_a_string_too() -> None:
    payload = tool("campaign", json.dumps({**CAMPAIGN, "metadata": {"x": 1}}))
    [question] = agent(payload)["needs_input"]
    assert (question["choices"], question["removable"]) == ([], True)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", '[{"data": [{"adgroup_name": "A", "budget": 50.00}, {"adgroup_name": "B"}]}]'),
        ("b.json", '[{"data": [{"adgroup_name": "A", "budget": 5, "budget": 6}, {"adgroup_name": "B"}]}]'),
        ("c.jsonc", '[{"data": [{"adgroup_name": "A" /* lost */}, {"adgroup_name": "B"}]}]'),
    ],
)
def test_objects_of_a_list_stay_of_which_a_move_would_lose_or_respell_a_part(
    name: str, text: str, tmp_path: Path, command: Command
) -> None:
    path = tmp_path / name
    whole = f'{{"campaign": {json.dumps(CAMPAIGN)}, "adgroups": {text}}}'
    path.write_text(whole)
    command("check", str(path), "--fix", "--unsafe-fixes")
    assert path.read_text() == whole


@pytest.mark.parametrize(
    ("inner", "is_moved"),
    [
        ('{"campaign": {"budget": 500}}', True),
        ('{"campaign": {"budget": 500.00}}', False),
        ('{"campaign": {"budget": 500, "budget": 600}}', False),
    ],
)
@pytest.mark.parametrize("name", ["a.json", "a.yaml"])
def test_fields_in_a_string_of_a_file_move_up_as_they_are_spelt(
    name: str, inner: str, *, is_moved: bool, tmp_path: Path, command: Command
) -> None:
    path = tmp_path / name
    whole = f'{{"name": "smart_plus_campaign_create", "arguments": {json.dumps(inner)}}}'
    path.write_text(whole)
    command("check", str(path), "--fix", "--unsafe-fixes")
    assert path.read_text() == (whole.replace(json.dumps(inner), json.dumps('{"budget": 500}')) if is_moved else whole)


DEARER = {**CAMPAIGN, "budget": 600}
RIVALS = {
    "below data and params": ("data", "params", CAMPAIGN, DEARER),
    "below data and in its own kind": ("data", "campaign", DEARER, CAMPAIGN),
    "in a string": ("data", "params", CAMPAIGN, json.dumps(DEARER)),
    "in a list of one": ("items", "params", [CAMPAIGN], DEARER),
}


@pytest.mark.parametrize(("one", "other", "first", "second"), RIVALS.values(), ids=RIVALS)
def test_of_two_envelopes_that_contradict_each_other_none_is_chosen(
    one: str, other: str, first: Any, second: Any
) -> None:
    answer = agent({**BUNDLE, "campaign": {one: first, other: second}}, "guide")
    assert {(found["code"], found["level"]) for found in answer["findings"]} == {("SPL004", "error")}
    assert "unsafe_fixes" not in answer
    helps = {question["at"]: question["help"] for question in answer["needs_input"]}
    assert f"; {other} has another value of budget: choose one; " in helps[f"/campaign/{one}"]
    assert f"; {one} has another value of budget: choose one; " in helps[f"/campaign/{other}"]


@pytest.mark.parametrize("second", [CAMPAIGN, {"budget": CAMPAIGN["budget"], "budget_mode": CAMPAIGN["budget_mode"]}])
def test_envelopes_that_say_the_same_move_one_after_the_other(second: Any) -> None:
    payload = {**BUNDLE, "campaign": {"data": CAMPAIGN, "params": second}}
    assert len(agent(payload)["unsafe_fixes"]) == 2
    made = check(payload, profile="reference", as_of=AS_OF).fixed(unsafe=True)
    assert {key: made["campaign"][key] for key in CAMPAIGN} == CAMPAIGN
