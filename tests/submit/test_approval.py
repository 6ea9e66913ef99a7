"""Approval of a run: its plan, its limit in a currency, and the comparison before it is enabled."""

import getpass
import json
import os
import socket
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from pydantic import SecretStr

from splint.submit import Limits, MisuseError, RefusedError, Submitter, TransportOptions
from tests.grids import few
from tests.submit.harness import ADVERTISER, BUNDLE, CANARY, SETTLE, SHORT_SETTLE, Harness, summary
from tests.submit.server import Answer, Fault, Level, Row, answers, envelope


def lines(harness: Harness, event: str) -> list[dict[str, Any]]:
    """The events of a name in the only journal."""
    return [each.fields for each in harness.record.journal.events if each.name == event]


def planned(harness: Harness, *words: str, file: str = "bundle.json") -> str:
    """The SHA-256 that a dry run prints."""
    out = harness("submit", file, "--dry-run", *words).out
    return out.partition("plan sha256 ")[2].split()[0]


# -- the limit ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "limits"),
    few(
        [
            ("2000", (2000, None)),
            ("2000USD", (2000, "USD")),
            ("2000 eur", (2000, "EUR")),
            ("0.5jpy", (0.5, "JPY")),
            (None, (None, None)),
        ],
        1,
    ),
)
def test_a_limit_is_an_amount_with_a_currency(text: str | None, limits: tuple[float | None, str | None]) -> None:
    assert Limits.of_text(text)[1:] == limits


@pytest.mark.parametrize(
    "text", few(["", "-5", "-5USD", "USD", "2000 dollars", "2,000", "1e3", "nan", "2000USDT", "$2000"], 1)
)
def test_what_is_no_amount_is_no_limit(text: str) -> None:
    with pytest.raises(ValueError, match="is no amount such as 2000 or 2000USD"):
        Limits.of_text(text)


def test_a_limit_below_zero_is_misuse(harness: Harness) -> None:
    outcome = harness("submit", "bundle.json", "--dry-run", "--max-daily", "-5")
    assert (outcome.status, "'-5' is no amount" in outcome.err) == (2, True), summary(outcome)


@pytest.mark.parametrize(
    ("account", "fact", "limit", "status", "says"),
    few(
        [
            ("USD", None, "625USD", 0, "at most 625 USD a day"),
            ("USD", None, "625", 0, "at most 625 USD a day"),
            ("EUR", None, "625USD", 1, "the account spends EUR, and the limit is 625 USD"),
            ("USD", "EUR", "625USD", 1, "the plan spends EUR, and its limit is 625 USD"),
            (None, "USD", "625USD", 0, "at most 625 USD a day"),
            (None, None, "625USD", 1, "--fact currency=ISO names it"),
            (None, None, "625", 0, "currency cannot be read"),
            ("USD", None, "624.99USD", 1, "can spend 625 a day, more than 624.99 USD"),
        ],
        1,
    ),
)
def test_a_limit_is_held_in_the_currency_of_the_account(
    harness: Harness, account: str | None, fact: str | None, limit: str, status: int, says: str
) -> None:
    harness.tiktok.currency = account
    facts = ["--fact", f"currency={fact}"] if fact else []
    outcome = harness.submit("--max-daily", limit, *facts)
    assert (outcome.status, says in outcome.err, bool(harness.made)) == (status, True, not status), summary(outcome)
    if not status:
        [start] = lines(harness, "START")
        assert (start["max_daily"], start.get("max_daily_currency")) == ("625", account or fact)


