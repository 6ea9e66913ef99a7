"""One cause is one finding, however many objects and rules it reaches; and the place that people are shown."""

import copy
import io
import json
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import splint_guide
import splint_reference
from click.testing import CliRunner

from splint import Diagnostic, Linter, Report, check
from splint.cli.group import cli
from splint.formats import reference_tokens
from splint.rules.guard import conditions_of, given, lacks
from splint.rules.rule import GONE, times
from splint.run.pipeline import SourceFile
from splint.schema.table import SHAPES
from splint.testing import AS_OF, BASES, Case, base, cases, document, edited
from tests.grids import diagonal, few
from tests.strategies import logged

GROUP = "/adgroups/0"
AD = f"{GROUP}/ads/0"
CREATIVE = f"{AD}/creative_list/0/creative_info"
INFO = f"{AD}/creative_list/0/creative_info"
PROFILES = ("guide", "reference")
TIMES = (f"{GROUP}/schedule_start_time", f"{GROUP}/schedule_end_time")
JUDGED_LATER = "; what is in it is judged only then"


def budget_update(body: dict[str, Any]) -> dict[str, Any]:
    """A request that sets the budgets of ad groups."""
    return {"endpoint": "/v1.3/smart_plus/adgroup/budget/update/", "body": {"advertiser_id": "1", **body}}


def report(value: Any, profile: str = "guide") -> Report:
    return check(value, profile=profile, as_of=AS_OF)


def found(value: Any, profile: str = "guide") -> list[tuple[str, str]]:
    return [(one.code, one.pointer) for one in report(value, profile).diagnostics]


def renamed(value: Any, pointer: str, name: str, convert: Callable[[Any], Any] = lambda entry: entry) -> Any:
    """A copy of a value whose member at a pointer has another key, in its place, and perhaps another value."""
    value = copy.deepcopy(value)
    *way, last = reference_tokens(pointer)
    holder = value
    for step in way:
        holder = holder[int(step) if isinstance(holder, list) else step]
    members = [(name, convert(entry)) if key == last else (key, entry) for key, entry in holder.items()]
    holder.clear()
    holder.update(members)
    return value


def keys(value: Any, pointer: str = "") -> Iterator[str]:
    """The pointers of all members, however deep."""
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, entry in entries:
        if isinstance(value, dict):
            yield f"{pointer}/{key}"
        yield from keys(entry, f"{pointer}/{key}")


MISSPELT: dict[str, tuple[str, str, Callable[[Any], Any]]] = {
    "Budget": ("/campaign/budget", "Budget", lambda entry: entry),
    "objective": ("/campaign/objective_type", "objective", lambda entry: entry),
    "adgroup": ("/adgroups", "adgroup", lambda entry: entry),
    "one adgroup": ("/adgroups", "adgroup", lambda entry: entry[0]),
    "Campaign": ("/campaign", "Campaign", lambda entry: entry),
    "creatives": (f"{GROUP}/ads", "creatives", lambda entry: entry),
    "landing_page_url": (f"{AD}/landing_page_url_list", "landing_page_url", lambda entry: "https://www.example.com"),
    "call_to_action": (f"{AD}/ad_configuration", "call_to_action", lambda entry: "SHOP_NOW"),
    "call_to_action for call_to_action_id": (
        f"{AD}/ad_configuration/call_to_action_id",
        "call_to_action",
        lambda entry: "SHOP_NOW",
    ),
    "identity_bc_id": (f"{CREATIVE}/identity_authorized_bc_id", "identity_bc_id", lambda entry: entry),
    "image_id": (f"{CREATIVE}/image_info/0/web_uri", "image_id", lambda entry: entry),
    "url": (f"{CREATIVE}/image_info/0/web_uri", "url", lambda entry: entry),
    "title": (f"{AD}/ad_text_list/0/ad_text", "title", lambda entry: entry),
}


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize(("pointer", "name", "convert"), MISSPELT.values(), ids=MISSPELT)
def test_a_misspelt_key_owns_what_its_field_would_be_missed_for(
    pointer: str, name: str, convert: Callable[[Any], Any], profile: str
) -> None:
    value = renamed(base("cbo", profile), pointer, name, convert)
    assert found(value, profile) == [("SPL004", f"{pointer.rpartition('/')[0]}/{name}")]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "profile"), few(diagonal(BASES, PROFILES), 2))
def test_each_misspelt_key_of_a_clean_payload_is_one_finding(name: str, profile: str) -> None:
    value = base(name, profile)
    for pointer in keys(value):
        holder, _, key = pointer.rpartition("/")
        for misspelt in (f"{key}x", key.capitalize()):
            assert found(renamed(value, pointer, misspelt), profile) == [("SPL004", f"{holder}/{misspelt}")]


def test_a_misspelt_key_is_as_severe_as_the_absence_that_it_owns() -> None:
    """A request without its budget still fails a check; one without what nothing asks for does not."""
    clean = base("cbo", "guide")
    assert [one.severity for one in report(renamed(clean, "/campaign/budget", "Budget")).diagnostics] == ["error"]
    assert [one.severity for one in report(renamed(clean, f"{AD}/ad_name", "ad_nam")).diagnostics] == ["warning"]
    linter = Linter(select=["SPL004"], as_of=AS_OF)
    assert [one.severity for one in linter.check(renamed(clean, "/campaign/budget", "Budget")).diagnostics] == [
        "warning"
    ]


def test_a_misspelt_key_that_no_other_rule_would_miss_is_reported_where_it_stands() -> None:
    """The field that it is written for is not there: rules that read it find nothing at its place."""
    value = renamed(base("no-cbo", "guide"), f"{GROUP}/budget", "budgett")
    value["campaign"].update(budget_optimize_on=True, budget_mode="BUDGET_MODE_DYNAMIC_DAILY_BUDGET", budget=500)
    del value["adgroups"][0]["budget_mode"]
    assert found(value) == [("SPL004", f"{GROUP}/budgett")]


def test_a_key_that_is_a_field_of_another_object_stands_for_no_similar_one() -> None:
    """call_to_action_id at the top of an ad belongs in ad_configuration: no call_to_action_list is meant."""
    value = base("cbo", "guide")
    value["adgroups"][0]["ads"][0]["call_to_action_id"] = "1"
    assert found(value) == [("SPL004", f"{AD}/call_to_action_id")]


def test_a_guard_names_the_fields_whose_absence_it_asks_for() -> None:
    guard = lacks("Campaign.budget") & given("AdGroup.budget") | lacks("Ad.creative_list")
    asked = [(one.model, one.field) for one in conditions_of(guard) if one.test == "lacks"]
    assert asked == [("Campaign", "budget"), ("Ad", "creative_list")]


def _cost_cap_under_a_lifetime_budget(groups: int) -> Any:
    value = edited(base("cbo", "guide"), {"/campaign/budget_mode": "BUDGET_MODE_TOTAL"})
    group = value["adgroups"][0]
    group |= {
        "schedule_type": "SCHEDULE_START_END",
        "schedule_start_time": "2026-04-01 00:00:00",
        "schedule_end_time": "2026-04-30 23:59:59",
    }
    value["adgroups"] = [copy.deepcopy(group) for _ in range(groups)]
    value["adgroups"][0] |= {"bid_type": "BID_TYPE_CUSTOM", "conversion_bid_price": 5}
    return value


def _without_bid_type(value: Any) -> Any:
    value["adgroups"] = [copy.deepcopy(value["adgroups"][0]) for _ in range(3)]
    del value["adgroups"][0]["bid_type"]
    return value


def _with_a_refused(name: str, refused: str, wrong: int, groups: int, *, last: bool = False) -> Any:
    """Ad groups of which some hold a value that a rule refuses, and the others a right one."""
    value = base("cbo", "guide" if last else "reference")
    value["adgroups"] = [copy.deepcopy(value["adgroups"][0]) for _ in range(groups)]
    for at, group in enumerate(value["adgroups"]):
        if not last:
            group["request_id"] = str(1770000000000000100 + at)
    for group in value["adgroups"][-wrong:] if last else value["adgroups"][:wrong]:
        group[name] = refused
    return value


def _of_an_objective(profile: str, objective: str) -> Any:
    """A bundle of that objective that lacks what only web campaigns need, and has what they do not take."""
    value = base("cbo", profile)
    value["campaign"]["objective_type"] = objective
    group = value["adgroups"][0]
    del group["pixel_id"], group["optimization_event"]
    group |= {"billing_event": "CPC"}
    ad = group["ads"][0]
    del ad["ad_configuration"]
    return value


