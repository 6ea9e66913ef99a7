"""Reads the objects of a run back and compares them with its plan, before anything is added to them or enabled."""

from collections.abc import Callable, Collection, Mapping
from typing import NamedTuple

from splint.reporting.wording import counted
from splint.schema.vocabulary import NAME_FIELDS, is_deleted
from splint.submit.commands import command
from splint.submit.drift import IDENTITY, Difference, differences, kind_of, unseen
from splint.submit.errors import PersonNeededError, UnreadError
from splint.submit.evidence import has_children, may_turn_up
from splint.submit.limits import Limits
from splint.submit.mistaken import (
    alike,
    give_up,
    is_displaced,
    is_for_now,
    is_mistaken,
    is_nameless,
    named_so,
    objection,
    unread,
    way_on,
)
from splint.submit.namesakes import refuse_unknown, untold
from splint.submit.options import RetryPolicy
from splint.submit.plan import Plan, Step
from splint.submit.reading import Reader
from splint.submit.record import BY_HAND, Record
from splint.submit.rows import Row, by_key, described
from splint.submit.statuses import is_unclear, shows_enable, unpaused
from splint.submit.ways import RENAMED, way_back, way_of_unsent, ways_on

ADDED = "nothing is added to what may run"


class _Shown(NamedTuple):
    """What a look at the whole tree of a run shows."""

    rows: Mapping[str, Row]
    """The rows of the run's objects by path, without deleted ones."""
    missing: list[Step]
    deleted: set[str]
    """The paths of what is shown as deleted."""
    is_at_once: bool
    """Whether it was read without a wait, if it matters: nobody had minutes to change what was read first."""
    is_own_listed: bool
    """Whether the list of campaigns that tells of others of the name had the run's own and all names, if it matters."""


