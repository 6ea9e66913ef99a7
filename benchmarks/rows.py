"""The rows of the table: what is measured against what, with limits and goals."""

import json
import re
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.inputs import LINES, Inputs
from benchmarks.paired import medians, ratios
from benchmarks.processes import (
    CHECK_JSONSCHEMA,
    HERE,
    NODE,
    PYTHON,
    SPLINT,
    Failed,
    output,
    peak,
    refusal,
    reported,
    script,
    timed,
)

COLUMN, BATCH, STREAM = 100, 1000, 1_000_000
"""The bundles of a column; those of a batch, and the records of a stream of such batches."""
IMPORTS = "import click, pydantic; pydantic.BaseModel"


class Missing(Exception):  # noqa: N818 - a result, not an error
    """The tool that a row compares with is not installed."""


class Row(NamedTuple):
    """A row of the table: the ratio of the time of `what` to that of `against`."""

    name: str
    what: str
    against: str
    limit: str
    hoped: str
    measure: Callable[[Inputs, int], list[float]]
    most: int = 1000
    """The most rounds; fewer for slow rows."""
    unit: str = ""


def _start(inputs: Inputs, rounds: int) -> list[float]:
    ours = timed([SPLINT, "check", inputs.one.name, "--isolated"], inputs.directory)
    return ratios(ours, timed([PYTHON, "-c", IMPORTS], inputs.directory), rounds)


def _check(path: Path, *options: str, jobs: int = 1) -> list[str]:
    return [SPLINT, "check", str(path), "--jobs", str(jobs), *options]


def _files(inputs: Inputs, rounds: int) -> list[float]:
    return _against_parsing(inputs, rounds, "files", inputs.files)


def _files_varied(inputs: Inputs, rounds: int) -> list[float]:
    return _against_parsing(inputs, rounds, "files", inputs.varied_files)


def _files_reference(inputs: Inputs, rounds: int) -> list[float]:
    guide, reference = (_check(inputs.files, "--profile", profile) for profile in ("guide", "reference"))
    return ratios(timed(reference, inputs.directory), timed(guide, inputs.directory), rounds)


