"""Fixtures of the submission tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.command import Command, signals_restored
from tests.submit.harness import CANARY, Harness, skip_pauses
from tests.submit.server import TikTok
from tests.submit.shell import Shell


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
