"""Faults while a bundle is sent: the end of the run, the objects created, and the resume."""

import errno
import hashlib
import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from time import time
from typing import Any

import pytest

from splint.rules.rule import GONE
from splint.submit import MisuseError, Record
from splint.submit.access import VARIABLE
from splint.submit.client import Answer as Answered
from splint.submit.client import Client, Withheld
from splint.submit.journal import Event, Journal
from tests.command import Command, Outcome
from tests.grids import diagonal, few, sampled
from tests.submit import server
from tests.submit.harness import (
    ADVERTISER,
    BUNDLE,
    CANARY,
    FIRST,
    PATHS_OF,
    SHORT_SETTLE,
    Harness,
    closed_origin,
    part,
    summary,
)
from tests.submit.server import (
    ID_KEYS,
    LEVELS,
    Act,
    Answer,
    Fault,
    Level,
    Row,
    TikTok,
    answers,
    cut,
    envelope,
    html,
    huge,
    raw,
    redirects,
    twins,
)

BY_HAND = "where it stays so, delete by hand what stands of the run; submit then takes its bundle with --again REASON"
"""What ends a run whose objects no row shows."""
UNKNOWN_CODES = (20001, 50000, 50002, 51010, 51021, 51065, 40202, 40902, 40903, 40913, 12345, -1)
THROTTLED_CODES = (40016, 40100, 40132, 40133)
TOKEN_CODES = (40001, 40102, 40103, 40104, 40105, 40106, 40107, 40125)
LOST: dict[str, Fault] = {
    "closed": Fault(ending="close"),
    "reset": Fault(ending="reset"),
    "too late": Fault(delay=30),
    "cut": cut(commit=True),
    "cut, and more is announced": cut(commit=True, announces="more"),
    "cut, and nothing is announced": cut(commit=True, announces="nothing"),
    "HTML with 502": html(commit=True),
    "HTML with 200": html(commit=True, status=200),
    "HTML with 404": html(commit=True, status=404),
    "500 with a refusal": Fault(answer=lambda _: envelope(40002, "refused")._replace(status=500)),
    "503 with the right answer": Fault(answer=lambda whole: whole._replace(status=503)),
    "404 with the right answer": Fault(answer=lambda whole: whole._replace(status=404)),
    "nothing": raw(b"", commit=True),
    "no object": raw(b"[0]", commit=True),
    "no code": raw(b'{"message": "OK"}', commit=True),
    "a code that is text": raw(b'{"code": "40002"}', commit=True),
    "a code that is false": raw(b'{"code": false}', commit=True),
    "no UTF-8": raw(b'{"code": 40002, "message": "\xff"}', commit=True),
    "code 0 without data": answers(0, commit=True),
    "code 0 with another id": answers(0, data={"id": "5"}, commit=True),
    "code 0 with an id that is null": answers(0, data=dict.fromkeys(ID_KEYS.values()), commit=True),
    "code 0 with an empty id": answers(0, data=dict.fromkeys(ID_KEYS.values(), ""), commit=True),
    "code 0 with a list of ids": answers(0, data={key: ["5"] for key in ID_KEYS.values()}, commit=True),
    "too long": huge(commit=True),
    "too long, and nothing is announced": huge(commit=True, announces="nothing"),
    **{f"code {code}": answers(code, "odd", commit=True) for code in UNKNOWN_CODES},
}
"""Answers to a create request that leave open whether it was carried out."""
SOME_LOST = ("closed", "reset", "HTML with 502", "code 51010")
MORE_LOST = (*SOME_LOST, "too late", "cut", "nothing", "code 0 without data", "code 20001", "code 50000", "too long")
KINDS_OF_LOST = (*SOME_LOST, "too late", "cut", "503 with the right answer", "code 0 with another id")
"""One of each kind, which the quick tests meet."""


def spread(names: Iterable[str], everywhere: Collection[str] = ()) -> list[tuple[str, Level]]:
    """Pairs of name and level: each name with one level in turn, those of `everywhere` with all levels."""
    return [
        (name, level)
        for index, name in enumerate(names)
        for level in (LEVELS if name in everywhere else LEVELS[index % 3 : index % 3 + 1])
    ]


def then(act: Callable[[], object], fault: Fault = Fault()) -> Fault:  # noqa: B008 - immutable
    """`act` is called while a request is answered."""

    def answer(whole: Answer) -> Answer:
        act()
        return fault.answer(whole)

    return replace(fault, answer=answer)


def timeout(fault: str) -> dict[str, str]:
    """Options with a timeout that is shorter than the delay of a fault."""
    return {"timeout": "0.3"} if fault == "too late" else {}


# -- a create request -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("enable", [False, True])
def test_each_object_is_created_exactly_once(harness: Harness, enable: bool) -> None:
    outcome = harness.submit(*["--enable"] * enable)
    assert outcome.status == 0, summary(outcome)
    harness.assert_created(enabled=enable)
    assert [(one.level, one.code) for one in harness.sent()] == [
        ("campaign", 0),
        *[("adgroup", 0)] * 2,
        *[("ad", 0)] * 3,
    ]
    assert [one.body["operation_status"] for one in harness.sent("status")] == ["ENABLE"] * enable
    assert all(one.headers["Access-Token"] == CANARY for one in harness.tiktok.requests)
    if not enable:
        assert harness.follow(outcome).status == 0
        harness.assert_created(enabled=True)


def test_namesakes_under_different_parents_are_told_apart(harness: Harness) -> None:
    harness.write({"/adgroups/1/ads/0/ad_name": "Hat"})
    harness.tiktok.on("create", "ad", times=None, fault=Fault(ending="close"))
    outcome = harness.submit()
    assert outcome.status == 0, summary(outcome)
    harness.assert_created()


@pytest.mark.parametrize(("fault", "level"), sampled(spread(LOST), KINDS_OF_LOST))
def test_what_was_done_is_found_again(harness: Harness, fault: str, level: Level) -> None:
    assert_found_again(harness, fault, level)


@pytest.mark.slow
@pytest.mark.parametrize(("level", "fault"), diagonal(LEVELS, SOME_LOST))
def test_what_was_done_is_found_again_at_each_level(harness: Harness, fault: str, level: Level) -> None:
    assert_found_again(harness, fault, level)


def assert_found_again(harness: Harness, fault: str, level: Level) -> None:
    harness.tiktok.on("create", level, fault=LOST[fault])
    outcome = harness.submit("--enable", settle=SHORT_SETTLE, **timeout(fault))
    assert outcome.status == 0, summary(outcome)
    assert harness.events(FIRST[level])[:4] == ["ARMED", "UNKNOWN", "CREATED", "VERIFIED"]
    harness.assert_created(enabled=True)
    assert len(harness.sent()) == 6


@pytest.mark.parametrize(
    ("fault", "level"),
    sampled(spread(MORE_LOST), ("closed", "HTML with 502", "too late")),
)
def test_what_was_not_done_is_absent_until_a_person_has_it_sent_again(
    harness: Harness, fault: str, level: Level
) -> None:
    harness.tiktok.on("create", level, fault=replace(LOST[fault], commit=False))
    outcome = harness.submit("--enable", settle=SHORT_SETTLE, **timeout(fault))
    assert outcome.status == 5, summary(outcome)
    assert harness.state(FIRST[level]) == "ABSENT"
    assert len(harness.sent("create", level)) == 1
    assert harness.follow(outcome).status == 5
    assert len(harness.sent("create", level)) == 1
    resumed = harness.resume("--resend-absent", settle=SHORT_SETTLE)
    assert resumed.status == 0, summary(resumed)
    harness.assert_created(enabled=True)
    first, second, *_ = harness.sent("create", level)
    assert first.body is None or first.body == second.body  # the same request_id, where there is one


@pytest.mark.parametrize(("fault", "commit"), few(diagonal(SOME_LOST, [False, True]), 1))
def test_a_server_that_keeps_connections_gains_no_second_send(harness: Harness, fault: str, commit: bool) -> None:
    parse = server._Handler.parse_request

    def kept(handler: server._Handler) -> bool:
        parsed = parse(handler)
        handler.close_connection = False
        return parsed

    harness.patch.setattr(server._Handler, "parse_request", kept)
    harness.tiktok.on("create", "ad", nth=2, fault=replace(LOST[fault], commit=commit))
    outcome = harness.submit(settle=SHORT_SETTLE)
    assert outcome.status == (0 if commit else 5), summary(outcome)
    assert [one.body["ad_name"] for one in harness.sent("create", "ad") if one.body].count("Scarf") == (
        commit or fault != "reset"
    )


@pytest.mark.parametrize(
    ("way", "times"), few(diagonal(spread(("refused", "dns", "tls"), ("refused",)), [1, 3, None]), 1)
)
def test_what_found_no_connection_is_sent_again(harness: Harness, way: tuple[str, Level], times: int | None) -> None:
    how, level = way
    origin = {"refused": closed_origin(), "dns": "http://nowhere.invalid", "tls": "https" + harness.tiktok.origin[4:]}[
        how
    ]
    resolve = socket.getaddrinfo

    def resolved(host: Any, *arguments: Any, **options: Any) -> Any:
        if str(host).endswith(".invalid"):
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return resolve(host, *arguments, **options)

    harness.patch.setattr(socket, "getaddrinfo", resolved)
    with pytest.MonkeyPatch.context() as harness.patch:
        harness.divert(level, origin, times)
        outcome = harness.submit()
    tried = ["ARMED", "NOT_SENT"] * (times or 4)
    assert outcome.status == (0 if times else 4), summary(outcome)
    assert harness.events(FIRST[level])[: len(tried)] == tried
    if times is None:
        assert (harness.state(FIRST[level]), harness.sent("create", level)) == ("NOT_SENT", [])
        assert harness.follow(outcome).status == 0
    harness.assert_created()
    assert len(harness.sent()) == 6


def test_a_server_that_is_not_there(harness: Harness) -> None:
    outcome = harness.submit(base_url=closed_origin())
    assert (outcome.status, harness.journals) == (4, []), summary(outcome)
    assert "nothing was sent, and no run is begun: submit anew" in outcome.err
    assert "NewConnectionError: Failed to establish a new connection: " in outcome.err
    assert harness.submit().status == 0
    harness.assert_created()


def test_a_redirect_of_the_first_look_says_that_nothing_was_sent(harness: Harness) -> None:
    harness.tiktok.on("get", "campaign", fault=redirects("/elsewhere"))
    outcome = harness.submit()
    assert (outcome.status, harness.journals) == (2, []), summary(outcome)
    way = (
        "redirects are never followed; see where that leads and who redirects it; nothing was sent, and no run is begun"
    )
    assert f"{way}: submit anew" in outcome.err


@pytest.mark.parametrize(
    ("code", "level"), sampled(zip(THROTTLED_CODES, ("adgroup", *LEVELS), strict=True), (40016, 40133))
)
def test_a_throttled_request_waits_and_is_sent_again(harness: Harness, code: int, level: Level) -> None:
    harness.tiktok.on("create", level, fault=answers(code, "slow down", commit=False))
    outcome = harness.submit()
    assert outcome.status == 0, summary(outcome)
    assert harness.events(FIRST[level]) == ["ARMED", "NOT_SENT", "ARMED", "CREATED", "VERIFIED"]
    first, second, *_ = harness.sent("create", level)
    assert second.time - first.time >= 0.05
    assert first.body == second.body
    harness.assert_created()


@pytest.mark.parametrize("level", sampled(LEVELS, ["adgroup"]))
def test_what_is_throttled_for_ever_stops_the_run(harness: Harness, level: Level) -> None:
    harness.tiktok.on("create", level, times=None, fault=answers(40100, "slow down", commit=False))
    outcome = harness.submit(throttle_wait="0.01")
    assert (outcome.status, harness.state(FIRST[level])) == (4, "NOT_SENT"), summary(outcome)
    harness.tiktok.heal()
    assert harness.follow(outcome).status == 0
    harness.assert_created()


@pytest.mark.parametrize("code", sampled(TOKEN_CODES, (40001, 40105)))
def test_another_token_goes_on_where_one_is_not_accepted(harness: Harness, code: int) -> None:
    harness.tiktok.on("create", "ad", nth=2, fault=answers(code, "no such token", commit=False))
    outcome = harness.submit("--enable")
    assert (outcome.status, harness.state("/adgroups/0/ads/1")) == (4, "NOT_SENT"), summary(outcome)
    harness.tiktok.token = harness.token = "another-0a1b2c3d4e5f"
    assert harness.follow(outcome).status == 0
    harness.assert_created(enabled=True)
    assert len(harness.sent()) == 7


def test_a_token_that_expires_midway(harness: Harness) -> None:
    expired = then(lambda: setattr(harness.tiktok, "token", "fresh-0a1b2c3d4e5f"))
    harness.tiktok.on("create", "ad", fault=expired)
    outcome = harness.submit()
    assert (outcome.status, harness.state("/adgroups/0/ads/1")) == (4, "NOT_SENT"), summary(outcome)
    assert harness.follow(outcome).status == 4
    harness.token = harness.tiktok.token
    assert harness.follow(outcome).status == 0
    harness.assert_created()


@pytest.mark.parametrize(
    ("status", "level"),
    sampled(
        [(301, "ad"), (302, "adgroup"), (303, "campaign"), (307, "campaign"), (307, "ad"), (308, "adgroup")],
        (301, 303, 308),
    ),
)
def test_a_redirect_is_not_followed(harness: Harness, level: Level, status: int) -> None:
    with TikTok(CANARY) as other:
        harness.tiktok.on("create", level, fault=redirects(f"{other.origin}/{CANARY}", status))
        outcome = harness.submit("--enable")
        assert (outcome.status, harness.state(FIRST[level])) == (2, "REJECTED"), summary(outcome)
        sent = len(harness.sent())
        again = harness.follow(outcome)
        assert (again.status, len(harness.sent())) == (5, sent), summary(again)
        assert harness.resume("--resend-absent", settle=SHORT_SETTLE).status == 0
        assert not other.requests
    harness.assert_created(enabled=True)
    first, second, *_ = harness.sent("create", level)
    assert first.body == second.body


@pytest.mark.parametrize("level", sampled(LEVELS, ["campaign"]))
def test_what_a_redirect_carried_out_is_found_again(harness: Harness, level: Level) -> None:
    harness.tiktok.request_id_window = 0.0
    harness.tiktok.on("create", level, fault=redirects("http://127.0.0.1:9/there", 302, commit=True))
    outcome = harness.submit(settle=SHORT_SETTLE)
    assert (outcome.status, harness.state(FIRST[level])) == (2, "REJECTED"), summary(outcome)
    assert "nobody knows whether it was created" in outcome.err
    assert harness.follow(outcome).status == 0
    harness.assert_created()


@pytest.mark.parametrize("level", sampled(LEVELS, ["ad"]))
def test_what_a_redirect_carried_out_and_no_list_shows_is_not_sent_again(harness: Harness, level: Level) -> None:
    harness.tiktok.request_id_window = 0.0
    fault = replace(redirects("http://127.0.0.1:9/there", 302, commit=True), visible_after=LONG)
    harness.tiktok.on("create", level, fault=fault)
    assert harness.submit(settle=SHORT_SETTLE).status == 2
    sent = len(harness.sent())
    assert harness.submit(settle=SHORT_SETTLE).status == 1
    assert harness.resume(settle=SHORT_SETTLE).status == 5
    assert len(harness.sent()) == sent
    harness.tiktok.objects[-1].visible_at = 0.0
    assert harness.resume(settle=SHORT_SETTLE).status == 0
    harness.assert_created()


@pytest.mark.parametrize(("level", "delete"), diagonal(LEVELS, [False, True]))
def test_a_rollback_finds_what_a_redirect_carried_out(harness: Harness, level: Level, delete: bool) -> None:
    fault = replace(redirects("http://127.0.0.1:9/there", 302, commit=True), visible_after=LONG)
    harness.tiktok.on("create", level, fault=fault)
    assert harness.submit(settle=SHORT_SETTLE).status == 2
    words = ["--delete"] * delete
    outcome = harness.rollback(*words, settle=SHORT_SETTLE)
    assert (outcome.status, harness.record.outcome) == (5, None), summary(outcome)
    harness.tiktok.objects[-1].visible_at = 0.0
    outcome = harness.rollback(*words, settle=SHORT_SETTLE)
    assert outcome.status == 0, summary(outcome)
    assert len(harness.made) == (0 if delete else len(harness.tiktok.objects))
    assert statuses(harness) == (set() if delete else {"DISABLE"})


@pytest.mark.parametrize(("level", "code"), few(diagonal(LEVELS, [40002, 40007]), 1))
def test_a_refusal_stops_the_run(harness: Harness, level: Level, code: int) -> None:
    harness.tiktok.on("create", level, fault=answers(code, "no", commit=False))
    outcome = harness.submit()
    assert (outcome.status, harness.state(FIRST[level])) == (4, "REJECTED"), summary(outcome)
    assert f"code {code}: no" in outcome.err
    assert f"next: splint resume {harness.record.run} --bundle FIXED --" in outcome.err
    assert harness.follow(outcome).status == 0
    harness.assert_created()
    first, second, *_ = harness.sent("create", level)
    assert level == "ad" or first.body["request_id"] != second.body["request_id"]


THIRD = "/adgroups/1/ads/0"
REFUSAL = "landing_page_url_list: Invalid"


def refused_third(harness: Harness) -> None:
    """Inject a refusal of the third ad whose message names the field."""
    harness.tiktok.on("create", "ad", nth=3, fault=answers(40002, REFUSAL, commit=False))
    outcome = harness.submit("--enable")
    assert (outcome.status, harness.state(THIRD)) == (4, "REJECTED"), summary(outcome)
    assert f"{THIRD}/landing_page_url_list" in outcome.err


@pytest.mark.parametrize(
    "edits",
    few(
        [
            {f"{THIRD}/landing_page_url_list/0/landing_page_url": "https://www.example.com/glove"},
            {f"{THIRD}/ad_name": "Mitten"},
            {"/adgroups/1/ads/-": {**BUNDLE["adgroups"][1]["ads"][0], "ad_name": "Mitten"}},
            {"/adgroups/0/_note": "not sent, so it may differ"},
        ],
        1,
    ),
)
def test_a_run_continues_with_a_corrected_bundle(harness: Harness, edits: Mapping[str, Any]) -> None:
    refused_third(harness)
    harness.allowed += "/adgroups/1/ads/-" in edits
    name = harness.write(edits, "fixed.json")
    outcome = harness.resume("--bundle", name)
    assert outcome.status == 0, summary(outcome)
    harness.assert_created(enabled=True)


