"""A campaign that runs, or may, is told before anything else that stops a command."""

import errno
import json
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from typing import Any

import pytest

from splint.submit.client import Client
from splint.submit.locks import locked
from splint.submit.reading import Reader
from splint.submit.rows import described
from tests.grids import few
from tests.submit.harness import SHORT_SETTLE, Harness, summary
from tests.submit.lies import EMPTY
from tests.submit.server import Answer, Fault, Level, answers, envelope

THROTTLED = envelope(40100, "Too many requests")


def enabled_by_hand(harness: Harness) -> None:
    """A person enables the campaign."""
    for one in harness.tiktok.alive("campaign"):
        one.status = "ENABLE"


def foreign(harness: Harness) -> None:
    """A person adds an ad group."""
    harness.add("adgroup", campaign_id=harness.made[0].id)


def twin(harness: Harness) -> None:
    """Somebody makes another campaign of the name."""
    harness.add("campaign", campaign_name=harness.value["campaign"]["campaign_name"], operation_status="DISABLE")


def missing(harness: Harness) -> None:
    """Lists do not show an ad any more."""
    harness.tiktok.on("get", "ad", times=None, fault=Fault(lists=lambda row: [row] * (row["ad_name"] != "Glove")))


def dearer(harness: Harness) -> None:
    """A person raises the budget."""
    harness.made[0].body["budget"] = 900


FOUND: Mapping[str, tuple[Callable[[Harness], None], str]] = {
    "an ad group": (foreign, "also holds adgroup"),
    "another campaign": (twin, "is also that of"),
    "an ad is missing": (missing, "cannot be read back yet"),
    "a higher budget": (dearer, "what stands differs from the plan in"),
}


def meanwhile(happens: Callable[[], object], answer: Answer | None = None) -> Fault:
    """A request is carried out, then something happens, then the answer comes."""

    def then(whole: Answer) -> Answer:
        happens()
        return answer or whole

    return Fault(answer=then)


@pytest.mark.parametrize("found", FOUND)
@pytest.mark.parametrize("how", ["by hand", "by hand in a submit", "throttled", "without an answer"])
def test_a_campaign_that_runs_is_told_before_what_else_stops_the_command(
    harness: Harness, how: str, found: str
) -> None:
    """Whoever enabled it, the exit status is 5 and the next command disables it."""
    event, said = FOUND[found]
    run = ["--enable"] if how != "by hand in a submit" else []
    if how == "by hand in a submit":

        def both() -> None:
            enabled_by_hand(harness)
            event(harness)

        harness.tiktok.on("create", "ad", nth=3, fault=meanwhile(both))
        outcome = harness.submit(settle=SHORT_SETTLE)
    elif how == "throttled":
        assert harness.submit().status == 0
        harness.tiktok.on("status", fault=meanwhile(lambda: event(harness), THROTTLED))
        outcome = harness.resume(harness.record.run, *run, settle=SHORT_SETTLE)
    else:
        assert harness.submit().status == 0
        if how == "by hand":
            enabled_by_hand(harness)
        else:
            harness.tiktok.on("status", fault=Fault(ending="close"))
            harness.tiktok.on("get", "campaign", nth=4, times=None, fault=EMPTY)
            assert harness.resume(harness.record.run, *run, settle=SHORT_SETTLE).status == 5
            harness.tiktok.heal()
        event(harness)
        outcome = harness.resume(harness.record.run, *run, settle=SHORT_SETTLE)
    own, last = harness.made[0], outcome.err.partition("\nsplint: ")[2] or outcome.err
    assert (outcome.status, own.status) == (5, "ENABLE"), summary(outcome)
    assert said in outcome.err
    assert "nothing was enabled" not in last

    shown = f"splint: campaign {own.id} shows ENABLE and may run (the"
    assert shown in outcome.err, summary(outcome)
    acts = harness.record.resources["/campaign"].acts
    assert acts == ({} if how.startswith("by hand") else {"enable": "UNKNOWN"})
    assert f"next: splint rollback {harness.record.run} --run-dir" in outcome.err
    outcome = harness.follow(outcome)
    assert own.status == "DISABLE", summary(outcome)


