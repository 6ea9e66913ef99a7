"""Output of commands: failing streams, the holder of a lock, and passwords."""

import json
import os
import re
import signal
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from pkgutil import resolve_name
from types import SimpleNamespace
from typing import Any

import click
import pytest
from filelock import FileLock
from pydantic import SecretStr

from splint.cli.shown import SubmitOptions, command_line
from splint.submit import PersonNeededError, Record, Submitter, TransportOptions
from splint.submit.access import VARIABLE
from splint.submit.client import Client, Withheld
from tests.grids import few
from tests.submit import lies
from tests.submit.harness import CANARY, FIRST, SHORT_SETTLE, Harness, closed_origin, summary
from tests.submit.in_process import InProcessShell
from tests.submit.server import Act, Fault, Level, TikTok, answers, html
from tests.submit.shell import FAILING, Ended, Popen, Shell, failing, until

# -- output that fails -------------------------------------------------------------------------------------------------

COMMANDS = {
    "a submit that ends well": 0,
    "a submit that stops": 4,
    "a submit that is in doubt": 5,
    "a resume that ends well": 0,
    "a resume that stops": 4,
    "a rollback that ends well": 0,
    "a rollback that is in doubt": 5,
}


Acted = tuple[Ended, list[str], list[str]]


def act(command: str, place: Path, out: str | None, err: str | None) -> Acted:
    """The end of a command, its requests, and the objects of the account after it."""
    place.mkdir()
    with TikTok() as tiktok:
        shell = Shell(tiktok, place)
        words = ["submit", "bundle.json", "--enable"]
        if not command.startswith("a submit"):
            InProcessShell(tiktok, place).run(words, "after:CREATED 3" if "resume" in command else "never 0")
            words = ["resume", shell.only] if "resume" in command else ["rollback", shell.only, "--delete"]
        if command.endswith("stops"):
            tiktok.on("create", "ad", nth=2, fault=answers(40105, commit=False))
        elif command == "a submit that is in doubt":
            tiktok.on("create", "ad", nth=2, fault=Fault(commit=False, ending="close"))
        elif command.endswith("in doubt"):
            tiktok.on("status", times=None, fault=html(commit=False))
            tiktok.on("get", times=None, fault=lies.EMPTY)
        before = len(tiktok.requests)
        with failing(out) as first, failing(err) as second:
            ended = shell.run(words, "never 0", first, second)
        asked = [f"{one.method} {one.path}" for one in tiktok.requests[before:]]
        return ended, asked, [f"{one.name} {one.status}" for one in tiktok.objects]


@pytest.fixture(scope="module")
def right_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Acted]:
    """What a command does whose output is read; found out once."""
    return cache(lambda command: act(command, tmp_path_factory.mktemp("right") / "place", None, None))


CASES = [
    (command, streams, how)
    for at, command in enumerate(COMMANDS)
    for streams in ("out", "err", "both")
    for number, how in enumerate(FAILING)
    if streams != "both" or number == at % len(FAILING)  # where both fail, one way of each command
]


@pytest.mark.slow
@pytest.mark.parametrize(("command", "streams", "how"), CASES)
def test_output_that_fails_changes_nothing(
    command: str, streams: str, how: str, right_of: Callable[[str], Acted], tmp_path: Path
) -> None:
    right = right_of(command)
    broken = act(command, tmp_path / "broken", how if streams != "err" else None, how if streams != "out" else None)
    assert right[0].status == COMMANDS[command], right[0]
    assert (broken[0].status, *broken[1:]) == (right[0].status, *right[1:]), broken[0]
    if right[0].status and streams != "both":
        assert broken[0].next[:2] == [right[0].next[0], broken[0].next[1]]


