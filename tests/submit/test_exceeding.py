"""What may spend more than was approved before ENABLE, whichever command finds it, and what became of it since."""

import json
from codecs import BOM_UTF8
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.submit.harness import SHORT_SETTLE, Harness, summary
from tests.submit.server import Answer, Fault, Row, answers, envelope
from tests.submit.test_enabled import MORE, WITHOUT_CBO, changed, exceeds
from tests.submit.test_rivals import rewrite
from tests.submit.test_running import meanwhile

ACCEPTED = ("--accept-drift", "budget")


def cut(path: Path, event: str, action: str | None, *, kept: int = 0) -> None:
    """Cut a journal after its last line of an event, and `kept` bytes more, as where the process was killed there."""
    lines = path.read_bytes().splitlines(keepends=True)
    named = [(entry["event"], entry.get("action")) for entry in map(json.loads, lines)]
    end = len(b"".join(lines[: len(named) - named[::-1].index((event, action))]))
    path.write_bytes(path.read_bytes()[: end + kept])


@pytest.mark.parametrize(
    ("event", "action", "kept"), [("ARMED", "enable", 0), ("DONE", "enable", 0), ("DONE", "enable", 30)]
)
def test_what_came_with_an_enable_that_a_killed_process_sent_is_not_accepted_by_what_was_said_before(
    harness: Harness, event: str, action: str, kept: int
) -> None:
    changed(harness, {"budget": 9999})
    assert harness.submit("--enable", *ACCEPTED, settle=SHORT_SETTLE).status == 5
    cut(harness.journals[0], event, action, kept=kept)
    run, own = harness.record.run, harness.made[0].id
    told = f"campaign {own} of run {run} shows ENABLE and may run{MORE}, and splint rollback {run} disables it"
    outcome = harness.submit(settle=SHORT_SETTLE)
    assert (outcome.status, told in outcome.err) == (5, True), summary(outcome)
    for _ in range(2):
        outcome = harness.resume(run, settle=SHORT_SETTLE)
        assert (outcome.status, f"next: splint rollback {run}" in outcome.err) == (5, True), summary(outcome)
        assert f"campaign {own} shows ENABLE and may run (the next command disables it): what" in outcome.err
    assert harness("runs", run).out.splitlines()[0].endswith(f"may run{MORE}")
    assert [event.name for event in harness.record.events].count("EXCEEDING") == 1
    harness.allowed = 12
    outcome = harness.submit("--again", "wanted twice", settle=SHORT_SETTLE)
    assert (outcome.status, told in outcome.err) == (5, True), summary(outcome)
    assert harness.follow(outcome).status == 0
    assert harness.tiktok.alive("campaign")[0].status == "DISABLE"


def test_what_came_with_an_enable_that_was_called_throttled_is_not_accepted_by_what_was_said_before(
    harness: Harness,
) -> None:
    def then() -> None:
        harness.made[0].body["budget"] = 9999

    harness.tiktok.on("status", fault=meanwhile(then, envelope(40100)))
    outcome = harness.submit("--enable", *ACCEPTED, settle=SHORT_SETTLE)
    assert (outcome.status, f"next: splint rollback {harness.record.run}" in outcome.err) == (5, True)
    assert f"/campaign, ENABLE was sent and is not confirmed: it may run{MORE}\n" in outcome.err
    assert harness("runs").out.endswith(f"it may run{MORE}\n")


def test_what_came_with_an_enable_without_an_answer_can_be_accepted_once_it_was_told(harness: Harness) -> None:
    changed(harness, {"budget": 9999})
    assert harness.submit("--enable", settle=SHORT_SETTLE).status == 5
    cut(harness.journals[0], "ARMED", "enable")
    outcome = harness.resume(harness.record.run, *ACCEPTED, settle=SHORT_SETTLE)
    assert (outcome.status, "  /campaign: budget is 9999, and 500 was sent" in outcome.err) == (5, True)
    assert harness.resume(harness.record.run, *ACCEPTED, settle=SHORT_SETTLE).status == 0
    assert harness.made[0].status == "ENABLE"


