"""Documents that mean to be payloads and are none; strangers that a walk passes over; `require-payloads`."""

import json
from pathlib import Path
from typing import Any

import pytest

from splint import Linter
from splint.testing import base
from tests.command import Command
from tests.grids import few
from tests.strategies import lint

NAMED = 'name the endpoint beside it: {"endpoint": ..., "body": ...}'
AT_ITS_ENDPOINT = 'put an update or status body in an envelope with its endpoint: {"endpoint": ..., "body": ...}'
NEAR: dict[str, tuple[Any, str, str]] = {
    "camel case": (
        {"campaignName": "A", "objectiveType": "WEB_CONVERSIONS", "budget": 50},
        "/campaignName",
        "campaign_name",
    ),
    "hyphens": ({"objective-type": "WEB_CONVERSIONS", "campaign-name": "A"}, "/objective-type", "objective_type"),
    "capitals": ({"Objective_Type": "WEB_CONVERSIONS", "BUDGET": 5}, "/Objective_Type", "objective_type"),
    "an ad group": ({"adGroupName": "A", "targetingSpec": {}}, "/adGroupName", "adgroup_name"),
    "an ad": ({"adName": "A", "creativeList": []}, "/adName", "ad_name"),
    "three fields that alone are no sign": (
        {"campaignName": "A", "budget": 50, "operationStatus": "ENABLE"},
        "/campaignName",
        "campaign_name",
    ),
    "in a list": ([{"a": 1}, {"campaignName": "A", "budgetMode": "x"}], "/1/campaignName", "campaign_name"),
    "a campaign as in a bundle": ({"campaign": {"name": "A"}}, "/campaign", "objective_type"),
    "with another spelling in it": ({"campaign": {"campaignName": "A"}}, "/campaign/campaignName", "campaign_name"),
    "a budget by its object's name, which is no id": (
        {"campaign": {"campaignBudget": 5}},
        "/campaign/campaignBudget",
        "close to budget; write budget",
    ),
    "another spelling of the key of ad groups": (
        {"adGroups": [{"adGroupName": "A", "defaultBid": 1.0}]},
        "/adGroups",
        "close to adgroups; write adgroups",
    ),
    "ads as in a bundle": ({"ads": [{"title": "A"}]}, "/ads", "creative_list"),
    "misspelt fields": ({"objectve_type": "REACH", "campaign_nam": "A"}, "/objectve_type", "objective_type"),
    "a step below": (
        {"campaigns": [{"campaignName": "A", "budgetMode": "x"}]},
        "/campaigns/0/campaignName",
        "campaign_name",
    ),
    "a body below": ({"request": {"adGroupName": "A", "bidType": "x"}}, "/request/adGroupName", "adgroup_name"),
    "a short name beside an id": (
        {"adgroup_id": "1", "name": "A", "creatives": [{"video_id": "v1"}]},
        "/creatives",
        "creative_list",
    ),
    "a short name beside a value of TikTok's": (
        {"objective": "WEB_CONVERSIONS", "name": "A", "budget_mode": "BUDGET_MODE_DYNAMIC_DAILY_BUDGET", "budget": 500},
        "/objective",
        "objective_type",
    ),
    "every key misspelt": (
        {"objectiv_type": "WEB_CONVERSIONS", "campaing_name": "A"},
        "/objectiv_type",
        "objective_type",
    ),
    "the objective of an advertiser": (
        {"advertiser_id": "1", "name": "A", "objective": "REACH"},
        "/objective",
        "objective_type",
    ),
    "fields of an ad group, none by which it is recognized": (
        {"advertiser_id": "1", "pixel_id": "2", "optimization_event": "SHOPPING"},
        "/optimization_event",
        "optimization_event is an ad group's",
    ),
    "an update without its endpoint": (
        {"advertiser_id": "1", "smart_plus_ad_id": "2", "ad_text_list": [{"ad_text": "A"}]},
        "/ad_text_list",
        "ad_text_list is an ad's",
    ),
    "ad groups, none of them": ({"adgroups": []}, "/adgroups", "adgroup_name"),
    "ad groups that are empty, beside others": ({"name": "A", "ad_groups": [None]}, "/ad_groups", "adgroup_name"),
    "no campaign in its place": ({"campaign": None, "_note": "later"}, "/campaign", "objective_type"),
    "an empty campaign": ({"campaign": {}}, "/campaign", "objective_type"),
    "no ads": ({"ads": []}, "/ads", "creative_list"),
    "a bundle in capitals": ({"Campaign": {"name": "A"}, "AdGroups": [{}]}, "/Campaign", "campaign"),
    "the same without a field that tells what the campaign is": (
        {"CAMPAIGN": {"advertiser_id": "7"}, "ad-groups": [{"adgroup_name": "A"}]},
        "/CAMPAIGN",
        "campaign",
    ),
}


