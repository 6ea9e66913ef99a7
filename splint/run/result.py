"""What checking gives: the result of one file, of a chunk of one, or of all that have been merged so far."""

from typing import TYPE_CHECKING, Any

from splint.formats import Document, NodeSpan, Source, Span
from splint.payloads.faults import DuplicateMember, Unreadable, Unrecognized

if TYPE_CHECKING:
    from splint.payloads.nodes import EventRecord, Payload
    from splint.reporting.report import Diagnostic, ToolNotification
    from splint.rules.registry import Ruleset
    from splint.run.overview import Overview
    from splint.run.timing import Times
    from splint.suppression.directives import Directives
    from splint.suppression.policy import Use

START = NodeSpan(Span(0, 0), Span(0, 0))
"""The start of a file that holds no document."""


class FileState:
    """What the documents of a file have shown so far; the chunks of a large file have one each, which are joined."""

    def __init__(self, path: str, *, named: bool) -> None:
        self.path = path
        self.named = self.matters = named
        """Whether its faults are findings even without a payload: it is named, or speaks of payloads."""
        self.first: Document | None = None
        """The first document that parsed; of a chunk it is not kept."""
        self.has_payload = False
        self.has_faults = False
        """Whether it has faults that are findings."""
        self.has_failed = False
        """Whether a chunk of it could not be read."""
        self.is_held = False
        """Whether something in it can only be judged with the rest of the run."""
        self.faults: list[Unreadable | DuplicateMember | Unrecognized] = []
        """Faults that are findings only if the rest of the file shows that it holds payloads."""

    def join(self, other: "FileState") -> None:
        """Add the state of the next chunk of the file."""
        self.matters |= other.matters
        self.has_payload |= other.has_payload
        self.has_faults |= other.has_faults
        self.has_failed |= other.has_failed
        self.is_held |= other.is_held
        self.faults += other.faults

    def counted(self) -> "list[Unreadable | DuplicateMember | Unrecognized]":
        """The faults that are findings by now; each is given once."""
        if not (self.matters or self.has_payload):
            return []
        counted, self.faults = self.faults, []
        self.has_faults |= bool(counted)
        return counted

    @property
    def is_unrecognized(self) -> bool:
        """Whether the file is named and holds neither a payload nor a fault."""
        return self.named and not (self.has_payload or self.has_faults)

    def unrecognized(self) -> Unrecognized:
        """That there is no payload in it: at its first document, or at its start."""
        return Unrecognized(self.first or Document(Source(self.path, b""), None, lambda _: {"": START}))


class Held:
    """What can only be judged once all files of a run are read. False when there is nothing to judge."""

    def __init__(self) -> None:
        self.payloads: list[Payload] = []
        self.records: list[EventRecord] = []
        self.rulesets: dict[int, Ruleset] = {}
        """The rules for them, by the `id` of their `run`."""
        self.directives: dict[str, tuple[Directives, Ruleset]] = {}
        """The comments that silence rules, with the rules of their file, by path."""

    def __bool__(self) -> bool:
        return bool(self.payloads or self.records)

    def merge(self, other: "Held") -> None:
        """Add what another file holds back."""
        self.payloads += other.payloads
        self.records += other.records
        self.rulesets |= other.rulesets
        self.directives |= other.directives


class FileResult:
    """What checking a file, or a chunk of one, has found; `merge` adds results up to that of the run.

    Pickled it leaves out what refers to documents (`held` and the faults in `state`): a process that gets either of
    them from another one has to check the file again, see `is_portable`.
    """

    def __init__(
        self, state: FileState | None = None, overview: "Overview | None" = None, times: "Times | None" = None
    ) -> None:
        self.state = state
        """None for the sum of several files."""
        self.overview = overview
        """What a format wants beside findings; None where none does."""
        self.times = times
        """The time that rules took in another process; None where it is counted in this one, or not at all."""
        self.diagnostics: list[Diagnostic] = []
        self.notifications: list[ToolNotification] = []
        self.files = self.payloads = self.skipped = 0
        """Files with a payload or a finding, payloads, and files with neither."""
        self.used: set[Use] = set()
        """The entries of settings that silenced something."""
        self.broken: set[str] = set()
        """The files that did not parse."""
        self.incomplete: set[str] = set()
        """The files with a payload whose parent is not in the run, or whose siblings may not be."""
        self.held = Held()

    def merge(self, other: "FileResult") -> None:
        """Add another result, but for its state."""
        self.diagnostics += other.diagnostics
        self.notifications += other.notifications
        self.files += other.files
        self.payloads += other.payloads
        self.skipped += other.skipped
        self.used |= other.used
        self.broken |= other.broken
        self.incomplete |= other.incomplete
        self.held.merge(other.held)
        if self.overview is not None and other.overview is not None and other.overview is not self.overview:
            self.overview.merge(other.overview)
        if self.times is not None and other.times is not None:
            self.times.merge(other.times)

    @property
    def is_portable(self) -> bool:
        """Whether all of it can be handed to another process."""
        return not self.held and not (self.state is not None and self.state.faults)

    def __getstate__(self) -> dict[str, Any]:
        """All but what refers to documents."""
        pickled = {**self.__dict__, "held": Held()}
        if self.state is not None:
            state = FileState.__new__(FileState)
            state.__dict__.update(self.state.__dict__, first=None, faults=[])
            pickled["state"] = state
        return pickled