UNFIT: tuple[Mapping[str, Any], ...] = (
    {"/campaign/budget": 400},
    {"/campaign/campaign_name": "Summer sale"},
    {"/campaign/advertiser_id": "7000000000000000002"},
    {"/adgroups/0/optimization_event": "INITIATE_ORDER"},
    {"/adgroups/0/ads/0/ad_text_list/0/ad_text": "Shop"},
    {"/adgroups/0/ads/1": GONE},
    {"/adgroups/0": GONE},
    {"/adgroups": BUNDLE["adgroups"][::-1]},
    {f"{THIRD}/ad_name": "{{name}}"},
    {f"{THIRD}/ad_name": ""},
    {f"{THIRD}/smart_plus_ad_id": "5"},
)
"""Invalid corrected bundles: they change created objects, or hold objects that cannot be sent."""


def test_a_corrected_bundle_that_does_not_fit_is_refused(harness: Harness) -> None:
    refused_third(harness)
    before = len(harness.tiktok.requests)
    for edits in UNFIT:
        outcome = harness.resume("--bundle", harness.write(edits, "fixed.json"))
        assert (outcome.status, len(harness.tiktok.requests)) == (1, before), (edits, summary(outcome))
    harness.write()
    assert harness.resume().status == 0
    harness.assert_created(enabled=True)


def test_what_a_corrected_bundle_leaves_out_is_no_part_of_the_run(harness: Harness) -> None:
    """And the ad group that it leaves without an ad is told."""
    refused_third(harness)
    outcome = harness.resume("--bundle", harness.write({THIRD: GONE}, "fixed.json"))
    assert outcome.status == 0, summary(outcome)
    assert f"note: {THIRD} is left out: the run goes on without it" in outcome.err
    assert "note: /adgroups/1 ('South') holds no ad" in outcome.err
    assert "/adgroups/0 " not in outcome.err
    assert not [line for line in outcome.out.splitlines() if line.startswith("REJECTED")]
    assert THIRD not in harness("runs", harness.record.run).out
    harness.assert_created(enabled=True)
    left_out = harness.record.resources[THIRD]  # which is looked for where a further bundle has it again
    assert (left_out.state, left_out.code, left_out.is_left_out) == ("REJECTED", 40002, True)


def test_what_is_left_out_may_have_been_created_in_spite_of_the_answer(harness: Harness) -> None:
    """It is looked for over the settle window before anything is enabled."""
    harness.tiktok.on("create", "ad", nth=3, fault=replace(answers(40002, REFUSAL, commit=True), visible_after=LONG))
    assert (harness.submit("--enable").status, harness.state(THIRD)) == (4, "REJECTED")
    harness.tiktok.on("get", "ad", nth=3, fault=revealing(harness))
    outcome = harness.resume("--bundle", harness.write({THIRD: GONE}, "fixed.json"), settle=SHORT_SETTLE)
    assert (outcome.status, harness.sent("status")) == (5, []), summary(outcome)
    assert "'Glove', and the journal has no such id: nothing more is sent" in outcome.err


def test_what_is_left_out_and_was_created_is_told_as_that(harness: Harness) -> None:
    """Before the first ad is sent: no ad is meant."""
    harness.tiktok.on("create", "adgroup", nth=2, fault=answers(40002, REFUSAL, commit=True))
    assert harness.submit().status == 4
    outcome = harness.resume("--bundle", harness.write({"/adgroups/1": GONE}, "fixed.json"), settle=SHORT_SETTLE)
    group = harness.made[-1]
    assert (outcome.status, harness.sent("create", "ad")) == (5, []), summary(outcome)
    told = f"adgroup {group.id} 'South' stands under campaign {group.parent}, and may be /adgroups/1, which the bundle"
    assert f"is not sent: {told} leaves out now; ask whose it is: delete it by hand" in outcome.err
    assert "in no journal" not in outcome.err


@pytest.mark.parametrize(
    ("level", "field", "value", "was"),
    few(
        [
            ("adgroup", "adgroup_name", "West", '"North"'),
            ("ad", "ad_name", "Cap", '"Hat"'),
            ("adgroup", "targeting_spec/location_ids", ["2635167"], '["6252001"]'),
        ],
        1,
    ),
)
def test_what_was_made_before_its_bundle_was_corrected_is_told_as_that(
    harness: Harness, level: Level, field: str, value: Any, was: str
) -> None:
    """Nobody sent what the corrected bundle has; the way on is named, and leads on."""
    harness.tiktok.on("create", level, fault=answers(40002, REFUSAL, commit=True))
    assert harness.submit("--enable").status == 4
    name = harness.write({f"{FIRST[level]}/{field}": value}, "fixed.json")
    outcome = harness.resume("--bundle", name, settle=SHORT_SETTLE)
    assert (outcome.status, harness.sent("status")) == (5, []), summary(outcome)
    option = f"--accept-drift {field.rpartition('/')[2]}"
    said = f"{FIRST[level]}: {field} is {was}, and the corrected bundle has {json.dumps(value)}, which was not sent"
    assert said in outcome.err
    assert f"{FIRST[level]} was made by an earlier request, before the bundle was corrected" in outcome.err
    assert "the next command takes it as it stands" in outcome.err
    assert f"next: splint resume {harness.record.run} {option} --enable --run-dir" in outcome.err
    assert harness.follow(outcome).status == 0
    assert [one.status for one in harness.made if one.level == "campaign"] == ["ENABLE"]


@pytest.mark.parametrize("shown", few([-1, "NaN", 0, None, 500], 1))
def test_a_limit_is_broken_by_what_is_no_amount_up_to_the_plans(harness: Harness, shown: Any) -> None:
    assert harness.submit("--max-daily", "700").status == 0
    rows = Fault(lists=lambda row: [{**row, **({"budget": shown} if "budget" in row else {})}])
    harness.tiktok.on("get", "campaign", times=None, fault=rows)
    outcome = harness.resume(harness.record.run, "--enable", "--accept-drift", "budget", settle=SHORT_SETTLE)
    assert outcome.status == (0 if shown in (500, None) else 5), summary(outcome)
    assert (not harness.sent("status")) == (outcome.status == 5)


@pytest.mark.parametrize(
    ("budget", "limit", "status"),
    [(100, "130USD", 5), (600, "800USD", 0)],
)
def test_no_accepted_budget_breaks_a_limit(harness: Harness, budget: int, limit: str, status: int) -> None:
    """A refused request made a campaign that may spend 625 a day; it is not advised to take that as it stands."""
    harness.tiktok.currency = "USD"
    harness.tiktok.on("create", "campaign", fault=answers(40002, REFUSAL, commit=True))
    assert harness.submit("--enable").status == 4
    name = harness.write({"/campaign/budget": budget}, "fixed.json")
    outcome = harness.resume("--bundle", name, "--max-daily", limit, settle=SHORT_SETTLE)
    assert (outcome.status, "--accept-drift" in outcome.err) == (5, False), summary(outcome)
    assert "before the bundle was corrected: the next command takes the run back" in outcome.err
    assert f"next: splint rollback {harness.record.run}" in outcome.err
    outcome = harness.resume("--accept-drift", "budget", settle=SHORT_SETTLE)
    assert outcome.status == status, summary(outcome)
    enabled = [one.status for one in harness.made if one.level == "campaign"]
    assert enabled == (["DISABLE"] if status else ["ENABLE"])
    if status:
        said = f"what stands may spend more than the plan, whose limit is {limit[:3]} USD a day: nothing more is sent"
        assert (said in outcome.err, "/campaign: budget is 500" in outcome.err) == (True, True), summary(outcome)


def test_nobody_is_told_to_accept_a_status(harness: Harness) -> None:
    harness.write({"/adgroups/0/operation_status": "ENABLE"})
    harness.tiktok.on("create", "adgroup", fault=answers(40002, REFUSAL, commit=True))
    assert harness.submit("--enable").status == 4
    name = harness.write({"/adgroups/0/operation_status": "DISABLE"}, "fixed.json")
    outcome = harness.resume("--bundle", name, settle=SHORT_SETTLE)
    assert (outcome.status, "--accept-drift" in outcome.err) == (5, False), summary(outcome)
    assert f"next: splint rollback {harness.record.run}" in outcome.err


def test_a_corrected_bundle_keeps_the_campaign_in_its_place(harness: Harness) -> None:
    harness.tiktok.on("create", "campaign", fault=answers(40002, "no", commit=False))
    assert harness.submit().status == 4
    Path("fixed.json").write_text(json.dumps([json.loads(Path(harness.write()).read_text())]))
    outcome = harness.resume("--bundle", "fixed.json")
    assert (outcome.status, len(harness.sent("create"))) == (1, 1), summary(outcome)
    assert "the campaign stands at /0/campaign in the corrected bundle, and the run has it at /campaign" in outcome.err


@pytest.mark.parametrize(
    ("edits", "said"),
    few(
        [
            (
                {"/campaign/budget": 500.0},
                "/campaign: budget is 500.0, and 500 was sent, which is the same: write it as",
            ),
            ({"/campaign/budget": 900}, "/campaign: budget is 900, and 500 was sent\n"),
            (
                {"/adgroups": [*reversed(BUNDLE["adgroups"])]},
                "sent as /adgroups/0 stands at /adgroups/1 in it: the order",
            ),
            ({"/adgroups/0/ads/0/ad_name": "Cap"}, '/adgroups/0/ads/0: ad_name is "Cap", and "Hat" was sent\n'),
        ],
        1,
    ),
)
def test_what_a_corrected_bundle_changes_of_what_was_created_is_named(
    harness: Harness, edits: dict[str, Any], said: str
) -> None:
    refused_third(harness)
    outcome = harness.resume("--bundle", harness.write(edits, "fixed.json"))
    assert (outcome.status, said in outcome.err) == (1, True), summary(outcome)
    assert "only what is not created may differ in a corrected bundle" in outcome.err


def test_a_corrected_bundle_keeps_what_may_yet_turn_up(harness: Harness) -> None:
    """Under its name; what nobody has looked for yet stays as it is."""
    harness.tiktok.on("create", "ad", nth=3, fault=Fault(ending="close", visible_after=3600))
    assert (harness.submit(settle=SHORT_SETTLE).status, harness.state(THIRD)) == (5, "ABSENT")
    run = harness.record.run
    why = "it was sent as 'Glove' and may yet turn up"
    said = f"{why}: keep it under that name, or take the run back with splint rollback {run}"
    for edits, what in (({THIRD: GONE}, "is not in it"), ({f"{THIRD}/ad_name": "Mitten"}, "differs")):
        outcome = harness.resume("--bundle", harness.write(edits, "fixed.json"))
        assert (outcome.status, f"{THIRD} {what} in the corrected bundle, and {said}" in outcome.err) == (1, True)
    [path] = harness.journals
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))  # killed before it was ABSENT
    outcome = harness.resume("--bundle", "fixed.json")
    said = f"nobody knows whether it was created: splint resume {run}, without --bundle, looks for it first"
    assert (outcome.status, said in outcome.err) == (1, True), summary(outcome)


def test_a_corrected_bundle_may_not_rename_what_may_yet_turn_up(harness: Harness) -> None:
    harness.tiktok.on("create", "ad", nth=3, fault=Fault(ending="close", visible_after=LONG))
    assert (harness.submit(settle=SHORT_SETTLE).status, harness.state(THIRD)) == (5, "ABSENT")
    harness.tiktok.objects[-1].visible_at = 0.0
    outcome = harness.resume("--resend-absent", "--bundle", harness.write({f"{THIRD}/ad_name": "Mitten"}, "fixed.json"))
    assert outcome.status in (1, 5), summary(outcome)
    assert [one.name for one in harness.made if one.level == "ad"] == ["Hat", "Scarf", "Glove"]


# -- looking for what may stand ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("level", sampled(LEVELS, ["adgroup"]))
def test_what_is_listed_within_the_settle_window_is_found(harness: Harness, level: Level) -> None:
    harness.tiktok.on("create", level, fault=Fault(delay=30, visible_after=0.35))
    outcome = harness.submit(timeout="0.2", settle=0.4)
    assert outcome.status == 0, summary(outcome)
    harness.assert_created()


@pytest.mark.parametrize("level", sampled(LEVELS, ["ad"]))
def test_what_is_listed_later_is_registered_by_a_resume(harness: Harness, level: Level) -> None:
    harness.tiktok.on("create", level, fault=Fault(ending="close", visible_after=LONG))
    outcome = harness.submit(settle=SHORT_SETTLE)
    assert (outcome.status, harness.state(FIRST[level])) == (5, "ABSENT"), summary(outcome)
    harness.tiktok.objects[-1].visible_at = 0.0
    assert harness.resume("--resend-absent").status == 0
    harness.assert_created()
    assert len(harness.sent()) == 6


def test_what_was_answered_and_is_listed_late_is_waited_for(harness: Harness) -> None:
    harness.tiktok.on("create", "ad", nth=3, fault=Fault(visible_after=0.15))
    assert harness.submit("--enable", settle=0.3).status == 0
    harness.assert_created(enabled=True)


def test_what_was_answered_and_is_not_listed_is_not_enabled(harness: Harness) -> None:
    harness.tiktok.on("create", "ad", nth=3, fault=Fault(visible_after=LONG))
    outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    assert (outcome.status, harness.sent("status")) == (4, []), summary(outcome)
    harness.tiktok.objects[-1].visible_at = 0.0
    assert harness.resume().status == 0
    harness.assert_created(enabled=True)


def rows(**fields: Any) -> Fault:
    """Rows show other values."""
    return Fault(lists=lambda row: [{**row, **fields}])


def renamed(rename: Callable[[str], str]) -> Fault:
    """Rows show other names."""

    def near(row: Row) -> list[Row]:
        return [{key: rename(row[key]) if key.endswith("_name") else row[key] for key in row}]

    return Fault(lists=near)


NEAR: dict[str, Callable[[str], str]] = {
    "case": str.upper,
    "a suffix": "{} (2)".format,
    "a blank": "{} ".format,
    "a part": lambda name: name[:-1],
    "a letter of another script": lambda name: name.replace("a", "\u0430").replace("o", "\u043e"),
}


@pytest.mark.parametrize(("near", "level"), sampled(spread(NEAR), ("case", "a blank", "a letter of another script")))
def test_a_name_that_is_nearly_right_is_no_match(harness: Harness, near: str, level: Level) -> None:
    harness.tiktok.on("create", level, fault=Fault(ending="close"))
    harness.tiktok.on("get", level, times=None, nth=2 if level == "campaign" else 1, fault=renamed(NEAR[near]))
    outcome = harness.submit(settle=SHORT_SETTLE)
    assert (outcome.status, harness.state(FIRST[level])) == (5, "ABSENT"), summary(outcome)
    harness.tiktok.heal()
    assert harness.follow(outcome).status == 0
    harness.assert_created()


TWINS: dict[str, tuple[Fault, int | None, int]] = {
    "in capitals": (twins(str.upper), 1, 0),
    "in capitals, on another page": (twins(str.upper, page_size=1), 2, 0),
    "longer, on another page": (twins("{}!".format, page_size=1), 2, 0),
    "the same": (twins(), None, 5),
    "the same, on another page": (twins(page_size=1), None, 5),
}
"""What a row beside the right one is called, how many pages are read to know, and the exit status."""


@pytest.mark.parametrize(("level", "twin"), few(diagonal(LEVELS, TWINS), 1))
def test_of_several_rows_the_one_of_the_name_counts(harness: Harness, level: Level, twin: str) -> None:
    fault, pages, status = TWINS[twin]
    harness.tiktok.on("create", level, fault=Fault(ending="close"))
    harness.tiktok.on("get", level, nth=2 if level == "campaign" else 1, times=pages, fault=fault)
    outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    assert outcome.status == status, summary(outcome)
    if status:
        assert (harness.state(FIRST[level]), harness.sent("status")) == ("UNKNOWN", [])
        harness.tiktok.heal()
        assert harness.follow(outcome).status == 0
    harness.assert_created(enabled=True)


@pytest.mark.parametrize("level", sampled(LEVELS, ["campaign"]))
def test_a_name_that_speaks_of_tokens_is_found_again(harness: Harness, level: Level) -> None:
    harness.write({f"{FIRST[level]}/{level}_name": "access_token=free for all"})
    harness.tiktok.on("create", level, fault=Fault(ending="close"))
    outcome = harness.submit(settle=SHORT_SETTLE)
    assert outcome.status == 0, summary(outcome)
    harness.assert_created()


@pytest.mark.parametrize(("level", "commit"), diagonal(LEVELS, [False, True]))
def test_a_filter_that_is_ignored_registers_nobody_elses(harness: Harness, level: Level, commit: bool) -> None:
    stranger = harness.add("campaign", advertiser_id="7000000000000000002")
    for advertiser in (ADVERTISER, "7000000000000000002"):
        campaign = stranger if advertiser != ADVERTISER else harness.add("campaign", campaign_name="Autumn sale")
        group = harness.add("adgroup", advertiser_id=advertiser, adgroup_name="North", campaign_id=campaign)
        harness.add("ad", advertiser_id=advertiser, ad_name="Hat", adgroup_id=group)
    harness.tiktok.on("get", times=None, fault=Fault(unfiltered=True))
    harness.tiktok.on("create", level, fault=Fault(commit=commit, ending="close"))
    outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    assert outcome.status == (0 if commit else 5), summary(outcome)
    if not commit:
        assert harness.state(FIRST[level]) == "ABSENT"
        assert harness.resume("--resend-absent", settle=SHORT_SETTLE).status == 0
    harness.assert_created(enabled=True)


def test_a_filter_that_is_ignored_registers_no_other_advertisers_namesake(harness: Harness) -> None:
    harness.add("campaign", advertiser_id="7000000000000000002", campaign_name="Spring sale")
    harness.tiktok.on("get", nth=2, times=None, fault=Fault(unfiltered=True))
    harness.tiktok.on("create", "campaign", fault=Fault(commit=False, ending="close"))
    outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    assert (outcome.status, harness.state("/campaign")) == (5, "ABSENT"), summary(outcome)
    assert not harness.sent("status")


# -- reading that fails -----------------------------------------------------------------------------------------------

FAILING: dict[str, Fault] = {
    "closed": Fault(ending="close"),
    "reset": Fault(commit=False, ending="reset"),
    "cut": cut(commit=True),
    "cut, and more is announced": cut(commit=True, announces="more"),
    "HTML with 502": html(commit=False),
    "too long": huge(commit=True),
    "code 50000": answers(50000, commit=False),
    "code 40100": answers(40100, commit=False),
    "no list": answers(0, data={"page_info": {"total_page": 1}}, commit=False),
    "a list that is none": answers(0, data={"list": {}}, commit=False),
}
READS: dict[str, tuple[Level, int, int]] = {
    "before the first send": ("campaign", 1, 0),
    "the campaign before its children": ("campaign", 2, 1),
    "the campaign before the ads": ("campaign", 3, 3),
    "the campaign before the second ad group's ads": ("campaign", 4, 5),
    "the campaign at the end": ("campaign", 5, 6),
    "the ad groups before their ads": ("adgroup", 1, 3),
    "the ad groups at the end": ("adgroup", 2, 6),
    "the ads at the end": ("ad", 1, 6),
    "the namesakes at the end": ("campaign", 6, 6),
    "the campaign when it is enabled": ("campaign", 7, 6),
}
"""The reads of a run: the level, the number of its GET, and the number of objects created before."""


