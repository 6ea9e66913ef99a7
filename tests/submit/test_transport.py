"""Connections: the environment is ignored, slow answers time out, and `rollback --now` passes a hung process."""

import errno
import json
import os
import re
import signal
import socket
import ssl
import stat
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from datetime import datetime, timedelta, tzinfo
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Semaphore, Thread, current_thread
from typing import Any, ClassVar, Literal, Self

import pytest
from pydantic import SecretStr

from splint.submit import MisuseError, Record, RetryPolicy, Submitter, TransportOptions
from splint.submit.client import Answer, Client, Withheld, _Bucket, _read_time
from splint.submit.directories import prepared
from splint.submit.errors import PersonNeededError, StoppedError
from splint.submit.journal import Journal, _sync
from splint.submit.locks import locked
from splint.submit.status_updates import StatusUpdates
from splint.submit.transport import pools, tls_context
from tests.grids import few
from tests.submit.harness import CANARY, SHORT_SETTLE, Harness, summary
from tests.submit.server import Act, Fault, Level, answers
from tests.submit.server import Answer as Sent


@pytest.mark.parametrize("variable", few(["SSL_CERT_FILE", "SSL_CERT_DIR", "SSLKEYLOGFILE"], 1))
def test_no_variable_says_whom_to_trust(variable: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither certificates nor a log of keys come from the environment."""
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    plain = tls_context(None).cert_store_stats()
    monkeypatch.setenv(variable, str(tmp_path / "named"))
    context = tls_context(None)
    assert context.cert_store_stats() == plain
    assert not context.keylog_filename
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)


@pytest.mark.parametrize(
    ("text", "says"), [(None, "No such file"), ("no certificates", "holds no certificates in PEM")]
)
def test_a_file_of_certificates_is_read_or_refused(tmp_path: Path, text: str | None, says: str) -> None:
    path = tmp_path / "ca.pem"
    if text is not None:
        path.write_text(text)
    with pytest.raises(MisuseError, match=says) as raised:
        tls_context(str(path))
    assert str(path) in str(raised.value)


def test_a_missing_certificate_file_is_reported_before_a_request(harness: Harness) -> None:
    outcome = harness.submit("--ca-file", "nowhere.pem")
    assert (outcome.status, harness.tiktok.requests) == (2, [])
    assert "--ca-file nowhere.pem: No such file or directory" in outcome.err


@pytest.mark.parametrize("has_folder", [False, True])
def test_without_any_certificate_authority_nothing_is_sent(harness: Harness, tmp_path: Path, has_folder: bool) -> None:
    """As with Python from python.org on macOS: no connection could be verified, however often it is tried."""
    (tmp_path / "certs").mkdir()
    (tmp_path / "certs" / "README").touch()
    folder = tmp_path / ("certs" if has_folder else "nowhere")
    paths = ssl.DefaultVerifyPaths("", "", "", str(tmp_path / "cert.pem"), "", str(folder))
    harness.patch.setattr(ssl, "get_default_verify_paths", lambda: paths)
    outcome = harness.submit("--proxy", "https://127.0.0.1:9")
    assert (outcome.status, harness.tiktok.requests) == (2, []), summary(outcome)
    assert "no certificate authority is known, so that no connection can be verified: OpenSSL looks for" in outcome.err
    assert "name a file of them with --ca-file; nothing was sent" in outcome.err


def test_a_folder_of_authorities_that_cannot_be_listed_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """OpenSSL opens the file of one authority, by the hash of its name."""
    paths = ssl.DefaultVerifyPaths("", "", "", str(tmp_path / "cert.pem"), "", str(tmp_path))
    monkeypatch.setattr(ssl, "get_default_verify_paths", lambda: paths)

    def refused(_folder: Path) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(Path, "iterdir", refused)
    assert tls_context(None).verify_mode is ssl.CERT_REQUIRED


@pytest.mark.parametrize("number", few([errno.ENOTSUP, errno.EINVAL, errno.ENOTTY, errno.EIO], 1))
def test_a_journal_is_flushed_where_macos_cannot_flush_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """On SMB and NFS it is flushed as elsewhere; any other error is one."""
    import fcntl

    def refused(_descriptor: int, _command: int) -> None:
        raise OSError(number, os.strerror(number))

    flushed: list[int] = []
    monkeypatch.setattr("sys.platform", "darwin")
    monkeypatch.setattr(fcntl, "F_FULLFSYNC", 51, raising=False)
    monkeypatch.setattr(fcntl, "fcntl", refused)
    monkeypatch.setattr(os, "fsync", flushed.append)
    with (tmp_path / "journal").open("wb") as stream:
        with nullcontext() if number != errno.EIO else pytest.raises(OSError, match=os.strerror(errno.EIO)):
            _sync(stream.fileno())
        assert flushed == ([stream.fileno()] if number != errno.EIO else [])


def test_certificates_are_read_where_something_speaks_tls(harness: Harness) -> None:
    """Elsewhere they would take as long as a whole run, and no connection in TLS can come of it."""
    read: list[str | None] = []

    def context(ca_file: str | None) -> ssl.SSLContext:
        read.append(ca_file)
        return tls_context(ca_file)

    harness.patch.setattr("splint.submit.transport.tls_context", context)
    assert harness.submit().status == 0
    assert read == []
    for origin, proxy in (("https://127.0.0.1", None), ("http://127.0.0.1", "https://127.0.0.1:9")):
        pools(origin, proxy, None)(print)
    assert read == [None, None]
    with pytest.raises(KeyError):
        pools("http://127.0.0.1", None, None)(print).connection_from_url("https://127.0.0.1")


@pytest.mark.parametrize("act", ["create", "enable"])
def test_a_request_declared_not_sent_is_never_sent(harness: Harness, act: str) -> None:
    """The name is resolved only after the timeout, when the same request is under way again."""
    resolve, armed, retried = socket.getaddrinfo, Event(), Event()
    hanging: list[Thread] = []

    def slow(*given: Any, **named: Any) -> Any:
        if armed.is_set() and not hanging:
            hanging.append(current_thread())
            retried.wait(10)
        elif hanging and not retried.is_set():
            retried.set()
            hanging[0].join(10)
        return resolve(*given, **named)

    note = Record.note

    def noted(record: Record, event: str, **fields: Any) -> None:
        note(record, event, **fields)
        if event == "ARMED" and fields.get("action", "create") == act:
            armed.set()

    harness.patch.setattr(Record, "note", noted)
    harness.patch.setattr("socket.getaddrinfo", slow)
    outcome = harness.submit("--enable", timeout="0.3")
    assert outcome.status == 0, summary(outcome)
    assert (len(harness.sent("create")), len(harness.sent("status"))) == (6, 1)
    why = [event.fields["why"] for event in harness.record.journal.events if event.name == "NOT_SENT"]
    assert why == ["no connection within 0.3 s"]
    harness.assert_created(enabled=True)


class KeepsOpen(BaseHTTPRequestHandler):
    """Answers that a campaign is created, and keeps its connections open whatever the client asks for."""

    protocol_version = "HTTP/1.1"
    bodies: ClassVar[list[Any]] = []
    closed: ClassVar[Semaphore] = Semaphore(0)

    def do_POST(self) -> None:
        """Answer a request."""
        self.bodies.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        answer = b'{"code": 0, "message": "OK", "data": {"campaign_id": "1"}}'
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)
        self.close_connection = False

    def finish(self) -> None:
        """Note that the client closed a connection."""
        super().finish()
        self.closed.release()

    def log_message(self, *_: Any) -> None:
        """Print nothing."""


@pytest.mark.slow
def test_a_late_request_takes_no_connection_that_another_left_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its thread stalls until it was called not sent, and the same request was sent anew and answered."""
    exchanged, late, answered = Client._exchanged, list[Thread](), Event()
    KeepsOpen.bodies.clear()

    def stalled(*given: Any) -> Answer:
        if not late:
            late.append(current_thread())
            answered.wait(10)
        return exchanged(*given)

    monkeypatch.setattr(Client, "_exchanged", stalled)
    with ThreadingHTTPServer(("127.0.0.1", 0), KeepsOpen) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        client = Client(f"http://127.0.0.1:{server.server_port}", SecretStr(CANARY), rate=1000, timeout=0.5)
        kinds = [client.post("/create/", {"number": number}).kind for number in (1, 2)]
        answered.set()
        late[0].join(10)
        kinds.append(client.post("/create/", {"number": 3}).kind)
        assert all(KeepsOpen.closed.acquire(timeout=10) for _ in range(3))
        server.shutdown()
    assert kinds == ["unsent", "ok", "ok"]
    assert KeepsOpen.bodies == [{"number": 2}, {"number": 3}]


# -- what is masked ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    few(
        [
            ["--proxy", "http://joe:hunter2@127.0.0.1:9"],
            ["--proxy", "ftp://joe:hunter2@127.0.0.1:9"],
            ["--base-url", "https://joe:hunter2@example.org"],
            ["--base-url", "https://joe:hunter2@[::1"],
        ],
        1,
    ),
)
def test_no_password_of_a_url_is_shown(harness: Harness, words: list[str]) -> None:
    given = words if "--base-url" in words else [*words, "--base-url", harness.tiktok.origin]
    outcome = harness.raw("submit", "bundle.json", "--yes", "--run-dir", str(harness.runs), *given)
    assert outcome.status in (2, 4), summary(outcome)
    shown = outcome.out + outcome.err + "".join(path.read_text() for path in harness.journals)
    assert "hunter2" not in shown
    assert "joe" not in shown


