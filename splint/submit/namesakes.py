"""Campaigns that bear a name of the run: whether one may be the run's, by what was sent and how TikTok answered."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress

from splint.schema.vocabulary import NAME_FIELDS
from splint.submit.drift import DRIFT, MONEY, UNCHANGEABLE
from splint.submit.errors import PersonNeededError, StoppedError, SubmitError, UnreadError
from splint.submit.evidence import (
    REPEATED,
    acceptance,
    contradiction,
    has_children,
    is_in_doubt,
    requests_of,
    unasked,
    unlike,
    was_given_up,
)
from splint.submit.lookups import anew, refuse_earlier
from splint.submit.plan import Step
from splint.submit.reading import Reader
from splint.submit.record import CORRECTED, Record
from splint.submit.rivals import refuse_claimed
from splint.submit.rows import Row, by_key, described, ids_of, level_of, listed
from splint.submit.ways import way_back

ELSEWHERE = "a run of another machine or --run-dir did, or a person: ask before you touch it"
"""Whose a campaign of the run's name may be that no journal of the directory has."""
_GIVEN_UP = (
    "the run gave its id up before, as that of another campaign: where it is the run's, delete it by hand, and submit "
    "the bundle with --again REASON"
)


def against(row: Row, record: Record, reader: Reader) -> str:
    """What speaks against a campaign of a name that the run sent being the run's; empty if nothing does.

    Where a request of that name is in doubt, only what nobody can have changed since, that it runs, that the run gave
    its id up before, and that it holds anything though the run sent nothing below its campaign. Where each was refused
    or throttled the run has none, by the answers: then all that is compared, and what stands below it. A duplicate of
    those is no lost answer.
    """
    requests, refused = requests_of(record)
    if row.get("campaign_name") in refused:
        return refused[row["campaign_name"]]
    if is_in_doubt(row.get("campaign_name"), [one for one in requests if not one.is_duplicate]):
        why = unlike(row, record) or (_GIVEN_UP if was_given_up(row, record) else unasked(row, record))
        return why or unsent_below(row, record, reader)
    if why := contradiction(row, record, requests, (*MONEY, *DRIFT)):
        return why
    return _held(row, reader)


def unsent_below(row: Row, record: Record, reader: Reader) -> str:
    """What a campaign holds, where the run sent nothing below its own, by all copies of its journal; else empty."""
    held = "" if has_children(record) else _held(row, reader)
    return "" if held and any(map(has_children, record.beside.copies)) else held


def _held(row: Row, reader: Reader) -> str:
    below = by_key(reader.below(str(row["campaign_id"])))
    held = [each for (level, _), each in below.items() if level != "campaign"]
    if not held:
        return ""
    return f"it holds {listed(held)}, which the run did not send (where the campaign is the run's, empty it first)"


def is_anothers_by_old_name(row: Row, record: Record, reader: Reader) -> bool:
    """Whether a campaign has a name that the run was sent under and has no more, and something speaks against it."""
    name, names = row.get("campaign_name"), record.resource(record.start["campaign"]).names
    return name != record.start["campaign_name"] and name in names and bool(against(row, record, reader))


def spelt_so(record: Record, reader: Reader) -> list[Row]:
    """The campaigns that may be the run's, in doubt or refused, under its name or one as a server may spell that."""
    campaign, start = record.resource(record.start["campaign"]), record.start
    if not campaign.is_in_doubt and campaign.code is None:  # no request arrived
        return []
    rows = reader.similar(start["campaign_name"], start["time"], start.get("stood") or ())
    return [row for row in rows if not is_anothers_by_old_name(row, record, reader)]


