"""A server that lies: what it does not show is no fact, and what it shows otherwise is told."""

import time

import pytest

from splint.submit import Record
from splint.submit.journal import Journal
from tests.submit import lies
from tests.submit.desk import FIRST, HASTE, Desk, story
from tests.submit.server import LEVELS, Fault, Level, Stored, answers, html

NAME = "Cafe\u0301 & caf\u00e9 in bloom"
"""A name that is altered by all that alters names."""


def child(desk: Desk, level: Level, name: str) -> str:
    """Put an object of somebody else's below what the run made."""
    parents = {one.level: one.id for one in reversed(desk.made)}
    above = {"campaign_id": parents["campaign"]} if level == "adgroup" else {"adgroup_id": parents["adgroup"]}
    return desk.add(level, **{f"{level}_name": name}, **above)


def the_campaign(desk: Desk) -> Stored:
    """The only campaign."""
    [one] = [one for one in desk.tiktok.objects if one.level == "campaign"]
    return one


# -- absence is no proof -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("delete", [False, True])
def test_a_rollback_believes_no_empty_list(desk: Desk, delete: bool) -> None:
    assert desk.submit("--enable").status == 0
    desk.tiktok.on("status", times=None, fault=html(commit=False))
    desk.tiktok.on("get", times=None, fault=lies.EMPTY)
    words = ["--delete"] * delete
    for asked in (2, 3):
        outcome = desk.rollback(*words, settle=HASTE)
        assert (outcome.status, desk.record.outcome) == (5, None), story(outcome)
        assert "nobody knows" in outcome.err or "UNKNOWN" in outcome.err
        assert len(desk.sent("status")) >= asked  # the one that enabled it, and one for each rollback
        assert the_campaign(desk).status == "ENABLE"
    desk.tiktok.heal()
    outcome = desk.rollback(*words, settle=HASTE)
    assert outcome.status == 0, story(outcome)
    assert {one.status for one in desk.tiktok.objects if delete or one.level == "campaign"} == {
        "DELETE" if delete else "DISABLE"
    }


@pytest.mark.parametrize("level", LEVELS)
def test_a_deletion_that_failed_is_not_done_because_nothing_is_listed(desk: Desk, level: Level) -> None:
    assert desk.submit().status == 0
    desk.tiktok.on("status", level, nth=2 if level == "campaign" else 1, times=None, fault=html(commit=False))
    desk.tiktok.on("get", times=None, fault=lies.EMPTY)
    outcome = desk.rollback("--delete", settle=HASTE)
    assert outcome.status == 5, story(outcome)
    desk.tiktok.heal()
    outcome = desk.rollback("--delete", settle=HASTE)
    assert (outcome.status, desk.made) == (0, []), story(outcome)


@pytest.mark.parametrize("lie", ["empty", "short", "one page"])
def test_a_deletion_spares_strangers_that_no_list_shows(desk: Desk, lie: str) -> None:
    assert desk.submit().status == 0
    stranger = child(desk, "adgroup", "Somebody's")
    found = {"empty": lies.EMPTY, "short": lies.short(), "one page": lies.one_page()}[lie]
    desk.tiktok.on("get", "adgroup", times=None, fault=found)
    outcome = desk.rollback("--delete", settle=HASTE)
    assert outcome.status in (4, 5), story(outcome)
    assert stranger in {one.id for one in desk.tiktok.alive()}


@pytest.mark.parametrize("lie", ["short", "one page"])
def test_a_list_that_counts_more_than_it_shows_does_not_free_a_name(desk: Desk, lie: str) -> None:
    desk.add("campaign", campaign_name="Spring sale of last year")
    desk.add("campaign", campaign_name="Spring sale")
    desk.tiktok.on("get", "campaign", times=None, fault=lies.short() if lie == "short" else lies.one_page())
    outcome = desk.submit(settle=HASTE)
    assert (outcome.status, desk.sent()) == (4, []), story(outcome)


