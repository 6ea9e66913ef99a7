"""The campaign of another run of the directory runs, though that is not to enable it: that is told."""

from collections.abc import Callable

import pytest

from tests.submit.harness import SHORT_SETTLE, Harness, summary
from tests.submit.lies import EMPTY
from tests.submit.server import Fault, Stored, answers
from tests.submit.test_running import enabled_by_hand

Left = Callable[[Harness], tuple[Stored, str]]
LATE = "; ENABLE was sent, no row confirmed it, and it may yet come through\n"


def rolled_back_too_early(harness: Harness) -> tuple[Stored, str]:
    """A run whose ENABLE came through after its rollback. Returns its campaign and its name."""
    harness.tiktok.on("status", fault=answers(50000, commit=False))
    assert harness.submit("--enable", settle=SHORT_SETTLE).status == 5
    run = harness.record.run
    outcome = harness.rollback(settle=SHORT_SETTLE)
    assert (outcome.status, "it may yet come through" in outcome.out) == (0, True), summary(outcome)
    enabled_by_hand(harness)
    return harness.made[0], run


def left_paused(harness: Harness) -> tuple[Stored, str]:
    """A run whose campaign a person enabled since. Returns its campaign and its name."""
    assert harness.submit().status == 0
    enabled_by_hand(harness)
    return harness.made[0], harness.record.run


def rolled_back(harness: Harness) -> tuple[Stored, str]:
    """A run that was rolled back, and whose campaign was enabled since. Returns its campaign and its name."""
    assert harness.submit().status == 0
    assert harness.rollback(settle=SHORT_SETTLE).status == 0
    enabled_by_hand(harness)
    return harness.made[0], harness.record.run


def told(own: Stored, run: str) -> str:
    return f"splint: campaign {own.id} of run {run} shows ENABLE and may run, and splint rollback {run} disables it: "


def test_runs_says_of_a_disabled_campaign_that_an_enable_may_yet_come_through(harness: Harness) -> None:
    _, run = rolled_back_too_early(harness)
    for words in ((), (run,)):
        outcome = harness("runs", *words)
        assert (outcome.status, outcome.out.partition("\n")[0].endswith(LATE.strip())) == (0, True), outcome.out
    assert f"{run}  disabled " in outcome.out


@pytest.mark.parametrize("left", [rolled_back_too_early, rolled_back])
def test_a_refused_submit_says_that_the_campaign_of_the_earlier_run_runs(harness: Harness, left: Left) -> None:
    own, run = left(harness)
    outcome = harness.submit(settle=SHORT_SETTLE)
    assert (outcome.status, told(own, run) in outcome.err, len(harness.made)) == (5, True, 6), summary(outcome)
    assert f"made this campaign already, and {own.id} is ENABLE: nothing was sent anew; say with --again" in outcome.err
    assert "--delete" not in outcome.err
    assert f"next: splint rollback {run} --run-dir" in outcome.err
    assert harness.follow(outcome).status == 0
    assert own.status == "DISABLE"
    assert harness.submit(settle=SHORT_SETTLE).status == 1


@pytest.mark.parametrize("words", [(), ("--enable",)])
@pytest.mark.parametrize("left", [rolled_back_too_early, rolled_back])
def test_a_run_that_comes_to_its_end_says_that_the_campaign_of_another_one_runs(
    harness: Harness, left: Left, words: tuple[str, ...]
) -> None:
    own, run = left(harness)
    harness.allowed = 12
    outcome = harness.submit("--again", "wanted twice", *words, settle=SHORT_SETTLE)
    assert (outcome.status, told(own, run) in outcome.err) == (5, True), summary(outcome)
    assert f"all of it stands, and the campaign is {'enabled' if words else 'paused'} (run " in outcome.err
    assert f"next: splint rollback {run} --run-dir" in outcome.err
    assert harness.follow(outcome).status == 0
    assert [one.status for one in harness.tiktok.alive("campaign")] == ["DISABLE", "ENABLE" if words else "DISABLE"]


@pytest.mark.parametrize("word", ["resume", "rollback"])
def test_a_resume_and_a_rollback_say_that_the_campaign_of_another_run_runs(harness: Harness, word: str) -> None:
    own, run = rolled_back(harness)
    harness.allowed = 12
    harness.tiktok.on("create", "ad", fault=answers(40105, commit=False))
    outcome = harness.submit("--again", "wanted twice", settle=SHORT_SETTLE)
    assert (outcome.status, told(own, run) in outcome.err) == (5, True), summary(outcome)
    [later] = {path.stem for path in harness.journals} - {run}
    outcome = harness(word, later, "--yes", settle=SHORT_SETTLE)
    assert (outcome.status, told(own, run) in outcome.err) == (5, True), summary(outcome)
    state = "all of it stands" if word == "resume" else f"run {later} is rolled back: its campaign is disabled"
    assert f"disables it: {state}" in outcome.err


