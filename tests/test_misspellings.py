"""Each enumerated field of each kind of request, its values misspelt: what is said, and what the unsafe fix writes."""

import copy
import json
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from random import Random
from typing import Any, NamedTuple

import pytest
from splint_guide.spelling import _near

from splint import Linter
from splint.payloads.conditions import MODELS
from splint.payloads.keys import written_for
from splint.payloads.naming import _known
from splint.schema.kinds import LONG, TEXT, Either, ListOf, Shape, Spec, remembered
from splint.schema.nearest import _Vocabulary, near_values, nearest, similarity
from splint.schema.table import SHAPES
from splint.schema.values import VALUES
from splint.schema.vocabulary import ID_LISTS, OBJECT_LEVELS, OWN_IDS, endpoint
from splint.schema.vocabulary import MODELS as OBJECTS
from splint.testing import AS_OF, base, edited
from tests.grids import few
from tests.test_fixtures import FIXTURES

REQUESTS = FIXTURES / "requests"

LEAD = {
    "/campaign/objective_type": "LEAD_GENERATION",
    "/adgroups/0/promotion_type": "LEAD_GENERATION",
    "/adgroups/0/optimization_goal": "LEAD_GENERATION",
}
VALUE = {
    "/adgroups/0/optimization_goal": "VALUE",
    "/adgroups/0/deep_bid_type": "VO_MIN_ROAS",
    "/adgroups/0/roas_bid": 2,
}


class Home(NamedTuple):
    """A request, and where in it an object lies."""

    value: Any
    steps: tuple[str, ...]
    shape: str


def homes(profile: str) -> Iterator[Home]:
    """Bundles of several kinds, objects alone, updates and status requests."""
    for name, edits in (("cbo", {}), ("no-cbo", {}), ("cbo", LEAD), ("cbo", VALUE)):
        bundle = edited(base(name, profile), edits)
        yield Home(bundle, ("campaign",), "Campaign")
        yield Home(bundle, ("adgroups", "0"), "AdGroup")
        yield Home(bundle, ("adgroups", "0", "ads", "0"), "Ad")
    yield Home(base("cbo", profile)["campaign"], (), "Campaign")
    yield Home(base("ad-group", profile), (), "AdGroup")
    yield Home(base("ad", profile), (), "Ad")
    for level in OBJECT_LEVELS:
        update = {"endpoint": endpoint(level, "update"), "body": {"advertiser_id": "1", OWN_IDS[level]: "2"}}
        yield Home(update, ("body",), f"{OBJECTS[level]}Update")
        body = {"advertiser_id": "1", ID_LISTS[level]: ["2"], "operation_status": "ENABLE"}
        yield Home(
            {"endpoint": endpoint(level, "status/update"), "body": body}, ("body",), f"{OBJECTS[level]}StatusUpdate"
        )
    body = {"advertiser_id": "1", "smart_plus_ad_id": "2", "material_status": "ENABLE"}
    yield Home(
        {"endpoint": endpoint("ad", "material_status/update"), "body": body}, ("body",), "AdMaterialStatusUpdate"
    )


def enumerations(
    spec: Spec, field: str = "", steps: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], list[str]]]:
    """The enumerated fields in what a spec describes: the steps to each, and the values that it takes."""
    match spec:
        case Either(first, second):
            yield from enumerations(first, field, steps)
            yield from enumerations(second, field, steps)
        case ListOf(item):
            yield from enumerations(item, field, (*steps, "0"))
        case Shape():
            for name, inner in spec.fields.items():
                yield from enumerations(inner, f"{MODELS.get(spec.name, spec.name)}.{name}", (*steps, name))
        case frozenset():
            yield steps, sorted(spec)
        case _ if spec is TEXT and field in VALUES:
            yield steps, list(VALUES[field].valid)


