"""Measures how long rules take, for `--profile-rules`: their functions are wrapped."""

from collections.abc import Iterable, Iterator
from functools import wraps
from time import perf_counter_ns
from typing import Any

from splint.payloads.nodes import Finding
from splint.reporting.wording import counted
from splint.rules.rule import Check, Selection
from splint.rules.ruleset import Ruleset


class Times:
    """The number of calls of each rule and their time, by code."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._calls: dict[str, int] = {}
        self._spent: dict[str, int] = {}
        """In nanoseconds."""

    def timed(self, ruleset: Ruleset) -> Ruleset:
        """A copy of a ruleset whose calls are counted here."""
        rules = [
            Selection(rule if rule.check is None else rule.calling(self._timed(rule.code, rule.check)), pack)
            for rule, pack in ruleset.rules
        ]
        self._names |= {rule.code: rule.name for rule, _ in rules}
        return ruleset.having(rules)

    def _timed(self, code: str, check: Check) -> Check:
        calls, spent = self._calls, self._spent
        calls.setdefault(code, 0)
        spent.setdefault(code, 0)

        @wraps(check)
        def timed(node: Any) -> Iterator[Finding]:
            calls[code] += 1
            began = perf_counter_ns()
            try:
                for finding in check(node):
                    spent[code] += perf_counter_ns() - began
                    yield finding
                    began = perf_counter_ns()
            finally:
                spent[code] += perf_counter_ns() - began

        return timed

    def anew(self) -> "Times":
        """An empty instance, for a worker process."""
        return Times()

    def taken(self) -> "Times":
        """Remove and return what was counted since the last call."""
        taken = Times()
        for theirs, mine in ((taken._calls, self._calls), (taken._spent, self._spent)):
            theirs.update((code, count) for code, count in mine.items() if count)
            mine.update(dict.fromkeys(mine, 0))
        return taken

    def merge(self, other: "Times") -> None:
        """Add the counts of another process."""
        for mine, theirs in ((self._calls, other._calls), (self._spent, other._spent)):
            for code, count in theirs.items():
                mine[code] = mine.get(code, 0) + count

    def table(self) -> str:
        """A text table of the rules called, the slowest first, with the total and the number of rules not called."""
        total = sum(self._spent.values())
        codes = sorted(filter(self._calls.get, self._calls), key=lambda code: (-self._spent[code], code))
        rows = [(code, self._names[code], *_numbers(self._calls[code], self._spent[code], total)) for code in codes]
        last = ("total", "", *_numbers(sum(self._calls.values()), total, total))
        idle = len(self._names) - len(codes)
        why = "what they look at is not there, or right at first sight"
        return _lines([HEAD, *rows, last]) + (f"{counted(idle, 'rule')} not called: {why}\n" if idle else "")


HEAD = ("code", "name", "calls", "ms", "us a call", "share")


def _numbers(calls: int, spent: int, total: int) -> tuple[str, ...]:
    return (
        str(calls),
        f"{spent / 1e6:.1f}",
        f"{spent / 1e3 / max(calls, 1):.2f}",
        f"{100 * spent / max(total, 1):.1f} %",
    )


def _lines(rows: Iterable[tuple[str, ...]]) -> str:
    """Lines of aligned columns: texts to the left, numbers to the right."""
    rows = list(rows)
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = (
        "  ".join(
            cell.ljust(width) if at < 2 else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    )
    return "".join(f"{line.rstrip()}\n" for line in lines)
