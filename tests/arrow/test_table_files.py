"""`splint check` of Parquet and Arrow files: a payload a row, in one column."""

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import splint
from splint.reporting.wording import install
from splint.testing import BASES
from tests.command import Command

CLEAN = json.dumps(BASES["cbo"])
FAULTY = json.dumps({**BASES["cbo"], "campaign": {**BASES["cbo"]["campaign"], "budget": 0}})
MISSPELT = CLEAN.replace('"campaign_name"', '"campaing_name"')
CELLS = [CLEAN, None, FAULTY, "{", CLEAN, FAULTY]


def table(cells: Sequence[Any] = CELLS, column: str = "payload", type: pa.DataType | None = None) -> pa.Table:
    return pa.table({"id": range(len(cells)), column: pa.array(cells, type)})


def write_parquet(path: Path, rows: pa.Table) -> None:
    pq.write_table(rows, path, row_group_size=2)


def write_file(path: Path, rows: pa.Table) -> None:
    with pa.ipc.new_file(path, rows.schema) as file:
        file.write_table(rows, max_chunksize=2)


def write_stream(path: Path, rows: pa.Table) -> None:
    with pa.ipc.new_stream(path, rows.schema) as stream:
        stream.write_table(rows, max_chunksize=2)


FORMS: list[tuple[str, Callable[[Path, pa.Table], None]]] = [
    ("a.parquet", write_parquet),
    ("a.arrow", write_file),
    ("b.arrow", write_stream),
]


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(("name", "write"), FORMS)
@pytest.mark.parametrize("type", [pa.string(), pa.large_binary()], ids=str)
def test_a_finding_is_placed_by_its_record(
    command: Command, name: str, write: Callable[[Path, pa.Table], None], type: pa.DataType
) -> None:
    write(Path(name), table(type=type))
    done = command("check", name, "--output-format", "concise", "--quiet")
    lines = done.out.splitlines()
    assert done.status == 1
    assert [line.split(": ")[0] for line in lines] == [
        f"{name} record 3 /campaign/budget",
        f"{name} record 4",
        f"{name} record 6 /campaign/budget",
    ]
    assert "SPL001" in lines[1]
    assert "at character 2 of the record" in lines[1]
    found = command("check", name, "--output-format", "json").report
    assert [(one["document"], one["code"], one["range"]) for one in found["diagnostics"]] == [
        (3, "SPL106", None),
        (4, "SPL001", None),
        (6, "SPL106", None),
    ]
    assert found["summary"]["payloads"] == 12


@pytest.mark.parametrize(("name", "write"), FORMS)
def test_a_column_of_nothing_but_nulls_has_no_payload(
    command: Command, name: str, write: Callable[[Path, pa.Table], None]
) -> None:
    """It is no unreadable file."""
    write(Path(name), table([None, None], type=pa.null()))
    done = command("check", ".")
    assert (done.status, "cannot be read" in done.out + done.err) == (3, False)
    done = command("check", name)
    assert "SPL002" in done.out


def test_structs_are_payloads(command: Command) -> None:
    campaign = BASES["cbo"]["campaign"]
    write_parquet(Path("a.parquet"), table([campaign, None, {**campaign, "budget": 0}]))
    done = command("check", "a.parquet", "--output-format", "concise", "--quiet", "--select", "SPL106")
    assert done.out.startswith("a.parquet record 3 /budget: SPL106 ")


def test_every_format_tells_the_record(command: Command) -> None:
    write_parquet(Path("a.parquet"), table([CLEAN, FAULTY]))
    for name, words in (
        ("full", "--> a.parquet record 2 /campaign/budget\n"),
        ("markdown", "a.parquet record 2 /campaign/budget"),
        ("junit", "a.parquet record 2 /campaign/budget"),
        ("sarif", "record 2/campaign/budget"),
        ("html", "(record 2)"),
        ("github", "record 2 /campaign/budget: "),
        ("gitlab", "record 2 /campaign/budget: "),
    ):
        out = command("check", "a.parquet", "--output-format", name).out
        assert words in out, name
        assert "PAR1" not in out, name


def test_the_column_is_an_option(command: Command) -> None:
    write_parquet(Path("a.parquet"), table(column="body"))
    done = command("check", "a.parquet", "--column", "body", "--output-format", "concise", "--quiet")
    assert done.out.count("SPL106") == 2
    report = splint.Linter(splint.Config(column="body")).check(Path("a.parquet"))
    assert [found.code for found in report.active] == ["SPL106", "SPL001", "SPL106"]
    help_text = " ".join(command("check", "--help").out.split())
    assert "--column NAME The column with the payloads in .parquet and .arrow files (default: payload)." in help_text


@pytest.mark.parametrize(("name", "write"), FORMS)
@pytest.mark.parametrize(
    ("column", "words"),
    [
        (
            "body",
            "cannot be read: there is no column 'body': the columns are 'id', 'payload'; name another with --column",
        ),
        ("Payload", "the columns are 'id', 'payload'; name 'payload', or another, with --column"),
        ("id", "cannot be read: the column 'id' is int64, but payloads are JSON texts"),
    ],
)
def test_a_column_that_cannot_be_is_a_tool_error_with_help(
    command: Command, name: str, write: Callable[[Path, pa.Table], None], column: str, words: str
) -> None:
    write(Path(name), table())
    done = command("check", name, "--column", column)
    assert (done.status, words in done.out + done.err, "Traceback" in done.err) == (2, True, False)
    [error] = splint.Linter(splint.Config(column=column)).check(Path(name)).errors
    assert (error.kind, words in error.message) == ("unreadable-file", True)


