"""An object that is a campaign, an ad group and an ad at once, or two of these, is an error; rows are none."""

from typing import Any

import pytest

import splint
from splint.schema.table import SHAPES
from splint.testing import AS_OF, base

PROFILES = ("guide", "reference")


def flat(profile: str, *left_out: str) -> dict[str, Any]:
    """A campaign with its ad group and ad, all in one object."""
    bundle = base("cbo", profile)
    [group] = bundle["adgroups"]
    [ad] = group.pop("ads")
    return {key: one for key, one in {**bundle["campaign"], **group, **ad}.items() if key not in left_out}


OF_CAMPAIGN = ("campaign_name", "objective_type", "sales_destination", "budget_optimize_on", "budget_mode", "budget")


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize(
    ("left_out", "nouns"),
    [
        ((), "a campaign, an ad group and an ad"),
        (
            ("creative_list", "ad_name", "ad_text_list", "landing_page_url_list", "ad_configuration"),
            "a campaign and an ad group",
        ),
        (OF_CAMPAIGN, "an ad group and an ad"),
    ],
)
def test_several_objects_in_one_are_an_error(profile: str, left_out: tuple[str, ...], nouns: str) -> None:
    """Nothing that it means would be created, and no field of it is to be left out."""
    value = flat(profile, *left_out)
    report = splint.check(value, profile=profile, as_of=AS_OF)
    errors = [one for one in report.active if one.severity == "error"]
    assert [(one.code, one.pointer) for one in errors] == [("SPL004", "")]
    assert errors[0].summary == f"this object is {nouns} in one: no request creates these together"
    others = {name for model in ("Campaign", "AdGroup") for name in SHAPES[model].fields} - SHAPES["Ad"].fields.keys()
    assert not [one for one in report.to_agent(100)["needs_input"] if one.get("removable") and one["at"][1:] in others]


@pytest.mark.parametrize(
    "edits",
    [
        {"adgroup_id": "18"},
        {"campaign_id": "18"},
        {"smart_plus_ad_id": "18", "create_time": "2026-01-01 00:00:00"},
        {"promotion_type": "", "bid_type": None, "schedule_type": "", "objective_type": "", "spend": "5"},
        {"adgroup_name": "", "bid_type": None, "schedule_type": "", "campaign_name": ""},
    ],
)
def test_what_has_an_id_or_a_few_fields_of_others_is_one_object(edits: dict[str, Any]) -> None:
    value = {**flat("reference"), **edits}
    report = splint.check(value, profile="reference", as_of=AS_OF)
    assert not [one.summary for one in report.active if "in one" in one.summary]


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("ads", [{"creative_list": [{}]}, {"creatve_list": [{}]}, {"ad_text": "Buy it"}])
def test_each_level_whose_fields_are_there_is_named(ads: dict[str, Any], profile: str) -> None:
    """Whoever splits the object by the message loses none; names with further fields of a level tell it, too."""
    names = (
        "advertiser_id",
        "campaign_name",
        "objective_type",
        "budget",
        "adgroup_name",
        "optimization_goal",
        "pixel_id",
    )
    value = {**{name: one for name, one in flat(profile).items() if name in (*names, "ad_name")}, **ads}
    told = [one.summary for one in splint.check(value, profile=profile, as_of=AS_OF).active if "in one" in one.summary]
    assert told == ["this object is a campaign, an ad group and an ad in one: no request creates these together"]


def test_an_ad_group_in_a_list_with_the_campaign_that_it_names_is_one_object() -> None:
    bundle = base("cbo", "reference")
    campaign, [group] = bundle["campaign"], bundle["adgroups"]
    named = {**group, "campaign_name": campaign["campaign_name"], "objective_type": campaign["objective_type"]}
    for value, count in ([campaign, named], 0), ([{**campaign, "campaign_name": "Other"}, named], 1):
        report = splint.check(value, profile="reference", as_of=AS_OF)
        assert len([one for one in report.active if "in one" in one.summary]) == count


def test_a_bundle_with_all_in_its_campaign_is_no_campaign() -> None:
    report = splint.check({"campaign": flat("reference", "creative_list")}, profile="reference", as_of=AS_OF)
    [one] = [one for one in report.active if "in one" in one.summary]
    assert (one.pointer, one.severity) == ("/campaign", "error")
    [question] = [asked for asked in report.to_agent(100)["needs_input"] if asked["id"] == one.fingerprint]
    assert (question["kind"], "removable" in question) == ("text", False)
