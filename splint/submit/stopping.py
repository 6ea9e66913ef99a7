"""What errors say that end a command: its run, what is known of the campaign, and the next command."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from splint.submit.commands import command
from splint.submit.errors import (
    HeldError,
    MisuseError,
    PersonNeededError,
    RedirectedError,
    RunningError,
    StoppedError,
    SubmitError,
    UnusableError,
    UnwritableError,
)
from splint.submit.journal import Journal, journals, journals_now
from splint.submit.limits import unenabled
from splint.submit.record import Record

NOTHING_SENT = "; nothing was sent"
NOT_BEGUN = f"{NOTHING_SENT}, and no run is begun: submit anew"
ANEW = "submit its bundle anew, with another request_id, or none, where it has one"

LATE = "ENABLE was sent, no row confirmed it, and it may yet come through"
"""What is said of a campaign that is disabled."""


@contextmanager
def doubts_told(
    directory: Callable[[], Path],
    concerns: Callable[[Record], bool],
    reading: Callable[[], Record | None] = lambda: None,
) -> Iterator[None]:
    """As `with_doubts`, for whatever ends a command, Ctrl-C too; what an error tells of a run stays as it is."""
    try:
        yield
    except (SubmitError, KeyboardInterrupt) as error:
        before = error if isinstance(error, SubmitError) else StoppedError(f"{cause(error)}{NOTHING_SENT}")
        if isinstance(before, PersonNeededError):
            raise
        with suppress(MisuseError):  # nothing is the directory
            told = with_doubts(before, directory(), concerns, reading())
            if told is not before:
                raise told from error
        raise


def with_doubts(
    error: SubmitError,
    directory: Path,
    concerns: Callable[[Record], bool] = lambda _: False,
    reading: Record | None = None,
) -> SubmitError:
    """An error that says first what `enabling_doubt` does of the runs that it concerns, and the way out.

    They are told by the intact lines of their journals, also of the one that is damaged and of the one that holds the
    lock, and by the rows that the command on the run `reading` read. The status stays, but for a StoppedError, which is
    a RunningError then.
    """
    doubts: dict[str, str] = {}
    for path in journals(directory):
        record = Record(Journal.intact(path), map(Journal.intact, journals_now(directory, Journal(path, []).run)))
        if reading is not None:
            record.show(reading)
        is_holder, is_named = isinstance(error, HeldError) and error.holder == record.run, str(path) in str(error)
        doubt = enabling_doubt(record, is_damaged=is_named and isinstance(error, UnusableError))
        if (concerns(record) or is_holder or is_named) and doubt:
            way = command(directory, "rollback", record.run, *["--now"] * isinstance(error, HeldError))
            by_hand = isinstance(error, UnusableError | UnwritableError)
            doubts[f"{doubt}; disable it by hand" if by_hand else f"{doubt}, and {way} disables it"] = record.run
    if not doubts or all(doubt in str(error) for doubt in doubts):
        return error
    why = f"{'; '.join(doubts)}: {error}"
    if isinstance(error, StoppedError):
        next_words = error.next_words or ("rollback", [*doubts.values()][-1])
        told = RunningError(why, next_words=next_words, details=error.details)
        told.record = error.record
        return told
    error.args = (why,)
    return error


def enabling_doubt(record: Record, *, is_damaged: bool) -> str:
    """What to say of an ENABLE of a run that is not confirmed, or by which it may spend too much; else nothing.

    Of one that `is_damaged` any ENABLE: the damaged line may have said that it may spend more.
    """
    campaign = record.campaign
    if campaign is not None and record.runs_unasked:
        return f"campaign {campaign.id} showed ENABLE, which the run never sent, and may run"
    if campaign is None or not campaign.may_run:
        return ""
    if campaign.acts["enable"] == "DONE":
        is_told = record.exceeding or (is_damaged and not record.is_finished)
        return f"campaign {campaign.id} was enabled and may run{record.exceeding_told}" if is_told else ""
    sent = (event.fields.get("id") for event in record.events if event.fields.get("action") == "enable")
    own = campaign.id or next(sent)
    return f"ENABLE of campaign {own} was sent and is not confirmed: it may run{record.exceeding_told}"


@contextmanager
def unbegun_told() -> Iterator[None]:
    """Have what ends a submit before its run is begun say so, Ctrl-C too."""
    try:
        yield
    except (StoppedError, RedirectedError) as error:
        where = "; see where that leads and who redirects it" * isinstance(error, RedirectedError)
        raise type(error)(f"{str(error).removesuffix(NOTHING_SENT)}{where}{NOT_BEGUN}") from error
    except KeyboardInterrupt as error:
        raise StoppedError(f"{cause(error)}{NOT_BEGUN}") from error


def refuse_ended(record: Record, *, goes_on: bool) -> None:
    """Raise MisuseError for a resume of a run that came to its end, or whose rollback was begun.

    A run that left its campaign paused `goes_on` with --enable or --bundle.
    """
    run = record.run
    if record.outcome == "deleted":
        raise MisuseError(f"run {run} is rolled back and deleted: {ANEW}")
    if record.is_rolled_back and not record.is_finished:
        why = f"run {run} is being rolled back, and that is not finished: finish it first"
        raise MisuseError(why, next_words=record.next_words)
    if record.is_rolled_back:
        why = f"run {run} is rolled back: take it back whole, then {ANEW}"
        raise MisuseError(why, next_words=("rollback", run, "--delete"))
    if record.outcome == "enabled":
        did = "enabled its campaign; if that was paused since, enable it in Ads Manager"
        raise MisuseError(f"run {run} is finished: it {did}")
    if record.outcome == "paused" and not goes_on:
        raise MisuseError(f"run {run} is finished: it left its campaign paused", next_words=enabling(record))


def enabling(record: Record) -> tuple[str, ...]:
    """The words of the command that enables the campaign of a run that is paused; none where nothing is to enable it.

    As where its bundle says DISABLE, or it may spend more than its limit.
    """
    is_open = record.outcome == "paused" and not record.start["is_paused"] and not unenabled(record)
    return ("resume", record.run, "--enable") if is_open else ()


def ending(record: Record) -> tuple[str, tuple[str, ...]]:
    """What is said of a run that reached its end, and the words of the next command."""
    run, outcome = record.run, record.outcome
    if outcome is None:
        return f"the campaign of run {run} is disabled; not read back", ("rollback", run)
    if outcome in ("paused", "enabled"):
        kept = unenabled(record) if outcome == "paused" and not record.start["is_paused"] else ""
        return f"all of it stands, and the campaign is {outcome}{kept} (run {run})", enabling(record)
    stands = any(resource.is_created for resource in record.resources.values())
    campaign = record.resource(record.start["campaign"])
    what = f"its campaign is {outcome}" if stands else "nothing of it ever stood"
    if not stands and campaign.repeated:  # one of these requests may have been carried out
        what = (
            "no campaign of its name is shown. Its request was refused as a duplicate (40050), maybe of itself: "
            f"look in the account whether {' or '.join(map(repr, sorted(record.campaign_names)))} stands"
        )
    if stands and campaign.is_late:
        what += f"; {LATE}: look at the campaign later, and roll back again if it runs"
    return f"run {run} is rolled back: {what}", ()


def cause(error: BaseException) -> str:
    """What to say of an error, or of an interrupt."""
    if isinstance(error, SubmitError):
        return str(error)
    return "interrupted" if isinstance(error, KeyboardInterrupt) else f"{type(error).__name__}: {error}"


@contextmanager
def standstill_told(record: Record) -> Iterator[None]:
    """Name `splint runs` as the next command where a rollback ends as one before it, and changed nothing.

    Another one may end there again. Not while the campaign may run, or DISABLE or DELETE was sent and is not confirmed.
    """
    known = _snapshot(record)
    try:
        yield
    except PersonNeededError as error:
        rollbacks = sum(event.name == "ROLLBACK" for event in record.journal.events)
        is_open = any(one.may_run or one.doubts for one in record.resources.values())
        if rollbacks > 1 and not is_open and _snapshot(record) == known:
            error.next_words = error.next_words or ("runs", record.run)
        raise


def _snapshot(record: Record) -> dict[str, Any]:
    """What is known of each object that was sent, by path: state, id and, unless deleted, its status updates."""
    sent = (one for one in record.resources.values() if one.state != "PLANNED")
    return {one.path: (one.shown, one.id, dict(one.acts) if one.shown != "DELETED" else {}) for one in sent}
