"""Lookups by name that stop a run: no object is found, several are, or the campaign's name is taken."""

from collections.abc import Iterator, Mapping

from splint.submit.commands import command
from splint.submit.errors import PersonNeededError, RefusedError
from splint.submit.evidence import REPEATED
from splint.submit.plan import GUARDED, REQUEST_ID, Plan, Step
from splint.submit.reading import Reader
from splint.submit.record import Record
from splint.submit.resource import ResourceState
from splint.submit.rows import Row, is_older, listed


def search(step: Step, resource: ResourceState) -> str:
    """What is said of the look for an object that was sent: why, by the answer, and what was sent in its place."""
    why = resource.why or "its answer never came"
    if step.digest != resource.digest:
        why = f"before the bundle was corrected, {step.path} was sent as {resource.name!r}: {why}"
    return f"looking for {step.level} {step.name!r}: {why}"


def given_ids(resource: ResourceState, record: Record) -> list[str]:
    """What the journal says of ids that answers gave for an object and that are given up: each with the name it shows.

    A server may spell the name of what the run made so.
    """
    own, told = "", dict[str, str]()
    for event in record.journal.events:
        fields = event.fields
        if fields.get("object") != resource.path or "action" in fields:
            continue
        if event.name == "CREATED" and not fields.get("registered"):
            own = str(fields["id"])
        elif event.name == "UNKNOWN" and own and own in str(fields.get("why")):
            told[own] = str(fields["why"])
    return list(told.values())


def absent(step: Step, record: Record) -> PersonNeededError:
    """The error for an object that was sent and is not found.

    Once an earlier command did not find it either, the next command takes the run back: a resume would end here again.
    One whose request_id is refused as used is sent with another one by a new run only.
    """
    resource, next_words = record.resource(step.path), tuple[str, ...]()
    directory = record.journal.directory
    why, way, given = f" ({resource.why})" if resource.why else "", "", given_ids(resource, record)
    if given:
        why = ""
        way = f"; {'; '.join(given)}: where that is the run's, delete it by hand before it is sent again"
    if resource.is_used and step.level in GUARDED:
        rollback = ("rollback", record.run, "--delete")
        way += (
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
        "resume, with --resend-absent to send it again, and with --bundle FIXED too, under the same name, if anything "
        f"else of it has to be another{way}",
        next_words=next_words,
    )


def duplicate(step: Step, record: Record) -> PersonNeededError:
    """The error for an object whose request_id was used before the run sent it, where none of its name is shown."""
    resource = record.resource(step.path)
    shown = "none of its name is shown" + (" that no other run made" if _sender(resource, record) else "")
    way = anew(resource, record, is_named=False)
    return PersonNeededError(f"{step.path} ({step.name!r}): {REPEATED}; {shown}; {way}")


def used_before(plan: Plan, record: Record) -> Iterator[str]:
    """What to say, in lines, of request_ids in the bundle that are to be sent and that another run sent before."""
    written = {step.path: str(step.body["request_id"]) for step in plan.steps if "request_id" in step.body}
    written = {path: own for path, own in written.items() if own != REQUEST_ID}
    sent = record.look_beside().request_ids if written else {}
    for path, own in written.items():
        if own in sent and (path not in record.resources or record.resources[path].state == "PLANNED"):
            run = sent[own].copy_of or sent[own].run
            yield (
                f"note: {path} has the request_id {own}, which run {run} of this directory sent: TikTok may refuse it "
                "as a duplicate; another one in the bundle, or none, is a request of its own"
            )


def _sender(resource: ResourceState, record: Record) -> Record | None:
    """The run of the directory that sent a request_id of an object that was refused as used; None if there is none."""
    runs = (run for own in sorted(resource.repeated) if (run := record.beside.request_ids.get(own)) is not None)
    return next(runs, None)


def anew(resource: ResourceState, record: Record, *, is_named: bool) -> str:
    """What a message says of how a run goes on whose request_id was used before; `is_named` if its name stands.

    Where a journal of the directory has that request_id, its run is named, and its unfinished rollback. Else nobody
    knows whose request was carried out: before another request_id is sent, a person looks.
    """
    other = f"--bundle FIXED, in which {resource.path} has another request_id or none"
    fixed = f"{other}, and another name" if is_named else other
    if (run := _sender(resource, record)) is not None:
        sent = f"run {run.copy_of or run.run} of this directory sent that request_id"
        if run.is_rolled_back and not run.is_finished:
            back = command(record.journal.directory, "rollback", run.run, "--delete")
            return f"{sent}: {back} takes back what it made, once that is shown; then resume this one with {other}"
        return f"{sent}: resume this one with {fixed}"
    if resource is not record.campaign:
        resume = command(record.journal.directory, "resume", record.run)
        return f"look for it in the campaign before another one is sent: {resume} takes it; else resume with {fixed}"
    back = command(record.journal.directory, "rollback", record.run)
    look = "look whose it is" if is_named else "look for it in the account"
    own = f"where it is this run's own, delete it by hand, then resume with {other}; " if is_named else ""
    return (
        f"{look} before another one is sent: where another run or machine sends this bundle, let that one go on, and "
        f"take this one back with {back}; {own}else resume it with {fixed}"
    )


def refuse_earlier(step: Step, record: Record, there: Mapping[str, Row]) -> None:
    """Raise PersonNeededError for a row of the name of an ad group or ad that was created before the run sent it."""
    sent = (one for one in record.events if one.name == "ARMED" and one.fields.get("object") == step.path)
    first = min((one.time for one in sent if "action" not in one.fields), default="")
    if early := [row for row in there.values() if is_older(row, first)]:
        raise PersonNeededError(
            f"{step.path} ({step.name!r}): {listed(early)} has its name, and was created at "
            f"{early[0]['create_time']}, before the run sent it: it is not taken for the run's, and nothing is added "
            "to it; ask whose it is, delete or rename it by hand, then go on",
            next_words=("runs", record.run),
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
