"""What the row of a campaign shows once it is enabled: it is compared with what was sent once more."""

from collections.abc import Callable, Collection
from contextlib import suppress

from splint.reporting.wording import counted
from splint.submit.drift import Difference, differences
from splint.submit.errors import PersonNeededError, UnwritableError
from splint.submit.plan import Plan
from splint.submit.record import Record
from splint.submit.ways import ways_on


def compare_enabled(plan: Plan, record: Record, noted: Collection[Difference], progress: Callable[[str], None]) -> None:
    """Tell in what the row of a campaign that was just enabled differs from what was sent, but for what was `noted`.

    That was told before it was enabled, and accepted. Raises PersonNeededError if it may spend more, and journals that:
    to be accepted it needs a new say-so.
    """
    campaign, ids = plan.campaign, record.ids(step.path for step in plan.steps)
    differing = [
        one
        for one in differences(plan, campaign, record.latest.get(ids[campaign.path], {}), ids)
        if one.weight != "note" and one.field != "operation_status"
    ]
    before = {one.field: one.shown for one in noted if one.path == campaign.path}
    differing = [one for one in differing if before.get(one.field) != one.shown]
    dearer = [one for one in differing if one._replace(sent=before.get(one.field, one.sent)).may_spend_more]
    for one in differing:
        if one not in dearer:
            progress(f"note: {one}")
    if dearer:
        with suppress(UnwritableError):
            record.note("EXCEEDING", fields=[one.field for one in dearer], shown=[*map(str, dearer)])
        raise PersonNeededError(
            f"what stands differs from the plan in {counted(len(dearer), 'field')} since it is enabled, and may spend "
            f"more{ways_on(dearer, record)}",
            details=tuple(map(str, dearer)),
        )