@pytest.mark.parametrize("found", few(["an ad group", "another campaign", "an ad is missing"], 1))
def test_an_enable_that_is_not_confirmed_is_told_before_what_else_stops_the_command(
    harness: Harness, found: str
) -> None:
    """Its row shows DISABLE, which may be the state before."""
    assert harness.submit().status == 0
    run = harness.record.run
    harness.tiktok.on("status", fault=Fault(commit=False, ending="close"))
    harness.tiktok.on("get", "campaign", nth=4, times=None, fault=EMPTY)
    assert harness.resume(run, "--enable", settle=SHORT_SETTLE).status == 5
    harness.tiktok.heal()
    FOUND[found][0](harness)
    outcome = harness.resume(run, "--enable", settle=SHORT_SETTLE)
    assert outcome.status == 5, summary(outcome)
    assert "splint: UNKNOWN whether ENABLE came through (the next command disables it): " in outcome.err
    assert FOUND[found][1] in outcome.err
    assert f"next: splint rollback {run} --run-dir" in outcome.err


def test_a_campaign_that_runs_is_told_where_a_list_cannot_be_read(harness: Harness) -> None:
    assert harness.submit().status == 0
    enabled_by_hand(harness)
    harness.tiktok.on("get", "ad", times=None, fault=answers(50000, commit=False))
    outcome = harness.resume(harness.record.run, "--enable", "--output-format", "json", settle=SHORT_SETTLE)
    told = json.loads(outcome.out)
    assert (outcome.status, harness.sent("status")) == (5, []), summary(outcome)
    assert told["message"].startswith(f"campaign {harness.made[0].id} shows ENABLE and may run (the next command")
    assert "reading back from" in told["message"]
    assert told["next"].startswith(f"splint rollback {harness.record.run}")


NO_ROW: Mapping[str, Fault] = {
    "502": Fault(answer=lambda whole: whole._replace(status=502, body=b"<html>"), commit=False),
    "the token": answers(40105, commit=False),
    "throttled": Fault(answer=lambda _: THROTTLED),
    "a redirect": Fault(commit=False, answer=lambda whole: whole._replace(status=307, headers={"Location": "/x"})),
}


@pytest.mark.parametrize("read", few(NO_ROW, 1))
def test_an_enable_that_is_answered_and_cannot_be_read_back_is_not_confirmed(harness: Harness, read: str) -> None:
    """As where its answer was lost; the next command may be the same again."""
    assert harness.submit().status == 0

    def then() -> None:
        harness.tiktok.on("get", "campaign", times=None, fault=NO_ROW[read])

    harness.tiktok.on("status", fault=meanwhile(then))
    outcome = harness.resume(harness.record.run, "--enable", "--output-format", "json", settle=SHORT_SETTLE)
    told = json.loads(outcome.out)
    assert (outcome.status, told["status"]) == (5, 5), summary(outcome)
    assert told["message"].startswith("UNKNOWN whether ENABLE came through: /campaign (")
    assert harness.record.resources["/campaign"].acts == {"enable": "UNKNOWN"}
    harness.tiktok.heal()
    assert harness.follow(outcome).status == 0
    assert [harness.record.outcome, len(harness.sent("status"))] == ["enabled", 1]


@pytest.mark.parametrize(("code", "read"), [(40105, "empty"), (40100, "empty"), (40105, "502"), (40100, "502")])
def test_an_enable_that_is_said_not_to_be_carried_out_is_not_confirmed_where_no_row_tells(
    harness: Harness, code: int, read: str
) -> None:
    """It was carried out: each command ends with 5, or says it first, until that is known."""

    def then() -> None:
        harness.tiktok.on("get", times=None, fault=EMPTY if read == "empty" else NO_ROW["502"])

    harness.tiktok.on("status", times=None, fault=meanwhile(then, envelope(code, "no")))
    outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    run = harness.record.run
    assert outcome.status == 5, summary(outcome)
    way = "the next command" if f"next: splint rollback {run} " in outcome.err else f"splint rollback {run}"
    assert f"{way} disables it" in outcome.err, summary(outcome)
    assert harness.record.resources["/campaign"].acts == {"enable": "UNKNOWN"}
    assert harness.resume(run, "--enable", settle=SHORT_SETTLE).status == 5
    outcome = harness.submit(settle=SHORT_SETTLE)
    assert outcome.status == 1
    assert "splint: ENABLE of campaign" in outcome.err
    assert "ENABLE was sent and is not confirmed: it may run" in harness("runs").out
    assert harness.rollback(settle=SHORT_SETTLE).status == 5
    harness.tiktok.heal()
    assert (harness.rollback(settle=SHORT_SETTLE).status, harness.made[0].status) == (0, "DISABLE")


