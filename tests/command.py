"""The command, run in this process: what it prints and how it ends."""

import json
from collections.abc import Callable
from typing import Any, NamedTuple


class Outcome(NamedTuple):
    """How a run ended."""

    status: int
    out: str
    err: str

    @property
    def report(self) -> dict[str, Any]:
        """The JSON report on standard output."""
        report: dict[str, Any] = json.loads(self.out)
        return report


Command = Callable[..., Outcome]
"""Runs `splint ARGUMENTS...`, with `stdin=` as its standard input."""