# -- the directory of journals -----------------------------------------------------------------------------------------


def test_the_name_of_the_directory_is_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each directory that is made is on disk before a journal is trusted to it: its parent is synced."""
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda descriptor: synced.append(os.fstat(descriptor).st_ino))
    made = prepared(tmp_path / "a" / "b")
    assert stat.S_IMODE(made.stat().st_mode) == 0o700
    assert synced == [tmp_path.stat().st_ino, (tmp_path / "a").stat().st_ino]
    synced.clear()
    prepared(made)
    assert synced == []


@pytest.mark.parametrize("words", ["runs", "runs x", "resume", "resume x", "rollback x", "explain --run x"])
def test_what_begins_no_run_makes_no_directory(harness: Harness, words: str) -> None:
    """Neither the one that is named, nor the user's, nor one where there can be none."""
    status = 0 if words == "runs" else 2
    outcome = harness.raw(*words.split(), "--run-dir", str(harness.runs))
    assert (outcome.status, harness.runs.exists()) == (status, False), summary(outcome)
    assert "no run" in outcome.err
    for home in (harness.directory / "state", "/dev/null"):
        harness.patch.setenv("XDG_STATE_HOME", str(home))
        outcome = harness.raw(*words.split())
        assert outcome.status == status, summary(outcome)
        assert f"{home}/splint/runs" in outcome.err
    assert not (harness.directory / "state").exists()