@pytest.mark.parametrize("level", few(["adgroup", "ad"], 1))
def test_an_interrupt_does_not_hide_that_the_campaign_runs(harness: Harness, level: Level) -> None:
    """A person enabled it, and a row showed that to the command."""
    assert harness.submit().status == 0
    enabled_by_hand(harness)
    get = Client.get

    def got(client: Client, path: str, query: Mapping[str, str]) -> object:
        if f"/{level}/" in path:
            raise KeyboardInterrupt
        return get(client, path, query)

    harness.patch.setattr(Client, "get", got)
    run = harness.record.run
    outcome = harness.resume(run, "--enable", settle=SHORT_SETTLE)
    assert outcome.status == 5, summary(outcome)
    assert (
        f"campaign {harness.made[0].id} shows ENABLE and may run (the next command disables it): interr" in outcome.err
    )
    assert f"next: splint rollback {run} --run-dir" in outcome.err
    harness.tiktok.on("status", times=None, fault=answers(40002, commit=False))
    outcome = harness.follow(outcome)  # which is interrupted, too, once a row showed ENABLE
    assert outcome.status == 5, summary(outcome)
    assert f"splint: campaign {harness.made[0].id} shows ENABLE and may run: interrupted" in outcome.err


def test_a_higher_budget_does_not_hide_that_the_campaign_runs(harness: Harness) -> None:
    """The message says so, not only its last line."""
    assert harness.submit().status == 0
    enabled_by_hand(harness)
    dearer(harness)
    outcome = harness.resume(harness.record.run, "--enable", "--output-format", "json", settle=SHORT_SETTLE)
    told = json.loads(outcome.out)
    shown = (
        f"campaign {harness.made[0].id} shows ENABLE and may run (the next command disables it): what stands differs"
    )
    assert (told["status"], told["message"][: len(shown)]) == (5, shown)
    assert told["next"].startswith(f"splint rollback {harness.record.run}")


BEFORE_A_REQUEST: Mapping[str, tuple[tuple[str, ...], int]] = {
    "the same bundle": (("submit", "bundle.json"), 1),
    "a lower limit": (("resume", "--max-daily", "5USD"), 1),
    "a limit of the same bundle": (("submit", "bundle.json", "--max-daily", "5USD"), 1),
    "another plan": (("resume", "--expect-plan", "0" * 64), 1),
    "a changed bundle": (("resume", "--bundle", "other.json"), 1),
    "the kept bundle is gone": (("resume",), 2),
}


def left_open(harness: Harness) -> tuple[str, str]:
    """A run whose ENABLE had no answer and was not read back. Returns the id of its campaign and its name."""
    assert harness.submit().status == 0
    run = harness.record.run
    harness.tiktok.on("status", fault=Fault(ending="close"))
    harness.tiktok.on("get", "campaign", nth=4, times=None, fault=EMPTY)
    assert harness.resume(run, "--enable", settle=SHORT_SETTLE).status == 5
    harness.tiktok.heal()
    return str(harness.made[0].id), run


@pytest.mark.parametrize("how", few(BEFORE_A_REQUEST, 1))
def test_what_stops_before_a_request_says_that_an_enable_is_not_confirmed(harness: Harness, how: str) -> None:
    """Of the same exit status: nothing was sent by this command, and the campaign may run."""
    own, run = left_open(harness)
    harness.write({"/campaign/budget": 700}, "other.json")
    harness.write()
    words, status = BEFORE_A_REQUEST[how]
    if how == "the kept bundle is gone":
        for kept in harness.runs.glob("*.bundle.json"):
            kept.unlink()
    harness.made[0].status = "DISABLE"  # as a submit reads it
    outcome = harness(*words, "--yes", settle=SHORT_SETTLE)
    said = f"ENABLE of campaign {own} was sent and is not confirmed: it may run, and splint rollback {run} disables it"
    assert outcome.status == status, summary(outcome)
    assert f"splint: {said}" in outcome.err, summary(outcome)
    assert harness("runs").out.endswith(", ENABLE was sent and is not confirmed: it may run\n")


