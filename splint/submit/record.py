"""What a journal says: the state of every object of a run."""

import heapq
from collections.abc import Iterable
from typing import Any, Literal

from splint.submit.errors import StoppedError
from splint.submit.journal import Event, Journal, journals_now

State = Literal["PLANNED", "ARMED", "CREATED", "VERIFIED", "REJECTED", "NOT_SENT", "UNKNOWN", "ABSENT"]
Act = Literal["enable", "disable", "delete"]


class ResourceState:
    """An object of the bundle."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.state: State = "PLANNED"
        self.id: str | None = None
        self.request_id: str | None = None
        self.name: str | None = None
        """Under which it was sent last."""
        self.digest: str | None = None
        """The SHA-256 of the body that was sent last, its placeholders included."""
        self.sends = 0
        """How many requests may have reached the server."""
        self.code: int | None = None
        """What the last request was answered with, where the answer said that nothing was done."""
        self.why: str | None = None
        """What the last line about it says of the reason."""
        self.acts: dict[str, str] = {}
        """From enable, disable and delete to ARMED, DONE, REJECTED, NOT_SENT or UNKNOWN."""

    @property
    def stands(self) -> bool:
        """Whether it was created, as far as the journal knows."""
        return self.state in ("CREATED", "VERIFIED")

    @property
    def is_in_doubt(self) -> bool:
        """Whether nobody knows if it was created."""
        return self.state in ("ARMED", "UNKNOWN", "ABSENT")

    def model_dump(self) -> dict[str, Any]:
        """The object as plain values."""
        return {"object": self.path, "state": self.state, "id": self.id, "why": self.why, "acts": dict(self.acts)}


class Record:
    """A run as its journal tells it. Every event goes to disk first, then into the state."""

    def __init__(self, journal: Journal, beside: Iterable[Journal] = ()) -> None:
        self.journal = journal
        self.start: dict[str, Any] = {}
        """What the run began with, and what was said since: advertiser_id, origin, campaign (its path), limits ..."""
        self.resources: dict[str, ResourceState] = {}
        self.outcome: str | None = None
        """paused, enabled or rolled-back, once it is finished."""
        self._beside = len(journals_now(journal.path.parent, journal.run))
        for event in heapq.merge(journal.events, *(each.events for each in beside), key=lambda event: event.time):
            self._apply(event)

    @classmethod
    def of(cls, journal: Journal) -> "Record":
        """A run with what was done past its lock, by journals of their own: it counts as taken back from then on."""
        beside = journals_now(journal.path.parent, journal.run)
        return cls(journal, [Journal.peek(path) for path in beside])

    def note(self, event: str, **fields: Any) -> None:
        """Put an event on disk, then take it as having happened. Raises StoppedError."""
        is_forward = event == "ARMED" and fields.get("action") in (None, "enable")
        if is_forward and len(journals_now(self.journal.path.parent, self.run)) > self._beside:
            self.start["rollback"] = True
            raise StoppedError("the campaign was disabled by another process meanwhile: nothing more is sent")
        self._apply(self.journal.append(event, **fields))

    def resource(self, path: str) -> ResourceState:
        """An object by its path, PLANNED where nothing was said of it yet."""
        return self.resources.setdefault(path, ResourceState(path))

    def ids(self, paths: Iterable[str]) -> dict[str, str]:
        """The ids of the objects that stand, by path."""
        resources = (self.resource(path) for path in paths)
        return {resource.path: resource.id for resource in resources if resource.stands and resource.id is not None}

    @property
    def run(self) -> str:
        """The run's name."""
        return self.journal.run

    @property
    def is_begun(self) -> bool:
        """Whether anything of it was made, or may have been: a refusal may be wrong."""
        return any(
            resource.stands or resource.is_in_doubt or resource.code is not None for resource in self.resources.values()
        )

    @property
    def is_finished(self) -> bool:
        """Whether all was done that was asked for."""
        return self.outcome is not None

    @property
    def is_taken_back(self) -> bool:
        """Whether a rollback was begun."""
        return bool(self.start.get("rollback"))

    @property
    def next_words(self) -> tuple[str, ...]:
        """The command that goes on with the run."""
        if self.is_taken_back:
            return ("rollback", self.run, *(["--delete"] if self.start.get("delete") else []))
        return "resume", self.run

    @property
    def state(self) -> str:
        """The run in a word or two."""
        if self.outcome is not None:
            return self.outcome
        if self.is_taken_back:
            return "rollback unfinished"
        if not self.journal.events or not self.resources:
            return "not begun"
        return "in doubt" if any(resource.is_in_doubt for resource in self.resources.values()) else "unfinished"

    def model_dump(self) -> dict[str, Any]:
        """The run as plain values."""
        head = ("time", "advertiser_id", "origin", "campaign_name", "enable")
        shown = {key: self.start[key] for key in head if key in self.start}
        objects = [resource.model_dump() for resource in self.resources.values()]
        return {"run": self.run, "state": self.state, **shown, "objects": objects}

    def _apply(self, event: Event) -> None:
        fields = event.fields
        if event.name in ("START", "BUNDLE", "APPROVED", "LIMITS", "ROLLBACK"):
            self.start = {"time": event.time, **self.start, **fields}
            self.outcome = None
            for resource in self.resources.values() if event.name == "ROLLBACK" else ():
                resource.acts.pop("disable", None)  # somebody may have enabled it since
        elif event.name == "FINISHED":
            self.outcome = fields["outcome"]
        elif "action" in fields:
            self.outcome = None
            is_proven = fields["action"] == "enable" or "proof" in fields  # an older journal took absence for a proof
            state = "UNKNOWN" if event.name == "DONE" and not is_proven else event.name
            self.resource(fields["object"]).acts[fields["action"]] = state
        else:
            self.outcome = None
            self._create(self.resource(fields["object"]), event.name, fields)

    def _create(self, resource: ResourceState, name: str, fields: dict[str, Any]) -> None:
        resource.why, resource.code = fields.get("why"), fields.get("code")
        if name == "ARMED":
            resource.state, resource.request_id, resource.digest = "ARMED", fields.get("request_id"), fields["body"]
            resource.name = fields.get("name")
            resource.sends += 1
        elif name == "NOT_SENT":
            resource.sends -= 1
            resource.state = "ABSENT" if resource.sends else "NOT_SENT"  # an earlier send may still have come through
        elif name == "REJECTED":
            resource.sends -= 1
            resource.state = "ABSENT" if resource.sends else "REJECTED"
            resource.request_id = resource.request_id if resource.sends else None  # what comes next is another request
        elif name in ("CREATED", "VERIFIED", "UNKNOWN", "ABSENT"):
            resource.state = name  # type: ignore[assignment]
            resource.id = fields.get("id", resource.id)
