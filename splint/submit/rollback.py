"""Rolls a run back: disables the campaign, then optionally deletes the objects that the run created."""

from collections.abc import Callable, Collection, Mapping
from contextlib import suppress

from splint.reporting.wording import counted
from splint.schema.vocabulary import NAME_FIELDS, ObjectLevel, is_deleted
from splint.submit.client import Client
from splint.submit.errors import PersonNeededError, SubmitError
from splint.submit.lookups import ambiguous
from splint.submit.mistaken import give_up, has_children, objection
from splint.submit.names import is_near
from splint.submit.namesakes import may_be_own, refuse_namesakes
from splint.submit.options import RetryPolicy
from splint.submit.plan import Plan
from splint.submit.reading import Key, Reader, Row, by_key, described, listed
from splint.submit.record import BY_HAND, Record, ResourceState
from splint.submit.refused import Explain
from splint.submit.status_updates import StatusUpdates, disabling_told

BOTTOM_UP: tuple[ObjectLevel, ...] = ("ad", "adgroup", "campaign")


def roll_back(
    plan: Plan | None,
    record: Record,
    client: Client,
    retry_policy: RetryPolicy,
    explain: Explain,
    *,
    delete: bool,
    others: Callable[..., Mapping[str, str]],
    progress: Callable[[str], None],
) -> None:
    """Disable a run's campaign and, with `delete`, delete the objects that the run created.

    With a `plan`, objects whose state is unknown are looked up and rolled back too. Objects of others under the
    campaign are not deleted, and neither is the campaign then. Raises PersonNeededError in that case, if the server
    does not list the run's own objects, and if another campaign of the name stands that is not among `others`, the
    campaigns of other runs: it may be this run's too. As `_refuse_another` does, for any object of the run. Any other
    SubmitError if the run stops before its end. `others(damaged=True)` has those too that damaged journals name: none
    of them is taken for the run's. Without `delete`, objects that were never VERIFIED must be shown below the campaign
    once it is disabled: else they may stand, and spend, elsewhere.
    """
    reader = Reader(client, record.start["advertiser_id"], retry_policy, others(damaged=False))
    finder = Reader(client, record.start["advertiser_id"], retry_policy, others(damaged=True))
    updates = StatusUpdates(record, client, reader, retry_policy, explain)
    campaign = record.resource(record.start["campaign"])
    is_given_up = _refuse_another(campaign, record, reader)
    if campaign.id is None and plan is not None:
        _find_unknown(plan, record, finder, progress)
        if is_given_up:
            _refuse_another(campaign, record, reader)
    with disabling_told(campaign):
        if not _is_deleted(campaign, record, reader):
            unconfirmed = _disable(campaign, updates, progress, delete=delete) if campaign.id is not None else None
            if campaign.id is not None:
                give_up({path: _level(record, path) for path in record.ids(list(record.resources))}, record, reader)
            missing = _find_unknown(plan, record, finder, progress) if plan is not None else _in_doubt(record)
            if delete and campaign.id is not None:
                try:
                    _delete(record, reader, updates, retry_policy, progress)
                except PersonNeededError as error:
                    raise unconfirmed or error from error
            elif campaign.id is not None:
                _require_below(campaign.id, record, reader, retry_policy)
            if missing:
                way = _taken(campaign, record, finder, others(damaged=True)) or f"look for it; {BY_HAND}"
                raise PersonNeededError(
                    f"{', '.join(missing)} may still turn up: nobody knows whether it was created; {way}"
                )
        refuse_namesakes(record, reader)
        record.note("FINISHED", outcome="deleted" if delete or campaign.acts.get("delete") == "DONE" else "disabled")


