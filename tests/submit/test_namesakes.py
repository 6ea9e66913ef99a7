"""Campaigns of others that bear the run's name: none is added to, enabled, disabled or deleted."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from splint.submit.client import Answer as ClientAnswer
from splint.submit.client import Client
from splint.submit.rows import Row, is_older
from tests.command import Outcome
from tests.grids import diagonal, few, sampled
from tests.submit import lies
from tests.submit.harness import BUNDLE, SHORT_SETTLE, Harness, summary
from tests.submit.properties import PLAN
from tests.submit.server import Answer, Fault, Stored, answers
from tests.submit.test_running import meanwhile

pytestmark = pytest.mark.slow  # stories of whole runs, as of the other files the quick tests tell many
TAKEN = "Campaign name already exists. Please try another one."
AS_SENT: Mapping[str, Any] = {**BUNDLE["campaign"], "operation_status": "DISABLE"}
"""What the run sends of its campaign."""
NAME: str = AS_SENT["campaign_name"]
OLD = {"create_time": "2024-01-01 00:00:00"}
OF_ANOTHER_KIND = {"objective_type": "TRAFFIC", "budget_mode": "BUDGET_MODE_TOTAL", "budget": 9000}
LOST = Fault(commit=False, ending="close")
ANOTHERS: Mapping[str, tuple[Mapping[str, Any], bool]] = {
    "of another kind": (OF_ANOTHER_KIND, False),
    "with an ad group": ({}, True),
    "enabled": ({"operation_status": "ENABLE"}, False),
    "of another budget": ({"budget": 501}, False),
    "old": (OLD, False),
    "as the run's": ({}, False),
}
"""Somebody's campaigns of the run's name: the fields in which each differs, and whether it holds an ad group."""


def another(harness: Harness, fields: Mapping[str, Any], *, is_held: bool = False) -> Stored:
    """Create somebody's campaign of the run's name, which is as the run's but for these fields."""
    own = harness.add("campaign", **{**AS_SENT, **fields})
    made = harness.tiktok.objects[-1]
    if is_held:
        harness.add("adgroup", campaign_id=own)
    return made


def sent_beside(
    harness: Harness, fault: Fault, fields: Mapping[str, Any], send: Callable[[], Outcome], *, is_held: bool = True
) -> Outcome:
    """What a command does whose create of the campaign is answered by a fault, as somebody makes one of its name."""

    def answer(whole: Answer) -> Answer:
        another(harness, fields, is_held=is_held)
        return fault.answer(whole)

    harness.tiktok.on("create", "campaign", fault=Fault(commit=fault.commit, ending=fault.ending, answer=answer))
    return send()


def submitted(
    harness: Harness, fault: Fault, status: int, fields: Mapping[str, Any], *, is_held: bool = False
) -> Stored:
    """Submit a bundle whose campaign is answered by a fault, while somebody makes one of its name. Returns that."""
    outcome = sent_beside(
        harness, fault, fields, lambda: harness.submit("--enable", settle=SHORT_SETTLE), is_held=is_held
    )
    assert outcome.status == status, summary(outcome)
    return next(one for one in harness.tiktok.objects if one.level == "campaign")


def assert_untouched(harness: Harness, other: Stored) -> None:
    """Assert that no command added to somebody's campaign, sent it a status or registered it."""
    assert other.status == other.body["operation_status"]
    assert not [one for one in harness.made if one.parent == other.id]
    assert not [one for one in harness.sent("status") if other.id in str(one.body)]
    assert other.id not in [one.id for one in harness.record.resources.values()]


def assert_refused(harness: Harness, other: Stored, why: str) -> None:
    """Assert that resumes and rollbacks of a run whose campaign keeps its name name somebody's, and leave it alone."""
    for words in ((), ("--bundle", "bundle.json")):
        outcome = harness.resume(*words, "--enable", settle=SHORT_SETTLE)
        assert (outcome.status, len(harness.sent())) == (5, 1), summary(outcome)
        said = f"a campaign named '{NAME}' stands ({other.id}), and is not taken for the run's: {why}"
        assert said in outcome.err, summary(outcome)
        assert "give the run's another name with --bundle, or look at that one and, where nobody needs" in outcome.err
        assert f"next: splint resume {harness.record.run} --bundle FIXED --enable" in outcome.err
        assert_untouched(harness, other)


def assert_rolled_back_beside(harness: Harness, other: Stored, why: str) -> None:
    """Assert that no rollback of a run that has no campaign touches somebody's, or ends well beside it."""
    for words in ((), ("--delete",)):
        outcome = harness.rollback(*words, settle=SHORT_SETTLE)
        assert (outcome.status, harness.record.outcome) == (5, None), summary(outcome)
        assert f"({other.id}), and is not taken for the run's: {why}" in outcome.err
        assert "submit takes its bundle under another name" in outcome.err
        assert_untouched(harness, other)


def assert_renamed(harness: Harness, other: Stored, name: str) -> None:
    """Assert that a bundle that renames the campaign is sent and enabled, and taken back, beside somebody's."""
    harness.write({"/campaign/campaign_name": name})
    outcome = harness.resume("--bundle", "bundle.json", "--enable", settle=SHORT_SETTLE)
    assert outcome.status == 0, summary(outcome)
    harness.assert_created(enabled=True)
    assert_untouched(harness, other)
    outcome = harness.rollback("--delete", settle=SHORT_SETTLE)
    assert (outcome.status, harness.made) == (0, []), summary(outcome)
    assert_untouched(harness, other)


@pytest.mark.parametrize("which", sampled(ANOTHERS, ["of another kind", "as the run's"]))
def test_a_campaign_of_a_name_that_is_refused_as_taken_is_never_the_runs(harness: Harness, which: str) -> None:
    """A bundle with another name, of which the taken one may be the beginning, is sent."""
    other = submitted(harness, answers(40002, TAKEN, commit=False), 4, ANOTHERS[which][0], is_held=ANOTHERS[which][1])
    assert_refused(harness, other, "TikTok refused the run's because a campaign of this name stood already")
    assert_renamed(harness, other, f"{NAME} B")


@pytest.mark.parametrize("which", few(ANOTHERS, 1))
def test_a_rollback_leaves_a_campaign_alone_whose_name_was_refused_as_taken(harness: Harness, which: str) -> None:
    other = submitted(harness, answers(40002, TAKEN, commit=False), 4, ANOTHERS[which][0], is_held=ANOTHERS[which][1])
    assert_rolled_back_beside(harness, other, "TikTok refused the run's because a campaign of this name stood already")
    harness.write({"/campaign/campaign_name": "Summer"})
    assert harness.submit(settle=SHORT_SETTLE).status == 0