@pytest.mark.parametrize("most", few([Decimal("NaN"), Decimal(-1), Decimal("Infinity"), "700", 700.0], 1))
def test_a_limit_that_is_no_amount_is_misuse(harness: Harness, most: Any) -> None:
    stopped(harness, "--max-daily", "700")
    before = len(harness.tiktok.requests)
    transport = TransportOptions(base_url=harness.tiktok.origin)
    submitter = Submitter(SecretStr(CANARY), transport=transport, run_dir=harness.runs)
    limits = Limits(max_daily=most)
    with pytest.raises(MisuseError, match="an amount is a Decimal of 0 or more; nothing was sent"):
        submitter.submit(submitter.draft(BUNDLE), limits)
    with pytest.raises(MisuseError, match="an amount is a Decimal of 0 or more; nothing was sent"):
        submitter.resume(limits=limits)
    assert len(harness.tiktok.requests) == before


@pytest.mark.parametrize("limit", ["700USD", "700"])
@pytest.mark.parametrize("place", ["bundle", "settings"])
def test_no_fact_beside_the_bundle_lifts_a_limit(harness: Harness, place: str, limit: str) -> None:
    """The account is asked all the same: 625 of its dinars are more than 700 dollars."""
    harness.tiktok.currency = "KWD"
    if place == "bundle":
        harness.write({"/facts": {"currency": "USD"}})
    else:
        (harness.directory / "splint.toml").write_text('[facts]\ncurrency = "USD"\n')
    outcome = harness.submit("--max-daily", limit, "--enable")
    assert (outcome.status, harness.made) == (1, []), summary(outcome)
    assert "the account spends KWD, and the facts say USD: nothing was sent" in outcome.err
    harness.tiktok.currency = None
    outcome = harness.submit("--max-daily", "700USD", "--enable")
    assert (outcome.status, "--fact currency=ISO names it" in outcome.err) == (1, True), summary(outcome)
    assert harness.submit("--max-daily", "700USD", "--fact", "currency=USD").status == 0


def test_a_limit_that_only_a_resume_gives_is_held_in_the_currency_too(harness: Harness) -> None:
    harness.tiktok.currency = "KWD"
    stopped(harness)
    before = len(harness.made)
    outcome = harness.resume("--max-daily", "700USD", "--enable")
    assert (outcome.status, len(harness.made)) == (1, before), summary(outcome)
    assert "the account spends KWD, and the limit is 700 USD: nothing was sent" in outcome.err
    assert harness.resume("--max-daily", "700").status == 0
    [change] = lines(harness, "LIMITS")
    assert (change["max_daily"], change["max_daily_currency"]) == ("700", "KWD")


@pytest.mark.parametrize("account", ["KWD", None])
@pytest.mark.parametrize("words", [["--change-limit", "the sale goes on"], ["--enable"]])
def test_a_limit_that_a_resume_changes_is_held_in_the_currency_too(
    harness: Harness, account: str | None, words: list[str]
) -> None:
    """Also where the submit could not read the currency: 625 dinars are more than 690 dollars."""
    harness.tiktok.currency = account
    stopped(harness, "--max-daily", "700")
    harness.tiktok.currency = "KWD"
    before = len(harness.made)
    outcome = harness.resume("--max-daily", "690USD", *words)
    assert (outcome.status, len(harness.made), lines(harness, "LIMITS")) == (1, before, []), summary(outcome)
    if account is None or "--change-limit" in words:
        assert "the account spends KWD, and the limit is 690 USD: nothing was sent" in outcome.err
    assert harness.resume("--max-daily", "690").status == 0


def test_a_resume_that_cannot_read_the_currency_takes_the_one_of_its_run(harness: Harness) -> None:
    harness.tiktok.currency = "USD"
    stopped(harness, "--max-daily", "700")
    harness.tiktok.currency = None
    outcome = harness.resume("--max-daily", "690USD")
    assert (outcome.status, "the limit of 690 is taken to be in USD" in outcome.err) == (0, True), summary(outcome)


def stopped(harness: Harness, *words: str) -> None:
    """Submit a bundle of which one ad is refused once."""
    harness.tiktok.on("create", "ad", fault=answers(40105, "no", commit=False))
    assert harness.submit(*words).status == 4