ROAS = {
    f"{GROUP}/optimization_goal": "VALUE",
    f"{GROUP}/deep_bid_type": "VO_MIN_ROAS",
    f"{GROUP}/roas_bid": 2,
    f"{GROUP}/vbo_window": "ZERO_DAY",
}
LASTING = {
    "/campaign/budget_mode": "BUDGET_MODE_TOTAL",
    f"{GROUP}/schedule_type": "SCHEDULE_START_END",
    f"{GROUP}/schedule_end_time": "2026-04-30 23:59:59",
}
"""A lifetime budget of the campaign, and the window that it needs."""


def _growing(name: str, value: str) -> Any:
    """An ad group without CBO that bids for value and whose budget grows, with one value that is refused."""
    edits = {**ROAS, f"{GROUP}/budget_auto_adjust_strategy": "AUTO_BUDGET_INCREASE", f"{GROUP}/{name}": value}
    return edited(base("no-cbo", "reference"), edits)


ONE_CAUSE: dict[str, tuple[str, Callable[[], Any], list[tuple[str, str]]]] = {
    "nobody names the advertiser": (
        "guide",
        lambda: renamed(base("cbo", "guide"), "/campaign/advertiser_id", "_advertiser_id"),
        [("SPL008", "/campaign")],
    ),
    "a budget below nothing": (
        "reference",
        lambda: edited(
            base("cbo", "reference"),
            {
                "/campaign/budget": -1,
                f"{GROUP}/bid_type": "BID_TYPE_CUSTOM",
                f"{GROUP}/conversion_bid_price": 5,
            },
        ),
        [("SPL106", "/campaign/budget")],
    ),
    "no bid_type in one of three": (
        "guide",
        lambda: _without_bid_type(base("no-cbo", "guide")),
        [("SPL008", GROUP)],
    ),
    "no bid_type in one of three with CBO": (
        "guide",
        lambda: _without_bid_type(base("cbo", "guide")),
        [("SPL008", GROUP)],
    ),
    "one Cost Cap of two under a lifetime budget": (
        "guide",
        lambda: _cost_cap_under_a_lifetime_budget(2),
        [("SPL210", f"{GROUP}/bid_type")],
    ),
    "one Cost Cap of three under a lifetime budget": (
        "guide",
        lambda: _cost_cap_under_a_lifetime_budget(3),
        [("SPL210", f"{GROUP}/bid_type")],
    ),
    **{
        f"what REF{number} refuses in the first of {groups} ad groups": (
            "reference",
            partial(_with_a_refused, name, value, wrong, groups),
            [(f"REF{number}", f"/adgroups/{at}/{name}") for at in range(wrong)],
        )
        for number, name, value in (
            (201, "optimization_goal", "CONVERSION"),
            (202, "billing_event", "CPC"),
            (204, "optimization_event", "COMPLETE_PAYMENT"),
            (204, "optimization_event", "SHOPING"),
        )
        for groups, wrong in ((2, 1), (3, 2))
    },
    "a goal that the guide does not take, in the second of two": (
        "guide",
        lambda: _with_a_refused("optimization_goal", "CONVERSION", 1, 2, last=True),
        [("SPL202", "/adgroups/1/optimization_goal")],
    ),
    "a bid type that is none, in the second of two": (
        "guide",
        lambda: _with_a_refused("bid_type", "BID_TYPE_MAX", 1, 2, last=True),
        [("SPL204", "/adgroups/1/bid_type")],
    ),
    **{
        f"an objective that is misspelt, with the profile {profile}": (
            profile,
            partial(_of_an_objective, profile, "WEB_CONVERSION"),
            [("SPL101", "/campaign/objective_type")],
        )
        for profile in PROFILES
    },
    "a goal that is misspelt, of an ad group that bids for value": (
        "reference",
        lambda: edited(base("cbo", "reference"), {**ROAS, f"{GROUP}/optimization_goal": "Value"}),
        [("REF201", f"{GROUP}/optimization_goal")],
    ),
    "a goal that is misspelt, and what is billed by it": (
        "reference",
        lambda: edited(
            base("cbo", "reference"), {f"{GROUP}/optimization_goal": "click", f"{GROUP}/billing_event": "CPC"}
        ),
        [("REF201", f"{GROUP}/optimization_goal")],
    ),
    "a campaign's mode that is misspelt": (
        "reference",
        lambda: edited(
            base("cbo", "reference"),
            {
                **ROAS,
                f"{GROUP}/min_budget": 50,
                "/campaign/budget_auto_adjust_strategy": "AUTO_BUDGET_INCREASE",
                "/campaign/budget_mode": "BUDGET_MODE_DYNAMIC_DAILY",
            },
        ),
        [("SPL102", "/campaign/budget_mode")],
    ),
    **{
        f"what {code} refuses on an ad group whose budget may grow": (
            "reference",
            partial(_growing, name, value),
            [(code, f"{GROUP}/{name}")],
        )
        for code, name, value in (
            ("SPL211", "budget_mode", "BUDGET_MODE_DYNAMIC_DAILY"),
            ("REF201", "optimization_goal", "VALUES"),
            ("REF205", "deep_bid_type", "VO_MIN_ROSA"),
            ("REF205", "vbo_window", "ZERO_DAYS"),
        )
    },
    "a price under the name of the other goal's, in two of three": (
        "guide",
        lambda: edited(
            base("cbo", "guide"),
            {
                f"{GROUP}/bid_type": "BID_TYPE_CUSTOM",
                f"{GROUP}/bid_price": 4,
                GROUP: times(3),
                "/adgroups/2/bid_price": GONE,
                "/adgroups/2/conversion_bid_price": 4,
            },
        ),
        [("SPL208", f"/adgroups/{at}") for at in (0, 1)],
    ),
    **{
        f"bid_type {kind} of an ad group that bids for value": (
            "reference",
            partial(edited, base("cbo", "reference"), {**ROAS, f"{GROUP}/bid_type": kind, **edits}),
            [("REF205", f"{GROUP}/bid_type")],
        )
        for kind, edits in (
            ("bid_type_no_bid", {}),
            ("BID_TYPE_CUSTOM", {f"{GROUP}/deep_bid_type": "VO_HIGHEST_VALUE", f"{GROUP}/roas_bid": None, **LASTING}),
        )
    },
    "a label that is none, as the guide writes them": (
        "reference",
        lambda: edited(
            base("cbo", "reference"),
            {
                f"{GROUP}/placements": ["PLACEMENT_PANGLE"],
                f"{INFO}/identity_type": GONE,
                f"{INFO}/identity_id": GONE,
                f"{INFO}/identity_authorized_bc_id": GONE,
                f"{AD}/ad_configuration": {"identity_type": "CUSTOMIZED_USER", "identity_id": "1"},
                f"{AD}/call_to_action_list": ["BOGUS"],
            },
        ),
        [("REF308", f"{AD}/call_to_action_list")],
    ),
    "a deeplink and no landing page": (
        "reference",
        lambda: edited(
            base("cbo", "reference"),
            {
                f"{AD}/landing_page_url_list": GONE,
                f"{AD}/deeplink_list": [{"deeplink": "shop://a", "deeplink_type": "NORMAL"}],
            },
        ),
        [("REF313", AD)],
    ),
    "a pixel's code of an ad group for clicks": (
        "reference",
        lambda: edited(
            base("cbo", "reference"),
            {
                f"{GROUP}/optimization_goal": "CLICK",
                f"{GROUP}/billing_event": "CPC",
                f"{GROUP}/optimization_event": GONE,
                f"{GROUP}/pixel_id": "C4A1B2D3E4F5",
            },
        ),
        [("REF001", f"{GROUP}/pixel_id")],
    ),
    "an advertiser's id with a blank": (
        "reference",
        lambda: edited(base("cbo", "reference"), {f"{GROUP}/advertiser_id": " 7000000000000000001"}),
        [("REF001", f"{GROUP}/advertiser_id")],
    ),
    "an advertiser's id with a blank, where nobody asks for digits": (
        "guide",
        lambda: edited(base("cbo", "guide"), {f"{GROUP}/advertiser_id": " 7000000000000000001"}),
        [("SPL405", f"{GROUP}/advertiser_id")],
    ),
    "neither time of a schedule": (
        "reference",
        lambda: edited(base("no-cbo", "reference"), dict.fromkeys(TIMES, GONE)),
        [("REF206", GROUP), ("SPL217", GROUP)],
    ),
    **{
        f"a request_id that is the number {number}": (
            "reference",
            partial(edited, base("cbo", "reference"), {"/campaign/request_id": number}),
            [("SPL006", "/campaign/request_id")],
        )
        for number in (0, -1, 1.5, 2**63, 1e300)
    },
    "the budgets of ad groups under the name of their list": (
        "reference",
        lambda: budget_update({"adgroups": [{"adgroup_id": "2", "budget": 50}]}),
        [("SPL004", "/body/adgroups")],
    ),
    "budgets from tomorrow on under it": (
        "reference",
        lambda: budget_update({"ad_groups": [{"adgroup_id": "2", "scheduled_budget": 50}]}),
        [("SPL004", "/body/ad_groups")],
    ),
    **{
        f"budgets under the name {name}, {'one' if isinstance(held, dict) else 'in a list'}": (
            "reference",
            partial(budget_update, {name: held}),
            [("SPL004", f"/body/{name}")],
        )
        for name in ("adgroup", "groups")
        for held in ([{"adgroup_id": "2", "budget": 50}], {"adgroup_id": "2", "budget": 50})
    },
    "no ad_format": (
        "guide",
        lambda: renamed(base("cbo", "guide"), f"{INFO}/ad_format", "_ad_format"),
        [("SPL008", INFO)],
    ),
}


