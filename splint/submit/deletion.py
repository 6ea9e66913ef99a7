"""Deletes what a run created, bottom-up, and nothing that others made nor what holds that."""

from collections.abc import Callable, Mapping

from splint.reporting.wording import counted
from splint.schema.vocabulary import ObjectLevel, is_deleted
from splint.submit.errors import PersonNeededError
from splint.submit.mistaken import named_instead, others_among, others_error
from splint.submit.options import RetryPolicy
from splint.submit.reading import Reader
from splint.submit.record import BY_HAND, Record
from splint.submit.rows import Key, Row, by_key, listed
from splint.submit.status_updates import StatusUpdates

BOTTOM_UP: tuple[ObjectLevel, ...] = ("ad", "adgroup", "campaign")


def delete_created(
    record: Record, reader: Reader, updates: StatusUpdates, retry_policy: RetryPolicy, progress: Callable[[str], None]
) -> None:
    """Delete the run's ads, then ad groups, then the campaign, but no parent of an object that the run did not create.

    Deleting a parent deletes its children: so all objects of the run must be listed, or be known as deleted, before
    each level, and what others put there meanwhile is seen.
    """
    created = record.ids(list(record.resources))
    campaign = created[record.start["campaign"]]
    own = {(record.level(path), created[path]) for path in created}
    foreign: dict[Key, Row] = {}
    dead: set[Key] = set()
    unconfirmed: PersonNeededError | None = None
    for level in BOTTOM_UP:
        below = _below(created, campaign, record, reader, retry_policy, dead)
        foreign |= {key: row for key, row in below.items() if key not in own}
        held = {str(row.get("adgroup_id") or "") for (each, _), row in foreign.items() if each == "ad"}
        paths = [path for path in created if record.level(path) == level]
        if level == "adgroup":  # those that hold an ad of others; any may hold one whose row names none
            paths = [path for path in paths if not held & {"", created[path]}]
        if level == "campaign" and foreign:
            break
        try:
            updates.set("delete", level, paths)
            progress(f"{counted(len(paths), level)} deleted")
        except PersonNeededError as error:
            unconfirmed = unconfirmed or error
    if foreign:
        raise PersonNeededError(
            f"campaign {campaign} also holds {listed(foreign.values())}, and the journal has no such id: "
            "neither that nor what holds it was deleted; ask whose it is before you touch it, and once it is gone, "
            "roll back again"
        )
    if unconfirmed is not None and record.resource(record.start["campaign"]).acts.get("delete") != "DONE":
        raise PersonNeededError(f"{unconfirmed}; {BY_HAND}", details=unconfirmed.details) from unconfirmed


def _below(
    created: Mapping[str, str],
    campaign: str,
    record: Record,
    reader: Reader,
    retry_policy: RetryPolicy,
    dead: set[Key],
) -> dict[Key, Row]:
    """The rows of a campaign by key, without those that all looks in the settle window show as deleted.

    The keys of these are added to `dead`: a later call waits for none of them.
    Raises PersonNeededError if the last look lacks an object of the run, or shows its id to be that of another object.
    """
    keys = {path: (record.level(path), own) for path, own in created.items()}
    missing, others = list[str](), list[Row]()
    standing: dict[Key, Row] = {}
    alive: set[Key] = set()
    for _ in retry_policy.lookups():
        rows = by_key(reader.below(campaign, deleted=True))
        alive |= {key for key, row in rows.items() if not is_deleted(row)}
        begun = {path for path in created if record.resource(path).acts.get("delete") in ("ARMED", "UNKNOWN", "DONE")}
        known = {keys[path] for path in begun if record.resource(path).acts["delete"] == "DONE"}
        for path in created:
            if keys[path] in alive & known:
                record.note("UNKNOWN", object=path, action="delete", id=created[path], why="it is listed again")
        missing = [path for path in created if keys[path] not in rows and path not in begun]
        standing = {key: row for key, row in rows.items() if key in alive}
        others = others_among(standing, map(record.resource, created), record)
        if not missing and not others and rows.keys() <= alive | known | dead:
            break
    if not missing:
        dead |= rows.keys() - alive
        for path in (path for path in created if keys[path] in rows.keys() - alive - known):
            record.note("DONE", object=path, action="delete", id=created[path], proof="row")
        if others:
            raise others_error(others, record, to="delete")
        return standing
    names = ", ".join(f"{path} ({created[path]})" for path in missing)
    instead = named_instead(missing, record, reader)
    raise PersonNeededError(
        f"nothing below campaign {campaign} shows {names}: nobody knows what else stands there, nothing more was "
        f"deleted; {f'{instead}; ' * bool(instead)}{BY_HAND}"
    )