@pytest.mark.parametrize("fault", sampled(FAILING, ("reset", "HTML with 502", "code 40100", "no list")))
def test_a_get_that_fails_is_tried_again(harness: Harness, fault: str) -> None:
    level, nth, _ = list(READS.values())[list(FAILING).index(fault) % len(READS)]
    harness.tiktok.on("get", level, nth, fault=FAILING[fault])
    outcome = harness.submit("--enable")
    assert outcome.status == 0, summary(outcome)
    harness.assert_created(enabled=True)


@pytest.mark.parametrize(
    ("read", "fault"),
    sampled(
        zip(
            READS,
            ("HTML with 502", "reset", "cut", "no list", "closed", "cut", "code 40100", "closed", "cut", "no list"),
            strict=True,
        ),
        (
            "before the first send",
            "the campaign before its children",
            "the ad groups at the end",
            "the campaign when it is enabled",
        ),
    ),
)
def test_gets_that_fail_for_ever_stop_the_run(harness: Harness, read: str, fault: str) -> None:
    level, nth, stands = READS[read]
    harness.tiktok.on("get", level, nth, times=None, fault=FAILING[fault])
    outcome = harness.submit("--enable", throttle_wait="0.01")
    stopped = 5 if read == "the campaign when it is enabled" else 4
    assert (outcome.status, len(harness.made)) == (stopped, stands), summary(outcome)
    harness.tiktok.heal()
    again = harness.follow(outcome) if harness.journals else harness.submit("--enable")
    assert again.status == 0, summary(again)
    harness.assert_created(enabled=True)


@pytest.mark.parametrize("fact", [[], ["--fact", "currency=USD"]])
@pytest.mark.parametrize("fault", few(["reset", "HTML with 502", "code 40100"], 1))
def test_the_currency_is_read_like_all_else(harness: Harness, fault: str, fact: list[str]) -> None:
    """A fact stands in for an account that does not tell, not for one that does not answer just now."""
    harness.tiktok.currency = "KWD"
    harness.tiktok.on("account", fault=FAILING[fault])
    words = ["--max-daily", "700USD", *fact]
    outcome = harness.submit(*words, throttle_wait="0.01")
    assert (outcome.status, harness.made) == (1, []), summary(outcome)
    assert "the account spends KWD" in outcome.err
    harness.tiktok.currency = "USD"
    harness.tiktok.on("account", times=None, fault=FAILING[fault])
    outcome = harness.submit(*words, throttle_wait="0.01")
    assert (outcome.status, harness.made) == (4, []), summary(outcome)
    assert "reading back from /open_api/v1.3/advertiser/info/" in outcome.err
    harness.tiktok.heal()
    harness.tiktok.on("create", "ad", fault=answers(40105, commit=False))
    assert harness.submit(*words).status == 4
    harness.tiktok.on("account", times=None, fault=FAILING[fault])
    outcome = harness.resume(*words, throttle_wait="0.01")
    assert (outcome.status, len(harness.made)) == (4, 3), summary(outcome)
    harness.tiktok.heal()
    assert harness.follow(outcome).status == 0
    harness.assert_created()


@pytest.mark.parametrize(
    ("fault", "status"),
    few([(answers(40001, commit=False), 0), (answers(0, commit=False), 0), (answers(40105, commit=False), 4)], 1),
)
def test_a_fact_stands_in_for_an_account_that_does_not_tell(harness: Harness, fault: Fault, status: int) -> None:
    """Without a permission, or without a currency; a token that is not accepted stops the run."""
    harness.tiktok.on("account", times=None, fault=fault)
    outcome = harness.submit("--max-daily", "700USD", "--fact", "currency=USD")
    assert (outcome.status, len(harness.sent("create"))) == (status, 0 if status else 6), summary(outcome)
    assert len(harness.sent("account")) == 1


@pytest.mark.parametrize("code", few([40105, 40002], 1))
def test_a_get_that_is_refused_stops_the_run(harness: Harness, code: int) -> None:
    harness.tiktok.on("get", "adgroup", times=None, fault=answers(code, commit=False))
    outcome = harness.submit("--enable")
    assert outcome.status == 4, summary(outcome)
    harness.tiktok.heal()
    assert harness.follow(outcome).status == 0
    harness.assert_created(enabled=True)


@pytest.mark.parametrize("level", sampled(LEVELS, ["campaign"]))
def test_what_may_exist_is_not_sent_again_while_gets_fail(harness: Harness, level: Level) -> None:
    harness.tiktok.on("create", level, fault=Fault(ending="close"))
    harness.tiktok.on("get", level, 2 if level == "campaign" else 1, times=None, fault=html(commit=False))
    outcome = harness.submit()
    assert (outcome.status, harness.state(FIRST[level])) == (4, "UNKNOWN"), summary(outcome)
    assert harness.follow(outcome).status == 4
    harness.tiktok.heal()
    assert harness.follow(outcome).status == 0
    harness.assert_created()
    assert len(harness.sent()) == 6


def test_a_get_that_is_redirected_is_not_followed(harness: Harness) -> None:
    with TikTok(CANARY) as other:
        harness.tiktok.on("get", "adgroup", fault=redirects(other.origin))
        assert harness.submit("--enable").status in (2, 4)
        assert not other.requests
    assert not harness.sent("status")
    assert harness.resume().status == 0
    harness.assert_created(enabled=True)


# -- sending again ----------------------------------------------------------------------------------------------------


LONG = 3600.0


def revealing(harness: Harness, fault: Fault = Fault()) -> Fault:  # noqa: B008 - immutable
    """All created objects become listed while a request is answered."""

    def reveal() -> None:
        for one in harness.tiktok.objects:
            one.visible_at = 0.0

    return then(reveal, fault)


@pytest.mark.parametrize("level", sampled(LEVELS, ["adgroup"]))
def test_a_refused_second_send_is_looked_for(harness: Harness, level: Level) -> None:
    harness.tiktok.on("create", level, fault=Fault(ending="close", visible_after=LONG))
    assert harness.submit(settle=SHORT_SETTLE).status == 5
    harness.tiktok.on("create", level, fault=revealing(harness, answers(40002, "duplicate request", commit=False)))
    outcome = harness.resume("--resend-absent", settle=SHORT_SETTLE)
    assert outcome.status == 0, summary(outcome)
    harness.assert_created()
    first, second, *_ = harness.sent("create", level)
    assert first.body == second.body


def test_the_server_keeps_a_second_send_from_creating_twice(harness: Harness) -> None:
    harness.tiktok.on("create", "adgroup", fault=Fault(ending="close", visible_after=LONG))
    assert harness.submit(settle=SHORT_SETTLE).status == 5
    harness.tiktok.on("create", "adgroup", fault=revealing(harness))
    outcome = harness.resume("--resend-absent", settle=SHORT_SETTLE)
    assert outcome.status == 0, summary(outcome)
    assert [one.code for one in harness.sent("create", "adgroup")] == [None, 40002, 0]
    harness.assert_created()


@pytest.mark.parametrize("level", sampled(LEVELS, ["campaign"]))
def test_what_turns_up_twice_after_a_second_send_needs_a_person(harness: Harness, level: Level) -> None:
    harness.tiktok.request_id_window = 0.0
    harness.tiktok.on("create", level, fault=Fault(ending="close", visible_after=LONG))
    assert harness.submit("--enable", settle=SHORT_SETTLE).status == 5
    harness.allowed += 1
    harness.tiktok.on("create", level, fault=revealing(harness))
    outcome = harness.resume("--resend-absent", settle=SHORT_SETTLE)
    assert (outcome.status, harness.sent("status")) == (5, []), summary(outcome)
    [twin] = {one.id for one in harness.made} - {resource.id for resource in harness.record.resources.values()}
    assert twin in outcome.err


NOT_AGAIN: dict[str, tuple[Fault, int]] = {
    "throttled": (answers(40100, commit=False), 4),
    "unauthorized": (answers(40105, commit=False), 4),
    "refused": (answers(40002, commit=False), 5),
    "redirected": (redirects("http://127.0.0.1:9/there"), 2),
    "reset": (Fault(commit=False, ending="reset"), 5),
}
"""How a second send fails, and the exit status."""


def test_a_second_send_that_is_refused_may_be_corrected(harness: Harness) -> None:
    harness.tiktok.on("create", "ad", fault=Fault(commit=False, ending="close"))
    assert harness.submit(settle=SHORT_SETTLE).status == 5
    harness.tiktok.on("create", "ad", fault=answers(40002, "the text is refused", commit=False))
    outcome = harness.resume("--resend-absent", settle=SHORT_SETTLE)
    assert outcome.status == 5
    assert "(code 40002: the text is refused)" in outcome.err
    assert "--resend-absent to send it again, and with --bundle FIXED too" in outcome.err
    fixed = harness.write({"/adgroups/0/ads/0/ad_text_list/0/ad_text": "Warm"}, "fixed.json")
    resumed = harness.resume("--resend-absent", "--bundle", fixed, settle=SHORT_SETTLE)
    assert resumed.status == 0, summary(resumed)
    assert [one.body["ad_text_list"] for one in harness.sent("create", "ad")][2] == [{"ad_text": "Warm"}]


@pytest.mark.parametrize(("level", "how"), few(diagonal(LEVELS, NOT_AGAIN), 1))
def test_a_second_send_that_fails_does_not_forget_the_first(harness: Harness, level: Level, how: str) -> None:
    fault, status = NOT_AGAIN[how]
    harness.tiktok.request_id_window = 0.0
    harness.tiktok.on("create", level, fault=Fault(ending="close", visible_after=3600))
    assert harness.submit("--enable", settle=SHORT_SETTLE).status == 5
    harness.tiktok.on("create", level, times=4, fault=fault)
    outcome = harness.resume("--resend-absent", settle=SHORT_SETTLE, throttle_wait="0.001")
    assert outcome.status == status, summary(outcome)
    harness.tiktok.heal()
    harness.tiktok.objects[-1].visible_at = 0.0
    resumed = harness.resume(settle=SHORT_SETTLE)
    assert resumed.status == 0, summary(resumed)
    harness.assert_created(enabled=True)


# -- what stands otherwise than it was sent ---------------------------------------------------------------------------


DIFFERING: list[tuple[Level, Row, int]] = [
    ("campaign", {"operation_status": "ENABLE"}, 5),
    ("campaign", {"budget": "500.01"}, 5),
    ("adgroup", {"bid_type": "BID_TYPE_CUSTOM"}, 5),
    ("adgroup", {"targeting_spec": {"location_ids": ["6252002"]}}, 5),
    ("campaign", {"budget": "500.00"}, 0),
    ("ad", {"creative_list": []}, 5),
    ("ad", {"unheard_of": 1}, 0),
    ("campaign", {"budget_mode": None, "budget": None, "operation_status": None}, 0),
]
MORE_DIFFERING: list[tuple[Level, Row, int]] = [
    ("campaign", {"budget": 5000}, 5),
    ("campaign", {"budget_mode": "BUDGET_MODE_TOTAL"}, 5),
    ("adgroup", {"operation_status": "DISABLE"}, 5),
    ("ad", {"operation_status": "DISABLE"}, 5),
    ("campaign", {"budget": 500.0}, 0),
    ("campaign", {"objective_type": "APP_PROMOTION"}, 5),
    ("adgroup", {"optimization_goal": "CLICK"}, 5),
    ("adgroup", {"schedule_type": "SCHEDULE_START_END"}, 5),
]


@pytest.mark.parametrize(("level", "fields", "status"), [*few(DIFFERING, 1), *sampled(MORE_DIFFERING, ())])
def test_an_object_that_differs_from_what_was_sent(harness: Harness, level: Level, fields: Row, status: int) -> None:
    looks = None if status else 4  # what is told only is not hidden from the look at what was enabled
    harness.tiktok.on("get", level, times=looks, fault=rows(**fields))
    outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    assert outcome.status == status, summary(outcome)
    named = {"operation_status", "budget", "budget_mode", "bid_type", "objective_type"} & set(fields)
    told = bool(status) or (None not in fields.values() and "budget" not in fields and "unheard_of" not in fields)
    assert (f"{FIRST[level]}: {next(iter(fields))}" in outcome.err or "location_ids" in outcome.err) == told, named
    if status:
        assert not harness.sent("status")
        harness.tiktok.heal()
        assert harness.resume().status == 0
    harness.assert_created(enabled=True)


BID = {"bid_type": "BID_TYPE_CUSTOM", "conversion_bid_price": 15}


def test_a_bid_that_differs_from_what_was_sent_is_found(harness: Harness) -> None:
    harness.write({f"/adgroups/{n}/{key}": value for n in (0, 1) for key, value in BID.items()})
    harness.tiktok.on("get", "adgroup", times=None, fault=rows(conversion_bid_price=150))
    outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    assert (outcome.status, harness.sent("status")) == (5, []), summary(outcome)
    assert "conversion_bid_price" in outcome.err


@pytest.mark.parametrize(("when", "level"), diagonal(["while it is sent", "after it was paused"], ["adgroup", "ad"]))
def test_a_stranger_under_the_campaign_needs_a_person(harness: Harness, when: str, level: Level) -> None:
    def settle_in() -> None:
        parents = {one.level: one.id for one in reversed(harness.made)}
        above = {"campaign_id": parents["campaign"]} if level == "adgroup" else {"adgroup_id": parents["adgroup"]}
        harness.add(level, **above)

    if when == "while it is sent":
        harness.tiktok.on("create", "ad", nth=2, fault=then(settle_in))
        outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    else:
        assert harness.submit().status == 0
        settle_in()
        outcome = harness.resume(harness.record.run, "--enable", settle=SHORT_SETTLE)
    assert (outcome.status, harness.sent("status")) == (5, []), summary(outcome)
    [stranger] = [one for one in harness.tiktok.alive() if one not in harness.made]
    assert stranger.id in outcome.err
    stranger.status = "DELETE"
    assert harness.resume(harness.record.run, "--enable").status == 0
    harness.assert_created(enabled=True)


@pytest.mark.parametrize("level", few(LEVELS[:2], 1))
def test_what_was_sent_under_another_name_is_not_said_to_be_of_others(harness: Harness, level: Level) -> None:
    """It was refused and created; the corrected bundle renames it, and lists show it only after the run."""
    harness.tiktok.on("create", level, fault=replace(answers(40002, REFUSAL, commit=True), visible_after=LONG))
    assert harness.submit(settle=SHORT_SETTLE).status == 4
    harness.allowed += 1
    fixed = harness.write({f"{FIRST[level]}/{level}_name": "Another"}, "fixed.json")
    assert harness.resume("--bundle", fixed, settle=SHORT_SETTLE).status == 0
    first = next(one for one in harness.tiktok.objects if one.level == level)
    first.visible_at = 0.0
    outcome = harness.resume(harness.record.run, "--enable", settle=SHORT_SETTLE)
    assert (outcome.status, first.id in outcome.err, harness.sent("status")) == (5, True, []), summary(outcome)
    outcome = harness.rollback("--delete", settle=SHORT_SETTLE)
    assert (outcome.status, first.id in outcome.err) == (5, True), summary(outcome)
    assert "not made by this run" not in outcome.err


def test_a_renamed_campaign_is_not_submitted_again_under_its_first_name(harness: Harness) -> None:
    harness.tiktok.on("create", "campaign", fault=answers(40002, REFUSAL, commit=False))
    assert harness.submit(settle=SHORT_SETTLE).status == 4
    fixed = harness.write({"/campaign/campaign_name": "Summer"}, "fixed.json")
    assert harness.resume("--bundle", fixed, settle=SHORT_SETTLE).status == 0
    sent = len(harness.sent())
    outcome = harness.submit(settle=SHORT_SETTLE)
    assert (outcome.status, len(harness.sent())) == (1, sent), summary(outcome)
    assert (
        f"run {harness.record.run} sent the name 'Spring sale', and by the answers nothing was created" in outcome.err
    )
    assert harness.rollback("--delete", settle=SHORT_SETTLE).status == 0
    assert harness.submit(settle=SHORT_SETTLE).status == 0


@pytest.mark.parametrize("code", [40002, 40105])
def test_a_campaign_that_was_never_made_is_submitted_again_once_it_is_rolled_back(harness: Harness, code: int) -> None:
    harness.tiktok.on("create", "campaign", fault=answers(code, REFUSAL, commit=False))
    assert harness.submit(settle=SHORT_SETTLE).status == 4
    assert harness.rollback(settle=SHORT_SETTLE).status == 0
    outcome = harness.submit(settle=SHORT_SETTLE)
    assert (outcome.status, len(harness.made)) == (0, 6), summary(outcome)


def hand_deleted(harness: Harness) -> Outcome:
    """What a person deleted in the account is in no list."""
    assert harness.submit().status == 0
    for one in harness.tiktok.objects:
        one.status = "DELETE"
    return harness.rollback("--delete", settle=SHORT_SETTLE)


def never_found(harness: Harness) -> Outcome:
    """Nobody knows whether the campaign was created."""
    harness.tiktok.on("create", "campaign", fault=Fault(commit=False, ending="close"))
    assert harness.submit(settle=SHORT_SETTLE).status == 5
    return harness.rollback("--delete", settle=SHORT_SETTLE)


def never_listed(harness: Harness) -> Outcome:
    """The campaign was created and no list shows it; a person deletes it."""
    harness.tiktok.on("create", "campaign", fault=Fault(visible_after=3600.0))
    for outcome in (harness.submit(settle=SHORT_SETTLE), harness.resume(settle=SHORT_SETTLE)):
        assert (outcome.status, BY_HAND in outcome.err) == (4, True), summary(outcome)
    outcome = harness.rollback("--delete", settle=SHORT_SETTLE)
    harness.tiktok.objects[0].status = "DELETE"
    return outcome


def ad_deleted(harness: Harness) -> Outcome:
    """A person deleted an ad, which no list shows, and then the campaign."""
    assert harness.submit().status == 0
    harness.made[-1].status = "DELETE"
    outcome = harness.rollback("--delete", settle=SHORT_SETTLE)
    for one in harness.tiktok.objects:
        one.status = "DELETE"
    return outcome


