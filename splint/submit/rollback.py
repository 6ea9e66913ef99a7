"""Rolls a run back: disables the campaign, then optionally deletes the objects that the run created."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress

from splint.submit.client import Client
from splint.submit.deletion import delete_created
from splint.submit.errors import PersonNeededError, SubmitError
from splint.submit.evidence import has_children
from splint.submit.lookups import ambiguous, given_ids
from splint.submit.mistaken import (
    alike,
    give_up,
    identify,
    is_for_now,
    is_nameless,
    named_instead,
    objection,
    others_error,
    unshown,
)
from splint.submit.namesakes import earlier_names_told, matching, refuse_namesakes, spelt_so
from splint.submit.options import RetryPolicy
from splint.submit.plan import Plan
from splint.submit.reading import Reader
from splint.submit.record import BY_HAND, Record
from splint.submit.refused import Explain
from splint.submit.resource import ResourceState
from splint.submit.rows import Row, described, listed
from splint.submit.status_updates import StatusUpdates, disabling_told
from splint.submit.statuses import shows_enable


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
    campaigns of other runs: it may be this run's too. As `_give_up_or_refuse` does, for any object of the run. Any
    other SubmitError if the run stops before its end. `others(damaged=True)` has those too that damaged journals name:
    none of them is taken for the run's. Without `delete`, objects that were never VERIFIED must be shown below the
    campaign once it is disabled: else they may stand, and spend, elsewhere.
    """
    reader = Reader(client, record.start["advertiser_id"], retry_policy, others(damaged=False), record=record)
    finder = reader.leaving_out(others(damaged=True))
    updates = StatusUpdates(record, client, reader, retry_policy, explain)
    campaign = record.resource(record.start["campaign"])
    is_given_up = _give_up_or_refuse(campaign, record, reader)
    if campaign.id is None and plan is not None:
        _find_unknown(plan, record, finder, progress)
        if is_given_up:
            _give_up_or_refuse(campaign, record, reader)
    with (
        disabling_told(campaign),
        _kept_disabled(campaign, updates, reader, retry_policy, progress),
    ):
        if not _is_deleted(campaign, record, reader):
            unconfirmed: PersonNeededError | None = None
            if campaign.id is not None:
                unconfirmed = _disable(campaign, campaign.id, record, reader, updates, progress, delete=delete)
                give_up({path: record.level(path) for path in record.ids(list(record.resources))}, record, reader)
            missing = _find_unknown(plan, record, finder, progress) if plan is not None else _in_doubt(record)
            if delete and campaign.id is not None:
                try:
                    delete_created(record, reader, updates, retry_policy, progress)
                except PersonNeededError as error:
                    raise unconfirmed or error from error
            elif campaign.id is not None:
                _require_below(campaign.id, record, reader, retry_policy)
            if missing:
                given = [
                    told for one in record.resources.values() if one.is_in_doubt for told in given_ids(one, record)
                ]
                own = f"{'; '.join(given)}: where that is the run's, delete it by hand; " if given else ""
                way = _taken(campaign, record, finder, others(damaged=True)) or _look(campaign, record, finder)
                with earlier_names_told(record, finder):
                    raise PersonNeededError(
                        f"{', '.join(missing)} may still turn up: nobody knows whether it was created; {own}{way}"
                    )
        refuse_namesakes(record, reader)
    with disabling_told(campaign):
        record.note("FINISHED", outcome="deleted" if delete or campaign.acts.get("delete") == "DONE" else "disabled")


def _give_up_or_refuse(campaign: ResourceState, record: Record, reader: Reader) -> bool:
    """Give up the id of a campaign, never VERIFIED, if a row shows that it is that of another campaign.

    That is done, and returned as True, where nothing was sent below it, and something speaks against it by `objection`.
    Else PersonNeededError is raised: any other name may be one that a person gave to the run's campaign.

    Where something was sent below it, a row showed the campaign before: then none is needed, and a read that fails
    counts as none. Where nothing was, maybe no row ever showed it: then it is not disabled without one, and there is
    nothing in it that could spend.
    """
    if campaign.id is None or campaign.state == "VERIFIED":
        return False
    is_empty = not has_children(record)
    seen: list[Row] = []
    is_own = False

    def suffices(row: Row | None) -> bool:
        nonlocal is_own
        if row is None:
            return False
        seen.append(row)
        is_own = identify(row, campaign, record, reader)
        return is_own and not (is_empty and is_nameless(row))

    try:
        reader.settled(campaign.id, suffices, deleted=True)
    except SubmitError:
        if is_empty:
            raise
    if seen and is_empty and (why := objection(seen[-1], record, reader)) is not None:
        what = f"its id is that of another object, {described(seen[-1])}: {why}"
        told = is_for_now(seen[-1], record) or None
        record.note("UNKNOWN", object=campaign.path, why=what, is_contradicting=told)
        return True
    if seen and not is_own:
        raise others_error([seen[-1]], record, told=alike(record, reader))
    if is_empty and (not seen or is_nameless(seen[-1])):
        raise unshown(campaign.id, record, reader)
    return False


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


