"""What a campaign may spend by what was sent and accepted; and in what it may spend more since ENABLE was sent."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import reduce
from pathlib import Path
from typing import Any, NamedTuple

from splint.submit.costs import BUDGETS, Values, kept_sent, masked_value, values_of
from splint.submit.drift import COSTS, KINDS, NO_END, Difference, compared, is_endless, kind_of, listed
from splint.submit.money import CBO, END, Accepted
from splint.submit.rows import Row, described, level_of

STRANGER = "adgroup_id"
"""The field of what is told of an ad group that no journal names: its id is accepted by nobody."""


class Told(NamedTuple):
    """A value by which it may spend more, as a person was shown it and EXCEEDING keeps it."""

    field: str
    text: str
    value: Any = None
    """None where nobody can accept it: what no journal names, and in older journals, until it is told anew."""
    kind: Any = None

    @property
    def path(self) -> str:
        """The path of its object."""
        return self.text.partition(": ")[0]


class Allowed:
    """What the journal of a run tells of that: a person approved what was sent, and each value that was accepted.

    Each covers itself and less, a budget under the kind that stood with it; none is taken back, but a higher budget
    under a limit. The name of a field accepts what the very command that gives it reads, once ENABLE was sent what was
    told, or is less than was sent.
    """

    def __init__(self) -> None:
        self.named: dict[str, bool] = {}
        """The fields that this command accepts, and whether they cost and no value was accepted by them yet."""
        self.told: list[Told] = []
        """In what it may spend more, as it was journalled last, without what was accepted since."""
        self.is_asked = False
        """Whether ENABLE was ever sent."""
        self.is_limited = False
        """Whether the run has a limit on what a day may cost: no higher budget, or of another kind, is approved."""
        self._sent: Mapping[str, Mapping[str, Any]] = {}
        self._until: str | None = None  # the last end of the ad groups, where all spend one budget
        self._accepted = defaultdict[tuple[str, str], list[tuple[Any, Any]]](list)  # with the kind of the budget
        self._kinds: list[Any] = []  # that were accepted of the budgets that were sent

    def ask(self, fields: Mapping[str, Any], bundle: Path, paths: Iterable[str]) -> None:
        """Apply an ENABLE that is sent. Older journals do not have what was sent: the kept bundle of the run has."""
        self._until = fields.get("until")
        self._sent = fields["sent"] if "sent" in fields else kept_sent(bundle, paths)
        self.accept(fields.get("accepted") or {})
        self.is_asked = True
        self.told = []  # rows showed otherwise, or it was accepted

    def approve(self, names: Collection[str]) -> None:
        """Apply a START, or an APPROVED, that accepts the fields of these names."""
        self.named |= {name: name in COSTS for name in names}
        for one in [one for one in self.told if one.field in names and one.value is not None]:
            if not (self.is_limited and one.field in BUDGETS):
                self.accept({one.path: {one.field: one.value, "kind": one.kind}})
                self.told.remove(one)
                self.named[one.field] = False

    def accept(self, values: Mapping[str, Mapping[str, Any]]) -> None:
        """Apply an ACCEPTED."""
        for path, of_object in values.items():
            kind = of_object.get("kind")
            for field in (each for each in of_object if each != "kind"):
                self._accepted[path, field].append((of_object[field], kind))
            if kind and "budget" not in of_object and not of_object.keys().isdisjoint(KINDS):
                self._kinds.append(kind)

    def tell(self, fields: Mapping[str, Any]) -> None:
        """Apply an EXCEEDING."""
        names = fields["fields"]
        more = (fields.get(each, [None] * len(names)) for each in ("values", "kinds"))
        self.told = [Told(*one) for one in zip(names, fields["shown"], *more, strict=True)]

    def accepts(self, one: Difference, names: Collection[str]) -> bool:
        """Whether a field may stand otherwise than it was sent: what costs by its value, any other one of `names`."""
        if one.field not in COSTS:
            return one.field in names
        is_named, accepted = one.field in self.named, self._accepted.get(one[:2], ())
        is_within = any(map(one.is_within, self._approved(one, one.sent))) and (is_named or accepted)
        return bool(is_within) or (is_named and not self.is_asked)

    @property
    def accepted(self) -> list[Accepted]:
        """The values that were accepted, each once; under a limit none of a budget."""
        pairs = ((key, pair) for key, values in self._accepted.items() for pair in values)
        found = [Accepted(path, field, value, kind) for (path, field), (value, kind) in pairs]
        own = [one for one in found if not (self.is_limited and one.field in BUDGETS)]
        return [one for number, one in enumerate(own) if one not in own[:number]]

    def take(self, noted: Iterable[Difference]) -> Values:
        """Accept by name what stands. Returns what the journal does not have of it."""
        news = [one for one in noted if one.field in self.named and not (self.is_limited and one.may_spend_more)]
        self.named = dict.fromkeys(self.named, False)
        pairs = ((one, (masked_value(one.shown), masked_value(one.kind))) for one in news)
        return values_of(one for one, pair in pairs if pair not in self._accepted.get(one[:2], ()))

    def _approved(self, one: Difference, sent: Any) -> list[Any]:
        """The approved values of a field, of a budget those that hold under the kind that stands."""
        accepted = () if self.is_limited and one.field in BUDGETS else self._accepted.get(one[:2], ())
        if one.field != "budget":
            return [sent, *(value for value, _ in accepted)]
        kind = masked_value(one.kind)
        held = [sent] if kind is None or kind in self._kinds else []
        return [*held, *(value for value, of in accepted if of == kind)]

    def exceeded(self, row_of: Callable[[str], Row | None]) -> Iterator[Difference]:
        """In what it may spend more by the rows by path, where there are any, and by what was told that none shows."""
        rows = {path: self._row(path, row_of) for path in self._sent}
        standing = [one for path, sent in self._sent.items() for one in compared(path, sent, rows[path])]
        for path, sent in self._sent.items():
            latest = {field: values[-1][0] for (of, field), values in self._accepted.items() if of == path}
            compared_with = sent, {**sent, **latest}
            found = {one.field: one for values in compared_with for one in compared(path, values, rows[path])}
            for one in (one._replace(kind=kind_of(path, standing)) for one in found.values()):
                approved = self._approved(one, sent.get(one.field))
                until = [self._until] if one.field == END and self._until else []
                if one.weight != "note" and not any(map(one.is_within, [*approved, *until])):
                    most = reduce(one.more, approved or [sent.get(one.field)])
                    yield one._replace(sent=most, was_accepted=most != sent.get(one.field))

    def _row(self, path: str, row_of: Callable[[str], Row | None]) -> Row:
        """What the row of a path shows, if any, and of the fields that it does not show what was told."""
        told = {one.field: one.value for one in self.told if one.path == path and one.value is not None}
        row = row_of(path) or {}
        shown = {field: row[field] for field in row if listed(row, field) is not None}
        return {**told, **shown, **({END: NO_END} if END in self._sent.get(path, {}) and is_endless(row) else {})}

    def exceeding(self, row_of: Callable[[str], Row | None], strangers: Collection[Row] | None) -> list[Told]:
        """As `exceeded`, and what an older journal told of the fields that no row shows.

        And the ad groups among the `strangers` below the campaign, that no journal names and that have budgets of their
        own; where None were looked for, those that were told.
        """
        found = [Told(one.field, str(one), *map(masked_value, (one.shown, one.kind))) for one in self.exceeded(row_of)]
        old = [one for one in self.told if one.value is None]
        found += [one for one in old if one.field != STRANGER and (row_of(one.path) or {}).get(one.field) is None]
        if strangers is None:
            return [*found, *(one for one in old if one.field == STRANGER)]
        groups = [row for row in strangers if level_of(row) == "adgroup"] if self._are_groups_apart else []
        path = next(iter(self._sent), "")
        return [*found, *(Told(STRANGER, f"{path}: {described(row)} is under it, and in no journal") for row in groups)]

    @property
    def _are_groups_apart(self) -> bool:
        """Whether ad groups have budgets of their own, as it was sent or accepted."""
        accepted = (one.value for one in self.accepted if one.field == CBO)
        return False in [*accepted, *(sent.get(CBO) for sent in self._sent.values())]


def journalled(found: Collection[Told]) -> dict[str, Any]:
    """The fields of an EXCEEDING."""
    return {name: [one[at] for one in found] for at, name in enumerate(("fields", "shown", "values", "kinds"))}
