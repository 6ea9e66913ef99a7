"""The row that shows that a campaign was enabled is compared with what was sent, too."""

import pytest

from tests.submit.harness import SHORT_SETTLE, Harness, summary
from tests.submit.server import Fault, Row
from tests.submit.test_running import meanwhile


def changed(harness: Harness, change: Row) -> None:
    """Somebody changes the campaign while ENABLE is carried out."""

    def then() -> None:
        own = harness.made[0]
        own.name = change.get("campaign_name", own.name)
        own.body.update(change)

    harness.tiktok.on("status", fault=meanwhile(then))


@pytest.mark.parametrize("change", [{"budget": 9999}, {"budget_mode": "BUDGET_MODE_TOTAL"}])
def test_what_may_spend_more_than_was_sent_once_it_is_enabled_is_told(harness: Harness, change: Row) -> None:
    changed(harness, change)
    outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    own, [field] = harness.made[0], change
    assert outcome.status == 5, summary(outcome)
    assert f"splint: campaign {own.id} shows ENABLE and may run (the next command disables it): what" in outcome.err
    assert "differs from the plan in 1 field since it is enabled, and may spend more" in outcome.err
    assert f"/campaign: {field} is " in outcome.err
    assert f"next: splint rollback {harness.record.run}" in outcome.err
    accepting = ("resume", harness.record.run, "--accept-drift", field, "--yes")
    assert (harness(*accepting, settle=SHORT_SETTLE).status, own.status) == (0, "ENABLE")
    assert harness.record.outcome == "enabled"


@pytest.mark.parametrize("change", [{"budget": 1}, {"campaign_name": "Another"}, {"advertiser_id": "9"}])
def test_anything_else_that_differs_once_it_is_enabled_is_noted(harness: Harness, change: Row) -> None:
    [field] = change
    harness.tiktok.on("get", "campaign", times=None, fault=Fault(unfiltered=True))
    changed(harness, change)
    outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    assert (outcome.status, f"note: /campaign: {field} is " in outcome.err) == (0, True), summary(outcome)


def test_what_was_accepted_may_differ_once_it_is_enabled(harness: Harness) -> None:
    changed(harness, {"budget": 9999})
    outcome = harness.submit("--enable", "--accept-drift", "budget", settle=SHORT_SETTLE)
    assert outcome.status == 0, summary(outcome)