def test_a_campaign_of_a_name_that_was_given_up_does_not_speak_against_the_renamed_one(harness: Harness) -> None:
    """Which the server spells otherwise than it was sent."""
    other = submitted(harness, answers(40002, TAKEN, commit=False), 4, OF_ANOTHER_KIND)
    harness.tiktok.stores = str.upper
    fixed = harness.write({"/campaign/campaign_name": "Summer"})
    outcome = harness.resume("--bundle", fixed, "--enable", settle=SHORT_SETTLE)
    assert outcome.status == 0, summary(outcome)
    assert_untouched(harness, other)


@pytest.mark.parametrize("code", few([40002, 50000], 1))
def test_a_taken_name_that_is_free_again_is_sent_and_then_the_runs(harness: Harness, code: int) -> None:
    """Also where the answer to the second request is lost. A code that leaves it open counts for the name, too."""
    other = submitted(harness, answers(code, TAKEN, commit=False), 4 if code == 40002 else 5, {})
    outcome = harness.resume("--enable", settle=SHORT_SETTLE)
    assert (outcome.status, other.id in outcome.err) == (5, True), summary(outcome)
    assert_untouched(harness, other)
    other.status = "DELETE"
    harness.tiktok.on("create", "campaign", fault=Fault(ending="close"))
    outcome = harness.resume("--enable", "--resend-absent", settle=SHORT_SETTLE)
    assert outcome.status == 0, summary(outcome)
    harness.assert_created(enabled=True)


WHY = {
    "of another kind": '/campaign: budget_mode is "BUDGET_MODE_TOTAL", and "BUDGET_MODE_DYNAMIC_DAILY_BUDGET" was ',
    "with an ad group": "it holds adgroup ",
    "enabled": '/campaign: operation_status is "ENABLE", and "DISABLE" was sent; nothing is added to it',
    "of another budget": "/campaign: budget is 501, and 500 was sent; nothing is added to it",
    "old": "it was created at 2024-01-01 00:00:00, before the run began; nothing is added to it",
}
"""What speaks against somebody's campaign where a request was refused or throttled."""


@pytest.mark.parametrize(
    ("which", "code"),
    few([(which, code) for which in WHY for code in (40002, 40100, 40105)], 1),
)
def test_after_a_refusal_a_campaign_that_is_not_as_it_was_sent_is_anothers(
    harness: Harness, which: str, code: int
) -> None:
    """Made by somebody as the request was refused, throttled or its token not accepted."""
    fields, is_held = ANOTHERS[which]
    other = submitted(harness, answers(code, "no", commit=False), 5 if code == 40100 else 4, fields, is_held=is_held)
    assert_refused(harness, other, WHY[which])
    if code == 40105:
        assert_rolled_back_beside(harness, other, WHY[which])
    else:
        assert_renamed(harness, other, "Summer")


@pytest.mark.parametrize("code", few([40100, 40002, 40105], 1))
def test_after_a_refusal_a_campaign_that_is_as_it_was_sent_may_be_the_runs(harness: Harness, code: int) -> None:
    """The server may have carried out what it says it refused: one campaign is not made twice."""
    harness.tiktok.on("create", "campaign", fault=answers(code, "no", commit=True))
    outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    assert outcome.status == (0 if code == 40100 else 4), summary(outcome)
    assert outcome.status == 0 or harness.resume("--enable", settle=SHORT_SETTLE).status == 0
    harness.assert_created(enabled=True)


def test_a_campaign_of_a_name_that_was_never_sent_is_not_the_runs(harness: Harness) -> None:
    """The corrected bundle has the name of somebody's campaign, which is as the run would have made it."""
    harness.tiktok.on("create", "campaign", fault=answers(40002, "no", commit=False))
    assert harness.submit(settle=SHORT_SETTLE).status == 4
    other = another(harness, {"campaign_name": "Summer"})
    harness.write({"/campaign/campaign_name": "Summer"})
    outcome = harness.resume("--bundle", "bundle.json", settle=SHORT_SETTLE)
    assert (outcome.status, len(harness.sent())) == (5, 1), summary(outcome)
    assert f"a campaign named 'Summer' stands already ({other.id})" in outcome.err
    assert_untouched(harness, other)


UNCHANGED: tuple[tuple[Mapping[str, Any], str], ...] = (
    ({"objective_type": "TRAFFIC"}, 'objective_type is "TRAFFIC", and "WEB_CONVERSIONS" was sent'),
    (
        {"budget_mode": "BUDGET_MODE_TOTAL"},
        'budget_mode is "BUDGET_MODE_TOTAL", and "BUDGET_MODE_DYNAMIC_DAILY_BUDGET" was sent',
    ),
    ({"budget_optimize_on": False}, "budget_optimize_on is false, and true was sent"),
    (OLD, "it was created at 2024-01-01 00:00:00, before the run began"),
)
"""What no update changes, and what is said of it."""


@pytest.mark.parametrize(("fields", "why"), few(UNCHANGED, 1))
def test_after_a_lost_answer_a_campaign_that_cannot_be_the_runs_is_anothers(
    harness: Harness, fields: Mapping[str, Any], why: str
) -> None:
    """Its row contradicts what no update changes: it is named, and no command touches it."""
    other = submitted(harness, LOST, 5, {"operation_status": "ENABLE", **fields}, is_held=True)
    assert_untouched(harness, other)
    for command in (harness.resume, harness.rollback):
        for words in ((), ("--resend-absent",)) if command == harness.resume else ((), ("--delete",)):
            outcome = command(*words, settle=SHORT_SETTLE)
            assert (outcome.status, len(harness.sent())) == (5, 1), summary(outcome)
            assert f"({other.id}), and is not taken for the run's: " in outcome.err
            assert f"{why}; nothing is added to it" in outcome.err
            assert "whether the run's own was created is not known: look at the account" in outcome.err
            assert f"next: splint runs {harness.record.run} " in outcome.err
            assert_untouched(harness, other)
    assert harness.state("/campaign") == "UNKNOWN"


def test_what_comes_to_light_as_another_campaign_after_the_search_is_not_taken(harness: Harness) -> None:
    """No look of the search shows it, and the one before it is sent again does."""
    harness.tiktok.on("create", "campaign", fault=LOST)
    assert harness.submit("--enable", settle=SHORT_SETTLE).status == 5
    other = another(harness, OF_ANOTHER_KIND)
    harness.tiktok.on("get", "campaign", times=4, fault=Fault(lists=lambda _: []))
    outcome = harness.resume("--resend-absent", settle=SHORT_SETTLE)
    assert (outcome.status, len(harness.sent())) == (5, 1), summary(outcome)
    assert f"({other.id}), and is not taken for the run's: " in outcome.err
    assert_untouched(harness, other)