def _lines(inputs: Inputs, rounds: int) -> list[float]:
    return _against_parsing(inputs, rounds, "lines", inputs.lines(LINES // 2))


def _lines_varied(inputs: Inputs, rounds: int) -> list[float]:
    return _against_parsing(inputs, rounds, "lines", inputs.varied_lines)


def _against_parsing(inputs: Inputs, rounds: int, kind: str, path: Path) -> list[float]:
    parsing = timed(script("parsing.py", kind, path), inputs.directory)
    return ratios(timed(_check(path), inputs.directory), parsing, rounds)


def _jobs(inputs: Inputs, rounds: int) -> list[float]:
    one, two = (timed(_check(inputs.lines(LINES // 2), jobs=jobs), inputs.directory) for jobs in (1, 2))
    return ratios(one, two, rounds)


def _library(inputs: Inputs, rounds: int) -> list[float]:
    return reported(script("warm.py", "library", rounds, inputs.one), inputs.directory)


def _library_small(inputs: Inputs, rounds: int) -> list[float]:
    return reported(script("warm.py", "library", rounds, inputs.small), inputs.directory)


def _serve(inputs: Inputs, rounds: int) -> list[float]:
    return reported(script("warm.py", "serve", rounds, inputs.one), inputs.directory)


def _typing(name: str, changes: int, figures: int) -> Callable[[Inputs, int], list[float]]:
    """Measures changes of a file in an editor; `figures` are 0 for milliseconds, 1 for ratios to a check."""

    def measure(inputs: Inputs, rounds: int) -> list[float]:
        command = script("warm.py", "typing", rounds, getattr(inputs, name), changes)
        values: list[list[float]] = json.loads(output(command, inputs.directory))
        return values[figures]

    return measure


def _asking(method: str) -> Callable[[Inputs, int], list[float]]:
    return lambda inputs, rounds: reported(script("warm.py", "asking", rounds, inputs.large, method), inputs.directory)


def _column(inputs: Inputs, rounds: int) -> list[float]:
    return reported(script("warm.py", "column", rounds, inputs.lines(COLUMN)), inputs.directory)


def _stream(inputs: Inputs, rounds: int) -> list[float]:
    command = script("warm.py", "stream", STREAM, inputs.lines(BATCH))
    return [peak(command, inputs.directory) for _ in range(rounds)]


def _findings(inputs: Inputs, rounds: int) -> list[float]:
    return reported(script("warm.py", "findings", rounds, inputs.five, inputs.one), inputs.directory)


def _yaml(inputs: Inputs, rounds: int) -> list[float]:
    return reported(script("warm.py", "yaml", rounds, inputs.yaml), inputs.directory)


def _check_jsonschema(inputs: Inputs, rounds: int) -> list[float]:
    command = [CHECK_JSONSCHEMA, "--schemafile", inputs.schema.name]
    clean = [str(path.relative_to(inputs.directory)) for path in sorted(inputs.files.rglob("*.json"))]
    return _theirs(inputs, rounds, [*command, *clean], [*command, inputs.broken.name], ["campaign.budget"])


def _ajv(inputs: Inputs, rounds: int) -> list[float]:
    ajv = _of_node("ajv")
    command = [ajv, "validate", "-s", inputs.schema.name, "--spec=draft2020", "--strict=false", "-d"]
    clean = f"{inputs.files.name}/**/*.json"
    return _theirs(inputs, rounds, [*command, clean], [*command, inputs.broken.name], ["/campaign/budget"])


def _spectral(inputs: Inputs, rounds: int) -> list[float]:
    ruleset = HERE / "spectral.yaml"
    rules = re.findall(r"^  ([a-z-]+):$", ruleset.read_text(), re.MULTILINE)
    command = [_of_node("spectral"), "lint", "--ruleset", str(ruleset)]
    clean = f"{inputs.files.name}/**/*.json"
    return _theirs(inputs, rounds, [*command, clean], [*command, inputs.broken.name], rules)


def _of_node(name: str) -> str:
    path = NODE / name
    if not path.exists() or shutil.which("node") is None:
        raise Missing("not measured: no npm")
    return str(path)


def _theirs(inputs: Inputs, rounds: int, clean: list[str], broken: list[str], words: Sequence[str]) -> list[float]:
    """The ratio of another tool's time on the files to splint's, if it reports each of `words` for a broken one."""
    output_on_broken = refusal(broken, inputs.directory)
    if unreported := [word for word in words if word not in output_on_broken]:
        raise Failed(f"{Path(broken[0]).name} does not tell of {', '.join(unreported)}")
    return ratios(timed(clean, inputs.directory), timed(_check(inputs.files), inputs.directory), rounds)


def _memory(lines: int) -> Callable[[Inputs, int], list[float]]:
    return lambda inputs, rounds: [peak(_check(inputs.lines(lines)), inputs.directory) for _ in range(rounds)]


def _ad_groups(inputs: Inputs, rounds: int) -> list[float]:
    return reported(script("warm.py", "ad-groups", rounds), inputs.directory)


def _creatives(inputs: Inputs, rounds: int) -> list[float]:
    return reported(script("warm.py", "creatives", rounds), inputs.directory)


def _many_files(inputs: Inputs, rounds: int) -> list[float]:
    return _per_file(inputs, rounds, (1, 20), (1000, 8), (100_000, 1))


def _few_files(inputs: Inputs, rounds: int) -> list[float]:
    return _per_file(inputs, rounds, (1, 40), (10, 40), (1000, 4))


def _per_file(
    inputs: Inputs, rounds: int, start: tuple[int, int], few: tuple[int, int], many: tuple[int, int]
) -> list[float]:
    """The ratio, for each round, of the cost per file in a run over many files to that over few, without the start.

    Each size comes with its number of runs, whose median counts; runs over fewer files are repeated more often.
    """
    sizes = (start, few, many)
    timers = {size: timed(_check(inputs.small_files(size)), inputs.directory, cpu=True) for size, _ in sizes}
    values = []
    for _ in range(rounds):
        times = medians([(timers[size], runs) for size, runs in sizes])
        one_file = times[0]
        below, above = ((time - one_file) / (size - 1) for (size, _), time in zip((few, many), times[1:], strict=True))
        values.append(above / below)
    return values


FILES = "1,000 files of 13 KB"
ON_FILES = f"splint on the {FILES}"
EDIT = "a change in `splint server`, 95th percentile,"
ON_IT = "a library call on the file"
ROWS = (
    Row("start", "`splint check one.json --isolated`", "importing click and pydantic", "≤ 0.65", "0.60", _start),
    Row("files", f"{FILES}, one process", "walking, reading and parsing them (orjson)", "≤ 3.8", "3.0", _files),
    Row(
        "files-varied",
        "1,000 files that differ",
        "walking, reading and parsing them (orjson)",
        "≤ 5",
        "3.5",
        _files_varied,
    ),
    Row("files-reference", f"{FILES}, profile reference", "profile guide", "≤ 1.3", "1.2", _files_reference),
    Row("lines", f"NDJSON, {LINES // 2:,} bundles, one process", "parsing them (orjson)", "≤ 7.5", "5.5", _lines, 3),
    Row("lines-varied", "NDJSON, 10,000 that differ", "parsing them (orjson)", "≤ 9", "6.5", _lines_varied, 3),
    Row("jobs", "the same NDJSON with `--jobs 1`", "with `--jobs 2`", "≥ 1.85", "1.95", _jobs, 3),
    Row("library", "a library call on a bundle, 13 KB", "`json.loads` of its text", "≤ 5", "3.5", _library),
    Row("library-small", "a library call on the smallest", "`json.loads` of its text", "≤ 9", "6", _library_small),
    Row(
        "serve",
        "50 lines to `splint serve-stdio`, 13 KB each",
        "50 library calls, `check(text).to_agent()`",
        "≤ 1.3",
        "1.2",
        _serve,
    ),
    Row(
        "column", f"a column of {COLUMN} bundles to `splint.arrow`", "a library call on each", "≤ 1.1", "1", _column, 9
    ),
    *(
        row
        for kind, name, size, changes, most, limit in (
            ("json", "one", "13 KB of JSON", 40, "20", "15"),
            ("yaml", "larger_yaml", "13 KB of YAML", 40, "40", "10"),
            ("large", "large", "1 MB of JSON", 20, "150", "10"),
        )
        for row in (
            Row(f"edit-{kind}", f"{EDIT} {size}", "", f"≤ {most}", "", _typing(name, changes, 0), 9, " ms"),
            Row(f"edit-{kind}-check", f"{EDIT} {size}", ON_IT, f"≤ {limit}", "", _typing(name, changes, 1), 9),
        )
    ),
    Row("hover", "hover in 1 MB of JSON, behind a change", "", "≤ 30", "", _asking("textDocument/hover"), 15, " ms"),
    Row("completion", "completion there", "", "≤ 30", "", _asking("textDocument/completion"), 15, " ms"),
    Row("findings", "a file with five findings", "the same file without", "≤ 4", "3", _findings),
    Row("yaml", "a YAML file of the bundle", "composing it (libyaml)", "≤ 1.5", "1.2", _yaml),
    Row("check-jsonschema", "check-jsonschema", ON_FILES, "≥ 15", "", _check_jsonschema, 3),
    Row("ajv", "ajv-cli", ON_FILES, "≥ 2", "", _ajv, 9),
    Row("spectral", "Spectral, ten rules", ON_FILES, "≥ 25", "", _spectral, 3),
    Row("memory-2000", "most memory, NDJSON of 2,000 bundles", "", "≤ 40", "25", _memory(2000), 3, " MiB"),
    Row("memory-40000", f"most memory, NDJSON of {LINES:,} bundles", "", "≤ 40", "25", _memory(LINES), 1, " MiB"),
    Row("stream", f"most memory, {STREAM:,} records to `splint.arrow`", "", "≤ 200", "150", _stream, 1, " MiB"),
    Row("ad-groups", "one more ad group in a campaign of 30", "in one of 10 at most", "≤ 1.20", "1.10", _ad_groups, 9),
    Row("creatives", "one more creative in an ad of 50", "in one of 16 at most", "≤ 1.20", "1.10", _creatives, 9),
    Row("few-files", "a small file among 1,000", "among 10", "≤ 1.20", "1.10", _few_files, 3),
    Row("many-files", "a small file among 100,000", "among 1,000", "≤ 1.20", "1.10", _many_files, 3),
)