def matching(step: Step, ids: Mapping[str, str], record: Record, reader: Reader) -> list[str]:
    """The ids of the objects of the names that a step was sent with that may be the run's.

    Once the campaign was renamed none is of a name of which each request was refused or throttled. Of several campaigns
    those are left out that are others' by what no update changes, if nothing speaks against the rest.
    Raises PersonNeededError where the only one has the campaign's present name and something speaks against it, and
    where one of them may be another run's.
    """
    resource = record.resource(step.path)
    is_repeated, names = resource.sends > 1, resource.names
    if step.parent is not None:
        there = reader.find(step, ids, is_repeated=is_repeated, names=names)
        refuse_earlier(step, record, there)
        return list(there)

    requests, _ = requests_of(record)

    def counts(row: Row) -> bool:
        name = row.get("campaign_name")
        is_sought = name == record.start["campaign_name"] or is_in_doubt(name, requests)
        return is_sought and not is_anothers_by_old_name(row, record, reader)

    left = reader.find(step, ids, is_repeated=is_repeated, names=names, counts=counts)
    if len(left) > 1:
        rest = {own: row for own, row in left.items() if not contradiction(row, record, requests, UNCHANGEABLE)}
        if rest and not any(against(row, record, reader) for row in rest.values()):
            left = rest
    refuse_claimed(list(left.values()), record)
    if len(left) == 1:
        refuse_anothers(next(iter(left.values())), record, reader)
    return list(left)


def refuse_anothers(row: Row, record: Record, reader: Reader) -> None:
    """Raise PersonNeededError if something speaks against a campaign of the run's name being the run's.

    Or if its row shows no status: where it is another's, it may run.
    """
    unshown = "its row shows no status, and it may run" if row.get("operation_status") is None else ""
    if not (why := against(row, record, reader) or unshown):
        return
    if why == unshown:
        enabling = ["--enable"] * record.is_to_enable
        words = record.next_words if record.is_rolled_back else ("resume", record.run, *enabling)
        raise _anothers(
            row,
            why,
            "once its row shows one, the next command tells whether it is the run's; where it never does, look at the "
            "account",
            words,
        )
    if record.resource(record.start["campaign"]).is_in_doubt:
        raise _anothers(
            row,
            why,
            "whether the run's own was created is not known: look at the account; delete or rename by hand what is not "
            "wanted, then go on, or submit the bundle under another name"
            f"{'' if why == REPEATED else acceptance(row, record)}",
            ("runs", record.run),
        )
    if why == REPEATED:
        way = anew(record.resource(record.start["campaign"]), record, is_named=True)
        raise _anothers(row, why, way, renaming_words(record))
    raise _anothers(
        row,
        why,
        "give the run's another name with --bundle, or look at that one and, where nobody needs it so, delete or "
        "rename it by hand, then resume",
        renaming_words(record),
    )


def _anothers(row: Row, why: str, way: str, next_words: tuple[str, ...]) -> PersonNeededError:
    return PersonNeededError(
        f"a campaign named {row['campaign_name']!r} stands ({row['campaign_id']}), and is not taken for the run's: "
        f"{why}; nothing is added to it, and it is not touched; {way}",
        next_words=next_words,
    )


def renaming_words(record: Record) -> tuple[str, ...]:
    """The words of the resume that gives the campaign another name."""
    enabling = ["--enable"] if record.is_to_enable else []
    return "resume", record.run, "--bundle", CORRECTED, *enabling


def unclaimed(step: Step, rows: Sequence[Row], record: Record) -> PersonNeededError:
    """The error for an object that is not sent, as rows under its parent are in no journal, and may be it."""
    campaign = record.resource(record.start["campaign"])
    back, next_words = way_back(record), tuple[str, ...]()
    if step.parent is not None:
        where, needless = f"under campaign {campaign.id}", "delete it by hand where nobody needs it, then resume"
        way = f"{needless}; where it is to stay, take the run back with {back}"
    else:
        where, renamed = "under this advertiser", "where it is the run's, rename it by hand as it was sent, then resume"
        way = f"{renamed}; else rename it otherwise, if nobody minds; or take the run back with {back}, and once "
        way += "what is the run's is deleted by hand, submit the bundle with --again REASON"
        if not campaign.is_in_doubt:
            way, next_words = f"{way}; or give the run's another name with --bundle", renaming_words(record)
    left = [(row, path) for row in rows if (path := _left_out(row, record)) is not None]
    others = [row for row in rows if _left_out(row, record) is None]
    why = [f"{described(row)} stands {where}, and may be {path}, which the bundle leaves out now" for row, path in left]
    if others:
        may_be = ", and may be it" if any(level_of(row) == step.level for row in others) else ""
        why.append(f"what stands {where} is in no journal{may_be}: {listed(others)}")
    return PersonNeededError(
        f"{step.path} ({step.name!r}) is not sent: {'; '.join(why)}; ask whose it is: {way}", next_words=next_words
    )


