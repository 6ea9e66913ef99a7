"""What a campaign may spend by what was sent and accepted; and in what it may spend more since ENABLE was sent."""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import reduce
from pathlib import Path
from typing import Any, NamedTuple

from splint.submit.drift import COSTS, KINDS, Difference, compared
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
    steps = [step for step in plan.steps if step.level != "ad"]
    sent = {step.path: {field: step.body[field] for field in COSTS if field in step.body} for step in steps}
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
    """What the journal of a run tells of that: a person approved what was sent, and each value that was accepted.

    Each covers itself and less; none is taken back. The name of a field accepts what the very command that gives it
    reads, once ENABLE was sent what was told, or is less than was sent; under a limit no higher budget.
    """

    def __init__(self) -> None:
        self.named: dict[str, bool] = {}
        """The fields that this command accepts, and whether they cost and no value was accepted by them yet."""
        self.told: list[Told] = []
        """In what it may spend more, as it was journalled last, without what was accepted since."""
        self.is_asked = False
        """Whether ENABLE was ever sent."""
        self._sent: Mapping[str, Mapping[str, Any]] = {}
        self._accepted = defaultdict[tuple[str, str], list[Any]](list)

    def ask(self, fields: Mapping[str, Any], bundle: Path, paths: Iterable[str]) -> None:
        """Apply an ENABLE that is sent. Older journals do not have what was sent: the kept bundle of the run has."""
        self._sent = fields["sent"] if "sent" in fields else _kept_sent(bundle, paths)
        self.accept(fields.get("accepted") or {})
        self.is_asked = True
        self.told = [one._replace(value=None) for one in self.told]

    def approve(self, names: Collection[str], *, is_limited: bool) -> None:
        """Apply a START, or an APPROVED, that accepts the fields of these names."""
        self.named |= {name: name in COSTS for name in names}
        for one in [one for one in self.told if one.field in names and one.value is not None]:
            if not (is_limited and one.field in ("budget", *KINDS)):
                self.accept({one.path: {one.field: one.value}})
                self.told.remove(one)
                self.named[one.field] = False

    def accept(self, values: Mapping[str, Mapping[str, Any]]) -> None:
        """Apply an ACCEPTED."""
        for path, of_object in values.items():
            for field, value in of_object.items():
                self._accepted[path, field].append(value)

    def tell(self, fields: Mapping[str, Any]) -> None:
        """Apply an EXCEEDING."""
        names = fields["fields"]
        told = zip(names, fields["shown"], fields.get("values", [None] * len(names)), strict=True)
        self.told = [Told(*one) for one in told]

    def accepts(self, one: Difference, names: Collection[str]) -> bool:
        """Whether a field may stand otherwise than it was sent: what costs by its value, any other one of `names`."""
        if one.field not in COSTS:
            return one.field in names
        is_named, accepted = one.field in self.named, self._accepted.get(one[:2], ())
        is_within = any(map(one.is_within, (one.sent, *accepted))) and (is_named or accepted)
        return bool(is_within) or (is_named and not self.is_asked)

    def take(self, noted: Iterable[Difference], *, is_limited: bool) -> Values:
        """Accept by name what stands. Returns what the journal does not have of it."""
        news = [one for one in noted if one.field in self.named and not (is_limited and one.may_spend_more)]
        self.named = dict.fromkeys(self.named, False)
        news = [one for one in news if _masked(one.shown) not in self._accepted.get(one[:2], ())]
        return _values(one for one in news if one.weight != "note")

    def exceeded(self, row_of: Callable[[str], Row | None]) -> Iterator[Difference]:
        """In what the rows by path, where there are any, show that it may spend more."""
        for path, sent in self._sent.items():
            latest = {field: values[-1] for (of, field), values in self._accepted.items() if of == path}
            for one in compared(path, {**sent, **latest}, row_of(path) or {}):
                approved = [sent.get(one.field), *self._accepted.get(one[:2], ())]
                if one.weight != "note" and not any(map(one.is_within, approved)):
                    most = reduce(one.more, approved)
                    yield one._replace(sent=most, was_accepted=most != approved[0])

    def exceeding(self, row_of: Callable[[str], Row | None]) -> list[Told]:
        """As `exceeded`, and what was told of the fields that no row shows."""
        shown = [Told(one.field, str(one), _masked(one.shown)) for one in self.exceeded(row_of)]
        return shown + [one for one in self.told if (row_of(one.path) or {}).get(one.field) is None]


def journalled(found: Collection[Told]) -> dict[str, Any]:
    """The fields of an EXCEEDING."""
    return {name: [one[at] for one in found] for at, name in enumerate(("fields", "shown", "values"))}