def test_beside_the_start_that_ref206_asks_for_spl217_names_the_end_alone() -> None:
    value = edited(base("no-cbo", "reference"), dict.fromkeys(TIMES, GONE))
    [end] = [one.summary for one in report(value, "reference").diagnostics if one.code == "SPL217"]
    assert end == "schedule_end_time is missing: SCHEDULE_START_END needs both times"
    [both] = [one.summary for one in report(value, "guide").diagnostics if one.code == "SPL217"]
    assert both == "schedule_start_time and schedule_end_time are missing: SCHEDULE_START_END needs both times"


@pytest.mark.parametrize(
    ("list_", "entry", "after"),
    [
        ("adgroups", {"adgroup_id": "2", "budget": 50}, "budget"),
        ("ad_groups", {"adgroup_id": "2", "scheduled_budget": 50}, "scheduled_budget"),
    ],
)
def test_budgets_under_the_name_of_their_ad_groups_are_renamed(list_: str, entry: dict[str, Any], after: str) -> None:
    value = report(budget_update({list_: [entry]}), "reference").fixed(unsafe=True)
    assert value == budget_update({after: [entry]})


ELSEWHERE = {
    "deep_bid_type": (AD, "VO_MIN_ROAS", "the ad group"),
    "campaign_name": (GROUP, "A", "the campaign"),
    "campaign_type": (GROUP, "REGULAR_CAMPAIGN", "the campaign"),
    "catalog_enabled": (GROUP, False, "the campaign"),
    "catalog_type": (GROUP, "ECOMMERCE", "the campaign"),
    "rta_id": (GROUP, "5", "the campaign"),
}
"""Fields that the object does not know, and that are close to one that it does know."""


@pytest.mark.parametrize(("name", "place", "value", "home"), [(name, *rest) for name, rest in ELSEWHERE.items()])
def test_a_field_of_another_level_is_written_for_no_field_that_is_close(
    name: str, place: str, value: Any, home: str
) -> None:
    [one] = report(edited(base("cbo", "reference"), {f"{place}/{name}": value}), "reference").diagnostics
    other = f"{home} has another value of {name}: choose one, and keep it there, not here"
    help = other if name == "campaign_name" else f"move it to {home}"
    assert (one.code, one.help, one.fix is None) == ("SPL004", help, name == "campaign_name")
    assert one.summary == f"{name} is no field here: it belongs in {home}"


@pytest.mark.parametrize(
    ("place", "name", "value", "help"),
    [
        (GROUP, "objective_type", "WEB_CONVERSIONS", "remove objective_type here: the campaign has it"),
        (AD, "budget", 500, "remove budget here: the campaign has it"),
        (AD, "budget", 5, "the campaign has another value of budget: choose one, and keep it there, not here"),
        (AD, "bid_price", 5, "move it to the ad group"),
        (
            AD,
            "location_ids",
            ["6252001"],
            "remove location_ids here: targeting_spec of the ad group has it",
        ),
        ("/campaign", "ad_format", "SINGLE_VIDEO", "remove ad_format here: creative_info of a creative has it"),
        ("/campaign", "pixel_id", "7100000000000000001", "remove pixel_id here: adgroups[] has it"),
        (
            "/campaign",
            "pixel_id",
            "7",
            "adgroups[] has another value of pixel_id: choose one, and keep it there, not here",
        ),
    ],
)
def test_a_field_that_the_object_where_it_belongs_has_is_removed_if_it_is_equal_else_one_is_chosen(
    place: str, name: str, value: Any, help: str
) -> None:
    [one] = report(edited(base("cbo", "reference"), {f"{place}/{name}": value}), "reference").diagnostics
    assert (one.code, one.help, one.fix is None) == ("SPL004", help, not help.startswith("move"))


@pytest.mark.parametrize(
    ("budget", "help"),
    [
        (500, "remove budget here: the campaign and the ad group have it"),
        (
            5,
            "the campaign and the ad group have other values of budget: choose one, and keep it there, not here",
        ),
    ],
)
def test_a_field_that_two_objects_where_it_belongs_have_is_removed_if_it_is_equal_else_one_is_chosen(
    budget: int, help: str
) -> None:
    value = edited(base("cbo", "reference"), {f"{GROUP}/budget": 500, f"{AD}/budget": budget})
    [one] = Linter(profile="reference", select=["SPL004"], as_of=AS_OF).check(value).diagnostics
    assert one.help == help


def test_a_field_that_one_of_two_objects_where_it_belongs_has_with_its_value_is_to_be_removed() -> None:
    value = edited(base("cbo", "reference"), {f"{GROUP}/budget": 5, f"{AD}/budget": 5})
    [one] = Linter(profile="reference", select=["SPL004"], as_of=AS_OF).check(value).diagnostics
    assert one.help == "remove budget here: the ad group has it"


@pytest.mark.parametrize(
    ("place", "list_", "home", "name"),
    [
        ("/campaign", "/adgroups", "adgroups[]", "pixel_id"),
        ("/campaign", f"{GROUP}/ads", "the ad", "landing_page_url_list"),
        (AD, f"{AD}/creative_list", "creative_list[].creative_info", "ad_format"),
    ],
)
def test_a_field_that_one_of_several_objects_lacks_is_to_be_moved(place: str, list_: str, home: str, name: str) -> None:
    value = edited(base("cbo", "reference"), {f"{list_}/0": times(2)})
    of = {"ad_format": "/creative_info"}.get(name, "")
    value = edited(value, {f"{place}/{name}": "7", f"{list_}/1{of}/{name}": GONE})
    told = [one.help for one in report(value, "reference").diagnostics if one.pointer == f"{place}/{name}"]
    assert told == [f"move it to {home}"]


@pytest.mark.parametrize("profile", PROFILES)
def test_one_ad_or_ad_group_under_the_name_of_one_is_to_be_listed(profile: str) -> None:
    clean = base("cbo", profile)
    ad = renamed(clean, f"{GROUP}/ads", "ad", lambda entry: entry[0])
    group = renamed(clean, "/adgroups", "adgroup", lambda entry: entry[0])
    assert [one.help for one in report(ad, profile).diagnostics] == [f"write ads, with this ad in a list{JUDGED_LATER}"]
    assert [one.help for one in report(group, profile).diagnostics] == ["write adgroups, with this ad group in a list"]


@pytest.mark.parametrize("profile", PROFILES)
def test_what_no_rule_sees_in_an_ad_group_without_ads_is_an_error(profile: str) -> None:
    """Creatives that stand there are judged by nothing: a warning let the check pass. Beside ads it is one."""
    value = base("cbo", profile)
    [ad] = value["adgroups"][0].pop("ads")
    value["adgroups"][0]["creative_list"] = ad["creative_list"]
    [one] = report(value, profile).diagnostics
    assert (one.code, one.pointer, one.severity) == ("SPL004", f"{GROUP}/creative_list", "error")
    for ads in (list[Any](), None):
        value["adgroups"][0]["ads"] = ads
        assert [(one.code, one.severity) for one in report(value, profile).diagnostics] == [("SPL004", "error")]
    value["adgroups"][0]["ads"] = [ad]
    assert [one.severity for one in report(value, profile).diagnostics] == ["warning"]


