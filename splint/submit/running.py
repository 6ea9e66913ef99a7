"""What errors that end a command say first: that the campaign runs, or that nobody knows whether it does."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from splint.submit.errors import PersonNeededError, RedirectedError, SubmitError, UnreadError, UnwritableError
from splint.submit.evidence import has_children
from splint.submit.mistaken import is_anothers
from splint.submit.reading import Reader
from splint.submit.record import Record
from splint.submit.resource import ResourceState
from splint.submit.rows import Row
from splint.submit.statuses import shows_enable
from splint.submit.stopping import cause
from splint.submit.ways import way_back

DISABLED_NEXT = " (the next command disables it)"


class RunningError(PersonNeededError):
    """An error that says that the campaign may run, and names the command that disables it."""


@contextmanager
def running_told(record: Record, reader: Reader, *, tells_doubt: bool = True) -> Iterator[None]:
    """Have any error say first that the campaign of a run shows ENABLE, or that ENABLE was sent and is not confirmed.

    It is a RunningError then, and its next command the rollback, unless the run asked for ENABLE and a list cannot be
    read, or the journal takes no line: then the command that can be told later. Not where `rollback --now` came.
    Without `tells_doubt` what is raised within tells by itself of an ENABLE that no row shows, but where the journal
    takes no line.
    """
    try:
        yield
    except RunningError:
        raise
    except SubmitError as error:
        campaign = record.resource(record.start["campaign"])
        act, shows, run = campaign.acts.get("enable"), _shows_enable(campaign, record, reader), record.run
        is_unread = isinstance(error, RedirectedError | UnreadError)
        is_repeatable = act is not None and (is_unread or record.journal.is_broken)
        is_open = campaign.is_enabling_open and (tells_doubt or record.journal.is_broken)
        if record.is_rolled_back or not (shows or is_open) or (act == "DONE" and is_repeatable):
            if isinstance(error, PersonNeededError) and campaign.is_enabling_open and not record.is_rolled_back:
                error.args = (f"{error}; {way_back(record)} disables it",)
            raise
        if shows and act in ("NOT_SENT", "REJECTED"):
            with suppress(UnwritableError):
                why = "its row shows ENABLE"
                record.note("UNKNOWN", object=campaign.path, action="enable", id=campaign.id, why=why)
        what = _told(campaign, shows=shows)
        next_words = error.next_words
        if is_repeatable:
            writable = ", once the journal can be written, or do so by hand" * record.journal.is_broken
            what += f" ({way_back(record)} disables it{writable})"
        else:
            what += DISABLED_NEXT
            next_words = next_words if "rollback" in next_words[:1] else ("rollback", run)
        raise RunningError(f"{what}: {error}", next_words=next_words, details=error.details) from error


@contextmanager
def interrupts_told(record: Record, reader: Reader) -> Iterator[None]:
    """As `running_told`, for what ends a command otherwise than by a SubmitError: Ctrl-C, or a failure of splint.

    Not where the journal has that the campaign is enabled, as was asked: the run goes on by the same command.
    """
    try:
        yield
    except SubmitError:
        raise
    except BaseException as error:
        campaign = record.resource(record.start["campaign"])
        is_known = record.is_finished or campaign.acts.get("enable") == "DONE" or bool(record.see_now())
        shows = _shows_enable(campaign, record, reader)
        if is_known or not (shows or campaign.is_enabling_open):
            raise
        what = _told(campaign, shows=shows)
        raise RunningError(f"{what}{DISABLED_NEXT}: {cause(error)}", next_words=("rollback", record.run)) from error


@contextmanager
def undisabled_told(record: Record, reader: Reader) -> Iterator[None]:
    """Have what ends a rollback before the campaign is disabled say first that its row shows ENABLE.

    Or that it was enabled, where DISABLE was not carried out by the answer and no row was read. Not where the journal
    takes no line: another error says what to do then.
    """
    try:
        yield
    except UnwritableError:
        raise
    except BaseException as error:
        campaign = record.resource(record.start["campaign"])
        row = _own_row(campaign, record, reader)
        if campaign.acts.get("delete") == "DONE":
            raise
        if row is not None and shows_enable(row):
            what = _told(campaign, shows=True)
        elif (
            campaign.id not in reader.latest
            and campaign.acts.get("enable") == "DONE"
            and campaign.acts.get("disable") in ("NOT_SENT", "UNKNOWN")
        ):
            what = f"campaign {campaign.id} was enabled and may run"
        else:
            raise
        why, details = (error, error.details) if isinstance(error, SubmitError) else (cause(error), ())
        next_words = error.next_words if isinstance(error, SubmitError) else ()
        raise RunningError(f"{what}: {why}", next_words=next_words, details=details) from error


def _told(campaign: ResourceState, *, shows: bool) -> str:
    """What is said first of a campaign whose row shows ENABLE, or to which ENABLE was sent and is not confirmed."""
    return f"campaign {campaign.id} shows ENABLE and may run" if shows else "UNKNOWN whether ENABLE came through"


def _own_row(campaign: ResourceState, record: Record, reader: Reader) -> Row | None:
    """The latest row of the run's campaign; None where there is none, or the id may be another's."""
    row = reader.latest.get(campaign.id or "")
    return row if row is not None and (has_children(record) or not is_anothers(row, campaign, record)) else None


def _shows_enable(campaign: ResourceState, record: Record, reader: Reader) -> bool:
    """Whether a row of the run's campaign showed ENABLE to this command."""
    row = _own_row(campaign, record, reader)
    return row is not None and ("ENABLE" in reader.statuses[campaign.id or ""] or shows_enable(row))
