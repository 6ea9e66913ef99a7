"""Chooses the findings and payloads of a large report that the page shows."""

from collections import Counter
from collections.abc import Iterable, Sequence

from splint.reporting.report import SEVERITIES, Diagnostic
from splint.reporting.reporters.html.markup import Markup, element
from splint.reporting.wording import counted

FINDINGS = 4_000
"""The most findings on a page: errors first, then warnings, infos and suppressed ones."""
PLACES = 12_000
"""The most places of findings on a page, related ones included."""
RELATED = 50
"""The most related places of one finding."""
NODES = 4_000
"""The most nodes of campaign trees, unless more have a finding that is shown."""
ALL_ELSEWHERE = "--output-format json has all"

Numbered = tuple[int, Diagnostic]
"""A finding with its number in the report, from 1."""


def chosen(diagnostics: Sequence[Diagnostic]) -> list[Numbered]:
    """The findings to show, in the order of the report."""
    ranked = sorted(enumerate(diagnostics, start=1), key=lambda numbered: _rank(numbered[1]))
    left, chosen_findings = PLACES, []
    for number, diagnostic in ranked[:FINDINGS]:
        left -= 1 + min(len(diagnostic.related), RELATED)
        if left < 0:
            break
        chosen_findings.append((number, diagnostic))
    return sorted(chosen_findings, key=lambda numbered: numbered[0])


def _rank(diagnostic: Diagnostic) -> int:
    return (
        SEVERITIES.index(diagnostic.severity) if not diagnostic.suppressed and diagnostic.severity in SEVERITIES else 3
    )


def levels(findings: Iterable[Numbered]) -> dict[str, int]:
    """The number of findings per level, with suppressed ones as a level of their own."""
    counts = dict.fromkeys((*SEVERITIES, "suppressed"), 0)
    for _, diagnostic in findings:
        counts["suppressed" if diagnostic.suppressed else diagnostic.severity] += 1
    return counts


def cut(shown: int, total: int) -> Markup:
    """The note at the top of the page if it does not show all findings."""
    if shown == total:
        return Markup()
    words = f"This page shows {shown} of {total} findings, errors first, then warnings, then infos"
    return element("p", f"{words}; {total - shown} are left out. {ALL_ELSEWHERE}.", class_="note left-out")


def left_out(findings: Sequence[Numbered], numbers: frozenset[int]) -> Markup:
    """The note below findings on how many of them are not among those of these numbers."""
    left = [finding for finding in findings if finding[0] not in numbers]
    if not left:
        return Markup()
    kinds = ", ".join(
        counted(count, level) if level in SEVERITIES else f"{count} {level}"
        for level, count in levels(left).items()
        if count
    )
    return note(f"{counted(len(left), 'finding')} ({kinds}) {'is' if len(left) == 1 else 'are'} left out here")


def more(resources: Iterable[str], findings: int = 0) -> Markup:
    """The note on how many objects of each kind are left out, with how many findings."""
    counts = Counter(resources)
    if not counts:
        return Markup()
    kinds = " and ".join(f"{counted(count, f'more {kind}')}" for kind, count in counts.items())
    among = f" with {counted(findings, 'finding')}" if findings else ""
    return note(f"{kinds}{among} {'is' if counts.total() == 1 else 'are'} left out")


def note(words: str) -> Markup:
    """A note that something is left out."""
    return element("p", f"{words}; {ALL_ELSEWHERE}.", class_="note left-out")
