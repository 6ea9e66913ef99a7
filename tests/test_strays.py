"""What stands in the wrong object of a campaign, or under the name of another field, is one finding."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from splint import Report, check
from splint.schema.table import SHAPES
from splint.schema.vocabulary import are_stray
from splint.testing import AS_OF, base, edited
from tests.command import Command
from tests.grids import diagonal, few
from tests.strategies import at, logged

GROUP = "/adgroups/0"
AD = f"{GROUP}/ads/0"
ENTRY = f"{AD}/creative_list/0"
INFO, CONFIG, SPEC = f"{ENTRY}/creative_info", f"{AD}/ad_configuration", f"{GROUP}/targeting_spec"
PROFILES = ("guide", "reference")
OBJECTS = {
    "/campaign": "Campaign",
    GROUP: "AdGroup",
    SPEC: "Targeting",
    AD: "Ad",
    ENTRY: "Creative",
    INFO: "CreativeInfo",
    CONFIG: "AdConfiguration",
}


def report(value: Any, profile: str, *ignore: str) -> Report:
    return check(value, profile=profile, as_of=AS_OF, ignore=ignore)


def found(value: Any, profile: str, *ignore: str) -> list[tuple[str, str, str]]:
    return [(one.code, one.pointer, one.severity) for one in report(value, profile, *ignore).diagnostics]


def moved(value: Any, source: str, *names: str, to: str) -> Any:
    """The value, with members of one of its objects in another one."""
    for name in names:
        at(value, to)[name] = at(value, source).pop(name)
    return value


def flat(value: Any) -> Any:
    """The value, with what belongs in creative_info beside it."""
    entry = at(value, ENTRY)
    entry.update(entry.pop("creative_info"))
    return value


# -- objects one level too high or too low -----------------------------------------------------------------------------


@pytest.mark.parametrize("profile", PROFILES)
def test_a_creative_without_creative_info_is_one_finding_that_moves_all_of_it(
    profile: str, tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = base("cbo", profile)
    value = flat(copy.deepcopy(whole))
    [one] = report(value, profile).diagnostics
    assert (one.code, one.pointer, one.severity) == ("SPL004", ENTRY, "error")
    assert all(name in one.summary for name in at(whole, INFO))
    assert one.summary.endswith("they belong in creative_info")
    monkeypatch.chdir(tmp_path)
    Path("a.json").write_text(json.dumps(value))
    command("check", "a.json", "--fix", "--unsafe-fixes", "--profile", profile, "--as-of", AS_OF[:10])
    assert json.loads(Path("a.json").read_text()) == whole


@pytest.mark.parametrize("profile", PROFILES)
def test_what_belongs_deeper_goes_along(profile: str) -> None:
    value = flat(base("cbo", profile))
    entry = at(value, ENTRY)
    entry["video_id"] = entry.pop("video_info")["video_id"]
    [one] = report(value, profile).diagnostics
    assert (one.code, one.pointer) == ("SPL004", ENTRY)
    assert "they belong in creative_info and creative_info.video_info" in one.summary
    assert ", video_id to creative_info.video_info" in one.help
    assert one.fix is not None
    assert one.fix.patch[0]["value"] == at(base("cbo", profile), INFO)


@pytest.mark.parametrize(
    ("edits", "is_fixed"),
    few(
        [
            ({"video_info": {"video_id": "1"}, "video_id": "2"}, False),
            ({"creative_info": {"video_info": {"file_name": "x"}}, "video_id": "2"}, True),
            ({"creative_info": {"video_info": {"video_id": "1"}}, "video_id": "2"}, False),
            ({"creative_info": {"video_info": "{{video}}"}, "video_id": "2"}, False),
            ({"creative_info": {"video_info": None}, "video_id": "2"}, True),
            ({"web_uri": "a"}, False),
        ],
        2,
    ),
)
def test_no_move_overwrites_what_stands_there(edits: dict[str, Any], is_fixed: bool) -> None:
    value = edited(base("cbo", "guide"), {ENTRY: edits})
    [one] = check(value, select=["SPL004"]).diagnostics
    assert (one.fix is not None) is is_fixed


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize(
    ("holder", "way"),
    few(
        [
            (GROUP, "write identity_authorized_bc_id"),
            (INFO, "write identity_authorized_bc_id"),
            (CONFIG, "write identity_authorized_bc_id"),
            (ENTRY, "move it to creative_info as identity_authorized_bc_id"),
            (AD, "move it to creative_list[].creative_info or ad_configuration as identity_authorized_bc_id"),
        ],
        2,
    ),
)
def test_refusals_call_the_business_center_of_an_identity_so_everywhere(holder: str, way: str, profile: str) -> None:
    value = edited(base("cbo", profile), {f"{holder}/identity_bc_id": "7", f"{INFO}/identity_authorized_bc_id": None})
    [one] = check(value, select=["SPL004"], profile=profile, as_of=AS_OF).diagnostics
    assert (one.pointer, one.help) == (f"{holder}/identity_bc_id", way)
    assert one.fix is None or one.fix.patch[0]["path"] == f"{INFO}/identity_authorized_bc_id"


def test_what_is_moved_with_others_says_its_name_there() -> None:
    value = moved(base("cbo", "guide"), INFO, "identity_type", "identity_id", to=ENTRY)
    at(value, ENTRY)["identity_bc_id"] = at(value, INFO).pop("identity_authorized_bc_id")
    [one] = check(value, select=["SPL004"]).diagnostics
    names = "identity_type, identity_id and identity_bc_id as identity_authorized_bc_id"
    assert one.help == f"move {names} to creative_info"


def test_a_word_of_another_platform_beside_a_stray_is_a_finding_of_its_own() -> None:
    value = edited(base("cbo", "guide"), {SPEC: {}, f"{GROUP}/countries": ["US"], f"{GROUP}/gender": "GENDER_MALE"})
    assert [pointer for _, pointer, _ in found(value, "guide")] == [f"{GROUP}/countries", f"{GROUP}/gender"]


STRAYS: dict[str, tuple[Callable[[Any], Any], str]] = {
    "one field of a creative": (lambda value: moved(value, INFO, "ad_format", to=ENTRY), f"{ENTRY}/ad_format"),
    "the video alone": (
        lambda value: edited(value, {f"{ENTRY}": {"video_info": {"video_id": "v1"}}}),
        f"{ENTRY}/video_info",
    ),
    "an image's address alone": (lambda value: edited(value, {ENTRY: {"web_uri": "a"}}), f"{ENTRY}/web_uri"),
    "an identity": (lambda value: moved(value, INFO, "identity_type", "identity_id", to=AD), AD),
    "an identity's type": (lambda value: moved(value, INFO, "identity_type", to=AD), f"{AD}/identity_type"),
    "a creative_info": (lambda value: moved(value, ENTRY, "creative_info", to=AD), f"{AD}/creative_info"),
    "the landing pages": (
        lambda value: moved(value, AD, "landing_page_url_list", to=INFO),
        f"{INFO}/landing_page_url_list",
    ),
    "a pixel at the campaign": (lambda value: moved(value, GROUP, "pixel_id", to="/campaign"), "/campaign/pixel_id"),
    "a pixel at the ad": (lambda value: moved(value, GROUP, "pixel_id", to=AD), f"{AD}/pixel_id"),
    "a format at the ad group": (lambda value: moved(value, INFO, "ad_format", to=GROUP), f"{GROUP}/ad_format"),
    "a promotion, which the campaign has a similar field for": (
        lambda value: moved(value, GROUP, "promotion_type", to="/campaign"),
        "/campaign/promotion_type",
    ),
    "an objective at the ad group": (
        lambda value: moved(value, "/campaign", "objective_type", to=GROUP),
        f"{GROUP}/objective_type",
    ),
    "an advertiser in the targeting": (
        lambda value: moved(value, "/campaign", "advertiser_id", to=SPEC),
        f"{SPEC}/advertiser_id",
    ),
    "ads beside their ad groups": (lambda value: moved(value, GROUP, "ads", to=""), "/ads"),
    "the landing page of an entry": (
        lambda value: edited(value, {f"{AD}/landing_page_url_list": [{"url": "https://www.example.com"}]}),
        f"{AD}/landing_page_url_list/0/url",
    ),
    "the text of an entry": (
        lambda value: edited(value, {f"{AD}/ad_text_list": [{"text": "Shop now"}]}),
        f"{AD}/ad_text_list/0/text",
    ),
}


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize(("change", "pointer"), STRAYS.values(), ids=STRAYS)
def test_what_stands_in_the_wrong_object_is_not_missed_where_it_belongs(
    change: Callable[[Any], Any], pointer: str, profile: str
) -> None:
    assert found(change(base("cbo", profile)), profile) == [("SPL004", pointer, "error")]


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("key", few(["ad", "Ads", "ad_list", "adList", "AdsList", "ad-list", "creatives"], 3))
def test_ads_under_a_misspelt_key_are_an_error_as_no_rule_sees_them(key: str, profile: str) -> None:
    """Those beside other ads too, and an object in place of the list."""
    value = base("cbo", profile)
    ads = at(value, GROUP).pop("ads")
    broken = [{"ad_name": "A"}]
    for held, others in ((ads, {}), (broken, {}), (broken[0], {}), (broken, {"ads": ads})):
        group = {**at(value, GROUP), **others, key: held}
        assert found({**value, "adgroups": [group]}, profile) == [("SPL004", f"{GROUP}/{key}", "error")]
    assert found(edited(value, {f"{GROUP}/{key}": [5]}), profile) == [("SPL004", f"{GROUP}/{key}", "warning")]


@pytest.mark.parametrize("key", few(["cards", "leads", "aids"], 2))
def test_what_is_only_called_somewhat_like_ads_is_an_error_where_it_holds_some(key: str) -> None:
    value = base("cbo", "guide")
    for held, severity in (({"name": "x"}, "warning"), ({"ad_name": "A"}, "error")):
        assert found(edited(value, {f"{GROUP}/{key}": [held]}), "guide") == [("SPL004", f"{GROUP}/{key}", severity)]


@pytest.mark.parametrize(
    ("options", "severity"),
    few(
        [
            ({"ignore": ["SPL008"]}, "error"),
            ({"select": ["SPL3", "SPL004"]}, "error"),
            ({"select": ["SPL1", "SPL004"]}, "warning"),
        ],
        2,
    ),
)
def test_a_misspelt_list_of_ads_is_an_error_where_a_rule_of_ads_is_selected(
    options: dict[str, Any], severity: str
) -> None:
    value = edited(base("cbo", "guide"), {f"{GROUP}/ads_list": [{"ad_name": "A"}]})
    report = check(value, as_of=AS_OF, **options)
    assert [(one.code, one.severity) for one in report.diagnostics] == [("SPL004", severity)]


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("key", ["adgroup", "adGroups"])
def test_ad_groups_under_a_misspelt_key_of_a_campaign_are_an_error(key: str, profile: str) -> None:
    value = base("cbo", profile)
    value = {**value["campaign"], key: value["adgroups"]}
    assert found(value, profile) == [("SPL004", f"/{key}", "error")]


@pytest.mark.parametrize("edits", [{SPEC: {"age_groups": ["AGE_25_34"]}}, {SPEC: None}], ids=["beside others", "alone"])
@pytest.mark.parametrize("name", few(["location_ids", "locationIds", "countries"], 2))
def test_places_at_the_ad_group_are_one_finding(name: str, edits: dict[str, Any]) -> None:
    value = edited(base("cbo", "reference"), {**edits, f"{GROUP}/{name}": ["6252001"]})
    others = [one for one in found(value, "reference") if one[0] != "REF210"]
    assert others == [("SPL004", f"{GROUP}/{name}", "error")]


@pytest.mark.parametrize("profile", PROFILES)
def test_a_field_that_stands_where_it_belongs_too_is_a_warning(profile: str) -> None:
    value = edited(base("cbo", profile), {f"{ENTRY}/identity_id": "1", f"{GROUP}/location_ids": ["1"]})
    assert found(value, profile) == [
        ("SPL004", f"{ENTRY}/identity_id", "warning"),
        ("SPL004", f"{GROUP}/location_ids", "warning"),
    ]


@pytest.mark.parametrize("profile", PROFILES)
def test_fields_that_belong_in_different_objects_are_findings_each(profile: str) -> None:
    value = edited(base("cbo", profile), {f"{ENTRY}/ad_format": "SINGLE_VIDEO", f"{ENTRY}/pixel_id": "1"})
    assert [pointer for _, pointer, _ in found(value, profile)] == [f"{ENTRY}/ad_format", f"{ENTRY}/pixel_id"]


SPLIT = {
    ("identity_type", CONFIG): "the ids that its kind needs beside it are two fields, each with a rule",
    ("budget", GROUP): "the campaign lacks one, and each field of an ad group under CBO has a finding",
}
"""Members that give two findings where they stand in another object that knows them, with the reason."""
LEFT = {"budget": "the campaign's has no effect and goes, the ad group's is missing: two fixes"}
"""Members of ad groups without CBO likewise, in the campaign."""


@pytest.mark.slow
@pytest.mark.parametrize(("name", "profile"), few(diagonal(["cbo", "no-cbo"], PROFILES), 1))
def test_each_member_in_another_object_is_one_finding_at_most(name: str, profile: str) -> None:
    """Where the other object does not know it, it is one unknown field, whatever would be missing elsewhere."""
    for source in OBJECTS:
        for key in at(base(name, profile), source):
            for target, shape in OBJECTS.items():
                value = base(name, profile)
                if f"{target}/".startswith(f"{source}/{key}/") or key in at(value, target):
                    continue
                codes = [code for code, *_ in found(moved(value, source, key, to=target), profile)]
                if key in SHAPES[shape].fields:
                    assert len(codes) <= 1 or (key, target) in SPLIT or (target == "/campaign" and key in LEFT)
                elif key != "ads" or target != "/campaign":
                    assert codes in (["SPL004"], ["REF308"]), (source, key, target)


def test_ads_that_name_an_ad_group_are_tied_by_its_id() -> None:
    """Exports hold campaigns, ad groups and ads beside each other."""
    ad = at(base("cbo", "guide"), AD)
    assert not are_stray([{**ad, "adgroup_id": "2"}, {**ad, "smart_plus_ad_id": "3"}])
    for ads in ([ad, ad], [ad, {**ad, "adgroup_id": "2"}], ["a banner"], ad, "a banner", [{}, ad]):
        assert are_stray(ads)
    nothing: tuple[object, ...] = (None, "", [], {}, [None])
    assert not any(map(are_stray, nothing))


@pytest.mark.parametrize("profile", PROFILES)
def test_what_is_called_ads_outside_of_an_ad_group_is_one_error_whatever_it_holds(profile: str) -> None:
    """No rule sees it where it is no list of objects, or stands in the campaign; it is no ad of its own."""
    ad = at(base("cbo", profile), AD)
    for ads in ([ad], [ad, None], [ad, "x"], ad, json.dumps([ad]), [json.dumps(ad)], 5):
        for key in ("", "/campaign"):
            bundle = edited(base("cbo", profile), {f"{key}/ads": ads})
            assert found(bundle, profile) == [("SPL004", f"{key}/ads", "error")]
        campaign = {**bundle["campaign"], "adgroups": bundle["adgroups"]}
        for around, key in ((campaign, ""), ({"campaign": campaign}, "/campaign")):
            assert found(around, profile) == [("SPL004", f"{key}/ads", "error")]


def test_ads_beside_ad_groups_are_judged_whatever_keys_they_have() -> None:
    """One without creative_list, or with another spelling of it, is an ad."""
    bundle = edited(
        base("cbo", "guide"), {"/ads": [{"ad_name": "A", "creative_lst": []}, {"landing_page_url_list": []}]}
    )
    codes = {(code, pointer) for code, pointer, _ in found(bundle, "guide")}
    assert codes >= {("SPL004", "/ads"), ("SPL004", "/ads/0/creative_lst"), ("SPL008", "/ads/1")}


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("pointer", few(["/campaign", GROUP, AD, INFO], 2))
@pytest.mark.parametrize("name", few(["colour", "campaign_id", "creative_auto_add_toggle"], 2))
def test_the_other_objects_of_a_campaign_are_judged_as_before(name: str, pointer: str, profile: str) -> None:
    """A field that stands nowhere else, or is not needed there, takes nothing from them."""
    value = edited(base("cbo", profile), {f"{GROUP}/promotion_type": "APP_IOS"})
    before = set(found(value, profile))
    at(value, pointer)[name] = "1"
    after = set(found(value, profile))
    assert before <= after
    assert any(code == "SPL201" for code, *_ in after)


@pytest.mark.parametrize("at_first", [False, True])
def test_the_own_id_of_what_is_created_is_a_finding_of_its_own(at_first: bool) -> None:
    """It goes along with no field of an ad beside it, whichever is first."""
    group = {**at(base("cbo", "guide"), GROUP), "advertiser_id": "7", "campaign_id": "1"}
    own, stray = {"adgroup_id": "2"}, {"ad_name": "A"}
    del group["ads"]
    request = {"endpoint": "/v1.3/smart_plus/adgroup/create/", "body": {**group, **own, **stray}}
    if at_first:
        request["body"] = {**own, **stray, **group}
    pointers = [pointer for code, pointer, _ in found(request, "guide") if code == "SPL004"]
    assert sorted(pointers) == ["/body/ad_name", "/body/adgroup_id"]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "profile"), few(diagonal(["cbo", "no-cbo"], PROFILES[::-1]), 1))
def test_a_misspelt_key_is_one_finding_an_error_where_the_field_would_be_missed(name: str, profile: str) -> None:
    """What stands under it is neither given nor missed, nor is a null under the right name.

    Where nothing is said of the key it is missed.
    """
    for holder, model in OBJECTS.items():
        for field in SHAPES[model].fields:
            key = field[:-1] if field.endswith("s") else f"{field}s"
            value = base(name, profile)
            around = at(value, holder)
            if key not in SHAPES[model].fields:
                content = around.pop(field, example_of(model, field))
                without = found(value, profile)
                is_missed = any(severity == "error" for *_, severity in without)
                around[key] = content
                [(code, _, severity)] = misspelt = found(value, profile)
                assert (code, severity) == ("SPL004", "error" if is_missed else "warning"), (holder, key)
                assert found(edited(value, {f"{holder}/{field}": None}), profile) == misspelt, field
                assert found(value, profile, "SPL004") == without, (holder, key)


IDENTITY = {"identity_type": "BC_AUTH_TT", "identity_id": "1", "identity_authorized_bc_id": "7"}
CLICKS = {f"{GROUP}/optimization_goal": "CLICK", f"{GROUP}/optimization_event": None}
COST_CAP = {f"{GROUP}/bid_type": "BID_TYPE_CUSTOM"}
WEIGHED: dict[str, tuple[dict[str, Any], dict[str, str]]] = {
    "an identity beside that of the creative": ({f"{AD}/{name}": value for name, value in IDENTITY.items()}, {}),
    "its id": ({f"{AD}/identity_id": "1"}, {}),
    "the identity of no creative": (
        {**{f"{INFO}/{name}": None for name in IDENTITY}, f"{AD}/identity_type": "BC_AUTH_TT"},
        {f"{AD}/identity_type": "error"},
    ),
    "a label beside the dynamic one": ({f"{AD}/call_to_action": "SHOP_NOW"}, {}),
    "a post": ({f"{AD}/tiktok_item_id": "7"}, {}),
    "a bid without a Cost Cap": ({f"{GROUP}/conversion_bid": 5}, {}),
    "the bid of a Cost Cap": ({**COST_CAP, f"{GROUP}/conversion_bid": 5}, {f"{GROUP}/conversion_bid": "error"}),
    "the price of a Cost Cap for clicks": (
        {**COST_CAP, **CLICKS, f"{GROUP}/pixel_id": None, f"{GROUP}/bid": 5},
        {f"{GROUP}/bid": "error"},
    ),
    "a bid beside the price of a Cost Cap": (
        {**COST_CAP, f"{GROUP}/conversion_bid_price": 5, f"{GROUP}/bid": 5},
        {},
    ),
    "the end of a schedule without one": ({f"{GROUP}/schedule_end": "2026-12-09 00:00:00"}, {}),
    "the end of a schedule": (
        {
            f"{GROUP}/schedule_type": "SCHEDULE_START_END",
            f"{GROUP}/schedule_start_time": "2026-04-01 00:00:00",
            f"{GROUP}/schedule_end": "2026-12-09 00:00:00",
        },
        {f"{GROUP}/schedule_end": "error"},
    ),
    "a pixel for clicks": ({**CLICKS, f"{GROUP}/pixel_id": None, f"{GROUP}/pixel": "7"}, {}),
    "a pixel for conversions, and a budget": (
        {f"{GROUP}/pixel_id": None, f"{GROUP}/pixel": "7", f"{GROUP}/budgets": 50},
        {f"{GROUP}/pixel": "error"},
    ),
    "two keys for one field that is missed": (
        {f"{GROUP}/pixel_id": None, f"{GROUP}/pixel": "7", f"{GROUP}/pixels_id": "7"},
        {f"{GROUP}/pixel": "error", f"{GROUP}/pixels_id": "error"},
    ),
}
"""Edits, and the level of unknown fields that are no warnings."""


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize(("edits", "levels"), WEIGHED.values(), ids=WEIGHED)
def test_an_unknown_field_is_an_error_where_something_is_missing_without_it(
    edits: dict[str, Any], levels: dict[str, str], profile: str
) -> None:
    value = edited(base("cbo", profile), edits)
    unknown = {pointer: severity for code, pointer, severity in found(value, profile) if code == "SPL004"}
    assert unknown
    assert {pointer: severity for pointer, severity in unknown.items() if severity != "warning"} == levels


@pytest.mark.parametrize(("name", "severity"), [("cbo", "warning"), ("no-cbo", "error")])
def test_the_campaign_in_another_file_counts(name: str, severity: str, tmp_path: Path) -> None:
    value = base(name, "guide")
    campaign, group = {**value["campaign"], "campaign_id": "5"}, {**at(value, GROUP), "campaign_id": "5"}
    group["budgets"] = group.pop("budget", 50)
    group["advertiser_id"] = campaign["advertiser_id"]
    for file, body in (("a.json", group), ("b.json", campaign)):
        (tmp_path / file).write_text(json.dumps(body))
    both = check([tmp_path / "a.json", tmp_path / "b.json"], as_of=AS_OF)
    assert [(one.code, one.severity) for one in both.diagnostics] == [("SPL004", severity)]


def test_a_misspelt_fact_is_no_value() -> None:
    value = {**base("cbo", "guide"), "facts": {"historical_cpaa": 0}}
    assert found(value, "guide") == [("SPL004", "/facts/historical_cpaa", "warning")]


def test_the_document_is_left_as_it_is() -> None:
    """What is not missed is left unknown in the rules' nodes alone."""
    value = moved(base("cbo", "guide"), GROUP, "pixel_id", to="/campaign")
    before = copy.deepcopy(value)
    report(value, "guide")
    assert value == before


