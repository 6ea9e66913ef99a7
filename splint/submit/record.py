"""The state of a run, computed from the journal."""

from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path
from typing import Any

from splint.schema.vocabulary import ObjectLevel, is_deleted
from splint.submit.allowed import Allowed, Told, journalled
from splint.submit.beside import Beside
from splint.submit.drift import Difference
from splint.submit.errors import RunningError, StoppedError
from splint.submit.journal import BUNDLE, Event, Journal, in_order, journals_now, kept_bundle
from splint.submit.locks import Lost
from splint.submit.resource import ResourceState
from splint.submit.rows import Row
from splint.submit.seen import Seen
from splint.submit.statuses import unpaused

CORRECTED = "FIXED"
"""What stands for the corrected bundle in a command to call next."""
BY_HAND = "where it stays so, delete by hand what stands of the run; submit then takes its bundle with --again REASON"
"""The end of a run whose objects no row shows: no command alone ends it."""
_DISABLING = "another process was told to disable the campaign, and has not confirmed that it did"


class Record(Seen):
    """The state of a run, and what a command read of it. Each new event is journalled first, then applied here."""

    def __init__(self, journal: Journal, now_journals: Iterable[Journal] = (), lost: Lost = lambda: None) -> None:
        super().__init__()
        self.journal = journal
        self._lost = lost
        self.start: dict[str, Any] = {}
        """The fields of START and later events of the run: advertiser_id, origin, campaign (its path), limits ..."""
        self.resources: dict[str, ResourceState] = {}
        self.look_beside: Callable[[], Beside] = Beside
        """Reads the other journals of the directory."""
        self.given_up_at: str | None = None
        """When a rollback of the run was first journalled; None too where its journal could not be written."""
        self.outcome: str | None = None
        """paused, enabled, disabled or deleted; None until the run is finished."""
        self.notes: list[str] = []
        """What the command noted that brought the run to its end, as in what it differs from what was sent."""
        self.allowed = Allowed()
        self.enables_anew = False
        """Whether this command is to enable the campaign again where somebody paused it."""
        self._is_now = False  # whether the last rollback was one with --now
        self._undone: str | None = None  # the outcome of the rollback before that
        self._now_journals = len(journals_now(journal.path.parent, journal.run))
        self.events: list[Event] = []  # of all its journals
        for event in in_order([journal, *now_journals]):
            self._apply(event)
        self.allowed.named.clear()  # what an earlier command accepted by a name, it accepted as it read it
        if self.start and self._now_journals:
            self.start["rollback"] = True  # asked for, even where its journal could not be written

    @classmethod
    def of(cls, journal: Journal, lost: Lost = lambda: None) -> "Record":
        """The record of a journal together with the journals of `rollback --now` for the same run."""
        now_journals = journals_now(journal.path.parent, journal.run)
        return cls(journal, [Journal.peek(path) for path in now_journals], lost)

    def note(self, event: str, **fields: Any) -> None:
        """Write an event to the journal, then apply it. Raises as `refuse_now` does, or StoppedError if it fails.

        That too where the lock was lost; only DISABLE is sent all the same.
        """
        is_lockless = event not in ("ARMED", "FINISHED") or fields.get("action") == "disable"
        if not is_lockless and (lost := self._lost()) is not None:
            raise StoppedError(f"{lost}: nothing more is sent")
        is_creating_or_enabling = event == "ARMED" and fields.get("action") in (None, "enable")
        if is_creating_or_enabling or fields.get("outcome") in ("paused", "enabled"):
            self.refuse_now()
        self._apply(self.journal.append(event, **fields))

    def see_now(self) -> list[Path]:
        """The journals of `rollback --now` that another process wrote since: the run then counts as rolled back."""
        paths = journals_now(self.journal.path.parent, self.run)
        if len(paths) <= self._now_journals:
            return []
        self.start["rollback"] = True
        return paths

    def withheld(self) -> str | None:
        """Why this process is to send no create and no ENABLE, if so: a request in the journal may have had to wait."""
        return self._lost() or ("rollback --now was called before it was sent" if self.see_now() else None)

    def refuse_now(self) -> None:
        """Raise StoppedError after `rollback --now`, or RunningError where ENABLE was sent and may come after."""
        if not (paths := self.see_now()):
            return
        is_done = any(each.name == "DONE" for path in paths for each in Journal.peek(path).events)
        what = "the campaign was disabled by another process meanwhile" if is_done else _DISABLING
        if any(one.may_run for one in self.resources.values()):
            raise RunningError(f"{what}, and ENABLE was sent by this one: the campaign may run")
        raise StoppedError(f"{what}: nothing more is sent")

    def resource(self, path: str) -> ResourceState:
        """The state of the object at a path; PLANNED if the journal has no event of it."""
        return self.resources.setdefault(path, ResourceState(path))

    @cached_property
    def beside(self) -> Beside:
        """What the other journals of the directory tell of the run's campaign, read once."""
        return self.look_beside()

    @property
    def campaign(self) -> ResourceState | None:
        """The state of the campaign, also where a damaged journal lacks START; None where no line is about it."""
        own = self.start.get("campaign")
        fitting = (one for path, one in self.resources.items() if path == (own or path) and "/adgroups/" not in path)
        return next(fitting, None)

    def level(self, path: str) -> ObjectLevel:
        """The level of the object at a path."""
        if path == self.start["campaign"]:
            return "campaign"
        return "ad" if "/ads/" in path else "adgroup"

    @property
    def listed(self) -> list[ResourceState]:
        """The objects of the run, without those that a corrected bundle left out."""
        return [resource for resource in self.resources.values() if not resource.is_left_out]

    def ids(self, paths: Iterable[str]) -> dict[str, str]:
        """The ids of those of the objects that were created, by path."""
        resources = (self.resource(path) for path in paths)
        return {resource.path: resource.id for resource in resources if resource.is_created and resource.id is not None}

    def holder(self, object_id: str, but: str | None = None) -> str | None:
        """The path of the object that has an id, other than the one at `but`; None if there is none."""
        return next((one.path for one in self.resources.values() if one.id == object_id and one.path != but), None)

    @property
    def campaign_names(self) -> set[str]:
        """The names that the campaign was sent with, and the one that it is to have."""
        return {self.start["campaign_name"], *self.resource(self.start["campaign"]).names} if self.start else set()

    @property
    def run(self) -> str:
        """The run's name."""
        return self.journal.run

    @property
    def copy_of(self) -> str | None:
        """The run that the journal is of where the file bears another name than its START has; else None."""
        start = next(iter(self.journal.events), None)
        kept = str(start.fields.get("file", "")) if start is not None and start.name == "START" else ""
        run = kept.removesuffix(BUNDLE)
        return None if run in (kept, self.run) else run

    @property
    def is_begun(self) -> bool:
        """Whether any object was or may have been created, refused ones included."""
        return any(one.is_created or one.is_in_doubt or one.code is not None for one in self.resources.values())

    @property
    def is_lost(self) -> bool:
        """Whether the journal is gone, or has no whole line, beside a kept bundle.

        A first line that was torn leaves the same as a journal that was cut.
        """
        bundle = kept_bundle(self.journal.path.parent, self.run)
        is_kept = "campaign" not in self.start and (bundle.exists() or bundle.is_symlink())
        return is_kept and not self.journal.events

    @property
    def is_finished(self) -> bool:
        """Whether the run reached its end."""
        return self.outcome is not None

    @property
    def is_rolled_back(self) -> bool:
        """Whether a rollback of the run was started."""
        return bool(self.start.get("rollback"))

    @property
    def is_to_enable(self) -> bool:
        """Whether the run enables its campaign when it goes on, as `--enable` said, and has not done so before."""
        is_asked = bool(self.start.get("enable")) and not self.start.get("is_paused")
        return is_asked and self.resource(self.start["campaign"]).acts.get("enable") != "DONE"

    @property
    def is_to_run(self) -> bool:
        """Whether nothing speaks against that the campaign runs, as a person may have enabled it.

        All of it stood, and was left paused or its ENABLE was sent; none is unconfirmed, no rollback was started, no
        row showed since that it may spend more than was approved, and no command on the run told that it runs unasked.
        """
        campaign, is_stopped = self.campaign, self.is_rolled_back or bool(self.exceeding)
        is_stopped |= campaign is not None and (campaign.is_enabling_open or campaign.is_unasked)
        was_sent = campaign is not None and "enable" in campaign.acts  # only once all of it stood
        return (self.is_finished or was_sent) and not is_stopped

    @property
    def has_enabled(self) -> bool:
        """Whether a row confirmed that the run enabled its campaign."""
        return self.campaign is not None and self.campaign.acts.get("enable") == "DONE"

    @property
    def exceeded(self) -> list[Difference]:
        """In what the rows that this command read show that it may spend more than it was to, once ENABLE was sent."""
        return [*self.allowed.exceeded(self._row)]

    @property
    def exceeding(self) -> list[str]:
        """In what its campaign, which may run, may spend more: by the rows read, and without by the journal."""
        return [one.text for one in self.excess] if self._is_left_enabled else []

    @property
    def strangers(self) -> list[Row] | None:
        """What the last look at all of its campaign showed that is in no journal; None where there was none."""
        own = self.campaign.id if self.campaign is not None else None
        return None if own is None else self.strange(own, {one.id for one in self.resources.values()})

    @property
    def excess(self) -> list[Told]:
        """In what it may spend more by the rows read, and without by the journal, whether it runs or not."""
        return self.allowed.exceeding(self._row, self.strangers)

    def note_exceeding(self) -> None:
        """Journal `exceeding`, also of a run that goes on and is off, where that is news. Raises as `note` does."""
        is_open = self.allowed.is_asked and not (self.is_finished or self.is_rolled_back)
        if (is_open or self._is_left_enabled) and (found := self.excess) != self.allowed.told:
            self.note("EXCEEDING", **journalled(found))

    def _row(self, path: str) -> Row | None:
        """The row of the campaign, or of an ad group, that this command read last."""
        one = self.resources.get(path)
        return None if one is None else (self.latest if one is self.campaign else self.groups).get(one.id or "")

    @property
    def _is_left_enabled(self) -> bool:
        """Whether the run, or its rollback, stopped while its campaign may run by ENABLE, and no row shows it off."""
        return self.campaign is not None and self.campaign.may_run and not (self.is_finished or self.is_shown_off)

    @property
    def is_shown_off(self) -> bool:
        """Whether its row shows the campaign off, and none showed it to run; where none was read, by the journal."""
        own = self.campaign.id or "" if self.campaign is not None else ""
        if (row := self.latest.get(own)) is None:
            return self.campaign is not None and self.campaign.is_seen_running is False
        return (is_deleted(row) or not unpaused(row)) and "ENABLE" not in self.statuses[own]

    @property
    def runs_unasked(self) -> bool:
        """Whether the campaign was seen to run, to which the run never sent ENABLE, and no row shows it off since."""
        return self.campaign is not None and self.campaign.is_unasked and not self.is_shown_off

    @property
    def enabled_told(self) -> str:
        """What the line of a campaign says that may run, enabled by a run that stopped or unasked; or nothing."""
        if self.campaign is None or not self._is_left_enabled:
            return ", showed ENABLE, which the run never sent, and may run" if self.runs_unasked else ""
        return f"{'' if self.campaign.doubts else ', was enabled and may run'}{self.exceeding_told}"

    @property
    def exceeding_told(self) -> str:
        """What is to be said after that its campaign may run, where it may spend more than it was to; else nothing."""
        return f", and may spend more than was approved ({'; '.join(self.exceeding)})" if self.exceeding else ""

    @property
    def next_words(self) -> tuple[str, ...]:
        """The words of the command that continues the run, or takes it back where its campaign may spend more."""
        if self.is_rolled_back:
            return ("rollback", self.run, *(["--delete"] if self.start.get("delete") else []))
        if self.exceeding:
            return "rollback", self.run
        is_refused = any(one.state == "REJECTED" and one.code is not None for one in self.listed)
        corrected = ["--bundle", CORRECTED] if is_refused else []  # the kept bundle would be refused again
        return "resume", self.run, *corrected, *(["--enable"] if self.is_to_enable else [])

    @property
    def state(self) -> str:
        """The state of the run, for lists."""
        if self.copy_of is not None:
            return "copy"
        if self.outcome is not None:
            return self.outcome
        if self.is_rolled_back:
            return "rollback unfinished"
        if self.is_lost:
            return "in doubt"
        if not self.journal.events or not self.resources:
            return "not begun"
        return "in doubt" if any(resource.is_in_doubt for resource in self.resources.values()) else "unfinished"

    def model_dump(self) -> dict[str, Any]:
        """The run as JSON values."""
        head = ("time", "advertiser_id", "origin", "campaign_name", "enable")
        shown = {key: self.start[key] for key in head if key in self.start}
        lists = {"exceeding": self.exceeding, "accepted": [*map(str, self.allowed.accepted)], "notes": self.notes}
        shown |= {key: lines for key, lines in lists.items() if lines}
        shown |= {"runs_unasked": True} if self.runs_unasked else {}
        return {"run": self.run, "state": self.state, **shown, "objects": [one.model_dump() for one in self.listed]}

    def act(self, path: str, action: str, state: str) -> None:
        """Apply the state of a status update, as the journal has it, or as it cannot be told any more.

        Of a DISABLE by `rollback --now` and an ENABLE of the process that sends the run nobody knows which came last.
        """
        one = self.resource(path)
        if action == "disable" and state == "DONE":
            one.is_overtaken = self._is_now and one.is_enabling_open
        elif action == "enable" and state in ("ARMED", "UNKNOWN", "DONE") and one.acts.get("disable") == "DONE":
            one.is_overtaken, state = True, "UNKNOWN" if state == "DONE" else state
        one.act(action, state)

    def _apply(self, event: Event) -> None:
        self.events.append(event)
        fields = event.fields
        if event.name in ("START", "BUNDLE", "APPROVED", "LIMITS", "ROLLBACK"):
            time = {"time": event.time} if event.name == "START" else {}  # no later line tells when the run began
            self.start = {**time, **self.start, **fields}
            self._is_now = "after" in fields
            before = self.outcome if self.outcome in ("disabled", "deleted") else self._undone
            self._undone = before if self._is_now else None
            self.outcome = None
            self.given_up_at = self.given_up_at or (event.time if event.name == "ROLLBACK" else None)
            for resource in self.resources.values() if event.name == "BUNDLE" else ():
                resource.is_left_out = resource.path in fields.get("left_out", ())
            for resource in self.resources.values() if event.name == "ROLLBACK" else ():
                resource.forget("disable")  # it may have been enabled again since
            self.allowed.is_limited = bool(self.start.get("max_daily"))
            self.allowed.approve(fields.get("accept_drift") or ())
        elif event.name == "ACCEPTED":
            self.allowed.accept(fields["accepted"])
        elif event.name == "EXCEEDING":
            self.allowed.tell(fields)
        elif event.name == "RUNNING":
            (self.campaign or ResourceState("")).is_seen_running = fields["shown"]  # none where lines are damaged
        elif event.name == "FINISHED":
            (self.campaign or ResourceState("")).is_seen_running = None
            is_undone = self.is_rolled_back and fields["outcome"] in ("paused", "enabled")  # written as `--now` came
            self.outcome, self.notes = None if is_undone else fields["outcome"], fields.get("notes", [])
        elif "action" in fields:
            self.outcome, one = None, self.resource(fields["object"])
            one.id = one.id or (fields.get("id") if self.journal.damaged else None)  # the line that gave it may be
            is_proven = fields["action"] == "enable" or "proof" in fields  # older journals wrote DONE without a proof
            is_redirect = event.name == "REJECTED" and fields.get("code") is None  # in older journals
            state = "UNKNOWN" if is_redirect or (event.name == "DONE" and not is_proven) else event.name
            self.act(fields["object"], fields["action"], state)
            if (event.name, fields["action"]) == ("ARMED", "enable"):
                self.allowed.ask(fields, self.journal.directory / str(self.start.get("file")), self.resources)
            if self._undone and one.is_off:  # as it was before `rollback --now`
                self.outcome = self._undone
        else:
            self.outcome = None
            self.resource(fields["object"]).create(event.name, fields)