@pytest.mark.parametrize(
    ("words", "status"),
    few(
        [
            ([], 0),
            (["--enable"], 0),
            (["--max-daily", "700"], 1),
            (["--max-daily", "700EUR"], 1),
            (["--max-daily", "700", "--change-limit", "more for the sale"], 0),
            (["--max-daily", "625"], 0),
            (["--max-daily", "624"], 1),
            (["--max-daily", "640EUR"], 1),
            (["--expect-plan", "0" * 64], 1),
            (["--expect-plan", "0" * 64, "--change-limit", "another"], 1),
        ],
        1,
    ),
)
def test_a_limit_of_a_run_binds_its_resume(harness: Harness, words: list[str], status: int) -> None:
    harness.tiktok.currency = "USD"
    stopped(harness, "--max-daily", "650USD", "--expect-plan", planned(harness))
    outcome = harness.resume(*words)
    assert outcome.status == status, summary(outcome)
    if status:
        assert len(harness.made) == 3
        assert harness.resume().status == 0
    changes = [one.get("reason") for one in lines(harness, "LIMITS")]
    assert [one for one in changes if one] == (words[3:] if "--change-limit" in words and not status else [])


def test_an_approval_covers_the_currency(harness: Harness) -> None:
    """A resume takes the one of the start, which its own facts need not name; another one is another plan."""
    in_dollars = ["--fact", "currency=USD", "--expect-plan", planned(harness, "--fact", "currency=USD")]
    outcome = harness.submit(*in_dollars, "--fact", "currency=EUR")
    assert (outcome.status, harness.sent()) == (1, []), summary(outcome)
    harness.tiktok.on("create", "ad", times=2, fault=answers(40105, commit=False))
    assert harness.submit(*in_dollars).status == 4
    outcome = harness.resume("--fact", "currency=EUR")
    assert (outcome.status, "--change-limit REASON" in outcome.err) == (1, True), summary(outcome)
    assert harness.resume().status == 4
    assert harness.resume(*in_dollars[2:]).status == 0


def test_a_currency_that_only_a_resume_knows_is_no_other_plan(harness: Harness) -> None:
    stopped(harness, "--expect-plan", planned(harness))
    assert harness.resume("--fact", "currency=USD").status == 0


def test_a_limit_in_another_currency_takes_a_reason_alone(harness: Harness) -> None:
    """The journal keeps it for the next resume, which names no currency."""
    harness.tiktok.on("create", "ad", times=2, fault=answers(40105, commit=False))
    harness.tiktok.currency = "USD"
    assert harness.submit("--max-daily", "2000USD").status == 4
    harness.tiktok.currency = "EUR"
    outcome = harness.resume("--max-daily", "2000EUR", "--change-limit", "the account was moved")
    assert outcome.status == 4, summary(outcome)
    assert harness.resume().status == 0


def test_a_corrected_bundle_is_another_plan(harness: Harness) -> None:
    """The plan that a run was approved with binds a corrected bundle, unless a reason is given, which is journalled."""
    stopped(harness, "--expect-plan", planned(harness))
    fixed = harness.write({"/adgroups/1/ads/0/ad_name": "Glove, red"}, "fixed.json")
    outcome = harness.resume("--bundle", fixed)
    assert (outcome.status, "--change-limit REASON" in outcome.err) == (1, True), summary(outcome)
    assert harness.resume("--bundle", fixed, "--change-limit", "a new name").status == 0
    [change] = lines(harness, "LIMITS")
    assert (change["reason"], change["expect_plan"]) == ("a new name", planned(harness, file=fixed))