class Verifier:
    """Compares what stands with a plan. `accept_drift` names the fields that may differ."""

    def __init__(
        self,
        plan: Plan,
        record: Record,
        reader: Reader,
        retry_policy: RetryPolicy,
        *,
        progress: Callable[[str], None],
        accept_drift: Collection[str],
    ) -> None:
        self._plan = plan
        self._record = record
        self._reader = reader
        self._retry_policy = retry_policy
        self._progress = progress
        self._accept_drift = accept_drift
        self.noted: list[Difference] = []
        """What the last comparison of all of it told, and let stand."""
        self.unshown: dict[str, list[str]] = {}
        """The fields that were sent and that the last one did not compare, as no row shows them, by path."""

    # -- before anything is added ----------------------------------------------------------------------------------

    def require_paused(self, answered: Collection[str]) -> None:
        """Raise PersonNeededError if the campaign is another one, was deleted, or is not shown as paused: it may spend.

        As `unread` does if no row shows it within the settle window: its id may be that of a campaign that runs.
        """
        campaign = self._plan.campaign
        own = self._ids()[campaign.path]
        row, is_gone = self._reader.standing_row(own)
        if row is None:
            self._refuse_deleted([campaign] * is_gone)
            raise unread([campaign], f"campaign {own}", ADDED, self._record, self._reader)
        self._require_own(campaign, row, answered)
        if self._is_wanting(row):
            row = self._reader.settled(own, lambda row: row is not None and not self._is_wanting(row)) or row
            self._require_own(campaign, row, answered)
        self.refuse_running(row, ADDED)
        if self._is_wanting(row):
            raise PersonNeededError(
                f"{campaign.path} ({campaign.name!r}): no row shows the name of {own}, the id that the answer gave: it "
                f"may be another's, and nothing is added to it; look at it; {BY_HAND}"
            )

    def _is_wanting(self, row: Row) -> bool:
        """Whether another row may tell whether the campaign is paused, or whether it is the run's at all."""
        is_known = self._record.resource(self._plan.campaign.path).state == "VERIFIED"
        return is_unclear(row) or (is_nameless(row) and not is_known)

    def refuse_running(self, row: Row, then: str) -> None:
        """Raise PersonNeededError, which says what follows, unless a row of the campaign shows it paused."""
        if why := unpaused(row):
            raise self._spending_error(f"{self._plan.campaign.path}: {why}: {then}")

    def require_ad_groups(self, answered: Collection[str]) -> None:
        """Raise PersonNeededError if a row shows that an ad group's id is that of another object: it may run.

        As `_refuse_deleted` does, for those that were deleted, and `unread`, unless a row of each shows within the
        settle window under which campaign it stands.
        """
        ids = self._ids()
        unshown = {ids[step.path]: step for step in self._plan.steps if step.level == "adgroup" and step.path in ids}
        gone = set(unshown)
        for _ in self._retry_policy.lookups():
            rows = self._reader.of_ids("adgroup", unshown, deleted=True)
            gone &= {key for key, row in rows.items() if is_deleted(row)}
            for key, row in rows.items():
                if is_deleted(row):
                    continue
                self._require_own(unshown[key], row, answered)
                if row.get("campaign_id"):
                    del unshown[key]
            if not unshown:
                return
        self._refuse_deleted([unshown[key] for key in gone])
        names = ", ".join(f"{step.path} ({key})" for key, step in unshown.items())
        raise unread(unshown.values(), names, ADDED, self._record, self._reader)

    def _require_own(self, step: Step, row: Row, answered: Collection[str]) -> None:
        """Raise PersonNeededError if a row shows another object.

        An id is then given up that an answer just gave, or that was never VERIFIED and is plainly that of another. What
        has another name alone, a person may have renamed: the id of an ad group is kept unless one of the name that was
        sent stands beside it, and to later commands that of a campaign; one that is empty no rollback disables.
        """
        different = [one for one in self._differences(step, row, self._ids()) if one.field in IDENTITY]
        different = [one for one in different if one.weight == "grave" and one.field not in self._accept_drift]
        against = None
        if step is self._plan.campaign and not different:
            against = objection(row, self._record, self._reader)
        if not different and against is None:
            return
        what = f"its id is that of another object, {described(row)}{f': {against}' if against else ''}"
        is_renamed = not against and {one.field for one in different} == {NAME_FIELDS[step.level]}
        is_empty = step is self._plan.campaign and not has_children(self._record)
        is_wrong = step.path in answered or (against and is_empty)
        is_wrong = is_wrong or is_mistaken(row, step.path, step.level, self._record)
        if is_renamed and step.parent is not None and row.get("campaign_id"):
            own = self._ids()
            kept = [own[step.path]] if step.path in answered else own.values()
            is_wrong = is_displaced(step, own, kept, self._record, self._reader)
        way, next_words = way_of_unsent(different, self._record)
        if is_renamed and not way and not is_wrong:  # a resume would end here again
            way = f"{RENAMED}{alike(self._record, self._reader)}" if is_empty else ways_on(different, self._record)
            next_words = ("runs", self._record.run) if is_empty else ()
        what = f"it stands as {described(row)}" if way and not way.startswith(RENAMED) else what
        if against:
            way, next_words = way_on(row, self._record, self._reader)
        if is_wrong:
            source = "the answer gave" if step.path in answered else "its id is that of another object,"
            why, told = f"{source} {described(row)}", (against and is_for_now(row, self._record)) or None
            self._record.note("UNKNOWN", object=step.path, why=why, is_contradicting=told)
        raise PersonNeededError(
            f"{step.path} ({step.name!r}): {what}: nothing is added to it{way}",
            next_words=next_words,
            details=tuple(map(str, different)),
        )

    def _differences(self, step: Step, row: Row, ids: Mapping[str, str]) -> list[Difference]:
        """The fields in which a row differs from the plan, and whether what the plan says was ever sent."""
        was_sent = self._record.resource(step.path).digest == step.digest
        return [one._replace(was_sent=was_sent) for one in differences(self._plan, step, row, ids)]

    # -- all of it -------------------------------------------------------------------------------------------------

    def verify(self, *, again: bool = False) -> None:
        """Read the whole tree back and compare it with the plan. Raises SubmitError for a difference that matters.

        With `again` it was all found so before, and the first look that shows all of it is enough.
        """
        shown = self._look(to_the_end=self._plan.enable and not again and may_turn_up(self._plan, self._record))
        self._refuse_missing(shown)
        if not shown.is_at_once:
            raise UnreadError("what stands cannot be read at once, its lists being throttled: nothing more is sent")
        if not shown.is_own_listed:
            raise untold(self._ids()[self._plan.campaign.path], self._reader)
        self._compare(shown.rows)
        for path, fields in self.unshown.items() if self._plan.enable and not again else ():
            if fields:
                self._progress(f"note: {path}: not shown, and so not compared: {', '.join(fields)}")
        for step in self._plan.steps:
            if self._record.resource(step.path).state != "VERIFIED":
                self._record.note("VERIFIED", object=step.path)

    @property
    def _is_to_be_paused(self) -> bool:
        """Whether no request was to enable the campaign yet."""
        return not (self._plan.enable and "enable" in self._record.resource(self._plan.campaign.path).acts)

    def _look(self, *, to_the_end: bool) -> _Shown:
        """What the first look shows that shows all of the run; of none, or `to_the_end` of the window, the last one.

        Where the lists of names lack the campaign to the end of the window, one look more reads the list of all.
        `deleted` is what each look showed so. Raises PersonNeededError as `_look_once` does.
        """
        shown = _Shown({}, [], set(), is_at_once=False, is_own_listed=False)
        deleted = {step.path for step in self._plan.steps}
        for _ in self._retry_policy.lookups():
            shown = self._look_once()
            deleted &= shown.deleted
            row = shown.rows.get(self._plan.campaign.path)
            is_told = row is None or not (self._is_to_be_paused and is_unclear(row))
            if not shown.missing and not to_the_end and shown.is_at_once and is_told and shown.is_own_listed:
                break
        if not shown.missing and not shown.is_own_listed:
            shown = self._look_once(is_whole=True)
        return shown._replace(deleted=deleted)

    def _look_once(self, *, is_whole: bool = False) -> _Shown:
        """Read the whole tree. Raises PersonNeededError for what the journal does not have, unless that is doubtful.

        Other campaigns of the name are looked for in the list of it, or in that of all, with `is_whole`.
        """
        steps, ids, waits = self._plan.steps, self._ids(), self._reader.waits
        own = ids[self._plan.campaign.path]
        paths = {(step.level, ids[step.path]): step.path for step in steps}
        found = by_key(self._reader.below(own, deleted=True))
        deleted = {paths[key] for key, row in found.items() if key in paths and is_deleted(row)}
        standing = {key: row for key, row in found.items() if not is_deleted(row)}
        rows = {paths[key]: row for key, row in standing.items() if key in paths}
        unknown = [row for key, row in standing.items() if key not in paths]
        missing = [step for step in steps if step.path not in rows]
        if named_so(unknown, [step.path for step in missing], self._record):
            self._refuse_mistaken(missing)
        else:
            refuse_unknown(unknown, own, self._record, self._reader, is_whole=is_whole)
        is_at_once = not self._plan.enable or self._reader.waits == waits
        is_own_listed = not self._plan.enable or (self._reader.is_own_listed and not self._reader.nameless)
        return _Shown(rows, missing, deleted, is_at_once, is_own_listed)

    def _refuse_missing(self, shown: _Shown) -> None:
        """Raise SubmitError if objects of the run are not shown."""
        missing = shown.missing
        if not missing:
            return
        self._refuse_mistaken(missing)
        self._refuse_deleted([step for step in missing if step.path in shown.deleted])
        names = ", ".join(step.path for step in missing)
        was_seen = all(self._record.resource(step.path).state == "VERIFIED" for step in missing)
        them, they = ("it", "it") if len(missing) == 1 else ("them", "they")
        way = f"rows showed {them} before: where it stays so, {they} may have been deleted by hand: "
        way = f"{way}{way_back(self._record)}" if was_seen else BY_HAND
        raise unread(missing, names, "nothing more is sent", self._record, self._reader, way)

    def _compare(self, rows: Mapping[str, Row]) -> None:
        """Raise SubmitError if rows, by path, differ from the plan where that matters, or the campaign may run."""
        campaign, ids = self._plan.campaign, self._ids()
        self.unshown = {step.path: unseen(self._plan, step, rows[step.path], ids) for step in self._plan.steps}
        differing = [one for step in self._plan.steps for one in self._differences(step, rows[step.path], ids)]
        differing = [one._replace(kind=kind_of(one.path, differing)) for one in differing]
        if self._record.resource(campaign.path).state != "VERIFIED":  # else what differs is somebody's change
            self._require_own(campaign, rows[campaign.path], ())
        self._check_differences(differing)
        if self._is_to_be_paused:
            self.refuse_running(rows[campaign.path], "nothing more is sent, and it may run")
            latest = self._reader.latest[ids[campaign.path]]
            if shows_enable(latest):  # as the list of names, which is read after it, has it
                self.refuse_running(latest, "nothing more is sent, and it may run")

    def refuse_paused(self, *, anew: bool) -> None:
        """Raise PersonNeededError if the campaign was enabled before and its row shows DISABLE.

        With `anew` it is to be enabled once more.
        """
        campaign = self._record.resource(self._plan.campaign.path)
        if campaign.id is None or campaign.acts.get("enable") != "DONE":
            return
        row = self._reader.settled(campaign.id, lambda row: row is not None and row.get("operation_status") == "ENABLE")
        if row is None or row.get("operation_status") != "DISABLE" or shows_enable(row):
            return
        if not anew:
            raise PersonNeededError(
                f"{campaign.path} ({campaign.id}) was enabled, and shows DISABLE now: somebody paused it, or the "
                "list is stale, and it is not enabled again; the next command enables it",
                next_words=("resume", self._record.run, "--enable"),
            )
        self._progress(f"note: {campaign.path} was enabled, and shows DISABLE now: it is enabled again")
        self._record.note("UNKNOWN", object=campaign.path, action="enable", id=campaign.id, why="its row shows DISABLE")

    def _refuse_mistaken(self, missing: list[Step]) -> None:
        """Raise PersonNeededError if ids of missing objects are those of others' objects: they are given up."""
        if told := give_up({step.path: step.level for step in missing}, self._record, self._reader):
            raise PersonNeededError(f"{'; '.join(told)}: nothing more is sent; resume looks for what was sent")

    def _refuse_deleted(self, steps: list[Step]) -> None:
        """Raise PersonNeededError for objects that each look in the settle window showed as deleted."""
        if not steps:
            return
        ids, campaign, run = self._ids(), self._plan.campaign, self._record.run
        names = ", ".join(f"{step.path} ({ids[step.path]})" for step in ([campaign] if campaign in steps else steps))
        back = ("rollback", run, *["--delete"] * (campaign not in steps))
        raise PersonNeededError(
            f"{names} was deleted, and not by this run: nothing more is sent; take the run back with "
            f"{command(self._record.journal.directory, *back)}, and submit the bundle anew, "
            "or submit it with --again REASON",
            next_words=back,
        )

    def _check_differences(self, differing: list[Difference]) -> None:
        campaign = self._plan.campaign.path
        act, own_status = self._record.resource(campaign).acts.get("enable"), (campaign, "operation_status")
        running = [one for one in differing if one[:2] == own_status and one.shown == "ENABLE"]
        if self._plan.enable and act and running:  # an earlier request came through
            self._progress(f"note: {campaign} shows ENABLE, which an earlier request asked for")
            if act in ("NOT_SENT", "REJECTED"):
                self._record.note("UNKNOWN", object=campaign, action="enable", why="its row shows ENABLE")
            differing = [one for one in differing if one not in running]
        weights = ("grave", "drift") if self._plan.enable else ("grave",)
        exceeded, allowed = {one[:2]: one for one in self._record.exceeded}, self._record.allowed
        stopping = [one for one in differing if one[:2] not in exceeded and one.weight in weights]
        stopping = [one for one in stopping if one[:2] == own_status or not allowed.accepts(one, self._accept_drift)]
        self.noted = [one for one in differing if one not in stopping and one[:2] not in exceeded]
        stopping += exceeded.values()
        for one in self.noted:
            self._progress(f"note: {one}")
        if accepted := allowed.take(self.noted):
            self._record.note("ACCEPTED", accepted=accepted)
        if stopping:
            grave = tuple(map(str, stopping))
            why = f"what stands differs from the plan in {counted(len(grave), 'field')}: nothing more is sent"
            if own_status in [one[:2] for one in stopping]:
                raise self._spending_error(why, grave)
            unsent, next_words = way_of_unsent(stopping, self._record)
            is_on = bool(exceeded) and self._record.resource(campaign).may_run
            back, way = ("rollback", self._record.run), unsent or ways_on(stopping, self._record)
            raise PersonNeededError(f"{why}{way}", next_words=back if is_on else next_words, details=grave)
        if self._plan.enable:
            Limits.of_start(self._record.start).refuse_beyond(differing, self._record)

    def _spending_error(self, why: str, details: tuple[str, ...] = ()) -> PersonNeededError:
        """The error for a campaign that may be spending: its next command is the rollback."""
        return PersonNeededError(why, next_words=("rollback", self._record.run), details=details)

    def _ids(self) -> Mapping[str, str]:
        """The ids of the objects that were created, by path."""
        return self._record.ids(step.path for step in self._plan.steps)
