"""Two runs of a directory that may both have made one campaign: neither takes it for its own."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from splint.submit import Record
from splint.submit.journal import Journal
from splint.submit.rivals import began
from tests.grids import few
from tests.submit.harness import BUNDLE, SHORT_SETTLE, Harness, summary
from tests.submit.server import Fault, Stored, answers

pytestmark = pytest.mark.slow  # stories of whole runs, as of the other files the quick tests tell many
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


def rewrite(harness: Harness, run: str, change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Write each line of a journal anew, as changed, with a checksum that fits."""
    path = harness.runs / f"{run}.jsonl"
    texts = []
    for line in path.read_text().splitlines():
        fields = json.loads(line)
        del fields["check"]
        texts.append(json.dumps(change(fields), separators=(",", ":"))[:-1])
    path.write_text("".join(f'{text},"check":"{hashlib.sha256(text.encode()).hexdigest()[:16]}"}}\n' for text in texts))


def days_ago(harness: Harness, run: str, days: int) -> None:
    """Have the journal of a run say that all of it was so many days earlier."""

    def change(fields: dict[str, Any]) -> dict[str, Any]:
        time = datetime.fromisoformat(fields["time"]) - timedelta(days=days)
        return {**fields, "time": time.isoformat(timespec="milliseconds").replace("+00:00", "Z")}

    rewrite(harness, run, change)


def damage(harness: Harness, run: str, line: str) -> None:
    """Damage the first line of an event in the journal of a run."""
    path = harness.runs / f"{run}.jsonl"
    path.write_bytes(path.read_bytes().replace(line.encode(), b"OTHER", 1))


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


@pytest.mark.parametrize("words", few(["resume {0}", "resume {1}", "rollback {0} --delete", "rollback {1}"], 1))
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
    took = f"let run {second} take it with splint resume {second}, or take it back with splint rollback {second}, or "
    own_way = "by the answers no request of this run made it: roll it back, or give its campaign another name with"
    assert_left(harness, own, f"resume {first}", f"{own_way} --bundle; {took}")
    assert_left(harness, own, f"resume {first}", f"next: splint resume {second} ")
    assert_left(harness, own, f"rollback {first}", f"by the answers no request of this run made it; {took}")
    assert_left(harness, own, f"rollback {first}", f"next: splint runs {second} ")
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
    assert f"next: splint runs {second} " in outcome.err
    outcome = harness("resume", second, "--yes", settle=SHORT_SETTLE)
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
    damage(harness, second, "START")
    own = shown(harness)
    assert_left(harness, own, f"resume {first}", f"may be the campaign of run {second}: nobody knows")
    way = (
        f"a journal of run {second} is damaged, as splint runs {second} tells: to restore it from a copy, or to move "
        "what is there of it elsewhere with its bundle, ends the doubt"
    )
    for words in (f"resume {first}", f"rollback {first}"):
        assert_left(harness, own, words, f"{way} about it; or delete the campaign by hand (run {first})\n")
        assert_left(harness, own, words, f"\nnext: splint runs {first} ")
    assert harness.raw("runs", first, "--run-dir", str(harness.runs)).status == 0
    outcome = harness.raw("runs", second, "--run-dir", str(harness.runs))
    assert (outcome.status, f"{second}.jsonl:1: this line of the journal is damaged" in outcome.err) == (2, True)
    for each in harness.runs.glob(f"{second}.*"):
        each.unlink()
    assert harness("rollback", first, "--delete", "--yes", settle=SHORT_SETTLE).status == 0