def test_the_next_command_of_a_run_that_is_to_enable_says_so(harness: Harness) -> None:
    """However it was told to; `--enable` takes no --change-limit, and is no say-so for a bundle that says DISABLE."""
    harness.tiktok.on("create", "ad", times=2, fault=answers(40105, commit=False))
    outcome = harness.submit("--expect-plan", planned(harness))
    assert f"next: splint resume {harness.record.run} --run-dir" in outcome.err
    outcome = harness.resume("--enable")
    assert f"next: splint resume {harness.record.run} --enable --run-dir" in outcome.err
    assert [line["plan"] for line in lines(harness, "APPROVED")] == [planned(harness, "--enable")]
    harness.tiktok.on("create", "ad", fault=answers(40002, commit=False))
    outcome = harness.resume()
    assert f"next: splint resume {harness.record.run} --bundle FIXED --enable --run-dir" in outcome.err
    harness.tiktok.on("create", "ad", fault=answers(40002, commit=False))
    paused = harness.write({"/campaign/operation_status": "DISABLE"}, "paused.json")
    outcome = harness.resume("--bundle", paused, "--change-limit", "it is to stay paused")
    assert f"next: splint resume {harness.record.run} --bundle FIXED --run-dir" in outcome.err


@pytest.mark.parametrize("reason", few(["", "  ", "\t\n"], 1))
def test_a_reason_that_says_nothing_is_none(harness: Harness, reason: str) -> None:
    """An unset $REASON is nobody's say-so: no second campaign, and no higher limit."""
    harness.tiktok.currency = "USD"
    stopped(harness, "--max-daily", "650USD")
    before = len(harness.tiktok.requests)
    run = harness.record.run
    outcomes = {
        "--again": harness.submit("--again", reason),
        "--again ": harness("submit", "bundle.json", "--dry-run", "--again", reason),
        "--change-limit": harness.resume("--max-daily", "700USD", "--change-limit", reason),
    }
    for option, outcome in outcomes.items():
        assert (outcome.status, f"{option.strip()} says nothing" in outcome.err) == (2, True), summary(outcome)
    assert (len(harness.tiktok.requests), harness.record.run, lines(harness, "LIMITS")) == (before, run, [])


def test_a_resume_with_a_reason_for_its_limit_continues(harness: Harness) -> None:
    """The printed next command repeats the limit and what was said of time and rate, and works."""
    harness.tiktok.currency = "USD"
    harness.tiktok.on("create", "ad", fault=answers(40105, "no", commit=False))
    outcome = harness.submit("--max-daily", "650USD", "--timeout", "7")
    for words in ("--max-daily 650USD", "--rate 1000", "--timeout 7", f"--settle {SETTLE}"):
        assert words in outcome.err.partition("next: ")[2]
    assert harness.follow(outcome).status == 0


# -- who, and when -----------------------------------------------------------------------------------------------------


def test_the_journal_says_who_sent_and_who_enabled(harness: Harness) -> None:
    assert harness.submit().status == 0
    assert harness.resume(harness.record.run, "--enable").status == 0
    who = {"user": getpass.getuser() if os.getuid() else "root", "host": socket.gethostname()}
    [start], [approved] = lines(harness, "START"), lines(harness, "APPROVED")
    assert start.items() >= who.items()
    assert approved.items() >= who.items()
    assert (start["plan"], approved["plan"]) == (planned(harness), planned(harness, "--enable"))


# -- what stands when it is enabled ------------------------------------------------------------------------------------

DRIFTS: list[tuple[Level, Row, str]] = [
    ("campaign", {"budget": 900}, "budget"),
    ("adgroup", {"schedule_type": "SCHEDULE_START_END"}, "schedule_type"),
    ("adgroup", {"targeting_spec": {"location_ids": ["1"]}}, "location_ids"),
    ("adgroup", {"optimization_event": "ON_WEB_REGISTER"}, "optimization_event"),
    ("adgroup", {"bid_type": "BID_TYPE_CUSTOM"}, "bid_type"),
    ("ad", {"landing_page_url_list": [{"landing_page_url": "https://example.org/other"}]}, "landing_page_url"),
    ("ad", {"operation_status": "DISABLE"}, "operation_status"),
]


def accepting(harness: Harness, *fields: str) -> str:
    """The command that enables the campaign of the only run with differences in these fields."""
    return " ".join(("splint resume", harness.record.run, *(f"--accept-drift {one}" for one in fields), "--enable"))


