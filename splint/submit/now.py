"""Disables the campaign of a run past another process that holds the lock."""

from splint.submit.client import Client
from splint.submit.errors import PersonNeededError
from splint.submit.journal import NOW, SUFFIX, Journal, journals_now
from splint.submit.mistaken import is_own, refuse_others
from splint.submit.options import RetryPolicy
from splint.submit.reading import Reader
from splint.submit.record import Record
from splint.submit.refused import Explain
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


def disable_now(record: Record, client: Client, retry_policy: RetryPolicy, explain: Explain) -> None:
    """Disable a run's campaign with one request, not read back. Raises SubmitError unless the answer confirms it.

    It is a PersonNeededError where ENABLE may come through after that: by the run's own journal it was or is to be sent
    and is not confirmed, or was confirmed only meanwhile.

    A campaign that was never VERIFIED is looked at once before, without waiting: the request is sent unless a row shows
    another campaign.
    """
    reader = Reader(client, record.start["advertiser_id"], retry_policy)
    campaign = record.resource(record.start["campaign"])
    if campaign.id is None:
        raise PersonNeededError(
            "no id of a campaign is known, so nothing was disabled; another process that sends this run sends nothing "
            "more, and what it sent last may stand: end it, then roll back",
            next_words=("rollback", record.run),
        )
    if campaign.state != "VERIFIED":
        rows = reader.glance("campaign", campaign.id)
        if rows and not any(is_own(row, campaign, record, reader) for row in rows):
            refuse_others({("campaign", campaign.id): rows[0]}, [campaign], record)
    was_enabled = campaign.acts.get("enable") == "DONE"
    StatusUpdates(record, client, reader, retry_policy, explain).disable_now(campaign.path)
    own = Journal.peek(record.journal.path.with_name(f"{record.run}{SUFFIX}"))
    enabling = Record.of(own).resource(campaign.path).acts.get("enable")
    if enabling in ("ARMED", "UNKNOWN") or (enabling == "DONE" and not was_enabled):
        raise PersonNeededError(
            f"DISABLE of campaign {campaign.id} was carried out, and ENABLE was sent, or may be sent yet, and is not "
            "confirmed: the campaign may run; end the process that sends the run, if there is one, then roll back",
            next_words=("rollback", record.run),
        )