@pytest.mark.parametrize("profile", ["guide", "reference"])
@pytest.mark.parametrize(("value", "pointer", "field"), NEAR.values(), ids=NEAR)
def test_what_means_to_be_a_payload_is_told_of(value: Any, pointer: str, field: str, profile: str) -> None:
    """An error in a file that is named, a warning in a walked one; it names the nearest field."""
    for named, severity in ((True, "error"), (False, "warning")):
        report = lint({"a.json": json.dumps(value)}, named=named, linter=Linter(profile=profile))
        [finding] = report.diagnostics
        assert (finding.code, finding.pointer, finding.severity) == ("SPL002", pointer, severity)
        assert field in f"{finding.message}; {finding.help}"


STRANGERS: dict[str, Any] = {
    "package.json": {"name": "a", "version": "1.0.0", "scripts": {"test": "x"}, "dependencies": {}, "browser": "x"},
    "tsconfig.json": {"compilerOptions": {"target": "es2022", "baseUrl": "."}, "include": ["src"], "files": []},
    "a workflow": {"name": "CI", "on": {"push": {}}, "jobs": {"a": {"runs-on": "x", "steps": [{"run": "x"}]}}},
    "a manifest": {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}, "spec": {"schedule": "x"}},
    "openapi": {"openapi": "3.1.0", "info": {"title": "A"}, "paths": {"/campaign": {}}, "components": {}},
    "a schema of payloads": {"type": "object", "properties": {"campaignName": {}, "objectiveType": {}}},
    "a schema of fields by their names": {
        "$defs": {"Ad": {"properties": {"ad_name": {"type": "string"}, "creative_list": {"type": "array"}}}},
        "properties": {"campaign_name": {"type": "string"}, "objective_type": {"enum": ["REACH"]}},
    },
    "terraform": {"resource": {"aws_budgets_budget": {"a": {"budget_type": "COST", "limit_amount": "1"}}}},
    "utm": {"campaign": "spring", "source": "newsletter", "medium": "email"},
    "utm as an object": {"campaign": {"name": "spring", "source": "newsletter"}, "ads": [{"utm_content": "a"}]},
    "a banner": {"ads": True, "campaign": {}},
    "a page without ads": {"ads": [], "title": "A"},
    "no ad groups as a number": {"adgroups": 0},
    "names of ads": {"ads": ["a", "b"], "campaigns": [{"name": "A"}]},
    "an app": {"appId": "com.example.a", "appName": "A", "webDir": "www", "languages": ["en"]},
    "a coupon": {"promotionType": "percent", "code": "A", "value": 5},
    "a request in a log": {"requestId": "1", "level": "info", "url": "/", "Status": 200},
    "a message": {"identityId": "1", "languages": ["en"], "gender": "f"},
    "labels of a form": {"form": {"campaignName": "Name", "save": "Save"}, "adName": "Name of the ad", "cancel": "No"},
    "a schema below": {"schema": {"campaignName": {"type": "string"}, "objectiveType": {"type": "string"}}},
    "a campaign of Meta": {"name": "A", "objective": "OUTCOME_SALES", "status": "PAUSED", "daily_budget": 5000},
    "an ad set of Meta": {
        "campaign_id": "1",
        "billing_event": "IMPRESSIONS",
        "bid_amount": 200,
        "targeting": {"geo_locations": {"countries": ["US"]}},
    },
    "an ad of Meta": {"name": "A", "adset_id": "1", "creative": {"creative_id": "2"}, "status": "PAUSED"},
    "what Meta reports": {"data": [{"campaign_id": "1", "campaign_name": "A", "objective": "REACH", "spend": "2"}]},
    "what Google answers": {
        "results": [
            {"campaign": {"resourceName": "a", "name": "A"}, "adGroup": {"id": "1"}, "metrics": {"clicks": "1"}}
        ]
    },
    "a campaign and ad groups of Google": {
        "campaign": {"resourceName": "a", "advertisingChannelType": "SEARCH", "campaignBudget": "b"},
        "adGroups": [{"name": "g", "type": "SEARCH_STANDARD"}],
    },
    "a line item of Google": {"advertiserId": "1", "campaignId": "2", "displayName": "A", "budget": {"x": 1}},
    "a campaign of LinkedIn": {"objectiveType": "WEBSITE_VISIT", "name": "A", "costType": "CPC", "dailyBudget": {}},
    "what TikTok reports": {
        "data": {"list": [{"dimensions": {"campaign_id": "1"}, "metrics": {"campaign_name": "A"}}]}
    },
    "an older status request": {"advertiser_id": "1", "campaign_ids": ["1"], "operation_status": "ENABLE"},
    "an upload": {"advertiser_id": "1", "upload_type": "UPLOAD_BY_URL", "video_url": "a", "file_name": "b"},
    "a timetable": {"schedule_type": "cron", "schedule_start_time": "a", "schedule_end_time": "b"},
    "limits": {"min_budget": 1, "max_budget": 2, "budget": 3},
    "notes": {"_campaign": {"name": "A"}, "$ads": [{}]},
    "a word": "campaignName",
    "nothing": None,
}


