"""Sends a plan: journals each create request, sends it once, and looks objects up whose state is unknown."""

import secrets
import time
from collections.abc import Callable, Collection
from functools import partial
from typing import Any

from splint.schema.vocabulary import OWN_IDS, ObjectLevel
from splint.submit.client import Answer, Client
from splint.submit.corrected import first_request_id
from splint.submit.costs import asked
from splint.submit.enabled import compare_enabled
from splint.submit.errors import MisuseError, PersonNeededError, StoppedError, SubmitError
from splint.submit.evidence import kept_fields
from splint.submit.lookups import absent, ambiguous, duplicate, search
from splint.submit.mistaken import refuse_shared_ids
from splint.submit.namesakes import (
    matching,
    refuse_anothers,
    refuse_standing,
    spelt_so,
    unclaimed,
)
from splint.submit.options import RETRIES, THROTTLED_RETRIES, RetryPolicy
from splint.submit.pages import is_id
from splint.submit.plan import GUARDED, REQUEST_ID, Plan, Step
from splint.submit.progress import Progress
from splint.submit.reading import NO_PERMISSION, Reader
from splint.submit.record import Record
from splint.submit.refused import Explain, undone
from splint.submit.resource import DUPLICATE, ResourceState
from splint.submit.rivals import refuse_claimed
from splint.submit.rows import Key, Row, by_key, is_named
from splint.submit.running import enabled_by_hand
from splint.submit.status_updates import StatusUpdates
from splint.submit.statuses import is_unclear
from splint.submit.verification import Verifier

LOOK_EVERY = 10
"""The most objects that are sent below the campaign between two looks at whether it runs."""


