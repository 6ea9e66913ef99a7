"""The server, asked by the SDK's own client, in memory and as a process, and by hand."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Awaitable, Callable, Sequence
from contextlib import redirect_stdout
from importlib.util import find_spec
from io import BytesIO, StringIO
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING, Any

import pytest

import splint
from splint.agents.catalogue import TOOLS
from splint.agents.parameters import KIND
from splint.agents.roots import Roots
from splint.agents.tools import Tools
from splint.files.trust import Trust, in_force
from splint.reporting.agent import MOST_BYTES
from splint.rules.registry import load
from tests.agents.test_agent_tools import CLEAN, FIXTURES
from tests.command import Command
from tests.grids import diagonal, few
from tests.reporters.test_agent_answer import BUNDLE
from tests.test_formats import PATH

if TYPE_CHECKING:
    from mcp.client.client import Client
if find_spec("mcp") is None:
    pytest.skip("mcp is not installed", allow_module_level=True)

CANARY = "canary-token-1234567890"
CODE = """
import os, sys
from splint.cli import main
os._exit = sys.exit
try:
    main()
finally:
    heavy = [name for name in sys.modules if name.split(".")[0] in ("urllib3", "requests", "filelock")]
    print("imported", heavy, file=sys.stderr)
"""
ENVIRONMENT = {"PYTHONPATH": PATH, "TIKTOK_ACCESS_TOKEN": CANARY}
ARGUMENTS = ["-c", CODE, "mcp", "--root", str(FIXTURES)]


Ask = Callable[["Client"], Awaitable[None]]


def asked(ask: Ask, *more: str, mode: str = "legacy") -> None:
    """Run some calls of the SDK's client to a server in this process, with `more` roots."""
    roots = Roots([str(FIXTURES), *more])
    trust = Trust(untrusted=True)
    for directory in roots.directories:
        trust.add(directory)

    import anyio
    from mcp.client.client import Client  # takes a second: not while tests are collected

    from splint.agents.server import server_of

    async def run() -> None:
        with anyio.fail_after(60):
            async with Client(server_of(Tools(roots)), mode=mode) as client:
                await ask(client)

    with in_force(trust):
        anyio.run(run)


def asked_of_process(ask: Ask, *, mode: str) -> None:
    """Run some calls of the SDK's client to a process of its own."""
    import anyio
    from mcp import StdioServerParameters
    from mcp.client.client import Client
    from mcp.client.stdio import stdio_client

    async def run() -> None:
        parameters = StdioServerParameters(command=sys.executable, args=ARGUMENTS, env=ENVIRONMENT)
        with Path(os.devnull).open("w") as errors, anyio.fail_after(60):
            async with Client(stdio_client(parameters, errlog=errors), mode=mode) as client:
                await ask(client)

    anyio.run(run)


def text(result: Any) -> str:
    [content] = result.content
    return str(content.text)


@pytest.mark.parametrize(("mode", "way"), few(diagonal(["legacy", "auto"], [asked, asked_of_process]), 1))
def test_the_sdks_client_lists_and_calls_the_tools(mode: str, way: Callable[..., None]) -> None:
    """With the handshake of 2025, and as the protocol of 2026 has it."""

    async def ask(client: "Client") -> None:
        listed = await client.list_tools()
        assert [tool.name for tool in listed.tools] == list(TOOLS)
        sent = listed.model_dump_json(by_alias=True, exclude_none=True)
        assert len(sent.encode()) <= 4096
        result = await client.call_tool("check", {"payload": BUNDLE})
        assert not result.is_error
        assert json.loads(text(result)) == splint.check(BUNDLE).to_agent()
        assert len(text(result).encode()) <= MOST_BYTES
        plan = json.loads(text(await client.call_tool("plan", {"path": "valid/cbo-daily.json"})))
        assert f"--expect-plan {plan['sha256']}" in plan["command"]

    way(ask, mode=mode)


def test_pages_of_rules_are_resources() -> None:
    from mcp.shared.exceptions import MCPError

    async def ask(client: "Client") -> None:
        uris, cursor = list[str](), None
        while True:
            page = await client.list_resources(cursor=cursor)
            assert len(page.model_dump_json(by_alias=True, exclude_none=True).encode()) <= MOST_BYTES
            uris += (str(resource.uri) for resource in page.resources)
            cursor = page.next_cursor
            if cursor is None:
                break
        assert uris == [f"splint://rules/{selection.rule.code}" for selection in load().rules]
        [content] = (await client.read_resource("splint://rules/SPL210")).contents
        page_of_rule = Path(__file__).parents[2] / "docs" / "rules" / "SPL210.md"
        assert content.text.splitlines()[0] == page_of_rule.read_text().splitlines()[0]  # type: ignore[union-attr]
        for uri in ("splint://rules/SPL999", "file:///etc/passwd"):
            with pytest.raises(MCPError, match="there is no resource"):
                await client.read_resource(uri)

    asked(ask)


