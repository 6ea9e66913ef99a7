"""What a record costs in the engines of docs/scale.md: `python -m benchmarks.engines [ROUNDS]` prints the page's table.

It runs the recipes of the page with the engines that are installed (`requirements/ci.txt`; Spark needs Java). What
more a large table takes than a small one is the cost, so that the start is left out. A round takes six minutes.
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
from benchmarks.descendants import adopt, spent
from benchmarks.paired import Figure, figure
from benchmarks.processes import ENVIRONMENT, HERE, PYTHON, Failed

PAGE = HERE.parent / "docs" / "scale.md"
ENGINES = {"DuckDB": "duckdb", "Polars": "polars", "Daft": "daft", "Ray Data": "ray", "Spark": "pyspark"}
"""The recipes, each with the package that it needs."""
LOOP = """
import pyarrow.parquet as pq

from splint import Linter

linter = Linter()
with pq.ParquetFile("requests.parquet") as requests:
    for batch in requests.iter_batches(columns=["payload"]):
        for text in batch.column("payload").to_pylist():
            if linter.check(text).active:
                raise SystemExit("a bundle has findings")
"""
LOOPS = "the loop of checks"
ONE, FEW, MANY = 1, 20_000, 60_000
"""The records of the tables; the start is what one takes."""
GROUP = 2_500
SPARK_WORKER = b"pyspark.daemon"


class Cost(NamedTuple):
    """The seconds that each record more has taken, as in `Spent`, and the clock's of the start."""

    cpu: float
    workers: float
    clock: float
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
    adopt()
    codes = {LOOPS: LOOP, "one process": recipe("One process")}
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
    runs = []
    for count in (ONE, FEW, MANY):
        with tempfile.TemporaryDirectory(dir=tables) as name:
            directory = Path(name)
            (directory / "requests.parquet").symlink_to(tables / f"{count}.parquet")
            runs.append(spent(code, directory, environment(ENVIRONMENT), SPARK_WORKER))
            written = [path for path in (directory / "status.parquet", directory / "status") if path.exists()]
            verdicts = [pq.read_table(path, columns=["status"]).column(0).to_pylist() for path in written]
        if code != LOOP and verdicts != [["ok"] * count]:
            raise Failed(f"not each of {count} bundles is judged to be ok by {code}")
    start, *two = runs
    cpu, workers, clock = ((above - below) / (MANY - FEW) for below, above in zip(*two, strict=True))
    return Cost(cpu, workers, clock, start.clock)


def _table(rounds: list[dict[str, Cost]]) -> str:
    head = (
        "engine",
        "CPU, times the loop",
        "lowest .. highest",
        "CPU s for a million",
        "time, times the loop",
        "start, s",
    )
    lines: list[tuple[str, ...]] = [head, ("---",) * len(head)]
    loops = [costs[LOOPS] for costs in rounds]
    million = figure([each.cpu * 1e6 for each in loops]).median
    for name in rounds[0]:
        costs = [costs[name] for costs in rounds]
        cpu, workers, clock = (
            figure([each[at] / loop[which] for each, loop in zip(costs, loops, strict=True)])
            for at, which in ((0, 0), (1, 0), (2, 2))
        )
        start = figure([each.start for each in costs])
        lines.append((name, *_shown(cpu, million), f"{clock.median:.2f}", f"{start.median:.1f}"))
        if workers.high:
            lines.append((f"{name}: its workers in Python", *_shown(workers, million), "", ""))
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _shown(cpu: Figure, million: float) -> tuple[str, str, str]:
    return f"{cpu.median:.2f}", f"{cpu.low:.2f} .. {cpu.high:.2f}", f"{cpu.median * million:.0f}"


if __name__ == "__main__":
    main()
