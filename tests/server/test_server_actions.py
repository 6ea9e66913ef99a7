"""The code actions of the language server: quick fixes, all fixes, and what silences a finding."""

import json
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pygls")

from tests.agents.test_agent_tools import FIXTURES
from tests.server.client import Client, codes_of, edited
from tests.server.test_server_protocol import BROKEN, uri
from tests.test_formats import run


def is_text(path: Path) -> bool:
    """Whether an editor could hold a fixture: it is UTF-8."""
    try:
        path.read_bytes().decode()
    except UnicodeDecodeError:
        return False
    return True


FIXABLE = [
    path
    for path in sorted((FIXTURES / "invalid").iterdir())
    if path.is_file() and path.suffix != ".findings" and is_text(path)
]
LANGUAGES = {".json": "json", ".jsonc": "jsonc", ".yaml": "yaml", ".sh": "shellscript", ".md": "markdown"}


def changes_of(action: dict[str, Any], at: str) -> list[dict[str, Any]]:
    """The edits of an action on one document."""
    edits = [change["edits"] for change in action["edit"]["documentChanges"] if change["textDocument"]["uri"] == at]
    return [edit for some in edits for edit in some]


def test_one_quick_fix_a_finding_and_the_risk_is_named(server: Client, here: Path) -> None:
    at = uri(here / "a.json")
    text = json.dumps({"campaign_name": "x", "advertiser_id": 7000000000000000001, "bugdet": 20, "budget_mode": "x"})
    server.open(at, text, version=3)
    fixes = [action for action in server.actions(at, ["quickfix"]) if not action["title"].startswith("ignore")]
    assert fixes
    for action in fixes:
        assert len(action["diagnostics"]) == 1
        [change] = action["edit"]["documentChanges"]
        assert change["textDocument"] == {"uri": at, "version": 3}
        is_unsafe = action["title"].endswith(" (may change spend or intent)")
        assert action.get("isPreferred", False) is not is_unsafe
    assert {action.get("isPreferred", False) for action in fixes} == {True, False}
    quoted = next(action for action in fixes if action["diagnostics"][0]["code"] == "SPL006")
    after = edited(text, changes_of(quoted, at))
    assert json.loads(after)["advertiser_id"] == "7000000000000000001"
    assert server.actions(at, ["refactor"]) == []


@pytest.mark.slow
def test_all_fixes_are_those_of_the_command_line(tmp_path: Path) -> None:
    """Of many fixtures at once: what ties them is tied in both."""
    before = {path.name: path.read_bytes() for path in FIXABLE}
    for where in ("edited", "fixed"):
        (tmp_path / where).mkdir()
        for name, data in before.items():
            (tmp_path / where / name).write_bytes(data)
    run(tmp_path / "fixed", ".", "--fix")
    client = Client(tmp_path / "edited")
    client.initialize(tmp_path / "edited", trusted=True, window={"workDoneProgress": True})
    while not client.progress or client.progress[-1]["value"]["kind"] != "end":
        client.next()
    changed = set()
    for name, data in before.items():
        at = uri(tmp_path / "edited" / name)
        client.open(at, data.decode(), LANGUAGES.get(Path(name).suffix, "json"))
        actions = client.actions(at, ["source.fixAll"])
        edits = actions[0]["edit"]["changes"][at] if actions else []
        after = edited(data.decode(), edits).encode()
        assert after == (tmp_path / "fixed" / name).read_bytes(), name
        changed |= {Path(name).suffix} if after != data else set()
        client.close(at)
    assert len(changed) > 1
    assert client.end() == 0


TEXTS = {
    "a.yaml": "campaign_name: x\nnested:\n  - advertiser_id: 7000000000000000001\n    campaign_name: y\n",
    "a.jsonc": '{\n  "campaign_name": "x",\n  "advertiser_id": 7000000000000000001\n}\n',
    "a.sh": "# a script\ncurl -X POST https://business-api.tiktok.com/open_api/v1.3/smart_plus/campaign/create/ \\\n"
    '  -d \'{\n    "advertiser_id": 7000000000000000001,\n    "campaign_name": "x"\n  }\'\n',
    "a.md": 'Text.\n\n```json\n{\n  "advertiser_id": 7000000000000000001,\n  "campaign_name": "x"\n}\n```\n',
    "b.yaml": "campaign_name: x\n# splint: ignore[SPL008]\nadvertiser_id: 7000000000000000001\n",
    "windows.yaml": "campaign_name: x\r\nadvertiser_id: 7000000000000000001\r\n",
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_comment_silences_one_finding(server: Client, here: Path, name: str) -> None:
    at, text = uri(here / name), TEXTS[name]
    server.open(at, text, LANGUAGES[Path(name).suffix])
    [action] = [one for one in server.actions(at, ["quickfix"]) if one["title"] == "ignore SPL006 here"]
    after = edited(text, changes_of(action, at))
    assert after.count("splint: ignore[") == 1
    assert ("\r\n" in after) is ("\r\n" in text)
    before = codes_of(server.settled(at))
    server.change(at, 2, after)
    assert codes_of(server.settled(at)) - {"SPL009"} == before - {"SPL006", "SPL009"}
    if name == "b.yaml":
        assert "# splint: ignore[SPL008, SPL006]" in after
    server.close(at)


def test_in_json_an_override_silences_one_finding(server: Client, here: Path) -> None:
    at = uri(here / "a [1].json")
    server.open(at, BROKEN)
    before = codes_of(server.settled(at))
    assert "SPL006" in before
    [action] = [one for one in server.actions(at) if one["title"] == "ignore SPL006 here (in the settings)"]
    create, change = action["edit"]["documentChanges"]
    settings = here.parent / "splint.toml"
    assert create == {"kind": "create", "uri": uri(settings), "options": {"ignoreIfExists": True}}
    settings.write_text(edited("", change["edits"]))
    try:
        server.notify("textDocument/didSave", {"textDocument": {"uri": uri(settings)}})
        server.until(at, before - {"SPL006"})
        own = here / "splint.toml"
        own.write_text('select = ["SPL006", "SPL008"]')
        server.notify("textDocument/didSave", {"textDocument": {"uri": uri(own)}})
        server.until(at, {"SPL006", "SPL008"})
        [action] = [one for one in server.actions(at) if one["title"].startswith("ignore SPL006")]
        [change] = action["edit"]["documentChanges"]
        server.open(uri(own), edited(own.read_text(), change["edits"]), "toml")
        server.until(at, {"SPL008"})
        server.close(uri(own))
    finally:
        settings.unlink()


def test_a_stale_action_edits_nothing(server: Client, here: Path) -> None:
    at = uri(here / "a.json")
    server.open(at, BROKEN)
    data = {"uri": at, "version": 0}
    action = {"title": "x", "kind": "source.fixAll.splint", "data": data}
    assert "edit" not in server.ask("codeAction/resolve", action)
