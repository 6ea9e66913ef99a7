"""Tables with the names of fields, and ad sets of Meta: no payloads, though their keys are those of some."""

import json
from pathlib import Path
from typing import Any

import pytest

from splint import check
from tests.command import Command
from tests.grids import few

NO_PAYLOADS: list[Any] = [
    {"advertiser_id": "74", "filtering": {"objective_type": "WEB_CONVERSIONS", "campaign_ids": ["1"]}, "page": 1},
    {
        "campaign_name": "Kampagnenname",
        "adgroup_name": "Anzeigengruppe",
        "optimization_goal": "Optimierungsziel",
        "budget": "Budget",
    },
    {"labels": {"promotion_type": "Promotion type", "optimization_goal": "Goal"}},
    {"labels": {"adgroup_name": "Anzeigengruppe", "optimization_goal": "Ziel"}},
    {"labels": {"campaign_name": "Name der Kampagne", "budget": "Budget", "budget_mode": "Budgetmodus"}},
    {"objective_type": ["WEB_CONVERSIONS"], "optimization_goal": ["CONVERT", "CLICK"], "promotion_type": ["WEBSITE"]},
    {"optimization_goal": {"CONVERT": "Conversions"}, "billing_event": {"OCPM": "oCPM"}},
    {"errors": {"objective_type": ["This field is required."], "campaign_name": ["Too long"]}},
    {"errors": {"adgroup_name": "Too long", "optimization_goal": "Please choose", "location_ids": ["Is no place"]}},
    {"campaign_name": {"required": True}, "advertiser_id": {"required": True}, "budget_mode": {"required": True}},
    {"select": {"campaign_name": True, "objective_type": True, "advertiser_id": True, "budget_optimize_on": True}},
    {"objective_type": "string", "campaign_name": "string", "budget": "number", "budget_optimize_on": "boolean"},
    {"rename": {"campaign_name": "name", "objective_type": "objective", "adgroup_name": "ad_group"}},
    {"vars": {"campaign_name": "'x'", "objective_type": "'WEB_CONVERSIONS'", "budget": "500", "request_id": "None"}},
    {"creative_list": "Creatives", "ad_name": "Ad name"},
    {"targeting_spec": {"required": True}},
    [{"optimization_goal": "Ziel", "placements": "Platzierungen"}, {"promotion_type": {"WEBSITE": 1}}],
    {
        "name": "x",
        "optimization_goal": "OFFSITE_CONVERSIONS",
        "campaign_id": "120",
        "billing_event": "IMPRESSIONS",
        "daily_budget": "1000",
        "targeting": {"geo_locations": {"countries": ["US"]}},
        "status": "PAUSED",
    },
    {"optimization_goal": "REACH", "billing_event": "IMPRESSIONS", "bid_amount": 5, "targeting": {}},
    {"adsets": [{"campaign_id": "12", "optimization_goal": "LINK_CLICKS", "daily_budget": 5000}]},
    {"campaigns": [{"id": "12"}], "ad_sets": [{"name": "a", "optimization_goal": "OFFSITE_CONVERSIONS"}], "ads": []},
    {
        "ad_account_id": "549755885175",
        "name": "ACME Tools",
        "status": "ACTIVE",
        "objective_type": "AWARENESS",
        "lifetime_spend_cap": 1432744744,
    },
    {
        "items": [
            {
                "name": "ag",
                "campaign_id": "626736533506",
                "budget_in_micro_currency": 5000000,
                "bid_in_micro_currency": 5000000,
                "optimization_goal_metadata": {},
                "budget_type": "DAILY",
                "targeting_spec": {"GENDER": ["male"], "LOCATION": ["US"]},
                "placement_group": "ALL",
                "billable_event": "CLICKTHROUGH",
                "bid_strategy_type": "AUTOMATIC_BID",
            }
        ]
    },
    {
        "data": {
            "name": "ag",
            "campaign_id": "1",
            "bid_strategy": "BIDLESS",
            "bid_type": "CPC",
            "optimization_goal": "CLICKS",
            "goal_type": "LIFETIME_SPEND",
            "goal_value": 5000000,
            "configured_status": "ACTIVE",
            "targeting": {"geolocations": ["US"]},
        }
    },
    {
        "optimization_goal": "OFFSITE_CONVERSIONS",
        "promoted_object": {"pixel_id": "1", "custom_event_type": "PURCHASE"},
        "name": "x",
        "campaign_id": "1",
    },
    {"campaign_name": "キャンペーン名", "objective_type": "目的", "budget": "予算", "budget_mode": "予算モード"},
    {
        "campaign_name": "Nom de la campagne",
        "objective_type": "Objectif",
        "budget": "Budget",
        "budget_mode": "Mode de budget",
    },
    {"adgroup_name": "Nombre del grupo", "bid_type": "Tipo de puja", "targeting_spec": "Segmentación"},
    {"errors": {"campaign_name": "is required", "objective_type": "must be one of WEB_CONVERSIONS"}},
    {"detail": {"campaign_name": "field required", "objective_type": "value is not a valid enumeration member"}},
    {"help": {"objective_type": "What the campaign is for.", "campaign_name": "Shown in the list only."}},
    {"sort": {"campaign_name": "asc", "objective_type": "desc"}},
    {"streams": [{"stream": {"campaign_name": "x", "objective_type": "WEB_CONVERSIONS"}}]},
    {"labels": {"campaign_name": "spring", "objective_type": "WEB_CONVERSIONS", "env": "prod"}},
    {"query": {"bool": {"must": [{"match": {"campaign_name": "x"}}, {"term": {"objective_type": "WEB_CONVERSIONS"}}]}}},
]
LABELS = {"campaign_name": "Campaign name", "budget": "Budget", "objective_type": "Objective type"}
TABLES: list[Any] = [
    {"campaign": LABELS},
    {"en": {"campaign": LABELS, "adgroup": {"adgroup_name": "Name", "bid_type": "Bid type", "targeting_spec": "Who"}}},
    {"labels": {"campaign": LABELS, "adgroup": {"adgroup_name": "Ad group name", "targeting_spec": "Targeting"}}},
    {"campaign": {"advertiser_id": "string", "campaign_name": "string", "budget": "number"}},
    {"campaign": {"advertiser_id": True, "campaign_name": True, "objective_type": True, "budget": False}},
    {"campaign": {"campaign_name": "Campaign.Name", "budget": "Campaign.Budget", "objective_type": "Campaign.Type"}},
    {"errors": {"campaign": {"objective_type": "is required"}, "adgroups": [{"bid_type": "is required"}]}},
    {"pt": {"campaign": {"campaign_name": "Nome da campanha", "objective_type": "Objetivo", "budget": "Orçamento"}}},
]
"""The same in the place of a campaign."""
PAYLOADS: list[Any] = [
    {"objective_type": ["WEB_CONVERSIONS"], "campaign_name": "Spring"},
    {"objective_type": ["WEB_CONVERSIONS"], "campaign_id": "1"},
    {"objective_type": "Sales", "campaign_name": "Spring", "budget": "Daily"},
    {"campaign_name": "Spring sale 2027", "objective_type": "Sales", "budget_optimize_on": "on"},
    {"campaign_name": "Spring sale 2027", "budget_optimize_on": "on", "budget": "$500"},
    {"adgroup_name": "US women", "promotion_type": "Shop", "optimization_goal": "goal", "bid_type": "auto"},
    {"adgroup_name": "US", "optimization_goal": "Sales", "bid_type": "bid", "targeting_spec": "broad"},
    {"campaign": {"campaign_name": "Spring", "objective_type": "Sales"}},
    {"objective_type": "Sales", "budget_mode": "Budget per day"},
    {"labels": {"campaign_name": "Spring", "objective_type": "Sales", "budget_mode": "Total budget"}},
    {"campaign": {**LABELS, "campaign_id": "1"}},
    {"campaign": LABELS, "adgroups": []},
    {"objective_type": "web conversion", "campaign_name": ["Spring"]},
    {"objective_type": "Website conversions", "campaign_name": True},
    {"objective_type": 5},
    {"objective_type": "{{objective}}", "budget": "Budget"},
    {"objective_type": {"Ref": "Objective"}},
    {"objective_type": True, "budget": 50},
    {"objective_type": [], "campaign_name": {"x": 1}, "budget_mode": "", "budget": "50"},
    {"adgroup_name": "A", "location_ids": "6252001", "optimization_goal": "CONVERT"},
    {"adgroup_name": "US", "optimization_goal": ["CONVERT"], "budget": {"amount": 5}},
    {"adgroup_name": "Name", "budget": "Budget", "bid_price": "5.5"},
    {"optimization_goal": "Goal", "targeting_spec": {"location_ids": ["6252001"]}},
    {"optimization_goal": "Goal", "placements": ["PLACEMENT_TIKTOK"]},
    {"optimization_goal": ["CONVERT"], "ads": [{"ad_name": "A"}]},
    {"targeting_spec": {}},
    {"ad_name": "Ad name", "adgroup_id": "1", "creative_list": "Creatives"},
    {"endpoint": "https://gateway.example.com/x", "body": {"objective_type": "string"}},
    {"optimization_goal": "CONVERT", "billing_event": "OCPM", "daily_budget": 5, "targeting": {}},
    {"optimization_goal": "REACH", "billing_event": "IMPRESSIONS", "daily_budget": 5},
    {"adsets": [{"name": "a", "optimization_goal": "click", "daily_budget": 5000}]},
    {"adsets": [{"adgroup_name": "a", "optimization_goal": "LINK_CLICKS", "daily_budget": 5000}]},
    {"optimization_goal": "X", "billing_event": "IMPRESSIONS", "daily_budget": 5, "targeting": {}, "adgroup_name": "x"},
    {"name": "Spring", "objective_type": "CONVERSIONS", "daily_budget": 500, "status": "ACTIVE"},
    {"name": "Spring", "objective_type": "web_conversions"},
    {"campaign_name": "Spring", "objective_type": "Awareness"},
    {"campaign_name": "Spring", "objective_type": "awareness", "budget": "unlimited"},
    {"adgroup_name": "US", "optimization_goal": "purchases", "bid_type": "lowest cost"},
    {"adgroup_name": "US", "optimization_goal": "maximize purchases", "billing_event": "impressions", "budget": 50},
    {"adgroup_name": "US", "targeting_spec": {"geo": ["US"]}},
    {"name": "US", "optimization_goal": "PURCHASE", "daily_budget": 50},
    {"creative_list": "v1", "ad_name": "A"},
    {"creative_list": {"video_id": "v1"}, "ad_name": "A"},
    {"optimization_goal": "value", "bid_type": "no bid"},
    {"campaign_name": "Spring", "objective_type": "Sales & conversions on our web site"},
    {"targeting_spec": {"locationIds": ["1"]}},
]


