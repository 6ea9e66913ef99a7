"""Servers with wrong answers: missing rows prove nothing, and differences are reported."""

import time

import pytest

from splint.submit import Record
from splint.submit.journal import Journal
from tests.grids import diagonal, few
from tests.submit import lies
from tests.submit.harness import FIRST, SHORT_SETTLE, Harness, summary
from tests.submit.server import LEVELS, Fault, Level, Row, Stored, answers, html

pytestmark = pytest.mark.slow  # stories of whole runs, as of the other files the quick tests tell many
NAME = "Cafe\u0301 & caf\u00e9 in bloom"
"""A name that each of lies.ALTERED changes."""


def child(harness: Harness, level: Level, name: str) -> str:
    """Create an object of others under the run's objects."""
    parents = {one.level: one.id for one in reversed(harness.made)}
    above = {"campaign_id": parents["campaign"]} if level == "adgroup" else {"adgroup_id": parents["adgroup"]}
    return harness.add(level, **{f"{level}_name": name}, **above)


def deleted(mark: Row) -> Fault:
    """Rows show that what they list is deleted."""
    return Fault(lists=lambda row: [{**row, **mark}])


SHOWN_DELETED: tuple[Row, ...] = (
    {"operation_status": "DELETE"},
    {"secondary_status": "CAMPAIGN_STATUS_DELETE"},
)
"""What a row may show of a deletion."""


def the_campaign(harness: Harness) -> Stored:
    """The only campaign."""
    [one] = [one for one in harness.tiktok.objects if one.level == "campaign"]
    return one


# -- absence is no proof -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("delete", [False, True])
def test_a_rollback_believes_no_empty_list(harness: Harness, delete: bool) -> None:
    assert harness.submit("--enable").status == 0
    harness.tiktok.on("status", times=None, fault=html(commit=False))
    harness.tiktok.on("get", times=None, fault=lies.EMPTY)
    words = ["--delete"] * delete
    for asked in (2, 3):
        outcome = harness.rollback(*words, settle=SHORT_SETTLE)
        assert (outcome.status, harness.record.outcome) == (5, None), summary(outcome)
        assert "nobody knows" in outcome.err or "UNKNOWN" in outcome.err
        assert len(harness.sent("status")) >= asked  # the one that enabled it, and one for each rollback
        assert the_campaign(harness).status == "ENABLE"
        assert f"next: splint rollback {harness.record.run} " in outcome.err  # it may run
    harness.tiktok.heal()
    outcome = harness.rollback(*words, settle=SHORT_SETTLE)
    assert outcome.status == 0, summary(outcome)
    assert {one.status for one in harness.tiktok.objects if delete or one.level == "campaign"} == {
        "DELETE" if delete else "DISABLE"
    }


@pytest.mark.parametrize("level", few(LEVELS, 1))
def test_a_deletion_that_failed_is_not_done_because_nothing_is_listed(harness: Harness, level: Level) -> None:
    assert harness.submit().status == 0
    harness.tiktok.on("status", level, nth=2 if level == "campaign" else 1, times=None, fault=html(commit=False))
    harness.tiktok.on("get", times=None, fault=lies.EMPTY)
    outcome = harness.rollback("--delete", settle=SHORT_SETTLE)
    assert outcome.status == 5, summary(outcome)
    harness.tiktok.heal()
    outcome = harness.rollback("--delete", settle=SHORT_SETTLE)
    assert (outcome.status, harness.made) == (0, []), summary(outcome)


@pytest.mark.parametrize("lie", few(["empty", "short", "one page"], 1))
def test_a_deletion_spares_strangers_that_no_list_shows(harness: Harness, lie: str) -> None:
    assert harness.submit().status == 0
    stranger = child(harness, "adgroup", "Somebody's")
    answer = {"empty": lies.EMPTY, "short": lies.short(), "one page": lies.one_page()}[lie]
    harness.tiktok.on("get", "adgroup", times=None, fault=answer)
    outcome = harness.rollback("--delete", settle=SHORT_SETTLE)
    assert outcome.status in (4, 5), summary(outcome)
    assert stranger in {one.id for one in harness.tiktok.alive()}