@pytest.mark.parametrize("bundle", few(["kept", "unreadable", "of another name"], 1))
def test_a_run_whose_journal_is_empty_may_have_made_a_campaign_of_a_name_in_its_bundle(
    harness: Harness, bundle: str
) -> None:
    """So it is for `submit`: nobody knows what was sent."""
    first, second = begun(harness, fault=HIDDEN), begun(harness, "--enable", fault=LOST)
    (harness.runs / f"{first}.jsonl").write_bytes(b"")
    if bundle != "kept":
        text = b"" if bundle == "unreadable" else json.dumps(BUNDLE).replace("Spring sale", "Summer").encode()
        (harness.runs / f"{first}.bundle.json").write_bytes(text)
    own = shown(harness)
    if bundle != "of another name":
        for state in ("empty", "gone"):
            way = (
                f"is {state}, as splint runs {first} tells: to restore it from a copy, or to move what is there of it "
            )
            assert_left(harness, own, f"resume {second}", f"a journal of run {first} {way}elsewhere with its bundle")
            (harness.runs / f"{first}.jsonl").unlink(missing_ok=True)
        (harness.runs / f"{first}.bundle.json").unlink()
    assert harness("rollback", second, "--delete", "--yes", settle=SHORT_SETTLE).status == 0


def test_a_damaged_journal_counts_by_when_its_lines_were_written(harness: Harness) -> None:
    """One without its first line began when the next one says, not before all others."""
    first, second = begun(harness, fault=LOST), begun(harness, fault=HIDDEN)
    damage(harness, second, "START")
    records = [Record(Journal.intact(harness.runs / f"{run}.jsonl")) for run in (second, first)]
    assert [record.run for record in sorted(records, key=began)] == [first, second]


@pytest.mark.parametrize("is_named", few([False, True], 1))
def test_a_run_whose_request_of_the_campaign_is_damaged_is_no_rival_under_another_name(
    harness: Harness, is_named: bool
) -> None:
    """Its first line has the name that it was to send."""
    harness.write(None if is_named else {"/campaign/campaign_name": "Entirely another name"})
    first = begun(harness, fault=LOST)
    harness.write()
    second = begun(harness, fault=HIDDEN)
    damage(harness, first, "ARMED")
    own = shown(harness)
    if is_named:
        assert_left(harness, own, f"resume {second}", f"a journal of run {first} is damaged")
    else:
        assert harness("rollback", second, "--delete", "--yes", settle=SHORT_SETTLE).status == 0


def test_a_run_whose_damaged_journal_ends_long_before_a_campaign_was_made_is_no_rival(harness: Harness) -> None:
    first, second = begun(harness, fault=LOST), begun(harness, fault=HIDDEN)
    days_ago(harness, first, 3)
    damage(harness, first, "ARMED")
    shown(harness).body["create_time"] = f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S}"
    assert harness("rollback", second, "--delete", "--yes", settle=SHORT_SETTLE).status == 0


def test_a_run_whose_older_journal_has_no_name_is_no_rival_under_another_name(harness: Harness) -> None:
    harness.write({"/campaign/campaign_name": "Entirely another name"})
    first = begun(harness, fault=LOST)
    harness.write()
    second = begun(harness, fault=HIDDEN)
    rewrite(
        harness, first, lambda fields: {k: v for k, v in fields.items() if fields["event"] != "ARMED" or k != "name"}
    )
    shown(harness)
    assert harness("rollback", second, "--delete", "--yes", settle=SHORT_SETTLE).status == 0


def test_a_run_that_was_rolled_back_before_the_next_one_sent_its_name_has_given_it_up(harness: Harness) -> None:
    """The next one has the name by its corrected bundle, and did not begin beside it."""
    harness.write({"/campaign/campaign_name": "Summer"})
    first = begun(harness, fault=LOST)
    assert harness("rollback", first, "--yes", settle=SHORT_SETTLE).status == 5
    harness.write()
    second = begun(harness, fault=answers(40002, "campaign_name: too long", commit=False), status=4)
    harness.write({"/campaign/campaign_name": "Summer"})
    harness.tiktok.on("create", "campaign", fault=HIDDEN)
    outcome = harness("resume", second, "--bundle", "bundle.json", "--yes", settle=SHORT_SETTLE)
    assert outcome.status == 5, summary(outcome)
    shown(harness)
    outcome = harness("rollback", second, "--delete", "--yes", settle=SHORT_SETTLE)
    assert (outcome.status, harness.made) == (0, []), summary(outcome)


