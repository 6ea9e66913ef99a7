"""Campaigns that bear a name of the run: whether one may be the run's, by what was sent and how TikTok answered."""

from collections.abc import Mapping
from typing import Any

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


def against(row: Row, record: Record, reader: Reader) -> str:
    """What speaks against a campaign of a name that the run sent being the run's; empty if nothing does.

    Where it is not known whether the run's was created, only what nobody can have changed since. Where each request
    was refused or throttled the run has none, by the answers: then all that is compared, and what stands below it.
    """
    sent, refused = _requests(record)
    if row.get("campaign_name") in refused:
        return "TikTok refused the run's because a campaign of this name stood already"
    if is_older(row, record.start["time"]):
        return f"it was created at {row['create_time']}, before the run began"
    campaign = record.resource(record.start["campaign"])
    fields = UNCHANGEABLE if campaign.is_in_doubt else (*MONEY, *DRIFT)
    found = [
        [one for one in compared(campaign.path, body, row) if one.weight != "note" and one.field in fields]
        for name, body in sent
        if name in (None, row.get("campaign_name"))
    ]
    least = min(found, key=len, default=[])
    if least or campaign.is_in_doubt:
        return "; ".join(map(str, least))
    held = [each for (level, _), each in by_key(reader.below(str(row["campaign_id"]))).items() if level != "campaign"]
    return f"it holds {listed(held)}" if held else ""


def _requests(record: Record) -> tuple[list[tuple[str | None, Mapping[str, Any]]], set[str]]:
    """The name and the kept fields of each request that was to create the campaign and may have arrived.

    And the names of which the answer to the last one, with none in doubt before it, said that they are taken.
    """
    sent: list[tuple[str | None, Mapping[str, Any]]] = []
    refused: set[str] = set()
    in_doubt, path = 0, record.start["campaign"]
    for event in record.journal.events:
        fields = event.fields
        if fields.get("object") != path or "action" in fields:
            continue
        if event.name == "ARMED":
            sent.append((fields.get("name"), fields.get("sent", {})))
            refused.discard(fields.get("name", ""))  # none of it was listed any more
            in_doubt += 1
        elif event.name in ("NOT_SENT", "REJECTED", "UNKNOWN") and sent:
            name, message = sent[-1][0], str((fields.get("answer") or {}).get("message", ""))
            if in_doubt == 1 and name is not None and _says_taken(message):
                refused.add(name)
            if event.name == "NOT_SENT" and fields.get("code") is None:
                sent.pop()  # no connection stood
            in_doubt -= event.name == "NOT_SENT" or (event.name == "REJECTED" and fields.get("code") is not None)
    return sent, refused


def _says_taken(message: str) -> bool:
    from splint.refusals.forms import says  # only a refusal needs it

    return says(message, "stands twice") and "name" in message.lower()


def is_given_up(row: Row, record: Record, reader: Reader) -> bool:
    """Whether a campaign has a name that the run was refused under and has no more, and something speaks against it."""
    name, names = row.get("campaign_name"), record.resource(record.start["campaign"]).names
    return name != record.start["campaign_name"] and name in names and bool(against(row, record, reader))


def may_be_own(found: Mapping[str, Row], record: Record, reader: Reader) -> list[str]:
    """The ids of those campaigns found by the names of the run that may be the run's.

    Raises PersonNeededError where the only one has its present name and something speaks against it.
    """
    left = {own: row for own, row in found.items() if not is_given_up(row, record, reader)}
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