@pytest.mark.parametrize("what", ["a lock that is held", "no lock", "a damaged line"])
def test_each_command_that_cannot_begin_says_that_an_enable_is_not_confirmed(harness: Harness, what: str) -> None:
    own, run = left_open(harness)
    [journal] = harness.journals
    way = f", and splint rollback {run} --now disables it" if what == "a lock that is held" else "; disable it by hand"
    commands = [("submit", "bundle.json"), ("resume", run), ("resume",), ("rollback", run)]
    with ExitStack() as stack:
        if what == "a lock that is held":
            stack.enter_context(locked(harness.runs, harness.record.start["advertiser_id"], run))
            harness.write({"/campaign/campaign_name": "Another"}, "other.json")
            commands.append(("submit", "other.json"))
        elif what == "no lock":
            patch = stack.enter_context(pytest.MonkeyPatch.context())
            patch.setattr("filelock.FileLock.acquire", read_only)
        else:
            lines = journal.read_bytes().splitlines(keepends=True)
            journal.write_bytes(b"".join([*lines[:4], lines[4].replace(b"seq", b"sex"), *lines[5:]]))
            commands += [("runs",), ("runs", run), ("submit", "bundle.json", "--again", "lost")]
        for words in commands:
            outcome = harness(*words, *["--yes"] * (words[0] != "runs"), settle=SHORT_SETTLE)
            assert outcome.status == 2, summary(outcome)
            said = f"splint: ENABLE of campaign {own} was sent and is not confirmed: it may run{way}: "
            assert said in outcome.err, summary(outcome)


UNKNOWN_RUN: Mapping[str, tuple[str, ...]] = {
    "a field that is not compared": ("resume", "--accept-drift", "nonsense"),
    "one of a submit": ("submit", "bundle.json", "--accept-drift", "nonsense"),
    "a plugin that does not load": ("submit", "bundle.json", "--plugin", "nosuch"),
    "no token file": ("rollback", "RUN", "--token-file", "nosuch"),
    "a lone request that deletes": ("rollback", "RUN", "--now", "--delete"),
    "no yes": ("rollback", "RUN", "--now"),
}


@pytest.mark.parametrize("what", UNKNOWN_RUN)
def test_what_stops_before_the_run_is_read_says_that_an_enable_is_not_confirmed(harness: Harness, what: str) -> None:
    own, run = left_open(harness)
    words = (run if word == "RUN" else word for word in UNKNOWN_RUN[what])
    outcome = harness(*words, settle=SHORT_SETTLE)
    said = f"ENABLE of campaign {own} was sent and is not confirmed: it may run, and splint rollback {run} disables it"
    assert (outcome.status, f"splint: {said}: " in outcome.err) == (2, True), summary(outcome)


def read_only(*_: object, **__: object) -> None:
    """Fail as on a file system that takes no file."""
    raise OSError(errno.EROFS, "Read-only file system")


def test_a_rollback_now_that_cannot_be_journalled_needs_a_person_where_an_enable_is_open(harness: Harness) -> None:
    _, run = left_open(harness)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("splint.submit.journal.os.open", read_only)
        outcome = harness("rollback", run, "--now", "--yes", settle=SHORT_SETTLE)
    assert outcome.status == 5, summary(outcome)
    assert "UNKNOWN whether ENABLE came through: " in outcome.err
    assert "disable it by hand" in outcome.err


@pytest.mark.parametrize("answer", ["a refusal", "an error_list"])
def test_the_way_on_from_a_rollback_now_that_is_refused_is_the_rollback(harness: Harness, answer: str) -> None:
    """The same request would be answered so again. Of what the run enabled it says first that it may run."""
    assert harness.submit("--enable").status == 0
    own, run = harness.made[0], harness.record.run
    failures = [{"campaign_id": own.id, "error_message": "not found"}]
    listed = answers(0, data={"error_list": failures}, commit=False)
    harness.tiktok.on("status", fault=answers(40007, "not found", commit=False) if answer == "a refusal" else listed)
    outcome = harness("rollback", run, "--now", "--yes", settle=SHORT_SETTLE)
    assert outcome.status == 5, summary(outcome)
    assert f"splint: campaign {own.id} was enabled and may run: " in outcome.err
    assert f"next: splint rollback {run} --" in outcome.err
    assert "--now" not in outcome.err.partition("next: ")[2]
    assert (harness.follow(outcome).status, own.status) == (0, "DISABLE")


