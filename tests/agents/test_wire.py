"""The lines of `splint mcp`: each that is read has its answer, also one that is no message, until the input ends."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from io import BytesIO
from typing import Any

import click
import pytest

from splint.agents.roots import Roots
from splint.cli.serving import taken
from tests.agents.test_agent_tools import CLEAN
from tests.agents.test_mcp import HELLO, MANGLED, request
from tests.grids import few
from tests.test_formats import PATH

if find_spec("mcp") is None:
    pytest.skip("mcp is not installed", allow_module_level=True)

CHECK = {"name": "check", "arguments": {"payload": CLEAN}}
ASKED = b'"jsonrpc": "2.0", "method": "ping"'


def served(*lines: bytes) -> tuple[bool, dict[Any, dict[str, Any]]]:
    """Whether a server answers all of an input that ends behind these lines, and its answers by their ids."""
    from splint.agents.server import serve  # takes a second: not while tests are collected

    written = BytesIO()
    is_answered = serve(Roots([]), BytesIO(b"".join([*HELLO, *lines])), written)
    answers = [json.loads(line) for line in written.getvalue().splitlines()]
    by_id = {answer["id"]: answer for answer in answers}
    assert len(by_id) == len(answers)
    return is_answered, by_id


def test_what_was_read_is_answered_before_the_server_ends() -> None:
    numbers = range(2, 12)
    is_answered, answers = served(*(request(number, "tools/call", **CHECK) for number in numbers))
    assert is_answered
    assert answers.keys() == {1, *numbers}
    assert all(json.loads(answers[number]["result"]["content"][0]["text"])["ok"] for number in numbers)


def test_a_call_that_is_cancelled_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("splint.agents.server.call", lambda *_: time.sleep(0.2))
    cancel = {"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": 2}}
    began = time.monotonic()
    is_answered, answers = served(request(2, "tools/call", **CHECK), json.dumps(cancel).encode() + b"\n")
    assert is_answered
    assert time.monotonic() - began < 10
    assert 2 not in answers


@pytest.mark.slow
def test_a_cancelled_call_that_still_runs_does_not_keep_the_process() -> None:
    code = (
        "import sys, time\n"
        "import splint.agents.server as server\n"
        "server.call = lambda *_: (print('called', file=sys.stderr, flush=True), time.sleep(50))\n"
        "from splint.cli import main\n"
        "sys.argv = ['splint', 'mcp']\n"
        "main()\n"
    )
    pipe, environment = subprocess.PIPE, {**os.environ, "PYTHONPATH": PATH}
    cancel = {"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": 2}}
    arguments = [sys.executable, "-c", code]
    with subprocess.Popen(arguments, stdin=pipe, stdout=pipe, stderr=pipe, env=environment) as process:
        try:
            assert process.stdin is not None
            assert process.stderr is not None
            process.stdin.write(b"".join([*HELLO, request(2, "tools/call", **CHECK)]))
            process.stdin.flush()
            assert process.stderr.readline() == b"called\n"
            written, said = process.communicate(json.dumps(cancel).encode() + b"\n" + request(3, "ping"), timeout=20)
        finally:
            process.kill()
    assert (process.returncode, said) == (0, b"")
    assert [json.loads(line)["id"] for line in written.splitlines()] == [1, 3]


def test_calls_at_work_keep_no_line_from_being_read_and_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many they are."""
    is_answered = threading.Event()

    class Answers(BytesIO):
        def write(self, data: Any, /) -> int:
            if json.loads(bytes(data)).get("id") == 99:
                is_answered.set()
            return super().write(data)

    waited: list[bool] = []
    monkeypatch.setattr("splint.agents.server.call", lambda *_: waited.append(is_answered.wait(60)))
    calls = [request(number, "tools/call", **CHECK) for number in range(2, 52)]
    from splint.agents.server import serve  # takes a second: not while tests are collected

    serve(Roots([]), BytesIO(b"".join([*HELLO, *calls, request(99, "ping")])), Answers())
    assert waited == [True] * len(calls)


