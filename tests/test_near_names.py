"""A key is written for the field that it is like as a whole; where two are as near, its author chooses."""

from typing import Any

import pytest

from splint import check
from splint.formats import reference_tokens, value_at
from splint.testing import AS_OF, base, edited

PROFILES = ("guide", "reference")
GROUP = "/adgroups/0"


def told(edits: dict[str, Any], key: str, profile: str) -> tuple[str, str | None, list[str] | None]:
    """The help for a key of an ad group without some fields, the title of its fix, and the names for an agent."""
    bundle = base("cbo", profile)
    [group] = bundle["adgroups"]
    group.update(edits)
    bundle["adgroups"] = [{name: value for name, value in group.items() if value is not None}]
    report = check(bundle, profile=profile, as_of=AS_OF)
    [found] = [one for one in report.diagnostics if one.pointer == f"{GROUP}/{key}"]
    [asked] = [one for one in report.to_agent()["needs_input"] if one["at"] == f"{GROUP}/{key}"]
    return found.help, found.fix.title if found.fix else None, asked.get("choices") if asked.get("renames") else None


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("cost_per_conversion", 15),
        ("conversion_window", 7),
        ("conversion_type", "x"),
        ("config", {"a": 1}),
    ],
)
def test_a_shared_word_makes_no_name_of_a_key(key: str, value: Any, profile: str) -> None:
    help, fix, names = told({key: value, "conversion_bid_price": None}, key, profile)
    said = "write what it says with a field that is known here, or begin its name with _ where it is a note"
    assert (help, fix, names) == (said, None, None)


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize(
    ("key", "value", "names"),
    [
        ("schedule_time", "2027-03-01 00:00:00", ["schedule_end_time", "schedule_start_time"]),
        ("attribution_window", "SEVEN_DAYS", ["view_attribution_window", "click_attribution_window"]),
    ],
)
def test_of_fields_that_are_as_near_each_is_a_choice(key: str, value: Any, names: list[str], profile: str) -> None:
    edits = {**dict.fromkeys(names, None), key: value}
    assert told(edits, key, profile) == (f"write {names[0]} or {names[1]}", None, names)


@pytest.mark.parametrize("profile", PROFILES)
def test_beside_one_of_the_fields_that_are_as_near_one_of_the_two_is_kept(profile: str) -> None:
    start = {
        "schedule_start_time": "2027-03-01 00:00:00",
        "schedule_end_time": None,
        "schedule_time": "2027-03-02 00:00:00",
    }
    help, fix, _ = told(start, "schedule_time", profile)
    assert (help, fix) == ("keep one of the two: schedule_start_time is there too", None)


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("key", ["data", "settings", "changes", "config", "request"])
def test_an_object_of_its_kind_with_other_values_is_an_error_that_names_them(key: str, profile: str) -> None:
    campaign = base("cbo", profile)["campaign"]
    report = check({**campaign, key: {**campaign, "budget": 600}}, profile=profile, as_of=AS_OF)
    [found] = report.diagnostics
    assert (found.pointer, found.severity, found.fix) == (f"/{key}", "error", None)
    assert found.help.endswith("another value of budget: choose one, and keep it there, not here")
    same = check({**campaign, key: campaign}, profile=profile, as_of=AS_OF)
    assert [one.help for one in same.diagnostics] == [f"remove {key}: the object around it has what it holds"]