@pytest.mark.parametrize("way", few([hand_deleted, never_found, never_listed, ad_deleted], 1))
def test_a_rollback_that_no_row_ends_names_what_does(harness: Harness, way: Callable[[Harness], Outcome]) -> None:
    """A person looks, and submits the campaign again with a reason."""
    outcome = way(harness)
    assert (outcome.status, BY_HAND in outcome.err) == (5, True), summary(outcome)
    run, harness.allowed = harness.record.run, 12
    refused = harness.submit(settle=SHORT_SETTLE)
    assert refused.status == 1
    assert (
        f"the rollback of run {run} of this campaign is unfinished: nothing was sent anew; finish that" in refused.err
    )
    assert f"next: splint rollback {run} --delete" in refused.err
    assert harness.follow(refused).status == 5
    assert harness.submit("--again", "nothing of it stands", settle=SHORT_SETTLE).status == 0
    assert len(harness.made) == 6


@pytest.mark.parametrize("level", few(LEVELS, 1))
def test_the_next_command_after_a_second_search_in_vain_is_not_the_first_one(harness: Harness, level: Level) -> None:
    """A resume that found nothing is followed by a rollback, and one of those by the list of the run."""
    harness.tiktok.on("create", level, fault=Fault(commit=False, ending="close"))
    outcome = harness.submit(settle=SHORT_SETTLE)
    commands = list[str]()
    for _ in range(4):
        assert outcome.status == 5, summary(outcome)
        commands.append(outcome.err.partition("next: splint ")[2].split()[0])
        outcome = harness.follow(outcome) if commands[-1] != "runs" else outcome
    assert commands == ["resume", "rollback", "rollback", "runs"]


def test_what_was_deleted_before_any_row_showed_it_is_told_with_what_ends_the_run(harness: Harness) -> None:
    """Lists hide what is deleted: no command finds it, and the bundle is submitted again with a reason."""

    def deleted(whole: Answer) -> Answer:
        for one in harness.tiktok.objects:
            one.status = "DELETE"
        return whole

    harness.tiktok.on("create", "ad", nth=3, fault=Fault(answer=deleted))
    outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    for _ in range(2):
        assert (outcome.status, "cannot be read back yet" in outcome.err) == (4, True), summary(outcome)
        assert BY_HAND in outcome.err
        outcome = harness.follow(outcome)
    assert harness.submit("--enable", "--again", "deleted by hand").status == 0


def test_what_rows_showed_before_and_no_row_shows_now_may_have_been_deleted(harness: Harness) -> None:
    """The lists hide what is deleted: the way out is named, and nobody is told that it is disabled."""
    assert harness.submit().status == 0
    for one in harness.tiktok.objects:
        one.status = "DELETE"
    run, deleted = (
        harness.record.run,
        "rows showed them before: where it stays so, they may have been deleted by hand: splint rollback ",
    )
    outcome = harness.resume(run, "--enable", settle=SHORT_SETTLE)
    assert (outcome.status, f"{deleted}{run}" in outcome.err) == (4, True), summary(outcome)
    own = harness.record.resource("/campaign").id
    harness.tiktok.on("status", fault=answers(0, commit=False))
    outcome = harness.rollback("--delete", settle=SHORT_SETTLE)
    assert (
        f"DISABLE of campaign {own} is answered with OK, and no row shows it: it may have been deleted" in outcome.err
    )
    assert (outcome.status, f"campaign {own} is disabled" in outcome.err) == (5, False), summary(outcome)


def test_a_new_name_that_begins_with_a_taken_one_is_sent(harness: Harness) -> None:
    """No request of the run arrived: what bears the start of the new name is not the run's."""
    harness.divert("campaign", closed_origin(), times=4)
    assert harness.submit("--enable", settle=SHORT_SETTLE).status == 4
    harness.add("campaign", campaign_name="Spring sale")
    outcome = harness.resume("--enable", settle=SHORT_SETTLE)
    assert (outcome.status, "give this one another name with --bundle" in outcome.err) == (5, True), summary(outcome)
    harness.write({"/campaign/campaign_name": "Spring sale 2"})
    outcome = harness.follow(outcome)
    assert (outcome.status, len(harness.made)) == (0, 6), summary(outcome)


def test_a_request_that_arrived_and_a_similar_name_take_another_name(harness: Harness) -> None:
    """The refused request may have been carried out; the next command takes a bundle with a name that is no other's."""
    harness.tiktok.on("create", "campaign", fault=answers(40105, commit=False))
    assert harness.submit("--enable", settle=SHORT_SETTLE).status == 4
    harness.add("campaign", campaign_name="SPRING sale")
    outcome = harness.resume("--enable", settle=SHORT_SETTLE)
    assert (outcome.status, "and may be it: campaign" in outcome.err) == (5, True), summary(outcome)
    assert f"next: splint resume {harness.record.run} --bundle FIXED --enable" in outcome.err
    harness.write({"/campaign/campaign_name": "Summer"})
    assert harness.follow(outcome).status == 0


def test_a_stranger_is_named_with_what_to_do(harness: Harness) -> None:
    """By its kind, id and name."""
    assert harness.submit().status == 0
    run, (campaign, group, *_) = harness.record.run, harness.made
    ids = {"campaign_id": campaign.id, "adgroup_id": group.id}
    strangers = {level: harness.add(level, **ids) for level in ("adgroup", "ad")}
    listed = ", ".join(f'{level} {strangers[level]} "Another\'s"' for level in ("ad", "adgroup"))
    outcome = harness.resume(run, "--enable", settle=SHORT_SETTLE)
    assert (
        outcome.status,
        f"campaign {campaign.id} also holds {listed}, and the journal has no such id: nothing" in outcome.err,
    ) == (5, True)
    way = "ask whose it is before you touch it; delete them, then resume, or take the run back with"
    assert f"{way} splint rollback {run} (run " in outcome.err
    outcome = harness.rollback("--delete", settle=SHORT_SETTLE)
    assert (outcome.status, f"also holds {listed}, and the journal has no such id: neither" in outcome.err) == (5, True)
    assert "ask whose it is before you touch it, and once it is gone, roll back again" in outcome.err


def test_a_campaign_of_the_same_name_is_named_with_what_to_do(harness: Harness) -> None:
    assert harness.submit().status == 0
    run, own = harness.record.run, harness.made[0].id
    other = harness.add("campaign", campaign_name="Spring sale")
    outcome = harness.resume(run, "--enable", settle=SHORT_SETTLE)
    said = f"the name of campaign {own}, 'Spring sale', is also that of {other}"
    assert (outcome.status, said in outcome.err) == (5, True), summary(outcome)
    assert f"delete or rename {other}, then resume, or take the run back with splint rollback {run}" in outcome.err


@pytest.mark.parametrize("elsewhere", [False, True])
def test_a_bundle_is_not_submitted_twice(harness: Harness, elsewhere: bool) -> None:
    assert harness.submit().status == 0
    sent = len(harness.sent())
    outcome = harness.submit(run_dir=str(harness.directory / "elsewhere" if elsewhere else harness.runs))
    assert (outcome.status, len(harness.sent())) == (1, sent), summary(outcome)
    harness.assert_created()


@pytest.mark.parametrize("level", sampled(LEVELS, ["campaign"]))
def test_a_bundle_that_stopped_on_the_way_is_not_submitted_anew(harness: Harness, level: Level) -> None:
    harness.tiktok.on("create", level, fault=Fault(ending="close", visible_after=3600))
    assert harness.submit(settle=SHORT_SETTLE).status == 5
    sent = len(harness.sent())
    outcome = harness.submit(settle=SHORT_SETTLE)
    assert (outcome.status, len(harness.sent()), len(harness.journals)) == (1, sent, 1), summary(outcome)
    assert "go on with it, or say with --again REASON why the campaign is wanted once more" in outcome.err
    for thing in harness.tiktok.objects:
        thing.visible_at = 0.0
    followed = harness.follow(outcome)
    assert followed.status == 0, summary(followed)
    harness.assert_created()


def test_a_corrected_name_counts_for_what_is_not_submitted_anew(harness: Harness) -> None:
    harness.tiktok.on("create", "campaign", fault=answers(40002, "campaign_name: no", commit=False))
    assert harness.submit().status == 4
    name = harness.write({"/campaign/campaign_name": "Summer sale"}, "fixed.json")
    harness.tiktok.on("create", "campaign", fault=Fault(ending="close", visible_after=LONG))
    assert harness.resume("--bundle", name, settle=SHORT_SETTLE).status == 5
    outcome = harness.submit(file=name, settle=SHORT_SETTLE)
    assert (outcome.status, len(harness.made)) == (1, 1), summary(outcome)


# -- the journal ------------------------------------------------------------------------------------------------------


