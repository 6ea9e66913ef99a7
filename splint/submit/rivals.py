"""Campaigns that another run of the directory may have made as well: they are taken for those of neither."""

from collections.abc import Sequence

from splint.submit.access import is_same_host
from splint.submit.commands import command
from splint.submit.drift import UNCHANGEABLE
from splint.submit.errors import PersonNeededError
from splint.submit.evidence import (
    Request,
    contradiction,
    is_in_doubt,
    kept_campaigns,
    requests_of,
    unasked,
)
from splint.submit.record import Record
from splint.submit.rows import Row, ids_of


def began(record: Record) -> tuple[str, str]:
    """The key that sorts runs by when they began, by the first line that is intact."""
    events = record.journal.events
    return events[0].time if events else "", record.run


def is_rival(other: Record, run: Record) -> bool:
    """Whether another run sent a campaign to the account of a run, has no id of it, and it may have been created.

    Where a line of its journal is damaged, as far as the others tell; where it has none, by the bundles beside it.
    """
    if other.is_lost:
        kept = [advertiser for advertiser, _ in kept_campaigns(other)]
        return not kept or run.start["advertiser_id"] in kept
    campaign, start = other.campaign, other.start
    if campaign is None or campaign.id is not None or not (campaign.is_in_doubt or campaign.is_created):
        return False
    is_same = start.get("advertiser_id") in (None, run.start["advertiser_id"])
    return is_same and ("origin" not in start or is_same_host(start["origin"], run.start["origin"]))


def claimants(rows: Sequence[Row], record: Record) -> list[Record]:
    """The rivals of a run that may have made a campaign of one of these rows, and have not given it up."""
    rivals = record.beside.rivals if rows else ()
    return [one for one in rivals if _claims(one, rows, record, is_rollback=record.is_rolled_back)]


def _claims(other: Record, rows: Sequence[Row], run: Record, *, is_rollback: bool) -> bool:
    """Whether a run keeps another one from taking one of these rows, in its resume or in its rollback.

    A run that is rolled back has given up what a resume finds; for a rollback only where it was rolled back before.
    Where the other one has its own campaign it takes no second one: then only the end of the rollback gives it up.
    """
    if not is_rival(other, run) or not any(_may_have_made(row, other) for row in rows):
        return False
    if run.campaign is not None and run.campaign.id is not None:  # whose rollback is unfinished, may yet take one
        return not other.is_finished
    return not other.is_rolled_back or (is_rollback and not _gave_up_before(other, run, rows))


def _gave_up_before(other: Record, run: Record, rows: Sequence[Row]) -> bool:
    """Whether a run was rolled back before another one first sent the name of these rows, or began if it did not."""
    names = {None, *(row.get("campaign_name") for row in rows)}
    first = min((one.time for one in requests_of(run)[0] if one.name in names), default=began(run)[0])
    return other.given_up_at is not None and other.given_up_at < first


def _may_have_made(row: Row, rival: Record) -> bool:
    requests = _requests(rival)
    is_sent = is_in_doubt(row.get("campaign_name"), requests)
    return is_sent and not contradiction(row, rival, requests, UNCHANGEABLE) and not unasked(row, rival)


def _requests(rival: Record) -> list[Request]:
    """The requests of a run's campaign, also where their lines are damaged or, in older journals, without a name.

    They have the names that the run was to send then, by the lines that tell that, or any.
    """
    requests, events = requests_of(rival)[0], rival.journal.events
    if rival.is_lost:
        kept = {name for _, name in kept_campaigns(rival)}
        return [Request(name, None, "") for name in kept or (None,)]
    if rival.journal.damaged:  # a later line may be one of those
        requests = [
            one._replace(time=events[-1].time, is_in_doubt=True) for one in requests or [Request(None, None, "")]
        ]
    if any(one.name is not None for one in requests):
        return requests
    names = {each.fields.get("campaign_name") for each in events if each.name in ("START", "BUNDLE")}
    if rival.journal.damaged > 1 or not names:  # the name may be in a damaged line
        names = {None}
    return [one._replace(name=name) for one in requests for name in names]


