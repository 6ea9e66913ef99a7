"""A key that says more than a field gets the name of that only together with the field that says the rest."""

from typing import Any

import pytest

import splint
from splint.agents.parameters import ToolError
from splint.agents.roots import Roots
from splint.agents.tools import Tools
from splint.rules.rule import GONE
from splint.testing import AS_OF, base, edited
from tests.reporters.test_agent_answer import patched

TOOLS = Tools(Roots([]))
TOTAL, DAILY = "BUDGET_MODE_TOTAL", "BUDGET_MODE_DYNAMIC_DAILY_BUDGET"


def campaign(key: str, mode: Any) -> Any:
    edits = {"/campaign/budget": GONE, "/campaign/budget_mode": mode, f"/campaign/{key}": 50000}
    return edited(base("cbo", "reference"), edits)["campaign"]


def asked(payload: Any, profile: str = "reference") -> list[dict[str, Any]]:
    questions: list[dict[str, Any]] = splint.check(payload, as_of=AS_OF, profile=profile).to_agent()["needs_input"]
    return questions


def answered(payload: Any, answers: dict[str, Any], profile: str = "reference") -> Any:
    given = [{"at": at, "value": value} for at, value in answers.items()]
    patch = TOOLS.answer({"payload": payload, "answers": given, "as_of": AS_OF, "profile": profile})["patch"]
    return patched(payload, patch)


@pytest.mark.parametrize("profile", ["guide", "reference"])
@pytest.mark.parametrize(
    ("key", "mode", "meant"),
    [("lifetime_budget", DAILY, TOTAL), ("total_budget", GONE, TOTAL), ("daily_budget", TOTAL, DAILY)],
)
def test_an_amount_for_other_days_is_renamed_with_the_mode_that_says_so(
    key: str, mode: Any, meant: str, profile: str
) -> None:
    payload = campaign(key, mode)
    name, beside = asked(payload, profile)
    assert (name["at"], name["renames"], name["choices"]) == (f"/{key}", True, ["budget"])
    assert f"budget_mode {meant}" in name["help"]
    assert (beside["at"], beside["id"]) == ("/budget_mode", name["id"])
    assert beside["choices"][0] == meant
    with pytest.raises(ToolError, match="answer the question at /budget_mode with it"):
        answered(payload, {f"/{key}": "budget"}, profile)
    after = answered(payload, {f"/{key}": "budget", "/budget_mode": meant}, profile)
    assert (after["budget"], after["budget_mode"], key in after) == (50000, meant, False)
    assert asked(after, profile) == []


@pytest.mark.parametrize(("key", "mode"), [("lifetime_budget", TOTAL), ("daily_budget", DAILY)])
def test_where_the_mode_says_it_the_name_alone_is_asked_for(key: str, mode: str) -> None:
    payload = campaign(key, mode)
    [question] = asked(payload)
    assert question["renames"]
    assert answered(payload, {f"/{key}": "budget"})["budget"] == 50000


@pytest.mark.parametrize("stated", [True, GONE])
@pytest.mark.parametrize("profile", ["guide", "reference"])
def test_with_cbo_an_amount_of_an_ad_group_only_goes(profile: str, stated: Any) -> None:
    edits = {"/campaign/budget_optimize_on": stated, "/adgroups/0/daily_budget": 20}
    bundle = edited(base("cbo", profile), edits)
    [question] = asked(bundle, profile)
    assert (question["at"], question["kind"], question["choices"]) == ("/adgroups/0/daily_budget", "choice", [])
    assert question["removable"]
    assert question["help"] == "remove it: the campaign's budget holds for all its ad groups"
    assert asked(answered(bundle, {question["at"]: None}, profile), profile) == []


def test_without_cbo_an_amount_of_an_ad_group_gets_its_name_with_the_mode() -> None:
    group = "/adgroups/0"
    edits = {f"{group}/budget": GONE, f"{group}/budget_mode": GONE, f"{group}/daily_budget": 50}
    bundle = edited(base("no-cbo", "guide"), edits)
    name, mode, *_ = asked(bundle, "guide")
    assert (name["renames"], "removable" in name, name["help"][:12]) == (True, False, "write budget")
    assert (mode["at"], mode["kind"], mode["choices"]) == (f"{group}/budget_mode", "choice", [DAILY])
    assert asked(answered(bundle, {name["at"]: "budget", mode["at"]: DAILY}, "guide"), "guide") == []


def test_an_amount_of_an_ad_group_gets_its_name_where_nobody_knows_of_cbo() -> None:
    """Without CBO it is the only amount that there is."""
    group = {**base("cbo", "reference")["adgroups"][0], "campaign_id": "7000000000000000002", "daily_budget": 50}
    group = {**group, "advertiser_id": "7000000000000000001"}
    del group["ads"]
    name, mode = asked(group)
    assert (name["choices"], mode["at"], mode["choices"]) == (["budget"], "/budget_mode", [DAILY])
    assert name["help"].startswith("with CBO remove it, ")
    assert "removable" not in name
    with pytest.raises(ToolError, match="what it holds would be lost"):
        answered(group, {name["at"]: None})
    assert asked(answered(group, {name["at"]: "budget", mode["at"]: DAILY})) == []


@pytest.mark.parametrize(
    ("key", "other"), [("lifetime_budget", DAILY), ("daily_budget", TOTAL), ("total_budget", None)]
)
def test_the_mode_beside_the_name_is_the_one_that_the_key_says(key: str, other: Any) -> None:
    for mode in (GONE, TOTAL if key == "daily_budget" else DAILY):
        with pytest.raises(ToolError, match="/budget_mode"):
            answered(campaign(key, mode), {f"/{key}": "budget", "/budget_mode": other})