def test_of_two_runs_that_are_rolled_back_the_one_is_named_whose_rollback_takes_the_campaign(harness: Harness) -> None:
    """The first one was rolled back before the second began."""
    first = begun(harness, fault=LOST)
    assert harness("rollback", first, "--yes", settle=SHORT_SETTLE).status == 5
    second = begun(harness, fault=HIDDEN)
    assert harness("rollback", second, "--yes", settle=SHORT_SETTLE).status == 5
    own = shown(harness)
    way = f"take it back with splint rollback {second}, or delete it by hand"
    assert_left(harness, own, f"rollback {first}", f"{way} (run {first})\nnext: splint rollback {second} ")
    outcome = harness("rollback", second, "--delete", "--yes", settle=SHORT_SETTLE)
    assert (outcome.status, harness.made) == (0, []), summary(outcome)


@pytest.mark.parametrize("state", few(["disabled", "deleted"], 1))
def test_the_next_command_after_a_rollback_enables_nothing(harness: Harness, state: str) -> None:
    """Beside the campaign that was rolled back stands one that another run, which was to enable it, may have made."""
    assert harness.submit().status == 0
    first = harness.record.run
    second = begun(harness, "--enable", fault=HIDDEN)
    shown(harness)
    words = ["--delete"] if state == "deleted" else []
    outcome = harness("rollback", first, *words, "--yes", settle=SHORT_SETTLE)
    said = f"this run's own campaign is {state}; let run {second} take it with splint resume {second}, or take it back "
    assert (outcome.status, f"{said}with splint rollback {second}, or" in outcome.err) == (5, True), summary(outcome)
    assert f"\nnext: splint runs {second} " in outcome.err


def test_a_run_that_was_throttled_leaves_the_campaign_to_the_one_in_doubt(harness: Harness) -> None:
    """The command that is named takes it, and a rollback then ends the throttled run."""
    first = begun(harness, fault=HIDDEN)
    second = begun(harness, fault=answers(40100, "slow", commit=False), status=4)
    shown(harness)
    outcome = harness("resume", second, "--yes", settle=SHORT_SETTLE)
    assert (outcome.status, f"next: splint resume {first} " in outcome.err) == (5, True), summary(outcome)
    assert (harness.follow(outcome).status, len(harness.made)) == (0, 6)
    assert harness("rollback", second, "--yes", settle=SHORT_SETTLE).status == 0
    assert len(harness.made) == 6


def test_the_other_journals_are_read_only_where_a_campaign_may_be_another_runs(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("splint.submit.runs.is_rival", pytest.fail)
    first = begun(harness, fault=LOST)
    outcome = harness.submit("--again", "the first one was lost", settle=SHORT_SETTLE)
    assert outcome.status == 0, summary(outcome)
    [second] = {path.stem for path in harness.journals} - {first}
    assert harness("resume", second, "--enable", "--yes", settle=SHORT_SETTLE).status == 0


def test_a_second_campaign_that_a_throttled_request_made_days_later_stops_the_rollback(harness: Harness) -> None:
    """The answer says that nothing was carried out; the run has the campaign of its first request."""
    run = begun(harness, fault=HIDDEN)
    days_ago(harness, run, 3)
    [own] = harness.tiktok.objects
    own.body["create_time"] = f"{datetime.now(UTC) - timedelta(days=3):%Y-%m-%d %H:%M:%S}"
    slow = answers(40100, "slow", commit=False)

    def answer(whole: Any) -> Any:
        own.visible_at = 0.0
        assert slow.answer is not None
        return slow.answer(whole)

    harness.tiktok.on("create", "campaign", times=1, fault=replace(slow, answer=answer))
    outcome = harness("resume", run, "--resend-absent", "--yes", settle=SHORT_SETTLE)
    assert outcome.status == 0, summary(outcome)
    now = f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S}"
    other = harness.add("campaign", **{**BUNDLE["campaign"], "operation_status": "DISABLE", "create_time": now})
    for words in (("resume", run, "--enable"), ("rollback", run, "--delete")):
        outcome = harness(*words, "--yes", settle=SHORT_SETTLE)
        assert (outcome.status, f"is also that of {other}" in outcome.err) == (5, True), summary(outcome)