@pytest.mark.parametrize("value", STRANGERS.values(), ids=STRANGERS)
def test_a_walk_passes_over_strangers(value: Any) -> None:
    assert lint({"a.json": json.dumps(value)}, named=False).diagnostics == ()


def test_each_document_of_a_file_is_looked_at() -> None:
    """Beside payloads, and after them."""
    text = '{"objective_type": "WEB_CONVERSIONS"}\n{"objectiveType": "WEB_CONVERSIONS", "campaignName": "A"}\n'
    findings = [finding for finding in lint({"a.ndjson": text}, named=False).diagnostics if finding.code == "SPL002"]
    assert [(finding.document, finding.pointer) for finding in findings] == [(2, "/objectiveType")]


GOOD, SPELT = '{"objective_type": "WEB_CONVERSIONS"}', '{"objectiveType": "WEB_CONVERSIONS", "campaignName": "A"}'
BESIDE = {
    "a.json": (f"[{GOOD}, {SPELT}, 5, {SPELT}]", ["/1/objectiveType", "/3/objectiveType"]),
    "a.ndjson": (f"{GOOD}\n{SPELT}\n", ["/objectiveType"]),
    "a.yaml": (f"{GOOD}\n---\n{SPELT}\n---\n- {GOOD}\n- {SPELT}\n", ["/objectiveType", "/1/objectiveType"]),
    "a.md": (f"```json\n{GOOD}\n```\n\n```yaml\n{SPELT}\n```\n", ["/objectiveType"]),
    "alone.md": (f"A campaign:\n\n```json\n{SPELT}\n```\n", ["/objectiveType"]),
}


@pytest.mark.parametrize("name", BESIDE)
@pytest.mark.parametrize(("named", "severity"), [(True, "error"), (False, "warning")])
def test_what_means_to_be_a_payload_is_told_of_beside_payloads(name: str, named: bool, severity: str) -> None:
    """Each entry of a list, line, document and fenced block by itself."""
    text, pointers = BESIDE[name]
    findings = [one for one in lint({name: text}, named=named).diagnostics if one.code == "SPL002"]
    assert [(one.pointer, one.severity) for one in findings] == [(pointer, severity) for pointer in pointers]


CAMPAIGN = {**base("cbo", "guide")["campaign"], "advertiser_id": "7000000000000000001"}
DRAFT = {"advertiserId": "7000000000000000001", "adgroupName": "US", "promotionType": "WEBSITE", "billingEvent": "OCPM"}
REQUEST = {"endpoint": "/open_api/v1.3/smart_plus/campaign/create/", "method": "POST", "body": CAMPAIGN}


