"""No answers, in any order, leave out what alone says how much is spent, until when, on whom, and whether at all."""

from typing import Any

import pytest

from splint.rules.rule import GONE, times
from tests.agents.test_agent_answers import asked, of

PROFILES = ("guide", "reference")
TOTAL, DAILY = "BUDGET_MODE_TOTAL", "BUDGET_MODE_DYNAMIC_DAILY_BUDGET"
GROUP = "/adgroups/0"
MODE = f"{GROUP}/budget_mode"


# -- the mode of a budget ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize(
    "edits",
    [
        {f"{GROUP}/budget": 500, MODE: TOTAL},
        {MODE: "LIFETIME"},
        {"/budget_mode": TOTAL, MODE: TOTAL},
        {
            GROUP: times(2),
            f"{GROUP}/budget": 100,
            MODE: TOTAL,
            "/adgroups/1/budget": 200,
            "/adgroups/1/budget_mode": TOTAL,
        },
        {
            "/campaign/budget": GONE,
            GROUP: times(2),
            f"{GROUP}/budget": 100,
            MODE: TOTAL,
            "/adgroups/1/budget": 200,
            "/adgroups/1/budget_mode": TOTAL,
        },
    ],
)
def test_the_only_word_that_a_budget_is_for_all_days_does_not_go(edits: dict[str, Any], profile: str) -> None:
    questions = asked(of({"/campaign/budget_mode": GONE, **edits}, profile), profile)
    modes = [at for at in questions if at.startswith("/adgroups") and at.endswith("budget_mode")]
    assert modes
    assert [(questions[at]["kind"], questions[at].get("removable")) for at in modes] == [("text", None)] * len(modes)


def test_a_mode_that_the_campaign_says_as_well_goes() -> None:
    for above, mode in ((TOTAL, TOTAL), (GONE, DAILY), (GONE, "BUDGET_MODE_DAY")):
        edits = {"/campaign/budget_mode": above, f"{GROUP}/budget": 50, MODE: mode}
        assert asked(of(edits))[MODE]["removable"], (above, mode)