def disable_now(record: Record, client: Client, retry_policy: RetryPolicy, explain: Explain) -> None:
    """Disable a run's campaign with one request, not read back. Raises SubmitError unless the answer confirms it.

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
        if rows and not any(_is_own(row, campaign, record, reader) for row in rows):
            _refuse({("campaign", campaign.id): rows[0]}, [campaign], record)
    StatusUpdates(record, client, reader, retry_policy, explain).disable_now(campaign.path)


def _refuse_another(campaign: ResourceState, record: Record, reader: Reader) -> bool:
    """Raise PersonNeededError if a row shows that the id of a campaign, never VERIFIED, is that of another campaign.

    Returns whether the id is given up instead: where nothing was sent below it, and its name only resembles the one
    that was sent, and something speaks against it. Any other name may be one that a person gave to the run's campaign.

    Where something was sent below it, a row showed the campaign before: then none is needed, and a read that fails
    counts as none. Where nothing was, maybe no row ever showed it: then it is not disabled without one, and there is
    nothing in it that could spend.
    """
    if campaign.id is None or campaign.state == "VERIFIED":
        return False
    is_empty = not has_children(record)
    seen: list[Row] = []

    def suffices(row: Row | None) -> bool:
        seen.extend([] if row is None else [row])
        return row is not None and _is_own(row, campaign, record, reader)

    try:
        reader.settled(campaign.id, suffices, deleted=True)
    except SubmitError:
        if is_empty:
            raise
    if seen and is_empty and (why := objection(seen[-1], record, reader)) is not None:
        record.note(
            "UNKNOWN", object=campaign.path, why=f"its id is that of another object, {described(seen[-1])}: {why}"
        )
        return True
    if seen:
        _refuse({("campaign", campaign.id): seen[-1]}, [campaign], record)
    elif is_empty:
        raise PersonNeededError(
            f"no row shows that {campaign.id}, the id that an answer gave, is that of the campaign, and nothing was "
            f"sent below it: it is neither disabled nor deleted; look at it, or roll back again later; {BY_HAND}"
        )
    return False


def _is_own(row: Row, campaign: ResourceState, record: Record, reader: Reader) -> bool:
    """Whether a row of the campaign's id shows the run's campaign, by its name or, if renamed, by what stands below it.

    A campaign that holds one of the run's ad groups, under the name that was sent, is VERIFIED from then on.
    """
    if not _is_another(row, campaign, record):
        return True
    if campaign.id is None or _is_foreign(row, record):
        return False
    groups = {one.id: one.names for one in record.resources.values() if _level(record, one.path) == "adgroup"}
    below = (each for each in reader.glance("adgroup", campaign.id) if not _is_foreign(each, record))
    is_held = any(str(each.get("adgroup_name")) in groups.get(str(each.get("adgroup_id")), ()) for each in below)
    if is_held:
        record.note("VERIFIED", object=campaign.path)
    return is_held


def _refuse(rows: Mapping[Key, Row], resources: Collection[ResourceState], record: Record) -> None:
    """Raise PersonNeededError if rows, by key, show that the ids of objects are those of other objects."""
    shown = ((one, rows.get((_level(record, one.path), one.id))) for one in resources if one.id is not None)
    other = [row for one, row in shown if row and _is_another(row, one, record)]
    if other:
        raise PersonNeededError(
            f"an id that the run was given is that of {listed(other)}, which is not what the run sent and was never "
            "VERIFIED: it may be another's, and is neither disabled nor deleted; look at it, and do so yourself if it "
            "is the run's",
            next_words=("runs", record.run),  # a rollback would end here again
        )


def _is_another(row: Row, resource: ResourceState, record: Record) -> bool:
    """Whether a row of an object's id shows another name or advertiser than was sent, and it was never VERIFIED."""
    field = NAME_FIELDS[_level(record, resource.path)]
    name, names = row.get(field), resource.names
    is_renamed = bool(names) and name is not None and not any(is_near(one, name) for one in names)
    if resource.path == record.start["campaign"]:
        is_renamed = is_renamed or objection(row, record) is not None
    is_accepted = field in (record.start.get("accept_drift") or ())
    return resource.state != "VERIFIED" and (_is_foreign(row, record) or (is_renamed and not is_accepted))


def _is_foreign(row: Row, record: Record) -> bool:
    """Whether a row is of another advertiser's object."""
    own: str = record.start["advertiser_id"]
    return str(row.get("advertiser_id") or own) != own


def _taken(campaign: ResourceState, record: Record, finder: Reader, others: Mapping[str, str]) -> str:
    """What to say of a campaign that is not found where one that another run made since has its name; else nothing."""
    made = others.keys() - set(record.start.get("others", ()))
    if campaign.id is not None or not made:
        return ""
    with suppress(SubmitError):
        taken = made & {each for name in campaign.names for each in finder.taken(name)}
        if told := [f"{each}, is that of run {others[each]}" for each in sorted(taken)]:
            return (
                f"the campaign of that name, {'; '.join(told)}, and no other one is shown: nothing of this run is "
                "known to stand; submit takes its bundle with --again REASON"
            )
    return ""


def _is_deleted(campaign: ResourceState, record: Record, reader: Reader) -> bool:
    """Whether the campaign's deletion was confirmed and the campaign is still not listed."""
    if campaign.id is None or campaign.acts.get("delete") != "DONE":
        return False
    if reader.campaign(campaign.id) is None:
        return True
    record.note("UNKNOWN", object=campaign.path, action="delete", id=campaign.id, why="it is listed again")
    return False


def _disable(
    campaign: ResourceState, updates: StatusUpdates, progress: Callable[[str], None], *, delete: bool
) -> PersonNeededError | None:
    """Disable the campaign. With `delete`, an unknown outcome is returned as an error to raise later, not raised."""
    try:
        updates.set("disable", "campaign", [campaign.path])
    except PersonNeededError as error:
        unconfirmed = PersonNeededError(f"{error}; {BY_HAND}", details=error.details)
        if not delete:
            raise unconfirmed from error
        return unconfirmed
    progress(f"campaign {campaign.id} is disabled")
    return None


