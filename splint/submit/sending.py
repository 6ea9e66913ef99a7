"""Sending a plan: each object armed in the journal, sent once, and looked up where its fate is not known."""

import secrets
import time
from collections.abc import Callable, Collection, Mapping

from splint.reporting.wording import counted
from splint.schema.vocabulary import OWN_IDS
from splint.submit.acts import Acts
from splint.submit.client import Answer, Client
from splint.submit.drift import Difference, differences, unseen
from splint.submit.errors import MisuseError, PersonNeededError, RefusedError, StoppedError
from splint.submit.plan import GUARDED, Plan, Step
from splint.submit.reading import RETRIES, THROTTLED_TIMES, Reader, RetryPolicy, Row, is_id, is_named, told
from splint.submit.record import Record, ResourceState


class Sender:
    """Sends what of a plan does not stand yet, reads all of it back, and enables the campaign if that is wanted.

    `objections` says what the checks have against an object that is still to be sent; `explain` gives more lines on a
    refusal; `tell` takes a line of progress. `is_new` says that nobody holds the campaign's name, as was just asked;
    `others` are the campaigns of other runs, and `accept_drift` the fields that may differ when it is enabled.
    """

    def __init__(
        self,
        plan: Plan,
        record: Record,
        client: Client,
        retry_policy: RetryPolicy,
        *,
        objections: Callable[[str], tuple[str, ...]],
        explain: Callable[[Step, str], tuple[str, ...]],
        tell: Callable[[str], None],
        is_new: bool,
        resend_absent: bool,
        others: Collection[str] = frozenset(),
        accept_drift: Collection[str] = (),
    ) -> None:
        self._plan = plan
        self._record = record
        self._client = client
        self._patience = retry_policy
        self._objections = objections
        self._explain = explain
        self._tell = tell
        self._is_new = is_new
        self._is_known = is_new
        """Whether nothing stands where something is to be sent that no journal names."""
        self._resend_absent = resend_absent
        self._accept_drift = frozenset(accept_drift)
        self._reader = Reader(client, plan.advertiser_id, retry_policy, others)
        self._acts = Acts(record, client, self._reader, retry_policy)

    def send(self) -> None:
        """Bring the run to its end. Raises a SubmitError where it stops."""
        is_paused = False
        for number, step in enumerate(self._plan.steps, start=1):
            resource = self._record.resource(step.path)
            was = resource.stands
            if not was and not is_paused and step is not self._plan.campaign:
                self._require_paused()
                is_paused = True
            self._stand(step)
            if not was:
                self._tell(f"{number}/{len(self._plan.steps)} {step.level} {step.name!r} is {resource.id}")
        self._verify()
        self._enable()

    def _running(self, why: str, details: tuple[str, ...] = ()) -> PersonNeededError:
        """What needs a person because a campaign may be spending."""
        return PersonNeededError(why, next_words=("rollback", self._record.run), details=details)

    def _require_paused(self) -> None:
        """Refuse to add anything to a campaign that runs: all of it stands before any of it spends.

        That this process created it paused is proof enough where no row shows it yet.
        """
        own = self._campaign_id()
        row = self._reader.campaign(own)
        if row is None and not self._is_new:
            for _ in self._patience.looks():
                row = row or self._reader.campaign(own)
            if row is None:
                raise StoppedError(f"campaign {own} cannot be read back: nothing is added to what may run")
        if row is not None and row.get("operation_status") not in ("DISABLE", None):
            path, status = self._plan.campaign.path, row["operation_status"]
            raise self._running(f"{path}: operation_status of {own} is {status}: nothing is added to what may run")

    def _require_known(self, step: Step) -> None:
        """Read where an object belongs before it is sent anew: what no journal names there may be that very object.

        What has turned up meanwhile under its very name is adopted, where it may have been sent.
        """
        is_campaign = step is self._plan.campaign
        resource = self._record.resource(step.path)
        if is_campaign:
            if not resource.is_in_doubt:
                refuse_taken(self._reader, step)
            rows = self._reader.similar(step.name, self._record.start["time"])
        else:
            own = {resource.id for resource in self._record.resources.values()}
            below = self._reader.below(self._campaign_id())
            rows = [row for level in below.values() for key, row in level.items() if key not in own]
        ids = self._record.ids(other.path for other in self._plan.steps)
        same = [row for row in rows if is_named(row, step, ids)]
        if len(rows) == 1 and same and resource.is_in_doubt:
            self._created(step, str(same[0][OWN_IDS[step.level]]), registered=True)
        elif rows:
            found = ", ".join(sorted(told(row) for row in rows))
            where = "under this advertiser" if is_campaign else f"under campaign {self._campaign_id()}"
            raise PersonNeededError(
                f"{step.path} ({step.name!r}) is not sent: what stands {where} is in no journal, and may be it: {found}"
            )
        self._is_known = True

    def _campaign_id(self) -> str:
        found = self._record.resource(self._plan.campaign.path).id
        assert found is not None
        return found

    # -- one object ------------------------------------------------------------------------------------------------

    def _stand(self, step: Step) -> None:
        """Have an object created, once."""
        resource = self._record.resource(step.path)
        if resource.is_in_doubt:
            self._reconcile(step, resource)
            if resource.state == "ABSENT":
                self._require_known(step)
            if resource.state == "ABSENT":
                if not self._resend_absent:
                    raise _absent(step, resource)
                self._send(step, resource)
        elif not resource.stands and not self._is_adopted(step, resource):
            if not self._is_known:
                self._require_known(step)
            self._send(step, resource)
        if resource.is_in_doubt:
            self._reconcile(step, resource)
            if resource.state == "ABSENT":
                self._require_known(step)
            if resource.state == "ABSENT":
                raise _absent(step, resource)

    def _is_adopted(self, step: Step, resource: ResourceState) -> bool:
        """Look for what was refused before it is sent again: the answer may have been wrong."""
        if resource.code is None:
            return False
        self._tell(f"looking for {step.level} {step.name!r}: {resource.why}")
        found = self._sought(step, resource)
        if found:
            self._created(step, found[0], registered=True)
        return bool(found)

    def _sought(self, step: Step, resource: ResourceState) -> list[str]:
        """The id of what stands under a step's name, in a list. Raises PersonNeededError for several."""
        ids = self._record.ids(other.path for other in self._plan.steps)
        found = self._reader.find(step, ids, is_repeated=resource.sends > 1, name=resource.name)
        if len(found) > 1:
            raise several(step, found)
        return found

    def _send(self, step: Step, resource: ResourceState) -> None:
        """Send a create request: until the object is CREATED, or its fate unknown."""
        objections = self._objections(step.path)
        if objections:
            raise StoppedError(f"the checks object to {step.path}: it was not sent", details=objections)
        pauses, waits = iter(RETRIES), 0
        ids = self._record.ids(other.path for other in self._plan.steps)
        if step.level in GUARDED and resource.request_id is None:
            resource.request_id = step.body["request_id"]
            if resource.request_id == "${request_id}":
                resource.request_id = str(secrets.randbits(62) + 1)
        body = step.filled(ids, resource.request_id)
        while True:
            self._record.note(
                "ARMED", object=step.path, name=step.name, body=step.digest, request_id=resource.request_id
            )
            is_first = resource.sends == 1
            answer = self._client.post(step.endpoint, body)
            if answer.kind == "unsent":
                self._record.note("NOT_SENT", object=step.path, why=answer.message)
                pause = next(pauses, None)
                if pause is None:
                    raise StoppedError(f"{step.path} was not sent: {answer.message}")
            elif answer.kind == "throttled":
                self._record.note("NOT_SENT", object=step.path, why=answer.message, code=answer.code)
                if waits == THROTTLED_TIMES:
                    raise StoppedError(f"{step.path} was not sent: {answer.message}")
                waits, pause = waits + 1, self._patience.throttle_wait
                self._tell(f"throttled ({answer.message}): waiting {pause:g} s")
            else:
                self._take(step, answer, is_first=is_first)
                return
            time.sleep(pause)
            if self._is_adopted(step, resource):
                return
            if resource.code is not None:
                self._require_known(step)

    def _take(self, step: Step, answer: Answer, *, is_first: bool) -> None:
        """Note what an answer says of an object."""
        given = answer.data.get(OWN_IDS[step.level]) if answer.kind == "ok" else None
        if is_id(given):
            self._created(step, str(given), registered=None)
        elif answer.kind == "unauthorized":
            self._record.note("NOT_SENT", object=step.path, why=answer.message, code=answer.code)
            raise StoppedError(f"{step.path} was not sent: the token is not accepted ({answer.message})")
        elif answer.kind == "redirected":
            self._record.note("REJECTED", object=step.path, why=answer.message)
            raise MisuseError(f"{step.path} was not sent: {answer.message}")
        elif answer.kind == "refused" and is_first:
            self._record.note("REJECTED", object=step.path, why=answer.message, code=answer.code)
            details = self._explain(step, answer.message)
            raise StoppedError(f"TikTok refuses {step.path} ({step.name!r}): {answer.message}", details=details)
        else:
            why = answer.message if answer.kind != "ok" else f"{answer.message}, without an id"
            self._record.note("UNKNOWN", object=step.path, why=why)

    def _created(self, step: Step, given: str, *, registered: bool | None) -> None:
        """Note an id; where the journal takes it no more, say it, so that it is not lost."""
        try:
            self._record.note("CREATED", object=step.path, id=given, registered=registered)
        except StoppedError as error:
            message = f"{step.path} was created, its {OWN_IDS[step.level]} is {given}, and that is not in the journal"
            raise StoppedError(f"{message}: {error}; resume finds it again") from error

    def _reconcile(self, step: Step, resource: ResourceState) -> None:
        """Look for an object whose fate is not known: one is adopted, several need a person, none makes it ABSENT."""
        self._tell(f"looking for {step.level} {step.name!r}: {resource.why or 'its answer never came'}")
        found = self._sought(step, resource)
        if found:
            self._created(step, found[0], registered=True)
        else:
            self._record.note("ABSENT", object=step.path, why=resource.why)

    # -- all of them -----------------------------------------------------------------------------------------------

    def _verify(self) -> None:
        """Read the whole tree back, and compare it with what was sent."""
        steps = self._plan.steps
        ids = self._record.ids(step.path for step in steps)
        own = ids[self._plan.campaign.path]
        rows: Mapping[str, Row] = {}
        missing: list[str] = []
        is_repeated = any(self._record.resource(step.path).sends > 1 for step in steps)
        for _ in self._patience.looks():
            below = self._reader.below(own)
            rows = {key: row for level in below.values() for key, row in level.items()}
            self._refuse_strangers(set(rows) - set(ids.values()), own)
            missing = [step.path for step in steps if ids[step.path] not in rows]
            if not missing and not is_repeated:
                break  # what was sent twice may yet turn up twice
        if missing:
            raise StoppedError(f"{', '.join(missing)} cannot be read back yet: nothing was enabled")
        found = [difference for step in steps for difference in differences(step, rows[ids[step.path]], ids)]
        self._judge(found)
        if self._plan.enable:
            for step in steps:
                if fields := unseen(step, rows[ids[step.path]], ids):
                    self._tell(f"note: {step.path}: not shown, and so not compared: {', '.join(fields)}")
        for step in steps:
            if self._record.resource(step.path).state != "VERIFIED":
                self._record.note("VERIFIED", object=step.path)

    def _refuse_strangers(self, strangers: set[str], own: str) -> None:
        named = (str(row.get("campaign_id")) for row in self._reader.campaigns(self._plan.campaign.name))
        twins = [other for other in named if other != own]
        if strangers or twins:
            what = f"{', '.join(sorted(strangers))} stand under campaign {own}" if strangers else ""
            what += f"{'; ' if what and twins else ''}{', '.join(twins)} bear its name" if twins else ""
            raise PersonNeededError(f"{what}, and this run did not make them: nothing was enabled")

    def _judge(self, found: list[Difference]) -> None:
        campaign = self._plan.campaign.path
        if self._plan.enable and self._record.resource(campaign).acts.get("enable"):  # an earlier request came through
            found = [
                one for one in found if (one.path, one.field, one.shown) != (campaign, "operation_status", "ENABLE")
            ]
        weights = ("grave", "drift") if self._plan.enable else ("grave",)
        halting = [one for one in found if one.weight in weights and one.field not in self._accept_drift]
        for difference in found:
            if difference not in halting:
                self._tell(f"note: {difference}")
        if halting:
            grave = tuple(str(difference) for difference in halting)
            why = f"what stands differs from the plan in {counted(len(grave), 'field')}: nothing was enabled now"
            is_running = any((one.path, one.field) == (campaign, "operation_status") for one in halting)
            raise self._running(why, grave) if is_running else PersonNeededError(why, details=grave)

    def _enable(self) -> None:
        path = self._plan.campaign.path
        outcome = "paused"
        if self._plan.enable:
            self._acts.set("enable", "campaign", [path])
            outcome = "enabled"
        if self._record.outcome != outcome:
            self._record.note("FINISHED", outcome=outcome)


def refuse_taken(reader: Reader, campaign: Step) -> None:
    """Refuse to send a campaign while one of its name stands: by its name it is found again."""
    there = [str(row.get("campaign_id")) for row in reader.campaigns(campaign.name)]
    if there:
        raise RefusedError(
            f"a campaign named {campaign.name!r} stands already ({', '.join(there)}): nothing was sent; "
            "give this one another name"
        )


def several(step: Step, found: list[str]) -> PersonNeededError:
    """Why nobody can tell which of several objects is the one that was sent."""
    return PersonNeededError(
        f"{step.path}: {len(found)} {step.level}s are named {step.name!r}: {', '.join(found)}; "
        "delete what is not wanted, then go on"
    )


def _absent(step: Step, resource: ResourceState) -> PersonNeededError:
    why = f" ({resource.why})" if resource.why else ""
    return PersonNeededError(
        f"{step.path} ({step.name!r}) was sent, and cannot be found{why}: it may still turn up; look for it, then "
        "resume, with --resend-absent to send it again"
    )
