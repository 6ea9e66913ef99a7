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
        "ad_account_id": "5",
        "name": "ACME",
        "objective_type": "WEB_CONVERSION",
        "daily_spend_cap": 5,
        "status": "ACTIVE",
    },
    {"items": [{"ad_account_id": "5", "objective_type": "WEB_CONVERSION", "daily_spend_cap": None}]},
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
    {"objective_type": 5},
    {"campaign_name": 0, "objective_type": 1, "budget": 2, "advertiser_id": 3},
    {
        "schema": {
            "campaign_id": "STRING",
            "objective_type": "STRING",
            "budget": "FLOAT64",
            "budget_optimize_on": "BOOL",
        }
    },
    {"columns": {"campaign_name": "varchar(255)", "objective_type": "varchar(64)", "budget": "decimal(10,2)"}},
    {"campaign_name": "required|max:512", "objective_type": "required|in:WEB_CONVERSIONS", "budget": "numeric|min:20"},
    {"cells": {"adgroup_name": "B2", "optimization_goal": "B3", "budget": "B4", "bid_type": "B5"}},
    {"adgroup_name": "//input[1]", "optimization_goal": "//select[2]", "budget": "//input[3]"},
    {"adgroup_name": "Name der Anzeigengruppe", "bid_type": "Gebotsart", "budget": "Budget (max. 100)"},
    {"campaign_name": "CAMPAIGN_NAME", "objective_type": "OBJECTIVE_TYPE", "budget": "BUDGET"},
    {"filters": {"objective_type": ["WEB_CONVERSIONS"], "budget": {"gte": 50}}},
    {"features": {"budget_optimize_on": True, "objective_type": True, "campaign_name": False}},
    {"assert": {"objective_type": "toBe", "budget": "toBeGreaterThan:20"}},
    {"highlight": {"campaign_name": ["<em>Spring</em> sale"], "objective_type": ["<em>WEB</em>"]}},
    {"campaign_name": "{{campaign.name}}", "adgroup_name": "__AID_NAME__", "ad_name": "__CID_NAME__"},
    {"promotions": [{"id": 3, "promotion_type": "percentage", "value": 10, "code": "SPRING10"}]},
    {"level": "error", "msg": "failed", "adgroup_name": "US", "reason": "timeout"},
    [{"day": "2026-11-01", "account": "ACME", "adgroup_name": "US", "cost": 3.2, "roas": 1.2}],
    {"patterns": {"campaign_name": "^[A-Z]{2}_.*$", "adgroup_name": "^[A-Z]+_[0-9-]+$"}},
    {
        "params": {"targeting_spec": {"geo_locations": {"countries": ["US"]}}, "optimization_goal": "REACH"},
        "data": {"users_lower_bound": 1000},
    },
    {"targeting_spec": {"geo_locations": {"countries": ["US"]}}},
    {
        "name": "x",
        "campaign_id": "626735565838",
        "targeting_spec": {"GENDER": ["female"], "LOCALE": ["en-US"]},
        "auto_targeting_enabled": True,
        "pacing_delivery_type": "STANDARD",
    },
    {
        "name": "x",
        "campaign_id": "92e1c28a-a331-45b4-8c26-fd3e0eea8c39",
        "optimization_goal": "SWIPES",
        "billing_event": "IMPRESSION",
        "bid_micro": 1000000,
        "status": "PAUSED",
    },
    {
        "name": "x",
        "objective_type": "WEBSITE_CONVERSION",
        "cost_type": "CPM",
        "daily_budget": {"amount": "50"},
        "status": "PAUSED",
    },
    {"promotion_type": "PERCENT_OFF", "id": 1, "value": 5, "code": "X", "budget": None},
    {"promotion_type": "PERCENT_OFF", "id": 1, "value": 5, "code": "X", "campaign_name": "Spring"},
    {"id": 1, "name": "x", "campaign_name": "Welcome", "budget_mode": None},
    {"activity_kind": "install", "campaign_name": "Spring", "adgroup_name": "US", "creative_name": "v1"},
    {
        "level": "info",
        "msg": "created",
        "logger": "x",
        "adgroup_name": "US",
        "campaign_name": "Spring",
        "campaign_id": "17",
    },
    {"adgroup_name": "US", "campaign_name": "Spring"},
    {"campaign_name": "名前", "objective_type": "目標"},
    {"ad": {"ad_name": "Nom", "creative_list": "Créations"}},
    {"ad": {"ad_name": "Name der Anzeige", "creative_list": "Videos"}},
    {"campaign_name": "Enter campaign name", "objective_type": "Select objective", "budget": "0.00"},
    {
        "objective_type": {"sales": "WEB_CONVERSIONS", "leads": "LEAD_GENERATION"},
        "bid_type": {"cap": "BID_TYPE_CUSTOM"},
    },
    {"optimization_goal": {"buy": "CONVERT"}, "placements": {"tiktok": "PLACEMENT_TIKTOK"}},
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
    {"adgroup_name": "US", "_owner": "me", "x-team": "a"},
    {"adgroup_name": "US"},
    {"targeting_spec": {}},
    {"objective_type": {"Ref": "Objective"}},
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
    {"objective_type": "{{objective}}", "budget": "Budget"},
    {"objective_type": True, "budget": 50},
    {"objective_type": [], "campaign_name": {"x": 1}, "budget_mode": "", "budget": "50"},
    {"adgroup_name": "A", "location_ids": "6252001", "optimization_goal": "CONVERT"},
    {"adgroup_name": "US", "optimization_goal": ["CONVERT"], "budget": {"amount": 5}},
    {"adgroup_name": "Name", "budget": "Budget", "bid_price": "5.5"},
    {"optimization_goal": "Goal", "targeting_spec": {"location_ids": ["6252001"]}},
    {"optimization_goal": "Goal", "placements": ["PLACEMENT_TIKTOK"]},
    {"optimization_goal": ["CONVERT"], "ads": [{"ad_name": "A"}]},
    {"ad_name": "Ad name", "adgroup_id": "1", "creative_list": "Creatives"},
    {
        "endpoint": "https://gateway.example.com/x",
        "body": {"objective_type": "WEB_CONVERSION", **dict.fromkeys("abc", 1)},
    },
    {"endpoint": "{{base}}{{path}}", "body": {"objective_type": "string"}},
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
    {"campaign_name": "Spring", "objective_type": "The Sales"},
    {"campaign_name": "Spring", "objective_type": "Sales & conversions on our web site."},
    {"campaign_name": "Spring", "objective_type": "Sales & conversions on our web site"},
    {"targeting_spec": {"locationIds": ["1"]}},
    {"adgroup_name": "US", "location_ids": ["6252001"], "gender": "GENDER_MALE", "age_groups": ["x"], "languages": []},
    {"adgroup_name": "US", "bugdet": "x", "shedule_type": "x", "bid_tpye": "x"},
]


