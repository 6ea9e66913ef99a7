"""Checks what was held until all files were read: campaigns that may span files, and the directives of their files."""

from splint.payloads.nodes import EventLog
from splint.run.judge import Judge
from splint.run.result import FileResult, Held


def check_trees(total: FileResult, *, anchored: bool) -> None:
    """Check what was held of all files, and the directives in them, and add what is found to `total`."""
    held, total.held = total.held, Held()
    judge = Judge(total, held.rulesets, anchored=anchored, directives=held.directives)
    judge.trees(held.payloads)
    if held.records:
        judge.events(EventLog(held.records))
    judge.flush()
    judge.close(total.broken, total.incomplete, is_judged=True)