@pytest.mark.parametrize("which", few(["campaign adgroup ad", "campaign", "ad"], 1))
@pytest.mark.parametrize("beside", [False, True])
def test_a_row_that_shows_a_deletion_once_deletes_nothing(harness: Harness, which: str, beside: bool) -> None:
    """Nor does it hide that somebody else's ad group stands there."""
    assert harness.submit().status == 0
    stranger = child(harness, "adgroup", "Somebody's") if beside else None
    for level in (level for level in LEVELS if level in which.split()):
        harness.tiktok.on("get", level, nth=2, fault=deleted(SHOWN_DELETED[1]))
    outcome = harness.rollback("--delete", settle=SHORT_SETTLE)
    assert outcome.status == (5 if beside else 0), summary(outcome)
    assert [one.id for one in harness.tiktok.alive()] == ([harness.tiktok.objects[0].id, stranger] if beside else [])


@pytest.mark.parametrize("words", [(), ("--delete",)])
def test_a_row_that_says_not_deleted_is_not_deleted(harness: Harness, words: tuple[str, ...]) -> None:
    assert harness.submit("--enable").status == 0
    harness.tiktok.on("get", times=None, fault=deleted({"secondary_status": "CAMPAIGN_STATUS_NOT_DELETE"}))
    harness.tiktok.on("status", times=None, fault=html(commit=False))
    outcome = harness.rollback(*words, settle=SHORT_SETTLE)
    assert outcome.status in (4, 5), summary(outcome)
    assert (the_campaign(harness).status, harness.record.outcome) == ("ENABLE", None)


def test_an_error_of_http_with_code_0_confirms_nothing(harness: Harness) -> None:
    assert harness.submit("--enable").status == 0
    harness.tiktok.on("get", times=None, fault=lies.EMPTY)
    refused = Fault(commit=False, answer=lambda whole: whole._replace(status=404))
    harness.tiktok.on("status", times=None, fault=refused)
    outcome = harness.rollback(settle=SHORT_SETTLE)
    assert (outcome.status, harness.record.outcome) == (5, None), summary(outcome)
    assert "UNKNOWN whether DISABLE came through (HTTP 404 with code 0: OK)" in outcome.err


def test_what_a_person_deleted_is_shown_so_and_not_deleted_again(harness: Harness) -> None:
    assert harness.submit().status == 0
    harness.tiktok.lists_deleted = True
    ad = next(one for one in harness.made if one.level == "ad")
    ad.status = "DELETE"
    outcome = harness.rollback("--delete", settle=SHORT_SETTLE)
    assert (outcome.status, harness.made) == (0, []), summary(outcome)
    assert ad.id not in harness.sent("status", "ad")[0].body["smart_plus_ad_ids"]


@pytest.mark.parametrize("lie", ["short", "one page"])
def test_a_list_that_counts_more_than_it_shows_does_not_free_a_name(harness: Harness, lie: str) -> None:
    harness.add("campaign", campaign_name="Spring sale of last year")
    harness.add("campaign", campaign_name="Spring sale")
    harness.tiktok.on("get", "campaign", times=None, fault=lies.short() if lie == "short" else lies.one_page())
    outcome = harness.submit(settle=SHORT_SETTLE)
    assert (outcome.status, harness.sent()) == (4, []), summary(outcome)


@pytest.mark.parametrize("level", few(LEVELS, 1))
def test_what_a_short_list_does_not_show_is_not_sent_again(harness: Harness, level: Level) -> None:
    harness.tiktok.on("create", level, fault=Fault(ending="close"))
    harness.tiktok.on("get", level, nth=2 if level == "campaign" else 1, times=None, fault=lies.short())
    assert harness.submit(settle=SHORT_SETTLE).status in (4, 5)
    sent = len(harness.sent())
    outcome = harness.resume("--resend-absent", settle=SHORT_SETTLE)
    assert outcome.status in (4, 5), summary(outcome)
    assert len(harness.sent()) == sent
    harness.tiktok.heal()
    assert harness.resume().status == 0
    harness.assert_created()