PLAIN = {"campaign_id": "1860000000000001", "promotion_type": "WEBSITE", "optimization_goal": "CONVERT"}
OTHERS = {"account_id": "7", "bid_amount": 15, "promoted_object": {"pixel_id": "7"}, "name": "US"}
DRAFT = {"adgroup_name": "US", "bid_type": "auto bid", "targeting_spec": {"countries": ["US"], "age_min": 25}}
OWN = {"created_by": "a", "created_at": "b", "uuid": "c", "team": "d"}
CERTAIN: list[Any] = [
    *(
        {"objective_type": one, "owner": "y", "ticket": "z", "team": "q"}
        for one in ("web conversions", "WEB CONVERSIONS")
    ),
    {"ad_account_id": "5", "account_id": "5", "objective_type": "WEB_CONVERSIONS"},
    {"ad_account_id": "5", "account_id": "5", "objective_type": "WEB_CONVERSION", "campaign_name": "S"},
    {"ad_account_id": "5", "account_id": "5", "objective_type": "WEB_CONVERSION", "advertiser_id": "7"},
    {"ad_account_id": "5", "objective_type": "WEB_CONVERSION"},
    {"ad_account_id": "5", "account_id": "5", "objective_type": "WEB_CONVERSION", "budget_optimize_on": True},
    {"objective_type": "WEB_CONVERSION"},
    {"objective_type": "SALES", "campaign_name": "Spring"},
    {"objective_type": "SALES", "campaign_id": "1860000000000001"},
    {"objective_type": "SALES", "bid_tpye": "x", "n": 1},
    {"adgroups": [{"adgroup_name": "US"}]},
    {"campaign_name": "Spring", "objective_type": "Sales – web"},
    {"campaign_name": "Spring", "objective_type": {"value": "WEB_CONVERSIONS"}},
    {"ad_name": "V", "creative_list": "v1.mp4"},
    {"campaign_name": "S", "objective_type": "WEB-CONVERSIONS", **OWN},
    {"campaign_name": "S", "objective_type": "WEB_CONVERSION", **OWN},
    {"adgroup_name": "US", "optimization_goal": "CONVERSION", "billing_event": "oCPM", **OWN},
    {"adgroup_name": "US", "optimization_goal": "BUY", "billing_event": "CPX", "bid_type": "NONE", **OWN},
    {"campaign_name": "S", "budget_optimize_on": True, "budget": 500, **OWN},
    {"ad_name": "V", "creative_list": [{"creative_info": {"video_info": {"video_id": "v1"}}}], **OWN},
    {"adgroup_name": "US", "bid_type": "Cost cap", "conversion_bid_price": "15 USD", **OWN},
    {**PLAIN, **OTHERS},
    {"adsets": [{**PLAIN, **OTHERS}]},
    {"campaign": {"name": "S", "account_id": "7"}, "adgroups": [{**PLAIN, **OTHERS}]},
    {"adgroup_name": "US", "promotion_type": "WEBSITE", "bid_type": "todo", "budget_mode": "todo", "pacing": "todo"},
    {"ad_name": "V", "adgroup_id": "US women", "creative_list": ["a video.mp4"], "ad_text_list": ["Buy now"]},
    {"ad_name": "V", "creative_list": {"0": {"creative_info": {"ad_format": "SINGLE_VIDEO"}}}},
    {"campaign_name": ["S"], "objective_type": 7, "budget": True, "budget_mode": "BUDGET_MODE_TOTAL"},
    {"targeting_spec": {"location_ids": ["6252001"]}, "optimization_goal": ["a b", "c"], "bid_type": True},
]
"""Objects with a value that only TikTok has, or texts where people write some."""
LONE: list[Any] = [
    {"adgroup_name": "US", "owner": "me", "team": "a"},
    {"objective_type": "X", "owner": "me", "team": "a"},
    {"objective_type": "TRAFFIC", "name": "x"},
    {"quests": [{"objective_type": "KILL", "target": "wolf", "count": 5}, {"objective_type": "COLLECT", "count": 3}]},
    {"campaign": {"objective_type": "KILL", "name": "Story"}},
    {"promotions": [{"promotion_type": "PERCENTAGE", "percentage": 10}]},
    {"variable": {"groups": {"default": [{"adgroup_name": "GRP-Admins", "permission_set": "Admin"}]}}},
    {"page": "x", "creative_list": [{"url": "a.png"}]},
]
"""One known field alone beside others, with no value that only TikTok has: of games, shops, directories, galleries."""
UNLIKE: list[Any] = [
    {"okr": [{"objective_type": "company", "title": "Grow"}]},
    {"objective_type": "reg:squarederror", "n_estimators": 100},
    {"model": {"optimization_goal": "maximize", "metric": "f1"}},
    {"promotion_type": "canary", "source": "staging", "target": "prod"},
]
"""One whose value is near none of TikTok's."""
LOG = {"user_id": "u1", "session_length": 33, "media_source": "googleadwords_int", "campaign_name": "Spring"}
OF_ANYBODY: list[Any] = [
    [{"keyword_id": "1", "keyword": "x", "match_type": "a", "adgroup_id": "4", "adgroup_name": "b", "price": 1.2}],
    {**LOG, "adgroup_name": "b", "adgroup_id": "2"},
    {**LOG, "ad_name": "b", "adgroup_id": 2},
    {**LOG, "advertiser_id": "2"},
    {**LOG, "advertiser_id": "749999999999999"},
    {**LOG, "advertiser_id": "749999999999999999999"},
    {"adgroup_id": 1, "adgroup_name": "a", "placement": "example.com", "keyword": "x", "match": "y", "quality": 1},
    {"adgroup_id": 150123456789, "adgroup_name": "a", "keyword_text": "b", "match_type": "EXACT", "quality_score": 1},
    {"campaign_id": "1", "adgroup_id": "2", "adgroup_name": "b", "default_bid": 0.5, "state": "enabled", "asin": "B0"},
    {"advertiser_id": "12345", "campaign_name": "a", "insertion_order_id": "88", "line_item_id": "99", "partner_id": 5},
    {"campaign": {"advertiser_id": 12345, "campaign_name": "a", "line_item_id": "9", "partner_id": 5, "quest_id": 7}},
    {"campaign_id": "5", "objective_type": "collect", "quest_level": 3, "reward_gold": 1, "map_zone": "x"},
]
"""Names and ids with other digits than TikTok's beside three foreign keys: keywords, a line of a log, line items."""
MIXED = {"objective_type": "WEB_CONVERSIONS", "promotion_type": "WEBSITE", "optimization_goal": "CONVERT"}
IDS_OF_TESTS = {"advertiser_id": "12345", "campaign_id": "678", "campaign_name": "x"}
OF_FEW: list[Any] = [
    {"keyword": "x", "campaign_id": "3", "adgroup_id": "4", "adgroup_name": "b", "price": 1.2},
    {"advertiser_id": 12345, "advertiser_name": "ACME", "campaign_name": "Spring", "media_type": "Display"},
    {"adgroup_id": "150123456789", "adgroup_name": "Shoes", "match_type": "EXACT"},
    [{"adgroup_id": "4", "adgroup_name": "b", "campaign_id": "3", "campaign_name": "a", "account_name": "ACME"}],
    [{"adgroup_name": "b", "campaign_id": "3", "campaign_name": "a", "account_name": "ACME"}],
    {"adgroup_id": "1860000000000002", "adgroup_name": "b", "media_source": "x", "event_revenue": 1, "tracker": "a"},
    {"advertiser_id": "12345", "campaign_name": "Spring", "objective_type": "SALES", "a": 1, "b": 2, "c": 3},
    {"campaign_name": "Main Story", "objective_type": "collect", "level": 3, "rewards": [1]},
    {"utm": {"campaign_name": "spring", "source": "tiktok", "objective_type": "awareness"}},
    {"advertiser_id": "7477436657581081641", "search_type": "FUZZY_SEARCH", "keywords": ["berlin"], **MIXED},
    {"advertiser_id": "7", "campaign_name": "x", "store_id": "1", "optimization_goal": "VALUE", "roas_bid": 2.0},
    {"shopping_ads_type": "PRODUCT", **MIXED},
    {"level": "error", "msg": "failed", "campaign_name": "x", "err": "timeout", "advertiser_id": "7477436657581081641"},
    {"severity": "INFO", "message": "synced", "adgroup_name": "G", "advertiser_id": "7477436657581081641"},
    *({**IDS_OF_TESTS, key: 500, **OWN} for key in ("budget", "bugdet", "budgt", "operation_stauts")),
    {"ad_name": "b", "adgroup_id": "2", "creative_list": [], **OWN},
]
"""The same beside one or two, an ad group's id at TikTok, choices of other trades, a slip, logs, bodies for GMV Max."""
OF_TIKTOK: list[Any] = [
    {**LOG, "advertiser_id": "7477436657581081641"},
    *(
        {"level": "error", "msg": "x", "campaign_name": "x", "advertiser_id": "7477436657581081641", **one}
        for one in (
            {"budget": 5},
            {"request_id": "1"},
            {"bugdet": 5},
            {"campaign_id": "1860000000000001"},
            {"level": 1},
        )
    ),
    {**LOG, "advertiser_id": 1234567890123456},
    {**LOG, "advertiser_id": "12345678901234567890"},
    {"advertiser_id": "12345", "campaign_name": "Spring"},
    {"advertiser_id": "12345", "campaign_name": "Spring", "bugdet": 50, "shedule_type": "x", "_owner": "me"},
    {"advertiser_id": "12345", "campaign_name": "Spring", "bugdet": 50, "shedule_type": "x", "owner": "me"},
    {"advertiser_id": "12345", "campaign_name": "S", "budget_mode": "BUDGET_MODE_DAY", "a": 1, "b": 2, "c": 3},
    {"advertiser_id": "12345", "adgroup_name": "S", "ads": [{"ad_name": "V"}], "a": 1, "b": 2, "c": 3},
    {"advertiser_id": "12345", "objective_type": "", "budget_optimize_on": True, "budget": 5, "pacing": "x", "a": 1},
    {"adgroup_id": "150123456789", "adgroup_name": "Shoes"},
    {"adgroup_id": "{{adgroup_id}}", "adgroup_name": "Shoes", "a": 1},
    {"adgroup_id": "1860000000000002", "adgroup_name": "Shoes", "a": 1, "b": 2},
    {"adgroup_id": "1860000000000002", "adgroup_name": "Shoes", "a": 1, "b": 2, "c": 3, "budget": 50},
    {"campaign_name": "Main Story", "objective_type": "collect"},
    {"store_id": "1", "adgroup_name": "x", **MIXED},
    {"store_id": "1", "request_id": "1", **MIXED},
]
"""What stays a payload: an advertiser's id of 16 to 20 digits, no foreign key, or a value that only TikTok has."""
DOUBTS: list[Any] = [
    DRAFT,
    {"adgroup_name": "US", "bid_tpye": "x", **OWN},
    {"campaign": {"campaign_name": "S", "objective_type": "get more orders"}, "adgroups": [DRAFT]},
    {"campaign_name": "S", "objective_type": ["TRAFFIC", "REACH"], "budget_mode": {"type": "BUDGET_MODE_DAY"}},
    {"campaign_name": "S", "objective_type": "n/a", "budget_optimize_on": "x y z", "budget_mode": "x y z"},
    {"a": [{"b": DRAFT}]},
    {"campaign_name": "Enter campaign name", "objective_type": "Select objective", "budget": "100.00"},
]
"""What is neither certain nor a table."""
TABLES_OF_BUNDLES: list[Any] = [
    {"campaign": {"label": "Campaign"}, "adgroups": {"label": "Ad groups"}, "ads": {"label": "Ads"}},
    {"campaign": {"path": "/c"}, "adgroups": [{"path": "/g", "title": "Ad groups"}], "ads": {"path": "/ads"}},
    {"campaign": {"name": "x", "objective": "CLICKS", "status": "ACTIVE"}, "adgroups": []},
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


@pytest.mark.parametrize("value", CERTAIN)
def test_a_value_that_only_tiktok_has_makes_a_payload_whatever_stands_beside_it(value: Any, command: Command) -> None:
    Path("a.json").write_text(json.dumps(value))
    codes = {one["code"] for one in command("check", ".", "--output-format=json").report["diagnostics"]}
    assert codes
    assert "SPL002" not in codes


@pytest.mark.parametrize(("arguments", "level"), [((".",), "warning"), (("a.json",), "error")])
@pytest.mark.parametrize("value", DOUBTS)
def test_what_may_be_a_payload_is_told_once(
    value: Any, arguments: tuple[str, ...], level: str, command: Command
) -> None:
    Path("a.json").write_text(json.dumps(value))
    [one] = command("check", *arguments, "--output-format=json").report["diagnostics"]
    assert (one["code"], one["severity"]) == ("SPL002", level)
    assert "too few values here are TikTok's" in one["message"]


@pytest.mark.parametrize("value", [*LONE, *UNLIKE])
def test_one_known_field_among_others_is_a_payload_where_the_file_is_named(value: Any, command: Command) -> None:
    Path("a.json").write_text(json.dumps(value))
    walked = command("check", ".", "--output-format=json").report["diagnostics"]
    told = [("SPL002", "warning")] if value in LONE else []
    assert [(one["code"], one["severity"]) for one in walked] == told
    named = command("check", "a.json", "--output-format=json").report["diagnostics"]
    assert "SPL008" in {one["code"] for one in named}


@pytest.mark.parametrize("value", [*OF_ANYBODY, *OF_FEW])
def test_names_and_ids_of_any_platform_beside_foreign_keys_are_a_doubt_at_most(value: Any, command: Command) -> None:
    path = Path("a.json")
    path.write_text(json.dumps(value))
    found = command("check", "--fix", ".", "--output-format=json").report["diagnostics"]
    assert [(one["code"], one["severity"]) for one in found] == ([("SPL002", "warning")] if value in OF_FEW else [])
    assert path.read_text() == json.dumps(value)
    named = command("check", "a.json", "--profile=reference", "--output-format=json").report["diagnostics"]
    assert {one["code"] for one in named} - {"SPL002"}


@pytest.mark.parametrize(
    "around", [{"url": "https://crm.example.com/api/campaigns", "method": "POST"}, {"path": "/api/postback"}]
)
@pytest.mark.parametrize("value", [*OF_ANYBODY, *OF_FEW])
def test_a_url_that_is_none_of_tiktoks_leaves_them_anybodys(
    value: Any, around: dict[str, Any], command: Command
) -> None:
    """Also in a text, and in a file that a command sends there."""
    told = [("SPL002", "warning")] if value in OF_FEW else []
    for body in (value, json.dumps(value)):
        written = json.dumps({**around, "body": body})
        Path("a.json").write_text(written)
        found = command("check", "--fix", ".", "--output-format=json").report["diagnostics"]
        assert [(one["code"], one["severity"]) for one in found] == told
        assert Path("a.json").read_text() == written
    Path("a.json").write_text(json.dumps(value))
    Path("a.sh").write_text("curl -X POST https://crm.example.com/api/campaigns -d @a.json\n")
    found = command("check", ".", "--output-format=json").report["diagnostics"]
    assert [(one["code"], one["severity"]) for one in found] == told


@pytest.mark.parametrize("url", ["$URL", "{{base}}{{path}}", "https://gw.example.com/x"])
def test_a_url_of_anybodys_leaves_a_payload_one(url: str, command: Command) -> None:
    value = {"campaign_name": "x", "objective_type": "WEB_CONVERSIONS", "solver": 1, "team": "a", "level": 3}
    Path("a.json").write_text(json.dumps({"url": url, "method": "POST", "body": value}))
    assert command("check", ".", "--output-format=json").report["summary"]["payloads"] == 1


@pytest.mark.parametrize("value", OF_TIKTOK)
def test_an_id_of_tiktoks_or_no_foreign_key_leaves_a_payload(value: Any, command: Command) -> None:
    Path("a.json").write_text(json.dumps(value))
    report = command("check", ".", "--profile=reference", "--output-format=json").report
    assert report["summary"]["payloads"] == 1 + ("ads" in value)
    assert "SPL002" not in {one["code"] for one in report["diagnostics"]}


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ({"store_id": "1", "campaign_name": "x", **MIXED}, "store_id is of another endpoint of TikTok's; name the"),
        (
            {"advertiser_id": "7", "campaign_name": "x", "team": "a"},
            "TikTok takes, or an advertiser_id of 16 to 20 digits",
        ),
        ({"campaign_name": "x", "objective_type": "collect", "level": 3}, "or the advertiser_id beside it, or name"),
        (
            {"level": "x", "msg": "x", "campaign_name": "x", "advertiser_id": "7477436657581081641"},
            "write values that TikTok takes, or name the endpoint",
        ),
    ],
)
def test_the_warning_says_what_is_missing_or_foreign(value: Any, told: str, command: Command) -> None:
    Path("a.json").write_text(json.dumps(value))
    assert told in command("check", ".", "--output-format=concise").out


