"""Two runs of a directory that may both have made one campaign: neither takes it for its own."""

import pytest

from splint.submit import Record
from splint.submit.journal import Journal
from tests.grids import few
from tests.submit.harness import SHORT_SETTLE, Harness, summary
from tests.submit.server import Fault, Stored, answers

LOST = Fault(commit=False, ending="close")
HIDDEN = Fault(ending="close", visible_after=3600.0)
"""The campaign is created, no answer comes, and no list shows it."""


def begun(harness: Harness, *words: str, fault: Fault, status: int = 5) -> str:
    """Submit the bundle, and again with a reason after the first time. Returns the name of the run."""
    harness.allowed, known = 12, set(harness.journals)
    again = ("--again", "the first one was lost") if known else ()
    harness.tiktok.on("create", "campaign", times=4 if status == 4 else 1, fault=fault)
    outcome = harness.submit(*words, *again, settle=SHORT_SETTLE)
    assert outcome.status == status, summary(outcome)
    harness.tiktok.heal()
    [path] = set(harness.journals) - known
    return path.stem


def shown(harness: Harness, index: int = -1) -> Stored:
    """Have the lists show one of the objects on the server."""
    harness.tiktok.objects[index].visible_at = 0.0
    return harness.tiktok.objects[index]


def assert_left(harness: Harness, own: Stored, words: str, says: str) -> None:
    """Assert that a command ends with 5, names what it says, and leaves a campaign alone."""
    made = len(harness.made)
    outcome = harness(*words.split(), "--yes", settle=SHORT_SETTLE)
    assert (outcome.status, says in outcome.err) == (5, True), summary(outcome)
    assert f"{own.id} has the name 'Spring sale', and may be the campaign of run " in outcome.err
    assert (own.status, len(harness.made), harness.sent("status")) == ("DISABLE", made, [])


@pytest.mark.parametrize("words", few(["resume {0}", "resume {1}", "rollback {0} --delete", "rollback {1}"], 4))
def test_a_campaign_that_either_of_two_runs_may_have_made_is_left_alone(harness: Harness, words: str) -> None:
    """The request of the first never arrived, that of the second was carried out, and neither was answered."""
    runs = begun(harness, "--enable", fault=LOST), begun(harness, fault=HIDDEN)
    other = runs["{0}" in words]
    assert_left(harness, shown(harness), words.format(*runs), f"may be the campaign of run {other}: nobody knows")


@pytest.mark.parametrize("code", few([40100, 40105], 1))
def test_a_run_whose_request_was_refused_takes_no_campaign_that_another_may_have_made(
    harness: Harness, code: int
) -> None:
    """The second, of which no answer says that it was not carried out, takes it back."""
    first = begun(harness, "--enable", fault=answers(code, "no", commit=False), status=4)
    second = begun(harness, fault=HIDDEN)
    own = shown(harness)
    assert_left(harness, own, f"resume {first}", f"next: splint rollback {first}")
    assert_left(harness, own, f"rollback {first}", f"next: splint resume {second}")
    assert harness("rollback", second, "--delete", "--yes", settle=SHORT_SETTLE).status == 0
    assert harness("rollback", first, "--delete", "--yes", settle=SHORT_SETTLE).status == 0
    assert harness.made == []


def test_the_next_commands_give_it_to_the_run_that_began_last(harness: Harness) -> None:
    """Once the first one is rolled back."""
    first, second = begun(harness, "--enable", fault=LOST), begun(harness, fault=HIDDEN)
    own = shown(harness)
    outcome = harness("resume", first, "--yes", settle=SHORT_SETTLE)
    assert f"roll run {first} back, then let run {second} take it with splint resume {second}; or" in outcome.err
    outcome = harness.follow(outcome)
    assert f"let run {second} take it with splint resume {second}, or delete it by hand" in outcome.err
    outcome = harness.follow(outcome)
    assert (outcome.status, len(harness.made)) == (0, 6), summary(outcome)
    outcome = harness("rollback", first, "--delete", "--yes", settle=SHORT_SETTLE)
    assert (outcome.status, f"{own.id}, is that of run {second}" in outcome.err) == (5, True), summary(outcome)
    assert len(harness.made) == 6


@pytest.mark.parametrize("is_late", [False, True])
def test_a_run_that_was_rolled_back_before_has_no_part_in_the_campaign_of_the_next(
    harness: Harness, is_late: bool
) -> None:
    first = begun(harness, fault=LOST)
    assert harness("rollback", first, "--yes", settle=SHORT_SETTLE).status == 5
    second = begun(harness, fault=HIDDEN if is_late else Fault(ending="close"), status=5 if is_late else 0)
    shown(harness, 0)
    outcome = harness("rollback", second, "--delete", "--yes", settle=SHORT_SETTLE)
    assert (outcome.status, harness.made) == (0, []), summary(outcome)


def test_of_two_campaigns_the_one_that_is_shown_is_taken_back_by_neither_run(harness: Harness) -> None:
    """Both were created: the other one would stand while its run counts as rolled back."""
    first, second = begun(harness, fault=HIDDEN), begun(harness, fault=HIDDEN)
    own = shown(harness, 0)
    assert_left(harness, own, f"rollback {second} --delete", f"\nnext: splint runs {first} ")
    said = (
        f"each is rolled back, and nothing was added to it: delete it by hand (run {first})\nnext: splint runs {first}"
    )
    assert_left(harness, own, f"rollback {first} --delete", said)
    shown(harness, 1)
    outcome = harness("rollback", first, "--delete", "--yes", settle=SHORT_SETTLE)
    assert "have the name 'Spring sale', and may be the campaigns of run " in outcome.err
    assert ([one.status for one in harness.made], harness.sent("status")) == (["DISABLE"] * 2, [])


def test_a_damaged_journal_tells_by_its_other_lines_that_its_run_may_have_made_it(harness: Harness) -> None:
    first, second = begun(harness, "--enable", fault=LOST), begun(harness, fault=HIDDEN)
    path = harness.runs / f"{second}.jsonl"
    path.write_bytes(path.read_bytes().replace(b"START", b"OTHER", 1))
    assert_left(harness, shown(harness), f"resume {first}", f"may be the campaign of run {second}: nobody knows")


def test_beside_a_run_that_has_its_campaign_the_other_one_is_named(harness: Harness) -> None:
    """No campaign of the name is to be deleted: once the other run has it, the first one is enabled."""
    assert harness.submit().status == 0
    first = harness.record.run
    second = begun(harness, fault=HIDDEN)
    own = shown(harness)
    outcome = harness("resume", first, "--enable", "--yes", settle=SHORT_SETTLE)
    assert (outcome.status, f"{own.id} has the name" in outcome.err) == (5, True), summary(outcome)
    assert f"let run {second} take it with splint resume {second}, or delete it by hand" in outcome.err
    assert harness.follow(outcome).status == 0
    assert harness("resume", first, "--enable", "--yes").status == 0
    assert Record.of(Journal.peek(harness.runs / f"{second}.jsonl")).outcome == "paused"