@pytest.mark.parametrize("words", [(), ("--delete",)])
def test_a_rollback_now_leaves_a_run_rolled_back(harness: Harness, words: tuple[str, ...]) -> None:
    """What is deleted is not disabled; what is disabled is once more, as somebody may have enabled it."""
    assert harness.submit("--enable").status == 0
    run = harness.record.run
    assert harness.rollback(*words, settle=SHORT_SETTLE).status == 0
    before = len(harness.sent("status"))
    outcome = harness("rollback", run, "--now", "--yes")
    assert (outcome.status, len(harness.sent("status")) - before) == (0, 0 if words else 1), summary(outcome)
    state = "deleted" if words else "disabled"
    assert f"run {run} is rolled back: its campaign is {state}" in outcome.out
    assert f"{run}  {state} " in harness("runs").out


@pytest.mark.parametrize("words", [("resume",), ("rollback",), ("rollback", "--delete"), ("rollback", "--now")])
def test_the_campaign_of_the_runs_name_is_named_beside_an_id_that_is_anothers(
    harness: Harness, words: tuple[str, ...]
) -> None:
    """The answer gave somebody's id, and no list could be read then."""
    other = harness.add("campaign", campaign_name="Somebody else", operation_status="ENABLE")

    def then() -> None:
        harness.tiktok.on("get", times=None, fault=NO_ROW["502"])

    harness.tiktok.on("create", "campaign", fault=meanwhile(then, envelope(data={"campaign_id": other})))
    assert harness.submit(settle=SHORT_SETTLE).status == 4
    harness.tiktok.heal()
    outcome = harness(words[0], harness.record.run, *words[1:], "--yes", settle=SHORT_SETTLE)
    assert (outcome.status, harness.sent("status")) == (5, []), summary(outcome)
    assert f"; {harness.made[0].id} is named 'Spring sale', which no journal here has: " in outcome.err


def test_a_row_without_a_name_is_told_as_such() -> None:
    assert described({"campaign_id": "1"}) == described({"campaign_id": "1", "campaign_name": ""})
    assert described({"campaign_id": "1"}) == "campaign 1 without a name"


def interrupted(*_: object, **__: object) -> object:
    """Fail as if somebody pressed Ctrl-C."""
    raise KeyboardInterrupt


@pytest.mark.parametrize("words", [(), ("--delete",), ("--now",)])
def test_an_interrupt_of_a_rollback_does_not_hide_that_the_campaign_was_enabled(
    harness: Harness, words: tuple[str, ...]
) -> None:
    """Ctrl-C comes as DISABLE is sent."""
    assert harness.submit("--enable").status == 0
    own, run = harness.made[0], harness.record.run
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Client, "post", interrupted)
        outcome = harness.rollback(*words, settle=SHORT_SETTLE)
    assert outcome.status == 5, summary(outcome)
    assert f"splint: campaign {own.id} was enabled and may run: interrupted" in outcome.err
    assert f"next: splint rollback {' '.join((run, *words))} --run-dir" in outcome.err
    assert harness.follow(outcome).status == 0


def test_a_redirect_of_what_a_rollback_reads_does_not_hide_an_enable_that_is_not_confirmed(harness: Harness) -> None:
    left_open(harness)
    harness.tiktok.on("get", times=None, fault=NO_ROW["a redirect"])
    outcome = harness.rollback(settle=SHORT_SETTLE)
    assert outcome.status == 5, summary(outcome)
    assert "splint: UNKNOWN whether ENABLE came through: reading back from" in outcome.err
    assert f"next: splint rollback {harness.record.run} --run-dir" in outcome.err