def test_a_file_is_no_directory_of_journals(harness: Harness) -> None:
    path = (harness.directory / "bundle.json").resolve()
    outcome = harness.raw("runs", "--run-dir", "bundle.json")
    assert (outcome.status, outcome.err) == (2, f"splint: {path}: cannot hold journals: Not a directory\n")


def test_a_run_whose_beginning_cannot_be_written_is_none(harness: Harness) -> None:
    """Nothing was sent: that is said, and no command is named that could not go on."""
    refuse_events(harness.patch, "START")
    outcome = harness("submit", "bundle.json", "--yes")
    assert (outcome.status, harness.made) == (4, []), summary(outcome)
    assert "the journal cannot be written: No space left on device; nothing was sent" in outcome.err
    assert "resume" not in outcome.err


def refuse_events(patch: pytest.MonkeyPatch, event: str) -> None:
    """Have no journal take an event any more: the disk is full."""
    write = os.write

    def written(descriptor: int, data: bytes) -> int:
        if f'"event":"{event}"'.encode() in data:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(descriptor, data)

    patch.setattr(os, "write", written)


# -- the lock ----------------------------------------------------------------------------------------------------------


def test_a_held_lock_names_its_holder(harness: Harness) -> None:
    assert harness.submit().status == 0
    with locked(harness.runs, harness.record.start["advertiser_id"], harness.record.run):
        outcome = harness.resume(harness.record.run, "--enable")
    assert outcome.status == 2
    assert f"process {os.getpid()}, which began at 20" in outcome.err
    past = (
        f"wait for it, or, where it hangs, disable the campaign past it with splint rollback {harness.record.run} --now"
    )
    assert past in outcome.err


