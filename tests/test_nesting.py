"""Bundles whose parts stand under other keys, and lists of campaigns, ad groups and ads beside each other."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from splint import Linter
from splint.submit import RefusedError, Submitter
from splint.testing import base
from tests.command import Command
from tests.grids import few
from tests.strategies import lint

PLAIN = base("cbo", "guide")
CAMPAIGN: dict[str, Any] = PLAIN["campaign"]
GROUP: dict[str, Any] = PLAIN["adgroups"][0]
OTHER = {**CAMPAIGN, "campaign_name": "Other", "budget": -5}
ROW = {"campaign_id": "1800000000000000001", "campaign_name": "Spring", "operation_status": "ENABLE"}
CAPPED = {**GROUP, "campaign_id": ROW["campaign_id"], "bid_type": "BID_TYPE_CUSTOM", "conversion_bid_price": 5}


@pytest.fixture(autouse=True)
def _in_a_new_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def found(value: Any, profile: str = "guide") -> tuple[int, list[tuple[str, str, str]]]:
    """How many payloads there are, and the findings but for placeholders."""
    from splint import check

    report = check(json.loads(json.dumps(value)), profile=profile, as_of="2026-03-01")
    return report.payloads, [
        (one.code, one.pointer, one.severity) for one in report.diagnostics if one.code != "SPL010"
    ]


LISTS: dict[str, tuple[Any, int, list[tuple[str, str, str]]]] = {
    "two campaigns": (
        {"campaigns": [CAMPAIGN, OTHER], "adgroups": [CAPPED]},
        4,
        [("SPL106", "/campaigns/1/budget", "error")],
    ),
    "ad groups by the other name": (
        {"campaigns": [OTHER], "ad_groups": [CAPPED]},
        3,
        [("SPL106", "/campaigns/0/budget", "error")],
    ),
    "a campaign by a placeholder": (
        {"campaigns": [CAMPAIGN], "adgroups": [{**CAPPED, "advertiser_id": "7", "campaign_id": "{{c}}"}]},
        3,
        [("SPL405", "/adgroups/0/advertiser_id", "error")],
    ),
    "a mapping of campaigns": ({"campaigns": {"spring": CAMPAIGN, "autumn": CAMPAIGN}, "adgroups": [CAPPED]}, 4, []),
    "a row without a field that tells": ({"campaigns": [{**ROW, "budget": 5}], "adgroups": [CAPPED]}, 2, []),
    "a row that the ad group names": (
        {"campaigns": [{**CAMPAIGN, **ROW, "budget_mode": "BUDGET_MODE_TOTAL"}], "adgroups": [CAPPED]},
        3,
        [("SPL210", "/adgroups/0/bid_type", "error"), ("SPL216", "/adgroups/0/schedule_type", "error")],
    ),
    "an ad group of several campaigns that names none": (
        {"campaigns": [CAMPAIGN, CAMPAIGN], "adgroups": [GROUP]},
        4,
        [("SPL011", "/adgroups/0", "warning")],
    ),
    "ads that name no ad group": (
        {"campaigns": [CAMPAIGN, CAMPAIGN], "adgroups": [CAPPED], "ads": GROUP["ads"]},
        5,
        [("SPL004", "/ads", "error")],
    ),
}


@pytest.mark.parametrize(("value", "payloads", "findings"), LISTS.values(), ids=LISTS)
def test_campaigns_listed_beside_ad_groups_are_read_and_tied_by_ids(
    value: Any, payloads: int, findings: list[tuple[str, str, str]]
) -> None:
    value = copy.deepcopy(value)
    for group in value.get("adgroups", value.get("ad_groups", [])):
        group.setdefault("advertiser_id", "7000000000000000001")
    assert found(value) == (payloads, findings)


@pytest.mark.parametrize("profile", few(["guide", "reference"], 1))
@pytest.mark.parametrize(
    ("key", "held"),
    few(
        [
            *(("adsets", [GROUP]), ("adgroup", GROUP), ("campaigns", [CAMPAIGN]), ("Campaign", CAMPAIGN)),
            *(("adGroups", [GROUP]), ("ad_sets", [GROUP]), ("adSets", [GROUP])),
        ],
        2,
    ),
)
def test_a_part_of_a_bundle_under_a_misspelt_key_is_judged_and_the_key_is_a_warning(
    key: str, held: Any, profile: str
) -> None:
    value = base("cbo", profile)
    groups = {"adgroups": value["adgroups"]} if held is not GROUP and held != [GROUP] else {}
    whole = value["campaign"] if groups else value["adgroups"][0]
    kept = groups or {"campaign": value["campaign"]}
    part = [whole] if isinstance(held, list) else whole
    assert found({key: part, **kept}, profile) == (3, [("SPL004", f"/{key}", "warning")])
    whole["operation_status"] = "ENABLED"
    codes = [code for code, _, _ in found({key: part, **kept}, profile)[1]]
    assert codes == ["SPL004", "SPL007"]


PAIRS = [
    *(("Campaign", "AdGroups"), ("Campaign", "adGroups"), ("Campaign", "adsets"), ("CAMPAIGN", "ADGROUPS")),
    *(("campaignData", "adGroups"), ("campaign_data", "adgroup_data"), ("new_campaign", "new_adgroups")),
]


@pytest.mark.parametrize(("campaign", "groups"), PAIRS)
@pytest.mark.parametrize("left_out", [(), ("advertiser_id",)], ids=str)
def test_both_parts_of_a_bundle_under_misspelt_keys_are_judged_together(
    campaign: str, groups: str, left_out: tuple[str, ...]
) -> None:
    value = base("cbo", "reference")
    told = {key: one for key, one in value["campaign"].items() if key not in left_out}
    capped = {**value["adgroups"][0], "bid_type": "BID_TYPE_CUSTOM", "conversion_bid_price": told["budget"] + 1}
    right = _codes({"campaign": told, "adgroups": [capped]})
    assert "REF105" in right
    assert _codes({campaign: told, groups: [capped]}) == sorted([*right, "SPL004", "SPL004"])
    assert _codes([{"data": {campaign: told, groups: [capped]}}]) == sorted([*right, "SPL004", "SPL004"])


def _codes(value: Any) -> list[str]:
    report = lint({"a.json": json.dumps(value)}, named=False, linter=Linter(profile="reference"))
    return sorted(finding.code for finding in report.diagnostics)


def test_two_campaigns_beside_a_misspelt_key_of_ad_groups_are_each_judged() -> None:
    assert found({"Campaign": CAMPAIGN, "new_campaign": OTHER, "AdGroups": [GROUP]})[0] == 4


@pytest.mark.parametrize("key", ["adGroups", "adsets", "ad_sets", "adset"])
def test_ad_groups_in_their_campaign_under_a_misspelt_key_are_an_error(key: str) -> None:
    for value, at in (
        ({"campaign": {**CAMPAIGN, key: [GROUP]}}, f"/campaign/{key}"),
        ({**CAMPAIGN, key: [GROUP]}, f"/{key}"),
        ({"campaigns": [{**CAMPAIGN, key: [GROUP]}]}, f"/campaigns/0/{key}"),
    ):
        assert found(value) == (1, [("SPL004", at, "error")])


BOTH_MISSPELT = {
    "campaigns beside a misspelt key": (CAMPAIGN, {}, 3, ["/adGroups", "/campaigns"]),
    "an ad group that names its campaign": (CAMPAIGN, {"campaign_id": ROW["campaign_id"]}, 3, []),
    "a campaign with an id": ({**CAMPAIGN, "campaign_id": "1800000000000000001"}, {}, 3, []),
    "an advertiser of the ad group alone": (
        {key: value for key, value in CAMPAIGN.items() if key != "advertiser_id"},
        {"advertiser_id": CAMPAIGN["advertiser_id"]},
        3,
        ["/adGroups", "/campaigns"],
    ),
}


@pytest.mark.parametrize(("campaign", "more", "payloads", "told"), BOTH_MISSPELT.values(), ids=BOTH_MISSPELT)
def test_one_campaign_in_a_list_beside_a_misspelt_key_of_ad_groups_is_their_campaign(
    campaign: Any, more: dict[str, Any], payloads: int, told: list[str]
) -> None:
    count, findings = found({"campaigns": [campaign], "adGroups": [{**GROUP, **more}]})
    assert (count, [at for code, at, level in findings if (code, level) == ("SPL004", "warning")]) == (payloads, told)


def test_campaigns_beside_a_misspelt_key_of_ad_groups_are_judged_together() -> None:
    lifetime = {**CAMPAIGN, "budget_mode": "BUDGET_MODE_TOTAL"}
    capped = {**GROUP, "bid_type": "BID_TYPE_CUSTOM", "conversion_bid_price": 5}
    assert "SPL210" in [code for code, _, _ in found({"campaigns": [lifetime], "adgroup": capped})[1]]
    assert found({"campaigns": [CAMPAIGN, OTHER], "adGroups": [CAPPED]})[0] == 4


@pytest.mark.parametrize(
    ("value", "at"),
    [
        ({"campaign": CAMPAIGN, "adgroup": {"name": "x"}}, "/adgroup"),
        ({"campaigns": [{"name": "x"}], "adgroups": [{**GROUP, "advertiser_id": "7"}]}, "/campaigns"),
        *(
            ({"campaign": CAMPAIGN, key: json.dumps([GROUP])}, f"/{key}")
            for key in ("adGroups", "groups", "Ad Groups", "adsets")
        ),
        ({"campaign": CAMPAIGN, "us_adgroups": json.dumps([GROUP])[:-9]}, "/us_adgroups"),
        ({"Campaign": json.dumps(CAMPAIGN), "adgroups": [{**GROUP, "advertiser_id": "7"}]}, "/Campaign"),
    ],
)
def test_a_part_that_no_rule_sees_is_an_error(value: Any, at: str) -> None:
    assert found(value)[1] == [("SPL004", at, "error")]


DRAFT = {"adgroupName": "DE", "optimizationGoal": "CONVERT", "billingEvent": "CPC"}
GERMAN = {**GROUP, "adgroup_name": "DE"}
ADS = json.dumps([{"ad_name": "a", "creative_list": []}])


@pytest.mark.parametrize(
    ("edits", "at"),
    [
        *(({"us_adgroups": one}, "/us_adgroups") for one in (json.dumps([GERMAN]), json.dumps([DRAFT]), [DRAFT])),
        ({"adGroups": json.dumps([GERMAN]), "adgroups": []}, "/adGroups"),
        ({"campaigns": json.dumps([OTHER])}, "/campaigns"),
        *(({"adgroups": [{**GROUP, key: ADS}]}, f"/adgroups/0/{key}") for key in ("Ads", "adList")),
    ],
    ids=str,
)
def test_what_stands_beside_the_right_key_as_a_string_or_a_draft_is_an_error(edits: Any, at: str) -> None:
    assert ("SPL004", at, "error") in found({**PLAIN, **edits})[1]
    draft = Submitter().draft({**PLAIN, **edits})
    with pytest.raises(RefusedError):
        draft.refuse_objections({step.path for step in draft.plan.steps})


@pytest.mark.parametrize(
    "edits",
    [
        {"adgroupTags": json.dumps({"team": "x"}), "campaignNotes": json.dumps({"text": "hi"}), "groups": "{{base}}/x"},
        {"campaign_source": json.dumps(CAMPAIGN), "history": [json.dumps(PLAIN)], "raw": json.dumps(CAMPAIGN)},
        {"columns": {"campaignName": "Campaign", "adgroupName": "Ad group", "optimizationGoal": "Goal"}},
        {"ga": {"campaignId": "123", "campaignName": "Q2", "adGroupId": "1", "adGroupName": "US"}},
        {"meta": {"campaignName": "x", "optimizationGoal": "OFFSITE_CONVERSIONS", "billingEvent": "IMPRESSIONS"}},
        {"linkedin": {"campaignName": "x", "objectiveType": "LEAD_GENERATION", "costType": "CPM"}},
        {"env": {"CAMPAIGN_NAME": "Q2", "ADGROUP_NAME": "US", "BUDGET_MODE": "x"}},
        {"widths": {"campaignName": 120, "adgroupName": 80, "budgetMode": 10, "objectiveType": 4}},
        {"macros": {"campaignName": "__CAMPAIGN_NAME__", "adgroupName": "__AID_NAME__"}},
        {"lastSent": {"campaignName": CAMPAIGN["campaign_name"], "objectiveType": CAMPAIGN["objective_type"]}},
    ],
    ids=str,
)
def test_notes_labels_copies_and_objects_of_others_make_no_bundle_wrong(edits: Any) -> None:
    assert found({**PLAIN, **edits}) == found(PLAIN)
    assert Submitter().draft({**PLAIN, **edits}).plan.sha256 == Submitter().draft(PLAIN).plan.sha256


@pytest.mark.parametrize("key", ["groups", "note"])
def test_a_text_that_is_no_json_of_objects_is_no_part_of_a_bundle(key: str) -> None:
    assert found({**PLAIN, key: "[1] as agreed"})[1] == []


@pytest.mark.parametrize(
    "value",
    few(
        [
            {"campaign": CAMPAIGN, "adgroup": GROUP},
            {"campaign": CAMPAIGN, "adgroup": GROUP, "ad": GROUP["ads"][0]},
            {"campaigns": [CAMPAIGN], "adgroups": [GROUP]},
            {"campaigns": [CAMPAIGN, CAMPAIGN], "adgroups": [GROUP]},
        ],
        2,
    ),
)
def test_nothing_of_a_bundle_with_other_keys_is_sent(value: Any) -> None:
    with pytest.raises(RefusedError, match=r"cannot be sent|one bundle is sent at a time"):
        Submitter().draft(value)


@pytest.mark.parametrize("has_right", [False, True])
@pytest.mark.parametrize("key", ["adGroups", "Adgroups", "adgroup"])
@pytest.mark.parametrize(
    "text",
    [
        "- adgroup_name: US\n",
        '{"adgroup_name": "US"}\n{"adgroup_name": "DE"}',
        "[{'adgroup_name': 'US'}]",
        "- adgroupName: US\n  billingEvent: OCPM\n",
        '[{"adgroupName": "US", "billingEvent": "OCPM"}',
    ],
)
def test_a_text_that_is_no_json_under_a_near_key_is_an_error(
    text: str, key: str, has_right: bool, command: Command
) -> None:
    whole = base("cbo", "reference")
    right = {"adgroups": whole["adgroups"]} if has_right else {}
    Path("a.json").write_text(json.dumps({"campaign": whole["campaign"], **right, key: text}))
    found = command("check", "--profile=reference", ".", "--output-format=json").report["diagnostics"]
    assert ("SPL004", f"/{key}", "error") in [(one["code"], one["pointer"], one["severity"]) for one in found]


@pytest.mark.parametrize(
    ("key", "note"),
    [
        ("adgroup_notes", "adgroup_name was changed by Anna; budget: 500"),
        ("adgroups_note", "The adgroup_name: keep short"),
        ("campaign_notes", "campaign_name is made from the sheet"),
        ("adgroup_key", "adgroup_name"),
    ],
)
def test_a_note_whose_prose_names_a_field_is_no_part_of_a_bundle(key: str, note: str, command: Command) -> None:
    Path("a.json").write_text(json.dumps({**base("cbo", "reference"), key: note}))
    found = command("check", "--profile=reference", "a.json", "--output-format=json").report["diagnostics"]
    assert {"SPL002", "SPL004"}.isdisjoint(one["code"] for one in found)


@pytest.mark.parametrize("spelt", ["campaignName objectiveType budgetMode", "campaign-name objective-type budget-mode"])
def test_a_campaign_in_another_spelling_around_ad_groups_is_told_and_moves_no_field(
    spelt: str, command: Command
) -> None:
    values = ("Spring", "WEB_CONVERSIONS", "BUDGET_MODE_DYNAMIC_DAILY_BUDGET")
    groups = base("cbo", "reference")["adgroups"]
    around = dict(zip(spelt.split(), values, strict=True))
    Path("a.json").write_text(json.dumps({**around, "budget": 900, "adgroups": groups}))
    found = command("check", "--profile=reference", "a.json", "--output-format=json").report["diagnostics"]
    assert ("SPL002", f"/{spelt.split()[0]}") in [(one["code"], one["pointer"]) for one in found]
    assert not any(one["pointer"] == "/budget" for one in found)


@pytest.mark.parametrize(
    ("around", "is_told"), [({"campaignName": "S", "budget": 900}, True), ({"campaignName": "S"}, False)]
)
def test_one_key_of_a_campaign_in_another_spelling_tells_beside_another_field_of_it(
    around: dict[str, Any], is_told: bool, command: Command
) -> None:
    Path("a.json").write_text(json.dumps({**around, "adgroups": base("cbo", "reference")["adgroups"]}))
    found = command("check", "--profile=reference", ".", "--output-format=json").report["diagnostics"]
    assert (("SPL002", "/campaignName") in [(one["code"], one["pointer"]) for one in found]) is is_told
    assert not any(one["pointer"] == "/budget" for one in found)


@pytest.mark.parametrize("key", ["payload", "body"])
def test_a_record_of_a_body_is_no_draft(key: str, command: Command) -> None:
    """Its name is that of the campaign when it was written."""
    record = {"campaignName": "Old name", "objectiveType": "WEB_CONVERSIONS", "createdBy": "anna"}
    Path("a.json").write_text(json.dumps({**record, key: base("cbo", "reference")}))
    found = command("check", "--profile=reference", "a.json", "--output-format=json").report["diagnostics"]
    assert {"SPL002", "SPL004"}.isdisjoint(one["code"] for one in found)


@pytest.mark.parametrize("names", ["adgroupName billingEvent", "adgroup-name billing-event"])
@pytest.mark.parametrize("key", ["", "next"])
def test_what_is_judged_within_a_draft_does_not_tell_of_it(names: str, key: str, command: Command) -> None:
    whole = base("cbo", "reference")
    ads = [ad | {"advertiser_id": "7", "adgroup_id": "1"} for ad in whole["adgroups"][0]["ads"]]
    draft = {**dict(zip(names.split(), ("US", "OCPM"), strict=True)), "creatives": ads}
    Path("a.json").write_text(json.dumps({**whole, key: draft} if key else draft))
    found = command("check", "--profile=reference", ".", "--output-format=json").report["diagnostics"]
    at = f"/{key}/{names.split()[0]}" if key else f"/{names.split()[0]}"
    assert ("SPL002", at) in [(one["code"], one["pointer"]) for one in found]