def test_a_plan_is_on_standard_output_in_a_locale_without_utf8(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the bytes of any other locale, as a report."""
    with TikTok() as tiktok:
        shell = Shell(tiktok, tmp_path)
        bundle = json.loads((tmp_path / "bundle.json").read_text())
        bundle["campaign"]["campaign_name"] = "Été à la mer"
        (tmp_path / "bundle.json").write_text(json.dumps(bundle))
        usual = shell.run("submit bundle.json --dry-run")
        assert "'Été à la mer'" in usual.out, usual
        for name, value in {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}.items():
            monkeypatch.setenv(name, value)
        assert shell.run("submit bundle.json --dry-run") == usual


# -- a lock ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[Shell]:
    """What hangs is a process of its own; what runs beside it need be none."""
    with TikTok() as tiktok:
        yield InProcessShell(tiktok, tmp_path)


def test_a_lock_says_who_holds_it(shell: Shell) -> None:
    with shell.hung("submit bundle.json --enable", "create", "ad") as sender:
        ended = shell.run("resume")
    assert ended.status == 2
    assert re.search(rf"\b{sender.pid}\b", ended.err)
    assert re.search(r"20\d\d-\d\d-\d\d[T ]\d\d:\d\d", ended.err)


@pytest.mark.parametrize(("act", "level"), few([("status", "campaign"), ("create", "ad")], 1))
def test_a_rollback_disables_past_the_lock_of_a_sender_that_hangs(shell: Shell, act: Act, level: Level) -> None:
    with shell.hung("submit bundle.json --enable", act, level):
        run, before = shell.only, len(shell.tiktok.requests_of("status"))
        assert shell.run(["rollback", run]).status == 2
        ended = shell.run(["rollback", run, "--now"])
    assert ended.status == (5 if act == "status" else 0), ended  # ENABLE may come through late
    [update] = shell.tiktok.requests_of("status")[before:]
    campaign = shell.tiktok.objects[0]
    assert (update.level, update.body["operation_status"]) == ("campaign", "DISABLE")
    assert (update.body["campaign_ids"], campaign.status) == ([campaign.id], "DISABLE")
    [beside] = shell.runs.glob(f"{run}.now-*")
    assert campaign.id in beside.read_text()
    assert shell.run(["rollback", run, "--delete"]).status == 0
    assert not shell.tiktok.alive()


@pytest.mark.slow
def test_a_sender_that_hung_does_not_enable_what_was_disabled_past_it(shell: Shell) -> None:
    with shell.hung("submit bundle.json --enable", "create", "ad", delay=2) as sender:
        assert shell.run(["rollback", shell.only, "--now"]).status == 0
        ended = shell.end(sender)
    assert ended.status in (4, 5), ended
    assert [one.status for one in shell.tiktok.alive("campaign")] == ["DISABLE"]


# -- what is printed ---------------------------------------------------------------------------------------------------

PASSWORD = "hunter2-5e1f"


@pytest.mark.parametrize("form", ["text", "json"])
def test_the_password_of_a_proxy_shows_nowhere(harness: Harness, form: str) -> None:
    through = f"http://somebody:{PASSWORD}@{harness.tiktok.origin.removeprefix('http://')}"
    harness.tiktok.on("create", "ad", fault=answers(40105, commit=False))
    outcome = harness.submit(proxy=through, output_format=form)
    assert outcome.status == 4, summary(outcome)
    assert "--proxy" in outcome.out + outcome.err
    dead = f"http://somebody:{PASSWORD}@{closed_origin().removeprefix('http://')}"
    stopped = harness.resume(proxy=dead, output_format=form, settle=SHORT_SETTLE)
    assert stopped.status == 4, summary(stopped)
    refused = harness._command("submit", "bundle.json", "--dry-run", "--proxy", f"socks5://x:{PASSWORD}@example.com")
    assert refused.status == 2
    for shown in (outcome, stopped, refused):
        assert PASSWORD not in shown.out + shown.err
    assert not [path for path in harness.runs.iterdir() if PASSWORD in path.read_text()]


def test_a_plan_shows_no_credential_and_what_is_sent_keeps_it(harness: Harness) -> None:
    """A login and a token in a URL, a password below a key of its name, however short, and a token in a name."""
    ad = "/adgroups/0/ads/0"
    url = f"https://shop:{PASSWORD}@www.example.com/?access_token=cAnArY0123456789&x=1"
    harness.write(
        {
            f"{ad}/landing_page_url_list/0/landing_page_url": url,
            f"{ad}/ad_name": "Ad with access_token=cAnArY0123456789",
            f"{ad}/ad_configuration/password": {"new": "q7z", "old": 40490},
            "/adgroups/0/adgroup_name": "cAnArY0123456789",
        }
    )
    for form in ("text", "json"):
        for outcome in (
            harness("submit", "bundle.json", "--dry-run", output_format=form),
            harness("submit", "bundle.json", "--dry-run", "--enable", output_format=form),
        ):
            assert outcome.status == 0, summary(outcome)
            assert not re.search(f"{PASSWORD}|cAnArY|q7z|40490", outcome.out + outcome.err), outcome
            assert "www.example.com/?access_token=****************&x=1" in outcome.out
    ended = harness.submit(output_format="json")
    assert ended.status == 0, summary(ended)
    assert not re.search(f"{PASSWORD}|cAnArY|q7z|40490", ended.out), ended.out
    sent = [request.body for request in harness.sent(level="ad")]
    assert sent[0]["landing_page_url_list"][0]["landing_page_url"] == url
    assert sent[0]["ad_configuration"]["password"] == {"new": "q7z", "old": 40490}


def test_no_output_of_a_run_shows_a_credential_of_its_bundle(harness: Harness) -> None:
    """Progress, differences, the run as JSON and the list of runs are masked as the plan is."""
    url = f"https://shop:{PASSWORD}@www.example.com/?access_token=cAnArY0123456789&x=1"
    long = f"https://shop:{PASSWORD * 9}@www.example.com/"
    harness.write(
        {
            "/adgroups/0/ads/1/landing_page_url_list/0/landing_page_url": long,
            "/adgroups/0/ads/0/landing_page_url_list/0/landing_page_url": url,
            "/campaign/campaign_name": "Sale access_token=cAnArY0123456789",
        }
    )
    shows = {"landing_page_url_list": [{"landing_page_url": f"{url}&y=2"}]}
    harness.tiktok.on(
        "get", "ad", times=None, fault=lies.altered(lambda data: [row.update(shows) for row in data["list"]])
    )
    outcomes = [harness.submit("--enable"), harness.resume("--enable", output_format="json")]
    assert [outcome.status for outcome in outcomes] == [5, 5], outcomes
    for outcome in outcomes:
        assert re.search(
            r'landing_page_url is .*"https://shop:\*{12}@www', outcome.out.replace("\\", "") + outcome.err
        ), outcome
    outcomes += [
        harness.raw("runs", "--run-dir", str(harness.runs), *form) for form in ((), ("--output-format", "json"))
    ]
    for outcome in outcomes:
        shown = outcome.out + outcome.err
        assert "Sale access_token=****" in shown, outcome
        assert not re.search(f"{PASSWORD}|cAnArY", shown), outcome


def test_a_bundle_hides_nothing_of_its_plan(harness: Harness) -> None:
    """By a note, or a field that is sent, that calls what matters a password."""
    plain = harness("submit", "bundle.json", "--dry-run").out
    report = harness("submit", "bundle.json", "--dry-run", output_format="json").report["plan"]
    bodies = {one["level"]: one["body"] for one in reversed(report["requests"])}
    adgroup, ad = bodies["adgroup"], bodies["ad"]
    url = ad["landing_page_url_list"][0]["landing_page_url"]
    budgets = [one["body"]["budget"] for one in report["requests"] if "budget" in one["body"]]
    given = {
        "password": [*budgets, *map(str, budgets), report["sha256"], report["origin"], report["advertiser_id"]],
        "access_token": [url, adgroup["optimization_goal"], "DISABLE", "POST", report["requests"][0]["endpoint"]],
    }
    harness.write({"/campaign/_note": given})
    outcome = harness("submit", "bundle.json", "--dry-run")
    assert "changed: /campaign/_note is left out: it is a note" in outcome.out
    assert [line for line in outcome.out.splitlines() if "_note" not in line] == plain.splitlines()
    hidden = harness("submit", "bundle.json", "--dry-run", output_format="json").report["plan"]
    changes = hidden["requests"][0].pop("changes")
    assert changes == ["/campaign/_note is left out: it is a note", *report["requests"][0].pop("changes")]
    assert hidden == report
    harness.write({"/adgroups/0/ads/0/ad_configuration/password": {**given, "other": "cAnArY0123456789"}})
    sent = harness("submit", "bundle.json", "--dry-run")
    for line in (f"Destination: {url}", f"to {report['origin']} for advertiser {report['advertiser_id']}:"):
        assert line in sent.out
    assert re.findall("It can .*", sent.out) == re.findall("It can .*", plain)
    shown = harness("submit", "bundle.json", "--dry-run", output_format="json").report["plan"]
    assert "cAnArY" not in json.dumps(shown)
    for one, other in zip(shown["requests"], report["requests"], strict=True):
        assert {**one, "body": 0, "changes": 0} == {**other, "body": 0, "changes": 0}
        own = {key: value for key, value in one["body"].items() if key not in ("ad_configuration", "advertiser_id")}
        assert own.items() <= other["body"].items()


def test_a_plan_without_credentials_is_shown_as_it_is(harness: Harness) -> None:
    """The hash, ids, fields of an identity and names with words such as token and pass in them."""
    harness.write({"/campaign/campaign_name": "Token launch: the day pass"})
    plan = harness("submit", "bundle.json", "--dry-run", output_format="json").report["plan"]
    submitter = Submitter(transport=TransportOptions(harness.tiktok.origin))
    assert plan == submitter.draft(harness.value).plan.model_dump()


def test_the_next_command_repeats_how_requests_are_sent(harness: Harness) -> None:
    harness.tiktok.on("create", "ad", fault=answers(40105, commit=False))
    outcome = harness.submit(rate="70", timeout="9", settle=0.25)
    assert (outcome.status, harness.state(FIRST["ad"])) == (4, "NOT_SENT"), summary(outcome)
    for option in ("--rate 70", "--timeout 9", "--settle 0.25"):
        assert re.search(rf"next: .*{option}(\.0)?( |$)", outcome.err, re.MULTILINE), outcome.err
    report = harness.resume(output_format="json", rate="70").report
    assert json.dumps(report["next"]).count("--rate 70") == 1


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("place", ["filelock.FileLock.release", "click.echo"])
def test_a_second_interrupt_hides_nothing(harness: Harness, place: str, sign: signal.Signals) -> None:
    """It comes while the first one is handled, or while the end of the run is told."""

    def interrupted(*arguments: Any, **named: Any) -> Any:
        signal.raise_signal(sign)
        return own(*arguments, **named)

    own: Any = FileLock.release if "Lock" in place else click.echo
    post = Client.post

    def posted(client: Client, path: str, body: Mapping[str, Any], *withheld: Withheld) -> Any:
        if "/ad/" in path:
            harness.patch.setattr(place, interrupted)
            signal.raise_signal(sign)
        return post(client, path, body, *withheld)

    harness.patch.setattr(Client, "post", posted)
    if place != "click.echo":  # however long after the first one
        harness.patch.setattr("splint.cli.interrupts.MOMENT", 0.0)
    outcome = harness.submit("--enable")
    assert (outcome.status, "splint: interrupted (run" in outcome.err) == (4, True), summary(outcome)
    assert f"next: splint resume {harness.record.run} --enable" in outcome.err


def interrupt_at(patch: pytest.MonkeyPatch, place: str, after: bool = False) -> None:
    """Let Ctrl-C come whenever a function begins, or `after` it."""
    module, _, name = place.rpartition(".")
    own = getattr(resolve_name(module), name)

    def interrupted(*arguments: Any, **named: Any) -> Any:
        if named.get("force"):  # a lock of another test that is collected now
            return own(*arguments, **named)
        if not after:
            signal.raise_signal(signal.SIGINT)
        result = own(*arguments, **named)
        if after:
            signal.raise_signal(signal.SIGINT)
        return result

    patch.setattr(place, interrupted)


@pytest.mark.parametrize(
    "place", few(["filelock.FileLock.release", "splint.cli.submit.show_end", "splint.cli.shown.ending"], 1)
)
@pytest.mark.parametrize("words", [(), ("--enable",)])
def test_an_interrupt_once_all_stands_changes_nothing(harness: Harness, place: str, words: tuple[str, ...]) -> None:
    """The run is FINISHED: its end is told as without the interrupt."""
    interrupt_at(harness.patch, place)
    outcome = harness.submit(*words)
    harness.assert_created(enabled=bool(words))
    is_what = "enabled" if words else "paused"
    assert (outcome.status, f"all of it stands, and the campaign is {is_what}" in outcome.out) == (0, True), outcome
    assert outcome.out.count("\nVERIFIED ") == 6
    assert ("next: splint resume" in outcome.out) == (not words)


def test_an_interrupt_right_after_the_last_event_changes_nothing(harness: Harness) -> None:
    note = Record.note

    def noted(record: Record, event: str, **fields: Any) -> None:
        note(record, event, **fields)
        if event == "FINISHED":
            signal.raise_signal(signal.SIGINT)

    harness.patch.setattr(Record, "note", noted)
    outcome = harness.submit("--enable")
    assert (outcome.status, "the campaign is enabled" in outcome.out) == (0, True), outcome
    outcome = harness.rollback("--delete")
    assert (outcome.status, "is rolled back: its campaign is deleted" in outcome.out) == (0, True), outcome


def test_an_interrupt_before_a_rollback_is_none_of_its_end(harness: Harness) -> None:
    """The run has reached an end of its own long before."""
    assert harness.submit("--enable").status == 0
    run = harness.record.run
    with pytest.MonkeyPatch.context() as patch:
        interrupt_at(patch, "splint.submit.submitter.sender")
        outcome = harness.rollback()
    assert (outcome.status, f"next: splint rollback {run}" in outcome.err) == (5, True), outcome


@pytest.mark.parametrize(
    "place", few(["filelock.FileLock.release", "splint.cli.shown._objects", "splint.cli.shown._end"], 1)
)
def test_an_interrupt_after_a_stop_hides_nothing(harness: Harness, place: str) -> None:
    harness.tiktok.on("create", "ad", nth=2, fault=answers(40105, commit=False))
    with pytest.MonkeyPatch.context() as patch:
        interrupt_at(patch, place)
        outcome = harness.submit("--enable")
    assert (outcome.status, outcome.err.count("\nCREATED ")) == (4, 4), outcome
    assert "was not sent: the token is not accepted" in outcome.err
    assert f"next: splint resume {harness.record.run} --enable" in outcome.err


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("place", ["splint.submit.journal.sync_directory", "splint.submit.journal.Journal.create"])
def test_an_interrupt_while_a_journal_is_made_sends_nothing(harness: Harness, place: str, after: bool) -> None:
    """Of the two directories that are synced, the second time is that of the journal."""
    if place.endswith("directory"):
        harness.patch.setattr("splint.submit.submitter.keep", lambda path, data: path.write_bytes(data))
        harness.runs.mkdir(mode=0o700)
    interrupt_at(harness.patch, place, after)
    outcome = harness.submit("--enable")
    assert (outcome.status, harness.sent()) == (4, []), outcome
    assert "splint: interrupted; nothing was sent, and no run is begun: submit anew\n" in outcome.err
    assert "resume" not in outcome.err


def test_an_interrupt_that_is_lost_is_not_the_last(harness: Harness) -> None:
    """Python drops what is raised in `__del__`; as long as the first one is on its way, no other is raised."""

    class Dropped:
        def __del__(self) -> None:
            signal.raise_signal(signal.SIGINT)

    post = Client.post

    def posted(client: Client, path: str, body: Mapping[str, Any], *withheld: Withheld) -> Any:
        if "/ad/" in path:
            Dropped()
            signal.raise_signal(signal.SIGINT)
        return post(client, path, body, *withheld)

    harness.patch.setattr(Client, "post", posted)
    harness.patch.setattr("sys.unraisablehook", lambda _: None)
    outcome = harness.submit("--enable")
    assert (outcome.status, harness.sent("create", "ad")) == (4, []), outcome


@contextmanager
def full_pipe() -> Iterator[int]:
    """The end of a pipe that nobody reads, and that takes nothing more."""
    end, sink = os.pipe()
    os.set_blocking(sink, False)
    with suppress(BlockingIOError):
        while os.write(sink, b"x"):
            pass
    os.set_blocking(sink, True)
    yield sink
    os.close(sink)
    os.close(end)


def interrupted(process: Popen, sign: signal.Signals) -> None:
    """Send a signal again and again until the process has ended."""
    end = time.monotonic() + 20
    while process.poll() is None:
        assert time.monotonic() < end
        process.send_signal(sign)
        time.sleep(0.15)


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["well", "badly"])
def test_an_interrupt_of_an_end_that_nobody_reads_hides_nothing(tmp_path: Path, ending: str) -> None:
    """The status and the next command stay: what standard output does not take is told on standard error."""
    with TikTok() as tiktok, full_pipe() as sink:
        shell = Shell(tiktok, tmp_path)
        if ending == "badly":
            tiktok.on("create", "ad", fault=answers(40105, commit=False))
        process = shell.start("submit bundle.json --output-format json", out=sink)
        until(shell.is_finished if ending == "well" else lambda: tiktok.carried_out("create", "ad"), process)
        time.sleep(0.3)
        interrupted(process, signal.SIGTERM)
        ended = shell.end(process)
    status, words = (0, ["resume", shell.only, "--enable"]) if ending == "well" else (4, ["resume", shell.only])
    assert ended.status == status, ended
    assert " ".join(["splint", *words]) in ended.err, ended


@pytest.mark.slow
def test_interrupts_end_a_command_whose_output_nobody_reads(tmp_path: Path) -> None:
    """Both streams are one full pipe: each is given up at the first interrupt after a moment."""
    with TikTok() as tiktok, full_pipe() as sink:
        shell = Shell(tiktok, tmp_path)
        process = shell.start("submit bundle.json --output-format json", out=sink, err=sink)
        until(lambda: list(shell.runs.glob("*.jsonl")), process)
        interrupted(process, signal.SIGINT)
        assert process.returncode == 4


def test_an_interrupt_at_the_end_hides_nothing(harness: Harness) -> None:
    """All of it stands already when the signal comes."""
    echo = click.echo

    def interrupted(text: bytes, **named: Any) -> None:
        if b"VERIFIED" in text:
            signal.raise_signal(signal.SIGINT)
        echo(text, **named)

    harness.patch.setattr("click.echo", interrupted)
    outcome = harness.submit()
    assert (outcome.status, f"next: splint resume {harness.record.run} --enable" in outcome.out) == (0, True)


@pytest.mark.parametrize("name", few(["/dev/fd/63", "/dev/stdin", "/proc/self/fd/9"], 1))
def test_the_next_command_names_no_pipe_of_this_one(name: str) -> None:
    options = SubmitOptions(TransportOptions(), None, name, as_json=False)
    assert command_line(options, "resume", "RUN") == "splint resume RUN --token-file FILE"
    kept = options._replace(token_file="token.txt")
    assert command_line(kept, "resume", "RUN") == f"splint resume RUN --token-file {Path.cwd() / 'token.txt'}"
    piped = SubmitOptions(TransportOptions(ca_file=name), None, None, as_json=False)
    assert command_line(piped, "resume", "RUN") == "splint resume RUN --ca-file FILE"
    kept = piped._replace(transport=TransportOptions(ca_file="ca.pem"))
    assert command_line(kept, "resume", "RUN") == f"splint resume RUN --ca-file {Path.cwd() / 'ca.pem'}"


# -- the question ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["submit", "resume"])
def test_the_help_of_a_limit_says_what_names_its_currency(harness: Harness, name: str) -> None:
    text = " ".join(harness.raw(name, "--help").out.split())
    assert "in the advertiser's currency (where that cannot be read, in that of --fact currency=ISO alone)." in text


def test_the_help_of_runs_says_that_it_sends_nothing(harness: Harness) -> None:
    """Although it lists the token, the proxy and the pauses among its options."""
    text = " ".join(harness.raw("runs", "--help").out.split())
    assert "Nothing is sent, and no token is read" in text
    assert "the options on how requests are sent change nothing" in text


def test_the_help_of_resume_says_which_run_it_takes(harness: Harness) -> None:
    text = " ".join(harness.raw("resume", "--help").out.split())
    assert "by default the unfinished one that began last by the clock of the machine." in text


@pytest.mark.parametrize("given", ["", "n\n"])
def test_the_end_of_the_input_is_no_yes(harness: Harness, given: str) -> None:
    """Ctrl-D is answered as `n`; Ctrl-C interrupts."""
    harness.patch.setattr("splint.cli.sending.sys", SimpleNamespace(stdin=SimpleNamespace(isatty=lambda: True)))
    harness.patch.setenv(VARIABLE, harness.token)
    words = ("submit", "bundle.json", "--base-url", harness.tiktok.origin, "--run-dir", str(harness.runs))
    outcome = harness._command(*words, stdin=given)
    assert (outcome.status, "you said no: nothing was sent" in outcome.err) == (1, True), outcome
    assert harness.tiktok.requests == []


@pytest.mark.parametrize("word", ["submit", "resume", "rollback"])
@pytest.mark.parametrize("form", ["text", "json"])
def test_an_interrupted_question_is_interrupted(harness: Harness, word: str, form: str) -> None:
    run = "" if word == "submit" else left_paused(harness)
    before = len(harness.tiktok.requests)
    harness.patch.setattr("splint.cli.sending.sys", SimpleNamespace(stdin=SimpleNamespace(isatty=lambda: True)))
    harness.patch.setattr("click.termui.visible_prompt_func", lambda _: signal.raise_signal(signal.SIGINT))
    harness.patch.setenv(VARIABLE, harness.token)
    what = {"submit": ("bundle.json",), "resume": (run, "--enable"), "rollback": (run,)}[word]
    options = ("--base-url", harness.tiktok.origin, "--run-dir", str(harness.runs), "--output-format", form)
    outcome = harness._command(word, *what, *options)
    said = "interrupted; nothing was sent"
    assert (outcome.status, f"splint: {said}\n" in outcome.err) == (130, True), outcome
    assert len(harness.tiktok.requests) == before
    if form == "json":
        told = json.loads(outcome.out)
        assert (told["status"], told["message"], told["next"], told["run"]) == (130, said, None, None)


def left_paused(harness: Harness) -> str:
    """A run that came to its end. Returns its name."""
    assert harness.submit().status == 0
    return harness.record.run


def test_a_question_names_all_that_is_sent(harness: Harness) -> None:
    """The request that enables the campaign too, unless the bundle says DISABLE."""
    asked = list[str]()
    harness.patch.setattr("splint.cli.sending.sys", SimpleNamespace(stdin=SimpleNamespace(isatty=lambda: True)))
    harness.patch.setattr("splint.cli.sending.click.confirm", lambda question, err: asked.append(question))
    enabling = ", and one more that ENABLEs the campaign, which starts to spend?"
    for words in ([], ["--enable"]):
        assert harness("submit", "bundle.json", *words).status == 1
    harness.tiktok.on("create", "ad", fault=answers(40105, commit=False))
    assert harness.submit().status == 4
    run = harness.record.run
    for command in (["resume"], ["resume", "--enable"], ["rollback", run], ["rollback", run, "--delete"]):
        assert harness(*command).status == 1
    paused = harness.write({"/campaign/operation_status": "DISABLE"}, "paused.json")
    assert harness("submit", paused, "--enable").status == 1
    assert asked == [
        "Send 6 requests?",
        f"Send 6 requests{enabling}",
        f"Send the rest of run {run}?",
        f"Send the rest of run {run}{enabling}",
        f"Disable what run {run} created?",
        f"Disable the campaign and delete what run {run} created?",
        "Send 6 requests?",
    ]


def test_a_sentence_names_the_directory_in_its_own_commands_alone(harness: Harness) -> None:
    """From Python too; what a server says is left as it is."""
    said = "splint runs 20260101T000000Z-0123abcd"
    harness.tiktok.on("create", "ad", fault=Fault(commit=False, ending="close"))
    harness.tiktok.on("create", "ad", nth=2, fault=answers(40002, said, commit=False))
    assert harness.submit(settle=SHORT_SETTLE).status == 5
    options = ("--base-url", harness.tiktok.origin, "--settle", "0", "--run-dir", str(harness.runs))
    shown = harness.raised("resume", "--resend-absent", "--yes", *options)
    assert (f"{said})" in shown, f"{said} --run-dir" in shown) == (True, False), shown
    submitter = Submitter(
        SecretStr(CANARY), transport=TransportOptions(base_url=harness.tiktok.origin), run_dir=harness.runs
    )
    run = harness.record.run
    with pytest.raises(PersonNeededError, match=f"splint rollback {run} --run-dir {re.escape(str(harness.runs))}"):
        submitter.resume()


def test_the_next_command_names_the_directory_from_anywhere(harness: Harness) -> None:
    """As the commands within sentences do, wherever they are copied to; so it does with other files."""
    outcome = harness("submit", "bundle.json", "--yes", "--run-dir", harness.runs.name)
    assert f"--enable --run-dir {harness.runs.resolve()} " in outcome.out, outcome


def test_the_next_command_runs_in_any_directory(harness: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    here = harness.directory
    (here / "token").write_text(harness.token)
    (here / "token").chmod(0o600)
    (here / "set.toml").write_text('profile = "guide"\n')
    hook = "@splint.hookimpl\ndef splint_before_submit(plan):\n    return []\n"
    (here / "plug.py").write_text(f"import splint\n{hook}")
    files = ("--config", "set.toml", "--plugin", "plug.py", "--token-file", "token")
    outcome = harness.submit("--config", 'select=["SPL"]', *files, settle=SHORT_SETTLE)
    assert outcome.status == 0, summary(outcome)
    named = f"--plugin {here / 'plug.py'} --config 'select=[\"SPL\"]' --config {here / 'set.toml'} --run-dir"
    assert (named in outcome.out, f" --token-file {here / 'token'} " in outcome.out) == (True, True), outcome.out
    (here / "elsewhere").mkdir()
    monkeypatch.chdir(here / "elsewhere")
    outcome = harness.follow(outcome)
    assert (outcome.status, harness.record.outcome) == (0, "enabled"), summary(outcome)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("submit bundle.json --accept-drift xx", "xx is not compared"),
        ("submit bundle.json --max-daily much", "is no amount such as"),
        ("submit bundle.json --config fail-on=much", "fail-on"),
        ("submit", "Missing argument 'FILE'"),
        ("resume --proxy nowhere", "is no URL of a proxy"),
        ("rollback x --deleet", "No such option"),
        ("runs --delete", "No such option"),
    ],
)
@pytest.mark.parametrize("form", ["--output-format json", "--output-format=json"])
def test_a_call_that_cannot_begin_ends_in_json_as_any_other(shell: Shell, words: str, said: str, form: str) -> None:
    ended = shell.run(f"{words} {form}")
    answer = json.loads(ended.out)
    assert (ended.status, answer["status"], said in answer["message"]) == (2, 2, True), ended
    assert (answer["run"], answer["plan"], answer["next"]) == (None, None, None)
    plain = shell.run(words)
    assert (plain.status, plain.out) == (2, ""), plain
