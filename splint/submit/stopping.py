"""What errors say that end a command: its run, what is known of the campaign, and the next command."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from splint.submit.commands import command
from splint.submit.errors import MisuseError, PersonNeededError, StoppedError, SubmitError
from splint.submit.journal import kept_bundle
from splint.submit.record import Record

NOTHING_SENT = "; nothing was sent"
ANEW = "submit its bundle anew, with another request_id, or none, where it has one"


@contextmanager
def enabling_told(record: Record) -> Iterator[None]:
    """Make a StoppedError a PersonNeededError while nobody knows whether the campaign of a run is enabled."""
    try:
        yield
    except StoppedError as error:
        if not any(one.may_run and one.acts["enable"] != "DONE" for one in record.resources.values()):
            raise
        why = f"UNKNOWN whether ENABLE came through: {error}"
        told = PersonNeededError(why, next_words=error.next_words, details=error.details)
        told.record = error.record
        raise told from error


@contextmanager
def doubt_told(record: Record) -> Iterator[None]:
    """Have an error that comes before a request say first, of the same status, that ENABLE is not confirmed."""
    try:
        yield
    except SubmitError as error:
        if not isinstance(error, PersonNeededError) and (doubt := enabling_doubt(record)):
            error.args = (f"{doubt}: {error}",)
        raise


def enabling_doubt(record: Record) -> str:
    """What to say of an ENABLE of a run that was sent and is not confirmed, and what disables it; else nothing."""
    campaign = record.campaign
    if campaign is None or not campaign.may_run or campaign.acts["enable"] == "DONE":
        return ""
    back = command(record.journal.directory, "rollback", record.run)
    return f"ENABLE of campaign {campaign.id} was sent and is not confirmed: it may run, and {back} disables it"


def finished(record: Record) -> MisuseError:
    """The error for a resume of a run that came to its end."""
    did = "left its campaign paused"
    if record.outcome == "enabled":
        did = "enabled its campaign; if that was paused since, enable it in Ads Manager"
    return MisuseError(f"run {record.run} is finished: it {did}")


def given_up(record: Record) -> MisuseError:
    """The error for a resume of a run whose rollback was begun."""
    if not record.is_finished:
        why = f"run {record.run} is being rolled back, and that is not finished: finish it first"
        return MisuseError(why, next_words=record.next_words)
    why = f"run {record.run} is rolled back: take it back whole, then {ANEW}"
    return MisuseError(why, next_words=("rollback", record.run, "--delete"))


def cause(error: BaseException) -> str:
    """What to say of an error that is no SubmitError, or of an interrupt."""
    return "interrupted" if isinstance(error, KeyboardInterrupt) else f"{type(error).__name__}: {error}"


@contextmanager
def attached(record: Record, *next_words: str) -> Iterator[None]:
    """Attach the run to any SubmitError, unless its start could not be written; others become a StoppedError.

    `next_words` are for errors that name no next command: what the journal could not be told is repeated by them.
    An interrupt of a run that has reached its end meanwhile stays one.
    """
    known = len(record.journal.events)
    try:
        yield
    except SubmitError as error:
        if not record.start:
            _discard(record)
            raise StoppedError(f"{str(error).removesuffix(NOTHING_SENT)}{NOTHING_SENT}") from error
        error.record = record
        error.next_words = (() if record.see_now() else error.next_words) or next_words
        raise
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt) and record.is_finished and len(record.journal.events) > known:
            raise
        what = cause(error)
        if not (record.start or record.journal.events):
            _discard(record)
            raise StoppedError(f"{what}{NOTHING_SENT}") from error
        stopped = _stopped(record, what, next_words)
        stopped.record = record
        raise stopped from error


@contextmanager
def standstill_told(record: Record) -> Iterator[None]:
    """Name `splint runs` as the next command where a rollback ends as one before it, and changed nothing.

    Another one may end there again. Not while the campaign may run, or DISABLE or DELETE was sent and is not confirmed.
    """
    known = record.snapshot()
    try:
        yield
    except PersonNeededError as error:
        rollbacks = sum(event.name == "ROLLBACK" for event in record.journal.events)
        is_open = any(one.may_run or one.doubts for one in record.resources.values())
        if rollbacks > 1 and not is_open and record.snapshot() == known:
            error.next_words = error.next_words or ("runs", record.run)
        raise


def _discard(record: Record) -> None:
    """Remove the files of a run that could not begin: an empty journal beside a bundle stops each further submit."""
    for path in (record.journal.path, kept_bundle(record.journal.path.parent, record.run)):
        with suppress(OSError):
            path.unlink()


def _stopped(record: Record, why: str, next_words: tuple[str, ...]) -> SubmitError:
    """The error of a run that stops by no SubmitError; for a sender it says if `rollback --now` came meanwhile."""
    try:
        if next_words:  # a rollback: what another process disables too is no contradiction
            record.see_now()
        else:
            record.refuse_now()
    except PersonNeededError as now:
        return PersonNeededError(f"{why}; {now}")
    except SubmitError as now:
        return StoppedError(f"{why}; {now}")
    return StoppedError(why, next_words=next_words)
