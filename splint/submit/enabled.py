"""What the row of a campaign shows once it is enabled: it is compared with what was sent once more."""

from collections.abc import Callable, Collection

from splint.reporting.wording import counted
from splint.submit.drift import differences
from splint.submit.errors import PersonNeededError
from splint.submit.plan import Plan
from splint.submit.record import Record
from splint.submit.ways import ways_on


def compare_enabled(plan: Plan, record: Record, accept_drift: Collection[str], progress: Callable[[str], None]) -> None:
    """Tell in what the row of a campaign that was just enabled differs from what was sent, but for what is known.

    Raises PersonNeededError if it may spend more.
    """
    campaign, ids = plan.campaign, record.ids(step.path for step in plan.steps)
    differing = [
        one
        for one in differences(plan, campaign, record.latest.get(ids[campaign.path], {}), ids)
        if one.weight != "note" and one.field not in ("operation_status", *accept_drift)
    ]
    dearer = [one for one in differing if one.may_spend_more]
    for one in differing:
        if one not in dearer:
            progress(f"note: {one}")
    if dearer:
        raise PersonNeededError(
            f"what stands differs from the plan in {counted(len(dearer), 'field')} since it is enabled, and may spend "
            f"more{ways_on(dearer, record)}",
            details=tuple(map(str, dearer)),
        )
