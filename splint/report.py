"""The outcome of a run: findings with their lines, counts, and the tool's own troubles."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from splint.position import Edit as Edit
from splint.position import Excerpt as Excerpt
from splint.position import Range as Range
from splint.wording import json_text as json_text

REPORT_VERSION = 1
SEVERITIES = ("error", "warning", "info")
"""From the most severe to the mildest."""


class RelatedPlace(NamedTuple):
    """A second place that a finding speaks of."""

    message: str
    path: str
    pointer: str
    range: Range | None
    excerpt: Excerpt | None = None
    document: int | None = None

    def model_dump(self) -> dict[str, Any]:
        """As the JSON report writes it."""
        found: dict[str, Any] = {"message": self.message, "path": self.path, "pointer": self.pointer}
        if self.document is not None:
            found["document"] = self.document
        return {**found, "range": self.range.model_dump() if self.range else None}


class Citation(NamedTuple):
    """Where a rule comes from, and how far to trust it."""

    title: str
    section: str
    basis: str
    url: str | None


class RuleInfo(NamedTuple):
    """A rule that ran, as reports describe it."""

    code: str
    name: str
    level: str
    """By default; findings carry their own."""
    summary: str
    """What holds of a payload that the rule accepts."""
    explanation: str
    """Why, and what to do."""
    source: Citation


class Anchor(NamedTuple):
    """What a finding is about in words that stay the same when lines move and siblings come and go."""

    pointer: str
    """With an object's name in place of its index, where it has one."""
    value: str | None
    """A hash of the value pointed at; None for what is missing."""


class Suppression(NamedTuple):
    """Why a finding does not count."""

    kind: str
    """comment, per-file-ignore, override or baseline."""
    path: str
    """The file that says so."""
    line: int
    """From 1."""
    reason: str = ""
    """What the author of a comment says."""


class Fix(NamedTuple):
    """How a finding can be made to go away."""

    title: str
    applicability: str
    """safe or unsafe."""
    edits: tuple[Edit, ...]
    """In the order of their places, none overlapping; empty for a value that is no text."""
    patch: tuple[dict[str, Any], ...]
    """The same as an RFC 6902 JSON Patch of the document; empty where only a comment changes."""

    def model_dump(self) -> dict[str, Any]:
        """As the JSON report writes it."""
        edits = [edit.model_dump() for edit in self.edits]
        return {"title": self.title, "applicability": self.applicability, "edits": edits, "patch": list(self.patch)}


class Diagnostic(NamedTuple):
    """One finding, located. Sorts by path, offset and code."""

    path: str
    """Relative to the working directory; `<input>` for a value given to the library, `<run>` for what no file holds."""
    offset: int
    """Of the range's start, in bytes of the file; -1 without a range."""
    code: str
    pointer: str
    """RFC 6901, from the document's root."""
    document: int | None
    """Which document of the file, from 1, where a file may hold several."""
    name: str
    severity: str
    summary: str
    """What is wrong and why."""
    way_out: str
    """What to do about it."""
    range: Range | None
    related: tuple[RelatedPlace, ...]
    source: Citation
    excerpt: Excerpt | None = None
    suppressed: Suppression | None = None
    """Why it does not count; None when it does."""
    anchor: Anchor | None = None
    """What it is about, apart from lines; made only where a baseline or a format asks for it."""
    fix: Fix | None = None

    @property
    def message(self) -> str:
        """What is wrong, why, and what to do."""
        return f"{self.summary}; {self.way_out}"

    @property
    def fingerprint(self) -> str:
        """32 hex digits that stay the same as long as path, code and anchor do; equal findings share it."""
        from hashlib import sha256

        anchor = self.anchor or Anchor(self.pointer, None)
        return sha256(json_text([self.path, self.code, *anchor]).encode()).hexdigest()[:32]

    @property
    def sort_key(self) -> tuple[Any, ...]:
        """Total, and the same on every machine."""
        return (self.path, self.offset, self.document or 0, self.code, self.pointer, self.summary)

    def model_dump(self) -> dict[str, Any]:
        """As the JSON report writes it (contract: keys are only ever added within a report version)."""
        found: dict[str, Any] = {
            "code": self.code,
            "name": self.name,
            "severity": self.severity,
            "message": self.message,
            "path": self.path,
            "pointer": self.pointer,
        }
        if self.document is not None:
            found["document"] = self.document
        return {
            **found,
            "range": self.range.model_dump() if self.range else None,
            "related": [place.model_dump() for place in self.related],
            "fix": self.fix.model_dump() if self.fix else None,
            "source": self.source._asdict(),
            "suppressed": self.suppressed._asdict() if self.suppressed else None,
        }

    def to_json(self) -> str:
        """`model_dump` as JSON text."""
        return json_text(self.model_dump())


class Trouble(NamedTuple):
    """Something that splint itself could not do: read a file, run a rule."""

    kind: str
    """unreadable-file or crashed-rule."""
    message: str
    path: str | None = None
    code: str | None = None


class Outline(NamedTuple):
    """A payload at a glance, with what belongs to it, for formats that show the campaign tree."""

    kind: str
    """campaign, adgroup, ad, creative, status or events."""
    request: str
    """create, update, status or row; row is what stands at TikTok already."""
    name: str
    """As written; empty where it has none."""
    path: str
    pointer: str
    document: int | None
    range: Range | None
    traits: tuple[tuple[str, str], ...] = ()
    """What matters at a glance, label and value: budget, bid, schedule, identity."""
    children: "tuple[Outline, ...]" = ()


