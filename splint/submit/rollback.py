"""Taking a run back: the campaign is disabled first, then what the run made is deleted, if that is wanted."""

from collections.abc import Callable, Mapping

from splint.reporting.wording import counted
from splint.schema.vocabulary import Level
from splint.submit.acts import Acts
from splint.submit.client import Client
from splint.submit.errors import PersonNeededError
from splint.submit.plan import Plan
from splint.submit.reading import Reader, RetryPolicy, Row, is_deleted
from splint.submit.record import Record, ResourceState
from splint.submit.sending import several

BOTTOM_UP: tuple[Level, ...] = ("ad", "adgroup", "campaign")


def roll_back(
    plan: Plan | None,
    record: Record,
    client: Client,
    retry_policy: RetryPolicy,
    *,
    delete: bool,
    tell: Callable[[str], None],
) -> None:
    """Disable a run's campaign and, with `delete`, delete what the run made; raises a SubmitError where it stops.

    Objects whose fate is not known are looked for: what is found is taken back too; without a `plan` nobody knows what
    to look for. What others made below the campaign is left alone, and so the campaign with it: then a person has to
    look, as where the server does not show what the run made: an absent row proves nothing.
    """
    reader = Reader(client, record.start["advertiser_id"], retry_policy)
    acts = Acts(record, client, reader, retry_policy)
    campaign = record.resource(record.start["campaign"])
    if campaign.id is None and plan is not None:
        _found_again(plan, record, reader, tell)
    if not _is_deleted(campaign, record, reader):
        unsure = _disabled(campaign, acts, tell, delete=delete) if campaign.id is not None else None
        lost = _found_again(plan, record, reader, tell) if plan is not None else _in_doubt(record)
        if delete and campaign.id is not None:
            try:
                _delete(record, reader, acts, retry_policy, tell)
            except PersonNeededError as error:
                raise unsure or error from error
        if lost:
            names = ", ".join(lost)
            raise PersonNeededError(f"{names} may still turn up: nobody knows whether it was created; look for it")
    record.note("FINISHED", outcome="deleted" if delete or campaign.acts.get("delete") == "DONE" else "disabled")


def _is_deleted(campaign: ResourceState, record: Record, reader: Reader) -> bool:
    """Whether the campaign was proven to be deleted, and no row says otherwise now."""
    if campaign.id is None or campaign.acts.get("delete") != "DONE":
        return False
    if reader.campaign(campaign.id) is None:
        return True
    record.note("UNKNOWN", object=campaign.path, action="delete", id=campaign.id, why="it is listed again")
    return False


def _disabled(
    campaign: ResourceState, acts: Acts, tell: Callable[[str], None], *, delete: bool
) -> PersonNeededError | None:
    """Disable a campaign, before anything is read; gives why nobody knows whether it is, if it is to be deleted yet."""
    try:
        acts.set("disable", "campaign", [campaign.path])
    except PersonNeededError as error:
        if not delete:
            raise
        return error
    tell(f"campaign {campaign.id} is disabled")
    return None


def _in_doubt(record: Record) -> list[str]:
    return [resource.path for resource in record.resources.values() if resource.is_in_doubt]


def _level(record: Record, path: str) -> Level:
    """The level of an object by its path in the bundle."""
    if path == record.start["campaign"]:
        return "campaign"
    return "ad" if "/ads/" in path else "adgroup"


def _found_again(plan: Plan, record: Record, reader: Reader, tell: Callable[[str], None]) -> list[str]:
    """Look for objects whose fate is not known; gives those that are not found."""
    lost = []
    for step in plan.steps:
        resource = record.resource(step.path)
        ids = record.ids(other.path for other in plan.steps)
        if not resource.is_in_doubt or (step.parent is not None and step.parent not in ids):
            continue
        tell(f"looking for {step.level} {step.name!r}")
        found = reader.find(step, ids, is_repeated=resource.sends > 1)
        if len(found) > 1:
            raise several(step, found)
        if found:
            record.note("CREATED", object=step.path, id=found[0], registered=True)
        else:
            lost.append(f"{step.path} ({step.name!r})")
    return lost


def _delete(record: Record, reader: Reader, acts: Acts, retry_policy: RetryPolicy, tell: Callable[[str], None]) -> None:
    """Delete ads, then ad groups, then the campaign, but nothing that holds what the run did not make.

    What is deleted takes along what stands in it: so all that the run made has to be shown first, or be proven deleted.
    """
    made = record.ids(list(record.resources))
    campaign = made[record.start["campaign"]]
    below = _below(made, campaign, record, reader, retry_policy)
    own = set(made.values())
    strangers = sorted({key for rows in below.values() for key in rows} - own)
    held = {str(row.get("adgroup_id")) for key, row in below["ad"].items() if key not in own}
    unsure: PersonNeededError | None = None
    for level in BOTTOM_UP:
        paths = [path for path in made if _level(record, path) == level]
        paths = [path for path in paths if made[path] not in held]  # with its ad group, an ad of others would go too
        if level == "campaign" and strangers:
            break
        try:
            acts.set("delete", level, paths)
            tell(f"{counted(len(paths), level)} deleted")
        except PersonNeededError as error:
            unsure = unsure or error
    if strangers:
        raise PersonNeededError(
            f"{', '.join(strangers)} stand below campaign {campaign} and are not of this run: "
            "they and what holds them were not deleted"
        )
    if unsure is not None and record.resource(record.start["campaign"]).acts.get("delete") != "DONE":
        raise unsure


def _below(
    made: Mapping[str, str], campaign: str, record: Record, reader: Reader, retry_policy: RetryPolicy
) -> dict[Level, dict[str, Row]]:
    """What stands of a campaign. Raises PersonNeededError where what the run made, and did not delete, is not shown."""
    missing: list[str] = []
    for _ in retry_policy.looks():
        below = reader.below(campaign, deleted=True)
        rows = {key: row for level in below.values() for key, row in level.items()}
        for path, key in made.items():
            row, act = rows.get(key), record.resource(path).acts.get("delete")
            if row is not None and is_deleted(row) and act != "DONE":
                record.note("DONE", object=path, action="delete", id=key, proof="row")
            elif row is not None and not is_deleted(row) and act == "DONE":
                record.note("UNKNOWN", object=path, action="delete", id=key, why="it is listed again")
        begun = [path for path in made if record.resource(path).acts.get("delete") in ("ARMED", "UNKNOWN", "DONE")]
        missing = [path for path in made if made[path] not in rows and path not in begun]
        if not missing:
            return {level: {key: row for key, row in of.items() if not is_deleted(row)} for level, of in below.items()}
    names = ", ".join(f"{path} ({made[path]})" for path in missing)
    raise PersonNeededError(
        f"{names} is not shown below campaign {campaign}: nobody knows what else stands there, nothing was deleted"
    )
