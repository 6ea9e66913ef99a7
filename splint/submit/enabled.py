"""What the rows of a campaign and of all below it show once it is enabled, compared anew with what was sent."""

from collections.abc import Callable, Collection, Iterator, Mapping

from splint.reporting.wording import counted
from splint.submit.drift import PARENTS, Difference, differences, unseen
from splint.submit.errors import PersonNeededError
from splint.submit.plan import Plan, Step
from splint.submit.record import Record
from splint.submit.rows import Row, listed
from splint.submit.ways import way_back, ways_on


def compare_enabled(
    plan: Plan,
    record: Record,
    noted: Collection[Difference],
    unshown: Mapping[str, Collection[str]],
    progress: Callable[[str], None],
) -> None:
    """Tell in what rows of what was just enabled differ from what was sent, and what they do not show.

    But for what was `noted` or `unshown` (fields by path) before it was enabled, and what was accepted. Raises
    PersonNeededError if it may spend more, or a row is of another object: to be accepted that needs a new say-so.
    """
    ids, exceeded, foreign = _ids(plan, record), record.exceeded, list[str]()
    allowed, names, stopping = record.allowed, record.start.get("accept_drift") or (), [*exceeded]
    own_status = plan.campaign.path, "operation_status"  # as it was enabled
    told = {(one.path, one.field): one.shown for one in (*noted, *exceeded)}
    for step, row in _rows(plan, record):
        if row is None:
            progress(f"note: {step.path}: no row shows it since it is enabled, and so it is not compared")
            continue
        found = [one for one in differences(plan, step, row, ids) if told.get(one[:2]) != one.shown]
        found = [one for one in found if one.weight != "note" and one[:2] != own_status]
        foreign += (str(one) for one in found if one.field in PARENTS)
        stopping += (one for one in found if not allowed.accepts(one, names))  # as a resume is to accept them all
        for one in found:
            progress(f"note: {one}")
        gone = [field for field in unseen(plan, step, row, ids) if field not in unshown.get(step.path, ())]
        if gone := [field for field in gone if (step.path, field) not in told]:
            progress(f"note: {step.path}: not shown since it is enabled, and so not compared: {', '.join(gone)}")
    number = f" in {counted(len(exceeded), 'field')}" if exceeded else ""
    what = f"what stands differs from the plan{number} since it is enabled"
    excess, way = [one.text for one in record.excess], ways_on(stopping, record)
    if strange := record.strangers:
        holding = f"campaign {ids[plan.campaign.path]} also holds {listed(strange)}, and the journal has no such id"
        if excess and not exceeded:
            what, way = holding, f"; delete it by hand, then resume; or take the run back with {way_back(record)}"
        else:
            progress(f"note: {holding}")
    if excess:
        what += ", and may spend more" if exceeded else ": it may spend more"
    elif foreign:
        what, way = "a row is of another object since it is enabled, and tells nothing of what stands", ""
    if details := (*excess, *foreign):
        raise PersonNeededError(f"{what}{way}", next_words=("rollback", record.run), details=details)


def _rows(plan: Plan, record: Record) -> Iterator[tuple[Step, Row | None]]:
    """All objects, each with its row of the last look at all of it; an ad group also with one elsewhere."""
    ids = _ids(plan, record)
    own = ids[plan.campaign.path]
    for step in plan.steps:
        elsewhere = record.groups.get(ids[step.path], {}) if step.level == "adgroup" else {}
        is_elsewhere = str(elsewhere.get("campaign_id") or own) != own
        yield step, record.below[own][step.level].get(ids[step.path], elsewhere if is_elsewhere else None)


def _ids(plan: Plan, record: Record) -> Mapping[str, str]:
    return record.ids(step.path for step in plan.steps)
