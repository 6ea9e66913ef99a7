"""What is known elsewhere in the same request is moved there, in each format; numbers that are texts are written."""

import json
from pathlib import Path
from typing import Any

import pytest

import splint
from tests.command import Command
from tests.grids import few

MOVED: dict[str, tuple[str, str, str]] = {
    "targeting beside a targeting_spec that there is not": (
        "a.json",
        '{\n  "adgroup_name": "A",\n  "location_ids": ["6252001"],\n  "gender": "GENDER_MALE"\n}\n',
        (
            '{\n  "adgroup_name": "A",\n  "targeting_spec": {\n    "location_ids": [\n      "6252001"\n    ],\n'
            '    "gender": "GENDER_MALE"\n  }\n}\n'
        ),
    ),
    "in YAML": (
        "a.yaml",
        "adgroup_name: A\nageGroups: [AGE_18_24]\ntargeting_spec:\n  languages: [en]\n",
        "adgroup_name: A\ntargeting_spec:\n  languages: [en]\n  age_groups: [AGE_18_24]\n",
    ),
    "a list of YAML with its comments": (
        "a.yaml",
        "adgroup_name: A\nageGroups: # young\n  - AGE_18_24 # only\ntargeting_spec:\n  languages:\n    - en\n",
        "adgroup_name: A\ntargeting_spec:\n  languages:\n    - en\n  age_groups: # young\n    - AGE_18_24 # only\n",
    ),
    "the fields of a creative of YAML, right in the list": (
        "a.yaml",
        "ad_name: A\ncreative_list:\n- ad_format: SINGLE_VIDEO\n  video_info: # new\n    video_id: v\n",
        (
            "ad_name: A\ncreative_list:\n- creative_info:\n    ad_format: SINGLE_VIDEO\n"
            "    video_info: # new\n      video_id: v\n"
        ),
    ),
    "all that an object of YAML holds": (
        "a.yaml",
        "adgroup_name: A\ntargeting_spec:\n  placements:\n  - PLACEMENT_TIKTOK\nbid_price: 5\n",
        "adgroup_name: A\ntargeting_spec: {}\nbid_price: 5\nplacements:\n- PLACEMENT_TIKTOK\n",
    ),
    "in a curl command": (
        "a.sh",
        (
            "curl https://business-api.tiktok.com/open_api/v1.3/smart_plus/ad/create/ \\\n"
            """  -d '{"ad_name": "A", "creative_list": [{"ad_format": "SINGLE_VIDEO"}]}'\n"""
        ),
        (
            "curl https://business-api.tiktok.com/open_api/v1.3/smart_plus/ad/create/ \\\n"
            """  -d '{"ad_name": "A", "creative_list": [{"creative_info": {"ad_format": "SINGLE_VIDEO"}}]}'\n"""
        ),
    ),
    "not with a comment, which would be lost": (
        "a.yaml",
        "adgroup_name: A\nageGroups: [AGE_18_24] # young\ntargeting_spec:\n  languages: [en]\n",
        "adgroup_name: A\nageGroups: [AGE_18_24] # young\ntargeting_spec:\n  languages: [en]\n",
    ),
    "out of targeting_spec": (
        "a.json",
        '{"adgroup_name": "A", "targeting_spec": {"languages": ["en"], "comment_disabled": true}}',
        '{"adgroup_name": "A", "targeting_spec": {"languages": ["en"]}, "comment_disabled": true}',
    ),
    "ads by another name": (
        "a.json",
        '{"adgroup_name": "A", "creatives": [{"ad_name": "B", "creative_list": [{}]}]}',
        '{"adgroup_name": "A", "ads": [{"ad_name": "B", "creative_list": [{}]}]}',
    ),
    "camel case, an id": (
        "a.json",
        '{"objective_type": "WEB_CONVERSIONS", "advertiserId": "7"}',
        '{"objective_type": "WEB_CONVERSIONS", "advertiser_id": "7"}',
    ),
    "a budget as text": (
        "a.yaml",
        'objective_type: WEB_CONVERSIONS\nbudget: "500" # a day\n',
        "objective_type: WEB_CONVERSIONS\nbudget: 500 # a day\n",
    ),
}