# -- ids and lists of ids ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize(
    ("level", "name"), few([("campaign", "campaign_id"), ("adgroup", "adgroup_id"), ("ad", "smart_plus_ad_id")], 2)
)
@pytest.mark.parametrize("value", ["2", ["2"]])
def test_an_id_where_a_status_request_takes_a_list_is_one_finding(
    level: str, name: str, value: Any, profile: str
) -> None:
    request = logged(f"{level}/status/update", {name: value, "operation_status": "ENABLE"})
    assert found(request, profile) == [("SPL004", f"/body/{name}", "error")]


@pytest.mark.parametrize("profile", ["guide", "reference"])
@pytest.mark.parametrize("value", ["2", ["2"]])
@pytest.mark.parametrize(
    ("level", "name", "own"),
    few(
        [
            ("adgroup", "campaign_id", "adgroup_ids"),
            ("campaign", "smart_plus_ad_id", "campaign_ids"),
            ("ad", "adgroup_id", "smart_plus_ad_ids"),
        ],
        2,
    ),
)
def test_what_another_status_request_takes_is_one_finding(
    level: str, name: str, own: str, value: Any, profile: str
) -> None:
    name += "s" if isinstance(value, list) else ""
    request = logged(f"{level}/status/update", {name: value, "operation_status": "ENABLE"})
    assert found(request, profile) == [("SPL004", f"/body/{name}", "error")]
    report = check(request, profile=profile)
    [one], [question] = report.diagnostics, report.to_agent()["needs_input"]
    assert one.help.startswith("send it to /smart_plus/")
    assert one.help.endswith(f"/status/update/, or give it {own} instead")
    assert (question["kind"], "choices" in question) == ("text", False)  # its ids are of the level that the key says