def _left_out(row: Row, record: Record) -> str | None:
    """The path of what a corrected bundle left out, was sent before, and has the level and name of a row."""
    level, left = level_of(row), [one for one in record.resources.values() if one.is_left_out]
    named = (one.path for one in left if record.level(one.path) == level and row.get(NAME_FIELDS[level]) in one.names)
    return next(named, None)


def namesakes(
    record: Record, reader: Reader, *, is_whole: bool = False, as_shown: bool = False
) -> dict[str, list[Row]]:
    """By each name of the run that campaigns without a journal have, too: their rows, less those that are others'.

    By the list of each name or, with `is_whole`, by that of all campaigns. With `as_shown` a name that the own row
    shows is one of the run's, too.

    Beside the run's own those are others' that it cannot have made too, by what no update changes and when they were
    made: any request may have made one that was throttled or refused by the answer.
    """
    own = record.resource(record.start["campaign"]).id
    requests, names = [one._replace(is_in_doubt=True) for one in requests_of(record)[0]], record.campaign_names
    kept = {*UNCHANGEABLE} - {*(record.start.get("accept_drift") or ())}

    def counts(row: Row) -> bool:
        as_sent = row if row.get("campaign_name") in names else {**row, "campaign_name": record.start["campaign_name"]}
        is_anothers = own is not None and bool(contradiction(as_sent, record, requests, kept))
        return not is_anothers and not is_anothers_by_old_name(row, record, reader)

    return reader.namesakes(names, own, counts, is_whole=is_whole, as_shown=as_shown)


def shared_names(there: Mapping[str, Sequence[Row]], record: Record, reader: Reader) -> list[str]:
    """What to say of campaigns that have a name of the run, by that: its campaign's own name, or an earlier one.

    Where the row of its campaign shows another name, as a person renamed it, both are told.
    """
    own, present = record.resource(record.start["campaign"]).id, record.start["campaign_name"]
    named = f"of campaign {own}" if own is not None else "of the campaign"
    shown = reader.latest.get(own or "", {}).get("campaign_name") or present
    renamed = "" if shown == present else f" (as it was sent; {shown!r} now)"
    return [
        f"the name {named}, {name!r}{renamed if name == present else ''}, is also that of {ids_of(rows)}"
        if name == present or name not in record.campaign_names
        else f"{name!r}, an earlier name of this run, whose campaign is {present!r} now, is that of {ids_of(rows)}"
        for name, rows in there.items()
    ]


def refuse_unknown(unknown: Sequence[Row], own: str, record: Record, reader: Reader, *, is_whole: bool = False) -> None:
    """Raise PersonNeededError for what the campaign holds that no journal has, and for other campaigns of its name."""
    there = namesakes(record, reader, is_whole=is_whole, as_shown=True)
    rows = [row for each in there.values() for row in each]
    refuse_claimed([] if unknown else rows, record)
    if not unknown and not there:
        return
    what = [f"campaign {own} also holds {listed(unknown)}"] if unknown else []
    what += shared_names(there, record, reader)
    stands = ids_of(rows) if rows and not unknown else "them" if len(unknown) + len(rows) > 1 else "it"
    whose = f"the run may have made it twice, or {ELSEWHERE}" if there else "ask whose it is before you touch it"
    raise PersonNeededError(
        f"{'; '.join(what)}, and the journal has no such id: nothing more is sent; {whose}; "
        f"delete {'' if unknown else 'or rename '}{stands}, then resume, or take the run back with {way_back(record)}"
    )