@pytest.mark.parametrize(("name", "before", "after"), MOVED.values(), ids=MOVED)
def test_an_unsafe_fix_moves_a_field_to_where_it_belongs(
    name: str, before: str, after: str, tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`--fix --unsafe-fixes` writes it where the request knows it."""
    path = tmp_path / name
    path.write_text(before)
    monkeypatch.chdir(tmp_path)
    command("check", name, "--fix", "--unsafe-fixes", "--select", "SPL003,SPL004")
    assert path.read_text() == after


STAYS: dict[str, tuple[Any, str]] = {
    "two places know it": ({"ad_name": "A", "adgroup_id": "1", "identity_id": "7"}, "ad_configuration"),
    "a list is there": (
        {"ad_name": "A", "adgroup_id": "1", "creative_list": [{}], "video_info": {}},
        "creative_list[].creative_info",
    ),
    "a value of another type": ({"adgroup_name": "A", "location_ids": "1"}, "targeting_spec"),
    "no object is there": ({"adgroup_name": "A", "location_ids": ["1"], "targeting_spec": "{{t}}"}, "targeting_spec"),
    "one creative of two": (
        {"creative_list": [{}, {"creative_info": {"ad_text_list": [{"ad_text": "A"}]}}]},
        "the ad",
    ),
    "creatives that are no ads": ({"adgroup_name": "A", "creatives": [{"creative_info": {}}]}, "ads"),
    "both spellings": (
        {"objective_type": "WEB_CONVERSIONS", "campaignName": "A", "campaign_name": "B"},
        "campaign_name",
    ),
}


@pytest.mark.parametrize("profile", ["guide", "reference"])
@pytest.mark.parametrize(("payload", "place"), STAYS.values(), ids=STAYS)
def test_a_field_that_cannot_be_moved_is_told_its_place_alone(payload: Any, place: str, profile: str) -> None:
    """The help names the place, never the removal, and there is no fix."""
    report = splint.check(payload, select=["SPL004"], profile=profile)
    [finding] = report.diagnostics
    assert finding.severity == "warning"
    assert place in finding.message
    assert "remove" not in finding.message
    assert finding.fix is None


@pytest.mark.parametrize(
    ("payload", "help"),
    few(
        [
            (
                {"adgroup_name": "A", "gender": "GENDER_MALE", "targeting_spec": {"gender": "GENDER_MALE"}},
                "remove gender here: targeting_spec has it",
            ),
            (
                {
                    "ad_name": "A",
                    "adgroup_id": "1",
                    "call_to_action_id": "1",
                    "ad_configuration": {"call_to_action_id": "2"},
                },
                "ad_configuration has another value of call_to_action_id: choose one, and keep it there, not here",
            ),
            (
                {"adgroup_name": "A", "gender": "x", "location_ids": ["1"], "targeting_spec": {"location_ids": ["1"]}},
                "move gender to targeting_spec; remove location_ids here: targeting_spec has it",
            ),
            (
                {
                    "adgroup_name": "A",
                    "gender": "x",
                    "languages": [],
                    "targeting_spec": {"gender": "x", "languages": ["en"]},
                },
                "remove gender and languages here: targeting_spec has them",
            ),
            (
                {
                    "adgroup_name": "A",
                    "gender": "x",
                    "languages": ["en"],
                    "location_ids": ["1"],
                    "targeting_spec": {"gender": "y", "languages": ["de"], "location_ids": ["1"]},
                },
                (
                    "targeting_spec has other values of gender and languages: choose one of each, and keep it there, "
                    "not here; remove location_ids here: targeting_spec has it"
                ),
            ),
            (
                {"adgroup_name": "A", "locationIds": ["1"], "targeting_spec": {"location_ids": ["1"]}},
                "remove locationIds here: targeting_spec has location_ids",
            ),
            (
                {"adgroup_name": "A", "locationIds": ["1"], "targeting_spec": {"location_ids": ["2"]}},
                "targeting_spec has another value of location_ids: choose one, and keep it there, not here",
            ),
            (
                {
                    "ad_name": "A",
                    "adgroup_id": "1",
                    "creative_list": [
                        {
                            "identity_id": "3",
                            "video_id": "1",
                            "image_info": [{"web_uri": "a"}],
                            "creative_info": {"identity_id": "4", "video_info": {"video_id": "1"}},
                        }
                    ],
                },
                (
                    "move image_info to creative_info; what is in it is judged only then; "
                    "creative_info has another value of identity_id: choose one, and keep it there, not here; "
                    "remove video_id here: creative_info.video_info has it"
                ),
            ),
            (
                {
                    "ad_name": "A",
                    "adgroup_id": "1",
                    "ad_format": "x",
                    "creative_list": [{"creative_info": {"ad_format": "x"}}],
                },
                "remove ad_format here: creative_list[].creative_info has it",
            ),
            (
                {
                    "ad_name": "A",
                    "adgroup_id": "1",
                    "ad_format": "x",
                    "creative_list": [{"creative_info": {"ad_format": one}} for one in "xy"],
                },
                "creative_list[].creative_info has another value of ad_format: choose one, and keep it there, not here",
            ),
            (
                {"ad_name": "A", "adgroup_id": "1", "ad_text": "x", "ad_text_list": [{"ad_text": "y"}]},
                "move it to ad_text_list[]",
            ),
        ],
        3,
    ),
)
def test_a_field_that_stands_in_its_place_too_is_not_told_to_be_moved_over_that(payload: Any, help: str) -> None:
    [finding] = splint.check(payload, select=["SPL004"]).diagnostics
    assert (finding.help, finding.fix) == (help, None)


@pytest.mark.parametrize(
    "text", few(["1,000", "5e3", "0500", ".5", "5.", "-5", "five", "1234567890123456", "\u0665"], 3)
)
def test_a_text_that_is_no_plain_number_has_no_fix(text: str) -> None:
    """Only digits with a point are written as a number."""
    [finding] = splint.check({"objective_type": "WEB_CONVERSIONS", "budget": text}, select=["SPL003"]).diagnostics
    assert finding.fix is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("500.00", "500"),
        ("500.0", "500"),
        ("19.90", "19.9"),
        ("0.500", "0.5"),
        ("1234.500", "1234.5"),
        ("1_000", "1000"),
        ("1_000_000", "1000000"),
    ],
)
def test_a_number_as_text_is_fixed_as_the_help_writes_it(text: str, number: str) -> None:
    report = splint.check({"objective_type": "WEB_CONVERSIONS", "budget": text}, select=["SPL003"])
    assert (report.diagnostics[0].help, json.dumps(report.fixed(unsafe=True)["budget"])) == (f"write {number}", number)


@pytest.mark.parametrize("text", ["50.000", "1.000", "100.500"])
def test_three_digits_behind_a_point_may_be_thousands(text: str) -> None:
    [finding] = splint.check({"objective_type": "WEB_CONVERSIONS", "budget": text}, select=["SPL003"]).diagnostics
    assert (finding.help, finding.fix) == ("write a number", None)


@pytest.mark.parametrize("empty", [[], [""], None, ""])
def test_a_field_is_moved_over_a_value_that_says_nothing(empty: object) -> None:
    """It is the only one that is told: to remove it would leave none."""
    payload = {"adgroup_name": "A", "location_ids": ["1"], "targeting_spec": {"location_ids": empty}}
    report = splint.check(payload, select=["SPL004", "REF207"], profile="reference")
    [finding] = report.diagnostics
    assert (finding.code, finding.help) == ("SPL004", "move it to targeting_spec")
    assert report.fixed(unsafe=True) == {"adgroup_name": "A", "targeting_spec": {"location_ids": ["1"]}}


def test_a_misspelt_key_beside_an_empty_list_of_its_name_is_to_be_written_so() -> None:
    payload = {"adgroup_name": "A", "targeting_spec": {"location_ids": [], "location_idss": ["1"]}}
    [finding] = splint.check(payload, select=["SPL004"]).diagnostics
    assert finding.help == "write location_ids"


CREATIVE = {"identity_type": "TT_USER", "identity_id": "7", "image_info": [{"web_uri": "x"}], "video_id": "v1"}


@pytest.mark.parametrize(
    ("creative", "moved"),
    [
        (
            {**CREATIVE, "ad_format": "SINGLE_VIDEO"},
            {
                **{key: value for key, value in CREATIVE.items() if key != "video_id"},
                "ad_format": "SINGLE_VIDEO",
                "video_info": {"video_id": "v1"},
            },
        ),
        (
            {"video_info": {"video_id": "v1"}, "creative_info": {"ad_format": "SINGLE_VIDEO"}},
            {"ad_format": "SINGLE_VIDEO", "video_info": {"video_id": "v1"}},
        ),
        (
            {"video_id": "v1", "creative_info": {"video_info": {"file_name": "A"}}},
            {"video_info": {"file_name": "A", "video_id": "v1"}},
        ),
        ({"ad_format": "SINGLE_VIDEO", "creative_info": {"ad_format": "CAROUSEL_ADS"}}, None),
        ({"video_id": "v1", "creative_info": {"video_info": "v2"}}, None),
    ],
)
def test_all_fields_that_go_into_one_new_list_are_one_fix(creative: dict[str, Any], moved: Any) -> None:
    ad = {"ad_name": "A", "adgroup_id": "1"}
    report = splint.check({**ad, **creative}, profile="reference", as_of="2026-12-01")
    [found] = [one for one in report.diagnostics if one.code == "SPL004"]
    assert {key for _, key in found.keys} == {*creative}
    assert bool(found.fix) is bool(moved)
    answer = report.to_agent()
    assert not [one for one in answer["needs_input"] if one["rule"] == "SPL004" and one.get("removable")]
    if moved:
        [unsafe] = [one["patch"] for one in answer["unsafe_fixes"] if one["id"] == found.fingerprint]
        assert unsafe[0] == {"op": "add", "path": "/creative_list", "value": [{"creative_info": moved}]}
        assert {one["path"] for one in unsafe[1:]} == {f"/{key}" for key in creative}


@pytest.mark.parametrize("creative", [{}, {"creative_list": [{}]}])
def test_the_status_of_one_creative_becomes_none_of_the_ad(creative: dict[str, Any]) -> None:
    ad: dict[str, Any] = {"ad_name": "A", "adgroup_id": "1", **creative}
    (ad["creative_list"][0] if creative else ad)["material_operation_status"] = "DISABLE"
    report = splint.check(ad, profile="reference", as_of="2026-12-01")
    [found] = [one for one in report.diagnostics if one.pointer.endswith("/material_operation_status")]
    assert found.help == "send it as operation_status to /smart_plus/ad/material_status/update/"
    assert found.fix is None
    [question] = [one for one in report.to_agent()["needs_input"] if one["at"] == found.pointer]
    assert not question.get("removable")
