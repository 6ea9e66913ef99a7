"""Which rule owns a cause: rules declare it, and a rule that does not run or finds nothing silences nobody."""

import json
from pathlib import Path
from typing import Any

import pytest

from splint import check
from splint.rules.rule import ASCENDING_SEVERITIES, GONE, times
from splint.run.linter import Linter
from splint.testing import BASES, base, edited

GROUP = "/adgroups/0"
CAP = {f"{GROUP}/bid_type": "BID_TYPE_CUSTOM", f"{GROUP}/conversion_bid_price": 5}
LIFETIME = {
    **CAP,
    "/campaign/budget_mode": "BUDGET_MODE_DYNAMIC_DAILY_BUDGET",
    f"{GROUP}/budget_mode": "BUDGET_MODE_TOTAL",
}
"""Without CBO: a campaign's mode that SPL102 refuses, and a Cost Cap against a lifetime budget below it."""
VALUE = {f"{GROUP}/optimization_goal": "VALUE", f"{GROUP}/deep_bid_type": "VO_HIGHEST_VALUE", f"{GROUP}/bid_price": 0}
ROAS = {
    f"{GROUP}/optimization_goal": "VALUE",
    f"{GROUP}/deep_bid_type": "VO_MIN_ROAS",
    f"{GROUP}/roas_bid": 0,
    "/campaign/budget_mode": "BUDGET_MODE_DAY",
}
"""Minimum ROAS of nothing, under a mode that SPL102 refuses and that is not dynamic."""

CALLS = f"{GROUP}/ads/0/call_to_action_list"

