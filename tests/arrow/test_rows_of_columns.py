"""`splint.arrow`: rows of findings and of verdicts, the same however the rows come in batches."""

import json
import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import splint
from splint import arrow
from splint.arrow import judging
from splint.payloads.nodes import Campaign
from splint.reporting.wording import install
from splint.run.pipeline import check_file
from splint.settings.config import moment
from splint.testing import BASES
from tests.laws import draws
from tests.strategies import documents, noise

AS_OF = "2026-03-01"
CLEAN = json.dumps(BASES["cbo"]).encode()
FAULTY = json.dumps(
    {**BASES["cbo"], "campaign": {**BASES["cbo"]["campaign"], "budget": 0, "advertiser_id": 7}}
).encode()
CELLS = [CLEAN, None, FAULTY, b"{", b"{}", b"\xff", b"null", b"", b"[]", CLEAN]
VERDICTS = [
    "ok",
    "null",
    "findings",
    "unreadable",
    "not_a_payload",
    "unreadable",
    "not_a_payload",
    "unreadable",
    "not_a_payload",
    "ok",
]
TEXT_TYPES = [pa.string(), pa.large_string(), pa.string_view(), pa.binary(), pa.large_binary(), pa.binary_view()]


def batch(cells: Sequence[Any], type: pa.DataType | None = None, *, first: int = 0) -> pa.RecordBatch:
    ids = [f"r{first + at}" for at in range(len(cells))]
    return pa.record_batch({"key": ids, "payload": pa.array(cells, type or pa.binary())})


def table(function: arrow.RowFunction, *batches: pa.RecordBatch, **options: Any) -> pa.Table:
    rows = function(iter(batches), **{"id_column": "key", "as_of": AS_OF, **options})
    return pa.Table.from_batches(rows, arrow.FINDINGS if function is arrow.findings else arrow.STATUS)


def rows(function: arrow.RowFunction, *batches: pa.RecordBatch, **options: Any) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = table(function, *batches, **options).to_pylist()
    return made


