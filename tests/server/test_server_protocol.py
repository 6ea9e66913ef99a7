"""The language server as a process: documents, diagnostics, settings, families, trust and the edges of the protocol."""

import json
import shutil
import signal
import time
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pygls")

from tests.agents.test_agent_tools import CLEAN, FIXTURES
from tests.command import Command
from tests.grids import few
from tests.server.client import Client, codes_of, edited
from tests.test_formats import run

PULLS: dict[str, Any] = {
    "general": {"positionEncodings": ["utf-16", "utf-8"]},
    "textDocument": {"diagnostic": {}, "codeAction": {"resolveSupport": {"properties": ["edit"]}}},
    "workspace": {"diagnostics": {"refreshSupport": True}},
    "window": {"workDoneProgress": True},
}
BROKEN = '{"campaign_name": "x", "advertiser_id": 7000000000000000001}'
"""A campaign whose id is a number (SPL006), and that lacks most."""


def bundle(**campaign: Any) -> str:
    """A clean bundle, but for these fields of its campaign."""
    return json.dumps({**CLEAN, "campaign": {**CLEAN["campaign"], **campaign}}, indent=2, ensure_ascii=False)


def uri(path: Path) -> str:
    return path.as_uri()


def set_text(server: Client, path: Path, text: str) -> None:
    """Change a settings file on disk, and tell the server."""
    path.write_text(text)
    changes = [{"uri": uri(path), "type": 2}]
    server.notify("workspace/didChangeWatchedFiles", {"changes": changes})


# -- documents ---------------------------------------------------------------------------------------------------------


def test_what_is_typed_is_judged_with_its_version(server: Client, here: Path) -> None:
    at = uri(here / "a.json")
    server.open(at, bundle(), version=7)
    assert server.until(at, version=7)["diagnostics"] == []
    server.change(at, 8, bundle(budget="450"))
    [found] = server.until(at, version=8)["diagnostics"]
    assert (found["code"], found["severity"], found["source"]) == ("SPL003", 1, "splint")
    assert found["data"]["version"] == 8
    assert len(found["data"]["fingerprint"]) == 32
    start = found["range"]["start"]
    stretch = {"start": start, "end": {"line": start["line"], "character": start["character"] + 5}}
    server.change(at, 9, {"range": stretch, "text": "450"})
    assert server.until(at, version=9)["diagnostics"] == []


def test_incremental_changes_behind_an_emoji_and_odd_line_ends(server: Client, here: Path) -> None:
    at = uri(here / "a.json")
    name = "😀 \u2028 lamps"
    text = bundle(campaign_name=name).replace("\n", "\r\n")
    server.open(at, text)
    assert server.until(at, version=1)["diagnostics"] == []
    line = next(number for number, row in enumerate(text.split("\r\n")) if "lamps" in row)
    column = len(text.split("\r\n")[line].split("lamps")[0].encode("utf-16-le")) // 2
    place = {"line": line, "character": column}
    server.change(at, 2, {"range": {"start": place, "end": place}, "text": '", "campaign_nam": "'})
    [found] = [one for one in server.until(at, version=2)["diagnostics"] if one["code"] == "SPL004"]
    start = found["range"]["start"]
    assert start == {"line": line, "character": column + len('", ')}


def test_a_burst_is_at_most_two_runs_behind(server: Client, here: Path) -> None:
    at = uri(here / "a.json")
    server.open(at, bundle())
    server.until(at, version=1)
    for version in range(2, 52):
        server.change(at, version, bundle(budget=str(version)))
    server.until(at, version=51)
    server.drain(0.2)
    versions = [one["version"] for one in server.published if one["uri"] == at]
    assert versions == sorted(set(versions))
    assert versions[-1] == 51
    assert server.last(at)["diagnostics"][0]["message"].count("51") > 0
    asked = server.ask("textDocument/diagnostic", {"textDocument": {"uri": at}})
    assert asked["items"] == server.last(at)["diagnostics"]
    published = len(server.published)
    for version in range(52, 102):  # all are there before the first run is over
        server.change(at, version, bundle(budget=str(version)))
    server.begin("textDocument/diagnostic", {"textDocument": {"uri": at}})
    while server.last(at)["version"] < 52:
        server.next()
    first = server.last(at)["version"]
    while server.last(at)["version"] < 101:
        server.next()
    server.drain(0.2)
    assert len(server.published) - published <= 51 - (first - 52)


