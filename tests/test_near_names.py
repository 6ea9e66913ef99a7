"""A key is written for the field that it is like as a whole; where two are as near, its author chooses."""

from typing import Any

import pytest

from splint import check
from splint.testing import AS_OF, base

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
