"""Requests that TikTok refuses as duplicates (40050): what was sent before tells whether what stands is the run's."""

from math import inf
from typing import Literal

import pytest

from splint.submit import Record
from splint.submit.journal import Journal
from tests.submit.harness import FIRST, SHORT_SETTLE, Harness, summary
from tests.submit.server import Answer, Fault, Level, Stored, answers
from tests.submit.test_explained import kept
from tests.submit.test_namesakes import AS_SENT, LOST, another, assert_untouched

pytestmark = pytest.mark.slow  # stories of whole runs, as of the other files the quick tests tell many
REPEATED = (
    "TikTok refused the run's request as a duplicate (40050) of an earlier one with its request_id, which may be "
    "another run's, or this very request, repeated on its way"
)
WRITTEN = "1770000000000000001"
CARRIED_OUT = answers(40050, "Duplicate request", commit=True)
NOT_CARRIED_OUT = answers(40050, "Duplicate request", commit=False)
THROTTLED = answers(40100, "slow down", commit=False)
UNAUTHORIZED = answers(40105, "token", commit=False)
REFUSED = answers(40002, "no", commit=False)


def answered_beside(harness: Harness, *, is_shown: bool = True) -> None:
    """Have the campaign refused as a duplicate, as another machine made the same one first."""

    def answer(whole: Answer) -> Answer:
        harness.add("campaign", **AS_SENT)
        harness.tiktok.objects[-1].visible_at = 0.0 if is_shown else inf
        return NOT_CARRIED_OUT.answer(whole)

    harness.write({"/campaign/request_id": WRITTEN})
    harness.tiktok.on("create", "campaign", fault=Fault(commit=False, answer=answer))


def refused_beside(harness: Harness) -> Stored:
    """Submit while a run of another machine makes the same campaign first, with the same request_id. Returns that."""
    answered_beside(harness)
    outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    [other] = harness.tiktok.objects
    assert (outcome.status, harness.state("/campaign")) == (5, "REJECTED"), summary(outcome)
    assert f"stands ({other.id}), and is not taken for the run's: {REPEATED}; nothing is added to it" in outcome.err
    back = f"splint rollback {harness.record.run}"
    assert "look whose it is before another one is sent: where another run or machine" in outcome.err
    assert f"take this one back with {back}; where it is this run's own, delete it by hand, then resume" in outcome.err
    assert f"next: splint resume {harness.record.run} --bundle FIXED --enable " in outcome.err
    assert "40050" in outcome.err
    return other


def test_a_campaign_of_another_machines_request_id_is_not_taken(harness: Harness) -> None:
    other = refused_beside(harness)
    harness.add("adgroup", campaign_id=other.id)
    sent = len(harness.sent())
    for command in (harness.resume, harness.rollback):
        for words in ((), ("--resend-absent",)) if command == harness.resume else ((), ("--delete",)):
            outcome = command(*words, settle=SHORT_SETTLE)
            assert (outcome.status, REPEATED in outcome.err, len(harness.sent())) == (5, True, sent), summary(outcome)
            assert_untouched(harness, other)


def test_what_is_not_taken_keeps_its_own_run_from_nothing(harness: Harness) -> None:
    """The run of the other machine goes on; once it took its campaign back, this one's rollback ends."""
    other = refused_beside(harness)
    outcome = harness.rollback(settle=SHORT_SETTLE)
    assert "submit takes its bundle under another name and with another request_id, or none" in outcome.err
    assert outcome.status == 5
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


@pytest.mark.parametrize("words", [(), ("--delete",)])
def test_a_rollback_after_a_duplicate_does_not_say_that_nothing_ever_stood(
    harness: Harness, words: tuple[str, ...]
) -> None:
    """The run's own campaign stands, and no list shows it."""
    harness.write({"/campaign/request_id": WRITTEN})
    fault = Fault(visible_after=inf, answer=CARRIED_OUT.answer)
    harness.tiktok.on("create", "campaign", fault=fault)
    assert harness.submit(settle=SHORT_SETTLE).status == 5
    outcome = harness.rollback(*words, settle=SHORT_SETTLE)
    assert (outcome.status, "ever stood" in outcome.out) == (0, False), summary(outcome)
    assert "is rolled back: no campaign of its name is shown. Its request was refused as a duplicate" in outcome.out
    assert f"look in the account whether {AS_SENT['campaign_name']!r} stands" in outcome.out