def test_a_lock_is_held_where_its_holder_cannot_be_named(harness: Harness) -> None:
    """A disk that is full has room for the lock, which is empty; what stops the run is what cannot be journalled."""
    write = Path.write_text

    def full(path: Path, *arguments: Any, **named: Any) -> int:
        if path.suffix == ".holder":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(path, *arguments, **named)

    harness.patch.setattr(Path, "write_text", full)
    assert harness.submit().status == 0
    with locked(harness.runs, harness.record.start["advertiser_id"], harness.record.run):
        outcome = harness.resume(harness.record.run, "--enable")
    assert (outcome.status, "another process is sending for advertiser" in outcome.err) == (2, True), summary(outcome)


def and_then(harness: Harness, act: Act, level: Level, happens: Callable[[], object]) -> None:
    """Let something happen between the next request of a kind and its answer."""

    def answer(whole: Sent) -> Sent:
        happens()
        return whole

    harness.tiktok.on(act, level, fault=Fault(answer=answer))


def lose_lock(harness: Harness, *, replace: bool) -> None:
    """Remove the file of the lock, or have another in its place."""
    [lock] = harness.runs.glob("*.lock")
    lock.rename(lock.with_suffix(".old"))  # so that no new file has its inode
    if replace:
        lock.touch()


@pytest.mark.parametrize("level", ["campaign", "adgroup"])
@pytest.mark.parametrize("replace", [False, True])
def test_a_sender_whose_lock_is_gone_sends_nothing_more(harness: Harness, replace: bool, level: Level) -> None:
    """Another process may hold another lock, and send the same run."""
    and_then(harness, "create", level, lambda: lose_lock(harness, replace=replace))
    outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    assert (outcome.status, len(harness.sent())) == (4, 1 if level == "campaign" else 2), summary(outcome)
    assert ".lock was removed or replaced: another process may be sending: nothing more is sent" in outcome.err
    assert harness.follow(outcome).status == 0
    harness.assert_created(enabled=True)


def test_a_request_that_waited_is_not_sent_without_the_lock(harness: Harness) -> None:
    """The journal says so."""
    take = _Bucket.take

    def taken(bucket: _Bucket) -> None:
        if harness.journals and harness.events("/campaign")[-1:] == ["ARMED"] and not harness.sent():
            lose_lock(harness, replace=False)
        take(bucket)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_Bucket, "take", taken)
        outcome = harness.submit(settle=SHORT_SETTLE)
    assert (outcome.status, harness.sent(), harness.events("/campaign")) == (4, [], ["ARMED", "NOT_SENT"])
    assert harness.follow(outcome).status == 0
    harness.assert_created()


@pytest.mark.parametrize("delete", [False, True])
def test_a_rollback_whose_lock_is_gone_disables_and_does_not_end_well(harness: Harness, delete: bool) -> None:
    """What another process may be sending is not disabled with it, and nothing is deleted."""
    assert harness.submit("--enable").status == 0
    and_then(harness, "status", "campaign", lambda: lose_lock(harness, replace=True))
    outcome = harness.rollback(*["--delete"] * delete, settle=SHORT_SETTLE)
    assert (outcome.status, harness.made[0].status, len(harness.made)) == (4, "DISABLE", 6), summary(outcome)
    assert "is disabled, and then the rollback stopped: " in outcome.err
    assert ".lock was removed or replaced" in outcome.err
    assert harness.follow(outcome).status == 0


