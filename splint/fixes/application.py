"""Applies fixes to the bytes of a file and to values."""

import copy
import json
from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate
from typing import Any

from splint.formats import Document, SyntaxFault
from splint.formats.operations import Patch, apply_patch, touched
from splint.reporting.report import Diagnostic, Edit, Fix, Report

ROUNDS = 10
"""The most rounds of fixing and checking again: a fix may be applicable only after another one."""
Read = Callable[[bytes], list[Document | SyntaxFault]]
"""Parses the bytes of a file."""


def applicable(diagnostics: Iterable[Diagnostic], *, unsafe: bool) -> list[Diagnostic]:
    """The diagnostics that are not suppressed and have a fix: a safe one, or any if `unsafe`."""
    return [
        diagnostic
        for diagnostic in diagnostics
        if diagnostic.suppressed is None
        and diagnostic.fix is not None
        and (unsafe or diagnostic.fix.applicability == "safe")
    ]


def applied(data: bytes, fixes: Iterable[Fix]) -> tuple[bytes, list[Fix]]:
    """Apply the fixes that do not overlap to the bytes of a file, in order of their places; return these fixes too."""
    spans: list[tuple[int, int]] = []
    edits: list[Edit] = []
    taken: list[Fix] = []
    for fix in sorted(fixes, key=lambda fix: fix.edits):
        if taken and fix.edits == taken[-1].edits:
            taken.append(fix)  # two findings with the same fix
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
    """Whether a span overlaps or touches one of `spans`, which are sorted and do not overlap each other.

    Two insertions at the same place touch: the second one is applied in the next round.
    """
    start, end = span
    index = bisect_left(spans, (end + 1,))
    return index > 0 and start <= spans[index - 1][1]


def applied_exactly(read: Read, data: bytes, diagnostics: Iterable[Diagnostic]) -> tuple[bytes, list[Fix]]:
    """Apply the fixes of diagnostics as `applied` does, but only fixes whose edits together equal their patches.

    Each fix alone does. If two fixes interact although their edits do not overlap, the later one is left out.
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
    """The values of documents, as JSON texts, after the patches of diagnostics, which are in order of their places."""
    known = [document for document in documents if isinstance(document, Document)]
    values = [copy.deepcopy(document.value) for document in known]
    starts_of = [_start(document) for document in known] if len(known) > 1 else [0]
    placed = [(start, at) for at, start in enumerate(starts_of) if start is not None]
    starts = [*accumulate((start for start, _ in reversed(placed)), min)][::-1]  # the minimum of all from each on
    for one in reversed(diagnostics):  # backwards, so that a removal shifts no pointer still to be patched
        if one.fix is not None and one.fix.patch:
            _, index = placed[max(bisect_right(starts, one.offset) - 1, 0)]
            apply_patch(values[index], one.fix.patch)
    return [json.dumps(value, sort_keys=True) for value in values] + [""] * (len(documents) - len(known))


def _start(document: Document) -> int | None:
    """The offset of a document in bytes; None for a request without a body that can be read, which has no fixes."""
    place = document.locate([""]).get("")
    return document.source.position(place.value.start).offset if place is not None else None


def errors(diagnostics: Iterable[Diagnostic]) -> Counter[tuple[str, str]]:
    """The number of errors by path and code."""
    return Counter((diagnostic.path, diagnostic.code) for diagnostic in diagnostics if diagnostic.severity == "error")


def fixed_value(check: Callable[[Any], Report], value: Any, report: Report, *, unsafe: bool) -> Any:
    """A fixed copy of a value; an unchanged copy if the fixes would introduce an error."""
    return fixing(check, value, report, lambda diagnostics: applicable(diagnostics, unsafe=unsafe))[0]


def fixing(
    check: Callable[[Any], Report],
    value: Any,
    report: Report,
    chosen: Callable[[Iterable[Diagnostic]], list[Diagnostic]],
) -> tuple[Any, Patch]:
    """A copy of a value after the fixes of the diagnostics that are `chosen`, round after round, and the patch to it.

    An unchanged copy and no patch if the fixes would introduce an error.
    """
    current, whole = copy.deepcopy(value), list[dict[str, Any]]()
    for _ in range(ROUNDS):
        changed_places: set[str] = set()
        above: set[str] = set()
        changed = copy.deepcopy(current)
        for diagnostic in chosen(report.diagnostics):
            patch = diagnostic.fix.patch if diagnostic.fix is not None else ()
            own = touched(patch)
            if above.isdisjoint(own) and not any(changed_places.intersection(_with_parents(one)) for one in own):
                changed_places.update(own)
                above.update(step for one in own for step in _with_parents(one))
                apply_patch(changed, patch)
                whole += patch
        if not changed_places:
            break
        after = check(changed)
        if errors(after.diagnostics) - errors(report.diagnostics):
            return copy.deepcopy(value), ()
        current, report = changed, after
    return current, tuple(whole)


def fixed_text(check: Callable[[Any], Report], text: str | bytes, report: Report, *, unsafe: bool) -> str | bytes:
    """A JSON text after fixes; unchanged if the fixes would introduce an error."""
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


def _with_parents(pointer: str) -> list[str]:
    """The pointers of the parents of a value and its own."""
    return [*accumulate(pointer.split("/"), "{}/{}".format)]