@pytest.mark.parametrize(("profile", "severity"), [("guide", "warning"), ("reference", "error")])
@pytest.mark.parametrize(
    ("level", "name"), few([("campaign", "campaign_ids"), ("adgroup", "adgroup_ids"), ("ad", "smart_plus_ad_ids")], 2)
)
def test_a_list_where_an_update_takes_an_id_is_one_finding(level: str, name: str, profile: str, severity: str) -> None:
    request = logged(f"{level}/update", {name: ["2"]})
    assert found(request, profile) == [("SPL004", f"/body/{name}", severity)]


# -- a field that is wrong where it stands, in a bundle that is right without it --------------------------------------

OF_KINDS = ("catalog_id", "catalog_enabled", "app_id", "sales_destination", "objective_type", "promotion_target_type")
"""Fields by which campaigns of other kinds than web are told."""


def example_of(model: str, name: str) -> Any:
    """A value that a field takes, as far as a text or a choice does."""
    spec = SHAPES[model].fields[name]
    return min(spec) if isinstance(spec, frozenset) else "7191528729477111363"


KNOWN = sorted({name: model for model in OBJECTS.values() for name in SHAPES[model].fields}.items())


@pytest.mark.slow
@pytest.mark.parametrize(("name", "model"), few(KNOWN, 12))
def test_a_stray_field_of_a_bundle_that_lacks_it_brings_no_other_finding(name: str, model: str) -> None:
    """What seems to belong in another object says nothing of that: no rule judges it as given there, nor as missing.

    A catalog makes a campaign one of a catalog wherever it stands, which an info tells.
    """
    for profile in PROFILES:
        for holder, of in OBJECTS.items():
            value = base("cbo", profile)
            if name in at(value, holder) or name in SHAPES[of].fields:
                continue
            at(value, holder)[name] = example_of(model, name)
            assert {(code, pointer) for code, pointer, _ in found(value, profile)} <= {
                ("SPL004", f"{holder}/{name}"),
                ("SPL004", holder),
                ("REF308", f"{AD}/call_to_action_id"),  # which tells this very place
                ("SPL101", "/campaign/catalog_id"),
            }, (profile, holder)


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("name", OF_KINDS)
def test_a_stray_field_does_not_make_it_a_campaign_of_another_kind(name: str, profile: str) -> None:
    wrong = edited(base("cbo", profile), {f"{GROUP}/pixel_id": None, f"{GROUP}/billing_event": "CPC"})
    errors = set(found(wrong, profile))
    assert len(errors) == 2
    for holder, model in OBJECTS.items():
        if name not in SHAPES[model].fields and (name, holder) != ("catalog_id", "/campaign"):  # there it counts
            value = edited(wrong, {f"{holder}/{name}": "7191528729477111363"})
            assert errors <= set(found(value, profile)), holder