def test_a_campaign_that_was_found_by_its_name_is_not_said_to_have_been_in_an_answer(harness: Harness) -> None:
    """One look of the search shows nothing in it."""
    harness.tiktok.on("get", "adgroup", fault=Fault(lists=lambda _: []))
    outcome = sent_beside(harness, LOST, {}, lambda: harness.submit(settle=SHORT_SETTLE))
    assert (outcome.status, harness.state("/campaign")) == (5, "UNKNOWN"), summary(outcome)
    why = harness.record.resource("/campaign").why
    assert why is not None
    assert why.startswith("its id is that of another object, campaign"), why


def test_a_campaign_whose_answer_was_lost_and_that_a_person_changed_is_taken_back(harness: Harness) -> None:
    """Its budget is not what was sent: a rollback disables it all the same."""
    harness.tiktok.on("create", "campaign", fault=Fault(ending="close", visible_after=3600.0))
    assert harness.submit("--enable", settle=SHORT_SETTLE).status == 5
    [own] = harness.tiktok.objects
    own.visible_at, own.body["budget"] = 0.0, 900
    outcome = harness.rollback(settle=SHORT_SETTLE)
    assert (outcome.status, [one.body["campaign_ids"] for one in harness.sent("status")]) == (0, [[own.id]])


def test_after_a_lost_answer_a_campaign_that_runs_is_left_alone(harness: Harness) -> None:
    """The run creates it paused and never sent ENABLE. Once somebody pauses it, it may be the run's."""
    harness.tiktok.on("create", "campaign", fault=LOST)
    assert harness.submit("--enable", settle=SHORT_SETTLE).status == 5
    other = another(harness, {"operation_status": "ENABLE", "budget": 9000})
    assert_another(
        harness, other, "it shows ENABLE, which the run never sent to it: where it is the run's, pause it by"
    )
    other.status = "DISABLE"
    outcome = harness.rollback(settle=SHORT_SETTLE)
    assert (outcome.status, len(harness.sent("status"))) == (0, 1), summary(outcome)


def in_hours(hours: int) -> dict[str, str]:
    """The create_time of a row so many hours from now."""
    return {"create_time": (datetime.now(UTC) + timedelta(hours=hours)).isoformat(" ", "seconds").partition("+")[0]}


@pytest.mark.parametrize("fault", few([LOST, Fault(commit=False, answer=lambda _: Answer(b"", None, 502))], 1))
def test_after_a_lost_answer_a_campaign_that_is_made_days_later_is_anothers(harness: Harness, fault: Fault) -> None:
    """All zones lie within 26 hours of the run's last request."""
    harness.tiktok.on("create", "campaign", fault=fault)
    assert harness.submit("--enable", settle=SHORT_SETTLE).status == 5
    other = another(harness, in_hours(27))
    assert_another(
        harness, other, f"it was created at {other.body['create_time']}, and the run's last request that may have "
    )
    other.body |= in_hours(25)
    outcome = harness.rollback("--delete", settle=SHORT_SETTLE)
    assert (outcome.status, other.status) == (0, "DELETE"), summary(outcome)


def assert_another(harness: Harness, other: Stored, why: str) -> None:
    """Assert that no resume and no rollback takes a campaign for the run's."""
    for words in ((), ("--delete",)):
        outcome = harness.rollback(*words, settle=SHORT_SETTLE) if words else harness.resume(settle=SHORT_SETTLE)
        assert (outcome.status, why in outcome.err) == (5, True), summary(outcome)
        assert_untouched(harness, other)


RUNNING = {"budget": 900, "operation_status": "ENABLE"}


@pytest.mark.parametrize(("code", "fields"), few([(40100, RUNNING), (40002, {}), (40002, RUNNING)], 1))
def test_after_a_lost_renamed_request_a_campaign_of_the_refused_name_is_not_the_runs(
    harness: Harness, code: int, fields: Mapping[str, Any]
) -> None:
    """Each request of the old name was refused or throttled: the doubt is about the new name alone."""
    other = submitted(harness, answers(code, "no", commit=False), 5 if code == 40100 else 4, fields)
    harness.write({"/campaign/campaign_name": "Summer"})
    harness.tiktok.on("create", "campaign", fault=Fault(ending="close", visible_after=3600.0))
    outcome = harness.resume("--bundle", "bundle.json", "--enable", settle=SHORT_SETTLE)
    assert outcome.status == 5, summary(outcome)
    assert harness.rollback(settle=SHORT_SETTLE).status == 5
    assert_untouched(harness, other)
    own = harness.tiktok.objects[-1]
    own.visible_at = 0.0
    outcome = harness.rollback("--delete", settle=SHORT_SETTLE)
    assert (outcome.status, own.status) == (0 if fields else 5, "DELETE"), summary(outcome)
    assert (f"is that of {other.id}" in outcome.err) == (not fields)  # the server may have carried out a refusal
    assert_untouched(harness, other)


def test_a_campaign_made_later_of_a_name_that_was_refused_is_not_the_runs(harness: Harness) -> None:
    harness.tiktok.on("create", "campaign", fault=answers(40002, "campaign_name: too long", commit=False))
    assert harness.submit("--enable", settle=SHORT_SETTLE).status == 4
    harness.write({"/campaign/campaign_name": "Summer"})
    harness.tiktok.on("create", "campaign", fault=LOST)
    assert harness.resume("--bundle", "bundle.json", "--enable", settle=SHORT_SETTLE).status == 5
    other = another(harness, {"budget": 9000, "operation_status": "ENABLE"}, is_held=True)
    for words in ((), ("--delete",)):
        outcome = harness.rollback(*words, settle=SHORT_SETTLE)
        assert (outcome.status, "'Summer') may still turn up" in outcome.err) == (5, True), summary(outcome)
        assert_untouched(harness, other)


def test_a_campaign_of_another_kind_does_not_keep_the_runs_from_being_disabled(harness: Harness) -> None:
    """The answer was lost, both have the name, and no update changes the kind of a campaign."""
    harness.tiktok.on("create", "campaign", fault=Fault(ending="close", visible_after=3600.0))
    assert harness.submit("--enable", settle=SHORT_SETTLE).status == 5
    [own] = harness.tiktok.objects
    own.visible_at = 0.0
    other = another(harness, OF_ANOTHER_KIND)
    outcome = harness.rollback(settle=SHORT_SETTLE)
    assert (outcome.status, [one.body["campaign_ids"] for one in harness.sent("status")]) == (0, [[own.id]])
    assert_untouched(harness, other)