def test_beside_a_run_that_has_its_campaign_the_other_one_is_named(harness: Harness) -> None:
    """No campaign of the name is to be deleted: once the other run has it, the first one is enabled."""
    assert harness.submit().status == 0
    first = harness.record.run
    second = begun(harness, fault=HIDDEN)
    own = shown(harness)
    outcome = harness("resume", first, "--enable", "--yes", settle=SHORT_SETTLE)
    assert (outcome.status, f"{own.id} has the name" in outcome.err) == (5, True), summary(outcome)
    took = f"let run {second} take it with splint resume {second}, or take it back with splint rollback {second}, or "
    assert f"{took}delete it by hand" in outcome.err
    assert harness.follow(outcome).status == 0
    assert harness("resume", first, "--enable", "--yes").status == 0
    assert Record.of(Journal.peek(harness.runs / f"{second}.jsonl")).outcome == "paused"


@pytest.mark.parametrize("words", ["resume {0} --enable", "rollback {0} --delete"])
def test_what_a_run_made_whose_rollback_is_unfinished_is_taken_back_by_it(harness: Harness, words: str) -> None:
    """It turns up beside the campaign of the run that was begun in its place."""
    first = begun(harness, fault=HIDDEN)
    assert harness("rollback", first, "--delete", "--yes", settle=SHORT_SETTLE).status == 5
    second = begun(harness, fault=Fault(), status=0)
    own = shown(harness, 0)
    outcome = harness(*words.format(second).split(), "--yes", settle=SHORT_SETTLE)
    assert outcome.status == 5, summary(outcome)
    assert f"{own.id} has the name 'Spring sale', and may be the campaign of run {first}: nobody knows" in outcome.err
    assert f"take it back with splint rollback {first} --delete, or delete it by hand" in outcome.err
    assert f"next: splint runs {first} " in outcome.err  # it may be another's: no command that deletes comes next
    assert "it may also be that of another machine or a person: ask whose it is before you touch it" in outcome.err
    assert harness("rollback", first, "--delete", "--yes", settle=SHORT_SETTLE).status == 0
    assert own.status == "DELETE"
    assert harness(*words.format(second).split(), "--yes", settle=SHORT_SETTLE).status == 0


def test_what_was_made_some_seconds_after_the_requests_of_a_run_may_be_its_own(harness: Harness) -> None:
    """A slow server, or a clock that was set meanwhile: no time but one of more than 26 hours tells."""
    first = begun(harness, fault=LOST)
    assert harness("rollback", first, "--delete", "--yes", settle=SHORT_SETTLE).status == 5
    second = begun(harness, fault=Fault(), status=0)
    clock = datetime.now(UTC) + timedelta(hours=5)
    next(one for one in harness.made if one.level == "campaign").body["create_time"] = f"{clock:%Y-%m-%d %H:%M:%S}"
    made = f"{clock + timedelta(seconds=10):%Y-%m-%d %H:%M:%S}"
    harness.add("campaign", **{**BUNDLE["campaign"], "operation_status": "DISABLE", "create_time": made})
    outcome = harness("resume", second, "--enable", "--yes", settle=SHORT_SETTLE)
    assert (outcome.status, f"may be the campaign of run {first}" in outcome.err) == (5, True), summary(outcome)