@pytest.mark.parametrize("level", LEVELS)
def test_what_a_short_list_does_not_show_is_not_sent_again(desk: Desk, level: Level) -> None:
    desk.tiktok.on("create", level, fault=Fault(ending="close"))
    desk.tiktok.on("get", level, nth=2 if level == "campaign" else 1, times=None, fault=lies.short())
    assert desk.submit(settle=HASTE).status in (4, 5)
    sent = len(desk.sent())
    outcome = desk.resume("--resend-absent", settle=HASTE)
    assert outcome.status in (4, 5), story(outcome)
    assert len(desk.sent()) == sent
    desk.tiktok.heal()
    assert desk.resume().status == 0
    desk.stands()


@pytest.mark.parametrize("pages", ["9" * 5000, '"' + "9" * 5000 + '"', "-1", "1e999", '"many"'])
def test_a_number_of_pages_that_is_none_is_an_error(desk: Desk, pages: str) -> None:
    desk.add("campaign", campaign_name="Spring sale of last year")
    desk.tiktok.on("get", times=None, fault=lies.total_page(pages))
    outcome = desk.submit(settle=HASTE)
    assert (outcome.status, desk.sent()) == (4, []), story(outcome)
    assert "/campaign/get/" in outcome.err
    assert len(outcome.err) < 4000


# -- sent a second time ------------------------------------------------------------------------------------------------

WHY = "the first one is for another market"


@pytest.mark.parametrize("how", ["a list that is cached", "a name that is stored otherwise"])
def test_the_journal_refuses_a_second_submission(desk: Desk, how: str) -> None:
    desk.write({"/campaign/campaign_name": "Bed & Bath"})
    if how == "a list that is cached":
        desk.tiktok.list_cache = 10
    else:
        desk.tiktok.stores = lies.ALTERED["escaped"]
    assert desk.submit().status == 0
    first = desk.record.run
    outcome = desk.submit()
    assert (outcome.status, len(desk.sent())) == (1, 6), story(outcome)
    assert first in outcome.err
    desk.allowed = 12
    outcome = desk.submit("--again", WHY)
    assert outcome.status == 0, story(outcome)
    [second] = [path for path in desk.journals if path.stem != first]
    assert Record(Journal.peek(second)).start["again"] == WHY
    assert len(desk.made) == 12


@pytest.mark.parametrize("code", [40002, 40100, 40105])
def test_the_journal_refuses_a_second_submission_of_what_was_refused_and_done(desk: Desk, code: int) -> None:
    desk.write({"/campaign/campaign_name": "Bed & Bath"})
    desk.tiktok.stores = lies.ALTERED["escaped"]
    desk.tiktok.on("create", "campaign", times=4, fault=answers(code, "no", commit=True))
    desk.tiktok.request_id_window = 0.0
    assert desk.submit(settle=HASTE).status in (4, 5)
    made = len(desk.made)
    desk.tiktok.heal()
    outcome = desk.submit(settle=HASTE)
    assert (outcome.status, len(desk.made)) == (1, made), story(outcome)


def test_what_was_taken_back_may_be_submitted_anew(desk: Desk) -> None:
    desk.tiktok.list_cache = 10
    assert desk.submit().status == 0
    desk.tiktok.list_cache = 0
    assert desk.rollback("--delete").status == 0
    desk.tiktok.list_cache = 10
    outcome = desk.submit()
    assert (outcome.status, len(desk.made)) == (0, 6), story(outcome)


