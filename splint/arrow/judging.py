"""Judges the payloads of rows, each alone; one linter in a process serves all calls with the same options."""

import os
import traceback
from datetime import datetime
from functools import cache
from types import ModuleType
from typing import Any, NamedTuple

from splint.formats.arrow.columns import UNREADABLE
from splint.reporting.report import Report
from splint.run.linter import Linter, LinterOptions
from splint.run.pipeline import check_facts, check_file, report_of
from splint.run.sources import source_of
from splint.settings.config import moment

MOST_LINTERS = 16
"""For so many sets of options a process keeps its linter."""
_LINTERS: list[tuple[dict[str, Any], datetime, Linter]] = []


@cache
def now() -> datetime:
    """The time of the first call in this process: what is judged again later, or elsewhere, comes to the same."""
    return moment(None)


class Judged(NamedTuple):
    """What a row is, and the report on its payload; None where there is no payload to report on."""

    status: str
    report: Report | None


class Judge:
    """The rules of one set of options, at one moment."""

    def __init__(self, options: LinterOptions, as_of: datetime, *, anchored: bool) -> None:
        """`anchored` says whether fingerprints are wanted. Raises as `Linter` does for invalid options."""
        self._linter = _linter(dict(options), as_of)
        self._ruleset = self._linter.ruleset()
        self._anchored = anchored

    def judge(self, cell: Any) -> Judged:
        """Judge a cell: JSON text as bytes, a JSON value, UNREADABLE or None. Raises nothing."""
        if cell is None:
            return Judged("null", None)
        if cell is UNREADABLE:
            return Judged("unreadable", None)
        try:
            return self._judged(cell)
        except Exception as error:  # whatever is in a row, the rows beside it are judged
            if os.environ.get("SPLINT_TRACEBACK"):
                traceback.print_exception(error)
            return Judged("crashed", None)

    def _judged(self, cell: Any) -> Judged:
        rulesets = [self._ruleset]
        result = check_file(source_of(cell), self._ruleset, anchored=self._anchored)
        has_payload = result.state is not None and result.state.has_payload
        check_facts(result, rulesets, anchored=self._anchored)
        report = report_of(result, rulesets, self._linter.tool, anchored=self._anchored)
        if report.errors:
            return Judged("crashed", report)
        if result.broken:
            return Judged("unreadable", report)
        if not has_payload:
            return Judged("not_a_payload", report)
        return Judged("findings" if report.active else "ok", report)


def _linter(options: dict[str, Any], as_of: datetime) -> Linter:
    """The linter of some options, judging as of a moment unless they, or the settings that they name, say when."""
    for name in ("objectives", "select", "extend_select", "ignore", "plugins"):
        if options.get(name) is not None and not isinstance(options[name], str | ModuleType):
            options[name] = tuple(options[name])
    for known, then, linter in _LINTERS:
        if known == options and then == as_of:
            return linter
    linter = Linter(**options)
    if linter.config.as_of is None:
        linter = Linter(linter.config._replace(as_of=as_of))
    _LINTERS.append((options, as_of, linter))
    del _LINTERS[:-MOST_LINTERS]
    return linter