@pytest.mark.parametrize("profile", PROFILES)
def test_what_an_update_is_not_asked_for_is_a_warning_at_a_wrong_place(profile: str) -> None:
    """An update of an ad group creates no ad, so nothing is missed; a create without one lacks its creatives."""
    body = {"advertiser_id": "7", "adgroup_id": "2", "creative_list": base("ad", profile)["creative_list"]}
    update = {"endpoint": "/v1.3/smart_plus/adgroup/update/", "body": body}
    assert [(one.code, one.severity) for one in report(update, profile).diagnostics] == [("SPL004", "warning")]


@pytest.mark.parametrize("profile", PROFILES)
def test_a_field_of_the_ad_groups_at_their_campaign_is_a_warning_where_they_have_it(profile: str) -> None:
    """The ad groups of a bundle stand beside its campaign, and are judged."""
    value = edited(base("cbo", profile), {"/campaign/schedule_type": {"a": 1}})
    assert [(one.code, one.severity) for one in report(value, profile).diagnostics] == [("SPL004", "warning")]
    for groups in (list[Any](), GONE):
        one, *_ = report(edited(value, {"/adgroups": groups}), profile).diagnostics
        assert (one.code, one.pointer, one.severity) == ("SPL004", "/campaign/schedule_type", "error")


def test_the_id_of_an_object_below_is_not_moved_to_another_one() -> None:
    """A campaign was told to move `adgroup_id` to the ad."""
    value = edited(base("cbo", "guide"), {"/campaign/adgroup_id": "5", f"{GROUP}/smart_plus_ad_id": "6"})
    assert [(one.pointer, one.summary, one.help) for one in report(value, "guide").diagnostics] == [
        (
            f"{GROUP}/smart_plus_ad_id",
            "smart_plus_ad_id is no field of the ad group: it is the id of an ad",
            "remove it, or send what changes the ad to /smart_plus/ad/update/",
        ),
        (
            "/campaign/adgroup_id",
            "adgroup_id is no field of the campaign: it is the id of an ad group",
            "remove it, or send what changes the ad group to /smart_plus/adgroup/update/",
        ),
    ]


@pytest.mark.parametrize(
    ("profile", "words", "help", "is_fixed"),
    [
        ("guide", "", "quote its digits", True),
        ("reference", f", and none is above {2**63 - 1}", "look the ID up, and write it in quotes", False),
    ],
)
def test_the_words_on_a_number_above_64_bits_go_with_its_fix(
    profile: str, words: str, help: str, is_fixed: bool
) -> None:
    """REF001 refuses the digits as a string; without it the fix quotes them, and nothing else is advised."""
    [one] = report(edited(base("cbo", profile), {f"{GROUP}/pixel_id": 2**63}), profile).diagnostics
    assert one.summary == f"pixel_id is the number {2**63}, but IDs are strings{words}"
    assert (one.help, one.fix is not None) == (help, is_fixed)


@pytest.mark.parametrize("value", [[10**30], {"a": [2**64, True]}, [-(2**64)]], ids=str)
def test_a_number_of_more_than_64_bits_in_a_value_is_shown_as_json_reads_it(value: Any) -> None:
    """Given as a value and as a text alike; it was shown as Python writes the whole value."""
    given = edited(base("cbo", "guide"), {"/campaign/campaign_name": value})
    [one] = report(given).diagnostics
    assert one.summary == report(json.dumps(given)).diagnostics[0].summary
    assert one.summary.startswith(f"campaign_name is {json.dumps(value, separators=(',', ':'))[:2]}")


@pytest.mark.parametrize(("profile", "make", "wanted"), ONE_CAUSE.values(), ids=ONE_CAUSE)
def test_one_cause_is_one_finding(profile: str, make: Callable[[], Any], wanted: list[tuple[str, str]]) -> None:
    assert found(make(), profile) == wanted


def _without_a_campaign(profile: str, groups: int) -> Any:
    """Ad groups in a bundle of their own, none of which names the advertiser."""
    value = base("cbo", profile)
    del value["campaign"]
    value["adgroups"] = [copy.deepcopy(value["adgroups"][0]) for _ in range(groups)]
    for at, group in enumerate(value["adgroups"]):
        group["request_id"] = str(1770000000000000100 + at)
    return value


@pytest.mark.parametrize("profile", PROFILES)
def test_an_advertiser_that_no_ad_group_of_a_bundle_names_is_asked_for_once(profile: str) -> None:
    [one] = report(_without_a_campaign(profile, 3), profile).diagnostics
    assert (one.code, one.pointer, one.help) == ("SPL008", GROUP, "add advertiser_id to every ad group")
    [alone] = report(_without_a_campaign(profile, 1), profile).diagnostics
    assert (alone.code, alone.help) == ("SPL008", "add advertiser_id")


@pytest.mark.parametrize("profile", PROFILES)
def test_an_advertiser_that_some_ad_groups_of_a_bundle_name_is_asked_of_the_others(profile: str) -> None:
    value = _without_a_campaign(profile, 3)
    value["adgroups"][1]["advertiser_id"] = "7000000000000000001"
    assert found(value, profile) == [("SPL008", GROUP), ("SPL008", "/adgroups/2")]


def test_an_advertiser_that_no_updated_ad_group_names_is_asked_for_once() -> None:
    value = _without_a_campaign("reference", 2)
    for at, group in enumerate(value["adgroups"]):
        group["adgroup_id"] = str(at + 1)
        del group["request_id"], group["ads"]
    asked = [one for one in report(value, "reference").diagnostics if "advertiser_id" in one.summary]
    assert [(one.code, one.pointer, one.help) for one in asked] == [
        ("REF004", GROUP, "add advertiser_id to every ad group")
    ]


NEEDED: dict[str, dict[str, Any]] = {
    "bid_type": {},
    "optimization_goal": {},
    "billing_event": {},
    "promotion_type": {},
    "optimization_event": {},
    "conversion_bid_price": {"bid_type": "BID_TYPE_CUSTOM", "conversion_bid_price": 5},
}


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("name", ["cbo", "no-cbo"])
@pytest.mark.parametrize("groups", [2, 3])
@pytest.mark.parametrize("lost", NEEDED)
def test_what_the_first_ad_group_lacks_is_missing_there_alone(lost: str, groups: int, name: str, profile: str) -> None:
    """The others do not deviate from an absence."""
    value = base(name, profile)
    value["adgroups"] = [copy.deepcopy(value["adgroups"][0]) | NEEDED[lost] for _ in range(groups)]
    for at, group in enumerate(value["adgroups"]):
        group["request_id"] = str(1770000000000000100 + at)
    del value["adgroups"][0][lost]
    assert [pointer for _, pointer in found(value, profile)] == [GROUP]


@pytest.mark.parametrize(("profile", "code"), [("guide", "SPL213"), ("reference", "REF215")])
def test_a_budget_at_the_ad_group_that_the_campaign_lacks_is_not_removed(profile: str, code: str) -> None:
    """Each field of the ad group is flagged, and the way out is the campaign."""
    value = base("cbo", profile)
    for name in ("budget", "budget_mode"):
        value["adgroups"][0][name] = value["campaign"].pop(name)
    report = check(value, profile=profile, as_of=AS_OF)
    under = [one for one in report.diagnostics if one.code == code]
    assert [one.pointer for one in under] == [f"{GROUP}/budget", f"{GROUP}/budget_mode"]
    assert all(one.help.startswith("move it to the campaign") and one.fix is not None for one in under)
    assert report.fixed(unsafe=True) == base("cbo", profile)
    asked = [one for one in report.to_agent()["needs_input"] if one["rule"] == code]
    assert [one["kind"] for one in asked] == ["text", "text"]
    assert all("removable" not in one and "choices" not in one for one in asked)
    assert sorted({one.code for one in report.diagnostics} - {code}) == ["SPL103"]


