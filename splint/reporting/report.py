"""The report of a run: located findings, counts, and errors of splint itself."""

from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from splint.reporting.wording import SEVERITIES as SEVERITIES
from splint.reporting.wording import at, counted
from splint.reporting.wording import json_text as json_text

if TYPE_CHECKING:
    from splint.reporting.diagnostic import Anchor as Anchor
    from splint.reporting.diagnostic import Diagnostic as Diagnostic
    from splint.reporting.diagnostic import Fix as Fix
    from splint.reporting.diagnostic import RelatedPlace as RelatedPlace
    from splint.reporting.diagnostic import RuleInfo as RuleInfo
    from splint.reporting.diagnostic import Suppression as Suppression
    from splint.reporting.diagnostic import ToolNotification as ToolNotification
    from splint.reporting.knowledge import FieldKnowledge
    from splint.reporting.location import Edit as Edit
    from splint.reporting.location import Excerpt as Excerpt
    from splint.reporting.location import Range as Range
    from splint.reporting.outline import Outline
    from splint.reporting.trial import Trials
    from splint.suppression.baseline import Baseline
else:
    ON_FIRST_USE = frozenset(
        {
            "Anchor",
            "Diagnostic",
            "Edit",
            "Excerpt",
            "Fix",
            "Range",
            "RelatedPlace",
            "RuleInfo",
            "Suppression",
            "ToolNotification",
        }
    )

    def __getattr__(name: str) -> Any:
        """Import what reports with findings hold on first use: saves 1 ms of a start without findings."""
        if name not in ON_FIRST_USE:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from splint.reporting import diagnostic  # with the first finding

        return getattr(diagnostic, name)


REPORT_VERSION = 1


class Details:
    """The parts of a report that only some of its readers need."""

    def __init__(
        self,
        paths: tuple[str, ...] = (),
        outlines: tuple["Outline", ...] = (),
        texts: Mapping[str, str] = {},
        made_at: str = "",
        commit: str | None = None,
        baseline: "Baseline | None" = None,
    ) -> None:
        self.paths = paths
        """The files with a payload or a finding, sorted."""
        self.outlines = outlines
        """Campaign trees, sorted by path and place."""
        self.texts = texts
        """The texts of these files by path, access tokens masked."""
        self.made_at = made_at
        """The time of the run in UTC, to the minute."""
        self.commit = commit
        """The commit that is checked out in the working directory's repository, in hexadecimal digits."""
        self.baseline = baseline
        """What the run leaves of the baseline; None where there is none, or the run was interrupted."""


NO_DETAILS: Final = Details()
"""Those of all reports whose readers need none; nobody changes them."""


class Tool(NamedTuple):
    """The program and settings that a report was made with."""

    version: str
    profile: str
    as_of: str
    """The date, or the time if one was given, that rules took as now (UTC)."""
    name: str = "splint"