def test_a_campaign_that_was_the_runs_own_is_deleted_by_hand_and_made_anew(harness: Harness) -> None:
    """Its only request was repeated on its way, and one of the two carried out."""
    harness.write({"/campaign/request_id": WRITTEN})
    harness.tiktok.on("create", "campaign", fault=CARRIED_OUT)
    outcome = harness.submit(settle=SHORT_SETTLE)
    assert (outcome.status, "where it is this run's own, delete it by hand" in outcome.err) == (5, True)
    harness.tiktok.objects[0].status = "DELETE"
    harness.write()
    assert harness.resume("--bundle", "bundle.json", settle=SHORT_SETTLE).status == 0
    harness.assert_created()


@pytest.mark.parametrize("level", ["campaign", "adgroup"])
def test_a_used_request_id_under_which_nothing_stands_is_left_by_a_corrected_bundle(
    harness: Harness, level: Level
) -> None:
    path = FIRST[level]
    harness.write({f"{path}/request_id": WRITTEN})
    harness.tiktok.on("create", level, fault=NOT_CARRIED_OUT)
    for command in (harness.submit, harness.resume):
        outcome = command(settle=SHORT_SETTLE)
        assert (outcome.status, harness.state(path)) == (5, "REJECTED"), summary(outcome)
        assert f"{REPEATED}; none of its name is shown" in outcome.err
        where = "account" if level == "campaign" else "campaign"
        assert f"look for it in the {where} before another one is sent" in outcome.err
        assert f"with --bundle FIXED, in which {path} has another request_id or none" in outcome.err
        assert f"next: splint resume {harness.record.run} --bundle FIXED" in outcome.err
    sent = len(harness.sent())
    harness.write({f"{path}/request_id": WRITTEN, f"{path}/{level}_name": "Otherwise"})
    assert harness.follow(outcome).status == 5
    assert len(harness.sent()) == sent
    assert kept(harness, "REJECTED")["code"] == 40050
    harness.write()
    assert harness.follow(outcome).status == 0
    harness.assert_created()
    assert len({one.body["request_id"] for one in harness.sent("create", level)[-2:]}) == 2


@pytest.mark.parametrize("is_late", [False, True])
@pytest.mark.parametrize("words", [(), ("--delete",)])
def test_an_ad_group_whose_only_request_is_a_duplicate_is_the_runs_own(
    harness: Harness, words: tuple[str, ...], is_late: bool
) -> None:
    """The campaign is the run's own, so no other run can have made it there: its request was repeated on its way."""
    harness.write({"/adgroups/0/request_id": WRITTEN})
    visible_after = inf if is_late else 0.0
    harness.tiktok.on("create", "adgroup", fault=Fault(visible_after=visible_after, answer=CARRIED_OUT.answer))
    outcome = harness.submit(settle=SHORT_SETTLE)
    assert outcome.status == (5 if is_late else 0), summary(outcome)
    harness.tiktok.objects[1].visible_at = 0.0
    if is_late and not words:
        assert harness.resume(settle=SHORT_SETTLE).status == 0
    if is_late and words:
        assert harness.rollback(*words, settle=SHORT_SETTLE).status == 0
        assert harness.tiktok.alive() == []
    else:
        harness.assert_created()


def test_an_ad_group_that_stood_before_it_was_sent_is_not_the_runs(harness: Harness) -> None:
    harness.write({"/adgroups/0/request_id": WRITTEN})

    def answer(whole: Answer) -> Answer:
        [campaign] = harness.tiktok.alive("campaign")
        named = {"campaign_id": campaign.id, "adgroup_name": harness.value["adgroups"][0]["adgroup_name"]}
        harness.add("adgroup", **named, create_time="2020-01-01 00:00:00")
        return NOT_CARRIED_OUT.answer(whole)

    harness.tiktok.on("create", "adgroup", fault=Fault(commit=False, answer=answer))
    outcome = harness.submit(settle=SHORT_SETTLE)
    [other] = harness.tiktok.alive("adgroup")
    assert (outcome.status, len(harness.sent("create", "ad"))) == (5, 0), summary(outcome)
    assert f"adgroup {other.id} {other.name!r} has its name, and was created at 2020-01-01 00:00:00" in outcome.err
    assert f"next: splint runs {harness.record.run} " in outcome.err
    assert harness.resume(settle=SHORT_SETTLE).status == 5