@pytest.mark.parametrize("is_paused", [False, True])
def test_no_next_command_accepts_what_nobody_was_shown(harness: Harness, is_paused: bool) -> None:
    def then() -> None:
        harness.made[0].body["budget"] = 9999
        harness.tiktok.on("get", "campaign", times=4, fault=answers(50000, commit=False))

    harness.tiktok.on("status", fault=meanwhile(then))
    if is_paused:
        assert harness.submit().status == 0
    words = ("--enable", *ACCEPTED)
    outcome = harness.resume(harness.record.run, *words) if is_paused else harness.submit(*words)
    run = harness.record.run
    assert (outcome.status, f"next: splint resume {run} --enable --run-dir" in outcome.err) == (5, True)
    harness.tiktok.heal()
    outcome = harness.follow(outcome)
    assert (outcome.status, f"next: splint rollback {run}" in outcome.err) == (5, True), summary(outcome)
    assert "  /campaign: budget is 9999, and 500 was sent" in outcome.err


def test_what_was_accepted_before_it_is_enabled_is_a_value_that_later_commands_go_by(harness: Harness) -> None:
    harness.tiktok.on("get", "ad", times=None, fault=answers(40001, commit=False))
    assert harness.submit().status == 4
    harness.tiktok.heal()
    harness.made[0].body["budget"] = 550
    assert harness.resume(harness.record.run, *ACCEPTED, settle=SHORT_SETTLE).status == 0
    harness.made[0].body["budget"] = 9999
    outcome = harness.resume(harness.record.run, "--enable", settle=SHORT_SETTLE)
    assert (outcome.status, "  /campaign: budget is 9999, and 500 was sent" in outcome.err) == (5, True)
    assert harness.sent("status") == []
    harness.made[0].body["budget"] = 540
    assert harness.resume(harness.record.run, "--enable", settle=SHORT_SETTLE).status == 0


def test_a_higher_budget_that_a_run_refused_before_a_second_enable_is_refused_by_the_next_resume(
    harness: Harness,
) -> None:
    def then(_: Answer) -> Answer:
        harness.made[0].body["budget"] = 9999
        return envelope(40100)

    assert harness.submit().status == 0
    harness.made[0].body["budget"], run = 550, harness.record.run
    harness.tiktok.on("status", fault=Fault(commit=False, answer=then))
    outcome = harness.resume(run, "--enable", *ACCEPTED, settle=SHORT_SETTLE)
    for _ in range(2):
        assert (outcome.status, "/campaign: budget is 9999, and 550 was accepted\n" in outcome.err) == (5, True)
        assert "; set it by hand as it was accepted, then resume; or" in outcome.err
        outcome = harness.resume(run, settle=SHORT_SETTLE)
    assert [event.name for event in harness.record.events].count("EXCEEDING") == 1
    assert harness.resume(run, *ACCEPTED, settle=SHORT_SETTLE).status == 0


def test_what_was_accepted_once_it_is_enabled_is_the_value_that_was_told(harness: Harness) -> None:
    run = exceeds(harness)
    harness.tiktok.on("get", "adgroup", times=None, fault=answers(40001, commit=False))
    assert harness.resume(run, *ACCEPTED, settle=SHORT_SETTLE).status == 4
    harness.made[0].body["budget"] = 90000
    more = "/campaign: budget is 90000, and 9999 was accepted"
    outcome = harness.submit(settle=SHORT_SETTLE)
    assert (outcome.status, more in outcome.err, f"next: splint rollback {run}" in outcome.err) == (5, True, True)
    harness.tiktok.heal()
    outcome = harness.resume(run, settle=SHORT_SETTLE)
    assert (outcome.status, f"  {more}\n" in outcome.err) == (5, True), summary(outcome)
    harness.made[0].body["budget"] = 9000
    assert harness.resume(run, settle=SHORT_SETTLE).status == 0


