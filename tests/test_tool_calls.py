"""Tool calls: the name of the tool says which endpoint takes the arguments."""

import json
from pathlib import Path
from typing import Any

import pytest

from splint import check
from splint.payloads.endpoints import path_of_tool
from splint.testing import base
from tests.grids import few

BUNDLE = base("cbo", "reference")
CAMPAIGN = {
    "advertiser_id": "7",
    "campaign_name": "A",
    "objective_type": "REACH",
    "budget_mode": "BUDGET_MODE_DAY",
    "budget": 50,
}
MANUAL_GROUP = {"advertiser_id": "7", "campaign_id": "1", "adgroup_name": "A", "location_ids": ["1"], "pacing": "X"}
GROUP = {**BUNDLE["adgroups"][0], "advertiser_id": "7", "campaign_id": "1", "unknown_field": 1}
AD = {**GROUP.pop("ads")[0], "advertiser_id": "7", "adgroup_id": "1", "unknown_field": 1}
"""Of Smart+, with a key that its endpoints do not know."""


def codes(value: Any) -> list[str]:
    return [one.code for one in check(value, profile="reference", as_of="2026-03-01").active]


@pytest.mark.parametrize(
    ("name", "path"),
    few(
        [
            ("smart_plus_adgroup_create", "/smart_plus/adgroup/create/"),
            ("mcp__tiktok__smart_plus_ad_status_update", "/smart_plus/ad/status/update/"),
            ("smart-plus-campaign-create", "/smart_plus/campaign/create/"),
            ("SMART_PLUS_AD_GROUP_UPDATE", "/smart_plus/adgroup/update/"),
            ("mcp:tiktok/smart-plus.ad-group.budget-update", "/smart_plus/adgroup/budget/update/"),
            ("smart_plus_material_report_overview", "/smart_plus/material_report/overview/"),
            ("campaign_create", "/campaign/create/"),
            ("adgroup_create", "/adgroup/create/"),
            ("ad-group-update", "/adgroup/update/"),
            ("ad_status_update", "/ad/status/update/"),
            ("tiktok_create_campaign", "/campaign/create/"),
            ("create_tiktok_campaign", "/campaign/create/"),
            ("TIKTOK_ADS_CREATE_CAMPAIGN", "/campaign/create/"),
            ("mcp__tiktok-ads__ad_group_create", "/adgroup/create/"),
            ("tiktok_create_ad", "/ad/create/"),
            ("create_campaign", None),
            ("create_meta_campaign", None),
            ("tiktok_create_smart_plus_campaign", None),
            ("tiktok_campaign_get", None),
            ("", None),
        ],
        7,
    ),
)
def test_the_name_of_a_tool_says_which_endpoint_it_calls(name: str, path: str | None) -> None:
    assert path_of_tool(name) == path


@pytest.mark.parametrize(
    "call", few([{"tool": "tiktok_create_campaign"}, {"name": "campaign_create"}, {"endpoint": "campaign/create"}], 2)
)
def test_a_manual_campaign_is_judged_by_its_endpoint_alone(call: dict[str, str]) -> None:
    assert codes({**call, "params": CAMPAIGN}) == ["SPL503"]


@pytest.mark.parametrize(
    "call", few([{"tool": "create_tiktok_adgroup"}, {"name": "adgroup_create"}, {"endpoint": "adgroup/create"}], 2)
)
def test_a_manual_ad_group_is_not_judged_as_one_of_smart_plus(call: dict[str, str]) -> None:
    assert codes({**call, "params": MANUAL_GROUP}) == []


@pytest.mark.parametrize(
    "call",
    few(
        [
            {"tool": "adgroup_create", "arguments": GROUP},
            {"tool": "tiktok_create_ad_group", "arguments": json.dumps(GROUP)},
            {"tool": "create_adgroup", "arguments": GROUP},
            {"tool": "smart-plus-ad-group-create", "arguments": GROUP},
            {"tool": "adgroup_create", "arguments": {"adgroups": [GROUP]}},
            {"endpoint": "adgroup/create", "body": GROUP},
            {"endpoint": "/adgroup/create/", "body": json.dumps(GROUP)},
            {"endpoint": "{{base}}/adgroup/update/", "body": GROUP},
            {"endpoint": "ad/create", "body": AD},
            {"name": "ad_create", "arguments": AD},
            {"endpoint": "campaign/create", "body": BUNDLE | {"adgroups": [GROUP]}},
        ],
        4,
    ),
)
def test_what_only_smart_plus_takes_is_judged_beside_a_manual_path_alone(call: dict[str, Any]) -> None:
    assert "SPL004" in codes(call)


