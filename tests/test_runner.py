"""Runs over files: read whole or in parts, by one process or several, the report is the same."""

import json
import os
import signal
from collections.abc import Iterator
from contextlib import closing, contextmanager
from copy import copy
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from socket import AF_UNIX, socket
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from splint.files import File, size_of
from splint.files.trust import Trust
from splint.formats import Chunk, Reader
from splint.formats.json.reader import NDJSON, read_lines, read_ndjson, split_lines
from splint.reporting.report import Diagnostic, Report
from splint.run import overview, parallel, runner
from splint.run.parallel import in_order
from splint.run.runner import jobs_for, run
from splint.run.worker import RunRequest
from splint.testing import BASES
from tests.command import Command
from tests.grids import diagonal, few
from tests.laws import draws
from tests.strategies import LINTER

NOW = LINTER.config.as_of
CAMPAIGN = BASES["cbo"]["campaign"]
LINES: dict[str, bytes] = {
    "clean": json.dumps(BASES["cbo"]).encode(),
    "an error": json.dumps({"campaign": {**CAMPAIGN, "budget": 0}}).encode(),
    "not ASCII": json.dumps({"campaign": {**CAMPAIGN, "böse": "ü😀"}}, ensure_ascii=False).encode(),
    "ids": b'{"campaign_id": "1", "adgroup_name": "A", "advertiser_id": "2", "bid_type": "BID_TYPE_CUSTOM"}',
    "ids of a campaign": b'{"campaign_id": "1", "campaign_name": "A", "advertiser_id": "2", "budget_mode": "X"}',
    "an event": b'{"source": "pixel", "event": "CompletePayment", "event_id": "1", "event_time": 1772323200}',
    "events": b'{"event_source": "web", "event_source_id": "7", "data": [{"event": "CompletePayment", "event_id": "1",'
    b' "event_time": 1772323500}]}',
    "a key twice": b'{"campaign_name": "A", "objective_type": "X", "objective_type": "Y"}',
    "a foreign key twice": b'{"a": 1, "a": 2}',
    "foreign": b'{"a": 1}',
    "facts": b'{"facts": {"currency": "EURO"}}',
    "broken": b'{"campaign_name": ',
    "foreign and broken": b'{"a": ',
    "not UTF-8": b'{"campaign_name": "\xff"}',
    "a token": b'{"endpoint": "/campaign/create/", "headers": {"Access-Token": "cAnArY0123456789"}, "body": {}}',
    "empty": b"",
    "blank": b" \t ",
    "a mark": b"\xef\xbb\xbf" + json.dumps({"campaign": {**CAMPAIGN, "budget": 0}}).encode(),
}
ENDS = (b"\n", b"\r\n", b"\r", b"\n\n", b"\r\r\n", b"\n\r")
TEXTS = st.lists(st.tuples(st.sampled_from(list(LINES.values())), st.sampled_from(ENDS)), max_size=9).map(
    lambda rows: b"".join(line + end for line, end in rows)
) | st.lists(st.sampled_from([*LINES.values(), *ENDS, b"{", b"\xef\xbb\xbf", b"\0"]) | st.binary(max_size=4)).map(
    b"".join
)


@contextmanager
def parts_of(size: int | None) -> Iterator[None]:
    """Files are read in parts of so many bytes; whole when None."""
    before = runner.LARGE, split_lines.__defaults__
    runner.LARGE, split_lines.__defaults__ = (2**60, None) if size is None else (1, (size,))
    try:
        yield
    finally:
        runner.LARGE, split_lines.__defaults__ = before


def checked(files: list[File], jobs: int, size: int | None) -> tuple[dict[str, Any], list[Diagnostic]]:
    """All that a report says, and what was told of it before the end."""
    told: list[Diagnostic] = []
    request = RunRequest(lambda _: LINTER, NOW, LINTER, anchored=True)  # type: ignore[arg-type]
    with parts_of(size):
        report = run(request, files, jobs=jobs, progress=lambda _: None, sink=told.extend)
    assert list(report.diagnostics[: len(told)]) == told
    return said(report), told


