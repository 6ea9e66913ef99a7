"""Whose campaign is it: the kind of a tree, what decides it, and which rules run there."""

import itertools
import json
from pathlib import Path
from typing import Any

import pytest

from splint import check
from splint.payloads.nodes import Tree
from splint.payloads.nodes.scope import Scope, scope_of
from splint.rules.registry import load
from splint.rules.rule import GONE
from splint.schema.vocabulary import OBJECTIVES
from splint.settings.config import ConfigError
from splint.testing import AS_OF, BASES, base, edited
from tests.command import Command

CBO, GROUP, AD = BASES["cbo"], BASES["ad-group"], BASES["ad"]
OBJECTIVE = "/campaign/objective_type"
INFO = "only the rules for every objective ran"


def spl101(value: Any, **options: Any) -> list[tuple[str, str, str]]:
    """The level, place and kind of campaign of each SPL101."""
    found = check(value, as_of=AS_OF, select=["SPL101"], **options).diagnostics
    return [
        (each.severity, each.pointer, each.message.partition(":")[0] if INFO in each.message else "") for each in found
    ]


KINDS: dict[str, tuple[Any, dict[str, Any], list[tuple[str, str, str]]]] = {
    "a web campaign": (CBO, {}, []),
    "an app campaign": (CBO, {OBJECTIVE: "APP_PROMOTION"}, [("info", OBJECTIVE, "app campaign")]),
    "a lead campaign": (CBO, {OBJECTIVE: "LEAD_GENERATION"}, [("info", OBJECTIVE, "lead generation campaign")]),
    "an objective that is none": (CBO, {OBJECTIVE: "WEB"}, [("error", OBJECTIVE, "")]),
    "a catalog": (
        CBO,
        {"/campaign/catalog_enabled": True},
        [("info", "/campaign/catalog_enabled", "catalog campaign")],
    ),
    "a catalog of an ad group": (
        CBO,
        {"/adgroups/0/catalog_id": "1"},
        [("info", "/adgroups/0/catalog_id", "catalog campaign")],
    ),
    "web conversions of an app": (
        CBO,
        {"/campaign/sales_destination": "APP"},
        [("info", "/campaign/sales_destination", "app campaign")],
    ),
    "an app beside a website": (CBO, {"/campaign/sales_destination": "WEBSITE", "/campaign/app_id": "1"}, []),
    "a destination that is none, above an ad group of an app": (
        CBO,
        {"/campaign/sales_destination": "app", "/adgroups/0/promotion_type": "APP_IOS"},
        [("info", "/adgroups/0/promotion_type", "app campaign")],
    ),
    "a destination to come, and an app": (
        CBO,
        {"/campaign/sales_destination": "{{destination}}", "/campaign/app_id": "1"},
        [("info", "/campaign/app_id", "app campaign")],
    ),
    "a misspelt website, and an app's id": (
        CBO,
        {"/campaign/sales_destination": "WEBSTE", "/campaign/app_id": "1", "/adgroups/0/app_id": "1"},
        [],
    ),
    "a destination to come, and a website": (CBO, {"/campaign/sales_destination": "{{destination}}"}, []),
    "the campaign decides before its ad groups": (CBO, {"/adgroups/0/promotion_type": "APP_IOS"}, []),
    "without an objective the ad groups decide": (
        CBO,
        {OBJECTIVE: "{{objective}}", "/adgroups/0/promotion_type": "APP_IOS"},
        [("info", "/adgroups/0/promotion_type", "app campaign")],
    ),
    "an ad group of an app": (GROUP, {"/promotion_type": "APP_IOS"}, [("info", "/promotion_type", "app campaign")]),
    "an ad group of a website": (GROUP, {"/promotion_type": "WEBSITE"}, []),
    "an ad group with a promotion type that is none": (GROUP, {"/promotion_type": "WEBSITES"}, []),
    "an ad of a website": (AD, {}, []),
    "an ad group whose promotion target is not set": (GROUP, {"/promotion_target_type": "UNSET"}, []),
    "a destination that is not set, and an app": (
        CBO,
        {"/campaign/sales_destination": "UNSET", "/campaign/app_id": "1"},
        [("info", "/campaign/app_id", "app campaign")],
    ),
    "a catalog that the campaign names": (
        CBO,
        {"/campaign/catalog_id": "1"},
        [("info", "/campaign/catalog_id", "catalog campaign")],
    ),
    "a catalog that a row names": (
        [{**CBO["campaign"], "campaign_id": "11", "operation_status": "ENABLE"}, {**GROUP, "campaign_id": "11"}],
        {"/0/catalog_id": "1"},
        [("info", "/0/catalog_id", "catalog campaign")],
    ),
    "a catalog of null": (CBO, {"/campaign/catalog_id": None}, []),
    "an ad without products": (AD, {"/ad_configuration/product_specific_type": "UNSET"}, []),
    "an ad without a telephone number": (AD, {"/ad_configuration/phone_info": {}}, []),
    "an ad of an empty telephone number": (AD, {"/ad_configuration/phone_info": {"phone_number": ""}}, []),
    "an ad of a playable without its address": (AD, {"/playable_list": [{"playable_url": None}]}, []),
    "an update whose playables stand": (
        {
            "endpoint": "/open_api/v1.3/smart_plus/ad/update/",
            "body": {"smart_plus_ad_id": "1", "playable_list": None},
            "current": {"playable_list": [{"playable_url": "https://www.example.com"}]},
        },
        {},
        [("info", "/current/playable_list", "campaign of another objective")],
    ),
    "the ad group decides before its ads": (
        {"endpoint": "/open_api/v1.3/smart_plus/adgroup/create/", "method": "POST", "body": {**GROUP, "ads": [AD]}},
        {"/body/ads/0/playable_list": [{}]},
        [],
    ),
}