@pytest.mark.parametrize(
    "endpoint", few(["/open_api/v1.3/adgroup/create/", "v1.3/adgroup/create", "open_api/adgroup/create"], 2)
)
def test_a_body_at_a_whole_manual_endpoint_is_not_judged(endpoint: str) -> None:
    assert codes({"endpoint": endpoint, "body": GROUP}) == []


def test_a_body_that_curl_sends_to_a_manual_path_behind_a_variable_is_judged(tmp_path: Path) -> None:
    script = tmp_path / "create.sh"
    script.write_text(f"curl -X POST \"$BASE/adgroup/create/\" -d '{json.dumps(GROUP)}'\n")
    assert "SPL004" in codes(script)


BODY = {**BUNDLE["campaign"], "advertiser_id": "7", "request_id": "1", "sales_destination": "WEBSITE"}


@pytest.mark.parametrize(
    ("arguments", "pointer"),
    few(
        [
            ({"body": BODY}, "/arguments/body/budget_mode"),
            ({"accessToken": "canary-token", "request_body": BODY}, "/arguments/request_body/budget_mode"),
            ({"headers": {"Content-Type": "application/json"}, "payload": BODY}, "/arguments/payload/budget_mode"),
            ({"body": json.dumps(BODY)}, "/arguments/body"),
            (json.dumps({"body": BODY}), "/arguments"),
        ],
        2,
    ),
)
def test_the_body_may_be_one_of_the_arguments(arguments: Any, pointer: str) -> None:
    call = {"name": "tiktok_smart_plus_campaign_create", "arguments": arguments}
    assert codes(call) == []
    changed = json.loads(json.dumps(call).replace("BUDGET_MODE_DYNAMIC_DAILY_BUDGET", "BUDGET_MODE_DAY"))
    report = check(changed, as_of="2026-03-01")
    assert [(one.code, one.pointer) for one in report.active] == [("SPL102", pointer)]


@pytest.mark.parametrize(
    "arguments", few([{"body": ""}, {"body": None}, {"request_body": "", "dry_run": True}, '{"body": ""}'], 2)
)
def test_an_empty_argument_for_the_body_is_none(arguments: Any) -> None:
    report = check({"name": "smart_plus_campaign_create", "arguments": arguments}, as_of="2026-03-01")
    assert [(one.code, one.pointer) for one in report.active] == [("SPL008", "/name")]
    assert report.active[0].summary.startswith("the body is missing")


def test_a_token_in_the_headers_among_the_arguments_is_found() -> None:
    arguments = {"headers": {"Access-Token": "canary-token"}, "body": BODY}
    report = check({"name": "smart_plus_campaign_create", "arguments": arguments}, as_of="2026-03-01")
    assert [(one.code, one.pointer) for one in report.active] == [("SPL012", "/arguments/headers/Access-Token")]


def test_a_body_within_a_body_is_told_where_its_fields_belong() -> None:
    call = {"name": "smart_plus_campaign_create", "arguments": {"sales_destination": "WEBSITE", "body": BODY}}
    way = "write the fields of this campaign right into the object around it, without body"
    help = f"{way}; what is in it is judged only then"
    assert [one.help for one in check(call, as_of="2026-03-01").active if one.code == "SPL004"] == [help]


@pytest.mark.parametrize("key", ["arguments", "input"])
def test_what_a_model_calls_a_tool_with_is_read_in_its_answer(key: str) -> None:
    call = {
        "type": "function_call",
        "name": "create_tiktok_ads",
        key: json.dumps({"campaign": {**CAMPAIGN, "budget": "x"}}),
    }
    found = check({"object": "response", "output": [{"type": "reasoning", "summary": []}, call]}).active
    assert [(one.code, one.pointer) for one in found if one.code == "SPL003"] == [("SPL003", f"/output/1/{key}")]
    shown = {"output": [{key: call[key]}]}
    assert check(shown).payloads == 0


def test_each_of_two_arguments_with_a_body_is_judged() -> None:
    for key, other in (("arguments", "input"), ("input", "arguments")):
        call = {"name": "smart_plus_campaign_create", key: CAMPAIGN, other: {**CAMPAIGN, "budget": "x"}}
        found = check(call).active
        assert [one.pointer for one in found if one.code == "SPL003"] == [f"/{other}/budget"]