def test_the_campaign_of_a_run_that_enabled_it_is_no_news(harness: Harness) -> None:
    assert harness.submit("--enable").status == 0
    assert harness.submit(settle=SHORT_SETTLE).status == 1
    harness.allowed = 12
    assert harness.submit("--again", "wanted twice", settle=SHORT_SETTLE).status == 0


def test_what_stops_a_submit_is_told_after_it(harness: Harness) -> None:
    """The first look shows that the other campaign runs, then its list cannot be read any more."""
    own, run = rolled_back(harness)
    harness.tiktok.on("get", "campaign", nth=2, times=None, fault=Fault(ending="close"))
    harness.allowed = 12
    outcome = harness.submit("--again", "wanted twice", settle=SHORT_SETTLE)
    assert (outcome.status, f"{told(own, run)}reading back from" in outcome.err) == (5, True), summary(outcome)


def create_is_lost(harness: Harness) -> None:
    """A run whose create got no answer, and was not carried out."""
    harness.tiktok.on("create", "campaign", fault=Fault(commit=False, ending="close"))
    assert harness.submit(settle=SHORT_SETTLE).status == 5


def journal_is_emptied(harness: Harness) -> None:
    assert harness.submit().status == 0
    [path] = harness.journals
    path.write_bytes(b"")


def journal_is_gone(harness: Harness) -> None:
    assert harness.submit().status == 0
    [path] = harness.journals
    path.unlink()


@pytest.mark.parametrize("before", [create_is_lost, journal_is_emptied, journal_is_gone])
def test_a_run_that_may_have_made_a_campaign_hides_no_reason_why_a_submit_stops(
    harness: Harness, before: Callable[[Harness], None]
) -> None:
    """The first look lists somebody's campaign that runs, and no run is begun then."""
    before(harness)
    harness.allowed = 12
    harness.write({"/campaign/campaign_name": "Autumn"}, "autumn.json")
    harness.add("campaign", campaign_name="Autumn", operation_status="ENABLE")
    outcome = harness.submit(file="autumn.json", settle=SHORT_SETTLE)
    assert (outcome.status, "stands already" in outcome.err) == (1, True), summary(outcome)


def refused_and_enabled(harness: Harness) -> tuple[Stored, str]:
    """A run that was to enable its campaign, which was refused, and a person did. Returns its campaign and its name."""
    harness.tiktok.on("status", fault=answers(40002, commit=False))
    assert harness.submit("--enable", settle=SHORT_SETTLE).status == 4
    enabled_by_hand(harness)
    return harness.made[0], harness.record.run


@pytest.mark.parametrize("words", [(), ("--enable",)])
@pytest.mark.parametrize("left", [left_paused, refused_and_enabled])
def test_a_campaign_that_stands_whole_and_a_person_enabled_is_no_fault_of_a_later_run(
    harness: Harness, left: Left, words: tuple[str, ...]
) -> None:
    own, run = left(harness)
    harness.allowed = 12
    outcome = harness.submit("--again", "wanted twice", *words, settle=SHORT_SETTLE)
    assert (outcome.status, told(own, run) in outcome.err) == (0, False), summary(outcome)
    assert f"note: campaign {own.id} of run {run} runs: it was enabled since by hand\n" in outcome.err
    assert (f"next: splint rollback {run}" in outcome.err) is False
    [later] = {path.stem for path in harness.journals} - {run}
    outcome = harness("rollback", later, "--yes", settle=SHORT_SETTLE)
    assert (outcome.status, own.status) == (0, "ENABLE"), summary(outcome)


@pytest.mark.parametrize("words", [(), ("--enable",)])
@pytest.mark.parametrize("again", [(), ("--again", "wanted twice")])
def test_a_campaign_that_a_person_enabled_before_all_of_it_stands_is_told(
    harness: Harness, words: tuple[str, ...], again: tuple[str, ...]
) -> None:
    harness.tiktok.on("create", "ad", fault=answers(40105, commit=False))
    assert harness.submit(*words, settle=SHORT_SETTLE).status == 4
    own, run = harness.made[0], harness.record.run
    harness.allowed = 12
    shown = {own.id: "ENABLE"}
    enabled = Fault(lists=lambda row: [row | {"operation_status": shown.get(row["campaign_id"], "DISABLE")}])
    harness.tiktok.on("get", "campaign", times=None, fault=enabled)
    outcome = harness.submit(*again, settle=SHORT_SETTLE)
    assert (outcome.status, told(own, run) in outcome.err) == (5, True), summary(outcome)
    assert f"next: splint rollback {run}" in outcome.err