@pytest.mark.parametrize(
    ("value", "at"),
    [
        ({"requests": [CAMPAIGN, DRAFT]}, "/requests/1"),
        ({"adgroup_request": DRAFT, "campaign_request": CAMPAIGN}, "/adgroup_request"),
        ({"campaigns": [CAMPAIGN], "groups": [{"n": 1}, DRAFT]}, "/groups/1"),
        ({"campaign": CAMPAIGN, "sets": [DRAFT]}, "/sets/0"),
        ({"steps": [REQUEST, {"name": "ad group", "draft": DRAFT}]}, "/steps/1/draft"),
        ({**REQUEST, "next": {"a": DRAFT}}, "/next/a"),
    ],
    ids=str,
)
@pytest.mark.parametrize(("named", "severity"), [(True, "error"), (False, "warning")])
def test_a_draft_in_another_spelling_is_told_of_wherever_it_stands_beside_a_payload(
    value: Any, at: str, named: bool, severity: str
) -> None:
    findings = lint({"a.json": json.dumps(value)}, named=named).diagnostics
    told = [(one.pointer, one.severity) for one in findings if one.code == "SPL002"]
    assert told == [(f"{at}/adgroupName", severity)]


GROUP = {**base("cbo", "guide")["adgroups"][0], "advertiser_id": "7000000000000000001", "billing_event": "CPC"}
TEXT, RESPELT = json.dumps(GROUP), json.dumps(DRAFT)


@pytest.mark.parametrize(
    ("value", "at"),
    [
        ({"kind": "ConfigMap", "data": {"campaign.json": "a", "us.json": f"\n  {TEXT}"}}, "/data/us.json"),
        ({"role": "assistant", "content": TEXT}, "/content"),
        ({"raw": f"[{TEXT}]"}, "/raw"),
        ({"rows": [TEXT]}, "/rows/0"),
        ([CAMPAIGN, TEXT], "/1"),
        ({"campaign": CAMPAIGN, "draft": TEXT}, "/draft"),
        ({**REQUEST, "log": TEXT}, "/log"),
    ],
    ids=str,
)
def test_a_text_of_json_is_judged_under_any_key(value: Any, at: str) -> None:
    findings = lint({"a.json": json.dumps(value)}, named=False).diagnostics
    assert [one.pointer for one in findings if one.code == "SPL203"] == [at]


@pytest.mark.parametrize(
    ("value", "at"),
    [
        ({"content": RESPELT}, "/content"),
        ({"a": CAMPAIGN, "b": [RESPELT]}, "/b/0"),
        ([CAMPAIGN, RESPELT], "/1"),
        (RESPELT, ""),
    ],
    ids=str,
)
def test_a_text_of_json_with_fields_in_another_spelling_is_told_of(value: Any, at: str) -> None:
    findings = lint({"a.json": json.dumps(value)}, named=False).diagnostics
    assert [(one.pointer, one.severity) for one in findings if one.code == "SPL002"] == [(at, "warning")]


def test_a_file_that_is_encoded_twice_is_judged_and_an_error() -> None:
    report = lint({"a.json": json.dumps(TEXT)}, named=False)
    assert {one.code for one in report.diagnostics} >= {"SPL003", "SPL203"}


@pytest.mark.parametrize(
    "value",
    [
        {"response": TEXT},
        {"result": {"text": TEXT}},
        {"code": 0, "text": TEXT},
        {"text": json.dumps({"campaign_name": "Campaign", "objective_type": "Objective", "budget": "Budget"})},
        {"text": "{campaign_name} of {adgroup_name}", "rows": ["[adgroup_name] {x}"]},
        {"messages": [{"role": "tool", "content": TEXT}, {"type": "tool_result", "content": [{"text": TEXT}]}]},
        {"status_code": 200, "text": TEXT},
        {"stdout": TEXT, "cells": [{"outputs": [{"text": [TEXT]}]}], "cases": [{"want": TEXT, "got": RESPELT}]},
        {"raw": json.dumps({"advertiser_id": "7", "campaign_name": "A", "objective_type": "OUTCOME_SALES"})},
    ],
    ids=str,
)
def test_a_text_of_an_answer_or_a_table_or_no_json_is_none(value: Any) -> None:
    assert lint({"a.json": json.dumps(value)}, named=False).diagnostics == ()