@pytest.mark.parametrize("pages", few(["9" * 5000, '"' + "9" * 5000 + '"', "-1", "1e999", '"many"'], 1))
def test_a_number_of_pages_that_is_none_is_an_error(harness: Harness, pages: str) -> None:
    harness.add("campaign", campaign_name="Spring sale of last year")
    harness.tiktok.on("get", times=None, fault=lies.total_page(pages))
    outcome = harness.submit(settle=SHORT_SETTLE)
    assert (outcome.status, harness.sent()) == (4, []), summary(outcome)
    assert "/campaign/get/" in outcome.err
    assert len(outcome.err) < 4000


@pytest.mark.parametrize("number", few(["many", -1, 9_999_999_999], 1))
def test_an_empty_list_that_speaks_of_an_unreadable_number_proves_nothing(harness: Harness, number: object) -> None:
    def empty(data: Row) -> None:
        data.update(list=[], page_info={"total_number": number, "total_page": 0})

    harness.tiktok.on("get", "campaign", times=None, fault=lies.altered(empty))
    outcome = harness.submit(settle=SHORT_SETTLE)
    assert (outcome.status, harness.sent("create")) == (4, []), summary(outcome)
    assert "page_info.total_number" in outcome.err


def test_a_number_of_pages_that_is_too_large_is_said_to_be(harness: Harness) -> None:
    harness.add("campaign", campaign_name="Spring sale of last year")
    for pages in ("1000000000", '"1000000000"', "9" * 30):
        harness.tiktok.on("get", times=None, fault=lies.total_page(pages))
        outcome = harness.submit(settle=SHORT_SETTLE)
        assert (outcome.status, harness.sent()) == (4, []), summary(outcome)
        assert "code 0: OK, with a page_info.total_page that is too large" in outcome.err


def pages_of_one(harness: Harness, *, page: int | None = None, rows: list[Row] | None = None) -> None:
    """Lists of campaigns have pages of a row, no number of rows, and instead of page 2 another one."""

    def change(data: Row) -> None:
        del data["page_info"]["total_number"]
        if data["page_info"]["page"] == 2:
            data["list"] = data["list"] if rows is None else rows
            data["page_info"]["page"] = page
        if not page:
            del data["page_info"]["page"]

    harness.tiktok.on("get", "campaign", times=None, fault=lies.altered(change, page_size=1))


@pytest.mark.parametrize("how", few(["another page", "the first rows again", "no rows"], 1))
def test_a_page_that_is_none_of_its_number_frees_no_name(harness: Harness, how: str) -> None:
    """The campaign of that name is on the second page, which the server never gives."""
    first = harness.add("campaign", campaign_name="Spring sale of last year")
    other = {
        **harness.tiktok._row(harness.tiktok.objects[0]),
        "campaign_id": "7",
        "campaign_name": "Spring sale of 2025",
    }
    harness.add("campaign", campaign_name="Spring sale")
    again = {**other, "campaign_id": first, "campaign_name": "Spring sale of last year"}
    shown: dict[str, tuple[int | None, list[Row]]] = {
        "another page": (1, [other]),
        "the first rows again": (None, [again]),
        "no rows": (2, []),
    }
    page, rows = shown[how]
    pages_of_one(harness, page=page, rows=rows)
    outcome = harness.submit(settle=SHORT_SETTLE)
    assert (outcome.status, harness.sent("create")) == (4, []), summary(outcome)
    says = {"another page": "gives page 1 for page 2"}.get(how, "gives no other row on page 2 of 2")
    assert f"/campaign/get/ {says}" in outcome.err


