"""Lookups by name that stop a run: no object is found, several are, or the campaign's name is taken."""

from collections.abc import Sequence

from splint.submit.commands import command
from splint.submit.errors import PersonNeededError, RefusedError
from splint.submit.evidence import REPEATED
from splint.submit.plan import GUARDED, Step
from splint.submit.reading import Reader
from splint.submit.record import Record, ResourceState


def absent(step: Step, record: Record) -> PersonNeededError:
    """The error for an object that was sent and is not found.

    Once an earlier command did not find it either, the next command takes the run back: a resume would end here again.
    One whose request_id is refused as used is sent with another one by a new run only.
    """
    resource, next_words = record.resource(step.path), tuple[str, ...]()
    directory = record.journal.directory
    why, way = f" ({resource.why})" if resource.why else "", ""
    if resource.is_used and step.level in GUARDED:
        rollback = ("rollback", record.run, "--delete")
        way = (
            f"; where its request_id is refused as used again: {command(directory, *rollback)}, take request_id out of "
            "the bundle, if it is written there, then splint submit it with --again REASON, which sends a new one"
        )
        next_words = rollback if resource.sends > 1 else ()
    looks = 0
    for event in record.journal.events:
        if event.fields.get("object") == step.path and event.name in ("ARMED", "ABSENT"):
            looks = looks + 1 if event.name == "ABSENT" else 0
    if looks > 1 and not next_words:
        way += f"; or take the run back with {command(directory, 'rollback', record.run)}"
        next_words = ("rollback", record.run)
    return PersonNeededError(
        f"{step.path} ({step.name!r}) was sent, and cannot be found{why}: it may still turn up; look for it, then "
        f"resume, with --resend-absent to send it again, and with --bundle FIXED too if it has to be another{way}",
        next_words=next_words,
    )


def duplicate(step: Step, record: Record, there: Sequence[str]) -> PersonNeededError:
    """The error for an object of which another run sent a request_id: what has its name is not taken for the run's."""
    resource = record.resource(step.path)
    shown = f"{', '.join(there)} has its name, and is not taken for the run's" if there else "none of its name is shown"
    way = anew(resource, record, is_named=bool(there))
    next_words = ("rollback", record.run) if there else ()
    if resource.is_in_doubt:
        way = "whether its own was created is not known: delete or rename by hand what is not wanted, then go on"
        next_words = ("runs", record.run)
    return PersonNeededError(f"{step.path} ({step.name!r}): {REPEATED}; {shown}; {way}", next_words=next_words)


def anew(resource: ResourceState, record: Record, *, is_named: bool) -> str:
    """What a message says of how a run goes on whose request_id another one sent before; `is_named` if its name stands.

    Where a journal of the directory has that request_id, its run is named.
    """
    what = "another name, and another request_id or none" if is_named else "another request_id or none"
    fixed = f"--bundle FIXED, in which {resource.path} has {what}"
    runs = (run for own in resource.repeated if (run := record.beside.request_ids.get(own)) is not None)
    if (run := next(runs, None)) is not None:
        return f"run {run} of this directory sent that request_id: resume this one with {fixed}"
    back = command(record.journal.directory, "rollback", record.run)
    return (
        "where another run or machine sends this bundle, let that one go on, and take this one back with "
        f"{back}; else resume it with {fixed}"
    )


def ambiguous(step: Step, matches: list[str]) -> PersonNeededError:
    """The error for several objects of the name of a step."""
    return PersonNeededError(
        f"{step.path}: {len(matches)} {step.level}s are named {step.name!r}: {', '.join(matches)}; "
        "ask whose each is before you touch it, and delete what is not wanted, then go on"
    )


def refuse_taken(reader: Reader, campaign: Step) -> list[str]:
    """Raise RefusedError if a campaign of this name exists: objects are identified by their names.

    Returns the ids of the others that the look for it showed.
    """
    there, others = reader.ids_named(campaign.name)
    if there:
        raise RefusedError(
            f"a campaign named {campaign.name!r} stands already ({', '.join(there)}): nothing was sent; "
            "give this one another name"
        )
    return others