def test_a_row_of_a_report_is_one_whatever_its_ids(command: Command) -> None:
    row = {"date": "2027-01-01", "customer_id": "1", "adgroup_id": "150", "adgroup_name": "Shoes", "clicks": 12}
    Path("a.json").write_text(json.dumps([row, {**row, "adgroup_id": "1860000000000002", "spend": 5, "client": "a"}]))
    report = command("check", ".", "--output-format=json").report
    assert (report["summary"]["payloads"], report["diagnostics"]) == (2, [])


@pytest.mark.parametrize("value", TABLES_OF_BUNDLES)
def test_a_bundle_without_a_field_of_payloads_is_a_warning_at_most(value: Any, command: Command) -> None:
    Path("a.json").write_text(json.dumps(value))
    report = command("check", ".", "--output-format=json").report
    assert {one["severity"] for one in report["diagnostics"]} <= {"warning"}


BODY = {**PLAIN, "advertiser_id": "7000000000000000001", "request_id": "1", "adgroup_name": "US"}


@pytest.mark.parametrize("beside", [{"adgroup_name": "US"}, {"promotion_type": "WEBSITE"}, {"objective_type": "X"}])
@pytest.mark.parametrize(
    "around", [{"endpoint": "/v1.3/smart_plus/adgroup/create/", "body": BODY}, {"name": "smart_plus_adgroup_create"}]
)
def test_an_endpoint_with_a_body_is_an_envelope_whatever_stands_beside_it(
    around: dict[str, Any], beside: dict[str, Any], command: Command
) -> None:
    value = {"ts": "2027", **around, **beside} if "body" in around else {**around, "arguments": BODY, **beside}
    Path("a.json").write_text(json.dumps(value))
    report = command("check", ".", "--output-format=json", "--select=SPL004").report
    assert report["summary"]["payloads"] == 1
    assert {one["pointer"] for one in report["diagnostics"]} <= {f"/{key}" for key in beside}