def test_pages_without_a_number_of_rows_are_believed(harness: Harness) -> None:
    harness.add("campaign", campaign_name="Spring sale of last year")
    harness.add("campaign", campaign_name="Spring sale of 2025")
    pages_of_one(harness)
    assert harness.submit("--enable", settle=SHORT_SETTLE).status == 0
    harness.assert_created(enabled=True)


# -- sent a second time ------------------------------------------------------------------------------------------------

WHY = "the first one is for another market"


@pytest.mark.parametrize("how", ["a list that is cached", "a name that is stored otherwise"])
def test_the_journal_refuses_a_second_submission(harness: Harness, how: str) -> None:
    harness.write({"/campaign/campaign_name": "Bed & Bath"})
    if how == "a list that is cached":
        harness.tiktok.list_cache = 10
    else:
        harness.tiktok.stores = lies.ALTERED["escaped"]
    assert harness.submit().status == 0
    first = harness.record.run
    outcome = harness.submit()
    assert (outcome.status, len(harness.sent())) == (1, 6), summary(outcome)
    assert first in outcome.err
    harness.allowed = 12
    outcome = harness.submit("--again", WHY)
    assert outcome.status == 0, summary(outcome)
    [second] = [path for path in harness.journals if path.stem != first]
    assert Record(Journal.peek(second)).start["again"] == WHY
    assert len(harness.made) == 12


@pytest.mark.parametrize("code", few([40002, 40100, 40105], 1))
def test_the_journal_refuses_a_second_submission_of_what_was_refused_and_done(harness: Harness, code: int) -> None:
    harness.write({"/campaign/campaign_name": "Bed & Bath"})
    harness.tiktok.stores = lies.ALTERED["escaped"]
    harness.tiktok.on("create", "campaign", times=4, fault=answers(code, "no", commit=True))
    harness.tiktok.request_id_window = 0.0
    assert harness.submit(settle=SHORT_SETTLE).status in (4, 5)
    made = len(harness.made)
    harness.tiktok.heal()
    outcome = harness.submit(settle=SHORT_SETTLE)
    assert (outcome.status, len(harness.made)) == (1, made), summary(outcome)


def test_a_second_submission_names_no_next_command_that_deletes(harness: Harness) -> None:
    """What is followed blindly enables at most what this run left paused; the way back is named beside --again."""

    def told() -> str | None:
        outcome = harness.submit(settle=SHORT_SETTLE, output_format="json")
        choice = f"take it back with splint rollback {run} --delete, or say with --again REASON"
        assert (outcome.status, choice in outcome.report["message"]) == (1, True), summary(outcome)
        following: str | None = outcome.report["next"]
        return following and following.partition(" --run-dir")[0]

    assert harness.submit().status == 0
    run = harness.record.run
    assert told() == f"splint resume {run} --enable"
    harness.write({"/campaign/budget": 900})
    assert told() is None  # the command would enable another plan than this
    harness.write()
    for unreadable in (
        lies.EMPTY,
        answers(50000, commit=False),
        Fault(lists=lambda row: [{**row, "operation_status": None}]),
    ):
        harness.tiktok.on("get", times=None, fault=unreadable)
        assert told() is None
        harness.tiktok.heal()
    assert harness.resume(run, "--enable").status == 0
    assert told() is None
    assert harness.rollback().status == 0
    assert told() is None


@pytest.mark.parametrize("mark", SHOWN_DELETED)
def test_a_row_that_shows_a_deletion_allows_no_second_submission_but_a_rollback_that_finds_it_does(
    harness: Harness, mark: Row
) -> None:
    assert harness.submit("--enable").status == 0
    harness.tiktok.on("get", "campaign", fault=deleted(mark))
    outcome = harness.submit("--enable")
    assert (outcome.status, len(harness.sent())) == (1, 6), summary(outcome)
    harness.tiktok.heal()
    campaign = harness.tiktok.objects[0]
    for one in harness.tiktok.objects:
        one.status = "DELETE"  # a person deleted it
    harness.tiktok.lists_deleted = True
    outcome = harness.submit()
    assert (outcome.status, f"and {campaign.id} is deleted: nothing was sent anew" in outcome.err) == (1, True)
    assert harness.rollback("--delete", settle=SHORT_SETTLE).status == 0
    harness.allowed = 12
    assert harness.submit().status == 0


