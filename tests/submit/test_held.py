"""Campaigns of the run's name that hold what the run did not send: no command takes one for the run's."""

import pytest

from tests.submit.harness import SHORT_SETTLE, Harness, closed_origin, summary
from tests.submit.server import Stored
from tests.submit.test_namesakes import LOST, another, assert_untouched, sent_beside, submitted

HELD = "it holds adgroup "


def assert_left_alone(harness: Harness, other: Stored) -> None:
    """Assert that no resume and no rollback takes a campaign that holds an ad group, or touches it."""
    commands = (("resume", ()), ("resume", ("--resend-absent",)), ("rollback", ()), ("rollback", ("--delete",)))
    for command, words in commands:
        outcome = getattr(harness, command)(*words, settle=SHORT_SETTLE)
        assert (outcome.status, HELD in outcome.err) == (5, True), summary(outcome)
        assert "which the run did not send (where the campaign is the run's, empty it first)" in outcome.err
        assert_untouched(harness, other)


@pytest.mark.parametrize("budget", [500, 900])
def test_the_process_that_lost_the_answer_builds_in_no_campaign_that_holds_anything(
    harness: Harness, budget: int
) -> None:
    other = submitted(harness, LOST, 5, {"budget": budget}, is_held=True)
    assert (len(harness.sent()), harness.state("/campaign")) == (1, "UNKNOWN")
    assert_left_alone(harness, other)


def test_what_holds_anything_is_not_taken_after_it_was_sent_again(harness: Harness) -> None:
    harness.tiktok.on("create", "campaign", fault=LOST)
    assert harness.submit(settle=SHORT_SETTLE).status == 5
    outcome = sent_beside(harness, LOST, {}, lambda: harness.resume("--resend-absent", settle=SHORT_SETTLE))
    assert (outcome.status, HELD in outcome.err, len(harness.sent())) == (5, True, 2), summary(outcome)
    assert_untouched(harness, harness.tiktok.objects[0])


@pytest.mark.parametrize("was_filled_before_a_resume", [True, False])
def test_a_campaign_that_is_filled_after_it_was_found_by_its_name_is_given_up_until_it_is_empty(
    harness: Harness, *, was_filled_before_a_resume: bool
) -> None:
    """It was empty when it was found, and nothing of the run was sent below it since."""
    harness.tiktok.on("create", "campaign", fault=LOST)
    assert harness.submit(settle=SHORT_SETTLE).status == 5
    other = another(harness, {})
    harness.divert("adgroup", closed_origin(), times=4)
    assert harness.resume(settle=SHORT_SETTLE).status == 4
    assert harness.record.resource("/campaign").id == other.id
    harness.add("adgroup", campaign_id=other.id)
    if was_filled_before_a_resume:
        outcome = harness.resume(settle=SHORT_SETTLE)
        assert (outcome.status, HELD in outcome.err) == (5, True), summary(outcome)
        assert_untouched(harness, other)
        assert f"next: splint runs {harness.record.run} " in outcome.err
        harness.tiktok.objects[-1].status = "DELETE"
        assert harness.resume(settle=SHORT_SETTLE).status == 0
        assert harness.record.resource("/campaign").id == other.id
    else:
        outcome = harness.rollback("--delete", settle=SHORT_SETTLE)
        assert (outcome.status, HELD in outcome.err) == (5, True), summary(outcome)
        assert_untouched(harness, other)


def test_a_campaign_that_was_filled_meanwhile_is_taken_once_it_is_empty(harness: Harness) -> None:
    other = submitted(harness, LOST, 5, {}, is_held=True)
    harness.tiktok.objects[-1].status = "DELETE"
    outcome = harness.resume(settle=SHORT_SETTLE)
    assert (outcome.status, harness.record.resource("/campaign").id) == (0, other.id), summary(outcome)
