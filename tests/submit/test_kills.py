"""Runs that are killed as processes, interrupted, doubled and watched: in the end the plan stands, once."""

import json
import os
import re
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from threading import Event
from typing import NamedTuple

import pytest

from splint.submit import Submitter
from tests.submit.laws import PLAN, WHERE, hold, lost, make_bundle, make_faults, stand, written
from tests.submit.server import Act, Answer, Fault, Level, TikTok, answers, envelope

KILLED = Path(__file__).with_name("killed.py")
FAST = ("--settle", "0.3", "--rate", "1000", "--throttle-wait", "0.05")
Popen = subprocess.Popen[str]


class Ended(NamedTuple):
    """How a process ended."""

    status: int
    out: str
    err: str

    @property
    def next(self) -> list[str]:
        """The words of the command that it says to call next."""
        (line,) = re.findall(r"^next: splint (.*)$", self.out + self.err, re.MULTILINE)
        return shlex.split(line)


class Shell:
    """Calls splint as a process, for one server and one directory of journals."""

    def __init__(self, tiktok: TikTok, place: Path) -> None:
        self.tiktok = tiktok
        self.place = place
        self.runs = place / "runs"
        self.told = ""
        """All that was printed."""
        (place / "bundle.json").write_text(json.dumps(make_bundle()))

    def start(self, words: str | list[str], blow: str = "never 0") -> Popen:
        """Begin a command; `blow` is what kills it: a point, a count and a signal."""
        given = shlex.split(words) if isinstance(words, str) else words
        where = [] if "--run-dir" in given else ["--base-url", self.tiktok.origin, "--run-dir", str(self.runs)]
        yes = [] if given[0] == "runs" else ["--yes"]
        return subprocess.Popen(
            [sys.executable, "-W", "error", str(KILLED), *blow.split(), "--", *given, *where, *FAST, *yes],
            cwd=self.place,
            env={**os.environ, "TIKTOK_ACCESS_TOKEN": "token"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def end(self, process: Popen) -> Ended:
        """Wait for the end of a command."""
        out, err = process.communicate(timeout=60)
        self.told += out + err
        assert "Traceback" not in out + err
        return Ended(process.returncode, out, err)

    def run(self, words: str | list[str], blow: str = "never 0") -> Ended:
        """Call a command to its end."""
        return self.end(self.start(words, blow))

    def has_run(self) -> bool:
        """Whether a run was begun."""
        return any(line["event"] == "START" for line in written(self.runs))

    def is_finished(self) -> bool:
        """Whether the last line says so."""
        lines = written(self.runs)
        return bool(lines) and lines[-1]["event"] == "FINISHED"


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[Shell]:
    with TikTok() as tiktok:
        yield Shell(tiktok, tmp_path)


def until(holds: Callable[[], object], process: Popen) -> None:
    """Wait for something to hold while a process goes on."""
    deadline = time.monotonic() + 20
    while not holds():
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.005)


def go_on(shell: Shell, first: int) -> None:
    """Resume a run that was killed, the first time with a certain end, until the plan stands."""
    hold(shell.tiktok, shell.runs)
    ended = shell.run("resume")
    assert ended.status == first, ended.err
    hold(shell.tiktok, shell.runs)
    if first == 5:
        assert "cannot be found" in ended.err
        assert shell.run([*ended.next, "--resend-absent"]).status == 0
    elif first == 2 and not shell.is_finished():
        assert not shell.tiktok.objects
        assert shell.run("submit bundle.json --enable").status == 0
    stand(shell.tiktok, shell.runs)
    assert shell.is_finished()


@pytest.mark.parametrize(
    ("blow", "first"),
    [
        ("before:ARMED 1", 0),
        ("torn:ARMED 3", 0),
        ("after:ARMED 4", 5),
        ("sent:create 2", 0),
        ("answered:create 6", 0),
        ("after:CREATED 1", 0),
        ("answered:get 3", 0),
        ("before:enable-ARMED 1", 0),
        ("sent:status 1", 0),
    ],
)
def test_a_run_is_killed_and_resumed(shell: Shell, blow: str, first: int) -> None:
    assert shell.run("submit bundle.json --enable", blow).status == -signal.SIGKILL
    go_on(shell, first)


LINES = 1 + 2 * len(PLAN) + len(PLAN) + 3
"""A run's journal: its start, each object armed and created, verified, then the enabling and the end."""
REQUESTS = 1 + len(PLAN) + 4 + 1 + 3
"""A run's requests: the look at the name, the objects, the look at all, the enabling, the look at it."""
SENDS = range(2, 2 + 2 * len(PLAN), 2)
"""The lines that arm objects."""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("blow", "first"),
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
def test_a_run_is_killed_at_every_line_and_request(shell: Shell, blow: str, first: int) -> None:
    assert shell.run("submit bundle.json --enable", blow).status == -signal.SIGKILL
    go_on(shell, first)


@pytest.mark.parametrize(
    "blow",
    [
        "sent:status 1",
        pytest.param("after:enable-ARMED 1", marks=pytest.mark.slow),
        pytest.param("answered:status 1", marks=pytest.mark.slow),
    ],
)
def test_a_wish_to_enable_that_was_killed_is_not_forgotten(shell: Shell, blow: str) -> None:
    ended = shell.run("submit bundle.json")
    assert ended.status == 0
    stand(shell.tiktok, shell.runs, "DISABLE")
    assert shell.run(ended.next, blow).status == -signal.SIGKILL
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
    stand(shell.tiktok, shell.runs)


def test_of_two_that_resume_at_once_one_is_refused(shell: Shell) -> None:
    assert shell.run("submit bundle.json --enable", "sent:create 3").status == -signal.SIGKILL
    shell.tiktok.on("create", "ad", fault=Fault(delay=0.2))
    both = [shell.start("resume") for _ in range(2)]
    assert sorted(shell.end(each).status for each in both) == [0, 2]
    stand(shell.tiktok, shell.runs)


def test_a_run_that_stopped_is_not_begun_anew(shell: Shell) -> None:
    assert shell.run("submit bundle.json", "sent:create 3").status == -signal.SIGKILL
    ended = shell.run("submit bundle.json --enable")
    assert ended.status == 1
    assert "--run-dir" in ended.next
    assert shell.run([*ended.next, "--enable"]).status == 0
    stand(shell.tiktok, shell.runs)


# -- interrupted -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("act", "level", "sign"),
    [
        ("create", "ad", signal.SIGINT),
        ("get", "adgroup", signal.SIGTERM),
        pytest.param("status", "campaign", signal.SIGINT, marks=pytest.mark.slow),
    ],
)
def test_who_interrupts_is_told_how_to_go_on(shell: Shell, act: Act, level: Level, sign: signal.Signals) -> None:
    shell.tiktok.on(act, level, fault=Fault(delay=30))
    process = shell.start("submit bundle.json --enable")
    until(lambda: shell.tiktok.requests_of(act, level), process)
    process.send_signal(sign)
    ended = shell.end(process)
    assert ended.status == 4
    assert "interrupted" in ended.err
    hold(shell.tiktok, shell.runs, shell.told)
    assert shell.run(ended.next).status == 0
    stand(shell.tiktok, shell.runs)


