"""Whatever is typed, in whatever order: what the server says in the end is what a fresh command line says."""

import json
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pygls")

from hypothesis import Phase, given
from hypothesis import strategies as st

from splint.reporting.report import SEVERITIES
from splint.server.texts import Moved, Text
from tests.laws import draws
from tests.server.client import Client
from tests.server.test_server_protocol import bundle, parts, uri
from tests.test_formats import run

NUMBERS = count()
NAMES = ("campaign.json", "group.json", "c.yaml", "d.sh")
DAILY, GROUP = parts("BUDGET_MODE_DYNAMIC_DAILY_BUDGET")
TOTAL, _ = parts("BUDGET_MODE_TOTAL")
YAML = "campaign_name: 😀 x  # splint: ignore[SPL008]\nadvertiser_id: 7000000000000000001\ncampaign_id: '1'\n"
SCRIPT = "curl -X POST https://business-api.tiktok.com/open_api/v1.3/smart_plus/campaign/create/ -d @campaign.json\n"
WHOLE = (DAILY, GROUP, TOTAL, bundle(budget="1"), YAML, SCRIPT, "", "{")
PIECES = ('"', "\n", "1", "😀", "}", ",", "# splint: ignore[SPL006]", " ", "campaign_id", "\r\n", ": x\n")
STEPS = st.one_of(
    st.tuples(st.just("whole"), st.sampled_from(NAMES), st.sampled_from(WHOLE)),
    st.tuples(
        st.just("piece"),
        st.sampled_from(NAMES),
        st.tuples(st.integers(0, 40), st.integers(0, 80), st.integers(0, 3), st.sampled_from(PIECES)),
    ),
    st.tuples(st.just("save"), st.sampled_from(NAMES), st.just("")),
    st.tuples(st.just("close"), st.sampled_from(NAMES), st.just("")),
    st.tuples(st.just("settings"), st.just("splint.toml"), st.sampled_from(['ignore = ["SPL008"]\n', "", "x = ["])),
)


