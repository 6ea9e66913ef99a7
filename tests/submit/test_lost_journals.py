"""Journals without a whole line beside the bundle of their run, and directories that cannot be read: what is said."""

import errno
import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.submit.harness import SHORT_SETTLE, Harness, summary
from tests.submit.server import Fault

CUT: dict[str, Callable[[bytes], bytes]] = {
    "one byte": lambda whole: whole[:1],
    "half a line": lambda whole: whole[:40],
    "no end of line": lambda whole: whole.partition(b"\n")[0],
    "zeros": lambda whole: bytes(len(whole)),
    "a page": lambda _: b"<html>gone</html>",
}
COMMANDS = [["runs", "RUN"], ["resume"], ["resume", "RUN"], ["rollback", "RUN"], ["rollback", "RUN", "--now"]]


def cut(harness: Harness, how: str) -> str:
    """A run that was enabled, of whose journal no whole line is left. Returns its name."""
    assert harness.submit("--enable").status == 0
    [path] = harness.journals
    path.write_bytes(CUT[how](path.read_bytes()))
    return path.stem


@pytest.mark.parametrize("how", CUT)
def test_a_journal_without_a_whole_line_does_not_say_that_nothing_was_sent(harness: Harness, how: str) -> None:
    """A first line that was torn as the process was killed looks so, too."""
    run = cut(harness, how)
    before = len(harness.tiktok.requests)
    said = f"run {run}: its journal is without a whole line, and {run}.bundle.json lies beside it: nobody knows"
    for command in COMMANDS:
        words = [run if word == "RUN" else word for word in command]
        outcome = harness(*words, *["--yes"] * (words[0] != "runs"))
        assert (outcome.status, said in outcome.err) == (0 if words[0] == "runs" else 2, True), summary(outcome)
        assert "look for campaign 'Spring sale' in the account" in outcome.err
        assert "nothing was sent" not in outcome.err
    assert f"{run}  in doubt" in harness("runs").out
    assert "0 created  'Spring sale'" in harness("runs").out
    [listed] = json.loads(harness("runs", "--output-format", "json").out)["runs"]
    assert (listed["state"], listed["campaign_name"], listed["why"].startswith(said)) == (
        "in doubt",
        "Spring sale",
        True,
    )
    explained = harness.raw("explain", "--run", run, "--run-dir", str(harness.runs))
    assert (explained.status, said in explained.err) == (2, True), summary(explained)
    assert len(harness.tiktok.requests) == before


@pytest.mark.parametrize("how", CUT)
def test_a_journal_without_a_whole_line_refuses_a_second_submission_of_its_bundle(harness: Harness, how: str) -> None:
    """The list of campaigns does not show the first one: nothing but the files tells of it."""
    run = cut(harness, how)
    harness.tiktok.on("get", "campaign", times=None, fault=Fault(lists=lambda _: []))
    outcome = harness.submit(settle=SHORT_SETTLE)
    assert (outcome.status, len(harness.made)) == (1, 6), summary(outcome)
    assert f"run {run}: its journal is without a whole line" in outcome.err
    harness.tiktok.heal()
    harness.made[0].status, harness.allowed = "DELETE", 12
    assert harness.submit("--again", "the first one is deleted").status == 0


def test_what_is_no_plain_file_under_the_name_of_a_journal_is_told(harness: Harness) -> None:
    """A pipe or a device may have no end: neither is read. Only a rollback of another run goes on."""
    assert harness.submit("--enable").status == 0
    run = harness.record.run
    other = harness.runs / "x.jsonl"
    other.symlink_to("/dev/null")  # a device that ends, lest this test hang where it is read
    said = f"{other}: the journal cannot be read: it is no plain file"
    for command in (["runs"], ["submit", "bundle.json", "--yes"], ["resume", "--yes"], ["runs", "x"]):
        outcome = harness(*command, settle=SHORT_SETTLE)
        assert (outcome.status, said in outcome.err) == (2, True), summary(outcome)
    assert (harness("rollback", run, "--yes", settle=SHORT_SETTLE).status, harness.made[0].status) == (0, "DISABLE")


def test_what_is_no_plain_file_under_the_name_of_a_kept_bundle_is_told(harness: Harness) -> None:
    assert harness.submit().status == 0
    run = harness.record.run
    [kept] = harness.runs.glob("*.bundle.json")
    kept.unlink()
    kept.symlink_to("/dev/null")
    outcome = harness.resume(run, "--enable", settle=SHORT_SETTLE)
    said = f"{kept}: the kept bundle cannot be read: it is no plain file"
    assert (outcome.status, said in outcome.err) == (2, True), summary(outcome)
    assert harness("rollback", run, "--yes", settle=SHORT_SETTLE).status == 0


def test_a_line_that_is_whole_makes_a_run_of_a_journal(harness: Harness) -> None:
    assert harness.submit().status == 0
    [path] = harness.journals
    path.write_bytes(path.read_bytes().partition(b"\n")[0] + b"\n")
    assert f"{path.stem}  not begun" in harness("runs").out


def shut(directory: Path, patch: pytest.MonkeyPatch, calls: Sequence[str]) -> None:
    """Let these calls fail on a directory and what is in it, as for who may not do so: root may."""

    def denied(call: Callable[..., Any]) -> Callable[..., Any]:
        def called(path: Any = ".", *arguments: Any, **options: Any) -> Any:
            if str(path).startswith(str(directory)):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
            return call(path, *arguments, **options)

        return called

    for name in calls:
        patch.setattr(os, name, denied(getattr(os, name)))


@pytest.mark.parametrize("calls", [("stat", "scandir"), ("scandir",)], ids=["a directory above", "the directory"])
def test_a_directory_that_cannot_be_read_is_told(
    harness: Harness, monkeypatch: pytest.MonkeyPatch, calls: Sequence[str]
) -> None:
    assert harness.submit("--enable").status == 0
    run, before = harness.record.run, len(harness.tiktok.requests)
    directory = harness.runs.rename(harness.directory / "shut")
    shut(directory, monkeypatch, calls)
    told = (
        f"{directory}: cannot hold journals: Permission denied: let it be read, or name another --run-dir; what a run "
    )
    told += "in it enabled can be disabled by hand"
    for command in (["runs"], ["submit", "bundle.json"], *COMMANDS):
        words = [run if word == "RUN" else word for word in command]
        outcome = harness(*words, *["--yes"] * (words[0] != "runs"), run_dir=str(directory))
        assert (outcome.status, told in outcome.err) == (2, True), summary(outcome)
        by_hand = "; nothing was sent now: " in outcome.err and "disable it by hand, or copy" in outcome.err
        assert by_hand == (words[0] == "rollback"), summary(outcome)
    explained = harness.raw("explain", "--run", run, "--run-dir", str(directory))
    assert (explained.status, told in explained.err) == (2, True), summary(explained)
    assert len(harness.tiktok.requests) == before