@pytest.mark.slow
@pytest.mark.parametrize("sign", ["SIGINT", "SIGTERM"])
@pytest.mark.parametrize(
    ("blow", "first"),
    [
        ("after:START 1", 0),
        ("before:ARMED 1", 0),
        ("after:ARMED 1", 5),
        ("after:ARMED 5", 5),
        ("sent:create 1", 0),
        ("answered:create 3", 0),
        ("before:CREATED 6", 0),
        ("after:CREATED 2", 0),
        ("after:VERIFIED 3", 0),
        ("answered:get 4", 0),
        ("after:enable-ARMED 1", 0),
        ("sent:status 1", 0),
        ("answered:status 1", 0),
        ("before:FINISHED 1", 0),
    ],
)
def test_an_interrupt_comes_at_any_point(shell: Shell, blow: str, sign: str, first: int) -> None:
    ended = shell.run("submit bundle.json --enable", f"{blow} {sign}")
    assert ended.status == 4
    (run,) = [path.stem for path in shell.runs.glob("*.jsonl")]
    assert ended.next[:2] == ["resume", run]
    go_on(shell, first)


def test_a_wish_to_enable_that_was_interrupted_is_in_the_next_command(shell: Shell) -> None:
    ended = shell.run("submit bundle.json")
    ended = shell.run(ended.next, "before:enable-ARMED 1 SIGINT")
    assert (ended.status, shell.run(ended.next).status) == (4, 0)
    stand(shell.tiktok, shell.runs)


def test_a_rollback_that_stopped_goes_on_as_one(shell: Shell) -> None:
    assert shell.run("submit bundle.json", "sent:create 6").status == -signal.SIGKILL
    (run,) = [path.stem for path in shell.runs.glob("*.jsonl")]
    shell.tiktok.on("get", fault=answers(40002, commit=False))
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
        return [record.run for record in records if record.thing(PLAN["Hat"][0]).state == "ARMED"]

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
    stand(shell.tiktok, shell.runs)


# -- at random ---------------------------------------------------------------------------------------------------------

FAULTS = list(make_faults(late=0.2, slow=1.2).values())


def random_blow(random: Random) -> str:
    """A point to be killed at."""
    kind = random.choice(["line", "line", "request", "request", "delay"])
    if kind == "delay":
        return f"delay {random.randint(1, 250)}"
    moments = ("before", "torn", "after") if kind == "line" else ("sent", "answered")
    return f"{random.choice(moments)}:{kind} {random.randint(1, 20 if kind == 'line' else 14)}"


def told_story(shell: Shell, seed: int) -> None:
    """Submit, be killed up to three times, meet faults, resume, until the plan stands."""
    random = Random(seed)
    for _ in range(random.randint(0, 3)):
        act, level = random.choice(WHERE)
        shell.tiktok.on(act, level, random.randint(1, 4), random.choice([1, 1, 2, 4]), fault=random.choice(FAULTS))
    kills = random.randint(1, 3)
    for turn in range(20):
        if turn == 6:
            shell.tiktok.heal()
        blow = random_blow(random) if turn < kills else "never 0"
        words = "submit bundle.json --enable --timeout 0.8"
        if shell.has_run():
            again = " --resend-absent" if turn > 6 or random.random() < 0.5 else ""
            words = f"resume --timeout 0.8{again}"
        ended = shell.run(words, blow)
        assert ended.status in (0, 2, 4, 5, -signal.SIGKILL), ended
        hold(shell.tiktok, shell.runs, shell.told)
        if shell.is_finished():
            break
        assert ended.status != 0
    stand(shell.tiktok, shell.runs)
    assert not lost(shell.tiktok, shell.runs, doubted=False)


STORIES, CHUNKS = 200, 8


@pytest.mark.slow
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_stories_of_kills_and_faults_end_well(chunk: int, tmp_path: Path) -> None:
    for seed in range(chunk, STORIES, CHUNKS):
        place = tmp_path / str(seed)
        place.mkdir()
        with TikTok() as tiktok:
            try:
                told_story(Shell(tiktok, place), seed)
            except AssertionError as error:
                error.add_note(f"in the story of seed {seed}")
                raise
