"""What a campaign may spend by what was sent, or accepted; and in what it may spend more since ENABLE was sent."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from splint.submit.drift import AMOUNTS, COSTS, KINDS, Difference, compared, is_same
from splint.submit.plan import Plan
from splint.submit.rows import Row

Values = dict[str, dict[str, Any]]
"""Values of fields that cost, by the paths of their objects and the fields."""


class Told(NamedTuple):
    """A value by which it may spend more, as a person was shown it and EXCEEDING keeps it."""

    field: str
    text: str
    value: Any = None
    """None where nobody can accept it until it is told anew: in older journals, and once ENABLE is sent after it."""

    @property
    def path(self) -> str:
        """The path of its object."""
        return self.text.partition(": ")[0]


def asked(plan: Plan, noted: Collection[Difference]) -> dict[str, Any]:
    """What the journal keeps as ENABLE is sent: what costs were sent, and those that stand otherwise, if any."""
    sent = {
        step.path: {field: step.body[field] for field in COSTS if field in step.body}
        for step in plan.steps
        if step.level != "ad"
    }
    return {"sent": sent, "accepted": _values(noted) or None}


def _kept_sent(bundle: Path, paths: Iterable[str]) -> Values:
    """The costs of objects, by their paths, in a kept bundle as far as it can be read."""
    sent: Values = {}
    for path in paths:
        with suppress(OSError, ValueError, LookupError, TypeError):
            value = json.loads(bundle.read_bytes())
            for member in path.split("/")[1:]:
                value = value[int(member) if isinstance(value, list) else member]
            sent[path] = {field: value[field] for field in COSTS if field in value}
    return sent


def _values(differing: Iterable[Difference]) -> Values:
    values: Values = {}
    for one in differing:
        if one.field in COSTS:
            values.setdefault(one.path, {})[one.field] = _masked(one.shown)
    return values


def _masked(shown: Any) -> Any:
    from splint.reporting.credentials import without_credentials  # only a difference needs it
    from splint.reporting.masking import Secrets  # as above

    return without_credentials(shown, Secrets())


class Allowed:
    """What the journal of a run tells of that: what a person accepted is a value, and covers it and less.

    The name of a field accepts what the very command that gives it reads before ENABLE was ever sent. After that it
    accepts what was told, but no budget where the run has a limit.
    """

    def __init__(self) -> None:
        self.named: set[str] = set()
        """The fields that this command accepts."""
        self.told: list[Told] = []
        """In what it may spend more, as it was journalled last, without what was accepted since."""
        self.is_asked = False
        """Whether ENABLE was ever sent."""
        self._sent: Mapping[str, Mapping[str, Any]] = {}
        self._accepted: Values = {}

    def ask(self, fields: Mapping[str, Any], bundle: Path, paths: Iterable[str]) -> None:
        """Apply an ENABLE that is sent: what stands then is what it may spend.

        Older journals do not have what was sent: the kept bundle of the run has.
        """
        self._sent = fields["sent"] if "sent" in fields else _kept_sent(bundle, paths)
        self._accepted, self.is_asked = fields.get("accepted", {}), True
        self.told = [one._replace(value=None) for one in self.told]

    def approve(self, names: Collection[str], *, is_limited: bool) -> None:
        """Apply a START, or an APPROVED, that accepts the fields of these names."""
        self.named |= {*names}
        for one in [one for one in self.told if one.field in names and one.value is not None]:
            if not (is_limited and one.field in ("budget", *KINDS)):
                self.accept({one.path: {one.field: one.value}})
                self.told.remove(one)

    def accept(self, values: Mapping[str, Mapping[str, Any]]) -> None:
        """Apply an ACCEPTED."""
        for path, of_object in values.items():
            self._accepted.setdefault(path, {}).update(of_object)

    def tell(self, fields: Mapping[str, Any]) -> None:
        """Apply an EXCEEDING."""
        names = fields["fields"]
        told = zip(names, fields["shown"], fields.get("values", [None] * len(names)), strict=True)
        self.told = [Told(*one) for one in told]

    def accepts(self, one: Difference, names: Collection[str]) -> bool:
        """Whether a field may stand otherwise than it was sent: what costs by its value, any other one of `names`."""
        if one.field not in COSTS:
            return one.field in names
        before = self._accepted.get(one.path, {}).get(one.field)
        if before is not None and (is_same(before, one.shown) or not one._replace(sent=before).may_cost_more):
            return True
        return one.field in self.named and not (self.is_asked and one.may_cost_more)

    def unkept(self, noted: Collection[Difference]) -> Values:
        """The values that this command accepts, as ENABLE was never sent, and the journal does not have."""
        news = [one for one in noted if one.field in self.named and one.weight != "note" and not self.is_asked]
        return _values(one for one in news if self._accepted.get(one.path, {}).get(one.field) != _masked(one.shown))

    def exceeded(self, row_of: Callable[[str], Row | None]) -> Iterator[Difference]:
        """In what the rows by path, where there are any, show that it may spend more."""
        for path, sent in self._sent.items():
            accepted = self._accepted.get(path, {})
            for one in compared(path, {**sent, **accepted}, row_of(path) or {}):
                is_as_sent = one.field not in AMOUNTS and is_same(sent.get(one.field), one.shown)
                if one.weight != "note" and one.may_cost_more and not is_as_sent:
                    yield one._replace(was_accepted=one.field in accepted)

    def exceeding(self, row_of: Callable[[str], Row | None]) -> list[Told]:
        """As `exceeded`, and what was told of the fields that no row shows."""
        shown = [Told(one.field, str(one), _masked(one.shown)) for one in self.exceeded(row_of)]
        return shown + [one for one in self.told if (row_of(one.path) or {}).get(one.field) is None]


def journalled(found: Collection[Told]) -> dict[str, Any]:
    """The fields of an EXCEEDING."""
    return {
        "fields": [one.field for one in found],
        "shown": [one.text for one in found],
        "values": [one.value for one in found],
    }