def test_a_campaign_that_may_be_that_of_another_machine_is_not_said_to_be_the_runs(harness: Harness) -> None:
    """Both would be deleted where each of two persons deletes the other one's."""
    assert harness.submit().status == 0
    run, other = harness.record.run, another(harness, {})
    whose = "or a run of another machine or --run-dir did, or a person: ask before you touch it; "
    outcome = harness.resume(run, "--enable", settle=SHORT_SETTLE)
    said = f"the run may have made it twice, {whose}delete or rename {other.id}, then resume, or take the run back with"
    assert (outcome.status, said in outcome.err) == (5, True), summary(outcome)
    outcome = harness.rollback("--delete", settle=SHORT_SETTLE)
    said = (
        f"the run may have made it too, {whose}where it is the run's, delete it, then roll back again; else leave it: "
    )
    assert (outcome.status, said in outcome.err, harness.made) == (5, True, []), summary(outcome)
    assert_untouched(harness, other)


@pytest.mark.parametrize("which", few(["of another kind", "old", "new"], 1))
def test_beside_the_runs_campaign_one_that_it_cannot_have_made_stops_nothing(harness: Harness, which: str) -> None:
    """Somebody gave it the name of the run's since."""
    assert harness.submit().status == 0
    choices: Mapping[str, Mapping[str, Any]] = {"of another kind": OF_ANOTHER_KIND, "old": OLD, "new": in_hours(27)}
    fields = choices[which]
    other = another(harness, {"operation_status": "ENABLE", **fields})
    outcome = harness.resume(harness.record.run, "--enable", settle=SHORT_SETTLE)
    assert outcome.status == 0, summary(outcome)
    harness.assert_created(enabled=True)
    assert_untouched(harness, other)
    outcome = harness.rollback("--delete", settle=SHORT_SETTLE)
    assert (outcome.status, harness.made) == (0, []), summary(outcome)
    assert_untouched(harness, other)