def test_what_was_taken_back_may_be_submitted_anew(harness: Harness) -> None:
    harness.tiktok.list_cache = 10
    assert harness.submit().status == 0
    harness.tiktok.list_cache = 0
    assert harness.rollback("--delete").status == 0
    harness.tiktok.list_cache = 10
    outcome = harness.submit()
    assert (outcome.status, len(harness.made)) == (0, 6), summary(outcome)


# -- before it is sent again -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("level", few(["adgroup", "ad"], 1))
def test_nothing_is_resent_beside_what_no_journal_names(harness: Harness, level: Level) -> None:
    harness.tiktok.on("create", level, fault=Fault(commit=False, ending="close"))
    assert harness.submit(settle=SHORT_SETTLE).status == 5
    if level == "ad":
        stranger = child(harness, level, "Somebody's")
    else:
        [campaign] = harness.made
        stranger = harness.add(level, adgroup_name="Somebody's", campaign_id=campaign.id)
    sent = len(harness.sent())
    outcome = harness.resume("--resend-absent", settle=SHORT_SETTLE)
    assert (outcome.status, len(harness.sent())) == (5, sent), summary(outcome)
    assert stranger in outcome.err
    assert "Somebody's" in outcome.err
    [other] = [one for one in harness.tiktok.objects if one.id == stranger]
    other.status = "DELETE"
    outcome = harness.resume("--resend-absent", settle=SHORT_SETTLE)
    assert outcome.status == 0, summary(outcome)
    harness.assert_created()


@pytest.mark.parametrize(("how", "level"), few(diagonal(lies.ALTERED, LEVELS), 1))
def test_what_is_stored_under_a_near_name_is_not_sent_again(harness: Harness, how: str, level: Level) -> None:
    harness.write({f"{FIRST[level]}/{level}_name": NAME})
    harness.tiktok.on("create", level, fault=Fault(ending="close"))
    harness.tiktok.stores = lies.ALTERED[how]
    assert harness.submit(settle=SHORT_SETTLE).status == 5
    sent, made = len(harness.sent()), harness.made[-1]
    assert (made.sent_name, made.name) == (NAME, lies.ALTERED[how](NAME))
    outcome = harness.resume("--resend-absent", settle=SHORT_SETTLE)
    assert (outcome.status, len(harness.sent())) == (5, sent), summary(outcome)
    assert made.id in outcome.err
    assert made.name in outcome.err


@pytest.mark.parametrize(
    ("name", "created", "is_named"),
    few(
        [
            ("Spring s", "9999-12-31 23:59:59", True),
            ("Spring s", "9999-12-31T23:59:59-14:00", True),
            ("Spring s", "0001-01-01T00:00:00+14:00", True),
            ("Spring s", "99999-01-01", True),
            ("SPRING SALE", "2017-01-01 00:00:00", False),
            ("Spring   sale", "9999-12-31 23:59:59", True),
        ],
        1,
    ),
)
def test_a_campaign_of_a_near_name_is_named_unless_it_is_older_than_the_run(
    harness: Harness, name: str, created: str, is_named: bool
) -> None:
    """By a clock that may be wrong. A rollback says, too, to delete it before the bundle is submitted again."""
    near = harness.add("campaign", campaign_name=name, create_time=created)
    harness.tiktok.on("create", "campaign", fault=Fault(commit=False, ending="close"))
    for outcome in (harness.submit(settle=SHORT_SETTLE), harness.resume(settle=SHORT_SETTLE)):
        assert (outcome.status, f"{near} {name!r}" in outcome.err) == (5, is_named), summary(outcome)
        assert not is_named or "ask whose it is: where it is the run's, rename it by hand" in outcome.err
        assert not is_named or "once what is the run's is deleted by hand, submit the bundle" in outcome.err
    for words in ((), ("--delete",)):
        outcome = harness.rollback(*words, settle=SHORT_SETTLE)
        assert (outcome.status, f"campaign {near} {name!r} may be it" in outcome.err) == (5, is_named), summary(outcome)
        assert ("delete it by hand before submit takes the bundle with --again REASON" in outcome.err) == is_named


