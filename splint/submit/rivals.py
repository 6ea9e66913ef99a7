"""Campaigns that another run of the directory may have made as well: they are taken for those of neither."""

from collections.abc import Sequence

from splint.submit.access import is_same_host
from splint.submit.errors import PersonNeededError
from splint.submit.evidence import UNCHANGEABLE, contradiction, is_in_doubt, requests_of, unasked
from splint.submit.reading import Row, ids_of
from splint.submit.record import Record


def began(record: Record) -> tuple[str, str]:
    """The key that sorts runs by when they began."""
    return record.start.get("time", ""), record.run


def is_rival(other: Record, run: Record) -> bool:
    """Whether another run sent a campaign to the account of a run, has no id of it, and it may have been created.

    Where a line of its journal is damaged, as far as the others tell.
    """
    campaign, start = other.campaign, other.start
    if campaign is None or campaign.id is not None or not (campaign.is_in_doubt or campaign.is_created):
        return False
    is_same = start.get("advertiser_id") in (None, run.start["advertiser_id"])
    return is_same and ("origin" not in start or is_same_host(start["origin"], run.start["origin"]))


def claimants(rows: Sequence[Row], record: Record) -> list[Record]:
    """The rivals of a run that may have made a campaign of one of these rows."""
    return [rival for rival in record.rivals if any(_may_have_made(row, rival) for row in rows)]


def _may_have_made(row: Row, rival: Record) -> bool:
    requests, _ = requests_of(rival)
    is_sent = not requests or is_in_doubt(row.get("campaign_name"), requests)
    return is_sent and not contradiction(row, rival, requests, UNCHANGEABLE) and not unasked(row, rival)


def refuse_claimed(rows: Sequence[Row], record: Record) -> None:
    """Raise PersonNeededError if another run may have made a campaign of these rows, which have names of the run."""
    if rivals := claimants(rows, record):
        way, next_words = _way_on(rivals, record)
        runs, is_one = ", ".join(f"run {one.run}" for one in rivals), len(rows) == 1
        raise PersonNeededError(
            f"{ids_of(rows)} {'has' if is_one else 'have'} the name {rows[0]['campaign_name']!r}, and may be the "
            f"campaign{'' if is_one else 's'} of {runs}: nobody knows what became of the request of each; nothing is "
            f"added to it, and it is not touched; {way}",
            next_words=next_words,
        )


def _way_on(rivals: Sequence[Record], record: Record) -> tuple[str, tuple[str, ...]]:
    """What ends the doubt between a run and its rivals, in words, and the words of the command to call next.

    The earliest of them is to be rolled back: the later one was begun in its place.
    """
    is_known = record.resource(record.start["campaign"]).id is not None
    if is_known or record.is_rolled_back:
        left = [one for one in rivals if is_known or not one.is_rolled_back]
        if not left:
            return "each is rolled back, and nothing was added to it: delete it by hand", ("runs", record.run)
        last = left[-1]
        way = f"let run {last.run} take it with splint {last.next_words[0]} {last.run}, or delete it by hand"
        if is_known or began(last) > began(record):
            return way, last.next_words
        return way, ("runs", last.run)  # a rollback, and the earlier run might enable it
    first, *later = sorted([record, *rivals], key=began)
    how = f"roll run {first.run} back, then let run {later[-1].run} take it with splint resume {later[-1].run}"
    return f"{how}; or delete it by hand", ("rollback", first.run)