PART = {"objective_type": "WEB_CONVERSIONS", "campaign_name": "New name"}
OPENAPI = {
    "openapi": "3.0.0",
    "components": {"schemas": {"Campaign": {"type": "object", "default": PART, "example": PART, "examples": [PART]}}},
    "paths": {
        "/campaigns/{id}": {
            "patch": {
                "requestBody": {"content": {"application/json": {"example": PART, "examples": {"a": {"value": PART}}}}},
                "responses": {"200": {"content": {"application/json": {"example": {"campaign_id": "5", **PART}}}}},
            }
        }
    },
}


def test_nothing_is_missing_in_a_part_that_a_schema_or_another_api_shows(command: Command) -> None:
    """What is wrong in it is told."""
    for value in (OPENAPI, {"$schema": "http://json-schema.org/draft-07/schema#", "default": PART}):
        Path("a.json").write_text(json.dumps(value))
        report = command("check", ".", "--profile=reference", "--output-format=json").report
        assert report["diagnostics"] == []
        assert report["summary"]["payloads"] == json.dumps(value).count("New name")
    Path("a.json").write_text(json.dumps(OPENAPI).replace("WEB_CONVERSIONS", "WEB_CONVERSION"))
    report = command("check", ".", "--profile=reference", "--output-format=json").report
    assert [one["code"] for one in report["diagnostics"]] == ["SPL101"] * 5  # an answer shows a row