class Sender:
    """Creates the objects of a plan that do not exist yet, verifies all of them, and enables the campaign if planned.

    `objections` returns the blocking findings on an object, by its path; `explain` what a refusal means; `progress` is
    called with each line. `others` are the ids of campaigns of other runs, as their journals have them now;
    `accept_drift` names the fields that may differ on enabling. `is_new` means that the campaign's name was just found
    to be free; `resend_absent` sends again what cannot be found; `enable_anew` enables again what was paused since.
    """

    def __init__(
        self,
        plan: Plan,
        record: Record,
        client: Client,
        retry_policy: RetryPolicy,
        *,
        objections: Callable[[str], tuple[str, ...]],
        explain: Explain,
        progress: Progress,
        others: Collection[str],
        accept_drift: Collection[str],
        is_new: bool = False,
        resend_absent: bool = False,
        enable_anew: bool = False,
    ) -> None:
        self._plan = plan
        self._record = record
        self._client = client
        self._retry_policy = retry_policy
        self._objections = objections
        self._explain = explain
        self._progress = progress
        self._is_checked = is_new
        """Whether no object outside the journal can be mistaken for one that is still to be sent."""
        self._resend_absent = resend_absent
        record.enables_anew = enable_anew
        self._answered: set[str] = set()
        """The paths of the objects whose ids came with an answer to this process, and were not read back yet."""
        self._parents: set[str] = set()
        """The paths of the objects that something was to be added to by this process."""
        self._unwatched = 0
        """The objects that were to be sent below the campaign since the last look at whether it runs."""
        self._others, self._accept_drift = frozenset(others), frozenset(accept_drift)
        self._reader = Reader(client, plan.advertiser_id, retry_policy, others, record=record)
        self._verifier = Verifier(
            plan, record, self._reader, retry_policy, progress=progress, accept_drift=self._accept_drift
        )
        self._status_updates = StatusUpdates(record, client, self._reader, retry_policy, explain)

    def send(self) -> None:
        """Bring the run to its end. Raises SubmitError if it stops before."""
        refuse_shared_ids(self._record.ids(step.path for step in self._plan.steps), self._record)
        for number, step in enumerate(self._plan.steps, start=1):
            resource = self._record.resource(step.path)
            was = resource.is_created
            if not was and step.parent is not None:
                self._require_parents(step.parent, step.level)
            self._ensure_created(step)
            if not was:
                self._progress(f"{number}/{len(self._plan.steps)} {step.level} {step.name!r} is {resource.id}")
        self._verifier.verify()
        self._enable()

    def _require_parents(self, parent: str, level: ObjectLevel) -> None:
        """Raise SubmitError if what is to hold an object is not this run's own, or the campaign runs.

        The campaign is looked at before the first object of each parent, and before every LOOK_EVERY of them.
        """
        campaign = self._plan.campaign.path
        if parent not in self._parents or self._unwatched == LOOK_EVERY:
            self._verifier.require_paused(self._answered)
            self._answered.discard(campaign)
            self._unwatched = 0
        if level == "ad" and self._parents <= {campaign}:
            self._verifier.require_ad_groups(self._answered)
        self._parents.add(parent)
        self._unwatched += 1

    def _require_unclaimed(self, step: Step) -> None:
        """Before an object is sent again, read the objects under its parent that the journal does not name.

        A single one of exactly the object's name is registered if the object may have been sent. For any others
        PersonNeededError is raised: one of them may be this object under an altered name. A campaign of which no
        request arrived has none.
        """
        is_campaign = step is self._plan.campaign
        resource = self._record.resource(step.path)
        if is_campaign:
            refuse_standing(self._record, self._reader, self._others)
            rows = spelt_so(self._record, self._reader)
        else:
            own = {(step.level, self._record.resource(step.path).id) for step in self._plan.steps}
            rows = [row for key, row in self._below().items() if key not in own]
        ids = self._record.ids(other.path for other in self._plan.steps)
        same = [row for row in rows if is_named(row, step, ids)]
        if len(rows) == 1 and same and resource.is_in_doubt:
            if is_campaign:
                refuse_claimed(same, self._record)
                refuse_anothers(same[0], self._record, self._reader)
            self._created(step, str(same[0][OWN_IDS[step.level]]), registered=True)
        elif rows:
            raise unclaimed(step, rows, self._record)
        self._is_checked = True

    def _below(self) -> dict[Key, Row]:
        """The rows of the campaign and below it, of the first look that tells whether it is paused, else of the last.

        Raises PersonNeededError if it is not shown as paused.
        """
        own = self._campaign_id()
        below: dict[ObjectLevel, dict[str, Row]] = {}
        row: Row | None = None
        for _ in self._retry_policy.lookups():
            below = self._reader.below(own)
            row = below["campaign"].get(own, row)
            if row is None or not is_unclear(row):
                break
        if row is not None:
            self._verifier.refuse_running(row, "nothing is added to what may run")
        return by_key(below)

    def _campaign_id(self) -> str:
        campaign_id = self._record.resource(self._plan.campaign.path).id
        assert campaign_id is not None
        return campaign_id

    # -- one object ------------------------------------------------------------------------------------------------

    def _ensure_created(self, step: Step) -> None:
        """Create an object, exactly once. Raises SubmitError if its state stays unknown."""
        resource = self._record.resource(step.path)
        if resource.is_in_doubt:
            self._reconcile(step, resource)
            if resource.state == "ABSENT":
                if not self._resend_absent:
                    raise absent(step, self._record)
                self._send(step, resource)
        elif not resource.is_created and not self._is_registered(step, resource):
            if (resource.request_id or step.body.get("request_id")) in resource.repeated:
                raise duplicate(step, self._record)
            if not self._is_checked:
                self._require_unclaimed(step)
            self._send(step, resource)
        if resource.is_in_doubt:
            self._reconcile(step, resource)
            if resource.state == "ABSENT":
                raise absent(step, self._record)

    def _is_registered(self, step: Step, resource: ResourceState) -> bool:
        """Look a refused object up before it is sent again: it may exist in spite of the answer."""
        if resource.code is None:
            return False
        self._progress(search(step, resource))
        matches = self._find(step)
        if matches:
            self._created(step, matches[0], registered=True)
        return bool(matches)

    def _find(self, step: Step) -> list[str]:
        """The id of the object of a step's name, in a list of at most one. Raises PersonNeededError for several."""
        ids = self._record.ids(other.path for other in self._plan.steps)
        matches = matching(step, ids, self._record, self._reader)
        if len(matches) > 1:
            raise ambiguous(step, matches)
        for match in matches:
            if holder := self._record.holder(match, but=step.path):
                raise PersonNeededError(
                    f"{step.path}: {match} bears its name and is {holder}: one of the two may not exist"
                )
        return matches

    def _send(self, step: Step, resource: ResourceState) -> None:
        """Send a create request, with retries, until the object is CREATED or its state UNKNOWN."""
        objections = self._objections(step.path)
        if objections:
            raise StoppedError(f"the checks object to {step.path}: it was not sent", details=objections)
        pauses, throttled = iter(RETRIES), 0
        ids = self._record.ids(other.path for other in self._plan.steps)
        if step.level in GUARDED and resource.request_id is None:
            resource.request_id = step.body["request_id"]
            resource.is_drawn = resource.request_id == REQUEST_ID
            if resource.is_drawn:
                resource.request_id = str(secrets.randbits(62) + 1)
        if (first := first_request_id(step, resource)) is not None:
            self._progress(f"{step.path} is sent with request_id {first}, that of the first try")
        body = step.filled(ids, resource.request_id)
        while True:
            self._record.note(
                "ARMED",
                object=step.path,
                name=step.name,
                body=step.digest,
                request_id=resource.request_id,
                drawn=resource.is_drawn or None,
                sent=kept_fields(step) if step is self._plan.campaign else None,
            )
            is_first = resource.sends == 1
            answer = self._client.post(step.endpoint, body, self._record.withheld)
            if answer.kind == "unsent":
                self._record.note("NOT_SENT", object=step.path, why=answer.message)
                pause = next(pauses, None)
                if pause is None:
                    raise StoppedError(f"{step.path} was not sent: {answer.message}")
            elif answer.kind == "throttled":
                self._record.note("NOT_SENT", object=step.path, **undone(answer))
                if throttled == THROTTLED_RETRIES:
                    raise StoppedError(f"{step.path} was not sent: {answer.message}")
                throttled, pause = throttled + 1, self._retry_policy.throttle_wait
                self._progress(f"throttled ({answer.message}): waiting {pause:g} s")
            else:
                self._handle_answer(step, answer, is_first=is_first)
                return
            time.sleep(pause)
            if self._is_registered(step, resource):
                return
            if resource.code is not None:
                self._require_unclaimed(step)

    def _handle_answer(self, step: Step, answer: Answer, *, is_first: bool) -> None:
        """Journal the answer to a create request. Raises SubmitError if the object was not created."""
        resource = self._record.resource(step.path)
        object_id = answer.data.get(OWN_IDS[step.level]) if answer.kind == "ok" else None
        if is_id(object_id):
            self._refuse_taken_id(step, str(object_id))
            self._created(step, str(object_id), registered=None)
            self._answered.add(step.path)
        elif answer.kind == "unauthorized":
            self._record.note("NOT_SENT", object=step.path, **undone(answer))
            lacking = "a permission is missing" if answer.code == NO_PERMISSION else "the token is not accepted"
            details = self._explain(step.endpoint, step.path, answer)
            raise StoppedError(f"{step.path} was not sent: {lacking} ({answer.message})", details=details)
        elif answer.kind == "redirected":
            self._record.note("REJECTED", object=step.path, why=answer.message)
            raise MisuseError(
                f"{step.path} ({step.name!r}): {answer.message}: "
                "nobody knows whether it was created; resume looks for it"
            )
        elif answer.kind == "refused" and is_first:
            self._record.note("REJECTED", object=step.path, **undone(answer))
            details = self._explain(step.endpoint, step.path, answer)
            raise StoppedError(f"TikTok refuses {step.path} ({step.name!r}): {answer.message}", details=details)
        elif answer.code == DUPLICATE and resource.may_be_anothers_id:
            self._record.note("REJECTED", object=step.path, **undone(answer))
            if not self._is_registered(step, resource):
                raise duplicate(step, self._record)
        else:
            why = answer.message if answer.kind != "ok" else f"{answer.message}, without an id"
            self._record.note("UNKNOWN", object=step.path, why=why, answer=answer.refusal)
            if answer.refusal is not None:
                for line in (f"{step.path}: {answer.message}", *self._explain(step.endpoint, step.path, answer)):
                    self._progress(line)

    def _refuse_taken_id(self, step: Step, object_id: str) -> None:
        """Raise PersonNeededError if an answer gives the id of another object: it tells nothing of this one."""
        holder = self._record.holder(object_id, but=step.path)
        holder = holder or ("a campaign of another run" if object_id in self._others else None)
        if holder is not None:
            why = f"the answer gives {object_id}, the id of {holder}"
            self._record.note("UNKNOWN", object=step.path, why=why)
            raise PersonNeededError(
                f"{step.path} ({step.name!r}): {why}: nobody knows whether it was created; resume looks for it"
            )

    def _created(self, step: Step, object_id: str, *, registered: bool | None) -> None:
        """Journal the id of an object; if the journal cannot be written, the StoppedError names the id."""
        try:
            self._record.note("CREATED", object=step.path, id=object_id, registered=registered)
        except StoppedError as error:
            why = f"{step.path} was created, its {OWN_IDS[step.level]} is {object_id}, and that is not in the journal"
            raise StoppedError(f"{why}: {error}; resume finds it again") from error

    def _reconcile(self, step: Step, resource: ResourceState) -> None:
        """Look an object up whose state is unknown: it is registered if found, else ABSENT.

        Raises PersonNeededError as `_require_unclaimed` does.
        """
        self._progress(search(step, resource))
        matches = self._find(step)
        if matches:
            self._created(step, matches[0], registered=True)
        else:
            self._record.note("ABSENT", object=step.path, why=resource.why)
            self._require_unclaimed(step)

    # -- all of them -----------------------------------------------------------------------------------------------

    def _asked(self) -> dict[str, Any]:
        return asked(self._plan, self._verifier.noted, self._verifier.unshown)

    def _enable(self) -> None:
        path, verifier = self._plan.campaign.path, self._verifier
        outcome = "paused"
        if self._plan.enable:
            verifier.refuse_paused(anew=self._record.enables_anew)
            was = self._record.resource(path).acts.get("enable")
            try:
                look = partial(verifier.verify, again=True)
                self._status_updates.set("enable", "campaign", [path], look, self._asked)
            except SubmitError:
                self._record.refuse_now()
                raise
            if was != "DONE":
                compare_enabled(self._plan, self._record, verifier.noted, verifier.unshown, self._progress)
            outcome = "enabled"
        if self._record.outcome != outcome:
            self._record.note("FINISHED", outcome=outcome, notes=self._progress.notes or None)
        self._progress.each(enabled_by_hand(self._record))
