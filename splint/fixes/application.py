"""Fixes applied: to the bytes of a file, and to values."""

import copy
import json
from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate
from typing import Any

from splint.formats import Document, SyntaxFault
from splint.formats.operations import apply_patch, touched
from splint.reporting.report import Diagnostic, Edit, Fix, Report

ROUNDS = 10
"""So often is a payload linted again after its fixes: one may make room for another."""
Read = Callable[[bytes], list[Document | SyntaxFault]]
"""From a file's bytes to what stands in it."""


def applicable(diagnostics: Iterable[Diagnostic], *, unsafe: bool) -> list[Diagnostic]:
    """The findings that count and have a fix that may be applied."""
    return [
        diagnostic
        for diagnostic in diagnostics
        if diagnostic.suppressed is None
        and diagnostic.fix is not None
        and (unsafe or diagnostic.fix.applicability == "safe")
    ]


def applied(data: bytes, fixes: Iterable[Fix]) -> tuple[bytes, list[Fix]]:
    """A file's bytes with those fixes that do not overlap, the first by place; and which these were."""
    spans: list[tuple[int, int]] = []
    edits: list[Edit] = []
    taken: list[Fix] = []
    for fix in sorted(fixes, key=lambda fix: fix.edits):
        if taken and fix.edits == taken[-1].edits:
            taken.append(fix)  # two findings, one way out
            continue
        own = [(edit.range.start.offset, edit.range.end.offset) for edit in fix.edits]
        if not any(_is_taken(span, spans) for span in own):
            taken.append(fix)
            edits += fix.edits
            for span in own:
                insort(spans, span)
    parts, at = list[bytes](), 0
    for edit in sorted(edits):
        parts += data[at : edit.range.start.offset], edit.content.encode("utf-8", "surrogatepass")
        at = edit.range.end.offset
    return b"".join([*parts, data[at:]]), taken


def _is_taken(span: tuple[int, int], spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a stretch touches one of others, sorted and apart: it would be the last that begins before its end.

    What comes in at one place comes in one after the other, in another round.
    """
    start, end = span
    index = bisect_left(spans, (end + 1,))
    return index > 0 and start <= spans[index - 1][1]


def applied_exactly(read: Read, data: bytes, diagnostics: Iterable[Diagnostic]) -> tuple[bytes, list[Fix]]:
    """The same for findings of a file that `read` reads, with fixes only that together do what their patches say.

    Each fix alone does; where two of them meet in a way that their places do not show, the later is left out.
    """
    owners = {one.fix.edits: one for one in diagnostics if one.fix is not None}
    before = read(data)
    after, taken = applied(data, (one.fix for one in owners.values() if one.fix is not None))
    if _patched(read(after), ()) == _patched(before, [owners[fix.edits] for fix in taken]):
        return after, taken
    kept: list[Fix] = []
    for fix in taken:
        after, with_it = applied(data, [*kept, fix])
        if _patched(read(after), ()) == _patched(before, [owners[other.edits] for other in with_it]):
            kept = with_it
    return applied(data, kept)


def _patched(documents: Sequence[Document | SyntaxFault], diagnostics: Sequence[Diagnostic]) -> list[str]:
    """The documents' values as the patches of findings, in the order of their places, leave them."""
    known = [document for document in documents if isinstance(document, Document)]
    values = [copy.deepcopy(document.value) for document in known]
    starts = [_start(document) for document in known] if len(known) > 1 else [0]
    starts = [*accumulate(reversed(starts), min)][::-1]  # of it and all behind it
    for one in reversed(diagnostics):  # no removal moves what is still to change
        index = max(bisect_right(starts, one.offset) - 1, 0)
        if one.fix is not None and one.fix.patch:
            apply_patch(values[index], one.fix.patch)
    return [json.dumps(value, sort_keys=True) for value in values] + [""] * (len(documents) - len(known))


def _start(document: Document) -> int:
    """Where a document begins, in bytes."""
    place = document.locate([""]).get("")
    return document.source.position(place.value.start).offset if place is not None else 0


def errors(diagnostics: Iterable[Diagnostic]) -> Counter[tuple[str, str]]:
    """How often each rule finds an error in each file."""
    return Counter((diagnostic.path, diagnostic.code) for diagnostic in diagnostics if diagnostic.severity == "error")


def fixed_value(check: Callable[[Any], Report], value: Any, report: Report, *, unsafe: bool) -> Any:
    """A copy of a value as fixes leave it; as it was where they would bring in an error."""
    current = copy.deepcopy(value)
    for _ in range(ROUNDS):
        fixable = applicable(report.diagnostics, unsafe=unsafe)
        changed_places: set[str] = set()
        above: set[str] = set()
        changed = copy.deepcopy(current)
        for diagnostic in fixable:
            patch = diagnostic.fix.patch if diagnostic.fix is not None else ()
            own = touched(patch)
            if above.isdisjoint(own) and not any(changed_places.intersection(_way(one)) for one in own):
                changed_places.update(own)
                above.update(step for one in own for step in _way(one))
                apply_patch(changed, patch)
        if not changed_places:
            return current
        after = check(changed)
        if errors(after.diagnostics) - errors(report.diagnostics):
            return copy.deepcopy(value)
        current, report = changed, after
    return current


def fixed_text(check: Callable[[Any], Report], text: str | bytes, report: Report, *, unsafe: bool) -> str | bytes:
    """A JSON text as fixes leave it; as it was where they would bring in an error."""
    data = before = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    for _ in range(ROUNDS):
        fixes = [
            diagnostic.fix for diagnostic in applicable(report.diagnostics, unsafe=unsafe) if diagnostic.fix is not None
        ]
        changed, taken = applied(data, fixes)
        if not taken:
            break
        after = check(changed)
        if errors(after.diagnostics) - errors(report.diagnostics):
            data = before
            break
        data, report = changed, after
    return data.decode("utf-8", "surrogatepass") if isinstance(text, str) else data


def _way(pointer: str) -> list[str]:
    """The pointers of what a value lies in, and its own."""
    return [*accumulate(pointer.split("/"), "{}/{}".format)]