@pytest.mark.parametrize(("profile", "code"), [("guide", "SPL213"), ("reference", "REF215")])
def test_of_several_budgets_none_is_sent_to_the_campaign(profile: str, code: str) -> None:
    """A campaign has one: each ad group keeps its own where CBO is off."""
    value = base("cbo", profile)
    value["adgroups"].append(copy.deepcopy(value["adgroups"][0]))
    del value["campaign"]["budget"]
    for group in value["adgroups"]:
        group["budget"] = 50
    under = [one for one in check(value, profile=profile, as_of=AS_OF).diagnostics if one.code == code]
    assert len(under) == 2
    way = "set the campaign's budget_optimize_on to false, or give the campaign one for all of its ad groups"
    assert {one.help for one in under} == {way}
    assert {one.fix for one in under} == {None}


def test_a_misspelt_event_of_what_is_promoted_by_a_misspelt_name_is_suggested() -> None:
    value = edited(
        base("cbo", "reference"),
        {f"{GROUP}/promotion_type": "WEBSIT", f"{GROUP}/optimization_event": "CompletePayment"},
    )
    helps = {one.pointer: one.help for one in report(value, "reference").diagnostics}
    assert helps == {f"{GROUP}/promotion_type": "write WEBSITE", f"{GROUP}/optimization_event": "write SHOPPING"}


@pytest.mark.parametrize(
    ("path", "help"),
    [
        ("campagn/create", "use /smart_plus/campaign/create/"),
        ("adgroups/update", "use /smart_plus/adgroup/update/"),
        ("ad_group/budget/update", "use /smart_plus/adgroup/budget/update/"),
        ("/campaign/create", "use /smart_plus/campaign/create/"),
        ("ad/destroy", "use one of /smart_plus/ad/create/, /smart_plus/ad/update/, "),
        ("creative/upload", "use one of /smart_plus/campaign/..., "),
        ("", "use one of /smart_plus/campaign/..., "),
    ],
)
def test_no_far_endpoint_is_suggested(path: str, help: str) -> None:
    [one] = check({"endpoint": f"/v1.3/smart_plus/{path}/", "body": {}}, select=["SPL506"]).diagnostics
    assert one.help.startswith(help)


def test_a_label_says_whether_the_api_has_a_value_for_it() -> None:
    summaries = []
    for labels in (["Shop Now"], ["Shop Now", "Buy it"]):
        value = edited(base("cbo", "reference"), {f"{AD}/call_to_action_list": labels})
        [one] = Linter(profile="reference", select=["REF308"], as_of=AS_OF).check(value).diagnostics
        summaries.append(one.summary.partition(", ")[::2])
    assert summaries[0][1] == "which the profile guide takes and the API does not"
    assert summaries[1][0] == 'call_to_action_list holds the label "Buy it"'
    assert re.fullmatch(r"which stands for none of the \d+ values that the API takes", summaries[1][1])


def test_an_advertiser_that_an_update_lacks_is_asked_for_once() -> None:
    """REF004 speaks of the campaign, whose ad groups are updated with it."""
    ids = {"/campaign/campaign_id": "1", f"{GROUP}/adgroup_id": "2", f"{AD}/smart_plus_ad_id": "3"}
    value = edited(base("cbo", "reference"), ids)
    del value["campaign"]["advertiser_id"]
    del value["campaign"]["request_id"], value["adgroups"][0]["request_id"]
    assert [one for one in found(value, "reference") if one[0] in ("REF004", "SPL008")] == [
        ("REF004", "/campaign"),
    ]


def test_what_another_rule_refuses_is_no_measure_for_the_others() -> None:
    """The ad group that holds another accepted value is told the accepted one, the refused one nothing more."""
    value = _with_a_refused("optimization_event", "COMPLETE_PAYMENT", 2, 4)
    value["adgroups"][3]["optimization_event"] = "FORM"
    one = next(one for one in report(value, "reference").diagnostics if one.code == "SPL402")
    assert (one.pointer, one.help) == ("/adgroups/3/optimization_event", 'set optimization_event to "SHOPPING"')
    assert [code for code, _ in found(value, "reference")] == ["REF204", "REF204", "SPL402"]


def _of_leads(*bid_types: str) -> dict[str, Any]:
    """A lead campaign with an ad group for each bid type."""
    value: dict[str, Any] = edited(base("cbo", "reference"), {GROUP: times(len(bid_types))})
    value["campaign"]["objective_type"] = "LEAD_GENERATION"
    for group, bid_type in zip(value["adgroups"], bid_types, strict=True):
        group.update(promotion_type="LEAD_GENERATION", bid_type=bid_type)
    return value


@pytest.mark.parametrize(
    ("bid_types", "deviating"),
    [
        (["LOWEST_COST", "COST_CAP"], [1]),
        (["BID_TYPE_NO_BID", "COST_CAP", "BID_TYPE_NO_BID"], [1]),
        (["BID_TYPE_COSTOM", "BID_TYPE_NOBID"], [1]),
        (["LOWEST_COST", "BID_TYPE_NO_BID"], []),
        (["BID_TYPE_COSTOM", "BID_TYPE_CUSTOM"], []),
        (["FOO", "BID_TYPE_CUSTOM"], []),
    ],
)
def test_ad_groups_are_compared_by_the_bid_type_that_a_misspelt_one_means(
    bid_types: list[str], deviating: list[int]
) -> None:
    """REF002 says of each what it is to be, in the place of SPL007; whether they agree then is SPL402's."""
    known = ("BID_TYPE_NO_BID", "BID_TYPE_CUSTOM")
    misspelt = [index for index, one in enumerate(bid_types) if one not in known]
    assert [one for one in found(_of_leads(*bid_types), "reference") if one[1].endswith("bid_type")] == [
        *(("REF002", f"/adgroups/{index}/bid_type") for index in misspelt if index not in deviating),
        *((code, f"/adgroups/{index}/bid_type") for index in deviating for code in ("REF002", "SPL402")),
    ]


@pytest.mark.parametrize(
    ("bid_types", "there"),
    [
        (["LOWEST_COST", "COST_CAP"], '"LOWEST_COST" (meaning "BID_TYPE_NO_BID")'),
        (["BID_TYPE_NO_BID", "COST_CAP"], '"BID_TYPE_NO_BID"'),
    ],
)
def test_a_deviation_shows_the_values_as_the_file_has_them(bid_types: list[str], there: str) -> None:
    one = next(one for one in report(_of_leads(*bid_types), "reference").diagnostics if one.code == "SPL402")
    assert one.summary == (
        f'bid_type is "COST_CAP" (meaning "BID_TYPE_CUSTOM") here and {there} in other ad groups: '
        "with CBO on it must be the same in all of them"
    )
    assert one.help == 'set bid_type to "BID_TYPE_NO_BID"'
    assert one.fix is not None
    assert one.fix.title == "set bid_type to BID_TYPE_NO_BID"


def test_a_fix_to_a_misspelt_cost_cap_brings_its_price() -> None:
    """The other ad group's bid type is written rightly: without a price the next check would refuse it."""
    value = _of_leads("COST_CAP", "BID_TYPE_NO_BID")
    for group in value["adgroups"]:
        group["optimization_goal"] = "CLICK"
    value["adgroups"][0]["bid_price"] = 5
    one = next(
        one for one in report(value, "reference").diagnostics if one.pointer == "/adgroups/1/bid_type" and one.fix
    )
    assert one.code == "SPL402"
    assert one.fix is not None
    assert one.fix.title == "set bid_type to BID_TYPE_CUSTOM and bid_price to 5"


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("value", [True, "five", [5]])
@pytest.mark.parametrize("name", ["bid_price", "roas_bid", "max_budget"])
def test_a_value_of_a_wrong_type_is_one_finding(name: str, value: Any, profile: str) -> None:
    """SPL209 would say that a price has no effect, REF205 that a ROAS is for another goal."""
    place = f"{GROUP}/{name}"
    assert found(edited(base("cbo", profile), {place: value}), profile) == [("SPL003", place)]