@pytest.mark.parametrize("where", ["beyond the limit", "what no update changes", "beside one that is accepted"])
def test_of_what_differs_the_ways_are_named_that_can_end_well(harness: Harness, where: str) -> None:
    fields: Row = {"budget_mode": "BUDGET_MODE_TOTAL"} if where == "what no update changes" else {"budget": 900}
    limit = ["--max-daily", "700"] if where == "beyond the limit" else []
    assert harness.submit(*limit, settle=SHORT_SETTLE).status == 0
    harness.tiktok.on("get", "campaign", times=None, fault=Fault(lists=lambda row: [{**row, **fields}]))
    words = ["--accept-drift", "billing_event"] if where == "beside one that is accepted" else []
    outcome = harness.resume(harness.record.run, "--enable", *words, settle=SHORT_SETTLE)
    assert (outcome.status, harness.sent("status")) == (5, []), summary(outcome)
    assert ("set it by hand as it was sent" in outcome.err) == (where != "what no update changes")
    assert ("--accept-drift" in outcome.err) == (where != "beyond the limit")
    if where == "beside one that is accepted":
        assert accepting(harness, "billing_event", "budget") in outcome.err
    assert f"take the run back with splint rollback {harness.record.run}" in outcome.err


@pytest.mark.parametrize(("level", "fields", "field"), few(DRIFTS, 1))
def test_nothing_is_enabled_that_differs_from_the_plan(harness: Harness, level: Level, fields: Row, field: str) -> None:
    """What differs is named, and enabled only where a person accepts that very field."""
    assert harness.submit().status == 0
    harness.tiktok.on("get", level, times=None, fault=Fault(lists=lambda row: [{**row, **fields}]))
    outcome = harness.resume(harness.record.run, "--enable", settle=SHORT_SETTLE)
    assert (outcome.status, field in outcome.err, harness.sent("status")) == (5, True, []), summary(outcome)
    accepted = f"where it may stay so, let {accepting(harness, field)} take it as it stands; or "
    back = f"take the run back with splint rollback {harness.record.run}"
    ways = f"set it by hand as it was sent, then resume; or {accepted * (field != 'operation_status')}{back}"
    assert ways in outcome.err
    other = "billing_event" if field != "billing_event" else "budget"
    assert harness.resume(harness.record.run, "--enable", "--accept-drift", other, settle=SHORT_SETTLE).status == 5
    outcome = harness.resume(harness.record.run, "--enable", "--accept-drift", field, settle=SHORT_SETTLE)
    assert outcome.status == 0, summary(outcome)
    assert field in lines(harness, "APPROVED")[-1]["accept_drift"][0]
    harness.assert_created(enabled=True)


@pytest.mark.parametrize(
    ("level", "field", "shown", "status"),
    few(
        [
            ("campaign", "budget", 501, 5),
            ("campaign", "budget", 0, 5),
            ("campaign", "budget", "as much", 5),
            ("campaign", "budget", 499, 0),
            ("campaign", "budget_mode", "BUDGET_MODE_TOTAL", 5),
            ("campaign", "budget_optimize_on", False, 5),
            ("adgroup", "budget", 20, 5),
            ("adgroup", "optimization_event", "ON_WEB_CART", 0),
        ],
        1,
    ),
)
def test_what_may_spend_more_than_a_limit_is_not_enabled(
    harness: Harness, level: Level, field: str, shown: Any, status: int
) -> None:
    """Accepted or not: the limit was held against the plan, and holds for what stands."""
    assert harness.submit("--max-daily", "650").status == 0
    harness.tiktok.on("get", level, times=None, fault=Fault(lists=lambda row: [{**row, field: shown}]))
    outcome = harness.resume(harness.record.run, "--enable", "--accept-drift", field, settle=SHORT_SETTLE)
    said = "may spend more than the plan, whose limit is 650 in the currency of the advertiser a day" in outcome.err
    assert (outcome.status, said, bool(harness.sent("status"))) == (status, status == 5, not status), summary(outcome)


