"""Runs of the command in this process."""

import json
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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


@contextmanager
def signals_restored() -> Iterator[None]:
    """Restore the handlers that a command sets for its process."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
