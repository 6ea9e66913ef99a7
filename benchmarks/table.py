"""Results as markdown, and into the files that show them."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.paired import Figure
from benchmarks.rows import Row

BEGIN = "<!-- measured by benchmarks/run -->"
END = "<!-- end of what is measured -->"


class Result(NamedTuple):
    """A row with its figure, or with why there is none."""

    row: Row
    figure: Figure | None
    note: str = ""
    missing: bool = False
    """Whether that is because something is not installed."""


def short(results: Sequence[Result]) -> str:
    """The table of the README: what takes how many times what."""
    lines = [(result.row.what, result.row.against, median(result)) for result in results]
    return _table(("measured", "against", "times"), lines)


def full(results: Sequence[Result], conditions: str) -> str:
    """The table with its spread, below a line on how it came about."""
    lines = []
    for result in results:
        row = result.row
        measured = (f"`{row.name}`", row.what, row.against, median(result), *_spread(row, result.figure))
        lines.append((*measured, row.limit, row.hoped))
    head = ("row", "measured", "against", "times", "lowest .. highest", "rounds", "within reach", "hoped for")
    return f"{conditions}\n\n{_table(head, lines)}"


def median(result: Result) -> str:
    """A row's figure, or why there is none."""
    return result.note if result.figure is None else _number(result.figure.median) + result.row.unit


def write(path: Path, table: str) -> None:
    """Put a table between the markers of a file."""
    text = path.read_text()
    written, count = re.subn(f"{BEGIN}.*?{END}", lambda _: f"{BEGIN}\n\n{table}\n\n{END}", text, flags=re.DOTALL)
    if count != 1:
        raise SystemExit(f"{path.name} has no place for a table between {BEGIN} and {END}")
    path.write_text(written)


def _spread(row: Row, figure: Figure | None) -> tuple[str, str]:
    if figure is None:
        return "", ""
    return f"{_number(figure.low)} .. {_number(figure.high)}{row.unit}", str(figure.rounds)


def _number(value: float) -> str:
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _table(head: tuple[str, ...], lines: Sequence[tuple[str, ...]]) -> str:
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, ("---",) * len(head), *lines))
