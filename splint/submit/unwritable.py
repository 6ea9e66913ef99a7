"""What the error of a rollback that cannot write its journal says of the campaign."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from splint.submit.errors import SubmitError, UnusableError, UnwritableError
from splint.submit.journal import SUFFIX, Journal
from splint.submit.record import Record
from splint.submit.runs import campaign_ids
from splint.submit.stopping import NOTHING_SENT

FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)
"""The errors of a file that nobody can write who may not write it now."""


@contextmanager
def campaign_told(directory: Path, run: str) -> Iterator[None]:
    """Have an error by which a rollback cannot write say so, with its campaign and what to do by hand.

    Not where the campaign is disabled or deleted: another error says that.
    """
    try:
        yield
    except SubmitError as error:
        kinds = (UnusableError, UnwritableError)
        source = next((each for each in (error, error.__cause__) if isinstance(each, kinds)), None)
        record = error.record
        written = record.journal.written if record is not None else []
        if source is None or (record is not None and written and record.resource(record.start["campaign"]).is_off):
            raise
        cause, path = source.__cause__, directory / f"{run.removesuffix(SUFFIX)}{SUFFIX}"
        copied = f", or copy {directory} to where it can be read and written and name the copy with --run-dir"
        way = copied if isinstance(cause, OSError) else ""  # of what is damaged a copy is damaged, too
        nothing = "" if "ARMED" in written else f"{NOTHING_SENT} now"
        why = f"{str(error).removesuffix(NOTHING_SENT)}{nothing}: {_campaign_shown(path)}{way}"
        is_in_vain = getattr(cause, "errno", None) in FORBIDDEN  # unlike on a full disk
        next_words = ("runs", record.run) if record is not None and is_in_vain else error.next_words
        told = type(error)(why, next_words=next_words, details=error.details)
        told.record = record
        raise told from error


def _campaign_shown(path: Path) -> str:
    """What is to be done by hand about the campaign of a journal, by the lines that are intact."""
    record = Record(Journal.intact(path))
    name = record.start.get("campaign_name")
    shown = f"{name!r} may still be enabled" if name else "of the run may still be enabled"
    if ids := campaign_ids([record]):
        return f"campaign {ids.pop()} {shown}: disable it by hand"
    return f"no line names an id, and the campaign {shown}: look for it in the account, and disable it by hand"