def test_a_text_beside_what_was_read_out_of_it_is_judged_once() -> None:
    assert lint({"a.json": json.dumps({"message": TEXT, "parsed": GROUP})}, named=False).payloads == 2


@pytest.mark.parametrize(
    "value",
    [
        [GROUP, TEXT],
        {"text": TEXT, "raw": TEXT},
        {"parsed": GROUP, "detail": {"raw": TEXT}},
        {**REQUEST, "body": TEXT, "note": json.dumps({"body": GROUP})},
    ],
    ids=str,
)
def test_a_copy_in_a_text_is_none_wherever_the_other_one_stands(value: Any) -> None:
    first = value[0] if isinstance(value, list) else {key: value[key] for key in [*value][:3] if key != "raw"}
    payloads = lint({"a.json": json.dumps(value)}, named=False).payloads
    assert payloads == lint({"a.json": json.dumps(first)}, named=False).payloads > 0


def test_a_text_within_a_text_is_judged() -> None:
    value = {"Records": [{"body": json.dumps({"Type": "Notification", "Message": TEXT})}]}
    assert "SPL203" in {one.code for one in lint({"a.json": json.dumps(value)}, named=False).diagnostics}


def test_what_an_update_meets_in_another_spelling_is_told_of() -> None:
    """Without a word it would take away what rules find by it."""
    body = {"advertiser_id": "7", "adgroup_id": "1", "conversion_bid_price": 12.5}
    current = {"adgroupId": "1", "bidType": "BID_TYPE_CUSTOM", "optimizationGoal": "CONVERT", "conversionBidPrice": 12}
    value = {"endpoint": "/open_api/v1.3/smart_plus/adgroup/update/", "method": "POST", "body": body}
    report = lint({"a.json": json.dumps({**value, "current": current})})
    assert [one.pointer for one in report.diagnostics if one.code == "SPL002"] == ["/current/adgroupId"]
    few_fields = {"adgroup_id": "1", "conversionBidPrice": 12}
    report = lint({"a.json": json.dumps({**value, "current": few_fields})})
    assert [one.pointer for one in report.diagnostics if one.code == "SPL002"] == ["/current/conversionBidPrice"]
    shown = {"adgroup_id": "1", "optimization_goal": "CONVERT", "displayStatus": "x", "create_user": "y"}
    report = lint({"a.json": json.dumps({**value, "current": shown})})
    assert [one for one in report.diagnostics if one.code == "SPL002"] == []


@pytest.mark.parametrize(
    "value",
    [
        {"about": {"advertiserId": "7", "campaignName": "A", "owner": "b"}, "create": CAMPAIGN},
        {"create": CAMPAIGN, "response": {"data": {"adgroupName": "A", "billingEvent": "OCPM"}}},
        {"create": CAMPAIGN, "expected": [DRAFT]},
        {"campaign": CAMPAIGN, "meta": {"dailyBudget": 5, "optimizationGoal": "REACH", "name": "A"}},
    ],
    ids=str,
)
def test_what_beside_a_payload_tells_of_it_is_no_draft(value: Any) -> None:
    """As its name, an answer, or the ad set of another platform."""
    assert [one for one in lint({"a.json": json.dumps(value)}).diagnostics if one.code == "SPL002"] == []


