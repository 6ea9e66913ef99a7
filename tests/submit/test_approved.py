"""What a person approved of budgets: under which kind and limit it holds, and what was told that no row shows since."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from splint.submit.money import END, Accepted, Budget, Budgets, Spend
from tests.submit.harness import SHORT_SETTLE, Harness, summary
from tests.submit.server import Fault, Level, Row, answers, redirects
from tests.submit.test_enabled import MORE, WITHOUT_CBO, changed, exceeds
from tests.submit.test_exceeding import ACCEPTED
from tests.submit.test_running import meanwhile

KIND = ("--accept-drift", "budget_mode")
TOTAL, DAILY = ({"budget_mode": f"BUDGET_MODE_{kind}"} for kind in ("TOTAL", "DYNAMIC_DAILY_BUDGET"))


def throttled(harness: Harness, *words: str) -> None:
    """ENABLE is throttled until the command ends."""
    harness.tiktok.on("status", times=None, fault=answers(40100, commit=False))
    outcome = harness.resume(harness.record.run, "--enable", *words, settle=SHORT_SETTLE)
    assert outcome.status == 4, summary(outcome)
    harness.tiktok.heal()


def hide(harness: Harness, level: Level, *fields: str) -> None:
    """No row of a level shows the fields from now on."""
    harness.tiktok.heal()
    lists = Fault(lists=lambda row: [{key: row[key] for key in row if key not in fields}])
    harness.tiktok.on("get", level, times=None, fault=lists)


@pytest.mark.parametrize("level", ["campaign", "adgroup"])
@pytest.mark.parametrize("is_limited", [False, True])
def test_a_budget_that_was_told_stops_the_run_until_a_row_shows_an_approved_one(
    harness: Harness, level: Level, is_limited: bool
) -> None:
    harness.write(WITHOUT_CBO if level == "adgroup" else {})
    assert harness.submit(*["--max-daily", "2000"] * is_limited).status == 0
    throttled(harness)
    own = next(one for one in harness.made if one.level == level)
    own.body["budget"], run = 5000, harness.record.run
    for _ in range(2):
        outcome = harness.resume(run, settle=SHORT_SETTLE)
        assert (outcome.status, ": budget is 5000, and 500 was sent\n" in outcome.err) == (5, True), summary(outcome)
        hide(harness, level, "budget", "budget_mode")
    assert harness.resume(run, "--enable", settle=SHORT_SETTLE).status == 5
    assert harness.made[0].status == "DISABLE"
    assert [event.name for event in harness.record.events].count("EXCEEDING") == 1
    harness.tiktok.heal()
    own.body["budget"] = 400
    assert harness.resume(run, *[] if is_limited else ACCEPTED, settle=SHORT_SETTLE).status == (5 if is_limited else 0)
    own.body["budget"] = 500
    assert harness.resume(run, settle=SHORT_SETTLE).status == (0 if is_limited else 2)


def test_a_budget_that_was_told_and_that_no_row_shows_since_can_be_accepted(harness: Harness) -> None:
    run = exceeds(harness)
    hide(harness, "campaign", "budget")
    for outcome in (harness.resume(run, settle=SHORT_SETTLE), harness.submit(settle=SHORT_SETTLE)):
        assert (outcome.status, "budget is 9999, and 500 was sent" in outcome.err) == (5, True), summary(outcome)
    assert harness("runs", run).out.splitlines()[0].endswith(f"was enabled and may run{MORE}")
    assert harness.resume(run, *ACCEPTED, settle=SHORT_SETTLE).status == 0


@pytest.mark.parametrize("level", ["campaign", "adgroup"])
@pytest.mark.parametrize(
    ("then", "more"),
    [
        (DAILY, "budget is 5000, and 500 was sent"),
        (DAILY | {"budget": 400}, None),
        (TOTAL | {"budget": 4000}, None),
        (TOTAL | {"budget": 6000}, "budget is 6000, and 5000 was accepted"),
    ],
)
def test_a_budget_is_approved_under_the_kind_that_stood_with_it(
    harness: Harness, level: Level, then: Row, more: str | None
) -> None:
    harness.write(WITHOUT_CBO if level == "adgroup" else {})
    assert harness.submit().status == 0
    own = next(one for one in harness.made if one.level == level)
    own.body |= {"budget": 5000, **TOTAL}
    throttled(harness, *ACCEPTED, *KIND)
    own.body |= then
    outcome = harness.resume(harness.record.run, settle=SHORT_SETTLE)
    assert (outcome.status, f": {more}\n" in outcome.err) == (5 if more else 0, bool(more)), summary(outcome)


def test_the_budget_of_an_ad_group_is_approved_under_the_cbo_of_its_campaign(harness: Harness) -> None:
    harness.write(WITHOUT_CBO)
    assert harness.submit().status == 0
    campaign, group, *_ = harness.made
    campaign.body["budget_optimize_on"], group.body["budget"] = True, 5000
    throttled(harness, *ACCEPTED, "--accept-drift", "budget_optimize_on")
    campaign.body["budget_optimize_on"] = False
    outcome = harness.resume(harness.record.run, settle=SHORT_SETTLE)
    assert (outcome.status, "/adgroups/0: budget is 5000, and 500 was sent\n" in outcome.err) == (5, True)
    campaign.body["budget_optimize_on"] = True
    assert harness.resume(harness.record.run, settle=SHORT_SETTLE).status == 0


def test_a_budget_is_approved_before_it_is_enabled_under_the_kind_that_stood_with_it(harness: Harness) -> None:
    harness.tiktok.on("get", "ad", times=None, fault=answers(40001, commit=False))
    assert harness.submit().status == 4
    harness.tiktok.heal()
    harness.made[0].body |= {"budget": 5000, **TOTAL}
    assert harness.resume(harness.record.run, *ACCEPTED, *KIND, settle=SHORT_SETTLE).status == 0
    harness.made[0].body |= DAILY
    outcome = harness.resume(harness.record.run, "--enable", settle=SHORT_SETTLE)
    assert (outcome.status, ": budget is 5000, and 500 was sent\n" in outcome.err) == (5, True), summary(outcome)


def test_the_budget_that_was_sent_is_approved_under_a_kind_that_was_accepted_beside_it(harness: Harness) -> None:
    changed(harness, TOTAL)
    assert harness.submit("--enable", settle=SHORT_SETTLE).status == 5
    harness.made[0].body["budget"], run = 300, harness.record.run
    assert harness.resume(run, *KIND, *ACCEPTED, settle=SHORT_SETTLE).status == 0


def test_what_was_told_of_a_budget_is_accepted_under_the_kind_that_stood_with_it(harness: Harness) -> None:
    changed(harness, TOTAL | {"budget": 5000})
    assert harness.submit("--enable", settle=SHORT_SETTLE).status == 5
    run = harness.record.run
    harness.tiktok.on("get", "adgroup", times=None, fault=answers(40001, commit=False))
    assert harness.resume(run, *KIND, *ACCEPTED, settle=SHORT_SETTLE).status == 4
    harness.tiktok.heal()
    harness.made[0].body |= DAILY
    outcome = harness.resume(run, settle=SHORT_SETTLE)
    assert (outcome.status, ": budget is 5000, and 500 was sent\n" in outcome.err) == (5, True), summary(outcome)
    harness.made[0].body |= TOTAL
    assert harness.resume(run, settle=SHORT_SETTLE).status == 0


def test_a_limit_binds_what_was_accepted_before_it(harness: Harness) -> None:
    assert harness.submit().status == 0
    harness.made[0].body["budget"], run = 5000, harness.record.run
    throttled(harness, *ACCEPTED)
    harness.made[0].body["budget"] = 500
    harness.tiktok.on("status", fault=meanwhile(lambda: harness.made[0].body.update(budget=5000)))
    outcome = harness.resume(run, "--enable", "--max-daily", "2000", settle=SHORT_SETTLE)
    for _ in range(2):
        assert (outcome.status, f"next: splint rollback {run}" in outcome.err) == (5, True), summary(outcome)
        assert "/campaign: budget is 5000, and 500 was sent\n" in outcome.err
        assert "set it by hand as it was sent, then resume; or take" in outcome.err
        outcome = harness.resume(run, *ACCEPTED, settle=SHORT_SETTLE)
    harness.made[0].body["budget"] = 500
    assert harness.resume(run, settle=SHORT_SETTLE).status == 0


def test_a_redirect_says_that_what_a_command_was_to_accept_is_to_be_given_again(harness: Harness) -> None:
    assert harness.submit().status == 0
    harness.made[0].body["budget"] = 600
    harness.tiktok.on("get", times=None, fault=redirects("http://127.0.0.1:9/there"))
    outcome = harness.resume(harness.record.run, "--enable", *ACCEPTED, settle=SHORT_SETTLE)
    said = "; what --accept-drift was to take is not taken yet: give it again "
    assert (outcome.status, said in outcome.err) == (2, True), summary(outcome)


def test_accepted_values_are_in_the_plan_the_question_and_the_json_and_shown_by_runs(harness: Harness) -> None:
    assert harness.submit().status == 0
    harness.made[0].body["budget"], run = 900, harness.record.run
    outcome = harness.resume(run, *ACCEPTED, "--bundle", "bundle.json", "--output-format", "json")
    answer = json.loads(outcome.out)
    assert (answer["plan"]["most_daily"], answer["run"]["accepted"]) == ("1125", ["/campaign: budget 900"])
    said = "\naccepted: /campaign: budget 900\nIt can spend at most 1125 a day; nothing bounds the total.\n"
    assert said in harness.resume(run, "--enable", settle=SHORT_SETTLE).out
    assert (
        "\n  accepted  /campaign: budget 900\n  noted     /campaign: budget is 900, and 500 was sent\n"
        in harness("runs", run).out
    )
    [listed] = json.loads(harness("runs", "--output-format", "json").out)["runs"]
    assert listed["accepted"] == ["/campaign: budget 900"]


APART = ("/campaign", "budget_optimize_on", False, None)
MODE = ("/adgroups/0", "budget_mode", "BUDGET_MODE_DAY", None)


@pytest.mark.parametrize(
    ("accepted", "daily", "total"),
    [
        ([("/campaign", "budget", "900", None)], "1125", None),
        ([("/campaign", "budget", 400, None)], "625", None),
        ([("/campaign", "budget", 5000, ["BUDGET_MODE_TOTAL"])], "5000", None),
        ([("/campaign", "budget_mode", "BUDGET_MODE_DAY", None)], "625", None),
        ([("/campaign", "budget", 0, None)], None, None),
        ([("/campaign", "budget", "much", None)], None, None),
        ([("/adgroups/0", "budget", 9999, None)], "625", None),
        ([("/campaign", "bid_price", 9999, None)], "625", None),
        ([APART], None, None),
        ([APART, ("/adgroups/0", "budget", 9999, [False])], None, None),
        ([APART, ("/adgroups/0", "budget", 9999, [False]), MODE], "9999", None),
        ([APART, ("/adgroups/0", "budget", 100, ["BUDGET_MODE_DYNAMIC_DAILY_BUDGET", False])], "625", None),
    ],
)
def test_what_a_plan_can_spend_counts_each_value_that_was_accepted_and_what_was_sent(
    accepted: list[tuple[str, str, Any, Any]], daily: str | None, total: str | None
) -> None:
    sent = Budget("BUDGET_MODE_DYNAMIC_DAILY_BUDGET", 500, None)
    budgets = Budgets({"/campaign": [sent], "/adgroups/0": [Budget(None, None, None)]}, [True])
    spend = budgets.with_accepted(Accepted(*one) for one in accepted).spend
    assert spend == (daily and Decimal(daily), total and Decimal(total))


def test_of_ad_groups_with_budgets_of_their_own_each_highest_one_counts() -> None:
    sent = Budget("BUDGET_MODE_DAY", 100, 10)
    budgets = Budgets({"/campaign": [Budget(None, None, 10)], "/adgroups/0": [sent], "/adgroups/1": [sent]}, [False])
    values = [Accepted("/adgroups/1", "budget", amount, None) for amount in (300, 200)]
    assert budgets.spend == Spend(Decimal(200), Decimal(2000))
    assert budgets.with_accepted(values).spend == Spend(Decimal(400), Decimal(4000))


def test_an_accepted_end_counts_with_each_accepted_budget() -> None:
    sent = Budget("BUDGET_MODE_DAY", 100, 10, date(2027, 3, 10))
    budgets = Budgets({"/campaign": [sent], "/adgroups/0": [Budget(None, None, 10, sent.last)]}, [True])
    values = [Accepted("/campaign", "budget", 300, None), Accepted("/adgroups/0", END, "2027-03-12 00:00:00", None)]
    assert budgets.with_accepted(values).spend == Spend(Decimal(300), Decimal(3600))


def test_what_one_command_accepts_is_told_by_it_and_by_each_later_one_alike(harness: Harness) -> None:
    modes = {"budget": 800, "budget_mode": "BUDGET_MODE_DAY"}
    harness.tiktok.on("get", "adgroup", times=None, fault=Fault(lists=lambda row: [row | modes]))
    accepting = ("--accept-drift", "budget_mode", *ACCEPTED)
    told = []
    for words in ("submit", "bundle.json", *accepting), ("resume", "RUN", "--enable"):
        command = (harness.record.run if word == "RUN" else word for word in words)
        outcome = harness(*command, "--yes", "--output-format", "json", settle=SHORT_SETTLE)
        told.append(json.loads(outcome.out)["run"]["accepted"])
        assert outcome.status == 0, summary(outcome)
    values = ("budget 800", 'budget_mode "BUDGET_MODE_DAY"')
    assert [sorted(each) for each in told] == 2 * [[f"/adgroups/{n}: {value}" for n in (0, 1) for value in values]]
    assert told[0] == told[1]


def test_the_budgets_of_ad_groups_count_once_it_is_accepted_that_the_campaign_shares_none_out(harness: Harness) -> None:
    fields = {"budget": 9000, "budget_mode": "BUDGET_MODE_DAY"}
    harness.tiktok.on("get", "adgroup", times=None, fault=Fault(lists=lambda row: [row | fields]))
    harness.tiktok.on(
        "get", "campaign", times=None, fault=Fault(lists=lambda row: [row | {"budget_optimize_on": False}])
    )
    names = ("budget", "budget_mode", "budget_optimize_on")
    outcome = harness.submit(*(word for name in names for word in ("--accept-drift", name)))
    assert outcome.status == 0, summary(outcome)
    outcome = harness.resume(harness.record.run, "--enable", settle=SHORT_SETTLE)
    assert "\nIt can spend at most 18000 a day; nothing bounds the total.\n" in outcome.out


def test_the_command_that_is_named_to_accept_enables_again_what_was_paused(harness: Harness) -> None:
    run = exceeds(harness)
    harness.made[0].status = "DISABLE"
    for words, named in ((), "budget take"), (("--enable",), "budget --enable take"):
        outcome = harness.resume(run, *words, settle=SHORT_SETTLE)
        said = f"where it may stay so, let splint resume {run} --accept-drift {named}"
        assert (outcome.status, said in outcome.err) == (5, True), summary(outcome)
    assert harness.resume(run, *ACCEPTED, "--enable", settle=SHORT_SETTLE).status == 0
    assert harness.made[0].status == "ENABLE"


ENDS: Row = {
    "schedule_type": "SCHEDULE_START_END",
    "schedule_start_time": "2027-03-01 00:00:00",
    "schedule_end_time": "2027-03-11 00:00:00",
}
LATER = "2030-03-02 00:00:00"
UNTIL = ("--accept-drift", "schedule_end_time")


def ends(harness: Harness, *, second: str = "2027-03-11 00:00:00", is_total: bool = False) -> None:
    """Each ad group of the bundle has an end."""
    mode = {"/campaign/budget_mode": "BUDGET_MODE_TOTAL"} if is_total else {}
    fields = {f"/adgroups/{number}/{field}": value for number in (0, 1) for field, value in ENDS.items()}
    no_bid = {f"/adgroups/{number}/bid_type": "BID_TYPE_NO_BID" for number in (0, 1)}
    harness.write(mode | fields | no_bid | {"/adgroups/1/schedule_end_time": second})


def retimed(harness: Harness, name: str, change: Row) -> None:
    """From ENABLE on rows show the schedule of an ad group so."""

    def lists(row: Row) -> list[Row]:
        return [row | change if row["adgroup_name"] == name else row]

    def happens() -> None:
        harness.tiktok.on("get", "adgroup", times=None, fault=Fault(lists=lists))

    harness.tiktok.on("status", fault=meanwhile(happens))


@pytest.mark.parametrize(
    ("change", "shown"),
    [
        ({"schedule_end_time": LATER}, f'"{LATER}"'),
        ({"schedule_end_time": None}, '"none"'),
        ({"schedule_end_time": ""}, '"none"'),
        ({"schedule_type": "SCHEDULE_FROM_NOW"}, '"none"'),
        ({"schedule_end_time": "soon"}, '"soon"'),
    ],
)
def test_an_end_that_is_later_or_gone_once_it_is_enabled_is_told_where_it_bounds_the_total(
    harness: Harness, change: Row, shown: str
) -> None:
    ends(harness)
    retimed(harness, "North", change)
    outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    run, more = harness.record.run, f'/adgroups/0: schedule_end_time is {shown}, and "2027-03-11 00:00:00" was sent'
    assert (outcome.status, f"  {more}\n" in outcome.err) == (5, True), summary(outcome)
    assert f"next: splint rollback {run}" in outcome.err
    assert harness("runs").out.endswith(f"may spend more than was approved ({more})\n")
    names = ("schedule_end_time", "schedule_type")[: 1 + ("schedule_type" in change)]
    words = [word for name in names for word in ("--accept-drift", name)]
    assert f"let splint resume {run} {' '.join(words)} take it as it stands" in outcome.err
    assert harness.resume(run, settle=SHORT_SETTLE).status == 5
    outcome = harness.resume(run, *words, settle=SHORT_SETTLE)
    assert (outcome.status, "schedule_end_time" in harness("runs", run).out) == (0, True), summary(outcome)


@pytest.mark.parametrize(("end", "status"), [("2027-04-01 00:00:00", 0), ("2027-04-03 00:00:00", 5)])
def test_an_end_is_told_that_is_later_than_the_last_one(harness: Harness, end: str, status: int) -> None:
    ends(harness, second="2027-04-01 00:00:00")
    retimed(harness, "North", {"schedule_end_time": end})
    assert harness.submit("--enable", settle=SHORT_SETTLE).status == status


@pytest.mark.parametrize("is_total", [False, True])
def test_an_end_that_is_earlier_or_does_not_bound_the_total_is_noted(harness: Harness, is_total: bool) -> None:
    ends(harness, is_total=is_total)
    retimed(harness, "North", {"schedule_end_time": LATER if is_total else "2027-03-04 00:00:00"})
    outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    assert (outcome.status, "note: /adgroups/0: schedule_end_time is" in outcome.err) == (0, True), summary(outcome)


def test_an_end_that_no_row_showed_before_it_is_enabled_is_not_missed_after(harness: Harness) -> None:
    def lists(row: Row) -> list[Row]:
        return [{field: row[field] for field in row if field != "schedule_end_time"}]

    ends(harness)
    harness.tiktok.on("get", "adgroup", times=None, fault=Fault(lists=lists))
    outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    said = "note: /adgroups/0: not shown, and so not compared: schedule_end_time\n"
    assert (outcome.status, said in outcome.err) == (0, True), summary(outcome)


@pytest.mark.parametrize(
    ("end", "kind"),
    [
        *((end, kind) for end in (None, "") for kind in ("START_END", "FROM_NOW")),
        (ENDS["schedule_end_time"], "FROM_NOW"),
    ],
)
def test_an_end_that_is_gone_before_it_is_enabled_is_accepted_by_its_name(
    harness: Harness, end: str | None, kind: str
) -> None:
    change: Row = {"schedule_end_time": end, "schedule_type": f"SCHEDULE_{kind}"}
    ends(harness)
    harness.tiktok.on("get", "adgroup", times=None, fault=Fault(lists=lambda row: [row | change]))
    types = ("--accept-drift", "schedule_type") if kind == "FROM_NOW" else ()
    outcome = harness.submit("--enable", *types, settle=SHORT_SETTLE)
    run, more = harness.record.run, '/adgroups/0: schedule_end_time is "none", and "2027-03-11 00:00:00" was sent'
    assert (outcome.status, f"  {more}\n" in outcome.err) == (5, True), summary(outcome)
    assert harness.made[0].status == "DISABLE"
    outcome = harness.resume(run, "--enable", *UNTIL, *types, "--output-format", "json", settle=SHORT_SETTLE)
    answer = json.loads(outcome.out)
    assert (outcome.status, answer["plan"]["most_total"]) == (0, None), summary(outcome)
    assert answer["run"]["accepted"] == [f'/adgroups/{number}: schedule_end_time "none"' for number in (0, 1)]


@pytest.mark.parametrize("end", [None, ""])
def test_an_end_that_is_gone_and_bounds_no_total_is_compared_as_it_is_shown(harness: Harness, end: str | None) -> None:
    ends(harness, is_total=True)
    harness.tiktok.on("get", "adgroup", times=None, fault=Fault(lists=lambda row: [row | {"schedule_end_time": end}]))
    outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    assert outcome.status == (0 if end is None else 5), summary(outcome)


def test_an_end_that_was_accepted_before_it_is_enabled_counts_in_the_plan(harness: Harness) -> None:
    ends(harness)
    assert harness.submit().status == 0
    for one in harness.made:
        one.body.update({"schedule_end_time": "2027-03-13 00:00:00"} if one.level == "adgroup" else {})
    run = harness.record.run
    outcome = harness.resume(run, "--enable", *UNTIL, "--output-format", "json", settle=SHORT_SETTLE)
    before = Decimal(json.loads(harness.submit("--dry-run", "--output-format", "json").out)["plan"]["most_total"])
    after = Decimal(json.loads(outcome.out)["plan"]["most_total"])
    assert (outcome.status, after - before) == (0, Decimal(1250)), summary(outcome)
