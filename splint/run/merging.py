"""Merges diagnostics that say the same of one stretch of a file, which several pointers reach."""

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from splint.payloads.nodes import Finding
    from splint.reporting.report import Diagnostic

MOST_PLACES = 3
"""The most further places that a diagnostic on a value with several of them names."""


def merged(diagnostics: "Sequence[tuple[Diagnostic, Finding]]") -> "list[Diagnostic]":
    """Diagnostics, those as one that say the same of one stretch of a file, with the number of their places.

    Such a stretch is reached by several pointers: an anchor of YAML, also under fields of other names, or what a string
    of JSON holds, also where a value has no lines. Each comes with its finding.
    A file that two kinds of requests send is one place.
    """
    if len({(one.path, one.marked, one.code) for one, _ in diagnostics}) == len(diagnostics):
        return [one for one, _ in diagnostics]  # most say nothing twice: in a tenth of the time
    same: dict[Hashable, dict[Hashable, Diagnostic]] = {}
    for one, finding in diagnostics:
        words, in_string = (one.summary, one.help), finding.location.document.within is not None
        if not in_string and (name := one.pointer.rpartition("/")[2]).isidentifier():
            words = one.summary.replace(name, "\0"), one.help.replace(name, "\0")
        stretch = one.marked or ((one.document, one.body, one.pointer) if in_string else None)
        key = (one.path, stretch, one.code, words, one.severity, one.suppressed)
        several = same.setdefault(key if stretch is not None else id(one), {})
        place = (one.document, one.body, one.pointer, finding.location.pointer, finding.about)
        several.setdefault(place, one)
    return [_joined([*several.values()]) for several in same.values()]


def _joined(several: "Sequence[Diagnostic]") -> "Diagnostic":
    """The first of diagnostics, which tells of all of them; the next few places are related ones."""
    if len(several) == 1:
        return several[0]
    from splint.reporting.diagnostic import RelatedPlace  # few findings are the same

    first, *others = sorted(several, key=lambda one: one.sort_key)
    places = tuple(
        RelatedPlace("the same value", one.path, one.pointer, None, None, one.document)
        for one in others[:MOST_PLACES]
        if one.pointer != first.pointer
    )
    return first._replace(summary=f"{first.summary} (in {len(several)} places)", related=(*first.related, *places))
