"""What errors that end a command say first: that the campaign runs, or that nobody knows whether it does."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from splint.submit.errors import PersonNeededError, RedirectedError, SubmitError, UnreadError, UnwritableError
from splint.submit.evidence import has_children
from splint.submit.mistaken import is_anothers
from splint.submit.reading import Reader
from splint.submit.record import Record
from splint.submit.resource import ResourceState
from splint.submit.statuses import shows_enable


class RunningError(PersonNeededError):
    """An error that says that the campaign may run, and names the command that disables it."""


@contextmanager
def running_told(record: Record, reader: Reader) -> Iterator[None]:
    """Have any error say first that the campaign of a run shows ENABLE, or that ENABLE was sent and is not confirmed.

    It is a RunningError then, and its next command the rollback, unless the run asked for ENABLE and a list cannot be
    read, or the journal takes no line: then the command that can be told later. Not where `rollback --now` came.
    """
    try:
        yield
    except RunningError:
        raise
    except SubmitError as error:
        campaign = record.resource(record.start["campaign"])
        act, shows, run = campaign.acts.get("enable"), _shows_enable(campaign, record, reader), record.run
        is_repeatable = act is not None and isinstance(error, RedirectedError | UnreadError | UnwritableError)
        if record.is_rolled_back or not (shows or campaign.is_enabling_open) or (act == "DONE" and is_repeatable):
            raise
        if shows and act in ("NOT_SENT", "REJECTED"):
            with suppress(UnwritableError):
                why = "its row shows ENABLE"
                record.note("UNKNOWN", object=campaign.path, action="enable", id=campaign.id, why=why)
        what = f"campaign {campaign.id} shows ENABLE and may run" if shows else "UNKNOWN whether ENABLE came through"
        next_words = error.next_words
        if not is_repeatable:
            what += " (the next command disables it)"
            next_words = next_words if "rollback" in next_words[:1] else ("rollback", run)
        raise RunningError(f"{what}: {error}", next_words=next_words, details=error.details) from error


def _shows_enable(campaign: ResourceState, record: Record, reader: Reader) -> bool:
    """Whether a row of the run's campaign showed ENABLE to this command. Not where the id may be another's."""
    row = reader.latest.get(campaign.id or "")
    if campaign.id is None or row is None or not ("ENABLE" in reader.statuses[campaign.id] or shows_enable(row)):
        return False
    return has_children(record) or not is_anothers(row, campaign, record)