def said(report: Report) -> dict[str, Any]:
    names = ("diagnostics", "errors", "files", "payloads", "skipped", "details")
    return {name: getattr(report, name) for name in names}


@draws(10, 120, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.tuples(TEXTS, st.booleans()), min_size=1, max_size=3),
    st.integers(1, 400),
    st.sampled_from([1, 1, 1, 1, 2]),
)
def test_a_file_in_parts_is_the_same_file(texts: list[tuple[bytes, bool]], size: int, jobs: int) -> None:
    """For any bytes and any parts, named and walked; now and then with processes, which take long to start."""
    with TemporaryDirectory() as directory:
        files = []
        for at, (text, named) in enumerate(texts):
            path = Path(directory, f"{at}.ndjson")
            path.write_bytes(text)
            files.append(File(str(path), path.name, named))
        whole, _ = checked(files, 1, None)
        assert checked(files, jobs, size)[0] == whole


@draws(30, 300, suppress_health_check=list(HealthCheck))
@given(TEXTS, st.integers(1, 300))
def test_parts_hold_the_lines_of_the_file(text: bytes, size: int) -> None:
    """One after the other they are the file, and each document has its number, line and offset."""
    parts = list(split_lines(BytesIO(text), size))
    assert [part.size for part in parts if part.size == 0] == [parts[-1].size]
    assert b"".join(text[part.offset : part.offset + part.size] for part in parts) == text
    documents = [
        (document.number, document.source.line, document.source.offset, document.source.data)
        for part in parts
        for document in read_lines("a", BytesIO(text[part.offset : part.offset + part.size]), part)
    ]
    assert documents == [
        (document.number, document.source.line, document.source.offset, document.source.data)
        for document in read_ndjson("a", BytesIO(text))
    ]