def test_a_rollback_now_that_came_before_an_enable_could_end_leaves_it_open(harness: Harness) -> None:
    """Its DISABLE proves nothing: each command says so until a rollback has read the campaign."""
    own, run = left_open(harness)
    assert harness("rollback", run, "--now", "--yes").status == 5
    enabled_by_hand(harness)
    doubt = f"ENABLE of campaign {own} was sent and is not confirmed: it may run"
    shown = f"campaign {own} of run {run} shows ENABLE and may run"
    limited = ("submit", "bundle.json", "--max-daily", "1USD")
    for words, said in ((("submit", "bundle.json"), shown), (limited, doubt), (("resume", run), doubt)):
        outcome = harness(*words, "--yes", settle=SHORT_SETTLE)
        assert f"splint: {said}, and splint rollback {run} disables it: " in outcome.err, summary(outcome)
    assert harness("runs").out.endswith(", ENABLE was sent and is not confirmed: it may run\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("splint.submit.journal.os.open", read_only)
        outcome = harness("rollback", run, "--now", "--yes")
    assert (outcome.status, "splint: UNKNOWN whether ENABLE came" in outcome.err) == (5, True), summary(outcome)
    outcome = harness("rollback", run, "--yes", settle=SHORT_SETTLE)
    assert (outcome.status, harness.made[0].status) == (0, "DISABLE"), summary(outcome)
    assert "not confirmed" not in harness("runs").out


def test_an_answer_to_an_enable_is_journalled_before_it_is_read_back(harness: Harness) -> None:
    """Ctrl-C comes in between."""
    assert harness.submit().status == 0
    post = Client.post

    def posted(client: Client, *arguments: Any) -> object:
        answer = post(client, *arguments)
        patch.setattr(Client, "get", interrupted)
        return answer

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Client, "post", posted)
        outcome = harness.resume(harness.record.run, "--enable", settle=SHORT_SETTLE)
    assert outcome.status == 5, summary(outcome)
    [event] = [one for one in harness.record.journal.events if (one.name, "action" in one.fields) == ("UNKNOWN", True)]
    assert event.fields["why"] == "answered with code 0: OK, and not read back yet"
    outcome = harness.follow(outcome)
    assert (outcome.status, "no row confirmed it" in outcome.out) == (0, True), summary(outcome)


@pytest.mark.parametrize("is_open", [False, True])
def test_an_interrupt_in_the_first_look_of_a_submit_says_that_no_run_is_begun(harness: Harness, is_open: bool) -> None:
    own, _ = left_open(harness) if is_open else ("", "")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Client, "get", interrupted)
        outcome = harness.submit(*["--again", "wanted"] * is_open, settle=SHORT_SETTLE)
    assert outcome.status == (5 if is_open else 4), summary(outcome)
    assert "interrupted; nothing was sent, and no run is begun: submit anew" in outcome.err
    assert (f"splint: ENABLE of campaign {own} was sent and is not confirmed" in outcome.err) == is_open
    assert len(harness.journals) == is_open


def test_an_interrupt_at_the_question_does_not_hide_an_enable_that_is_not_confirmed(harness: Harness) -> None:
    own, run = left_open(harness)
    harness.patch.setattr("splint.cli.resume.confirmed", interrupted)
    outcome = harness("resume", run, "--enable")
    assert outcome.status == 5, summary(outcome)
    assert f"splint: ENABLE of campaign {own} was sent and is not confirmed" in outcome.err
    assert "interrupted; nothing was sent" in outcome.err


@pytest.mark.parametrize("is_paused", [False, True])
def test_a_resume_of_a_paused_run_names_what_enables_it(harness: Harness, is_paused: bool) -> None:
    """Unless its bundle says DISABLE."""
    harness.write({"/campaign/operation_status": "DISABLE"} if is_paused else {})
    assert harness.submit().status == 0
    outcome = harness.resume(run := harness.record.run)
    assert (outcome.status, "it left its campaign paused" in outcome.err) == (2, True), summary(outcome)
    assert (f"next: splint resume {run} --enable" in outcome.err) != is_paused


def test_a_rollback_now_lists_the_objects_once(harness: Harness) -> None:
    assert harness.submit("--enable").status == 0
    outcome = harness.rollback("--now")
    assert (outcome.status, outcome.out.count(str(harness.made[0].id))) == (0, 1)


UNASKED = ", showed ENABLE, which the run never sent, and may run"