@pytest.mark.parametrize("name", few(["deeplink", "tiktok_item_id", "page_list"], 2))
def test_nothing_is_fixed_where_a_stray_field_seems_to_belong(name: str) -> None:
    for holder, model in OBJECTS.items():
        if name not in SHAPES[model].fields:
            value = edited(base("cbo", "reference"), {f"{holder}/{name}": "myapp://spring"})
            assert report(value, "reference").fixed() == value, holder


DEEPLINKS = [{"deeplink": "myapp://spring", "deeplink_type": "NORMAL"}]
NO_DESTINATION: dict[str, Any] = {CONFIG: None, f"{AD}/landing_page_url_list": None}
PLACED: dict[str, tuple[dict[str, Any], str, str]] = {
    "the switch of CBO": (
        {"/campaign/budget_optimize_on": True, f"{GROUP}/schedule_type": "SCHEDULE_FROM_NOW"},
        "/campaign/budget_optimize_on",
        GROUP,
    ),
    "an audience that is suggested": (
        {
            f"{GROUP}/targeting_optimization_mode": "AUTOMATIC",
            f"{GROUP}/suggestion_audience_enabled": True,
            SPEC: {"location_ids": ["6252001"], "age_groups": ["AGE_18_24"]},
        },
        f"{GROUP}/suggestion_audience_enabled",
        "/campaign",
    ),
    "a window": (
        {
            f"{GROUP}/click_attribution_window": "SEVEN_DAYS",
            f"{GROUP}/view_attribution_window": "ONE_DAY",
            f"{GROUP}/engaged_view_attribution_window": "ONE_DAY",
        },
        f"{GROUP}/click_attribution_window",
        "/campaign",
    ),
    "what a bid is for": (
        {
            f"{GROUP}/bid_type": "BID_TYPE_CUSTOM",
            f"{GROUP}/deep_bid_type": "VO_MIN_ROAS",
            f"{GROUP}/roas_bid": 1.5,
            f"{GROUP}/conversion_bid_price": None,
        },
        f"{GROUP}/deep_bid_type",
        "/campaign",
    ),
    "a page of an app": (
        {
            **NO_DESTINATION,
            f"{AD}/deeplink_list": DEEPLINKS,
            f"{AD}/custom_product_page_list": [{"custom_product_page_id": "7400000000000000001"}],
        },
        f"{AD}/custom_product_page_list",
        GROUP,
    ),
    "a call to action": ({}, f"{CONFIG}/call_to_action_id", GROUP),
    "the only destination": ({f"{AD}/deeplink_list": None}, f"{AD}/landing_page_url_list", GROUP),
}
"""Edits, a field, and the object that it is moved to."""


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize(("edits", "pointer", "to"), PLACED.values(), ids=PLACED)
def test_a_field_that_is_moved_brings_nothing_but_itself(
    edits: dict[str, Any], pointer: str, to: str, profile: str
) -> None:
    """Whether a field is missed, is in the way, or decides what others mean."""
    value = edited(base("cbo", profile), edits)
    before = told(value, profile)
    holder, _, name = pointer.rpartition("/")
    moved(value, holder, name, to=to)
    assert told(value, profile) <= before