@pytest.mark.parametrize("is_written", [False, True])
@pytest.mark.parametrize("before", ["lost", "throttled", "token", "refused"])
def test_a_duplicate_of_a_request_that_may_have_been_carried_out_is_the_runs_own(
    harness: Harness, before: str, is_written: bool
) -> None:
    """What the first request made is listed only after the second one; a server may carry out what it refuses."""
    if is_written:
        harness.write({"/campaign/request_id": WRITTEN})
    codes = {"lost": 0, "throttled": 40100, "token": 40105, "refused": 40002}
    answer = answers(codes[before], "no", commit=True).answer
    ending: Literal["close", "answer"] = "close" if before == "lost" else "answer"
    fault = Fault(visible_after=inf, ending=ending, answer=answer)
    harness.tiktok.on("create", "campaign", fault=fault)
    harness.tiktok.on("create", "campaign", nth=2, fault=NOT_CARRIED_OUT)
    outcome = harness.submit(settle=SHORT_SETTLE)
    if before != "throttled":
        outcome = harness.resume("--resend-absent", settle=SHORT_SETTLE)
    [path] = harness.journals
    assert (outcome.status, Record.of(Journal.peek(path)).resource("/campaign").state) == (5, "ABSENT")
    harness.tiktok.objects[0].visible_at = 0.0
    outcome = harness.resume(settle=SHORT_SETTLE)
    assert (outcome.status, len(harness.sent("create", "campaign"))) == (0, 2), summary(outcome)
    harness.assert_created()


def test_a_duplicate_after_a_throttled_request_takes_no_campaign_that_holds_anything(harness: Harness) -> None:
    """Another machine's request came meanwhile, and its run has gone on."""

    def answer(whole: Answer) -> Answer:
        harness.add("adgroup", campaign_id=harness.add("campaign", **AS_SENT))
        return NOT_CARRIED_OUT.answer(whole)

    harness.write({"/campaign/request_id": WRITTEN})
    harness.tiktok.on("create", "campaign", fault=THROTTLED)
    harness.tiktok.on("create", "campaign", nth=2, fault=Fault(commit=False, answer=answer))
    for command in (harness.submit, harness.resume):
        outcome = command(settle=SHORT_SETTLE)
        assert (outcome.status, len(harness.sent())) == (5, 2), summary(outcome)
        assert "which the run did not send" in outcome.err
        assert_untouched(harness, harness.tiktok.objects[0])


@pytest.mark.parametrize("is_corrected", [False, True])
@pytest.mark.parametrize("before", [UNAUTHORIZED, REFUSED])
def test_a_duplicate_after_requests_that_were_not_carried_out_takes_no_campaign_that_differs_from_them(
    harness: Harness, before: Fault, is_corrected: bool
) -> None:
    """Another machine sent the request_id meanwhile, with another budget: also that of the corrected bundle."""
    own, others = 500, 600

    def answer(whole: Answer) -> Answer:
        another(harness, {"budget": others})
        return NOT_CARRIED_OUT.answer(whole)

    harness.write({"/campaign/request_id": WRITTEN, "/campaign/budget": own})
    harness.tiktok.on("create", "campaign", fault=before)
    harness.tiktok.on("create", "campaign", nth=2, fault=Fault(commit=False, answer=answer))
    assert harness.submit(settle=SHORT_SETTLE).status == 4
    harness.write({"/campaign/request_id": WRITTEN, "/campaign/budget": others if is_corrected else own})
    for command in (lambda **given: harness.resume("--bundle", "bundle.json", **given), harness.resume):
        outcome = command(settle=SHORT_SETTLE)
        assert (outcome.status, len(harness.sent())) == (5, 2), summary(outcome)
        assert "is not taken for the run's: /campaign: budget is 600, and 500 was sent" in outcome.err
    outcome = harness.rollback("--delete", settle=SHORT_SETTLE)
    assert outcome.status == 5, summary(outcome)
    assert_untouched(harness, harness.tiktok.objects[0])


@pytest.mark.parametrize("before", [UNAUTHORIZED, REFUSED])
def test_a_duplicate_of_the_first_request_of_a_corrected_name_is_not_taken(harness: Harness, before: Fault) -> None:
    """None of the requests under the earlier name can have made a campaign of this one."""
    renamed = {"/campaign/request_id": WRITTEN, "/campaign/campaign_name": "Summer"}

    def answer(whole: Answer) -> Answer:
        another(harness, {"campaign_name": "Summer"})
        return NOT_CARRIED_OUT.answer(whole)

    harness.write({"/campaign/request_id": WRITTEN})
    harness.tiktok.on("create", "campaign", fault=before)
    harness.tiktok.on("create", "campaign", nth=2, fault=Fault(commit=False, answer=answer))
    assert harness.submit(settle=SHORT_SETTLE).status == 4
    harness.write(renamed)
    outcome = harness.resume("--bundle", "bundle.json", settle=SHORT_SETTLE)
    [other] = harness.tiktok.objects
    assert (outcome.status, harness.state("/campaign")) == (5, "REJECTED"), summary(outcome)
    assert f"stands ({other.id}), and is not taken for the run's: {REPEATED}; nothing is added to it" in outcome.err
    assert harness.rollback("--delete", settle=SHORT_SETTLE).status == 5
    assert_untouched(harness, other)


