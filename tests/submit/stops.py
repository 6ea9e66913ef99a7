"""The table of docs/submit.md on what stops a run, which the harness holds against each outcome."""

import re
from pathlib import Path

_PAGE = (Path(__file__).parents[2] / "docs" / "submit.md").read_text()
_TABLE = _PAGE.partition("## What stops a run\n")[2].partition("\n## ")[0]
ROWS = [
    (said, statuses)
    for line in _TABLE.splitlines()
    if line.startswith("| ") and len(cells := line.strip("| ").split(" | ")) == 4
    for statuses in [set(map(int, re.findall(r"\d", cells[2])))]
    for said in re.findall(r"`([^`]+)`", cells[1])
]
"""The words of a message, and the exit statuses with which they are said."""


def statuses_of(lines: str) -> set[int]:
    """The statuses that the table has for the last message of a command; none if it does not have that."""
    last = [line for line in lines.splitlines() if line.startswith("splint: ")][-1:]
    return set().union(*(statuses for said, statuses in ROWS if last and said in last[0]))