class Editor:
    """An editor of some files: what it holds, and what is on disk."""

    def __init__(self, client: Client, root: Path) -> None:
        self.client = client
        self.root = root
        self.texts: dict[str, str] = {}
        self.version = 0

    def step(self, kind: str, name: str, value: Any) -> None:
        """Type, save or close."""
        self.version += 1
        at = uri(self.root / name)
        if kind == "settings":
            (self.root / name).write_text(value)
            self.client.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": at, "type": 2}]})
        elif kind == "whole" and name not in self.texts:
            self.texts[name] = value
            self.client.open(at, value, version=self.version)
        elif kind == "whole":
            self.texts[name] = value
            self.client.change(at, self.version, value)
        elif kind == "piece" and name in self.texts:
            self._type(at, name, *value)
        elif kind in ("save", "close") and name in self.texts:
            (self.root / name).write_text(self.texts[name], newline="")
            if kind == "close":
                del self.texts[name]
                self.client.close(at)
            else:
                self.client.notify("textDocument/didSave", {"textDocument": {"uri": at}})

    def _type(self, at: str, name: str, line: int, character: int, length: int, new: str) -> None:
        """Replace a few characters of a line, as far as it has them."""
        text = self.texts[name]
        lines = text.replace("\r\n", "\n").split("\n")
        line = min(line, len(lines) - 1)
        first = min(character, len(lines[line]))
        last = min(first + length, len(lines[line]))
        units = [len(lines[line][:column].encode("utf-16-le")) // 2 for column in (first, last)]
        stretch = {"start": {"line": line, "character": units[0]}, "end": {"line": line, "character": units[1]}}
        self.client.change(at, self.version, {"range": stretch, "text": new})
        self.texts[name] = _replaced(text, line, first, last, new)


def _replaced(text: str, line: int, first: int, last: int, new: str) -> str:
    """A text with a stretch of a line replaced; lines end in LF or CRLF."""
    at = 0
    for _ in range(line):
        at = text.index("\n", at) + 1
    return text[: at + first] + new + text[at + last :]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("laws")


@pytest.fixture(scope="module")
def client(root: Path) -> Iterator[Client]:
    client = Client(root)
    client.initialize(root, trusted=True)
    yield client
    assert client.end() == 0


def holds(client: Client, root: Path, steps: list[tuple[str, str, Any]]) -> None:
    """Type what the steps say, in files of their own; then hold the findings against those of a fresh command line."""
    here = root / f"law{next(NUMBERS)}"
    here.mkdir()
    editor = Editor(client, here)
    editor.step("settings", "splint.toml", "")
    for step in steps:
        editor.step(*step)
    editor.step("settings", "splint.toml", "")
    for name in NAMES:  # what is not open is opened: all is judged in the end
        path = here / name
        if name not in editor.texts:
            editor.step("whole", name, path.read_bytes().decode() if path.exists() else "")
    for name, text in editor.texts.items():
        (here / name).write_text(text, newline="")
    for name in editor.texts:
        client.settled(uri(here / name))
    said = sorted(row for name in editor.texts for row in rows_of(client, here / name, editor.texts[name]))
    outcome = run(root, here.name, "--output-format", "json", "--output-format", f"concise={root.parent / 'shown'}")
    assert outcome.returncode in (0, 1, 3), outcome.stderr
    places = Counter(
        (path.rpartition("/")[2], int(line), int(column), rest.split()[0])
        for path, line, column, rest in (
            row.split(":", 3) for row in (root.parent / "shown").read_text().splitlines() if row.count(":") > 2
        )
    )
    fresh = sorted(
        [Path(one["path"]).name, one["id"], one["code"], SEVERITIES.index(one["severity"]) + 1, one["message"]]
        for one in json.loads(outcome.stdout)["diagnostics"]
        if one["suppressed"] is None
    )
    assert json.dumps([row[:5] for row in said]) == json.dumps(fresh), steps
    assert Counter((row[0], row[5], row[6], row[2]) for row in said) == places, steps
    for name in list(editor.texts):
        client.close(uri(here / name))
    shutil.rmtree(here)


def rows_of(client: Client, path: Path, text: str) -> list[list[Any]]:
    """What the server says of a document: file, fingerprint, code, severity, message, line and column."""
    rows = []
    lines = re.split(r"\r\n|\n|\r", text)
    for one in client.settled(uri(path)):
        line, character = one["range"]["start"].values()
        column = len(lines[line].encode("utf-16-le")[: 2 * character].decode("utf-16-le")) + 1
        row = [path.name, one["data"]["fingerprint"], one["code"], one["severity"], one["message"], line + 1, column]
        rows.append(row)
    return rows


@pytest.mark.slow
@draws(3, 25, phases=[Phase.generate])
@given(st.lists(STEPS, max_size=20))
def test_the_end_is_that_of_a_fresh_command_line(client: Client, root: Path, steps: list[tuple[str, str, Any]]) -> None:
    holds(client, root, steps)


@given(st.text("ab", max_size=8), st.text("c😀", max_size=8), st.text("de\n", max_size=8), st.text("ab", max_size=8))
def test_offsets_move_with_what_is_typed(before: str, old: str, new: str, after: str) -> None:
    """Those in front of it and behind it stay with their characters, and none overtakes another."""
    first, last = before + old + after, before + new + after
    moved = [Moved(first, last)(offset) for offset in range(len(first) + 1)]
    assert moved == sorted(moved)
    assert moved[: len(before)] == [*range(len(before))]
    assert moved[len(before + old) :] == [*range(len(before + new), len(last) + 1)]


@given(st.text("a😀\n\r\u2028", max_size=12))
def test_lines_end_where_the_protocol_says(text: str) -> None:
    assert Text(text).starts == [0, *(end.end() for end in re.finditer(r"\r\n|\n|\r", text))]