FOLDER: dict[str, bytes] = {
    "a/clean.json": LINES["clean"],
    "a/error.json": LINES["an error"],
    "a/none.json": b"[]",
    "a/ids.json": LINES["ids"],
    "a.ndjson": b"\n".join(LINES.values()) + b"\n",
    "b.ndjson": b"\r\n".join(LINES.values()),
    "c-clean.ndjson": b"\n".join([LINES["clean"]] * 9),
    "d-errors.ndjson": b"\r".join([LINES["an error"], b""]) + b"\n\n".join([LINES["an error"], LINES["not ASCII"]] * 5),
    "e-foreign.ndjson": b'{"a": 1}\n{"b": \n\n{"c": 1, "c": 2}\n' * 20,
    "f-late.jsonl": LINES["foreign and broken"] + b"\n" + b'{"a": 1}\n' * 30 + LINES["an error"],
    "g-blank.ndjson": b"\n" * 50,
    "h.yaml": b"campaign_name: A\nobjective_type: X # splint: ignore[SPL101] why\n",
    "z/error.json": LINES["an error"],
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, data in FOLDER.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    monkeypatch.chdir(tmp_path)
    return tmp_path


ARGUMENTS = [".", "*.ndjson *.jsonl a z h.yaml", ". g-blank.ndjson e-foreign.ndjson", "c-clean.ndjson d-errors.ndjson"]


@pytest.mark.parametrize(
    ("form", "arguments"),
    few(diagonal(["full", "concise", "json", "json-lines", "junit", "html", "sarif"], ARGUMENTS), 2),
)
def test_output_is_the_same_to_the_byte_for_any_jobs(
    folder: Path, command: Command, monkeypatch: pytest.MonkeyPatch, form: str, arguments: str
) -> None:
    """With parts and without, told of as it comes or at the end."""
    monkeypatch.setattr(overview, "now", lambda: datetime(2026, 3, 21, 9, 30, tzinfo=UTC))
    words = [str(path) for word in arguments.split() for path in (sorted(folder.glob(word)) if "*" in word else [word])]
    words = ["check", *words, "--as-of", "2026-03-21", "--output-format", form]
    outcomes = []
    for size, jobs in ((None, 1), (None, 2), (1, 1), (300, 3)):
        with parts_of(size):
            outcomes.append(command(*words, "--jobs", str(jobs)))
    assert all(outcome == outcomes[0] for outcome in outcomes)
    assert outcomes[0].status == 1
    with parts_of(200):
        to_file = command(*words, "--jobs", "2", "--output-file", "report")
    assert (to_file.status, Path("report").read_bytes().decode()) == (1, outcomes[0].out)


def test_findings_are_streamed_before_the_end(folder: Path) -> None:
    """Within a file too; from the first file on in which something waits for the rest of the run, nothing is."""
    files = [File(name, name, False) for name in ("d-errors.ndjson", "f-late.jsonl", "z/error.json")]
    for jobs in (1, 2):
        report, told = checked(files, jobs, 100)
        left = [diagnostic.path for diagnostic in report["diagnostics"] if diagnostic not in told]
        assert set(left) == {"z/error.json"}, jobs
    report, told = checked([File("d-errors.ndjson", "d-errors.ndjson", True)], 2, 100)
    assert len(told) == len(report["diagnostics"]) > 0
    report, told = checked([File("d-errors.ndjson", "d-errors.ndjson", True)], 1, None)
    assert not told
    files = [File(name, name, False) for name in ("a/error.json", "a/ids.json", "z/error.json")]
    for jobs in (1, 2):
        _, told = checked(files, jobs, 100)
        assert {diagnostic.path for diagnostic in told} <= {"a/error.json"}, jobs
    _, told = checked(files, 1, 100)
    assert {diagnostic.path for diagnostic in told} == {"a/error.json"}


def test_nothing_is_streamed_while_a_script_may_add_findings_to_other_files(folder: Path) -> None:
    """Its bodies are files of their own; what comes after the last script is told again."""
    url = "https://business-api.tiktok.com/open_api/v1.3/smart_plus/campaign/create/"
    body = f"curl -X POST {url} -H 'Access-Token: $T' -H 'Content-Type: application/json' -d @a/none.json\n"
    Path("m.sh").write_text(body.replace("none", "body"))
    Path("a/body.json").write_bytes(LINES["an error"])
    names = ["a/error.json", "m.sh", "n.json", "z/error.json"]
    Path("n.json").write_bytes(LINES["an error"])
    report, told = checked([File(name, name, True) for name in names], 1, None)
    paths = [diagnostic.path for diagnostic in report["diagnostics"]]
    assert paths == sorted(paths)
    assert "a/body.json" in paths
    assert {diagnostic.path for diagnostic in told} == {"a/body.json", "a/error.json", "m.sh", "n.json"} & set(paths)
    report, told = checked([File(name, name, True) for name in names[:2]], 1, None)
    assert not told


def test_nothing_is_streamed_if_settings_or_a_baseline_may_add_findings(folder: Path, command: Command) -> None:
    """The report is sorted all the same: what they silence for nothing stands in their own file."""
    Path("splint.toml").write_text('[per-file-ignores]\n"error.json" = ["SPL210"]\n')
    plain = command("check", "--exclude", "*.ndjson,ids.json", "--output-format", "concise").out
    assert [line.partition(":")[0] for line in plain.splitlines()[:-1]] == sorted(
        line.partition(":")[0] for line in plain.splitlines()[:-1]
    )
    assert "splint.toml:2:" in plain
    command("check", "a", "--write-baseline")
    Path("a/error.json").write_bytes(LINES["clean"])
    out = command("check", "a", "z", "--output-format", "concise").out
    assert out.startswith(".splint-baseline.json:")


def test_findings_on_facts_of_options_are_streamed_first(folder: Path, command: Command) -> None:
    """`<run>` sorts before the names of files, and is certain from the start."""
    told: list[Diagnostic] = []
    linter = type(LINTER)(as_of="2026-03-21", facts={"scopes": ["x"]})
    files = [File(name, name, True) for name in ("a/error.json", "z/error.json")]
    report = run(RunRequest(lambda _: linter, NOW, linter), files, jobs=1, progress=lambda _: None, sink=told.extend)  # type: ignore[arg-type]
    assert [diagnostic.path for diagnostic in told] == [
        diagnostic.path for diagnostic in report.diagnostics[: len(told)]
    ]
    assert report.diagnostics[0].path == "<run>"
    assert told[0] == report.diagnostics[0]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_file_that_cannot_be_read_any_further_is_a_tool_error(
    folder: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    """It counts neither as read nor as skipped, and is told of once; the others are read."""

    def split(stream: Any) -> Iterator[Chunk]:
        parts = iter(split_lines(stream, 200))
        yield next(parts)
        raise OSError(5, "Input/output error")

    failing = copy(NDJSON)
    failing.split = split
    monkeypatch.setattr(type(LINTER.registry), "reader_for", lambda self, path: _reader(path, failing))
    files = [File(name, name, True) for name in ("a/error.json", "d-errors.ndjson", "z/error.json")]
    report, _ = checked(files, jobs, 100)
    assert [notification.message for notification in report["errors"]] == [
        "d-errors.ndjson: cannot be read: Input/output error"
    ]
    assert (report["files"], report["skipped"]) == (2, 0)


def _reader(path: str, failing: Reader) -> Reader:
    return (
        failing
        if path.startswith("d-")
        else next(reader for reader in LINTER.registry.readers if path.endswith(reader.suffixes))
    )


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_file_that_goes_away_between_its_parts_is_a_tool_error(
    folder: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    def split(stream: Any) -> Iterator[Chunk]:
        Path("d-errors.ndjson").unlink(missing_ok=True)
        return split_lines(stream, 200)

    gone = copy(NDJSON)
    gone.split = split
    monkeypatch.setattr(type(LINTER.registry), "reader_for", lambda self, path: _reader(path, gone))
    files = [File(name, name, True) for name in ("a/error.json", "d-errors.ndjson", "z/error.json")]
    report, _ = checked(files, jobs, 100)
    said = "d-errors.ndjson: cannot be read: No such file or directory"
    assert [notification.message for notification in report["errors"]] == [said]
    assert report["files"] == 2


def test_pipes_are_read_once(folder: Path, command: Command) -> None:
    """What is no plain file is not taken apart."""
    os.mkfifo("pipe.ndjson")
    writer = os.fork()
    if writer == 0:
        try:
            Path("pipe.ndjson").write_bytes(b"\n".join([LINES["an error"]] * 20))
        finally:
            os._exit(0)
    with parts_of(100):
        outcome = command("check", "pipe.ndjson", "--jobs", "2", "--output-format", "json")
    os.waitpid(writer, 0)
    assert (outcome.report["summary"]["files"], outcome.report["summary"]["payloads"]) == (1, 20)


# -- how many processes ----------------------------------------------------------------------------------------------


def test_processes_are_as_many_as_pay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By bytes, never more than there are cores; sizes are asked for only until it is clear."""
    asked: list[str] = []

    def size(file: File) -> int:
        asked.append(file.path)
        return size_of(file)

    monkeypatch.setattr(runner, "size_of", size)
    path = tmp_path / "a.json"
    path.write_bytes(b" " * 13_000)
    few, many = [File(str(path), "a", False)] * 3, [File(str(path), "a", False)] * 100_000
    assert jobs_for(few, {}, cores=8) == 1
    assert len(asked) == 3
    asked.clear()
    assert jobs_for(many, {}, cores=8) == 8
    assert len(asked) < 1 + 8 * runner.BYTES_PER_JOB / 13_000
    asked.clear()
    assert jobs_for(many[:1], {0: 500_000_000}, cores=8) == 8
    assert jobs_for(many, {}, cores=1) == 1
    assert not asked
    assert jobs_for(many[: 2 * runner.BYTES_PER_JOB // 13_000], {}, cores=8) in (1, 2)
    assert jobs_for([], {}, cores=8) == 1


# -- processes -------------------------------------------------------------------------------------------------------


@pytest.fixture
def forked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The processes that a test forks: others may run beside it, for other tests."""
    fork, processes = os.fork, list[int]()

    def forking() -> int:
        if process := fork():
            processes.append(process)
        return process

    monkeypatch.setattr(os, "fork", forking)
    return processes


def are_gone(processes: list[int]) -> bool:
    """Whether all of some processes have ended and were waited for."""
    for process in processes:
        with pytest.raises(ChildProcessError):
            os.waitpid(process, os.WNOHANG)
    return bool(processes)


@pytest.mark.parametrize("jobs", few([1, 2, 5], 2))
def test_results_come_home_in_order(forked: list[int], jobs: int) -> None:
    """Also where they are large, and late ones were ready early."""

    def work(task: int) -> tuple[int, bytes]:
        return os.getpid(), b"x" * (300_000 if task % 7 == 0 else 1)

    results = list(in_order(work, range(40), jobs))
    assert [task for task, _ in results] == list(range(40))
    assert os.getpid() not in {process for _, (process, _) in results}
    assert are_gone(forked)


@pytest.mark.parametrize("jobs", few([1, 2, 5], 2))
def test_no_batch_is_more_than_a_part_of_what_each_had(jobs: int) -> None:
    """Or some would be idle while the last works; many tasks are handed over in few batches."""
    for count in (0, 1, 7, 40, 700):
        batches = list(parallel._batches(range(count), jobs))
        assert [task for batch in batches for task in batch] == list(range(count))
        before = 0
        for batch in batches:
            assert len(batch) <= max(1, 1 + before / (8 * jobs))
            before += len(batch)
    assert len(batches) < 700 / 3


class OddError(Exception):
    """An exception that cannot be pickled back."""

    def __init__(self, one: int, two: int) -> None:
        super().__init__(f"{one} and {two}")


@pytest.mark.parametrize(
    ("error", "raised"),
    few([(ValueError("no"), ValueError), (OddError(1, 2), RuntimeError), (SystemExit(3), SystemExit)], 2),
)
def test_what_a_process_raises_is_raised(forked: list[int], error: BaseException, raised: type[BaseException]) -> None:
    def work(task: int) -> None:
        if task == 3:
            raise error

    with pytest.raises(raised):
        list(in_order(work, range(9), 2))
    assert are_gone(forked)


def test_a_process_that_is_killed_is_not_waited_for() -> None:
    def work(task: int) -> None:
        if task == 3:
            os.kill(os.getpid(), 9)

    for _ in range(8):  # it is noticed on the way there, or on the way back
        with pytest.raises(RuntimeError, match="ended before its work was done"):
            list(in_order(work, range(9), 2))


def test_processes_end_with_whoever_asks_for_their_work(forked: list[int]) -> None:
    """They leave no open files behind either."""
    before = sorted(Path("/dev/fd").iterdir())
    for _ in range(3):
        results = in_order(lambda task: task, iter(range(10**9)), 2)
        assert next(results) == (0, 0)
        results.close()
    assert sorted(Path("/dev/fd").iterdir()) == before
    assert are_gone(forked)


def large(path: Path, broken: tuple[int, ...]) -> None:
    """NDJSON of more than a megabyte, in which some lines have an error."""
    clean, error = LINES["clean"], LINES["an error"]
    count = 1_200_000 // len(clean)
    path.write_bytes(b"".join((error if at in broken else clean) + b"\n" for at in range(1, count + 1)))


@pytest.mark.parametrize("order", few([["a.ndjson", "-"], ["-", "a.ndjson"]], 1))
def test_standard_input_may_be_called_like_a_large_file(
    order: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: Command
) -> None:
    monkeypatch.chdir(tmp_path)
    large(Path("a.ndjson"), (11, 401))
    options = ("--isolated", "--output-format", "concise", "--stdin-filename", "a.ndjson")
    for jobs in ("1", "2"):
        outcome = command("check", *options, "--jobs", jobs, *order, stdin=LINES["an error"].decode())
        assert [line.split(":")[1] for line in outcome.out.splitlines()[:-1]] == ["1", "11", "401"]


def test_standard_input_is_no_file_called_like_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: Command
) -> None:
    monkeypatch.chdir(tmp_path)
    large(Path("-"), (11,))
    outcome = command("check", "--isolated", "--stdin-filename", "x.ndjson", "-", stdin=LINES["clean"].decode())
    assert outcome.out.startswith("no findings in 3 payloads")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_pipe_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: Command) -> None:
    """What it holds can only be judged with the rest of the run: no process of its own may read it before."""
    monkeypatch.chdir(tmp_path)
    os.mkfifo("pipe.json")
    Path("clean.json").write_bytes(LINES["clean"])
    writer = Thread(target=Path("pipe.json").write_bytes, args=(LINES["ids of a campaign"],), daemon=True)
    writer.start()
    outcome = command("check", "--isolated", "--jobs", "2", "--output-format", "json", "pipe.json", "clean.json")
    writer.join(10)
    assert not writer.is_alive()
    assert outcome.report["summary"]["payloads"] == 4


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_what_has_no_end_is_said_and_the_rest_is_read(
    jobs: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: Command
) -> None:
    """A named pipe without a writer, a device and a socket are unreadable files, for which no run waits."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("splint.files.streams.PIPE_TIMEOUT", 0.05)
    os.mkfifo("pipe.json")
    Path("zero.json").symlink_to("/dev/zero")
    Path("clean.json").write_bytes(LINES["clean"])
    with closing(socket(AF_UNIX)) as server:
        server.bind("socket.json")
        names = ["pipe.json", "zero.json", "socket.json", "clean.json"]
        outcome = command("check", "--isolated", "--jobs", jobs, "--output-format", "json", *names)
        with pytest.raises(OSError, match=r"^\[Errno") as refused:  # in the words of the system
            Path("socket.json").read_bytes()
    assert [(one["path"], one["message"].split(":")[1:3]) for one in outcome.report["errors"]] == [
        ("pipe.json", [" cannot be read", " it is a named pipe that nothing writes to"]),
        ("socket.json", [" cannot be read", f" {refused.value.strerror}"]),
        ("zero.json", [" cannot be read", " it is a device, which may have no end"]),
    ]
    assert (outcome.status, outcome.report["summary"]["files"]) == (2, 1)


def test_a_pipe_without_a_name_is_read(tmp_path: Path) -> None:
    """As the shell makes one for <(command); what its writer sent is there even after the writer's end."""
    reading, writing = os.pipe()
    os.write(writing, LINES["clean"])
    os.close(writing)
    link = tmp_path / "given.json"
    link.symlink_to(f"/dev/fd/{reading}")
    with Trust().opened(str(link)) as stream:
        assert stream.read() == LINES["clean"]
    os.close(reading)


@pytest.mark.skipif(not hasattr(signal, "SIGCHLD"), reason="there is no SIGCHLD here")
def test_processes_end_well_where_nobody_may_wait_for_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: Command
) -> None:
    monkeypatch.chdir(tmp_path)
    large(Path("a.ndjson"), (11,))
    expected = command("check", "--isolated", "--jobs", "1", ".")
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    try:
        assert command("check", "--isolated", "--jobs", "2", ".") == expected
    finally:
        signal.signal(signal.SIGCHLD, before)