class Disk:
    """A disk that is full from the nth line of an event on."""

    def __init__(self, event: str, nth: int, how: str) -> None:
        self._mark = f'"event":"{event}"'.encode()
        self._nth = nth
        self._how = how
        self._met = count(1)
        self._is_full = False
        self.write, self.sync = os.write, os.fsync

    def fill(self, patch: pytest.MonkeyPatch) -> None:
        """Patch the functions of `os` that write."""
        patch.setattr(os, "write", self._written)
        patch.setattr(os, "fsync", self._synced)

    def _written(self, descriptor: int, data: bytes) -> int:
        if self._mark in data and next(self._met) == self._nth:
            self._is_full = True
            if self._how == "torn":
                self.write(descriptor, data[: len(data) // 2])
            elif self._how == "short":
                return self.write(descriptor, data[: len(data) // 2])
        if self._is_full and self._how != "sync":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return self.write(descriptor, data)

    def _synced(self, descriptor: int) -> None:
        if self._is_full:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        self.sync(descriptor)


HOWS = ("fails", "torn", "short", "sync")


@pytest.mark.parametrize(("how", "nth"), few(diagonal(HOWS, [1, 3, 6]), 1))
def test_nothing_is_sent_that_is_not_in_the_journal(harness: Harness, how: str, nth: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        Disk("ARMED", nth, how).fill(patch)
        outcome = harness.submit(settle=SHORT_SETTLE)
    assert (outcome.status, len(harness.sent()), len(harness.made)) == (4, nth - 1, nth - 1), summary(outcome)
    assert "was sent" not in outcome.err
    resumed = harness.follow(outcome)
    assert resumed.status == 0, summary(resumed)
    harness.assert_created()


def test_an_enable_that_is_not_on_disk_was_not_sent(harness: Harness) -> None:
    with pytest.MonkeyPatch.context() as patch:
        Disk("ARMED", 7, "sync").fill(patch)
        outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    assert (outcome.status, harness.sent("status")) == (4, []), summary(outcome)
    assert harness.follow(outcome).status == 0
    harness.assert_created(enabled=True)


def test_a_line_that_cannot_be_cut_off_again_is_said_to_tell_of_what_was_not_sent(harness: Harness) -> None:
    with pytest.MonkeyPatch.context() as patch:
        Disk("ARMED", 1, "sync").fill(patch)
        patch.setattr(os, "ftruncate", lambda *_: os.fsync(0))
        outcome = harness.submit(settle=SHORT_SETTLE)
    assert (outcome.status, harness.sent()) == (4, []), summary(outcome)
    said = "its last line stays, and says that a request was sent: it was not, and --resend-absent sends it"
    assert said in outcome.err
    assert harness.follow(outcome).status == 5
    assert harness.resume("--resend-absent", settle=SHORT_SETTLE).status == 0
    harness.assert_created()


@pytest.mark.parametrize(("how", "nth"), few(diagonal(HOWS, [1, 2, 6]), 1))
def test_an_id_that_cannot_be_journalled_is_reported(harness: Harness, how: str, nth: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        Disk("CREATED", nth, how).fill(patch)
        outcome = harness.submit(settle=SHORT_SETTLE)
    assert (outcome.status, len(harness.sent())) == (4, nth), summary(outcome)
    assert harness.tiktok.objects[-1].id in outcome.err
    assert harness.follow(outcome).status == 0
    harness.assert_created()
    assert len(harness.sent()) == 6


@pytest.mark.parametrize(
    "event",
    sampled(["NOT_SENT", "UNKNOWN", "REJECTED", "VERIFIED", "FINISHED", "DONE"], ("UNKNOWN", "REJECTED", "DONE")),
)
def test_a_disk_that_is_full_at_any_other_time(harness: Harness, event: str) -> None:
    faults = {"NOT_SENT": answers(40105, commit=False), "REJECTED": answers(40002, commit=False)}
    harness.tiktok.on(
        "create", "ad", fault=faults.get(event, Fault(ending="close" if event == "UNKNOWN" else "answer"))
    )
    with pytest.MonkeyPatch.context() as patch:
        Disk(event, 1, "torn").fill(patch)
        outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    assert outcome.status == (5 if event == "DONE" else 4), summary(outcome)
    resumed = harness.follow(outcome)
    if event in faults:
        assert resumed.status == 5
        resumed = harness.resume("--resend-absent", settle=SHORT_SETTLE)
    assert resumed.status == 0, summary(resumed)
    harness.assert_created(enabled=True)


@pytest.mark.parametrize("what", few(["START", "the bundle", "the journal"], 1))
def test_a_run_that_cannot_begin_sends_nothing(harness: Harness, what: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        if what == "START":
            Disk(what, 1, "fails").fill(patch)
        else:
            failing = "keep" if what == "the bundle" else "Journal.create"

            def full(*_: Any) -> None:
                from splint.submit.errors import StoppedError

                raise StoppedError("no space left")

            patch.setattr(f"splint.submit.submitter.{failing}", full)
        outcome = harness.submit()
    assert (outcome.status, harness.sent()) == (4, []), summary(outcome)
    assert harness.submit().status == 0
    assert len(harness.made) == 6


def test_a_journal_that_was_emptied_does_not_say_that_nothing_was_sent(harness: Harness) -> None:
    """A bundle lies beside it: only without one is it known that the run was never begun."""
    assert harness.submit().status == 0
    [path], run = harness.journals, harness.record.run
    path.write_bytes(b"")
    before = len(harness.tiktok.requests)
    for words in (["runs", run], ["resume"], ["resume", run], ["rollback", run], ["rollback", run, "--now"]):
        outcome = harness(*words, *["--yes"] * (words[0] != "runs"))
        assert outcome.status == (0 if words[0] == "runs" else 2), summary(outcome)
        assert f"run {run}: its journal is empty, and {run}.bundle.json lies beside it: nobody knows" in outcome.err
        assert "look for campaign 'Spring sale' in the account" in outcome.err
        assert "nothing was sent" not in outcome.err
    assert f"{run}  in doubt" in harness("runs").out
    path.with_name(f"{run}.bundle.json").write_text("[]")
    assert "look for its campaign in the account" in harness.resume(run).err
    path.with_name(f"{run}.bundle.json").unlink()
    outcome = harness.resume(run)
    assert (outcome.status, f"run {run} was never begun: nothing was sent" in outcome.err) == (2, True)
    assert f"{run}  not begun" in harness.raw("runs", "--run-dir", str(harness.runs)).out
    assert len(harness.tiktok.requests) == before


@pytest.mark.parametrize(
    "bundle", few(["kept", "nested", "corrected", "unreadable", "of another name", "of another advertiser"], 1)
)
def test_an_emptied_journal_refuses_a_second_submission_of_its_bundle(harness: Harness, bundle: str) -> None:
    """The list of campaigns does not show the first one: nothing but the files tells of it."""
    assert harness.submit().status == 0
    [path], run = harness.journals, harness.record.run
    path.write_bytes(b"")
    kept, campaign = path.with_name(f"{run}.bundle.json"), BUNDLE["campaign"]
    other = {**BUNDLE, "campaign": {**campaign, "campaign_name": "Summer sale"}}
    if bundle == "nested":
        kept.write_text(json.dumps({"bundles": [BUNDLE]}))
    elif bundle == "unreadable":
        kept.write_text("{")
    elif bundle == "of another advertiser":
        kept.write_text(json.dumps({"campaign": {**campaign, "advertiser_id": "7000000000000000009"}}))
    elif bundle != "kept":
        kept.write_text(json.dumps(other))
    if bundle == "corrected":
        path.with_name(f"{run}.bundle-9.json").write_text(json.dumps(BUNDLE))
    harness.tiktok.on("get", "campaign", times=None, fault=Fault(lists=lambda _: []))
    harness.allowed = 12
    if "another" in bundle:
        harness.tiktok.heal()
        harness.made[0].status = "DELETE"
        assert harness.submit(settle=SHORT_SETTLE).status == 0
        return
    outcome = harness.submit(settle=SHORT_SETTLE)
    assert (outcome.status, len(harness.made), len(harness.journals)) == (1, 6, 1), summary(outcome)
    for said in (f"run {run}: its journal is empty", "move both files elsewhere", "or say with --again REASON"):
        assert said in outcome.err
    assert "it counts for every host, as the kept bundle names none" in outcome.err
    assert "which sends it where no campaign of its name stands" in outcome.err
    harness.tiktok.heal()
    assert harness.submit("--again", "once more").status == 1  # it stands
    harness.made[0].status = "DELETE"
    assert harness.submit("--again", "the first one is deleted").status == 0


def test_a_resume_beside_an_emptied_journal_does_not_name_an_option_that_it_lacks(harness: Harness) -> None:
    """The run that is resumed has only START."""
    assert harness.submit().status == 0
    [path], run = harness.journals, harness.record.run
    for name in (path.name, f"{run}.bundle.json"):
        path.with_name(name.replace(run, "20260101T000000Z-0")).write_bytes(path.with_name(name).read_bytes())
    path.write_bytes(path.read_bytes().splitlines(keepends=True)[0])
    path.with_name("20260101T000000Z-0.jsonl").write_bytes(b"")
    harness.made[0].status, harness.allowed = "DELETE", 12
    outcome = harness.resume(run)
    assert (outcome.status, "say with --again" in outcome.err) == (1, False), summary(outcome)
    assert f"or roll run {run} back, of which nothing stands, and submit its bundle with --again REASON" in outcome.err
    assert harness("rollback", run, "--yes").status == 0
    assert harness.submit("--again", "the first one is deleted").status == 0


def test_what_an_emptied_journal_leaves_is_moved_elsewhere_before_a_second_submission(harness: Harness) -> None:
    assert harness.submit().status == 0
    [path], run = harness.journals, harness.record.run
    path.write_bytes(b"")
    harness.made[0].status = "DELETE"
    assert harness.submit().status == 1
    for each in harness.runs.glob(f"{run}.*"):
        each.rename(harness.directory / each.name)
    harness.allowed = 12
    assert harness.submit().status == 0


@pytest.mark.parametrize("event", ["START", "ROLLBACK"])
def test_an_interrupt_before_the_first_line_removes_the_files_of_a_new_run_alone(harness: Harness, event: str) -> None:
    """Not those of a run whose `rollback --now` is interrupted before the first line of its own journal."""
    if event == "ROLLBACK":
        assert harness.submit().status == 0
    before = sorted(each.name for each in harness.runs.glob("*.json*"))
    append = Journal.append

    def appended(journal: Journal, name: str, **fields: Any) -> Event:
        if name == event:
            raise KeyboardInterrupt
        return append(journal, name, **fields)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Journal, "append", appended)
        outcome = harness.submit() if event == "START" else harness.rollback("--now")
    assert (outcome.status, harness.sent("status")) == (4, []), summary(outcome)
    left = sorted(each.name for each in harness.runs.glob("*.json*"))
    assert [name for name in left if ".now-" not in name] == before


def stopped(harness: Harness) -> Path:
    """A run whose last ad was sent, and whose journal ends with that: the answer did not get onto the disk."""
    with pytest.MonkeyPatch.context() as patch:
        Disk("CREATED", 6, "fails").fill(patch)
        assert harness.submit(settle=SHORT_SETTLE).status == 4
    [path] = harness.journals
    return path


def test_a_flipped_byte_is_refused_wherever_it_is(harness: Harness) -> None:
    path = stopped(harness)
    data = path.read_bytes()
    ends = [index for index, byte in enumerate(data) if byte == 10]
    passed = []
    for index in sorted({*range(0, len(data), 7), *ends, *(end - 1 for end in ends)}):
        path.write_bytes(data[:index] + bytes([data[index] ^ 1]) + data[index + 1 :])
        try:
            Journal.peek(path)
        except MisuseError:
            continue
        passed.append(index)
    assert not passed, len(data)


@pytest.mark.parametrize("place", sampled([0, 0.3, 0.6, -2, -1], (0.3, -1)))
def test_a_damaged_journal_sends_nothing(harness: Harness, place: float) -> None:
    path = stopped(harness)
    data = bytearray(path.read_bytes())
    data[int(place * len(data)) if place >= 0 else int(place)] ^= 1
    path.write_bytes(data)
    before = len(harness.tiktok.requests)
    for words in (("resume", path.stem), ("resume",), ("rollback", path.stem)):
        outcome = harness(*words, "--yes", settle=SHORT_SETTLE)
        assert (outcome.status, len(harness.tiktok.requests)) == (2, before), summary(outcome)
    assert harness("runs").status == 2
    assert harness("runs", path.stem).status == 2


@pytest.mark.parametrize("now", [False, True])
@pytest.mark.parametrize(
    ("mark", "said"),
    few(
        [
            ('"event":"VERIFIED"', "campaign {} 'Spring sale' may still be enabled: disable it by hand"),
            ('"event":"START"', "campaign {} of the run may still be enabled: disable it by hand"),
            (
                '"event":"CREATED"',
                "no line names an id, and the campaign 'Spring sale' may still be enabled: look for it",
            ),
        ],
        1,
    ),
)
def test_a_rollback_of_a_damaged_journal_names_the_campaign(harness: Harness, mark: str, said: str, now: bool) -> None:
    """As far as intact lines have it: it may run, and no command disables it."""
    assert harness.submit(*["--enable"] * ("CREATED" not in mark)).status == 0
    [path], campaign = harness.journals, harness.made[0]
    path.write_text(path.read_text().replace(mark, mark.replace("event", "Event"), 1))
    before = len(harness.tiktok.requests)
    outcome = harness("rollback", path.stem, "--yes", *["--now"] * now)
    assert (outcome.status, len(harness.tiktok.requests)) == (2, before), summary(outcome)
    assert f"; nothing was sent now: {said.format(campaign.id)}" in outcome.err
    assert ("next:" in outcome.err, "or copy" in outcome.err) == (False, False)


@pytest.mark.parametrize("is_cut", [False, True])
@pytest.mark.parametrize("now", [False, True])
def test_the_lines_of_its_enable_name_a_campaign_whose_own_is_damaged(
    harness: Harness, now: bool, is_cut: bool
) -> None:
    assert harness.submit("--enable").status == 0
    [path], own = harness.journals, harness.made[0].id
    text = path.read_text().replace('"event":"CREATED"', '"Event":"CREATED"', 1)
    path.write_text("".join(text.splitlines(keepends=True)[: -1 if is_cut else None]))
    outcome = harness("rollback", path.stem, "--yes", *["--now"] * now)
    assert f"; nothing was sent now: campaign {own} 'Spring sale' may still be enabled: disable it by" in outcome.err
    told = f"campaign {own} was enabled and may run; disable it by hand"
    assert [told in ended.err for ended in (outcome, harness("runs"))] == [is_cut, is_cut]


@pytest.mark.parametrize(("what", "status"), few([("journal", 5), ("directory", 2), ("now", 5)], 1))
def test_a_rollback_that_may_not_write_names_the_campaign(harness: Harness, what: str, status: int) -> None:
    """The next command is not the rollback that would end there again."""
    assert harness.submit("--enable").status == 0
    [path], campaign, opened = harness.journals, harness.made[0], os.open

    def refused(name: Any, flags: int, *more: Any, **named: Any) -> int:
        is_meant = path.name in str(name) if what == "journal" else str(harness.runs) in str(name)
        if is_meant and flags & (os.O_WRONLY | os.O_RDWR):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS))
        return opened(name, flags, *more, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "open", refused)
        outcome = harness("rollback", path.stem, "--yes", *["--now"] * (what == "now"))
    assert (outcome.status, harness.sent("status")[1:]) == (status, []), summary(outcome)
    assert f"; nothing was sent now: campaign {campaign.id} 'Spring sale' may still be enabled: disable" in outcome.err
    assert f", or copy {harness.runs} to where it can be read and written" in outcome.err
    assert outcome.err.count("next: ") == outcome.err.count(f"next: splint runs {path.stem} ") == (status == 5)
    assert outcome.err.count("nothing was sent") == 1


@pytest.mark.parametrize("words", [(), ("--now",)])
@pytest.mark.parametrize("event", few(["ARMED", "UNKNOWN", "DONE"], 1))
def test_a_rollback_that_can_write_no_more_names_the_campaign(
    harness: Harness, event: str, words: tuple[str, ...]
) -> None:
    """Unless it is known to be disabled; the first line of the rollback was written."""
    assert harness.submit("--enable").status == 0
    campaign, run = harness.made[0], harness.record.run
    harness.tiktok.on("status", times=None, fault=html(commit=False) if event == "UNKNOWN" else Fault())
    with pytest.MonkeyPatch.context() as patch:
        Disk(event, 1, "fails").fill(patch)
        outcome = harness("rollback", run, "--yes", *words)
    is_on = event != "DONE"
    assert (outcome.status, campaign.status == "ENABLE") == (5 if is_on else 4, is_on), summary(outcome)
    assert (f"splint: campaign {campaign.id} was enabled and may run: " in outcome.err) == is_on
    assert (f": campaign {campaign.id} 'Spring sale' may still be enabled: disable" in outcome.err) == (event != "DONE")
    assert ("nothing was sent now" in outcome.err) == (event == "ARMED")
    assert ("DISABLE of /campaign" in outcome.err) == (event == "DONE")
    harness.tiktok.heal()
    assert harness.follow(outcome).status == 0
    assert campaign.status == "DISABLE"


@pytest.mark.parametrize("words", [(), ("--now",)])
def test_a_damaged_journal_of_a_rollback_now_is_all_that_is_moved(harness: Harness, words: tuple[str, ...]) -> None:
    assert harness.submit("--enable").status == 0
    run = harness.record.run
    beside = harness.runs / f"{run}.now-1.jsonl"
    beside.write_text("damaged\n")
    outcome = harness("rollback", run, "--yes", *words)
    assert (outcome.status, harness.made[0].status) == (2, "ENABLE"), summary(outcome)
    assert f"moving this file elsewhere is enough, then splint rollback {run}; nothing was sent now" in outcome.err
    beside.rename(harness.directory / beside.name)
    assert harness("rollback", run, "--yes", *words).status == 0
    assert harness.made[0].status == "DISABLE"


def test_a_damaged_journal_hides_no_other_run(harness: Harness) -> None:
    """It is named, and keeps all from being sent anew: what it held may be the same campaign."""
    path = stopped(harness)
    damaged = path.with_name("20200101T000000Z-deadbeef.jsonl")
    damaged.write_text("damaged\n")
    said = f"{damaged}:1: this line of the journal is damaged"
    outcome = harness("runs")
    assert (outcome.status, said in outcome.err, outcome.out.split()[0]) == (2, True, path.stem), summary(outcome)
    outcome = harness("runs", output_format="json")
    assert (outcome.status, said in outcome.report["damaged"][0]) == (2, True), summary(outcome)
    assert [one["run"] for one in outcome.report["runs"]] == [path.stem]
    assert (harness("runs", path.stem).status, harness.submit().status) == (0, 2)
    damaged.unlink()
    assert "damaged" not in harness("runs", output_format="json").report


def test_a_copy_of_a_journal_is_no_run(harness: Harness) -> None:
    """It is named with what to do about it, and only the original goes on."""
    path, run = stopped(harness), harness.record.run
    copy = path.with_name("backup.jsonl")
    copy.write_bytes(path.read_bytes())
    said = f"backup.jsonl is a copy of the journal of run {run}, and no run of its own: name that run, and move the"
    listed = harness("runs")
    assert (said in listed.err, "backup  copy " in listed.out, f"{run}  in doubt" in listed.out) == (True, True, True)
    assert [one["state"] for one in harness("runs", output_format="json").report["runs"]] == ["in doubt", "copy"]
    before = len(harness.tiktok.requests)
    for words in (["resume", "backup"], ["rollback", "backup"], ["rollback", "backup", "--now"]):
        outcome = harness(*words, "--yes")
        assert (outcome.status, said in outcome.err) == (2, True), summary(outcome)
    assert (len(harness.tiktok.requests), len(harness.journals)) == (before, 2)
    outcome = harness.resume()
    assert (outcome.status, f"(run {run})" in outcome.out) == (0, True), summary(outcome)
    outcome = harness.resume("--enable")
    assert f"run {run} is paused" in outcome.err
    refused = harness.submit()
    assert (refused.status, f"run {run} made this campaign already" in refused.err) == (1, True), summary(refused)
    assert harness("rollback", run, "--delete", "--yes").status == 0
    assert harness.resume().status == 2
    harness.tiktok.request_id_window = 0.0
    assert harness.submit().status == 0


@pytest.mark.parametrize("original", few([None, "damaged", "older"], 1))
def test_a_copy_of_a_journal_is_rolled_back_where_the_original_knows_less(
    harness: Harness, original: str | None
) -> None:
    assert harness.submit("--enable").status == 0
    [path] = harness.journals
    data = path.read_bytes()
    path.with_name("backup.jsonl").write_bytes(data)
    if original is None:
        path.unlink()
    else:
        path.write_bytes(b"damaged\n" if original == "damaged" else data.splitlines(keepends=True)[0])
    way = f"rename it to {path.name}" if original is None else f"{path.name} is damaged, or lacks lines of it: keep one"
    assert way in harness("runs").err
    assert harness.submit().status == (2 if original == "damaged" else 1)
    outcome = harness("rollback", "backup", "--yes")
    assert (outcome.status, harness.made[0].status) == (0, "DISABLE"), summary(outcome)


@pytest.mark.parametrize("original", ["damaged", "older", "rolled back by --now"])
def test_a_copy_of_a_journal_is_not_resumed_where_another_file_may_tell_more(harness: Harness, original: str) -> None:
    """The original may be rolled back since: the campaign that a rollback disabled was enabled again."""
    assert harness.submit().status == 0
    [path] = harness.journals
    run, data = path.stem, path.read_bytes()
    path.with_name("backup.jsonl").write_bytes(data)
    assert harness("rollback", run, *["--now"] * ("--now" in original), "--yes").status == 0
    if original == "damaged":
        path.write_bytes(b"damaged" + path.read_bytes())
    elif original == "older":
        path.write_bytes(data.splitlines(keepends=True)[0])
    else:
        path.unlink()
    said = f"backup.jsonl is a copy of the journal of run {run}"
    for words in ([], ["--enable"]):
        outcome = harness("resume", "backup", *words, "--yes")
        assert (outcome.status, f"{said}{', and' * ('--now' not in original)}" in outcome.err) == (2, True)
        way = f"rename it to {path.name}, then roll that run back, as {run}.now-1.jsonl began to: nothing was sent"
        assert (way in outcome.err) == ("--now" in original), summary(outcome)
        assert harness.made[0].status == "DISABLE"
    assert harness("rollback", "backup", "--yes").status == 0


def test_a_resume_names_a_journal_that_was_renamed(harness: Harness) -> None:
    """It is the only one, and is resumed by its own name too."""
    path = stopped(harness)
    path.rename(path.with_name("mine.jsonl"))
    outcome = harness("resume", "--yes")
    said = f"no run is unfinished; mine.jsonl is a copy of the journal of run {path.stem}: rename it to {path.name}"
    assert (outcome.status, said in outcome.err) == (2, True), summary(outcome)
    assert harness("resume", "mine", "--yes").status == 0


def test_lines_that_are_missing_or_moved_are_damage(harness: Harness) -> None:
    path = stopped(harness)
    lines = path.read_bytes().splitlines(keepends=True)
    for spoilt in (lines[1:], lines[:2] + lines[3:], [*lines, lines[-1]], [lines[1], lines[0], *lines[2:]]):
        path.write_bytes(b"".join(spoilt))
        assert harness.resume(settle=SHORT_SETTLE).status == 2


@pytest.mark.parametrize("line", sampled(range(1, 16), (2, 3, 15)))
def test_a_torn_last_line_is_dropped(harness: Harness, line: int) -> None:
    assert harness.submit().status == 0
    [path] = harness.journals
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:line]) + lines[line][: len(lines[line]) // 2])
    armed = sum(b'"event":"ARMED"' in one for one in lines[:line])
    del harness.tiktok.objects[armed:]  # what was armed was sent
    harness.tiktok.request_id_window = 0.0
    outcome = harness.resume()
    assert outcome.status == 0, summary(outcome)
    harness.assert_created()


def test_a_corrected_object_is_looked_for_with_the_refusal_of_what_was_sent_in_its_place(harness: Harness) -> None:
    ad = FIRST["ad"]
    name = part(ad, harness.value)["ad_name"]
    harness.tiktok.on("create", "ad", fault=answers(40002, "no", commit=False))
    assert harness.submit().status == 4
    harness.write({f"{ad}/ad_name": "Another"})
    outcome = harness.resume("--bundle", "bundle.json", settle=SHORT_SETTLE)
    assert outcome.status == 0, summary(outcome)
    said = f"looking for ad 'Another': before the bundle was corrected, {ad} was sent as {name!r}: code 40002: no"
    assert said in outcome.err
    harness.assert_created()


@pytest.mark.parametrize("missing", [False, True])
def test_a_kept_bundle_that_was_edited_is_refused(harness: Harness, missing: bool) -> None:
    harness.tiktok.on("create", "ad", fault=answers(40105, commit=False))
    assert harness.submit().status == 4
    [kept] = harness.runs.glob("*.bundle.json")
    text = kept.read_text()
    kept.write_text(text.replace("Glove", "Mitten"))
    if missing:
        kept.unlink()
    before = len(harness.tiktok.requests)
    outcome = harness("resume", "--yes")
    assert (outcome.status, len(harness.tiktok.requests)) == (2, before), summary(outcome)
    assert f"the kept bundle {'cannot be read: No such' if missing else 'is not the one that was sent'}" in outcome.err
    assert "put back what was sent, or let the run go on with that by resume --bundle ORIGINAL" in outcome.err
    assert f"next: splint resume {harness.record.run} --bundle ORIGINAL " in outcome.err
    assert harness.resume("--bundle", "bundle.json").status == 0
    harness.assert_created()


@pytest.mark.parametrize("delete", few([True, False], 1))
def test_a_rollback_needs_no_kept_bundle(harness: Harness, delete: bool) -> None:
    assert harness.submit("--enable").status == 0
    [kept] = harness.runs.glob("*.bundle.json")
    kept.unlink()
    outcome = harness.rollback(*(["--delete"] if delete else []))
    assert outcome.status == 0, summary(outcome)
    assert statuses(harness) == (set() if delete else {"DISABLE"})


@pytest.mark.parametrize("listed", [False, True])
def test_a_campaign_that_a_person_deleted(harness: Harness, listed: bool) -> None:
    """It counts as deleted where a row shows it; that no row does proves nothing."""
    harness.tiktok.on("create", "ad", fault=answers(40105, commit=False))
    assert harness.submit().status == 4
    for one in harness.tiktok.objects:
        one.status = "DELETE"
    harness.tiktok.lists_deleted = listed
    outcome = harness.rollback("--delete", settle=SHORT_SETTLE)
    assert (outcome.status, "UNKNOWN" in outcome.err) == ((0, False) if listed else (5, True)), summary(outcome)
    assert harness.record.state == ("deleted" if listed else "rollback unfinished")


@pytest.mark.parametrize(("level", "complete"), diagonal(LEVELS, [False, True]))
def test_what_a_person_deleted_is_not_waited_for(harness: Harness, level: Level, complete: bool) -> None:
    """Each look shows it as deleted; a single one, or none, proves nothing."""
    if not complete:
        harness.tiktok.on("create", "ad", nth=2, fault=answers(40105, commit=False))
    assert harness.submit().status == (0 if complete else 4)
    path, run = FIRST[level], harness.record.run
    own, before = harness.record.resource(path).id, len(harness.sent())
    for one in harness.tiktok.objects:
        one.status = "DELETE" if level == "campaign" or one.id == own else one.status
    if level != "ad" or complete:
        outcome = harness.resume(run, "--enable", settle=SHORT_SETTLE)
        assert (outcome.status, "cannot be read back" in outcome.err) == (4, True), summary(outcome)
    harness.tiktok.lists_deleted = True
    outcome = harness.resume(run, "--enable", settle=SHORT_SETTLE)
    assert outcome.status == 5, summary(outcome)
    assert f"splint: {path} ({own}) was deleted, and not by this run: nothing more is sent; " in outcome.err
    assert "or submit it with --again REASON" in outcome.err
    command = f"splint rollback {run}{'' if level == 'campaign' else ' --delete'}"
    assert f"take the run back with {command}, and" in outcome.err
    assert f"next: {command} --run-dir" in outcome.err
    assert (len(harness.sent()) > before) == (level == "ad" and not complete)
    refused = harness.submit()
    assert (refused.status, f"{own} is deleted" in refused.err) == (1, level == "campaign"), summary(refused)
    outcome = harness.follow(outcome)
    assert outcome.status == 0, summary(outcome)
    assert (f"campaign {own} is deleted, and not by this command" in outcome.err) == (level == "campaign")
    assert harness.record.outcome == "deleted"
    if level == "campaign":
        harness.tiktok.request_id_window = 0.0
        assert harness.submit().status == 0


def test_nothing_is_added_to_a_campaign_that_runs(harness: Harness) -> None:
    harness.tiktok.on("create", "ad", fault=answers(40105, commit=False))
    assert harness.submit().status == 4
    harness.tiktok.on("get", "campaign", fault=rows(operation_status="ENABLE"))
    before = len(harness.sent())
    outcome = harness.resume()
    assert (outcome.status, len(harness.sent())) == (5, before), summary(outcome)
    assert "next: splint rollback" in outcome.err


@pytest.mark.parametrize(
    ("option", "value", "said"),
    few(
        [
            ("--proxy", "socks5://x", "is no URL of a proxy"),
            ("--proxy", "", "'' is no URL of a proxy"),
            ("--timeout", "inf", "0<x<=86400"),
            ("--timeout", "1e10", "0<x<=86400"),
            ("--timeout", "1e300", "0<x<=86400"),
            ("--timeout", "0", "0<x<=86400"),
            ("--rate", "nan", "is no number of"),
            ("--rate", "inf", "is no number of"),
            ("--rate", "1e-300", "x>=0.001"),
            ("--throttle-wait", "1e300", "0<=x<=86400"),
            ("--settle", "1e300", "0<=x<=86400"),
            ("--run-dir", "", "--run-dir is empty"),
        ],
        1,
    ),
)
def test_options_that_make_no_sense_are_usage_errors(harness: Harness, option: str, value: str, said: str) -> None:
    outcome = harness("submit", "bundle.json", "--yes", option, value)
    assert (outcome.status, harness.tiktok.requests) == (2, []), summary(outcome)
    assert said in outcome.err
    assert not list(harness.directory.glob("*.jsonl"))


@pytest.mark.parametrize("words", few(["runs", "resume --yes", "rollback --yes", "explain --run"], 1))
def test_a_run_that_there_is_not(harness: Harness, words: str) -> None:
    """The message names the directory and the option that names another."""
    for name, shown in (("R", "'R'"), ("R" * 5000, f"'{'R' * 60}...'")):
        outcome = harness.raw(*words.split(), name, "--run-dir", str(harness.runs))
        assert outcome.status == 2, summary(outcome)
        assert f"{harness.runs}: there is no run {shown}: " in outcome.err
        assert "--run-dir names another" in outcome.err


def test_an_empty_run_dir_is_refused_by_all_commands(harness: Harness) -> None:
    for words in (["runs"], ["resume"], ["rollback", "R"], ["explain", "--run", "R"]):
        outcome = harness.raw(*words, "--run-dir", "")
        assert (outcome.status, "--run-dir is empty" in outcome.err) == (2, True), summary(outcome)


def test_a_journal_sends_the_token_to_no_other_host(harness: Harness) -> None:
    harness.tiktok.on("create", "ad", fault=answers(40105, commit=False))
    assert harness.submit().status == 4
    [path] = harness.journals
    first, *rest = path.read_text().splitlines()
    text = first.rpartition(',"check":')[0].replace("127.0.0.1", "0.0.0.0")  # which reaches the server, too
    check = hashlib.sha256(text.encode()).hexdigest()[:16]
    path.write_text("\n".join([f'{text},"check":"{check}"}}', *rest, ""]))
    before = len(harness.tiktok.requests)
    outcome = harness.raw("resume", "--yes", "--run-dir", str(harness.runs), "--settle", "0", "--rate", "99")
    assert (outcome.status, len(harness.tiktok.requests)) == (2, before), summary(outcome)


def test_nobody_else_may_look_into_the_journal(harness: Harness) -> None:
    assert harness.submit().status == 0
    assert harness.runs.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in harness.runs.iterdir()} == {0o600}


@pytest.mark.parametrize("mode", few([0o750, 0o705, 0o711, 0o777], 1))
def test_a_directory_that_others_look_into_is_refused(harness: Harness, mode: int) -> None:
    harness.runs.mkdir()
    harness.runs.chmod(mode)
    outcome = harness.submit()
    assert (outcome.status, harness.tiktok.requests) == (2, []), summary(outcome)


# -- switching on -----------------------------------------------------------------------------------------------------

NO_EFFECT = Fault(commit=False)
FAILED = {"error_list": [{"campaign_id": "5", "error_message": "no"}]}
STATUS_FAULTS: dict[str, tuple[Fault, int]] = {
    "done and closed": (Fault(ending="close"), 0),
    "done and reset": (Fault(ending="reset"), 0),
    "done, and HTML": (html(commit=True), 0),
    "done, and code 51010": (answers(51010, commit=True), 0),
    "done, and named as failed": (answers(0, data=FAILED, commit=True), 0),
    "no effect": (NO_EFFECT, 4),
    "named as failed": (answers(0, data=FAILED, commit=False), 4),
    "refused": (answers(40002, "no", commit=False), 4),
    "closed": (Fault(commit=False, ending="close"), 4),
    "token": (answers(40105, "no", commit=False), 4),
    "redirected": (redirects("http://127.0.0.1:9/there"), 2),
}


@pytest.mark.parametrize(
    "fault",
    sampled(
        STATUS_FAULTS, ("done and closed", "done, and named as failed", "no effect", "named as failed", "redirected")
    ),
)
def test_a_status_update_is_read_back(harness: Harness, fault: str) -> None:
    answer, status = STATUS_FAULTS[fault]
    status = 5 if fault in ("no effect", "named as failed", "closed", "redirected") else status  # ENABLE is open
    harness.tiktok.on("status", times=None, fault=answer)
    outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    assert outcome.status == status, summary(outcome)
    assert len(harness.sent("status")) == 1
    if status:
        assert harness.record.outcome is None
        harness.tiktok.heal()
        assert f"next: splint {'rollback' if status == 5 else 'resume'} {harness.record.run} --" in outcome.err
        assert harness.resume("--enable").status == 0
    harness.assert_created(enabled=True)


def test_a_journal_that_calls_a_redirected_deletion_refused_leaves_it_open() -> None:
    """As older ones do; the object may be gone."""
    at, delete = "2026-11-26T10:00:00Z", {"object": "/adgroups/0", "action": "delete"}
    names = ("ARMED", "REJECTED")
    journal = Journal(Path("run.jsonl"), [Event(number, at, name, delete) for number, name in enumerate(names, 1)])
    assert Record(journal).resource("/adgroups/0").acts == {"delete": "UNKNOWN"}


def test_what_a_redirect_enabled_is_read_back(harness: Harness) -> None:
    harness.tiktok.on("status", fault=redirects("http://127.0.0.1:9/there", commit=True))
    outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    assert (outcome.status, harness.record.resource("/campaign").acts) == (5, {"enable": "DONE"}), summary(outcome)
    assert "shows ENABLE and may run (the next command disables it): its request was redirected: HTTP" in outcome.err
    assert harness.resume("--enable").status == 0
    assert len(harness.sent("status")) == 1
    harness.assert_created(enabled=True)


def test_an_enabling_that_nobody_confirms_is_told(harness: Harness) -> None:
    """The campaign runs, and no list shows it: the state is UNKNOWN."""

    def and_no_list(whole: Answer) -> Answer:
        harness.tiktok.on("get", times=None, fault=answers(50000, commit=False))
        return whole

    harness.tiktok.on("status", fault=Fault(ending="close", answer=and_no_list))
    outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    campaign = harness.made[0]
    assert (outcome.status, campaign.status) == (5, "ENABLE"), summary(outcome)
    assert f"splint: UNKNOWN whether ENABLE came through: /campaign ({campaign.id}) (" in outcome.err
    assert "and no row can be read: reading back from" in outcome.err
    assert f"{campaign.id}    /campaign, ENABLE was sent and is not confirmed: it may run\n" in outcome.err
    resumed = harness.follow(outcome)
    assert (resumed.status, "disables it): reading back" in resumed.err) == (5, True), resumed
    assert "ENABLE was sent and is not confirmed: it may run" in resumed.err
    harness.tiktok.heal()
    assert "not confirmed" not in (followed := harness.follow(outcome)).out
    assert followed.status == 0
    harness.assert_created(enabled=True)


@pytest.mark.parametrize("delete", [False, True])
def test_a_rollback_tells_of_an_enabling_that_nobody_confirms(harness: Harness, delete: bool) -> None:
    """The answer to neither request came, and nothing can be read: a person has to look."""

    def and_no_list(whole: Answer) -> Answer:
        harness.tiktok.on("get", times=None, fault=answers(50000, commit=False))
        return whole

    harness.tiktok.on("status", fault=Fault(ending="close", answer=and_no_list))
    assert harness.submit("--enable", settle=SHORT_SETTLE).status == 5
    harness.tiktok.on("status", times=None, fault=Fault(commit=False, ending="close"))
    outcome = harness.rollback(*["--delete"] * delete, settle=SHORT_SETTLE)
    assert (outcome.status, harness.made[0].status) == (5, "ENABLE"), summary(outcome)
    assert (
        "/campaign, ENABLE was sent and is not confirmed, DISABLE was sent and is not confirmed: it may run"
        in outcome.err
    )
    harness.tiktok.heal()
    assert harness.follow(outcome).status == 0
    assert "ENABLE" not in {one.status for one in harness.made if one.level == "campaign"}


def test_an_enabled_campaign_that_nobody_confirms_to_be_disabled_may_run(harness: Harness) -> None:
    assert harness.submit("--enable").status == 0
    harness.tiktok.on("status", times=None, fault=Fault(commit=False, ending="close"))
    outcome = harness.rollback(settle=SHORT_SETTLE)
    assert (outcome.status, harness.made[0].status) == (5, "ENABLE"), summary(outcome)
    assert "/campaign, DISABLE was sent and is not confirmed: it may run" in outcome.err


def test_an_enabling_that_is_refused_is_not_said_to_be_open(harness: Harness) -> None:
    harness.tiktok.on("status", fault=answers(40002, REFUSAL, commit=False))
    outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    assert (outcome.status, harness.made[0].status) == (4, "DISABLE"), summary(outcome)
    assert "TikTok refuses to enable /campaign" in outcome.err
    assert ("may run" in outcome.err, "not confirmed" in outcome.err) == (False, False), summary(outcome)
    assert "enable REJECTED" in harness("runs", harness.record.run).out
    assert harness.follow(outcome).status == 0
    harness.assert_created(enabled=True)


def test_an_enabling_that_is_refused_and_came_through_all_the_same(harness: Harness) -> None:
    """What a row shows counts, not the answer."""
    harness.tiktok.on("status", fault=answers(40002, REFUSAL, commit=True))
    assert harness.submit("--enable", settle=SHORT_SETTLE).status == 0
    harness.assert_created(enabled=True)


@pytest.mark.parametrize("code", few([40001, 40100, 40105], 1))
def test_an_enabling_that_was_refused_and_done_is_read_back(harness: Harness, code: int) -> None:
    harness.tiktok.on("status", times=None, fault=answers(code, "no", commit=True))
    outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    assert outcome.status == 0, summary(outcome)
    assert "the campaign is enabled" in outcome.out
    harness.assert_created(enabled=True)


@pytest.mark.parametrize("committed", [False, True])
def test_an_enabling_that_was_refused_and_cannot_be_read_is_read_by_the_resume(
    harness: Harness, committed: bool
) -> None:
    """As where the token expires: what a resume then finds enabled is told, and ENABLE is not sent again."""
    harness.tiktok.on("status", fault=answers(40105, "expired", commit=committed))
    note = Record.note

    def expired(record: Record, event: str, **fields: Any) -> None:
        note(record, event, **fields)
        if (event, fields.get("action")) == ("UNKNOWN", "enable"):
            harness.tiktok.on("get", times=None, fault=answers(40105, "expired", commit=False))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Record, "note", expired)
        outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    assert (outcome.status, harness.record.resource("/campaign").acts) == (5, {"enable": "UNKNOWN"}), summary(outcome)
    assert "(code 40105: expired), and no row can be read: reading back from" in outcome.err
    harness.tiktok.heal()
    outcome = harness.follow(outcome)
    assert (outcome.status, len(harness.sent("status"))) == (0, 1 if committed else 2), summary(outcome)
    assert ("note: /campaign shows ENABLE, which an earlier request asked for" in outcome.err) == committed
    harness.assert_created(enabled=True)


def test_a_throttled_enabling_does_not_end_the_doubt_about_an_earlier_one(harness: Harness) -> None:
    harness.tiktok.on("status", fault=Fault(commit=False, ending="close"))
    harness.tiktok.on("status", nth=2, times=None, fault=answers(40100, "slow", commit=False))
    doubt = "/campaign, ENABLE was sent and is not confirmed: it may run"
    outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    for _ in range(2):
        assert (outcome.status, doubt in outcome.err) == (5, True), summary(outcome)
        assert f"next: splint rollback {harness.record.run} --" in outcome.err
        assert harness.record.resource("/campaign").acts == {"enable": "UNKNOWN"}
        outcome = harness.resume("--enable", settle=SHORT_SETTLE)


@pytest.mark.parametrize(
    "second", few(["refused, and no row can be read", "refused, and no row is shown", "not sent"], 1)
)
def test_a_second_enabling_that_tells_nothing_of_the_first_needs_a_person(harness: Harness, second: str) -> None:
    """The answer to the first one never came: it may have been carried out since."""
    harness.tiktok.on("status", fault=Fault(commit=False, ending="close"))
    assert harness.submit("--enable", settle=SHORT_SETTLE).status == 5  # its row shows DISABLE
    post = Client.post

    def posted(client: Client, path: str, body: Mapping[str, Any], *withheld: Withheld) -> Answered:
        if second == "not sent":
            return Answered("unsent", "no connection")
        answer = post(client, path, body, *withheld)
        unread = Fault(lists=lambda _: []) if "shown" in second else answers(50000, "down", commit=False)
        harness.tiktok.on("get", times=None, fault=unread)
        return answer

    harness.tiktok.on("status", times=None, fault=answers(40105, "expired", commit=False))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Client, "post", posted)
        outcome = harness.resume("--enable", settle=SHORT_SETTLE)
    assert outcome.status == 5, summary(outcome)
    assert "UNKNOWN whether ENABLE came through" in outcome.err
    assert "/campaign, ENABLE was sent and is not confirmed: it may run" in outcome.err
    assert harness.record.resource("/campaign").acts == {"enable": "UNKNOWN"}