def written(made: pa.Table) -> bytes:
    """A table to the byte, whatever batches it consists of."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, made.schema) as stream:
        stream.write_table(made.combine_chunks())
    return bytes(sink.getvalue())


def test_a_verdict_a_row_in_order() -> None:
    made = rows(arrow.status, batch(CELLS))
    assert [row["id"] for row in made] == [f"r{at}" for at in range(len(CELLS))]
    assert [row["status"] for row in made] == VERDICTS
    assert made[0] == {"id": "r0", "status": "ok", "errors": 0, "warnings": 0, "infos": 0, "codes": []}
    assert made[2] | {"id": ""} == {
        "id": "",
        "status": "findings",
        "errors": 2,
        "warnings": 0,
        "infos": 0,
        "codes": ["SPL006", "SPL106"],
    }
    assert made[3]["codes"] == ["SPL001"]


def test_a_batch_of_nothing_but_nulls_is_judged() -> None:
    """An engine that finds no value in a batch gives it no type."""
    batches = batch([CLEAN]), batch([None, None], pa.null(), first=1), batch([FAULTY], first=3)
    assert [row["status"] for row in rows(arrow.status, *batches)] == ["ok", "null", "null", "findings"]
    assert {row["row"] for row in rows(arrow.findings, *batches)} == {4}


def test_empty_lists_are_judged() -> None:
    made = rows(arrow.status, batch([[], None], pa.list_(pa.null())))
    assert [row["status"] for row in made] == ["not_a_payload", "null"]


def test_findings_are_those_of_a_check_of_each_text_alone() -> None:
    linter = splint.Linter(as_of=AS_OF)
    wanted = [
        {
            "id": f"r{at}",
            "row": at + 1,
            "code": found.code,
            "severity": found.severity,
            "pointer": found.pointer,
            "message": found.message,
            "fingerprint": found.fingerprint,
            "fix_safe": None if found.fix is None else found.fix.applicability == "safe",
            "patch": None if found.fix is None else json.dumps(list(found.fix.patch), separators=(",", ":")),
        }
        for at, cell in enumerate(CELLS)
        if cell is not None
        for found in linter.check(cell).active
    ]
    assert any(row["patch"] for row in wanted)
    assert rows(arrow.findings, batch(CELLS)) == wanted


@pytest.mark.slow
@draws(5, 90)
@given(st.data())
def test_the_bounds_of_batches_change_no_byte(data: st.DataObject) -> None:
    texts = documents().map(lambda value: json.dumps(value).encode())
    cells = data.draw(st.lists(st.none() | texts | noise(".json") | st.sampled_from(CELLS), max_size=8))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(cells)), max_size=5)))
    parts = [batch(cells[start:end], first=start) for start, end in zip([0, *cuts], [*cuts, len(cells)], strict=True)]
    for function in (arrow.findings, arrow.status):
        whole = table(function, batch(cells))
        assert written(table(function, *parts)) == written(whole)
        assert written(table(function, batch(cells).slice(1))) != written(whole) or not whole.num_rows
    assert whole.column("id").to_pylist() == [f"r{at}" for at in range(len(cells))]


def test_more_rows_than_are_read_at_once_keep_their_numbers() -> None:
    cells = [*[b"{}"] * 2500, FAULTY]
    made = rows(arrow.findings, batch(cells), batch([FAULTY]), select=["SPL106"])
    assert [row["row"] for row in made] == [2501, 2502]


def test_empty_batches_give_empty_batches() -> None:
    for function, schema in ((arrow.findings, arrow.FINDINGS), (arrow.status, arrow.STATUS)):
        made = list(function([batch([]), batch([])]))
        assert [(one.num_rows, one.schema) for one in made] == [(0, schema), (0, schema)]
        assert list(function([])) == []


@pytest.mark.parametrize("type", TEXT_TYPES, ids=str)
def test_texts_of_every_type_are_judged_alike(type: pa.DataType) -> None:
    cells = [cell for cell in CELLS if cell != b"\xff"]
    given = pa.array(cells, pa.binary()).cast(pa.string()).cast(type)
    stored = pa.record_batch({"key": batch(cells)["key"], "payload": given})
    for function in (arrow.findings, arrow.status):
        assert rows(function, stored) == rows(function, batch(cells))


def test_a_dictionary_and_an_extension_type_are_what_they_store() -> None:
    cells = [CLEAN.decode(), None, FAULTY.decode(), CLEAN.decode()]
    wanted = rows(arrow.findings, batch(cells, pa.string()))
    for stored in (pa.array(cells).dictionary_encode(), pa.ExtensionArray.from_storage(_Text(), pa.array(cells))):
        ids = batch(cells, pa.string())["key"].dictionary_encode()
        assert rows(arrow.findings, pa.record_batch({"key": ids, "payload": stored})) == wanted


class _Text(pa.ExtensionType):  # type: ignore[misc]
    def __init__(self) -> None:
        super().__init__(pa.string(), "tests.text")

    def __arrow_ext_serialize__(self) -> bytes:
        return b""

    @classmethod
    def __arrow_ext_deserialize__(cls, _storage: pa.DataType, _serialized: bytes) -> "_Text":
        return cls()


def test_a_struct_is_judged_as_its_json_and_a_null_member_is_none() -> None:
    other = {"campaign_name": "A", "objective_type": "WEB_CONVERSIONS", "budget": 0.0, "advertiser_id": None}
    structs = pa.array([BASES["cbo"]["campaign"], None, other])
    texts = [json.dumps(BASES["cbo"]["campaign"]), None, json.dumps({k: v for k, v in other.items() if v is not None})]
    made = rows(arrow.findings, pa.record_batch({"key": ["a", "b", "c"], "payload": structs}))
    wanted = rows(arrow.findings, pa.record_batch({"key": ["a", "b", "c"], "payload": texts}))
    assert {"SPL106", "SPL008"} <= {row["code"] for row in made}
    assert [(row["row"], row["code"], row["pointer"]) for row in made] == [
        (row["row"], row["code"], row["pointer"]) for row in wanted
    ]


def test_moments_and_decimals_of_a_struct_are_what_the_api_takes() -> None:
    start = datetime(2027, 3, 1, 12, tzinfo=UTC)
    group = {key: value for key, value in BASES["ad-group"].items() if key != "schedule_start_time"}
    plain = [{**group, "schedule_start_time": "2027-03-01 12:00:00"}]
    typed = pa.StructArray.from_arrays(
        [*(pa.array([value]) for value in group.values()), pa.array([start], pa.timestamp("us", "UTC"))],
        [*group, "schedule_start_time"],
    )
    assert rows(arrow.status, pa.record_batch({"key": ["a"], "payload": typed})) == rows(
        arrow.status, pa.record_batch({"key": ["a"], "payload": pa.array(plain)})
    )


def test_a_list_is_one_document_whose_payloads_may_name_each_other() -> None:
    """A campaign with a lifetime budget and the Cost Cap of its ad group: neither is wrong alone."""
    campaign = {**BASES["cbo"]["campaign"], "campaign_id": "1816330700009802012", "budget_mode": "BUDGET_MODE_TOTAL"}
    group = {key: value for key, value in BASES["cbo"]["adgroups"][0].items() if key != "ads"} | {
        "advertiser_id": campaign["advertiser_id"],
        "campaign_id": campaign["campaign_id"],
        "bid_type": "BID_TYPE_CUSTOM",
        "conversion_bid_price": 5,
    }
    texts = [json.dumps(campaign), json.dumps(group)]
    alone = rows(arrow.status, batch([text.encode() for text in texts]), select=["SPL210"])
    assert [row["status"] for row in alone] == ["ok", "ok"]
    joined = f"[{','.join(texts)}]"
    for cell, type in (
        (joined.encode(), pa.binary()),
        (texts, pa.list_(pa.string())),
        (texts, pa.large_list(pa.binary())),
    ):
        [found] = rows(arrow.findings, batch([cell], type), select=["SPL210"])
        assert (found["row"], found["pointer"]) == (1, "/1/bid_type")


def test_a_cell_that_is_no_value_fails_no_row_beside_it() -> None:
    texts = pa.Array.from_buffers(pa.string(), 3, pa.array([b"A", b"\xff", b"B"], pa.binary()).buffers())
    structs = pa.StructArray.from_arrays(
        [texts, pa.array(["WEB_CONVERSIONS"] * 3)], ["campaign_name", "objective_type"]
    )
    made = rows(arrow.status, pa.record_batch({"key": ["a", "b", "c"], "payload": structs}), select=["SPL107"])
    assert [row["status"] for row in made] == ["ok", "unreadable", "ok"]


def _plugin(check: Callable[[Campaign], Iterator[splint.Finding]], name: str) -> ModuleType:
    module = ModuleType(name)
    check.__doc__ = "A house has rules.\n\nIts own."
    rule = splint.rule(
        "HOUSE001", "house-rule", on=Campaign, level="warning", section="1", basis="sanity", examples=list
    )(check)
    module.splint_rules = splint.hookimpl(lambda: splint.Pack("house", "HOUSE", "House", "", (rule,)))  # type: ignore[attr-defined]
    module.splint_rules.__name__ = "splint_rules"
    return module


def test_a_rule_that_raises_is_a_crash_of_its_row_alone() -> None:
    def crashing(campaign: Campaign) -> Iterator[splint.Finding]:
        if campaign.raw["budget"] == 0:
            raise RuntimeError("it crashed")
        yield from ()

    house = _plugin(crashing, "house_that_crashes")
    made = rows(arrow.status, batch([CLEAN, FAULTY, CLEAN]), plugins=[house])
    assert [row["status"] for row in made] == ["ok", "crashed", "ok"]
    assert made[1]["codes"] == ["HOUSE001", "SPL006", "SPL106"]
    found = rows(arrow.findings, batch([CLEAN, FAULTY, CLEAN]), plugins=[house])
    assert {(row["row"], row["code"]) for row in found} == {(2, "SPL006"), (2, "SPL106")}


def test_an_error_within_splint_is_a_crash_of_its_row_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(source: Any, *given: Any, **named: Any) -> Any:
        data = source.stream.read()
        source.stream.seek(0)
        if data == FAULTY:
            raise RecursionError("too deep")
        return check_file(source, *given, **named)

    monkeypatch.setattr(judging, "check_file", failing)
    assert [row["status"] for row in rows(arrow.status, batch([CLEAN, FAULTY, CLEAN]))] == ["ok", "crashed", "ok"]


def test_a_lone_surrogate_in_the_words_of_a_rule_fails_no_batch() -> None:
    def naming(campaign: Campaign) -> Iterator[splint.Finding]:
        yield campaign.finding("campaign_name", "the name is \ud800", "write another")

    [row] = rows(arrow.findings, batch([CLEAN]), plugins=[_plugin(naming, "house_of_surrogates")], select=["HOUSE"])
    assert row["message"] == "the name is ?; write another"


def never() -> Iterator[pa.RecordBatch]:
    raise AssertionError("a batch was read")
    yield


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"select": ["SPL9999"]}, splint.ConfigError, "SPL9999"),
        ({"profile": "all"}, splint.ConfigError, "none of guide, reference"),
        ({"as_of": "soon"}, splint.ConfigError, "as-of"),
        ({"plugins": ["no_such_module_of_rules"]}, splint.PluginError, "does not load"),
        ({"selct": ["SPL1"]}, splint.ConfigError, "did you mean select"),
        ({"column": None}, splint.ConfigError, "column: None"),
        ({"id_column": 7}, splint.ConfigError, "id_column: 7"),
    ],
)
def test_wrong_options_raise_before_the_first_row(options: Any, error: type[Exception], words: str) -> None:
    for function in (arrow.findings, arrow.status):
        with pytest.raises(error, match=words):
            function(never(), **options)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (
            {"column": "paylod"},
            "no column 'paylod': the columns are 'key', 'payload'.*; name 'payload', or another",
        ),
        ({"column": "number"}, "the column 'number' is int64, but payloads are"),
        ({"column": "map"}, "the column 'map' is map<string, string>"),
        ({"column": "maps"}, "the column 'maps' is struct<a: map<string, string>>"),
        (
            {"column": "twice"},
            "there are 2 columns 'twice': rename all but one in the table, or name another",
        ),
        ({"id_column": "id"}, "no column 'id'"),
        ({"id_column": "payload"}, "the column 'payload' is binary, but ids are texts or integers"),
    ],
)
def test_a_column_that_cannot_be_is_told_before_any_row(options: Any, words: str) -> None:
    odd = pa.map_(pa.string(), pa.string())
    columns = [
        *batch([CLEAN]).columns,
        pa.array([1]),
        pa.array([[("a", "b")]], odd),
        pa.array([{"a": []}], pa.struct({"a": odd})),
    ]
    names = ["key", "payload", "number", "map", "maps", "twice", "twice"]
    made = arrow.findings([pa.record_batch([*columns, columns[0], columns[0]], names)], **options)
    with pytest.raises(splint.ConfigError, match=words):
        next(made)


def test_a_table_in_place_of_batches_is_a_type_error_that_says_what_to_pass() -> None:
    for whole in (batch([CLEAN]), pa.Table.from_batches([batch([CLEAN])])):
        with pytest.raises(TypeError, match=r"to_batches\(\)"):
            arrow.status(whole)
    with pytest.raises(TypeError, match="a batch is a dict"):
        next(arrow.status([{"payload": "{}"}]))


def test_integers_are_ids_and_without_a_column_of_ids_there_is_none() -> None:
    numbered = pa.record_batch({"n": [7, None], "payload": [FAULTY, FAULTY]})
    assert [row["id"] for row in rows(arrow.status, numbered, id_column="n")] == ["7", None]
    assert [row["id"] for row in rows(arrow.status, numbered, id_column=None)] == [None, None]


DATED = json.dumps(
    {
        **BASES["ad-group"],
        "schedule_type": "SCHEDULE_START_END",
        "schedule_start_time": "2026-06-01 00:00:00",
        "schedule_end_time": "2026-07-01 00:00:00",
    }
).encode()
"""With the profile reference, more is found in it from June of 2026 on."""


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Sets the clock of this process, in which nothing was judged yet."""
    judging.now.cache_clear()
    yield lambda time: monkeypatch.setattr(judging, "moment", lambda _none: moment(time))
    judging.now.cache_clear()