def test_a_walk_names_the_tables_that_it_passes_over(command: Command) -> None:
    write_parquet(Path("a.parquet"), table())
    done = command("check", ".", "--column", "body")
    assert done.status == 3
    assert "1 table without payloads in the column 'body': a.parquet; --column names another" in done.err
    assert "table" not in command("check", ".").err


@pytest.mark.parametrize("name", ["a.parquet", "a.arrow"])
@pytest.mark.parametrize("data", [b"", b"PAR1", b"{}", b"ARROW1\0\0", b"PAR1" + b"\xff" * 40 + b"PAR1"])
def test_a_file_that_is_no_table_is_a_tool_error(command: Command, name: str, data: bytes) -> None:
    Path(name).write_bytes(data)
    done = command("check", name)
    assert (done.status, f"{name}: cannot be read: it is no " in done.out + done.err) == (2, True)


def test_a_walk_passes_over_tables_without_the_column(command: Command) -> None:
    """A tree may hold any number of tables that are none of payloads."""
    Path("clean.json").write_text(CLEAN)
    write_parquet(Path("other.parquet"), table(column="body"))
    Path("broken.arrow").write_bytes(b"{}")
    done = command("check", ".", "--verbose")
    assert (done.status, "other.parquet: skipped" in done.err, "broken.arrow: skipped" in done.err) == (0, True, True)
    write_parquet(Path("mine.parquet"), table())
    assert command("check", ".", "--output-format", "concise", "--quiet").out.count("mine.parquet record ") == 3
    Path("splint.toml").write_text("require-payloads = true\n")
    assert "other.parquet: cannot be read: there is no column" in command("check", ".").out


def test_a_table_that_breaks_off_is_a_tool_error_in_a_walk_too(command: Command) -> None:
    write_stream(Path("a.arrow"), table([CLEAN] * 6))
    whole = Path("a.arrow").read_bytes()
    Path("a.arrow").write_bytes(whole[: len(whole) * 2 // 3])
    done = command("check", ".")
    assert done.status == 2
    assert "a.arrow: cannot be read: it breaks off after record " in done.out + done.err


def test_without_the_extra_a_named_table_says_what_to_install() -> None:
    write_parquet(Path("a.parquet"), table())
    Path("clean.json").write_text(CLEAN)
    code = "import sys; sys.modules['pyarrow'] = None; from splint.cli import main; main()"
    command = [sys.executable, "-c", code, "check"]
    done = subprocess.run([*command, "a.parquet"], capture_output=True, text=True)
    message = f"a.parquet: cannot be read: it needs the package pyarrow: {install('arrow')}"
    assert (done.returncode, message in done.stdout + done.stderr) == (2, True)
    assert subprocess.run([*command, "."], capture_output=True, text=True).returncode == 0
    Path("clean.json").unlink()
    walked = subprocess.run([*command, "."], capture_output=True, text=True)
    assert walked.returncode == 3
    assert f"1 table not read: a.parquet: that needs the package pyarrow: {install('arrow')}\n" in walked.stderr


def test_a_check_without_tables_imports_no_arrow() -> None:
    Path("clean.json").write_text(CLEAN)
    told = "import atexit, sys; atexit.register(lambda: print('pyarrow' in sys.modules))"
    code = f"{told}; from splint.cli.group import run; run()"
    done = subprocess.run([sys.executable, "-c", code, "check", "clean.json"], capture_output=True, text=True)
    assert done.stdout.splitlines()[-1] == "False"


def test_fixes_leave_a_table_as_it_is(command: Command) -> None:
    write_parquet(Path("a.parquet"), table([MISSPELT]))
    before = Path("a.parquet").read_bytes()
    done = command("check", "a.parquet", "--fix", "--unsafe-fixes", "--output-format", "concise")
    assert "SPL004" in done.out
    assert Path("a.parquet").read_bytes() == before
    told = "a.parquet: left as it was: no fix is written into a table: --output-format json has each as a JSON Patch"
    assert told in done.err
    assert "fixed 0 findings in 0 files; 1 left as it is" in done.err
    [found] = command("check", "a.parquet", "--output-format", "json").report["diagnostics"]
    assert found["fix"]["patch"]


def test_no_fix_of_a_table_is_offered(command: Command) -> None:
    """`--fix` would do nothing; what it does beside a table is offered."""
    write_parquet(Path("a.parquet"), table([MISSPELT]))
    Path("a.json").write_text(MISSPELT)
    assert "with a fix" not in command("check", "a.parquet").out
    assert "; 1 with a fix (--fix --unsafe-fixes)" in command("check", "a.parquet", "a.json").out
    fixed = command("check", "a.parquet", "a.json", "--fix")
    assert fixed.err.count("1 more with --unsafe-fixes") == 1


def test_standard_input_is_a_table_by_its_name() -> None:
    write_parquet(Path("a.parquet"), table())
    command = [sys.executable, "-m", "splint", "check", "-", "--stdin-filename", "b.parquet", "--output-format", "json"]
    done = subprocess.run(command, input=Path("a.parquet").read_bytes(), capture_output=True)
    assert [one["document"] for one in json.loads(done.stdout)["diagnostics"]] == [3, 4, 6]


def test_processes_change_nothing(command: Command) -> None:
    for at in range(4):
        write_parquet(Path(f"{at}.parquet"), table())
    one, two = (command("check", ".", "--jobs", jobs, "--output-format", "json").out for jobs in ("1", "2"))
    assert one == two
    assert one.count("SPL106") >= 8
