"""The most that a campaign can spend a day."""

import json
from copy import deepcopy
from typing import Any

import pytest

from splint.server.lens import lenses
from tests.server.cursors import BUNDLE, TEXTS, view


def titles(value: Any) -> list[str]:
    """What stands above the campaigns of a value."""
    return [lens.title for lens in lenses(view(json.dumps(value), "json"))]


def edited(campaign: dict[str, Any], group: dict[str, Any]) -> dict[str, Any]:
    """The bundle with other members, None for none, and two ad groups."""
    bundle = deepcopy(BUNDLE)
    bundle["campaign"] = {key: value for key, value in {**bundle["campaign"], **campaign}.items() if value is not None}
    bundle["adgroups"] = [{**bundle["adgroups"][0], **group, "adgroup_name": name} for name in ("a", "b")]
    return bundle


NO_CBO = {"budget_optimize_on": False, "budget": None, "budget_mode": "BUDGET_MODE_INFINITE"}
DAILY = {"budget_mode": "BUDGET_MODE_DYNAMIC_DAILY_BUDGET", "budget": 100}


@pytest.mark.parametrize(
    ("campaign", "group", "title"),
    [
        ({}, {}, "Can spend at most 625 EUR a day"),
        ({"budget_mode": "BUDGET_MODE_TOTAL"}, {}, "Can spend at most 500 EUR a day"),
        (NO_CBO, DAILY, "Can spend at most 250 EUR a day"),
        ({**NO_CBO, "budget_mode": "BUDGET_MODE_DAY", "budget": 90}, DAILY, "Can spend at most 90 EUR a day"),
        (NO_CBO, {"budget_mode": "BUDGET_MODE_INFINITE"}, "Can spend more a day than any budget bounds"),
        ({"budget": -5}, {}, "Can spend at most -6.25 EUR a day"),
        ({"budget": "{{budget}}"}, {}, "Can spend more a day than any budget bounds"),
    ],
)
def test_a_campaign_says_the_most_it_can_spend(campaign: dict[str, Any], group: dict[str, Any], title: str) -> None:
    """As the dry run of submit says it."""
    assert titles(edited(campaign, group)) == [title]


def test_ad_groups_that_are_elsewhere_are_named() -> None:
    alone = {key: value for key, value in {**BUNDLE["campaign"], **NO_CBO}.items() if value is not None}
    assert titles(alone) == ["Its ad groups say what it can spend a day"]


def test_an_update_that_says_nothing_of_money_has_no_lens() -> None:
    assert titles({"campaign_id": "7", "campaign_name": "x", "advertiser_id": "1"}) == []


@pytest.mark.parametrize("name", sorted(set(TEXTS) - {"settings", "yaml anchors"}))
def test_each_campaign_has_one(name: str) -> None:
    """At its name, in all formats."""
    text, language = TEXTS[name]
    titles = [one.title for one in lenses(view(text, language)) if "Spring sale" in text[one.start : one.end]]
    assert len(titles) == {"ndjson": 2, "yaml stream": 2, "markdown": 2}.get(name, 1)
    assert all(title.startswith("Can spend at most 625") for title in titles)