def test_untitled_documents_are_judged_by_their_language(server: Client) -> None:
    server.open("untitled:Untitled-1", "campaign_name: x\nadvertiser_id: 7000000000000000001\n", "yaml")
    assert "SPL006" in codes_of(server.until("untitled:Untitled-1", version=1)["diagnostics"])
    server.open("untitled:Untitled-2", "campaign_name: x\nadvertiser_id: 7000000000000000001\n", "json")
    server.change("untitled:Untitled-2", 2, BROKEN)
    assert "SPL006" in codes_of(server.until("untitled:Untitled-2", version=2)["diagnostics"])
    for number in (1, 2):
        server.close(f"untitled:Untitled-{number}")


def test_closed_documents_are_cleared_when_clean(server: Client, here: Path) -> None:
    path = here / "a.json"
    path.write_text(bundle())
    server.open(uri(path), bundle(budget="1"))
    server.until(uri(path), {"SPL003"})
    server.close(uri(path))
    assert server.until(uri(path), set())["diagnostics"] == []
    path.write_text(bundle(budget="1"))
    server.open(uri(path), bundle(budget="1"))
    server.until(uri(path), {"SPL003"}, version=1)
    server.close(uri(path))
    server.settled(uri(path))
    while codes_of(server.last(uri(path))["diagnostics"]) != {"SPL003"}:
        server.next()
    assert server.last(uri(path)).get("version") is None


# -- families ----------------------------------------------------------------------------------------------------------


def parts(budget_mode: str) -> tuple[str, str]:
    """A campaign and an ad group of it, in texts of their own, tied by the campaign's id."""
    campaign = {**CLEAN["campaign"], "campaign_id": "1", "budget_mode": budget_mode}
    group = {"advertiser_id": CLEAN["campaign"]["advertiser_id"], "campaign_id": "1", **CLEAN["adgroups"][0]}
    group.pop("ads")
    group |= {"bid_type": "BID_TYPE_CUSTOM", "conversion_bid_price": 20, "schedule_type": "SCHEDULE_START_END"}
    group |= {"schedule_start_time": "2099-03-01 00:00:00", "schedule_end_time": "2099-04-01 00:00:00"}
    return json.dumps(campaign), json.dumps(group)


def test_campaigns_are_judged_across_buffers_and_files(server: Client, here: Path) -> None:
    daily, group = parts("BUDGET_MODE_DYNAMIC_DAILY_BUDGET")
    total, _ = parts("BUDGET_MODE_TOTAL")
    (here / "campaign.json").write_text(daily)
    (here / "group.json").write_text(group)
    server.notify(
        "workspace/didChangeWatchedFiles",
        {"changes": [{"uri": uri(here / name), "type": 1} for name in ("campaign.json", "group.json")]},
    )
    server.open(uri(here / "campaign.json"), daily)
    server.until(uri(here / "campaign.json"), version=1)
    assert not any(one["uri"] == uri(here / "group.json") and one["diagnostics"] for one in server.published)
    server.change(uri(here / "campaign.json"), 2, total)
    found = server.until(uri(here / "group.json"), {"SPL210"})
    [told] = found["diagnostics"]
    assert told["relatedInformation"][0]["location"]["uri"] == uri(here / "campaign.json")
    assert "version" not in found
    server.change(uri(here / "campaign.json"), 3, daily)
    assert server.until(uri(here / "group.json"), set())["diagnostics"] == []
    server.change(uri(here / "campaign.json"), 4, total)
    server.until(uri(here / "group.json"), {"SPL210"})
    server.change(uri(here / "campaign.json"), 5, total.replace('"campaign_id": "1"', '"campaign_id": "2"'))
    server.until(uri(here / "group.json"), set())


def test_folders_come_and_go(server: Client, tmp_path: Path) -> None:
    campaign, group = (text.replace('"1"', '"23"') for text in parts("BUDGET_MODE_TOTAL"))
    (tmp_path / "campaign.json").write_text(campaign)
    server.open(uri(tmp_path / "group.json"), group)
    assert "SPL210" not in codes_of(server.until(uri(tmp_path / "group.json"), version=1)["diagnostics"])
    folder = [{"uri": uri(tmp_path), "name": "another"}]
    server.notify("workspace/didChangeWorkspaceFolders", {"event": {"added": folder, "removed": []}})
    server.until(uri(tmp_path / "group.json"), {"SPL210"})
    server.notify("workspace/didChangeWorkspaceFolders", {"event": {"added": [], "removed": folder}})
    server.until(uri(tmp_path / "group.json"), set())
    server.close(uri(tmp_path / "group.json"))


