"""Which of several fixes may be applied together: those that bring in no error."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import accumulate
from typing import Any

from splint.reporting.places import is_revealed
from splint.reporting.report import Diagnostic, Report
from splint.reporting.wording import at, counted

Identity = tuple[Any, ...]
TRIALS = 40
"""The most checks that look for the fixes that would bring in an error; when they are used up, the rest is left out."""


def new_errors(before: Report, after: Report, fixes: Iterable[Diagnostic] = ()) -> list[Diagnostic]:
    """The errors of `after` on fields that have fewer errors of this code in `before`: as many as there are more.

    Those at a place that had none come first, then those that say something else than before. One that `fixes` moved
    with its value is not new, nor is one that the rule of a fixed finding owns, or that is in what no rule saw: the fix
    reveals it. Where such a rule owns others in the whole campaign, no more is one that is fixed next.
    """
    earlier, fixes = _errors(before), list(fixes)
    counts, counts_after = Counter(map(_subject, earlier)), Counter(map(_subject, _errors(after)))
    more = counts_after - counts
    if not more:
        return []
    places, said = {(_subject(one), one.pointer) for one in earlier}, {(_subject(one), one.summary) for one in earlier}
    found: list[Diagnostic] = []
    for one in sorted(
        _errors(after), key=lambda one: ((_subject(one), one.pointer) in places, (_subject(one), one.summary) in said)
    ):
        if more[_subject(one)] > 0:
            more[_subject(one)] -= 1
            found.append(one)
    gone, ways, arrivals = counts - counts_after, _ways(fixes), Counter[Any]()
    for one in earlier if ways else ():
        if gone[_subject(one)]:
            arrivals.update((_document(one), one.code, place, one.summary) for place in _moved(one, ways))
    new = []
    for one in found:
        arrivals[key := (_document(one), one.code, one.pointer, one.summary)] -= 1
        is_hidden = arrivals[key] >= 0 or is_revealed(one, fixes) or _was_unseen(one, fixes)
        if not is_hidden and not _is_fixed_next(one, fixes):
            new.append(one)
    return new


def _was_unseen(error: Diagnostic, fixes: Iterable[Diagnostic]) -> bool:
    """Whether an error is in an object that a fix has put where rules see it, or names what stands in such a one.

    That is an object under an unknown key, or the one around it whose fields stood under that key, and a field that
    stood in another object. So does an error elsewhere that names such a field, or a value which was misspelt, and one
    on the value itself where a safe fix only writes that in its form.
    """
    for one in fixes:
        if one.fix is None or _document(one) != _document(error):
            continue
        if _meets_moved(error, one):
            return True
        if one.becomes is None:
            is_own, is_same = error.pointer == one.pointer, one.fix.applicability == "safe"
            if one.conceals and (is_same if is_own else one.pointer in [at.pointer for at in error.related]):
                return True
            continue
        puts = [step["path"] for step in one.fix.patch if step["op"] != "remove"]
        named = [place.pointer for place in error.related if place.path == one.path]
        if _is_within(error.holder, puts) or (
            one.conceals and any(_is_within(place, [one.holder]) for place in (error.holder, *named))
        ):
            return True
    return False


def _meets_moved(error: Diagnostic, one: Diagnostic) -> bool:
    """Whether an error is on a field that a fix has moved from another object, or names it where it stands now.

    Of a move in a string of JSON, which the patch puts as a whole, the field is known by its name.
    """
    if one.inmost is None:
        moves = [to for (_, way), ends in _ways([one]).items() for to in ends if to.endswith(way[way.rindex("/") :])]
        named = [place.pointer for place in error.related if place.path == one.path]
        return any(_is_within(place, moves) for place in (error.pointer, *named))
    if one.becomes is None or error.inmost is None or error.pointer != one.pointer:
        return False
    names = {key for _, key in one.keys} or {one.inmost[0].rpartition("/")[2]}
    named = [error.inmost[0], *(place.inmost for place in error.related if place.pointer == one.pointer)]
    return any(place.rpartition("/")[2] in names and place != one.inmost[0] for place in named)


def _is_within(pointer: str, roots: Iterable[str]) -> bool:
    """Whether a pointer is one of some, or leads from there."""
    return any(f"{pointer}/".startswith(f"{root}/") for root in roots)


def _is_fixed_next(error: Diagnostic, fixes: Iterable[Diagnostic]) -> bool:
    """Whether an error at another place than one of the fixes, whose finding hides others, has a fix no less safe."""
    return error.fix is not None and any(
        one.fix is not None
        and one.hides
        and error.fix.applicability in ("safe", one.fix.applicability)
        and _document(one) == _document(error)
        and one.pointer != error.pointer
        for one in fixes
    )


def _ways(fixes: Iterable[Diagnostic]) -> dict[tuple[Any, ...], set[str]]:
    """Where fixes put what they move, by document and pointer: they rename a key, or put elsewhere what they remove."""
    ways: dict[tuple[Any, ...], set[str]] = {}
    for one in fixes:
        patch = one.fix.patch if one.fix is not None else ()
        puts = [(step["path"], step["value"]) for step in patch if "value" in step]
        for step in patch:
            last = step["path"].rpartition("/")[2]
            if step["op"] == "move":
                ways.setdefault((_document(one), step["from"]), set()).add(step["path"])
            elif step["op"] == "remove":
                to = {path for path, _ in puts if path.rpartition("/")[2] == last}
                to |= {f"{path}/{last}" for path, value in puts if isinstance(value, dict) and last in value}
                ways.setdefault((_document(one), step["path"]), set()).update(to)
    return ways


def _moved(one: Diagnostic, ways: Mapping[tuple[Any, ...], set[str]]) -> set[str]:
    """Where the place of a finding is behind one of the ways that fixes move it."""
    around = [*accumulate(one.pointer.split("/"), "{}/{}".format)]
    return {to + one.pointer[len(way) :] for way in around for to in ways.get((_document(one), way), ())}


def _document(one: Diagnostic) -> tuple[Any, ...]:
    """The document of a finding."""
    return one.path, one.document, one.body


def identity(one: Diagnostic) -> Identity:
    """What tells a finding with its fix from the others of a run, whatever the lines are."""
    return one.path, one.document, one.body, one.code, one.pointer, one.fix and one.fix.title


def left_out(one: Diagnostic, errors: Sequence[Diagnostic]) -> str:
    """The message on a fix that is left out, with the first of the errors that it would bring in."""
    title = one.fix.title if one.fix is not None else ""
    return f"{one.path}: left as it was at {at(one.pointer)}: the fix of {one.code} ({title}) {brings_in(one, errors)}"


def brings_in(one: Diagnostic, errors: Sequence[Diagnostic]) -> str:
    """Why a fix is left out: the first of the errors that it would bring in, and how many more there are."""
    error, more = errors[0], len(errors) - 1
    where = at(error.pointer) + (f" of {error.path}" if error.path != one.path else "")
    return f"would bring in {error.code} at {where}" + (f" and {counted(more, 'more error')}" if more else "")


def returns(own: Identity) -> str:
    """The message on a fix whose finding comes back."""
    path, _, _, code, pointer, title = own
    return f"{path}: the fix of {code} ({title}) at {at(pointer)} does not last: its finding comes back"


def _errors(report: Report) -> list[Diagnostic]:
    return [one for one in report.diagnostics if one.severity == "error"]


def _subject(one: Diagnostic) -> tuple[Any, ...]:
    """What a finding is about: its code, the object with its file and document, and its field; none where one lacks."""
    field = one.pointer[len(one.holder) + 1 :].partition("/")[0]
    return _document(one), one.code, one.holder, field


class Admission:
    """Which of several fixes may be applied together: those that bring in no error."""

    def __init__(self, before: Report, trial: Callable[[list[Diagnostic]], Report]) -> None:
        """`trial` returns the report after some of the fixes; `before` is the one without any."""
        self._before = before
        self._trial = trial
        self._left = TRIALS
        self.after = before
        """The report after those that are kept."""
        self.kept: list[Diagnostic] = []
        self.refused: list[tuple[Diagnostic, list[Diagnostic]]] = []
        """Each fix that is left out, with the errors that it would bring in beside the ones kept."""

    def admit(self, first: Sequence[Diagnostic], second: Sequence[Diagnostic] = ()) -> None:
        """Keep those of two groups that bring in no error beside those kept already; `first` comes first."""
        if group := [*first, *second]:
            after = self._tried(group)
            if first and second and new_errors(self._before, after, [*self.kept, *group]):
                self._halve(first, second, after)
            else:
                self._sort(group, after)

    def _tried(self, group: Sequence[Diagnostic]) -> Report:
        self._left -= 1
        return self._trial([*self.kept, *group])

    def _sort(self, group: Sequence[Diagnostic], after: Report) -> None:
        """Keep or refuse a group, with which the report is `after`; try its halves if it has several."""
        found = new_errors(self._before, after, [*self.kept, *group])
        if not found:
            self.kept += group
            self.after = after
        elif len(group) == 1 or self._left <= 0:
            self.refused += ((one, found) for one in group)
        else:
            middle = _middle(group)
            self._halve(group[:middle], group[middle:], after)

    def _halve(self, first: Sequence[Diagnostic], second: Sequence[Diagnostic], after: Report) -> None:
        kept = len(self.kept)
        self.admit(first)
        if len(self.kept) == kept + len(first):
            self._sort(second, after)  # the same that has been tried already
        else:
            self.admit(second)


def _middle(group: Sequence[Diagnostic]) -> int:
    """Where a group is halved: near its middle, between two rules if it has fixes of several.

    Fixes of one rule may bring in an error unless they are applied together, as to ad groups that have to be alike.
    """
    half = len(group) // 2
    between = [at for at in range(1, len(group)) if group[at - 1].code != group[at].code]
    return min(between, key=lambda at: abs(at - half), default=half)


def by_safety(diagnostics: Iterable[Diagnostic]) -> tuple[list[Diagnostic], list[Diagnostic]]:
    """The diagnostics with a safe fix, and those with an unsafe one; both in an order that no format decides.

    Of two fixes that would bring in an error together, a value keeps the same one as its text then.
    """
    groups: tuple[list[Diagnostic], list[Diagnostic]] = [], []
    for one in sorted(diagnostics, key=lambda one: (one.path, one.document or 0, one.code, one.pointer)):
        groups[one.fix is not None and one.fix.applicability != "safe"].append(one)
    return groups
