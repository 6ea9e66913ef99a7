"""Taking a run back: the campaign is disabled first, then what the run made is deleted, if that is wanted."""

from collections.abc import Callable

from splint.endpoints import Level
from splint.submit.acts import Acts
from splint.submit.client import Client
from splint.submit.errors import PersonNeededError
from splint.submit.plan import Plan
from splint.submit.reading import Patience, Reader
from splint.submit.record import Record
from splint.submit.sending import several
from splint.wording import counted

BOTTOM_UP: tuple[Level, ...] = ("ad", "adgroup", "campaign")


def roll_back(
    plan: Plan, record: Record, client: Client, patience: Patience, *, delete: bool, tell: Callable[[str], None]
) -> None:
    """Disable a run's campaign and, with `delete`, delete what the run made; raises a SubmitError where it stops.

    Objects whose fate is not known are looked for first: what is found is taken back too. What others made below the
    campaign is left alone, and so the campaign with it: then a person has to look.
    """
    reader = Reader(client, plan.advertiser_id, patience)
    acts = Acts(record, client, reader, patience)
    campaign = record.thing(plan.campaign.path)
    lost = [] if campaign.id is not None else _found_again(plan, record, reader, tell)
    if campaign.id is not None:
        if campaign.acts.get("delete") not in ("ARMED", "UNKNOWN", "DONE"):
            acts.set("disable", "campaign", [campaign.path])
            tell(f"campaign {campaign.id} is disabled")
        lost = _found_again(plan, record, reader, tell)
        if delete:
            _delete(plan, record, reader, acts, tell)
    if lost:
        names = ", ".join(lost)
        raise PersonNeededError(f"{names} may still turn up: nobody knows whether it was created; look for it")
    is_deleted = delete or campaign.acts.get("delete") == "DONE"
    record.note("FINISHED", outcome="deleted" if is_deleted else "disabled")


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


def _delete(plan: Plan, record: Record, reader: Reader, acts: Acts, tell: Callable[[str], None]) -> None:
    """Delete ads, then ad groups, then the campaign, unless it holds what the run did not make."""
    made = record.ids(step.path for step in plan.steps)
    below = reader.below(made[plan.campaign.path])
    own = set(made.values())
    strangers = sorted({key for rows in below.values() for key in rows} - own)
    held = {str(row.get("adgroup_id")) for key, row in below["ad"].items() if key not in own}
    for level in BOTTOM_UP:
        paths = [step.path for step in plan.steps if step.level == level and step.path in made]
        paths = [path for path in paths if made[path] not in held]  # with its ad group, an ad of others would go too
        if level == "campaign" and strangers:
            break
        acts.set("delete", level, paths)
        tell(f"{counted(len(paths), level)} deleted")
    if strangers:
        raise PersonNeededError(
            f"{', '.join(strangers)} stand below campaign {made[plan.campaign.path]} and are not of this run: "
            "they and what holds them were not deleted"
        )
