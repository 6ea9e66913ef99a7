"""Disables the campaign of a run past another process that holds the lock."""

from collections.abc import Iterator
from contextlib import contextmanager

from splint.submit.access import sender
from splint.submit.client import Client
from splint.submit.errors import OvertakenError, PersonNeededError, RunningError, StoppedError, SubmitError
from splint.submit.evidence import has_children
from splint.submit.journal import NOW, SUFFIX, Journal, journals_now
from splint.submit.mistaken import alike, identify, is_nameless, note_held, objection, others_error, unshown
from splint.submit.options import RetryPolicy
from splint.submit.reading import Reader
from splint.submit.record import Record
from splint.submit.refused import Explain
from splint.submit.resource import ResourceState
from splint.submit.rows import Row
from splint.submit.status_updates import StatusUpdates


def begun_now(seen: Record) -> tuple[Record, int]:
    """The record of a run with a new journal beside its own, and how many events of its own journal are before that.

    Once the file is there, another process that sends the run notes no new request.
    """
    directory = seen.journal.path.parent
    previous = journals_now(directory, seen.run)
    journal = Journal(directory / f"{seen.run}{NOW}-{len(previous) + 1}{SUFFIX}", [])
    journal.create()
    own = Journal.peek(seen.journal.path)
    return Record(journal, [own, *map(Journal.peek, previous)]), len(own.events)


@contextmanager
def disabled_past(record: Record, client: Client, retry_policy: RetryPolicy, explain: Explain) -> Iterator[None]:
    """Have a rollback whose journal another process wrote to disable the campaign as `rollback --now` does, and stop.

    Nothing more is sent, and the error says whether the campaign is disabled.
    """
    try:
        yield
    except OvertakenError as error:
        campaign = record.resource(record.start["campaign"])
        if campaign.is_off or campaign.id is None:
            raise
        try:
            now, after = begun_now(Record.of(Journal.peek(record.journal.path)))
            disable_now(now, after, client, retry_policy, explain)
        except SubmitError as failed:
            raise OvertakenError(f"{error}; {failed}") from None
        record.act(campaign.path, "disable", "DONE")
        what = f"{campaign.path} ({campaign.id}) is disabled, and then the rollback stopped"
        raise StoppedError(f"{what}: {error}, then roll back again", next_words=error.next_words) from None


def disable_now(record: Record, after: int, client: Client, retry_policy: RetryPolicy, explain: Explain) -> None:
    """Disable a run's campaign with one request, not read back. Raises SubmitError unless the answer confirms it.

    It is a RunningError where ENABLE may come through after that: by the run's own journal it was or is to be sent
    and is not confirmed, or was confirmed only meanwhile.

    A campaign that was never VERIFIED is looked at once before, without waiting: the request is sent unless a row shows
    another campaign, or one that may be. Where nothing was sent below it, maybe no row ever showed it, and nothing in
    it could spend: then the request needs a row.
    """
    is_deletion = bool(record.start.get("delete"))
    record.note("ROLLBACK", rollback=True, delete=is_deletion, after=after, **sender())
    others = record.start.get("others", ())
    reader = Reader(client, record.start["advertiser_id"], retry_policy, others, is_patient=False, record=record)
    campaign = record.resource(record.start["campaign"])
    if campaign.id is None:
        raise PersonNeededError(
            "no id of a campaign is known, so nothing was disabled; another process that sends this run sends nothing "
            "more, and what it sent last may stand: end it, then roll back",
            next_words=("rollback", record.run),
        )
    if campaign.state != "VERIFIED":
        rows = reader.glance("campaign", campaign.id, must_answer=not has_children(record))
        if not rows and not has_children(record):
            raise unshown(campaign.id, record, reader, ("rollback", record.run))
        for row in rows:
            _require_recognized(row, campaign, record, reader)
    was_enabled = campaign.acts.get("enable") == "DONE"
    StatusUpdates(record, client, reader, retry_policy, explain).disable_now(campaign.path)
    own = Journal.peek(record.journal.path.with_name(f"{record.run}{SUFFIX}"))
    enabling = Record.of(own).resource(campaign.path).acts.get("enable")
    if enabling in ("ARMED", "UNKNOWN") or (enabling == "DONE" and not was_enabled):
        raise RunningError(
            f"DISABLE of campaign {campaign.id} was carried out, and ENABLE was sent, or may be sent yet, and is not "
            "confirmed: the campaign may run; end the process that sends the run, if there is one, then roll back",
            next_words=("rollback", record.run),
        )


def _require_recognized(row: Row, campaign: ResourceState, record: Record, reader: Reader) -> None:
    """Raise PersonNeededError if a row of the campaign's id shows another campaign, or does not tell it from another.

    Where nothing was sent below it, and its row differs from what was sent, another look asks for others of its name.
    A name that only resembles the one that was sent is not looked for: it may be another's.
    """
    is_accepted = "campaign_name" in (record.start.get("accept_drift") or ())
    if is_nameless(row):
        is_own = has_children(record) and identify(row, campaign, record, reader)
    elif campaign.names and row["campaign_name"] not in campaign.names and not is_accepted:
        is_own = note_held(row, campaign, record, reader)
    else:
        is_own = identify(row, campaign, record, reader)
    if not is_own:
        raise others_error([row], record, told=alike(record, reader))
    if has_children(record):
        return
    try:
        why = objection(row, record, reader)
    except SubmitError as error:
        why = f"it differs from what was sent, and what tells it from another one cannot be read: {error}"
    if why is not None:
        raise others_error([row], record, why)