@pytest.mark.parametrize(
    ("bids", "name"),
    [
        ({"bid_type": "BID_TYPE_NO_BID"}, "conversion_bid_price"),
        ({"bid_type": "BID_TYPE_CUSTOM", "conversion_bid_price": 9}, "bid_price"),
    ],
)
def test_prices_that_nothing_uses_are_removed_and_not_made_alike(bids: dict[str, Any], name: str) -> None:
    """SPL209 says to remove both prices, SPL402 said to set one to the other. Without SPL209 it still does."""
    value = edited(base("cbo", "guide"), {GROUP: times(2)})
    for group, price in zip(value["adgroups"], (5, 6), strict=True):
        group.update(bids, **{name: price})
    told = [(one.code, one.pointer, one.help, one.fix and one.fix.title) for one in report(value, "guide").diagnostics]
    removed = f"remove {name}"
    help = "remove it, or set bid_type to BID_TYPE_CUSTOM" if name == "conversion_bid_price" else "remove it"
    assert told == [
        ("SPL209", f"{GROUP}/{name}", help, removed),
        ("SPL209", f"/adgroups/1/{name}", help, removed),
        ("SPL402", f"/adgroups/1/{name}", f"remove {name} in all of them: it has no effect", None),
    ]
    [alone] = check(value, select=["SPL402"], as_of=AS_OF).diagnostics
    assert alone.help == f"set {name} to 5"


def test_a_warning_hides_no_error_on_the_same_field() -> None:
    """An event that is deprecated stays a deviation; a floor that may be refused stays no amount."""
    value = _with_a_refused("optimization_event", "BUTTON", 1, 2)
    place = f"{GROUP}/optimization_event"
    assert found(value, "reference") == [("REF204", place), ("SPL402", place)]
    price = {f"{GROUP}/bid_type": "BID_TYPE_CUSTOM", f"{GROUP}/conversion_bid_price": 5, f"{GROUP}/min_budget": -5}
    floor = edited(base("cbo", "reference"), price)
    assert ("SPL106", f"{GROUP}/min_budget") in found(floor, "reference")


BESIDE: dict[tuple[str, str], str] = {
    ("SPL004", "SPL101"): "a key in a wrong object, which says all the same what kind of campaign it is",
    ("SPL211", "SPL403"): "the campaign does not take the mode, and the ad groups do not agree on one",
    ("REF215", "SPL403"): "the campaign does not take the mode, and the ad groups do not agree on one",
    (
        "SPL209",
        "SPL402",
    ): "a price that nothing uses, and that the ad groups do not agree on: warning and error",
    ("REF002", "SPL402"): "a bid type by another name, and another one than that of the other ad groups",
    ("REF201", "SPL402"): "a goal in the guide's spelling, and another one than that of the other ad groups",
    ("REF204", "SPL402"): "an event by the Pixel's own name, and another one than that of the other ad groups",
    ("REF206", "SPL219"): "an end out of bounds, and before the start: fixing one leaves the other",
    ("REF208", "SPL221"): "a value that the API does not know, in a field that it drops: fixing one leaves the other",
    ("REF209", "SPL221"): "an audience that cannot be used here, in a field that is dropped: likewise",
    ("REF213", "SPL106"): "a field of another endpoint, and no amount there either",
    ("REF308", "SPL314"): "the list stands in the wrong object, and beside the other kind",
    ("REF316", "SPL311"): "the post is under a wrong identity, and where its ads do not run",
}
"""The pairs of rules that may find something at one field of a bad example, with the reason why both speak."""

FIELDS = frozenset(name for shape in SHAPES.values() for name in shape.fields)
MISSING = re.compile(r"(?:[a-z_]+\.)*([a-z_]+)(?:(?:,| and) ([a-z_]+))? (?:is|are) missing")


def named(diagnostic: Diagnostic) -> set[tuple[str, int | None, str]]:
    """The fields that a finding is about: those that it says are missing, else the field or object at its pointer."""
    match = MISSING.match(diagnostic.summary)
    names = [name for name in match.groups() if name in FIELDS] if match else []
    pointers = [f"{diagnostic.pointer}/{name}" for name in names] or [diagnostic.pointer]
    return {(diagnostic.path, diagnostic.document, pointer) for pointer in pointers}


def pairs(case: Case) -> Iterator[tuple[str, str]]:
    """The rule of a case with each other rule that finds something on the same field of its example."""
    example = case.example
    linter = Linter(
        profile=case.profile, facts=example.facts, as_of=example.as_of or AS_OF, objectives=example.objectives
    )
    reader = linter.registry.reader_for(example.name)
    assert reader is not None
    data = document(case).encode("utf-8", "surrogatepass")
    diagnostics = linter.lint([SourceFile(example.name, io.BytesIO(data), reader)]).diagnostics
    own = [one for one in diagnostics if one.code == case.rule.code]
    for other in diagnostics:
        if other.code != case.rule.code and any(named(other) & named(one) for one in own):
            first, second = sorted((case.rule.code, other.code))
            yield first, second


@pytest.mark.parametrize("every", [10, pytest.param(1, marks=pytest.mark.slow)])
def test_two_rules_speak_of_one_field_only_for_a_reason(every: int) -> None:
    """No bad example of any rule, in either profile, has a second finding on the field that it is about."""
    all_cases = [
        *cases(splint_guide.PACK),
        *cases(splint_guide.PACK, profile="reference"),
        *cases(splint_reference.PACK),
    ]
    seen = {
        pair: str(case)
        for case in all_cases[::every]
        if case.example.at and not case.example.is_template
        for pair in pairs(case)
    }
    assert {pair: title for pair, title in seen.items() if pair not in BESIDE} == {}
    assert every > 1 or BESIDE.keys() == seen.keys()


# -- one value, many places --------------------------------------------------------------------------------------------

SHARED = """\
x-base: &base
  promotion_type: WEBSITE
  optimization_goal: CONVERT
  pixel_id: "7100000000000000001"
  optimization_event: COMPLETE_PAYMENT
  billing_event: CPC
  bid_type: BID_TYPE_NO_BID
  schedule_type: SCHEDULE_FROM_NOW
campaign:
  advertiser_id: "7000000000000000001"
  objective_type: WEB_CONVERSIONS
  campaign_name: Spring
  budget_mode: BUDGET_MODE_DYNAMIC_DAILY_BUDGET
  budget: 500
adgroups:
"""


def shared(directory: Path, count: int) -> Path:
    """A file whose ad groups merge one mapping with a billing event that SPL203 refuses."""
    path = directory / "shared.yaml"
    path.write_text(SHARED + "".join(f"  - {{<<: *base, adgroup_name: G{at}}}\n" for at in range(count)))
    return path