@pytest.mark.parametrize("words", [(), ("--enable",)])
def test_a_campaign_that_was_seen_to_run_unasked_is_told_by_later_commands(
    harness: Harness, words: tuple[str, ...]
) -> None:
    harness.tiktok.on("create", "ad", nth=3, fault=meanwhile(lambda: enabled_by_hand(harness)))
    outcome = harness.submit(*words, settle=SHORT_SETTLE)
    run, own = harness.record.run, harness.made[0].id
    assert (outcome.status, f"/campaign{UNASKED}\n" in outcome.err) == (5, True), summary(outcome)
    for names in ((), (run,)):
        [line, *_] = harness("runs", *names).out.splitlines()
        assert line.endswith(f"{harness.tiktok.origin}{UNASKED}")
    [listed] = json.loads(harness("runs", "--output-format", "json").out)["runs"]
    assert (listed["state"], listed["runs_unasked"]) == ("unfinished", True)
    outcome = harness.resume(run, "--max-daily", "1")
    said = f"campaign {own}{UNASKED[1:]}, and splint rollback {run} disables it: "
    assert (outcome.status, said.replace("  ", " ") in outcome.err) == (1, True), summary(outcome)
    assert harness.rollback(settle=SHORT_SETTLE).status == 0
    [listed] = json.loads(harness("runs", "--output-format", "json").out)["runs"]
    assert (UNASKED in harness("runs").out, "runs_unasked" in listed) == (False, False)


@pytest.mark.parametrize("is_refused", [False, True])
def test_a_campaign_that_a_row_shows_paused_since_is_not_said_to_run(harness: Harness, is_refused: bool) -> None:
    harness.tiktok.on("create", "ad", nth=3, fault=meanwhile(lambda: enabled_by_hand(harness)))
    assert harness.submit(settle=SHORT_SETTLE).status == 5
    assert harness("runs").out.endswith(f"{UNASKED}\n")
    harness.made[0].status = "DISABLE"
    if is_refused:
        harness.tiktok.on("get", "ad", times=None, fault=answers(40001, commit=False))
    outcome = harness.resume(harness.record.run, settle=SHORT_SETTLE)
    assert outcome.status == (4 if is_refused else 0), summary(outcome)
    assert UNASKED not in outcome.out + outcome.err + harness("runs").out


def test_a_row_that_was_read_before_ctrl_c_confirms_enable(harness: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    own = Reader._rows

    def interrupted(reader: Reader, level: Level, filtering: Mapping[str, Any], *, deleted: bool = False) -> Any:
        if level == "adgroup" and harness.sent("status"):
            raise KeyboardInterrupt
        return own(reader, level, filtering, deleted=deleted)

    with monkeypatch.context() as patch:
        patch.setattr(Reader, "_rows", interrupted)
        outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    assert (outcome.status, "splint: interrupted (run" in outcome.err) == (4, True), summary(outcome)
    assert harness("runs").out.endswith(", was enabled and may run\n")
    outcome = harness.rollback(settle=SHORT_SETTLE)
    assert (outcome.status, "no row confirmed it" in outcome.out) == (0, False), summary(outcome)


@pytest.mark.parametrize("level", ["adgroup", "ad"])
def test_a_row_that_shows_the_campaign_enabled_is_journalled_before_anything_else_is_read(
    harness: Harness, level: Level
) -> None:
    acts: list[str] = []

    def look() -> None:
        acts.append(harness.record.resource("/campaign").acts["enable"])

    then = meanwhile(lambda: harness.tiktok.on("get", level, fault=meanwhile(look)))
    harness.tiktok.on("status", fault=then)
    assert harness.submit("--enable", settle=SHORT_SETTLE).status == 0
    assert (acts, harness.events("/campaign").count("DONE")) == (["DONE"], 1)


def test_a_list_that_cannot_be_read_after_a_row_confirmed_enable_is_no_doubt_about_it(harness: Harness) -> None:
    then = meanwhile(lambda: harness.tiktok.on("get", "adgroup", times=None, fault=answers(40001, commit=False)))
    harness.tiktok.on("status", fault=then)
    outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    assert (outcome.status, "UNKNOWN" in outcome.err) == (4, False), summary(outcome)
    assert harness("runs").out.endswith(", was enabled and may run\n")
