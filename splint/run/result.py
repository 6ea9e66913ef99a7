"""The result of checking: of a file, of a chunk of one, or the sum of several."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Literal

from splint.formats import Document, Source
from splint.payloads.faults import DuplicateMember, Unreadable, Unrecognized

if TYPE_CHECKING:
    from splint.formats.spans import NodeSpan
    from splint.payloads.bodies import Extracted
    from splint.payloads.nodes import EventRecord, Payload
    from splint.reporting.report import Diagnostic, ToolNotification
    from splint.rules.ruleset import Ruleset
    from splint.run.crash import Crash
    from splint.run.overview import Overview
    from splint.run.sent import SentFiles
    from splint.run.timing import Times
    from splint.suppression.directives import Directives
    from splint.suppression.policy import Use


def _at_start(_pointers: Iterable[str]) -> "dict[str, NodeSpan]":
    """The places of a file that holds no document: its start."""
    from splint.formats.spans import NodeSpan, Span  # most files hold one

    return {"": NodeSpan(Span(0, 0), Span(0, 0))}


class FileState:
    """The state of a file during its check. Each chunk of a large file has a state of its own; `join` adds them up."""

    def __init__(self, path: str, *, named: bool, required: bool = False) -> None:
        self.path = path
        self.named = named
        self.required = required
        """Whether settings require a payload of it."""
        self.matters = named or required
        """Whether faults are findings even without a payload: one is expected, or fields of payloads are mentioned."""
        self.first: Document | None = None
        """The first document that was parsed; not pickled."""
        self.has_payload = False
        self.has_foreign = False
        """Whether it has a request to another ad API."""
        self.has_faults = False
        """Whether any fault became a finding."""
        self.has_failed = False
        """Whether a chunk of it could not be read."""
        self.payloads = 0
        """The number of payloads in it."""
        self.is_held = False
        """Whether a part of it can only be checked with the rest of the run."""
        self.faults: list[Unreadable | DuplicateMember | Unrecognized] = []
        """Faults that become findings only if the rest of the file turns out to contain payloads."""
        self._searched: Source | None = None
        """The source that was last searched for field names of payloads: a script may have many faults; not pickled."""

    def __getstate__(self) -> dict[str, Any]:
        """What is not empty, without documents."""
        documents = ("first", "faults", "_searched")
        return {name: value for name, value in self.__dict__.items() if value and name not in documents}

    def __setstate__(self, pickled: dict[str, Any]) -> None:
        FileState.__init__(self, "", named=False)
        self.__dict__.update(pickled)

    def join(self, other: "FileState") -> None:
        """Add the state of the next chunk of the file."""
        self.matters |= other.matters
        self.has_payload |= other.has_payload
        self.has_foreign |= other.has_foreign
        self.has_faults |= other.has_faults
        self.has_failed |= other.has_failed
        self.payloads += other.payloads
        self.is_held |= other.is_held
        self.faults += other.faults

    def note(self, fault: Unreadable | DuplicateMember, source: Source) -> None:
        """Note a fault of a source, which matters if that has field names of payloads."""
        self.faults.append(fault)
        if not self.matters and source is not self._searched:
            from splint.payloads.mentions import contains_payload_keys  # few files have faults

            self._searched, self.matters = source, contains_payload_keys(source)

    def note_resemblances(self, document: Document, extracted: "Extracted") -> None:
        """Note what is no payload in a document and means to be one; in a list of values, what is passed for one."""
        from splint.payloads.drafts import meant_beside  # most are payloads
        from splint.payloads.resemblance import is_passed_for_one, resemblance_of  # as above

        is_value = not document.source.data and document.number is None and self.has_payload
        noted = list(extracted.doubts)
        for within, pointer, value, is_own in extracted.left_over:
            near = meant_beside(value, pointer, within, extracted, is_own=is_own)
            noted += [(within, pointer, near)] if near is not None else []
        for pointer, value in extracted.strangers:
            is_object = isinstance(value, dict | str)
            near = resemblance_of(value, pointer, in_prose=document.stands_alone) if is_object else None
            if near is not None or (is_value and pointer and is_passed_for_one(value)):
                noted.append((document, pointer, near))
        for within, pointer, near in noted:
            self.faults.append(Unrecognized(within, self.expected, near, pointer))
            self.matters = True

    def counted(self, *, is_over: bool) -> "list[Unreadable | DuplicateMember | Unrecognized]":
        """Remove and return the faults that are findings by now; if the file `is_over`, its lack of payloads is one."""
        counted: list[Unreadable | DuplicateMember | Unrecognized] = []
        if self.matters or self.has_payload:
            counted, self.faults = self.faults, counted
        if is_over and not counted and self.is_unrecognized:
            counted.append(self.unrecognized())
        self.has_faults |= bool(counted)
        return counted

    @property
    def is_unrecognized(self) -> bool:
        """Whether the file should hold a payload, and holds neither one nor a fault."""
        return (self.named or self.required) and not (self.has_payload or self.has_faults)

    def unrecognized(self) -> Unrecognized:
        """The fault that the file contains no payload, placed at its first document, or at its start."""
        document = self.first or Document(Source(self.path, b""), None, _at_start)
        return Unrecognized(document, self.expected, goes_elsewhere=self.has_foreign)

    @property
    def expected(self) -> Literal["named", "required", "walked"]:
        """Why it should hold a payload; "walked" if nobody says so."""
        return "named" if self.named else "required" if self.required else "walked"


class Held:
    """What can only be checked once all files of a run are read. False if there is nothing."""

    def __init__(self) -> None:
        self.payloads: list[Payload] = []
        self.records: list[EventRecord] = []
        self.rulesets: dict[int, Ruleset] = {}
        """The rules that apply to them, by the `id` of their `run`."""
        self.directives: dict[str, tuple[Directives, Ruleset]] = {}
        """The directives of files that have some, with the rules of the file, by path."""

    def __bool__(self) -> bool:
        return bool(self.payloads or self.records)

    def merge(self, other: "Held") -> None:
        """Add what was held of another file."""
        self.payloads += other.payloads
        self.records += other.records
        self.rulesets |= other.rulesets
        self.directives |= other.directives


class FileResult:
    """The result of checking a file or a chunk of one; `merge` adds results up to that of the run.

    Documents cannot be pickled, so pickling drops `held` and the faults of `state`. A file whose result has either, see
    `is_portable`, has to be checked in the process that reports.
    """

    def __init__(
        self, state: FileState | None = None, overview: "Overview | None" = None, times: "Times | None" = None
    ) -> None:
        self.state = state
        """The state of the file or chunk; None for the sum of several files."""
        self.overview = overview
        """The data for output formats that need more than findings; None if none does."""
        self.times = times
        """The time that rules took in a worker process; None if it is counted elsewhere or not at all."""
        self.diagnostics: list[Diagnostic] = []
        self.notifications: list[ToolNotification] = []
        self.crashes: dict[tuple[str, str | None], Crash] = {}
        """The first crash of each rule in each file, by its code and the path."""
        self.files = self.payloads = 0
        """The numbers of files with a payload or a finding, and of payloads."""
        self.skipped: list[str] = []
        """The paths of files with neither."""
        self.used: set[Use] = set()
        """The entries of settings that silenced a finding."""
        self.broken: set[str] = set()
        """The paths of files that could not be parsed."""
        self.incomplete: set[str] = set()
        """The paths of files with a payload whose parent or siblings may not be part of the run."""
        self.counted: dict[str, int] = {}
        """The numbers of payloads in the files with a payload or a finding, by path."""
        self.sent: SentFiles | None = None
        """What scripts send of files; None if none does."""
        self.held = Held()

    def merge(self, other: "FileResult") -> None:
        """Add another result, except its state."""
        self.diagnostics += other.diagnostics
        self.notifications += other.notifications
        for key, crash in other.crashes.items():
            if key in self.crashes:
                self.crashes[key].times += crash.times
            else:
                self.crashes[key] = crash
        self.files += other.files
        self.payloads += other.payloads
        self.skipped += other.skipped
        self.used |= other.used
        self.broken |= other.broken
        self.incomplete |= other.incomplete
        self.counted |= other.counted
        if other.sent is not None:
            self.sent = other.sent.added_to(self.sent)
        self.held.merge(other.held)
        if self.overview is not None and other.overview is not None and other.overview is not self.overview:
            self.overview.merge(other.overview)
        if self.times is not None and other.times is not None:
            self.times.merge(other.times)

    @property
    def is_portable(self) -> bool:
        """Whether pickling loses nothing."""
        return not self.held and not (self.state is not None and self.state.faults)

    def __getstate__(self) -> dict[str, Any]:
        """What is not empty; without documents, and in few bytes: a worker process sends one for each chunk."""
        return {name: value for name, value in self.__dict__.items() if value and name != "held"}

    def __setstate__(self, pickled: dict[str, Any]) -> None:
        FileResult.__init__(self)
        self.__dict__.update(pickled)
