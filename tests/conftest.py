"""Fixtures of the tests of the command."""

import gc
import io
import os
import signal
import sys
from collections.abc import Generator, Iterator
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from _pytest.mark.expression import Expression
from _pytest.runner import runtestprotocol
from hypothesis import HealthCheck, settings

from splint.cli import main
from tests.command import Command, Outcome, signals_restored
from tests.laws import FEW, MANY

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as in the background of a shell: tests of Ctrl-C need it heard
    signal.signal(signal.SIGINT, signal.default_int_handler)

gc.disable()  # while tests are collected, almost nothing is garbage: it takes a quarter less

# How long an example takes says more of the machine than of splint. A change is judged by what it changes: laws draw
# the same examples at each run, but for those with the profile `anew`, also where Hypothesis sees that it runs in CI.
ANYWHERE = settings(
    settings.get_profile("default"), deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.register_profile("splint", ANYWHERE, max_examples=FEW, derandomize=True)
settings.register_profile("many", ANYWHERE, max_examples=MANY, derandomize=True)
settings.register_profile("anew", ANYWHERE, max_examples=MANY)
settings.load_profile("splint")

CHANGE_SPLINT = ("SPLINT_", "_SPLINT_", "GITHUB_", "GITLAB_", "CI_")
"""How names of variables begin that splint, or what it runs in, goes by."""

NUMBERS = count()
"""Of the directories of this process's tests."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that rewrites the snapshots."""
    parser.addoption("--update-snapshots", action="store_true", help="write tests/snapshots anew, without what is gone")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_generate_tests(metafunc: pytest.Metafunc) -> Generator[None]:
    """Make no item of a row that `-m` leaves out: a third of them all, each of which takes half a millisecond."""
    yield
    if metafunc._calls and metafunc.config.option.markexpr:
        wanted = Expression.compile(metafunc.config.option.markexpr)
        names = {mark.name for mark in metafunc.definition.iter_markers()}
        if getattr(metafunc.function, "is_hypothesis_test", False):
            names.add("hypothesis")  # a mark that comes later
        having = [(call, names.union(mark.name for mark in call.marks)) for call in metafunc._calls]
        rows = [call for call, marks in having if wanted.evaluate(partial(_is_in, marks))]
        metafunc._calls[:] = rows or metafunc._calls[:1]


def _is_in(marks: set[str], name: str, /, **_: object) -> bool:
    return name in marks


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long, so that no process is left with it when the others are done.

    Each process of pytest-xdist begins with a stretch of the list: what takes long stands at the starts of these.
    """
    processes = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    long = [item for item in items if item.get_closest_marker("long")]
    others = [item for item in items if not item.get_closest_marker("long")]
    size = len(others) // processes + 1
    stretches = ((long[at::processes], others[at * size : (at + 1) * size]) for at in range(processes))
    items[:] = [item for stretch in stretches for part in stretch for item in part]


def pytest_collection_finish() -> None:
    """Leave thousands of collected tests out of each garbage collection to come, of which there are fewer."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    gc.enable()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Leave the keywords of what passed out: they are a quarter of what pytest-xdist sends for each test."""
    report = yield
    if report.passed:
        report.keywords = {}
    return report


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """Report of what surrounds a test only where it did not pass: each report costs pytest-xdist half a millisecond."""
    if item.config.option.durations is not None:
        return None
    where: dict[str, Any] = {"nodeid": item.nodeid, "location": item.location}
    item.ihook.pytest_runtest_logstart(**where)
    for report in runtestprotocol(item, log=False, nextitem=nextitem):
        if report.when == "call" or not report.passed:
            item.ihook.pytest_runtest_logreport(report=report)
    item.ihook.pytest_runtest_logfinish(**where)
    return True


@pytest.fixture(scope="session", autouse=True)
def environment() -> Iterator[None]:
    """Without what changes how splint behaves, for this process and those it starts: CI runs these tests too."""
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name in ("CI", "TF_BUILD", "NO_COLOR", "FORCE_COLOR") or name.startswith(CHANGE_SPLINT):
                patch.delenv(name)
        yield


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory that all processes that run tests have in common, for what only one of them has to make."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture
def tmp_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty directory. To number its own, pytest reads the names of all before it: seconds for all tests."""
    path = tmp_path_factory.getbasetemp() / f"test{next(NUMBERS)}"
    path.mkdir()
    return path


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Iterator[Command]:
    """Run `splint` in this process."""

    def run(*arguments: str, stdin: str = "") -> Outcome:
        monkeypatch.setattr(sys, "argv", ["splint", *arguments])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode("utf-8", "surrogateescape"))))
        with signals_restored(), pytest.raises(SystemExit) as ended:
            main()
        assert isinstance(ended.value.code, int)
        return Outcome(ended.value.code, *capfd.readouterr())

    yield run
    gc.enable()