def test_the_first_call_fixes_the_moment_of_all_that_follow(clock: Callable[[str], None]) -> None:
    clock("2026-05-01")
    before = rows(arrow.status, batch([DATED]), profile="reference", as_of=None)
    clock("2026-06-15")
    assert rows(arrow.status, batch([DATED]), profile="reference", as_of=None) == before
    assert rows(arrow.findings, batch([DATED]), profile="reference", as_of=None) == rows(
        arrow.findings, batch([DATED]), profile="reference", as_of="2026-05-01"
    )
    assert rows(arrow.status, batch([DATED]), profile="reference", as_of="2026-06-15") != before


@pytest.mark.slow
def test_what_is_pickled_takes_its_moment_to_the_worker(clock: Callable[[str], None]) -> None:
    """A retry in a process that starts later judges as the first try did."""
    clock("2026-05-01")
    sent = pickle.dumps(partial(arrow.status, profile="reference"))
    [before] = arrow.status([batch([DATED])], profile="reference")
    later = (
        "import pickle, sys\nfrom splint.arrow import judging\nmoment = judging.moment\n"
        "judging.moment = lambda none: moment('2026-06-15')\n"
        "import pyarrow as pa\nfunction, given = pickle.load(sys.stdin.buffer)\n"
        "from splint import arrow\n"
        "print([next(f([given], profile='reference')).to_pylist() for f in (function, arrow.status)])"
    )
    done = subprocess.run(
        [sys.executable, "-c", later],
        input=pickle.dumps((pickle.loads(sent), batch([DATED]))),
        capture_output=True,
        check=True,
    )
    sent_over, of_its_own = eval(done.stdout)
    assert sent_over == before.to_pylist()
    assert of_its_own != sent_over