@pytest.mark.slow
def test_a_first_folder_that_is_removed_or_replaced_stops_nothing(tmp_path: Path) -> None:
    """It is where the server works: other folders and documents without a file go on, and it counts again when back."""
    first, second = tmp_path / "first", tmp_path / "second"
    settings = second / "splint.toml"
    for folder in (first, second):
        folder.mkdir()
    settings.write_text('baseline = "known.json"\n')
    (second / "known.json").write_text('{"version": 1, "findings": []}')
    (first / "splint.toml").write_text('ignore = ["SPL007"]\n')
    client = Client(tmp_path)
    client.initialize(first)
    added = [{"uri": uri(second), "name": "second"}]
    client.notify("workspace/didChangeWorkspaceFolders", {"event": {"added": added, "removed": []}})
    documents = {uri(first / "a.json"), uri(second / "b.json"), "untitled:Untitled-1"}
    for at in documents:
        client.open(at, bundle(), version=1)
        assert client.until(at, version=1)["diagnostics"] == []
    shutil.rmtree(first)
    client.open("untitled:Untitled-2", BROKEN)
    assert "SPL006" in codes_of(client.until("untitled:Untitled-2", version=1)["diagnostics"])
    for at in documents:
        client.change(at, 2, bundle(objective_type="WEB_CONVERSION"))
        assert codes_of(client.until(at, version=2)["diagnostics"]) == {"SPL101"}
    set_text(client, settings, 'ignore = ["SPL101"]\n')
    client.until(uri(second / "b.json"), set())
    set_text(client, settings, "")
    client.until(uri(second / "b.json"), {"SPL101"})
    first.mkdir()
    set_text(client, first / "splint.toml", 'ignore = ["SPL101"]\n')
    for at in (uri(first / "a.json"), "untitled:Untitled-1"):
        client.until(at, set())
    shutil.rmtree(first)
    first.mkdir()  # another directory by the same name
    for at in documents:
        client.change(at, 3, bundle(budget="450"))
        assert codes_of(client.until(at, version=3)["diagnostics"]) == {"SPL003"}
    assert (client.end(), client.errors) == (0, b"")


# -- settings ----------------------------------------------------------------------------------------------------------


def test_settings_comments_and_baseline_count_and_renew_all(server: Client, here: Path) -> None:
    text = "campaign_name: x\nadvertiser_id: 7000000000000000001  # splint: ignore[SPL006] known\n"
    (here / "a.yaml").write_text(text)
    server.open(uri(here / "a.yaml"), text, "yaml")
    codes = codes_of(server.until(uri(here / "a.yaml"), version=1)["diagnostics"])
    assert codes
    assert "SPL006" not in codes
    set_text(server, here / "splint.toml", 'select = ["SPL006", "SPL008"]\nno-ignores = true\n')
    server.until(uri(here / "a.yaml"), {"SPL006", "SPL008"})
    set_text(server, here / "splint.toml", 'select = ["SPL006", "SPL008"]\nignore = ["SPL008"]\n')
    server.until(uri(here / "a.yaml"), set())
    server.open(uri(here / "splint.toml"), 'select = ["SPL008"]\n', "toml")
    server.until(uri(here / "a.yaml"), {"SPL008"})
    server.close(uri(here / "splint.toml"))
    server.until(uri(here / "a.yaml"), set())


