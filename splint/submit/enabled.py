"""What the rows of a campaign and its ad groups show once it is enabled: they are compared with what was sent anew."""

from collections.abc import Callable, Collection

from splint.reporting.wording import counted
from splint.submit.drift import Difference, differences
from splint.submit.errors import PersonNeededError
from splint.submit.plan import Plan
from splint.submit.record import Record
from splint.submit.ways import ways_on


def compare_enabled(plan: Plan, record: Record, noted: Collection[Difference], progress: Callable[[str], None]) -> None:
    """Tell in what rows of what was just enabled differ from what was sent, but for what was `noted`.

    That was told before it was enabled, and accepted. Raises PersonNeededError if it may spend more: to be accepted
    that needs a new say-so.
    """
    ids, exceeded = record.ids(step.path for step in plan.steps), record.exceeded
    told = {(one.path, one.field): one.shown for one in noted} | {(one.path, one.field): one.shown for one in exceeded}
    for step in plan.steps:
        rows = {"campaign": record.latest, "adgroup": record.groups}.get(step.level, {})
        for one in differences(plan, step, rows.get(ids[step.path], {}), ids):
            is_compared = one.weight != "note" and one.field != "operation_status"
            if is_compared and told.get((one.path, one.field)) != one.shown:
                progress(f"note: {one}")
    if exceeded:
        raise PersonNeededError(
            f"what stands differs from the plan in {counted(len(exceeded), 'field')} since it is enabled, and may "
            f"spend more{ways_on(exceeded, record)}",
            next_words=("rollback", record.run),
            details=tuple(map(str, exceeded)),
        )