def test_settings_say_the_moment_before_the_clock_does(tmp_path: Path, clock: Callable[[str], None]) -> None:
    clock("2026-05-01")
    (tmp_path / "splint.toml").write_text('as-of = "2026-06-15"\n')
    made = rows(arrow.findings, batch([DATED]), profile="reference", as_of=None, config=tmp_path / "splint.toml")
    assert made == rows(arrow.findings, batch([DATED]), profile="reference", as_of="2026-06-15") != []


def test_one_linter_in_a_process_serves_all_calls_with_the_same_options(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[dict[str, Any]] = []

    class Counted(splint.Linter):
        def __init__(self, *given: Any, **options: Any) -> None:
            made.append(options)
            super().__init__(*given, **options)

    monkeypatch.setattr(judging, "Linter", Counted)
    monkeypatch.setattr(judging, "_LINTERS", [])
    for _ in range(3):
        rows(arrow.findings, batch([CLEAN]), select=iter(["SPL1"]), facts={"currency": "USD"})
        rows(arrow.status, batch([CLEAN]), select=["SPL1"], facts={"currency": "USD"})
    assert len(made) == 1
    rows(arrow.status, batch([CLEAN]), select=["SPL2"])
    assert len(made) == 2


@pytest.mark.slow
def test_fingerprints_do_not_change_with_the_directory(tmp_path: Path) -> None:
    """Workers of an engine run anywhere."""
    code = "import sys, pyarrow as pa; from splint import arrow; given = pa.record_batch({'payload': [sys.argv[1]]}); "
    command = [sys.executable, "-c", code + "print(next(arrow.findings([given])).to_pylist())", FAULTY.decode()]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    outputs = {
        subprocess.run(command, cwd=place, env=environment, capture_output=True, check=True).stdout
        for place in (tmp_path, "/")
    }
    assert len(outputs) == 1
    assert b"SPL106" in outputs.pop()


def test_no_engine_is_imported() -> None:
    code = "import sys, splint.arrow; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "pyarrow" in done.stdout.split()
    assert not {"pyspark", "daft", "ray", "polars", "duckdb", "pandas"} & set(done.stdout.split())


def test_without_the_extra_the_import_says_what_to_install() -> None:
    code = "import sys; sys.modules['pyarrow'] = None; import splint.arrow"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stderr.endswith(f"splint.arrow needs the package pyarrow: {install('arrow')}\n")


def test_the_ddl_has_the_columns_of_the_schemas() -> None:
    for schema, ddl in ((arrow.FINDINGS, arrow.FINDINGS_DDL), (arrow.STATUS, arrow.STATUS_DDL)):
        assert [part.split()[0] for part in ddl.split(", ")] == schema.names
    assert arrow.STATUS_DDL == "id STRING, status STRING, errors INT, warnings INT, infos INT, codes ARRAY<STRING>"
