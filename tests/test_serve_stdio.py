"""`splint serve-stdio`: a process that answers lines, whatever they hold."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import splint
from splint.cli.serve_stdio import MOST_BYTES
from splint.testing import BASES
from tests.command import Command
from tests.grids import few

CLEAN: dict[str, Any] = BASES["cbo"]["campaign"]
BROKEN = {**CLEAN, "budget": 0}
CREATE = "/smart_plus/campaign/create/"
SERVE = [sys.executable, "-m", "splint", "serve-stdio", "--isolated"]
AS_OF = {"as_of": "2026-03-01"}


class Service:
    """A process that serves."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self.process = process

    def ask_line(self, line: bytes) -> Any:
        """The answer to a line."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(line + b"\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def ask(self, **call: Any) -> Any:
        """The answer to a call."""
        return self.ask_line(json.dumps(call).encode())


@contextmanager
def served(*arguments: str, **options: Any) -> Iterator[Service]:
    """A process that has to end by itself at the end of its input, with nothing left to say."""
    pipe = subprocess.PIPE
    with subprocess.Popen([*SERVE, *arguments], stdin=pipe, stdout=pipe, stderr=pipe, **options) as process:
        yield Service(process)
        out, err = process.communicate(timeout=60)
        assert (process.returncode, out, err) == (0, b"", b"")


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    """One process for all tests: whatever it was asked, it goes on."""
    with served() as one:
        yield one


def test_an_answer_is_that_of_the_library(service: Service) -> None:
    """With the id of its line, and a text judged as the value that it holds."""
    expected = splint.check(BROKEN, endpoint=CREATE, as_of="2026-03-01").to_agent()
    assert [finding["code"] for finding in expected["findings"]] == ["SPL106"]
    assert service.ask(id=1, payload=BROKEN, endpoint=CREATE, options=AS_OF) == {"id": 1, **expected}
    text = service.ask(id="b", payload=json.dumps(BROKEN), endpoint=CREATE, options=AS_OF)
    assert [finding["code"] for finding in text["findings"]] == ["SPL106"]
    assert service.ask(payload=BROKEN)["id"] is None
    for id in (2.5, -7, 2**64 - 1, -(2**63), "1" * 200):
        assert service.ask(id=id, payload=CLEAN, endpoint=CREATE)["id"] == id
    whole = service.ask(id=None, payload=BASES["cbo"], options={"as_of": None})
    assert whole["counts"] == splint.check(BASES["cbo"]).to_agent()["counts"]


def test_an_endpoint_says_what_the_payload_is(service: Service) -> None:
    status = {"advertiser_id": "7", "campaign_ids": ["1"], "operation_status": "ENABEL"}
    answer = service.ask(payload=status, endpoint="/open_api/v1.3/smart_plus/campaign/status/update/")
    assert [finding["code"] for finding in answer["findings"]] == ["SPL007"]


OPTIONS: list[tuple[dict[str, Any], list[str]]] = [
    ({}, ["SPL106"]),
    ({"select": ["SPL2"]}, []),
    ({"select": ["SPL2"], "extend_select": ["SPL106"]}, ["SPL106"]),
    ({"ignore": ["money-not-positive"]}, []),
    ({"profile": "reference", "select": ["SPL101"]}, []),
    ({"objectives": ["APP_PROMOTION"], "select": ["SPL101"]}, ["SPL101"]),
    ({"facts": {"event_sources": []}, "ignore": ["SPL1"]}, ["SPL601"]),
]


@pytest.mark.parametrize(("options", "codes"), OPTIONS, ids=str)
def test_options_hold_for_their_line(service: Service, options: dict[str, Any], codes: list[str]) -> None:
    payload = {**BASES["cbo"], "campaign": BROKEN} if "facts" in options else BROKEN
    answer = service.ask(payload=payload, options={**AS_OF, **options})
    assert [finding["code"] for finding in answer["findings"]] == codes
    assert [finding["code"] for finding in service.ask(payload=BROKEN)["findings"]] == ["SPL106"]


def test_the_rest_of_a_long_answer_is_asked_for(service: Service) -> None:
    payload = {**CLEAN, **{f"made_up_{number}": 1 for number in range(5)}}
    first = service.ask(payload=payload, options={"limit": 3})
    rest = service.ask(payload=payload, options={"limit": 3, "after": first["after"]})
    assert (len(first["findings"]), first["left_off"], len(rest["findings"]), rest["left_off"]) == (3, 2, 2, 0)


MANGLED: list[tuple[bytes, Any, str]] = [
    (b"{", None, "it is no JSON: column"),
    (b'{"id": 1, "payload": {"budget": 0,}}', None, "it is no JSON: column 34: a trailing comma"),
    (b"payload=1", None, "it is no JSON"),
    (b"\xff\xfe{\0", None, "it is no JSON: column 1: it is encoded as UTF-16"),
    (b"[" * 2000, None, "it is no JSON"),
    (b'{"id": 1, "payload": ' + b"[" * 300 + b"]" * 300 + b"}", None, "it is no JSON"),
    (b"[]", None, "it is no object"),
    (b"7", None, "it is no object"),
    (b"{}", None, "payload is missing"),
    (b'{"id": 3}', 3, "payload is missing"),
    (b'{"id": [3], "payload": {}}', None, "its id is no number and no text of at most 200 characters"),
    (b'{"id": true, "payload": {}}', None, "its id is no number and no text of at most 200 characters"),
    (b'{"id": 123456789012345678901234567890, "payload": {}}', None, "more than 64 bits, which loses digits: write it"),
    (json.dumps({"id": "a" * 201, "payload": {}}).encode(), None, "its id is no number and no text"),
    (b'{"id": 4, "paylod": {}}', 4, "paylod is none of id, payload, endpoint, options: did you mean payload?"),
    (b'{"id": 4, "payload": {}, "method": "POST"}', 4, "method is none of"),
    (b'{"id": 4, "payload": {"budget": 1, "budget": 2}}', 4, "the key at /payload/budget is there twice"),
    (b'{"id": 4, "payload": {}, "endpoint": 5}', 4, "endpoint: 5 is no text"),
    (
        b'{"id": 4, "payload": {}, "endpoint": "/smartplus/ad/create/"}',
        4,
        'endpoint: "/smartplus/ad/create/" is no endpoint of TikTok\'s API: did you mean /smart_plus/ad/create/?',
    ),
    (b'{"id": 4, "payload": {}, "options": []}', 4, "options is no object"),
    (b'{"id": 4, "payload": {}, "options": {"profil": "guide"}}', 4, "did you mean profile?"),
    (b'{"id": 4, "payload": {}, "options": {"config": "a.toml"}}', 4, "options.config is none of profile"),
    (b'{"id": 4, "payload": {}, "options": {"plugins": ["a"]}}', 4, "options.plugins is none of profile"),
    (b'{"id": 4, "payload": {}, "options": {"profile": "gide"}}', 4, "options: profile"),
    (b'{"id": 4, "payload": {}, "options": {"profile": 1}}', 4, "options.profile is 1, but takes a text"),
    (b'{"id": 4, "payload": {}, "options": {"select": "SPL1"}}', 4, 'options.select is "SPL1", but takes a list'),
    (b'{"id": 4, "payload": {}, "options": {"select": [1]}}', 4, "options.select is [1], but takes a list of texts"),
    (b'{"id": 4, "payload": {}, "options": {"select": ["SPL99999"]}}', 4, "options: "),
    (b'{"id": 4, "payload": {}, "options": {"facts": []}}', 4, "options.facts is [], but takes an object"),
    (b'{"id": 4, "payload": {}, "options": {"facts": {"currenzy": "USD"}}}', 4, "did you mean currency?"),
    (b'{"id": 4, "payload": {}, "options": {"facts": {"historical_cpa": {}}}}', 4, "historical_cpa"),
    (b'{"id": 4, "payload": {}, "options": {"as_of": "soon"}}', 4, "options: as-of"),
    (b'{"id": 4, "payload": {}, "options": {"limit": true}}', 4, "options.limit is true, but takes a number"),
    (b'{"id": 4, "payload": {}, "options": {"limit": 0}}', 4, "options: limit 0"),
    (b'{"id": 4, "payload": {}, "options": {"after": "nowhere"}}', 4, "options: after"),
    (b'{"id": 4, "\\u001b[31m": {}}', 4, "\\x1b[31m is none of"),
    (b'{"id": 4, "payload": "' + b"x" * MOST_BYTES + b'"}', None, "it has more than 4 MiB"),
    (b"x" * 8_000_000, None, "it has more than 4 MiB, which no payload needs: it was not read"),
]


@pytest.mark.parametrize(("line", "id", "said"), MANGLED, ids=lambda value: str(value)[:60])
def test_a_line_that_cannot_be_answered_says_so(service: Service, line: bytes, id: Any, said: str) -> None:
    """With its number and, where it could be read, its id; the next line is answered."""
    answer = service.ask_line(line)
    assert answer.keys() == {"id", "error"}
    assert answer["id"] == id
    assert said in answer["error"]
    assert answer["error"].startswith("line ")
    assert answer["error"].isprintable()
    assert len(answer["error"]) <= 600
    assert service.ask(id=1, payload=CLEAN, endpoint=CREATE)["ok"] is True


@pytest.mark.parametrize(
    "payload", ["", "spring.yaml", "{", None, 5, True, [], [[]], ["a.yaml", 1], {"a": {}}], ids=str
)
def test_what_is_no_payload_is_found_so(service: Service, payload: Any) -> None:
    """It is an answer, not a line that cannot be read; no file of that name is looked for."""
    for endpoint in ({}, {"endpoint": CREATE}):
        answer = service.ask(id=7, payload=payload, **endpoint)
        assert (answer["id"], "error" in answer) == (7, False)
        assert answer["findings"] or payload is None or payload == ""


def test_answers_come_in_the_order_of_the_lines(command: Command) -> None:
    """Blank lines are passed over, the last line needs no end, and numbers count them all."""
    lines = ["", json.dumps({"id": 1, "payload": CLEAN}), "   ", "{", json.dumps({"id": 2, "payload": CLEAN})]
    done = command("serve-stdio", "--isolated", stdin="\n".join(lines))
    answers = [json.loads(line) for line in done.out.splitlines()]
    assert (done.status, done.err) == (0, "")
    assert [answer["id"] for answer in answers] == [1, None, 2]
    assert answers[1]["error"].startswith("line 4: ")
    assert command("serve-stdio", stdin="") == (0, "", "")


def test_settings_hold_for_all_lines(command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of the working directory, as of any command; options of a line take their place."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "splint.toml").write_text('ignore = ["SPL106"]\n')
    lines = [json.dumps({"payload": BROKEN}), json.dumps({"payload": BROKEN, "options": {"ignore": []}})]
    done = command("serve-stdio", stdin="\n".join(lines))
    assert [len(json.loads(line)["findings"]) for line in done.out.splitlines()] == [0, 1]
    done = command("serve-stdio", "--isolated", stdin=lines[0])
    assert len(json.loads(done.out)["findings"]) == 1
    assert command("serve-stdio", "--config", "profile='gide'").status == 2


def test_nothing_but_answers_is_on_standard_output(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a rule prints is on standard error; one that crashes is an error of the answer."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "own.py").write_text(
        "from splint import Pack, bad, hookimpl, rule\n"
        "from splint.payloads.nodes import Campaign\n"
        '@rule("OWN001", "prints", on=Campaign, level="error", section="Own", basis="sanity",\n'
        '      examples=lambda: [bad("any", {}, at=["/campaign"])])\n'
        "def prints(campaign):\n"
        '    """It prints."""\n'
        '    print("hello")\n'
        "    raise OSError('ouch')\n"
        "    yield\n"
        "@hookimpl\n"
        "def splint_rules():\n"
        '    return Pack("own", "OWN", "Own rules", None, (prints,))\n'
    )  # fmt: skip
    done = command("serve-stdio", "--config", "plugins=['own.py']", stdin=json.dumps({"id": 1, "payload": CLEAN}))
    answer = json.loads(done.out)
    assert (done.status, answer["ok"]) == (0, False)
    assert "ouch" in answer["errors"][0]
    assert "hello" in done.err


def test_ctrl_c_ends_it_without_a_traceback() -> None:
    process = subprocess.Popen(SERVE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    with process:
        assert Service(process).ask(id=1, payload=CLEAN)["ok"] is True
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err.strip()) == (130, b"", b"splint: interrupted")


@pytest.mark.slow
def test_it_ends_when_nobody_reads() -> None:
    process = subprocess.Popen(SERVE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    with process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdout.close()
        process.stdin.write(json.dumps({"payload": CLEAN}).encode() + b"\n")
        process.stdin.close()
        assert process.stderr is not None
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == 1


NODE = shutil.which("node")
PAGE = (Path(__file__).parent.parent / "docs" / "guard.md").read_text()


@pytest.mark.slow
@pytest.mark.skipif(NODE is None, reason="node is not installed")
@pytest.mark.parametrize(("budget", "ends"), few([(500, ""), (0, "SPL106")], 1))
def test_node_asks_as_the_page_shows(tmp_path: Path, budget: int, ends: str) -> None:
    """The page's program, for several payloads in one process: it goes on past the first, and stops at an error."""
    [program] = re.findall(r"```js\n(.*?)```", PAGE, re.DOTALL)
    before = f"const campaign = {json.dumps({**CLEAN, 'budget': budget})}\n"
    asks = "const answer = await"
    assert program.count(asks) == 1
    more = f"""
        const others = await Promise.all([check(campaign), check({{ ...campaign, budget: -1 }}), check(undefined)])
        console.log(JSON.stringify(others))
        {asks}"""
    done = subprocess.run(
        [NODE or "", "--input-type=module", "-e", before + program.replace(asks, more)],
        capture_output=True,
        text=True,
        timeout=60,
        cwd=tmp_path,
        env={**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"},
    )
    first, second, third = json.loads(done.stdout)
    assert (first["ok"], second["ok"], [finding["at"] for finding in second["findings"]]) == (
        not ends,
        False,
        ["/budget"],
    )
    assert "payload is missing" in third["error"]
    assert (done.returncode, ends in done.stderr) == (1 if ends else 0, True)
