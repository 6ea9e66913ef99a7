"""Runs the command against a server with a directory of journals, and asserts invariants after each command."""

import json
import os
import re
import shlex
import socket
import time
import traceback
from collections import Counter
from collections.abc import Mapping
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from splint.schema.vocabulary import endpoint
from splint.submit import Record
from splint.submit.access import VARIABLE
from splint.submit.client import Answer, Client, Withheld
from splint.submit.journal import Journal
from splint.submit.record import CORRECTED
from splint.testing import edited
from tests.command import Command, Outcome
from tests.submit.properties import PLAN, make_bundle
from tests.submit.server import Act, Level, Request, Stored, TikTok
from tests.submit.stops import statuses_of

CANARY = "canary-7c1f4e0b9d2a6538"
BUNDLE: Any = json.loads(json.dumps(make_bundle()))
"""Without shared objects, so that edits stay local."""
ADVERTISER: str = BUNDLE["campaign"]["advertiser_id"]
PATHS_OF: dict[str, str] = {name: path for name, (path, _) in PLAN.items()}
FIRST: dict[Level, str] = {"campaign": "/campaign", "adgroup": "/adgroups/0", "ad": "/adgroups/0/ads/0"}
"""The first object of each level."""
COMMAND = r"splint (?:resume|rollback|runs) (?:RUN|[0-9]{8}T[0-9]{6}Z-[0-9a-f]{8})\b(?!\.?[\w-])"
"""A command on a run, within a sentence."""
SETTLE = 0.06
SHORT_SETTLE = 0.03
"""A shorter settle window, for objects that never appear."""


def part(pointer: str, value: Any = BUNDLE) -> Any:
    """The value at a pointer of a bundle."""
    for step in pointer.split("/")[1:]:
        value = value[int(step) if isinstance(value, list) else step]
    return value