@pytest.mark.parametrize("profile", PROFILES)
def test_a_value_that_fields_of_other_names_share_is_one_finding(profile: str, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("adgroup_name: A\nbid_price: &price -5\nconversion_bid_price: *price\nmin_budget: -5\n")
    found = Linter(profile=profile, select=["SPL106"], as_of=AS_OF).check(path).diagnostics
    assert [one.summary for one in found] == [
        "bid_price is -5, which is negative: money is above zero (in 2 places)",
        "min_budget is -5, which is negative: money is above zero",
    ]
    assert [place.pointer for place in found[0].related] == ["/conversion_bid_price"]


def test_fields_of_other_names_in_a_string_of_json_are_findings_each() -> None:
    """They are marked alike, by the whole string, but are values of their own."""
    body = json.dumps({"adgroup_name": "A", "bid_price": -5, "conversion_bid_price": -5})
    text = json.dumps({"endpoint": "/v1.3/smart_plus/adgroup/create/", "body": body}).encode()
    found = Linter(select=["SPL106"], as_of=AS_OF).check(text).diagnostics
    assert [one.pointer for one in found] == ["/body"] * 2


def test_what_a_value_holds_in_a_string_of_json_is_told_as_of_its_text() -> None:
    creatives = [{"creative_info": {"ad_format": "SINGLE_VIDEO", "video_info": {"video_id": "v"}}}] * 3
    ad = {"advertiser_id": "7", "adgroup_id": "1", "ad_name": "A", "creative_list": creatives}
    value = {"endpoint": "/v1.3/smart_plus/ad/create/", "body": json.dumps(ad)}
    linter = Linter(select=["SPL305"], as_of=AS_OF)
    found, as_text = linter.check(value).diagnostics, linter.check(json.dumps(value)).diagnostics
    assert [(one.pointer, one.summary, one.help) for one in found] == [
        (one.pointer, one.summary, one.help) for one in as_text
    ]
    assert [one.summary.endswith("(in 3 places)") for one in found] == [True]


def test_a_value_that_many_objects_share_is_one_finding(tmp_path: Path) -> None:
    (one,) = report(shared(tmp_path, 6)).diagnostics
    assert (one.code, one.pointer) == ("SPL203", f"{GROUP}/billing_event")
    assert one.summary.endswith("(in 6 places)")
    assert [place.pointer for place in one.related] == [f"/adgroups/{at}/billing_event" for at in (1, 2, 3)]
    assert one.model_dump()["related"][0]["range"] == one.model_dump()["range"]


def test_a_shared_value_is_told_apart_where_it_is_suppressed(tmp_path: Path) -> None:
    shared(tmp_path, 3)
    (tmp_path / "splint.toml").write_text(
        '[[overrides]]\nfiles = ["*.yaml"]\npointers = ["/adgroups/1"]\nignore = ["SPL203"]\n'
    )
    done = CliRunner().invoke(
        cli, ["check", str(tmp_path), "--config", str(tmp_path / "splint.toml"), "--output-format", "json"]
    )
    found = [one for one in json.loads(done.stdout)["diagnostics"] if one["code"] == "SPL203"]
    assert sorted((one["pointer"], one["suppressed"] is None) for one in found) == [
        (f"{GROUP}/billing_event", True),
        ("/adgroups/1/billing_event", False),
    ]


def test_a_baseline_holds_a_shared_value_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shared(tmp_path, 3)
    CliRunner().invoke(cli, ["check", "shared.yaml", "--write-baseline"])
    assert Path(".splint-baseline.json").read_text().count("SPL203") == 1
    assert CliRunner().invoke(cli, ["check", "shared.yaml", "--baseline", ".splint-baseline.json"]).exit_code == 0


def test_findings_of_one_span_that_say_different_things_stay_apart() -> None:
    value = base("cbo", "guide")
    del value["campaign"]["campaign_name"], value["campaign"]["budget"]
    text = json.dumps(value).encode()
    assert [one.summary.partition(" ")[0] for one in report(text).diagnostics] == ["campaign_name", "budget"]


# -- the places that people are shown ----------------------------------------------------------------------------------


def marked(diagnostic: Diagnostic) -> str:
    assert diagnostic.excerpt is not None
    start = diagnostic.excerpt.start
    return diagnostic.excerpt.text[start : start + diagnostic.excerpt.length]


def on_file(directory: Path, value: Any, select: str) -> Report:
    path = directory / "a.json"
    path.write_text(json.dumps(value, indent=1))
    return Linter(select=[select], as_of=AS_OF).check(path)


@pytest.mark.parametrize(
    ("pointer", "name"), [("/campaign", "campaign_name"), (GROUP, "adgroup_name"), (AD, "ad_name")]
)
def test_a_missing_field_is_marked_at_the_name_of_its_object(tmp_path: Path, pointer: str, name: str) -> None:
    """The range of the JSON report stays the object's opening."""
    lost = {"/campaign": "objective_type", GROUP: "bid_type", AD: "creative_list"}[pointer]
    value = renamed(base("cbo", "guide"), f"{pointer}/{lost}", "_lost")
    (one,) = on_file(tmp_path, value, "SPL008").diagnostics
    assert (one.pointer, marked(one)) == (pointer, f'"{name}"')
    assert one.range is not None
    assert one.marked is not None
    text = (tmp_path / "a.json").read_text()
    assert text[one.range.start.offset] == "{"
    assert one.model_dump()["range"]["start"]["line"] == one.range.start.line
    assert text[one.marked.start.offset :].startswith(f'"{name}"')


def test_a_missing_field_of_an_object_without_a_name_is_marked_at_its_opening(tmp_path: Path) -> None:
    value = renamed(base("cbo", "guide"), f"{INFO}/ad_format", "_lost")
    (one,) = on_file(tmp_path, value, "SPL008").diagnostics
    assert (marked(one), one.mark) == ("{", None)


def test_a_rename_is_marked_at_the_field_to_rename(tmp_path: Path) -> None:
    value = edited(base("cbo", "guide"), {f"{GROUP}/bid_type": "BID_TYPE_CUSTOM", f"{GROUP}/bid_price": 5})
    (one,) = on_file(tmp_path, value, "SPL208").diagnostics
    assert (one.pointer, marked(one)) == (GROUP, '"bid_price"')


def test_all_formats_for_people_show_the_marked_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    value = renamed(base("cbo", "guide"), f"{GROUP}/bid_type", "_lost")
    (one,) = on_file(tmp_path, value, "SPL008").diagnostics
    assert one.marked is not None
    assert one.range is not None
    assert one.marked.start.line > one.range.start.line
    place = f"a.json:{one.marked.start.line}:{one.marked.start.column}"
    for name in ("full", "concise", "markdown", "html", "junit"):
        assert place in CliRunner().invoke(cli, ["check", "a.json", "--output-format", name]).stdout
    line = f"line={one.marked.start.line},"
    assert line in CliRunner().invoke(cli, ["check", "a.json", "--output-format", "github"]).stdout


@pytest.mark.parametrize("name", ["campaign_name: Spring", "advertiser_id: '7'"])
def test_a_comment_covers_a_missing_field_at_the_opening_and_at_the_marked_line(tmp_path: Path, name: str) -> None:
    lines = ["campaign:", "  advertiser_id: '7'", "  budget: 500", "  campaign_name: Spring"]
    lines = [f"{line} # splint: ignore[SPL008] later" if name in line else line for line in lines]
    path = tmp_path / "a.yaml"
    path.write_text("\n".join(lines))
    (one,) = Linter(select=["SPL008"], as_of=AS_OF).check(path).diagnostics
    assert one.suppressed is not None


@pytest.mark.parametrize("suffix", ["json", "yaml"])
def test_a_related_place_of_many_lines_shows_one(tmp_path: Path, suffix: str) -> None:
    """SPL402 speaks of an ad group that has no roas_bid, SPL316 of a list: their name and key are marked."""
    value = base("cbo", "guide")
    value["adgroups"] = [copy.deepcopy(value["adgroups"][0]) for _ in range(3)]
    value["adgroups"][2]["roas_bid"] = 2
    value["adgroups"][0]["ads"][0]["page_list"] = [{"page_id": "1"}, {"page_id": "2"}]
    path = tmp_path / f"a.{suffix}"
    path.write_text(json.dumps(value, indent=1))
    places = [
        place
        for one in Linter(select=["SPL402", "SPL316"], as_of=AS_OF).check(path).diagnostics
        for place in one.related
    ]
    assert [place.pointer for place in places] == [f"{AD}/page_list", GROUP]
    for place, word in zip(places, ("page_list", "adgroup_name"), strict=True):
        assert place.range is not None
        assert place.excerpt is not None
        assert place.range.start.line == place.range.end.line
        start = place.excerpt.start
        assert place.excerpt.text[start : start + place.excerpt.length].strip('"') == word


ABSENT = {
    f"{case.profile} {case}": case
    for case in (*cases(splint_guide.PACK), *cases(splint_reference.PACK))
    if case.rule.level == "error" and case.example.at and GONE in case.example.edits.values()
}


@pytest.mark.parametrize("case", ABSENT.values(), ids=ABSENT)
def test_a_misspelt_key_is_an_error_wherever_the_absence_that_it_silences_is_one(case: Case) -> None:
    """In the examples of rules that miss a field: the field is there, but by another name."""
    example, profile = case.example, case.profile
    linter = Linter(profile=profile, as_of=AS_OF)
    for pointer in [pointer for pointer, edit in example.edits.items() if edit is GONE]:
        others = {other: edit for other, edit in example.edits.items() if other != pointer}
        whole = edited(base(example.base, profile), others)
        absent = errors_of(linter.check(edited(whole, {pointer: GONE}))) - errors_of(linter.check(whole))
        if case.rule.code in {code for code, _ in absent}:
            holder, _, key = pointer.rpartition("/")
            misspelt = linter.check(renamed(whole, pointer, f"{key}x")).diagnostics
            [found] = [one for one in misspelt if one.code == "SPL004" and one.pointer == f"{holder}/{key}x"]
            silenced = not any(one.code == case.rule.code for one in misspelt)
            assert found.severity == "error" or not silenced, pointer


def errors_of(report: Report) -> set[tuple[str, str]]:
    return {(one.code, one.pointer) for one in report.diagnostics if one.severity == "error"}


BUDGETS = logged("adgroup/budget/update", {"budget": [{"adgroup_id": "1", "budget": 5}]})
LATER = logged("adgroup/budget/update", {"scheduled_budget": [{"adgroup_id": "1", "scheduled_budget": 5}]})
UPDATES: dict[str, tuple[Any, str, str]] = {
    "campaign_id": (logged("campaign/update", {"campaign_id": "2"}), "/body/campaign_id", "campaignId"),
    "advertiser_id": (logged("campaign/update", {"campaign_id": "2"}), "/body/advertiser_id", "advertiserId"),
    "adgroup_id": (logged("adgroup/update", {"adgroup_id": "2"}), "/body/adgroup_id", "adgroupId"),
    "smart_plus_ad_id": (logged("ad/update", {"smart_plus_ad_id": "2"}), "/body/smart_plus_ad_id", "smartPlusAdId"),
    "budgets": (BUDGETS, "/body/budget", "budgett"),
    "the ad group of a budget": (BUDGETS, "/body/budget/0/adgroup_id", "adgroupId"),
    "a budget": (BUDGETS, "/body/budget/0/budget", "Budget"),
    "budgets to come": (LATER, "/body/scheduled_budget", "scheduledBudget"),
    "a budget to come": (LATER, "/body/scheduled_budget/0/scheduled_budget", "scheduledBudget"),
    "a deeplink's type": (
        edited(
            base("cbo", "reference"), {f"{AD}/deeplink_list": [{"deeplink": "shop://a", "deeplink_type": "NORMAL"}]}
        ),
        f"{AD}/deeplink_list/0/deeplink_type",
        "deeplinkType",
    ),
    "a click window": (
        edited(
            base("cbo", "reference"),
            {f"{GROUP}/click_attribution_window": "SEVEN_DAYS", f"{GROUP}/view_attribution_window": "ONE_DAY"},
        ),
        f"{GROUP}/click_attribution_window",
        "clickAttributionWindow",
    ),
}


@pytest.mark.parametrize(("value", "pointer", "name"), UPDATES.values(), ids=UPDATES)
def test_a_misspelt_key_of_what_the_reference_misses_is_an_error(value: Any, pointer: str, name: str) -> None:
    misspelt = report(renamed(value, pointer, name), "reference").diagnostics
    assert [(one.code, one.severity) for one in misspelt] == [("SPL004", "error")]


ROWS = [
    {"campaign_id": "2", "objective_type": "WEB_CONVERSIONS", "budget_optimize_on": False, "create_time": "1"},
    {
        "campaign_id": "2",
        "adgroup_id": "3",
        "adgroup_name": "a",
        "bid_type": "BID_TYPE_CUSTOM",
        "conversion_bid_price": 90,
        "budget": 200,
        "create_time": "1",
    },
]
"""A campaign and its ad group as TikTok shows them."""


def budgets(rows: list[dict[str, Any]], *requests: dict[str, Any]) -> list[tuple[str, str, str]]:
    """The findings of the reference profile on requests behind rows: code, pointer and help."""
    report = check([*rows, *requests], profile="reference", as_of=AS_OF)
    assert report.errors == ()
    return [(one.code, one.pointer, one.help) for one in report.diagnostics if one.severity == "error"]


def test_a_budget_update_is_held_against_the_bid_that_stands_then() -> None:
    lower = logged("adgroup/budget/update", {"budget": [{"adgroup_id": "3", "budget": 60}]})
    less = logged("adgroup/update", {"adgroup_id": "3", "conversion_bid_price": 5})
    cheaper = logged("adgroup/update", {"adgroup_id": "3", "budget": 60})
    assert budgets(ROWS, less, lower) == budgets(ROWS, less, cheaper) == []
    help = "raise the budget, or bid less"
    assert budgets(ROWS, lower) == [("REF105", "/2/body/budget/0/budget", f"{help} first")]
    assert budgets(ROWS, cheaper) == [("REF105", "/2/body/budget", f"{help} with it")]


@pytest.mark.parametrize("profile", ["guide", "reference"])
def test_no_fix_takes_the_budget_from_an_entry_of_a_budget_update(profile: str) -> None:
    """Without one the entry sets nothing: the ad group is left out instead."""
    campaign = {**ROWS[0], "budget_optimize_on": True, "budget_mode": "BUDGET_MODE_DYNAMIC_DAILY_BUDGET", "budget": 500}
    update = logged("adgroup/budget/update", {"budget": [{"adgroup_id": "3", "budget": 50}]})
    rules = ["SPL213", "REF215"] if profile == "reference" else ["SPL213"]
    found = check([campaign, ROWS[1], update], profile=profile, as_of=AS_OF, select=rules).diagnostics
    told = [(one.pointer, one.fix, one.help[:22]) for one in found]
    assert told == [("/2/body/budget/0/budget", None, "leave the ad group out")]


def test_a_list_under_a_misspelt_key_crashes_no_rule() -> None:
    ad = {**BASES["ad"], "ad_configuration": {"call_to_action_lit": ["Shop Now"]}}
    report = check(ad, profile="reference", as_of=AS_OF)
    assert report.errors == ()
    assert "SPL004" in {one.code for one in report.diagnostics}


@pytest.mark.parametrize(
    ("modes", "says"),
    [
        (("BUDGET_MODE_DYNAMIC_DAILY_BUDGET", "BUDGET_MODE_TOTAL"), ", with which budget 3100 is per day"),
        (("BUDGET_MODE_TOTAL", "BUDGET_MODE_DYNAMIC_DAILY_BUDGET"), ", with which budget 3100 is for all days"),
    ],
)
def test_a_budget_mode_is_not_changed_without_saying_what_the_amount_then_is(modes: tuple[str, str], says: str) -> None:
    """A lifetime budget over 31 days would be spent each day; both the title of the fix and the help say so."""
    value = base("no-cbo", "guide")
    value["adgroups"] *= 2
    value["adgroups"] = [{**group, "budget_mode": mode} for group, mode in zip(value["adgroups"], modes, strict=True)]
    value["adgroups"][1]["budget"] = 3100
    [one] = check(value, as_of=AS_OF, select=["SPL403"]).diagnostics
    assert one.fix is not None
    assert one.help.endswith(f'"{modes[0]}"{says}')
    assert one.fix.title == f"set budget_mode to {modes[0]}{says}"


WAYS_OUT: dict[str, tuple[str, dict[str, Any], str]] = {
    "a lifetime campaign under a continuous schedule": (
        "SPL216",
        {"/campaign/budget_mode": "BUDGET_MODE_TOTAL"},
        "set the campaign's budget_mode to BUDGET_MODE_DYNAMIC_DAILY_BUDGET, or use SCHEDULE_START_END with both times",
    ),
    "a Custom Page and no landing page": (
        "REF310",
        {f"{AD}/page_list": [{"page_id": "1"}], f"{AD}/landing_page_url_list": GONE},
        "put landing_page_url_list in its place",
    ),
    "a Custom Page beside a landing page": ("REF310", {f"{AD}/page_list": [{"page_id": "1"}]}, "remove it"),
    "a lead form with its target": (
        "SPL201",
        {f"{GROUP}/promotion_type": "LEAD_GENERATION", f"{GROUP}/promotion_target_type": "INSTANT_PAGE"},
        "set it to WEBSITE and remove promotion_target_type",
    ),
    "a call to action without its list": (
        "SPL003",
        {f"{AD}/call_to_action_list": "Shop Now"},
        'write [{"call_to_action":"SHOP_NOW"}]',
    ),
    "two of them": (
        "SPL003",
        {f"{AD}/call_to_action_list": "Shop Now, learn_more"},
        'write [{"call_to_action":"SHOP_NOW"},{"call_to_action":"LEARN_MORE"}]',
    ),
    "words that are no label": (
        "SPL003",
        {f"{AD}/call_to_action_list": "Kaufen Sie jetzt!"},
        "write a list of objects or strings",
    ),
}


@pytest.mark.parametrize(("code", "edits", "help"), WAYS_OUT.values(), ids=WAYS_OUT)
def test_the_help_of_a_finding_leads_to_no_other(code: str, edits: dict[str, Any], help: str) -> None:
    found = report(edited(base("cbo", "reference"), edits), "reference").diagnostics
    assert [one.help for one in found if one.code == code] == [help]


def test_a_mode_that_stands_is_none_by_default() -> None:
    current = {"campaign_id": "1", "budget_optimize_on": False, "budget_mode": "BUDGET_MODE_INFINITE"}
    body = {"advertiser_id": "7", "campaign_id": "1", "budget": 40}
    value = {"endpoint": "/v1.3/smart_plus/campaign/update/", "body": body, "current": current}
    [one] = check(value, as_of=AS_OF, select=["SPL105"]).diagnostics
    assert one.summary == "budget has no effect: budget_mode is BUDGET_MODE_INFINITE"