@pytest.mark.parametrize(
    "value",
    [
        {"type": "object", "example": {**PART, "advertiser_id": "7000000000000000001"}},
        {"type": "object", "example": {"campaign": PART, "adgroups": []}},
        {"type": "object", "example": {**PART, "adgroups": []}},
        {"paths": {"/open_api/v1.3/smart_plus/campaign/create/": {"post": {"example": PART}}}},
        {"example": PART},
        {"type": "object", "value": PART},
    ],
)
def test_a_whole_example_is_judged(value: Any, command: Command) -> None:
    Path("a.json").write_text(json.dumps(value))
    codes = {one["code"] for one in command("check", ".", "--output-format=json").report["diagnostics"]}
    assert "SPL103" in codes


DEFAULTS = {"objective_type": "WEB_CONVERSIONS", "budget_mode": "BUDGET_MODE_TOTAL"}


@pytest.mark.parametrize(
    ("around", "is_part"),
    [
        *((key, True) for key in ("defaults", "campaign_defaults", "defaultCampaign", "template", "default")),
        *((key, False) for key in ("given", "faults", "spring")),
    ],
)
def test_nothing_is_missing_in_the_defaults_of_a_program(around: str, is_part: bool, command: Command) -> None:
    for value in ({around: DEFAULTS}, {around: {"launch": DEFAULTS}}, {around: [DEFAULTS]}):
        Path("a.json").write_text(json.dumps({"tiktok": value}))
        codes = {one["code"] for one in command("check", ".", "--output-format=json").report["diagnostics"]}
        assert ("SPL008" in codes) is not is_part
        Path("a.json").write_text(json.dumps({"tiktok": value}).replace("{", '{"budget": -5,'))
        codes = {one["code"] for one in command("check", ".", "--output-format=json").report["diagnostics"]}
        assert "SPL106" in codes
        assert "SPL008" in {
            one["code"] for one in command("check", "a.json", "--output-format=json").report["diagnostics"]
        }


