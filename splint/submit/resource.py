"""The state of one object of a bundle, computed from the events of the journal."""

from collections import Counter
from typing import Any, Literal

State = Literal["PLANNED", "ARMED", "CREATED", "VERIFIED", "REJECTED", "NOT_SENT", "UNKNOWN", "ABSENT"]
Action = Literal["enable", "disable", "delete"]
DUPLICATE = 40050
"""The code where a request with the same request_id came before."""


class ResourceState:
    """The state of one object of the bundle."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.state: State = "PLANNED"
        self.id: str | None = None
        self.request_id: str | None = None
        self.name: str | None = None
        """The name in its last request."""
        self.names: set[str] = set()
        """The names in all its requests that may have reached the server."""
        self.earlier_names: set[str] = set()
        """Those without the last request."""
        self.digest: str | None = None
        """The SHA-256 of the last request's body before expansion."""
        self.sends = 0
        """The number of create requests that may have reached the server."""
        self.code: int | None = None
        """The code of the last answer, if it said that the request was not carried out."""
        self.is_used = False
        """Whether the last answer said that a request with its request_id came before."""
        self.is_drawn = False
        """Whether the run itself drew the request_id: no other run sends it."""
        self.arrived = Counter[tuple[str | None, str | None]]()
        """The number of requests by their request_id and name, without those for which no connection stood."""
        self.repeated: set[str] = set()
        """The request_ids that were refused as used when the run sent them for the first time."""
        self.why: str | None = None
        """The reason in the last event of the object."""
        self.acts: dict[str, str] = {}
        """The state of each action: ARMED, DONE, NOT_SENT, UNKNOWN, or REJECTED where a row confirms the refusal."""
        self.act_sends: dict[str, int] = {}
        """The number of requests of each action that may have reached the server and are not known to be DONE."""
        self.is_answered = False
        """Whether its last DISABLE was answered with a plain ok, by which it is disabled, unless ENABLE is open."""
        self.is_overtaken = False
        """Whether ENABLE was under way as `rollback --now` disabled it: it may have come through after that."""
        self.is_seen_running: bool | None = None
        """Whether a row showed last that it runs, by the journal; None where that tells nothing since."""
        self.is_left_out = False
        """Whether the corrected bundle that the run goes on with no longer holds it."""

    @property
    def is_created(self) -> bool:
        """Whether the journal says that it was created."""
        return self.state in ("CREATED", "VERIFIED")

    @property
    def may_be_anothers_id(self) -> bool:
        """Whether another run may have sent its request_id before: it is in the bundle, and in one request of the name.

        Any earlier request of this run under that name counts, whatever its answer: a server may have carried it out
        all the same.
        """
        is_written = not self.is_drawn and self.request_id is not None
        return is_written and self.arrived[self.request_id, self.name] == 1

    @property
    def shown(self) -> str:
        """The state for lists: DELETED once its deletion is known."""
        return "DELETED" if self.acts.get("delete") == "DONE" else self.state

    @property
    def doubts(self) -> str:
        """What is to be said of status updates that were sent and that the journal does not confirm, after a comma."""
        sent = [act for act in ("enable", "disable", "delete") if self.acts.get(act) in ("ARMED", "UNKNOWN")]
        if self.is_off:
            sent = [act for act in sent if act == "delete"]
        what = (f", {act.upper()} was sent and is not confirmed" for act in sent)
        return "".join(what) + (": it may run" if sent and self.may_run else "")

    @property
    def is_off(self) -> bool:
        """Whether it is known to be disabled or deleted."""
        return self.acts.get("delete") == "DONE" or (self.acts.get("disable") == "DONE" and not self.is_overtaken)

    @property
    def may_run(self) -> bool:
        """Whether a request to enable it may have come through, and it is not known to be disabled or deleted."""
        return self.acts.get("enable") in ("ARMED", "UNKNOWN", "DONE") and not self.is_off

    @property
    def is_unasked(self) -> bool:
        """Whether a row showed last, by the journal, that it runs, to which the run never sent ENABLE."""
        return bool(self.is_seen_running) and "enable" not in self.acts

    @property
    def is_enabling_open(self) -> bool:
        """Whether ENABLE was sent and nothing tells that it was carried out or refused: it may come through late."""
        return self.acts.get("enable") in ("ARMED", "UNKNOWN") and self.acts.get("delete") != "DONE"

    @property
    def is_late(self) -> bool:
        """Whether ENABLE may come through though it was disabled since, as no row told of it."""
        return self.is_enabling_open and self.is_off

    @property
    def is_in_doubt(self) -> bool:
        """Whether it is unknown if it was created, as after a redirect: REJECTED without a code."""
        return self.state in ("ARMED", "UNKNOWN", "ABSENT") or (self.state == "REJECTED" and self.code is None)

    def create(self, name: str, fields: dict[str, Any]) -> None:
        """Apply an event of its create request."""
        self.why, self.code = fields.get("why"), fields.get("code")
        if name != "ABSENT":
            self.is_used = (fields.get("answer") or {}).get("code") == DUPLICATE
        if name == "ARMED":
            self.state, self.request_id, self.digest = "ARMED", fields.get("request_id"), fields["body"]
            self.name, self.is_drawn = fields.get("name"), bool(fields.get("drawn"))
            self.earlier_names = set(self.names)
            self.names |= {self.name} if self.name is not None else set()
            self.sends += 1
            self.arrived[self.request_id, self.name] += 1
        elif name == "NOT_SENT":
            self.sends -= 1
            if self.code is None:  # no connection stood
                self.names = self.earlier_names
                self.arrived[self.request_id, self.name] -= 1
            self.state = "ABSENT" if self.sends else "NOT_SENT"  # an earlier request may still have succeeded
        elif name == "REJECTED" and self.code is None:
            self.state = "REJECTED"  # a redirect: the server may have carried the request out before
        elif name == "REJECTED":
            self.sends -= 1
            self.state = "ABSENT" if self.sends else "REJECTED"
            if self.code == DUPLICATE and self.request_id is not None:
                self.repeated.add(self.request_id)
            self.request_id = self.request_id if self.sends else None  # the next request is a new one
        elif name in ("CREATED", "VERIFIED", "UNKNOWN", "ABSENT"):
            self.state = name  # type: ignore[assignment]
            self.id = fields.get("id", None if name == "UNKNOWN" else self.id)

    def act(self, action: str, state: str) -> None:
        """Apply the state of a request of an action: one that failed leaves an earlier one in doubt."""
        self.is_seen_running = None if action == "enable" or state == "DONE" else self.is_seen_running
        self.is_answered = self.is_answered and action != "disable"
        sends = self.act_sends.get(action, 0)
        if state == "ARMED":
            sends += 1
        elif state == "UNKNOWN":
            sends = max(sends, 1)
        else:
            sends = max(sends - 1, 0) if state != "DONE" else 0
        self.act_sends[action] = sends
        self.acts[action] = "UNKNOWN" if sends and state in ("NOT_SENT", "REJECTED") else state

    def forget(self, action: str) -> None:
        """Forget what is known of an action."""
        self.acts.pop(action, None)
        self.is_overtaken = self.is_overtaken and action != "disable"
        self.act_sends.pop(action, None)

    def model_dump(self) -> dict[str, Any]:
        """The object as JSON values."""
        return {"object": self.path, "state": self.state, "id": self.id, "why": self.why, "acts": dict(self.acts)}