def changing(harness: Harness, how: str, fault: Fault = Fault()) -> Fault:  # noqa: B008 - immutable
    """Somebody changes the run's campaign while a request is answered."""

    def answer(whole: Answer) -> Answer:
        if how == "a higher budget":
            harness.made[0].body["budget"] = 900
        else:
            harness.add("adgroup", campaign_id=harness.made[0].id)
        return fault.answer(whole)

    return Fault(commit=fault.commit, ending=fault.ending, answer=answer)


CHANGES = {
    "a higher budget": "/campaign: budget is 900, and 500 was sent",
    "an ad group": "also holds adgroup",
}


@pytest.mark.parametrize("how", CHANGES)
def test_what_stands_is_compared_again_before_a_throttled_enabling_is_sent_again(harness: Harness, how: str) -> None:
    harness.tiktok.on("status", fault=changing(harness, how, answers(40100, "slow", commit=False)))
    outcome = harness.submit("--enable", "--max-daily", "700")
    assert (outcome.status, CHANGES[how] in outcome.err) == (5, True), summary(outcome)
    assert (len(harness.sent("status")), harness.made[0].status) == (1, "DISABLE")


@pytest.mark.parametrize("how", CHANGES)
def test_what_stands_is_compared_again_after_an_enabling_in_doubt_was_read_back(harness: Harness, how: str) -> None:
    """That takes the whole settle window."""
    harness.tiktok.on("status", fault=Fault(commit=False, ending="close"))
    outcome = harness.submit("--enable", "--max-daily", "700")
    assert outcome.status == 5, summary(outcome)
    harness.tiktok.on("get", "ad", nth=5, fault=changing(harness, how))  # the last of the looks for ENABLE
    outcome = harness.resume("--enable", "--max-daily", "700")
    assert (outcome.status, CHANGES[how] in outcome.err) == (5, True), summary(outcome)
    assert (len(harness.sent("status")), harness.made[0].status) == (1, "DISABLE")


@pytest.mark.parametrize("times", [1, None])
def test_what_was_read_before_a_list_was_throttled_is_read_again(harness: Harness, times: int | None) -> None:
    """The campaign's row is minutes old where the list of its ads is throttled."""
    assert harness.submit().status == 0
    slow = answers(40100, "slow", commit=False)
    for nth in range(2, 12, 2) if times is None else ():
        harness.tiktok.on("get", "ad", nth=nth, fault=slow)
    harness.tiktok.on("get", "ad", fault=changing(harness, "a higher budget", slow) if times else slow)
    outcome = harness.resume(harness.record.run, "--enable")
    said = "budget is 900" if times else "what stands cannot be read at once, its lists being throttled"
    assert (outcome.status, said in outcome.err) == (5 if times else 4, True), summary(outcome)
    assert not harness.sent("status")


def test_a_second_object_of_a_throttled_request_is_looked_for_before_it_is_enabled(harness: Harness) -> None:
    """The request was carried out, and is listed only after it was sent again: over the whole settle window."""
    harness.tiktok.on("create", "ad", fault=replace(answers(40100, "slow", commit=True), visible_after=90.0))
    harness.allowed += 1
    outcome = harness.submit("--enable", settle=60.0, throttle_wait="1")
    assert (outcome.status, harness.sent("status"), len(harness.made)) == (5, [], 7), summary(outcome)
    assert "also holds ad " in outcome.err


