"""The command `benchmarks/run`: measures rows, prints their table, and writes it into benchmarks/README.md."""

import argparse
import json
import os
import platform
import sys
import tempfile
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from time import perf_counter

from benchmarks import table
from benchmarks.inputs import Inputs
from benchmarks.paired import figure
from benchmarks.processes import HERE, Failed
from benchmarks.rows import ROWS, Missing, Row
from benchmarks.table import Result


def main() -> int:
    """Measure the rows of the command line. Returns the exit status."""
    names = [row.name for row in ROWS]
    parser = argparse.ArgumentParser(prog="benchmarks/run", description="Measure splint; write the table.")
    parser.add_argument("rows", nargs="*", metavar="ROW", help=f"only print these: {', '.join(names)}")
    parser.add_argument("--rounds", type=int, default=15, help="rounds of a row (15; slow ones have fewer)")
    parser.add_argument("--no-write", action="store_true", help="only print")
    options = parser.parse_args()
    if unknown := set(options.rows).difference(names):
        parser.error(f"no row is called {', '.join(sorted(unknown))}")
    if options.rounds < 1:
        parser.error("--rounds is 1 at least")
    with tempfile.TemporaryDirectory(prefix="splint-bench-") as directory:
        inputs = Inputs(Path(directory))
        chosen = [row for row in ROWS if not options.rows or row.name in options.rows]
        results = [_measured(row, inputs, min(options.rounds, row.most)) for row in chosen]
    text = table.full(results, _conditions())
    print(text)
    if any(result.figure is None and not result.missing for result in results):
        return 1
    if not (options.rows or options.no_write):
        table.write(HERE / "README.md", text)
    return 0


def _measured(row: Row, inputs: Inputs, rounds: int) -> Result:
    began = perf_counter()
    try:
        result = Result(row, figure(row.measure(inputs, rounds)))
    except Missing as reason:
        result = Result(row, None, str(reason), missing=True)
    except Failed as reason:
        result = Result(row, None, f"failed: {reason}")
    print(f"{row.name}: {table.median(result)} ({perf_counter() - began:.0f} s)", file=sys.stderr)
    return result


def _conditions() -> str:
    """The versions, the date and the machine of the measurement."""
    pinned = json.loads((HERE / "package.json").read_text())["dependencies"]
    names = {"@stoplight/spectral-cli": "Spectral"}
    tools = [f"{name} {version(name)}" for name in ("orjson", "pydantic", "PyYAML", "pyarrow", "check-jsonschema")]
    tools += [f"{names.get(name, name)} {number}" for name, number in sorted(pinned.items(), reverse=True)]
    return (
        f"splint {version('splint-smartplus')} on {datetime.now(UTC):%Y-%m-%d}: {platform.python_implementation()} "
        f"{platform.python_version()}, {platform.system()}, {os.cpu_count()} cores. Beside it: {', '.join(tools)}."
    )


if __name__ == "__main__":
    sys.exit(main())