def told(value: Any, profile: str) -> set[tuple[str, str]]:
    """What is said of a value, but for its unknown fields."""
    return {(one.code, one.message) for one in report(value, profile).diagnostics if one.code != "SPL004"}


BARE: dict[str, tuple[dict[str, Any], str, Any]] = {
    "deeplinks of an ad group": (NO_DESTINATION, f"{GROUP}/deeplink_list", DEEPLINKS),
    "a page of an ad": (NO_DESTINATION, f"{AD}/page_id", "7400000000000000001"),
    "labels of an ad group": (NO_DESTINATION, f"{GROUP}/call_to_action_list", [{"call_to_action": "SHOP_NOW"}]),
    "a post of an entry": ({}, f"{ENTRY}/tiktok_item_id", "7400000000000000001"),
    "another call to action": ({}, f"{GROUP}/call_to_action_id", "7400000000000000001"),
}
"""Edits of a bundle, and a stray field with its value."""


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize(("edits", "pointer", "content"), BARE.values(), ids=BARE)
def test_a_stray_field_is_not_given_where_it_belongs(
    edits: dict[str, Any], pointer: str, content: Any, profile: str
) -> None:
    value = edited(base("cbo", profile), edits)
    assert told(edited(value, {pointer: content}), profile) <= told(value, profile)


