"""Fixtures of the submission tests."""

from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

from tests.command import Command, signals_restored
from tests.submit.harness import CANARY, Harness, skip_pauses
from tests.submit.server import TikTok
from tests.submit.shell import Shell


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_generate_tests(metafunc: pytest.Metafunc) -> Generator[None]:
    """Leave all but one of the quick rows of a table to the slow tests: each starts a server and several commands."""
    yield
    if not {"harness", "shell"}.isdisjoint(metafunc.fixturenames):
        quick = [call for call in metafunc._calls if not any(mark.name == "slow" for mark in call.marks)]
        for call in quick[1:]:
            call.marks.append(pytest.mark.slow.mark)


@pytest.fixture
def harness(command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Harness]:
    """Run the command in an empty directory against a server that knows one token; no pause is waited for.

    Journals are not synced: no power is lost here, and disks take their time.
    """
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("os.fsync", lambda _: None)
    skip_pauses(monkeypatch)
    with TikTok(CANARY) as tiktok, signals_restored():
        yield Harness(tiktok, command, tmp_path, monkeypatch)


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[Shell]:
    """Run the command as a process."""
    with TikTok() as tiktok:
        yield Shell(tiktok, tmp_path)