@pytest.mark.slow
def test_the_baseline_of_the_folder_counts(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(BROKEN)
    assert run(tmp_path, ".", "--write-baseline").returncode == 0
    client = Client(tmp_path)
    client.initialize(tmp_path)
    client.open(uri(tmp_path / "a.json"), BROKEN)
    assert client.until(uri(tmp_path / "a.json"), version=1)["diagnostics"] == []
    baseline = tmp_path / ".splint-baseline.json"
    set_text(client, baseline, "{")
    [wrong] = client.until(uri(baseline))["diagnostics"]
    assert "the baseline is no JSON" in wrong["message"]
    client.notify("exit")  # without a shutdown
    assert client.process.wait(30) == 1
    client.end()
    assert b"Traceback" not in client.errors


@pytest.mark.slow
def test_a_baseline_that_is_not_there_is_a_mistake_of_the_settings_that_name_it(tmp_path: Path) -> None:
    """Also in a workspace that is not trusted; the documents are judged without it."""
    settings = tmp_path / "splint.toml"
    settings.write_text('ignore = ["SPL008"]\nbaseline = "known.json"\n')
    client = Client(tmp_path)
    client.initialize(tmp_path)
    client.open(uri(tmp_path / "a.json"), BROKEN)
    assert "SPL006" in codes_of(client.until(uri(tmp_path / "a.json"), version=1)["diagnostics"])
    [mistake] = client.until(uri(settings))["diagnostics"]
    assert (mistake["range"]["start"]["line"], "there is no known.json" in mistake["message"]) == (1, True)
    assert (client.logged, client.end()) == ([], 0)


def test_mistakes_in_settings_are_marked_at_their_lines(server: Client, here: Path) -> None:
    server.open(uri(here / "a.json"), BROKEN)
    before = codes_of(server.until(uri(here / "a.json"), version=1)["diagnostics"])
    path = here / "splint.toml"
    path.write_text("")
    server.open(uri(path), 'profile = "reference"\n\n[lsp]\n  max-files = "many"\nmost = 3\n', "toml")
    mistakes = server.until(uri(path), version=1)["diagnostics"]
    assert [one["range"]["start"] for one in mistakes] == [{"line": 4, "character": 0}]
    assert mistakes[0]["message"] == "most is no key here: there is max-files"
    server.change(uri(path), 2, 'profile = "reference"\nignore = [1]\n')
    [mistake] = server.until(uri(path), version=2)["diagnostics"]
    assert mistake["range"] == {"start": {"line": 1, "character": 0}, "end": {"line": 1, "character": 12}}
    assert codes_of(server.last(uri(here / "a.json"))["diagnostics"]) == before
    server.change(uri(path), 3, "ignore = [")
    [mistake] = server.until(uri(path), version=3)["diagnostics"]
    assert mistake["message"].startswith("not TOML: ")
    assert mistake["range"] == {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 10}}
    server.change(uri(path), 4, 'select = ["SPL006"]\n')
    assert server.until(uri(path), version=4)["diagnostics"] == []
    server.until(uri(here / "a.json"), {"SPL006"})
    server.close(uri(path))


@pytest.mark.slow
def test_plugins_run_only_where_the_client_says_so(tmp_path: Path) -> None:
    plugin = tmp_path / "house.py"
    shutil.copy(FIXTURES / "house-rules" / "budget_ceiling.py", plugin)
    noise = '\nimport os\n\nprint("noise of a plugin")\nos.system("echo noise of its child; cat")\n'
    plugin.write_text(plugin.read_text() + noise)
    (tmp_path / "splint.toml").write_text('plugins = ["house.py"]\n')
    told: dict[bool | None, set[str]] = {}
    for trusted in (None, True):
        client = Client(tmp_path)
        client.initialize(tmp_path, trusted=trusted)
        client.open(uri(tmp_path / "a.json"), bundle(budget=1e7))
        told[trusted] = codes_of(client.until(uri(tmp_path / "a.json"), version=1)["diagnostics"])
        assert client.end() == 0
        assert (b"noise of a plugin" in client.errors) is bool(trusted)
        assert (b"noise of its child" in client.errors) is bool(trusted)
    assert not any(code.startswith("HOUSE") for code in told[None])
    assert any(code.startswith("HOUSE") for code in told[True])