@pytest.mark.parametrize("ending", ["duplicate", "lost", "refused"])
def test_a_campaign_of_an_earlier_name_that_a_refused_request_made_is_named_where_the_corrected_one_fails(
    harness: Harness, ending: str
) -> None:
    """It is listed only once the corrected campaign was sent."""

    def answer(whole: Answer) -> Answer:
        harness.tiktok.objects[0].visible_at = 0.0
        return {"duplicate": NOT_CARRIED_OUT, "lost": LOST, "refused": REFUSED}[ending].answer(whole)

    harness.write({"/campaign/request_id": WRITTEN})
    made = Fault(visible_after=inf, answer=answers(40002, "no", commit=True).answer)
    harness.tiktok.on("create", "campaign", fault=made)
    kind: Literal["close", "answer"] = "close" if ending == "lost" else "answer"
    harness.tiktok.on("create", "campaign", nth=2, fault=Fault(commit=False, ending=kind, answer=answer))
    assert harness.submit(settle=SHORT_SETTLE).status == 4
    [stored] = harness.tiktok.objects
    harness.write({"/campaign/request_id": WRITTEN, "/campaign/campaign_name": "Summer"})
    outcome = harness.resume("--bundle", "bundle.json", settle=SHORT_SETTLE)
    stored.visible_at = 0.0  # a connection that breaks is answered by nothing
    outcomes = [] if ending == "lost" else [outcome]
    outcomes += [] if ending == "refused" else [harness.resume(settle=SHORT_SETTLE)]
    outcomes.append(harness.rollback("--delete", settle=SHORT_SETTLE))
    for outcome in outcomes:
        assert (outcome.status, len(harness.sent())) == (5, 2), summary(outcome)
        told = f"{AS_SENT['campaign_name']!r}, an earlier name of this run, whose campaign is 'Summer' now, is that of"
        assert f"{told} {stored.id}, and no journal here tells of that: the run may have made it" in outcome.err
    assert stored.status == "DISABLE"


def test_a_request_id_that_stays_used_after_a_lost_answer_is_left_by_a_new_run(harness: Harness) -> None:
    harness.write({"/campaign/request_id": WRITTEN})
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


@pytest.mark.parametrize("ending", ["reset", "server side", "lost"])
@pytest.mark.parametrize("words", [("--delete",), ()])
def test_after_anothers_request_id_no_campaign_of_the_name_is_taken_by_it(
    harness: Harness, ending: str, words: tuple[str, ...]
) -> None:
    """A later request of this run is in doubt, and what comes to light then is the other machine's."""

    def answer(whole: Answer) -> Answer:
        harness.tiktok.objects[0].visible_at = 0.0
        return answers(50000, "busy", commit=False).answer(whole)

    answered_beside(harness, is_shown=False)
    assert harness.submit("--enable", settle=SHORT_SETTLE).status == 5
    [other] = harness.tiktok.objects
    harness.write()
    kind: Literal["close", "reset", "answer"] = "reset" if ending == "reset" else "close"
    fault = Fault(commit=False, ending="answer" if ending == "server side" else kind, answer=answer)
    harness.tiktok.on("create", "campaign", fault=fault)
    outcome = harness.resume("--bundle", "bundle.json", settle=SHORT_SETTLE)
    other.visible_at = 0.0
    for command in (harness.resume, harness.rollback):
        outcome = command(*(words if command == harness.rollback else ("--resend-absent",)), settle=SHORT_SETTLE)
        assert (outcome.status, len(harness.sent())) == (5, 2), summary(outcome)
        assert f"({other.id}), and is not taken for the run's: {REPEATED}" in outcome.err
        assert_untouched(harness, other)
    assert harness.record.resource("/campaign").is_in_doubt


def test_an_ad_group_whose_request_id_was_used_elsewhere_is_the_runs_own_once_it_is_sent_with_another(
    harness: Harness,
) -> None:
    harness.write({"/adgroups/0/request_id": WRITTEN})
    harness.tiktok.on("create", "adgroup", fault=NOT_CARRIED_OUT)
    assert harness.submit(settle=SHORT_SETTLE).status == 5
    harness.write()
    harness.tiktok.on("create", "adgroup", nth=2, fault=Fault(ending="close"))
    assert harness.resume("--bundle", "bundle.json", settle=SHORT_SETTLE).status == 0
    harness.assert_created()