def test_a_journal_that_does_not_hold_what_was_sent_is_not_compared_with(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As older ones: nothing says that no budget was sent."""
    with monkeypatch.context() as patch:
        patch.setattr("splint.submit.sending.kept_fields", lambda _: None)
        harness.tiktok.on("create", "campaign", fault=answers(40105, "no", commit=True))
        assert harness.submit("--enable", settle=SHORT_SETTLE).status == 4
    outcome = harness.resume("--enable", settle=SHORT_SETTLE)
    assert outcome.status == 0, summary(outcome)
    harness.assert_created(enabled=True)


def test_an_earlier_name_of_the_run_is_told_from_that_of_its_campaign(harness: Harness) -> None:
    """Nothing offers to take back the campaign, which stands under another name than the one that is refused."""
    harness.tiktok.on("create", "campaign", fault=answers(40002, "no", commit=False))
    assert harness.submit(settle=SHORT_SETTLE).status == 4
    harness.write({"/campaign/campaign_name": "Other"})
    harness.tiktok.on("create", "adgroup", fault=answers(40105, "no", commit=False))
    assert harness.resume("--bundle", "bundle.json", settle=SHORT_SETTLE).status == 4
    run, own = harness.record.run, harness.made[0].id
    stopped = harness.submit(file=harness.write(name="as before.json"), settle=SHORT_SETTLE)
    said = f"run {run}, which sent the name '{NAME}', stopped on the way: nothing was sent anew; go on with it, or say"
    assert (stopped.status, said in stopped.err) == (1, True), summary(stopped)
    assert harness.follow(stopped).status == 0
    harness.write()
    outcome = harness.submit(settle=SHORT_SETTLE)
    said = f"run {run} sent the name '{NAME}', and by the answers nothing was created under it; its campaign is called "
    said += (
        f"'Other' since its bundle was corrected, and {own} is DISABLE: nothing was sent anew; say with --again REASON"
    )
    assert (outcome.status, said in outcome.err, "rollback" in outcome.err) == (1, True, False), summary(outcome)
    other = another(harness, {})
    said = f"'{NAME}', an earlier name of this run, whose campaign is 'Other' now, is that of {other.id}"
    outcome = harness.resume(run, "--enable", settle=SHORT_SETTLE)
    assert (outcome.status, f"splint: {said}, and the journal has no such id" in outcome.err) == (5, True)
    assert f"delete or rename {other.id}, then resume" in outcome.err
    outcome = harness.rollback(settle=SHORT_SETTLE)
    assert (outcome.status, f"splint: {said}, and no journal here tells" in outcome.err) == (5, True), summary(outcome)
    assert_untouched(harness, other)


# -- the answer gives the id of somebody's campaign of the very name ---------------------------------------------------

TWO_MONTHS_OLD = {"create_time": f"{datetime.now(UTC) - timedelta(days=60):%Y-%m-%d %H:%M:%S}"}
GIVEN: Mapping[str, tuple[Mapping[str, Any], str]] = {
    "older, of another kind, running": (
        {"objective_type": "LEAD_GENERATION", "operation_status": "ENABLE", **TWO_MONTHS_OLD},
        "before the run began",
    ),
    "of another kind": ({"objective_type": "LEAD_GENERATION"}, 'objective_type is "LEAD_GENERATION", and '),
    "running, of another budget": ({"operation_status": "ENABLE", "budget": 2000}, "it shows ENABLE, which the run"),
    "of another budget": ({"budget": 2000}, "budget is 2000, and 500 was sent"),
}
"""Somebody's campaign, and what speaks against its being the run's."""


def given(harness: Harness, fields: Mapping[str, Any], *words: str, is_read: bool = True) -> tuple[Stored, Outcome]:
    """Submit, where the answer gives the id of somebody's campaign of the very name, which the first look misses.

    The run's own is made, too. Unless `is_read` no list can be read after that, so that the journal keeps the id.
    """
    other = another(harness, fields)
    harness.tiktok.on("get", "campaign", fault=lies.EMPTY)
    harness.tiktok.on("create", "campaign", fault=answers(0, data={"campaign_id": other.id}, commit=True))
    if not is_read:
        harness.tiktok.on("get", nth=2, times=None, fault=answers(50000, commit=False))
    outcome = harness.submit("--enable", *words, settle=SHORT_SETTLE)
    harness.tiktok.heal()
    return other, outcome


@pytest.mark.parametrize("which", sampled(GIVEN, ["older, of another kind, running", "running, of another budget"]))
def test_an_answer_with_the_id_of_anothers_campaign_of_the_name_has_nothing_added_or_disabled(
    harness: Harness, which: str
) -> None:
    """Where no update can have made it differ the run's own is found; else both are named."""
    fields, why = GIVEN[which]
    other, outcome = given(harness, fields)
    assert (outcome.status, len(harness.sent()), harness.state("/campaign")) == (5, 1, "UNKNOWN"), summary(outcome)
    assert why in outcome.err
    is_plain = "of another kind" in which
    outcome = harness.follow(outcome)
    assert outcome.status == (0 if is_plain else 5), summary(outcome)
    if is_plain:
        harness.assert_created(enabled=True)
    for words in ((), ("--delete",)):
        outcome = harness.rollback(*words, settle=SHORT_SETTLE)
        assert outcome.status == (0 if is_plain else 5), summary(outcome)
        assert_untouched(harness, other)
    assert is_plain == (harness.made == [])


@pytest.mark.parametrize("words", few([((),), (("--delete",),), (("--now",),)], 1))
def test_a_rollback_reads_by_what_was_sent_whose_campaign_an_answer_named(
    harness: Harness, words: tuple[str, ...]
) -> None:
    """Nothing was sent below it. `--now` does not look for the run's own."""
    other, outcome = given(harness, GIVEN["older, of another kind, running"][0], is_read=False)
    assert (outcome.status, harness.record.resource("/campaign").id) == (4, other.id), summary(outcome)
    run = harness.record.run
    outcome = harness("rollback", run, *words, "--yes", settle=SHORT_SETTLE)
    assert outcome.status == (5 if "--now" in words else 0), summary(outcome)
    assert other.status == "ENABLE"
    assert [own.status for own in harness.made] == {"--now": ["DISABLE"], "--delete": []}.get(
        words[0] if words else "", ["DISABLE"]
    )
    assert not [one for one in harness.sent("status") if other.id in str(one.body)]


@pytest.mark.parametrize(("words", "is_empty"), diagonal([(), ("--delete",), ("--now",)], [True, False]))
def test_a_rollback_disables_the_runs_own_that_a_person_changed_and_enabled(
    harness: Harness, words: tuple[str, ...], is_empty: bool
) -> None:
    """Alone of its name, or with the run's ad groups in it beside another of the name, which is named."""
    harness.tiktok.on(
        "get", "campaign" if is_empty else "ad", 2 if is_empty else 1, None, fault=answers(50000, commit=False)
    )
    assert harness.submit("--enable", settle=SHORT_SETTLE).status == 4
    harness.tiktok.heal()
    own = harness.made[0]
    own.status, own.body["budget"] = "ENABLE", 2000
    if not is_empty:
        another(harness, {})
    assert len(harness.made) == (1 if is_empty else len(PLAN))
    outcome = harness("rollback", harness.record.run, *words, "--yes", settle=SHORT_SETTLE)
    assert outcome.status == (0 if is_empty or "--now" in words else 5), summary(outcome)
    assert own.status == ("DELETE" if "--delete" in words else "DISABLE")


# -- rows that do not show that a campaign is paused -------------------------------------------------------------------

UNPAUSED: Mapping[str, Mapping[str, Any]] = {
    "told by the other field": {"operation_status": None, "secondary_status": "CAMPAIGN_STATUS_ENABLE"},
    "no status": {"operation_status": None},
    "contradicting": {"secondary_status": "CAMPAIGN_STATUS_ENABLE"},
}


def unpaused(which: str) -> Fault:
    """Rows of campaigns do not show them paused."""
    return Fault(lists=lambda row: [{**row, **UNPAUSED[which]}])


@pytest.mark.parametrize(("moment", "which"), diagonal(["first", "later", "end"], UNPAUSED))
def test_nothing_is_added_to_a_campaign_that_no_row_shows_paused(harness: Harness, which: str, moment: str) -> None:
    """Neither by the submit nor by a resume, nor does the run end as if it were."""
    if moment == "later":
        harness.tiktok.on("create", "ad", times=None, fault=answers(40100, commit=False))
        assert harness.submit(settle=SHORT_SETTLE).status == 4
        harness.tiktok.heal()
    if moment == "end":
        assert harness.submit(settle=SHORT_SETTLE).status == 0
    sent = len(harness.sent())
    harness.tiktok.on("get", "campaign", nth=2 if moment == "first" else 1, times=None, fault=unpaused(which))
    words = ["--enable"] * (moment == "end")
    outcome = harness.submit(settle=SHORT_SETTLE) if moment == "first" else harness.resume(harness.record.run, *words)
    assert (outcome.status, len(harness.sent())) == (5, sent + (moment == "first")), summary(outcome)
    assert "campaign is paused" not in outcome.err + outcome.out
    assert harness.sent("status") == []
    outcome = harness.follow(outcome)  # the rollback
    assert [one.body["operation_status"] for one in harness.sent("status")] == ["DISABLE"]


@pytest.mark.parametrize(("looks", "which"), [(1, "no status"), (3, "contradicting"), (None, "no status")])
def test_before_anything_is_sent_again_each_look_of_the_window_may_show_the_campaign_paused(
    harness: Harness, looks: int | None, which: str
) -> None:
    harness.tiktok.on("create", "ad", fault=Fault(commit=False, ending="close"))
    assert harness.submit(settle=SHORT_SETTLE).status == 5
    harness.tiktok.on("get", "campaign", nth=2, times=looks, fault=unpaused(which))
    sent = len(harness.sent())
    outcome = harness.resume("--resend-absent", settle=SHORT_SETTLE)
    assert (outcome.status, len(harness.sent()) > sent) == ((0, True) if looks else (5, False)), summary(outcome)
    assert ("is not shown: nothing is added to what may run" in outcome.err) == (looks is None)


@pytest.mark.parametrize("which", sampled(UNPAUSED, ["told by the other field"]))
def test_after_a_lost_answer_a_campaign_that_no_row_shows_paused_is_left_alone(harness: Harness, which: str) -> None:
    harness.tiktok.on("get", "campaign", nth=2, times=None, fault=unpaused(which))
    other = submitted(harness, LOST, 5, {})
    for command in (harness.resume, harness.rollback):
        outcome = command(settle=SHORT_SETTLE)
        assert (outcome.status, len(harness.sent())) == (5, 1), summary(outcome)
        assert "it may run" in outcome.err or "it shows ENABLE, which the run never sent to it" in outcome.err
        assert_untouched(harness, other)


@pytest.mark.parametrize("word", ["resume", "rollback"])
def test_a_campaign_whose_row_lacked_a_status_is_taken_once_it_has_one(harness: Harness, word: str) -> None:
    harness.tiktok.on("get", "campaign", nth=2, times=None, fault=unpaused("no status"))
    harness.tiktok.on("create", "campaign", fault=Fault(ending="close"))
    outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    if word == "rollback":
        outcome = harness.rollback(settle=SHORT_SETTLE)
    assert (outcome.status, harness.state("/campaign")) == (5, "UNKNOWN"), summary(outcome)
    assert "it may run; nothing is added to it, and it is not touched; once its row shows one, the next" in outcome.err
    words = f"{word} {harness.record.run}{' --enable' * (word == 'resume')}"
    assert f"next: splint {words} --run-dir" in outcome.err
    harness.tiktok.heal()
    assert harness.follow(outcome).status == 0
    assert harness.record.outcome == ("enabled" if word == "resume" else "disabled")


def test_a_rollback_does_not_end_well_on_rows_that_contradict_themselves(harness: Harness) -> None:
    """Neither where DISABLE was not answered nor where it was not carried out; once they agree, it does.

    Nor where the first of them comes after that was taken from the answer.
    """

    def contradicting(row: Mapping[str, Any]) -> list[dict[str, Any]]:
        return [{**row, **UNPAUSED["contradicting"], "operation_status": "DISABLE"}]

    assert harness.submit("--enable").status == 0
    for fault, late in ((LOST, False), (Fault(commit=False), False), (Fault(commit=False), True)):
        harness.tiktok.on("status", "campaign", times=None, fault=fault)
        if late:
            harness.tiktok.on("get", "campaign", fault=lies.EMPTY)
        harness.tiktok.on("get", "campaign", nth=1 + late, times=None, fault=Fault(lists=contradicting))
        outcome = harness.rollback(settle=SHORT_SETTLE)
        assert (outcome.status, harness.record.outcome, harness.made[0].status) == (5, None, "ENABLE")
        assert "DISABLE is not shown by /campaign" in outcome.err
        assert "is CAMPAIGN_STATUS_ENABLE" in outcome.err
        harness.tiktok.heal()
    harness.tiktok.on("get", "campaign", times=2, fault=Fault(lists=contradicting))  # it lags behind
    outcome = harness.rollback(settle=SHORT_SETTLE)
    assert (outcome.status, harness.made[0].status) == (0, "DISABLE"), summary(outcome)


@pytest.mark.parametrize(("status", "shown"), [(["x"], '["x"]'), ({"a": [1]}, '{"a": [1]}')])
def test_a_status_that_is_no_text_is_named(harness: Harness, status: object, shown: str) -> None:
    """Before anything is added to the campaign, and once it is enabled."""
    fault = Fault(lists=lambda row: [{**row, "operation_status": status}])
    harness.tiktok.on("get", "campaign", nth=2, times=None, fault=fault)
    outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    assert (outcome.status, f"operation_status of {harness.made[0].id} is {shown}" in outcome.err) == (5, True), (
        summary(outcome)
    )
    harness.tiktok.heal()
    harness.tiktok.on("status", fault=meanwhile(lambda: harness.tiktok.on("get", "campaign", times=None, fault=fault)))
    assert harness.resume("--enable", settle=SHORT_SETTLE).status == 5
    outcome = harness.submit(settle=SHORT_SETTLE)
    assert (outcome.status, "is not confirmed: it may run" in outcome.err) == (1, True), summary(outcome)
    outcome = harness.rollback(settle=SHORT_SETTLE)
    assert (outcome.status, f"operation_status of {harness.made[0].id} is {shown}" in outcome.err) == (5, True), (
        summary(outcome)
    )


def test_an_empty_status_is_told_by_the_other_field(harness: Harness) -> None:
    def told(row: Mapping[str, Any]) -> list[dict[str, Any]]:
        return [{**row, "operation_status": "", "secondary_status": f"CAMPAIGN_STATUS_{row['operation_status']}"}]

    harness.tiktok.on("get", "campaign", times=None, fault=Fault(lists=told))
    assert harness.submit("--enable").status == 0
    harness.tiktok.on("status", "campaign", fault=Fault(ending="close"))
    assert (harness.rollback().status, harness.made[0].status) == (0, "DISABLE")


def test_a_run_does_not_end_as_paused_where_the_list_of_names_shows_it_enabled(harness: Harness) -> None:
    assert harness.submit().status == 0
    last, harness.allowed = len(harness.sent("get", "campaign")), 2 * len(PLAN)
    harness.write({"/campaign/campaign_name": "Summer"})
    harness.tiktok.on("get", "campaign", nth=last, fault=unpaused("contradicting"))
    outcome = harness.submit()
    assert (outcome.status, "campaign is paused" in outcome.out + outcome.err) == (5, False), summary(outcome)


# -- what no row tells, or all rows tell otherwise ---------------------------------------------------------------------


@pytest.mark.parametrize("which", sampled(GIVEN, ["of another kind", "running, of another budget"]))
def test_rollback_now_leaves_a_campaign_alone_that_differs_beside_the_runs_own(harness: Harness, which: str) -> None:
    other, outcome = given(harness, GIVEN[which][0], "--accept-drift", "campaign_name", is_read=False)
    assert (outcome.status, harness.record.resource("/campaign").id) == (4, other.id), summary(outcome)
    outcome = harness("rollback", harness.record.run, "--now", "--yes", settle=SHORT_SETTLE)
    assert (outcome.status, harness.sent("status")) == (5, []), summary(outcome)
    assert f"is that of campaign {other.id} '{NAME}', which is not what the run sent" in outcome.err


def test_a_list_by_name_whose_rows_show_no_name_hides_no_other_campaign(harness: Harness) -> None:
    """That of the answer is of another budget, and the run's own stands beside it."""
    nameless = Fault(lists=lambda row: [{**row, "campaign_name": None}])
    harness.tiktok.on("get", "campaign", nth=3, times=None, fault=nameless)
    other, outcome = given(harness, {"budget": 2000})
    assert (outcome.status, len(harness.sent())) == (4, 1), summary(outcome)
    assert "lists campaigns by name that show none" in outcome.err
    outcome = harness.follow(outcome)
    assert (outcome.status, len(harness.sent())) == (5, 1), summary(outcome)
    assert_untouched(harness, other)


@pytest.mark.parametrize("is_all_stale", few([False, True], 1))
def test_a_list_that_lacks_the_runs_own_campaign_hides_no_other_one(harness: Harness, is_all_stale: bool) -> None:
    """Those of names are as before the first request. That of all campaigns tells, or nothing is enabled."""
    get = Client.get

    def stale(client: Client, path: str, query: Mapping[str, str]) -> ClientAnswer:
        answer, filtering = get(client, path, query), query["filtering"]
        is_stale = "campaign_name" in filtering or (is_all_stale and filtering == "{}")
        return answer._replace(data={"list": [], "page_info": {"total_number": 0}}) if is_stale else answer

    harness.patch.setattr(Client, "get", stale)
    outcome = sent_beside(harness, Fault(), {}, lambda: harness.submit("--enable", settle=SHORT_SETTLE), is_held=False)
    assert outcome.status == (4 if is_all_stale else 5), summary(outcome)
    _, other = (one for one in harness.tiktok.objects if one.level == "campaign")
    assert_untouched(harness, other)
    assert not harness.sent("status")
    other.status = "DELETE"
    assert harness.resume("--enable", settle=SHORT_SETTLE).status == (4 if is_all_stale else 0)


def spelled(harness: Harness, spell: Callable[[Row], Row], *, hides: bool) -> None:
    """Let lists of campaigns show rows otherwise, and those of a name, if it `hides`, none."""
    get = Client.get

    def answer(client: Client, path: str, query: Mapping[str, str]) -> ClientAnswer:
        whole = get(client, path, query)
        if not path.endswith("/campaign/get/"):
            return whole
        rows = [] if hides and "campaign_name" in query["filtering"] else list(map(spell, whole.data["list"]))
        return whole._replace(data={"list": rows, "page_info": {"total_number": len(rows), "total_page": 1}})

    harness.patch.setattr(Client, "get", answer)


@pytest.mark.parametrize("is_stale", few([True, False], 1))
def test_a_campaign_of_the_name_that_the_own_row_shows_is_not_enabled_beside(harness: Harness, is_stale: bool) -> None:
    """A server may spell all names otherwise; also where only the list of all campaigns shows the two."""
    spelled(harness, lambda row: {**row, "campaign_name": row["campaign_name"].upper()}, hides=is_stale)
    outcome = sent_beside(harness, Fault(), {}, lambda: harness.submit("--enable", settle=SHORT_SETTLE), is_held=False)
    own, other = (one for one in harness.tiktok.objects if one.level == "campaign")
    said = f"the name of campaign {own.id}, '{NAME.upper()}', is also that of {other.id}"
    assert (outcome.status, said in outcome.err, harness.sent("status")) == (5, True, []), summary(outcome)
    other.status = "DELETE"
    assert harness.resume("--enable", settle=SHORT_SETTLE).status == 0


@pytest.mark.parametrize("is_old", [False, True])
def test_a_campaign_without_a_name_is_named_unless_it_stood_before_the_run(harness: Harness, is_old: bool) -> None:
    """The list of all campaigns has it, and those of names lack the run's own."""
    made = f"{datetime.now(UTC) - timedelta(days=3 * is_old):%Y-%m-%d %H:%M:%S}"
    other = harness.add("campaign", create_time=made)
    spelled(harness, lambda row: {**row, "campaign_name": ""} if row["campaign_id"] == other else row, hides=True)
    outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    said = f"the list of all campaigns shows no name of {other}, "
    assert (outcome.status, said in outcome.err) == ((0, False) if is_old else (4, True)), summary(outcome)


def test_a_time_before_tiktok_began_tells_of_no_campaign_that_it_is_older() -> None:
    now = datetime.now(UTC).isoformat()
    assert [is_older({"create_time": f"{year}-01-01 00:00:00"}, now) for year in (1970, 2017)] == [False, True]


def test_a_second_rollback_that_changes_nothing_does_not_name_a_third(harness: Harness) -> None:
    """What a person says of the other campaign ends it."""
    assert harness.submit().status == 0
    other = another(harness, {})
    for following in ("rollback", "rollback", "runs"):  # the second one deletes, which the first did not
        words = () if following == "rollback" and not harness.record.is_rolled_back else ("--delete",)
        outcome = harness.rollback(*words, settle=SHORT_SETTLE)
        assert (outcome.status, f"is also that of {other.id}" in outcome.err) == (5, True), summary(outcome)
        assert f"next: splint {following} {harness.record.run} " in outcome.err
    assert_untouched(harness, other)


def test_an_id_that_was_given_up_is_not_taken_back(harness: Harness) -> None:
    """The run's own, which stood beside it, was renamed by a person."""
    other, outcome = given(harness, {"budget": 2000})
    assert (outcome.status, f"next: splint resume {harness.record.run}" in outcome.err) == (5, True), summary(outcome)
    harness.made[0].name = "Renamed"
    for command, words in ((harness.resume, ()), (harness.resume, ("--resend-absent",)), (harness.rollback, ())):
        outcome = command(*words, settle=SHORT_SETTLE)
        assert (outcome.status, len(harness.sent())) == (5, 1), summary(outcome)
        assert f"({other.id}), and is not taken for the run's: the run gave its id up before" in outcome.err
        assert f"next: splint runs {harness.record.run} " in outcome.err
        assert_untouched(harness, other)


@pytest.mark.parametrize("name", few([None, ""], 1))
def test_nothing_is_added_to_a_campaign_of_which_no_row_shows_the_name(harness: Harness, name: str | None) -> None:
    """Nor is it disabled. Once a row shows it, the run goes on."""
    nameless = Fault(lists=lambda row: [{**row, "campaign_name": name}])
    harness.tiktok.on("get", "campaign", nth=2, times=None, fault=nameless)
    outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    assert (outcome.status, len(harness.sent()), harness.state("/campaign")) == (5, 1, "CREATED"), summary(outcome)
    assert "no row shows the name of" in outcome.err
    harness.tiktok.heal()
    harness.tiktok.on("get", "campaign", times=2, fault=nameless)
    assert harness.resume("--enable").status == 0
    harness.assert_created(enabled=True)


@pytest.mark.parametrize("words", few([(("--delete",),), ((),), (("--now",),)], 1))
def test_a_rollback_leaves_a_nameless_campaign_of_another_kind_alone(harness: Harness, words: tuple[str, ...]) -> None:
    fields = {"operation_status": "ENABLE", "objective_type": "TRAFFIC"} if words else {"operation_status": "ENABLE"}
    other, _ = given(harness, fields, is_read=False)
    harness.tiktok.on("get", "campaign", times=None, fault=Fault(lists=lambda row: [{**row, "campaign_name": None}]))
    outcome = harness("rollback", harness.record.run, *words, "--yes", settle=SHORT_SETTLE)
    status = 4 if "--delete" in words else 5  # the run's own cannot be looked for
    assert (outcome.status, harness.sent("status"), other.status) == (status, [], "ENABLE"), summary(outcome)


@pytest.mark.parametrize("looks", few([1, 3], 1))
def test_a_campaign_that_turns_out_to_be_anothers_is_disabled_and_not_deleted(harness: Harness, looks: int) -> None:
    """The first rows told too little, so that an ad group of the run, or all that it has, is in it."""
    other = another(harness, {"objective_type": "TRAFFIC"})
    harness.tiktok.on("get", "campaign", fault=lies.EMPTY)
    harness.tiktok.on("create", "campaign", fault=answers(0, data={"campaign_id": other.id}, commit=False))
    little = Fault(lists=lambda row: [{**row, "objective_type": None}])
    harness.tiktok.on("get", "campaign", nth=2, times=looks, fault=little)
    outcome = harness.submit(settle=SHORT_SETTLE)
    assert (outcome.status, harness.state("/campaign")) == (5, "CREATED"), summary(outcome)
    assert 'objective_type is "TRAFFIC", and "WEB_CONVERSIONS" was sent' in outcome.err
    assert f"next: splint rollback {harness.record.run}" in outcome.err
    other.status, sent = "ENABLE", len(harness.sent())
    for words in (("--delete",), (), ("--now",)):
        outcome = harness("rollback", harness.record.run, *words, "--yes", settle=SHORT_SETTLE)
        assert outcome.status == (5 if "--delete" in words else 0), summary(outcome)
        assert (other.status, len(harness.sent())) == ("DISABLE", sent)
        assert ("it may be another's, and is not deleted" in outcome.err) == ("--delete" in words)


SPELT: Mapping[str, Any] = {
    "objective_type": "CONVERSIONS",
    "budget_mode": "BUDGET_MODE_DAY",
    "budget_optimize_on": "ON",
}


@pytest.mark.parametrize("field", few(SPELT, 1))
def test_what_tiktok_shows_otherwise_than_it_was_sent_is_accepted_also_later(harness: Harness, field: str) -> None:
    """Of the only campaign of the name. An empty value is not shown."""
    harness.tiktok.on("get", "campaign", times=None, fault=Fault(lists=lambda row: [{**row, field: SPELT[field]}]))
    outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    assert (outcome.status, harness.state("/campaign")) == (5, "UNKNOWN"), summary(outcome)
    way = f" --accept-drift {field} takes it"
    assert f"splint resume {harness.record.run}{way}" in outcome.err, summary(outcome)
    outcome = harness.resume("--enable", settle=SHORT_SETTLE)
    assert (outcome.status, way in outcome.err, len(harness.sent())) == (5, True, 1), summary(outcome)
    outcome = harness.resume("--enable", "--accept-drift", field, settle=SHORT_SETTLE)
    assert outcome.status == 0, summary(outcome)
    harness.assert_created(enabled=True)
    harness.tiktok.heal()
    harness.tiktok.on("get", "campaign", times=None, fault=Fault(lists=lambda row: [{**row, field: ""}]))
    assert harness.rollback("--delete").status == 0
    assert harness.submit("--enable").status == 0


@pytest.mark.parametrize("field", SPELT)
def test_what_a_limit_refuses_is_no_way_to_enable(harness: Harness, field: str) -> None:
    """Another kind of budget is taken, and stays paused: no update makes it that of the plan."""
    harness.tiktok.on("get", "campaign", times=None, fault=Fault(lists=lambda row: [{**row, field: SPELT[field]}]))
    outcome = harness.submit("--enable", "--max-daily", "700", settle=SHORT_SETTLE)
    paused = f" --accept-drift {field} takes it, and leaves it paused: with that, nothing is enabled under its limit"
    assert (outcome.status, paused in outcome.err) == (5, field != "objective_type"), summary(outcome)
    outcome = harness.resume("--enable", "--accept-drift", field, settle=SHORT_SETTLE)
    assert outcome.status == (0 if field == "objective_type" else 5), summary(outcome)
    if outcome.status == 5:
        assert ("set it as the plan has it" in outcome.err, harness.sent("status")) == (False, [])
        assert f"nothing more is sent; take the run back with splint rollback {harness.record.run}" in outcome.err
        assert harness.follow(outcome).status == 0


@pytest.mark.parametrize("limit", [(), ("--max-daily", "700")])
def test_a_run_whose_limit_keeps_it_paused_names_no_command_that_enables_it(
    harness: Harness, limit: tuple[str, ...]
) -> None:
    lists = Fault(lists=lambda row: [{**row, "budget_mode": "BUDGET_MODE_TOTAL"}])
    harness.tiktok.on("get", "campaign", times=None, fault=lists)
    assert harness.submit(*limit, settle=SHORT_SETTLE).status == 5
    outcome = harness.resume("--accept-drift", "budget_mode", settle=SHORT_SETTLE)
    assert (outcome.status, "next: " in outcome.out) == (0, not limit), summary(outcome)
    assert ("nothing is enabled whose budget_mode differs, accepted or not" in outcome.out) == bool(limit)


@pytest.mark.parametrize("is_held", [True, False])
def test_a_rollback_leaves_a_running_campaign_alone_that_holds_what_the_run_did_not_send(
    harness: Harness, is_held: bool
) -> None:
    """Another machine's, of which the answer to the same request gave the id; one that holds nothing is the run's."""
    other = another(harness, {"operation_status": "ENABLE"}, is_held=is_held)
    harness.tiktok.on("get", "campaign", fault=lies.EMPTY)
    harness.tiktok.on("create", "campaign", fault=answers(0, data={"campaign_id": other.id}, commit=False))
    harness.tiktok.on("get", nth=2, times=None, fault=answers(50000, commit=False))
    assert harness.submit(settle=SHORT_SETTLE).status == 4
    harness.tiktok.heal()
    outcome = harness.rollback(settle=SHORT_SETTLE)
    assert (outcome.status, other.status) == ((5, "ENABLE") if is_held else (0, "DISABLE")), summary(outcome)


def test_a_verified_campaign_that_a_person_renamed_and_enabled_is_said_to_run(harness: Harness) -> None:
    """It stays the run's: the next command takes it back, and does not enable it."""
    assert harness.submit().status == 0
    [own] = harness.tiktok.alive("campaign")
    own.body["campaign_name"], own.status = "Renamed", "ENABLE"
    outcome = harness("resume", harness.record.run, "--enable", "--yes")
    assert outcome.status == 5, summary(outcome)
    assert 'operation_status is "ENABLE", and "DISABLE" was sent' in outcome.err
    assert "that of another object" not in outcome.err
    assert harness.follow(outcome).status == 0
    assert own.status == "DISABLE"