# -- edges -------------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_client_that_asks_gets_diagnostics_in_its_encoding(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.json").write_text(bundle())
    client = Client(tmp_path)
    able = client.initialize(tmp_path, **PULLS)["capabilities"]
    assert able["positionEncoding"] == "utf-8"
    assert able["diagnosticProvider"]["interFileDependencies"] is True
    at = uri(tmp_path / "a.json")
    text = json.dumps({"campaign_name": "😀é", "advertiser_id": 7000000000000000001}, ensure_ascii=False)
    client.open(at, text)
    first = client.ask("textDocument/diagnostic", {"textDocument": {"uri": at}})
    assert first["kind"] == "full"
    [found] = [one for one in first["items"] if one["code"] == "SPL006"]
    assert found["range"]["start"] == {"line": 0, "character": len(text.split("7")[0].encode())}
    asked = {"textDocument": {"uri": at}, "previousResultId": first["resultId"]}
    assert client.ask("textDocument/diagnostic", asked)["kind"] == "unchanged"
    set_text(client, tmp_path / "splint.toml", '[severity]\nSPL006 = "info"\n')
    again = client.ask("textDocument/diagnostic", asked)
    while again["kind"] == "unchanged":  # until the settings are read
        again = client.ask("textDocument/diagnostic", asked)
    assert [one["severity"] for one in again["items"] if one["code"] == "SPL006"] == [3]
    assert not [one for one in client.published if one["uri"] == at]
    client.drain(0.3)
    assert [one["value"]["kind"] for one in client.progress][:1] == ["begin"]
    assert client.progress[-1]["value"]["kind"] == "end"
    for token in (client.progress[0]["token"], "unknown"):
        client.notify("window/workDoneProgress/cancel", {"token": token})
    [lazy] = client.actions(at, None)[-1:]
    assert lazy["kind"] == "source.fixAll.splint"
    assert "edit" not in lazy
    after = edited(text, client.ask("codeAction/resolve", lazy)["edit"]["changes"][at], "utf-8")
    assert json.loads(after)["advertiser_id"] == "7000000000000000001"
    assert client.end() == 0


@pytest.mark.slow
def test_too_many_files_are_not_tied(tmp_path: Path) -> None:
    daily, group = parts("BUDGET_MODE_TOTAL")
    (tmp_path / "splint.toml").write_text("[lsp]\nmax-files = 1\n")
    (tmp_path / "campaign.json").write_text(daily)
    (tmp_path / "group.json").write_text(group)
    client = Client(tmp_path)
    client.initialize(tmp_path, trusted=True)
    client.open(uri(tmp_path / "group.json"), group)
    while not any("there are more than 1 files (lsp.max-files)" in line for line in client.logged):
        client.next()
    assert "SPL210" not in codes_of(client.settled(uri(tmp_path / "group.json")))
    client.open(uri(tmp_path / "campaign.json"), daily)
    client.until(uri(tmp_path / "group.json"), {"SPL210"})
    assert client.process.stdin is not None
    client.process.stdin.close()
    assert client.process.wait(30) == 1
    client.end()
    assert b"Traceback" not in client.errors


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\ufeff{}",
        '{"a": "\ud800"}',
        "{" * 3000,
        "\0\0\0",
        '"campaign_name": {{',
        "\r\r\n\n" * 50,
        '{"campaign_name": "' + "x" * 10**5,
    ],
)
def test_mangled_texts_are_answered(server: Client, here: Path, text: str) -> None:
    for language, suffix in (("json", ".json"), ("yaml", ".yaml"), ("shellscript", ".sh"), ("markdown", ".md")):
        at = uri(here / f"a{suffix}")
        server.open(at, text, language)
        server.settled(at)
        server.actions(at)
        nowhere = {"line": 10**6, "character": 10**6}
        server.change(at, 2, {"range": {"start": nowhere, "end": nowhere}, "text": "x"})
        server.change(
            at, 3, {"range": {"start": {"line": 3, "character": 9}, "end": {"line": 0, "character": 0}}, "text": "y"}
        )
        server.settled(at)
        server.close(at)


def test_what_is_no_message_or_asks_for_nothing_known_is_answered(server: Client, here: Path) -> None:
    for body in (b"{", b"\xff\xfe{}", b"[" * 100_000):
        server.send_bytes(body)
        refused = server.answer(None)
        assert (refused["id"], refused["error"]["code"]) == (None, -32700)
        assert refused["error"]["message"].startswith("a message is no JSON: ")
    for body in (b'[1, "x"]', b'{"id": 1}', b"7", b'[{"jsonrpc": "2.0", "id": 99000, "method": "shutdown"}]'):
        server.send_bytes(body)
        refused = server.answer(None)
        assert (refused["id"], refused["error"]["code"]) == (None, -32600)
    server.send_bytes(b'{"jsonrpc": "2.0", "id": 78}')
    assert server.answer(78)["error"] == {"code": -32600, "message": "it is neither a request nor a response"}
    assert server.answer(server.begin("initialize", {"capabilities": {}}))["error"] == {
        "code": -32600,
        "message": "the server has been initialized already",
    }
    server.send_bytes(
        json.dumps({"jsonrpc": "2.0", "id": 99001, "method": "textDocument/hover", "params": {"x": 1}}).encode()
    )
    assert server.answer(99001)["error"]["code"] == -32602
    assert server.answer(server.begin("workspace/unknown"))["error"]["code"] == -32601
    strange = {"textDocument": {"uri": uri(here / "unknown.json")}}
    server.change(uri(here / "unknown.json"), 1, "x")
    server.close(uri(here / "unknown.json"))
    server.close("git:/a.json")
    server.open("git:/a.json", BROKEN)
    assert server.ask("textDocument/diagnostic", strange)["items"] == []
    assert server.actions(uri(here / "unknown.json")) == []
    number = server.begin("textDocument/diagnostic", strange)
    server.notify("$/cancelRequest", {"id": number})
    server.answer(number)
    server.notify("$/cancelRequest", {"id": 123456})
    assert server.settled(uri(here / "unknown.json")) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("header", "said"),
    few(
        [
            (b"Content-Length: 99999999999999\r\n\r\n", b"a message of 99999999999999 bytes is longer than 256 MB"),
            (b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n", b"a header is longer than any"),
        ],
        1,
    ),
)
def test_a_message_longer_than_any_document_ends_the_server(tmp_path: Path, header: bytes, said: bytes) -> None:
    client = Client(tmp_path)
    assert client.process.stdin is not None
    client.process.stdin.write(header)
    client.process.stdin.flush()
    assert client.wait() == 1
    assert client.errors.splitlines()[0] == b"splint: " + said + b": the server ends"


