"""Earlier runs of a plan's campaign: which may have begun it, and the refusal to create it once more."""

from contextlib import suppress

from splint.schema.vocabulary import is_deleted
from splint.submit.access import is_same_host
from splint.submit.commands import command
from splint.submit.errors import RefusedError, SubmitError
from splint.submit.evidence import kept_campaigns
from splint.submit.journal import kept_bundle
from splint.submit.limits import hashes
from splint.submit.plan import Plan
from splint.submit.reading import Reader
from splint.submit.record import Record
from splint.submit.rows import Row
from splint.submit.statuses import shows_enable


def kept_names(record: Record) -> list[str]:
    """The names of the campaigns in the kept bundles of a run."""
    return sorted({name for _, name in kept_campaigns(record)})


def lost(record: Record) -> str:
    """What is to be said of a run whose journal is gone, or has no whole line, beside a kept bundle."""
    path, names = kept_bundle(record.journal.path.parent, record.run), kept_names(record)
    named = f"campaign {' or '.join(map(repr, names))}" if names else "its campaign"
    own, files = record.journal, "that file" if record.journal.is_gone else "both files"
    return (
        f"run {record.run}: its journal is {own.loss}, and {path.name} lies beside it: nobody knows what was sent, "
        f"as a run that was stopped before its first request leaves the same; look for {named} in the account, then "
        f"restore the journal from a copy, or, where nothing stands, move {files} elsewhere and submit the bundle anew"
    )


def is_of_campaign(record: Record, plan: Plan) -> bool:
    """Whether a run sent, or is to send, the campaign of a plan, by advertiser and name."""
    return plan.advertiser_id == record.start.get("advertiser_id") and plan.campaign.name in record.campaign_names


def may_have_begun(record: Record, plan: Plan) -> bool:
    """Whether a run began to create the campaign of a plan, or may have, and did not delete it."""
    if record.is_lost:
        kept = list(kept_campaigns(record))
        return not kept or (plan.advertiser_id, plan.campaign.name) in kept
    is_same = is_of_campaign(record, plan) and is_same_host(plan.origin, record.start["origin"])
    return is_same and record.is_begun and not _is_undone(record)


def _is_undone(record: Record) -> bool:
    """Whether a run is rolled back and the journal says that its campaign is deleted, or was never created."""
    campaign = record.resource(record.start["campaign"])
    is_off = record.outcome == "deleted" or (record.outcome == "disabled" and not campaign.is_created)
    return is_off and not campaign.is_in_doubt


def _status(row: Row, record: Record) -> str:
    """What the row of a run's campaign says of its status, and without one what the journal does."""
    if (status := row.get("operation_status")) is not None:
        return f"is {status}"
    return f"shows no status{', and the run had enabled it' * record.has_enabled}"


def read_told(records: list[Record], reader: Reader) -> None:
    """Read the ad groups of which runs were told that they may spend more, where they can be read."""
    for record in records:
        told = {one.path for one in record.allowed.told if record.campaign is None or one.path != record.campaign.path}
        with suppress(SubmitError):
            if groups := record.ids(told):
                reader.of_ids("adgroup", [*groups.values()], deleted=True)


def refuse_again(
    earlier: list[Record], plan: Plan, reader: Reader, reading: Record, resumed: str | None = None
) -> None:
    """Raise RefusedError if an earlier run began a plan's campaign: by the journals, whatever a row shows.

    `reading` is the run that the command is on; `resumed` names it if it is resumed: it sent nothing yet, and a resume
    takes no `--again`.
    """
    again = "say with --again REASON why the campaign is wanted once more"
    if resumed is not None:
        again = f"roll run {resumed} back, of which nothing stands, and submit its bundle with --again REASON"
    for record in earlier:
        record.show(reading)
        if record.is_lost:
            raise RefusedError(
                f"{lost(record)}; it counts for every host, as the kept bundle names none; or {again}, which "
                "sends it where no campaign of its name stands; nothing was sent anew"
            )
        own = record.resource(record.start["campaign"]).id
        try:
            row = reader.campaign(own, deleted=True) if own is not None else None
            shown = "nobody knows whether it stands" if own is None else f"{own} is not shown now"
            shown = shown if row is None else f"{own} {_status(row, record)}"
            shown = f"{own} is deleted" if row is not None and is_deleted(row) else shown
        except SubmitError as error:
            row, shown = None, f"{own} cannot be read now ({error})"
        present, shown_name = record.start["campaign_name"], None if row is None else row.get("campaign_name")
        is_earlier = own is not None and plan.campaign.name not in (present, shown_name)
        is_unasked = row is not None and shows_enable(row) and not record.is_to_run  # told first, with its way back
        if record.is_finished and is_earlier:
            raise RefusedError(
                f"run {record.run} sent the name {plan.campaign.name!r}, and by the answers nothing was created under "
                f"it; its campaign is called {shown_name or present!r} since its bundle was corrected, and {shown}: "
                f"nothing was sent anew; {again}"
            )
        if record.is_finished:
            is_paused = row is not None and row.get("operation_status") == "DISABLE"
            did = "sent" if own is None else "made"
            plan = plan._replace(origin=record.start["origin"])  # it may be another name of the same host
            is_same = record.start["plan"] in hashes(plan, record.start.get("currency"))
            can_enable = is_same and is_paused and record.outcome == "paused" and not record.start["is_paused"]
            back = f"take it back with {command(record.journal.directory, 'rollback', record.run, '--delete')}, or "
            raise RefusedError(
                f"run {record.run} {did} this campaign already{'' if is_same else ', by another plan'}, and {shown}: "
                "nothing was sent anew; "
                f"{'enable it, ' if can_enable else ''}{'' if is_unasked else back}{again}",
                next_words=("resume", record.run, "--enable") if can_enable else (),
            )
        which = (
            " of this campaign" if plan.campaign.name == present else f", which sent the name {plan.campaign.name!r},"
        )
        run, next_words = f"run {record.run}{which}", record.next_words
        how, what = (f"{run} stopped on the way", "" if is_unasked else "go on with it, or ")
        if record.exceeding:
            what = "take it back, or "
        elif record.allowed.told and row is not None and not is_deleted(row) and not record.is_rolled_back:
            how = f"{how}, and {shown}{'' if record.excess else ' and shows no more what may spend more'}"
        elif row is not None and shows_enable(row):
            how = f"{how}, and {own} shows ENABLE"
        if record.is_rolled_back:
            how, what = (f"the rollback of {run} is unfinished", "finish that, or ")
        elif row is not None and is_deleted(row):
            how, what, next_words = (f"{how}, and {shown}", "roll it back, or ", ("rollback", record.run))
        raise RefusedError(
            f"{how}: nothing was sent anew; {what}{again}",
            next_words=next_words,
        )