def test_what_the_look_before_the_first_send_listed_keeps_nothing_from_being_sent_again(harness: Harness) -> None:
    near = harness.add("campaign", campaign_name="SPRING SALE")
    harness.tiktok.on("create", "campaign", fault=Fault(commit=False, ending="close"))
    assert harness.submit(settle=SHORT_SETTLE).status == 5
    assert harness.resume("--resend-absent", settle=SHORT_SETTLE).status == 0
    harness.assert_created()
    assert near not in harness.record.ids(harness.planned).values()


@pytest.mark.parametrize(("code", "level"), diagonal([40002, 40100, 40105], LEVELS))
def test_what_was_refused_and_done_is_looked_for_before_it_is_sent_again(
    harness: Harness, code: int, level: Level
) -> None:
    harness.tiktok.request_id_window = 0.0
    harness.tiktok.on("create", level, fault=answers(code, "no", commit=True))
    outcome = harness.submit(settle=SHORT_SETTLE)
    assert outcome.status in (0, 4), summary(outcome)
    if outcome.status:
        outcome = harness.follow(outcome)
    assert (outcome.status, len(harness.sent())) == (0, 6), summary(outcome)
    harness.assert_created()


@pytest.mark.parametrize("level", few(LEVELS, 1))
def test_a_changed_name_is_reported(harness: Harness, level: Level) -> None:
    harness.write({f"{FIRST[level]}/{level}_name": "Bed & Bath"})
    harness.tiktok.stores = lies.ALTERED["escaped"]
    outcome = harness.submit()
    assert outcome.status == 0, summary(outcome)
    assert "Bed &amp; Bath" in outcome.err
    harness.assert_created()


# -- answers that are not given as they should be ----------------------------------------------------------------------


@pytest.mark.parametrize(("act", "head"), diagonal(["create", "get", "status"], [False, True]))
def test_a_timeout_is_that_of_the_whole_exchange(harness: Harness, act: str, head: bool) -> None:
    dripped = lies.dripped(head=head)
    if act == "create":
        harness.tiktok.on("create", "ad", fault=dripped)
    elif act == "get":
        harness.tiktok.on("get", "ad", fault=dripped)
    else:
        harness.tiktok.on("status", fault=dripped)
    began = time.monotonic()
    outcome = harness.submit("--enable", timeout="0.5")
    assert time.monotonic() - began < 4
    assert outcome.status == 0, summary(outcome)
    assert act != "create" or "UNKNOWN" in harness.events(FIRST["ad"])
    harness.assert_created(enabled=True)


@pytest.mark.parametrize("level", few(LEVELS, 1))
def test_an_answer_in_an_encoding_that_was_not_asked_for_says_nothing(harness: Harness, level: Level) -> None:
    harness.tiktok.on("create", level, fault=lies.zipped())
    outcome = harness.submit()
    assert outcome.status == 0, summary(outcome)
    assert "UNKNOWN" in harness.events(FIRST[level])
    harness.assert_created()


def test_a_list_in_an_encoding_that_was_not_asked_for_is_an_error(harness: Harness) -> None:
    harness.tiktok.on("get", times=None, fault=lies.zipped())
    outcome = harness.submit()
    assert (outcome.status, harness.sent()) == (4, []), summary(outcome)
    assert "content-encoding" in outcome.err.lower()


def test_a_status_that_says_not_deleted_is_no_deletion(harness: Harness) -> None:
    harness.tiktok.on("get", times=None, fault=deleted({"secondary_status": "X_STATUS_NOT_DELETE"}))
    assert harness.submit().status == 0