def refuse_claimed(rows: Sequence[Row], record: Record) -> None:
    """Raise PersonNeededError if another run may have made a campaign of these rows, which have names of the run."""
    if rivals := claimants(rows, record):
        way, next_words = _way_on(rows, rivals, record)
        runs, is_one = ", ".join(f"run {one.run}" for one in rivals), len(rows) == 1
        raise PersonNeededError(
            f"{ids_of(rows)} {'has' if is_one else 'have'} the name {rows[0]['campaign_name']!r}, and may be the "
            f"campaign{'' if is_one else 's'} of {runs}: nobody knows what became of "
            f"{'its request' if len(rivals) == 1 else 'the request of each'}; nothing is "
            "added to it, and it is not touched; it may also be that of another machine or a person: ask whose it is "
            f"before you touch it; {way}",
            next_words=next_words,
        )


def _way_on(rows: Sequence[Row], rivals: Sequence[Record], record: Record) -> tuple[str, tuple[str, ...]]:
    """What ends the doubt between a run and its rivals, in words, and the words of the command to call next.

    That is never one that deletes, as what stands may be another's, nor, after a rollback, a resume, which may enable
    what it takes. Where no run alone can take the campaign the earliest is to be rolled back: the later one was begun
    in its place.
    """
    here = ("runs", record.run)
    if broken := [one for one in rivals if one.journal.damaged or one.is_lost]:
        run, state = broken[-1].run, "damaged" if broken[-1].journal.damaged else broken[-1].journal.loss
        tells = f"{command(record.journal.directory, 'runs', run)} tells"
        way = (
            f"a journal of run {run} is {state}, as {tells}: to restore it from a copy, or to move what is there of it"
        )
        return f"{way} elsewhere with its bundle, ends the doubt about it; or delete the campaign by hand", here
    contenders = [*rivals, record]
    for one in reversed(rivals):
        if ways := _ways(one, rows, contenders):
            way = ", or ".join((*ways, "delete it by hand"))
            is_named = (one.is_rolled_back or not record.is_rolled_back) and "--delete" not in one.next_words
            return f"{_own(record, rows)}{way}", one.next_words if is_named else ("runs", one.run)
    is_part = _may_take(record, rows)
    left = [one for one in contenders if not one.is_rolled_back and (is_part or one is not record)]
    if not left:
        return "each is rolled back, and nothing was added to it: delete it by hand", here
    first, *later = sorted(left, key=began)
    last = later[-1] if later else first
    resume = command(record.journal.directory, "resume", last.run)
    way = f"roll run {first.run} back, then let run {last.run} take it with {resume}; or delete it by hand"
    return way, ("rollback", first.run)


def _ways(one: Record, rows: Sequence[Row], contenders: Sequence[Record]) -> list[str]:
    """In words, the commands by which a run takes one of these rows, as no other run then claims it."""

    def is_free(*, is_rollback: bool) -> bool:
        others = (other for other in contenders if other is not one)
        return not any(_claims(other, rows, one, is_rollback=is_rollback) for other in others)

    can_resume, run, directory = not one.is_rolled_back and is_free(is_rollback=False), one.run, one.journal.directory
    ways = [f"let run {run} take it with {command(directory, 'resume', run)}"] if can_resume else []
    back = one.next_words if one.is_rolled_back else ("rollback", run)
    return ways + ([f"take it back with {command(directory, *back)}"] if is_free(is_rollback=True) else [])


def _may_take(record: Record, rows: Sequence[Row]) -> bool:
    """Whether a run has no campaign yet, and a request of it that may have made one of these rows."""
    requests = requests_of(record)[0]
    is_known = record.campaign is not None and record.campaign.id is not None
    return not is_known and any(is_in_doubt(row.get("campaign_name"), requests) for row in rows)


def _own(record: Record, rows: Sequence[Row]) -> str:
    """What is to be said of a run itself where its rival can take the campaign."""
    campaign = record.resource(record.start["campaign"])
    if campaign.id is not None:
        state = "deleted" if campaign.acts.get("delete") == "DONE" else "disabled"
        return f"this run's own campaign is {state}; " if record.is_rolled_back and campaign.is_off else ""
    if _may_take(record, rows):
        return ""
    renaming = "" if campaign.is_in_doubt else ", or give its campaign another name with --bundle"
    way = "" if record.is_rolled_back else f": roll it back{renaming}"
    return f"by the answers no request of this run made it{way}; "
