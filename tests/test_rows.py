"""Rows: what answers, reports and exports show of objects at TikTok, which nobody sends."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.command import Command

CAMPAIGN = {
    "advertiser_id": "7477436657581081641",
    "campaign_name": "Spring lamps",
    "objective_type": "WEB_CONVERSIONS",
    "budget_mode": "BUDGET_MODE_TOTAL",
    "budget": -5,
    "request_id": "1",
}
"""A campaign with an error, SPL106."""
AD_ROW = {"ad_id": "17", "adgroup_id": "2", "campaign_id": "1", "ad_name": "x", "ad_text": "t", "video_id": "v"}
"""A manual ad as /ad/get/ shows it."""
FIGURES = {"spend": "1.0", "impressions": "4"}


@pytest.fixture(autouse=True)
def _tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def listed(entry: Any, **others: Any) -> dict[str, Any]:
    """An answer with an entry in its list."""
    return {"code": 0, "message": "OK", "data": {"list": [entry], **others}}


@pytest.mark.parametrize(
    "value",
    [
        listed({"dimensions": {"adgroup_id": "2"}, "metrics": {"adgroup_name": "x", "promotion_type": "Website"}}),
        {"dimensions": {"adgroup_id": "2"}, "metrics": {"adgroup_name": "x", "promotion_type": "Website"}},
        listed(AD_ROW),
        listed(CAMPAIGN),
        listed({"adgroup_name": "x", "ads": [{"ad_name": "y", "adgroup_id": "2"}]}),
        {"response": listed(CAMPAIGN)},
        {"list": [CAMPAIGN], "page_info": {"page": 1}},
        AD_ROW,
        {"type": "RECORD", "stream": "ads", "record": {**AD_ROW, "create_time": "2026-01-01 00:00:00"}},
        {"type": "RECORD", "record": {"stream": "ads", "data": AD_ROW}},
        {"campaign_name": "c", "adgroup_id": "2", "ad_id": "3", "ad_name": "x", "spend": "1"},
        {"campaign_name": "c", "adgroup_id": "2", "adgroup_name": "g", "spend": "1", "budget": -5},
        {**CAMPAIGN, **FIGURES, "campaign_id": "1"},
        {"campaign_name": "c", "objective_type": "WEB_CONVERSIONS", "budget": -5, **FIGURES},
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
        {"metrics": CAMPAIGN},
        {"metrics": CAMPAIGN, "dimensions": 3},
        {"adgroup_name": "x", "targeting_spec": {}, "ad_id": "1", "budget": -5},
        {"creative_list": [], "adgroup_id": "1", "ad_id": "1"},
    ],
)
def test_what_somebody_may_send_is_no_row(value: Any, command: Command) -> None:
    Path("a.json").write_text(json.dumps(value))
    report = command("check", "--untrusted", ".", "--output-format=json").report
    assert {"SPL106", "SPL008"}.intersection(found["code"] for found in report["diagnostics"])


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