class Details(NamedTuple):
    """What only some formats ask for."""

    paths: tuple[str, ...] = ()
    """Every file that holds a payload or a finding, sorted."""
    outlines: tuple[Outline, ...] = ()
    """Campaign trees, sorted by path and place."""
    texts: Mapping[str, str] = {}
    """The text of those files, access tokens masked."""


class Tool(NamedTuple):
    """What made a report."""

    version: str
    profile: str
    as_of: str
    """The date, or the moment where one was given, that counted as now (UTC)."""
    name: str = "splint"


class Report:
    """The outcome of a run; immutable. `model_dump()` is the JSON report, version 1."""

    __slots__ = ("details", "diagnostics", "errors", "files", "payloads", "rules", "skipped", "tool")

    diagnostics: tuple[Diagnostic, ...]
    """All findings, those that are suppressed or in the baseline included; `active` are those that count."""
    errors: tuple[Trouble, ...]
    files: int
    """Files that hold a payload or a finding."""
    payloads: int
    skipped: int
    """Files that were walked over and hold no payload."""
    tool: Tool
    rules: tuple[RuleInfo, ...]
    """Those that ran, sorted by code."""
    details: Details

    def __init__(
        self,
        tool: Tool,
        diagnostics: Iterable[Diagnostic] = (),
        errors: Iterable[Trouble] = (),
        *,
        files: int = 0,
        payloads: int = 0,
        skipped: int = 0,
        rules: tuple[RuleInfo, ...] = (),
        details: Details = Details(),  # noqa: B008 - immutable
    ) -> None:
        put = object.__setattr__
        put(self, "tool", tool)
        put(self, "diagnostics", tuple(sorted(diagnostics, key=lambda found: found.sort_key)))
        put(
            self,
            "errors",
            tuple(sorted(errors, key=lambda trouble: (trouble.path or "", trouble.code or "", trouble.message))),
        )
        put(self, "files", files)
        put(self, "payloads", payloads)
        put(self, "skipped", skipped)
        put(self, "rules", rules)
        put(self, "details", details)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a report is immutable: {name} cannot be set")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"a report is immutable: {name} cannot be removed")

    def __reduce__(self) -> tuple[Any, ...]:
        """To copy and pickle it, though it cannot be set."""
        return _rebuilt, tuple(getattr(self, name) for name in sorted(self.__slots__))

    def __repr__(self) -> str:
        counts = ", ".join(f"{count} {name}" for name, count in self.summary.items() if count)
        return f"<Report: {counts or 'empty'}>"

    @property
    def ok(self) -> bool:
        """Whether no finding that counts is an error and splint itself had no trouble."""
        return not self.errors and not any(found.severity == "error" for found in self.active)

    @property
    def active(self) -> tuple[Diagnostic, ...]:
        """The findings that count: neither suppressed nor in the baseline."""
        return tuple(found for found in self.diagnostics if found.suppressed is None)

    @property
    def summary(self) -> Mapping[str, int]:
        """The counts of the JSON report."""
        counts = dict.fromkeys((*SEVERITIES, "suppressed", "baselined"), 0)
        for found in self.diagnostics:
            why = found.suppressed
            counts[found.severity if why is None else "baselined" if why.kind == "baseline" else "suppressed"] += 1
        return {
            "files": self.files,
            "payloads": self.payloads,
            **{f"{severity}s": counts[severity] for severity in SEVERITIES},
            "suppressed": counts["suppressed"],
            "baselined": counts["baselined"],
            "fixable": sum(found.fix is not None for found in self.active),
        }

    def with_diagnostics(self, diagnostics: Iterable[Diagnostic]) -> "Report":
        """The same report of other findings."""
        counts = {"files": self.files, "payloads": self.payloads, "skipped": self.skipped}
        return Report(self.tool, diagnostics, self.errors, **counts, rules=self.rules, details=self.details)

    def raise_for_errors(self) -> None:
        """Raise PayloadError when the report is not ok."""
        if not self.ok:
            raise PayloadError(self)

    def model_dump(self) -> dict[str, Any]:
        """The JSON report as plain values."""
        tool = self.tool
        return {
            "version": REPORT_VERSION,
            "tool": {"name": tool.name, "version": tool.version, "profile": tool.profile, "as_of": tool.as_of},
            "summary": dict(self.summary),
            "diagnostics": [found.model_dump() for found in self.diagnostics],
            "errors": [{k: v for k, v in trouble._asdict().items() if v is not None} for trouble in self.errors],
        }

    def to_json(self, *, indent: bool = False) -> str:
        """The JSON report as text."""
        return json_text(self.model_dump(), indent=indent)


def _rebuilt(*values: Any) -> Report:
    found = Report.__new__(Report)
    for name, value in zip(sorted(Report.__slots__), values, strict=True):
        object.__setattr__(found, name, value)
    return found


class PayloadError(ValueError):
    """Payloads that break a constraint; `report` says which and where."""

    def __init__(self, report: Report) -> None:
        self.report = report
        broken = [found for found in report.active if found.severity == "error"]
        lines = [f"{found.code} at {found.pointer or '/'}: {found.message}" for found in broken]
        lines += [trouble.message for trouble in report.errors]
        super().__init__("\n".join(lines))

    def __reduce__(self) -> tuple[Any, ...]:
        return PayloadError, (self.report,)
