"""Renders results as a Markdown table and writes it into a file."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.paired import Figure
from benchmarks.rows import Row

BEGIN = "<!-- measured by benchmarks/run -->"
END = "<!-- end of what is measured -->"


class Result(NamedTuple):
    """A row with its figure, or with the reason for its absence in `note`."""

    row: Row
    figure: Figure | None
    note: str = ""
    missing: bool = False
    """Whether a tool of the row is not installed."""


def full(results: Sequence[Result], conditions: str) -> str:
    """The table with spread and limits, below a line on the conditions."""
    lines = []
    for result in results:
        row = result.row
        measured = (f"`{row.name}`", row.what, row.against, median(result), *_spread(row, result.figure))
        lines.append((*measured, row.limit, row.hoped))
    head = ("row", "measured", "against", "times", "lowest .. highest", "rounds", "within reach", "hoped for")
    return f"{conditions}\n\n{_table(head, lines)}"


def median(result: Result) -> str:
    """The median of a row, or its note."""
    return result.note if result.figure is None else _number(result.figure.median) + result.row.unit


def write(path: Path, table: str) -> None:
    """Write a table between the markers of a file. Exits if there are none."""
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