def _look(campaign: ResourceState, record: Record, finder: Reader) -> str:
    """What to say of objects that are not found: where the campaign is one, also what may be it under another name."""
    rows: list[Row] = []
    with suppress(SubmitError):
        rows = spelt_so(record, finder) if campaign.id is None else []
    if not rows:
        return f"look for it; {BY_HAND}"
    return (
        f"{listed(rows)} may be it, as a server may have spelt its name: ask whose it is; where it is the run's, "
        "delete it by hand before submit takes the bundle with --again REASON, which else makes another one"
    )


def _is_deleted(campaign: ResourceState, record: Record, reader: Reader) -> bool:
    """Whether the campaign's deletion was confirmed and the campaign is still not listed."""
    if campaign.id is None or campaign.acts.get("delete") != "DONE":
        return False
    if reader.campaign(campaign.id) is None:
        return True
    record.note("UNKNOWN", object=campaign.path, action="delete", id=campaign.id, why="it is listed again")
    return False


def _disable(
    campaign: ResourceState,
    own: str,
    record: Record,
    reader: Reader,
    updates: StatusUpdates,
    progress: Callable[[str], None],
    *,
    delete: bool,
) -> PersonNeededError | None:
    """Disable the campaign, of the id `own`, or journal that it is deleted, where each look shows that.

    With `delete`, an unknown outcome is returned as an error to raise later, not raised.
    """
    try:
        updates.set("disable", "campaign", [campaign.path])
    except PersonNeededError as error:
        unconfirmed = PersonNeededError(f"{error}; {BY_HAND}", details=error.details)
        if not delete:
            raise unconfirmed from error
        return unconfirmed
    if "DELETE" in reader.statuses[own] and reader.standing_row(own)[1]:
        record.note("DONE", object=campaign.path, action="delete", id=own, proof="row")
        progress(f"campaign {own} is deleted, and not by this command")
    elif reader.statuses[own]:
        progress(f"campaign {own} is disabled")
    else:
        progress(
            f"DISABLE of campaign {own} is answered with OK, and no row shows it: it may have been deleted by hand"
        )
    return None


@contextmanager
def _kept_disabled(
    campaign: ResourceState,
    updates: StatusUpdates,
    reader: Reader,
    retry_policy: RetryPolicy,
    progress: Callable[[str], None],
) -> Iterator[None]:
    """Disable the campaign again if a row shows ENABLE after it was disabled, also where an error ends the rollback.

    Where ENABLE may come through late, it is looked at once more after the settle window.
    """

    def keep() -> None:
        is_off = campaign.acts.get("disable") == "DONE" != campaign.acts.get("delete")
        row = reader.latest.get(campaign.id or "", {})
        if campaign.id is not None and is_off and ("ENABLE" in reader.statuses[campaign.id] or shows_enable(row)):
            progress(f"campaign {campaign.id} shows ENABLE after it was disabled: it is disabled again")
            updates.disable_again(campaign.path)

    try:
        yield
    except SubmitError:
        keep()
        raise
    if campaign.id is not None and campaign.is_enabling_open:
        progress(f"ENABLE of campaign {campaign.id} may come through late: looking once more")
        time.sleep(retry_policy.settle)
        reader.campaign(campaign.id)
    keep()


def _in_doubt(record: Record) -> list[str]:
    return [resource.path for resource in record.resources.values() if resource.is_in_doubt]


def _find_unknown(plan: Plan, record: Record, reader: Reader, progress: Callable[[str], None]) -> list[str]:
    """Look objects up whose state is unknown and journal those found. Returns the paths and names of the others."""
    missing = []
    for step in plan.steps:
        resource = record.resource(step.path)
        ids = record.ids(other.path for other in plan.steps)
        is_used = step.parent is not None and bool(resource.repeated) and not resource.is_created
        if not (resource.is_in_doubt or is_used) or (step.parent is not None and step.parent not in ids):
            continue
        progress(f"looking for {step.level} {step.name!r}")
        matches = matching(step, ids, record, reader)
        if len(matches) > 1:
            raise ambiguous(step, matches)
        if matches and record.holder(matches[0], but=step.path) is None:
            record.note("CREATED", object=step.path, id=matches[0], registered=True)
        elif resource.is_in_doubt:
            missing.append(f"{step.path} ({step.name!r})")
    return missing


def _require_below(campaign: str, record: Record, reader: Reader, retry_policy: RetryPolicy) -> None:
    """Raise PersonNeededError if no row below the campaign shows an object that was never VERIFIED or deleted."""
    doubted = [one for one in record.resources.values() if one.state == "CREATED" and "delete" not in one.acts]
    unshown = {one.path: one.id for one in doubted if one.id not in (None, campaign)}
    for _ in retry_policy.lookups() if unshown else ():
        below = reader.below(campaign, deleted=True)
        unshown = {path: own for path, own in unshown.items() if own not in below[record.level(path)]}
        if not unshown:
            return
    if unshown:
        names = ", ".join(f"{path} ({own})" for path, own in unshown.items())
        instead = named_instead(list(unshown), record, reader)
        raise PersonNeededError(
            f"nothing below campaign {campaign} shows {names}: the campaign is disabled, and what was created may "
            f"stand, and spend, elsewhere; {f'{instead}; ' * bool(instead)}look at it; {BY_HAND}"
        )