@pytest.mark.parametrize(("then", "status"), [(300, 0), (500, 0), (600, 5)])
@pytest.mark.parametrize("is_limited", [False, True])
@pytest.mark.parametrize("is_throttled", [False, True])
def test_a_lower_budget_that_was_accepted_takes_nothing_back_of_the_plan(
    harness: Harness, then: int, status: int, is_limited: bool, is_throttled: bool
) -> None:
    assert harness.submit(*["--max-daily", "2000"] * is_limited).status == 0
    harness.made[0].body["budget"] = 50
    raised = meanwhile(lambda: harness.made[0].body.update(budget=then), *[envelope(40100)] * is_throttled)
    harness.tiktok.on("status", fault=raised)
    outcome = harness.resume(harness.record.run, "--enable", *ACCEPTED, settle=SHORT_SETTLE)
    assert outcome.status == status, summary(outcome)
    text = f"/campaign: budget is {then}, and 500 was sent\n"
    assert (f"  {text}" in outcome.err, f"note: {text}" in outcome.err) == (status == 5, then == 300)


def test_a_lower_value_that_was_accepted_takes_nothing_back_of_a_higher_one(harness: Harness) -> None:
    assert harness.submit().status == 0
    run = harness.record.run
    for budget, status in ((5000, 4), (3000, 4), (6000, 5), (5000, 0)):
        harness.tiktok.heal()
        if status == 4:
            harness.tiktok.on("status", times=None, fault=answers(40100, commit=False))
        harness.made[0].body["budget"] = budget
        outcome = harness.resume(run, "--enable", *ACCEPTED * (budget == 5000 and status == 4), settle=SHORT_SETTLE)
        assert outcome.status == status, summary(outcome)
        assert ("  /campaign: budget is 6000, and 5000 was accepted" in outcome.err) == (status == 5)


@pytest.mark.parametrize("is_asked", [False, True])
def test_what_is_accepted_beside_what_stops_the_run_is_accepted_from_then_on(harness: Harness, is_asked: bool) -> None:
    changes = {"budget": 300, "conversion_bid_price": 1} if is_asked else {"budget": 600, "conversion_bid_price": 20}
    words, [budget, bid] = ["--enable"] * is_asked, changes
    harness.tiktok.on("status", times=None, fault=answers(40100, commit=False))
    assert harness.submit(*words, settle=SHORT_SETTLE).status == (4 if is_asked else 0)
    harness.tiktok.heal()
    for one in harness.made[:3]:
        field = budget if one.level == "campaign" else bid
        one.body |= {field: changes[field]} if one.level != "ad" else {}
    run = harness.record.run
    outcome = harness.resume(run, "--enable", *ACCEPTED, settle=SHORT_SETTLE)
    assert (outcome.status, f"resume {run} --accept-drift {bid} --enable" in outcome.err) == (5, True)
    outcome = harness.resume(run, "--enable", "--accept-drift", bid, settle=SHORT_SETTLE)
    assert outcome.status == 0, summary(outcome)


def test_what_a_command_was_to_accept_and_did_not_read_is_said_to_be_given_again(harness: Harness) -> None:
    assert harness.submit().status == 0
    run, harness.made[0].body["budget"] = harness.record.run, 600
    harness.tiktok.on("get", "ad", times=None, fault=answers(40001, commit=False))
    said = "; what --accept-drift was to take is not taken yet: give it again "
    outcome = harness.resume(run, "--enable", *ACCEPTED, settle=SHORT_SETTLE)
    assert (outcome.status, said in outcome.err) == (4, True), summary(outcome)
    harness.tiktok.heal()
    harness.tiktok.on("status", times=None, fault=answers(40100, commit=False))
    outcome = harness.resume(run, "--enable", *ACCEPTED, settle=SHORT_SETTLE)
    assert (outcome.status, said in outcome.err) == (4, False), summary(outcome)
    harness.tiktok.heal()
    harness.tiktok.on("get", "ad", times=None, fault=answers(40001, commit=False))
    outcome = harness.resume(run, settle=SHORT_SETTLE)
    assert (outcome.status, said in outcome.err) == (4, False), summary(outcome)
    harness.tiktok.heal()
    assert harness.resume(run, settle=SHORT_SETTLE).status == 0