def test_what_stands_counts_where_an_update_has_the_field_in_a_wrong_object() -> None:
    """Guards and rules agree on what an update leaves to the object as it is."""
    body = {
        "advertiser_id": "7400000000000000101",
        "smart_plus_ad_id": "7400000000000000001",
        "landing_page_url_list": [{"landing_page_url": "https://www.example.com"}],
    }
    current = {**body, "page_list": [{"page_id": "7400000000000000001"}]}
    del current["landing_page_url_list"]
    value = {"endpoint": "/open_api/v1.3/smart_plus/ad/update/", "body": body, "current": current}
    assert "SPL316" in {code for code, *_ in found(value, "guide")}
    body["page_id"] = "7400000000000000009"
    assert "SPL316" in {code for code, *_ in found(value, "guide")}


AROUND: dict[str, tuple[dict[str, Any], dict[str, str], str]] = {
    "an ad group, its ads beside it": ({"ads": None}, {GROUP: "adgroup"}, "ad group"),
    "an ad group with its ads": ({}, {GROUP: "adgroup"}, "ad group"),
    "by another name": ({"ads": None, "_note": "x"}, {GROUP: "ad_group"}, "ad group"),
    "an ad": ({}, {AD: "ad"}, "ad"),
}
"""What stands in the entry beside the object in it, the name of that object by the entry, and what it is."""


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize(("beside", "names", "noun"), AROUND.values(), ids=AROUND)
def test_an_object_around_an_entry_is_one_finding(
    beside: dict[str, Any], names: dict[str, str], noun: str, profile: str
) -> None:
    """What is in it is judged there, as it is without the object around it."""
    value = edited(base("cbo", profile), {f"{GROUP}/placements": ["X"], f"{AD}/ad_text_list/0/ad_text": ""})
    plain = {(code, pointer.rpartition("/")[2]) for code, pointer, _ in found(value, profile)}
    [(entry, name)] = names.items()
    holder, _, index = entry.rpartition("/")
    inner = at(value, entry)
    at(value, holder)[int(index)] = {
        name: inner,
        **{key: inner.pop(key) if content is None else content for key, content in beside.items()},
    }
    result = report(value, profile)
    [told] = [one for one in result.diagnostics if one.code == "SPL004"]
    help = f"write the fields of this {noun} right into the entry of the list, without {name}"
    assert (told.pointer, told.severity, told.help) == (f"{entry}/{name}", "error", help)
    rest = {(one.code, one.pointer.rpartition("/")[2]) for one in result.diagnostics if one.code != "SPL004"}
    assert rest == plain