def test_a_script_sends_no_file_from_outside_the_roots(tmp_path: Path) -> None:
    """The body that a curl command names is read where it lies below a root, behind no symlink that leads out."""
    root = tmp_path / "root"
    root.mkdir()
    (tmp_path / "outside.json").write_text('{"campaign_name": "canary"}')
    (root / "inside.json").write_text('{"campaign_name": "Spring"}')
    (root / "link.json").symlink_to(tmp_path / "outside.json")
    for name in ("../outside", "link", "inside"):
        endpoint = "https://business-api.tiktok.com/open_api/v1.3/smart_plus/campaign/create/"
        (root / f"{name.strip('./')}.sh").write_text(f"curl -X POST {endpoint} -d @{name}.json\n")

    async def ask(client: "Client") -> None:
        payloads = {}
        for name in ("outside", "link", "inside"):
            answer = text(await client.call_tool("check", {"path": f"{name}.sh"}))
            assert "canary" not in answer
            payloads[name] = json.loads(answer)["counts"]["payloads"]
        assert payloads == {"outside": 1, "link": 1, "inside": 1}  # requests, of bodies that are not read

    asked(ask, str(root))


def test_mistakes_are_answered_in_words_and_the_server_lives_on() -> None:
    from mcp.shared.exceptions import MCPError

    async def ask(client: "Client") -> None:
        with pytest.raises(MCPError, match="there is no tool 'chek': did you mean check"):
            await client.call_tool("chek", {})
        for arguments, said in (
            ({"payload": 7}, "is a JSON object, array or string, not integer"),
            ({"payloads": {}}, "takes no argument 'payloads': did you mean payload"),
            ({"path": "../pyproject.toml"}, "lies below no --root"),
            ({"payload": {"campaign": {"campaign_name": "x" * (8 << 20)}}}, "4 MB are the most"),
        ):
            result = await client.call_tool("check", arguments)
            assert result.is_error
            assert said in text(result)
        assert not (await client.call_tool("check", {"payload": CLEAN})).is_error

    asked(ask)


def exchanged(lines: Sequence[bytes]) -> tuple[list[dict[str, Any]], str]:
    """The messages of a server that is sent some lines, one for each but the notification, and its standard error."""
    environment = {**os.environ, **ENVIRONMENT}
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [sys.executable, *ARGUMENTS], stdin=pipe, stdout=pipe, stderr=pipe, env=environment
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        late = Timer(60, process.kill)
        late.start()
        process.stdin.write(b"".join(lines))
        process.stdin.flush()
        answers = [process.stdout.readline() for _ in lines[1:]]
        process.stdin.close()
        rest, errors = process.stdout.read(), process.stderr.read()
        late.cancel()
    assert process.returncode == 0
    return [json.loads(line) for line in [*answers, *rest.splitlines()]], errors.decode()


def request(number: int, method: str, **parameters: Any) -> bytes:
    return json.dumps({"jsonrpc": "2.0", "id": number, "method": method, "params": parameters}).encode() + b"\n"


HELLO = (
    request(
        1,
        "initialize",
        protocolVersion="2025-06-18",
        capabilities={},
        clientInfo={"name": "by hand", "version": "1"},
    ),
    b'{"jsonrpc": "2.0", "method": "notifications/initialized"}\n',
)


CALLS: dict[str, dict[str, Any]] = {
    "check": {"payload": BUNDLE},
    "fix": {"payload": BUNDLE},
    "answer": {"payload": BUNDLE, "answers": [{"at": "/campaign/budget", "value": 5}]},
    "plan": {"payload": CLEAN},
    "explain_rule": {"code": "SPL210"},
    "explain_refusal": {"answer": {"code": 40002, "message": "budget: Missing data for required field."}},
    "describe": {"kind": "campaign"},
}
MANGLED = (b"{\n", b"\n", b"\xff\xfe\x00\n", b"[]\n", b'{"jsonrpc": "2.0"}\n', b"[" * 100_000 + b"\n")