@pytest.mark.parametrize(
    ("field", "accepted", "then", "status"),
    [
        ("min_budget", 100, 90000, 5),
        ("min_budget", 100, 0, 0),
        ("max_budget", 100, 90000, 0),
    ],
)
def test_the_bounds_of_a_budget_are_accepted_by_their_values(
    harness: Harness, field: str, accepted: float, then: float, status: int
) -> None:
    assert harness.submit().status == 0
    harness.made[1].body[field] = accepted
    harness.tiktok.on("status", times=None, fault=answers(40100, commit=False))
    words = ("--enable", "--accept-drift", field)
    assert harness.resume(harness.record.run, *words, settle=SHORT_SETTLE).status == 4
    harness.tiktok.heal()
    harness.made[1].body[field] = then
    assert harness.resume(harness.record.run, settle=SHORT_SETTLE).status == status


def test_no_limit_lets_what_came_with_enable_be_accepted(harness: Harness) -> None:
    changed(harness, {"budget": 9999})
    assert harness.submit("--enable", "--max-daily", "1000", settle=SHORT_SETTLE).status == 5
    run = harness.record.run
    outcome = harness.resume(run, *ACCEPTED, settle=SHORT_SETTLE)
    assert (outcome.status, f"next: splint rollback {run}" in outcome.err) == (5, True), summary(outcome)
    assert harness("runs", run).out.splitlines()[0].endswith(f"was enabled and may run{MORE}")


def test_what_may_spend_more_is_journalled_by_a_resume_that_another_error_stops(harness: Harness) -> None:
    assert harness.submit("--enable", settle=SHORT_SETTLE).status == 0
    cut(harness.journals[0], "DONE", "enable")
    harness.made[0].body["budget"] = 9999
    harness.tiktok.on("get", "ad", times=None, fault=answers(40001, commit=False))
    outcome = harness.resume(harness.record.run, settle=SHORT_SETTLE)
    assert (outcome.status, f"next: splint rollback {harness.record.run}" in outcome.err) == (5, True)
    assert harness("runs").out.endswith(f"was enabled and may run{MORE}\n")


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"budget": 50000}, 5),
        ({"budget": 400}, 0),
        ({"conversion_bid_price": 999}, 5),
        ({"conversion_bid_price": 1}, 0),
        ({"bid_type": "BID_TYPE_NO_BID"}, 5),
    ],
)
def test_an_ad_group_that_may_spend_more_once_it_is_enabled_is_told(harness: Harness, change: Row, status: int) -> None:
    harness.write(WITHOUT_CBO)
    harness.tiktok.on("status", fault=meanwhile(lambda: harness.made[1].body.update(change)))
    outcome = harness.submit("--enable", *ACCEPTED, settle=SHORT_SETTLE)
    [field] = change
    text = f"/adgroups/0: {field} is "
    assert (outcome.status, text in outcome.err) == (status, True), summary(outcome)
    if not status:
        assert f"note: {text}" in outcome.err
        return
    run = harness.record.run
    assert f"next: splint rollback {run}" in outcome.err
    assert f", and may spend more than was approved ({text}" in harness("runs").out
    assert f", and may spend more than was approved ({text}" in harness.submit(settle=SHORT_SETTLE).err
    assert harness.resume(run, settle=SHORT_SETTLE).status == 5
    assert harness.resume(run, "--accept-drift", field, settle=SHORT_SETTLE).status == 0


@pytest.mark.parametrize("words", [(), ("--again", "wanted twice")])
def test_what_was_set_right_by_hand_is_not_said_to_spend_more_by_a_submit_that_reads_it(
    harness: Harness, words: tuple[str, ...]
) -> None:
    run = exceeds(harness)
    harness.made[0].body["budget"] = 500
    harness.allowed = 12
    outcome = harness.submit(*words, settle=SHORT_SETTLE)
    assert (outcome.status, "may spend more than" in outcome.err) == (0 if words else 1, False), summary(outcome)
    if not words:
        said = f"stopped on the way, and {harness.made[0].id} is ENABLE and shows no more what may spend more: nothing"
        assert (said in outcome.err, f"next: splint resume {run}" in outcome.err) == (True, True)
        assert harness.follow(outcome).status == 0


