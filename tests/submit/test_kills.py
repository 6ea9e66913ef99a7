"""Runs that are killed, interrupted or started twice as processes: in the end each planned object exists once."""

import re
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest

from splint.submit import Submitter
from tests.submit.in_process import InProcessShell
from tests.submit.properties import PLAN, assert_created, assert_invariants
from tests.submit.server import Act, Answer, Fault, Level, TikTok, answers, envelope
from tests.submit.shell import PIPE, Ended, Shell, Sink, until

pytestmark = pytest.mark.slow  # stories of processes that are killed


class MortalShell(InProcessShell):
    """What is killed or interrupted is a process of its own; what runs before and after it need be none."""

    def run(self, words: str | list[str], kill_point: str = "never 0", out: Sink = PIPE, err: Sink = PIPE) -> Ended:
        """Run a command to its end, or until it is killed."""
        if kill_point == "never 0":
            return super().run(words, kill_point, out, err)
        return Shell.run(self, words, kill_point, out, err)


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[Shell]:
    with TikTok() as tiktok:
        yield MortalShell(tiktok, tmp_path)


def go_on(shell: Shell, first: int) -> None:
    """Resume a killed run, first with the exit status `first`, until all planned objects exist."""
    assert_invariants(shell.tiktok, shell.runs)
    ended = shell.run("resume")
    assert ended.status == first, ended.err
    assert_invariants(shell.tiktok, shell.runs)
    if first == 5:
        assert "cannot be found" in ended.err
        assert shell.run([*ended.next, "--resend-absent"]).status == 0
    elif first == 2 and not shell.is_finished():
        assert not shell.tiktok.objects
        again = ["--again", "nothing stands"] * any(shell.runs.glob("*.jsonl"))  # whose first line was torn
        assert shell.run(["submit", "bundle.json", "--enable", *again]).status == 0
    assert_created(shell.tiktok, shell.runs)
    assert shell.is_finished()


@pytest.mark.parametrize(
    ("kill_point", "first"),
    [
        ("torn:line 1", 2),
        ("before:ARMED 1", 0),
        ("torn:ARMED 3", 0),
        ("after:ARMED 4", 5),
        ("sent:create 2", 0),
        ("answered:create 6", 0),
        ("after:CREATED 1", 0),
        ("answered:get 3", 0),
        ("before:enable-ARMED 1", 0),
        ("sent:status 1", 0),
        ("after:FINISHED 1", 2),
    ],
)
def test_a_run_is_killed_and_resumed(shell: Shell, kill_point: str, first: int) -> None:
    assert_killed_and_resumed(shell, kill_point, first)


LINES = 1 + 2 * len(PLAN) + len(PLAN) + 4
"""The lines of a run's journal: start, two for each object, its verification, enabling (three) and end."""
REQUESTS = 1 + len(PLAN) + 4 + 1 + 3
"""The requests of a run: reading the name, the objects, reading all, enabling, reading the campaign."""
SENDS = range(2, 2 + 2 * len(PLAN), 2)
"""The numbers of the ARMED lines of objects."""


@pytest.mark.parametrize(
    ("kill_point", "first"),
    [
        *((f"torn:line {number}", 2 if number == 1 else 0) for number in range(1, LINES + 1)),
        *(
            (f"after:line {number}", 2 if number == LINES else 5 if number in SENDS else 0)
            for number in range(1, LINES + 1)
        ),
        *(
            (f"{moment}:request {number}", 2 if number == 1 else 0)
            for moment in ("sent", "answered")
            for number in range(1, REQUESTS + 1)
        ),
    ],
)
def test_a_run_is_killed_at_every_line_and_request(tmp_path: Path, kill_point: str, first: int) -> None:
    """In this process: what a signal of the system does to a process of its own, the points above show."""
    with TikTok() as tiktok:
        shell = InProcessShell(tiktok, tmp_path)
        assert_killed_and_resumed(shell, kill_point, first)


