"""What a record costs in the engines of docs/scale.md: `python -m benchmarks.engines [ROUNDS]` prints its figures.

It runs the recipes of the page with the engines that are installed (`requirements/ci.txt`; Spark needs Java). What
more a large table takes than a small one is the cost, so that the start is left out; a plain loop of checks is measured
before and after the large one, in the same state of the machine. A round takes six minutes.
"""

import json
import re
import shutil
import sys
import tempfile
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.bundles import bundle
from benchmarks.descendants import Spent, become_subreaper, spent
from benchmarks.paired import figure
from benchmarks.processes import ENVIRONMENT, HERE, PYTHON, Failed, output

PAGE = HERE.parent / "docs" / "scale.md"
ENGINES = {"DuckDB": "duckdb", "Polars": "polars", "Daft": "daft", "Ray Data": "ray", "Spark": "pyspark"}
"""The recipes, each with the package that it needs."""
LOOP = """
from sys import argv
from time import process_time

import pyarrow.parquet as pq

from splint import Linter

texts = next(pq.ParquetFile(argv[1]).iter_batches(int(argv[2]), columns=["payload"])).column("payload").to_pylist()
linter = Linter()
began = process_time()
if any(linter.check(text).active for text in texts):
    raise SystemExit("a bundle has findings")
print((process_time() - began) / len(texts))
"""
ONE, FEW, MANY = 1, 10_000, 50_000
"""The records of the tables; the start is what one takes. The loop runs over as many as `FEW`."""
GROUP = 2_500
SPARK_WORKER = b"pyspark.daemon"


class Cost(NamedTuple):
    """Seconds of CPU of a record: of all processes, of Spark's workers alone, of the loop; the clock's of the start."""

    cpu: float
    workers: float
    loop: float
    start: float


def recipe(heading: str) -> str:
    """The code below a heading of the page."""
    section = re.split(rf"^##+ {re.escape(heading)}$", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1]
    return re.split(r"^```(?:python)?$", section, flags=re.MULTILINE)[1]


def environment(given: Mapping[str, str]) -> dict[str, str]:
    """That of a recipe: engines start on this machine, with this Python, and report to nobody."""
    kept = {name: value for name, value in given.items() if name not in ("VIRTUAL_ENV", "RAY_ADDRESS")}
    kept |= {"PYSPARK_PYTHON": PYTHON, "SPARK_LOCAL_IP": "127.0.0.1", "DO_NOT_TRACK": "1"}
    return kept | {"DAFT_ANALYTICS_ENABLED": "0", "RAY_USAGE_STATS_ENABLED": "0", "RAY_ENABLE_UV_RUN_RUNTIME_ENV": "0"}


def main() -> None:
    """Measure all by turns, every second round backwards, and print the medians of the rounds."""
    become_subreaper()
    codes = {"one process": recipe("One process")}
    codes |= {name: recipe(name) for name, package in ENGINES.items() if find_spec(package)}
    if "Daft" in codes:
        codes["Daft, `use_process=True`"] = codes["Daft"].replace(".batch(", ".batch(use_process=True, ")
    if not shutil.which("java"):
        codes.pop("Spark", None)
    rounds = []
    with tempfile.TemporaryDirectory(prefix="splint-engines-") as name:
        for count in (ONE, FEW, MANY):
            _write(Path(name, f"{count}.parquet"), count)
        for at in range(int(sys.argv[1]) if sys.argv[1:] else 3):
            costs = {each: _cost(codes[each], Path(name)) for each in (reversed(codes) if at % 2 else codes)}
            rounds.append({each: costs[each] for each in codes})
            print(rounds[-1], file=sys.stderr)
    print(_table(rounds))


def _write(path: Path, count: int) -> None:
    """A table of so many bundles, all different, in several groups of rows."""
    schema = pa.schema({"request_id": pa.string(), "payload": pa.string()})
    with pq.ParquetWriter(path, schema) as writer:
        for start in range(0, count, GROUP):
            numbers = range(start, min(start + GROUP, count))
            columns = [[f"r{at:06}" for at in numbers], [json.dumps(bundle(at)) for at in numbers]]
            writer.write_batch(pa.record_batch([pa.array(column) for column in columns], schema))


def _cost(code: str, tables: Path) -> Cost:
    """What a record takes. Raises Failed if a record has no verdict."""
    runs, loops = list[Spent](), list[float]()
    loop = [PYTHON, "-c", LOOP, f"{MANY}.parquet", str(FEW)]
    for count in (ONE, FEW, MANY):
        if count == MANY:
            loops.append(float(output(loop, tables)))
        with tempfile.TemporaryDirectory(dir=tables) as name:
            directory = Path(name)
            (directory / "requests.parquet").symlink_to(tables / f"{count}.parquet")
            runs.append(spent(code, directory, environment(ENVIRONMENT), SPARK_WORKER))
            [written] = [path for path in (directory / "status.parquet", directory / "status") if path.exists()]
            if pq.read_table(written, columns=["status"]).column(0).to_pylist() != ["ok"] * count:
                raise Failed(f"not each of {count} bundles is judged to be ok by {code}")
    loops.append(float(output(loop, tables)))
    start, few, many = runs
    cpu, workers, _ = ((above - below) / (MANY - FEW) for below, above in zip(few, many, strict=True))
    return Cost(cpu, workers, sum(loops) / len(loops), start.clock)


def _table(rounds: list[dict[str, Cost]]) -> str:
    head = ("engine", "times the loop", "lowest .. highest", "CPU seconds for a million", "start, seconds")
    million = 1e6 * figure([each.loop for costs in rounds for each in costs.values()]).median
    lines: list[tuple[str, ...]] = [head, ("---",) * len(head), ("the loop", "1", "", f"{million:.0f}", "")]
    for name in rounds[0]:
        costs = [each[name] for each in rounds]
        start = figure([each.start for each in costs]).median
        lines.append((name, *_shown([each.cpu / each.loop for each in costs], million), f"{start:.1f}"))
        if any(each.workers for each in costs):
            workers = [each.workers / each.loop for each in costs]
            lines.append((f"{name}, its workers in Python alone", *_shown(workers, million), ""))
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _shown(times: list[float], million: float) -> tuple[str, str, str]:
    shown = figure(times)
    return f"{shown.median:.2f}", f"{shown.low:.2f} .. {shown.high:.2f}", f"{shown.median * million:.0f}"


if __name__ == "__main__":
    main()