@pytest.mark.parametrize(
    "beside", [{"campaign_name": "S"}, {"request_id": "1"}, {"advertiser_id": "7"}, {"adgroups": []}]
)
def test_defaults_with_what_only_one_object_has_are_one(beside: dict[str, Any], command: Command) -> None:
    Path("a.json").write_text(json.dumps({"defaults": {**DEFAULTS, **beside}}))
    codes = {one["code"] for one in command("check", ".", "--output-format=json").report["diagnostics"]}
    assert "SPL008" in codes or "SPL103" in codes


TEXTS = {"campaign": json.dumps({"objective_type": "WEB_CONVERSIONS"}), "adgroups": json.dumps([{"budget": 5}])}


@pytest.mark.parametrize(
    "value",
    [
        {"payload": json.dumps(TEXTS)},
        {"name": "create", "arguments": json.dumps(TEXTS)},
        {**TEXTS, "adgroups": [json.dumps({"adgroup_name": "A"})]},
    ],
)
def test_a_bundle_of_strings_is_found_within_a_string_and_as_a_list(value: Any, command: Command) -> None:
    Path("a.json").write_text(json.dumps(value))
    codes = {one["code"] for one in command("check", ".", "--output-format=json").report["diagnostics"]}
    assert codes == {"SPL003"}


