"""The row of a campaign that shows ENABLE: it is compared with what was sent, and told where it may be the run's."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.submit.harness import SHORT_SETTLE, Harness, summary
from tests.submit.server import Answer, Fault, Level, Row, answers, envelope
from tests.submit.test_faults import BID, Disk
from tests.submit.test_running import meanwhile

GROUP = {"budget_mode": "BUDGET_MODE_DYNAMIC_DAILY_BUDGET", "budget": 500, **BID}
WITHOUT_CBO = {
    "/campaign/budget_optimize_on": False,
    "/campaign/budget_mode": "BUDGET_MODE_INFINITE",
    "/campaign/budget": None,
    **{f"/adgroups/{group}/{field}": value for group in (0, 1) for field, value in GROUP.items()},
}


def changed(harness: Harness, change: Row) -> None:
    """Somebody changes the campaign while ENABLE is carried out."""

    def then() -> None:
        own = harness.made[0]
        own.name = change.get("campaign_name", own.name)
        own.body.update(change)

    harness.tiktok.on("status", fault=meanwhile(then))


def since(harness: Harness, level: Level, change: Callable[[Row], list[Row]], *, unfiltered: bool = False) -> None:
    """Rows of a level are listed so from ENABLE on."""
    fault = Fault(lists=change, unfiltered=unfiltered)
    harness.tiktok.on("status", fault=meanwhile(lambda: harness.tiktok.on("get", level, times=None, fault=fault)))


@pytest.mark.parametrize("change", [{"budget": 9999}, {"budget_mode": "BUDGET_MODE_TOTAL"}])
def test_what_may_spend_more_than_was_sent_once_it_is_enabled_is_told(harness: Harness, change: Row) -> None:
    changed(harness, change)
    outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    own, [field] = harness.made[0], change
    assert outcome.status == 5, summary(outcome)
    assert f"splint: campaign {own.id} shows ENABLE and may run (the next command disables it): what" in outcome.err
    assert "differs from the plan in 1 field since it is enabled, and may spend more" in outcome.err
    assert f"/campaign: {field} is " in outcome.err
    assert f"next: splint rollback {harness.record.run}" in outcome.err
    accepting = ("resume", harness.record.run, "--accept-drift", field, "--yes")
    assert (harness(*accepting, settle=SHORT_SETTLE).status, own.status) == (0, "ENABLE")
    assert harness.record.outcome == "enabled"


@pytest.mark.parametrize("change", [{"budget": 1}, {"campaign_name": "Another"}])
def test_anything_else_that_differs_once_it_is_enabled_is_noted(harness: Harness, change: Row) -> None:
    [field] = change
    harness.tiktok.on("get", "campaign", times=None, fault=Fault(unfiltered=True))
    changed(harness, change)
    outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    assert (outcome.status, f"note: /campaign: {field} is " in outcome.err) == (0, True), summary(outcome)


@pytest.mark.parametrize(("budget", "status"), [(500, 0), (9999, 5)])
def test_what_is_noted_is_in_json(harness: Harness, budget: int, status: int) -> None:
    """Of a run that comes to its end, whose journal keeps it, and where something else stops the command."""
    other = Fault(lists=lambda row: [row | {"landing_page_url_list": [{"landing_page_url": "https://other.example/"}]}])

    def then() -> None:
        harness.made[0].body["budget"] = budget
        harness.tiktok.on("get", "ad", times=None, fault=other)

    harness.tiktok.on("status", fault=meanwhile(then))
    outcome = harness.submit("--enable", "--output-format", "json", settle=SHORT_SETTLE)
    told = json.loads(outcome.out)
    noted = [line.removeprefix("splint: note: ") for line in outcome.err.splitlines() if ": note: " in line]
    assert (outcome.status, told["notes"]) == (status, noted), summary(outcome)
    assert any("other.example" in note for note in noted)
    kept = noted if status == 0 else []
    assert told["run"].get("notes", []) == kept
    lines = harness("runs", harness.record.run).out.splitlines()
    assert [line for line in lines if "noted" in line] == [f"  noted     {note}" for note in kept]


def test_a_row_of_another_advertiser_does_not_confirm_that_it_is_enabled(harness: Harness) -> None:
    harness.tiktok.on("get", "campaign", times=None, fault=Fault(unfiltered=True))
    changed(harness, {"advertiser_id": "9"})
    outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    said = 'UNKNOWN whether ENABLE came through (code 0: OK), and its row is that of another advertiser ("9")'
    assert (outcome.status, said in outcome.err) == (5, True), summary(outcome)
    assert harness("runs").out.endswith(", ENABLE was sent and is not confirmed: it may run\n")


@pytest.mark.parametrize(
    ("change", "status", "said"),
    [
        (None, 0, "note: /adgroups/0/ads/0: no row shows it since it is enabled, and so it is not compared"),
        (
            {"landing_page_url_list": [{"landing_page_url": "https://other.example/"}]},
            0,
            "note: /adgroups/0/ads/0: landing",
        ),
        ({"ad_name": "Another"}, 0, 'note: /adgroups/0/ads/0: ad_name is "Another", and "Hat" was sent'),
        (
            {"operation_status": "DISABLE"},
            0,
            'note: /adgroups/0/ads/0: operation_status is "DISABLE", and "ENABLE" was sent',
        ),
        ({"adgroup_id": "5"}, 5, '  /adgroups/0/ads/0: adgroup_id is "5", and '),
        ({"advertiser_id": "5"}, 5, '  /adgroups/0/ads/0: advertiser_id is "5", and '),
    ],
)
def test_an_ad_that_is_gone_or_differs_once_it_is_enabled_is_told(
    harness: Harness, change: Row | None, status: int, said: str
) -> None:
    def lists(row: Row) -> list[Row]:
        return [row] if row["ad_name"] != "Hat" else [] if change is None else [row | change]

    since(harness, "ad", lists, unfiltered=True)
    outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    assert (outcome.status, said in outcome.err) == (status, True), summary(outcome)


def test_a_row_of_an_ad_group_under_another_campaign_stops_the_run(harness: Harness) -> None:
    since(harness, "adgroup", lambda row: [{**row, "campaign_id": "9"}], unfiltered=True)
    outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    said = "a row is of another object since it is enabled, and tells nothing of what stands"
    assert (outcome.status, said in outcome.err) == (5, True), summary(outcome)
    assert '  /adgroups/0: campaign_id is "9", and "' in outcome.err
    assert f"next: splint rollback {harness.record.run}" in outcome.err


@pytest.mark.parametrize(
    ("level", "change", "said"),
    [
        ("adgroup", lambda row: [], "/adgroups/1: no row shows it since it is enabled, and so it is not compared"),
        (
            "campaign",
            lambda row: [{**row, "budget": None}],
            "/campaign: not shown since it is enabled, and so not compared: budget",
        ),
    ],
)
def test_what_no_row_shows_once_it_is_enabled_is_noted(
    harness: Harness, level: Level, change: Callable[[Row], list[Row]], said: str
) -> None:
    since(harness, level, change)
    outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    assert (outcome.status, f"splint: note: {said}\n" in outcome.err) == (0, True), summary(outcome)


def test_what_no_row_showed_before_it_is_enabled_is_noted_once(harness: Harness) -> None:
    hidden = Fault(lists=lambda row: [{**row, "budget": None}])
    harness.tiktok.on("get", "campaign", times=None, fault=hidden)
    outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    assert (outcome.status, outcome.err.count("not compared: budget")) == (0, 1), summary(outcome)


@pytest.mark.parametrize("is_cbo", [False, True])
def test_an_ad_group_that_no_journal_names_once_it_is_enabled_is_told(harness: Harness, is_cbo: bool) -> None:
    harness.write({} if is_cbo else WITHOUT_CBO)
    meant = {"adgroup_name": "Evil", "budget": 9999}
    harness.tiktok.on(
        "status", fault=meanwhile(lambda: harness.add("adgroup", campaign_id=harness.made[0].id, **meant))
    )
    outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    own, evil = harness.made[0].id, next(one for one in harness.tiktok.alive("adgroup") if one.name == "Evil")
    held = f"campaign {own} also holds adgroup {evil.id} 'Evil', and the journal has no such id"
    if is_cbo:
        assert (outcome.status, f"splint: note: {held}\n" in outcome.err) == (0, True), summary(outcome)
        return
    run, more = harness.record.run, f"/campaign: adgroup {evil.id} 'Evil' is under it, and in no journal"
    assert (outcome.status, f"{held}: it may spend more; delete it by hand, then resume" in outcome.err) == (5, True)
    assert f"next: splint rollback {run}" in outcome.err
    told = f"was enabled and may run, and may spend more than was approved ({more})\n"
    assert (told in outcome.err, harness("runs").out.endswith(told)) == (True, True)
    outcome = harness.submit(settle=SHORT_SETTLE)
    assert (outcome.status, f"may spend more than was approved ({more}), and" in outcome.err) == (5, True)
    outcome = harness.resume(run, settle=SHORT_SETTLE)
    assert (outcome.status, f"{held}: nothing more is sent" in outcome.err) == (5, True), summary(outcome)
    harness.made[0].status = "DISABLE"
    outcome = harness.submit(settle=SHORT_SETTLE)
    assert f"stopped on the way, and {own} is DISABLE: nothing was sent anew; go on" in outcome.err, summary(outcome)
    harness.made[0].status, evil.status = "ENABLE", "DELETE"
    assert harness.resume(run, settle=SHORT_SETTLE).status == 0
    assert "may spend more" not in harness("runs").out


def test_an_ad_that_no_journal_names_once_it_is_enabled_is_noted(harness: Harness) -> None:
    harness.write(WITHOUT_CBO)
    harness.tiktok.on(
        "status", fault=meanwhile(lambda: harness.add("ad", adgroup_id=harness.made[1].id, ad_name="Evil"))
    )
    outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    assert (outcome.status, "'Evil', and the journal has no such id\n" in outcome.err) == (0, True), summary(outcome)


@pytest.mark.parametrize("change", [{"budget": 1}, {"campaign_name": "Another"}])
def test_what_was_accepted_may_differ_once_it_is_enabled_and_is_noted(harness: Harness, change: Row) -> None:
    [field] = change
    changed(harness, change)
    outcome = harness.submit("--enable", "--accept-drift", field, settle=SHORT_SETTLE)
    assert (outcome.status, outcome.err.count(f"note: /campaign: {field} is ")) == (0, 1), summary(outcome)


@pytest.mark.parametrize(("then", "status"), [(9999, 0), (600, 0), (10000, 5)])
def test_what_was_noted_before_it_is_enabled_is_not_told_again(harness: Harness, then: int, status: int) -> None:
    assert harness.submit().status == 0
    harness.made[0].body["budget"] = 9999
    changed(harness, {"budget": then})
    outcome = harness.resume(harness.record.run, "--enable", "--accept-drift", "budget", settle=SHORT_SETTLE)
    assert outcome.status == status, summary(outcome)
    notes = [line for line in outcome.err.splitlines() if line.startswith("splint: note: /campaign: budget is ")]
    assert len(notes) == (2 if then == 600 else 1), notes


def test_more_than_was_accepted_before_it_is_enabled_needs_to_be_accepted_once_more(harness: Harness) -> None:
    changed(harness, {"budget": 9999})
    run = ("--accept-drift", "budget")
    outcome = harness.submit("--enable", *run, settle=SHORT_SETTLE)
    for _ in range(2):
        assert (outcome.status, f"next: splint rollback {harness.record.run}" in outcome.err) == (5, True)
        assert "  /campaign: budget is 9999, and 500 was sent" in outcome.err
        outcome = harness.resume(harness.record.run, settle=SHORT_SETTLE)
    assert harness.resume(harness.record.run, *run, settle=SHORT_SETTLE).status == 0


SHOWN: dict[str, Row] = {"shows ENABLE and may run": {}, "was enabled and may run": {"operation_status": None}}
"""What is said of a campaign that was enabled, by what its row shows in place of its status."""
MORE = ", and may spend more than was approved (/campaign: budget is 9999, and 500 was sent)"


def exceeds(harness: Harness, **shown: Any) -> str:
    """ENABLE is carried out, and rows show a higher budget, and this, from then on. Returns the run."""

    def since() -> None:
        harness.made[0].body["budget"] = 9999
        harness.tiktok.on("get", "campaign", times=None, fault=Fault(lists=lambda row: [row | shown]))

    harness.tiktok.on("status", fault=meanwhile(since))
    outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    run, own = harness.record.run, harness.made[0].id
    assert (outcome.status, f"next: splint rollback {run}" in outcome.err) == (5, True), summary(outcome)
    assert f"VERIFIED  {own:<20} /campaign, was enabled and may run{MORE}\n" in outcome.err
    return run


@pytest.mark.parametrize("runs", SHOWN)
def test_later_commands_say_that_what_was_enabled_may_spend_more(harness: Harness, runs: str) -> None:
    run = exceeds(harness, **SHOWN[runs])
    own = harness.made[0].id
    for words in ((), (run,)):
        [line, *_] = harness("runs", *words).out.splitlines()
        assert line.endswith(f"{harness.tiktok.origin}, was enabled and may run{MORE}")
    [listed] = json.loads(harness("runs", "--output-format", "json").out)["runs"]
    assert listed["exceeding"] == ["/campaign: budget is 9999, and 500 was sent"]
    outcome = harness.resume(run, settle=SHORT_SETTLE)
    assert (outcome.status, f"campaign {own} {runs} (the next command disables it)" in outcome.err) == (5, True)
    told = f"campaign {own} of run {run} {runs}{MORE}, and splint rollback {run} disables it: "
    outcome = harness.submit(settle=SHORT_SETTLE)
    assert f"splint: {told}run {run} of this campaign stopped on the way: nothing was sent anew; take it back" in (
        outcome.err
    )
    assert (outcome.status, f"next: splint rollback {run}" in outcome.err) == (5, True), summary(outcome)
    answer = json.loads(harness.submit("--output-format", "json", settle=SHORT_SETTLE).out)
    assert (answer["status"], answer["next"].startswith(f"splint rollback {run} ")) == (5, True), answer
    harness.allowed = 12
    outcome = harness.submit("--again", "wanted twice", settle=SHORT_SETTLE)
    assert (outcome.status, f"splint: {told}" in outcome.err) == (5, True), summary(outcome)
    assert harness.follow(outcome).out.endswith(f"run {run} is rolled back: its campaign is disabled\n")
    assert harness.tiktok.alive("campaign")[0].status == "DISABLE"
    assert "may spend more" not in harness("runs", run).out


def test_a_command_that_reads_no_row_says_that_what_was_enabled_may_spend_more(harness: Harness) -> None:
    run = exceeds(harness)
    harness.tiktok.on("get", "campaign", times=None, fault=answers(40001, commit=False))
    outcome = harness.submit(settle=SHORT_SETTLE)
    said = f"splint: campaign {harness.made[0].id} was enabled and may run{MORE}, and splint rollback {run} disables it"
    assert (outcome.status, said in outcome.err) == (1, True), summary(outcome)
    assert f"next: splint rollback {run}" in outcome.err


def test_a_rollback_that_stops_before_it_disables_what_may_spend_more_hides_nothing_of_it(harness: Harness) -> None:
    run = exceeds(harness)
    harness.tiktok.on("status", times=None, fault=answers(40105, commit=False))
    outcome = harness.rollback(settle=SHORT_SETTLE)
    assert (outcome.status, f"/campaign, was enabled and may run{MORE}\n" in outcome.err) == (5, True)
    line = harness("runs").out
    assert f"{run}  rollback unfinished" in line
    assert line.endswith(f", was enabled and may run{MORE}\n")
    outcome = harness.submit(settle=SHORT_SETTLE)
    assert (outcome.status, f"run {run} shows ENABLE and may run{MORE}, and " in outcome.err) == (5, True)
    harness.tiktok.on("status", times=None, fault=Fault(commit=False, ending="close"))
    harness.rollback(settle=SHORT_SETTLE)
    assert harness("runs").out.endswith(f", DISABLE was sent and is not confirmed: it may run{MORE}\n")
    harness.tiktok.heal()
    assert harness.rollback(settle=SHORT_SETTLE).status == 0
    assert harness("runs").out.rstrip().endswith(harness.tiktok.origin)


@pytest.mark.parametrize("words", [("--delete",), ("--now",)])
def test_what_may_spend_more_is_rolled_back_in_every_way(harness: Harness, words: tuple[str]) -> None:
    run = exceeds(harness)
    outcome = harness.rollback(*words, settle=SHORT_SETTLE)
    assert (outcome.status, run in outcome.out) == (0, True), summary(outcome)
    assert not [one for one in harness.tiktok.alive("campaign") if one.status == "ENABLE"]
    assert "may spend more" not in harness("runs", run).out


def test_what_was_set_by_hand_as_it_was_sent_is_enabled(harness: Harness) -> None:
    run = exceeds(harness)
    harness.made[0].body["budget"] = 500
    assert harness.resume(run, settle=SHORT_SETTLE).status == 0
    assert "may spend more" not in harness("runs", run).out
    assert harness.submit(settle=SHORT_SETTLE).status == 1


def test_a_journal_that_takes_no_line_hides_nothing_that_may_spend_more(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed(harness, {"budget": 9999})
    with monkeypatch.context() as full:
        Disk("EXCEEDING", 1, "fails").fill(full)
        outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    run, own = harness.record.run, harness.made[0].id
    assert (outcome.status, f"/campaign, was enabled and may run{MORE}\n" in outcome.err) == (5, True)
    assert f"splint: campaign {own} shows ENABLE and may run (the next command disables it" in outcome.err
    assert (
        f"; that it may spend more is not in the journal: {harness.journals[0]}: the journal cannot be" in outcome.err
    )
    assert f"next: splint rollback {run}" in outcome.err
    outcome = harness.submit(settle=SHORT_SETTLE)
    assert (outcome.status, f"of run {run} shows ENABLE and may run{MORE}, and " in outcome.err) == (5, True)
    outcome = harness.resume(run, settle=SHORT_SETTLE)
    assert (outcome.status, f"next: splint rollback {run}" in outcome.err) == (5, True)
    assert harness("runs", run).out.splitlines()[0].endswith(f"was enabled and may run{MORE}")


def test_a_second_submit_says_that_no_status_is_shown_of_what_was_enabled(harness: Harness) -> None:
    since = Fault(lists=lambda row: [{**row, "operation_status": None}])
    harness.tiktok.on("status", fault=meanwhile(lambda: harness.tiktok.on("get", "campaign", times=None, fault=since)))
    assert harness.submit("--enable", settle=SHORT_SETTLE).status == 0
    outcome = harness.submit(settle=SHORT_SETTLE)
    said = f"already, and {harness.made[0].id} shows no status, and the run had enabled it: nothing was sent anew"
    assert (outcome.status, said in outcome.err) == (1, True), summary(outcome)


@pytest.mark.parametrize("status", ["ENABLE", "DISABLE"])
def test_what_runs_under_the_name_of_a_run_whose_id_no_row_shows_is_said_to_run(harness: Harness, status: str) -> None:
    made: list[str] = []

    def given(_: Answer) -> Answer:
        made.append(harness.add("campaign", campaign_name="Spring sale", operation_status=status))
        return envelope(data={"campaign_id": "1999999999999999999"})

    harness.tiktok.on("create", "campaign", fault=Fault(commit=False, answer=given))
    outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    said = f" ({made[0]} shows ENABLE and may run: where it is the run's, disable it by hand)" * (status == "ENABLE")
    named = f"campaign {made[0]} 'Spring sale', which is not in the journal, may be what was sent{said}"
    assert (outcome.status, f"{named}: nothing is added" in outcome.err) == (5, True), summary(outcome)
    for words in ((), ("--now",)):
        outcome = harness.rollback(*words, settle=SHORT_SETTLE)
        assert (outcome.status, f"{named}; look at it" in outcome.err) == (5, True), summary(outcome)
