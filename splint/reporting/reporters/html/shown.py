"""What of a large report the page shows in full: the gravest findings, and the payloads that they hang on."""

from collections import Counter
from collections.abc import Iterable, Sequence

from splint.reporting.report import SEVERITIES, Diagnostic
from splint.reporting.reporters.html.markup import Markup, element
from splint.reporting.reporters.terminal import counted

FINDINGS = 4_000
"""So many findings a page shows: errors first, then warnings, infos and what is suppressed."""
PLACES = 12_000
"""Fewer where they have so many places, the related ones too."""
RELATED = 50
"""Related places of one finding."""
NODES = 4_000
"""Nodes of the campaign trees, unless more hold a finding that is shown."""
ALL_ELSEWHERE = "--output-format json has all"

Numbered = tuple[int, Diagnostic]
"""A finding with its number in the report, from 1."""


def chosen(found: Sequence[Diagnostic]) -> list[Numbered]:
    """The findings that are shown, in the order of the report."""
    ranked = sorted(enumerate(found, start=1), key=lambda numbered: _rank(numbered[1]))
    left, held = PLACES, []
    for number, diagnostic in ranked[:FINDINGS]:
        left -= 1 + min(len(diagnostic.related), RELATED)
        if left < 0:
            break
        held.append((number, diagnostic))
    return sorted(held, key=lambda numbered: numbered[0])


def _rank(found: Diagnostic) -> int:
    return SEVERITIES.index(found.severity) if not found.suppressed and found.severity in SEVERITIES else 3


def levels(findings: Iterable[Numbered]) -> dict[str, int]:
    """How many of each level; what does not count is suppressed."""
    found = dict.fromkeys((*SEVERITIES, "suppressed"), 0)
    for _, diagnostic in findings:
        found["suppressed" if diagnostic.suppressed else diagnostic.severity] += 1
    return found


def cut(shown: int, total: int) -> Markup:
    """For the page's top: how many findings it shows; nothing where these are all."""
    if shown == total:
        return Markup()
    words = f"This page shows {shown} of {total} findings, errors first, then warnings, then infos"
    return element("p", f"{words}; {total - shown} are left out. {ALL_ELSEWHERE}.", class_="note left-out")


def left_out(findings: Sequence[Numbered], numbers: frozenset[int], where: str = "here") -> Markup:
    """For the place where findings hang: how many of them are not among those of these numbers."""
    left = [found for found in findings if found[0] not in numbers]
    if not left:
        return Markup()
    kinds = ", ".join(
        counted(count, level) if level in SEVERITIES else f"{count} {level}"
        for level, count in levels(left).items()
        if count
    )
    return note(f"{counted(len(left), 'finding')} ({kinds}) {'is' if len(left) == 1 else 'are'} left out {where}")


def more(resources: Iterable[str], findings: int = 0) -> Markup:
    """How many things of each kind are left out, with how many findings."""
    counts = Counter(resources)
    if not counts:
        return Markup()
    kinds = " and ".join(f"{counted(count, f'more {kind}')}" for kind, count in counts.items())
    among = f" with {counted(findings, 'finding')}" if findings else ""
    return note(f"{kinds}{among} {'is' if counts.total() == 1 else 'are'} left out")


def note(words: str) -> Markup:
    """A remark that something is left out."""
    return element("p", f"{words}; {ALL_ELSEWHERE}.", class_="note left-out")
