"""Suppressions that silence nothing, once all files are judged: entries of settings, and of the baseline."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from splint.payloads.nodes import Finding
from splint.rules.ruleset import Ruleset
from splint.run.judge import Judge
from splint.run.result import FileResult
from splint.suppression.policy import Use
from splint.suppression.scope import RunScope
from splint.suppression.unused import unused_baseline_entries, unused_entries

if TYPE_CHECKING:
    from splint.reporting.diagnostic import Diagnostic
    from splint.suppression.baseline import Baseline


def of_settings(rulesets: Iterable[Ruleset], used: set[Use], scope: RunScope, *, anchored: bool) -> "list[Diagnostic]":
    """What is found of entries that are not among the `used` ones."""
    return _found([(one, unused_entries(one, used, scope)) for one in rulesets], anchored=anchored)


def of_baseline(
    baseline: "Baseline", diagnostics: "Sequence[Diagnostic]", scope: RunScope, ruleset: Ruleset, *, anchored: bool
) -> "list[Diagnostic]":
    """What is found of entries that no longer occur; `ruleset` are the rules of the working directory."""
    return _found([(ruleset, unused_baseline_entries(baseline, diagnostics, scope))], anchored=anchored)


def _found(found: Iterable[tuple[Ruleset, Iterable[Finding]]], *, anchored: bool) -> "list[Diagnostic]":
    result = FileResult()
    judge = Judge(result, {}, anchored=anchored)
    for ruleset, findings in found:
        judge.unused(findings, ruleset)
    judge.flush()
    return result.diagnostics