@pytest.mark.parametrize("name", KINDS)
def test_the_first_that_says_it_decides_the_kind(name: str) -> None:
    """The campaign says it before its ad groups, and these before their ads; one finding names what decided."""
    value, edits, expected = KINDS[name]
    assert spl101(edited(value, edits), objectives=OBJECTIVES) == expected


SIGNS: dict[str, Any] = {
    "objective_type": "APP_PROMOTION",
    "sales_destination": "APP",
    "catalog_enabled": True,
    "promotion_type": "LEAD_GENERATION",
    "promotion_target_type": "INSTANT_PAGE",
    "messaging_app_type": "WHATSAPP",
    **dict.fromkeys(("catalog_id", "app_id", "minis_id"), "7000000000000000005"),
    "playable_list": [{"playable_url": "https://www.example.com"}],
    "auto_message_list": [{"auto_message_id": "1"}],
    "custom_product_page_list": [{"custom_product_page_url": "https://www.example.com"}],
    "page_list": [{"page_id": "1"}],
    "phone_info": {"phone_number": "1"},
    "product_specific_type": "ALL",
    "catalog_creative_toggle": True,
    "ad_format": "CATALOG_CAROUSEL",
}
"""What says that a campaign is none of the web, somewhere at least."""
OPEN = edited(CBO, {OBJECTIVE: GONE})
IN_ADS = ("", "/ad_configuration", "/creative_list/0", "/creative_list/0/creative_info")


def update(level: str, own: str, **stands: str) -> dict[str, Any]:
    """An update that changes nothing, with what stands."""
    path = f"/open_api/v1.3/smart_plus/{level}/update/"
    return {"endpoint": path, "method": "POST", "body": {own: "1"}, "current": {own: "1", **stands}}


UPDATES = (
    update("campaign", "campaign_id", objective_type="WEB_CONVERSIONS"),
    update("adgroup", "adgroup_id"),
    update("ad", "smart_plus_ad_id"),
)
PLACES: list[tuple[Any, str]] = [
    *((bundle, at) for bundle in (CBO, OPEN) for at in ("/campaign", "/adgroups/0")),
    *((bundle, f"/adgroups/0/ads/0{at}") for bundle in (CBO, OPEN) for at in IN_ADS),
    *((CBO["campaign"], ""), (GROUP, ""), (GROUP, "/targeting_spec"), *((AD, at) for at in IN_ADS)),
    *((edited(AD, {"/landing_page_url_list": GONE}), at) for at in IN_ADS),
    *((value, at) for value in UPDATES for at in ("/body", "/current")),
]