def test_a_call_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("splint.agents.server.call", lambda *_: time.sleep(1))
    monkeypatch.setattr("splint.agents.wire.LONGEST_WAIT", 0.05)
    is_answered, answers = served(request(2, "tools/call", **CHECK))
    assert not is_answered
    assert answers[2]["error"]["message"] == "Connection closed"


@pytest.mark.parametrize(
    ("line", "id", "code"),
    [
        *((line, None, -32600 if line in (b"[]\n", b'{"jsonrpc": "2.0"}\n') else -32700) for line in MANGLED),
        (b'{"jsonrpc": "2.0", "id": "x", "method": "ping", "params": 5}', "x", -32600),
        (b'{"jsonrpc": "2.0", "id": 10}', 10, -32600),
        (b'{"jsonrpc": "1.0", "id": 7, "method": "ping"}', 7, -32600),
        (b'{"id": 7, "method": "ping"}', 7, -32600),
        (b'{"id": 1.5, %b}' % ASKED, 1.5, -32600),
        (b'{"id": null, %b}' % ASKED, None, -32600),
        (b'{"id": true, %b}' % ASKED, None, -32600),
        (b'{"id": [1], %b}' % ASKED, None, -32600),
        (b'{"id": NaN, %b}' % ASKED, None, -32700),
        (b"7", None, -32600),
    ],
)
def test_a_line_that_is_no_message_is_refused_by_its_id_and_the_next_is_read(
    line: bytes, id: object, code: int
) -> None:
    is_answered, answers = served(line.strip(b"\n") + b"\n", request(99, "ping"))
    assert is_answered
    assert answers.keys() == {1, id, 99}
    assert answers[id]["error"]["code"] == code
    assert answers[id]["error"]["message"].startswith("this line is no JSON-RPC message: ")
    assert answers[99]["result"] == {}


@pytest.mark.parametrize(
    ("stream", "why"),
    [
        ("stdin", "standard input is closed: nothing can be asked"),
        ("stdout", "standard output is closed: nothing can be answered"),
    ],
)
def test_a_server_whose_stream_is_closed_says_so(monkeypatch: pytest.MonkeyPatch, stream: str, why: str) -> None:
    monkeypatch.setattr(sys, stream, None)
    with pytest.raises(click.UsageError) as refused:
        taken()
    assert refused.value.message == why


@contextmanager
def begun(command: str, redirections: str = "") -> Iterator["subprocess.Popen[bytes]"]:
    """A server that a shell begins."""
    script = f"exec '{sys.executable}' -m splint {command} {redirections}"
    pipe = subprocess.PIPE
    environment = {**os.environ, "PYTHONPATH": PATH}
    with subprocess.Popen(["sh", "-c", script], stdin=pipe, stdout=pipe, stderr=pipe, env=environment) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.slow
@pytest.mark.parametrize("command", few(["mcp", "server", "serve-stdio"], 1))
def test_a_process_without_standard_input_is_a_usage_error(command: str) -> None:
    with begun(command, "<&-") as process:
        _, said = process.communicate(timeout=60)
    assert process.returncode == 2
    assert said.splitlines()[-1] == b"Error: standard input is closed: nothing can be asked"


def framed(line: bytes) -> bytes:
    return b"Content-Length: %d\r\n\r\n%s" % (len(line), line)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("command", "first", "second"),
    few(
        [
            ("mcp", HELLO[0], request(2, "tools/list")),
            ("server", framed(request(1, "shutdown")), framed(request(2, "shutdown"))),
            ("serve-stdio", b'{"payload": {}}\n', b'{"payload": {}}\n'),
        ],
        1,
    ),
)
def test_a_client_that_reads_no_longer_ends_a_server_without_a_word(command: str, first: bytes, second: bytes) -> None:
    """Its input stays open: the end does not wait for it."""
    with begun(command) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(first)
        process.stdin.flush()
        assert process.stdout.readline()
        process.stdout.close()
        process.stdin.write(second)
        process.stdin.flush()
        assert process.wait(60) == 1
        assert process.stderr.read() == b""