class Report:
    """The findings, counts and errors of a run; immutable. `model_dump()` is the JSON report, version 1."""

    diagnostics: "tuple[Diagnostic, ...]"
    """All findings, suppressed and baselined ones included; `active` leaves these out."""
    errors: "tuple[ToolNotification, ...]"
    files: int
    """The number of files with a payload or a finding."""
    payloads: int
    skipped_paths: tuple[str, ...]
    """The paths of files found by walking that hold no payload."""
    tool: Tool
    _rules: "tuple[RuleInfo, ...] | Callable[[], tuple[RuleInfo, ...]]"
    details: Details
    left_out: Mapping[str, int]
    """The number of findings per path that `at_most` left out of `diagnostics`."""
    counts: Mapping[str, int]
    """The summary of all findings, if some were left out."""
    field_facts: "Callable[[str, str], FieldKnowledge] | None"
    """What is known of a field (`Campaign.budget`) by the rules of a profile; None in a report that is made by hand."""
    trials: "Callable[[], Trials] | None"
    """Makes what tries values on the documents of the run, for one answer; None where they cannot be read again."""
    apply_fixes: Callable[["Report", bool], Any] | None
    """Returns the payload with safe fixes applied, or unsafe ones too; None unless one value was checked."""

    def __init__(
        self,
        tool: Tool,
        diagnostics: "Iterable[Diagnostic]" = (),
        errors: "Iterable[ToolNotification]" = (),
        *,
        files: int = 0,
        payloads: int = 0,
        skipped_paths: tuple[str, ...] = (),
        rules: "tuple[RuleInfo, ...] | Callable[[], tuple[RuleInfo, ...]]" = (),
        details: Details = NO_DETAILS,
        left_out: Mapping[str, int] = {},
        counts: Mapping[str, int] = {},
        apply_fixes: "Callable[[Report, bool], Any] | None" = None,
        field_facts: "Callable[[str, str], FieldKnowledge] | None" = None,
        trials: "Callable[[], Trials] | None" = None,
    ) -> None:
        vars(self).update(
            tool=tool,
            diagnostics=tuple(sorted(diagnostics, key=attrgetter("sort_key"))) if diagnostics else (),
            errors=tuple(sorted(errors, key=_place_of_notification)) if errors else (),
            files=files,
            payloads=payloads,
            skipped_paths=skipped_paths,
            _rules=rules,
            details=details,
            left_out=left_out,
            counts=counts,
            apply_fixes=apply_fixes,
            field_facts=field_facts,
            trials=trials,
        )

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a report is immutable: {name} cannot be set")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"a report is immutable: {name} cannot be removed")

    def __getstate__(self) -> dict[str, Any]:
        """What a copy or a pickled report holds: no function that makes something of the payload."""
        apply_fixes = self.apply_fixes and _without_payload
        return {**vars(self), "apply_fixes": apply_fixes, "trials": None, "_rules": self.rules}

    def __repr__(self) -> str:
        counts = [
            counted(count, name.removesuffix("s")) if name.endswith("s") else f"{count} {name.replace('_', ' ')}"
            for name, count in self.summary.items()
            if count
        ]
        counts += [f"{counted(len(self.errors), 'error')} of splint itself"] if self.errors else []
        return f"<Report: {', '.join(counts) or 'empty'}>"

    @property
    def rules(self) -> "tuple[RuleInfo, ...]":
        """The rules that ran, sorted by code; described when somebody asks, as few formats do."""
        return self._rules() if callable(self._rules) else self._rules

    @property
    def ok(self) -> bool:
        """Whether there is no active finding of severity error and no error of splint itself."""
        return not self.errors and not any(diagnostic.severity == "error" for diagnostic in self.active)

    @property
    def active(self) -> "tuple[Diagnostic, ...]":
        """The findings that are neither suppressed nor in the baseline."""
        return tuple(diagnostic for diagnostic in self.diagnostics if diagnostic.suppressed is None)

    @property
    def summary(self) -> Mapping[str, int]:
        """The counts of the JSON report, findings that were left out included."""
        if self.counts:
            return self.counts
        counts = dict.fromkeys((*SEVERITIES, "suppressed", "baselined"), 0)
        for diagnostic in self.diagnostics:
            why = diagnostic.suppressed
            counts[diagnostic.severity if why is None else "baselined" if why.kind == "baseline" else "suppressed"] += 1
        return {
            "files": self.files,
            "payloads": self.payloads,
            **{f"{severity}s": counts[severity] for severity in SEVERITIES},
            "suppressed": counts["suppressed"],
            "baselined": counts["baselined"],
            "fixable": sum(diagnostic.fix is not None for diagnostic in self.active),
            "left_out": 0,
        }

    def at_most(self, count: int) -> "Report":
        """The report with at most `count` findings per file: the most severe ones, suppressed ones last."""
        if len(self.diagnostics) <= count:
            return self
        by_path: dict[str, list[Diagnostic]] = {}
        for diagnostic in self.diagnostics:
            by_path.setdefault(diagnostic.path, []).append(diagnostic)
        left_out = {path: len(group) - count for path, group in by_path.items() if len(group) > count}
        kept = [one for group in by_path.values() for one in sorted(group, key=_rank)[:count]]
        return self.having(diagnostics=kept, left_out=left_out) if left_out else self

    def having(
        self,
        *,
        diagnostics: "Iterable[Diagnostic] | None" = None,
        notifications: "Iterable[ToolNotification]" = (),
        left_out: Mapping[str, int] = {},
    ) -> "Report":
        """A copy with other findings, further notifications, or the numbers of findings `left_out` per path."""
        return self._replace(
            diagnostics=self.diagnostics if diagnostics is None else diagnostics,
            errors=(*self.errors, *notifications),
            left_out=left_out,
            counts={**self.summary, "left_out": sum(left_out.values())} if left_out else {},
        )

    def _replace(
        self, diagnostics: "Iterable[Diagnostic]", errors: "Iterable[ToolNotification]", **others: Any
    ) -> "Report":
        """A copy with other findings and errors, and `others` of its attributes."""
        copy = Report(self.tool, diagnostics, errors)
        vars(copy).update({**vars(self), **others, "diagnostics": copy.diagnostics, "errors": copy.errors})
        return copy

    @property
    def skipped(self) -> int:
        """The number of files found by walking that hold no payload."""
        return len(self.skipped_paths)

    def fixed(self, *, unsafe: bool = False) -> Any:
        """The payload given to `splint.check` with its safe fixes applied, or with `unsafe` ones too.

        A JSON text is returned as text, anything else as plain values. Fixes that would bring in an error are left out.
        Raises TypeError for a report of files, which `splint check --fix` fixes, for one of several texts, and for a
        copy or a pickled report, which do not hold the payload.
        """
        if self.apply_fixes is None:
            raise TypeError(
                "only the report of a value or of one JSON text can be fixed: files with splint check --fix"
            )
        return self.apply_fixes(self, unsafe)

    def raise_for_errors(self) -> None:
        """Raise PayloadError unless `ok`."""
        if not self.ok:
            raise PayloadError(self)

    def model_dump(self) -> dict[str, Any]:
        """The JSON report as plain values."""
        tool = self.tool
        return {
            "version": REPORT_VERSION,
            "tool": {"name": tool.name, "version": tool.version, "profile": tool.profile, "as_of": tool.as_of},
            "summary": dict(self.summary),
            "diagnostics": [diagnostic.model_dump() for diagnostic in self.diagnostics],
            "errors": [
                {k: v for k, v in notification._asdict().items() if v is not None} for notification in self.errors
            ],
        }

    def to_json(self, *, indent: bool = False) -> str:
        """The JSON report as text."""
        return json_text(self.model_dump(), indent=indent)

    def to_agent(self, limit: int = 20, after: str | None = None, *, most: int = 8192) -> dict[str, Any]:
        """The active findings for a program that edits payloads: what to patch, and what only a person can decide.

        At most `limit` findings and `most` bytes, the errors first; where more are left, `after` of the answer is the
        cursor that the next call takes as `after`. A copy or a pickled report holds no payload to try choices on: it
        offers those that the help of a finding names. Raises ValueError for a cursor that is not of this report.
        """
        from splint.reporting.agent import page  # few reports are read by agents

        found = sorted(self.active, key=lambda one: (_rank(one), one.sort_key))
        return page(self, found, limit, after, most)


def _without_payload(_report: Report, _unsafe: bool) -> Any:
    """Stands for `apply_fixes` in a copy of a report."""
    raise TypeError("a copied or pickled report does not hold the payload: call fixed() on the report that check made")


def _rank(diagnostic: "Diagnostic") -> int:
    """The rank of a finding, 0 for the most severe; suppressed ones last."""
    return SEVERITIES.index(diagnostic.severity) if diagnostic.suppressed is None else len(SEVERITIES)


def _place_of_notification(notification: "ToolNotification") -> tuple[str, str, str]:
    return notification.path or "", notification.code or "", notification.message


class PayloadError(ValueError):
    """Raised for payloads with errors; `report` holds the findings."""

    def __init__(self, report: Report) -> None:
        self.report = report
        errors = [diagnostic for diagnostic in report.active if diagnostic.severity == "error"]
        lines = [f"{diagnostic.code} at {at(diagnostic.pointer)}: {diagnostic.message}" for diagnostic in errors]
        lines += [notification.message for notification in report.errors]
        super().__init__("\n".join(lines))

    def __reduce__(self) -> tuple[Any, ...]:
        return PayloadError, (self.report,)