@pytest.mark.parametrize(
    "value",
    [
        {"campaign": {"name": "A"}},
        {"adgroup_id": "1", "creatives": [{"video_id": "v1"}]},
        {"advertiser_id": "1", "pixel_id": "2", "optimization_event": "SHOPPING"},
    ],
    ids=str,
)
def test_parts_of_payloads_in_prose_are_examples(value: dict[str, Any]) -> None:
    assert lint({"a.md": f"```json\n{json.dumps(value)}\n```\n"}, named=False).diagnostics == ()


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A payload and a stranger in what the settings include, a stranger beside it."""
    for name, text in {
        "ads/a.json": '{"objective_type": "WEB_CONVERSIONS"}',
        "ads/b.json": '{"a": 1}',
        "ads/old/c.json": '{"a": ',
        "package.json": '{"name": "a"}',
        "splint.toml": 'include = ["ads", "!ads/old"]\nrequire-payloads = true\nselect = ["SPL001", "SPL002"]\n',
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "status", "paths"),
    few(
        [
            ("", 1, ["ads/b.json"]),
            (".", 1, ["ads/b.json"]),
            ("ads/b.json --force-exclude", 1, ["ads/b.json"]),
            ("package.json --force-exclude", 0, []),
            ("ads/old", 0, []),
            (". --exclude ads/b.json", 0, []),
            (". --untrusted", 1, ["ads/b.json", "ads/old/c.json", "package.json"]),
            (". --config require-payloads=false", 0, []),
            ("--jobs 2", 1, ["ads/b.json"]),
        ],
        3,
    ),
)
def test_settings_may_require_payloads(
    tree: Path, command: Command, arguments: str, status: int, paths: list[str]
) -> None:
    """Every walked file under `include` that holds none is an error; an untrusted tree's `include` does not count."""
    if arguments == "ads/old":
        (tree / "ads" / "old" / "d.json").write_text('{"objective_type": "WEB_CONVERSIONS"}')
    outcome = command("check", *arguments.split(), "--output-format", "json")
    found = [one["path"] for one in outcome.report["diagnostics"] if one["code"] in ("SPL001", "SPL002")]
    assert found == paths
    assert outcome.status == status


def test_no_payload_at_all_where_one_is_required_is_a_finding(tree: Path, command: Command) -> None:
    (tree / "ads" / "a.json").unlink()
    outcome = command("check", "--output-format", "json")
    assert (outcome.status, outcome.report["summary"]["errors"]) == (1, 1)


def test_verbose_names_the_files_that_were_skipped(tree: Path, command: Command) -> None:
    assert "package.json: skipped, as it holds no payload" in command("check", ".", "--verbose").err


@pytest.mark.parametrize(
    ("value", "help"),
    few(
        [
            ({"advertiser_id": "1", "smart_plus_ad_id": "2", "ad_text_list": [{"ad_text": "a"}]}, NAMED),
            ({"advertiser_id": "1", "adgroup_id": "2", "movie_premiere_date": "2026-10-10"}, NAMED),
            ({"advertiser_id": "1", "adgroup_id": "2", "budget_mode": "BUDGET_MODE_DAY", "budget": 50}, NAMED),
            ({"advertiser_id": "1", "adgroup_ids": ["2"], "operation_status": "ENABLE"}, NAMED),
            ({"advertiser_id": "1", "adgroup_id": "2", "creatives": [{}]}, f"write creative_list, or {NAMED}"),
            (
                {"advertiser_id": "1", "budget": 50, "budget_optimize_on": True},
                f"add objective_type, or {AT_ITS_ENDPOINT}",
            ),
            ({"name": "A"}, f"name payload files, or {AT_ITS_ENDPOINT}"),
        ],
        3,
    ),
)
def test_what_has_an_id_and_is_no_payload_is_to_be_put_beside_its_endpoint(
    value: Any, help: str, tmp_path: Path
) -> None:
    """An update says what changes: it needs no field by which an object is recognized."""
    (tmp_path / "a.json").write_text(json.dumps(value))
    [finding] = Linter(select=["SPL002"]).check(tmp_path / "a.json").diagnostics
    assert finding.help == help


def test_what_differs_in_one_value_is_no_copy(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """-1 and -2, and true and 1, have one hash in Python."""
    monkeypatch.chdir(tmp_path)
    campaign = {"advertiser_id": "7", "campaign_name": "S", "objective_type": "WEB_CONVERSIONS", "budget": -1}
    for other in ({"budget": -2}, {"budget": True}, {"budget": 1}):
        Path("a.json").write_text(json.dumps({"a": campaign, "payload": json.dumps({**campaign, **other})}))
        assert command("check", "a.json", "--output-format=json").report["summary"]["payloads"] == 2
    Path("a.json").write_text(json.dumps({"a": campaign, "payload": json.dumps(campaign)}))
    assert command("check", "a.json", "--output-format=json").report["summary"]["payloads"] == 1