def test_what_was_paused_by_hand_is_not_said_to_run_by_a_command_that_reads_it(harness: Harness) -> None:
    run = exceeds(harness)
    harness.made[0].status = "DISABLE"
    outcome = harness.submit(settle=SHORT_SETTLE)
    assert (outcome.status, "may run" in outcome.err) == (1, False), summary(outcome)
    assert f"stopped on the way, and {harness.made[0].id} is DISABLE: nothing was sent anew; go on" in outcome.err
    outcome = harness.follow(outcome)
    assert (outcome.status, "may run" in outcome.err) == (5, False), summary(outcome)
    assert "/campaign: budget is 9999, and 500 was sent" in outcome.err
    [listed] = json.loads(harness("runs", "--output-format", "json").out)["runs"]
    assert ("may run" in harness("runs").out, "exceeding" in listed) == (False, False)
    outcome = harness.follow(outcome)
    assert outcome.out.endswith(f"run {run} is rolled back: its campaign is disabled\n")


def test_what_was_paused_by_hand_and_enabled_again_is_said_to_run(harness: Harness) -> None:
    run = exceeds(harness)
    for status, does_run in (("DISABLE", False), ("ENABLE", True), ("DISABLE", False)):
        harness.made[0].status = status
        assert harness.resume(run, settle=SHORT_SETTLE).status == 5
        assert (f", was enabled and may run{MORE}\n" in harness("runs").out) is does_run
    assert [one.fields["shown"] for one in harness.record.events if one.name == "RUNNING"] == [False, True, False]


def test_what_was_paused_and_set_right_by_hand_is_enabled_by_what_is_named_next(harness: Harness) -> None:
    exceeds(harness)
    harness.made[0].status, harness.made[0].body["budget"] = "DISABLE", 500
    outcome = harness.submit(settle=SHORT_SETTLE)
    for _ in range(3):
        assert "may run" not in outcome.err
        outcome = harness.follow(outcome) if outcome.status else outcome
    assert (outcome.status, harness.made[0].status) == (0, "ENABLE"), summary(outcome)


def test_what_was_deleted_by_hand_is_not_said_to_run(harness: Harness) -> None:
    run = exceeds(harness)
    own = harness.made[0].id
    harness.tiktok.lists_deleted, harness.made[0].status = True, "DELETE"
    outcome = harness.submit(settle=SHORT_SETTLE)
    assert (outcome.status, f"next: splint rollback {run}" in outcome.err) == (1, True), summary(outcome)
    assert f"stopped on the way, and {own} is deleted: nothing was sent anew; roll it back, or" in outcome.err
    assert "may run" not in outcome.err


def test_a_damaged_start_beside_what_may_spend_more_keeps_no_other_run_from_being_rolled_back(
    harness: Harness,
) -> None:
    run = exceeds(harness)
    harness.allowed = 12
    assert harness.submit("--again", "wanted twice", settle=SHORT_SETTLE).status == 5
    first, second = sorted(harness.journals, key=lambda path: path.stem != run)
    first.write_bytes(b"#" + first.read_bytes())
    outcome = harness("rollback", second.stem, "--yes", settle=SHORT_SETTLE)
    assert (outcome.status, outcome.out.endswith("its campaign is disabled\n")) == (0, True), summary(outcome)


@pytest.mark.parametrize("how", ["runs", "submit", "again", "resume"])
def test_a_damaged_line_of_what_was_enabled_and_did_not_end_hides_not_that_it_runs(harness: Harness, how: str) -> None:
    run = exceeds(harness)
    own = harness.made[0].id
    lines = harness.journals[0].read_bytes().splitlines(keepends=True)
    harness.journals[0].write_bytes(b"".join([*lines[:-1], b"#" + lines[-1]]))
    outcome = {
        "runs": lambda: harness("runs"),
        "submit": lambda: harness.submit(settle=SHORT_SETTLE),
        "again": lambda: harness.submit("--again", "wanted twice", settle=SHORT_SETTLE),
        "resume": lambda: harness.resume(run, settle=SHORT_SETTLE),
    }[how]()
    assert outcome.status == 2, summary(outcome)
    assert f"campaign {own} was enabled and may run; disable it by hand: " in outcome.err