def holding(value: Any, steps: tuple[str, ...], entry: str) -> Any:
    """A copy of a value with an entry at a path, whose objects and lists come to be where they are missing."""
    if not steps:
        return entry
    if steps[0] == "0":
        return [holding(value[0] if isinstance(value, list) and value else None, steps[1:], entry)]
    held = dict(value) if isinstance(value, dict) else {}
    held[steps[0]] = holding(held.get(steps[0]), steps[1:], entry)
    return held


OF_NEW_OBJECTS = {value for values in VALUES.values() for value in values.only_new}


def misspelt(value: str) -> set[str]:
    """A value with a letter twice, in small letters and in camelCase."""
    middle, (first, *rest) = len(value) // 2, value.lower().split("_")
    return {value[:middle] + value[middle - 1 :], value.lower(), first + "".join(map(str.title, rest))}


@pytest.mark.slow
@pytest.mark.parametrize("profile", ["guide", "reference"])
def test_each_misspelt_value_is_told_with_the_one_that_was_meant(profile: str) -> None:
    """Of each enumeration about eight values; the unsafe fix writes the right one where it alone is close.

    Where the right value is an error too, or the rule has the same to say of any value, another one need not be named.
    """
    linter, tried = Linter(profile=profile, as_of=AS_OF), 0
    for home in homes(profile):
        for below, values in enumerations(SHAPES[home.shape]):
            steps = (*home.steps, *below)
            pointer = "/".join(("", *steps))
            for value in values[:: max(1, len(values) // 8)]:

                def found(entry: str, home: Home = home, steps: tuple[str, ...] = steps) -> Any:
                    report = linter.check(holding(copy.deepcopy(home.value), steps, entry))
                    return [one for one in report.diagnostics if one.pointer == pointer]  # noqa: B023

                right = found(value)
                is_refused = any(one.severity == "error" for one in right)
                is_refused |= home.shape.endswith("Update") and value in OF_NEW_OBJECTS
                for wrong in misspelt(value) - set(values):
                    tried += 1
                    findings, what = found(wrong), f"{home.shape} {pointer}: {wrong} for {value}"
                    assert findings, what
                    if is_refused or {one.code for one in findings} <= {one.code for one in right}:
                        continue
                    is_other = steps[-1] == "optimization_goal" and value in ("LEADS", "MESSAGE")
                    if near_values(wrong, values) == (value,) and not is_other:  # the page has other goals for these
                        assert any(value in one.help for one in findings), what
                        is_of_campaign = value == "CATALOG_CAROUSEL"  # whose kind decides which format is right
                        assert is_of_campaign or any(one.fix and f" to {value}" in one.fix.title for one in findings)
    assert tried > 2000


def members(value: Any, steps: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The steps to each member of the objects in a value; notes aside."""
    for step, entry in (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    ):
        if not str(step).startswith("_"):
            yield from [(*steps, step)] if isinstance(value, dict) else ()
            yield from members(entry, (*steps, step))


def renamed(value: Any, steps: tuple[Any, ...], name: str) -> Any:
    """A copy of a value with another name for a member."""
    copied = copy.deepcopy(value)
    held = copied
    for step in steps[:-1]:
        held = held[step]
    held[name] = held.pop(steps[-1])
    return copied


@pytest.mark.parametrize("profile", ["guide", "reference"])
@pytest.mark.parametrize(
    "names",
    ["n*-gm-*.json", pytest.param("*.json", marks=[pytest.mark.slow, pytest.mark.long])],
    ids=["some", "all"],
)
def test_no_rule_crashes_on_a_field_that_is_misspelt(names: str, profile: str) -> None:
    """What it reads besides may be under a misspelt key: known to be there, and nowhere to be read.

    Of all requests each profile tries every second key.
    """
    linter, tried = Linter(profile=profile, as_of=AS_OF), 0
    every = 2 if names == "*.json" else 1
    for path in sorted(REQUESTS.glob(names)):
        value = json.loads(path.read_text())
        for steps in islice(members(value), every - 1 if profile == "guide" else 0, None, every):
            tried += 1
            name = f"{steps[-1]}s" if tried % 2 else steps[-1].title()
            assert linter.check(renamed(value, steps, name)).errors == (), f"{path.name}: {steps}: {name}"
    assert tried > 50


MODES = ("BUDGET_MODE_DAY", "BUDGET_MODE_DYNAMIC_DAILY_BUDGET", "BUDGET_MODE_TOTAL")
AGES = ("AGE_13_17", "AGE_18_24", "AGE_25_34", "AGE_35_44", "AGE_45_54", "AGE_55_100")
STATUSES = ("ENABLE", "DISABLE", "DELETE")
PLACEMENTS = ("PLACEMENT_TIKTOK", "PLACEMENT_PANGLE")
GENDERS = ("GENDER_FEMALE", "GENDER_MALE", "GENDER_UNLIMITED")
CLOSE: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("BUDGET_MODE_DAILY", MODES, ()),
    ("BUDGET_MODE_TOTALS", MODES, ("BUDGET_MODE_TOTAL",)),
    ("BUGDET_MODE_TOTAL", MODES, ("BUDGET_MODE_TOTAL",)),
    ("UNABLE", STATUSES, ()),
    ("enable", STATUSES, ("ENABLE",)),
    ("ENABEL", STATUSES, ("ENABLE",)),
    ("PLACEMENT_TOPBUZZ", PLACEMENTS, ()),
    ("PLACEMENT_FACEBOOK", PLACEMENTS, ()),
    ("PlacementTiktok", PLACEMENTS, ("PLACEMENT_TIKTOK",)),
    ("SINGLE_IMAGE", ("SINGLE_VIDEO", "CAROUSEL_ADS"), ()),
    ("AGE_13_24", AGES, ()),
    ("AGE_65_100", AGES, ()),
    ("AGE_55+", AGES, ()),
    ("age-18-24", AGES, ("AGE_18_24",)),
    ("GENDER_ALL", GENDERS, ()),
    ("GENDER_EMALE", GENDERS, ("GENDER_FEMALE", "GENDER_MALE")),
    ("5G", ("3G", "4G"), ()),
)


@pytest.mark.parametrize(("value", "known", "close"), CLOSE, ids=[value for value, *_ in CLOSE])
def test_a_value_is_close_to_those_that_are_one_slip_away(
    value: str, known: tuple[str, ...], close: tuple[str, ...]
) -> None:
    """Neither a digit nor another word is a slip; two that are equally near are both named, and neither is written."""
    assert near_values(value, known) == close


@pytest.mark.parametrize(
    ("value", "help"),
    [
        ("LEAD", "write LEAD_GENERATION"),
        ("MESSAGES", "write CONVERSATION"),
        ("FOLLOWER", "write FOLLOWERS"),
        ("CLICKS", "write CLICK"),
        ("APP_EVENT", "write IN_APP_EVENT"),
        *(
            (word, "write CLICK, CONVERSATION, CONVERT, INSTALL, ")
            for word in ("PURCHASE", "FOLLOW", "SHOPPING", "VIEW")
        ),
    ],
)
@pytest.mark.parametrize("edits", [LEAD, {"/campaign/catalog_enabled": True}], ids=["lead", "catalog"])
def test_a_documented_goal_is_meant_before_one_that_the_sdk_alone_knows(
    edits: dict[str, Any], value: str, help: str
) -> None:
    """What is only the end of a longer goal is none that is misspelt: there is no fix."""
    payload = edited(base("cbo", "reference"), {**edits, "/adgroups/0/optimization_goal": value})
    [finding] = Linter(profile="reference", select=["REF002"]).check(payload).diagnostics
    assert finding.help.startswith(help)
    assert (finding.fix is None) == ("," in help)


@pytest.mark.parametrize(
    ("field", "end", "value"),
    few(
        [
            ("CallToAction.call_to_action", "TICKETS_NOW", "GET_TICKETS_NOW"),
            ("Action.video_user_actions", "HOMEPAGE", "VIEW_HOMEPAGE"),
            ("Action.video_user_actions", "TO_END", "WATCHED_TO_END"),
            ("AdGroup.deep_bid_type", "MIN_ROAS", "VO_MIN_ROAS"),
            ("AdGroup.click_attribution_window", "TWO_DAYS", None),
        ],
        2,
    ),
)
def test_a_value_is_told_by_its_end(field: str, end: str, value: str | None) -> None:
    """However many others there are, but for a length of time, whose end is another one."""
    assert _near(end, VALUES[field].valid, {}, field.partition(".")[2]) == ((value,) if value else ())


@pytest.mark.parametrize("profile", ["guide", "reference"])
@pytest.mark.parametrize(
    ("pointer", "value"),
    few(
        [
            ("/campaign/budget_mode", "BUDGET_MODE_DAILY"),
            ("/adgroups/0/operation_status", "UNABLE"),
            ("/adgroups/0/placements", ["PLACEMENT_TOPBUZZ"]),
            ("/adgroups/0/ads/0/creative_list/0/creative_info/ad_format", "SINGLE_IMAGE"),
            ("/adgroups/0/targeting_spec/age_groups", ["AGE_13_24"]),
            ("/adgroups/0/targeting_spec/gender", "GENDER_EMALE"),
            ("/adgroups/0/promotion_type", "APP"),
            ("/adgroups/0/promotion_type", "ANDROID"),
            ("/campaign/objective_type", "SALES"),
            ("/campaign/objective_type", "GENERATION"),
        ],
        4,
    ),
)
def test_no_fix_turns_a_value_into_another_intent(profile: str, pointer: str, value: Any) -> None:
    report = Linter(profile=profile, as_of=AS_OF).check(edited(base("cbo", profile), {pointer: value}))
    found = [one for one in report.diagnostics if one.pointer.startswith(pointer)]
    assert found
    assert not [one for one in found if one.fix is not None]


def test_a_required_field_that_is_misspelt_is_told_where_it_stands_alone() -> None:
    """SPL004 says the way out, SPL008 nothing, and taking it settles the matter."""
    campaign: dict[str, Any] = {
        "advertiser_id": "1",
        "name": "A",
        "objective": "WEB_CONVERSIONS",
        "budget_optimize_on": False,
    }
    findings = (
        Linter(profile="guide", select=["SPL004", "SPL008"]).check({"campaign": campaign, "adgroups": []}).diagnostics
    )
    assert [(one.code, one.pointer, one.help) for one in findings] == [
        ("SPL004", "/campaign/name", "write campaign_name"),
        ("SPL004", "/campaign/objective", "write objective_type"),
    ]
    right = {**campaign, "campaign_name": "A", "objective_type": "WEB_CONVERSIONS"}
    del right["name"], right["objective"]
    assert Linter(profile="guide", select=["SPL004", "SPL008"]).check({"campaign": right}).diagnostics == ()


SPEC = "/adgroups/0/targeting_spec"
IN_WORDS = "write what it says with a field that is known here, or begin its name with _ where it is a note"
OTHER_NAMES: tuple[tuple[str, str, Any, str | None], ...] = (
    ("/campaign", "budget_optimize_off", True, None),
    ("/campaign", "budgetOptimizeOf", True, None),
    ("/campaign", "campaign_idd", "60", None),
    ("/campaign", "campaign_i", "60", None),
    ("/campaign", "catalog_disabled", True, None),
    ("/campaign", "catalog_enabeld", False, "catalog_enabled"),
    ("/campaign", "max_bid", 5, None),
    ("/adgroups/0", "comment_enabled", True, None),
    ("/adgroups/0", "commentenabled", True, None),
    ("/adgroups/0", "enable_comment", True, None),
    ("/adgroups/0", "comment_off", True, "comment_disabled"),
    ("/adgroups/0", "coment_disabled", True, "comment_disabled"),
    ("/adgroups/0", "share_enabled", True, None),
    ("/adgroups/0", "video_download", True, None),
    ("/adgroups/0", "video_download_enabled", True, None),
    ("/adgroups/0", "suggestion_audience_disabled", True, None),
    ("/adgroups/0", "include_audience_ids", ["9"], None),
    ("/adgroups/0", "store_authorized_bc_id", "7", None),
    ("/adgroups/0", "messaging_store_account_id", "7", None),
    ("/adgroups/0", "identity_authorized_c_id", "7", "identity_authorized_bc_id"),
    ("/adgroups/0", "max_bid", 5, None),
    ("/adgroups/0", "maximumBudget", 500, "max_budget"),
    ("/adgroups/0", "mn_budget", 50, "min_budget"),
    (SPEC, "included_audience_ids", ["9"], "audience_ids"),
    (SPEC, "exclude_audience_ids", ["9"], "excluded_audience_ids"),
    (SPEC, "exclded_audience_ids", ["9"], "excluded_audience_ids"),
    (SPEC, "excluded_interest_category_ids", ["7"], None),
    (SPEC, "excluded_location_ids", ["7"], None),
    (SPEC, "max_ios_version", "15.0", None),
    (SPEC, "maxandroidversion", "9.0", None),
    (SPEC, "not_gender", "GENDER_MALE", None),
    (SPEC, "nonlanguages", ["en"], None),
    (SPEC, "noAgeGroups", ["AGE_18_24"], None),
    (SPEC, "not-interest-category-ids", ["7"], None),
    (SPEC, "excl_audience_ids", ["9"], "excluded_audience_ids"),
    (SPEC, "notAudienceIds", ["9"], "excluded_audience_ids"),
    (SPEC, "custom_audience_ids", ["9"], "audience_ids"),
    ("/campaign", "no_budget_optimize", True, None),
    ("/campaign", "not_sure", True, None),
    ("/campaign", "budgetCents", 50000, None),
    ("/campaign", "old_budget", 900, None),
    ("/adgroups/0", "not_comment_disabled", True, None),
    ("/adgroups/0", "no_comment", True, "comment_disabled"),
    ("/adgroups/0", "conversion_bid_price_micros", 450, None),
    ("/adgroups/0", "schedule_start_time_pst", "2026-04-01 00:00:00", None),
    ("/adgroups/0", "old_operation_status", "ENABLE", None),
    ("/adgroups/0", "not_interest_category_ids", ["7"], None),
    ("/adgroups/0/ads/0/ad_configuration", "excluded_product_ids", ["7"], None),
    *((SPEC, key, ["7"], None) for key in ("avoid_location_ids", "locationIdsRemoved", "audience_ids_to_suppress")),
    *((SPEC, key, ["en"], None) for key in ("unwanted_languages", "nixedLanguages", "nixedlanguages")),
    (SPEC, "audience_blacklist", ["7"], None),
    (SPEC, "banned_age_groups", ["AGE_18_24"], None),
    (SPEC, "drop_gender", "GENDER_MALE", None),
    *(
        ("/adgroups/0", key, ["PLACEMENT_PANGLE"], None)
        for key in ("avoid_placements", "placements_banned", "opt_out_placements", "placementsNixed", "nixedplacements")
    ),
    (SPEC, "old_languages", ["en"], None),
)


MEANINGS = {
    "Campaign": {
        "budget": "budgets budgett budgte Budget my_budget BUDGET campaign_budget campaignBudget Campaign-Budget",
        "budget_mode": "buget_mode daily_budget_mode campaign_budget_mode campaignBudgetMode",
        "request_id": "campaign_request_id",
        "budget_optimize_on": "budget_optimize_enabled",
        "advertiser_id": "smartplusAdvertiserId advertiserID advertiser_ids advertisr_id advertiserIDs",
        "campaign_name": "campaign_namee campaignname campaign_names",
        "": "budgetCents budget_pct budget_k budget-K old_budget oldBudget prev_budget avg_budget budgetcents "
        "budgetUSD USDBudget oldbudget Budget-Cents BUDGET_CENTS budget.cents budget_2 budget2 budget$ adgroup_budget "
        "adgroup_budget_mode stop_budget_optimize_on inverseBudgetOptimizeOn budget_optimize_on_dropped "
        "old_advertiser_id parent_advertiser_id testAdvertiserId oldadvertiserid old_campaign_name old_budget_mode",
    },
    "AdGroup": {
        "conversion_bid_price": "conversion_bidprice conversionBidPrice",
        "schedule_start_time": "schedule_start schedulestarttime ad_group_schedule_start_time schedule_start_time_utc",
        "pixel_id": "pixelID pixelIDs pixel_ids my_pixel_id adgroup_pixel_id adGroupPixelId "
        "ad_group_pixel_id tiktok_pixel_id",
        "placements": "placement_s adgroup_placements my_placements placementss",
        "bid_type": "adgroup_bid_type adGroupBidType",
        "targeting_spec": "targeting targeting_specs",
        "optimization_goal": "optimisation_goal",
        "comment_disabled": "no_comment comment_off",
        "": "campaign_budget_mode forbid_conversion_bid_price avoid_placements placements_banned all_but_placements "
        "placementsNixed nixedplacements nixed_placement_type "
        "conversion_bid_price_cents conversionBidPriceCents conversion_bid_price_micros conversionbidpricecents "
        "old_conversion_bid_price bid_price_cents schedule_start_time_pst scheduleStartTimePST "
        "schedule_start_time_local schedule_start_time_utc_offset old_pixel_id default_pixel_id old_targeting_spec "
        "schedule_start_timepst not_targeting_spec old_optimization_goal not_comment_disabled",
    },
    "Targeting": {
        "excluded_audience_ids": "not_audience_ids exclAudienceIds ex-audience-ids without_audience_ids",
        "audience_ids": "audience_id audienceids custom_audience_ids",
        "age_groups": "ages_groups age_group",
        "": "nixed_languages ageGroupsNixed nixedgender drop_gender banned_age_groups "
        "no_languages nonlanguages unLanguages not_gender notGender notgender non_age_groups nonage_groups "
        "not_interest_category_ids negative_interest_category_ids not_excluded_audience_ids notaudienceids",
    },
    "Ad": {
        "ad_text_list": "adtext_list ad_texts ad_textt_list",
        "": "old_landing_page_url_list test_ad_text_list ad_test_list",
    },
    "CreativeInfo": {
        "video_info": "video_infos creative_video_info creativeVideoInfo",
        "": "old_video_info main_video_info test_identity_id",
    },
}


def test_a_key_that_says_more_than_the_field_it_is_like_is_not_written_for_it() -> None:
    """Another unit, zone, or thing of its kind, or a negation, in any spelling; a slip within a word is one still."""
    for model, meanings in MEANINGS.items():
        for name, keys in meanings.items():
            for key in keys.split():
                assert (written_for(key, SHAPES[model]) or "") == name, (model, key)


@pytest.mark.parametrize(
    ("key", "name"), [("old_campaign", ""), ("testCampaign", ""), ("my_campaign", "campaign"), ("campaing", "campaign")]
)
def test_an_old_campaign_of_a_bundle_is_judged_and_not_renamed(key: str, name: str) -> None:
    bundle = base("cbo", "guide")
    bundle[key] = bundle.pop("campaign")
    report = Linter(profile="guide", as_of=AS_OF).check(bundle)
    [found] = report.diagnostics
    assert (found.code, found.pointer, found.becomes or "") == ("SPL004", f"/{key}", name)
    assert (found.fix is None, report.payloads) == (not name, 3)


def test_one_old_ad_group_of_a_bundle_is_not_to_be_put_into_a_list() -> None:
    bundle = base("cbo", "guide")
    [bundle["old_adgroups"]] = bundle.pop("adgroups")
    [found] = [one for one in Linter(profile="guide", as_of=AS_OF).check(bundle).diagnostics if one.code == "SPL004"]
    assert found.help.startswith("write what it holds where that belongs")


@pytest.mark.parametrize("stranger", few(["store", "catalog", "delivery"], 2))
def test_no_name_with_an_unlike_word_is_taken_for_the_name_of_a_field(stranger: str) -> None:
    """Whatever the rest of both: `store_authorized_bc_id` of manual ad groups is no `catalog_authorized_bc_id`."""
    shapes = [shape for shape in SHAPES.values() if not shape.name.endswith("Update")]
    for shape in shapes:
        for name in shape.fields:
            words = name.split("_")
            for at, word in enumerate(words):
                other = "_".join([*words[:at], stranger, *words[at + 1 :]])
                if len(words) > 1 and word[0] != stranger[0] and other not in shape.fields:
                    assert written_for(other, shape) != name, (shape.name, other)


def slips(shape: Shape) -> Iterator[tuple[str, str]]:
    """The fields of a shape, each with one letter missing, twice, another or added, or with two swapped.

    Without those in words that turn what a name says, in names too short for a suggestion, and what is a field.
    """
    for field in shape.fields:
        for at in range(len(field)):
            word = field[field.rfind("_", 0, at) + 1 :].split("_")[0]
            before, letter, after = field[:at], field[at], field[at + 1 :]
            written = {before + after, before + letter + letter + after, before + after[:1] + letter + after[1:]}
            written |= {f"{before}{other}{after}" for other in (*"xe", f"x{letter}")}
            for slip in sorted(written - {*shape.fields}):
                if word not in TURNING and len(field) > 3 and slip != "rta_id_enabled":  # an enabled `rta_id`
                    yield field, slip


TURNING = ("min", "max", "minimum", "excluded", "included", "disable", "disabled", "enabled", "on", "off")


@pytest.mark.parametrize("number", [1_000, pytest.param(None, marks=pytest.mark.slow)], ids=["some", "all"])
def test_one_slip_in_a_name_is_told_with_the_field_that_was_meant(number: int | None) -> None:
    """In the first letter and in words of two letters as well, unless another field is as near."""
    tried = [(shape, *slip) for shape in SHAPES.values() for slip in slips(shape)]
    for shape, field, slip in Random(1).sample(tried, number) if number else tried:
        told = nearest(slip, shape.fields)
        if told != field:
            near = max(similarity(slip, other) for other in shape.fields if other != field)
            assert near >= similarity(slip, field), (shape.name, field, slip, told)


@pytest.mark.parametrize("profile", ["guide", "reference"])
@pytest.mark.parametrize(
    ("holder", "key", "value", "name"), OTHER_NAMES, ids=[f"{holder[1:]}-{key}" for holder, key, *_ in OTHER_NAMES]
)
def test_no_name_is_taken_for_its_opposite(holder: str, key: str, value: Any, name: str | None, profile: str) -> None:
    """Nor for one that only begins in the same way: there is neither a suggestion nor a fix."""
    payload = edited(base("cbo", profile), {"/adgroups/0/ads/0/ad_configuration": {}, f"{holder}/{key}": value})
    report = Linter(profile=profile, select=["SPL004"]).check(payload)
    [finding] = report.diagnostics
    assert finding.pointer == f"{holder}/{key}"
    assert finding.help == (f"write {name}" if name else IN_WORDS)
    assert finding.fix is None or (name and finding.fix.title == f"rename {key} to {name}")


@pytest.mark.parametrize("name", ["min_budget", "max_buget"])
def test_a_limit_of_a_budget_update_is_not_written_for_the_other_limit(name: str) -> None:
    entry = {"adgroup_id": "2", "budget": 50, name: 30}
    request = {"endpoint": endpoint("adgroup", "budget/update"), "body": {"advertiser_id": "1", "budget": [entry]}}
    [finding] = Linter(select=["SPL004"]).check(request).diagnostics
    assert ("max_budget" in finding.help, finding.fix is not None) == (name == "max_buget", name == "max_buget")


@pytest.mark.parametrize("profile", ["guide", "reference"])
@pytest.mark.parametrize(
    ("holder", "key", "value", "name"),
    few(
        [
            ("/adgroups/0", "placement", "PLACEMENT_TYPE_AUTOMATIC", "placement_type"),
            ("/adgroups/0", "placement", "PLACEMENT_TIKTOK", "placements"),
            ("/adgroups/0", "placement", ["PLACEMENT_TIKTOK"], "placements"),
            ("/campaign", "campaign_automation_type", "UPGRADED_SMART_PLUS", None),
            ("/campaign", "campaign_automation_type", "IOS14_CAMPAIGN", "campaign_type"),
            ("/campaign", "campaign_typ", "UPGRADED_SMART_PLUS", "campaign_type"),
            ("/adgroups/0", "optimise_goal", "CLICKS", "optimization_goal"),
            ("/adgroups/0", "optimise_goal", "COMVERT", "optimization_goal"),
            ("/adgroups/0", "goal", "REACH_ALL", "optimization_goal"),
        ],
        3,
    ),
)
def test_the_value_of_an_unknown_key_says_which_field_it_is_written_for(
    holder: str, key: str, value: Any, name: str | None, profile: str
) -> None:
    """It is the only finding, whatever is missing for it."""
    gone = ("placement_type", "placements") if key == "placement" else (name,) if name else ()
    edits = {f"{holder}/{key}": value, **{f"{holder}/{field}": None for field in gone}}
    found = Linter(profile=profile, as_of=AS_OF).check(edited(base("cbo", profile), edits)).diagnostics
    assert [(one.code, one.pointer) for one in found] == [("SPL004", f"{holder}/{key}")]
    assert found[0].help == (f"write {name}" if name else IN_WORDS)


def test_what_belongs_in_another_object_is_not_moved_there_as_its_opposite() -> None:
    """Nor does it stand for it there: what is missing is missing."""
    for shape in SHAPES.values():
        for field in shape.fields:
            for word, other in (("excluded", "included"), ("disabled", "enabled"), ("min", "max"), ("on", "off")):
                words = field.split("_")
                for one, opposite in ((word, other), (other, word)):
                    turned = "_".join(opposite if part == one else part for part in words)
                    if turned != field and turned not in shape.fields:
                        assert written_for(turned, shape) != field, turned


@pytest.mark.slow
def test_each_of_thousands_of_unknown_keys_is_compared_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the fields and with the names of nested payloads; nor is the whole object looked at for each of them."""
    count, compared = 3_000, Counter[str]()
    nearest = _Vocabulary.nearest
    monkeypatch.setattr(_Vocabulary, "nearest", lambda self, word: compared.update([word]) or nearest(self, word))
    _known.cache_clear()
    report = Linter().check(
        {**base("cbo", "guide")["campaign"], **{f"campaign_nam{number}": 0 for number in range(count)}}
    )
    assert [one.code for one in report.diagnostics].count("SPL004") == count
    assert compared.total() < 2.1 * count
    assert _known.cache_info().misses < 10


def test_what_long_words_mean_is_not_remembered() -> None:
    """The words of a service's payloads take no memory for good."""
    meant: list[str] = []

    @remembered
    def of_word(word: str) -> int:
        meant.append(word)
        return len(word)

    for word in ("short", "short", "l" * (LONG + 1), "l" * (LONG + 1)):
        assert of_word(word) == len(word)
    assert meant == ["short", "l" * (LONG + 1), "l" * (LONG + 1)]
