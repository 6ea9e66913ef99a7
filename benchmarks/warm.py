"""Rows measured within one warm process: `warm.py ROW ROUNDS [FILE]...` prints the figures of the rounds as JSON."""

import json
import math
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

import splint

# Last in the path: `benchmarks` is imported from the checkout, splint from its installation.
sys.path.append(str(Path(__file__).parent.parent))

from benchmarks.bundles import bundle
from benchmarks.editor import editing
from benchmarks.paired import RUNS, Timer, calls, figure, growth, ratios, typical_call

FACTS = {"historical_cpa": 15}
"""The facts that the rule on the budget floor needs."""
LINES = 50
"""The lines of a session with a service: their answers fit into a pipe."""
FINDINGS = ["SPL004", "SPL006", "SPL107", "SPL310", "SPL319"]


def library(rounds: int, file: str) -> list[float]:
    """A bundle as a dict against json.loads of its text."""
    text = Path(file).read_text()
    payload = json.loads(text)
    return ratios(calls(_check(payload, [])), calls(lambda: json.loads(text)), rounds, RUNS)


def serve(rounds: int, file: str) -> list[float]:
    """LINES lines that `splint serve-stdio` answers against as many library calls with the same answers."""
    text = Path(file).read_text()
    line = json.dumps({"id": 1, "payload": json.loads(text)}).encode() + b"\n"
    linter = splint.Linter()
    command = [sys.executable, "-P", "-m", "splint", "serve-stdio", "--isolated"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        asked, answers = process.stdin, process.stdout
        assert asked is not None
        assert answers is not None

        def session() -> None:
            asked.write(line * LINES)
            asked.flush()
            for _ in range(LINES):
                answer = json.loads(answers.readline())
                if answer.get("counts") != counts:
                    sys.exit(f"expected {counts}, found {answer}")

        def library() -> None:
            for _ in range(LINES):
                linter.check(text).to_agent()

        counts = linter.check(text).to_agent()["counts"]
        values = ratios(calls(session), calls(library), rounds, RUNS)
        asked.close()
    return values


def typing(rounds: int, file: str, changes: str) -> list[list[float]]:
    """From a change to its findings, 95th percentile: in ms, and as a multiple of a check of the file."""
    path = Path(file)
    check = calls(_check(path, []))
    with editing(path) as editor:
        for _ in range(int(changes)):
            editor.type()
        ms, times = list[float](), list[float]()
        for _ in range(rounds):
            took = sorted(editor.type() for _ in range(int(changes)))
            ms.append(1000 * took[math.ceil(0.95 * len(took)) - 1])
            times.append(ms[-1] / 1000 / check())
    return [ms, times]


def asking(rounds: int, file: str, method: str) -> list[float]:
    """What hover or completion takes behind a change near the end of a file, in ms."""
    with editing(Path(file)) as editor:
        editor.asked(method)
        values = []
        for _ in range(rounds):
            editor.type()
            values.append(1000 * editor.asked(method))
    return values


def column(rounds: int, file: str) -> list[float]:
    """A column of texts to `splint.arrow.status` against a check of each by a prepared linter."""
    import pyarrow as pa

    texts = [line for line in Path(file).read_text().splitlines() if line]
    batch, linter = pa.record_batch({"payload": texts}), splint.Linter()

    def judged() -> None:
        [verdicts] = splint.arrow.status([batch])
        if verdicts.column("status").to_pylist() != ["ok"] * len(texts):
            sys.exit("a bundle has findings")

    def checked() -> None:
        if any(linter.check(text).active for text in texts):
            sys.exit("a bundle has findings")

    return ratios(calls(judged), calls(checked), rounds, RUNS)


def stream(count: int, file: str) -> None:
    """Judge a stream of `count` records, batch by batch: its memory is what is measured."""
    import pyarrow as pa

    texts = [line for line in Path(file).read_text().splitlines() if line]
    batch = pa.record_batch({"payload": texts})
    batches = (batch.slice(0, count - start) for start in range(0, count, len(texts)))
    rows = sum(verdicts.num_rows for verdicts in splint.arrow.status(batches))
    if rows != count:
        sys.exit(f"expected {count} rows, found {rows}")


def findings(rounds: int, five: str, clean: str) -> list[float]:
    """A file with five findings against the same file without."""
    return ratios(calls(_check(Path(five), FINDINGS, FACTS)), calls(_check(Path(clean), [], FACTS)), rounds, RUNS)


def composing(rounds: int, file: str) -> list[float]:
    """A YAML file against libyaml's composing of its text."""
    text = Path(file).read_text()
    return ratios(calls(_check(Path(file), [])), calls(lambda: yaml.compose(text, Loader=yaml.CLoader)), rounds, RUNS)


def ad_groups(rounds: int) -> list[float]:
    """One more ad group in a campaign of 21 to 30 against one of 1 to 10."""
    return _more(rounds, "ad_groups", (1, 4, 7, 10), (21, 24, 27, 30))


def creatives(rounds: int) -> list[float]:
    """One more creative in an ad of 35 to 50 against one of 1 to 16."""
    return _more(rounds, "creatives", (1, 6, 11, 16), (35, 40, 45, 50))


def _more(rounds: int, what: str, small: tuple[int, ...], large: tuple[int, ...]) -> list[float]:
    """The growth for dicts or files, whichever has the larger median."""
    fixed = {"ad_groups": 1, "ads": 1} if what == "creatives" else {}
    payloads = {size: bundle(0, **fixed, **{what: size}) for size in (*small, *large)}
    with tempfile.TemporaryDirectory() as directory:
        files = {size: Path(directory, f"{size}.json") for size in payloads}
        for size, file in files.items():
            file.write_text(json.dumps(payloads[size], indent=2))
        growths = []
        for inputs in (payloads, files):
            timers: dict[int, Timer] = {size: typical_call(_check(payload, [])) for size, payload in inputs.items()}
            few, many = ({size: timers[size] for size in end} for end in (small, large))
            growths.append(growth(few, many, rounds))
    return max(growths, key=lambda values: figure(values).median)


def _check(payload: Any, expected: list[str], facts: dict[str, Any] | None = None) -> Callable[[], object]:
    """A check of `payload` by a prepared linter. Exits unless the codes of the findings are the `expected` ones."""
    linter = splint.Linter(facts=facts)
    codes = sorted(diagnostic.code for diagnostic in linter.check(payload).diagnostics)
    if codes != expected:
        sys.exit(f"expected {expected}, found {codes}")
    return lambda: linter.check(payload)


ROWS: dict[str, Callable[..., list[Any]]] = {
    "library": library,
    "typing": typing,
    "asking": asking,
    "serve": serve,
    "column": column,
    "findings": findings,
    "yaml": composing,
    "ad-groups": ad_groups,
    "creatives": creatives,
}

if __name__ == "__main__":
    if "site-packages" not in str(splint.__file__):
        sys.exit("splint is not the installed one")
    if sys.argv[1] == "stream":
        stream(int(sys.argv[2]), sys.argv[3])
    else:
        print(json.dumps(ROWS[sys.argv[1]](int(sys.argv[2]), *sys.argv[3:])))
