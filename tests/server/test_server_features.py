"""What an editor asks beside diagnostics, by protocol: positions, ranges and the files that an answer names."""

import json
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pygls")

from tests.server.client import Client, edited
from tests.server.test_server_protocol import bundle, parts, uri

NAME = "😀 lamps"


def at(server: Client, method: str, address: str, text: str, index: int, **more: Any) -> Any:
    """The answer to a question about a place of a text."""
    line = text.count("\n", 0, index)
    before = text[text.rfind("\n", 0, index) + 1 : index]
    place = {"line": line, "character": len(before.encode("utf-16-le")) // 2}
    return server.ask(method, {"textDocument": {"uri": address}, "position": place, **more})


def test_hover_shows_a_field_behind_an_emoji(server: Client, here: Path) -> None:
    address = uri(here / "a.json")
    text = json.dumps(json.loads(bundle(campaign_name=NAME)), ensure_ascii=False)
    server.open(address, text)
    index = text.index('"budget_mode"') + 3
    said = at(server, "textDocument/hover", address, text, index)
    assert said["contents"]["kind"] == "markdown"
    assert "BUDGET_MODE_DYNAMIC_DAILY_BUDGET" in said["contents"]["value"]
    start, end = said["range"]["start"]["character"], said["range"]["end"]["character"]
    units = text.encode("utf-16-le")
    assert units[2 * start : 2 * end].decode("utf-16-le").strip('"') == "budget_mode"


def test_completion_replaces_exactly_what_is_typed(server: Client, here: Path) -> None:
    address = uri(here / "a.yaml")
    text = f"campaign:\n  campaign_name: {NAME}\n  budg\n"
    server.open(address, text, "yaml")
    items = at(server, "textDocument/completion", address, text, text.index("budg") + 4)["items"]
    chosen = next(item for item in items if item["label"] == "budget_mode")
    assert "budget_mode" in edited(text, [chosen["textEdit"]])
    assert "budgbudget" not in edited(text, [chosen["textEdit"]])
    assert not any(item["label"] == "campaign_name" for item in items)
    settings = uri(here / "splint.toml")
    server.open(settings, 'ignore = ["SPL21"]\n', "toml")
    offered = at(server, "textDocument/completion", settings, 'ignore = ["SPL21"]\n', 16)["items"]
    assert "SPL210" in {item["label"] for item in offered}
    server.close(settings)


def test_outline_and_lens_of_a_campaign(server: Client, here: Path) -> None:
    address = uri(here / "a.json")
    server.open(address, bundle(campaign_name=NAME))
    asked = {"textDocument": {"uri": address}}
    [campaign] = server.ask("textDocument/documentSymbol", asked)
    assert campaign["name"] == NAME
    assert [child["name"] for child in campaign["children"]]
    [lens] = server.ask("textDocument/codeLens", asked)
    assert "562.5 a day" in lens["command"]["title"]


def test_ids_lead_from_file_to_file(server: Client, here: Path) -> None:
    campaign, group = (text.replace('"1"', '"17"') for text in parts("BUDGET_MODE_TOTAL"))
    (here / "campaign.json").write_text(campaign)
    server.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": uri(here / "campaign.json"), "type": 1}]})
    address = uri(here / "group.json")
    server.open(address, group)
    server.settled(address)
    index = group.index('"17"') + 1
    [place] = at(server, "textDocument/definition", address, group, index)
    assert place["uri"] == uri(here / "campaign.json")
    found = at(server, "textDocument/references", address, group, index, context={"includeDeclaration": True})
    assert {one["uri"] for one in found} == {address, uri(here / "campaign.json")}
    found = at(server, "textDocument/references", address, group, index, context={"includeDeclaration": False})
    assert {one["uri"] for one in found} == {address}


def test_what_breaks_off_keeps_its_outline(server: Client, here: Path) -> None:
    """As its last whole text had it, moved by what is typed."""
    address = uri(here / "a.json")
    text = bundle(campaign_name=NAME, campaign_id="29")
    server.open(address, text)
    server.settled(address)
    asked = {"textDocument": {"uri": address}}
    whole = server.ask("textDocument/documentSymbol", asked)
    [lens] = server.ask("textDocument/codeLens", asked)
    opening = {"line": 0, "character": 1}
    server.change(address, 2, {"range": {"start": opening, "end": opening}, "text": '\n"x": [1, \n'})
    assert "SPL001" in {one["code"] for one in server.settled(address)}
    broken = server.ask("textDocument/documentSymbol", asked)
    assert [one["name"] for one in broken] == [NAME]
    assert broken[0]["children"][0]["range"]["start"]["line"] == whole[0]["children"][0]["range"]["start"]["line"] + 2
    [moved] = server.ask("textDocument/codeLens", asked)
    assert moved["range"]["start"] == {**lens["range"]["start"], "line": lens["range"]["start"]["line"] + 2}
    now = text.replace("{", '{\n"x": [1, \n', 1)
    [place] = at(server, "textDocument/definition", address, now, now.index('"29"') + 2)
    assert (place["uri"], place["range"]["start"]["line"]) == (address, now.count("\n", 0, now.index('"29"')))
    server.close(address)
    server.open(address, now)
    assert server.ask("textDocument/documentSymbol", asked) == []


def test_of_unknown_documents_nothing_is_known(server: Client) -> None:
    nowhere = {"textDocument": {"uri": "file:///nowhere.json"}}
    place = {"line": 3, "character": 4}
    assert server.ask("textDocument/hover", {**nowhere, "position": place}) is None
    assert server.ask("textDocument/completion", {**nowhere, "position": place}) is None
    assert server.ask("textDocument/definition", {**nowhere, "position": place}) == []
    assert server.ask("textDocument/documentSymbol", nowhere) == []
    assert server.ask("textDocument/codeLens", nowhere) == []