@pytest.mark.slow
def test_what_does_not_count_of_a_workspace_is_logged_with_help_for_an_editor(tmp_path: Path) -> None:
    (tmp_path / "splint.toml").write_text('include = ["payloads"]')
    client = Client(tmp_path)
    client.initialize(tmp_path)
    client.open(uri(tmp_path / "a.json"), BROKEN)
    client.settled(uri(tmp_path / "a.json"))
    help = 'it counts in a workspace that the editor says is trusted: {"trusted": true} (docs/editors.md)'
    assert client.logged == [f"splint: left out, as the tree is untrusted: include of splint.toml; {help}"]
    assert client.end() == 0


@pytest.mark.slow
def test_before_the_start_and_after_the_end_requests_are_refused(tmp_path: Path) -> None:
    client = Client(tmp_path)
    assert client.answer(client.begin("textDocument/hover", {}))["error"]["code"] in (-32002, -32602)
    assert client.answer(client.begin("shutdown"))["error"]["code"] == -32002
    client.initialize(None)
    client.open(uri(tmp_path / "a.json"), BROKEN)
    assert "SPL006" in codes_of(client.until(uri(tmp_path / "a.json"), version=1)["diagnostics"])
    client.ask("shutdown")
    assert client.answer(client.begin("textDocument/diagnostic"))["error"]["code"] in (-32600, -32602)
    client.notify("exit")
    assert client.process.wait(30) == 0
    client.end()


@pytest.mark.slow
def test_five_megabytes_are_answered(tmp_path: Path) -> None:
    client = Client(tmp_path)
    client.initialize(tmp_path)
    text = json.dumps([json.loads(bundle(budget="1"))] * 1900)
    assert len(text) > 5 << 20
    at = uri(tmp_path / "a.json")
    client.open(at, text)
    place = {"line": 0, "character": 1}
    client.change(at, 2, {"range": {"start": place, "end": place}, "text": " "})
    assert len(client.settled(at)) == 1900
    assert client.end() == 0


def test_without_the_extra_its_installation_is_named(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("splint.cli.server.find_spec", lambda _name: None)
    done = command("server")
    assert done.status == 2
    assert (
        "needs the package pygls: pip install 'splint-smartplus[lsp]' (in a checkout: pip install '.[lsp]')" in done.err
    )


@pytest.mark.slow
@pytest.mark.parametrize("is_begun", few([True, False], 1))
def test_ctrl_c_ends_it_as_it_ends_the_other_commands(tmp_path: Path, is_begun: bool) -> None:
    """The first signal, while nothing is at work and a thread waits for the next message."""
    client = Client(tmp_path)
    before = client.answer(client.begin("shutdown"))  # refused: it reads
    assert before["error"]["message"] == "initialize comes first"
    if is_begun:
        client.initialize(tmp_path)
        client.drain(0.5)
    time.sleep(0.5)  # until the thread is back at reading: a signal that comes before it ends any server
    client.process.send_signal(signal.SIGINT)
    try:
        assert client.wait() == 130
    finally:
        client.process.kill()
    assert client.errors.strip() == b"splint: interrupted"