def assert_killed_and_resumed(shell: Shell, kill_point: str, first: int) -> None:
    assert shell.run("submit bundle.json --enable", kill_point).status == -signal.SIGKILL
    go_on(shell, first)


@pytest.mark.parametrize(
    "kill_point",
    [
        "sent:status 1",
        pytest.param("after:enable-ARMED 1"),
        pytest.param("answered:status 1"),
    ],
)
def test_a_wish_to_enable_that_was_killed_is_not_forgotten(shell: Shell, kill_point: str) -> None:
    ended = shell.run("submit bundle.json")
    assert ended.status == 0
    assert_created(shell.tiktok, shell.runs, "DISABLE")
    assert shell.run(ended.next, kill_point).status == -signal.SIGKILL
    ended = shell.run("resume")
    assert ended.status == 0
    says = "enabled" if shell.tiktok.objects[0].status == "ENABLE" else "paused"
    assert f"the campaign is {says}" in ended.out


# -- two at once -------------------------------------------------------------------------------------------------------


def test_of_two_that_submit_at_once_one_is_refused(shell: Shell) -> None:
    shell.tiktok.on("create", "adgroup", fault=Fault(delay=0.2))
    both = [shell.start("submit bundle.json --enable") for _ in range(2)]
    codes = sorted(shell.end(each).status for each in both)
    assert codes in ([0, 1], [0, 2])
    assert_created(shell.tiktok, shell.runs)


def test_of_two_that_resume_at_once_one_is_refused(shell: Shell) -> None:
    assert shell.run("submit bundle.json --enable", "sent:create 3").status == -signal.SIGKILL
    shell.tiktok.on("create", "ad", fault=Fault(delay=0.2))
    both = [shell.start("resume") for _ in range(2)]
    assert sorted(shell.end(each).status for each in both) == [0, 2]
    assert_created(shell.tiktok, shell.runs)


def test_a_run_that_stopped_is_not_begun_anew(shell: Shell) -> None:
    assert shell.run("submit bundle.json", "sent:create 3").status == -signal.SIGKILL
    ended = shell.run("submit bundle.json --enable")
    assert ended.status == 1
    assert "--run-dir" in ended.next
    assert shell.run([*ended.next, "--enable"]).status == 0
    assert_created(shell.tiktok, shell.runs)


# -- interrupted -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("act", "level", "sign"),
    [
        ("create", "ad", signal.SIGINT),
        ("get", "adgroup", signal.SIGTERM),
        pytest.param("status", "campaign", signal.SIGINT),
    ],
)
def test_an_interrupted_run_prints_the_next_command(shell: Shell, act: Act, level: Level, sign: signal.Signals) -> None:
    shell.tiktok.on(act, level, fault=Fault(delay=30))
    process = shell.start("submit bundle.json --enable")
    until(lambda: shell.tiktok.carried_out(act, level), process)
    process.send_signal(sign)
    ended = shell.end(process)
    is_open = act == "status"
    assert (ended.status, ended.next[0]) == ((5, "rollback") if is_open else (4, "resume"))
    told = (
        "UNKNOWN whether ENABLE came through (the next command disables it): interrupted" if is_open else "interrupted"
    )
    assert f"splint: {told}" in ended.err
    assert ("/campaign, ENABLE was sent and is not confirmed: it may run" in ended.err) == is_open
    assert_invariants(shell.tiktok, shell.runs, shell.printed)
    assert shell.run(["resume", *ended.next[1:]]).status == 0
    assert_created(shell.tiktok, shell.runs)


@pytest.mark.parametrize("pause", [0.0005, 0.001, 0.002, 0.004, 0.03])
def test_a_run_that_is_interrupted_twice_prints_the_next_command(shell: Shell, pause: float) -> None:
    """The second signal comes while the first one is handled."""
    shell.tiktok.on("create", "ad", fault=Fault(delay=30))
    process = shell.start("submit bundle.json --enable")
    until(lambda: shell.tiktok.carried_out("create", "ad"), process)
    process.send_signal(signal.SIGINT)
    time.sleep(pause)
    process.send_signal(signal.SIGINT)
    ended = shell.end(process)
    assert (ended.status, ended.next[0]) == (4, "resume"), ended


