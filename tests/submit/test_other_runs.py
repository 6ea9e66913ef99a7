"""The campaign of another run of the directory runs, though that was rolled back or left paused: that is told."""

from collections.abc import Callable

import pytest

from tests.submit.harness import SHORT_SETTLE, Harness, summary
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


def told(own: Stored, run: str) -> str:
    return f"splint: campaign {own.id} of run {run} shows ENABLE and may run, and splint rollback {run} disables it: "


def test_runs_says_of_a_disabled_campaign_that_an_enable_may_yet_come_through(harness: Harness) -> None:
    _, run = rolled_back_too_early(harness)
    for words in ((), (run,)):
        outcome = harness("runs", *words)
        assert (outcome.status, outcome.out.partition("\n")[0].endswith(LATE.strip())) == (0, True), outcome.out
    assert f"{run}  disabled " in outcome.out


@pytest.mark.parametrize("left", [rolled_back_too_early, left_paused])
def test_a_refused_submit_says_that_the_campaign_of_the_earlier_run_runs(harness: Harness, left: Left) -> None:
    own, run = left(harness)
    outcome = harness.submit(settle=SHORT_SETTLE)
    assert (outcome.status, told(own, run) in outcome.err, len(harness.made)) == (5, True, 6), summary(outcome)
    assert "made this campaign already" in outcome.err
    assert f"next: splint rollback {run} --run-dir" in outcome.err
    assert harness.follow(outcome).status == 0
    assert own.status == "DISABLE"
    assert harness.submit(settle=SHORT_SETTLE).status == 1


@pytest.mark.parametrize("words", [(), ("--enable",)])
@pytest.mark.parametrize("left", [rolled_back_too_early, left_paused])
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
    own, run = left_paused(harness)
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
    own, run = left_paused(harness)
    harness.tiktok.on("get", "campaign", nth=2, times=None, fault=Fault(ending="close"))
    harness.allowed = 12
    outcome = harness.submit("--again", "wanted twice", settle=SHORT_SETTLE)
    assert (outcome.status, f"{told(own, run)}reading back from" in outcome.err) == (5, True), summary(outcome)