@pytest.mark.parametrize("words", [(), ("--enable",)])
def test_a_campaign_that_runs_is_not_accepted_as_paused(harness: Harness, words: tuple[str, ...]) -> None:
    """Somebody enabled it while its last ad was made; its status is no field that may differ."""

    def enabled(whole: Answer) -> Answer:
        harness.made[0].status = "ENABLE"
        return whole

    harness.tiktok.on("create", "ad", nth=3, fault=Fault(answer=enabled))
    accepting = ("--accept-drift", "operation_status", *words)
    outcome = harness.submit(*accepting)
    for _ in range(2):
        assert (outcome.status, harness.sent("status")) == (5, []), summary(outcome)
        assert '/campaign: operation_status is "ENABLE", and "DISABLE" was sent' in outcome.err
        assert "paused" not in outcome.out.replace("The campaign stays paused until", "")
        assert f"next: splint rollback {harness.record.run} " in outcome.err
        outcome = harness.resume(*accepting)
    assert harness.rollback().status == 0
    assert harness.made[0].status == "DISABLE"


def test_an_object_under_another_parent_is_not_enabled(harness: Harness) -> None:
    assert harness.submit().status == 0
    ids = [one.id for one in harness.made if one.level == "adgroup"]
    swap = {ids[0]: ids[1], ids[1]: ids[0]}
    harness.tiktok.on(
        "get",
        "ad",
        times=None,
        fault=Fault(lists=lambda row: [{**row, "adgroup_id": swap[row["adgroup_id"]]}]),
    )
    outcome = harness.resume(harness.record.run, "--enable", settle=SHORT_SETTLE)
    assert (outcome.status, "adgroup_id" in outcome.err, harness.sent("status")) == (5, True, []), summary(outcome)


def test_a_field_that_is_not_shown_is_reported(harness: Harness) -> None:
    harness.tiktok.on(
        "get",
        "adgroup",
        times=None,
        fault=Fault(lists=lambda row: [{key: row[key] for key in row if key != "optimization_event"}]),
    )
    outcome = harness.submit("--enable")
    assert outcome.status == 0
    assert "/adgroups/0: not shown, and so not compared: optimization_event" in outcome.err


def test_a_field_that_is_not_compared_cannot_be_accepted(harness: Harness) -> None:
    outcome = harness.submit("--enable", "--accept-drift", "ad_text")
    assert (outcome.status, harness.tiktok.requests) == (2, [])
    assert "ad_text is not compared; these are: operation_status, budget_mode" in outcome.err


def test_a_limit_that_a_plan_breaks_says_both_amounts() -> None:
    """The amount of a dynamic daily budget counts with the quarter that a day may spend beyond it."""
    from splint.submit import Submitter
    from splint.testing import BASES

    draft = Submitter().draft(json.loads(json.dumps(BASES["cbo"])))
    with pytest.raises(RefusedError, match=r"can spend 625 a day, more than 1 in the currency of the advertiser"):
        Limits.of_text("1").check(draft.plan)


def test_two_currencies_of_the_account_are_none(harness: Harness) -> None:
    def given(_: Answer) -> Answer:
        return envelope(data={"list": [{"advertiser_id": ADVERTISER, "currency": each} for each in ("USD", "EUR")]})

    harness.tiktok.on("account", times=None, fault=Fault(answer=given))
    outcome = harness.submit("--max-daily", "700USD")
    assert (outcome.status, "--fact currency=ISO names it" in outcome.err) == (1, True), summary(outcome)


@pytest.mark.parametrize("shown", ["5_00", "５００", " 500", "500 USD", True])
def test_a_budget_that_is_no_number_as_tiktok_writes_it_differs(harness: Harness, shown: object) -> None:
    harness.tiktok.on("get", "campaign", times=None, fault=Fault(lists=lambda row: [{**row, "budget": shown}]))
    outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    assert (outcome.status, "  /campaign: budget is" in outcome.err) == (5, True), summary(outcome)


@pytest.mark.parametrize("shown", ["500", "500.00", "5E2", 500.0])
def test_a_budget_in_another_spelling_of_its_number_is_the_same(harness: Harness, shown: object) -> None:
    harness.tiktok.on("get", "campaign", times=None, fault=Fault(lists=lambda row: [{**row, "budget": shown}]))
    assert harness.submit("--enable", settle=SHORT_SETTLE).status == 0