@pytest.mark.parametrize("event", ["DONE", "UNKNOWN"])
def test_an_enabling_that_cannot_be_journalled_is_told(harness: Harness, event: str) -> None:
    harness.tiktok.on("status", fault=Fault(ending="close" if event == "UNKNOWN" else "answer"))
    with pytest.MonkeyPatch.context() as patch:
        Disk(event, 1, "fails").fill(patch)
        outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    campaign = harness.made[0]
    assert (outcome.status, campaign.status) == (5, "ENABLE"), summary(outcome)
    assert "/campaign, ENABLE was sent and is not confirmed: it may run" in outcome.err
    what = f"campaign {campaign.id} shows ENABLE and may run"
    what = what if event == "DONE" else "UNKNOWN whether ENABLE came through"
    way = f"splint rollback {harness.record.run} disables it, once the journal can be written, or do so by hand"
    assert f"splint: {what} ({way}): " in outcome.err, summary(outcome)
    said = f"ENABLE of /campaign ({campaign.id}) came through, and that is not in the journal" in outcome.err
    assert said == (event == "DONE")
    assert harness.rollback().out.count("is not confirmed") == 1  # before it is disabled


def test_a_disabling_that_cannot_be_journalled_is_not_said_to_be_open(harness: Harness) -> None:
    assert harness.submit("--enable").status == 0
    with pytest.MonkeyPatch.context() as patch:
        Disk("DONE", 1, "fails").fill(patch)
        outcome = harness.rollback(settle=SHORT_SETTLE)
    assert (outcome.status, harness.made[0].status) == (4, "DISABLE"), summary(outcome)
    assert "DISABLE of /campaign" in outcome.err
    assert "came through, and that is not in the journal" in outcome.err
    assert "is not confirmed" not in outcome.err
    assert harness.follow(outcome).status == 0


@pytest.mark.parametrize("anew", [False, True])
def test_a_campaign_that_was_paused_after_it_was_enabled_is_not_said_to_be_enabled(
    harness: Harness, anew: bool
) -> None:
    """The end of the run did not get onto the disk, and somebody paused the campaign meanwhile."""
    with pytest.MonkeyPatch.context() as patch:
        Disk("FINISHED", 1, "fails").fill(patch)
        assert harness.submit("--enable").status == 4
    campaign = harness.made[0]
    assert (campaign.status, harness.record.resource("/campaign").acts) == ("ENABLE", {"enable": "DONE"})
    campaign.status = "DISABLE"
    outcome = harness.resume(*["--enable"] * anew, settle=SHORT_SETTLE)
    if not anew:
        assert (outcome.status, campaign.status, harness.record.outcome) == (5, "DISABLE", None), summary(outcome)
        assert (
            f"/campaign ({campaign.id}) was enabled, and shows DISABLE now: somebody paused it, or the list is"
            in outcome.err
        )
        assert f"next: splint resume {harness.record.run} --enable" in outcome.err
        assert len(harness.sent("status")) == 1
        outcome = harness.follow(outcome)
    assert (outcome.status, len(harness.sent("status"))) == (0, 2), summary(outcome)
    assert "note: /campaign was enabled, and shows DISABLE now: it is enabled again" in outcome.err
    harness.assert_created(enabled=True)


def test_the_next_command_of_a_run_that_enabled_its_campaign_does_not_enable_it_again(harness: Harness) -> None:
    """Somebody paused it before the end of the run was in the journal, and a resume was throttled."""
    with pytest.MonkeyPatch.context() as patch:
        Disk("FINISHED", 1, "fails").fill(patch)
        assert harness.submit("--enable").status == 4
    campaign = harness.made[0]
    campaign.status = "DISABLE"
    harness.tiktok.on("get", times=None, fault=answers(40100, commit=False))
    outcome = harness.resume(settle=SHORT_SETTLE)
    assert (outcome.status, f"next: splint resume {harness.record.run} --run-dir" in outcome.err) == (4, True)
    harness.tiktok.heal()
    outcome = harness.follow(outcome)
    assert (outcome.status, campaign.status, len(harness.sent("status"))) == (5, "DISABLE", 1), summary(outcome)
    assert f"next: splint resume {harness.record.run} --enable" in outcome.err


def test_a_row_that_lags_does_not_say_that_an_enabled_campaign_was_paused(harness: Harness) -> None:
    with pytest.MonkeyPatch.context() as patch:
        Disk("FINISHED", 1, "fails").fill(patch)
        assert harness.submit("--enable").status == 4
    stale = Fault(lists=lambda row: [{**row, "operation_status": "DISABLE"}])
    harness.tiktok.on("get", "campaign", times=4, fault=stale)
    outcome = harness.resume()
    assert (outcome.status, len(harness.sent("status"))) == (0, 1), summary(outcome)
    harness.assert_created(enabled=True)