def test_a_journal_that_another_process_writes_is_not_damaged(harness: Harness) -> None:
    """As one may to which a lost lock was no hindrance."""
    and_then(harness, "create", "adgroup", lambda: Journal.open(harness.journals[0]).append("LIMITS"))
    outcome = harness.submit(settle=SHORT_SETTLE)
    made = harness.made[-1]
    assert (outcome.status, len(harness.sent())) == (4, 2), summary(outcome)
    assert f"was created, its adgroup_id is {made.id}, and that is not in the journal: " in outcome.err
    assert "the journal cannot be written: another process wrote to it meanwhile" in outcome.err
    assert harness.record.resource("/adgroups/0").state == "ARMED"
    assert harness.follow(outcome).status == 0
    harness.assert_created()


@pytest.mark.parametrize("delete", [False, True])
def test_a_rollback_whose_journal_another_process_wrote_to_disables_all_the_same(
    harness: Harness, delete: bool
) -> None:
    """And deletes nothing: the next one does."""
    assert harness.submit("--enable").status == 0
    update = StatusUpdates.set

    def overtaken(updates: StatusUpdates, *given: Any, **named: Any) -> None:
        Journal.open(harness.journals[0]).append("LIMITS")
        update(updates, *given, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(StatusUpdates, "set", overtaken)
        outcome = harness.rollback(*["--delete"] * delete, settle=SHORT_SETTLE)
    assert (outcome.status, harness.made[0].status, len(harness.made)) == (4, "DISABLE", 6), summary(outcome)
    assert "is disabled, and then the rollback stopped: " in outcome.err
    said = "another process wrote to it meanwhile, and may be sending the run: end that process first, then roll back"
    assert (said in outcome.err, "or copy" in outcome.err, "disable it by hand" in outcome.err) == (True, False, False)
    outcome = harness.follow(outcome)
    assert (outcome.status, harness.tiktok.objects[0].status) == (0, "DELETE" if delete else "DISABLE")


def test_a_campaign_is_disabled_past_a_lock(harness: Harness) -> None:
    """One request does it, the journal beside the run says so, and what holds the lock sends nothing more."""
    assert harness.submit("--enable").status == 0
    run = harness.record.run
    sender = harness.record
    before = len(harness.tiktok.requests)
    with locked(harness.runs, sender.start["advertiser_id"], sender.run):
        outcome = harness("rollback", run, "--now", "--yes")
        assert outcome.status == 0, summary(outcome)
        with pytest.raises(Exception, match="disabled by another process meanwhile"):
            sender.note("ARMED", object="/campaign", action="enable")
    assert [(one.act, one.body["operation_status"]) for one in harness.tiktok.requests[before:]] == [
        ("status", "DISABLE")
    ]
    assert {one.status for one in harness.tiktok.alive("campaign")} == {"DISABLE"}
    [beside] = harness.runs.glob(f"{run}.now-*.jsonl")
    assert [event.name for event in Journal.peek(beside).events] == ["ROLLBACK", "ARMED", "DONE"]
    assert harness("runs", run).out.count("disable DONE") == 1
    assert harness("resume", run, "--yes").status == 2
    assert harness("rollback", run, "--yes").status == 0
    assert "disabled" in harness("runs").out


Moment = Literal["armed", "sent", "answered"]


def disabling(harness: Harness, wanted: Callable[[str, Mapping[str, Any]], bool], moment: Moment) -> list[str]:
    """Let another process disable the campaign past the lock, at a moment of a request of this one.

    Returns the list of the errors that the other process ends with.
    """
    post, exchanged, errors = Client.post, Client._exchanged, list[str]()
    left: list[Moment] = [moment]

    def reach(reached: Moment) -> None:
        if left != [reached]:
            return
        left.clear()
        transport = TransportOptions(base_url=harness.tiktok.origin, rate=1000, retry_policy=RetryPolicy(0.03, 0.05))
        other = Submitter(SecretStr(CANARY), transport=transport, run_dir=harness.runs)
        try:
            other.disable_now(harness.record.run)
        except PersonNeededError as error:
            errors.append(str(error))

    def posted(client: Client, path: str, body: Mapping[str, Any], *withheld: Withheld) -> Answer:
        if not wanted(path, body):
            return post(client, path, body, *withheld)
        reach("armed")
        answer = post(client, path, body, *withheld)
        reach("answered")
        return answer

    def sent(client: Client, pool: Any, method: str, target: str, body: bytes | None, exchange: Any) -> Answer:
        if body is not None and wanted(target, json.loads(body)):
            reach("sent")
        return exchanged(client, pool, method, target, body, exchange)

    harness.patch.setattr(Client, "_exchanged", sent)
    harness.patch.setattr(Client, "post", posted)
    return errors


@pytest.mark.parametrize("moment", few(["armed", "sent", "answered"], 1))
def test_what_disables_while_enable_is_in_flight_is_told(harness: Harness, moment: Moment) -> None:
    """Nobody knows which of the two came last: this is never the success of either, unless ENABLE was not yet sent."""
    errors = disabling(harness, lambda _, body: body.get("operation_status") == "ENABLE", moment)
    outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    [run] = [path.stem for path in harness.journals if ".now" not in path.stem]
    [error] = errors
    assert (
        "was carried out, and ENABLE was sent, or may be sent yet, and is not confirmed: the campaign may run" in error
    )
    is_sent = moment != "armed"
    assert outcome.status == (5 if is_sent else 4), summary(outcome)
    acts = [event.name for event in Journal.peek(harness.runs / f"{run}.jsonl").events if "action" in event.fields]
    assert (acts[0], acts[1] == "NOT_SENT") == ("ARMED", not is_sent)
    assert ("ENABLE" in [one.body["operation_status"] for one in harness.sent("status")]) == is_sent
    says = "and ENABLE was sent by this one: the campaign may run" if is_sent else "nothing more is sent"
    assert f"disabled by another process meanwhile{', ' if is_sent else ': '}{says}" in outcome.err
    assert f"next: splint rollback {run} --run-dir" in outcome.err
    assert f"{run}  rollback unfinished" in harness("runs").out
    outcome = harness.follow(outcome)
    assert (outcome.status, {one.status for one in harness.tiktok.alive("campaign")}) == (0, {"DISABLE"})


@pytest.mark.parametrize("enabling", [True, False])
def test_an_interrupt_after_another_process_disabled_the_campaign_says_so(harness: Harness, enabling: bool) -> None:
    """Where ENABLE was under way, nobody knows which of the two came last."""
    during = "/smart_plus/campaign/status/update/" if enabling else "/smart_plus/ad/create/"
    disabling(harness, lambda path, body: path.endswith(during), "answered")
    post = Client.post

    def posted(client: Client, path: str, body: Mapping[str, Any], *withheld: Withheld) -> Answer:
        answer = post(client, path, body, *withheld)
        if path.endswith(during) and body.get("operation_status") != "DISABLE":
            signal.raise_signal(signal.SIGINT)
        return answer

    harness.patch.setattr(Client, "post", posted)
    outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    says = "disabled by another process meanwhile" + (
        ", and ENABLE was sent by this one: the campaign may run" if enabling else ": nothing more is sent"
    )
    assert (outcome.status, f"splint: interrupted; the campaign was {says}" in outcome.err) == (
        5 if enabling else 4,
        True,
    )
    assert "next: splint rollback" in outcome.err
    outcome = harness.follow(outcome)
    assert (outcome.status, {one.status for one in harness.tiktok.alive("campaign")}) == (0, {"DISABLE"})


def test_a_sender_whose_campaign_has_no_id_yet_is_stopped(harness: Harness) -> None:
    disabling(harness, lambda path, _: path.endswith("/campaign/create/"), "answered")
    outcome = harness.submit("--enable", settle=SHORT_SETTLE)
    assert (outcome.status, len(harness.sent()), harness.sent("status")) == (4, 1, []), summary(outcome)
    outcome = harness.follow(outcome)
    assert (outcome.status, {one.status for one in harness.tiktok.alive("campaign")}) == (0, {"DISABLE"})


def test_a_campaign_without_an_id_is_not_disabled_now(harness: Harness) -> None:
    """What holds the lock is kept from sending all the same, and that is said."""
    harness.tiktok.on("create", "campaign", fault=answers(40105, commit=False))
    assert harness.submit(settle=SHORT_SETTLE).status == 4
    run = harness.record.run
    outcome = harness("rollback", run, "--now", "--yes")
    assert (outcome.status, harness.sent("status")) == (5, []), summary(outcome)
    assert "no id of a campaign is known, so nothing was disabled; another process" in outcome.err
    assert f"next: splint rollback {run} --run-dir" in outcome.err
    assert harness.resume(run).status == 2


class Ahead(datetime):
    """A clock that is days ahead."""

    by = timedelta(days=3)

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        """The time in three days."""
        return super().now(tz) + cls.by


def test_a_wrong_clock_is_refused_before_anything_is_sent(harness: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    """A rollback goes on all the same: it must, and tells objects apart by the time at which the run began."""
    monkeypatch.setattr("splint.submit.client.is_loopback", lambda _: False)
    monkeypatch.setattr("splint.submit.client.datetime", Ahead)
    monkeypatch.setattr("splint.submit.journal.datetime", Ahead)
    for by in (timedelta(days=4), timedelta(hours=-1, minutes=-1)):
        monkeypatch.setattr(Ahead, "by", by)
        outcome = harness.submit()
        assert (outcome.status, harness.sent(), harness.journals) == (2, [], []), summary(outcome)
        at, origin = r"[-:\d ]{16} UTC", harness.tiktok.origin
        assert re.search(f"the clock of this machine says {at}, and {origin} answers at {at}: ", outcome.err)
        assert "nothing was sent now; set the clock, then go on; where it is right, that of the server, or of a " in (
            outcome.err
        )
    monkeypatch.setattr(Ahead, "by", timedelta(minutes=58))
    harness.tiktok.on("create", "ad", fault=answers(40105, commit=False))
    assert harness.submit("--enable").status == 4
    monkeypatch.setattr(Ahead, "by", timedelta(days=-2))
    before = len(harness.sent())
    outcome = harness.resume()
    assert (outcome.status, len(harness.sent())) == (2, before), summary(outcome)
    assert harness.rollback().status == 0
    assert harness.made[0].status == "DISABLE"


@pytest.mark.parametrize("date", few(["", "yesterday", "Sat, 99 Nov 2026 08:42:00 GMT"], 1))
def test_an_answer_without_a_readable_time_says_nothing_of_the_clock(
    harness: Harness, monkeypatch: pytest.MonkeyPatch, date: str
) -> None:
    monkeypatch.setattr("splint.submit.client.datetime", Ahead)
    monkeypatch.setattr(BaseHTTPRequestHandler, "date_time_string", lambda *_: date)
    assert harness.submit().status == 0


def test_a_wrong_time_of_a_server_on_loopback_is_only_noted(harness: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    """Such as a mock's, whose Date never changes."""
    monkeypatch.setattr(BaseHTTPRequestHandler, "date_time_string", lambda *_: "Sat, 28 Nov 2015 08:42:00 +0900")
    outcome = harness.submit("--enable")
    assert outcome.status == 0, summary(outcome)
    assert outcome.err.count(f"UTC, and {harness.tiktok.origin} answers at 2015-11-27 23:42 UTC: what a run made") == 1
    harness.assert_created(enabled=True)


def test_a_time_is_told_in_utc() -> None:
    """Without a zone it is that; one that lies outside of all years is none."""
    for date in ("Sat, 28 Nov 2026 08:42:00 -0000", "Sat, 28 Nov 2026 17:42:00 +0900"):
        assert str(_read_time(date)) == "2026-11-28 08:42:00+00:00"
    for none in (None, "Fri, 31 Dec 9999 23:59:59 -2300"):
        assert _read_time(none) is None


def test_no_clock_says_which_rollback_was_the_last(harness: Harness) -> None:
    assert harness.submit("--enable").status == 0
    run = harness.record.run
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("splint.submit.journal.datetime", Ahead)
        for _ in range(2):
            assert harness("rollback", run, "--now", "--yes").status == 0
    assert harness("rollback", run, "--delete", "--yes").status == 0
    assert f"{run}  deleted " in harness("runs").out
    harness.tiktok.request_id_window = 0.0
    assert harness.submit().status == 0


@pytest.mark.parametrize("words", [(), ("--delete",), ("--now",)])
def test_a_rollback_whose_journal_cannot_be_written_is_repeated(harness: Harness, words: tuple[str, ...]) -> None:
    """The run was begun with --enable: to resume it would enable what is to be disabled."""
    assert harness.submit("--enable").status == 0
    run = harness.record.run
    with pytest.MonkeyPatch.context() as patch:
        refuse_events(patch, "ROLLBACK")
        outcome = harness("rollback", run, "--yes", *words)
    assert (outcome.status, "journal cannot be written" in outcome.err) == (5, True), summary(outcome)
    assert f"next: splint rollback {' '.join((run, *words))} --run-dir" in outcome.err
    assert harness.follow(outcome).status == 0
    assert not [one for one in harness.tiktok.alive("campaign") if one.status == "ENABLE"]


def test_a_rollback_now_that_cannot_be_journalled_holds_the_run_back(harness: Harness) -> None:
    """No request disabled the campaign, and nobody says that one did; but nothing goes on either."""
    harness.tiktok.on("create", "ad", fault=answers(40105, commit=False))
    assert harness.submit("--enable").status == 4
    sender, run = harness.record, harness.record.run
    with pytest.MonkeyPatch.context() as patch:
        refuse_events(patch, "ROLLBACK")
        assert harness("rollback", run, "--now", "--yes").status == 4
    assert harness.sent("status") == []
    with pytest.raises(StoppedError) as stopped:
        sender.note("ARMED", object="/campaign", action="enable")
    assert str(stopped.value) == (
        "another process was told to disable the campaign, and has not confirmed that it did: nothing more is sent"
    )
    assert f"{run}  rollback unfinished" in harness("runs").out
    resumed = harness.resume(run)
    assert (resumed.status, harness.sent("status")) == (2, []), summary(resumed)


def test_a_sender_does_not_say_that_a_refused_rollback_now_disabled(harness: Harness) -> None:
    assert harness.submit().status == 0
    sender = harness.record
    harness.tiktok.on("status", fault=answers(40105, "no", commit=False))
    outcome = harness("rollback", sender.run, "--now", "--yes")
    assert (outcome.status, f"next: splint rollback {sender.run} --run-dir" in outcome.err) == (4, True), summary(
        outcome
    )
    with pytest.raises(StoppedError, match="has not confirmed that it did: nothing more is sent"):
        sender.note("ARMED", object="/campaign", action="enable")


def test_nothing_is_deleted_now(harness: Harness) -> None:
    assert harness.submit().status == 0
    before = len(harness.tiktok.requests)
    outcome = harness("rollback", harness.record.run, "--now", "--delete", "--yes")
    assert (outcome.status, len(harness.tiktok.requests)) == (2, before)


def test_a_token_in_another_case_is_hidden_too(harness: Harness) -> None:
    """A server that echoes the token, in capitals, in a message or a header, has it shown nowhere."""
    loud = harness.token.upper()
    harness.tiktok.on("create", "campaign", fault=answers(40002, f"bad {loud}", commit=False))
    outcome = harness.submit()
    assert (outcome.status, loud in outcome.err + harness.journals[0].read_text()) == (4, False), summary(outcome)
    assert f"bad {'*' * len(loud)}" in outcome.err


def test_what_a_status_update_says_is_cut(harness: Harness) -> None:
    assert harness.submit("--enable").status == 0
    harness.tiktok.on("status", times=None, fault=answers(0, data={"error_list": ["no" * 100_000]}, commit=False))
    outcome = harness.rollback(settle=SHORT_SETTLE)
    assert outcome.status == 5, summary(outcome)
    assert len(outcome.err) < 2000
    assert harness.journals[0].stat().st_size < 20_000


def test_what_is_listed_without_a_mark_is_not_deleted(harness: Harness) -> None:
    """Rows that show no status at all contradict an answer that says it was deleted."""
    assert harness.submit().status == 0
    bare = Fault(lists=lambda row: [{key: row[key] for key in row if key != "operation_status"}])
    harness.tiktok.on("get", times=None, fault=bare)
    harness.tiktok.on("status", nth=2, times=None, fault=answers(0, commit=False))
    outcome = harness.rollback("--delete", settle=SHORT_SETTLE)
    assert (outcome.status, "DELETE is not shown by" in outcome.err) == (4, True), summary(outcome)