OWNED: dict[str, tuple[str, str, dict[str, Any], str, list[tuple[str, str]]]] = {
    **{
        f"{title} of a Spark ad on TikTok": (
            "reference",
            "cbo",
            {f"{GROUP}/ads/0/ad_configuration": GONE, CALLS: [entry]},
            "SPL007,SPL008,REF002,REF305,REF308",
            sorted([("REF305", f"{GROUP}/ads/0"), (code, f"{CALLS}/0{field}")]),
        )
        for title, entry, code, field in (
            ("an empty call to action", {"call_to_action": ""}, "SPL008", ""),
            ("a call to action of null", {"call_to_action": None}, "SPL008", ""),
            ("an entry without a call to action", {}, "SPL008", ""),
            ("an empty text for a call to action", "", "SPL008", ""),
            ("null for a call to action", None, "SPL008", ""),
            ("a misspelt label", "SHOP_NWO", "SPL007", ""),
            ("a misspelt call to action", {"call_to_action": "SHOP_NWO"}, "REF002", "/call_to_action"),
        )
    },
    "a ceiling of nothing beside a Cost Cap": (
        "guide",
        "cbo",
        {**CAP, f"{GROUP}/max_budget": 0},
        "SPL106,SPL214",
        [("SPL214", f"{GROUP}/max_budget")],
    ),
    "the same where the rule that owns it does not run": (
        "guide",
        "cbo",
        {**CAP, f"{GROUP}/max_budget": 0},
        "SPL106",
        [("SPL106", f"{GROUP}/max_budget")],
    ),
    "the same where the profile has another rule": (
        "reference",
        "cbo",
        {**CAP, f"{GROUP}/max_budget": 0},
        "SPL106,REF2",
        [("REF213", f"{GROUP}/max_budget"), ("SPL106", f"{GROUP}/max_budget")],
    ),
    "a ceiling below nothing there": (
        "reference",
        "cbo",
        {**CAP, f"{GROUP}/max_budget": -5},
        "SPL106,REF2",
        [("REF213", f"{GROUP}/max_budget"), ("SPL106", f"{GROUP}/max_budget")],
    ),
    "a floor of nothing there": (
        "reference",
        "cbo",
        {**CAP, f"{GROUP}/min_budget": 0},
        "SPL106,REF2",
        [("REF214", f"{GROUP}/min_budget"), ("SPL106", f"{GROUP}/min_budget")],
    ),
    "an idle price is a warning, a deviation beside it an error": (
        "guide",
        "cbo",
        {**CAP, GROUP: times(2), "/adgroups/1/bid_price": 3},
        "SPL209,SPL402",
        [("SPL209", "/adgroups/1/bid_price"), ("SPL402", "/adgroups/1/bid_price")],
    ),
    "two idle prices that differ": (
        "reference",
        "cbo",
        {GROUP: times(2), f"{GROUP}/bid_price": 5, "/adgroups/1/bid_price": 6},
        "SPL209,SPL402",
        [("SPL209", f"{GROUP}/bid_price"), ("SPL209", "/adgroups/1/bid_price"), ("SPL402", "/adgroups/1/bid_price")],
    ),
    "only at its place": (
        "guide",
        "cbo",
        {f"{GROUP}/bid_price": 0, f"{GROUP}/min_budget": 0},
        "SPL106,SPL209",
        [("SPL106", f"{GROUP}/min_budget"), ("SPL209", f"{GROUP}/bid_price")],
    ),
    "in the whole tree": (
        "guide",
        "no-cbo",
        LIFETIME,
        "SPL102,SPL210",
        [("SPL102", "/campaign/budget_mode")],
    ),
    "not by a rule that is not selected": ("guide", "no-cbo", LIFETIME, "SPL210", [("SPL210", f"{GROUP}/bid_type")]),
    "on fields of that name in the tree, and on no other": (
        "guide",
        "cbo",
        {
            "/campaign/budget_mode": "BUDGET_MODE_TOTAL",
            GROUP: times(3),
            **CAP,
            "/adgroups/2/optimization_event": "ADD_TO_CART",
        },
        "SPL210,SPL402",
        [("SPL210", f"{GROUP}/bid_type"), ("SPL402", "/adgroups/2/optimization_event")],
    ),
    "fields without the rule that owns them": (
        "guide",
        "cbo",
        {"/campaign/budget_mode": "BUDGET_MODE_TOTAL", GROUP: times(3), **CAP},
        "SPL402",
        [("SPL402", f"{GROUP}/bid_type"), ("SPL402", f"{GROUP}/conversion_bid_price")],
    ),
    "what is silent in its tree owns nothing": (
        "guide",
        "cbo",
        {"/campaign/budget_mode": "BUDGET_MODE_DAY", f"{GROUP}/budget": 0},
        "SPL102,SPL106,SPL213",
        [("SPL102", "/campaign/budget_mode"), ("SPL106", f"{GROUP}/budget")],
    ),
    "where its place is the related one": (
        "reference",
        "cbo",
        ROAS,
        "SPL102,REF205",
        [("REF205", f"{GROUP}/roas_bid"), ("SPL102", "/campaign/budget_mode")],
    ),
    "of a mode that is misspelt, the campaign unknown": (
        "reference",
        "ad-group",
        {
            "/optimization_goal": "VALUE",
            "/deep_bid_type": "VO_MIN_ROAS",
            "/roas_bid": 2,
            "/vbo_window": "ZERO_DAY",
            "/budget_auto_adjust_strategy": "AUTO_BUDGET_INCREASE",
            "/budget_mode": "BUDGET_MODE_DYNAMIC_DAILY",
        },
        "SPL007,REF106,REF205",
        [("SPL007", "/budget_mode")],
    ),
    "not where the rule that refuses it does not run": (
        "reference",
        "cbo",
        ROAS,
        "REF205",
        [("REF205", f"{GROUP}/deep_bid_type"), ("REF205", f"{GROUP}/roas_bid")],
    ),
    "what is owned at its place owns in turn": (
        "reference",
        "cbo",
        VALUE,
        "SPL106,SPL209,REF205",
        [("REF205", f"{GROUP}/bid_price")],
    ),
}


@pytest.mark.parametrize(("profile", "name", "edits", "select", "found"), OWNED.values(), ids=OWNED)
def test_a_cause_is_reported_by_the_rule_that_owns_it(
    profile: str, name: str, edits: dict[str, Any], select: str, found: list[tuple[str, str]]
) -> None:
    """As far as that rule runs, and finds it."""
    linter = Linter(profile=profile, select=select.split(","), as_of="2026-03-01")
    report = linter.check(edited(base(name, profile), edits))
    assert sorted((one.code, one.pointer) for one in report.diagnostics) == found


def test_a_rule_on_one_value_silences_no_other_value() -> None:
    """REF208 owns what SPL007 would say of an age group, and not what it says of the budget mode."""
    group = {**base("ad-group", "reference"), "budget_mode": "WEEKLY"}
    group["targeting_spec"] = {"location_ids": ["6252001"], "age_groups": ["AGE_13_17"], "spending_power": "LOW"}
    report = Linter(profile="reference", select=["SPL007", "REF208"], as_of="2026-03-01").check(group)
    assert [(one.code, one.pointer) for one in report.diagnostics if one.code == "SPL007"] == [
        ("SPL007", "/budget_mode")
    ]
    assert {one.code for one in report.diagnostics} == {"SPL007", "REF208"}


