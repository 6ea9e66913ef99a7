"""Taking a run back: the campaign is disabled first, then what the run made is deleted, if that is wanted."""

from collections.abc import Callable

from splint.endpoints import Level
from splint.submit.acts import Acts
from splint.submit.client import Client
from splint.submit.errors import PersonNeededError, StoppedError
from splint.submit.plan import Plan
from splint.submit.reading import Patience, Reader
from splint.submit.record import Record
from splint.submit.sending import several
from splint.wording import counted

BOTTOM_UP: tuple[Level, ...] = ("ad", "adgroup", "campaign")


def roll_back(
    plan: Plan | None,
    record: Record,
    client: Client,
    patience: Patience,
    *,
    delete: bool,
    tell: Callable[[str], None],
) -> None:
    """Disable a run's campaign and, with `delete`, delete what the run made; raises a SubmitError where it stops.

    Objects whose fate is not known are looked for: what is found is taken back too; without a `plan` nobody knows what
    to look for. What others made below the campaign is left alone, and so the campaign with it: then a person has to
    look. A campaign that is not there any more counts as deleted.
    """
    reader = Reader(client, record.start["advertiser_id"], patience)
    acts = Acts(record, client, reader, patience)
    campaign = record.thing(record.start["campaign"])
    if campaign.id is None and plan is not None:
        _found_again(plan, record, reader, tell)
    if campaign.id is not None:
        _disable(campaign.path, campaign.id, record, reader, acts, tell)
    is_gone = campaign.acts.get("delete") == "DONE"
    if not is_gone:
        lost = _found_again(plan, record, reader, tell) if plan is not None else _in_doubt(record)
        if delete and campaign.id is not None:
            _delete(record, reader, acts, tell)
        if lost:
            names = ", ".join(lost)
            raise PersonNeededError(f"{names} may still turn up: nobody knows whether it was created; look for it")
    is_gone = campaign.acts.get("delete") == "DONE"
    record.note("FINISHED", outcome="deleted" if is_gone or delete else "disabled")


def _disable(
    path: str, campaign_id: str, record: Record, reader: Reader, acts: Acts, tell: Callable[[str], None]
) -> None:
    """Disable a campaign, before anything is read; one that is then not shown at all counts as deleted."""
    try:
        acts.set("disable", "campaign", [path])
        tell(f"campaign {campaign_id} is disabled")
    except StoppedError:
        if reader.campaign(campaign_id) is not None:
            raise
        tell(f"campaign {campaign_id} is not there any more")
        record.note("DONE", object=path, action="delete", id=campaign_id, why="it is not there any more")


def _in_doubt(record: Record) -> list[str]:
    return [thing.path for thing in record.things.values() if thing.is_in_doubt]


def _level(record: Record, path: str) -> Level:
    """The level of an object by its path in the bundle."""
    if path == record.start["campaign"]:
        return "campaign"
    return "ad" if "/ads/" in path else "adgroup"


def _found_again(plan: Plan, record: Record, reader: Reader, tell: Callable[[str], None]) -> list[str]:
    """Look for objects whose fate is not known; gives those that are not found."""
    lost = []
    for step in plan.steps:
        thing = record.thing(step.path)
        ids = record.ids(other.path for other in plan.steps)
        if not thing.is_in_doubt or (step.parent is not None and step.parent not in ids):
            continue
        tell(f"looking for {step.level} {step.name!r}")
        found = reader.find(step, ids, is_repeated=thing.sends > 1)
        if len(found) > 1:
            raise several(step, found)
        if found:
            record.note("CREATED", object=step.path, id=found[0], adopted=True)
        else:
            lost.append(f"{step.path} ({step.name!r})")
    return lost


def _delete(record: Record, reader: Reader, acts: Acts, tell: Callable[[str], None]) -> None:
    """Delete ads, then ad groups, then the campaign, but nothing that holds what the run did not make."""
    made = record.ids(list(record.things))
    campaign = made[record.start["campaign"]]
    below = reader.below(campaign)
    own = set(made.values())
    strangers = sorted({key for rows in below.values() for key in rows} - own)
    held = {str(row.get("adgroup_id")) for key, row in below["ad"].items() if key not in own}
    for level in BOTTOM_UP:
        paths = [path for path in made if _level(record, path) == level]
        paths = [path for path in paths if made[path] not in held]  # with its ad group, an ad of others would go too
        if level == "campaign" and strangers:
            break
        acts.set("delete", level, paths)
        tell(f"{counted(len(paths), level)} deleted")
    if strangers:
        raise PersonNeededError(
            f"{', '.join(strangers)} stand below campaign {campaign} and are not of this run: "
            "they and what holds them were not deleted"
        )