def _in_doubt(record: Record) -> list[str]:
    return [resource.path for resource in record.resources.values() if resource.is_in_doubt]


def _level(record: Record, path: str) -> ObjectLevel:
    """The level of an object by its path in the bundle."""
    if path == record.start["campaign"]:
        return "campaign"
    return "ad" if "/ads/" in path else "adgroup"


def _find_unknown(plan: Plan, record: Record, reader: Reader, progress: Callable[[str], None]) -> list[str]:
    """Look objects up whose state is unknown and journal those found. Returns the paths and names of the others."""
    missing = []
    for step in plan.steps:
        resource = record.resource(step.path)
        ids = record.ids(other.path for other in plan.steps)
        if not resource.is_in_doubt or (step.parent is not None and step.parent not in ids):
            continue
        progress(f"looking for {step.level} {step.name!r}")
        found = reader.find(step, ids, is_repeated=resource.sends > 1, names=resource.names)
        matches = may_be_own(found, record, reader) if step is plan.campaign else list(found)
        if len(matches) > 1:
            raise ambiguous(step, matches)
        if matches and record.holder(matches[0], but=step.path) is None:
            record.note("CREATED", object=step.path, id=matches[0], registered=True)
        else:
            missing.append(f"{step.path} ({step.name!r})")
    return missing


def _delete(
    record: Record, reader: Reader, updates: StatusUpdates, retry_policy: RetryPolicy, progress: Callable[[str], None]
) -> None:
    """Delete the run's ads, then ad groups, then the campaign, but no parent of an object that the run did not create.

    Deleting a parent deletes its children: so all objects of the run must be listed, or be known as deleted, before.
    """
    created = record.ids(list(record.resources))
    campaign = created[record.start["campaign"]]
    below = _below(created, campaign, record, reader, retry_policy)
    _refuse(below, [record.resource(path) for path in created], record)
    own = {(_level(record, path), created[path]) for path in created}
    foreign = {key: row for key, row in below.items() if key not in own}
    held = {("adgroup", str(row.get("adgroup_id"))) for (level, _), row in foreign.items() if level == "ad"}
    unconfirmed: PersonNeededError | None = None
    for level in BOTTOM_UP:
        paths = [path for path in created if _level(record, path) == level]
        paths = [path for path in paths if (level, created[path]) not in held]  # it holds an ad of others
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
            "neither that nor what holds it was deleted; delete it yourself, then roll back again"
        )
    if unconfirmed is not None and record.resource(record.start["campaign"]).acts.get("delete") != "DONE":
        raise PersonNeededError(f"{unconfirmed}; {BY_HAND}", details=unconfirmed.details) from unconfirmed


def _require_below(campaign: str, record: Record, reader: Reader, retry_policy: RetryPolicy) -> None:
    """Raise PersonNeededError if no row below the campaign shows an object that was never VERIFIED or deleted."""
    doubted = [one for one in record.resources.values() if one.state == "CREATED" and "delete" not in one.acts]
    unshown = {one.path: one.id for one in doubted if one.id not in (None, campaign)}
    for _ in retry_policy.lookups() if unshown else ():
        below = reader.below(campaign, deleted=True)
        unshown = {path: own for path, own in unshown.items() if own not in below[_level(record, path)]}
        if not unshown:
            return
    if unshown:
        names = ", ".join(f"{path} ({own})" for path, own in unshown.items())
        raise PersonNeededError(
            f"nothing below campaign {campaign} shows {names}: the campaign is disabled, and what was created may "
            f"stand, and spend, elsewhere; look at it; {BY_HAND}"
        )


def _below(
    created: Mapping[str, str], campaign: str, record: Record, reader: Reader, retry_policy: RetryPolicy
) -> dict[Key, Row]:
    """The rows of a campaign by key, without those that all looks in the settle window show as deleted.

    Raises PersonNeededError if an object of the run is not listed.
    """
    keys = {path: (_level(record, path), own) for path, own in created.items()}
    missing: list[str] = []
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
        if not missing and rows.keys() <= alive | known:
            break
    if not missing:
        for path in (path for path in created if keys[path] in rows.keys() - alive - known):
            record.note("DONE", object=path, action="delete", id=created[path], proof="row")
        return {key: row for key, row in rows.items() if key in alive}
    names = ", ".join(f"{path} ({created[path]})" for path in missing)
    raise PersonNeededError(
        f"nothing below campaign {campaign} shows {names}: nobody knows what else stands there, nothing was deleted; "
        f"{BY_HAND}"
    )