# -- before it is sent again -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("level", ["adgroup", "ad"])
def test_nothing_is_resent_beside_what_no_journal_names(desk: Desk, level: Level) -> None:
    desk.tiktok.on("create", level, fault=Fault(commit=False, ending="close"))
    assert desk.submit(settle=HASTE).status == 5
    if level == "ad":
        stranger = child(desk, level, "Somebody's")
    else:
        [campaign] = desk.made
        stranger = desk.add(level, adgroup_name="Somebody's", campaign_id=campaign.id)
    sent = len(desk.sent())
    outcome = desk.resume("--resend-absent", settle=HASTE)
    assert (outcome.status, len(desk.sent())) == (5, sent), story(outcome)
    assert stranger in outcome.err
    assert "Somebody's" in outcome.err
    [other] = [one for one in desk.tiktok.objects if one.id == stranger]
    other.status = "DELETE"
    outcome = desk.resume("--resend-absent", settle=HASTE)
    assert outcome.status == 0, story(outcome)
    desk.stands()


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("how", lies.ALTERED)
def test_what_is_stored_under_a_near_name_is_not_sent_again(desk: Desk, how: str, level: Level) -> None:
    desk.write({f"{FIRST[level]}/{level}_name": NAME})
    desk.tiktok.on("create", level, fault=Fault(ending="close"))
    desk.tiktok.stores = lies.ALTERED[how]
    assert desk.submit(settle=HASTE).status == 5
    sent, made = len(desk.sent()), desk.made[-1]
    assert (made.sent_name, made.name) == (NAME, lies.ALTERED[how](NAME))
    outcome = desk.resume("--resend-absent", settle=HASTE)
    assert (outcome.status, len(desk.sent())) == (5, sent), story(outcome)
    assert made.id in outcome.err
    assert made.name in outcome.err


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("code", [40002, 40100, 40105])
def test_what_was_refused_and_done_is_looked_for_before_it_is_sent_again(desk: Desk, code: int, level: Level) -> None:
    desk.tiktok.request_id_window = 0.0
    desk.tiktok.on("create", level, fault=answers(code, "no", commit=True))
    outcome = desk.submit(settle=HASTE)
    assert outcome.status in (0, 4), story(outcome)
    if outcome.status:
        outcome = desk.follow(outcome)
    assert (outcome.status, len(desk.sent())) == (0, 6), story(outcome)
    desk.stands()


@pytest.mark.parametrize("level", LEVELS)
def test_a_name_that_came_back_changed_is_told(desk: Desk, level: Level) -> None:
    desk.write({f"{FIRST[level]}/{level}_name": "Bed & Bath"})
    desk.tiktok.stores = lies.ALTERED["escaped"]
    outcome = desk.submit()
    assert outcome.status == 0, story(outcome)
    assert "Bed &amp; Bath" in outcome.err
    desk.stands()


# -- answers that are not given as they should be ----------------------------------------------------------------------


@pytest.mark.parametrize("head", [False, True])
@pytest.mark.parametrize("act", ["create", "get", "status"])
def test_a_timeout_is_that_of_the_whole_exchange(desk: Desk, act: str, head: bool) -> None:
    dripped = lies.dripped(head=head)
    if act == "create":
        desk.tiktok.on("create", "ad", fault=dripped)
    elif act == "get":
        desk.tiktok.on("get", "ad", fault=dripped)
    else:
        desk.tiktok.on("status", fault=dripped)
    began = time.monotonic()
    outcome = desk.submit("--enable", timeout="1")
    assert time.monotonic() - began < 4
    assert outcome.status == 0, story(outcome)
    assert act != "create" or "UNKNOWN" in desk.events(FIRST["ad"])
    desk.stands(enabled=True)


@pytest.mark.parametrize("level", LEVELS)
def test_an_answer_in_an_encoding_that_was_not_asked_for_says_nothing(desk: Desk, level: Level) -> None:
    desk.tiktok.on("create", level, fault=lies.zipped())
    outcome = desk.submit()
    assert outcome.status == 0, story(outcome)
    assert "UNKNOWN" in desk.events(FIRST[level])
    desk.stands()


def test_a_list_in_an_encoding_that_was_not_asked_for_is_an_error(desk: Desk) -> None:
    desk.tiktok.on("get", times=None, fault=lies.zipped())
    outcome = desk.submit()
    assert (outcome.status, desk.sent()) == (4, []), story(outcome)
    assert "content-encoding" in outcome.err.lower()