CAMEL = {"campaignName": "x", "objectiveType": "WEB_CONVERSIONS", "budget": 5}


@pytest.mark.parametrize(
    "value",
    [
        {"a": {"c": CAMEL}},
        {"campaigns": {"spring": CAMEL}},
        {"campaigns": [{"campaign": CAMEL, "adGroups": [{"adgroupName": "x"}]}]},
        {"payload": json.dumps(CAMEL)},
        {"a": {"b": {"campaign-name": "x", "objective-type": "WEB_CONVERSIONS"}}},
    ],
)
def test_fields_in_another_spelling_are_told_at_any_depth(value: Any, command: Command) -> None:
    Path("a.json").write_text(json.dumps(value))
    [one] = command("check", ".", "--output-format=json").report["diagnostics"]
    assert (one["code"], one["severity"]) == ("SPL002", "warning")


@pytest.mark.parametrize(
    "value",
    [
        {"optimization_goal": "minimize_cost", "budget": 1000, "constraints": [], "solver": "cbc", "time_limit": 60},
        {"promotion_type": "PERCENT_OFF", "id": 1, "value": 5, "code": "X", "campaign_name": "Spring", "budget": 1000},
        {"campaign": {"campaign_name": "", "objective_type": "", "budget": 0}, "adgroups": []},
        {"campaign": {"campaign_name": None, "objective_type": None}, "adgroups": []},
    ],
)
def test_what_fits_beside_more_keys_of_others_or_an_empty_form_is_a_warning(value: Any, command: Command) -> None:
    Path("a.json").write_text(json.dumps(value))
    found = command("check", ".", "--output-format=json").report["diagnostics"]
    assert [(one["code"], one["severity"]) for one in found] == [("SPL002", "warning")]
