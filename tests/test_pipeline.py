"""One file at a time: what `check_file` gives, and how results add up."""

import ast
import inspect
import pickle
from io import BytesIO
from pathlib import Path
from typing import Any

import orjson
import pytest

from splint.files import File
from splint.formats import Chunk
from splint.reporting.report import Tool
from splint.run import pipeline
from splint.run.linter import Linter
from splint.run.pipeline import SourceFile, check_file, conclude_chunk, report_of
from splint.run.result import FileResult, FileState
from splint.run.runner import run
from splint.run.worker import RunRequest
from splint.settings.config import moment
from splint.testing import BASES
from tests.strategies import LINTER

CLEAN = orjson.dumps(BASES["cbo"])
WRONG = orjson.dumps({**BASES["cbo"], "campaign": {**BASES["cbo"]["campaign"], "objective_type": "LEADS"}})
TIED = orjson.dumps({"campaign_id": "1", "adgroup_name": "A", "promotion_type": "WEBSITE"})
TEXTS = {"clean": CLEAN, "wrong": WRONG, "broken": b'{"campaign_name": ', "empty": b"{}", "tied": TIED}
TOOL = Tool("1", "guide", "2026-03-21")


def checked(data: bytes, name: str = "a.json", chunk: Chunk | None = None) -> FileResult:
    reader = LINTER.registry.reader_for(name)
    assert reader is not None
    return check_file(SourceFile(name, BytesIO(data), reader, True, chunk), LINTER.ruleset(moment("2026-03-21")))


def said(result: FileResult) -> dict[str, Any]:
    names = ("diagnostics", "notifications", "files", "payloads", "skipped", "used", "broken", "incomplete")
    return {name: getattr(result, name) for name in names}


@pytest.mark.parametrize("text", TEXTS)
def test_checking_a_file_is_pure(text: str) -> None:
    """The same file gives the same result whatever was checked before, and another process is handed the same."""
    first = checked(TEXTS[text])
    checked(WRONG)
    again = checked(TEXTS[text])
    assert said(first) == said(again) == said(pickle.loads(pickle.dumps(first)))


def test_what_refers_to_documents_is_not_portable() -> None:
    """Held payloads, and faults of which the rest of the file decides: whoever needs them checks the file again."""
    reader = LINTER.registry.reader_for("a.ndjson")
    assert reader is not None
    undecided = check_file(SourceFile("a.ndjson", BytesIO(b'{"a": \n'), reader, False, Chunk()), LINTER.ruleset())
    for result, is_portable in ((checked(CLEAN), True), (checked(TIED), False), (undecided, False)):
        assert result.is_portable is is_portable
        assert pickle.loads(pickle.dumps(result)).is_portable


def test_results_add_up_to_those_of_the_run() -> None:
    """Merged in any order they make the report that the files read together have."""
    reports = []
    for names in (list(TEXTS), list(reversed(TEXTS))):
        total = FileResult()
        for name in names:
            total.merge(checked(TEXTS[name], f"{name}.json"))
        reports.append(report_of(total, [LINTER.ruleset(moment("2026-03-21"))], TOOL))
    assert reports[0].diagnostics == reports[1].diagnostics
    assert reports[0].summary == reports[1].summary
    assert {diagnostic.path for diagnostic in reports[0].diagnostics} >= {
        "wrong.json",
        "broken.json",
        "empty.json",
    }


def test_a_chunk_is_a_file_with_an_offset() -> None:
    """Its documents have the numbers, lines and offsets of the whole file."""
    lines = [CLEAN + b"\n", WRONG + b"\n"]
    whole = checked(b"".join(lines), "a.ndjson")
    total, state, offset = FileResult(), FileState("a.ndjson", named=True), 0
    for at, line in enumerate(lines):
        chunk = checked(line, "a.ndjson", Chunk(offset, len(line), at + 1, at))
        offset += len(line)
        total.merge(chunk)
        assert chunk.state is not None
        state.join(chunk.state)
    assert (total.files, whole.files) == (0, 1)
    total.merge(conclude_chunk(state, LINTER.ruleset(), is_last=True))
    assert said(total) == said(whole)


def test_settings_are_asked_once_a_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    asked: list[str] = []

    def linter_at(directory: str) -> Linter:
        asked.append(directory)
        return LINTER

    files = []
    for name in ("a/1.json", "a/2.json", "b/1.json", "b/2.json"):
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_bytes(CLEAN)
        files.append(File(name, name, True))
    report = run(RunRequest(linter_at, moment(None), LINTER), files, jobs=1, progress=lambda _: None)
    assert report.files == 4
    assert asked == [str(tmp_path / "a"), str(tmp_path / "b")]


def test_the_pipeline_fits_a_screen() -> None:
    """`check_file` has at most 40 lines."""
    [function] = ast.parse(inspect.getsource(pipeline.check_file)).body
    assert isinstance(function, ast.FunctionDef)
    assert (function.end_lineno or 0) - function.lineno < 40