@pytest.mark.parametrize("level", FIRST)
@pytest.mark.parametrize("before", [(), (THROTTLED,)])
def test_a_duplicate_of_what_no_other_run_can_have_sent_is_the_runs_own(
    harness: Harness, level: Level, before: tuple[Fault, ...]
) -> None:
    """The run drew the request_id itself, or the object is an ad, which has none."""
    for nth, fault in enumerate((*before, CARRIED_OUT), start=1):
        harness.tiktok.on("create", level, nth=nth, fault=fault)
    outcome = harness.submit(settle=SHORT_SETTLE)
    assert outcome.status == 0, summary(outcome)
    harness.assert_created()


@pytest.mark.parametrize("level", FIRST)
def test_a_duplicate_of_the_runs_own_that_is_not_listed_is_not_sent_again_unasked(
    harness: Harness, level: Level
) -> None:
    path = FIRST[level]
    harness.tiktok.on("create", level, fault=Fault(visible_after=inf, answer=CARRIED_OUT.answer))
    outcome = harness.submit(settle=SHORT_SETTLE)
    sent = len(harness.sent())
    harness.write({f"{path}/{level}_name": "Otherwise"})
    for words, status in (((), 5), (("--bundle", "bundle.json"), 1), ((), 5)):
        assert (outcome.status, harness.state(path), len(harness.sent())) == (5, "ABSENT", sent), summary(outcome)
        assert ("request_id" in outcome.err.partition("splint: /")[2]) == (level != "ad"), summary(outcome)
        assert ("FIXED, which" in outcome.err) is False
        again = harness.resume(*words, settle=SHORT_SETTLE)
        assert again.status == status, summary(again)
        outcome = again if status == 5 else outcome
    harness.tiktok.objects[-1].visible_at = 0.0
    harness.write()
    assert harness.resume(settle=SHORT_SETTLE).status == 0
    harness.assert_created()


@pytest.mark.parametrize("level", FIRST)
def test_what_was_refused_as_a_duplicate_of_the_runs_own_is_sent_again_if_a_person_says_so(
    harness: Harness, level: Level
) -> None:
    harness.tiktok.on("create", level, fault=NOT_CARRIED_OUT)
    assert harness.submit(settle=SHORT_SETTLE).status == 5
    assert harness.resume("--resend-absent", settle=SHORT_SETTLE).status == 0
    harness.assert_created()
    first, again = [one.body.get("request_id") for one in harness.sent("create", level)][:2]
    assert first == again


def test_a_bundle_whose_request_id_a_run_of_the_directory_sent_goes_on_with_another(harness: Harness) -> None:
    """It was rolled back and deleted before."""
    harness.write({"/campaign/request_id": WRITTEN})
    assert harness.submit(settle=SHORT_SETTLE).status == 0
    first = harness.record.run
    assert harness.rollback("--delete").status == 0
    outcome = harness.resume(first)
    assert "submit its bundle anew, with another request_id, or none, where it has one" in outcome.err
    harness.tiktok.on("create", "campaign", fault=NOT_CARRIED_OUT)
    outcome = harness.submit(settle=SHORT_SETTLE)
    assert outcome.status == 5
    note = f"note: /campaign has the request_id {WRITTEN}, which run {first} of this directory sent: TikTok may refuse"
    assert 0 < outcome.err.find(note) < outcome.err.find("looking for campaign"), summary(outcome)
    assert "none of its name is shown that no other run made" in outcome.err
    assert f"run {first} of this directory sent that request_id: resume this one with --bundle FIXED" in outcome.err
    harness.write()
    assert harness.follow(outcome).status == 0


def test_a_request_id_of_a_run_whose_rollback_is_unfinished_names_that_rollback(harness: Harness) -> None:
    harness.write({"/campaign/request_id": WRITTEN})
    harness.tiktok.on("create", "campaign", fault=Fault(visible_after=inf, ending="close"))
    assert harness.submit(settle=SHORT_SETTLE).status == 5
    first = harness.record.run
    assert harness.rollback("--delete", settle=SHORT_SETTLE).status == 5
    harness.tiktok.on("create", "campaign", fault=NOT_CARRIED_OUT)
    outcome = harness.submit("--again", "the first one was lost", settle=SHORT_SETTLE)
    assert outcome.status == 5, summary(outcome)
    harness.tiktok.objects[0].visible_at = 0.0
    for refused in (outcome, harness.follow(outcome)):
        back = f"splint rollback {first} --delete "
        assert f"run {first} of this directory sent that request_id: {back}" in refused.err
    assert harness("rollback", first, "--yes", "--delete", settle=SHORT_SETTLE).status == 0
    harness.write()
    assert harness.follow(outcome).status == 0