@pytest.mark.parametrize(
    ("kill_point", "sign", "first"),
    [
        ("after:START 1", "SIGINT", 0),
        ("before:ARMED 1", "SIGTERM", 0),
        ("after:ARMED 1", "SIGINT", 5),
        ("after:ARMED 5", "SIGTERM", 5),
        ("sent:create 1", "SIGINT", 0),
        ("sent:create 1", "SIGTERM", 0),
        ("answered:create 3", "SIGINT", 0),
        ("before:CREATED 6", "SIGTERM", 0),
        ("after:CREATED 2", "SIGINT", 0),
        ("after:VERIFIED 3", "SIGTERM", 0),
        ("answered:get 4", "SIGINT", 0),
        ("after:enable-ARMED 1", "SIGTERM", 0),
        ("sent:status 1", "SIGINT", 0),
        ("sent:status 1", "SIGTERM", 0),
        ("answered:status 1", "SIGINT", 0),
        ("before:FINISHED 1", "SIGTERM", 0),
    ],
)
def test_an_interrupt_comes_at_any_point(shell: Shell, kill_point: str, sign: str, first: int) -> None:
    ended = shell.run("submit bundle.json --enable", f"{kill_point} {sign}")
    is_open = "status" in kill_point or "after:enable-ARMED" in kill_point  # by the journal
    (run,) = [path.stem for path in shell.runs.glob("*.jsonl")]
    assert (ended.status, *ended.next[:2]) == ((5, "rollback", run) if is_open else (4, "resume", run))
    go_on(shell, first)


def test_a_wish_to_enable_that_was_interrupted_is_in_the_next_command(shell: Shell) -> None:
    ended = shell.run("submit bundle.json")
    ended = shell.run(ended.next, "before:enable-ARMED 1 SIGINT")
    assert (ended.status, shell.run(ended.next).status) == (4, 0)
    assert_created(shell.tiktok, shell.runs)


def test_a_rollback_that_stopped_goes_on_as_one(shell: Shell) -> None:
    assert shell.run("submit bundle.json", "sent:create 6").status == -signal.SIGKILL
    (run,) = [path.stem for path in shell.runs.glob("*.jsonl")]
    shell.tiktok.on("get", nth=2, fault=answers(40002, commit=False))  # the first one is before DISABLE
    ended = shell.run(["rollback", run, "--delete"])
    assert ended.status == 4
    assert ended.next[:2] == ["rollback", run]
    assert shell.run(ended.next).status == 0
    assert not shell.tiktok.alive()


# -- watched -----------------------------------------------------------------------------------------------------------


def test_a_run_can_be_looked_at_while_it_goes_on(shell: Shell) -> None:
    seen: set[str] = set()
    gate = Event()

    def busy(_: Answer) -> Answer:
        gate.wait(20)
        return envelope(40100, "busy")

    shell.tiktok.on("create", "ad", fault=Fault(commit=False, answer=busy))
    process = shell.start("submit bundle.json --enable")
    reader = Submitter(run_dir=shell.runs)

    def look() -> list[str]:
        records = reader.runs()
        seen.update(record.state for record in records)
        return [record.run for record in records if record.resource(PLAN["Hat"][0]).state == "ARMED"]

    until(look, process)
    shown = shell.run(["runs", *look()])
    assert shown.status == 0
    assert re.search(rf"ARMED +- +{PLAN['Hat'][0]}", shown.out)
    gate.set()
    while process.poll() is None:
        look()
    assert shell.end(process).status == 0
    look()
    assert seen >= {"in doubt", "enabled"}
    assert_created(shell.tiktok, shell.runs)