@pytest.mark.parametrize("code", sampled(THROTTLED_CODES, (40100,)))
def test_a_throttled_status_update_waits(harness: Harness, code: int) -> None:
    harness.tiktok.on("status", fault=answers(code, commit=False))
    assert harness.submit("--enable", throttle_wait="0.01").status == 0
    harness.assert_created(enabled=True)
    assert len(harness.sent("status")) == 2


def test_a_bundle_that_says_disable_stays_paused(harness: Harness) -> None:
    harness.write({"/campaign/operation_status": "DISABLE", "/adgroups/1/operation_status": "DISABLE"})
    outcome = harness.submit("--enable")
    assert outcome.status == 0
    assert "--enable" not in outcome.out
    resumed = harness.resume(harness.record.run, "--enable")
    assert (resumed.status, harness.sent("status")) == (0, [])
    assert "next:" not in resumed.out
    harness.assert_created()


def test_a_paused_run_is_named_where_none_is_unfinished(harness: Harness) -> None:
    assert harness.submit().status == 0
    outcome = harness.resume("--enable")
    assert (outcome.status, f"run {harness.record.run} is paused" in outcome.err) == (2, True), summary(outcome)
    assert f"next: splint resume {harness.record.run} --enable" in outcome.err
    assert harness.follow(outcome).status == 0
    harness.assert_created(enabled=True)
    assert "paused" not in harness.resume("--enable").err


def test_a_paused_run_whose_bundle_says_disable_is_not_named(harness: Harness) -> None:
    harness.write({"/campaign/operation_status": "DISABLE"})
    assert harness.submit().status == 0
    outcome = harness.resume("--enable")
    assert (outcome.status, "next:" in outcome.err) == (2, False), summary(outcome)


def test_a_run_is_enabled_once(harness: Harness) -> None:
    assert harness.submit("--enable").status == 0
    before = len(harness.tiktok.requests)
    outcome = harness.resume(harness.record.run, "--enable")
    assert (outcome.status, len(harness.tiktok.requests)) == (2, before)
    harness.assert_created(enabled=True)
    said = "is finished: it enabled its campaign; if that was paused since, enable it in Ads Manager\n"
    assert f"run {harness.record.run} {said}" in outcome.err  # who knows what it is now


def test_a_run_that_is_paused_says_what_it_did(harness: Harness) -> None:
    assert harness.submit().status == 0
    outcome = harness.resume(harness.record.run)
    assert (outcome.status, "is finished: it left its campaign paused\n" in outcome.err) == (2, True), summary(outcome)


# -- rolling back -----------------------------------------------------------------------------------------------------


def statuses(harness: Harness) -> set[str]:
    """The statuses of campaigns that are not deleted."""
    return {one.status for one in harness.tiktok.alive("campaign") if one in harness.made}


@pytest.mark.parametrize(
    ("fault", "delete"),
    [
        *sampled(((name, False) for name in (None, *STATUS_FAULTS)), (None, "redirected")),
        *sampled(
            ((name, True) for name in (None, "done and closed", "no effect", "closed", "token", "named as failed")),
            (None, "no effect"),
        ),
    ],
)
def test_a_run_is_rolled_back(harness: Harness, fault: str | None, delete: bool) -> None:
    assert harness.submit("--enable").status == 0
    answer, status = STATUS_FAULTS[fault] if fault else (Fault(), 0)
    is_told = not delete and status in (2, 4)  # that it runs
    status = 5 if (fault or "").startswith("done") or is_told else status  # what is gone, or may be old, shows nothing
    harness.tiktok.on("status", nth=2 if delete else 1, times=None, fault=answer)
    outcome = harness.rollback(*["--delete"] * delete, settle=SHORT_SETTLE)
    assert outcome.status == status, summary(outcome)
    what = "was enabled" if fault in ("token", "redirected") else "shows ENABLE"
    told = f"splint: campaign {harness.record.resource('/campaign').id} {what} and may run: "
    assert (told in outcome.err) == is_told
    if status:
        harness.tiktok.heal()
        harness.tiktok.lists_deleted = True  # that they are gone proves nothing
        outcome = harness.follow(outcome)
        assert outcome.status == 0
    states = [line.split()[0] for line in outcome.out.splitlines() if line.split()[1].isdigit()]
    assert states[-6:] == ["DELETED" if delete else "VERIFIED"] * 6, outcome.out
    assert statuses(harness) == (set() if delete else {"DISABLE"})
    assert len(harness.made) == (0 if delete else 6)
    assert harness.record.outcome == ("deleted" if delete else "disabled")
    order = [(one.level, one.body["operation_status"]) for one in harness.sent("status") if one.body]
    assert order[:2] == [("campaign", "ENABLE"), ("campaign", "DISABLE")]
    if delete and not status:
        assert order[2:] == [("ad", "DELETE"), ("adgroup", "DELETE"), ("campaign", "DELETE")]
    assert harness.resume(harness.record.run).status == 2


def test_what_a_resume_of_a_run_that_was_rolled_back_says(harness: Harness) -> None:
    assert harness.submit().status == 0
    assert harness.rollback().status == 0
    outcome = harness.resume(harness.record.run)
    assert (outcome.status, "next: splint rollback" in outcome.err) == (2, True), summary(outcome)
    assert harness.follow(outcome).status == 0
    outcome = harness.resume(harness.record.run)
    assert (outcome.status, "next:" in outcome.err) == (2, False), summary(outcome)
    assert "is rolled back and deleted: submit its bundle anew" in outcome.err


def test_a_resume_says_that_a_rollback_is_unfinished(harness: Harness) -> None:
    assert harness.submit().status == 0
    harness.tiktok.on("get", times=None, fault=answers(50000, commit=False))
    assert harness.rollback(settle=SHORT_SETTLE).status == 4
    outcome = harness.resume(harness.record.run)
    said = f"run {harness.record.run} is being rolled back, and that is not finished: finish it first"
    assert (outcome.status, said in outcome.err) == (2, True), summary(outcome)
    assert f"next: splint rollback {harness.record.run} --run-dir" in outcome.err
    harness.tiktok.heal()
    assert harness.follow(outcome).status == 0


def test_a_rollback_is_deepened_later(harness: Harness) -> None:
    assert harness.submit().status == 0
    assert harness.rollback().status == 0
    assert len(harness.made) == 6
    assert harness.rollback("--delete").status == 0
    assert not harness.made


def test_a_rollback_disables_what_somebody_switched_on_again(harness: Harness) -> None:
    assert harness.submit("--enable").status == 0
    assert harness.rollback().status == 0
    harness.made[0].status = "ENABLE"
    outcome = harness.rollback()
    assert (outcome.status, statuses(harness)) == (0, {"DISABLE"}), summary(outcome)


@pytest.mark.parametrize("stopped", [False, True])
def test_a_rollback_disables_what_somebody_switches_on_while_it_works(harness: Harness, stopped: bool) -> None:
    """Also where it stops for another reason: a row showed it."""
    assert harness.submit("--enable").status == 0
    campaign = harness.made[0]
    harness.tiktok.on("get", "campaign", nth=2, fault=rows(operation_status="ENABLE"))
    if stopped:
        harness.add("campaign", campaign_name=campaign.name)
    outcome = harness.rollback()
    sent = [one.body["operation_status"] for one in harness.sent("status")]
    assert (outcome.status, sent) == (5 if stopped else 0, ["ENABLE", "DISABLE", "DISABLE"]), summary(outcome)
    assert f"campaign {campaign.id} shows ENABLE after it was disabled: it is disabled again" in outcome.err


def test_a_rollback_does_not_end_well_where_what_somebody_switched_on_stays_so(harness: Harness) -> None:
    assert harness.submit("--enable").status == 0
    harness.tiktok.on("get", "campaign", nth=2, times=None, fault=rows(operation_status="ENABLE"))
    outcome = harness.rollback(settle=SHORT_SETTLE)
    assert (outcome.status, "may run: DISABLE is not shown by /campaign" in outcome.err) == (5, True), summary(outcome)
    assert "is disabled, and then the rollback stopped" not in outcome.err
    harness.tiktok.heal()
    assert harness.follow(outcome).status == 0


@pytest.mark.parametrize("late", [False, True])
def test_an_enabling_that_may_come_through_late_is_told_by_a_rollback(harness: Harness, late: bool) -> None:
    """It is looked at once more after the settle window, and disabled again if ENABLE came through since."""
    harness.tiktok.on("status", fault=Fault(commit=False, ending="close"))
    assert harness.submit("--enable", settle=SHORT_SETTLE).status == 5
    campaign = harness.made[0]

    def enabled(row: Row) -> list[Row]:
        campaign.status = "ENABLE"
        return [row | {"operation_status": "ENABLE"}]

    if late:
        harness.tiktok.on("get", "campaign", nth=3, fault=Fault(lists=enabled))
    outcome = harness.rollback(settle=SHORT_SETTLE)
    assert (outcome.status, len(harness.sent("status"))) == (0, 3 if late else 2), summary(outcome)
    assert (f"campaign {campaign.id} shows ENABLE after it was disabled" in outcome.err) == late
    assert "ENABLE was sent, no row confirmed it, and it may yet come through: look at the" in outcome.out
    assert statuses(harness) == {"DISABLE"}
    deleted = harness.rollback("--delete")
    assert (deleted.status, "may yet come through" in deleted.out) == (0, False), summary(deleted)


@pytest.mark.parametrize("answered", [False, True])
def test_a_row_that_may_be_older_than_enable_does_not_say_that_a_campaign_is_disabled(
    harness: Harness, answered: bool
) -> None:
    """ENABLE was carried out, answered or not; no DISABLE is, and the list is stale."""
    stale = rows(operation_status="DISABLE")
    if not answered:
        harness.tiktok.on("status", fault=Fault(ending="close"))
        harness.tiktok.on("get", "campaign", nth=4, times=None, fault=stale)
    assert harness.submit("--enable", settle=SHORT_SETTLE).status == (0 if answered else 5)
    harness.tiktok.on("status", times=None, fault=html(commit=False))
    harness.tiktok.on("get", "campaign", times=None, fault=stale)
    outcome = harness.rollback(settle=SHORT_SETTLE)
    assert (outcome.status, statuses(harness)) == (5, {"ENABLE"}), summary(outcome)
    assert "UNKNOWN whether DISABLE came through (HTTP 502), and its row may show DISABLE as it did before ENABLE" in (
        outcome.err
    )
    assert f"next: splint rollback {harness.record.run}" in outcome.err
    harness.tiktok.heal()
    assert harness.follow(outcome).status == 0
    assert statuses(harness) == {"DISABLE"}


def test_a_row_that_shows_disable_after_one_that_showed_enable_says_that_a_campaign_is_disabled(
    harness: Harness,
) -> None:
    assert harness.submit("--enable").status == 0
    harness.tiktok.on("status", times=None, fault=html(commit=True))
    harness.tiktok.on("get", "campaign", fault=rows(operation_status="ENABLE"))
    assert harness.rollback().status == 0
    assert statuses(harness) == {"DISABLE"}


@pytest.mark.parametrize("level", sampled(LEVELS, ["ad"]))
def test_a_rollback_takes_back_what_it_finds_again(harness: Harness, level: Level) -> None:
    harness.tiktok.on("create", level, fault=Fault(ending="close", visible_after=3600))
    assert harness.submit(settle=SHORT_SETTLE).status == 5
    outcome = harness.rollback("--delete", settle=SHORT_SETTLE)
    assert outcome.status == 5, summary(outcome)
    harness.tiktok.objects[-1].visible_at = 0.0
    if not harness.tiktok.alive():
        return  # it was deleted together with its parent
    outcome = harness.rollback("--delete")
    assert (outcome.status, harness.made) == (0, []), summary(outcome)


def test_the_names_of_this_machine_are_one_host_for_the_journals(harness: Harness) -> None:
    """The list does not show the campaign of the first run yet."""
    assert harness.submit().status == 0
    for one in harness.tiktok.objects:
        one.visible_at = float("inf")
    other = harness.tiktok.origin.replace("127.0.0.1", "localhost")
    outcome = harness.submit("--base-url", other)
    assert (outcome.status, len(harness.sent())) == (1, 6), summary(outcome)
    assert f"run {harness.record.run} made this campaign already, and " in outcome.err
    assert harness.record.run in harness("runs", "--base-url", other).out
    for one in harness.tiktok.objects:
        one.visible_at = 0.0
    assert harness.resume(harness.record.run, "--enable", "--base-url", other).status == 0
    assert harness.rollback("--base-url", other).status == 0


@pytest.mark.parametrize("level", few(["adgroup", "ad"], 1))
def test_a_rollback_leaves_a_strangers_alone(harness: Harness, level: Level) -> None:
    assert harness.submit().status == 0
    parents = {one.level: one.id for one in reversed(harness.made)}
    above = {"campaign_id": parents["campaign"]} if level == "adgroup" else {"adgroup_id": parents["adgroup"]}
    stranger = harness.add(level, **above)
    outcome = harness.rollback("--delete", settle=SHORT_SETTLE)
    assert outcome.status == 5, summary(outcome)
    assert stranger in outcome.err
    assert stranger in {one.id for one in harness.tiktok.alive()}
    assert statuses(harness) == {"DISABLE"}


@pytest.mark.parametrize("level", ["adgroup", "ad"])
def test_a_rollback_leaves_alone_what_others_add_while_it_deletes(harness: Harness, level: Level) -> None:
    """Nothing of others stood below the campaign when the rollback began; neither that nor what holds it is deleted."""
    assert harness.submit().status == 0
    parents = {one.level: one for one in reversed(harness.made)}
    above = {"campaign_id": parents["campaign"].id} if level == "adgroup" else {"adgroup_id": parents["adgroup"].id}

    def and_another(whole: Answer) -> Answer:
        harness.add(level, **above)
        return whole

    harness.tiktok.on("status", level, fault=Fault(answer=and_another))
    outcome = harness.rollback("--delete", settle=SHORT_SETTLE)
    assert outcome.status == 5, summary(outcome)
    [stranger] = [one for one in harness.tiktok.alive(level) if one.name == "Another's"]
    assert f"also holds {level} {stranger.id}" in outcome.err
    assert statuses(harness) == {"DISABLE"}
    assert (parents["adgroup"].status == "DELETE") == (level == "adgroup")
    stranger.status = "DELETE"
    assert harness.follow(outcome).status == 0


def test_an_ad_of_others_whose_row_names_no_ad_group_holds_each(harness: Harness) -> None:
    """Deleting an ad group deletes what it holds."""
    assert harness.submit().status == 0
    group = next(one for one in harness.made if one.level == "adgroup")
    stranger = harness.add("ad", adgroup_id=group.id)

    def lists(row: dict[str, Any]) -> list[dict[str, Any]]:
        is_own = row["smart_plus_ad_id"] != stranger
        return [{field: value for field, value in row.items() if is_own or field != "adgroup_id"}]

    harness.tiktok.on("get", "ad", times=None, fault=Fault(lists=lists))
    outcome = harness.rollback("--delete", settle=SHORT_SETTLE)
    assert (outcome.status, f"also holds ad {stranger}" in outcome.err) == (5, True), summary(outcome)
    assert stranger in {one.id for one in harness.tiktok.alive("ad")}
    assert len([one for one in harness.made if one.level == "adgroup" and one.status != "DELETE"]) == 2


@pytest.mark.parametrize("act", ["create", "get"])
def test_what_enables_nothing_is_not_looked_for_twice(harness: Harness, act: Act) -> None:
    """A second object may turn up, or a throttled list be old: one look shows all of it, until it is to be enabled."""
    harness.tiktok.on(act, "ad", fault=answers(40100, commit=False))
    assert harness.submit(settle=SHORT_SETTLE).status == 0
    verified = next(at for at, one in enumerate(reversed(harness.tiktok.requests)) if one.method == "POST")
    assert verified <= 5
    assert harness.resume(harness.record.run, "--enable", settle=SHORT_SETTLE).status == 0
    harness.assert_created(enabled=True)


def test_a_rollback_of_what_never_stood_sends_no_update(harness: Harness) -> None:
    harness.tiktok.on("create", "campaign", fault=answers(40002, "no", commit=False))
    assert harness.submit().status == 4
    assert (harness.rollback("--delete").status, harness.sent("status")) == (0, [])


# -- what is refused before anything is sent --------------------------------------------------------------------------

GATE: dict[str, Any] = {
    "an error": {"/campaign/budget": 0},
    "an error in an ad": {"/adgroups/0/ads/1/landing_page_url_list": GONE},
    "a placeholder": {"/adgroups/0/pixel_id": "{{pixel_id}}"},
    "a placeholder in a name": {"/campaign/campaign_name": "Spring ${YEAR}"},
    "a placeholder of the plan": {"/adgroups/0/campaign_id": "${campaign_id}"},
    "the id of a campaign": {"/campaign/campaign_id": "1800000000000000001"},
    "the id of a parent campaign": {"/adgroups/1/campaign_id": "1800000000000000001"},
    "the id of an ad group": {"/adgroups/1/adgroup_id": "1800000000000000002"},
    "the id of a parent ad group": {"/adgroups/0/ads/0/adgroup_id": "1800000000000000002"},
    "the id of an ad": {"/adgroups/0/ads/0/smart_plus_ad_id": "1800000000000000003"},
    "an id that is a number": {"/adgroups/1/campaign_id": 1800000000000000001},
    "no advertiser": {"/campaign/advertiser_id": GONE},
    "another advertiser": {"/adgroups/0/advertiser_id": "7000000000000000002"},
    "no name": {"/adgroups/0/ads/0/ad_name": GONE},
    "an empty name": {"/campaign/campaign_name": ""},
    "a blank name": {"/adgroups/0/adgroup_name": " "},
    "a name with a blank at its end": {"/adgroups/0/ads/0/ad_name": "Hat "},
    "two ad groups of one name": {"/adgroups/1/adgroup_name": "North"},
    "two ads of one name": {"/adgroups/0/ads/1/ad_name": "Hat"},
    "a lone surrogate": {"/adgroups/0/ads/0/ad_text_list/0/ad_text": "Shop \ud800"},
}


@pytest.mark.parametrize("case", few(GATE, 1))
def test_a_bundle_that_cannot_be_sent_is_refused(harness: Harness, case: str) -> None:
    outcome = harness.submit(harness.write(GATE[case]).replace("bundle.json", "--enable"))
    assert (outcome.status, harness.tiktok.requests) == (1, []), summary(outcome)
    assert not harness.journals