def untold(own: str, reader: Reader) -> UnreadError:
    """The error where the list of all campaigns does not tell whether another one has the name of the run's own."""
    there = "where it stays so, look in Ads Manager for others of its name, and enable it there instead"
    if reader.is_own_listed:
        ids, is_one = ", ".join(reader.nameless), len(reader.nameless) == 1
        return UnreadError(
            f"the list of all campaigns shows no name of {ids}, and that of the name does not show {own}: nobody can "
            f"tell whether {'that one' if is_one else 'one of them'} has the name of {own}, and nothing more is sent; "
            f"give {'it' if is_one else 'each'} a name by which they can be told apart; {there}"
        )
    return UnreadError(
        f"no list of campaigns shows {own}, whose row was read by its id: none tells whether another has its name, and "
        f"nothing more is sent; {there}"
    )


@contextmanager
def earlier_names_told(record: Record, reader: Reader) -> Iterator[None]:
    """Name, in an error that leaves a run without a campaign, the campaigns of its earlier names that may be its own.

    The error is a PersonNeededError then. One that cannot be read is not named.
    """
    try:
        yield
    except (StoppedError, PersonNeededError) as error:
        campaign, there = record.resource(record.start["campaign"]), dict[str, list[Row]]()
        if campaign.id is None and campaign.names - {record.start["campaign_name"]}:
            with suppress(SubmitError):
                there = namesakes(record, reader)
        there.pop(record.start["campaign_name"], None)
        if not there:
            raise
        raise PersonNeededError(
            f"{error}; {'; '.join(shared_names(there, record, reader))}, and no journal here tells of that: the run "
            f"may have made it, or {ELSEWHERE}; where it is the run's, delete it by hand",
            next_words=error.next_words,
            details=error.details,
        ) from error


def refuse_standing(record: Record, reader: Reader, others: Collection[str]) -> None:
    """Raise PersonNeededError if a campaign of the run's name stands before a resume sends it: it may be the run's.

    One of `others`, which other runs made, is not, and the campaign is not made beside it if it was made since: that
    run was begun in its place. Those that stood when the run began with `--again` are wanted twice.
    """
    campaign, name = record.resource(record.start["campaign"]), record.start["campaign_name"]
    made = set(others) - set(record.start.get("others", ()))
    named = [each for each in reader.taken(name) if each in made] if made else []
    if named:
        renaming = "" if campaign.is_in_doubt else ", or give its campaign another name with --bundle"
        raise PersonNeededError(
            f"{campaign.path} ({name!r}) is not sent: the campaign of another run of this directory has "
            f"this name ({', '.join(named)}): roll this run back{renaming}",
            next_words=("rollback", record.run),
        )
    there = {} if campaign.is_in_doubt else reader.namesakes([name], None)
    if there:
        raise PersonNeededError(
            f"a campaign named {name!r} stands already ({ids_of(there[name])}), and may be the "
            "run's, though its journal does not say so: delete or rename it, or give this one another name with "
            "--bundle; nothing was sent now",
            next_words=renaming_words(record),
        )


def refuse_namesakes(record: Record, reader: Reader) -> None:
    """At the end of a rollback, raise PersonNeededError for campaigns of the run's names that no journal has.

    One request may have made two.
    """
    campaign = record.resource(record.start["campaign"])
    for row in reader.campaigns(record.start["campaign_name"]) if campaign.id is None and campaign.names else ():
        refuse_claimed([row], record)
        if why := against(row, record, reader):
            raise _anothers(
                row,
                why,
                "look at it: where it is the run's, delete it by hand, then roll back again; where it is another's, "
                "nothing is known to stand of the run, and submit takes its bundle under another name"
                f"{' and with another request_id, or none' if why == REPEATED else ''}",
                ("runs", record.run),
            )
    if there := namesakes(record, reader, as_shown=True):
        refuse_claimed([row for rows in there.values() for row in rows], record)
        said = shared_names(there, record, reader)
        raise PersonNeededError(
            f"{'; '.join(said)}, and no journal here tells of that: the run may have made it too, "
            f"or {ELSEWHERE}; where it is the run's, delete it, then roll back again; else leave it: nothing else of "
            "the run is known to stand"
        )