def test_a_tree_owns_nothing_in_another_tree() -> None:
    """Two bundles of one list: in the second nobody has refused the mode."""
    other = {"/campaign/campaign_name": "Other", f"{GROUP}/budget_mode": "BUDGET_MODE_TOTAL", **CAP}
    values = [edited(BASES["no-cbo"], LIFETIME), edited(BASES["no-cbo"], other)]
    report = Linter(select=["SPL102", "SPL210"], as_of="2026-03-01").check(values)
    assert [(one.code, one.pointer) for one in report.diagnostics] == [
        ("SPL102", "/0/campaign/budget_mode"),
        ("SPL210", "/1/adgroups/0/bid_type"),
    ]


def test_a_suppressed_finding_owns_no_cause(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever accepts that the campaign has a mode has not accepted that a bid does not go with it."""
    monkeypatch.chdir(tmp_path)
    text = json.dumps(edited(BASES["no-cbo"], LIFETIME), indent=1)
    line = next(line for line in text.splitlines() if '"BUDGET_MODE_DYNAMIC_DAILY_BUDGET"' in line)
    Path("a.jsonc").write_text(text.replace(line, f"{line} // splint: ignore[SPL102] on purpose", 1))
    report = Linter(select=["SPL102", "SPL210"], as_of="2026-03-01").check(Path("a.jsonc"))
    found = [(one.code, one.suppressed is not None) for one in report.diagnostics]
    assert found == [("SPL102", True), ("SPL210", False)]


MILDER = {
    "SPL105": {"SPL106", "REF104"},
    "SPL209": {"SPL106"},
    "SPL221": {"REF002", "SPL007"},
    "REF210": {"SPL220"},
    "REF215": {"SPL007", "SPL106", "SPL211"},
    "REF305": {"REF308", "SPL314", "SPL315"},
}
"""Rules that find warnings and own errors: what they flag is not used, so that its value says nothing."""


def test_a_rule_owns_nothing_more_severe_but_where_the_value_is_not_used() -> None:
    """A check that passes with a warning in the place of an error lets a refused request through."""
    rules = {found.rule.code: found.rule for found in Linter(profile="reference").registry.rules}
    milder = {
        code: {
            other
            for other in rule.supersedes
            if ASCENDING_SEVERITIES.index(rules[other].level) > ASCENDING_SEVERITIES.index(rule.level)
        }
        for code, rule in rules.items()
    }
    assert {code: others for code, others in milder.items() if others} == MILDER


@pytest.mark.parametrize(("pointer", "code"), [("/campaign/request_id", "REF101"), (f"{GROUP}/pixel_id", "REF001")])
def test_no_digits_are_quoted_that_a_rule_refuses_as_a_string(pointer: str, code: str) -> None:
    """What quotes them leads into the next error: somebody is asked for the id instead."""
    big = 2**63
    quoted = edited(base("cbo", "reference"), {pointer: str(big)})
    value = edited(base("cbo", "reference"), {pointer: big})
    report = check(value, profile="reference", as_of="2026-03-01")
    assert [(one.code, one.fix) for one in report.diagnostics] == [("SPL006", None)]
    assert [one["at"] for one in report.to_agent()["needs_input"]] == [pointer]
    assert [one.code for one in check(quoted, profile="reference", as_of="2026-03-01").diagnostics] == [code]
    below = check(edited(value, {pointer: big - 1}), profile="reference", as_of="2026-03-01")
    assert [one.fix is not None and one.fix.applicability for one in below.diagnostics] == ["safe"]
    assert [one.fix is not None for one in check(value, as_of="2026-03-01").diagnostics if one.code == "SPL006"] == [
        True
    ]


def test_rules_supersede_rules_that_there_are() -> None:
    """A code with a typing error would silence nobody."""
    rules = {found.rule.code: found.rule for found in Linter(profile="reference").registry.rules}
    assert {code for one in rules.values() for code in one.supersedes} - rules.keys() == set()
    assert all(one.code not in one.supersedes for one in rules.values())