SPEC, AD = f"{GROUP}/targeting_spec", f"{GROUP}/ads/0"
TIME = "as YYYY-MM-DD HH:MM:SS in UTC"
RUN = "write operation_status: DISABLE for what is not to run, ENABLE for what is"
DAYS = "write budget_mode: BUDGET_MODE_TOTAL where the budget is for all days, else BUDGET_MODE_DYNAMIC_DAILY_BUDGET"
UTC = "write schedule_start_time and schedule_end_time in UTC, as they are read"
WORDS: tuple[tuple[str, str, Any, str, str], ...] = (
    (GROUP, "end_date", "2027-04-01", f"write schedule_end_time, {TIME}", "schedule_end_time"),
    (GROUP, "stopTime", "2027-04-01T00:00", f"write schedule_end_time, {TIME}", "schedule_end_time"),
    (GROUP, "end_date", "2027-04-01 00:00:00", "write schedule_end_time", "schedule_end_time fix"),
    ("/campaign", "end_date", "2027-04-01", f"write schedule_end_time in its ad groups, {TIME}", ""),
    *((holder, key, True, RUN, "") for holder in ("/campaign", GROUP, AD) for key in ("paused", "isActive", "enabled")),
    *((holder, "state", "paused", "write operation_status", "operation_status") for holder in ("/campaign", GROUP, AD)),
    (GROUP, "status", "PAUSED", "write operation_status", "operation_status"),
    ("/campaign", "campaign_state", "DISABLE", "write operation_status", "operation_status fix"),
    ("/campaign", "budget_type", "LIFETIME", DAYS, "budget_mode"),
    ("/campaign", "budgetPeriod", "BUDGET_MODE_TOTAL", "write budget_mode", "budget_mode fix"),
    ("/campaign", "mode", "BUDGET_MODE_TOTAL", "write budget_mode", "budget_mode fix"),
    ("/campaign", "type", "BUDGET_MODE_TOTAL", "write budget_mode", "budget_mode fix"),
    (SPEC, "gender_value", "GENDER_FEMALE", "write gender", "gender fix"),
    (SPEC, "sex", "female", "write gender, with GENDER_FEMALE or GENDER_MALE", "gender"),
    (GROUP, "sex", "female", "write targeting_spec.gender, with GENDER_FEMALE or GENDER_MALE", ""),
    (SPEC, "ageMin", 25, "write age_groups, with values such as AGE_25_34", ""),
    (GROUP, "age_max", 44, "write targeting_spec.age_groups, with values such as AGE_25_34", ""),
    (
        SPEC,
        "min_os_version",
        "10.0",
        "write min_ios_version or min_android_version",
        "min_ios_version min_android_version",
    ),
    ("/campaign", "timezone", "America/New_York", UTC, ""),
    (GROUP, "timezone", "America/New_York", UTC, ""),
)
"""Keys that plainly mean a field: the help for each, and the names of the question, with those that a fix gives."""


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize(("holder", "key", "value", "help", "names"), WORDS)
def test_what_plainly_means_a_field_names_it_and_a_fix_writes_it_where_the_value_is_right(
    holder: str, key: str, value: Any, help: str, names: str, profile: str
) -> None:
    has_fix, choices = names.endswith(" fix"), names.removesuffix(" fix").split()
    bundle = edited(base("cbo", profile), {f"{holder}/{key}": value})
    for name in choices:
        value_at(bundle, reference_tokens(holder)).pop(name, None)
    report = check(bundle, profile=profile, as_of=AS_OF)
    [found] = [one for one in report.diagnostics if one.pointer == f"{holder}/{key}"]
    assert (found.code, found.help, found.fix is not None) == ("SPL004", help, has_fix)
    [asked] = [one for one in report.to_agent()["needs_input"] if one["at"] == f"{holder}/{key}"]
    assert (asked["kind"], asked.get("choices", []), "removable" in asked) == (
        "choice" if choices else "text",
        choices,
        False,
    )


@pytest.mark.parametrize(
    ("holder", "key", "value"),
    [
        (GROUP, "enabled", True),
        (GROUP, "partner", "x"),
        (GROUP, "date", "2027-04-01"),
        (AD, "type", "x"),
        ("/campaign", "mode", "x"),
        ("/campaign", "strategy", "AUTO_BUDGET_INCREASE"),
        ("/campaign", "budget_strategy", "LIFETIME"),
        (SPEC, "nixedgender", "GENDER_FEMALE"),
        (SPEC, "id", "7"),
    ],
)
def test_no_name_is_told_for_a_part_that_many_names_have(holder: str, key: str, value: Any) -> None:
    report = check(edited(base("cbo", "reference"), {f"{holder}/{key}": value}), profile="reference", as_of=AS_OF)
    [found] = [one for one in report.diagnostics if one.pointer == f"{holder}/{key}"]
    [asked] = [one for one in report.to_agent()["needs_input"] if one["at"] == f"{holder}/{key}"]
    assert (found.becomes, found.fix, asked["kind"], "removable" in asked) == ("", None, "text", False)


ENDS = ("stop_time", "schedule_end_tim", "scheduleEndTime", "schedule_end")
END = {"schedule_type": "SCHEDULE_START_END", "schedule_end_time": "2027-06-01 00:00:00"}
TOTAL, DAILY = "BUDGET_MODE_TOTAL", "BUDGET_MODE_DYNAMIC_DAILY_BUDGET"