@pytest.mark.slow
@pytest.mark.parametrize("options", [{}, {"profile": "reference"}], ids=str)
def test_no_rule_of_web_campaigns_is_silent_without_a_word(
    options: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What makes a campaign one of another kind, wherever it stands, is told: by SPL101, SPL201 or an error at it."""
    scopes: list[Scope] = []

    def noted(tree: Tree) -> Scope:
        scopes.append(scope_of(tree))
        return scopes[-1]

    monkeypatch.setattr("splint.payloads.nodes.tree.scope_of", noted)
    decided: set[str] = set()
    for (value, at), (name, sign) in itertools.product(PLACES, SIGNS.items()):
        others = ((name, held) for held in ([sign], "{{sign}}", 1))
        for written, held in ((name, sign), *others, (name.replace("_", "-"), sign), (f"{name}s", sign)):
            scopes.clear()
            found = check(edited(value, {f"{at}/{written}": held}), as_of=AS_OF, **options).diagnostics
            for place in {scope.location.pointer for scope in scopes if scope.location is not None}:
                told = {one.code for one in found if one.code in ("SPL101", "SPL201")}
                told |= {one.code for one in found if one.severity == "error" and one.pointer == place}
                assert told, (value, at, written, held)
                decided.add(name)
    assert decided == SIGNS.keys()


def test_what_is_exported_is_no_finding() -> None:
    """Rows that an export shows are not judged: nothing is said of their kind."""
    row = {"campaign_id": "1", "campaign_name": "A", "objective_type": "REACH", "create_time": "2026-01-01 00:00:00"}
    assert spl101({"data": {"list": [row]}}) == []


@pytest.mark.parametrize(
    ("options", "level"),
    [
        ({}, "error"),
        ({"profile": "reference"}, "info"),
        ({"objectives": ["WEB_CONVERSIONS", "REACH"]}, "info"),
        ({"objectives": ["REACH"]}, "info"),
        ({"objectives": ["TRAFFIC"]}, "error"),
        ({"profile": "reference", "objectives": ["WEB_CONVERSIONS"]}, "error"),
    ],
)
def test_a_profile_has_its_objectives(options: dict[str, Any], level: str) -> None:
    """The guide lists web conversions alone, the reference every objective, unless the setting says otherwise."""
    assert [severity for severity, _, _ in spl101(edited(CBO, {OBJECTIVE: "REACH"}), **options)] == [level]


@pytest.mark.parametrize("profile", ["guide", "reference"])
@pytest.mark.parametrize("decided_by", [{OBJECTIVE: "REACH"}, {"/campaign/catalog_enabled": True}])
def test_rules_of_web_campaigns_are_silent_elsewhere(profile: str, decided_by: dict[str, Any]) -> None:
    """What breaks rules of web campaigns, and a rule for all, is judged by the latter in another campaign."""
    broken = {
        "/adgroups/0/optimization_goal": "INSTALL",
        "/adgroups/0/billing_event": "CPA",
        "/adgroups/0/ads/0/landing_page_url_list": None,
        "/campaign/budget": -5,
    }
    web = {each.code for each in check(edited(CBO, broken), profile=profile, as_of=AS_OF).diagnostics}
    elsewhere = {
        each.code for each in check(edited(CBO, broken | decided_by), profile=profile, as_of=AS_OF).diagnostics
    }
    kind = "catalog" if "/campaign/catalog_enabled" in decided_by else "other"
    for_it = {found.rule.code for found in load().rules if kind in found.rule.campaigns}
    assert web - for_it
    assert elsewhere <= for_it
    assert elsewhere >= (web & for_it) - {"REF102"}  # whose meaning is bound to its objective


def test_a_campaign_in_another_document_decides() -> None:
    """What is seen across files counts: a campaign with a catalog, and an ad group tied to it by id."""
    campaign = {**CBO["campaign"], "campaign_id": "1816330700009802012"}
    group = {**GROUP, "campaign_id": "1816330700009802012", "promotion_type": "APP_IOS"}
    assert {each.code for each in check([campaign, group], as_of=AS_OF, select=["SPL201"]).diagnostics} == {"SPL201"}
    catalog = {**campaign, "catalog_enabled": True}
    assert not check([catalog, group], as_of=AS_OF, select=["SPL201"]).diagnostics


@pytest.mark.parametrize(("objectives", "said"), [([], "the list is empty"), (["WEB"], "'WEB' is no objective")])
def test_a_list_of_objectives_that_makes_no_sense_is_refused(objectives: list[str], said: str) -> None:
    """The error names the setting and the way out."""
    with pytest.raises(ConfigError, match=f"objectives: {said}"):
        check({}, objectives=objectives)


def test_a_page_says_for_which_campaigns_a_rule_is() -> None:
    """So do the text, the table for programs and the Markdown page."""
    from splint.rules.pages import markdown_page, page

    rules = load().rules
    [carousel] = [found for found in rules if found.rule.code == "SPL306"]
    assert "Campaigns: web, other\n" in page(carousel, rules)
    assert "**Campaigns** web, other" in markdown_page(carousel, rules)


@pytest.mark.parametrize("profile", ["guide", "reference"])
def test_a_misspelt_destination_makes_no_web_campaign_of_an_app_campaign(profile: str) -> None:
    """Its ad group keeps its promotion_type in a run that fixes everything, and the destination is spelt out."""
    app = {"/campaign/sales_destination": "app", "/adgroups/0/promotion_type": "APP_IOS"}
    fixed = check(edited(CBO, app), profile=profile, as_of=AS_OF, objectives=["WEB_CONVERSIONS"]).fixed(unsafe=True)
    assert fixed["campaign"]["sales_destination"] == "APP"
    assert fixed["adgroups"][0]["promotion_type"] == "APP_IOS"


@pytest.mark.parametrize(("objective", "codes"), [("WEB_CONVERSIONS", {"REF302"}), ("LEAD_GENERATION", {"SPL007"})])
def test_an_unknown_value_is_judged_by_the_rules_for_its_campaign(
    command: Command, tmp_path: Path, objective: str, codes: set[str]
) -> None:
    """Also where the campaign stands in another file."""
    campaign = {"campaign_id": "1816330700009802012", "campaign_name": "Primavera", "objective_type": objective}
    group = {"adgroup_id": "1816330700009802013", "campaign_id": campaign["campaign_id"], "adgroup_name": "Group"}
    ad = {"adgroup_id": group["adgroup_id"], "creative_list": [{"creative_info": {"ad_format": "SINGLE_IMAGE"}}]}
    for name, value in {"a.json": ad, "b.json": group, "c.json": campaign}.items():
        (tmp_path / name).write_text(json.dumps(value))
    out = command("check", str(tmp_path), "--profile", "reference", "--output-format", "json").out
    found = json.loads(out)["diagnostics"]
    assert {one["code"] for one in found if one["pointer"].endswith("/ad_format")} == codes


APP_TREE = {"/adgroups/0/promotion_type": "APP_IOS", "/campaign/sales_destination": GONE}


@pytest.mark.parametrize(
    ("edits", "help"),
    [
        (APP_TREE, "set it to WEBSITE"),
        ({**APP_TREE, "/adgroups/0/app_id": "1"}, "set it to WEBSITE and remove app_id"),
    ],
)
def test_no_fix_makes_an_app_campaign_that_does_not_say_so_one_of_a_website(edits: dict[str, Any], help: str) -> None:
    """REF102 asks there for the destination, and takes it for an app's."""
    bundle = edited(base("cbo", "reference"), edits)
    report = check(bundle, profile="reference", as_of=AS_OF)
    found = {each.code: each for each in reversed(report.diagnostics)}
    app = ", or add sales_destination APP or WEB_AND_APP to the campaign if it sells an app"
    assert found["SPL201"].help == f"{help}{app}"
    assert (found["SPL201"].fix, found["REF102"].fix) == (None, None)
    assert found["REF102"].help == "add sales_destination APP, or WEB_AND_APP to sell on a website too"


def test_an_app_beside_it_takes_no_fix_from_an_ad_group_for_leads() -> None:
    """Nor is a destination for apps its way out."""
    leads = {"/adgroups/0/promotion_type": "LEAD_GENERATION", "/adgroups/-": {"promotion_type": "APP_IOS"}}
    report = check(edited(base("cbo", "reference"), {**APP_TREE, **leads}), profile="reference", as_of=AS_OF)
    [found] = [each for each in report.diagnostics if each.pointer == "/adgroups/0/promotion_type"]
    assert (found.code, found.help, found.fix is None) == ("SPL201", "set it to WEBSITE", False)


def test_the_guide_knows_no_destination_and_fixes_the_promotion() -> None:
    bundle = edited(base("cbo", "guide"), {"/adgroups/0/promotion_type": "APP_IOS"})
    [found] = check(bundle, as_of=AS_OF, select=["SPL201"]).diagnostics
    assert found.help == "set it to WEBSITE"
    assert found.fix is not None
