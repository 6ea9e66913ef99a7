"""Runs of the command in this process."""

import json
from collections.abc import Callable
from typing import Any, NamedTuple


class Outcome(NamedTuple):
    """The output and exit status of a run."""

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
