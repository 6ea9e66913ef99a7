"""The row of a campaign that shows ENABLE: it is compared with what was sent, and told where it may be the run's."""

import pytest

from tests.submit.harness import SHORT_SETTLE, Harness, summary
from tests.submit.server import Answer, Fault, Row, envelope
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


@pytest.mark.parametrize("status", ["ENABLE", "DISABLE"])
def test_what_runs_under_the_name_of_a_run_whose_id_no_row_shows_is_said_to_run(harness: Harness, status: str) -> None:
    made: list[str] = []

    def given(_: Answer) -> Answer:
        made.append(harness.add("campaign", campaign_name="Spring sale", operation_status=status))
        return envelope(data={"campaign_id": "1999999999999999999"})

    harness.tiktok.on("create", "campaign", fault=Fault(commit=False, answer=given))
    outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    said = f" ({made[0]} shows ENABLE and may run: where it is the run's, disable it by hand)" * (status == "ENABLE")
    named = f"campaign {made[0]} 'Spring sale', which is not in the journal, may be what was sent{said}"
    assert (outcome.status, f"{named}: nothing is added" in outcome.err) == (5, True), summary(outcome)
    for words in ((), ("--now",)):
        outcome = harness.rollback(*words, settle=SHORT_SETTLE)
        assert (outcome.status, f"{named}; look at it" in outcome.err) == (5, True), summary(outcome)
