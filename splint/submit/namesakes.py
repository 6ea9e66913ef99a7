"""Campaigns that bear a name of the run: whether one may be the run's, by what was sent and how TikTok answered."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from splint.submit.drift import DRIFT, MONEY, compared
from splint.submit.errors import PersonNeededError
from splint.submit.plan import Step
from splint.submit.reading import Reader, Row, by_key, is_older, listed
from splint.submit.record import CORRECTED, Record

UNCHANGEABLE = ("objective_type", "budget_mode", "budget_optimize_on")
"""The fields of a campaign that no update changes."""


def kept_fields(step: Step) -> dict[str, Any]:
    """What the journal keeps of a campaign's body: the fields that are compared with rows."""
    return {field: step.body[field] for field in (*MONEY, *DRIFT) if field in step.body}


class _Request(NamedTuple):
    """A request that was to create the campaign and may have arrived."""

    name: str | None
    """The campaign's name; None in older journals, where it may be any."""
    sent: Mapping[str, Any] | None
    """The kept fields of its body; None in older journals."""
    is_in_doubt: bool = True
    """Whether no answer says that it was not carried out."""


def against(row: Row, record: Record, reader: Reader) -> str:
    """What speaks against a campaign of a name that the run sent being the run's; empty if nothing does.

    Where a request of that name is in doubt, only what nobody can have changed since. Where each was refused or
    throttled the run has none, by the answers: then all that is compared, and what stands below it.
    """
    requests, refused = _requests(record)
    if row.get("campaign_name") in refused:
        return "TikTok refused the run's because a campaign of this name stood already"
    if _is_in_doubt(row.get("campaign_name"), requests):
        return _contradiction(row, record, requests, UNCHANGEABLE)
    if why := _contradiction(row, record, requests, (*MONEY, *DRIFT)):
        return why
    held = [each for (level, _), each in by_key(reader.below(str(row["campaign_id"]))).items() if level != "campaign"]
    return f"it holds {listed(held)}" if held else ""


def _contradiction(row: Row, record: Record, requests: Sequence[_Request], fields: Collection[str]) -> str:
    """The fields in which a row differs from what was sent under its name, or that it is older than the run.

    A request of which the journal does not hold what was sent is not compared.
    """
    if is_older(row, record.start["time"]):
        return f"it was created at {row['create_time']}, before the run began"
    differing = [
        [one for one in compared(record.start["campaign"], sent, row) if one.weight != "note" and one.field in fields]
        if sent is not None
        else []
        for name, sent, _ in requests
        if name in (None, row.get("campaign_name"))
    ]
    least = min(differing, key=len, default=[])
    return "; ".join(map(str, least))


def _is_in_doubt(name: str | None, requests: Sequence[_Request]) -> bool:
    """Whether a request under a name may have created the campaign, by the answers."""
    return any(one.is_in_doubt for one in requests if one.name in (None, name))


def _requests(record: Record) -> tuple[list[_Request], set[str]]:
    """Each request that was to create the campaign and may have arrived.

    And the names of which the answer to the last one, with none in doubt before it, said that they are taken.
    """
    requests: list[_Request] = []
    refused: set[str] = set()
    for event in record.journal.events:
        fields = event.fields
        if fields.get("object") != record.start["campaign"] or "action" in fields:
            continue
        if event.name == "ARMED":
            requests.append(_Request(fields.get("name"), fields.get("sent")))
            refused.discard(fields.get("name", ""))  # none of it was listed any more
        elif event.name in ("NOT_SENT", "REJECTED", "UNKNOWN") and requests:
            last, message = requests[-1], str((fields.get("answer") or {}).get("message", ""))
            if sum(one.is_in_doubt for one in requests) == 1 and last.name is not None and _says_taken(message):
                refused.add(last.name)
            if event.name == "NOT_SENT" and fields.get("code") is None:
                requests.pop()  # no connection stood
            elif event.name in ("NOT_SENT", "REJECTED") and fields.get("code") is not None:
                requests[-1] = last._replace(is_in_doubt=False)
    return requests, refused


def _says_taken(message: str) -> bool:
    from splint.refusals.forms import says  # only a refusal needs it

    return says(message, "stands twice") and "name" in message.lower()


def is_given_up(row: Row, record: Record, reader: Reader) -> bool:
    """Whether a campaign has a name that the run was sent under and has no more, and something speaks against it."""
    name, names = row.get("campaign_name"), record.resource(record.start["campaign"]).names
    return name != record.start["campaign_name"] and name in names and bool(against(row, record, reader))


def matching(step: Step, ids: Mapping[str, str], record: Record, reader: Reader) -> list[str]:
    """The ids of the objects of the names that a step was sent with that may be the run's.

    Once the campaign was renamed none is of a name of which each request was refused or throttled. Of several campaigns
    those are left out that are others' by what no update changes, if nothing speaks against the rest.
    Raises PersonNeededError where the only one has the campaign's present name and something speaks against it.
    """
    resource = record.resource(step.path)
    is_repeated, names = resource.sends > 1, resource.names
    if step.parent is not None:
        return list(reader.find(step, ids, is_repeated=is_repeated, names=names))

    requests, _ = _requests(record)

    def counts(row: Row) -> bool:
        name = row.get("campaign_name")
        is_sought = name == record.start["campaign_name"] or _is_in_doubt(name, requests)
        return is_sought and not is_given_up(row, record, reader)

    left = reader.find(step, ids, is_repeated=is_repeated, names=names, counts=counts)
    if len(left) > 1:
        rest = {own: row for own, row in left.items() if not _contradiction(row, record, requests, UNCHANGEABLE)}
        if rest and not any(against(row, record, reader) for row in rest.values()):
            left = rest
    if len(left) == 1:
        refuse_anothers(next(iter(left.values())), record, reader)
    return list(left)


def refuse_anothers(row: Row, record: Record, reader: Reader) -> None:
    """Raise PersonNeededError if something speaks against a campaign of the run's name being the run's."""
    if not (why := against(row, record, reader)):
        return
    if record.resource(record.start["campaign"]).is_in_doubt:
        raise _anothers(
            row,
            why,
            "whether the run's own was created is not known: look at the account; delete or rename by hand what is "
            "not wanted, then go on, or submit the bundle under another name",
            ("runs", record.run),
        )
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


def namesakes(record: Record, reader: Reader) -> dict[str, str]:
    """By each name of the run that campaigns without a journal have, too: their ids, less those that are given up."""
    own = record.resource(record.start["campaign"]).id
    return reader.namesakes(record.campaign_names, own, lambda row: not is_given_up(row, record, reader))


def refuse_namesakes(record: Record, reader: Reader) -> None:
    """At the end of a rollback, raise PersonNeededError for campaigns of the run's names that no journal has.

    One request may have made two.
    """
    campaign = record.resource(record.start["campaign"])
    for row in reader.campaigns(record.start["campaign_name"]) if campaign.id is None and campaign.names else ():
        if why := against(row, record, reader):
            raise _anothers(
                row,
                why,
                "look at it: where it is another's, nothing is known to stand of the run, and submit takes its bundle "
                "under another name",
                ("runs", record.run),
            )
    if there := namesakes(record, reader):
        what = (f"the name of the campaign, {name!r}, is also that of {ids}" for name, ids in there.items())
        raise PersonNeededError(
            f"{'; '.join(what)}, and no journal here tells of that: "
            "the run may have made it too; delete or rename it, then roll back again"
        )