@pytest.mark.parametrize("again", [(), ("--again", "wanted twice")])
def test_a_campaign_that_was_told_to_run_unasked_is_told_by_each_submit(harness: Harness, again: tuple[str]) -> None:
    """Though all of it stood before a person enabled it: a resume told that it was not to run."""
    own, run = left_paused(harness)
    assert harness.resume(run, "--enable", settle=SHORT_SETTLE).status == 5
    harness.allowed = 12
    outcome = harness.submit(*again, settle=SHORT_SETTLE)
    assert (outcome.status, told(own, run) in outcome.err) == (5, True), summary(outcome)
    assert f"next: splint rollback {run} --run-dir" in outcome.err
    assert harness.follow(outcome).status == 0
    assert own.status == "DISABLE"


def price_differs(harness: Harness) -> None:
    """The last comparison before ENABLE stops the run."""
    harness.tiktok.on("get", "adgroup", times=None, fault=Fault(lists=lambda row: [row | {"conversion_bid_price": 3}]))


def ad_list_fails(harness: Harness) -> None:
    """The last look before ENABLE stops the run."""
    harness.tiktok.on("get", "ad", times=None, fault=answers(50000, commit=False))


@pytest.mark.parametrize("stops", [ad_list_fails, price_differs])
def test_a_campaign_that_a_person_enabled_before_its_run_sent_enable_is_told(
    harness: Harness, stops: Callable[[Harness], None]
) -> None:
    """All of it stood, and the resume that was to enable it stopped before that; it ends with 5, too."""
    assert harness.submit().status == 0
    own, run = harness.made[0], harness.record.run
    stops(harness)
    assert harness.resume(run, "--enable", settle=SHORT_SETTLE).status in (4, 5)
    assert harness.sent("status") == []
    harness.tiktok.heal()
    enabled_by_hand(harness)
    for words in ((), ("--output-format", "json")):
        outcome = harness.submit(*words, settle=SHORT_SETTLE)
        assert (outcome.status, told(own, run)[8:] in outcome.out + outcome.err) == (5, True), summary(outcome)
    assert f"splint rollback {run} --run-dir" in outcome.out
    assert "shows ENABLE: nothing was sent anew; say with --again REASON" in outcome.out
    assert harness.resume(run, "--enable", settle=SHORT_SETTLE).status == 5
    assert harness.rollback(settle=SHORT_SETTLE).status == 0
    assert own.status == "DISABLE"


def test_a_submit_says_that_the_campaign_runs_whose_enable_was_refused(harness: Harness) -> None:
    """A person enabled it, and a resume ends with 0."""
    own, run = refused_and_enabled(harness)
    outcome = harness.submit(settle=SHORT_SETTLE)
    said = f"run {run} of this campaign stopped on the way, and {own.id} shows ENABLE: nothing was sent anew"
    assert (outcome.status, said in outcome.err) == (1, True), summary(outcome)
    assert harness.follow(outcome).status == 0


@pytest.mark.parametrize("other", ["name", "advertiser"])
def test_a_campaign_that_is_not_the_other_runs_own_is_not_told_as_that(harness: Harness, other: str) -> None:
    """An answer gave the id of somebody's campaign that runs, or a row of the id is of another advertiser."""
    if other == "name":
        own = harness.add("campaign", campaign_name="Somebody's", operation_status="ENABLE")
        harness.tiktok.on("create", "campaign", fault=answers(0, data={"campaign_id": own}, commit=False))
        harness.tiktok.on("get", "campaign", times=None, fault=EMPTY)
        assert harness.submit(settle=SHORT_SETTLE).status == 4
        assert harness.record.resource("/campaign").id == own
        harness.tiktok.heal()
    else:
        rolled_back(harness)
        harness.made[0].body["advertiser_id"] = "9"
    harness.tiktok.on("get", "campaign", times=None, fault=Fault(unfiltered=True))
    harness.allowed = 12
    outcome = harness.submit("--again", "wanted twice", settle=SHORT_SETTLE)
    assert (outcome.status, "shows ENABLE and may run" in outcome.err) == (0, False), summary(outcome)
