"""A directory of journals that others may look into, or write to: what runs is told, and may be disabled."""

import json
import os

import pytest

from tests.submit.harness import SHORT_SETTLE, Harness, summary
from tests.submit.lies import EMPTY
from tests.submit.test_running import left_open

COMMANDS: tuple[tuple[str, ...], ...] = (("runs",), ("runs", "RUN"), ("submit", "bundle.json"), ("resume",))
ROLLBACKS: tuple[tuple[str, ...], ...] = ((), ("--now",))


def asked(harness: Harness, words: tuple[str, ...], run: str) -> tuple[str, ...]:
    """The words of a command on a run that asks nothing."""
    return (*(run if word == "RUN" else word for word in words), *["--yes"] * (words[0] != "runs"))


@pytest.mark.parametrize("words", [*COMMANDS, ("resume", "RUN", "--enable")])
def test_a_directory_that_others_look_into_hides_no_open_enable(harness: Harness, words: tuple[str, ...]) -> None:
    """As one that was copied with `cp -r`, or by a CI cache: it has the only journal, and no other is named."""
    own, run = left_open(harness)
    harness.runs.chmod(0o755)
    outcome = harness(*asked(harness, words, run), settle=SHORT_SETTLE)
    said = (
        f"ENABLE of campaign {own} was sent and is not confirmed: it may run, and splint rollback {run} disables it: "
    )
    assert (outcome.status, f"splint: {said}" in outcome.err) == (2, True), summary(outcome)
    assert f"{said}{harness.runs}: others may look into it (mode 755): chmod 700 it\n" in outcome.err


@pytest.mark.parametrize("words", ROLLBACKS)
def test_what_others_only_read_is_rolled_back(harness: Harness, words: tuple[str, ...]) -> None:
    _, run = left_open(harness)
    assert harness.made[0].status == "ENABLE"
    harness.runs.chmod(0o755)
    outcome = harness("rollback", run, *words, "--yes", settle=SHORT_SETTLE)
    assert (outcome.status, harness.made[0].status) == (5 if words else 0, "DISABLE"), summary(outcome)


@pytest.mark.parametrize(
    "words", [("runs",), ("submit", "bundle.json"), ("rollback", "RUN"), ("rollback", "RUN", "--now")]
)
@pytest.mark.parametrize("is_directory", [True, False])
def test_what_others_may_have_written_names_the_campaign_and_is_not_believed(
    harness: Harness, is_directory: bool, words: tuple[str, ...]
) -> None:
    own, run = left_open(harness)
    [journal] = harness.journals
    harness.runs.chmod(0o777 if is_directory else 0o755)
    journal.chmod(0o600 if is_directory else 0o666)
    before = len(harness.tiktok.requests)
    outcome = harness(*asked(harness, words, run), settle=SHORT_SETTLE)
    assert (outcome.status, len(harness.tiktok.requests)) == (2, before), summary(outcome)
    assert f"splint: ENABLE of campaign {own} was sent and is not confirmed: it may run" in outcome.err
    if is_directory or words[0] == "rollback":
        assert "it may run; disable it by hand: " in outcome.err
        assert "others may write to it (mode " in outcome.err
    harness.runs.chmod(0o700)
    assert harness("rollback", run, "--yes", settle=SHORT_SETTLE).status == 0


@pytest.mark.parametrize("mode", [0o700, 0o755, 0o777])
@pytest.mark.parametrize("name", ["/nowhere", "*", "nosuch"])
def test_a_name_of_no_run_is_said_so_after_what_may_run(harness: Harness, name: str, mode: int) -> None:
    own, run = left_open(harness)
    harness.runs.chmod(mode)
    for words in (["rollback"], ["rollback", "--now"], ["resume"]):
        outcome = harness(words[0], name, *words[1:], "--yes")
        assert (outcome.status, f"there is no run {name!r}" in outcome.err) == (2, True), summary(outcome)
        assert f"splint: ENABLE of campaign {own} was sent and is not confirmed: it may run, and " in outcome.err
        assert f"splint rollback {run} disables it: {harness.runs}: there" in outcome.err


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives what it has to another user")
@pytest.mark.parametrize("words", ROLLBACKS)
@pytest.mark.parametrize("is_directory", [True, False])
def test_what_another_user_owns_is_not_believed(harness: Harness, is_directory: bool, words: tuple[str, ...]) -> None:
    own, run = left_open(harness)
    [journal] = harness.journals
    harness.runs.chmod(0o755)
    os.chown(harness.runs if is_directory else journal, 65534, 65534)
    before = len(harness.tiktok.requests)
    outcome = harness("rollback", run, *words, "--yes", settle=SHORT_SETTLE)
    assert (outcome.status, len(harness.tiktok.requests)) == (2, before), summary(outcome)
    assert f"splint: ENABLE of campaign {own} was sent and is not confirmed: it may run; disable it" in outcome.err
    assert f"others may write to it (mode {755 if is_directory else 600}, owned by user 65534)" in outcome.err


