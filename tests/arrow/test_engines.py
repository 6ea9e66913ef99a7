"""The recipes of docs/scale.md: each engine makes the rows of one process, with broken rows among 20,000 bundles."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from benchmarks.bundles import bundle, smallest
from benchmarks.engines import ENGINES, PAGE, environment, recipe
from splint import arrow
from splint.testing import BASES

MANY, FEW = 20_000, 2_000
AT_ONCE = 2_500


def cell(number: int) -> str | None:
    """A bundle, or what else a warehouse holds."""
    text = json.dumps(bundle(number) if number % 50 == 0 else smallest(number))
    match number % 20:
        case 3:
            return text[: len(text) // 2]
        case 7:
            return None
        case 11:
            return '{"note": "no payload"}'
        case 13:
            return text.replace('"budget":', '"budgte":')
        case 17:  # a warning in 2020, an error today
            return '{"endpoint": "/open_api/v1.3/campaign/spc/create/", "body": {}}'
    return text


def write(path: Path, count: int) -> None:
    schema = pa.schema({"request_id": pa.string(), "payload": pa.string()})
    with pq.ParquetWriter(path, schema) as writer:
        for start in range(0, count, AT_ONCE):
            numbers = range(start, min(start + AT_ONCE, count))
            ids = [f"r{number:06}" for number in numbers]
            writer.write_batch(pa.record_batch([pa.array(ids), pa.array(map(cell, numbers))], schema))


def run(code: str, directory: Path) -> str:
    # the driver's clock has stopped in 2020: what its workers find shows that they judge by its moment
    stopped = (
        "from splint.arrow import judging\nmoment = judging.moment\njudging.moment = lambda _: moment('2020-01-01')\n"
    )
    (directory / "recipe.py").write_text(stopped + code)
    command = [sys.executable, "recipe.py"]
    env = environment(os.environ)
    done = subprocess.run(command, cwd=directory, env=env, capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    return done.stdout


def verdicts(directory: Path) -> list[dict[str, object]]:
    """What a recipe wrote, by id: a file or a directory of parts, whose order is the engine's business."""
    target = directory / "status.parquet"
    files = [target] if target.exists() else sorted((directory / "status").glob("*.parquet"))
    rows = [row for file in files for row in pq.ParquetFile(file).read().to_pylist()]
    return sorted(rows, key=lambda row: str(row["id"]))


class Given:
    """A table of requests, and the rows of one process."""

    def __init__(self, directory: Path, count: int) -> None:
        write(directory / "requests.parquet", count)
        self.table = directory / "requests.parquet"
        with pq.ParquetFile(self.table) as file:
            made = arrow.status(file.iter_batches(), id_column="request_id", as_of="2020-01-01")
            self.rows = pa.Table.from_batches(made, arrow.STATUS).to_pylist()


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Given]:
    """Makes the table of so many requests, once."""
    return cache(lambda count: Given(tmp_path_factory.mktemp(f"of-{count}"), count))


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["One process", *ENGINES])
def test_an_engine_makes_the_rows_of_one_process(engine: str, given: Callable[[int], Given], tmp_path: Path) -> None:
    if engine in ENGINES and find_spec(ENGINES[engine]) is None:
        pytest.skip(f"{ENGINES[engine]} is not installed")
    if engine == "Spark" and shutil.which("java") is None:
        pytest.skip("Spark needs Java, and there is none")
    wanted = given(MANY if engine in ("Spark", "Daft") else FEW)
    (tmp_path / "requests.parquet").symlink_to(wanted.table)
    run(recipe(engine), tmp_path)
    assert {row["status"] for row in wanted.rows} == {"ok", "findings", "unreadable", "not_a_payload", "null"}
    assert verdicts(tmp_path) == wanted.rows


@pytest.mark.slow
def test_groups_of_objects_are_judged_together(tmp_path: Path) -> None:
    pytest.importorskip("duckdb", reason="duckdb is not installed")
    campaign = {**BASES["cbo"]["campaign"], "campaign_id": "1816330700009802012", "budget_mode": "BUDGET_MODE_TOTAL"}
    group = {key: value for key, value in BASES["cbo"]["adgroups"][0].items() if key != "ads"} | {
        "advertiser_id": campaign["advertiser_id"],
        "campaign_id": campaign["campaign_id"],
        "bid_type": "BID_TYPE_CUSTOM",
        "conversion_bid_price": 5,
    }
    texts = [json.dumps(campaign), json.dumps(group)]
    pq.write_table(pa.table({"request_id": ["a", "b"], "payload": texts}), tmp_path / "objects.parquet")
    assert "1816330700009802012 SPL210 /1/bid_type\n" in run(recipe("Ties across records"), tmp_path)


def test_each_recipe_is_run() -> None:
    """No code of the page but that of the tests above."""
    sections = re.split(r"^##+ (.+)$", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    with_code = [name for name, text in zip(sections[1::2], sections[2::2], strict=True) if "```python" in text]
    assert with_code == ["One process", *ENGINES, "Ties across records"]