def closed_origin() -> str:
    """An origin at which no server listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{taken.getsockname()[1]}"


def skip_pauses(patch: pytest.MonkeyPatch) -> None:
    """Let pauses be over at once: `time.sleep` moves the clock on, which the server goes by too."""
    monotonic, skipped = time.monotonic, 0.0

    def sleep(seconds: float) -> None:
        nonlocal skipped
        skipped += seconds

    patch.setattr("time.sleep", sleep)
    patch.setattr("time.monotonic", lambda: monotonic() + skipped)


class Harness:
    """Runs the command against a server, with a directory of journals and a token."""

    def __init__(self, tiktok: TikTok, command: Command, directory: Path, patch: pytest.MonkeyPatch) -> None:
        self.tiktok = tiktok
        self.token = CANARY
        self.directory = directory
        self.runs = directory / "runs"
        self.value: Any = BUNDLE
        """The bundle that was written last."""
        self.allowed = len(PLAN)
        """The most objects that may be created."""
        self.patch = patch
        self._command = command
        self._output = ""
        self._others: set[str] = set()
        self.write()

    # -- set-up ----------------------------------------------------------------------------------------------------

    def write(self, edits: Mapping[str, Any] | None = None, name: str = "bundle.json") -> str:
        """Write the bundle with these edits. Returns the file's name."""
        self.value = edited(BUNDLE, edits or {})
        (self.directory / name).write_text(json.dumps(self.value))
        return name

    def add(self, level: Level, **body: Any) -> str:
        """Create an object on the server that is of no run. Returns its id."""
        object_id = self.tiktok.add(level, **{"advertiser_id": ADVERTISER, f"{level}_name": "Another's", **body})
        self._others.add(object_id)
        return object_id

    def divert(self, level: Level, origin: str, times: int | None = None) -> None:
        """Send the next create requests of a level elsewhere."""
        post, counter = Client.post, count()

        def diverted(client: Client, path: str, body: Mapping[str, Any], *withheld: Withheld) -> Answer:
            if path != endpoint(level, "create") or (times is not None and next(counter) >= times):
                return post(client, path, body, *withheld)
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(client, "origin", origin)
                patch.setattr(client, "_pools", None)
                return post(client, path, body, *withheld)

        self.patch.setattr(Client, "post", diverted)

    # -- commands --------------------------------------------------------------------------------------------------

    def __call__(self, *words: str, settle: float = SETTLE, **options: str) -> Outcome:
        """Run `splint WORDS...` with the token and default options, and assert the invariants."""
        defaults = {
            "--base-url": self.tiktok.origin,
            "--run-dir": str(self.runs),
            "--settle": str(settle),
            "--rate": "1000",
            "--throttle-wait": "0.05",
            **{f"--{name.replace('_', '-')}": value for name, value in options.items()},
        }
        return self.raw(*words, *(word for name in defaults if name not in words for word in (name, defaults[name])))

    def raw(self, *words: str) -> Outcome:
        """Run `splint WORDS...` with the token, and assert the invariants."""
        self.patch.setenv(VARIABLE, self.token)
        outcome = self._command(*words)
        self._output += outcome.out + outcome.err
        self._assert_invariants(outcome)
        if str(self.runs) not in words:
            return outcome
        return outcome._replace(out=self._without_directory(outcome.out), err=self._without_directory(outcome.err))

    def _without_directory(self, text: str) -> str:
        """An output whose commands within sentences do not name the directory, as they are asserted to do.

        The command to call next, on a line of its own, names it still.
        """
        named = f"({COMMAND}(?:(?!splint ).)*?) --run-dir {re.escape(shlex.quote(str(self.runs)))}"
        lines = text.split("\n")
        for number, line in enumerate(lines):
            if not line.lstrip(' "').startswith("next"):
                assert len(re.findall(COMMAND, line)) == len(re.findall(named, line)), line
                lines[number] = re.sub(named, r"\1", line)
        return "\n".join(lines)

    def submit(self, *words: str, file: str = "bundle.json", settle: float = SETTLE, **options: str) -> Outcome:
        """Run `splint submit`."""
        return self("submit", file, "--yes", *words, settle=settle, **options)

    def resume(self, *words: str, settle: float = SETTLE, **options: str) -> Outcome:
        """Run `splint resume`."""
        return self("resume", "--yes", *words, settle=settle, **options)

    def rollback(self, *words: str, settle: float = SETTLE) -> Outcome:
        """Run `splint rollback` of the only run."""
        return self("rollback", self.record.run, "--yes", *words, settle=settle)

    def follow(self, outcome: Outcome) -> Outcome:
        """Run the next command that an outcome prints, with the bundle where it asks for a corrected one."""
        _, separator, line = (outcome.err + outcome.out).partition("next: splint ")
        assert separator, outcome
        words = ["bundle.json" if word == CORRECTED else word for word in shlex.split(line.splitlines()[0])]
        return self(*words, "--yes", settle=SHORT_SETTLE)

    def raised(self, *words: str) -> str:
        """Run `splint WORDS...`. Returns its output, or the traceback of its exception."""
        self.patch.setenv(VARIABLE, self.token)
        try:
            return "".join(map(str, self._command(*words)))
        except Exception as error:
            return "".join(traceback.format_exception(error))

    # -- results --------------------------------------------------------------------------------------------------

    @property
    def journals(self) -> list[Path]:
        """The journals that can be read, the earliest first."""
        return sorted(path for path in self.runs.glob("*.jsonl") if path.exists())

    @property
    def record(self) -> Record:
        """The only run."""
        [path] = self.journals
        return Record.of(Journal.peek(path))

    def state(self, path: str) -> str:
        """The state of an object of the only run."""
        return self.record.resource(path).state

    def events(self, path: str) -> list[str]:
        """The names of an object's events in the only journal."""
        return [event.name for event in self.record.journal.events if event.fields.get("object") == path]

    @property
    def made(self) -> list[Stored]:
        """The objects on the server that runs created and that are not deleted."""
        return [one for one in self.tiktok.alive() if one.id not in self._others]

    def sent(self, act: Act = "create", level: Level | None = None) -> list[Request]:
        """The requests that arrived at the server."""
        return self.tiktok.requests_of(act, level)

    def assert_created(self, *, enabled: bool = False) -> None:
        """Assert that each object of the bundle was created exactly once, as written, and is VERIFIED."""
        record = self.record
        assert record.outcome == ("enabled" if enabled else "paused")
        resources = {path: record.resources[path] for path in self.planned}
        assert {resource.state for resource in resources.values()} == {"VERIFIED"}
        assert sorted(one.id for one in self.made) == sorted(str(resource.id) for resource in resources.values())
        by_id = {one.id: one for one in self.made}
        for path, resource in resources.items():
            one, written = by_id[str(resource.id)], part(path, self.value)
            above = path.rpartition("/ads/")[0] or ("" if path == "/campaign" else "/campaign")
            wanted = {key: written[key] for key in written if key not in ("ads", "operation_status", "_note")}
            assert {key: one.body.get(key) for key in wanted} == wanted
            assert one.body["advertiser_id"] == ADVERTISER
            assert one.parent == (resources[above].id if above else None)
            status = "DISABLE" if one.level == "campaign" else written.get("operation_status", "ENABLE")
            assert one.body.get("operation_status", "ENABLE") == status
            assert one.status == ("ENABLE" if enabled and one.level == "campaign" else status)

    @property
    def planned(self) -> list[str]:
        """The paths of the objects of the bundle."""
        groups = enumerate(self.value["adgroups"])
        ads = [f"/adgroups/{index}/ads/{n}" for index, group in groups for n in range(len(group["ads"]))]
        return ["/campaign", *(f"/adgroups/{index}" for index in range(len(self.value["adgroups"]))), *ads]

    def _assert_invariants(self, outcome: Outcome) -> None:
        """Assert that nothing is created twice, unjournalled or enabled too early, and the token is not shown."""
        shown, message = outcome.out + outcome.err, summary(outcome)
        assert outcome.status in (0, 1, 2, 4, 5), message
        assert "internal error" not in shown, message
        on_page = statuses_of(outcome.err)
        assert outcome.status == 0 or not on_page or outcome.status in on_page, message
        assert VARIABLE not in os.environ or not self.tiktok.requests
        assert self.token not in shown
        assert shown.replace("\n", "").replace("\t", "").isprintable(), ascii(shown)
        made = self.made
        twice = Counter((one.level, one.parent, one.name) for one in made)
        assert len(made) <= self.allowed, message
        assert self.allowed > len(PLAN) or max(twice.values(), default=1) == 1, message
        traces = self._output + "".join(path.read_text("utf-8", "replace") for path in self.journals)
        assert not [one for one in made if one.id not in traces and repr(one.sent_name) not in traces], message
        spends = [one for one in made if one.level == "campaign" and one.status == "ENABLE"]
        assert not spends or len(made) >= len(self.planned), message
        if outcome.status in (4, 5) and any(path.stat().st_size for path in self.journals):
            assert "next" in shown, message


def summary(outcome: Outcome) -> str:
    """The exit status and the last lines of a run, as the message of an assertion."""
    lines = [line for line in outcome.err.splitlines() if "warning, of the reference" not in line]
    return "\n".join([f"exit status {outcome.status}", *lines[-12:]])
