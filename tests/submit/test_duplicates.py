"""Requests that TikTok refuses as duplicates (40050): what was sent before tells whether what stands is the run's."""

from typing import Literal

import pytest

from splint.submit import Record
from splint.submit.journal import Journal
from tests.submit.harness import FIRST, SHORT_SETTLE, Harness, summary
from tests.submit.server import Answer, Fault, Level, Stored, answers
from tests.submit.test_explained import kept
from tests.submit.test_namesakes import AS_SENT, LOST, assert_untouched

REPEATED = "TikTok refused the run's only request as a duplicate: another one with its request_id came before"
NOT_CARRIED_OUT = answers(40050, "Duplicate request", commit=False)
REFUSED = answers(40002, "no", commit=True)


def refused_beside(harness: Harness) -> Stored:
    """Submit while a run of another machine makes the same campaign first, with the same request_id. Returns that."""

    def answer(whole: Answer) -> Answer:
        harness.add("campaign", **AS_SENT)
        return NOT_CARRIED_OUT.answer(whole)

    harness.write({"/campaign/request_id": "1770000000000000001"})
    harness.tiktok.on("create", "campaign", fault=Fault(commit=False, answer=answer))
    outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    [other] = harness.tiktok.objects
    assert (outcome.status, harness.state("/campaign")) == (5, "REJECTED"), summary(outcome)
    assert f"stands ({other.id}), and is not taken for the run's: {REPEATED}; nothing is added to it" in outcome.err
    back = f"splint rollback {harness.record.run}"
    assert f"let that one go on, and take this one back with {back}, which touches nothing" in outcome.err
    assert f"next: {back} " in outcome.err
    assert "40050" in outcome.err
    return other


def test_a_campaign_whose_only_request_is_a_duplicate_is_not_taken(harness: Harness) -> None:
    other = refused_beside(harness)
    harness.add("adgroup", campaign_id=other.id)
    for command in (harness.resume, harness.rollback):
        for words in ((), ("--resend-absent",)) if command == harness.resume else ((), ("--delete",)):
            outcome = command(*words, settle=SHORT_SETTLE)
            assert (outcome.status, REPEATED in outcome.err, len(harness.sent())) == (5, True, 1), summary(outcome)
            assert_untouched(harness, other)


def test_what_is_not_taken_keeps_its_own_run_from_nothing(harness: Harness) -> None:
    """The run of the other machine goes on; once it took its campaign back, this one's rollback ends."""
    other = refused_beside(harness)
    assert harness.rollback(settle=SHORT_SETTLE).status == 5
    other.status = "DELETE"
    outcome = harness.rollback(settle=SHORT_SETTLE)
    assert (outcome.status, len(harness.sent("status"))) == (0, 0), summary(outcome)


def test_a_run_that_was_refused_as_a_duplicate_goes_on_under_another_name(harness: Harness) -> None:
    other = refused_beside(harness)
    harness.write({"/campaign/campaign_name": "Summer"})
    outcome = harness.resume("--bundle", "bundle.json", settle=SHORT_SETTLE)
    assert outcome.status == 0, summary(outcome)
    harness.assert_created(enabled=True)
    assert other.status == "DISABLE"


@pytest.mark.parametrize("level", ["campaign", "adgroup"])
def test_a_used_request_id_under_which_nothing_stands_is_left_by_a_corrected_bundle(
    harness: Harness, level: Level
) -> None:
    path = FIRST[level]
    harness.write({f"{path}/request_id": "1770000000000000001"})
    harness.tiktok.on("create", level, times=2, fault=NOT_CARRIED_OUT)
    for command in (harness.submit, harness.resume):
        outcome = command(settle=SHORT_SETTLE)
        assert (outcome.status, harness.state(path)) == (5, "REJECTED"), summary(outcome)
        assert f"{REPEATED}; none of its name is shown" in outcome.err
        assert "resume it with --bundle FIXED, which has another request_id or none" in outcome.err
        assert f"next: splint resume {harness.record.run} --bundle FIXED" in outcome.err
    assert kept(harness, "REJECTED")["code"] == 40050
    harness.write()
    assert harness.follow(outcome).status == 0
    harness.assert_created()
    assert len({one.body["request_id"] for one in harness.sent("create", level)[-2:]}) == 2


def test_an_ad_group_whose_only_request_is_a_duplicate_is_not_taken(harness: Harness) -> None:
    """Whoever made it: nothing is added to it."""
    harness.tiktok.on("create", "adgroup", fault=answers(40050, "Duplicate request", commit=True))
    for command in (harness.submit, harness.resume):
        outcome = command(settle=SHORT_SETTLE)
        [other] = harness.tiktok.alive("adgroup")
        assert (outcome.status, len(harness.sent("create", "ad"))) == (5, 0), summary(outcome)
        assert f"{REPEATED}; {other.id} has its name, and is not taken for the run's" in outcome.err
        assert f"next: splint rollback {harness.record.run} " in outcome.err


@pytest.mark.parametrize("before", ["lost", "throttled", "refused"])
def test_a_duplicate_of_a_request_that_may_have_been_carried_out_is_the_runs_own(harness: Harness, before: str) -> None:
    """What the first request made is listed only after the second one."""
    answer = {"lost": answers(0, commit=True), "throttled": answers(40100, commit=True)}.get(before, REFUSED).answer
    ending: Literal["close", "answer"] = "close" if before == "lost" else "answer"
    fault = Fault(visible_after=0.2, ending=ending, answer=answer)
    harness.tiktok.on("create", "campaign", fault=fault)
    harness.tiktok.on("create", "campaign", nth=2, fault=NOT_CARRIED_OUT)
    outcome = harness.submit(settle=SHORT_SETTLE)
    if before != "throttled":
        outcome = harness.resume("--resend-absent", settle=SHORT_SETTLE)
    [path] = harness.journals
    assert Record.of(Journal.peek(path)).resource("/campaign").state in ("ABSENT", "CREATED", "VERIFIED")
    harness.tiktok.objects[0].visible_at = 0.0
    outcome = outcome if outcome.status == 0 else harness.resume(settle=SHORT_SETTLE)
    assert (outcome.status, len(harness.sent("create", "campaign"))) == (0, 2), summary(outcome)
    harness.assert_created()


def test_a_request_id_that_stays_used_after_a_lost_answer_is_left_by_a_new_run(harness: Harness) -> None:
    harness.write({"/campaign/request_id": "1770000000000000001"})
    harness.tiktok.on("create", "campaign", fault=LOST)
    harness.tiktok.on("create", "campaign", nth=2, fault=NOT_CARRIED_OUT)
    assert harness.submit(settle=SHORT_SETTLE).status == 5
    outcome = harness.resume("--resend-absent", settle=SHORT_SETTLE)
    assert (outcome.status, harness.state("/campaign")) == (5, "ABSENT"), summary(outcome)
    way = f"splint rollback {harness.record.run} --delete"
    assert f"where its request_id is refused as used again: {way}, take request_id out of the bundle" in outcome.err
    assert f"next: {way} " in outcome.err
    assert harness.follow(outcome).status == 5  # it may still turn up
    harness.write({"/campaign/request_id": ""})
    assert harness.submit("--again", "its request_id was used").status == 0
    assert len({one.body["request_id"] for one in harness.sent("create", "campaign")}) == 2
