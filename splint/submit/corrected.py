"""What a corrected bundle may change of a run: objects that are not created, and that no longer may turn up."""

from collections.abc import Callable, Iterator

from splint.submit.bundle import Draft
from splint.submit.commands import command
from splint.submit.drift import Difference
from splint.submit.errors import RefusedError, SubmitError
from splint.submit.limits import hashes
from splint.submit.plan import GUARDED, REQUEST_ID, Plan, Step, digest
from splint.submit.record import Record
from splint.submit.resource import ResourceState


def refuse_unfit(plan: Plan, record: Record, kept_plan: Callable[[], Plan]) -> None:
    """Raise RefusedError if the plan of a corrected bundle changes what was created or may yet turn up.

    `kept_plan` makes that of the kept bundle, by which the fields are named that differ. The plan that the run goes on
    with already changes nothing, though an object may stand as an earlier one had it.
    """
    if record.start["plan"] in hashes(plan, record.start.get("currency")):
        return
    if plan.campaign.path != (own := record.start["campaign"]):
        raise RefusedError(
            f"the campaign stands at {plan.campaign.path} in the corrected bundle, and the run has it at {own}: "
            "write the bundle as it was"
        )
    directory = record.journal.directory
    for resource in record.resources.values():
        step = plan.step(resource.path)
        what = "is not in it" if step is None else "differs"
        if resource.state == "ABSENT" and (step is None or step.name != resource.name):
            raise RefusedError(
                f"{resource.path} {what} in the corrected bundle, and it was sent as {resource.name!r} and may yet "
                "turn up: keep it under that name, or take the run back with "
                f"{command(directory, 'rollback', record.run)}"
            )
        if resource.state == "ABSENT" or (step is not None and step.digest == resource.digest):
            continue
        if resource.is_in_doubt:
            raise RefusedError(
                f"{resource.path} {what} in the corrected bundle, and nobody knows whether it was created: "
                f"{command(directory, 'resume', record.run)}, without --bundle, looks for it first"
            )
        if resource.is_created:
            raise RefusedError(
                f"{resource.path} {what}: only what is not created may differ in a corrected bundle"
                f"{_moved(resource, plan)}",
                details=tuple(_changes(resource, step, kept_plan)) if step is not None else (),
            )
    if plan.advertiser_id != record.start["advertiser_id"]:
        raise RefusedError("the corrected bundle is for another advertiser")


def _moved(resource: ResourceState, plan: Plan) -> str:
    """What a message says of an object that stands elsewhere in the corrected bundle, as it was sent; else nothing."""
    there = next((step.path for step in plan.steps if step.digest == resource.digest), None)
    return f"; what was sent as {resource.path} stands at {there} in it: the order counts" if there else ""


def _changes(resource: ResourceState, step: Step, kept_plan: Callable[[], Plan]) -> Iterator[str]:
    """The fields in which a step differs from what was sent, in lines; none if the kept bundle does not tell them."""
    try:
        sent = kept_plan().step(resource.path)
    except SubmitError:
        return
    if sent is None or sent.digest != resource.digest:
        return
    for field in dict.fromkeys((*sent.body, *step.body)):
        was, now = sent.body.get(field), step.body.get(field)
        if digest(was) != digest(now):
            same = ", which is the same: write it as it was sent" if was == now else ""
            yield f"{Difference(resource.path, field, was, now, 'grave')}{same}"


def left_out(plan: Plan, record: Record) -> list[str]:
    """The paths of the objects of a run that the plan of a corrected bundle no longer holds."""
    return [path for path in record.resources if plan.step(path) is None]


def losses(plan: Plan, record: Record) -> Iterator[str]:
    """What to say of a corrected bundle that leaves objects out, in lines."""
    for path in left_out(plan, record):
        yield f"note: {path} is left out: the run goes on without it"
    parents = {step.parent for step in plan.steps}
    for step in plan.steps:
        if step.level == "adgroup" and step.path not in parents:
            yield f"note: {step.path} ({step.name!r}) holds no ad"


def first_request_id(step: Step, resource: ResourceState) -> str | None:
    """The request_id of the first try, with which an object is sent, where its plan has another one; else None."""
    first = resource.request_id
    if step.level not in GUARDED or resource.is_created or first is None:
        return None
    return first if step.body["request_id"] not in (first, REQUEST_ID) else None


def with_first_ids(draft: Draft, record: Record) -> Draft:
    """A draft whose plan says where the request_id of the first try is sent in place of its own."""
    steps = []
    for step in draft.plan.steps:
        first = first_request_id(step, record.resource(step.path)) if step.path in record.resources else None
        more = () if first is None else (f"it is sent with request_id {first}, that of the first try",)
        steps.append(step._replace(changes=(*step.changes, *more)))
    return draft._replace(plan=draft.plan._replace(steps=tuple(steps)))