@pytest.mark.slow
def test_a_process_reads_on_behind_a_mangled_line_imports_nothing_that_sends_and_says_no_token() -> None:
    """Each mangled line is answered with an error; all tools are called."""
    numbers = range(2, 2 + len(MANGLED))
    lines = [line for n, mangled in zip(numbers, MANGLED, strict=True) for line in (mangled, request(n, "tools/list"))]
    calls = dict(enumerate(CALLS.items(), start=numbers.stop))
    lines += (request(number, "tools/call", name=name, arguments=given) for number, (name, given) in calls.items())
    messages, said = exchanged([*HELLO, *lines])
    assert sum("error" in message for message in messages if message["id"] is None) == len(MANGLED)
    for number in numbers:
        [listed] = [message for message in messages if message["id"] == number]
        assert len(listed["result"]["tools"]) == len(TOOLS)
    answered = {message["id"]: message for message in messages}
    assert CALLS.keys() == TOOLS.keys()
    assert answered.keys() == {None, 1, *numbers, *calls}
    assert not any(answered[number]["result"].get("isError") for number in calls)
    assert "imported []" in said
    assert CANARY not in json.dumps(messages) + said


def test_a_root_that_is_no_directory_and_a_missing_package_are_usage_errors(command: Command, monkeypatch: Any) -> None:
    wrong = command("mcp", "--root", str(FIXTURES / "gone"))
    assert wrong.status == 2
    assert "is no directory" in wrong.err
    monkeypatch.setattr("splint.cli.mcp.find_spec", lambda _name: None)
    missing = command("mcp")
    assert missing.status == 2
    assert "pip install 'splint-smartplus[mcp]' (in a checkout: pip install '.[mcp]')" in missing.err


PAGE = (Path(__file__).parents[2] / "docs" / "agents.md").read_text()


def test_the_page_names_the_arguments_of_each_tool_and_the_kinds() -> None:
    """A row a tool, with each of its arguments; and the kinds that `describe` takes."""
    rows = dict(re.findall(r"^\| `(\w+)` \| (.*?) \|", PAGE.partition("| tool | arguments")[2], re.MULTILINE))
    named = {name: set(re.findall(r"`(\w+)`", cell)) - {"at", "value", "id"} for name, cell in rows.items()}
    assert named == {name: set(tool.schema["properties"]) for name, tool in TOOLS.items()}
    [kinds] = re.findall(r"^The kinds that `describe` takes are (.*)\.$", PAGE, re.MULTILINE)
    assert re.findall(r"`(\w+)`", kinds) == list(KIND["enum"])


@pytest.mark.parametrize("key", ["mcpServers", "servers"])
def test_hosts_start_the_server_as_the_page_shows(
    key: str, command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The arguments of each configuration are those of the command."""
    [shown] = [json.loads(block) for block in re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL) if f'"{key}"' in block]
    entry = shown[key]["splint"]
    assert entry["command"] == "splint"
    *options, _ = entry["args"]
    served: list[tuple[str, ...]] = []

    def serve(roots: Roots, *_streams: BytesIO) -> bool:
        served.append(roots.directories)
        return True

    monkeypatch.setattr("splint.agents.server.serve", serve)
    monkeypatch.setattr("splint.cli.mcp.taken", lambda: (BytesIO(), BytesIO()))
    monkeypatch.setattr("os._exit", sys.exit)
    assert command(*options, str(tmp_path)).status == 0
    assert served == [(str(tmp_path),)]


@pytest.mark.slow
def test_the_client_of_the_page_prints_a_check(tmp_path: Path) -> None:
    [code] = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    runner = tmp_path / "splint"
    runner.write_text(f"#!/bin/sh\nexec '{sys.executable}' -m splint \"$@\"\n")
    runner.chmod(0o755)
    # The client's default is the standard error of the moment of its import, which a test may have closed by now.
    code = code.replace('args=["mcp"])', 'args=["mcp"]), errlog=sys.__stderr__')
    code = code.replace('command="splint"', f"command={str(runner)!r}, env={ENVIRONMENT!r}")
    with redirect_stdout(StringIO()) as printed:
        exec(compile(code, "docs/agents.md", "exec"), {"sys": sys})
    answer = json.loads(printed.getvalue())
    assert answer == splint.check({"advertiser_id": "7000000000000000001", "campaign_name": "Spring"}).to_agent()
    assert answer["counts"]["payloads"] == 1
    assert "/objective_type" in {question["at"] for question in answer["needs_input"]}