@pytest.mark.parametrize("words", [(), ("--again", "wanted twice")])
def test_an_ad_group_that_was_set_right_by_hand_is_read_by_a_submit(harness: Harness, words: tuple[str, ...]) -> None:
    harness.tiktok.on("status", fault=meanwhile(lambda: harness.made[1].body.update({"budget": 50000})))
    harness.write(WITHOUT_CBO)
    assert harness.submit("--enable", settle=SHORT_SETTLE).status == 5
    harness.made[1].body["budget"] = 500
    harness.allowed = 12
    outcome = harness.submit(*words, settle=SHORT_SETTLE)
    assert (outcome.status, "may spend more than" in outcome.err) == (0 if words else 1, False), summary(outcome)
    assert words or harness.follow(outcome).status == 0


@pytest.mark.parametrize("is_told", [False, True])
def test_an_enable_of_an_older_journal_is_compared_with_the_kept_bundle(harness: Harness, is_told: bool) -> None:
    run = exceeds(harness)
    rewrite(harness, run, lambda line: {key: line[key] for key in line if key not in ("sent", "accepted", "values")})
    if not is_told:
        cut(harness.journals[0], "ARMED", "enable")
    outcome = harness.submit(settle=SHORT_SETTLE)
    assert (outcome.status, MORE in outcome.err) == (5, True), summary(outcome)
    assert harness.resume(run, settle=SHORT_SETTLE).status == 5
    assert harness.resume(run, *ACCEPTED, settle=SHORT_SETTLE).status == 0


UNFIT: dict[str, dict[str, Any]] = {
    "no fields": {"fields": None},
    "too few": {"fields": []},
    "too few kinds": {"kinds": []},
    "no object": {"event": "DONE"},
    "no end": {"event": "FINISHED"},
    "no values": {"event": "ACCEPTED", "accepted": [1]},
    "no number": {"seq": None},
}


@pytest.mark.parametrize("which", UNFIT)
def test_a_line_that_lacks_what_its_event_needs_is_damaged(harness: Harness, which: str) -> None:
    run = exceeds(harness)

    def change(line: dict[str, Any]) -> dict[str, Any]:
        changed = {**line, **UNFIT[which]} if line["event"] == "EXCEEDING" else line
        return {key: value for key, value in changed.items() if value is not None}

    rewrite(harness, run, change)
    said = f"campaign {harness.made[0].id} was enabled and may run; disable it by hand: "
    for outcome in (harness("runs"), harness.submit(settle=SHORT_SETTLE), harness.resume(run, settle=SHORT_SETTLE)):
        assert (outcome.status, said in outcome.err) == (2, True), summary(outcome)
        assert "this line of the journal is damaged: what was sent" in outcome.err
    assert harness("rollback", run, "--now", "--yes", settle=SHORT_SETTLE).status == 2


@pytest.mark.parametrize(
    ("edit", "why"),
    [
        (lambda data: data.replace(b"\n", b"\r\n"), "its lines end with CRLF"),
        (lambda data: BOM_UTF8 + data, "a byte order mark begins it"),
    ],
)
def test_a_journal_that_an_editor_changed_says_how_and_that_its_campaign_may_run(
    harness: Harness, edit: Callable[[bytes], bytes], why: str
) -> None:
    run = exceeds(harness)
    path, own = harness.journals[0], harness.made[0].id
    path.write_bytes(edit(path.read_bytes()))
    damage = f"{path}:1: this line of the journal is damaged, as {why}: "
    for outcome in (harness("runs"), harness.submit(settle=SHORT_SETTLE), harness.resume(run, settle=SHORT_SETTLE)):
        assert (outcome.status, damage in outcome.err) == (2, True), summary(outcome)
        assert f"campaign {own} was enabled and may run{MORE}; disable it by hand: " in outcome.err
    outcome = harness("rollback", run, "--yes", settle=SHORT_SETTLE)
    assert f"campaign {own} 'Spring sale' may still be enabled: disable it by hand" in outcome.err
