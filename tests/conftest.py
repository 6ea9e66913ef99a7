"""Fixtures of the tests of the command."""

import gc
import io
import signal
import sys
from collections.abc import Iterator

import pytest
from hypothesis import settings

from splint.cli import main
from tests.command import Command, Outcome

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as in the background of a shell: tests of Ctrl-C need it heard
    signal.signal(signal.SIGINT, signal.default_int_handler)

settings.register_profile("splint", deadline=None)  # how long an example takes says more of the machine than of splint
settings.load_profile("splint")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that rewrites the snapshots."""
    parser.addoption("--update-snapshots", action="store_true", help="write tests/snapshots anew, without what is gone")


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Iterator[Command]:
    """Run `splint` in this process, regardless of the environment variables on colours and CI."""
    for name in ("NO_COLOR", "FORCE_COLOR", "CI", "SPLINT_UNTRUSTED", "SPLINT_TRACEBACK", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments: str, stdin: str = "") -> Outcome:
        monkeypatch.setattr(sys, "argv", ["splint", *arguments])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode("utf-8", "surrogateescape"))))
        with pytest.raises(SystemExit) as ended:
            main()
        assert isinstance(ended.value.code, int)
        return Outcome(ended.value.code, *capfd.readouterr())

    yield run
    gc.enable()