def test_an_entry_with_fields_of_its_own_is_judged_once_it_has_those_of_the_object_in_it() -> None:
    value = base("cbo", "guide")
    value["adgroups"][0] = {"budget": 5, "other": {**value["adgroups"][0], "placements": ["X"]}}
    assert found(value, "guide") == [("SPL004", f"{GROUP}/other", "error"), ("SPL213", f"{GROUP}/budget", "error")]


@pytest.mark.parametrize(
    ("known", "key"), few([("campaign", "campain"), ("adgroups", "adgroupss"), ("adgroups", "adgroup")], 2)
)
def test_what_stands_under_a_misspelt_key_of_a_bundle_is_judged_and_nothing_else_is_said(known: str, key: str) -> None:
    value = base("cbo", "guide")
    entries = value.pop(known)
    value[key] = entries[0] if key == "adgroup" else entries
    result = report(value, "guide")
    [help] = [one.help for one in result.diagnostics]
    assert help == f"write {known}" + (", with this ad group in a list" if key == "adgroup" else "")
    assert result.payloads == 3


def test_a_list_of_objects_around_payloads_is_as_a_list_of_payloads() -> None:
    """Nothing nests there, so that a name says what is in it and is no mistake."""
    value = base("cbo", "guide")
    group, campaign = value["adgroups"][0], value["campaign"]
    [ad] = group.pop("ads")
    group, ad = {**group, "campaign_id": "{{campaign}}"}, {**ad, "adgroup_id": "{{adgroup}}"}
    pairs = {"campaign": campaign, "adgroup": {**group, "advertiser_id": "7"}, "ad": {**ad, "advertiser_id": "7"}}
    around = report([{name: one} for name, one in pairs.items()], "guide")
    alone = report(list(pairs.values()), "guide")
    assert around.payloads == alone.payloads == 3
    assert [(one.code, one.message) for one in around.diagnostics] == [
        (one.code, one.message) for one in alone.diagnostics
    ]


@pytest.mark.parametrize("profile", PROFILES)
def test_two_misspelt_keys_of_a_creative_are_errors_where_each_is_missed(profile: str) -> None:
    """The finding without them names the one, and the object that the other is in."""
    ad = base("ad", profile)
    info = ad["creative_list"][0]["creative_info"]
    info["imge_info"] = info.pop("image_info", [{"web_uri": "a"}])
    info["video_info"] = {"vido_id": "v1"}
    found = check(ad, profile=profile).diagnostics
    levels = {one.pointer.rpartition("/")[2]: one.severity for one in found if one.code == "SPL004"}
    assert levels == {"imge_info": "error", "vido_id": "error"}


# -- the campaign with a field of an ad group, and the ad with a creative's --------------------------------------------

SPEC_FOUND = ("SPL004", "/campaign/targeting_spec")


def stray_in_campaign(profile: str, **fields: Any) -> dict[str, Any]:
    campaign: dict[str, Any] = base("cbo", profile)["campaign"]
    return {**campaign, **fields}


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("groups", ["none", "in it", "beside it"])
def test_a_campaign_with_one_field_of_an_ad_group_stays_a_campaign(groups: str, profile: str) -> None:
    bundle = base("cbo", profile)
    nested = bundle.pop("adgroups")
    bundle["campaign"]["targeting_spec"] = {"location_ids": ["1"]}
    if groups != "none":
        (bundle["campaign"] if groups == "in it" else bundle)["adgroups"] = nested
    assert [one[:2] for one in found(bundle, profile)] == [SPEC_FOUND]


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("mark", ["objective_type", "budget_optimize_on"])
def test_an_object_with_a_campaigns_name_and_one_mark_of_it_is_a_campaign(mark: str, profile: str) -> None:
    campaign = {"campaign_name": "A", mark: True, "optimization_goal": "CONVERT"}
    noted = report(campaign, profile)
    assert ("SPL004", "/optimization_goal") in [(one.code, one.pointer) for one in noted.diagnostics]
    assert "a campaign needs it" in " ".join(one.summary for one in noted.diagnostics)


@pytest.mark.parametrize("profile", PROFILES)
def test_a_campaign_with_the_name_of_an_ad_group_stays_a_campaign(profile: str) -> None:
    campaign = stray_in_campaign(profile, adgroup_name="US")
    assert [one[:2] for one in found(campaign, profile)] == [("SPL004", "/adgroup_name")]


def test_an_update_of_a_campaign_with_a_field_of_an_ad_group_stays_one() -> None:
    update = {"advertiser_id": "7", "campaign_id": "18", "campaign_name": "A", "optimization_goal": "CONVERT"}
    assert ("SPL004", "/optimization_goal", "warning") in found(update, "reference")


def test_an_object_that_only_its_key_calls_a_campaign_is_one_with_as_many_fields_of_both() -> None:
    campaign = {"advertiser_id": "7", "campaign_id": "18", "budget": 600, "targeting_spec": {"location_ids": ["1"]}}
    assert found({"campaign": campaign}, "reference") == [("SPL004", "/campaign/targeting_spec", "warning")]


@pytest.mark.parametrize(
    "edits",
    [
        {"adgroup_name": "US"},
        {"adgroup_id": "7"},
        {"ad_name": "Spring"},
        {"promotion_type": "WEBSITE", "billing_event": "OCPM", "pixel_id": "7"},
    ],
)
def test_an_object_that_has_more_of_an_ad_group_stays_one(edits: dict[str, Any]) -> None:
    value = stray_in_campaign("guide", optimization_goal="CONVERT", **edits)
    assert ("SPL004", "/campaign_name", "warning") in found(value, "guide")


