"""Rows: what answers, reports and exports show of objects at TikTok, which nobody sends."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.command import Command
from tests.test_strangers_files import CAMPAIGN

SHOWN = {key: CAMPAIGN[key] for key in CAMPAIGN if key != "request_id"} | {"campaign_id": "1"}
"""The same as an answer shows it."""
AD_ROW = {"ad_id": "17", "adgroup_id": "2", "campaign_id": "1", "ad_name": "x", "ad_text": "t", "video_id": "v"}
"""A manual ad as /ad/get/ shows it."""
GATEWAY = "https://gw.example.com/x"
FIGURES = {"spend": "1.0", "impressions": "4"}


@pytest.fixture(autouse=True)
def _tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def listed(entry: Any, **others: Any) -> dict[str, Any]:
    """An answer with an entry in its list."""
    return {"code": 0, "message": "OK", "data": {"list": [entry], **others}}


def whole(entries: list[Any]) -> dict[str, Any]:
    """A whole answer of a request that reads."""
    return {"code": 0, "message": "OK", "request_id": "2026", "data": {"list": entries, "page_info": {"page": 1}}}


@pytest.mark.parametrize(
    "value",
    [
        listed({"dimensions": {"adgroup_id": "2"}, "metrics": {"adgroup_name": "x", "promotion_type": "Website"}}),
        {"dimensions": {"adgroup_id": "2"}, "metrics": {"adgroup_name": "x", "promotion_type": "Website"}},
        listed(AD_ROW),
        listed(SHOWN),
        {"response": listed(SHOWN)},
        whole([{"adgroup_id": "2", "adgroup_name": "x", "targeting_spec": {}, "bid_price": 0, "budget": 0.0}]),
        whole([{"smart_plus_ad_id": "2", "adgroup_id": "2", "creative_list": [{"ad_material_id": "1"}]}]),
        whole([{"adgroup_name": "x", "budget": 0}, {"campaign_name": "x", "objective_type": "", "budget_mode": ""}]),
        [whole([{"x": {"y": [SHOWN | {"request_id": "7"}]}}])],
        {"list": [SHOWN], "page_info": {"page": 1}},
        AD_ROW,
        {"type": "RECORD", "stream": "ads", "record": {**AD_ROW, "create_time": "2026-01-01 00:00:00"}},
        {"type": "RECORD", "record": {"stream": "ads", "data": AD_ROW}},
        {"campaign_name": "c", "adgroup_id": "2", "ad_id": "3", "ad_name": "x", "spend": "1"},
        {"campaign_name": "c", "adgroup_id": "2", "adgroup_name": "g", "spend": "1", "promotion_type": "Website"},
        {"campaign_name": "c", "objective_type": "WEB_CONVERSIONS", **FIGURES},
        {"entry": [{"lead_id": "7", "adgroup_id": "2", "ad_id": "3", "ad_name": "x", "changes": [{"field": "email"}]}]},
        {**CAMPAIGN, "campaign_id": "1", "create_time": "2026-01-01 00:00:00"},
    ],
)
@pytest.mark.parametrize("profile", ["guide", "reference"])
def test_what_an_answer_a_report_or_an_export_shows_is_a_row(profile: str, value: Any, command: Command) -> None:
    Path("a.ndjson").write_text(json.dumps(value))
    outcome = command("check", "--untrusted", f"--profile={profile}", ".", "--output-format=json")
    assert (outcome.status, outcome.report["diagnostics"]) == (0, [])
    assert outcome.report["summary"]["payloads"] >= 1


@pytest.mark.parametrize(
    "value",
    [
        {**CAMPAIGN, "create_time": "2026-01-01 00:00:00"},
        {**CAMPAIGN, "spend": 1},
        {**CAMPAIGN, **FIGURES},
        {**CAMPAIGN, "ad_id": ""},
        {"list": [CAMPAIGN]},
        {"data": {"list": [CAMPAIGN]}},
        {"code": 0, "list": [CAMPAIGN]},
        {"metrics": SHOWN},
        {"metrics": SHOWN, "dimensions": 3},
        {"metrics": SHOWN, "dimensions": {}},
        {"metrics": CAMPAIGN, "dimensions": {"campaign_id": "1"}},
        {"body": json.dumps({"metrics": SHOWN, "dimensions": {"campaign_id": "1"}})},
        {"endpoint": GATEWAY, "body": {"metrics": SHOWN, "dimensions": {"campaign_id": "1"}}},
        {**CAMPAIGN, "ad_id": "1"},
        {key: CAMPAIGN[key] for key in CAMPAIGN if key != "request_id"} | {"ad_id": "1"},
        {key: CAMPAIGN[key] for key in CAMPAIGN if key != "request_id"} | FIGURES,
        {**CAMPAIGN, "ad_id": "1", "request_id": None},
        {**SHOWN, "spend": 0},
        {**SHOWN, **FIGURES},
        {"adgroup_id": "2", "ad_name": "x", "ad_id": "9", "landing_page_url_list": [{"landing_page_url": "htp:/x"}]},
        {"adgroup_id": "2", "ad_name": "x", "ad_id": "9", "creatives_list": [{"creative_info": {}}]},
        {"adgroup_id": "2", "ad_name": "x", "ad_id": "{{ad}}"},
        {"campaign": {**CAMPAIGN, "ad_id": "1"}, "adgroups": []},
        {"campaign": {"campaign_name": "x", "objective_type": "x", **FIGURES}, "adgroups": []},
        {"adgroups": [{"adgroup_name": "x", "budget": 50, **FIGURES}], "facts": {}},
        {"adgroups": [{"adgroup_name": "x", "ads": [AD_ROW]}]},
        {"endpoint": GATEWAY, "body": listed(SHOWN)},
        {"body": json.dumps({"list": [SHOWN], "page_info": {}})},
        listed(CAMPAIGN),
        listed({"adgroup_id": "2", "adgroup_name": "x", "targeting_spec": {}, "budget": -5}),
        listed({"adgroup_id": "2", "smart_plus_ad_id": "", "ad_id": "1", "creative_list": []}),
        listed({key: SHOWN[key] for key in SHOWN if key != "campaign_id"}),
        listed({"campaign": CAMPAIGN, "adgroups": []}),
        listed({"campaign": SHOWN, "adgroups": []}),
        listed({"x": {"y": [SHOWN]}}),
        listed({"adgroup_id": "2", "adgroup_name": "x", "ads": [{"ad_name": "y", "adgroup_id": "2"}]}),
        listed({"endpoint": GATEWAY, "body": SHOWN}),
        {"code": "0", "data": {"list": [SHOWN]}},
        {**whole([]), "other": [CAMPAIGN]},
        {**whole([]), "code": "0", "data": [CAMPAIGN]},
        {**whole([]), "data": {"endpoint": GATEWAY, "body": CAMPAIGN}},
        {"code": True, "data": {"list": [SHOWN]}},
        {"list": [SHOWN], "page_info": 1},
        {"list": [SHOWN], "page_info": None},
        {"list": {"list": [{"x": [SHOWN]}]}, "page_info": {}},
        {"adgroup_name": "x", "targeting_spec": {}, "ad_id": "1", "budget": -5},
        {"creative_list": [], "adgroup_id": "1", "ad_id": "1"},
    ],
)
def test_what_somebody_may_send_is_no_row(value: Any, command: Command) -> None:
    Path("a.json").write_text(json.dumps(value))
    report = command("check", "--untrusted", ".", "--output-format=json").report
    assert {"SPL106", "SPL008"}.intersection(found["code"] for found in report["diagnostics"])


@pytest.mark.parametrize(
    ("value", "codes"),
    [
        (AD_ROW, {"SPL002"}),
        ({"campaign_name": "x", "objective_type": "x", **FIGURES}, {"SPL002"}),
        (listed(SHOWN), {"SPL106", "SPL008"}),
    ],
)
def test_what_is_sent_to_a_gateway_is_no_row(value: Any, codes: set[str], command: Command) -> None:
    """It may be anybody's, which is told."""
    for name, text in (
        ("a.sh", f"curl {GATEWAY} -d '{json.dumps(value)}'\n"),
        ("a.json", json.dumps({"endpoint": GATEWAY, "body": value})),
        ("a.json", json.dumps({"endpoint": GATEWAY, "body": json.dumps(value)})),
    ):
        Path(name).write_text(text)
        report = command("check", "--untrusted", ".", "--output-format=json").report
        assert codes.intersection(found["code"] for found in report["diagnostics"] if found["path"] == name)


def test_rows_of_a_report_are_no_more_ad_groups_and_ads(command: Command) -> None:
    """Each day has a row: those of one ad are one, and one that names no ad group is none that is known."""
    group = {"campaign_id": "1", "adgroup_name": "x"}
    days = [{"dimensions": {"stat_time_day": day}, "metrics": group} for day in range(60)]
    ads: list[Any] = [{"adgroup_id": "2", "ad_name": "x", "ad_id": "3", "spend": day} for day in range(60)]
    new = {"adgroup_id": "2", "ad_name": "new", "creative_list": []}
    for rows in ([*days, {**group, "promotion_type": "WEBSITE"}], [*ads, new]):
        Path("a.json").write_text(json.dumps(rows))
        report = command("check", "--profile=reference", ".", "--output-format=json").report
        assert not [found for found in report["diagnostics"] if "more than" in found["message"]]
        assert report["summary"]["payloads"] == 61