@pytest.mark.parametrize(
    ("holder", "beside", "key", "same", "others"),
    [
        *((GROUP, END, key, [END["schedule_end_time"]], ["2027-05-01 00:00:00", "2027-06-01"]) for key in ENDS),
        ("/campaign", {}, "Budget", [500], [100, "500", 500.5, [500]]),
        ("/campaign", {"operation_status": "ENABLE"}, "operationStatus", ["ENABLE"], ["DISABLE", False, "PAUSED"]),
        ("/campaign", {"operation_status": "ENABLE"}, "campaign_status", ["ENABLE"], ["DISABLE"]),
        ("/campaign", {"budget_mode": DAILY}, "budgetMode", [DAILY], [TOTAL]),
        ("/campaign", {"budget": 700, "budget_mode": DAILY}, "lifetime_budget", [], [700, 600]),
        ("/campaign", {"budget": 700, "budget_mode": None}, "total_budget", [], [700]),
        ("/campaign", {"budget": 700, "budget_mode": TOTAL}, "lifetime_budget", [700], [600]),
        ("/campaign", {"budget": 700, "budget_mode": TOTAL}, "daily_budget", [], [700]),
        ("/campaign", {"budget": 700, "budget_mode": DAILY}, "daily_budget", [700], [600]),
        (GROUP, END, "schedule", [], [{"end": "2027-04-01"}, "0" * 336]),
        (GROUP, {"promotion_type": "WEBSITE"}, "promotion", [], [{"type": "APP"}]),
        (SPEC, {"location_ids": ["6252001"]}, "locationIds", [["6252001"]], [["999"], "6252001"]),
    ],
)
def test_beside_the_field_that_it_means_a_key_may_go_only_where_it_says_the_very_same(
    holder: str, beside: dict[str, Any], key: str, same: list[Any], others: list[Any]
) -> None:
    """A slip of the name as another word for it: two that wrote it said two things."""
    for value in (*same, *others):
        edits = {f"{holder}/{name}": one for name, one in (beside | {key: value}).items()}
        report = check(edited(base("cbo", "reference"), edits), profile="reference", as_of=AS_OF)
        [asked] = [one for one in report.to_agent()["needs_input"] if one["at"] == f"{holder}/{key}"]
        assert (asked.get("removable", False), asked["kind"]) == (
            (True, "choice") if value in same else (False, "text")
        ), value


@pytest.mark.parametrize("key", ["end_date", "stop_time", "schedule_end_time"])
def test_an_end_of_the_campaign_may_go_only_where_all_its_ad_groups_end_then(key: str) -> None:
    for ends, may_go in (
        (["2027-06-01 00:00:00"], True),
        (["2027-06-01 00:00:00", "2027-06-01 00:00:00"], True),
        (["2027-07-01 00:00:00"], False),
        (["2027-06-01 00:00:00", "2027-07-01 00:00:00"], False),
        (["2027-06-01 00:00:00", None], False),
    ):
        bundle = base("cbo", "reference")
        bundle["campaign"][key] = "2027-06-01 00:00:00"
        [group] = bundle["adgroups"]
        bundle["adgroups"] = [
            {**group, "request_id": str(at), "adgroup_name": str(at), **END, "schedule_end_time": end}
            for at, end in enumerate(ends)
        ]
        report = check(bundle, profile="reference", as_of=AS_OF)
        [asked] = [one for one in report.to_agent()["needs_input"] if one["at"] == f"/campaign/{key}"]
        assert asked.get("removable", False) is may_go, ends


@pytest.mark.parametrize("value", [True, 5, ["x"], {"a": [1]}])
def test_under_another_word_any_value_may_stand(value: Any) -> None:
    for holder, key, *_ in WORDS:
        report = check(edited(base("cbo", "reference"), {f"{holder}/{key}": value}), profile="reference", as_of=AS_OF)
        found = [one for one in report.diagnostics if one.pointer == f"{holder}/{key}"]
        assert [one.code for one in found] == ["SPL004"], key
        [asked] = [one for one in report.to_agent()["needs_input"] if one["at"] == f"{holder}/{key}"]
        assert "removable" not in asked, key