def creative_in_ad(profile: str, *names: str) -> dict[str, Any]:
    """An ad with the fields of its creative right in it, or some of these, and no list of creatives."""
    ad: dict[str, Any] = at(base("cbo", profile), AD)
    [entry] = ad.pop("creative_list")
    info = entry["creative_info"]
    return {"adgroup_id": "7", "advertiser_id": "1", **ad, **{name: info[name] for name in names or info}}


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("held", [None, []])
def test_what_an_ad_has_of_a_creative_moves_into_a_new_list_of_one(held: Any, profile: str) -> None:
    info = at(base("cbo", profile), INFO)
    value = {**creative_in_ad(profile), "creative_list": held}
    [one] = [one for one in report(value, profile).diagnostics if one.code == "SPL004"]
    assert (one.pointer, one.severity) == ("", "error")
    assert one.fix is not None
    assert [step["value"] for step in one.fix.patch if step["op"] != "remove"] == [[{"creative_info": info}]]
    assert sorted(step["path"] for step in one.fix.patch if step["op"] == "remove") == sorted(f"/{key}" for key in info)


@pytest.mark.parametrize("held", [[{}], [{"creative_info": {"ad_format": "SINGLE_VIDEO"}}], "{{creatives}}"])
def test_what_an_ad_has_of_a_creative_moves_into_no_list_that_is_there(held: Any) -> None:
    value = {**creative_in_ad("guide"), "creative_list": held}
    assert [one.fix for one in check(value, select=["SPL004"]).diagnostics] == [None, None]


@pytest.mark.parametrize("names", [("identity_type", "identity_id"), ("video_info", "identity_id")])
def test_no_field_that_belongs_elsewhere_is_offered_for_deletion(names: tuple[str, ...]) -> None:
    questions = report(creative_in_ad("guide", *names), "guide").to_agent()["needs_input"]
    asked = [one for one in questions if one["rule"] == "SPL004"]
    assert [one["at"] for one in asked] == [f"/{name}" for name in names]
    assert not any("removable" in one for one in asked)


@pytest.mark.parametrize("names", [("budget_mode",), ("budget",), ("budget", "budget_mode")])
@pytest.mark.parametrize("to", [SPEC, AD, CONFIG, GROUP])
@pytest.mark.parametrize("profile", PROFILES)
def test_a_budget_that_stands_below_a_campaign_with_cbo_is_moved_to_the_campaign(
    names: tuple[str, ...], to: str, profile: str
) -> None:
    """No chain of fixes loses a lifetime mode, and with it what holds for all days in place of one."""
    days = {f"{GROUP}/schedule_start_time": "2026-04-01 00:00:00", f"{GROUP}/schedule_end_time": "2026-05-01 00:00:00"}
    edits = {"/campaign/budget_mode": "BUDGET_MODE_TOTAL", f"{GROUP}/schedule_type": "SCHEDULE_START_END", **days}
    value = edited(base("cbo", profile), edits)
    wrong = moved(copy.deepcopy(value), "/campaign", *names, to=to)
    assert report(wrong, profile).fixed(unsafe=True) == value


@pytest.mark.parametrize("name", ["budget", "budget_mode"])
@pytest.mark.parametrize("profile", PROFILES)
def test_a_budget_in_a_part_of_an_ad_group_is_moved_nowhere_while_cbo_is_open(name: str, profile: str) -> None:
    value = moved(base("cbo", profile), "/campaign", name, to=SPEC)
    value["campaign"]["budget_optimize_on"] = "{{cbo}}"
    [told] = [one for one in report(value, profile).diagnostics if one.pointer == f"{SPEC}/{name}"]
    assert (told.help, told.fix) == ("move it to the campaign or the ad group", None)


@pytest.mark.parametrize("key", ["budgt", "budget_mod"])
def test_a_misspelt_budget_is_not_renamed_to_what_is_removed_then(key: str) -> None:
    """With CBO on the ad group's has no effect, and its rule removes it; without, the rename is all there is to do."""
    amount = 50 if key == "budgt" else "BUDGET_MODE_TOTAL"
    for bundle, is_renamed in (("cbo", False), ("no-cbo", True)):
        value = edited(base(bundle, "guide"), {f"{GROUP}/{key}": amount})
        value["adgroups"][0].pop("budget" if key == "budgt" else "budget_mode", None)
        [told] = [one for one in report(value, "guide").diagnostics if one.pointer == f"{GROUP}/{key}"]
        assert told.becomes == ("budget" if key == "budgt" else "budget_mode")
        assert (told.fix is not None) == is_renamed


def test_a_call_to_action_in_the_wrong_object_may_not_be_left_out() -> None:
    value = moved(base("cbo", "reference"), CONFIG, "call_to_action_id", to=AD)
    [asked] = [one for one in report(value, "reference").to_agent()["needs_input"] if one["rule"] == "REF308"]
    assert asked["help"] == "move it to ad_configuration; the patch in unsafe_fixes does so"
    assert "removable" not in asked


@pytest.mark.parametrize("profile", PROFILES)
def test_a_field_that_two_objects_lack_is_moved_into_neither(profile: str) -> None:
    """A thumbnail is no product's image: only where the creative has one it is plain which of the two is meant."""
    value = edited(base("cbo", profile), {f"{CONFIG}/web_uri": "x"})
    [plain] = [one for one in report(value, profile).diagnostics if one.pointer == f"{CONFIG}/web_uri"]
    at(value, INFO)["image_info"] = []
    [told] = [one for one in report(value, profile).diagnostics if one.pointer == f"{CONFIG}/web_uri"]
    assert (plain.fix is not None, told.fix is not None) == (True, False)
    assert told.help.endswith(" or creative_list[].creative_info.image_info[]")


@pytest.mark.parametrize("profile", PROFILES)
def test_no_budget_is_removed_while_that_of_the_campaign_stands_in_a_wrong_object(profile: str) -> None:
    """Of two ad groups none is the only one, so that nothing moves: the last amount in its place would be gone."""
    value = moved(base("cbo", profile), "/campaign", "budget", to=AD)
    value["adgroups"].append(copy.deepcopy(value["adgroups"][0]))
    value["adgroups"][1]["ads"][0].pop("budget")
    value["adgroups"][0]["budget"] = 333
    assert report(value, profile).fixed(unsafe=True)["adgroups"][0]["budget"] == 333
