"""Checks what was held until all files were read: campaigns that may span files, and the directives of their files."""

from typing import TYPE_CHECKING

from splint.payloads.nodes import EventLog
from splint.run.judge import Judge
from splint.run.result import FileResult, Held

if TYPE_CHECKING:
    from splint.run.overview import Overview


def check_held(total: FileResult, *, anchored: bool) -> None:
    """Check what was held of all files, and the directives in them, and add what is found to `total`."""
    held, total.held = total.held, Held()
    total.merge(_check_trees(held, anchored=anchored, overview=total.overview))
    judge = Judge(total, {}, anchored=anchored, directives=held.directives)
    judge.close(total.broken, total.incomplete, is_judged=True)


def _check_trees(held: Held, *, anchored: bool = False, overview: "Overview | None" = None) -> FileResult:
    """Check campaign trees and event logs that may span files, once all files of the run are read."""
    result = FileResult(None, overview)
    judge = Judge(result, held.rulesets, anchored=anchored, directives=held.directives)
    judge.trees(held.payloads)
    if held.records:
        judge.events(EventLog(held.records))
    judge.flush()
    return result