@pytest.fixture(autouse=True)
def _tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("value", NO_PAYLOADS + TABLES)
def test_a_table_with_the_names_of_fields_is_passed_over_in_a_walk(value: Any, command: Command) -> None:
    Path("a.json").write_text(json.dumps(value))
    assert command("check", ".", "--output-format=json").report["diagnostics"] == []
    assert [one["code"] for one in command("check", "a.json", "--output-format=json").report["diagnostics"]] == [
        "SPL002"
    ]


@pytest.mark.parametrize("value", PAYLOADS)
def test_a_payload_with_wrong_values_is_none(value: Any, command: Command) -> None:
    Path("a.json").write_text(json.dumps(value))
    report = command("check", ".", "--output-format=json").report
    assert report["summary"]["payloads"] == 1 + ("ads" in value)


@pytest.mark.parametrize("value", few(NO_PAYLOADS[1:], 3))
def test_what_is_beside_such_a_table_is_read(value: Any, command: Command) -> None:
    held = {"objective_type": "WEB_CONVERSIONS", "advertiser_id": "7"}
    Path("a.json").write_text(json.dumps([value, {"held": held}, {"optimization_goal": {"x": held}}]))
    assert command("check", ".", "--output-format=json").report["summary"]["payloads"] == 2


def test_what_a_program_gives_to_the_library_is_a_payload() -> None:
    assert check({"objective_type": "string"}).payloads == 1
    assert check({"objective_type": ["string"]}).payloads == 1