def test_what_no_request_can_hold_is_refused_before_anything_is_sent(harness: Harness) -> None:
    harness.write({"/adgroups/0/ads/0/ad_configuration/unheard_of": 1 << 70})
    (harness.directory / "bundle.json").rename(harness.directory / "bundle.yaml")
    outcome = harness.submit(file="bundle.yaml", settle=SHORT_SETTLE)
    assert outcome.status in (0, 1), summary(outcome)
    assert len(harness.made) == (0 if outcome.status else 6)


TEXTS: dict[str, str] = {
    "two bundles": json.dumps([BUNDLE, BUNDLE]),
    "an ad group alone": json.dumps({"advertiser_id": ADVERTISER, **BUNDLE["adgroups"][0]}),
    "a row": json.dumps({**BUNDLE, "campaign": {**BUNDLE["campaign"], "campaign_id": "1", "create_time": "x"}}),
    "nothing to send": "[]",
    "no JSON": '{"campaign": ',
    "a key twice": json.dumps(BUNDLE).replace('"budget": 500', '"budget": 50, "budget": 500'),
}


@pytest.mark.parametrize("case", few(TEXTS, 1))
def test_what_is_no_bundle_is_refused(harness: Harness, case: str) -> None:
    (harness.directory / "bundle.json").write_text(TEXTS[case])
    outcome = harness.submit()
    assert (outcome.status, harness.tiktok.requests) == (1, []), summary(outcome)


BUDGET = {"/campaign/budget": 0}
SILENCED: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "ignore": ("bundle.json", 'ignore = ["ALL"]', ()),
    "ignore one": ("bundle.json", 'ignore = ["SPL106"]', ()),
    "select": ("bundle.json", 'select = ["SPL001"]', ()),
    "a lowered level": ("bundle.json", '[severity]\nSPL1 = "info"\nSPL106 = "info"\nmoney-not-positive = "info"', ()),
    "per-file-ignores": ("bundle.json", '[per-file-ignores]\n"*" = ["ALL"]', ()),
    "an override": ("bundle.json", '[[overrides]]\nfiles = ["*"]\nignore = ["ALL"]', ()),
    "a lowered override": ("bundle.json", '[[overrides]]\nfiles = ["*"]\nseverity = {SPL106 = "info"}', ()),
    "exclude": ("bundle.json", 'exclude = ["*"]\nforce-exclude = true', ()),
    "fail-on": ("bundle.json", 'fail-on = "never"\nexit-zero = true', ()),
    "an option": ("bundle.json", "", ("--config", 'ignore=["SPL106"]')),
    "a comment": ("bundle.jsonc", "", ()),
    "a comment in YAML": ("bundle.yaml", "", ()),
    "a baseline": ("bundle.json", "", ()),
}


@pytest.mark.parametrize("case", few(SILENCED, 1))
def test_what_is_silenced_is_refused_still(harness: Harness, case: str) -> None:
    name, settings, options = SILENCED[case]
    sign = "#" if name.endswith("yaml") else "//"
    text = (harness.directory / harness.write(BUDGET)).read_text()
    comment = f"{sign} splint: ignore-file[ALL] said so\n" if "comment" in case else ""
    (harness.directory / name).write_text(comment + text)
    (harness.directory / "splint.toml").write_text(settings)
    if case == "a baseline":
        assert harness._command("check", "bundle.json", "--write-baseline").status == 0
        assert harness._command("check", "bundle.json").status == 0
    elif case not in ("exclude", "an option"):
        assert harness._command("check", name).status in (0, 3)  # it works for a check
    outcome = harness.submit(*options, file=name)
    assert (outcome.status, harness.tiktok.requests) == (1, []), summary(outcome)


@pytest.mark.parametrize("word", few(["SPL004", "unknown-field", "SPL", "ALL"], 1))
def test_a_raised_level_closes_the_gate(harness: Harness, word: str) -> None:
    harness.write({"/campaign/made_up": 1})
    (harness.directory / "splint.toml").write_text(f'[severity]\n{word} = "error"')
    assert harness._command("check", "bundle.json").status == 1
    outcome = harness.submit()
    assert (outcome.status, harness.tiktok.requests) == (1, []), summary(outcome)


def test_a_plugin_of_the_settings_stays_out(harness: Harness) -> None:
    (harness.directory / "spy.py").write_text("from pathlib import Path\nPath('loaded').touch()\n")
    (harness.directory / "splint.toml").write_text('plugins = ["spy.py"]')
    assert harness.submit().status == 0
    assert not (harness.directory / "loaded").exists()


def test_what_has_become_wrong_meanwhile_is_found_before_it_is_sent(harness: Harness) -> None:
    start = datetime.now(UTC).replace(tzinfo=None, microsecond=0) + timedelta(hours=1)
    times = {f"/adgroups/{index}/schedule_start_time": str(start) for index in (0, 1)}
    events = {f"/adgroups/{index}/optimization_event": "SHOPPING" for index in (0, 1)}
    images = {
        f"{path}/creative_list/0/creative_info/image_info/0/web_uri": "tos-alisg-p-0051c001-sg/example"
        for path in PATHS_OF.values()
        if "/ads/" in path
    }
    harness.write({**times, **events, **images, "/campaign/sales_destination": "WEBSITE"})
    harness.tiktok.on("create", "adgroup", nth=2, fault=answers(40105, "no", commit=False))
    outcome = harness.submit("--profile", "reference")
    assert outcome.status == 4, summary(outcome)
    sent = len(harness.sent())

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("splint.settings.config.clock", lambda: time() + 2 * 86400)
        late = harness.follow(outcome)
    assert (late.status, len(harness.sent())) == (1, sent), summary(late)
    assert "schedule_start_time" in late.err
    assert harness.follow(outcome).status == 0
    harness.assert_created()


def plan(harness: Harness, *words: str) -> Any:
    """The plan of a dry run."""
    return harness("submit", "bundle.json", "--dry-run", *words, output_format="json").report["plan"]


def test_another_plan_than_the_expected_is_refused(harness: Harness) -> None:
    expected = plan(harness)["sha256"]
    assert expected in harness("submit", "bundle.json", "--dry-run").out
    for words in (("--enable",), ("--base-url", harness.tiktok.origin.replace("127.0.0.1", "localhost"))):
        assert harness.submit("--expect-plan", expected, *words).status == 1
    harness.write({"/adgroups/0/ads/0/ad_text_list/0/ad_text": "Shop"})
    assert harness.submit("--expect-plan", expected).status == 1
    harness.write()
    assert harness.submit("--expect-plan", "0" * 64).status == 1
    assert not harness.tiktok.requests
    assert harness.submit("--expect-plan", expected).status == 0
    harness.assert_created()


@pytest.mark.parametrize(
    ("amount", "status"),
    few([("624.99", 1), ("0", 1), ("-1", 2), ("625", 0), ("625.00", 0), ("nan", 2), ("inf", 2), ("much", 2)], 1),
)
def test_more_a_day_than_is_allowed_is_refused(harness: Harness, amount: str, status: int) -> None:
    outcome = harness.submit("--max-daily", amount)
    assert (outcome.status, len(harness.made)) == (status, 0 if status else 6), summary(outcome)


def test_a_resume_is_held_to_the_plan_too(harness: Harness) -> None:
    refused_third(harness)
    before = len(harness.tiktok.requests)
    for words in (("--expect-plan", "0" * 64), ("--max-daily", "600")):
        assert (harness.resume(*words).status, len(harness.tiktok.requests)) == (1, before)
    assert harness.resume("--expect-plan", plan(harness, "--enable")["sha256"], "--max-daily", "625").status == 0
    harness.assert_created(enabled=True)


def test_a_dry_run_needs_no_token_and_opens_no_connection(harness: Harness) -> None:
    program = (
        "import sys, socket\n"
        "def connect(*_): raise SystemExit('it connects')\n"
        "socket.socket.connect = connect\n"
        "from splint.cli import main\n"
        "try: main()\n"
        "finally: print('urllib3' in sys.modules, 'http.client' in sys.modules, file=sys.stderr)\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    for words in (["submit", "bundle.json", "--dry-run"], ["check", "bundle.json"]):
        ended = subprocess.run(
            [sys.executable, "-c", program, *words], env=environment, capture_output=True, text=True, check=False
        )
        assert (ended.returncode, ended.stderr.splitlines()[-1]) == (0, "False False"), ended.stderr
    assert not harness.tiktok.requests
    harness.write(BUDGET)
    assert harness("submit", "bundle.json", "--dry-run").status == 1


def test_a_plan_shows_what_is_sent(harness: Harness) -> None:
    shown = harness("submit", "bundle.json", "--dry-run").out
    for level in LEVELS:
        assert f"/open_api/v1.3/smart_plus/{level}/create/" in shown
    for text in ("${campaign_id}", "${adgroup_id}", "${request_id}", "625", "operation_status is DISABLE"):
        assert text in shown
    bodies = [request["body"] for request in plan(harness)["requests"]]
    assert harness.submit().status == 0
    for body, request in zip(bodies, harness.sent(), strict=True):
        assert {key: request.body[key] if str(body[key]).startswith("${") else body[key] for key in body} == (
            request.body
        )


@pytest.mark.parametrize(
    ("mode", "text", "status"),
    few(
        [
            (0o600, CANARY, 0),
            (0o400, f"{CANARY}\n", 0),
            (0o640, CANARY, 2),
            (0o604, CANARY, 2),
            (0o620, CANARY, 2),
            (0o600, "", 2),
            (0o600, f"{CANARY}\n{CANARY}", 2),
            (None, "", 2),
        ],
        1,
    ),
)
def test_a_token_file(harness: Harness, mode: int | None, text: str, status: int) -> None:
    path = harness.directory.parent / f"{harness.directory.name}-token"
    if mode is not None:
        path.write_text(text)
        path.chmod(mode)
    outcome = harness.submit("--token-file", str(path))
    assert (outcome.status, bool(harness.tiktok.requests)) == (status, not status), summary(outcome)


def test_a_token_file_that_is_a_pipe(harness: Harness) -> None:
    """That of a process substitution is read; a named one, whose opening would wait for a writer, is refused."""
    read, write = os.pipe()
    os.write(write, f"{CANARY}\n".encode())
    os.close(write)
    assert harness.submit("--token-file", f"/dev/fd/{read}").status == 0
    os.close(read)
    named = harness.directory / "named"
    os.mkfifo(named, 0o600)
    before = len(harness.tiktok.requests)
    outcome = harness.submit("--token-file", str(named))
    assert (outcome.status, len(harness.tiktok.requests)) == (2, before), summary(outcome)
    assert "named: is no regular file" in outcome.err


@pytest.mark.parametrize("token", few(["", " ", "two words", "brief\u00e9", "line\nbreak"], 1))
def test_a_token_that_no_header_holds_is_refused(harness: Harness, token: str) -> None:
    harness.token = token
    harness.patch.setenv(VARIABLE, token)
    outcome = harness._command(
        "submit", "bundle.json", "--yes", "--run-dir", "runs", "--base-url", harness.tiktok.origin
    )
    assert (outcome.status, harness.tiktok.requests) == (2, [])
    assert len(token) < 2 or token not in outcome.err


def test_without_a_token_nothing_is_sent(harness: Harness) -> None:
    words = ("submit", "bundle.json", "--yes", "--run-dir", "runs", "--base-url", harness.tiktok.origin)
    harness.patch.delenv(VARIABLE, raising=False)
    assert (harness._command(*words).status, harness.tiktok.requests) == (2, [])


NO_ONE = "there is no terminal to ask at: give "
OUTLIVES = "a --run-dir that outlives this machine"


@pytest.mark.parametrize(
    ("words", "said"),
    few(
        [
            ((), f"{NO_ONE}--yes, and {OUTLIVES}; there is no token"),
            (("--yes",), f"{NO_ONE}{OUTLIVES}; there is no token"),
            (("--run-dir", "runs"), f"{NO_ONE}--yes; there is no token"),
            (("--yes", "--run-dir", "runs"), "splint: there is no token"),
        ],
        1,
    ),
)
def test_all_that_a_submit_lacks_is_said_at_once(harness: Harness, words: tuple[str, ...], said: str) -> None:
    """And nothing that it has."""
    harness.patch.delenv(VARIABLE, raising=False)
    harness.patch.setenv("XDG_STATE_HOME", str(harness.directory / "state"))
    outcome = harness._command("submit", "bundle.json", *words, "--base-url", harness.tiktok.origin)
    assert outcome.status == 2
    assert "there is no token: put it into TIKTOK_ACCESS_TOKEN, or name a --token-file" in outcome.err
    assert said in outcome.err
    assert harness.tiktok.requests == []


@pytest.mark.parametrize("words", [(), ("--yes",), ("--run-dir", "runs")])
def test_without_a_terminal_it_takes_a_yes_and_a_directory(harness: Harness, words: tuple[str, ...]) -> None:
    harness.patch.setenv("XDG_STATE_HOME", str(harness.directory / "state"))
    outcome = harness.raw("submit", "bundle.json", "--base-url", harness.tiktok.origin, *words)
    assert (outcome.status, harness.tiktok.requests) == (2, []), summary(outcome)


@pytest.mark.parametrize("name", ["resume", "rollback"])
def test_without_a_terminal_a_run_goes_on_with_a_yes_only(harness: Harness, name: str) -> None:
    harness.tiktok.on("create", "ad", fault=answers(40105, commit=False))
    assert harness.submit().status == 4
    before = len(harness.tiktok.requests)
    assert (harness(name, harness.record.run).status, len(harness.tiktok.requests)) == (2, before)


@pytest.mark.parametrize(
    "origin",
    few(
        [
            "http://business-api.tiktok.com",
            "https://business-api.tiktok.com:8443",
            "https://ads.tiktok.com",
            "http://127.0.0.1.example.com",
            "http://localhost.example.com",
            "http://0.0.0.0:{port}",
            "http://10.0.0.1:{port}",
            "http://user@127.0.0.1:{port}",
            "http://127.0.0.1:{port}/open_api",
            "http://127.0.0.1:{port}?x=1",
            "http://127.0.0.1:{port}#x",
            "http://127.0.0.1:port",
            "ftp://127.0.0.1:{port}",
            "127.0.0.1:{port}",
            "",
        ],
        1,
    ),
)
def test_no_other_host_is_asked(harness: Harness, origin: str) -> None:
    harness.patch.setattr(socket, "getaddrinfo", lambda *_, **__: pytest.fail("a host is looked up"))
    outcome = harness.submit(base_url=origin.format(port=harness.tiktok.origin.rpartition(":")[2]))
    assert (outcome.status, harness.tiktok.requests) == (2, []), summary(outcome)


def test_a_proxy_of_the_environment_does_not_count(harness: Harness) -> None:
    with TikTok(CANARY) as other:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY", "https_proxy"):
            harness.patch.setenv(name, other.origin)
        harness.patch.delenv("no_proxy", raising=False)
        (harness.directory / ".netrc").write_text("default login canary password canary")
        harness.patch.setenv("HOME", str(harness.directory))
        assert harness.submit().status == 0
        assert not other.requests
    assert not any("Authorization" in one.headers for one in harness.tiktok.requests)
    harness.assert_created()


# -- what is shown ----------------------------------------------------------------------------------------------------


def test_json_output_has_the_outcome(harness: Harness) -> None:
    harness.tiktok.on("create", "ad", nth=2, fault=answers(40002, "ad_name: taken\x1b[2J", commit=False))
    told = harness.submit("--enable", output_format="json").report
    assert (told["status"], told["run"]["run"]) == (4, harness.record.run)
    assert told["next"].startswith("splint resume ")
    assert [one["state"] for one in told["run"]["objects"]] == ["CREATED"] * 4 + ["REJECTED", "PLANNED"]
    listed = harness("runs", output_format="json").report["runs"]
    assert [(one["run"], one["state"]) for one in listed] == [(harness.record.run, "unfinished")]
    assert harness.resume(output_format="json").report["status"] == 0
    harness.assert_created(enabled=True)
    assert "VERIFIED" in harness("runs", harness.record.run).out


STEERING = "\x1b]0;owned\x07\x1b[31m\u202egnp.exe\r\n\x00\x9b0m"


STEERED: list[tuple[Act, Level, Fault]] = [
    ("create", "ad", answers(40002, STEERING, commit=False)),
    ("create", "ad", answers(40105, STEERING, commit=False)),
    ("create", "ad", answers(50000, STEERING, commit=False)),
    ("create", "ad", raw(STEERING.encode(), commit=False, status=500)),
    ("create", "ad", redirects("http://127.0.0.1:9/\x9b0m")),
    ("create", "ad", answers(0, data={"smart_plus_ad_id": STEERING}, commit=False)),
    ("get", "ad", answers(40002, STEERING, commit=False)),
    ("get", "adgroup", rows(bid_type=STEERING)),
    ("get", "adgroup", rows(adgroup_id=STEERING)),
    ("status", "campaign", answers(0, data={"error_list": [STEERING]}, commit=False)),
]


@pytest.mark.parametrize(("steered", "form"), few(diagonal(STEERED, ["text", "json"]), 1))
def test_what_the_server_says_steers_no_terminal(
    harness: Harness, steered: tuple[Act, Level, Fault], form: str
) -> None:
    act, level, fault = steered
    harness.tiktok.on(act, level, times=None, fault=fault)
    outcome = harness.submit("--enable", settle=SHORT_SETTLE, output_format=form)
    assert outcome.status in (2, 4, 5), summary(outcome)
    assert harness("runs", harness.record.run).status == 0


def test_a_rollback_disables_before_it_reads(harness: Harness) -> None:
    """A campaign that spends is stopped although nothing can be read back."""
    assert harness.submit("--enable").status == 0
    harness.tiktok.on("get", times=None, fault=answers(50000, commit=False))
    outcome = harness.rollback(settle=SHORT_SETTLE)
    assert (outcome.status, statuses(harness)) == (4, {"DISABLE"}), summary(outcome)
    harness.tiktok.heal()
    assert harness.follow(outcome).status == 0


@pytest.mark.parametrize(
    ("options", "said"),
    [([], "splint: no run in {}\n"), (["--sandbox"], "splint: no run at https://sandbox-ads.tiktok.com in {}\n")],
)
def test_where_no_run_is_the_place_is_named(command: Command, tmp_path: Path, options: list[str], said: str) -> None:
    """Else a wrong --run-dir looks like an account to which nothing was sent."""
    place = tmp_path / "nowhere"
    outcome = command("runs", "--run-dir", str(place), *options)
    assert (outcome.status, outcome.out, outcome.err) == (0, "", said.format(place))
    as_json = command("runs", "--run-dir", str(place), "--output-format", "json", *options)
    assert (as_json.status, as_json.report["runs"], as_json.err) == (0, [], "")
