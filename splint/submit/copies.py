"""Journals that are copies of those of other runs."""

from pathlib import Path

from splint.submit.commands import command
from splint.submit.errors import MisuseError
from splint.submit.journal import SUFFIX, Journal, journals_now
from splint.submit.record import Record


def is_beside_original(record: Record) -> bool:
    """Whether the journal of a record is a copy, and the original is there and has all of its lines."""
    if record.copy_of is None:
        return False
    events = record.journal.events
    try:
        return Journal.peek(_original(record)).events[: len(events)] == events
    except MisuseError:
        return False


def _original(record: Record) -> Path:
    """The path of the journal that the one of a record is a copy of."""
    return record.journal.path.with_name(f"{record.copy_of}{SUFFIX}")


def copied(record: Record) -> str:
    """What is to be said of a journal that is a copy."""
    name, original = record.journal.path.name, _original(record)
    what = f"{name} is a copy of the journal of run {record.copy_of}"
    if is_beside_original(record):
        return f"{what}, and no run of its own: name that run, and move the copy elsewhere"
    if original.exists():
        return f"{what}, and {original.name} is damaged, or lacks lines of it: keep one, under that name"
    return f"{what}: rename it to {original.name}"


def refuse_copy(record: Record) -> None:
    """Raise MisuseError if a journal is a copy, and the original or its `rollback --now` may tell more than it does."""
    if record.copy_of is None:
        return
    now = [path.name for path in journals_now(record.journal.path.parent, record.copy_of)]
    if now and not _original(record).exists():
        raise MisuseError(f"{copied(record)}, then roll that run back, as {', '.join(now)} began to: nothing was sent")
    if _original(record).exists():
        back = f"{command(record.journal.directory, 'rollback', record.run)} takes back what the copy names"
        raise MisuseError(f"{copied(record)}, then resume that run; {back}: nothing was sent")
