"""Applies fixes to the bytes of a file and to values."""

import copy
import json
from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import partial
from io import BytesIO
from itertools import accumulate
from typing import Any, NamedTuple, TypeVar

from splint.fixes.admission import Admission, Identity, by_safety, identity
from splint.formats import Document
from splint.formats.fault import SyntaxFault
from splint.formats.json.reader import JSON
from splint.formats.operations import Patch, apply_patch, touched
from splint.reporting.report import Diagnostic, Edit, Fix, Report

ROUNDS = 20
"""The most rounds of fixing and checking again: a fix may be applicable only after another one."""
TURNS = range(3)
"""When fixes are applied, see `turn_of`."""
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


def turn_of(diagnostic: Diagnostic) -> int:
    """When a fix is applied: those of a turn together, then the files are checked again.

    First what stands elsewhere or under another name goes where it belongs, then values are written, and last fields
    are removed: what was done before may have taken away the reason.
    """
    kinds = {step["op"] for step in diagnostic.fix.patch} if diagnostic.fix is not None else set()
    return 2 if kinds == {"remove"} else 0 if kinds & {"move", "remove"} else 1


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


def applied_exactly(read: Read, data: bytes, diagnostics: Sequence[Diagnostic]) -> tuple[bytes, list[Diagnostic]]:
    """Apply the fixes of diagnostics as `applied` does, but only fixes whose edits together equal their patches.

    Returns the diagnostics that are fixed thereby, too.

    Each fix alone does. If two fixes interact although their edits do not overlap, the later one is left out.
    """
    owners = {one.fix.edits: one for one in diagnostics if one.fix is not None}
    before = read(data)
    changed, kept = data, list[Fix]()

    def keep(group: Sequence[Fix]) -> None:
        nonlocal changed, kept
        after, taken = applied(data, [*kept, *group])
        texts = _texts(read(after))
        if texts == _patched(before, [owners[fix.edits] for fix in taken], texts):
            changed, kept = after, taken
        elif len(group) > 1:
            keep(group[: len(group) // 2])
            keep(group[len(group) // 2 :])

    keep(applied(data, (one.fix for one in owners.values() if one.fix is not None))[1])
    done = {fix.edits for fix in kept}
    return changed, [one for one in diagnostics if one.fix is not None and one.fix.edits in done]


def _texts(documents: Sequence[Document | SyntaxFault]) -> list[str]:
    """The values of documents, as JSON texts."""
    known = [document for document in documents if isinstance(document, Document)]
    return [_text(document.value) for document in known] + [""] * (len(documents) - len(known))


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def _patched(
    documents: Sequence[Document | SyntaxFault], diagnostics: Sequence[Diagnostic], after: Sequence[str]
) -> list[str]:
    """The values of documents, as JSON texts, after the patches of diagnostics, which are in order of their places.

    What several requests of a script send, each in a document that begins at the same place, is one place: a patch is
    that of all of these that are other texts `after` the edits.
    """
    known = [document for document in documents if isinstance(document, Document)]
    values = [copy.deepcopy(document.value) for document in known]
    starts_of = [_start(document) for document in known] if len(known) > 1 else [0]
    placed = [(start, at) for at, start in enumerate(starts_of) if start is not None]
    starts = [*accumulate((start for start, _ in reversed(placed)), min)][::-1]  # the minimum of all from each on
    for one in reversed(diagnostics):  # backwards, so that a removal shifts no pointer still to be patched
        if one.fix is not None and one.fix.patch:
            start, index = placed[max(bisect_right(starts, one.offset) - 1, 0)]
            values[index] = apply_patch(values[index], one.fix.patch)
            if len(placed) > len(set(starts)):
                others = (at for begins, at in placed if begins == start and at != index)
                for at in (at for at in others if at < len(after) and _text(known[at].value) != after[at]):
                    with suppress(LookupError, TypeError):  # what it lacks here it cannot change, and texts then differ
                        values[at] = apply_patch(values[at], one.fix.patch)
    return [*map(_text, values)] + [""] * (len(documents) - len(known))


def _start(document: Document) -> int | None:
    """The offset of a document in bytes; None for a request without a body that can be read, which has no fixes."""
    place = document.locate([""]).get("")
    return document.source.position(place.value.start).offset if place is not None else None


Content = TypeVar("Content")


class Fixed:
    """What was fixed in a file, round after round."""

    def __init__(self) -> None:
        self._rounds: list[Counter[Identity]] = []
        self._wanted: list[int] = []

    def add(self, fixed: Iterable[Diagnostic], wanted: int) -> None:
        """Note what a round fixed, of so many findings that were `wanted`; what was found twice is one."""
        self._rounds.append(Counter(own for own, _ in {(identity(one), one.fix) for one in fixed}))
        self._wanted.append(wanted)

    @property
    def count(self) -> int:
        """The number of findings."""
        return sum(one.total() for one in self._rounds)

    def take_returning(self, left: int) -> list[Identity]:
        """Forget and return what was fixed in several rounds, where as many findings are `left` as halfway through.

        Of fixes that undo each other, and of one whose finding comes back, each round fixes nothing.
        """
        if left < max(self._wanted[-ROUNDS // 2 :][:1], default=left + 1):
            return []
        often = Counter(own for fixed in self._rounds for own in fixed)
        returning = [own for own, rounds in often.items() if rounds > 1]
        self._rounds = [Counter({own: some[own] for own in some if own not in returning}) for some in self._rounds]
        return returning


def fixed_value(check: Callable[[Any], Report], value: Any, report: Report, *, unsafe: bool) -> Any:
    """A fixed copy of a value, without the fixes that would bring in an error."""
    return fixing(check, value, report, lambda diagnostics, _done: applicable(diagnostics, unsafe=unsafe)).value


class FixedValue(NamedTuple):
    """A value after fixes."""

    value: Any
    patch: Patch
    """What makes it of the value before."""
    left_out: Sequence[tuple[Diagnostic, Sequence[Diagnostic]]]
    """The findings that were chosen and are left, each with the errors that its fix would bring in; none where the
    rounds were used up."""


Choice = Callable[[Iterable[Diagnostic], Sequence[Diagnostic]], list[Diagnostic]]
"""Chooses the findings of a round that are fixed; it is also given those that rounds before have fixed."""


def fixing(check: Callable[[Any], Report], value: Any, report: Report, chosen: Choice) -> FixedValue:
    """A copy of a value after the fixes of the diagnostics that are `chosen`, round after round.

    Fixes that would bring in an error are left out.
    """

    def patched(value: Any, diagnostics: Iterable[Diagnostic]) -> tuple[Any, list[Diagnostic]]:
        changed, taken = copy.deepcopy(value), _apart(diagnostics)
        for patch in _patches(taken):
            changed = apply_patch(changed, patch)
        return changed, taken

    fixed, taken, left = _in_rounds(check, copy.deepcopy(value), report, chosen, patched)
    return FixedValue(fixed, tuple(step for patch in _patches(taken) for step in patch), left)


class Named:
    """The fixes of some findings of the first round alone, whichever round applies them.

    A finding of a later round is one of them where it stands at its place: ids of alike findings move up as soon as one
    of them is fixed, and places in a list as soon as an entry before them goes.
    """

    def __init__(self, wanted: Iterable[Diagnostic]) -> None:
        self._wanted = list(wanted)
        self._left: dict[tuple[str, str], Diagnostic] = {(one.code, one.pointer): one for one in self._wanted}
        """Those that are not fixed yet, by code and where they stand now."""
        self._fixed = 0

    def __call__(self, diagnostics: Iterable[Diagnostic], done: Sequence[Diagnostic]) -> list[Diagnostic]:
        """Those among the findings of a round that are not fixed yet."""
        if not done:
            return self._wanted
        for one in done[self._fixed :]:
            self._left.pop((one.code, one.pointer), None)
        for one in done[self._fixed :]:
            patch = one.fix.patch if one.fix is not None else ()
            self._left = {(code, _shifted(pointer, patch)): of for (code, pointer), of in self._left.items()}
        self._fixed = len(done)
        return [one for one in applicable(diagnostics, unsafe=True) if (one.code, one.pointer) in self._left]

    def first(self, one: Diagnostic) -> Diagnostic:
        """What a finding was in the first round."""
        return self._left.get((one.code, one.pointer), one)


def _shifted(pointer: str, patch: Patch) -> str:
    """A pointer after a patch that removes entries before it in a list."""
    for step in patch:
        holder, _, index = step["path"].rpartition("/")
        at, slash, rest = pointer[len(holder) + 1 :].partition("/")
        is_in_list = step["op"] == "remove" and index.isdigit() and pointer.startswith(f"{holder}/") and at.isdigit()
        if is_in_list and int(at) > int(index):
            pointer = f"{holder}/{int(at) - 1}{slash}{rest}"
    return pointer


def _patches(diagnostics: Iterable[Diagnostic]) -> list[Patch]:
    return [one.fix.patch for one in diagnostics if one.fix is not None]


def _apart(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Those whose patches change no value that the patch of an earlier one changes, holds or is within."""
    changed_places: set[str] = set()
    above: set[str] = set()
    taken = []
    for one in diagnostics:
        own = touched(one.fix.patch if one.fix is not None else ())
        if above.isdisjoint(own) and not any(changed_places.intersection(_with_parents(place)) for place in own):
            changed_places.update(own)
            above.update(step for place in own for step in _with_parents(place))
            taken.append(one)
    return taken


def fixed_text(check: Callable[[Any], Report], text: str | bytes, report: Report, *, unsafe: bool) -> str | bytes:
    """A JSON text after fixes, without those that would bring in an error."""
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    exactly = partial(applied_exactly, lambda data: list(JSON.read("", BytesIO(data))))
    data = _in_rounds(check, data, report, lambda found, _done: applicable(found, unsafe=unsafe), exactly)[0]
    return data.decode("utf-8", "surrogatepass") if isinstance(text, str) else data


def _in_rounds(
    check: Callable[[Any], Report],
    value: Content,
    report: Report,
    chosen: Choice,
    apply: Callable[[Content, Sequence[Diagnostic]], tuple[Content, list[Diagnostic]]],
) -> tuple[Content, list[Diagnostic], list[tuple[Diagnostic, list[Diagnostic]]]]:
    """Some content after rounds of fixes, what they fixed, and what is left of it with the errors it would bring in.

    `apply` applies those that can be applied together.
    """

    def first_taken(value: Content, wanted: Sequence[Diagnostic]) -> list[Diagnostic]:
        groups = ([one for one in wanted if turn_of(one) == turn] for turn in TURNS)
        return next((taken for group in groups if group and (taken := apply(value, group)[1])), [])

    refused, done, has_changed = dict[Identity, list[Diagnostic]](), list[Diagnostic](), False
    for _ in range(max(ROUNDS, len(chosen(report.diagnostics, done)))):  # of entries of a list, each round removes one
        wanted = chosen(report.diagnostics, done)
        taken = first_taken(value, [one for one in wanted if identity(one) not in refused])
        if not taken and has_changed:
            refused, has_changed = {}, False  # what has changed since may let in what was refused
            taken = first_taken(value, wanted)
        if not taken:
            break
        start = value

        def trial(some: Sequence[Diagnostic], start: Content = start) -> Report:
            return check(apply(start, some)[0])

        admission = Admission(report, trial)
        admission.admit(*by_safety(taken))
        refused.update((identity(one), errors) for one, errors in admission.refused)
        value, applied_now = apply(start, admission.kept)
        has_changed |= bool(applied_now)
        done += applied_now
        report = admission.after
    return value, done, [(one, refused.get(identity(one), [])) for one in chosen(report.diagnostics, done)]


def _with_parents(pointer: str) -> list[str]:
    """The pointers of the parents of a value and its own."""
    return [*accumulate(pointer.split("/"), "{}/{}".format)]