def test_another_directory_is_named_only_where_this_one_has_no_journal(harness: Harness) -> None:
    harness.runs.mkdir(mode=0o755)
    assert "chmod 700 it, or name another --run-dir" in harness.submit().err


def test_a_journal_that_is_gone_beside_its_bundle_does_not_say_that_nothing_was_sent(harness: Harness) -> None:
    """It says what an emptied one says, and is no new run's way to a second campaign."""
    assert harness.submit().status == 0
    [path], run = harness.journals, harness.record.run
    saved = path.read_bytes()
    path.unlink()
    said = f"run {run}: its journal is gone, and {run}.bundle.json lies beside it: nobody knows what was sent"
    for words in (["runs"], ["runs", run], ["resume"], ["resume", run], ["rollback", run], ["rollback", run, "--now"]):
        outcome = harness(*words, *["--yes"] * (words[0] != "runs"))
        assert (outcome.status, said in outcome.err) == (0 if words[0] == "runs" else 2, True), summary(outcome)
        assert "look for campaign 'Spring sale' in the account" in outcome.err
        assert "where nothing stands, move that file elsewhere" in outcome.err
    assert f"{run}  in doubt" in harness("runs").out
    harness.tiktok.on("get", "campaign", times=None, fault=EMPTY)
    outcome = harness.submit(settle=SHORT_SETTLE)
    assert (outcome.status, said in outcome.err, len(harness.made)) == (1, True, 6), summary(outcome)
    harness.tiktok.heal()
    assert not harness.journals
    path.write_bytes(saved)
    assert harness.rollback("--delete", settle=SHORT_SETTLE).status == 0


def test_a_journal_of_another_name_is_not_gone(harness: Harness) -> None:
    assert harness.submit().status == 0
    [path] = harness.journals
    path.rename(path.with_name("renamed.jsonl"))
    outcome = harness("runs")
    assert (outcome.out.count("\n"), "its journal is gone" in outcome.err) == (1, False), outcome.err
    assert f"rename it to {path.name}" in outcome.err


@pytest.mark.parametrize("text", ["{}", None, "{"])
def test_a_bundle_of_a_persons_own_name_is_no_run_whose_journal_is_gone(harness: Harness, text: str | None) -> None:
    harness.runs.mkdir(mode=0o700)
    path = harness.runs / "spring.bundle.json"
    path.write_text(json.dumps(harness.value) if text is None else text)
    assert harness("runs").out == ""
    assert harness.submit().status == 0
    outcome = harness("resume", "spring", "--yes")
    assert (outcome.status, "there is no run 'spring'" in outcome.err) == (2, True), summary(outcome)


@pytest.mark.parametrize("is_kept", [True, False])
def test_a_journal_whose_link_leads_nowhere_cannot_be_read(harness: Harness, is_kept: bool) -> None:
    """It says nothing of what was sent, least of all that nothing was."""
    assert harness.submit("--enable").status == 0
    [path], run = harness.journals, harness.record.run
    for each in (path, harness.runs / f"{run}.bundle.json"):
        saved = each.rename(harness.directory / each.name)
        if each == path or is_kept:
            each.symlink_to(harness.directory / "unmounted" / saved.name)
    for words in (["runs"], ["submit", "bundle.json"], ["resume"], ["rollback", run], ["rollback", run, "--now"]):
        outcome = harness(*asked(harness, tuple(words), run))
        assert (outcome.status, "the journal cannot be read" in outcome.err) == (2, True), summary(outcome)
        assert "nothing was sent;" not in outcome.err


def test_a_bundle_whose_link_leads_nowhere_is_that_of_a_journal_that_is_gone(harness: Harness) -> None:
    assert harness.submit().status == 0
    [path], run = harness.journals, harness.record.run
    path.unlink()
    (harness.runs / f"{run}.bundle.json").unlink()
    (harness.runs / f"{run}.bundle.json").symlink_to(harness.directory / "unmounted")
    outcome = harness.resume(run)
    assert (outcome.status, f"run {run}: its journal is gone" in outcome.err) == (2, True), summary(outcome)
