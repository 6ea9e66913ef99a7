"""The outcome of a run: findings with their lines, counts, and the tool's own troubles."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from splint.reporting.wording import json_text as json_text

if TYPE_CHECKING:
    from splint.reporting.diagnostic import Anchor as Anchor
    from splint.reporting.diagnostic import Diagnostic as Diagnostic
    from splint.reporting.diagnostic import Fix as Fix
    from splint.reporting.diagnostic import RelatedPlace as RelatedPlace
    from splint.reporting.diagnostic import Suppression as Suppression
    from splint.reporting.location import Edit as Edit
    from splint.reporting.location import Excerpt as Excerpt
    from splint.reporting.location import Range as Range
else:

    def __getattr__(name: str) -> Any:
        """What findings are made of, imported with the first of them: 1 ms less for a start without any."""
        if name not in ("Anchor", "Diagnostic", "Edit", "Excerpt", "Fix", "Range", "RelatedPlace", "Suppression"):
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from splint.reporting import diagnostic

        return getattr(diagnostic, name)


REPORT_VERSION = 1
SEVERITIES = ("error", "warning", "info")
"""From the most severe to the mildest."""


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


class ToolNotification(NamedTuple):
    """Something that splint itself could not do: read a file, run a rule."""

    kind: str
    """unreadable-file or crashed-rule."""
    message: str
    path: str | None = None
    code: str | None = None


def crash(code: str, pack: str, path: str | None, error: BaseException) -> ToolNotification:
    """The trouble that a rule raised an exception."""
    what = f"{type(error).__name__}: {error}".rstrip(": ")
    message = f"rule {code} of pack {pack} crashed ({what}): its findings are missing"
    return ToolNotification("crashed-rule", message, path, code)


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
    range: "Range | None"
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

    __slots__ = (
        "apply_fixes",
        "counts",
        "details",
        "diagnostics",
        "errors",
        "files",
        "left_out",
        "payloads",
        "rules",
        "skipped",
        "tool",
    )

    diagnostics: "tuple[Diagnostic, ...]"
    """All findings, those that are suppressed or in the baseline included; `active` are those that count."""
    errors: tuple[ToolNotification, ...]
    files: int
    """Files that hold a payload or a finding."""
    payloads: int
    skipped: int
    """Files that were walked over and hold no payload."""
    tool: Tool
    rules: tuple[RuleInfo, ...]
    """Those that ran, sorted by code."""
    details: Details
    left_out: Mapping[str, int]
    """From paths to how many findings there were besides `diagnostics`: see `at_most`."""
    counts: Mapping[str, int]
    """The summary of all of them, where some were left out."""
    apply_fixes: Callable[["Report", bool], Any] | None
    """Gives its payload as safe fixes, or unsafe ones too, leave it; None where there is no one value."""

    def __init__(
        self,
        tool: Tool,
        diagnostics: "Iterable[Diagnostic]" = (),
        errors: Iterable[ToolNotification] = (),
        *,
        files: int = 0,
        payloads: int = 0,
        skipped: int = 0,
        rules: tuple[RuleInfo, ...] = (),
        details: Details = Details(),  # noqa: B008 - immutable
        left_out: Mapping[str, int] = {},
        counts: Mapping[str, int] = {},
        apply_fixes: "Callable[[Report, bool], Any] | None" = None,
    ) -> None:
        put = object.__setattr__
        put(self, "tool", tool)
        put(self, "diagnostics", tuple(sorted(diagnostics, key=lambda found: found.sort_key)))
        put(
            self,
            "errors",
            tuple(
                sorted(
                    errors,
                    key=lambda notification: (notification.path or "", notification.code or "", notification.message),
                )
            ),
        )
        put(self, "files", files)
        put(self, "payloads", payloads)
        put(self, "skipped", skipped)
        put(self, "rules", rules)
        put(self, "details", details)
        put(self, "left_out", left_out)
        put(self, "counts", counts)
        put(self, "apply_fixes", apply_fixes)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a report is immutable: {name} cannot be set")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"a report is immutable: {name} cannot be removed")

    def __reduce__(self) -> tuple[Any, ...]:
        """To copy and pickle it, though it cannot be set."""
        return _rebuilt, tuple(
            None if name == "apply_fixes" else getattr(self, name) for name in sorted(self.__slots__)
        )

    def __repr__(self) -> str:
        counts = ", ".join(f"{count} {name}" for name, count in self.summary.items() if count)
        return f"<Report: {counts or 'empty'}>"

    @property
    def ok(self) -> bool:
        """Whether no finding that counts is an error and splint itself had no trouble."""
        return not self.errors and not any(found.severity == "error" for found in self.active)

    @property
    def active(self) -> "tuple[Diagnostic, ...]":
        """The findings that count: neither suppressed nor in the baseline."""
        return tuple(found for found in self.diagnostics if found.suppressed is None)

    @property
    def summary(self) -> Mapping[str, int]:
        """The counts of the JSON report: of what was left out too."""
        if self.counts:
            return self.counts
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
            "left_out": 0,
        }

    def at_most(self, count: int) -> "Report":
        """The same report with so many findings a file: the most severe ones, those that do not count last."""
        if len(self.diagnostics) <= count:
            return self
        by_path: dict[str, list[Diagnostic]] = {}
        for found in self.diagnostics:
            by_path.setdefault(found.path, []).append(found)
        left_out = {path: len(found) - count for path, found in by_path.items() if len(found) > count}
        kept = [one for found in by_path.values() for one in sorted(found, key=_rank)[:count]]
        return self.having(diagnostics=kept, left_out=left_out) if left_out else self

    def having(
        self,
        *,
        diagnostics: "Iterable[Diagnostic] | None" = None,
        notifications: Iterable[ToolNotification] = (),
        left_out: Mapping[str, int] = {},
    ) -> "Report":
        """The same report of other findings, without those that are `left_out`, or with further troubles."""
        return Report(
            self.tool,
            self.diagnostics if diagnostics is None else diagnostics,
            (*self.errors, *notifications),
            files=self.files,
            payloads=self.payloads,
            skipped=self.skipped,
            rules=self.rules,
            details=self.details,
            left_out=left_out,
            counts={**self.summary, "left_out": sum(left_out.values())} if left_out else {},
        )

    def fixed(self, *, unsafe: bool = False) -> Any:
        """The payload that `splint.check` was given, as its fixes leave it: safe ones, or `unsafe` ones with them.

        A JSON text comes back as a text, anything else as plain values; as it was where fixes would bring in an error.
        Raises TypeError for a report of files, which `splint check --fix` mends, and for one of several texts.
        """
        if self.apply_fixes is None:
            raise TypeError(
                "only the report of a value or of one JSON text can be fixed: files with splint check --fix"
            )
        return self.apply_fixes(self, unsafe)

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
            "errors": [
                {k: v for k, v in notification._asdict().items() if v is not None} for notification in self.errors
            ],
        }

    def to_json(self, *, indent: bool = False) -> str:
        """The JSON report as text."""
        return json_text(self.model_dump(), indent=indent)


def _rank(found: "Diagnostic") -> int:
    """How severe a finding is, the most severe first."""
    return SEVERITIES.index(found.severity) if found.suppressed is None else len(SEVERITIES)


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
        lines += [notification.message for notification in report.errors]
        super().__init__("\n".join(lines))

    def __reduce__(self) -> tuple[Any, ...]:
        return PayloadError, (self.report,)
